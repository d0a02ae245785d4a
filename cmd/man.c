/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Manual pages in mdoc, from the one struct of each command. The date of a
 * page is the release's, so that a page is the same bytes wherever it is made.
 */
#include "cli.h"
#include "pages.h"

#define PM_MAN_DATE "November 22, 2026"

/* Text of a line: backslashes, a leading control character, and quotes that
   roff would eat are escaped. */
static void roff(struct pm_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool first = i == 0 || text.ptr[i - 1] == '\n';

		if (first && (c == '.' || c == '\''))
			fputs("\\&", stdout);
		if (c == '\\')
			fputs("\\e", stdout);
		else if (c == '-')
			fputs("\\-", stdout);
		else
			putchar(c);
	}
}

static void roff_str(const char *text)
{
	roff(pm_slice_str(text));
}

/* Text as the arguments of a macro: each word quoted on its own, so that no
   word is taken for a macro. */
static void roff_word(struct pm_slice word)
{
	putchar('"');
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] == '"')
			fputs("\\(dq", stdout);
		else if (word.ptr[i] == '\\')
			fputs("\\e", stdout);
		else if (word.ptr[i] == '-')
			fputs("\\-", stdout);
		else
			putchar(word.ptr[i]);
	}
	putchar('"');
}

/* A sentence ends its line: mdoc wants "new sentence, new line". */
static void sentences(struct pm_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		struct pm_slice at = pm_slice_sub(text, i, 2);

		if (pm_slice_is(at, ". ") && i + 2 < text.len) {
			roff(pm_slice_sub(text, 0, i + 1));
			putchar('\n');
			text = pm_slice_from(text, i + 2);
			i = 0;
		}
	}
	roff(text);
	putchar('\n');
}

static void paragraphs(const char *text)
{
	struct pm_slice block;
	bool first = true;

	while (pm_help_block(&text, &block)) {
		if (!first)
			puts(".Pp");
		first = false;
		sentences(block);
	}
}

static void option_items(const struct pm_opt *opt)
{
	puts(".Bl -tag -width Ds");
	for (; opt && opt->name; opt++) {
		fputs(".It ", stdout);
		if (opt->letter)
			printf("Fl %c , ", opt->letter);
		fputs("Fl \\-", stdout);
		roff_str(opt->name);
		if (opt->value) {
			fputs(" Ar ", stdout);
			roff_word(pm_slice_str(opt->value));
		}
		putchar('\n');
		sentences(pm_slice_str(opt->help));
	}
	puts(".El");
}

static void exit_items(const char *one)
{
	puts(".Sh EXIT STATUS\n.Bl -tag -width Ds\n.It 0\ndone\n.It 1");
	roff_str(one ? one : "nothing matched");
	puts("\n.It 2\nwrong usage\n.It 3\n"
	     "failure; the message says what to do\n.El");
}

static void example_items(const char *examples)
{
	struct pm_slice block, line;

	puts(".Sh EXAMPLES");
	while (pm_help_block(&examples, &block)) {
		pm_slice_line(&block, &line);
		if (block.len)
			sentences(block);
		puts(".Bd -literal -offset indent");
		roff(line);
		puts("\n.Ed");
	}
}

static void see_also(const struct pm_cmd *cmd)
{
	puts(".Sh SEE ALSO");
	puts(cmd ? ".Xr git 1 ,\n.Xr pm 1 ," : ".Xr git 1 ,");
	puts(".Xr pm-format 5 ,\n.Xr pm-policy 5 ,\n.Xr pm-ci 7 ,\n.Xr "
	     "pm-query 7");
}

