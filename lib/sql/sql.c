/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite. Statements are prepared once and kept under the address of their
 * text; a statement remembers the first thing that went wrong, so that binds
 * and steps follow each other without a check in between.
 *
 * The database is a cache that may be damaged or written by somebody else:
 * defensive mode, no trust in its schema, no extensions, no mapping of the
 * file (a shortened file would be a SIGBUS).
 */
#include "sql/sql.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/alloc.h"
#include "base/map.h"
#include "sql/private.h"

struct pm_stmt {
	struct pm_sql *sql;
	sqlite3_stmt *handle; /* NULL when it could not be prepared */
	int failed;           /* SQLite's code of the first failure */
	struct pm_buf why;    /* SQLite's words for it */
};

struct pm_sql {
	struct pm_ctx *ctx;
	sqlite3 *handle;
	char *path;           /* as given, for messages */
	struct pm_map cached; /* address of a text -> struct pm_stmt */
};

/* The code that callers act on. */
static int code_of(int result)
{
	switch (result & 0xff) {
	/* The statements are pm's own and right: where SQLite finds no sense
	   in one, or in the tables of the full-text search, the file is not
	   the one they are for. */
	case SQLITE_ERROR:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_FORMAT:
		return PM_EINVALID;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return PM_EREADONLY;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return PM_ELOCKED;
	case SQLITE_TOOBIG:
		return PM_ELIMIT;
	default:
		return PM_ERROR;
	}
}

static int fail(struct pm_sql *sql, int result, const char *why)
{
	return pm_fail(sql->ctx, code_of(result), "cannot use '%s': %s",
		sql->path, why);
}

static int fail_now(struct pm_sql *sql, int result)
{
	return fail(sql, result, sqlite3_errmsg(sql->handle));
}

/*
 * SQLite says of a file it cannot open only that it cannot; the system says
 * why. A file that does not exist fails for its directory's reason.
 */
static int fail_open(struct pm_sql *sql, unsigned flags, int result)
{
	bool writes = !(flags & (PM_SQL_READONLY | PM_SQL_IMMUTABLE));
	struct pm_buf dir = PM_BUF_INIT;
	const char *slash = strrchr(sql->path, '/');
	int code;

	if ((result & 0xff) != SQLITE_CANTOPEN)
		return fail_now(sql, result);
	pm_buf_add(&dir, sql->path, slash ? (size_t)(slash - sql->path) : 0);
	if (!dir.len)
		pm_buf_adds(&dir, slash ? "/" : ".");
	if (access(sql->path, writes ? R_OK | W_OK : R_OK) == 0 ||
		(errno == ENOENT && (flags & PM_SQL_CREATE) &&
			access(dir.ptr, W_OK | X_OK) == 0))
		code = fail_now(sql, result);
	else
		code = pm_fail_errno(sql->ctx, "cannot open '%s'", sql->path);
	pm_buf_release(&dir);
	return code;
}

/* Writes the path as a file: address, which is how "immutable" is said. */
static void add_uri(struct pm_buf *uri, const char *path, unsigned flags)
{
	char cwd[PATH_MAX];

	pm_buf_adds(uri, "file:");
	if (path[0] != '/' && getcwd(cwd, sizeof(cwd))) {
		/* "file://x" would name a host, so it is made absolute. */
		pm_buf_addf(uri, "%s/", cwd);
	}
	for (; *path; path++) {
		if (strchr("?#%", *path))
			pm_buf_addf(uri, "%%%02x", (unsigned char)*path);
		else
			pm_buf_addc(uri, *path);
	}
	if (flags & PM_SQL_IMMUTABLE)
		pm_buf_adds(uri, "?immutable=1");
}

static int open_handle(struct pm_sql *sql, unsigned flags)
{
	struct pm_buf uri = PM_BUF_INIT;
	int mode =
		SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	int reserve = PM_SEAL_SIZE;
	int result;

	if (flags & (PM_SQL_READONLY | PM_SQL_IMMUTABLE))
		mode |= SQLITE_OPEN_READONLY;
	else
		mode |= SQLITE_OPEN_READWRITE;
	if (flags & (PM_SQL_CREATE | PM_SQL_MEMORY))
		mode |= SQLITE_OPEN_CREATE;
	if (flags & PM_SQL_MEMORY)
		pm_buf_adds(&uri, ":memory:");
	else
		add_uri(&uri, sql->path, flags);
	result = sqlite3_open_v2(uri.ptr, &sql->handle, mode,
		flags & PM_SQL_MEMORY ? NULL : pm_seal_vfs());
	pm_buf_release(&uri);
	/* Said of a file that is there already, it changes nothing. */
	if (result == SQLITE_OK && (flags & PM_SQL_CREATE))
		sqlite3_file_control(sql->handle, "main",
			SQLITE_FCNTL_RESERVE_BYTES, &reserve);
	return result;
}

