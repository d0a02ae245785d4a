/* SPDX-License-Identifier: Apache-2.0 */
/* What each hook does, after the hook that was there before it. */
#include "hook/private.h"

/* The commits that the next one will have as parents. */
static int add_parents(struct pm_hook_job *job, struct pm_hook_bases *bases)
{
	struct pm_oid commit, tree;
	int rc = pm_git_head(job->ctx, job->repo, &commit, &tree);

	if (rc <= 0)
		return rc;
	rc = pm_hook_bases_add(bases, &commit);
	/* What comes from another side of a merge is not this commit's. */
	return rc < 0 ? rc
		      : pm_git_merge_heads(
				job->ctx, job->repo, pm_hook_bases_add, bases);
}

static int pre_commit(struct pm_hook_job *job)
{
	const struct pm_snapshot_opts opts = {.kind = PM_SNAPSHOT_STAGED};
	struct pm_hook_bases bases = {.job = job};
	size_t errors = 0;
	int rc = add_parents(job, &bases);

	if (rc == 0)
		rc = pm_hook_judge(job, &opts, &bases, &errors);
	pm_vec_release(&bases.commits);
	return rc;
}

int pm_hook_run(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_hook_run *run, struct pm_hook_result *result)
{
	static int (*const hooks[])(struct pm_hook_job *) = {
		[PM_HOOK_PRE_COMMIT] = pre_commit,
		[PM_HOOK_COMMIT_MSG] = pm_hook_commit_msg,
		[PM_HOOK_PRE_PUSH] = pm_hook_pre_push,
		[PM_HOOK_PRE_RECEIVE] = pm_hook_pre_receive,
	};
	struct pm_hook_job job = {ctx, repo, run, result};
	int rc;

	*result = (struct pm_hook_result){.refused = false};
	rc = pm_hook_chain(&job);
	if (rc != 0 || result->chained)
		return rc < 0 ? rc : 0;
	return hooks[run->hook](&job);
}
