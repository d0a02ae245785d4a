/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The staged index, read from its bytes: one pass without an object per entry,
 * and without libgit2's demand for a checksum that git itself may have left
 * out. A split or sparse index, or one of another version, is asked of "git
 * ls-files" instead (hazards.txt 9-11, 55). One that was cut off is not: git
 * reads on behind its end, and finds files without a name there.
 */
#include "git/private.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "git/cursor.h"

#define STAGE_OURS 2

struct visit {
	struct pm_ctx *ctx;
	struct pm_slice root;
	pm_git_entry_fn fn;
	pm_git_trees_fn trees; /* or NULL */
	void *data;
	int64_t written_s; /* when the index was written */
	uint32_t written_ns;
};

/*
 * Whether the entries can be read here; and what they are like. trees, if not
 * NULL, is what git notes of the trees that the entries would make.
 */
static bool readable(struct pm_slice bytes, struct pm_git_index_facts *facts,
	struct pm_slice *trees)
{
	struct pm_git_cursor cursor;
	struct pm_git_entry entry;
	unsigned stage;
	bool ok = pm_git_cursor_open(&cursor, bytes);

	*facts = (struct pm_git_index_facts){0};
	while (ok && pm_git_cursor_next(&cursor, &entry, &stage)) {
		facts->unmerged |= stage != 0;
		facts->attributes |=
			pm_slice_ends(entry.path, ".gitattributes");
	}
	ok = ok && !cursor.bad && !pm_git_cursor_strange(&cursor);
	facts->caches =
		ok && (pm_git_cursor_extension(&cursor, "UNTR").len > 0 ||
			      pm_git_cursor_extension(&cursor, "FSMN").len > 0);
	if (ok && trees)
		*trees = pm_git_cursor_extension(&cursor, "TREE");
	pm_buf_release(&cursor.path);
	return ok;
}

/* Fails for an index whose own entries are not all there. */
static int check_whole(
	struct pm_ctx *ctx, const char *path, struct pm_slice bytes)
{
	struct pm_git_cursor cursor;
	struct pm_git_entry entry;
	unsigned stage;
	bool known = pm_git_cursor_open(&cursor, bytes);

	/* Those of a split index that stand for others have no path. */
	cursor.nameless = true;
	while (known && pm_git_cursor_next(&cursor, &entry, &stage))
		;
	pm_buf_release(&cursor.path);
	if (!known || !cursor.bad)
		return 0;
	return pm_fail(ctx, PM_ERROR,
		"cannot read the index '%s': it is damaged (remove it; 'git "
		"reset' makes it anew)",
		path);
}

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_dev == b->st_dev &&
	       a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
	       a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
	       a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/*
 * As readable, but looks through a file once: whoever writes an index renames
 * a new one into its place. st is from before the bytes were read; when the
 * file is no longer that one, nothing is known of them.
 */
static bool readable_again(struct pm_repo *repo, const char *path,
	const struct stat *st, struct pm_slice bytes,
	struct pm_git_index_facts *facts)
{
	struct pm_git_index_seen *seen = &repo->seen;
	struct stat now;
	bool same = stat(path, &now) == 0 && same_file(&now, st);

	if (same && seen->known && same_file(&seen->st, st)) {
		*facts = seen->facts;
		return true;
	}
	if (!readable(bytes, facts, NULL))
		return false;
	if (same)
		*seen = (struct pm_git_index_seen){true, *st, *facts};
	return true;
}

/* True when path lies in the directory root. */
static bool under(struct pm_slice path, struct pm_slice root)
{
	if (root.len == 0)
		return true;
	return path.len > root.len && path.ptr[root.len] == '/' &&
	       memcmp(path.ptr, root.ptr, root.len) == 0;
}

/*
 * A file changed in the same instant as the index was written may look as it
 * did when it was added: then what is known of it counts for nothing.
 */
static void forget_if_racy(
	const struct visit *visit, struct pm_git_entry *entry)
{
	if (entry->mtime_s < visit->written_s ||
		(entry->mtime_s == visit->written_s &&
			entry->mtime_ns < visit->written_ns))
		return;
	entry->mtime_s = entry->ctime_s = 0;
	entry->mtime_ns = entry->ctime_ns = 0;
	entry->size = 0;
}

