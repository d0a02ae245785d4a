/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The base: the revision at which a change begins, so that only the change is
 * judged. It is the merge base of what the change goes into and of the change:
 * what happened on the other side since is not the change's.
 *
 *	struct pm_base base;
 *	if (pm_base_find(ctx, repo, "auto", "HEAD", &base) == 1)
 *		compare_with(base.rev);
 */
#ifndef PM_BASE_H
#define PM_BASE_H

#include "pm/repo.h"

struct pm_base {
	/* The commit to compare with; empty: there is no commit yet, and all
	   is new. */
	char rev[PM_OID_HEX];
};

/*
 * Finds the base of revision head (NULL: HEAD). since is a revision, or "auto":
 * then the variables of the CI server say what the change goes into, and
 * outside of CI the upstream or main branch is it; which one it was is told by
 * pm_notice. Returns 1, or 0 when history does not reach back far enough to
 * tell: then everything has to be judged; what to do about it was told by
 * pm_notice. PM_ENOTFOUND: no such revision; PM_EUSAGE: nothing in common.
 */
int pm_base_find(struct pm_ctx *ctx, struct pm_repo *repo, const char *since,
	const char *head, struct pm_base *out);

#endif
