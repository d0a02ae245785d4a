/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing objects. libgit2 writes each under a temporary name that outlives a
 * kill, and git gc does not know it. Here the bytes go into a file without a
 * name, which is synced and then linked to its place: a killed pm leaves the
 * object or nothing. Whatever goes wrong, libgit2 tries next in its own way
 * and says what it was.
 */
#include "git/private.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/sys/odb_backend.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/file.h"

/* Before libgit2's own ways to write, which have 1 and 2. */
#define PRIORITY 8

/* Larger ones are libgit2's, which does not hold them twice. */
#define MOST (64u << 20)

struct loose {
	git_odb_backend parent;
	const struct pm_repo *repo;
};

/* The bytes of the file: head and content, deflated. */
static bool pack(struct pm_slice content, git_object_t type, struct pm_buf *out)
{
	struct pm_buf text = PM_BUF_INIT;
	uLongf room;
	bool ok;

	pm_buf_addf(&text, "%s %zu", git_object_type2string(type), content.len);
	pm_buf_addc(&text, '\0');
	pm_buf_add_slice(&text, content);
	room = compressBound(text.len);
	pm_buf_reserve(out, room);
	ok = compress2((unsigned char *)out->ptr, &room,
		     (const unsigned char *)text.ptr, text.len,
		     Z_BEST_SPEED) == Z_OK;
	out->len = ok ? room : 0;
	pm_buf_release(&text);
	return ok;
}

/* Opens the directory of the objects that begin so, made if need be; -1. */
static int open_fan(const struct loose *loose, const char *name)
{
	int fd, top = open(loose->repo->objects,
			O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (top < 0)
		return -1;
	fd = openat(top, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && mkdirat(top, name, 0777) == 0 &&
		(loose->repo->sync_later || pm_fd_sync(top) == 0))
		fd = openat(top, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	close(top);
	return fd;
}

/* Writes the file and gives it its name in dir. */
static bool place(struct pm_ctx *ctx, const struct loose *loose, int dir,
	const char *name, struct pm_slice bytes)
{
	bool later = loose->repo->sync_later;
	char self[40];
	bool ok;
	int fd = openat(dir, ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, 0444);

	if (fd < 0)
		return false;
	snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	ok = pm_fd_write(ctx, fd, bytes) == 0 &&
	     (later || pm_fd_sync(fd) == 0) &&
	     (linkat(AT_FDCWD, self, dir, name, AT_SYMLINK_FOLLOW) == 0 ||
		     errno == EEXIST) &&
	     (later || pm_fd_sync(dir) == 0);
	close(fd);
	return ok;
}

static int write_loose(git_odb_backend *backend, const git_oid *oid,
	const void *content, size_t len, git_object_t type)
{
	const struct loose *loose = (const struct loose *)backend;
	struct pm_ctx *ctx;
	struct pm_buf bytes = PM_BUF_INIT;
	char hex[GIT_OID_HEXSZ + 1];
	char fan[3];
	bool ok = false;
	int dir = -1;

	if (len > MOST || !pack(pm_slice_make(content, len), type, &bytes))
		goto out;
	git_oid_tostr(hex, sizeof(hex), oid);
	memcpy(fan, hex, 2);
	fan[2] = '\0';
	dir = open_fan(loose, fan);
	/* What goes wrong here is told by who tries next. */
	ctx = pm_ctx_new();
	ok = dir >= 0 && place(ctx, loose, dir, hex + 2, pm_buf_slice(&bytes));
	pm_ctx_free(ctx);
out:
	if (dir >= 0)
		close(dir);
	pm_buf_release(&bytes);
	return ok ? 0 : GIT_ERROR;
}

static void free_loose(git_odb_backend *backend)
{
	free(backend);
}

int pm_git_loose_add(struct pm_repo *repo)
{
	struct loose *loose = pm_alloc(1, sizeof(*loose));
	struct pm_buf objects = PM_BUF_INIT;
	int rc = git_odb_init_backend(&loose->parent, GIT_ODB_BACKEND_VERSION);

	if (!repo->objects) {
		pm_buf_addf(&objects, "%s/objects", repo->commondir);
		repo->objects = pm_buf_take(&objects);
	}
	loose->parent.write = write_loose;
	loose->parent.free = free_loose;
	loose->repo = repo;
	if (rc == 0)
		rc = git_odb_add_backend(repo->odb, &loose->parent, PRIORITY);
	if (rc < 0)
		free(loose);
	return rc;
}
