/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Somebody has to do it, and by a day. Only an action that is still to be done
 * needs one; what is written must be a day in any case.
 */
#include "check/check.h"

static const char *due_hint(const struct pm_action *action)
{
	return action->in_body ? "write: Due: YYYY-MM-DD"
			       : "write: due: YYYY-MM-DD";
}

/* "31 February 2026" is told apart from "next sprint". */
static void report_written(
	struct pm_check *check, const struct pm_action *action)
{
	struct pm_span place = pm_check_place(check, &action->due);
	const char *name = pm_finding_about(check, action);
	const char *word = pm_check_word(check, action->due.text);
	const char *why = NULL;
	struct pm_date date;

	pm_date_parse(action->due.text, &date, &why);
	if (action->due_doubt)
		why = action->due_doubt;
	if (action->in_body)
		place = pm_check_action_place(check, action);
	pm_finding_add(check, place, due_hint(action), "%s is due '%s': %s",
		name, word, why ? why : "not a date (YYYY-MM-DD)");
}

static void run(struct pm_check *check)
{
	for (size_t i = 0; i < check->doc->nactions; i++) {
		const struct pm_action *action = &check->doc->actions[i];
		bool open = pm_action_is_open(action);

		/* A table of closed actions may say anything about the past. */
		if (action->due_date.year || (!open && action->in_body))
			continue;
		if (action->due.text.len)
			report_written(check, action);
		else if (open)
			pm_finding_add(check,
				pm_check_action_place(check, action),
				due_hint(action), "%s has no due date",
				pm_finding_about(check, action));
	}
}

/* A day that was written in another form. */
static void fix(struct pm_check *check, struct pm_fixes *fixes)
{
	for (size_t i = 0; i < check->doc->nactions; i++) {
		const struct pm_action *action = &check->doc->actions[i];
		struct pm_buf iso = PM_BUF_INIT;

		if (!action->due_date.year && !action->in_body &&
			pm_doc_iso_date(
				action->due.text, PM_ORDER_UNKNOWN, &iso))
			pm_edits_value(
				pm_fix_add(check, fixes, action->due.span,
					"%s is due %s",
					pm_check_action_name(check, action),
					iso.ptr),
				&action->due, pm_buf_slice(&iso));
		pm_buf_release(&iso);
	}
}

PM_RULE_DEFINE(action_due) = {
	.info =
		{
			.id = "action-due",
			.step = PM_STEP_PLAN,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "an open action has no due date",
			.why = "Without a day, work for reliability loses "
			       "against every feature that has one, and "
			       "nobody can say that it is late. \"Next "
			       "quarter\" is not a day: nothing can remind "
			       "its owner of it. Actions that are proposed, "
			       "done, rejected or superseded need none.",
			.bad = "action_items:\n"
			       "  - id: A1\n"
			       "    title: Add the EU shard to the canary\n"
			       "    type: prevent\n"
			       "    owner: \"@bo\"\n"
			       "    due: next sprint\n"
			       "    status: open\n"
			       "    addresses: [C1]\n",
			.good = "action_items:\n"
				"  - id: A1\n"
				"    title: Add the EU shard to the canary\n"
				"    type: prevent\n"
				"    owner: \"@bo\"\n"
				"    due: 2026-12-05\n"
				"    status: open\n"
				"    addresses: [C1]\n",
		},
	.run = run,
	.fix = fix,
};
