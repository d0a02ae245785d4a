/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From what a person types to a document: a path, an id, the beginning of an
 * id, a part of a slug, a part of an id, in this order. The first way that
 * finds anything decides; finding several by it is an error that lists them.
 * Where several may be named, a directory stands for what is beneath it.
 */
#include "snapshot/private.h"

#include <sys/stat.h>

#include "base/ascii.h"
#include "base/nearest.h"
#include "base/path.h"
#include "pm/time.h"

#define LISTED 10 /* names given of those that match */

/* --- by path ------------------------------------------------------------- */

static int take_entry(void *data, const struct pm_git_entry *entry)
{
	struct pm_snapshot_item *item = data;

	if (!pm_slice_is(entry->path, item->doc.path))
		return 0;
	item->doc.tracked = true;
	pm_snapshot_item_stage(item, entry);
	return 1;
}

/* Appends a document that no glob names. */
static int append(struct pm_ctx *ctx, struct pm_snapshot *snap,
	struct pm_slice path, const struct pm_oid *oid, size_t *out)
{
	struct pm_snapshot_item *item =
		pm_arena_alloc(&snap->arena, 1, sizeof(*item));
	int rc = 0;

	pm_snapshot_item_init(snap, path, item);
	if (snap->kind == PM_SNAPSHOT_WORKTREE) {
		rc = pm_git_index(
			ctx, snap->repo, pm_path_dir(path), take_entry, item);
	} else {
		item->doc.oid = item->staged = *oid;
		item->doc.tracked = true;
	}
	if (rc < 0)
		return rc;
	*pm_vec_push(&snap->extras) = item;
	*out = pm_snapshot_count(snap) - 1;
	return 0;
}

/* 1 when path is a document now, 0 when there is no such file. */
static int find_path(struct pm_ctx *ctx, struct pm_snapshot *snap,
	struct pm_slice path, size_t *out)
{
	struct pm_oid oid;
	size_t i = pm_snapshot_known(snap, path);
	int rc;

	if (i != SIZE_MAX) {
		*out = i;
		return 1;
	}
	if (path.len == 0)
		return 0;
	rc = pm_state_exists(ctx, snap, path, &oid);
	if (rc != 1)
		return rc < 0 ? rc : 0;
	rc = append(ctx, snap, path, &oid, out);
	return rc < 0 ? rc : 1;
}

/* The argument as a path from here, then as one from the top. */
static int find_typed(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const char *arg, size_t *out)
{
	struct pm_buf path = PM_BUF_INIT;
	int rc = 0;

	if (pm_repo_path(ctx, snap->repo, arg, &path) == 0)
		rc = find_path(ctx, snap, pm_buf_slice(&path), out);
	pm_buf_reset(&path);
	if (rc == 0 && *arg != '/' &&
		pm_path_join(
			&path, pm_slice_make(NULL, 0), pm_slice_str(arg)) == 0)
		rc = find_path(ctx, snap, pm_buf_slice(&path), out);
	pm_buf_release(&path);
	return rc;
}

/* --- by id --------------------------------------------------------------- */

static bool contains(struct pm_slice text, struct pm_slice part)
{
	for (size_t off = 0; off + part.len <= text.len; off++) {
		size_t i = 0;

		while (i < part.len &&
			pm_lower(text.ptr[off + i]) == pm_lower(part.ptr[i]))
			i++;
		if (i == part.len)
			return true;
	}
	return false;
}

/* An id without the date it begins with. */
static struct pm_slice slug_of(struct pm_slice id)
{
	struct pm_date date;

	if (id.len > 11 && id.ptr[10] == '-' &&
		pm_date_parse(pm_slice_sub(id, 0, 10), &date, NULL) == 0)
		return pm_slice_from(id, 11);
	return id;
}

enum way { BY_ID, BY_PREFIX, BY_SLUG, BY_PART };

static bool matches(enum way way, struct pm_slice id, struct pm_slice arg)
{
	switch (way) {
	case BY_ID:
		return pm_slice_eq(id, arg);
	case BY_PREFIX:
		return pm_slice_eq(pm_slice_sub(id, 0, arg.len), arg);
	case BY_SLUG:
		return contains(slug_of(id), arg);
	default:
		return contains(id, arg);
	}
}

