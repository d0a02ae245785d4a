/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paragraphs and headings without a single character that could be markup:
 * most of what people write. Their text is their lines, so cmark is kept from
 * reading their inlines, the costly half of its work: once the blocks stand,
 * and before the inlines are read, an extension of ours is set for them that
 * says they hold none. What stands in doubt (a line break, an address, what
 * cmark has not closed yet) is left to cmark.
 *
 * Another one is set for paragraphs whose inlines can wait until somebody asks
 * for them, which mostly nobody does; cmark reads them then.
 */
#include "markdown/private.h"

#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>
#include <cmark-gfm/inlines.h>
#include <cmark-gfm/syntax_extension.h>

/* What markup begins with. As bits: those of links, raw HTML and struck text,
   and those of bold text. */
static const char marks[PM_MD_MARKS] = "[<~*_`&\\\t";
enum { LINKS = 1 | 2 | 4, BOLD = 8 | 16 };

static int without_inlines(cmark_syntax_extension *extension, cmark_node *node)
{
	(void)extension;
	(void)node;
	return 0;
}

/* Has cmark leave alone whatever it is set for. */
static const struct cmark_syntax_extension plain = {
	.contains_inlines_func = without_inlines,
};

static const char *cell_name(
	cmark_syntax_extension *extension, cmark_node *node)
{
	(void)extension;
	(void)node;
	return "table_cell";
}

/* As plain, for a cell, which is one by the name its extension gives it. */
static const struct cmark_syntax_extension plain_cell = {
	.contains_inlines_func = without_inlines,
	.get_type_string_func = cell_name,
};
/* The second for those that may hold bold text. */
static const struct cmark_syntax_extension late[2] = {
	{.contains_inlines_func = without_inlines},
	{.contains_inlines_func = without_inlines},
};

bool pm_md_is_spared(cmark_node *node)
{
	return node->extension == &plain || node->extension == &plain_cell;
}

static bool is_late(cmark_node *node)
{
	return node->extension == &late[0] || node->extension == &late[1];
}

/* The marks that stand in the text from off to end, as bits; no others once
   one of a link is found. Each is looked for once: where the last look found it
   is kept. */
static unsigned marks_in(struct pm_md_walk *walk, size_t off, size_t end)
{
	struct pm_slice text = walk->text;
	unsigned found = 0;

	for (size_t i = 0; i < PM_MD_MARKS; i++) {
		if (walk->marks[i] < off || walk->looked[i] > off) {
			ptrdiff_t at = pm_slice_find(text, off, marks[i]);

			walk->marks[i] = at < 0 ? text.len : (size_t)at;
			walk->looked[i] = off;
		}
		if (walk->marks[i] < end)
			found |= 1u << i;
		if (found & LINKS)
			break;
	}
	return found;
}

/* True when "://" stands there; looked for in the same way. */
static bool holds_address(struct pm_md_walk *walk, size_t off, size_t end)
{
	if (walk->address < off || walk->address_looked > off) {
		ptrdiff_t at = pm_md_find_address(walk->text, off);

		walk->address = at < 0 ? walk->text.len : (size_t)at;
		walk->address_looked = off;
	}
	return walk->address < end;
}

/* True when an address that is no link yet may stand there. */
static bool may_link(struct pm_md_walk *walk, size_t off, size_t end)
{
	return (walk->addresses && pm_md_may_link(pm_slice_sub(
					   walk->text, off, end - off))) ||
	       (walk->doubtful && holds_address(walk, off, end));
}

