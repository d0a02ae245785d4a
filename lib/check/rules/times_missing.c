/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The three moments that every incident has. acknowledged, identified and
 * mitigated make further durations possible, but not every incident has them.
 */
#include "check/check.h"

#define HINT(name) "write under times: " name ": YYYY-MM-DDTHH:MMZ, or unknown"

static const struct want {
	enum pm_moment moment;
	const char *hint, *what;
} wanted[] = {
	{PM_MOMENT_STARTED, HINT("started"), "started"},
	{PM_MOMENT_DETECTED, HINT("detected"), "was detected"},
	{PM_MOMENT_RESOLVED, HINT("resolved"), "was resolved"},
};

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	if (!check->fields)
		return;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		const struct want *want = &wanted[i];
		const struct pm_field *field = &doc->times[want->moment].field;
		struct pm_span place;

		if (field->text.len)
			continue;
		place = !field->key.len && doc->times_key.len
				? doc->times_key
				: pm_check_place(check, field);
		pm_finding_add(check, place, want->hint,
			"nothing says when the incident %s", want->what);
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
