/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite behind a statement wrapper that carries the first failure: bind and
 * step calls chain, and the caller looks once. The only user of sqlite3. A
 * connection is opened defensive, with trusted_schema off and no extensions.
 */
#ifndef PM_SQL_SQL_H
#define PM_SQL_SQL_H

#include <stdint.h>

#include "pm/context.h"

struct pm_sql;  /* a connection */
struct pm_stmt; /* a prepared statement */

enum pm_sql_flags {
	PM_SQL_CREATE = 1,
	PM_SQL_READONLY = 2,
	PM_SQL_IMMUTABLE = 4, /* read-only file that nobody changes */
	PM_SQL_MEMORY = 8,    /* path is ignored */
	PM_SQL_SHADOW = 16,   /* what FTS5 keeps for itself may be written */
};

/*
 * Opens a database. PM_EINVALID: not a database, damaged; PM_EREADONLY;
 * PM_ENOTFOUND. busy_ms: how long to wait for another writer.
 */
int pm_sql_open(struct pm_ctx *ctx, const char *path, unsigned flags,
	unsigned busy_ms, struct pm_sql **out);
void pm_sql_free(struct pm_sql *sql);

/* True when each page of the file has a checksum that is compared when it is
   read: a page that changed by itself is PM_EINVALID. So are all made here. */
bool pm_sql_sealed(const struct pm_sql *sql);

/* Runs one or more statements without results. PM_EINVALID: damaged file, or
   one whose tables are not those that the statement is for. */
int pm_sql_exec(struct pm_sql *sql, const char *text);

/*
 * A statement, prepared once per connection and text (text must be a literal
 * or otherwise outlive the connection), reset and unbound. Never NULL: a
 * failure shows at the next pm_stmt_step. Borrowed from the connection.
 */
struct pm_stmt *pm_sql_stmt(struct pm_sql *sql, const char *text);

/* As pm_sql_stmt for text composed at run time; free with pm_stmt_free. */
struct pm_stmt *pm_sql_stmt_once(struct pm_sql *sql, const char *text);
void pm_stmt_free(struct pm_stmt *stmt);

/* Bind by 1-based position. Text and blobs are copied. */
void pm_stmt_int(struct pm_stmt *stmt, int pos, int64_t value);
void pm_stmt_text(struct pm_stmt *stmt, int pos, struct pm_slice text);
void pm_stmt_blob(struct pm_stmt *stmt, int pos, struct pm_slice bytes);
void pm_stmt_null(struct pm_stmt *stmt, int pos);

/* 1: a row is there; 0: done; a PM_E code with the message in the context. */
int pm_stmt_step(struct pm_stmt *stmt);

/* Steps a statement that gives no rows to its end. */
int pm_stmt_run(struct pm_stmt *stmt);

/* Columns of the present row, 0-based; text is valid until the next step. */
int64_t pm_stmt_col_int(struct pm_stmt *stmt, int col);
double pm_stmt_col_real(struct pm_stmt *stmt, int col);
struct pm_slice pm_stmt_col_text(struct pm_stmt *stmt, int col);
bool pm_stmt_col_null(struct pm_stmt *stmt, int col);

int64_t pm_sql_last_id(struct pm_sql *sql);

#endif
