/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One document in two places: what was removed here and added there. The
 * surest sign decides first: the same bytes, then the same id in front matter,
 * then the same file name, then half of the lines. A sign that several share
 * says nothing. Documents are compared with each other only while they are
 * few; beyond that a move that also rewrites stays a removal and an addition.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/path.h"
#include "snapshot/changes.h"

/* Pairs whose lines are compared. */
#define MOST_PAIRS 10000
/* Share of the text that two documents have in common, in percent. */
#define ENOUGH 50

/* A line of a document, as far as it is compared. */
struct line {
	uint64_t hash;
	size_t len;
};

/* One side of what may be a move. */
struct half {
	struct pm_change *change;
	struct pm_slice path, stem;
	const struct pm_oid *oid;
	struct pm_slice id; /* in front matter; empty: none */
	PM_VEC(struct line) lines;
	size_t len; /* bytes in lines */
	struct half *other;
};

struct halves {
	struct half *items;
	size_t len;
};

struct join {
	struct pm_ctx *ctx;
	struct pm_changes *changes;
	struct halves old, new;
	struct pm_arena arena;
};

/* A sign by which halves are matched; empty: this one has none. */
typedef struct pm_slice (*sign_fn)(const struct half *half);

static struct pm_slice sign_bytes(const struct half *half)
{
	return pm_slice_make(
		(const char *)half->oid->bytes, sizeof(half->oid->bytes));
}

static struct pm_slice sign_id(const struct half *half)
{
	return half->id;
}

static struct pm_slice sign_name(const struct half *half)
{
	return half->stem;
}

/* --- reading ------------------------------------------------------------- */

/* The id that the front matter states, as far as one look can tell. */
static struct pm_slice find_id(struct pm_slice bytes)
{
	struct pm_slice line, value;

	if (!pm_slice_line(&bytes, &line) || !pm_slice_is(line, "---"))
		return pm_slice_make(NULL, 0);
	while (pm_slice_line(&bytes, &line) && !pm_slice_is(line, "---")) {
		if (!pm_slice_starts(line, "id:"))
			continue;
		value = pm_slice_trim(pm_slice_from(line, 3));
		if (value.len > 1 && strchr("'\"", value.ptr[0]))
			value = pm_slice_sub(value, 1, value.len - 2);
		return value;
	}
	return pm_slice_make(NULL, 0);
}

static int by_hash(const void *a, const void *b)
{
	uint64_t ha = ((const struct line *)a)->hash;
	uint64_t hb = ((const struct line *)b)->hash;

	return ha < hb ? -1 : ha > hb;
}

/* FNV-1a: a collision makes two documents a little more alike, no more. */
static uint64_t hash_line(struct pm_slice text)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.ptr[i]) * 1099511628211u;
	return hash;
}

static void take_lines(struct half *half, struct pm_slice bytes)
{
	struct pm_slice line;

	while (pm_slice_line(&bytes, &line)) {
		struct line *taken;

		line = pm_slice_trim(line);
		if (line.len == 0)
			continue;
		taken = pm_vec_push(&half->lines);
		*taken = (struct line){hash_line(line), line.len};
		half->len += line.len;
	}
	if (half->lines.len > 1)
		qsort(half->lines.items, half->lines.len,
			sizeof(*half->lines.items), by_hash);
}

/* Reads what a half says of itself; one that cannot be read says nothing. */
static void read_half(struct join *join, struct half *half, bool is_new)
{
	struct pm_snapshot *snap =
		is_new ? join->changes->new : join->changes->old;
	size_t limit = join->changes->new->policy->max_document;
	struct pm_buf bytes = PM_BUF_INIT;
	int rc;

	if (snap->kind == PM_SNAPSHOT_WORKTREE)
		rc = pm_state_read(
			join->ctx, snap, half->path, limit, &bytes, NULL);
	else
		rc = pm_git_blob(
			join->ctx, snap->repo, half->oid, limit, &bytes);
	if (rc < 0) {
		pm_ctx_clear(join->ctx);
	} else {
		half->id = pm_arena_slice(
			&join->arena, find_id(pm_buf_slice(&bytes)));
		take_lines(half, pm_buf_slice(&bytes));
	}
	pm_buf_release(&bytes);
}

static void read_halves(struct join *join, struct halves *halves, bool is_new)
{
	for (size_t i = 0; i < halves->len; i++)
		if (!halves->items[i].other)
			read_half(join, &halves->items[i], is_new);
}

/* --- matching ------------------------------------------------------------ */

static void match(struct half *old, struct half *new)
{
	old->other = new;
	new->other = old;
}

/* By sign: the one half that has it, or NULL once a second one was seen. */
static void sort_by_sign(
	const struct halves *halves, sign_fn sign, struct pm_map *map)
{
	for (size_t i = 0; i < halves->len; i++) {
		struct half *half = &halves->items[i];
		struct pm_slice key = sign(half);
		uintptr_t *value;
		bool added;

		if (half->other || key.len == 0)
			continue;
		value = pm_map_put(map, key, &added);
		*value = added ? (uintptr_t)half : 0;
	}
}

