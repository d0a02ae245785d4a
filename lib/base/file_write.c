/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing files whole. Where the file system can, the bytes go into a file
 * without a name (O_TMPFILE), which vanishes by itself however pm ends; a name
 * exists only between two calls, during which signals wait. What a pm that was
 * killed between these two leaves behind, the next write of that file removes.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/path.h"

/* One file on its way to its place. */
struct job {
	int dirfd;
	const char *name; /* in dirfd */
	struct pm_slice bytes;
	const struct pm_slice *old; /* what is to be replaced; NULL: any */
	mode_t mode;                /* for a file made anew, before the umask */
	bool keep;  /* set mode exactly: it is the replaced file's */
	bool fresh; /* must not replace anything */
	char temp[32];
	bool named;   /* temp exists */
	bool written; /* in its place, although it failed in the end */
	int fd;
};

int pm_fd_write_all(int fd, struct pm_slice bytes)
{
	while (bytes.len) {
		ssize_t put = write(fd, bytes.ptr, bytes.len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		bytes = pm_slice_from(bytes, (size_t)put);
	}
	return 0;
}

int pm_fd_write(struct pm_ctx *ctx, int fd, struct pm_slice bytes)
{
	if (pm_fd_write_all(fd, bytes) < 0)
		return pm_fail_errno(ctx, "cannot write");
	return 0;
}

static void name_temp(struct job *job)
{
	unsigned char random[8] = {0};

	/* A clash shows as EEXIST and is tried again. */
	if (getrandom(random, sizeof(random), 0) < 0)
		random[0] = (unsigned char)getpid();
	memcpy(job->temp, ".pm-tmp-", 8);
	pm_hex_write(random, sizeof(random), job->temp + 8);
	job->temp[8 + 2 * sizeof(random)] = '\0';
}

/*
 * The name that each attempt at the same file would take first. A killed one
 * leaves it behind, and the next finds it there.
 */
static void name_first(struct job *job)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (const char *c = job->name; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
	snprintf(job->temp, sizeof(job->temp), ".pm-tmp-%016" PRIx64, hash);
}

/*
 * Removes the temporary name when whoever made it is gone: everybody who gives
 * one to a file holds its lock, and a lock ends with its process.
 */
static void clear_left(const struct job *job)
{
	struct stat opened, named;
	int fd = openat(job->dirfd, job->temp,
		O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &opened) == 0 &&
		S_ISREG(opened.st_mode) &&
		fstatat(job->dirfd, job->temp, &named, AT_SYMLINK_NOFOLLOW) ==
			0 &&
		opened.st_dev == named.st_dev && opened.st_ino == named.st_ino)
		unlinkat(job->dirfd, job->temp, 0);
	close(fd);
}

/* Opens a file with a temporary name. */
static int open_named(struct job *job)
{
	int tries;

	for (tries = 0; tries < 16; tries++) {
		name_temp(job);
		job->fd = openat(job->dirfd, job->temp,
			O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			job->mode);
		if (job->fd >= 0 || errno != EEXIST)
			break;
	}
	job->named = job->fd >= 0;
	return job->fd < 0 ? -1 : 0;
}

static int open_unnamed(struct job *job)
{
	job->fd = openat(
		job->dirfd, ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, job->mode);
	return job->fd < 0 ? -1 : 0;
}

int pm_fd_sync(int fd)
{
	int result;

	do
		result = fsync(fd);
	while (result < 0 && errno == EINTR);
	return result;
}

/* Bytes, mode and sync: after this the content survives a power cut. */
static int fill(struct job *job)
{
	if (pm_fd_write_all(job->fd, job->bytes) < 0)
		return -1;
	if (job->keep && fchmod(job->fd, job->mode) < 0)
		return -1;
	return pm_fd_sync(job->fd);
}

/* Gives a file without a name the name to. */
static int link_as(struct job *job, const char *to)
{
	char self[40];

	snprintf(self, sizeof(self), "/proc/self/fd/%d", job->fd);
	return linkat(AT_FDCWD, self, job->dirfd, to, AT_SYMLINK_FOLLOW);
}

