/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Help for people, from the one struct of each command. Wraps at 79 columns
 * whatever the terminal, so that the text is the same everywhere.
 */
#include "pages.h"

#include "cli.h"

enum { WRAP = 79 };

static const char *group_title(enum pm_group group)
{
	switch (group) {
	case PM_GROUP_START:
		return "start";
	case PM_GROUP_WRITE:
		return "check and commit";
	case PM_GROUP_FIND:
		return "find";
	case PM_GROUP_HELP:
		return "help";
	}
	return "";
}

bool pm_help_block(const char **text, struct pm_slice *block)
{
	const char *start = *text;
	const char *end;

	if (!start)
		return false;
	while (*start == '\n')
		start++;
	if (!*start)
		return false;
	end = strstr(start, "\n\n");
	if (!end)
		end = start + strlen(start);
	*block = pm_slice_make(start, (size_t)(end - start));
	*text = end;
	return true;
}

void pm_help_wrap(struct pm_slice text, unsigned indent, unsigned column)
{
	size_t off = 0;

	while (off < text.len) {
		size_t start = off;

		while (off < text.len && text.ptr[off] != ' ' &&
			text.ptr[off] != '\n')
			off++;
		if (column > indent && column + (off - start) + 1 > WRAP) {
			putchar('\n');
			column = 0;
		}
		if (column < indent) {
			printf("%*s", (int)(indent - column), "");
			column = indent;
		} else if (column > indent) {
			putchar(' ');
			column++;
		}
		printf("%.*s", (int)(off - start), text.ptr + start);
		column += (unsigned)(off - start);
		while (off < text.len &&
			(text.ptr[off] == ' ' || text.ptr[off] == '\n'))
			off++;
	}
	putchar('\n');
}

static void option_words(const struct pm_opt *opt, struct pm_buf *out)
{
	if (opt->letter)
		pm_buf_addf(out, "-%c, ", opt->letter);
	pm_buf_addf(out, "--%s", opt->name);
	if (opt->value)
		pm_buf_addf(out, " <%s>", opt->value);
}

static void print_options(const struct pm_opt *opt)
{
	for (; opt && opt->name; opt++) {
		struct pm_buf words = PM_BUF_INIT;
		unsigned column;

		option_words(opt, &words);
		printf("    %s", words.ptr);
		column = 4 + (unsigned)words.len;
		if (column > 26) {
			putchar('\n');
			column = 0;
		}
		pm_help_wrap(pm_slice_str(opt->help), 28, column);
		pm_buf_release(&words);
	}
}

static void print_examples(const char *examples)
{
	struct pm_slice block;

	while (pm_help_block(&examples, &block)) {
		struct pm_slice line;

		pm_slice_line(&block, &line);
		printf("    %.*s\n", PM_SLICE_ARG(line));
		if (block.len)
			pm_help_wrap(block, 8, 0);
	}
}

static void print_overview_group(enum pm_group group)
{
	printf("\n%s\n", group_title(group));
	for (size_t i = 0; pm_commands[i]; i++)
		if (pm_commands[i]->group == group)
			printf("    %-12s%s\n", pm_commands[i]->name,
				pm_commands[i]->summary);
}

void pm_help_overview(struct pm_cli *cli)
{
	(void)cli;
	puts("usage: pm [-C <dir>] <command> [<args>]\n"
	     "\n"
	     "Keeps incident post-mortems as Markdown in your own Git "
	     "repository.");
	for (enum pm_group g = PM_GROUP_START; g <= PM_GROUP_HELP; g++)
		print_overview_group(g);
	puts("\n'pm help <command>' says more, 'pm help format', 'policy', "
	     "'query' and 'ci'\nshow the manual; 'pm init' is where to start.");
}

static void print_exits(const struct pm_cmd *cmd)
{
	puts("\nexit status");
	puts("    0   done");
	printf("    1   %s\n", cmd->exits ? cmd->exits : "nothing matched");
	puts("    2   wrong usage");
	puts("    3   failure; the message says what to do");
}

void pm_help_command(struct pm_cli *cli, const struct pm_cmd *cmd)
{
	const char *text = cmd->description;
	struct pm_slice block;

	(void)cli;
	printf("pm %s - %s\n\nusage: pm %s%s%s\n", cmd->name, cmd->summary,
		cmd->name, cmd->synopsis ? " " : "",
		cmd->synopsis ? cmd->synopsis : "");
	while (pm_help_block(&text, &block)) {
		putchar('\n');
		pm_help_wrap(block, 0, 0);
	}
	if (cmd->opts && cmd->opts->name) {
		puts("\noptions");
		print_options(cmd->opts);
	}
	puts("\noptions of every command");
	print_options(pm_global_opts());
	print_exits(cmd);
	if (cmd->examples) {
		puts("\nexamples");
		print_examples(cmd->examples);
	}
}

void pm_help_table(void)
{
	for (size_t i = 0; pm_commands[i]; i++)
		printf("| `pm %s` | %s |\n", pm_commands[i]->name,
			pm_commands[i]->summary);
}

void pm_help_examples(void)
{
	for (size_t i = 0; pm_commands[i]; i++) {
		const char *text = pm_commands[i]->examples;
		struct pm_slice block, line;

		while (pm_help_block(&text, &block)) {
			pm_slice_line(&block, &line);
			printf("%.*s\n", PM_SLICE_ARG(line));
		}
	}
}
