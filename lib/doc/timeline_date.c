/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When the entries happened. A stamp rarely says everything: the day comes
 * from a header above, from the entry before or from the document, the year
 * from the day it is nearest to, the zone from an intro line. A clock that
 * jumps back by many hours has passed midnight; one that jumps back a little
 * is out of order, which is somebody else's finding.
 */
#include <stdlib.h>
#include <string.h>

#include "doc/timeline.h"

/* A step back by more than this is the next day. */
enum { OVERNIGHT_S = 6 * 3600, DAY_S = 86400, WEEK = 7 };

/* A reading of 5/8 this near to a known day is the one that was meant: the
   other is weeks away. */
enum { NEAR_DAYS = 7 };

/* How many entries ahead a date is looked for. */
enum { LOOK_AHEAD = 100 };

struct dater {
	struct pm_body *body;
	const struct pm_raw_timeline *raw;
	struct pm_date day;   /* the present day; year 0: not known */
	struct pm_date first; /* that of the document */
	int64_t clock;        /* of the entry before, seconds; -1: none */
	bool overnight;       /* it is the day after one that was given */
	bool eve;             /* it is the day before one: "the night before" */
	bool halves;          /* am and pm are written in this timeline */
	bool newest_first;    /* the entries go back in time */
	bool guessed;         /* day is that of the document, and a guess */
	bool guess_told;
	bool told;            /* day is one that the timeline gave */
	bool placed;          /* an entry is of the day of the document */
	bool counted;         /* "Day 2" was one that is counted */
	int skew;             /* of the days of the week as they are told */
	unsigned orders;      /* that days near to a known one show */
	struct pm_time start; /* what T+5m counts from, as far as known */
	bool steps;           /* nothing does: T0 is a name */
	const char *doubt;    /* about the day header above; NULL: none */
};

static bool same_or_closer(struct pm_date a, struct pm_date b, int64_t to)
{
	return llabs(pm_date_to_days(a) - to) < llabs(pm_date_to_days(b) - to);
}

/* The year that puts a day nearest to a known one. */
static int nearest_year(const struct pm_stamp_date *date, struct pm_date around)
{
	int64_t to = pm_date_to_days(around);
	struct pm_date best = {around.year, date->month, date->day};

	for (int year = around.year - 1; year <= around.year + 1; year++) {
		struct pm_date other = {year, date->month, date->day};

		if (pm_date_valid(other) &&
			(!pm_date_valid(best) ||
				same_or_closer(other, best, to)))
			best = other;
	}
	return best.year;
}

/* A year of five digits: the four of them nearest to a known year; without
   one, the first four. */
static int mend_year(unsigned long odd, int around)
{
	int best = (int)(odd / 10);
	unsigned long power = 1;

	if (!around)
		return best;
	for (int i = 0; i < 5; i++, power *= 10) {
		int year = (int)(odd / power / 10 * power + odd % power);

		if (abs(year - around) < abs(best - around))
			best = year;
	}
	return best;
}

/*
 * Decides 5/8: by the order of the other dates, else by what is nearer. False
 * when that is a guess, because neither is near to any day that is known.
 */
static bool decide_order(struct dater *d, struct pm_stamp_date *date)
{
	struct pm_stamp_date other = *date;
	struct pm_date a, b;
	int64_t to;

	if (!date->ambiguous || pm_stamp_settle(date, pm_body_order(d->body)))
		return true;
	pm_stamp_settle(&other, PM_ORDER_DAY);
	if (!d->day.year || d->guessed)
		return false;
	a = (struct pm_date){
		date->year ? date->year : d->day.year, date->month, date->day};
	b = (struct pm_date){a.year, other.month, other.day};
	to = pm_date_to_days(d->day);
	if (same_or_closer(b, a, to)) {
		*date = other;
		a = b;
	}
	if (llabs(pm_date_to_days(a) - to) > NEAR_DAYS)
		return false;
	d->orders |=
		1u << (a.month == other.month ? PM_ORDER_DAY : PM_ORDER_MONTH);
	return true;
}

