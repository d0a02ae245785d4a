/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stamp from its parts: what may stand before it, a date, a clock, a zone,
 * the end of a range, and what may stand behind it. Each part is optional,
 * but a date or a clock must be there.
 */
#include "doc/stamp.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/inline_text.h"

/* What a word before a stamp says of it: see leads.def. */
enum lead { LEAD_NONE, LEAD_ABOUT, LEAD_NEAR, LEAD_FILLER, LEAD_LOOSE };

static enum lead lead_named(const char *word)
{
	enum { WORD_MOST = 24 };
	static const struct row {
		char word[WORD_MOST];
		enum lead lead;
	} leads[] = {
#define PM_LEAD(word, lead) {word, PM_FITS(word, WORD_MOST, LEAD_##lead)},
#include "doc/leads.def"
#undef PM_LEAD
	};
	struct pm_slice key = pm_slice_str(word);
	const struct row *found =
		bsearch(&key, leads, sizeof leads / sizeof leads[0],
			sizeof leads[0], pm_inline_order);

	return found ? found->lead : LEAD_NONE;
}

struct reader {
	struct pm_scan scan;
	unsigned mode;
	struct pm_stamp *out;
	bool bracket; /* the stamp stands in brackets */
	bool iso;     /* date and clock are joined by a T */
	bool clock;   /* "kl." stood before it: figures are a clock */
	bool led;     /* a word stood before it */
};

/* "Some time before 10:00", "sometime after lunch": the words "some time" of
   what is known to be an entry. "Time" alone is the name of a column. */
static bool some_time(struct reader *r)
{
	struct pm_scan at = r->scan;
	char word[PM_SCAN_WORD];

	if (!(r->mode & PM_STAMP_LOOSE) ||
		!memchr("Ss", pm_scan_peek(&at, 0), 2) ||
		!pm_scan_word(&at, word))
		return false;
	if (!strcmp(word, "some")) {
		pm_scan_blanks(&at);
		if (!pm_scan_word(&at, word) || strcmp(word, "time") != 0)
			return false;
	} else if (strcmp(word, "sometime") != 0) {
		return false;
	}
	r->out->approximate = true;
	r->scan = at;
	return true;
}

/* One word before the stamp; false leaves it for the date. */
static bool lead_word(struct reader *r)
{
	struct pm_scan at = r->scan;
	char word[PM_SCAN_WORD];
	bool is_word = pm_scan_word(&at, word);
	unsigned weekday =
		is_word ? pm_weekday_named(&at, word) : pm_scan_weekday(&at);
	enum lead lead;

	if (weekday) {
		/* "Monday, 22 Nov": but a day alone is no stamp. */
		r->out->weekday = weekday;
		r->scan = at;
		return true;
	}
	if (!is_word)
		return false;
	if (pm_is_clock_word(word)) {
		pm_scan_any(&at, ".:");
		r->clock = at.dots = true;
		r->scan = at;
		return true;
	}
	if (r->mode & PM_STAMP_LOOSE && pm_scan_before_day(&r->scan, r->out))
		return true;
	lead = lead_named(word);
	if (lead == LEAD_NONE ||
		(!(r->mode & PM_STAMP_LOOSE) && lead != LEAD_ABOUT &&
			lead != LEAD_FILLER))
		return false;
	if (lead == LEAD_ABOUT || lead == LEAD_NEAR)
		r->out->approximate = true;
	/* "a 10:02" is a filler, "a.m." is not. */
	pm_scan_any(&at, ".:");
	r->scan = at;
	return true;
}

/* The next day in scripts that have no blanks behind it. */
static bool next_day(struct reader *r)
{
	static const char *const words[] = {"翌日", "翌朝", "翌", "次の日",
		"次日", "第二天", "다음날", "다음 날", "익일", NULL};

	if (!pm_scan_take_one(&r->scan, words))
		return false;
	r->out->overnight = true;
	return true;
}