static int visit_bytes(const struct visit *visit, struct pm_slice bytes)
{
	struct pm_git_cursor cursor;
	struct pm_git_entry entry;
	unsigned stage;
	int rc = 0;

	pm_git_cursor_open(&cursor, bytes);
	while (rc == 0 && pm_git_cursor_next(&cursor, &entry, &stage)) {
		if (!under(entry.path, visit->root) ||
			entry.mode == PM_GIT_SUBMODULE)
			continue;
		forget_if_racy(visit, &entry);
		entry.unmerged = stage != 0;
		if (stage == 0 || stage == STAGE_OURS)
			rc = visit->fn(visit->data, &entry);
	}
	pm_buf_release(&cursor.path);
	return rc;
}

/* --- through git --------------------------------------------------------- */

/* One record of "ls-files -v --stage": "H 100644 OID 0<tab>path"; in lower case
   where git is to assume that the file did not change. */
static int visit_line(const struct visit *visit, struct pm_slice line)
{
	struct pm_git_entry entry = {0};
	ptrdiff_t tab = pm_slice_find(line, 0, '\t');
	char stage;

	/* Tag, blank, six digits, blank, forty digits, blank, stage. */
	if (tab != 51)
		return 0;
	entry.assume_unchanged = line.ptr[0] >= 'a';
	entry.skip_worktree = line.ptr[0] == 'S' || line.ptr[0] == 's';
	for (size_t i = 2; i < 8; i++)
		entry.mode = entry.mode * 8 + (unsigned)(line.ptr[i] - '0');
	if (pm_oid_parse(pm_slice_sub(line, 9, 40), &entry.oid) < 0)
		return 0;
	stage = line.ptr[50];
	entry.unmerged = stage != '0';
	entry.path = pm_slice_from(line, 52);
	if ((stage != '0' && stage != '2') || entry.mode == PM_GIT_SUBMODULE ||
		!under(entry.path, visit->root))
		return 0;
	return visit->fn(visit->data, &entry);
}

static int list_by_git(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *const *args, const char *path, struct pm_buf *out)
{
	struct pm_buf errors = PM_BUF_INIT;
	struct pm_buf reason = PM_BUF_INIT;
	struct pm_git_run run = {
		.args = args,
		.index = path == repo->index ? NULL : path,
		.output = out,
		.errors = &errors,
	};
	int rc = pm_git_run(ctx, repo, &run);

	if (rc != 0)
		pm_git_complaint(&reason, pm_buf_slice(&errors));
	if (rc > 0)
		rc = pm_fail(ctx, PM_ERROR,
			"cannot read the index '%s': %s (when it is damaged, "
			"remove it; 'git reset' makes it anew)",
			path, reason.ptr);
	pm_buf_release(&errors);
	pm_buf_release(&reason);
	return rc;
}

static int visit_by_git(const struct visit *visit, struct pm_repo *repo,
	const char *path, struct pm_slice bytes)
{
	static const char *const args[] = {
		"ls-files", "-v", "--stage", "-z", NULL};
	struct pm_buf listing = PM_BUF_INIT;
	struct pm_slice rest;
	int rc = check_whole(visit->ctx, path, bytes);

	if (rc == 0)
		rc = list_by_git(visit->ctx, repo, args, path, &listing);
	rest = pm_buf_slice(&listing);
	while (rc == 0 && rest.len > 0) {
		ptrdiff_t nul = pm_slice_find(rest, 0, '\0');
		size_t len = nul < 0 ? rest.len : (size_t)nul;

		rc = visit_line(visit, pm_slice_sub(rest, 0, len));
		rest = pm_slice_from(rest, len + 1);
	}
	pm_buf_release(&listing);
	return rc;
}

/* --- what others call ---------------------------------------------------- */

/* Reads the file; 1, or 0 when there is none. */
static int read_index(struct pm_ctx *ctx, const char *path,
	struct pm_buf *bytes, struct stat *st)
{
	int rc;

