/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Single files of a state. In the work tree they are on disk, reached without
 * following links; what a sparse checkout leaves out is taken from the index,
 * because to git it is there. In the staged state the index is a sorted list,
 * in a revision the tree is asked.
 */
#include "snapshot/private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/path.h"

static int add_file(void *data, const struct pm_git_entry *entry)
{
	struct pm_snapshot *snap = data;
	struct pm_snapshot_file *file;

	if (snap->kind == PM_SNAPSHOT_WORKTREE && !entry->skip_worktree)
		return 0;
	if (entry->intent_to_add)
		return 0; /* a promise to stage, nothing staged */
	file = pm_vec_push(&snap->files);
	file->path = pm_arena_slice(&snap->arena, entry->path);
	file->oid = entry->oid;
	file->mode = entry->mode;
	file->unmerged = entry->unmerged;
	return 0;
}

int pm_state_load(struct pm_ctx *ctx, struct pm_snapshot *snap)
{
	if (snap->kind == PM_SNAPSHOT_REVISION)
		return 0;
	return pm_git_index(
		ctx, snap->repo, pm_slice_make(NULL, 0), add_file, snap);
}

/* Number of the first listed file that is not before path. */
static size_t lower_bound(const struct pm_snapshot *snap, struct pm_slice path)
{
	size_t low = 0, high = snap->files.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (pm_slice_cmp(snap->files.items[mid].path, path) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static const struct pm_snapshot_file *find_file(
	const struct pm_snapshot *snap, struct pm_slice path)
{
	size_t i = lower_bound(snap, path);

	if (i < snap->files.len && pm_slice_eq(snap->files.items[i].path, path))
		return &snap->files.items[i];
	return NULL;
}

/* True when a listed file lies in the directory path. */
static bool is_listed_dir(const struct pm_snapshot *snap, struct pm_slice path)
{
	struct pm_buf prefix = PM_BUF_INIT;
	size_t i;
	bool found;

	pm_buf_add_slice(&prefix, path);
	if (path.len > 0)
		pm_buf_addc(&prefix, '/');
	i = lower_bound(snap, pm_buf_slice(&prefix));
	found = i < snap->files.len &&
		pm_slice_starts(snap->files.items[i].path, prefix.ptr);
	pm_buf_release(&prefix);
	return found;
}

int pm_state_files(const struct pm_snapshot *snap, struct pm_slice dir,
	pm_reader_file_fn fn, void *data)
{
	size_t i = lower_bound(snap, dir);
	int rc = 0;

	for (; i < snap->files.len && rc == 0; i++) {
		const struct pm_snapshot_file *file = &snap->files.items[i];
		size_t at = dir.len;

		if (!pm_slice_eq(pm_slice_sub(file->path, 0, at), dir))
			break;
		/* "a-b" comes before "a/b" and lies beside it. */
		if ((at == 0 || at == file->path.len ||
			    file->path.ptr[at] == '/') &&
			(file->mode == PM_GIT_FILE ||
				file->mode == PM_GIT_EXEC))
			rc = fn(data, file->path);
	}
	return rc;
}

static bool on_disk(const struct pm_snapshot *snap)
{
	return snap->kind == PM_SNAPSHOT_WORKTREE;
}

/* --- existence ----------------------------------------------------------- */

static int exists_on_disk(const struct pm_snapshot *snap, struct pm_slice path)
{
	char *name = pm_strndup(path.ptr, path.len);
	struct stat st;
	int kind = 0;

	if (path.len == 0)
		kind = 2;
	else if (fstatat(snap->rootfd, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		kind = S_ISDIR(st.st_mode) ? 2 : 1;
	/* What nobody may look at is not missing for that. */
	else if (errno == EACCES)
		kind = 1;
	free(name);
	return kind;
}

/*
 * The tree that a path of a revision is read from. The people file lies
 * anywhere, and is only ever read as a setting.
 */
static const struct pm_oid *tree_of(
	const struct pm_snapshot *snap, struct pm_slice path)
{
	const char *people = snap->policy ? snap->policy->people_file : NULL;

	if (pm_oid_zero(&snap->settings) ||
		!(pm_slice_starts(path, ".pm/") || pm_slice_is(path, ".pm") ||
			(people && pm_slice_is(path, people))))
		return &snap->tree;
	return &snap->settings;
}

static int exists_in_tree(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_slice path, struct pm_oid *oid)
{
	struct pm_git_entry entry;
	int rc = pm_git_lookup(
		ctx, snap->repo, tree_of(snap, path), path, &entry);

	if (rc == PM_ENOTFOUND) {
		pm_ctx_clear(ctx);
		return 0;
	}
	if (rc < 0)
		return rc;
	if (oid)
		*oid = entry.oid;
	return entry.mode == PM_GIT_TREE || entry.mode == PM_GIT_SUBMODULE ? 2
									   : 1;
}

int pm_state_exists(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_slice path, struct pm_oid *oid)
{
	const struct pm_snapshot_file *file;
	int kind = on_disk(snap) ? exists_on_disk(snap, path) : 0;

	if (oid)
		*oid = (struct pm_oid){{0}};
	if (kind != 0)
		return kind;
	if (snap->kind == PM_SNAPSHOT_REVISION)
		return exists_in_tree(ctx, snap, path, oid);
	file = find_file(snap, path);
	if (file && oid)
		*oid = file->oid;
	return file ? 1 : is_listed_dir(snap, path) ? 2 : 0;
}

/* --- bytes --------------------------------------------------------------- */

static int fail_absent(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_slice path)
{
	return pm_fail(ctx, PM_ENOTFOUND, "'%.*s' is not in %s",
		PM_SLICE_ARG(path),
		on_disk(snap)                      ? "the work tree"
		: snap->kind == PM_SNAPSHOT_STAGED ? "the staged index"
						   : "this revision");
}

static int read_disk(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_slice path, size_t limit, struct pm_buf *out, struct stat *st)
{
	char *name = pm_strndup(path.ptr, path.len);
	int rc = pm_file_read_at(ctx, snap->rootfd, name, limit, out, st);

	free(name);
	return rc;
}

int pm_state_read(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_slice path, size_t limit, struct pm_buf *out, struct stat *st)
{
	const struct pm_snapshot_file *file = NULL;
	struct pm_oid oid = {{0}};
	struct stat unused = {0};
	int kind = 0, rc;

	st = st ? st : &unused;
	memset(st, 0, sizeof(*st));
	if (on_disk(snap)) {
		rc = read_disk(ctx, snap, path, limit, out, st);
		if (rc != PM_ENOTFOUND || snap->files.len == 0)
			return rc;
	}
	if (snap->kind == PM_SNAPSHOT_REVISION) {
		kind = exists_in_tree(ctx, snap, path, &oid);
	} else {
		file = find_file(snap, path);
		kind = file ? 1 : 0;
		oid = file ? file->oid : oid;
	}
	if (kind < 0)
		return kind;
	if (kind != 1)
		return fail_absent(ctx, snap, path);
	return pm_git_blob(ctx, snap->repo, &oid, limit, out);
}

/* --- names in a directory ------------------------------------------------ */

static void add_name(struct pm_buf *out, struct pm_slice name)
{
	pm_buf_add_slice(out, name);
	pm_buf_addc(out, '\0');
}

static void names_on_disk(
	const struct pm_snapshot *snap, struct pm_slice dir, struct pm_buf *out)
{
	char *name = pm_strndup(dir.ptr, dir.len);
	int fd = openat(snap->rootfd, name,
		O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *handle = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	while (handle && (entry = readdir(handle)) != NULL)
		add_name(out, pm_slice_str(entry->d_name));
	if (handle)
		closedir(handle);
	else if (fd >= 0)
		close(fd);
	free(name);
}

struct naming {
	struct pm_slice dir;
	struct pm_buf *out;
};

static int name_entry(void *data, const struct pm_git_entry *entry)
{
	struct naming *naming = data;
	struct pm_slice rest = pm_slice_from(entry->path, naming->dir.len + 1);

	if (pm_slice_find(rest, 0, '/') < 0)
		add_name(naming->out, rest);
	return 0;
}

int pm_state_names(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_slice dir, struct pm_buf *out)
{
	struct naming naming = {dir, out};

	if (on_disk(snap))
		names_on_disk(snap, dir, out);
	if (snap->kind == PM_SNAPSHOT_REVISION)
		return pm_git_walk(ctx, snap->repo, tree_of(snap, dir), dir,
			name_entry, &naming);
	for (size_t i = 0; i < snap->files.len; i++) {
		struct pm_slice path = snap->files.items[i].path;

		if (pm_slice_eq(pm_path_dir(path), dir))
			add_name(out, pm_path_base(path));
	}
	return 0;
}