/* What makes a foreign file harmless. */
static int harden(struct pm_sql *sql, unsigned flags, unsigned busy_ms)
{
	sqlite3 *db = sql->handle;
	bool shadow = flags & PM_SQL_SHADOW;

	sqlite3_busy_timeout(db, busy_ms > INT_MAX ? INT_MAX : (int)busy_ms);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, !shadow, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	/* A double-quoted word is a column, never by mistake a text. */
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	/* A damaged page is to fail, not to read as rows that are not there.
	   Reads the header: here a file that is no database shows itself. */
	return sqlite3_exec(db,
		"PRAGMA cell_size_check = ON;"
		"SELECT 1 FROM sqlite_schema LIMIT 1;",
		NULL, NULL, NULL);
}

/*
 * The library's own settings: no file is mapped, no account is kept of every
 * allocation, which would take a lock each time, and pages get memory when
 * they are read, not twenty of each database at its opening. Said before its
 * first use; later it is refused, which is as well, because it was said then.
 */
static void configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
	sqlite3_config(
		SQLITE_CONFIG_MMAP_SIZE, (sqlite3_int64)0, (sqlite3_int64)0);
}

int pm_sql_open(struct pm_ctx *ctx, const char *path, unsigned flags,
	unsigned busy_ms, struct pm_sql **out)
{
	struct pm_sql *sql = pm_alloc(1, sizeof(*sql));
	int result;
	int code = 0;

	sql->ctx = ctx;
	sql->path = pm_strdup(flags & PM_SQL_MEMORY ? "memory" : path);
	sql->cached = (struct pm_map)PM_MAP_INIT;
	*out = NULL;
	configure();
	result = open_handle(sql, flags);
	if (result != SQLITE_OK) {
		code = fail_open(sql, flags, result);
	} else {
		result = harden(sql, flags, busy_ms);
		/* A journal to roll back wants writing, or a WAL its -shm. */
		if ((result & 0xff) == SQLITE_CANTOPEN)
			code = pm_fail(ctx, PM_EREADONLY,
				"cannot use '%s': its directory cannot be "
				"written to",
				sql->path);
		else if (result != SQLITE_OK)
			code = fail_now(sql, result);
	}
	if (code < 0) {
		pm_sql_free(sql);
		return code;
	}
	*out = sql;
	return 0;
}

void pm_sql_free(struct pm_sql *sql)
{
	size_t i;

	if (!sql)
		return;
	for (i = 0; i < sql->cached.len; i++)
		pm_stmt_free((struct pm_stmt *)sql->cached.entries[i].value);
	pm_map_release(&sql->cached);
	sqlite3_close_v2(sql->handle);
	free(sql->path);
	free(sql);
}

bool pm_sql_sealed(const struct pm_sql *sql)
{
	return pm_seal_has(sql->handle);
}

int pm_sql_exec(struct pm_sql *sql, const char *text)
{
	int result = sqlite3_exec(sql->handle, text, NULL, NULL, NULL);

	return result == SQLITE_OK ? 0 : fail_now(sql, result);
}

/* Keeps the first failure: later ones follow from it. */
static void note(struct pm_stmt *stmt, int result)
{
	if (stmt->failed || result == SQLITE_OK)
		return;
	stmt->failed = result;
	pm_buf_reset(&stmt->why);
	pm_buf_adds(&stmt->why, sqlite3_errmsg(stmt->sql->handle));
}

static struct pm_stmt *prepare(
	struct pm_sql *sql, const char *text, unsigned flags)
{
	struct pm_stmt *stmt = pm_alloc(1, sizeof(*stmt));

	stmt->sql = sql;
	stmt->why = (struct pm_buf)PM_BUF_INIT;
	note(stmt, sqlite3_prepare_v3(
			   sql->handle, text, -1, flags, &stmt->handle, NULL));
	return stmt;
}

