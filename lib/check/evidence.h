/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where evidence lies that a document names, and whether its bytes are those
 * that were named. The two rules about evidence share it.
 */
#ifndef PM_CHECK_EVIDENCE_H
#define PM_CHECK_EVIDENCE_H

#include "check/check.h"

enum pm_evidence_at {
	PM_EVIDENCE_FILE,
	PM_EVIDENCE_DIRECTORY,
	PM_EVIDENCE_NOWHERE,
	PM_EVIDENCE_OUTSIDE,   /* not in the repository */
	PM_EVIDENCE_ELSEWHERE, /* an address, or nothing written */
};

/*
 * Looks for a file at the document's state, from the document's directory.
 * path (not NULL) receives its path from the top; it is emptied first.
 */
enum pm_evidence_at pm_evidence_find(
	struct pm_check *check, struct pm_slice file, struct pm_buf *path);

#endif
