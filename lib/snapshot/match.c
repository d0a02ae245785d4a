/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where documents can lie, and whether a path is one, asked of every file
 * there is. Globs of the usual shape, "DIR/ ** / *SUFFIX" (without the blanks),
 * are answered by comparing both ends; matching them costs a microsecond each,
 * which for 100,000 files is most of the time a listing takes.
 */
#include "snapshot/private.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/path.h"

#define MIDDLE "/**/*"

/* Splits a glob of the usual shape. */
static bool split(struct pm_slice glob, struct pm_snapshot_shape *out)
{
	size_t root = 0;

	while (root < glob.len && !strchr("*?[\\", glob.ptr[root]))
		root++;
	/* The root ends before the "/" of the middle. */
	if (root < 2 || glob.ptr[0] == '/' ||
		!pm_slice_starts(pm_slice_from(glob, root - 1), MIDDLE))
		return false;
	out->root = pm_slice_sub(glob, 0, root);
	out->suffix = pm_slice_from(glob, root - 1 + strlen(MIDDLE));
	for (size_t i = 0; i < out->suffix.len; i++)
		if (strchr("*?[\\/", out->suffix.ptr[i]))
			return false;
	return out->suffix.len > 0;
}

/* True when a root lies in another one, or equals an earlier one: walking it
   would find the same documents twice. */
static bool is_covered(const struct pm_slice *roots, size_t n, size_t which)
{
	struct pm_slice root = roots[which];

	for (size_t i = 0; i < n; i++) {
		struct pm_slice other = roots[i];

		if (i == which || other.len > root.len)
			continue;
		if (other.len == root.len
				? i > which
				: other.len && root.ptr[other.len] != '/')
			continue;
		if (!other.len || memcmp(root.ptr, other.ptr, other.len) == 0)
			return true;
	}
	return false;
}

void pm_snapshot_globs(struct pm_snapshot *snap)
{
	const struct pm_names *globs = &snap->policy->documents;
	struct pm_slice *roots = pm_alloc(globs->len + 1, sizeof *roots);
	struct pm_snapshot_shape shape;

	for (size_t i = 0; i < globs->len; i++) {
		roots[i] = pm_glob_root(pm_slice_str(globs->items[i]));
		if (split(pm_slice_str(globs->items[i]), &shape))
			*pm_vec_push(&snap->shapes) = shape;
	}
	for (size_t i = 0; i < globs->len; i++)
		if (!is_covered(roots, globs->len, i))
			*pm_vec_push(&snap->roots) = roots[i];
	free(roots);
}

static bool has_shape(
	const struct pm_snapshot_shape *shape, struct pm_slice path)
{
	struct pm_slice root = shape->root, suffix = shape->suffix;

	return path.len >= root.len + suffix.len &&
	       memcmp(path.ptr, root.ptr, root.len) == 0 &&
	       memcmp(path.ptr + path.len - suffix.len, suffix.ptr,
		       suffix.len) == 0;
}

/* True for a glob of the other usual shape, a name in any directory. */
static bool is_name(struct pm_slice glob, struct pm_slice *name)
{
	*name = pm_slice_from(glob, strlen("**/"));
	if (!pm_slice_starts(glob, "**/") || name->len == 0)
		return false;
	for (size_t i = 0; i < name->len; i++)
		if (strchr("*?[\\/", name->ptr[i]))
			return false;
	return true;
}

static bool is_excluded(const struct pm_snapshot *snap, struct pm_slice path)
{
	const struct pm_names *globs = &snap->policy->exclude;

	for (size_t i = 0; i < globs->len; i++) {
		struct pm_slice glob = pm_slice_str(globs->items[i]);
		struct pm_slice name;

		if (is_name(glob, &name) ? pm_slice_eq(pm_path_base(path), name)
					 : pm_glob_match(glob, path))
			return true;
	}
	return false;
}

bool pm_snapshot_is_beside(const struct pm_snapshot *snap, struct pm_slice path)
{
	for (size_t i = 0; i < snap->shapes.len; i++) {
		struct pm_slice root = snap->shapes.items[i].root;

		if (path.len > root.len &&
			memcmp(path.ptr, root.ptr, root.len) == 0)
			return true;
	}
	return false;
}

bool pm_snapshot_is_document(
	const struct pm_snapshot *snap, struct pm_slice path)
{
	for (size_t i = 0; i < snap->shapes.len; i++)
		if (has_shape(&snap->shapes.items[i], path))
			return !is_excluded(snap, path);
	return pm_policy_is_document(snap->policy, path);
}
