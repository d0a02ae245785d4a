/* SPDX-License-Identifier: Apache-2.0 */
/* The marks of a merge that nobody finished. The engine asks no other rule
   about such a document, but for secrets. */
#include "check/check.h"

#include "check/conflict.h"

static void run(struct pm_check *check)
{
	struct pm_conflict conflict;
	size_t off = 0;

	while (pm_conflict_next(check, &off, &conflict)) {
		if (!pm_findings_wanted(check))
			break;
		if (conflict.theirs.len)
			pm_finding_add(check, conflict.span,
				"write what holds of the two, and delete the "
				"lines '<<<<<<<', '=======' and '>>>>>>>'",
				"a merge conflict is not resolved: '%s' or "
				"'%s'",
				pm_check_word(check, conflict.ours),
				pm_check_word(check, conflict.theirs));
		else
			pm_finding_add(check, conflict.span,
				"delete the line, and look for what else is "
				"left of it",
				"a mark of a merge conflict is left here");
	}
}

PM_RULE_DEFINE(merge_conflict) = {
	.info =
		{
			.id = "merge-conflict",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(ERROR, ERROR, ERROR),
			.summary = "a merge conflict is not resolved",
			.why = "Git takes a file with its marks in it as soon "
			       "as somebody stages it. Between them stand two "
			       "versions, and neither a reader nor pm can "
			       "tell which of them the team means: nothing "
			       "else is said about the document until one is "
			       "chosen. Marks in a block of code are an "
			       "example.",
			.bad = "## Detection\n\n"
			       "<<<<<<< HEAD\n"
			       "The alert fired after seven minutes.\n"
			       "=======\n"
			       "The alert fired after nine minutes.\n"
			       ">>>>>>> mend-detection\n",
			.good = "## Detection\n\n"
				"The alert fired after seven minutes.\n",
		},
	.always = true,
	.sole = true,
	.strict = true,
	.told = true,
	.blinds = true,
	.run = run,
};
