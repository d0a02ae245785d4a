/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which bytes of a document each section takes. A section that a key heads may
 * begin and end within a paragraph, at the lines of its key and of the next.
 */
#include "doc/body.h"

void pm_body_spans(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;
	const struct pm_lines *lines = &doc->own->lines;

	for (size_t i = 0; i < doc->nsections; i++) {
		struct pm_section *sec = &doc->sections[i];
		const struct pm_body_section *extra = &body->sections[i];
		const struct pm_md_block *blocks = body->md->blocks;
		size_t start = pm_lines_off(lines, sec->line);
		size_t inside = pm_lines_off(
			lines, blocks[extra->heading].end_line + 1);
		size_t end =
			extra->end < body->footnotes
				? pm_lines_off(lines, blocks[extra->end].line)
				: doc->src.len;
		size_t next = end;

		/* The next key of the same paragraph, or of the one that the
		   section ends in. */
		if (i + 1 < doc->nsections &&
			(body->sections[i + 1].heading == extra->heading ||
				body->sections[i + 1].heading == extra->end))
			end = pm_lines_off(lines, sec[1].line);
		if (blocks[extra->heading].kind == PM_MD_PARAGRAPH)
			inside = pm_lines_off(lines, sec->line + 1);
		if (i + 1 < doc->nsections)
			next = pm_lines_off(lines, sec[1].line);
		if (inside > end)
			inside = end;
		if (next > end)
			next = end;
		sec->span = (struct pm_span){start, end - start};
		sec->body = (struct pm_span){
			inside, next > inside ? next - inside : 0};
	}
}
