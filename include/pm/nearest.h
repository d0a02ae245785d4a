/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The nearest right word for a mistyped one.
 *
 *	static const char *const words[] = {"error", "warning", NULL};
 *	const char *near = pm_nearest(pm_slice_str("eror"), words);
 */
#ifndef PM_NEAREST_H
#define PM_NEAREST_H

#include "pm/slice.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Edit distance with transpositions, without regard to the case of ASCII
 * letters; limit + 1 once it exceeds limit.
 */
unsigned pm_edit_distance(struct pm_slice a, struct pm_slice b, unsigned limit);

/*
 * The candidate nearest to word, or NULL when none is near enough (a third of
 * its length, at most 3 edits). words is NULL-terminated. Borrowed.
 */
const char *pm_nearest(struct pm_slice word, const char *const *words);

/*
 * The same for lists of which some words differ in little: NULL when a second
 * candidate, not the same but for its marks, is as near. Of SEV1 to SEV4 none
 * is what SEV5 was meant to be.
 */
const char *pm_nearest_sole(struct pm_slice word, const char *const *words);

#ifdef __cplusplus
}
#endif

#endif
