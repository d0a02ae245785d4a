/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Search: the best documents by bm25 with the title over the summary over the
 * causes over the rest, and where in each. The index gives the ranking; the
 * few documents to show are then read from Git and looked into.
 */
#include "index/private.h"

#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "base/secret.h"

#define DEFAULT_LIMIT 10

/*
 * When more documents match than this, and they are no small part of all,
 * ranking them costs more than it tells: the newest are shown instead, found
 * by walking the documents by date.
 */
#define RANK_MAX      20000
#define DENSE_PERCENT 5

/* A document that is to be shown. */
struct found {
	struct pm_slice path, id, title; /* in the arena */
	struct pm_oid oid;
	double score;
	bool readable;
};

struct search {
	struct pm_index *index;
	struct pm_query query;
	struct pm_compiled compiled;
	struct pm_arena arena;
	PM_VEC(struct found) found;
	struct pm_map memo;  /* what headings mean, by the policy */
	struct pm_near near; /* in the work tree; root -1: there is none */
	size_t limit;
};

#define COLUMNS "d.path, d.name, b.title, b.oid, b.state"

/*
 * The statement's pieces: %s of the table of documents, then the filters. All
 * that match are ranked, but only those that are shown are looked at: blob is
 * joined earlier when a filter asks for it.
 */
static const char ranked_head[] =
	"SELECT " COLUMNS ", f.score FROM ("
	"SELECT d.id AS doc, -t.rank AS score FROM words t CROSS JOIN ";
static const char ranked_tail[] = " d ON d.blob = t.rowid";
static const char ranked_blob[] = " CROSS JOIN blob b ON b.id = d.blob";
static const char ranked_match[] = " WHERE d.view = ? AND t.words MATCH ?";
static const char ranked_order[] =
	" ORDER BY t.rank, d.path LIMIT ?) f CROSS JOIN ";
static const char ranked_shown[] =
	" d ON d.id = f.doc CROSS JOIN blob b ON b.id = d.blob"
	" ORDER BY f.score DESC, d.path";

static const char dated_head[] = "SELECT " COLUMNS ", 0.0 FROM ";
static const char dated_tail[] =
	" d CROSS JOIN blob b ON b.id = d.blob WHERE d.view = ?";
static const char dated_match[] =
	" AND EXISTS (SELECT 1 FROM words t WHERE t.words MATCH ?"
	" AND t.rowid = d.blob)";
static const char dated_order[] =
	" ORDER BY d.date DESC, d.name, d.path LIMIT ?";

static void keep(struct search *s, struct pm_stmt *stmt)
{
	struct found *found = pm_vec_push(&s->found);
	struct pm_slice oid;

	found->path = pm_arena_slice(&s->arena, pm_stmt_col_text(stmt, 0));
	found->id = pm_arena_slice(&s->arena, pm_stmt_col_text(stmt, 1));
	found->title = pm_arena_slice(&s->arena, pm_stmt_col_text(stmt, 2));
	if (found->title.len == 0)
		found->title = found->id;
	oid = pm_stmt_col_text(stmt, 3);
	if (oid.len == sizeof found->oid.bytes)
		memcpy(found->oid.bytes, oid.ptr, oid.len);
	found->readable = pm_stmt_col_int(stmt, 4) == PM_ROW_READ;
	found->score = pm_stmt_col_real(stmt, 5);
}

/* Writes one of the two statements; both have the same values to bind. */
static void add_statement(
	const struct search *s, bool ranked, struct pm_buf *sql)
{
	const char *docs = s->index->temp ? "temp.current" : "doc";
	struct pm_slice where = pm_buf_slice(&s->compiled.where);

	if (ranked) {
		pm_buf_addf(sql, "%s%s%s%s%s", ranked_head, docs, ranked_tail,
			where.len ? ranked_blob : "", ranked_match);
		pm_buf_add_slice(sql, where);
		pm_buf_addf(sql, "%s%s%s", ranked_order, docs, ranked_shown);
		return;
	}
	pm_buf_addf(sql, "%s%s%s%s", dated_head, docs, dated_tail,
		s->compiled.match.len ? dated_match : "");
	pm_buf_add_slice(sql, where);
	pm_buf_adds(sql, dated_order);
}

