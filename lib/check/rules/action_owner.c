/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rule people ask for first. It holds in every status, because an action
 * that nobody owns in the draft is owned by nobody in the final text either;
 * only a proposed one, on which nothing is decided, may wait.
 */
#include "check/check.h"

static void run(struct pm_check *check)
{
	for (size_t i = 0; i < check->doc->nactions; i++) {
		const struct pm_action *action = &check->doc->actions[i];
		struct pm_span place;
		const char *hint, *name;

		if (action->state == PM_ACTION_PROPOSED ||
			pm_doc_names_person(action->owner.text))
			continue;
		place = pm_check_action_place(check, action);
		name = pm_finding_about(check, action);
		hint = action->in_body ? "write: Owner: @name"
				       : "write: owner: \"@name\"";
		if (action->owner.text.len)
			pm_finding_add(check, place, hint,
				"%s has no owner: '%s' is nobody", name,
				pm_check_word(check, action->owner.text));
		else
			pm_finding_add(
				check, place, hint, "%s has no owner", name);
	}
}

PM_RULE_DEFINE(action_owner) = {
	.info =
		{
			.id = "action-owner",
			.step = PM_STEP_PLAN,
			.level = PM_LEVELS(ERROR, ERROR, ERROR),
			.summary = "an action has no owner",
			.why = "What belongs to everybody is done by nobody: "
			       "each of the people in the room believes that "
			       "another took it. One name is enough; it need "
			       "not be the person who does the work, but it "
			       "is the one who is asked. While it is open "
			       "whether the action is wanted at all, give it "
			       "the status proposed.",
			.bad = "status: draft\n"
			       "action_items:\n"
			       "  - id: A1\n"
			       "    title: Add the EU shard to the canary\n"
			       "    type: prevent\n"
			       "    owner: TBD\n"
			       "    due: 2026-12-05\n"
			       "    addresses: [C1]\n",
			.good = "status: draft\n"
				"action_items:\n"
				"  - id: A1\n"
				"    title: Add the EU shard to the canary\n"
				"    type: prevent\n"
				"    owner: \"@bo\"\n"
				"    due: 2026-12-05\n"
				"    addresses: [C1]\n",
		},
	.run = run,
};
