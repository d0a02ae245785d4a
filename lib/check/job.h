/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One run of the check: what is laid out before the workers are forked. Shared
 * by the engine's files and by no rule.
 */
#ifndef PM_CHECK_JOB_H
#define PM_CHECK_JOB_H

#include "check/baseline.h"
#include "check/private.h"
#include "check/worst.h"

/* A document to be judged. */
struct pm_check_item {
	size_t number;                  /* in the snapshot */
	const struct pm_change *change; /* that concerns it; NULL: none */
};

struct pm_check_job {
	struct pm_snapshot *snap;
	const struct pm_policy *policy;
	const struct pm_check_opts *opts;
	struct pm_check_totals *totals;
	PM_VEC(struct pm_check_item) items; /* in path order */
	size_t *by_id; /* numbers of all documents, sorted by id; NULL: they
			  are not listed */
	struct pm_levels levels;
	struct pm_baseline *baseline; /* NULL: nothing is held back */
	struct pm_worst *worst;       /* NULL: findings are handed on at once */
	/* What is known of the state before. */
	struct pm_snapshot *before;
	struct pm_changes *changes;
	PM_VEC(size_t) lost; /* changes that lost a heading */
	bool own_changes;    /* found here, for check->base only */
	bool no_base;        /* leave the state before alone */
};

/* Chooses the documents that are judged, each once. */
int pm_check_select(struct pm_ctx *ctx, struct pm_check_job *job);

/*
 * Adds the documents of the snapshot, not chosen yet, that speak of one that
 * the changes remove or move, or take a heading from, or of a file beside them
 * that changed.
 */
int pm_check_select_speaking(struct pm_ctx *ctx, struct pm_check_job *job);

#endif
