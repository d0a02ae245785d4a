/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Git's hooks, run by "git hook run", which knows where they are. libgit2
 * runs none. What they are given lies in a directory of its own under .git,
 * so that two commits at once do not meet; pre-commit sees an index that
 * holds HEAD and the paths of this commit, not what else the user has staged
 * (hazards.txt 22, 31).
 */
#include "git/private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/vec.h"

int pm_git_scratch_dir(
	struct pm_ctx *ctx, const struct pm_repo *repo, struct pm_buf *out)
{
	struct pm_buf path = PM_BUF_INIT;
	int rc = 0;

	pm_buf_addf(&path, "%s/pm", repo->gitdir);
	if (mkdir(path.ptr, 0777) < 0 && errno != EEXIST)
		rc = pm_fail_errno(ctx, "cannot make '%s'", path.ptr);
	pm_buf_adds(&path, "/commit-XXXXXX");
	if (rc == 0 && !mkdtemp(path.ptr))
		rc = pm_fail_errno(ctx, "cannot make '%s'", path.ptr);
	if (rc == 0)
		pm_buf_add_slice(out, pm_buf_slice(&path));
	pm_buf_release(&path);
	return rc;
}

int pm_git_scratch(struct pm_ctx *ctx, struct pm_git_job *job)
{
	if (job->scratch.len > 0)
		return 0;
	return pm_git_scratch_dir(ctx, job->repo, &job->scratch);
}

void pm_git_scratch_remove(struct pm_git_job *job)
{
	static const char *const names[] = {
		"COMMIT_EDITMSG", "index", "index.lock"};
	struct pm_buf path = PM_BUF_INIT;

	if (job->scratch.len > 0) {
		for (size_t i = 0; i < 3; i++) {
			pm_buf_reset(&path);
			pm_buf_addf(&path, "%s/%s", job->scratch.ptr, names[i]);
			unlink(path.ptr);
		}
		rmdir(job->scratch.ptr);
	}
	pm_buf_release(&path);
	pm_buf_release(&job->scratch);
	pm_buf_release(&job->hook_index);
}

int pm_git_scratch_write(struct pm_ctx *ctx, struct pm_git_job *job,
	const char *name, struct pm_slice bytes, struct pm_buf *out)
{
	int fd;
	int rc = pm_git_scratch(ctx, job);

	if (rc < 0)
		return rc;
	pm_buf_addf(out, "%s/%s", job->scratch.ptr, name);
	fd = pm_dir_open(ctx, job->scratch.ptr);
	if (fd < 0)
		return fd;
	rc = pm_file_write_at(ctx, fd, name, bytes, 0);
	close(fd);
	return rc;
}

int pm_git_message_file(
	struct pm_ctx *ctx, struct pm_git_job *job, struct pm_buf *path)
{
	return pm_git_scratch_write(
		ctx, job, "COMMIT_EDITMSG", pm_buf_slice(&job->message), path);
}

/* What only git can tell: another user's home, what an empty path means. A
   home that is not known is no reason to run no hooks. */
static int ask_hooks_dir(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_buf *set, struct pm_buf *out)
{
	static const char *const args[] = {
		"rev-parse", "--git-path", "hooks", NULL};
	struct pm_buf output = PM_BUF_INIT;
	struct pm_buf errors = PM_BUF_INIT;
	struct pm_git_run run = {
		.args = args, .output = &output, .errors = &errors};
	struct pm_slice rest, line;
	int rc = pm_git_run(ctx, repo, &run);

	rest = pm_buf_slice(&output);
	if (rc < 0)
		goto out;
	if (rc > 0) {
		rc = pm_fail(ctx, PM_ERROR,
			"cannot tell where the hooks are: git's setting "
			"core.hooksPath is '%s' (set HOME, or correct it)",
			set->ptr);
		goto out;
	}
	/* An empty path is nowhere in the repository. */
	if (!pm_slice_line(&rest, &line) || !line.len)
		line = pm_slice_str("/");
	if (!pm_slice_starts(line, "/"))
		pm_buf_addf(out, "%s/",
			repo->worktree ? repo->worktree : repo->gitdir);
	pm_buf_add_slice(out, line);
out:
	pm_buf_release(&output);
	pm_buf_release(&errors);
	return rc;
}

int pm_git_hooks_dir(
	struct pm_ctx *ctx, struct pm_repo *repo, struct pm_buf *out)
{
	struct pm_buf set = PM_BUF_INIT;
	const char *home = pm_env(ctx, "HOME");
	int own = pm_git_config_own(repo, "core.hookspath");
	int rc = 0;