/* "is it 2021-03-04 or 2021-04-03?", the first being what it was taken for. */
static const char *doubt_about(struct pm_arena *arena, struct pm_date day)
{
	struct pm_date other = {day.year, day.day, day.month};

	return pm_arena_printf(arena, "%s (taken for the first)",
		pm_stamp_doubt(arena, day, other));
}

/* The same about the day of the document, for the first entry that has no
   other; else NULL. */
static const char *doubt_about_day(struct dater *d)
{
	if (!d->guessed || d->guess_told)
		return NULL;
	d->guess_told = true;
	return doubt_about(d->body->arena, d->first);
}

/* The day of the week, 1 for Monday, as the timeline counts it. */
static unsigned weekday_of(const struct dater *d, struct pm_date day)
{
	enum { THURSDAY = 3 }; /* on which days are counted from */
	int64_t days = pm_date_to_days(day) + THURSDAY + d->skew;

	return (unsigned)((days % WEEK + WEEK) % WEEK) + 1;
}

/* "Monday 3 May 2022", which was a Tuesday: who mistook one day of the week
   counts the others from it. */
static void see_weekday(struct dater *d, const struct pm_stamp *stamp)
{
	if (stamp->weekday)
		d->skew += (int)stamp->weekday - (int)weekday_of(d, d->day);
}

/*
 * "Tuesday" below what was told of a Monday: the next one, or the present day
 * where the night has made it one. Above all that was told it could be on
 * either side of the document's day, so it is the nearest, and why says so.
 */
static bool weekday_near(struct dater *d, unsigned weekday, struct pm_date *out,
	const char **why)
{
	bool first = !d->told && !d->placed;
	int64_t ahead;

	if (!d->day.year)
		return false;
	ahead = ((int)weekday - (int)weekday_of(d, d->day) + WEEK) % WEEK;
	if (ahead && (d->newest_first || (first && ahead > WEEK / 2)))
		ahead -= WEEK;
	*out = pm_date_from_days(pm_date_to_days(d->day) + ahead);
	if (first && ahead && !*why)
		*why = pm_arena_printf(d->body->arena,
			"neither it nor the document says which date this day "
			"of the week is (taken for %04d-%02u-%02u)",
			out->year, out->month, out->day);
	d->told = true;
	return true;
}

/* "Día 9" below what happened on the 8th is the 9th, and not nine days in,
   unless the days before it are counted. */
static bool is_of_month(const struct dater *d, const struct pm_stamp_date *date)
{
	enum { COUNTED = 3, DAYS = 2 };

	return date->of_month && !d->counted && date->nth > COUNTED &&
	       date->nth > d->day.day && date->nth <= d->day.day + DAYS &&
	       pm_date_valid(
		       (struct pm_date){d->day.year, d->day.month, date->nth});
}

/*
 * Completes a written date from what is known. False when it cannot be: then
 * why says so.
 */
static bool complete(struct dater *d, const struct pm_raw_entry *raw,
	struct pm_stamp_date date, struct pm_date *out, const char **why)
{
	struct pm_arena *arena = d->body->arena;
	struct pm_date around = d->day;
	bool certain;

