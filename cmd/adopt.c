/* SPDX-License-Identifier: Apache-2.0 */
/* pm adopt: what a team has already, put under pm. */
#include <unistd.h>

#include "alloc.h"
#include "cli.h"
#include "mend.h"
#include "pm/adopt.h"
#include "pm/base.h"

struct args {
	bool all, convert, baseline, dry_run;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, all, 0, "all",
		"take every Markdown file for a post-mortem"),
	OPT_BOOL(struct args, convert, 0, "convert",
		"add front matter to documents, from what they state"),
	OPT_BOOL(struct args, baseline, 0, "baseline",
		"with --convert: take out of .pm/baseline what is gone"),
	OPT_BOOL(struct args, dry_run, 'n', "dry-run",
		"tell what would be done, write nothing"),
	OPT_END(),
};

/* "timeline     list 12, table 3" for each thing that has a style. */
static void tell_styles(
	struct pm_cli *cli, const struct pm_adopt_result *result)
{
	struct pm_buf line = PM_BUF_INIT;
	const char *of = NULL;

	for (int i = 0; i < PM_ADOPT_STYLE_COUNT; i++) {
		enum pm_adopt_style style = (enum pm_adopt_style)i;
		const char *now = pm_adopt_style_of(style);

		if (!result->styles[i])
			continue;
		if (!of || strcmp(of, now) != 0) {
			if (of)
				pm_cli_print(cli, "%s", line.ptr);
			pm_buf_reset(&line);
			pm_buf_addf(&line, "  %-14s", now);
		} else {
			pm_buf_adds(&line, ", ");
		}
		of = now;
		pm_buf_addf(&line, "%s %zu", pm_adopt_style_name(style),
			result->styles[i]);
	}
	if (of)
		pm_cli_print(cli, "%s", line.ptr);
	pm_buf_release(&line);
}

/* Prints each line of text, indented. */
static void tell_lines(
	struct pm_cli *cli, const struct pm_buf *text, size_t all)
{
	struct pm_slice rest = pm_buf_slice(text);
	size_t n = 0;

	for (; rest.len; n++) {
		ptrdiff_t end = pm_slice_find(rest, 0, '\n');
		size_t len = end < 0 ? rest.len : (size_t)end;

		pm_cli_print(cli, "    %.*s", (int)len, rest.ptr);
		rest = pm_slice_from(rest, len + 1);
	}
	if (all > n)
		pm_cli_print(cli, "    and %zu more", all - n);
}

/* What pm would read if it had a suffix. */
static void tell_bare(struct pm_cli *cli, const struct pm_adopt_result *result)
{
	if (!result->bare)
		return;
	pm_cli_print(cli,
		"  %zu not looked at, without the suffix .md (git mv gives "
		"%s one):",
		result->bare, result->bare == 1 ? "it" : "each");
	tell_lines(cli, &result->bare_at, result->bare);
}

static void tell_found(struct pm_cli *cli, const struct pm_adopt_result *result)
{
	pm_cli_print(cli, "%zu post-mortem%s among %zu Markdown file%s:",
		result->documents, pm_plural(result->documents), result->files,
		pm_plural(result->files));
	tell_lines(cli, &result->globs, 0);
	if (result->none) {
		pm_cli_print(cli,
			"  %zu near %s, taken for none:", result->none,
			result->documents == 1 ? "it" : "them");
		tell_lines(cli, &result->none_at, result->none);
	}
	tell_bare(cli, result);
	tell_styles(cli, result);
	if (result->actions)
		pm_cli_print(cli,
			"  %zu action%s to be done: %zu without an owner, %zu "
			"without a due date",
			result->actions, pm_plural(result->actions),
			result->no_owner, result->no_due);
	if (result->unread) {
		pm_cli_print(cli,
			"  %zu timeline%s with times that cannot be read, from",
			result->unread, pm_plural(result->unread));
		tell_lines(cli, &result->unread_at, result->unread);
	}
	if (result->secrets) {
		pm_cli_print(cli,
			"  %zu that may be a secret; if it is one, revoke it, "
			"it is in Git's history:",
			result->secrets);
		tell_lines(cli, &result->secrets_at, result->secrets);
	}
}

static void tell_policy(
	struct pm_cli *cli, const struct pm_adopt_result *result, bool dry_run)
{
	if (!result->had_policy) {
		pm_cli_print(cli,
			"%s .pm/policy.yaml: where they are, and what was "
			"found in them",
			dry_run ? "would write" : "wrote");
		return;
	}
	pm_cli_print(cli, "kept .pm/policy.yaml, which was there%s",
		dry_run ? ""
			: " ('pm adopt --dry-run' shows what pm would "
			  "write)");
	if (result->outside)
		pm_cli_print(cli,
			"  its documents leave out %zu of those found",
			result->outside);
}

