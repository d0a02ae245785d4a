/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An approval that was given to another text. While the document is in review
 * that happens with every mended word, so it is no error there; in a final one
 * it says that somebody stands for words they never read. It does not matter
 * here how many approvals the severity asks for.
 */
#include "check/check.h"

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	enum pm_approval_standing *standing;

	if (!doc->napprovals || !pm_findings_wanted(check))
		return;
	standing =
		pm_arena_alloc(check->arena, doc->napprovals, sizeof *standing);
	pm_doc_approvals(doc, check->policy, check->ctx->now, standing);
	for (size_t i = 0; i < doc->napprovals; i++) {
		const struct pm_approval *one = &doc->approvals[i];

		if (standing[i] != PM_APPROVAL_STALE)
			continue;
		pm_finding_add(check, pm_check_place(check, &one->digest),
			pm_arena_printf(check->arena,
				"ask them to read what changed and run: pm "
				"approve %.*s; or take this approval out",
				PM_SLICE_ARG(doc->id)),
			"'%s' approved another text than this",
			pm_check_word(check, one->by.text));
	}
}

PM_RULE_DEFINE(approval_stale) = {
	.info =
		{
			.id = "approval-stale",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(NOTE, WARNING, ERROR),
			.summary = "an approval was given to another text",
			.why = "An approval that survives an edit is worth "
			       "nothing: the sentence that was slipped in "
			       "afterwards carries a name that never saw it. "
			       "Each approval holds the digest of the text "
			       "that was read. Who reads the new text "
			       "approves again; the digest leaves out the "
			       "approvals, the status and the progress of "
			       "actions, so that closing one asks nobody.",
			.bad = "status: final\n"
			       "owner: \"@ana\"\n"
			       "approvals:\n"
			       "  - by: \"@bo\"\n"
			       "    at: 2026-11-22T11:30Z\n"
			       "    digest: sha256:"
			       "b5bb9d8014a0f9b1d61e21e796d78dcc"
			       "df1352f23cd32812f4850b878ae4944c\n",
			.good = "status: final\n"
				"owner: \"@ana\"\n"
				"approvals:\n"
				"  - by: \"@bo\"\n"
				"    at: 2026-11-22T11:45Z\n"
				"    digest: sha256:<of this text>\n",
		},
	.strict = true,
	.told = true,
	.approvable = true,
	.run = run,
};