	if (stat(path, st) < 0)
		rc = pm_fail_errno(ctx, "cannot read the index '%s'", path);
	else
		rc = pm_file_read(ctx, path, 0, bytes);
	if (rc == PM_ENOTFOUND) {
		pm_ctx_clear(ctx);
		return 0;
	}
	return rc < 0 ? rc : 1;
}

/* Visits the index at path as visit says, which is filled in. */
static int visit_file(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *path, struct visit *visit)
{
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_slice trees = {0};
	struct pm_git_index_facts facts;
	struct stat st;
	int rc = read_index(ctx, path, &bytes, &st);

	visit->ctx = ctx;
	if (rc > 0) {
		/* Taken before the bytes: an index replaced meanwhile is
		   newer, which only makes more entries count as racy. */
		visit->written_s = st.st_mtim.tv_sec;
		visit->written_ns = (uint32_t)st.st_mtim.tv_nsec;
		if (visit->trees ? !readable(
					   pm_buf_slice(&bytes), &facts, &trees)
				 : !readable_again(repo, path, &st,
					   pm_buf_slice(&bytes), &facts)) {
			rc = visit_by_git(
				visit, repo, path, pm_buf_slice(&bytes));
		} else {
			if (visit->trees)
				visit->trees(visit->data, trees);
			rc = visit_bytes(visit, pm_buf_slice(&bytes));
		}
	}
	pm_buf_release(&bytes);
	return rc;
}

int pm_git_index_file(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *path, struct pm_slice root, pm_git_entry_fn fn, void *data)
{
	struct visit visit = {.root = root, .fn = fn, .data = data};

	return visit_file(ctx, repo, path, &visit);
}

int pm_git_index_trees(struct pm_ctx *ctx, struct pm_repo *repo,
	pm_git_trees_fn trees, pm_git_entry_fn fn, void *data)
{
	struct visit visit = {.trees = trees, .fn = fn, .data = data};

	return visit_file(ctx, repo, repo->index, &visit);
}

int pm_git_index(struct pm_ctx *ctx, struct pm_repo *repo, struct pm_slice root,
	pm_git_entry_fn fn, void *data)
{
	return pm_git_index_file(ctx, repo, repo->index, root, fn, data);
}

struct gone {
	const struct pm_repo *repo;
	struct pm_git_index_facts *facts;
};

static int look_gone(void *data, const struct pm_git_entry *entry)
{
	struct gone *gone = data;
	struct pm_buf path = PM_BUF_INIT;

	if (!pm_slice_ends(entry->path, ".gitattributes"))
		return 0;
	pm_buf_addf(&path, "%s/%.*s", gone->repo->worktree,
		PM_SLICE_ARG(entry->path));
	gone->facts->attributes_gone |= access(path.ptr, F_OK) < 0;
	pm_buf_release(&path);
	return 0;
}

/* Notes when a staged file of attributes is not on disk, as in a sparse
   checkout: git reads it from the index then. */
static int find_gone(struct pm_ctx *ctx, struct pm_repo *repo,
	struct pm_git_index_facts *facts)
{
	struct gone gone = {repo, facts};

	return repo->worktree ? pm_git_index(ctx, repo, pm_slice_make(NULL, 0),
					look_gone, &gone)
			      : 0;
}

int pm_git_index_facts(struct pm_ctx *ctx, struct pm_repo *repo,
	struct pm_git_index_facts *facts)
{
	static const char *const args[] = {"ls-files", "-u", "-z", NULL};
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_buf listing = PM_BUF_INIT;
	struct stat st;
	int rc = read_index(ctx, repo->index, &bytes, &st);

	*facts = (struct pm_git_index_facts){0};
	if (rc > 0 && !readable_again(repo, repo->index, &st,
			      pm_buf_slice(&bytes), facts)) {
		rc = check_whole(ctx, repo->index, pm_buf_slice(&bytes));
		if (rc == 0)
			rc = list_by_git(
				ctx, repo, args, repo->index, &listing);
		facts->unmerged = listing.len > 0;
		facts->attributes = true; /* not known, so perhaps */
		facts->foreign = true;
	}
	if (rc >= 0 && facts->attributes)
		rc = find_gone(ctx, repo, facts);
	pm_buf_release(&bytes);
	pm_buf_release(&listing);
	return rc < 0 ? rc : 0;
}
