/* SPDX-License-Identifier: Apache-2.0 */
/* pm approve: who approves which text, in the document itself. */
#include "pm/approve.h"

#include "cli.h"

struct args {
	const char *by;
	bool commit, no_verify;
};

static const struct pm_opt opts[] = {
	OPT_STR(struct args, by, 0, "by", "person", NULL,
		"who approves (default: git config pm.user, else whom the "
		"policy lists under git's e-mail address)"),
	OPT_BOOL(struct args, commit, 0, "commit",
		"commit the approved documents at once"),
	OPT_BOOL(struct args, no_verify, 'n', "no-verify",
		"approve although the check finds errors; with --commit also "
		"skip git's pre-commit and commit-msg hooks"),
	OPT_END(),
};

struct telling {
	struct pm_cli *cli;
	struct pm_buf first; /* "@bo approves ID", for the commit's subject */
	size_t written;
};

static void tell(void *data, const struct pm_approve_note *note)
{
	static const char *const words[] = {
		[PM_APPROVE_NEW] = "approved by",
		[PM_APPROVE_RENEWED] = "approved again by",
		[PM_APPROVE_ALREADY] = "already approved by",
	};
	struct telling *telling = data;
	struct pm_buf path = PM_BUF_INIT;

	pm_repo_relative(telling->cli->repo, pm_slice_str(note->path), &path);
	pm_cli_print(telling->cli, "%s: %s %s (%.19s...)", path.ptr,
		words[note->outcome], note->by, note->digest);
	pm_buf_release(&path);
	if (note->outcome == PM_APPROVE_ALREADY)
		return;
	if (telling->written++ == 0)
		pm_buf_addf(&telling->first, "postmortem: %s approves %.*s",
			note->by, PM_SLICE_ARG(note->id));
}

/*
 * The documents as they are now, so that the approval is in the commit. One
 * that stood there already may not be committed yet: an earlier pm was stopped
 * before it came to that.
 */
static int commit(struct pm_cli *cli, const struct telling *telling,
	bool no_verify, int argc, char **argv)
{
	struct pm_cli_docs docs = {0};
	struct pm_buf message = PM_BUF_INIT;
	unsigned flags = (no_verify ? PM_CLI_NO_VERIFY : 0) |
			 (telling->written ? 0 : PM_CLI_IF_ANY);
	int ret = pm_cli_docs_open(cli, NULL, argc, argv, &docs);

	pm_buf_add_slice(&message, pm_buf_slice(&telling->first));
	if (telling->written > 1)
		pm_buf_addf(&message, " and %zu more", telling->written - 1);
	if (ret == 0)
		ret = pm_cli_commit(cli, &docs,
			telling->written ? message.ptr : NULL, flags);
	pm_buf_release(&message);
	pm_cli_docs_close(&docs);
	return ret;
}

/* As in pm commit, only what stands against it is printed. */
static int approve(struct pm_cli *cli, const struct args *a,
	const struct pm_cli_docs *docs, struct telling *telling)
{
	struct pm_report_opts report_opts = pm_cli_report(cli, NULL);
	struct pm_report *report = NULL;
	struct pm_approve_opts approve_opts = {
		.docs = docs->items,
		.ndocs = docs->len,
		.by = a->by,
		.no_verify = a->no_verify,
		.finding = pm_cli_finding,
		.done = tell,
		.data = telling,
	};
	int ret = pm_report_new(
		cli->ctx, &report_opts, &pm_shape_finding, &report);

	if (ret < 0)
		return ret;
	approve_opts.finding_data = report;
	ret = pm_approve(cli->ctx, docs->snap, &approve_opts);
	pm_report_end(report);
	return ret;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	struct telling telling = {cli, PM_BUF_INIT, 0};
	struct pm_cli_docs docs = {0};
	int ret;

	if (argc == 0)
		return pm_cli_usage(cli, "name the document to approve");
	ret = pm_cli_docs_open(cli, NULL, argc, argv, &docs);
	if (ret != 0) {
		pm_cli_docs_close(&docs);
		return ret;
	}
	ret = approve(cli, a, &docs, &telling);
	pm_cli_docs_close(&docs);
	if (ret == PM_EINVALID) {
		pm_cli_say(cli, "%s", pm_ctx_error(cli->ctx)->message.ptr);
		pm_ctx_clear(cli->ctx);
		ret = PM_EXIT_FINDINGS;
	} else if (ret >= 0 && a->commit) {
		ret = commit(cli, &telling, a->no_verify, argc, argv);
	} else if (ret > 0) {
		ret = PM_EXIT_OK;
	}
	pm_buf_release(&telling.first);
	return ret;
}

PM_COMMAND_DEFINE(approve) = {
	.name = "approve",
	.group = PM_GROUP_WRITE,
	.summary = "approve the text of a post-mortem as it is",
	.synopsis = "[--by <person>] [--commit] [--no-verify] <doc>...",
	.description =
		"Writes into the front matter who approves, when, and a digest "
		"of the text that was approved: all that the document says but "
		"its approvals, its status and the progress of its actions. "
		"When a word of it changes, the approval is stale, and pm "
		"check says so; approving again takes the place of one's own "
		"stale approval.\n\n"
		"A draft is not approved: it has to be in review, or final. "
		"Nor is a document with errors. The owner does not approve "
		"their own document, and where the policy names approvers, "
		"nobody else does: such an approval would not count. When one "
		"of several documents cannot be approved, none is.\n\n"
		"--commit commits the documents as pm commit does; with git's "
		"commit.gpgsign the approval is signed.\n\n"
		"Where several people have to approve a final document, each "
		"commits their own approval: a commit that brings one of the "
		"text as it is, with the edit or after it, is not refused for "
		"approvals that are missing or stale, nor as an edit of a "
		"final document, whether pm approve, pm commit or git with the "
		"pre-commit hook makes it. Pushes to a guarded branch and pm "
		"check --since count the approvals and stay at error until "
		"there are enough.",
	.exits = "the document cannot be approved, as it is or by this person",
	.examples = "pm approve checkout-500s\nThe text as it stands in the "
		    "work tree.\n\n"
		    "pm approve --commit checkout-500s\n"
		    "And the commit that records it.\n\n"
		    "pm approve --by @bo checkout-500s\nFor somebody who said "
		    "so elsewhere.",
	.operands = "@docs",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO | PM_NEED_WORKTREE,
	.run = run,
};
