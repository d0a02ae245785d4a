/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HEAD and the branch it names. A branch moves by compare-and-swap only: from
 * the commit that was read to the new one, or not at all. What git would write
 * into the logs beside it is written, with the committer's date.
 */
#include "git/private.h"

#include <stdlib.h>
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

/* The line for the reflog, as git commit writes it: white space made one
   blank. */
static void add_reason(const struct pm_git_job *job,
	const struct pm_git_tip *tip, struct pm_buf *out)
{
	struct pm_slice rest = pm_buf_slice(&job->message);
	struct pm_slice subject = {0};
	bool gap = false;

	pm_slice_line(&rest, &subject);
	subject = pm_slice_trim(subject);
	pm_buf_adds(out,
		pm_oid_zero(&tip->commit) ? "commit (initial): " : "commit: ");
	for (size_t i = 0; i < subject.len; i++) {
		if (strchr(" \t\r\f\v", subject.ptr[i])) {
			gap = true;
			continue;
		}
		if (gap)
			pm_buf_addc(out, ' ');
		gap = false;
		pm_buf_addc(out, subject.ptr[i]);
	}
}

/* --- moving it here ------------------------------------------------------ */

/* 0 when the locked reference is still at the commit of tip, or is not there
   as it was not. */
static int compare(struct pm_repo *repo, const struct pm_git_tip *tip)
{
	git_oid now;
	int rc = git_reference_name_to_id(&now, repo->git, tip->ref.ptr);

	if (pm_oid_zero(&tip->commit))
		return rc == GIT_ENOTFOUND ? 0 : rc < 0 ? rc : GIT_EMODIFIED;
	if (rc < 0)
		return rc == GIT_ENOTFOUND ? GIT_EMODIFIED : rc;
	return memcmp(now.id, tip->commit.bytes, sizeof(tip->commit.bytes)) == 0
		       ? 0
		       : GIT_EMODIFIED;
}

/* "1700000000 -0130", as ident.c made it. */
static git_time time_of(const char *date)
{
	git_time when = {0};
	char *zone = NULL;
	long hhmm;

	when.time = strtoll(date, &zone, 10);
	hhmm = strtol(zone, NULL, 10);
	when.offset = (int)(hhmm / 100 * 60 + hhmm % 100);
	when.sign = hhmm < 0 ? '-' : '+';
	return when;
}

/* By a transaction, because only that lets the reflog have the committer's
   own date. */
static int move_here(struct pm_repo *repo, const struct pm_git_ident *who,
	const struct pm_git_tip *tip, const struct pm_oid *commit,
	const char *reason)
{
	git_transaction *tx = NULL;
	git_signature by = {who->name.ptr, who->email.ptr,
		time_of(who->date.len ? who->date.ptr : "0 +0000")};
	git_oid new;
	int rc = git_transaction_new(&tx, repo->git);

	memcpy(new.id, commit->bytes, sizeof(commit->bytes));
	if (rc == 0)
		rc = git_transaction_lock_ref(tx, tip->ref.ptr);
	if (rc == 0)
		rc = compare(repo, tip);
	if (rc == 0)
		rc = git_transaction_set_target(
			tx, tip->ref.ptr, &new, &by, reason);
	if (rc == 0)
		rc = git_transaction_commit(tx);
	git_transaction_free(tx);
	return rc;
}

/* --- or by git ----------------------------------------------------------- */

/* True when a branch is in the way of a new one: "a" of "a/b", or the other way
   round, which a packed reference does not show as a file would. */
static bool has_neighbour(struct pm_repo *repo, const struct pm_git_tip *tip)
{
	git_reference_iterator *all = NULL;
	const char *name = tip->ref.ptr, *other = NULL;
	bool near = git_reference_iterator_new(&all, repo->git) < 0;

	while (!near && git_reference_next_name(&other, all) == 0) {
		size_t n = strlen(name), m = strlen(other);
		size_t len = n < m ? n : m;

		near = n != m && strncmp(name, other, len) == 0 &&
		       (n < m ? other : name)[len] == '/';
	}
	git_reference_iterator_free(all);
	return near;
}

/*
 * True where libgit2 would not do as git does: a new branch that has no room,
 * a HEAD that leads to it in several steps or to no branch, a setting against
 * logs, which stops no log that exists.
 */
static bool is_odd(
	struct pm_ctx *ctx, struct pm_repo *repo, const struct pm_git_tip *tip)
{
	git_reference *head = NULL;
	const char *target;
	bool odd =
		(pm_oid_zero(&tip->commit) && has_neighbour(repo, tip)) ||
		pm_git_config_set_here(repo, "core.logallrefupdates") ||
		!pm_git_config_bool(ctx, repo, "core.logallrefupdates", true);

	pm_ctx_clear(ctx);
	if (!odd && !tip->detached) {
		odd = git_reference_lookup(&head, repo->git, "HEAD") < 0;
		target = odd ? NULL : git_reference_symbolic_target(head);
		odd = !target || strcmp(target, tip->ref.ptr) != 0 ||
		      strncmp(target, "refs/heads/", 11) != 0;
	}
	git_reference_free(head);
	return odd;
}

