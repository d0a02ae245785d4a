/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text for people and for the tools around them. Whatever came from a document
 * or a path passes pm_term_text; the escape sequences for colour are added
 * around it, never through it. Totals are not printed: the line about them is
 * chatter, and chatter is not this format's business.
 */
#include <inttypes.h>

#include "base/escape.h"
#include "base/path.h"
#include "report/private.h"

void pm_text_paint(struct pm_report *report, const char *paint)
{
	if (report->opts.color)
		pm_buf_adds(&report->out, paint);
}

int64_t pm_text_int(const struct pm_report *report,
	const struct pm_value *values, enum pm_role role)
{
	const struct pm_value *value = pm_report_value(report, values, role);

	return value && value->kind == PM_VALUE_INT ? value->u.i : 0;
}

void pm_text_path(struct pm_report *report, const struct pm_value *values)
{
	struct pm_buf path = PM_BUF_INIT;

	pm_path_relative(&path, report->opts.here,
		pm_report_text(report, values, PM_ROLE_PATH));
	pm_term_text(&report->out, pm_buf_slice(&path), true);
	pm_buf_release(&path);
}

bool pm_text_visible(const struct pm_column *column)
{
	return column->role != PM_ROLE_HIDDEN && column->role != PM_ROLE_SOURCE;
}

void pm_text_value(
	struct pm_buf *out, const struct pm_value *value, bool at_line_start)
{
	switch (value->kind) {
	case PM_VALUE_BOOL:
		pm_buf_adds(out, value->u.b ? "yes" : "no");
		break;
	case PM_VALUE_INT:
		pm_buf_addf(out, "%" PRId64, value->u.i);
		break;
	case PM_VALUE_REAL:
		pm_buf_addf(out, "%.3f", value->u.r);
		break;
	case PM_VALUE_STR:
		pm_term_text(out, value->u.s, at_line_start);
		break;
	case PM_VALUE_STRS:
		for (size_t i = 0; i < value->n; i++) {
			if (i)
				pm_buf_adds(out, ", ");
			pm_term_text(
				out, value->u.strs[i], at_line_start && i == 0);
		}
		break;
	case PM_VALUE_NULL:
	case PM_VALUE_ROW:
	case PM_VALUE_ROWS:
		break;
	}
}

static bool is_mark(char c)
{
	return c == '\x01' || c == '\x02';
}

/* Text with its match marks: in colour, else as Markdown marks weight. */
static void put_marked(struct pm_report *report, struct pm_slice text)
{
	size_t from = 0;

	for (size_t i = 0; i <= text.len; i++) {
		if (i < text.len && !is_mark(text.ptr[i]))
			continue;
		pm_term_text(&report->out, pm_slice_sub(text, from, i - from),
			from == 0);
		from = i + 1;
		if (i == text.len)
			break;
		if (!report->opts.color)
			pm_buf_adds(&report->out, "**");
		else
			pm_text_paint(report, text.ptr[i] == '\x01'
						      ? PM_PAINT_RED
						      : PM_PAINT_OFF);
	}
}

/*
 * A mark between "##" and "[" would hide a CI runner's command from the
 * escaper, and a log viewer that strips colour would find it again: such a
 * snippet goes without marks.
 */
static void put_snippet(struct pm_report *report, struct pm_slice text)
{
	struct pm_buf plain = PM_BUF_INIT;

	for (size_t i = 0; i < text.len; i++)
		if (!is_mark(text.ptr[i]))
			pm_buf_addc(&plain, text.ptr[i]);
	if (memmem(plain.ptr, plain.len, "##[", 3))
		pm_term_text(&report->out, pm_buf_slice(&plain), true);
	else
		put_marked(report, text);
	pm_buf_release(&plain);
}

static void put_result(struct pm_report *report, const struct pm_value *values)
{
	struct pm_slice section =
		pm_report_text(report, values, PM_ROLE_SECTION);
	struct pm_slice snippet =
		pm_report_text(report, values, PM_ROLE_SNIPPET);

	pm_text_path(report, values);
	pm_buf_addf(&report->out, ":%" PRId64 ": ",
		pm_text_int(report, values, PM_ROLE_LINE));
	pm_text_paint(report, PM_PAINT_BOLD);
	pm_term_text(&report->out,
		pm_report_text(report, values, PM_ROLE_TITLE), false);
	pm_text_paint(report, PM_PAINT_OFF);
	pm_buf_addc(&report->out, '\n');
	if (!section.len && !snippet.len)
		return;
	pm_buf_adds(&report->out, "    ");
	if (section.len) {
		pm_text_paint(report, PM_PAINT_DIM);
		pm_term_text(&report->out, section, true);
		pm_buf_addc(&report->out, ':');
		pm_text_paint(report, PM_PAINT_OFF);
		pm_buf_addc(&report->out, ' ');
	}
	put_snippet(report, snippet);
	pm_buf_addc(&report->out, '\n');
}

/* One record as "name: value" lines; nested records are indented below. */
static void put_fields(struct pm_buf *out, const struct pm_shape *shape,
	const struct pm_value *values, unsigned depth)
{
	for (size_t i = 0; i < shape->ncolumns; i++) {
		const struct pm_column *column = &shape->columns[i];
		const struct pm_value *value = &values[i];

		if (!pm_text_visible(column) || value->kind == PM_VALUE_NULL)
			continue;
		for (unsigned j = 0; j < depth; j++)
			pm_buf_adds(out, "  ");
		pm_term_text(out, pm_slice_str(column->name), true);
		pm_buf_addc(out, ':');
		if (value->kind != PM_VALUE_ROW &&
			value->kind != PM_VALUE_ROWS) {
			pm_buf_addc(out, ' ');
			pm_text_value(out, value, false);
			pm_buf_addc(out, '\n');
			continue;
		}
		pm_buf_addc(out, '\n');
		for (size_t j = 0; j < value->n; j++)
			put_fields(out, column->rows,
				value->u.rows + j * column->rows->ncolumns,
				depth + 1);
	}
}

static void begin(struct pm_report *report)
{
	if (report->shape->style == PM_TEXT_TABLE)
		pm_text_table_begin(report);
}

static void record(struct pm_report *report, const struct pm_value *values)
{
	switch (report->shape->style) {
	case PM_TEXT_TABLE:
		pm_text_table_row(report, values);
		break;
	case PM_TEXT_DIAGNOSTICS:
		pm_text_diagnostic(report, values);
		break;
	case PM_TEXT_RESULTS:
		put_result(report, values);
		break;
	case PM_TEXT_FIELDS:
		put_fields(&report->out, report->shape, values, 0);
		break;
	}
}

static void end(struct pm_report *report)
{
	if (report->shape->style == PM_TEXT_TABLE)
		pm_text_table_end(report);
}

PM_FORMAT_DEFINE(text) = {
	.name = "text",
	.summary = "lines for people, editors and grep",
	.begin = begin,
	.record = record,
	.end = end,
};
