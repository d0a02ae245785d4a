/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The staged index, read from its bytes (format versions 2 to 4): one pass
 * without an object per entry, and without libgit2's demand for a checksum
 * that git itself may have left out. A split or sparse index, or one that
 * makes no sense here, is asked of "git ls-files" instead (HAZARDS 9-11, 55).
 */
#include "git/private.h"

#include <endian.h>

#include "base/file.h"

#define HEADER      12
#define FIXED       62 /* bytes of an entry before its path */
#define TRAILER     20
#define F_EXTENDED  0x4000u
#define F_STAGE     0x3000u
#define F_NAME      0x0fffu
#define F2_SKIP     0x4000u
#define F2_INTENT   0x2000u
#define STAGE_OURS  2
#define STAGE_OF(f) (((f)&F_STAGE) >> 12)

struct cursor {
	struct pm_slice bytes;
	size_t off;
	uint32_t version;
	uint32_t left;      /* entries not read yet */
	struct pm_buf path; /* version 4 shares prefixes with it */
	bool bad;
};

struct visit {
	struct pm_ctx *ctx;
	struct pm_slice root;
	pm_git_entry_fn fn;
	void *data;
	int64_t written_s; /* when the index was written */
	uint32_t written_ns;
};

static uint32_t get32(const char *at)
{
	uint32_t value;

	memcpy(&value, at, sizeof(value));
	return be32toh(value);
}

static unsigned get16(const char *at)
{
	uint16_t value;

	memcpy(&value, at, sizeof(value));
	return be16toh(value);
}

/* Version 4: how many bytes of the last path to drop; false when malformed. */
static bool read_strip(struct cursor *cursor, size_t *off)
{
	size_t value = 0;
	unsigned char byte;

	do {
		if (*off >= cursor->bytes.len || value > cursor->path.len)
			return false;
		byte = (unsigned char)cursor->bytes.ptr[(*off)++];
		value = (value << 7) + (byte & 127u);
		if (byte & 128u)
			value++;
	} while (byte & 128u);
	if (value > cursor->path.len)
		return false;
	pm_buf_truncate(&cursor->path, cursor->path.len - value);
	return true;
}

/* Reads the path of the entry that starts at start; moves to the next. */
static bool read_path(struct cursor *cursor, size_t start, size_t off,
	unsigned flags, struct pm_slice *path)
{
	struct pm_slice bytes = cursor->bytes;
	size_t known = flags & F_NAME;
	const char *nul = NULL;

	if (cursor->version == 4 && !read_strip(cursor, &off))
		return false;
	/* The length stands in the flags unless it is too long for them. */
	if (cursor->version < 4 && known < F_NAME && off + known < bytes.len &&
		bytes.ptr[off + known] == '\0')
		nul = bytes.ptr + off + known;
	else if (off < bytes.len)
		nul = memchr(bytes.ptr + off, '\0', bytes.len - off);
	if (!nul)
		return false;
	*path = pm_slice_make(bytes.ptr + off, (size_t)(nul - bytes.ptr) - off);
	off += path->len;
	if (cursor->version == 4) {
		pm_buf_add_slice(&cursor->path, *path);
		*path = pm_buf_slice(&cursor->path);
		cursor->off = off + 1;
	} else {
		/* One to eight NULs, up to a multiple of eight. */
		cursor->off = start + (off - start + 8) / 8 * 8;
	}
	return cursor->off <= bytes.len && path->len > 0;
}

/* The next entry and its stage. False at the end, or when bad is set. */
static bool next_entry(
	struct cursor *cursor, struct pm_git_entry *entry, unsigned *stage)
{
	size_t start = cursor->off, off = start + FIXED;
	const char *at = cursor->bytes.ptr + start;
	unsigned flags, more = 0;

	if (cursor->left == 0)
		return false;
	cursor->left--;
	cursor->bad = true;
	if (cursor->bytes.len - start < FIXED + 2)
		return false;
	*entry = (struct pm_git_entry){
		.ctime_s = get32(at),
		.ctime_ns = get32(at + 4),
		.mtime_s = get32(at + 8),
		.mtime_ns = get32(at + 12),
		.mode = get32(at + 24),
		.size = get32(at + 36),
	};
	memcpy(entry->oid.bytes, at + 40, sizeof(entry->oid.bytes));
	flags = get16(at + 60);
	if (flags & F_EXTENDED && cursor->version >= 3) {
		more = get16(at + 62);
		off += 2;
	}
	entry->skip_worktree = more & F2_SKIP;
	entry->intent_to_add = more & F2_INTENT;
	*stage = STAGE_OF(flags);
	cursor->bad = !read_path(cursor, start, off, flags, &entry->path);
	return !cursor->bad;
}

/* True when the bytes are an index of a version that is read here. */
static bool open_cursor(struct cursor *cursor, struct pm_slice bytes)
{
	*cursor = (struct cursor){
		.bytes = bytes, .off = HEADER, .path = PM_BUF_INIT};
	if (bytes.len < HEADER + TRAILER || !pm_slice_starts(bytes, "DIRC"))
		return false;
	cursor->version = get32(bytes.ptr + 4);
	cursor->left = get32(bytes.ptr + 8);
	/* The checksum, or the zeros in its place, are not ours to read. */
	cursor->bytes.len -= TRAILER;
	return cursor->version >= 2 && cursor->version <= 4;
}

