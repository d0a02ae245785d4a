/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is the index right? Every document of HEAD is parsed again and compared
 * with its row: typed fields, actions, and, because the full-text table keeps
 * no text, a sample of words from every column that must be found there.
 */
#include "index/private.h"

/* Words looked up of each column. */
#define SAMPLE 4

struct verify {
	struct pm_index *index;
	struct pm_wants docs; /* of HEAD */
	struct pm_arena arena;
	int64_t reading;
	bool *told; /* by document: something was reported */
	int wrong;
};

static void report(struct verify *v, const char *path, const char *what)
{
	pm_notice(v->index->ctx, "'%s': %s", path, what);
	v->wrong++;
}

/* As report, once for each document of HEAD. */
static void report_doc(struct verify *v, size_t doc, const char *what)
{
	if (v->told[doc])
		return;
	v->told[doc] = true;
	report(v, v->docs.items[doc].path, what);
}

/* SQLite's own opinion of the file and of the full-text table. */
static bool check_file(struct verify *v)
{
	struct pm_sql *sql = v->index->sql;
	struct pm_stmt *stmt = pm_sql_stmt(sql, "PRAGMA quick_check(1)");
	bool fine = pm_stmt_step(stmt) > 0 &&
		    pm_slice_is(pm_stmt_col_text(stmt, 0), "ok");

	pm_stmt_step(stmt);
	if (fine && v->index->level != PM_STORE_IMMUTABLE)
		fine = pm_sql_exec(sql, "INSERT INTO words(words)"
					" VALUES('integrity-check')") == 0;
	return fine;
}

/* Compares two listings by path: what only one of them has is wrong. */
static int check_listing(struct verify *v)
{
	struct pm_wants shown = {NULL, 0, 0};
	size_t i = 0, j = 0;
	int ret = pm_view_docs(v->index, &v->index->view, &v->arena, &shown);

	while (ret == 0 && (i < v->docs.len || j < shown.len)) {
		int cmp = i >= v->docs.len ? 1
			  : j >= shown.len ? -1
					   : strcmp(v->docs.items[i].path,
						     shown.items[j].path);

		if (cmp < 0)
			report_doc(v, i, "not in the index");
		else if (cmp > 0)
			report(v, shown.items[j].path,
				"in the index, but not in HEAD");
		else if (!pm_oid_eq(&v->docs.items[i].oid, &shown.items[j].oid))
			report_doc(v, i, "the index shows another version");
		i += cmp <= 0;
		j += cmp >= 0;
	}
	pm_vec_release(&shown);
	return ret;
}

/* The typed columns in the order of the record. */
static const char select_row[] =
	"SELECT id, digest, title, kind, status, severity, owner, incident,"
	" detected_by, set_off, services, departments, tags, times, keys,"
	" started, ttd, tta, tti, ttm, ttr, actions, open, done, unowned, due"
	" FROM blob WHERE oid = ? AND reading = ?";
#define ROW_STRINGS 13
#define ROW_NUMBERS 11

/* A number as insert.c stores it: some stand for "none". */
static bool same_number(struct pm_stmt *stmt, int col, int64_t value)
{
	if (value == INT64_MIN || value == INT64_MAX)
		return pm_stmt_col_null(stmt, col);
	return !pm_stmt_col_null(stmt, col) &&
	       pm_stmt_col_int(stmt, col) == value;
}

static bool same_typed(struct pm_stmt *stmt, struct pm_record *record)
{
	bool same = true;
	int col = 2;

	for (int i = 0; i < ROW_STRINGS; i++)
		same &= pm_slice_eq(
			pm_stmt_col_text(stmt, col++), pm_record_str(record));
	for (int i = 0; i < ROW_NUMBERS; i++)
		same &= same_number(stmt, col++, pm_record_int(record));
	return same;
}

/* True for a run of plain letters and digits between plain signs: on others
   the table's tokenizer and ours might disagree about where a word ends. */
static bool is_plain(struct pm_slice text, struct pm_token token)
{
	size_t end = token.off + token.len;

	for (size_t i = token.off ? token.off - 1 : 0; i < text.len && i <= end;
		i++)
		if ((unsigned char)text.ptr[i] >= 0x80)
			return false;
	return true;
}

/* Adds up to SAMPLE words of a column to a full-text expression. */
static void sample(struct pm_buf *match, int column, struct pm_slice text)
{
	size_t step = text.len / SAMPLE + 1, next = 0, off = 0;
	struct pm_token token;

	while (pm_token_next(text, &off, &token)) {
		if (token.off < next || !is_plain(text, token))
			continue;
		next = token.off + step;
		pm_buf_addf(match, "%s%s : \"%.*s\"", match->len ? " AND " : "",
			pm_text_column_names[column],
			PM_SLICE_ARG(pm_slice_sub(text, token.off, token.len)));
	}
}

