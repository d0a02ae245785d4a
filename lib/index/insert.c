/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A flat record becomes rows: one in blob, its text in words under the same
 * number, its actions in action. Written once; a second process that has
 * parsed the same blob finds it there and does nothing.
 */
#include "index/private.h"

#include "base/path.h"

#define NSTRINGS  13 /* from title to keys */
#define TIMES     11 /* which of them is bytes, not text */
#define NNUMBERS  10 /* durations and counts */
#define FIRST_STR 5  /* position of title in the statement */

static const char insert_blob[] =
	"INSERT INTO blob(oid, reading, state, digest,"
	" title, kind, status, severity, owner, incident, detected_by,"
	" set_off, services, departments, tags, times, keys, started,"
	" ttd, tta, tti, ttm, ttr, actions, open, done, unowned, due)"
	" VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	" ?, ?, ?, ?, ?, ?, ?, ?)";

static const char insert_words[] =
	"INSERT INTO words(rowid, rest, title, summary, impact, timeline,"
	" causes, lessons, actions) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)";

static const char insert_action[] =
	"INSERT INTO action(blob, n, state, due, line, id, type, owner,"
	" priority) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)";

static const char insert_doc[] =
	"INSERT OR REPLACE INTO doc(view, path, name, blob, date)"
	" VALUES(?, ?, ?, ?, ?)";

static const char insert_current[] =
	"INSERT OR REPLACE INTO temp.current(view, path, name, blob, date)"
	" VALUES(?, ?, ?, ?, ?)";

static struct pm_slice oid_slice(const struct pm_oid *oid)
{
	return pm_slice_make((const char *)oid->bytes, sizeof oid->bytes);
}

static int insert_text(struct pm_sql *sql, int64_t id, struct pm_record *record)
{
	struct pm_stmt *stmt = pm_sql_stmt(sql, insert_words);
	struct pm_buf spaced = PM_BUF_INIT;

	pm_stmt_int(stmt, 1, id);
	for (int i = 0; i < PM_TEXT_COLUMNS; i++)
		pm_stmt_text(stmt, 2 + i,
			pm_token_spaced(pm_record_str(record), &spaced));
	pm_buf_release(&spaced);
	return pm_stmt_run(stmt);
}

static void bind_day(struct pm_stmt *stmt, int pos, int64_t day)
{
	if (day == INT64_MAX)
		pm_stmt_null(stmt, pos);
	else
		pm_stmt_int(stmt, pos, day);
}

static int insert_actions(
	struct pm_sql *sql, int64_t id, struct pm_record *record)
{
	int64_t n = pm_record_int(record);
	int ret = 0;

	for (int64_t i = 0; i < n && ret == 0 && !record->bad; i++) {
		struct pm_stmt *stmt = pm_sql_stmt(sql, insert_action);

		pm_stmt_int(stmt, 1, id);
		pm_stmt_int(stmt, 2, i);
		pm_stmt_int(stmt, 3, pm_record_int(record));
		bind_day(stmt, 4, pm_record_int(record));
		pm_stmt_int(stmt, 5, pm_record_int(record));
		for (int pos = 6; pos <= 9; pos++)
			pm_stmt_text(stmt, pos, pm_record_str(record));
		ret = pm_stmt_run(stmt);
	}
	return ret;
}

/*
 * Finds the row of a blob under a reading. 1: found, 0: none. The statement
 * is stepped to its end, because an unfinished one holds a read transaction
 * and would make the next BEGIN IMMEDIATE fail.
 */
static int find_row(struct pm_sql *sql, const struct pm_oid *oid,
	int64_t reading, int64_t *id, int64_t *started)
{
	struct pm_stmt *stmt =
		pm_sql_stmt(sql, "SELECT id, coalesce(started, ?) FROM blob"
				 " WHERE oid = ? AND reading = ?");
	int ret;

	pm_stmt_int(stmt, 1, INT64_MIN);
	pm_stmt_blob(stmt, 2, oid_slice(oid));
	pm_stmt_int(stmt, 3, reading);
	ret = pm_stmt_step(stmt);
	if (ret <= 0)
		return ret;
	*id = pm_stmt_col_int(stmt, 0);
	*started = pm_stmt_col_int(stmt, 1);
	ret = pm_stmt_step(stmt);
	return ret < 0 ? ret : 1;
}

