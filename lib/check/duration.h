/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Durations as people type them: "62 minutes", "1h 20m", "about an hour and a
 * half", "1 day, 2 hours", "10-20 min", "more than three hours". What is read
 * is not a number of seconds but all that the words can mean: people round to
 * the unit they write. "a few minutes" means nothing that could be compared,
 * and is not found.
 *
 *	struct pm_typed typed;
 *	for (size_t off = 0; pm_typed_next(text, &off, &typed);)
 *		look_at(&typed);
 */
#ifndef PM_CHECK_DURATION_H
#define PM_CHECK_DURATION_H

#include <stdint.h>

#include "pm/slice.h"

struct pm_typed {
	size_t off, len; /* in the text, the words that bound it included */
	size_t end;      /* of all that belongs to it: "or so", a bracket */
	int64_t low_s;   /* it means at least so much */
	int64_t high_s;  /* and at most so much; INT64_MAX: no bound */
	bool clock;      /* "00:45": only a label tells it from a time of day */
};

/*
 * Finds the next duration at or after *off and moves *off behind it; false
 * when there is none. The time it takes follows the text's length alone.
 */
bool pm_typed_next(struct pm_slice text, size_t *off, struct pm_typed *out);

/*
 * As pm_typed_next for "1:02:30" and "00:45" with nothing but a stop, a bracket
 * or the end of the line or cell behind. Two numbers are hours and minutes in
 * *hours, minutes and seconds in *minutes; three are the same in both.
 */
bool pm_typed_clock(struct pm_slice text, size_t *off, struct pm_typed *hours,
	struct pm_typed *minutes);

#endif
