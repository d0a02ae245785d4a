/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries of a timeline that are the rows of a table: its columns by their
 * header or by what they hold, days and clocks apart or in one cell.
 */
#include "doc/collector.h"
#include "doc/table.h"

#include <stdlib.h>
#include <string.h>

/* The column with the times when no header says which: the first whose cell
   in the header or one of the first rows of the body is a stamp. */
static int stamp_column(
	const struct pm_collector *c, const struct pm_table *table)
{
	enum { ROWS = 5 };
	const struct pm_md_block *blocks = table->md->blocks;
	size_t row = table->header;
	struct pm_stamp stamp;

	for (int n = 0; n < ROWS && row < blocks[table->block].end;
		n++, row = blocks[row].end)
		for (int column = 0; column < (int)table->ncolumns; column++)
			if (pm_collect_stamp(c,
				    pm_table_text(table, row, column), &stamp))
				return column;
	return -1;
}

/* True for a column that says which or who, and not what. */
static bool names_no_event(enum pm_column_kind kind)
{
	return kind == PM_COLUMN_END || kind == PM_COLUMN_ID ||
	       kind == PM_COLUMN_OWNER || kind == PM_COLUMN_SOURCE ||
	       kind == PM_COLUMN_STATUS;
}

/* Which columns of a table hold its times; -1: none. */
struct time_columns {
	int date, time, end, zone;
	bool facts; /* keys stand before the times: | Detected | 10:02 | */
};

/* What happened: the column for it, that of what was done, else the first that
   may hold it, else the first that is no time. */
static int event_column(
	const struct pm_table *table, const struct time_columns *cols)
{
	int column = pm_table_column(table, PM_COLUMN_EVENT), other = -1;

	if (column < 0)
		column = pm_table_column(table, PM_COLUMN_TITLE);
	for (int i = 0; column < 0 && i < (int)table->ncolumns; i++) {
		if (i == cols->date || i == cols->time || i == cols->end ||
			i == cols->zone)
			continue;
		if (!names_no_event(table->kinds[i]))
			column = i;
		else if (other < 0 && table->kinds[i] != PM_COLUMN_END)
			other = i;
	}
	return column >= 0 ? column : other;
}

/* Puts the clock of a second cell into a stamp that has the date. */
static void merge_clock(struct pm_stamp *stamp, const struct pm_stamp *clock)
{
	struct pm_stamp_date date = stamp->date;
	size_t len = stamp->len;

	*stamp = *clock;
	if (!clock->date.given)
		stamp->date = date;
	stamp->len = len;
}

/* Days from the day of the document to the nearest such day of a year. */
static int64_t days_off(struct pm_date about, unsigned month, unsigned day)
{
	int64_t to = pm_date_to_days(about), best = INT64_MAX;

	for (int year = about.year - 1; year <= about.year + 1; year++) {
		struct pm_date date = {year, month, day};

		if (pm_date_valid(date) &&
			llabs(pm_date_to_days(date) - to) < best)
			best = llabs(pm_date_to_days(date) - to);
	}
	return best;
}

/*
 * "13.05", "man 13.05." and "13-05" in a column of days, where they are no
 * clocks. With a hyphen the month comes first, as it does in 2026-05-13, unless
 * that is further off.
 */
static bool column_day(const struct pm_collector *c, struct pm_slice cell,
	struct pm_stamp *stamp)
{
	enum { LEAP = 2024 };
	struct pm_scan scan = {cell, 0, false};
	struct pm_date about, date = {.year = LEAP};
	bool dot;

	if (pm_scan_weekday(&scan))
		pm_scan_blanks(&scan);
	if (!pm_scan_number(&scan, 1, 2, &date.day))
		return false;
	dot = pm_scan_any(&scan, ".");
	if ((!dot && !pm_scan_any(&scan, "-")) ||
		!pm_scan_number(&scan, 1, 2, &date.month))
		return false;
	if (dot)
		pm_scan_any(&scan, ".");
	if (!dot && (!pm_body_day(c->body, &about) ||
			    days_off(about, date.day, date.month) <=
				    days_off(about, date.month, date.day)))
		return false;
	if (!pm_scan_end(&scan) || !pm_date_valid(date))
		return false;
	*stamp = (struct pm_stamp){
		.date = {.given = true, .month = date.month, .day = date.day},
		.marked = true,
		.len = cell.len};
	return true;
}

