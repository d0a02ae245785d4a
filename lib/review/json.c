/* SPDX-License-Identifier: Apache-2.0 */
/* A review for programs: one object, by the report's own JSON. */
#include "review/private.h"

static const struct pm_column count_columns[] = {
	{"alert", "changes to look at first", PM_VALUE_INT, PM_ROLE_NONE, NULL},
	{"change", "changes", PM_VALUE_INT, PM_ROLE_NONE, NULL},
	{"quiet", "changes nobody needs to stop at", PM_VALUE_INT, PM_ROLE_NONE,
		NULL},
};
static const struct pm_shape count_shape = {
	.name = "counts",
	.columns = count_columns,
	.ncolumns = 3,
};

static const struct pm_column word_columns[] = {
	{"op", "same, removed, added or gap", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"text", "the words", PM_VALUE_STR, PM_ROLE_NONE, NULL},
};
#define WORD_COLUMNS 2
static const struct pm_shape word_shape = {
	.name = "words",
	.columns = word_columns,
	.ncolumns = WORD_COLUMNS,
};

static const struct pm_column change_columns[] = {
	{"kind", "what changed", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"weight", "alert, change or quiet", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"version", "whose line it is: new or old", PM_VALUE_STR, PM_ROLE_NONE,
		NULL},
	{"line", "line", PM_VALUE_INT, PM_ROLE_NONE, NULL},
	{"subject", "what it is about", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"old", "value before", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"new", "value after", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"amount", "by how much", PM_VALUE_INT, PM_ROLE_NONE, NULL},
	{"unit", "of what", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"message", "for people", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"words", "with --words", PM_VALUE_ROWS, PM_ROLE_NONE, &word_shape},
};
#define CHANGE_COLUMNS (sizeof change_columns / sizeof *change_columns)
static const struct pm_shape change_shape = {
	.name = "changes",
	.columns = change_columns,
	.ncolumns = CHANGE_COLUMNS,
};

static const struct pm_column doc_columns[] = {
	{"path", "of the new version", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"old_path", "where it was", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"state", "added, removed, modified, renamed, unchanged", PM_VALUE_STR,
		PM_ROLE_NONE, NULL},
	{"id", "file name without suffix", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"title", "title", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"status", "status", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"severity", "severity", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"counts", "how many of each weight", PM_VALUE_ROW, PM_ROLE_NONE,
		&count_shape},
	{"changes", "worst first", PM_VALUE_ROWS, PM_ROLE_NONE, &change_shape},
};
#define DOC_COLUMNS (sizeof doc_columns / sizeof *doc_columns)
static const struct pm_shape doc_shape = {
	.name = "documents",
	.columns = doc_columns,
	.ncolumns = DOC_COLUMNS,
};

static int to_text(void *data, struct pm_slice bytes)
{
	pm_buf_add_slice(data, bytes);
	return 0;
}

static void begin(struct pm_review_out *out)
{
	struct pm_report_opts opts = {
		.format = "json", .sink = to_text, .sink_data = &out->text};
	struct pm_report *report = NULL;

	/* The format is there, and takes any shape. */
	if (pm_report_new(out->ctx, &opts, &doc_shape, &report) < 0)
		out->failed = pm_ctx_error(out->ctx)->code;
	out->state = report;
}

static struct pm_value words_value(
	struct pm_arena *arena, struct pm_slice words)
{
	static const char *const ops[] = {
		[PM_REVIEW_SAME] = "same",
		[PM_REVIEW_REMOVED] = "removed",
		[PM_REVIEW_ADDED] = "added",
		[PM_REVIEW_GAP] = "gap",
	};
	struct pm_value *values = NULL;
	struct pm_slice piece;
	size_t n = 0;
	enum pm_review_mark mark;

	if (!words.len)
		return pm_value_null();
	while (pm_review_next_words(&words, &mark, &piece)) {
		for (size_t i = 0; i < WORD_COLUMNS; i++)
			values = pm_arena_grow(arena, values,
				n * WORD_COLUMNS + i, sizeof *values);
		values[n * WORD_COLUMNS] = pm_value_text(ops[mark]);
		values[n * WORD_COLUMNS + 1] = pm_value_some(piece);
		n++;
	}
	return pm_value_rows(values, n);
}

static void change_values(struct pm_arena *arena,
	const struct pm_review_change *change, struct pm_value *out)
{
	*out++ = pm_value_text(change->kind);
	*out++ = pm_value_text(pm_review_weight_name(change->weight));
	*out++ = pm_value_text(change->old_side ? "old" : "new");
	*out++ = pm_value_int(change->line);
	*out++ = pm_value_some(change->subject);
	*out++ = pm_value_some(change->old_text);
	*out++ = pm_value_some(change->new_text);
	*out++ = change->unit ? pm_value_int(change->amount) : pm_value_null();
	*out++ = pm_value_text(change->unit);
	*out++ = pm_value_str(change->message);
	*out++ = words_value(arena, change->words);
}

static void put_doc(struct pm_review_out *out, const struct pm_review_doc *doc)
{
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_value values[DOC_COLUMNS], counts[PM_REVIEW_WEIGHTS];
	struct pm_value *changes = pm_arena_alloc(
		&arena, doc->nchanges * CHANGE_COLUMNS + 1, sizeof *changes);
	struct pm_value *next = values;

	for (size_t i = 0; i < doc->nchanges; i++)
		change_values(
			&arena, &doc->changes[i], changes + i * CHANGE_COLUMNS);
	for (int i = 0; i < PM_REVIEW_WEIGHTS; i++)
		counts[i] = pm_value_int(
			(int64_t)doc->weights[PM_REVIEW_WEIGHTS - 1 - i]);
	*next++ = pm_value_str(doc->path);
	*next++ = pm_value_some(doc->old_path);
	*next++ = pm_value_text(pm_change_name(doc->kind));
	*next++ = pm_value_str(doc->id);
	*next++ = pm_value_some(doc->title);
	*next++ = pm_value_some(doc->status);
	*next++ = pm_value_some(doc->severity);
	*next++ = pm_value_row(counts);
	*next++ = pm_value_rows(changes, doc->nchanges);
	if (out->state)
		pm_report_record(out->state, values);
	pm_arena_release(&arena);
}

static void end(struct pm_review_out *out)
{
	const struct pm_review_totals *totals = out->totals;
	struct pm_report *report = out->state;

	if (!report)
		return;
	pm_report_total(report, "unchanged", (int64_t)totals->unchanged);
	pm_report_total(
		report, "alerts", (int64_t)totals->weights[PM_REVIEW_ALERT]);
	pm_report_total(report, "introduced_errors",
		(int64_t)totals->introduced[PM_LEVEL_ERROR]);
	pm_report_total(report, "introduced_warnings",
		(int64_t)totals->introduced[PM_LEVEL_WARNING]);
	pm_report_total(report, "introduced_notes",
		(int64_t)totals->introduced[PM_LEVEL_NOTE]);
	pm_report_total(report, "mended", (int64_t)totals->mended);
	pm_report_total(report, "settings_changed", totals->settings);
	pm_report_end(report);
	out->state = NULL;
}

const struct pm_review_format pm_review_format_json = {
	.name = "json",
	.begin = begin,
	.doc = put_doc,
	.end = end,
};
