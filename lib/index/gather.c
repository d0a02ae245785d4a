/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents without a row are parsed in worker processes, and their records
 * inserted by the parent as they arrive. While an index that others use is
 * brought up to date, records are collected and inserted in short
 * transactions, so that nobody waits for a document that takes its worker a
 * second to give up on.
 */
#include "index/private.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/pool.h"
#include "base/secret.h"

/* A transaction is made of at most so much. */
#define BATCH_BYTES ((size_t)4 << 20)
#define BATCH_ROWS  256

/*
 * Pages of the full-text table merged with each transaction, and with each of
 * its rows: enough to keep up, for a document fills about three, and about
 * a millisecond or two when there is something to merge.
 */
#define MERGE_PAGES     16
#define MERGE_PAGES_ROW 4

/*
 * From so many documents on, the table of their words is larger than what the
 * processor finds in small pages without looking for them: the most that
 * build.c lets it be, and SQLite's pages.
 */
#define BULK_MIN   1000
#define BULK_BYTES ((size_t)96 << 20)

/* Memory of one parsed document. */
#define ARENA_LIMIT ((size_t)64 << 20)

/* What the workers and the parent see of a run. */
struct run {
	struct pm_index *index;
	struct pm_gather *gather;
	const struct pm_wants *wants;
	pm_parsed_fn fn;
	void *data;
};

/* What one worker process keeps. */
struct worker {
	struct pm_reader *reader; /* NULL: everything comes from Git */
	struct pm_near near;      /* in the work tree; root -1: there is none */
	struct pm_arena arena;
	struct pm_map memo; /* what headings mean, by the policy */
	struct pm_buf bytes;
};

int pm_index_unknown(struct pm_index *index, int64_t reading,
	const struct pm_wants *all, struct pm_wants *unknown)
{
	struct pm_map seen = PM_MAP_INIT;
	int ret = 0;

	for (size_t i = 0; i < all->len && ret >= 0; i++) {
		const struct pm_want *want = &all->items[i];
		bool added;

		pm_map_put(&seen,
			pm_slice_make((const char *)want->oid.bytes,
				sizeof want->oid.bytes),
			&added);
		if (!added)
			continue;
		ret = pm_row_known(index->sql, &want->oid, reading);
		if (ret == 0)
			*pm_vec_push(unknown) = *want;
	}
	pm_map_release(&seen);
	return ret < 0 ? ret : 0;
}

static int start(struct pm_ctx *ctx, void *data, void **out)
{
	const struct run *run = data;
	struct worker *worker = pm_alloc(1, sizeof *worker);
	const char *top = pm_repo_worktree(run->index->repo);
	int ret = 0;

	worker->near =
		(struct pm_near)PM_NEAR_INIT(top ? pm_dir_open(ctx, top) : -1);
	worker->bytes = (struct pm_buf)PM_BUF_INIT;
	worker->memo = (struct pm_map)PM_MAP_INIT;
	worker->arena.limit = ARENA_LIMIT;
	worker->arena.full = pm_pool_leave_memory;
	if (run->gather->snap)
		ret = pm_reader_new(ctx, run->gather->snap, &worker->reader);
	*out = worker;
	return ret;
}

/* The bytes of the wanted blob and of no other: a file that changed since it
   was listed is left for the next time. */
static int read_bytes(struct pm_ctx *ctx, const struct run *run,
	struct worker *worker, const struct pm_want *want)
{
	struct pm_oid oid;
	int ret;

	pm_buf_reset(&worker->bytes);
	if (worker->reader && want->num != SIZE_MAX) {
		ret = pm_reader_doc(
			ctx, worker->reader, want->num, &worker->bytes, &oid);
		if (ret == 0 && !pm_oid_eq(&oid, &want->oid))
			ret = pm_fail(ctx, PM_EMODIFIED,
				"'%s' changed while it was indexed",
				want->path);
		return ret;
	}
	return pm_git_blob_near(ctx, run->index->repo, &worker->near,
		&(struct pm_git_entry){
			.path = pm_slice_str(want->path), .oid = want->oid},
		run->gather->policy->max_document, &worker->bytes);
}

/* One document to one record; none for a document over the size limit. */
static int work(struct pm_ctx *ctx, void *data, void *state, size_t item,
	struct pm_buf *out)
{
	const struct run *run = data;
	struct worker *worker = state;
	const struct pm_want *want = &run->wants->items[item];
	const struct pm_doc_opts opts = {
		.policy = run->gather->policy,
		.arena = &worker->arena,
		.memo = &worker->memo,
	};
	struct pm_doc *doc;
	int ret = read_bytes(ctx, run, worker, want);

	if (ret == PM_ELIMIT)
		return 0;
	if (ret < 0)
		return ret;
	/* What the index does not hold, nobody finds in it. */
	pm_secrets_hide(worker->bytes.ptr, worker->bytes.len);
	doc = pm_doc_parse_opts(
		want->path, pm_buf_slice(&worker->bytes), &opts);
	pm_row_write(doc, out);
	pm_doc_free(doc);
	pm_arena_reset(&worker->arena);
	return 0;
}

