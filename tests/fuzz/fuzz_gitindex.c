/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An index file as it may lie in anybody's repository: its entries are read
 * within its bytes, and what comes out of a change can be read again, holds
 * the new entry and lost the removed one.
 */
#include "fuzz.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "git/cursor.h"
#include "git/edit.h"

#define OLD_INDEX "/proc/self/fd/%d"

static const char put[] = "post/2026-11-22-x.md";
static const char removed[] = "post/gone.md";

/* Reads all entries; how often put and removed are among them. */
static bool read_entries(struct pm_slice bytes, unsigned *puts, unsigned *gone)
{
	struct pm_git_cursor cursor;
	struct pm_git_entry entry;
	unsigned stage;
	bool ok = pm_git_cursor_open(&cursor, bytes);

	*puts = *gone = 0;
	while (ok && pm_git_cursor_next(&cursor, &entry, &stage)) {
		FUZZ_CHECK(stage <= 3);
		FUZZ_CHECK(entry.path.len > 0);
		FUZZ_CHECK(!memchr(entry.path.ptr, '\0', entry.path.len));
		FUZZ_CHECK(cursor.off <= bytes.len);
		*puts += pm_slice_is(entry.path, put);
		*gone += pm_slice_is(entry.path, removed);
	}
	ok = ok && !cursor.bad && !pm_git_cursor_strange(&cursor);
	pm_buf_release(&cursor.path);
	return ok;
}

/* Changes the index in the file old, and looks at what came out. */
static void change(struct pm_ctx *ctx, char *old)
{
	struct pm_repo repo = {.index = old};
	struct pm_git_item items[] = {
		{.path = put, .mode = PM_GIT_FILE, .oid = {{1, 2, 3}}},
		{.path = removed, .removed = true},
	};
	struct pm_git_job job = {.repo = &repo, .items = items, .nitems = 2};
	struct pm_buf bytes = PM_BUF_INIT;
	char path[64];
	unsigned puts, gone;
	int rc;

	snprintf(path, sizeof(path), "/dev/shm/pm-fuzz-index.%ld",
		(long)getpid());
	unlink(path);
	rc = pm_git_edit(ctx, &job, path);
	FUZZ_CHECK(rc == 0 || rc == 1);
	FUZZ_CHECK((access(path, F_OK) == 0) == (rc == 1));
	if (rc == 1) {
		FUZZ_CHECK(pm_file_read(ctx, path, 0, &bytes) == 0);
		FUZZ_CHECK(read_entries(pm_buf_slice(&bytes), &puts, &gone));
		FUZZ_CHECK(puts >= 1);
	}
	pm_buf_release(&bytes);
	unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice bytes = pm_slice_make((const char *)data, size);
	struct pm_ctx *ctx = pm_ctx_new();
	int fd = memfd_create("index", MFD_CLOEXEC);
	char name[64];
	unsigned puts, gone;

	FUZZ_CHECK(fd >= 0);
	read_entries(bytes, &puts, &gone);
	FUZZ_CHECK(pm_fd_write(ctx, fd, bytes) == 0);
	snprintf(name, sizeof(name), OLD_INDEX, fd);
	change(ctx, name);
	close(fd);
	pm_ctx_free(ctx);
	return 0;
}
