/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clocks of which only a part is written, because what stands beside them says
 * the rest: the word before them, or the other end of a range.
 */
#include "doc/stamp.h"

#include <string.h>

#include "base/ascii.h"

bool pm_scan_bare_clock(struct pm_scan *scan, struct pm_stamp_clock *out)
{
	struct pm_scan at = *scan;
	unsigned value;
	bool both = pm_scan_number(&at, 4, 4, &value);

	if (!both && !pm_scan_number(&at, 1, 2, &value))
		return false;
	memset(out, 0, sizeof *out);
	out->hour = both ? value / 100 : value;
	out->minute = both ? value % 100 : 0;
	out->precision = both ? PM_PRECISION_MINUTE : PM_PRECISION_HOUR;
	if (out->hour > 23 || out->minute > 59 || pm_scan_at_word(&at) ||
		(memchr(".,:", pm_scan_peek(&at, 0), 3) &&
			pm_is_digit(pm_scan_peek(&at, 1))))
		return false;
	*scan = at;
	return true;
}

bool pm_scan_short_end(struct pm_scan *scan, const struct pm_stamp_clock *start,
	struct pm_stamp_clock *end)
{
	unsigned value;

	if (start->precision != PM_PRECISION_SECOND ||
		!pm_scan_number(scan, 2, 2, &value) || value > 59 ||
		pm_scan_at_word(scan) || pm_scan_peek(scan, 0) == ':' ||
		value < start->second)
		return false;
	*end = *start;
	end->second = value;
	return true;
}

void pm_clock_share_half(
	struct pm_stamp_clock *start, const struct pm_stamp_clock *end)
{
	if (start->half || start->padded || end->half != PM_HALF_PM ||
		start->hour >= 12 || start->hour < 1)
		return;
	if (start->hour + 12 <= end->hour) {
		start->hour += 12;
		start->half = PM_HALF_PM;
	}
}
