/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changing a few entries of a large index without taking it apart: the bytes
 * of all other entries are copied in long pieces as they stand, and written
 * with a new checksum. libgit2 would parse, verify and print every entry,
 * which for 100,000 costs more than the rest of a commit. Whatever is out of
 * the ordinary is left to it.
 */
#include "git/edit.h"

#include <endian.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/vec.h"
#include "git/cursor.h"

/* Every entry is compared with every path; beyond this libgit2 is better. */
#define MAX_ITEMS 64

struct edit {
	const struct pm_git_job *job;
	struct pm_git_cursor cursor;
	size_t kept; /* from here on the old bytes are still to be taken */
	size_t next; /* item that comes next in path order */
	size_t met;  /* items that had an entry, and have one */
	uint32_t count;
	struct pm_arena arena;
	PM_VEC(struct pm_slice) pieces;
};

static void put32(char *at, uint64_t value)
{
	uint32_t word = htobe32((uint32_t)value);

	memcpy(at, &word, sizeof(word));
}

static void add_piece(struct edit *edit, struct pm_slice bytes)
{
	if (bytes.len > 0)
		*pm_vec_push(&edit->pieces) = bytes;
}

/* Takes the old bytes up to off. */
static void keep_to(struct edit *edit, size_t off)
{
	add_piece(edit,
		pm_slice_sub(edit->cursor.bytes, edit->kept, off - edit->kept));
	edit->kept = off;
}

static void put_stat(char *at, const struct stat *st)
{
	put32(at, (uint64_t)st->st_ctim.tv_sec);
	put32(at + 4, (uint64_t)st->st_ctim.tv_nsec);
	put32(at + 8, (uint64_t)st->st_mtim.tv_sec);
	put32(at + 12, (uint64_t)st->st_mtim.tv_nsec);
	put32(at + 16, st->st_dev);
	put32(at + 20, st->st_ino);
	put32(at + 28, st->st_uid);
	put32(at + 32, st->st_gid);
	put32(at + 36, (uint64_t)st->st_size);
}

/* The entry of an item, padded with one to eight NULs. */
static void add_entry(struct edit *edit, const struct pm_git_item *item)
{
	size_t len = strlen(item->path);
	size_t size = (PM_GIT_INDEX_FIXED + len + 8) / 8 * 8;
	char *at;
	uint16_t flags = htobe16((uint16_t)(len < 0xfff ? len : 0xfff));

	if (item->removed)
		return;
	at = pm_arena_alloc(&edit->arena, size, 1);
	/* Without these git looks at the file. */
	if (item->st_known)
		put_stat(at, &item->st);
	put32(at + 24, item->mode);
	memcpy(at + 40, item->oid.bytes, sizeof(item->oid.bytes));
	memcpy(at + 60, &flags, sizeof(flags));
	memcpy(at + PM_GIT_INDEX_FIXED, item->path, len);
	add_piece(edit, pm_slice_make(at, size));
	edit->count++;
}

/* True when one path is a directory of the other. */
static bool collides(struct pm_slice a, struct pm_slice b)
{
	struct pm_slice shorter = a.len < b.len ? a : b;
	struct pm_slice longer = a.len < b.len ? b : a;

	return shorter.len < longer.len && longer.ptr[shorter.len] == '/' &&
	       memcmp(shorter.ptr, longer.ptr, shorter.len) == 0;
}

/* One old entry, which stood at off. False: this index is not for us. */
static bool pass_entry(struct edit *edit, struct pm_slice path, size_t off)
{
	const struct pm_git_job *job = edit->job;
	int order = -1;

	for (; edit->next < job->nitems; edit->next++) {
		const struct pm_git_item *item = &job->items[edit->next];

		order = pm_slice_cmp(path, pm_slice_str(item->path));
		if (order < 0)
			break;
		keep_to(edit, off);
		add_entry(edit, item);
		if (order == 0) {
			edit->met += !item->removed;
			edit->next++;
			edit->kept = edit->cursor.off;
			return true;
		}
	}
	for (size_t i = 0; i < job->nitems; i++)
		if (collides(path, pm_slice_str(job->items[i].path)))
			return false;
	edit->count++;
	return true;
}

