/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Configuration as git reads it. libgit2 looks at the usual files only: it
 * knows nothing of GIT_CONFIG_GLOBAL, GIT_CONFIG_NOSYSTEM, config.worktree,
 * or of settings given on git's command line (hazards.txt 5, 19). So the files
 * are chosen here, and the settings from the environment are kept beside them.
 */
#include "git/private.h"

#include <git2/sys/repository.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/ascii.h"

/* Section and name in lower case; what stands between them keeps its case. */
static char *canonical_key(struct pm_slice key)
{
	char *copy = pm_strndup(key.ptr, key.len);
	char *first = strchr(copy, '.');
	char *last = strrchr(copy, '.');

	for (char *c = copy; *c; c++)
		if (!first || c < first || c > last)
			*c = pm_lower(*c);
	return copy;
}

/* Takes over value; own: the repository's files say so. */
static void add_override(
	struct pm_repo *repo, struct pm_slice key, char *value, bool own)
{
	size_t n = repo->noverrides;
	char *name = canonical_key(key);

	repo->overrides =
		pm_realloc(repo->overrides, n + 1, sizeof(*repo->overrides));
	repo->overrides[n] = (struct pm_git_override){name, value, own};
	repo->noverrides++;
	/* These sections decide which bytes become a blob; libgit2, which
	   does the filtering, will not see them. */
	if (strncmp(name, "core.", 5) == 0 || strncmp(name, "filter.", 7) == 0)
		repo->filter_setting = true;
}

/*
 * Reads one word quoted as a shell would ('it'\''s') from *rest into out.
 * False when *rest does not begin with one.
 */
static bool read_quoted(struct pm_slice *rest, struct pm_buf *out)
{
	size_t i = 0;

	if (rest->len == 0 || rest->ptr[0] != '\'')
		return false;
	while (i < rest->len && rest->ptr[i] == '\'') {
		for (i++; i < rest->len && rest->ptr[i] != '\''; i++)
			pm_buf_addc(out, rest->ptr[i]);
		if (i == rest->len)
			return false;
		i++;
		if (i + 2 < rest->len && rest->ptr[i] == '\\' &&
			rest->ptr[i + 2] == '\'') {
			pm_buf_addc(out, rest->ptr[i + 1]);
			i += 2;
		} else {
			break;
		}
	}
	*rest = pm_slice_from(*rest, i);
	return true;
}

/* One of 'key=value', 'key'='value', 'key'. False where it is malformed. */
static bool read_parameter(struct pm_repo *repo, struct pm_slice *rest)
{
	struct pm_buf key = PM_BUF_INIT;
	struct pm_buf value = PM_BUF_INIT;
	bool ok = read_quoted(rest, &key);
	ptrdiff_t equals = pm_slice_find(pm_buf_slice(&key), 0, '=');

	if (ok && rest->len > 0 && rest->ptr[0] == '=') {
		*rest = pm_slice_from(*rest, 1);
		if (rest->len > 0 && rest->ptr[0] == '\'')
			ok = read_quoted(rest, &value);
	} else if (ok && equals >= 0) {
		pm_buf_adds(&value, key.ptr + equals + 1);
		pm_buf_truncate(&key, (size_t)equals);
	} else {
		pm_buf_adds(&value, "true");
	}
	if (ok)
		add_override(
			repo, pm_buf_slice(&key), pm_buf_take(&value), false);
	pm_buf_release(&key);
	pm_buf_release(&value);
	return ok;
}

/* What "git -c key=value pm" passes on. */
static int read_parameters(struct pm_ctx *ctx, struct pm_repo *repo)
{
	struct pm_slice rest = pm_slice_trim(
		pm_slice_str(pm_env(ctx, "GIT_CONFIG_PARAMETERS")));

	while (rest.len > 0) {
		if (!read_parameter(repo, &rest))
			return pm_fail(ctx, PM_EINVALID,
				"GIT_CONFIG_PARAMETERS is malformed "
				"(it is set by 'git -c')");
		rest = pm_slice_trim(rest);
	}
	return 0;
}

