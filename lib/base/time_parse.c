/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading instants. A reason is what the writer of a document gets to see, so
 * it names the very value that is wrong; since reasons are static texts, those
 * with a number in them are spelt out by macros.
 */
#include "pm/time.h"

#include "base/ascii.h"
#include "pm/context.h"

#define DAY 86400

#define TEN(unit, tens)                                                        \
	unit " " tens "0 does not exist", unit " " tens "1 does not exist",    \
		unit " " tens "2 does not exist",                              \
		unit " " tens "3 does not exist",                              \
		unit " " tens "4 does not exist",                              \
		unit " " tens "5 does not exist",                              \
		unit " " tens "6 does not exist",                              \
		unit " " tens "7 does not exist",                              \
		unit " " tens "8 does not exist",                              \
		unit " " tens "9 does not exist"
#define HUNDRED(unit)                                                          \
	{                                                                      \
		TEN(unit, "0"), TEN(unit, "1"), TEN(unit, "2"),                \
			TEN(unit, "3"), TEN(unit, "4"), TEN(unit, "5"),        \
			TEN(unit, "6"), TEN(unit, "7"), TEN(unit, "8"),        \
			TEN(unit, "9")                                         \
	}

static const char no_month[100][32] = HUNDRED("month");
static const char no_day[100][32] = HUNDRED("day");
static const char no_hour[100][32] = HUNDRED("hour");
static const char no_minute[100][32] = HUNDRED("minute");
static const char no_second[100][32] = HUNDRED("second");

#define FEB(decade, year, days) "February " decade year " has " days " days"
#define EVEN_DECADE(d)                                                         \
	FEB(d, "0", "29"), FEB(d, "1", "28"), FEB(d, "2", "28"),               \
		FEB(d, "3", "28"), FEB(d, "4", "29"), FEB(d, "5", "28"),       \
		FEB(d, "6", "28"), FEB(d, "7", "28"), FEB(d, "8", "29"),       \
		FEB(d, "9", "28")
#define ODD_DECADE(d)                                                          \
	FEB(d, "0", "28"), FEB(d, "1", "28"), FEB(d, "2", "29"),               \
		FEB(d, "3", "28"), FEB(d, "4", "28"), FEB(d, "5", "28"),       \
		FEB(d, "6", "29"), FEB(d, "7", "28"), FEB(d, "8", "28"),       \
		FEB(d, "9", "28")

/* The years in which incidents are written about: 1990 to 2099. */
#define FIRST_FEBRUARY 1990
static const char february[110][32] = {ODD_DECADE("199"), EVEN_DECADE("200"),
	ODD_DECADE("201"), EVEN_DECADE("202"), ODD_DECADE("203"),
	EVEN_DECADE("204"), ODD_DECADE("205"), EVEN_DECADE("206"),
	ODD_DECADE("207"), EVEN_DECADE("208"), ODD_DECADE("209")};

/* What is read, how far, and the first thing that was wrong with it. */
struct reader {
	struct pm_slice text;
	size_t off;
	const char *why; /* NULL while all is well */
};

static void refuse(struct reader *r, const char *why)
{
	if (!r->why)
		r->why = why;
}

static char peek(const struct reader *r)
{
	return r->off < r->text.len ? r->text.ptr[r->off] : '\0';
}

/* Reads exactly count digits; says why when they are not there. */
static unsigned digits(struct reader *r, unsigned count, const char *why)
{
	unsigned value = 0;

	while (count--) {
		if (!pm_is_digit(peek(r))) {
			refuse(r, why);
			return 0;
		}
		value = value * 10 + (unsigned)(peek(r) - '0');
		r->off++;
	}
	return value;
}

static bool skip(struct reader *r, char c)
{
	if (r->off >= r->text.len || r->text.ptr[r->off] != c)
		return false;
	r->off++;
	return true;
}

static bool at_end(const struct reader *r)
{
	return r->off >= r->text.len;
}

/* Why a month does not have the day, its number being 29 to 31. */
static const char *short_month(struct pm_date date)
{
	static const char *const thirty[] = {
		[4] = "April has 30 days",
		[6] = "June has 30 days",
		[9] = "September has 30 days",
		[11] = "November has 30 days",
	};
	int year = date.year - FIRST_FEBRUARY;

	if (date.month != 2)
		return thirty[date.month];
	if (year >= 0 && year < 110)
		return february[year];
	if (pm_date_valid((struct pm_date){date.year, 2, 29}))
		return "February has 29 days in that year";
	return "February has 28 days in that year";
}

static struct pm_date read_date(struct reader *r)
{
	static const char shape[] = "the date is not written YYYY-MM-DD";
	struct pm_date date;

