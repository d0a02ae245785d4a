/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which blob each document of a snapshot is. Revisions and the staged index
 * say so themselves. A file of the work tree that looks as it did when it was
 * added is the blob that was added; only the others are read and hashed, so
 * the cost follows what is not committed yet.
 */
#include "index/private.h"

#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

struct listing {
	struct pm_ctx *ctx;
	struct pm_snapshot *snap;
	struct pm_wants *out;
	size_t next; /* document to compare with the next index entry */
	int top;     /* directory of the work tree, or -1 */
};

static bool looks_same(const struct stat *st, const struct pm_git_entry *entry)
{
	if (entry->mtime_s == 0 || entry->intent_to_add)
		return false;
	return S_ISREG(st->st_mode) && (uint32_t)st->st_size == entry->size &&
	       st->st_mtim.tv_sec == entry->mtime_s &&
	       (uint32_t)st->st_mtim.tv_nsec == entry->mtime_ns;
}

static void add(
	struct listing *l, size_t num, const struct pm_oid *oid, bool in_git)
{
	struct pm_want *want = pm_vec_push(l->out);

	want->path = pm_snapshot_doc(l->snap, num)->path;
	want->oid = *oid;
	want->num = in_git ? SIZE_MAX : num;
}

/*
 * A document that has to be looked into; one that is gone is left out. So is
 * one that may not be read, and that is told.
 */
static int add_file(struct listing *l, size_t num)
{
	const char *path = pm_snapshot_doc(l->snap, num)->path;
	size_t limit = pm_snapshot_policy(l->snap)->max_document;
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_oid oid;
	struct stat st;
	int ret;

	if (fstatat(l->top, path, &st, AT_SYMLINK_NOFOLLOW) < 0)
		ret = pm_fail_errno(l->ctx, "cannot read '%s'", path);
	else if ((size_t)st.st_size > limit)
		ret = PM_ELIMIT;
	else
		ret = pm_file_read_at(
			l->ctx, l->top, path, limit, &bytes, NULL);
	if (ret == PM_ELIMIT)
		pm_snapshot_look(&st, &oid);
	else if (ret == 0)
		pm_git_hash(pm_buf_slice(&bytes), &oid);
	if (ret == 0 || ret == PM_ELIMIT)
		add(l, num, &oid, false);
	pm_buf_release(&bytes);
	if (ret == PM_EREADONLY)
		pm_notice(l->ctx, "left out: %s", l->ctx->error.message.ptr);
	else if (ret < 0 && ret != PM_ELIMIT && ret != PM_ENOTFOUND &&
		 ret != PM_EINVALID)
		return ret;
	pm_ctx_clear(l->ctx);
	return 0;
}

/* Documents and entries come in the same order: those that the entry passes
   by are not in the index. */
static int on_entry(void *data, const struct pm_git_entry *entry)
{
	struct listing *l = data;
	size_t count = pm_snapshot_count(l->snap);
	struct stat st;
	int ret = 0;

	while (l->next < count) {
		const char *path = pm_snapshot_doc(l->snap, l->next)->path;
		int cmp = pm_slice_cmp(pm_slice_str(path), entry->path);

		if (cmp > 0)
			return 0;
		if (cmp == 0 &&
			fstatat(l->top, path, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
			looks_same(&st, entry))
			add(l, l->next, &entry->oid, true);
		else
			ret = add_file(l, l->next);
		if (ret < 0)
			return ret;
		l->next++;
		if (cmp == 0)
			return 0;
	}
	return PM_ESTOP;
}

static int list_worktree(struct listing *l)
{
	struct pm_repo *repo = pm_snapshot_repo(l->snap);
	int ret;

	l->top = pm_dir_open(l->ctx, pm_repo_worktree(repo));
	if (l->top < 0)
		return l->top;
	ret = pm_git_index(l->ctx, repo, pm_slice_str(""), on_entry, l);
	if (ret == PM_ESTOP)
		ret = 0;
	while (ret == 0 && l->next < pm_snapshot_count(l->snap))
		ret = add_file(l, l->next++);
	close(l->top);
	return ret;
}

int pm_index_state(
	struct pm_ctx *ctx, struct pm_snapshot *snap, struct pm_wants *out)
{
	struct listing l = {.ctx = ctx, .snap = snap, .out = out, .top = -1};
	size_t count = pm_snapshot_count(snap);

	if (pm_snapshot_kind(snap) == PM_SNAPSHOT_WORKTREE &&
		pm_repo_worktree(pm_snapshot_repo(snap)))
		return list_worktree(&l);
	for (size_t i = 0; i < count; i++)
		add(&l, i, &pm_snapshot_doc(snap, i)->oid, true);
	return 0;
}
