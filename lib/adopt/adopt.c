/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pm adopt: the survey, then a check by the policy that follows from it, whose
 * findings become the baseline. The baseline is written first: without its
 * policy it does no harm, a policy without it is a wall of errors.
 */
#include "pm/adopt.h"

#include <unistd.h>

#include "adopt/private.h"
#include "base/file.h"
#include "base/path.h"
#include "git/git.h"
#include "pm/baseline.h"
#include "snapshot/snapshot.h"

/* Places that are told one by one. */
#define PLACES 20

/* The same of files that are no documents. */
#define NONE_PLACES 5

static const struct {
	const char *of, *name;
} styles[PM_ADOPT_STYLE_COUNT] = {
	[PM_ADOPT_FRONT_PM] = {"front matter", "pm's"},
	[PM_ADOPT_FRONT_YAML] = {"front matter", "another tool's"},
	[PM_ADOPT_FRONT_TOML] = {"front matter", "TOML"},
	[PM_ADOPT_FRONT_NONE] = {"front matter", "none"},
	[PM_ADOPT_TIMELINE_LIST] = {"timeline", "list"},
	[PM_ADOPT_TIMELINE_TABLE] = {"timeline", "table"},
	[PM_ADOPT_TIMELINE_HEADINGS] = {"timeline", "headings"},
	[PM_ADOPT_TIMELINE_PARAGRAPHS] = {"timeline", "paragraphs"},
	[PM_ADOPT_TIMELINE_NONE] = {"timeline", "none"},
	[PM_ADOPT_ACTIONS_FRONT] = {"actions", "front matter"},
	[PM_ADOPT_ACTIONS_BOXES] = {"actions", "check boxes"},
	[PM_ADOPT_ACTIONS_BULLETS] = {"actions", "bullets"},
	[PM_ADOPT_ACTIONS_NUMBERS] = {"actions", "numbers"},
	[PM_ADOPT_ACTIONS_TABLE] = {"actions", "table"},
	[PM_ADOPT_ACTIONS_OTHER] = {"actions", "other"},
	[PM_ADOPT_ACTIONS_NONE] = {"actions", "none"},
};

const char *pm_adopt_style_of(enum pm_adopt_style style)
{
	return styles[style].of;
}

const char *pm_adopt_style_name(enum pm_adopt_style style)
{
	return styles[style].name;
}

void pm_adopt_result_release(struct pm_adopt_result *result)
{
	pm_buf_release(&result->unread_at);
	pm_buf_release(&result->secrets_at);
	pm_buf_release(&result->none_at);
	pm_buf_release(&result->bare_at);
	pm_buf_release(&result->globs);
	pm_buf_release(&result->diff);
}

/* --- what is there ------------------------------------------------------- */

struct adopting {
	struct pm_ctx *ctx;
	struct pm_repo *repo;
	const struct pm_adopt_opts *opts;
	struct pm_adopt_result *result;
	int root;
	struct pm_buf policy;   /* the one that is proposed */
	struct pm_buf there;    /* the one that is there */
	struct pm_buf baseline; /* the one that is written */
};

/* 1 when the file is there, and then its bytes are in out. */
static int read_there(
	struct adopting *adopting, const char *path, struct pm_buf *out)
{
	int ret = pm_file_read_at(
		adopting->ctx, adopting->root, path, 0, out, NULL);

	if (ret != PM_ENOTFOUND)
		return ret < 0 ? ret : 1;
	pm_ctx_clear(adopting->ctx);
	return 0;
}

static void add_place(
	struct pm_buf *out, size_t n, struct pm_slice path, unsigned line)
{
	if (n <= PLACES)
		pm_buf_addf(out, "%.*s:%u\n", PM_SLICE_ARG(path), line);
}

static void count(const struct pm_survey *survey, struct pm_adopt_result *out)
{
	out->files = survey->files.len;
	out->documents = survey->chosen;
	for (size_t i = 0; i < survey->files.len; i++) {
		const struct pm_seen *seen = &survey->files.items[i];

		if (!seen->chosen)
			continue;
		for (size_t s = 0; s < PM_ADOPT_STYLE_COUNT; s++)
			out->styles[s] += seen->styles >> s & 1u;
		out->actions += seen->actions;
		out->no_owner += seen->no_owner;
		out->no_due += seen->no_due;
		if (seen->unread)
			add_place(&out->unread_at, ++out->unread, seen->path,
				seen->unread);
	}
	for (size_t i = 0; i < survey->globs.len; i++)
		pm_buf_addf(&out->globs, "%s\n", survey->globs.items[i]);
}

/* What lies beside documents and is none is where somebody may miss one; of few
   files all are told. */
static void count_none(
	const struct pm_survey *survey, struct pm_adopt_result *out)
{
	bool few = survey->files.len - survey->chosen <= NONE_PLACES;
	struct pm_map dirs = pm_survey_dirs(survey);

	for (size_t i = 0; i < survey->files.len; i++) {
		const struct pm_seen *seen = &survey->files.items[i];

		if (seen->chosen || seen->broken ||
			!(few || pm_map_get(&dirs, pm_path_dir(seen->path))))
			continue;
		if (out->none++ < NONE_PLACES)
			pm_buf_addf(&out->none_at, "%.*s\n",
				PM_SLICE_ARG(seen->path));
	}
	pm_map_release(&dirs);
}

static void count_bare(
	const struct pm_survey *survey, struct pm_adopt_result *out)
{
	for (; out->bare < survey->bare.len; out->bare++)
		if (out->bare < NONE_PLACES)
			pm_buf_addf(&out->bare_at, "%.*s\n",
				PM_SLICE_ARG(survey->bare.items[out->bare]));
}