/* Ids that differ speak louder than a shared file name. */
static bool contradict(const struct half *old, const struct half *new)
{
	return old->id.len > 0 && new->id.len > 0 &&
	       !pm_slice_eq(old->id, new->id);
}

static void match_by(struct join *join, sign_fn sign)
{
	struct pm_map old = PM_MAP_INIT, new = PM_MAP_INIT;

	sort_by_sign(&join->old, sign, &old);
	sort_by_sign(&join->new, sign, &new);
	for (size_t i = 0; i < old.len; i++) {
		const struct pm_map_entry *entry = &old.entries[i];
		const uintptr_t *other = pm_map_get(&new, entry->key);
		struct half *was = (struct half *)entry->value;

		if (!was || !other || !*other ||
			(sign == sign_name &&
				contradict(was, (struct half *)*other)))
			continue;
		match(was, (struct half *)*other);
	}
	pm_map_release(&old);
	pm_map_release(&new);
}

/* Bytes in lines that both have, in percent of the larger. */
static unsigned likeness(const struct half *old, const struct half *new)
{
	size_t larger = old->len > new->len ? old->len : new->len;
	size_t common = 0, i = 0, j = 0;

	while (i < old->lines.len && j < new->lines.len) {
		const struct line *a = &old->lines.items[i];
		const struct line *b = &new->lines.items[j];

		if (a->hash == b->hash)
			common += a->len < b->len ? a->len : b->len;
		i += a->hash <= b->hash;
		j += a->hash >= b->hash;
	}
	return larger ? (unsigned)(common * 100 / larger) : 0;
}

/* The best match for one half among those that are left. */
static void match_alike(struct join *join, struct half *new)
{
	struct half *best = NULL;
	unsigned most = ENOUGH - 1;

	for (size_t i = 0; i < join->old.len; i++) {
		struct half *old = &join->old.items[i];
		unsigned alike = old->other ? 0 : likeness(old, new);

		if (alike > most) {
			most = alike;
			best = old;
		}
	}
	if (best)
		match(best, new);
}

static size_t count_left(const struct halves *halves)
{
	size_t n = 0;

	for (size_t i = 0; i < halves->len; i++)
		n += !halves->items[i].other;
	return n;
}

static void match_all(struct join *join)
{
	size_t left;

	match_by(join, sign_bytes);
	left = count_left(&join->old);
	if (left == 0 || count_left(&join->new) == 0)
		return;
	read_halves(join, &join->old, false);
	read_halves(join, &join->new, true);
	match_by(join, sign_id);
	match_by(join, sign_name);
	if (count_left(&join->old) * count_left(&join->new) > MOST_PAIRS)
		return;
	for (size_t i = 0; i < join->new.len; i++)
		if (!join->new.items[i].other)
			match_alike(join, &join->new.items[i]);
}

/* --- all together -------------------------------------------------------- */

static void take_halves(
	struct join *join, enum pm_change_kind kind, struct halves *out)
{
	struct pm_changes *changes = join->changes;
	bool is_new = kind == PM_CHANGE_ADDED;

	out->items = pm_alloc(changes->items.len + 1, sizeof(*out->items));
	for (size_t i = 0; i < changes->items.len; i++) {
		struct pm_change *change = &changes->items.items[i];
		struct half *half = &out->items[out->len];

		if (change->kind != kind)
			continue;
		out->len++;
		half->change = change;
		half->path = pm_slice_str(
			is_new ? change->new_path : change->old_path);
		half->stem = pm_path_id(half->path);
		half->oid = is_new ? &change->new_oid : &change->old_oid;
	}
}

static void release_halves(struct halves *halves)
{
	for (size_t i = 0; i < halves->len; i++)
		pm_vec_release(&halves->items[i].lines);
	free(halves->items);
}

/* Makes one change of two; the removal goes. */
static void merge_halves(struct join *join)
{
	struct pm_changes *changes = join->changes;
	size_t kept = 0;

	for (size_t i = 0; i < join->new.len; i++) {
		const struct half *new = &join->new.items[i];

		if (!new->other)
			continue;
		new->change->kind = PM_CHANGE_RENAMED;
		new->change->old_path = new->other->change->old_path;
		new->change->old_oid = new->other->change->old_oid;
		new->other->change->old_path = NULL;
	}
	for (size_t i = 0; i < changes->items.len; i++) {
		struct pm_change change = changes->items.items[i];

		if (change.old_path || change.new_path)
			changes->items.items[kept++] = change;
	}
	changes->items.len = kept;
}

void pm_changes_join(struct pm_ctx *ctx, struct pm_changes *changes)
{
	struct join join = {
		.ctx = ctx, .changes = changes, .arena = PM_ARENA_INIT};

	take_halves(&join, PM_CHANGE_REMOVED, &join.old);
	take_halves(&join, PM_CHANGE_ADDED, &join.new);
	if (join.old.len > 0 && join.new.len > 0) {
		match_all(&join);
		merge_halves(&join);
	}
	release_halves(&join.old);
	release_halves(&join.new);
	pm_arena_release(&join.arena);
}
