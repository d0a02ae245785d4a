/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries of a timeline that are items of a list or rows of a table in HTML, as
 * pages have it that came from another tool. Markdown leaves them as they are
 * written: one block up to a blank line, here read by its tags.
 */
#include "doc/collector.h"

#include <string.h>

#include "base/ascii.h"

/* Bytes of a tag: what is longer was never closed. */
enum { TAG_MAX = 1024 };

struct html {
	struct pm_slice text;
	size_t off;
	unsigned line;
};

static bool at_tag(const struct html *html, const char *tag)
{
	struct pm_slice rest = pm_slice_sub(html->text, html->off, strlen(tag));

	return pm_slice_is_nocase(rest, tag) &&
	       !pm_is_letter(html->off + rest.len < html->text.len
				     ? html->text.ptr[html->off + rest.len]
				     : ' ');
}

/* Moves behind what stands at off: a comment, a tag or one byte. */
static void move_on(struct html *html)
{
	size_t from = html->off, end = from + 1;
	ptrdiff_t close;

	if (pm_slice_starts(pm_slice_from(html->text, from), "<!--")) {
		const char *found = memmem(html->text.ptr + from,
			html->text.len - from, "-->", strlen("-->"));

		end = found ? (size_t)(found - html->text.ptr) + strlen("-->")
			    : html->text.len;
	} else if (html->text.ptr[from] == '<') {
		close = pm_slice_find(
			pm_slice_sub(html->text, from, TAG_MAX), 0, '>');
		if (close >= 0)
			end = from + (size_t)close + 1;
	}
	for (; html->off < end; html->off++)
		html->line += html->text.ptr[html->off] == '\n';
}

static bool at_one(const struct html *html, const char *const *tags)
{
	if (html->text.ptr[html->off] != '<')
		return false;
	for (; *tags; tags++)
		if (at_tag(html, *tags))
			return true;
	return false;
}

/* The words of an item up to its end or to a list inside it, or of a row: tags
   left out, ends of lines and of cells made blanks, and one of several. */
static struct pm_slice item_words(struct pm_arena *arena, struct html *html)
{
	static const char *const ends[] = {"<li", "</li", "<ul", "<ol", "</ul",
		"</ol", "<tr", "</tr", "</table", NULL};
	static const char *const blanks[] = {
		"<br", "<td", "<th", "<p", "<div", NULL};
	struct pm_slice out = {NULL, 0};
	size_t len = 0;
	struct html at = *html;
	char *words;

	while (at.off < at.text.len && !at_one(&at, ends))
		move_on(&at);
	words = pm_arena_raw(arena, at.off - html->off + 1, 1);
	while (html->off < at.off) {
		char c = html->text.ptr[html->off];

		if (c == '\n' || c == '\r' || c == '\t' || at_one(html, blanks))
			c = ' ';
		if (c != '<' && (c != ' ' || (len && words[len - 1] != ' ')))
			words[len++] = c;
		move_on(html);
	}
	out.ptr = words;
	out.len = len;
	return pm_slice_trim(out);
}

void pm_collect_html(struct pm_collector *c, size_t at)
{
	const struct pm_md_block *block = &c->md->blocks[at];
	struct html html = {block->literal, 0, block->line};

	while (html.off < html.text.len) {
		struct pm_raw_entry *raw = NULL;
		struct pm_slice words;
		struct pm_stamp stamp;
		unsigned line = html.line;
		bool item = at_tag(&html, "<li") || at_tag(&html, "<tr");

		move_on(&html);
		if (!item)
			continue;
		words = item_words(c->body->arena, &html);
		if (pm_stamp_read(words, c->mode, &stamp))
			raw = pm_collect_add(c, PM_RAW_ITEM, words, &stamp);
		else if (c->day_list == at)
			raw = pm_collect_of_day(c, words);
		if (!raw)
			continue;
		raw->line = line;
		raw->end_line = html.line;
	}
}
