/* SPDX-License-Identifier: Apache-2.0 */
/*
 * commit-msg: a Post-Mortem trailer ties a commit to a document for good, so
 * the document it names must be there: staged, or in HEAD for the commit that
 * removes it. Nothing else of a message is pm's business.
 */
#include "hook/private.h"

#include "base/file.h"

#define MESSAGE_MOST ((size_t)1024 * 1024)

static const char *const keys[] = {"Post-Mortem:", "Postmortem:"};

/* The document that the trailer names; false when it names none. */
static bool read_trailer(struct pm_slice line, struct pm_slice *value)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		size_t len = strlen(keys[i]);

		if (!pm_slice_is_nocase(pm_slice_sub(line, 0, len), keys[i]))
			continue;
		*value = pm_slice_trim(pm_slice_from(line, len));
		return value->len > 0;
	}
	return false;
}

/* An address leads elsewhere. */
static bool is_address(struct pm_slice value)
{
	for (size_t i = 0; i + 3 <= value.len; i++)
		if (pm_slice_starts(pm_slice_from(value, i), "://"))
			return true;
	return false;
}

/* Is it a document of this state? 1, 0 with the reason in ctx, or a code. */
static int is_in(
	struct pm_hook_job *job, enum pm_snapshot_kind kind, const char *name)
{
	struct pm_snapshot_opts opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_snapshot *snap = NULL;
	struct pm_oid commit, tree;
	size_t number;
	int rc = 0;

	opts.kind = kind;
	if (kind == PM_SNAPSHOT_REVISION) {
		rc = pm_git_head(job->ctx, job->repo, &commit, &tree);
		if (rc <= 0)
			return rc; /* no HEAD yet */
		opts.rev = "HEAD";
	}
	rc = pm_snapshot_open(job->ctx, job->repo, &opts, &snap);
	if (rc == 0)
		rc = pm_snapshot_find(job->ctx, snap, name, &number);
	pm_snapshot_free(snap);
	if (rc == PM_ENOTFOUND || rc == PM_EAMBIGUOUS)
		return 0;
	return rc < 0 ? rc : 1;
}

/* Judges one trailer; what is wrong with it is said. */
static int check(struct pm_hook_job *job, struct pm_slice value)
{
	struct pm_buf name = PM_BUF_INIT;
	struct pm_buf why = PM_BUF_INIT;
	int rc;

	pm_buf_add_slice(&name, value);
	rc = is_in(job, PM_SNAPSHOT_STAGED, name.ptr);
	if (rc == 0) {
		pm_buf_add_slice(
			&why, pm_buf_slice(&pm_ctx_error(job->ctx)->message));
		rc = is_in(job, PM_SNAPSHOT_REVISION, name.ptr);
	}
	pm_ctx_clear(job->ctx);
	if (rc == 0) {
		pm_hook_say(job, "Post-Mortem trailer: %s", why.ptr);
		job->result->refused = true;
	}
	pm_buf_release(&name);
	pm_buf_release(&why);
	return rc < 0 ? rc : 0;
}

int pm_hook_commit_msg(struct pm_hook_job *job)
{
	struct pm_buf message = PM_BUF_INIT;
	struct pm_buf trailers = PM_BUF_INIT;
	struct pm_slice rest, line, value;
	int rc;

	if (job->run->nargs != 1)
		return pm_fail(job->ctx, PM_EUSAGE,
			"the commit-msg hook is given the file of the message "
			"(pm hook run commit-msg FILE)");
	rc = pm_file_read(job->ctx, job->run->args[0], MESSAGE_MOST, &message);
	if (rc == 0)
		rc = pm_git_trailers(
			job->ctx, job->repo, pm_buf_slice(&message), &trailers);
	rest = pm_buf_slice(&trailers);
	while (rc == 0 && pm_slice_line(&rest, &line))
		if (read_trailer(line, &value) && !is_address(value))
			rc = check(job, value);
	pm_buf_release(&message);
	pm_buf_release(&trailers);
	return rc;
}
