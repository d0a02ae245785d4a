/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each document lacks for its next status, and who owes it. Documents
 * are taken a batch at a time, judged and then read for their facts, so that
 * memory does not follow their number.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "status/private.h"

/* Documents of one batch. */
#define BATCH 256

/* What is kept of a finding's message. */
#define KEPT 400

struct owed {
	size_t doc;       /* in the batch */
	struct pm_pos at; /* of a finding */
	struct pm_status_item item;
};

struct batch {
	struct pm_snapshot *snap;
	const size_t *docs;
	size_t n;
	size_t next; /* the document whose findings come */
	struct pm_arena arena;
	PM_VEC(struct owed) owed;
	struct pm_status_facts facts[BATCH];
	int64_t today;
};

/* Told by the dates of the items themselves. */
static bool is_told(const char *rule)
{
	return strcmp(rule, "action-overdue") == 0 ||
	       strcmp(rule, "review-overdue") == 0;
}

/* Findings come in the order of paths, as the documents do. */
static int collect(void *data, const struct pm_finding *finding)
{
	struct batch *batch = data;
	struct owed *owed;

	if (finding->level < PM_LEVEL_WARNING || is_told(finding->rule))
		return 0;
	while (batch->next < batch->n &&
		!pm_slice_is(finding->path,
			pm_snapshot_doc(batch->snap, batch->docs[batch->next])
				->path))
		batch->next++;
	if (batch->next == batch->n)
		return 0;
	owed = pm_vec_push(&batch->owed);
	owed->doc = batch->next;
	owed->at = finding->start;
	owed->item = (struct pm_status_item){
		.step = finding->step,
		.level = finding->level,
		.rule = finding->rule,
		.line = finding->start.line,
		.what = pm_arena_slice(
			&batch->arena, pm_slice_sub(finding->message, 0, KEPT)),
	};
	return 0;
}

static bool is_before(struct pm_pos a, struct pm_pos b)
{
	return a.line != b.line ? a.line < b.line : a.col < b.col;
}

/* An action's faults are its owner's, all else is the document's owner's.
   Several actions may stand on one line. */
static struct pm_slice owner_of(
	const struct pm_status_facts *facts, struct pm_pos at)
{
	const struct pm_status_action *found = NULL;

	for (size_t i = 0; i < facts->nactions; i++) {
		const struct pm_status_action *action = &facts->actions[i];

		if (at.line < action->start.line || at.line > action->end.line)
			continue;
		if (!found || (!is_before(at, action->start) &&
				      is_before(found->start, action->start)))
			found = action;
	}
	return found && found->owner.len ? found->owner : facts->owner;
}

static void settle_findings(struct batch *batch)
{
	for (size_t i = 0; i < batch->owed.len; i++) {
		struct owed *owed = &batch->owed.items[i];
		const struct pm_status_facts *facts = &batch->facts[owed->doc];

		owed->item.who = owner_of(facts, owed->at);
		owed->item.due = facts->deadline;
	}
}

/* Adds what is no fault, only to be done; returns it. */
static struct pm_status_item *add_duty(struct batch *batch, size_t doc,
	struct pm_slice who, struct pm_date due, struct pm_slice what)
{
	struct owed *owed = pm_vec_push(&batch->owed);

	owed->doc = doc;
	owed->item = (struct pm_status_item){
		.step = PM_STEP_SHARE,
		.level = PM_LEVEL_NOTE,
		.who = who,
		.due = due,
		.what = what,
	};
	return &owed->item;
}

/* The move to the next status, approvals, and the actions that are not done. */
static void add_facts(struct batch *batch, size_t doc)
{
	const struct pm_status_facts *facts = &batch->facts[doc];
	const char *move = facts->state == PM_STATUS_DRAFT
				   ? "a draft: put it into review"
				   : "in review: make it final";

	if (!facts->read)
		return;
	if (facts->state != PM_STATUS_FINAL)
		add_duty(batch, doc, facts->owner, facts->deadline,
			pm_slice_str(move));
	for (size_t i = 0; i < facts->napprovers; i++)
		add_duty(batch, doc, facts->approvers[i], facts->deadline,
			pm_slice_str(
				"in review: read it and run 'pm approve'"));
	for (size_t i = 0; i < facts->nactions; i++) {
		const struct pm_status_action *action = &facts->actions[i];
		struct pm_status_item *item;

		if (!action->open)
			continue;
		item = add_duty(
			batch, doc, action->owner, action->due, action->name);
		item->line = action->line;
	}
}

int pm_status_turn(const struct pm_status_item *item)
{
	return item->rule ? 0 : item->line ? 2 : 1;
}

