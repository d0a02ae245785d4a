/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which documents a commit or a push changes, and the check of those. A
 * document that is in a base as it is now, be it the other side of a merge,
 * was not changed here.
 */
#include "hook/private.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/path.h"

/* The documents of a state, and in how many bases each is the same. */
struct change {
	struct pm_snapshot *snap;
	bool *same;    /* by number */
	bool *differs; /* in the base at hand */
	size_t ndocs;
};

void pm_hook_bases_release(struct pm_hook_bases *bases)
{
	pm_vec_release(&bases->commits);
	pm_vec_release(&bases->trees);
}

int pm_hook_bases_add(struct pm_hook_job *job, struct pm_hook_bases *bases,
	const struct pm_oid *commit)
{
	char hex[PM_OID_HEX];
	struct pm_oid found, tree;
	int rc;

	pm_oid_hex(commit, hex);
	rc = pm_git_resolve(job->ctx, job->repo, hex, &found, &tree);
	if (rc == PM_ENOTFOUND) {
		pm_ctx_clear(job->ctx);
		return 0;
	}
	if (rc < 0)
		return rc;
	*pm_vec_push(&bases->commits) = found;
	*pm_vec_push(&bases->trees) = tree;
	return 0;
}

/* Number of the document at path, or SIZE_MAX. */
static size_t find(const struct change *change, struct pm_slice path)
{
	size_t low = 0, high = change->ndocs;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = pm_slice_cmp(
			pm_slice_str(pm_snapshot_doc(change->snap, mid)->path),
			path);

		if (order == 0)
			return mid;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return SIZE_MAX;
}

static int see_change(void *data, const struct pm_git_change *found)
{
	struct change *change = data;
	size_t i = found->new_mode ? find(change, found->path) : SIZE_MAX;

	if (i != SIZE_MAX)
		change->differs[i] = true;
	return 0;
}

static int see_entry(void *data, const struct pm_git_entry *entry)
{
	struct change *change = data;
	size_t i = find(change, entry->path);

	if (i != SIZE_MAX)
		change->differs[i] = !pm_oid_eq(
			&entry->oid, &pm_snapshot_doc(change->snap, i)->oid);
	return 0;
}

/* The index has no tree: each base is read where documents may be. */
static int compare_staged(struct pm_hook_job *job, struct change *change,
	const struct pm_oid *base)
{
	const struct pm_names *globs =
		&pm_snapshot_policy(change->snap)->documents;
	int rc = 0;

	for (size_t i = 0; i < change->ndocs; i++)
		change->differs[i] = true;
	for (size_t i = 0; i < globs->len && rc == 0; i++)
		rc = pm_git_walk(job->ctx, job->repo, base,
			pm_glob_root(pm_slice_str(globs->items[i])), see_entry,
			change);
	return rc;
}

/* Notes which documents are in one base as they are now. */
static int compare(struct pm_hook_job *job, struct change *change,
	const struct pm_oid *tree, const struct pm_oid *base)
{
	int rc;

	memset(change->differs, 0, change->ndocs * sizeof(*change->differs));
	if (tree)
		rc = pm_git_diff(
			job->ctx, job->repo, base, tree, see_change, change);
	else
		rc = compare_staged(job, change, base);
	for (size_t i = 0; i < change->ndocs; i++)
		change->same[i] |= !change->differs[i];
	return rc;
}

static int check(
	struct pm_hook_job *job, const struct change *change, size_t *errors)
{
	struct pm_check_totals totals = {0}, *all = &job->result->totals;
	struct pm_check_opts opts = {
		.finding = job->run->finding,
		.data = job->run->data,
	};
	PM_VEC(size_t) docs = {0};
	int rc = 0;

	for (size_t i = 0; i < change->ndocs; i++)
		if (!change->same[i])
			*pm_vec_push(&docs) = i;
	opts.docs = docs.items;
	opts.ndocs = docs.len;
	if (docs.len)
		rc = pm_check_run(job->ctx, change->snap, &opts, &totals);
	all->documents += totals.documents;
	all->errors += totals.errors;
	all->warnings += totals.warnings;
	all->notes += totals.notes;
	*errors = totals.errors;
	pm_vec_release(&docs);
	return rc;
}

int pm_hook_judge(struct pm_hook_job *job, struct pm_snapshot *snap,
	const struct pm_oid *tree, const struct pm_hook_bases *bases,
	size_t *errors)
{
	struct change change = {
		.snap = snap,
		.ndocs = pm_snapshot_count(snap),
	};
	int rc = 0;

	change.same = pm_alloc(change.ndocs + 1, sizeof(*change.same));
	change.differs = pm_alloc(change.ndocs + 1, sizeof(*change.differs));
	for (size_t i = 0; i < bases->trees.len && rc == 0; i++)
		rc = compare(job, &change, tree, &bases->trees.items[i]);
	if (rc == 0)
		rc = check(job, &change, errors);
	free(change.same);
	free(change.differs);
	return rc;
}

struct templates {
	struct pm_ctx *ctx;
	struct pm_reader *reader;
};

static int read_template(void *data, struct pm_slice path)
{
	struct templates *templates = data;
	const struct pm_template *tmpl = NULL;

	if (!pm_slice_ends(path, ".md"))
		return 0;
	return pm_reader_template_named(
		templates->ctx, templates->reader, pm_path_stem(path), &tmpl);
}

int pm_hook_templates(struct pm_hook_job *job, struct pm_snapshot *snap)
{
	struct templates templates = {.ctx = job->ctx};
	int rc = pm_reader_new(job->ctx, snap, &templates.reader);

	if (rc == 0)
		rc = pm_reader_files(job->ctx, templates.reader,
			pm_slice_str(PM_TEMPLATES_PATH), read_template,
			&templates);
	pm_reader_free(templates.reader);
	return rc;
}
