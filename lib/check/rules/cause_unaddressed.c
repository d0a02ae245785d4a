/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every cause is answered: by an action that is not given up, or by a written
 * waiver. A waiver is an action with the status rejected, a reason, and the
 * cause among its addresses: the decision to live with it is recorded where
 * the plan is.
 */
#include "check/check.h"

static bool answers(const struct pm_action *action, struct pm_slice cause)
{
	if (action->state == PM_ACTION_SUPERSEDED)
		return false;
	if (action->state == PM_ACTION_REJECTED && !action->reason.text.len)
		return false;
	for (size_t i = 0; i < action->addresses.len; i++)
		if (pm_slice_eq(action->addresses.items[i].text, cause))
			return true;
	return false;
}

static bool is_answered(const struct pm_doc *doc, struct pm_slice cause)
{
	for (size_t i = 0; i < doc->nactions; i++)
		if (answers(&doc->actions[i], cause))
			return true;
	return false;
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	/* Without any action, action-missing says it all. */
	for (size_t i = 0; doc->nactions && i < doc->ncauses; i++) {
		struct pm_slice id = doc->causes[i].id.text;
		const char *word;

		if (!id.len || is_answered(doc, id))
			continue;
		word = pm_check_word(check, id);
		pm_finding_add(check,
			pm_check_first_line(check, doc->causes[i].span),
			pm_arena_printf(check->arena,
				"write addresses: [%s] in an action, or in a "
				"rejected one with a reason",
				word),
			"no action addresses cause %s", word);
	}
}

PM_RULE_DEFINE(cause_unaddressed) = {
	.info =
		{
			.id = "cause-unaddressed",
			.step = PM_STEP_PLAN,
			.level = PM_LEVELS(NOTE, ERROR, ERROR),
			.summary = "a cause is answered by no action and no "
				   "waiver",
			.why = "Reviews find five causes and act on the two "
			       "that are easy; a year later one of the other "
			       "three is back. Each cause is answered by an "
			       "action, or the team says in writing that it "
			       "lives with it: an action with status "
			       "rejected, a reason, and the cause among its "
			       "addresses.",
			.bad = "causes:\n"
			       "  - {id: C1, kind: test-gap, text: The canary "
			       "left out the EU shard}\n"
			       "  - {id: C2, kind: design, text: A push "
			       "reaches all shards at once}\n"
			       "action_items:\n"
			       "  - id: A1\n"
			       "    title: Add the EU shard to the canary\n"
			       "    type: prevent\n"
			       "    owner: \"@bo\"\n"
			       "    due: 2026-12-05\n"
			       "    addresses: [C1]\n",
			.good = "causes:\n"
				"  - {id: C1, kind: test-gap, text: The "
				"canary left out the EU shard}\n"
				"  - {id: C2, kind: design, text: A push "
				"reaches all shards at once}\n"
				"action_items:\n"
				"  - id: A1\n"
				"    title: Add the EU shard to the canary\n"
				"    type: prevent\n"
				"    owner: \"@bo\"\n"
				"    due: 2026-12-05\n"
				"    addresses: [C1]\n"
				"  - id: A2\n"
				"    title: Push to one shard after another\n"
				"    type: mitigate\n"
				"    owner: \"@ana\"\n"
				"    status: rejected\n"
				"    reason: The new pipeline does so from "
				"January\n"
				"    addresses: [C2]\n",
		},
	.run = run,
};
