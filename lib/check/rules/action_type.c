/* SPDX-License-Identifier: Apache-2.0 */
/* What an action is for. Actions in the body have no type to give. */
#include "check/check.h"

static void run(struct pm_check *check)
{
	const struct pm_names *types = &check->policy->action_types;

	for (size_t i = 0; i < check->doc->nactions; i++) {
		const struct pm_action *action = &check->doc->actions[i];
		struct pm_slice type = action->type.text;

		if (action->in_body)
			continue;
		if (!type.len)
			pm_finding_add(check,
				pm_check_action_place(check, action),
				pm_check_suggest(
					check, "type", type, types->items),
				"%s has no type",
				pm_finding_about(check, action));
		else if (types->len && !pm_names_has(types, type))
			pm_finding_add(check,
				pm_check_place(check, &action->type),
				pm_check_suggest(
					check, "type", type, types->items),
				"%s has the type '%s', which the policy does "
				"not list",
				pm_finding_about(check, action),
				pm_check_word(check, type));
	}
}

PM_RULE_DEFINE(action_type) = {
	.info =
		{
			.id = "action-type",
			.step = PM_STEP_PLAN,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "an action has no type, or one the policy "
				   "does not list",
			.why = "A plan of nothing but repairs leaves the next "
			       "incident as likely as this one. The type "
			       "shows at a glance whether anything will "
			       "prevent it, notice it sooner or make it "
			       "smaller, and over a year it shows where a "
			       "team puts its effort.",
			.bad = "action_items:\n"
			       "  - id: A1\n"
			       "    title: Add the EU shard to the canary\n"
			       "    type: prevention\n"
			       "    owner: \"@bo\"\n"
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
