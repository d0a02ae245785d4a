/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SARIF 2.1.0 for code scanning, with what GitHub requires beyond the schema:
 * texts of every rule, whole regions, fingerprints. Columns are code points,
 * and the log says so. Empty strings are not accepted anywhere.
 */
#include "base/alloc.h"
#include "base/escape.h"
#include "base/json.h"
#include "base/utf8.h"
#include "pm/check.h"
#include "report/finding.h"

#define SCHEMA_URL "https://json.schemastore.org/sarif-2.1.0.json"

/* GitHub keeps this many of a run's results, and no more of a text. */
#define RESULTS_MOST 5000
#define TEXT_MOST    1024

struct sarif {
	struct pm_held held;
	struct pm_map fingerprints;
};

/* Items of the two long lists stand on lines of their own. */
static void next_line(struct pm_json *json, bool first)
{
	pm_buf_adds(json->out, first ? "\n" : ",\n");
	json->comma = false;
}

static void put_text(struct pm_json *json, const char *key, const char *text)
{
	struct pm_slice cut = pm_utf8_cut(pm_slice_str(text), TEXT_MOST);

	pm_json_open(json, key, '{');
	pm_json_string(json, "text", cut);
	pm_json_close(json, '}');
}

/* The worst level that a rule has in any status. */
static const char *default_level(const struct pm_rule_info *rule)
{
	enum pm_level worst = PM_LEVEL_OFF;

	for (size_t i = 0; i < PM_STATUS_COUNT; i++)
		if (rule->level[i] > worst)
			worst = rule->level[i];
	return worst == PM_LEVEL_OFF ? "none" : pm_level_name(worst);
}

static void put_rule(struct pm_json *json, const struct pm_rule_info *rule)
{
	struct pm_buf help = PM_BUF_INIT;

	pm_buf_addf(&help, "'pm explain %s' shows examples. %s", rule->id,
		rule->why);
	pm_json_open(json, NULL, '{');
	pm_json_string(json, "id", pm_slice_str(rule->id));
	put_text(json, "shortDescription", rule->summary);
	put_text(json, "fullDescription", rule->why);
	put_text(json, "help", help.ptr);
	pm_json_open(json, "defaultConfiguration", '{');
	pm_json_string(json, "level", pm_slice_str(default_level(rule)));
	pm_json_close(json, '}');
	pm_json_open(json, "properties", '{');
	pm_json_open(json, "tags", '[');
	pm_json_string(json, NULL, pm_slice_str(pm_step_name(rule->step)));
	pm_json_close(json, ']');
	pm_json_close(json, '}');
	pm_json_close(json, '}');
	pm_buf_release(&help);
}

static void put_tool(struct pm_json *json, const char *version)
{
	size_t n;
	const struct pm_rule_info *const *rules = pm_rules(&n);

	pm_json_open(json, "tool", '{');
	pm_json_open(json, "driver", '{');
	pm_json_string(json, "name", pm_slice_str("pm"));
	if (version)
		pm_json_string(json, "semanticVersion", pm_slice_str(version));
	pm_json_open(json, "rules", '[');
	for (size_t i = 0; i < n; i++) {
		next_line(json, i == 0);
		put_rule(json, rules[i]);
	}
	pm_json_close(json, ']');
	pm_json_close(json, '}');
	pm_json_close(json, '}');
}

static void put_location(struct pm_json *json, const struct pm_seen *finding)
{
	struct pm_buf uri = PM_BUF_INIT;

	pm_url_path(&uri, finding->path);
	pm_json_open(json, "locations", '[');
	pm_json_open(json, NULL, '{');
	pm_json_open(json, "physicalLocation", '{');
	pm_json_open(json, "artifactLocation", '{');
	pm_json_string(json, "uri", pm_buf_slice(&uri));
	pm_json_close(json, '}');
	/* The columns are those of the first line, where the region ends. */
	pm_json_open(json, "region", '{');
	pm_json_int(json, "startLine", finding->line);
	pm_json_int(json, "startColumn", finding->char_col);
	pm_json_int(json, "endLine", finding->line);
	pm_json_int(json, "endColumn", finding->char_end_col);
	pm_json_close(json, '}');
	pm_json_close(json, '}');
	pm_json_close(json, '}');
	pm_json_close(json, ']');
	pm_buf_release(&uri);
}

/* The rule's place in the list of rules, or -1 for one that is not there. */
static int64_t rule_index(struct pm_slice id)
{
	size_t n;
	const struct pm_rule_info *const *rules = pm_rules(&n);

	for (size_t i = 0; i < n; i++)
		if (pm_slice_is(id, rules[i]->id))
			return (int64_t)i;
	return -1;
}

/* "](" would make a link of what stands before it, even in plain text. */
static void add_unlinked(struct pm_buf *buf, struct pm_slice text)
{
	text = pm_utf8_cut(text, TEXT_MOST);
	for (size_t i = 0; i < text.len; i++) {
		if (i + 1 < text.len && text.ptr[i] == ']' &&
			text.ptr[i + 1] == '(')
			pm_buf_addc(buf, '\\');
		pm_buf_addc(buf, text.ptr[i]);
	}
}

