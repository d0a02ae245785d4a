/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pm completion: scripts for shells, and the words they ask for when a key is
 * pressed. Asking must be quick and silent: outside a repository there are
 * simply no documents to offer.
 */
#include <dirent.h>

#include "cli.h"
#include "pages.h"

struct args {
	bool words;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, words, 0, "words",
		"print the words of a kind: commands, topics, docs, rules, "
		"formats, templates, severities, kinds, services, "
		"departments"),
	OPT_END(),
};

/*
 * Offers a word of the repository. What a shell would read as anything but
 * itself is left out, and so is what a terminal would: names of files and
 * settings come with a commit, and some shells evaluate the words they offer.
 */
static void offer(struct pm_slice word)
{
	static const char special[] = " \t\n!\"#$&'()*;<>?[\\]^`{|}";
	struct pm_buf shown = PM_BUF_INIT;
	bool plain = word.len > 0 && word.ptr[0] != '-' && word.ptr[0] != '~';

	for (size_t i = 0; i < word.len && plain; i++)
		plain = !memchr(special, word.ptr[i], sizeof special);
	pm_term_text(&shown, word, true);
	if (plain && pm_slice_eq(pm_buf_slice(&shown), word))
		puts(shown.ptr);
	pm_buf_release(&shown);
}

static void offer_name(const char *name)
{
	offer(pm_slice_str(name));
}

static void offer_names(const struct pm_names *names)
{
	for (size_t i = 0; i < names->len; i++)
		offer_name(names->items[i]);
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

/*
 * The ids, and for a word that begins as no id does the slugs, which name a
 * document as well: "che" becomes checkout-500s.
 */
static void print_docs(const struct pm_snapshot *snap, const char *word)
{
	bool slugs = word && *word && !(*word >= '0' && *word <= '9');

	for (size_t i = 0; i < pm_snapshot_count(snap); i++) {
		struct pm_slice id = pm_snapshot_doc(snap, i)->id;

		offer(id);
		if (slugs && id.len > strlen("2026-11-22-"))
			offer(pm_slice_from(id, strlen("2026-11-22-")));
	}
}

/* The templates of the repository, which win over the shipped ones. */
static void print_own_templates(struct pm_cli *cli)
{
	struct pm_buf path = PM_BUF_INIT;
	const char *top = NULL;
	struct dirent *entry;
	DIR *dir = NULL;

	if (pm_repo_open(cli->ctx, cli->dir, &cli->repo) == 0)
		top = pm_repo_worktree(cli->repo);
	if (top) {
		pm_buf_addf(&path, "%s/%s", top, PM_TEMPLATES_PATH);
		dir = opendir(path.ptr);
	}
	while (dir && (entry = readdir(dir))) {
		struct pm_slice name = pm_slice_str(entry->d_name);

		if (name.len > 3 && pm_slice_ends(name, ".md"))
			offer(pm_slice_sub(name, 0, name.len - 3));
	}
	if (dir)
		closedir(dir);
	pm_buf_release(&path);
}

/* Words that come from the repository's documents and policy. */
static void print_from(
	const struct pm_snapshot *snap, const char *kind, const char *word)
{
	const struct pm_policy *policy = pm_snapshot_policy(snap);

	if (strcmp(kind, "docs") == 0)
		print_docs(snap, word);
	else if (strcmp(kind, "kinds") == 0)
		offer_names(&policy->kinds);
	else if (strcmp(kind, "severities") == 0)
		for (size_t i = 0; i < policy->nseverities; i++)
			offer_name(policy->severities[i].name);
	else if (strcmp(kind, "services") == 0)
		for (size_t i = 0; i < policy->nservices; i++)
			offer_name(policy->services[i].name);
	else if (strcmp(kind, "departments") == 0)
		for (size_t i = 0; i < policy->ndepartments; i++)
			offer_name(policy->departments[i].name);
}

static void print_repository_words(
	struct pm_cli *cli, const char *kind, const char *word)
{
	struct pm_snapshot *snap = NULL;

	if (pm_repo_open(cli->ctx, cli->dir, &cli->repo) == 0 &&
		pm_cli_snapshot(cli, NULL, &snap) == 0)
		print_from(snap, kind, word);
	pm_snapshot_free(snap);
}

static int print_words(struct pm_cli *cli, const char *kind, const char *word)
{
	if (strcmp(kind, "commands") == 0)
		print_commands();
	else if (strcmp(kind, "rules") == 0)
		print_rules();
	else if (strcmp(kind, "formats") == 0)
		print_list(pm_report_formats());
	else if (strcmp(kind, "templates") == 0) {
		print_list(pm_template_builtin_names());
		print_own_templates(cli);
	} else if (strcmp(kind, "topics") == 0) {
		print_commands();
		puts("ci\nformat\npolicy\nquery");
	} else
		print_repository_words(cli, kind, word);
	return PM_EXIT_OK;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;

	if (a->words && (argc == 1 || argc == 2))
		return print_words(cli, argv[0], argv[1]);
	if (argc != 1)
		return pm_cli_usage(cli, "name a shell: bash, zsh or fish");
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