static void head(const char *name, const char *summary)
{
	fputs(".Dd " PM_MAN_DATE "\n.Dt ", stdout);
	for (const char *p = name; *p; p++)
		putchar(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
	printf(" 1\n.Os\n.Sh NAME\n.Nm %s\n.Nd ", name);
	roff_str(summary);
	putchar('\n');
}

static void man_command(const struct pm_cmd *cmd)
{
	struct pm_buf name = PM_BUF_INIT;

	pm_buf_addf(&name, "pm-%s", cmd->name);
	head(name.ptr, cmd->summary);
	puts(".Sh SYNOPSIS");
	printf(".Nm pm %s\n", cmd->name);
	if (cmd->synopsis) {
		roff_str(cmd->synopsis);
		putchar('\n');
	}
	puts(".Sh DESCRIPTION");
	paragraphs(cmd->description);
	if (cmd->opts && cmd->opts->name) {
		puts(".Sh OPTIONS");
		option_items(cmd->opts);
		puts(".Pp\nThe options of every command are in\n.Xr pm 1 .");
	}
	exit_items(cmd->exits);
	if (cmd->examples)
		example_items(cmd->examples);
	see_also(cmd);
	pm_buf_release(&name);
}

static void command_items(void)
{
	puts(".Sh COMMANDS\n.Bl -tag -width completion");
	for (size_t i = 0; pm_commands[i]; i++) {
		printf(".It Xr pm-%s 1\n", pm_commands[i]->name);
		sentences(pm_slice_str(pm_commands[i]->summary));
	}
	puts(".El");
}

static void pm_description(void)
{
	puts(".Sh SYNOPSIS\n"
	     ".Nm\n"
	     ".Op Fl C Ar dir\n"
	     ".Ar command\n"
	     ".Op Ar args\n"
	     ".Sh DESCRIPTION\n"
	     ".Nm\n"
	     "keeps incident post-mortems as Markdown files in a team's own "
	     "Git repository\n"
	     "and makes them hold up: it scaffolds them, checks them, commits "
	     "them, finds\n"
	     "them again.\n"
	     "It is also\n"
	     ".Ql git pm .\n"
	     ".Pp\n"
	     "Where a command takes\n"
	     ".Ar DOC ,\n"
	     "it takes a path, an id, a unique beginning of an id, or a "
	     "unique part of a\n"
	     "slug.\n"
	     "When several match, they are listed and the exit status is 2.\n"
	     "Where it takes several, a directory stands for the documents "
	     "beneath it.\n"
	     ".Pp\n"
	     "Commits and files are read as they were committed: what\n"
	     ".Xr git-replace 1\n"
	     "puts in their place does not count.");
}

static void pm_environment(void)
{
	puts(".Sh ENVIRONMENT\n"
	     ".Bl -tag -width Ds\n"
	     ".It Ev GIT_DIR , GIT_WORK_TREE , GIT_INDEX_FILE\n"
	     "as in\n"
	     ".Xr git 1\n"
	     ".It Ev NO_COLOR\n"
	     "when not empty, output is not coloured\n"
	     ".It Ev PM_NOW\n"
	     "an RFC 3339 instant to take for the present time\n"
	     ".It Ev GIT_PAGER , PAGER , GIT_EDITOR , VISUAL , EDITOR\n"
	     "as in\n"
	     ".Xr git 1\n"
	     ".El");
}

static void pm_files(void)
{
	puts(".Sh FILES\n"
	     ".Bl -tag -width Ds\n"
	     ".It Pa .pm/policy.yaml\n"
	     "the team's settings, see\n"
	     ".Xr pm-policy 5\n"
	     ".It Pa .pm/templates/\n"
	     "the team's templates\n"
	     ".It Pa .git/pm/index.db\n"
	     "the search index; it may be deleted at any time\n"
	     ".El");
}

static void man_pm(void)
{
	head("pm", "keep incident post-mortems in Git");
	pm_description();
	command_items();
	puts(".Sh OPTIONS");
	option_items(pm_global_opts());
	pm_environment();
	pm_files();
	exit_items("findings at error level, or nothing matched");
	see_also(NULL);
}

void pm_help_man(const struct pm_cmd *cmd)
{
	if (cmd)
		man_command(cmd);
	else
		man_pm();
}
