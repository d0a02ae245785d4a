/* SPDX-License-Identifier: Apache-2.0 */
/* pm hook: install into Git's hooks, and what the installed hooks call. */
#include "pm/hook.h"

#include "cli.h"
#include "pm/nearest.h"

/* A push names refs, not bytes: this is more than any holds. */
#define INPUT_MOST ((size_t)256 * 1024 * 1024)

struct args {
	bool force;
	const char *format;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, force, 0, "force",
		"install into a directory that other repositories share; give "
		"up an edited hook"),
	OPT_STR(struct args, format, 'f', "format", "name", "text json",
		"for list: text or json"),
	OPT_END(),
};

/* --- names --------------------------------------------------------------- */

/* The number of the hook, or a usage error with the nearest. */
static int find_hook(struct pm_cli *cli, const char *name)
{
	const char *const *names = pm_hook_names();
	const char *near;

	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	near = pm_nearest(pm_slice_str(name), names);
	if (near)
		return pm_fail(cli->ctx, PM_EUSAGE,
			"pm has no part in a hook '%s' (did you mean '%s'?)",
			name, near);
	return pm_fail(cli->ctx, PM_EUSAGE,
		"pm has no part in a hook '%s' (it knows pre-commit, "
		"commit-msg, pre-push and pre-receive)",
		name);
}

/* Marks the hooks named by the words; none named: those of fallback. */
static int choose(struct pm_cli *cli, int argc, char **argv,
	const bool fallback[PM_HOOK_COUNT], bool out[PM_HOOK_COUNT])
{
	for (int i = 0; i < PM_HOOK_COUNT; i++)
		out[i] = argc == 0 && fallback[i];
	for (int i = 0; i < argc; i++) {
		int hook = find_hook(cli, argv[i]);

		if (hook < 0)
			return hook;
		out[hook] = true;
	}
	return 0;
}

/* --- install, uninstall -------------------------------------------------- */

static const char *of_bare(struct pm_cli *cli)
{
	return pm_repo_worktree(cli->repo)
		       ? NULL
		       : "a bare repository is pushed to, not committed in: it "
			 "has use for pre-receive only (in Git's own "
			 "directory, change to the work tree)";
}

static int install_one(struct pm_cli *cli, const struct args *a,
	enum pm_hook hook, struct pm_hook_place *place)
{
	int ret = pm_hook_install(cli->ctx, cli->repo, hook, a->force, place);

	if (ret < 0)
		return ret;
	pm_cli_print(cli, "%s %s%s", ret ? "installed" : "kept",
		place->file.ptr,
		place->chained ? " (runs the hook that was there first)" : "");
	return PM_EXIT_OK;
}

static int install(
	struct pm_cli *cli, const struct args *a, int argc, char **argv)
{
	const char *bare = of_bare(cli);
	const bool usual[PM_HOOK_COUNT] = {
		[PM_HOOK_PRE_COMMIT] = !bare,
		[PM_HOOK_PRE_RECEIVE] = bare,
	};
	struct pm_hook_place place = PM_HOOK_PLACE_INIT;
	bool chosen[PM_HOOK_COUNT];
	int ret = choose(cli, argc, argv, usual, chosen);

	for (int i = 0; i < PM_HOOK_COUNT && ret == 0; i++) {
		if (!chosen[i])
			continue;
		if (bare && i != PM_HOOK_PRE_RECEIVE)
			ret = pm_fail(cli->ctx, PM_EUSAGE, "%s", bare);
		else
			ret = install_one(cli, a, (enum pm_hook)i, &place);
	}
	pm_hook_place_release(&place);
	return ret;
}

static int uninstall(
	struct pm_cli *cli, const struct args *a, int argc, char **argv)
{
	const bool all[PM_HOOK_COUNT] = {true, true, true, true};
	struct pm_hook_place place = PM_HOOK_PLACE_INIT;
	bool chosen[PM_HOOK_COUNT];
	int ret = choose(cli, argc, argv, all, chosen);
	int done = 0;

	for (int i = 0; i < PM_HOOK_COUNT && ret == 0; i++) {
		if (!chosen[i])
			continue;
		ret = pm_hook_uninstall(
			cli->ctx, cli->repo, (enum pm_hook)i, a->force, &place);
		if (ret <= 0)
			continue;
		pm_cli_print(cli, "%s %s",
			place.state == PM_HOOK_OTHER ? "gave back" : "removed",
			place.file.ptr);
		done++;
		ret = 0;
	}
	if (ret == 0 && !done)
		pm_cli_say(cli, "pm is in no hook here; nothing changed");
	pm_hook_place_release(&place);
	return ret;
}

/* --- list ---------------------------------------------------------------- */

static const struct pm_column columns[] = {
	{"hook", "name of the hook", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"state", "absent, installed, disabled, edited, or other: not pm's",
		PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"file", "where the hook is", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"chained", "the hook that runs first", PM_VALUE_STR, PM_ROLE_NONE,
		NULL},
};

