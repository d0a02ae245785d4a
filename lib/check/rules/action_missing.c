/* SPDX-License-Identifier: Apache-2.0 */
/* A post-mortem that changes nothing. */
#include "check/check.h"

static void run(struct pm_check *check)
{
	struct pm_span place = check->doc->actions_key;

	if (!check->fields || check->doc->nactions)
		return;
	pm_finding_add(check, place.len ? place : pm_check_front_place(check),
		"write under action_items: - {id: A1, title: ..., type: "
		"prevent, owner: \"@name\", due: YYYY-MM-DD, addresses: [C1]}",
		"no action follows from this incident");
}

PM_RULE_DEFINE(action_missing) = {
	.info =
		{
			.id = "action-missing",
			.step = PM_STEP_PLAN,
			.level = PM_LEVELS(NOTE, ERROR, ERROR),
			.summary = "the document has no action",
			.why = "An incident that leads to no change will come "
			       "again, and the next one will cost as much. If "
			       "the team has decided to do nothing, that is a "
			       "decision: write the action down as rejected, "
			       "with its reason.",
			.bad = "action_items: []\n",
			.good = "action_items:\n"
				"  - id: A1\n"
				"    title: Add the EU shard to the canary\n"
				"    type: prevent\n"
				"    owner: \"@bo\"\n"
				"    status: rejected\n"
				"    reason: The shard is merged into the "
				"main pool next week\n"
				"    addresses: [C1]\n",
		},
	.run = run,
};
