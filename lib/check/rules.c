/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of rules, filled from rules.def, and what the outside may know of
 * it. Nothing here knows any rule by name.
 */
#include "base/nearest.h"
#include "check/check.h"

#define PM_RULE(id) extern const struct pm_rule pm_rule_##id;
#include "check/rules.def"
#undef PM_RULE

static const struct pm_rule *const rules[] = {
#define PM_RULE(id) &pm_rule_##id,
#include "check/rules.def"
#undef PM_RULE
};

static const struct pm_rule_info *const infos[] = {
#define PM_RULE(id) &pm_rule_##id.info,
#include "check/rules.def"
#undef PM_RULE
};

#define NRULES (sizeof rules / sizeof *rules)

const char *pm_step_name(enum pm_step step)
{
	static const char *const names[] = {
		[PM_STEP_GATHER] = "gather",
		[PM_STEP_COLLECT] = "collect",
		[PM_STEP_ANALYSE] = "analyse",
		[PM_STEP_LEARN] = "learn",
		[PM_STEP_PLAN] = "plan",
		[PM_STEP_SHARE] = "share",
	};

	return names[step];
}

const struct pm_rule *pm_rule_entry(size_t i)
{
	return i < NRULES ? rules[i] : NULL;
}

const struct pm_rule_info *const *pm_rules(size_t *n)
{
	*n = NRULES;
	return infos;
}

const struct pm_rule *pm_rule_named(struct pm_slice id)
{
	size_t low = 0, high = id.len ? NRULES : 0;

	while (low < high) {
		size_t mid = (low + high) / 2;
		const char *other = infos[mid]->id;
		int order = strncmp(id.ptr, other, id.len);

		if (order == 0 && strlen(other) == id.len)
			return rules[mid];
		/* It begins like this one, and is shorter. */
		if (order == 0)
			order = -1;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

const struct pm_rule_info *pm_rule_find(struct pm_slice id)
{
	const struct pm_rule *rule = pm_rule_named(id);

	return rule ? &rule->info : NULL;
}

bool pm_rule_waivable(struct pm_slice id)
{
	const struct pm_rule *rule = pm_rule_named(id);

	return rule && !rule->strict && !rule->after;
}

bool pm_rule_placed(struct pm_slice id)
{
	const struct pm_rule *rule = pm_rule_named(id);

	return rule && rule->placed;
}

const char *pm_rule_nearest(struct pm_slice id)
{
	const char *names[NRULES + 1] = {NULL};

	for (size_t i = 0; i < NRULES; i++)
		names[i] = infos[i]->id;
	return pm_nearest(id, names);
}