/* What git said, or PM_EMODIFIED when the branch is elsewhere by now. */
static int fail_by_git(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_git_tip *tip, const struct pm_buf *errors)
{
	struct pm_git_tip now = PM_GIT_TIP_INIT;
	struct pm_buf reason = PM_BUF_INIT;
	bool moved = pm_git_tip(ctx, repo, &now) == 0 &&
		     !pm_oid_eq(&now.commit, &tip->commit);
	int rc;

	pm_git_complaint(&reason, pm_buf_slice(errors));
	if (moved)
		rc = pm_fail(ctx, PM_EMODIFIED,
			"'%s' moved while pm was committing (try again)",
			tip->ref.ptr);
	else if (errors->len > 0)
		rc = pm_fail(ctx, PM_ERROR, "cannot move '%s': %s",
			tip->ref.ptr, reason.ptr);
	else
		rc = pm_fail(ctx, PM_ERROR,
			"cannot move '%s' (git's reason stands above)",
			tip->ref.ptr);
	pm_git_tip_release(&now);
	pm_buf_release(&reason);
	return rc;
}

/* git moves HEAD and what it leads to, as its own commit does; with hook it
   runs the reference-transaction hook, and what that prints is for the user. */
static int move_by_git(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_git_tip *tip, const struct pm_oid *commit,
	const char *reason, bool hook)
{
	char old[PM_OID_HEX], new[PM_OID_HEX];
	const char *const args[] = {"-c", "core.filesRefLockTimeout=1000",
		"update-ref", "-m", reason, "HEAD", new, old, NULL};
	struct pm_buf vars[6] = {PM_BUF_INIT, PM_BUF_INIT, PM_BUF_INIT,
		PM_BUF_INIT, PM_BUF_INIT, PM_BUF_INIT};
	const char *env[7] = {NULL};
	struct pm_buf ignored = PM_BUF_INIT;
	struct pm_buf errors = PM_BUF_INIT;
	struct pm_git_run run = {
		.args = args,
		.env = env,
		.output = &ignored,
		.errors = hook ? NULL : &errors,
	};
	int rc;

	pm_git_ident_env(PM_GIT_AUTHOR, &job->author, vars);
	pm_git_ident_env(PM_GIT_COMMITTER, &job->committer, vars + 3);
	for (size_t i = 0; i < 6; i++)
		env[i] = vars[i].ptr;
	pm_oid_hex(&tip->commit, old);
	pm_oid_hex(commit, new);
	rc = pm_git_run(ctx, job->repo, &run);
	if (rc > 0)
		rc = fail_by_git(ctx, job->repo, tip, &errors);
	for (size_t i = 0; i < 6; i++)
		pm_buf_release(&vars[i]);
	pm_buf_release(&ignored);
	pm_buf_release(&errors);
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
			       "or pm is running, remove that file)",
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
		move_here(job->repo, &job->committer, &moved, &tip->commit,
			"commit: taken back, it could not be finished");
	else if (git_reference_lookup(&ref, job->repo->git, tip->ref.ptr) == 0)
		at = git_reference_target(ref);
	if (at && memcmp(at->id, commit->bytes, sizeof(at->id)) == 0)
		git_reference_delete(ref);
	git_reference_free(ref);
}

/* Tries for a second where the branch's lock is held. */
static int move_patiently(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_git_tip *tip, const struct pm_oid *commit,
	const char *reason)
{
	struct pm_repo *repo = job->repo;
	int rc;

	for (int waited = 0;; waited += STEP_MS) {
		rc = move_here(repo, &job->committer, tip, commit, reason);
		if (rc != GIT_ELOCKED || waited >= WAIT_MS)
			break;
		nap();
	}
	if (rc == GIT_ELOCKED)
		return fail_locked(ctx, repo, tip);
	if (rc == GIT_EMODIFIED)
		return pm_fail(ctx, PM_EMODIFIED,
			"'%s' moved while pm was committing (try again)",
			tip->ref.ptr);
	if (rc < 0) {
		rc = pm_git_fail(ctx, rc, "cannot move '%s'", tip->ref.ptr);
		pm_git_tip_back(ctx, job, tip, commit);
	}
	return rc;
}

int pm_git_tip_move(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_git_tip *tip, const struct pm_oid *commit)
{
	struct pm_repo *repo = job->repo;
	struct pm_buf reason = PM_BUF_INIT;
	bool hook = pm_git_hook_exists(ctx, repo, "reference-transaction");
	int rc;

	add_reason(job, tip, &reason);
	if (hook || is_odd(ctx, repo, tip))
		rc = move_by_git(ctx, job, tip, commit, reason.ptr, hook);
	else
		rc = move_patiently(ctx, job, tip, commit, reason.ptr);
	pm_buf_release(&reason);
	return rc;
}