	date.year = (int)digits(r, 4, shape);
	if (!skip(r, '-'))
		refuse(r, shape);
	date.month = digits(r, 2, shape);
	if (!skip(r, '-'))
		refuse(r, shape);
	date.day = digits(r, 2, shape);
	if (pm_is_digit(peek(r)))
		refuse(r, shape);
	if (!r->why && !date.year)
		refuse(r, "year 0000 does not exist");
	if (!r->why && (!date.month || date.month > 12))
		refuse(r, no_month[date.month]);
	if (!r->why && (!date.day || date.day > 31))
		refuse(r, no_day[date.day]);
	if (!r->why && !pm_date_valid(date))
		refuse(r, short_month(date));
	return date;
}

struct clock {
	unsigned hour;
	unsigned minute;
	unsigned second; /* 60 in a leap second */
	enum pm_precision precision;
};

static void read_seconds(struct reader *r, struct clock *clock)
{
	clock->second = digits(r, 2, "the seconds are not two digits");
	clock->precision = PM_PRECISION_SECOND;
	/* Fractions are legal; nothing here is that exact. */
	if (skip(r, '.')) {
		digits(r, 1, "the fraction of a second has no digits");
		while (pm_is_digit(peek(r)))
			r->off++;
	}
}

/* Reads HH:MM, with seconds if they are there. */
static struct clock read_clock(struct reader *r)
{
	static const char shape[] = "the time is not written HH:MM";
	struct clock clock = {.precision = PM_PRECISION_MINUTE};

	clock.hour = digits(r, 2, shape);
	if (!r->why && !pm_is_digit(peek(r)) && peek(r) != ':')
		refuse(r, "the minutes are missing: write HH:MM");
	if (!skip(r, ':'))
		refuse(r, shape);
	clock.minute = digits(r, 2, shape);
	if (pm_is_digit(peek(r)))
		refuse(r, shape);
	if (skip(r, ':'))
		read_seconds(r, &clock);
	if (!r->why && clock.hour > 23)
		refuse(r, no_hour[clock.hour]);
	if (!r->why && clock.minute > 59)
		refuse(r, no_minute[clock.minute]);
	if (!r->why && clock.second > 60)
		refuse(r, no_second[clock.second]);
	return clock;
}

/* Reads "Z" or "+01:00"; returns minutes east. */
static int32_t read_offset(struct reader *r)
{
	static const char shape[] = "the offset is not Z or like +01:00";
	bool west = peek(r) == '-';
	unsigned hour;
	unsigned minute;

	if (at_end(r)) {
		refuse(r, "the offset is missing: write Z or +01:00");
		return 0;
	}
	if (skip(r, 'Z') || skip(r, 'z'))
		return 0;
	if (!skip(r, '+') && !skip(r, '-'))
		refuse(r, shape);
	hour = digits(r, 2, shape);
	if (!skip(r, ':'))
		refuse(r, shape);
	minute = digits(r, 2, shape);
	if (!r->why && hour > 23)
		refuse(r, "the offset is larger than 23:59");
	if (!r->why && minute > 59)
		refuse(r, "the offset has more than 59 minutes");
	return (int32_t)(hour * 60 + minute) * (west ? -1 : 1);
}

/* Joins date, clock and offset into out. */
static void compose(struct reader *r, struct pm_date date, struct clock clock,
	int32_t offset_min, struct pm_time *out)
{
	int64_t minute = pm_date_to_days(date) * (DAY / 60) + clock.hour * 60 +
			 clock.minute - offset_min;

	if (clock.second == 60) {
		int64_t of_day = minute % (DAY / 60);

		if (of_day < 0)
			of_day += DAY / 60;
		if (of_day != DAY / 60 - 1)
			refuse(r, "second 60 exists only at 23:59:60Z");
		/* Civil seconds have no room for it: the one before keeps
		 * the date right. */
		clock.second = 59;
	}
	out->sec = minute * 60 + clock.second;
	out->offset_min = offset_min;
	out->precision = clock.precision;
	out->has_offset = true;
}

/* The offset of the user's clock while it shows this: not today's, which half
   of the year is another. Of an hour that it shows twice, one of both. */
static int32_t offset_at(
	const struct pm_ctx *ctx, struct pm_date date, struct clock clock)
{
	int64_t shown = pm_date_to_days(date) * DAY + clock.hour * 3600 +
			clock.minute * 60;
	int64_t near = shown - (int64_t)pm_ctx_offset(ctx) * 60;
	int32_t offset = ctx->zone(ctx->zone_data, near);

	return ctx->zone(ctx->zone_data, shown - (int64_t)offset * 60);
}

/* Reads a date and what follows; ctx, if given, knows the offset of a clock
   that has none. */
static void read_instant(
	struct reader *r, const struct pm_ctx *ctx, struct pm_time *out)
{
	struct pm_date date = read_date(r);
	struct clock clock;
	int32_t offset_min;