static int by_doc_and_step(const void *pa, const void *pb)
{
	const struct owed *a = pa, *b = pb;

	if (a->doc != b->doc)
		return a->doc < b->doc ? -1 : 1;
	if (a->item.step != b->item.step)
		return a->item.step < b->item.step ? -1 : 1;
	if (pm_status_turn(&a->item) != pm_status_turn(&b->item))
		return pm_status_turn(&a->item) - pm_status_turn(&b->item);
	if (a->item.line != b->item.line)
		return a->item.line < b->item.line ? -1 : 1;
	if (!pm_slice_eq(a->item.what, b->item.what))
		return pm_slice_cmp(a->item.what, b->item.what);
	return pm_slice_cmp(a->item.who, b->item.who);
}

/* What is owed in one document, in order. */
struct owed_items {
	PM_VEC(struct pm_status_item) list;
};

/* Takes the items of document d, which stand from *at on. */
static void take_owed(struct batch *batch, size_t d, size_t *at,
	struct owed_items *items, struct pm_status_doc *out)
{
	items->list.len = 0;
	for (; *at < batch->owed.len && batch->owed.items[*at].doc == d;
		++*at) {
		struct pm_status_item *item = pm_vec_push(&items->list);

		*item = batch->owed.items[*at].item;
		if (item->due.year)
			item->late = batch->today - pm_date_to_days(item->due);
		out->owed[item->step]++;
	}
	out->items = items->list.items;
	out->nitems = items->list.len;
}

static int emit(struct batch *batch, pm_status_fn fn, void *data)
{
	struct owed_items items = {.list = {0}};
	size_t at = 0;
	int ret = 0;

	for (size_t d = 0; d < batch->n && ret == 0; d++) {
		const struct pm_snapshot_doc *doc =
			pm_snapshot_doc(batch->snap, batch->docs[d]);
		const struct pm_status_facts *facts = &batch->facts[d];
		struct pm_status_doc out = {
			.path = pm_slice_str(doc->path),
			.id = doc->id,
			.title = facts->read ? facts->title : doc->id,
			.severity = facts->severity,
			.owner = facts->owner,
			.state = facts->state,
		};

		take_owed(batch, d, &at, &items, &out);
		ret = fn(data, &out);
	}
	pm_vec_release(&items.list);
	return ret;
}

static int run_batch(
	struct pm_ctx *ctx, struct batch *batch, pm_status_fn fn, void *data)
{
	struct pm_check_opts opts = PM_CHECK_OPTS_INIT;
	struct pm_check_totals totals;
	int ret;

	opts.docs = batch->docs;
	opts.ndocs = batch->n;
	opts.finding = collect;
	opts.data = batch;
	opts.ahead = true;
	batch->next = batch->owed.len = 0;
	memset(batch->facts, 0, sizeof batch->facts);
	pm_arena_reset(&batch->arena);
	ret = pm_check_run(ctx, batch->snap, &opts, &totals);
	if (ret == 0)
		ret = pm_status_read(ctx, batch->snap, batch->docs, batch->n,
			&batch->arena, batch->facts);
	if (ret < 0)
		return ret;
	settle_findings(batch);
	for (size_t d = 0; d < batch->n; d++)
		add_facts(batch, d);
	if (batch->owed.len)
		qsort(batch->owed.items, batch->owed.len,
			sizeof *batch->owed.items, by_doc_and_step);
	return emit(batch, fn, data);
}

static int by_path(const void *a, const void *b, void *snap)
{
	return strcmp(pm_snapshot_doc(snap, *(const size_t *)a)->path,
		pm_snapshot_doc(snap, *(const size_t *)b)->path);
}

/* The numbers asked for, by path, each once. */
static size_t *lay_out(
	struct pm_snapshot *snap, const size_t *docs, size_t *ndocs)
{
	size_t n = docs ? *ndocs : pm_snapshot_count(snap), kept = 0;
	size_t *out = pm_alloc(n + 1, sizeof *out);

	for (size_t i = 0; i < n; i++)
		out[i] = docs ? docs[i] : i;
	if (n > 1)
		qsort_r(out, n, sizeof *out, by_path, snap);
	for (size_t i = 0; i < n; i++)
		if (!kept || out[i] != out[kept - 1])
			out[kept++] = out[i];
	*ndocs = kept;
	return out;
}

int pm_status_run(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const size_t *docs, size_t ndocs, pm_status_fn fn, void *data)
{
	size_t *all = lay_out(snap, docs, &ndocs);
	struct batch *batch = pm_alloc(1, sizeof *batch);
	int ret = 0;

	batch->snap = snap;
	batch->arena = (struct pm_arena)PM_ARENA_INIT;
	batch->today = pm_date_to_days(pm_time_date(ctx->now, 0));
	for (size_t at = 0; at < ndocs && ret == 0; at += batch->n) {
		batch->docs = all + at;
		batch->n = ndocs - at < BATCH ? ndocs - at : BATCH;
		ret = run_batch(ctx, batch, fn, data);
	}
	pm_vec_release(&batch->owed);
	pm_arena_release(&batch->arena);
	free(batch);
	free(all);
	return ret;
}
