/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a confined process can still do and what kills it: each deed is tried in
 * a child of its own, by itself and as a worker of the pool. Where the kernel
 * has no filter the deeds are skipped and only the limits are looked at.
 */
#include "base/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/pool.h"
#include "kernel.h"
#include "valgrind.h"

#ifdef PM_COVERAGE
#define COVERAGE true
#else
#define COVERAGE false
#endif

/* A file with a word in it, open for both before anything is confined. */
struct place {
	char path[64];
	int fd;
	int out;
};

typedef void (*deed_fn)(const struct place *place);

/* --- what nobody needs who parses ---------------------------------------- */

static void make_file(const struct place *place)
{
	(void)place;
	open("/tmp/pm-confine-new", O_WRONLY | O_CREAT, 0600);
}

static void make_file_to_read(const struct place *place)
{
	(void)place;
	open("/tmp/pm-confine-new", O_RDONLY | O_CREAT, 0600);
}

static void open_to_write(const struct place *place)
{
	open(place->path, O_WRONLY);
}

static void open_both(const struct place *place)
{
	open(place->path, O_RDWR);
}

static void open_to_cut(const struct place *place)
{
	open(place->path, O_RDONLY | O_TRUNC);
}

static void make_nameless(const struct place *place)
{
	(void)place;
	open("/tmp", O_RDWR | O_TMPFILE, 0600);
}

static void cut(const struct place *place)
{
	if (truncate(place->path, 0) < 0)
		_exit(1);
}

static void cut_open(const struct place *place)
{
	if (ftruncate(place->fd, 0) < 0)
		_exit(1);
}

static void write_open(const struct place *place)
{
	if (write(place->fd, "x", 1) < 0)
		_exit(1);
}

static void write_open_parts(const struct place *place)
{
	struct iovec part = {(void *)(uintptr_t) "x", 1};

	if (writev(place->fd, &part, 1) < 0)
		_exit(1);
}

static void write_at(const struct place *place)
{
	if (pwrite(place->fd, "x", 1, 0) < 0)
		_exit(1);
}

static void write_by_map(const struct place *place)
{
	char *map =
		mmap(NULL, 1, PROT_READ | PROT_WRITE, MAP_SHARED, place->fd, 0);

	if (map != MAP_FAILED)
		*map = 'x';
}

/* The filter knows a descriptor by its number: it must not become another. */
static void write_as_out(const struct place *place)
{
	dup2(place->fd, place->out);
}

static void write_as_lowest(const struct place *place)
{
	close(place->out);
	if (dup(place->fd) < 0)
		_exit(1);
}

static void remove_file(const struct place *place)
{
	unlink(place->path);
}

static void rename_file(const struct place *place)
{
	rename(place->path, "/tmp/pm-confine-moved");
}

static void link_file(const struct place *place)
{
	if (link(place->path, "/tmp/pm-confine-linked") < 0)
		_exit(1);
}

static void symlink_file(const struct place *place)
{
	if (symlink(place->path, "/tmp/pm-confine-linked") < 0)
		_exit(1);
}

static void make_directory(const struct place *place)
{
	(void)place;
	mkdir("/tmp/pm-confine-dir", 0700);
}

static void open_up(const struct place *place)
{
	chmod(place->path, 0777);
}

static void start_program(const struct place *place)
{
	char *argv[] = {(char *)(uintptr_t) "true", NULL};

	(void)place;
	execv("/bin/true", argv);
}

static void start_process(const struct place *place)
{
	(void)place;
	if (fork() == 0)
		_exit(0);
}

static void ask_network(const struct place *place)
{
	(void)place;
	socket(AF_INET, SOCK_STREAM, 0);
}

static void ask_machine(const struct place *place)
{
	(void)place;
	socket(AF_UNIX, SOCK_STREAM, 0);
}

static void signal_parent(const struct place *place)
{
	(void)place;
	kill(getppid(), 0);
}

static void signal_all(const struct place *place)
{
	(void)place;
	kill(-1, 0);
}

static void signal_thread(const struct place *place)
{
	(void)place;
	syscall(SYS_tgkill, getppid(), getppid(), 0);
}

static void trace_parent(const struct place *place)
{
	(void)place;
	ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}

static void read_parent(const struct place *place)
{
	char here[8];
	struct iovec part = {here, sizeof(here)};

	(void)place;
	syscall(SYS_process_vm_readv, getppid(), &part, 1UL, &part, 1UL, 0UL);
}

static void limit_parent(const struct place *place)
{
	struct rlimit limit = {0, 0};

	(void)place;
	syscall(SYS_prlimit64, getppid(), RLIMIT_CPU, NULL, &limit);
}

