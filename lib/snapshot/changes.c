/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What differs between two states. Between revisions raw trees tell it, for
 * the index git's notes as well. The work tree is the index and, laid over it,
 * what differs from it on disk: a file that looks as git last saw it is not
 * read.
 */
#include "snapshot/changes.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "snapshot/snapshot.h"

/* What a message holds of the names of settings. */
#define SETTINGS_MOST 120

const char *pm_change_name(enum pm_change_kind kind)
{
	static const char *const names[] = {
		[PM_CHANGE_ADDED] = "added",
		[PM_CHANGE_REMOVED] = "removed",
		[PM_CHANGE_MODIFIED] = "modified",
		[PM_CHANGE_RENAMED] = "renamed",
		[PM_CHANGE_NONE] = "unchanged",
	};

	return names[kind];
}

void pm_changes_free(struct pm_changes *changes)
{
	if (!changes)
		return;
	pm_vec_release(&changes->items);
	pm_vec_release(&changes->files);
	pm_map_release(&changes->by_path);
	pm_buf_release(&changes->settings);
	pm_arena_release(&changes->arena);
	free(changes);
}

/* --- collecting ---------------------------------------------------------- */

/* The change at this path; a new one has neither side yet. */
static struct pm_change *change_at(
	struct pm_changes *changes, struct pm_slice path, bool *added)
{
	uintptr_t *number = pm_map_put(&changes->by_path, path, added);
	struct pm_change *change;

	if (!*added)
		return &changes->items.items[*number - 1];
	change = pm_vec_push(&changes->items);
	change->old_path = change->new_path =
		pm_arena_slice(&changes->arena, path).ptr;
	*number = changes->items.len;
	return change;
}

static bool is_file(unsigned mode)
{
	return mode == PM_GIT_FILE || mode == PM_GIT_EXEC;
}

static bool is_setting(const struct pm_changes *changes, struct pm_slice path)
{
	const char *now = changes->new->policy->people_file;

	return pm_slice_starts(path, ".pm/") || (now && pm_slice_is(path, now));
}

/* Names a setting that differs, or where that would be long counts it. */
static void take_setting(struct pm_changes *changes, struct pm_slice path)
{
	struct pm_buf *names = &changes->settings;

	if (names->len + path.len > SETTINGS_MOST)
		changes->unnamed++;
	else
		pm_buf_addf(names, "%s%.*s", names->len ? ", " : "",
			PM_SLICE_ARG(path));
}

static void count_unnamed(struct pm_changes *changes)
{
	if (changes->unnamed)
		pm_buf_addf(&changes->settings, "%s%zu more",
			changes->settings.len ? " and " : "", changes->unnamed);
}

static void take_file(struct pm_changes *changes, struct pm_slice path)
{
	if (pm_snapshot_is_beside(changes->new, path))
		*pm_vec_push(&changes->files) =
			pm_arena_slice(&changes->arena, path).ptr;
}

/* A blob that differs: links are no documents. */
static int take_blob(void *data, const struct pm_git_change *blob)
{
	struct pm_changes *changes = data;
	struct pm_change *change;
	bool added;

	if (is_setting(changes, blob->path))
		take_setting(changes, blob->path);
	if (!pm_snapshot_is_document(changes->new, blob->path)) {
		if (is_file(blob->old_mode) &&
			!pm_oid_eq(&blob->old_oid, &blob->new_oid))
			take_file(changes, blob->path);
		return 0;
	}
	if (blob->new_mode == PM_GIT_LINK && changes->nlinks++ == 0)
		changes->link = pm_arena_slice(&changes->arena, blob->path).ptr;
	if (!is_file(blob->old_mode) && !is_file(blob->new_mode))
		return 0;
	change = change_at(changes, blob->path, &added);
	if (is_file(blob->old_mode))
		change->old_oid = blob->old_oid;
	if (is_file(blob->new_mode))
		change->new_oid = blob->new_oid;
	return 0;
}

/* The document is that blob in the work tree (zero: gone), not the staged. */
static void lay_over(struct pm_changes *changes, struct pm_slice path,
	const struct pm_oid *staged, const struct pm_oid *oid)
{
	bool added;
	struct pm_change *change = change_at(changes, path, &added);

	/* What does not differ in the index is there as it was before. */
	if (added)
		change->old_oid = *staged;
	change->new_oid = *oid;
}

/* The bytes with CR LF as LF: what git stores where it converts line ends. */
static void hash_as_stored(struct pm_buf *bytes, struct pm_oid *oid)
{
	size_t kept = 0;

	for (size_t i = 0; i < bytes->len; i++) {
		if (bytes->ptr[i] == '\r' && i + 1 < bytes->len &&
			bytes->ptr[i + 1] == '\n')
			continue;
		bytes->ptr[kept++] = bytes->ptr[i];
	}
	pm_buf_truncate(bytes, kept);
	pm_git_hash(pm_buf_slice(bytes), oid);
}

