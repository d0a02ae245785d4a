/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists that a sentence announces as what follows from the incident: "To keep
 * this from happening again, we will:". Only documents that have no section for
 * actions tell them so.
 */
#include "doc/action_reader.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/scan.h"

/* What the words of a sentence are about. */
struct sentence {
	bool ours;    /* we do it */
	bool yours;   /* the reader does */
	bool against; /* "prevent", "avoid": it shall not be so ... */
	bool again;   /* ... once more */
};

/* The last sentence of a text: what ends in the colon. */
static struct pm_slice last_sentence(struct pm_slice text)
{
	size_t at = text.len;

	while (at > 1 && !(text.ptr[at - 1] == ' ' &&
				 memchr(".!?", text.ptr[at - 2], 3)))
		at--;
	return at > 1 ? pm_slice_from(text, at) : text;
}

static void look_at(struct sentence *about, struct pm_slice text)
{
	static const char *const ours[] = {
		"i", "ill", "im", "ive", "our", "us", "we", "well", NULL};
	static const char *const yours[] = {"you", "your", "users", NULL};
	static const char *const against[] = {"avoid", "avoiding", "mitigate",
		"prevent", "preventing", "reduce", "stop", NULL};
	static const char *const again[] = {"again", "future", "happen",
		"happening", "incidents", "issues", "kind", "problem",
		"problems", "recur", "recurrence", "recurring", "reoccur",
		"repeat", "repeated", "similar", NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];

	while (!pm_scan_end(&scan)) {
		if (!pm_scan_word(&scan, word)) {
			scan.off++;
			continue;
		}
		about->ours = about->ours || pm_word_in(word, ours);
		about->yours = about->yours || pm_word_in(word, yours);
		about->against = about->against || pm_word_in(word, against);
		about->again = about->again || pm_word_in(word, again);
	}
}

bool pm_action_announces(const struct pm_action_reader *r, size_t at)
{
	enum { LONGEST = 400 };
	const struct pm_md_block *block = &r->md->blocks[at];
	struct sentence about = {false, false, false, false};
	struct pm_slice text;

	if (block->kind != PM_MD_PARAGRAPH || block->end >= r->end ||
		r->md->blocks[block->end].kind != PM_MD_LIST)
		return false;
	text = pm_slice_trim(pm_action_block(r, at)->text);
	if (!pm_action_ends_in_colon(text))
		return false;
	text = last_sentence(text);
	if (text.len > LONGEST)
		return false;
	look_at(&about, text);
	return about.ours && !about.yours && about.against && about.again;
}
