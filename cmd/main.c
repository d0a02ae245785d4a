/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The process: descriptors, signals, clock, dispatch, and the one checked
 * flush at the end. Everything a command writes to stdout goes through stdio
 * and is checked here once, so that a full disk is never mistaken for success.
 */
#include <errno.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <signal.h>
#include <unistd.h>

#include "alloc.h"
#include "cli.h"
#include "options.h"
#include "pages.h"
#include "pm/time.h"
#include "terminal.h"

/* Free memory at the end of the heap that is kept, the step it grows by, and
   what is large enough to have pages of its own. */
#define KEEP_MOST (4 << 20)
#define KEEP_STEP (1 << 20)
#define OWN_PAGES (2 << 20)

/* Options that every command takes, before or after its name. */
struct globals {
	const char *dir;
	const char *color;
	long jobs;
	bool no_pager;
	bool help;
	bool version;
};

static const struct pm_opt global_opts[] = {
	OPT_STR(struct globals, dir, 'C', "directory", "dir", "@dirs",
		"run as if started in <dir>"),
	OPT_STR(struct globals, color, 0, "color", "when", "auto always never",
		"colour the output: auto, always or never"),
	OPT_INT(struct globals, jobs, 'j', "jobs", "count",
		"work with <count> processes (default: one per core)"),
	OPT_BOOL(struct globals, no_pager, 0, "no-pager",
		"do not send long output through the pager"),
	OPT_BOOL(struct globals, help, 'h', "help", "show help and stop"),
	OPT_BOOL(struct globals, version, 0, "version",
		"show the version and stop"),
	OPT_END(),
};

const struct pm_opt *pm_global_opts(void)
{
	return global_opts;
}

/*
 * A process started with descriptor 1 closed would give that number to the
 * next file it opens, and print into it. What stands there instead cannot be
 * written to: output that nobody gets is not to pass for success.
 */
static void fill_descriptors(void)
{
	for (int fd = 0; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
			continue;
		/* The lowest that is free: fd. */
		if (open("/dev/null", fd == STDOUT_FILENO ? O_RDONLY : O_RDWR) <
			0)
			return;
	}
}

/*
 * Memory that was refused ends the process from wherever that was, the parser
 * of Markdown included: a failure like others, with its own word and status.
 */
static void on_abort(int number)
{
	static const char text[] = "pm: out of memory\n";

	(void)number;
	if (errno == ENOMEM && write(STDERR_FILENO, text, sizeof(text) - 1))
		_exit(PM_EXIT_FAILURE);
	/* abort() goes on to kill the process when this returns. */
}

static const char *read_env(void *data, const char *name)
{
	(void)data;
	return getenv(name);
}

static void print_notice(void *data, const char *line)
{
	pm_cli_say(data, "%s", line);
}

/* Asked by few commands: the C library reads files for it. */
static int32_t read_zone(void *data, int64_t at)
{
	const long day = 24 * 60 * 60;
	time_t now = (time_t)at;
	struct tm local;

	(void)data;
	/* TZ may say more than a day, which no time can be written with. */
	if (!localtime_r(&now, &local) || local.tm_gmtoff <= -day ||
		local.tm_gmtoff >= day)
		return 0;
	return (int32_t)(local.tm_gmtoff / 60);
}

/* PM_NOW pins the clock; a clock that cannot be read is wrong usage. */
static int set_clock(struct pm_ctx *ctx)
{
	const char *pinned = pm_env(ctx, "PM_NOW");
	const char *why = NULL;
	struct pm_time time;

	if (pinned) {
		if (pm_time_parse(pm_slice_str(pinned), &time, &why) < 0 ||
			time.precision == PM_PRECISION_NONE)
			return pm_fail(ctx, PM_EUSAGE,
				"PM_NOW is '%s', which is no instant: %s",
				pinned, why ? why : "it is unknown");
		ctx->now = time.sec;
	}
	return 0;
}

/* Opens what the command needs before it runs. */
static int satisfy(struct pm_cli *cli, const struct pm_cmd *cmd)
{
	int ret;

	if (!(cmd->needs & (PM_NEED_REPO | PM_NEED_WORKTREE)))
		return 0;
	ret = pm_repo_open(cli->ctx, cli->dir, &cli->repo);
	if (ret < 0)
		return ret;
	if ((cmd->needs & PM_NEED_WORKTREE) && !pm_repo_worktree(cli->repo))
		return pm_fail(cli->ctx, PM_EBARE,
			"'pm %s' needs a work tree, and this is a bare "
			"repository, or Git's own directory (run it in a "
			"clone, or in the work tree)",
			cmd->name);
	return 0;
}

