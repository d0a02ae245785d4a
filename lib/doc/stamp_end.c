/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stamp at the end of a text. Status pages write what they know first and
 * when that was last, which everybody else does the other way round.
 */
#include "doc/stamp.h"

#include "base/ascii.h"

/* How long an instant is at most: "Wednesday, September 30, 2026 - 14:02:05
   (UTC)". */
enum { END_MAX = 60 };

/* True where a stamp may begin: behind a blank or a sign. */
static bool may_begin(struct pm_slice text, size_t off)
{
	char before = off ? text.ptr[off - 1] : ' ';
	char c = text.ptr[off];

	return (pm_is_digit(c) || pm_is_capital(c)) && !pm_is_digit(before) &&
	       !pm_is_letter(before) && before != ':' && before != '.';
}

bool pm_stamp_at_end(struct pm_slice text, size_t *off, struct pm_stamp *out)
{
	size_t at = text.len > END_MAX ? text.len - END_MAX : 0;
	size_t digits = text.len;

	/* Most lines have no clock near their end. */
	while (digits > at && text.len - digits <= END_MAX / 3 &&
		!pm_is_digit(text.ptr[digits - 1]))
		digits--;
	if (digits == at || text.len - digits > END_MAX / 3)
		return false;
	for (; at < text.len; at++) {
		if (!may_begin(text, at) ||
			!pm_stamp_read(pm_slice_from(text, at), PM_STAMP_STRICT,
				out) ||
			!out->date.given ||
			out->clock.precision < PM_PRECISION_MINUTE ||
			at + out->len < text.len)
			continue;
		*off = at;
		return true;
	}
	return false;
}
