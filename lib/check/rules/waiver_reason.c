/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A waiver without a reason. It does not count, so the finding that it was to
 * hold back stands beside this one.
 */
#include "check/check.h"

static const char *hint(
	const struct pm_check *check, const struct pm_waiver *waiver)
{
	if (!waiver->in_body)
		return "write: reason: why it is accepted";
	return pm_arena_printf(check->arena,
		"write: <!-- pm: allow %s: why it is accepted -->",
		pm_check_word(check, waiver->rule.text));
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	for (size_t i = 0; i < doc->nwaivers; i++) {
		const struct pm_waiver *waiver = &doc->waivers[i];

		if (pm_waiver_state(check, waiver) != PM_WAIVER_NO_REASON)
			continue;
		pm_finding_add(check, pm_check_waiver_place(check, waiver),
			hint(check, waiver),
			"the waiver of '%s' gives no reason and does not hold",
			pm_check_word(check, waiver->rule.text));
	}
}

PM_RULE_DEFINE(waiver_reason) = {
	.info =
		{
			.id = "waiver-reason",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "a waiver gives no reason",
			.why = "A rule that is set aside without a word is a "
			       "rule that is gone. The reason is what the "
			       "reviewer judges, and what somebody reads a "
			       "year later who wonders whether it still holds. "
			       "One sentence is enough.",
			.bad = "allow:\n"
			       "  - {rule: link-broken}\n",
			.good = "owner: \"@zoe\"\n"
				"allow:\n"
				"  - {rule: person-unknown, reason: Zoe has "
				"left the company}\n",
		},
	.after = true,
	.run = run,
};
