/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates, moments, durations, stamps and zones in any bytes: taken or refused
 * with words, and what was taken is within the calendar, and prints in a form
 * that reads back as the same instant.
 */
#include "fuzz.h"

#include "doc/doc.h"
#include "doc/stamp.h"
#include "pm/context.h"

/* Seconds since 1970 of the years 1 and 10000. */
#define FIRST (-62135596800 - 86400)
#define LAST  (253402300800 + 86400)
#define NOW   1795348800

static void check_date(struct pm_slice text)
{
	struct pm_buf out = PM_BUF_INIT;
	struct pm_date date, again;
	const char *why = NULL;

	if (pm_date_parse(text, &date, &why) < 0) {
		FUZZ_CHECK(why && *why);
		return;
	}
	FUZZ_CHECK(pm_date_valid(date));
	again = pm_date_from_days(pm_date_to_days(date));
	pm_buf_addf(&out, "%04d-%02u-%02u", again.year, again.month, again.day);
	FUZZ_CHECK(pm_slice_eq(pm_buf_slice(&out), text));
	pm_buf_release(&out);
}

/* In the styles that can be read again, and those that only must not fail. */
static void check_print(const struct pm_time *time)
{
	struct pm_buf out = PM_BUF_INIT;
	struct pm_time again;

	for (int style = PM_TIME_RFC3339; style <= PM_TIME_LOCAL; style++) {
		pm_buf_reset(&out);
		pm_time_print(&out, time, (enum pm_time_style)style);
		FUZZ_CHECK(out.len > 0 && out.len < 64);
		if (style > PM_TIME_UTC || time->precision == PM_PRECISION_HOUR)
			continue;
		FUZZ_CHECK(
			pm_time_parse(pm_buf_slice(&out), &again, NULL) == 0);
		FUZZ_CHECK(again.precision == time->precision);
		FUZZ_CHECK(again.approximate == time->approximate ||
			   !time->precision);
		/* A day in UTC is another day's midnight. */
		FUZZ_CHECK(again.sec == time->sec ||
			   time->precision == PM_PRECISION_DAY);
	}
	pm_buf_release(&out);
}

/* Summer time in every second month. */
static int32_t zone(void *data, int64_t at)
{
	(void)data;
	return at / (30 * 86400) % 2 ? 150 : 90;
}

static void check_time(struct pm_slice text)
{
	const struct pm_ctx ctx = {.now = NOW, .zone = zone};
	struct pm_time time;
	const char *why = NULL;

	if (pm_time_parse(text, &time, &why) == 0) {
		FUZZ_CHECK(time.sec > FIRST && time.sec < LAST);
		FUZZ_CHECK(abs(time.offset_min) < 24 * 60);
		check_print(&time);
	} else {
		FUZZ_CHECK(why && *why);
	}
	why = NULL;
	if (pm_time_parse_user(&ctx, text, &time, &why) == 0) {
		FUZZ_CHECK(time.sec > FIRST && time.sec < LAST);
		check_print(&time);
	} else {
		FUZZ_CHECK(why && *why);
	}
}

static void check_stamp_date(const struct pm_stamp_date *date)
{
	FUZZ_CHECK(date->month <= 12 && date->day <= 31);
	FUZZ_CHECK(date->year >= 0 && date->year <= 9999);
}

static void check_clock(const struct pm_stamp_clock *clock)
{
	if (!clock->precision || clock->impossible)
		return;
	FUZZ_CHECK(clock->hour <= 24 && clock->minute <= 59);
	FUZZ_CHECK(clock->second <= 60);
}

static void check_zone(const struct pm_stamp_zone *zone)
{
	static const struct pm_date days[] = {
		{1, 1, 1}, {2026, 7, 1}, {2026, 11, 1}, {9999, 12, 31}};

	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		FUZZ_CHECK(abs(pm_zone_offset(zone, days[i])) < 25 * 60);
}

/* The quick way reads nothing that the other would read otherwise, which goes
   behind a blank. */
static void check_plain(struct pm_slice text)
{
	struct pm_buf behind = PM_BUF_INIT;
	struct pm_stamp plain = {0}, stamp;

	if (!pm_stamp_read_plain(text, &plain))
		return;
	pm_buf_addc(&behind, ' ');
	pm_buf_add_slice(&behind, text);
	FUZZ_CHECK(
		pm_stamp_read(pm_buf_slice(&behind), PM_STAMP_LOOSE, &stamp));
	FUZZ_CHECK(plain.len + 1 == stamp.len);
	FUZZ_CHECK(plain.date.year == stamp.date.year);
	FUZZ_CHECK(plain.date.month == stamp.date.month);
	FUZZ_CHECK(plain.date.day == stamp.date.day);
	FUZZ_CHECK(plain.clock.precision == stamp.clock.precision);
	FUZZ_CHECK(plain.clock.hour == stamp.clock.hour);
	FUZZ_CHECK(plain.clock.minute == stamp.clock.minute);
	FUZZ_CHECK(plain.clock.second == stamp.clock.second);
	FUZZ_CHECK(plain.zone.offset_min == stamp.zone.offset_min);
	FUZZ_CHECK(!stamp.end.precision && !stamp.end_date.given);
	FUZZ_CHECK(!stamp.approximate);
	pm_buf_release(&behind);
}

static void check_stamp(struct pm_slice text)
{
	struct pm_stamp stamp;
	struct pm_stamp_zone zone;
	struct pm_stamp_date date;
	unsigned orders = 0;
	size_t off = 0;
	bool read;

	for (unsigned mode = PM_STAMP_STRICT; mode <= 3; mode++) {
		read = pm_stamp_read(text, mode, &stamp);
		if (!read)
			continue;
		FUZZ_CHECK(stamp.len > 0 && stamp.len <= text.len);
		check_stamp_date(&stamp.date);
		check_stamp_date(&stamp.end_date);
		check_clock(&stamp.clock);
		check_clock(&stamp.end);
		check_zone(&stamp.zone);
	}
	check_plain(text);
	if (pm_zone_find(text, &zone))
		check_zone(&zone);
	if (pm_stamp_find(text, &date)) {
		FUZZ_CHECK(pm_date_valid(pm_stamp_day(&date)));
		/* In the other order it is a day as well. */
		pm_stamp_settle(&date, PM_ORDER_DAY);
		FUZZ_CHECK(pm_date_valid(pm_stamp_day(&date)));
	}
	while (pm_stamp_next(text, &off, &date))
		orders |= 1u << date.order;
	FUZZ_CHECK(pm_stamp_order(orders) <= PM_ORDER_MONTH);
}

/* The form that pm would write is one that pm reads. */
static void check_iso(struct pm_slice text)
{
	struct pm_buf out = PM_BUF_INIT;
	struct pm_time time;

	if (pm_doc_iso_date(text, PM_ORDER_UNKNOWN, &out))
		FUZZ_CHECK(pm_time_parse(pm_buf_slice(&out), &time, NULL) == 0);
	else
		FUZZ_CHECK(out.len == 0);
	pm_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_buf out = PM_BUF_INIT;
	int64_t seconds = 0;

	check_date(text);
	check_time(text);
	check_stamp(text);
	check_iso(text);
	if (size)
		memcpy(&seconds, data, size < 8 ? size : 8);
	pm_duration_print(&out, seconds);
	FUZZ_CHECK(out.len > 0);
	pm_buf_release(&out);
	return 0;
}