static bool relative(struct reader *r);

/* A sign before the stamp. */
static bool lead_sign(struct reader *r)
{
	if (pm_scan_any(&r->scan, "[({<")) {
		r->bracket = true;
		return true;
	}
	if (pm_scan_any(&r->scan, "*_\"'|`,@") || next_day(r) ||
		pm_scan_bullet(&r->scan))
		return true;
	if (pm_scan_any(&r->scan, "~") || pm_scan_take(&r->scan, "≈") ||
		pm_scan_take(&r->scan, "～") || pm_scan_take(&r->scan, "〜") ||
		pm_scan_take(&r->scan, "約") || pm_scan_take(&r->scan, "±")) {
		r->out->approximate = true;
		return true;
	}
	return false;
}

/* Brackets, emphasis and words before the stamp. */
static void lead(struct reader *r)
{
	for (int words = 0; words < 4;) {
		char c;

		pm_scan_blanks(&r->scan);
		c = pm_scan_peek(&r->scan, 0);
		/* Mostly nothing stands before it. */
		if (pm_is_digit(c))
			return;
		if (!pm_is_letter(c) && lead_sign(r))
			continue;
		if ((memchr("Tt+", c, 3) && relative(r)) ||
			!(some_time(r) || lead_word(r)))
			return;
		r->led = true;
		words++;
	}
}

/* "(Mon)", "(火)" behind a date; true when a bracket closed it. */
static bool weekday_behind(struct reader *r)
{
	struct pm_scan at = r->scan;
	unsigned weekday;
	bool bracket;

	pm_scan_any(&at, ",");
	pm_scan_blanks(&at);
	if (pm_is_digit(pm_scan_peek(&at, 0)))
		return false;
	bracket = pm_scan_any(&at, "(") || pm_scan_take(&at, "（");
	weekday = pm_scan_weekday(&at);
	if (!weekday ||
		(bracket && !pm_scan_any(&at, ")") && !pm_scan_take(&at, "）")))
		return false;
	r->out->weekday = weekday;
	r->scan = at;
	return bracket;
}

/* "13" and no more: behind a date and "about", an hour. */
static bool last_hour(const struct reader *r)
{
	struct pm_scan at = r->scan;
	unsigned hour;

	return pm_scan_number(&at, 1, 2, &hour) && hour < 24 &&
	       pm_scan_end(&at);
}

/* A clock behind a date: what may stand between is skipped with it. */
static bool clock_behind(struct reader *r, struct pm_stamp_clock *clock)
{
	struct reader at = *r;
	unsigned mode = r->mode;
	bool approximate = r->out->approximate;

	if (pm_scan_peek(&at.scan, 0) == 'T') {
		at.scan.off++;
		at.iso = true;
	} else {
		do
			pm_scan_blanks(&at.scan);
		while (pm_scan_any(&at.scan, ",|:;@*/]_") ||
			pm_scan_dash(&at.scan));
		at.mode |= PM_STAMP_LOOSE;
		at.scan.dots = true;
		at.led = false;
		lead(&at);
		/* "20〜21" holds two days. */
		at.clock = at.clock ||
			   (at.led && !approximate && at.out->approximate &&
				   last_hour(&at));
	}
	if (pm_scan_clock(&at.scan, clock) ||
		(at.iso && pm_scan_basic_clock(&at.scan, clock)) ||
		(at.clock && pm_scan_bare_clock(&at.scan, clock)) ||
		pm_scan_noon(&at.scan, clock)) {
		*r = at;
		r->mode = mode;
		return true;
	}
	r->out->approximate = approximate;
	return false;
}

/* "--:--" begins like a separator, so it is tried before any. */
static bool unknown_behind(struct reader *r)
{
	struct pm_scan at = r->scan;

	pm_scan_blanks(&at);
	/* 10:02 begins with two figures, 2X:XX with one. */
	if (pm_scan_peek(&at, 1) >= '0' && pm_scan_peek(&at, 1) <= ':')
		return false;
	if (!pm_scan_clock(&at, &r->out->clock) || !r->out->clock.unknown) {
		memset(&r->out->clock, 0, sizeof r->out->clock);
		return false;
	}
	r->scan = at;
	return true;
}

