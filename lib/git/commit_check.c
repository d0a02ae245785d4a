/* SPDX-License-Identifier: Apache-2.0 */
/*
 * May we commit here at all? Asked before anything is written, so that the
 * answer names what stands in the way, and nothing has to be taken back.
 */
#include "git/private.h"

#include <unistd.h>

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

int pm_git_commit_check(struct pm_ctx *ctx, struct pm_git_job *job)
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
