/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Committing post-mortems: exactly the named documents and their evidence,
 * checked first, with a message that says what changed. The user's staged
 * work, other files and the work tree are untouched.
 *
 * Evidence are the files in the directory beside a document that has its id
 * as a name (those gone from there are removed from the revision as well),
 * and the files its front matter names, inside the repository. What git
 * ignores is left out, with a notice. A document that is gone from the work
 * tree is not removed from the revision: that is git's to do, and said in a
 * notice.
 *
 *	struct pm_commit_result result = {.subject = PM_BUF_INIT};
 *	if (pm_commit(ctx, snap, &opts, &result) > 0)
 *		puts(result.subject.ptr);
 *	pm_buf_release(&result.subject);
 */
#ifndef PM_COMMIT_H
#define PM_COMMIT_H

#include "pm/check.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pm_commit_opts {
	const size_t *docs; /* numbers of documents; NULL: all new or changed */
	size_t ndocs;
	const char *message; /* NULL: made from what changed */
	bool no_verify; /* skip the check and git's pre-commit, commit-msg */
	pm_finding_fn finding; /* told of the check's findings */
	void *data;
};

#define PM_COMMIT_OPTS_INIT                                                    \
	{                                                                      \
		NULL, 0, NULL, false, NULL, NULL                               \
	}

struct pm_commit_result {
	struct pm_oid commit;
	size_t documents; /* committed */
	struct pm_check_totals totals;
	struct pm_buf subject; /* first line of the message; release it */
};

/*
 * Commits. Returns 1 when a commit was made, 0 when nothing had changed or when
 * the check found errors (result->totals.errors says which), or a PM_E code
 * with everything as it was; only of a commit that was made and cannot be read
 * back the message says so. PM_EBARE: no work tree.
 */
int pm_commit(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_commit_opts *opts, struct pm_commit_result *result);

#ifdef __cplusplus
}
#endif

#endif
