/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A team as the only owner, where the policy (action_owner_person) wants a
 * name. A team is told by its slash, or because the policy names it as that of
 * a service or as a department; any other address may be a list or a person,
 * and gets the benefit of the doubt.
 */
#include "check/check.h"

/* True when a service of the policy has this team. */
static bool serves(const struct pm_policy *policy, struct pm_slice key)
{
	struct pm_buf team = PM_BUF_INIT;
	bool found = false;

	for (size_t i = 0; i < policy->nservices && !found; i++) {
		if (!policy->services[i].team)
			continue;
		pm_buf_reset(&team);
		pm_person_key(&team, pm_slice_str(policy->services[i].team));
		found = pm_slice_eq(pm_buf_slice(&team), key);
	}
	pm_buf_release(&team);
	return found;
}

static bool is_team(const struct pm_policy *policy, struct pm_slice owner)
{
	struct pm_buf key = PM_BUF_INIT;
	bool team;

	if (!pm_person_valid(owner))
		return false;
	if (pm_slice_find(owner, 0, '/') >= 0)
		return true;
	pm_person_key(&key, owner);
	team = pm_policy_department(policy, pm_buf_slice(&key)) ||
	       serves(policy, pm_buf_slice(&key));
	pm_buf_release(&key);
	return team;
}

static void run(struct pm_check *check)
{
	if (!check->policy->action_owner_person)
		return;
	for (size_t i = 0; i < check->doc->nactions; i++) {
		const struct pm_action *action = &check->doc->actions[i];

		if (!pm_action_is_open(action) ||
			!is_team(check->policy, action->owner.text))
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
			pm_check_action_name(check, action),
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
