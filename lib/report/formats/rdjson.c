/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reviewdog's diagnostics. Its columns are what pm's are: bytes of UTF-8 from
 * 1, the end exclusive.
 */
#include "base/json.h"
#include "report/finding.h"

static void begin(struct pm_report *report)
{
	pm_buf_adds(&report->out,
		"{\"source\": {\"name\": \"pm\"}, \"diagnostics\": [");
}

static void put_place(
	struct pm_json *json, const char *key, unsigned line, unsigned col)
{
	pm_json_open(json, key, '{');
	pm_json_int(json, "line", line);
	pm_json_int(json, "column", col);
	pm_json_close(json, '}');
}

static void put_message(struct pm_json *json, const struct pm_seen *seen)
{
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_add_slice(&text, seen->message);
	if (seen->hint.len) {
		pm_buf_addc(&text, '\n');
		pm_buf_add_slice(&text, seen->hint);
	}
	pm_json_string(json, "message", pm_buf_slice(&text));
	pm_buf_release(&text);
}

static void record(struct pm_report *report, const struct pm_value *values)
{
	static const char *const severities[PM_RANKS] = {
		[PM_RANK_ERROR] = "ERROR",
		[PM_RANK_WARNING] = "WARNING",
		[PM_RANK_NOTE] = "INFO",
	};
	struct pm_seen seen = pm_seen_read(report, values);
	struct pm_json json = PM_JSON_INIT(&report->out);

	pm_buf_adds(&report->out, report->nrecords ? ",\n" : "\n");
	pm_json_open(&json, NULL, '{');
	put_message(&json, &seen);
	pm_json_open(&json, "location", '{');
	pm_json_string(&json, "path", seen.path);
	pm_json_open(&json, "range", '{');
	put_place(&json, "start", seen.line, seen.col);
	put_place(&json, "end", seen.end_line, seen.end_col);
	pm_json_close(&json, '}');
	pm_json_close(&json, '}');
	pm_json_string(&json, "severity", pm_slice_str(severities[seen.rank]));
	pm_json_open(&json, "code", '{');
	pm_json_string(&json, "value", seen.rule);
	pm_json_close(&json, '}');
	pm_json_close(&json, '}');
}

static void end(struct pm_report *report)
{
	pm_buf_adds(&report->out, report->nrecords ? "\n]}\n" : "]}\n");
}

PM_FORMAT_DEFINE(rdjson) = {
	.name = "rdjson",
	.summary = "diagnostics for reviewdog",
	.needs = PM_NEEDS_FINDING,
	.begin = begin,
	.record = record,
	.end = end,
};
