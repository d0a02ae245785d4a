/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes that are no text. The engine also uses this name for a document that
 * cannot be read at all.
 */
#include "check/check.h"

static void run(struct pm_check *check)
{
	pm_finding_add_problems(check, PM_PROBLEM_ENCODING);
}

PM_RULE_DEFINE(document_encoding) = {
	.info =
		{
			.id = "document-encoding",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(ERROR, ERROR, ERROR),
			.summary = "the document cannot be read, or is not "
				   "UTF-8",
			.why = "Text saved in another encoding looks right on "
			       "the machine that wrote it and is garbage on "
			       "every other, in search results and in the "
			       "published page. Save the file as UTF-8; a "
			       "file that cannot be read at all, or is a "
			       "symbolic link out of the repository, is "
			       "reported here as well.",
			.bad = "## Detection\n\n"
			       "The alert of the caf\xe9 terminal fired "
			       "first.\n",
			.good = "## Detection\n\n"
				"The alert of the caf\xc3\xa9 terminal fired "
				"first.\n",
		},
	.always = true,
	.strict = true,
	.blinds = true,
	.run = run,
};