	if (date.weekday)
		return weekday_near(d, date.weekday, out, why);
	if (date.nth || date.step) {
		struct pm_date from = date.nth ? d->first : d->day;

		*why = "neither it nor the document says which day";
		if (!from.year)
			return false;
		*why = doubt_about_day(d);
		if (is_of_month(d, &date)) {
			*out = d->day;
			out->day = date.nth;
			return true;
		}
		d->counted |= date.nth != 0;
		*out = pm_date_from_days(
			pm_date_to_days(from) +
			(date.nth ? (int)date.nth - 1 : date.step));
		return true;
	}
	if (!date.month) {
		*why = pm_arena_printf(arena,
			"the calendar has no such day as '%.*s'",
			PM_SLICE_ARG(raw->wrong));
		return false;
	}
	certain = decide_order(d, &date);
	if (date.odd_year) {
		date.year = mend_year(date.odd_year, d->day.year);
		*why = pm_arena_printf(arena,
			"%lu is no year (%04d-%02u-%02u is the nearest "
			"reading)",
			date.odd_year, date.year, date.month, date.day);
	}
	if (!date.year && !around.year && !pm_body_month(d->body, &around) &&
		!pm_body_year(d->body, &around)) {
		*why = "neither it nor the document says which year";
		return false;
	}
	if (!date.year)
		date.year = nearest_year(&date, around);
	*out = pm_stamp_day(&date);
	if (!certain)
		*why = doubt_about(arena, *out);
	d->guessed = false;
	d->told = true;
	return pm_date_valid(*out);
}

static int64_t clock_seconds(const struct pm_stamp_clock *clock)
{
	return clock->hour * 3600 + clock->minute * 60 + clock->second;
}

/* 1:15 after 12:40 in a timeline with am and pm is in the afternoon. */
static int64_t afternoon(const struct dater *d, int64_t seconds,
	const struct pm_stamp_clock *clock)
{
	int64_t later = seconds + DAY_S / 2;

	if (!d->halves || clock->half != PM_HALF_NONE || clock->padded ||
		clock->hour > 12 || clock->hour == 0 || d->clock < 0 ||
		seconds >= d->clock || later < d->clock || later >= DAY_S)
		return seconds;
	return later;
}

static bool has_clock(const struct pm_raw_entry *raw)
{
	return raw->stamp.clock.precision != PM_PRECISION_NONE;
}

/* The offset of an entry: its own zone's, else the one stated for all. */
static void set_zone(const struct dater *d, const struct pm_stamp_zone *own,
	struct pm_entry *entry)
{
	const struct pm_stamp_zone *zone = own->text.len ? own : &d->raw->zone;

	/* In China CST is eight hours east, in America six hours west. */
	if (!zone->text.len || !zone->known ||
		(d->body->wide && pm_slice_is(zone->text, "CST")))
		return;
	entry->has_zone = true;
	entry->time.has_offset = true;
	entry->time.offset_min = pm_zone_offset(zone, d->day);
}

/* The end of a range: on the same day unless it says another or is earlier. A
   little earlier, 10:00 - 9:30, is a slip and no night. */
static void set_end(
	struct dater *d, const struct pm_raw_entry *raw, struct pm_entry *entry)
{
	const struct pm_stamp_clock *end = &raw->stamp.end;
	struct pm_date day = d->day;
	const char *ignored = NULL;
	int64_t seconds;
	bool dated = raw->stamp.end_date.given &&
		     complete(d, raw, raw->stamp.end_date, &day, &ignored);

	if (end->precision == PM_PRECISION_NONE && !dated)
		return;
	seconds = pm_date_to_days(day) * DAY_S + clock_seconds(end) -
		  entry->time.offset_min * 60;
	/* 12:26-12:?? ends in the hour it began. */
	if (!dated && seconds < entry->time.sec &&
		!(end->vague && end->hour == raw->stamp.clock.hour))
		seconds += DAY_S;
	if (!dated && seconds - entry->time.sec > DAY_S - OVERNIGHT_S) {
		if (!entry->problem)
			entry->problem = "it ends before it begins";
		return;
	}
	entry->end = entry->time;
	entry->end.sec = seconds;
	entry->end.precision = end->precision != PM_PRECISION_NONE
				       ? end->precision
				       : PM_PRECISION_DAY;
}

/*
 * True when the next entry or header with a date is of the day after the
 * present one and would come before a clock on it: then that clock has not
 * passed midnight, it is out of order.
 */
