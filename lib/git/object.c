/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Revisions and blobs. A clone can lack history (shallow) or blobs (partial):
 * the first is said, the second is fetched by git, which knows from where.
 */
#include "git/private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/file.h"

/* More of a list of other object directories is not looked through. */
#define ALTERNATES_MOST ((size_t)64 << 10)

static struct pm_oid from_git(const git_oid *id)
{
	struct pm_oid oid;

	memcpy(oid.bytes, id->id, sizeof(oid.bytes));
	return oid;
}

/* Takes apart what a revision resolved to. */
static int peel(struct pm_ctx *ctx, git_object *object, const char *rev,
	struct pm_oid *commit, struct pm_oid *tree)
{
	git_object *peeled = NULL;
	int rc = git_object_peel(&peeled, object, GIT_OBJECT_COMMIT);

	if (rc < 0)
		return pm_fail(ctx, PM_ENOTFOUND,
			"'%s' is not a commit (give a branch, a tag or a "
			"commit)",
			rev);
	*commit = from_git(git_object_id(peeled));
	*tree = from_git(git_commit_tree_id((git_commit *)peeled));
	git_object_free(peeled);
	return 0;
}

/* True when another object directory that this one is to be read with is gone;
 *out is its path. */
static bool lost_objects(struct pm_ctx *ctx, const struct pm_repo *repo,
	const struct pm_buf *list, struct pm_buf *out)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice rest, line;
	struct stat st;
	bool lost = false;

	if (pm_file_read(ctx, list->ptr, ALTERNATES_MOST, &text) < 0)
		pm_ctx_clear(ctx);
	rest = pm_buf_slice(&text);
	while (!lost && pm_slice_line(&rest, &line)) {
		if (!line.len || line.ptr[0] == '#' || line.ptr[0] == '"')
			continue;
		pm_buf_reset(out);
		if (line.ptr[0] != '/')
			pm_buf_addf(out, "%s/objects/", repo->commondir);
		pm_buf_add_slice(out, line);
		lost = stat(out->ptr, &st) < 0;
	}
	pm_buf_release(&text);
	return lost;
}

/* Fails about what is not there, and says where it may have been. */
static int fail_gone(
	struct pm_ctx *ctx, const struct pm_repo *repo, const char *what)
{
	struct pm_buf list = PM_BUF_INIT, path = PM_BUF_INIT;
	int rc;

	pm_buf_addf(&list, "%s/objects/info/alternates", repo->commondir);
	if (lost_objects(ctx, repo, &list, &path))
		rc = pm_fail(ctx, PM_ENOTFOUND,
			"%s is not in this repository, which takes objects "
			"from '%s', and that is gone (put it back, or correct "
			"'%s')",
			what, path.ptr, list.ptr);
	else
		rc = pm_fail(ctx, PM_ENOTFOUND,
			"%s is not in this repository (see 'git fsck')", what);
	pm_buf_release(&list);
	pm_buf_release(&path);
	return rc;
}

/* The same for the commit that a reference names; 0: it is there, or that is
   not what is wrong. */
static int fail_ref(struct pm_ctx *ctx, struct pm_repo *repo, const char *name)
{
	git_reference *ref = NULL, *last = NULL;
	struct pm_buf what = PM_BUF_INIT;
	char hex[PM_OID_HEX];
	int rc = 0;

	if (git_reference_dwim(&ref, repo->git, name) == 0 &&
		git_reference_resolve(&last, ref) == 0 &&
		!git_odb_exists(repo->odb, git_reference_target(last))) {
		git_oid_tostr(hex, sizeof hex, git_reference_target(last));
		pm_buf_addf(&what, "the commit %s of '%s'", hex, name);
		rc = fail_gone(ctx, repo, what.ptr);
	}
	pm_buf_release(&what);
	git_reference_free(last);
	git_reference_free(ref);
	return rc;
}

int pm_git_resolve(struct pm_ctx *ctx, struct pm_repo *repo, const char *rev,
	struct pm_oid *commit, struct pm_oid *tree)
{
	git_object *object = NULL;
	int rc = *rev == '-' ? GIT_EINVALIDSPEC
			     : git_revparse_single(&object, repo->git, rev);

