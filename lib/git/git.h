/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the rest of libpm may ask of Git beyond pm/repo.h. The only user of
 * libgit2; where libgit2 cannot, the documented git plumbing command does it,
 * here, with a clean environment.
 */
#ifndef PM_GIT_GIT_H
#define PM_GIT_GIT_H

#include <stdint.h>

#include "pm/repo.h"

enum pm_git_mode {
	PM_GIT_TREE = 0040000,
	PM_GIT_FILE = 0100644,
	PM_GIT_EXEC = 0100755,
	PM_GIT_LINK = 0120000,
	PM_GIT_SUBMODULE = 0160000,
};

/*
 * True when the repository was opened from inside its .git directory: what
 * needs a work tree must then be refused, as git does.
 */
bool pm_git_in_gitdir(const struct pm_repo *repo);

/*
 * Appends the directory in which git looks for hooks: core.hooksPath, or the
 * one that all work trees share. Returns 1 when the setting is nobody else's:
 * absent or the repository's own; 0 when the user, the machine or the
 * environment gave it; a PM_E code where it cannot be told, as "~/hooks"
 * without a home.
 */
int pm_git_hooks_dir(
	struct pm_ctx *ctx, struct pm_repo *repo, struct pm_buf *out);

/*
 * The commits at which history known under the revisions of known ends, seen
 * from commit: "git rev-list --boundary commit --not known"; it is the
 * commit itself when that is known. fn gets each; a non-zero return stops and
 * is returned. known is NULL-terminated.
 */
typedef int (*pm_git_commit_fn)(void *data, const struct pm_oid *commit);
int pm_git_boundary(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *commit, const char *const *known,
	pm_git_commit_fn fn, void *data);

/* Appends the trailers of a commit message, one a line, as git reads them. */
int pm_git_trailers(struct pm_ctx *ctx, struct pm_repo *repo,
	struct pm_slice message, struct pm_buf *out);

/* Appends every value of a setting, one a line; none is no error. */
int pm_git_config_all(struct pm_ctx *ctx, struct pm_repo *repo, const char *key,
	struct pm_buf *out);

/*
 * Resolves a revision to its commit and tree. PM_ENOTFOUND: no such revision;
 * the message speaks of shallow clones where that is the reason.
 */
int pm_git_resolve(struct pm_ctx *ctx, struct pm_repo *repo, const char *rev,
	struct pm_oid *commit, struct pm_oid *tree);

/*
 * HEAD's commit and tree. Returns 1, or 0 for an unborn branch (both zeroed).
 */
int pm_git_head(struct pm_ctx *ctx, struct pm_repo *repo, struct pm_oid *commit,
	struct pm_oid *tree);

/* True when there is a ref of just this name ("refs/tags/v1"). */
bool pm_git_has_ref(const struct pm_repo *repo, const char *name);

/* Appends the branch that HEAD names ("refs/heads/main"), born or not; nothing
   when it names none. */
int pm_git_head_name(
	struct pm_ctx *ctx, struct pm_repo *repo, struct pm_buf *out);

/*
 * The name that a ref of this name leads to: its own, or that of the branch
 * behind a symbolic one ("master" for "main"), which is what a push to it
 * moves. Appended.
 */
void pm_git_ref_behind(
	struct pm_repo *repo, struct pm_slice ref, struct pm_buf *out);

/* The commits that the merge in progress brings in, for fn as above; none
   when there is no merge. */
int pm_git_merge_heads(struct pm_ctx *ctx, struct pm_repo *repo,
	pm_git_commit_fn fn, void *data);

/* True where history ends early because nobody fetched the rest. */
bool pm_git_is_shallow(const struct pm_repo *repo);

/*
 * The commit at which the histories of two commits parted, as "git merge-base"
 * gives it. Returns 1, 2 when it is one of several (a shallow clone does not
 * tell), 0 when they have none in common (as far as a shallow clone can tell),
 * or a PM_E code.
 */
int pm_git_merge_base(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *a, const struct pm_oid *b, struct pm_oid *out);

/* Appends the upstream of the branch HEAD names ("refs/remotes/origin/main").
   Returns 1, or 0 when it has none. */
int pm_git_upstream(
	struct pm_ctx *ctx, struct pm_repo *repo, struct pm_buf *out);

struct pm_git_entry {
	struct pm_slice path; /* from the top of the tree; borrowed */
	struct pm_oid oid;
	unsigned mode; /* enum pm_git_mode */
	/*
	 * From the index only: what the file looked like when it was added.
	 * All zero when the file may have changed since without showing it.
	 */
	int64_t mtime_s, ctime_s;
	uint32_t mtime_ns, ctime_ns;
	uint32_t size;
	bool assume_unchanged;
	bool skip_worktree;
	bool intent_to_add;
	bool unmerged; /* this is the version of "ours" */
};

typedef int (*pm_git_entry_fn)(void *data, const struct pm_git_entry *entry);

/*
 * Visits every blob under the directory root ("" for all) of a tree, in path
 * order of git trees. A non-zero return of fn stops and is returned.
 */
