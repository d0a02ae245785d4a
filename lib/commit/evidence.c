/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The evidence of a document: the files in the directory beside it that has
 * its id as a name, and those its front matter names. What is as in HEAD is
 * left out; what is gone from that directory goes from HEAD as well. A file
 * that git ignores is not taken, and that is said.
 */
#include "commit/private.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/path.h"

/* One file that may belong into the commit. */
struct candidate {
	struct pm_slice path; /* arena, terminated */
	size_t doc;           /* number in job->docs */
	struct pm_oid head;   /* zero: not in HEAD */
	bool on_disk;
	struct pm_git_entry staged; /* mode 0: not in the index */
};

struct gathering {
	struct pm_ctx *ctx;
	struct pm_commit_job *job;
	size_t doc;
	PM_VEC(struct candidate) files;
	size_t next; /* for the walk through the index */
};

static struct candidate *add_candidate(
	struct gathering *all, struct pm_slice path)
{
	struct candidate *file = pm_vec_push(&all->files);

	file->path = pm_arena_slice(&all->job->arena, path);
	file->doc = all->doc;
	return file;
}

static int take_disk(void *data, struct pm_slice path)
{
	add_candidate(data, path)->on_disk = true;
	return 0;
}

static int take_head(void *data, const struct pm_git_entry *entry)
{
	add_candidate(data, entry->path)->head = entry->oid;
	return 0;
}

/* The files in the document's own directory, on disk and in HEAD. */
static int gather_dir(struct gathering *all, const struct pm_commit_doc *doc)
{
	struct pm_commit_job *job = all->job;
	struct pm_slice parent = pm_path_dir(pm_slice_str(doc->path));
	struct pm_buf dir = PM_BUF_INIT;
	struct pm_slice path;
	bool there;
	int rc = 0;

	/* Of "..md" and "...md" these would be everybody's files. */
	if (doc->id.len == 0 || pm_slice_is(doc->id, ".") ||
		pm_slice_is(doc->id, ".."))
		return 0;
	pm_buf_add_slice(&dir, parent);
	pm_buf_adds(&dir, parent.len > 0 ? "/" : "");
	pm_buf_add_slice(&dir, doc->id);
	path = pm_buf_slice(&dir);
	there = pm_reader_exists(all->ctx, job->reader, path) == 2;
	if (there)
		rc = pm_reader_files(
			all->ctx, job->reader, path, take_disk, all);
	/* To ask HEAD for every document that did not change takes time. */
	if (rc == 0 && (there || doc->changed))
		rc = pm_git_walk(
			all->ctx, job->repo, &job->head, path, take_head, all);
	pm_buf_release(&dir);
	return rc;
}

/* A file that the front matter names, from the document's directory. */
static int gather_named(struct gathering *all, const struct pm_commit_doc *doc,
	struct pm_slice name)
{
	struct pm_commit_job *job = all->job;
	struct pm_git_entry entry = {0};
	struct pm_buf path = PM_BUF_INIT;
	int rc = 0;

	/* Out of the repository, absent, or a link elsewhere: the check says
	   what is to be said. */
	if (pm_path_join(&path, pm_path_dir(pm_slice_str(doc->path)), name) <
			0 ||
		pm_reader_exists(all->ctx, job->reader, pm_buf_slice(&path)) !=
			1) {
		pm_buf_release(&path);
		return 0;
	}
	take_disk(all, pm_buf_slice(&path));
	rc = pm_git_lookup(
		all->ctx, job->repo, &job->head, pm_buf_slice(&path), &entry);
	if (rc == 0)
		take_head(all, &entry);
	pm_buf_release(&path);
	return rc == PM_ENOTFOUND ? 0 : rc;
}

static int gather(struct gathering *all)
{
	struct pm_commit_job *job = all->job;
	int rc = 0;

	for (size_t i = 0; i < job->docs.len && rc == 0; i++) {
		const struct pm_commit_doc *doc = &job->docs.items[i];
		struct pm_slice rest = doc->files;

		all->doc = i;
		rc = gather_dir(all, doc);
		while (rc == 0 && rest.len > 0) {
			struct pm_slice name = pm_slice_str(rest.ptr);

			rc = gather_named(all, doc, name);
			rest = pm_slice_from(rest, name.len + 1);
		}
	}
	return rc;
}

static int by_path(const void *a, const void *b)
{
	return pm_slice_cmp(((const struct candidate *)a)->path,
		((const struct candidate *)b)->path);
}

