/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where blocks stand. cmark knows the lines of most blocks; this file knows
 * the others: a table under a paragraph line claims the paragraph's first
 * line and leaves it none, raw HTML ends on its first line, underlined
 * headings and indented code end too late, and containers count the blank
 * lines behind them.
 */
#include "markdown/private.h"

#include <string.h>

static unsigned whole_line(const struct pm_md_walk *walk, int line)
{
	return line > 0 ? (unsigned)line + walk->first_line : 0;
}

/* True for the line under a table's header: | --- | :-: | */
static bool is_delimiter(struct pm_slice line)
{
	bool dash = false;

	for (size_t i = 0; i < line.len; i++) {
		if (!memchr("|-: \t>", line.ptr[i], 6))
			return false;
		dash = dash || line.ptr[i] == '-';
	}
	return dash;
}

/* The line of a table's header row: two above the first row of its body, or
   above the delimiter row when it has no body. */
static unsigned header_line(const struct pm_md_walk *walk, cmark_node *table)
{
	cmark_node *head = cmark_node_first_child(table);
	cmark_node *body = head ? cmark_node_next(head) : NULL;
	unsigned line = whole_line(walk, cmark_node_get_start_line(table));
	unsigned last = whole_line(walk, cmark_node_get_end_line(table));

	if (body && cmark_node_get_start_line(body) > 2)
		return whole_line(walk, cmark_node_get_start_line(body)) - 2;
	/* One of HTML may have all its rows on one line. */
	if (body)
		return line;
	for (unsigned at = line + 1; at <= last; at++)
		if (is_delimiter(pm_lines_text(walk->lines, at)))
			return at - 1;
	return line;
}

/* A paragraph that lost its lines to the table below it. */
static void place_robbed(
	struct pm_md_walk *walk, cmark_node *node, struct pm_md_block *block)
{
	cmark_node *table = cmark_node_next(node);
	int line = table ? cmark_node_get_start_line(table) : 0;

	block->line = block->end_line = walk->first_line + 1;
	if (line <= 0)
		return;
	block->line = whole_line(walk, line);
	block->end_line = header_line(walk, table) - 1;
}

/* Number of lines of a literal; each ends in a newline. */
static unsigned count_lines(struct pm_slice literal)
{
	unsigned count = 0;

	for (size_t i = 0; i < literal.len; i++)
		count += literal.ptr[i] == '\n';
	return count ? count : 1;
}

/* True when the heading is underlined: no # stands where it begins. */
static bool is_setext(const struct pm_md_walk *walk, cmark_node *node,
	const struct pm_md_block *block)
{
	struct pm_slice line = pm_lines_text(walk->lines, block->line);
	size_t col = (size_t)cmark_node_get_start_column(node);

	while (col && col <= line.len && line.ptr[col - 1] == ' ')
		col++;
	return !col || col > line.len || line.ptr[col - 1] != '#';
}

static void place_code(cmark_node *node, struct pm_md_block *block)
{
	int length, offset;
	char mark;

	if (!cmark_node_get_fenced(node, &length, &offset, &mark))
		block->end_line = block->line + count_lines(block->literal) - 1;
}

void pm_md_place(
	struct pm_md_walk *walk, cmark_node *node, struct pm_md_block *block)
{
	const struct pm_md_block *up =
		block->parent < walk->out->nblocks
			? &walk->out->blocks[block->parent]
			: NULL;

	block->line = whole_line(walk, cmark_node_get_start_line(node));
	block->end_line = whole_line(walk, cmark_node_get_end_line(node));
	if (block->end_line < block->line)
		block->end_line = block->line;
	switch (block->kind) {
	case PM_MD_TABLE:
		block->line = header_line(walk, node);
		block->end_line = block->line + 1;
		break;
	case PM_MD_ROW:
		if (block->header && up)
			block->line = up->line;
		block->end_line = block->line;
		break;
	case PM_MD_CELL:
		if (up)
			block->line = block->end_line = up->line;
		break;
	case PM_MD_PARAGRAPH:
		if (!block->line)
			place_robbed(walk, node, block);
		break;
	case PM_MD_HEADING:
		block->setext = is_setext(walk, node, block);
		if (!block->setext)
			block->end_line = block->line;
		break;
	case PM_MD_CODE:
		place_code(node, block);
		break;
	case PM_MD_HTML:
		block->end_line = block->line + count_lines(block->literal) - 1;
		break;
	case PM_MD_RULE:
		break;
	default:
		/* Containers reach as far as their last child. */
		block->end_line = block->line;
		break;
	}
}

/* A paragraph whose first lines were reference definitions, which are no
   part of it, begins where its first run was found. */
static void skip_definitions(struct pm_md_walk *walk, struct pm_md_block *block)
{
	struct pm_slice text = walk->lines->text;
	size_t off = pm_lines_off(walk->lines, block->line);

	while (off < text.len && memchr(" \t>", text.ptr[off], 3))
		off++;
	if (off < text.len && text.ptr[off] == '[' && block->nruns &&
		walk->out->runs[block->run].span.len)
		block->line = walk->out->runs[block->run].line;
}

/* An underlined heading: its text, one line more for each break, and the
   underline. */
static void place_setext(struct pm_md_walk *walk, struct pm_md_block *block)
{
	block->end_line = block->line + 1;
	for (size_t i = 0; i < block->nruns; i++)
		if (walk->out->runs[block->run + i].style & PM_MD_BREAK)
			block->end_line++;
}

void pm_md_place_end(struct pm_md_walk *walk)
{
	struct pm_md *out = walk->out;
	struct pm_md_block *block = &out->blocks[walk->block];

	if (block->kind == PM_MD_PARAGRAPH)
		skip_definitions(walk, block);
	else if (block->setext)
		place_setext(walk, block);
	if (block->parent < out->nblocks &&
		out->blocks[block->parent].end_line < block->end_line &&
		out->blocks[block->parent].kind != PM_MD_ROW)
		out->blocks[block->parent].end_line = block->end_line;
}
