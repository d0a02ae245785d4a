/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The index follows HEAD. Comparing one commit id is all that an index which
 * is up to date costs; after that, the cost follows what differs between the
 * two trees. Where the old tree is gone, or the policy chooses other
 * documents now, both listings are compared instead; documents whose blob is
 * known are never parsed again.
 */
#include "index/private.h"

/* From so many unknown documents on, building anew may be cheaper. */
#define BUILD_MIN 4000

/* Another process moved the view while this one parsed: start over, but not
   for ever. */
#define TRIES 8

/* What is to be done to a view. */
struct change {
	struct pm_index *index;
	struct pm_view from, to;
	const struct pm_policy *policy;
	struct pm_arena arena;
	struct pm_wants present; /* new or changed */
	struct pm_wants removed; /* paths only */
};

static void change_release(struct change *change)
{
	pm_vec_release(&change->present);
	pm_vec_release(&change->removed);
	pm_arena_release(&change->arena);
}

static void push(struct change *change, struct pm_wants *list,
	struct pm_slice path, const struct pm_oid *oid)
{
	struct pm_want *want = pm_vec_push(list);

	want->path = pm_arena_slice(&change->arena, path).ptr;
	want->oid = *oid;
	want->num = SIZE_MAX;
}

static bool is_document(
	const struct change *change, struct pm_slice path, unsigned mode)
{
	return (mode == PM_GIT_FILE || mode == PM_GIT_EXEC) &&
	       pm_policy_is_document(change->policy, path);
}

static int on_change(void *data, const struct pm_git_change *diff)
{
	struct change *change = data;

	if (is_document(change, diff->path, diff->new_mode))
		push(change, &change->present, diff->path, &diff->new_oid);
	else if (is_document(change, diff->path, diff->old_mode))
		push(change, &change->removed, diff->path, &diff->old_oid);
	return 0;
}

/* Takes out of present what the view shows already, and finds what went. */
static void subtract(struct change *change, const struct pm_wants *shown)
{
	struct pm_wants *now = &change->present;
	bool same_reading = change->from.reading == change->to.reading;
	size_t kept = 0, j = 0;

	for (size_t i = 0; i < now->len; i++) {
		const struct pm_want *want = &now->items[i];
		int cmp = 1;

		while (j < shown->len &&
			(cmp = strcmp(shown->items[j].path, want->path)) < 0)
			*pm_vec_push(&change->removed) = shown->items[j++];
		if (j < shown->len && cmp == 0) {
			j++;
			if (same_reading &&
				pm_oid_eq(&shown->items[j - 1].oid, &want->oid))
				continue;
		}
		now->items[kept++] = *want;
	}
	now->len = kept;
	while (j < shown->len)
		*pm_vec_push(&change->removed) = shown->items[j++];
}

static int compare_listings(struct change *change)
{
	struct pm_wants shown = {NULL, 0, 0};
	int ret = pm_tree_docs(change->index, change->policy, &change->to.tree,
		&change->arena, &change->present);

	if (ret == 0 && change->from.known)
		ret = pm_view_docs(
			change->index, &change->from, &change->arena, &shown);
	if (ret == 0)
		subtract(change, &shown);
	pm_vec_release(&shown);
	return ret;
}

/* Fills the two lists. */
static int find_changes(struct change *change)
{
	struct pm_index *index = change->index;
	int ret;

	if (change->from.known && !pm_oid_zero(&change->from.head) &&
		pm_oid_eq(&change->from.policy, &change->to.policy) &&
		change->from.reading == change->to.reading) {
		ret = pm_git_diff(index->ctx, index->repo, &change->from.tree,
			&change->to.tree, on_change, change);
		if (ret == 0)
			return 0;
		/* The old tree may be gone after a rewrite of history. */
		pm_ctx_clear(index->ctx);
		change->present.len = change->removed.len = 0;
	}
	return compare_listings(change);
}

static int remove_path(struct pm_index *index, int64_t view, const char *path)
{
	struct pm_stmt *stmt = pm_sql_stmt(
		index->sql, "DELETE FROM doc WHERE view = ? AND path = ?");

	pm_stmt_int(stmt, 1, view);
	pm_stmt_text(stmt, 2, pm_slice_str(path));
	return pm_stmt_run(stmt);
}

static int write_docs(struct change *change)
{
	struct pm_index *index = change->index;
	int64_t view = change->to.id;
	int ret = 0;

	for (size_t i = 0; i < change->removed.len && ret >= 0; i++)
		ret = remove_path(index, view, change->removed.items[i].path);
	for (size_t i = 0; i < change->present.len && ret >= 0; i++) {
		const struct pm_want *want = &change->present.items[i];

		ret = pm_doc_insert(index, view, change->to.reading, want);
		if (ret == 0)
			ret = remove_path(index, view, want->path);
	}
	return ret < 0 ? ret : 0;
}

