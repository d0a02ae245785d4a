/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening a state: which tree or directory it is, its policy and people, and
 * the list of its documents. The list is made once and in path order, whatever
 * the kind, so that everything after it sees the same documents in the same
 * order.
 */
#include "snapshot/private.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/path.h"

void pm_snapshot_free(struct pm_snapshot *snap)
{
	if (!snap)
		return;
	if (snap->rootfd >= 0)
		close(snap->rootfd);
	pm_policy_free(snap->own);
	pm_vec_release(&snap->roots);
	pm_vec_release(&snap->shapes);
	pm_vec_release(&snap->items);
	pm_vec_release(&snap->extras);
	pm_vec_release(&snap->files);
	pm_arena_release(&snap->arena);
	free(snap);
}

/* --- documents ----------------------------------------------------------- */

void pm_snapshot_item_init(struct pm_snapshot *snap, struct pm_slice path,
	struct pm_snapshot_item *item)
{
	struct pm_slice copy = pm_arena_slice(&snap->arena, path);

	*item = (struct pm_snapshot_item){
		.doc = {.path = copy.ptr, .id = pm_path_id(copy)},
	};
}

struct pm_snapshot_item *pm_snapshot_add(
	struct pm_snapshot *snap, struct pm_slice path)
{
	struct pm_snapshot_item *item = pm_vec_push(&snap->items);

	pm_snapshot_item_init(snap, path, item);
	return item;
}

const struct pm_snapshot_item *pm_snapshot_item(
	const struct pm_snapshot *snap, size_t i)
{
	return i < snap->items.len ? &snap->items.items[i]
				   : snap->extras.items[i - snap->items.len];
}

void pm_snapshot_item_stage(
	struct pm_snapshot_item *item, const struct pm_git_entry *entry)
{
	item->staged = entry->oid;
	item->mtime_s = entry->mtime_s;
	item->mtime_ns = entry->mtime_ns;
	item->ctime_s = entry->ctime_s;
	item->ctime_ns = entry->ctime_ns;
	item->size = entry->size;
}

size_t pm_snapshot_by_path(const struct pm_snapshot *snap, struct pm_slice path)
{
	size_t low = 0, high = snap->items.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = pm_slice_cmp(
			pm_slice_str(snap->items.items[mid].doc.path), path);

		if (order == 0)
			return mid;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return SIZE_MAX;
}

size_t pm_snapshot_known(const struct pm_snapshot *snap, struct pm_slice path)
{
	size_t i = pm_snapshot_by_path(snap, path);

	for (size_t k = 0; i == SIZE_MAX && k < snap->extras.len; k++)
		if (pm_slice_is(path, snap->extras.items[k]->doc.path))
			i = snap->items.len + k;
	return i;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct pm_snapshot_item *)a)->doc.path,
		((const struct pm_snapshot_item *)b)->doc.path);
}

void pm_snapshot_sort(struct pm_snapshot *snap)
{
	if (snap->items.len > 0)
		qsort(snap->items.items, snap->items.len,
			sizeof(*snap->items.items), by_path);
}

/* A blob of a tree or of the index: a document if its path is one's. */
static int list_entry(void *data, const struct pm_git_entry *entry)
{
	struct pm_snapshot *snap = data;
	struct pm_snapshot_item *item;

	if ((entry->mode != PM_GIT_FILE && entry->mode != PM_GIT_EXEC) ||
		entry->intent_to_add ||
		!pm_snapshot_is_document(snap, entry->path))
		return 0;
	item = pm_snapshot_add(snap, entry->path);
	item->doc.oid = item->staged = entry->oid;
	item->doc.tracked = true;
	return 0;
}

static int list_tree(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	int rc = 0;

	for (size_t i = 0; i < snap->roots.len && rc == 0; i++)
		rc = pm_git_walk(ctx, snap->repo, &snap->tree,
			snap->roots.items[i], list_entry, snap);
	pm_snapshot_sort(snap);
	return rc;
}

int pm_snapshot_list(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	if (snap->listed)
		return 0;
	snap->listed = true;
	switch (snap->kind) {
	case PM_SNAPSHOT_WORKTREE:
		return pm_snapshot_list_worktree(ctx, snap);
	case PM_SNAPSHOT_STAGED:
		return pm_git_index(ctx, snap->repo, pm_slice_make(NULL, 0),
			list_entry, snap);
	default:
		return list_tree(ctx, snap);
	}
}

/* --- policy -------------------------------------------------------------- */

static int add_people(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	const char *file = snap->policy->people_file;
	struct pm_buf text = PM_BUF_INIT;
	int rc;

	if (!file)
		return 0;
	rc = pm_state_read(
		ctx, snap, pm_slice_str(file), PM_SNAPSHOT_SMALL, &text, NULL);
	if (rc < 0)
		pm_fail_prefix(ctx, "people_file in " PM_POLICY_PATH);
	else
		rc = pm_policy_add_people(
			ctx, snap->own, file, pm_buf_slice(&text));
	pm_buf_release(&text);
	return rc;
}

static int load_policy(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	struct pm_buf text = PM_BUF_INIT;
	int rc = pm_state_read(ctx, snap, pm_slice_str(PM_POLICY_PATH),
		PM_SNAPSHOT_SMALL, &text, NULL);

	if (rc == PM_ENOTFOUND) {
		pm_ctx_clear(ctx);
		rc = 0;
	}
	if (rc == 0)
		rc = pm_policy_parse(ctx, pm_buf_slice(&text), &snap->own);
	pm_buf_release(&text);
	if (rc < 0)
		return rc;
	snap->policy = snap->own;
	pm_snapshot_globs(snap);
	return add_people(ctx, snap);
}

