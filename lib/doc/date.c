/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates as people write them: 2026-11-22, 22.11.2026, 11/22/2026, Nov 22nd,
 * 22. november, 11月22日, 11월 22일. A date may lack its year. Where a form
 * without a year could as well be a number (24/7, 10-12), a clock has to
 * follow.
 */
#include "doc/stamp.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/inline_text.h"

/* Of a year; and fewer letters than this a month has that ends in a point. */
enum { MONTHS = 12, ABBREVIATED = 5 };

unsigned pm_month_named(const char *word)
{
	enum { NAME_MOST = 28 };
	static const struct month {
		char name[NAME_MOST];
		unsigned month;
	} months[] = {
#define PM_MONTH(name, month) {name, PM_FITS(name, NAME_MOST, month)},
#include "doc/months.def"
#undef PM_MONTH
	};
	struct pm_slice key = pm_slice_str(word);
	const struct month *found =
		bsearch(&key, months, sizeof months / sizeof months[0],
			sizeof months[0], pm_inline_order);

	return found ? found->month : 0;
}

/* Fills in a date; one the calendar does not have keeps month and day 0. */
static void set_date(
	struct pm_stamp_date *out, int year, unsigned month, unsigned day)
{
	/* Without a year 29 February may be right. */
	struct pm_date date = {year ? year : 2024, month, day};

	out->given = true;
	out->year = year;
	if (pm_date_valid(date)) {
		out->month = month;
		out->day = day;
	}
}

/* Takes the sign between the figures of a date, '\0' when there is none. A
   hyphen may be one that allows no line break. */
static char separator(struct pm_scan *scan)
{
	char c = pm_scan_peek(scan, 0);

	if (pm_scan_any(scan, "-/."))
		return c;
	return c & 0x80 && (pm_scan_take(scan, "\xE2\x80\x91") ||
				   pm_scan_take(scan, "\xE2\x80\x90"))
		       ? '-'
		       : '\0';
}

/* A blank behind the dot of "5. 3. 2026" and "2026. 3. 5."; its length. */
static size_t dot_blank(struct pm_scan *scan, char sep)
{
	size_t start = scan->off;

	if (sep == '.')
		pm_scan_any(scan, " ");
	return scan->off - start;
}

/* 2026-11-22, 2026/11/22, 2026.11.22, 2026. 11. 22.; a year of five digits is
   a slip. */
static bool year_first(struct pm_scan *scan, struct pm_stamp_date *out)
{
	struct pm_scan at = *scan;
	unsigned year, month, day;
	size_t blanks;
	char sep;

	if (!pm_scan_number(&at, 4, 5, &year))
		return false;
	sep = separator(&at);
	blanks = dot_blank(&at, sep);
	if (!sep || !pm_scan_number(&at, 1, 2, &month) || separator(&at) != sep)
		return false;
	blanks += dot_blank(&at, sep);
	/* "in 2024. 3 of 5": a sentence ends and the next begins. */
	if (blanks == 1 || !pm_scan_number(&at, 1, 2, &day))
		return false;
	if (blanks)
		pm_scan_any(&at, ".");
	if (year > 9999)
		out->odd_year = year;
	set_date(out, year > 9999 ? 0 : (int)year, month, day);
	*scan = at;
	return true;
}

/* Marks a date whose figures can be exchanged, or tells which order they show:
   first and second are what was written before the year. */
static void mark_order(
	struct pm_stamp_date *out, unsigned first, unsigned second)
{
	out->ambiguous = first <= 12 && second <= 12 && first != second;
	if (first > 12)
		out->order = PM_ORDER_DAY;
	else if (second > 12)
		out->order = PM_ORDER_MONTH;
}

