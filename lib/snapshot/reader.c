/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A process's own hands on a snapshot. A worker's Git handle is the copy that
 * fork made of its parent's: what libgit2 keeps open it reads by mapping, so
 * no two processes move one file's offset, and opening the repository anew
 * would cost more than judging a document.
 */
#include "snapshot/private.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/path.h"
#include "base/utf8.h"
#include "snapshot/reader.h"

int pm_reader_new(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_reader **out)
{
	struct pm_reader *reader = pm_alloc(1, sizeof(*reader));

	(void)ctx;
	reader->paths = (struct pm_buf)PM_BUF_INIT;
	reader->near = (struct pm_near)PM_NEAR_INIT(snap->rootfd);
	reader->snap = snap;
	reader->top = -1;
	*out = reader;
	return 0;
}

void pm_reader_free(struct pm_reader *reader)
{
	if (!reader)
		return;
	pm_reader_templates_release(reader);
	pm_buf_release(&reader->paths);
	pm_near_release(&reader->near);
	if (reader->top >= 0)
		close(reader->top);
	free(reader);
}

bool pm_snapshot_clean(
	const struct pm_snapshot_item *item, const struct stat *st)
{
	return item->mtime_s != 0 && st->st_mtim.tv_sec == item->mtime_s &&
	       (uint32_t)st->st_mtim.tv_nsec == item->mtime_ns &&
	       st->st_ctim.tv_sec == item->ctime_s &&
	       (uint32_t)st->st_ctim.tv_nsec == item->ctime_ns &&
	       (uint32_t)st->st_size == item->size;
}

static int fail_large(struct pm_ctx *ctx, const struct pm_snapshot_item *item,
	const struct stat *st, size_t limit)
{
	if (st->st_size == 0)
		return pm_fail_prefix(ctx, "'%s'", item->doc.path);
	return pm_fail(ctx, PM_ELIMIT,
		"'%s' has %lld bytes, more than the %zu that the policy allows "
		"(max_document)",
		item->doc.path, (long long)st->st_size, limit);
}

/* As pm_state_read, with the directory of the last file at hand. */
static int read_path(struct pm_ctx *ctx, struct pm_reader *reader,
	struct pm_slice path, size_t limit, struct pm_buf *out, struct stat *st)
{
	const struct pm_snapshot *snap = reader->snap;
	char *name;
	int rc;

	if (snap->kind == PM_SNAPSHOT_WORKTREE) {
		name = pm_strndup(path.ptr, path.len);
		rc = pm_file_read_near(
			ctx, &reader->near, name, limit, out, st);
		free(name);
		/* Unless a sparse checkout leaves it out, that was it. */
		if (rc != PM_ENOTFOUND || snap->files.len == 0)
			return rc;
	}
	return pm_state_read(ctx, snap, path, limit, out, st);
}

/* The files that a revision may be read from. */
static struct pm_near *checked_out(struct pm_ctx *ctx, struct pm_reader *reader)
{
	const char *top = pm_repo_worktree(reader->snap->repo);

	if (!reader->sought) {
		reader->top = top ? pm_dir_open(ctx, top) : -1;
		reader->near.root = reader->top;
		reader->sought = true;
	}
	return &reader->near;
}

int pm_reader_doc(struct pm_ctx *ctx, struct pm_reader *reader, size_t i,
	struct pm_buf *out, struct pm_oid *oid)
{
	const struct pm_snapshot *snap = reader->snap;
	const struct pm_snapshot_item *item = pm_snapshot_item(snap, i);
	size_t limit = snap->policy->max_document, before = out->len;
	struct stat st = {0};
	int rc;

	if (snap->kind == PM_SNAPSHOT_WORKTREE)
		rc = read_path(ctx, reader, pm_slice_str(item->doc.path), limit,
			out, &st);
	else
		rc = pm_git_blob_near(ctx, snap->repo, checked_out(ctx, reader),
			&(struct pm_git_entry){
				.path = pm_slice_str(item->doc.path),
				.oid = item->doc.oid},
			limit, out);
	if (rc == PM_ELIMIT)
		return fail_large(ctx, item, &st, limit);
	if (rc < 0 || !oid)
		return rc;
	if (snap->kind != PM_SNAPSHOT_WORKTREE)
		*oid = item->doc.oid;
	else if (pm_snapshot_clean(item, &st))
		*oid = item->staged;
	else
		pm_git_hash(pm_slice_from(pm_buf_slice(out), before), oid);
	return 0;
}

