/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words as the full-text table's tokenizer (unicode61) sees them: runs of
 * letters and digits of any script; everything else separates. Needed twice
 * outside the table: to know whether a query has a word at all, and to find
 * in a document the place that the table says matches.
 */
#include "private.h"

#include "base/utf8.h"

/* Combining accents belong to the letter before them. */
static bool is_accent(uint32_t cp)
{
	return cp >= 0x300 && cp <= 0x36f;
}

static bool is_ascii_word(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

/* Length of the word character at off, or 0 when there is none. */
static size_t word_char(struct pm_slice text, size_t off, bool inside)
{
	unsigned char c = (unsigned char)text.ptr[off];
	uint32_t cp;
	size_t len;

	if (c < 0x80)
		return is_ascii_word(c);
	len = pm_utf8_next(text, off, &cp);
	if (cp == PM_UTF8_BAD)
		return 0;
	return pm_utf8_word(cp) || (inside && is_accent(cp)) ? len : 0;
}

bool pm_token_next(struct pm_slice text, size_t *off, struct pm_token *out)
{
	size_t at = *off, len;

	while (at < text.len && !word_char(text, at, false))
		at++;
	out->off = at;
	while (at < text.len && (len = word_char(text, at, true)))
		at += len;
	out->len = at - out->off;
	*off = at;
	return out->len > 0;
}
