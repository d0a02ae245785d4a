/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which item of the new list is which of the old one. Ids are what a team
 * wrote to tell items apart, so they decide; where there is none, or it was
 * given anew, the text does. Pairs are taken in the order of likeness, which
 * is n times m: beyond PAIRS of them only what is equal finds its other half.
 */
#include <stdlib.h>

#include "base/map.h"
#include "base/utf8.h"
#include "review/private.h"

#define PAIRS 40000

/* Per cent of words that two texts share when they are about one thing. */
#define ALIKE 50

/* Less than that, and the same id stands for something else. */
#define RELATED 20

/* Words that make a text one of its own: with so many two items do not say the
   same by chance, as "TBD" may. */
#define OWN_WORDS 4

/* Words of one text that are looked at. */
#define WORDS_MOST 64

struct pair {
	unsigned alike;
	size_t old, new;
};

static int by_value(const void *pa, const void *pb)
{
	uint64_t a = *(const uint64_t *)pa, b = *(const uint64_t *)pb;

	return a < b ? -1 : a > b;
}

/* The words of a text, folded, as sorted hashes. */
static uint64_t *cut(struct pm_arena *arena, struct pm_slice text, size_t *n)
{
	struct pm_buf folded = PM_BUF_INIT;
	uint64_t *words = pm_arena_alloc(arena, WORDS_MOST, sizeof *words);
	uint64_t hash = 0;
	struct pm_slice all;
	size_t off = 0;

	pm_utf8_fold(&folded, pm_slice_sub(text, 0, 4096));
	all = pm_buf_slice(&folded);
	*n = 0;
	while (off <= all.len && *n < WORDS_MOST) {
		uint32_t cp = ' ';
		size_t len = off < all.len ? pm_utf8_next(all, off, &cp) : 1;

		if (cp != PM_UTF8_BAD && pm_utf8_word(cp)) {
			hash = (hash ? hash : 1469598103934665603u) ^ cp;
			hash *= 1099511628211u;
		} else if (hash) {
			words[(*n)++] = hash;
			hash = 0;
		}
		off += len;
	}
	qsort(words, *n, sizeof *words, by_value);
	pm_buf_release(&folded);
	return words;
}

/* Dice's measure, in per cent, of two sorted lists. */
static unsigned share(
	const uint64_t *a, size_t na, const uint64_t *b, size_t nb)
{
	size_t i = 0, j = 0, common = 0;

	while (i < na && j < nb) {
		if (a[i] == b[j])
			common++, i++, j++;
		else if (a[i] < b[j])
			i++;
		else
			j++;
	}
	return na + nb ? (unsigned)(200 * common / (na + nb)) : 0;
}

unsigned pm_review_alike(
	struct pm_arena *arena, struct pm_slice a, struct pm_slice b)
{
	size_t na, nb;
	uint64_t *wa, *wb;

	if (pm_review_same(a, b))
		return 100;
	wa = cut(arena, a, &na);
	wb = cut(arena, b, &nb);
	return share(wa, na, wb, nb);
}

static void join(struct pm_review_item *old, size_t i,
	struct pm_review_item *new, size_t j)
{
	old[i].match = j;
	new[j].match = i;
}

/* What two items must have in common to be one. */
enum key {
	KEY_ID_AND_TEXT,
	KEY_LONG_TEXT,
	KEY_ID_AND_WORDS,
	KEY_TEXT,
	KEY_ID,
	KEY_NO_TEXT
};

static struct pm_slice key_of(const struct pm_review_item *item, enum key key)
{
	struct pm_slice text = pm_slice_trim(item->text);

	if (key == KEY_NO_TEXT)
		return text.len ? pm_slice_make("", 0) : pm_slice_str("-");
	if (key == KEY_LONG_TEXT && item->nwords < OWN_WORDS)
		return pm_slice_make("", 0);
	return key == KEY_TEXT || key == KEY_LONG_TEXT ? text : item->id;
}

