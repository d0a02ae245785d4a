/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A promise whose day has passed. A warning by default, because it appears
 * without anybody changing the document; a team that wants its build to stop
 * sets the level in its policy.
 */
#include "check/check.h"

static void run(struct pm_check *check)
{
	int64_t today = pm_date_to_days(pm_check_today(check));

	for (size_t i = 0; i < check->doc->nactions; i++) {
		const struct pm_action *action = &check->doc->actions[i];
		int64_t late;

		if (!action->due_date.year ||
			(!pm_action_is_open(action) &&
				action->state != PM_ACTION_PROPOSED))
			continue;
		late = today - pm_date_to_days(action->due_date);
		if (late > 0)
			pm_finding_add(check,
				action->in_body
					? pm_check_action_place(check, action)
					: pm_check_place(check, &action->due),
				"write status: done with proof:, or a later "
				"due: that its owner agrees to",
				"%s is %lld day%s overdue",
				pm_finding_about(check, action),
				(long long)late, pm_plural(late));
	}
}

PM_RULE_DEFINE(action_overdue) = {
	.info =
		{
			.id = "action-overdue",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(WARNING, WARNING, WARNING),
			.summary = "an action is past its due date",
			.why = "Most incidents that repeat had an action that "
			       "would have prevented them and was never "
			       "finished. A late action is either done and "
			       "not recorded, or still wanted and in need of "
			       "a new day, or no longer wanted and to be "
			       "rejected with a reason. All three are a line "
			       "in this file.",
			.bad = "action_items:\n"
			       "  - id: A1\n"
			       "    title: Add the EU shard to the canary\n"
			       "    type: prevent\n"
			       "    owner: \"@bo\"\n"
			       "    due: 2020-02-28\n"
			       "    status: open\n"
			       "    addresses: [C1]\n",
			.good = "action_items:\n"
				"  - id: A1\n"
				"    title: Add the EU shard to the canary\n"
				"    type: prevent\n"
				"    owner: \"@bo\"\n"
				"    due: 2020-02-28\n"
				"    status: done\n"
				"    proof: https://example.org/changes/8850\n"
				"    addresses: [C1]\n",
		},
	.run = run,
};
