/* SPDX-License-Identifier: Apache-2.0 */
/* pm help: help for people, and the pages and tables made from the same. */
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "pages.h"

struct args {
	bool man, table, examples;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, man, 0, "man", "print the manual page in mdoc"),
	OPT_BOOL(struct args, table, 0, "table",
		"print the commands as rows of a Markdown table"),
	OPT_BOOL(struct args, examples, 0, "examples",
		"print the example commands of all manuals, one a line"),
	OPT_END(),
};

/* Manual pages that belong to no command, as man knows them. */
static const struct {
	const char *topic, *page, *section;
} pages[] = {
	{"ci", "pm-ci", "7"},
	{"format", "pm-format", "5"},
	{"policy", "pm-policy", "5"},
	{"query", "pm-query", "7"},
};

/* The number of a page, by its topic or its own name, or -1. */
static int find_page(const char *name)
{
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		if (strcmp(name, pages[i].topic) == 0 ||
			strcmp(name, pages[i].page) == 0)
			return (int)i;
	return -1;
}

/* By man, as git shows its own. */
static int show_page(struct pm_cli *cli, int page)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		execlp("man", "man", pages[page].section, pages[page].page,
			(char *)NULL);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return PM_EXIT_OK;
	return pm_fail(cli->ctx, PM_ERROR,
		"man does not show %s(%s) (is man there, and the page, which "
		"'make install' puts beside the program?)",
		pages[page].page, pages[page].section);
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	const struct pm_cmd *cmd = NULL;
	const char *name = argc ? argv[0] : "";
	int page = find_page(name);

	if (argc > 1)
		return pm_cli_usage(cli, "name one command");
	if (page >= 0)
		return show_page(cli, page);
	if (strncmp(name, "pm-", 3) == 0)
		name += 3;
	if (argc && !(cmd = pm_command_find(name)))
		return pm_cli_unknown(cli, argv[0]);
	if (a->table)
		pm_help_table();
	else if (a->examples)
		pm_help_examples();
	else if (a->man)
		pm_help_man(cmd);
	else if (cmd)
		pm_help_command(cli, cmd);
	else
		pm_help_overview(cli);
	return PM_EXIT_OK;
}

PM_COMMAND_DEFINE(help) = {
	.name = "help",
	.group = PM_GROUP_HELP,
	.summary = "help about a command",
	.synopsis = "[--man] [<command> | ci | format | policy | query]",
	.description = "Shows what a command does, its options, exit "
		       "statuses and examples. Without a command it lists "
		       "them. The document format, the policy, the query "
		       "language and CI have manual pages of their own, which "
		       "man shows: pm-format(5), pm-policy(5), pm-query(7), "
		       "pm-ci(7).",
	.exits = "not used",
	.examples = "pm help check\nWhat the check does.\n\n"
		    "pm help --man new\nThe manual page's source.",
	.operands = "@topics",
	.opts = opts,
	.args_size = sizeof(struct args),
	.pager = true,
	.run = run,
};
