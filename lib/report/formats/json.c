/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON: one object, "schema" first. The columns of a single record stand at
 * the top; many records are a list under the shape's name, one a line, so
 * that a long output can be read and compared as it comes. Totals come last,
 * because they are known last: nothing is held back in memory.
 */
#include "base/escape.h"
#include "base/json.h"
#include "report/report.h"

/* Grows only with a change of meaning; added keys do not count. */
#define SCHEMA 1

static void put_row(struct pm_json *json, const struct pm_shape *shape,
	const struct pm_value *values);

/* Matches are marked the way Markdown marks weight. */
static void put_snippet(
	struct pm_json *json, const char *key, struct pm_slice text)
{
	struct pm_buf marked = PM_BUF_INIT;

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\x01' || text.ptr[i] == '\x02')
			pm_buf_adds(&marked, "**");
		else
			pm_buf_addc(&marked, text.ptr[i]);
	}
	pm_json_string(json, key, pm_buf_slice(&marked));
	pm_buf_release(&marked);
}

static void put_list(struct pm_json *json, const struct pm_column *column,
	const struct pm_value *value)
{
	pm_json_open(json, column->name, '[');
	for (size_t i = 0; i < value->n; i++) {
		if (value->kind == PM_VALUE_STRS) {
			pm_json_string(json, NULL, value->u.strs[i]);
			continue;
		}
		pm_json_open(json, NULL, '{');
		put_row(json, column->rows,
			value->u.rows + i * column->rows->ncolumns);
		pm_json_close(json, '}');
	}
	pm_json_close(json, ']');
}

static void put_value(struct pm_json *json, const struct pm_column *column,
	const struct pm_value *value)
{
	switch (value->kind) {
	case PM_VALUE_NULL:
		pm_json_null(json, column->name);
		break;
	case PM_VALUE_BOOL:
		pm_json_bool(json, column->name, value->u.b);
		break;
	case PM_VALUE_INT:
		pm_json_int(json, column->name, value->u.i);
		break;
	case PM_VALUE_REAL:
		pm_json_real(json, column->name, value->u.r);
		break;
	case PM_VALUE_STR:
		if (column->role == PM_ROLE_SNIPPET)
			put_snippet(json, column->name, value->u.s);
		else
			pm_json_string(json, column->name, value->u.s);
		break;
	case PM_VALUE_ROW:
		pm_json_open(json, column->name, '{');
		put_row(json, column->rows, value->u.rows);
		pm_json_close(json, '}');
		break;
	case PM_VALUE_STRS:
	case PM_VALUE_ROWS:
		put_list(json, column, value);
		break;
	}
}

static void put_row(struct pm_json *json, const struct pm_shape *shape,
	const struct pm_value *values)
{
	for (size_t i = 0; i < shape->ncolumns; i++)
		if (shape->columns[i].role != PM_ROLE_SOURCE)
			put_value(json, &shape->columns[i], &values[i]);
}

static void begin(struct pm_report *report)
{
	pm_buf_addf(&report->out, "{\"schema\": %d", SCHEMA);
	if (report->shape->single)
		return;
	pm_buf_adds(&report->out, ", ");
	pm_json_str(&report->out, pm_slice_str(report->shape->name));
	pm_buf_adds(&report->out, ": [");
}

static void record(struct pm_report *report, const struct pm_value *values)
{
	struct pm_json json = PM_JSON_INIT(&report->out);

	if (report->shape->single) {
		json.comma = true;
		put_row(&json, report->shape, values);
		return;
	}
	pm_buf_adds(&report->out, report->nrecords ? ",\n" : "\n");
	pm_json_open(&json, NULL, '{');
	put_row(&json, report->shape, values);
	pm_json_close(&json, '}');
}

static void end(struct pm_report *report)
{
	struct pm_json json = PM_JSON_INIT(&report->out);

	if (!report->shape->single)
		pm_buf_adds(&report->out, report->nrecords ? "\n]" : "]");
	json.comma = true;
	for (size_t i = 0; i < report->ntotals; i++)
		pm_json_int(
			&json, report->totals[i].name, report->totals[i].value);
	pm_buf_adds(&report->out, "}\n");
}

PM_FORMAT_DEFINE(json) = {
	.name = "json",
	.summary = "one JSON object, for programs",
	.begin = begin,
	.record = record,
	.end = end,
};
