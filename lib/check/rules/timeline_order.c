/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Steps back in time. Each entry is compared with the last one that has a
 * time; entries of the same minute, and those with a zone next to those
 * without, are not compared. A second timeline ("Key events", then "Context")
 * tells the same hours again and begins anew.
 */
#include "check/check.h"

/* The outermost timeline section around a line, SIZE_MAX where there is none.
   Lines come in order: section is the last one that began before. */
static size_t timeline_around(
	const struct pm_doc *doc, unsigned line, size_t *section)
{
	size_t found = SIZE_MAX, at;

	while (*section < doc->nsections &&
		doc->sections[*section].line <= line)
		++*section;
	for (at = *section - 1; at < doc->nsections;
		at = doc->sections[at].parent)
		if (doc->sections[at].roles & 1u << PM_SECTION_TIMELINE)
			found = at;
	return found;
}

static void run(struct pm_check *check)
{
	const struct pm_timeline *timeline = &check->doc->timeline;
	const struct pm_entry *last = NULL;
	size_t section = 0, told = SIZE_MAX;

	for (size_t i = 0; i < timeline->nentries; i++) {
		const struct pm_entry *entry = &timeline->entries[i];
		size_t around =
			timeline_around(check->doc, entry->line, &section);

		if (around != told)
			last = NULL;
		told = around;

		if (entry->time.precision == PM_PRECISION_NONE ||
			entry->problem)
			continue;
		if (last && last->has_zone == entry->has_zone &&
			pm_time_before(&entry->time, &last->time))
			pm_finding_add_line(check, entry->line,
				"move it up, or mend the date or the clock",
				"this entry is earlier than the one in line "
				"%u",
				last->line);
		last = entry;
	}
}

PM_RULE_DEFINE(timeline_order) = {
	.info =
		{
			.id = "timeline-order",
			.step = PM_STEP_ANALYSE,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "the timeline steps back in time",
			.why = "What came first is half of why. An entry out "
			       "of order is either in the wrong place or has "
			       "the wrong time: a tenth of the timelines that "
			       "were read for this rule hold a mistyped day, "
			       "month or year, and every duration taken from "
			       "them is wrong.",
			.bad = "## Timeline\n\n"
			       "- 2026-11-22 10:02Z the push reaches "
			       "production\n"
			       "- 2026-10-22 10:09Z the alert fires\n"
			       "- 2026-11-22 10:31Z the push is rolled back\n",
			.good = "## Timeline\n\n"
				"- 2026-11-22 10:02Z the push reaches "
				"production\n"
				"- 2026-11-22 10:09Z the alert fires\n"
				"- 2026-11-22 10:31Z the push is rolled back\n",
		},
	.run = run,
};
