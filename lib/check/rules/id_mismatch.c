/* SPDX-License-Identifier: Apache-2.0 */
/* The id in the front matter against the file's name, which is the id. */
#include "base/path.h"
#include "check/check.h"

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;

	if (!doc->front_id.text.len ||
		pm_slice_eq(doc->front_id.text, doc->id) ||
		pm_slice_eq(doc->front_id.text,
			pm_path_stem(pm_slice_str(doc->path))))
		return;
	pm_finding_add(check, pm_check_place(check, &doc->front_id),
		pm_arena_printf(check->arena, "write: id: %s",
			pm_check_word(check, doc->id)),
		"id '%s' is not the file's name",
		pm_check_word(check, doc->front_id.text));
}

static void fix(struct pm_check *check, struct pm_fixes *fixes)
{
	const struct pm_doc *doc = check->doc;

	pm_edits_value(pm_fix_add(check, fixes, doc->front_id.span,
			       "the id is that of the file, '%s'",
			       pm_check_word(check, doc->id)),
		&doc->front_id, doc->id);
}

PM_RULE_DEFINE(id_mismatch) = {
	.info =
		{
			.id = "id-mismatch",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "the id is not the file's name",
			.why = "A document copied to begin a new one keeps "
			       "the old id, and a file that was renamed too. "
			       "Whoever follows the id then lands on another "
			       "incident. The file's name decides.",
			.bad = "id: 2025-03-02-checkout-timeouts\n",
			.good = "id: 2026-11-22-checkout-500s\n",
		},
	.run = run,
	.fix = fix,
};
