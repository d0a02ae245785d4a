/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A window as wide as the shortest key word moves over the text; its last two
 * bytes say how far it may move on, which is nearly its whole width. Only
 * where they end a key word's beginning are phrases compared.
 */
#include "check/phrases.h"

#include <stdint.h>

#include "base/alloc.h"
#include "base/vec.h"

#define WINDOW_MOST 8
#define PAIRS       1024

struct phrase {
	struct pm_slice text; /* without "*" */
	size_t key;           /* offset of the key word */
	size_t number;
	bool prefix;   /* a word may go on */
	unsigned next; /* with the same pair, plus 1 */
};

struct pm_phrases {
	PM_VEC(struct phrase) items;
	size_t window;
	unsigned first[PAIRS]; /* phrase, plus 1 */
	uint8_t move[PAIRS];
};

static size_t pair_of(const char *at)
{
	return (size_t)(at[0] & 31) << 5 | (size_t)(at[1] & 31);
}

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word(char c)
{
	return (fold(c) >= 'a' && fold(c) <= 'z') || (c & 0x80) ||
	       (c >= '0' && c <= '9') || c == '_';
}

struct pm_phrases *pm_phrases_new(void)
{
	return pm_alloc(1, sizeof(struct pm_phrases));
}

/* The first word when it is long enough, else the longest. */
static size_t key_word(struct pm_slice text, size_t *len)
{
	size_t best = 0, at = 0;

	*len = 0;
	while (at < text.len) {
		size_t end = at;

		while (end < text.len && text.ptr[end] != ' ')
			end++;
		if (end - at > *len) {
			best = at;
			*len = end - at;
		}
		if (*len >= 5)
			break;
		at = end + 1;
	}
	return best;
}

void pm_phrases_add(struct pm_phrases *phrases, const char *text, size_t number)
{
	struct phrase *phrase;
	struct pm_slice all = pm_slice_trim(pm_slice_str(text));
	size_t len;

	if (all.len && all.ptr[all.len - 1] == '*')
		all.len--;
	key_word(all, &len);
	/* A single letter would be found everywhere. */
	if (len < 2)
		return;
	phrase = pm_vec_push(&phrases->items);
	phrase->text = all;
	phrase->key = key_word(all, &len);
	phrase->number = number;
	phrase->prefix = all.ptr[all.len] == '*';
	if (!phrases->window || len < phrases->window)
		phrases->window = len;
	if (phrases->window > WINDOW_MOST)
		phrases->window = WINDOW_MOST;
}

void pm_phrases_ready(struct pm_phrases *phrases)
{
	size_t window = phrases->window;

	if (!window)
		return;
	memset(phrases->move, (int)(window - 1), sizeof phrases->move);
	memset(phrases->first, 0, sizeof phrases->first);
	for (size_t i = 0; i < phrases->items.len; i++) {
		struct phrase *phrase = &phrases->items.items[i];
		const char *key = phrase->text.ptr + phrase->key;
		size_t last = pair_of(key + window - 2);

		for (size_t j = 0; j + 1 < window; j++) {
			uint8_t *move = &phrases->move[pair_of(key + j)];

			if (*move > window - 2 - j)
				*move = (uint8_t)(window - 2 - j);
		}
		phrase->next = phrases->first[last];
		phrases->first[last] = (unsigned)i + 1;
	}
}

/* Where the words of a phrase end that are written from off on; 0: they are
   not. */
static size_t compare(struct pm_slice text, size_t off, struct pm_slice words)
{
	for (size_t i = 0; i < words.len; i++) {
		if (off >= text.len)
			return 0;
		if (words.ptr[i] == ' ') {
			if (!is_blank(text.ptr[off]))
				return 0;
			while (off < text.len && is_blank(text.ptr[off]))
				off++;
			continue;
		}
		if (fold(text.ptr[off]) != fold(words.ptr[i]))
			return 0;
		off++;
	}
	return off;
}

/* Where the words before the key word begin, when they end at off. */
static bool compare_back(
	struct pm_slice text, size_t *off, struct pm_slice words)
{
	for (size_t i = words.len; i > 0; i--) {
		if (*off == 0)
			return false;
		if (words.ptr[i - 1] == ' ') {
			if (!is_blank(text.ptr[*off - 1]))
				return false;
			while (*off && is_blank(text.ptr[*off - 1]))
				--*off;
			continue;
		}
		if (fold(text.ptr[*off - 1]) != fold(words.ptr[i - 1]))
			return false;
		--*off;
	}
	return true;
}

static bool matches(const struct phrase *phrase, struct pm_slice text,
	size_t at, struct pm_span *span)
{
	size_t begin = at;
	size_t end =
		compare(text, at, pm_slice_from(phrase->text, phrase->key));

	if (!end || !compare_back(text, &begin,
			    pm_slice_sub(phrase->text, 0, phrase->key)))
		return false;
	if ((begin && is_word(text.ptr[begin - 1])) ||
		(!phrase->prefix && end < text.len && is_word(text.ptr[end])))
		return false;
	*span = (struct pm_span){begin, end - begin};
	return true;
}

bool pm_phrases_next(const struct pm_phrases *phrases, struct pm_slice text,
	size_t *off, struct pm_phrase_hit *hit)
{
	size_t window = phrases->window, at = *off;

	if (!window)
		return false;
	while (at + window <= text.len) {
		size_t pair = pair_of(text.ptr + at + window - 2);

		if (phrases->move[pair]) {
			at += phrases->move[pair];
			continue;
		}
		for (unsigned i = phrases->first[pair]; i;
			i = phrases->items.items[i - 1].next) {
			const struct phrase *phrase =
				&phrases->items.items[i - 1];

			if (!matches(phrase, text, at, &hit->span))
				continue;
			hit->number = phrase->number;
			*off = at + window;
			return true;
		}
		at++;
	}
	*off = text.len;
	return false;
}
