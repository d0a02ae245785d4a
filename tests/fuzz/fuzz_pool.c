/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A worker that was taken over writes into the pool's pipe what it likes: the
 * first byte says how it ends, the rest is what it says. The run comes to its
 * end, and of each item one result is delivered, in order, or an error told.
 * The worker is confined: the calls by which it finds the pipe are among those
 * it may make, and that it did find it is said in memory both have.
 */
#include "fuzz.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/pool.h"
#include "base/pool_worker.h"

enum { ITEMS = 3, FDS = 64 };

enum lie { UNTOLD, TOLD, NO_PIPE, NOT_WRITTEN };

struct plan {
	struct pm_slice bytes;
	atomic_int *lie; /* shared with the workers */
	uint8_t how;
	size_t next;
};

/* The pipe is the one open for writing that nobody had before. */
static int find_pipe(void)
{
	for (int fd = FDS; fd > 2; fd--) {
		struct stat st;

		if (fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode) &&
			(fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY)
			return fd;
	}
	return -1;
}

static int work(struct pm_ctx *ctx, void *data, void *worker, size_t item,
	struct pm_buf *out)
{
	const struct plan *plan = data;
	int fd = find_pipe();
	ssize_t done = 0;

	(void)worker;
	pm_buf_add_slice(out, plan->bytes);
	if (item != 1)
		return 0;
	/* Before it is written: whoever reads it may end this worker. */
	atomic_store(plan->lie, fd < 0 ? NO_PIPE : TOLD);
	if (fd >= 0 && plan->bytes.len)
		done = write(fd, plan->bytes.ptr, plan->bytes.len);
	if (done != (ssize_t)plan->bytes.len)
		atomic_store(plan->lie, NOT_WRITTEN);
	switch (plan->how % 4) {
	case 0:
		_exit(done < 0);
	case 1:
		abort();
	case 2:
		return pm_fail(ctx, PM_ERROR, "refused");
	default:
		return 0;
	}
}

static int done(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice out)
{
	struct plan *plan = data;

	(void)ctx;
	FUZZ_CHECK(item == plan->next++);
	FUZZ_CHECK(status <= PM_POOL_STALLED);
	FUZZ_CHECK(!out.len || out.ptr != NULL);
	return 0;
}

/* Memory that the workers inherit and the parent sees. */
static atomic_int *shared(void)
{
	void *page = mmap(NULL, sizeof(atomic_int), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	FUZZ_CHECK(page != MAP_FAILED);
	return page;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct plan plan = {.bytes = {NULL, 0}, .lie = shared()};
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_pool pool = {
		.nitems = ITEMS,
		.workers = 2,
		.data = &plan,
		.work = work,
		.done = done,
	};

	if (size) {
		plan.how = data[0];
		plan.bytes = pm_slice_make((const char *)data + 1, size - 1);
	}
	if (pm_pool_run(ctx, &pool) < 0)
		FUZZ_CHECK(pm_ctx_error(ctx)->code < 0);
	else
		FUZZ_CHECK(plan.next == ITEMS && *plan.lie == TOLD);
	FUZZ_CHECK(*plan.lie <= TOLD);
	munmap(plan.lie, sizeof(*plan.lie));
	pm_ctx_free(ctx);
	return 0;
}
