/* SPDX-License-Identifier: Apache-2.0 */
/* How secrets look, for secret.c alone: forms that begin in a known way. */
#ifndef PM_BASE_SECRET_FORM_H
#define PM_BASE_SECRET_FORM_H

#include <stdint.h>

#include "base/secret.h"

/* A set of bytes; those above ASCII are in none. */
struct pm_byte_set {
	uint64_t bits[4];
};

#define PM_BYTE(c) ((uint64_t)1 << ((c)&63))
/* Both of the same half. */
#define PM_BYTE_RANGE(a, b) ((PM_BYTE(b) - PM_BYTE(a)) | PM_BYTE(b))

static inline bool pm_byte_in(const struct pm_byte_set *set, char c)
{
	unsigned char byte = (unsigned char)c;

	return set->bits[byte >> 6] >> (byte & 63) & 1;
}

/* The bytes with which forms begin. */
struct pm_byte_set pm_secret_firsts(void);

/* Bytes of the secret that begins at off, with its name; 0: there is none. */
size_t pm_secret_form(struct pm_slice text, size_t off, const char **name);

/* True for what only stands for a secret: "xxxx", "<token>", "$TOKEN". */
bool pm_secret_is_dummy(struct pm_slice word);

/* True when word stands within some 200 bytes of a place, in any case. */
bool pm_secret_near(struct pm_slice text, size_t off, const char *word);

/* True for what belongs to a word: letters, digits, "_". */
static inline bool pm_secret_word_byte(char c)
{
	static const struct pm_byte_set word = {{PM_BYTE_RANGE('0', '9'),
		PM_BYTE_RANGE('A', 'Z') | PM_BYTE_RANGE('a', 'z') |
			PM_BYTE('_')}};

	return pm_byte_in(&word, c);
}

#endif
