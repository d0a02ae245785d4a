/* SPDX-License-Identifier: Apache-2.0 */
/* slow: it waits until a job goes on */
/*
 * The worker pool: order, limits, and items that break their worker. Sizes of
 * results vary on purpose, so that workers overtake each other.
 */
#include "base/pool.h"
#include "valgrind.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/pool_worker.h"
#include "base/record.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum trouble {
	NONE,
	SPIN,
	EAT,
	ABORT,
	CRASH,
	FLOOD,
	REFUSE,
	LEAVE,
	FULL,
	KILL,
	FORGE,
	SHOT,
	STOP,
	DENY
};

struct plan {
	const enum trouble *trouble; /* for each item, or NULL */
	size_t base_size;            /* bytes of item 0 */
	unsigned stall_ms;
	unsigned long rounds;      /* of work on each item */
	size_t stop_at;            /* "done" stops here with 7; 0: never */
	size_t next;               /* what "done" expects */
	enum pm_pool_status *seen; /* for each item, or NULL */
	struct pm_buf digest;      /* all results, one after the other */
};

static size_t size_of(const struct plan *plan, size_t item)
{
	return plan->base_size + item * 7919 % 997;
}

static void spin(void)
{
	volatile unsigned n = 0;

	for (;;)
		n++;
}

static void eat(void)
{
	for (;;)
		memset(pm_alloc(1 << 20, 1), 1, 1 << 20);
}

/* Writes into the pipe what no honest worker would: a start that failed with
   a code that is none once it is cut to an int. */
static void forge(void)
{
	struct pm_pool_header header = {
		.item = PM_POOL_START, .status = INT64_MIN};

	for (int fd = 3; fd < 256; fd++) {
		struct stat st;

		if (fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode) &&
			write(fd, &header, sizeof header) < 0)
			continue;
	}
	_exit(0);
}

static int make_trouble(
	struct pm_ctx *ctx, enum trouble trouble, struct pm_buf *out)
{
	size_t i;

	switch (trouble) {
	case SPIN:
		spin();
		break;
	case EAT:
		eat();
		break;
	case ABORT:
		abort();
	case CRASH:
		signal(SIGSEGV, SIG_DFL);
		raise(SIGSEGV);
		break;
	case SHOT:
		raise(SIGKILL);
		break;
	case STOP:
		raise(SIGSTOP);
		break;
	case DENY:
		errno = ENOMEM;
		abort();
	case FLOOD:
		for (i = 0; i < 100000; i++)
			pm_buf_adds(out, "more and more ");
		break;
	case REFUSE:
		return pm_fail(ctx, PM_EINVALID, "no such thing as '%d'", 5);
	case LEAVE:
		_exit(0);
	case FORGE:
		forge();
		break;
	case FULL:
		pm_pool_leave_memory();
	default:
		break;
	}
	return 0;
}

static int work(struct pm_ctx *ctx, void *data, void *worker, size_t item,
	struct pm_buf *out)
{
	const struct plan *plan = data;
	size_t len = size_of(plan, item);

	(void)worker;
	for (volatile unsigned long n = 0; n < plan->rounds;)
		n++;
	if (plan->trouble && plan->trouble[item] != NONE)
		return make_trouble(ctx, plan->trouble[item], out);
	pm_record_put_int(out, (int64_t)item);
	while (out->len < len)
		pm_buf_addc(out, (char)('a' + (item + out->len) % 26));
	return 0;
}

static int done(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice out)
{
	struct plan *plan = data;
	struct pm_record record;

	(void)ctx;
	assert_int_equal(item, plan->next);
	plan->next++;
	if (plan->seen)
		plan->seen[item] = status;
	if (status == PM_POOL_OK && (!plan->trouble || !plan->trouble[item])) {
		pm_record_init(&record, out);
		assert_int_equal(pm_record_int(&record), item);
		assert_true(out.len >= size_of(plan, item));
	}
	pm_buf_addf(&plan->digest, "%zu %d %zu\n", item, (int)status, out.len);
	if (status == PM_POOL_FAILED)
		pm_buf_add_slice(&plan->digest, out);
	return plan->stop_at && item == plan->stop_at ? 7 : 0;
}

