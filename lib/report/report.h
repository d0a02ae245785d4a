/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shape of a format: one file in formats/, one row in formats.def. It
 * writes into report->out; the engine hands that to the sink when it grows.
 */
#ifndef PM_REPORT_REPORT_H
#define PM_REPORT_REPORT_H

#include "pm/report.h"

struct pm_total {
	const char *name;
	int64_t value;
};

struct pm_report {
	struct pm_ctx *ctx;
	struct pm_report_opts opts;
	const struct pm_shape *shape;
	const struct pm_format *format;
	struct pm_buf out;
	size_t nrecords;
	struct pm_total totals[16];
	size_t ntotals;
	void *state; /* the format's own; freed by its end */
	int failed;  /* first error; nothing is written after it */
};

struct pm_format {
	const char *name;
	const char *summary;
	unsigned needs; /* roles without which it has no sense: PM_NEEDS */
	void (*begin)(struct pm_report *report);
	void (*record)(struct pm_report *report, const struct pm_value *values);
	void (*end)(struct pm_report *report);
};

/* The bit of a role in "needs", and what every format of findings needs. */
#define PM_NEEDS(role) (1u << (role))
#define PM_NEEDS_FINDING                                                       \
	(PM_NEEDS(PM_ROLE_PATH) | PM_NEEDS(PM_ROLE_LINE) |                     \
		PM_NEEDS(PM_ROLE_LEVEL) | PM_NEEDS(PM_ROLE_RULE) |             \
		PM_NEEDS(PM_ROLE_MESSAGE))

#define PM_FORMAT_DEFINE(name) const struct pm_format pm_format_##name

/*
 * Writes bytes to the path that a user named: a regular file is replaced at
 * once, through links; anything else gets the bytes as they are.
 */
int pm_report_write_file(
	struct pm_ctx *ctx, const char *path, struct pm_slice bytes);

/* The value of the first column with this role, or NULL. */
const struct pm_value *pm_report_value(const struct pm_report *report,
	const struct pm_value *values, enum pm_role role);

/* The text of that value; empty when there is none, or no text. */
struct pm_slice pm_report_text(const struct pm_report *report,
	const struct pm_value *values, enum pm_role role);

#endif
