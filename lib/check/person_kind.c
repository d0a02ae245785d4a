/* SPDX-License-Identifier: Apache-2.0 */
/* A kind is a few words; those that name a person make it one. */
#include "check/person_kind.h"

#include "base/ascii.h"

static char plain(char c)
{
	return c == '_' || c == ' ' ? '-' : pm_lower(c);
}

static bool same(struct pm_slice kind, const char *name)
{
	size_t i = 0;

	for (; i < kind.len && name[i]; i++)
		if (plain(kind.ptr[i]) != name[i])
			return false;
	return i == kind.len && !name[i];
}

bool pm_kind_is_person(struct pm_slice kind)
{
	static const char *const kinds[] = {"carelessness", "human",
		"human-error", "human-factor", "human-failure", "human-mistake",
		"individual", "mistake", "negligence", "operator-error",
		"operator-mistake", "people", "person", "personal-error",
		"personnel", "pilot-error", "user-error", NULL};

	for (size_t i = 0; kinds[i]; i++)
		if (same(kind, kinds[i]))
			return true;
	return false;
}
