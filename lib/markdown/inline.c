/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of a paragraph, heading or cell as runs of text. All runs of a
 * block are slices of one text, so that the text without markup costs
 * nothing more. cmark's columns of inlines cannot be trusted, so a run is
 * searched for in the source, from behind the run before it and not far: the
 * search must stay linear when nothing is found.
 */
#include "markdown/private.h"

#include <cmark-gfm/node.h>
#include <string.h>
#include <strings.h>

/* How far ahead of the last place a run is looked for, in bytes. */
enum { REACH = 512 };

static struct pm_md_block *current(struct pm_md_walk *walk)
{
	return &walk->out->blocks[walk->block];
}

static void toggle(struct pm_md_walk *walk, unsigned style, bool enter)
{
	unsigned bit = 0;

	while (!(style & 1u << bit))
		bit++;
	if (enter)
		walk->depth[bit]++;
	else if (walk->depth[bit])
		walk->depth[bit]--;
	walk->styles =
		walk->depth[bit] ? walk->styles | style : walk->styles & ~style;
}

/* As memmem, but quick where the text stands nearly at once: nearly always
   behind an indentation or a mark. */
static const char *find(const char *src, size_t room, struct pm_slice text)
{
	const char *at = memchr(src, text.ptr[0], room);
	size_t skipped = at ? (size_t)(at - src) : room;

	if (room - skipped < text.len)
		return NULL;
	if (memcmp(at, text.ptr, text.len) == 0)
		return at;
	return memmem(src + skipped, room - skipped, text.ptr, text.len);
}

/* Looks for a run's text in the source and moves the cursor behind it. */
static void locate(
	struct pm_md_walk *walk, struct pm_md_run *run, struct pm_slice text)
{
	const char *src = walk->lines->text.ptr;
	size_t end = pm_lines_off(walk->lines, walk->line + 1);
	size_t room;
	const char *at;

	if (!text.len || walk->cursor >= walk->limit)
		return;
	/* Text ends with its line; only code and tags go on in the next. */
	if (walk->many_lines || end > walk->limit)
		end = walk->limit;
	if (end <= walk->cursor)
		return;
	room = end - walk->cursor;
	if (room > text.len + REACH)
		room = text.len + REACH;
	at = find(src + walk->cursor, room, text);
	if (!at)
		return;
	for (const char *c = src + walk->cursor; c < at; c++)
		if (*c == '\n' || (*c == '\r' && c[1] != '\n'))
			walk->line++;
	run->span = (struct pm_span){(size_t)(at - src), text.len};
	walk->cursor = run->span.off + run->span.len;
}

/* Appends a run; part of the block's text unless it is a raw tag. */
static void add_run(
	struct pm_md_walk *walk, unsigned style, struct pm_slice text)
{
	struct pm_md *out = walk->out;
	struct pm_md_run *run;

	out->runs =
		pm_arena_grow(walk->arena, out->runs, out->nruns, sizeof *run);
	run = &out->runs[out->nruns++];
	run->style = style | walk->styles;
	run->text = text;
	if (walk->image || walk->url)
		run->url = pm_slice_str(walk->image ? walk->image : walk->url);
	if (style & (PM_MD_INLINE_CODE | PM_MD_INLINE_HTML))
		walk->many_lines = true;
	if (!(style & PM_MD_BREAK))
		locate(walk, run, text);
	run->line = walk->line;
	if (!(style & PM_MD_INLINE_HTML))
		walk->text_len += text.len;
}

/* What a node says, which cmark's getter would copy to terminate it. */
static struct pm_slice literal(const cmark_node *node)
{
	const cmark_chunk *text = &node->as.literal;

	return text->len > 0 ? pm_slice_make((const char *)text->data,
				       (size_t)text->len)
			     : pm_slice_make("", 0);
}

static bool is_text(const cmark_node *node)
{
	return node && node->type == CMARK_NODE_TEXT;
}

