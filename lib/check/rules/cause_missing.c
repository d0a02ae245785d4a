/* SPDX-License-Identifier: Apache-2.0 */
/* What made it possible, in a form that actions can answer. */
#include "check/check.h"

static void check_cause(struct pm_check *check, const struct pm_cause *cause)
{
	struct pm_span place = pm_check_first_line(check, cause->span);

	if (!cause->id.text.len)
		pm_finding_add(check, place, "write: id: C1",
			"a cause has no id for actions to address");
	if (!cause->text.text.len)
		pm_finding_add(check, place,
			"write: text: what made it "
			"possible",
			"cause %s says nothing",
			cause->id.text.len
				? pm_check_word(check, cause->id.text)
				: "without id");
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	for (size_t i = 0; i < doc->ncauses; i++)
		check_cause(check, &doc->causes[i]);
	if (check->fields && doc->ncauses == 0)
		pm_finding_add(check,
			doc->causes_key.len ? doc->causes_key
					    : pm_check_front_place(check),
			"write under causes: - {id: C1, kind: ..., text: ...}",
			"no cause is named");
}

PM_RULE_DEFINE(cause_missing) = {
	.info =
		{
			.id = "cause-missing",
			.step = PM_STEP_ANALYSE,
			.level = PM_LEVELS(NOTE, ERROR, ERROR),
			.summary = "no contributing factor is named",
			.why = "The trigger says what set the incident off; a "
			       "cause says why that was enough. Without "
			       "causes a review can only promise that the "
			       "same trigger will not happen again, and the "
			       "next one is another. There is rarely just "
			       "one: ask what had to be true for this to hurt.",
			.bad = "causes: []\n",
			.good = "causes:\n"
				"  - id: C1\n"
				"    kind: test-gap\n"
				"    text: The canary did not cover the EU "
				"shard\n",
		},
	.run = run,
};
