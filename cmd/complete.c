/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Completion scripts for bash, zsh and fish, printed from the one struct of
 * each command. What changes with the repository (documents, rules,
 * templates) is asked of pm when the key is pressed. "git pm <TAB>" works
 * through the function names that git's own completion looks for.
 */
#include "cli.h"
#include "pages.h"

/* Git's names of revisions; written without a colon, which zsh would take. */
#define REVISIONS                                                              \
	"git rev-parse --symbolic --branches --tags --remotes 2>/dev/null"

/* "@revs auto" is revisions and a fixed word: " auto". NULL: no revisions. */
static const char *after_revisions(const char *complete)
{
	return strncmp(complete, "@revs", 5) == 0 ? complete + 5 : NULL;
}

/*
 * Shell words that complete a value: fixed words as they are, "@docs" and the
 * like by asking pm.
 */
static void bash_words(const char *complete)
{
	if (!complete)
		return;
	if (strcmp(complete, "@dirs") == 0)
		printf("$(compgen -d -- \"$cur\")");
	else if (after_revisions(complete))
		printf("HEAD $(" REVISIONS ")%s", after_revisions(complete));
	else if (complete[0] == '@')
		printf("$(pm completion --words %s -- \"$cur\" 2>/dev/null)",
			complete + 1);
	else
		fputs(complete, stdout);
}

static void bash_value_case(const struct pm_opt *opt)
{
	for (; opt && opt->name; opt++) {
		if (!opt->value)
			continue;
		printf("\t\t--%s", opt->name);
		if (opt->letter)
			printf("|-%c", opt->letter);
		fputs(") words=\"", stdout);
		bash_words(opt->complete);
		puts("\" ;;");
	}
}

/* The options before a command whose value is a word of its own. */
static void bash_global_values(void)
{
	const char *sep = "";

	for (const struct pm_opt *opt = pm_global_opts(); opt->name; opt++) {
		if (!opt->value)
			continue;
		printf("%s--%s", sep, opt->name);
		if (opt->letter)
			printf("|-%c", opt->letter);
		sep = "|";
	}
}

static void option_names(const struct pm_opt *opt)
{
	for (; opt && opt->name; opt++)
		printf(" --%s", opt->name);
}

static void bash_command_case(const struct pm_cmd *cmd)
{
	printf("\t%s)\n\t\tcase \"$prev\" in\n", cmd->name);
	bash_value_case(cmd->opts);
	fputs("\t\t*) if [[ $cur == -* ]]; then words=\"", stdout);
	option_names(cmd->opts);
	option_names(pm_global_opts());
	fputs("\"; else words=\"", stdout);
	bash_words(cmd->operands);
	puts("\"; fi ;;\n\t\tesac ;;");
}

/* Finds the command among the words that are typed already. "--x=y" comes as
   three words, because = parts words in bash. */
static void bash_find_command(void)
{
	puts("# bash completion for pm and git pm\n"
	     "_pm_words() {\n"
	     "\tlocal first=$1 cur=${COMP_WORDS[COMP_CWORD]}\n"
	     "\tlocal prev=${COMP_WORDS[COMP_CWORD-1]} cmd= words= i\n"
	     "\tif [[ $cur == = ]]; then cur=\n"
	     "\telif [[ $prev == = ]]; then "
	     "prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
	     "\tfor ((i = first; i < COMP_CWORD; i++)); do\n"
	     "\t\tcase ${COMP_WORDS[i]} in");
	fputs("\t\t", stdout);
	bash_global_values();
	puts(") ((i++)) ;;\n"
	     "\t\t-*) ;;\n"
	     "\t\t*) cmd=${COMP_WORDS[i]}; break ;;\n"
	     "\t\tesac\n"
	     "\tdone\n"
	     "\tcase \"$prev\" in");
	bash_value_case(pm_global_opts());
	puts("\t*) case \"$cmd\" in");
}

