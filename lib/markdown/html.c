/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables and lists in raw HTML, as pages have them that came from another tool,
 * and Markdown right behind a tag, which is raw as well. cmark leaves them as
 * they are written; here their words are put down as Markdown (html_put.c),
 * read by cmark, and set behind the block of HTML in its tree, each with the
 * line that it has in the document.
 */
#include "markdown/html.h"

#include <string.h>
#include <strings.h>

#include <cmark-gfm/node.h>

#include "base/ascii.h"

/* Bytes of a tag: what is longer was never closed. More lines of one block, or
   more blocks of a document, are no report that somebody wrote. */
enum { TAG_MAX = 1024, LINES_MAX = 5000, BLOCKS_MAX = 1000 };

/* What is not read: names of folds and headings stand for sections. */
static const char *const skipped[] = {"caption", "h1", "h2", "h3", "h4", "h5",
	"h6", "iframe", "math", "pre", "script", "style", "summary", "svg",
	"textarea", "title"};

/* The text of an HTML block while it is read. */
struct source {
	struct pm_slice text;
	size_t off;
	unsigned line;
};

static void move_to(struct source *s, size_t end)
{
	for (; s->off < end && s->off < s->text.len; s->off++)
		s->line += s->text.ptr[s->off] == '\n';
}

/* Behind the next of what closes something, or at the end. */
static void move_behind(struct source *s, const char *close)
{
	const char *from = s->text.ptr + s->off;
	const char *found =
		memmem(from, s->text.len - s->off, close, strlen(close));

	move_to(s, found ? (size_t)(found - s->text.ptr) + strlen(close)
			 : s->text.len);
}

/* Moves behind "</name>", where the tag of name begins. */
static void skip_element(struct source *s, const char *name)
{
	size_t len = strlen(name);

	for (size_t at = s->off; at + len + 2 <= s->text.len; at++)
		if (s->text.ptr[at] == '<' && s->text.ptr[at + 1] == '/' &&
			strncasecmp(s->text.ptr + at + 2, name, len) == 0) {
			move_to(s, at);
			move_behind(s, ">");
			return;
		}
	move_to(s, s->text.len);
}

/* The tag at off, without its angle brackets; empty: it is none. */
static struct pm_slice tag_at(const struct source *s)
{
	struct pm_slice rest = pm_slice_sub(s->text, s->off, TAG_MAX), none;
	ptrdiff_t end = pm_slice_find(rest, 0, '>');
	size_t at = 1;

	none = pm_slice_sub(rest, 0, 0);
	if (end < 2)
		return none;
	at += rest.ptr[1] == '/';
	if (!pm_is_letter(rest.ptr[at]))
		return none;
	while (pm_is_letter(rest.ptr[at]) || pm_is_digit(rest.ptr[at]))
		at++;
	/* "<https://example.org>", "<ana@example.org>" */
	if (!memchr(" \t\r\n/>", rest.ptr[at], 6))
		return none;
	return pm_slice_sub(rest, 1, (size_t)end - 1);
}

static void read_tag(
	struct pm_md_html *h, struct source *s, struct pm_slice tag)
{
	unsigned line = s->line;
	size_t len = 0;

	move_to(s, s->off + tag.len + 2);
	while (len < tag.len &&
		(pm_is_letter(tag.ptr[len]) || pm_is_digit(tag.ptr[len])))
		len++;
	for (size_t i = 0; i < sizeof skipped / sizeof skipped[0]; i++)
		if (pm_slice_is_nocase(pm_slice_sub(tag, 0, len), skipped[i])) {
			skip_element(s, skipped[i]);
			return;
		}
	pm_md_html_tag(h, tag, line);
}

static void read_text(struct pm_md_html *h, struct pm_slice text, unsigned line)
{
	struct source s = {text, 0, line};

	while (s.off < text.len) {
		struct pm_slice tag = {NULL, 0};
		char c = text.ptr[s.off];

		if (c == '<' &&
			pm_slice_starts(pm_slice_from(text, s.off), "<!--")) {
			move_behind(&s, "-->");
			continue;
		}
		if (c == '<')
			tag = tag_at(&s);
		if (tag.len) {
			read_tag(h, &s, tag);
			continue;
		}
		pm_md_html_put(h, c, s.line);
		move_to(&s, s.off + 1);
	}
}

