/* SPDX-License-Identifier: Apache-2.0 */
/* YAML that says something else than its writer meant, or nothing. */
#include "check/check.h"

#include "base/escape.h"

static void run(struct pm_check *check)
{
	pm_finding_add_problems(check, PM_PROBLEM_FRONT_SYNTAX);
}

/*
 * "owner: @ana" and "title: a: b" want quotes and nothing else. The reader's
 * hint ends in the value as it is to be written; one that was cut, or that
 * leaves a choice, does not.
 */
static void fix(struct pm_check *check, struct pm_fixes *fixes)
{
	const struct pm_doc *doc = check->doc;

	for (size_t i = 0; i < doc->nproblems; i++) {
		const struct pm_problem *problem = &doc->problems[i];
		struct pm_slice text = pm_slice_sub(
			doc->src, problem->span.off, problem->span.len);
		struct pm_slice hint = pm_slice_str(problem->hint);
		struct pm_buf value = PM_BUF_INIT;

		pm_yaml_scalar(&value, text);
		if (problem->kind == PM_PROBLEM_FRONT_SYNTAX && text.len &&
			value.ptr[0] == '"' && !strchr("\"'[{", text.ptr[0]) &&
			pm_slice_starts(hint, "write: ") &&
			pm_slice_ends(hint, value.ptr))
			pm_edits_replace(pm_fix_add(check, fixes, problem->span,
						 "the value is in quotes"),
				problem->span, pm_buf_slice(&value));
		pm_buf_release(&value);
	}
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
	.blinds = true,
	.run = run,
	.fix = fix,
};
