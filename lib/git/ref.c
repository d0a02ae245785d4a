/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HEAD and the branch it names. A branch moves by compare-and-swap only: from
 * the commit that was read to the new one, or not at all.
 */
#include "git/private.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* How long a lock on a reference may hold us up, and how often we look. */
#define WAIT_MS 1000
#define STEP_MS 20

void pm_git_tip_release(struct pm_git_tip *tip)
{
	pm_buf_release(&tip->ref);
}

static void take(struct pm_oid *oid, const git_oid *id)
{
	memcpy(oid->bytes, id->id, sizeof(oid->bytes));
}

int pm_git_tip(struct pm_ctx *ctx, struct pm_repo *repo, struct pm_git_tip *tip)
{
	git_reference *head = NULL;
	git_reference *branch = NULL;
	git_commit *commit = NULL;
	const git_oid *id = NULL;
	int rc = git_reference_lookup(&head, repo->git, "HEAD");

	tip->commit = tip->tree = (struct pm_oid){{0}};
	pm_buf_reset(&tip->ref);
	if (rc == 0)
		rc = git_reference_resolve(&branch, head);
	if (rc == GIT_ENOTFOUND && head &&
		git_reference_symbolic_target(head)) {
		/* An unborn branch: the first commit makes it. */
		pm_buf_adds(&tip->ref, git_reference_symbolic_target(head));
		tip->detached = false;
		git_reference_free(head);
		return 0;
	}
	if (rc == 0) {
		id = git_reference_target(branch);
		rc = git_commit_lookup(&commit, repo->git, id);
	}
	if (rc < 0) {
		rc = pm_git_fail(ctx, rc,
			"cannot read HEAD (see 'git fsck' and 'git status')");
	} else {
		take(&tip->commit, id);
		take(&tip->tree, git_commit_tree_id(commit));
		pm_buf_adds(&tip->ref, git_reference_name(branch));
		tip->detached = strcmp(tip->ref.ptr, "HEAD") == 0;
	}
	git_commit_free(commit);
	git_reference_free(branch);
	git_reference_free(head);
	return rc;
}

/* The line for the reflog, as git commit writes it. */
static void add_reason(const struct pm_git_job *job,
	const struct pm_git_tip *tip, struct pm_buf *out)
{
	struct pm_slice rest = pm_buf_slice(&job->message);
	struct pm_slice subject = {0};

	pm_slice_line(&rest, &subject);
	pm_buf_adds(out,
		pm_oid_zero(&tip->commit) ? "commit (initial): " : "commit: ");
	pm_buf_add_slice(out, subject);
}

static int move_here(struct pm_repo *repo, const struct pm_git_tip *tip,
	const struct pm_oid *commit, const char *reason)
{
	git_reference *ref = NULL;
	git_oid old, new;
	bool unborn = pm_oid_zero(&tip->commit);
	int rc;

	memcpy(old.id, tip->commit.bytes, sizeof(tip->commit.bytes));
	memcpy(new.id, commit->bytes, sizeof(commit->bytes));
	/* Without force an existing branch is refused; that the name stays
	   free until it is made is up to index.lock, which we hold. */
	rc = git_reference_create_matching(&ref, repo->git, tip->ref.ptr, &new,
		!unborn, unborn ? NULL : &old, reason);
	git_reference_free(ref);
	return rc == GIT_EEXISTS ? GIT_EMODIFIED : rc;
}

/* git moves the branch and runs the reference-transaction hook. */
static int move_by_git(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_git_tip *tip, const struct pm_oid *commit,
	const char *reason)
{
	char old[PM_OID_HEX], new[PM_OID_HEX];
	const char *const args[] = {"update-ref", "-m", reason,
		tip->detached ? "--no-deref" : "--create-reflog", tip->ref.ptr,
		new, old, NULL};
	struct pm_buf ignored = PM_BUF_INIT;
	/* What the hook prints is for the user: stderr is shared. */
	struct pm_git_run run = {.args = args, .output = &ignored};
	int rc;

	pm_oid_hex(&tip->commit, old);
	pm_oid_hex(commit, new);
	rc = pm_git_run(ctx, repo, &run);
	if (rc > 0)
		rc = pm_fail(ctx, PM_ERROR,
			"cannot move '%s' (git's reason stands above)",
			tip->ref.ptr);
	pm_buf_release(&ignored);
	return rc;
}

/* libgit2 says "locked" also of what it may not open. */
static int fail_locked(
	struct pm_ctx *ctx, struct pm_repo *repo, const struct pm_git_tip *tip)
{
	struct pm_buf path = PM_BUF_INIT;
	struct pm_buf age = PM_BUF_INIT;
	int rc;

	pm_buf_addf(&path, "%s/%s.lock",
		tip->detached ? repo->gitdir : repo->commondir, tip->ref.ptr);
	pm_git_lock_age(ctx, path.ptr, &age);
	rc = access(path.ptr, F_OK) < 0
		     ? pm_git_fail(ctx, GIT_ELOCKED, "cannot move '%s'",
			       tip->ref.ptr)
		     : pm_fail(ctx, PM_ELOCKED,
			       "'%s' is locked: '%s'%s (try again; when no git "
			       "or pm is "
			       "running, remove that file)",
			       tip->ref.ptr, path.ptr, age.ptr);
	pm_buf_release(&path);
	pm_buf_release(&age);
	return rc;
}

static void nap(void)
{
	struct timespec step = {0, STEP_MS * 1000000L};

	nanosleep(&step, NULL);
}

/*
 * Also after a move that is told as failed: libgit2 renames the new value into
 * its place and may fail to sync it there.
 */
void pm_git_tip_back(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_git_tip *tip, const struct pm_oid *commit)
{
	struct pm_git_tip moved = {
		.ref = tip->ref, .commit = *commit, .detached = tip->detached};
	git_reference *ref = NULL;
	const git_oid *at = NULL;

	(void)ctx;
	if (!pm_oid_zero(&tip->commit))
		move_here(job->repo, &moved, &tip->commit,
			"commit: taken back, it could not be finished");
	else if (git_reference_lookup(&ref, job->repo->git, tip->ref.ptr) == 0)
		at = git_reference_target(ref);
	if (at && memcmp(at->id, commit->bytes, sizeof(at->id)) == 0)
		git_reference_delete(ref);
	git_reference_free(ref);
}

int pm_git_tip_move(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_git_tip *tip, const struct pm_oid *commit)
{
	struct pm_repo *repo = job->repo;
	struct pm_buf reason = PM_BUF_INIT;
	int rc = 0;

	add_reason(job, tip, &reason);
	if (pm_git_hook_exists(ctx, repo, "reference-transaction")) {
		rc = move_by_git(ctx, repo, tip, commit, reason.ptr);
		goto out;
	}
	git_repository_set_ident(
		repo->git, job->committer.name.ptr, job->committer.email.ptr);
	for (int waited = 0;; waited += STEP_MS) {
		rc = move_here(repo, tip, commit, reason.ptr);
		if (rc != GIT_ELOCKED || waited >= WAIT_MS)
			break;
		nap();
	}
	if (rc == GIT_ELOCKED)
		rc = fail_locked(ctx, repo, tip);
	else if (rc == GIT_EMODIFIED)
		rc = pm_fail(ctx, PM_EMODIFIED,
			"'%s' moved while pm was committing (try again)",
			tip->ref.ptr);
	else if (rc < 0) {
		rc = pm_git_fail(ctx, rc, "cannot move '%s'", tip->ref.ptr);
		pm_git_tip_back(ctx, job, tip, commit);
	}
out:
	pm_buf_release(&reason);
	return rc;
}