static bool day_is_taken(
	const struct dater *d, const struct pm_raw_entry *raw, int64_t seconds)
{
	const struct pm_raw_entry *end = d->raw->entries + d->raw->count;
	const struct pm_raw_entry *next = raw + 1;
	struct dater then = *d;
	const char *ignored = NULL;
	struct pm_date day;

	if (end - next > LOOK_AHEAD)
		end = next + LOOK_AHEAD;
	while (next < end && !next->stamp.date.given)
		next++;
	if (next >= end ||
		!complete(&then, next, next->stamp.date, &day, &ignored) ||
		pm_date_to_days(day) != pm_date_to_days(d->day) + 1)
		return false;
	if (!has_clock(next) && next + 1 < end && !next[1].stamp.date.given)
		next++;
	return has_clock(next) && clock_seconds(&next->stamp.clock) < seconds;
}

/* Moves the present day to that of a clock without a date. */
static void pass_midnight(
	struct dater *d, const struct pm_raw_entry *raw, int64_t seconds)
{
	int64_t days = pm_date_to_days(d->day);

	if (d->clock < 0)
		return;
	if (d->newest_first) {
		if (d->clock + OVERNIGHT_S <= seconds)
			d->day = pm_date_from_days(days - 1);
	} else if ((raw->stamp.overnight && !d->overnight) ||
		   (seconds + OVERNIGHT_S <= d->clock &&
			   !day_is_taken(d, raw, seconds))) {
		d->day = pm_date_from_days(days + 1);
		d->overnight = !d->eve;
		d->eve = false;
	}
}

/* T+5m: what follows it is of the day and hour it comes to. */
static void set_relative(
	struct dater *d, const struct pm_raw_entry *raw, struct pm_entry *entry)
{
	int64_t local;

	if (d->start.precision < PM_PRECISION_HOUR) {
		entry->problem = "it counts from a start that the document "
				 "does not give";
		/* Without its stamp the entry would not say when. */
		entry->text = pm_slice_str(pm_arena_printf(d->body->arena,
			"%.*s %.*s", PM_SLICE_ARG(raw->wrong),
			PM_SLICE_ARG(raw->text)));
		return;
	}
	entry->problem = doubt_about_day(d);
	entry->time = d->start;
	entry->time.sec += raw->stamp.relative.seconds;
	entry->time.approximate = raw->stamp.approximate;
	if (raw->stamp.relative.seconds % 60)
		entry->time.precision = PM_PRECISION_SECOND;
	entry->has_zone = entry->time.has_offset;
	local = entry->time.sec + entry->time.offset_min * 60;
	d->day = pm_time_date(entry->time.sec, entry->time.offset_min);
	d->clock = local - pm_date_to_days(d->day) * DAY_S;
}

/* "Tuesday 09:30": without a date, and no later than the day it is. */
static void go_to_weekday(struct dater *d, unsigned weekday, const char **why)
{
	struct pm_date before = d->day;

	if (!weekday_near(d, weekday, &d->day, why))
		return;
	if (pm_date_to_days(before) != pm_date_to_days(d->day)) {
		d->clock = -1;
		d->overnight = d->eve = false;
	}
}

static void set_time(
	struct dater *d, const struct pm_raw_entry *raw, struct pm_entry *entry)
{
	const struct pm_stamp *stamp = &raw->stamp;
	int64_t seconds = 0;
	bool dated = false;

