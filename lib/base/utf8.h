/* SPDX-License-Identifier: Apache-2.0 */
/*
 * UTF-8: decoding with strict validity (no overlong forms, no surrogates),
 * the invisible characters that can hide text, and folding for comparison.
 * Folding is simple case folding plus the removal of diacritics for Latin,
 * Greek and Cyrillic: enough to compare names, not a collation.
 */
#ifndef PM_BASE_UTF8_H
#define PM_BASE_UTF8_H

#include <stdint.h>

#include "pm/buf.h"

/*
 * Decodes one character at off. Returns its length in bytes (1..4) and sets
 * *cp; an invalid byte returns 1 with *cp = PM_UTF8_BAD. off < text.len.
 */
#define PM_UTF8_BAD 0xFFFFFFFFu
size_t pm_utf8_next(struct pm_slice text, size_t off, uint32_t *cp);

/* Appends a code point; one that is not a scalar value becomes U+FFFD. */
void pm_utf8_add(struct pm_buf *buf, uint32_t cp);

/* True when all bytes are valid; otherwise *bad is the first bad offset. */
bool pm_utf8_valid(struct pm_slice text, size_t *bad);

/*
 * True for characters a reader cannot see or that reorder what he sees: C0
 * except tab and line ends, DEL, C1, zero-width, bidi controls, tags,
 * U+2028/2029 and the rest of Cf (hazards.txt 114). A BOM is invisible too.
 */
bool pm_utf8_invisible(uint32_t cp);

/* Offset of the first byte at or after off that is not ASCII; text.len when
   there is none. */
size_t pm_utf8_skip_ascii(struct pm_slice text, size_t off);

/* Offset of the first byte at or after off that is neither printing ASCII nor
   a tab nor a line end; text.len when there is none. */
size_t pm_utf8_skip_plain(struct pm_slice text, size_t off);

/* Offset of the first invisible character at or after from, or -1. */
ptrdiff_t pm_utf8_find_invisible(
	struct pm_slice text, size_t from, uint32_t *cp);

/* Number of code points in valid text. */
size_t pm_utf8_count(struct pm_slice text);

/* The first bytes of a text, most of them at most, that end where a character
   does. */
struct pm_slice pm_utf8_cut(struct pm_slice text, size_t most);

/* Columns a terminal needs: wide and combining characters counted right. */
size_t pm_utf8_width(struct pm_slice text);

/* Appends text case-folded, Latin/Greek/Cyrillic diacritics removed. */
void pm_utf8_fold(struct pm_buf *buf, struct pm_slice text);

/* Orders two valid texts without NUL as their foldings would be, and writes
   none. */
int pm_utf8_fold_cmp(struct pm_slice a, struct pm_slice b);

/* True for letters and digits of any script (used to cut words). */
bool pm_utf8_word(uint32_t cp);

/* True for a text with one of them: an emoji is none. */
bool pm_utf8_has_word(struct pm_slice text);

#endif
