/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes from the moment one is found until the list is handed on: names,
 * weights, messages, order. A document that was written to drown its reviewer
 * gets a hundred lines of one kind and a count of the others.
 */
#include <stdio.h>

#include "review/private.h"

/* Changes of one kind that are listed for one document. */
#define MOST 100

/* Bytes of a document's own words in a message. */
#define WORD_MOST 72

/* Bytes that two texts may have in common before these are left out, but for
   the last few. */
#define SAME_MOST  48
#define SAME_SHOWN 16

static const struct {
	const char *name;
	enum pm_review_weight weight;
} kinds[] = {
#define PM_REVIEW_KIND(id, name, weight) {name, PM_REVIEW_##weight},
#include "review/kinds.def"
#undef PM_REVIEW_KIND
};

const char *pm_review_weight_name(enum pm_review_weight weight)
{
	static const char *const names[] = {"quiet", "change", "alert"};

	return names[weight];
}

static struct pm_review_change *place(
	struct pm_review *review, enum pm_review_kind kind)
{
	struct pm_review_change *change = &review->spare;

	if (review->seen[kind]++ < MOST) {
		review->changes = pm_arena_grow(review->arena, review->changes,
			review->nchanges, sizeof *change);
		change = &review->changes[review->nchanges++];
	}
	*change = (struct pm_review_change){
		.kind = kinds[kind].name,
		.weight = kinds[kind].weight,
	};
	return change;
}

struct pm_review_change *pm_review_add(struct pm_review *review,
	enum pm_review_kind kind, unsigned line, const char *fmt, ...)
{
	struct pm_review_change *change = place(review, kind);
	struct pm_buf text = PM_BUF_INIT;
	va_list args;

	change->line = line ? line : 1;
	if (change == &review->spare)
		return change;
	va_start(args, fmt);
	pm_buf_vaddf(&text, fmt, args);
	va_end(args);
	change->message = pm_arena_slice(review->arena, pm_buf_slice(&text));
	pm_buf_release(&text);
	return change;
}

void pm_review_values(struct pm_review_change *change, struct pm_slice subject,
	struct pm_slice old_text, struct pm_slice new_text)
{
	change->subject = subject;
	change->old_text = old_text;
	change->new_text = new_text;
}

static size_t kind_number(const char *name)
{
	size_t i = 0;

	while (kinds[i].name != name)
		i++;
	return i;
}

/* By weight, then kind, then place; the position found last of all. */
static int by_weight(const void *pa, const void *pb)
{
	const struct pm_review_change *a = pa, *b = pb;
	size_t ka = kind_number(a->kind), kb = kind_number(b->kind);

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (ka != kb)
		return ka < kb ? -1 : 1;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->amount < b->amount ? -1 : a->amount > b->amount;
}

/* A merge sort: what compares equal keeps the order in which it was found. */
static void sort(struct pm_review_change *items, struct pm_review_change *room,
	size_t len)
{
	size_t half = len / 2, i = 0, j = half, k = 0;

	if (len < 2)
		return;
	sort(items, room, half);
	sort(items + half, room, len - half);
	while (i < half && j < len)
		room[k++] = by_weight(&items[j], &items[i]) < 0 ? items[j++]
								: items[i++];
	while (i < half)
		room[k++] = items[i++];
	memcpy(items, room, k * sizeof *items);
}

/* So that what is said of the others comes behind those that are listed. */
static unsigned last_line(const struct pm_review *review, const char *kind)
{
	unsigned line = 0;

	for (size_t i = 0; i < review->nchanges; i++)
		if (review->changes[i].kind == kind &&
			review->changes[i].line > line)
			line = review->changes[i].line;
	return line;
}

void pm_review_finish(struct pm_review *review)
{
	for (size_t kind = 0; kind < PM_REVIEW_KINDS; kind++) {
		unsigned more = review->seen[kind] > MOST
					? review->seen[kind] - MOST
					: 0;
		struct pm_review_change *change;

		if (!more)
			continue;
		review->seen[kind] = 0;
		change = pm_review_add(review, (enum pm_review_kind)kind,
			last_line(review, kinds[kind].name),
			"%u more changes of this kind (%s) are not listed",
			more, kinds[kind].name);
		change->amount = more;
		change->unit = "changes";
	}
	sort(review->changes,
		pm_arena_alloc(review->arena, review->nchanges + 1,
			sizeof *review->changes),
		review->nchanges);
}

