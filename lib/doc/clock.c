/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clock times as people write them: 10:02, 10:02:33.5, 2:13 PM, 10:45a, 4pm,
 * 10.45, 14h30, 1402Z, 14時2分, 14点02分, 오후 2시 5분, 14:??, --:--. A bare
 * number is no time.
 */
#include "doc/stamp.h"

#include <string.h>

#include "base/ascii.h"

/* What stands for figures somebody did not know; letters of templates too. */
static const char unknown_signs[] = "?XxHhMmSs_-#*";

static bool digit_at(const struct pm_scan *scan, size_t ahead)
{
	char c = pm_scan_peek(scan, ahead);

	return pm_is_digit(c);
}

bool pm_scan_noon(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	static const char *const noon[] = {
		"noon", "midday", "mediodia", "midi", NULL};
	static const char *const midnight[] = {"midnight", "midnatt",
		"mitternacht", "medianoche", "minuit", NULL};
	struct pm_scan at = *scan;
	char first = (char)(pm_scan_peek(&at, 0) | 32);
	char second = (char)(pm_scan_peek(&at, 1) | 32);
	char word[PM_SCAN_WORD];
	bool day;

	/* What the words begin with; another letter may fold to the second. */
	if ((first != 'n' && first != 'm') ||
		(!(second & 0x80) && second != 'o' && second != 'i' &&
			second != 'e') ||
		!pm_scan_word(&at, word))
		return false;
	day = pm_word_in(word, noon);
	if (!day && !pm_word_in(word, midnight))
		return false;
	memset(out, 0, sizeof *out);
	out->hour = day ? 12 : 0;
	out->half = day ? PM_HALF_PM : PM_HALF_AM;
	out->precision = PM_PRECISION_HOUR;
	*scan = at;
	return true;
}

/* "12 noon", "12:00 midnight" */
static bool noon_behind(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	struct pm_scan at = *scan;
	struct pm_stamp_clock noon;

	if (out->hour != 12 || out->minute)
		return false;
	pm_scan_blanks(&at);
	if (!pm_scan_noon(&at, &noon))
		return false;
	out->half = noon.half;
	*scan = at;
	return true;
}

/* am, pm, a.m., p.m.; the bare letter only where it is glued to figures. */
static void half_of_day(
	struct pm_scan *scan, struct pm_stamp_clock *out, bool glued)
{
	struct pm_scan at = *scan;
	char c;

	if (noon_behind(scan, out))
		return;
	pm_scan_blanks(&at);
	c = pm_scan_peek(&at, 0) | 32;
	if (c != 'a' && c != 'p')
		return;
	at.off++;
	/* "8:30 p. m.", as the Spanish academy has it. */
	if (pm_scan_any(&at, ".") && pm_scan_peek(&at, 0) == ' ' &&
		(pm_scan_peek(&at, 1) | 32) == 'm' &&
		pm_scan_peek(&at, 2) == '.')
		at.off++;
	if (pm_scan_any(&at, "mM"))
		pm_scan_any(&at, ".");
	else if (!glued || pm_scan_peek(scan, 0) == ' ')
		return;
	if (pm_scan_at_word(&at))
		return;
	out->half = c == 'a' ? PM_HALF_AM : PM_HALF_PM;
	*scan = at;
}

/* Turns the hours of a 12-hour clock into those of a day. */
static void apply_half(struct pm_stamp_clock *out)
{
	if (out->half == PM_HALF_PM && out->hour < 12)
		out->hour += 12;
	else if (out->half == PM_HALF_AM && out->hour == 12)
		out->hour = 0;
}

/* Two places that say that the figures are not known: ??, XX, --, mm. */
static bool unknown_pair(struct pm_scan *scan)
{
	if (!pm_scan_peek(scan, 0) || !pm_scan_peek(scan, 1) ||
		!strchr(unknown_signs, pm_scan_peek(scan, 0)) ||
		pm_scan_peek(scan, 0) != pm_scan_peek(scan, 1))
		return false;
	scan->off += 2;
	return true;
}

/* Minutes that nobody remembers: 14:??, and 14:3x, where two figures stand
   before the colon: 1:3x is a rate. */
static bool unknown_minutes(struct pm_scan *scan, size_t hour_len)
{
	char tens = pm_scan_peek(scan, 0),
	     ones = tens ? pm_scan_peek(scan, 1) : 0;

	/* Nearly all are known. */
	if (pm_is_digit(ones))
		return false;
	if (unknown_pair(scan))
		return true;
	if (hour_len != 2 || tens < '0' || tens > '5' || !ones ||
		!strchr("?xX", ones) || pm_is_word(pm_scan_peek(scan, 2)))
		return false;
	scan->off += 2;
	return true;
}

