/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sections of a document while they are found, in one pass over its
 * blocks: headings open them, and keys that stand in for headings. Private to
 * this room.
 */
#ifndef PM_DOC_BUILDER_H
#define PM_DOC_BUILDER_H

#include "doc/body.h"
#include "doc/roles.h"

struct pm_builder {
	struct pm_body *body;
	const struct pm_md *md;
	size_t open[PM_LEVEL_STAND_IN + 1]; /* sections not ended, outermost
					       first */
	size_t nopen;
	bool colon_keys;        /* see pm_builder_has_colon_keys */
	bool heads_in_markdown; /* a heading at least is no HTML */
	size_t list;            /* looked at last for keys */
	bool key_list;          /* that had some */
};

/* The section of a number. */
const struct pm_section *pm_builder_section(
	const struct pm_builder *b, size_t i);

/* The roles of a name. */
struct pm_roles pm_builder_recall(
	const struct pm_builder *b, struct pm_slice heading);

/* The roles of a heading or of what stands in for one: "Incident 3: Search is
   down" is a name, and sums none up. */
struct pm_roles pm_builder_named(
	const struct pm_builder *b, struct pm_slice heading);

/* Opens a section at a block, and ends those that it cannot stand in. */
struct pm_body_section *pm_builder_open(struct pm_builder *b, size_t block,
	struct pm_slice heading, unsigned level, const struct pm_roles *roles);

/* The open section of a timeline, SIZE_MAX when there is none. */
size_t pm_builder_timeline(const struct pm_builder *b);

/* The roles of the innermost real heading that is open. */
unsigned pm_builder_heading_roles(const struct pm_builder *b);

/* The roles of the innermost real heading that says any. */
unsigned pm_builder_told_roles(const struct pm_builder *b);

/*
 * Opens the sections that keys of a paragraph head: one at the top, or the
 * first thing of a list item. At the top each of its lines may begin so, and in
 * an item those at the margin: the items behind such a line are of the section
 * that it heads, and no more of the one that the list stands in.
 */
void pm_builder_paragraph(struct pm_builder *b, size_t at);

/* Opens the section that a name in HTML at a block heads, if that name is
   nothing else. */
void pm_builder_name(struct pm_builder *b, size_t at, struct pm_slice name);

/*
 * Some write no headings at all: "Impact: nobody could pay." One such line is
 * a sentence; three that name different sections are what the document is made
 * of, if nothing else is.
 */
bool pm_builder_has_colon_keys(struct pm_builder *b);

/* How a key is written. */
enum pm_key_form {
	PM_KEY_NONE,
	PM_KEY_BOLD,
	PM_KEY_MARKED, /* see pm_key_marked */
	PM_KEY_COLON,
	PM_KEY_LINE,
	PM_KEY_LABEL,
	PM_KEY_TIMES,   /* "Timeline" above times in its own paragraph */
	PM_KEY_DRAWN,   /* "■ 影響" */
	PM_KEY_RUN_IN,  /* see run_in_key */
	PM_KEY_OUTLINE, /* "4. Timeline" above its list, see outline_key */
};

struct pm_key {
	enum pm_key_form form;
	struct pm_slice name, rest;
	struct pm_text_line line;
	bool last;    /* of its paragraph */
	bool alone;   /* nothing follows in the paragraph */
	bool in_list; /* what it tells is in its own item */
};

/* --- key_around.c -------------------------------------------------------- */

/* True for a key that only tells of the label above it: one in the list that
   it heads, one that names the same again. */
bool pm_key_below_label(const struct pm_builder *b, size_t at,
	const struct pm_key *key, const struct pm_roles *roles);

/* True for a bold line that opens a section although its name tells nothing of
   the story: "**Approval**" ends what the label above it names, and
   "**Updates**" is a timeline above times. */
bool pm_key_opens(const struct pm_builder *b, size_t at,
	const struct pm_key *key, const struct pm_roles *roles);

/* True for a bold line that begins a document without a title, and says more
   than the name of a section: "**Summary of the outage of 3 May**". */
bool pm_key_is_title(const struct pm_builder *b, size_t at,
	const struct pm_key *key, const struct pm_roles *roles);

/* --- key_facts.c --------------------------------------------------------- */

/* True for what has the words of a key and heads no section. */
bool pm_key_heads_nothing(const struct pm_builder *b, size_t at,
	const struct pm_key *key, unsigned roles);

/* Where the items end that follow a key in its list, as in forms whose last
   question is "- **Follow-up actions:**": boxes, and behind a key with nothing
   of its own what has no key either. The item's own end: none do. */
size_t pm_key_items_behind(const struct pm_builder *b, size_t item, size_t at);

#endif
