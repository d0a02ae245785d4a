/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A heading as words: folded, one blank apart, without numbering, emoji and
 * apostrophes, and for each word what stood before it.
 */
#include "doc/roles.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "doc/scan.h"

/* What is looked at of a heading, in bytes, and what its words may come to:
   they are counted in shorts, and folding makes them longer. */
enum { HEADING_MOST = 1000, WORDS_MOST = 4000 };

/* Skips "1.", "2)", "3.1", "IV.", "a)", a figure on a key cap, before a
   heading's words. */
static struct pm_slice skip_number(struct pm_slice s)
{
	static const char cap[] = "\xEF\xB8\x8F\xE2\x83\xA3";
	size_t i = 0;
	bool marked = false;

	s = pm_behind_signs(s);
	i = pm_wide_number_len(s);
	if (i)
		return pm_slice_from(s, i);
	if (pm_slice_starts(pm_slice_from(s, 1), cap))
		return pm_slice_from(s, sizeof cap);
	while (i < s.len &&
		(pm_is_digit(s.ptr[i]) || memchr(".)", s.ptr[i], 2))) {
		marked = marked || s.ptr[i] == '.' || s.ptr[i] == ')';
		i++;
	}
	if (i == 0) {
		while (i < s.len && i < 4 && memchr("IVXabc", s.ptr[i], 6))
			i++;
		/* "G. Lessons" */
		i += i == 0 && s.len && pm_is_capital(s.ptr[0]);
		marked = i < s.len && i > 0 && memchr(".)", s.ptr[i], 2);
		i++;
	}
	if (!marked || i >= s.len || (s.ptr[i] != ' ' && s.ptr[i - 1] != ')'))
		return s;
	return pm_slice_from(s, i);
}

static bool is_and(struct pm_slice word)
{
	static const char *const words[] = {
		"and", "og", "och", "und", "et", "y", "e", "samt", NULL};
	enum { LONGEST = 4 };

	for (size_t i = 0; word.len <= LONGEST && words[i]; i++)
		if (pm_slice_is(word, words[i]))
			return true;
	return false;
}

/* Signs that are no part of a word, and what they mean between words. */
static const struct {
	uint32_t cp;
	char meaning; /* '&' of a list, '|' a break, 0 it parts no words */
} signs[] = {
	{'&', '&'},
	{'\'', 0},
	{'(', '|'},
	{')', '|'},
	{'+', '&'},
	{',', '&'},
	{'/', '&'},
	{':', '|'},
	{'[', '|'},
	{'|', '|'},
	{0x200B, 0}, /* zero-width space and joiners */
	{0x200C, 0},
	{0x200D, 0},
	{0x2013, '|'}, /* dashes */
	{0x2014, '|'},
	{0x2019, 0}, /* the apostrophe of typographers */
	{0x3001, '&'},
	{0x301C, '|'},
	{0x30FB, '&'},
	{0xFEFF, 0},
	{0xFF06, '&'}, /* the same signs in their wide forms */
	{0xFF08, '|'},
	{0xFF09, '|'},
	{0xFF0F, '&'},
	{0xFF1A, '|'},
};

/* What a sign between words means; ' ' when it only parts them. */
static char separator(struct pm_slice s, size_t off, uint32_t cp)
{
	char next = off + 1 < s.len ? s.ptr[off + 1] : ' ';

	/* A hyphen joins words, a dash between blanks parts them. */
	if (cp == '-')
		return off && s.ptr[off - 1] != ' ' && next != ' ' ? ' ' : '|';
	for (size_t i = 0; cp != ' ' && i < sizeof signs / sizeof signs[0]; i++)
		if (signs[i].cp == cp)
			return signs[i].meaning;
	return ' ';
}

/* True when one letter says "is", not "and", once it is folded: "Cosa è
   successo", "O que é". */
static bool says_is(struct pm_slice heading)
{
	/* Most headings have neither. */
	if (pm_slice_find(heading, 0, '\xC3') < 0)
		return false;
	return pm_slice_find_text(heading, 0, pm_slice_str(" è ")) >= 0 ||
	       pm_slice_find_text(heading, 0, pm_slice_str(" é ")) >= 0;
}

/* True when an article or a preposition is cut short before a vowel:
   "l'origine", "dell'impatto"; not "the model's". */
static bool is_elided(struct pm_slice heading)
{
	static const char quote[] = "\xE2\x80\x99";

	if (pm_slice_find(heading, 0, '\'') < 0 &&
		pm_slice_find(heading, 0, quote[0]) < 0)
		return false;
	for (size_t i = 1; i + 1 < heading.len; i++) {
		size_t next = i + 1;

		if (heading.ptr[i] == quote[0] &&
			pm_slice_starts(pm_slice_from(heading, i), quote))
			next = i + strlen(quote);
		else if (heading.ptr[i] != '\'')
			continue;
		if (next < heading.len &&
			memchr("lLdD", heading.ptr[i - 1], 4) &&
			(heading.ptr[next] & 0x80 ||
				memchr("aehiouyAEHIOUY", heading.ptr[next],
					14)))
			return true;
	}
	return false;
}

