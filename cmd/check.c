/* SPDX-License-Identifier: Apache-2.0 */
/* pm check: all findings of all documents in one run. */
#include "reports.h"

struct args {
	bool staged;
	const char *at, *fail_level;
	struct pm_opt_list formats;
	long most;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, staged, 0, "staged",
		"check what is staged for the next commit"),
	OPT_STR(struct args, at, 0, "at", "rev", NULL,
		"check the documents of a revision"),
	OPT_LIST(struct args, formats, 'f', "format", "name[=<file>]",
		"@formats", "how to write findings, or a file too; repeatable"),
	OPT_STR(struct args, fail_level, 0, "fail-level", "level",
		"error warning", "what exits 1: error (default) or warning"),
	OPT_INT(struct args, most, 0, "max-findings", "count",
		"write no more findings than that (0: all)"),
	OPT_END(),
};

/* 1 when --fail-level is warning, 0 when it is error. */
static int warnings_fail(struct pm_cli *cli, const char *level)
{
	if (!level || strcmp(level, "error") == 0)
		return 0;
	if (strcmp(level, "warning") == 0)
		return 1;
	return pm_fail(cli->ctx, PM_EUSAGE,
		"'--fail-level' takes error or warning, not '%s'", level);
}

static int check(struct pm_cli *cli, struct pm_snapshot *snap,
	const struct args *a, const size_t *docs, size_t ndocs)
{
	struct pm_cli_reports reports = {.cli = cli, .most = a->most};
	struct pm_check_opts check_opts = {
		.docs = docs,
		.ndocs = ndocs,
		.finding = pm_cli_reports_finding,
		.data = &reports,
	};
	struct pm_check_totals totals = {0};
	int fail = warnings_fail(cli, a->fail_level), ret;

	if (fail < 0)
		return fail;
	reports.warnings_fail = fail;
	ret = pm_cli_reports_open(&reports, &a->formats);
	if (ret == 0)
		ret = pm_check_run(cli->ctx, snap, &check_opts, &totals);
	ret = pm_cli_reports_close(&reports, ret, &totals);
	if (ret < 0)
		return ret;
	if (reports.text)
		pm_cli_totals(cli, &totals);
	return totals.errors || (fail && totals.warnings) ? PM_EXIT_FINDINGS
							  : PM_EXIT_OK;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	struct pm_cli_docs docs = {0};
	int ret;

	ret = pm_cli_docs_open(cli, a->staged, a->at, argc, argv, &docs);
	if (ret == 0)
		ret = check(cli, docs.snap, a, docs.items, docs.len);
	pm_cli_docs_close(&docs);
	return ret;
}

PM_COMMAND_DEFINE(check) = {
	.name = "check",
	.group = PM_GROUP_WRITE,
	.summary = "report what is missing or wrong in post-mortems",
	.synopsis = "[--staged | --at <rev>] [--format <name>[=<file>]]... "
		    "[<doc>...]",
	.description =
		"Checks every document, or the named ones, against the rules: "
		"required sections, typed fields, the order of moments and "
		"timeline, owner and due date of every action, links. All "
		"findings come in one run, sorted by path and place.\n\n"
		"What a finding weighs depends on the document's status: a "
		"draft may be unfinished. An action without an owner is an "
		"error in any status. The policy sets levels of its own.\n\n"
		"Formats: text; json; github (annotations, and the whole list "
		"in the step's summary); sarif; gitlab (Code Quality); rdjson "
		"(reviewdog); checkstyle; junit; markdown (a comment). What a "
		"format cannot hold is cut, worst kept, and said. Stdout takes "
		"one format, files take others.",
	.exits = "at least one finding is an error (or a warning, with "
		 "--fail-level warning)",
	.examples = "pm check\nAll documents of the work tree.\n\n"
		    "pm check --staged\nWhat the next commit would hold.\n\n"
		    "pm check --at HEAD --format json\n"
		    "The last commit, for a program.\n\n"
		    "pm check --format github --format sarif=pm.sarif\n"
		    "In a GitHub workflow: annotations, and a file to upload.",
	.operands = "@docs",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO,
	.pager = true,
	.run = run,
};
