/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The documents of a repository at one state: the work tree, the staged
 * index, or a revision. Nothing is ever checked out; a bare repository has
 * its revisions. The policy is read from the same state.
 *
 * In the work tree untracked files count, those that git ignores do not, nor
 * does what lies behind a symbolic link or in another repository. A document
 * that a sparse checkout leaves out is not listed, but exists for links.
 *
 *	struct pm_snapshot *snap;
 *	struct pm_snapshot_opts opts = PM_SNAPSHOT_OPTS_INIT;
 *	if (pm_snapshot_open(ctx, repo, &opts, &snap) == 0)
 *		n = pm_snapshot_count(snap);
 */
#ifndef PM_SNAPSHOT_H
#define PM_SNAPSHOT_H

#include "pm/policy.h"
#include "pm/repo.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pm_snapshot;

enum pm_snapshot_kind {
	PM_SNAPSHOT_WORKTREE, /* in a bare repository: HEAD */
	PM_SNAPSHOT_STAGED,
	PM_SNAPSHOT_REVISION,
};

struct pm_snapshot_opts {
	enum pm_snapshot_kind kind;
	const char *rev; /* for REVISION */
	bool unlisted;   /* its documents are not asked for in a row: they are
			    not listed, which in a large repository takes most
			    of the time that opening takes */
	const char *settings; /* for REVISION: the one whose .pm/ directory and
				 people file count; NULL: the same */
	/* Whose policy counts, and must outlive this one; NULL: that of the
	   state itself, which then has to be right. */
	const struct pm_snapshot *policy_of;
	/* A policy that counts in its place; must outlive the snapshot. NULL:
	   none. */
	const struct pm_policy *policy;
};

#define PM_SNAPSHOT_OPTS_INIT                                                  \
	{                                                                      \
		PM_SNAPSHOT_WORKTREE, NULL, false, NULL, NULL, NULL            \
	}

struct pm_snapshot_doc {
	const char *path;   /* from the top; borrowed */
	struct pm_slice id; /* file name without suffix, or the name of the
			       directory that index.md or README.md is for */
	struct pm_oid oid;  /* zero in the work tree until it is known */
	bool tracked;       /* git knows the path */
};

/*
 * Opens a state, loads its policy (and people file), lists its documents in
 * path order. An empty repository has none. PM_ENOTFOUND: no such revision.
 * Fails with the policy's place when that is wrong. The repository must outlive
 * the snapshot.
 */
int pm_snapshot_open(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_snapshot_opts *opts, struct pm_snapshot **out);

/* Lists the documents of a snapshot that was opened unlisted. */
int pm_snapshot_list(struct pm_ctx *ctx, struct pm_snapshot *snap);

/* Frees it with all that was borrowed from it; NULL is fine. */
void pm_snapshot_free(struct pm_snapshot *snap);

/* The policy of that state, or the defaults. Borrowed. */
const struct pm_policy *pm_snapshot_policy(const struct pm_snapshot *snap);

/* Documents listed, and those that pm_snapshot_find appended. */
size_t pm_snapshot_count(const struct pm_snapshot *snap);

/* Documents of the work tree that a sparse checkout leaves out: they are
   listed nowhere. */
size_t pm_snapshot_left_out(const struct pm_snapshot *snap);

/* Documents of the staged index that a merge left with two sides: they are
   listed as "ours" has them. */
size_t pm_snapshot_unmerged(const struct pm_snapshot *snap);

/* The i-th document, 0-based, in path order. Borrowed. */
const struct pm_snapshot_doc *pm_snapshot_doc(
	const struct pm_snapshot *snap, size_t i);

/*
 * Finds what a person means by DOC: a path (relative to where the repository
 * was opened, or from the top), an id, a unique prefix of an id, a unique
 * part of a slug, a unique part of an id. A path to a regular file of this
 * state is taken even when the policy's globs leave it out (it is then appended
 * to the documents). PM_ENOTFOUND with the nearest id; PM_EAMBIGUOUS with the
 * list. out is the document's number. An unlisted snapshot is listed when the
 * argument is no path.
 */
int pm_snapshot_find(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const char *arg, size_t *out);

/* Told the number of a document. */
typedef void (*pm_snapshot_doc_fn)(void *data, size_t i);

/*
 * Calls each with the number of every listed document beneath the directory
 * that arg names from where the repository was opened, in path order. Returns
 * 1, or 0 when that is no directory or none is beneath it. An unlisted snapshot
 * is listed when it is a directory.
 */
int pm_snapshot_find_beneath(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const char *arg, pm_snapshot_doc_fn each, void *data);

#ifdef __cplusplus
}
#endif

#endif