static bool same_view(const struct pm_view *a, const struct pm_view *b)
{
	return a->known == b->known && a->reading == b->reading &&
	       pm_oid_eq(&a->head, &b->head) && pm_oid_eq(&a->tree, &b->tree) &&
	       pm_oid_eq(&a->policy, &b->policy);
}

/* Writes rows and view inside the open transaction. 1: the view is not what
   the changes were made for. */
static int apply(struct change *change)
{
	struct pm_view present;
	int ret = pm_view_read(change->index, &present);

	if (ret < 0)
		return ret;
	if (!same_view(&present, &change->from))
		return 1;
	ret = pm_view_write(change->index, &change->to);
	return ret < 0 ? ret : write_docs(change);
}

static int apply_alone(struct change *change)
{
	struct pm_index *index = change->index;
	int ret = pm_index_begin(index);

	if (ret < 0)
		return ret;
	return pm_index_finish(index, apply(change));
}

/* True when so little is known that a new index is made faster. */
static int better_anew(struct change *change, size_t unknown)
{
	struct pm_stmt *stmt;
	int64_t rows;
	int ret;

	if (unknown < BUILD_MIN || change->index->level == PM_STORE_MEMORY)
		return 0;
	stmt = pm_sql_stmt(
		change->index->sql, "SELECT coalesce(max(id), 0) FROM blob");
	ret = pm_stmt_step(stmt);
	if (ret <= 0)
		return ret;
	rows = pm_stmt_col_int(stmt, 0);
	ret = pm_stmt_step(stmt);
	return ret < 0 ? ret : rows < (int64_t)unknown;
}

/* Has the unknown documents parsed. 1: a new index is the better way. */
static int parse_changes(struct change *change, bool whole)
{
	struct pm_gather gather = {
		.policy = change->policy,
		.reading = change->to.reading,
		.whole = whole,
	};
	struct pm_wants unknown = {NULL, 0, 0};
	int ret = pm_index_unknown(
		change->index, change->to.reading, &change->present, &unknown);

	if (ret == 0 && !whole)
		ret = better_anew(change, unknown.len);
	if (ret == 0)
		ret = pm_index_gather(change->index, &gather, &unknown);
	/* A document that could not be read is tried again next time. */
	if (ret == 0 && gather.failed)
		change->to.head = (struct pm_oid){{0}};
	pm_vec_release(&unknown);
	return ret;
}

/* Loads the policy of the new tree and its reading. */
static int read_policy(struct change *change)
{
	struct pm_index *index = change->index;
	int ret =
		pm_view_policy_oid(index, &change->to.tree, &change->to.policy);

	if (ret == 0)
		ret = pm_view_policy(index, &change->to.policy);
	change->policy = index->policy;
	if (ret == 0)
		ret = pm_index_reading(
			index, change->policy, &change->to.reading);
	return ret;
}

/* One attempt. 2: another process was faster; 1: build anew. */
static int follow(
	struct pm_index *index, const struct pm_view *from, bool whole)
{
	struct change change = {
		.index = index,
		.from = *from,
		.to = index->view,
		.arena = PM_ARENA_INIT,
	};
	int ret;

	change.to.known = from->known;
	change.to.id = from->id;
	ret = read_policy(&change);
	if (ret == 0)
		ret = find_changes(&change);
	if (ret == 0)
		ret = parse_changes(&change, whole);
	if (ret == 0) {
		ret = whole ? apply(&change) : apply_alone(&change);
		ret = ret > 0 ? 2 : ret;
	}
	if (ret == 0) {
		index->view = change.to;
		index->stats->removed += change.removed.len;
	}
	change_release(&change);
	return ret;
}

int pm_view_current(struct pm_index *index, struct pm_view *present)
{
	struct pm_view head = {.known = false};
	int ret = pm_git_head(index->ctx, index->repo, &head.head, &head.tree);

	if (ret >= 0)
		ret = pm_view_read(index, present);
	if (ret < 0)
		return ret;
	index->view = head;
	if (!present->known || !pm_oid_eq(&present->head, &head.head) ||
		!pm_oid_eq(&present->tree, &head.tree))
		return 0;
	index->view = *present;
	return 1;
}

int pm_index_refresh(struct pm_index *index, bool whole)
{
	struct pm_view present;
	int ret = 2;

	for (int i = 0; i < TRIES && ret == 2; i++) {
		ret = pm_view_current(index, &present);
		if (ret)
			return ret < 0 ? ret : 0;
		ret = follow(index, &present, whole);
	}
	if (ret == 2)
		return pm_fail(index->ctx, PM_ELOCKED,
			"cannot bring the index up to date: other processes "
			"keep changing it");
	return ret;
}