struct pm_stmt *pm_sql_stmt(struct pm_sql *sql, const char *text)
{
	struct pm_slice key = pm_slice_make((const char *)&text, sizeof(text));
	uintptr_t *place = pm_map_put(&sql->cached, key, NULL);
	struct pm_stmt *stmt = (struct pm_stmt *)*place;

	if (stmt && stmt->handle) {
		sqlite3_reset(stmt->handle);
		sqlite3_clear_bindings(stmt->handle);
		stmt->failed = 0;
		return stmt;
	}
	/* One that failed is tried again: the schema may have come since. */
	pm_stmt_free(stmt);
	stmt = prepare(sql, text, SQLITE_PREPARE_PERSISTENT);
	*place = (uintptr_t)stmt;
	return stmt;
}

struct pm_stmt *pm_sql_stmt_once(struct pm_sql *sql, const char *text)
{
	return prepare(sql, text, 0);
}

void pm_stmt_free(struct pm_stmt *stmt)
{
	if (!stmt)
		return;
	sqlite3_finalize(stmt->handle);
	pm_buf_release(&stmt->why);
	free(stmt);
}

void pm_stmt_int(struct pm_stmt *stmt, int pos, int64_t value)
{
	if (!stmt->failed)
		note(stmt, sqlite3_bind_int64(stmt->handle, pos, value));
}

void pm_stmt_text(struct pm_stmt *stmt, int pos, struct pm_slice text)
{
	/* A NULL pointer would bind NULL: an empty text is a text. */
	if (!stmt->failed)
		note(stmt, sqlite3_bind_text64(stmt->handle, pos,
				   text.len ? text.ptr : "", text.len,
				   SQLITE_TRANSIENT, SQLITE_UTF8));
}

void pm_stmt_blob(struct pm_stmt *stmt, int pos, struct pm_slice bytes)
{
	if (!stmt->failed)
		note(stmt, sqlite3_bind_blob64(stmt->handle, pos,
				   bytes.len ? bytes.ptr : "", bytes.len,
				   SQLITE_TRANSIENT));
}

void pm_stmt_null(struct pm_stmt *stmt, int pos)
{
	if (!stmt->failed)
		note(stmt, sqlite3_bind_null(stmt->handle, pos));
}

int pm_stmt_step(struct pm_stmt *stmt)
{
	int result;

	if (stmt->failed)
		return fail(stmt->sql, stmt->failed, stmt->why.ptr);
	if (!stmt->handle)
		return 0; /* an empty text or a comment */
	result = sqlite3_step(stmt->handle);
	if (result == SQLITE_ROW)
		return 1;
	if (result != SQLITE_DONE)
		note(stmt, result);
	/* Done or failed, it must not hold its lock any longer. */
	sqlite3_reset(stmt->handle);
	if (result == SQLITE_DONE)
		return 0;
	return fail(stmt->sql, stmt->failed, stmt->why.ptr);
}

int pm_stmt_run(struct pm_stmt *stmt)
{
	int code;

	do {
		code = pm_stmt_step(stmt);
	} while (code > 0);
	return code;
}

int64_t pm_stmt_col_int(struct pm_stmt *stmt, int col)
{
	return sqlite3_column_int64(stmt->handle, col);
}

double pm_stmt_col_real(struct pm_stmt *stmt, int col)
{
	return sqlite3_column_double(stmt->handle, col);
}

struct pm_slice pm_stmt_col_text(struct pm_stmt *stmt, int col)
{
	int type = sqlite3_column_type(stmt->handle, col);
	/* A text's bytes are handed out as they are, too: to end them with a
	   zero takes memory, and when that is refused there is no text. */
	const void *bytes = type == SQLITE_BLOB || type == SQLITE_TEXT
				    ? sqlite3_column_blob(stmt->handle, col)
				    : sqlite3_column_text(stmt->handle, col);
	int len = bytes ? sqlite3_column_bytes(stmt->handle, col) : 0;

	return pm_slice_make(bytes ? bytes : "", (size_t)len);
}

bool pm_stmt_col_null(struct pm_stmt *stmt, int col)
{
	return sqlite3_column_type(stmt->handle, col) == SQLITE_NULL;
}

int64_t pm_sql_last_id(struct pm_sql *sql)
{
	return sqlite3_last_insert_rowid(sql->handle);
}
