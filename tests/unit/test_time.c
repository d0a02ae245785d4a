/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates, instants and durations. The reasons are checked word by word, because
 * they are what the writer of a document reads.
 */
#include "pm/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pm/context.h"

#define DAY 86400

static void test_calendar(void **state)
{
	struct pm_date date = {1, 1, 1};
	int64_t days = pm_date_to_days(date);

	(void)state;
	assert_int_equal(pm_date_to_days((struct pm_date){1970, 1, 1}), 0);
	assert_int_equal(pm_date_to_days((struct pm_date){2000, 3, 1}), 11017);
	assert_true(days == -719162);
	/* Every day of the calendar, one after the other. */
	for (; date.year <= 9999; days++) {
		struct pm_date back = pm_date_from_days(days);

		if (back.year != date.year || back.month != date.month ||
			back.day != date.day)
			fail_msg("day %lld", (long long)days);
		if (pm_date_to_days(date) != days)
			fail_msg("date %d-%u-%u", date.year, date.month,
				date.day);
		date.day++;
		if (!pm_date_valid(date)) {
			date.day = 1;
			date.month++;
		}
		if (date.month > 12) {
			date.month = 1;
			date.year++;
		}
	}
	assert_int_equal(days, 2932897);
}

static void test_valid(void **state)
{
	(void)state;
	assert_true(pm_date_valid((struct pm_date){2024, 2, 29}));
	assert_true(pm_date_valid((struct pm_date){2000, 2, 29}));
	assert_false(pm_date_valid((struct pm_date){1900, 2, 29}));
	assert_false(pm_date_valid((struct pm_date){2026, 2, 29}));
	assert_false(pm_date_valid((struct pm_date){2026, 4, 31}));
	assert_false(pm_date_valid((struct pm_date){2026, 0, 1}));
	assert_false(pm_date_valid((struct pm_date){2026, 13, 1}));
	assert_false(pm_date_valid((struct pm_date){2026, 1, 0}));
	assert_false(pm_date_valid((struct pm_date){2026, 1, 4000000000u}));
	assert_false(pm_date_valid((struct pm_date){0, 1, 1}));
	assert_false(pm_date_valid((struct pm_date){10000, 1, 1}));
}

static void test_date_reasons(void **state)
{
	static const struct {
		const char *text;
		const char *why;
	} rows[] = {
		{"2026-02-31", "February 2026 has 28 days"},
		{"2024-02-30", "February 2024 has 29 days"},
		{"2000-02-30", "February 2000 has 29 days"},
		{"1990-02-29", "February 1990 has 28 days"},
		{"2099-02-29", "February 2099 has 28 days"},
		{"2098-02-29", "February 2098 has 28 days"},
		{"2096-02-30", "February 2096 has 29 days"},
		{"1900-02-29", "February has 28 days in that year"},
		{"1600-02-30", "February has 29 days in that year"},
		{"2026-04-31", "April has 30 days"},
		{"2026-06-31", "June has 30 days"},
		{"2026-09-31", "September has 30 days"},
		{"2026-11-31", "November has 30 days"},
		{"2026-01-32", "day 32 does not exist"},
		{"2026-01-00", "day 00 does not exist"},
		{"2026-13-01", "month 13 does not exist"},
		{"2026-00-01", "month 00 does not exist"},
		{"2026-99-99", "month 99 does not exist"},
		{"0000-01-01", "year 0000 does not exist"},
		{"", "the date is not written YYYY-MM-DD"},
		{"2026", "the date is not written YYYY-MM-DD"},
		{"2026-1-1", "the date is not written YYYY-MM-DD"},
		{"2026/01/01", "the date is not written YYYY-MM-DD"},
		{"26-01-01", "the date is not written YYYY-MM-DD"},
		{"12026-01-01", "the date is not written YYYY-MM-DD"},
		{"2026-01-011", "the date is not written YYYY-MM-DD"},
		{"+026-01-01", "the date is not written YYYY-MM-DD"},
		{" 2026-01-01", "the date is not written YYYY-MM-DD"},
		{"2026-01-01 ", "something follows the date"},
		{"2026-01-01T00:00Z", "something follows the date"},
	};
	struct pm_date date;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *why = NULL;

		assert_int_equal(
			pm_date_parse(pm_slice_str(rows[i].text), &date, &why),
			PM_EINVALID);
		assert_string_equal(why, rows[i].why);
	}
	assert_int_equal(
		pm_date_parse(pm_slice_str("2026-02-28x"), &date, NULL),
		PM_EINVALID);
	assert_int_equal(
		pm_date_parse(pm_slice_str("2026-02-28"), &date, NULL), 0);
	assert_int_equal(date.day, 28);
	assert_int_equal(
		pm_date_parse(pm_slice_make("2026-02-28\0", 11), &date, NULL),
		PM_EINVALID);
}

