/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The filter is a program for the kernel's packet filter machine, made of the
 * table below: a row for each call that is allowed, perhaps by one of its
 * arguments, and one for each that nobody calls by mistake. Arguments behind a
 * pointer cannot be looked at, which is why openat2 is answered ENOSYS
 * (base/file.c then walks by hand). No descriptor may be doubled: the filter
 * knows the only one that may be written to by its number.
 */
#include "base/confine.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__) && defined(__LP64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#endif

/* The coverage flavour writes its counters when a worker leaves. */
#ifdef PM_COVERAGE
#define COVERAGE 1
#else
#define COVERAGE 0
#endif

/* Many packs may be open at once; a thousand is what most systems grant. */
#define FILES_MAX 1024
/* A second line only: each document has its own clock (pool_worker.c). */
#define CPU_S_MAX 3600

static void set_limit(int which, rlim_t value)
{
	struct rlimit limit;

	if (getrlimit(which, &limit) < 0)
		return;
	if (limit.rlim_cur > value)
		limit.rlim_cur = value;
	if (limit.rlim_max > value)
		limit.rlim_max = value;
	setrlimit(which, &limit);
}

void pm_confine_limits(bool quiet)
{
	set_limit(RLIMIT_CORE, 0);
	set_limit(RLIMIT_CPU, CPU_S_MAX);
	set_limit(RLIMIT_MEMLOCK, 0);
	set_limit(RLIMIT_MSGQUEUE, 0);
	set_limit(RLIMIT_NOFILE, FILES_MAX);
	if (!PM_SANITIZED)
		set_limit(RLIMIT_NPROC, 0);
	if (quiet && !COVERAGE)
		set_limit(RLIMIT_FSIZE, 0);
	prctl(PR_SET_DUMPABLE, 0);
}

#ifdef ARCH

enum test {
	ALWAYS,
	IS,      /* the argument is value */
	ASKS,    /* of fcntl: about the descriptor itself */
	IS_OUT,  /* the argument is a descriptor that may be written to */
	IS_SELF, /* the argument is this process */
	NONE_OF, /* none of value's bits is set in the argument */
	MAPS,    /* memory that is not code, nor a file to be written */
	NEVER,
	ABSENT,
};

struct row {
	int call;
	enum test test;
	unsigned arg; /* 0-based */
	uint32_t value;
};

/* What opening for reading never has. O_TMPFILE has O_DIRECTORY's bit. */
#define OPEN_WRITES                                                            \
	(O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY))

