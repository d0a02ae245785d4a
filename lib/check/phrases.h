/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many phrases looked for at once, in any case, as whole words; a phrase that
 * ends in "*" also as the beginning of a word. A blank stands for any blanks,
 * a line end among them. Every document is searched, and nearly all hold
 * none, so most bytes are not looked at: the longer the shortest phrase, the
 * fewer.
 */
#ifndef PM_CHECK_PHRASES_H
#define PM_CHECK_PHRASES_H

#include "pm/slice.h"

struct pm_phrases;

/* Empty; lives as long as the process. */
struct pm_phrases *pm_phrases_new(void);

/* Adds a phrase (borrowed); number is what a hit of it says. */
void pm_phrases_add(
	struct pm_phrases *phrases, const char *phrase, size_t number);

/* Prepares for searching, after the last was added. */
void pm_phrases_ready(struct pm_phrases *phrases);

struct pm_phrase_hit {
	size_t number;
	struct pm_span span;
};

/* The next hit that begins at *off or later; moves *off on. */
bool pm_phrases_next(const struct pm_phrases *phrases, struct pm_slice text,
	size_t *off, struct pm_phrase_hit *hit);

#endif
