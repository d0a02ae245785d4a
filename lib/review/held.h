/* SPDX-License-Identifier: Apache-2.0 */
/* For the formats that cut: see held.c. Private to this directory. */
#ifndef PM_REVIEW_HELD_H
#define PM_REVIEW_HELD_H

#include "base/vec.h"
#include "review/private.h"

/* Bytes of a document's title in its heading. */
#define PM_REVIEW_TITLE_MOST 300

struct pm_review_held_line {
	struct pm_buf text; /* as it will be printed */
	enum pm_review_weight weight;
	bool shown; /* it fits */
};

struct pm_review_held_doc {
	struct pm_buf heading;
	size_t first, len; /* its lines */
	bool shown;
	size_t loud, quiet; /* lines that are shown, of either kind */
};

struct pm_review_held {
	size_t room; /* bytes for headings and lines */
	PM_VEC(struct pm_review_held_doc) docs;
	PM_VEC(struct pm_review_held_line) lines;
	size_t bytes[PM_REVIEW_WEIGHTS];
	size_t seen, listed; /* lines */
	size_t docs_listed;
};

/*
 * Begins a review that is held as the format's state. Its bytes are those that
 * were asked for, most by default; frame of them are for what is not in a
 * document.
 */
void pm_review_held_begin(struct pm_review_out *out, size_t most, size_t frame);

/* Frees the state of the format. */
void pm_review_held_end(struct pm_review_out *out);

/* Begins a document: where its heading goes. */
struct pm_buf *pm_review_held_doc(struct pm_review_held *held);

/* Where a line of it goes, to be followed by pm_review_held_keep; NULL when it
   is only counted. */
struct pm_buf *pm_review_held_line(
	struct pm_review_held *held, enum pm_review_weight weight);
void pm_review_held_keep(struct pm_review_held *held);

/* Prints the lines of a document that are shown, with what folds them. */
typedef void (*pm_review_held_print)(const struct pm_review_held *held,
	const struct pm_review_held_doc *doc, struct pm_buf *out);

/* Chooses what fits, worst first. */
void pm_review_held_fit(struct pm_review_held *held);

/* Appends the documents that are shown, each with its heading and lines. */
void pm_review_held_put_docs(const struct pm_review_held *held,
	pm_review_held_print print, struct pm_buf *out);

/* Appends the lines of a document that are shown: the quiet ones, or those
   that are not. */
void pm_review_held_put_quiet(const struct pm_review_held *held,
	const struct pm_review_held_doc *doc, struct pm_buf *out);
void pm_review_held_put_loud(const struct pm_review_held *held,
	const struct pm_review_held_doc *doc, struct pm_buf *out);

/* Appends "2 more changes and 1 more documents are not listed"; false, and
   nothing, when all is. */
bool pm_review_held_put_missing(
	const struct pm_review_held *held, struct pm_buf *out);

#endif
