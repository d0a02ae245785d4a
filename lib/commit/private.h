/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of lib/commit share. Private to this directory. A run goes
 * select -> check -> changes -> evidence -> message -> pm_git_commit; each
 * step fills in more of the job.
 */
#ifndef PM_COMMIT_PRIVATE_H
#define PM_COMMIT_PRIVATE_H

#include "base/arena.h"
#include "base/vec.h"
#include "git/git.h"
#include "pm/commit.h"
#include "snapshot/snapshot.h"

/* Files of evidence that the message names for one document. */
#define PM_COMMIT_FILES_NAMED 5

/* One document of the commit. */
struct pm_commit_doc {
	size_t number; /* in the snapshot */
	const char *path;
	struct pm_slice id;
	struct pm_oid head; /* its blob in HEAD; zero: new */
	unsigned head_mode; /* enum pm_git_mode; 0: new */
	bool changed;       /* the file itself differs from HEAD */
	size_t nevidence;   /* files of evidence that differ */
	struct pm_slice title;
	struct pm_slice what;  /* what changed, one line each */
	struct pm_slice files; /* evidence it names, NUL after each */
	/* Names of evidence that differs, one a line, as many as are named. */
	struct pm_slice added;
};

struct pm_commit_job {
	struct pm_snapshot *snap;
	struct pm_repo *repo;
	struct pm_reader *reader;
	struct pm_oid head; /* tree; zero on an unborn branch */
	struct pm_arena arena;
	PM_VEC(struct pm_commit_doc) docs;
	PM_VEC(const char *) paths; /* what goes into the commit */
};

/* Chooses the documents: the named ones, or all that may have changed. */
int pm_commit_select(struct pm_ctx *ctx, struct pm_commit_job *job,
	const struct pm_commit_opts *opts);

/*
 * Sets job->paths to the evidence that differs from HEAD: in the documents'
 * directories and, with named, what their front matter names besides; then it
 * is also told what git ignores.
 */
int pm_commit_evidence(
	struct pm_ctx *ctx, struct pm_commit_job *job, bool named);

/* Reads the documents, in workers: title, what changed, evidence named. */
int pm_commit_changes(struct pm_ctx *ctx, struct pm_commit_job *job);

/* Appends the message; own is the user's, or NULL. */
void pm_commit_message(
	const struct pm_commit_job *job, const char *own, struct pm_buf *out);

/* Appends text as one line that is safe in a commit message, cut to max
   characters (0: not cut). */
void pm_commit_clean(struct pm_buf *out, struct pm_slice text, size_t max);

#endif
