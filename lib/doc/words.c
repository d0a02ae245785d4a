/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much a section says. Lines that say nothing of their own (the template's
 * words, comments, TBD) count for none, and neither do headings. Whether a
 * section says anything at all is known as soon as one line does, which is
 * nearly always the first; the words are counted only for those who ask.
 */
#include "doc/body.h"

#include <limits.h>

#include "base/ascii.h"
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
			word = pm_is_digit(c) || pm_is_letter(c);
		}
	}
	return count + word;
}

/* Marks the lines whose words are nobody's: headings and comments. A bold key
   is a heading, but what follows it on its line is not. */
static void silence(struct pm_body *body)
{
	struct pm_doc_private *own = body->doc->own;

	own->silent = pm_arena_alloc(
		body->arena, own->lines.count + 2, sizeof *own->silent);
	for (size_t i = 0; i < body->md->nblocks; i++) {
		const struct pm_md_block *block = &body->md->blocks[i];
		bool comment =
			block->kind == PM_MD_HTML &&
			pm_slice_starts(pm_slice_trim(block->literal), "<!--");

		if (!comment && block->kind != PM_MD_HEADING)
			continue;
		for (unsigned line = block->line; line <= block->end_line;
			line++)
			own->silent[line] = true;
	}
	for (size_t i = 0; i < body->doc->nsections; i++) {
		const struct pm_section *sec = &body->doc->sections[i];

		if (sec->level < PM_LEVEL_STAND_IN)
			continue;
		own->silent[sec->line] = true;
		body->sections[i].rest_words =
			count_words(body->sections[i].rest);
	}
}

static bool says_something(const struct pm_doc_private *own, unsigned line)
{
	struct pm_slice text = pm_lines_text(&own->lines, line);

	return text.len && !own->silent[line] &&
	       !pm_template_line_empty(own->tmpl, text);
}

/* The line behind the last one of a section. */
static unsigned line_behind(
	const struct pm_doc *doc, const struct pm_section *sec)
{
	const struct pm_lines *lines = &doc->own->lines;
	size_t end = sec->span.off + sec->span.len;

	return end >= doc->src.len ? (unsigned)lines->count + 1
				   : pm_lines_pos(lines, end).line;
}

/* A section is filled, and so are those around it. */
static void fill(struct pm_doc *doc, size_t at)
{
	for (; at != SIZE_MAX && doc->sections[at].empty;
		at = doc->sections[at].parent)
		doc->sections[at].empty = false;
}

/*
 * Looks at the lines from a section's heading to the next: the first are its
 * own; behind the end of a section in a list come lines of those around it.
 */
static void look_below(struct pm_body *body, size_t at)
{
	struct pm_doc *doc = body->doc;
	unsigned line = doc->sections[at].line, next = UINT_MAX;

	if (at + 1 < doc->nsections)
		next = doc->sections[at + 1].line;
	if (body->sections[at].rest_words)
		fill(doc, at);
	for (; at != SIZE_MAX && line < next; at = doc->sections[at].parent) {
		unsigned stop = line_behind(doc, &doc->sections[at]);

		if (stop > next)
			stop = next;
		while (line < stop && doc->sections[at].empty)
			if (says_something(doc->own, line++))
				fill(doc, at);
		line = stop;
	}
}

void pm_body_words(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;

	silence(body);
	for (size_t i = 0; i < doc->nsections; i++)
		doc->sections[i].empty = true;
	for (size_t i = 0; i < doc->nsections; i++)
		look_below(body, i);
}

unsigned pm_doc_words(
	const struct pm_doc *doc, const struct pm_section *section)
{
	const struct pm_doc_private *own = doc->own;
	unsigned stop = line_behind(doc, section), count = 0;

	for (unsigned line = section->line; line < stop; line++)
		if (says_something(own, line))
			count += count_words(pm_lines_text(&own->lines, line));
	for (size_t i = (size_t)(section - doc->sections);
		i < doc->nsections && doc->sections[i].line < stop; i++)
		count += own->body->sections[i].rest_words;
	return count;
}
