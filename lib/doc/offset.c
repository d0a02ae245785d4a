/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times by counting: from the start of the incident ("T+5m", "T0", "+1:20"), or
 * from 1970 as machines do. A time from the start says nothing until somebody
 * knows the start, which the timeline finds out.
 */
#include "doc/stamp.h"

#include <string.h>

#include "base/ascii.h"

/* Units behind a figure, in seconds; 0: the word is none. */
static int64_t unit_named(const char *word)
{
	static const struct {
		const char *word;
		int64_t seconds;
	} units[] = {
		{"s", 1},
		{"sec", 1},
		{"secs", 1},
		{"seconds", 1},
		{"m", 60},
		{"min", 60},
		{"mins", 60},
		{"minute", 60},
		{"minutes", 60},
		{"h", 3600},
		{"hr", 3600},
		{"hrs", 3600},
		{"hour", 3600},
		{"hours", 3600},
		{"d", 86400},
		{"day", 86400},
		{"days", 86400},
	};

	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
		if (strcmp(word, units[i].word) == 0)
			return units[i].seconds;
	return 0;
}

/* 1:20, 01:20:05: hours and minutes. */
static bool span_of_clock(struct pm_scan *scan, int64_t *seconds)
{
	struct pm_scan at = *scan;
	unsigned hour, minute, second = 0;

	if (!pm_scan_number(&at, 1, 3, &hour) || !pm_scan_any(&at, ":") ||
		!pm_scan_number(&at, 2, 2, &minute) || minute > 59)
		return false;
	if (pm_scan_peek(&at, 0) == ':' && pm_is_digit(pm_scan_peek(&at, 1))) {
		at.off++;
		if (!pm_scan_number(&at, 2, 2, &second) || second > 59)
			return false;
	}
	*seconds = hour * 3600 + minute * 60 + second;
	*scan = at;
	return true;
}

/* 5m, 5 min, 1h10m, 1h 10m; a figure alone is minutes below a limit. */
static bool span_of_units(
	struct pm_scan *scan, unsigned limit, int64_t *seconds)
{
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];
	unsigned figure;
	bool found = false;

	*seconds = 0;
	for (int i = 0; i < 3; i++) {
		struct pm_scan part = at;
		int64_t unit;

		if (found)
			pm_scan_blanks(&part);
		if (!pm_scan_number(&part, 1, 4, &figure))
			break;
		at = part;
		pm_scan_blanks(&part);
		unit = pm_scan_word(&part, word) ? unit_named(word) : 0;
		if (!unit && (found || figure >= limit || pm_scan_at_word(&at)))
			return false;
		*seconds += figure * (unit ? unit : 60);
		found = true;
		if (!unit)
			break;
		at = part;
	}
	if (found)
		*scan = at;
	return found;
}

/* The sign between T and its figure; 0: none. */
static int sign(struct pm_scan *scan)
{
	static const char *const minus[] = {"-", "−", "–", NULL};

	if (pm_scan_any(scan, "+"))
		return 1;
	return pm_scan_take_one(scan, minus) ? -1 : 0;
}

/* The 0 of T0, and nothing that makes a figure or a name of it: T0.5, T01. */
static bool is_start(struct pm_scan *scan)
{
	struct pm_scan at = *scan;

	if (!pm_scan_any(&at, "0") || pm_scan_at_word(&at) ||
		memchr("./+-", pm_scan_peek(&at, 0), 4))
		return false;
	*scan = at;
	return true;
}

bool pm_scan_relative(struct pm_scan *scan, struct pm_stamp_relative *out)
{
	enum { BEFORE_MOST = 100, AFTER_MOST = 10000 };
	struct pm_scan at = *scan;
	bool start = pm_scan_any(&at, "Tt");
	unsigned limit = 0;
	int direction;

	memset(out, 0, sizeof *out);
	if (start) {
		pm_scan_any(&at, " ");
		if (is_start(&at)) {
			out->given = true;
			*scan = at;
			return true;
		}
	}
	direction = sign(&at);
	/* "-10" begins a list, and "- 5 m" is a length. */
	if (!direction || (!start && direction < 0))
		return false;
	if (start)
		pm_scan_any(&at, " ");
	/* "T+120" counts minutes, "T-799" is the number of a ticket. */
	if (start)
		limit = direction > 0 ? AFTER_MOST : BEFORE_MOST;
	if (!span_of_clock(&at, &out->seconds) &&
		!span_of_units(&at, limit, &out->seconds))
		return false;
	if (pm_scan_at_word(&at))
		return false;
	out->given = true;
	out->seconds *= direction;
	*scan = at;
	return true;
}

bool pm_scan_epoch(struct pm_scan *scan, int64_t *seconds)
{
	struct pm_scan at = *scan;
	unsigned high, low, part;
	char digits[11];

	for (size_t i = 0; i < sizeof digits - 1; i++) {
		digits[i] = pm_scan_peek(&at, i);
		if (!pm_is_digit(digits[i]))
			return false;
	}
	/* 2001 to 2033; other numbers of ten figures are not times. */
	if (digits[0] != '1')
		return false;
	digits[10] = '\0';
	high = low = 0;
	for (size_t i = 0; i < 5; i++) {
		high = high * 10 + (unsigned)(digits[i] - '0');
		low = low * 10 + (unsigned)(digits[i + 5] - '0');
	}
	at.off += 10;
	/* Thousandths and fractions are dropped. */
	if (!pm_scan_number(&at, 3, 3, &part) && pm_scan_any(&at, ".") &&
		!pm_scan_number(&at, 1, 9, &part))
		return false;
	if (pm_scan_at_word(&at))
		return false;
	*seconds = (int64_t)high * 100000 + low;
	*scan = at;
	return true;
}