/* GIT_CONFIG_COUNT pairs of GIT_CONFIG_KEY_n and GIT_CONFIG_VALUE_n. */
static int read_counted(struct pm_ctx *ctx, struct pm_repo *repo)
{
	const char *count = pm_env(ctx, "GIT_CONFIG_COUNT");
	char name[64];
	char *end = NULL;
	long n = count ? strtol(count, &end, 10) : 0;

	if (count && (*end || n < 0 || n > 10000))
		return pm_fail(ctx, PM_EINVALID,
			"GIT_CONFIG_COUNT is not a number: '%s'", count);
	for (long i = 0; i < n; i++) {
		const char *key, *value;

		snprintf(name, sizeof(name), "GIT_CONFIG_KEY_%ld", i);
		key = pm_env(ctx, name);
		snprintf(name, sizeof(name), "GIT_CONFIG_VALUE_%ld", i);
		value = ctx->env(ctx->env_data, name);
		if (!key || !value)
			return pm_fail(ctx, PM_EINVALID,
				"GIT_CONFIG_COUNT is %ld, but pair %ld of "
				"GIT_CONFIG_KEY_n and GIT_CONFIG_VALUE_n is "
				"missing",
				n, i);
		add_override(repo, pm_slice_str(key), pm_strdup(value), false);
	}
	return 0;
}

static int add_file(struct pm_ctx *ctx, struct pm_repo *repo, const char *path,
	git_config_level_t level)
{
	int rc;

	if (access(path, F_OK) < 0)
		return 0;
	rc = git_config_add_file_ondisk(
		repo->config, path, level, repo->git, 0);
	return rc < 0 ? pm_git_fail(ctx, rc, "cannot read git's configuration")
		      : 0;
}

/* Adds base/name. */
static int add_file_in(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *base, const char *name, git_config_level_t level)
{
	struct pm_buf path = PM_BUF_INIT;
	int rc;

	pm_buf_addf(&path, "%s/%s", base, name);
	rc = add_file(ctx, repo, path.ptr, level);
	pm_buf_release(&path);
	return rc;
}

static bool is_true(const char *value)
{
	int flag = 0;

	return git_config_parse_bool(&flag, value) == 0 && flag;
}

static int add_system(struct pm_ctx *ctx, struct pm_repo *repo)
{
	const char *named = pm_env(ctx, "GIT_CONFIG_SYSTEM");
	const char *none = pm_env(ctx, "GIT_CONFIG_NOSYSTEM");
	git_buf found = {0};
	int rc = 0;

	if (none && is_true(none))
		return 0;
	if (named)
		return add_file(ctx, repo, named, GIT_CONFIG_LEVEL_SYSTEM);
	if (git_config_find_system(&found) == 0)
		rc = add_file(ctx, repo, found.ptr, GIT_CONFIG_LEVEL_SYSTEM);
	git_buf_dispose(&found);
	return rc;
}

static int add_user(struct pm_ctx *ctx, struct pm_repo *repo)
{
	const char *named = pm_env(ctx, "GIT_CONFIG_GLOBAL");
	const char *xdg = pm_env(ctx, "XDG_CONFIG_HOME");
	const char *home = pm_env(ctx, "HOME");
	int rc = 0;

	if (named)
		return add_file(ctx, repo, named, GIT_CONFIG_LEVEL_GLOBAL);
	if (xdg)
		rc = add_file_in(
			ctx, repo, xdg, "git/config", GIT_CONFIG_LEVEL_XDG);
	else if (home)
		rc = add_file_in(ctx, repo, home, ".config/git/config",
			GIT_CONFIG_LEVEL_XDG);
	if (rc == 0 && home)
		rc = add_file_in(
			ctx, repo, home, ".gitconfig", GIT_CONFIG_LEVEL_GLOBAL);
	return rc;
}

