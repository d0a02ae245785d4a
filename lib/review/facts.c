/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the front matter says of the whole: status and severity first, because
 * everything else is judged by them, then the other values and the lists.
 */

#include "review/private.h"

static const struct fact {
	const char *name;
	size_t off; /* of the field in struct pm_doc */
} facts[] = {
	{"kind", offsetof(struct pm_doc, kind)},
	{"trigger", offsetof(struct pm_doc, trigger)},
	{"detected_by", offsetof(struct pm_doc, detected_by)},
	{"incident", offsetof(struct pm_doc, incident)},
	{"id", offsetof(struct pm_doc, front_id)},
	{"template", offsetof(struct pm_doc, tmpl)},
	{"schema", offsetof(struct pm_doc, schema)},
};

static const struct pm_field *field_at(const struct pm_doc *doc, size_t off)
{
	return (const struct pm_field *)(const void *)((const char *)doc + off);
}

static void status(struct pm_review *review)
{
	const struct pm_doc *old = review->old, *new = review->new;
	unsigned line = pm_review_line(new, &new->status, 1);
	bool back = new->state < old->state;
	struct pm_review_change *change;
	enum pm_status known;

	if (pm_review_same(old->status.text, new->status.text))
		return;
	/* What is no status counts as a draft, but did not go back to one. */
	if (new->status.text.len &&
		pm_policy_status(review->policy, new->status.text, &known) < 0)
		back = false;
	change = pm_review_add(review, PM_REVIEW_STATUS, line,
		back ? "status went back: %s -> %s" : "status: %s -> %s",
		pm_review_word(review, old->status.text.len
					       ? old->status.text
					       : pm_slice_str("draft")),
		pm_review_word(review, new->status.text.len
					       ? new->status.text
					       : pm_slice_str("draft")));
	pm_review_values(change, pm_slice_str("status"), old->status.text,
		new->status.text);
	if (new->state < old->state)
		change->weight = PM_REVIEW_ALERT;
	else if (new->state == old->state)
		change->weight = PM_REVIEW_QUIET;
}

static void severity(struct pm_review *review)
{
	const struct pm_field *a = &review->old->severity;
	const struct pm_field *b = &review->new->severity;
	const struct pm_severity *was =
		pm_policy_severity(review->policy, a->text);
	const struct pm_severity *is =
		pm_policy_severity(review->policy, b->text);
	struct pm_review_change *change;
	bool lowered = is && was && is->rank > was->rank;
	bool raised = is && was && is->rank < was->rank;
	bool lost = was && !is;

	if (pm_review_same(a->text, b->text))
		return;
	change = pm_review_add(review, PM_REVIEW_SEVERITY,
		pm_review_line(review->new, b, 1), "severity%s: %s -> %s%s",
		lowered  ? " lowered"
		: raised ? " raised"
			 : "",
		a->text.len ? pm_review_word(review, a->text) : "none",
		b->text.len ? pm_review_word(review, b->text) : "none",
		lost && b->text.len ? ", which the policy does not list" : "");
	pm_review_values(change, pm_slice_str("severity"), a->text, b->text);
	if (lowered || lost)
		change->weight = PM_REVIEW_ALERT;
	else if (was && was == is)
		change->weight = PM_REVIEW_QUIET;
}

static void owner(struct pm_review *review)
{
	const struct pm_field *a = &review->old->owner,
			      *b = &review->new->owner;
	struct pm_review_change *change;

	if (pm_review_same_person(a->text, b->text))
		return;
	change = pm_review_add(review, PM_REVIEW_OWNER,
		pm_review_line(review->new, b, 1), "owner: %s -> %s",
		a->text.len ? pm_review_word(review, a->text) : "nobody",
		b->text.len ? pm_review_word(review, b->text) : "nobody");
	pm_review_values(change, pm_slice_str("owner"), a->text, b->text);
	if (!pm_doc_names_person(b->text))
		change->weight = PM_REVIEW_ALERT;
}