int pm_git_walk(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *tree, struct pm_slice root, pm_git_entry_fn fn,
	void *data);

struct pm_git_change {
	struct pm_slice path;
	struct pm_oid old_oid, new_oid; /* zero when absent on that side */
	unsigned old_mode, new_mode;    /* 0 when absent */
};

typedef int (*pm_git_change_fn)(void *data, const struct pm_git_change *change);

/*
 * The blobs that differ between two trees (a zero oid is the empty tree), by
 * walking raw trees and skipping equal ids: the cost follows the change.
 */
int pm_git_diff(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *old_tree, const struct pm_oid *new_tree,
	pm_git_change_fn fn, void *data);

/*
 * The blobs that differ between a tree (zero: the empty one) and the staged
 * index, as pm_git_diff tells them. Where git noted that a directory of the
 * index is the tree's own, neither is looked at. An entry that is a promise to
 * add is absent; an unmerged one is the version of "ours".
 */
int pm_git_diff_index(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *tree, pm_git_change_fn fn, void *data);

/* The entry at path in a tree. PM_ENOTFOUND; out->path is the given path. */
int pm_git_lookup(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *tree, struct pm_slice path,
	struct pm_git_entry *out);

/* Appends a blob's bytes. More than limit (0: none) is PM_ELIMIT. */
int pm_git_blob(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *oid, size_t limit, struct pm_buf *out);

/*
 * Has git fetch an object that a partial clone lacks, or, in a worker process,
 * asks its parent to. PM_ENOTFOUND: it cannot, or the clone is whole.
 */
int pm_git_fetch(
	struct pm_ctx *ctx, struct pm_repo *repo, const struct pm_oid *oid);

/*
 * For pm_pool's help, with a struct pm_repo as its data: pm_git_fetch of the
 * object that request names. Anything else is refused, for a worker may have
 * been taken over.
 */
int pm_git_help(struct pm_ctx *ctx, void *repo, const char *request);

/*
 * As pm_git_blob, from the file at entry's path where that holds it: most blobs
 * lie in the work tree as well, and reading and summing a file takes a tenth of
 * what finding and inflating an object does. near.root -1: no work tree.
 */
struct pm_near;
int pm_git_blob_near(struct pm_ctx *ctx, struct pm_repo *repo,
	struct pm_near *near, const struct pm_git_entry *entry, size_t limit,
	struct pm_buf *out);

/* The oid these bytes have as a blob (no filter applied). */
void pm_git_hash(struct pm_slice bytes, struct pm_oid *out);

/*
 * True when the bytes have this name, by a quick sum that looks for no
 * collisions: for a file that git itself checked out, not for naming one.
 */
bool pm_git_is_blob(struct pm_slice bytes, const struct pm_oid *oid);

/*
 * Stores bytes as the blob that git would make of the file path, through the
 * filters its attributes ask for. Nothing points at the blob yet.
 */
int pm_git_store(struct pm_ctx *ctx, struct pm_repo *repo, const char *path,
	struct pm_slice bytes, struct pm_oid *out);

/*
 * Visits the entries of the staged index under the directory root, in path
 * order; unmerged entries come once, as the version of "ours".
 */
int pm_git_index(struct pm_ctx *ctx, struct pm_repo *repo, struct pm_slice root,
	pm_git_entry_fn fn, void *data);

/* 1 when git would ignore the untracked path, 0 when not, or a PM_E code. */
int pm_git_ignored(struct pm_ctx *ctx, struct pm_repo *repo, const char *path);

/* True when both are the same object name; true for a name of zeros. */
bool pm_oid_eq(const struct pm_oid *a, const struct pm_oid *b);
bool pm_oid_zero(const struct pm_oid *oid);

/*
 * Finishes or takes back what a pm that was killed in the middle of a commit
 * left behind: its locks, and index entries that did not follow the branch.
 * Does nothing otherwise. pm_git_commit does it by itself.
 */
void pm_git_recover(struct pm_ctx *ctx, struct pm_repo *repo);

struct pm_git_commit_opts {
	const char *const *paths; /* from the top, npaths of them, regular
				     files of the work tree; one that is absent
				     is removed */
	size_t npaths;
	struct pm_slice message; /* as git commit -m would take it */
	bool no_verify;          /* skip pre-commit and commit-msg */
	bool allow_empty;        /* even when the tree does not change */
};

/*
 * Commits exactly these paths on HEAD: tree built from HEAD, compare-and-swap
 * of the branch, index entries rewritten under index.lock, everything read
 * back. Identity, dates, hooks and signing as git does. Returns 1 with *commit
 * set, 0 when nothing changed, or a PM_E code with the work tree, branch and
 * index as they were; *commit is then zero, but for a commit that was made and
 * cannot be read back.
 */
int pm_git_commit(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_git_commit_opts *opts, struct pm_oid *commit);

/* Appends the unified diff of a file from old to new; nothing when they are
   the same. */
int pm_git_patch(struct pm_ctx *ctx, const char *path, struct pm_slice old,
	struct pm_slice new, struct pm_buf *out);

#endif
