/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The life of an index, from open to free, and showing another state than
 * HEAD: the documents of a snapshot go into a temporary table that the
 * queries read instead of doc. Their blobs get rows like any others.
 */
#include "index/private.h"

#include "base/alloc.h"

static const char current_table[] = "CREATE TABLE IF NOT EXISTS temp.current("
				    " id INTEGER PRIMARY KEY,"
				    " view INTEGER NOT NULL,"
				    " path TEXT NOT NULL,"
				    " name TEXT NOT NULL,"
				    " blob INTEGER NOT NULL,"
				    " date INTEGER);"
				    "DELETE FROM temp.current;";

/* Made after the rows, which is cheaper. */
static const char current_indexes[] =
	"CREATE INDEX IF NOT EXISTS temp.current_blob"
	" ON current(view, blob, path);"
	"CREATE INDEX IF NOT EXISTS temp.current_date"
	" ON current(view, date DESC);";

/* Those who only read need not say how carefully to write. */
int pm_index_begin(struct pm_index *index)
{
	return pm_sql_exec(
		index->sql, "PRAGMA synchronous=NORMAL; BEGIN IMMEDIATE");
}

int pm_index_finish(struct pm_index *index, int ret)
{
	struct pm_ctx *ctx = index->ctx;
	struct pm_error saved;

	if (ret == 0)
		ret = pm_sql_exec(index->sql, "COMMIT");
	if (ret == 0)
		return 0;
	/* SQLite may have rolled back by itself: no news, and no reason to
	   lose the error that led here. */
	saved = ctx->error;
	ctx->error = (struct pm_error){.message = PM_BUF_INIT,
		.path = PM_BUF_INIT,
		.earlier = PM_BUF_INIT};
	pm_sql_exec(index->sql, "ROLLBACK");
	pm_buf_release(&ctx->error.message);
	pm_buf_release(&ctx->error.path);
	pm_buf_release(&ctx->error.earlier);
	ctx->error = saved;
	return ret;
}

int pm_index_open(struct pm_ctx *ctx, struct pm_repo *repo, unsigned flags,
	struct pm_index **out)
{
	struct pm_index *index = pm_alloc(1, sizeof *index);
	int ret;

	index->ctx = ctx;
	index->repo = repo;
	index->lock = -1;
	index->path = (struct pm_buf)PM_BUF_INIT;
	index->told = (struct pm_map)PM_MAP_INIT;
	index->stats = pm_alloc(1, sizeof *index->stats);
	if (flags & PM_INDEX_GLANCE && pm_glance_open(index))
		ret = 0;
	else
		ret = pm_store_open(index, flags & PM_INDEX_REBUILD);
	if (ret < 0) {
		pm_index_free(index);
		index = NULL;
	}
	*out = index;
	return ret;
}

void pm_index_free(struct pm_index *index)
{
	if (!index)
		return;
	pm_store_close(index);
	pm_policy_free(index->policy);
	pm_buf_release(&index->path);
	pm_map_release(&index->told);
	free(index->stats);
	free(index);
}

static int count_documents(struct pm_index *index)
{
	struct pm_stmt *stmt = pm_sql_stmt(
		index->sql, "SELECT count(*) FROM doc WHERE view = ?");
	int ret;

	pm_stmt_int(stmt, 1, index->view.id);
	ret = pm_stmt_step(stmt);
	if (ret <= 0)
		return ret;
	index->stats->documents = (size_t)pm_stmt_col_int(stmt, 0);
	ret = pm_stmt_step(stmt);
	return ret < 0 ? ret : 0;
}

int pm_index_stats(struct pm_index *index, struct pm_index_stats *out)
{
	int ret = count_documents(index);

	if (pm_store_damaged(index, ret)) {
		ret = pm_store_mend(index);
		if (ret == 0)
			ret = count_documents(index);
	}
	*out = *index->stats;
	return ret;
}