/* One run of all the text nodes side by side: cmark cuts text at characters
   that could have been markup. */
static void add_text(struct pm_md_walk *walk, cmark_node *node)
{
	struct pm_slice all = literal(node);
	char *text;

	if (is_text(node->prev))
		return;
	if (is_text(node->next)) {
		for (cmark_node *at = node->next; is_text(at); at = at->next)
			all.len += literal(at).len;
		all.ptr = text = pm_arena_raw(walk->arena, all.len, 1);
		for (; is_text(node); node = node->next) {
			memcpy(text, literal(node).ptr, literal(node).len);
			text += literal(node).len;
		}
	}
	add_run(walk, 0, all);
}

static void line_break(struct pm_md_walk *walk, const char *text)
{
	unsigned before = walk->line;

	add_run(walk, PM_MD_BREAK, pm_slice_str(text));
	walk->line = before + 1;
	if (walk->line > current(walk)->end_line)
		walk->line = current(walk)->end_line;
	/* Whatever the last line still held is behind us. */
	if (walk->cursor < pm_lines_off(walk->lines, walk->line))
		walk->cursor = pm_lines_off(walk->lines, walk->line);
}

/* A tag or comment. A <br>, all that a table's cell has for a new line, keeps
   the words around it apart as any line break does. */
static void add_html(struct pm_md_walk *walk, cmark_node *node)
{
	struct pm_slice tag = literal(node);
	cmark_node *next = node->next;
	cmark_node_type then =
		next ? cmark_node_get_type(next) : CMARK_NODE_LINEBREAK;

	add_run(walk, PM_MD_INLINE_HTML, tag);
	if (tag.len < 4 || strncasecmp(tag.ptr, "<br", 3) != 0 ||
		!memchr(" \t\n/>", tag.ptr[3], 5) ||
		then == CMARK_NODE_SOFTBREAK || then == CMARK_NODE_LINEBREAK)
		return;
	add_run(walk, PM_MD_BREAK, pm_slice_str(" "));
}

/* The end of a link: its address in the source is not text of the next run. */
static void skip_address(struct pm_md_walk *walk, const char *url)
{
	const char *src = walk->lines->text.ptr;
	struct pm_slice text = pm_slice_str(url);
	const char *at;
	size_t room;

	if (!text.len || walk->limit < walk->cursor + 2 ||
		memcmp(src + walk->cursor, "](", 2) != 0)
		return;
	room = walk->limit - walk->cursor;
	if (room > text.len + 8)
		room = text.len + 8;
	at = memmem(src + walk->cursor, room, text.ptr, text.len);
	if (at)
		walk->cursor = (size_t)(at - src) + text.len;
}

/* True when a run since the link was opened has its address. */
static bool holds_run(const struct pm_md_walk *walk, const char *url)
{
	for (size_t i = walk->link_runs; i < walk->out->nruns; i++)
		if (walk->out->runs[i].url.ptr == url)
			return true;
	return false;
}

static void link_edge(struct pm_md_walk *walk, cmark_node *node, bool enter)
{
	bool image = cmark_node_get_type(node) == CMARK_NODE_IMAGE;
	const char **slot = image ? &walk->image : &walk->url;

	toggle(walk, image ? PM_MD_IMAGE : PM_MD_LINK, enter);
	if (enter) {
		*slot = cmark_node_get_url(node);
		if (!image)
			walk->link_runs = walk->out->nruns;
		else if (!cmark_node_first_child(node))
			add_run(walk, 0, pm_slice_str(""));
		return;
	}
	/* A link around nothing or an image has no run of its own, but is one.
	 */
	if (!image && !holds_run(walk, *slot))
		add_run(walk, PM_MD_LINK, pm_slice_str(""));
	skip_address(walk, *slot);
	*slot = NULL;
}

