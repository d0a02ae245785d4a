/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Actions: opened, closed, slipped, handed over, given up. What weighs is a
 * promise that went away: an open action that is no longer in the list, one
 * that keeps its number but promises something else, one that is done and
 * nothing shows it.
 */

#include "review/private.h"

/* Below it, two titles under one id are two actions. */
#define RELATED 20

/* Causes of one action that are compared one by one. */
#define LISTED 100

static struct pm_review_item *items(
	struct pm_review *review, const struct pm_doc *doc)
{
	struct pm_review_item *list =
		pm_arena_alloc(review->arena, doc->nactions + 1, sizeof *list);

	for (size_t i = 0; i < doc->nactions; i++) {
		list[i].id = doc->actions[i].id.text;
		list[i].text = doc->actions[i].title.text;
	}
	return list;
}

/* "action A2", or what it says where it has no id. */
static const char *name(
	const struct pm_review *review, const struct pm_action *action)
{
	if (action->id.text.len)
		return pm_arena_printf(review->arena, "action %s",
			pm_review_word(review, action->id.text));
	return pm_arena_printf(review->arena, "action %s",
		pm_review_quote(review, action->title.text));
}

/* ": " and the title, behind a name that does not say it yet. */
static const char *titled(
	const struct pm_review *review, const struct pm_action *action)
{
	if (!action->id.text.len || !action->title.text.len)
		return "";
	return pm_arena_printf(review->arena, ": %s",
		pm_review_quote(review, action->title.text));
}

static struct pm_slice subject_of(const struct pm_action *action)
{
	return action->id.text.len ? action->id.text : action->title.text;
}

static struct pm_review_change *add(struct pm_review *review,
	enum pm_review_kind kind, const struct pm_action *action,
	const struct pm_field *field, const char *said)
{
	unsigned line = field ? pm_review_line(review->new, field, action->line)
			      : action->line;
	struct pm_review_change *change = pm_review_add(
		review, kind, line, "%s %s", name(review, action), said);

	change->subject = subject_of(action);
	return change;
}

/* "A -> B" of two values, either of which may be absent. */
static const char *arrow(
	const struct pm_review *review, struct pm_slice a, struct pm_slice b)
{
	return pm_arena_printf(review->arena, "%s -> %s",
		a.len ? pm_review_word(review, a) : "none",
		b.len ? pm_review_word(review, b) : "none");
}

static void closed(struct pm_review *review, const struct pm_action *a,
	const struct pm_action *b)
{
	struct pm_review_change *change;

	if (pm_doc_has_proof(b))
		change = add(review, PM_REVIEW_ACTION_CLOSED, b, &b->status,
			pm_arena_printf(review->arena,
				"closed with proof (%s)%s",
				pm_review_word(review, b->proof.text),
				titled(review, b)));
	else
		change = add(review, PM_REVIEW_ACTION_CLOSED, b, &b->status,
			pm_arena_printf(review->arena, "closed without proof%s",
				titled(review, b)));
	pm_review_values(change, subject_of(b), a->status.text, b->status.text);
	if (!pm_doc_has_proof(b))
		change->weight = PM_REVIEW_ALERT;
}

static void given_up(struct pm_review *review, const struct pm_action *a,
	const struct pm_action *b)
{
	bool rejected = b->state == PM_ACTION_REJECTED;
	bool reason = pm_doc_names_person(b->reason.text);
	struct pm_review_change *change = add(review,
		rejected ? PM_REVIEW_ACTION_REJECTED
			 : PM_REVIEW_ACTION_SUPERSEDED,
		b, &b->status,
		pm_arena_printf(review->arena, "%s%s%s",
			rejected ? "rejected" : "superseded",
			reason ? ": " : " without a reason",
			reason ? pm_review_word(review, b->reason.text)
			       : titled(review, b)));

	pm_review_values(change, subject_of(b), a->status.text, b->status.text);
	if (!reason)
		change->weight = PM_REVIEW_ALERT;
}

static void status(struct pm_review *review, const struct pm_action *a,
	const struct pm_action *b)
{
	struct pm_review_change *change;

	if (a->state == b->state)
		return;
	if (b->state == PM_ACTION_DONE) {
		closed(review, a, b);
		return;
	}
	if (pm_action_is_closed(b)) {
		given_up(review, a, b);
		return;
	}
	change = add(review,
		!pm_action_is_closed(a) ? PM_REVIEW_ACTION_STATUS
					: PM_REVIEW_ACTION_REOPENED,
		b, &b->status,
		pm_arena_printf(review->arena, "%s: %s",
			!pm_action_is_closed(a) ? "status" : "reopened",
			arrow(review, a->status.text, b->status.text)));
	pm_review_values(change, subject_of(b), a->status.text, b->status.text);
}