static int run_parsed(struct pm_cli *cli, const struct pm_cmd *cmd, void *args,
	const struct globals *globals, int argc, char **argv)
{
	int ret = satisfy(cli, cmd);
	long pager = 0;

	if (ret == 0) {
		bool pages =
			cmd->pager || (cmd->pager_for && cmd->pager_for(args));

		if (pages && cli->out_tty && !globals->no_pager)
			pager = pm_pager_start(cli);
		ret = cmd->run(cli, args, argc, argv);
	}
	ret = pm_cli_status(cli, ret);
	if (pager)
		pm_pager_wait(cli, pager);
	return ret;
}

static int run_command(struct pm_cli *cli, const struct pm_cmd *cmd,
	struct globals *globals, int argc, char **argv)
{
	struct pm_buf err = PM_BUF_INIT;
	void *args = pm_cli_alloc(1, cmd->args_size);
	struct pm_optset sets[2] = {
		{cmd->opts, args},
		{global_opts, globals},
	};
	int ret;

	cli->cmd = cmd;
	if (pm_options_parse(sets, 2, 0, &argc, argv, &err) < 0) {
		ret = pm_cli_usage(cli, "%s", err.ptr);
	} else if (globals->help) {
		pm_help_command(cli, cmd);
		ret = PM_EXIT_OK;
	} else if (globals->version) {
		ret = pm_cli_version();
	} else if (pm_terminal_init(cli, globals->color) < 0) {
		ret = pm_cli_usage(cli,
			"'--color' takes auto, always or never, not '%s'",
			globals->color);
	} else {
		cli->dir = globals->dir ? globals->dir : ".";
		cli->ctx->jobs = (unsigned)globals->jobs;
		ret = run_parsed(cli, cmd, args, globals, argc, argv);
	}
	pm_options_release(&sets[0]);
	free(args);
	pm_buf_release(&err);
	return ret;
}

static int dispatch(struct pm_cli *cli, int argc, char **argv)
{
	struct globals globals = {0};
	struct pm_optset set = {global_opts, &globals};
	struct pm_buf err = PM_BUF_INIT;
	const struct pm_cmd *cmd;
	int ret;

	ret = pm_options_parse(&set, 1, PM_PARSE_STOP, &argc, argv, &err);
	if (ret < 0)
		ret = pm_cli_usage(cli, "%s", err.ptr);
	pm_buf_release(&err);
	if (ret)
		return ret;
	if (globals.version)
		return pm_cli_version();
	if (argc == 0) {
		pm_help_overview(cli);
		return globals.help ? PM_EXIT_OK : PM_EXIT_USAGE;
	}
	cmd = pm_command_find(argv[0]);
	if (!cmd)
		return pm_cli_unknown(cli, argv[0]);
	return run_command(cli, cmd, &globals, argc - 1, argv + 1);
}

/* A reader that left early is no failure worth words; a full disk is. */
static int finish(int status)
{
	bool bad = fflush(stdout) != 0 || ferror(stdout);

	/* The pager's pipe is closed already. */
	if (!bad && fclose(stdout) != 0 && errno != EBADF)
		bad = true;
	if (!bad)
		return status;
	if (errno != EPIPE)
		fprintf(stderr, "pm: cannot write the output: %s\n",
			strerror(errno));
	return PM_EXIT_FAILURE;
}

/* A command is short, and what it lets go of it soon wants again: each page
   that the kernel got back in between is filled with zeros once more. */
static void keep_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_TRIM_THRESHOLD, KEEP_MOST);
	mallopt(M_TOP_PAD, KEEP_STEP);
	mallopt(M_MMAP_THRESHOLD, OWN_PAGES);
#endif
}

int main(int argc, char **argv)
{
	struct pm_cli cli = {.dir = ".", .err = stderr};
	int status;

	keep_memory();
	fill_descriptors();
	/* A file size limit shows as EFBIG, with words, not as a signal. */
	signal(SIGXFSZ, SIG_IGN);
	signal(SIGABRT, on_abort);
	cli.ctx = pm_ctx_new();
	cli.ctx->env = read_env;
	cli.ctx->zone = read_zone;
	cli.ctx->notice = print_notice;
	cli.ctx->notice_data = &cli;
	pm_terminal_init(&cli, NULL);
	status = set_clock(cli.ctx);
	if (status < 0)
		status = pm_cli_status(&cli, status);
	else
		status = dispatch(&cli, argc - 1, argv + 1);
	/* The end of the process gives back what it holds sooner than taking it
	   apart here would. */
	exit(finish(status));
}