static int add_repository(struct pm_ctx *ctx, struct pm_repo *repo)
{
	int per_worktree = 0;
	int rc = add_file_in(
		ctx, repo, repo->commondir, "config", GIT_CONFIG_LEVEL_LOCAL);

	if (rc < 0)
		return rc;
	if (git_config_get_bool(&per_worktree, repo->config,
		    "extensions.worktreeconfig") < 0 ||
		!per_worktree)
		return 0;
	return add_file_in(ctx, repo, repo->gitdir, "config.worktree",
		GIT_CONFIG_LEVEL_APP);
}

/* --- what only git can tell ---------------------------------------------- */

/* One setting as "git config --list --show-scope -z" prints it. */
struct listed {
	struct pm_slice scope, key, value;
};

/* The slice up to the next NUL, which is passed over. */
static struct pm_slice next_field(struct pm_slice *rest)
{
	ptrdiff_t nul = pm_slice_find(*rest, 0, '\0');
	size_t len = nul < 0 ? rest->len : (size_t)nul;
	struct pm_slice field = pm_slice_sub(*rest, 0, len);

	*rest = pm_slice_from(*rest, len + (nul >= 0));
	return field;
}

static bool next_listed(struct pm_slice *rest, struct listed *out)
{
	struct pm_slice setting;
	ptrdiff_t end;

	if (rest->len == 0)
		return false;
	out->scope = next_field(rest);
	setting = next_field(rest);
	end = pm_slice_find(setting, 0, '\n');
	out->key = end < 0 ? setting : pm_slice_sub(setting, 0, (size_t)end);
	/* A name alone, without "=", is a true boolean. */
	out->value = end < 0 ? pm_slice_str("true")
			     : pm_slice_from(setting, (size_t)end + 1);
	return true;
}

/* True when a later one of the list says the same key again. */
static bool said_again(struct pm_slice rest, struct pm_slice key)
{
	struct listed later;

	while (next_listed(&rest, &later))
		if (pm_slice_eq(later.key, key) &&
			!pm_slice_is(later.scope, "command"))
			return true;
	return false;
}

/* Takes what libgit2 sees otherwise: git's word stands. */
static void take_listed(struct pm_repo *repo, struct pm_slice rest)
{
	struct listed now;

	while (next_listed(&rest, &now)) {
		char *key = pm_strndup(now.key.ptr, now.key.len);
		git_config_entry *entry = NULL;
		bool known =
			git_config_get_entry(&entry, repo->config, key) == 0 &&
			pm_slice_is(now.value,
				entry->value ? entry->value : "true");

		/* Those of the command line are read by themselves. */
		if (!known && !pm_slice_is(now.scope, "command") &&
			!said_again(rest, now.key))
			add_override(repo, now.key,
				pm_strndup(now.value.ptr, now.value.len),
				pm_slice_is(now.scope, "local") ||
					pm_slice_is(now.scope, "worktree"));
		git_config_entry_free(entry);
		free(key);
	}
}

/*
 * Files that are included only where some remote has a certain address are
 * unknown to libgit2, and may hold the key to sign with or the path of the
 * hooks (hazards.txt 50).
 */
static int add_conditional(struct pm_ctx *ctx, struct pm_repo *repo)
{
	static const char *const args[] = {
		"config", "--list", "--show-scope", "-z", NULL};
	struct pm_buf output = PM_BUF_INIT;
	struct pm_git_run run = {.args = args, .output = &output};
	int rc;

	if (!pm_git_config_any(repo, "includeif.hasconfig:", ".path"))
		return 0;
	rc = pm_git_ask(ctx, repo, &run, "cannot read git's configuration");
	if (rc == 0)
		take_listed(repo, pm_buf_slice(&output));
	pm_buf_release(&output);
	return rc;
}