static bool pass_entries(struct edit *edit)
{
	struct pm_git_cursor *cursor = &edit->cursor;
	struct pm_git_entry entry;
	unsigned stage;
	size_t off = cursor->off;

	edit->kept = off;
	while (pm_git_cursor_next(cursor, &entry, &stage)) {
		if (stage != 0 || !pass_entry(edit, entry.path, off))
			return false;
		off = cursor->off;
	}
	if (cursor->bad || pm_git_cursor_strange(cursor))
		return false;
	keep_to(edit, cursor->off);
	for (; edit->next < edit->job->nitems; edit->next++)
		add_entry(edit, &edit->job->items[edit->next]);
	return true;
}

/* --- the cache of trees -------------------------------------------------- */

struct cache {
	const struct pm_git_job *job;
	struct pm_slice rest;
	struct pm_buf path; /* of the directory at hand, with its "/" */
	struct pm_buf out;
	unsigned depth;
};

/* Reads a decimal number that ends in end. */
static bool read_number(struct pm_slice *rest, char end, long *out)
{
	ptrdiff_t at = pm_slice_find(*rest, 0, end);
	char text[16];
	char *stop;

	if (at <= 0 || (size_t)at >= sizeof(text))
		return false;
	memcpy(text, rest->ptr, (size_t)at);
	text[at] = '\0';
	*out = strtol(text, &stop, 10);
	*rest = pm_slice_from(*rest, (size_t)at + 1);
	return *stop == '\0';
}

/* True when a changed path lies under the directory at hand. */
static bool is_touched(const struct cache *cache)
{
	for (size_t i = 0; i < cache->job->nitems; i++)
		if (strncmp(cache->job->items[i].path, cache->path.ptr,
			    cache->path.len) == 0)
			return true;
	return false;
}

/*
 * Copies one node and those below it: name, number of entries, number of
 * subtrees, tree. One that a change touches loses its tree; git makes it anew.
 */
static bool copy_node(struct cache *cache)
{
	size_t before = cache->path.len;
	ptrdiff_t nul = pm_slice_find(cache->rest, 0, '\0');
	struct pm_slice name;
	long entries, subtrees;
	bool ok = true;

	if (nul < 0 || cache->depth > 256)
		return false;
	name = pm_slice_sub(cache->rest, 0, (size_t)nul);
	cache->rest = pm_slice_from(cache->rest, (size_t)nul + 1);
	if (!read_number(&cache->rest, ' ', &entries) ||
		!read_number(&cache->rest, '\n', &subtrees) ||
		(entries >= 0 && cache->rest.len < 20))
		return false;
	pm_buf_add_slice(&cache->path, name);
	if (name.len > 0)
		pm_buf_addc(&cache->path, '/');
	pm_buf_add(&cache->out, name.ptr, name.len);
	pm_buf_addc(&cache->out, '\0');
	pm_buf_addf(&cache->out, "%ld %ld\n", is_touched(cache) ? -1 : entries,
		subtrees);
	if (entries >= 0 && !is_touched(cache))
		pm_buf_add(&cache->out, cache->rest.ptr, 20);
	if (entries >= 0)
		cache->rest = pm_slice_from(cache->rest, 20);
	cache->depth++;
	for (long i = 0; i < subtrees && ok; i++)
		ok = copy_node(cache);
	cache->depth--;
	pm_buf_truncate(&cache->path, before);
	return ok;
}

static void add_extension(
	struct edit *edit, const char *name, struct pm_slice body)
{
	char *head = pm_arena_alloc(&edit->arena, 8, 1);

	memcpy(head, name, 4);
	put32(head + 4, body.len);
	add_piece(edit, pm_slice_make(head, 8));
	add_piece(edit, pm_arena_slice(&edit->arena, body));
}

static void add_cache(struct edit *edit, struct pm_slice body)
{
	struct cache cache = {
		.job = edit->job,
		.rest = body,
		.path = PM_BUF_INIT,
		.out = PM_BUF_INIT,
	};

	if (copy_node(&cache) && cache.rest.len == 0)
		add_extension(edit, "TREE", pm_buf_slice(&cache.out));
	pm_buf_release(&cache.path);
	pm_buf_release(&cache.out);
}

