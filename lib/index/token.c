/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words as the full-text table's tokenizer (unicode61) sees them: runs of
 * letters and digits of any script; everything else separates. Needed twice
 * outside the table: to know whether a query has a word at all, and to find
 * in a document the place that the table says matches.
 *
 * Chinese and Japanese put no blanks between words, so that a whole clause
 * would be one word that nobody searches for. There each character is a token
 * and what is typed together is a phrase; the tokenizer knows nothing of it
 * and is given such text with blanks around the characters.
 */
#include "index/private.h"

#include "base/utf8.h"

/* Combining accents belong to the letter before them. */
static bool is_accent(uint32_t cp)
{
	return cp >= 0x300 && cp <= 0x36f;
}

/* Ideographs and kana; Korean has blanks between its words. */
static bool is_unspaced(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{0x3005, 0x3007},
		{0x3031, 0x3035},
		{0x303b, 0x30ff},
		{0x31f0, 0x31ff},
		{0x3400, 0x4dbf},
		{0x4e00, 0x9fff},
		{0xf900, 0xfaff},
		{0xff66, 0xff9f},
		{0x1b000, 0x1b16f},
		{0x20000, 0x3ffff},
	};

	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (cp <= ranges[i].last)
			return cp >= ranges[i].first;
	return false;
}

/* Length of the unspaced word character at off, or 0 when there is none. */
static size_t unspaced_char(struct pm_slice text, size_t off)
{
	uint32_t cp;
	size_t len;

	/* All of them begin so or higher: a cheap no for nearly all text. */
	if ((unsigned char)text.ptr[off] < 0xe3)
		return 0;
	len = pm_utf8_next(text, off, &cp);
	return cp != PM_UTF8_BAD && is_unspaced(cp) && pm_utf8_word(cp) ? len
									: 0;
}

/* What a byte may be: most text is plain, and is read by this alone. */
enum { SIGN, PLAIN, OTHER };

static int kind_of(unsigned char c)
{
	/* One bit is between the two cases of a letter. */
	if ((unsigned char)((c | 0x20) - 'a') < 26)
		return PLAIN;
	if (c >= 0x80)
		return OTHER;
	return c >= '0' && c <= '9' ? PLAIN : SIGN;
}

/* Length of the word character beyond ASCII at off, or 0 when it is none. */
static size_t other_char(struct pm_slice text, size_t off, bool inside)
{
	uint32_t cp;
	size_t len = pm_utf8_next(text, off, &cp);

	if (cp == PM_UTF8_BAD)
		return 0;
	return pm_utf8_word(cp) || (inside && is_accent(cp)) ? len : 0;
}

/* The end of the word of which the bytes before at are a part. */
static size_t word_end(struct pm_slice text, size_t at)
{
	for (;;) {
		int kind = PLAIN;
		size_t len;

		while (at < text.len &&
			(kind = kind_of((unsigned char)text.ptr[at])) == PLAIN)
			at++;
		if (at == text.len || kind == SIGN || unspaced_char(text, at))
			return at;
		len = other_char(text, at, true);
		if (!len)
			return at;
		at += len;
	}
}

bool pm_token_next(struct pm_slice text, size_t *off, struct pm_token *out)
{
	size_t at = *off, len;

	for (; at < text.len; at++) {
		int kind = kind_of((unsigned char)text.ptr[at]);

		if (kind == PLAIN ||
			(kind == OTHER && other_char(text, at, false)))
			break;
	}
	out->off = at;
	len = at < text.len ? unspaced_char(text, at) : 0;
	*off = len ? at + len : word_end(text, at);
	out->len = *off - at;
	return out->len > 0;
}

bool pm_token_unspaced(struct pm_slice text)
{
	return text.len && unspaced_char(text, 0);
}

/* The first byte at or after at that may begin an unspaced character. */
static size_t skip_spaced(struct pm_slice text, size_t at)
{
	uint64_t word;

	while (at < text.len) {
		if (text.len - at >= sizeof word) {
			memcpy(&word, text.ptr + at, sizeof word);
			if (!(word & 0x8080808080808080u)) {
				at += sizeof word;
				continue;
			}
		}
		if ((unsigned char)text.ptr[at] >= 0xe3)
			break;
		at++;
	}
	return at;
}

struct pm_slice pm_token_spaced(struct pm_slice text, struct pm_buf *out)
{
	size_t copied = 0, at = 0, len;

	pm_buf_reset(out);
	while ((at = skip_spaced(text, at)) < text.len) {
		len = unspaced_char(text, at);
		if (!len) {
			at++;
			continue;
		}
		pm_buf_add(out, text.ptr + copied, at - copied);
		pm_buf_addc(out, ' ');
		pm_buf_add(out, text.ptr + at, len);
		pm_buf_addc(out, ' ');
		at += len;
		copied = at;
	}
	if (!copied)
		return text;
	pm_buf_add(out, text.ptr + copied, text.len - copied);
	return pm_buf_slice(out);
}
