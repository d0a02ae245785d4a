/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole index in one go, into a new file that takes the old one's place by
 * rename: no journal, no syncing, a large hash in the full-text table and no
 * merging until the end. From then on nothing is ever merged but in the small
 * steps that gather.c takes: left to itself, the table merges whole levels at
 * once, and some later update of one document pays for it, seconds long.
 */
#include "index/private.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A build of a hundred thousand documents takes about a minute. */
#define BUILD_WAIT_MS 120000
#define SWAP_WAIT_MS  10000

static const char bulk_begin[] =
	"INSERT INTO words(words, rank) VALUES('hashsize', 67108864);"
	"INSERT INTO words(words, rank) VALUES('automerge', 0);"
	"INSERT INTO words(words, rank) VALUES('crisismerge', 1999);"
	"INSERT INTO words(words, rank) VALUES('usermerge', 16);";

static const char bulk_end[] =
	"INSERT INTO words(words) VALUES('optimize');"
	"INSERT INTO words(words, rank) VALUES('hashsize', 1048576);";

/* Everything inside one transaction. */
static int fill(struct pm_index *index)
{
	int ret = pm_sql_exec(index->sql, "BEGIN IMMEDIATE");

	if (ret < 0)
		return ret;
	ret = pm_sql_exec(index->sql, pm_index_schema);
	if (ret == 0)
		ret = pm_sql_exec(index->sql, pm_index_stamp);
	if (ret == 0)
		ret = pm_sql_exec(index->sql, bulk_begin);
	if (ret == 0)
		ret = pm_index_refresh(index, true);
	if (ret == 0)
		ret = pm_sql_exec(index->sql, bulk_end);
	return pm_index_finish(index, ret);
}

int pm_index_build_memory(struct pm_index *index)
{
	int ret = pm_sql_open(index->ctx, NULL, PM_SQL_CREATE | PM_SQL_MEMORY,
		0, &index->sql);

	return ret < 0 ? ret : fill(index);
}

/* "index.db" + suffix, beside index->path. */
static void beside(
	const struct pm_index *index, const char *suffix, struct pm_buf *out)
{
	pm_buf_reset(out);
	pm_buf_add_slice(out, pm_buf_slice(&index->path));
	pm_buf_adds(out, suffix);
}

static void remove_beside(const struct pm_index *index, const char *suffix)
{
	struct pm_buf path = PM_BUF_INIT;

	beside(index, suffix, &path);
	unlink(path.ptr);
	pm_buf_release(&path);
}

static void remove_new(const struct pm_index *index)
{
	remove_beside(index, ".new");
	remove_beside(index, ".new-journal");
	remove_beside(index, ".new-wal");
	remove_beside(index, ".new-shm");
}

/* Makes the new file, whole and closed. */
static int make_new(struct pm_index *index)
{
	struct pm_buf path = PM_BUF_INIT;
	int ret;

	remove_new(index);
	beside(index, ".new", &path);
	ret = pm_sql_open(index->ctx, path.ptr, PM_SQL_CREATE | PM_SQL_SHADOW,
		0, &index->sql);
	if (ret == 0)
		ret = pm_sql_exec(index->sql, "PRAGMA journal_mode=MEMORY;"
					      "PRAGMA synchronous=OFF;"
					      "PRAGMA locking_mode=EXCLUSIVE;");
	if (ret == 0)
		ret = fill(index);
	if (ret == 0)
		ret = pm_index_raise_segment(index);
	if (ret == 0)
		ret = pm_sql_exec(index->sql, "PRAGMA locking_mode=NORMAL;"
					      "PRAGMA journal_mode=WAL;");
	pm_sql_free(index->sql);
	index->sql = NULL;
	pm_buf_release(&path);
	return ret;
}

/* Puts the new file in the place of the old, with nobody looking. */
static int swap(struct pm_index *index)
{
	struct pm_buf path = PM_BUF_INIT;
	int ret = pm_store_lock(index->ctx, index->lock, true, SWAP_WAIT_MS);

	if (ret < 0)
		return ret;
	remove_beside(index, "-wal");
	remove_beside(index, "-shm");
	beside(index, ".new", &path);
	if (rename(path.ptr, index->path.ptr) < 0)
		ret = pm_fail_errno(
			index->ctx, "cannot replace '%s'", index->path.ptr);
	pm_buf_release(&path);
	pm_store_unlock(index->lock);
	return ret;
}

/* What tells one database file from the next at the same path. */
struct identity {
	bool there;
	struct stat st;
};

static void identify(const struct pm_index *index, struct identity *id)
{
	id->there = stat(index->path.ptr, &id->st) == 0;
}

static bool replaced(const struct pm_index *index, const struct identity *old)
{
	struct identity now;

	identify(index, &now);
	if (!now.there || !old->there)
		return now.there;
	return now.st.st_ino != old->st.st_ino ||
	       now.st.st_ctim.tv_sec != old->st.st_ctim.tv_sec ||
	       now.st.st_ctim.tv_nsec != old->st.st_ctim.tv_nsec;
}

/* Waits for the right to build; a descriptor to close, or a PM_E code. */
static int take_turn(struct pm_index *index)
{
	struct pm_buf path = PM_BUF_INIT;
	int fd, ret = 0;

	beside(index, ".lock", &path);
	fd = open(path.ptr, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		ret = pm_fail_errno(index->ctx, "cannot write '%s'", path.ptr);
	if (ret == 0)
		ret = pm_store_lock(index->ctx, fd, true, BUILD_WAIT_MS);
	if (ret < 0 && fd >= 0)
		close(fd);
	pm_buf_release(&path);
	return ret < 0 ? ret : fd;
}

int pm_index_build(struct pm_index *index, bool force)
{
	struct identity old;
	int turn, ret = 0;

	/* A shared lock held meanwhile would keep others from swapping. */
	pm_store_unlock(index->lock);
	identify(index, &old);
	turn = take_turn(index);
	if (turn < 0)
		return turn;
	if (force || !replaced(index, &old)) {
		ret = make_new(index);
		if (ret == 0)
			ret = swap(index);
		remove_new(index);
		index->stats->rebuilt = index->stats->rebuilt || ret == 0;
	}
	close(turn);
	return ret;
}
