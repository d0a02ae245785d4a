/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables by what their columns are for, which their header says in any of
 * the languages pm knows. Private to this room.
 */
#ifndef PM_DOC_TABLE_H
#define PM_DOC_TABLE_H

#include "doc/body.h"

enum pm_column_kind {
	PM_COLUMN_OTHER,
	PM_COLUMN_TIME, /* may hold a date as well */
	PM_COLUMN_DATE,
	PM_COLUMN_END,
	PM_COLUMN_EVENT,
	PM_COLUMN_SOURCE,
	PM_COLUMN_OWNER,
	PM_COLUMN_DUE,
	PM_COLUMN_READY, /* "Ferdig", "Klart": by when, or whether it is */
	PM_COLUMN_STATUS,
	PM_COLUMN_TITLE,
	PM_COLUMN_TYPE,
	PM_COLUMN_PRIORITY,
	PM_COLUMN_TRACKER,
	PM_COLUMN_ID,
};

enum { PM_TABLE_COLUMNS = 32 }; /* more are not looked at */

struct pm_table {
	const struct pm_md *md;
	size_t block;  /* the table */
	size_t header; /* its header row */
	size_t ncolumns;
	enum pm_column_kind kinds[PM_TABLE_COLUMNS];
};

/* What a column or key of exactly this name is for. */
enum pm_column_kind pm_column_named(struct pm_slice name);

/* Reads the header of the table at a block. */
void pm_table_read(
	struct pm_table *table, const struct pm_md *md, size_t block);

/* False for a line of text glued to the end of a table, which Markdown takes
   for a row of one cell. */
bool pm_table_is_row(const struct pm_body *body, size_t row);

/* True for a row that only has words in bold, "| **Detection** | | |". */
bool pm_table_names_part(
	const struct pm_body *body, const struct pm_table *table, size_t row);

/* True where such rows part those below them: the one at row is the first and
   such, and others have more than words. What is in bold because it matters
   stands among them anywhere. */
bool pm_table_has_parts(
	const struct pm_body *body, const struct pm_table *table, size_t row);

/* The first column of this kind, or -1. */
int pm_table_column(const struct pm_table *table, enum pm_column_kind kind);

/* The cell's block in a row; NULL when the row has no such column. */
const struct pm_md_block *pm_table_cell(
	const struct pm_table *table, size_t row, int column);

/* Its text, trimmed; empty when there is none. */
struct pm_slice pm_table_text(
	const struct pm_table *table, size_t row, int column);

#endif