	if (pm_repo_config(ctx, repo, "core.hookspath", &set) < 0) {
		pm_ctx_clear(ctx);
		pm_buf_addf(out, "%s/hooks", repo->commondir);
		own = 1;
	} else if (pm_slice_starts(pm_buf_slice(&set), "~/") && home) {
		pm_buf_addf(out, "%s%s", home, set.ptr + 1);
	} else if (set.len == 0 || *set.ptr == '~') {
		rc = ask_hooks_dir(ctx, repo, &set, out);
	} else if (*set.ptr == '/') {
		pm_buf_adds(out, set.ptr);
	} else { /* as git: from where hooks run */
		pm_buf_addf(out, "%s/%s",
			repo->worktree ? repo->worktree : repo->gitdir,
			set.ptr);
	}
	pm_buf_release(&set);
	return rc < 0 ? rc : own;
}

bool pm_git_hook_exists(
	struct pm_ctx *ctx, struct pm_repo *repo, const char *name)
{
	struct pm_buf path = PM_BUF_INIT;
	bool there;

	/* Newer versions of git also know hooks in the configuration. */
	if (pm_git_config_any(repo, "hook.", ".command"))
		return true;
	there = pm_git_hooks_dir(ctx, repo, &path) >= 0;
	pm_buf_addf(&path, "/%s", name);
	there = there && access(path.ptr, F_OK) == 0;
	pm_buf_release(&path);
	return there;
}

/* What becomes of a hook's refusal; --no-verify skips only two of them. */
static int fail_hook(struct pm_ctx *ctx, const char *name, int status)
{
	bool skipped = strcmp(name, "pre-commit") == 0 ||
		       strcmp(name, "commit-msg") == 0;

	return pm_fail(ctx, PM_ERROR,
		"the %s hook refused the commit with status %d (what it "
		"printed stands above; %s)",
		name, status,
		skipped ? "--no-verify skips it"
			: "'git rev-parse --git-path hooks' tells where it is");
}

/* A path in the repository, as git would give it to a hook: from the top,
   and so without the blanks that the way to the repository may have. */
static const char *from_top(const struct pm_repo *repo, const char *path)
{
	size_t len = strlen(repo->worktree);

	return strncmp(path, repo->worktree, len) == 0 && path[len] == '/'
		       ? path + len + 1
		       : path;
}

/*
 * Runs one hook. args follow its name. Returns 0 or an error that names the
 * hook; what it printed went to our stderr. It starts where pm did, so that
 * GIT_PREFIX says so; git moves it to the top.
 */
static int run_hook(struct pm_ctx *ctx, struct pm_git_job *job,
	const char *name, const char *const args[3], const char *index)
{
	struct pm_buf author[3] = {PM_BUF_INIT, PM_BUF_INIT, PM_BUF_INIT};
	const char *vars[5] = {"GIT_EDITOR=:", NULL, NULL, NULL, NULL};
	PM_VEC(const char *) argv = {0};
	struct pm_git_run run = {.env = vars, .index = index};
	int rc;

	pm_git_ident_env(PM_GIT_AUTHOR, &job->author, author);
	for (size_t i = 0; i < 3; i++)
		vars[i + 1] = author[i].ptr;
	if (from_top(job->repo, job->repo->start) != job->repo->start)
		run.dir = job->repo->start;
	*pm_vec_push(&argv) = "hook";
	*pm_vec_push(&argv) = "run";
	*pm_vec_push(&argv) = "--ignore-missing";
	*pm_vec_push(&argv) = name;
	*pm_vec_push(&argv) = "--";
	for (size_t i = 0; args && i < 3 && args[i]; i++)
		*pm_vec_push(&argv) = args[i];
	*pm_vec_push(&argv) = NULL;
	run.args = argv.items;
	rc = pm_git_run(ctx, job->repo, &run);
	if (rc > 0)
		rc = fail_hook(ctx, name, rc);
	for (size_t i = 0; i < 3; i++)
		pm_buf_release(&author[i]);
	pm_vec_release(&argv);
	return rc;
}

int pm_git_hook_pre(struct pm_ctx *ctx, struct pm_git_job *job)
{
	int rc;

	if (job->opts->no_verify ||
		!pm_git_hook_exists(ctx, job->repo, "pre-commit"))
		return 0;
	rc = pm_git_hook_index(ctx, job);
	if (rc == 0)
		rc = run_hook(
			ctx, job, "pre-commit", NULL, job->hook_index.ptr);
	return rc < 0 ? rc : pm_git_hook_read_back(ctx, job);
}

