/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The commit protocol (HAZARDS A4). Nothing the user could miss is touched
 * until everything that can fail has been done: objects first, then the new
 * index beside the old one under index.lock, then the branch by
 * compare-and-swap, then one rename. The tree comes from HEAD, never from the
 * index, so that what else is staged stays staged.
 */
#include "git/private.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/path.h"

/* How often the branch may move under our hands. */
#define MAX_TRIES 8

/* A file is in memory twice while it is committed and read back. */
#define FILE_MOST ((size_t)128 << 20)

/* From here on one sync for all blobs takes less time than one for each. */
#define MANY_ITEMS 32

/* --- may we at all? ------------------------------------------------------ */

static const struct {
	int state;
	const char *what, *finish;
} states[] = {
	{GIT_REPOSITORY_STATE_MERGE, "a merge",
		"git merge --continue or --abort"},
	{GIT_REPOSITORY_STATE_REVERT, "a revert",
		"git revert --continue or --abort"},
	{GIT_REPOSITORY_STATE_REVERT_SEQUENCE, "a revert",
		"git revert --continue or --abort"},
	{GIT_REPOSITORY_STATE_CHERRYPICK, "a cherry-pick",
		"git cherry-pick --continue or --abort"},
	{GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE, "a cherry-pick",
		"git cherry-pick --continue or --abort"},
	{GIT_REPOSITORY_STATE_BISECT, "a bisection", "git bisect reset"},
	{GIT_REPOSITORY_STATE_REBASE, "a rebase",
		"git rebase --continue or --abort"},
	{GIT_REPOSITORY_STATE_REBASE_INTERACTIVE, "a rebase",
		"git rebase --continue or --abort"},
	{GIT_REPOSITORY_STATE_REBASE_MERGE, "a rebase",
		"git rebase --continue or --abort"},
	{GIT_REPOSITORY_STATE_APPLY_MAILBOX, "git am",
		"git am --continue or --abort"},
	{GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE, "git am or a rebase",
		"git status tells which"},
};

static int check_state(struct pm_ctx *ctx, struct pm_repo *repo)
{
	int state = git_repository_state(repo->git);

	if (state < 0)
		return pm_git_fail(ctx, state, "cannot read Git's state");
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (state == states[i].state)
			return pm_fail(ctx, PM_ERROR,
				"cannot commit: %s is in progress (finish it "
				"first: %s)",
				states[i].what, states[i].finish);
	return 0;
}

static int check_writable(struct pm_ctx *ctx, const char *dir, const char *sub)
{
	struct pm_buf path = PM_BUF_INIT;
	int rc = 0;

	pm_buf_addf(&path, "%s%s", dir, sub);
	if (access(path.ptr, W_OK) < 0)
		rc = pm_fail_errno(ctx, "cannot write to '%s'", path.ptr);
	pm_buf_release(&path);
	return rc;
}

/* Where new objects and references belong elsewhere, a branch would not find
   its commit, or git would not let it move. */
static int check_environment(struct pm_ctx *ctx, const struct pm_repo *repo)
{
	const char *objects = pm_env(ctx, "GIT_OBJECT_DIRECTORY");
	struct pm_buf own = PM_BUF_INIT;
	struct stat ours, theirs;
	int rc = 0;

	pm_buf_addf(&own, "%s/objects", repo->commondir);
	if (pm_env(ctx, "GIT_QUARANTINE_PATH"))
		rc = pm_fail(ctx, PM_ERROR,
			"cannot commit while a push is received: "
			"GIT_QUARANTINE_PATH is set (commit when the push is "
			"through)");
	else if (objects &&
		 (stat(objects, &theirs) < 0 || stat(own.ptr, &ours) < 0 ||
			 ours.st_ino != theirs.st_ino ||
			 ours.st_dev != theirs.st_dev))
		rc = pm_fail(ctx, PM_ERROR,
			"GIT_OBJECT_DIRECTORY is '%s', where the branch would "
			"not find its commit (unset it)",
			objects);
	pm_buf_release(&own);
	return rc;
}

static int check_hooks(struct pm_ctx *ctx, struct pm_repo *repo)
{
	struct pm_buf dir = PM_BUF_INIT;
	int rc = pm_git_hooks_dir(ctx, repo, &dir);

	pm_buf_release(&dir);
	return rc < 0 ? rc : 0;
}

