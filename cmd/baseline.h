/* SPDX-License-Identifier: Apache-2.0 */
/* What pm check does with .pm/baseline beside obeying it. */
#ifndef PM_CMD_BASELINE_H
#define PM_CMD_BASELINE_H

#include "cli.h"

/*
 * Puts what a rule finds in the documents named by argc words into the
 * baseline, with the reason, and says how many. PM_EXIT_OK, PM_EXIT_FINDINGS
 * when the rule finds nothing there, another exit status or a PM_E code.
 */
int pm_cli_accept(struct pm_cli *cli, const char *rule, const char *reason,
	int argc, char **argv);

/* Takes out what is mended and says how much. 0, or a PM_E code. */
int pm_cli_shrink_baseline(struct pm_cli *cli);

#endif
