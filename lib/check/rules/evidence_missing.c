/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Evidence that the front matter names and the repository does not have, at
 * the same state as the document. Paths count from the document's directory,
 * as 'pm commit' takes them.
 */
#include "check/check.h"

#include "check/evidence.h"

static void report(struct pm_check *check, const struct pm_field *field,
	enum pm_evidence_at at)
{
	const char *name = pm_check_word(check, field->text);
	struct pm_span place = pm_check_place(check, field);

	if (at == PM_EVIDENCE_OUTSIDE)
		pm_finding_add(check, place,
			"copy the file beside the document, and name that",
			"evidence '%s' points out of the repository", name);
	else if (at == PM_EVIDENCE_DIRECTORY)
		pm_finding_add(check, place,
			"write one item for each file that counts",
			"evidence '%s' is a directory", name);
	else
		pm_finding_add(check, place,
			"add the file, or write its path as seen from the "
			"document's directory",
			"evidence '%s' is not there", name);
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	for (size_t i = 0; i < doc->nevidence; i++) {
		const struct pm_field *file = &doc->evidence[i].file;
		enum pm_evidence_at at;

		if (!pm_findings_wanted(check))
			return;
		at = pm_evidence_find(check, file->text, NULL);
		if (at != PM_EVIDENCE_FILE && at != PM_EVIDENCE_ELSEWHERE)
			report(check, file, at);
	}
}

PM_RULE_DEFINE(evidence_missing) = {
	.info =
		{
			.id = "evidence-missing",
			.step = PM_STEP_COLLECT,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "evidence is named that the repository does "
				   "not have",
			.why = "The graph was on somebody's laptop, the log "
			       "expired with the bucket. What proves the "
			       "timeline has to lie beside it, committed with "
			       "it, or two years later nobody can tell "
			       "what was seen from what was believed.",
			.bad = "evidence:\n"
			       "  - {file: 2026-11-22-checkout-500s/rate.svg, "
			       "source: grafana}\n",
			.good = "evidence: []\n",
		},
	.run = run,
};
