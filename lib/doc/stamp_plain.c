/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The short way to the stamp that pm writes: no freedom of form is looked
 * for, so it is read by its columns. Whatever is in doubt goes the long way.
 */
#include "doc/stamp.h"

#include "base/ascii.h"

/* Where the parts stand in "2026-11-22 10:09:33Z ". */
enum { MONTH = 5, DAY = 8, HOUR = 11, MINUTE = 14, SECOND = 17, ZONE = 16 };

/* Reads len digits; false when one of them is none. */
static bool digits(const char *at, size_t len, unsigned *value)
{
	*value = 0;
	while (len--) {
		if (!pm_is_digit(*at))
			return false;
		*value = *value * 10 + (unsigned)(*at++ - '0');
	}
	return true;
}

static bool read_date(const char *text, struct pm_stamp_date *out)
{
	unsigned year, month, day;

	if (!digits(text, 4, &year) || text[MONTH - 1] != '-' ||
		!digits(text + MONTH, 2, &month) || text[DAY - 1] != '-' ||
		!digits(text + DAY, 2, &day) || !year ||
		!pm_date_valid((struct pm_date){(int)year, month, day}))
		return false;
	*out = (struct pm_stamp_date){
		.given = true, .year = (int)year, .month = month, .day = day};
	return true;
}

static bool read_clock(const char *text, struct pm_stamp_clock *out)
{
	unsigned hour, minute;

	if (!digits(text + HOUR, 2, &hour) || text[MINUTE - 1] != ':' ||
		!digits(text + MINUTE, 2, &minute) || hour > 23 || minute > 59)
		return false;
	*out = (struct pm_stamp_clock){
		.precision = PM_PRECISION_MINUTE,
		.hour = hour,
		.minute = minute,
		.padded = hour < 10,
	};
	return true;
}

/* Seconds at SECOND, if they are there; returns where the zone stands. */
static size_t read_seconds(const char *text, struct pm_stamp_clock *out)
{
	unsigned second;

	if (text[SECOND - 1] != ':' || !digits(text + SECOND, 2, &second) ||
		second > 59)
		return ZONE;
	out->second = second;
	out->precision = PM_PRECISION_SECOND;
	return SECOND + 2;
}

/* True for a word behind a stamp that says more about it: the end of a range
   ("10:02Z to 10:05Z") or a doubt. */
static bool belongs(struct pm_slice rest)
{
	struct pm_scan scan = {rest, 0, false};

	return !pm_is_letter(rest.ptr[0]) || pm_scan_until(&scan) ||
	       pm_scan_doubt(&scan) || pm_slice_starts(rest, "onward");
}

bool pm_stamp_read_plain(struct pm_slice text, struct pm_stamp *out)
{
	struct pm_stamp_date date;
	struct pm_stamp_clock clock;
	size_t zone;

	/* Long enough for seconds and the first letter of a word. */
	if (text.len < SECOND + 5 || text.ptr[HOUR - 1] != ' ' ||
		!read_date(text.ptr, &date) || !read_clock(text.ptr, &clock))
		return false;
	zone = read_seconds(text.ptr, &clock);
	if (text.ptr[zone] != 'Z' || text.ptr[zone + 1] != ' ' ||
		belongs(pm_slice_from(text, zone + 2)))
		return false;
	out->date = date;
	out->clock = clock;
	out->zone = (struct pm_stamp_zone){
		.text = pm_slice_sub(text, zone, 1), .known = true};
	out->len = zone + 2;
	return true;
}
