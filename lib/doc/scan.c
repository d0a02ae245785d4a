/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Steps through a short text. Letters are folded with base/utf8.h only when
 * they are not ASCII, which keeps the common case free of allocation.
 */
#include "doc/scan.h"

#include <string.h>

#include "base/utf8.h"

char pm_scan_peek(const struct pm_scan *scan, size_t ahead)
{
	size_t at = scan->off + ahead;

	return at < scan->text.len ? scan->text.ptr[at] : '\0';
}

bool pm_scan_end(const struct pm_scan *scan)
{
	return scan->off >= scan->text.len;
}

void pm_scan_blanks(struct pm_scan *scan)
{
	static const char *const wide[] = {"\xC2\xA0", "\xE3\x80\x80",
		"\xE2\x80\x8B", "\xE2\x80\xAF", "\xEF\xBB\xBF"};

	while (!pm_scan_end(scan)) {
		size_t i = 0;

		if (pm_scan_any(scan, " \t\r\n"))
			continue;
		if (!(pm_scan_peek(scan, 0) & 0x80))
			return;
		while (i < 5 && !pm_scan_take(scan, wide[i]))
			i++;
		if (i == 5)
			return;
	}
}

bool pm_scan_take(struct pm_scan *scan, const char *text)
{
	size_t len;

	/* Nearly always it is the first byte that differs. */
	if (scan->off >= scan->text.len || scan->text.ptr[scan->off] != text[0])
		return false;
	len = strlen(text);
	if (scan->text.len - scan->off < len ||
		memcmp(scan->text.ptr + scan->off, text, len) != 0)
		return false;
	scan->off += len;
	return true;
}

bool pm_scan_any(struct pm_scan *scan, const char *set)
{
	char c = pm_scan_peek(scan, 0);

	if (!c || !strchr(set, c))
		return false;
	scan->off++;
	return true;
}

bool pm_scan_number(
	struct pm_scan *scan, unsigned min, unsigned max, unsigned *value)
{
	unsigned len = 0, number = 0;
	char c;

	*value = 0;
	while ((c = pm_scan_peek(scan, len)) >= '0' && c <= '9') {
		if (len++ == max)
			return false;
		number = number * 10 + (unsigned)(c - '0');
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
		return (c | 32) >= 'a' && (c | 32) <= 'z';
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

bool pm_scan_word(struct pm_scan *scan, char word[PM_SCAN_WORD])
{
	size_t end = scan->off;
	size_t len;
	bool ascii = true;

	while (end < scan->text.len && (len = letter(scan, end)) > 0) {
		ascii = ascii && len == 1;
		end += len;
		if (end - scan->off >= PM_SCAN_WORD)
			return false;
	}
	len = end - scan->off;
	if (!len)
		return false;
	if (!ascii) {
		if (!fold_word(pm_slice_sub(scan->text, scan->off, len), word))
			return false;
	} else {
		for (size_t i = 0; i < len; i++)
			word[i] = scan->text.ptr[scan->off + i] | 32;
		word[len] = '\0';
	}
	scan->off = end;
	return true;
}

bool pm_scan_at_word(const struct pm_scan *scan)
{
	uint32_t cp;

	if (pm_scan_end(scan))
		return false;
	pm_utf8_next(scan->text, scan->off, &cp);
	return pm_utf8_word(cp);
}

bool pm_word_in(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (word[0] == **list && strcmp(word, *list) == 0)
			return true;
	return false;
}
