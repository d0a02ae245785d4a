/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The index that hooks see: HEAD and the paths of this commit, in a file of
 * its own, so that nothing else the user has staged is judged, committed or
 * touched. What the pre-commit hook stages of these paths is read back from
 * it (hazards.txt 22, 31).
 */
#include "git/private.h"

#include "base/file.h"

/* Runs git on the index of the hook. */
static int on_index(struct pm_ctx *ctx, struct pm_git_job *job,
	const char *const *args, const char *index, struct pm_slice input)
{
	struct pm_buf output = PM_BUF_INIT;
	struct pm_git_run run = {
		.args = args,
		.index = index,
		.input = input,
		.output = &output,
	};
	int rc = pm_git_ask(
		ctx, job->repo, &run, "cannot make the index for the hooks");

	pm_buf_release(&output);
	return rc;
}

/*
 * It starts as a copy of the user's index: entries that are as in HEAD keep
 * what is known of their files, and the hook's own "git diff" stays fast.
 */
static int make_index(struct pm_ctx *ctx, struct pm_git_job *job)
{
	const struct pm_oid *tree = &job->hook_tree;
	struct pm_buf *path = &job->hook_index;
	char hex[PM_OID_HEX];
	const char *const plain[] = {"-c", PM_GIT_NO_HOOKS, "-c",
		"core.splitIndex=false", "-c", "index.sparse=false",
		"read-tree", "--reset", hex, NULL};
	const char *const empty[] = {
		"-c", PM_GIT_NO_HOOKS, "read-tree", "--empty", NULL};
	const char *const info[] = {"-c", PM_GIT_NO_HOOKS, "update-index", "-z",
		"--index-info", NULL};
	const char *const refresh[] = {
		"-c", PM_GIT_NO_HOOKS, "update-index", "-q", "--refresh", NULL};
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_buf paths = PM_BUF_INIT;
	struct pm_slice none = {NULL, 0};
	int rc = pm_file_read(ctx, job->repo->index, 0, &bytes);

	if (rc == 0) {
		rc = pm_git_scratch_write(
			ctx, job, "index", pm_buf_slice(&bytes), path);
	} else if (rc == PM_ENOTFOUND) {
		pm_ctx_clear(ctx);
		rc = pm_git_scratch(ctx, job);
		pm_buf_addf(path, "%s/index", job->scratch.ptr);
	}
	pm_oid_hex(tree, hex);
	if (rc == 0)
		rc = on_index(ctx, job, pm_oid_zero(tree) ? empty : plain,
			path->ptr, none);
	pm_git_index_info(job, &paths);
	if (rc == 0)
		rc = on_index(ctx, job, info, path->ptr, pm_buf_slice(&paths));
	if (rc == 0 && on_index(ctx, job, refresh, path->ptr, none) < 0)
		pm_ctx_clear(ctx); /* other files are modified: no matter */
	pm_buf_release(&bytes);
	pm_buf_release(&paths);
	return rc;
}

int pm_git_hook_index(struct pm_ctx *ctx, struct pm_git_job *job)
{
	struct pm_git_tip tip = PM_GIT_TIP_INIT;
	int rc;

	if (job->hook_index.len > 0)
		return 0;
	rc = pm_git_tip(ctx, job->repo, &tip);
	job->hook_tree = tip.tree;
	if (rc == 0)
		rc = make_index(ctx, job);
	pm_git_tip_release(&tip);
	return rc;
}

struct staged {
	struct pm_git_job *job;
	size_t seen; /* of the job's paths */
};

/* Items are sorted by path; NULL when it is none of them. */
static struct pm_git_item *find_item(
	struct pm_git_job *job, struct pm_slice path)
{
	size_t low = 0, high = job->nitems;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order =
			pm_slice_cmp(path, pm_slice_str(job->items[mid].path));

		if (order == 0)
			return &job->items[mid];
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

/* Takes what the hook left under one of our paths. */
static int take_staged(void *data, const struct pm_git_entry *entry)
{
	struct staged *staged = data;
	struct pm_git_item *item = find_item(staged->job, entry->path);

	if (!item)
		return 0;
	staged->seen++;
	if (item->removed || !pm_oid_eq(&item->oid, &entry->oid))
		item->st_known = false;
	item->removed = false;
	item->oid = entry->oid;
	item->mode = entry->mode;
	return 0;
}

/* Says so when the hook staged files that this commit does not take. */
static int tell_others(struct pm_ctx *ctx, struct pm_git_job *job)
{
	const struct pm_oid *tree = &job->hook_tree;
	char hex[PM_OID_HEX];
	const char *const args[] = {"diff-index", "--cached", "--name-only",
		"-z", "--no-renames", hex, NULL};
	struct pm_buf output = PM_BUF_INIT;
	struct pm_git_run run = {
		.args = args, .index = job->hook_index.ptr, .output = &output};
	struct pm_slice rest;
	int rc;

	if (pm_oid_zero(tree))
		return 0;
	pm_oid_hex(tree, hex);
	rc = pm_git_run(ctx, job->repo, &run);
	rest = pm_buf_slice(&output);
	while (rc == 0 && rest.len > 0) {
		struct pm_slice path = pm_slice_str(rest.ptr);

		if (!find_item(job, path))
			pm_notice(ctx,
				"the pre-commit hook staged '%.*s' too: it is "
				"not part of this commit",
				PM_SLICE_ARG(path));
		rest = pm_slice_from(rest, path.len + 1);
	}
	pm_buf_release(&output);
	return rc < 0 ? rc : 0;
}

int pm_git_hook_read_back(struct pm_ctx *ctx, struct pm_git_job *job)
{
	struct staged staged = {.job = job};
	const char *index = job->hook_index.ptr;
	size_t expected = 0;
	int rc;

	for (size_t i = 0; i < job->nitems; i++)
		expected += !job->items[i].removed;
	rc = pm_git_index_file(ctx, job->repo, index, pm_slice_make(NULL, 0),
		take_staged, &staged);
	if (rc == 0 && staged.seen < expected)
		rc = pm_fail(ctx, PM_ERROR,
			"the pre-commit hook took a post-mortem out of the "
			"commit (see the hook; --no-verify skips it)");
	return rc < 0 ? rc : tell_others(ctx, job);
}
