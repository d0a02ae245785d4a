/* SPDX-License-Identifier: Apache-2.0 */
/* Who or what noticed. The time of it is times-missing's. */
#include "check/check.h"

static void run(struct pm_check *check)
{
	const struct pm_field *field = &check->doc->detected_by;

	if (!check->fields || field->text.len)
		return;
	pm_finding_add(check, pm_check_place(check, field),
		pm_check_suggest(check, "detected_by", field->text,
			check->policy->detected_by.items),
		"nothing says who or what noticed the incident");
}

PM_RULE_DEFINE(detection_missing) = {
	.info =
		{
			.id = "detection-missing",
			.step = PM_STEP_ANALYSE,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "nothing says who noticed",
			.why = "An incident that customers report has two "
			       "faults: the one that broke the service, and "
			       "the one that kept it hidden. How it was "
			       "noticed decides whether a better alert is "
			       "among the actions, and across many incidents "
			       "it tells how much of what breaks the team "
			       "sees first.",
			.bad = "detected_by:\n",
			.good = "detected_by: customer\n",
		},
	.run = run,
};
