/* SPDX-License-Identifier: Apache-2.0 */
/* pm show: one document, as written or as pm read it. */
#include "pm/show.h"

#include "cli.h"

struct args {
	struct pm_cli_state state;
	const char *section, *format;
	bool read;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, state.staged, 0, "staged", "show what is staged"),
	OPT_STR(struct args, state.at, 0, "at", "rev", "@revs",
		"show the document of a revision"),
	OPT_STR(struct args, section, 's', "section", "role",
		"summary impact timeline cause trigger detection resolution "
		"lessons went_well went_wrong lucky actions background "
		"references",
		"show only the section with this role"),
	OPT_BOOL(struct args, read, 'r', "read",
		"show what pm reads in it, each thing with its line"),
	OPT_STR(struct args, format, 'f', "format", "name", "text json",
		"text or json"),
	OPT_END(),
};

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	struct pm_show_opts show_opts = {.section = a->section,
		.report = pm_cli_report(cli, a->format),
		.read = a->read};
	struct pm_cli_docs docs = {0};
	int ret;

	if (argc != 1)
		return pm_cli_usage(cli, "name one document");
	if (a->read && a->section)
		return pm_cli_usage(cli,
			"'--read' shows all that is read and '--section' the "
			"text of one section; give one");
	ret = pm_cli_docs_open(cli, &a->state, argc, argv, &docs);
	if (ret == 0) {
		ret = pm_show(cli->ctx, docs.snap, docs.items[0], &show_opts);
		/* Of all that can be absent only a section is an answer. */
		if (ret == PM_ENOTFOUND)
			ret = pm_cli_nothing(cli);
	}
	pm_cli_docs_close(&docs);
	return ret;
}

PM_COMMAND_DEFINE(show) = {
	.name = "show",
	.group = PM_GROUP_FIND,
	.summary = "show one post-mortem, or what pm reads in it",
	.synopsis = "[--staged | --at <rev>] [--read | --section <role>] "
		    "[--format <name>] <doc>",
	.description =
		"Prints a document, made safe for a terminal. With --read, "
		"and for programs with --format json, it prints what pm reads "
		"in it: fields, sections, timeline and actions, each with its "
		"line.\n\n"
		"A document is named by a path, an id, a unique beginning of "
		"an id or a unique part of its slug.",
	.exits = "the document has no such section",
	.examples =
		"pm show checkout-500s\nThe document.\n\n"
		"pm show --section cause checkout-500s\nWhy it happened.\n\n"
		"pm show --read checkout-500s\n"
		"Which timeline and which actions pm sees.\n\n"
		"pm show --format json --at HEAD checkout-500s\n"
		"What pm reads in the committed version.",
	.operands = "@docs",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO,
	.pager = true,
	.run = run,
};
