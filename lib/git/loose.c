/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing objects. libgit2 writes each under a temporary name that outlives a
 * kill, and git gc does not know it. Here the bytes go into a file without a
 * name, which is synced and then linked to its place: a killed pm leaves the
 * object or nothing. Whatever goes wrong, libgit2 tries next in its own way
 * and says what it was.
 *
 * A commit is half a dozen objects, and each would wait for the disk twice, for
 * its file and for the directory that has its name. So those that are small and
 * few are fresh at first: on their way to the disk, without a name, known to
 * this process only. pm_git_loose_sync, before anybody else has to find them,
 * waits for all files, names them, and waits for the directories. No object
 * ever has its name before its bytes are on the disk.
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
#include "base/vec.h"

/* Before libgit2's own ways to write, which have 1 and 2. */
#define PRIORITY 8

/* Larger ones are libgit2's, which does not hold them twice. */
#define MOST (64u << 20)

/* So much may be fresh, each with an open file; what is beyond waits alone. */
#define FRESH_MOST  32
#define FRESH_BYTES (1u << 20)

struct fresh {
	git_oid oid;
	git_object_t type;
	struct pm_buf content;
	int fd; /* -1: the file came to nothing */
};

struct pm_git_fresh {
	PM_VEC(struct fresh) objects;
	bool by_libgit2; /* what is written now is its alone */
};

