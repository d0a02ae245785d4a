/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the database is. It is a cache and no command fails because of it:
 * what cannot be kept in the repository is read there when it is current,
 * else kept in the user's cache directory, else in memory.
 */
#include "index/private.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long to wait for another process's transaction, or for its rename. */
#define BUSY_MS 5000
#define SWAP_MS 10000

#define BUILDS_MAX 3

static const char why_foreign[] = "it was not written by pm";
static const char why_version[] = "another version of pm wrote it";
static const char why_damaged[] = "it was damaged";

void pm_store_path(struct pm_index *index)
{
	pm_buf_reset(&index->path);
	pm_buf_addf(&index->path, "%s/pm/index.db",
		pm_repo_common_dir(index->repo));
}

/* Appends the path in the user's cache; false when there is no such place. */
static bool cache_path(struct pm_index *index, struct pm_buf *out)
{
	const char *dir = pm_env(index->ctx, "XDG_CACHE_HOME");
	const char *home = pm_env(index->ctx, "HOME");
	char hex[PM_OID_HEX];
	struct pm_oid key;

	if (dir && *dir == '/')
		pm_buf_adds(out, dir);
	else if (home && *home == '/')
		pm_buf_addf(out, "%s/.cache", home);
	else
		return false;
	pm_git_hash(pm_slice_str(pm_repo_common_dir(index->repo)), &key);
	pm_oid_hex(&key, hex);
	pm_buf_addf(out, "/pm/%s/index.db", hex);
	return true;
}

/* Makes a directory and its missing parents. */
static int make_dirs(struct pm_ctx *ctx, const char *dir, mode_t mode)
{
	struct pm_buf path = PM_BUF_INIT;
	size_t len = strlen(dir);
	int failed = 0, ret = 0;

	for (size_t i = 1; i <= len; i++) {
		if (i < len && dir[i] != '/')
			continue;
		pm_buf_reset(&path);
		pm_buf_add(&path, dir, i);
		failed = mkdir(path.ptr, mode) < 0 && errno != EEXIST;
	}
	if (failed)
		ret = pm_fail_errno(ctx, "cannot make '%s'", dir);
	pm_buf_release(&path);
	return ret;
}