	if (stamp->relative.given && !has_clock(raw)) {
		set_relative(d, raw, entry);
		return;
	}
	if (stamp->date.given) {
		dated = complete(d, raw, stamp->date, &d->day, &entry->problem);
		if (!dated)
			return;
		d->clock = -1;
		d->overnight = false;
		d->eve = stamp->date.step < 0;
		see_weekday(d, stamp);
	} else if (stamp->weekday && has_clock(raw)) {
		go_to_weekday(d, stamp->weekday, &entry->problem);
	}
	if (!d->day.year) {
		entry->problem = "neither it nor the document says which day";
		return;
	}
	if (!dated && !entry->problem)
		entry->problem = doubt_about_day(d);
	d->placed = true;
	if (has_clock(raw)) {
		seconds = clock_seconds(&stamp->clock);
		if (!dated) {
			seconds = afternoon(d, seconds, &stamp->clock);
			pass_midnight(d, raw, seconds);
		}
		d->clock = seconds;
	}
	set_zone(d, &stamp->zone, entry);
	entry->time.sec = pm_date_to_days(d->day) * DAY_S + seconds -
			  entry->time.offset_min * 60;
	entry->time.precision =
		has_clock(raw) ? stamp->clock.precision : PM_PRECISION_DAY;
	entry->time.approximate = stamp->approximate;
	/* "T0 (10:02)" */
	if (stamp->relative.given && has_clock(raw)) {
		d->start = entry->time;
		d->start.sec -= stamp->relative.seconds;
	}
	set_end(d, raw, entry);
}

/* When the incident began, where something counts from that: as the front
   matter has it, else as a line above the text says. */
static void find_start(struct dater *d)
{
	const struct pm_doc *doc = d->body->doc;
	const struct pm_moment_value *started = &doc->times[PM_MOMENT_STARTED];
	struct pm_fact_line fact;
	unsigned line = 0;

	if (started->valid) {
		d->start = started->time;
		return;
	}
	while (pm_doc_next_fact(doc, &line, &fact)) {
		struct pm_raw_entry raw = {0};
		struct pm_entry entry = {0};
		struct dater then = *d;

		/* Told of the entries, not of the line. */
		then.guess_told = true;
		if (fact.fact != PM_FACT_STARTED ||
			!pm_stamp_read(
				fact.value, PM_STAMP_LOOSE, &raw.stamp) ||
			raw.stamp.relative.given)
			continue;
		if (fact.zone.len && !raw.stamp.zone.text.len)
			pm_zone_find(fact.zone, &raw.stamp.zone);
		set_time(&then, &raw, &entry);
		if (!entry.problem)
			d->start = entry.time;
		return;
	}
}

static bool counts_from_start(const struct pm_raw_timeline *raw)
{
	for (size_t i = 0; i < raw->count; i++)
		if (raw->entries[i].stamp.relative.given)
			return true;
	return false;
}

/* True where "T0" is the name of a step, as T1 and T2 are: nothing counts from
   it, and nobody says when it was. */
static bool names_steps(const struct dater *d)
{
	if (d->start.precision >= PM_PRECISION_HOUR)
		return false;
	for (size_t i = 0; i < d->raw->count; i++) {
		const struct pm_raw_entry *raw = &d->raw->entries[i];

		if (raw->stamp.relative.given &&
			(raw->stamp.relative.seconds || has_clock(raw)))
			return false;
	}
	return true;
}

/* Cuts a trailing "(source)" off the text. */
static void cut_source(struct pm_entry *entry)
{
	size_t i = entry->text.len;

	if (i < 3 || entry->text.ptr[i - 1] != ')')
		return;
	for (i--; i > 0 && entry->text.ptr[i - 1] != '('; i--)
		if (entry->text.ptr[i - 1] == ')' || entry->text.len - i > 80)
			return;
	if (i < 2 || entry->text.ptr[i - 2] != ' ')
		return;
	entry->source = pm_slice_sub(entry->text, i, entry->text.len - 1 - i);
	entry->text = pm_slice_trim(pm_slice_sub(entry->text, 0, i - 1));
}

