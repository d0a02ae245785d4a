/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two texts compared word by word, by Myers' greedy algorithm: its cost
 * follows the number of differences, so it is given up beyond DIFFERENCES of
 * them, and what lies between the first and the last counts as replaced. White
 * space only separates: text that was wrapped anew did not change.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "review/private.h"

#define DIFFERENCES 1000

/* Words shown on either side of a difference. */
#define CONTEXT 4

/* Bytes of shown words; a section is not printed twice over. */
#define SHOWN_MOST 8000

/* A diagonal that nothing reaches. */
#define NEVER (-1)

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static uint64_t hash(struct pm_slice text)
{
	uint64_t h = 1469598103934665603u;

	for (size_t i = 0; i < text.len; i++)
		h = (h ^ (unsigned char)text.ptr[i]) * 1099511628211u;
	return h;
}

void pm_review_words_add(struct pm_review_words *words, struct pm_arena *arena,
	struct pm_slice text)
{
	size_t i = 0;

	while (i < text.len) {
		struct pm_review_token *token;
		size_t from;

		while (i < text.len && is_blank(text.ptr[i]))
			i++;
		from = i;
		while (i < text.len && !is_blank(text.ptr[i]))
			i++;
		if (i == from)
			break;
		words->items = pm_arena_grow(
			arena, words->items, words->len, sizeof *token);
		token = &words->items[words->len++];
		token->text = pm_slice_sub(text, from, i - from);
		token->hash = hash(token->text);
	}
}

/* What lies between the common beginning and the common end. */
struct middle {
	const struct pm_review_token *old, *new;
	int nold, nnew;
	int most;   /* differences before it is given up */
	int *reach; /* by diagonal: how far the old text is used up */
	int *trace; /* reach after each step, step d at d * d; NULL: not kept */
	bool *gone; /* words of old that were removed */
	bool *added; /* words of new that were added */
};

static bool token_eq(
	const struct pm_review_token *a, const struct pm_review_token *b)
{
	return a->hash == b->hash && pm_slice_eq(a->text, b->text);
}

/*
 * Where diagonal k begins in the next step: from below (a word added) or from
 * the left (a word removed), whichever is further and within both texts.
 */
static int begin_at(const struct middle *m, int from_above, int from_left,
	int k, bool *down)
{
	int added = from_above, removed = from_left;

	if (added != NEVER && added - k > m->nnew)
		added = NEVER;
	removed = removed == NEVER || removed >= m->nold ? NEVER : removed + 1;
	if (removed != NEVER && removed < k)
		removed = NEVER;
	*down = added != NEVER && added >= removed;
	return *down ? added : removed;
}

/* One step on one diagonal; true when both texts are used up. */
static bool advance(struct middle *m, int *reach, int d, int k)
{
	bool down;
	int x = d == 0 ? 0
		       : begin_at(m, k < d ? reach[k + 1] : NEVER,
				 k > -d ? reach[k - 1] : NEVER, k, &down);

	while (x != NEVER && x < m->nold && x - k < m->nnew &&
		token_eq(&m->old[x], &m->new[x - k]))
		x++;
	reach[k] = x;
	return x == m->nold && x - k == m->nnew;
}

/* The number of differences, or NEVER when there are too many. */
static int search(struct middle *m)
{
	int *reach = m->reach + m->most + 1;

	for (int d = 0; d <= m->most; d++) {
		bool end = false;

		for (int k = -d; k <= d; k += 2)
			end = advance(m, reach, d, k) || end;
		for (int k = -d; m->trace && k <= d; k += 2)
			m->trace[d * d + k + d] = reach[k];
		if (end)
			return d;
	}
	return NEVER;
}

/* The value on a diagonal after step d, as search saw it. */
static int traced(const struct middle *m, int d, int k)
{
	return k < -d || k > d ? NEVER : m->trace[d * d + k + d];
}

/* Walks back from the end and marks what was removed and added. */
static void mark(struct middle *m, int differences)
{
	int k = m->nold - m->nnew;

	for (int d = differences; d > 0; d--) {
		bool down;
		int x = begin_at(m, traced(m, d - 1, k + 1),
			traced(m, d - 1, k - 1), k, &down);

		if (down) {
			m->added[x - k - 1] = true;
			k++;
		} else {
			m->gone[x - 1] = true;
			k--;
		}
	}
}

/* --- showing ------------------------------------------------------------- */

struct show {
	struct pm_buf *out;
	size_t from;              /* where the text of this comparison begins */
	enum pm_review_mark open; /* what the last word stands under */
};

static void close_mark(struct show *show)
{
	if (show->open)
		pm_buf_addc(show->out, (char)PM_REVIEW_ENDS);
	show->open = PM_REVIEW_SAME;
}

