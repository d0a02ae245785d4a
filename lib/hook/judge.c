/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The check of what a commit or a push makes: of the findings the new ones
 * count. What is in a base as it is now, be it the other side of a merge, is
 * not new.
 */
#include "hook/private.h"

#include "base/path.h"
#include "pm/changes.h"

/* A state, and what differs in it from each base. */
struct subject {
	struct pm_snapshot *snap;
	PM_VEC(struct pm_snapshot *) before;
	PM_VEC(struct pm_changes *) changes;
};

int pm_hook_bases_add(void *data, const struct pm_oid *commit)
{
	struct pm_hook_bases *bases = data;
	struct pm_hook_job *job = bases->job;
	char hex[PM_OID_HEX];
	struct pm_oid found, tree;
	int rc;

	pm_oid_hex(commit, hex);
	rc = pm_git_resolve(job->ctx, job->repo, hex, &found, &tree);
	if (rc == PM_ENOTFOUND) {
		pm_ctx_clear(job->ctx);
		return 0;
	}
	for (size_t i = 0; i < bases->commits.len && rc == 0; i++)
		if (pm_oid_eq(&bases->commits.items[i], &found))
			return 0;
	if (rc == 0)
		*pm_vec_push(&bases->commits) = found;
	return rc;
}

static void release(struct subject *subject)
{
	for (size_t i = 0; i < subject->changes.len; i++)
		pm_changes_free(subject->changes.items[i]);
	for (size_t i = 0; i < subject->before.len; i++)
		pm_snapshot_free(subject->before.items[i]);
	pm_vec_release(&subject->changes);
	pm_vec_release(&subject->before);
	pm_snapshot_free(subject->snap);
}

static int open_base(struct pm_hook_job *job, struct subject *subject,
	const struct pm_oid *commit)
{
	char hex[PM_OID_HEX];
	struct pm_snapshot_opts opts = {
		.kind = PM_SNAPSHOT_REVISION,
		.rev = hex,
		.unlisted = true,
		.policy_of = subject->snap,
	};
	struct pm_snapshot **before = pm_vec_push(&subject->before);
	int rc;

	pm_oid_hex(commit, hex);
	rc = pm_snapshot_open(job->ctx, job->repo, &opts, before);
	if (rc < 0) {
		*before = NULL;
		return rc;
	}
	return pm_changes_open(job->ctx, *before, subject->snap,
		pm_vec_push(&subject->changes));
}

static int open_subject(struct pm_hook_job *job,
	const struct pm_snapshot_opts *opts, const struct pm_hook_bases *bases,
	struct subject *subject)
{
	struct pm_snapshot_opts own = *opts;
	int rc;

	/* Several bases: documents are named by number. */
	own.unlisted = bases->commits.len == 1;
	rc = pm_snapshot_open(job->ctx, job->repo, &own, &subject->snap);
	for (size_t i = 0; i < bases->commits.len && rc == 0; i++)
		rc = open_base(job, subject, &bases->commits.items[i]);
	return rc;
}

static void add_totals(
	struct pm_check_totals *all, const struct pm_check_totals *totals)
{
	all->documents += totals->documents;
	all->errors += totals->errors;
	all->warnings += totals->warnings;
	all->notes += totals->notes;
}

int pm_hook_judge(struct pm_hook_job *job, const struct pm_snapshot_opts *opts,
	const struct pm_hook_bases *bases, size_t *errors)
{
	struct subject subject = {.snap = NULL};
	struct pm_check_totals totals = {0};
	struct pm_check_opts check_opts = {
		.finding = job->run->finding,
		.data = job->run->data,
		.commit = job->run->hook == PM_HOOK_PRE_COMMIT,
	};
	int rc = open_subject(job, opts, bases, &subject);

	if (subject.changes.len > 0)
		check_opts.changes = subject.changes.items[0];
	if (rc == 0 && subject.changes.len > 1)
		rc = pm_hook_several(job->ctx, subject.snap, &check_opts,
			subject.changes.items, subject.changes.len, &totals);
	else if (rc == 0)
		rc = pm_check_run(job->ctx, subject.snap, &check_opts, &totals);
	add_totals(&job->result->totals, &totals);
	*errors = totals.errors;
	release(&subject);
	return rc;
}

/* --- templates ----------------------------------------------------------- */

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
