/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GitLab's Code Quality report: one array. Findings with the same fingerprint
 * collapse into one there, and one that changes shows as mended and new.
 */
#include "base/alloc.h"
#include "base/json.h"
#include "report/finding.h"

static void begin(struct pm_report *report)
{
	report->state = pm_alloc(1, sizeof(struct pm_map));
	pm_buf_addc(&report->out, '[');
}

static void record(struct pm_report *report, const struct pm_value *values)
{
	static const char *const severities[PM_RANKS] = {
		[PM_RANK_ERROR] = "major",
		[PM_RANK_WARNING] = "minor",
		[PM_RANK_NOTE] = "info",
	};
	struct pm_seen seen = pm_seen_read(report, values);
	struct pm_json json = PM_JSON_INIT(&report->out);
	struct pm_buf fingerprint = PM_BUF_INIT;

	pm_add_fingerprint(&fingerprint, report->state, &seen);
	pm_buf_adds(&report->out, report->nrecords ? ",\n" : "\n");
	pm_json_open(&json, NULL, '{');
	pm_json_string(&json, "description", seen.message);
	pm_json_string(&json, "check_name", seen.rule);
	pm_json_string(&json, "fingerprint", pm_buf_slice(&fingerprint));
	pm_json_string(&json, "severity", pm_slice_str(severities[seen.rank]));
	pm_json_open(&json, "location", '{');
	pm_json_string(&json, "path", seen.path);
	pm_json_open(&json, "lines", '{');
	pm_json_int(&json, "begin", seen.line);
	pm_json_close(&json, '}');
	pm_json_close(&json, '}');
	pm_json_close(&json, '}');
	pm_buf_release(&fingerprint);
}

static void end(struct pm_report *report)
{
	pm_buf_adds(&report->out, report->nrecords ? "\n]\n" : "]\n");
	pm_map_release(report->state);
	free(report->state);
	report->state = NULL;
}

PM_FORMAT_DEFINE(gitlab) = {
	.name = "gitlab",
	.summary = "GitLab Code Quality",
	.needs = PM_NEEDS_FINDING,
	.begin = begin,
	.record = record,
	.end = end,
};
