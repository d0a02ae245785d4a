/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The check of what comes of several states, as a merge does. It is made once
 * for each of them, and what all of them make new counts: a link that one side
 * wrote to a document that the other removed, but nothing that one side had.
 * The side with the fewest changes comes first, and the others look at these
 * documents only, so the cost is that of the smaller side.
 */
#include "hook/private.h"

#include <stdlib.h>

#include "check/check.h"

/* What one of the runs told, kept: a run's own words do not last. */
struct told {
	struct pm_finding finding;
	size_t sides; /* that have the document, and told it */
	size_t order; /* of being told */
};

struct hearing {
	struct pm_changes *const *changes;
	size_t n;
	size_t side; /* the one that runs */
	struct pm_arena arena;
	struct pm_map keys; /* of told: where, which rule, what */
	PM_VEC(struct told) told;
	PM_VEC(bool) heard;  /* by number of told: in this run */
	PM_VEC(size_t) docs; /* that matter after the first run */
};

/* True when that side has the document, be it in another form or place. */
static bool has(const struct hearing *hearing, size_t side, const char *path)
{
	const struct pm_change *change =
		pm_changes_find(hearing->changes[side], path);

	return !change || change->old_path;
}

static void keep(struct hearing *hearing, const struct pm_finding *finding)
{
	struct told *told = pm_vec_push(&hearing->told);
	struct pm_slice *texts[PM_FINDING_TEXTS];

	told->finding = *finding;
	pm_finding_texts(&told->finding, texts);
	for (size_t i = 0; i < PM_FINDING_TEXTS; i++)
		*texts[i] = pm_arena_slice(&hearing->arena, *texts[i]);
	told->order = hearing->told.len;
	*pm_vec_push(&hearing->heard) = false;
}

static int hear(void *data, const struct pm_finding *finding)
{
	struct hearing *hearing = data;
	struct pm_buf key = PM_BUF_INIT;
	uintptr_t *number;
	struct told *told;
	bool added;

	pm_buf_addf(&key, "%.*s\n%u:%u %s %.*s", PM_SLICE_ARG(finding->path),
		finding->start.line, finding->start.col, finding->rule,
		PM_SLICE_ARG(finding->message));
	number = pm_map_put(&hearing->keys, pm_buf_slice(&key), &added);
	pm_buf_release(&key);
	if (added) {
		keep(hearing, finding);
		*number = hearing->told.len;
	}
	told = &hearing->told.items[*number - 1];
	/* What weighs less against one side weighs no more in all. */
	if (finding->level < told->finding.level)
		told->finding.level = finding->level;
	if (!hearing->heard.items[*number - 1] &&
		has(hearing, hearing->side, told->finding.path.ptr))
		told->sides++;
	hearing->heard.items[*number - 1] = true;
	return 0;
}

/* True when it is new since every side that has the document. */
static bool counts(const struct hearing *hearing, const struct told *told)
{
	size_t asked = 0;

	for (size_t i = 0; i < hearing->n; i++)
		asked += has(hearing, i, told->finding.path.ptr);
	return told->sides == asked;
}

static int by_place(const void *pa, const void *pb)
{
	const struct told *a = pa, *b = pb;
	int order = pm_slice_cmp(a->finding.path, b->finding.path);

	if (order)
		return order;
	if (a->finding.start.line != b->finding.start.line)
		return a->finding.start.line < b->finding.start.line ? -1 : 1;
	if (a->finding.start.col != b->finding.start.col)
		return a->finding.start.col < b->finding.start.col ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

/* Hands on what counts, in the order of a check. */
static int hand_on(struct hearing *hearing, const struct pm_check_opts *opts,
	struct pm_check_totals *totals)
{
	struct pm_slice last = {NULL, 0};
	int rc = 0;

	if (hearing->told.len)
		qsort(hearing->told.items, hearing->told.len,
			sizeof(*hearing->told.items), by_place);
	for (size_t i = 0; i < hearing->told.len && rc == 0; i++) {
		const struct told *told = &hearing->told.items[i];
		enum pm_level level = told->finding.level;

		if (!counts(hearing, told))
			continue;
		totals->documents += !pm_slice_eq(last, told->finding.path);
		totals->errors += level == PM_LEVEL_ERROR;
		totals->warnings += level == PM_LEVEL_WARNING;
		totals->notes += level == PM_LEVEL_NOTE;
		last = told->finding.path;
		if (opts->finding)
			rc = opts->finding(opts->data, &told->finding);
	}
	return rc;
}

/* The side that changes least. */
static size_t least(const struct hearing *hearing)
{
	size_t found = 0;

	for (size_t i = 1; i < hearing->n; i++)
		if (pm_changes_count(hearing->changes[i]) <
			pm_changes_count(hearing->changes[found]))
			found = i;
	return found;
}

/* The documents that the others have to look at: those that differ from the
   first side, and those of which its run told something. */
static int select_docs(struct pm_ctx *ctx, struct pm_snapshot *snap,
	struct hearing *hearing, struct pm_check_opts *opts)
{
	const struct pm_changes *changes = hearing->changes[hearing->side];
	int rc = 0;

	for (size_t i = 0; i < pm_changes_count(changes) && rc == 0; i++) {
		const char *path = pm_changes_item(changes, i)->new_path;

		if (path)
			rc = pm_snapshot_number(ctx, snap, pm_slice_str(path),
				NULL, pm_vec_push(&hearing->docs));
	}
	for (size_t i = 0; i < hearing->told.len && rc == 0; i++)
		rc = pm_snapshot_number(ctx, snap,
			hearing->told.items[i].finding.path, NULL,
			pm_vec_push(&hearing->docs));
	opts->docs = hearing->docs.items;
	opts->ndocs = hearing->docs.len;
	return rc;
}

static int hear_side(struct pm_ctx *ctx, struct pm_snapshot *snap,
	struct hearing *hearing, size_t side, struct pm_check_opts *opts)
{
	struct pm_check_totals totals;

	for (size_t i = 0; i < hearing->heard.len; i++)
		hearing->heard.items[i] = false;
	hearing->side = side;
	opts->changes = hearing->changes[side];
	return pm_check_run(ctx, snap, opts, &totals);
}

int pm_hook_several(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_check_opts *opts, struct pm_changes *const *changes,
	size_t n, struct pm_check_totals *totals)
{
	struct hearing hearing = {
		.changes = changes,
		.n = n,
		.arena = PM_ARENA_INIT,
		.keys = PM_MAP_INIT,
	};
	struct pm_check_opts own = *opts;
	size_t first = least(&hearing);
	int rc;

	own.finding = hear;
	own.data = &hearing;
	rc = hear_side(ctx, snap, &hearing, first, &own);
	if (rc == 0)
		rc = select_docs(ctx, snap, &hearing, &own);
	for (size_t i = 0; i < n && rc == 0 && hearing.docs.len > 0; i++)
		if (i != first)
			rc = hear_side(ctx, snap, &hearing, i, &own);
	if (rc == 0)
		rc = hand_on(&hearing, opts, totals);
	pm_vec_release(&hearing.docs);
	pm_vec_release(&hearing.told);
	pm_vec_release(&hearing.heard);
	pm_map_release(&hearing.keys);
	pm_arena_release(&hearing.arena);
	return rc;
}
