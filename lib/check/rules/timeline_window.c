/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries more than a day outside the incident: usually a mistyped day, month
 * or year. What is done afterwards (the follow-up, the review) is told in many
 * timelines and is left alone where it says so. One finding for each side.
 */
#include "check/check.h"

#include "base/ascii.h"

#define DAY 86400

/* Clocks without a zone may be off by so much. */
#define ZONE_MOST ((int64_t)14 * 3600)

/* One side of the incident. */
struct side {
	const struct pm_entry *first;
	size_t n;
	int64_t farthest;
};

/* Words of what is done later and belongs to the story; to report something is
   what customers do during it. */
static bool is_afterwards(struct pm_slice text)
{
	static const char *const words[] = {"follow-up", "follow up",
		"followup", "post-mortem", "postmortem", "post mortem",
		"retrospective", " review", "a report", "the report",
		"final report", "incident report", "public report", "report is",
		"report was", "meeting", NULL};
	/* With a blank before the first word. */
	char low[160] = " ";
	size_t len = text.len < sizeof low - 1 ? text.len : sizeof low - 1;

	for (size_t i = 0; i < len; i++)
		low[i + 1] = pm_lower(text.ptr[i]);
	len++;
	for (size_t i = 0; words[i]; i++)
		if (memmem(low, len, words[i], strlen(words[i])))
			return true;
	return false;
}

/* How far outside a moment an entry may stand and still be meant. */
static int64_t room(const struct pm_entry *entry, const struct pm_time *edge)
{
	int64_t out = DAY;

	if (!entry->has_zone)
		out += ZONE_MOST;
	if (entry->time.precision == PM_PRECISION_DAY ||
		edge->precision == PM_PRECISION_DAY)
		out += DAY;
	return out;
}

static void count(
	struct side *side, const struct pm_entry *entry, int64_t outside)
{
	if (!side->first)
		side->first = entry;
	side->n++;
	if (outside > side->farthest)
		side->farthest = outside;
}

static void report(struct pm_check *check, const struct side *side,
	enum pm_moment edge, const char *where)
{
	struct pm_buf far = PM_BUF_INIT;

	if (!side->n)
		return;
	pm_duration_print(&far, side->farthest);
	if (side->n == 1)
		pm_finding_add_line(check, side->first->line,
			"mend its date, or the moment",
			"this entry is %s %s %s", far.ptr, where,
			pm_moment_names[edge]);
	else
		pm_finding_add_line(check, side->first->line,
			"mend their dates, or the moment",
			"this entry and %zu more are up to %s %s %s",
			side->n - 1, far.ptr, where, pm_moment_names[edge]);
	pm_buf_release(&far);
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_moment_value *started = &doc->times[PM_MOMENT_STARTED];
	const struct pm_moment_value *resolved =
		&doc->times[PM_MOMENT_RESOLVED];
	bool has_start = started->valid && started->time.precision;
	bool has_end = resolved->valid && resolved->time.precision;
	const struct pm_entry *last = NULL;
	struct side before = {NULL, 0, 0}, after = {NULL, 0, 0};

	for (size_t i = 0; i < doc->timeline.nentries; i++) {
		const struct pm_entry *entry = &doc->timeline.entries[i];
		int64_t early = started->time.sec - entry->time.sec;
		int64_t late = entry->time.sec - resolved->time.sec;
		bool steps_back;

		if (entry->problem || !entry->time.precision)
			continue;
		steps_back = last && last->has_zone == entry->has_zone &&
			     pm_time_before(&entry->time, &last->time);
		last = entry;
		/* That is what timeline-order says of it. */
		if (steps_back)
			continue;
		if (has_start && early > room(entry, &started->time))
			count(&before, entry, early);
		else if (has_end && late > room(entry, &resolved->time) &&
			 !is_afterwards(entry->text))
			count(&after, entry, late);
	}
	report(check, &before, PM_MOMENT_STARTED, "before");
	report(check, &after, PM_MOMENT_RESOLVED, "after");
}

PM_RULE_DEFINE(timeline_window) = {
	.info =
		{
			.id = "timeline-window",
			.step = PM_STEP_ANALYSE,
			.level = PM_LEVELS(WARNING, WARNING, WARNING),
			.summary = "an entry is more than a day outside the "
				   "incident",
			.why = "An entry of last month is a mistyped date, or "
			       "the incident began earlier than its front "
			       "matter says: a change that slept for a week "
			       "before it broke something is worth a "
			       "sentence under the causes, not an entry "
			       "among the minutes. Entries about the review "
			       "and the follow-up are not meant.",
			.bad = "## Timeline\n\n"
			       "- 2025-11-22 10:02Z the push reaches "
			       "production\n"
			       "- 2026-11-22 10:09Z the alert fires\n"
			       "- 2026-11-22 10:31Z the push is rolled back\n",
			.good = "## Timeline\n\n"
				"- 2026-11-22 10:02Z the push reaches "
				"production\n"
				"- 2026-11-22 10:09Z the alert fires\n"
				"- 2026-11-22 10:31Z the push is rolled back\n",
		},
	.run = run,
};