static size_t count_outside(
	const struct pm_survey *survey, const struct pm_policy *policy)
{
	size_t n = 0;

	for (size_t i = 0; i < survey->files.len; i++)
		n += survey->files.items[i].chosen &&
		     !pm_policy_is_document(
			     policy, survey->files.items[i].path);
	return n;
}

/* --- what is written ----------------------------------------------------- */

static int tell(void *data, const struct pm_finding *finding)
{
	struct adopting *adopting = data;
	struct pm_adopt_result *out = adopting->result;

	if (!pm_rule_baselined(pm_slice_str(finding->rule)))
		out->left++;
	else
		out->findings++;
	if (strcmp(finding->rule, "secret") == 0)
		add_place(&out->secrets_at, ++out->secrets, finding->path,
			finding->start.line);
	return 0;
}

/* Makes the baseline by the policy that will count. */
static int judge(struct adopting *adopting, const struct pm_survey *survey)
{
	struct pm_snapshot_opts snap_opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_snapshot *snap = NULL;
	struct pm_policy *policy = NULL;
	int ret = 0;

	if (!adopting->result->had_policy) {
		ret = pm_policy_parse(adopting->ctx,
			pm_buf_slice(&adopting->policy), &policy);
		snap_opts.policy = policy;
	}
	if (ret == 0)
		ret = pm_snapshot_open(
			adopting->ctx, adopting->repo, &snap_opts, &snap);
	if (ret == 0) {
		adopting->result->outside =
			count_outside(survey, pm_snapshot_policy(snap));
		ret = pm_baseline_write(adopting->ctx, snap, tell, adopting,
			&adopting->baseline);
	}
	pm_snapshot_free(snap);
	pm_policy_free(policy);
	return ret;
}

static int write_files(struct adopting *adopting)
{
	const struct pm_adopt_result *result = adopting->result;
	unsigned flags = PM_WRITE_NEW | PM_WRITE_PARENTS;
	int ret = 0;

	if (!result->had_baseline)
		ret = pm_file_write_at(adopting->ctx, adopting->root,
			PM_BASELINE_PATH, pm_buf_slice(&adopting->baseline),
			flags);
	if (ret == 0 && !result->had_policy)
		ret = pm_file_write_at(adopting->ctx, adopting->root,
			PM_POLICY_PATH, pm_buf_slice(&adopting->policy), flags);
	return ret;
}

/* Whoever shares nothing does not see that he alone has it. */
static int ask_ignored(struct adopting *adopting)
{
	int ret = pm_git_ignored(adopting->ctx, adopting->repo, PM_POLICY_PATH);

	adopting->result->ignored = ret > 0;
	if (ret > 0)
		pm_notice(adopting->ctx,
			"'%s' is ignored by Git, and nobody else will have it "
			"(see .gitignore; 'git add -f' adds it all the same)",
			PM_POLICY_PATH);
	return ret < 0 ? ret : 0;
}

static int show(struct adopting *adopting)
{
	struct pm_slice old = adopting->result->had_policy
				      ? pm_buf_slice(&adopting->there)
				      : pm_policy_default_text();

	return pm_git_patch(adopting->ctx, PM_POLICY_PATH, old,
		pm_buf_slice(&adopting->policy), &adopting->result->diff);
}

static int run(struct adopting *adopting, struct pm_survey *survey)
{
	struct pm_adopt_result *result = adopting->result;
	struct pm_buf baseline = PM_BUF_INIT;
	int ret = read_there(adopting, PM_POLICY_PATH, &adopting->there);

	if (ret >= 0) {
		result->had_policy = ret > 0;
		ret = read_there(adopting, PM_BASELINE_PATH, &baseline);
		result->had_baseline = ret > 0;
	}
	pm_buf_release(&baseline);
	if (ret >= 0)
		ret = pm_survey_read(survey);
	if (ret < 0)
		return ret;
	pm_survey_globs(survey);
	count(survey, result);
	count_bare(survey, result);
	if (!survey->chosen)
		return 0;
	count_none(survey, result);
	pm_survey_policy(survey, &adopting->policy);
	ret = judge(adopting, survey);
	if (ret == 0)
		ret = adopting->opts->dry_run ? show(adopting)
					      : write_files(adopting);
	if (ret == 0)
		ret = ask_ignored(adopting);
	return ret;
}

int pm_adopt(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_adopt_opts *opts, struct pm_adopt_result *result)
{
	const char *top = pm_repo_worktree(repo);
	struct pm_survey survey = {.ctx = ctx,
		.repo = repo,
		.opts = opts,
		.arena = PM_ARENA_INIT,
		.severities = PM_MAP_INIT,
		.people = PM_MAP_INIT,
		.headings = PM_MAP_INIT};
	struct adopting adopting = {.ctx = ctx,
		.repo = repo,
		.opts = opts,
		.result = result,
		.root = -1,
		.policy = PM_BUF_INIT,
		.there = PM_BUF_INIT,
		.baseline = PM_BUF_INIT};
	int ret;

	*result = (struct pm_adopt_result){.unread_at = PM_BUF_INIT,
		.secrets_at = PM_BUF_INIT,
		.none_at = PM_BUF_INIT,
		.bare_at = PM_BUF_INIT,
		.globs = PM_BUF_INIT,
		.diff = PM_BUF_INIT};
	if (!top)
		return pm_fail(ctx, PM_EBARE,
			"cannot adopt: a bare repository has no work tree "
			"(run pm adopt in a clone)");
	adopting.root = pm_dir_open(ctx, top);
	ret = adopting.root < 0 ? adopting.root : run(&adopting, &survey);
	if (adopting.root >= 0)
		close(adopting.root);
	pm_survey_release(&survey);
	pm_buf_release(&adopting.policy);
	pm_buf_release(&adopting.there);
	pm_buf_release(&adopting.baseline);
	return ret;
}