/* Every two-digit number gets its own words. */
static void test_numbered_reasons(void **state)
{
	char text[32];
	char expect[32];
	unsigned n;

	(void)state;
	for (n = 60; n < 100; n++) {
		struct pm_time time;
		const char *why = NULL;

		snprintf(text, sizeof(text), "2026-01-01T10:%02uZ", n);
		snprintf(expect, sizeof(expect), "minute %02u does not exist",
			n);
		assert_int_equal(pm_time_parse(pm_slice_str(text), &time, &why),
			PM_EINVALID);
		assert_string_equal(why, expect);
		snprintf(text, sizeof(text), "2026-01-01T%02u:00Z", n);
		snprintf(expect, sizeof(expect), "hour %02u does not exist", n);
		pm_time_parse(pm_slice_str(text), &time, &why);
		assert_string_equal(why, expect);
	}
}

static void test_time_reasons(void **state)
{
	static const struct {
		const char *text;
		const char *why;
	} rows[] = {
		{"", "the time is missing"},
		{"~ ", "the date is not written YYYY-MM-DD"},
		{"~~", "the date is not written YYYY-MM-DD"},
		{"Unknown", "the date is not written YYYY-MM-DD"},
		{"2026-02-31T10:00Z", "February 2026 has 28 days"},
		{"2026-11-22T24:00Z", "hour 24 does not exist"},
		{"2026-11-22T25:00Z", "hour 25 does not exist"},
		{"2026-11-22T10:60Z", "minute 60 does not exist"},
		{"2026-11-22T10:02:61Z", "second 61 does not exist"},
		{"2026-11-22T10:02",
			"the offset is missing: write Z or +01:00"},
		{"2026-11-22T10:02:03",
			"the offset is missing: write Z or +01:00"},
		{"2026-11-22T10:02 UTC", "the offset is not Z or like +01:00"},
		{"2026-11-22T10:02+0100", "the offset is not Z or like +01:00"},
		{"2026-11-22T10:02+1:00", "the offset is not Z or like +01:00"},
		{"2026-11-22T10:02+24:00", "the offset is larger than 23:59"},
		{"2026-11-22T10:02+01:60",
			"the offset has more than 59 minutes"},
		{"2026-11-22T10:02+01:00x", "something follows the time"},
		{"2026-11-22T10:02Z ", "something follows the time"},
		{"2026-11-22T10Z", "the minutes are missing: write HH:MM"},
		{"2026-11-22T1:02Z", "the time is not written HH:MM"},
		{"2026-11-22T1002Z", "the time is not written HH:MM"},
		{"2026-11-22T10:021Z", "the time is not written HH:MM"},
		{"2026-11-22T10:02:3Z", "the seconds are not two digits"},
		{"2026-11-22T10:02:03.Z",
			"the fraction of a second has no digits"},
		{"2026-11-22  10:02Z", "the time is not written HH:MM"},
		{"2026-11-22_10:02Z",
			"a 'T' or one space must follow the date"},
		{"2026-11-22T23:58:60Z", "second 60 exists only at 23:59:60Z"},
		{"2026-11-22T22:59:60Z", "second 60 exists only at 23:59:60Z"},
		{"2026-11-22T23:59:60+01:00",
			"second 60 exists only at 23:59:60Z"},
		{"1969-12-31T23:59:60+23:59",
			"second 60 exists only at 23:59:60Z"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pm_time time;
		const char *why = NULL;

		assert_int_equal(
			pm_time_parse(pm_slice_str(rows[i].text), &time, &why),
			PM_EINVALID);
		assert_string_equal(why, rows[i].why);
		assert_int_equal(time.precision, PM_PRECISION_NONE);
	}
}

/* Reads text and prints it in all five styles, one after the other. */
static void print_all(const char *text, struct pm_buf *out)
{
	enum pm_time_style style;
	struct pm_time time;

	pm_buf_reset(out);
	assert_int_equal(pm_time_parse(pm_slice_str(text), &time, NULL), 0);
	for (style = PM_TIME_RFC3339; style <= PM_TIME_LOCAL; style++) {
		pm_time_print(out, &time, style);
		pm_buf_addc(out, '|');
	}
}

static void test_print(void **state)
{
	static const struct {
		const char *text;
		const char *printed;
	} rows[] = {
		{"unknown", "unknown|unknown|unknown|unknown|unknown|"},
		{"~", "unknown|unknown|unknown|unknown|unknown|"},
		{"2026-11-22", "2026-11-22|2026-11-22|2026-11-22|2026-11-22|"
			       "2026-11-22|"},
		{"~2026-11-22",
			"~2026-11-22|~2026-11-22|2026-11-22|~2026-11-22|"
			"2026-11-22|"},
		{"2026-11-22T10:02Z",
			"2026-11-22T10:02Z|2026-11-22T10:02Z|2026-11-22|"
			"2026-11-22 10:02Z|2026-11-22T10:02|"},
		{"~2026-11-22 00:30+05:30",
			"~2026-11-22T00:30+05:30|~2026-11-21T19:00Z|"
			"2026-11-22|~2026-11-22 00:30+05:30|"
			"2026-11-22T00:30|"},
		{"2026-12-31t23:00:09.75-23:59",
			"2026-12-31T23:00:09-23:59|2027-01-01T22:59:09Z|"
			"2026-12-31|2026-12-31 23:00:09-23:59|"
			"2026-12-31T23:00:09|"},
		{"2026-11-22T10:02-00:00",
			"2026-11-22T10:02Z|2026-11-22T10:02Z|2026-11-22|"
			"2026-11-22 10:02Z|2026-11-22T10:02|"},
		{"2016-12-31T23:59:60z",
			"2016-12-31T23:59:59Z|2016-12-31T23:59:59Z|2016-12-31|"
			"2016-12-31 23:59:59Z|2016-12-31T23:59:59|"},
		{"2017-01-01T05:29:60+05:30",
			"2017-01-01T05:29:59+05:30|2016-12-31T23:59:59Z|"
			"2017-01-01|2017-01-01 05:29:59+05:30|"
			"2017-01-01T05:29:59|"},
		{"0001-01-01T00:00Z",
			"0001-01-01T00:00Z|0001-01-01T00:00Z|0001-01-01|"
			"0001-01-01 00:00Z|0001-01-01T00:00|"},
		{"1969-12-31T23:59:59Z",
			"1969-12-31T23:59:59Z|1969-12-31T23:59:59Z|1969-12-31|"
			"1969-12-31 23:59:59Z|1969-12-31T23:59:59|"},
	};
	struct pm_buf buf = PM_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_all(rows[i].text, &buf);
		assert_string_equal(buf.ptr, rows[i].printed);
	}
	pm_buf_release(&buf);
}

