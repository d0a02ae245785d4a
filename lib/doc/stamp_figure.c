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

/* "noon" and "midnight" near the head of a text are figures in words. */
static bool has_noon(struct pm_slice text)
{
	enum { HEAD = 24 };
	struct pm_scan scan = {pm_slice_sub(text, 0, HEAD), 0, false};
	struct pm_stamp_clock clock;

	for (bool word = false; !pm_scan_end(&scan); scan.off++) {
		if (!word && pm_scan_noon(&scan, &clock))
			return true;
		word = pm_is_letter(pm_scan_peek(&scan, 0));
	}
	return false;
}

bool pm_stamp_has_figure(struct pm_slice text)
{
	size_t len = text.len < 40 ? text.len : 40;

	for (size_t i = 0; i < len; i++) {
		char c = text.ptr[i];

		/* The colon comes behind the digits. */
		if (c < '0' || c > ':')
			continue;
		if (c != ':' || (i > 1 && strchr("?-xX", text.ptr[i - 1])))
			return true;
	}
	return pm_stamp_is_placeholder(pm_slice_sub(text, 0, len)) ||
	       has_noon(text);
}
