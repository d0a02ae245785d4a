/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Steps through a short text. Letters are folded with base/utf8.h only when
 * they are not ASCII, which keeps the common case free of allocation.
 */
#include "doc/scan.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

void pm_scan_all_blanks(struct pm_scan *scan)
{
	static const char *const wide[] = {"\xC2\xA0", "\xE3\x80\x80",
		"\xE2\x80\x8B", "\xE2\x80\xAF", "\xEF\xBB\xBF", NULL};

	while (pm_scan_any(scan, " \t\r\n") ||
		(pm_scan_peek(scan, 0) & 0x80 && pm_scan_take_one(scan, wide)))
		;
}

bool pm_scan_take_text(struct pm_scan *scan, const char *text)
{
	if (!pm_slice_starts(pm_slice_from(scan->text, scan->off), text))
		return false;
	scan->off += strlen(text);
	return true;
}

bool pm_scan_take_one(struct pm_scan *scan, const char *const *texts)
{
	for (; *texts; texts++)
		if (pm_scan_take(scan, *texts))
			return true;
	return false;
}

bool pm_scan_dash(struct pm_scan *scan)
{
	static const char *const dashes[] = {"–", "—", NULL};

	return pm_scan_any(scan, "-") ||
	       (pm_scan_peek(scan, 0) & 0x80 && pm_scan_take_one(scan, dashes));
}

bool pm_scan_number(
	struct pm_scan *scan, unsigned min, unsigned max, unsigned *value)
{
	struct pm_slice rest = pm_slice_from(scan->text, scan->off);
	unsigned len = 0, number = 0;

	*value = 0;
	for (; len < rest.len && pm_is_digit(rest.ptr[len]); len++) {
		if (len == max)
			return false;
		number = number * 10 + (unsigned)(rest.ptr[len] - '0');
	}
	if (len < min)
		return false;
	*value = number;
	scan->off += len;
	return true;
}

/* Length in bytes of the letter at the position, 0 for anything else. */
static size_t letter(const struct pm_scan *scan, size_t off)
{
	unsigned char c = (unsigned char)scan->text.ptr[off];
	uint32_t cp;
	size_t len;

	if (c < 0x80)
		return pm_is_letter(c);
	len = pm_utf8_next(scan->text, off, &cp);
	/* Scripts without spaces have no words; their marks are taken whole. */
	if (cp >= 0x2E80 || !pm_utf8_word(cp))
		return 0;
	return len;
}

static bool fold_word(struct pm_slice text, char word[PM_SCAN_WORD])
{
	struct pm_buf buf = PM_BUF_INIT;
	bool fits;

	pm_utf8_fold(&buf, text);
	fits = buf.len < PM_SCAN_WORD;
	if (fits)
		memcpy(word, buf.ptr, buf.len + 1);
	pm_buf_release(&buf);
	return fits;
}

/* As pm_scan_word, for a word that goes on behind this many letters of ASCII.
 */
static bool foreign_word(
	struct pm_scan *scan, size_t ascii, char word[PM_SCAN_WORD])
{
	size_t end = scan->off + ascii;
	size_t len;

	word[0] = '\0';
	while (end < scan->text.len && (len = letter(scan, end)) > 0) {
		end += len;
		if (end - scan->off >= PM_SCAN_WORD)
			return false;
	}
	len = end - scan->off;
	if (!len || !fold_word(pm_slice_sub(scan->text, scan->off, len), word))
		return false;
	scan->off = end;
	return true;
}

bool pm_scan_word(struct pm_scan *scan, char word[PM_SCAN_WORD])
{
	struct pm_slice rest = pm_slice_from(scan->text, scan->off);
	size_t most = rest.len < PM_SCAN_WORD ? rest.len : PM_SCAN_WORD;
	size_t len = 0;

	for (; len < most && pm_is_letter(rest.ptr[len]); len++)
		word[len] = rest.ptr[len] | 32;
	if (len == PM_SCAN_WORD) {
		word[0] = '\0';
		return false;
	}
	if (len < rest.len && rest.ptr[len] & 0x80)
		return foreign_word(scan, len, word);
	word[len] = '\0';
	scan->off += len;
	return len > 0;
}

bool pm_scan_at_foreign_word(const struct pm_scan *scan)
{
	uint32_t cp;

	pm_utf8_next(scan->text, scan->off, &cp);
	return pm_utf8_word(cp);
}

bool pm_word_in(const char *word, const char *const *list)
{
	/* Nearly always one of the first two letters differs. */
	for (; *list; list++)
		if (word[0] == (*list)[0] && word[1] == (*list)[1] &&
			strcmp(word, *list) == 0)
			return true;
	return false;
}

bool pm_holds_word_in(struct pm_slice text, const char *const *list)
{
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];

	while (!pm_scan_end(&scan))
		if (!pm_scan_word(&scan, word))
			scan.off++;
		else if (pm_word_in(word, list))
			return true;
	return false;
}

size_t pm_begins_with_one(struct pm_slice text, const char *const *list)
{
	/* Nearly always it is the first byte that differs. */
	for (; text.len && *list; list++)
		if (text.ptr[0] == **list && pm_slice_starts(text, *list))
			return strlen(*list);
	return 0;
}

size_t pm_ends_in_one(struct pm_slice text, const char *const *list)
{
	for (; *list; list++)
		if (pm_slice_ends(text, *list))
			return strlen(*list);
	return 0;
}

