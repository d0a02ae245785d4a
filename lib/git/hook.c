/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Git's hooks, run by "git hook run", which knows where they are. libgit2
 * runs none. What they are given lies in a directory of its own under .git,
 * so that two commits at once do not meet; pre-commit sees an index that
 * holds HEAD and the paths of this commit, not what else the user has staged
 * (HAZARDS 22, 31).
 */
#include "git/private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/vec.h"

/* Makes the scratch directory of a job if there is none. */
static int make_scratch(struct pm_ctx *ctx, struct pm_git_job *job)
{
	struct pm_buf path = PM_BUF_INIT;
	int rc = 0;

	if (job->scratch.len > 0)
		return 0;
	pm_buf_addf(&path, "%s/pm", job->repo->gitdir);
	if (mkdir(path.ptr, 0777) < 0 && errno != EEXIST)
		rc = pm_fail_errno(ctx, "cannot make '%s'", path.ptr);
	pm_buf_adds(&path, "/commit-XXXXXX");
	if (rc == 0 && !mkdtemp(path.ptr))
		rc = pm_fail_errno(ctx, "cannot make '%s'", path.ptr);
	if (rc == 0)
		pm_buf_add_slice(&job->scratch, pm_buf_slice(&path));
	pm_buf_release(&path);
	return rc;
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
}

/* Writes bytes to the file name of the scratch directory; its path -> out. */
static int write_scratch(struct pm_ctx *ctx, struct pm_git_job *job,
	const char *name, struct pm_slice bytes, struct pm_buf *out)
{
	int fd;
	int rc = make_scratch(ctx, job);

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
	return write_scratch(
		ctx, job, "COMMIT_EDITMSG", pm_buf_slice(&job->message), path);
}

/* What only git can tell: another user's home, what an empty path means. set
   is the value, and stands where git gives no answer. */
static void ask_hooks_dir(struct pm_ctx *ctx, struct pm_repo *repo,
	struct pm_buf *set, struct pm_buf *out)
{
	static const char *const args[] = {
		"rev-parse", "--git-path", "hooks", NULL};
	struct pm_buf output = PM_BUF_INIT;
	struct pm_buf errors = PM_BUF_INIT;
	struct pm_git_run run = {
		.args = args, .output = &output, .errors = &errors};
	struct pm_slice rest, line;

	if (pm_git_run(ctx, repo, &run) < 0)
		pm_ctx_clear(ctx);
	rest = pm_buf_slice(&output);
	if (!pm_slice_line(&rest, &line) || !line.len) {
		/* Nowhere in the repository. */
		line = pm_buf_slice(set);
		pm_buf_addc(out, '/');
	} else if (!pm_slice_starts(line, "/")) {
		pm_buf_addf(out, "%s/",
			repo->worktree ? repo->worktree : repo->gitdir);
	}
	pm_buf_add_slice(out, line);
	pm_buf_release(&output);
	pm_buf_release(&errors);
}

int pm_git_hooks_dir(
	struct pm_ctx *ctx, struct pm_repo *repo, struct pm_buf *out)
{
	struct pm_buf set = PM_BUF_INIT;
	const char *home = pm_env(ctx, "HOME");
	bool own = pm_git_config_own(repo, "core.hookspath");

	if (pm_repo_config(ctx, repo, "core.hookspath", &set) < 0) {
		pm_ctx_clear(ctx);
		pm_buf_addf(out, "%s/hooks", repo->commondir);
		own = true;
	} else if (pm_slice_starts(pm_buf_slice(&set), "~/") && home) {
		pm_buf_addf(out, "%s%s", home, set.ptr + 1);
	} else if (set.len == 0 || *set.ptr == '~') {
		ask_hooks_dir(ctx, repo, &set, out);
	} else if (*set.ptr == '/') {
		pm_buf_adds(out, set.ptr);
	} else { /* as git: from where hooks run */
		pm_buf_addf(out, "%s/%s",
			repo->worktree ? repo->worktree : repo->gitdir,
			set.ptr);
	}
	pm_buf_release(&set);
	return own;
}

bool pm_git_hook_exists(
	struct pm_ctx *ctx, struct pm_repo *repo, const char *name)
{
	struct pm_buf path = PM_BUF_INIT;
	bool there;

	/* Newer versions of git also know hooks in the configuration. */
	if (pm_git_config_any(repo, "hook.", ".command"))
		return true;
	pm_git_hooks_dir(ctx, repo, &path);
	pm_buf_addf(&path, "/%s", name);
	there = access(path.ptr, F_OK) == 0;
	pm_buf_release(&path);
	return there;
}

/*
 * Runs one hook. args follow its name. Returns 0 or an error that names the
 * hook; what it printed went to our stderr.
 */
