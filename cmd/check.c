/* SPDX-License-Identifier: Apache-2.0 */
/* pm check: all findings of all documents in one run. */
#include "cli.h"

struct args {
	bool staged;
	const char *at, *format;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, staged, 0, "staged",
		"check what is staged for the next commit"),
	OPT_STR(struct args, at, 0, "at", "rev", NULL,
		"check the documents of a revision"),
	OPT_STR(struct args, format, 'f', "format", "name", "@formats",
		"text or json"),
	OPT_END(),
};

static int check(struct pm_cli *cli, struct pm_snapshot *snap,
	const struct args *a, const size_t *docs, size_t ndocs)
{
	struct pm_report_opts report_opts = pm_cli_report(cli, a->format);
	struct pm_cli_findings findings = {NULL};
	struct pm_check_opts check_opts = {
		docs, ndocs, pm_cli_finding, &findings};
	struct pm_check_totals totals = {0};
	int ret, end;

	ret = pm_report_new(
		cli->ctx, &report_opts, &pm_shape_finding, &findings.report);
	if (ret < 0)
		return ret;
	ret = pm_check_run(cli->ctx, snap, &check_opts, &totals);
	pm_report_total(
		findings.report, "documents", (int64_t)totals.documents);
	pm_report_total(findings.report, "errors", (int64_t)totals.errors);
	pm_report_total(findings.report, "warnings", (int64_t)totals.warnings);
	end = pm_report_end(findings.report);
	if (ret < 0 || end < 0)
		return ret < 0 ? ret : end;
	if (!a->format || strcmp(a->format, "text") == 0)
		pm_cli_totals(cli, &totals);
	return totals.errors ? PM_EXIT_FINDINGS : PM_EXIT_OK;
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
	.synopsis = "[--staged | --at <rev>] [--format <name>] [<doc>...]",
	.description =
		"Checks every document, or the named ones, against the rules: "
		"required sections, typed fields, the order of moments and "
		"timeline, owner and due date of every action, links. All "
		"findings come in one run, sorted by path and place.\n\n"
		"What a finding weighs depends on the document's status: a "
		"draft may be unfinished. An action without an owner is an "
		"error in any status. The policy sets levels of its own.",
	.exits = "at least one finding is an error",
	.examples = "pm check\nAll documents of the work tree.\n\n"
		    "pm check --staged\nWhat the next commit would hold.\n\n"
		    "pm check --at HEAD --format json\n"
		    "The last commit, for a program.",
	.operands = "@docs",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO,
	.pager = true,
	.run = run,
};