/* Larger than this no file is read only to learn whether it changed. */
#define READ_MOST ((off_t)16 << 20)

/*
 * A file that the policy calls too large is not read, whatever its size: it is
 * known by what it looks like. One that is in Git is, up to a bound: it may be
 * the same although it looks different.
 */
static bool too_large(const struct pm_snapshot *snap,
	const struct pm_snapshot_item *item, const struct stat *st)
{
	return S_ISREG(st->st_mode) &&
	       st->st_size > (off_t)snap->policy->max_document &&
	       (!item->doc.tracked || st->st_size > READ_MOST);
}

void pm_snapshot_look(const struct stat *st, struct pm_oid *out)
{
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_addf(&text, "too large: %lld bytes, %lld.%09ld",
		(long long)st->st_size, (long long)st->st_mtim.tv_sec,
		(long)st->st_mtim.tv_nsec);
	pm_git_hash(pm_buf_slice(&text), out);
	pm_buf_release(&text);
}

/* One document of the work tree. One that went away meanwhile is gone. */
static int look_at(struct pm_ctx *ctx, struct pm_changes *changes,
	const struct pm_snapshot_item *item, struct pm_buf *bytes)
{
	struct pm_snapshot *snap = changes->new;
	struct pm_slice path = pm_slice_str(item->doc.path);
	struct pm_oid oid, stored;
	struct stat st;
	int rc;

	if (fstatat(snap->rootfd, item->doc.path, &st, AT_SYMLINK_NOFOLLOW) ==
		0) {
		if (S_ISREG(st.st_mode) && pm_snapshot_clean(item, &st))
			return 0;
		if (too_large(snap, item, &st)) {
			pm_snapshot_look(&st, &oid);
			lay_over(changes, path, &item->staged, &oid);
			return 0;
		}
	}
	pm_buf_reset(bytes);
	rc = pm_state_read(ctx, snap, path, 0, bytes, NULL);
	if (rc < 0)
		return rc;
	pm_git_hash(pm_buf_slice(bytes), &oid);
	if (item->doc.tracked && pm_oid_eq(&oid, &item->staged))
		return 0;
	if (item->doc.tracked && memchr(bytes->ptr, '\r', bytes->len)) {
		hash_as_stored(bytes, &stored);
		if (pm_oid_eq(&stored, &item->staged))
			return 0;
	}
	lay_over(changes, path, &item->staged, &oid);
	return 0;
}

/* Index and documents in step, to find what is gone from the disk. */
struct gone {
	struct pm_ctx *ctx;
	struct pm_changes *changes;
	size_t next; /* first document not before the entry */
};