static int same_words(
	struct verify *v, int64_t id, struct pm_record *record, bool *same)
{
	struct pm_buf match = PM_BUF_INIT;
	struct pm_stmt *stmt;
	int ret;

	for (int i = 0; i < PM_TEXT_COLUMNS; i++)
		sample(&match, i, pm_record_str(record));
	stmt = pm_sql_stmt(
		v->index->sql, match.len ? "SELECT 1 FROM words WHERE rowid = ?"
					   " AND words MATCH ?"
					 : "SELECT 1");
	if (match.len) {
		pm_stmt_int(stmt, 1, id);
		pm_stmt_text(stmt, 2, pm_buf_slice(&match));
	}
	ret = pm_stmt_step(stmt);
	*same = ret > 0;
	if (ret > 0)
		ret = pm_stmt_step(stmt);
	pm_buf_release(&match);
	return ret;
}

static int same_actions(
	struct verify *v, int64_t id, struct pm_record *record, bool *same)
{
	struct pm_stmt *stmt = pm_sql_stmt(v->index->sql,
		"SELECT state, due, line, id, type, owner, priority FROM action"
		" WHERE blob = ? ORDER BY n");
	int64_t n = pm_record_int(record);
	int ret;

	*same = true;
	pm_stmt_int(stmt, 1, id);
	while ((ret = pm_stmt_step(stmt)) > 0) {
		int col = 0;

		for (; col < 3; col++)
			*same &= same_number(stmt, col, pm_record_int(record));
		for (; col < 7; col++)
			*same &= pm_slice_eq(pm_stmt_col_text(stmt, col),
				pm_record_str(record));
		n--;
	}
	*same &= n == 0 && pm_record_done(record);
	return ret;
}

/* Compares one row; *why is what differs, or NULL. */
static int compare(struct verify *v, const struct pm_want *want,
	struct pm_slice text, const char **why)
{
	struct pm_stmt *stmt = pm_sql_stmt(v->index->sql, select_row);
	struct pm_record record;
	bool typed, words, actions;
	int64_t id;
	int ret;

	*why = "not in the index";
	pm_stmt_blob(stmt, 1,
		pm_slice_make(
			(const char *)want->oid.bytes, sizeof want->oid.bytes));
	pm_stmt_int(stmt, 2, v->reading);
	ret = pm_stmt_step(stmt);
	if (ret <= 0)
		return ret;
	id = pm_stmt_col_int(stmt, 0);
	typed = pm_stmt_col_int(stmt, 1) == pm_row_digest(text);
	*why = typed ? NULL : "its fields differ";
	if (text.len == 0)
		return pm_stmt_step(stmt) < 0 ? PM_ERROR : 0;
	pm_record_init(&record, text);
	typed = same_typed(stmt, &record) && typed;
	ret = pm_stmt_step(stmt);
	if (ret >= 0)
		ret = same_words(v, id, &record, &words);
	if (ret >= 0)
		ret = same_actions(v, id, &record, &actions);
	if (ret >= 0)
		*why = !typed     ? "its fields differ"
		       : !words   ? "its words differ"
		       : !actions ? "its actions differ"
				  : NULL;
	return ret < 0 ? ret : 0;
}

static int on_record(void *data, size_t item, struct pm_slice record)
{
	struct verify *v = data;
	const struct pm_want *want = &v->docs.items[item];
	const char *why;
	int ret = compare(v, want, record, &why);

	if (ret == 0 && why)
		report_doc(v, item, why);
	return ret;
}

/* Both sides, row by row; the policy says which documents there are. */
static int compare_all(struct verify *v)
{
	struct pm_index *index = v->index;
	struct pm_gather gather = {.policy = NULL};
	int ret = pm_view_policy(index, &index->view.policy);

	gather.policy = index->policy;
	if (ret == 0)
		ret = pm_index_reading(index, gather.policy, &v->reading);
	if (ret == 0)
		ret = pm_tree_docs(index, gather.policy, &index->view.tree,
			&v->arena, &v->docs);
	v->told = pm_arena_alloc(&v->arena, v->docs.len, sizeof *v->told);
	if (ret == 0)
		ret = check_listing(v);
	if (ret == 0)
		ret = pm_index_parse(index, &gather, &v->docs, on_record, v);
	return ret;
}

/* Of a damaged file there is no more to say than that it is damaged; it may
   not even be readable. */
int pm_index_verify(struct pm_ctx *ctx, struct pm_index *index)
{
	struct verify v = {.index = index, .arena = PM_ARENA_INIT};
	int ret = pm_glance_end(index);
	bool damaged;

	if (ret < 0)
		return ret;
	damaged = !check_file(&v);
	ret = damaged ? 0 : compare_all(&v);
	if (damaged || pm_store_damaged(index, ret)) {
		pm_ctx_clear(ctx);
		report(&v, index->path.ptr, "the index is damaged");
		ret = 0;
	}
	pm_vec_release(&v.docs);
	pm_arena_release(&v.arena);
	return ret < 0 ? ret : v.wrong;
}