int pm_index_any(struct pm_index *index)
{
	struct pm_stmt *stmt = pm_sql_stmt(index->sql,
		index->temp ? "SELECT 1 FROM temp.current LIMIT 1"
			    : "SELECT 1 FROM doc WHERE view = ? LIMIT 1");
	int ret;

	if (!index->temp)
		pm_stmt_int(stmt, 1, index->view.id);
	ret = pm_stmt_step(stmt);
	/* The second step ends the statement. */
	if (ret == 1 && pm_stmt_step(stmt) < 0)
		return PM_ERROR;
	return ret;
}

/* True when HEAD shows exactly these documents. */
static int same_as_head(
	struct pm_index *index, const struct pm_wants *wants, bool *same)
{
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_wants shown = {NULL, 0, 0};
	int ret = pm_view_docs(index, &index->view, &arena, &shown);

	*same = ret == 0 && shown.len == wants->len;
	for (size_t i = 0; *same && i < wants->len; i++)
		*same = !strcmp(shown.items[i].path, wants->items[i].path) &&
			pm_oid_eq(&shown.items[i].oid, &wants->items[i].oid);
	pm_vec_release(&shown);
	pm_arena_release(&arena);
	return ret;
}

static int fill_current(
	struct pm_index *index, int64_t reading, const struct pm_wants *wants)
{
	int ret = pm_sql_exec(index->sql, current_table);

	if (ret == 0)
		ret = pm_sql_exec(index->sql, "BEGIN");
	if (ret < 0)
		return ret;
	for (size_t i = 0; i < wants->len && ret >= 0; i++)
		ret = pm_doc_insert(index, 0, reading, &wants->items[i]);
	ret = pm_index_finish(index, ret < 0 ? ret : 0);
	if (ret == 0)
		ret = pm_sql_exec(index->sql, current_indexes);
	return ret;
}

/* Parses what is unknown and fills the temporary table. */
static int show(struct pm_index *index, struct pm_snapshot *snap,
	const struct pm_wants *wants)
{
	struct pm_gather gather = {
		.policy = pm_snapshot_policy(snap),
		.snap = snap,
	};
	struct pm_wants unknown = {NULL, 0, 0};
	bool same = false;
	int ret = pm_index_reading(index, gather.policy, &gather.reading);

	if (ret == 0 && gather.reading == index->view.reading)
		ret = same_as_head(index, wants, &same);
	if (ret < 0 || same)
		return ret;
	ret = pm_index_unknown(index, gather.reading, wants, &unknown);
	if (ret == 0)
		ret = pm_index_gather(index, &gather, &unknown);
	if (ret == 0)
		ret = fill_current(index, gather.reading, wants);
	index->temp = ret == 0;
	pm_vec_release(&unknown);
	return ret;
}

int pm_index_use(
	struct pm_ctx *ctx, struct pm_index *index, struct pm_snapshot *snap)
{
	struct pm_wants wants = {NULL, 0, 0};
	int ret = pm_glance_end(index);

	if (ret == 0)
		ret = pm_index_state(ctx, snap, &wants);
	index->snap = NULL;
	index->temp = false;
	/* Another place for the rows would not help. */
	if (ret < 0)
		goto out;
	ret = show(index, snap, &wants);
	if (pm_store_damaged(index, ret)) {
		ret = pm_store_mend(index);
		if (ret == 0)
			ret = show(index, snap, &wants);
	}
	/* Rows that cannot be written here are kept somewhere else. */
	while (ret < 0 && index->level < PM_STORE_MEMORY &&
		index->ctx->error.path.len == 0) {
		ret = pm_store_retreat(index);
		if (ret == 0)
			ret = show(index, snap, &wants);
	}
	if (ret == 0)
		index->snap = snap;
out:
	pm_vec_release(&wants);
	return ret;
}

int pm_index_mend(struct pm_index *index)
{
	int ret = pm_store_mend(index);

	if (ret == 0 && index->snap)
		ret = pm_index_use(index->ctx, index, index->snap);
	return ret;
}