/* 20261122, and 11222026 or 22112026 where that is no year. */
static bool run_together(struct pm_scan *scan, struct pm_stamp_date *out)
{
	struct pm_scan at = *scan;
	unsigned n;
	struct pm_date tries[3];

	if (!pm_scan_number(&at, 8, 8, &n))
		return false;
	tries[0] = (struct pm_date){(int)(n / 10000), n / 100 % 100, n % 100};
	tries[1] = (struct pm_date){
		(int)(n % 10000), n / 1000000, n / 10000 % 100};
	tries[2] = (struct pm_date){
		(int)(n % 10000), n / 10000 % 100, n / 1000000};
	for (size_t i = 0; i < 3; i++)
		if (tries[i].year > 1990 && tries[i].year < 2100 &&
			pm_date_valid(tries[i])) {
			set_date(out, tries[i].year, tries[i].month,
				tries[i].day);
			if (i > 0)
				mark_order(out, n / 1000000, n / 10000 % 100);
			*scan = at;
			return true;
		}
	return false;
}

/* "13/03 at 10:00", "13/03 à 10h", "13/03 a las 10:00": up to two words. */
static void words_between(struct pm_scan *scan)
{
	static const char *const words[] = {"at", "a", "as", "las", "alle",
		"ore", "um", "om", "o", "godz", "в", "vers", "gegen", "ca",
		"circa", "cirka", "sobre", "hacia", "rundt", "omkring",
		"around", "about", NULL};
	char word[PM_SCAN_WORD];

	for (int i = 0; i < 2; i++) {
		struct pm_scan at = *scan;

		if (!pm_scan_word(&at, word) || !pm_word_in(word, words))
			return;
		pm_scan_any(&at, ".");
		pm_scan_blanks(&at);
		*scan = at;
	}
}

static bool clock_follows(struct pm_scan at)
{
	struct pm_stamp_clock clock;
	unsigned hour;

	pm_scan_blanks(&at);
	pm_scan_any(&at, ",");
	pm_scan_blanks(&at);
	words_between(&at);
	pm_scan_any(&at, "~");
	if (pm_scan_clock_word(&at)) {
		pm_scan_blanks(&at);
		at.dots = true;
		/* "kl. 8" */
		if (!pm_scan_clock(&at, &clock))
			return pm_scan_number(&at, 1, 2, &hour) && hour < 24;
		return true;
	}
	return pm_scan_clock(&at, &clock);
}

/* " 09:05" and no more */
static bool colon_clock_follows(struct pm_scan at)
{
	unsigned hour, minute;

	if (!pm_scan_any(&at, " "))
		return false;
	pm_scan_blanks(&at);
	return pm_scan_number(&at, 1, 2, &hour) && hour < 24 &&
	       pm_scan_any(&at, ":") && pm_scan_number(&at, 2, 2, &minute) &&
	       minute < 60;
}

/* " - mended" and no figure: "24/7 - 24/7 support", "21/9-20 of them". */
static bool dash_and_words(struct pm_scan at)
{
	if (!pm_scan_any(&at, " "))
		return false;
	pm_scan_blanks(&at);
	if (!pm_scan_dash(&at) || !pm_scan_any(&at, " "))
		return false;
	pm_scan_blanks(&at);
	return !pm_scan_end(&at) && !pm_is_digit(pm_scan_peek(&at, 0));
}

/* What must come after two figures without a year to make them a date. */
static bool yearless_ok(char sep, struct pm_scan at)
{
	struct pm_scan part = at;

	/* "11-22 evening", "6/3 午前" */
	if (sep != '.' && pm_scan_part_of_day(&part))
		return true;
	if (sep == '-')
		return clock_follows(at);
	/* "14.03 09:05": a clock with a colon makes a day of what would be a
	   clock with a point. */
	if (sep == '.')
		return pm_scan_peek(&at, 0) == '.'
			       ? !pm_is_digit(pm_scan_peek(&at, 1))
			       : colon_clock_follows(at);
	if (clock_follows(at))
		return true;
	pm_scan_blanks(&at);
	if (pm_scan_any(&at, "(") || pm_scan_take(&at, "（"))
		return pm_scan_weekday(&at);
	return pm_scan_end(&at) || pm_scan_peek(&at, 0) == ':';
}

