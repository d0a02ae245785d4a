/* SPDX-License-Identifier: Apache-2.0 */
/*
 * UTF-8 by hand: the C library's functions follow the locale. Nearly all text
 * is ASCII, so every loop has a short way for it.
 */
#include "base/utf8.h"

#include <string.h>

#include "base/utf8_tables.h"

#define REPLACEMENT 0xFFFD

/*
 * The invisible characters beyond the C0 and C1 controls: soft hyphen, the
 * Arabic and other format signs, zero-width and bidi controls, line and
 * paragraph separator, interlinear marks, music controls and tags.
 */
static const struct pm_utf8_range invisible[] = {
	{0x00AD, 0x00AD},
	{0x0600, 0x0605},
	{0x061C, 0x061C},
	{0x06DD, 0x06DD},
	{0x070F, 0x070F},
	{0x0890, 0x0891},
	{0x08E2, 0x08E2},
	{0x180E, 0x180E},
	{0x200B, 0x200F},
	{0x2028, 0x202E},
	{0x2060, 0x2064},
	{0x2066, 0x206F},
	{0xFEFF, 0xFEFF},
	{0xFFF9, 0xFFFB},
	{0x110BD, 0x110BD},
	{0x110CD, 0x110CD},
	{0x13430, 0x13438},
	{0x1BCA0, 0x1BCA3},
	{0x1D173, 0x1D17A},
	{0xE0001, 0xE0001},
	{0xE0020, 0xE007F},
};

static bool in_ranges(
	uint32_t cp, const struct pm_utf8_range *ranges, size_t len)
{
	size_t low = 0;

	while (len > 0) {
		size_t half = len / 2;

		if (cp > ranges[low + half].last) {
			low += half + 1;
			len -= half + 1;
		} else if (cp < ranges[low + half].first) {
			len = half;
		} else {
			return true;
		}
	}
	return false;
}

static bool is_tail(unsigned char byte)
{
	return (byte & 0xC0) == 0x80;
}

struct pm_slice pm_utf8_cut(struct pm_slice text, size_t most)
{
	if (text.len <= most)
		return text;
	while (most && is_tail((unsigned char)text.ptr[most]))
		most--;
	return pm_slice_sub(text, 0, most);
}

/*
 * Length of the sequence that lead begins, 0 if it begins none, and the bounds
 * of its second byte: these alone exclude overlong forms (E0, F0), surrogates
 * (ED) and what lies beyond U+10FFFF (F4).
 */
static size_t sequence(
	unsigned char lead, unsigned char *min, unsigned char *max)
{
	*min = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
	*max = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
	if (lead >= 0xC2 && lead <= 0xDF)
		return 2;
	if (lead >= 0xE0 && lead <= 0xEF)
		return 3;
	if (lead >= 0xF0 && lead <= 0xF4)
		return 4;
	return 0;
}

size_t pm_utf8_next(struct pm_slice text, size_t off, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)text.ptr + off;
	unsigned char min;
	unsigned char max;
	size_t len;
	size_t i;

	*cp = p[0];
	if (p[0] < 0x80)
		return 1;
	*cp = PM_UTF8_BAD;
	len = sequence(p[0], &min, &max);
	if (!len || len > text.len - off || p[1] < min || p[1] > max)
		return 1;
	for (i = 2; i < len; i++) {
		if (!is_tail(p[i]))
			return 1;
	}
	*cp = p[0] & (0x7Fu >> len);
	for (i = 1; i < len; i++)
		*cp = *cp << 6 | (p[i] & 0x3Fu);
	return len;
}

void pm_utf8_add(struct pm_buf *buf, uint32_t cp)
{
	unsigned char out[4];
	size_t len = 1;

	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = REPLACEMENT;
	if (cp < 0x80) {
		out[0] = (unsigned char)cp;
	} else {
		static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
		size_t i;

		len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
		for (i = len - 1; i > 0; i--, cp >>= 6)
			out[i] = (unsigned char)(0x80 | (cp & 0x3F));
		out[0] = (unsigned char)(lead[len] | cp);
	}
	pm_buf_add(buf, out, len);
}