/* "10:02 (Tue)", "10:02 on Tuesday", and no more: "10:02, Monday deploys
   stopped" is about others. */
static void weekday_of_clock(struct reader *r, struct pm_scan at)
{
	unsigned weekday = pm_scan_weekday(&at);
	bool closed = pm_scan_any(&at, ")");
	struct pm_scan behind = at;

	pm_scan_blanks(&behind);
	if (!weekday || (!closed && !pm_scan_end(&behind) &&
				!pm_scan_any(&behind, ":|,;") &&
				!pm_scan_dash(&behind)))
		return;
	r->out->weekday = weekday;
	r->scan = at;
}

/* A date behind a clock: "10:02 UTC on 22 Nov 2026". Only with a year or a
   month's name, because figures may be anything there. */
static void date_behind(struct reader *r)
{
	struct pm_scan at = r->scan;
	struct pm_stamp_date date;
	char word[PM_SCAN_WORD];
	struct pm_scan word_at;
	bool set_off = pm_scan_any(&at, ",");
	size_t on = SIZE_MAX;

	pm_scan_blanks(&at);
	set_off = pm_scan_any(&at, "(") || set_off;
	if (set_off && pm_scan_counted_day(&at, &date)) {
		r->out->date = date;
		pm_scan_any(&at, ")");
		r->scan = at;
		return;
	}
	word_at = at;
	if (pm_scan_word(&word_at, word) &&
		(strcmp(word, "on") == 0 || strcmp(word, "den") == 0)) {
		at = word_at;
		pm_scan_blanks(&at);
		on = at.off;
	}
	if (pm_scan_date(&at, &date) && (date.year || date.named)) {
		r->out->date = date;
		pm_scan_any(&at, ")");
		r->scan = at;
	} else if (!r->out->weekday && (set_off || at.off == on)) {
		weekday_of_clock(r, at);
	}
}

/* An end of which only what differs is written; false: it is none. */
static bool short_range(struct reader *r, const struct pm_scan *end)
{
	struct pm_scan at = *end;
	struct pm_stamp_clock clock;
	struct pm_stamp_date date;

	if (pm_scan_short_end(&at, &r->out->clock, &clock)) {
		r->out->end = clock;
		r->scan = at;
		return true;
	}
	at = *end;
	if (r->out->clock.precision != PM_PRECISION_NONE ||
		!pm_scan_end_day(&at, &r->out->date, &date))
		return false;
	r->out->end_date = date;
	r->scan = at;
	return true;
}

/* "kl. 10 - 11"; "2155 - 2210", where four figures are clocks. */
static bool bare_end(const struct reader *r, struct pm_scan *scan,
	struct pm_stamp_clock *end)
{
	struct pm_scan at = *scan;
	unsigned value;

	return (r->clock || (r->mode & PM_STAMP_BARE &&
				    pm_scan_number(&at, 4, 4, &value))) &&
	       pm_scan_bare_clock(scan, end);
}

static void range(struct reader *r)
{
	struct pm_scan at = r->scan;
	struct pm_stamp_date date;
	struct pm_stamp_clock clock;
	struct pm_stamp_zone zone;

	if (!pm_scan_range_sign(&at))
		return;
	pm_scan_blanks(&at);
	pm_scan_any(&at, "~");
	if (pm_scan_clock_word(&at)) {
		r->clock = at.dots = true;
		pm_scan_blanks(&at);
	}
	if (short_range(r, &at))
		return;
	if (pm_scan_date(&at, &date)) {
		r->out->end_date = date;
		if (r->out->clock.precision == PM_PRECISION_NONE)
			r->scan = at;
		pm_scan_any(&at, "T,");
		pm_scan_blanks(&at);
	}
	if (!pm_scan_clock(&at, &clock) && !bare_end(r, &at, &clock))
		return;
	if (clock.unknown || clock.impossible)
		return;
	r->out->end = clock;
	pm_clock_share_half(&r->out->clock, &clock);
	r->scan = at;
	if (pm_scan_zone(&at, &zone)) {
		if (!r->out->zone.text.len)
			r->out->zone = zone;
		r->scan = at;
	}
}

