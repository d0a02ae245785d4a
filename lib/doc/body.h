/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The body half of a document while it is read: the document, its Markdown,
 * and for each section the blocks it holds. Private to this room.
 */
#ifndef PM_DOC_BODY_H
#define PM_DOC_BODY_H

#include "doc/private.h"
#include "doc/stamp.h"

/* What is known of a section besides pm_section. */
struct pm_body_section {
	size_t heading;    /* its block */
	size_t first, end; /* the blocks of its inside, deeper ones included */
	bool in_list;      /* a bold key of a list item */
	/* See roles.h. */
	bool maybe_timeline, maybe_resolution, maybe_lessons;
	struct pm_slice rest; /* what follows a bold key on its line */
	unsigned rest_words;  /* the words of that */
};

/* What the first lines said when a name was asked for, and how many are kept.
 */
enum { PM_ASKED = 64 };
struct pm_asked {
	char name[47];
	bool known;
};

/* The level of what stands in for a heading. */
enum { PM_LEVEL_STAND_IN = 7 };

struct pm_body {
	struct pm_doc *doc;
	const struct pm_md *md;
	struct pm_arena *arena;
	struct pm_body_section *sections; /* one for each doc->sections */
	size_t title; /* block of the title heading, SIZE_MAX: none */
	struct pm_stamp_date day; /* see pm_body_day */
	bool looked_for_day;
	bool skipped_day; /* the timeline has one, but needed none: see there */
	/* How 3/4/2026 is written: see pm_body_order. */
	enum pm_date_order timeline_order; /* its dates show */
	unsigned orders; /* that others show, as pm_stamp_order has them */
	enum pm_date_order near_order; /* in which dates lie close together */
	bool looked_for_order;
	unsigned foreign, wide, english; /* sections by the languages of their
					    names: see struct pm_roles */
	size_t footnotes; /* the first footnote's block; md->nblocks: none */
	/* Read when they are asked for: see pm/doc.h. */
	struct pm_slice *anchors;
	size_t nanchors;
	struct pm_prose *prose;
	size_t nprose;
	bool has_anchors, has_prose;
	/* The same label may stand in every line: see pm_person_known. */
	struct pm_asked *asked; /* PM_ASKED */
	bool bold_labels;  /* the list of actions being read begins its items
			      with labels in bold, which name nobody */
	bool arrow_owners; /* all of them end in "-> Ana" */
};

/* Takes "{#timeline}" and pictures off the headings. */
void pm_body_cut_ids(struct pm_md *md);

/* In the order they run: each relies on those before. The first begins with
   the title. */
void pm_body_sections(struct pm_body *body);
void pm_body_title(struct pm_body *body); /* or none: see title.c */

/*
 * The title of a document without any heading that could be one: what "Title:"
 * says in its first line, or that line when it names the document or is bold.
 * Empty when there is none.
 */
struct pm_slice pm_body_told_title(const struct pm_body *body);

/* True for a heading that names the kind of document, "Incident report", or has
   no words. */
bool pm_body_names_kind(struct pm_slice heading);

/* True for "Title:" and nothing else. */
bool pm_body_is_title_label(struct pm_slice heading);

/* "Lost mail" of "Title: Lost mail"; any other text as it is. */
struct pm_slice pm_body_behind_title(struct pm_slice text);

void pm_body_settle_remediation(struct pm_body *body);
void pm_body_settle_conclusion(struct pm_body *body);
void pm_body_settle_facts(struct pm_body *body);
void pm_body_spans(struct pm_body *body); /* the bytes of sections */
void pm_body_words(struct pm_body *body); /* which sections are empty */
void pm_body_timeline(struct pm_body *body);
void pm_body_actions(struct pm_body *body); /* or what is only listed */
void pm_body_links(struct pm_body *body);
void pm_body_waivers(struct pm_body *body);

/* The length of the sign that a line begins with where plain text has its
   headings: "■ 影響", "【原因】"; 0: none. */
size_t pm_body_heading_sign(struct pm_slice line);

/* The words of such a heading, and what follows them: "◆原因：設定の誤り",
   "【対応】 切り戻した"; false: the line is none. */
bool pm_body_drawn_key(
	struct pm_slice line, struct pm_slice *name, struct pm_slice *rest);

/* The day the document is about; false when it gives none. */
bool pm_body_day(struct pm_body *body, struct pm_date *out);

/* The first date with a year on a line of a block that may tell the day of the
   incident: no due date, and not when a thing was made. */
bool pm_body_find_date(const struct pm_body *body, size_t block,
	struct pm_slice line, struct pm_stamp_date *out);

/* The month that a title, the file name or what stands above the first section
   names without a day, as its middle. */
bool pm_body_month(const struct pm_body *body, struct pm_date *out);

/* The day whose parts a title and something else tell: "Mail lost (5/9)" in
   2023_05_mail.md. */
bool pm_body_day_of_parts(
	const struct pm_body *body, struct pm_stamp_date *out);

/* The year that its number or folder names, "PM2022-009", as its middle. */
bool pm_body_year(const struct pm_body *body, struct pm_date *out);

