/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bank accounts and cards. Both hold four digits in a row, so every fourth
 * byte is looked at; documents are full of years, which are soon told apart:
 * a card is fifteen or sixteen digits, in groups or none, and begins as its
 * kind does; an account begins with a country, and both have check digits.
 */
#include "check/personal.h"

#include <stdint.h>

#include "base/ascii.h"

#define DIGITS_MOST 19
#define IBAN_MOST   34

/* Bytes that are looked through at once, in the vectors of GCC and Clang; where
   a machine has none the compiler takes them apart. */
#define STRETCH 32
typedef unsigned char bytes_t __attribute__((vector_size(STRETCH / 2)));

/* True when a digit is among every fourth of the STRETCH bytes. */
static bool holds_digit(const char *at)
{
	static const bytes_t fourth = {
		1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0};
	bytes_t bytes[2];
	uint64_t parts[2];

	memcpy(bytes, at, sizeof bytes);
	bytes[0] =
		(bytes_t)(bytes[0] - '0' < 10) | (bytes_t)(bytes[1] - '0' < 10);
	bytes[0] &= fourth;
	memcpy(parts, bytes, sizeof parts);
	return parts[0] | parts[1];
}

/* The first digit among every fourth byte from at on; or the end of text. */
static size_t next_digit(struct pm_slice text, size_t at)
{
	while (at < text.len && text.len - at >= STRETCH &&
		!holds_digit(text.ptr + at))
		at += STRETCH;
	while (at < text.len && !pm_is_digit(text.ptr[at]))
		at += 4;
	return at < text.len ? at : text.len;
}

/* Luhn's sum over decimal digits. */
static bool is_luhn(const char *digits, size_t len)
{
	unsigned sum = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned digit = (unsigned)(digits[len - 1 - i] - '0');

		if (i % 2)
			digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
		sum += digit;
	}
	return sum % 10 == 0;
}

/* The kinds of cards that are in use, by length and first two digits. */
static bool is_card_kind(const char *digits, size_t len)
{
	static const struct {
		unsigned char len, from, to;
	} kinds[] = {
		{13, 40, 49},
		{14, 36, 36},
		{14, 38, 38},
		{15, 34, 34},
		{15, 37, 37},
		{16, 22, 27},
		{16, 35, 35},
		{16, 40, 49},
		{16, 51, 55},
		{16, 60, 60},
		{16, 62, 62},
		{16, 65, 65},
		{19, 62, 62},
	};
	int two = (digits[0] - '0') * 10 + (digits[1] - '0');

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].len == len && two >= kinds[i].from &&
			two <= kinds[i].to)
			return true;
	return false;
}

/* Groups of four, or four, six and five, as on the card; or none. */
static bool is_grouped(const unsigned *groups, size_t n)
{
	if (n == 1)
		return true;
	if (n == 3)
		return groups[0] == 4 && groups[1] == 6 && groups[2] == 5;
	for (size_t i = 0; i < n; i++)
		if (groups[i] != 4)
			return false;
	return n == 4;
}

/* True when no word and no number goes on before off or behind end. */
static bool stands_alone(struct pm_slice text, size_t off, size_t end)
{
	if (off && (pm_is_word(text.ptr[off - 1]) ||
			   strchr(".-+/#=", text.ptr[off - 1])))
		return false;
	return end >= text.len || !pm_is_word(text.ptr[end]);
}

/* Digits in text, with single signs between them: as many as a card has. */
static bool is_card(struct pm_slice text)
{
	char digits[DIGITS_MOST];
	unsigned groups[DIGITS_MOST] = {0};
	size_t len = 0, n = 0;
	bool same = true;

	for (size_t i = 0; i < text.len; i++) {
		if (!pm_is_digit(text.ptr[i])) {
			n++;
			continue;
		}
		digits[len++] = text.ptr[i];
		groups[n]++;
		same = same && text.ptr[i] == digits[0];
	}
	return !same && is_grouped(groups, n + 1) &&
	       is_card_kind(digits, len) && is_luhn(digits, len);
}