int pm_git_config_load(struct pm_ctx *ctx, struct pm_repo *repo)
{
	int rc = git_config_new(&repo->config);

	if (rc < 0)
		return pm_git_fail(ctx, rc, "cannot read git's configuration");
	rc = add_system(ctx, repo);
	if (rc == 0)
		rc = add_user(ctx, repo);
	if (rc == 0)
		rc = add_repository(ctx, repo);
	if (rc == 0)
		rc = add_conditional(ctx, repo);
	if (rc == 0)
		rc = read_counted(ctx, repo);
	if (rc == 0)
		rc = read_parameters(ctx, repo);
	if (rc < 0)
		return rc;
	rc = git_repository_set_config(repo->git, repo->config);
	return rc < 0 ? pm_git_fail(ctx, rc, "cannot use git's configuration")
		      : 0;
}

void pm_git_config_release(struct pm_repo *repo)
{
	for (size_t i = 0; i < repo->noverrides; i++) {
		free(repo->overrides[i].key);
		free(repo->overrides[i].value);
	}
	free(repo->overrides);
	repo->overrides = NULL;
	repo->noverrides = 0;
	git_config_free(repo->config);
	repo->config = NULL;
}

/* What the environment, or git, says of a canonical key, or NULL. Borrowed. */
static const struct pm_git_override *find_override(
	const struct pm_repo *repo, const char *key)
{
	for (size_t i = repo->noverrides; i > 0; i--)
		if (strcmp(repo->overrides[i - 1].key, key) == 0)
			return &repo->overrides[i - 1];
	return NULL;
}

int pm_repo_config(struct pm_ctx *ctx, struct pm_repo *repo, const char *key,
	struct pm_buf *out)
{
	char *name = canonical_key(pm_slice_str(key));
	const struct pm_git_override *override = find_override(repo, name);
	git_config_entry *entry = NULL;
	int rc = 0;

	if (override) {
		pm_buf_adds(out, override->value);
	} else {
		rc = git_config_get_entry(&entry, repo->config, name);
		if (rc == GIT_ENOTFOUND)
			rc = pm_fail(ctx, PM_ENOTFOUND,
				"git's setting '%s' is not set", key);
		else if (rc < 0)
			rc = pm_git_fail(
				ctx, rc, "cannot read git's setting '%s'", key);
		else /* A name alone, without "=", is a true boolean. */
			pm_buf_adds(out, entry->value ? entry->value : "true");
		git_config_entry_free(entry);
	}
	free(name);
	return rc;
}

bool pm_git_config_set_here(const struct pm_repo *repo, const char *key)
{
	return find_override(repo, key) != NULL;
}

bool pm_git_config_own(struct pm_repo *repo, const char *key)
{
	const struct pm_git_override *override = find_override(repo, key);
	git_config_entry *entry = NULL;
	bool own = !override &&
		   git_config_get_entry(&entry, repo->config, key) == 0 &&
		   (entry->level == GIT_CONFIG_LEVEL_LOCAL ||
			   entry->level == GIT_CONFIG_LEVEL_APP);

	git_config_entry_free(entry);
	return override ? override->own : own;
}

bool pm_git_config_bool(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *key, bool fallback)
{
	struct pm_buf value = PM_BUF_INIT;
	int flag = fallback;

	if (pm_repo_config(ctx, repo, key, &value) == 0 &&
		git_config_parse_bool(&flag, value.ptr) < 0)
		flag = fallback;
	pm_buf_release(&value);
	return flag != 0;
}

struct search {
	const char *prefix, *suffix;
	bool found;
};

static int look(const git_config_entry *entry, void *data)
{
	struct search *search = data;
	struct pm_slice name = pm_slice_str(entry->name);

	search->found = pm_slice_starts(name, search->prefix) &&
			pm_slice_ends(name, search->suffix);
	return search->found ? GIT_EUSER : 0;
}

bool pm_git_config_any(
	struct pm_repo *repo, const char *prefix, const char *suffix)
{
	struct search search = {prefix, suffix, false};
	git_config_entry entry = {0};

	/* Not by a pattern: libgit2 1.5 leaks 20 kB for each name tried. */
	git_config_foreach(repo->config, look, &search);
	for (size_t i = 0; i < repo->noverrides && !search.found; i++) {
		entry.name = repo->overrides[i].key;
		look(&entry, &search);
	}
	return search.found;
}
