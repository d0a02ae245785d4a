/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pm adopt --convert: pm's front matter for documents that have none, from
 * what is read in them. The body stays as it is to the byte; a value that the
 * document does not state is left out; a document that has pm's front matter
 * is left alone. Keys of another tool's front matter keep their place and
 * order, pm's are added behind them.
 *
 *	struct pm_convert_opts opts = {.told = tell};
 *	struct pm_convert_result result;
 *	ret = pm_convert(ctx, snap, &opts, &result);
 */
#ifndef PM_CONVERT_H
#define PM_CONVERT_H

#include "pm/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pm_convert_opts {
	const size_t *docs; /* numbers of documents; NULL: all */
	size_t ndocs;
	bool dry_run; /* write nothing */
	/* Take out of .pm/baseline what these documents have no more. */
	bool baseline;
	/* Told of each document that is changed (what was added: "id, title, 3
	   actions") or cannot be (why), in path order; NULL: nobody. */
	void (*told)(void *data, struct pm_slice path, bool changed,
		struct pm_slice words);
	/* Given the unified diff of each document; NULL: none is made. */
	void (*diff)(void *data, struct pm_slice text);
	void *data;
};

struct pm_convert_result {
	size_t changed;
	size_t had;     /* pm's front matter already */
	size_t left;    /* cannot be converted */
	size_t refused; /* may not be written; each is told by a notice */
	size_t gone;    /* lines taken out of the baseline, and ... */
	size_t held;    /* ... those that are left */
};

/*
 * Converts. Each document is written whole or not at all. PM_EBARE: the
 * snapshot is not of a work tree. Documents that may not be written do not keep
 * the others from it; when one fails for another reason, those before it are
 * written.
 */
int pm_convert(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_convert_opts *opts, struct pm_convert_result *result);

#ifdef __cplusplus
}
#endif

#endif
