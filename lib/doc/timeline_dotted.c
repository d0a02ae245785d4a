/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 13.03 is the thirteenth of March or three past one, as far as the line knows.
 * In Norwegian, Danish and German notes it heads the clocks of a day as often
 * as it is one: what it heads, and the day of the document, tell.
 */
#include "doc/timeline.h"

#include <stdlib.h>

/* So near the day of the document a reading as a day is no accident; a heading
   without a text is a day further off as well. */
enum { NEAR = 7, MONTH = 31 };

/* The day that a clock would be, where it could be one so near. */
static bool day_of_clock(const struct pm_stamp *stamp, struct pm_date around,
	int64_t near, struct pm_stamp_date *out)
{
	const struct pm_stamp_clock *clock = &stamp->clock;
	struct pm_date day = {around.year, clock->minute, clock->hour};
	int64_t to = pm_date_to_days(around), best = near + 1;

	if (!clock->dotted || clock->half || stamp->zone.text.len ||
		stamp->end_date.given || !around.year)
		return false;
	for (day.year--; day.year <= around.year + 1; day.year++)
		if (pm_date_valid(day) &&
			llabs(pm_date_to_days(day) - to) < best)
			best = llabs(pm_date_to_days(day) - to);
	*out = (struct pm_stamp_date){
		.given = true, .month = day.month, .day = day.day};
	return best <= near;
}

static void make_day(struct pm_stamp *stamp, const struct pm_stamp_date *day)
{
	stamp->date = *day;
	stamp->clock = (struct pm_stamp_clock){0};
}

/*
 * "### 13.03" above "- 10.45 the disk is full": a clock of which nothing is
 * told, above others, heads them. "### 10.45" above what happened then is told
 * of.
 */
static bool heads_clocks(const struct pm_raw_timeline *raw, size_t i)
{
	const struct pm_raw_entry *entry = &raw->entries[i], *next = entry + 1;

	return entry->form != PM_RAW_ROW && !entry->text.len &&
	       entry->stamp.end.precision == PM_PRECISION_NONE &&
	       i + 1 < raw->count && next->text.len &&
	       !next->stamp.date.given &&
	       next->stamp.clock.precision != PM_PRECISION_NONE;
}

/* "13.03 morgen: the disk is full". */
static bool has_part(struct pm_raw_entry *raw)
{
	struct pm_scan scan = {raw->text, 0, false};

	if (!pm_scan_part_of_day(&scan))
		return false;
	pm_scan_blanks(&scan);
	if (!pm_scan_any(&scan, ":") && !pm_scan_dash(&scan) &&
		!pm_scan_end(&scan))
		return false;
	raw->text = pm_slice_trim(pm_slice_from(raw->text, scan.off));
	raw->stamp.approximate = true;
	return true;
}

/* "13.03 - 09.15: x", which would end most of a day after it began: a day and
   its clock. */
static bool has_clock_behind(const struct pm_stamp *stamp)
{
	enum { HOURS = 12, DAY = 24, HOUR = 60 };
	int from = (int)(stamp->clock.hour * HOUR + stamp->clock.minute);
	int to = (int)(stamp->end.hour * HOUR + stamp->end.minute);

	return stamp->end.precision == PM_PRECISION_MINUTE && to < from &&
	       to + DAY * HOUR - from > HOURS * HOUR;
}

static void settle(const struct pm_raw_timeline *raw, size_t i, bool days,
	struct pm_date day)
{
	struct pm_raw_entry *entry = &raw->entries[i];
	struct pm_stamp *stamp = &entry->stamp;
	struct pm_stamp_date date;

	/* "Day 1 (13.03)" */
	if ((!stamp->date.given || stamp->date.nth) && heads_clocks(raw, i) &&
		day_of_clock(stamp, day, MONTH, &date)) {
		make_day(stamp, &date);
		return;
	}
	if (stamp->date.given || !day_of_clock(stamp, day, NEAR, &date))
		return;
	if (has_clock_behind(stamp)) {
		stamp->date = date;
		stamp->clock = stamp->end;
		stamp->end = (struct pm_stamp_clock){0};
	} else if (stamp->end.precision == PM_PRECISION_NONE &&
		   (days || has_part(entry))) {
		make_day(stamp, &date);
	}
}

/* "12.05", "13.05" and no other times, in a document of May: clocks are not all
   of the same minute. */
static bool is_month(const struct pm_raw_timeline *raw, struct pm_date day)
{
	size_t count = 0;

	for (size_t i = 0; i < raw->count; i++) {
		const struct pm_stamp_clock *clock =
			&raw->entries[i].stamp.clock;

		if (raw->entries[i].form == PM_RAW_DAY)
			continue;
		if (!clock->dotted || clock->minute != day.month)
			return false;
		count++;
	}
	return count > 1;
}

void pm_timeline_settle_dotted(
	const struct pm_raw_timeline *raw, struct pm_date day)
{
	bool days = is_month(raw, day);

	/* Where 10.09 stood for a day once, 11.09 is one as well. */
	for (size_t i = 0; i < raw->count && !days; i++)
		days = raw->entries[i].stamp.date.dotted;
	for (size_t i = 0; day.year && i < raw->count; i++)
		settle(raw, i, days, day);
}
