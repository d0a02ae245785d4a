/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings in several formats at once: --format F on stdout, at most one, and
 * --format F=FILE as often as wanted.
 */
#ifndef PM_CMD_REPORTS_H
#define PM_CMD_REPORTS_H

#include "cli.h"

#define PM_REPORTS_MOST 16

struct pm_cli_reports {
	struct pm_cli *cli;
	bool warnings_fail;
	struct pm_report *items[PM_REPORTS_MOST];
	char *files[PM_REPORTS_MOST]; /* NULL: stdout */
	size_t len;
	bool text; /* stdout shows what people read, or nothing */
};

/*
 * Opens a report for each format; none named is text on stdout. cli and
 * warnings_fail are set by the caller. The reports are to be closed in any
 * case.
 */
int pm_cli_reports_open(
	struct pm_cli_reports *reports, const struct pm_opt_list *formats);

/* A pm_finding_fn; data is a struct pm_cli_reports. */
int pm_cli_reports_finding(void *data, const struct pm_finding *finding);

/*
 * Ends all reports and says what was cut. ret is what the check returned: when
 * it failed no file is written. Returns it, or the first failure here.
 */
int pm_cli_reports_close(struct pm_cli_reports *reports, int ret,
	const struct pm_check_totals *totals);

#endif
