/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The document itself has a deadline: working days after the moment resolved,
 * by the severity. A warning, because it appears without anybody changing the
 * document, and a build that fails on Monday for no change of Monday's teaches
 * people to pass it by.
 */
#include "check/check.h"

/* The day on which days working days after resolved are over, if it is past. */
static bool is_past(const struct pm_check *check, unsigned days,
	struct pm_date *due, int64_t *late)
{
	const struct pm_time *resolved =
		&check->doc->times[PM_MOMENT_RESOLVED].time;

	if (!pm_policy_deadline(check->policy,
		    pm_time_date(resolved->sec, resolved->offset_min), days,
		    due))
		return false;
	*late = pm_date_to_days(pm_check_today(check)) - pm_date_to_days(*due);
	return *late > 0;
}

static void report(struct pm_check *check, const struct pm_severity *severity,
	bool review, struct pm_date due, int64_t late)
{
	unsigned days = review ? severity->review_days : severity->final_days;

	pm_finding_add(check, pm_check_place(check, &check->doc->status),
		review ? "finish what 'pm check' names, ask for a reader and "
			 "write: status: review"
		       : "finish the review, get it approved and write: "
			 "status: final",
		"this is still %s: it was due for %s on %04d-%02u-%02u, %lld "
		"day%s ago (%s allows %u working day%s after it was resolved)",
		check->doc->state == PM_STATUS_DRAFT ? "a draft" : "in review",
		review ? "review" : "its final status", due.year, due.month,
		due.day, (long long)late, pm_plural(late), severity->name, days,
		pm_plural(days));
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_moment_value *resolved =
		&doc->times[PM_MOMENT_RESOLVED];
	const struct pm_severity *severity;
	enum pm_status status;
	struct pm_date due;
	int64_t late;

	if (doc->state == PM_STATUS_FINAL || !resolved->valid ||
		resolved->time.precision == PM_PRECISION_NONE ||
		pm_policy_status(check->policy, doc->status.text, &status) < 0)
		return;
	severity = pm_policy_severity(check->policy, doc->severity.text);
	if (!severity)
		return;
	if (status == PM_STATUS_DRAFT &&
		is_past(check, severity->review_days, &due, &late))
		report(check, severity, true, due, late);
	else if (is_past(check, severity->final_days, &due, &late))
		report(check, severity, false, due, late);
}

PM_RULE_DEFINE(review_overdue) = {
	.info =
		{
			.id = "review-overdue",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(WARNING, WARNING, OFF),
			.summary = "the document is not reviewed or final "
				   "within its severity's days",
			.why = "After two weeks nobody remembers what they "
			       "saw, the logs are gone and the next incident "
			       "has the room. A post-mortem that stays a "
			       "draft was work for nothing: its actions are "
			       "not agreed and nobody finds it. The days are "
			       "review_days and final_days of the severity, "
			       "counted in working days from the moment "
			       "resolved, without the policy's holidays; 0 "
			       "sets no deadline.",
			.bad = "status: review\n"
			       "severity: SEV2\n"
			       "times:\n"
			       "  started: 2026-10-22T10:02Z\n"
			       "  detected: 2026-10-22T10:09Z\n"
			       "  resolved: 2026-10-22T11:04Z\n\n"
			       "## Timeline\n\n"
			       "- 2026-10-22 10:02Z the push reaches "
			       "production\n"
			       "- 2026-10-22 11:04Z the backlog is worked "
			       "off\n",
			.good = "status: final\n"
				"severity: SEV2\n"
				"times:\n"
				"  started: 2026-10-22T10:02Z\n"
				"  detected: 2026-10-22T10:09Z\n"
				"  resolved: 2026-10-22T11:04Z\n\n"
				"## Timeline\n\n"
				"- 2026-10-22 10:02Z the push reaches "
				"production\n"
				"- 2026-10-22 11:04Z the backlog is worked "
				"off\n",
		},
	.run = run,
};
