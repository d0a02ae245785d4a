/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a heading is for. Headings are cut into words (folded, numbering and
 * emoji dropped), and phrases of the languages pm knows are looked for among
 * them. Private to this room.
 */
#ifndef PM_DOC_ROLES_H
#define PM_DOC_ROLES_H

#include "base/map.h"
#include "pm/policy.h"

/* Sections that the readers of other roles look into: all but metadata, which
   says how a document is called. */
#define PM_ROLES_TELLING                                                       \
	(((1u << PM_SECTION_COUNT) - 1) & ~(1u << PM_SECTION_OTHER) &          \
		~(1u << PM_SECTION_METADATA))

struct pm_roles {
	enum pm_section_role role; /* the first; OTHER when there is none */
	unsigned set;              /* all of a combined heading, as bits */
	bool exact;                /* nothing else stands in the heading */
	bool foreign; /* a phrase of a Latin or Cyrillic script, not English */
	bool alone;   /* heads no section with more words on its line */
	bool wide;    /* one of a language without blanks, Japanese say */
	/* Is a timeline only if it holds stamps; else role applies. */
	bool maybe_timeline;
	/* Is about the resolution if another section holds the actions. */
	bool maybe_resolution;
	/* Is about the lessons if another section was the summary. */
	bool maybe_lessons;
};

/* Most words of a heading that are looked at. */
enum { PM_HEADING_WORDS = 24 };

struct pm_heading_word {
	unsigned short off, end; /* in text; words are one blank apart */
	char before; /* what stood before it: ' ', '&' of a list, '|' a break */
	bool and;    /* it is a word that means "and" */
};

struct pm_heading_words {
	struct pm_buf text;
	struct pm_heading_word words[PM_HEADING_WORDS];
	size_t count;
	bool cut;    /* there were more */
	bool wide;   /* holds signs of a script without spaces */
	bool is;     /* "e" is no "and" in it */
	bool elided; /* "l'origine", which is "lorigine" in text */
};

/* Cuts a heading into words; release words->text. */
void pm_heading_split(struct pm_heading_words *words, struct pm_slice heading);

/* Takes off the number of "5 Response", numbered without a point, as word
   processors do, or of "Timeline167", a note's, as text from the web has it.
   False: there is none. */
bool pm_heading_cut_number(struct pm_slice *heading);

/* Parts "RootCause" and "ActionItems", written as programs have names. False:
   the heading is none such. */
bool pm_heading_part(struct pm_slice heading, struct pm_buf *out);

/* What is made of a heading whose words are no phrase, one after another. */
enum pm_gist {
	PM_GIST_NUMBER,  /* "proposed solution" of "proposed solutions" */
	PM_GIST_FILLERS, /* its words but for articles and the like */
	PM_GIST_FOREIGN, /* without those of other languages, and without the
			    incident that a section is of */
	PM_GIST_MEANING, /* one word for all of a meaning, none for those that
			    say nothing of a section */
	PM_GIST_BARE,    /* "fix" of "fix of the outage" and "incident fix" */
	PM_GIST_COUNT
};

/* Makes that of the words [from, to) of a heading. False when it is the words
   themselves, or nothing; else release out->text. */
bool pm_heading_gist(const struct pm_heading_words *in, size_t from, size_t to,
	enum pm_gist gist, struct pm_heading_words *out);

/* What a heading that asks why is for: the cause, or how it was noticed that
   nobody did; OTHER for one that does not ask. */
enum pm_section_role pm_heading_asks_why(struct pm_slice heading);

/* Finds the roles of a heading; policy's own words come first. */
struct pm_roles pm_roles_find(
	const struct pm_policy *policy, struct pm_slice heading);

/* False for a heading that no phrase is all of, which is told faster than by
   pm_roles_find: titles are long, and no two are the same. True: it may be. */
bool pm_roles_may_be_exact(
	const struct pm_policy *policy, struct pm_slice heading);

/* As pm_roles_find with a memo (see pm_doc_opts), which may be NULL. */
struct pm_roles pm_roles_recall(struct pm_map *memo,
	const struct pm_policy *policy, struct pm_slice heading);

#endif
