/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A waiver whose last day is over. The finding it held back is back as well:
 * what was accepted for a while is a decision to make again.
 */
#include "check/check.h"

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	for (size_t i = 0; i < doc->nwaivers; i++) {
		const struct pm_waiver *waiver = &doc->waivers[i];

		/* A date that cannot be read is told with the field. */
		if (pm_waiver_state(check, waiver) != PM_WAIVER_EXPIRED ||
			!waiver->until_date.year)
			continue;
		pm_finding_add(check, pm_check_place(check, &waiver->until),
			"mend what it is about, or agree on a later day",
			"the waiver of '%s' ended on %04d-%02u-%02u",
			pm_check_word(check, waiver->rule.text),
			waiver->until_date.year, waiver->until_date.month,
			waiver->until_date.day);
	}
}

PM_RULE_DEFINE(waiver_expired) = {
	.info =
		{
			.id = "waiver-expired",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(WARNING, WARNING, WARNING),
			.summary = "a waiver has expired",
			.why = "A waiver with a last day is a promise to look "
			       "again. When the day is over the finding counts "
			       "as before; this one says that it was accepted "
			       "once, by whom and why, so that the next "
			       "decision starts from the last.",
			.bad = "allow:\n"
			       "  - {rule: link-broken, reason: the graph "
			       "follows,\n"
			       "     until: 2020-01-31}\n",
			.good = "owner: \"@zoe\"\n"
				"allow:\n"
				"  - {rule: person-unknown, reason: Zoe has "
				"left the company,\n"
				"     until: 2099-12-31}\n",
		},
	.after = true,
	.run = run,
};
