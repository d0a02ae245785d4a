/* SPDX-License-Identifier: Apache-2.0 */
/* pm check: all findings of all documents in one run. */
#include "baseline.h"
#include "mend.h"
#include "pm/base.h"
#include "reports.h"

struct args {
	struct pm_cli_state state;
	bool all, fix, dry_run, update_baseline;
	const char *since, *fail_level, *accept, *reason;
	struct pm_opt_list formats;
	long most;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, state.staged, 0, "staged",
		"check what is staged for the next commit"),
	OPT_STR(struct args, state.at, 0, "at", "rev", "@revs",
		"check the documents of a revision"),
	OPT_STR(struct args, since, 0, "since", "base", "@revs auto",
		"only what changed since base, and what is new in it"),
	OPT_BOOL(struct args, all, 0, "all",
		"with --since: list the findings that are not new, as notes"),
	OPT_LIST(struct args, formats, 'f', "format", "name[=<file>]",
		"@formats", "how to write findings, or a file too; repeatable"),
	OPT_STR(struct args, fail_level, 0, "fail-level", "level",
		"error warning", "what exits 1: error (default) or warning"),
	OPT_INT(struct args, most, 0, "max-findings", "count",
		"write no more findings than that, the worst (0: all)"),
	OPT_BOOL(struct args, fix, 0, "fix",
		"mend what has one right answer, then check"),
	OPT_BOOL(struct args, dry_run, 0, "dry-run",
		"with --fix: show the changes as a diff, write nothing"),
	OPT_BOOL(struct args, update_baseline, 0, "update-baseline",
		"take what is mended out of the baseline, then check"),
	OPT_STR(struct args, accept, 0, "accept", "rule", "@rules",
		"put the findings of a rule into the baseline"),
	OPT_STR(struct args, reason, 0, "reason", "text", NULL,
		"with --accept: why they stay"),
	OPT_END(),
};

/* What is judged: a state, documents of it, what changed in it. */
struct subject {
	struct pm_cli_docs docs;
	struct pm_snapshot *before;
	struct pm_changes *changes; /* NULL: judge all */
};

static int check(
	struct pm_cli *cli, const struct subject *subject, const struct args *a)
{
	struct pm_cli_reports reports = {.cli = cli};
	struct pm_check_opts check_opts = {
		.docs = subject->docs.items,
		.ndocs = subject->docs.len,
		.finding = pm_cli_reports_finding,
		.data = &reports,
		.changes = subject->changes,
		.old = a->all,
		.most = (size_t)a->most,
	};
	struct pm_check_totals totals = {0};
	int fail = pm_cli_fail_level(cli, a->fail_level, PM_LEVEL_ERROR), ret;

	if (fail < 0)
		return fail;
	reports.warnings_fail = fail == PM_LEVEL_WARNING;
	ret = pm_cli_reports_open(&reports, &a->formats);
	if (ret == 0)
		ret = pm_check_run(
			cli->ctx, subject->docs.snap, &check_opts, &totals);
	ret = pm_cli_reports_close(&reports, ret, &totals);
	if (ret < 0)
		return ret;
	if (reports.text)
		pm_cli_totals(cli, &totals);
	/* Globs that match nothing must not look like a clean check. */
	if (!totals.documents && !a->since && !a->state.staged)
		pm_cli_say(cli,
			"no file is a document by the policy ('pm adopt' "
			"finds those that are there)");
	return totals.errors || (reports.warnings_fail && totals.warnings)
		       ? PM_EXIT_FINDINGS
		       : PM_EXIT_OK;
}

/*
 * The present policy judges, also where the change itself brings it: that is
 * said, and how many documents it takes out of the check.
 */
static void tell_settings(
	struct pm_cli *cli, const struct subject *subject, const char *rev)
{
	struct pm_snapshot_opts own = {
		.kind = PM_SNAPSHOT_REVISION, .rev = rev};
	const struct pm_policy *policy = pm_snapshot_policy(subject->docs.snap);
	const char *names = pm_changes_settings(subject->changes);
	struct pm_snapshot *snap = NULL;
	size_t gone = 0;

