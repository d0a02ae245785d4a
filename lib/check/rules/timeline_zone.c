/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A timeline whose clocks have no zone: neither entry nor heading, column or
 * intro names one. One finding for all of it, because one line mends it.
 */
#include "check/check.h"

static void run(struct pm_check *check)
{
	const struct pm_timeline *timeline = &check->doc->timeline;
	const struct pm_entry *first = NULL;
	size_t clocks = 0;

	if (timeline->zone.len)
		return;
	for (size_t i = 0; i < timeline->nentries; i++) {
		const struct pm_entry *entry = &timeline->entries[i];

		if (entry->has_zone)
			return;
		if (entry->problem || entry->time.precision < PM_PRECISION_HOUR)
			continue;
		if (!first)
			first = entry;
		clocks++;
	}
	if (clocks)
		pm_finding_add_line(check,
			timeline->line ? timeline->line : first->line,
			"write below the heading: All times are UTC.",
			clocks == 1 ? "the timeline names no time zone, and "
				      "%zu entry has a clock"
				    : "the timeline names no time zone, and "
				      "%zu entries have a clock",
			clocks);
}

PM_RULE_DEFINE(timeline_zone) = {
	.info =
		{
			.id = "timeline-zone",
			.step = PM_STEP_COLLECT,
			.level = PM_LEVELS(WARNING, WARNING, ERROR),
			.summary = "the timeline does not say in which time "
				   "zone it is",
			.why = "The logs are in UTC, the chat in the zone of "
			       "whoever exported it, and the reader sits in a "
			       "third. A clock without a zone can be put "
			       "beside neither the graphs nor the next "
			       "incident. One sentence above the entries is "
			       "enough, or an offset on each.",
			.bad = "## Timeline\n\n"
			       "- 2026-11-22 10:02 the push reaches "
			       "production\n"
			       "- 2026-11-22 10:09 the alert fires\n"
			       "- 2026-11-22 10:31 the push is rolled back\n",
			.good = "## Timeline\n\n"
				"All times are UTC.\n\n"
				"- 2026-11-22 10:02 the push reaches "
				"production\n"
				"- 2026-11-22 10:09 the alert fires\n"
				"- 2026-11-22 10:31 the push is rolled back\n",
		},
	.run = run,
};
