/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nothing was learned, as far as the document says: no section for it, or
 * "None." in all of them. An empty section, and one that the template asks
 * for, have rules of their own.
 */
#include "check/check.h"

#define LESSONS                                                                \
	(1u << PM_SECTION_LESSONS | 1u << PM_SECTION_WENT_WELL |               \
		1u << PM_SECTION_WENT_WRONG | 1u << PM_SECTION_LUCKY)

/* "Nothing we know of." A longer section is not read: it says something. */
#define WORDS_MOST 4
#define BYTES_MOST 80

/* True when section-missing says it already. */
static bool is_asked_for(const struct pm_check *check)
{
	if (!check->doc->has_front)
		return false;
	for (size_t i = 0; i < check->tmpl->nsections; i++) {
		const struct pm_template_section *want =
			&check->tmpl->sections[i];

		if (!want->optional && check->doc->state >= want->from &&
			(1u << want->role & LESSONS))
			return true;
	}
	return false;
}

/* The first section for lessons when none of them says anything. */
static const struct pm_section *first_silent(const struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_section *first = NULL;

	for (size_t i = 0; i < doc->nsections; i++) {
		const struct pm_section *section = &doc->sections[i];

		if (!((section->roles | 1u << section->role) & LESSONS))
			continue;
		/* section-empty speaks of the one that is empty. */
		if (section->empty || section->span.len > BYTES_MOST ||
			pm_doc_words(doc, section) > WORDS_MOST)
			return NULL;
		if (!first)
			first = section;
	}
	return first;
}

static void run(struct pm_check *check)
{
	const struct pm_section *silent;

	if (check->roles & LESSONS) {
		silent = first_silent(check);
		if (silent)
			pm_finding_add_line(check, silent->line,
				"write one thing that was not known before",
				"nothing was learned: no lesson, nothing that "
				"went well or wrong, no luck");
	} else if (!is_asked_for(check)) {
		pm_finding_add_line(check,
			check->doc->heading_line ? check->doc->heading_line : 1,
			"write: ## Lessons learned",
			"nothing says what was learned, what went well or "
			"wrong, or where luck helped");
	}
}

PM_RULE_DEFINE(lesson_missing) = {
	.info =
		{
			.id = "lesson-missing",
			.step = PM_STEP_LEARN,
			.level = PM_LEVELS(OFF, WARNING, WARNING),
			.summary = "no section says what was learned",
			.why = "The next incident is another one. What helps "
			       "with it is not the story of this one, but what "
			       "it showed: which guess was wrong, what worked "
			       "better than expected, and where luck did what "
			       "a safeguard was for. One honest line is "
			       "enough; \"None\" in every section means that "
			       "nobody asked. A section that is missing or "
			       "empty has a rule of its own.",
			.bad = "## What went well\n\nNothing.\n\n"
			       "## What went wrong\n\nNone.\n\n"
			       "## Where we got lucky\n\n- n/a\n\n"
			       "## Lessons learned\n\nNone known.\n",
			.good = "## What went well\n\nNothing.\n\n"
				"## What went wrong\n\nNone.\n\n"
				"## Where we got lucky\n\nNone.\n\n"
				"## Lessons learned\n\nA canary that leaves "
				"out a shard tells nothing about it.\n",
		},
	.run = run,
};
