/* SPDX-License-Identifier: Apache-2.0 */
/* The character tables behind utf8.c; nobody else includes this. */
#ifndef PM_BASE_UTF8_TABLES_H
#define PM_BASE_UTF8_TABLES_H

#include <stddef.h>
#include <stdint.h>

struct pm_utf8_range {
	uint32_t first;
	uint32_t last;
};

struct pm_utf8_fold_run {
	uint32_t first;
	uint32_t last;
	uint32_t step; /* 0, 1 or 2: see pm_utf8_folds */
	uint32_t to;   /* what first becomes */
};

extern const struct pm_utf8_range pm_utf8_wide[];
extern const size_t pm_utf8_wide_len;
extern const struct pm_utf8_range pm_utf8_zero[];
extern const size_t pm_utf8_zero_len;
extern const struct pm_utf8_range pm_utf8_letters[];
extern const size_t pm_utf8_letters_len;
extern const char pm_utf8_latin[];      /* from U+00C0 */
extern const char pm_utf8_latin_more[]; /* from U+1E00 */
extern const struct pm_utf8_fold_run pm_utf8_folds[];
extern const size_t pm_utf8_folds_len;

#endif