static int run_hook(struct pm_ctx *ctx, struct pm_git_job *job,
	const char *name, const char *const args[3], const char *index)
{
	struct pm_buf author[3] = {PM_BUF_INIT, PM_BUF_INIT, PM_BUF_INIT};
	const char *const env[] = {"GIT_EDITOR=:", NULL, NULL, NULL, NULL};
	const char *vars[5];
	PM_VEC(const char *) argv = {0};
	struct pm_git_run run = {.env = vars, .index = index};
	int rc;

	memcpy(vars, env, sizeof(vars));
	pm_buf_addf(&author[0], "GIT_AUTHOR_NAME=%s", job->author.name.ptr);
	pm_buf_addf(&author[1], "GIT_AUTHOR_EMAIL=%s", job->author.email.ptr);
	pm_buf_addf(&author[2], "GIT_AUTHOR_DATE=@%s", job->author.date.ptr);
	for (size_t i = 0; i < 3; i++)
		vars[i + 1] = author[i].ptr;
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
		rc = pm_fail(ctx, PM_ERROR,
			"the %s hook refused the commit with status %d (what "
			"it printed stands above; --no-verify skips it)",
			name, rc);
	for (size_t i = 0; i < 3; i++)
		pm_buf_release(&author[i]);
	pm_vec_release(&argv);
	return rc;
}

/* --- pre-commit ---------------------------------------------------------- */

/* Runs git on the index of the hook. */
static int on_index(struct pm_ctx *ctx, struct pm_git_job *job,
	const char *const *args, const char *index, struct pm_slice input)
{
	struct pm_buf output = PM_BUF_INIT;
	struct pm_buf errors = PM_BUF_INIT;
	struct pm_buf reason = PM_BUF_INIT;
	struct pm_git_run run = {
		.args = args,
		.index = index,
		.input = input,
		.output = &output,
		.errors = &errors,
	};
	int rc = pm_git_run(ctx, job->repo, &run);

	if (rc > 0) {
		pm_git_complaint(&reason, pm_buf_slice(&errors));
		rc = pm_fail(ctx, PM_ERROR,
			"cannot make the index for the pre-commit hook: %s",
			reason.ptr);
	}
	pm_buf_release(&output);
	pm_buf_release(&errors);
	pm_buf_release(&reason);
	return rc;
}

/*
 * HEAD with the job's paths, as an index file. It starts as a copy of the
 * user's index: entries that are as in HEAD keep what is known of their
 * files, and the hook's own "git diff" stays fast.
 */
static int make_index(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_oid *tree, struct pm_buf *path)
{
	char hex[PM_OID_HEX];
	const char *const plain[] = {"-c", "core.splitIndex=false", "-c",
		"index.sparse=false", "read-tree", "--reset", hex, NULL};
	const char *const empty[] = {"read-tree", "--empty", NULL};
	const char *const info[] = {"update-index", "-z", "--index-info", NULL};
	const char *const refresh[] = {"update-index", "-q", "--refresh", NULL};
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_buf paths = PM_BUF_INIT;
	struct pm_slice none = {NULL, 0};
	int rc = pm_file_read(ctx, job->repo->index, 0, &bytes);

	if (rc == 0)
		rc = write_scratch(
			ctx, job, "index", pm_buf_slice(&bytes), path);
	else if (rc == PM_ENOTFOUND && (rc = make_scratch(ctx, job)) == 0)
		pm_buf_addf(path, "%s/index", job->scratch.ptr);
	pm_oid_hex(tree, hex);
	if (rc == 0)
		rc = on_index(ctx, job, pm_oid_zero(tree) ? empty : plain,
			path->ptr, none);
	pm_git_index_info(job, &paths);
	if (rc == 0)
		rc = on_index(ctx, job, info, path->ptr, pm_buf_slice(&paths));
	if (rc == 0 && on_index(ctx, job, refresh, path->ptr, none) < 0)
		pm_ctx_clear(ctx); /* other files are modified: no matter */
	pm_buf_release(&bytes);
	pm_buf_release(&paths);
	return rc;
}

struct staged {
	struct pm_git_job *job;
	size_t seen; /* of the job's paths */
};

/* Items are sorted by path; NULL when it is none of them. */
static struct pm_git_item *find_item(
	struct pm_git_job *job, struct pm_slice path)
{
	size_t low = 0, high = job->nitems;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order =
			pm_slice_cmp(path, pm_slice_str(job->items[mid].path));

