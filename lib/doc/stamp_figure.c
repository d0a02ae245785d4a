/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What tells at a glance that a text is no stamp, or that it is one which
 * nobody has filled in: nearly all lines of a document are asked.
 */
#include "doc/stamp.h"

#include <string.h>

#include "base/ascii.h"

bool pm_stamp_is_placeholder(struct pm_slice text)
{
	ptrdiff_t at;

	for (at = 0; (at = pm_slice_find(text, (size_t)at, ':')) >= 0; at++) {
		struct pm_slice clock;

		if (at < 2)
			continue;
		clock = pm_slice_from(text, (size_t)at - 2);
		if (pm_slice_starts(clock, "HH:mm") ||
			pm_slice_starts(clock, "HH:MM") ||
			pm_slice_starts(clock, "hh:mm"))
			return true;
	}
	for (at = 0; (at = pm_slice_find(text, (size_t)at, 'Y')) >= 0; at++)
		if (pm_slice_starts(
			    pm_slice_from(text, (size_t)at), "YYYY-MM-DD"))
			return true;
	return false;
}

/* What a byte near the head of a text may belong to; bits. */
enum hint {
	FIGURE = 1,
	COLON = 2, /* of "??:??", "HH:mm" */
	YEAR = 4,  /* of "YYYY-MM-DD" */
	NOON = 8,  /* "noon" and "midnight" are figures in words */
};

static const unsigned char hints[256] = {
	['0'] = FIGURE,
	['1'] = FIGURE,
	['2'] = FIGURE,
	['3'] = FIGURE,
	['4'] = FIGURE,
	['5'] = FIGURE,
	['6'] = FIGURE,
	['7'] = FIGURE,
	['8'] = FIGURE,
	['9'] = FIGURE,
	[':'] = COLON,
	['M'] = NOON,
	['N'] = NOON,
	['Y'] = YEAR,
	['m'] = NOON,
	['n'] = NOON,
};

/* True for such a word, not far from the head of a text. */
static bool is_noon(struct pm_slice text, size_t off)
{
	enum { HEAD = 24 };
	struct pm_scan scan = {pm_slice_sub(text, 0, HEAD), off, false};
	struct pm_stamp_clock clock;

	return off < HEAD && (!off || !pm_is_letter(text.ptr[off - 1])) &&
	       pm_scan_noon(&scan, &clock);
}

bool pm_stamp_has_figure(struct pm_slice text, unsigned mode)
{
	enum { HEAD = 40 };
	struct pm_slice head = pm_slice_sub(text, 0, HEAD);
	unsigned seen = 0;
	unsigned wanted =
		FIGURE | COLON | YEAR | (mode & PM_STAMP_LOOSE ? NOON : 0);

	for (size_t i = 0; i < head.len; i++) {
		unsigned hint = hints[(unsigned char)head.ptr[i]] & wanted;

		if (!hint)
			continue;
		/* The colon comes behind the digits. */
		if (hint == FIGURE ||
			(hint == COLON && i > 1 &&
				strchr("?-xX", head.ptr[i - 1])) ||
			(hint == NOON && is_noon(head, i)))
			return true;
		seen |= hint;
	}
	return seen & (COLON | YEAR) && pm_stamp_is_placeholder(head);
}

bool pm_stamp_may_be(struct pm_slice text, unsigned mode)
{
	struct pm_narrow narrow;

	return pm_stamp_has_figure(text, mode) || pm_scan_narrow(text, &narrow);
}
