/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Done is a claim; proof is what another can look at. A ticket is none: it
 * says that somebody closed it. A ticked box of a body has no field to write a
 * proof in, so it is asked for only where the policy states a level, and a
 * link in its words is enough.
 */
#include "check/check.h"

static bool has_link(
	const struct pm_check *check, const struct pm_action *action)
{
	struct pm_slice text = pm_slice_sub(
		check->doc->src, action->span.off, action->span.len);

	for (size_t off = 0; off < text.len; off++) {
		ptrdiff_t at = pm_slice_find(text, off, ':');

		if (at < 0)
			break;
		off = (size_t)at;
		if (pm_slice_starts(pm_slice_from(text, off), "://"))
			return true;
	}
	return false;
}

static void judge_body(struct pm_check *check, const struct pm_action *action)
{
	if (!has_link(check, action))
		pm_finding_add_level(check, PM_LEVEL_OFF,
			pm_check_action_place(check, action),
			"add a link to the change or the test that shows it",
			"%s is done, and no link shows it",
			pm_finding_about(check, action));
}

static void run(struct pm_check *check)
{
	for (size_t i = 0; i < check->doc->nactions; i++) {
		const struct pm_action *action = &check->doc->actions[i];
		const char *name;

		if (action->state != PM_ACTION_DONE || pm_doc_has_proof(action))
			continue;
		if (action->in_body) {
			judge_body(check, action);
			continue;
		}
		name = pm_finding_about(check, action);
		pm_finding_add(check,
			pm_check_place(check, action->proof.text.len
						      ? &action->proof
						      : &action->status),
			"write: proof: and what shows it, such as the address "
			"of the change, the test or the drill",
			action->tracker.text.len
				? "%s is done without proof (its tracker says "
				  "only that a ticket was closed)"
				: "%s is done without proof",
			name);
	}
}

PM_RULE_DEFINE(action_proof) = {
	.info =
		{
			.id = "action-proof",
			.step = PM_STEP_PLAN,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "an action is done and nothing shows it",
			.why = "Actions are closed when a quarter ends, when "
			       "their owner moves on, when the ticket is "
			       "merged into another. The next incident then "
			       "finds the hole still there. A proof is "
			       "something that another person can open: the "
			       "change, the test that fails without it, the "
			       "report of a drill. The tracker is not one. "
			       "A ticked box in the text of a document is "
			       "left alone unless the policy sets a level "
			       "for this rule; there a link is enough.",
			.bad = "action_items:\n"
			       "  - id: A1\n"
			       "    title: Add the EU shard to the canary\n"
			       "    type: prevent\n"
			       "    owner: \"@bo\"\n"
			       "    due: 2026-12-05\n"
			       "    status: done\n"
			       "    tracker: https://example.org/issues/77\n"
			       "    addresses: [C1]\n",
			.good = "action_items:\n"
				"  - id: A1\n"
				"    title: Add the EU shard to the canary\n"
				"    type: prevent\n"
				"    owner: \"@bo\"\n"
				"    due: 2026-12-05\n"
				"    status: done\n"
				"    tracker: https://example.org/issues/77\n"
				"    proof: https://example.org/changes/8850\n"
				"    addresses: [C1]\n",
		},
	.run = run,
};