static int fail_ambiguous(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	enum way way, struct pm_slice arg)
{
	struct pm_buf names = PM_BUF_INIT;
	size_t n = 0;
	int rc;

	for (size_t i = 0; i < pm_snapshot_count(snap); i++) {
		const struct pm_snapshot_doc *doc = pm_snapshot_doc(snap, i);

		if (!matches(way, doc->id, arg) || ++n > LISTED)
			continue;
		pm_buf_adds(&names, n > 1 ? ", " : "");
		/* Equal ids are told apart by their directories. */
		if (way == BY_ID)
			pm_buf_adds(&names, doc->path);
		else
			pm_buf_add_slice(&names, doc->id);
	}
	if (n > LISTED)
		pm_buf_addf(&names, " and %zu more", n - LISTED);
	rc = pm_fail(ctx, PM_EAMBIGUOUS,
		"'%.*s' matches %zu post-mortems: %s (%s)", PM_SLICE_ARG(arg),
		n, names.ptr,
		way == BY_ID ? "give the path" : "give more of the id");
	pm_buf_release(&names);
	return rc;
}

static int fail_unknown(
	struct pm_ctx *ctx, const struct pm_snapshot *snap, struct pm_slice arg)
{
	const struct pm_snapshot_doc *nearest = NULL;
	unsigned best = (unsigned)(arg.len < 9 ? arg.len / 3 : 3);

	for (size_t i = 0; best > 0 && i < pm_snapshot_count(snap); i++) {
		const struct pm_snapshot_doc *doc = pm_snapshot_doc(snap, i);
		unsigned whole = pm_edit_distance(arg, doc->id, best);
		unsigned slug = pm_edit_distance(arg, slug_of(doc->id), best);
		unsigned least = whole < slug ? whole : slug;

		if (least < best || (least == best && !nearest)) {
			best = least;
			nearest = doc;
		}
	}
	if (nearest)
		return pm_fail(ctx, PM_ENOTFOUND,
			"there is no post-mortem '%.*s' (did you mean "
			"'%.*s'?)",
			PM_SLICE_ARG(arg), PM_SLICE_ARG(nearest->id));
	return pm_fail(ctx, PM_ENOTFOUND,
		"there is no post-mortem '%.*s' (run 'pm list' to see them)",
		PM_SLICE_ARG(arg));
}

/* --- that is gone -------------------------------------------------------- */

/* Looks in HEAD for a document that the work tree has not got any more. */
struct lost {
	struct pm_snapshot *snap;
	struct pm_slice arg; /* as typed */
	struct pm_slice id;  /* the same as an id */
	struct pm_buf typed; /* the same as a path; or empty */
	struct pm_buf path;  /* what was found */
};

static int look_lost(void *data, const struct pm_git_entry *entry)
{
	struct lost *lost = data;
	struct pm_slice id = pm_path_id(entry->path);

	if (!pm_policy_is_document(lost->snap->policy, entry->path) ||
		pm_snapshot_by_path(lost->snap, entry->path) != SIZE_MAX ||
		!(pm_slice_eq(entry->path, lost->arg) ||
			pm_slice_is(entry->path, lost->typed.ptr) ||
			matches(BY_ID, id, lost->id) ||
			matches(BY_SLUG, id, lost->id)))
		return 0;
	pm_buf_add_slice(&lost->path, entry->path);
	return 1;
}

static int fail_lost(struct pm_ctx *ctx, const struct lost *lost)
{
	struct pm_buf full = PM_BUF_INIT;
	struct stat st;
	bool there;

	pm_buf_addf(&full, "%s/%s", pm_repo_worktree(lost->snap->repo),
		lost->path.ptr);
	there = lstat(full.ptr, &st) == 0;
	pm_buf_release(&full);
	if (there)
		return pm_fail(ctx, PM_ENOTFOUND,
			"'%s' is %s now, and no document (its last version: "
			"'pm show --at HEAD'; git restore brings it back)",
			lost->path.ptr,
			S_ISLNK(st.st_mode)   ? "a symbolic link"
			: S_ISDIR(st.st_mode) ? "a directory"
					      : "no regular file");
	return pm_fail(ctx, PM_ENOTFOUND,
		"'%s' is gone from the work tree, and in the last commit "
		"still (git restore brings it back; git rm and git commit "
		"take it out)",
		lost->path.ptr);
}

/* True when it was found and told; errors on the way are not ours to tell. */
static bool find_lost(
	struct pm_ctx *ctx, struct pm_snapshot *snap, struct pm_slice arg)
{
	const struct pm_names *globs = &snap->policy->documents;
	struct lost lost = {.snap = snap,
		.arg = arg,
		.id = pm_path_id(arg),
		.typed = PM_BUF_INIT,
		.path = PM_BUF_INIT};
	struct pm_oid commit, tree;
	int rc = 0;

