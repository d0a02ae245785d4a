/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The records that several commands print: findings, the items of a list, and
 * search results. Names are JSON keys and stay as they are; order is the order
 * of columns on a terminal.
 */
#include <assert.h>

#include "pm/check.h"
#include "pm/doc.h"
#include "pm/index.h"
#include "report/report.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct pm_column finding_columns[PM_FINDING_COLUMNS] = {
	{"rule", "the rule's name", PM_VALUE_STR, PM_ROLE_RULE, NULL},
	{"level", "error, warning or note", PM_VALUE_STR, PM_ROLE_LEVEL, NULL},
	{"step", "step of the process", PM_VALUE_STR, PM_ROLE_HIDDEN, NULL},
	{"path", "from the top", PM_VALUE_STR, PM_ROLE_PATH, NULL},
	{"line", "1-based", PM_VALUE_INT, PM_ROLE_LINE, NULL},
	{"col", "1-based, bytes", PM_VALUE_INT, PM_ROLE_COL, NULL},
	{"end_line", "1-based", PM_VALUE_INT, PM_ROLE_END_LINE, NULL},
	{"end_col", "exclusive, bytes", PM_VALUE_INT, PM_ROLE_END_COL, NULL},
	{"message", "what is wrong", PM_VALUE_STR, PM_ROLE_MESSAGE, NULL},
	{"hint", "what to type", PM_VALUE_STR, PM_ROLE_HINT, NULL},
	{"document", "the document's id", PM_VALUE_STR, PM_ROLE_ID, NULL},
	{"source", "the line", PM_VALUE_STR, PM_ROLE_SOURCE, NULL},
};

const struct pm_shape pm_shape_finding = {
	.name = "findings",
	.columns = finding_columns,
	.ncolumns = PM_FINDING_COLUMNS,
	.style = PM_TEXT_DIAGNOSTICS,
};

void pm_finding_values(const struct pm_finding *finding, struct pm_value *out)
{
	const struct pm_value values[PM_FINDING_COLUMNS] = {
		pm_value_text(finding->rule),
		pm_value_text(pm_level_name(finding->level)),
		pm_value_text(pm_step_name(finding->step)),
		pm_value_str(finding->path),
		pm_value_int(finding->start.line),
		pm_value_int(finding->start.col),
		pm_value_int(finding->end.line),
		pm_value_int(finding->end.col),
		pm_value_str(finding->message),
		pm_value_some(finding->hint),
		pm_value_str(finding->document),
		pm_value_some(finding->source),
	};

	memcpy(out, values, sizeof values);
}

static const struct pm_column time_columns[PM_MOMENT_COUNT] = {
	{"started", "RFC 3339", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"detected", "RFC 3339", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"acknowledged", "RFC 3339", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"identified", "RFC 3339", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"mitigated", "RFC 3339", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"resolved", "RFC 3339", PM_VALUE_STR, PM_ROLE_NONE, NULL},
};

static const struct pm_shape time_shape = {
	.name = "times",
	.columns = time_columns,
	.ncolumns = PM_MOMENT_COUNT,
	.style = PM_TEXT_FIELDS,
	.single = true,
};

static const struct pm_column list_columns[PM_LIST_COLUMNS] = {
	{"id", "", PM_VALUE_STR, PM_ROLE_ID, NULL},
	{"path", "from the top", PM_VALUE_STR, PM_ROLE_HIDDEN, NULL},
	{"severity", "", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"status", "", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"owner", "", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"title", "", PM_VALUE_STR, PM_ROLE_TITLE, NULL},
	{"kind", "", PM_VALUE_STR, PM_ROLE_HIDDEN, NULL},
	{"incident", "", PM_VALUE_STR, PM_ROLE_HIDDEN, NULL},
	{"services", "", PM_VALUE_STRS, PM_ROLE_HIDDEN, NULL},
	{"departments", "", PM_VALUE_STRS, PM_ROLE_HIDDEN, NULL},
	{"tags", "", PM_VALUE_STRS, PM_ROLE_HIDDEN, NULL},
	{"detected_by", "", PM_VALUE_STR, PM_ROLE_HIDDEN, NULL},
	{"trigger", "", PM_VALUE_STR, PM_ROLE_HIDDEN, NULL},
	{"times", "moments", PM_VALUE_ROW, PM_ROLE_HIDDEN, &time_shape},
	{"ttd", "minutes", PM_VALUE_INT, PM_ROLE_HIDDEN, NULL},
	{"tta", "minutes", PM_VALUE_INT, PM_ROLE_HIDDEN, NULL},
	{"tti", "minutes", PM_VALUE_INT, PM_ROLE_HIDDEN, NULL},
	{"ttm", "minutes", PM_VALUE_INT, PM_ROLE_HIDDEN, NULL},
	{"ttr", "minutes", PM_VALUE_INT, PM_ROLE_HIDDEN, NULL},
	{"actions", "all", PM_VALUE_INT, PM_ROLE_HIDDEN, NULL},
	{"actions_open", "", PM_VALUE_INT, PM_ROLE_HIDDEN, NULL},
	{"actions_done", "", PM_VALUE_INT, PM_ROLE_HIDDEN, NULL},
	{"actions_overdue", "", PM_VALUE_INT, PM_ROLE_HIDDEN, NULL},
	{"actions_unowned", "", PM_VALUE_INT, PM_ROLE_HIDDEN, NULL},
};

