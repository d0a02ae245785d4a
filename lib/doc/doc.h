/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libpm's own rooms need of a document beyond pm/doc.h: parsing into a
 * given arena with a template at hand, and edits that change the bytes they
 * mean to change and no others.
 */
#ifndef PM_DOC_DOC_H
#define PM_DOC_DOC_H

#include "base/arena.h"
#include "base/map.h"
#include "pm/doc.h"
#include "policy/template.h"

/* What one document may take of memory in a worker, in bytes; its model is
   about ten times its text. */
#define PM_DOC_ARENA_MOST ((size_t)64 << 20)

struct pm_doc_opts {
	const struct pm_policy *policy; /* never NULL */
	const struct pm_template *tmpl; /* for words that say nothing; NULL */
	struct pm_arena *arena;         /* NULL: the document owns one */
	/* What headings mean, kept by the caller from one document to the next
	   of the same policy, since they repeat; empty at first. NULL: none. */
	struct pm_map *memo;
	bool prose_only; /* of the body: neither timeline nor actions */
};

/* The name by which its template is looked up: "template", else its kind. */
static inline struct pm_slice pm_doc_template(const struct pm_doc *doc)
{
	return doc->tmpl.text.len ? doc->tmpl.text : doc->kind.text;
}

/* As pm_doc_parse; with a given arena the document dies at its reset. */
struct pm_doc *pm_doc_parse_opts(const char *path, struct pm_slice bytes,
	const struct pm_doc_opts *opts);

/* Gives the template of a name, as pm_doc_template has it; NULL: it failed. */
typedef const struct pm_template *(*pm_doc_template_fn)(
	void *data, struct pm_slice name);

/*
 * As pm_doc_parse_opts, with the template that the document itself asks for,
 * which is left in opts->tmpl; both are NULL when find failed. opts->arena has
 * to be given.
 */
struct pm_doc *pm_doc_parse_own(const char *path, struct pm_slice bytes,
	struct pm_doc_opts *opts, pm_doc_template_fn find, void *data);

/* True when text begins with a verb, as an order does. */
bool pm_begins_with_verb(struct pm_slice text);

/* True when it holds printing ASCII, tabs and line ends only: then there is
   nothing to look for among its characters. */
bool pm_doc_is_plain(const struct pm_doc *doc);

/* How the document writes 3/4/2026; UNKNOWN where nothing tells, and where its
   body was not read. */
enum pm_date_order pm_doc_order(const struct pm_doc *doc);

/*
 * Appends a day or a moment as people write it ("22 November 2026", "22.11.2026
 * 10:02 UTC") in the form pm reads. False when it can mean more than one: no
 * year or zone, day and month in doubt where the order is UNKNOWN, words beside
 * it.
 */
bool pm_doc_iso_date(
	struct pm_slice text, enum pm_date_order order, struct pm_buf *out);
bool pm_doc_iso_time(
	struct pm_slice text, enum pm_date_order order, struct pm_buf *out);

/* The first day with its year in a title or a file name; false for one in doubt
   where the order is UNKNOWN. */
bool pm_doc_find_day(
	struct pm_slice text, enum pm_date_order order, struct pm_date *out);

enum pm_fact {
	PM_FACT_STARTED, /* the moments in the order of enum pm_moment */
	PM_FACT_DETECTED,
	PM_FACT_ACKNOWLEDGED,
	PM_FACT_IDENTIFIED,
	PM_FACT_MITIGATED,
	PM_FACT_RESOLVED,
	PM_FACT_DAY,  /* of the incident, the key says */
	PM_FACT_DATE, /* of the incident or of the document */
	PM_FACT_SEVERITY,
	PM_FACT_OWNER,
	PM_FACT_PARTICIPANTS, /* authors and responders too */
	PM_FACT_COUNT,
};

struct pm_fact_line {
	enum pm_fact fact;
	struct pm_slice value; /* not empty; borrowed from the document */
	struct pm_slice zone;  /* "UTC" of "Start (UTC):"; may be empty */
};

/*
 * The next fact that a line above the text states ("**Severity:** SEV2",
 * "| Start (UTC) | 10:02 |"), from *line on, which moves behind it; start
 * with 0. False when there are no more. They are no fields: what they say
 * counts where front matter is drafted from it.
 */
bool pm_doc_next_fact(
	const struct pm_doc *doc, unsigned *line, struct pm_fact_line *out);

/* "P1" of "P1 (critical)"; empty for a choice of several, for what stands for
   none ("TBD", "?") and where it changed ("SEV2 -> SEV1"): which counts, nobody
   says. */
struct pm_slice pm_doc_severity_word(struct pm_slice value);

#endif
