/* SPDX-License-Identifier: Apache-2.0 */
/* pm version. */
#include "cli.h"

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	(void)args;
	(void)argv;
	if (argc)
		return pm_cli_usage(cli, "'pm version' takes no operands");
	return pm_cli_version();
}

PM_COMMAND_DEFINE(version) = {
	.name = "version",
	.group = PM_GROUP_HELP,
	.summary = "print the version",
	.description = "Prints the name and the version on one line.",
	.exits = "not used",
	.examples = "pm version\nWhich pm is this?",
	.run = run,
};
