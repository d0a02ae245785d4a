/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Edit distance for "did you mean". Insertions, deletions, replacements and
 * exchanges of two neighbours count one each, the case of an ASCII letter
 * nothing: "OWNER" was meant as "owner". Three rows of the table are enough,
 * since an exchange looks two rows back.
 */
#include "base/nearest.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ascii.h"

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static bool same_letter(char a, char b)
{
	return pm_lower(a) == pm_lower(b);
}

/* Fills row for byte i of a from the two rows before; returns its minimum. */
static unsigned fill_row(
	struct pm_slice a, struct pm_slice b, size_t i, unsigned *const rows[3])
{
	const unsigned *before = rows[(i + 1) % 3];
	const unsigned *above = rows[(i + 2) % 3];
	unsigned *row = rows[i % 3];
	unsigned low;
	size_t j;

	low = row[0] = (unsigned)i;
	for (j = 1; j <= b.len; j++) {
		unsigned same = same_letter(a.ptr[i - 1], b.ptr[j - 1]) ? 0 : 1;

		row[j] = least(above[j] + 1, row[j - 1] + 1);
		row[j] = least(row[j], above[j - 1] + same);
		if (i > 1 && j > 1 && same_letter(a.ptr[i - 1], b.ptr[j - 2]) &&
			same_letter(a.ptr[i - 2], b.ptr[j - 1]))
			row[j] = least(row[j], before[j - 2] + 1);
		low = least(low, row[j]);
	}
	return low;
}

/* The bytes of a text as a set; the case of a letter counts for nothing. */
static uint32_t letters(struct pm_slice text)
{
	uint32_t set = 0;

	for (size_t i = 0; i < text.len; i++)
		set |= UINT32_C(1) << ((text.ptr[i] | 0x20) & 31);
	return set;
}

static unsigned count(uint32_t set)
{
	unsigned n = 0;

	for (; set; set &= set - 1)
		n++;
	return n;
}

unsigned pm_edit_distance(struct pm_slice a, struct pm_slice b, unsigned limit)
{
	size_t gap = a.len > b.len ? a.len - b.len : b.len - a.len;
	unsigned *rows[3];
	unsigned *table;
	unsigned result = limit + 1;
	size_t i;

	/* Each letter that the other has not costs a step; most words are told
	   apart by that alone. */
	if (gap > limit || count(letters(a) & ~letters(b)) > limit)
		return limit + 1;
	table = pm_alloc(3 * (b.len + 1), sizeof(*table));
	for (i = 0; i < 3; i++)
		rows[i] = table + i * (b.len + 1);
	for (i = 0; i <= b.len; i++)
		rows[0][i] = (unsigned)i;
	for (i = 1; i <= a.len; i++) {
		/* The minimum of a row never falls again. */
		if (fill_row(a, b, i, rows) > limit)
			goto out;
	}
	result = least(rows[a.len % 3][b.len], limit + 1);
out:
	free(table);
	return result;
}

/* Edits that are forgiven: one slip even in a short word, none in a single
   letter. */
static unsigned forgiven(struct pm_slice word)
{
	if (word.len < 2)
		return 0;
	return word.len < 9 ? (unsigned)(word.len + 2) / 3 : 3;
}

const char *pm_nearest(struct pm_slice word, const char *const *words)
{
	const char *best = NULL;
	unsigned limit = forgiven(word);

	for (; *words; words++) {
		unsigned distance =
			pm_edit_distance(word, pm_slice_str(*words), limit);

		if (distance > limit || (best && distance == limit))
			continue;
		best = *words;
		/* Later candidates must be strictly nearer. */
		limit = distance;
	}
	return best;
}

/* Marks and blanks part words; bytes of other scripts are letters. */
static bool is_mark(char c)
{
	return strchr(" -_./", c) != NULL;
}

/* True for SEV-2 and SEV2: two spellings of one word. */
static bool same_word(const char *a, const char *b)
{
	for (;;) {
		while (*a && is_mark(*a))
			a++;
		while (*b && is_mark(*b))
			b++;
		if (!*a || !*b)
			return *a == *b;
		if (!same_letter(*a++, *b++))
			return false;
	}
}

const char *pm_nearest_sole(struct pm_slice word, const char *const *words)
{
	const char *best = pm_nearest(word, words);
	unsigned limit;

	if (!best)
		return NULL;
	limit = pm_edit_distance(word, pm_slice_str(best), forgiven(word));
	for (; *words; words++)
		if (!same_word(*words, best) &&
			pm_edit_distance(word, pm_slice_str(*words), limit) <=
				limit)
			return NULL;
	return best;
}
