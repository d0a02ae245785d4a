/* SPDX-License-Identifier: Apache-2.0 */
/* Changes from the inside. Private to this directory. */
#ifndef PM_SNAPSHOT_CHANGES_H
#define PM_SNAPSHOT_CHANGES_H

#include "base/map.h"
#include "pm/changes.h"
#include "snapshot/private.h"

struct pm_changes {
	struct pm_snapshot *old, *new;
	struct pm_arena arena;
	struct pm_map by_path; /* number + 1 of an item; while collecting */
	PM_VEC(struct pm_change) items;
	const char *link; /* first link in the place of a document, or NULL */
	size_t nlinks;
	PM_VEC(const char *) files; /* that documents may speak of */
	struct pm_buf settings; /* names of those that differ; empty: none */
	size_t unnamed;         /* of them, beyond those */
};

/* Joins additions and removals that are one document in two places. */
void pm_changes_join(struct pm_ctx *ctx, struct pm_changes *changes);

#endif
