/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared by the two halves of this room and by nobody else: the front half
 * (doc.c, front*.c: bytes, encoding, front matter, positions) and the body
 * half (body*.c: sections, timeline, actions, links, prose). The front half
 * runs first; the body half may rely on everything it filled.
 */
#ifndef PM_DOC_PRIVATE_H
#define PM_DOC_PRIVATE_H

#include "base/arena.h"
#include "base/lines.h"
#include "doc/doc.h"
#include "markdown/markdown.h"

/* A line that may state a fact, as far as its own words tell. */
struct pm_fact_seen {
	unsigned line;
	struct pm_fact_line fact;
};

struct pm_doc_private {
	struct pm_arena held;   /* used when the caller gave none */
	struct pm_arena *arena; /* where everything of the document lives */
	struct pm_lines lines;  /* of the whole file, front matter included */
	struct pm_md md;        /* the body; filled by pm_doc_read_body */
	const struct pm_policy *policy;
	const struct pm_template *tmpl; /* may be NULL */
	struct pm_map *memo;            /* may be NULL */
	bool prose_only;
	struct pm_span front;       /* the YAML between the two "---" lines */
	struct pm_span fence;       /* the opening "---" line; len 0: none */
	struct pm_slice toml;       /* the TOML between two "+++" lines */
	struct pm_slice page;       /* the title there */
	bool plain;                 /* see pm_doc_is_plain */
	bool *silent;               /* by line; for pm_doc_words */
	struct pm_fact_seen *facts; /* for pm_doc_next_fact */
	size_t nfacts;
	bool looked_for_facts;
	struct pm_body *body; /* as read; NULL: it was not */
};

/*
 * Finds and reads the front matter: sets body_off, has_front, every typed
 * field, actions (in_body false), and their problems.
 */
void pm_doc_read_front(struct pm_doc *doc);

/*
 * Reads the body from body_off on, after the front matter was read: fills
 * heading, sections, timeline and links; and actions (in_body true) when
 * nactions is still 0.
 */
void pm_doc_read_body(struct pm_doc *doc);

/* Adds a problem; hint (copied) may be NULL. Sorted by place at the end. */
void pm_doc_problem(struct pm_doc *doc, enum pm_problem_kind kind,
	struct pm_span span, const char *hint, const char *fmt, ...)
	PM_PRINTF(5, 6);

/*
 * Room for one more element in an array of the document's arena: returns the
 * array, moved when its len elements fill it; element len is zeroed. For an
 *array that grows by ones from NULL and len 0:
 *
 *	doc->links = pm_doc_grow(doc, doc->links, doc->nlinks, sizeof *link);
 *	link = &doc->links[doc->nlinks++];
 */
void *pm_doc_grow(struct pm_doc *doc, void *items, size_t len, size_t size);

/* The status written as word ("in progress", "Done", ...), folded. */
enum pm_action_status pm_doc_action_status(struct pm_slice word);

#endif
