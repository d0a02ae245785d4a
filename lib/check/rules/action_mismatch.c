/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Actions that only the body lists. Those of the front matter are followed up,
 * and 'pm adopt --convert' makes them of a list that stays where it was: people
 * go on writing there. Such a list shows by a check box, or by an item that is
 * an action of the front matter; any other is prose, of what was considered and
 * not done. As many items as there are actions that the list does not have may
 * be these, in other words; but beside items that are actions not in other
 * words altogether: one that shares none took the place of another, and is new.
 */
#include "base/ascii.h"
#include "base/map.h"
#include "check/action_words.h"

#include <stdlib.h>

enum {
	WORD_LEAST = 4, /* letters of a word that tells what an action is */
	STEM = 4, /* of them that stay when it is bent: "alert", "alerts" */
};

static int by_title(const void *a, const void *b)
{
	const struct pm_action *const *left = a, *const *right = b;

	return pm_slice_cmp((*left)->title.text, (*right)->title.text);
}

/* The document's actions, by their titles. */
static const struct pm_action **by_titles(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_action **sorted =
		pm_arena_alloc(check->arena, doc->nactions, sizeof(void *));

	for (size_t i = 0; i < doc->nactions; i++)
		sorted[i] = &doc->actions[i];
	qsort(sorted, doc->nactions, sizeof(void *), by_title);
	return sorted;
}

static void report_done(struct pm_check *check, const struct pm_action *item,
	const struct pm_action *action)
{
	pm_finding_add(check, pm_check_action_place(check, item),
		pm_arena_printf(check->arena, "write in line %u: status: done",
			action->line),
		"%s is done here, and open in the front matter, which counts",
		pm_finding_about(check, action));
}

static void report_missing(struct pm_check *check, const struct pm_action *item)
{
	pm_finding_add(check, pm_check_action_place(check, item),
		"write it under action_items, with an id, a title and an "
		"owner: only those are followed up",
		"%s is not in the front matter", pm_finding_about(check, item));
}

/* Cuts the next word of *rest that tells something; stem has its beginning. */
static bool next_stem(struct pm_slice *rest, char stem[STEM])
{
	static const char *const empty[] = {"also", "from", "have", "into",
		"make", "more", "should", "that", "them", "then", "this",
		"when", "will", "with", NULL};
	struct pm_slice word, gap;

	while (pm_word_next(rest, &word, &gap)) {
		if (word.len < WORD_LEAST || pm_word_is_of(word, empty))
			continue;
		for (size_t i = 0; i < STEM; i++)
			stem[i] = pm_lower(word.ptr[i]);
		return true;
	}
	return false;
}

/* The words of the actions that the list does not have; nothing in sorted
   stands for one that it has. */
static void gather_words(
	const struct pm_action **sorted, size_t n, struct pm_map *words)
{
	char stem[STEM];

	for (size_t i = 0; i < n; i++) {
		struct pm_slice rest = pm_slice_make("", 0);

		if (sorted[i])
			rest = sorted[i]->title.text;
		while (next_stem(&rest, stem))
			pm_map_put(words, pm_slice_make(stem, STEM), NULL);
	}
}

/* True when the item may be one of the actions with these words. Of a script
   without blanks between words, and of short words, nothing can be said. */
static bool may_be(const struct pm_action *item, const struct pm_map *words)
{
	struct pm_slice rest = item->title.text;
	char stem[STEM];
	bool tells = false;

	if (pm_text_is_foreign(rest))
		return true;
	while (next_stem(&rest, stem)) {
		tells = true;
		if (pm_map_get(words, pm_slice_make(stem, STEM)))
			return true;
	}
	return !tells;
}

/* Reports the missing ones that cannot be the others, in other words; words:
   NULL when any may be. */
static void report_others(struct pm_check *check,
	const struct pm_action **missing, size_t n, size_t others,
	const struct pm_map *words)
{
	size_t alike = 0;

	/* Of those that may be, what is new stands at the end. */
	for (size_t i = 0; i < n; i++)
		if ((words && !may_be(missing[i], words)) || alike++ >= others)
			report_missing(check, missing[i]);
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_action **sorted, **missing, **found;
	struct pm_map words = PM_MAP_INIT;
	size_t nmissing = 0, nfound = 0, others;
	bool box = false;
	bool *has;

	if (!doc->nlisted)
		return;
	sorted = by_titles(check);
	has = pm_arena_alloc(check->arena, doc->nactions, sizeof *has);
	missing = pm_arena_alloc(check->arena, doc->nlisted, sizeof(void *));
	for (size_t i = 0; i < doc->nlisted; i++) {
		const struct pm_action *item = &doc->listed[i];

		found = bsearch(
			&item, sorted, doc->nactions, sizeof(void *), by_title);
		nfound += found != NULL;
		if (found)
			has[found - sorted] = true;
		box = box || item->box;
		if (found && item->state == PM_ACTION_DONE &&
			!pm_action_is_closed(*found))
			report_done(check, item, *found);
		else if (!found && !pm_action_is_closed(item))
			missing[nmissing++] = item;
	}
	others = nfound < doc->nactions ? doc->nactions - nfound : 0;
	if ((!nfound && !box) || !nmissing)
		return;
	for (size_t i = 0; i < doc->nactions; i++)
		if (has[i])
			sorted[i] = NULL;
	gather_words(sorted, doc->nactions, &words);
	report_others(check, missing, nmissing, others, nfound ? &words : NULL);
	pm_map_release(&words);
}

PM_RULE_DEFINE(action_mismatch) = {
	.info =
		{
			.id = "action-mismatch",
			.step = PM_STEP_PLAN,
			.level = PM_LEVELS(ERROR, ERROR, ERROR),
			.summary = "the body lists an action otherwise than "
				   "the front matter",
			.why = "The actions of the front matter are checked, "
			       "listed and followed up; a list in the body is "
			       "text. Whoever adds a line to that list, or "
			       "ticks a box there, believes that it is done "
			       "with that, and nobody is ever asked about it. "
			       "Keep the list in one place: take it out of "
			       "the body, or write there only what the front "
			       "matter has.",
			.bad = "## Action items\n\n"
			       "- [ ] Reject a config that drops a shard in "
			       "the presubmit check\n"
			       "- [ ] Add the EU shard to the canary\n",
			.good = "## Action items\n\n"
				"- [ ] Reject a config that drops a shard in "
				"the presubmit check\n",
		},
	.run = run,
};