/* Moves temp to its place without replacing anything. */
static int rename_fresh(struct job *job)
{
	if (!renameat2(job->dirfd, job->temp, job->dirfd, job->name,
		    RENAME_NOREPLACE)) {
		job->named = false;
		return 0;
	}
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	/* A file system without that flag; the caller removes temp. */
	return linkat(job->dirfd, job->temp, job->dirfd, job->name, 0);
}

/* 0 while the file holds what its new bytes were made from; else -1, and errno
   is ESTALE, or why it cannot be read. */
static int compare_old(const struct job *job)
{
	struct pm_slice rest = *job->old;
	char bytes[4096];
	ssize_t got;
	int err;
	int fd = openat(job->dirfd, job->name,
		O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0) {
		if (errno == ENOENT || errno == ELOOP)
			errno = ESTALE;
		return -1;
	}
	for (;;) {
		got = read(fd, bytes, sizeof bytes);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0 || (size_t)got > rest.len ||
			memcmp(bytes, rest.ptr, (size_t)got) != 0)
			break;
		rest = pm_slice_from(rest, (size_t)got);
	}
	err = got < 0 ? errno : ESTALE;
	close(fd);
	errno = err;
	return got == 0 && rest.len == 0 ? 0 : -1;
}

/* Gives the filled file a name of its own beside its place. */
static int name_beside(struct job *job)
{
	/* Where there are no locks, what is left behind stays. */
	if (!job->named && flock(job->fd, LOCK_EX | LOCK_NB) == 0) {
		name_first(job);
		job->named = !link_as(job, job->temp);
		if (!job->named && errno == EEXIST) {
			clear_left(job);
			job->named = !link_as(job, job->temp);
		}
	}
	for (int tries = 0; !job->named && tries < 16; tries++) {
		name_temp(job);
		if (!link_as(job, job->temp))
			job->named = true;
		else if (errno != EEXIST)
			return -1;
	}
	return job->named ? 0 : -1;
}

/* Puts the filled file in its place. */
static int place(struct job *job)
{
	if (!job->named && job->fresh)
		return link_as(job, job->name);
	if (name_beside(job) < 0)
		return -1;
	if (job->fresh)
		return rename_fresh(job);
	/* As late as can be: nothing but the next call lies between. */
	if (job->old && compare_old(job) < 0)
		return -1;
	if (renameat(job->dirfd, job->temp, job->dirfd, job->name) < 0)
		return -1;
	job->named = false;
	return 0;
}

/* Ends an attempt: no descriptor and no temporary name remain. */
static int finish(struct job *job, int result)
{
	int err = errno;

	if (job->named)
		unlinkat(job->dirfd, job->temp, 0);
	job->named = false;
	/* Says nothing new: the bytes were synced. */
	if (job->fd >= 0)
		close(job->fd);
	job->fd = -1;
	errno = err;
	return result;
}

/* Errors that trying with a temporary name would meet as well. */
static bool is_final(int err)
{
	return err == EEXIST || err == ENOSPC || err == EDQUOT ||
	       err == EROFS || err == EACCES || err == EFBIG || err == EIO ||
	       err == ESTALE;
}

static int attempt(struct job *job)
{
	int result = -1;

	if (!open_unnamed(job)) {
		if (!fill(job))
			result = place(job);
		result = finish(job, result);
		if (!result || is_final(errno))
			return result;
	} else if (is_final(errno)) {
		return -1;
	}
	/* No O_TMPFILE here, or no /proc to link from. */
	if (open_named(job) < 0)
		return -1;
	result = -1;
	if (!fill(job))
		result = place(job);
	return finish(job, result);
}

/*
 * The name must outlive a power cut as well. Where that cannot be had, a new
 * file goes again: it is told as not written. The bytes that were replaced are
 * gone, so that the new ones stay.
 */
static int sync_dir(struct job *job)
{
	int err;

	if (pm_fd_sync(job->dirfd) == 0 || errno == EINVAL)
		return 0;
	err = errno;
	job->written = !job->fresh || unlinkat(job->dirfd, job->name, 0) < 0;
	errno = err;
	return -1;
}

