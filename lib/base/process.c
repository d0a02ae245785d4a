/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running a program. One loop feeds its input and collects both outputs, since
 * doing them one after the other would block as soon as a pipe is full. The
 * loop ends with the program, not with the pipes: a daemon that it left behind
 * may hold them for ever.
 */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/vec.h"

extern char **environ;

/* Our end of a pipe to or from the program, and the program's own. */
struct end {
	int ours;
	int theirs;
};

struct run {
	const struct pm_process *process;
	struct end in;
	struct end out;
	struct end err;
	struct pm_slice input; /* what was not fed yet */
	pid_t pid;
	int pidfd;
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Makes a pipe; ours does not block, both close when a program starts. */
static int open_pipe(struct end *end, bool we_write)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	end->ours = fds[we_write ? 1 : 0];
	end->theirs = fds[we_write ? 0 : 1];
	return fcntl(end->ours, F_SETFL, O_NONBLOCK);
}

static int open_ends(struct run *run)
{
	const struct pm_process *process = run->process;

	if (process->input.len && open_pipe(&run->in, true) < 0)
		return -1;
	if (process->output && open_pipe(&run->out, false) < 0)
		return -1;
	if (process->errors && open_pipe(&run->err, false) < 0)
		return -1;
	return 0;
}

/* True when entry, "NAME=value", is set or unset by one of changes. */
static bool is_changed(const char *entry, const char *const *changes)
{
	size_t len = strcspn(entry, "=");

	for (; *changes; changes++) {
		if (strcspn(*changes, "=") == len &&
			!strncmp(*changes, entry, len))
			return true;
	}
	return false;
}

/* The program's environment: ours is passed on, not read. Free the array. */
static char **make_env(const char *const *changes)
{
	PM_VEC(char *) env = {0};
	char **entry;

	for (entry = environ; *entry; entry++) {
		if (!is_changed(*entry, changes))
			*pm_vec_push(&env) = *entry;
	}
	for (; *changes; changes++) {
		/* posix_spawn takes no const, and changes nothing. */
		if (strchr(*changes, '='))
			*pm_vec_push(&env) = (char *)(uintptr_t)*changes;
	}
	*pm_vec_push(&env) = NULL;
	return env.items;
}

static void set_actions(const struct run *run, posix_spawn_file_actions_t *act)
{
	const struct pm_process *process = run->process;

	if (run->in.theirs >= 0)
		posix_spawn_file_actions_adddup2(act, run->in.theirs, 0);
	else if (!process->terminal)
		posix_spawn_file_actions_addopen(
			act, 0, "/dev/null", O_RDONLY, 0);
	if (run->out.theirs >= 0)
		posix_spawn_file_actions_adddup2(act, run->out.theirs, 1);
	if (run->err.theirs >= 0)
		posix_spawn_file_actions_adddup2(act, run->err.theirs, 2);
	if (process->dir)
		posix_spawn_file_actions_addchdir_np(act, process->dir);
}