/* Decides which of two figures is the day. */
static bool order_figures(struct pm_stamp_date *out, int year, char sep,
	unsigned first, unsigned second)
{
	bool day_first = sep == '.' || first > 12;

	if (first < 1 || second < 1 || first > 31 || second > 31 ||
		(first > 12 && second > 12) || (sep == '.' && second > 12))
		return false;
	if (day_first)
		set_date(out, year, second, first);
	else
		set_date(out, year, first, second);
	mark_order(out, first, second);
	/* With points it is the day. 11-22 without a year is cut from
	   2026-11-22: month first. */
	if (sep == '.' || (!year && sep == '-'))
		out->ambiguous = false;
	return true;
}

/*
 * Two figures without a year. "14/3 - mended" is a day; "3/14 - mended" is one
 * as well, or the third part of fourteen, and who knows the other days has to
 * tell. "24/7 - all year" says when somebody is there.
 */
static bool yearless(struct pm_scan at, char sep, unsigned first,
	unsigned second, struct pm_stamp_date *out)
{
	bool ok = yearless_ok(sep, at);

	if ((!ok && (sep != '/' || (first == 24 && second == 7) ||
			    !dash_and_words(at))) ||
		!order_figures(out, 0, sep, first, second))
		return false;
	out->weak = !ok && first <= second;
	if (out->weak)
		out->order = PM_ORDER_UNKNOWN;
	return true;
}

/* True at the end of a text and before a sign that parts. */
static bool set_off_there(struct pm_scan at)
{
	pm_scan_blanks(&at);
	return pm_scan_end(&at) || memchr(":,;|)\n", pm_scan_peek(&at, 0), 6) ||
	       pm_scan_dash(&at);
}

/* The year of "5/11-2021". Of two figures only where "kl" follows, or the first
   figure can be no month: "9/10-22 14:00" may be days of one month. */
static bool northern_year(struct pm_scan *scan, bool day, unsigned *year)
{
	struct pm_scan at = *scan;

	if (pm_scan_number(scan, 4, 4, year))
		return true;
	if (!pm_scan_number(&at, 2, 2, year) || *year < 10)
		return false;
	*scan = at;
	*year += 2000;
	if (day && (clock_follows(at) || set_off_there(at)))
		return true;
	pm_scan_blanks(&at);
	return pm_scan_clock_word(&at) && clock_follows(*scan);
}

/* The year of "13/3 2024", before a clock or set off. */
static bool year_apart(struct pm_scan *scan, unsigned *year)
{
	struct pm_scan at = *scan;

	if (!pm_scan_any(&at, " ") || !pm_scan_year(&at, year) ||
		!(clock_follows(at) || set_off_there(at)))
		return false;
	*scan = at;
	return true;
}

/* A year of two figures; nobody tells of 2099. */
static unsigned whole_year(unsigned year)
{
	enum { LAST = 69 };

	return year + (year > LAST ? 1900 : 2000);
}

/* 25/04/05, as East Asia has it. That it is a day of 2005 is less likely than
   that it is one of 2025: nobody kept post-mortems beside the code then. */
static bool short_year_first(struct pm_scan *scan, struct pm_stamp_date *out)
{
	struct pm_scan at = *scan;
	struct pm_date date;
	unsigned year;

	if (pm_scan_peek(scan, 2) != '/' || !pm_scan_number(&at, 2, 2, &year) ||
		year <= 12 || year > 40 || !pm_scan_any(&at, "/") ||
		!pm_scan_number(&at, 2, 2, &date.month) ||
		!pm_scan_any(&at, "/") ||
		!pm_scan_number(&at, 2, 2, &date.day) || date.day > 9)
		return false;
	date.year = (int)whole_year(year);
	if (!pm_date_valid(date))
		return false;
	set_date(out, date.year, date.month, date.day);
	*scan = at;
	return true;
}

/* 22.11.2026, 22. 11. 2026, 22/11/26, 22/11-2026, 11-22-2026, 22.11., 11/22
   10:02, 11-22 10:02 */
