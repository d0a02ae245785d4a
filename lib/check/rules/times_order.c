/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Moments in an order that cannot have happened. Only such pairs are errors:
 * what detects, acknowledges, identifies, mitigates or resolves comes after
 * the start. That an incident was over before anybody noticed is possible,
 * and a warning. Equal moments are fine.
 */
#include "check/check.h"

static const struct pair {
	enum pm_moment first, second;
	bool possible; /* the other order is odd, but happens */
} pairs[] = {
	{PM_MOMENT_DETECTED, PM_MOMENT_ACKNOWLEDGED, false},
	{PM_MOMENT_DETECTED, PM_MOMENT_IDENTIFIED, false},
	{PM_MOMENT_DETECTED, PM_MOMENT_MITIGATED, true},
	{PM_MOMENT_MITIGATED, PM_MOMENT_RESOLVED, false},
	{PM_MOMENT_DETECTED, PM_MOMENT_RESOLVED, true},
};

#define NPAIRS (sizeof pairs / sizeof *pairs)

static bool is_before(
	const struct pm_doc *doc, enum pm_moment a, enum pm_moment b)
{
	return doc->times[a].valid && doc->times[b].valid &&
	       pm_time_before(&doc->times[a].time, &doc->times[b].time);
}

static void report(struct pm_check *check, enum pm_moment moment,
	enum pm_moment before, bool possible)
{
	pm_finding_add_level(check,
		possible ? PM_LEVEL_WARNING : PM_LEVEL_DEFAULT,
		pm_check_place(check, &check->doc->times[moment].field),
		"mend the date, the clock or the offset of one of the two",
		"%s is before %s", pm_moment_names[moment],
		pm_moment_names[before]);
}

/* Reports what is before the start; returns the bit set of it. */
static unsigned check_start(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_field *started = &doc->times[PM_MOMENT_STARTED].field;
	unsigned early = 0, n = 0, last = 0;

	for (unsigned i = PM_MOMENT_DETECTED; i < PM_MOMENT_COUNT; i++) {
		if (!is_before(doc, (enum pm_moment)i, PM_MOMENT_STARTED))
			continue;
		early |= 1u << i;
		last = i;
		n++;
	}
	/* Several are before the start: it is the start that is wrong. */
	if (n > 1)
		pm_finding_add(check, pm_check_place(check, started),
			"mend the date, the clock or the offset",
			"started is after %u other moments", n);
	else if (n == 1)
		report(check, (enum pm_moment)last, PM_MOMENT_STARTED, false);
	return early;
}

static void run(struct pm_check *check)
{
	unsigned reported = check_start(check);
	bool odd = false;

	for (size_t i = 0; i < NPAIRS; i++) {
		const struct pair *pair = &pairs[i];
		unsigned both = 1u << pair->first | 1u << pair->second;

		/* One mistake is one finding. */
		if ((reported & both) || (odd && pair->possible) ||
			!is_before(check->doc, pair->second, pair->first))
			continue;
		odd = odd || pair->possible;
		report(check, pair->second, pair->first, pair->possible);
		reported |= 1u << pair->second;
	}
}

PM_RULE_DEFINE(times_order) = {
	.info =
		{
			.id = "times-order",
			.step = PM_STEP_ANALYSE,
			.level = PM_LEVELS(ERROR, ERROR, ERROR),
			.summary = "the moments are in an order that cannot be",
			.why = "Nothing is mitigated after it is resolved or "
			       "detected before it starts. What looks so is a "
			       "wrong day or a wrong offset, usually one "
			       "clock in local time among others in UTC, and "
			       "all durations are wrong with it.",
			.bad = "times:\n"
			       "  started: 2026-11-22T10:02Z\n"
			       "  detected: 2026-11-22T10:09Z\n"
			       "  mitigated: 2026-11-22T11:31Z\n"
			       "  resolved: 2026-11-22T11:04Z\n",
			.good = "times:\n"
				"  started: 2026-11-22T10:02Z\n"
				"  detected: 2026-11-22T10:09Z\n"
				"  mitigated: 2026-11-22T11:31+01:00\n"
				"  resolved: 2026-11-22T11:04Z\n",
		},
	.run = run,
};
