/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared by the files of this room: the facts of a document that a worker
 * sends back, and the words for a due date.
 */
#ifndef PM_STATUS_PRIVATE_H
#define PM_STATUS_PRIVATE_H

#include "base/arena.h"
#include "base/record.h"
#include "pm/status.h"
#include "snapshot/snapshot.h"

struct pm_status_action {
	struct pm_pos start, end; /* where it stands */
	unsigned line;            /* by which it is told */
	bool open;
	struct pm_slice owner; /* "@bo"; empty: nobody */
	struct pm_slice name;  /* "A2 Reject a config ..." */
	struct pm_date due;    /* year 0: none */
};

/* What is known of a document beside its findings. */
struct pm_status_facts {
	bool read; /* it could be */
	struct pm_slice title, severity, owner;
	enum pm_status state;
	struct pm_date deadline;    /* of the next status; year 0: none */
	struct pm_slice *approvers; /* "@dee": whose approval it waits for */
	size_t napprovers;
	struct pm_status_action *actions;
	size_t nactions;
};

/*
 * Reads the facts of documents docs[0..n) in the workers; facts are filled in
 * that order, all they point to lies in arena.
 */
int pm_status_read(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const size_t *docs, size_t n, struct pm_arena *arena,
	struct pm_status_facts *facts);

/* Within a step: what is missing (0), then the move that it keeps back, then
   the actions (2). */
int pm_status_turn(const struct pm_status_item *item);

/* Appends "3 days late", "due today", "due 2026-12-05 (in 13 days)". */
void pm_status_due(struct pm_buf *out, const struct pm_status_item *item);

#endif