/* --- the message's hooks ------------------------------------------------- */

/*
 * The message in the file where git commit would put it as well: some hooks
 * look there instead of into the file they are given. Not while somebody
 * holds the index, who may be writing a message there.
 */
static bool put_beside(struct pm_ctx *ctx, struct pm_git_job *job)
{
	const char *gitdir = job->repo->gitdir;
	struct pm_buf lock = PM_BUF_INIT;
	bool put = false;
	int fd;

	pm_buf_addf(&lock, "%s.lock", job->repo->index);
	if (access(lock.ptr, F_OK) < 0) {
		fd = pm_dir_open(ctx, gitdir);
		put = fd >= 0 && pm_file_write_at(ctx, fd, "COMMIT_EDITMSG",
					 pm_buf_slice(&job->message), 0) == 0;
		if (fd >= 0)
			close(fd);
		pm_ctx_clear(ctx);
	}
	pm_buf_release(&lock);
	return put;
}

/* Says so when a hook changed that file and not the one it was given. */
static void look_beside(
	struct pm_ctx *ctx, struct pm_git_job *job, struct pm_slice given)
{
	struct pm_slice before = pm_buf_slice(&job->message);
	struct pm_buf path = PM_BUF_INIT;
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_addf(&path, "%s/COMMIT_EDITMSG", job->repo->gitdir);
	if (pm_slice_eq(given, before) &&
		pm_file_read(ctx, path.ptr, 0, &text) == 0 &&
		!pm_slice_eq(pm_buf_slice(&text), before))
		pm_notice(ctx,
			"a hook changed '%s': that is not in the commit (the "
			"file to change is its first argument)",
			path.ptr);
	pm_ctx_clear(ctx);
	pm_buf_release(&path);
	pm_buf_release(&text);
}

static int run_message(struct pm_ctx *ctx, struct pm_git_job *job,
	const char *file, bool prepare, bool check)
{
	const char *args[] = {from_top(job->repo, file), "message", NULL};
	const char *index = job->hook_index.ptr;
	int rc = 0;

	if (prepare)
		rc = run_hook(ctx, job, "prepare-commit-msg", args, index);
	args[1] = NULL;
	if (rc == 0 && check)
		rc = run_hook(ctx, job, "commit-msg", args, index);
	return rc;
}

int pm_git_hook_message(struct pm_ctx *ctx, struct pm_git_job *job)
{
	struct pm_repo *repo = job->repo;
	struct pm_buf path = PM_BUF_INIT;
	struct pm_buf text = PM_BUF_INIT;
	bool prepare = pm_git_hook_exists(ctx, repo, "prepare-commit-msg");
	bool check = !job->opts->no_verify &&
		     pm_git_hook_exists(ctx, repo, "commit-msg");
	bool beside;
	int rc;

	if (!prepare && !check)
		return 0;
	rc = pm_git_hook_index(ctx, job);
	if (rc == 0)
		rc = pm_git_message_file(ctx, job, &path);
	beside = rc == 0 && put_beside(ctx, job);
	if (rc == 0)
		rc = run_message(ctx, job, path.ptr, prepare, check);
	if (rc == 0)
		rc = pm_file_read(ctx, path.ptr, 0, &text);
	if (rc == 0 && beside)
		look_beside(ctx, job, pm_buf_slice(&text));
	if (rc == 0) {
		pm_buf_reset(&job->message);
		rc = pm_git_message(
			ctx, repo, pm_buf_slice(&text), &job->message);
	}
	pm_buf_release(&path);
	pm_buf_release(&text);
	return rc;
}

/* --- afterwards ---------------------------------------------------------- */

/* The commit is made: what these return changes nothing, and git says nothing
   of it. */
void pm_git_hook_post(struct pm_ctx *ctx, struct pm_git_job *job)
{
	const char *const unchanged[] = {"0", "0", NULL};
	const char *index = from_top(job->repo, job->repo->index);

	if (pm_git_hook_exists(ctx, job->repo, "post-index-change"))
		run_hook(ctx, job, "post-index-change", unchanged, index);
	if (pm_git_hook_exists(ctx, job->repo, "post-commit"))
		run_hook(ctx, job, "post-commit", NULL, index);
	pm_ctx_clear(ctx);
}