/* True for what goes on with a table or list that a blank line ended. */
static bool goes_on(const struct pm_md_html *h, cmark_node *next)
{
	struct pm_slice text;

	if (!next || !(h->table || h->depth) ||
		(next->type != CMARK_NODE_HTML_BLOCK &&
			(next->type != CMARK_NODE_CODE_BLOCK ||
				next->as.code.fenced)))
		return false;
	text = pm_slice_trim(pm_slice_str(cmark_node_get_literal(next)));
	return pm_slice_starts(text, "<") && !pm_slice_starts(text, "<!--");
}

/* Sets the lines of all nodes below root to those of the document. Returns how
   many of them are HTML still. */
static size_t place(const struct pm_md_html *h, cmark_node *root, int before)
{
	cmark_node *node = root->first_child;
	size_t html = 0;

	while (node && node != root) {
		size_t at =
			node->start_line > 0 ? (size_t)node->start_line - 1 : 0;
		unsigned line = at < h->nlines ? h->lines[at] : 0;

		node->start_line = (int)line - before;
		if (node->start_line < 1)
			node->start_line = 1;
		node->end_line = node->start_line;
		html += node->type == CMARK_NODE_HTML_BLOCK;
		if (node->first_child) {
			node = node->first_child;
			continue;
		}
		while (node != root && !node->next)
			node = node->parent;
		if (node != root)
			node = node->next;
	}
	return html;
}

/* Sets the children of root behind a node. */
static void splice(cmark_node *node, cmark_node *root)
{
	if (!root->first_child)
		return;
	for (cmark_node *child = root->first_child; child; child = child->next)
		child->parent = node->parent;
	root->last_child->next = node->next;
	if (node->next)
		node->next->prev = root->last_child;
	else
		node->parent->last_child = root->last_child;
	root->first_child->prev = node;
	node->next = root->first_child;
	root->first_child = root->last_child = NULL;
}

/* The tree of the Markdown, whose inlines are read at once. */
static cmark_node *parse(struct pm_md_walk *walk, const struct pm_md_html *h)
{
	cmark_parser *parser = walk->parser;
	struct pm_slice text =
		pm_arena_slice(walk->arena, pm_buf_slice(&h->out));
	bool intricate = walk->intricate, doubtful;
	unsigned needs = pm_md_needs(text, &doubtful);
	cmark_node *root;

	if (doubtful)
		needs |= PM_MD_NEEDS_AUTOLINK;
	walk->intricate = true;
	root = pm_md_tree(walk, text, needs & ~(unsigned)PM_MD_NEEDS_FOOTNOTES);
	walk->intricate = intricate;
	walk->parser = parser;
	return root;
}

bool pm_md_read_html(struct pm_md_walk *walk, cmark_node *node)
{
	struct pm_md_html h = {.arena = walk->arena,
		.out = PM_BUF_INIT,
		.row = PM_BUF_INIT,
		.blank = true};
	int before = (int)walk->first_line;
	cmark_node *end = node;

	if (walk->html_read) {
		walk->html_read--;
		return false;
	}
	if (walk->html_blocks >= BLOCKS_MAX)
		return false;
	read_text(&h, pm_slice_str(cmark_node_get_literal(node)),
		(unsigned)(node->start_line + before));
	while (goes_on(&h, end->next)) {
		end = end->next;
		read_text(&h, pm_slice_str(cmark_node_get_literal(end)),
			(unsigned)(end->start_line + before));
		walk->html_read += end->type == CMARK_NODE_HTML_BLOCK;
	}
	pm_md_html_end(&h);
	h.words = h.words && h.nlines <= LINES_MAX;
	if (h.words) {
		cmark_node *root = parse(walk, &h);

		walk->html_blocks++;
		walk->html_read += place(&h, root, before);
		splice(end, root);
	}
	pm_buf_release(&h.row);
	pm_buf_release(&h.out);
	return h.words;
}