static int run(struct plan *plan, size_t nitems, unsigned workers)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_pool pool = {
		.nitems = nitems,
		.workers = workers,
		.cpu_ms = 200,
		.stall_ms = plan->stall_ms,
		.memory = 64 << 20,
		.output = 1 << 20,
		.data = plan,
		.work = work,
		.done = done,
	};
	int code;

	plan->next = 0;
	plan->digest = (struct pm_buf)PM_BUF_INIT;
	code = pm_pool_run(ctx, &pool);
	pm_ctx_free(ctx);
	/* No child outlives the call. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	return code;
}

static void test_nothing(void **state)
{
	struct plan plan = {.base_size = 10};

	(void)state;
	assert_int_equal(run(&plan, 0, 2), 0);
	assert_int_equal(plan.next, 0);
	pm_buf_release(&plan.digest);
}

static void test_one_item(void **state)
{
	struct plan plan = {.base_size = 10};

	(void)state;
	assert_int_equal(run(&plan, 1, 0), 0);
	assert_int_equal(plan.next, 1);
	pm_buf_release(&plan.digest);
}

/* Sanitizers and valgrind need memory that the limit would refuse. */
static bool is_limited(void)
{
	return !SANITIZED && !under_valgrind();
}

/* The same bytes whatever the number of workers. */
static void test_order(void **state)
{
	static const unsigned workers[] = {1, 2, 3, 7, 64, 200};
	struct plan first = {.base_size = 10};
	size_t i;

	(void)state;
	assert_int_equal(run(&first, 5000, 0), 0);
	assert_int_equal(first.next, 5000);
	for (i = 0; i < sizeof(workers) / sizeof(workers[0]); i++) {
		struct plan plan = {.base_size = 10};

		assert_int_equal(run(&plan, 5000, workers[i]), 0);
		assert_string_equal(plan.digest.ptr, first.digest.ptr);
		pm_buf_release(&plan.digest);
	}
	pm_buf_release(&first.digest);
}

/* Results larger than a pipe and than the reading ahead. */
static void test_large_results(void **state)
{
	struct plan plan = {.base_size = 700000};

	(void)state;
	assert_int_equal(run(&plan, 60, 3), 0);
	assert_int_equal(plan.next, 60);
	pm_buf_release(&plan.digest);
}

/* While one item takes its time, the others must not pile up without end. */
static void test_slow_item(void **state)
{
	enum trouble trouble[400] = {[3] = SPIN};
	enum pm_pool_status seen[400];
	struct plan plan = {
		.trouble = trouble, .seen = seen, .base_size = 60000};

	(void)state;
	assert_int_equal(run(&plan, 400, 2), 0);
	assert_int_equal(plan.next, 400);
	assert_int_equal(seen[3], PM_POOL_CPU);
	assert_int_equal(seen[399], PM_POOL_OK);
	pm_buf_release(&plan.digest);
}

/* hazard: 69 89 */
static void test_trouble(void **state)
{
	enum trouble trouble[300] = {
		[0] = REFUSE,
		[10] = SPIN,
		[20] = is_limited() ? EAT : FULL,
		[30] = ABORT,
		[31] = CRASH,
		[32] = CRASH,
		[40] = FLOOD,
		[50] = LEAVE,
		[51] = FORGE,
		[60] = FULL,
		[70] = SHOT,
		[80] = DENY,
		[298] = REFUSE,
		[299] = CRASH,
	};
	enum pm_pool_status seen[300];
	unsigned workers;

	(void)state;
	for (workers = 1; workers <= 3; workers++) {
		struct plan plan = {
			.trouble = trouble, .seen = seen, .base_size = 10};

		assert_int_equal(run(&plan, 300, workers), 0);
		assert_int_equal(plan.next, 300);
		assert_int_equal(seen[0], PM_POOL_FAILED);
		assert_int_equal(seen[1], PM_POOL_OK);
		assert_int_equal(seen[10], PM_POOL_CPU);
		assert_int_equal(seen[20], PM_POOL_MEMORY);
		assert_int_equal(seen[30], PM_POOL_CRASHED);
		assert_int_equal(seen[31], PM_POOL_CRASHED);
		assert_int_equal(seen[32], PM_POOL_CRASHED);
		assert_int_equal(seen[33], PM_POOL_OK);
		assert_int_equal(seen[40], PM_POOL_OUTPUT);
		assert_int_equal(seen[50], PM_POOL_CRASHED);
		assert_int_equal(seen[51], PM_POOL_CRASHED);
		assert_int_equal(seen[60], PM_POOL_MEMORY);
		assert_int_equal(seen[70], PM_POOL_REFUSED);
		assert_int_equal(seen[80], PM_POOL_REFUSED);
		assert_int_equal(seen[299], PM_POOL_CRASHED);
		assert_non_null(
			strstr(plan.digest.ptr, "no such thing as '5'"));
		pm_buf_release(&plan.digest);
	}
}

