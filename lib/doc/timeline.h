/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries of a timeline between being found and being dated. Private to this
 * room.
 */
#ifndef PM_DOC_TIMELINE_H
#define PM_DOC_TIMELINE_H

#include "doc/body.h"
#include "doc/stamp.h"

enum pm_raw_form {
	PM_RAW_HEADING,
	PM_RAW_ITEM,
	PM_RAW_PARAGRAPH,
	PM_RAW_ROW,
	PM_RAW_CODE,
	PM_RAW_DAY, /* a day for what follows; never an entry */
};

struct pm_raw_entry {
	enum pm_raw_form form;
	struct pm_stamp stamp;
	unsigned line, end_line;
	struct pm_slice text;   /* what follows the stamp */
	struct pm_slice source; /* of a table's column; else empty */
	struct pm_slice wrong;  /* the stamp as written, for messages */
	bool unreadable;        /* it looks like a stamp, but is none */
	bool label;             /* the text stood before the stamp */
	bool below;             /* it stood in the block below */
	bool of_day;            /* an item without a stamp below a day */
};

struct pm_raw_timeline {
	struct pm_raw_entry *entries;
	size_t count;
	struct pm_stamp_zone zone; /* stated for all of them */
};

/* Finds the entries inside a section, or up to an earlier end. */
void pm_timeline_collect(struct pm_body *body, size_t section, size_t end,
	struct pm_raw_timeline *out);

/* The same of blocks that lie in no section. */
void pm_timeline_collect_blocks(struct pm_body *body, size_t first, size_t end,
	struct pm_raw_timeline *out);

/* "All times in CET": the zone of a short text that is about times. */
bool pm_timeline_told_zone(struct pm_slice text, struct pm_stamp_zone *out);

/* Adds the phases that a story without other times is told in: headings with
   clocks in brackets, "Recovery (16:40-17:00)". */
void pm_timeline_add_phases(struct pm_body *body, size_t first, size_t end,
	struct pm_raw_timeline *out);

/* Adds a heading that is an entry itself. */
void pm_timeline_add_heading(
	struct pm_body *body, struct pm_raw_timeline *out, size_t heading);

/* Adds a day that holds for the entries after it. */
void pm_timeline_add_day(struct pm_body *body, struct pm_raw_timeline *out,
	const struct pm_stamp_date *day);

/* Makes days of clocks with a point that are none, 13.03, where what stands
   beside them or the day of the document shows it. */
void pm_timeline_settle_dotted(
	const struct pm_raw_timeline *raw, struct pm_date day);

/* The zone of entries that state none, if the text above them gives one of
   their clocks with its zone. */
void pm_timeline_find_zone(
	const struct pm_body *body, struct pm_raw_timeline *raw);

/*
 * Dates the entries and adds them to doc->timeline: days carry over from day
 * headers and from one entry to the next, also past midnight.
 */
void pm_timeline_date(struct pm_body *body, const struct pm_raw_timeline *raw);

#endif
