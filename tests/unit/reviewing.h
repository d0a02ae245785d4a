/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of the review share: the complete example with a few places
 * changed, and the changes that were found as text, one a line:
 *
 *	alert 14 moment-moved: moment 'detected' moved: ...
 *	change -20 cause-removed: ...	(a line of the old version)
 */
#ifndef REVIEWING_H
#define REVIEWING_H

#include "checking.h"

#include "review/private.h"

/* Replaces the first "from" by "to"; an empty "from" appends. */
struct edit {
	const char *from, *to;
};

static inline void apply(struct pm_buf *text, const struct edit *edit)
{
	const char *hit;

	if (!edit->from)
		return;
	hit = *edit->from ? strstr(text->ptr, edit->from)
			  : text->ptr + text->len;
	if (!hit)
		fail_msg("the example has no '%s'", edit->from);
	pm_buf_splice(text, (size_t)(hit - text->ptr), strlen(edit->from),
		pm_slice_str(edit->to));
}

static inline void print_changes(
	const struct pm_review *review, struct pm_buf *out)
{
	for (size_t i = 0; i < review->nchanges; i++) {
		const struct pm_review_change *c = &review->changes[i];

		pm_buf_addf(out, "%s %s%u %s: %.*s\n",
			pm_review_weight_name(c->weight),
			c->old_side ? "-" : "", c->line, c->kind,
			PM_SLICE_ARG(c->message));
	}
}

/* What changed between two texts; either may be NULL. */
static inline void review_texts(const char *old, const char *new,
	const struct pm_policy *rules, bool words, struct pm_buf *out)
{
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_review review = {
		.policy = rules,
		.arena = &arena,
		.now = 1795521600, /* 2026-11-24T12:00Z */
		.words = words,
	};
	struct pm_doc *a = NULL, *b = NULL;

	if (old)
		a = pm_doc_parse(PATH, pm_slice_str(old), rules);
	if (new)
		b = pm_doc_parse(PATH, pm_slice_str(new), rules);
	review.old = a;
	review.new = b;
	pm_review_docs(&review);
	pm_review_finish(&review);
	print_changes(&review, out);
	for (size_t i = 0; words && i < review.nchanges; i++)
		if (review.changes[i].words.len)
			pm_buf_addf(out, "%.*s\n",
				PM_SLICE_ARG(review.changes[i].words));
	pm_doc_free(a);
	pm_doc_free(b);
	pm_arena_release(&arena);
}

#endif
