/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An action that nobody will do needs a reason more than one that somebody
 * does. Only front matter has a field for it: words beside a struck item of
 * the body may be one, and nobody can tell.
 */
#include "check/check.h"

static void run(struct pm_check *check)
{
	for (size_t i = 0; i < check->doc->nactions; i++) {
		const struct pm_action *action = &check->doc->actions[i];
		bool rejected = action->state == PM_ACTION_REJECTED;

		if ((!rejected && action->state != PM_ACTION_SUPERSEDED) ||
			action->in_body ||
			pm_doc_names_person(action->reason.text))
			continue;
		pm_finding_add(check,
			pm_check_place(check, action->reason.text.len
						      ? &action->reason
						      : &action->status),
			rejected ? "write: reason: and why the risk is taken"
				 : "write: reason: and what takes its place, "
				   "such as the id of the other action",
			"%s is %s without a reason",
			pm_finding_about(check, action),
			pm_action_status_names[action->state]);
	}
}

PM_RULE_DEFINE(action_reason) = {
	.info =
		{
			.id = "action-reason",
			.step = PM_STEP_PLAN,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "an action is rejected or superseded "
				   "without a reason",
			.why = "To leave a cause as it is can be right: it "
			       "may cost more than it saves. Then it is a "
			       "decision, and whoever meets the same cause "
			       "again wants to know what was weighed. Without "
			       "a reason nobody can tell a decision from an "
			       "action that was dropped. For a superseded one "
			       "the reason names what took its place.",
			.bad = "action_items:\n"
			       "  - id: A1\n"
			       "    title: Run a second checkout pool\n"
			       "    type: prevent\n"
			       "    owner: \"@bo\"\n"
			       "    status: rejected\n"
			       "    addresses: [C1]\n"
			       "  - id: A2\n"
			       "    title: Add the EU shard to the canary\n"
			       "    type: prevent\n"
			       "    owner: \"@bo\"\n"
			       "    due: 2026-12-05\n"
			       "    addresses: [C1]\n",
			.good = "action_items:\n"
				"  - id: A1\n"
				"    title: Run a second checkout pool\n"
				"    type: prevent\n"
				"    owner: \"@bo\"\n"
				"    status: rejected\n"
				"    reason: twice the cost, and A2 prevents "
				"the same\n"
				"    addresses: [C1]\n"
				"  - id: A2\n"
				"    title: Add the EU shard to the canary\n"
				"    type: prevent\n"
				"    owner: \"@bo\"\n"
				"    due: 2026-12-05\n"
				"    addresses: [C1]\n",
		},
	.run = run,
};
