/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sections: added, removed, emptied, filled, rewritten. Each is compared by
 * its own words, those of deeper sections and of what is reported elsewhere
 * (timeline entries, actions) left out, so that one edit is told once.
 */
#include <stdlib.h>

#include "review/private.h"

/* Per cent of its words, and words at least, that make an edit a rewrite. */
#define REWRITTEN       30
#define REWRITTEN_WORDS 10

/* A section, or the text before the first one. */
struct part {
	struct pm_slice heading;
	enum pm_section_role role;
	unsigned line, said; /* said: words that say something */
	struct pm_span body;
	bool empty;
};

struct side {
	const struct pm_doc *doc;
	struct part *parts;
	struct pm_review_item *items;
	size_t len;
	struct pm_span *taken; /* reported elsewhere, by place */
	size_t ntaken;
};

static int by_place(const void *pa, const void *pb)
{
	const struct pm_span *a = pa, *b = pb;

	return a->off < b->off ? -1 : a->off > b->off;
}

static void find_taken(struct pm_review *review, struct side *side)
{
	const struct pm_doc *doc = side->doc;

	side->taken = pm_arena_alloc(review->arena,
		doc->timeline.nentries + doc->nactions + 2,
		sizeof *side->taken);
	/* The title: where the heading is another, a finding says so. */
	if (doc->heading_line && pm_review_same(doc->heading, doc->name)) {
		struct pm_slice line = pm_doc_line(doc, doc->heading_line);

		side->taken[side->ntaken++] = (struct pm_span){
			(size_t)(line.ptr - doc->src.ptr), line.len};
	}
	for (size_t i = 0; i < doc->timeline.nentries; i++)
		side->taken[side->ntaken++] = doc->timeline.entries[i].span;
	for (size_t i = 0; i < doc->nactions; i++)
		if (doc->actions[i].in_body)
			side->taken[side->ntaken++] = doc->actions[i].span;
	qsort(side->taken, side->ntaken, sizeof *side->taken, by_place);
}

/* What stands before the first section is a part without a heading. */
static void add_beginning(struct side *side)
{
	const struct pm_doc *doc = side->doc;
	size_t end = doc->nsections ? doc->sections[0].span.off : doc->src.len;
	struct part *part = &side->parts[side->len];

	if (end <= doc->body_off)
		return;
	part->body = (struct pm_span){doc->body_off, end - doc->body_off};
	if (!pm_slice_trim(
		    pm_slice_sub(doc->src, part->body.off, part->body.len))
			.len)
		return;
	part->line = pm_review_span_line(doc, part->body);
	part->heading = pm_slice_str("(the beginning)");
	side->len++;
}

static struct side read_side(struct pm_review *review, const struct pm_doc *doc)
{
	struct side side = {.doc = doc};

	side.parts = pm_arena_alloc(
		review->arena, doc->nsections + 1, sizeof *side.parts);
	side.items = pm_arena_alloc(
		review->arena, doc->nsections + 1, sizeof *side.items);
	add_beginning(&side);
	for (size_t i = 0; i < doc->nsections; i++) {
		const struct pm_section *section = &doc->sections[i];

		side.parts[side.len++] = (struct part){
			.heading = section->heading,
			.role = section->role,
			.line = section->line,
			.body = section->body,
			.empty = section->empty,
			.said = pm_doc_words(doc, section),
		};
	}
	for (size_t i = 0; i < side.len; i++) {
		side.items[i].id = side.parts[i].heading;
		side.items[i].text = pm_slice_sub(doc->src,
			side.parts[i].body.off, side.parts[i].body.len);
	}
	find_taken(review, &side);
	return side;
}

/* A heading in other words still has its role. */
static void join_roles(struct side *old, struct side *new)
{
	size_t by_role[PM_SECTION_COUNT];

	for (size_t r = 0; r < PM_SECTION_COUNT; r++)
		by_role[r] = SIZE_MAX;
	for (size_t j = new->len; j-- > 0;)
		if (new->items[j].match == SIZE_MAX)
			by_role[new->parts[j].role] = j;
	by_role[PM_SECTION_OTHER] = SIZE_MAX;
	for (size_t i = 0; i < old->len; i++) {
		size_t *j = &by_role[old->parts[i].role];

		if (old->items[i].match != SIZE_MAX || *j == SIZE_MAX)
			continue;
		old->items[i].match = *j;
		new->items[*j].match = i;
		*j = SIZE_MAX;
	}
}

/* The words of a part, without what is taken. */
static struct pm_review_words words_of(struct pm_review *review,
	const struct side *side, const struct part *part)
{
	struct pm_review_words words = {0};
	size_t at = part->body.off, end = at + part->body.len;
	size_t low = 0, high = side->ntaken;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (side->taken[mid].off + side->taken[mid].len <= at)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < side->ntaken && side->taken[low].off < end; low++) {
		struct pm_span taken = side->taken[low];

		if (taken.off > at)
			pm_review_words_add(&words, review->arena,
				pm_slice_sub(
					side->doc->src, at, taken.off - at));
		if (taken.off + taken.len > at)
			at = taken.off + taken.len;
	}
	if (at < end)
		pm_review_words_add(&words, review->arena,
			pm_slice_sub(side->doc->src, at, end - at));
	return words;
}