/* Makes one of what was found on disk, in HEAD and by name. */
static void merge(struct gathering *all)
{
	size_t n = 0;

	if (all->files.len == 0)
		return;
	qsort(all->files.items, all->files.len, sizeof(*all->files.items),
		by_path);
	for (size_t i = 1; i < all->files.len; i++) {
		struct candidate *last = &all->files.items[n];
		const struct candidate *file = &all->files.items[i];

		if (!pm_slice_eq(last->path, file->path)) {
			all->files.items[++n] = *file;
			continue;
		}
		last->on_disk |= file->on_disk;
		if (pm_oid_zero(&last->head))
			last->head = file->head;
	}
	all->files.len = n + 1;
}

static int take_staged(void *data, const struct pm_git_entry *entry)
{
	struct gathering *all = data;

	for (; all->next < all->files.len; all->next++) {
		struct candidate *file = &all->files.items[all->next];
		int order = pm_slice_cmp(file->path, entry->path);

		if (order == 0)
			file->staged = *entry;
		if (order >= 0)
			break;
	}
	return all->next == all->files.len;
}

/* True when git's notes say that the file is as in HEAD. */
static bool is_same(
	const struct pm_commit_job *job, const struct candidate *file)
{
	const struct pm_git_entry *staged = &file->staged;
	struct pm_buf path = PM_BUF_INIT;
	struct stat st;
	bool known;

	if (staged->mtime_s == 0 || !pm_oid_eq(&staged->oid, &file->head))
		return false;
	pm_buf_addf(
		&path, "%s/%s", pm_repo_worktree(job->repo), file->path.ptr);
	known = lstat(path.ptr, &st) == 0 && S_ISREG(st.st_mode) &&
		st.st_mtim.tv_sec == staged->mtime_s &&
		(uint32_t)st.st_mtim.tv_nsec == staged->mtime_ns &&
		st.st_ctim.tv_sec == staged->ctime_s &&
		(uint32_t)st.st_ctim.tv_nsec == staged->ctime_ns &&
		(uint32_t)st.st_size == staged->size;
	pm_buf_release(&path);
	return known;
}

/* 1 when the file goes into the commit. */
static int is_wanted(struct pm_ctx *ctx, const struct pm_commit_job *job,
	const struct candidate *file, bool tell)
{
	int rc;

	if (!file->on_disk)
		return !pm_oid_zero(&file->head) && !file->staged.skip_worktree;
	if (is_same(job, file))
		return 0;
	if (file->staged.mode != 0 || !pm_oid_zero(&file->head))
		return 1;
	rc = pm_git_ignored(ctx, job->repo, file->path.ptr);
	if (rc > 0 && tell)
		pm_notice(ctx,
			"'%s' is evidence but git ignores it: left out ('git "
			"add -f' takes it in)",
			file->path.ptr);
	return rc < 0 ? rc : !rc;
}

/* Tells the document which of its files go along. */
static void count_file(struct pm_commit_job *job, const struct candidate *file)
{
	struct pm_commit_doc *doc = &job->docs.items[file->doc];
	struct pm_slice name = pm_path_base(file->path);

	doc->nevidence++;
	if (doc->nevidence <= PM_COMMIT_FILES_NAMED)
		doc->added = pm_slice_str(pm_arena_printf(&job->arena,
			"%.*s%s%.*s%s", PM_SLICE_ARG(doc->added),
			doc->added.len > 0 ? "\n" : "", PM_SLICE_ARG(name),
			!file->on_disk             ? " removed"
			: pm_oid_zero(&file->head) ? " added"
						   : " changed"));
}

/* Forgets what an earlier look found. */
static void reset(struct pm_commit_job *job)
{
	job->paths.len = 0;
	for (size_t i = 0; i < job->docs.len; i++) {
		job->docs.items[i].nevidence = 0;
		job->docs.items[i].added = pm_slice_make(NULL, 0);
	}
}

int pm_commit_evidence(
	struct pm_ctx *ctx, struct pm_commit_job *job, bool named)
{
	struct gathering all = {.ctx = ctx, .job = job};
	int rc;

	reset(job);
	rc = gather(&all);
	merge(&all);
	if (rc == 0 && all.files.len > 0)
		rc = pm_git_index(ctx, job->repo, pm_slice_make(NULL, 0),
			take_staged, &all);
	rc = rc < 0 ? rc : 0;
	for (size_t i = 0; i < all.files.len && rc >= 0; i++) {
		rc = is_wanted(ctx, job, &all.files.items[i], named);
		if (rc > 0) {
			*pm_vec_push(&job->paths) = all.files.items[i].path.ptr;
			count_file(job, &all.files.items[i]);
		}
	}
	pm_vec_release(&all.files);
	return rc < 0 ? rc : 0;
}