	if (!names)
		return;
	/* Settings that could not be read kept nothing in the check. */
	if (pm_snapshot_open(cli->ctx, cli->repo, &own, &snap) < 0)
		pm_ctx_clear(cli->ctx);
	for (size_t i = 0; snap && i < pm_snapshot_count(snap); i++)
		gone += !pm_policy_is_document(
			policy, pm_slice_str(pm_snapshot_doc(snap, i)->path));
	pm_snapshot_free(snap);
	pm_cli_say(cli,
		"the settings change as well (%s): what changed is judged by "
		"the new ones, the rest is not ('pm check' judges all)",
		names);
	if (gone)
		pm_cli_say(cli,
			"%zu document%s by the settings of the base %s none by "
			"the new ones and %s not checked",
			gone, pm_plural(gone), gone == 1 ? "is" : "are",
			gone == 1 ? "is" : "are");
}

/* Finds what changed since the base; without one all is judged. */
static int open_changes(
	struct pm_cli *cli, const struct args *a, struct subject *subject)
{
	struct pm_base base;
	struct pm_snapshot_opts snap_opts = {
		.kind = PM_SNAPSHOT_REVISION,
		.unlisted = true,
		.policy_of = subject->docs.snap,
	};
	int ret = pm_base_find(cli->ctx, cli->repo, a->since, a->state.at,
		"checking every document", &base);

	if (ret != 1)
		return ret;
	snap_opts.rev = base.rev[0] ? base.rev : NULL;
	ret = pm_snapshot_open(
		cli->ctx, cli->repo, &snap_opts, &subject->before);
	if (ret == 0)
		ret = pm_changes_open(cli->ctx, subject->before,
			subject->docs.snap, &subject->changes);
	if (ret == 0 && base.rev[0])
		tell_settings(cli, subject, base.rev);
	return ret;
}

static int open_subject(struct pm_cli *cli, const struct args *a, int argc,
	char **argv, struct subject *subject)
{
	struct pm_snapshot_opts snap_opts;
	int ret;

	if (a->all && !a->since)
		return pm_fail(cli->ctx, PM_EUSAGE,
			"'--all' goes with '--since' (without it, all "
			"findings are listed)");
	if (!a->since || argc > 0) {
		ret = pm_cli_docs_open(
			cli, &a->state, argc, argv, &subject->docs);
		if (ret == 0)
			pm_cli_tell_gaps(cli, &subject->docs);
	} else {
		ret = pm_cli_snapshot_opts(cli, &a->state, &snap_opts);
		snap_opts.unlisted = true;
		if (ret == 0)
			ret = pm_snapshot_open(cli->ctx, cli->repo, &snap_opts,
				&subject->docs.snap);
	}
	return ret == 0 && a->since ? open_changes(cli, a, subject) : ret;
}

/* The option that names another state than the work tree, or NULL. */
static const char *other_state(const struct args *a)
{
	if (a->state.staged || a->state.at)
		return a->state.staged ? "--staged" : "--at";
	return a->since ? "--since" : NULL;
}

/* 0 when there is nothing to mend, or it is done. */
static int fix(struct pm_cli *cli, const struct args *a, int argc, char **argv)
{
	struct pm_cli_mend how = {
		.dry_run = a->dry_run, .aside = a->formats.len > 0};

	if (a->dry_run && !a->fix)
		return pm_cli_usage(cli, "'--dry-run' goes with '--fix'");
	if (!a->fix)
		return 0;
	if (other_state(a))
		return pm_cli_usage(cli,
			"'--fix' changes the work tree and does not go with "
			"'%s'",
			other_state(a));
	return pm_cli_mend(cli, &how, argc, argv);
}

/* What does not go with --accept. 0, or an exit status. */
static int check_accept_args(struct pm_cli *cli, const struct args *a, int argc)
{
	if (a->update_baseline)
		return pm_cli_usage(cli,
			"'--accept' and '--update-baseline' do not go "
			"together");
	if (!argc)
		return pm_cli_usage(cli,
			"'--accept' needs the documents whose findings stay");
	return 0;
}

/* What does not go together around the baseline. 0, or an exit status. */
static int check_baseline_args(
	struct pm_cli *cli, const struct args *a, int argc)
{
	const char *other = a->fix ? "--fix" : other_state(a);

	if (a->reason && !a->accept)
		return pm_cli_usage(cli, "'--reason' goes with '--accept'");
	if (!a->accept && !a->update_baseline)
		return 0;
	if (other)
		return pm_cli_usage(cli,
			"'%s' looks at the work tree as it is and does not go "
			"with '%s'",
			a->accept ? "--accept" : "--update-baseline", other);
	if (a->accept)
		return check_accept_args(cli, a, argc);
	if (argc)
		return pm_cli_usage(cli,
			"'--update-baseline' looks at all documents; it takes "
			"none by name");
	return 0;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	struct subject subject = {.docs.several = true};
	int ret = check_baseline_args(cli, a, argc);