/* The program gets the signals as a shell would give them. */
static void set_signals(posix_spawnattr_t *attr, const sigset_t *defaults)
{
	sigset_t none;

	sigemptyset(&none);
	posix_spawnattr_setsigmask(attr, &none);
	posix_spawnattr_setsigdefault(attr, defaults);
	posix_spawnattr_setflags(
		attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int spawn(struct pm_ctx *ctx, struct run *run, const sigset_t *defaults)
{
	const struct pm_process *process = run->process;
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	char **env = process->env ? make_env(process->env) : NULL;
	struct stat st;
	int err = 0;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attr);
	set_actions(run, &actions);
	set_signals(&attr, defaults);
	if (process->dir && fstatat(AT_FDCWD, process->dir, &st, 0) < 0)
		err = -errno;
	if (!err)
		err = posix_spawnp(&run->pid, process->argv[0], &actions, &attr,
			(char *const *)(uintptr_t)process->argv,
			env ? env : environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	free(env);
	if (!err)
		return 0;
	errno = err < 0 ? -err : err;
	if (err < 0)
		return pm_fail_errno(ctx, "cannot run '%s' in '%s'",
			process->argv[0], process->dir);
	if (err == ENOENT)
		return pm_fail(ctx, PM_ENOTFOUND,
			"cannot run '%s': no such program", process->argv[0]);
	pm_fail_errno(ctx, "cannot run '%s'", process->argv[0]);
	/* "Permission denied" is not about a repository here. */
	return ctx->error.code = PM_ERROR;
}

/* Feeds what the pipe takes; a program need not read its input. */
static void feed(struct run *run)
{
	ssize_t put = write(run->in.ours, run->input.ptr, run->input.len);

	if (put >= 0)
		run->input = pm_slice_from(run->input, (size_t)put);
	if (!run->input.len || (put < 0 && errno != EAGAIN && errno != EINTR))
		close_fd(&run->in.ours);
}

/* Takes what the pipe holds; returns false when there was nothing now. */
static bool drain(struct end *end, struct pm_buf *buf)
{
	char chunk[16384];
	ssize_t got;

	if (end->ours < 0)
		return false;
	got = read(end->ours, chunk, sizeof(chunk));
	if (got > 0)
		pm_buf_add(buf, chunk, (size_t)got);
	else if (!got || (errno != EAGAIN && errno != EINTR))
		close_fd(&end->ours);
	return got > 0;
}

static void converse(struct run *run)
{
	bool ended = false;

	while (!ended && (run->in.ours >= 0 || run->out.ours >= 0 ||
				 run->err.ours >= 0)) {
		/* poll() passes over descriptors below zero. */
		struct pollfd fds[] = {
			{.fd = run->in.ours, .events = POLLOUT},
			{.fd = run->out.ours, .events = POLLIN},
			{.fd = run->err.ours, .events = POLLIN},
			{.fd = run->pidfd, .events = POLLIN},
		};

		if (poll(fds, 4, -1) < 0)
			continue;
		if (fds[0].revents)
			feed(run);
		if (fds[1].revents)
			drain(&run->out, run->process->output);
		if (fds[2].revents)
			drain(&run->err, run->process->errors);
		ended = fds[3].revents;
	}
	while (drain(&run->out, run->process->output))
		;
	while (drain(&run->err, run->process->errors))
		;
}

static int wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return 127;
	}
	if (WIFSIGNALED(status))
		return 128 + WTERMSIG(status);
	return WEXITSTATUS(status);
}

/* Starts the program and stays with it to its end. */
static int run_it(struct pm_ctx *ctx, struct run *run, const sigset_t *defaults)
{
	int code;

	if (open_ends(run) < 0)
		code = pm_fail_errno(
			ctx, "cannot run '%s'", run->process->argv[0]);
	else
		code = spawn(ctx, run, defaults);
	close_fd(&run->in.theirs);
	close_fd(&run->out.theirs);
	close_fd(&run->err.theirs);
	if (code == 0) {
		/* Without it (Linux before 5.3) the pipes tell the end. */
		run->pidfd = (int)syscall(SYS_pidfd_open, run->pid, 0);
		converse(run);
		code = wait_for(run->pid);
	}
	close_fd(&run->in.ours);
	close_fd(&run->out.ours);
	close_fd(&run->err.ours);
	close_fd(&run->pidfd);
	return code;
}

/* Ignores a signal, and has the program get it if we did. */
static void ignore(int number, struct sigaction *old, sigset_t *defaults)
{
	struct sigaction ignored = {.sa_handler = SIG_IGN};

	sigaction(number, &ignored, old);
	if (old->sa_handler != SIG_IGN)
		sigaddset(defaults, number);
}

int pm_process_run(struct pm_ctx *ctx, const struct pm_process *process)
{
	struct run run = {
		.process = process,
		.in = {-1, -1},
		.out = {-1, -1},
		.err = {-1, -1},
		.input = process->input,
		.pidfd = -1,
	};
	struct sigaction old_int;
	struct sigaction old_quit;
	struct sigaction old_pipe;
	sigset_t defaults;
	int code;

	sigemptyset(&defaults);
	ignore(SIGPIPE, &old_pipe, &defaults);
	/* pm itself may ignore these two for its own writes. */
	sigaddset(&defaults, SIGPIPE);
	sigaddset(&defaults, SIGXFSZ);
	if (process->terminal) {
		ignore(SIGINT, &old_int, &defaults);
		ignore(SIGQUIT, &old_quit, &defaults);
	}
	code = run_it(ctx, &run, &defaults);
	if (process->terminal) {
		sigaction(SIGINT, &old_int, NULL);
		sigaction(SIGQUIT, &old_quit, NULL);
	}
	sigaction(SIGPIPE, &old_pipe, NULL);
	return code;
}