	if (rc == 0)
		rc = peel(ctx, object, rev, commit, tree);
	else if (rc == GIT_EAMBIGUOUS)
		rc = pm_fail(ctx, PM_EAMBIGUOUS,
			"revision '%s' is ambiguous (give more of it)", rev);
	else if (rc == GIT_EINVALIDSPEC)
		rc = pm_fail(ctx, PM_ENOTFOUND,
			"'%s' is not a revision (give one branch, tag or "
			"commit)",
			rev);
	else if (rc == GIT_ENOTFOUND &&
		 git_repository_is_shallow(repo->git) == 1)
		rc = pm_fail(ctx, PM_ENOTFOUND,
			"no revision '%s': this clone is shallow and its "
			"history ends early (run 'git fetch --unshallow'; in "
			"CI, check out with fetch-depth: 0)",
			rev);
	else if (rc == GIT_ENOTFOUND &&
		 git_repository_head_unborn(repo->git) == 1)
		rc = pm_fail(ctx, PM_ENOTFOUND,
			"no revision '%s': nothing is committed on this branch "
			"yet (git commit makes the first)",
			rev);
	else if (rc == GIT_ENOTFOUND && fail_ref(ctx, repo, rev) < 0)
		rc = PM_ENOTFOUND;
	else if (rc == GIT_ENOTFOUND)
		rc = pm_fail(ctx, PM_ENOTFOUND,
			"no revision '%s' (see 'git branch -a' and 'git tag')",
			rev);
	else
		rc = pm_git_fail(ctx, rc,
			"cannot resolve '%s' (see 'git fsck' and 'git status')",
			rev);
	git_object_free(object);
	return rc;
}

bool pm_git_has_ref(const struct pm_repo *repo, const char *name)
{
	git_reference *ref = NULL;
	bool there = git_reference_lookup(&ref, repo->git, name) == 0;

	git_reference_free(ref);
	return there;
}

int pm_git_head_name(
	struct pm_ctx *ctx, struct pm_repo *repo, struct pm_buf *out)
{
	git_reference *head = NULL;
	const char *target;
	int rc = git_reference_lookup(&head, repo->git, "HEAD");

	if (rc < 0)
		return pm_git_fail(ctx, rc, "cannot read HEAD");
	target = git_reference_symbolic_target(head);
	if (target)
		pm_buf_adds(out, target);
	git_reference_free(head);
	return 0;
}

/* More references than that are not looked through. */
#define PACKED_MOST ((size_t)16 << 20)

/* "OID NAME", "^OID", "# ...", as git writes them. */
static bool is_packed_ref(struct pm_slice line)
{
	struct pm_oid oid;

	if (pm_slice_starts(line, "#"))
		return true;
	if (pm_slice_starts(line, "^"))
		return pm_oid_parse(pm_slice_from(line, 1), &oid) == 0;
	if (line.len < 42 || line.ptr[40] != ' ' ||
		pm_oid_parse(pm_slice_sub(line, 0, 40), &oid) < 0)
		return false;
	for (size_t i = 41; i < line.len; i++)
		if ((unsigned char)line.ptr[i] <= ' ')
			return false;
	return true;
}

/*
 * A branch without a commit is a new one, or one that stands in packed
 * references that are damaged: git and libgit2 read a name that ends in CR as
 * another branch, and libgit2 takes what it could not read for empty the next
 * time. A commit would begin the history anew.
 */
static int check_unborn(struct pm_ctx *ctx, const struct pm_repo *repo)
{
	struct pm_buf path = PM_BUF_INIT, bytes = PM_BUF_INIT;
	struct pm_slice rest, line;
	unsigned number = 0;
	int rc;

	pm_buf_addf(&path, "%s/packed-refs", repo->commondir);
	rc = pm_file_read(ctx, path.ptr, PACKED_MOST, &bytes);
	if (rc == PM_ENOTFOUND || rc == PM_ELIMIT) {
		pm_ctx_clear(ctx);
		rc = 0;
	}
	rest = pm_buf_slice(&bytes);
	while (rc == 0 && rest.len > 0) {
		ptrdiff_t end = pm_slice_find(rest, 0, '\n');

		number++;
		line = pm_slice_sub(rest, 0, end < 0 ? 0 : (size_t)end);
		if (end < 0 || !is_packed_ref(line))
			rc = pm_fail(ctx, PM_ERROR,
				"cannot read HEAD: line %u of '%s' is no "
				"reference (lines end in LF alone; see 'git "
				"fsck')",
				number, path.ptr);
		rest = pm_slice_from(rest, line.len + 1);
	}
	pm_buf_release(&path);
	pm_buf_release(&bytes);
	return rc;
}

int pm_git_head(struct pm_ctx *ctx, struct pm_repo *repo, struct pm_oid *commit,
	struct pm_oid *tree)
{
	git_reference *head = NULL;
	git_object *object = NULL;
	int rc;

	*commit = *tree = (struct pm_oid){{0}};
	rc = git_repository_head(&head, repo->git);
	if (rc == GIT_EUNBORNBRANCH)
		return check_unborn(ctx, repo);
	if (rc == 0)
		rc = git_reference_peel(&object, head, GIT_OBJECT_COMMIT);
	if (rc < 0 && fail_ref(ctx, repo, "HEAD") < 0)
		rc = pm_fail_prefix(ctx, "cannot read HEAD");
	else if (rc < 0)
		rc = pm_git_fail(ctx, rc,
			"cannot read HEAD (see 'git fsck' and 'git status')");
	else
		rc = peel(ctx, object, "HEAD", commit, tree);
	git_object_free(object);
	git_reference_free(head);
	return rc < 0 ? rc : 1;
}

