/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening and reading. Paths beneath a root are resolved by the kernel in one
 * call where it can refuse links and ways out (openat2, Linux 5.6), and by
 * hand, component by component, where it cannot. Writing is in file_write.c.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Cuts the next component of *path into name; false at the end. */
static bool next_name(const char **path, char name[NAME_MAX + 1], int *err)
{
	const char *start = *path + strspn(*path, "/");
	size_t len = strcspn(start, "/");

	*path = start + len;
	*err = 0;
	if (!len)
		return false;
	if (len > NAME_MAX) {
		*err = ENAMETOOLONG;
		return true;
	}
	memcpy(name, start, len);
	name[len] = '\0';
	/* What the kernel says to RESOLVE_BENEATH. */
	if (!strcmp(name, ".."))
		*err = EXDEV;
	return true;
}

/* Opens one name and calls a symbolic link ELOOP whatever the flags. */
static int open_name(int dirfd, const char *name, int flags)
{
	struct stat st;
	int fd = openat(dirfd, name, flags | O_NOFOLLOW | O_CLOEXEC);
	int err = errno;

	if (fd < 0 && err == ENOTDIR &&
		!fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW) &&
		S_ISLNK(st.st_mode))
		err = ELOOP;
	errno = err;
	return fd;
}

static int open_by_hand(int rootfd, const char *path, int flags)
{
	char name[NAME_MAX + 1];
	int fd = open_name(rootfd, ".", O_RDONLY | O_DIRECTORY);
	int err = path[0] == '/' ? EXDEV : 0;

	while (fd >= 0 && !err && next_name(&path, name, &err)) {
		bool last = !path[strspn(path, "/")];
		int next = -1;

		if (!err) {
			next = open_name(
				fd, name, last ? flags : O_PATH | O_DIRECTORY);
			err = next < 0 ? errno : 0;
		}
		close(fd);
		fd = next;
	}
	if (err) {
		if (fd >= 0)
			close(fd);
		errno = err;
		return -1;
	}
	return fd;
}

/* Opens path beneath rootfd; ELOOP for a link, EXDEV for a way out. */
static int open_beneath(int rootfd, const char *path, int flags)
{
	struct open_how how = {
		.flags = (unsigned)flags | O_CLOEXEC,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
			   RESOLVE_NO_MAGICLINKS,
	};
	int tries;
	long fd;

	for (tries = 0; tries < 16; tries++) {
		fd = syscall(SYS_openat2, rootfd, path, &how, sizeof(how));
		/* EAGAIN: something was renamed while the kernel looked. */
		if (fd >= 0 || (errno != EAGAIN && errno != EINTR))
			break;
	}
	/* Some sandboxes answer EPERM to calls that they do not know. */
	if (fd < 0 && (errno == ENOSYS || errno == EPERM || errno == EAGAIN))
		return open_by_hand(rootfd, path, flags);
	return (int)fd;
}

/* The error of an open beneath a root. */
static int fail_open(struct pm_ctx *ctx, const char *what, const char *path)
{
	if (errno == ELOOP)
		return pm_fail(ctx, PM_EINVALID,
			"cannot %s '%s': a symbolic link is in its way", what,
			path);
	if (errno == EXDEV)
		return pm_fail(ctx, PM_EINVALID,
			"cannot %s '%s': it leads out of its directory", what,
			path);
	return pm_fail_errno(ctx, "cannot %s '%s'", what, path);
}

/* Appends up to limit + 1 bytes; -1 with errno on failure. A file of a known
   size, 0: it is not known, has ended when it gives that and no more. */
static int read_all(int fd, size_t size, size_t limit, struct pm_buf *buf)
{
	size_t start = buf->len;

	while (!limit || buf->len - start <= limit) {
		size_t room;
		ssize_t got;

		if (buf->cap < buf->len + 2)
			pm_buf_reserve(buf, 16384);
		room = buf->cap - buf->len - 1;
		got = read(fd, buf->ptr + buf->len, room);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (!got)
			break;
		buf->len += (size_t)got;
		buf->ptr[buf->len] = '\0';
		if (buf->len - start == size && (size_t)got < room)
			break;
	}
	return 0;
}

int pm_fd_read(struct pm_ctx *ctx, int fd, size_t limit, struct pm_buf *buf)
{
	size_t start = buf->len;
	int code = 0;

	if (read_all(fd, 0, limit, buf) < 0)
		code = pm_fail_errno(ctx, "cannot read");
	else if (limit && buf->len - start > limit)
		code = pm_fail(ctx, PM_ELIMIT,
			"cannot read: more than %zu bytes", limit);
	if (code)
		pm_buf_truncate(buf, start);
	return code;
}

