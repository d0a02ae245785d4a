/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds of causes that are persons, however a policy spells them. */
#ifndef PM_CHECK_PERSON_KIND_H
#define PM_CHECK_PERSON_KIND_H

#include "check/check.h"

/* "human-error", "Operator error", "user_error" ... */
bool pm_kind_is_person(struct pm_slice kind);

#endif