static bool figures(struct pm_scan *scan, struct pm_stamp_date *out)
{
	struct pm_scan at = *scan, with;
	unsigned first, second, year;
	size_t blanks;
	char sep;

	if (!pm_scan_number(&at, 1, 2, &first))
		return false;
	sep = separator(&at);
	blanks = dot_blank(&at, sep);
	if (!sep || !pm_scan_number(&at, 1, 2, &second))
		return false;
	with = at;
	if (separator(&with) == sep) {
		bool apart = dot_blank(&with, sep) || blanks;

		/* Between blanks only a whole year makes it a date. */
		if (pm_scan_number(&with, 4, 4, &year) ||
			(sep != '-' && !apart &&
				pm_scan_number(&with, 2, 2, &year))) {
			if (year < 100)
				year = whole_year(year);
			if (!order_figures(out, (int)year, sep, first, second))
				return false;
			*scan = with;
			return true;
		}
	}
	/* "5/11-2021", as it is written in the north: the day comes first. */
	with = at;
	if (sep == '/' &&
		(pm_scan_any(&with, "-")
				? northern_year(&with, first > MONTHS, &year)
				: year_apart(&with, &year)) &&
		order_figures(out, (int)year, '.', first, second)) {
		*scan = with;
		return true;
	}
	if (blanks || !yearless(at, sep, first, second, out))
		return false;
	if (sep == '.')
		pm_scan_any(&at, ".");
	*scan = at;
	return true;
}

/* 令和5, 令和元, 民國112: a year counted from the beginning of a reign or a
   republic, as official papers have it. */
static bool era_year(struct pm_scan *scan, unsigned *year)
{
	static const struct {
		const char *name;
		unsigned before;
	} eras[] = {
		{"令和", 2018}, {"平成", 1988}, {"民國", 1911}, {"民国", 1911}};
	struct pm_scan at = *scan;
	unsigned nth = 1;

	for (size_t i = 0; i < sizeof eras / sizeof eras[0]; i++) {
		if (!pm_scan_take(&at, eras[i].name))
			continue;
		pm_scan_blanks(&at);
		if (!pm_scan_take(&at, "元") &&
			!pm_scan_number(&at, 1, 3, &nth))
			return false;
		*year = eras[i].before + nth;
		*scan = at;
		return true;
	}
	return false;
}

/* 2026年11月22日, 11月22日, 11月22号, 11월 22일, 令和8年11月22日 */
static bool with_signs(struct pm_scan *scan, struct pm_stamp_date *out)
{
	struct pm_scan at = *scan;
	unsigned year = 0, month, day;

	if (pm_scan_number(&at, 4, 4, &year) || era_year(&at, &year)) {
		if (!pm_scan_take(&at, "年") && !pm_scan_take(&at, "년"))
			return false;
		pm_scan_blanks(&at);
	}
	if (!pm_scan_number(&at, 1, 2, &month) ||
		(!pm_scan_take(&at, "月") && !pm_scan_take(&at, "월")))
		return false;
	pm_scan_blanks(&at);
	if (!pm_scan_number(&at, 1, 2, &day) ||
		(!pm_scan_take(&at, "日") && !pm_scan_take(&at, "号") &&
			!pm_scan_take(&at, "일")))
		return false;
	set_date(out, (int)year, month, day);
	*scan = at;
	return true;
}

bool pm_scan_year(struct pm_scan *scan, unsigned *year)
{
	struct pm_scan at = *scan;

	if (!pm_scan_number(&at, 4, 4, year) || *year < 1990 || *year > 2100)
		return false;
	*scan = at;
	return true;
}

