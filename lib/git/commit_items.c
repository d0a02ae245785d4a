/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files of a commit: what HEAD has of each, what the work tree has, and the
 * blob made of it. Blobs that no commit names yet are nothing the user could
 * miss, so they are written as the first thing of all.
 */
#include "git/private.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/path.h"

/* A file is in memory twice while it is committed and read back. */
#define FILE_MOST ((size_t)128 << 20)

/* From here on one sync for all blobs takes less time than one for each. */
#define MANY_ITEMS 32

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

int pm_git_commit_items(
	struct pm_ctx *ctx, struct pm_git_job *job, const struct pm_oid *tree)
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
		rc = prepare_item(ctx, job, tree, rootfd, &job->items[i]);
	if (many) {
		git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
		job->repo->sync_later = false;
		rc = rc < 0 ? rc : sync_objects(ctx, job->repo);
	}
	if (rootfd >= 0)
		close(rootfd);
	return rc;
}

bool pm_git_commit_changes(const struct pm_git_job *job)
{
	for (size_t i = 0; i < job->nitems; i++) {
		const struct pm_git_item *item = &job->items[i];

		if (item->removed || item->mode != item->old_mode ||
			!pm_oid_eq(&item->oid, &item->old_oid))
			return true;
	}
	return false;
}