size_t pm_utf8_skip_ascii(struct pm_slice text, size_t off)
{
	uint64_t word, four[4];

	for (; text.len - off >= sizeof(four); off += sizeof(four)) {
		memcpy(four, text.ptr + off, sizeof(four));
		if ((four[0] | four[1] | four[2] | four[3]) &
			0x8080808080808080u)
			break;
	}
	for (; text.len - off >= sizeof(word); off += sizeof(word)) {
		memcpy(&word, text.ptr + off, sizeof(word));
		if (word & 0x8080808080808080u)
			break;
	}
	while (off < text.len && (unsigned char)text.ptr[off] < 0x80)
		off++;
	return off;
}

bool pm_utf8_valid(struct pm_slice text, size_t *bad)
{
	size_t off = pm_utf8_skip_ascii(text, 0);

	while (off < text.len) {
		uint32_t cp;
		size_t len = pm_utf8_next(text, off, &cp);

		if (cp == PM_UTF8_BAD) {
			if (bad)
				*bad = off;
			return false;
		}
		off = pm_utf8_skip_ascii(text, off + len);
	}
	return true;
}

bool pm_utf8_invisible(uint32_t cp)
{
	if (cp < 0x20)
		return cp != '\t' && cp != '\n' && cp != '\r';
	if (cp < 0x7F)
		return false;
	if (cp <= 0x9F)
		return true;
	return in_ranges(
		cp, invisible, sizeof(invisible) / sizeof(invisible[0]));
}

/* Sixteen bytes side by side, compared in one go. */
typedef signed char stretch __attribute__((vector_size(16)));

/* Not null when one of the bytes is neither printing ASCII nor a tab or a line
   end; those from 0x80 on are negative. */
static stretch odd_bytes(const char *ptr)
{
	stretch s;

	memcpy(&s, ptr, sizeof(s));
	return ((s < ' ') & ~((s == '\n') | (s == '\t') | (s == '\r'))) |
	       (s == 0x7F);
}

static bool any(stretch s)
{
	uint64_t halves[2];

	memcpy(halves, &s, sizeof(halves));
	return halves[0] | halves[1];
}

size_t pm_utf8_skip_plain(struct pm_slice text, size_t off)
{
	const size_t step = 2 * sizeof(stretch);

	while (text.len - off >= step &&
		!any(odd_bytes(text.ptr + off) |
			odd_bytes(text.ptr + off + sizeof(stretch))))
		off += step;
	for (; off < text.len; off++) {
		char c = text.ptr[off];

		if ((c < ' ' || c >= 0x7F) && c != '\t' && c != '\n' &&
			c != '\r')
			break;
	}
	return off;
}

ptrdiff_t pm_utf8_find_invisible(
	struct pm_slice text, size_t from, uint32_t *cp)
{
	size_t off =
		from < text.len ? pm_utf8_skip_plain(text, from) : text.len;

	while (off < text.len) {
		size_t len = pm_utf8_next(text, off, cp);

		if (*cp != PM_UTF8_BAD && pm_utf8_invisible(*cp))
			return (ptrdiff_t)off;
		off = pm_utf8_skip_plain(text, off + len);
	}
	return -1;
}

size_t pm_utf8_count(struct pm_slice text)
{
	size_t count = 0;
	size_t i;

	for (i = 0; i < text.len; i++)
		count += !is_tail((unsigned char)text.ptr[i]);
	return count;
}

static size_t columns(uint32_t cp)
{
	if (in_ranges(cp, pm_utf8_zero, pm_utf8_zero_len))
		return 0;
	return in_ranges(cp, pm_utf8_wide, pm_utf8_wide_len) ? 2 : 1;
}

