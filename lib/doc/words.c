/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much a section says. Words are counted once for each line of the body;
 * a section's words are the difference of two running totals, so nesting
 * costs nothing. Lines that say nothing of their own (the template's words,
 * comments, TBD) count none, and neither do headings.
 */
#include "doc/body.h"

#include "base/utf8.h"

/* Words among signs that are not ASCII; *word tells whether one is open. */
static unsigned wide_words(struct pm_slice line, size_t *off, bool *word)
{
	unsigned count = 0;
	uint32_t cp;

	while (*off < line.len && line.ptr[*off] & 0x80) {
		*off += pm_utf8_next(line, *off, &cp);
		if (!pm_utf8_word(cp))
			continue;
		/* Each sign of a script without spaces is a word. */
		count += cp >= 0x2E80;
		*word = *word || cp < 0x2E80;
	}
	return count;
}

/* Words of a line: runs between blanks that hold a letter or a digit. */
static unsigned count_words(struct pm_slice line)
{
	unsigned count = 0;
	bool word = false;

	for (size_t off = 0; off < line.len;) {
		unsigned char c = (unsigned char)line.ptr[off];

		if (c & 0x80) {
			count += wide_words(line, &off, &word);
			continue;
		}
		off++;
		if (c <= ' ') {
			count += word;
			word = false;
		} else if (!word) {
			word = (c >= '0' && c <= '9') ||
			       ((c | 32) >= 'a' && (c | 32) <= 'z');
		}
	}
	return count + word;
}

/* Lines whose words are nobody's: headings and comments. */
static void silence(const struct pm_body *body, unsigned *words)
{
	for (size_t i = 0; i < body->md->nblocks; i++) {
		const struct pm_md_block *block = &body->md->blocks[i];
		bool comment =
			block->kind == PM_MD_HTML &&
			pm_slice_starts(pm_slice_trim(block->literal), "<!--");

		if (!comment && block->kind != PM_MD_HEADING)
			continue;
		for (unsigned line = block->line; line <= block->end_line;
			line++)
			words[line] = 0;
	}
	/* A bold key is a heading, what follows it on the line is not. */
	for (size_t i = 0; i < body->doc->nsections; i++)
		if (body->doc->sections[i].level > 6)
			words[body->doc->sections[i].line] =
				count_words(body->sections[i].rest);
}

/* A line without its end, from the table: nothing is searched for. */
static struct pm_slice line_text(const struct pm_lines *lines, unsigned line)
{
	size_t from = lines->starts[line - 1];
	size_t to = line < lines->count ? lines->starts[line] : lines->text.len;

	while (to > from && (lines->text.ptr[to - 1] == '\n' ||
				    lines->text.ptr[to - 1] == '\r'))
		to--;
	return pm_slice_sub(lines->text, from, to - from);
}

void pm_body_words(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;
	const struct pm_lines *lines = &doc->private->lines;
	unsigned first = pm_lines_pos(lines, doc->body_off).line;
	unsigned *words =
		pm_arena_alloc(body->arena, lines->count + 2, sizeof *words);
	unsigned total = 0;

	for (unsigned line = first; line <= lines->count; line++) {
		struct pm_slice text = line_text(lines, line);

		if (text.len &&
			!pm_template_line_empty(doc->private->tmpl, text))
			words[line] = count_words(text);
	}
	silence(body, words);
	/* From here words[n] are those of all lines before line n. */
	for (unsigned line = first; line <= lines->count + 1; line++) {
		unsigned own = words[line];

		words[line] = total;
		total += own;
	}
	for (size_t i = 0; i < doc->nsections; i++) {
		struct pm_section *sec = &doc->sections[i];
		size_t end = sec->span.off + sec->span.len;
		unsigned last = end >= doc->src.len
					? (unsigned)lines->count + 1
					: pm_lines_pos(lines, end).line;

		sec->words = words[last] - words[sec->line];
		sec->empty = sec->words == 0;
	}
}