int pm_row_known(struct pm_sql *sql, const struct pm_oid *oid, int64_t reading)
{
	int64_t id, started;

	return find_row(sql, oid, reading, &id, &started);
}

/* Binds and runs the typed part, leaving record at the columns' text. */
static int insert_typed(struct pm_stmt *stmt, struct pm_record *record)
{
	int pos = FIRST_STR;
	int64_t started;

	for (int i = 0; i < NSTRINGS; i++) {
		struct pm_slice value = pm_record_str(record);

		if (i == TIMES)
			pm_stmt_blob(stmt, pos++, value);
		else
			pm_stmt_text(stmt, pos++, value);
	}
	started = pm_record_int(record);
	if (started == INT64_MIN)
		pm_stmt_null(stmt, pos++);
	else
		pm_stmt_int(stmt, pos++, started);
	for (int i = 0; i < NNUMBERS - 1; i++)
		pm_stmt_int(stmt, pos++, pm_record_int(record));
	bind_day(stmt, pos, pm_record_int(record));
	return pm_stmt_run(stmt);
}

int pm_row_insert(struct pm_ctx *ctx, struct pm_sql *sql,
	const struct pm_oid *oid, int64_t reading, struct pm_slice text)
{
	struct pm_record record;
	struct pm_stmt *stmt;
	int64_t id, started;
	int ret = find_row(sql, oid, reading, &id, &started);

	if (ret)
		return ret < 0 ? ret : 0;
	stmt = pm_sql_stmt(sql, insert_blob);
	pm_stmt_blob(stmt, 1, oid_slice(oid));
	pm_stmt_int(stmt, 2, reading);
	pm_stmt_int(stmt, 3, text.len ? PM_ROW_READ : PM_ROW_UNREADABLE);
	pm_stmt_int(stmt, 4, pm_row_digest(text));
	if (text.len == 0)
		return pm_stmt_run(stmt);
	pm_record_init(&record, text);
	ret = insert_typed(stmt, &record);
	id = pm_sql_last_id(sql);
	if (ret == 0)
		ret = insert_text(sql, id, &record);
	if (ret == 0)
		ret = insert_actions(sql, id, &record);
	if (ret == 0 && !pm_record_done(&record))
		return pm_fail(ctx, PM_EINVALID,
			"cannot index a document: its record is malformed");
	return ret;
}

/* The start, or else the date that the file's name begins with. */
static void bind_date(
	struct pm_stmt *stmt, int pos, int64_t started, struct pm_slice name)
{
	struct pm_date date;

	if (started != INT64_MIN)
		pm_stmt_int(stmt, pos, started);
	else if (pm_date_parse(pm_slice_sub(name, 0, 10), &date, NULL) == 0)
		pm_stmt_int(stmt, pos, pm_date_to_days(date) * 86400);
	else
		pm_stmt_null(stmt, pos);
}

int pm_doc_insert(struct pm_index *index, int64_t view, int64_t reading,
	const struct pm_want *want)
{
	struct pm_slice path = pm_slice_str(want->path);
	struct pm_slice name = pm_path_id(path);
	struct pm_stmt *stmt;
	int64_t id, started;
	int ret = find_row(index->sql, &want->oid, reading, &id, &started);

	if (ret <= 0)
		return ret;
	stmt = pm_sql_stmt(index->sql, view ? insert_doc : insert_current);
	pm_stmt_int(stmt, 1, view);
	pm_stmt_text(stmt, 2, path);
	pm_stmt_text(stmt, 3, name);
	pm_stmt_int(stmt, 4, id);
	bind_date(stmt, 5, started, name);
	ret = pm_stmt_run(stmt);
	return ret < 0 ? ret : 1;
}
