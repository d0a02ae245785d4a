/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists whose order means nothing: services, departments, participants, tags,
 * related documents, evidence, waivers. Each is two sets of keys; what is in
 * one only was added or removed.
 */
#include "base/map.h"
#include "review/private.h"

/* One element: what it is compared by, and what people read. */
struct member {
	struct pm_slice key, shown;
	unsigned line;
};

struct members {
	struct member *items;
	size_t len;
};

static void push(struct pm_review *review, struct members *to,
	struct pm_slice key, struct pm_slice shown, unsigned line)
{
	to->items = pm_arena_grow(
		review->arena, to->items, to->len, sizeof *to->items);
	to->items[to->len++] = (struct member){key, shown, line};
}

static void add_all(struct pm_map *map, const struct members *members)
{
	for (size_t i = 0; i < members->len; i++)
		*pm_map_put(map, members->items[i].key, NULL) = i + 1;
}

/* Visits the members of a that b does not have. */
static void only_in(struct pm_review *review, const struct members *a,
	const struct members *b, const char *what, bool removed)
{
	struct pm_map map = PM_MAP_INIT;

	add_all(&map, b);
	for (size_t i = 0; i < a->len; i++) {
		const struct member *m = &a->items[i];
		struct pm_slice none = pm_slice_make("", 0);
		struct pm_review_change *change;

		if (pm_map_get(&map, m->key))
			continue;
		change = pm_review_add(review,
			removed ? PM_REVIEW_LIST_REMOVED : PM_REVIEW_LIST_ADDED,
			m->line, "%s %s: %s", what,
			removed ? "removed" : "added",
			pm_review_word(review, m->shown));
		change->old_side = removed;
		pm_review_values(change, pm_slice_str(what),
			removed ? m->shown : none, removed ? none : m->shown);
	}
	pm_map_release(&map);
}

static void compare(struct pm_review *review, const struct members *old,
	const struct members *new, const char *what)
{
	only_in(review, old, new, what, true);
	only_in(review, new, old, what, false);
}

static struct members names(struct pm_review *review, const struct pm_doc *doc,
	const struct pm_field_list *list)
{
	struct members members = {0};

	for (size_t i = 0; i < list->len; i++)
		push(review, &members, list->items[i].text, list->items[i].text,
			pm_review_line(doc, &list->items[i], 1));
	return members;
}

static struct members participants(
	struct pm_review *review, const struct pm_doc *doc)
{
	struct members members = {0};

	for (size_t i = 0; i < doc->nparticipants; i++) {
		const struct pm_participant *p = &doc->participants[i];
		struct pm_buf key = PM_BUF_INIT, shown = PM_BUF_INIT;

		pm_person_key(&key, p->person.text);
		pm_buf_addf(&key, "\n%.*s\n%.*s",
			PM_SLICE_ARG(p->department.text),
			PM_SLICE_ARG(p->role.text));
		pm_buf_add_slice(&shown, p->person.text);
		if (p->department.text.len)
			pm_buf_addf(&shown, " for %.*s",
				PM_SLICE_ARG(p->department.text));
		if (p->role.text.len)
			pm_buf_addf(
				&shown, " (%.*s)", PM_SLICE_ARG(p->role.text));
		push(review, &members,
			pm_arena_slice(review->arena, pm_buf_slice(&key)),
			pm_arena_slice(review->arena, pm_buf_slice(&shown)),
			pm_review_span_line(doc, p->span));
		pm_buf_release(&key);
		pm_buf_release(&shown);
	}
	return members;
}

static struct members evidence(
	struct pm_review *review, const struct pm_doc *doc)
{
	struct members members = {0};

	for (size_t i = 0; i < doc->nevidence; i++) {
		const struct pm_evidence_ref *ref = &doc->evidence[i];
		struct pm_slice name =
			ref->file.text.len ? ref->file.text : ref->source.text;

		push(review, &members, name, ref->sha256.text,
			pm_review_span_line(doc, ref->span));
	}
	return members;
}

/* What a document says of a file, beside its digest. */
static void compare_ref(struct pm_review *review,
	const struct pm_evidence_ref *a, const struct pm_evidence_ref *b,
	const struct member *m)
{
	static const struct {
		const char *name;
		size_t off;
	} fields[] = {
		{"source", offsetof(struct pm_evidence_ref, source)},
		{"from", offsetof(struct pm_evidence_ref, from)},
		{"to", offsetof(struct pm_evidence_ref, to)},
	};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const char *was = (const char *)a + fields[i].off;
		const char *is = (const char *)b + fields[i].off;
		struct pm_slice before = ((const struct pm_field *)was)->text;
		struct pm_slice after = ((const struct pm_field *)is)->text;

		if (pm_review_same(before, after))
			continue;
		pm_review_values(
			pm_review_add(review, PM_REVIEW_EVIDENCE_CHANGED,
				m->line, "evidence %s, %s: %s -> %s",
				pm_review_word(review, m->key), fields[i].name,
				before.len ? pm_review_word(review, before)
					   : "none",
				after.len ? pm_review_word(review, after)
					  : "none"),
			m->key, before, after);
	}
}