/*
 * Runs the attempt with all signals waiting, so that an interrupt leaves no
 * temporary name. A file over the size limit raises SIGXFSZ, which is taken
 * out of the queue: EFBIG says it already.
 */
static int attempt_undisturbed(struct job *job)
{
	const struct timespec now = {0, 0};
	sigset_t all;
	sigset_t old;
	sigset_t xfsz;
	int result;
	int err;

	sigfillset(&all);
	sigemptyset(&xfsz);
	sigaddset(&xfsz, SIGXFSZ);
	pthread_sigmask(SIG_BLOCK, &all, &old);
	result = attempt(job);
	if (!result)
		result = sync_dir(job);
	err = errno;
	if (result < 0 && err == EFBIG)
		sigtimedwait(&xfsz, NULL, &now);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	errno = err;
	return result;
}

/* Looks at what stands where the file is to go. */
static int look(struct pm_ctx *ctx, struct job *job, const char *path)
{
	struct stat st;

	if (fstatat(job->dirfd, job->name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
		if (errno == ENOENT)
			return 0;
		return pm_fail_errno(ctx, "cannot write '%s'", path);
	}
	if (job->fresh)
		return pm_fail(ctx, PM_EEXISTS,
			"cannot write '%s': it exists already", path);
	if (S_ISREG(st.st_mode)) {
		job->mode = st.st_mode & 0777;
		job->keep = true;
		return 0;
	}
	return pm_fail(ctx, PM_EINVALID, "cannot write '%s': it is %s", path,
		S_ISLNK(st.st_mode)   ? "a symbolic link"
		: S_ISDIR(st.st_mode) ? "a directory"
				      : "not a regular file");
}

/* Says what errno means for the file. */
static int fail_write(
	struct pm_ctx *ctx, const struct job *job, const char *path)
{
	if (job->written)
		return pm_fail_errno(ctx,
			"'%s' is written, but may be lost if the power goes "
			"(look at the disk)",
			path);
	if (job->old && errno == ESTALE)
		return pm_fail(ctx, PM_ERROR,
			"'%s' changed meanwhile and is left as it is (try "
			"again)",
			path);
	return pm_fail_errno(ctx, "cannot write '%s'", path);
}

static int write_at(struct pm_ctx *ctx, int rootfd, const char *path,
	const struct pm_slice *old, struct pm_slice bytes, unsigned flags)
{
	struct pm_slice dir = pm_path_dir(pm_slice_str(path));
	struct pm_buf parent = PM_BUF_INIT;
	struct job job = {
		.dirfd = -1,
		.name = pm_path_base(pm_slice_str(path)).ptr,
		.bytes = bytes,
		.old = old,
		.mode = flags & PM_WRITE_PRIVATE ? 0600
			: flags & PM_WRITE_EXEC  ? 0777
						 : 0666,
		.fresh = flags & PM_WRITE_NEW,
		.fd = -1,
	};
	int code = 0;

	if (!job.name[0] || path[0] == '/')
		return pm_fail(ctx, PM_EUSAGE,
			"cannot write '%s': it names no file here", path);
	pm_buf_add_slice(&parent, dir);
	if (dir.len && (flags & PM_WRITE_PARENTS))
		code = pm_dir_make_at(ctx, rootfd, parent.ptr);
	if (code < 0)
		goto out;
	job.dirfd = code = pm_dir_open_at(ctx, rootfd, parent.ptr);
	if (code < 0)
		goto out;
	code = look(ctx, &job, path);
	if (code == 0 && attempt_undisturbed(&job) < 0)
		code = fail_write(ctx, &job, path);
out:
	if (job.dirfd >= 0)
		close(job.dirfd);
	pm_buf_release(&parent);
	return code;
}

int pm_file_write_at(struct pm_ctx *ctx, int rootfd, const char *path,
	struct pm_slice bytes, unsigned flags)
{
	return write_at(ctx, rootfd, path, NULL, bytes, flags);
}

int pm_file_replace_at(struct pm_ctx *ctx, int rootfd, const char *path,
	struct pm_slice old, struct pm_slice bytes)
{
	return write_at(ctx, rootfd, path, &old, bytes, 0);
}
