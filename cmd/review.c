/* SPDX-License-Identifier: Apache-2.0 */
/* pm review: what a change does to the post-mortems, for whoever reads it. */
#include "pm/review.h"

#include "alloc.h"
#include "cli.h"
#include "pm/base.h"

/* A comment shorter than this could not even say what it leaves out. */
#define LEAST_SIZE 2000

struct args {
	bool staged, words;
	const char *format, *fail_level;
	long max_size;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, staged, 0, "staged",
		"review what is staged for the next commit"),
	OPT_BOOL(struct args, words, 'w', "words",
		"show which words of a section changed"),
	OPT_STR(struct args, format, 'f', "format", "name",
		"text markdown json html",
		"text (default), markdown (a comment), json or html"),
	OPT_STR(struct args, fail_level, 0, "fail-level", "level",
		"error warning",
		"exit 1 when findings of that level are introduced"),
	OPT_INT(struct args, max_size, 0, "max-size", "bytes",
		"most bytes of markdown and html (default: 65,000 for "
		"markdown)"),
	OPT_END(),
};

/* The two states that are compared. */
struct range {
	struct pm_snapshot_opts old, new;
	struct pm_buf from, to; /* revisions; empty means HEAD, as to git */
	struct pm_base base;    /* where what is reviewed begins */
	bool given;             /* by the first operand */
};

/* The dots of "A..B" and "A...B", or NULL. Those of a path stand beside "/",
   where no revision has any. */
static const char *find_dots(const char *word)
{
	const char *dots = strstr(word, "..");

	if (dots && (dots[2] == '/' || (dots > word && dots[-1] == '/')))
		return NULL;
	return dots;
}

/* True for "", ".." and "...": what a script makes of unset variables. The
   range would be that of nothing, in which nothing is ever wrong. */
static bool names_nothing(const char *word)
{
	const char *dots = find_dots(word);

	return !*word || (dots == word && strspn(word, ".") == strlen(word));
}

/* "A..B", "A...B" or "A"; true when A only says what the change goes into. */
static bool split(struct range *range, const char *word)
{
	const char *dots = find_dots(word);
	bool base = !dots || dots[2] == '.';

	pm_buf_add(&range->from, word,
		dots ? (size_t)(dots - word) : strlen(word));
	if (dots) {
		pm_buf_adds(&range->to, dots + (base ? 3 : 2));
		range->new.kind = PM_SNAPSHOT_REVISION;
	}
	if (range->from.len)
		range->old.rev = range->from.ptr;
	if (range->to.len)
		range->new.rev = range->to.ptr;
	return base;
}

static int parse_range(
	struct pm_cli *cli, const char *word, struct range *range)
{
	int ret;

	if (!split(range, word)) {
		if (strcmp(range->from.ptr, "auto") == 0)
			return pm_fail(cli->ctx, PM_EUSAGE,
				"'auto' stands for what a change goes into and "
				"takes three dots: auto...%s",
				range->to.len ? range->to.ptr : "HEAD");
		return 0;
	}
	ret = pm_base_find(cli->ctx, cli->repo,
		range->from.len ? range->from.ptr : "HEAD", range->new.rev,
		NULL, &range->base);
	if (ret == PM_ERROR)
		pm_fail_prefix(cli->ctx, "cannot review '%s'", word);
	/* Before the first commit there is none, and all is new. */
	range->old.rev = range->base.rev[0] ? range->base.rev : NULL;
	return ret < 0 ? ret : 0;
}

/* 1: the word is the range, 0: it is none and has to name a document. */
static int take_range(struct pm_cli *cli, const char *word, struct range *range)
{
	int ret = parse_range(cli, word, range);

	if (ret != PM_ENOTFOUND || find_dots(word))
		return ret < 0 ? ret : 1;
	pm_ctx_clear(cli->ctx);
	pm_buf_reset(&range->from);
	range->old.rev = NULL;
	return 0;
}

/* The documents that are named, as paths of either state. */
struct named {
	const char **paths;
	size_t len;
	struct pm_snapshot *old, *new;
};

