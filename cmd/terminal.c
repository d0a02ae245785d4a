/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Terminal, pager, editor, questions. All three programs are chosen by git's
 * order and started by git's means (sh -c 'PROGRAM "$@"'), because that is
 * what people have configured; none of them is ever taken from a document or
 * a policy.
 */
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alloc.h"

static bool env_is(struct pm_cli *cli, const char *name, const char *value)
{
	const char *found = pm_env(cli->ctx, name);

	return found && strcmp(found, value) == 0;
}

/* --color, then NO_COLOR and CLICOLOR_FORCE, then whether it is a terminal. */
static bool wants_color(struct pm_cli *cli, const char *when, bool tty)
{
	if (when && strcmp(when, "always") == 0)
		return true;
	if (when && strcmp(when, "never") == 0)
		return false;
	if (pm_env(cli->ctx, "NO_COLOR") || env_is(cli, "TERM", "dumb"))
		return false;
	if (pm_env(cli->ctx, "CLICOLOR_FORCE"))
		return true;
	return tty;
}

static unsigned terminal_width(struct pm_cli *cli)
{
	const char *columns = pm_env(cli->ctx, "COLUMNS");
	struct winsize size;
	long n = columns ? strtol(columns, NULL, 10) : 0;

	if (n > 0 && n < 10000)
		return (unsigned)n;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col;
	return 80;
}

int pm_terminal_init(struct pm_cli *cli, const char *when)
{
	if (when && strcmp(when, "auto") != 0 && strcmp(when, "always") != 0 &&
		strcmp(when, "never") != 0)
		return -1;
	cli->in_tty = isatty(STDIN_FILENO);
	cli->out_tty = isatty(STDOUT_FILENO);
	cli->err_tty = isatty(STDERR_FILENO);
	cli->color_out = wants_color(cli, when, cli->out_tty);
	cli->color_err = wants_color(cli, when, cli->err_tty);
	cli->width = cli->out_tty ? terminal_width(cli) : 0;
	return 0;
}

/* Appends the value of a configuration key; false when it is not set. */
static bool from_config(struct pm_cli *cli, const char *key, struct pm_buf *out)
{
	struct pm_ctx *ctx = cli->ctx;

	if (!cli->repo || pm_repo_config(ctx, cli->repo, key, out) < 0) {
		pm_ctx_clear(ctx);
		return false;
	}
	return out->len > 0;
}

static bool from_env(struct pm_cli *cli, const char *name, struct pm_buf *out)
{
	const char *value = pm_env(cli->ctx, name);

	if (value)
		pm_buf_adds(out, value);
	return value != NULL;
}

/* Becomes the program; "$@" carries the argument past the shell unread. */
static void become(const char *program, const char *arg)
{
	struct pm_buf script = PM_BUF_INIT;

	pm_buf_addf(&script, "%s \"$@\"", program);
	if (arg)
		execlp("sh", "sh", "-c", script.ptr, program, arg,
			(char *)NULL);
	else
		execlp("sh", "sh", "-c", program, (char *)NULL);
	_exit(127);
}

/* In the child: reads from the pipe, and never sees our documents' bytes as
   options, because it is given none. */
static void become_pager(const int pipes[2], const char *program)
{
	dup2(pipes[0], STDIN_FILENO);
	close(pipes[0]);
	close(pipes[1]);
	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	become(program, NULL);
}

struct in_use {
	volatile sig_atomic_t pid;
	volatile sig_atomic_t owner; /* who started it */
	volatile sig_atomic_t held;  /* a file of what pm said since; -1 */
};

/* State at file scope, because a handler is given its signal's number only. */
static struct in_use pager_in_use = {.held = -1};

static void write_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno != EINTR)
			return;
		text += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
}

/* Shows what was held back; a handler may call it. */
static void show_held(void)
{
	int fd = pager_in_use.held;
	char text[4096];
	ssize_t n;

	if (fd < 0 || lseek(fd, 0, SEEK_SET) < 0)
		return;
	while ((n = read(fd, text, sizeof text)) > 0)
		write_all(STDERR_FILENO, text, (size_t)n);
}

/*
 * The terminal stays the pager's until the pager has left, also when the keys
 * meant for it end pm: the shell would take it back otherwise. Workers, which
 * inherit this, wait for nobody: the pager is no child of theirs.
 */
