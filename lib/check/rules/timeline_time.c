/* SPDX-License-Identifier: Apache-2.0 */
/* An entry of the timeline whose time cannot be read. */
#include "check/check.h"

static void run(struct pm_check *check)
{
	const struct pm_timeline *timeline = &check->doc->timeline;

	for (size_t i = 0; i < timeline->nentries; i++) {
		const struct pm_entry *entry = &timeline->entries[i];

		if (entry->problem)
			pm_finding_add_line(check, entry->line,
				"write: - 2026-11-22 10:09Z what happened "
				"(source)",
				"the time of this entry cannot be read: %s",
				entry->problem);
	}
}

PM_RULE_DEFINE(timeline_time) = {
	.info =
		{
			.id = "timeline-time",
			.step = PM_STEP_ANALYSE,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "the time of a timeline entry cannot be "
				   "read",
			.why = "An entry whose time means nothing to a "
			       "program soon means nothing to people: 29 "
			       "February of the wrong year, a clock that "
			       "reads 25:09. If the time is not known, say so "
			       "with a question mark for the part that is "
			       "missing, or write it with ~.",
			.bad = "## Timeline\n\n"
			       "- 2026-11-22 10:02Z the push reaches "
			       "production\n"
			       "- 2026-11-31 10:09Z the alert fires\n",
			.good = "## Timeline\n\n"
				"- 2026-11-22 10:02Z the push reaches "
				"production\n"
				"- 2026-11-22 10:09Z the alert fires\n",
		},
	.run = run,
};
