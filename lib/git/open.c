/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening a repository by git's rules. libgit2's own idea of the environment
 * is not used: it refuses GIT_WORK_TREE and reads variables behind the
 * context's back. Where libgit2 refuses a repository, the reason is told
 * apart here, because a bare "not found" can mean a foreign owner
 * (hazards.txt 5-7, 14-18, 20, 21, 24, 28-30).
 */
#include "git/private.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/process.h"

/* Options of the library as a whole; giving them again changes nothing. */
static int start_library(struct pm_ctx *ctx)
{
	static const char *const extensions[] = {
		"preciousobjects", "worktreeconfig"};
	int rc = pm_git_start();

	if (rc < 0)
		return pm_git_fail(ctx, rc, "cannot start libgit2");
	/* git does not hash what it reads either; it costs half the time. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, (size_t)2);
	return 0;
}

/* True when path is dir or lies in it. */
static bool inside(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	if (len == 1 && *dir == '/')
		return true;
	return strncmp(path, dir, len) == 0 &&
	       (path[len] == '/' || path[len] == '\0');
}

/* The path libgit2 gives, links resolved, without its last "/". start has its
   links resolved, and with it all that lies on the way to it. */
static char *plain_path(const char *path, const char *start)
{
	char real[PATH_MAX];
	size_t len = strlen(path);
	char *plain;

	while (len > 1 && path[len - 1] == '/')
		len--;
	plain = pm_strndup(path, len);
	if (inside(start, plain) || !realpath(path, real))
		return plain;
	free(plain);
	return pm_strdup(real);
}

/* A path from the environment, which is relative to where we start. */
static char *from_start(const struct pm_repo *repo, const char *path)
{
	struct pm_buf buf = PM_BUF_INIT;

	if (*path != '/')
		pm_buf_addf(&buf, "%s/", repo->start);
	pm_buf_adds(&buf, path);
	return pm_buf_take(&buf);
}

/* 1 when git itself accepts the repository at repo->start, whoever owns it. */
static int git_accepts(struct pm_ctx *ctx, const struct pm_repo *repo)
{
	static const char *const argv[] = {
		"git", "rev-parse", "--git-dir", NULL};
	struct pm_buf ignored = PM_BUF_INIT;
	struct pm_process process = {
		.argv = argv,
		.dir = repo->start,
		.output = &ignored,
		.errors = &ignored,
	};
	int rc = pm_process_run(ctx, &process);

	pm_buf_release(&ignored);
	return rc == 0;
}

/*
 * Opens where the owner is somebody else: allowed when git allows it. libgit2
 * knows neither safe.directory=* nor all of git's other rules.
 */
static int open_foreign(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *path, unsigned flags, const char *ceilings)
{
	const char *place;
	int rc;

	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	rc = git_repository_open_ext(&repo->git, path, flags, ceilings);
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	if (rc < 0)
		return pm_git_fail(
			ctx, rc, "cannot open the repository at '%s'", path);
	if (git_accepts(ctx, repo))
		return 0;
	place = git_repository_workdir(repo->git);
	if (!place)
		place = git_repository_path(repo->git);
	return pm_fail(ctx, PM_ERROR,
		"the repository at '%s' belongs to another user (if you trust "
		"it: git config --global --add safe.directory '%.*s')",
		place, (int)strlen(place) - 1, place);
}

/* Explains the extension, object format or reference format in libgit2's
   message. */
static int fail_extension(struct pm_ctx *ctx, const char *message)
{
	const char *name = strstr(message, "extensions.");

	if (strcasestr(message, "objectformat") ||
		strcasestr(message, "object format"))
		return pm_fail(ctx, PM_ERROR,
			"this repository uses SHA-256 object names, which pm "
			"cannot read (it needs a SHA-1 repository)");
	if (strcasestr(message, "refstorage"))
		return pm_fail(ctx, PM_ERROR,
			"this repository keeps its references in reftable "
			"files, which pm cannot read (convert it: git refs "
			"migrate --ref-format=files)");
	return pm_fail(ctx, PM_ERROR,
		"this repository needs the Git extension '%s', which pm does "
		"not know",
		name ? name : message);
}

/* What is wrong with the .git in a directory; 0: nothing is known, or there is
   none. */
static int fail_dotgit(struct pm_ctx *ctx, const struct pm_buf *dir)
{
	struct pm_buf path = PM_BUF_INIT;
	struct stat st;
	int rc = 0;

	pm_buf_addf(&path, "%s/.git", dir->len > 1 ? dir->ptr : "");
	if (lstat(path.ptr, &st) < 0)
		goto out;
	/* A work tree or a submodule whose repository is gone or was moved. */
	if (S_ISREG(st.st_mode)) {
		rc = pm_fail(ctx, PM_ENOTFOUND,
			"the Git directory that '%s' names is not there (if it "
			"was moved: 'git worktree repair' in the repository it "
			"belongs to)",
			path.ptr);
		goto out;
	}
	if (S_ISDIR(st.st_mode))
		pm_buf_adds(&path, "/HEAD");
	else if (S_ISLNK(st.st_mode))
		goto out;
	/* Without any HEAD, git goes on above it. */
	if (stat(path.ptr, &st) == 0 && !S_ISREG(st.st_mode))
		rc = pm_fail(ctx, PM_ERROR,
			"cannot read '%s': it is not a regular file (this "
			"repository is damaged)",
			path.ptr);
out:
	pm_buf_release(&path);
	return rc;
}

/* The same for the first that has something wrong, from where we are up. */
static int fail_gitfile(struct pm_ctx *ctx, const struct pm_repo *repo)
{
	struct pm_buf dir = PM_BUF_INIT;
	int rc = 0;

	pm_buf_adds(&dir, repo->start);
	while (rc == 0 && dir.len) {
		rc = fail_dotgit(ctx, &dir);
		while (dir.len && dir.ptr[dir.len - 1] != '/')
			pm_buf_truncate(&dir, dir.len - 1);
		if (dir.len)
			pm_buf_truncate(&dir, dir.len - 1);
	}
	pm_buf_release(&dir);
	return rc;
}

/* libgit2 refused path with rc: says why, or opens it after all. */
static int open_refused(struct pm_ctx *ctx, struct pm_repo *repo, int rc,
	const char *path, unsigned flags, const char *ceilings)
{
	const git_error *last = git_error_last();
	const char *message = last && last->message ? last->message : "";

	if (rc == GIT_EOWNER || (rc == GIT_ENOTFOUND && last &&
					last->klass == GIT_ERROR_CONFIG))
		return open_foreign(ctx, repo, path, flags, ceilings);
	if (strstr(message, "extension") || strstr(message, "object format"))
		return fail_extension(ctx, message);
	if (rc == GIT_ENOTFOUND && !(flags & GIT_REPOSITORY_OPEN_NO_SEARCH)) {
		rc = fail_gitfile(ctx, repo);
		return rc < 0 ? rc
			      : pm_fail(ctx, PM_ENOTFOUND,
					"no Git repository in '%s' or above it "
					"on this file system (run 'git init', "
					"or name its directory with -C)",
					repo->start);
	}
	return pm_git_fail(ctx, rc, "cannot open the repository at '%s'", path);
}

/* Where libgit2 looks for the files of user and machine: nowhere, or by its
   own rules. */
static void look_for_settings(bool look)
{
	static const int levels[] = {GIT_CONFIG_LEVEL_PROGRAMDATA,
		GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG,
		GIT_CONFIG_LEVEL_GLOBAL};

	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		git_libgit2_opts(
			GIT_OPT_SET_SEARCH_PATH, levels[i], look ? NULL : "");
}

/*
 * What a repository is, its own configuration says, as with git; the others'
 * are read when it is open (config.c). Only whom to trust is theirs to say.
 */
static int open_path(struct pm_ctx *ctx, struct pm_repo *repo, const char *path,
	unsigned flags, const char *ceilings)
{
	int rc;

	look_for_settings(false);
	rc = git_repository_open_ext(&repo->git, path, flags, ceilings);
	look_for_settings(true);
	if (rc < 0)
		rc = git_repository_open_ext(&repo->git, path, flags, ceilings);
	return rc < 0 ? open_refused(ctx, repo, rc, path, flags, ceilings) : 0;
}

/* GIT_DIR names the repository; git does not ask for its owner then. */
static int open_named(
	struct pm_ctx *ctx, struct pm_repo *repo, const char *gitdir)
{
	char *path = from_start(repo, gitdir);
	int rc;

	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	rc = git_repository_open_ext(&repo->git, path,
		GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT,
		NULL);
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	if (rc < 0)
		rc = open_refused(ctx, repo, rc, path,
			GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
	if (rc == PM_ENOTFOUND)
		rc = pm_fail(ctx, PM_ENOTFOUND,
			"GIT_DIR names '%s', which is not a Git repository "
			"(unset it, or correct it)",
			gitdir);
	free(path);
	return rc;
}

static int open_searched(struct pm_ctx *ctx, struct pm_repo *repo)
{
	const char *across = pm_env(ctx, "GIT_DISCOVERY_ACROSS_FILESYSTEM");
	unsigned flags = 0;
	int cross = 0;

	if (across && git_config_parse_bool(&cross, across) == 0 && cross)
		flags = GIT_REPOSITORY_OPEN_CROSS_FS;
	return open_path(ctx, repo, repo->start, flags,
		pm_env(ctx, "GIT_CEILING_DIRECTORIES"));
}

/* Sets the work tree, unless it is that already: libgit2 leaks the old name. */
static int set_worktree(
	struct pm_ctx *ctx, struct pm_repo *repo, const char *path)
{
	const char *now = git_repository_workdir(repo->git);
	char *plain = now ? plain_path(now, repo->start) : NULL;
	bool same = plain && strcmp(plain, path) == 0;
	int rc = same ? 0 : git_repository_set_workdir(repo->git, path, 0);

	free(plain);
	return rc < 0 ? pm_git_fail(ctx, rc, "cannot use '%s' as the work tree",
				path)
		      : 0;
}

/* GIT_WORK_TREE, or the rule for GIT_DIR alone: it is where we are. */
static int place_worktree(struct pm_ctx *ctx, struct pm_repo *repo, bool named,
	const char *worktree)
{
	git_config *config = NULL;
	git_config_entry *entry = NULL;
	char *path = NULL;
	int rc = 0;

	if (worktree) {
		path = from_start(repo, worktree);
	} else if (named && !git_repository_is_bare(repo->git)) {
		if (git_repository_config(&config, repo->git) == 0 &&
			git_config_get_entry(&entry, config, "core.worktree") ==
				GIT_ENOTFOUND)
			path = pm_strdup(repo->start);
		git_config_entry_free(entry);
		git_config_free(config);
	}
	if (path)
		rc = set_worktree(ctx, repo, path);
	free(path);
	return rc;
}

/*
 * A .git directory with an index had a work tree once: that it is bare now is
 * most likely a mistake, and the files beside it would go unread in silence.
 */
static void doubt_bare(struct pm_ctx *ctx, const struct pm_repo *repo)
{
	static const char name[] = "/.git";
	size_t len = strlen(repo->gitdir);
	struct pm_buf index = PM_BUF_INIT;

	pm_buf_addf(&index, "%s/index", repo->gitdir);
	if (len >= sizeof(name) &&
		strcmp(repo->gitdir + len - (sizeof(name) - 1), name) == 0 &&
		access(index.ptr, F_OK) == 0)
		pm_notice(ctx,
			"core.bare is true for '%s': the last commit is read, "
			"not the files beside it (run 'git config core.bare "
			"false' if they are a work tree)",
			repo->gitdir);
	pm_buf_release(&index);
}

/* Whether we stand in the work tree, in .git, or where neither is. */
static int check_place(struct pm_ctx *ctx, struct pm_repo *repo)
{
	if (!repo->worktree) {
		doubt_bare(ctx, repo);
		return 0;
	}
	repo->in_gitdir = inside(repo->start, repo->gitdir) ||
			  inside(repo->start, repo->commondir);
	if (repo->in_gitdir) {
		free(repo->worktree);
		repo->worktree = NULL;
		return 0;
	}
	if (repo->own_place || inside(repo->start, repo->worktree))
		return 0;
	if (git_repository_is_worktree(repo->git))
		return pm_fail(ctx, PM_ERROR,
			"this work tree was moved: Git still has it at '%s' "
			"(run 'git worktree repair' here)",
			repo->worktree);
	return pm_fail(ctx, PM_ERROR,
		"'%s' is not in the work tree '%s' that core.worktree names "
		"(run pm there)",
		repo->start, repo->worktree);
}

/* The same formats at repository version 0, which libgit2 does not look at. */
static int check_formats(struct pm_ctx *ctx, struct pm_repo *repo)
{
	static const char *const keys[] = {
		"extensions.objectformat", "extensions.refstorage"};
	static const char *const readable[] = {"sha1", "files"};
	struct pm_buf value = PM_BUF_INIT;
	int rc = 0;

	for (size_t i = 0; i < 2 && rc == 0; i++) {
		pm_buf_reset(&value);
		if (pm_repo_config(ctx, repo, keys[i], &value) == 0 &&
			strcasecmp(value.ptr, readable[i]) != 0)
			rc = fail_extension(ctx, keys[i]);
	}
	pm_buf_release(&value);
	return rc;
}

/* GIT_INDEX_FILE counts from the top of the work tree, as in a hook. */
static void place_index(struct pm_ctx *ctx, struct pm_repo *repo)
{
	const char *named = pm_env(ctx, "GIT_INDEX_FILE");
	struct pm_buf path = PM_BUF_INIT;

	repo->own_index = named != NULL;
	if (!named)
		pm_buf_addf(&path, "%s/index", repo->gitdir);
	else if (*named == '/' || !repo->worktree)
		pm_buf_adds(&path, named);
	else
		pm_buf_addf(&path, "%s/%s", repo->worktree, named);
	repo->index = pm_buf_take(&path);
}

/* Object directories named in the environment, as in a receiving hook. */
static int add_objects(struct pm_ctx *ctx, struct pm_repo *repo)
{
	const char *own = pm_env(ctx, "GIT_OBJECT_DIRECTORY");
	const char *others = pm_env(ctx, "GIT_ALTERNATE_OBJECT_DIRECTORIES");
	char *list = others ? pm_strdup(others) : NULL;
	char *next = NULL;
	int rc = git_repository_odb(&repo->odb, repo->git);

	if (rc == 0)
		rc = pm_git_loose_add(repo);
	if (rc == 0 && own)
		rc = git_odb_add_disk_alternate(repo->odb, own);
	for (char *dir = list ? strtok_r(list, ":", &next) : NULL;
		dir && rc == 0; dir = strtok_r(NULL, ":", &next))
		rc = git_odb_add_disk_alternate(repo->odb, dir);
	free(list);
	return rc < 0 ? pm_git_fail(ctx, rc, "cannot open the object database")
		      : 0;
}

static void take_paths(struct pm_repo *repo)
{
	const char *worktree = git_repository_workdir(repo->git);

	repo->gitdir = plain_path(git_repository_path(repo->git), repo->start);
	repo->commondir =
		plain_path(git_repository_commondir(repo->git), repo->gitdir);
	repo->worktree = worktree ? plain_path(worktree, repo->start) : NULL;
}

/* A pipe in the place of one of these would be waited for without end. */
static int check_files(struct pm_ctx *ctx, const struct pm_repo *repo)
{
	static const char *const names[] = {"HEAD", "packed-refs"};
	struct pm_buf path = PM_BUF_INIT;
	struct stat st;
	int rc = 0;

	for (size_t i = 0; i < 2 && rc == 0; i++) {
		pm_buf_reset(&path);
		pm_buf_addf(&path, "%s/%s",
			i == 0 ? repo->gitdir : repo->commondir, names[i]);
		if (stat(path.ptr, &st) == 0 && !S_ISREG(st.st_mode))
			rc = pm_fail(ctx, PM_ERROR,
				"cannot read '%s': it is not a regular file "
				"(this repository is damaged)",
				path.ptr);
	}
	pm_buf_release(&path);
	return rc;
}

static int open_all(struct pm_ctx *ctx, struct pm_repo *repo)
{
	const char *gitdir = pm_env(ctx, "GIT_DIR");
	const char *worktree = pm_env(ctx, "GIT_WORK_TREE");
	int rc;

	if (pm_env(ctx, "GIT_COMMON_DIR"))
		return pm_fail(ctx, PM_ERROR,
			"GIT_COMMON_DIR is set, which pm does not support "
			"(unset it)");
	repo->own_place = gitdir || worktree;
	rc = gitdir ? open_named(ctx, repo, gitdir) : open_searched(ctx, repo);
	if (rc == 0)
		rc = place_worktree(ctx, repo, gitdir != NULL, worktree);
	if (rc < 0)
		return rc;
	take_paths(repo);
	rc = check_place(ctx, repo);
	if (rc == 0)
		rc = check_files(ctx, repo);
	if (rc == 0)
		rc = pm_git_config_load(ctx, repo);
	if (rc == 0)
		rc = check_formats(ctx, repo);
	if (rc == 0)
		rc = add_objects(ctx, repo);
	if (rc == 0)
		place_index(ctx, repo);
	return rc;
}

int pm_repo_open(struct pm_ctx *ctx, const char *dir, struct pm_repo **out)
{
	struct pm_repo *repo;
	char real[PATH_MAX];
	int rc;

	if (!realpath(dir, real))
		return pm_fail_errno(ctx, "cannot enter '%s'", dir);
	rc = start_library(ctx);
	if (rc < 0)
		return rc;
	repo = pm_alloc(1, sizeof(*repo));
	repo->start = pm_strdup(real);
	rc = open_all(ctx, repo);
	if (rc < 0) {
		pm_repo_free(repo);
		return rc;
	}
	*out = repo;
	return 0;
}
