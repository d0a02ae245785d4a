/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many people have approved this very text, against what the severity asks.
 * In review it is the ordinary state and a note says whose turn it is; a final
 * document that nobody approved is an error. Why an approval does not count is
 * said only while one is missing.
 */
#include "check/check.h"

/* Names that a hint lists. */
#define NAMES_MOST 5

/* Whom to ask: the approvers who have not, or what the policy says of them. */
static const char *who_may(
	const struct pm_check *check, const enum pm_approval_standing *standing)
{
	const struct pm_names *approvers = &check->policy->approvers;
	struct pm_buf text = PM_BUF_INIT;
	const char *words;
	size_t n = 0;

	if (!approvers->len)
		return "somebody other than its owner";
	for (size_t i = 0; i < approvers->len && n <= NAMES_MOST; i++) {
		const char *key = approvers->items[i];

		if (pm_doc_approved_by(check->doc, standing, key))
			continue;
		pm_buf_adds(&text, n ? ", " : "");
		if (n++ < NAMES_MOST)
			pm_person_print(&text, pm_slice_str(key));
		else
			pm_buf_adds(&text, "...");
	}
	words = pm_arena_strdup(check->arena, text.ptr);
	pm_buf_release(&text);
	return words;
}

static void report_useless(struct pm_check *check,
	const struct pm_approval *approval, enum pm_approval_standing standing)
{
	static const char *const why[] = {
		[PM_APPROVAL_OWNER] = "who owns the document does not approve "
				      "it",
		[PM_APPROVAL_FOREIGN] = "the policy does not name them among "
					"the approvers",
		[PM_APPROVAL_NOBODY] = "nobody of that name is known",
		[PM_APPROVAL_FUTURE] = "it is dated in the future",
	};

	/* What is stale or cannot be read is told by other rules. */
	if (standing >= sizeof why / sizeof *why || !why[standing])
		return;
	pm_finding_add(check, pm_check_first_line(check, approval->span),
		standing == PM_APPROVAL_FUTURE
			? "run 'pm approve' again, or mend the clock that "
			  "wrote it"
			: "ask somebody who may approve it to run 'pm approve'",
		"the approval of '%s' does not count: %s",
		pm_check_word(check, approval->by.text), why[standing]);
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const struct pm_severity *severity =
		pm_policy_severity(check->policy, doc->severity.text);
	enum pm_approval_standing *standing;
	unsigned asked = severity ? severity->approvals : 0;
	size_t count;

	if (!asked || !pm_findings_wanted(check))
		return;
	standing = pm_arena_alloc(
		check->arena, doc->napprovals + 1, sizeof *standing);
	count = pm_doc_approvals(doc, check->policy, check->ctx->now, standing);
	if (count >= asked)
		return;
	pm_finding_add(check, pm_check_place(check, &doc->status),
		pm_arena_printf(check->arena,
			"ask %s to read it and run: pm approve %.*s",
			who_may(check, standing), PM_SLICE_ARG(doc->id)),
		"%s asks for %u approval%s of this text, and it has %s",
		severity->name, asked, pm_plural(asked),
		count ? pm_arena_printf(check->arena, "%zu", count) : "none");
	for (size_t i = 0; i < doc->napprovals; i++)
		report_useless(check, &doc->approvals[i], standing[i]);
}

PM_RULE_DEFINE(approval_missing) = {
	.info =
		{
			.id = "approval-missing",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(OFF, NOTE, ERROR),
			.summary = "fewer people approved the text than its "
				   "severity asks",
			.why = "Final means that somebody beside its writers "
			       "read the document and agrees to what it says "
			       "and promises. The severity says how many "
			       "(approvals), the policy who (approvers; else "
			       "anybody but the owner). One person counts "
			       "once, and only an approval of this very text "
			       "counts: pm approve writes its digest, which "
			       "leaves out the approvals, the status and the "
			       "progress of the actions. In review a note "
			       "says whose turn it is.",
			.bad = "status: final\n"
			       "severity: SEV1\n"
			       "owner: \"@ana\"\n"
			       "approvals: []\n",
			.good = "status: final\n"
				"severity: SEV1\n"
				"owner: \"@ana\"\n"
				"approvals:\n"
				"  - by: \"@bo\"\n"
				"    at: 2026-11-22T11:30Z\n"
				"    digest: sha256:<of this text>\n",
		},
	.strict = true,
	.told = true,
	.approvable = true,
	.run = run,
};