/* Of two rows for the same call the first counts. */
static const struct row rows[] = {
#ifndef PM_COVERAGE
	{__NR_openat, NONE_OF, 2, OPEN_WRITES},
	{__NR_write, IS_OUT, 0, 0},
	{__NR_fcntl, ASKS, 1, 0},
#else
	{__NR_openat, ALWAYS, 0, 0},
	{__NR_write, ALWAYS, 0, 0},
	{__NR_fcntl, ALWAYS, 0, 0},
	{__NR_ftruncate, ALWAYS, 0, 0},
	{__NR_mkdirat, ALWAYS, 0, 0},
#endif
	{__NR_openat2, ABSENT, 0, 0},
	{__NR_read, ALWAYS, 0, 0},
	{__NR_close, ALWAYS, 0, 0},
	{__NR_fstat, ALWAYS, 0, 0},
	{__NR_newfstatat, ALWAYS, 0, 0},
	{__NR_pread64, ALWAYS, 0, 0},
	{__NR_lseek, ALWAYS, 0, 0},
	{__NR_mmap, MAPS, 2, 0},
	{__NR_munmap, ALWAYS, 0, 0},
	{__NR_mremap, ALWAYS, 0, 0},
	{__NR_mprotect, NONE_OF, 2, PROT_EXEC},
	{__NR_madvise, ALWAYS, 0, 0},
	{__NR_brk, ALWAYS, 0, 0},
	{__NR_setitimer, ALWAYS, 0, 0},
	{__NR_getrlimit, ALWAYS, 0, 0},
	{__NR_setrlimit, ALWAYS, 0, 0},
	{__NR_prlimit64, IS, 0, 0},
	{__NR_getdents64, ALWAYS, 0, 0},
	{__NR_faccessat, ALWAYS, 0, 0},
#ifdef __NR_faccessat2
	{__NR_faccessat2, ALWAYS, 0, 0},
#endif
	{__NR_readlinkat, ALWAYS, 0, 0},
	{__NR_statx, ALWAYS, 0, 0},
	{__NR_fstatfs, ALWAYS, 0, 0},
	{__NR_statfs, ALWAYS, 0, 0},
	{__NR_fadvise64, ALWAYS, 0, 0},
	{__NR_getcwd, ALWAYS, 0, 0},
	{__NR_writev, IS_OUT, 0, 0},
	{__NR_exit, ALWAYS, 0, 0},
	{__NR_exit_group, ALWAYS, 0, 0},
	{__NR_rt_sigreturn, ALWAYS, 0, 0},
	{__NR_rt_sigaction, ALWAYS, 0, 0},
	{__NR_rt_sigprocmask, ALWAYS, 0, 0},
	{__NR_sigaltstack, ALWAYS, 0, 0},
	{__NR_restart_syscall, ALWAYS, 0, 0},
	{__NR_futex, ALWAYS, 0, 0},
	{__NR_sched_yield, ALWAYS, 0, 0},
	{__NR_sched_getaffinity, ALWAYS, 0, 0},
	{__NR_set_robust_list, ALWAYS, 0, 0},
#ifdef __NR_rseq
	{__NR_rseq, ALWAYS, 0, 0},
#endif
	{__NR_nanosleep, ALWAYS, 0, 0},
	{__NR_clock_nanosleep, ALWAYS, 0, 0},
	{__NR_clock_gettime, ALWAYS, 0, 0},
	{__NR_clock_getres, ALWAYS, 0, 0},
	{__NR_gettimeofday, ALWAYS, 0, 0},
	{__NR_getrandom, ALWAYS, 0, 0},
	{__NR_getrusage, ALWAYS, 0, 0},
	{__NR_getpid, ALWAYS, 0, 0},
	{__NR_getppid, ALWAYS, 0, 0},
	{__NR_gettid, ALWAYS, 0, 0},
	{__NR_getuid, ALWAYS, 0, 0},
	{__NR_geteuid, ALWAYS, 0, 0},
	{__NR_getgid, ALWAYS, 0, 0},
	{__NR_getegid, ALWAYS, 0, 0},
	{__NR_uname, ALWAYS, 0, 0},
	{__NR_sysinfo, ALWAYS, 0, 0},
#ifdef __x86_64__ /* what arm64 has only in the form of the calls above */
#ifndef PM_COVERAGE
	{__NR_open, NONE_OF, 1, OPEN_WRITES},
#else
	{__NR_open, ALWAYS, 0, 0},
#endif
	{__NR_stat, ALWAYS, 0, 0},
	{__NR_lstat, ALWAYS, 0, 0},
	{__NR_access, ALWAYS, 0, 0},
	{__NR_readlink, ALWAYS, 0, 0},
	{__NR_time, ALWAYS, 0, 0},
	{__NR_arch_prctl, ALWAYS, 0, 0}, /* only about this process */
#endif
	/* abort() and raise() */
	{__NR_kill, IS_SELF, 0, 0},
	{__NR_tkill, IS_SELF, 0, 0},
	{__NR_tgkill, IS_SELF, 0, 0},
/* What sanitizers try when they report is absent for them, not death:
   they then report without it. */
#if PM_SANITIZED
	{__NR_clone, ABSENT, 0, 0},
	{__NR_socket, ABSENT, 0, 0},
	{__NR_prctl, ALWAYS, 0, 0},
	{__NR_ptrace, ABSENT, 0, 0},
#endif
	{__NR_clone, NEVER, 0, 0},
	{__NR_execve, NEVER, 0, 0},
	{__NR_execveat, NEVER, 0, 0},
	{__NR_socket, NEVER, 0, 0},
	{__NR_socketpair, NEVER, 0, 0},
	{__NR_connect, NEVER, 0, 0},
	{__NR_bind, NEVER, 0, 0},
	{__NR_listen, NEVER, 0, 0},
	{__NR_accept, NEVER, 0, 0},
	{__NR_accept4, NEVER, 0, 0},
	{__NR_sendto, NEVER, 0, 0},
	{__NR_sendmsg, NEVER, 0, 0},
	{__NR_recvmsg, NEVER, 0, 0},
	{__NR_ptrace, NEVER, 0, 0},
	{__NR_process_vm_readv, NEVER, 0, 0},
	{__NR_process_vm_writev, NEVER, 0, 0},
	{__NR_rt_sigqueueinfo, NEVER, 0, 0},
	{__NR_rt_tgsigqueueinfo, NEVER, 0, 0},
	{__NR_dup, NEVER, 0, 0},
	{__NR_dup3, NEVER, 0, 0},
	{__NR_pwrite64, NEVER, 0, 0},
	{__NR_pwritev, NEVER, 0, 0},
	{__NR_sendfile, NEVER, 0, 0},
	{__NR_splice, NEVER, 0, 0},
	{__NR_copy_file_range, NEVER, 0, 0},
	{__NR_fallocate, NEVER, 0, 0},
	{__NR_truncate, NEVER, 0, 0},
	{__NR_ftruncate, NEVER, 0, 0},
	{__NR_mkdirat, NEVER, 0, 0},
	{__NR_mknodat, NEVER, 0, 0},
	{__NR_linkat, NEVER, 0, 0},
	{__NR_symlinkat, NEVER, 0, 0},
	{__NR_unlinkat, NEVER, 0, 0},
	{__NR_renameat2, NEVER, 0, 0},
	{__NR_fchmod, NEVER, 0, 0},
	{__NR_fchmodat, NEVER, 0, 0},
	{__NR_fchown, NEVER, 0, 0},
	{__NR_fchownat, NEVER, 0, 0},
	{__NR_setxattr, NEVER, 0, 0},
	{__NR_mount, NEVER, 0, 0},
	{__NR_umount2, NEVER, 0, 0},
	{__NR_chroot, NEVER, 0, 0},
	{__NR_unshare, NEVER, 0, 0},
	{__NR_setns, NEVER, 0, 0},
	{__NR_setuid, NEVER, 0, 0},
	{__NR_setresuid, NEVER, 0, 0},
	{__NR_bpf, NEVER, 0, 0},
	{__NR_perf_event_open, NEVER, 0, 0},
	{__NR_memfd_create, NEVER, 0, 0},
#ifdef __x86_64__
	{__NR_fork, NEVER, 0, 0},
	{__NR_vfork, NEVER, 0, 0},
	{__NR_dup2, NEVER, 0, 0},
	{__NR_creat, NEVER, 0, 0},
	{__NR_mkdir, NEVER, 0, 0},
	{__NR_rmdir, NEVER, 0, 0},
	{__NR_mknod, NEVER, 0, 0},
	{__NR_link, NEVER, 0, 0},
	{__NR_symlink, NEVER, 0, 0},
	{__NR_unlink, NEVER, 0, 0},
	{__NR_rename, NEVER, 0, 0},
	{__NR_renameat, NEVER, 0, 0},
	{__NR_chmod, NEVER, 0, 0},
	{__NR_chown, NEVER, 0, 0},
	{__NR_lchown, NEVER, 0, 0},
#endif
};