static int check_repository(struct pm_ctx *ctx, struct pm_git_job *job)
{
	struct pm_repo *repo = job->repo;
	int rc;

	if (repo->in_gitdir)
		return pm_fail(ctx, PM_EBARE,
			"'%s' is inside Git's own directory (change to the "
			"work tree)",
			repo->start);
	if (!repo->worktree)
		return pm_fail(ctx, PM_EBARE,
			"a bare repository has no work tree to commit from "
			"(commit in a clone of '%s')",
			repo->gitdir);
	rc = check_environment(ctx, repo);
	if (rc == 0)
		rc = check_state(ctx, repo);
	if (rc == 0)
		rc = check_hooks(ctx, repo);
	if (rc == 0)
		rc = check_writable(ctx, repo->gitdir, "");
	if (rc == 0)
		rc = check_writable(ctx, repo->commondir, "/objects");
	if (rc == 0)
		rc = pm_git_index_facts(ctx, repo, &job->index);
	if (rc == 0 && job->index.unmerged)
		rc = pm_fail(ctx, PM_ERROR,
			"cannot commit: there are unmerged files (settle them "
			"and 'git add' them; git status lists them)");
	return rc;
}

/* --- the paths ----------------------------------------------------------- */

/* Every directory on the way must be one, not a link, not a submodule. */
static int check_parents(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *tree, const char *path)
{
	struct pm_buf at = PM_BUF_INIT;
	struct pm_git_entry entry;
	struct stat st;
	int rc = 0;

	for (const char *slash = strchr(path, '/'); slash && rc == 0;
		slash = strchr(slash + 1, '/')) {
		struct pm_slice dir =
			pm_slice_make(path, (size_t)(slash - path));

		pm_buf_reset(&at);
		pm_buf_addf(&at, "%s/%.*s", repo->worktree, PM_SLICE_ARG(dir));
		if (lstat(at.ptr, &st) == 0 && S_ISLNK(st.st_mode))
			rc = pm_fail(ctx, PM_EINVALID,
				"'%s' is beyond the symbolic link '%.*s'", path,
				PM_SLICE_ARG(dir));
		pm_buf_adds(&at, "/.git");
		if (rc == 0 &&
			((pm_git_lookup(ctx, repo, tree, dir, &entry) == 0 &&
				 entry.mode == PM_GIT_SUBMODULE) ||
				lstat(at.ptr, &st) == 0))
			rc = pm_fail(ctx, PM_EINVALID,
				"'%s' is in the submodule '%.*s' (commit "
				"there)",
				path, PM_SLICE_ARG(dir));
	}
	pm_buf_release(&at);
	return rc;
}

/* The mode for a file that is there. */
static unsigned mode_of(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_git_item *item)
{
	if (!pm_git_config_bool(ctx, repo, "core.filemode", true))
		return item->old_mode == PM_GIT_EXEC ? PM_GIT_EXEC
						     : PM_GIT_FILE;
	return item->st.st_mode & S_IXUSR ? PM_GIT_EXEC : PM_GIT_FILE;
}

/* Reads the file, makes its blob. Absent: the item is removed. */
static int read_item(struct pm_ctx *ctx, struct pm_git_job *job, int rootfd,
	struct pm_git_item *item)
{
	struct pm_buf bytes = PM_BUF_INIT;
	int rc = pm_file_read_at(
		ctx, rootfd, item->path, FILE_MOST, &bytes, &item->st);

	if (rc == PM_ELIMIT)
		rc = pm_fail(ctx, rc,
			"cannot commit '%s': it is larger than %d MiB (commit "
			"it with git, or leave it out)",
			item->path, (int)(FILE_MOST >> 20));
	if (rc == PM_ENOTFOUND && item->old_mode) {
		pm_ctx_clear(ctx);
		item->removed = true;
		rc = 0;
	} else if (rc == 0) {
		item->st_known = true;
		item->mode = mode_of(ctx, job->repo, item);
		rc = pm_git_clean(ctx, job->repo, &job->index, item->path,
			pm_buf_slice(&bytes), &item->oid);
	}
	pm_buf_release(&bytes);
	return rc;
}

