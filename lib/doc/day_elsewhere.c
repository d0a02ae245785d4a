/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates in the text that say nothing of the day a document is about: when an
 * action is due, when the paper below "References" came out, when "the
 * certificate issued on 2021-02-03" did. A clock is better left without a day
 * than put on the day of something else.
 */
#include <string.h>

#include "base/ascii.h"
#include "doc/body.h"
#include "doc/doc.h"
#include "doc/stamp.h"
#include "doc/table.h"

/* True within a section that tells what is to be done or to be read, and not
   what happened as well. */
static bool in_other_section(const struct pm_body *body, size_t block)
{
	enum {
		OTHER = 1 << PM_SECTION_ACTIONS | 1 << PM_SECTION_REFERENCES,
		TELLING = 1 << PM_SECTION_TIMELINE | 1 << PM_SECTION_SUMMARY |
			  1 << PM_SECTION_METADATA,
	};
	const struct pm_section *sections = body->doc->sections;
	size_t at = pm_body_section_of(body, block);

	/* "Short term" below "Action items" is of no kind itself. */
	while (at != SIZE_MAX && !sections[at].roles)
		at = sections[at].parent;
	return at != SIZE_MAX && (sections[at].roles & OTHER) &&
	       !(sections[at].roles & TELLING);
}

/* True for what has a check box: it is to be done. */
static bool is_task(const struct pm_body *body, size_t block)
{
	const struct pm_md_block *blocks = body->md->blocks;
	size_t up = blocks[block].parent;

	return up != SIZE_MAX && blocks[up].task;
}

/* True for a cell below "Due". */
static bool in_due_column(const struct pm_body *body, size_t block)
{
	const struct pm_md_block *blocks = body->md->blocks;
	unsigned column = blocks[block].column;
	size_t row = blocks[block].parent, head, i;

	if (blocks[block].kind != PM_MD_CELL || blocks[row].header)
		return false;
	head = blocks[row].parent + 1;
	if (!blocks[head].header)
		return false;
	for (i = head + 1; i < blocks[head].end; i++)
		if (blocks[i].kind == PM_MD_CELL && blocks[i].column == column)
			return pm_column_named(pm_md_read(body->md, i)->text) ==
			       PM_COLUMN_DUE;
	return false;
}

/* Cuts the last word off a text and folds it. */
static bool cut_word(struct pm_slice *text, char word[PM_SCAN_WORD])
{
	struct pm_scan scan = {{NULL, 0}, 0, false};
	size_t at;

	*text = pm_slice_trim(*text);
	at = text->len;
	while (at && pm_is_word(text->ptr[at - 1]))
		at--;
	scan.text = pm_slice_from(*text, at);
	text->len = at;
	return pm_scan_word(&scan, word) && pm_scan_end(&scan);
}

/* "Owner: @ana. Due: ", "Frist: " */
static bool ends_in_due_key(struct pm_slice before)
{
	size_t at;

	before = pm_slice_trim(before);
	if (!pm_slice_ends(before, ":"))
		return false;
	before.len--;
	at = before.len;
	while (at && !memchr(".,;:|([", before.ptr[at - 1], 7))
		at--;
	return pm_column_named(pm_slice_trim(pm_slice_from(before, at))) ==
	       PM_COLUMN_DUE;
}

/*
 * "The certificate issued on ", "vendor advisory of ": words behind which the
 * day is when a thing was made. "Version 2 was released on 2026-05-03" may tell
 * what happened, as "the version released on 2026-05-03" does not.
 */
static bool ends_in_thing(struct pm_slice before)
{
	static const char *const due[] = {"deadline", "due", "eta", NULL};
	static const char *const links[] = {
		"dated", "from", "in", "of", "on", NULL};
	static const char *const made[] = {"bought", "built", "issued",
		"manufactured", "printed", "purchased", "signed", NULL};
	static const char *const things[] = {"advisory", "backup", "bulletin",
		"certificate", "dump", "firmware", "release", "snapshot",
		"version", NULL};
	static const char *const done[] = {"created", "deployed", "installed",
		"introduced", "merged", "published", "released", NULL};
	static const char *const told[] = {
		"and", "been", "i", "is", "was", "we", "were", NULL};
	char word[PM_SCAN_WORD];
	bool linked;

	if (!cut_word(&before, word))
		return false;
	if (pm_word_in(word, due))
		return true;
	linked = pm_word_in(word, links);
	if (linked && !cut_word(&before, word))
		return false;
	/* "due on" */
	if (pm_word_in(word, made) ||
		(linked && (pm_word_in(word, things) || pm_word_in(word, due))))
		return true;
	return pm_word_in(word, done) && cut_word(&before, word) &&
	       !pm_word_in(word, told);
}

bool pm_body_find_date(const struct pm_body *body, size_t block,
	struct pm_slice line, struct pm_stamp_date *out)
{
	struct pm_span at;

	if (!pm_stamp_find_at(line, &at, out) || is_task(body, block) ||
		in_other_section(body, block) || in_due_column(body, block))
		return false;
	do {
		struct pm_slice before = pm_slice_sub(line, 0, at.off);

		if (!ends_in_due_key(before) && !ends_in_thing(before))
			return true;
		line = pm_slice_from(line, at.off + at.len);
	} while (pm_stamp_find_at(line, &at, out));
	return false;
}