int pm_store_dir(struct pm_index *index, bool make)
{
	mode_t mode = index->level == PM_STORE_CACHE ? 0700 : 0777;
	char *dir = pm_strndup(
		index->path.ptr, index->path.len - strlen("/index.db"));
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int ret = 0;

	if (fd < 0 && errno == ENOENT && make) {
		ret = make_dirs(index->ctx, dir, mode);
		fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	if (fd < 0 && ret == 0)
		ret = pm_fail_errno(index->ctx, "cannot open '%s'", dir);
	if (ret < 0 && fd >= 0)
		close(fd);
	free(dir);
	return ret < 0 ? ret : fd;
}

static int pragma_int(struct pm_sql *sql, const char *text, int64_t *out)
{
	struct pm_stmt *stmt = pm_sql_stmt(sql, text);
	int ret = pm_stmt_step(stmt);

	if (ret <= 0)
		return ret;
	*out = pm_stmt_col_int(stmt, 0);
	ret = pm_stmt_step(stmt);
	return ret < 0 ? ret : 0;
}

/* Neither the database nor what SQLite keeps beside it may be a directory, or
   a pipe, which would have us wait for ever. */
static int check_kind(const struct pm_index *index)
{
	static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
	struct pm_buf path = PM_BUF_INIT;
	struct stat st;
	int ret = 0;

	for (size_t i = 0; i < sizeof ends / sizeof ends[0] && ret == 0; i++) {
		pm_buf_reset(&path);
		pm_buf_addf(&path, "%s%s", index->path.ptr, ends[i]);
		if (stat(path.ptr, &st) == 0 && !S_ISREG(st.st_mode))
			ret = pm_fail(index->ctx, PM_ERROR,
				"cannot use '%s': it is %s", path.ptr,
				S_ISDIR(st.st_mode) ? "a directory"
						    : "not a regular file");
	}
	pm_buf_release(&path);
	return ret;
}

int pm_store_connect(struct pm_index *index, unsigned flags, const char **why)
{
	int64_t app = 0, version = 0;
	int ret = check_kind(index);

	*why = why_damaged;
	if (ret == 0)
		ret = pm_sql_open(index->ctx, index->path.ptr, flags, BUSY_MS,
			&index->sql);
	if (ret == 0)
		ret = pragma_int(index->sql, "PRAGMA application_id", &app);
	if (ret == 0)
		ret = pragma_int(index->sql, "PRAGMA user_version", &version);
	if (ret == 0 && (app != PM_INDEX_APP || version != PM_INDEX_SCHEMA)) {
		*why = app == PM_INDEX_APP ? why_version : why_foreign;
		ret = pm_fail(index->ctx, PM_EINVALID,
			"cannot use the index '%s': %s", index->path.ptr, *why);
	}
	/* Whoever wrote it sealed it: that says so is what was damaged. */
	if (ret == 0 && !pm_sql_sealed(index->sql))
		ret = pm_fail(index->ctx, PM_EINVALID,
			"cannot use the index '%s': %s", index->path.ptr, *why);
	if (ret < 0) {
		pm_sql_free(index->sql);
		index->sql = NULL;
	}
	return ret;
}

/* True when the file that was there is no longer: removed, or replaced. What
   SQLite says of it then is not worth telling. */
static bool is_gone(const struct pm_index *index, const struct stat *old)
{
	struct stat now;

	if (stat(index->path.ptr, &now) < 0)
		return errno == ENOENT;
	return now.st_ino != old->st_ino || now.st_dev != old->st_dev;
}

/* Opens the file that is there and brings it up to date. 1: it has to be
   built anew; *why says so, or is NULL when that is no accident. */
static int use_file(struct pm_index *index, const char **why)
{
	struct stat st = {0};
	int ret;

	*why = NULL;
	if (stat(index->path.ptr, &st) < 0 && errno == ENOENT)
		return 1;
	ret = pm_store_connect(index, 0, why);
	if (ret == 0) {
		*why = NULL;
		ret = pm_index_refresh(index, false);
		if (ret == 0)
			return 0;
		if (pm_store_damaged(index, ret))
			*why = why_damaged;
		else if (ret < 0 && !is_gone(index, &st))
			return ret;
	}
	/* Somebody may have removed it this very moment. */
	if (is_gone(index, &st))
		*why = NULL;
	else if (ret != PM_EINVALID && ret != PM_ENOTFOUND && ret != 1)
		return ret;
	pm_sql_free(index->sql);
	index->sql = NULL;
	return 1;
}

/* The levels that have a file of their own. */
static int open_file(struct pm_index *index, bool rebuild)
{
	const char *why = NULL;
	int ret;

	index->lock = pm_store_dir(index, true);
	if (index->lock < 0)
		return index->lock;
	ret = pm_store_lock(index->ctx, index->lock, false, SWAP_MS);
	if (ret == 0)
		ret = rebuild ? 1 : use_file(index, &why);
	/* Between building and using it somebody may remove it. */
	for (int tries = 0; ret > 0 && tries < BUILDS_MAX; tries++) {
		if (why)
			pm_notice(
				index->ctx, "the index is built anew: %s", why);
		ret = pm_index_build(index, rebuild);
		if (ret == 0)
			ret = pm_store_lock(
				index->ctx, index->lock, false, SWAP_MS);
		if (ret == 0)
			ret = use_file(index, &why);
	}
	if (ret > 0)
		ret = pm_fail(index->ctx, PM_ERROR,
			"cannot use the index '%s' that was just built",
			index->path.ptr);
	return ret;
}

/* A file that nobody can write is right only if nothing waits in a log, and
   useful only if it is current. */
static int open_immutable(struct pm_index *index)
{
	struct pm_buf log = PM_BUF_INIT;
	struct pm_view present;
	struct stat st;
	const char *why;
	int ret = 0;

	index->lock = pm_store_dir(index, false);
	if (index->lock < 0)
		return index->lock;
	ret = pm_store_lock(index->ctx, index->lock, false, SWAP_MS);
	pm_buf_addf(&log, "%s-wal", index->path.ptr);
	if (ret == 0 && stat(log.ptr, &st) == 0 && st.st_size > 0)
		ret = pm_fail(index->ctx, PM_EREADONLY,
			"cannot read the index: '%s' is in use", log.ptr);
	pm_buf_release(&log);
	if (ret == 0)
		ret = pm_store_connect(
			index, PM_SQL_READONLY | PM_SQL_IMMUTABLE, &why);
	if (ret == 0)
		ret = pm_view_current(index, &present);
	if (ret == 0)
		ret = pm_fail(index->ctx, PM_EREADONLY,
			"cannot bring the index '%s' up to date",
			index->path.ptr);
	return ret < 0 ? ret : 0;
}

static int open_level(struct pm_index *index, bool rebuild)
{
	pm_buf_reset(&index->path);
	/* What another level did before it failed is done once more. */
	index->stats->added = index->stats->removed = 0;
	switch (index->level) {
	case PM_STORE_REPO:
		pm_store_path(index);
		return open_file(index, rebuild);
	case PM_STORE_IMMUTABLE:
		pm_store_path(index);
		if (rebuild)
			return pm_fail(index->ctx, PM_EREADONLY,
				"cannot build the index '%s' anew: it cannot "
				"be written",
				index->path.ptr);
		return open_immutable(index);
	case PM_STORE_CACHE:
		if (cache_path(index, &index->path))
			return open_file(index, rebuild);
		return pm_fail(index->ctx, PM_ENOTFOUND,
			"cannot keep an index: there is no cache directory");
	default:
		index->stats->in_memory = true;
		return pm_index_build_memory(index);
	}
}

/* True when the file, or else the nearest directory above it that is there,
   can be written. */
static bool writable(const char *file)
{
	struct pm_buf path = PM_BUF_INIT;
	int failed;

	pm_buf_adds(&path, file);
	while ((failed = access(path.ptr, W_OK)) < 0 && errno == ENOENT &&
		path.len > 1) {
		size_t len = (size_t)(strrchr(path.ptr, '/') - path.ptr);

		pm_buf_truncate(&path, len ? len : 1);
	}
	pm_buf_release(&path);
	return failed == 0;
}

/* Leaves the path of the file that an open would use; false: it would keep
   the index in memory. */
static bool find_file(struct pm_index *index)
{
	bool current;

	pm_store_path(index);
	if (writable(index->path.ptr))
		return true;
	index->level = PM_STORE_IMMUTABLE;
	current = open_immutable(index) == 0;
	pm_store_close(index);
	pm_ctx_clear(index->ctx);
	if (current)
		return true;
	pm_buf_reset(&index->path);
	return cache_path(index, &index->path) && writable(index->path.ptr);
}

int pm_index_path(struct pm_ctx *ctx, struct pm_repo *repo, struct pm_buf *out)
{
	struct pm_index index = {
		.ctx = ctx,
		.repo = repo,
		.lock = -1,
		.path = PM_BUF_INIT,
	};
	int ret = 0;

	if (find_file(&index))
		pm_buf_add_slice(out, pm_buf_slice(&index.path));
	else
		ret = pm_fail(ctx, PM_ENOTFOUND,
			"the index is in no file: neither the repository nor "
			"a cache directory can be written (it is made in "
			"memory each time)");
	pm_buf_release(&index.path);
	return ret;
}

void pm_store_close(struct pm_index *index)
{
	pm_sql_free(index->sql);
	index->sql = NULL;
	if (index->lock >= 0)
		close(index->lock);
	index->lock = -1;
	index->temp = false;
	index->glanced = false;
}

bool pm_store_damaged(const struct pm_index *index, int code)
{
	return code == PM_EINVALID && index->ctx->error.path.len == 0;
}

/* A directory that may not be written is an ordinary thing; any other reason
   to keep the index elsewhere is worth a line, once there is an elsewhere. */
static void keep_reason(
	const struct pm_index *index, int code, struct pm_buf *out)
{
	if (code != PM_EREADONLY && index->level == PM_STORE_REPO)
		pm_buf_add_slice(out, pm_buf_slice(&index->ctx->error.message));
}

int pm_store_open(struct pm_index *index, bool rebuild)
{
	struct pm_buf reason = PM_BUF_INIT;
	int ret = PM_ERROR;

	for (; index->level < PM_STORE_COUNT; index->level++) {
		ret = open_level(index, rebuild);
		if (ret == 0)
			break;
		keep_reason(index, ret, &reason);
		pm_store_close(index);
		/* The policy is wrong: that is so at every level. */
		if (index->ctx->error.path.len)
			break;
	}
	if (ret == 0 && reason.len)
		pm_notice(index->ctx, "%s (the index is kept in %s)",
			reason.ptr,
			index->level == PM_STORE_MEMORY ? "memory"
							: index->path.ptr);
	if (ret == 0)
		pm_ctx_clear(index->ctx);
	pm_buf_release(&reason);
	return ret;
}

int pm_store_retreat(struct pm_index *index)
{
	if (index->level >= PM_STORE_MEMORY)
		return pm_ctx_error(index->ctx)->code;
	pm_store_close(index);
	index->level++;
	return pm_store_open(index, false);
}

int pm_store_mend(struct pm_index *index)
{
	pm_store_close(index);
	pm_notice(index->ctx, "the index is built anew: %s", why_damaged);
	return pm_store_open(index, true);
}