/* The policy of a state, or the one it is to be seen by. */
static int settle_policy(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_snapshot_opts *opts)
{
	if (!opts->policy_of && !opts->policy)
		return load_policy(ctx, snap);
	snap->policy = opts->policy ? opts->policy : opts->policy_of->policy;
	pm_snapshot_globs(snap);
	return 0;
}
/* --- opening ------------------------------------------------------------- */

static int open_worktree(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	struct pm_buf sparse = PM_BUF_INIT;
	int rc = 0;

	snap->rootfd = pm_dir_open(ctx, pm_repo_worktree(snap->repo));
	if (snap->rootfd < 0)
		return snap->rootfd;
	/* Only then are there files that git has and the disk has not. */
	if (pm_repo_config(ctx, snap->repo, "core.sparseCheckout", &sparse) ==
			0 &&
		pm_slice_is_nocase(pm_buf_slice(&sparse), "true"))
		rc = pm_state_load(ctx, snap);
	pm_ctx_clear(ctx);
	pm_buf_release(&sparse);
	return rc;
}

static int open_revision(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_snapshot_opts *opts)
{
	struct pm_oid commit;
	int rc;

	if (opts->rev)
		rc = pm_git_resolve(
			ctx, snap->repo, opts->rev, &commit, &snap->tree);
	else
		rc = pm_git_head(ctx, snap->repo, &commit, &snap->tree);
	if (rc >= 0 && opts->settings)
		rc = pm_git_resolve(ctx, snap->repo, opts->settings, &commit,
			&snap->settings);
	return rc < 0 ? rc : 0;
}

/* What a kind means in this repository; may turn it into another. */
static int settle_kind(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	if (snap->kind == PM_SNAPSHOT_REVISION || pm_repo_worktree(snap->repo))
		return 0;
	if (pm_git_in_gitdir(snap->repo))
		return pm_fail(ctx, PM_EBARE,
			"this is Git's own directory, not a work tree (change "
			"to the work tree, or name a revision with --at)");
	if (snap->kind == PM_SNAPSHOT_STAGED)
		return pm_fail(ctx, PM_EBARE,
			"a bare repository has nothing staged (name a "
			"revision with --at)");
	snap->kind = PM_SNAPSHOT_REVISION;
	return 0;
}

static int open_kind(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_snapshot_opts *opts)
{
	switch (snap->kind) {
	case PM_SNAPSHOT_WORKTREE:
		return open_worktree(ctx, snap);
	case PM_SNAPSHOT_STAGED:
		return pm_state_load(ctx, snap);
	default:
		return open_revision(ctx, snap, opts);
	}
}

int pm_snapshot_open(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_snapshot_opts *opts, struct pm_snapshot **out)
{
	struct pm_snapshot *snap = pm_alloc(1, sizeof(*snap));
	int rc;

	*snap = (struct pm_snapshot){
		.repo = repo, .kind = opts->kind, .rootfd = -1};
	rc = settle_kind(ctx, snap);
	if (rc == 0)
		rc = open_kind(ctx, snap, opts);
	if (rc == 0)
		rc = settle_policy(ctx, snap, opts);
	if (rc == 0 && !opts->unlisted)
		rc = pm_snapshot_list(ctx, snap);
	if (rc < 0) {
		pm_snapshot_free(snap);
		return rc;
	}
	*out = snap;
	return 0;
}

/* --- asking -------------------------------------------------------------- */

const struct pm_policy *pm_snapshot_policy(const struct pm_snapshot *snap)
{
	return snap->policy;
}

size_t pm_snapshot_count(const struct pm_snapshot *snap)
{
	return snap->items.len + snap->extras.len;
}

size_t pm_snapshot_left_out(const struct pm_snapshot *snap)
{
	size_t n = 0;

	if (snap->kind != PM_SNAPSHOT_WORKTREE)
		return 0;
	for (size_t i = 0; i < snap->files.len; i++)
		n += pm_snapshot_is_document(snap, snap->files.items[i].path);
	return n;
}

void pm_snapshot_left_out_ids(
	const struct pm_snapshot *snap, struct pm_map *out)
{
	if (snap->kind != PM_SNAPSHOT_WORKTREE)
		return;
	for (size_t i = 0; i < snap->files.len; i++) {
		struct pm_slice path = snap->files.items[i].path;

		if (pm_snapshot_is_document(snap, path))
			pm_map_put(out, pm_path_id(path), NULL);
	}
}

size_t pm_snapshot_unmerged(const struct pm_snapshot *snap)
{
	size_t n = 0;

	if (snap->kind != PM_SNAPSHOT_STAGED)
		return 0;
	for (size_t i = 0; i < snap->files.len; i++) {
		const struct pm_snapshot_file *file = &snap->files.items[i];

		n += file->unmerged &&
		     pm_snapshot_is_document(snap, file->path);
	}
	return n;
}

const struct pm_snapshot_doc *pm_snapshot_doc(
	const struct pm_snapshot *snap, size_t i)
{
	return &pm_snapshot_item(snap, i)->doc;
}

bool pm_snapshot_listed(const struct pm_snapshot *snap)
{
	return snap->listed;
}

const struct pm_oid *pm_snapshot_staged(
	const struct pm_snapshot *snap, size_t i)
{
	return &pm_snapshot_item(snap, i)->staged;
}

int pm_snapshot_help(struct pm_ctx *ctx, void *data, const char *request)
{
	const struct pm_snapshot *snap = data;

	return pm_git_help(ctx, snap->repo, request);
}

struct pm_repo *pm_snapshot_repo(const struct pm_snapshot *snap)
{
	return snap->repo;
}

enum pm_snapshot_kind pm_snapshot_kind(const struct pm_snapshot *snap)
{
	return snap->kind;
}