/* A worker that somebody stopped is not waited for without end. */
static void test_stopped(void **state)
{
	enum trouble trouble[200] = {[0] = STOP, [77] = STOP, [199] = STOP};
	enum pm_pool_status seen[200];
	unsigned workers;

	(void)state;
	for (workers = 1; workers <= 3; workers++) {
		struct plan plan = {.trouble = trouble,
			.seen = seen,
			.base_size = 3000,
			.stall_ms = 400};

		assert_int_equal(run(&plan, 200, workers), 0);
		for (size_t i = 0; i < 200; i++)
			assert_int_equal(seen[i],
				trouble[i] ? PM_POOL_STALLED : PM_POOL_OK);
		pm_buf_release(&plan.digest);
	}
}

/* In a group of its own: its exit status says that no worker was given up. */
static _Noreturn void be_job(void)
{
	enum pm_pool_status seen[150];
	struct plan plan = {.seen = seen,
		.base_size = 10,
		.rounds = 1000000,
		.stall_ms = 1000};
	size_t i;

	setpgid(0, 0);
	if (run(&plan, 150, 2) < 0)
		_exit(1);
	for (i = 0; i < 150; i++)
		if (seen[i] != PM_POOL_OK)
			_exit(2);
	_exit(0);
}

/* The clock goes on while a job is suspended; its workers are not to blame. */
static void test_suspended(void **state)
{
	int status = -1;
	pid_t job = fork();

	(void)state;
	if (job == 0)
		be_job();
	setpgid(job, job);
	for (int i = 0; i < 2; i++) {
		usleep(60000);
		kill(-job, SIGSTOP);
		usleep(2500000);
		kill(-job, SIGCONT);
	}
	assert_int_equal(waitpid(job, &status, 0), job);
	assert_int_equal(status, 0);
}

static void test_all_crash(void **state)
{
	enum trouble trouble[100];
	enum pm_pool_status seen[100];
	struct plan plan = {.trouble = trouble, .seen = seen};
	size_t i;

	(void)state;
	for (i = 0; i < 100; i++)
		trouble[i] = CRASH;
	assert_int_equal(run(&plan, 100, 2), 0);
	for (i = 0; i < 100; i++)
		assert_int_equal(seen[i], PM_POOL_CRASHED);
	pm_buf_release(&plan.digest);
}

static void test_stop(void **state)
{
	struct plan plan = {.base_size = 5000, .stop_at = 17};

	(void)state;
	assert_int_equal(run(&plan, 1000, 2), 7);
	assert_int_equal(plan.next, 18);
	pm_buf_release(&plan.digest);
}

static int start_fails(struct pm_ctx *ctx, void *data, void **worker)
{
	(void)data;
	(void)worker;
	return pm_fail(ctx, PM_ENOTFOUND, "no repository '%s'", "x");
}

static int start_crashes(struct pm_ctx *ctx, void *data, void **worker)
{
	(void)ctx;
	(void)data;
	(void)worker;
	_exit(3);
}

static int start_counts(struct pm_ctx *ctx, void *data, void **worker)
{
	(void)ctx;
	(void)data;
	*worker = pm_alloc(1, sizeof(unsigned));
	return 0;
}

static int work_counts(struct pm_ctx *ctx, void *data, void *worker,
	size_t item, struct pm_buf *out)
{
	unsigned *count = worker;

	(void)ctx;
	(void)data;
	(void)item;
	pm_record_put_int(out, (int64_t)++ * count);
	return 0;
}

static int done_sums(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice out)
{
	struct pm_record record;
	int64_t *last = data;

	(void)ctx;
	assert_int_equal(status, PM_POOL_OK);
	pm_record_init(&record, out);
	*last = pm_record_int(&record);
	/* One worker keeps its state through all items. */
	assert_int_equal(*last, item + 1);
	return 0;
}

static void test_start(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	int64_t last = 0;
	struct pm_pool pool = {
		.nitems = 100,
		.workers = 1,
		.data = &last,
		.start = start_counts,
		.work = work_counts,
		.done = done_sums,
	};

	(void)state;
	assert_int_equal(pm_pool_run(ctx, &pool), 0);
	assert_int_equal(last, 100);
	pool.start = start_fails;
	assert_int_equal(pm_pool_run(ctx, &pool), PM_ENOTFOUND);
	assert_string_equal(
		pm_ctx_error(ctx)->message.ptr, "no repository 'x'");
	pool.workers = 2;
	pool.start = start_crashes;
	assert_int_equal(pm_pool_run(ctx, &pool), PM_ERROR);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	pm_ctx_free(ctx);
}

/* What "begin" counts, and says. */
struct begun {
	unsigned times;
	size_t results;
	int code;
};

