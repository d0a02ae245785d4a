/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parent's side of the pool. Workers claim items from a shared counter, so
 * the results of each come in rising item order; the parent takes the heads of
 * these queues in turn. It stops reading from a worker that is far ahead of the
 * next item due, which fills the pipe and holds that worker: memory stays
 * bounded and no message is needed for it.
 */
#include "base/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/confine.h"
#include "base/pool_worker.h"

#define WORKERS_MAX 64
/* Bytes of results ahead of their turn. */
#define READ_AHEAD ((size_t)2 << 20)
#define READ_CHUNK ((size_t)64 << 10)
/* Fewer items than this for each worker do not repay its start. */
#define ITEMS_EACH 64
/* Workers that may die at no item, one after the other, before we give up. */
#define LOSSES_MAX 16
/* A worker that does nothing is given up after so long, and looked at so
   often. A second of a document's own is far less. */
#define STALL_MS 30000
#define LOOK_MS  1000

/* A worker and what it sent that was not delivered yet. */
struct lane {
	pid_t pid; /* 0: none runs */
	int fd;
	int answers;       /* to its requests */
	bool lied;         /* what it sent was no message */
	bool stalled;      /* it stood still */
	unsigned quiet_ms; /* since it sent something, or was looked at */
	unsigned looks;    /* since then, one after the other, in vain */
	int64_t used_ns;   /* processor time at the last look */
	uint64_t only; /* the one item it was started for, PM_POOL_IDLE: any */
	struct pm_buf in;
	size_t off;    /* of the first message not delivered */
	size_t parsed; /* end of the newest whole message */
	uint64_t last; /* its item; PM_POOL_IDLE: there is none */
};

struct run {
	struct pm_ctx *ctx;
	const struct pm_pool *pool;
	struct pm_pool_shared *shared;
	size_t shared_size;
	struct lane *lanes; /* count of them and one for a lost item */
	unsigned count;
	uint64_t next;   /* the item whose turn it is */
	unsigned losses; /* since the last result */
	pid_t self;
	int code; /* non-zero ends the run */
	bool limit_memory;
	bool filter_calls;
};

static int is_valgrind(struct dl_phdr_info *info, size_t size, void *data)
{
	(void)size;
	(void)data;
	return info->dlpi_name && strstr(info->dlpi_name, "vgpreload_") != NULL;
}

static unsigned count_cores(void)
{
	cpu_set_t set;

	if (!sched_getaffinity(0, sizeof(set), &set) && CPU_COUNT(&set) > 0)
		return (unsigned)CPU_COUNT(&set);
	return 1;
}

static unsigned count_workers(struct pm_ctx *ctx, const struct pm_pool *pool)
{
	size_t most = 1 + pool->nitems / ITEMS_EACH;
	unsigned count = pool->workers;

	if (count)
		most = pool->nitems;
	else
		count = ctx->jobs ? ctx->jobs : count_cores();
	if (count > most)
		count = (unsigned)most;
	return count > WORKERS_MAX ? WORKERS_MAX : count;
}

/* The first undelivered message of a lane, if its header is there. */
static bool head(const struct lane *lane, struct pm_pool_header *header)
{
	if (lane->in.len - lane->off < sizeof(*header))
		return false;
	memcpy(header, lane->in.ptr + lane->off, sizeof(*header));
	return true;
}

static void close_lane(struct lane *lane)
{
	if (lane->fd >= 0)
		close(lane->fd);
	if (lane->answers >= 0)
		close(lane->answers);
	lane->fd = lane->answers = -1;
}

/* Two pipes: results out, answers in. Returns 0 or -1 with errno. */
static int make_pipes(int fds[4])
{
	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	if (pipe2(fds + 2, O_CLOEXEC) < 0) {
		close(fds[0]);
		close(fds[1]);
		return -1;
	}
	/* A worker that does not take its answers must not hold us up. */
	fcntl(fds[3], F_SETFL, O_NONBLOCK);
	return 0;
}

