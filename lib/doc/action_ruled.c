/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Actions in tables of plain text: see ruled.c. The header has to name columns
 * of actions, and every row to fit them, or nothing here is read.
 */
#include "doc/action_reader.h"
#include "doc/ruled.h"

#include <string.h>

enum {
	CELL_MOST = 1000, /* bytes up to which the lines of a cell are joined */
};

/* A table while its lines are read. */
struct ruled_table {
	struct pm_ruled ruled;
	enum pm_column_kind kinds[PM_TABLE_COLUMNS];
	struct pm_slice cells[PM_TABLE_COLUMNS]; /* of the row so far */
	unsigned line, end_line; /* of that row; 0: it has none yet */
};

/* Adds a line of the file to the row; false: it does not fit. */
static bool add_line(
	struct pm_body *body, struct ruled_table *table, unsigned number)
{
	struct pm_slice line = pm_lines_text(&body->doc->own->lines, number);
	struct pm_slice cells[PM_TABLE_COLUMNS];

	if (!pm_ruled_cut(&table->ruled, line, cells))
		return false;
	for (size_t i = 0; i < table->ruled.ncolumns; i++) {
		struct pm_slice *cell = &table->cells[i];

		if (!cell->len)
			*cell = cells[i];
		else if (cells[i].len && cell->len < CELL_MOST)
			*cell = pm_slice_str(pm_arena_printf(body->arena,
				"%.*s %.*s", (int)cell->len, cell->ptr,
				(int)cells[i].len, cells[i].ptr));
	}
	if (!table->line)
		table->line = number;
	table->end_line = number;
	return true;
}

static void end_row(struct ruled_table *table)
{
	memset(table->cells, 0, sizeof table->cells);
	table->line = 0;
}

/* Names the columns by the row so far; false: they are not those of actions. */
static bool name_columns(struct ruled_table *table)
{
	bool titled = false;

	for (size_t i = 0; i < table->ruled.ncolumns; i++) {
		table->kinds[i] =
			pm_column_named(pm_trim_marks(table->cells[i]));
		titled = titled || table->kinds[i] == PM_COLUMN_TITLE ||
			 table->kinds[i] == PM_COLUMN_EVENT;
	}
	end_row(table);
	return titled;
}

/* Adds the row so far as an action, and begins the next. */
static void read_row(struct pm_action_reader *r, struct ruled_table *table)
{
	struct pm_action_cells cells = {
		.kinds = table->kinds,
		.cells = table->cells,
		.count = table->ruled.ncolumns,
		.line = {.line = table->line},
		.end_line = table->end_line,
	};
	size_t before = r->body->doc->nactions;

	if (!table->line)
		return;
	for (size_t i = 0; i < cells.count; i++)
		if (pm_tracker_number(table->cells[i]).len &&
			(!cells.line.text.len ||
				table->kinds[i] == PM_COLUMN_TRACKER))
			cells.line.text = table->cells[i];
	pm_action_read_cells(r->body, &cells);
	for (size_t i = before; i < r->body->doc->nactions; i++)
		pm_action_apply_group(
			r->body, &r->body->doc->actions[i], &r->group);
	end_row(table);
}

static struct pm_slice source(const struct pm_action_reader *r, unsigned line)
{
	return pm_slice_trim(pm_lines_text(&r->body->doc->own->lines, line));
}

/* "+----+" and "| a  |": a row ends at each rule, the header at the first. */
static bool read_grid(struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	struct ruled_table table = {.line = 0};
	bool headed = false;

	if (!pm_slice_starts(source(r, block->line), "+-") ||
		!pm_ruled_read(&table.ruled,
			pm_lines_text(&r->body->doc->own->lines, block->line)))
		return false;
	for (unsigned i = block->line + 1; i <= block->end_line; i++) {
		if (!pm_slice_starts(source(r, i), "+")) {
			if (!add_line(r->body, &table, i))
				return headed;
		} else if (headed) {
			read_row(r, &table);
		} else if (name_columns(&table)) {
			headed = true;
		} else {
			return false;
		}
	}
	return headed;
}

/* True for a line that a table ends with. */
static bool is_end(struct pm_slice line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] != '-' && line.ptr[i] != ' ')
			return false;
	return line.len > 0;
}

/* The lines of a paragraph below the rule, each a row, or all of them one;
   false: they do not fit, or the table has ended. */
static bool read_lines(struct pm_action_reader *r, size_t at,
	struct ruled_table *table, bool joined)
{
	const struct pm_md_block *block = pm_action_block(r, at);

	for (unsigned i = block->line; i <= block->end_line; i++) {
		if (is_end(source(r, i)) || !add_line(r->body, table, i)) {
			read_row(r, table);
			return false;
		}
		if (!joined)
			read_row(r, table);
	}
	read_row(r, table);
	return true;
}

/* True when a block stands on the lines right below the one before it. */
static bool is_below(
	const struct pm_action_reader *r, size_t at, enum pm_md_kind kind)
{
	return at > 0 && at < r->end && pm_action_block(r, at)->kind == kind &&
	       pm_action_block(r, at - 1)->end_line + 1 ==
		       pm_action_block(r, at)->line;
}

bool pm_action_ruled(struct pm_action_reader *r, size_t *at)
{
	const struct pm_md_block *header = pm_action_block(r, *at);
	struct ruled_table table = {.line = 0};
	size_t rule = *at + 1, row = *at + 2;
	bool joined;

	if (read_grid(r, *at))
		return true;
	if (!is_below(r, rule, PM_MD_RULE) ||
		!is_below(r, row, PM_MD_PARAGRAPH) ||
		!pm_ruled_read(
			&table.ruled, pm_lines_text(&r->body->doc->own->lines,
					      pm_action_block(r, rule)->line)))
		return false;
	for (unsigned i = header->line; i <= header->end_line; i++)
		if (!add_line(r->body, &table, i))
			return false;
	if (!name_columns(&table))
		return false;
	/* With a line above its header too, a row ends at an empty line. */
	joined = *at > 0 && pm_action_block(r, *at - 1)->kind == PM_MD_RULE &&
		 is_below(r, *at, PM_MD_PARAGRAPH);
	while (read_lines(r, row, &table, joined) && joined &&
		row + 1 < r->end &&
		pm_action_block(r, row + 1)->kind == PM_MD_PARAGRAPH)
		row++;
	*at = row;
	return true;
}