static int prepare_item(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_oid *tree, int rootfd, struct pm_git_item *item)
{
	struct pm_slice path = pm_slice_str(item->path);
	struct pm_git_entry entry;
	const char *reason;
	int rc = pm_git_lookup(ctx, job->repo, tree, path, &entry);

	if (rc < 0 && rc != PM_ENOTFOUND)
		return rc;
	if (rc == 0) {
		item->old_oid = entry.oid;
		item->old_mode = entry.mode;
	} else {
		reason = pm_path_refuse(path);
		if (reason)
			return pm_fail(ctx, PM_EINVALID,
				"cannot commit '%s': %s (rename the file)",
				item->path, reason);
	}
	pm_ctx_clear(ctx);
	if (item->old_mode == PM_GIT_TREE || item->old_mode == PM_GIT_SUBMODULE)
		return pm_fail(ctx, PM_EINVALID,
			"cannot commit '%s': it is a directory or a submodule "
			"in HEAD",
			item->path);
	rc = check_parents(ctx, job->repo, tree, item->path);
	return rc < 0 ? rc : read_item(ctx, job, rootfd, item);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct pm_git_item *)a)->path,
		((const struct pm_git_item *)b)->path);
}

/* The job's items: sorted, each path once. */
static void make_items(struct pm_git_job *job)
{
	const struct pm_git_commit_opts *opts = job->opts;
	size_t n = 0;

	job->items =
		pm_alloc(opts->npaths ? opts->npaths : 1, sizeof(*job->items));
	for (size_t i = 0; i < opts->npaths; i++)
		job->items[i].path = opts->paths[i];
	qsort(job->items, opts->npaths, sizeof(*job->items), by_path);
	for (size_t i = 0; i < opts->npaths; i++)
		if (n == 0 || by_path(&job->items[n - 1], &job->items[i]) != 0)
			job->items[n++] = job->items[i];
	job->nitems = n;
}

/* Everything written to the file system of the objects reaches the disk. */
static int sync_objects(struct pm_ctx *ctx, const struct pm_repo *repo)
{
	struct pm_buf path = PM_BUF_INIT;
	int fd, rc = 0;

	pm_buf_addf(&path, "%s/objects", repo->commondir);
	fd = open(path.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || syncfs(fd) < 0)
		rc = pm_fail_errno(ctx, "cannot write to '%s'", path.ptr);
	if (fd >= 0)
		close(fd);
	pm_buf_release(&path);
	return rc;
}

static int prepare_items(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_git_tip *tip)
{
	int rootfd = pm_dir_open(ctx, job->repo->worktree);
	int rc = rootfd < 0 ? rootfd : 0;
	bool many;

	make_items(job);
	/* Thousands of blobs are made to last together, not one by one. */
	many = job->nitems > MANY_ITEMS;
	job->repo->sync_later = many;
	if (many)
		git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 0);
	for (size_t i = 0; i < job->nitems && rc == 0; i++)
		rc = prepare_item(ctx, job, &tip->tree, rootfd, &job->items[i]);
	if (many) {
		git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
		job->repo->sync_later = false;
		rc = rc < 0 ? rc : sync_objects(ctx, job->repo);
	}
	if (rootfd >= 0)
		close(rootfd);
	return rc;
}

static bool changes_anything(const struct pm_git_job *job)
{
	for (size_t i = 0; i < job->nitems; i++) {
		const struct pm_git_item *item = &job->items[i];

		if (item->removed || item->mode != item->old_mode ||
			!pm_oid_eq(&item->oid, &item->old_oid))
			return true;
	}
	return false;
}

/* --- the commit ---------------------------------------------------------- */

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
	if (rc == 0 && !job->opts->allow_empty && !changes_anything(job))
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
	rc = check_repository(ctx, &job);
	if (rc == 0)
		rc = pm_git_ident(ctx, repo, PM_GIT_AUTHOR, &job.author);
	if (rc == 0)
		rc = pm_git_ident(ctx, repo, PM_GIT_COMMITTER, &job.committer);
	if (rc == 0)
		rc = pm_git_tip(ctx, repo, &tip);
	if (rc == 0)
		rc = prepare_items(ctx, &job, &tip);
	if (rc == 0 && (opts->allow_empty || changes_anything(&job))) {
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