/* What a cell in a column of days says. */
static bool read_day(const struct pm_collector *c, const struct pm_table *table,
	size_t row, int column, struct pm_stamp *stamp)
{
	struct pm_slice cell = pm_table_text(table, row, column);

	if (table->kinds[column] == PM_COLUMN_DATE &&
		(column_day(c, cell, stamp) || pm_stamp_short_day(cell, stamp)))
		return true;
	return pm_stamp_read(cell, c->mode, stamp) ||
	       pm_stamp_bare_day(cell, false, stamp);
}

/* What a cell in a column of clocks says; "Evening", once a day is told. */
static bool read_time(const struct pm_collector *c, struct pm_slice cell,
	bool dated, struct pm_stamp *stamp)
{
	return pm_stamp_read(cell, c->mode, stamp) ||
	       pm_stamp_short_day(cell, stamp) ||
	       ((dated || c->out->count) && pm_stamp_part_of_day(cell, stamp));
}

/* The stamp of a row: a time cell, a date cell, or both. */
static bool row_stamp(const struct pm_collector *c,
	const struct pm_table *table, size_t row,
	const struct time_columns *cols, struct pm_stamp *stamp)
{
	struct pm_stamp clock;
	bool found = false;

	if (cols->date >= 0)
		found = read_day(c, table, row, cols->date, stamp);
	if (cols->time >= 0 &&
		read_time(c, pm_table_text(table, row, cols->time), found,
			&clock)) {
		if (found)
			merge_clock(stamp, &clock);
		else
			*stamp = clock;
		found = true;
	}
	if (found && cols->end >= 0 && cols->end != cols->time &&
		pm_stamp_read(pm_table_text(table, row, cols->end), c->mode,
			&clock)) {
		stamp->end = clock.clock;
		stamp->end_date = clock.date;
	}
	if (found && cols->zone >= 0 && !stamp->zone.text.len)
		pm_zone_find(
			pm_table_text(table, row, cols->zone), &stamp->zone);
	return found;
}

/* What happened, or what else the row says where that cell is empty. */
static struct pm_slice row_text(const struct pm_table *table, size_t row,
	const struct time_columns *cols)
{
	int event = event_column(table, cols);
	struct pm_slice text = pm_table_text(table, row, event);

	for (int i = 0; !text.len && i < (int)table->ncolumns; i++)
		if (i != cols->date && i != cols->time && i != cols->end &&
			!names_no_event(table->kinds[i]))
			text = pm_table_text(table, row, i);
	return text;
}

static void row_entry(struct pm_collector *c, const struct pm_table *table,
	size_t row, const struct time_columns *cols)
{
	struct pm_slice cell = pm_table_text(
		table, row, cols->date >= 0 ? cols->date : cols->time);
	struct pm_raw_entry *raw;
	struct pm_stamp stamp;
	struct pm_slice text;

	if (!pm_table_is_row(c->body, row))
		return;
	if (row_stamp(c, table, row, cols, &stamp))
		pm_collect_add(c, PM_RAW_ROW, cell, &stamp);
	else if (!pm_collect_odd(c, PM_RAW_ROW, cell))
		return;
	raw = &c->out->entries[c->out->count - 1];
	text = row_text(table, row, cols);
	if (text.len)
		raw->text = text;
	raw->source = pm_table_text(
		table, row, pm_table_column(table, PM_COLUMN_SOURCE));
	raw->line = raw->end_line = c->md->blocks[row].line;
	raw->label = cols->facts;
}

/* "| Time | Timezone | Event |": the column of the zones of clocks; -1. */
static int zone_column(const struct pm_table *table)
{
	static const char *const names[] = {"timezone", "tz", "zone",
		"zeitzone", "tidssone", "tidszone", "fuseau", NULL};

	for (int i = 0; i < (int)table->ncolumns; i++) {
		struct pm_scan scan = {
			pm_table_text(table, table->header, i), 0, false};
		char word[PM_SCAN_WORD];

		if (pm_scan_take(&scan, "Time zone"))
			pm_scan_blanks(&scan);
		else if (!pm_scan_word(&scan, word) || !pm_word_in(word, names))
			continue;
		if (pm_scan_end(&scan))
			return i;
	}
	return -1;
}

