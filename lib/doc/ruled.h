/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of plain text, which Markdown takes for none. Private to this room.
 */
#ifndef PM_DOC_RULED_H
#define PM_DOC_RULED_H

#include "doc/table.h"

/* Where the columns of one stand, counted as a terminal does. */
struct pm_ruled {
	size_t ncolumns;
	size_t from[PM_TABLE_COLUMNS], to[PM_TABLE_COLUMNS]; /* end excluded */
	char joint; /* what stands between two: a blank, or "|" in a grid */
};

/* Reads the rule above its rows, "----  -----" or "+----+-----+"; false: it is
   none, or has one column only. */
bool pm_ruled_read(struct pm_ruled *out, struct pm_slice rule);

/* Cuts a line into cells, one for each column; false: words reach over the
   edge of a column, so that it is no line of this table. */
bool pm_ruled_cut(const struct pm_ruled *ruled, struct pm_slice line,
	struct pm_slice *cells);

/* The line below such a table makes a heading of its last row: no more. */
void pm_body_mend_ruled(struct pm_md *md, const struct pm_lines *lines);

#endif
