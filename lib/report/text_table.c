/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An aligned table. Columns are as wide as their widest cell among the first
 * rows; those rows are held back, later ones are printed as they come, so that
 * a long list costs no memory. Where a row is wider than the terminal its
 * title gives way.
 */
#include "base/alloc.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "report/private.h"

/* Enough to size the columns of any list a person reads. */
#define HELD_ROWS 500

/* A title is never cut below this many columns. */
#define TITLE_LEAST 12

struct cell {
	size_t off, len; /* in the table's text */
	size_t width;    /* columns on a terminal */
};

struct table {
	struct pm_buf text;        /* cells as they are printed, back to back */
	PM_VEC(struct cell) cells; /* visible ones, row after row */
	size_t *widths;            /* of the visible columns */
	size_t ncolumns;           /* visible ones */
	size_t nrows;              /* held */
	bool sized;                /* widths stand, nothing is held any more */
};

static const struct pm_column *visible_column(
	const struct pm_report *report, size_t number)
{
	for (size_t i = 0; i < report->shape->ncolumns; i++)
		if (pm_text_visible(&report->shape->columns[i]) &&
			number-- == 0)
			return &report->shape->columns[i];
	return NULL;
}

void pm_text_table_begin(struct pm_report *report)
{
	struct table *table = pm_alloc(1, sizeof *table);

	table->text = (struct pm_buf)PM_BUF_INIT;
	for (size_t i = 0; i < report->shape->ncolumns; i++)
		table->ncolumns += pm_text_visible(&report->shape->columns[i]);
	table->widths = pm_alloc(table->ncolumns + 1, sizeof *table->widths);
	report->state = table;
}

/* Notes the cell that was just written from off on. */
static void add_cell(struct table *table, size_t column, size_t off)
{
	struct cell *cell = pm_vec_push(&table->cells);

	cell->off = off;
	cell->len = table->text.len - off;
	cell->width =
		pm_utf8_width(pm_slice_make(table->text.ptr + off, cell->len));
	if (!table->sized && cell->width > table->widths[column])
		table->widths[column] = cell->width;
}

/* "actions_open" -> "ACTIONS OPEN" */
static void add_header(struct pm_report *report, struct table *table)
{
	for (size_t i = 0; i < table->ncolumns; i++) {
		const char *name = visible_column(report, i)->name;
		size_t off = table->text.len;

		for (; *name; name++) {
			char c = *name == '_' ? ' ' : *name;

			if (c >= 'a' && c <= 'z')
				c = (char)(c - 'a' + 'A');
			pm_buf_addc(&table->text, c);
		}
		add_cell(table, i, off);
	}
	table->nrows++;
}

/* The part of text that fits into width columns. */
static struct pm_slice cut(struct pm_slice text, size_t width)
{
	size_t used = 0, off = 0;

	while (off < text.len) {
		uint32_t cp;
		size_t len = pm_utf8_next(text, off, &cp);

		used += pm_utf8_width(pm_slice_sub(text, off, len));
		if (used > width)
			break;
		off += len;
	}
	return pm_slice_sub(text, 0, off);
}

/* Width that is left for a title, or SIZE_MAX where nothing limits it. */
static size_t title_room(const struct pm_report *report,
	const struct table *table, size_t column)
{
	size_t others = 0;

	if (report->opts.width == 0)
		return SIZE_MAX;
	for (size_t i = 0; i < table->ncolumns; i++)
		if (i != column)
			others += table->widths[i] + 2;
	if (others + TITLE_LEAST >= report->opts.width)
		return TITLE_LEAST;
	return report->opts.width - others;
}

static void put_blanks(struct pm_buf *out, size_t n)
{
	while (n--)
		pm_buf_addc(out, ' ');
}

static void put_cell(struct pm_report *report, const struct table *table,
	size_t column, const struct cell *cell)
{
	const struct pm_column *shape = visible_column(report, column);
	struct pm_slice text =
		pm_slice_make(table->text.ptr + cell->off, cell->len);
	size_t width = cell->width, column_width = table->widths[column];
	size_t room = SIZE_MAX;

	if (shape->role == PM_ROLE_TITLE)
		room = title_room(report, table, column);
	if (column_width > room)
		column_width = room;
	if (width > room) {
		text = cut(text, room - 1);
		width = room;
	}
	if (shape->kind == PM_VALUE_INT && width < column_width)
		put_blanks(&report->out, column_width - width);
	pm_buf_add_slice(&report->out, text);
	if (text.len < cell->len)
		pm_buf_adds(&report->out, "\xe2\x80\xa6");
	if (column + 1 == table->ncolumns)
		return;
	if (shape->kind != PM_VALUE_INT && width < column_width)
		put_blanks(&report->out, column_width - width);
	put_blanks(&report->out, 2);
}

/* Prints all held rows and forgets them. */
static void put_rows(struct pm_report *report, struct table *table)
{
	for (size_t row = 0; row < table->nrows; row++) {
		for (size_t i = 0; i < table->ncolumns; i++)
			put_cell(report, table, i,
				&table->cells.items[row * table->ncolumns + i]);
		pm_buf_addc(&report->out, '\n');
	}
	table->nrows = 0;
	table->cells.len = 0;
	pm_buf_reset(&table->text);
}

void pm_text_table_row(struct pm_report *report, const struct pm_value *values)
{
	struct table *table = report->state;
	size_t column = 0;

	if (report->opts.terminal && report->nrecords == 0)
		add_header(report, table);
	for (size_t i = 0; i < report->shape->ncolumns; i++) {
		size_t off = table->text.len;

		if (!pm_text_visible(&report->shape->columns[i]))
			continue;
		pm_text_value(&table->text, &values[i], column == 0);
		if (table->text.len == off)
			pm_buf_addc(&table->text, '-');
		add_cell(table, column++, off);
	}
	if (++table->nrows >= HELD_ROWS)
		table->sized = true;
	if (table->sized)
		put_rows(report, table);
}

void pm_text_table_end(struct pm_report *report)
{
	struct table *table = report->state;

	put_rows(report, table);
	pm_vec_release(&table->cells);
	pm_buf_release(&table->text);
	free(table->widths);
	free(table);
	report->state = NULL;
}