static bool fits(const struct pm_review_item *a, const struct pm_review_item *b,
	enum key key)
{
	if (key == KEY_ID_AND_TEXT)
		return pm_review_same(a->text, b->text);
	return key != KEY_ID_AND_WORDS ||
	       share(a->words, a->nwords, b->words, b->nwords) >= RELATED;
}

/* Joins what has the same key, each once and in order. */
static void join_equal(struct pm_review_item *old, size_t nold,
	struct pm_review_item *new, size_t nnew, enum key by)
{
	struct pm_map map = PM_MAP_INIT;

	for (size_t j = nnew; j-- > 0;) {
		struct pm_slice key = key_of(&new[j], by);
		uintptr_t *head;

		if (!key.len || new[j].match != SIZE_MAX)
			continue;
		head = pm_map_put(&map, key, NULL);
		new[j].next = *head;
		*head = j + 1;
	}
	for (size_t i = 0; i < nold; i++) {
		struct pm_slice key = key_of(&old[i], by);
		uintptr_t *head;

		if (!key.len || old[i].match != SIZE_MAX)
			continue;
		head = pm_map_get(&map, key);
		if (!head || !*head || !fits(&old[i], &new[*head - 1], by))
			continue;
		join(old, i, new, *head - 1);
		*head = new[*head - 1].next;
	}
	pm_map_release(&map);
}

static int by_likeness(const void *pa, const void *pb)
{
	const struct pair *a = pa, *b = pb;

	if (a->alike != b->alike)
		return a->alike > b->alike ? -1 : 1;
	if (a->old != b->old)
		return a->old < b->old ? -1 : 1;
	return a->new < b->new ? -1 : a->new > b->new;
}

static size_t count_open(const struct pm_review_item *items, size_t n)
{
	size_t open = 0;

	for (size_t i = 0; i < n; i++)
		open += items[i].match == SIZE_MAX;
	return open;
}

/* True when one of them has its other half already. */
static bool taken(
	const struct pm_review_item *a, const struct pm_review_item *b)
{
	return a->match != SIZE_MAX || b->match != SIZE_MAX;
}

static void join_alike(struct pm_arena *arena, struct pm_review_item *old,
	size_t nold, struct pm_review_item *new, size_t nnew)
{
	size_t a = count_open(old, nold), b = count_open(new, nnew);
	struct pair *pairs = NULL;
	size_t npairs = 0;

	if (!a || !b || a > PAIRS / b)
		return;
	for (size_t i = 0; i < nold; i++) {
		for (size_t j = 0; j < nnew; j++) {
			unsigned alike;

			if (taken(&old[i], &new[j]))
				continue;
			alike = share(old[i].words, old[i].nwords, new[j].words,
				new[j].nwords);
			if (alike < ALIKE)
				continue;
			pairs = pm_arena_grow(
				arena, pairs, npairs, sizeof *pairs);
			pairs[npairs++] = (struct pair){alike, i, j};
		}
	}
	if (npairs)
		qsort(pairs, npairs, sizeof *pairs, by_likeness);
	for (size_t i = 0; i < npairs; i++)
		if (!taken(&old[pairs[i].old], &new[pairs[i].new]))
			join(old, pairs[i].old, new, pairs[i].new);
}

static void prepare(
	struct pm_arena *arena, struct pm_review_item *items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		items[i].match = SIZE_MAX;
		items[i].words = cut(arena, items[i].text, &items[i].nwords);
	}
}

void pm_review_match(struct pm_arena *arena, struct pm_review_item *old,
	size_t nold, struct pm_review_item *new, size_t nnew)
{
	prepare(arena, old, nold);
	prepare(arena, new, nnew);
	/* An id given to another text comes after that text's own new id. */
	join_equal(old, nold, new, nnew, KEY_ID_AND_TEXT);
	join_equal(old, nold, new, nnew, KEY_LONG_TEXT);
	join_equal(old, nold, new, nnew, KEY_ID_AND_WORDS);
	join_equal(old, nold, new, nnew, KEY_TEXT);
	join_equal(old, nold, new, nnew, KEY_ID);
	join_equal(old, nold, new, nnew, KEY_NO_TEXT);
	join_alike(arena, old, nold, new, nnew);
}