static int begin_counts(struct pm_ctx *ctx, void *data)
{
	struct begun *begun = data;

	(void)ctx;
	assert_int_equal(begun->results, 0);
	begun->times++;
	return begun->code;
}

static int done_counts(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice out)
{
	struct begun *begun = data;

	(void)ctx;
	(void)item;
	(void)status;
	(void)out;
	assert_int_equal(begun->times, 1);
	begun->results++;
	return 0;
}

/* Once, before any result, also where there is none; and it can say stop. */
static void test_begin(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct begun begun = {0}, none = {0}, stops = {.code = 7};
	struct pm_pool pool = {
		.nitems = 100,
		.workers = 2,
		.data = &begun,
		.start = start_counts,
		.work = work_counts,
		.begin = begin_counts,
		.done = done_counts,
	};

	(void)state;
	assert_int_equal(pm_pool_run(ctx, &pool), 0);
	assert_int_equal(begun.times, 1);
	assert_int_equal(begun.results, 100);
	pool.data = &stops;
	assert_int_equal(pm_pool_run(ctx, &pool), 7);
	assert_int_equal(stops.results, 0);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	pool.data = &none;
	pool.nitems = 0;
	assert_int_equal(pm_pool_run(ctx, &pool), 0);
	assert_int_equal(none.times, 1);
	pm_ctx_free(ctx);
}

/* Somebody else kills workers at random: every item is still answered. Five
   times three are fewer than the pool bears without a result in between, which
   is what a busy machine may make of it. */
static void test_killed_workers(void **state)
{
	struct plan plan = {.base_size = 3000};
	pid_t self = getpid();
	pid_t killer = fork();

	(void)state;
	if (killer == 0) {
		char path[64];
		int round;

		snprintf(path, sizeof(path), "/proc/%d/task/%d/children",
			(int)self, (int)self);
		for (round = 0; round < 5; round++) {
			FILE *file = fopen(path, "r");
			int pid;

			while (file && fscanf(file, "%d", &pid) == 1) {
				if (pid != getpid())
					kill(pid, SIGTERM);
			}
			if (file)
				fclose(file);
			usleep(5000);
		}
		_exit(0);
	}
	plan.digest = (struct pm_buf)PM_BUF_INIT;
	{
		struct pm_ctx *ctx = pm_ctx_new();
		struct pm_pool pool = {
			.nitems = 20000,
			.workers = 2,
			.data = &plan,
			.work = work,
			.done = done,
		};

		assert_int_equal(pm_pool_run(ctx, &pool), 0);
		pm_ctx_free(ctx);
	}
	assert_int_equal(plan.next, 20000);
	waitpid(killer, NULL, 0);
	pm_buf_release(&plan.digest);
}

/* Workers end when their parent does. */
static void test_orphans(void **state)
{
	enum trouble trouble[2] = {SPIN, SPIN};
	int fds[2];
	pid_t parent;
	char byte;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	parent = fork();
	if (parent == 0) {
		struct plan plan = {.trouble = trouble};
		struct pm_ctx *ctx = pm_ctx_new();
		struct pm_pool pool = {
			.nitems = 2,
			.workers = 2,
			.cpu_ms = 60000,
			.data = &plan,
			.work = work,
			.done = done,
		};

		close(fds[0]);
		pm_pool_run(ctx, &pool);
		_exit(0);
	}
	close(fds[1]);
	usleep(100000);
	kill(parent, SIGKILL);
	waitpid(parent, NULL, 0);
	/* The workers hold the other end until they are gone. */
	assert_int_equal(read(fds[0], &byte, 1), 0);
	close(fds[0]);
}

static void test_reasons(void **state)
{
	(void)state;
	assert_string_equal(pm_pool_reason(PM_POOL_CPU),
		"the document takes too much processor time (more than "
		"1 s)");
	assert_non_null(pm_pool_reason(PM_POOL_OK));
	assert_non_null(pm_pool_reason(PM_POOL_CRASHED));
	assert_non_null(pm_pool_reason(PM_POOL_STALLED));
	assert_true(pm_pool_excused(PM_POOL_STALLED));
	assert_false(pm_pool_excused(PM_POOL_CPU));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_one_item),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_large_results),
		cmocka_unit_test(test_slow_item),
		cmocka_unit_test(test_trouble),
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_suspended),
		cmocka_unit_test(test_all_crash),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_start),
		cmocka_unit_test(test_begin),
		cmocka_unit_test(test_killed_workers),
		cmocka_unit_test(test_orphans),
		cmocka_unit_test(test_reasons),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
