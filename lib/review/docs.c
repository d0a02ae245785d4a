/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two versions of a document, compared from one end to the other. A document
 * that is new is told in one line: every part of it is new, and its findings
 * say what it lacks. One that is gone takes its open actions with it.
 */
#include "review/private.h"

static size_t open_actions(const struct pm_doc *doc)
{
	size_t n = 0;

	for (size_t i = 0; i < doc->nactions; i++)
		n += !pm_action_is_closed(&doc->actions[i]);
	return n;
}

/* "final, SEV2, 2 open actions, TTR 62 min" */
static const char *about(struct pm_review *review, const struct pm_doc *doc)
{
	size_t open = open_actions(doc);
	struct pm_buf out = PM_BUF_INIT;
	const char *text;
	int64_t seconds;

	pm_buf_adds(&out, doc->status.text.len
				  ? pm_review_word(review, doc->status.text)
				  : "no status");
	pm_buf_addf(&out, ", %s",
		doc->severity.text.len
			? pm_review_word(review, doc->severity.text)
			: "no severity");
	pm_buf_addf(&out, ", %zu open action%s", open, pm_plural(open));
	if (pm_doc_duration(doc, PM_DURATION_TTR, &seconds) && seconds >= 0) {
		pm_buf_adds(&out, ", TTR ");
		pm_duration_print(&out, seconds);
	}
	text = pm_arena_strdup(review->arena, out.ptr);
	pm_buf_release(&out);
	return text;
}

static void removed(struct pm_review *review)
{
	struct pm_review_change *change = pm_review_add(review,
		PM_REVIEW_DOC_REMOVED, 1, "document removed: it was %s",
		about(review, review->old));

	change->old_side = true;
	change->amount = (int64_t)open_actions(review->old);
	change->unit = "actions";
}

/* Facts of a final text may not change under its readers. */
static void final_edited(struct pm_review *review)
{
	if (!review->old_stand.digest[0] || !review->new_stand.digest[0] ||
		strcmp(review->old_stand.digest, review->new_stand.digest) == 0)
		return;
	pm_review_add(review, PM_REVIEW_FINAL_EDITED,
		pm_review_line(review->new, &review->new->status, 1),
		"the text of a final document changed");
}

static struct pm_slice body_of(const struct pm_doc *doc)
{
	return pm_slice_from(doc->src, doc->body_off);
}

static void both(struct pm_review *review)
{
	bool body = !pm_slice_eq(body_of(review->old), body_of(review->new));

	final_edited(review);
	pm_review_facts(review);
	pm_review_lists(review);
	pm_review_moments(review);
	pm_review_causes(review);
	pm_review_actions(review);
	pm_review_approvals(review);
	/* A timeline is read with the help of the moments: where its text is
	   the same, none of its entries moved. */
	if (body) {
		pm_review_timeline(review);
		pm_review_sections(review);
	}
	if (!review->nchanges && !(review->judged && review->judged->len) &&
		!pm_slice_eq(review->old->src, review->new->src))
		pm_review_add(review, PM_REVIEW_OTHER, 1,
			"only what means nothing to pm changed: white space, "
			"comments, order or unknown keys");
}

/* Why nothing was read of a document, or NULL. */
static const char *unread(const struct pm_doc *doc)
{
	for (size_t i = 0; doc && i < doc->nproblems; i++) {
		const struct pm_problem *problem = &doc->problems[i];

		if (problem->kind == PM_PROBLEM_TOO_COMPLEX ||
			(problem->kind == PM_PROBLEM_ENCODING &&
				!problem->span.len))
			return problem->message;
	}
	return NULL;
}

void pm_review_docs(struct pm_review *review)
{
	const char *old = unread(review->old), *new = unread(review->new);

	if (old)
		pm_review_add(review, PM_REVIEW_UNREADABLE, 1,
			"the old version cannot be read: %s", old);
	if (new)
		pm_review_add(review, PM_REVIEW_UNREADABLE, 1,
			"the new version cannot be read: %s", new);
	if (old || new)
		return;
	pm_review_take_stand(review, review->old, &review->old_stand);
	pm_review_take_stand(review, review->new, &review->new_stand);
	if (review->old && review->new) {
		both(review);
	} else if (review->new) {
		pm_review_add(review, PM_REVIEW_DOC_ADDED, 1,
			"new document: %s", about(review, review->new));
		pm_review_approvals(review);
	} else if (review->old) {
		removed(review);
	}
}
