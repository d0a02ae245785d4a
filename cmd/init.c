/* SPDX-License-Identifier: Apache-2.0 */
/* pm init: the policy file, and on request the templates, for editing. */
#include "cli.h"
#include "pm/scaffold.h"

struct args {
	bool templates;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, templates, 't', "templates",
		"also copy the shipped templates to .pm/templates/ for "
		"editing"),
	OPT_END(),
};

static void wrote(void *data, const char *path, bool written)
{
	(void)data;
	printf("%s %s\n", written ? "wrote" : "kept ", path);
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	int ret;

	(void)argv;
	if (argc)
		return pm_cli_usage(cli, "'pm init' takes no operands");
	ret = pm_init(cli->ctx, cli->repo, a->templates, wrote, NULL);
	if (ret < 0)
		return ret;
	if (ret > 0)
		pm_cli_say(cli, "next: read .pm/policy.yaml, commit it, then "
				"'pm new \"What happened\"'");
	else
		pm_cli_say(cli, "everything is there already; nothing changed");
	return PM_EXIT_OK;
}

PM_COMMAND_DEFINE(init) = {
	.name = "init",
	.group = PM_GROUP_START,
	.summary = "set up a repository: write the policy file",
	.synopsis = "[--templates]",
	.description =
		"Writes .pm/policy.yaml with every setting present, explained "
		"and at its default, so that a team can see what can be "
		"changed. A repository without the file works with the same "
		"defaults.\n\n"
		"Files that are there already are never touched: running it "
		"again changes nothing.",
	.exits = "not used",
	.examples = "pm init\nWrites the policy file.\n\n"
		    "pm init --templates\nAlso copies the templates, so that "
		    "the team can write its own sections.",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO | PM_NEED_WORKTREE,
	.run = run,
};