/* A year behind a month's name: ", 2026", " 2026", " de 2026". */
static unsigned year_after(struct pm_scan *scan)
{
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];
	unsigned year;

	pm_scan_any(&at, ".");
	pm_scan_any(&at, ",");
	pm_scan_blanks(&at);
	if (pm_scan_word(&at, word)) {
		if (strcmp(word, "de") != 0 && strcmp(word, "del") != 0)
			return 0;
		pm_scan_blanks(&at);
	}
	/* "March 12 2012:30" holds a clock, not a year, unlike the stamps of
	   web servers: 12/Mar/2026:20:12:30. */
	if (!pm_scan_year(&at, &year) ||
		(pm_scan_peek(&at, 0) == ':' &&
			pm_is_digit(pm_scan_peek(&at, 1)) &&
			pm_scan_peek(&at, 3) != ':'))
		return 0;
	*scan = at;
	return year;
}

/* The mark of an ordinal: 22nd, 22., 1er. */
static void ordinal(struct pm_scan *scan)
{
	static const char *const marks[] = {
		"st", "nd", "rd", "th", "er", "e", NULL};
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];

	if (pm_scan_any(scan, "."))
		return;
	if (pm_scan_word(&at, word) && pm_word_in(word, marks))
		*scan = at;
}

/* 22 November 2026, 22. november, 22nd of Nov, 22 de noviembre de 2026 */
static bool day_and_name(struct pm_scan *scan, struct pm_stamp_date *out)
{
	static const char *const links[] = {"of", "de", "den", NULL};
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];
	unsigned day, month;

	if (!pm_scan_number(&at, 1, 2, &day))
		return false;
	ordinal(&at);
	pm_scan_blanks(&at);
	pm_scan_any(&at, "-/");
	if (!pm_scan_word(&at, word))
		return false;
	if (pm_word_in(word, links)) {
		pm_scan_blanks(&at);
		if (!pm_scan_word(&at, word))
			return false;
	}
	month = pm_month_named(word);
	if (!month || day < 1 || day > 31)
		return false;
	/* "13. mar. kl. 10.45" */
	if (strlen(word) < ABBREVIATED && pm_scan_peek(&at, 1) == ' ')
		pm_scan_any(&at, ".");
	pm_scan_any(&at, "-/");
	set_date(out, (int)year_after(&at), month, day);
	out->named = true;
	*scan = at;
	return true;
}

/* 2026-Nov-22, 2026 November 22nd */
static bool year_and_name(struct pm_scan *scan, struct pm_stamp_date *out)
{
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];
	unsigned year, month, day;

	if (!pm_scan_year(&at, &year))
		return false;
	pm_scan_any(&at, "-/,");
	pm_scan_blanks(&at);
	if (!pm_scan_word(&at, word) || !(month = pm_month_named(word)))
		return false;
	pm_scan_any(&at, "-/.");
	pm_scan_blanks(&at);
	if (!pm_scan_number(&at, 1, 2, &day) || day < 1 || day > 31 ||
		pm_is_digit(pm_scan_peek(&at, 0)) ||
		pm_scan_peek(&at, 0) == ':')
		return false;
	ordinal(&at);
	set_date(out, (int)year, month, day);
	out->named = true;
	*scan = at;
	return true;
}

/* November 22nd, 2026; Nov 22; November-22-2026 */
static bool name_and_day(struct pm_scan *scan, struct pm_stamp_date *out)
{
	struct pm_scan at = *scan, with;
	char word[PM_SCAN_WORD];
	unsigned day, month, year = 0;
	bool joined;

	if (!pm_scan_word(&at, word))
		return false;
	joined = pm_scan_peek(&at, 0) == '-';
	pm_scan_any(&at, ".-");
	pm_scan_blanks(&at);
	/* "May 10:30" is a clock, "May 10: mended" a day. */
	if (!pm_scan_number(&at, 1, 2, &day) || day < 1 || day > 31 ||
		(pm_scan_peek(&at, 0) == ':' &&
			pm_is_digit(pm_scan_peek(&at, 1))) ||
		!(month = pm_month_named(word)))
		return false;
	ordinal(&at);
	with = at;
	/* "May-10-11" holds two days. */
	if (joined && pm_scan_any(&with, "-"))
		year = year_after(&with);
	if (year)
		at = with;
	else
		year = year_after(&at);
	set_date(out, (int)year, month, day);
	out->named = true;
	*scan = at;
	return true;
}