static void bash(void)
{
	bash_find_command();
	fputs("\t'') words=\"", stdout);
	for (size_t i = 0; pm_commands[i]; i++)
		printf("%s%s", i ? " " : "", pm_commands[i]->name);
	option_names(pm_global_opts());
	puts("\" ;;");
	for (size_t i = 0; pm_commands[i]; i++)
		bash_command_case(pm_commands[i]);
	puts("\tesac ;;\n"
	     "\tesac\n"
	     /* Not by compgen -W, which evaluates words. */
	     "\tlocal list word odd='*[!A-Za-z0-9_.,/@+%:=~-]*'\n"
	     "\tIFS=$' \\t\\n' read -r -d '' -a list <<<\"$words\"\n"
	     "\tCOMPREPLY=()\n"
	     "\tfor word in \"${list[@]}\"; do\n"
	     "\t\t[[ $word == \"$cur\"* ]] || continue\n"
	     "\t\t[[ $word != $odd ]] || printf -v word %q \"$word\"\n"
	     "\t\tCOMPREPLY+=(\"$word\")\n"
	     "\tdone\n"
	     "}\n"
	     "_pm() { _pm_words 1; }\n"
	     "_git_pm() {\n"
	     "\tlocal at=1\n"
	     "\twhile ((at < COMP_CWORD)) && "
	     "[[ ${COMP_WORDS[at]} != pm ]]; do ((at++)); done\n"
	     "\t_pm_words $((at + 1))\n"
	     "}\n"
	     "complete -o default -F _pm pm git-pm");
}

/* Single quotes, colons and brackets mean something to zsh's _arguments. */
static void zsh_text(const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\''", stdout);
		else if (*text == ':' || *text == '[' || *text == ']')
			printf("\\%c", *text);
		else
			putchar(*text);
	}
}

static void zsh_words(const char *complete)
{
	if (!complete)
		return;
	if (strcmp(complete, "@dirs") == 0)
		fputs("_files -/", stdout);
	else if (after_revisions(complete))
		printf("{compadd -- HEAD%s ${(f)\"$(" REVISIONS ")\"}}",
			after_revisions(complete));
	else if (complete[0] == '@')
		printf("{compadd -- ${(f)\"$(pm completion --words %s -- "
		       "\"$PREFIX\" 2>/dev/null)\"}}",
			complete + 1);
	else
		printf("(%s)", complete);
}

/* One spelling of an option; a value may follow "=" or be the next word. */
static void zsh_option(const struct pm_opt *opt, const char *spelling)
{
	printf("\t\t\t'%s%s%s[", opt->kind == PM_OPT_LIST ? "*" : "", spelling,
		!opt->value          ? ""
		: spelling[1] == '-' ? "="
				     : "+");
	zsh_text(opt->help);
	putchar(']');
	if (opt->value) {
		printf(":%s:", opt->value);
		zsh_words(opt->complete);
	}
	puts("' \\");
}

static void zsh_options(const struct pm_opt *opt)
{
	for (; opt && opt->name; opt++) {
		struct pm_buf name = PM_BUF_INIT;
		const char letter[] = {'-', opt->letter, '\0'};

		pm_buf_addf(&name, "--%s", opt->name);
		zsh_option(opt, name.ptr);
		if (opt->letter)
			zsh_option(opt, letter);
		pm_buf_release(&name);
	}
}

static void zsh_command_case(const struct pm_cmd *cmd)
{
	printf("\t%s)\n\t\t_arguments -s \\\n", cmd->name);
	zsh_options(cmd->opts);
	zsh_options(pm_global_opts());
	fputs("\t\t\t'*::operand:", stdout);
	if (cmd->operands)
		zsh_words(cmd->operands);
	else
		fputs("_files", stdout);
	puts("' ;;");
}

