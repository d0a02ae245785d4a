/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Long tables of words hold their texts within the rows. A row with a pointer
 * is one that the loader has to mend, wherever the program was put: its page
 * is then copied at each start, before main, whether or not a word is ever
 * looked up.
 */
#ifndef PM_BASE_INLINE_TEXT_H
#define PM_BASE_INLINE_TEXT_H

#include "pm/slice.h"

/*
 * value, in a row whose text has an array of so many bytes. A literal that does
 * not fit into it with its NUL does not compile.
 */
#define PM_FITS(text, most, value)                                             \
	((value) + 0 * (int)sizeof(char[sizeof(text) <= (most) ? 1 : -1]))

/* For bsearch among rows that begin with their text: the key is a slice. */
static inline int pm_inline_order(const void *key, const void *row)
{
	const struct pm_slice *slice = key;
	const unsigned char *text = (const unsigned char *)slice->ptr;
	const unsigned char *word = row;
	size_t i = 0;

	/* They are short, and mostly differ soon. */
	while (i < slice->len && word[i] && text[i] == word[i])
		i++;
	if (i < slice->len)
		return text[i] < word[i] ? -1 : 1;
	return word[i] ? -1 : 0;
}

#endif
