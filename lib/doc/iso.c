/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Days and moments as people write them, in the form pm reads, where they can
 * mean one thing only: 03/04/2026 is two days, 10:02 without an offset is a
 * moment in every zone, and "22 Nov" has no year.
 */
#include "doc/body.h"
#include "doc/stamp.h"

#include <stdio.h>
#include <string.h>

/* True when the four figures of the year are there. */
static bool says_year(struct pm_slice text, int year)
{
	char figures[16];
	int len = snprintf(figures, sizeof figures, "%04d", year);

	return year >= 1970 &&
	       memmem(text.ptr, text.len, figures, (size_t)len) != NULL;
}

/* Takes a date in doubt for what the order says it is. */
static bool is_certain(struct pm_slice text, enum pm_date_order order,
	struct pm_stamp_date *date)
{
	if (date->ambiguous)
		pm_stamp_settle(date, order);
	return date->given && !date->ambiguous && !date->odd_year &&
	       says_year(text, date->year) && pm_date_valid(pm_stamp_day(date));
}

static void put_day(const struct pm_stamp_date *date, struct pm_buf *out)
{
	pm_buf_addf(out, "%04d-%02u-%02u", date->year, date->month, date->day);
}

bool pm_doc_iso_date(
	struct pm_slice text, enum pm_date_order order, struct pm_buf *out)
{
	struct pm_scan scan = {pm_slice_trim(text), 0, false};
	struct pm_stamp_date date = {0};

	if (pm_scan_weekday(&scan)) {
		pm_scan_any(&scan, ",");
		pm_scan_blanks(&scan);
	}
	if (!pm_scan_date(&scan, &date))
		return false;
	pm_scan_blanks(&scan);
	if (!pm_scan_end(&scan) || !is_certain(text, order, &date))
		return false;
	put_day(&date, out);
	return true;
}

static unsigned hour_of(const struct pm_stamp_clock *clock)
{
	if (clock->half == PM_HALF_NONE)
		return clock->hour;
	return clock->hour % 12 + (clock->half == PM_HALF_PM ? 12 : 0);
}

/* A clock with its minutes and a zone that is one. */
static bool is_whole(const struct pm_stamp *stamp)
{
	const struct pm_stamp_clock *clock = &stamp->clock;

	return clock->precision >= PM_PRECISION_MINUTE && !clock->unknown &&
	       !clock->vague && !clock->impossible && !stamp->placeholder &&
	       stamp->end.precision == PM_PRECISION_NONE &&
	       !stamp->end_date.given && stamp->zone.text.len &&
	       stamp->zone.known && !stamp->zone.us_summer;
}

bool pm_doc_iso_time(
	struct pm_slice text, enum pm_date_order order, struct pm_buf *out)
{
	struct pm_stamp stamp = {0};
	struct pm_date day;
	struct pm_time time = {.has_offset = true};

	text = pm_slice_trim(text);
	if (pm_doc_iso_date(text, order, out))
		return true;
	if (!pm_stamp_read(text, PM_STAMP_LOOSE, &stamp) ||
		pm_slice_trim(pm_slice_from(text, stamp.len)).len ||
		!is_certain(text, order, &stamp.date) || !is_whole(&stamp))
		return false;
	day = (struct pm_date){
		stamp.date.year, stamp.date.month, stamp.date.day};
	time.approximate = stamp.approximate;
	time.precision = stamp.clock.precision;
	time.offset_min = pm_zone_offset(&stamp.zone, day);
	time.sec = pm_date_to_days(day) * 86400 +
		   (int64_t)hour_of(&stamp.clock) * 3600 +
		   (int64_t)stamp.clock.minute * 60 + stamp.clock.second -
		   (int64_t)time.offset_min * 60;
	pm_time_print(out, &time, PM_TIME_RFC3339);
	return true;
}

bool pm_doc_find_day(
	struct pm_slice text, enum pm_date_order order, struct pm_date *out)
{
	struct pm_stamp_date date;

	if (!pm_stamp_find(text, &date) ||
		(date.ambiguous && !pm_stamp_settle(&date, order)))
		return false;
	*out = pm_stamp_day(&date);
	return true;
}

enum pm_date_order pm_doc_order(const struct pm_doc *doc)
{
	return doc->own->body ? pm_body_order(doc->own->body)
			      : PM_ORDER_UNKNOWN;
}