/* A file of the index that is no document: is it what it was on the disk? */
static int look_beside(struct gone *gone, const struct pm_git_entry *entry)
{
	struct pm_snapshot *snap = gone->changes->new;
	struct pm_snapshot_item item = {.mtime_s = entry->mtime_s,
		.mtime_ns = entry->mtime_ns,
		.ctime_s = entry->ctime_s,
		.ctime_ns = entry->ctime_ns,
		.size = entry->size};
	struct pm_buf bytes = PM_BUF_INIT;
	struct stat st;
	struct pm_oid oid;
	bool same = false;

	if (!pm_snapshot_is_beside(snap, entry->path))
		return 0;
	pm_buf_add_slice(&bytes, entry->path);
	if (fstatat(snap->rootfd, bytes.ptr, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		S_ISREG(st.st_mode)) {
		same = pm_snapshot_clean(&item, &st) || st.st_size > READ_MOST;
		pm_buf_reset(&bytes);
		/* Touched only, as most are. */
		if (!same && pm_state_read(gone->ctx, snap, entry->path, 0,
				     &bytes, NULL) == 0) {
			pm_git_hash(pm_buf_slice(&bytes), &oid);
			same = pm_oid_eq(&oid, &entry->oid);
		}
	}
	pm_ctx_clear(gone->ctx);
	pm_buf_release(&bytes);
	if (!same)
		take_file(gone->changes, entry->path);
	return 0;
}

static int take_entry(void *data, const struct pm_git_entry *entry)
{
	static const struct pm_oid none;
	struct gone *gone = data;
	const struct pm_snapshot *snap = gone->changes->new;
	int order = -1;

	for (; gone->next < snap->items.len; gone->next++) {
		order = pm_slice_cmp(
			pm_slice_str(snap->items.items[gone->next].doc.path),
			entry->path);
		if (order >= 0)
			break;
	}
	if (order == 0 && gone->next < snap->items.len)
		return 0;
	if (entry->skip_worktree || entry->intent_to_add ||
		!is_file(entry->mode))
		return 0;
	if (!pm_snapshot_is_document(snap, entry->path))
		return look_beside(gone, entry);
	lay_over(gone->changes, entry->path, &entry->oid, &none);
	return 0;
}

static int collect_worktree(struct pm_ctx *ctx, struct pm_changes *changes)
{
	struct pm_snapshot *snap = changes->new;
	struct gone gone = {.ctx = ctx, .changes = changes};
	struct pm_buf bytes = PM_BUF_INIT;
	int rc = pm_snapshot_list(ctx, snap);

	for (size_t i = 0; i < snap->items.len && rc == 0; i++) {
		rc = look_at(ctx, changes, &snap->items.items[i], &bytes);
		if (rc == PM_ENOTFOUND) {
			pm_ctx_clear(ctx);
			rc = 0;
		}
	}
	pm_buf_release(&bytes);
	if (rc == 0)
		rc = pm_git_index(ctx, snap->repo, pm_slice_make(NULL, 0),
			take_entry, &gone);
	return rc;
}

static int collect(struct pm_ctx *ctx, struct pm_changes *changes)
{
	struct pm_snapshot *old = changes->old, *new = changes->new;
	int rc;

	if (new->kind == PM_SNAPSHOT_REVISION)
		return pm_git_diff(ctx, new->repo, &old->tree, &new->tree,
			take_blob, changes);
	rc = pm_git_diff_index(ctx, new->repo, &old->tree, take_blob, changes);
	if (rc == 0 && new->kind == PM_SNAPSHOT_WORKTREE)
		rc = collect_worktree(ctx, changes);
	return rc;
}

/* --- settling ------------------------------------------------------------ */

/* Says of each change what it is; drops what is the same after all. */
static void settle(struct pm_changes *changes)
{
	size_t kept = 0;

	for (size_t i = 0; i < changes->items.len; i++) {
		struct pm_change change = changes->items.items[i];
		bool was = !pm_oid_zero(&change.old_oid);
		bool is = !pm_oid_zero(&change.new_oid);

		if (pm_oid_eq(&change.old_oid, &change.new_oid))
			continue;
		change.kind = !was  ? PM_CHANGE_ADDED
			      : !is ? PM_CHANGE_REMOVED
				    : PM_CHANGE_MODIFIED;
		if (!was)
			change.old_path = NULL;
		if (!is)
			change.new_path = NULL;
		changes->items.items[kept++] = change;
	}
	changes->items.len = kept;
}

static const char *path_of(const struct pm_change *change)
{
	return change->new_path ? change->new_path : change->old_path;
}

/* Where one document went and another came, the removal is first. */
static int by_path(const void *a, const void *b)
{
	const struct pm_change *ca = a, *cb = b;
	int order = strcmp(path_of(ca), path_of(cb));

	return order ? order : (ca->new_path != NULL) - (cb->new_path != NULL);
}

int pm_changes_open(struct pm_ctx *ctx, struct pm_snapshot *before,
	struct pm_snapshot *after, struct pm_changes **out)
{
	struct pm_changes *changes;
	int rc;

	if (before->kind != PM_SNAPSHOT_REVISION)
		return pm_fail(ctx, PM_EUSAGE,
			"changes are counted from a revision (give one)");
	changes = pm_alloc(1, sizeof(*changes));
	*changes = (struct pm_changes){.old = before,
		.new = after,
		.arena = PM_ARENA_INIT,
		.by_path = PM_MAP_INIT,
		.settings = PM_BUF_INIT};
	rc = collect(ctx, changes);
	count_unnamed(changes);
	if (rc < 0) {
		pm_changes_free(changes);
		return rc;
	}
	settle(changes);
	pm_changes_join(ctx, changes);
	if (changes->items.len > 1)
		qsort(changes->items.items, changes->items.len,
			sizeof(*changes->items.items), by_path);
	*out = changes;
	return 0;
}

size_t pm_changes_count(const struct pm_changes *changes)
{
	return changes->items.len;
}

const struct pm_change *pm_changes_item(
	const struct pm_changes *changes, size_t i)
{
	return &changes->items.items[i];
}

const struct pm_change *pm_changes_find(
	const struct pm_changes *changes, const char *path)
{
	size_t low = 0, high = changes->items.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct pm_change *change = &changes->items.items[mid];
		int order = strcmp(path_of(change), path);

		if (order == 0 && change->new_path)
			return change;
		if (order <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

size_t pm_changes_links(const struct pm_changes *changes, const char **first)
{
	*first = changes->link;
	return changes->nlinks;
}

size_t pm_changes_files(const struct pm_changes *changes)
{
	return changes->files.len;
}

const char *pm_changes_file(const struct pm_changes *changes, size_t i)
{
	return changes->files.items[i];
}

const char *pm_changes_settings(const struct pm_changes *changes)
{
	return changes->settings.len ? changes->settings.ptr : NULL;
}

struct pm_snapshot *pm_changes_old(const struct pm_changes *changes)
{
	return changes->old;
}
