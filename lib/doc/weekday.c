/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Days of the week by the names people write. Beside a date they say nothing
 * new; before a clock without one they say how many days have gone by.
 */
#include "doc/stamp.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/inline_text.h"

enum { WEEK = 7 };

/* 月 or 月曜日, 월 or 월요일 for Monday, and so on; 周一 only behind 周. */
static unsigned sign_of_day(struct pm_scan *scan, bool led)
{
	static const char *const signs[][WEEK] = {
		{"月", "火", "水", "木", "金", "土", "日"},
		{"월", "화", "수", "목", "금", "토", "일"},
		{"一", "二", "三", "四", "五", "六", "天"},
	};
	size_t rows = sizeof signs / sizeof signs[0];

	for (size_t row = 0; row < (led ? rows : rows - 1); row++)
		for (unsigned day = 0; day < WEEK; day++)
			if (pm_scan_take(scan, signs[row][day]))
				return day + 1;
	return 0;
}

/* 火, 火曜日, 화요일, 周二, 星期二; and a holiday's mark behind it: 水・祝. */
static unsigned weekday_sign(struct pm_scan *scan)
{
	static const char *const leads[] = {
		"周", "週", "星期", "礼拜", "禮拜", NULL};
	struct pm_scan at = *scan;
	unsigned day;
	bool led;

	if (!(pm_scan_peek(scan, 0) & 0x80))
		return 0;
	led = pm_scan_take_one(&at, leads);
	day = sign_of_day(&at, led);
	if (!day)
		return 0;
	if (!led && !pm_scan_take(&at, "曜日") && !pm_scan_take(&at, "曜"))
		pm_scan_take(&at, "요일");
	if (pm_scan_take(&at, "・祝"))
		pm_scan_take(&at, "日");
	/* 日 begins other words too. */
	if (pm_scan_at_word(&at) && at.off == scan->off + strlen("日"))
		return 0;
	*scan = at;
	return day;
}

/* What a name needs behind it to be that of a day. */
enum form {
	LONG,     /* nothing */
	SHORT,    /* a sign, a clock or a date */
	NORTHERN, /* the same, or "13/3", before which no word of theirs stands
		   */
	DATED,    /* a date: "mar 3" is of March */
};

enum { NAME_MOST = 24 };

static const struct weekday {
	char name[NAME_MOST];
	unsigned char day;
	unsigned char form; /* enum form */
} weekdays[] = {
#define PM_WEEKDAY(name, day, form) {name, PM_FITS(name, NAME_MOST, day), form},
#include "doc/weekdays.def"
#undef PM_WEEKDAY
};

/* True before "24.8." and "24.08" and nothing else, a day below which others
   stand, and before a date that no words of a sentence look like. */
static bool before_date(struct pm_scan at)
{
	struct pm_stamp_date date;
	struct pm_scan dotted;
	unsigned day, month;

	pm_scan_any(&at, ".");
	pm_scan_any(&at, ",");
	if (!pm_scan_any(&at, " ") || !pm_is_digit(pm_scan_peek(&at, 0)))
		return false;
	dotted = at;
	/* "do 3-Apr" may follow another day: a name stands apart. */
	if (pm_scan_date(&at, &date))
		return date.month &&
		       (!date.named || !memchr(at.text.ptr + dotted.off, '-',
					       at.off - dotted.off));
	if (!pm_scan_number(&dotted, 1, 2, &day) ||
		!pm_scan_any(&dotted, ".") ||
		!pm_scan_number(&dotted, 1, 2, &month) || month > 12)
		return false;
	pm_scan_any(&dotted, ":");
	return pm_scan_end(&dotted);
}

/* "Mo.", "(fre)", "ons.", "So 2026-11-22", "Ons 13/3": short names are words of
   other things as well, but for what stands behind them. Those of two or three
   letters in other tongues are "do", "so", "sex". */
static bool short_is_meant(const struct pm_scan *scan, enum form form)
{
	char next = pm_scan_peek(scan, 0);
	size_t on = pm_scan_peek(scan, 1) == '~' ? 2 : 1;
	char sign = pm_scan_peek(scan, on + 1);

	if (form == DATED)
		return before_date(*scan);
	if (next == '.' || next == ')')
		return true;
	/* "Fre 14:30", "Dom ~14:00" */
	if (pm_is_digit(sign))
		sign = pm_scan_peek(scan, on + 2);
	if (next == ' ' && pm_is_digit(pm_scan_peek(scan, on)) &&
		(sign == ':' ||
			(form == NORTHERN && (sign == '.' || sign == '/'))))
		return true;
	return before_date(*scan);
}

unsigned pm_weekday_named(struct pm_scan *behind, const char *word)
{
	struct pm_slice key = pm_slice_str(word);
	const struct weekday *found =
		bsearch(&key, weekdays, sizeof weekdays / sizeof weekdays[0],
			sizeof weekdays[0], pm_inline_order);

	if (!found ||
		(found->form != LONG && !short_is_meant(behind, found->form)))
		return 0;
	pm_scan_any(behind, ".");
	return found->day;
}

unsigned pm_scan_weekday(struct pm_scan *scan)
{
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];
	unsigned day = weekday_sign(scan);

	if (day || !pm_scan_word(&at, word))
		return day;
	day = pm_weekday_named(&at, word);
	if (day)
		*scan = at;
	return day;
}
