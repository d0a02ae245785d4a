/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which documents go into the commit. A document counts as changed when git
 * would store other bytes for it than HEAD has; most are known to be the same
 * from the index, without reading them. Deletions are not pm's: a document
 * that is gone from the work tree stays in HEAD until git removes it. One that
 * git is told not to look at is left alone unless it is named.
 */
#include "commit/private.h"

#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"

/* Whether the file may be run, and did not in HEAD, or the other way. */
static bool mode_differs(struct pm_ctx *ctx, const struct pm_commit_job *job,
	const struct pm_commit_doc *doc)
{
	struct pm_buf text = PM_BUF_INIT;
	struct stat st;
	bool counts =
		pm_repo_config(ctx, job->repo, "core.filemode", &text) < 0 ||
		!pm_slice_is_nocase(pm_buf_slice(&text), "false");

	pm_ctx_clear(ctx);
	pm_buf_reset(&text);
	pm_buf_addf(&text, "%s/%s", pm_repo_worktree(job->repo), doc->path);
	counts = counts && lstat(text.ptr, &st) == 0 &&
		 !(st.st_mode & S_IXUSR) != (doc->head_mode != PM_GIT_EXEC);
	pm_buf_release(&text);
	return counts;
}

/* Whether git would store other bytes than HEAD's, or another mode. */
static int differs(struct pm_ctx *ctx, struct pm_commit_job *job,
	const struct pm_commit_doc *doc)
{
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_oid oid;
	int rc = pm_reader_known(ctx, job->reader, doc->number, &oid);
	bool read = rc == 0;

	if (read) {
		rc = pm_reader_file(
			ctx, job->reader, pm_slice_str(doc->path), 0, &bytes);
		if (rc == 0)
			rc = pm_git_store(ctx, job->repo, doc->path,
				pm_buf_slice(&bytes), &oid);
	}
	pm_buf_release(&bytes);
	if (rc < 0)
		return rc;
	/* A change of mode shows in the notes, too: it is a change. */
	return !pm_oid_eq(&oid, &doc->head) ||
	       (read && mode_differs(ctx, job, doc));
}

/* A document as HEAD has it; mode 0: not there. */
struct head {
	struct pm_oid oid;
	unsigned mode;
};

static int add_doc(struct pm_ctx *ctx, struct pm_commit_job *job, size_t number,
	const struct head *head)
{
	const struct pm_snapshot_doc *listed =
		pm_snapshot_doc(job->snap, number);
	struct pm_commit_doc doc = {
		.number = number,
		.path = listed->path,
		.id = listed->id,
		.head = head->oid,
		.head_mode = head->mode,
	};
	int rc = 1;

	if (head->mode)
		rc = differs(ctx, job, &doc);
	if (rc < 0)
		return rc;
	doc.changed = rc > 0;
	*pm_vec_push(&job->docs) = doc;
	return 0;
}

static int add_named(
	struct pm_ctx *ctx, struct pm_commit_job *job, size_t number)
{
	const struct pm_snapshot_doc *doc = pm_snapshot_doc(job->snap, number);
	struct pm_git_entry entry = {0};
	int rc = pm_git_lookup(
		ctx, job->repo, &job->head, pm_slice_str(doc->path), &entry);

	if (rc < 0 && rc != PM_ENOTFOUND)
		return rc;
	pm_ctx_clear(ctx);
	return add_doc(ctx, job, number, &(struct head){entry.oid, entry.mode});
}

/* --- what git is told not to look at -------------------------------------- */

struct hidden {
	struct pm_commit_job *job;
	bool sparse; /* a checkout that leaves files out, which git undoes for
			those that are there */
	const char **marks; /* of each document: the option that hides it */
};

static int take_hidden(void *data, const struct pm_git_entry *entry)
{
	struct hidden *hidden = data;
	bool skipped = entry->skip_worktree && !hidden->sparse;
	size_t i;

	if (!skipped && !entry->assume_unchanged)
		return 0;
	i = pm_snapshot_known(hidden->job->snap, entry->path);
	if (i != SIZE_MAX)
		hidden->marks[i] =
			skipped ? "skip-worktree" : "assume-unchanged";
	return 0;
}

