/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One commit of post-mortems from beginning to end: which, are they fit, what
 * changed in them, then git's protocol (lib/git). The work tree is only read:
 * whatever fails, the documents are there as they were.
 */
#include "commit/private.h"

/* Drops the documents that are as in HEAD, evidence and all. */
static void drop_unchanged(struct pm_commit_job *job)
{
	size_t kept = 0;

	for (size_t i = 0; i < job->docs.len; i++) {
		const struct pm_commit_doc *doc = &job->docs.items[i];

		if (doc->changed || doc->nevidence > 0)
			job->docs.items[kept++] = *doc;
	}
	job->docs.len = kept;
}

static int check(struct pm_ctx *ctx, const struct pm_commit_job *job,
	const struct pm_commit_opts *opts, struct pm_check_totals *totals)
{
	struct pm_check_opts check_opts = PM_CHECK_OPTS_INIT;
	PM_VEC(size_t) numbers = {0};
	int rc = 0;

	if (opts->no_verify)
		return 0;
	for (size_t i = 0; i < job->docs.len; i++)
		*pm_vec_push(&numbers) = job->docs.items[i].number;
	check_opts.docs = numbers.items;
	check_opts.ndocs = numbers.len;
	check_opts.commit = true;
	check_opts.finding = opts->finding;
	check_opts.data = opts->data;
	rc = pm_check_run(ctx, job->snap, &check_opts, totals);
	pm_vec_release(&numbers);
	return rc;
}

/* The first line of the message, for whoever reports the commit. */
static void take_subject(const struct pm_buf *message, struct pm_buf *out)
{
	struct pm_slice rest = pm_buf_slice(message);
	struct pm_slice line = {0};

	pm_slice_line(&rest, &line);
	pm_buf_reset(out);
	pm_buf_add_slice(out, line);
}

/* Says first that the documents are safe, then what went wrong. */
static int fail(struct pm_ctx *ctx, const struct pm_commit_job *job)
{
	if (job->docs.len == 1)
		return pm_fail_prefix(ctx,
			"the commit failed and '%s' stays in the work tree as "
			"it is",
			job->docs.items[0].path);
	return pm_fail_prefix(ctx,
		"the commit failed and %zu documents stay in the work tree as "
		"they are",
		job->docs.len);
}

static int make_commit(struct pm_ctx *ctx, struct pm_commit_job *job,
	const struct pm_commit_opts *opts, struct pm_commit_result *result)
{
	struct pm_buf message = PM_BUF_INIT;
	struct pm_git_commit_opts git_opts = {.no_verify = opts->no_verify};
	int rc;

	for (size_t i = 0; i < job->docs.len; i++)
		if (job->docs.items[i].changed)
			*pm_vec_push(&job->paths) = job->docs.items[i].path;
	pm_commit_message(job, opts->message, &message);
	git_opts.message = pm_buf_slice(&message);
	git_opts.paths = job->paths.items;
	git_opts.npaths = job->paths.len;
	rc = pm_git_commit(ctx, job->repo, &git_opts, &result->commit);
	if (rc < 0 && pm_oid_zero(&result->commit))
		rc = fail(ctx, job);
	if (rc > 0) {
		result->documents = job->docs.len;
		take_subject(&message, &result->subject);
	}
	pm_buf_release(&message);
	return rc;
}

/*
 * Evidence is looked for twice: in the directories beside the documents, to
 * know which documents there are to speak of, and again when they have been
 * read and named what lies elsewhere.
 */
static int run(struct pm_ctx *ctx, struct pm_commit_job *job,
	const struct pm_commit_opts *opts, struct pm_commit_result *result)
{
	int rc = pm_commit_select(ctx, job, opts);

	if (rc == 0)
		rc = pm_commit_evidence(ctx, job, false);
	if (rc < 0)
		return rc;
	if (!opts->docs)
		drop_unchanged(job);
	if (job->docs.len == 0)
		return 0;
	rc = check(ctx, job, opts, &result->totals);
	if (rc < 0 || result->totals.errors > 0)
		return rc;
	rc = pm_commit_changes(ctx, job);
	if (rc == 0)
		rc = pm_commit_evidence(ctx, job, true);
	if (rc < 0)
		return rc;
	drop_unchanged(job);
	return job->docs.len > 0 ? make_commit(ctx, job, opts, result) : 0;
}

static int open_job(
	struct pm_ctx *ctx, struct pm_snapshot *snap, struct pm_commit_job *job)
{
	struct pm_oid commit;
	int rc;

	job->snap = snap;
	job->repo = pm_snapshot_repo(snap);
	if (pm_snapshot_kind(snap) != PM_SNAPSHOT_WORKTREE)
		return pm_fail(ctx, PM_EBARE,
			"only documents of a work tree can be committed");
	pm_git_recover(ctx, job->repo);
	rc = pm_git_head(ctx, job->repo, &commit, &job->head);
	return rc < 0 ? rc : pm_reader_new(ctx, snap, &job->reader);
}

int pm_commit(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_commit_opts *opts, struct pm_commit_result *result)
{
	struct pm_commit_job job = {0};
	int rc;

	*result = (struct pm_commit_result){.subject = PM_BUF_INIT};
	rc = open_job(ctx, snap, &job);
	if (rc == 0)
		rc = run(ctx, &job, opts, result);
	pm_reader_free(job.reader);
	pm_vec_release(&job.docs);
	pm_vec_release(&job.paths);
	pm_arena_release(&job.arena);
	return rc;
}
