/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The user's index, with the entries of a commit replaced and every other
 * left as it was. Written beside the old one while its lock is held, so that
 * nothing staged meanwhile is lost and a failure leaves the old index.
 */
#include "git/private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "git/edit.h"

/*
 * Makes path another name for the index, or a copy: whoever writes it then
 * renames a new file over it. The time of change stays, by which entries that
 * may have changed unseen are told.
 */
static int copy_index(
	struct pm_ctx *ctx, struct pm_repo *repo, const char *path)
{
	struct pm_buf bytes = PM_BUF_INIT;
	struct timespec times[2];
	struct stat st;
	int fd, rc;

	if (link(repo->index, path) == 0)
		return 0;
	if (stat(repo->index, &st) < 0)
		return errno == ENOENT ? 0
				       : pm_fail_errno(ctx,
						 "cannot read the index '%s'",
						 repo->index);
	rc = pm_file_read(ctx, repo->index, 0, &bytes);
	fd = rc < 0 ? -1
		    : open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			      st.st_mode & 0777);
	if (rc == 0 && fd < 0)
		rc = pm_fail_errno(ctx, "cannot make '%s'", path);
	if (rc == 0)
		rc = pm_fd_write(ctx, fd, pm_buf_slice(&bytes));
	times[0] = times[1] = st.st_mtim;
	if (rc == 0 && futimens(fd, times) < 0)
		rc = pm_fail_errno(ctx, "cannot write '%s'", path);
	if (fd >= 0)
		close(fd);
	pm_buf_release(&bytes);
	return rc;
}

static void fill_entry(const struct pm_git_item *item, git_index_entry *entry)
{
	const struct stat *st = &item->st;

	memset(entry, 0, sizeof(*entry));
	entry->path = item->path;
	entry->mode = item->mode;
	memcpy(entry->id.id, item->oid.bytes, sizeof(item->oid.bytes));
	if (!item->st_known)
		return; /* git will look at the file */
	entry->ctime.seconds = (int32_t)st->st_ctim.tv_sec;
	entry->ctime.nanoseconds = (uint32_t)st->st_ctim.tv_nsec;
	entry->mtime.seconds = (int32_t)st->st_mtim.tv_sec;
	entry->mtime.nanoseconds = (uint32_t)st->st_mtim.tv_nsec;
	entry->dev = (uint32_t)st->st_dev;
	entry->ino = (uint32_t)st->st_ino;
	entry->uid = st->st_uid;
	entry->gid = st->st_gid;
	entry->file_size = (uint32_t)st->st_size;
}

/* Changes the entries of an open index. */
static int change_entries(git_index *index, const struct pm_git_job *job)
{
	int rc = 0;

	for (size_t i = 0; i < job->nitems && rc == 0; i++) {
		const struct pm_git_item *item = &job->items[i];
		git_index_entry entry;

		if (item->removed) {
			rc = git_index_remove(index, item->path, 0);
			if (rc == GIT_ENOTFOUND)
				rc = 0;
			continue;
		}
		fill_entry(item, &entry);
		rc = git_index_add(index, &entry);
	}
	return rc;
}

/* 0, or libgit2's code when it cannot read or write this index. */
static int stage_here(const struct pm_git_job *job, const char *path)
{
	git_index *index = NULL;
	int rc = git_index_open(&index, path);

	if (rc == 0)
		rc = change_entries(index, job);
	if (rc == 0)
		rc = git_index_write(index);
	git_index_free(index);
	return rc;
}

void pm_git_index_info(const struct pm_git_job *job, struct pm_buf *out)
{
	char hex[PM_OID_HEX];

	for (size_t i = 0; i < job->nitems; i++) {
		const struct pm_git_item *item = &job->items[i];

		pm_oid_hex(&item->oid, hex);
		pm_buf_addf(out, "%06o %s\t%s", item->removed ? 0 : item->mode,
			hex, item->path);
		pm_buf_addc(out, '\0');
	}
}

/* For an index of a shape that libgit2 refuses. */
static int stage_by_git(
	struct pm_ctx *ctx, struct pm_git_job *job, const char *path)
{
	static const char *const args[] = {
		"update-index", "-z", "--index-info", NULL};
	struct pm_buf input = PM_BUF_INIT;
	struct pm_git_run run = {.args = args, .index = path};
	int rc;

	pm_git_index_info(job, &input);
	run.input = pm_buf_slice(&input);
	rc = pm_git_ask(ctx, job->repo, &run, "cannot write the index '%s'",
		job->repo->index);
	pm_buf_release(&input);
	return rc;
}

/*
 * Gives the new index the old one's mode and time. With a newer time, files
 * that changed in the moment the old one was written would pass for
 * unchanged, because libgit2 does not look for them without a repository.
 */
static int dress(
	struct pm_ctx *ctx, const struct pm_git_job *job, const char *path)
{
	struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}};
	struct stat old;
	bool known = stat(job->repo->index, &old) == 0;

	if (known && chmod(path, old.st_mode & 0777) < 0)
		return pm_fail_errno(ctx, "cannot write '%s'", path);
	/* The first index: as old as the first file in it. */
	if (!known)
		old = job->items[0].st;
	times[1] = old.st_mtim;
	if (utimensat(AT_FDCWD, path, times, 0) < 0)
		return pm_fail_errno(ctx, "cannot write '%s'", path);
	return 0;
}

/* The ways to write it, from the quickest to the one that always can. */
static int write_index(
	struct pm_ctx *ctx, struct pm_git_job *job, const char *path)
{
	int rc = job->index.foreign ? 0 : pm_git_edit(ctx, job, path);

	if (rc != 0)
		return rc < 0 ? rc : dress(ctx, job, path);
	rc = copy_index(ctx, job->repo, path);
	if (rc < 0)
		return rc;
	/* libgit2 would drop the caches. */
	if (job->index.foreign || job->index.caches ||
		stage_here(job, path) < 0)
		return stage_by_git(ctx, job, path);
	return dress(ctx, job, path);
}

int pm_git_stage(struct pm_ctx *ctx, struct pm_git_job *job, char **path)
{
	struct pm_buf name = PM_BUF_INIT;
	int rc;

	/* One name is enough: only the holder of the lock uses it, and what
	   is there was left by one that is gone. */
	pm_buf_addf(&name, "%s.pm.lock", job->repo->index);
	unlink(name.ptr);
	pm_buf_truncate(&name, name.len - strlen(".lock"));
	unlink(name.ptr);
	rc = write_index(ctx, job, name.ptr);
	if (rc < 0)
		unlink(name.ptr);
	else
		*path = pm_buf_take(&name);
	pm_buf_release(&name);
	return rc;
}
