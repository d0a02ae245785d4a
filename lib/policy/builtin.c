/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shipped templates and the default policy, compiled in from templates/
 * by the Makefile. A template is one file there; its name is the file's.
 */
#include "policy/template.h"

#include <string.h>

#include "gen/templates.inc"

struct builtin {
	const char *file;
	struct pm_slice text;
};

#define BUILTIN(file, array) {file, {(array), sizeof(array) - 1}},

static const struct builtin builtins[] = {PM_TEMPLATES(BUILTIN)};

#define NBUILTINS (sizeof builtins / sizeof *builtins)

/* A test compares this list with the files. */
static const char *const names[] = {
	"default", "near-miss", "security", "short", NULL};

const struct pm_slice *pm_template_builtin(struct pm_slice name)
{
	for (size_t i = 0; i < NBUILTINS; i++) {
		struct pm_slice file = pm_slice_str(builtins[i].file);

		if (!pm_slice_ends(file, ".md"))
			continue;
		file.len -= 3;
		if (pm_slice_eq(file, name))
			return &builtins[i].text;
	}
	return NULL;
}

const char *const *pm_template_builtin_names(void)
{
	return names;
}

struct pm_slice pm_policy_default_text(void)
{
	for (size_t i = 0; i < NBUILTINS; i++)
		if (strcmp(builtins[i].file, "policy.yaml") == 0)
			return builtins[i].text;
	return pm_slice_str(NULL);
}
