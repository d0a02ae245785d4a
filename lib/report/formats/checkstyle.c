/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checkstyle's XML, which many build servers read. Findings come in the order
 * of paths, so a file's element is open until the next path.
 */
#include "base/alloc.h"
#include "base/escape.h"
#include "report/finding.h"

static void begin(struct pm_report *report)
{
	pm_buf_adds(&report->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
				  "<checkstyle version=\"4.3\">\n");
	report->state = NULL;
}

/* Closes the present file, if any, and opens that of path. */
static void open_file(struct pm_report *report, struct pm_slice path)
{
	struct pm_buf *present = report->state;

	if (present && pm_slice_eq(pm_buf_slice(present), path))
		return;
	if (present) {
		pm_buf_adds(&report->out, "</file>\n");
		pm_buf_reset(present);
	} else {
		present = pm_alloc(1, sizeof *present);
		*present = (struct pm_buf)PM_BUF_INIT;
		report->state = present;
	}
	pm_buf_add_slice(present, path);
	pm_buf_adds(&report->out, "<file name=\"");
	pm_xml_text(&report->out, path);
	pm_buf_adds(&report->out, "\">\n");
}

static void record(struct pm_report *report, const struct pm_value *values)
{
	static const char *const severities[PM_RANKS] = {
		[PM_RANK_ERROR] = "error",
		[PM_RANK_WARNING] = "warning",
		[PM_RANK_NOTE] = "info",
	};
	struct pm_seen seen = pm_seen_read(report, values);

	open_file(report, seen.path);
	pm_buf_addf(&report->out,
		"<error line=\"%u\" column=\"%u\" severity=\"%s\" message=\"",
		seen.line, seen.char_col, severities[seen.rank]);
	pm_xml_text(&report->out, seen.message);
	pm_buf_adds(&report->out, "\" source=\"pm.");
	pm_xml_text(&report->out, seen.rule);
	pm_buf_adds(&report->out, "\"/>\n");
}

static void end(struct pm_report *report)
{
	struct pm_buf *present = report->state;

	if (present) {
		pm_buf_adds(&report->out, "</file>\n");
		pm_buf_release(present);
		free(present);
		report->state = NULL;
	}
	pm_buf_adds(&report->out, "</checkstyle>\n");
}

PM_FORMAT_DEFINE(checkstyle) = {
	.name = "checkstyle",
	.summary = "Checkstyle's XML, for build servers",
	.needs = PM_NEEDS_FINDING,
	.begin = begin,
	.record = record,
	.end = end,
};