/* A file is known by its name; shown holds its digest. */
static void compare_evidence(struct pm_review *review)
{
	struct members old = evidence(review, review->old);
	struct members new = evidence(review, review->new);
	struct pm_map was = PM_MAP_INIT, is = PM_MAP_INIT;

	add_all(&was, &old);
	add_all(&is, &new);
	for (size_t i = 0; i < old.len; i++)
		if (!pm_map_get(&is, old.items[i].key))
			pm_review_add(review, PM_REVIEW_EVIDENCE_REMOVED,
				old.items[i].line, "evidence removed: %s",
				pm_review_word(review, old.items[i].key))
				->old_side = true;
	for (size_t i = 0; i < new.len; i++) {
		const struct member *m = &new.items[i];
		uintptr_t *before = pm_map_get(&was, m->key);

		if (!before)
			pm_review_add(review, PM_REVIEW_EVIDENCE_ADDED, m->line,
				"evidence added: %s",
				pm_review_word(review, m->key));
		else if (!pm_review_same(
				 old.items[*before - 1].shown, m->shown))
			pm_review_add(review, PM_REVIEW_EVIDENCE_CHANGED,
				m->line, "evidence has another digest: %s",
				pm_review_word(review, m->key));
		if (before)
			compare_ref(review, &review->old->evidence[*before - 1],
				&review->new->evidence[i], m);
	}
	pm_map_release(&was);
	pm_map_release(&is);
}

static struct members waivers(
	struct pm_review *review, const struct pm_doc *doc)
{
	struct members members = {0};

	for (size_t i = 0; i < doc->nwaivers; i++) {
		const struct pm_waiver *w = &doc->waivers[i];
		struct pm_buf key = PM_BUF_INIT;

		/* Taking the place out of one widens it: that is a new one. */
		pm_buf_addf(&key, "%.*s\n%.*s\n%.*s",
			PM_SLICE_ARG(w->rule.text),
			PM_SLICE_ARG(w->reason.text),
			PM_SLICE_ARG(w->where.text));
		push(review, &members,
			pm_arena_slice(review->arena, pm_buf_slice(&key)),
			w->rule.text, pm_review_span_line(doc, w->span));
		pm_buf_release(&key);
	}
	return members;
}

/* How long it holds, and who says so. To hold longer is to be seen. */
static void compare_waiver(struct pm_review *review, const struct pm_waiver *a,
	const struct pm_waiver *b, unsigned line)
{
	struct pm_slice was = a->until.text, is = b->until.text;
	struct pm_review_change *change;

	if (!pm_review_same(was, is)) {
		change = pm_review_add(review, PM_REVIEW_WAIVER_CHANGED, line,
			"waives %s until: %s -> %s",
			pm_review_word(review, b->rule.text),
			was.len ? pm_review_word(review, was) : "no end",
			is.len ? pm_review_word(review, is) : "no end");
		pm_review_values(change, b->rule.text, was, is);
		if (!is.len ||
			(was.len && pm_date_to_days(b->until_date) >
					    pm_date_to_days(a->until_date)))
			change->weight = PM_REVIEW_ALERT;
	}
	was = a->by.text;
	is = b->by.text;
	if (pm_review_same_person(was, is))
		return;
	change = pm_review_add(review, PM_REVIEW_WAIVER_CHANGED, line,
		"waives %s by: %s -> %s", pm_review_word(review, b->rule.text),
		was.len ? pm_review_word(review, was) : "nobody",
		is.len ? pm_review_word(review, is) : "nobody");
	pm_review_values(change, b->rule.text, was, is);
}

/* A waiver hides a finding: who reviews must see it come. */
static void compare_waivers(struct pm_review *review)
{
	struct members old = waivers(review, review->old);
	struct members new = waivers(review, review->new);
	struct pm_map was = PM_MAP_INIT, is = PM_MAP_INIT;

	add_all(&was, &old);
	add_all(&is, &new);
	for (size_t i = 0; i < new.len; i++) {
		const struct pm_waiver *w = &review->new->waivers[i];
		const uintptr_t *before = pm_map_get(&was, new.items[i].key);
		struct pm_review_change *change;

		if (before) {
			compare_waiver(review,
				&review->old->waivers[*before - 1], w,
				new.items[i].line);
			continue;
		}
		change = pm_review_add(review, PM_REVIEW_WAIVER_ADDED,
			new.items[i].line, "waives %s: %s",
			pm_review_word(review, w->rule.text),
			w->reason.text.len
				? pm_review_word(review, w->reason.text)
				: "no reason");
		pm_review_values(change, w->rule.text, pm_slice_make("", 0),
			w->reason.text);
	}
	for (size_t i = 0; i < old.len; i++)
		if (!pm_map_get(&is, old.items[i].key))
			pm_review_add(review, PM_REVIEW_WAIVER_REMOVED,
				old.items[i].line, "waives %s no longer",
				pm_review_word(review, old.items[i].shown))
				->old_side = true;
	pm_map_release(&was);
	pm_map_release(&is);
}

void pm_review_lists(struct pm_review *review)
{
	static const struct {
		const char *name;
		size_t off;
	} lists[] = {
		{"service", offsetof(struct pm_doc, services)},
		{"department", offsetof(struct pm_doc, departments)},
		{"tag", offsetof(struct pm_doc, tags)},
		{"related", offsetof(struct pm_doc, related)},
	};
	struct members old, new;

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const char *a = (const char *)review->old + lists[i].off;
		const char *b = (const char *)review->new + lists[i].off;

		old = names(review, review->old, (const void *)a);
		new = names(review, review->new, (const void *)b);
		compare(review, &old, &new, lists[i].name);
	}
	old = participants(review, review->old);
	new = participants(review, review->new);
	compare(review, &old, &new, "participant");
	compare_evidence(review);
	compare_waivers(review);
}