static const struct pm_shape shape = {
	.name = "hooks",
	.columns = columns,
	.ncolumns = sizeof(columns) / sizeof(columns[0]),
	.style = PM_TEXT_TABLE,
};

static const char *state_name(enum pm_hook_state state)
{
	static const char *const names[] = {
		[PM_HOOK_ABSENT] = "absent",
		[PM_HOOK_OTHER] = "other",
		[PM_HOOK_INSTALLED] = "installed",
		[PM_HOOK_DISABLED] = "disabled",
		[PM_HOOK_EDITED] = "edited",
	};

	return names[state];
}

static int list_one(
	struct pm_cli *cli, enum pm_hook hook, struct pm_report *report)
{
	struct pm_hook_place place = PM_HOOK_PLACE_INIT;
	struct pm_buf chained = PM_BUF_INIT;
	struct pm_value values[4];
	int ret;

	pm_hook_look(cli->ctx, cli->repo, hook, &place);
	values[0] = pm_value_text(pm_hook_names()[hook]);
	values[1] = pm_value_text(state_name(place.state));
	values[2] = pm_value_text(place.file.ptr);
	pm_buf_addf(&chained, "%s" PM_HOOK_CHAINED, place.file.ptr);
	values[3] = pm_value_text(place.chained ? chained.ptr : NULL);
	ret = pm_report_record(report, values);
	if (place.state == PM_HOOK_DISABLED)
		pm_cli_say(cli,
			"git does not run the %s hook: it is not executable "
			"('pm hook install %s' mends that)",
			pm_hook_names()[hook], pm_hook_names()[hook]);
	pm_buf_release(&chained);
	pm_hook_place_release(&place);
	return ret;
}

static int list(struct pm_cli *cli, const struct args *a)
{
	struct pm_report_opts report_opts = pm_cli_report(cli, a->format);
	struct pm_report *report = NULL;
	int ret = pm_report_new(cli->ctx, &report_opts, &shape, &report);
	int end;

	if (ret < 0)
		return ret;
	for (int i = 0; i < PM_HOOK_COUNT && ret == 0; i++)
		ret = list_one(cli, (enum pm_hook)i, report);
	end = pm_report_end(report);
	return ret < 0 ? ret : end;
}

/* --- run ----------------------------------------------------------------- */

static int read_input(struct pm_cli *cli, struct pm_buf *input)
{
	char part[4096];
	size_t got;

	while ((got = fread(part, 1, sizeof(part), stdin)) > 0) {
		pm_buf_add(input, part, got);
		if (input->len > INPUT_MOST)
			return pm_fail(cli->ctx, PM_ELIMIT,
				"stdin does not end: git gives a hook less");
	}
	return ferror(stdin) ? pm_fail_errno(cli->ctx, "cannot read stdin") : 0;
}

/* What the hook prints: findings, and a line where a ref's end. */
struct output {
	struct pm_cli *cli;
	struct pm_report *report; /* NULL: none is open */
	int ret;                  /* of a report that could not be written */
};

static int open_report(struct output *out)
{
	struct pm_report_opts report_opts = pm_cli_report(out->cli, NULL);

	return pm_report_new(
		out->cli->ctx, &report_opts, &pm_shape_finding, &out->report);
}

static void close_report(struct output *out)
{
	int ret = 0;

	if (out->report)
		ret = pm_report_end(out->report);
	out->report = NULL;
	if (out->ret == 0)
		out->ret = ret;
}

/* What stops git is worth printing; the rest is for pm check. */
static int finding(void *data, const struct pm_finding *found)
{
	struct output *out = data;
	int ret = 0;

	if (found->level != PM_LEVEL_ERROR)
		return 0;
	if (!out->report)
		ret = open_report(out);
	return ret < 0 ? ret : pm_cli_finding(out->report, found);
}

static void say(void *data, const char *line)
{
	struct output *out = data;

	close_report(out);
	pm_cli_say(out->cli, "%s", line);
}

/* What git does now, and how to go on without the hook. */
static void say_stopped(struct pm_cli *cli, enum pm_hook hook)
{
	static const char *const stopped[] = {
		[PM_HOOK_PRE_COMMIT] = "not committed (mend what is above, or "
				       "skip the hook with --no-verify)",
		[PM_HOOK_COMMIT_MSG] = "not committed (mend the message, or "
				       "skip the hook with --no-verify)",
		[PM_HOOK_PRE_PUSH] = "not pushed (mend what is above, or skip "
				     "the hook with --no-verify)",
		[PM_HOOK_PRE_RECEIVE] = "the push is refused: nothing of it "
					"was taken",
	};

	pm_cli_say(cli, "%s", stopped[hook]);
}

