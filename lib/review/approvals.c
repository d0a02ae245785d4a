/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Approvals: who gave one or took it back, whose is for another text now, and
 * who still has to approve by policy. An approval names the digest of what was
 * read, so a later edit shows by itself.
 */
#include "review/private.h"

/* People that a message names. */
#define NAMES_MOST 8

/* A version, and how its approvals stand. */
struct text {
	const struct pm_doc *doc;
	const enum pm_approval_standing *standing;
	size_t count;
};

void pm_review_take_stand(struct pm_review *review, const struct pm_doc *doc,
	struct pm_review_stand *out)
{
	if (!doc || out->approvals)
		return;
	out->approvals = pm_arena_alloc(
		review->arena, doc->napprovals + 1, sizeof *out->approvals);
	out->count = pm_doc_approvals(
		doc, review->policy, review->now, out->approvals);
	if (doc->state == PM_STATUS_FINAL)
		pm_doc_digest(doc, out->digest);
}

/* The same person for the same text, or NULL. */
static const struct pm_approval *find(
	const struct pm_doc *doc, const struct pm_approval *approval)
{
	for (size_t i = 0; i < doc->napprovals; i++) {
		const struct pm_approval *other = &doc->approvals[i];

		if (pm_slice_eq(other->digest.text, approval->digest.text) &&
			pm_review_same_person(
				other->by.text, approval->by.text))
			return other;
	}
	return NULL;
}

/* "by @ana on 2026-11-22". */
static const char *said(
	const struct pm_review *review, const struct pm_approval *approval)
{
	return pm_arena_printf(review->arena, "by %s%s%s",
		approval->by.text.len
			? pm_review_word(review, approval->by.text)
			: "nobody",
		approval->at.text.len ? " on " : "",
		approval->at.text.len
			? pm_review_word(review,
				  pm_slice_sub(approval->at.text, 0, 10))
			: "");
}

/* Approvals are a handful; of a hostile list this many are compared. */
#define APPROVALS 200

static size_t at_most(size_t n)
{
	return n < APPROVALS ? n : APPROVALS;
}

/* An approval of the new version: given now, or for another text. */
static void look_at(struct pm_review *review, const struct text *old,
	const struct text *new, size_t i)
{
	static const char *const why[] = {
		[PM_APPROVAL_STALE] = "is for another text",
		[PM_APPROVAL_AGAIN] =
			"does not count: they approved it already",
		[PM_APPROVAL_OWNER] = "does not count: they own the document",
		[PM_APPROVAL_FOREIGN] = "does not count: the policy does not "
					"name them",
		[PM_APPROVAL_NOBODY] = "does not count: nobody of that name is "
				       "known",
		[PM_APPROVAL_FUTURE] = "does not count: its date is in the "
				       "future",
		[PM_APPROVAL_BROKEN] = "cannot be read",
	};
	const struct pm_approval *approval = &new->doc->approvals[i];
	enum pm_approval_standing standing = new->standing[i];
	const struct pm_approval *before =
		old->doc ? find(old->doc, approval) : NULL;
	unsigned line = pm_review_span_line(new->doc, approval->span);
	bool same = before &&
		    old->standing[before - old->doc->approvals] == standing;
	struct pm_review_change *change;

	if (standing == PM_APPROVAL_VALID && !before)
		change = pm_review_add(review, PM_REVIEW_APPROVAL_ADDED, line,
			"approved %s", said(review, approval));
	else if (standing != PM_APPROVAL_VALID &&
		 (!same || standing == PM_APPROVAL_STALE))
		change = pm_review_add(review, PM_REVIEW_APPROVAL_STALE, line,
			"the approval %s %s", said(review, approval),
			why[standing]);
	else
		return;
	change->subject = approval->by.text;
	/* Only what this change did is a surprise. */
	if (same)
		change->weight = PM_REVIEW_CHANGE;
}

static void compare(struct pm_review *review, const struct text *old,
	const struct text *new)
{
	for (size_t i = 0; i < at_most(new->doc->napprovals); i++)
		look_at(review, old, new, i);
	for (size_t i = 0; old->doc && i < at_most(old->doc->napprovals); i++) {
		const struct pm_approval *approval = &old->doc->approvals[i];
		struct pm_review_change *change;

		if (find(new->doc, approval))
			continue;
		change = pm_review_add(review, PM_REVIEW_APPROVAL_REMOVED,
			pm_review_span_line(old->doc, approval->span),
			"the approval %s was taken out",
			said(review, approval));
		change->old_side = true;
		change->subject = approval->by.text;
	}
}

/* True when the person, given by key, approved the present text. */
static bool has_approved(const struct text *text, struct pm_slice person)
{
	for (size_t i = 0; i < text->doc->napprovals; i++)
		if (text->standing[i] == PM_APPROVAL_VALID &&
			pm_review_same_person(
				text->doc->approvals[i].by.text, person))
			return true;
	return false;
}

/* Who may still approve: "@cleo, @dan", or what an empty list means. */
static const char *who(const struct pm_review *review, const struct text *text)
{
	const struct pm_names *names = &review->policy->approvers;
	struct pm_buf out = PM_BUF_INIT;
	const char *list;
	size_t n = 0;

	for (size_t i = 0; i < names->len; i++) {
		struct pm_slice name = pm_slice_str(names->items[i]);

		if (has_approved(text, name) || n++ >= NAMES_MOST)
			continue;
		pm_buf_adds(&out, out.len ? ", " : "");
		pm_person_print(&out, name);
	}
	if (n > NAMES_MOST)
		pm_buf_addf(&out, " and %zu more", n - NAMES_MOST);
	if (!names->len)
		pm_buf_adds(&out, "anybody but its owner");
	list = pm_arena_strdup(review->arena, out.ptr);
	pm_buf_release(&out);
	return list;
}

static void needed(struct pm_review *review, const struct text *text)
{
	const struct pm_doc *doc = text->doc;
	const struct pm_severity *severity =
		pm_policy_severity(review->policy, doc->severity.text);
	unsigned have;
	struct pm_review_change *change;

	if (!severity || !severity->approvals)
		return;
	have = (unsigned)text->count;
	if (have >= severity->approvals)
		return;
	change = pm_review_add(review, PM_REVIEW_APPROVAL_NEEDED,
		pm_review_line(doc, &doc->status, 1),
		"%s needs %u approval%s of this text, has %u: %s may approve",
		severity->name, severity->approvals,
		pm_plural(severity->approvals), have, who(review, text));
	change->amount = (int64_t)severity->approvals - have;
	change->unit = "approvals";
	if (doc->state == PM_STATUS_FINAL)
		change->weight = PM_REVIEW_ALERT;
	if (doc->state == PM_STATUS_DRAFT)
		change->weight = PM_REVIEW_QUIET;
}

void pm_review_approvals(struct pm_review *review)
{
	struct text old = {review->old, review->old_stand.approvals,
		review->old_stand.count};
	struct text new = {review->new, review->new_stand.approvals,
		review->new_stand.count};

	compare(review, &old, &new);
	needed(review, &new);
}
