/* SPDX-License-Identifier: Apache-2.0 */
/* YAML that says something else than its writer meant, or nothing. */
#include "check/check.h"

static void run(struct pm_check *check)
{
	pm_finding_add_problems(check, PM_PROBLEM_FRONT_SYNTAX);
}

PM_RULE_DEFINE(front_matter_syntax) = {
	.info =
		{
			.id = "front-matter-syntax",
			.step = PM_STEP_GATHER,
			.level = PM_LEVELS(ERROR, ERROR, ERROR),
			.summary = "the front matter is not YAML that pm can "
				   "read",
			.why = "YAML has corners that cut values off or take "
			       "them for something else: '@' and '`' must be "
			       "in quotes, ': ' inside a value too, ' #' "
			       "begins a comment, tabs do not indent, and a "
			       "key that stands twice counts once. pm reads a "
			       "plain part of it, without anchors, aliases "
			       "and tags, so that what you see is what is "
			       "meant.",
			.bad = "owner: @ana\n",
			.good = "owner: \"@ana\"\n",
		},
	.strict = true,
	.run = run,
};