static void test_fields(void **state)
{
	struct pm_time time;
	struct pm_buf buf = PM_BUF_INIT;

	(void)state;
	pm_time_parse(pm_slice_str("~ 2026-11-22T10:02+01:00"), &time, NULL);
	assert_true(time.approximate);
	assert_true(time.has_offset);
	assert_int_equal(time.offset_min, 60);
	assert_int_equal(time.precision, PM_PRECISION_MINUTE);
	assert_true(time.sec == 1795338120);
	pm_time_parse(pm_slice_str("2026-11-22"), &time, NULL);
	assert_false(time.has_offset);
	assert_int_equal(time.precision, PM_PRECISION_DAY);
	assert_int_equal(time.sec % DAY, 0);
	/* A timeline may know the hour alone, and no zone. */
	time = (struct pm_time){.sec = 36000, .precision = PM_PRECISION_HOUR};
	pm_time_print(&buf, &time, PM_TIME_LOCAL);
	pm_buf_addc(&buf, '|');
	pm_time_print(&buf, &time, PM_TIME_RFC3339);
	pm_buf_addc(&buf, '|');
	pm_time_print(&buf, &time, PM_TIME_UTC);
	assert_string_equal(
		buf.ptr, "1970-01-01T10|1970-01-01T10:00|1970-01-01T10:00Z");
	pm_buf_release(&buf);
}

