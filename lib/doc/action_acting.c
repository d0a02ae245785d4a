/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plain name that acts at the head of an action, "Ana will ...". Nothing
 * marks it as a name, and things stand there as well ("Script to clean up"),
 * so everything that speaks against a name is asked.
 */
#include "doc/actions.h"

#include <string.h>

#include "doc/roles.h"
#include "doc/scan.h"

/* Words that begin a sentence where a name could stand: what they name acts
   in no action. */
static bool is_thing(const char *word)
{
	static const char *const words[] = {"ability", "access", "agent",
		"alarm", "alert", "an", "approach", "attempt", "automation",
		"better", "change", "check", "command", "continue", "dashboard",
		"decision", "decide", "documentation", "everyone", "failure",
		"feature", "function", "guide", "he", "i", "idea", "job", "law",
		"lint", "logic", "mechanism", "metric", "need", "option", "our",
		"plan", "playbook", "proposal", "rule", "script", "service",
		"she", "somebody", "someone", "story", "test", "ticket", "time",
		"tool", "tooling", "train", "way", "they", "users", "customers",
		"engineers", "developers", "these", "those", "there", "that",
		"what", "which", "you", "vi", "dette", "det", "wir", "nous",
		"nosotros", NULL};

	return pm_word_in(word, words);
}

/* True when a word of the document is written with a small letter elsewhere,
   as nouns are and names are not. */
static bool is_small_elsewhere(const struct pm_body *body, struct pm_slice name)
{
	struct pm_slice src = body->doc->src;
	char small[PM_SCAN_WORD + 1] = " ";

	if (name.len >= sizeof small - 1)
		return true;
	memcpy(small + 1, name.ptr, name.len);
	small[1] |= 32;
	return memmem(src.ptr, src.len, small, name.len + 1) != NULL;
}

/* Steps over the words before "will" or "to", at most four; returns where
   the last of them ends, 0 when there is no such word. */
static size_t before_acting(struct pm_scan *scan, size_t *words)
{
	static const char *const acts[] = {"will", "to", "skal", "ska", NULL};
	enum { NAME_WORDS = 4 };
	char word[PM_SCAN_WORD];
	size_t end = 0;

	for (*words = 0; pm_scan_word(scan, word); ++*words) {
		if (pm_word_in(word, acts))
			return end;
		if (*words == NAME_WORDS)
			break;
		end = scan->off;
		pm_scan_any(scan, ",");
		pm_scan_blanks(scan);
		pm_scan_any(scan, "&/");
		pm_scan_blanks(scan);
	}
	return 0;
}

size_t pm_acting_name(const struct pm_body *body, struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false}, head = scan;
	char first[PM_SCAN_WORD];
	struct pm_slice name;
	size_t words;

	/* Nearly all orders begin with their verb. */
	if (!text.len || text.ptr[0] < 'A' || text.ptr[0] > 'Z')
		return 0;
	name = pm_slice_sub(text, 0, before_acting(&scan, &words));
	if (!name.len || !pm_scan_word(&head, first) || is_thing(first) ||
		pm_begins_with_verb(name) ||
		!pm_begins_with_verb(pm_slice_from(text, scan.off)))
		return 0;
	if (pm_slice_ends(name, " team") || pm_slice_ends(name, " Team"))
		return name.len;
	if (!pm_looks_like_name(body->doc->private->policy, name) ||
		(words == 1 && is_small_elsewhere(body, name)))
		return 0;
	return name.len;
}