struct loose {
	git_odb_backend parent;
	struct pm_repo *repo;
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

/* Opens the directory of all objects; -1 with errno. */
static int open_top(const struct pm_repo *repo)
{
	return open(repo->objects, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* Opens the directory of the objects that begin so, which is made if need be:
 *made then. -1 with errno. */
static int open_fan(int top, const git_oid *oid, bool *made)
{
	char name[3];
	int fd;

	snprintf(name, sizeof(name), "%02x", oid->id[0]);
	fd = openat(top, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0 || errno != ENOENT)
		return fd;
	if (mkdirat(top, name, 0777) < 0 && errno != EEXIST)
		return -1;
	*made = true;
	return openat(top, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* Some file systems sync no directory. */
static int sync_dir(int dir)
{
	return pm_fd_sync(dir) < 0 && errno != EINVAL ? -1 : 0;
}

/* Writes a file without a name; -1 when that cannot be had. */
static int write_nameless(int dir, struct pm_slice bytes)
{
	int fd = openat(dir, ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, 0444);

	/* What goes wrong here is told by whoever tries next. */
	if (fd < 0 || pm_fd_write_all(fd, bytes) == 0)
		return fd;
	close(fd);
	return -1;
}

/* Names the file in dir; another may have written the object meanwhile. */
static bool name_file(int fd, int dir, const git_oid *oid)
{
	char self[40];
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), oid);
	snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	return linkat(AT_FDCWD, self, dir, hex + 2, AT_SYMLINK_FOLLOW) == 0 ||
	       errno == EEXIST;
}

/* Writes one object by itself. */
static bool place(
	const struct pm_repo *repo, const git_oid *oid, struct pm_slice bytes)
{
	bool later = repo->sync_later, made = false, ok = false;
	int fd = -1, dir = -1, top = open_top(repo);

	if (top >= 0)
		dir = open_fan(top, oid, &made);
	if (dir >= 0)
		fd = write_nameless(dir, bytes);
	if (fd >= 0)
		ok = (later || !made || sync_dir(top) == 0) &&
		     (later || pm_fd_sync(fd) == 0) &&
		     name_file(fd, dir, oid) && (later || sync_dir(dir) == 0);
	if (fd >= 0)
		close(fd);
	if (dir >= 0)
		close(dir);
	if (top >= 0)
		close(top);
	return ok;
}

/* --- fresh ones ---------------------------------------------------------- */

static const struct fresh *find_fresh(
	git_odb_backend *backend, const git_oid *oid)
{
	struct pm_git_fresh *all = ((struct loose *)backend)->repo->fresh;

	for (size_t i = 0; all && i < all->objects.len; i++)
		if (git_oid_equal(&all->objects.items[i].oid, oid))
			return &all->objects.items[i];
	return NULL;
}

static int has_object(git_odb_backend *backend, const git_oid *oid)
{
	return find_fresh(backend, oid) != NULL;
}

static int read_head(size_t *len, git_object_t *type, git_odb_backend *backend,
	const git_oid *oid)
{
	const struct fresh *fresh = find_fresh(backend, oid);

	if (!fresh)
		return GIT_ENOTFOUND;
	*len = fresh->content.len;
	*type = fresh->type;
	return 0;
}

static int read_object(void **content, size_t *len, git_object_t *type,
	git_odb_backend *backend, const git_oid *oid)
{
	const struct fresh *fresh = find_fresh(backend, oid);

	if (!fresh)
		return GIT_ENOTFOUND;
	*content = git_odb_backend_data_alloc(backend, fresh->content.len + 1);
	if (!*content)
		return GIT_ERROR;
	/* With the NUL behind it. */
	memcpy(*content, fresh->content.ptr, fresh->content.len + 1);
	*len = fresh->content.len;
	*type = fresh->type;
	return 0;
}

/* Begins to write an object that is to be synced with others. */
static bool keep(struct pm_repo *repo, const git_oid *oid, git_object_t type,
	struct pm_slice content, struct pm_slice bytes)
{
	struct fresh *fresh;
	int fd = -1, top = open_top(repo);

	/* All in one directory, so that what the file system has to write for
	   them lies together. */
	if (top >= 0) {
		fd = write_nameless(top, bytes);
		close(top);
	}
	if (fd < 0)
		return false;
	/* Only so that the disk has something to do meanwhile. */
	sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	if (!repo->fresh)
		repo->fresh = pm_alloc(1, sizeof(*repo->fresh));
	fresh = pm_vec_push(&repo->fresh->objects);
	*fresh = (struct fresh){
		.oid = *oid, .type = type, .content = PM_BUF_INIT, .fd = fd};
	pm_buf_add_slice(&fresh->content, content);
	return true;
}

static void give_up(struct fresh *fresh)
{
	if (fresh->fd >= 0)
		close(fresh->fd);
	fresh->fd = -1;
}

/*
 * Files, names, directories, in this order. A directory of several is synced
 * with the last of them. -1 with errno when a directory cannot be; a file that
 * comes to nothing is given up.
 */
static int sync_fresh(struct pm_git_fresh *all, int top)
{
	struct fresh *items = all->objects.items;
	size_t n = all->objects.len;
	int dirs[256], failed = 0;
	bool made = false;

	for (size_t i = 0; i < n; i++)
		if (pm_fd_sync(items[i].fd) < 0)
			give_up(&items[i]);
	for (size_t i = 0; i < 256; i++)
		dirs[i] = -1;
	for (size_t i = 0; i < n; i++) {
		int *dir = &dirs[items[i].oid.id[0]];

		if (*dir < 0)
			*dir = open_fan(top, &items[i].oid, &made);
		if (items[i].fd >= 0 &&
			(*dir < 0 ||
				!name_file(items[i].fd, *dir, &items[i].oid)))
			give_up(&items[i]);
	}
	for (size_t i = 0; i < 256; i++) {
		if (dirs[i] < 0)
			continue;
		if (!failed && sync_dir(dirs[i]) < 0)
			failed = errno;
		close(dirs[i]);
	}
	if (!failed && made && sync_dir(top) < 0)
		failed = errno;
	errno = failed;
	return failed ? -1 : 0;
}

/* Has libgit2 write what was given up. */
static int write_again(struct pm_ctx *ctx, const struct pm_repo *repo,
	const struct fresh *fresh)
{
	git_oid oid;
	int rc;

	repo->fresh->by_libgit2 = true;
	rc = git_odb_write(&oid, repo->odb, fresh->content.ptr,
		fresh->content.len, fresh->type);
	repo->fresh->by_libgit2 = false;
	return rc < 0 ? pm_git_fail(
				ctx, rc, "cannot write to '%s'", repo->objects)
		      : 0;
}

int pm_git_loose_sync(struct pm_ctx *ctx, const struct pm_repo *repo)
{
	struct pm_git_fresh *all = repo->fresh;
	struct pm_git_fresh done;
	int rc = 0, top;

	if (!all || all->objects.len == 0)
		return 0;
	top = open_top(repo);
	if (top < 0 || sync_fresh(all, top) < 0)
		rc = pm_fail_errno(ctx, "cannot write to '%s'", repo->objects);
	if (top >= 0)
		close(top);
	/* They are objects as all others now, or none. */
	done = *all;
	*all = (struct pm_git_fresh){.by_libgit2 = false};
	for (size_t i = 0; i < done.objects.len; i++) {
		struct fresh *fresh = &done.objects.items[i];

		if (rc == 0 && fresh->fd < 0)
			rc = write_again(ctx, repo, fresh);
		give_up(fresh);
		pm_buf_release(&fresh->content);
	}
	pm_vec_release(&done.objects);
	return rc;
}

void pm_git_loose_drop(struct pm_repo *repo)
{
	struct pm_git_fresh *all = repo->fresh;

	for (size_t i = 0; all && i < all->objects.len; i++) {
		give_up(&all->objects.items[i]);
		pm_buf_release(&all->objects.items[i].content);
	}
	if (all)
		pm_vec_release(&all->objects);
	free(all);
	repo->fresh = NULL;
}

/* --- what libgit2 calls -------------------------------------------------- */

static int write_loose(git_odb_backend *backend, const git_oid *oid,
	const void *content, size_t len, git_object_t type)
{
	struct pm_repo *repo = ((struct loose *)backend)->repo;
	struct pm_slice text = pm_slice_make(content, len);
	struct pm_buf bytes = PM_BUF_INIT;
	bool ok,
		alone = repo->sync_later || len > FRESH_BYTES ||
			(repo->fresh && repo->fresh->objects.len >= FRESH_MOST);

	if (len > MOST || (repo->fresh && repo->fresh->by_libgit2))
		return GIT_ERROR;
	ok = pack(text, type, &bytes);
	if (ok && alone)
		ok = place(repo, oid, pm_buf_slice(&bytes));
	else if (ok)
		ok = keep(repo, oid, type, text, pm_buf_slice(&bytes));
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
	loose->parent.read = read_object;
	loose->parent.read_header = read_head;
	loose->parent.exists = has_object;
	loose->parent.write = write_loose;
	loose->parent.free = free_loose;
	loose->repo = repo;
	if (rc == 0)
		rc = git_odb_add_backend(repo->odb, &loose->parent, PRIORITY);
	if (rc < 0)
		free(loose);
	return rc;
}