	if (r->why)
		return;
	if (at_end(r)) {
		out->precision = PM_PRECISION_DAY;
		out->sec = pm_date_to_days(date) * DAY;
		return;
	}
	if (!skip(r, 'T') && !skip(r, 't') && !skip(r, ' '))
		refuse(r, "a 'T' or one space must follow the date");
	clock = read_clock(r);
	if (r->why)
		return;
	offset_min =
		ctx && at_end(r) ? offset_at(ctx, date, clock) : read_offset(r);
	if (!at_end(r))
		refuse(r, "something follows the time");
	if (!r->why)
		compose(r, date, clock, offset_min, out);
}

/* Ends a reading: the code, and the reason for whoever wants it. */
static int finish(const struct reader *r, struct pm_time *out, const char **why)
{
	if (!r->why)
		return 0;
	if (why)
		*why = r->why;
	*out = (struct pm_time){0};
	return PM_EINVALID;
}

int pm_date_parse(struct pm_slice text, struct pm_date *out, const char **why)
{
	struct reader r = {.text = text};
	struct pm_time unused;

	*out = read_date(&r);
	if (!at_end(&r))
		refuse(&r, "something follows the date");
	return finish(&r, &unused, why);
}

/* What every time may begin with; false: it is all there is, "unknown". */
static bool begin(struct reader *r, struct pm_time *out)
{
	*out = (struct pm_time){0};
	if (pm_slice_is(r->text, "unknown") || pm_slice_is(r->text, "~"))
		return false;
	if (!r->text.len)
		refuse(r, "the time is missing");
	out->approximate = skip(r, '~');
	while (out->approximate && skip(r, ' '))
		;
	return true;
}

int pm_time_parse(struct pm_slice text, struct pm_time *out, const char **why)
{
	struct reader r = {.text = text};

	if (!begin(&r, out))
		return 0;
	read_instant(&r, NULL, out);
	return finish(&r, out, why);
}

/* Reads "-90m", "-2h", "-1d" or "-1w" relative to now. */
static void read_ago(struct reader *r, int64_t now, struct pm_time *out)
{
	static const struct {
		char name;
		int32_t seconds;
	} units[] = {{'m', 60}, {'h', 3600}, {'d', DAY}, {'w', 7 * DAY}};
	int64_t count = 0;
	size_t start;
	size_t i;

	skip(r, '-');
	start = r->off;
	while (pm_is_digit(peek(r)) && r->off - start < 6)
		count = count * 10 + (r->text.ptr[r->off++] - '0');
	for (i = 0; i < 4 && peek(r) != units[i].name; i++)
		;
	if (r->off == start || i == 4 || r->off + 1 != r->text.len) {
		refuse(r, "it is not a time ago like -90m, -2h or -1d");
		return;
	}
	r->off++;
	out->sec = now - count * units[i].seconds;
	/* A day more, for the offset that it is printed with. */
	if (out->sec < pm_date_to_days((struct pm_date){1, 1, 2}) * DAY)
		refuse(r, "it is before the year 1");
}

/* Reads HH:MM as the last time that the clock showed it. */
static void read_today(
	struct reader *r, const struct pm_ctx *ctx, struct pm_time *out)
{
	struct pm_date day = pm_time_date(ctx->now, pm_ctx_offset(ctx));
	struct clock clock = read_clock(r);

	if (!at_end(r))
		refuse(r, "something follows the time");
	if (r->why)
		return;
	compose(r, day, clock, offset_at(ctx, day, clock), out);
	if (out->sec <= ctx->now)
		return;
	day = pm_date_from_days(pm_date_to_days(day) - 1);
	compose(r, day, clock, offset_at(ctx, day, clock), out);
}

int pm_time_parse_user(const struct pm_ctx *ctx, struct pm_slice text,
	struct pm_time *out, const char **why)
{
	struct reader r = {.text = text};
	bool relative = true;

	if (!begin(&r, out))
		return 0;
	if (pm_slice_is(pm_slice_from(text, r.off), "now")) {
		out->sec = ctx->now;
	} else if (peek(&r) == '-') {
		read_ago(&r, ctx->now, out);
	} else {
		relative = false;
		if (text.len - r.off > 2 && text.ptr[r.off + 2] == ':')
			read_today(&r, ctx, out);
		else
			read_instant(&r, ctx, out);
	}
	if (relative) {
		/* Nobody who types "-2h" means the second. */
		out->sec -= ((out->sec % 60) + 60) % 60;
		out->offset_min = ctx->zone(ctx->zone_data, out->sec);
		out->precision = PM_PRECISION_MINUTE;
		out->has_offset = true;
	}
	return finish(&r, out, why);
}