static void add_entry(struct dater *d, const struct pm_raw_entry *raw)
{
	struct pm_timeline *timeline = &d->body->doc->timeline;
	struct pm_entry *entry;

	timeline->entries = pm_doc_grow(d->body->doc, timeline->entries,
		timeline->nentries, sizeof *entry);
	entry = &timeline->entries[timeline->nentries++];
	entry->line = raw->line;
	entry->span = pm_body_lines(d->body, raw->line, raw->end_line);
	entry->text = raw->text;
	entry->source = raw->source;
	if (!entry->source.len)
		cut_source(entry);
	if (raw->unreadable)
		entry->problem = pm_arena_printf(d->body->arena,
			"'%.*s' cannot be read as a time",
			PM_SLICE_ARG(raw->wrong));
	else
		set_time(d, raw, entry);
	if (!entry->problem && raw->stamp.clock.impossible)
		entry->problem = pm_arena_printf(d->body->arena,
			"'%.*s' is no time of the day",
			PM_SLICE_ARG(raw->wrong));
	if (!entry->problem)
		entry->problem = d->doubt;
	d->doubt = NULL;
	if (!timeline->zone.len)
		timeline->zone = d->raw->zone.text.len ? d->raw->zone.text
						       : raw->stamp.zone.text;
}

/*
 * True for a date that heads the entries below it and is none itself: nothing
 * but a day, above a clock or an item that needs one. A dated heading may say
 * more. A day above nothing that can be read says nothing, either.
 */
static bool heads_day(const struct pm_raw_timeline *raw, size_t i)
{
	const struct pm_raw_entry *entry = &raw->entries[i];
	const struct pm_raw_entry *next = entry + 1;

	if (entry->form == PM_RAW_DAY)
		return true;
	if (has_clock(entry) || !entry->stamp.date.given ||
		entry->stamp.clock.unknown)
		return false;
	if (!entry->text.len)
		return true;
	if (entry->form == PM_RAW_ROW || i + 1 == raw->count ||
		(entry->form != PM_RAW_HEADING && !entry->below))
		return false;
	if (next->of_day)
		return true;
	return (has_clock(next) || next->stamp.clock.unknown) &&
	       (!next->stamp.date.given ||
		       (entry->form == PM_RAW_HEADING &&
			       next->form != PM_RAW_HEADING));
}

/* True when the clocks of one day go back step by step, as those of a page with
   the news on top: a few out of order do not. */
static bool goes_back(const struct pm_raw_timeline *raw)
{
	enum { STEPS = 2 };
	size_t back = 0, forth = 0;

	for (size_t i = 1; i < raw->count; i++) {
		const struct pm_raw_entry *a = &raw->entries[i - 1];
		const struct pm_raw_entry *b = &raw->entries[i];
		int64_t step;

		if (!has_clock(a) || !has_clock(b) || b->stamp.date.given ||
			b->stamp.clock.half != a->stamp.clock.half)
			continue;
		step = clock_seconds(&b->stamp.clock) -
		       clock_seconds(&a->stamp.clock);
		/* Either way round a long step passes midnight. */
		if (llabs(step) >= OVERNIGHT_S)
			continue;
		back += step < 0;
		forth += step > 0;
	}
	return back >= STEPS && !forth;
}

/* What can be said of all stamps before any is dated. */
static void survey(struct dater *d)
{
	unsigned orders = 0;

	d->newest_first = goes_back(d->raw);

	for (size_t i = 0; i < d->raw->count; i++) {
		const struct pm_stamp *stamp = &d->raw->entries[i].stamp;

		d->halves = d->halves || stamp->clock.half != PM_HALF_NONE;
		orders |= 1u << stamp->date.order;
	}
	d->body->timeline_order = pm_stamp_order(orders);
	d->body->orders |= orders;
}

/* True when the first entry has its whole day, from which the others follow,
   and none counts from the document's, is dated by it or shows how it is read.
 */