/* "2-3pm", "8 - 9 PM", "17-18 Uhr": the first hour needs the second to be
   one. */
static bool hours_range(struct reader *r)
{
	struct pm_scan at = r->scan;
	struct pm_stamp_clock *start = &r->out->clock, *end = &r->out->end;
	unsigned hour;

	if (!pm_scan_number(&at, 1, 2, &hour) || hour > 23 ||
		!pm_scan_range_sign(&at))
		return false;
	pm_scan_blanks(&at);
	pm_scan_any(&at, "~");
	if (!pm_scan_clock(&at, end) || end->precision != PM_PRECISION_HOUR ||
		end->vague ||
		(end->half ? hour < 1 || hour > 12 : hour >= end->hour)) {
		memset(end, 0, sizeof *end);
		return false;
	}
	start->hour = hour;
	start->precision = PM_PRECISION_HOUR;
	if (end->half == PM_HALF_PM)
		pm_clock_share_half(start, end);
	r->scan = at;
	return true;
}

/* "onwards", "og utover", "〜": a range that nobody closed. */
static void open_range(struct reader *r)
{
	static const char *const ends[] = {"onwards", "onward", "og utover",
		"and after", "〜", "～", NULL};
	struct pm_scan at = r->scan;

	pm_scan_blanks(&at);
	if (pm_scan_take_one(&at, ends))
		r->scan = at;
}

/* Brackets and separators behind the stamp; the text begins after them. */
static void trail(struct reader *r)
{
	static const char *const signs[] = {"–", "—", "→", "：", "】", "、",
		"・", "”", "->", "=>", "➡️", NULL};
	struct pm_scan *scan = &r->scan;
	bool marked = r->bracket;

	for (;; marked = true) {
		pm_scan_blanks(scan);
		if (pm_scan_end(scan) || pm_is_letter(pm_scan_peek(scan, 0)) ||
			(!pm_scan_take_one(scan, signs) &&
				!pm_scan_any(scan, ":|-;,=]}).") &&
				!pm_scan_take(scan, "> ")))
			break;
	}
	r->out->marked = marked || pm_scan_end(scan);
}

/* True when a word is glued to what was read: no stamp then. */
static bool glued(const struct pm_scan *scan)
{
	unsigned char c = (unsigned char)pm_scan_peek(scan, 0);

	return c == '%' || (c < 0x80 && pm_scan_at_word(scan));
}

/* True where something parts the stamp from what follows. */
static bool set_off(const struct reader *r)
{
	struct pm_scan at = r->scan;

	pm_scan_blanks(&at);
	return r->bracket || pm_scan_end(&at) || pm_scan_any(&at, ":|;,") ||
	       pm_scan_dash(&at);
}

/* "Sat Mar 2 13:10:00 PST 2024": the year comes last, as date(1) has it. */
static void year_behind(struct reader *r)
{
	struct reader at = *r;
	struct pm_stamp_date *date = &r->out->date;
	unsigned year;

	pm_scan_blanks(&at.scan);
	if (!date->named || date->year || !pm_scan_year(&at.scan, &year) ||
		!(set_off(&at) ||
			r->out->clock.precision == PM_PRECISION_SECOND))
		return;
	date->year = year;
	r->scan = at.scan;
}

/* "2026-05-03 10:18:00" */
static bool is_of_machine(const struct pm_stamp *stamp)
{
	return stamp->date.year && !stamp->date.named &&
	       stamp->clock.precision == PM_PRECISION_SECOND;
}

