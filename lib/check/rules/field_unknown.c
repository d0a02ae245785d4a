/* SPDX-License-Identifier: Apache-2.0 */
/* A key that pm does not know; reading found it, with the nearest one. */
#include "check/check.h"

static void run(struct pm_check *check)
{
	pm_finding_add_problems(check, PM_PROBLEM_FIELD_UNKNOWN);
}

PM_RULE_DEFINE(field_unknown) = {
	.info =
		{
			.id = "field-unknown",
			.step = PM_STEP_GATHER,
			.level = PM_LEVELS(WARNING, WARNING, WARNING),
			.summary = "the front matter has a key that pm does "
				   "not know",
			.why = "A mistyped key is read by nobody: the "
			       "severity is in the file, and yet the document "
			       "has none. Keys of other tools are kept as "
			       "they are; if your site generator needs some, "
			       "switch this rule off in the policy.",
			.bad = "severty: SEV2\n",
			.good = "severity: SEV2\n",
		},
	.run = run,
};
