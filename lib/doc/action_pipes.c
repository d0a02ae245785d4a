/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of cells that Markdown does not take for a table: people forget the
 * line under the header, or put it in the wrong place. The first line has to
 * name columns of actions, or nothing here is read.
 */
#include "doc/actions.h"
#include "doc/table.h"

#include <string.h>

struct row {
	size_t count;
	struct pm_slice cells[PM_TABLE_COLUMNS];
};

/* Cuts a line at its bars; the outer ones are optional. */
static void cut(struct pm_slice line, struct row *row)
{
	ptrdiff_t bar;

	row->count = 0;
	line = pm_slice_trim(line);
	if (line.len && line.ptr[0] == '|')
		line = pm_slice_from(line, 1);
	if (line.len && line.ptr[line.len - 1] == '|')
		line.len--;
	do {
		bar = pm_slice_find(line, 0, '|');
		row->cells[row->count++] = pm_slice_trim(
			bar < 0 ? line : pm_slice_sub(line, 0, (size_t)bar));
		line = pm_slice_from(line, bar < 0 ? 0 : (size_t)bar + 1);
	} while (bar >= 0 && row->count < PM_TABLE_COLUMNS);
}

/* "||Action||Owner||", the header of a table in an issue: two bars are one. */
static void close_up(struct row *row, struct pm_slice line)
{
	size_t count = 0;

	if (!pm_slice_starts(line, "||"))
		return;
	for (size_t i = 0; i < row->count; i++)
		if (row->cells[i].len)
			row->cells[count++] = row->cells[i];
	row->count = count;
}

/* The text of the first column of a kind; empty when there is none. */
static struct pm_slice cell(
	const struct pm_action_cells *row, enum pm_column_kind kind)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->kinds[i] == kind)
			return row->cells[i];
	return (struct pm_slice){NULL, 0};
}

void pm_action_read_cells(
	struct pm_body *body, const struct pm_action_cells *row)
{
	struct pm_action *action;
	struct pm_text_line words = row->line;
	struct pm_slice title, number;

	title = cell(row, PM_COLUMN_TITLE);
	if (!title.len)
		title = cell(row, PM_COLUMN_EVENT);
	while (title.len && memchr(":-", title.ptr[0], 2))
		title = pm_slice_from(title, 1);
	if (pm_says_nothing(body, title))
		return;
	action = pm_action_add(body, row->line.line, row->end_line);
	pm_action_set_owner(body, action, cell(row, PM_COLUMN_OWNER));
	pm_action_set_due(body, action, cell(row, PM_COLUMN_DUE));
	pm_action_set_status(body, action, cell(row, PM_COLUMN_STATUS));
	words.text = title;
	pm_action_read_text(body, action, &words);
	number = pm_tracker_number(row->line.text);
	if (number.len)
		action->tracker.text = number;
}

static void read_row(struct pm_body *body, const struct pm_text_line *line,
	const enum pm_column_kind *kinds, size_t count)
{
	struct row row;
	struct pm_action_cells cells = {
		.kinds = kinds, .line = *line, .end_line = line->line};

	cut(line->text, &row);
	cells.cells = row.cells;
	cells.count = row.count < count ? row.count : count;
	pm_action_read_cells(body, &cells);
}

/* True for the line that belongs under a header: bars, hyphens and colons. */
static bool is_rule(struct pm_slice line)
{
	bool hyphen = false;

	for (size_t i = 0; i < line.len; i++) {
		if (!memchr("|-: ", line.ptr[i], 4))
			return false;
		hyphen = hyphen || line.ptr[i] == '-';
	}
	return hyphen;
}

/* A line that goes on with the row above it has its first bar further in. */
static bool is_row(const struct pm_text_line *line, bool barred)
{
	return line->line &&
	       (barred ? pm_slice_starts(line->text, "|")
		       : memchr(line->text.ptr, '|', line->text.len) != NULL);
}

bool pm_action_pipes(struct pm_body *body, size_t paragraph,
	const struct pm_action_group *group)
{
	const struct pm_md_block *block = pm_md_read(body->md, paragraph);
	enum pm_column_kind kinds[PM_TABLE_COLUMNS] = {PM_COLUMN_OTHER};
	struct pm_text_line line;
	size_t run = 0, before = body->doc->nactions;
	struct row header;
	bool titled = false, barred;

	line = pm_body_text_line(body, block, &run);
	/* "Action items:" may stand on the line above them. */
	if (line.line && run < block->nruns &&
		line.text.ptr[line.text.len - 1] == ':')
		line = pm_body_text_line(body, block, &run);
	if (line.line && run < block->nruns && is_rule(line.text))
		line = pm_body_text_line(body, block, &run);
	if (!line.line || !memchr(line.text.ptr, '|', line.text.len))
		return false;
	barred = line.text.ptr[0] == '|';
	cut(line.text, &header);
	close_up(&header, line.text);
	for (size_t i = 0; i < header.count; i++) {
		kinds[i] = pm_column_named(header.cells[i]);
		titled = titled || kinds[i] == PM_COLUMN_TITLE ||
			 kinds[i] == PM_COLUMN_EVENT;
	}
	if (!titled || header.count < 2)
		return false;
	while (run < block->nruns) {
		line = pm_body_text_line(body, block, &run);
		if (is_row(&line, barred))
			read_row(body, &line, kinds, header.count);
	}
	for (size_t i = before; i < body->doc->nactions; i++)
		pm_action_apply_group(body, &body->doc->actions[i], group);
	/* With the line under the header further down, the lines around it
	   are a table after all, but its header is a row. */
	if (block->end < body->md->nblocks &&
		body->md->blocks[block->end].kind == PM_MD_TABLE &&
		body->md->blocks[block->end].line == block->end_line + 1)
		pm_action_rows(body, block->end, kinds, group);
	return true;
}
