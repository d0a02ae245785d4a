/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Anchors: the places within a document that a link can name. Those of other
 * documents are read when a link asks for them and kept by the worker, a
 * bounded number at a time.
 */
#ifndef PM_CHECK_ANCHORS_H
#define PM_CHECK_ANCHORS_H

#include "check/check.h"

/* The anchors of one document, ready to be searched. */
struct pm_anchor_set {
	struct pm_slice *items; /* sorted without regard to case */
	size_t len;
};

/* Fills set from a document's anchors; items live in the arena. */
void pm_anchor_set_init(struct pm_anchor_set *set, struct pm_arena *arena,
	const struct pm_doc *doc);

/*
 * True when a heading has this anchor ("a-1" is the second "a"), or an HTML
 * element in src has it as id or name.
 */
bool pm_anchor_set_has(const struct pm_anchor_set *set, struct pm_slice src,
	struct pm_slice anchor);

/* For a worker; it lives as long as the process. */
struct pm_anchors *pm_anchors_new(void);

/*
 * True when the document at path has this anchor, or when that cannot be told
 * because it cannot be read.
 */
bool pm_anchors_has(
	struct pm_check *check, struct pm_slice path, struct pm_slice anchor);

#endif
