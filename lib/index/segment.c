/* SPDX-License-Identifier: Apache-2.0 */
/*
 * FTS5 keeps its words in segments, a new one for each transaction at level 0,
 * and merges all of a level into one of the next. What a build makes is one
 * segment, nearly all there is; at level 0 or 1 it would be merged with the
 * first handfuls of updates, which takes hundreds of updates, and searches look
 * into each segment that piles up meanwhile. FTS5 has no word for it, so its
 * list of segments is rewritten here: the same one, at a level that thousands
 * of updates do not reach.
 *
 * The list is the row 10 of the table's data: a number of four bytes, then
 * varints, the count of levels, the count of segments and of writes, and for
 * each level the segments being merged and those there are, with three varints
 * for each. What looks otherwise (another version's) is left alone.
 */
#include "index/private.h"

/* Sixteen segments make one of the next level: 16 * 16 * 16 updates. */
#define LEVELS 4

/* The same list with more levels below; false: it is not of that form. */
static bool raise_levels(struct pm_slice list, struct pm_buf *out)
{
	size_t at = 6;

	if (list.len < at || (unsigned char)list.ptr[4] >= LEVELS ||
		list.ptr[5] != 1)
		return false;
	while (at < list.len && (unsigned char)list.ptr[at] & 0x80)
		at++;
	at++;
	if (at >= list.len)
		return false;
	pm_buf_add(out, list.ptr, 4);
	pm_buf_addc(out, LEVELS);
	pm_buf_add(out, list.ptr + 5, at - 5);
	for (int i = list.ptr[4]; i < LEVELS; i++)
		pm_buf_add(out, "\0\0", 2);
	pm_buf_add(out, list.ptr + at, list.len - at);
	return true;
}

int pm_index_raise_segment(struct pm_index *index)
{
	struct pm_buf raised = PM_BUF_INIT;
	struct pm_stmt *stmt = pm_sql_stmt(
		index->sql, "SELECT block FROM words_data WHERE id = 10");
	bool other = false;
	int ret = pm_stmt_step(stmt);

	if (ret == 1) {
		other = raise_levels(pm_stmt_col_text(stmt, 0), &raised);
		ret = pm_stmt_step(stmt);
	}
	if (ret == 0 && other) {
		stmt = pm_sql_stmt(index->sql,
			"UPDATE words_data SET block = ? WHERE id = 10");
		pm_stmt_blob(stmt, 1, pm_buf_slice(&raised));
		ret = pm_stmt_run(stmt);
	}
	pm_buf_release(&raised);
	return ret < 0 ? ret : 0;
}