	if (ret == 0 && a->accept)
		return pm_cli_accept(
			cli, a->accept, a->reason ? a->reason : "", argc, argv);
	if (ret == 0 && a->update_baseline)
		ret = pm_cli_shrink_baseline(cli);
	if (ret == 0)
		ret = fix(cli, a, argc, argv);
	if (ret || a->dry_run)
		return ret;
	ret = open_subject(cli, a, argc, argv, &subject);
	if (ret == 0)
		ret = check(cli, &subject, a);
	pm_changes_free(subject.changes);
	pm_snapshot_free(subject.before);
	pm_cli_docs_close(&subject.docs);
	return ret;
}

PM_COMMAND_DEFINE(check) = {
	.name = "check",
	.group = PM_GROUP_WRITE,
	.summary = "report what is missing or wrong in post-mortems",
	.synopsis = "[--staged | --at <rev>] [--since <base> [--all]] [--fix "
		    "[--dry-run]] [--update-baseline] [--accept <rule> "
		    "--reason <text>] [--format <name>[=<file>]]... [<doc>...]",
	.description =
		"Checks every document, or the named ones (a directory names "
		"those beneath it), against the rules: required sections, "
		"typed fields, the order of moments and timeline, owner and "
		"due date of every action, links. All findings come in one "
		"run, sorted by path and place.\n\n"
		"What a finding weighs depends on the document's status: a "
		"draft may be unfinished. An action without an owner is an "
		"error in any status. The policy sets levels of its own.\n\n"
		"With --since, the documents are judged that changed since the "
		"merge base of <base> and HEAD, uncommitted and untracked ones "
		"included (with --staged the index counts, with --at that "
		"revision), and of their findings those that are new: not the "
		"ones that the earlier version has as well, judged by the same "
		"rules and policy: the present ones; when the change brings "
		"them itself, stderr says so. A document that moved keeps its "
		"past; where one was removed, moved or lost a heading, or a "
		"file beside them changed or went, such as evidence, those "
		"that speak of it are judged too. '--since auto' takes the "
		"base from the variables of GitHub, Gitea, Forgejo, GitLab, "
		"Bitbucket, Jenkins or Azure Pipelines; elsewhere it is the "
		"upstream or the main branch. When the clone does not reach "
		"back to the base, every document is checked, and stderr says "
		"what to set.\n\n"
		"Formats: text; json; github (annotations, and the whole list "
		"in the step's summary); sarif; gitlab (Code Quality); rdjson "
		"(reviewdog); checkstyle; junit; markdown (a comment). What a "
		"format cannot hold is cut, worst kept, and said. Stdout takes "
		"one format, files take others.\n\n"
		"--fix mends in the work tree what has one right answer: an id "
		"that is missing or not the file's name, a heading that is not "
		"the title, days and moments in another form than ISO where "
		"they can mean one thing only, a value that wants quotes. It "
		"says each change and then checks what remains; nothing else "
		"in the document moves. What is waived stays.\n\n"
		"Findings of the baseline, .pm/baseline, are left out and "
		"counted in the last line; a finding on a line that changed is "
		"new. The file is read from the state that is checked. "
		"--update-baseline only makes it smaller: it takes out the "
		"findings that are mended. --accept <rule> <doc> --reason "
		"<text> puts in what a rule finds in a document now, with the "
		"reason, and checks nothing else.",
	.exits = "at least one finding is an error (or a warning, with "
		 "--fail-level warning)",
	.examples = "pm check\nAll documents of the work tree.\n\n"
		    "pm check --staged\nWhat the next commit would hold.\n\n"
		    "pm check --since main\nWhat this branch changes.\n\n"
		    "pm check --staged --since HEAD\n"
		    "What the next commit changes, for a hook.\n\n"
		    "pm check --at HEAD --format json\n"
		    "The last commit, for a program.\n\n"
		    "pm check --fix --dry-run\n"
		    "What would be mended, as a diff.\n\n"
		    "pm check --accept link-broken checkout-500s "
		    "--reason 'the wiki is gone'\n"
		    "Live with what one rule finds in one document.\n\n"
		    "pm check --format github --format sarif=pm.sarif\n"
		    "In a GitHub workflow: annotations, and a file to upload.",
	.operands = "@docs",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO,
	.pager = true,
	.run = run,
};
