/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a place of the source stands, for rules that look at words: they
 * search the bytes, which is cheap, and ask about the few places they find.
 */
#ifndef PM_CHECK_PROSE_H
#define PM_CHECK_PROSE_H

#include "check/check.h"

/* The stretch that off lies in, or NULL; of several the shortest, for one whose
   place is not known has the span of its line. */
const struct pm_prose *pm_check_stretch(
	const struct pm_check *check, size_t off);

/* True for what the writer says in the body: no code, no quotation, comment,
   address or markup. */
bool pm_check_is_prose(const struct pm_check *check, struct pm_span span);

/* As pm_check_is_prose, quotations among it. */
bool pm_check_is_text(const struct pm_check *check, struct pm_span span);

/* True when off lies between a pair of quotation marks. */
bool pm_check_is_cited(const struct pm_check *check, size_t off);

#endif