/* What a child does between fork and work: only its own pipe stays open. */
static _Noreturn void be_worker(
	struct run *run, unsigned index, uint64_t only, const int fds[4])
{
	struct pm_worker worker = {
		.pool = run->pool,
		.shared = run->shared,
		.slot = index,
		.only = only,
		.fd = fds[1],
		.answers = fds[2],
		.parent = run->self,
		.limit_memory = run->limit_memory,
		.filter_calls = run->filter_calls,
	};
	unsigned i;

	close(fds[0]);
	close(fds[3]);
	for (i = 0; i <= run->count; i++) {
		close_lane(&run->lanes[i]);
	}
	pm_worker_run(run->ctx, &worker);
}

/* Starts a worker in a lane; returns 0 or -1 with errno. */
static int start(struct run *run, unsigned index, uint64_t only)
{
	struct lane *lane = &run->lanes[index];
	int fds[4];
	pid_t pid;

	if (make_pipes(fds) < 0)
		return -1;
	atomic_store(&run->shared->slots[index].item, PM_POOL_START);
	pid = fork();
	if (pid == 0)
		be_worker(run, index, only, fds);
	close(fds[1]);
	close(fds[2]);
	lane->fd = fds[0];
	lane->answers = fds[3];
	if (pid < 0) {
		close_lane(lane);
		return -1;
	}
	lane->pid = pid;
	lane->lied = lane->stalled = false;
	lane->quiet_ms = lane->looks = 0;
	lane->used_ns = 0;
	lane->only = only;
	return 0;
}

/* Ends a lane's worker, if there is one, and returns its wait status. */
static int end(struct lane *lane)
{
	int status = 0;

	close_lane(lane);
	if (!lane->pid)
		return 0;
	/* A worker that died has its status already; this changes nothing. */
	kill(lane->pid, SIGKILL);
	while (waitpid(lane->pid, &status, 0) < 0 && errno == EINTR)
		;
	lane->pid = 0;
	return status;
}

static enum pm_pool_status status_of(int status)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == PM_POOL_EXIT_MEMORY)
		return PM_POOL_MEMORY;
	if (WIFEXITED(status) && WEXITSTATUS(status) == PM_POOL_EXIT_REFUSED)
		return PM_POOL_REFUSED;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		return PM_POOL_FORBIDDEN;
	if (WIFSIGNALED(status) &&
		(WTERMSIG(status) == SIGPROF || WTERMSIG(status) == SIGXCPU))
		return PM_POOL_CPU;
	/* The kernel does so when the machine has no memory left. */
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		return PM_POOL_REFUSED;
	return PM_POOL_CRASHED;
}

/* True for a message that an honest worker may send next in this lane. */
static bool is_sane(const struct run *run, const struct lane *lane,
	const struct pm_pool_header *header)
{
	size_t most =
		run->pool->output ? run->pool->output : PM_POOL_OUTPUT_DEFAULT;

	if (header->item == PM_POOL_ASK)
		return header->len < PM_POOL_MESSAGE_MAX;
	if (header->len > most + PM_POOL_MESSAGE_MAX)
		return false;
	if (header->item == PM_POOL_START)
		return header->status < 0 && header->status >= INT16_MIN;
	return header->item < run->pool->nitems && header->status >= 0 &&
	       header->status <= PM_POOL_CRASHED &&
	       (lane->last == PM_POOL_IDLE || header->item > lane->last);
}

/*
 * Answers the request at the end of what arrived: its worker waits and has
 * sent nothing since. Returns false when that is not so, or when the worker
 * does not take the answer.
 */
static bool answer(struct run *run, struct lane *lane, size_t len)
{
	size_t off = lane->parsed + sizeof(struct pm_pool_header);
	const struct pm_pool *pool = run->pool;
	struct pm_pool_answer reply = {0};
	char *request;

	if (lane->in.len - off != len)
		return false;
	request = pm_strndup(lane->in.ptr + off, len);
	pm_buf_truncate(&lane->in, lane->parsed);
	pm_ctx_clear(run->ctx);
	reply.code = pool->help ? pool->help(run->ctx, pool->help_data, request)
				: pm_fail(run->ctx, PM_ERROR,
					  "a worker may not do this");
	snprintf(reply.message, sizeof(reply.message), "%s",
		run->ctx->error.message.ptr);
	pm_ctx_clear(run->ctx);
	free(request);
	return write(lane->answers, &reply, sizeof(reply)) == sizeof(reply);
}

