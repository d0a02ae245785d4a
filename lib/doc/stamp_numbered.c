/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A number before a stamp: the entry "1. May 10, 2024" is of the tenth, the
 * item "16. mars 2024" that Markdown sees in a line is of the sixteenth. What
 * stands behind the figures tells which they are.
 */
#include "doc/stamp.h"

/* Takes "3. ", "3) ", "(3) ", "#3 " or "#3: ". */
static bool scan_number_sign(struct pm_scan *scan)
{
	struct pm_scan at = *scan;
	bool open = pm_scan_any(&at, "(");
	bool sharp = !open && pm_scan_any(&at, "#");
	unsigned number;

	if (!pm_scan_number(&at, 1, 3, &number) ||
		(!pm_scan_any(&at, open    ? ")"
				   : sharp ? ".:)"
					   : ".)") &&
			!sharp) ||
		pm_scan_peek(&at, 0) != ' ')
		return false;
	pm_scan_blanks(&at);
	*scan = at;
	return true;
}

/*
 * True for "1. May 10, 2024" and "1. Dec 15 10:05": what stands behind the
 * number is a whole stamp, and the number would leave figures over. "16. mars
 * 10:05" and "16. mars 10 hosts" have theirs with it.
 */
static bool is_whole(
	struct pm_slice text, unsigned mode, const struct pm_stamp *behind)
{
	struct pm_stamp stamp;

	if (behind->date.year || !pm_stamp_read(text, mode, &stamp) ||
		!stamp.date.given)
		return true;
	return !pm_stamp_has_clock(&stamp) &&
	       (pm_stamp_has_clock(behind) || behind->marked);
}

struct pm_slice pm_stamp_behind_number(struct pm_slice text, unsigned mode)
{
	struct pm_scan scan = {text, 0, false};
	struct pm_slice rest;
	struct pm_stamp stamp;

	/* Most texts begin with a word. */
	if (pm_is_letter(pm_scan_peek(&scan, 0)) || !scan_number_sign(&scan))
		return text;
	rest = pm_slice_from(text, scan.off);
	return pm_stamp_read(rest, mode, &stamp) &&
			       (stamp.date.given ||
				       pm_stamp_has_clock(&stamp)) &&
			       is_whole(text, mode, &stamp)
		       ? rest
		       : text;
}
