/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates among other words: the first in a title, a file name or a line, and
 * what all of a text show about the order of day and month. 3/4/2026 is two
 * days until something else says which of them is meant.
 */
#include "doc/stamp.h"

#include <string.h>

#include "base/ascii.h"

static bool has_digit(struct pm_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (pm_is_digit(text.ptr[i]))
			return true;
	return false;
}

/* "Report 1 - 23 October 2018": the number of something, not the first of many
   days, as in "Outage, 18 - 19 August 2025". What lasts long is rare. */
static bool counts_word(struct pm_slice text, size_t at,
	const struct pm_stamp_date *start, const struct pm_stamp_date *end)
{
	enum { LONG = 7 };

	return at > 1 && text.ptr[at - 1] == ' ' &&
	       pm_is_word(text.ptr[at - 2]) && end->day - start->day > LONG &&
	       pm_slice_find(pm_slice_sub(text, at, 3), 0, ' ') > 0;
}

/* "May 3", and 8月23日 or 8월 23일, whose signs leave no doubt either. */
static bool names_month(
	const struct pm_scan *behind, const struct pm_stamp_date *date)
{
	static const char *const signs[] = {"日", "号", "일", NULL};

	return date->named ||
	       pm_ends_in_one(
		       pm_slice_sub(behind->text, 0, behind->off), signs) > 0;
}

/* Takes a date with a year, or, where asked for, with a month's name. */
static bool take_date(
	struct pm_scan *scan, bool yearless, struct pm_stamp_date *out)
{
	struct pm_scan days = *scan;
	struct pm_stamp_date last;

	/* Of "August 18-19, 2025" the first day. */
	if (pm_scan_days(&days, out, &last) && (out->year || yearless) &&
		!counts_word(scan->text, scan->off, out, &last)) {
		*scan = days;
		return true;
	}
	return pm_scan_date(scan, out) && out->month &&
	       (out->year || (yearless && names_month(scan, out)));
}

/* The first such date, and where it stands. */
static bool find(struct pm_slice text, bool yearless, struct pm_span *at,
	struct pm_stamp_date *out)
{
	struct pm_scan scan = {text, 0, false};
	struct pm_narrow narrow;
	bool before = false, wide = pm_scan_narrow(text, &narrow);

	if (wide)
		scan.text = narrow.text;

	/* Titles and file names are short; what is not is no title. */
	if (scan.text.len > 300)
		scan.text.len = 300;
	if (!has_digit(scan.text)) {
		memset(out, 0, sizeof *out);
		return false;
	}
	while (!pm_scan_end(&scan)) {
		bool word = pm_scan_at_word(&scan);
		bool may = word && !before && pm_scan_may_be_date(&scan);
		size_t from = scan.off;

		if (may && take_date(&scan, yearless, out)) {
			at->off = wide ? narrow.from[from] : from;
			at->len = (wide ? narrow.from[scan.off] : scan.off) -
				  at->off;
			return true;
		}
		before = word;
		scan.off++;
		/* The rest of a word begins no date. */
		while (word && pm_is_letter(pm_scan_peek(&scan, 0)))
			scan.off++;
	}
	return false;
}

bool pm_stamp_find(struct pm_slice text, struct pm_stamp_date *out)
{
	struct pm_span at;

	return find(text, false, &at, out);
}

bool pm_stamp_find_at(
	struct pm_slice text, struct pm_span *at, struct pm_stamp_date *out)
{
	return find(text, false, at, out);
}

bool pm_stamp_find_named(struct pm_slice text, struct pm_stamp_date *out)
{
	struct pm_span at;

	return find(text, true, &at, out);
}

bool pm_stamp_settle(struct pm_stamp_date *date, enum pm_date_order order)
{
	unsigned month = date->month;

	if (order == PM_ORDER_UNKNOWN)
		return false;
	if (date->ambiguous && order == PM_ORDER_DAY) {
		date->month = date->day;
		date->day = month;
	}
	date->ambiguous = false;
	return true;
}

/* "31/5" alone may be a share of something, and "18.04.20" a version. */
static bool is_whole(struct pm_slice text, const struct pm_stamp_date *date)
{
	return date->year && (text.len > strlen("18.04.20") ||
				     pm_slice_find(text, 0, '.') < 0);
}

/* Moves behind the next date, of which *from is the beginning. */
static bool next_date(
	struct pm_scan *scan, size_t *from, struct pm_stamp_date *out)
{
	/* Once it has moved it stands behind a date. */
	bool before = scan->off > 0;

	for (; !pm_scan_end(scan); scan->off++) {
		bool word = pm_scan_at_word(scan);

		*from = scan->off;
		if (word && !before && pm_scan_may_be_date(scan) &&
			pm_scan_date(scan, out))
			return true;
		before = word;
		/* The rest of a word begins no date. */
		while (word && pm_is_letter(pm_scan_peek(scan, 1)))
			scan->off++;
	}
	return false;
}

bool pm_stamp_next(struct pm_slice text, size_t *off, struct pm_stamp_date *out)
{
	struct pm_scan scan = {text, *off, false};
	size_t from;

	while (next_date(&scan, &from, out)) {
		*off = scan.off;
		if (is_whole(pm_slice_sub(text, from, scan.off - from), out))
			return true;
	}
	return false;
}

bool pm_stamp_holds_days(struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false};
	struct pm_stamp_date first = {0}, date;
	size_t from;

	while (next_date(&scan, &from, &date)) {
		if (first.year && date.year &&
			(date.year != first.year || date.month != first.month ||
				date.day != first.day))
			return true;
		if (date.year)
			first = date;
	}
	return false;
}

enum pm_date_order pm_stamp_order(unsigned orders)
{
	orders &= 1u << PM_ORDER_DAY | 1u << PM_ORDER_MONTH;
	if (orders == 1u << PM_ORDER_DAY)
		return PM_ORDER_DAY;
	return orders == 1u << PM_ORDER_MONTH ? PM_ORDER_MONTH
					      : PM_ORDER_UNKNOWN;
}

const char *pm_stamp_doubt(
	struct pm_arena *arena, struct pm_date first, struct pm_date second)
{
	return pm_arena_printf(arena,
		"neither it nor the document says whether %04d-%02u-%02u or "
		"%04d-%02u-%02u is meant",
		first.year, first.month, first.day, second.year, second.month,
		second.day);
}