/* "| From | To | Event |": the ends of times, where "To" elsewhere is whom
   something goes to; -1. */
static int end_column(const struct pm_table *table, int time)
{
	static const char *const names[] = {"to", "until", "till", "finish",
		"til", "bis", "hasta", "tot", NULL};
	struct pm_scan scan;
	char word[PM_SCAN_WORD];

	if (time < 0 || time + 1 >= (int)table->ncolumns)
		return -1;
	scan = (struct pm_scan){
		pm_table_text(table, table->header, time + 1), 0, false};
	return pm_scan_word(&scan, word) && pm_word_in(word, names) &&
			       pm_scan_end(&scan)
		       ? time + 1
		       : -1;
}

/* Columns by what they hold: a column of days may have its clocks beside it. */
static void find_columns(const struct pm_collector *c,
	const struct pm_table *table, struct time_columns *cols)
{
	size_t body = table->md->blocks[table->header].end;
	int column = stamp_column(c, table);
	struct pm_stamp day, clock;

	cols->time = column;
	cols->facts = column == 1 && table->ncolumns == 2;
	if (column < 0 || column + 1 >= (int)table->ncolumns ||
		body >= table->md->blocks[table->block].end ||
		!pm_stamp_read(
			pm_table_text(table, body, column), c->mode, &day) ||
		pm_stamp_has_clock(&day) ||
		!pm_stamp_read(pm_table_text(table, body, column + 1), c->mode,
			&clock) ||
		clock.date.given)
		return;
	cols->date = column;
	cols->time = column + 1;
}

/* "| 2026-05-14 | Event |", "| Time (14 May 2026) | Event |" above clocks that
   have no day: that is the day of the rows. */
static bool header_day(const struct pm_collector *c,
	const struct pm_table *table, const struct time_columns *cols,
	struct pm_stamp *day)
{
	struct pm_slice header =
		pm_table_text(table, table->header, cols->time);
	size_t body = table->md->blocks[table->header].end;
	struct pm_stamp clock;

	if (cols->date >= 0 || body >= table->md->blocks[table->block].end ||
		!pm_stamp_read(pm_table_text(table, body, cols->time), c->mode,
			&clock) ||
		!pm_stamp_has_clock(&clock) || clock.date.given)
		return false;
	if (pm_stamp_read(header, c->mode, day) && day->date.given)
		return !pm_stamp_has_clock(day);
	memset(day, 0, sizeof *day);
	return pm_stamp_find(header, &day->date);
}

void pm_collect_table(struct pm_collector *c, size_t at)
{
	struct pm_table table;
	struct time_columns cols = {.facts = false};
	struct pm_stamp day;
	size_t row;

	pm_table_read(&table, c->md, at);
	cols.date = pm_table_column(&table, PM_COLUMN_DATE);
	cols.time = pm_table_column(&table, PM_COLUMN_TIME);
	cols.end = pm_table_column(&table, PM_COLUMN_END);
	if (cols.date < 0 && cols.time < 0)
		find_columns(c, &table, &cols);
	if (cols.date < 0 && cols.time < 0)
		return;
	if (cols.end < 0)
		cols.end = end_column(&table, cols.time);
	cols.zone = zone_column(&table);
	c->time_column =
		c->time_column || pm_table_column(&table, PM_COLUMN_TIME) >= 0;
	if (!c->out->zone.text.len && cols.time >= 0)
		pm_zone_find(pm_table_text(&table, table.header, cols.time),
			&c->out->zone);
	/* The header of a table without one holds the first entry. */
	row = table.header;
	if (header_day(c, &table, &cols, &day)) {
		pm_timeline_add_day(c->body, c->out, &day.date);
		row = c->md->blocks[row].end;
	}
	for (; row < c->md->blocks[at].end; row = c->md->blocks[row].end)
		row_entry(c, &table, row, &cols);
}
