/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Actions of the body while their blocks are walked: lists call on items,
 * headings on what stands below them. Private to this room; what is read from
 * the words of one action is in doc/actions.h.
 */
#ifndef PM_DOC_ACTION_READER_H
#define PM_DOC_ACTION_READER_H

#include "doc/actions.h"

/* What the paragraphs under a heading begin with: see action_leads.c. */
enum pm_action_leads {
	PM_LEADS_NONE,
	PM_LEADS_NUMBERED, /* "**1. Alert on lag**" */
	PM_LEADS_BOLD,     /* "**Alerts on lag.** We now ..." */
	PM_LEADS_LABELS,   /* "**Alerts**: we will ..." */
	PM_LEADS_NAMES,    /* "Anke: alert on lag." */
};

/* The state of a walk over one section. */
struct pm_action_reader {
	struct pm_body *body;
	const struct pm_md *md;
	size_t end;          /* of the blocks of this section */
	size_t before;       /* the actions of the sections before it */
	size_t stop;         /* up to where stops_at_table is known */
	bool stops_at_table; /* a table of actions stands there */
	size_t numbered;     /* the block behind a numbered list of actions */
	bool one_number;     /* which has a single one */
	size_t orders; /* the list being read, where its numbers are actions */
	bool labelled; /* some of which begin with a label in bold */
	enum pm_action_leads leads;
	unsigned told;     /* level of headings that are actions; 0: none are */
	unsigned detailed; /* that of one with "Owner: ana" and no list */
	struct pm_action_group group;
	bool done;      /* what the heading above says of all below it */
	bool all_done;  /* what those say of the whole section */
	bool told_done; /* and of the headings below that are actions */
};

static inline const struct pm_md_block *pm_action_block(
	const struct pm_action_reader *r, size_t i)
{
	return pm_md_read(r->md, i);
}

/* --- actions.c ----------------------------------------------------------- */

/* The text of an item: its first paragraph, or nothing. */
struct pm_slice pm_action_item_text(
	const struct pm_action_reader *r, size_t item);

bool pm_action_ends_in_colon(struct pm_slice text);

/* True when a block's whole text is bold. */
bool pm_action_all_bold(const struct pm_action_reader *r, size_t at);

/* The last block of a sub-section that begins at a block and is for something
   else than actions; any other block as it is. */
size_t pm_action_skip(const struct pm_action_reader *r, size_t at);

/* --- action_announced.c --------------------------------------------------- */

/* True for a paragraph that announces the list behind it as actions. */
bool pm_action_announces(const struct pm_action_reader *r, size_t at);

/* --- action_details.c ----------------------------------------------------- */

/* True when what stands under a heading begins with details of an action;
   lists there hold nothing else. */
bool pm_action_has_details(const struct pm_action_reader *r, size_t heading);

/* The level of the first heading from a block on that has such below it; 0:
   none has. */
unsigned pm_action_detailed_level(
	const struct pm_action_reader *r, size_t first);

/* True for an order among such headings that has them as well, and then a list
   that is no list of orders: "Fix the pages", "Owner: @amy", "- the one on
   keys". */
bool pm_action_owned(const struct pm_action_reader *r, size_t heading);

/* Reads "Ana, due 1 May." that a paragraph right below a heading begins with,
   and "Done 27 June." that it ends with, for the action that this is. */
void pm_action_told_beside(const struct pm_action_reader *r,
	struct pm_action *action, size_t heading);

/* --- action_leads.c ------------------------------------------------------- */

/* What those under a heading begin with, where that makes actions of them. */
enum pm_action_leads pm_action_leads_below(
	const struct pm_action_reader *r, size_t heading);

/* Whether several paragraphs or lines below a heading begin with a name and a
   colon, one of them with that of somebody who is known. */
bool pm_action_named_below(const struct pm_action_reader *r, size_t heading);

/* Reads such a paragraph; false: it is none. */
bool pm_action_named(struct pm_action_reader *r, size_t at);

/* The level of the headings among blocks [first, end) if each of them is an
   action that is told in prose below it; else 0. */
unsigned pm_action_told_headings(
	const struct pm_action_reader *r, size_t first);

/* The same of those below a heading that are numbered so. */
unsigned pm_action_counted_headings(
	const struct pm_action_reader *r, size_t heading);

/* Reads the lines of a paragraph each of which begins with a label in bold and
   goes on with a sentence; false: it has no such lines. */
bool pm_action_label_lines(struct pm_action_reader *r, size_t at);

