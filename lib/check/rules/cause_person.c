/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A person as a cause: by its kind, or by what its text says. The kind is
 * known whether the policy lists it or not.
 */
#include "check/person_kind.h"

#include "check/blame.h"

static void check_text(struct pm_check *check, const struct pm_cause *cause)
{
	struct pm_blame blame;
	struct pm_slice text = cause->text.text;
	size_t off = 0;

	if (!pm_blame_next(check, text, &off, &blame))
		return;
	pm_finding_add(check, pm_check_place(check, &cause->text),
		blame.instead, "the cause is a person: '%s' %s", blame.words,
		blame.does);
}

static void run(struct pm_check *check)
{
	for (size_t i = 0; i < check->doc->ncauses; i++) {
		const struct pm_cause *cause = &check->doc->causes[i];

		if (pm_kind_is_person(cause->kind.text))
			pm_finding_add(check,
				pm_check_place(check, &cause->kind),
				"write what made the slip possible, as a "
				"process-gap, test-gap, design ...",
				"the cause is a person: kind '%s'",
				pm_check_word(check, cause->kind.text));
		else
			check_text(check, cause);
	}
}

PM_RULE_DEFINE(cause_person) = {
	.info =
		{
			.id = "cause-person",
			.step = PM_STEP_ANALYSE,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "a cause is a person",
			.why = "A cause is something that can be changed, and "
			       "an action answers it. Nobody can be changed "
			       "into one who never slips, so a cause of kind "
			       "human-error has no action but \"be more "
			       "careful\", and the next person slips at the "
			       "same place. Ask what let the slip through: a "
			       "missing check, two buttons side by side, a "
			       "runbook that was out of date.",
			.bad = "causes:\n"
			       "  - {id: C1, kind: human-error, text: The "
			       "canary was not run}\n",
			.good = "causes:\n"
				"  - {id: C1, kind: process-gap, text: A push "
				"does not wait for the canary}\n",
		},
	.run = run,
};
