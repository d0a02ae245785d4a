/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pm completion: scripts for shells, and the words they ask for when a key is
 * pressed. Asking must be quick and silent: outside a repository there are
 * simply no documents to offer.
 */
#include "cli.h"
#include "pages.h"

struct args {
	bool words;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, words, 0, "words",
		"print the words of a kind: commands, docs, rules, formats, "
		"templates, severities, kinds, services, departments"),
	OPT_END(),
};

static void print_names(const struct pm_names *names)
{
	for (size_t i = 0; i < names->len; i++)
		puts(names->items[i]);
}

static void print_commands(void)
{
	for (size_t i = 0; pm_commands[i]; i++)
		puts(pm_commands[i]->name);
}

static void print_rules(void)
{
	size_t n;
	const struct pm_rule_info *const *rules = pm_rules(&n);

	for (size_t i = 0; i < n; i++)
		puts(rules[i]->id);
}

static void print_list(const char *const *names)
{
	for (; *names; names++)
		puts(*names);
}

static void print_docs(const struct pm_snapshot *snap)
{
	for (size_t i = 0; i < pm_snapshot_count(snap); i++)
		printf("%.*s\n", PM_SLICE_ARG(pm_snapshot_doc(snap, i)->id));
}

/* Words that come from the repository's documents and policy. */
static void print_from(const struct pm_snapshot *snap, const char *kind)
{
	const struct pm_policy *policy = pm_snapshot_policy(snap);

	if (strcmp(kind, "docs") == 0)
		print_docs(snap);
	else if (strcmp(kind, "kinds") == 0)
		print_names(&policy->kinds);
	else if (strcmp(kind, "severities") == 0)
		for (size_t i = 0; i < policy->nseverities; i++)
			puts(policy->severities[i].name);
	else if (strcmp(kind, "services") == 0)
		for (size_t i = 0; i < policy->nservices; i++)
			puts(policy->services[i].name);
	else if (strcmp(kind, "departments") == 0)
		for (size_t i = 0; i < policy->ndepartments; i++)
			puts(policy->departments[i].name);
}

static void print_repository_words(struct pm_cli *cli, const char *kind)
{
	struct pm_snapshot *snap = NULL;

	if (pm_repo_open(cli->ctx, cli->dir, &cli->repo) == 0 &&
		pm_cli_snapshot(cli, NULL, &snap) == 0)
		print_from(snap, kind);
	pm_snapshot_free(snap);
}

static int print_words(struct pm_cli *cli, const char *kind)
{
	if (strcmp(kind, "commands") == 0)
		print_commands();
	else if (strcmp(kind, "rules") == 0)
		print_rules();
	else if (strcmp(kind, "formats") == 0)
		print_list(pm_report_formats());
	else if (strcmp(kind, "templates") == 0)
		print_list(pm_template_builtin_names());
	else
		print_repository_words(cli, kind);
	return PM_EXIT_OK;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;

	if (argc != 1)
		return pm_cli_usage(cli, "name a shell: bash, zsh or fish");
	if (a->words)
		return print_words(cli, argv[0]);
	if (!pm_completion_print(argv[0]))
		return pm_cli_usage(cli,
			"no completion for '%s' (there is bash, zsh and fish)",
			argv[0]);
	return PM_EXIT_OK;
}

PM_COMMAND_DEFINE(completion) = {
	.name = "completion",
	.group = PM_GROUP_HELP,
	.summary = "print the completion script of a shell",
	.synopsis = "bash | zsh | fish",
	.description =
		"Prints a script that completes commands, options, documents, "
		"rules and templates, for pm and for git pm. Installed copies "
		"are picked up by the shells themselves; otherwise load it "
		"from your shell's start file.",
	.exits = "not used",
	.examples = "pm completion bash\nFor ~/.bashrc: "
		    "source <(pm completion bash)",
	.operands = "bash zsh fish",
	.opts = opts,
	.args_size = sizeof(struct args),
	.run = run,
};