/* True when an extension changes what the entries mean. */
static bool has_strange_extension(const struct cursor *cursor)
{
	struct pm_slice rest = pm_slice_from(cursor->bytes, cursor->off);

	while (rest.len >= 8) {
		size_t size = get32(rest.ptr + 4);

		/* git: a first letter in upper case is safe to ignore. */
		if (rest.ptr[0] < 'A' || rest.ptr[0] > 'Z')
			return true;
		if (size > rest.len - 8)
			return true;
		rest = pm_slice_from(rest, 8 + size);
	}
	return rest.len != 0;
}

/* Whether the entries can be read here; and what they are like. */
static bool readable(struct pm_slice bytes, struct pm_git_index_facts *facts)
{
	struct cursor cursor;
	struct pm_git_entry entry;
	unsigned stage;
	bool ok = open_cursor(&cursor, bytes);

	*facts = (struct pm_git_index_facts){0};
	while (ok && next_entry(&cursor, &entry, &stage)) {
		facts->unmerged |= stage != 0;
		facts->attributes |=
			pm_slice_ends(entry.path, ".gitattributes");
	}
	ok = ok && !cursor.bad && !has_strange_extension(&cursor);
	pm_buf_release(&cursor.path);
	return ok;
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
	struct cursor cursor;
	struct pm_git_entry entry;
	unsigned stage;
	int rc = 0;

	open_cursor(&cursor, bytes);
	while (rc == 0 && next_entry(&cursor, &entry, &stage)) {
		if (!under(entry.path, visit->root) ||
			entry.mode == PM_GIT_SUBMODULE)
			continue;
		forget_if_racy(visit, &entry);
		if (stage == 0 || stage == STAGE_OURS)
			rc = visit->fn(visit->data, &entry);
	}
	pm_buf_release(&cursor.path);
	return rc;
}

/* --- through git --------------------------------------------------------- */

/* One record of "ls-files -t --stage": "H 100644 OID 0<tab>path". */
static int visit_line(const struct visit *visit, struct pm_slice line)
{
	struct pm_git_entry entry = {0};
	ptrdiff_t tab = pm_slice_find(line, 0, '\t');
	char stage;

	/* Tag, blank, six digits, blank, forty digits, blank, stage. */
	if (tab != 51)
		return 0;
	entry.skip_worktree = line.ptr[0] == 'S';
	for (size_t i = 2; i < 8; i++)
		entry.mode = entry.mode * 8 + (unsigned)(line.ptr[i] - '0');
	if (pm_oid_parse(pm_slice_sub(line, 9, 40), &entry.oid) < 0)
		return 0;
	stage = line.ptr[50];
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
		rc = pm_fail(ctx, PM_ERROR, "cannot read the index '%s': %s",
			path, reason.ptr);
	pm_buf_release(&errors);
	pm_buf_release(&reason);
	return rc;
}

static int visit_by_git(
	const struct visit *visit, struct pm_repo *repo, const char *path)
{
	static const char *const args[] = {
		"ls-files", "-t", "--stage", "-z", NULL};
	struct pm_buf listing = PM_BUF_INIT;
	struct pm_slice rest;
	int rc = list_by_git(visit->ctx, repo, args, path, &listing);

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

int pm_git_index_file(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *path, struct pm_slice root, pm_git_entry_fn fn, void *data)
{
	struct visit visit = {.ctx = ctx, .root = root, .fn = fn, .data = data};
	struct pm_buf bytes = PM_BUF_INIT;
	struct pm_git_index_facts facts;
	struct stat st;
	int rc = read_index(ctx, path, &bytes, &st);

	if (rc > 0) {
		/* Taken before the bytes: an index replaced meanwhile is
		   newer, which only makes more entries count as racy. */
		visit.written_s = st.st_mtim.tv_sec;
		visit.written_ns = (uint32_t)st.st_mtim.tv_nsec;
		if (readable(pm_buf_slice(&bytes), &facts))
			rc = visit_bytes(&visit, pm_buf_slice(&bytes));
		else
			rc = visit_by_git(&visit, repo, path);
	}
	pm_buf_release(&bytes);
	return rc;
}

int pm_git_index(struct pm_ctx *ctx, struct pm_repo *repo, struct pm_slice root,
	pm_git_entry_fn fn, void *data)
{
	return pm_git_index_file(ctx, repo, repo->index, root, fn, data);
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
	if (rc > 0 && !readable(pm_buf_slice(&bytes), facts)) {
		rc = list_by_git(ctx, repo, args, repo->index, &listing);
		facts->unmerged = listing.len > 0;
		facts->attributes = true; /* not known, so perhaps */
		facts->foreign = true;
	}
	pm_buf_release(&bytes);
	pm_buf_release(&listing);
	return rc < 0 ? rc : 0;
}
