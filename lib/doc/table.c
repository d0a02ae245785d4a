/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Columns by their header: the whole of it ("due date"), else the longest
 * name it begins with ("time in CET", "owner (team)"), else its last word
 * ("action owner"). Cells are blocks without children, so the cells of a row
 * follow it one by one.
 */
#include "doc/table.h"

#include <stdlib.h>

#include "base/inline_text.h"
#include "doc/roles.h"

#define NAME_MOST 60

struct name {
	char text[NAME_MOST];
	enum pm_column_kind kind;
};

static const struct name names[] = {
#define PM_COLUMN(text, kind)                                                  \
	{text, PM_FITS(text, NAME_MOST, PM_COLUMN_##kind)},
#include "doc/columns.def"
#include "doc/columns_n.def"
#include "doc/columns_wide.def"
#undef PM_COLUMN
};

static enum pm_column_kind look_up(struct pm_slice text)
{
	const struct name *found =
		bsearch(&text, names, sizeof names / sizeof names[0],
			sizeof names[0], pm_inline_order);

	return found ? found->kind : PM_COLUMN_OTHER;
}

static struct pm_slice words_text(
	const struct pm_heading_words *words, size_t from, size_t to)
{
	return pm_slice_make(words->text.ptr + words->words[from].off,
		(size_t)(words->words[to - 1].end - words->words[from].off));
}

/* "Date completed": not by when, but since when. */
static bool dates_state(const struct pm_heading_words *words)
{
	return words->count > 1 &&
	       look_up(words_text(words, 0, 1)) == PM_COLUMN_DATE &&
	       look_up(words_text(words, 1, words->count)) == PM_COLUMN_STATUS;
}

static enum pm_column_kind header_kind(struct pm_slice header, bool *dated)
{
	struct pm_heading_words words;
	enum pm_column_kind kind = PM_COLUMN_OTHER;

	*dated = false;
	if (header.len > 120)
		return kind;
	pm_heading_split(&words, header);
	if (words.count)
		kind = look_up(words_text(&words, 0, words.count));
	if (!kind && dates_state(&words)) {
		kind = PM_COLUMN_STATUS;
		*dated = true;
	}
	for (size_t to = words.count; to > 0 && !kind; to--)
		kind = look_up(words_text(&words, 0, to));
	if (!kind && words.count > 1)
		kind = look_up(
			words_text(&words, words.count - 1, words.count));
	pm_buf_release(&words.text);
	return kind;
}

enum pm_column_kind pm_column_named(struct pm_slice name)
{
	struct pm_heading_words words;
	enum pm_column_kind kind = PM_COLUMN_OTHER;

	if (name.len > 60)
		return kind;
	pm_heading_split(&words, name);
	if (words.count)
		kind = look_up(words_text(&words, 0, words.count));
	pm_buf_release(&words.text);
	return kind;
}

/* True for "Owner", "Time (UTC)": a column's name and nothing else. */
static bool is_name(struct pm_slice text)
{
	ptrdiff_t bracket = pm_slice_find(text, 0, '(');

	if (bracket > 0)
		text.len = (size_t)bracket;
	return pm_column_named(text) != PM_COLUMN_OTHER;
}

static bool is_blank_row(const struct pm_md *md, size_t row)
{
	for (size_t cell = row + 1; cell < md->blocks[row].end; cell++)
		if (pm_slice_trim(md->blocks[cell].text).len)
			return false;
	return true;
}

static bool names_columns(const struct pm_md *md, size_t row)
{
	enum { NAMES = 2 };
	size_t known = 0, end = md->blocks[row].end;

	for (size_t cell = row + 1; cell < end && known < NAMES; cell++)
		known += is_name(md->blocks[cell].text);
	return known == NAMES;
}

void pm_table_read(struct pm_table *table, const struct pm_md *md, size_t block)
{
	const struct pm_md_block *blocks = md->blocks;
	size_t row = block + 1, next;
	unsigned dated = 0, states = 0;

	table->md = md;
	table->block = block;
	table->header = row;
	table->ncolumns = 0;
	if (row >= blocks[block].end)
		return;
	next = blocks[row].end;
	/* Exports leave the header empty and begin with what it is. */
	if (is_blank_row(md, row) && next < blocks[block].end &&
		names_columns(md, next))
		table->header = row = next;
	for (size_t cell = row + 1;
		cell < blocks[row].end && table->ncolumns < PM_TABLE_COLUMNS;
		cell++) {
		size_t column = table->ncolumns++;
		bool state;

		table->kinds[column] = header_kind(blocks[cell].text, &state);
		dated |= (unsigned)state << column;
		states |= (unsigned)(table->kinds[column] == PM_COLUMN_STATUS)
			  << column;
	}
	/* Where the state has its own column, that tells more. */
	for (size_t i = 0; i < table->ncolumns && states != dated; i++)
		if (dated & 1u << i)
			table->kinds[i] = PM_COLUMN_OTHER;
}

bool pm_table_is_row(const struct pm_body *body, size_t row)
{
	struct pm_slice line = pm_lines_text(
		&body->doc->own->lines, body->md->blocks[row].line);

	/* In HTML it begins with a tag. */
	return pm_slice_find(line, 0, '|') >= 0 ||
	       pm_slice_starts(pm_slice_trim(line), "<");
}

int pm_table_column(const struct pm_table *table, enum pm_column_kind kind)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (table->kinds[i] == kind)
			return (int)i;
	return -1;
}

const struct pm_md_block *pm_table_cell(
	const struct pm_table *table, size_t row, int column)
{
	size_t cell = row + 1 + (size_t)column;

	if (column < 0 || cell >= table->md->blocks[row].end)
		return NULL;
	return &table->md->blocks[cell];
}

struct pm_slice pm_table_text(
	const struct pm_table *table, size_t row, int column)
{
	const struct pm_md_block *cell = pm_table_cell(table, row, column);

	return cell ? pm_slice_trim(cell->text) : (struct pm_slice){NULL, 0};
}

bool pm_table_names_part(
	const struct pm_body *body, const struct pm_table *table, size_t row)
{
	const struct pm_md_block *cell;
	size_t found = 0;

	for (size_t i = 0; i < table->ncolumns; i++) {
		cell = pm_table_cell(table, row, (int)i);
		if (!cell || !pm_slice_trim(cell->text).len)
			continue;
		found++;
		for (size_t k = 0; k < cell->nruns; k++)
			if (!(body->md->runs[cell->run + k].style &
				    PM_MD_STRONG))
				return false;
	}
	return found == 1 && table->ncolumns > 2;
}

bool pm_table_has_parts(
	const struct pm_body *body, const struct pm_table *table, size_t row)
{
	const struct pm_md_block *blocks = body->md->blocks;

	if (row >= blocks[table->block].end ||
		!pm_table_names_part(body, table, row))
		return false;
	for (; row < blocks[table->block].end; row = blocks[row].end)
		if (!pm_table_names_part(body, table, row))
			return true;
	return false;
}
