/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Questions that git answers itself, because its answer is the one that
 * counts: where known history ends in a shallow or partial clone, what the
 * trailers of a message are under this user's settings.
 */
#include "git/private.h"

#include "base/vec.h"

int pm_git_boundary(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *commit, const char *const *known,
	pm_git_commit_fn fn, void *data)
{
	char hex[PM_OID_HEX];
	PM_VEC(const char *) args = {0};
	struct pm_buf output = PM_BUF_INIT;
	struct pm_git_run run = {.output = &output};
	struct pm_slice rest, line;
	struct pm_oid oid;
	bool some = false;
	int rc;

	pm_oid_hex(commit, hex);
	*pm_vec_push(&args) = "rev-list";
	*pm_vec_push(&args) = "--boundary";
	*pm_vec_push(&args) = hex;
	*pm_vec_push(&args) = "--not";
	for (; *known; known++)
		*pm_vec_push(&args) = *known;
	*pm_vec_push(&args) = NULL;
	run.args = args.items;
	rc = pm_git_ask(ctx, repo, &run, "cannot list the new commits");
	rest = pm_buf_slice(&output);
	while (rc == 0 && pm_slice_line(&rest, &line)) {
		if (!pm_slice_starts(line, "-")) {
			some = true;
			continue;
		}
		rc = pm_oid_parse(pm_slice_from(line, 1), &oid);
		if (rc == 0)
			rc = fn(data, &oid);
	}
	if (rc == 0 && !some)
		rc = fn(data, commit);
	pm_vec_release(&args);
	pm_buf_release(&output);
	return rc;
}

int pm_git_trailers(struct pm_ctx *ctx, struct pm_repo *repo,
	struct pm_slice message, struct pm_buf *out)
{
	static const char *const args[] = {
		"interpret-trailers", "--parse", "--no-divider", NULL};
	struct pm_git_run run = {.args = args, .input = message, .output = out};

	return pm_git_ask(ctx, repo, &run, "cannot read the trailers");
}

int pm_git_config_all(struct pm_ctx *ctx, struct pm_repo *repo, const char *key,
	struct pm_buf *out)
{
	const char *const args[] = {"config", "--get-all", key, NULL};
	/* 1: the key is not set */
	struct pm_git_run run = {.args = args, .output = out, .also = 1};
	int rc = pm_git_ask(ctx, repo, &run, "cannot read git's settings");

	return rc < 0 ? rc : 0;
}