/* The line of the first word that differs. */
static unsigned first_line(const struct side *side, const struct part *part,
	const struct pm_review_words *words, size_t first)
{
	size_t i = first < words->len ? first : words->len - 1;

	if (!words->len)
		return part->line;
	return pm_doc_pos(side->doc,
		(size_t)(words->items[i].text.ptr - side->doc->src.ptr))
		.line;
}

static void emptied_or_filled(
	struct pm_review *review, const struct part *a, const struct part *b)
{
	const char *heading = pm_review_quote(review, b->heading);
	struct pm_review_change *change;

	if (b->empty)
		change = pm_review_add(review, PM_REVIEW_SECTION_EMPTIED,
			b->line, "section %s emptied: it had %u word%s",
			heading, a->said, pm_plural(a->said));
	else
		change = pm_review_add(review, PM_REVIEW_SECTION_FILLED,
			b->line, "section %s filled: %u word%s", heading,
			b->said, pm_plural(b->said));
	change->subject = b->heading;
	change->amount = (int64_t)b->said - (int64_t)a->said;
	change->unit = "words";
}

static void reworded(struct pm_review *review, const struct side *old,
	const struct part *a, const struct side *new, const struct part *b)
{
	struct pm_review_words wa = words_of(review, old, a);
	struct pm_review_words wb = words_of(review, new, b);
	struct pm_buf shown = PM_BUF_INIT;
	struct pm_review_words_diff diff;
	struct pm_review_change *change;
	size_t changed, share;
	bool rewritten;

	pm_review_words_compare(
		&wa, &wb, review->arena, &diff, review->words ? &shown : NULL);
	if (diff.equal)
		return;
	changed = diff.removed + diff.added;
	share = 100 * changed / (wa.len + wb.len);
	rewritten = share >= REWRITTEN && changed >= REWRITTEN_WORDS;
	change = pm_review_add(review,
		rewritten ? PM_REVIEW_SECTION_REWRITTEN
			  : PM_REVIEW_SECTION_EDITED,
		first_line(new, b, &wb, diff.first_new),
		"section %s %s: %zu word%s removed, %zu added",
		pm_review_quote(review, b->heading),
		rewritten ? pm_arena_printf(
				    review->arena, "rewritten by %zu %%", share)
			  : "edited",
		diff.removed, pm_plural(diff.removed), diff.added);
	change->subject = b->heading;
	change->amount = (int64_t)changed;
	change->unit = "words";
	change->words = pm_arena_slice(review->arena, pm_buf_slice(&shown));
	pm_buf_release(&shown);
}

static void compare(struct pm_review *review, const struct side *old,
	const struct part *a, const struct side *new, const struct part *b)
{
	struct pm_slice ta =
		pm_slice_sub(old->doc->src, a->body.off, a->body.len);
	struct pm_slice tb =
		pm_slice_sub(new->doc->src, b->body.off, b->body.len);
	struct pm_review_change *change;

	if (!pm_review_same(a->heading, b->heading)) {
		change = pm_review_add(review, PM_REVIEW_SECTION_RENAMED,
			b->line, "section %s is called %s now",
			pm_review_quote(review, a->heading),
			pm_review_quote(review, b->heading));
		pm_review_values(change, b->heading, a->heading, b->heading);
	}
	if (pm_review_same(ta, tb))
		return;
	if (a->empty != b->empty)
		emptied_or_filled(review, a, b);
	else
		reworded(review, old, a, new, b);
}

/* A section that only one version has. */
static void only(
	struct pm_review *review, const struct part *part, bool removed)
{
	struct pm_review_change *change = pm_review_add(review,
		removed ? PM_REVIEW_SECTION_REMOVED : PM_REVIEW_SECTION_ADDED,
		part->line, "section %s %s: %u word%s",
		pm_review_quote(review, part->heading),
		removed ? "removed" : "added", part->said,
		pm_plural(part->said));

	change->old_side = removed;
	change->subject = part->heading;
	change->amount = removed ? -(int64_t)part->said : part->said;
	change->unit = "words";
	if (!part->said)
		change->weight = PM_REVIEW_QUIET;
}

void pm_review_sections(struct pm_review *review)
{
	struct side old = read_side(review, review->old);
	struct side new = read_side(review, review->new);

	pm_review_match(review->arena, old.items, old.len, new.items, new.len);
	join_roles(&old, &new);
	for (size_t i = 0; i < old.len; i++) {
		size_t match = old.items[i].match;

		if (match == SIZE_MAX)
			only(review, &old.parts[i], true);
		else
			compare(review, &old, &old.parts[i], &new,
				&new.parts[match]);
	}
	for (size_t j = 0; j < new.len; j++)
		if (new.items[j].match == SIZE_MAX)
			only(review, &new.parts[j], false);
}
