/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is known while the entries of a timeline are collected. Private to the
 * files that do.
 */
#ifndef PM_DOC_COLLECTOR_H
#define PM_DOC_COLLECTOR_H

#include "doc/timeline.h"

struct pm_collector {
	struct pm_body *body;
	const struct pm_md *md;
	struct pm_raw_timeline *out;
	size_t base;      /* the block the section's own blocks lie in */
	unsigned mode;    /* enum pm_stamp_mode */
	bool dotted;      /* a clock with a dot was seen */
	bool prose;       /* paragraphs are read as loosely as items */
	bool named;       /* the section is called a timeline */
	bool time_column; /* a table has a column that is called times */
	size_t told;      /* the blocks before this are of a timed item */
	size_t bold;      /* bytes at the head of the item that are bold */
	size_t day_list;  /* whose items are of the day above; SIZE_MAX: none */
	/* Lines of a paragraph between which it is read. */
	unsigned behind, before;
};

/* Adds an entry that begins with a stamp; its lines are the caller's to set. */
struct pm_raw_entry *pm_collect_add(struct pm_collector *c,
	enum pm_raw_form form, struct pm_slice text,
	const struct pm_stamp *stamp);

/* Adds an entry whose stamp nobody can read: kept, with a problem. */
bool pm_collect_odd(
	struct pm_collector *c, enum pm_raw_form form, struct pm_slice text);

/* Adds a stamp behind a short label, and at the end if nothing tells it apart;
   false: there is none. */
bool pm_collect_labelled(struct pm_collector *c, struct pm_slice text,
	enum pm_raw_form form, struct pm_stamp *stamp);

/* Adds an item of a timeline that ends in its time. */
bool pm_collect_ended(
	struct pm_collector *c, struct pm_slice text, struct pm_stamp *stamp);

/* True for a line of a paragraph that is an entry: with a clock, or with a
   date that is set off from what follows. */
bool pm_collect_stamp(const struct pm_collector *c, struct pm_slice line,
	struct pm_stamp *stamp);

/* True for a line that begins with a day in bold or with its weekday in
   brackets, or with a part of the day. */
bool pm_collect_led(const struct pm_collector *c,
	const struct pm_text_line *line, struct pm_stamp *stamp);

/* Adds an item whose text, a block, begins so. */
bool pm_collect_led_item(
	struct pm_collector *c, size_t text, struct pm_stamp *stamp);

/* Looks below the block of the entry that was added last, where it is a stamp
   and no text. */
void pm_collect_below(struct pm_collector *c, size_t at, size_t end);

/* Adds an item without a stamp that stands below a day; NULL: it tells of no
   event. */
struct pm_raw_entry *pm_collect_of_day(
	struct pm_collector *c, struct pm_slice words);

/* Adds what was said in a chat, each below the line of who said it when. */
void pm_collect_chat(struct pm_collector *c, size_t first, size_t end);

/* Adds the rows of a table that have a time. */
void pm_collect_table(struct pm_collector *c, size_t at);

#endif
