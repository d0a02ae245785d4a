/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ranges of days that say the year once or not at all: 08-23〜08-27, 23/8 -
 * 27/8/2026, 23.8. - 27.8., 8月23日〜27日. Two figures alone may be anything, a
 * share, a score, a version; two of them with days of one season on both sides
 * of a dash hardly are.
 */
#include "doc/stamp.h"

#include <string.h>

#include "base/ascii.h"

/* A range of days in a timeline is no longer than that. */
enum { LONGEST = 62 };

struct figures {
	char sep;
	unsigned first, second;
	bool stopped; /* a point behind: 23.8. */
};

struct range {
	struct figures start, end;
	unsigned year; /* behind the end; 0: none */
};

bool pm_scan_range_sign(struct pm_scan *scan)
{
	static const char *const signs[] = {"->", "-", "–", "—", "→", "〜",
		"～", "~", "..", "\xE2\x80\x91", NULL};

	pm_scan_blanks(scan);
	if (pm_is_letter(pm_scan_peek(scan, 0)))
		return pm_scan_until(scan);
	return pm_scan_take_one(scan, signs) || pm_scan_until(scan);
}

/* 11-22 is cut from 2026-11-22 and has both figures of each. */
static bool take_figures(struct pm_scan *scan, struct figures *out)
{
	size_t from = scan->off;

	if (!pm_scan_number(scan, 1, 2, &out->first))
		return false;
	out->sep = pm_scan_peek(scan, 0);
	if (!pm_scan_any(scan, "-/.") ||
		!pm_scan_number(scan, 1, 2, &out->second) ||
		(out->sep == '-' && scan->off - from != strlen("11-22")))
		return false;
	out->stopped = out->sep == '.' && pm_scan_any(scan, ".");
	return true;
}

/* The year of both, "23/8 - 27/8/2026". False where what stands there makes
   something else of the figures: 23.8.2. */
static bool take_year(struct pm_scan *scan, struct range *range)
{
	const struct figures *end = &range->end;
	struct pm_scan at = *scan;

	if (!end->stopped && pm_scan_peek(scan, 0) != end->sep)
		return !pm_scan_at_word(scan);
	at.off += !end->stopped;
	if (pm_scan_year(&at, &range->year))
		*scan = at;
	return (range->year || end->stopped) && !pm_scan_at_word(scan);
}

/* 23/8 - 27/8 */
static bool take_range(struct pm_scan *scan, struct range *range)
{
	const struct figures *start = &range->start, *end = &range->end;
	char next;

	if (!take_figures(scan, &range->start))
		return false;
	next = pm_scan_peek(scan, 0);
	if (next == start->sep || pm_is_digit(next) ||
		!pm_scan_range_sign(scan))
		return false;
	pm_scan_blanks(scan);
	if (!take_figures(scan, &range->end) || start->sep != end->sep ||
		!take_year(scan, range))
		return false;
	/* 10.08 - 12.08 are clocks, as far as they can be. */
	return start->sep != '.' || start->stopped || range->year ||
	       start->first >= 24 || end->first >= 24;
}

static struct pm_date day_of(
	const struct figures *figures, enum pm_date_order order, unsigned year)
{
	if (order == PM_ORDER_DAY)
		return (struct pm_date){
			(int)year, figures->second, figures->first};
	return (struct pm_date){(int)year, figures->first, figures->second};
}

/* The days of a range in an order; false when that cannot be. */
static bool order_range(const struct range *range, enum pm_date_order order,
	struct pm_date *first, struct pm_date *last)
{
	enum { LEAP = 2024 };
	int64_t days;

	*last = day_of(&range->end, order, range->year ? range->year : LEAP);
	*first = day_of(&range->start, order, range->year ? range->year : LEAP);
	if (!pm_date_valid(*first) || !pm_date_valid(*last))
		return false;
	/* 28/12 - 3/1 */
	first->year -= pm_date_to_days(*first) > pm_date_to_days(*last);
	days = pm_date_to_days(*last) - pm_date_to_days(*first);
	return pm_date_valid(*first) && days > 0 && days <= LONGEST;
}

