/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same instant on several clocks, "10:05 UTC / 11:05 CET": the stamp is the
 * first of them, and the others are no part of what happened.
 */
#include "doc/stamp.h"

/* "local time" behind a clock: a zone that nobody names. */
static void local_time(struct pm_scan *scan)
{
	static const char *const words[] = {"local time", "Local time",
		"lokal tid", "Ortszeit", "heure locale", "hora local",
		"ora locale", "現地時間", NULL};
	struct pm_scan at = *scan;
	bool bracket;

	pm_scan_blanks(&at);
	bracket = pm_scan_any(&at, "(");
	if (!pm_scan_take_one(&at, words) ||
		(bracket ? !pm_scan_any(&at, ")") : pm_scan_at_word(&at)))
		return;
	*scan = at;
}

/* True when two clocks show one instant. */
static bool same_instant(const struct pm_stamp *stamp,
	const struct pm_stamp_clock *clock, const struct pm_stamp_zone *zone)
{
	enum { DAY_MIN = 24 * 60 };
	int between = ((int)clock->hour - (int)stamp->clock.hour) * 60 +
		      (int)clock->minute - (int)stamp->clock.minute -
		      zone->offset_min + stamp->zone.offset_min;

	return stamp->zone.text.len && stamp->zone.known && zone->known &&
	       between % DAY_MIN == 0;
}

/*
 * Takes one more clock with its zone behind a sign. Behind a bracket or a
 * stroke it is the same instant; behind other signs, "10:05 UTC, 11:05 CET",
 * it may be the next one, so the zones have to show it.
 */
static bool other_clock(
	struct pm_scan *scan, const struct pm_stamp *stamp, bool sure)
{
	struct pm_scan at = *scan;
	struct pm_stamp_clock clock;
	struct pm_stamp_zone zone;

	pm_scan_blanks(&at);
	if (pm_scan_any(&at, "/"))
		sure = true;
	else if (!pm_scan_any(&at, ",=|"))
		return false;
	pm_scan_blanks(&at);
	if (!pm_scan_clock(&at, &clock) || !pm_scan_zone(&at, &zone) ||
		!(sure || same_instant(stamp, &clock, &zone)))
		return false;
	*scan = at;
	return true;
}

/* Takes "(11:05 CET, 02:05 PST)". */
static bool in_brackets(struct pm_scan *scan, const struct pm_stamp *stamp)
{
	struct pm_scan at = *scan;
	struct pm_stamp_clock clock;
	struct pm_stamp_zone zone;

	pm_scan_blanks(&at);
	if (!pm_scan_any(&at, "("))
		return false;
	pm_scan_blanks(&at);
	if (!pm_scan_clock(&at, &clock) || !pm_scan_zone(&at, &zone))
		return false;
	while (other_clock(&at, stamp, true))
		;
	if (!pm_scan_any(&at, ")"))
		return false;
	*scan = at;
	return true;
}

void pm_scan_other_clocks(struct pm_scan *scan, const struct pm_stamp *stamp)
{
	local_time(scan);
	while (other_clock(scan, stamp, false))
		;
	in_brackets(scan, stamp);
}