/* A policy that is there says where the documents are, and nothing that pm
   could add to it would be sure to be meant. */
static void tell_outside(
	struct pm_cli *cli, const struct pm_adopt_result *result)
{
	struct pm_buf dir = PM_BUF_INIT;

	pm_repo_relative(cli->repo, pm_slice_str(".pm"), &dir);
	pm_cli_print(cli,
		"  add what is listed above to 'documents' in %s/policy.yaml",
		dir.ptr);
	pm_cli_print(
		cli, "  %-31s then tells what is found in them", "pm check");
	pm_buf_adds(&dir, "/baseline && pm adopt");
	if (result->had_baseline)
		pm_cli_print(cli, "  rm %-28s accepts all that is found then",
			dir.ptr);
	pm_buf_release(&dir);
}

static void tell_next(struct pm_cli *cli, const struct pm_adopt_result *result)
{
	struct pm_buf dir = PM_BUF_INIT;

	pm_cli_print(cli, "next:");
	if (result->outside) {
		tell_outside(cli, result);
		return;
	}
	pm_repo_relative(cli->repo, pm_slice_str(".pm"), &dir);
	if (!result->had_policy || !result->had_baseline)
		pm_cli_print(cli,
			"  git add %s%s && git commit -m 'Put the "
			"post-mortems under pm'",
			result->ignored ? "-f " : "", dir.ptr);
	pm_buf_release(&dir);
	pm_cli_print(cli, "  pm check                        tells only "
			  "what is new");
	pm_cli_print(cli, "  pm adopt --convert --baseline   front matter "
			  "for the documents (-n shows it)");
}

static void tell_written(
	struct pm_cli *cli, const struct pm_adopt_result *result, bool dry_run)
{
	tell_policy(cli, result, dry_run);
	if (result->had_baseline)
		pm_cli_print(cli,
			"kept .pm/baseline, which was there ('pm check "
			"--update-baseline' makes it smaller)");
	else
		pm_cli_print(cli,
			"%s .pm/baseline: %zu finding%s of today, which pm "
			"check leaves out",
			dry_run ? "would write" : "wrote", result->findings,
			pm_plural(result->findings));
	if (result->left)
		pm_cli_print(cli,
			"  %zu that no baseline holds: 'pm check' lists %s",
			result->left, result->left == 1 ? "it" : "them");
	pm_cli_print(cli, "no document was changed");
	if (!dry_run)
		tell_next(cli, result);
}

static int tell_none(
	struct pm_cli *cli, const struct pm_adopt_result *result, bool named)
{
	tell_bare(cli, result);
	if (!result->files && result->bare)
		pm_cli_say(cli,
			"no Markdown file here: by its suffix, .md, pm knows "
			"one (git mv FILE FILE.md)");
	else if (!result->files)
		pm_cli_say(cli,
			"no Markdown file here; what Git ignores, and other "
			"repositories, are not looked at (begin: 'pm init')");
	else if (named)
		pm_cli_say(cli,
			"no post-mortem among %zu Markdown file%s: a README, a "
			"template and the like is none (begin: 'pm init')",
			result->files, pm_plural(result->files));
	else
		pm_cli_say(cli,
			"no post-mortem among %zu Markdown file%s (name their "
			"directory: 'pm adopt DIR'; or begin: 'pm init')",
			result->files, pm_plural(result->files));
	return PM_EXIT_FINDINGS;
}

static int tell(struct pm_cli *cli, const struct pm_adopt_result *result,
	const struct args *a, bool named)
{
	struct pm_buf safe = PM_BUF_INIT;

	if (!result->documents)
		return tell_none(cli, result, named);
	if (a->dry_run) {
		pm_term_lines(&safe, pm_buf_slice(&result->diff));
		fwrite(safe.ptr, 1, safe.len, stdout);
		pm_buf_release(&safe);
	}
	tell_found(cli, result);
	tell_written(cli, result, a->dry_run);
	return PM_EXIT_OK;
}

/* One path from the top; wrong usage where there is nothing. */
static int find_dir(struct pm_cli *cli, const char *typed, struct pm_buf *path)
{
	struct pm_buf full = PM_BUF_INIT;
	int ret;

	/* A variable that is not set must not stand for the whole tree. */
	if (!*typed)
		return pm_cli_usage(cli, "'' is no directory (without a name: "
					 "the whole repository)");
	ret = pm_repo_path(cli->ctx, cli->repo, typed, path);
	if (ret < 0)
		return pm_cli_status(cli, PM_EUSAGE);
	pm_buf_addf(&full, "%s/%s", pm_repo_worktree(cli->repo), path->ptr);
	if (access(full.ptr, F_OK) != 0) {
		pm_cli_say(cli, "there is no directory '%s'", typed);
		ret = PM_EXIT_USAGE;
	}
	pm_buf_release(&full);
	return ret;
}

