/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Instants, dates and durations. An instant is UTC seconds plus the offset it
 * was written with, so that it prints back as its writer meant it. Parsing and
 * printing live here alone.
 *
 *	struct pm_time t;
 *	if (pm_time_parse(pm_slice_str("~2026-11-22T10:02Z"), &t, NULL) == 0)
 *		pm_time_print(&buf, &t, PM_TIME_RFC3339);
 */
#ifndef PM_TIME_H
#define PM_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "pm/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pm_ctx;

/* How much of an instant was written. */
enum pm_precision {
	PM_PRECISION_NONE, /* "unknown" */
	PM_PRECISION_DAY,
	PM_PRECISION_HOUR,
	PM_PRECISION_MINUTE,
	PM_PRECISION_SECOND,
};

struct pm_time {
	int64_t sec;                 /* UTC seconds since 1970; 0 if unknown */
	int32_t offset_min;          /* minutes east of UTC, as written */
	enum pm_precision precision; /* NONE: written as "unknown" */
	bool approximate;            /* "~" stood before it */
	bool has_offset;             /* an offset or Z was written */
};

struct pm_date {
	int year;       /* 1..9999 */
	unsigned month; /* 1..12 */
	unsigned day;   /* 1..31 */
};

/* Days since 1970-01-01, and back. */
int64_t pm_date_to_days(struct pm_date date);
struct pm_date pm_date_from_days(int64_t days);

/* True for a day that the calendar has. */
bool pm_date_valid(struct pm_date date);

/*
 * Reads exactly YYYY-MM-DD. On failure returns PM_EINVALID and, if why is not
 * NULL, sets *why to a static sentence part such as
 * "February 2026 has 28 days".
 */
int pm_date_parse(struct pm_slice text, struct pm_date *out, const char **why);

/*
 * Reads a moment: RFC 3339 with "T" or one space, seconds optional, leap
 * second 23:59:60Z allowed, offset required ("Z", "+01:00"); "~" before it
 * makes it approximate; "unknown" and, alone, "~" are legal and have precision
 * NONE. A date alone is legal with precision DAY. Without an offset it fails.
 * On failure returns PM_EINVALID and sets *why (static) if why is not NULL.
 */
int pm_time_parse(struct pm_slice text, struct pm_time *out, const char **why);

/*
 * Reads what a person types after --started: all of pm_time_parse,
 * "YYYY-MM-DD HH:MM", "HH:MM", "now", "-2h", "-90m", "-1d". Now and the zone
 * are those of ctx. A clock without an offset is that of the zone on that day,
 * summer time or not; HH:MM later than now means yesterday.
 */
int pm_time_parse_user(const struct pm_ctx *ctx, struct pm_slice text,
	struct pm_time *out, const char **why);

enum pm_time_style {
	PM_TIME_RFC3339,  /* 2026-11-22T10:02Z, offset as written, "~" kept */
	PM_TIME_UTC,      /* the same instant in UTC */
	PM_TIME_DATE,     /* 2026-11-22 in the offset as written */
	PM_TIME_TIMELINE, /* 2026-11-22 10:02Z */
	PM_TIME_LOCAL, /* 2026-11-22T10:02, the writer's clock, as much as known
			*/
};

/* Appends the instant; an unknown one prints "unknown". */
void pm_time_print(struct pm_buf *buf, const struct pm_time *time,
	enum pm_time_style style);

/* The date of an instant at an offset in minutes east. */
struct pm_date pm_time_date(int64_t sec, int32_t offset_min);

/* Appends a duration the way people say it: "29 min", "1 h 2 min", "3 d". */
void pm_duration_print(struct pm_buf *buf, int64_t seconds);

#ifdef __cplusplus
}
#endif

#endif