/*
 * How 3/4/2026 is read: as other dates of the document show, else as its
 * language has it, else as the policy says. The timeline's say most; of the
 * others, front matter and headings included, none may show another order.
 * Reads all of the text when it is asked for the first time.
 */
enum pm_date_order pm_body_order(struct pm_body *body);

/* The section whose inside holds a block most closely, SIZE_MAX: none. */
size_t pm_body_section_of(const struct pm_body *body, size_t block);

/* Bytes from the start of one line to the end of another, end included. */
struct pm_span pm_body_lines(
	const struct pm_body *body, unsigned first, unsigned last);

/* The first child paragraph of a list item; SIZE_MAX when it has none. */
size_t pm_body_item_text(const struct pm_body *body, size_t item);

/* One line of a paragraph's text, or all of a block's. */
struct pm_text_line {
	struct pm_slice text; /* of the block's text */
	size_t run, nruns;    /* its runs: md->runs[run .. run + nruns) */
	unsigned line;        /* 0: the line holds no text */
};

/* All of a block's text as if it were one line. */
struct pm_text_line pm_body_text(const struct pm_md_block *block);

/* The next line of a block's text; *run counts its runs, from 0 on, and is
   block->nruns when there are no more lines. */
struct pm_text_line pm_body_text_line(const struct pm_body *body,
	const struct pm_md_block *block, size_t *run);

/* Bytes of the longest name that a line may begin with. */
enum { PM_KEY_MAX = 60 };

/* False for a line that begins with plain words, and so with no bold text and
   none in italics. */
bool pm_key_is_styled(
	const struct pm_body *body, const struct pm_text_line *line);

/* The bold text that a line begins with, and what follows on the line. */
bool pm_key_bold_start(const struct pm_body *body,
	const struct pm_text_line *line, struct pm_slice *key,
	struct pm_slice *rest);

/* The same where it is alone on its line, or has a colon behind or inside. */
bool pm_key_bold(const struct pm_body *body, const struct pm_text_line *line,
	struct pm_slice *key, struct pm_slice *rest);

/* The text in italics that a line begins with before a colon, or the bold text
   before a dash: "_Impact_: none", "**Impact** - none". */
bool pm_key_marked(const struct pm_body *body, const struct pm_text_line *line,
	struct pm_slice *key, struct pm_slice *rest);

/* The words before a colon that a line begins with: "Impact: none". */
bool pm_key_colon(const struct pm_body *body, const struct pm_text_line *line,
	struct pm_slice *key, struct pm_slice *rest);

/* The same without a colon, a line that holds nothing else: "Root cause". */
bool pm_key_line(const struct pm_body *body, const struct pm_text_line *line,
	struct pm_slice *key, struct pm_slice *rest);

/* True for a day, a clock or, where asked for, a length of time, and nothing
   else but a remark in brackets, or "yes": what stands behind a key that heads
   no section. */
bool pm_body_is_figure(struct pm_slice rest, bool length);

/* True for "Q1: how was it solved?", one of many questions, and, where asked
   for, for any question. */
bool pm_body_is_question(struct pm_slice key, bool any);

/* "Timeline (all times in UTC)": without what stands in brackets behind. */
struct pm_slice pm_body_cut_bracket(struct pm_slice text);

/* True when something is linked on a line. */
bool pm_body_has_link(
	const struct pm_body *body, const struct pm_text_line *line);

/* True when a list or table follows a paragraph at its own depth. */
bool pm_body_heads_list(const struct pm_body *body, size_t at);

/* True when the paragraph behind another begins with a day or a clock. */
bool pm_body_heads_times(const struct pm_body *body, size_t at);

/* True for a paragraph right above a block of code that begins with a time. */
bool pm_body_heads_code(const struct pm_body *body, size_t at);

/* "Recovery (16:40-17:00)", "Recovery - 16:40" and "Recovery at 16:40": what a
   heading in a timeline is called, and when that was. */
bool pm_body_is_phase(
	struct pm_slice name, struct pm_slice *label, struct pm_slice *when);

/* True for a label in a timeline that has its clocks in a bracket at its end,
   or stands above a list that begins with one: a step of the story. */
bool pm_body_is_step(
	const struct pm_body *body, size_t at, struct pm_slice name);

/* True for a short line above one that begins with a figure. */
bool pm_heads_figures(const struct pm_lines *lines, unsigned line);

/* The words of the first heading or fold in a block of HTML; empty: none. The
   level is 0 for a fold. */
struct pm_slice pm_body_html_name(struct pm_slice html, unsigned *level);

/* The line of such a name in the block that it was found in. */
unsigned pm_body_html_line(
	const struct pm_body *body, size_t block, struct pm_slice name);

/* True for a line that begins with a word in italics, perhaps behind a bullet.
 */
bool pm_begins_slanted(const struct pm_lines *lines, unsigned line);

/* True for a short line that is wholly in italics: "*Root cause*". */
bool pm_is_slanted(const struct pm_lines *lines, unsigned line);

#endif