/* Runs one of the two statements. */
static int run(struct search *s, bool ranked)
{
	bool match = s->compiled.match.len > 0;
	struct pm_buf sql = PM_BUF_INIT;
	struct pm_stmt *stmt;
	int pos = 1, ret;

	add_statement(s, ranked, &sql);
	stmt = pm_sql_stmt_once(s->index->sql, sql.ptr);
	pm_stmt_int(stmt, pos++, s->index->temp ? 0 : s->index->view.id);
	if (match)
		pm_stmt_text(stmt, pos++, pm_buf_slice(&s->compiled.match));
	pos = pm_compiled_bind(&s->compiled, stmt, pos);
	pm_stmt_int(stmt, pos, (int64_t)s->limit);
	while ((ret = pm_stmt_step(stmt)) > 0)
		keep(s, stmt);
	pm_stmt_free(stmt);
	pm_buf_release(&sql);
	return ret;
}

static int count_of(struct pm_stmt *stmt, int64_t *out)
{
	int ret = pm_stmt_step(stmt);

	if (ret <= 0)
		return ret;
	*out = pm_stmt_col_int(stmt, 0);
	ret = pm_stmt_step(stmt);
	return ret < 0 ? ret : 0;
}

/* 1: so many match that date order is chosen. */
static int too_many(struct search *s)
{
	int64_t rows = 0, hits = 0;
	struct pm_stmt *stmt;
	int ret;

	ret = count_of(pm_sql_stmt(s->index->sql,
			       "SELECT coalesce(max(id), 0) FROM blob"),
		&rows);
	if (ret < 0 || rows <= RANK_MAX)
		return ret;
	stmt = pm_sql_stmt(s->index->sql,
		"SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?"
		" LIMIT ?)");
	pm_stmt_text(stmt, 1, pm_buf_slice(&s->compiled.match));
	pm_stmt_int(stmt, 2, RANK_MAX + 1);
	ret = count_of(stmt, &hits);
	if (ret < 0)
		return ret;
	return hits > RANK_MAX && rows < hits * 100 / DENSE_PERCENT;
}

static int find(struct search *s)
{
	bool ranked = s->compiled.match.len > 0;
	int ret = 0;

	if (ranked)
		ret = too_many(s);
	if (ret > 0) {
		pm_notice(s->index->ctx,
			"more than %d documents match: the newest are shown",
			RANK_MAX);
		ranked = false;
	}
	return ret < 0 ? ret : run(s, ranked);
}

/* The bytes of a document: from Git, or where the snapshot has them. */
static int read_doc(struct search *s, const struct found *found, size_t limit,
	struct pm_buf *out)
{
	struct pm_ctx *ctx = s->index->ctx;
	struct pm_snapshot *snap = s->index->snap;
	struct pm_reader *reader = NULL;
	int ret = pm_git_blob_near(ctx, s->index->repo, &s->near,
		&(struct pm_git_entry){.path = found->path, .oid = found->oid},
		limit, out);

	if (ret == 0 || !snap)
		return ret;
	for (size_t i = 0; i < pm_snapshot_count(snap); i++) {
		if (!pm_slice_is(found->path, pm_snapshot_doc(snap, i)->path))
			continue;
		ret = pm_reader_new(ctx, snap, &reader);
		if (ret == 0)
			ret = pm_reader_doc(ctx, reader, i, out, NULL);
		pm_reader_free(reader);
		break;
	}
	return ret;
}

/*
 * Looks into one document. It was parsed within limits in a worker when it
 * was indexed, so it is safe to parse here; one that was not is not opened.
 * One that cannot be read now is found all the same, and that is told.
 */
static int look_into(
	struct search *s, const struct found *found, struct pm_snippet *out)
{
	struct pm_ctx *ctx = s->index->ctx;
	struct pm_doc_opts opts = {.memo = &s->memo};
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_slice text;
	struct pm_doc *doc;
	int ret = pm_index_policy(s->index, &opts.policy);