/* Summer time, three hours, until the first of November. */
static int32_t zone(void *data, int64_t at)
{
	(void)data;
	return at < 1793491200 ? 180 : 120;
}

static void test_user(void **state)
{
	/* 2026-11-22T10:30:45Z, seen at +02:00. */
	const struct pm_ctx ctx = {.now = 1795343445, .zone = zone};
	static const struct {
		const char *text;
		const char *printed; /* or the reason, after '!' */
	} rows[] = {
		{"now", "2026-11-22T12:30+02:00"},
		{"~now", "~2026-11-22T12:30+02:00"},
		{"-90m", "2026-11-22T11:00+02:00"},
		{"-2h", "2026-11-22T10:30+02:00"},
		{"-1d", "2026-11-21T12:30+02:00"},
		{"-1w", "2026-11-15T12:30+02:00"},
		{"-0m", "2026-11-22T12:30+02:00"},
		{"12:30", "2026-11-22T12:30+02:00"},
		{"12:31", "2026-11-21T12:31+02:00"},
		{"00:00", "2026-11-22T00:00+02:00"},
		{"~23:59", "~2026-11-21T23:59+02:00"},
		{"12:30:45", "2026-11-22T12:30:45+02:00"},
		{"12:30:46", "2026-11-21T12:30:46+02:00"},
		{"2026-11-22 10:02", "2026-11-22T10:02+02:00"},
		{"2026-11-22T10:02", "2026-11-22T10:02+02:00"},
		{"2026-11-22T10:02Z", "2026-11-22T10:02Z"},
		{"2026-11-01 03:00", "2026-11-01T03:00+02:00"},
		{"2026-10-31 23:59", "2026-10-31T23:59+03:00"},
		{"-3w", "2026-11-01T12:30+02:00"},
		{"-4w", "2026-10-25T13:30+03:00"},
		{"2026-11-22", "2026-11-22"},
		{"unknown", "unknown"},
		{"~", "unknown"},
		{"", "!the time is missing"},
		{"-200000w", "!it is before the year 1"},
		{"-999999d", "!it is before the year 1"},
		{"-2x", "!it is not a time ago like -90m, -2h or -1d"},
		{"-h", "!it is not a time ago like -90m, -2h or -1d"},
		{"-2", "!it is not a time ago like -90m, -2h or -1d"},
		{"-2hours", "!it is not a time ago like -90m, -2h or -1d"},
		{"-9999999d", "!it is not a time ago like -90m, -2h or -1d"},
		{"25:00", "!hour 25 does not exist"},
		{"10:02Z", "!something follows the time"},
		{"yesterday", "!the date is not written YYYY-MM-DD"},
		{"2026-02-31 10:00", "!February 2026 has 28 days"},
	};
	struct pm_buf buf = PM_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pm_time time;
		const char *why = NULL;

		pm_buf_reset(&buf);
		if (pm_time_parse_user(
			    &ctx, pm_slice_str(rows[i].text), &time, &why) < 0)
			pm_buf_addf(&buf, "!%s", why);
		else
			pm_time_print(&buf, &time, PM_TIME_RFC3339);
		assert_string_equal(buf.ptr, rows[i].printed);
	}
	pm_buf_release(&buf);
}

static void test_duration(void **state)
{
	static const struct {
		int64_t seconds;
		const char *printed;
	} rows[] = {
		{0, "0 s"},
		{59, "59 s"},
		{60, "1 min"},
		{29 * 60 + 59, "29 min"},
		{3600, "1 h"},
		{3720, "1 h 2 min"},
		{DAY - 1, "23 h 59 min"},
		{DAY, "1 d"},
		{3 * DAY + 59 * 60, "3 d"},
		{3 * DAY + 4 * 3600, "3 d 4 h"},
		{-1740, "-29 min"},
		{INT64_MIN, "-106751991167300 d 15 h"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pm_buf buf = PM_BUF_INIT;

		pm_duration_print(&buf, rows[i].seconds);
		assert_string_equal(buf.ptr, rows[i].printed);
		pm_buf_release(&buf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_calendar),
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_date_reasons),
		cmocka_unit_test(test_numbered_reasons),
		cmocka_unit_test(test_time_reasons),
		cmocka_unit_test(test_print),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_user),
		cmocka_unit_test(test_duration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
