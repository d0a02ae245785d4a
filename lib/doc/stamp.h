/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One time stamp as people write it at the head of a line: a date, a clock or
 * both, perhaps a range, a zone, "~". A stamp says what is written; what is
 * not (the year, the day of a bare clock) is found out by the timeline, which
 * knows the document. Private to this room.
 *
 *	struct pm_stamp stamp;
 *	if (pm_stamp_read(text, PM_STAMP_LOOSE, &stamp))
 *		rest = pm_slice_from(text, stamp.len);
 */
#ifndef PM_DOC_STAMP_H
#define PM_DOC_STAMP_H

#include "base/arena.h"
#include "doc/scan.h"
#include "pm/policy.h"
#include "pm/time.h"

struct pm_stamp_date {
	bool given;
	int year;                 /* 0: not written */
	unsigned month, day;      /* 1-based; 0 when impossible */
	bool named;               /* the month by its name */
	bool ambiguous;           /* day and month could be exchanged */
	bool weak;                /* 3/14 could be a part of fourteen */
	bool dotted;              /* 10.09 before a clock */
	enum pm_date_order order; /* of its figures, if that is beyond doubt */
	unsigned long odd_year;   /* a year of five digits, mistyped; or 0 */
	unsigned nth;     /* "Day 2": counted from the document's day; else 0 */
	bool of_month;    /* nth may be a day of the month: "Día 9" */
	int step;         /* "next day" 1, "previous night" -1, else 0 */
	unsigned weekday; /* alone, 1 for Monday to 7; else 0 */
};

struct pm_stamp_clock {
	enum pm_precision precision; /* NONE: not written, or unknown */
	unsigned hour, minute, second;
	enum { PM_HALF_NONE, PM_HALF_AM, PM_HALF_PM } half;
	bool unknown;    /* "--:--", "??:??": written to say so */
	bool dotted;     /* 10.45 */
	bool bare;       /* 1045 and no zone */
	bool padded;     /* 02:00, as on a clock of 24 hours */
	bool vague;      /* 14:??: only the hour is known */
	bool impossible; /* 25:10, 10:75, 2X:XX */
};

struct pm_stamp_zone {
	struct pm_slice text; /* as written; empty: none */
	bool known;           /* offset_min is right */
	bool us_summer;       /* PT, ET ...: an hour more in the US summer */
	int32_t offset_min;   /* minutes east of UTC */
};

struct pm_stamp_relative { /* "T+5m": counted from the start */
	bool given;
	int64_t seconds;
};

struct pm_stamp {
	struct pm_stamp_date date, end_date;
	struct pm_stamp_relative relative;
	struct pm_stamp_clock clock, end;
	struct pm_stamp_zone zone;
	bool approximate;
	bool marked;      /* in brackets, or a separator or nothing follows */
	bool placeholder; /* HH:mm, as templates have it */
	bool overnight;   /* 翌: the day after that of the incident */
	unsigned weekday; /* beside it, as in a date; 0: none */
	size_t len;       /* bytes up to the text that belongs to the stamp */
};

/* How a stamp is read; bits. */
enum pm_stamp_mode {
	PM_STAMP_STRICT = 0, /* of a paragraph: no "at", "between" before */
	PM_STAMP_LOOSE = 1,  /* of a list item, cell or heading */
	PM_STAMP_DOTS = 2,   /* 9.15 is a clock, not only 09.15 */
	PM_STAMP_BARE = 4,   /* 0915 is one, and so is 2015 */
};

/* True when text begins with a stamp, which is then described in out; else that
   may hold anything. */
bool pm_stamp_read(struct pm_slice text, unsigned mode, struct pm_stamp *out);

/* False for nearly all lines that are no stamps: they have no figure near their
   head. Saying so first is what makes reading every line cheap. mode: of
   pm_stamp_read; only where it is loose words are figures. */
bool pm_stamp_has_figure(struct pm_slice text, unsigned mode);

/* False where pm_stamp_read takes no stamp from a text: it has no such figure,
   and none of full width. */
bool pm_stamp_may_be(struct pm_slice text, unsigned mode);

/* True for "HH:mm" or "YYYY-MM-DD" left over from a template. */
bool pm_stamp_is_placeholder(struct pm_slice text);

/*
 * As pm_stamp_read for the one form that pm writes itself, "2026-11-22 10:09Z
 * text", and only where nothing that follows could belong to the stamp: what
 * it reads, pm_stamp_read would read in the same way, twenty times slower.
 * out must be zeroed; false leaves it so.
 */
bool pm_stamp_read_plain(struct pm_slice text, struct pm_stamp *out);

/*
 * True when text ends in an instant, date and clock, as the updates of status
 * pages do: "... has been resolved. Nov 3, 14:02 UTC". *off is where it begins.
 */
bool pm_stamp_at_end(struct pm_slice text, size_t *off, struct pm_stamp *out);

