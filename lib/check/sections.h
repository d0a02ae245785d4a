/* SPDX-License-Identifier: Apache-2.0 */
/* Sections of a document against those of its template. */
#ifndef PM_CHECK_SECTIONS_H
#define PM_CHECK_SECTIONS_H

#include "check/check.h"

/* True when section is the one the template asks for: by role, or by heading
   when the template's section has none. */
bool pm_section_matches(const struct pm_section *section,
	const struct pm_template_section *want);

/* What the template says about a section, or NULL. */
const struct pm_template_section *pm_template_section_of(
	const struct pm_check *check, const struct pm_section *section);

/* The step in which a section of this role is written. */
enum pm_step pm_section_step(enum pm_section_role role);

#endif