bool pm_md_can_wait(struct pm_md_walk *walk, cmark_node *node)
{
	struct pm_md_block *block = &walk->out->blocks[walk->block];
	size_t off, end;
	unsigned held;

	if (block->kind != PM_MD_PARAGRAPH)
		return false;
	if (pm_md_is_spared(node) || is_late(node)) {
		block->bold = node->extension == &late[1];
		return true;
	}
	off = pm_lines_off(walk->lines, block->line);
	end = pm_lines_off(walk->lines, block->end_line + 1);
	/* Of one that lost its lines to a table they are a guess. */
	if (node->start_line <= 0)
		return false;
	held = marks_in(walk, off, end);
	if (held & LINKS || may_link(walk, off, end))
		return false;
	block->bold = held & BOLD;
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

/* Behind the indentation and the bullets that look like marks. */
static size_t skip_bullets(struct pm_slice line)
{
	size_t at = 0;

	while (at + 1 < line.len &&
		(line.ptr[at] == ' ' ||
			(line.ptr[at] == '*' && line.ptr[at + 1] == ' ')))
		at++;
	return at;
}

/* True when a line of the paragraph may end in a line break. */
static bool holds_break(
	const struct pm_md_walk *walk, unsigned first, unsigned last)
{
	for (unsigned at = first; at < last; at++) {
		struct pm_slice line = pm_lines_text(walk->lines, at);

		if (line.len > 1 && line.ptr[line.len - 1] == ' ' &&
			line.ptr[line.len - 2] == ' ')
			return true;
	}
	return false;
}

static bool is_cell(cmark_node *node)
{
	return node->extension &&
	       strcmp(cmark_node_get_type_string(node), "table_cell") == 0;
}

/* True for a cell, which shares its line with others, of nothing but text. */
static bool is_plain_cell(struct pm_md_walk *walk, cmark_node *node)
{
	struct pm_slice text = pm_slice_make(
		(const char *)node->content.ptr, (size_t)node->content.size);

	for (size_t i = 0; i < PM_MD_MARKS; i++)
		if (pm_slice_find(text, 0, marks[i]) >= 0)
			return false;
	return !(walk->addresses && pm_md_may_link(text)) &&
	       !(walk->doubtful && pm_md_holds_address(text));
}

static void spare(struct pm_md_walk *walk, cmark_node *node)
{
	unsigned first = (unsigned)node->start_line + walk->first_line;
	unsigned last = (unsigned)node->end_line + walk->first_line;
	size_t off, end;
	unsigned held;

	if (is_cell(node)) {
		if (is_plain_cell(walk, node))
			node->extension = (cmark_syntax_extension *)&plain_cell;
		return;
	}
	/* Of an underlined heading only the first line is known. */
	if (node->type == CMARK_NODE_HEADING && !node->as.heading.setext)
		last = first;
	else if (node->type != CMARK_NODE_PARAGRAPH)
		return;
	if (node->start_line <= 0 || node->end_line < node->start_line ||
		(node->flags & CMARK_NODE__OPEN))
		return;
	off = pm_lines_off(walk->lines, first) +
	      skip_bullets(pm_lines_text(walk->lines, first));
	end = pm_lines_off(walk->lines, last + 1);
	if (end <= off)
		return;
	held = marks_in(walk, off, end);
	if (held & LINKS || may_link(walk, off, end))
		return;
	if (!held && !holds_break(walk, first, last))
		node->extension = (cmark_syntax_extension *)&plain;
	else if (node->type == CMARK_NODE_PARAGRAPH)
		node->extension =
			(cmark_syntax_extension *)&late[(held & BOLD) != 0];
}

void pm_md_spare(struct pm_md_walk *walk, cmark_node *root)
{
	cmark_node *node = walk->intricate ? NULL : root->first_child;

	while (node) {
		spare(walk, node);
		if (node->first_child) {
			node = node->first_child;
			continue;
		}
		while (node && !node->next)
			node = node->parent;
		if (node)
			node = node->next;
	}
}

void pm_md_late(struct pm_md_walk *walk, cmark_node *node)
{
	cmark_parser *parser = walk->parser;

	if (!is_late(node))
		return;
	node->extension = NULL;
	/* Nothing in it can refer to a definition. */
	cmark_parse_inlines(parser, node, parser->refmap, parser->options);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

void pm_md_plain(struct pm_md_walk *walk, cmark_node *node)
{
	struct pm_slice text = pm_slice_make(
		(const char *)node->content.ptr, (size_t)node->content.size);

	while (text.len && is_blank(text.ptr[text.len - 1]))
		text.len--;
	for (bool more = text.len > 0; more;) {
		ptrdiff_t end = pm_slice_find(text, 0, '\n');
		struct pm_slice line = text;

		more = end >= 0;
		if (more)
			line.len = (size_t)end;
		while (line.len && is_blank(line.ptr[0]))
			line = pm_slice_from(line, 1);
		while (line.len && is_blank(line.ptr[line.len - 1]))
			line.len--;
		pm_md_inline_text(walk, line);
		if (more) {
			pm_md_inline_break(walk);
			text = pm_slice_from(text, (size_t)end + 1);
		}
	}
}
