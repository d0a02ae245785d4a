/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What .gitignore and .gitattributes say of a path. Line ends and $Id$ are
 * libgit2's business; programs that filter (Git LFS) and encodings are git's,
 * because libgit2 would store the raw bytes without a word (hazards.txt 38-40).
 */
#include "git/private.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"

/* Asks of each directory from the top of the work tree down to that of path,
   until one says yes. */
static bool any_dir(struct pm_ctx *ctx, struct pm_repo *repo, const char *path,
	bool (*asked)(struct pm_ctx *ctx, const char *dir))
{
	struct pm_buf dir = PM_BUF_INIT;
	bool found = false;

	for (const char *slash = path - 1; slash && !found && repo->worktree;
		slash = strchr(slash + 1, '/')) {
		pm_buf_reset(&dir);
		pm_buf_adds(&dir, repo->worktree);
		if (slash >= path)
			pm_buf_addf(&dir, "/%.*s", (int)(slash - path), path);
		found = asked(ctx, dir.ptr);
	}
	pm_buf_release(&dir);
	return found;
}

/* --- .gitignore ---------------------------------------------------------- */

/* True for a file of patterns with a vertical tab or a form feed: libgit2 reads
   a line that begins with one for ever. Of a huge one nobody knows. */
static bool is_endless(struct pm_ctx *ctx, const char *dir, const char *name)
{
	enum { PATTERNS_MOST = 1 << 20 };
	struct pm_buf path = PM_BUF_INIT, text = PM_BUF_INIT;
	bool endless;
	int rc;

	pm_buf_addf(&path, "%s/%s", dir, name);
	rc = pm_file_read(ctx, path.ptr, PATTERNS_MOST, &text);
	if (rc < 0)
		pm_ctx_clear(ctx);
	endless = rc == PM_ELIMIT ||
		  (text.len && (memchr(text.ptr, '\v', text.len) ||
				       memchr(text.ptr, '\f', text.len)));
	pm_buf_release(&text);
	pm_buf_release(&path);
	return endless;
}

static bool ignores_endlessly(struct pm_ctx *ctx, const char *dir)
{
	return is_endless(ctx, dir, ".gitignore");
}

/* The same of all such files that come with the repository. Documents come in
   the order of their paths: what one of a directory was told, the next is. */
static bool has_endless(
	struct pm_ctx *ctx, struct pm_repo *repo, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct pm_slice dir =
		pm_slice_make(path, slash ? (size_t)(slash - path) : 0);

	if (!repo->patterns_of || !pm_slice_is(dir, repo->patterns_of)) {
		free(repo->patterns_of);
		repo->patterns_of = pm_strndup(dir.ptr, dir.len);
		repo->patterns_endless =
			is_endless(ctx, repo->commondir, "info/exclude") ||
			any_dir(ctx, repo, path, ignores_endlessly);
	}
	return repo->patterns_endless;
}

int pm_git_ignored(struct pm_ctx *ctx, struct pm_repo *repo, const char *path)
{
	int ignored = 0;
	int rc;

	if (has_endless(ctx, repo, path))
		return pm_fail(ctx, PM_ERROR,
			"cannot tell whether '%s' is ignored: a .gitignore or "
			".git/info/exclude holds a vertical tab or a form "
			"feed, or more than 1 MiB (take it out)",
			path);
	rc = git_ignore_path_is_ignored(&ignored, repo->git, path);
	if (rc < 0)
		return pm_git_fail(
			ctx, rc, "cannot tell whether '%s' is ignored", path);
	return ignored != 0;
}

/* --- .gitattributes ------------------------------------------------------ */

static bool exists_in(const char *dir, const char *name)
{
	struct pm_buf path = PM_BUF_INIT;
	bool there = false;

	if (dir) {
		pm_buf_addf(&path, "%s/%s", dir, name);
		there = access(path.ptr, F_OK) == 0;
	}
	pm_buf_release(&path);
	return there;
}

static bool has_attributes(struct pm_ctx *ctx, const char *dir)
{
	(void)ctx;
	return exists_in(dir, ".gitattributes");
}

/* True when a file of attributes may speak of path. */
static bool has_attribute_files(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_git_index_facts *facts, const char *path)
{
	const char *xdg = pm_env(ctx, "XDG_CONFIG_HOME");
	struct pm_buf setting = PM_BUF_INIT;
	bool there = facts->attributes;

	there = there || exists_in(repo->commondir, "info/attributes") ||
		exists_in(xdg, "git/attributes") ||
		exists_in(pm_env(ctx, "HOME"), ".config/git/attributes") ||
		access("/etc/gitattributes", F_OK) == 0 ||
		pm_repo_config(ctx, repo, "core.attributesfile", &setting) ==
			0 ||
		any_dir(ctx, repo, path, has_attributes);
	pm_buf_release(&setting);
	return there;
}

