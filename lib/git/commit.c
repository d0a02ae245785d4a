/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The commit protocol. Nothing the user could miss is touched until everything
 * that can fail has been done: objects first, then the new index beside the old
 * one under index.lock, then the branch by compare-and-swap, then one rename.
 * The tree comes from HEAD, never from the index, so that what else is staged
 * stays staged.
 */
#include "git/private.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How often the branch may move under our hands. */
#define MAX_TRIES 8

/*
 * HEAD moved since the items were read: fine as long as nobody else changed
 * the same files, whose new content we would otherwise undo.
 */
static int check_moved(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_git_tip *tip)
{
	for (size_t i = 0; i < job->nitems; i++) {
		const struct pm_git_item *item = &job->items[i];
		struct pm_git_entry entry = {0};
		int rc = pm_git_lookup(ctx, job->repo, &tip->tree,
			pm_slice_str(item->path), &entry);

		if (rc < 0 && rc != PM_ENOTFOUND)
			return rc;
		if (!pm_oid_eq(&entry.oid, &item->old_oid) &&
			!pm_oid_eq(&entry.oid, &item->oid))
			return pm_fail(ctx, PM_EMODIFIED,
				"'%s' was changed by another commit while pm "
				"was committing (look at it, then try again)",
				item->path);
	}
	pm_ctx_clear(ctx);
	return 0;
}

/* Makes the commit from its objects; all of them are on the disk then. */
static int build(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_git_tip *tip, struct pm_oid *commit)
{
	struct pm_oid tree;
	int rc = pm_git_commit_tree(ctx, job, &tip->tree, &tree);

	if (rc < 0)
		return rc;
	rc = pm_git_commit_object(ctx, job, &tree, &tip->commit, commit);
	return rc < 0 ? rc : pm_git_loose_sync(ctx, job->repo);
}

/*
 * Moves the branch and puts the new index in place. The lock is held; index
 * is the new index file, taken over.
 */
static int publish(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_git_tip *tip, const struct pm_oid *commit, char *index)
{
	int rc = pm_git_tip_move(ctx, job, tip, commit);

	if (rc == 0 && rename(index, job->repo->index) < 0) {
		rc = pm_fail_errno(
			ctx, "cannot write the index '%s'", job->repo->index);
		pm_git_tip_back(ctx, job, tip, commit);
	}
	if (rc < 0)
		unlink(index);
	free(index);
	return rc;
}

/* An index that was written for nothing. */
static void drop(char *index)
{
	unlink(index);
	free(index);
}

/* Signals wait while the lock is held: a killed pm leaves none behind. */
static void block_signals(sigset_t *before)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGQUIT);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, before);
}

static bool same_tip(const struct pm_git_tip *a, const struct pm_git_tip *b)
{
	return pm_oid_eq(&a->commit, &b->commit) &&
	       strcmp(a->ref.ptr, b->ref.ptr) == 0;
}

/*
 * One try: takes the lock, makes sure that HEAD is still where tip says, and
 * publishes. When HEAD moved, tip is set to where it is and the commit made
 * anew under the lock, so that a crowd of writers makes progress.
 */
static int try_publish(struct pm_ctx *ctx, struct pm_git_job *job,
	struct pm_git_tip *tip, struct pm_oid *commit)
{
	struct pm_git_lock lock = PM_GIT_LOCK_INIT;
	struct pm_git_tip now = PM_GIT_TIP_INIT;
	sigset_t before;
	char *index = NULL;
	int rc;

	block_signals(&before);
	rc = pm_git_lock(ctx, job->repo, &lock);
	if (rc == 0)
		rc = pm_git_tip(ctx, job->repo, &now);
	if (rc == 0 && !same_tip(tip, &now)) {
		pm_git_tip_release(tip);
		*tip = now;
		now = (struct pm_git_tip)PM_GIT_TIP_INIT;
		rc = check_moved(ctx, job, tip);
		if (rc == 0)
			rc = build(ctx, job, tip, commit);
	}
	if (rc == 0)
		rc = pm_git_stage(ctx, job, &index);
	if (rc == 0)
		rc = pm_git_lock_note(ctx, &lock, job, tip, commit);
	if (rc == 0)
		rc = publish(ctx, job, tip, commit, index);
	else if (index)
		drop(index);
	pm_git_unlock(ctx, &lock);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pm_git_tip_release(&now);
	return rc;
}

/* --- afterwards ---------------------------------------------------------- */

/* Reads from the objects what was just committed. */
static int verify_item(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *tree, const struct pm_git_item *item)
{
	struct pm_git_entry entry = {0};
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_oid oid = {{0}};
	int rc = pm_git_lookup(
		ctx, repo, tree, pm_slice_str(item->path), &entry);

	if (item->removed)
		return rc == PM_ENOTFOUND ? 0 : PM_ERROR;
	if (rc == 0 && !pm_oid_eq(&entry.oid, &item->oid))
		rc = PM_ERROR;
	if (rc == 0)
		rc = pm_git_blob(ctx, repo, &item->oid, 0, &bytes);
	if (rc == 0)
		pm_git_hash(pm_buf_slice(&bytes), &oid);
	if (rc == 0 && !pm_oid_eq(&oid, &item->oid))
		rc = PM_ERROR;
	pm_buf_release(&bytes);
	return rc;
}

