/* SPDX-License-Identifier: Apache-2.0 */
/* For the formats that cut: see held.c. Private to this directory. */
#ifndef PM_REVIEW_HELD_H
#define PM_REVIEW_HELD_H

#include "base/vec.h"
#include "review/private.h"

struct pm_review_held_line {
	struct pm_buf text; /* as it will be printed */
	enum pm_review_weight weight;
	bool shown; /* it fits */
};

struct pm_review_held_doc {
	struct pm_buf heading;
	size_t first, len;  /* its lines */
	bool shown, folded; /* folded: it has quiet lines that are shown */
};

struct pm_review_held {
	size_t room;  /* bytes for headings and lines */
	size_t frame; /* bytes around the quiet lines of a document */
	PM_VEC(struct pm_review_held_doc) docs;
	PM_VEC(struct pm_review_held_line) lines;
	size_t bytes[PM_REVIEW_WEIGHTS];
	size_t seen, listed; /* lines */
	size_t docs_listed;
};

struct pm_review_held *pm_review_held_new(size_t room);
void pm_review_held_free(struct pm_review_held *held);

/* Begins a document: where its heading goes. */
struct pm_buf *pm_review_held_doc(struct pm_review_held *held);

/* Where a line of it goes, to be followed by pm_review_held_keep; NULL when it
   is only counted. */
struct pm_buf *pm_review_held_line(
	struct pm_review_held *held, enum pm_review_weight weight);
void pm_review_held_keep(struct pm_review_held *held);

/* Chooses what fits, worst first. */
void pm_review_held_fit(struct pm_review_held *held);

#endif
