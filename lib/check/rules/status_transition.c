/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A status that moved in a way the policy does not allow, against the version
 * before the change. A status that stood nowhere before moved from nowhere: it
 * may be that of an old and finished document that a team has just brought in.
 * One that is taken out leaves a draft, or the gate would have a door beside
 * it: out with it in one change, back with other facts in the next.
 */
#include "check/check.h"

/* The status that a document states, not the one it is taken for. */
static bool read_status(const struct pm_check *check, const struct pm_doc *doc,
	enum pm_status *out)
{
	return pm_policy_status(check->policy, doc->status.text, out) == 0;
}

/* The one that leads there, or those that may follow. */
static const char *what_next(
	const struct pm_check *check, enum pm_status from, enum pm_status to)
{
	const struct pm_policy *policy = check->policy;
	struct pm_buf text = PM_BUF_INIT;
	const char *words;

	for (int i = 0; i < PM_STATUS_COUNT; i++)
		if (policy->transitions[from][i] && policy->transitions[i][to])
			return pm_arena_printf(check->arena,
				"write: status: %s; %s comes after it, in a "
				"change of its own",
				pm_status_name((enum pm_status)i),
				pm_status_name(to));
	for (int i = 0; i < PM_STATUS_COUNT; i++)
		if (i != (int)from && policy->transitions[from][i])
			pm_buf_addf(&text, " or %s",
				pm_status_name((enum pm_status)i));
	words = pm_arena_printf(check->arena, "write: status: %s%s",
		pm_status_name(from), text.ptr);
	pm_buf_release(&text);
	return words;
}

/* A status that is no longer stated; where front matter cannot be read, nobody
   knows. */
static bool is_gone(const struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	return !doc->status.text.len && (check->fields || !doc->has_front);
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc, *base = check->base;
	struct pm_span place = pm_check_place(check, &doc->status);
	enum pm_status from, to;

	if (!base || !read_status(check, base, &from))
		return;
	if (is_gone(check)) {
		if (!check->policy->transitions[from][PM_STATUS_DRAFT])
			pm_finding_add(check, place,
				pm_arena_printf(check->arena,
					"write: status: %s",
					pm_status_name(from)),
				"the status was taken out: it was %s, and "
				"without one this is a draft",
				pm_status_name(from));
		return;
	}
	if (read_status(check, doc, &to) &&
		!check->policy->transitions[from][to])
		pm_finding_add(check, place, what_next(check, from, to),
			"status goes from %s to %s, which the policy does not "
			"allow",
			pm_status_name(from), pm_status_name(to));
}

PM_RULE_DEFINE(status_transition) = {
	.info =
		{
			.id = "status-transition",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(ERROR, ERROR, ERROR),
			.summary = "the status makes a move that the policy "
				   "does not allow",
			.why = "Final is a promise to whoever reads the "
			       "document later: others have looked at it. A "
			       "draft that becomes final in one change was "
			       "read by nobody, and a final one that is a "
			       "draft again takes back what people were told. "
			       "The moves are the policy's "
			       "(status_transitions); the status before is "
			       "that of the version which the change starts "
			       "from, and a new document may begin with any.",
			.bad = "# before\n"
			       "status: draft\n"
			       "# now\n"
			       "status: final\n",
			.good = "# before\n"
				"status: draft\n"
				"# now\n"
				"status: review\n",
		},
	.change = true,
	.run = run,
};
