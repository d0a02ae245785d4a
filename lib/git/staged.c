/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A tree against the staged index. Both are in path order, so one pass over
 * the index with the trees on the way open beside it is enough. The index
 * holds notes of git's ("TREE", gitformat-index(5)): the names of the trees
 * that unchanged directories are. A directory whose note is the very tree it
 * is compared with is passed over without opening the tree.
 */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/vec.h"
#include "git/tree.h"

/* Deeper than any repository; a crafted one must not exhaust the stack. */
#define MAX_DEPTH 512

/* A directory that is open on the side of the tree. */
struct level {
	struct pm_git_tree tree;
	struct pm_git_tree_entry entry; /* the next one, if any */
	bool more;
	size_t prefix; /* bytes of the path down to here, with "/" */
};

struct merge {
	struct pm_ctx *ctx;
	struct pm_repo *repo;
	struct pm_map notes; /* directory with "/": address of its oid */
	PM_VEC(struct level) levels;
	struct pm_buf path; /* of the innermost level */
	struct pm_buf skip; /* directory that is the same; empty: none */
	const struct pm_oid *top;
	bool same; /* the whole index is the tree top */
	pm_git_change_fn fn;
	void *data;
	int rc;
};

/* --- git's notes --------------------------------------------------------- */

/* A decimal number up to the byte end; false when there is none. */
static bool take_number(struct pm_slice *rest, char end, long *out)
{
	ptrdiff_t at = pm_slice_find(*rest, 0, end);
	char digits[12] = "";
	char *stop;

	if (at <= 0 || at >= (ptrdiff_t)sizeof(digits))
		return false;
	memcpy(digits, rest->ptr, (size_t)at);
	*out = strtol(digits, &stop, 10);
	*rest = pm_slice_from(*rest, (size_t)at + 1);
	return *stop == '\0';
}

/* One directory and what is below it: NAME NUL ENTRIES " " DIRS LF [OID]. */
static bool take_note(struct merge *merge, struct pm_slice *rest,
	struct pm_buf *path, unsigned depth)
{
	ptrdiff_t nul = pm_slice_find(*rest, 0, '\0');
	size_t len = path->len;
	long entries, dirs;

	if (nul < 0 || depth > MAX_DEPTH)
		return false;
	pm_buf_add(path, rest->ptr, (size_t)nul);
	if (nul > 0)
		pm_buf_addc(path, '/');
	*rest = pm_slice_from(*rest, (size_t)nul + 1);
	if (!take_number(rest, ' ', &entries) ||
		!take_number(rest, '\n', &dirs))
		return false;
	if (entries >= 0) {
		if (rest->len < 20)
			return false;
		*pm_map_put(&merge->notes, pm_buf_slice(path), NULL) =
			(uintptr_t)rest->ptr;
		*rest = pm_slice_from(*rest, 20);
	}
	for (long i = 0; i < dirs; i++)
		if (!take_note(merge, rest, path, depth + 1))
			return false;
	pm_buf_truncate(path, len);
	return true;
}

/* True when git noted that the index's directory at path is this tree. */
static bool is_noted(const struct merge *merge, struct pm_slice path,
	const struct pm_oid *tree)
{
	const uintptr_t *at = pm_map_get(&merge->notes, path);

	return at && memcmp((const char *)*at, tree->bytes, 20) == 0;
}

static void take_notes(void *data, struct pm_slice notes)
{
	struct merge *merge = data;
	struct pm_buf path = PM_BUF_INIT;

	/* Notes that make no sense are none: all is compared then. */
	if (notes.len > 0 && !take_note(merge, &notes, &path, 0)) {
		pm_map_release(&merge->notes);
		merge->notes = (struct pm_map)PM_MAP_INIT;
	}
	merge->same = is_noted(merge, pm_slice_make("", 0), merge->top);
	pm_buf_release(&path);
}

/* --- telling ------------------------------------------------------------- */

static void tell(struct merge *merge, struct pm_slice path,
	const struct pm_git_tree_entry *old, const struct pm_git_entry *new)
{
	struct pm_git_change change = {.path = path};

	if (old && old->mode != PM_GIT_SUBMODULE) {
		change.old_oid = old->oid;
		change.old_mode = old->mode;
	}
	if (new) {
		change.new_oid = new->oid;
		change.new_mode = new->mode;
	}
	if (merge->rc == 0 && (change.old_mode || change.new_mode))
		merge->rc = merge->fn(merge->data, &change);
}

static int tell_gone(void *data, const struct pm_git_entry *entry)
{
	struct merge *merge = data;
	struct pm_git_tree_entry old = {.mode = entry->mode, .oid = entry->oid};

	tell(merge, entry->path, &old, NULL);
	return merge->rc;
}

/* --- levels -------------------------------------------------------------- */

static void step(struct level *level)
{
	level->more = pm_git_tree_next(&level->tree, &level->entry);
}