/* Looks through what arrived; returns false when it makes no sense. */
static bool parse(struct run *run, struct lane *lane)
{
	struct pm_pool_header header;

	while (lane->in.len - lane->parsed >= sizeof(header)) {
		size_t left = lane->in.len - lane->parsed - sizeof(header);

		memcpy(&header, lane->in.ptr + lane->parsed, sizeof(header));
		if (!is_sane(run, lane, &header))
			return false;
		if (header.len > left)
			break;
		if (header.item == PM_POOL_ASK)
			return answer(run, lane, (size_t)header.len);
		lane->last = header.item;
		lane->parsed += sizeof(header) + (size_t)header.len;
	}
	return true;
}

/* A worker is gone: gives its item the blame, and a successor the rest. */
static int bury(struct run *run, unsigned index)
{
	struct lane *lane = &run->lanes[index];
	struct pm_pool_header result = {0};
	int status = end(lane);

	/* Half a message is of no use to anybody. */
	pm_buf_truncate(&lane->in, lane->parsed);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		atomic_store(&run->shared->careful, true);
	result.item = atomic_load(&run->shared->slots[index].item);
	/* It owes what it was started for, whatever it says it was at; or
	   another would be started for it, and so on for ever. */
	if (lane->only == run->next &&
		(lane->last == PM_POOL_IDLE || lane->last < lane->only))
		result.item = lane->only;
	if (result.item < run->pool->nitems && result.item >= run->next &&
		(lane->last == PM_POOL_IDLE || result.item > lane->last)) {
		result.status = lane->stalled ? PM_POOL_STALLED
				: lane->lied  ? PM_POOL_CRASHED
					      : status_of(status);
		pm_buf_add(&lane->in, &result, sizeof(result));
		lane->parsed = lane->in.len;
		lane->last = result.item;
	} else if (WIFEXITED(status) && !WEXITSTATUS(status)) {
		return 0; /* it had nothing left to do */
	} else if (++run->losses > LOSSES_MAX) {
		return pm_fail(run->ctx, PM_ERROR,
			result.item == PM_POOL_START
				? "cannot start a worker: it dies at once"
				: "cannot go on: workers die without reason");
	}
	if (index == run->count ||
		atomic_load(&run->shared->next) >= run->pool->nitems)
		return 0;
	/* Without a successor the others finish the work. */
	start(run, index, PM_POOL_IDLE);
	return 0;
}

/* Reads what a worker has sent. */
static int receive(struct run *run, unsigned index)
{
	struct lane *lane = &run->lanes[index];
	ssize_t got;

	pm_buf_reserve(&lane->in, READ_CHUNK);
	got = read(lane->fd, lane->in.ptr + lane->in.len, READ_CHUNK);
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return 0;
	if (got <= 0)
		return bury(run, index);
	lane->quiet_ms = lane->looks = 0;
	lane->in.len += (size_t)got;
	lane->in.ptr[lane->in.len] = '\0';
	if (parse(run, lane))
		return 0;
	/* Killed by us, then, and for a reason of its own. */
	lane->lied = true;
	return bury(run, index);
}

/* Forgets the head message of a lane. */
static void drop_head(struct lane *lane, const struct pm_pool_header *header)
{
	lane->off += sizeof(*header) + (size_t)header->len;
	if (lane->off == lane->in.len) {
		pm_buf_truncate(&lane->in, 0);
		lane->parsed = lane->off = 0;
		if (lane->in.cap > READ_AHEAD)
			pm_buf_release(&lane->in);
	} else if (lane->off > lane->in.len / 2) {
		struct pm_slice none = {NULL, 0};

		pm_buf_splice(&lane->in, 0, lane->off, none);
		lane->parsed -= lane->off;
		lane->off = 0;
	}
}