int pm_reader_known(struct pm_ctx *ctx, struct pm_reader *reader, size_t i,
	struct pm_oid *oid)
{
	const struct pm_snapshot *snap = reader->snap;
	const struct pm_snapshot_item *item = pm_snapshot_item(snap, i);
	struct stat st;

	if (snap->kind != PM_SNAPSHOT_WORKTREE) {
		*oid = item->doc.oid;
		return 1;
	}
	if (fstatat(snap->rootfd, item->doc.path, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return pm_fail_errno(ctx, "cannot read '%s'", item->doc.path);
	if (!S_ISREG(st.st_mode) || !pm_snapshot_clean(item, &st))
		return 0;
	*oid = item->staged;
	return 1;
}

int pm_reader_blob(struct pm_ctx *ctx, struct pm_reader *reader,
	const struct pm_oid *oid, struct pm_buf *out)
{
	return pm_git_blob(ctx, reader->snap->repo, oid,
		reader->snap->policy->max_document, out);
}

int pm_reader_file(struct pm_ctx *ctx, struct pm_reader *reader,
	struct pm_slice path, size_t limit, struct pm_buf *out)
{
	return read_path(ctx, reader, path, limit, out, NULL);
}

int pm_reader_exists(
	struct pm_ctx *ctx, struct pm_reader *reader, struct pm_slice path)
{
	/* Most links lead to other documents. */
	if (pm_snapshot_by_path(reader->snap, path) != SIZE_MAX)
		return 1;
	return pm_state_exists(ctx, reader->snap, path, NULL);
}

struct visit {
	pm_reader_file_fn fn;
	void *data;
};

static int visit_entry(void *data, const struct pm_git_entry *entry)
{
	const struct visit *visit = data;

	if (entry->mode != PM_GIT_FILE && entry->mode != PM_GIT_EXEC)
		return 0;
	return visit->fn(visit->data, entry->path);
}

int pm_reader_files(struct pm_ctx *ctx, struct pm_reader *reader,
	struct pm_slice dir, pm_reader_file_fn fn, void *data)
{
	const struct pm_snapshot *snap = reader->snap;
	struct visit visit = {fn, data};

	if (snap->kind == PM_SNAPSHOT_WORKTREE)
		return pm_snapshot_walk_disk(ctx, snap, dir, fn, data);
	/* Listed when the snapshot was opened: only git can read an index of
	   another shape, and a worker may not start it. */
	if (snap->kind == PM_SNAPSHOT_STAGED)
		return pm_state_files(snap, dir, fn, data);
	return pm_git_walk(
		ctx, snap->repo, &snap->tree, dir, visit_entry, &visit);
}

/* --- by id --------------------------------------------------------------- */

static int list_path(void *data, struct pm_slice path)
{
	struct pm_reader *reader = data;

	if (!pm_snapshot_is_document(reader->snap, path))
		return 0;
	pm_buf_add_slice(&reader->paths, path);
	pm_buf_addc(&reader->paths, '\0');
	return 0;
}

static int list_paths(struct pm_ctx *ctx, struct pm_reader *reader)
{
	const struct pm_snapshot *snap = reader->snap;
	int rc = 0;

	if (reader->listed)
		return 0;
	for (size_t i = 0; i < snap->roots.len && rc == 0; i++)
		rc = pm_reader_files(
			ctx, reader, snap->roots.items[i], list_path, reader);
	reader->listed = rc == 0;
	return rc;
}

int pm_reader_with_id(struct pm_ctx *ctx, struct pm_reader *reader,
	struct pm_slice id, pm_reader_file_fn fn, void *data)
{
	struct pm_slice rest;
	int rc = list_paths(ctx, reader);

	rest = pm_buf_slice(&reader->paths);
	while (rc == 0 && rest.len > 0) {
		struct pm_slice path = pm_slice_str(rest.ptr);

		if (!id.len || pm_utf8_fold_cmp(pm_path_id(path), id) == 0)
			rc = fn(data, path);
		rest = pm_slice_from(rest, path.len + 1);
	}
	return rc;
}
