/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The documents of the work tree: only the directories that a glob can reach
 * are walked, links are not followed, nor is another repository entered. A
 * file that git ignores is no document unless git tracks it all the same.
 */
#include "snapshot/private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/path.h"

/* Deeper than any layout; one descriptor is open for each level. */
#define MAX_DEPTH 128

struct walk {
	struct pm_ctx *ctx;
	const struct pm_snapshot *snap;
	struct pm_buf path; /* of the directory at hand, with its "/" */
	unsigned depth;
	int stopped; /* what fn returned, when not zero */
	pm_reader_file_fn fn;
	void *data;
};

/* --- directories --------------------------------------------------------- */

/* What is not read is not judged: nobody may take that for no finding. */
static void fail(struct walk *walk, const char *name)
{
	walk->stopped = pm_fail_errno(
		walk->ctx, "cannot read '%s%s'", walk->path.ptr, name);
}

/*
 * Opens a directory of this repository; -1 for anything else. One that others
 * keep for themselves, somewhere below a glob's root, is told and left out.
 */
static int enter(struct walk *walk, int parent, const char *name)
{
	struct stat st;
	int fd;

	do
		fd = openat(parent, name,
			O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	if (fd < 0) {
		if (errno == EACCES && walk->depth > 0)
			pm_notice(walk->ctx,
				"cannot read '%s%s', which is left out: %s",
				walk->path.ptr, name, strerror(errno));
		else if (errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
			fail(walk, name);
		return -1;
	}
	/* A submodule, or a repository that happens to lie here. */
	if (fstatat(fd, ".git", &st, AT_SYMLINK_NOFOLLOW) == 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static unsigned char type_of(int dirfd, const struct dirent *entry)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type;
	if (fstatat(dirfd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return DT_UNKNOWN;
	return S_ISDIR(st.st_mode)   ? DT_DIR
	       : S_ISREG(st.st_mode) ? DT_REG
				     : DT_UNKNOWN;
}

static void walk_dir(struct walk *walk, int fd);

static void visit(struct walk *walk, int dirfd, const struct dirent *entry)
{
	size_t len = walk->path.len;
	const char *name = entry->d_name;
	unsigned char type;
	int fd;

	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		strcmp(name, ".git") == 0)
		return;
	type = type_of(dirfd, entry);
	if (type == DT_DIR) {
		fd = walk->depth < MAX_DEPTH ? enter(walk, dirfd, name) : -1;
		if (walk->depth >= MAX_DEPTH)
			pm_notice(walk->ctx,
				"'%s%s' is nested too deeply and left out",
				walk->path.ptr, name);
		if (fd < 0)
			return;
		pm_buf_addf(&walk->path, "%s/", name);
		walk_dir(walk, fd);
	} else if (type == DT_REG) {
		pm_buf_adds(&walk->path, name);
		walk->stopped = walk->fn(walk->data, pm_buf_slice(&walk->path));
	}
	pm_buf_truncate(&walk->path, len);
}

/* Visits what the open directory holds; closes fd. */
static void walk_dir(struct walk *walk, int fd)
{
	DIR *dir = fdopendir(fd);
	const struct dirent *entry;

	if (!dir) {
		fail(walk, "");
		close(fd);
		return;
	}
	walk->depth++;
	while (walk->stopped == 0) {
		errno = 0;
		entry = readdir(dir);
		if (!entry)
			break;
		visit(walk, fd, entry);
	}
	if (walk->stopped == 0 && errno != 0)
		fail(walk, "");
	walk->depth--;
	closedir(dir);
}

/* Walks what is under root, going down to it one directory at a time. */
static void walk_root(struct walk *walk, struct pm_slice root)
{
	int fd = openat(
		walk->snap->rootfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	pm_buf_reset(&walk->path);
	if (fd < 0)
		fail(walk, ".");
	while (fd >= 0 && root.len > 0) {
		ptrdiff_t slash = pm_slice_find(root, 0, '/');
		size_t len = slash < 0 ? root.len : (size_t)slash;
		char *name = pm_strndup(root.ptr, len);
		int next = enter(walk, fd, name);

		close(fd);
		fd = next;
		pm_buf_addf(&walk->path, "%s/", name);
		free(name);
		root = pm_slice_from(root, slash < 0 ? len : len + 1);
	}
	if (fd >= 0)
		walk_dir(walk, fd);
}

/* --- what git says of them ----------------------------------------------- */

struct merge {
	struct pm_snapshot *snap;
	size_t next; /* first document not before the entry */
};

/* Index and documents are both in path order: one step each. */
static int merge_entry(void *data, const struct pm_git_entry *entry)
{
	struct merge *merge = data;
	struct pm_snapshot *snap = merge->snap;
	struct pm_snapshot_item *item;
	int order = -1;

	for (; merge->next < snap->items.len; merge->next++) {
		item = &snap->items.items[merge->next];
		order = pm_slice_cmp(pm_slice_str(item->doc.path), entry->path);
		if (order >= 0)
			break;
	}
	if (order != 0)
		return 0;
	item = &snap->items.items[merge->next];
	item->doc.tracked = true;
	if (entry->intent_to_add)
		return 0;
	pm_snapshot_item_stage(item, entry);
	return 0;
}

/* Drops the documents that git ignores. */
static void drop_ignored(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	size_t kept = 0;

	for (size_t i = 0; i < snap->items.len; i++) {
		const struct pm_snapshot_item *item = &snap->items.items[i];
		int ignored = item->doc.tracked
				      ? 0
				      : pm_git_ignored(ctx, snap->repo,
						item->doc.path);

		/* Not to be told: then it is a document. */
		if (ignored < 0)
			pm_ctx_clear(ctx);
		if (ignored <= 0)
			snap->items.items[kept++] = *item;
	}
	snap->items.len = kept;
}

/* Keeps a file that is a document by its path. */
static int list_file(void *data, struct pm_slice path)
{
	struct pm_snapshot *snap = data;

	if (pm_snapshot_is_document(snap, path))
		pm_snapshot_add(snap, path);
	return 0;
}

int pm_snapshot_walk_disk(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_slice dir, pm_reader_file_fn fn, void *data)
{
	struct walk walk = {
		.ctx = ctx,
		.snap = snap,
		.path = PM_BUF_INIT,
		.fn = fn,
		.data = data,
	};

	walk_root(&walk, dir);
	pm_buf_release(&walk.path);
	return walk.stopped;
}

int pm_snapshot_list_worktree(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	struct merge merge = {.snap = snap};
	int rc = 0;

	for (size_t i = 0; i < snap->roots.len && rc == 0; i++)
		rc = pm_snapshot_walk_disk(
			ctx, snap, snap->roots.items[i], list_file, snap);
	if (rc < 0)
		return rc;
	pm_snapshot_sort(snap);
	rc = pm_git_index(
		ctx, snap->repo, pm_slice_make(NULL, 0), merge_entry, &merge);
	if (rc == 0)
		drop_ignored(ctx, snap);
	return rc;
}