/* Delivers a lane's head if it is due. Returns false when it is not. */
static bool deliver_head(struct run *run, struct lane *lane)
{
	struct pm_pool_header header;
	struct pm_slice bytes;

	if (lane->off >= lane->parsed || !head(lane, &header))
		return false;
	bytes = pm_slice_make(
		lane->in.ptr + lane->off + sizeof(header), (size_t)header.len);
	if (header.item == PM_POOL_START) {
		run->code = pm_fail(run->ctx, (int)header.status, "%.*s",
			PM_SLICE_ARG(bytes));
		return false;
	}
	if (header.item > run->next)
		return false;
	if (header.item == run->next) {
		run->code = run->pool->done(run->ctx, run->pool->data,
			(size_t)header.item, (enum pm_pool_status)header.status,
			bytes);
		run->next++;
		run->losses = 0;
	}
	drop_head(lane, &header);
	return true;
}

/* Delivers all that is due, or until run->code says stop. */
static void deliver(struct run *run)
{
	unsigned i = 0;

	while (i <= run->count && !run->code) {
		/* Any lane may have the one after. */
		if (deliver_head(run, &run->lanes[i]))
			i = 0;
		else
			i++;
	}
}

/* True for a lane so far ahead that its worker may wait. */
static bool is_ahead(const struct run *run, const struct lane *lane)
{
	struct pm_pool_header header;

	return lane->in.len - lane->off > READ_AHEAD && head(lane, &header) &&
	       header.item > run->next;
}

static unsigned stall_ms(const struct run *run)
{
	return run->pool->stall_ms ? run->pool->stall_ms : STALL_MS;
}

static int look_ms(const struct run *run)
{
	unsigned part = stall_ms(run) / 4;

	return part < LOOK_MS ? (int)part + 1 : LOOK_MS;
}

/* Processor time of a worker so far; 0 when nobody knows. */
static int64_t used_ns(const struct lane *lane)
{
	struct timespec used;
	clockid_t clock;

	if (clock_getcpuclockid(lane->pid, &clock) != 0 ||
		clock_gettime(clock, &used) < 0)
		return 0;
	return (int64_t)used.tv_sec * 1000000000 + used.tv_nsec;
}

/*
 * Nothing came from a worker for so long. One that gets no processor because
 * others have it gets a little of it at some look; one that is stopped, or
 * hangs in a disk that does not answer, gets none.
 */
