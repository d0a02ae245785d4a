/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The three moments that every incident has. acknowledged, identified and
 * mitigated make further durations possible, but not every incident has them.
 */
#include "check/check.h"

static const enum pm_moment wanted[] = {
	PM_MOMENT_STARTED, PM_MOMENT_DETECTED, PM_MOMENT_RESOLVED};

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	if (!check->fields)
		return;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		const struct pm_field *field = &doc->times[wanted[i]].field;
		const char *name = pm_moment_names[wanted[i]];
		struct pm_span place = pm_check_place(check, field);

		if (field->text.len)
			continue;
		if (!field->key.len && doc->times_key.len)
			place = doc->times_key;
		pm_finding_add(check, place,
			pm_arena_printf(check->arena,
				"write under times: %s: YYYY-MM-DDTHH:MMZ, or "
				"unknown",
				name),
			"nothing says when the incident %s",
			wanted[i] == PM_MOMENT_STARTED    ? "started"
			: wanted[i] == PM_MOMENT_DETECTED ? "was detected"
							  : "was resolved");
	}
}

PM_RULE_DEFINE(times_missing) = {
	.info =
		{
			.id = "times-missing",
			.step = PM_STEP_COLLECT,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "started, detected or resolved is not "
				   "stated",
			.why = "How long it lasted and how long nobody knew "
			       "are the two figures everybody asks for. They "
			       "are computed from these moments, never typed. "
			       "An approximate time (~) is good enough, and "
			       "\"unknown\" is an honest answer; an absent "
			       "one is a question that was not asked.",
			.bad = "times:\n"
			       "  started: 2026-11-22T10:02Z\n"
			       "  detected: 2026-11-22T10:09Z\n",
			.good = "times:\n"
				"  started: 2026-11-22T10:02Z\n"
				"  detected: 2026-11-22T10:09Z\n"
				"  resolved: unknown\n",
		},
	.run = run,
};