/* The sign between two days: "7-13 Nov", "7 – 13 Nov". */
static bool between_days(struct pm_scan *scan)
{
	pm_scan_blanks(scan);
	if (!pm_scan_dash(scan))
		return false;
	pm_scan_blanks(scan);
	return true;
}

/* 7-13 Nov, 7th – 13th of November 2026 */
static bool days_and_name(struct pm_scan *scan, struct pm_stamp_date *start,
	struct pm_stamp_date *end)
{
	struct pm_scan at = *scan;
	unsigned day;

	if (!pm_scan_number(&at, 1, 2, &day) || day < 1)
		return false;
	ordinal(&at);
	if (!between_days(&at) || !day_and_name(&at, end) || day >= end->day)
		return false;
	*start = *end;
	start->day = day;
	*scan = at;
	return true;
}

/* May 10-11, 2026; May 10th – 11th */
static bool name_and_days(struct pm_scan *scan, struct pm_stamp_date *start,
	struct pm_stamp_date *end)
{
	struct pm_scan at = *scan;
	unsigned day;

	/* The end of "May 10-11:30" is a clock, that of "May 10-12pm" too. */
	if (!name_and_day(&at, start) || start->year || !between_days(&at) ||
		!pm_scan_number(&at, 1, 2, &day) || day <= start->day ||
		day > 31)
		return false;
	ordinal(&at);
	if (pm_scan_peek(&at, 0) == ':' && pm_is_digit(pm_scan_peek(&at, 1)))
		return false;
	if (pm_scan_at_word(&at))
		return false;
	set_date(end, (int)year_after(&at), start->month, day);
	end->named = true;
	start->year = end->year;
	*scan = at;
	return true;
}

bool pm_scan_may_be_date(const struct pm_scan *scan)
{
	size_t at = 0;
	char c;

	/* "May 3" and "Nov.-22" begin a date, "May be" does not. */
	while (pm_is_letter(pm_scan_peek(scan, at)))
		at++;
	c = pm_scan_peek(scan, at);
	at += c == '.' || c == '-';
	at += pm_scan_peek(scan, at) == ' ';
	c = pm_scan_peek(scan, at);
	/* Of other blanks and letters, name_and_day knows more. */
	return pm_is_digit(c) || c & 0x80 || (c && c <= ' ');
}

bool pm_scan_days(struct pm_scan *scan, struct pm_stamp_date *start,
	struct pm_stamp_date *end)
{
	bool figure = pm_is_digit(pm_scan_peek(scan, 0));
	struct pm_stamp_date first, last;

	/* A year is no day. */
	if (figure ? pm_is_digit(pm_scan_peek(scan, 1)) &&
				pm_is_digit(pm_scan_peek(scan, 2))
		   : !pm_scan_may_be_date(scan))
		return false;
	memset(&first, 0, sizeof first);
	memset(&last, 0, sizeof last);
	if (figure ? !days_and_name(scan, &first, &last)
		   : !name_and_days(scan, &first, &last))
		return false;
	*start = first;
	*end = last;
	return true;
}

bool pm_scan_date(struct pm_scan *scan, struct pm_stamp_date *out)
{
	char c = pm_scan_peek(scan, 0);
	size_t run = 0;

	memset(out, 0, sizeof *out);
	if (c & 0x80 && with_signs(scan, out))
		return true;
	if (!pm_is_digit(c))
		return pm_scan_may_be_date(scan) && name_and_day(scan, out);
	/* A clock: no form of a date has a colon behind its first figure. */
	if (pm_scan_peek(scan, 1) == ':' || pm_scan_peek(scan, 2) == ':')
		return false;
	while (pm_is_digit(pm_scan_peek(scan, run)))
		run++;
	if (run == 8)
		return run_together(scan, out);
	if (run > 2)
		return year_first(scan, out) || year_and_name(scan, out) ||
		       with_signs(scan, out);
	return short_year_first(scan, out) || figures(scan, out) ||
	       day_and_name(scan, out) || with_signs(scan, out);
}
