/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The child's side of the pool. It must not disturb the parent's world: stdio
 * buffers are not flushed (_exit), signal handlers of the parent do not run
 * here, and the standard descriptors lead nowhere.
 *
 * Memory is limited by RLIMIT_DATA and not by RLIMIT_AS: Git's packs are mapped
 * read-only into the address space and may be larger than any allowance.
 */
#include "base/pool_worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/confine.h"

#define CPU_MS_DEFAULT 1000
#define MEMORY_DEFAULT ((size_t)256 << 20)
#define STACK_MAX      ((rlim_t)64 << 20)
#define DESCRIPTORS    1024
/* Who still may have so much was not refused it for taking too much. */
#define ROOM_LEFT ((rlim_t)16 << 20)

/* Bytes of private writable memory that the process has, or 0. */
static rlim_t data_size(int statm)
{
	char text[128];
	unsigned long pages = 0;
	char *field = text;
	ssize_t got = pread(statm, text, sizeof(text) - 1, 0);
	int i;

	if (got <= 0)
		return 0;
	text[got] = '\0';
	/* size resident shared text lib data dt */
	for (i = 0; i < 5 && field; i++) {
		field = strchr(field, ' ');
		field = field ? field + 1 : NULL;
	}
	if (field)
		pages = strtoul(field, NULL, 10);
	return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* Memory was refused: to a document that has taken its share, or to one that
   has not, which is nobody's fault here. */
static _Noreturn void leave(void)
{
	int statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	rlim_t now = statm < 0 ? 0 : data_size(statm);
	struct rlimit limit;

	if (now && getrlimit(RLIMIT_DATA, &limit) == 0 &&
		limit.rlim_cur > now && limit.rlim_cur - now > ROOM_LEFT)
		_exit(PM_POOL_EXIT_REFUSED);
	_exit(PM_POOL_EXIT_MEMORY);
}

/*
 * cmark-gfm and pm's own allocator abort when memory is refused; so does the
 * C library over a damaged heap, and that is a crash. Refused memory shows in
 * errno, or in memory being refused still.
 */
static void on_abort(int number)
{
	const size_t probe = (size_t)1 << 20;
	void *room;

	(void)number;
	if (errno == ENOMEM)
		leave();
	room = mmap(NULL, probe, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (room == MAP_FAILED)
		leave();
	/* abort() goes on to kill the process when this returns. */
}

/* Children leave to their parent what a terminal sends to the group. */
static void set_signals(void)
{
	static const struct {
		int number;
		void (*handler)(int);
	} signals[] = {
		{SIGHUP, SIG_IGN},
		{SIGINT, SIG_IGN},
		{SIGQUIT, SIG_IGN},
		{SIGPIPE, SIG_IGN},
		{SIGTERM, SIG_DFL},
		{SIGALRM, SIG_DFL},
		{SIGCHLD, SIG_DFL},
		{SIGPROF, SIG_DFL},
		{SIGUSR1, SIG_DFL},
		{SIGUSR2, SIG_DFL},
		{SIGTSTP, SIG_DFL},
		{SIGABRT, on_abort},
	};
	sigset_t none;
	size_t i;

	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		struct sigaction action = {.sa_handler = signals[i].handler};

		sigaction(signals[i].number, &action, NULL);
	}
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void set_limit(int which, rlim_t value)
{
	struct rlimit limit;

	if (getrlimit(which, &limit) < 0 || limit.rlim_cur <= value)
		return;
	limit.rlim_cur = value;
	setrlimit(which, &limit);
}

/* The parent's stdout is not ours to write to, nor stdin to read from. */
static void close_stdio(bool errors_too)
{
	int fd = open("/dev/null", O_RDWR);

	if (fd < 0)
		return;
	dup2(fd, STDIN_FILENO);
	dup2(fd, STDOUT_FILENO);
	if (errors_too)
		dup2(fd, STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

/* True for a descriptor that is open and may be written to. */
static bool is_writable(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY;
}

/*
 * What the parent holds open for writing is not ours either: the index, a
 * lock, a report. Descriptors beyond the thousandth are nobody's of pm's. One
 * poll tells which there are; it takes no more of them than may be open.
 */
static void close_writable(int own)
{
	struct pollfd fds[DESCRIPTORS];
	bool known;
	int fd;

	for (fd = 0; fd < DESCRIPTORS; fd++)
		fds[fd] = (struct pollfd){.fd = fd};
	known = poll(fds, DESCRIPTORS, 0) >= 0;
	for (fd = STDERR_FILENO + 1; fd < DESCRIPTORS; fd++) {
		if (known && (fds[fd].revents & POLLNVAL))
			continue;
		if (fd != own && is_writable(fd))
			close(fd);
	}
}

static void drop_notice(void *data, const char *line)
{
	(void)data;
	(void)line;
}

/* Allows so much more memory than there is now. */
static void allow_memory(int statm, size_t memory)
{
	struct rlimit limit;
	rlim_t now = statm < 0 ? 0 : data_size(statm);

	if (!now || getrlimit(RLIMIT_DATA, &limit) < 0)
		return;
	limit.rlim_cur = now + memory;
	if (limit.rlim_max != RLIM_INFINITY && limit.rlim_cur > limit.rlim_max)
		limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_DATA, &limit);
}

/* Processor time until SIGPROF ends the process; 0 stops the clock. */
static void allow_cpu(unsigned ms)
{
	struct itimerval timer = {
		.it_value = {ms / 1000, (suseconds_t)(ms % 1000) * 1000},
	};

	setitimer(ITIMER_PROF, &timer, NULL);
}

/* Writes all of it; without a reader there is nothing left to live for. */
static void send(int fd, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len) {
		ssize_t put = write(fd, at, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			_exit(1);
		at += put;
		len -= (size_t)put;
	}
}

/*
 * Small results are held back and sent together, for one wake-up of the parent
 * in place of many: so many of them, so many bytes, or so long. They are lost
 * with a worker that dies; the parent then has them made again, and no more
 * are held back in this run.
 */
enum { HELD_MOST = 16, HELD_BYTES = 32 * 1024, HELD_MS = 10 };

struct sender {
	const struct pm_worker *worker;
	struct pm_buf held;
	unsigned count;
	int64_t since; /* when the first of them came, in ms */
	int64_t timed; /* when the processor's clock was set, in ms */
};

static int64_t clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Gives the next item its time. Most need next to none: what others used up
   since the clock was last set, and the clock grants, will not be missed. */
static void allow_next(struct sender *sender)
{
	unsigned ms = sender->worker->pool->cpu_ms;
	int64_t now = clock_ms();

	if (now - sender->timed < HELD_MS)
		return;
	sender->timed = now;
	allow_cpu((ms ? ms : CPU_MS_DEFAULT) + HELD_MS);
}

static void flush_results(struct sender *sender)
{
	send(sender->worker->fd, sender->held.ptr, sender->held.len);
	pm_buf_reset(&sender->held);
	sender->count = 0;
}

static void send_result(struct sender *sender, uint64_t item, int64_t status,
	struct pm_slice bytes)
{
	struct pm_pool_header header = {
		.item = item, .status = status, .len = bytes.len};

	if (sender->count++ == 0)
		sender->since = clock_ms();
	pm_buf_add(&sender->held, &header, sizeof(header));
	if (bytes.len >= HELD_BYTES) {
		flush_results(sender);
		send(sender->worker->fd, bytes.ptr, bytes.len);
		return;
	}
	pm_buf_add_slice(&sender->held, bytes);
	if (sender->count == HELD_MOST || sender->held.len >= HELD_BYTES ||
		clock_ms() - sender->since >= HELD_MS ||
		atomic_load(&sender->worker->shared->careful))
		flush_results(sender);
}

static struct pm_slice error_text(struct pm_ctx *ctx)
{
	return pm_slice_sub(
		pm_buf_slice(&ctx->error.message), 0, PM_POOL_MESSAGE_MAX);
}

/* Works on one item and sends what came of it. */
static void do_item(struct pm_ctx *ctx, struct sender *sender, void *own,
	uint64_t item, struct pm_buf *out)
{
	const struct pm_pool *pool = sender->worker->pool;
	enum pm_pool_status status = PM_POOL_OK;
	struct pm_slice bytes;
	int code;

	pm_buf_reset(out);
	pm_ctx_clear(ctx);
	allow_next(sender);
	errno = 0;
	code = pool->work(ctx, pool->data, own, (size_t)item, out);
	bytes = pm_buf_slice(out);
	if (code < 0) {
		status = PM_POOL_FAILED;
		bytes = error_text(ctx);
	} else if (out->full) {
		status = PM_POOL_OUTPUT;
		bytes.len = 0;
	}
	send_result(sender, item, status, bytes);
	/* One large result must not weigh on all that follow. */
	if (out->cap > (1u << 20))
		pm_buf_release(out);
}

/* The next item to work on, noted where the parent looks; or PM_POOL_IDLE. */
static uint64_t claim(const struct pm_worker *worker)
{
	struct pm_pool_shared *shared = worker->shared;
	uint64_t item = worker->only;

	if (item == PM_POOL_IDLE)
		item = atomic_fetch_add(&shared->next, 1);
	if (item >= worker->pool->nitems)
		return PM_POOL_IDLE;
	atomic_store(&shared->slots[worker->slot].item, item);
	return item;
}

static void work(struct pm_ctx *ctx, struct sender *sender, void *own)
{
	const struct pm_worker *worker = sender->worker;
	const struct pm_pool *pool = worker->pool;
	struct pm_buf out = PM_BUF_INIT_LIMIT(
		pool->output ? pool->output : PM_POOL_OUTPUT_DEFAULT);
	int statm = -1;
	uint64_t item;

	if (worker->limit_memory)
		statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	for (item = claim(worker); item != PM_POOL_IDLE; item = claim(worker)) {
		/* Items leave next to nothing behind: now and then will do. */
		if (sender->count == 0)
			allow_memory(statm,
				pool->memory ? pool->memory : MEMORY_DEFAULT);
		do_item(ctx, sender, own, item, &out);
		atomic_store(&worker->shared->slots[worker->slot].item,
			PM_POOL_IDLE);
		if (item == worker->only)
			break;
	}
	allow_cpu(0);
	pm_buf_release(&out);
}

/* Asks the parent, and waits: what was held back goes first. */
static int ask(struct pm_ctx *ctx, void *data, const char *request)
{
	struct sender *sender = data;
	struct pm_pool_header header = {
		.item = PM_POOL_ASK, .len = strlen(request)};
	struct pm_pool_answer answer;
	ssize_t got;

	pm_buf_add(&sender->held, &header, sizeof(header));
	pm_buf_adds(&sender->held, request);
	flush_results(sender);
	do {
		got = read(sender->worker->answers, &answer, sizeof(answer));
	} while (got < 0 && errno == EINTR);
	if (got != sizeof(answer))
		_exit(1);
	answer.message[sizeof(answer.message) - 1] = '\0';
	return answer.code < 0 ? pm_fail(ctx, answer.code, "%s", answer.message)
			       : 0;
}

_Noreturn void pm_worker_run(struct pm_ctx *ctx, const struct pm_worker *worker)
{
	const struct pm_pool *pool = worker->pool;
	struct sender sender = {
		.worker = worker, .held = PM_BUF_INIT, .timed = -HELD_MS};
	void *own = NULL;
	int code = 0;

	/* A parent that died before the call would never be noticed. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != worker->parent)
		_exit(1);
	set_signals();
	set_limit(RLIMIT_STACK, STACK_MAX);
	/* Where memory cannot be limited, somebody reports on stderr. */
	close_stdio(worker->limit_memory);
	close_writable(worker->fd);
	ctx->notice = drop_notice;
	ctx->ask = ask;
	ctx->ask_data = &sender;
	pm_confine_limits(worker->limit_memory);
	/* Without a filter the limits have to do. */
	if (worker->filter_calls)
		pm_confine_calls(worker->fd);
	if (pool->start)
		code = pool->start(ctx, pool->data, &own);
	if (code < 0) {
		send_result(&sender, PM_POOL_START, code, error_text(ctx));
	} else {
		atomic_store(&worker->shared->slots[worker->slot].item,
			PM_POOL_IDLE);
		work(ctx, &sender, own);
	}
	flush_results(&sender);
	_exit(0);
}

_Noreturn void pm_pool_leave_memory(void)
{
	_exit(PM_POOL_EXIT_MEMORY);
}
