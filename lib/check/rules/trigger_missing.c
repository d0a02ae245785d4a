/* SPDX-License-Identifier: Apache-2.0 */
/* The event that set it off, never the same field as the cause. */
#include "check/check.h"

static void run(struct pm_check *check)
{
	const struct pm_field *field = &check->doc->trigger;

	if (!check->fields || field->text.len)
		return;
	pm_finding_add(check, pm_check_place(check, field),
		pm_check_suggest(check, "trigger", field->text,
			check->policy->triggers.items),
		"nothing says what set the incident off");
}

PM_RULE_DEFINE(trigger_missing) = {
	.info =
		{
			.id = "trigger-missing",
			.step = PM_STEP_ANALYSE,
			.level = PM_LEVELS(NOTE, ERROR, ERROR),
			.summary = "nothing says what set the incident off",
			.why = "The trigger is the event without which it "
			       "would have been another day: a push, a peak, "
			       "a certificate's last minute. Kept apart from "
			       "the causes it keeps people from stopping "
			       "there: the push is not why a push could take "
			       "the service down. \"unknown\" is an answer.",
			.bad = "trigger:\n",
			.good = "trigger: unknown\n",
		},
	.run = run,
};
