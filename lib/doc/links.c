/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Links, images and anchors. Both come from Markdown and from raw HTML, of
 * which only the attributes that matter here are read: href, src, id, name.
 */
#include "doc/body.h"

#include <string.h>

#include "base/map.h"

static void add_link(struct pm_body *body, struct pm_slice url,
	struct pm_span span, unsigned line, bool image)
{
	struct pm_doc *doc = body->doc;
	struct pm_link *link;

	doc->links = pm_doc_grow(doc, doc->links, doc->nlinks, sizeof *link);
	link = &doc->links[doc->nlinks++];
	link->url = url;
	link->span = span.len ? span : pm_body_lines(body, line, line);
	link->line = line;
	link->image = image;
}

static void add_anchor(struct pm_body *body, struct pm_slice anchor)
{
	body->anchors = pm_arena_grow(body->arena, body->anchors,
		body->nanchors, sizeof *body->anchors);
	body->anchors[body->nanchors++] = anchor;
}

/* The address of a link in the source, behind its text or around it. */
static struct pm_span find_url(
	const struct pm_body *body, const struct pm_md_run *run)
{
	struct pm_slice src = body->doc->src;
	size_t from = run->span.len
			      ? run->span.off
			      : pm_lines_off(&body->doc->own->lines, run->line);
	size_t room = run->span.len + run->url.len + 256;
	ptrdiff_t at;

	if (!run->url.len || from >= src.len)
		return run->span;
	src = pm_slice_sub(src, from, room);
	at = pm_slice_find_text(src, 0, run->url);
	/* Beyond a blank line stand other links and their definitions. */
	if (at < 0 || pm_slice_find_text(pm_slice_sub(src, 0, (size_t)at), 0,
			      pm_slice_str("\n\n")) >= 0)
		return run->span;
	return (struct pm_span){from + (size_t)at, run->url.len};
}

/* The value of an attribute that begins at off, as in href="...". */
static struct pm_slice attribute(struct pm_slice html, size_t off)
{
	char quote = off < html.len ? html.ptr[off] : '\0';
	ptrdiff_t end;

	if (quote != '"' && quote != '\'')
		return (struct pm_slice){NULL, 0};
	end = pm_slice_find(html, off + 1, quote);
	return end < 0 ? (struct pm_slice){NULL, 0}
		       : pm_slice_sub(html, off + 1, (size_t)end - off - 1);
}

/* Where the value of the attribute at name stands in its line. */
static struct pm_span find_attribute(const struct pm_body *body,
	const char *name, struct pm_slice value, unsigned line)
{
	struct pm_span span = pm_body_lines(body, line, line);
	const char *src = body->doc->src.ptr;
	size_t before = (size_t)(value.ptr - name);
	const char *at =
		memmem(src + span.off, span.len, name, before + value.len + 1);

	if (!at)
		return span;
	return (struct pm_span){(size_t)(at - src) + before, value.len};
}

/* Reads the attributes of raw HTML that are links, or those that are anchors.
 */
static void read_html(
	struct pm_body *body, struct pm_slice html, unsigned line, bool anchors)
{
	static const struct {
		const char *name;
		bool anchor, image;
	} kinds[] = {
		{"href=", false, false},
		{"id=", true, false},
		{"name=", true, false},
		{"src=", false, true},
	};

	if (pm_slice_starts(html, "<!--"))
		return;
	for (size_t i = 1; i < html.len; i++) {
		if (html.ptr[i - 1] == '\n')
			line++;
		if (html.ptr[i - 1] != ' ' && html.ptr[i - 1] != '\n')
			continue;
		for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
			struct pm_slice rest = pm_slice_from(html, i);
			struct pm_slice value;

			if (kinds[k].anchor != anchors ||
				!pm_slice_starts(rest, kinds[k].name))
				continue;
			value = attribute(html, i + strlen(kinds[k].name));
			if (value.len && anchors)
				add_anchor(body, value);
			else if (value.len)
				add_link(body, value,
					find_attribute(
						body, rest.ptr, value, line),
					line, kinds[k].image);
		}
	}
}

/* The anchor of a heading: repeated ones get -1, -2 ... */
static void heading_anchor(
	struct pm_body *body, struct pm_map *seen, struct pm_slice text)
{
	struct pm_buf slug = PM_BUF_INIT;
	uintptr_t *times;

	pm_md_anchor(&slug, text);
	times = pm_map_put(seen, pm_buf_slice(&slug), NULL);
	if (*times)
		pm_buf_addf(&slug, "-%lu", (unsigned long)*times);
	++*times;
	add_anchor(body, pm_arena_slice(body->arena, pm_buf_slice(&slug)));
	pm_buf_release(&slug);
}

static void read_runs(struct pm_body *body, const struct pm_md_block *block)
{
	const char *last = NULL;

	for (size_t i = 0; i < block->nruns; i++) {
		const struct pm_md_run *run = &body->md->runs[block->run + i];

		if (run->style & PM_MD_INLINE_HTML)
			read_html(body, run->text, run->line, false);
		/* All runs of one link share one address. */
		if (run->url.ptr && run->url.ptr != last)
			add_link(body, run->url, find_url(body, run), run->line,
				run->style & PM_MD_IMAGE);
		last = run->url.ptr;
	}
}

void pm_body_links(struct pm_body *body)
{
	for (size_t i = 0; i < body->md->nblocks; i++) {
		const struct pm_md_block *block = &body->md->blocks[i];

		if (block->kind == PM_MD_HTML && !block->read)
			read_html(body, block->literal, block->line, false);
		read_runs(body, block);
	}
}

static void read_anchors(struct pm_body *body)
{
	struct pm_map seen = PM_MAP_INIT;

	for (size_t i = 0; i < body->md->nblocks; i++) {
		const struct pm_md_block *block = &body->md->blocks[i];
		const struct pm_md_run *runs = body->md->runs + block->run;

		if (block->kind == PM_MD_HTML)
			read_html(body, block->literal, block->line, true);
		if (block->kind == PM_MD_HEADING)
			heading_anchor(body, &seen, block->text);
		for (size_t k = 0; k < block->nruns; k++)
			if (runs[k].style & PM_MD_INLINE_HTML)
				read_html(
					body, runs[k].text, runs[k].line, true);
	}
	pm_map_release(&seen);
}

size_t pm_doc_anchors(const struct pm_doc *doc, const struct pm_slice **out)
{
	struct pm_body *body = doc->own->body;

	*out = NULL;
	if (!body)
		return 0;
	if (!body->has_anchors)
		read_anchors(body);
	body->has_anchors = true;
	*out = body->anchors;
	return body->nanchors;
}
