/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words that put it on a person, in the title and in the writer's own prose.
 * What others said, code and comments are spared; causes have cause-person.
 */
#include "check/blame.h"
#include "check/prose.h"

static bool within(const struct pm_field *field, size_t off)
{
	return off >= field->span.off &&
	       off < field->span.off + field->span.len;
}

/* The writer says it: in the body, or in a sentence of the front matter. */
static bool is_said(const struct pm_check *check, struct pm_span span)
{
	size_t off = span.off;
	const struct pm_doc *doc = check->doc;

	if (off >= doc->body_off)
		return pm_check_is_prose(check, span) &&
		       !pm_check_is_cited(check, off);
	if (within(&doc->title, off))
		return true;
	for (size_t i = 0; i < doc->nimpact; i++)
		if (within(&doc->impact[i], off))
			return true;
	return false;
}

static void run(struct pm_check *check)
{
	struct pm_slice src = check->doc->src;
	struct pm_blame blame;
	size_t off = 0;

	while (pm_blame_next(check, src, &off, &blame)) {
		if (!pm_findings_wanted(check))
			break;
		if (!is_said(check, blame.span))
			continue;
		pm_finding_add(check, pm_check_first_line(check, blame.span),
			blame.instead, "'%s' %s", blame.words, blame.does);
	}
}

PM_RULE_DEFINE(blame_wording) = {
	.info =
		{
			.id = "blame-wording",
			.step = PM_STEP_ANALYSE,
			.level = PM_LEVELS(WARNING, WARNING, WARNING),
			.summary = "the text puts it on a person",
			.why = "Who is blamed tells less next time, and so "
			       "does everybody who watched. A person at the "
			       "end of the chain also ends the questions: "
			       "people slip every day, and the interesting "
			       "part is why this slip reached the customers. "
			       "\"Should have\" and \"obviously\" judge by "
			       "what is known today. Machines may fail, and "
			       "what somebody said is quoted as he said it; "
			       "\"we\" is spared. The policy can add words "
			       "and languages under wording:.",
			.bad = "## Trigger and causes\n\n"
			       "The push of configuration 8841 set it off: "
			       "the engineer on duty failed to run\n"
			       "the canary, and should have known that it "
			       "does not cover the EU shard.\n",
			.good = "## Trigger and causes\n\n"
				"The push of configuration 8841 set it off: "
				"nothing asked for a canary run, and\n"
				"nothing showed that it does not cover the EU "
				"shard. The retry failed to help.\n",
		},
	.run = run,
};
