/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a byte is in ASCII. <ctype.h> asks the locale, and does not take the
 * bytes of UTF-8, which are none of these but for pm_is_word.
 */
#ifndef PM_BASE_ASCII_H
#define PM_BASE_ASCII_H

#include <stdbool.h>
#include <stddef.h>

static inline bool pm_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool pm_is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool pm_is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool pm_is_letter(char c)
{
	return pm_is_small(c) || pm_is_capital(c);
}

/* What a word is made of: each byte of UTF-8 may be a letter's. */
static inline bool pm_is_word(char c)
{
	return pm_is_letter(c) || pm_is_digit(c) || c == '_' || (c & 0x80);
}

/* A capital letter as a small one; anything else as it is. */
static inline char pm_lower(char c)
{
	return pm_is_capital(c) ? (char)(c - 'A' + 'a') : c;
}

/* A small letter as a capital one; anything else as it is. */
static inline char pm_upper(char c)
{
	return pm_is_small(c) ? (char)(c - 'a' + 'A') : c;
}

/* The value of a hexadecimal digit of either case, or -1. */
static inline int pm_hex_value(char c)
{
	if (pm_is_digit(c))
		return c - '0';
	c = pm_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static inline bool pm_is_hex(char c)
{
	return pm_hex_value(c) >= 0;
}

/* Writes two lower-case digits for each of the bytes, and no NUL behind them.
 */
static inline void pm_hex_write(
	const unsigned char *bytes, size_t len, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		*out++ = digits[bytes[i] >> 4];
		*out++ = digits[bytes[i] & 15];
	}
}

#endif
