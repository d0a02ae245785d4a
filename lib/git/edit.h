/* SPDX-License-Identifier: Apache-2.0 */
/* The quick way to change an index. Private to this directory. */
#ifndef PM_GIT_EDIT_H
#define PM_GIT_EDIT_H

#include "git/private.h"

/*
 * Writes to the new file path the repository's index with the job's entries
 * in place of its own. Returns 1, 0 when this index needs another way (path
 * was not made), or a PM_E code (path may be there).
 */
int pm_git_edit(
	struct pm_ctx *ctx, const struct pm_git_job *job, const char *path);

#endif