/* How the hook ends; what could not be judged stops git as well. */
static int end_run(struct pm_cli *cli, enum pm_hook hook, int ret,
	const struct pm_hook_result *result)
{
	if (ret < 0) {
		ret = pm_cli_status(cli, ret);
		say_stopped(cli, hook);
		return ret;
	}
	if (result->chained)
		return result->chained;
	if (!result->totals.errors && !result->refused)
		return PM_EXIT_OK;
	if (!result->refused)
		pm_cli_totals(cli, &result->totals);
	say_stopped(cli, hook);
	return PM_EXIT_FINDINGS;
}

static int run_hook(
	struct pm_cli *cli, enum pm_hook hook, int argc, char **argv)
{
	struct output out = {.cli = cli};
	struct pm_buf input = PM_BUF_INIT;
	struct pm_hook_result result = {.refused = false};
	struct pm_hook_run hook_run = {
		.hook = hook,
		.args = (const char *const *)argv,
		.nargs = (size_t)argc,
		.finding = finding,
		.say = say,
		.data = &out,
	};
	int ret = 0;

	if (hook == PM_HOOK_PRE_PUSH || hook == PM_HOOK_PRE_RECEIVE)
		ret = read_input(cli, &input);
	hook_run.input = pm_buf_slice(&input);
	if (ret == 0)
		ret = pm_hook_run(cli->ctx, cli->repo, &hook_run, &result);
	close_report(&out);
	pm_buf_release(&input);
	if (ret == 0)
		ret = out.ret;
	return end_run(cli, hook, ret, &result);
}

static int fail_verb(struct pm_cli *cli, const char *verb)
{
	static const char *const verbs[] = {
		"install", "uninstall", "list", "run", NULL};
	const char *near = pm_nearest(pm_slice_str(verb), verbs);

	return pm_cli_usage(cli,
		near ? "'pm hook' takes install, uninstall, list or run, not "
		       "'%s' (did you mean '%s'?)"
		     : "'pm hook' takes install, uninstall, list or run, not "
		       "'%s'%s",
		verb, near ? near : "");
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	const char *verb = argc ? argv[0] : "list";
	int hook;

	argc -= argc > 0;
	if (strcmp(verb, "install") == 0)
		return install(cli, a, argc, argv + 1);
	if (strcmp(verb, "uninstall") == 0)
		return uninstall(cli, a, argc, argv + 1);
	if (strcmp(verb, "list") == 0 || strcmp(verb, "status") == 0)
		return argc ? pm_cli_usage(
				      cli, "'pm hook list' takes no operands")
			    : list(cli, a);
	if (strcmp(verb, "run") != 0)
		return fail_verb(cli, verb);
	if (argc == 0)
		return pm_cli_usage(cli, "'pm hook run' needs a hook's name");
	hook = find_hook(cli, argv[1]);
	return hook < 0 ? hook
			: run_hook(cli, (enum pm_hook)hook, argc - 1, argv + 2);
}

PM_COMMAND_DEFINE(hook) = {
	.name = "hook",
	.group = PM_GROUP_WRITE,
	.summary = "put the check into Git's hooks, here or on a server",
	.synopsis = "[install | uninstall | list | run] [--force] "
		    "[<hook>...]",
	.description =
		"install puts pm into the named hooks: pre-commit when none is "
		"named, pre-receive in a bare repository. A hook that is there "
		"is kept beside pm's as <hook>.pm-chained, runs first, and its "
		"refusal counts; uninstall gives it back as it was. list shows "
		"how things stand. core.hooksPath is respected; a directory "
		"that other repositories share needs --force.\n\n"
		"pre-commit checks the staged documents that the commit "
		"changes. commit-msg refuses a Post-Mortem trailer that names "
		"no document, staged or in HEAD. pre-push checks the documents "
		"that the pushed commits change, seen from what the remote "
		"has. A merge is seen from each of its sides: what one of them "
		"had is not new, what neither had is, as a link to a document "
		"that the other side removed.\n\n"
		"pre-receive refuses a whole push when one document of it has "
		"an error. It guards the branch that HEAD names, or those that "
		"the setting pm.receiveRefs lists (globs, blanks between). The "
		"rules are those of the branch as it stands: a push cannot "
		"change the policy it is judged by. Tags and deleted refs are "
		"not looked at.\n\n"
		"run is what the hooks call: pm hook run <hook> with what git "
		"gives to it. See pm-ci(7).",
	.exits = "the hook refuses: a finding at error level, or a trailer "
		 "without a document; a chained hook's own status is handed on",
	.examples = "pm hook install\nChecks what is staged at each commit.\n\n"
		    "pm hook install pre-commit commit-msg pre-push\n"
		    "All that helps in a clone.\n\n"
		    "pm hook list\nWhere they are, and whose.\n\n"
		    "pm hook uninstall\nGives back what was there.",
	.operands = "install uninstall list run pre-commit commit-msg "
		    "pre-push pre-receive",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO,
	.run = run,
};