static void behind_clock(struct reader *r)
{
	if (pm_scan_doubt(&r->scan))
		r->out->approximate = true;
	if (!(r->iso && pm_scan_offset(&r->scan, &r->out->zone)) &&
		!pm_scan_zone(&r->scan, &r->out->zone) &&
		(r->out->clock.bare || r->out->clock.dotted ||
			!pm_scan_west(&r->scan, is_of_machine(r->out),
				&r->out->zone)))
		memset(&r->out->zone, 0, sizeof r->out->zone);
	if (pm_scan_end(&r->scan))
		return;
	if (!r->out->date.given)
		date_behind(r);
	else
		year_behind(r);
	range(r);
	pm_scan_other_clocks(&r->scan, r->out);
	if (pm_scan_doubt(&r->scan))
		r->out->approximate = true;
	if (pm_scan_doubt_bracket(&r->scan))
		r->out->approximate = true;
	open_range(r);
}

/* "10.09 kl. 13.15", "10.09 13:40": two figures with a dot are a day and a
   month where a clock follows, not a clock themselves. */
static bool day_before_clock(struct reader *r)
{
	struct reader at = *r;
	struct pm_scan word;
	struct pm_stamp_clock clock;
	unsigned day, month;

	if (!pm_scan_number(&at.scan, 1, 2, &day) ||
		!pm_scan_any(&at.scan, ".") ||
		!pm_scan_number(&at.scan, 1, 2, &month) || day < 1 ||
		day > 31 || month < 1 || month > 12 ||
		!pm_scan_any(&at.scan, " ,"))
		return false;
	pm_scan_any(&at.scan, " ");
	/* In a paragraph "10.09 13.15" may be two clocks. */
	word = at.scan;
	if (!(r->mode & PM_STAMP_LOOSE) && !pm_scan_clock_word(&word))
		return false;
	/* A sign between makes it a range of clocks. */
	if (strchr("-:;/*|@", pm_scan_peek(&at.scan, 0)) ||
		pm_scan_peek(&at.scan, 0) & 0x80 || !clock_behind(&at, &clock))
		return false;
	*r = at;
	r->out->date = (struct pm_stamp_date){
		.given = true, .month = month, .day = day, .dotted = true};
	r->out->clock = clock;
	behind_clock(r);
	return true;
}

/* "T+5m", and a clock behind it that says when that was: "T0 (10:02)". */
static bool relative(struct reader *r)
{
	struct reader at = *r;

	if (!pm_scan_relative(&at.scan, &at.out->relative))
		return false;
	*r = at;
	pm_scan_blanks(&at.scan);
	if ((pm_scan_any(&at.scan, "(=") || pm_scan_take(&at.scan, "- ")) &&
		clock_behind(&at, &at.out->clock)) {
		behind_clock(&at);
		pm_scan_any(&at.scan, ")");
		*r = at;
	}
	return true;
}

/* Seconds since 1970, which are a number of something else in a sentence. */
static bool epoch(struct reader *r)
{
	struct reader at = *r;
	struct pm_stamp *out = r->out;
	struct pm_date day;
	int64_t seconds;
	unsigned clock;

	if (!pm_scan_epoch(&at.scan, &seconds) || !set_off(&at))
		return false;
	day = pm_date_from_days(seconds / 86400);
	clock = (unsigned)(seconds % 86400);
	out->date = (struct pm_stamp_date){.given = true,
		.year = day.year,
		.month = day.month,
		.day = day.day};
	out->clock = (struct pm_stamp_clock){
		.precision = PM_PRECISION_SECOND,
		.hour = clock / 3600,
		.minute = clock / 60 % 60,
		.second = clock % 60,
		.padded = true,
	};
	out->zone = (struct pm_stamp_zone){
		.text = pm_slice_str("UTC"), .known = true};
	r->scan = at.scan;
	return true;
}

