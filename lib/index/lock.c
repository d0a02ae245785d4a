/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Advisory locks that keep two processes from swapping the database under
 * each other's feet: SQLite's write-ahead log belongs to a path, not to a
 * file, so a database may only be replaced while nobody has it open. Whoever
 * uses it holds a shared lock on its directory, whoever replaces it an
 * exclusive one for the moment of the rename. The kernel drops both when a
 * process ends, however it ends.
 */
#include "index/private.h"

#include <errno.h>
#include <sys/file.h>

/* How long to sleep between two tries. */
#define STEP_MS 10

int pm_store_lock(struct pm_ctx *ctx, int fd, bool exclusive, unsigned wait_ms)
{
	const struct timespec step = {.tv_nsec = STEP_MS * 1000000L};
	int how = (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB;

	for (unsigned waited = 0;; waited += STEP_MS) {
		if (flock(fd, how) == 0)
			return 0;
		/* Some network file systems have no such locks; there the
		   risk of two rebuilds at once is taken. */
		if (errno != EWOULDBLOCK && errno != EINTR)
			return 0;
		if (waited >= wait_ms)
			return pm_fail(ctx, PM_ELOCKED,
				"cannot lock the index: another process holds "
				"it");
		nanosleep(&step, NULL);
	}
}

void pm_store_unlock(int fd)
{
	if (fd >= 0)
		flock(fd, LOCK_UN);
}
