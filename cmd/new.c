/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pm new: starts a post-mortem. On a terminal it asks for what is missing;
 * without one it never waits.
 */
#include <unistd.h>

#include "ask.h"
#include "cli.h"
#include "pm/scaffold.h"
#include "terminal.h"

struct args {
	const char *tmpl, *severity, *kind, *started, *owner, *incident, *slug;
	struct pm_opt_list services, departments;
	bool edit, commit, no_input;
};

static const struct pm_opt opts[] = {
	OPT_STR(struct args, tmpl, 't', "template", "name", "@templates",
		"start from this template"),
	OPT_STR(struct args, severity, 's', "severity", "name", "@severities",
		"severity, by the policy's names or aliases"),
	OPT_STR(struct args, kind, 0, "kind", "name", "@kinds",
		"incident, near-miss, security, or the policy's own"),
	OPT_STR(struct args, started, 0, "started", "time", NULL,
		"when it began: RFC 3339; YYYY-MM-DD HH:MM or HH:MM, local "
		"time; now; -2h"),
	OPT_LIST(struct args, services, 0, "service", "name", "@services",
		"an affected service; its department follows (repeatable)"),
	OPT_LIST(struct args, departments, 0, "department", "name",
		"@departments", "an affected department (repeatable)"),
	OPT_STR(struct args, owner, 'o', "owner", "person", NULL,
		"who answers for the document (default: git config pm.user)"),
	OPT_STR(struct args, incident, 0, "incident", "ref", NULL,
		"the tracker's own number or URL"),
	OPT_STR(struct args, slug, 0, "slug", "words", NULL,
		"words for the id, in plain letters (default: the title's)"),
	OPT_BOOL(struct args, edit, 'e', "edit",
		"open the new document in the editor"),
	OPT_BOOL(struct args, commit, 0, "commit",
		"commit the new document at once"),
	OPT_BOOL(struct args, no_input, 0, "no-input",
		"ask nothing, even on a terminal"),
	OPT_END(),
};

/* "git config pm.user" is who the user is on post-mortems. */
static void read_user(struct pm_cli *cli, struct pm_buf *out)
{
	if (pm_repo_config(cli->ctx, cli->repo, "pm.user", out) < 0)
		pm_ctx_clear(cli->ctx);
}

static int create(struct pm_cli *cli, struct pm_snapshot *snap,
	const struct args *a, const char *title, struct pm_buf *path)
{
	struct pm_new_opts new_opts = {
		.title = title,
		.slug = a->slug,
		.tmpl = a->tmpl,
		.severity = a->severity,
		.kind = a->kind,
		.started = a->started,
		.owner = a->owner,
		.incident = a->incident,
		.services = a->services.items,
		.nservices = a->services.len,
		.departments = a->departments.items,
		.ndepartments = a->departments.len,
	};

	return pm_new(cli->ctx, snap, &new_opts, path);
}

static int edit(struct pm_cli *cli, const char *path)
{
	struct pm_buf full = PM_BUF_INIT;
	int ret;

	pm_buf_addf(&full, "%s/%s", pm_repo_worktree(cli->repo), path);
	ret = pm_editor_run(cli, full.ptr);
	if (ret == 0 && access(full.ptr, F_OK) != 0)
		ret = pm_fail(cli->ctx, PM_ERROR,
			"'%s' is gone: it was removed or renamed in the editor",
			path);
	pm_buf_release(&full);
	return ret;
}

/* Commits the one document; the state is read anew, so that it is in it. */
static int commit(struct pm_cli *cli, char *path)
{
	struct pm_cli_docs docs = {0};
	int ret = pm_cli_docs_open(cli, NULL, 1, &path, &docs);

	if (ret == 0)
		ret = pm_cli_commit(cli, &docs, NULL, 0);
	pm_cli_docs_close(&docs);
	return ret;
}

static int start(struct pm_cli *cli, struct pm_snapshot *snap, struct args *a,
	const char *title)
{
	struct pm_buf path = PM_BUF_INIT;
	struct pm_buf shown = PM_BUF_INIT;
	int ret = create(cli, snap, a, title, &path);

	if (ret < 0)
		goto out;
	pm_repo_relative(cli->repo, pm_buf_slice(&path), &shown);
	puts(shown.ptr);
	if (a->edit)
		ret = edit(cli, path.ptr);
	if (ret == 0 && a->commit)
		ret = commit(cli, shown.ptr);
	else if (ret == 0 && cli->err_tty)
		pm_cli_say(cli, "next: fill it in, then 'pm check'");
out:
	pm_buf_release(&path);
	pm_buf_release(&shown);
	return ret;
}

/* Asks for what the command line did not say, where there is somebody. */
static struct pm_answers ask_missing(struct pm_cli *cli,
	const struct pm_snapshot *snap, const char *user, struct args *a,
	const char **title)
{
	struct pm_answers answers = PM_ANSWERS_INIT;
	struct pm_wanted wanted = {*title, a->slug, a->severity, a->started,
		a->owner, a->services};

	if (cli->in_tty && cli->out_tty && !a->no_input)
		pm_ask(cli, pm_snapshot_policy(snap), user, &answers, &wanted);
	*title = wanted.title;
	a->slug = wanted.slug;
	a->severity = wanted.severity;
	a->started = wanted.started;
	a->owner = wanted.owner;
	a->services = wanted.services;
	return answers;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	struct args *a = args;
	struct pm_answers answers;
	struct pm_buf user = PM_BUF_INIT;
	struct pm_snapshot *snap = NULL;
	const char *title = argc ? argv[0] : NULL;
	int ret;

	if (argc > 1)
		return pm_cli_usage(cli,
			"one title, please: put it in quotes (got %d words)",
			argc);
	ret = pm_cli_snapshot(cli, NULL, &snap);
	if (ret < 0)
		return ret;
	read_user(cli, &user);
	answers = ask_missing(cli, snap, user.ptr, a, &title);
	if (!a->owner && user.len)
		a->owner = user.ptr;
	if (title)
		ret = start(cli, snap, a, title);
	else
		ret = pm_cli_usage(cli, "the title is missing");
	pm_snapshot_free(snap);
	pm_answers_release(&answers);
	pm_buf_release(&user);
	return ret;
}

PM_COMMAND_DEFINE(new) = {
	.name = "new",
	.group = PM_GROUP_START,
	.summary = "start a post-mortem from a template",
	.synopsis = "[<options>] <title>",
	.description =
		"Writes postmortems/YYYY/YYYY-MM-DD-slug.md from a template "
		"and prints its path. The date is the day it started, the "
		"slug comes from the title, or from --slug where the title "
		"has no words in plain letters; an existing file is never "
		"overwritten.\n\n"
		"Departments and teams follow from the policy's services. On "
		"a terminal pm asks for what is missing; without one it never "
		"waits.",
	.exits = "with --commit: the check found errors; the document is kept",
	.examples = "pm new \"Checkout answered 500 to EU customers\"\n"
		    "The shortest way.\n\n"
		    "pm new --severity SEV2 --started 10:02 --owner @ana "
		    "\"Queue stopped\"\n"
		    "With what is known already.\n\n"
		    "pm new --started -2h --commit \"Mail was late\"\n"
		    "Started two hours ago; committed as a draft at once.",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO | PM_NEED_WORKTREE,
	.run = run,
};
