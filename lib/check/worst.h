/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The worst findings of a run: errors before warnings before notes, and of
 * one level the first. They are copied, since findings pass by, and come out
 * in the order in which they went in.
 */
#ifndef PM_CHECK_WORST_H
#define PM_CHECK_WORST_H

#include "base/vec.h"
#include "pm/check.h"

struct pm_worst_item {
	size_t turn; /* 1 for the first that was added */
	struct pm_finding finding;
	char *text; /* all that the finding points at */
};

struct pm_worst {
	size_t most; /* findings to keep, at least 1; set by the caller */
	size_t seen, kept;
	PM_VEC(struct pm_worst_item) levels[PM_LEVEL_COUNT];
};

/* Keeps a copy, in place of one that is less bad where there are enough. */
void pm_worst_add(struct pm_worst *worst, const struct pm_finding *finding);

/* Hands on what was kept; a result of fn other than 0 ends it. */
int pm_worst_hand_on(
	const struct pm_worst *worst, pm_finding_fn fn, void *data);

/* Frees what was kept; a zeroed one is fine. */
void pm_worst_release(struct pm_worst *worst);

#endif
