/* SPDX-License-Identifier: Apache-2.0 */
/* Documents rewritten: read again, edited, written in one step. */
#include <errno.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
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

int pm_mend_write(struct pm_ctx *ctx, struct pm_mend *mend, size_t doc,
	struct pm_slice old, struct pm_slice bytes)
{
	return pm_file_replace_at(ctx, mend->root,
		pm_snapshot_doc(mend->snap, doc)->path, old, bytes);
}
