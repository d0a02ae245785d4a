/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One document as pm read it: its front matter, sections, timeline and
 * actions, each with its line. What "pm show" prints.
 *
 *	struct pm_show_opts opts = {.section = "impact", .report = report};
 *	ret = pm_show(ctx, snap, number, &opts);
 */
#ifndef PM_SHOW_H
#define PM_SHOW_H

#include "pm/report.h"
#include "pm/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pm_show_opts {
	const char *section; /* role name; only that section's text. NULL: the
				whole document */
	struct pm_report_opts report;
	bool read; /* as text: what was read and where, not the document */
};

/*
 * Shows document number doc of a snapshot through opts->report: text gives
 * the document as written, made safe for a terminal, or with read what was
 * read; json gives what was read. PM_ENOTFOUND: no section with that role;
 * PM_EUSAGE: no such role.
 */
int pm_show(struct pm_ctx *ctx, struct pm_snapshot *snap, size_t doc,
	const struct pm_show_opts *opts);

#ifdef __cplusplus
}
#endif

#endif
