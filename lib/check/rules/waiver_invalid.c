/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A waiver that nobody can act on: it cannot be read, or names a rule that is
 * none or that takes no waiver, or not the place of a secret. Its writer
 * believes that it holds.
 */
#include "check/check.h"

/* The rule's own place, else the waiver's. */
static struct pm_span place_of(
	const struct pm_check *check, const struct pm_waiver *waiver)
{
	if (waiver->rule.span.len)
		return pm_check_first_line(check, waiver->rule.span);
	return pm_check_waiver_place(check, waiver);
}

static void tell_rule(struct pm_check *check, const struct pm_waiver *waiver)
{
	struct pm_slice name = waiver->rule.text;
	const char *word = pm_check_word(check, name), *near;

	if (!name.len) {
		pm_finding_add(check, place_of(check, waiver),
			"write: rule: its-name", "a waiver names no rule");
	} else if (pm_rule_find(name)) {
		pm_finding_add(check, place_of(check, waiver),
			"mend what it says, or set its level in the policy",
			"no waiver holds for '%s'", word);
	} else {
		near = pm_rule_nearest(name);
		pm_finding_add(check, place_of(check, waiver),
			near ? pm_arena_printf(check->arena, "write: %s", near)
			     : "'pm explain' lists the rules",
			"a waiver names '%s', which is no rule", word);
	}
}

static void tell(struct pm_check *check, const struct pm_waiver *waiver)
{
	if (waiver->problem)
		pm_finding_add(check, pm_check_waiver_place(check, waiver),
			"write, on a line above the place: <!-- pm: allow "
			"RULE: why it is accepted -->",
			"this waiver does not hold: %s", waiver->problem);
	else
		tell_rule(check, waiver);
}

static void tell_place(struct pm_check *check, const struct pm_waiver *waiver)
{
	const char *name = pm_check_word(check, waiver->rule.text);

	if (waiver->where.text.len)
		pm_finding_add(check,
			pm_check_first_line(check, waiver->where.span),
			"write: where: some words of the line",
			"the waiver of '%s' does not hold: 'where' is too "
			"short to name a place",
			name);
	else
		pm_finding_add(check, place_of(check, waiver),
			"add: where: some words of the line; or write a "
			"comment above the place",
			"no waiver of '%s' holds for a whole document: it "
			"would let the next one through",
			name);
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	for (size_t i = 0; i < doc->nwaivers; i++) {
		const struct pm_waiver *waiver = &doc->waivers[i];
		enum pm_waiver_state state = pm_waiver_state(check, waiver);

		if (state == PM_WAIVER_INVALID)
			tell(check, waiver);
		else if (state == PM_WAIVER_NO_PLACE)
			tell_place(check, waiver);
	}
}

PM_RULE_DEFINE(waiver_invalid) = {
	.info =
		{
			.id = "waiver-invalid",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "a waiver cannot be read, or names no rule "
				   "that takes one",
			.why = "Who writes a waiver believes that the finding "
			       "is dealt with. One that names a rule with a "
			       "typing error, or stands where it cannot hold, "
			       "leaves the finding where it was, and nobody "
			       "looks for the reason in the comment. What says "
			       "that a document cannot be read, and what "
			       "guards approvals, takes no waiver at all.",
			.bad = "allow:\n"
			       "  - {rule: link-borken, reason: the graph "
			       "follows}\n",
			.good = "owner: \"@zoe\"\n"
				"allow:\n"
				"  - {rule: person-unknown, reason: Zoe has "
				"left the company}\n",
		},
	.after = true,
	.run = run,
};
