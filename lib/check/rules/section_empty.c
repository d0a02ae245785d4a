/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A heading with nothing of the writer's own under it. What says nothing
 * (comments, TODO, bare bullets, the template's text) was sorted out when the
 * document was read; here it is weighed against the template: required from
 * which status, optional, how many words.
 */
#include "check/check.h"

#include "check/sections.h"

struct state {
	unsigned filled;   /* bit set: roles that some section fills */
	unsigned reported; /* roles that were reported already */
};

static bool is_empty(const struct pm_doc *doc, const struct pm_section *section)
{
	/* Actions may stand in the front matter alone. */
	if (section->role == PM_SECTION_ACTIONS && doc->nactions)
		return false;
	return section->empty;
}

/* Required and empty: a finding of the rule's own level. */
static void report_required(struct pm_check *check,
	const struct pm_section *section,
	const struct pm_template_section *want)
{
	const char *heading = pm_check_word(check, section->heading);

	if (!want->optional)
		pm_finding_add_line(check, section->line,
			"write what the template asks for here",
			"section '%s' is empty", heading);
	else if (check->doc->state != PM_STATUS_DRAFT)
		pm_finding_add_level(check, PM_LEVEL_WARNING,
			pm_check_first_line(check, section->span),
			"write it, or delete the heading: it is optional",
			"section '%s' is empty", heading);
}

static void check_empty(struct pm_check *check, struct state *state,
	const struct pm_section *section,
	const struct pm_template_section *want)
{
	unsigned role = 1u << section->role;
	bool other = section->role == PM_SECTION_OTHER;

	if (want && (other || !((state->filled | state->reported) & role))) {
		state->reported |= role;
		if (check->doc->state >= want->from)
			report_required(check, section, want);
		return;
	}
	if (check->doc->state != PM_STATUS_DRAFT)
		pm_finding_add_level(check, PM_LEVEL_WARNING,
			pm_check_first_line(check, section->span),
			"write it, or delete the heading",
			"section '%s' is empty",
			pm_check_word(check, section->heading));
}

static void check_words(struct pm_check *check,
	const struct pm_section *section,
	const struct pm_template_section *want)
{
	unsigned words;

	if (!want || !want->min_words || check->doc->state < want->from)
		return;
	words = pm_doc_words(check->doc, section);
	if (words >= want->min_words)
		return;
	pm_finding_add_line(check, section->line,
		"write more of what the template asks for here",
		"section '%s' has %u word%s, the template asks for %u",
		pm_check_word(check, section->heading), words, pm_plural(words),
		want->min_words);
}

/* True when the template asks for words anywhere. */
static bool asks_words(const struct pm_template *tmpl)
{
	for (size_t i = 0; i < tmpl->nsections; i++)
		if (tmpl->sections[i].min_words)
			return true;
	return false;
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	struct state state = {0, 0};
	bool words = asks_words(check->tmpl);

	for (size_t i = 0; i < doc->nsections; i++)
		if (!is_empty(doc, &doc->sections[i]))
			state.filled |= doc->sections[i].roles |
					1u << doc->sections[i].role;
	for (size_t i = 0; i < doc->nsections; i++) {
		const struct pm_section *section = &doc->sections[i];
		const struct pm_template_section *want;
		bool empty = is_empty(doc, section);

		/* The heading above says it for those below. */
		if (section->parent != SIZE_MAX &&
			is_empty(doc, &doc->sections[section->parent]))
			continue;
		if (!empty && (section->empty || !words))
			continue;
		want = pm_template_section_of(check, section);
		pm_finding_step(check, pm_section_step(section->role));
		if (empty)
			check_empty(check, &state, section, want);
		else
			check_words(check, section, want);
	}
}

PM_RULE_DEFINE(section_empty) = {
	.info =
		{
			.id = "section-empty",
			.step = PM_STEP_LEARN,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "a section holds nothing of its own",
			.why = "A template that is half filled in looks "
			       "finished from afar. The heading nobody wrote "
			       "under is often the one that hurts: what the "
			       "customers saw, or why nobody noticed. "
			       "Comments, TODO, bare bullets and the "
			       "template's own words do not count; \"none\" "
			       "is an answer if it is one. A template can ask "
			       "for a section later, or make it optional.",
			.bad = "## Impact\n\n"
			       "<!-- Who noticed what, for how long, how "
			       "many? -->\n\n"
			       "- TODO\n",
			.good = "## Impact\n\n"
				"12,000 users saw an error page; 48,210 "
				"requests failed.\n",
		},
	.run = run,
};