/* Proof of an action that stays done. */
static void proof(struct pm_review *review, const struct pm_action *a,
	const struct pm_action *b)
{
	struct pm_review_change *change;

	if (pm_review_same(a->proof.text, b->proof.text) ||
		(a->state != b->state && b->state == PM_ACTION_DONE))
		return;
	change = add(review, PM_REVIEW_ACTION_PROOF, b, &b->proof,
		pm_arena_printf(review->arena, "proof: %s",
			arrow(review, a->proof.text, b->proof.text)));
	pm_review_values(change, subject_of(b), a->proof.text, b->proof.text);
	if (!b->proof.text.len)
		change->weight = PM_REVIEW_ALERT;
}

static void owner(struct pm_review *review, const struct pm_action *a,
	const struct pm_action *b)
{
	bool was = pm_doc_names_person(a->owner.text);
	bool is = pm_doc_names_person(b->owner.text);
	struct pm_review_change *change;

	if (pm_review_same_person(a->owner.text, b->owner.text))
		return;
	change = add(review, PM_REVIEW_ACTION_OWNER, b, &b->owner,
		is ? pm_arena_printf(review->arena, "%s: %s",
			     was ? "re-owned" : "has an owner",
			     was ? arrow(review, a->owner.text, b->owner.text)
				 : pm_review_word(review, b->owner.text))
		   : pm_arena_printf(review->arena,
			     "has no owner any more: it was %s",
			     pm_review_word(review, a->owner.text)));
	pm_review_values(change, subject_of(b), a->owner.text, b->owner.text);
	if (was && !is && !pm_action_is_closed(b))
		change->weight = PM_REVIEW_ALERT;
}

static void due(struct pm_review *review, const struct pm_action *a,
	const struct pm_action *b)
{
	bool was = a->due_date.year != 0, is = b->due_date.year != 0;
	const char *dates = arrow(review, a->due.text, b->due.text);
	struct pm_review_change *change;
	int64_t days;

	if (pm_review_same(a->due.text, b->due.text))
		return;
	if (!was || !is) {
		change = add(review, PM_REVIEW_ACTION_DUE, b, &b->due,
			pm_arena_printf(review->arena, "due: %s", dates));
		if (was && !pm_action_is_closed(b))
			change->weight = PM_REVIEW_ALERT;
	} else {
		days = pm_date_to_days(b->due_date) -
		       pm_date_to_days(a->due_date);
		if (days == 0)
			return;
		change = add(review, PM_REVIEW_ACTION_DUE, b, &b->due,
			pm_arena_printf(review->arena, "%s %lld day%s: %s",
				days > 0 ? "slipped" : "pulled in by",
				days > 0 ? (long long)days : -(long long)days,
				days == 1 || days == -1 ? "" : "s", dates));
		change->amount = days;
		change->unit = "days";
	}
	if (pm_action_is_closed(b))
		change->weight = PM_REVIEW_QUIET;
	pm_review_values(change, subject_of(b), a->due.text, b->due.text);
}

static void field(struct pm_review *review, enum pm_review_kind kind,
	const struct pm_action *b, const char *what, const struct pm_field *was,
	const struct pm_field *is)
{
	struct pm_review_change *change;

	if (pm_review_same(was->text, is->text))
		return;
	change = add(review, kind, b, is,
		pm_arena_printf(review->arena, "%s: %s", what,
			arrow(review, was->text, is->text)));
	pm_review_values(change, subject_of(b), was->text, is->text);
}

static void title(struct pm_review *review, const struct pm_action *a,
	const struct pm_action *b)
{
	struct pm_slice was = a->title.text, is = b->title.text;
	struct pm_review_change *change;
	bool other;

	if (pm_review_same(was, is))
		return;
	other = pm_review_alike(review->arena, was, is) < RELATED;
	change = add(review,
		other ? PM_REVIEW_ACTION_REPLACED : PM_REVIEW_ACTION_TITLE, b,
		&b->title,
		pm_arena_printf(review->arena, "%s: %s",
			other ? "is another one now" : "reworded",
			pm_review_differ(review, was, is)));
	pm_review_values(change, subject_of(b), was, is);
	if (other && pm_action_is_closed(a))
		change->weight = PM_REVIEW_CHANGE;
}

/* The elements of a list, a comma between two. */
static struct pm_slice join(
	const struct pm_review *review, const struct pm_field_list *list)
{
	struct pm_buf out = PM_BUF_INIT;
	struct pm_slice text;

	for (size_t i = 0; i < list->len; i++) {
		pm_buf_adds(&out, i ? ", " : "");
		pm_buf_add_slice(&out, list->items[i].text);
	}
	text = pm_arena_slice(review->arena, pm_buf_slice(&out));
	pm_buf_release(&out);
	return text;
}

/* What an old version's cause is called in the new one. */
static struct pm_slice called_now(
	const struct pm_review *review, struct pm_slice id)
{
	for (size_t i = 0; i < review->old->ncauses; i++)
		if (review->causes[i].match != SIZE_MAX &&
			pm_slice_eq(review->causes[i].id, id))
			return review->new->causes[review->causes[i].match]
				.id.text;
	return id;
}