static void title(struct pm_review *review)
{
	const struct pm_doc *old = review->old, *new = review->new;
	struct pm_review_change *change;

	if (pm_review_same(old->name, new->name))
		return;
	change = pm_review_add(review, PM_REVIEW_TITLE,
		pm_review_line(new, &new->title, new->heading_line),
		"title: %s", pm_review_differ(review, old->name, new->name));
	pm_review_values(change, pm_slice_str("title"), old->name, new->name);
}

static void fact(struct pm_review *review, const struct fact *fact)
{
	const struct pm_field *a = field_at(review->old, fact->off);
	const struct pm_field *b = field_at(review->new, fact->off);
	struct pm_review_change *change;

	if (pm_review_same(a->text, b->text))
		return;
	change = pm_review_add(review, PM_REVIEW_FIELD,
		pm_review_line(review->new, b, 1), "%s: %s -> %s", fact->name,
		a->text.len ? pm_review_word(review, a->text) : "none",
		b->text.len ? pm_review_word(review, b->text) : "none");
	pm_review_values(change, pm_slice_str(fact->name), a->text, b->text);
}

/* A whole number, digits with separators between them; false: it is none. */
static bool read_number(struct pm_slice text, int64_t *out)
{
	int64_t n = 0;
	bool digits = false;

	text = pm_slice_trim(text);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (digits && (c == ',' || c == '_' || c == '.'))
			continue;
		if (c < '0' || c > '9' || n > INT64_MAX / 100)
			return false;
		n = n * 10 + (c - '0');
		digits = true;
	}
	*out = n;
	return digits;
}

static struct pm_slice impact_key(
	const struct pm_doc *doc, const struct pm_field *field)
{
	return pm_slice_sub(doc->src, field->key.off, field->key.len);
}

static const struct pm_field *impact_of(
	const struct pm_doc *doc, struct pm_slice key)
{
	for (size_t i = 0; i < doc->nimpact; i++)
		if (pm_slice_eq(impact_key(doc, &doc->impact[i]), key))
			return &doc->impact[i];
	return NULL;
}

/* One figure of the impact; a smaller one, or none, is easily slipped in. */
static void figure(struct pm_review *review, struct pm_slice key,
	const struct pm_field *a, const struct pm_field *b)
{
	struct pm_slice was = a ? a->text : pm_slice_make("", 0);
	struct pm_slice is = b ? b->text : pm_slice_make("", 0);
	struct pm_review_change *change;
	int64_t na, nb;

	if (pm_review_same(was, is))
		return;
	change = pm_review_add(review, PM_REVIEW_IMPACT,
		pm_review_line(b ? review->new : review->old, b ? b : a, 1),
		"impact, %s: %s -> %s", pm_review_word(review, key),
		was.len ? pm_review_word(review, was) : "none",
		is.len ? pm_review_word(review, is) : "none");
	change->old_side = !b;
	pm_review_values(change, key, was, is);
	if (was.len && !is.len)
		change->weight = PM_REVIEW_ALERT;
	if (read_number(was, &na) && read_number(is, &nb) && nb < na)
		change->weight = PM_REVIEW_ALERT;
}

/* Keys of an impact are a handful; a hostile one is read to this many. */
#define FIGURES 200

static void impact(struct pm_review *review)
{
	const struct pm_doc *old = review->old, *new = review->new;

	for (size_t i = 0; i < old->nimpact && i < FIGURES; i++) {
		struct pm_slice key = impact_key(old, &old->impact[i]);

		figure(review, key, &old->impact[i], impact_of(new, key));
	}
	for (size_t i = 0; i < new->nimpact &&i < FIGURES; i++) {
		struct pm_slice key = impact_key(new, &new->impact[i]);

		if (!impact_of(old, key))
			figure(review, key, NULL, &new->impact[i]);
	}
}

void pm_review_facts(struct pm_review *review)
{
	status(review);
	severity(review);
	owner(review);
	title(review);
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		fact(review, &facts[i]);
	impact(review);
}