/* True for what git keeps of untracked files and of its file system monitor. */
static bool is_kept(struct pm_slice extension)
{
	return pm_slice_starts(extension, "UNTR") ||
	       pm_slice_starts(extension, "FSMN");
}

/*
 * Keeps what stays true. What is known of untracked files, and entry by entry
 * of a monitor, stays true as long as entries are only replaced; git does not
 * always make it again. False: it is there, and git has to change it. What
 * tells of offsets goes.
 */
static bool pass_extensions(struct edit *edit)
{
	struct pm_slice rest =
		pm_slice_from(edit->cursor.bytes, edit->cursor.off);

	while (rest.len >= 8) {
		uint32_t size;
		struct pm_slice body;

		memcpy(&size, rest.ptr + 4, sizeof(size));
		body = pm_slice_sub(rest, 8, be32toh(size));
		if (pm_slice_starts(rest, "TREE"))
			add_cache(edit, body);
		else if (pm_slice_starts(rest, "REUC"))
			add_extension(edit, "REUC", body);
		else if (is_kept(rest) && edit->met < edit->job->nitems)
			return false;
		else if (is_kept(rest))
			add_extension(edit,
				pm_slice_starts(rest, "UNTR") ? "UNTR" : "FSMN",
				body);
		rest = pm_slice_from(rest, 8 + body.len);
	}
	return true;
}

/* --- writing ------------------------------------------------------------- */

static int write_pieces(struct pm_ctx *ctx, struct edit *edit, int fd)
{
	struct pm_sha1 sha;
	unsigned char sum[PM_SHA1_LEN];
	int rc = 0;

	pm_sha1_init(&sha);
	for (size_t i = 0; i < edit->pieces.len && rc == 0; i++) {
		pm_sha1_add(&sha, edit->pieces.items[i]);
		rc = pm_fd_write(ctx, fd, edit->pieces.items[i]);
	}
	pm_sha1_end(&sha, sum);
	if (rc == 0)
		rc = pm_fd_write(
			ctx, fd, pm_slice_make((const char *)sum, sizeof(sum)));
	if (rc == 0 && pm_fd_sync(fd) < 0)
		rc = pm_fail_errno(ctx, "cannot write");
	return rc < 0 ? pm_fail_prefix(ctx, "the new index") : rc;
}

static int write_file(struct pm_ctx *ctx, struct edit *edit, const char *path)
{
	char *head = pm_arena_alloc(&edit->arena, PM_GIT_INDEX_HEADER, 1);
	int fd, rc;

	/* The first piece was left free for it. */
	memcpy(head, "DIRC", 4);
	put32(head + 4, edit->cursor.version);
	put32(head + 8, edit->count);
	edit->pieces.items[0] = pm_slice_make(head, PM_GIT_INDEX_HEADER);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return pm_fail_errno(ctx, "cannot make '%s'", path);
	rc = write_pieces(ctx, edit, fd);
	if (close(fd) < 0 && rc == 0)
		rc = pm_fail_errno(ctx, "cannot write '%s'", path);
	return rc;
}

int pm_git_edit(
	struct pm_ctx *ctx, const struct pm_git_job *job, const char *path)
{
	struct edit edit = {.job = job};
	struct pm_buf bytes = PM_BUF_INIT;
	int rc = 0;

	if (job->nitems > MAX_ITEMS)
		return 0;
	if (pm_file_read(ctx, job->repo->index, 0, &bytes) < 0)
		goto out;
	/* Version 4 writes each path as its difference from the last. */
	if (!pm_git_cursor_open(&edit.cursor, pm_buf_slice(&bytes)) ||
		edit.cursor.version > 3)
		goto out;
	*pm_vec_push(&edit.pieces) = pm_slice_make(NULL, 0);
	if (!pass_entries(&edit) || !pass_extensions(&edit))
		goto out;
	rc = write_file(ctx, &edit, path);
	rc = rc < 0 ? rc : 1;
out:
	if (rc == 0)
		pm_ctx_clear(ctx);
	pm_buf_release(&edit.cursor.path);
	pm_vec_release(&edit.pieces);
	pm_arena_release(&edit.arena);
	pm_buf_release(&bytes);
	return rc;
}
