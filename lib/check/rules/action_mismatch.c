/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Actions that only the body lists. Those of the front matter are followed up,
 * and 'pm adopt --convert' makes them of a list that stays where it was: people
 * go on writing there. Such a list shows by a check box, or by an item that is
 * an action of the front matter; any other is prose, of what was considered and
 * not done. As many items as there are actions that the list does not have may
 * be these, in other words.
 */
#include "check/check.h"

#include <stdlib.h>

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

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_action **sorted, **missing, **found;
	size_t nmissing = 0, nfound = 0, others;
	bool box = false;

	if (!doc->nlisted)
		return;
	sorted = by_titles(check);
	missing = pm_arena_alloc(check->arena, doc->nlisted, sizeof(void *));
	for (size_t i = 0; i < doc->nlisted; i++) {
		const struct pm_action *item = &doc->listed[i];

		found = bsearch(
			&item, sorted, doc->nactions, sizeof(void *), by_title);
		nfound += found != NULL;
		box = box || item->box;
		if (found && item->state == PM_ACTION_DONE &&
			!pm_action_is_closed(*found))
			report_done(check, item, *found);
		else if (!found && !pm_action_is_closed(item))
			missing[nmissing++] = item;
	}
	others = nfound < doc->nactions ? doc->nactions - nfound : 0;
	/* What is new stands at the end. */
	for (size_t i = others; (nfound || box) && i < nmissing; i++)
		report_missing(check, missing[i]);
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
