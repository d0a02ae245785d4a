/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Actions of the body while they are read: finding them is one business,
 * taking their owner, date and state out of their words another. Private to
 * this room.
 */
#ifndef PM_DOC_ACTIONS_H
#define PM_DOC_ACTIONS_H

#include "doc/body.h"
#include "doc/table.h"

/* What the heading or label above a list says of all its items. */
struct pm_action_group {
	struct pm_slice owner;
	bool told; /* by a key in a bracket: "(Owner: Ana)" */
	bool done, begun;
	bool dropped; /* it was decided against */
	bool legend;  /* it explains words, or tells a reader what to do */
};

/* Adds an empty open action that begins at a line. */
struct pm_action *pm_action_add(
	struct pm_body *body, unsigned line, unsigned end_line);

/*
 * Takes what the words of an action say; the rest becomes the title. The text
 * may be cut shorter than its runs.
 */
void pm_action_read_text(struct pm_body *body, struct pm_action *action,
	const struct pm_text_line *line);

/*
 * Takes the words out that are struck through and replaced by those beside
 * them, with the runs that the text is made of. With value, the text is one and
 * nothing else: what follows a struck handle is no remark on it.
 */
void pm_action_unstruck(struct pm_body *body, struct pm_slice *text,
	const struct pm_md_run **runs, size_t nruns, bool value);

/* Without blanks, emphasis and stops around. */
struct pm_slice pm_trim_marks(struct pm_slice s);

/* A value with its place in the source of the action, if it stands there. */
struct pm_field pm_action_field(const struct pm_body *body,
	const struct pm_action *action, struct pm_slice value);

/* Takes keys with their values out of the tail of a text and cuts it there. */
void pm_action_read_keys(
	struct pm_body *body, struct pm_action *action, struct pm_slice *rest);

/* True when text begins with a key that pm knows. */
bool pm_action_is_key(struct pm_slice text);

/* True for a key and a value fit for it, which is no action by itself. */
bool pm_action_is_detail(const struct pm_body *body, struct pm_slice text);

/*
 * Takes one "Owner: ana" or "Due: 2026-12-01" as a value of the action.
 * False when text does not begin with a key that pm knows.
 */
bool pm_action_read_key(
	struct pm_body *body, struct pm_action *action, struct pm_slice text);

/* Sets what a key or column of a kind says; false: it says nothing of actions.
 */
bool pm_action_set_value(struct pm_body *body, struct pm_action *action,
	enum pm_column_kind kind, struct pm_slice value);

/* True for "YYYY-MM-DD", "TT.MM.JJJJ": how a day is to be written there. */
bool pm_action_is_pattern(struct pm_slice due);

/* True for "Example: add an alert", words of a template. */
bool pm_action_is_example(struct pm_slice text);

/* Sets what is not set yet; a value that names nobody or no day is dropped. */
void pm_action_set_owner(
	struct pm_body *body, struct pm_action *action, struct pm_slice owner);
void pm_action_set_due(
	struct pm_body *body, struct pm_action *action, struct pm_slice due);
void pm_action_set_status(
	struct pm_body *body, struct pm_action *action, struct pm_slice status);

/* Finds the day in due as it is written. */
void pm_action_date_due(struct pm_body *body, struct pm_action *action);

/* Reads what is left between or behind values with keys, "ETA 1 May", if it is
   a day or a state. */
void pm_action_read_loose(
	struct pm_body *body, struct pm_action *action, struct pm_slice text);

/* True for a day, "5 May", "le 5 avril", and nothing else. */
bool pm_action_is_day(struct pm_slice text);

/* The first link or ticket number of a text becomes the tracker. */
void pm_action_find_tracker(struct pm_body *body, struct pm_action *action,
	const struct pm_text_line *line);

/* Fills in what the group above says, where the action itself is silent. */
void pm_action_apply_group(struct pm_body *body, struct pm_action *action,
	const struct pm_action_group *group);

/* Reads the rows of a table as actions. False: it is no table of actions. */
bool pm_action_table(struct pm_body *body, size_t table,
	const struct pm_action_group *group);

/* Reads all rows of a table, its header too, as actions whose columns were
   named above it; kinds holds PM_TABLE_COLUMNS of them. */
void pm_action_rows(struct pm_body *body, size_t table,
	const enum pm_column_kind *kinds, const struct pm_action_group *group);

/* One row of what Markdown takes for no table. */
struct pm_action_cells {
	const enum pm_column_kind *kinds;
	const struct pm_slice *cells;
	size_t count;             /* of both */
	struct pm_text_line line; /* where it begins, a ticket in its text */
	unsigned end_line;
};

