/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where two lines of history parted. libgit2 walks the parents that a shallow
 * clone does not have and gives up (hazards.txt 2, 3); git knows where such a
 * clone ends, so there it is asked.
 */
#include <string.h>

#include "git/private.h"

bool pm_git_is_shallow(const struct pm_repo *repo)
{
	struct pm_buf path = PM_BUF_INIT;
	struct stat st;
	bool shallow;

	/* In a linked work tree, too, it is the common directory's. */
	pm_buf_addf(&path, "%s/shallow", repo->commondir);
	shallow = stat(path.ptr, &st) == 0 && st.st_size > 0;
	pm_buf_release(&path);
	return shallow;
}

/* "git merge-base": 1, 0 when there is none, or a PM_E code. */
static int ask_git(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *a, const struct pm_oid *b, struct pm_oid *out)
{
	char names[2][PM_OID_HEX];
	const char *const args[] = {"merge-base", names[0], names[1], NULL};
	struct pm_buf output = PM_BUF_INIT;
	/* 1: there is none */
	struct pm_git_run run = {.args = args, .output = &output, .also = 1};
	int rc;

	pm_oid_hex(a, names[0]);
	pm_oid_hex(b, names[1]);
	rc = pm_git_ask(ctx, repo, &run,
		"cannot find the merge base of %s and %s", names[0], names[1]);
	if (rc == 0 && pm_oid_parse(pm_slice_sub(pm_buf_slice(&output), 0,
					    PM_OID_HEX - 1),
			       out) < 0)
		rc = pm_fail(ctx, PM_ERROR,
			"cannot find the merge base of %s and %s: git printed "
			"no commit",
			names[0], names[1]);
	else if (rc >= 0)
		rc = rc == 0;
	pm_buf_release(&output);
	return rc;
}

int pm_git_merge_base(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *a, const struct pm_oid *b, struct pm_oid *out)
{
	git_oid ids[2];
	git_oidarray bases = {0};
	int rc;

	if (pm_oid_eq(a, b)) {
		*out = *a;
		return 1;
	}
	if (pm_git_is_shallow(repo))
		return ask_git(ctx, repo, a, b, out);
	memcpy(ids[0].id, a->bytes, sizeof(a->bytes));
	memcpy(ids[1].id, b->bytes, sizeof(b->bytes));
	/* libgit2 1.5 forgets its queue over a commit that is not there. */
	if (!git_odb_exists(repo->odb, &ids[0]) ||
		!git_odb_exists(repo->odb, &ids[1]))
		return ask_git(ctx, repo, a, b, out);
	rc = git_merge_bases(&bases, repo->git, &ids[0], &ids[1]);
	if (rc == GIT_ENOTFOUND)
		return 0;
	if (rc < 0)
		return ask_git(ctx, repo, a, b, out);
	memcpy(out->bytes, bases.ids[0].id, sizeof(out->bytes));
	rc = bases.count > 1 ? 2 : 1;
	git_oidarray_dispose(&bases);
	return rc;
}

int pm_git_upstream(
	struct pm_ctx *ctx, struct pm_repo *repo, struct pm_buf *out)
{
	struct pm_buf branch = PM_BUF_INIT;
	git_buf name = {0};
	int rc = pm_git_head_name(ctx, repo, &branch);

	if (rc == 0 && branch.len > 0 &&
		git_branch_upstream_name(&name, repo->git, branch.ptr) == 0) {
		pm_buf_add(out, name.ptr, name.size);
		rc = 1;
	}
	git_buf_dispose(&name);
	pm_buf_release(&branch);
	return rc;
}

/* A call of the caller's, as libgit2 wants to make it. */
struct visit {
	pm_git_commit_fn fn;
	void *data;
	int rc;
};

static int visit_head(const git_oid *id, void *data)
{
	struct visit *visit = data;
	struct pm_oid oid;

	memcpy(oid.bytes, id->id, sizeof(oid.bytes));
	visit->rc = visit->fn(visit->data, &oid);
	return visit->rc;
}

int pm_git_merge_heads(struct pm_ctx *ctx, struct pm_repo *repo,
	pm_git_commit_fn fn, void *data)
{
	struct visit visit = {.fn = fn, .data = data};
	int rc =
		git_repository_mergehead_foreach(repo->git, visit_head, &visit);

	if (rc == GIT_ENOTFOUND || visit.rc != 0)
		return visit.rc;
	return rc < 0 ? pm_git_fail(ctx, rc, "cannot read MERGE_HEAD") : 0;
}

void pm_git_ref_behind(
	struct pm_repo *repo, struct pm_slice ref, struct pm_buf *out)
{
	git_reference *at = NULL, *next = NULL;
	size_t before = out->len;

	pm_buf_add_slice(out, ref);
	/* git itself goes no further than five. */
	for (int depth = 0; depth < 5; depth++) {
		const char *target;

		if (git_reference_lookup(&next, repo->git, out->ptr + before) <
			0)
			break;
		git_reference_free(at);
		at = next;
		target = git_reference_symbolic_target(at);
		if (!target)
			break;
		pm_buf_truncate(out, before);
		pm_buf_adds(out, target);
	}
	git_reference_free(at);
}
