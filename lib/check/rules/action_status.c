/* SPDX-License-Identifier: Apache-2.0 */
/* Where an action stands, in words that can be counted. */
#include "check/check.h"

static void run(struct pm_check *check)
{
	for (size_t i = 0; i < check->doc->nactions; i++) {
		const struct pm_action *action = &check->doc->actions[i];
		struct pm_span place;
		const char *name, *hint;

		if (action->state != PM_ACTION_UNKNOWN &&
			action->state != PM_ACTION_PROPOSED)
			continue;
		place = action->in_body
				? pm_check_action_place(check, action)
				: pm_check_place(check, &action->status);
		if (action->state == PM_ACTION_UNKNOWN) {
			name = pm_finding_about(check, action);
			hint = pm_check_suggest(check, "status",
				action->status.text, pm_action_status_names);
			/* A team's old tables say "Ongoing" and the like. */
			pm_finding_add_level(check,
				action->in_body ? PM_LEVEL_WARNING
						: PM_LEVEL_DEFAULT,
				place, hint,
				"%s has the status '%s', which is none", name,
				pm_check_word(check, action->status.text));
		}
		if (action->state == PM_ACTION_PROPOSED &&
			check->doc->state == PM_STATUS_FINAL)
			pm_finding_add_level(check, PM_LEVEL_WARNING, place,
				"write: status: open, or rejected with a "
				"reason",
				"%s is only proposed, but the document is "
				"final",
				pm_finding_about(check, action));
	}
}

PM_RULE_DEFINE(action_status) = {
	.info =
		{
			.id = "action-status",
			.step = PM_STEP_PLAN,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "an action's status is no status",
			.why = "\"Almost\", \"in review\" and \"pending\" "
			       "mean something else to each reader, and an "
			       "action that nobody can count is one that "
			       "nobody follows. It is proposed, open, "
			       "in-progress, done, rejected or superseded. "
			       "When the document becomes final, the team has "
			       "decided on everything that was proposed.",
			.bad = "action_items:\n"
			       "  - id: A1\n"
			       "    title: Add the EU shard to the canary\n"
			       "    type: prevent\n"
			       "    owner: \"@bo\"\n"
			       "    due: 2026-12-05\n"
			       "    status: almost there\n"
			       "    addresses: [C1]\n",
			.good = "action_items:\n"
				"  - id: A1\n"
				"    title: Add the EU shard to the canary\n"
				"    type: prevent\n"
				"    owner: \"@bo\"\n"
				"    due: 2026-12-05\n"
				"    status: in-progress\n"
				"    addresses: [C1]\n",
		},
	.run = run,
};
