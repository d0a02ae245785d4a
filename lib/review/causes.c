/* SPDX-License-Identifier: Apache-2.0 */
/* Causes: what the analysis stands on. One that went away takes the actions
   that answered it with it, so it is an alert. */
#include "review/private.h"

static struct pm_review_item *items(
	struct pm_review *review, const struct pm_doc *doc)
{
	struct pm_review_item *list =
		pm_arena_alloc(review->arena, doc->ncauses + 1, sizeof *list);

	for (size_t i = 0; i < doc->ncauses; i++) {
		list[i].id = doc->causes[i].id.text;
		list[i].text = doc->causes[i].text.text;
	}
	return list;
}

static const char *name(
	const struct pm_review *review, const struct pm_cause *cause)
{
	if (cause->id.text.len)
		return pm_arena_printf(review->arena, "cause %s",
			pm_review_word(review, cause->id.text));
	return "a cause";
}

static void changed(struct pm_review *review, const struct pm_cause *a,
	const struct pm_cause *b)
{
	unsigned line = pm_review_span_line(review->new, b->span);
	struct pm_review_change *change;

	if (a->id.text.len && !pm_review_same(a->id.text, b->id.text)) {
		review->causes_renumbered = true;
		change = pm_review_add(review, PM_REVIEW_CAUSE_RENUMBERED,
			pm_review_line(review->new, &b->id, line), "%s %s: %s",
			name(review, a),
			b->id.text.len
				? pm_arena_printf(review->arena,
					  "is called %s now",
					  pm_review_word(review, b->id.text))
				: "has no id any more",
			pm_review_quote(review, a->text.text));
		pm_review_values(change, b->id.text, a->id.text, b->id.text);
	}
	if (!pm_review_same(a->kind.text, b->kind.text)) {
		change = pm_review_add(review, PM_REVIEW_CAUSE_KIND,
			pm_review_line(review->new, &b->kind, line),
			"%s is of another kind: %s -> %s", name(review, b),
			pm_review_quote(review, a->kind.text),
			pm_review_quote(review, b->kind.text));
		pm_review_values(
			change, b->id.text, a->kind.text, b->kind.text);
	}
	if (!pm_review_same(a->text.text, b->text.text)) {
		change = pm_review_add(review, PM_REVIEW_CAUSE_TEXT,
			pm_review_line(review->new, &b->text, line),
			"%s reworded: %s", name(review, b),
			pm_review_differ(review, a->text.text, b->text.text));
		pm_review_values(
			change, b->id.text, a->text.text, b->text.text);
	}
}

void pm_review_causes(struct pm_review *review)
{
	const struct pm_doc *old = review->old, *new = review->new;
	struct pm_review_item *a = items(review, old), *b = items(review, new);
	struct pm_slice none = pm_slice_make("", 0);
	struct pm_review_change *change;

	pm_review_match(review->arena, a, old->ncauses, b, new->ncauses);
	review->causes = a;
	for (size_t i = 0; i < old->ncauses; i++) {
		const struct pm_cause *cause = &old->causes[i];

		if (a[i].match != SIZE_MAX) {
			changed(review, cause, &new->causes[a[i].match]);
			continue;
		}
		change = pm_review_add(review, PM_REVIEW_CAUSE_REMOVED,
			pm_review_span_line(old, cause->span), "%s removed: %s",
			name(review, cause),
			pm_review_quote(review, cause->text.text));
		change->old_side = true;
		pm_review_values(
			change, cause->id.text, cause->text.text, none);
	}
	for (size_t i = 0; i < new->ncauses; i++) {
		const struct pm_cause *cause = &new->causes[i];

		if (b[i].match != SIZE_MAX)
			continue;
		change = pm_review_add(review, PM_REVIEW_CAUSE_ADDED,
			pm_review_span_line(new, cause->span), "%s added: %s",
			name(review, cause),
			pm_review_quote(review, cause->text.text));
		pm_review_values(
			change, cause->id.text, none, cause->text.text);
	}
}
