/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A query: refused at a place within it, or turned into SQL and a full-text
 * expression that SQLite takes, whatever was typed.
 */
#include "fuzz_empty_index.h"

#include <string.h>

#include "index/private.h"

/* Runs what the query became on an empty index. */
static void run(struct pm_sql *sql, const struct pm_compiled *compiled)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_stmt *stmt;
	int pos = 1;

	pm_buf_adds(&text,
		"SELECT count(*) FROM doc d JOIN blob b ON b.id = d.blob");
	if (compiled->match.len)
		pm_buf_adds(&text,
			" JOIN words w ON w.rowid = b.id WHERE words MATCH ?");
	else
		pm_buf_adds(&text, " WHERE 1");
	pm_buf_add_slice(&text, pm_buf_slice(&compiled->where));
	stmt = pm_sql_stmt_once(sql, text.ptr);
	if (compiled->match.len)
		pm_stmt_text(stmt, pos++, pm_buf_slice(&compiled->match));
	(void)pm_compiled_bind(compiled, stmt, pos);
	FUZZ_CHECK(pm_stmt_step(stmt) == 1);
	FUZZ_CHECK(pm_stmt_col_int(stmt, 0) == 0);
	pm_stmt_free(stmt);
	pm_buf_release(&text);
}

static void read_query(struct pm_ctx *ctx, const struct pm_policy *policy,
	struct pm_sql *sql, struct pm_slice text)
{
	struct pm_query query;
	int ret = pm_query_parse(ctx, text, &query);

	if (ret == 0)
		ret = pm_query_resolve(NULL, ctx, policy, &query);
	if (ret == 0) {
		struct pm_compiled compiled = PM_COMPILED_INIT;

		pm_query_compile(&query, 1795348800, &compiled);
		run(sql, &compiled);
		pm_compiled_release(&compiled);
	} else {
		const struct pm_error *error = pm_ctx_error(ctx);

		FUZZ_CHECK(ret == PM_EUSAGE && error->message.len > 0);
		FUZZ_CHECK(error->pos.col <= text.len + 1);
	}
	pm_query_release(&query);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A query is an argument: it ends at the first NUL. */
	struct pm_slice text = pm_slice_make(
		(const char *)data, strnlen((const char *)data, size));
	struct pm_ctx *ctx = pm_ctx_new();

	read_query(ctx, fuzz_policy(), fuzz_empty_index(), text);
	pm_ctx_free(ctx);
	return 0;
}