/* "3月3日10時15分": where the day ends in a sign, figures may follow at once.
 */
static bool figures_behind_sign(const struct pm_scan *scan)
{
	return scan->off && scan->text.ptr[scan->off - 1] & 0x80 &&
	       pm_is_digit(pm_scan_peek(scan, 0));
}

/* What follows a date; false: a word is glued to it, so it was none. */
static bool behind_date(struct reader *r)
{
	if (!weekday_behind(r) && glued(&r->scan) &&
		!figures_behind_sign(&r->scan) &&
		pm_scan_peek(&r->scan, 0) != 'T')
		return false;
	if (unknown_behind(r))
		return true;
	if (clock_behind(r, &r->out->clock)) {
		behind_clock(r);
	} else {
		range(r);
		if (pm_scan_part_of_day(&r->scan))
			r->out->approximate = true;
	}
	return true;
}

/* What stands behind "Day 2": a clock, or nothing. */
static bool behind_counted(struct reader *r)
{
	struct pm_stamp *out = r->out;

	pm_scan_any(&r->scan, ")");
	if (clock_behind(r, &out->clock))
		behind_clock(r);
	/* Without a clock it must stand alone. */
	return out->clock.precision != PM_PRECISION_NONE ||
	       (out->date.nth && !pm_scan_at_word(&r->scan));
}

/* True before "10:02": neither a date nor a range of hours begins so. */
static bool at_clock(const struct pm_scan *scan)
{
	return pm_is_digit(pm_scan_peek(scan, 0)) &&
	       (pm_scan_peek(scan, 1) == ':' ||
		       (pm_is_digit(pm_scan_peek(scan, 1)) &&
			       pm_scan_peek(scan, 2) == ':'));
}

/* "Noon - ...", "At noon ...": behind a word, or set off from what follows, as
   "Midnight deploys" is not. */
static bool noon(struct reader *r)
{
	struct reader at = *r;

	if (!(r->mode & PM_STAMP_LOOSE) ||
		!pm_scan_noon(&at.scan, &at.out->clock))
		return false;
	if (!r->led && !set_off(&at)) {
		memset(&at.out->clock, 0, sizeof at.out->clock);
		return false;
	}
	*r = at;
	return true;
}

static bool read_clock(struct reader *r)
{
	struct pm_stamp_clock *clock = &r->out->clock;

	if (!pm_scan_clock(&r->scan, clock) &&
		!(r->clock && pm_scan_bare_clock(&r->scan, clock)) && !noon(r))
		return false;
	behind_clock(r);
	return true;
}

/* True behind figures that go on as a date, 2026-11-22, or as a range of other
   things than clocks. */
static bool figures_go_on(struct pm_scan at)
{
	unsigned value;

	if (pm_scan_any(&at, "-"))
		return !pm_scan_number(&at, 4, 4, &value) || figures_go_on(at);
	return pm_scan_at_word(&at) || pm_scan_any(&at, "/.%+");
}

/* "0412 the mains fail", where the log has no other clocks. */
static bool bare_figures(struct reader *r)
{
	struct pm_scan at = r->scan;
	struct pm_stamp_clock clock;
	unsigned value;

	if (!(r->mode & PM_STAMP_BARE) || !pm_scan_number(&at, 4, 4, &value) ||
		figures_go_on(at) || !pm_scan_bare_clock(&r->scan, &clock))
		return false;
	r->out->clock = clock;
	r->out->clock.padded = r->out->clock.bare = true;
	return true;
}

