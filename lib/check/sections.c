/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which section of a document is which section of its template. Roles come
 * first, because a team writes its headings in its own language; headings are
 * compared folded.
 */
#include "check/sections.h"

#include "base/utf8.h"

static bool same_heading(struct pm_slice a, struct pm_slice b)
{
	struct pm_buf fa = PM_BUF_INIT, fb = PM_BUF_INIT;
	bool same;

	pm_utf8_fold(&fa, pm_slice_trim(a));
	pm_utf8_fold(&fb, pm_slice_trim(b));
	same = pm_slice_eq(pm_buf_slice(&fa), pm_buf_slice(&fb));
	pm_buf_release(&fa);
	pm_buf_release(&fb);
	return same;
}

bool pm_section_matches(const struct pm_section *section,
	const struct pm_template_section *want)
{
	if (want->role != PM_SECTION_OTHER)
		return section->role == want->role ||
		       (section->roles & 1u << want->role);
	return same_heading(section->heading, pm_slice_str(want->heading));
}

const struct pm_template_section *pm_template_section_of(
	const struct pm_check *check, const struct pm_section *section)
{
	for (size_t i = 0; i < check->tmpl->nsections; i++)
		if (pm_section_matches(section, &check->tmpl->sections[i]))
			return &check->tmpl->sections[i];
	return NULL;
}

enum pm_step pm_section_step(enum pm_section_role role)
{
	switch (role) {
	case PM_SECTION_IMPACT:
	case PM_SECTION_TIMELINE:
	case PM_SECTION_REFERENCES:
		return PM_STEP_COLLECT;
	case PM_SECTION_CAUSE:
	case PM_SECTION_TRIGGER:
	case PM_SECTION_DETECTION:
	case PM_SECTION_RESOLUTION:
		return PM_STEP_ANALYSE;
	case PM_SECTION_ACTIONS:
		return PM_STEP_PLAN;
	default:
		return PM_STEP_LEARN;
	}
}