/* --- words for messages -------------------------------------------------- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const char *pm_review_word(const struct pm_review *review, struct pm_slice text)
{
	struct pm_buf out = PM_BUF_INIT;
	const char *word;
	size_t i;

	text = pm_slice_trim(text);
	for (i = 0; i < text.len && out.len < WORD_MOST; i++) {
		if (!is_blank(text.ptr[i]))
			pm_buf_addc(&out, text.ptr[i]);
		else if (!is_blank(text.ptr[i - 1]))
			pm_buf_addc(&out, ' ');
	}
	if (i < text.len) {
		while (out.len && ((unsigned char)text.ptr[i] & 0xC0) == 0x80) {
			pm_buf_truncate(&out, out.len - 1);
			i--;
		}
		pm_buf_adds(&out, "...");
	}
	word = pm_arena_strdup(review->arena, out.ptr);
	pm_buf_release(&out);
	return word;
}

const char *pm_review_quote(
	const struct pm_review *review, struct pm_slice text)
{
	if (!pm_slice_trim(text).len)
		return "none";
	return pm_arena_printf(
		review->arena, "'%s'", pm_review_word(review, text));
}

/* Where two texts begin to differ, less a few words; 0 when that is early. */
static size_t common(struct pm_slice a, struct pm_slice b)
{
	size_t n = 0;

	while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
		n++;
	if (n < SAME_MOST)
		return 0;
	n -= SAME_SHOWN;
	while (n && !is_blank(a.ptr[n - 1]))
		n--;
	return n;
}

const char *pm_review_differ(const struct pm_review *review,
	struct pm_slice old_text, struct pm_slice new_text)
{
	struct pm_slice a = pm_slice_trim(old_text);
	struct pm_slice b = pm_slice_trim(new_text);
	size_t skip = common(a, b);

	if (!skip)
		return pm_arena_printf(review->arena, "%s -> %s",
			pm_review_quote(review, a), pm_review_quote(review, b));
	return pm_arena_printf(review->arena, "'...%s' -> '...%s'",
		pm_review_word(review, pm_slice_from(a, skip)),
		pm_review_word(review, pm_slice_from(b, skip)));
}

unsigned pm_review_span_line(const struct pm_doc *doc, struct pm_span span)
{
	return pm_doc_pos(doc, span.off).line;
}

unsigned pm_review_line(
	const struct pm_doc *doc, const struct pm_field *field, unsigned line)
{
	if (field->span.len)
		return pm_review_span_line(doc, field->span);
	if (field->key.len)
		return pm_review_span_line(doc, field->key);
	return line ? line : 1;
}

/* Cuts the next word off *rest; false when there is none. */
static bool next_word(struct pm_slice *rest, struct pm_slice *word)
{
	size_t from = 0, to;

	while (from < rest->len && is_blank(rest->ptr[from]))
		from++;
	to = from;
	while (to < rest->len && !is_blank(rest->ptr[to]))
		to++;
	*word = pm_slice_sub(*rest, from, to - from);
	*rest = pm_slice_from(*rest, to);
	return word->len > 0;
}

bool pm_review_same(struct pm_slice a, struct pm_slice b)
{
	struct pm_slice wa, wb;

	if (pm_slice_eq(a, b))
		return true;
	for (;;) {
		bool more = next_word(&a, &wa);

		if (more != next_word(&b, &wb))
			return false;
		if (!more)
			return true;
		if (!pm_slice_eq(wa, wb))
			return false;
	}
}

bool pm_review_same_person(struct pm_slice a, struct pm_slice b)
{
	struct pm_buf ka = PM_BUF_INIT, kb = PM_BUF_INIT;
	bool same;

	pm_person_key(&ka, a);
	pm_person_key(&kb, b);
	same = pm_slice_eq(pm_buf_slice(&ka), pm_buf_slice(&kb));
	pm_buf_release(&ka);
	pm_buf_release(&kb);
	return same;
}