static void on_signal(int number)
{
	close(STDOUT_FILENO);
	while (waitpid(pager_in_use.pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (pager_in_use.owner == getpid())
		show_held();
	signal(number, SIG_DFL);
	raise(number);
}

static const int heeded[] = {SIGINT, SIGQUIT, SIGTERM};

static void heed_signals(pid_t pager)
{
	pager_in_use.pid = pager;
	pager_in_use.owner = getpid();
	for (size_t i = 0; i < sizeof heeded / sizeof *heeded; i++)
		if (signal(heeded[i], on_signal) == SIG_IGN)
			signal(heeded[i], SIG_IGN);
}

/* As from_env; an empty one is a choice, too: no pager, as for git. */
static bool pager_from_env(
	struct pm_cli *cli, const char *name, struct pm_buf *out)
{
	const char *value = cli->ctx->env(cli->ctx->env_data, name);

	if (value)
		pm_buf_adds(out, value);
	return value != NULL;
}

/* Whether PATH has a program of this name. */
static bool in_path(struct pm_cli *cli, struct pm_slice name)
{
	const char *path = pm_env(cli->ctx, "PATH");
	struct pm_buf full = PM_BUF_INIT;
	bool found = false;

	while (path && !found) {
		size_t len = strcspn(path, ":");

		pm_buf_reset(&full);
		pm_buf_addf(
			&full, "%.*s/%.*s", (int)len, path, PM_SLICE_ARG(name));
		found = access(full.ptr, X_OK) == 0;
		path = path[len] ? path + len + 1 : NULL;
	}
	pm_buf_release(&full);
	return found;
}

/*
 * True when the shell is sure not to find the program, as on small systems
 * that have no less: the output would be lost. What is no plain name is left
 * to the shell.
 */
static bool is_missing(struct pm_cli *cli, const char *program)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_+-./";
	size_t len = strspn(program, plain);
	struct pm_slice name = pm_slice_make(program, len);

	if (program[len] && program[len] != ' ')
		return false;
	if (!memchr(program, '/', len))
		return !in_path(cli, name);
	return program[len] == '\0' && access(program, X_OK) != 0;
}

/*
 * What pm says waits until the pager has left: the sums of a check would stand
 * above its findings, or in the midst of the pager's screen. It waits in a file
 * without a name, which a handler may read, as it may no stream; stderr itself
 * stays the terminal's, for whoever has to say something at once.
 */
static void hold_errors(struct pm_cli *cli)
{
	int fd = memfd_create("pm", MFD_CLOEXEC);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	if (!file) {
		if (fd >= 0)
			close(fd);
		return;
	}
	setvbuf(file, NULL, _IONBF, 0);
	cli->err = file;
	pager_in_use.held = fd;
}

/* Shows what was held back, once: a signal has to wait. */
static void release_errors(struct pm_cli *cli)
{
	sigset_t set, before;

	if (cli->err == stderr)
		return;
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof heeded / sizeof *heeded; i++)
		sigaddset(&set, heeded[i]);
	sigprocmask(SIG_BLOCK, &set, &before);
	show_held();
	pager_in_use.held = -1;
	fclose(cli->err);
	cli->err = stderr;
	sigprocmask(SIG_SETMASK, &before, NULL);
}

long pm_pager_start(struct pm_cli *cli)
{
	struct pm_buf program = PM_BUF_INIT;
	bool chosen = pager_from_env(cli, "GIT_PAGER", &program) ||
		      from_config(cli, "core.pager", &program) ||
		      pager_from_env(cli, "PAGER", &program);
	int pipes[2];
	pid_t pid = 0;

	if (!chosen)
		pm_buf_adds(&program, "less");
	if (program.len && is_missing(cli, program.ptr)) {
		if (chosen)
			pm_cli_say(cli, "there is no pager '%s'", program.ptr);
		goto out;
	}
	if (!program.len || strcmp(program.ptr, "cat") == 0 || pipe(pipes) < 0)
		goto out;
	fflush(stdout);
	pid = fork();
	if (pid == 0)
		become_pager(pipes, program.ptr);
	if (pid > 0) {
		dup2(pipes[1], STDOUT_FILENO);
		heed_signals(pid);
		if (cli->err_tty)
			hold_errors(cli);
	}
	close(pipes[0]);
	close(pipes[1]);
out:
	pm_buf_release(&program);
	return pid > 0 ? pid : 0;
}

void pm_pager_wait(struct pm_cli *cli, long pid)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	int status;

	/* The descriptor alone, the stream is main's to close; a pager that
	   was left before the end is no failure. */
	fflush(stdout);
	clearerr(stdout);
	if (null < 0 || dup2(null, STDOUT_FILENO) < 0)
		close(STDOUT_FILENO);
	if (null >= 0)
		close(null);
	while (waitpid((pid_t)pid, &status, 0) < 0 && errno == EINTR)
		;
	release_errors(cli);
}

/* Git's order; like git, no vi where the terminal cannot show it. */
static int choose_editor(struct pm_cli *cli, struct pm_buf *out)
{
	const char *term = pm_env(cli->ctx, "TERM");
	bool dumb = !term || strcmp(term, "dumb") == 0;

	if (from_env(cli, "GIT_EDITOR", out) ||
		from_config(cli, "core.editor", out) ||
		(!dumb && from_env(cli, "VISUAL", out)) ||
		from_env(cli, "EDITOR", out))
		return 0;
	if (dumb)
		return pm_fail(cli->ctx, PM_ERROR,
			"no editor is set, and the terminal is too plain for "
			"vi (set EDITOR, or git config core.editor)");
	pm_buf_adds(out, "vi");
	return 0;
}

int pm_editor_run(struct pm_cli *cli, const char *path)
{
	struct pm_buf program = PM_BUF_INIT;
	void (*old_int)(int);
	void (*old_quit)(int);
	int status = 0;
	pid_t pid;

	status = choose_editor(cli, &program);
	if (status < 0 || strcmp(program.ptr, ":") == 0)
		goto out;
	/* The terminal's keys are the editor's while it runs. */
	old_int = signal(SIGINT, SIG_IGN);
	old_quit = signal(SIGQUIT, SIG_IGN);
	pid = fork();
	if (pid == 0) {
		signal(SIGINT, SIG_DFL);
		signal(SIGQUIT, SIG_DFL);
		become(program.ptr, path);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	signal(SIGINT, old_int);
	signal(SIGQUIT, old_quit);
	if (pid < 0)
		status = pm_fail_errno(
			cli->ctx, "cannot start the editor '%s'", program.ptr);
	else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		status = pm_fail(cli->ctx, PM_ERROR,
			"the editor '%s' did not end well; the document is "
			"kept at '%s'",
			program.ptr, path);
	else
		status = 0;
out:
	pm_buf_release(&program);
	return status;
}

bool pm_prompt(const char *question, struct pm_buf *out)
{
	int c;
	bool any = false;

	fputs(question, stdout);
	fflush(stdout);
	while ((c = getc(stdin)) != EOF && c != '\n') {
		pm_buf_addc(out, (char)c);
		any = true;
	}
	if (c == EOF)
		putchar('\n'); /* the cursor stands behind the question */
	return any || c == '\n';
}
