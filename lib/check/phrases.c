/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks of four bytes are looked up, one of every few: a phrase that begins
 * anywhere holds one of them. No step waits for the one before, which is what
 * a search that skips by what it saw has to do; only where the block belongs
 * to the beginning of a phrase are phrases compared.
 */
#include "check/phrases.h"

#include <stdint.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/vec.h"

#define BLOCK       4
#define STRIDE_MOST 8
#define BITS        13

struct phrase {
	struct pm_slice text; /* without "*" */
	size_t number;
	bool front; /* it begins a word */
	bool back;  /* it ends one */
};

/* A block that belongs to a phrase. */
struct block {
	uint32_t bytes; /* folded */
	unsigned phrase, off;
	unsigned next; /* with the same hash, plus 1 */
};

struct pm_phrases {
	PM_VEC(struct phrase) items;
	PM_VEC(struct block) blocks;
	size_t stride;             /* 0: there are no phrases */
	uint16_t first[1 << BITS]; /* block, plus 1 */
};

/* A block, the same for either case. */
static uint32_t folded(const char *at)
{
	uint32_t bytes;

	memcpy(&bytes, at, sizeof bytes);
	return bytes | 0x20202020;
}

static unsigned hash_of(uint32_t bytes)
{
	return bytes * 0x9E3779B1u >> (32 - BITS);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word(char c)
{
	return pm_is_letter(c) || (c & 0x80) || pm_is_digit(c) || c == '_';
}

/* Part of a word that blanks part from others: no sign such as an apostrophe,
   and no letter of Eastern Asia (from U+3000 on) or Thai, which are written
   without blanks. */
static bool is_spaced(struct pm_slice text, size_t off)
{
	unsigned char c, second;

	if (!is_word(text.ptr[off]))
		return false;
	while (off && ((unsigned char)text.ptr[off] & 0xc0) == 0x80)
		off--;
	c = (unsigned char)text.ptr[off];
	second = off + 1 < text.len ? (unsigned char)text.ptr[off + 1] : 0;
	if (c == 0xe0)
		return second < 0xb8 || second > 0xbb;
	return c < 0xe2 || c > 0xef;
}

struct pm_phrases *pm_phrases_new(void)
{
	return pm_alloc(1, sizeof(struct pm_phrases));
}

void pm_phrases_add(struct pm_phrases *phrases, const char *text, size_t number)
{
	struct phrase *phrase;
	struct pm_slice all = pm_slice_str(text);
	bool prefix = pm_slice_ends(all, "*");
	size_t stride;

	if (prefix)
		all.len--;
	if (all.len < BLOCK || phrases->items.len >= UINT16_MAX / 16)
		return;
	phrase = pm_vec_push(&phrases->items);
	phrase->text = all;
	phrase->number = number;
	phrase->front = is_spaced(all, 0);
	phrase->back = !prefix && is_spaced(all, all.len - 1);
	stride = all.len - BLOCK + 1;
	if (!phrases->stride || stride < phrases->stride)
		phrases->stride = stride;
	if (phrases->stride > STRIDE_MOST)
		phrases->stride = STRIDE_MOST;
}

static void add_block(struct pm_phrases *phrases, size_t phrase, size_t off,
	const char *bytes)
{
	struct block *block = pm_vec_push(&phrases->blocks);
	uint32_t fold = folded(bytes);
	uint16_t *first = &phrases->first[hash_of(fold)];

	*block = (struct block){fold, (unsigned)phrase, (unsigned)off, *first};
	*first = (uint16_t)phrases->blocks.len;
}

void pm_phrases_ready(struct pm_phrases *phrases)
{
	for (size_t i = 0; i < phrases->items.len; i++) {
		const char *text = phrases->items.items[i].text.ptr;

		for (size_t off = 0; off < phrases->stride; off++) {
			char bytes[BLOCK];
			char *blank;

			memcpy(bytes, text + off, BLOCK);
			add_block(phrases, i, off, bytes);
			/* Where a line is broken between the words. */
			blank = memchr(bytes, ' ', BLOCK);
			if (blank) {
				*blank = '\n';
				add_block(phrases, i, off, bytes);
			}
		}
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
		if (pm_lower(text.ptr[off]) != pm_lower(words.ptr[i]))
			return 0;
		off++;
	}
	return off;
}

static bool matches(const struct phrase *phrase, struct pm_slice text,
	size_t at, struct pm_span *span)
{
	size_t end;

	if (phrase->front && at && is_word(text.ptr[at - 1]))
		return false;
	end = compare(text, at, phrase->text);
	if (!end || (phrase->back && end < text.len && is_word(text.ptr[end])))
		return false;
	*span = (struct pm_span){at, end - at};
	return true;
}

/* The hit that begins earliest, but not before from, among the phrases that
   have the block at off. */
static bool look(const struct pm_phrases *phrases, struct pm_slice text,
	size_t from, size_t off, struct pm_phrase_hit *hit)
{
	uint32_t bytes = folded(text.ptr + off);
	unsigned next = phrases->first[hash_of(bytes)];
	struct pm_span span, *best = &hit->span;
	bool found = false;

	while (next) {
		const struct block *block = &phrases->blocks.items[next - 1];
		const struct phrase *phrase =
			&phrases->items.items[block->phrase];

		next = block->next;
		if (block->bytes != bytes || off < from + block->off ||
			!matches(phrase, text, off - block->off, &span) ||
			(found && (span.off > best->off ||
					  (span.off == best->off &&
						  span.len <= best->len))))
			continue;
		found = true;
		*best = span;
		hit->number = phrase->number;
	}
	return found;
}

/* The first block from at on, one of every stride, that may belong to a phrase;
   end or more: none does. */
static size_t next_block(const struct pm_phrases *phrases, const char *text,
	size_t at, size_t end)
{
	const uint16_t *first = phrases->first;
	size_t stride = phrases->stride;

	while (at < end && !first[hash_of(folded(text + at))])
		at += stride;
	return at;
}

bool pm_phrases_next(const struct pm_phrases *phrases, struct pm_slice text,
	size_t *off, struct pm_phrase_hit *hit)
{
	size_t end = text.len < BLOCK ? 0 : text.len - BLOCK + 1;
	size_t stride = phrases->stride, at = *off;

	if (!stride)
		return false;
	/* Blocks at multiples of the stride, whatever was found before. */
	at += stride - 1;
	at -= at % stride;
	while ((at = next_block(phrases, text.ptr, at, end)) < end) {
		if (look(phrases, text, *off, at, hit)) {
			*off = hit->span.off + 1;
			return true;
		}
		at += stride;
	}
	*off = text.len;
	return false;
}