enum {
	NROWS = sizeof(rows) / sizeof(rows[0]),
	CALLS_MOST = 512, /* no call that a row names has a higher number */
	SPANS_MOST = 2 * NROWS + 1, /* each row, and what lies between them */
	HEAD = 4,                   /* instructions before the tree */
	ROW_MOST = 10,              /* of what looks at an argument */
	JUMP_MOST = 255,            /* as far as a comparison can lead */
	PROGRAM_MOST = HEAD + SPANS_MOST + NROWS * ROW_MOST,
};

/* Calls from a number on, until the next span's, that get the same answer. */
struct span {
	uint32_t from;
	const struct row *row; /* of one of them; NULL: they are absent */
	unsigned short target; /* where the program has the answer */
};

struct program {
	struct sock_filter code[PROGRAM_MOST];
	unsigned short len;
};

static void add(struct program *program, struct sock_filter one)
{
	assert(program->len < PROGRAM_MOST);
	program->code[program->len++] = one;
}

static void load(struct program *program, size_t off)
{
	add(program, (struct sock_filter)BPF_STMT(
			     BPF_LD | BPF_W | BPF_ABS, (uint32_t)off));
}

/* The low half of an argument: both machines put it first, and no argument
   that is looked at counts beyond it. */
static void load_arg(struct program *program, unsigned arg)
{
	load(program,
		offsetof(struct seccomp_data, args) + arg * sizeof(uint64_t));
}