/* Says why a document is not there; once, though it may be wanted again. */
static void tell(
	struct pm_index *index, const struct pm_want *want, struct pm_slice why)
{
	struct pm_buf key = PM_BUF_INIT;
	bool added;

	pm_buf_add(&key, (const char *)want->oid.bytes, sizeof want->oid.bytes);
	pm_buf_adds(&key, want->path);
	pm_map_put(&index->told, pm_buf_slice(&key), &added);
	if (added)
		pm_notice(index->ctx, "'%s' is not indexed: %.*s", want->path,
			PM_SLICE_ARG(why));
	pm_buf_release(&key);
}

static int done(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice out)
{
	const struct run *run = data;

	(void)ctx;
	/* What says nothing about the document must not be kept of it. */
	if (pm_pool_excused(status))
		out = pm_slice_str(pm_pool_reason(status));
	if (status == PM_POOL_FAILED || pm_pool_excused(status)) {
		tell(run->index, &run->wants->items[item], out);
		run->gather->failed++;
		return 0;
	}
	if (status != PM_POOL_OK)
		out.len = 0;
	return run->fn(run->data, item, out);
}

int pm_index_parse(struct pm_index *index, struct pm_gather *gather,
	const struct pm_wants *wants, pm_parsed_fn fn, void *data)
{
	struct run run = {index, gather, wants, fn, data};
	const struct pm_pool pool = {
		.nitems = wants->len,
		.data = &run,
		.start = start,
		.work = work,
		.done = done,
		.help = pm_git_help,
		.help_data = index->repo,
	};

	return wants->len ? pm_pool_run(index->ctx, &pool) : 0;
}

/* A record that waits in the batch. */
struct waiting {
	size_t item;
	size_t off, len;
};

struct inserter {
	struct pm_index *index;
	const struct pm_gather *gather;
	const struct pm_wants *wants;
	struct pm_buf batch;
	PM_VEC(struct waiting) waiting;
	bool begun;
};

static int insert(
	struct inserter *inserter, size_t item, struct pm_slice record)
{
	struct pm_index *index = inserter->index;

	return pm_row_insert(index->ctx, index->sql,
		&inserter->wants->items[item].oid, inserter->gather->reading,
		record);
}

/* Goes on with the merging of what earlier updates have left. */
static int merge(struct inserter *inserter)
{
	struct pm_stmt *stmt = pm_sql_stmt(inserter->index->sql,
		"INSERT INTO words(words, rank) VALUES('merge', ?)");

	pm_stmt_int(stmt, 1,
		(int64_t)(MERGE_PAGES +
			  MERGE_PAGES_ROW * inserter->waiting.len));
	return pm_stmt_run(stmt);
}

/* Inserts what waits, in one transaction. */
static int flush(struct inserter *inserter)
{
	struct pm_slice batch = pm_buf_slice(&inserter->batch);
	int ret;

	if (inserter->waiting.len == 0)
		return 0;
	ret = pm_index_begin(inserter->index);
	if (ret < 0)
		return ret;
	for (size_t i = 0; i < inserter->waiting.len && ret == 0; i++) {
		const struct waiting *w = &inserter->waiting.items[i];

		ret = insert(
			inserter, w->item, pm_slice_sub(batch, w->off, w->len));
	}
	if (ret == 0)
		ret = merge(inserter);
	ret = pm_index_finish(inserter->index, ret);
	inserter->waiting.len = 0;
	pm_buf_reset(&inserter->batch);
	return ret;
}

static int on_record(void *data, size_t item, struct pm_slice record)
{
	struct inserter *inserter = data;
	struct waiting *w;

	/* Not before the workers are there, whose memory is limited. */
	if (!inserter->begun && inserter->wants->len >= BULK_MIN)
		pm_alloc_large_pages(BULK_BYTES);
	inserter->begun = true;
	if (inserter->gather->whole)
		return insert(inserter, item, record);
	w = pm_vec_push(&inserter->waiting);
	*w = (struct waiting){item, inserter->batch.len, record.len};
	pm_buf_add_slice(&inserter->batch, record);
	if (inserter->batch.len < BATCH_BYTES &&
		inserter->waiting.len < BATCH_ROWS)
		return 0;
	return flush(inserter);
}

int pm_index_gather(struct pm_index *index, struct pm_gather *gather,
	const struct pm_wants *wants)
{
	struct inserter inserter = {
		.index = index,
		.gather = gather,
		.wants = wants,
		.batch = PM_BUF_INIT,
	};
	int ret = pm_index_parse(index, gather, wants, on_record, &inserter);

	if (ret == 0 && !gather->whole)
		ret = flush(&inserter);
	if (inserter.begun && wants->len >= BULK_MIN)
		pm_alloc_small_pages();
	if (ret == 0)
		index->stats->added += wants->len - gather->failed;
	pm_buf_release(&inserter.batch);
	pm_vec_release(&inserter.waiting);
	return ret;
}