bool pm_bracket_behind(
	struct pm_slice text, struct pm_slice *inner, size_t *open)
{
	static const struct {
		const char *open, *close;
	} pairs[] = {{"(", ")"}, {"（", "）"}};

	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		size_t at = text.len;

		if (!pm_slice_ends(text, pairs[i].close))
			continue;
		text.len -= strlen(pairs[i].close);
		while (at-- > 0) {
			if (!pm_slice_starts(
				    pm_slice_from(text, at), pairs[i].open))
				continue;
			*inner =
				pm_slice_from(text, at + strlen(pairs[i].open));
			*open = at;
			return true;
		}
		return false;
	}
	return false;
}

size_t pm_circled_len(struct pm_slice text)
{
	uint32_t cp;
	size_t len;

	if (!text.len || !(text.ptr[0] & 0x80))
		return 0;
	len = pm_utf8_next(text, 0, &cp);
	return (cp >= 0x2460 && cp <= 0x2473) || (cp >= 0x2776 && cp <= 0x2793)
		       ? len
		       : 0;
}

/* True for a figure of such a number. */
static bool is_wide_figure(uint32_t cp)
{
	static const char numerals[] = "一二三四五六七八九十";

	if ((cp >= '0' && cp <= '9') || (cp >= 0xFF10 && cp <= 0xFF19) ||
		(cp >= 0x2160 && cp <= 0x216B))
		return true;
	if (cp < 0x4E00 || cp > 0x9FFF)
		return false;
	for (size_t off = 0; off + 1 < sizeof numerals;) {
		uint32_t numeral;

		off += pm_utf8_next(pm_slice_str(numerals), off, &numeral);
		if (numeral == cp)
			return true;
	}
	return false;
}

/* The end of the figures from an offset on, joined to "５－１" or not, and how
   many there are; *numeral: one of them is 一, 二 or 三. */
static size_t wide_figures_end(
	struct pm_slice text, size_t off, size_t *figures, bool *numeral)
{
	static const char *const joints[] = {"-", "－", "‐", ".", "．", NULL};
	uint32_t cp;

	for (size_t at = off, len; at < text.len; at += len) {
		len = pm_utf8_next(text, at, &cp);
		if (is_wide_figure(cp)) {
			++*figures;
			*numeral = *numeral || (cp >= 0x4E00 && cp <= 0x9FFF);
			off = at + len;
			continue;
		}
		len = pm_begins_with_one(pm_slice_from(text, at), joints);
		if (!len || !*figures || *numeral)
			break;
	}
	return off;
}

size_t pm_wide_number_len(struct pm_slice text)
{
	static const char *const parts[] = {"章", "節", "項", "部", NULL};
	static const char *const marks[] = {
		"．", "、", "）", ".", ")", ":", "：", NULL};
	static const char *const blanks[] = {" ", "　", NULL};
	bool named, numeral = false;
	size_t off, at, len, figures = 0;

	/* What most headings begin with is neither. */
	if (!text.len || (!(text.ptr[0] & 0x80) && !pm_is_digit(text.ptr[0])))
		return 0;
	off = pm_circled_len(text);
	if (off)
		return off;
	named = pm_slice_starts(text, "第");
	off = wide_figures_end(
		text, named ? strlen("第") : 0, &figures, &numeral);
	if (!figures || figures > 4)
		return 0;
	len = pm_begins_with_one(pm_slice_from(text, off), parts);
	if (named != (len > 0))
		return 0;
	off += len;
	at = off;
	off += pm_begins_with_one(pm_slice_from(text, off), marks);
	while ((len = pm_begins_with_one(pm_slice_from(text, off), blanks)) > 0)
		off += len;
	/* "五 対応" may be words; "5. Response" is read by others, as is "5 %".
	 */
	if (off == at || off >= text.len ||
		!((text.ptr[0] | text.ptr[off]) & 0x80) ||
		(numeral && !named &&
			pm_begins_with_one(pm_slice_from(text, at), blanks)))
		return 0;
	return off;
}

/* The sign of ASCII that a character of full width stands for, '\0': none. */
static char narrow_sign(struct pm_slice text, size_t off)
{
	const unsigned char *p = (const unsigned char *)text.ptr + off;

	if (off + 3 > text.len || p[0] != 0xEF || p[1] != 0xBC)
		return '\0';
	/* U+FF0D to U+FF1A: the hyphen, the dot, the slash, figures, colon. */
	return p[2] >= 0x8D && p[2] <= 0x9A ? (char)(p[2] - 0x8D + '-') : '\0';
}

bool pm_scan_narrow(struct pm_slice text, struct pm_narrow *out)
{
	enum { HEAD = 60 };
	size_t head = text.len < HEAD ? text.len : HEAD, len = 0, off = 0;
	bool found = false;

	/* They begin with a byte that hardly any other text has. */
	if (pm_slice_find(pm_slice_sub(text, 0, head), 0, '\xEF') < 0)
		return false;
	for (size_t i = 0; i < head && !found; i++)
		found = pm_is_digit(narrow_sign(text, i));
	if (!found)
		return false;
	while (off < text.len && len + 1 < sizeof out->bytes) {
		char sign = narrow_sign(text, off);

		out->bytes[len] = sign ? sign : text.ptr[off];
		out->from[len++] = (unsigned short)off;
		off += sign ? 3 : 1;
	}
	out->from[len] = (unsigned short)off;
	out->text = pm_slice_make(out->bytes, len);
	return true;
}