/* The paths from the top of what was typed. */
static int find_dirs(struct pm_cli *cli, int argc, char **argv, char **dirs)
{
	int ret = 0;

	for (int i = 0; ret == 0 && i < argc; i++) {
		struct pm_buf path = PM_BUF_INIT;

		ret = find_dir(cli, argv[i], &path);
		dirs[i] = pm_buf_take(&path);
	}
	return ret;
}

static int adopt(
	struct pm_cli *cli, const struct args *a, int argc, char **argv)
{
	struct pm_adopt_result result = {0};
	char **dirs = pm_cli_alloc((size_t)argc, sizeof *dirs);
	struct pm_adopt_opts adopt_opts = {
		.dirs = (const char *const *)dirs,
		.ndirs = (size_t)argc,
		.all = a->all || argc > 0,
		.dry_run = a->dry_run,
	};
	int ret = find_dirs(cli, argc, argv, dirs);

	if (ret == 0) {
		ret = pm_adopt(cli->ctx, cli->repo, &adopt_opts, &result);
		if (ret == 0)
			ret = tell(cli, &result, a, argc > 0);
		pm_adopt_result_release(&result);
	}
	for (int i = 0; i < argc; i++)
		free(dirs[i]);
	free(dirs);
	return ret;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	struct pm_cli_mend how = {
		.dry_run = a->dry_run, .baseline = a->baseline};

	if (a->convert && a->all)
		return pm_cli_usage(cli,
			"'--all' finds documents, '--convert' changes those "
			"of the policy; they do not go together");
	if (a->baseline && !a->convert)
		return pm_cli_usage(cli, "'--baseline' goes with '--convert'");
	return a->convert ? pm_cli_convert(cli, &how, argc, argv)
			  : adopt(cli, a, argc, argv);
}

static bool shows_diff(const void *args)
{
	return ((const struct args *)args)->dry_run;
}

PM_COMMAND_DEFINE(adopt) = {
	.name = "adopt",
	.group = PM_GROUP_START,
	.summary = "put the post-mortems that are there under pm",
	.synopsis = "[--all] [-n] [<dir>...] | --convert "
		    "[--baseline] [-n] [<doc>...]",
	.description =
		"Looks at the Markdown files of the work tree, finds those "
		"that are post-mortems, in whatever style they are written, "
		"and writes two files: .pm/policy.yaml, the policy of pm init "
		"with what was found put in, and .pm/baseline, all findings of "
		"today. After that pm check is silent, and tells what is new. "
		"No document is changed.\n\n"
		"A file is a post-mortem by its sections (a timeline with "
		"causes, impact or actions), by a directory called after them "
		"(post-mortems, incidents, outages), or by a name with a "
		"number or date that says so. READMEs and templates are not, "
		"but for the README of a directory that is one incident's. "
		"What lies in a <dir> that is named is one in any case; --all "
		"takes every Markdown file but READMEs, templates and the "
		"like.\n\n"
		"A policy or baseline that is there already is never changed; "
		"with --dry-run the differences are shown. People that were "
		"found are in the policy as a comment: naming them would "
		"forbid all others. Where few actions have a due date, drafts "
		"are not asked for one.\n\n"
		"With --convert, documents get pm's front matter from what "
		"they state: title, severity, owner, participants and moments "
		"where the first lines name them plainly, the day it started "
		"where title or file name and timeline agree on it, the "
		"actions with owner, due date and status. Nothing is made up: "
		"what is not stated is left out, and pm check says so. Where "
		"an action has an owner or a priority that front matter does "
		"not take, such as a full name, the actions stay in the body, "
		"where pm reads them. The body stays as it is, to the byte, "
		"and is read as before, but for the actions, which then stand "
		"in the front matter. Front matter of another tool keeps its "
		"keys and their order; TOML and JSON are left alone, and so "
		"are "
		"the metadata lines that MkDocs reads. A document that may "
		"not be written is named, and the others are converted. A "
		"second run changes nothing.\n\n"
		"What the baseline holds of a document or an action it holds "
		"as well when that stands in front matter. With --baseline "
		"the lines whose findings are gone from these documents are "
		"taken out of it; nothing comes into it.",
	.exits = "no post-mortem was found",
	.examples = "pm adopt --dry-run\nSee what pm finds and would write.\n\n"
		    "pm adopt\nPut them under pm.\n\n"
		    "pm adopt docs/retros\nAll that lies there.\n\n"
		    "pm adopt --convert --dry-run\nThe front matter that the "
		    "documents would get.",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO | PM_NEED_WORKTREE,
	.pager_for = shows_diff,
	.run = run,
};
