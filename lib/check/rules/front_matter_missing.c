/* SPDX-License-Identifier: Apache-2.0 */
/* No front matter at all: nothing typed can be said about the document. */
#include "check/check.h"

static void run(struct pm_check *check)
{
	pm_finding_add_problems(check, PM_PROBLEM_FRONT_MISSING);
}

PM_RULE_DEFINE(front_matter_missing) = {
	.info =
		{
			.id = "front-matter-missing",
			.step = PM_STEP_GATHER,
			.level = PM_LEVELS(ERROR, ERROR, ERROR),
			.summary = "the document has no front matter",
			.why = "Owner, severity, moments and actions stand in "
			       "the front matter, between two lines of three "
			       "dashes at the very beginning of the file. "
			       "Without it a document can be read and "
			       "searched, but nobody can be reminded of what "
			       "it promised.",
			.bad = "<!-- the file begins here -->\n"
			       "# Checkout answered 500 to EU customers\n\n"
			       "## Summary\n\n"
			       "A push removed the EU shard; for 62 minutes "
			       "customers could not pay.\n\n"
			       "## Impact\n\n"
			       "48,210 requests failed.\n",
			.good = "schema: 1\n"
				"id: 2026-11-22-checkout-500s\n"
				"title: Checkout answered 500 to EU "
				"customers\n"
				"kind: incident\n"
				"status: review\n"
				"severity: SEV2\n"
				"owner: \"@ana\"\n",
		},
	.strict = true,
	.run = run,
};