/* Reads a paragraph among such; false: it is none of them. */
bool pm_action_lead(struct pm_action_reader *r, size_t at);

/* --- action_quotes.c ------------------------------------------------------ */

/* Reads the lists and tables in the quotes of a section from a block on. */
void pm_action_quotes(struct pm_action_reader *r, size_t first);

/* --- action_topics.c ----------------------------------------------------- */

/* True for words of Japanese above a list that name what its tasks are about,
   and no task themselves. */
bool pm_action_names_topic(
	const struct pm_action_reader *r, size_t list, struct pm_slice text);

/* True for a numbered item, a name of several words in bold, whose list goes
   on about it in sentences. */
bool pm_action_told_below(const struct pm_action_reader *r, size_t item,
	size_t list, struct pm_slice text);

/* "Neste steg", "今後の対策" below what was done: is still to be. */
bool pm_action_tells_of_later(struct pm_slice heading);

/* --- action_legend.c ----------------------------------------------------- */

/* True for a list that explains words: each item is one and its meaning. */
bool pm_action_is_legend(const struct pm_action_reader *r, size_t list);

/* "Legend: P1 urgent, P2 later", "✅ = done": a legend that is whole, and so
   explains nothing that stands below it. */
bool pm_action_tells_legend(struct pm_slice text);

/* --- action_list.c ------------------------------------------------------- */

/* "Short term", "2. Long-term", "Next sprint", "Q3": until when, and so what
   parts actions rather than one. */
bool pm_action_names_term(struct pm_slice text);

/* Reads one item; with details, what its own list says of it as well. */
void pm_action_item(struct pm_action_reader *r, size_t item, bool details);

/* Reads the items of a list, nested ones as their parents allow. */
void pm_action_list(struct pm_action_reader *r, size_t list);

/* --- action_lost.c -------------------------------------------------------- */

/* True when a line of a paragraph is an item that Markdown took for none:
   "-[ ] Add a cache". */
bool pm_action_holds_lost(const struct pm_action_reader *r, size_t at);

/*
 * The text of a paragraph from its run on up to the next such item; *run, 0 at
 * first, is then where that begins. False: what is read is no such item, but
 * stands before the first of them.
 */
bool pm_action_lost_entry(const struct pm_action_reader *r, size_t at,
	size_t *run, struct pm_text_line *out);

/* Reads those of a paragraph as actions; false: there is none. */
bool pm_action_lost_lines(struct pm_action_reader *r, size_t at);

/* --- action_ruled.c ------------------------------------------------------- */

/* Reads a table of plain text whose header, or whose grid, is a block; *at is
   then its last block. False: there is none of actions. */
bool pm_action_ruled(struct pm_action_reader *r, size_t *at);

/* --- action_prose.c ------------------------------------------------------ */

/* Adds a paragraph, or one line of it, as an action. */
void pm_action_line(
	struct pm_action_reader *r, const struct pm_text_line *line);

/* True for a paragraph "**TODO** ...", "TODO: ..." or "**DONE**: ...", unless
   it is the text that is to be filled in. */
bool pm_action_is_todo(const struct pm_action_reader *r, size_t at);

/* Takes the sign of a list off a line; wide: also what a sentence may begin
   with. False: there is none, or nothing behind it. */
bool pm_action_take_bullet(struct pm_slice *text, bool wide);

/* Reads a paragraph; alone: no list stands beside it. */
void pm_action_paragraph(struct pm_action_reader *r, size_t at, bool alone);

/* Reads the lines of a paragraph behind a line of the file that begin with a
   sign such as "・", up to one that does not; false: there is none. */
bool pm_action_bulleted(struct pm_action_reader *r, size_t at, unsigned behind);

/* True when nothing but paragraphs stands under a heading. */
bool pm_action_only_prose(const struct pm_action_reader *r, size_t heading);

/* "1. Short-term measures", "2. 恒久対策 (done)": what actions are called, and
   so the name of some, numbered or not. */
bool pm_action_names_group(
	const struct pm_action_reader *r, struct pm_slice text);

/* Takes "Owner: ana" and what follows it off a line that says it. */
void pm_action_detail_line(struct pm_action_reader *r, struct pm_action *action,
	struct pm_text_line *line);

/* What a heading says of all below it. */
void pm_action_heading_group(struct pm_body *body, struct pm_slice heading,
	struct pm_action_group *out);

/* Reads a heading, as an action or as what divides lists. Returns the last
   block read: what elaborates an action that is a heading is read with it. */
size_t pm_action_heading(struct pm_action_reader *r, size_t at);

#endif
