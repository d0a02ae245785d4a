/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The prose of a document for whoever looks at words: one stretch for each
 * run of plain text or code between line breaks and code spans, so that a
 * stretch is contiguous and knows whether somebody wrote or quoted it.
 */
#include "doc/body.h"

/* What is known of the block whose stretches are added. */
struct place {
	bool quoted;
	size_t section;
};

static void add(struct pm_body *body, const struct place *place,
	const struct pm_prose *stretch)
{
	struct pm_prose *prose;

	if (!stretch->text.len)
		return;
	body->prose = pm_arena_grow(
		body->arena, body->prose, body->nprose, sizeof *prose);
	prose = &body->prose[body->nprose++];
	*prose = *stretch;
	prose->quoted = place->quoted;
	prose->section = place->section;
	if (!prose->span.len)
		prose->span = pm_body_lines(body, prose->line, prose->line);
	prose->reach = prose->span.off + prose->span.len;
	if (body->nprose > 1 && prose[-1].span.off > prose->span.off)
		prose->reach = SIZE_MAX;
	else if (body->nprose > 1 && prose[-1].reach > prose->reach)
		prose->reach = prose[-1].reach;
}

/* Joins the runs of a block to stretches. */
static void read_runs(struct pm_body *body, const struct place *place,
	const struct pm_md_block *block)
{
	struct pm_prose open = {.text = {NULL, 0}};

	for (size_t i = 0; i < block->nruns; i++) {
		const struct pm_md_run *run = &body->md->runs[block->run + i];
		bool code = run->style & PM_MD_INLINE_CODE;

		if (run->style & PM_MD_INLINE_HTML)
			continue;
		if (open.text.len && code == open.code &&
			!(run->style & PM_MD_BREAK)) {
			size_t end = run->span.off + run->span.len;

			open.text.len += run->text.len;
			if (open.span.len && run->span.len)
				open.span.len = end - open.span.off;
			else
				open.span.len = 0;
			continue;
		}
		add(body, place, &open);
		open = (struct pm_prose){.text = run->text,
			.span = run->span,
			.line = run->line,
			.code = code};
		if (run->style & PM_MD_BREAK)
			open.text.len = 0;
	}
	add(body, place, &open);
}

static void read_blocks(struct pm_body *body)
{
	size_t quote_end = 0;

	for (size_t i = 0; i < body->md->nblocks; i++) {
		const struct pm_md_block *block = pm_md_read(body->md, i);
		struct place place;

		if (block->kind == PM_MD_QUOTE && block->end > quote_end)
			quote_end = block->end;
		if (!block->nruns && block->kind != PM_MD_CODE)
			continue;
		place.quoted = i < quote_end;
		place.section = pm_body_section_of(body, i);
		if (block->kind == PM_MD_CODE)
			add(body, &place,
				&(struct pm_prose){.text = block->literal,
					.span = pm_body_lines(body, block->line,
						block->end_line),
					.line = block->line,
					.code = true});
		else
			read_runs(body, &place, block);
	}
}

size_t pm_doc_prose(const struct pm_doc *doc, const struct pm_prose **out)
{
	struct pm_body *body = doc->own->body;

	*out = NULL;
	if (!body)
		return 0;
	if (!body->has_prose)
		read_blocks(body);
	body->has_prose = true;
	*out = body->prose;
	return body->nprose;
}