/* Seconds behind minutes, with a fraction that is dropped. */
static void seconds(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	struct pm_scan at = *scan;
	unsigned value, fraction;

	if (!pm_scan_any(&at, ":") || !pm_scan_number(&at, 2, 2, &value))
		return;
	out->second = value;
	out->precision = PM_PRECISION_SECOND;
	*scan = at;
	if (pm_scan_any(&at, ".,") && pm_scan_number(&at, 1, 9, &fraction)) {
		/* "10:02:05.0xx": who wrote it did not know better. */
		while (pm_scan_any(&at, "x"))
			;
		*scan = at;
	}
}

/* True for hours, minutes and seconds that a day has; 24:00 is its end. */
static bool possible(const struct pm_stamp_clock *clock)
{
	if (clock->hour == 24)
		return clock->minute == 0 && clock->second == 0;
	return clock->hour < 24 && clock->minute < 60 && clock->second <= 60;
}

static bool finish(
	struct pm_scan *scan, struct pm_scan at, struct pm_stamp_clock *out)
{
	half_of_day(&at, out, true);
	apply_half(out);
	if (!possible(out)) {
		out->impossible = true;
		out->precision = PM_PRECISION_NONE;
	}
	*scan = at;
	return true;
}

/* Takes the blank of "1: 55 PM", which needs the half of the day: "12: 30
   hosts" is no time. */
static void blank_behind_colon(struct pm_scan *scan)
{
	struct pm_stamp_clock clock = {.half = 0};
	struct pm_scan at = *scan;
	unsigned minute;

	if (pm_scan_peek(&at, 0) != ' ')
		return;
	at.off++;
	if (!pm_scan_number(&at, 2, 2, &minute))
		return;
	half_of_day(&at, &clock, true);
	if (clock.half)
		scan->off++;
}

/* 10:02, 10:02:33, 14:??, 009:38; with the fullwidth colon too. */
static bool with_colon(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	struct pm_scan at = *scan;
	unsigned hour, minute;
	size_t start = at.off, len;

	if (!pm_scan_number(&at, 1, 3, &hour))
		return false;
	len = at.off - start;
	out->impossible = len == 3;
	if (!pm_scan_take(&at, ":") && !pm_scan_take(&at, "："))
		return false;
	blank_behind_colon(&at);
	out->hour = hour;
	out->padded = scan->text.ptr[start] == '0';
	if (unknown_minutes(&at, len)) {
		out->precision = PM_PRECISION_HOUR;
		out->vague = true;
		return finish(scan, at, out);
	}
	if (!pm_scan_number(&at, 2, 2, &minute))
		return false;
	out->minute = minute;
	out->precision = PM_PRECISION_MINUTE;
	seconds(&at, out);
	return finish(scan, at, out);
}

/* True before a word that only clocks have behind them. */
static bool clock_word_behind(struct pm_scan at)
{
	static const char *const words[] = {"uhr", "uur", "hrs", NULL};
	char word[PM_SCAN_WORD];

	pm_scan_blanks(&at);
	return memchr("uUhH", pm_scan_peek(&at, 0), 4) &&
	       pm_scan_word(&at, word) && pm_word_in(word, words);
}

/* 10.45 and 9.30pm. "2.17 was published" and "10.5 minutes" are no times: the
   hour has two figures, unless a half of the day follows, "Uhr", or other times
   here are written with dots. */
static bool with_dot(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	struct pm_scan at = *scan;
	unsigned hour, minute;
	size_t start = at.off;

	if (!pm_scan_number(&at, 1, 2, &hour))
		return false;
	start = at.off - start;
	if (!pm_scan_any(&at, ".") || !pm_scan_number(&at, 2, 2, &minute) ||
		pm_scan_peek(&at, 0) == '%' ||
		(pm_scan_peek(&at, 0) == '.' && digit_at(&at, 1)))
		return false;
	out->hour = hour;
	out->minute = minute;
	out->precision = PM_PRECISION_MINUTE;
	half_of_day(&at, out, true);
	apply_half(out);
	if (!possible(out) || (start == 1 && !out->half && !scan->dots &&
				      !clock_word_behind(at)))
		return false;
	out->dotted = true;
	*scan = at;
	return true;
}

/* 4pm, 4 PM */
static bool hour_and_half(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	struct pm_scan at = *scan;

	if (!pm_scan_number(&at, 1, 2, &out->hour) || out->hour < 1 ||
		out->hour > 12)
		return false;
	half_of_day(&at, out, false);
	if (!out->half)
		return false;
	out->precision = PM_PRECISION_HOUR;
	apply_half(out);
	*scan = at;
	return true;
}