/* A removed document is known to the earlier state only. */
static int find_doc(struct pm_cli *cli, struct named *named, const char *word)
{
	struct pm_snapshot *snap = named->new;
	size_t number;
	int ret = pm_snapshot_find(cli->ctx, snap, word, &number);

	if (ret == PM_ENOTFOUND) {
		snap = named->old;
		ret = pm_snapshot_find(cli->ctx, snap, word, &number);
	}
	if (ret == 0)
		named->paths[named->len++] =
			pm_snapshot_doc(snap, number)->path;
	return ret;
}

/* ranged: what comes first was a range; else it may have been meant as one,
   and what git says of it tells more (a shallow clone, for one). */
static int find_docs(struct pm_cli *cli, struct named *named, char **words,
	size_t n, bool ranged)
{
	struct pm_base base;
	int ret = 0;

	if (!n)
		return 0;
	named->paths = pm_cli_alloc(n, sizeof *named->paths);
	for (size_t i = 0; i < n && ret == 0; i++)
		ret = find_doc(cli, named, words[i]);
	if (ret != PM_ENOTFOUND)
		return ret;
	if (ranged || named->len)
		return pm_cli_status(cli, PM_EUSAGE);
	pm_base_find(cli->ctx, cli->repo, words[0], NULL, NULL, &base);
	return pm_fail_prefix(cli->ctx, "neither a document nor a range");
}

static int write_out(void *data, struct pm_slice bytes)
{
	const struct pm_report_opts *report = data;

	return report->sink(report->sink_data, bytes);
}

/* "2 documents changed, 1 other concerned, 1 thing to look at first; 2 findings
   introduced, 1 mended" */
static void say_totals(
	struct pm_cli *cli, const struct pm_review_totals *totals)
{
	struct pm_buf text = PM_BUF_INIT;
	size_t introduced = 0;

	for (int i = 0; i < PM_LEVEL_COUNT; i++)
		introduced += totals->introduced[i];
	pm_cli_count(&text, totals->documents, "document");
	pm_buf_adds(&text, " changed, ");
	if (totals->unchanged)
		pm_buf_addf(&text, "%zu other%s concerned, ", totals->unchanged,
			pm_plural(totals->unchanged));
	pm_buf_addf(&text, "%zu thing%s to look at first; ",
		totals->weights[PM_REVIEW_ALERT],
		pm_plural(totals->weights[PM_REVIEW_ALERT]));
	pm_cli_count(&text, introduced, "finding");
	pm_buf_addf(&text, " introduced, %zu mended", totals->mended);
	pm_cli_say(cli, "%s", text.ptr);
	pm_buf_release(&text);
}

static int review(struct pm_cli *cli, const struct args *a, struct range *range,
	char **words, size_t nwords)
{
	struct pm_report_opts report = pm_cli_report(cli, NULL);
	struct pm_review_opts review_opts = {
		.format = a->format,
		.color = report.color,
		.width = report.width,
		.here = report.here,
		.words = a->words,
		.max_size = (size_t)a->max_size,
		.sink = write_out,
		.sink_data = &report,
	};
	int level = pm_cli_fail_level(cli, a->fail_level, PM_LEVEL_OFF), ret;
	struct named named = {0};
	struct pm_review_totals totals = {0};

	if (level < 0)
		return level;
	ret = pm_snapshot_open(cli->ctx, cli->repo, &range->new, &named.new);
	range->old.policy_of = named.new;
	if (ret == 0)
		ret = pm_snapshot_open(
			cli->ctx, cli->repo, &range->old, &named.old);
	if (ret == 0)
		ret = find_docs(cli, &named, words, nwords, range->given);
	review_opts.paths = named.paths;
	review_opts.npaths = named.len;
	if (ret == 0)
		ret = pm_review_run(
			cli->ctx, named.old, named.new, &review_opts, &totals);
	free(named.paths);
	pm_snapshot_free(named.old);
	pm_snapshot_free(named.new);
	if (ret)
		return ret;
	if (!a->format || strcmp(a->format, "text") == 0)
		say_totals(cli, &totals);
	if ((level && totals.introduced[PM_LEVEL_ERROR]) ||
		(level == PM_LEVEL_WARNING &&
			totals.introduced[PM_LEVEL_WARNING]))
		return PM_EXIT_FINDINGS;
	return PM_EXIT_OK;
}

