/* SPDX-License-Identifier: Apache-2.0 */
/*
 * More than the limits allow. Most such documents never reach this rule: they
 * break their worker, or are too large to be read, and the engine reports
 * them under this name.
 */
#include "check/check.h"

static void run(struct pm_check *check)
{
	pm_finding_add_problems(check, PM_PROBLEM_TOO_COMPLEX);
}

PM_RULE_DEFINE(document_too_complex) = {
	.info =
		{
			.id = "document-too-complex",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(ERROR, ERROR, ERROR),
			.summary = "the document takes too much time or memory",
			.why = "A few kilobytes of table or brackets can keep "
			       "a Markdown parser busy for minutes: the "
			       "build, the forge and everybody's preview. pm "
			       "stops after a second and goes on with the "
			       "others. Move long logs and wide tables into a "
			       "file beside the document.",
			.bad = "related: "
			       "[[[[[[[[[[[[[[[[[[[[[[[[INC-1102]]]]]]]]]]]]]]]"
			       "]]]]]]]]]\n",
			.good = "related: [INC-1102]\n",
		},
	.always = true,
	.strict = true,
	.told = true,
	.blinds = true,
	.run = run,
};