static void zsh(void)
{
	puts("#compdef pm git-pm\n"
	     "# zsh completion for pm and git pm\n"
	     "zstyle -g _pm_known ':completion:*:*:git:*' user-commands\n"
	     "zstyle ':completion:*:*:git:*' user-commands ${_pm_known} "
	     "pm:'keep incident post-mortems'\n"
	     "_pm() {\n"
	     "\tlocal -a commands\n"
	     "\tcommands=(");
	for (size_t i = 0; pm_commands[i]; i++) {
		printf("\t\t'%s:", pm_commands[i]->name);
		zsh_text(pm_commands[i]->summary);
		puts("'");
	}
	puts("\t)\n"
	     "\tlocal context state state_descr line cmd\n"
	     "\ttypeset -A opt_args\n"
	     "\t_arguments -C \\");
	zsh_options(pm_global_opts());
	puts("\t\t\t'1:command:->command' '*::operand:->operand' && return\n"
	     "\tif [[ $state == command ]]; then\n"
	     "\t\t_describe 'command' commands\n"
	     "\t\treturn\n"
	     "\tfi\n"
	     "\tcmd=$words[1]\n"
	     "\tcase $cmd in");
	for (size_t i = 0; pm_commands[i]; i++)
		zsh_command_case(pm_commands[i]);
	puts("\tesac\n"
	     "}\n"
	     "_git-pm() { _pm \"$@\" }\n"
	     "if [[ $funcstack[1] == _pm ]]; then _pm \"$@\"; "
	     "else compdef _pm pm git-pm; fi");
}

static void fish_quote(const char *text)
{
	putchar('\'');
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
	putchar('\'');
}

static void fish_words(const char *complete)
{
	if (!complete)
		return;
	if (strcmp(complete, "@dirs") == 0)
		fputs(" -a '(__fish_complete_directories)'", stdout);
	else if (after_revisions(complete))
		printf(" -a 'HEAD%s (" REVISIONS ")'",
			after_revisions(complete));
	else if (complete[0] == '@')
		printf(" -a '(pm completion --words %s -- "
		       "(commandline -ct) 2>/dev/null)'",
			complete + 1);
	else
		printf(" -a '%s'", complete);
}

static void fish_options(const char *condition, const struct pm_opt *opt)
{
	for (; opt && opt->name; opt++) {
		printf("complete -c pm -n '%s' -l %s", condition, opt->name);
		if (opt->letter)
			printf(" -s %c", opt->letter);
		if (opt->value)
			fputs(" -x", stdout);
		if (opt->value)
			fish_words(opt->complete);
		fputs(" -d ", stdout);
		fish_quote(opt->help);
		putchar('\n');
	}
}

static void fish_command(const struct pm_cmd *cmd)
{
	struct pm_buf seen = PM_BUF_INIT;

	pm_buf_addf(&seen, "__fish_seen_subcommand_from %s", cmd->name);
	printf("complete -c pm -n __fish_use_subcommand -a %s -d ", cmd->name);
	fish_quote(cmd->summary);
	putchar('\n');
	fish_options(seen.ptr, cmd->opts);
	fish_options(seen.ptr, pm_global_opts());
	if (cmd->operands) {
		printf("complete -c pm -n '%s'", seen.ptr);
		fish_words(cmd->operands);
		putchar('\n');
	}
	pm_buf_release(&seen);
}

static void fish(void)
{
	puts("# fish completion for pm and git pm\n"
	     "complete -c pm -f");
	fish_options("__fish_use_subcommand", pm_global_opts());
	for (size_t i = 0; pm_commands[i]; i++)
		fish_command(pm_commands[i]);
	puts("complete -c git-pm -w pm\n"
	     "complete -c git -n __fish_use_subcommand -a pm "
	     "-d 'keep incident post-mortems'\n"
	     "complete -c git -n '__fish_seen_subcommand_from pm' "
	     "-a '(complete -C (string replace -r \"^.*?\\spm\\s\" "
	     "\"pm \" -- (commandline -cp)))'");
}

bool pm_completion_print(const char *shell)
{
	if (strcmp(shell, "bash") == 0)
		bash();
	else if (strcmp(shell, "zsh") == 0)
		zsh();
	else if (strcmp(shell, "fish") == 0)
		fish();
	else
		return false;
	return true;
}
