/* SPDX-License-Identifier: Apache-2.0 */
/* pm explain: what a rule asks, why, and how it looks. */
#include "cli.h"
#include "pages.h"

static const char *const statuses[] = {"draft", "review", "final"};

#define INDENT 4

/* An example as it is written; what nobody would see comes out as escapes. */
static void print_example(const char *title, const char *text)
{
	struct pm_slice rest = pm_slice_str(text), line;
	struct pm_buf safe = PM_BUF_INIT;

	if (!text)
		return;
	printf("\n%s\n", title);
	while (pm_slice_line(&rest, &line)) {
		pm_buf_reset(&safe);
		pm_term_text(&safe, line, true);
		printf("%*s%s\n", line.len ? INDENT : 0, "", safe.ptr);
	}
	pm_buf_release(&safe);
}

/* A paragraph, wrapped. */
static void print_words(const char *title, const char *text)
{
	printf("\n%s\n", title);
	pm_help_wrap(pm_slice_str(text), INDENT, 0);
}

/* "error", or where it differs, its level in each status. */
static void print_levels(const struct pm_rule_info *rule)
{
	const enum pm_level *level = rule->level;
	bool same = true;

	for (size_t i = 1; i < PM_STATUS_COUNT; i++)
		same = same && level[i] == level[0];
	if (same) {
		printf("level: %s in every status\n", pm_level_name(level[0]));
		return;
	}
	fputs("level:", stdout);
	for (size_t i = 0; i < PM_STATUS_COUNT; i++)
		printf("%s %s in %s", i ? "," : "", pm_level_name(level[i]),
			statuses[i]);
	putchar('\n');
}

/* What to write where the rule is not wanted. */
static void print_ways_out(const struct pm_rule_info *rule)
{
	bool placed = pm_rule_placed(pm_slice_str(rule->id));

	printf("\nanother level, for all documents, in %s\n"
	       "    rules: {%s: warning}\n",
		PM_POLICY_PATH, rule->id);
	if (!pm_rule_waivable(pm_slice_str(rule->id))) {
		puts("\nno document can waive it");
		return;
	}
	printf("\na waiver, for one %s, in %s front matter\n"
	       "    allow: [{rule: %s, %sreason: why it is accepted}]\n"
	       "\na waiver, for one place of the body, above it\n"
	       "    <!-- pm: allow %s: why it is accepted -->\n",
		placed ? "line of a document" : "document",
		placed ? "the" : "its", rule->id,
		placed ? "where: words of the line, " : "", rule->id);
}

static void explain(const struct pm_rule_info *rule)
{
	printf("%s - %s\n\nstep: %s\n", rule->id, rule->summary,
		pm_step_name(rule->step));
	print_levels(rule);
	print_words("why", rule->why);
	print_example("wrong", rule->bad);
	print_example("right", rule->good);
	print_ways_out(rule);
}

static int list_rules(void)
{
	size_t n;
	const struct pm_rule_info *const *rules = pm_rules(&n);

	for (size_t i = 0; i < n; i++)
		printf("%-24s %-8s %s\n", rules[i]->id,
			pm_step_name(rules[i]->step), rules[i]->summary);
	return PM_EXIT_OK;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct pm_rule_info *rule;
	const char *near;

	(void)args;
	if (argc == 0)
		return list_rules();
	if (argc > 1)
		return pm_cli_usage(cli, "name one rule");
	rule = pm_rule_find(pm_slice_str(argv[0]));
	if (rule) {
		explain(rule);
		return PM_EXIT_OK;
	}
	near = pm_rule_nearest(pm_slice_str(argv[0]));
	if (near)
		return pm_cli_usage(cli,
			"no rule is called '%s' (did you mean '%s'?)", argv[0],
			near);
	return pm_cli_usage(cli,
		"no rule is called '%s' ('pm explain' lists them)", argv[0]);
}

PM_COMMAND_DEFINE(explain) = {
	.name = "explain",
	.group = PM_GROUP_HELP,
	.summary = "explain a rule: why it is there, wrong and right",
	.synopsis = "[<rule>]",
	.description = "Shows what a rule asks, the step of the process it "
		       "belongs to, its level in each status, why it exists, "
		       "an example that breaks it beside the same mended, and "
		       "how a team sets another level or waives a finding. "
		       "Without a rule it lists them all.",
	.exits = "not used",
	.examples = "pm explain action-owner\nWhy every action needs one "
		    "name.\n\n"
		    "pm explain\nAll rules, a line each.",
	.operands = "@rules",
	.pager = true,
	.run = run,
};
