/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of lib/snapshot share. Private to this directory. A snapshot
 * is read-only once open but for what pm_snapshot_find appends; children
 * inherit it over fork, and with it a copy of the Git handle.
 */
#ifndef PM_SNAPSHOT_PRIVATE_H
#define PM_SNAPSHOT_PRIVATE_H

#include "base/arena.h"
#include "base/vec.h"
#include "git/git.h"
#include "snapshot/snapshot.h"

#include <sys/stat.h>

/* Settings, people and templates are small; more than this is a mistake. */
#define PM_SNAPSHOT_SMALL ((size_t)1024 * 1024)

/* A document, and what its file looked like when git last saw it. */
struct pm_snapshot_item {
	struct pm_snapshot_doc doc;
	struct pm_oid staged; /* in the index; zero: not there */
	int64_t mtime_s, ctime_s;
	uint32_t mtime_ns, ctime_ns, size;
};

/* A file that has to be looked up in the index rather than on disk. */
struct pm_snapshot_file {
	struct pm_slice path;
	struct pm_oid oid;
	unsigned mode; /* PM_GIT_FILE and the like */
	bool unmerged; /* and this is one side of two */
};

/* A glob that is answered by both ends of a path; see match.c. */
struct pm_snapshot_shape {
	struct pm_slice root; /* with its "/" */
	struct pm_slice suffix;
};

struct pm_snapshot {
	struct pm_repo *repo;
	enum pm_snapshot_kind kind;
	bool listed;
	struct pm_oid tree;     /* of a revision */
	struct pm_oid settings; /* tree that .pm/ is read from; zero: tree */
	int rootfd;             /* of the work tree; -1 for other kinds */
	struct pm_arena arena;
	const struct pm_policy *policy;
	struct pm_policy *own; /* the same, unless it is another snapshot's */
	/* Of its globs: where to look, none of them within another. */
	PM_VEC(struct pm_slice) roots;
	PM_VEC(struct pm_snapshot_shape) shapes;
	/* In path order. */
	PM_VEC(struct pm_snapshot_item) items;
	/* Named by the user, outside the globs: after the items. */
	PM_VEC(struct pm_snapshot_item *) extras;
	/* STAGED: all files; WORKTREE: those that a sparse checkout leaves
	   out. In path order. */
	PM_VEC(struct pm_snapshot_file) files;
};

/* The i-th document, whether listed or appended. */
const struct pm_snapshot_item *pm_snapshot_item(
	const struct pm_snapshot *snap, size_t i);

/* Number of the listed document at path, or SIZE_MAX. */
size_t pm_snapshot_by_path(
	const struct pm_snapshot *snap, struct pm_slice path);

/* Adds a listed document; path is copied. */
struct pm_snapshot_item *pm_snapshot_add(
	struct pm_snapshot *snap, struct pm_slice path);

/* Fills in what is computed from the path, which is copied. */
void pm_snapshot_item_init(struct pm_snapshot *snap, struct pm_slice path,
	struct pm_snapshot_item *item);

/* Takes over what the index knows of a file. */
void pm_snapshot_item_stage(
	struct pm_snapshot_item *item, const struct pm_git_entry *entry);

/* Puts the listed documents into path order. */
void pm_snapshot_sort(struct pm_snapshot *snap);

/* True when the file is what git saw when it was added. */
bool pm_snapshot_clean(
	const struct pm_snapshot_item *item, const struct stat *st);

/* --- match.c ------------------------------------------------------------- */

/* Notes the roots of the policy's globs, and the shapes that
   pm_snapshot_is_document can answer quickly. */
void pm_snapshot_globs(struct pm_snapshot *snap);

/* True beneath a directory of documents. */
bool pm_snapshot_is_beside(
	const struct pm_snapshot *snap, struct pm_slice path);

/* As pm_policy_is_document, for every file of a repository. */
bool pm_snapshot_is_document(
	const struct pm_snapshot *snap, struct pm_slice path);

/* --- worktree.c ---------------------------------------------------------- */

/* Lists the documents of the work tree under the policy's globs. */
int pm_snapshot_list_worktree(struct pm_ctx *ctx, struct pm_snapshot *snap);

/* Visits the regular files of the work tree under a directory. */
int pm_snapshot_walk_disk(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_slice dir, pm_reader_file_fn fn, void *data);

/* --- state.c ------------------------------------------------------------- */

/* Reads the list of files that pm_state_* need besides the disk. */
int pm_state_load(struct pm_ctx *ctx, struct pm_snapshot *snap);

/* Visits the listed regular files under a directory, as pm_reader_files. */
int pm_state_files(const struct pm_snapshot *snap, struct pm_slice dir,
	pm_reader_file_fn fn, void *data);

/*
 * Appends a file of the state. st, if not NULL, is set for files on disk and
 * zeroed for others.
 */
int pm_state_read(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_slice path, size_t limit, struct pm_buf *out,
	struct stat *st);

/* 1: a file; 2: a directory; 0: neither. oid (not NULL) as far as known. */
int pm_state_exists(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_slice path, struct pm_oid *oid);

/* Appends the names of the files in a directory, NUL after each. */
int pm_state_names(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_slice dir, struct pm_buf *out);

#endif