static bool lists(const struct pm_field_list *list, struct pm_slice id)
{
	for (size_t i = 0; i < list->len; i++)
		if (pm_slice_eq(list->items[i].text, id))
			return true;
	return false;
}

/* True for the same causes, in another order or under other ids. */
static bool same_causes(const struct pm_review *review,
	const struct pm_field_list *was, const struct pm_field_list *is)
{
	if (was->len != is->len || was->len > LISTED)
		return false;
	for (size_t i = 0; i < was->len; i++) {
		struct pm_slice id = was->items[i].text;

		if (review->causes_renumbered)
			id = called_now(review, id);
		if (!lists(is, id))
			return false;
	}
	return true;
}

static void addresses(struct pm_review *review, const struct pm_action *a,
	const struct pm_action *b)
{
	struct pm_field was = {.text = join(review, &a->addresses)};
	struct pm_field is = {.text = join(review, &b->addresses),
		.span = b->addresses.span,
		.key = b->addresses.key};

	if (same_causes(review, &a->addresses, &b->addresses))
		return;
	field(review, PM_REVIEW_ACTION_ADDRESSES, b, "addresses", &was, &is);
}

/* Other documents, commits and trackers speak of an action by its id. */
static void id(struct pm_review *review, const struct pm_action *a,
	const struct pm_action *b)
{
	struct pm_slice was = a->id.text, is = b->id.text;
	struct pm_review_change *change;

	if (!was.len || pm_review_same(was, is))
		return;
	change = pm_review_add(review, PM_REVIEW_ACTION_RENUMBERED,
		pm_review_line(review->new, &b->id, b->line), "%s %s%s",
		name(review, a),
		is.len ? pm_arena_printf(review->arena, "is called %s now",
				 pm_review_word(review, is))
		       : "has no id any more",
		titled(review, a));
	pm_review_values(change, subject_of(b), was, is);
}

static void changed(struct pm_review *review, const struct pm_action *a,
	const struct pm_action *b)
{
	id(review, a, b);
	title(review, a, b);
	status(review, a, b);
	proof(review, a, b);
	owner(review, a, b);
	due(review, a, b);
	field(review, PM_REVIEW_ACTION_TYPE, b, "type", &a->type, &b->type);
	field(review, PM_REVIEW_ACTION_PRIORITY, b, "priority", &a->priority,
		&b->priority);
	addresses(review, a, b);
	if (pm_action_is_closed(a) == pm_action_is_closed(b))
		field(review, PM_REVIEW_ACTION_REASON, b, "reason", &a->reason,
			&b->reason);
	field(review, PM_REVIEW_ACTION_TRACKER, b, "tracker", &a->tracker,
		&b->tracker);
}

static void gone(struct pm_review *review, const struct pm_action *action)
{
	bool open = !pm_action_is_closed(action);
	struct pm_review_change *change = pm_review_add(review,
		open ? PM_REVIEW_ACTION_DROPPED : PM_REVIEW_ACTION_REMOVED,
		action->line,
		open ? "%s dropped while %s%s" : "%s removed (it was %s)%s",
		name(review, action),
		action->state == PM_ACTION_UNKNOWN
			? pm_review_word(review, action->status.text)
			: pm_action_status_names[action->state],
		titled(review, action));

	change->old_side = true;
	pm_review_values(change, subject_of(action), action->title.text,
		pm_slice_make("", 0));
}

static void opened(struct pm_review *review, const struct pm_action *action)
{
	bool named = pm_doc_names_person(action->owner.text);
	struct pm_review_change *change = pm_review_add(review,
		PM_REVIEW_ACTION_OPENED, action->line, "%s %s: %s (%s, due %s)",
		name(review, action),
		!pm_action_is_closed(action) ? "opened" : "added as closed",
		action->id.text.len
			? pm_review_quote(review, action->title.text)
			: "new",
		named ? pm_review_word(review, action->owner.text) : "nobody",
		action->due.text.len ? pm_review_word(review, action->due.text)
				     : "never");

	pm_review_values(change, subject_of(action), pm_slice_make("", 0),
		action->title.text);
}

void pm_review_actions(struct pm_review *review)
{
	const struct pm_doc *old = review->old, *new = review->new;
	struct pm_review_item *a = items(review, old), *b = items(review, new);

	pm_review_match(review->arena, a, old->nactions, b, new->nactions);
	for (size_t i = 0; i < old->nactions; i++) {
		if (a[i].match == SIZE_MAX)
			gone(review, &old->actions[i]);
		else
			changed(review, &old->actions[i],
				&new->actions[a[i].match]);
	}
	for (size_t i = 0; i < new->nactions; i++)
		if (b[i].match == SIZE_MAX)
			opened(review, &new->actions[i]);
}