/* True when a stamp says a time of the day, if only that nobody knows it. */
static inline bool pm_stamp_has_clock(const struct pm_stamp *stamp)
{
	return stamp->clock.precision != PM_PRECISION_NONE ||
	       stamp->clock.unknown || stamp->clock.impossible ||
	       stamp->relative.given;
}

/* "Tuesday", "Tirsdag kveld:", "Next day", "Day 2": a day that has no date, and
   nothing else, for entries below it; in a heading also what it was like:
   "Tuesday: the second time". False for any other text. */
bool pm_stamp_bare_day(
	struct pm_slice text, bool heading, struct pm_stamp *stamp);

/* "2026-11-22" of "Date: 2026-11-22" and "Day 2 - 2026-11-22"; any other text
   as it is. */
struct pm_slice pm_day_behind_label(struct pm_slice text);

/* "Tuesday: ...", "Late evening - ...", "[The morning] ...": the day or the
   part of it that an item of a timeline begins with. False where more stands
   before the sign. */
bool pm_stamp_told_day(struct pm_slice text, struct pm_stamp *stamp);

/* The same in brackets alone, "[The morning] ...", as times stand in chats. */
bool pm_stamp_bracketed_day(struct pm_slice text, struct pm_stamp *stamp);

/* "Morning", "Late evening", "夕方" where a cell has its clock, and nothing
   else: about that time of a day that is told elsewhere. */
bool pm_stamp_part_of_day(struct pm_slice cell, struct pm_stamp *stamp);

/* The length of what begins like a date but was not read: 2026-11-??,
   2026-MM-DD 10:02. */
size_t pm_stamp_odd(struct pm_slice text);

/* The same of a month without a day that is set off from what follows: "Dec
   2025 - Mar 2026", "April 2026: ...". */
size_t pm_stamp_month(struct pm_slice text);

/* "10:02 UTC: paused" of "Block 18118050 - 10:02 UTC: paused"; any other text
   as it is. */
struct pm_slice pm_time_behind_block(struct pm_slice text);

/* "10:02 UTC" of "3. 10:02 UTC", "May 10, 2024" of "1. May 10, 2024": the stamp
   behind a number that is no part of it; any other text as it is. */
struct pm_slice pm_stamp_behind_number(struct pm_slice text, unsigned mode);

/* "2026-11-22" of "2026-11-22 (all times UTC)"; any other text as it is. */
struct pm_slice pm_day_before_remark(struct pm_slice text);

/* "05-03", "05-03→05", and nothing else: a day in a column of times, where its
   neighbours have clocks as well. Elsewhere such figures count something. */
bool pm_stamp_short_day(struct pm_slice cell, struct pm_stamp *out);

/* Looks for a date with a year anywhere in text: a title, a file name. It may
   be ambiguous. */
bool pm_stamp_find(struct pm_slice text, struct pm_stamp_date *out);

/* The same, and where it stands in text. */
bool pm_stamp_find_at(
	struct pm_slice text, struct pm_span *at, struct pm_stamp_date *out);

/* The same, but "May 3" will do. */
bool pm_stamp_find_named(struct pm_slice text, struct pm_stamp_date *out);

/* True for a line that says when a text was written: "Published:". */
bool pm_stamp_of_writing(struct pm_slice line);

/* True when text holds two dates with years that are not the same. */
bool pm_stamp_holds_days(struct pm_slice text);

/* The next date with a year in text, from *off on, which moves behind it; start
   with 0. */
bool pm_stamp_next(
	struct pm_slice text, size_t *off, struct pm_stamp_date *out);

/* The order that dates show alone, given as bits of 1 << enum pm_date_order. */
enum pm_date_order pm_stamp_order(unsigned orders);

/* The day of a date; its year is 0 where none is written. */
static inline struct pm_date pm_stamp_day(const struct pm_stamp_date *date)
{
	return (struct pm_date){date->year, date->month, date->day};
}

/*
 * Takes a date that is ambiguous, which is read with the month first, for what
 * the order says it is. False when that is not known.
 */
bool pm_stamp_settle(struct pm_stamp_date *date, enum pm_date_order order);

/* Says that nothing tells which of two days was meant. */
const char *pm_stamp_doubt(
	struct pm_arena *arena, struct pm_date first, struct pm_date second);

/* The month a folded word names, 0 for none. */
unsigned pm_month_named(const char *word);

/* The parts, each leaving scan alone when it is not there. */
bool pm_scan_date(struct pm_scan *scan, struct pm_stamp_date *out);

/* False for nearly all words, which no date begins with: they are in ASCII, and
   behind the word stands no figure. */
bool pm_scan_may_be_date(const struct pm_scan *scan);

