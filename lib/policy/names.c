/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names: the fixed words (statuses, levels, roles of sections) with their
 * spelling, and look-up in lists. Case is folded in ASCII only: names are
 * identifiers, and a policy that needs more can state both spellings.
 */
#include "pm/policy.h"

#include "base/ascii.h"
#include "policy/private.h"

static const char *const status_names[PM_STATUS_COUNT + 1] = {
	[PM_STATUS_DRAFT] = "draft",
	[PM_STATUS_REVIEW] = "review",
	[PM_STATUS_FINAL] = "final",
};

static const char *const level_names[] = {
	[PM_LEVEL_OFF] = "off",
	[PM_LEVEL_NOTE] = "note",
	[PM_LEVEL_WARNING] = "warning",
	[PM_LEVEL_ERROR] = "error",
	NULL,
};

static const char *const role_names[PM_SECTION_COUNT + 1] = {
	[PM_SECTION_OTHER] = "other",
	[PM_SECTION_SUMMARY] = "summary",
	[PM_SECTION_IMPACT] = "impact",
	[PM_SECTION_TIMELINE] = "timeline",
	[PM_SECTION_CAUSE] = "cause",
	[PM_SECTION_TRIGGER] = "trigger",
	[PM_SECTION_DETECTION] = "detection",
	[PM_SECTION_RESOLUTION] = "resolution",
	[PM_SECTION_LESSONS] = "lessons",
	[PM_SECTION_WENT_WELL] = "went_well",
	[PM_SECTION_WENT_WRONG] = "went_wrong",
	[PM_SECTION_LUCKY] = "lucky",
	[PM_SECTION_ACTIONS] = "actions",
	[PM_SECTION_BACKGROUND] = "background",
	[PM_SECTION_REFERENCES] = "references",
	[PM_SECTION_METADATA] = "metadata",
};

/* The number of name in a NULL-terminated table, or PM_ENOTFOUND. */
static int find_name(const char *const *names, struct pm_slice name)
{
	for (int i = 0; names[i]; i++)
		if (pm_slice_is_nocase(name, names[i]))
			return i;
	return PM_ENOTFOUND;
}

const char *pm_section_role_name(enum pm_section_role role)
{
	return role_names[role];
}

int pm_section_role_parse(struct pm_slice name, enum pm_section_role *out)
{
	int i = find_name(role_names, name);

	if (i < 0)
		return i;
	*out = (enum pm_section_role)i;
	return 0;
}

const char *pm_status_name(enum pm_status status)
{
	return status_names[status];
}

int pm_status_parse(struct pm_slice name, enum pm_status *out)
{
	int i = find_name(status_names, name);

	if (i < 0)
		return i;
	*out = (enum pm_status)i;
	return 0;
}

const char *pm_level_name(enum pm_level level)
{
	return level == PM_LEVEL_DEFAULT ? "default" : level_names[level];
}

int pm_level_parse(struct pm_slice name, enum pm_level *out)
{
	int i = find_name(level_names, name);

	if (i < 0)
		return i;
	*out = (enum pm_level)i;
	return 0;
}

struct pm_slice pm_policy_fold(char *out, struct pm_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		out[i] = pm_lower(c);
	}
	return pm_slice_make(out, text.len);
}

bool pm_names_has(const struct pm_names *names, struct pm_slice name)
{
	char folded[PM_PERSON_MAX];

	if (names->index) {
		/* No longer name gets into a list. */
		if (name.len > sizeof folded)
			return false;
		return pm_map_get(names->index, pm_policy_fold(folded, name));
	}
	for (size_t i = 0; i < names->len; i++)
		if (pm_slice_is_nocase(name, names->items[i]))
			return true;
	return false;
}

int pm_policy_status(const struct pm_policy *policy, struct pm_slice name,
	enum pm_status *out)
{
	if (pm_status_parse(name, out) == 0)
		return 0;
	for (int i = 0; i < PM_STATUS_COUNT; i++) {
		if (pm_names_has(&policy->status_names[i], name)) {
			*out = (enum pm_status)i;
			return 0;
		}
	}
	return PM_ENOTFOUND;
}