static int fail_oid(struct pm_ctx *ctx, const struct pm_repo *repo,
	const char *kind, const char *hex)
{
	struct pm_buf what = PM_BUF_INIT;
	int rc;

	pm_buf_addf(&what, "%s %s", kind, hex);
	rc = fail_gone(ctx, repo, what.ptr);
	pm_buf_release(&what);
	return rc;
}

/* True where git may fetch objects that are not there. */
static bool is_partial(struct pm_ctx *ctx, struct pm_repo *repo)
{
	struct pm_buf value = PM_BUF_INIT;
	bool partial = pm_git_config_any(repo, "remote.", ".promisor") ||
		       pm_repo_config(ctx, repo, "extensions.partialclone",
			       &value) == 0;

	pm_buf_release(&value);
	return partial;
}

int pm_git_fetch(
	struct pm_ctx *ctx, struct pm_repo *repo, const struct pm_oid *oid)
{
	char hex[PM_OID_HEX];
	const char *const args[] = {"cat-file", "-t", hex, NULL};
	struct pm_buf output = PM_BUF_INIT;
	struct pm_buf errors = PM_BUF_INIT;
	struct pm_buf reason = PM_BUF_INIT;
	struct pm_git_run run = {
		.args = args, .output = &output, .errors = &errors};
	int rc;

	pm_oid_hex(oid, hex);
	if (!is_partial(ctx, repo))
		return fail_oid(ctx, repo, "object", hex);
	if (ctx->ask)
		return ctx->ask(ctx, ctx->ask_data, hex);
	rc = pm_git_run(ctx, repo, &run);
	if (rc > 0) {
		pm_git_complaint(&reason, pm_buf_slice(&errors));
		rc = pm_fail(ctx, PM_ENOTFOUND,
			"object %s is not in this partial clone and cannot be "
			"fetched: %s",
			hex, reason.ptr);
	}
	pm_buf_release(&output);
	pm_buf_release(&errors);
	pm_buf_release(&reason);
	return rc;
}

int pm_git_help(struct pm_ctx *ctx, void *repo, const char *request)
{
	struct pm_oid oid;

	if (pm_oid_parse(pm_slice_str(request), &oid) < 0)
		return pm_fail(
			ctx, PM_EINVALID, "a worker asked for no object");
	return pm_git_fetch(ctx, repo, &oid);
}

/* Reads an object of at most limit bytes; GIT_EBUFS: it has size of them. */
static int read_object(struct pm_repo *repo, const git_oid *id, size_t limit,
	size_t *size, git_odb_object **out)
{
	git_object_t type;
	int rc = 0;

	/* The size first: a huge blob is not to be inflated to be refused. */
	if (limit)
		rc = git_odb_read_header(size, &type, repo->odb, id);
	if (rc == 0 && limit && *size > limit)
		return GIT_EBUFS;
	return rc == 0 ? git_odb_read(out, repo->odb, id) : rc;
}

int pm_git_blob(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *oid, size_t limit, struct pm_buf *out)
{
	git_odb_object *object = NULL;
	git_oid id;
	size_t size = 0;
	char hex[PM_OID_HEX];
	int rc;

	pm_oid_hex(oid, hex);
	memcpy(id.id, oid->bytes, sizeof(oid->bytes));
	rc = read_object(repo, &id, limit, &size, &object);
	if (rc == GIT_ENOTFOUND && is_partial(ctx, repo)) {
		rc = pm_git_fetch(ctx, repo, oid);
		if (rc < 0)
			return rc;
		rc = read_object(repo, &id, limit, &size, &object);
	}
	if (rc == GIT_EBUFS)
		return pm_fail(ctx, PM_ELIMIT,
			"blob %s has %zu bytes, more than the %zu allowed", hex,
			size, limit);
	if (rc == GIT_ENOTFOUND)
		return fail_oid(ctx, repo, "blob", hex);
	if (rc < 0)
		return pm_git_fail(ctx, rc, "cannot read blob %s", hex);
	if (git_odb_object_type(object) == GIT_OBJECT_BLOB)
		pm_buf_add(out, git_odb_object_data(object),
			git_odb_object_size(object));
	else
		rc = pm_fail(ctx, PM_ERROR, "object %s is not a blob", hex);
	git_odb_object_free(object);
	return rc;
}

int pm_git_blob_near(struct pm_ctx *ctx, struct pm_repo *repo,
	struct pm_near *near, const struct pm_git_entry *entry, size_t limit,
	struct pm_buf *out)
{
	size_t before = out->len;
	char *path;
	int rc = -1;

	if (near->root >= 0) {
		path = pm_strndup(entry->path.ptr, entry->path.len);
		rc = pm_file_read_near(ctx, near, path, limit, out, NULL);
		free(path);
		pm_ctx_clear(ctx);
	}
	if (rc == 0 && pm_git_is_blob(pm_slice_from(pm_buf_slice(out), before),
			       &entry->oid))
		return 0;
	pm_buf_truncate(out, before);
	return pm_git_blob(ctx, repo, &entry->oid, limit, out);
}
