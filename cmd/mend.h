/* SPDX-License-Identifier: Apache-2.0 */
/* Documents changed: pm check --fix, before the check of what remains, and
   pm adopt --convert. */
#ifndef PM_CMD_MEND_H
#define PM_CMD_MEND_H

#include "cli.h"

struct pm_cli_mend {
	bool dry_run;  /* show the diff on stdout, write nothing */
	bool baseline; /* with --convert: it follows */
	bool aside;    /* stdout belongs to a format: tell on stderr */
};

/*
 * Mends the named documents, or all, and tells each change. 0, an exit status
 * or a PM_E code.
 */
int pm_cli_mend(struct pm_cli *cli, const struct pm_cli_mend *how, int argc,
	char **argv);

/*
 * Gives the named documents, or all, front matter, and tells each; how->aside
 * is not looked at. 0, an exit status or a PM_E code.
 */
int pm_cli_convert(struct pm_cli *cli, const struct pm_cli_mend *how, int argc,
	char **argv);

#endif
