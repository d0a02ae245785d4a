/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A team as the only owner, where the policy (action_owner_person) wants a
 * name. A team is told by its slash, or because the policy names it as that of
 * a service or as a department; any other address may be a list or a person,
 * and gets the benefit of the doubt.
 */
#include "check/check.h"

static void run(struct pm_check *check)
{
	if (!check->policy->action_owner_person)
		return;
	for (size_t i = 0; i < check->doc->nactions; i++) {
		const struct pm_action *action = &check->doc->actions[i];

		if (!pm_action_is_open(action) ||
			!pm_policy_is_team(check->policy, action->owner.text))
			continue;
		pm_finding_add(check,
			action->in_body ? pm_check_action_place(check, action)
					: pm_check_place(check, &action->owner),
			action->in_body
				? "write the one person of the team who is "
				  "asked: Owner: @name"
				: "write the one person of the team who is "
				  "asked: owner: \"@name\"",
			"%s belongs to the team '%s' and to no person",
			pm_finding_about(check, action),
			pm_check_word(check, action->owner.text));
	}
}

PM_RULE_DEFINE(action_owner_group) = {
	.info =
		{
			.id = "action-owner-group",
			.step = PM_STEP_PLAN,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "an action belongs to a team and to no "
				   "person",
			.why = "A reminder to a team is read by everybody and "
			       "answered by nobody. One person of the team is "
			       "asked, and hands it on when somebody else "
			       "does the work. Teams that plan their work "
			       "together may see it otherwise, so this rule "
			       "speaks only where the policy says "
			       "action_owner_person: true, and only about "
			       "actions that are still to be done.",
			.bad = "action_items:\n"
			       "  - id: A1\n"
			       "    title: Add the EU shard to the canary\n"
			       "    type: prevent\n"
			       "    owner: \"@acme/checkout\"\n"
			       "    due: 2026-12-05\n"
			       "    addresses: [C1]\n",
			.good = "action_items:\n"
				"  - id: A1\n"
				"    title: Add the EU shard to the canary\n"
				"    type: prevent\n"
				"    owner: \"@bo\"\n"
				"    due: 2026-12-05\n"
				"    addresses: [C1]\n",
		},
	.run = run,
};
