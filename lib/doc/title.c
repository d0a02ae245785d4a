/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The title in the body. Front matter says it better, but the documents of a
 * team that never heard of pm have a heading only, and often one that is a
 * section like the others.
 */
#include "doc/body.h"

#include <string.h>

#include "doc/roles.h"
#include "doc/scan.h"

enum {
	HEADING_WORDS = 4, /* fewest of one among others that is the title */
	LINE_WORDS = 2,    /* the same of a line that stands first */
	LINE_MAX = 120,
	KEY_MAX = 24,
};

/* True for a heading that says what document this is: "Outage of the shop on 3
   May". */
static bool names_document(struct pm_slice heading, unsigned fewest)
{
	static const char *const words[] = {"incident", "outage", "postmortem",
		"mortem", "incidente", "vorfall", "ausfall", "panne",
		"hendelse", "rca", NULL};
	struct pm_scan scan = {heading, 0, false};
	char word[PM_SCAN_WORD];
	unsigned count = 0;
	bool found = false;

	while (!pm_scan_end(&scan)) {
		if (!pm_scan_word(&scan, word)) {
			scan.off++;
			continue;
		}
		count++;
		found = found || pm_word_in(word, words);
	}
	return found && count >= fewest;
}

/*
 * The block that could be the title: an H1 before any section, or the first
 * heading, which may be one of several on its level (*alone is false then).
 * SIZE_MAX: there is none. One that is nothing but a section's name is none.
 */
static size_t first_heading(const struct pm_body *body, bool *alone)
{
	const struct pm_doc *doc = body->doc;
	size_t first = SIZE_MAX;

	*alone = true;
	for (size_t i = 0; i < body->footnotes; i = body->md->blocks[i].end) {
		const struct pm_md_block *block = &body->md->blocks[i];
		struct pm_roles roles;

		if (block->kind != PM_MD_HEADING)
			continue;
		if (first != SIZE_MAX) {
			*alone = *alone &&
				 block->level > body->md->blocks[first].level;
			continue;
		}
		/* What the front matter calls the title needs no second look:
		   titles are the headings that no memo knows. */
		if (block->level == 1 &&
			pm_slice_eq(block->text, doc->title.text))
			return i;
		roles = pm_roles_recall(
			doc->own->memo, doc->own->policy, block->text);
		if (roles.exact && roles.set & PM_ROLES_TELLING)
			return SIZE_MAX;
		if (roles.exact && roles.set)
			continue;
		if (block->level == 1)
			return i;
		if (!roles.set)
			first = i;
	}
	return first;
}

bool pm_body_is_title_label(struct pm_slice heading)
{
	heading = pm_slice_trim(heading);
	if (heading.len && heading.ptr[heading.len - 1] == ':')
		heading.len--;
	return pm_slice_is_nocase(pm_slice_trim(heading), "title");
}

/* "# Title:" above the title, as a form that was filled in has it: the heading
   below it. */
static size_t below_label(const struct pm_body *body, size_t first)
{
	const struct pm_md_block *blocks = body->md->blocks;
	size_t next;

	if (first == SIZE_MAX || !pm_body_is_title_label(blocks[first].text))
		return SIZE_MAX;
	next = blocks[first].end;
	if (next >= body->footnotes || blocks[next].kind != PM_MD_HEADING ||
		blocks[next].level <= blocks[first].level)
		return SIZE_MAX;
	/* A document that is called so has sections below it. */
	return pm_roles_recall(body->doc->own->memo, body->doc->own->policy,
		       blocks[next].text)
			       .exact
		       ? SIZE_MAX
		       : next;
}

/* The title stands above all other headings, or says so itself. */
void pm_body_title(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;
	bool alone;
	size_t first = first_heading(body, &alone);
	size_t told = below_label(body, first);

	if (told != SIZE_MAX) {
		first = told;
		alone = true;
	}
	if (first == SIZE_MAX ||
		(body->md->blocks[first].level > 1 && doc->title.span.len))
		return;
	/* On one level with all others it has to say so itself. */
	if (!alone &&
		(first > 0 || !names_document(body->md->blocks[first].text,
				      HEADING_WORDS)))
		return;
	body->title = first;
	doc->heading = pm_slice_trim(body->md->blocks[first].text);
	doc->heading_line = body->md->blocks[first].line;
}

struct pm_slice pm_body_behind_title(struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];

	if (!pm_scan_word(&scan, word) ||
		!pm_slice_is(pm_slice_str(word), "title"))
		return text;
	pm_scan_blanks(&scan);
	return pm_scan_any(&scan, ":")
		       ? pm_slice_trim(pm_slice_from(text, scan.off))
		       : text;
}

/* True when the lines behind the first are keys with their values: "Date: ...",
   which stand below a title and in no sentence. */
static bool heads_keys(
	const struct pm_body *body, const struct pm_md_block *block, size_t run)
{
	while (run < block->nruns) {
		struct pm_text_line line = pm_body_text_line(body, block, &run);

		if (line.line &&
			pm_slice_find(pm_slice_sub(line.text, 0, KEY_MAX), 0,
				':') < 1)
			return false;
	}
	return true;
}

/* True for a line without marks that can be nothing but a title. */
static bool is_title_line(const struct pm_body *body,
	const struct pm_md_block *block, const struct pm_text_line *line,
	size_t run)
{
	const struct pm_md_run *first = &body->md->runs[line->run];
	bool bold = first->style & PM_MD_STRONG &&
		    first->text.len >= line->text.len;

	for (size_t i = 0; i < body->doc->nsections; i++)
		if (body->doc->sections[i].line == line->line)
			return false;
	return line->text.len <= LINE_MAX &&
	       !memchr(".:!?,;", line->text.ptr[line->text.len - 1], 6) &&
	       (bold || names_document(line->text, LINE_WORDS)) &&
	       heads_keys(body, block, run);
}

struct pm_slice pm_body_told_title(const struct pm_body *body)
{
	const struct pm_slice none = {NULL, 0};
	const struct pm_md_block *block;
	struct pm_text_line line = {.line = 0};
	struct pm_slice text;
	size_t run = 0, at = 0;

	while (at < body->footnotes &&
		(body->md->blocks[at].kind == PM_MD_HTML ||
			(body->md->blocks[at].kind == PM_MD_HEADING &&
				pm_body_is_title_label(
					body->md->blocks[at].text))))
		at = body->md->blocks[at].end;
	if (at >= body->footnotes ||
		body->md->blocks[at].kind != PM_MD_PARAGRAPH)
		return none;
	block = pm_md_read(body->md, at);
	while (run < block->nruns && !line.line)
		line = pm_body_text_line(body, block, &run);
	line.text = pm_slice_trim(line.text);
	if (!line.text.len)
		return none;
	text = pm_body_behind_title(line.text);
	/* A heading "Title" says so of the paragraph below it. */
	if (text.ptr != line.text.ptr ||
		(at > 0 && body->title == at - 1 && text.len <= LINE_MAX))
		return text;
	return is_title_line(body, block, &line, run) ? text : none;
}