/* Answers "yes" when the comparison holds and falls through when not. */
static void answer_if(struct program *program, uint16_t comparison,
	uint32_t value, uint32_t yes)
{
	add(program, (struct sock_filter)BPF_JUMP(
			     BPF_JMP | comparison | BPF_K, value, 0, 1));
	add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, yes));
}

static void answer(struct program *program, uint32_t what)
{
	add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what));
}

static const uint32_t absent = SECCOMP_RET_ERRNO | ENOSYS;

static enum test test_of(const struct row *row)
{
	return row ? row->test : ABSENT;
}

/* What one row says once its call is recognised; always ends in an answer. */
static void add_test(struct program *program, const struct row *row, int out)
{
	const uint32_t kill = SECCOMP_RET_KILL_PROCESS;
	enum test test = test_of(row);

	if (test != ALWAYS && test != NEVER && test != ABSENT)
		load_arg(program, row->arg);
	switch (test) {
	case IS:
		answer_if(program, BPF_JEQ, row->value, SECCOMP_RET_ALLOW);
		answer(program, kill);
		break;
	case ASKS:
		answer_if(program, BPF_JEQ, F_GETFD, SECCOMP_RET_ALLOW);
		answer_if(program, BPF_JEQ, F_SETFD, SECCOMP_RET_ALLOW);
		answer_if(program, BPF_JEQ, F_GETFL, SECCOMP_RET_ALLOW);
		answer(program, absent);
		break;
	case IS_OUT:
		answer_if(program, BPF_JEQ, (uint32_t)out, SECCOMP_RET_ALLOW);
		answer_if(program, BPF_JEQ, STDERR_FILENO, SECCOMP_RET_ALLOW);
		answer(program, kill);
		break;
	case IS_SELF:
		answer_if(program, BPF_JEQ, (uint32_t)getpid(),
			SECCOMP_RET_ALLOW);
		answer(program, kill);
		break;
	case NONE_OF:
		answer_if(program, BPF_JSET, row->value, kill);
		answer(program, SECCOMP_RET_ALLOW);
		break;
	case MAPS:
		answer_if(program, BPF_JSET, PROT_EXEC, absent);
		/* Not to be written: whatever it is. */
		add(program,
			(struct sock_filter)BPF_JUMP(
				BPF_JMP | BPF_JSET | BPF_K, PROT_WRITE, 1, 0));
		answer(program, SECCOMP_RET_ALLOW);
		load_arg(program, row->arg + 1);
		answer_if(program, BPF_JSET, MAP_SHARED, kill);
		answer(program, SECCOMP_RET_ALLOW);
		break;
	case NEVER:
		answer(program, kill);
		break;
	case ABSENT:
		answer(program, absent);
		break;
	case ALWAYS:
		answer(program, SECCOMP_RET_ALLOW);
		break;
	}
}