/* Opens a directory below the innermost one; its path is set already. */
static void descend(struct merge *merge, const struct pm_oid *oid)
{
	struct level *level;

	if (merge->rc == 0 && merge->levels.len > MAX_DEPTH)
		merge->rc = pm_fail(merge->ctx, PM_ELIMIT,
			"the tree at '%s' is deeper than pm reads",
			merge->path.ptr);
	if (merge->rc < 0)
		return;
	level = pm_vec_push(&merge->levels);
	level->prefix = merge->path.len;
	merge->rc =
		pm_git_tree_open(merge->ctx, merge->repo, oid, &level->tree);
	if (merge->rc == 0)
		step(level);
}

/* The next entry of the innermost tree is not in the index. */
static void pass_gone(struct merge *merge)
{
	struct level *level = &merge->levels.items[merge->levels.len - 1];
	struct pm_git_tree_entry entry = level->entry;
	struct pm_oid top = entry.oid;
	size_t len = merge->path.len;

	pm_buf_add_slice(&merge->path, entry.name);
	if (entry.mode != PM_GIT_TREE)
		tell(merge, pm_buf_slice(&merge->path), &entry, NULL);
	else if (merge->rc == 0)
		merge->rc = pm_git_walk_at(merge->ctx, merge->repo, &top,
			pm_buf_slice(&merge->path), tell_gone, merge);
	pm_buf_truncate(&merge->path, len);
	step(level);
}

/* Leaves the innermost directory: what is left of it is gone. */
static void ascend(struct merge *merge)
{
	size_t n = merge->levels.len - 1;
	struct level *level = &merge->levels.items[n];

	while (merge->rc == 0 && level->more)
		pass_gone(merge);
	if (merge->rc == 0)
		merge->rc = pm_git_tree_end(merge->ctx, &level->tree);
	pm_git_tree_close(&level->tree);
	merge->levels.len = n;
	if (n > 0)
		pm_buf_truncate(
			&merge->path, merge->levels.items[n - 1].prefix);
}

/* The next entry of the tree and the index's directory have one name. */
static void meet_dir(struct merge *merge, struct level *level)
{
	struct pm_oid oid = level->entry.oid;

	pm_buf_add_slice(&merge->path, level->entry.name);
	pm_buf_addc(&merge->path, '/');
	step(level);
	if (!is_noted(merge, pm_buf_slice(&merge->path), &oid)) {
		descend(merge, &oid);
		return;
	}
	pm_buf_reset(&merge->skip);
	pm_buf_add_slice(&merge->skip, pm_buf_slice(&merge->path));
	pm_buf_truncate(&merge->path, level->prefix);
}

/* Brings the innermost level up to the entry; true when it was dealt with. */
static bool meet(struct merge *merge, const struct pm_git_entry *entry)
{
	struct level *level = &merge->levels.items[merge->levels.len - 1];
	struct pm_slice rest = pm_slice_from(entry->path, level->prefix);
	ptrdiff_t slash = pm_slice_find(rest, 0, '/');
	struct pm_git_tree_entry here = {
		.mode = slash < 0 ? entry->mode : PM_GIT_TREE,
		.name = slash < 0 ? rest : pm_slice_sub(rest, 0, (size_t)slash),
	};
	int order = level->more ? pm_git_tree_order(&level->entry, &here) : 1;

	if (order < 0) {
		pass_gone(merge);
		return false;
	}
	if (order > 0) {
		tell(merge, entry->path, NULL, entry);
		return true;
	}
	if (slash >= 0) {
		meet_dir(merge, level);
		return merge->skip.len > 0;
	}
	if (!pm_oid_eq(&level->entry.oid, &entry->oid) ||
		level->entry.mode != entry->mode)
		tell(merge, entry->path, &level->entry, entry);
	step(level);
	return true;
}

static bool starts(struct pm_slice path, const struct pm_buf *prefix)
{
	return path.len >= prefix->len &&
	       memcmp(path.ptr, prefix->ptr, prefix->len) == 0;
}

static int take_entry(void *data, const struct pm_git_entry *entry)
{
	struct merge *merge = data;

	if (entry->intent_to_add || merge->same)
		return 0;
	if (merge->skip.len > 0) {
		if (starts(entry->path, &merge->skip))
			return 0;
		pm_buf_reset(&merge->skip);
	}
	while (merge->rc == 0) {
		if (!starts(entry->path, &merge->path))
			ascend(merge);
		else if (meet(merge, entry))
			break;
	}
	return merge->rc;
}

int pm_git_diff_index(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *tree, pm_git_change_fn fn, void *data)
{
	struct merge merge = {
		.ctx = ctx,
		.repo = repo,
		.notes = PM_MAP_INIT,
		.path = PM_BUF_INIT,
		.skip = PM_BUF_INIT,
		.top = tree,
		.fn = fn,
		.data = data,
	};
	int rc;

	descend(&merge, tree);
	rc = merge.rc;
	if (rc == 0)
		rc = pm_git_index_trees(
			ctx, repo, take_notes, take_entry, &merge);
	merge.rc = rc;
	if (merge.same)
		merge.levels.items[0].more = false;
	while (merge.levels.len > 0)
		ascend(&merge);
	pm_vec_release(&merge.levels);
	pm_map_release(&merge.notes);
	pm_buf_release(&merge.path);
	pm_buf_release(&merge.skip);
	return merge.rc;
}
