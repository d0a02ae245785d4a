/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files: bounded reading, and writing that never leaves half a document: a
 * temporary sibling, fsync, rename or link, fsync of the directory.
 * Symbolic links are not followed by the functions that take a root.
 */
#ifndef PM_BASE_FILE_H
#define PM_BASE_FILE_H

#include <sys/stat.h>

#include "pm/context.h"

/*
 * Reads a regular file into buf (appended). More than limit bytes (0: no
 * limit) is PM_ELIMIT; not regular is PM_EINVALID; absent is PM_ENOTFOUND.
 */
int pm_file_read(
	struct pm_ctx *ctx, const char *path, size_t limit, struct pm_buf *buf);

/*
 * As pm_file_read for path relative to the directory rootfd, refusing to
 * pass through a symbolic link or out of the root (openat2 where the kernel
 * has it, component by component where not). st may be NULL.
 */
int pm_file_read_at(struct pm_ctx *ctx, int rootfd, const char *path,
	size_t limit, struct pm_buf *buf, struct stat *st);

/*
 * The directory of the last file read beneath a root, kept open: most files
 * of a directory are read one after the other. A confined process has no
 * openat2 and would walk the whole path each time.
 */
struct pm_near {
	int root; /* not closed by release */
	int fd;   /* of dir; -1: none yet */
	struct pm_buf dir;
};

#define PM_NEAR_INIT(rootfd)                                                   \
	{                                                                      \
		(rootfd), -1, PM_BUF_INIT                                      \
	}

/* As pm_file_read_at beneath near->root. */
int pm_file_read_near(struct pm_ctx *ctx, struct pm_near *near,
	const char *path, size_t limit, struct pm_buf *buf, struct stat *st);

void pm_near_release(struct pm_near *near);

/* Opens the directory path for the _at functions; a descriptor or PM_E code. */
int pm_dir_open(struct pm_ctx *ctx, const char *path);

/* As pm_dir_open for path beneath rootfd ("" is rootfd itself), no links. */
int pm_dir_open_at(struct pm_ctx *ctx, int rootfd, const char *path);

enum pm_write_flags {
	PM_WRITE_NEW = 1,     /* PM_EEXISTS rather than replace */
	PM_WRITE_PRIVATE = 2, /* mode 0600 rather than 0666 & ~umask */
	PM_WRITE_PARENTS = 4, /* make missing directories, synced too */
	PM_WRITE_EXEC = 8,    /* a program: mode 0777 & ~umask when new */
};

/*
 * Writes bytes to path relative to rootfd, atomically and durably: after
 * success the new bytes survive a power cut; after failure the old ones are
 * there and no temporary file is. Only when the directory cannot be synced the
 * new ones are there, and the message says so. Keeps the mode of a file it
 * replaces.
 */
int pm_file_write_at(struct pm_ctx *ctx, int rootfd, const char *path,
	struct pm_slice bytes, unsigned flags);

/*
 * As pm_file_write_at for new bytes that were made from old ones: a file that
 * holds anything else by now, because somebody saved it, is left as it is and
 * the call fails.
 */
int pm_file_replace_at(struct pm_ctx *ctx, int rootfd, const char *path,
	struct pm_slice old, struct pm_slice bytes);

/* Makes path and its missing parents relative to rootfd, synced. */
int pm_dir_make_at(struct pm_ctx *ctx, int rootfd, const char *path);

/* Writes all bytes to fd, retrying short writes and EINTR. */
int pm_fd_write(struct pm_ctx *ctx, int fd, struct pm_slice bytes);

/* The same for whoever has its own words: -1 with errno on failure. */
int pm_fd_write_all(int fd, struct pm_slice bytes);

/* fsync, begun again when a signal came between; -1 with errno on failure. */
int pm_fd_sync(int fd);

/*
 * Appends all that fd still gives. More than limit bytes (0: no limit) is
 * PM_ELIMIT; on failure nothing is appended.
 */
int pm_fd_read(struct pm_ctx *ctx, int fd, size_t limit, struct pm_buf *buf);

#endif