static bool is_small(const struct figures *figures)
{
	return figures->first <= 12 && figures->second <= 12;
}

static struct pm_stamp_date make_date(
	const struct range *range, struct pm_date day)
{
	return (struct pm_stamp_date){
		.given = true,
		.year = range->year ? day.year : 0,
		.month = day.month,
		.day = day.day,
	};
}

bool pm_scan_figure_days(struct pm_scan *scan, struct pm_stamp_date *start,
	struct pm_stamp_date *end)
{
	struct pm_scan at = *scan, behind;
	struct range range = {0};
	struct pm_date first, last, other[2];
	bool day, month, small;

	/* Most dates begin with their year. */
	if ((pm_is_digit(pm_scan_peek(scan, 1)) &&
		    pm_is_digit(pm_scan_peek(scan, 2))) ||
		!take_range(&at, &range))
		return false;
	day = range.start.sep != '-' &&
	      order_range(&range, PM_ORDER_DAY, &other[0], &other[1]);
	month = range.start.sep != '.' &&
		order_range(&range, PM_ORDER_MONTH, &first, &last);
	if (!day && !month)
		return false;
	behind = at;
	pm_scan_blanks(&behind);
	/* "1/2 - 3/4 of all": small figures count other things as well. */
	small = is_small(&range.start) && is_small(&range.end);
	if (small && !range.year && !pm_scan_end(&behind) &&
		pm_scan_peek(&behind, 0) != ':')
		return false;
	*start = make_date(&range, month ? first : other[0]);
	*end = make_date(&range, month ? last : other[1]);
	if (day && month) {
		start->ambiguous = start->month != start->day;
		end->ambiguous = end->month != end->day;
	} else if (range.start.sep == '/' && !small) {
		start->order = month ? PM_ORDER_MONTH : PM_ORDER_DAY;
	}
	*scan = at;
	return true;
}

/* "2026-06-10 → 06-12": without the year, which is the same. */
static bool end_in_year(struct pm_scan *scan, const struct pm_stamp_date *start,
	struct pm_stamp_date *end)
{
	struct pm_scan at = *scan;
	unsigned month, day;

	if (!start->year || start->named || !start->day ||
		!pm_scan_number(&at, 2, 2, &month) || !pm_scan_any(&at, "-") ||
		!pm_scan_number(&at, 2, 2, &day) || pm_scan_at_word(&at) ||
		pm_scan_peek(&at, 0) == '-' ||
		month * 31 + day <= start->month * 31 + start->day ||
		!pm_date_valid((struct pm_date){start->year, month, day}))
		return false;
	*end = *start;
	end->month = month;
	end->day = day;
	*scan = at;
	return true;
}

/* "8月23日〜27日", not "〜27日間", which is how long it took. */
static bool is_day_sign(struct pm_scan *scan)
{
	static const char *const signs[] = {"日", "号", "일", NULL};
	static const char *const longer[] = {"間", "间", "目", "간", NULL};
	struct pm_scan at = *scan;

	if (!pm_scan_take_one(&at, signs) ||
		pm_begins_with_one(pm_slice_from(at.text, at.off), longer))
		return false;
	*scan = at;
	return true;
}

bool pm_scan_end_day(struct pm_scan *scan, const struct pm_stamp_date *start,
	struct pm_stamp_date *end)
{
	struct pm_date last = {
		start->year ? start->year : 2024, start->month, 0};
	bool told;

	if (end_in_year(scan, start, end))
		return true;
	if (start->named || !start->day ||
		!pm_scan_number(scan, 1, 2, &last.day) ||
		last.day <= start->day || !pm_date_valid(last))
		return false;
	told = is_day_sign(scan);
	if (!told && !start->year)
		return false;
	*end = *start;
	end->day = last.day;
	if (!told)
		pm_scan_blanks(scan);
	return told || pm_scan_end(scan) || pm_scan_peek(scan, 0) == ':';
}
