/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Instants by civil arithmetic on 64-bit days, in the proleptic Gregorian
 * calendar; the C library's functions know zones and locales, which is what
 * must not happen here. Reading is in time_parse.c.
 */
#include "pm/time.h"

#define DAY 86400

/* Floor division, for days before 1970. */
static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/*
 * Both functions count from a year that begins on 1 March, so that the leap
 * day is the last of its year and month lengths follow one formula.
 */
int64_t pm_date_to_days(struct pm_date date)
{
	int64_t year = (int64_t)date.year - (date.month <= 2);
	int64_t era = floor_div(year, 400);
	int64_t of_era = year - era * 400;
	int64_t month = ((int64_t)date.month + 9) % 12;
	int64_t of_year = (153 * month + 2) / 5 + (int64_t)date.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

struct pm_date pm_date_from_days(int64_t days)
{
	int64_t shifted = days + 719468;
	int64_t era = floor_div(shifted, 146097);
	int64_t of_era = shifted - era * 146097;
	int64_t year =
		(of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
		365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	struct pm_date date;

	date.day = (unsigned)(of_year - (153 * month + 2) / 5 + 1);
	date.month = (unsigned)(month < 10 ? month + 3 : month - 9);
	date.year = (int)(year + era * 400 + (date.month <= 2));
	return date;
}

bool pm_date_valid(struct pm_date date)
{
	static const unsigned char days[12] = {
		31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (date.year < 1 || date.year > 9999 || date.month < 1 ||
		date.month > 12 || date.day < 1 ||
		date.day > days[date.month - 1])
		return false;
	return date.month != 2 || date.day < 29 ||
	       (date.year % 4 == 0 &&
		       (date.year % 100 != 0 || date.year % 400 == 0));
}

struct pm_date pm_time_date(int64_t sec, int32_t offset_min)
{
	return pm_date_from_days(
		floor_div(sec + (int64_t)offset_min * 60, DAY));
}

static void add_date(struct pm_buf *buf, int64_t sec, int32_t offset_min)
{
	struct pm_date date = pm_time_date(sec, offset_min);

	pm_buf_addf(buf, "%04d-%02u-%02u", date.year, date.month, date.day);
}

/* Hours, minutes and seconds, as much as precision says is known. */
static void add_clock(struct pm_buf *buf, int64_t sec, int32_t offset_min,
	enum pm_precision precision)
{
	int64_t local = sec + (int64_t)offset_min * 60;
	unsigned of_day = (unsigned)(local - floor_div(local, DAY) * DAY);

	pm_buf_addf(buf, "%02u", of_day / 3600);
	if (precision >= PM_PRECISION_MINUTE)
		pm_buf_addf(buf, ":%02u", of_day / 60 % 60);
	if (precision >= PM_PRECISION_SECOND)
		pm_buf_addf(buf, ":%02u", of_day % 60);
}

static void add_offset(struct pm_buf *buf, int32_t offset_min)
{
	unsigned minutes =
		(unsigned)(offset_min < 0 ? -offset_min : offset_min);

	if (!offset_min)
		pm_buf_addc(buf, 'Z');
	else
		pm_buf_addf(buf, "%c%02u:%02u", offset_min < 0 ? '-' : '+',
			minutes / 60, minutes % 60);
}

void pm_time_print(struct pm_buf *buf, const struct pm_time *time,
	enum pm_time_style style)
{
	int32_t offset_min = style == PM_TIME_UTC ? 0 : time->offset_min;
	enum pm_precision precision = time->precision;

	if (precision == PM_PRECISION_NONE) {
		pm_buf_adds(buf, "unknown");
		return;
	}
	/* Without a clock there is nothing that an offset could shift. */
	if (precision == PM_PRECISION_DAY)
		offset_min = time->offset_min;
	if (time->approximate && style != PM_TIME_DATE &&
		style != PM_TIME_LOCAL)
		pm_buf_addc(buf, '~');
	add_date(buf, time->sec, offset_min);
	if (precision == PM_PRECISION_DAY || style == PM_TIME_DATE)
		return;
	/* What is written must be readable again: there an hour has minutes. */
	if (precision == PM_PRECISION_HOUR && style != PM_TIME_LOCAL)
		precision = PM_PRECISION_MINUTE;
	pm_buf_addc(buf, style == PM_TIME_TIMELINE ? ' ' : 'T');
	add_clock(buf, time->sec, offset_min, precision);
	if (style == PM_TIME_UTC ||
		(time->has_offset && style != PM_TIME_LOCAL))
		add_offset(buf, offset_min);
}

void pm_duration_print(struct pm_buf *buf, int64_t seconds)
{
	uint64_t rest = seconds < 0 ? -(uint64_t)seconds : (uint64_t)seconds;
	static const struct {
		unsigned long size;
		const char *name;
	} units[] = {{DAY, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}};
	size_t i = 0;

	if (seconds < 0)
		pm_buf_addc(buf, '-');
	while (i < 3 && rest < units[i].size)
		i++;
	pm_buf_addf(buf, "%llu %s", (unsigned long long)(rest / units[i].size),
		units[i].name);
	/* A second unit where people use one: not seconds beside minutes. */
	rest %= units[i].size;
	if (i < 2 && rest / units[i + 1].size)
		pm_buf_addf(buf, " %llu %s",
			(unsigned long long)(rest / units[i + 1].size),
			units[i + 1].name);
}
