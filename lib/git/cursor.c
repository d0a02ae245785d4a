/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The entries of an index file, one after the other (format versions 2 to 4,
 * gitformat-index(5)). Every length is checked against the bytes there are.
 */
#include "git/cursor.h"

#include <endian.h>
#include <string.h>

#define F_VALID     0x8000u
#define F_EXTENDED  0x4000u
#define F_STAGE     0x3000u
#define F_NAME      0x0fffu
#define F2_SKIP     0x4000u
#define F2_INTENT   0x2000u
#define STAGE_OF(f) (((f)&F_STAGE) >> 12)

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
static bool read_strip(struct pm_git_cursor *cursor, size_t *off)
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
static bool read_path(struct pm_git_cursor *cursor, size_t start, size_t off,
	unsigned flags, struct pm_slice *path)
{
	struct pm_slice bytes = cursor->bytes;
	size_t known = flags & F_NAME;
	const char *nul = NULL;

	if (cursor->version == 4 && !read_strip(cursor, &off))
		return false;
	if (off < bytes.len)
		nul = memchr(bytes.ptr + off, '\0', bytes.len - off);
	if (!nul)
		return false;
	*path = pm_slice_make(bytes.ptr + off, (size_t)(nul - bytes.ptr) - off);
	/* The flags say the length as well, unless it is too long for them. */
	if (cursor->version < 4 && known < F_NAME && known != path->len)
		return false;
	off += path->len;
	if (cursor->version == 4) {
		pm_buf_add_slice(&cursor->path, *path);
		*path = pm_buf_slice(&cursor->path);
		cursor->off = off + 1;
	} else {
		/* One to eight NULs, up to a multiple of eight. */
		cursor->off = start + (off - start + 8) / 8 * 8;
	}
	return cursor->off <= bytes.len && (path->len > 0 || cursor->nameless);
}

bool pm_git_cursor_next(struct pm_git_cursor *cursor,
	struct pm_git_entry *entry, unsigned *stage)
{
	size_t start = cursor->off, off = start + PM_GIT_INDEX_FIXED;
	const char *at = cursor->bytes.ptr + start;
	unsigned flags, more = 0;

	if (cursor->left == 0)
		return false;
	cursor->left--;
	cursor->bad = true;
	if (cursor->bytes.len - start < PM_GIT_INDEX_FIXED + 2)
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
	entry->assume_unchanged = flags & F_VALID;
	entry->skip_worktree = more & F2_SKIP;
	entry->intent_to_add = more & F2_INTENT;
	*stage = STAGE_OF(flags);
	cursor->bad = !read_path(cursor, start, off, flags, &entry->path);
	return !cursor->bad;
}

bool pm_git_cursor_open(struct pm_git_cursor *cursor, struct pm_slice bytes)
{
	*cursor = (struct pm_git_cursor){.bytes = bytes,
		.off = PM_GIT_INDEX_HEADER,
		.path = PM_BUF_INIT};
	if (bytes.len < PM_GIT_INDEX_HEADER + PM_GIT_INDEX_TRAILER ||
		!pm_slice_starts(bytes, "DIRC"))
		return false;
	cursor->version = get32(bytes.ptr + 4);
	cursor->left = get32(bytes.ptr + 8);
	/* The checksum, or the zeros in its place, are not ours to read. */
	cursor->bytes.len -= PM_GIT_INDEX_TRAILER;
	return cursor->version >= 2 && cursor->version <= 4;
}

bool pm_git_cursor_strange(const struct pm_git_cursor *cursor)
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

struct pm_slice pm_git_cursor_extension(
	const struct pm_git_cursor *cursor, const char *name)
{
	struct pm_slice rest = pm_slice_from(cursor->bytes, cursor->off);

	while (rest.len >= 8) {
		size_t size = get32(rest.ptr + 4);

		if (size > rest.len - 8)
			break;
		if (pm_slice_starts(rest, name))
			return pm_slice_sub(rest, 8, size);
		rest = pm_slice_from(rest, 8 + size);
	}
	return pm_slice_make(NULL, 0);
}
