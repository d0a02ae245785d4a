/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The base: the revision at which a change begins, so that only the change is
 * judged. It is the merge base of what the change goes into and of the change:
 * what happened on the other side since is not the change's.
 *
 *	struct pm_base base;
 *	if (pm_base_find(ctx, repo, "auto", "HEAD", NULL, &base) == 1)
 *		compare_with(base.rev);
 */
#ifndef PM_BASE_H
#define PM_BASE_H

#include "pm/repo.h"

#ifdef __cplusplus
extern "C" {
#endif

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
 * tell: why, what to do about it, and otherwise, which is what the caller does
 * without a base ("checking every document"), were told by pm_notice. With
 * otherwise NULL that is PM_ERROR. PM_ENOTFOUND: no such revision; PM_EUSAGE:
 * nothing in common.
 */
int pm_base_find(struct pm_ctx *ctx, struct pm_repo *repo, const char *since,
	const char *head, const char *otherwise, struct pm_base *out);

#ifdef __cplusplus
}
#endif

#endif