static void mount_something(const struct place *place)
{
	(void)place;
	syscall(SYS_mount, "none", "/nowhere", "tmpfs", 0UL, NULL);
}

static void make_memory_file(const struct place *place)
{
	(void)place;
	syscall(SYS_memfd_create, "x", 0U);
}

struct deed {
	const char *name;
	deed_fn fn;
	bool on_files; /* may be done where coverage is counted */
	bool started;  /* sanitizers try it when they report */
};

static const struct deed deeds[] = {
	{"make_file", make_file, true, false},
	{"make_file_to_read", make_file_to_read, true, false},
	{"open_to_write", open_to_write, true, false},
	{"open_both", open_both, true, false},
	{"open_to_cut", open_to_cut, true, false},
	{"make_nameless", make_nameless, true, false},
	{"cut", cut, false, false},
	{"cut_open", cut_open, true, false},
	{"write_open", write_open, true, false},
	{"write_open_parts", write_open_parts, false, false},
	{"write_at", write_at, false, false},
	{"write_by_map", write_by_map, false, false},
	{"write_as_out", write_as_out, false, false},
	{"write_as_lowest", write_as_lowest, false, false},
	{"remove_file", remove_file, false, false},
	{"rename_file", rename_file, false, false},
	{"link_file", link_file, false, false},
	{"symlink_file", symlink_file, false, false},
	{"make_directory", make_directory, false, false},
	{"open_up", open_up, false, false},
	{"start_program", start_program, false, false},
	{"start_process", start_process, false, true},
	{"ask_network", ask_network, false, true},
	{"ask_machine", ask_machine, false, true},
	{"signal_parent", signal_parent, false, false},
	{"signal_all", signal_all, false, false},
	{"signal_thread", signal_thread, false, false},
	{"trace_parent", trace_parent, false, true},
	{"read_parent", read_parent, false, false},
	{"limit_parent", limit_parent, false, false},
	{"mount_something", mount_something, false, false},
	{"make_memory_file", make_memory_file, false, false},
};

#define NDEEDS (sizeof(deeds) / sizeof(deeds[0]))

/* True where a deed is answered by death and not otherwise. */
static bool bites(const struct deed *deed)
{
	return !(COVERAGE && deed->on_files) &&
	       !(PM_SANITIZED && deed->started);
}

static void make_place(struct place *place)
{
	snprintf(place->path, sizeof(place->path), "/tmp/pm-confine-XXXXXX");
	place->fd = mkstemp(place->path);
	assert_true(place->fd >= 0);
	assert_int_equal(write(place->fd, "word\n", 5), 5);
	place->out = -1;
}

static void drop_place(struct place *place)
{
	struct stat st;
	char text[8] = "";

	assert_int_equal(stat(place->path, &st), 0);
	assert_int_equal(st.st_size, 5);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(pread(place->fd, text, 5, 0), 5);
	assert_string_equal(text, "word\n");
	close(place->fd);
	unlink(place->path);
}

