/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a review tells of. The check judges the change before any two versions
 * are compared, because it alone knows which documents are concerned that did
 * not change themselves: one whose evidence is another now, one that links to
 * a heading which is gone. They are told of where something is new in them or
 * mended.
 */
#include "check/check.h"
#include "review/private.h"

/* What is kept of a finding's message. */
#define KEPT 400

struct judging {
	const struct pm_changes *changes;
	const struct pm_review_opts *opts;
	struct pm_arena *arena;
	struct pm_review_judged **of_change; /* by its number; NULL: untold */
	struct pm_review_told *others; /* did not change; in order of paths */
	size_t nothers;
};

static bool is_at(const char *path, const char *wanted)
{
	return path && strcmp(path, wanted) == 0;
}

/* True when nobody named documents, or one that stands at either path. */
static bool is_wanted(const struct pm_review_opts *opts, const char *old_path,
	const char *new_path)
{
	for (size_t i = 0; i < opts->npaths; i++)
		if (is_at(new_path, opts->paths[i]) ||
			is_at(old_path, opts->paths[i]))
			return true;
	return !opts->paths;
}

/* What is kept of findings in a document that did not change. Those of one
   document come one after the other. */
static struct pm_review_judged *judged_of_other(
	struct judging *judging, const char *path)
{
	struct pm_review_told *told = NULL;

	if (judging->nothers)
		told = &judging->others[judging->nothers - 1];
	if (told && strcmp(told->path, path) == 0)
		return told->judged;
	judging->others = pm_arena_grow(judging->arena, judging->others,
		judging->nothers, sizeof *judging->others);
	told = &judging->others[judging->nothers++];
	told->path = pm_arena_strdup(judging->arena, path);
	told->judged = pm_arena_alloc(judging->arena, 1, sizeof *told->judged);
	return told->judged;
}

static struct pm_review_judged *judged_of(
	struct judging *judging, const char *path)
{
	const struct pm_change *change =
		pm_changes_find(judging->changes, path);

	if (change)
		return judging->of_change[change -
					  pm_changes_item(judging->changes, 0)];
	if (!is_wanted(judging->opts, NULL, path))
		return NULL;
	return judged_of_other(judging, path);
}

static int collect(void *data, const struct pm_finding *finding)
{
	struct judging *judging = data;
	struct pm_review_judged *judged = judged_of(judging, finding->path.ptr);
	struct pm_review_finding *kept;

	if (!judged)
		return 0;
	judged->items = pm_arena_grow(
		judging->arena, judged->items, judged->len, sizeof *kept);
	kept = &judged->items[judged->len++];
	kept->rule = finding->rule;
	kept->level = finding->level;
	kept->line = finding->start.line;
	kept->mended = finding->mended;
	kept->message = pm_arena_slice(
		judging->arena, pm_slice_sub(finding->message, 0, KEPT));
	return 0;
}

static const char *path_of(const struct pm_change *change)
{
	return change->new_path ? change->new_path : change->old_path;
}

/* Lays out the changes that are told and the others by their paths. */
static void merge(struct judging *judging, struct pm_review_list *out)
{
	size_t n = pm_changes_count(judging->changes), other = 0;

	out->items = pm_arena_alloc(
		judging->arena, n + judging->nothers + 1, sizeof *out->items);
	for (size_t i = 0; i < n; i++) {
		const struct pm_change *change =
			pm_changes_item(judging->changes, i);

		if (!judging->of_change[i])
			continue;
		while (other < judging->nothers &&
			strcmp(judging->others[other].path, path_of(change)) <
				0)
			out->items[out->len++] = judging->others[other++];
		out->items[out->len++] = (struct pm_review_told){
			.change = change,
			.path = path_of(change),
			.judged = judging->of_change[i],
		};
	}
	while (other < judging->nothers)
		out->items[out->len++] = judging->others[other++];
}

int pm_review_judge(struct pm_ctx *ctx, struct pm_snapshot *after,
	struct pm_changes *changes, const struct pm_review_opts *opts,
	struct pm_arena *arena, struct pm_review_list *out)
{
	struct judging judging = {changes, opts, arena, NULL, NULL, 0};
	struct pm_check_opts check = {
		.finding = collect,
		.data = &judging,
		.changes = changes,
		.mended = true,
	};
	struct pm_check_totals totals;
	size_t n = pm_changes_count(changes);
	struct pm_review_judged *judged =
		pm_arena_alloc(arena, n + 1, sizeof *judged);
	int ret;

	judging.of_change =
		pm_arena_alloc(arena, n + 1, sizeof *judging.of_change);
	for (size_t i = 0; i < n; i++) {
		const struct pm_change *change = pm_changes_item(changes, i);

		if (is_wanted(opts, change->old_path, change->new_path))
			judging.of_change[i] = &judged[i];
	}
	ret = pm_check_run(ctx, after, &check, &totals);
	if (ret == 0)
		merge(&judging, out);
	return ret;
}