void pm_md_inline(struct pm_md_walk *walk, cmark_node *node, bool enter)
{
	unsigned type = node->type;

	if (type == CMARK_NODE_STRONG)
		toggle(walk, PM_MD_STRONG, enter);
	else if (type == CMARK_NODE_EMPH)
		toggle(walk, PM_MD_EMPHASIS, enter);
	else if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
		link_edge(walk, node, enter);
	else if (type == CMARK_NODE_TEXT)
		add_text(walk, node);
	else if (type == CMARK_NODE_CODE)
		add_run(walk, PM_MD_INLINE_CODE, literal(node));
	else if (type == CMARK_NODE_HTML_INLINE)
		add_html(walk, node);
	else if (type == CMARK_NODE_SOFTBREAK)
		line_break(walk, " ");
	else if (type == CMARK_NODE_LINEBREAK)
		line_break(walk, "\n");
	else if (type != CMARK_NODE_FOOTNOTE_REFERENCE &&
		 strcmp(cmark_node_get_type_string(node), "strikethrough") == 0)
		toggle(walk, PM_MD_STRIKE, enter);
}

void pm_md_inline_text(struct pm_md_walk *walk, struct pm_slice text)
{
	add_run(walk, 0, text);
}

void pm_md_inline_break(struct pm_md_walk *walk)
{
	line_break(walk, " ");
}

void pm_md_inline_begin(struct pm_md_walk *walk)
{
	struct pm_md_block *block = current(walk);
	size_t off;

	block->run = walk->out->nruns;
	walk->text_len = 0;
	walk->styles = 0;
	memset(walk->depth, 0, sizeof walk->depth);
	walk->url = walk->image = NULL;
	walk->many_lines = false;
	walk->line = block->line ? block->line : 1;
	walk->limit = pm_lines_off(walk->lines, block->end_line + 1);
	if (!block->line)
		return;
	/* Cells share a line: the cursor stays where the last one ended. */
	off = pm_lines_off(walk->lines, block->line);
	if (walk->cursor < off || walk->cursor >= walk->limit)
		walk->cursor = off;
	/* Definitions may stand before the first line of a paragraph. */
	walk->many_lines =
		off < walk->limit && walk->lines->text.ptr[off] == '[';
}

/* Lays the texts of a block's runs side by side. */
static void join_runs(struct pm_md_walk *walk, struct pm_md_block *block)
{
	struct pm_md_run *runs;
	char *text;

	block->text = pm_slice_make("", 0);
	if (!block->nruns)
		return;
	runs = walk->out->runs + block->run;
	text = pm_arena_raw(walk->arena, walk->text_len + 1, 1);
	text[walk->text_len] = '\0';
	block->text = pm_slice_make(text, walk->text_len);
	for (size_t i = 0; i < block->nruns; i++) {
		if (runs[i].style & PM_MD_INLINE_HTML)
			continue;
		if (runs[i].text.len)
			memcpy(text, runs[i].text.ptr, runs[i].text.len);
		runs[i].text.ptr = text;
		text += runs[i].text.len;
	}
}

/* Looks for an address where the tree was made as if there were none. In a
   link it would be left alone: "<https://...>" is one already. */
static void verify(struct pm_md_walk *walk, const struct pm_md_block *block)
{
	const struct pm_md_run *runs;

	if (!block->nruns || !pm_md_holds_address(block->text))
		return;
	runs = walk->out->runs + block->run;
	for (size_t i = 0; i < block->nruns; i++)
		if (!(runs[i].style & (PM_MD_INLINE_CODE | PM_MD_LINK)) &&
			pm_md_holds_address(runs[i].text))
			walk->void_tree = true;
}

void pm_md_inline_end(struct pm_md_walk *walk)
{
	struct pm_md_block *block = current(walk);
	const struct pm_md_run *first = NULL;

	block->nruns = walk->out->nruns - block->run;
	if (block->nruns == 1)
		first = walk->out->runs + block->run;
	if (first && !(first->style & PM_MD_INLINE_HTML))
		block->text = first->text;
	else
		join_runs(walk, block);
	if (walk->doubtful)
		verify(walk, block);
}
