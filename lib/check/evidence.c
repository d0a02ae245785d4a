/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Evidence by its name. A file that only this machine has counts in the work
 * tree and not in a commit, as everywhere.
 */
#include "check/evidence.h"

#include "base/path.h"

enum pm_evidence_at pm_evidence_find(
	struct pm_check *check, struct pm_slice file, struct pm_buf *path)
{
	struct pm_buf own = PM_BUF_INIT;
	struct pm_buf *full = path ? path : &own;
	enum pm_evidence_at at;
	int found;

	pm_buf_reset(full);
	if (!file.len || memmem(file.ptr, file.len, "://", 3))
		return PM_EVIDENCE_ELSEWHERE;
	if (pm_path_join(full, pm_path_dir(pm_slice_str(check->doc->path)),
		    file) < 0) {
		pm_buf_release(&own);
		return PM_EVIDENCE_OUTSIDE;
	}
	found = full->len ? pm_reader_exists(check->ctx, check->reader,
				    pm_buf_slice(full))
			  : 2;
	/* That it cannot be told is no proof of absence. */
	if (found < 0)
		pm_ctx_clear(check->ctx);
	at = found == 0   ? PM_EVIDENCE_NOWHERE
	     : found == 1 ? PM_EVIDENCE_FILE
	     : found == 2 ? PM_EVIDENCE_DIRECTORY
			  : PM_EVIDENCE_ELSEWHERE;
	pm_buf_release(&own);
	return at;
}
