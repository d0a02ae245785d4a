/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings that a change brought and those it mended, as the check tells them
 * apart. They come from the parent, which judged the documents before.
 */
#include "review/private.h"

static void introduced(
	struct pm_review *review, const struct pm_review_finding *finding)
{
	struct pm_review_change *change =
		pm_review_add(review, PM_REVIEW_FINDING_NEW, finding->line,
			"%s: %.*s [%s]", pm_level_name(finding->level),
			PM_SLICE_ARG(finding->message), finding->rule);

	change->subject = pm_slice_str(finding->rule);
	change->new_text = pm_slice_str(pm_level_name(finding->level));
	if (finding->level == PM_LEVEL_ERROR)
		change->weight = PM_REVIEW_ALERT;
	if (finding->level == PM_LEVEL_NOTE)
		change->weight = PM_REVIEW_QUIET;
}

static void mended(
	struct pm_review *review, const struct pm_review_finding *finding)
{
	struct pm_review_change *change = pm_review_add(review,
		PM_REVIEW_FINDING_MENDED, finding->line, "mended: %.*s [%s]",
		PM_SLICE_ARG(finding->message), finding->rule);

	change->old_side = true;
	change->subject = pm_slice_str(finding->rule);
	change->old_text = pm_slice_str(pm_level_name(finding->level));
}

void pm_review_findings(struct pm_review *review)
{
	const struct pm_review_judged *judged = review->judged;

	for (size_t i = 0; judged && i < judged->len; i++) {
		if (judged->items[i].mended)
			mended(review, &judged->items[i]);
		else
			introduced(review, &judged->items[i]);
	}
}