static bool tells_days(const struct pm_raw_timeline *raw)
{
	const struct pm_stamp *first = &raw->entries[0].stamp;

	if (!first->date.year || !first->date.month || first->placeholder)
		return false;
	for (size_t i = 0; i < raw->count; i++) {
		const struct pm_stamp *stamp = &raw->entries[i].stamp;

		if (stamp->relative.given || stamp->clock.dotted ||
			stamp->date.nth || stamp->date.ambiguous ||
			stamp->end_date.ambiguous ||
			stamp->date.order != PM_ORDER_UNKNOWN)
			return false;
	}
	return true;
}

/* The document's own day may be 3/4/2024: the order of the dates in the
   timeline is that of all its dates. */
static void settle_day(struct dater *d)
{
	if (d->body->day.ambiguous)
		pm_stamp_settle(&d->body->day, pm_body_order(d->body));
	pm_body_day(d->body, &d->day);
	d->guessed = d->body->day.ambiguous;
}

/* True when a short text speaks of what should stand in its place. */
static bool is_template_text(struct pm_slice text)
{
	static const char *const words[] = {"description", "event",
		"what happened", "beskrivelse", "hendelse", "...", "…",
		"ereignis", "evenement", "evento"};

	for (size_t i = 0; text.len <= 40 && i < text.len; i++)
		for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
			if (pm_slice_is_nocase(
				    pm_slice_sub(text, i, strlen(words[k])),
				    words[k]))
				return true;
	return text.len == 0;
}

/* True for a row left over from a template: HH:mm and words about words. A
   day with HH:mm is an entry whose time nobody knew. */
static bool is_template_row(const struct pm_raw_entry *raw)
{
	return raw->stamp.placeholder &&
	       (!raw->stamp.date.given || is_template_text(raw->text));
}

/* "T+15m:" and no more, left over from a template: nothing happened, at a time
   that nobody gives. */
static bool is_template_step(
	const struct dater *d, const struct pm_raw_entry *raw)
{
	return raw->stamp.relative.given && !has_clock(raw) &&
	       d->start.precision < PM_PRECISION_HOUR &&
	       (d->steps || !raw->text.len || pm_slice_ends(raw->text, ":"));
}

/* True for figures that may count something, "3/14 - ...", and are no day near
   the present one. */
static bool counts_parts(const struct dater *d, const struct pm_raw_entry *raw)
{
	enum { MONTH = 31 };
	struct dater then = *d;
	const char *ignored = NULL;
	struct pm_date day;

	return raw->stamp.date.weak &&
	       (!d->day.year ||
		       !complete(&then, raw, raw->stamp.date, &day, &ignored) ||
		       llabs(pm_date_to_days(day) - pm_date_to_days(d->day)) >
			       MONTH);
}

void pm_timeline_date(struct pm_body *body, const struct pm_raw_timeline *raw)
{
	struct dater d = {.body = body, .raw = raw, .clock = -1};

	/* The day of the document is not looked for where nothing needs it. */
	body->skipped_day = tells_days(raw) && !body->looked_for_day;
	if (body->skipped_day) {
		survey(&d);
	} else {
		pm_body_day(body, &d.day);
		survey(&d);
		settle_day(&d);
		d.first = d.day;
		pm_timeline_settle_dotted(raw, d.day);
	}
	if (counts_from_start(raw)) {
		find_start(&d);
		d.steps = names_steps(&d);
	}
	for (size_t i = 0; i < raw->count; i++) {
		const struct pm_raw_entry *entry = &raw->entries[i];

		if (is_template_row(entry) || is_template_step(&d, entry) ||
			counts_parts(&d, entry))
			continue;
		if (!heads_day(raw, i)) {
			add_entry(&d, entry);
			continue;
		}
		/* A header is no entry: the first below it has its doubts. */
		d.doubt = NULL;
		if (complete(&d, entry, entry->stamp.date, &d.day, &d.doubt)) {
			d.clock = -1;
			see_weekday(&d, &entry->stamp);
		} else {
			d.doubt = NULL;
		}
	}
	body->orders |= d.orders;
}