static int find_hidden(
	struct pm_ctx *ctx, struct pm_commit_job *job, struct hidden *out)
{
	size_t n = pm_snapshot_count(job->snap);
	struct pm_buf text = PM_BUF_INIT;

	out->job = job;
	out->sparse = pm_repo_config(ctx, job->repo, "core.sparsecheckout",
			      &text) == 0 &&
		      !pm_slice_is_nocase(pm_buf_slice(&text), "false");
	out->marks = pm_arena_alloc(&job->arena, n + 1, sizeof(*out->marks));
	pm_ctx_clear(ctx);
	pm_buf_release(&text);
	return pm_git_index(
		ctx, job->repo, pm_slice_make(NULL, 0), take_hidden, out);
}

/* Leaves out, with a word, a changed document that git would not see. */
static void leave_hidden(struct pm_ctx *ctx, struct pm_commit_job *job,
	const struct hidden *hidden)
{
	struct pm_commit_doc *doc = &job->docs.items[job->docs.len - 1];
	const char *mark = hidden->marks[doc->number];

	if (!mark || !doc->changed)
		return;
	pm_notice(ctx,
		"'%s' is changed and left out: git is told not to look at it "
		"('git update-index --no-%s %s' ends that)",
		doc->path, mark, doc->path);
	doc->changed = false;
}

/* --- all of them --------------------------------------------------------- */

struct heads {
	struct pm_ctx *ctx;
	struct pm_commit_job *job;
	struct head *docs; /* of each document */
};

static int take_head(void *data, const struct pm_git_entry *entry)
{
	struct heads *heads = data;
	struct pm_commit_job *job = heads->job;
	size_t i = pm_snapshot_known(job->snap, entry->path);

	if (i != SIZE_MAX)
		heads->docs[i] = (struct head){entry->oid, entry->mode};
	else if (pm_policy_is_document(
			 pm_snapshot_policy(job->snap), entry->path) &&
		 pm_reader_exists(heads->ctx, job->reader, entry->path) == 0)
		pm_notice(heads->ctx,
			"'%.*s' is gone from the work tree: pm does not commit "
			"deletions (use git rm and git commit)",
			PM_SLICE_ARG(entry->path));
	return 0;
}

static int add_all(struct pm_ctx *ctx, struct pm_commit_job *job)
{
	const struct pm_names *globs =
		&pm_snapshot_policy(job->snap)->documents;
	size_t n = pm_snapshot_count(job->snap);
	struct heads heads = {
		.ctx = ctx,
		.job = job,
		.docs = pm_arena_alloc(&job->arena, n + 1, sizeof(struct head)),
	};
	struct hidden hidden;
	int rc = find_hidden(ctx, job, &hidden);

	/* Roots may overlap: then some entries come twice, to no harm. */
	for (size_t i = 0; i < globs->len && rc == 0; i++)
		rc = pm_git_walk(ctx, job->repo, &job->head,
			pm_glob_root(pm_slice_str(globs->items[i])), take_head,
			&heads);
	for (size_t i = 0; i < n && rc == 0; i++) {
		rc = add_doc(ctx, job, i, &heads.docs[i]);
		if (rc == 0)
			leave_hidden(ctx, job, &hidden);
	}
	return rc;
}

/* A named document, which git refuses as well where it is to be skipped. */
static int add_seen(struct pm_ctx *ctx, struct pm_commit_job *job,
	const struct hidden *hidden, size_t number)
{
	const char *mark = hidden->marks[number];
	const char *path = pm_snapshot_doc(job->snap, number)->path;

	if (mark && strcmp(mark, "skip-worktree") == 0)
		return pm_fail(ctx, PM_EINVALID,
			"cannot commit '%s': git is told not to look at it "
			"('git update-index --no-skip-worktree %s' ends that)",
			path, path);
	return add_named(ctx, job, number);
}

int pm_commit_select(struct pm_ctx *ctx, struct pm_commit_job *job,
	const struct pm_commit_opts *opts)
{
	struct hidden hidden;
	int rc;

	if (!opts->docs)
		return add_all(ctx, job);
	rc = find_hidden(ctx, job, &hidden);
	for (size_t i = 0; i < opts->ndocs && rc == 0; i++)
		rc = add_seen(ctx, job, &hidden, opts->docs[i]);
	return rc;
}
