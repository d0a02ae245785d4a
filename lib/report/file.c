/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A report in a file. A reader sees the old report or the new one; only what
 * is no regular file, such as /dev/stderr or a pipe, cannot be replaced and is
 * written to.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "report/report.h"

static int write_through(
	struct pm_ctx *ctx, const char *path, struct pm_slice bytes)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	int ret;

	if (fd < 0)
		return pm_fail_errno(ctx, "cannot write '%s'", path);
	ret = pm_fd_write(ctx, fd, bytes);
	if (ret < 0)
		pm_fail_prefix(ctx, "'%s'", path);
	close(fd);
	return ret;
}

/* The directory in which the file of this path is. */
static int open_parent(struct pm_ctx *ctx, struct pm_slice path)
{
	struct pm_slice dir = pm_path_dir(path);
	struct pm_buf name = PM_BUF_INIT;
	int fd;

	if (dir.len)
		pm_buf_add_slice(&name, dir);
	else
		pm_buf_adds(&name, pm_slice_starts(path, "/") ? "/" : ".");
	fd = pm_dir_open(ctx, name.ptr);
	pm_buf_release(&name);
	return fd;
}

int pm_report_write_file(
	struct pm_ctx *ctx, const char *path, struct pm_slice bytes)
{
	char *real = NULL;
	struct stat st;
	int dirfd, ret;

	if (stat(path, &st) == 0) {
		if (!S_ISREG(st.st_mode))
			return write_through(ctx, path, bytes);
		/* Where a link was named, its file is meant. */
		real = realpath(path, NULL);
		if (!real)
			return pm_fail_errno(
				ctx, "cannot write the report '%s'", path);
		path = real;
	}
	dirfd = ret = open_parent(ctx, pm_slice_str(path));
	if (dirfd >= 0) {
		ret = pm_file_write_at(ctx, dirfd,
			pm_path_base(pm_slice_str(path)).ptr, bytes, 0);
		close(dirfd);
	}
	if (ret < 0)
		pm_fail_prefix(ctx, "cannot write the report '%s'", path);
	free(real);
	return ret;
}
