/* SPDX-License-Identifier: Apache-2.0 */
/* pm help: help for people, and the pages and tables made from the same. */
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

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	const struct pm_cmd *cmd = argc ? pm_command_find(argv[0]) : NULL;

	if (argc > 1)
		return pm_cli_usage(cli, "name one command");
	if (argc && !cmd)
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
	.synopsis = "[--man] [<command>]",
	.description = "Shows what a command does, its options, exit "
		       "statuses and examples. Without a command it lists "
		       "them. The document format, the policy and the query "
		       "language have manual pages of their own: "
		       "pm-format(5), pm-policy(5), pm-query(7), pm-ci(7).",
	.exits = "not used",
	.examples = "pm help check\nWhat the check does.\n\n"
		    "pm help --man new\nThe manual page's source.",
	.operands = "@commands",
	.opts = opts,
	.args_size = sizeof(struct args),
	.pager = true,
	.run = run,
};
