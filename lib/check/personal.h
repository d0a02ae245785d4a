/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Data by which a person can be found: addresses, telephone, bank and card
 * numbers, addresses of machines on the public network. Each look skips to
 * the one sign its kind cannot do without, and a checksum or a table of what
 * is reserved for documentation and private use does the rest.
 */
#ifndef PM_CHECK_PERSONAL_H
#define PM_CHECK_PERSONAL_H

#include "check/check.h"

struct pm_personal {
	const char *name; /* "e-mail address"; static */
	struct pm_span span;
};

/* What to do with one; they come kind by kind. */
typedef void (*pm_personal_fn)(
	struct pm_check *check, const struct pm_personal *one);

/* Addresses of persons in all of the source, numbers and machines in its body:
   front matter is full of figures that are none. */
void pm_personal_find(
	struct pm_check *check, struct pm_slice text, pm_personal_fn fn);

/* True when the address that begins at off is one of a link. */
bool pm_personal_is_mailto(struct pm_slice text, size_t off);

/* Kind by kind; for pm_personal_find. */
void pm_personal_numbers(
	struct pm_check *check, struct pm_slice text, pm_personal_fn fn);
void pm_personal_machines(
	struct pm_check *check, struct pm_slice text, pm_personal_fn fn);

#endif
