/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two files with one name in different directories, or with names that a file
 * system which folds case or accents takes for one. The ids of all documents
 * were sorted before the workers were forked, so this costs a binary search.
 */
#include "check/check.h"

static void run(struct pm_check *check)
{
	const char *other = NULL;
	size_t others = 0;
	size_t like = 0;

	if (check->ids)
		like = pm_check_like_id(check, check->doc->id, &other);
	if (like)
		others = pm_check_with_id(check, check->doc->id, &other);
	/* Which others there are changes with each that comes. */
	if (like || others)
		pm_finding_known_by(check, check->doc->id);
	if (like && !others)
		pm_finding_add(check,
			pm_check_place(check, &check->doc->front_id),
			"rename one of the two files, and write its id: anew",
			"'%s' has the same id but for case or accents", other);
	else if (others == 1)
		pm_finding_add(check,
			pm_check_place(check, &check->doc->front_id),
			"rename one of the two files, and write its id: anew",
			"'%s' has the same id", other);
	else if (others)
		pm_finding_add(check,
			pm_check_place(check, &check->doc->front_id),
			"rename all files but one, and write their id: anew",
			"'%s' and %zu more have the same id", other,
			others - 1);
}

PM_RULE_DEFINE(id_duplicate) = {
	.info =
		{
			.id = "id-duplicate",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(ERROR, ERROR, ERROR),
			.summary = "another document has the same id",
			.why = "The id is what people type, what other "
			       "documents refer to and what a commit's "
			       "trailer names. With two of a kind every one "
			       "of these means either. The id is the file's "
			       "name, so two files in different directories "
			       "must not share one. Ids that differ in case "
			       "or accents only are one id for many people, "
			       "and one file on many disks: a clone there "
			       "loses the other.",
			.bad = "# file: postmortems/2025/2026-11-22-x.md\n"
			       "# file: postmortems/2026/2026-11-22-x.md\n"
			       "id: 2026-11-22-x\n",
			.good = "# file: postmortems/2026/2026-11-22-x.md\n"
				"id: 2026-11-22-x\n",
		},
	.scope = PM_SCOPE_REPOSITORY,
	.run = run,
};