static int run(struct pm_cli *cli, void *args, int argc, char **argv)
{
	const struct args *a = args;
	struct range range = {
		.old = {.kind = PM_SNAPSHOT_REVISION, .unlisted = true},
		.new = {.unlisted = true},
		.from = PM_BUF_INIT,
		.to = PM_BUF_INIT,
	};
	int ret = 0;

	if (argc && a->staged && find_dots(argv[0]))
		return pm_cli_usage(cli, "'--staged' names the later state; "
					 "leave out what follows the dots");
	if (argc && names_nothing(argv[0]))
		return pm_cli_usage(cli, "'%s' names no revision", argv[0]);
	if (a->max_size && a->max_size < LEAST_SIZE)
		return pm_cli_usage(cli, "'--max-size' takes at least %d bytes",
			LEAST_SIZE);
	if (a->staged)
		range.new.kind = PM_SNAPSHOT_STAGED;
	if (argc)
		ret = take_range(cli, argv[0], &range);
	range.given = ret > 0;
	if (ret >= 0 && !range.given && !a->staged &&
		!pm_repo_worktree(cli->repo))
		ret = pm_fail(cli->ctx, PM_EBARE,
			"there is no work tree here to compare with HEAD "
			"(name a range: pm review BASE..HEAD)");
	if (ret >= 0)
		ret = review(cli, a, &range, argv + range.given,
			(size_t)(argc - range.given));
	pm_buf_release(&range.from);
	pm_buf_release(&range.to);
	return ret;
}

PM_COMMAND_DEFINE(review) = {
	.name = "review",
	.group = PM_GROUP_WRITE,
	.summary = "say what a change does to the post-mortems",
	.synopsis = "[--staged] [--words] [--format <name>] [--fail-level "
		    "<level>] [<base> | <rev>..<rev> | <rev>...<rev>] "
		    "[<doc>...]",
	.description =
		"Compares two states and says what changed in the terms of a "
		"post-mortem: documents added, renamed and removed; status and "
		"severity; moments, and what moving one does to TTD, TTA, TTI, "
		"TTM and TTR; causes; actions opened, closed with or without "
		"proof, handed over, put off, dropped; the timeline; sections; "
		"findings introduced and mended; whose approval is for another "
		"text, and who still has to approve.\n\n"
		"A..B compares two revisions, A...B compares B with where it "
		"left A, and A alone does so with the work tree (with --staged "
		"the index): what a branch or pull request brings, whatever "
		"came into A since. For A 'auto' stands for what the CI server "
		"says the change goes into. Without a range the work tree or "
		"the index is compared with HEAD. Documents that are named, of "
		"either state, are told alone; what comes first is the range "
		"where it can be one.\n\n"
		"A document that did not change itself is told of as well, as "
		"'unchanged', where the change brings a finding into it or "
		"mends one: its evidence or a picture is another or gone, a "
		"document or a heading that it links to went.\n\n"
		"For each document what is easily slipped in comes first "
		"(marked '!'): a moment that moved, an open action that is no "
		"longer there, a lower severity, an edit of a final text, a "
		"new error (quiet where a line of the review says the same). "
		"Then come the other changes ('*'), then what nobody needs to "
		"stop at ('-'). Findings are judged by the policy of the later "
		"state, on both sides; where the change touches the settings, "
		"that is said above all.\n\n"
		"--format markdown is one comment for a pull request. Its "
		"first line, '<!-- pm:review -->', never changes, so a job "
		"finds its last comment and puts this one in its place. "
		"--max-size cuts it to what the forge takes (GitHub 65,536 "
		"characters, Bitbucket 32,768): the worst stays, and how much "
		"is missing is said.",
	.exits = "--fail-level was given and a finding of that level was "
		 "introduced",
	.examples = "pm review\nWhat the work tree changes.\n\n"
		    "pm review --words main...HEAD\n"
		    "What a branch changes, down to the words.\n\n"
		    "pm review main... checkout-500s\n"
		    "What it changes in one document.\n\n"
		    "pm review --format markdown --max-size 32000 auto...HEAD\n"
		    "A comment for Bitbucket.",
	.operands = "@docs",
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = PM_NEED_REPO,
	.pager = true,
	.run = run,
};
