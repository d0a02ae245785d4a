/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each H2 of the template is a required section, from a status on. A section
 * is known by its role, so its heading may be in any language; one without a
 * role is known by its heading.
 */
#include "check/check.h"

#include "check/sections.h"

static bool is_there(
	const struct pm_check *check, const struct pm_template_section *want)
{
	if (want->role != PM_SECTION_OTHER)
		return check->roles & 1u << want->role;
	for (size_t i = 0; i < check->doc->nsections; i++)
		if (pm_section_matches(&check->doc->sections[i], want))
			return true;
	return false;
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	/* A document without front matter was not begun from a template. */
	if (!doc->has_front)
		return;
	for (size_t i = 0; i < check->tmpl->nsections; i++) {
		const struct pm_template_section *want =
			&check->tmpl->sections[i];

		if (want->optional || doc->state < want->from ||
			is_there(check, want))
			continue;
		pm_finding_step(check, pm_section_step(want->role));
		pm_finding_add_line(check,
			doc->heading_line ? doc->heading_line : 1,
			pm_arena_printf(
				check->arena, "write: ## %s", want->heading),
			"section '%s' is missing", want->heading);
	}
}

PM_RULE_DEFINE(section_missing) = {
	.info =
		{
			.id = "section-missing",
			.step = PM_STEP_LEARN,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "a section that the template requires is "
				   "missing",
			.why = "A section is a question. Deleting the heading "
			       "deletes the question, and a year later nobody "
			       "can tell whether there was no luck involved "
			       "or nobody asked. The template of the "
			       "document's kind says which sections there "
			       "must be, and from which status on.",
			.bad = "# Checkout answered 500 to EU customers\n\n"
			       "## Summary\n\n"
			       "A push removed the EU shard; customers could "
			       "not pay.\n\n"
			       "## Timeline\n\n"
			       "- 2026-11-22 10:02Z the push reaches "
			       "production\n\n"
			       "## Trigger and causes\n\n"
			       "The canary did not cover the EU shard.\n",
			.good = "## Impact\n\n"
				"12,000 users saw an error page; 48,210 "
				"requests failed.\n",
		},
	.run = run,
};
