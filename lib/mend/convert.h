/* SPDX-License-Identifier: Apache-2.0 */
/* Front matter for a document that is not pm's yet. Private to this room. */
#ifndef PM_MEND_CONVERT_H
#define PM_MEND_CONVERT_H

#include "doc/doc.h"
#include "snapshot/snapshot.h"

/* What was put in, in words, and the fields, a line each with "\n". */
struct pm_front_draft {
	struct pm_buf fields;
	struct pm_buf words;
};

/* How much goes in: a moment can change what day an entry of the timeline is
   on, and an action may be written so that front matter cannot hold it. */
enum pm_front_extent {
	PM_FRONT_ALL,
	PM_FRONT_NO_TIMES,
	PM_FRONT_NO_ACTIONS, /* nor moments */
	PM_FRONT_EXTENTS,
};

/* Writes what the document states and its front matter does not have. */
void pm_front_draft(const struct pm_doc *doc, const struct pm_policy *policy,
	enum pm_front_extent extent, struct pm_front_draft *out);

/* For the parts of a draft: a field of one line, and the word for a part. */
void pm_front_add(
	struct pm_front_draft *out, const char *key, struct pm_slice value);
void pm_front_add_word(struct pm_front_draft *out, const char *word);

/* Adds what the first lines of the body state (front_facts.c). */
void pm_front_add_facts(const struct pm_doc *doc,
	const struct pm_policy *policy, bool times, struct pm_front_draft *out);

/* Why another tool's head, which is no YAML, keeps the document from getting
   front matter; NULL: it has none (foreign.c). */
const char *pm_front_foreign(
	struct pm_ctx *ctx, struct pm_reader *reader, const struct pm_doc *doc);

/*
 * True when after says what before says: the same body to the byte, the same
 * actions and timeline, and front matter that can be read.
 */
bool pm_front_keeps(const struct pm_doc *before, const struct pm_doc *after);

#endif
