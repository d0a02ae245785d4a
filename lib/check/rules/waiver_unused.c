/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A waiver that holds for nothing: what it was about was mended, or stands
 * elsewhere. It would hide the next finding of its rule.
 */
#include "check/check.h"

/* False for a rule that says nothing in this status, or in this run. */
static bool could_find(
	const struct pm_check *check, const struct pm_waiver *waiver)
{
	const struct pm_rule *rule;

	for (size_t i = 0; (rule = pm_rule_entry(i)); i++)
		if (pm_slice_is(waiver->rule.text, rule->info.id))
			return (check->base || !rule->change) &&
			       pm_rule_level(check, rule) != PM_LEVEL_OFF;
	return false;
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	for (size_t i = 0; i < doc->nwaivers; i++) {
		const struct pm_waiver *waiver = &doc->waivers[i];

		if (pm_waiver_state(check, waiver) != PM_WAIVER_HOLDS ||
			check->used[i] || !could_find(check, waiver))
			continue;
		pm_finding_add(check, pm_check_waiver_place(check, waiver),
			waiver->in_body ? "delete it, or move it to the line "
					  "above the place it is for"
					: "delete it",
			"nothing here is a finding of '%s', which is waived",
			pm_check_word(check, waiver->rule.text));
	}
}

PM_RULE_DEFINE(waiver_unused) = {
	.info =
		{
			.id = "waiver-unused",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(NOTE, WARNING, WARNING),
			.summary = "a waiver holds for no finding",
			.why = "A waiver that is left behind hides the next "
			       "finding of its rule, which nobody has looked "
			       "at. Once what it was about is mended it has "
			       "done its work. One above a block holds for "
			       "that block alone: after the text moved it may "
			       "stand above another.",
			.bad = "allow:\n"
			       "  - {rule: link-broken, reason: the graph "
			       "follows}\n",
			.good = "owner: \"@zoe\"\n"
				"allow:\n"
				"  - {rule: person-unknown, reason: Zoe has "
				"left the company}\n",
		},
	.after = true,
	.run = run,
};