/* "The morning of May 6th" */
static bool part_of_date(struct reader *r)
{
	static const char *const links[] = {
		"of", "the", "den", "av", "am", "vom", "du", "de", "del", NULL};
	struct reader at = *r;
	struct pm_scan word = at.scan;
	char link[PM_SCAN_WORD];
	bool linked = false;

	if (!(r->mode & PM_STAMP_LOOSE))
		return false;
	if (pm_scan_word(&word, link) && pm_word_in(link, links))
		at.scan = word;
	if (!pm_scan_part_of_day(&at.scan))
		return false;
	pm_scan_blanks(&at.scan);
	for (word = at.scan;
		pm_scan_word(&word, link) && pm_word_in(link, links);
		word = at.scan) {
		at.scan = word;
		pm_scan_blanks(&at.scan);
		linked = true;
	}
	if (!linked || !pm_scan_date(&at.scan, &at.out->date))
		return false;
	*r = at;
	r->out->approximate = true;
	return behind_date(r);
}

/* What begins with a word or a sign. */
static bool read_words(struct reader *r)
{
	struct pm_stamp *out = r->out;

	if (r->mode & PM_STAMP_LOOSE &&
		pm_scan_counted_day(&r->scan, &out->date))
		return behind_counted(r);
	if (part_of_date(r) ||
		pm_scan_days(&r->scan, &out->date, &out->end_date))
		return true;
	return pm_scan_date(&r->scan, &out->date) ? behind_date(r)
						  : read_clock(r);
}

static bool read_parts(struct reader *r)
{
	struct pm_stamp *out = r->out;

	if (out->relative.given)
		return true;
	if (!pm_is_digit(pm_scan_peek(&r->scan, 0)))
		return read_words(r);
	if (bare_figures(r)) {
		behind_clock(r);
		return true;
	}
	if (at_clock(&r->scan))
		return read_clock(r);
	if ((r->mode & PM_STAMP_LOOSE && epoch(r)) || day_before_clock(r) ||
		pm_scan_days(&r->scan, &out->date, &out->end_date) ||
		pm_scan_figure_days(&r->scan, &out->date, &out->end_date))
		return true;
	if (pm_scan_date(&r->scan, &out->date))
		return behind_date(r);
	if (!hours_range(r))
		return read_clock(r);
	behind_clock(r);
	return true;
}

/* As pm_stamp_read, of a text in figures of full width. */
static bool read_narrow(struct pm_slice text, const struct pm_narrow *narrow,
	unsigned mode, struct pm_stamp *out)
{
	struct pm_slice *zone = &out->zone.text;
	uintptr_t head = (uintptr_t)narrow->bytes;
	size_t start;

	if (!pm_stamp_read(narrow->text, mode, out))
		return false;
	out->len = narrow->from[out->len];
	/* That of an epoch is written nowhere. */
	if (zone->len && (uintptr_t)zone->ptr >= head &&
		(uintptr_t)zone->ptr < head + narrow->text.len) {
		start = (size_t)(zone->ptr - narrow->bytes);
		*zone = pm_slice_sub(text, narrow->from[start],
			(size_t)(narrow->from[start + zone->len] -
				 narrow->from[start]));
	}
	return true;
}

bool pm_stamp_read(struct pm_slice text, unsigned mode, struct pm_stamp *out)
{
	struct reader r = {.scan = {text, 0, mode & PM_STAMP_DOTS},
		.mode = mode,
		.out = out};
	struct pm_narrow narrow;

	if (pm_scan_narrow(text, &narrow))
		return read_narrow(text, &narrow, mode, out);
	if (!pm_stamp_has_figure(text, mode))
		return false;
	memset(out, 0, sizeof *out);
	if (pm_stamp_read_plain(text, out))
		return true;
	if (text.len > 200)
		r.scan.text.len = 200;
	lead(&r);
	if (!read_parts(&r) || glued(&r.scan) ||
		(out->date.weak && !(mode & PM_STAMP_LOOSE)))
		return false;
	out->placeholder =
		pm_stamp_is_placeholder(pm_slice_sub(text, 0, r.scan.off));
	/* The hour alone is all that is known of 14:??. */
	if (out->clock.vague)
		out->approximate = true;
	trail(&r);
	out->len = r.scan.off;
	return true;
}