	if (ret < 0)
		return ret;
	if (found->readable)
		ret = read_doc(s, found, opts.policy->max_document, &bytes);
	if (ret < 0) {
		pm_notice(ctx, "cannot look into '%s': %s", found->path.ptr,
			ctx->error.message.ptr);
	} else if (found->readable) {
		pm_secrets_hide(bytes.ptr, bytes.len);
		text = pm_buf_slice(&bytes);
		if (!pm_snippet_from_body(
			    found->path.ptr, text, &opts, &s->query, out)) {
			doc = pm_doc_parse_opts(found->path.ptr, text, &opts);
			pm_snippet_find(doc, &s->query, out);
			pm_doc_free(doc);
		}
	}
	pm_ctx_clear(ctx);
	pm_buf_release(&bytes);
	return 0;
}

static int emit(struct search *s, pm_search_fn fn, void *data)
{
	const char *top = pm_repo_worktree(s->index->repo);
	struct pm_snippet snippet = {PM_BUF_INIT, PM_BUF_INIT, 1, false};
	int ret = 0;

	s->near = (struct pm_near)PM_NEAR_INIT(
		top ? pm_dir_open(s->index->ctx, top) : -1);
	for (size_t i = 0; i < s->found.len && ret == 0; i++) {
		const struct found *found = &s->found.items[i];
		struct pm_search_result result = {
			.id = found->id,
			.path = found->path,
			.title = found->title,
			.score = found->score,
		};

		pm_buf_reset(&snippet.text);
		pm_buf_reset(&snippet.section);
		snippet.line = 1;
		ret = look_into(s, found, &snippet);
		if (ret < 0)
			break;
		result.section = pm_buf_slice(&snippet.section);
		result.line = snippet.line;
		result.snippet = pm_buf_slice(&snippet.text);
		ret = fn(data, &result);
	}
	pm_near_release(&s->near);
	if (s->near.root >= 0)
		close(s->near.root);
	pm_buf_release(&snippet.text);
	pm_buf_release(&snippet.section);
	return ret;
}

/* A damaged index shows here at the latest; it is built anew, once. */
static int find_mended(struct search *s)
{
	int ret = find(s);

	if (!pm_store_damaged(s->index, ret) || pm_glance_moved(s->index))
		return ret;
	s->found.len = 0;
	ret = pm_index_mend(s->index);
	return ret < 0 ? ret : find(s);
}

/* Reads the query and fills s->found. */
static int ask(struct search *s, const char *query)
{
	int ret = pm_index_prepare(s->index, query, &s->query, &s->compiled);

	if (ret == 0 && s->query.nterms == 0)
		ret = pm_query_fail(
			s->index->ctx, 1, "there is nothing to search for");
	return ret < 0 ? ret : find_mended(s);
}

static void forget(struct search *s)
{
	pm_compiled_release(&s->compiled);
	pm_query_release(&s->query);
	s->compiled = (struct pm_compiled)PM_COMPILED_INIT;
	s->query = (struct pm_query){.terms = NULL};
	s->found.len = 0;
}

int pm_index_search(struct pm_ctx *ctx, struct pm_index *index,
	const char *query, const struct pm_search_opts *opts, pm_search_fn fn,
	void *data)
{
	struct search s = {
		.index = index,
		.compiled = PM_COMPILED_INIT,
		.arena = PM_ARENA_INIT,
		.memo = PM_MAP_INIT,
		.limit = opts && opts->limit ? opts->limit : DEFAULT_LIMIT,
	};
	int ret = ask(&s, query);

	(void)ctx;
	if (pm_glance_moved(index)) {
		forget(&s);
		ret = pm_glance_end(index);
		if (ret == 0)
			ret = ask(&s, query);
	}
	if (ret == 0)
		ret = emit(&s, fn, data);
	if (ret == 0)
		ret = (int)s.found.len;
	pm_map_release(&s.memo);
	pm_vec_release(&s.found);
	pm_arena_release(&s.arena);
	pm_compiled_release(&s.compiled);
	pm_query_release(&s.query);
	return ret;
}
