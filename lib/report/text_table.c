/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An aligned table. Columns are as wide as their widest cell among the first
 * rows; those rows are held back, later ones are printed as they come, so that
 * a long list costs no memory. Where a row is wider than the terminal its
 * title gives way, then its id: the beginning of one names a document, too.
 * If that is not enough the titles are left out and the widest column is cut:
 * rows that a terminal breaks are no table any more.
 */
#include <string.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "report/private.h"

/* Enough to size the columns of any list a person reads. */
#define HELD_ROWS 500

/* Columns below which neither is cut. */
#define TITLE_LEAST 12
#define ID_LEAST    24
#define TEXT_LEAST  12

struct cell {
	size_t off, len; /* in the table's text */
	size_t width;    /* columns on a terminal */
};

struct table {
	struct pm_buf text;        /* cells as they are printed, back to back */
	PM_VEC(struct cell) cells; /* visible ones, row after row */
	size_t *widths;            /* of the visible columns, as wanted */
	size_t *rooms;             /* and what each of them gets; 0: left out */
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
	table->rooms = pm_alloc(table->ncolumns + 1, sizeof *table->rooms);
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

			pm_buf_addc(&table->text, pm_upper(c));
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

/* The column that is to give way next, or table->ncolumns. */
static size_t yielding(
	const struct pm_report *report, const struct table *table)
{
	size_t id = table->ncolumns;

	for (size_t i = 0; i < table->ncolumns; i++) {
		enum pm_role role = visible_column(report, i)->role;

		if (role == PM_ROLE_TITLE && table->rooms[i] > TITLE_LEAST)
			return i;
		if (role == PM_ROLE_ID && table->rooms[i] > ID_LEAST)
			id = i;
	}
	return id;
}

/* The same where that is not enough: the widest text but for the id. */
static size_t widest_text(
	const struct pm_report *report, const struct table *table)
{
	size_t widest = table->ncolumns, most = TEXT_LEAST;

	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct pm_column *shape = visible_column(report, i);

		if (shape->kind == PM_VALUE_STR && shape->role != PM_ROLE_ID &&
			table->rooms[i] > most) {
			most = table->rooms[i];
			widest = i;
		}
	}
	return widest;
}

/* Columns of the terminal that a row takes. */
static size_t row_width(const struct table *table)
{
	size_t total = 0;

	for (size_t i = 0; i < table->ncolumns; i++)
		if (table->rooms[i])
			total += table->rooms[i] + (total ? 2 : 0);
	return total;
}

/* Takes room from columns, one after the other as next says, till a row fits
   or none has any left; true when it fits. */
static bool squeeze(const struct pm_report *report, struct table *table,
	size_t (*next)(const struct pm_report *, const struct table *))
{
	size_t total = row_width(table);

	for (; total > report->opts.width; total--) {
		size_t column = next(report, table);

		if (column == table->ncolumns)
			return false;
		table->rooms[column]--;
	}
	return true;
}

/* From the widths that are wanted to those that the terminal has. */
static void make_room(const struct pm_report *report, struct table *table)
{
	memcpy(table->rooms, table->widths,
		table->ncolumns * sizeof *table->rooms);
	if (report->opts.width == 0 || squeeze(report, table, yielding))
		return;
	for (size_t i = 0; i < table->ncolumns; i++)
		table->rooms[i] =
			visible_column(report, i)->role == PM_ROLE_TITLE
				? 0
				: table->widths[i];
	if (!squeeze(report, table, yielding))
		squeeze(report, table, widest_text);
}

/* True when no column after this one is printed. */
static bool is_last(const struct table *table, size_t column)
{
	while (++column < table->ncolumns)
		if (table->rooms[column])
			return false;
	return true;
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
	size_t width = cell->width, room = table->rooms[column];

	if (!room)
		return;
	/* Rows that came after the widths stood may be wider, in silence
	   where nothing limits them. */
	if (width > room && report->opts.width && shape->kind != PM_VALUE_INT) {
		text = cut(text, room - 1);
		width = pm_utf8_width(text) + 1;
	}
	if (shape->kind == PM_VALUE_INT && width < room)
		put_blanks(&report->out, room - width);
	pm_buf_add_slice(&report->out, text);
	if (text.len < cell->len)
		pm_buf_adds(&report->out, "\xe2\x80\xa6");
	if (is_last(table, column))
		return;
	if (shape->kind != PM_VALUE_INT && width < room)
		put_blanks(&report->out, room - width);
	put_blanks(&report->out, 2);
}

/* Prints all held rows and forgets them. */
static void put_rows(struct pm_report *report, struct table *table)
{
	make_room(report, table);
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
	free(table->rooms);
	free(table);
	report->state = NULL;
}
