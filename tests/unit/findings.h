/* SPDX-License-Identifier: Apache-2.0 */
/* The finding that tests of reports, and of their formats, both print. */
#ifndef FINDINGS_H
#define FINDINGS_H

#include "pm/check.h"

#define PATH "postmortems/2026-11-22-checkout-500s.md"

/* Bytes 9..12 are two wide characters' worth of code points less. */
static inline struct pm_finding no_owner(void)
{
	return (struct pm_finding){
		.rule = "action-owner",
		.level = PM_LEVEL_ERROR,
		.step = PM_STEP_PLAN,
		.path = PM_SLICE_LIT(PATH),
		.document = PM_SLICE_LIT("2026-11-22-checkout-500s"),
		.start = {31, 9},
		.end = {31, 12},
		.message = PM_SLICE_LIT("action A2 has no owner"),
		.hint = PM_SLICE_LIT("write: owner: \"@name\""),
		.source = PM_SLICE_LIT("\xe9\x9a\x9c\xc3\xa9 - \xe9\x9a\x9c"),
	};
}

#endif
