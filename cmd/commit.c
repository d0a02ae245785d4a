/* SPDX-License-Identifier: Apache-2.0 */
/* pm commit: exactly the named documents and their evidence, checked first. */
#include "pm/commit.h"

#include "cli.h"
#include "pm/index.h"

struct args {
	struct pm_opt_list messages;
	bool no_verify;
};

static const struct pm_opt opts[] = {
	OPT_LIST(struct args, messages, 'm', "message", "text", NULL,
		"the commit message (default: made from what changed); each "
		"further one is a paragraph"),
	OPT_BOOL(struct args, no_verify, 'n', "no-verify",
		"skip the check and git's pre-commit and commit-msg hooks"),
	OPT_END(),
};

/* What stops a commit is worth printing, and who has to approve it still where
   that does not; the rest is for pm check. */
static int worth_it(void *data, const struct pm_finding *finding)
{
	if (finding->level == PM_LEVEL_ERROR ||
		(finding->level == PM_LEVEL_WARNING &&
			strcmp(finding->rule, "approval-missing") == 0))
		return pm_cli_finding(data, finding);
	return 0;
}

/* The index is a cache: that it could not be refreshed is worth one line. */
static void refresh_index(struct pm_cli *cli)
{
	struct pm_index *index = NULL;

	if (pm_index_open(cli->ctx, cli->repo, PM_INDEX_DEFAULT, &index) < 0) {
		pm_cli_say(cli,
			"the search index was not brought up to date: "
			"%s",
			pm_ctx_error(cli->ctx)->message.ptr);
		pm_ctx_clear(cli->ctx);
	}
	pm_index_free(index);
}

/* Tells how it ended; ret is pm_commit's. Returns an exit status or a code. */
static int tell(
	struct pm_cli *cli, int ret, const struct pm_commit_result *result)
{
	char hex[PM_OID_HEX];

	if (ret < 0)
		return ret;
	if (ret == 0 && result->totals.errors) {
		struct pm_buf count = PM_BUF_INIT;

		pm_cli_count(&count, result->totals.errors, "error");
		pm_cli_say(cli,
			"not committed: %s (mend them, or commit with "
			"--no-verify)",
			count.ptr);
		pm_buf_release(&count);
		return PM_EXIT_FINDINGS;
	}
	if (ret == 0) {
		pm_cli_say(cli, "nothing to commit: no document is new or "
				"changed");
		return PM_EXIT_FINDINGS;
	}
	pm_oid_hex(&result->commit, hex);
	pm_cli_print(cli, "[%.10s] %s", hex, result->subject.ptr);
	refresh_index(cli);
	return PM_EXIT_OK;
}

int pm_cli_commit(struct pm_cli *cli, const struct pm_cli_docs *docs,
	const char *message, unsigned flags)
{
	struct pm_report_opts report_opts = pm_cli_report(cli, NULL);
	struct pm_report *report = NULL;
	struct pm_commit_result result = {.subject = PM_BUF_INIT};
	struct pm_commit_opts commit_opts = {
		.docs = docs->items,
		.ndocs = docs->len,
		.message = message,
		.no_verify = flags & PM_CLI_NO_VERIFY,
		.finding = worth_it,
	};
	int ret;

	ret = pm_report_new(cli->ctx, &report_opts, &pm_shape_finding, &report);
	if (ret < 0)
		return ret;
	commit_opts.data = report;
	ret = pm_commit(cli->ctx, docs->snap, &commit_opts, &result);
	pm_report_end(report);
	if (ret == 0 && !result.totals.errors && (flags & PM_CLI_IF_ANY))
		ret = PM_EXIT_OK;
	else
		ret = tell(cli, ret, &result);
	pm_buf_release(&result.subject);
	return ret;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	struct pm_cli_docs docs = {.several = true};
	struct pm_buf message = PM_BUF_INIT;
	int ret;

	for (size_t i = 0; i < a->messages.len; i++)
		pm_buf_addf(&message, "%s%s", i ? "\n\n" : "",
			a->messages.items[i]);
	ret = pm_cli_docs_open(cli, NULL, argc, argv, &docs);
	if (ret == 0)
		ret = pm_cli_commit(cli, &docs,
			a->messages.len ? message.ptr : NULL,
			a->no_verify ? PM_CLI_NO_VERIFY : 0);
	pm_cli_docs_close(&docs);
	pm_buf_release(&message);
	return ret;
}

PM_COMMAND_DEFINE(commit) = {
	.name = "commit",
	.group = PM_GROUP_WRITE,
	.summary = "check and commit post-mortems and their evidence",
	.synopsis = "[-m <text>] [--no-verify] [<doc>...]",
	.description =
		"Commits exactly the named documents and their evidence, or "
		"every new or changed document. They are checked first; a "
		"finding at error level stops the commit. What else is staged "
		"or changed is left as it was.\n\n"
		"Author, committer, dates, hooks and signing are git's. The "
		"message names the document, lists what changed and carries "
		"a Post-Mortem trailer for each document.",
	.exits = "nothing to commit, or the check found errors",
	.examples =
		"pm commit\nEvery new or changed document.\n\n"
		"pm commit -m \"postmortem: add the impact\" checkout-500s\n"
		"One document, with a message of your own.",
	.operands = "@docs",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO | PM_NEED_WORKTREE,
	.run = run,
};