/* True where a separator parts a time from what happened then. */
static bool set_off(struct pm_scan at)
{
	static const char *const signs[] = {"–", "—", "→", "：", NULL};

	pm_scan_blanks(&at);
	return pm_scan_take_one(&at, signs) || pm_scan_end(&at) ||
	       pm_scan_any(&at, ":|") || pm_scan_take(&at, "- ");
}

/* 14h30, 14 h 30, 14h; the Dutch hour is written 14u30, 14 uur */
static bool with_letter(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	struct pm_scan at = *scan, hour;

	if (!pm_scan_number(&at, 1, 2, &out->hour))
		return false;
	pm_scan_blanks(&at);
	if (pm_scan_take(&at, "Uhr") || pm_scan_take(&at, "heures")) {
		out->precision = PM_PRECISION_HOUR;
		*scan = at;
		return possible(out) && !pm_scan_at_word(&at);
	}
	if (pm_scan_any(&at, "uU"))
		pm_scan_take(&at, "ur");
	else if (!pm_scan_any(&at, "hH"))
		return false;
	hour = at;
	pm_scan_blanks(&at);
	out->precision = PM_PRECISION_MINUTE;
	if (!pm_scan_number(&at, 2, 2, &out->minute)) {
		/* "15h : ..." is an hour, "2h of errors" a duration. */
		at = hour;
		out->precision = PM_PRECISION_HOUR;
		if (!set_off(at))
			return false;
	} else {
		/* 9h25min, 9 h 25 mn */
		hour = at;
		pm_scan_blanks(&hour);
		if ((pm_scan_take(&hour, "min") || pm_scan_take(&hour, "mn")) &&
			!pm_scan_at_word(&hour))
			at = hour;
	}
	if (!possible(out) || pm_scan_at_word(&at))
		return false;
	*scan = at;
	return true;
}

/* 1402Z, 1402 UTC, 1402h, 1402 -: four figures alone could be a year. */
static bool four_figures(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	static const char *const marks[] = {"h", "hrs", "hours", "uhr", NULL};
	struct pm_scan at = *scan, after;
	struct pm_stamp_zone zone = {.known = false};
	char word[PM_SCAN_WORD];
	unsigned value;

	if (!pm_scan_number(&at, 4, 4, &value))
		return false;
	out->hour = value / 100;
	out->minute = value % 100;
	out->precision = PM_PRECISION_MINUTE;
	/* Who has all four counts to 24, whatever others here do. */
	out->padded = true;
	if (!possible(out))
		return false;
	after = at;
	pm_scan_blanks(&after);
	if (pm_scan_word(&after, word) && pm_word_in(word, marks)) {
		*scan = after;
		return true;
	}
	after = at;
	/* No post-mortem tells of years that far away. */
	if (!pm_scan_zone(&after, &zone) &&
		(!set_off(at) || pm_scan_end(&at) ||
			(value >= 1900 && value <= 2100)))
		return false;
	out->bare = !zone.text.len;
	*scan = at;
	return true;
}

/* The half of the day before the hour, in three languages. */
static void half_before(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	static const char *const am[] = {"午前", "未明", "早朝", "朝", "上午",
		"早上", "凌晨", "清晨", "오전", "새벽", "아침", NULL};
	static const char *const pm[] = {
		"午後", "夕方", "下午", "晚上", "傍晚", "오후", "저녁", NULL};

	if (!(pm_scan_peek(scan, 0) & 0x80))
		return;
	if (pm_scan_take_one(scan, am))
		out->half = PM_HALF_AM;
	else if (pm_scan_take_one(scan, pm))
		out->half = PM_HALF_PM;
	pm_scan_blanks(scan);
}

/* 午後1:30, 上午 10:05, 오전 10:05 */
static bool half_and_colon(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	struct pm_scan at = *scan;
	struct pm_stamp_clock half = {0};

	half_before(&at, &half);
	if (!half.half || !with_colon(&at, out) || out->impossible)
		return false;
	out->half = half.half;
	apply_half(out);
	*scan = at;
	return true;
}

/* The sign behind an hour that is no number of hours: 時間, 시간. */
static bool hour_sign(struct pm_scan *scan)
{
	static const char *const signs[] = {"時", "时", "시", NULL};
	static const char *const spans[] = {"間", "间", "간", NULL};

	return pm_scan_take_one(scan, signs) && !pm_scan_take_one(scan, spans);
}

