/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Making a blob where .gitattributes are staged and not on disk, as a sparse
 * checkout leaves them. libgit2 and "git hash-object" look at the disk alone
 * and would store raw what a filter should have seen (Git LFS); "git
 * update-index" looks into its index as well. So it gets one of its own, with
 * the staged attributes and nothing else.
 */
#include "git/private.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"

/* A line for "git update-index -z --index-info" of each file of attributes. */
static int add_attributes(void *data, const struct pm_git_entry *entry)
{
	struct pm_buf *out = data;
	char hex[PM_OID_HEX];

	if (!pm_slice_ends(entry->path, ".gitattributes"))
		return 0;
	pm_oid_hex(&entry->oid, hex);
	pm_buf_addf(out, "%06o %s\t%.*s", entry->mode, hex,
		PM_SLICE_ARG(entry->path));
	pm_buf_addc(out, '\0');
	return 0;
}

/* Runs git on the index; a refusal is an error about path. */
static int run(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_git_run *how, const char *path)
{
	static const char *const literal[] = {"GIT_LITERAL_PATHSPECS=1", NULL};
	struct pm_git_run literally = *how;

	literally.env = literal;
	return pm_git_ask(ctx, repo, &literally, "cannot store '%s'", path);
}

/* Where "git ls-files --stage" has the object: "100644 OID 0<tab>PATH". */
enum { OID_AT = 7, OID_LEN = PM_OID_HEX - 1 };

static int read_oid(struct pm_ctx *ctx, const char *path,
	const struct pm_buf *listing, struct pm_oid *out)
{
	struct pm_slice line = pm_buf_slice(listing);

	if (pm_oid_parse(pm_slice_sub(line, OID_AT, OID_LEN), out) < 0)
		return pm_fail(ctx, PM_ERROR,
			"cannot store '%s': git update-index did not take it",
			path);
	return 0;
}

static int store(struct pm_ctx *ctx, struct pm_repo *repo, const char *index,
	const char *path, struct pm_oid *out)
{
	static const char *const info[] = {"-c", PM_GIT_NO_HOOKS,
		"update-index", "--add", "-z", "--index-info", NULL};
	static const char *const add[] = {"-c", PM_GIT_NO_HOOKS, "-c",
		"core.fsync=committed,loose-object", "update-index", "--add",
		"-z", "--stdin", NULL};
	const char *const list[] = {
		"ls-files", "--stage", "-z", "--", path, NULL};
	struct pm_buf attributes = PM_BUF_INIT;
	struct pm_buf listing = PM_BUF_INIT;
	int rc = pm_git_index(
		ctx, repo, pm_slice_make(NULL, 0), add_attributes, &attributes);

	if (rc == 0)
		rc = run(ctx, repo,
			&(struct pm_git_run){.args = info,
				.index = index,
				.input = pm_buf_slice(&attributes)},
			path);
	if (rc == 0)
		rc = run(ctx, repo,
			&(struct pm_git_run){.args = add,
				.index = index,
				.input = pm_slice_make(path, strlen(path) + 1)},
			path);
	if (rc == 0)
		rc = run(ctx, repo,
			&(struct pm_git_run){.args = list,
				.index = index,
				.output = &listing},
			path);
	if (rc == 0)
		rc = read_oid(ctx, path, &listing, out);
	pm_buf_release(&attributes);
	pm_buf_release(&listing);
	return rc;
}

/* git read the file by itself: it must be the one whose bytes were checked. */
static int check_same(struct pm_ctx *ctx, const struct pm_repo *repo,
	const char *path, struct pm_slice bytes)
{
	struct pm_buf now = PM_BUF_INIT;
	int root = pm_dir_open(ctx, repo->worktree);
	int rc = root < 0 ? root : 0;

	if (rc == 0)
		rc = pm_file_read_at(ctx, root, path, 0, &now, NULL);
	if (rc == 0 && !pm_slice_eq(pm_buf_slice(&now), bytes))
		rc = pm_fail(ctx, PM_EMODIFIED,
			"'%s' changed while it was read (try again)", path);
	if (root >= 0)
		close(root);
	pm_buf_release(&now);
	return rc;
}

int pm_git_clean_by_index(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *path, struct pm_slice bytes, struct pm_oid *out)
{
	struct pm_buf dir = PM_BUF_INIT;
	struct pm_buf index = PM_BUF_INIT;
	int rc = pm_git_scratch_dir(ctx, repo, &dir);

	if (rc == 0) {
		pm_buf_addf(&index, "%s/index", dir.ptr);
		rc = store(ctx, repo, index.ptr, path, out);
		if (rc == 0)
			rc = check_same(ctx, repo, path, bytes);
		unlink(index.ptr);
		pm_buf_adds(&index, ".lock");
		unlink(index.ptr);
		rmdir(dir.ptr);
	}
	pm_buf_release(&dir);
	pm_buf_release(&index);
	return rc;
}
