/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paragraphs without a single character that could be markup: most of what
 * people write. Their runs are the lines of the source as they stand, so they
 * are taken from there, and the tree below them is not walked. Whatever is in
 * doubt (an indentation with tabs, a quote, a space at the end that may be a
 * line break) is left to the walk.
 */
#include "markdown/private.h"

#include <stdint.h>
#include <string.h>

/* How many lists around a paragraph are looked at, items counted. */
enum { DEPTH = 4 };

/* What markup begins with; the first are those of links and raw HTML, then
   those of bold text. */
static const char marks[PM_MD_MARKS] = "[<*_`&\\~\t";
enum { LINKS = 2, BOLD = 4 };

/* True when one of the marks [first, end) stands in the text from off to to.
   Each is looked for once: where the last look found it is kept. */
static bool holds_mark(struct pm_md_walk *walk, size_t first, size_t end,
	size_t off, size_t to)
{
	struct pm_slice text = walk->lines->text;

	for (size_t i = first; i < end; i++) {
		if (walk->marks[i] < off || walk->looked[i] > off) {
			ptrdiff_t at = pm_slice_find(text, off, marks[i]);

			walk->marks[i] = at < 0 ? text.len : (size_t)at;
			walk->looked[i] = off;
		}
		if (walk->marks[i] < to)
			return true;
	}
	return false;
}

bool pm_md_can_wait(struct pm_md_walk *walk)
{
	struct pm_md_block *block = &walk->out->blocks[walk->block];
	size_t off = pm_lines_off(walk->lines, block->line);
	size_t end = pm_lines_off(walk->lines, block->end_line + 1);
	struct pm_slice text;

	if (block->kind != PM_MD_PARAGRAPH || !block->line ||
		holds_mark(walk, 0, LINKS, off, end))
		return false;
	text = pm_slice_sub(walk->lines->text, off, end - off);
	if ((walk->addresses && pm_md_may_link(text)) ||
		(walk->doubtful && pm_md_holds_address(text)))
		return false;
	block->bold = holds_mark(walk, LINKS, BOLD, off, end);
	return true;
}

bool pm_md_is_intricate(struct pm_slice text)
{
	static const char controls[] = {'\r', '\v', '\f', '\0'};

	for (size_t i = 0; i < sizeof controls; i++)
		if (pm_slice_find(text, 0, controls[i]) >= 0)
			return true;
	return false;
}

/* True when nothing but a few lists stands around the block. */
static bool stands_free(const struct pm_md *md, const struct pm_md_block *block)
{
	size_t up = block->parent;

	for (int i = 0; i < DEPTH && up != SIZE_MAX; i++) {
		if ((md->blocks[up].kind != PM_MD_LIST &&
			    md->blocks[up].kind != PM_MD_ITEM) ||
			md->blocks[up].task)
			return false;
		up = md->blocks[up].parent;
	}
	return up == SIZE_MAX;
}

/* Where the first line's text begins: behind indentation and bullets. False
   when cmark's column is not there. */
static bool first_text(
	const struct pm_md_walk *walk, cmark_node *node, struct pm_slice *line)
{
	size_t col = (size_t)cmark_node_get_start_column(node) - 1;

	if (col >= line->len || line->ptr[col] == ' ' ||
		(col && line->ptr[col - 1] != ' '))
		return false;
	for (size_t i = 0; i < col; i++)
		if (!memchr(" -+*.)0123456789", line->ptr[i], 16))
			return false;
	*line = pm_slice_from(*line, col);
	return walk->block != SIZE_MAX;
}

static void push(struct pm_md_walk *walk, unsigned line, unsigned style,
	struct pm_slice text)
{
	struct pm_md *out = walk->out;
	struct pm_md_run *run;

	out->runs =
		pm_arena_grow(walk->arena, out->runs, out->nruns, sizeof *run);
	run = &out->runs[out->nruns++];
	run->line = line;
	run->style = style;
	run->text = text;
	walk->text_len += text.len;
	if (style & PM_MD_BREAK)
		return;
	run->span.off = (size_t)(text.ptr - walk->lines->text.ptr);
	run->span.len = text.len;
	walk->cursor = run->span.off + text.len;
}

/* Takes the runs from the lines; false when one is not what it seems. */
static bool take_lines(struct pm_md_walk *walk, cmark_node *node,
	const struct pm_md_block *block)
{
	for (unsigned at = block->line; at <= block->end_line; at++) {
		struct pm_slice line = pm_lines_text(walk->lines, at);
		size_t end = line.len;

		if (at == block->line) {
			if (!first_text(walk, node, &line))
				return false;
		} else {
			push(walk, at - 1, PM_MD_BREAK, pm_slice_str(" "));
			while (line.len && line.ptr[0] == ' ')
				line = pm_slice_from(line, 1);
		}
		end = line.len;
		while (end && line.ptr[end - 1] == ' ')
			end--;
		if (!end || line.len - end > 1)
			return false;
		push(walk, at, 0, pm_slice_sub(line, 0, end));
	}
	return true;
}

bool pm_md_plain(struct pm_md_walk *walk, cmark_node *node)
{
	struct pm_md *out = walk->out;
	const struct pm_md_block *block = &out->blocks[walk->block];
	struct pm_slice text;
	size_t off, cursor = walk->cursor;

	if (block->kind != PM_MD_PARAGRAPH || walk->intricate ||
		cmark_node_get_start_line(node) <= 0 ||
		!stands_free(out, block))
		return false;
	/* Bullets are no marks; the text behind them counts. */
	off = pm_lines_off(walk->lines, block->line) +
	      (size_t)cmark_node_get_start_column(node) - 1;
	if (off >= walk->limit)
		return false;
	if (holds_mark(walk, 0, PM_MD_MARKS, off, walk->limit))
		return false;
	text = pm_slice_sub(walk->lines->text, off, walk->limit - off);
	if (walk->addresses && pm_md_may_link(text))
		return false;
	if (take_lines(walk, node, block))
		return true;
	out->nruns = block->run;
	walk->text_len = 0;
	walk->cursor = cursor;
	return false;
}
