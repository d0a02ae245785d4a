/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which documents a run judges, and what is known of them from before. A run
 * over everything compares with HEAD, so that rules about a step (a status
 * that jumps) have something to compare with; a run over changes has them.
 */
#include "check/job.h"

#include "base/alloc.h"
#include "base/utf8.h"

/* --- order --------------------------------------------------------------- */

static int by_path(const void *a, const void *b, void *snap)
{
	const struct pm_check_item *ia = a, *ib = b;

	return strcmp(pm_snapshot_doc(snap, ia->number)->path,
		pm_snapshot_doc(snap, ib->number)->path);
}

static int by_id(const void *a, const void *b, void *snap)
{
	size_t na = *(const size_t *)a, nb = *(const size_t *)b;
	int order = pm_utf8_fold_cmp(
		pm_snapshot_doc(snap, na)->id, pm_snapshot_doc(snap, nb)->id);

	if (order)
		return order;
	return na < nb ? -1 : na > nb;
}

/* Puts the items into path order, drops repetitions. */
static void sort_items(struct pm_check_job *job)
{
	size_t n = 0;

	/* Most lists are in order already. */
	for (size_t i = 1; i < job->items.len; i++) {
		if (by_path(&job->items.items[i - 1], &job->items.items[i],
			    job->snap) <= 0)
			continue;
		qsort_r(job->items.items, job->items.len,
			sizeof *job->items.items, by_path, job->snap);
		break;
	}
	for (size_t i = 0; i < job->items.len; i++)
		if (n == 0 || job->items.items[i].number !=
				      job->items.items[n - 1].number)
			job->items.items[n++] = job->items.items[i];
	job->items.len = n;
}

static void lay_out_ids(struct pm_check_job *job)
{
	size_t all = pm_snapshot_count(job->snap);

	job->by_id = pm_alloc(all + 1, sizeof *job->by_id);
	for (size_t i = 0; i < all; i++)
		job->by_id[i] = i;
	for (size_t i = 1; i < all; i++) {
		if (by_id(&job->by_id[i - 1], &job->by_id[i], job->snap) <= 0)
			continue;
		qsort_r(job->by_id, all, sizeof *job->by_id, by_id, job->snap);
		break;
	}
}

/* --- the state before ---------------------------------------------------- */

/*
 * The changes from HEAD to the index; what else differs in the work tree shows
 * when it is read. Without them documents are judged by themselves.
 */
static int find_changes(struct pm_ctx *ctx, struct pm_check_job *job)
{
	struct pm_snapshot_opts opts = {
		.kind = PM_SNAPSHOT_REVISION,
		.unlisted = true,
		.policy_of = job->snap,
	};
	struct pm_snapshot *staged = job->snap;
	struct pm_repo *repo = pm_snapshot_repo(job->snap);
	int ret = pm_snapshot_open(ctx, repo, &opts, &job->before);

	opts.kind = PM_SNAPSHOT_STAGED;
	if (ret == 0 && pm_snapshot_kind(staged) != PM_SNAPSHOT_STAGED)
		ret = pm_snapshot_open(ctx, repo, &opts, &staged);
	if (ret == 0)
		ret = pm_changes_open(ctx, job->before, staged, &job->changes);
	if (staged != job->snap)
		pm_snapshot_free(staged);
	job->own_changes = ret == 0;
	return ret;
}

/* All documents, or those that were named. */
static void select_named(struct pm_check_job *job)
{
	size_t all = pm_snapshot_count(job->snap);
	size_t asked = job->opts->docs ? job->opts->ndocs : all;

	for (size_t i = 0; i < asked; i++) {
		struct pm_check_item *item = pm_vec_push(&job->items);

		item->number = job->opts->docs ? job->opts->docs[i] : i;
		if (job->changes)
			item->change = pm_changes_find(job->changes,
				pm_snapshot_doc(job->snap, item->number)->path);
	}
}

/* --- only what changes --------------------------------------------------- */

static bool is_asked(const struct pm_check_job *job, size_t number)
{
	for (size_t i = 0; i < job->opts->ndocs; i++)
		if (job->opts->docs[i] == number)
			return true;
	return !job->opts->docs;
}

/* What is not looked at is said. */
static void tell_links(struct pm_ctx *ctx, const struct pm_check_job *job)
{
	const char *path;
	size_t n = pm_changes_links(job->changes, &path);

	if (n == 1)
		pm_notice(ctx,
			"'%s' is a symbolic link: it is no document and is not "
			"checked",
			path);
	else if (n)
		pm_notice(ctx,
			"'%s' and %zu more are symbolic links: they are no "
			"documents and are not checked",
			path, n - 1);
}

static int select_changed(struct pm_ctx *ctx, struct pm_check_job *job)
{
	bool moved = pm_changes_files(job->changes) > 0;
	int ret = 0;

	tell_links(ctx, job);
	for (size_t i = 0; i < pm_changes_count(job->changes); i++)
		moved |= pm_changes_item(job->changes, i)->old_path &&
			 pm_changes_item(job->changes, i)->kind !=
				 PM_CHANGE_MODIFIED;
	for (size_t i = 0; i < pm_changes_count(job->changes); i++)
		if (pm_changes_lost_heading(ctx, job->changes, i))
			*pm_vec_push(&job->lost) = i;
	moved |= job->lost.len > 0;
	/* Listing renumbers, so it comes before any number. */
	if (moved)
		ret = pm_snapshot_list(ctx, job->snap);
	for (size_t i = 0; i < pm_changes_count(job->changes) && !ret; i++) {
		const struct pm_change *change =
			pm_changes_item(job->changes, i);
		struct pm_check_item item = {.change = change};

		if (!change->new_path)
			continue;
		ret = pm_snapshot_number(ctx, job->snap,
			pm_slice_str(change->new_path), &change->new_oid,
			&item.number);
		if (ret == 0 && is_asked(job, item.number))
			*pm_vec_push(&job->items) = item;
	}
	if (ret == 0 && moved)
		ret = pm_check_select_speaking(ctx, job);
	return ret;
}

int pm_check_select(struct pm_ctx *ctx, struct pm_check_job *job)
{
	int ret = 0;

	if (job->opts->changes) {
		job->changes = job->opts->changes;
		job->before = pm_changes_old(job->changes);
		ret = select_changed(ctx, job);
	} else {
		if (pm_snapshot_kind(job->snap) != PM_SNAPSHOT_REVISION &&
			find_changes(ctx, job) < 0) {
			pm_notice(ctx,
				"cannot tell what changed since HEAD: "
				"%s",
				pm_ctx_error(ctx)->message.ptr);
			pm_ctx_clear(ctx);
		}
		ret = pm_snapshot_list(ctx, job->snap);
		if (ret == 0)
			select_named(job);
	}
	sort_items(job);
	if (ret == 0 && pm_snapshot_listed(job->snap))
		lay_out_ids(job);
	return ret;
}