const struct pm_shape pm_shape_list = {
	.name = "documents",
	.columns = list_columns,
	.ncolumns = PM_LIST_COLUMNS,
	.style = PM_TEXT_TABLE,
};

static struct pm_value minutes(int64_t n)
{
	return n < 0 ? pm_value_null() : pm_value_int(n);
}

void pm_list_values(const struct pm_list_item *item,
	struct pm_list_scratch *scratch, struct pm_value *out)
{
	const struct pm_value values[PM_LIST_COLUMNS] = {
		pm_value_str(item->id),
		pm_value_str(item->path),
		pm_value_some(item->severity),
		pm_value_some(item->status),
		pm_value_some(item->owner),
		pm_value_some(item->title),
		pm_value_some(item->kind),
		pm_value_some(item->incident),
		pm_value_strs(item->services, item->nservices),
		pm_value_strs(item->departments, item->ndepartments),
		pm_value_strs(item->tags, item->ntags),
		pm_value_some(item->detected_by),
		pm_value_some(item->trigger),
		pm_value_row(scratch->times),
		minutes(item->durations[PM_DURATION_TTD]),
		minutes(item->durations[PM_DURATION_TTA]),
		minutes(item->durations[PM_DURATION_TTI]),
		minutes(item->durations[PM_DURATION_TTM]),
		minutes(item->durations[PM_DURATION_TTR]),
		pm_value_int(item->actions),
		pm_value_int(item->actions_open),
		pm_value_int(item->actions_done),
		pm_value_int(item->actions_overdue),
		pm_value_int(item->actions_unowned),
	};

	static_assert(COUNT(scratch->times) == PM_MOMENT_COUNT,
		"the header spells the number out");
	for (size_t i = 0; i < PM_MOMENT_COUNT; i++)
		scratch->times[i] = pm_value_some(item->times[i]);
	memcpy(out, values, sizeof values);
}

static const struct pm_column search_columns[PM_SEARCH_COLUMNS] = {
	{"id", "", PM_VALUE_STR, PM_ROLE_ID, NULL},
	{"path", "from the top", PM_VALUE_STR, PM_ROLE_PATH, NULL},
	{"title", "", PM_VALUE_STR, PM_ROLE_TITLE, NULL},
	{"score", "larger is better", PM_VALUE_REAL, PM_ROLE_HIDDEN, NULL},
	{"section", "heading above the match", PM_VALUE_STR, PM_ROLE_SECTION,
		NULL},
	{"line", "of the first match", PM_VALUE_INT, PM_ROLE_LINE, NULL},
	{"snippet", "matches marked", PM_VALUE_STR, PM_ROLE_SNIPPET, NULL},
};

const struct pm_shape pm_shape_search = {
	.name = "results",
	.columns = search_columns,
	.ncolumns = PM_SEARCH_COLUMNS,
	.style = PM_TEXT_RESULTS,
};

void pm_search_values(
	const struct pm_search_result *result, struct pm_value *out)
{
	const struct pm_value values[PM_SEARCH_COLUMNS] = {
		pm_value_str(result->id),
		pm_value_str(result->path),
		pm_value_str(result->title),
		pm_value_real(result->score),
		pm_value_some(result->section),
		pm_value_int(result->line),
		pm_value_some(result->snippet),
	};

	memcpy(out, values, sizeof values);
}
