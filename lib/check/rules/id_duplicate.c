/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two files with one name in different directories. The ids of all documents
 * were sorted before the workers were forked, so this costs a binary search.
 */
#include "check/check.h"

/* Index in by_id of the first document with this id, or of where it would
   be. */
static size_t first_of(const struct pm_check *check, size_t n)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct pm_snapshot_doc *doc =
			pm_snapshot_doc(check->snap, check->by_id[mid]);

		if (pm_slice_cmp(doc->id, check->doc->id) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void run(struct pm_check *check)
{
	size_t n = pm_snapshot_count(check->snap);
	const char *other = NULL;
	size_t others = 0;

	for (size_t i = first_of(check, n); i < n; i++) {
		const struct pm_snapshot_doc *doc =
			pm_snapshot_doc(check->snap, check->by_id[i]);

		if (!pm_slice_eq(doc->id, check->doc->id))
			break;
		if (strcmp(doc->path, check->doc->path) == 0)
			continue;
		if (!other)
			other = doc->path;
		others++;
	}
	if (others == 1)
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
			       "must not share one.",
			.bad = "# file: postmortems/2025/2026-11-22-x.md\n"
			       "# file: postmortems/2026/2026-11-22-x.md\n"
			       "id: 2026-11-22-x\n",
			.good = "# file: postmortems/2026/2026-11-22-x.md\n"
				"id: 2026-11-22-x\n",
		},
	.scope = PM_SCOPE_REPOSITORY,
	.run = run,
};
