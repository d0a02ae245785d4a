/* SPDX-License-Identifier: Apache-2.0 */
/* An index without documents, for the entries that ask one or fill its rows. */
#ifndef PM_TESTS_FUZZ_EMPTY_INDEX_H
#define PM_TESTS_FUZZ_EMPTY_INDEX_H

#include "fuzz.h"

#include "index/private.h"

/* Made once for all inputs; what one inserts it takes back. */
static inline struct pm_sql *fuzz_empty_index(void)
{
	static struct pm_sql *sql;

	if (!sql) {
		struct pm_ctx *ctx = pm_ctx_new();

		FUZZ_CHECK(pm_sql_open(ctx, "", PM_SQL_MEMORY | PM_SQL_CREATE,
				   0, &sql) == 0);
		FUZZ_CHECK(pm_sql_exec(sql, pm_index_schema) == 0);
	}
	return sql;
}

#endif