		if (order == 0)
			return &job->items[mid];
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

/* Takes what the hook left under one of our paths. */
static int take_staged(void *data, const struct pm_git_entry *entry)
{
	struct staged *staged = data;
	struct pm_git_item *item = find_item(staged->job, entry->path);

	if (!item)
		return 0;
	staged->seen++;
	if (item->removed || !pm_oid_eq(&item->oid, &entry->oid))
		item->st_known = false;
	item->removed = false;
	item->oid = entry->oid;
	item->mode = entry->mode;
	return 0;
}

/* Says so when the hook staged files that this commit does not take. */
static int tell_others(struct pm_ctx *ctx, struct pm_git_job *job,
	const char *index, const struct pm_oid *tree)
{
	char hex[PM_OID_HEX];
	const char *const args[] = {"diff-index", "--cached", "--name-only",
		"-z", "--no-renames", hex, NULL};
	struct pm_buf output = PM_BUF_INIT;
	struct pm_git_run run = {
		.args = args, .index = index, .output = &output};
	struct pm_slice rest;
	int rc;

	if (pm_oid_zero(tree))
		return 0;
	pm_oid_hex(tree, hex);
	rc = pm_git_run(ctx, job->repo, &run);
	rest = pm_buf_slice(&output);
	while (rc == 0 && rest.len > 0) {
		struct pm_slice path = pm_slice_str(rest.ptr);

		if (!find_item(job, path))
			pm_notice(ctx,
				"the pre-commit hook staged '%.*s' too: it is "
				"not part of this commit",
				PM_SLICE_ARG(path));
		rest = pm_slice_from(rest, path.len + 1);
	}
	pm_buf_release(&output);
	return rc < 0 ? rc : 0;
}

/* Back from the hook: what did it make of our paths? */
static int read_back(struct pm_ctx *ctx, struct pm_git_job *job,
	const char *index, const struct pm_oid *tree)
{
	struct staged staged = {.job = job};
	size_t expected = 0;
	int rc;

	for (size_t i = 0; i < job->nitems; i++)
		expected += !job->items[i].removed;
	rc = pm_git_index_file(ctx, job->repo, index, pm_slice_make(NULL, 0),
		take_staged, &staged);
	if (rc == 0 && staged.seen < expected)
		rc = pm_fail(ctx, PM_ERROR,
			"the pre-commit hook took a post-mortem out of the "
			"commit (see the hook; --no-verify skips it)");
	return rc < 0 ? rc : tell_others(ctx, job, index, tree);
}

int pm_git_hook_pre(struct pm_ctx *ctx, struct pm_git_job *job)
{
	struct pm_git_tip tip = PM_GIT_TIP_INIT;
	struct pm_buf index = PM_BUF_INIT;
	int rc = 0;

	if (job->opts->no_verify ||
		!pm_git_hook_exists(ctx, job->repo, "pre-commit"))
		return 0;
	rc = pm_git_tip(ctx, job->repo, &tip);
	if (rc == 0)
		rc = make_index(ctx, job, &tip.tree, &index);
	if (rc == 0)
		rc = run_hook(ctx, job, "pre-commit", NULL, index.ptr);
	if (rc == 0)
		rc = read_back(ctx, job, index.ptr, &tip.tree);
	pm_git_tip_release(&tip);
	pm_buf_release(&index);
	return rc;
}

/* --- the others ---------------------------------------------------------- */

int pm_git_hook_message(struct pm_ctx *ctx, struct pm_git_job *job)
{
	struct pm_repo *repo = job->repo;
	struct pm_buf path = PM_BUF_INIT;
	struct pm_buf text = PM_BUF_INIT;
	const char *args[] = {NULL, "message", NULL};
	bool prepare = pm_git_hook_exists(ctx, repo, "prepare-commit-msg");
	bool check = !job->opts->no_verify &&
		     pm_git_hook_exists(ctx, repo, "commit-msg");
	int rc;

	if (!prepare && !check)
		return 0;
	rc = pm_git_message_file(ctx, job, &path);
	args[0] = path.ptr;
	if (rc == 0 && prepare)
		rc = run_hook(ctx, job, "prepare-commit-msg", args, NULL);
	args[1] = NULL;
	if (rc == 0 && check)
		rc = run_hook(ctx, job, "commit-msg", args, NULL);
	if (rc == 0)
		rc = pm_file_read(ctx, path.ptr, 0, &text);
	if (rc == 0) {
		pm_buf_reset(&job->message);
		rc = pm_git_message(
			ctx, repo, pm_buf_slice(&text), &job->message);
	}
	pm_buf_release(&path);
	pm_buf_release(&text);
	return rc;
}

void pm_git_hook_post(struct pm_ctx *ctx, struct pm_git_job *job)
{
	if (pm_git_hook_exists(ctx, job->repo, "post-commit") &&
		run_hook(ctx, job, "post-commit", NULL, NULL) < 0)
		pm_ctx_clear(ctx); /* the commit is made; git says nothing */
}
