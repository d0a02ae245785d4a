/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One finding as text. A pipe gets exactly one line for each, in the form that
 * editors and problem matchers read; a person at a terminal also gets the
 * line of the document, a caret under the place, and what to type.
 *
 * Places are bytes; the caret counts terminal columns of the line as it is
 * printed, escapes included.
 */
#include "base/escape.h"
#include "base/utf8.h"
#include "report/private.h"

#define INDENT "    "

static const char *level_paint(struct pm_slice level)
{
	if (pm_slice_is(level, "error"))
		return PM_PAINT_RED;
	if (pm_slice_is(level, "warning"))
		return PM_PAINT_AMBER;
	return PM_PAINT_BLUE;
}

/* Part of a source line, tabs as single blanks so that columns can be told. */
static void put_source(struct pm_buf *out, struct pm_slice part)
{
	struct pm_buf flat = PM_BUF_INIT;

	pm_buf_add_slice(&flat, part);
	for (size_t i = 0; i < flat.len; i++)
		if (flat.ptr[i] == '\t')
			flat.ptr[i] = ' ';
	pm_term_text(out, pm_buf_slice(&flat), true);
	pm_buf_release(&flat);
}

static bool continues(struct pm_slice text, size_t off)
{
	return off < text.len && ((unsigned char)text.ptr[off] & 0xC0) == 0x80;
}

/*
 * Cuts a line that is wider than the terminal to a window around byte off,
 * moving off along. Bytes are at least as many as columns, so it fits.
 */
static struct pm_slice cut_window(
	struct pm_slice line, unsigned width, size_t *off)
{
	size_t most = width > 20 ? width - sizeof INDENT : 20, from = 0, to;

	if (width == 0 || line.len <= most)
		return line;
	if (*off > most * 2 / 3)
		from = *off - most / 2;
	while (continues(line, from))
		from++;
	to = from + most < line.len ? from + most : line.len;
	while (continues(line, to))
		to--;
	*off -= from < *off ? from : *off;
	return pm_slice_sub(line, from, to - from);
}

static void put_caret(
	struct pm_report *report, struct pm_slice line, size_t off, size_t len)
{
	struct pm_buf before = PM_BUF_INIT, under = PM_BUF_INIT;
	size_t blanks, marks;

	put_source(&before, pm_slice_sub(line, 0, off));
	put_source(&under, pm_slice_sub(line, off, len));
	blanks = pm_utf8_width(pm_buf_slice(&before));
	marks = pm_utf8_width(pm_buf_slice(&under));
	pm_buf_adds(&report->out, INDENT);
	for (size_t i = 0; i < blanks; i++)
		pm_buf_addc(&report->out, ' ');
	pm_text_paint(report, PM_PAINT_GREEN);
	pm_buf_addc(&report->out, '^');
	for (size_t i = 1; i < marks; i++)
		pm_buf_addc(&report->out, '~');
	pm_text_paint(report, PM_PAINT_OFF);
	pm_buf_addc(&report->out, '\n');
	pm_buf_release(&before);
	pm_buf_release(&under);
}

static void put_place(struct pm_report *report, const struct pm_value *values)
{
	struct pm_slice line = pm_report_text(report, values, PM_ROLE_SOURCE);
	int64_t col = pm_text_int(report, values, PM_ROLE_COL);
	int64_t end_col = pm_text_int(report, values, PM_ROLE_END_COL);
	size_t off, len;

	if (pm_slice_trim(line).len == 0 || col < 1)
		return;
	off = (size_t)col - 1 < line.len ? (size_t)col - 1 : line.len;
	len = line.len - off;
	if (pm_text_int(report, values, PM_ROLE_END_LINE) ==
			pm_text_int(report, values, PM_ROLE_LINE) &&
		end_col >= col && (size_t)(end_col - col) < len)
		len = (size_t)(end_col - col);
	line = cut_window(line, report->opts.width, &off);
	pm_buf_adds(&report->out, INDENT);
	put_source(&report->out, line);
	pm_buf_addc(&report->out, '\n');
	put_caret(report, line, off, len);
}

void pm_text_diagnostic(struct pm_report *report, const struct pm_value *values)
{
	struct pm_slice level = pm_report_text(report, values, PM_ROLE_LEVEL);
	struct pm_slice hint = pm_report_text(report, values, PM_ROLE_HINT);

	pm_text_paint(report, PM_PAINT_BOLD);
	pm_text_path(report, values);
	pm_buf_addf(&report->out, ":%lld:%lld:",
		(long long)pm_text_int(report, values, PM_ROLE_LINE),
		(long long)pm_text_int(report, values, PM_ROLE_COL));
	pm_text_paint(report, PM_PAINT_OFF);
	pm_buf_addc(&report->out, ' ');
	pm_text_paint(report, level_paint(level));
	pm_term_text(&report->out, level, false);
	pm_buf_addc(&report->out, ':');
	pm_text_paint(report, PM_PAINT_OFF);
	pm_buf_addc(&report->out, ' ');
	pm_term_text(&report->out,
		pm_report_text(report, values, PM_ROLE_MESSAGE), false);
	pm_text_paint(report, PM_PAINT_DIM);
	pm_buf_adds(&report->out, " [");
	pm_term_text(&report->out, pm_report_text(report, values, PM_ROLE_RULE),
		false);
	pm_buf_addc(&report->out, ']');
	pm_text_paint(report, PM_PAINT_OFF);
	pm_buf_addc(&report->out, '\n');
	if (!report->opts.terminal)
		return;
	put_place(report, values);
	if (hint.len) {
		pm_buf_adds(&report->out, INDENT);
		pm_term_text(&report->out, hint, true);
		pm_buf_addc(&report->out, '\n');
	}
}