size_t pm_utf8_width(struct pm_slice text)
{
	size_t width = 0;
	size_t off = 0;

	while (off < text.len) {
		size_t ascii = pm_utf8_skip_ascii(text, off);
		uint32_t cp;

		width += ascii - off;
		off = ascii;
		if (off < text.len) {
			off += pm_utf8_next(text, off, &cp);
			width += columns(cp);
		}
	}
	return width;
}

/* The run that holds cp, or NULL. */
static const struct pm_utf8_fold_run *find_run(uint32_t cp)
{
	size_t low = 0;
	size_t high = pm_utf8_folds_len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (cp > pm_utf8_folds[mid].last)
			low = mid + 1;
		else if (cp < pm_utf8_folds[mid].first)
			high = mid;
		else
			return &pm_utf8_folds[mid];
	}
	return NULL;
}

static uint32_t fold(uint32_t cp)
{
	const struct pm_utf8_fold_run *run;
	char latin = '.';

	if (cp >= 0xC0 && cp < 0x250)
		latin = pm_utf8_latin[cp - 0xC0];
	else if (cp >= 0x1E00 && cp < 0x1F00)
		latin = pm_utf8_latin_more[cp - 0x1E00];
	if (latin != '.')
		return (uint32_t)latin;
	run = find_run(cp);
	if (!run)
		return cp;
	if (!run->step)
		return run->to;
	if ((cp - run->first) % run->step)
		return cp;
	return run->to + (cp - run->first);
}

/* Appends ASCII in lower case. */
static void fold_ascii(struct pm_buf *buf, struct pm_slice text)
{
	size_t i = buf->len;

	pm_buf_add_slice(buf, text);
	for (; i < buf->len; i++) {
		if (buf->ptr[i] >= 'A' && buf->ptr[i] <= 'Z')
			buf->ptr[i] |= 0x20;
	}
}

void pm_utf8_fold(struct pm_buf *buf, struct pm_slice text)
{
	size_t off = 0;

	while (off < text.len) {
		size_t ascii = pm_utf8_skip_ascii(text, off);
		uint32_t cp;

		fold_ascii(buf, pm_slice_sub(text, off, ascii - off));
		off = ascii;
		if (off == text.len)
			break;
		off += pm_utf8_next(text, off, &cp);
		if (cp == PM_UTF8_BAD)
			pm_buf_addc(buf, text.ptr[off - 1]);
		else if (cp < 0x300 || cp > 0x36F) /* marks are dropped */
			pm_utf8_add(buf, fold(cp));
	}
}

/* The next folded character from *off on; 0 at the end. Marks are passed over.
 */
static uint32_t next_folded(struct pm_slice text, size_t *off)
{
	while (*off < text.len) {
		unsigned char byte = (unsigned char)text.ptr[*off];
		uint32_t cp;

		if (byte < 0x80) {
			++*off;
			return byte >= 'A' && byte <= 'Z' ? byte | 0x20u : byte;
		}
		*off += pm_utf8_next(text, *off, &cp);
		if (cp == PM_UTF8_BAD)
			return 0x110000u + byte;
		if (cp < 0x300 || cp > 0x36F)
			return fold(cp);
	}
	return 0;
}

int pm_utf8_fold_cmp(struct pm_slice a, struct pm_slice b)
{
	size_t i = 0, j = 0;

	/* What both begin with, byte for byte, folds to the same. */
	while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i] &&
		!(a.ptr[i] & 0x80))
		i++;
	j = i;
	for (;;) {
		uint32_t x = next_folded(a, &i);
		uint32_t y = next_folded(b, &j);

		if (x != y)
			return x < y ? -1 : 1;
		if (x == 0 && (i == a.len || j == b.len))
			return (i < a.len) - (j < b.len);
	}
}

bool pm_utf8_word(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') ||
		       ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
	return in_ranges(cp, pm_utf8_letters, pm_utf8_letters_len);
}

bool pm_utf8_has_word(struct pm_slice text)
{
	uint32_t cp;

	for (size_t off = 0; off < text.len;) {
		off += pm_utf8_next(text, off, &cp);
		if (pm_utf8_word(cp))
			return true;
	}
	return false;
}