/* 14時2分, 午後2時, 14時頃; 14点02分, 오후 2시 5분 */
static bool with_signs(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	static const char *const minutes[] = {"分", "분", NULL};
	static const char *const seconds[] = {"秒", "초", NULL};
	static const char *const point_signs[] = {"点", "點", NULL};
	struct pm_scan at = *scan, behind;
	bool points;

	half_before(&at, out);
	if (!pm_scan_number(&at, 1, 2, &out->hour))
		return false;
	/* They are signs of points as well: minutes have to follow. */
	points = pm_scan_take_one(&at, point_signs);
	if (!points && !hour_sign(&at))
		return false;
	out->precision = PM_PRECISION_HOUR;
	behind = at;
	pm_scan_blanks(&behind);
	if (pm_scan_number(&behind, 1, 2, &out->minute)) {
		if (!pm_scan_take_one(&behind, minutes))
			return false;
		out->precision = PM_PRECISION_MINUTE;
		at = behind;
		pm_scan_blanks(&behind);
	} else if (pm_scan_take(&at, "半")) {
		out->minute = 30;
		out->precision = PM_PRECISION_MINUTE;
		behind = at;
	} else if (points) {
		return false;
	}
	if (pm_scan_number(&behind, 1, 2, &out->second) &&
		pm_scan_take_one(&behind, seconds)) {
		out->precision = PM_PRECISION_SECOND;
		at = behind;
	}
	apply_half(out);
	if (!possible(out))
		return false;
	*scan = at;
	return true;
}

/* --:--, ??:??, HH:mm, and 2X:XX, which starts like a time. */
static bool unknown_clock(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	struct pm_scan at = *scan;
	bool half_known = digit_at(&at, 0);

	if (half_known) {
		if (!strchr("?Xx", pm_scan_peek(&at, 1)) ||
			!pm_scan_peek(&at, 1))
			return false;
		at.off += 2;
	} else if (!unknown_pair(&at)) {
		return false;
	}
	if (!pm_scan_any(&at, ":") || !unknown_pair(&at))
		return false;
	if (pm_scan_peek(&at, 0) == ':') {
		at.off++;
		if (!unknown_pair(&at))
			return false;
	}
	out->unknown = true;
	out->impossible = half_known;
	*scan = at;
	return true;
}

/* True when letters are glued to the figures, a zone's apart: 10:02UTC. */
static bool glued(struct pm_scan at)
{
	struct pm_stamp_zone zone;

	return (unsigned char)pm_scan_peek(&at, 0) < 0x80 &&
	       pm_scan_at_word(&at) && !pm_scan_zone(&at, &zone);
}

/* The word some put behind a clock: 10:02h, 10:02 Uhr; not "10:02 h2 is down".
 */
static struct pm_scan hours(struct pm_scan *scan)
{
	static const char *const words[] = {
		"h", "hs", "hr", "hrs", "uhr", "uur", "u", "ish", NULL};
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];

	pm_scan_blanks(&at);
	if (memchr("hHuUi", pm_scan_peek(&at, 0), 5) &&
		pm_scan_word(&at, word) && pm_word_in(word, words) &&
		!pm_is_digit(pm_scan_peek(&at, 0))) {
		/* "ish" makes a time approximate, which is seen to later. */
		if (word[0] == 'i')
			return at;
		*scan = at;
	}
	return *scan;
}

/* True for figures that begin none of the forms: no sign of a clock stands
   behind them, and no word that one begins, noon among them. */
static bool is_number(struct pm_scan at)
{
	size_t figures = 0;
	char next;

	while (digit_at(&at, figures))
		figures++;
	/* Four are a clock with a zone behind them, or set off. */
	if (figures == 0 || figures == 4)
		return false;
	at.off += figures;
	if (pm_scan_any(&at, ":.?"))
		return false;
	pm_scan_blanks(&at);
	next = pm_scan_peek(&at, 0);
	return !next || (!(next & 0x80) && !strchr("apnmuhxAPNMUHX", next));
}

bool pm_scan_clock(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	static bool (*const forms[])(
		struct pm_scan *, struct pm_stamp_clock *) = {with_colon,
		hour_and_half, with_dot, with_letter, four_figures, with_signs,
		half_and_colon, unknown_clock};

	char first = pm_scan_peek(scan, 0);

	memset(out, 0, sizeof *out);
	/* A letter or a bracket begins none of them. */
	if (pm_is_digit(first)
			? is_number(*scan)
			: !(first & 0x80) && !strchr(unknown_signs, first))
		return false;
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		struct pm_scan at = *scan;

		if (forms[i](&at, out) && !glued(hours(&at))) {
			*scan = at;
			return true;
		}
		memset(out, 0, sizeof *out);
	}
	return false;
}

bool pm_scan_basic_clock(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	struct pm_scan at = *scan;
	unsigned n;

	if (!pm_scan_number(&at, 6, 6, &n) || n / 10000 > 23 ||
		n / 100 % 100 > 59 || n % 100 > 59)
		return false;
	*out = (struct pm_stamp_clock){
		.precision = PM_PRECISION_SECOND,
		.hour = n / 10000,
		.minute = n / 100 % 100,
		.second = n % 100,
		.padded = true,
	};
	*scan = at;
	return true;
}