/* True when the bytes in Git may differ from those in the file. */
static bool may_filter(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_git_index_facts *facts, const char *path)
{
	struct pm_buf value = PM_BUF_INIT;
	int flag = 1;
	bool crlf = pm_repo_config(ctx, repo, "core.autocrlf", &value) == 0 &&
		    (git_config_parse_bool(&flag, value.ptr) < 0 || flag);

	pm_buf_release(&value);
	return crlf || has_attribute_files(ctx, repo, facts, path);
}

/* 1 when the attribute names something, -1 when libgit2 cannot tell. */
static int has_attr(struct pm_repo *repo, const char *path, const char *name)
{
	const char *value = NULL;

	if (git_attr_get(&value, repo->git, GIT_ATTR_CHECK_FILE_THEN_INDEX,
		    path, name) < 0)
		return -1;
	return git_attr_value(value) == GIT_ATTR_VALUE_STRING;
}

/* Lets git filter and write the blob. */
static int clean_by_git(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *path, struct pm_slice bytes, struct pm_oid *out)
{
	struct pm_buf option = PM_BUF_INIT;
	struct pm_buf output = PM_BUF_INIT;
	const char *args[] = {"-c", "core.fsync=committed,loose-object",
		"hash-object", "-w", "--stdin", NULL, NULL};
	struct pm_git_run run = {
		.args = args,
		.input = bytes,
		.output = &output,
	};
	int rc;

	pm_buf_addf(&option, "--path=%s", path);
	args[5] = option.ptr;
	rc = pm_git_ask(ctx, repo, &run, "cannot store '%s'", path);
	if (rc == 0 &&
		pm_oid_parse(pm_slice_trim(pm_buf_slice(&output)), out) < 0)
		rc = pm_fail(ctx, PM_ERROR,
			"cannot store '%s': git hash-object printed no object "
			"name",
			path);
	pm_buf_release(&option);
	pm_buf_release(&output);
	return rc;
}

static int write_blob(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *path, const void *bytes, size_t len, struct pm_oid *out)
{
	git_oid id;
	int rc = git_odb_write(
		&id, repo->odb, bytes ? bytes : "", len, GIT_OBJECT_BLOB);

	if (rc < 0)
		return pm_git_fail(ctx, rc, "cannot store '%s'", path);
	memcpy(out->bytes, id.id, sizeof(out->bytes));
	return 0;
}

int pm_git_clean(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_git_index_facts *facts, const char *path,
	struct pm_slice bytes, struct pm_oid *out)
{
	git_filter_list *filters = NULL;
	git_buf cleaned = {0};
	int rc;

	if (facts->attributes_gone)
		return pm_git_clean_by_index(ctx, repo, path, bytes, out);
	if (repo->filter_setting)
		return clean_by_git(ctx, repo, path, bytes, out);
	if (!may_filter(ctx, repo, facts, path))
		return write_blob(ctx, repo, path, bytes.ptr, bytes.len, out);
	if (has_attr(repo, path, "filter") != 0 ||
		has_attr(repo, path, "working-tree-encoding") != 0)
		return clean_by_git(ctx, repo, path, bytes, out);
	rc = git_filter_list_load(&filters, repo->git, NULL, path,
		GIT_FILTER_TO_ODB, GIT_FILTER_DEFAULT);
	if (rc == 0 && filters)
		rc = git_filter_list_apply_to_buffer(
			&cleaned, filters, bytes.ptr, bytes.len);
	/* libgit2 gave up, perhaps over the index: git may know better, and
	   says more when it does not. */
	if (rc < 0)
		rc = clean_by_git(ctx, repo, path, bytes, out);
	else if (filters)
		rc = write_blob(
			ctx, repo, path, cleaned.ptr, cleaned.size, out);
	else
		rc = write_blob(ctx, repo, path, bytes.ptr, bytes.len, out);
	git_buf_dispose(&cleaned);
	git_filter_list_free(filters);
	return rc;
}

int pm_git_store(struct pm_ctx *ctx, struct pm_repo *repo, const char *path,
	struct pm_slice bytes, struct pm_oid *out)
{
	struct pm_git_index_facts facts;
	int rc = pm_git_index_facts(ctx, repo, &facts);

	return rc < 0 ? rc : pm_git_clean(ctx, repo, &facts, path, bytes, out);
}