static int fail_unread(
	struct pm_ctx *ctx, const struct pm_git_tip *tip, const char *hex)
{
	static const char text[] =
		"commit %s was made on '%s' but cannot be read back as it was "
		"written (run 'git fsck'; the files in the work tree are as "
		"they were)";

	/* What was read and is not the same has no reason to add. */
	if (pm_ctx_error(ctx)->message.len > 0)
		return pm_fail_prefix(ctx, text, hex, tip->ref.ptr);
	return pm_fail(ctx, PM_ERROR, text, hex, tip->ref.ptr);
}

/* A success that cannot be read back is a failure, and a loud one. */
static int verify(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_git_tip *tip, const struct pm_oid *commit)
{
	struct pm_oid found, tree;
	char hex[PM_OID_HEX];
	int rc = pm_git_resolve(ctx, job->repo, tip->ref.ptr, &found, &tree);

	pm_oid_hex(commit, hex);
	pm_ctx_clear(ctx);
	/* Somebody else may have committed on top meanwhile. */
	if (rc == 0 && !pm_oid_eq(&found, commit))
		rc = pm_git_resolve(ctx, job->repo, hex, &found, &tree);
	for (size_t i = 0; i < job->nitems && rc == 0; i++)
		rc = verify_item(ctx, job->repo, &tree, &job->items[i]);
	if (rc < 0)
		return fail_unread(ctx, tip, hex);
	pm_ctx_clear(ctx);
	return 0;
}

static int publish_loop(struct pm_ctx *ctx, struct pm_git_job *job,
	struct pm_git_tip *tip, struct pm_oid *commit)
{
	int rc = build(ctx, job, tip, commit);

	/* A branch can move even under the lock: by git update-ref. */
	for (int tries = 0; rc == 0; tries++) {
		rc = try_publish(ctx, job, tip, commit);
		if (rc != PM_EMODIFIED || tries >= MAX_TRIES ||
			pm_git_tip(ctx, job->repo, tip) < 0 ||
			check_moved(ctx, job, tip) < 0)
			break;
		rc = build(ctx, job, tip, commit);
	}
	return rc;
}

static int commit_job(struct pm_ctx *ctx, struct pm_git_job *job,
	struct pm_git_tip *tip, struct pm_oid *commit)
{
	struct pm_repo *repo = job->repo;
	int rc = pm_git_hook_pre(ctx, job);

	if (rc == 0)
		rc = pm_git_message(
			ctx, repo, job->opts->message, &job->message);
	if (rc == 0)
		rc = pm_git_hook_message(ctx, job);
	/* The hook may have made the files what they were. */
	if (rc == 0 && !job->opts->allow_empty && !pm_git_commit_changes(job))
		return 0;
	if (rc == 0)
		rc = publish_loop(ctx, job, tip, commit);
	if (rc < 0) {
		*commit = (struct pm_oid){{0}};
		return rc;
	}
	rc = verify(ctx, job, tip, commit);
	if (rc < 0)
		return rc;
	if (tip->detached)
		pm_notice(ctx, "HEAD is detached: the commit is on no branch "
			       "('git switch -c NAME' keeps it)");
	pm_git_hook_post(ctx, job);
	return 1;
}

int pm_git_commit(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_git_commit_opts *opts, struct pm_oid *commit)
{
	struct pm_git_job job = {
		.repo = repo,
		.opts = opts,
		.author = PM_GIT_IDENT_INIT,
		.committer = PM_GIT_IDENT_INIT,
		.message = PM_BUF_INIT,
		.scratch = PM_BUF_INIT,
		.hook_index = PM_BUF_INIT,
	};
	struct pm_git_tip tip = PM_GIT_TIP_INIT;
	int rc;

	pm_git_recover(ctx, repo);
	rc = pm_git_commit_check(ctx, &job);
	if (rc == 0)
		rc = pm_git_ident(ctx, repo, PM_GIT_AUTHOR, &job.author);
	if (rc == 0)
		rc = pm_git_ident(ctx, repo, PM_GIT_COMMITTER, &job.committer);
	if (rc == 0)
		rc = pm_git_tip(ctx, repo, &tip);
	if (rc == 0)
		rc = pm_git_commit_items(ctx, &job, &tip.tree);
	if (rc == 0 && (opts->allow_empty || pm_git_commit_changes(&job))) {
		job.sign =
			pm_git_config_bool(ctx, repo, "commit.gpgsign", false);
		rc = commit_job(ctx, &job, &tip, commit);
	}
	pm_git_scratch_remove(&job);
	pm_git_tip_release(&tip);
	pm_git_ident_release(&job.author);
	pm_git_ident_release(&job.committer);
	pm_buf_release(&job.message);
	free(job.items);
	return rc;
}