/* Takes a year of four digits that an incident can be of. */
bool pm_scan_year(struct pm_scan *scan, unsigned *year);
bool pm_scan_clock(struct pm_scan *scan, struct pm_stamp_clock *out);

/* Takes "100533" behind the T of 20260514T100533Z. */
bool pm_scan_basic_clock(struct pm_scan *scan, struct pm_stamp_clock *out);

/* Takes "local time", and the instant of a stamp on other clocks: "/ 11:05
   CET", "(11:05 CET, 02:05 PST)". */
void pm_scan_other_clocks(struct pm_scan *scan, const struct pm_stamp *stamp);

/* Takes "10" and "1045", figures that are a clock only behind a word. */
bool pm_scan_bare_clock(struct pm_scan *scan, struct pm_stamp_clock *out);

/* Takes the end of 16:05:57-58: only what differs is written again. */
bool pm_scan_short_end(struct pm_scan *scan, const struct pm_stamp_clock *start,
	struct pm_stamp_clock *end);

/* Gives a clock the half of the day that only the end carries: 1:30 - 2:15 PM.
 */
void pm_clock_share_half(
	struct pm_stamp_clock *start, const struct pm_stamp_clock *end);

/* Takes "noon" or "midnight", which begins the day it is told of. */
bool pm_scan_noon(struct pm_scan *scan, struct pm_stamp_clock *out);

/* Takes days of one month, "7-13 Nov", "May 10-11, 2026". */
bool pm_scan_days(struct pm_scan *scan, struct pm_stamp_date *start,
	struct pm_stamp_date *end);

/* The same in figures: "08-23 - 08-27", "23/8 - 27/8/2026". */
bool pm_scan_figure_days(struct pm_scan *scan, struct pm_stamp_date *start,
	struct pm_stamp_date *end);

/* Takes the end of "2026-02-20 〜 21", the day alone and nothing behind it but
   a sign for days, or of "2026-06-10 → 06-12". */
bool pm_scan_end_day(struct pm_scan *scan, const struct pm_stamp_date *start,
	struct pm_stamp_date *end);

/* Takes the sign or word between the ends of a range. */
bool pm_scan_range_sign(struct pm_scan *scan);

bool pm_scan_zone(struct pm_scan *scan, struct pm_stamp_zone *out);
bool pm_scan_offset(struct pm_scan *scan, struct pm_stamp_zone *out);

/* Takes "-0700" behind a clock with a colon; behind the stamp of a machine, a
   date with seconds, also "-07:00" and "-07", which elsewhere end a range. */
bool pm_scan_west(
	struct pm_scan *scan, bool machine, struct pm_stamp_zone *out);

/* Takes the name of a day of the week: 1 for Monday to 7; 0: there is none. */
unsigned pm_scan_weekday(struct pm_scan *scan);

/* The same of a word that was taken, with the point behind it. */
unsigned pm_weekday_named(struct pm_scan *behind, const char *word);

bool pm_scan_counted_day(struct pm_scan *scan, struct pm_stamp_date *out);

/* The first zone named in a heading, a column header or an intro line. */
bool pm_zone_find(struct pm_slice text, struct pm_stamp_zone *out);

/* The offset of a zone on a day, summer time of the US counted. */
int32_t pm_zone_offset(const struct pm_stamp_zone *zone, struct pm_date day);

/* Signs that people put before lines, drawn or where Markdown has lists; and
   the same day in Japanese. */
bool pm_scan_bullet(struct pm_scan *scan);

/* Takes "kl", "klokka", "pukul": a word behind which only a clock comes. */
bool pm_scan_clock_word(struct pm_scan *scan);

/* True for such a word. */
bool pm_is_clock_word(const char *word);

/* Takes what the north puts before a day, "Natt til", "Natten mellem 13. og",
   or before a clock, "Samme dag", "Før"; and what it says of the time. */
bool pm_scan_before_day(struct pm_scan *scan, struct pm_stamp *out);

/* Takes "to", "bis", "до": a word between the two ends of a range. */
bool pm_scan_until(struct pm_scan *scan);

/*
 * Take what says that a time is about right: "(approx)", "(maybe earlier?)";
 * "?", "ish", "頃" glued to its end; "morning" instead of a clock.
 */
bool pm_scan_doubt_bracket(struct pm_scan *scan);
bool pm_scan_doubt(struct pm_scan *scan);
bool pm_scan_part_of_day(struct pm_scan *scan);

/* Takes "T+5m", "T0", "+1:20"; a bare figure is one of minutes behind "T+". */
bool pm_scan_relative(struct pm_scan *scan, struct pm_stamp_relative *out);

/* Takes the seconds since 1970, "1790000000", with or without thousandths. */
bool pm_scan_epoch(struct pm_scan *scan, int64_t *seconds);

/* "**Update** - ...", "Resolved - ...": what an update of a status page says
   first. */
bool pm_begins_update(struct pm_slice text);

#endif
