/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The title in the body. Front matter says it better, but the documents of a
 * team that never heard of pm have a heading only, and often one that is a
 * section like the others.
 */
#include "doc/body.h"
#include "doc/roles.h"
#include "doc/scan.h"

/* True for a heading that says what document this is: "Outage of the shop on 3
   May". */
static bool names_document(struct pm_slice heading)
{
	static const char *const words[] = {"incident", "outage", "postmortem",
		"mortem", "incidente", "vorfall", "ausfall", "panne",
		"hendelse", "rca", NULL};
	enum { FEWEST = 4 };
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
	return found && count >= FEWEST;
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

/* The title stands above all other headings, or says so itself. */
void pm_body_title(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;
	bool alone;
	size_t first = first_heading(body, &alone);

	if (first == SIZE_MAX ||
		(body->md->blocks[first].level > 1 && doc->title.span.len))
		return;
	/* On one level with all others it has to say so itself. */
	if (!alone &&
		(first > 0 || !names_document(body->md->blocks[first].text)))
		return;
	body->title = first;
	doc->heading = pm_slice_trim(body->md->blocks[first].text);
	doc->heading_line = body->md->blocks[first].line;
}