/* Digits from off on, with single blanks or hyphens: where they end. */
static size_t read_card(struct pm_slice text, size_t off, bool *card)
{
	size_t len = 0, at = off;

	for (; at < text.len && len <= DIGITS_MOST; at++) {
		if (pm_is_digit(text.ptr[at]))
			len++;
		else if ((text.ptr[at] != ' ' && text.ptr[at] != '-') ||
			 at + 1 >= text.len || !pm_is_digit(text.ptr[at + 1]))
			break;
	}
	*card = len >= 13 && len <= DIGITS_MOST &&
		stands_alone(text, off, at) &&
		is_card(pm_slice_sub(text, off, at - off));
	return at;
}

/* How long an account number of a country is; 0: none has it. */
static size_t iban_len(const char *country)
{
	static const struct {
		char code[3];
		unsigned char len;
	} rows[] = {{"AT", 20}, {"BE", 16}, {"BG", 22}, {"CH", 21}, {"CY", 28},
		{"CZ", 24}, {"DE", 22}, {"DK", 18}, {"EE", 20}, {"ES", 24},
		{"FI", 18}, {"FR", 27}, {"GB", 22}, {"GR", 27}, {"HR", 21},
		{"HU", 28}, {"IE", 22}, {"IS", 26}, {"IT", 27}, {"LI", 21},
		{"LT", 20}, {"LU", 20}, {"LV", 21}, {"MT", 31}, {"NL", 18},
		{"NO", 15}, {"PL", 28}, {"PT", 25}, {"RO", 24}, {"RS", 22},
		{"SA", 24}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"TR", 26},
		{"UA", 29}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (!memcmp(rows[i].code, country, 2))
			return rows[i].len;
	return 0;
}

/* The remainder by 97, with the first four characters put last. */
static unsigned mod97(const char *chars, size_t len)
{
	unsigned rest = 0;

	for (size_t i = 0; i < len; i++) {
		char c = chars[(i + 4) % len];

		if (pm_is_digit(c))
			rest = (rest * 10 + (unsigned)(c - '0')) % 97;
		else
			rest = (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
	}
	return rest;
}

/* Length of an account number that begins at off, blanks counted; or 0. */
static size_t read_iban(struct pm_slice text, size_t off)
{
	char chars[IBAN_MOST];
	size_t want = iban_len(text.ptr + off), len = 0, at = off;

	if (!want || (off && pm_is_word(text.ptr[off - 1])))
		return 0;
	for (; at < text.len && len < want; at++) {
		if (pm_is_digit(text.ptr[at]) || pm_is_capital(text.ptr[at]))
			chars[len++] = text.ptr[at];
		else if (text.ptr[at] != ' ' || text.ptr[at - 1] == ' ')
			break;
	}
	if (len < want || (at < text.len && pm_is_word(text.ptr[at])) ||
		mod97(chars, len) != 1)
		return 0;
	return at - off;
}

/* An account number whose digits begin at off or before; its length. */
static size_t find_iban(struct pm_slice text, size_t off, size_t *start)
{
	size_t least = off < 12 ? 0 : off - 12;

	for (size_t at = off; at > least; at--) {
		char c = text.ptr[at - 1];

		if (!pm_is_digit(c) && !pm_is_capital(c) && c != ' ')
			return 0;
		if (!pm_is_capital(c) || at >= text.len ||
			!pm_is_capital(text.ptr[at]) || at + 1 >= text.len ||
			!pm_is_digit(text.ptr[at + 1]))
			continue;
		*start = at - 1;
		return read_iban(text, at - 1);
	}
	return 0;
}

void pm_personal_numbers(
	struct pm_check *check, struct pm_slice text, pm_personal_fn fn)
{
	struct pm_personal card = {.name = "card number"};
	struct pm_personal iban = {.name = "bank account number"};
	size_t at = check->doc->body_off + 3;

	while ((at = next_digit(text, at)) < text.len) {
		size_t off = at, end, start = 0, len = 0;
		bool is_card;

		while (off && pm_is_digit(text.ptr[off - 1]))
			off--;
		end = read_card(text, off, &is_card);
		/* No part of a longer number is one, nor looked at again. */
		while (end < text.len && pm_is_digit(text.ptr[end]))
			end++;
		if (is_card) {
			card.span = (struct pm_span){off, end - off};
			fn(check, &card);
		} else {
			len = find_iban(text, off, &start);
		}
		if (len) {
			iban.span = (struct pm_span){start, len};
			fn(check, &iban);
			end = start + len;
		}
		at = (end > at ? end : at) + 4;
	}
}