/* Reads what fd, opened from path, holds, if it is a regular file. */
static int read_regular(struct pm_ctx *ctx, int fd, const char *path,
	size_t limit, struct pm_buf *buf, struct stat *st)
{
	size_t start = buf->len;

	if (fstat(fd, st) < 0)
		return pm_fail_errno(ctx, "cannot read '%s'", path);
	if (!S_ISREG(st->st_mode))
		return pm_fail(ctx, PM_EINVALID, "cannot read '%s': it is %s",
			path,
			S_ISDIR(st->st_mode) ? "a directory"
					     : "not a regular file");
	if (!limit || (uint64_t)st->st_size <= limit) {
		/* One byte more shows the end without growing again. */
		pm_buf_reserve(buf, (size_t)st->st_size + 1);
		if (read_all(fd, (size_t)st->st_size, limit, buf) < 0) {
			pm_buf_truncate(buf, start);
			return pm_fail_errno(ctx, "cannot read '%s'", path);
		}
	}
	if (limit &&
		((uint64_t)st->st_size > limit || buf->len - start > limit)) {
		pm_buf_truncate(buf, start);
		return pm_fail(ctx, PM_ELIMIT,
			"cannot read '%s': it is larger than %zu bytes", path,
			limit);
	}
	return 0;
}

int pm_file_read(
	struct pm_ctx *ctx, const char *path, size_t limit, struct pm_buf *buf)
{
	struct stat st;
	/* O_NONBLOCK: opening a named pipe must not wait for a writer. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	int code;

	if (fd < 0)
		return pm_fail_errno(ctx, "cannot read '%s'", path);
	code = read_regular(ctx, fd, path, limit, buf, &st);
	close(fd);
	return code;
}

int pm_file_read_at(struct pm_ctx *ctx, int rootfd, const char *path,
	size_t limit, struct pm_buf *buf, struct stat *st)
{
	struct stat own;
	int fd = open_beneath(rootfd, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	int code;

	if (fd < 0)
		return fail_open(ctx, "read", path);
	code = read_regular(ctx, fd, path, limit, buf, st ? st : &own);
	close(fd);
	return code;
}

/* Makes near->fd the directory of so many bytes of path; -1 with errno. */
static int go_near(struct pm_near *near, const char *path, size_t len)
{
	if (near->fd >= 0 && near->dir.len == len &&
		!memcmp(near->dir.ptr, path, len))
		return 0;
	if (near->fd >= 0)
		close(near->fd);
	pm_buf_reset(&near->dir);
	pm_buf_add(&near->dir, path, len);
	near->fd =
		open_beneath(near->root, near->dir.ptr, O_PATH | O_DIRECTORY);
	return near->fd < 0 ? -1 : 0;
}

int pm_file_read_near(struct pm_ctx *ctx, struct pm_near *near,
	const char *path, size_t limit, struct pm_buf *buf, struct stat *st)
{
	const char *slash = strrchr(path, '/');
	struct stat own;
	int fd = -1;
	int code;

	/* Names that lead elsewhere are judged where the whole path is. */
	if (!slash || slash == path || !slash[1] || slash[1] == '.')
		return pm_file_read_at(ctx, near->root, path, limit, buf, st);
	if (go_near(near, path, (size_t)(slash - path)) == 0)
		fd = open_name(
			near->fd, slash + 1, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return fail_open(ctx, "read", path);
	code = read_regular(ctx, fd, path, limit, buf, st ? st : &own);
	close(fd);
	return code;
}

void pm_near_release(struct pm_near *near)
{
	if (near->fd >= 0)
		close(near->fd);
	near->fd = -1;
	pm_buf_release(&near->dir);
}

int pm_dir_open(struct pm_ctx *ctx, const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return pm_fail_errno(ctx, "cannot open directory '%s'", path);
	return fd;
}

int pm_dir_open_at(struct pm_ctx *ctx, int rootfd, const char *path)
{
	int fd = open_beneath(
		rootfd, path[0] ? path : ".", O_RDONLY | O_DIRECTORY);

	if (fd < 0)
		return fail_open(ctx, "open directory", path);
	return fd;
}

/* Opens the directory name in dirfd, making and syncing it if need be. */
static int enter(int dirfd, const char *name)
{
	const int flags = O_RDONLY | O_DIRECTORY;
	int fd = open_name(dirfd, name, flags);

	if (fd >= 0 || errno != ENOENT)
		return fd;
	if (mkdirat(dirfd, name, 0777) < 0 && errno != EEXIST)
		return -1;
	if (pm_fd_sync(dirfd) < 0 && errno != EINVAL)
		return -1;
	return open_name(dirfd, name, flags);
}

int pm_dir_make_at(struct pm_ctx *ctx, int rootfd, const char *path)
{
	char name[NAME_MAX + 1];
	const char *rest = path;
	int fd = open_name(rootfd, ".", O_RDONLY | O_DIRECTORY);
	int err = fd < 0 ? errno : path[0] == '/' ? EXDEV : 0;

	while (!err && next_name(&rest, name, &err)) {
		int next = err ? -1 : enter(fd, name);

		if (!err && next < 0)
			err = errno;
		close(fd);
		fd = next;
	}
	if (fd >= 0)
		close(fd);
	errno = err;
	return err ? fail_open(ctx, "make directory", path) : 0;
}
