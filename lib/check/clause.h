/* SPDX-License-Identifier: Apache-2.0 */
/* The words around a phrase, and whether they name a person. */
#ifndef PM_CHECK_CLAUSE_H
#define PM_CHECK_CLAUSE_H

#include "check/check.h"

/* True when the subject of what stands at off is a person. */
bool pm_clause_person_before(
	const struct pm_check *check, struct pm_slice text, size_t off);

/* True when the clause before off begins with "nobody", "no engineer" or "none
   of them", or ends with such a word. */
bool pm_clause_nobody_before(struct pm_slice text, size_t off);

/* True when it is a thing, "we", somebody it happened to, or not there: for
   verbs of which only persons are the subject. */
bool pm_clause_thing_before(struct pm_slice text, size_t off);

/* True when a person follows at off: "... by an engineer". */
bool pm_clause_person_after(
	const struct pm_check *check, struct pm_slice text, size_t off);

/* True when the word before off says whose: "his", "the engineer's". */
bool pm_clause_owner_before(
	const struct pm_check *check, struct pm_slice text, size_t off);

/* True when the clause denies what stands at off, or guards against it. */
bool pm_clause_denies(struct pm_slice text, size_t off);

/* True when what follows at off denies what stands before: "... is not a
   cause", or makes it a guard against it. */
bool pm_clause_denies_after(struct pm_slice text, size_t off);

/* True when a participle follows at off: "noticed", but not "a test". *passive
   tells that it is one of "been". */
bool pm_clause_participle_after(
	struct pm_slice text, size_t off, bool *passive);

#endif