static int look_after(struct run *run, unsigned index, unsigned passed_ms)
{
	struct lane *lane = &run->lanes[index];
	int64_t used;

	lane->quiet_ms += passed_ms;
	if (lane->quiet_ms < (unsigned)look_ms(run))
		return 0;
	used = used_ns(lane);
	lane->quiet_ms = 0;
	lane->looks = used == lane->used_ns ? lane->looks + 1 : 0;
	lane->used_ns = used;
	if (lane->looks * (unsigned)look_ms(run) < stall_ms(run))
		return 0;
	lane->stalled = true;
	return bury(run, index);
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/*
 * Polls, and says for how long. Never longer than it asked for: while a job is
 * suspended the clock goes on, and the workers were stopped as well.
 */
static int wait_for(
	const struct run *run, struct pollfd *fds, nfds_t count, unsigned *ms)
{
	int64_t begin = now_ms(), passed;
	int most = look_ms(run);
	int ready = poll(fds, count, most);

	passed = now_ms() - begin;
	*ms = (unsigned)(passed < most ? passed : most);
	/* Interrupted: nothing is known of them. */
	return ready < 0 ? -1 : 0;
}

/*
 * Waits for workers to send something and takes it. When there is nobody to
 * wait for, the next item was lost with a worker that had claimed it and not
 * said so yet: it gets a worker of its own.
 */
static void wait_and_receive(struct run *run)
{
	struct pollfd fds[WORKERS_MAX + 1];
	unsigned lanes[WORKERS_MAX + 1];
	nfds_t count = 0;
	nfds_t i;
	unsigned index, passed;

	for (index = 0; index <= run->count; index++) {
		struct lane *lane = &run->lanes[index];

		if (lane->fd < 0 || is_ahead(run, lane))
			continue;
		fds[count] = (struct pollfd){.fd = lane->fd, .events = POLLIN};
		lanes[count++] = index;
	}
	if (!count && start(run, run->count, run->next) < 0)
		run->code = pm_fail_errno(run->ctx, "cannot start a worker");
	if (!count || wait_for(run, fds, count, &passed) < 0)
		return;
	for (i = 0; i < count && !run->code; i++) {
		run->code = fds[i].revents ? receive(run, lanes[i])
					   : look_after(run, lanes[i], passed);
	}
}

/* Makes what the run needs and starts its workers. */
static int prepare(struct run *run)
{
	unsigned i;
	void *page;

	run->shared_size = sizeof(*run->shared) +
			   (run->count + 1) * sizeof(run->shared->slots[0]);
	page = mmap(NULL, run->shared_size, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED)
		return pm_fail_errno(run->ctx, "cannot start a worker");
	run->shared = page;
	run->lanes = pm_alloc(run->count + 1, sizeof(*run->lanes));
	for (i = 0; i <= run->count; i++) {
		run->lanes[i].fd = run->lanes[i].answers = -1;
		run->lanes[i].in = (struct pm_buf)PM_BUF_INIT;
		run->lanes[i].last = PM_POOL_IDLE;
	}
	for (i = 0; i < run->count; i++) {
		/* Fewer workers than hoped for will do, none will not. */
		if (start(run, i, PM_POOL_IDLE) < 0 && !i)
			return pm_fail_errno(run->ctx, "cannot start a worker");
	}
	return 0;
}

static void release(struct run *run)
{
	unsigned i;

	for (i = 0; run->lanes && i <= run->count; i++) {
		end(&run->lanes[i]);
		pm_buf_release(&run->lanes[i].in);
	}
	free(run->lanes);
	if (run->shared)
		munmap(run->shared, run->shared_size);
}

int pm_pool_run(struct pm_ctx *ctx, const struct pm_pool *pool)
{
	bool watched = dl_iterate_phdr(is_valgrind, NULL);
	struct run run = {
		.ctx = ctx,
		.pool = pool,
		.count = count_workers(ctx, pool),
		.self = getpid(),
		.limit_memory = !PM_SANITIZED && !watched,
		/* valgrind makes calls of its own in the same process */
		.filter_calls = !watched,
	};

	if (pool->nitems)
		run.code = prepare(&run);
	if (!run.code && pool->begin)
		run.code = pool->begin(ctx, pool->data);
	while (!run.code && run.next < pool->nitems) {
		wait_and_receive(&run);
		if (!run.code)
			deliver(&run);
	}
	release(&run);
	return run.code;
}

const char *pm_pool_reason(enum pm_pool_status status)
{
	static const char *const reasons[] = {
		[PM_POOL_OK] = "nothing is wrong with the document",
		[PM_POOL_FAILED] = "the document cannot be worked on",
		[PM_POOL_CPU] = "the document takes too much processor time "
				"(more than 1 s)",
		[PM_POOL_MEMORY] = "the document takes too much memory "
				   "(more than 256 MiB)",
		[PM_POOL_OUTPUT] = "the document yields too much output "
				   "(more than 16 MiB)",
		[PM_POOL_REFUSED] = "the system has no memory for it, or "
				    "killed the worker that read it",
		[PM_POOL_CRASHED] = "the document makes its parser crash",
		[PM_POOL_FORBIDDEN] = "the document makes its parser try what "
				      "no parser needs",
		[PM_POOL_STALLED] = "the worker that read it stood still: it "
				    "was stopped, or waits for a disk",
	};

	return reasons[status];
}

bool pm_pool_excused(enum pm_pool_status status)
{
	return status == PM_POOL_REFUSED || status == PM_POOL_STALLED;
}