/* Does it in a confined child; the wait status. */
static int attempt(deed_fn fn, struct place *place)
{
	int status = 0;
	int out[2];
	pid_t pid;

	assert_int_equal(pipe(out), 0);
	place->out = out[1];
	pid = fork();
	if (pid == 0) {
		pm_confine_limits(!PM_SANITIZED);
		if (pm_confine_calls(out[1]) < 0)
			_exit(77);
		fn(place);
		_exit(0);
	}
	close(out[0]);
	close(out[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

/* True where workers are confined; that pm says so as well is part of it. */
static bool is_confined(void)
{
#if defined(__x86_64__) || defined(__aarch64__)
	if (!kernel_filters_calls() || under_valgrind())
		return false;
	assert_true(pm_confine_available());
	return true;
#else
	return false;
#endif
}

static void test_each_deed(void **state)
{
	struct place place;

	(void)state;
	if (!is_confined())
		skip();
	for (size_t i = 0; i < NDEEDS; i++) {
		int status;

		if (!bites(&deeds[i]))
			continue;
		make_place(&place);
		status = attempt(deeds[i].fn, &place);
		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS)
			fail_msg("%s: status %x", deeds[i].name,
				(unsigned)status);
		drop_place(&place);
	}
}

/* --- what remains -------------------------------------------------------- */

static void need(bool ok, int number)
{
	if (!ok)
		_exit(number);
}

static void read_about(const struct place *place)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_buf text = PM_BUF_INIT;
	struct iovec part = {(void *)(uintptr_t) "x", 1};
	struct stat st;
	char target[64];
	int root;
	void *room;

	need(pm_file_read(ctx, place->path, 0, &text) == 0, 2);
	need(text.len == 5, 3);
	root = pm_dir_open(ctx, "/tmp");
	need(root >= 0, 4);
	pm_buf_reset(&text);
	need(pm_file_read_at(ctx, root, place->path + 5, 0, &text, &st) == 0,
		5);
	need(st.st_size == 5, 6);
	need(stat("/nowhere", &st) < 0 && errno == ENOENT, 7);
	need(readlink("/proc/self/cwd", target, sizeof(target)) > 0, 8);
	need(write(place->out, "x", 1) == 1, 9);
	need(writev(place->out, &part, 1) == 1, 10);
	room = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	need(room != MAP_FAILED && munmap(room, 1 << 20) == 0, 11);
	room = mmap(NULL, 5, PROT_READ, MAP_SHARED, place->fd, 0);
	need(room != MAP_FAILED && memcmp(room, "word", 4) == 0, 12);
	memset(pm_alloc(1, 8 << 20), 1, 8 << 20);
	need(kill(getpid(), 0) == 0, 13);
	/* Not there, rather than deadly: programs probe for these. */
	need(ioctl(0, TIOCGWINSZ, target) < 0 && errno == ENOSYS, 14);
	need(mmap(NULL, 4096, PROT_READ | PROT_EXEC,
		     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED,
		15);
	need(syscall(SYS_getpgid, 0) < 0 && errno == ENOSYS, 16);
}

static void test_what_remains(void **state)
{
	struct place place;
	int status;

	(void)state;
	if (!is_confined())
		skip();
	make_place(&place);
	status = attempt(read_about, &place);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	drop_place(&place);
}

static void call_abort(const struct place *place)
{
	(void)place;
	abort();
}

static void test_abort(void **state)
{
	struct place place;
	int status;

	(void)state;
	if (!is_confined() || PM_SANITIZED)
		skip();
	make_place(&place);
	status = attempt(call_abort, &place);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	drop_place(&place);
}

static void test_limits(void **state)
{
	static const struct {
		int which;
		rlim_t most;
	} limits[] = {
		{RLIMIT_CORE, 0},
		{RLIMIT_CPU, 3600},
		{RLIMIT_NOFILE, 1024},
#if !PM_SANITIZED
		{RLIMIT_NPROC, 0},
#endif
#ifndef PM_COVERAGE
		{RLIMIT_FSIZE, 0},
#endif
	};
	int status = 0;
	pid_t pid;

	(void)state;
	if (under_valgrind())
		skip();
	pid = fork();
	if (pid == 0) {
		struct rlimit limit;

		pm_confine_limits(true);
		for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]);
			i++) {
			getrlimit(limits[i].which, &limit);
			if (limit.rlim_cur > limits[i].most ||
				limit.rlim_max > limits[i].most)
				_exit(1 + (int)i);
		}
		_exit(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 99);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

/* --- in the pool --------------------------------------------------------- */

struct plan {
	struct place *place;
	enum pm_pool_status seen[200];
	struct pm_buf messages;
};

/* Every fifth item tries something. */
static const struct deed *deed_of(size_t item)
{
	return item % 5 == 4 ? &deeds[item / 5 % NDEEDS] : NULL;
}

static int work(struct pm_ctx *ctx, void *data, void *own, size_t item,
	struct pm_buf *out)
{
	const struct plan *plan = data;
	const struct deed *deed = deed_of(item);

	(void)own;
	if (deed && bites(deed))
		deed->fn(plan->place);
	return pm_file_read(ctx, plan->place->path, 0, out);
}

static int done(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice out)
{
	struct plan *plan = data;

	(void)ctx;
	plan->seen[item] = status;
	if (status == PM_POOL_OK)
		assert_int_equal(out.len, 5);
	return 0;
}

/* Writing to what the parent has open: worker's own copy is closed. */
static bool is_on_open(const struct deed *deed)
{
	return deed->fn == cut_open || deed->fn == write_open ||
	       deed->fn == write_open_parts || deed->fn == write_at ||
	       deed->fn == write_by_map || deed->fn == write_as_out ||
	       deed->fn == write_as_lowest;
}

static void run_pool(struct place *place, bool filtered)
{
	struct plan plan = {.place = place};
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_pool pool = {
		.nitems = 200,
		.workers = 2,
		.data = &plan,
		.work = work,
		.done = done,
	};
	int code = pm_pool_run(ctx, &pool);

	pm_ctx_free(ctx);
	assert_int_equal(code, 0);
	for (size_t i = 0; i < 200; i++) {
		const struct deed *deed = deed_of(i);

		if (!deed || !bites(deed) || !filtered)
			assert_int_equal(plan.seen[i], PM_POOL_OK);
		else if (!is_on_open(deed) && plan.seen[i] != PM_POOL_FORBIDDEN)
			fail_msg("%s: %d", deed->name, (int)plan.seen[i]);
		else
			assert_int_not_equal(plan.seen[i], PM_POOL_OK);
	}
}

static void test_pool(void **state)
{
	struct place place;

	(void)state;
	if (!is_confined())
		skip();
	make_place(&place);
	run_pool(&place, true);
	drop_place(&place);
}

/* --- where a filter is refused, or is there already ----------------------- */

/* Answers two calls with errors, as a kernel or a container may. */
static int set_outer(int filtering, int opening)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_seccomp, 0, 1),
		BPF_STMT(BPF_RET | BPF_K,
			filtering ? SECCOMP_RET_ERRNO | (unsigned)filtering
				  : SECCOMP_RET_ALLOW),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_openat2, 0, 1),
		BPF_STMT(
			BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)opening),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_prctl, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, args)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_SECCOMP, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, filtering ? SECCOMP_RET_ERRNO | EINVAL
						    : SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof(code) / sizeof(code[0]), code};

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