/* True when one answer does for both. */
static bool same_answer(const struct row *a, const struct row *b)
{
	enum test test = test_of(a);

	if (test != test_of(b))
		return false;
	return test == ALWAYS || test == NEVER || test == ABSENT ||
	       (a->arg == b->arg && a->value == b->value);
}

/* x32 has its calls beyond all others, and they are not for us. */
static unsigned make_spans(struct span *spans)
{
	unsigned char first[CALLS_MOST] = {0}; /* row of a call, from 1 */
	unsigned n = 0;

	for (unsigned i = NROWS; i-- > 0;) {
		assert(rows[i].call < CALLS_MOST);
		first[rows[i].call] = (unsigned char)(i + 1);
	}
	for (unsigned call = 0; call <= CALLS_MOST; call++) {
		const struct row *row = call < CALLS_MOST && first[call]
						? &rows[first[call] - 1]
						: NULL;

		if (!n || !same_answer(spans[n - 1].row, row))
			spans[n++] = (struct span){.from = call, .row = row};
	}
	return n;
}

/* Adds each answer once, and has the spans point to theirs. */
static void add_answers(
	struct program *program, struct span *spans, unsigned count, int out)
{
	for (unsigned i = 0; i < count; i++) {
		unsigned j = 0;

		while (!same_answer(spans[j].row, spans[i].row))
			j++;
		if (j < i) {
			spans[i].target = spans[j].target;
			continue;
		}
		spans[i].target = program->len;
		add_test(program, spans[i].row, out);
		assert(program->len - spans[i].target <= ROW_MOST);
	}
}

/* Fills in the tree over some spans from *next on, a comparison for all but one
   of them, and returns where it begins. */
static unsigned short add_tree(struct program *program,
	const struct span *spans, unsigned count, unsigned short *next)
{
	unsigned half = count / 2;
	unsigned short at = *next;
	int below, above;

	if (count == 1)
		return spans->target;
	(*next)++;
	below = add_tree(program, spans, half, next) - at - 1;
	above = add_tree(program, spans + half, count - half, next) - at - 1;
	assert(below <= JUMP_MOST && above <= JUMP_MOST);
	program->code[at] =
		(struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K,
			spans[half].from, (uint8_t)above, (uint8_t)below);
	return at;
}

/*
 * A tree over the calls' numbers, and behind it the answers. The kernel asks
 * the filter about each of its calls when it takes it, and compiles it: rows
 * tried in turn would cost a short command more than its document.
 */
static void make_program(struct program *program, int out)
{
	struct span spans[SPANS_MOST];
	unsigned count = make_spans(spans);
	unsigned short next;

	load(program, offsetof(struct seccomp_data, arch));
	/* Calls of another machine have other numbers. */
	add(program, (struct sock_filter)BPF_JUMP(
			     BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0));
	answer(program, SECCOMP_RET_KILL_PROCESS);
	load(program, offsetof(struct seccomp_data, nr));
	next = program->len;
	program->len += (unsigned short)(count - 1);
	add_answers(program, spans, count, out);
	add_tree(program, spans, count, &next);
}

int pm_confine_calls(int out)
{
	struct program program; /* to fill it with zeros touches more of it */
	struct sock_fprog prog = {.filter = program.code};

	program.len = 0;
	make_program(&program, out);
	prog.len = program.len;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -1;
	/* Without the flag older kernels slow the processor down for programs
	   that compile foreign code, which this is not. */
	if (syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER,
		    SECCOMP_FILTER_FLAG_SPEC_ALLOW, &prog) == 0)
		return 0;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog, 0, 0) == 0
		       ? 0
		       : -1;
}

bool pm_confine_available(void)
{
	/* A filter that is not there is a bad address, not a bad call. */
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL, 0, 0) < 0 &&
	       errno == EFAULT;
}

#else

int pm_confine_calls(int out)
{
	(void)out;
	return -1;
}

bool pm_confine_available(void)
{
	return false;
}

#endif