/* Closes the word that began at start; false when there is room for none. */
static bool add_word(struct pm_heading_words *words, size_t start, char before)
{
	struct pm_heading_word *word;

	if (words->text.len == start)
		return true;
	if (words->count == PM_HEADING_WORDS || words->text.len > WORDS_MOST) {
		words->cut = true;
		return false;
	}
	word = &words->words[words->count++];
	word->off = (unsigned short)start;
	word->end = (unsigned short)words->text.len;
	word->and = is_and(pm_slice_make(
		words->text.ptr + start, words->text.len - start));
	if (words->is && word->end - word->off == 1 &&
		words->text.ptr[start] == 'e')
		word->and = false;
	/* "What happened, and when?": the comma adds nothing to the "and". */
	if (before == '&' && word->and)
		before = ' ';
	word->before = words->count == 1 ? '|' : before;
	return true;
}

/* The length of the folded letters and figures of ASCII at an offset, which
   most of a heading is. */
static size_t plain_letters(struct pm_slice s, size_t off)
{
	size_t end = off;

	while (end < s.len &&
		(pm_is_small(s.ptr[end]) || pm_is_digit(s.ptr[end])))
		end++;
	return end - off;
}

void pm_heading_split(struct pm_heading_words *words, struct pm_slice heading)
{
	struct pm_buf folded = PM_BUF_INIT;
	struct pm_slice s;
	char before = ' ';
	size_t start = 0;
	uint32_t cp;

	words->text = (struct pm_buf)PM_BUF_INIT;
	words->count = 0;
	words->cut = words->wide = false;
	heading = pm_slice_sub(heading, 0, HEADING_MOST);
	words->is = says_is(heading);
	words->elided = is_elided(heading);
	pm_utf8_fold(&folded, skip_number(heading));
	s = pm_buf_slice(&folded);
	pm_buf_reserve(&words->text, s.len);
	for (size_t off = 0; off < s.len;) {
		size_t len = plain_letters(s, off), emoji;
		char sep;

		if (len) {
			pm_buf_add(&words->text, s.ptr + off, len);
			off += len;
			continue;
		}
		len = pm_utf8_next(s, off, &cp);
		emoji = pm_emoji_name_len(pm_slice_from(s, off));
		if (emoji) {
			off += emoji;
			continue;
		}
		/* How a sign before it is to be drawn, and one that is drawn
		   although it is a letter. */
		if ((cp >= 0xFE00 && cp <= 0xFE0F) || cp == 0x2139) {
			off += len;
			continue;
		}
		if (pm_utf8_word(cp)) {
			words->wide = words->wide || cp >= 0x3000;
			pm_buf_add(&words->text, s.ptr + off, len);
			off += len;
			continue;
		}
		sep = separator(s, off, cp);
		off += len;
		if (!sep)
			continue;
		if (words->text.len > start) {
			if (!add_word(words, start, before))
				break;
			pm_buf_addc(&words->text, ' ');
			start = words->text.len;
			before = ' ';
		}
		/* The strongest of several signs counts. */
		if (sep == '|' || (sep == '&' && before == ' '))
			before = sep;
	}
	add_word(words, start, before);
	pm_buf_release(&folded);
}

bool pm_heading_cut_number(struct pm_slice *heading)
{
	size_t len = heading->len, number = 0;

	while (number < len && pm_is_digit(heading->ptr[number]))
		number++;
	while (len && pm_is_digit(heading->ptr[len - 1]))
		len--;
	if (number && number < heading->len && heading->ptr[number] == ' ')
		*heading = pm_slice_from(*heading, number);
	else if (len && len < heading->len && heading->ptr[len - 1] != ' ')
		*heading = pm_slice_sub(*heading, 0, len);
	else
		return false;
	return true;
}

bool pm_heading_part(struct pm_slice heading, struct pm_buf *out)
{
	enum { LONGEST = 40 };
	size_t parts = 0;

	heading = pm_slice_trim(heading);
	for (size_t i = 0; i < heading.len; i++)
		if (heading.len > LONGEST || !pm_is_letter(heading.ptr[i]))
			return false;
	for (size_t i = 0; i < heading.len; i++) {
		if (i && pm_is_capital(heading.ptr[i]) &&
			pm_is_small(heading.ptr[i - 1])) {
			pm_buf_addc(out, ' ');
			parts++;
		}
		pm_buf_addc(out, heading.ptr[i]);
	}
	return parts > 0;
}
