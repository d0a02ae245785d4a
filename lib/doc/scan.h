/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A position in a short text, and the small steps that the readers of stamps,
 * zones and dates take with it. A step that does not apply leaves the
 * position where it was. The smallest steps are inline: each stamp takes dozens
 * of them. Private to this room.
 */
#ifndef PM_DOC_SCAN_H
#define PM_DOC_SCAN_H

#include "base/ascii.h"
#include "pm/slice.h"

struct pm_scan {
	struct pm_slice text;
	size_t off;
	bool dots; /* 9.15 is a clock here, because others are written so */
};

/* Longest word that a table of words may hold, folded, with terminator. */
enum { PM_SCAN_WORD = 24 };

/* The length of a number in a circle that a text begins with, "①", else 0. */
size_t pm_circled_len(struct pm_slice text);

/* The length of the number that a heading of a script without blanks begins
   with, "５．", "５－１　", "第5章 ", "五、", "⑤", and what sets it off; else
   0. */
size_t pm_wide_number_len(struct pm_slice text);

/* The length of an emoji's name that a text begins with, ":warning:", else 0.
 */
size_t pm_emoji_name_len(struct pm_slice text);

/* A text without the pictures before its words: "🚨 4. Findings". */
struct pm_slice pm_behind_signs(struct pm_slice text);

/* The byte ahead bytes after the position; 0 beyond the end. */
static inline char pm_scan_peek(const struct pm_scan *scan, size_t ahead)
{
	size_t at = scan->off + ahead;

	return at < scan->text.len ? scan->text.ptr[at] : '\0';
}

static inline bool pm_scan_end(const struct pm_scan *scan)
{
	return scan->off >= scan->text.len;
}

/* Skips blanks: spaces, tabs, line ends, no-break, ideographic, zero-width. */
void pm_scan_all_blanks(struct pm_scan *scan);
static inline void pm_scan_blanks(struct pm_scan *scan)
{
	unsigned char next;

	/* Nearly always there is one space, or none. */
	scan->off += pm_scan_peek(scan, 0) == ' ';
	next = (unsigned char)pm_scan_peek(scan, 0);
	if ((next && next <= ' ') || next & 0x80)
		pm_scan_all_blanks(scan);
}

/* Takes exactly this text, of one byte or more, if it comes next. */
bool pm_scan_take_text(struct pm_scan *scan, const char *text);
static inline bool pm_scan_take(struct pm_scan *scan, const char *text)
{
	/* Nearly always it is the first byte that differs, or the only one. */
	if (pm_scan_peek(scan, 0) != text[0])
		return false;
	if (text[1])
		return pm_scan_take_text(scan, text);
	scan->off++;
	return true;
}

/* Takes the first of a NULL-terminated list of texts that comes next. */
bool pm_scan_take_one(struct pm_scan *scan, const char *const *texts);

/* Takes "-" or a longer dash. */
bool pm_scan_dash(struct pm_scan *scan);

/* Takes one byte out of a set. */
static inline bool pm_scan_any(struct pm_scan *scan, const char *set)
{
	char c = pm_scan_peek(scan, 0);

	while (*set && *set != c)
		set++;
	scan->off += *set != '\0';
	return *set != '\0';
}

/*
 * Takes a run of digits of min..max bytes that no digit follows; fullwidth
 * digits are not digits here.
 */
bool pm_scan_number(
	struct pm_scan *scan, unsigned min, unsigned max, unsigned *value);

/*
 * Takes a run of letters into word, lower case and without diacritics. False,
 * and no word, when there is no letter or the run is longer than any word of
 * our tables.
 */
bool pm_scan_word(struct pm_scan *scan, char word[PM_SCAN_WORD]);

/* The head of a text whose figures were of full width, as input methods of
   East Asia leave them: in the figures and signs of ASCII. */
struct pm_narrow {
	char bytes[256];
	unsigned short from[256]; /* where each byte stood in the text */
	struct pm_slice text;     /* the bytes */
};

/* False where the head of a text has no such figures. */
bool pm_scan_narrow(struct pm_slice text, struct pm_narrow *out);

/* True when a letter or digit of any script comes next. */
bool pm_scan_at_foreign_word(const struct pm_scan *scan);
static inline bool pm_scan_at_word(const struct pm_scan *scan)
{
	char c = pm_scan_peek(scan, 0);

	if (c & 0x80)
		return pm_scan_at_foreign_word(scan);
	return pm_is_digit(c) || pm_is_letter(c);
}

/* Finds the round bracket, of either width, that a text ends with: what stands
   within, and where it opens. */
bool pm_bracket_behind(
	struct pm_slice text, struct pm_slice *inner, size_t *open);

/* True when word is one of the NULL-terminated list. */
bool pm_word_in(const char *word, const char *const *list);

/* True when one of a text's words is, folded as pm_scan_word does. */
bool pm_holds_word_in(struct pm_slice text, const char *const *list);

/* True when a text holds one of these bytes: what most texts have none of is
   not looked for in them byte by byte. */
static inline bool pm_holds_one(struct pm_slice text, const char *bytes)
{
	for (; *bytes; bytes++)
		if (pm_slice_find(text, 0, *bytes) >= 0)
			return true;
	return false;
}

/* The length of the first of a NULL-terminated list that a text begins with,
   or ends in; 0: it does with none. */
size_t pm_begins_with_one(struct pm_slice text, const char *const *list);
size_t pm_ends_in_one(struct pm_slice text, const char *const *list);

#endif
