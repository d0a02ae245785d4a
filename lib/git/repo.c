/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An open repository and the paths in it. Opening by git's rules (open.c) has
 * ended when these functions are used.
 */
#include "git/private.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"

void pm_repo_free(struct pm_repo *repo)
{
	if (!repo)
		return;
	pm_git_config_release(repo);
	git_odb_free(repo->odb);
	git_repository_free(repo->git);
	pm_git_loose_drop(repo);
	free(repo->gitdir);
	free(repo->commondir);
	free(repo->objects);
	free(repo->worktree);
	free(repo->start);
	free(repo->index);
	free(repo->patterns_of);
	free(repo);
	git_libgit2_shutdown();
}

const char *pm_repo_worktree(const struct pm_repo *repo)
{
	return repo->worktree;
}

const char *pm_repo_common_dir(const struct pm_repo *repo)
{
	return repo->commondir;
}

bool pm_git_in_gitdir(const struct pm_repo *repo)
{
	return repo->in_gitdir;
}

/* What of path lies under top; ptr NULL when it is outside. */
static struct pm_slice below(struct pm_slice path, const char *top)
{
	size_t len = strlen(top);

	if (len == 1 && *top == '/')
		return pm_slice_from(path, 1);
	if (!pm_slice_starts(path, top))
		return (struct pm_slice){NULL, 0};
	if (path.len == len)
		return pm_slice_make("", 0);
	if (path.ptr[len] != '/')
		return (struct pm_slice){NULL, 0};
	return pm_slice_from(path, len + 1);
}

/*
 * Appends the absolute path of typed: links in its directory resolved as far
 * as that exists, the last component left as it is, because a document that is
 * a link must be seen to be one.
 */
static void absolute(
	struct pm_repo *repo, const char *typed, struct pm_buf *out)
{
	struct pm_buf whole = PM_BUF_INIT;
	struct pm_buf clean = PM_BUF_INIT;
	char real[PATH_MAX];
	struct pm_slice dir, base;

	if (*typed != '/')
		pm_buf_addf(&whole, "%s/", repo->start);
	pm_buf_adds(&whole, typed);
	while (whole.len > 1 && whole.ptr[whole.len - 1] == '/')
		pm_buf_truncate(&whole, whole.len - 1);
	base = pm_path_base(pm_buf_slice(&whole));
	if (pm_slice_is(base, "..") || pm_slice_is(base, ".")) {
		/* A directory: there is no last name to keep. */
		pm_buf_adds(out, realpath(whole.ptr, real) ? real : whole.ptr);
		goto out;
	}
	dir = pm_slice_make(whole.ptr, whole.len - base.len);
	pm_buf_add_slice(&clean, dir);
	if (realpath(clean.ptr, real)) {
		pm_buf_addf(out, "%s%s%.*s", real, real[1] ? "/" : "",
			PM_SLICE_ARG(base));
		goto out;
	}
	/* The directory is not there: words are all there is to go by. */
	pm_buf_reset(&clean);
	if (pm_path_join(&clean, pm_slice_make(NULL, 0),
		    pm_slice_from(pm_buf_slice(&whole), 1)) == 0) {
		pm_buf_addc(out, '/');
		pm_buf_add_slice(out, pm_buf_slice(&clean));
	}
out:
	pm_buf_release(&whole);
	pm_buf_release(&clean);
}

int pm_repo_path(struct pm_ctx *ctx, struct pm_repo *repo, const char *typed,
	struct pm_buf *out)
{
	struct pm_buf path = PM_BUF_INIT;
	struct pm_slice rest;
	int rc = 0;

	if (!repo->worktree) {
		rc = pm_path_join(
			out, pm_slice_make(NULL, 0), pm_slice_str(typed));
		return rc < 0 ? pm_fail(ctx, PM_EINVALID,
					"'%s' is outside the repository", typed)
			      : 0;
	}
	absolute(repo, typed, &path);
	rest = below(pm_buf_slice(&path), repo->worktree);
	if (rest.ptr)
		pm_buf_add_slice(out, rest);
	else
		rc = pm_fail(ctx, PM_EINVALID,
			"'%s' is outside the work tree '%s'", typed,
			repo->worktree);
	pm_buf_release(&path);
	return rc;
}

struct pm_slice pm_repo_here(const struct pm_repo *repo)
{
	struct pm_slice here = {NULL, 0};

	if (repo->worktree)
		here = below(pm_slice_str(repo->start), repo->worktree);
	return here;
}

void pm_repo_relative(
	struct pm_repo *repo, struct pm_slice path, struct pm_buf *out)
{
	pm_path_relative(out, pm_repo_here(repo), path);
}