/* The work of an ordinary document, everywhere. */
static int work_alone(struct pm_ctx *ctx, void *data, void *own, size_t item,
	struct pm_buf *out)
{
	const struct plan *plan = data;

	(void)own;
	(void)item;
	return pm_file_read(ctx, plan->place->path, 0, out);
}

static int count_ok(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice out)
{
	(void)ctx;
	(void)data;
	(void)item;
	return status == PM_POOL_OK && out.len == 5 ? 0 : 9;
}

static void test_refused(void **state)
{
	static const int errors[] = {ENOSYS, EINVAL, EPERM, 0};
	struct place place;

	(void)state;
	if (!is_confined())
		skip();
	make_place(&place);
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		int status = 0;
		pid_t pid = fork();

		if (pid == 0) {
			struct plan plan = {.place = &place};
			struct pm_ctx *ctx = pm_ctx_new();
			struct pm_pool pool = {
				.nitems = 300,
				.workers = 2,
				.data = &plan,
				.work = work_alone,
				.done = count_ok,
			};

			if (set_outer(errors[i], EPERM) < 0)
				_exit(77);
			if (pm_confine_available() != (errors[i] == 0))
				_exit(78);
			_exit(pm_pool_run(ctx, &pool) == 0 ? 0 : 79);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	drop_place(&place);
}

/* --- what a worker asks for ----------------------------------------------- */

static int ask_for(struct pm_ctx *ctx, void *data, void *own, size_t item,
	struct pm_buf *out)
{
	char request[32];
	int rc;

	(void)data;
	(void)own;
	snprintf(request, sizeof(request), "item %zu", item);
	rc = ctx->ask(ctx, ctx->ask_data, request);
	if (rc == 0)
		pm_buf_adds(out, request);
	return rc;
}

/* Odd ones are refused. */
static int help(struct pm_ctx *ctx, void *data, const char *request)
{
	unsigned *asked = data;
	size_t item;

	assert_int_equal(sscanf(request, "item %zu", &item), 1);
	++*asked;
	return item % 2 ? pm_fail(ctx, PM_ENOTFOUND, "not '%s'", request) : 0;
}

static int done_asking(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice out)
{
	char want[32];

	(void)ctx;
	(void)data;
	snprintf(want, sizeof(want), item % 2 ? "not 'item %zu'" : "item %zu",
		item);
	assert_int_equal(status, item % 2 ? PM_POOL_FAILED : PM_POOL_OK);
	assert_int_equal(out.len, strlen(want));
	assert_memory_equal(out.ptr, want, out.len);
	return 0;
}

static int done_refused(struct pm_ctx *ctx, void *data, size_t item,
	enum pm_pool_status status, struct pm_slice out)
{
	(void)ctx;
	(void)data;
	(void)item;
	(void)out;
	assert_int_equal(status, PM_POOL_FAILED);
	return 0;
}

static void test_ask(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	unsigned asked = 0;
	struct pm_pool pool = {
		.nitems = 500,
		.workers = 3,
		.work = ask_for,
		.done = done_asking,
		.help = help,
		.help_data = &asked,
	};

	(void)state;
	assert_int_equal(pm_pool_run(ctx, &pool), 0);
	assert_int_equal(asked, 500);
	pool.help = NULL;
	pool.done = done_refused;
	assert_int_equal(pm_pool_run(ctx, &pool), 0);
	assert_int_equal(asked, 500);
	pm_ctx_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_deed),
		cmocka_unit_test(test_what_remains),
		cmocka_unit_test(test_abort),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_pool),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_ask),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