static void put_word(
	struct show *show, struct pm_slice word, enum pm_review_mark as)
{
	if (show->out->len - show->from > SHOWN_MOST)
		return;
	if (show->open != as)
		close_mark(show);
	if (show->out->len > show->from)
		pm_buf_addc(show->out, ' ');
	if (as && show->open != as)
		pm_buf_addc(show->out, (char)as);
	show->open = as;
	for (size_t i = 0; i < word.len; i++)
		pm_buf_addc(show->out,
			pm_review_is_mark(word.ptr[i]) ? '?' : word.ptr[i]);
}

static void put_gap(struct show *show)
{
	close_mark(show);
	if (show->out->len > show->from)
		pm_buf_addc(show->out, ' ');
	pm_buf_addc(show->out, (char)PM_REVIEW_GAP);
}

/* Words from up to to that are the same; only those near a difference, one of
   which follows if more. */
static void put_same(struct show *show, const struct pm_review_token *items,
	size_t from, size_t to, bool more)
{
	bool begins = show->out->len == show->from;
	size_t head = begins ? from : from + CONTEXT;
	size_t tail = to;
	bool gap;

	if (more)
		tail = to - from < CONTEXT ? from : to - CONTEXT;
	gap = head < tail;
	for (size_t i = from; i < to; i++) {
		if (!gap || i < head || i >= tail)
			put_word(show, items[i].text, PM_REVIEW_SAME);
		else if (i == head)
			put_gap(show);
	}
}

/* The words of both texts in order; pre is the length of what both begin
   with, and what follows the middle is the same as well. */
static void put_all(const struct pm_review_words *old,
	const struct pm_review_words *new, const struct middle *m, size_t pre,
	struct pm_buf *out)
{
	struct show show = {out, out->len, PM_REVIEW_SAME};
	size_t i = pre, j = pre, same;
	size_t end_old = pre + (size_t)m->nold, end_new = pre + (size_t)m->nnew;

	put_same(&show, new->items, 0, pre, true);
	while (i < end_old || j < end_new) {
		while (i < end_old && m->gone[i - pre])
			put_word(
				&show, old->items[i++].text, PM_REVIEW_REMOVED);
		while (j < end_new && m->added[j - pre])
			put_word(&show, new->items[j++].text, PM_REVIEW_ADDED);
		same = j;
		while (i < end_old && j < end_new && !m->gone[i - pre] &&
			!m->added[j - pre])
			i++, j++;
		if (j < end_new || i < end_old)
			put_same(&show, new->items, same, j, true);
	}
	close_mark(&show);
	if (end_new < new->len)
		put_same(&show, new->items, end_new, new->len, false);
	if (out->len - show.from > SHOWN_MOST)
		put_gap(&show);
}

/* Counts what was removed and added, and with showing marks the words. */
static void differ(
	struct middle *m, bool showing, struct pm_review_words_diff *diff)
{
	int d = search(m);

	if (d == NEVER) {
		diff->removed = (size_t)m->nold;
		diff->added = (size_t)m->nnew;
		memset(m->gone, 1, (size_t)m->nold);
		memset(m->added, 1, (size_t)m->nnew);
		return;
	}
	diff->removed = (size_t)(d + m->nold - m->nnew) / 2;
	diff->added = (size_t)(d - m->nold + m->nnew) / 2;
	if (showing)
		mark(m, d);
}

void pm_review_words_compare(const struct pm_review_words *old,
	const struct pm_review_words *new, struct pm_arena *arena,
	struct pm_review_words_diff *diff, struct pm_buf *shown)
{
	size_t pre = 0, post = 0;
	size_t shorter = old->len < new->len ? old->len : new->len;
	struct middle m = {0};
	int size;

	while (pre < shorter && token_eq(&old->items[pre], &new->items[pre]))
		pre++;
	while (post < shorter - pre &&
		token_eq(&old->items[old->len - 1 - post],
			&new->items[new->len - 1 - post]))
		post++;
	m.old = old->items ? old->items + pre : NULL;
	m.new = new->items ? new->items + pre : NULL;
	m.nold = (int)(old->len - pre - post);
	m.nnew = (int)(new->len - pre - post);
	*diff = (struct pm_review_words_diff){
		.first_old = pre,
		.first_new = pre,
		.equal = !m.nold && !m.nnew,
	};
	if (diff->equal)
		return;
	m.most = m.nold + m.nnew < DIFFERENCES ? m.nold + m.nnew : DIFFERENCES;
	size = m.most + 1;
	m.reach = pm_alloc((size_t)size * 2 + 1, sizeof *m.reach);
	if (shown)
		m.trace = pm_alloc((size_t)size * (size_t)size, sizeof(int));
	m.gone = pm_arena_alloc(arena, (size_t)m.nold + 1, sizeof *m.gone);
	m.added = pm_arena_alloc(arena, (size_t)m.nnew + 1, sizeof *m.added);
	differ(&m, shown != NULL, diff);
	if (shown)
		put_all(old, new, &m, pre, shown);
	free(m.reach);
	free(m.trace);
}
