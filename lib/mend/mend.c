/* SPDX-License-Identifier: Apache-2.0 */
/* Documents rewritten: read again, edited, written in one step. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "mend/private.h"

/* Five seconds, which mending many documents may take. */
#define LOCK_WAITS   250
#define LOCK_WAIT_MS 20

/*
 * One pm at a time rewrites documents of a work tree: what another writes
 * between reading and writing would be lost. The lock goes with the
 * descriptor, however pm ends. A file system may have none, and one that was
 * stopped, or whose pager nobody scrolls, may keep it: then the write goes on
 * without, and is refused should the document have changed.
 */
static void lock(int root)
{
	for (int i = 0; i < LOCK_WAITS; i++) {
		if (flock(root, LOCK_EX | LOCK_NB) == 0)
			return;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return;
		poll(NULL, 0, LOCK_WAIT_MS);
	}
}

int pm_mend_open(
	struct pm_ctx *ctx, struct pm_snapshot *snap, struct pm_mend *mend)
{
	const char *top = pm_repo_worktree(pm_snapshot_repo(snap));

	*mend = (struct pm_mend){.snap = snap, .root = -1};
	if (pm_snapshot_kind(snap) != PM_SNAPSHOT_WORKTREE || !top)
		return pm_fail(ctx, PM_EBARE,
			"only documents of a work tree can be changed, and not "
			"those of a bare repository or a revision (run it in a "
			"clone)");
	mend->root = pm_dir_open(ctx, top);
	if (mend->root < 0)
		return mend->root;
	lock(mend->root);
	return pm_reader_new(ctx, snap, &mend->reader);
}

void pm_mend_release(struct pm_mend *mend)
{
	if (mend->root >= 0)
		close(mend->root);
	mend->root = -1;
	pm_reader_free(mend->reader);
	mend->reader = NULL;
}

int pm_mend_make(struct pm_ctx *ctx, struct pm_mend *mend, size_t doc,
	struct pm_record *edits, struct pm_buf *old, struct pm_buf *new)
{
	int ret = pm_reader_doc(ctx, mend->reader, doc, old, NULL);

	if (ret < 0)
		return ret;
	if (pm_edits_replay(edits, pm_buf_slice(old), new) < 0)
		return pm_fail(ctx, PM_ERROR,
			"'%s' changed while it was read and is left as it is "
			"(try again)",
			pm_snapshot_doc(mend->snap, doc)->path);
	return 0;
}

/* A file that its owner may not write was meant to stay as it is: a new one
   in its place would not ask. */
static int check_writable(struct pm_ctx *ctx, int root, const char *path)
{
	struct stat st;

	if (fstatat(root, path, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		!(st.st_mode & S_IWUSR))
		return pm_fail(ctx, PM_EREADONLY,
			"'%s' is read-only and was left as it is (chmod u+w "
			"it, and try again)",
			path);
	return 0;
}

/* Says when an editor seems to hold the document: vim keeps a swap file beside
   it, Emacs a link. What is saved there later would undo the change. */
static void tell_open(struct pm_ctx *ctx, int root, const char *path)
{
	static const char *const shapes[][2] = {{".", ".swp"}, {".#", ""}};
	struct pm_slice base = pm_path_base(pm_slice_str(path));
	struct pm_slice dir = pm_path_dir(pm_slice_str(path));
	struct pm_buf name = PM_BUF_INIT;
	struct stat st;

	for (size_t i = 0; i < 2; i++) {
		pm_buf_reset(&name);
		pm_buf_addf(&name, "%.*s%s%s%.*s%s", PM_SLICE_ARG(dir),
			dir.len > 0 ? "/" : "", shapes[i][0],
			PM_SLICE_ARG(base), shapes[i][1]);
		if (fstatat(root, name.ptr, &st, AT_SYMLINK_NOFOLLOW) == 0)
			pm_notice(ctx,
				"'%s' seems to be open in an editor ('%s'): "
				"read it anew there before it is saved",
				path, name.ptr);
	}
	pm_buf_release(&name);
}

bool pm_mend_passes(struct pm_ctx *ctx, int code)
{
	if (code != PM_EREADONLY)
		return false;
	pm_notice(ctx, "%s", ctx->error.message.ptr);
	pm_ctx_clear(ctx);
	return true;
}

int pm_mend_write(struct pm_ctx *ctx, struct pm_mend *mend, size_t doc,
	struct pm_slice old, struct pm_slice bytes)
{
	const char *path = pm_snapshot_doc(mend->snap, doc)->path;
	int ret = check_writable(ctx, mend->root, path);

	if (ret < 0)
		return ret;
	tell_open(ctx, mend->root, path);
	return pm_file_replace_at(ctx, mend->root, path, old, bytes);
}
