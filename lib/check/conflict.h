/* SPDX-License-Identifier: Apache-2.0 */
/* The marks that git leaves where it could not merge two versions. */
#ifndef PM_CHECK_CONFLICT_H
#define PM_CHECK_CONFLICT_H

#include "check/check.h"

struct pm_conflict {
	struct pm_span span;          /* the line it begins with */
	struct pm_slice ours, theirs; /* as git names them; theirs empty: the
					 end of it is not there */
};

/*
 * Finds the next conflict at or after *off and moves *off behind it; false:
 * there is none. One within a block of code is an example.
 */
bool pm_conflict_next(const struct pm_check *check, size_t *off,
	struct pm_conflict *conflict);

#endif