	if (snap->kind == PM_SNAPSHOT_WORKTREE && lost.id.len > 0)
		rc = pm_git_head(ctx, snap->repo, &commit, &tree);
	if (rc == 1 && pm_repo_path(ctx, snap->repo, arg.ptr, &lost.typed) < 0)
		pm_buf_reset(&lost.typed);
	for (size_t i = 0; i < globs->len && rc == 1 && !lost.path.len; i++)
		if (pm_git_walk(ctx, snap->repo, &tree,
			    pm_glob_root(pm_slice_str(globs->items[i])),
			    look_lost, &lost) < 0)
			rc = -1;
	pm_ctx_clear(ctx);
	if (lost.path.len > 0)
		fail_lost(ctx, &lost);
	rc = lost.path.len > 0;
	pm_buf_release(&lost.typed);
	pm_buf_release(&lost.path);
	return rc;
}

/* True when it is a path of something else, and that was told. */
static bool fail_other(
	struct pm_ctx *ctx, struct pm_snapshot *snap, const char *arg)
{
	struct pm_buf path = PM_BUF_INIT;
	bool outside = *arg && pm_repo_path(ctx, snap->repo, arg, &path) < 0;
	bool dir = false;

	pm_ctx_clear(ctx);
	if (*arg && !outside)
		dir = path.len == 0 || pm_state_exists(ctx, snap,
					       pm_buf_slice(&path), NULL) == 2;
	pm_ctx_clear(ctx);
	if (outside)
		pm_fail(ctx, PM_ENOTFOUND, "'%s' is outside the repository",
			arg);
	else if (dir)
		pm_fail(ctx, PM_ENOTFOUND,
			"'%s' is a directory (name a document; 'pm list' shows "
			"them)",
			arg);
	pm_buf_release(&path);
	return outside || dir;
}

int pm_snapshot_number(struct pm_ctx *ctx, struct pm_snapshot *snap,
	struct pm_slice path, const struct pm_oid *oid, size_t *out)
{
	int rc;

	if (oid && !snap->listed && snap->kind != PM_SNAPSHOT_WORKTREE)
		return append(ctx, snap, path, oid, out);
	rc = find_path(ctx, snap, path, out);
	if (rc == 0)
		return pm_fail(ctx, PM_ENOTFOUND, "there is no file '%.*s'",
			PM_SLICE_ARG(path));
	return rc < 0 ? rc : 0;
}

int pm_snapshot_find(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const char *arg, size_t *out)
{
	struct pm_slice id = pm_slice_str(arg);
	int rc = find_typed(ctx, snap, arg, out);

	if (rc != 0)
		return rc < 0 ? rc : 0;
	pm_ctx_clear(ctx);
	rc = pm_snapshot_list(ctx, snap);
	if (rc < 0)
		return rc;
	if (pm_slice_ends(id, ".md") && id.len > 3)
		id.len -= 3;
	for (enum way way = BY_ID; id.len > 0 && way <= BY_PART; way++) {
		size_t n = 0;

		for (size_t i = 0; i < pm_snapshot_count(snap); i++)
			if (matches(way, pm_snapshot_doc(snap, i)->id, id) &&
				n++ == 0)
				*out = i;
		if (n > 1)
			return fail_ambiguous(ctx, snap, way, id);
		if (n == 1)
			return 0;
	}
	if (find_lost(ctx, snap, pm_slice_str(arg)) ||
		fail_other(ctx, snap, arg))
		return PM_ENOTFOUND;
	return fail_unknown(ctx, snap, pm_slice_str(arg));
}

/* --- by directory -------------------------------------------------------- */

/* 1 when the argument is a directory of the state, whose path from the top
   comes to stand in dir. */
static int find_dir(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const char *arg, struct pm_buf *dir)
{
	int rc = *arg ? pm_repo_path(ctx, snap->repo, arg, dir) : PM_ENOTFOUND;

	if (rc < 0) {
		pm_ctx_clear(ctx);
		return 0;
	}
	if (!dir->len)
		return 1;
	rc = pm_state_exists(ctx, snap, pm_buf_slice(dir), NULL);
	return rc < 0 ? rc : rc == 2;
}

int pm_snapshot_find_beneath(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const char *arg, pm_snapshot_doc_fn each, void *data)
{
	struct pm_buf dir = PM_BUF_INIT;
	int rc = find_dir(ctx, snap, arg, &dir);
	int found = 0;

	if (rc == 1)
		rc = pm_snapshot_list(ctx, snap);
	else if (rc == 0)
		goto out;
	if (dir.len)
		pm_buf_addc(&dir, '/');
	for (size_t i = 0; rc == 0 && i < snap->items.len; i++) {
		struct pm_slice path =
			pm_slice_str(pm_snapshot_doc(snap, i)->path);

		if (!pm_slice_starts(path, dir.len ? dir.ptr : ""))
			continue;
		each(data, i);
		found = 1;
	}
out:
	pm_buf_release(&dir);
	return rc < 0 ? rc : found;
}