/* Adds it as an action; one without a title is none. */
void pm_action_read_cells(
	struct pm_body *body, const struct pm_action_cells *row);

/* The same for a paragraph of lines like | a | b |, which are no table to
   Markdown because the line under the header is missing or wrong. */
bool pm_action_pipes(struct pm_body *body, size_t paragraph,
	const struct pm_action_group *group);

/* Reads a table of one action, whose rows are keys and values, with a row that
   says what is to be done. False: it is none. */
bool pm_action_card(struct pm_body *body, size_t table,
	const struct pm_action_group *group);

/* True for such a table; *titled: it has that row. */
bool pm_action_is_card(const struct pm_md *md, size_t table, bool *titled);

/* Reads its other rows for an action that stands above it. */
void pm_action_card_details(
	struct pm_body *body, struct pm_action *action, size_t table);

/* True when a table's columns are those of actions. */
bool pm_action_is_table(const struct pm_md *md, size_t table);

/* True when they say so wherever it stands: "Action item", "Owner". */
bool pm_action_is_named_table(const struct pm_md *md, size_t table);

/* What a label above a list says of its items; a single word is a name only
   in bold. */
void pm_action_read_group(const struct pm_body *body, struct pm_slice label,
	bool bold, struct pm_action_group *out);

/*
 * The state a word or two say, in any language pm knows; UNKNOWN for other
 * words. *whole tells whether nothing else stands in text.
 */
enum pm_action_status pm_status_of(struct pm_slice text, bool *whole);

/*
 * True for a label that says how the items below it stand, or of what kind they
 * are: "Klara", "Rutiner". *state is then DONE, REJECTED or OPEN. Most look
 * like names.
 */
bool pm_group_label(struct pm_slice text, enum pm_action_status *state);

/* True for a text that begins with a verb, or has one behind what marks it:
   "DONE: ", "[P1] ", "@bo: ", "✅ ". */
bool pm_action_is_order(struct pm_slice text);

/* True for "DONE: Alert on lag", which labels an order, where "Done: 5 May"
   says something of one. */
bool pm_action_states_order(struct pm_slice text);

/* True for a time that is no day: "Q3", "H1 2026", "end of the month", "next
   sprint". It is kept as written. */
bool pm_action_is_period(struct pm_slice text);

/*
 * The length of a plain name that acts at the head of text: "Ana will ...",
 * "Ana Lund to add ...", "Platform team to ..."; 0 when there is none. One
 * word is a name only when nothing says that it is a thing.
 */
size_t pm_acting_name(const struct pm_body *body, struct pm_slice text);

/* True when the policy or a line like "Authors: ..." of the document says that
   a name is a person's. */
bool pm_person_known(const struct pm_body *body, struct pm_slice name);

/*
 * The length of a known person's name at the head of text that a colon, a
 * dash or "will" follows: "Kim: add caching", "jen to update". Names that
 * nobody knows are not asked: "Grafana: add a panel" has no owner.
 */
size_t pm_known_name(const struct pm_body *body, struct pm_slice text);

/* P0 to P4. */
bool pm_is_priority(struct pm_slice text);

/* True for what can be somebody's name: "Ana", "Ana Lund", "@ana, @bo". */
bool pm_looks_like_name(const struct pm_policy *policy, struct pm_slice text);

/* True for "None", "N/A", "-", "{{ summary }}": nothing is to be done. */
bool pm_says_nothing(const struct pm_body *body, struct pm_slice text);

/*
 * Takes "Action item:" or "[Action item]" off the head of a text, which says
 * that an action follows; with anywhere, only labels that are said of nothing
 * else.
 */
bool pm_take_action_label(struct pm_slice *text, bool anywhere);

/* The length of "①", "Steg 2: ", "対策1：" that a heading or item begins with,
   the number of a measure; else 0. */
size_t pm_action_counted(struct pm_slice text);

/* True for "Action: review the limits", an order with a label that is as often
   put before what was done: which it is, only its place tells. */
bool pm_is_lesson_action(struct pm_slice text);

/* True for the address of an issue, a pull request or a ticket. */
bool pm_tracker_url(struct pm_slice url);

/* The first ticket number in text, "#12", "OPS-12", "bug 12"; else empty. */
struct pm_slice pm_tracker_number(struct pm_slice text);

/* The ticket number that a cell for one begins with: "API-12", "1604925" are
   some there; else empty. */
struct pm_slice pm_tracker_entry(struct pm_slice text);

/* True when text begins with letters and a number that name a ticket:
   "INC4711", "OPS-12 (closed)". */
bool pm_tracker_leads(struct pm_slice text);

#endif
