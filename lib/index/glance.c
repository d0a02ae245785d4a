/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Most searches find an index that is current and that nobody writes. SQLite
 * would make a log and a shared map of it and remove both again; here its file
 * is read as if it could not change, without any lock of SQLite's own, and
 * looked at once more when the search is done. When somebody has written to it
 * meanwhile, what was found is thrown away and the search is done again in the
 * usual way.
 */
#include "index/private.h"

/* A file written less than so long ago may be written again without a later
   time to show for it. */
#define REST_S 2

static bool at_rest(const struct pm_index *index, struct stat *st)
{
	struct pm_buf log = PM_BUF_INIT;
	struct timespec now;
	struct stat wal;
	bool rest;

	pm_buf_addf(&log, "%s-wal", index->path.ptr);
	clock_gettime(CLOCK_REALTIME, &now);
	rest = (stat(log.ptr, &wal) < 0 || wal.st_size == 0) &&
	       stat(index->path.ptr, st) == 0 &&
	       now.tv_sec - st->st_mtim.tv_sec >= REST_S;
	pm_buf_release(&log);
	return rest;
}

/* True when the file at rest has HEAD's commit in it. */
static bool look(struct pm_index *index)
{
	struct pm_view present;
	const char *why;

	index->lock = pm_store_dir(index, false);
	if (index->lock < 0 ||
		pm_store_lock(index->ctx, index->lock, false, 0) < 0 ||
		!at_rest(index, &index->seen) ||
		pm_store_connect(
			index, PM_SQL_READONLY | PM_SQL_IMMUTABLE, &why) < 0)
		return false;
	return pm_view_current(index, &present) == 1 && !pm_glance_moved(index);
}

bool pm_glance_open(struct pm_index *index)
{
	index->level = PM_STORE_REPO;
	index->glanced = true;
	pm_store_path(index);
	if (look(index))
		return true;
	pm_store_close(index);
	pm_ctx_clear(index->ctx);
	return false;
}

bool pm_glance_moved(const struct pm_index *index)
{
	const struct stat *old = &index->seen;
	struct stat now;

	if (!index->glanced)
		return false;
	return stat(index->path.ptr, &now) < 0 || now.st_ino != old->st_ino ||
	       now.st_size != old->st_size ||
	       now.st_mtim.tv_sec != old->st_mtim.tv_sec ||
	       now.st_mtim.tv_nsec != old->st_mtim.tv_nsec;
}

int pm_glance_end(struct pm_index *index)
{
	if (!index->glanced)
		return 0;
	pm_store_close(index);
	pm_ctx_clear(index->ctx);
	return pm_store_open(index, false);
}
