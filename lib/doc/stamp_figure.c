/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What tells at a glance that a text is no stamp, or that it is one which
 * nobody has filled in: nearly all lines of a document are asked.
 */
#include "doc/stamp.h"

#include <string.h>

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
	return pm_stamp_is_placeholder(pm_slice_sub(text, 0, len));
}
