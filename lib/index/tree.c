/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The documents of a tree by a policy's globs. Only the directories that the
 * globs begin with are walked.
 */
#include "index/private.h"

#include "base/path.h"

struct walk {
	const struct pm_policy *policy;
	struct pm_arena *arena;
	struct pm_wants *out;
};

static bool is_document(
	const struct pm_policy *policy, struct pm_slice path, unsigned mode)
{
	return (mode == PM_GIT_FILE || mode == PM_GIT_EXEC) &&
	       pm_policy_is_document(policy, path);
}

static int on_entry(void *data, const struct pm_git_entry *entry)
{
	const struct walk *walk = data;
	struct pm_want *want;

	if (!is_document(walk->policy, entry->path, entry->mode))
		return 0;
	want = pm_vec_push(walk->out);
	want->path = pm_arena_slice(walk->arena, entry->path).ptr;
	want->oid = entry->oid;
	want->num = SIZE_MAX;
	return 0;
}

static int by_path(const void *a, const void *b)
{
	const struct pm_want *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* True when path is dir or lies in it; "" is the top. */
static bool is_within(struct pm_slice path, struct pm_slice dir)
{
	if (dir.len == 0)
		return true;
	return path.len >= dir.len && !memcmp(path.ptr, dir.ptr, dir.len) &&
	       (path.len == dir.len || path.ptr[dir.len] == '/');
}

/* True when another glob's directory is walked that holds that of glob i. */
static bool is_covered(const struct pm_names *globs, size_t i)
{
	struct pm_slice root = pm_glob_root(pm_slice_str(globs->items[i]));

	for (size_t j = 0; j < globs->len; j++) {
		struct pm_slice other =
			pm_glob_root(pm_slice_str(globs->items[j]));

		if (j == i || !is_within(root, other))
			continue;
		/* Of two equal ones the first is walked. */
		if (other.len < root.len || j < i)
			return true;
	}
	return false;
}

/* Walks one directory, which need not exist. */
static int walk_root(struct pm_index *index, const struct pm_oid *tree,
	const char *glob, struct walk *walk)
{
	int ret = pm_git_walk(index->ctx, index->repo, tree,
		pm_glob_root(pm_slice_str(glob)), on_entry, walk);

	if (ret != PM_ENOTFOUND)
		return ret;
	pm_ctx_clear(index->ctx);
	return 0;
}

int pm_tree_docs(struct pm_index *index, const struct pm_policy *policy,
	const struct pm_oid *tree, struct pm_arena *arena, struct pm_wants *out)
{
	struct walk walk = {policy, arena, out};
	const struct pm_names *globs = &policy->documents;
	int ret = 0;

	if (pm_oid_zero(tree))
		return 0;
	for (size_t i = 0; i < globs->len && ret == 0; i++)
		if (!is_covered(globs, i))
			ret = walk_root(index, tree, globs->items[i], &walk);
	if (out->len)
		qsort(out->items, out->len, sizeof *out->items, by_path);
	return ret;
}