static void put_message(struct pm_json *json, const struct pm_seen *finding)
{
	struct pm_buf text = PM_BUF_INIT;

	add_unlinked(&text, finding->message);
	if (finding->hint.len) {
		pm_buf_adds(&text, text.len ? "\n" : "");
		add_unlinked(&text, finding->hint);
	}
	if (text.len == 0)
		pm_buf_add_slice(&text, finding->rule);
	pm_json_open(json, "message", '{');
	pm_json_string(json, "text", pm_buf_slice(&text));
	pm_json_close(json, '}');
	pm_buf_release(&text);
}

static void put_result(struct pm_json *json, const struct pm_seen *finding)
{
	int64_t rule = rule_index(finding->rule);

	pm_json_open(json, NULL, '{');
	pm_json_string(json, "ruleId", finding->rule);
	if (rule >= 0)
		pm_json_int(json, "ruleIndex", rule);
	pm_json_string(
		json, "level", pm_slice_str(pm_rank_name(finding->rank)));
	put_message(json, finding);
	put_location(json, finding);
	pm_json_open(json, "partialFingerprints", '{');
	pm_json_string(json, "primaryLocationLineHash", finding->fingerprint);
	pm_json_close(json, '}');
	pm_json_close(json, '}');
}

/* Writes the worst results; returns how many. */
static size_t put_results(struct pm_json *json, const struct pm_held *held)
{
	size_t n = 0;

	pm_json_open(json, "results", '[');
	for (size_t i = 0; i < PM_RANKS; i++)
		for (size_t j = 0; j < held->ranks[i].len; j++) {
			if (n == RESULTS_MOST)
				break;
			next_line(json, n++ == 0);
			put_result(json, &held->ranks[i].items[j]);
		}
	pm_json_close(json, ']');
	return n;
}

/* What is not in the log is told in it, and to the caller. */
static void put_cut(struct pm_report *report, struct pm_json *json, size_t n)
{
	struct sarif *sarif = report->state;
	struct pm_buf text = PM_BUF_INIT;
	size_t total = pm_held_total(&sarif->held);

	if (n == total)
		return;
	pm_buf_addf(&text,
		"sarif: the worst %zu of %zu findings are written (code "
		"scanning keeps no more)",
		n, total);
	pm_notice(report->ctx, "%s", text.ptr);
	pm_json_open(json, "invocations", '[');
	pm_json_open(json, NULL, '{');
	pm_json_bool(json, "executionSuccessful", true);
	pm_json_open(json, "toolExecutionNotifications", '[');
	pm_json_open(json, NULL, '{');
	pm_json_string(json, "level", pm_slice_str("warning"));
	put_text(json, "message", text.ptr);
	pm_json_close(json, '}');
	pm_json_close(json, ']');
	pm_json_close(json, '}');
	pm_json_close(json, ']');
	pm_buf_release(&text);
}

static void begin(struct pm_report *report)
{
	report->state = pm_alloc(1, sizeof(struct sarif));
}

static void record(struct pm_report *report, const struct pm_value *values)
{
	struct sarif *sarif = report->state;
	struct pm_seen seen = pm_seen_read(report, values);
	struct pm_buf fingerprint = PM_BUF_INIT;

	/* Those that will be cut count too: numbers must not depend on it. */
	pm_add_fingerprint(&fingerprint, &sarif->fingerprints, &seen);
	seen.fingerprint = pm_buf_slice(&fingerprint);
	pm_held_add(&sarif->held, &seen, RESULTS_MOST);
	pm_buf_release(&fingerprint);
}

static void end(struct pm_report *report)
{
	struct sarif *sarif = report->state;
	struct pm_json json = PM_JSON_INIT(&report->out);
	size_t n;

	pm_json_open(&json, NULL, '{');
	pm_json_string(&json, "$schema", pm_slice_str(SCHEMA_URL));
	pm_json_string(&json, "version", pm_slice_str("2.1.0"));
	pm_json_open(&json, "runs", '[');
	pm_json_open(&json, NULL, '{');
	put_tool(&json, report->opts.version);
	pm_json_string(&json, "columnKind", pm_slice_str("unicodeCodePoints"));
	n = put_results(&json, &sarif->held);
	put_cut(report, &json, n);
	pm_json_close(&json, '}');
	pm_json_close(&json, ']');
	pm_json_close(&json, '}');
	pm_buf_addc(&report->out, '\n');
	pm_held_release(&sarif->held);
	pm_map_release(&sarif->fingerprints);
	free(sarif);
	report->state = NULL;
}

PM_FORMAT_DEFINE(sarif) = {
	.name = "sarif",
	.summary = "SARIF 2.1.0, for code scanning",
	.needs = PM_NEEDS_FINDING,
	.begin = begin,
	.record = record,
	.end = end,
};
