/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pm check --fix: mends in the documents of a work tree what has one right
 * answer, and says what it did. What is waived, and what the policy does not
 * ask for, is left alone.
 *
 *	struct pm_fix_opts opts = {.fixed = tell};
 *	struct pm_fix_result result;
 *	ret = pm_fix(ctx, snap, &opts, &result);
 */
#ifndef PM_FIX_H
#define PM_FIX_H

#include "pm/check.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One thing that was mended. */
struct pm_fix_note {
	const char *rule;
	struct pm_slice path;    /* from the repository's top */
	struct pm_pos pos;       /* in the document as it was */
	struct pm_slice message; /* what it is now; one line, unescaped */
};

struct pm_fix_opts {
	const size_t *docs; /* numbers of documents; NULL: all */
	size_t ndocs;
	bool dry_run; /* write nothing */
	/* Told of every change, in path order; NULL: nobody. */
	void (*fixed)(void *data, const struct pm_fix_note *note);
	/* Given the unified diff of each document; NULL: none is made. */
	void (*diff)(void *data, struct pm_slice text);
	void *data;
};

struct pm_fix_result {
	size_t documents; /* changed */
	size_t fixes;
	size_t refused; /* may not be written; each is told by a notice */
};

/*
 * Mends. Each document is written whole or not at all. PM_EBARE: the snapshot
 * is not of a work tree. Documents that may not be written do not keep the
 * others from it; when one fails for another reason, those before it are
 * written.
 */
int pm_fix(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_fix_opts *opts, struct pm_fix_result *result);

#ifdef __cplusplus
}
#endif

#endif
