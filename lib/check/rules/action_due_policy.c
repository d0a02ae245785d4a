/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The severity's own limit for its actions. Only what is still to be done is
 * judged: a date of the past cannot be mended. In a final document the plan is
 * settled and a date moves because work slipped, which deserves a word, not a
 * build that fails.
 */
#include "check/check.h"

/* The latest day for this document's actions; false: there is none. */
static bool find_latest(const struct pm_check *check,
	const struct pm_severity *severity, struct pm_date *out)
{
	const struct pm_moment_value *started =
		&check->doc->times[PM_MOMENT_STARTED];
	struct pm_date day;

	if (!severity || !severity->action_days || !started->valid ||
		started->time.precision == PM_PRECISION_NONE)
		return false;
	day = pm_time_date(started->time.sec, started->time.offset_min);
	*out = pm_date_from_days(
		pm_date_to_days(day) + (int64_t)severity->action_days);
	return pm_date_valid(*out);
}

static void report(struct pm_check *check, const struct pm_action *action,
	const struct pm_severity *severity, struct pm_date latest)
{
	const char *day = pm_arena_printf(check->arena, "%04d-%02u-%02u",
		latest.year, latest.month, latest.day);
	struct pm_date due = action->due_date;

	pm_finding_add(check,
		action->in_body ? pm_check_action_place(check, action)
				: pm_check_place(check, &action->due),
		pm_arena_printf(check->arena,
			"write due: %s or earlier; of work that takes longer, "
			"make the part that is done by then an action of its "
			"own",
			day),
		"%s is due on %04d-%02u-%02u; the latest day for %s is %s, %u "
		"days after it started",
		pm_finding_about(check, action), due.year, due.month, due.day,
		severity->name, day, severity->action_days);
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_severity *severity;
	struct pm_date latest;

	if (!doc->nactions || !doc->severity.text.len)
		return;
	severity = pm_policy_severity(check->policy, doc->severity.text);
	if (!find_latest(check, severity, &latest))
		return;
	for (size_t i = 0; i < doc->nactions; i++) {
		const struct pm_action *action = &doc->actions[i];

		if (action->due_date.year && pm_action_is_open(action) &&
			pm_date_to_days(action->due_date) >
				pm_date_to_days(latest))
			report(check, action, severity, latest);
	}
}

PM_RULE_DEFINE(action_due_policy) = {
	.info =
		{
			.id = "action-due-policy",
			.step = PM_STEP_PLAN,
			.level = PM_LEVELS(WARNING, ERROR, WARNING),
			.summary = "an action is due later than its severity "
				   "allows",
			.why = "The worse an incident was, the sooner it must "
			       "not happen again. An action for next year is "
			       "a wish: until then the same push breaks the "
			       "same shard. What truly takes longer has a "
			       "first step that does not, and that step is "
			       "the action. The limit is action_days of the "
			       "severity, in days of the calendar after the "
			       "moment started; 0 sets none. In a final "
			       "document, where dates move because work "
			       "slipped, it is a warning.",
			.bad = "severity: SEV2\n"
			       "action_items:\n"
			       "  - id: A1\n"
			       "    title: Add the EU shard to the canary\n"
			       "    type: prevent\n"
			       "    owner: \"@bo\"\n"
			       "    due: 2027-06-30\n"
			       "    status: open\n"
			       "    addresses: [C1]\n",
			.good = "severity: SEV2\n"
				"action_items:\n"
				"  - id: A1\n"
				"    title: Add the EU shard to the canary\n"
				"    type: prevent\n"
				"    owner: \"@bo\"\n"
				"    due: 2027-01-21\n"
				"    status: open\n"
				"    addresses: [C1]\n",
		},
	.run = run,
};
