/* SPDX-License-Identifier: Apache-2.0 */
/* One person answers for the document. */
#include "check/check.h"

static void run(struct pm_check *check)
{
	const struct pm_field *owner = &check->doc->owner;

	if (!check->fields || pm_doc_names_person(owner->text))
		return;
	if (owner->text.len)
		pm_finding_add(check, pm_check_place(check, owner),
			"write: owner: \"@name\"",
			"the document has no owner: '%s' is nobody",
			pm_check_word(check, owner->text));
	else
		pm_finding_add(check, pm_check_place(check, owner),
			"write: owner: \"@name\"", "the document has no owner");
}

PM_RULE_DEFINE(owner_missing) = {
	.info =
		{
			.id = "owner-missing",
			.step = PM_STEP_GATHER,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "nobody owns the document",
			.why = "A post-mortem without an owner stays a draft: "
			       "everybody waits for the facts of somebody "
			       "else. The owner need not write it alone, and "
			       "did not cause the incident; the owner sees to "
			       "it that it gets done.",
			.bad = "owner: tbd\n",
			.good = "owner: \"@ana\"\n",
		},
	.run = run,
};
