/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading the body: one parse of the Markdown, then passes over its blocks,
 * each linear, none recursive. Footnotes come last among the blocks whatever
 * their lines, so the passes that rely on order stop before them.
 */
#include "doc/body.h"

#include "doc/ruled.h"

size_t pm_body_section_of(const struct pm_body *body, size_t block)
{
	size_t low = 0, high = body->doc->nsections;
	size_t at;

	/* The last section that begins before the block; then outwards. */
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (body->sections[mid].heading < block)
			low = mid + 1;
		else
			high = mid;
	}
	if (!low)
		return SIZE_MAX;
	for (at = low - 1; at != SIZE_MAX; at = body->doc->sections[at].parent)
		if (block < body->sections[at].end)
			return at;
	return SIZE_MAX;
}

struct pm_span pm_body_lines(
	const struct pm_body *body, unsigned first, unsigned last)
{
	const struct pm_lines *lines = &body->doc->own->lines;
	struct pm_slice end = pm_lines_text(lines, last);
	size_t off = pm_lines_off(lines, first);
	size_t to = pm_lines_off(lines, last) + end.len;

	return (struct pm_span){off, to > off ? to - off : 0};
}

size_t pm_body_item_text(const struct pm_body *body, size_t item)
{
	const struct pm_md_block *block = &body->md->blocks[item];

	if (item + 1 < block->end &&
		body->md->blocks[item + 1].kind == PM_MD_PARAGRAPH)
		return item + 1;
	return SIZE_MAX;
}

struct pm_text_line pm_body_text_line(const struct pm_body *body,
	const struct pm_md_block *block, size_t *run)
{
	struct pm_text_line line = {.run = block->run + *run};
	const struct pm_md_run *runs = body->md->runs + block->run;
	const char *end = block->text.ptr + block->text.len;

	for (; *run < block->nruns; ++*run) {
		if (runs[*run].style & PM_MD_INLINE_HTML)
			continue;
		if (runs[*run].style & PM_MD_BREAK) {
			end = runs[*run].text.ptr;
			++*run;
			break;
		}
		if (!line.line) {
			line.text.ptr = runs[*run].text.ptr;
			line.line = runs[*run].line;
		}
	}
	line.nruns = block->run + *run - line.run;
	if (line.line)
		line.text.len = (size_t)(end - line.text.ptr);
	return line;
}

struct pm_text_line pm_body_text(const struct pm_md_block *block)
{
	return (struct pm_text_line){
		block->text, block->run, block->nruns, block->line};
}

void pm_doc_read_body(struct pm_doc *doc)
{
	struct pm_doc_private *own = doc->own;
	struct pm_body *body = pm_arena_alloc(own->arena, 1, sizeof *body);

	*body = (struct pm_body){
		.doc = doc,
		.md = &own->md,
		.arena = own->arena,
		.title = SIZE_MAX,
		.asked = pm_arena_alloc(
			own->arena, PM_ASKED, sizeof(struct pm_asked)),
	};
	own->body = body;
	pm_md_parse(own->arena, &own->lines, doc->body_off, &own->md);
	pm_body_cut_ids(&own->md);
	pm_body_mend_ruled(&own->md, &own->lines);
	body->footnotes = own->md.nblocks;
	while (body->footnotes > 0) {
		/* They are top-level blocks at the very end. */
		size_t last = body->footnotes - 1;

		while (own->md.blocks[last].parent != SIZE_MAX)
			last = own->md.blocks[last].parent;
		if (own->md.blocks[last].kind != PM_MD_FOOTNOTE)
			break;
		body->footnotes = last;
	}
	pm_body_sections(body);
	if (own->prose_only)
		return;
	pm_body_timeline(body);
	pm_body_actions(body);
	pm_body_links(body);
	pm_body_waivers(body);
}
