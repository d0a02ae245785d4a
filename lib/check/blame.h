/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words that put it on a person. A word alone says little: a retry fails to
 * connect, a probe should have fired; so most count only with a person as
 * their subject, which is looked for in the clause before them. Machines that
 * are called like persons, and "we", are not taken for one.
 */
#ifndef PM_CHECK_BLAME_H
#define PM_CHECK_BLAME_H

#include "check/check.h"

/* The lists of the language and the policy, made once for many documents; they
   live as long as the process. */
struct pm_blames;
struct pm_blames *pm_blames_new(const struct pm_policy *policy);

struct pm_blame {
	struct pm_span span; /* of the words, in the text that was looked at */
	const char *words;   /* they, on one line */
	const char *does;    /* "makes a person the cause" */
	const char *instead; /* what to write */
};

/* The next words in text, from *off on, that blame; moves *off on. */
bool pm_blame_next(const struct pm_check *check, struct pm_slice text,
	size_t *off, struct pm_blame *blame);

#endif
