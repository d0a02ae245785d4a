/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths and globs. All of it works on text; the file system is not asked.
 */
#include "base/path.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "pm/context.h"

#define COMPONENT_MAX 255
#define PATH_LEN_MAX  4096

static ptrdiff_t last_slash(struct pm_slice path)
{
	const char *at = path.len ? memrchr(path.ptr, '/', path.len) : NULL;

	return at ? at - path.ptr : -1;
}

struct pm_slice pm_path_base(struct pm_slice path)
{
	return pm_slice_from(path, (size_t)(last_slash(path) + 1));
}

struct pm_slice pm_path_dir(struct pm_slice path)
{
	ptrdiff_t slash = last_slash(path);

	return pm_slice_sub(path, 0, slash < 0 ? 0 : (size_t)slash);
}

struct pm_slice pm_path_stem(struct pm_slice path)
{
	struct pm_slice base = pm_path_base(path);
	size_t dot = base.len;

	while (dot > 0 && base.ptr[dot - 1] != '.')
		dot--;
	/* A leading dot begins a hidden name, not a suffix. */
	if (dot > 1)
		base.len = dot - 1;
	return base;
}

struct pm_slice pm_path_id(struct pm_slice path)
{
	struct pm_slice stem = pm_path_stem(path), dir;

	if (!pm_slice_is_nocase(stem, "index") &&
		!pm_slice_is_nocase(stem, "_index") &&
		!pm_slice_is_nocase(stem, "readme"))
		return stem;
	dir = pm_path_base(pm_path_dir(path));
	return dir.len ? dir : stem;
}

void pm_path_relative(
	struct pm_buf *buf, struct pm_slice here, struct pm_slice path)
{
	size_t same = 0;

	/* Directories both have in common. */
	for (size_t i = 0; i <= here.len && i < path.len; i++) {
		bool end = i == here.len || here.ptr[i] == '/';

		if (here.len > 0 && end && path.ptr[i] == '/')
			same = i + 1;
		if (i == here.len || here.ptr[i] != path.ptr[i])
			break;
	}
	for (size_t i = same; i < here.len; i++)
		if (i == same || here.ptr[i - 1] == '/')
			pm_buf_adds(buf, "../");
	pm_buf_add_slice(buf, pm_slice_from(path, same));
}

/* Cuts the next component off *rest; false when there is none. */
static bool next_component(struct pm_slice *rest, struct pm_slice *part)
{
	size_t len = 0;

	while (rest->len && rest->ptr[0] == '/')
		*rest = pm_slice_from(*rest, 1);
	while (len < rest->len && rest->ptr[len] != '/')
		len++;
	*part = pm_slice_sub(*rest, 0, len);
	*rest = pm_slice_from(*rest, len);
	return len > 0;
}

/* Drops the last component that was appended after mark; false at the root. */
static bool climb(struct pm_buf *buf, size_t mark)
{
	size_t end = buf->len;

	if (end == mark)
		return false;
	while (end > mark && buf->ptr[end - 1] != '/')
		end--;
	pm_buf_truncate(buf, end > mark ? end - 1 : mark);
	return true;
}

/* Appends the components of path; false when it climbs above mark. */
static bool append(struct pm_buf *buf, size_t mark, struct pm_slice path)
{
	struct pm_slice part;

	while (next_component(&path, &part)) {
		if (pm_slice_is(part, "."))
			continue;
		if (pm_slice_is(part, "..")) {
			if (!climb(buf, mark))
				return false;
			continue;
		}
		if (buf->len > mark)
			pm_buf_addc(buf, '/');
		pm_buf_add_slice(buf, part);
	}
	return true;
}

int pm_path_join(struct pm_buf *buf, struct pm_slice base, struct pm_slice path)
{
	size_t mark = buf->len;
	bool ok = true;

	if (!pm_slice_starts(path, "/"))
		ok = append(buf, mark, base);
	ok = ok && append(buf, mark, path);
	if (!ok)
		pm_buf_truncate(buf, mark);
	return ok ? 0 : PM_EINVALID;
}

/* True for CON, nul.txt, COM1.md and the like, which Windows keeps. */
static bool is_device(struct pm_slice part)
{
	static const char *const names[] = {"con", "prn", "aux", "nul",
		"clock$", "conin$", "conout$", NULL};
	ptrdiff_t dot = pm_slice_find(part, 0, '.');
	struct pm_slice stem =
		pm_slice_sub(part, 0, dot < 0 ? part.len : (size_t)dot);
	struct pm_slice number;
	const char *const *name;

	while (pm_slice_ends(stem, " "))
		stem.len--;
	for (name = names; *name; name++) {
		if (pm_slice_is_nocase(stem, *name))
			return true;
	}
	if (!pm_slice_is_nocase(pm_slice_sub(stem, 0, 3), "com") &&
		!pm_slice_is_nocase(pm_slice_sub(stem, 0, 3), "lpt"))
		return false;
	number = pm_slice_from(stem, 3);
	if (number.len == 1)
		return pm_is_digit(number.ptr[0]);
	/* Superscript one, two and three count as digits there. */
	return pm_slice_is(number, "\xc2\xb9") ||
	       pm_slice_is(number, "\xc2\xb2") ||
	       pm_slice_is(number, "\xc2\xb3");
}

static const char *refuse_component(struct pm_slice part)
{
	if (!part.len)
		return "it has an empty component";
	if (pm_slice_is(part, ".") || pm_slice_is(part, ".."))
		return "it has a '.' or '..' component";
	if (part.len > COMPONENT_MAX)
		return "a component is longer than 255 bytes";
	if (part.ptr[0] == '-')
		return "a component begins with '-'";
	if (pm_slice_ends(part, ".") || pm_slice_ends(part, " "))
		return "a component ends with a dot or a space";
	/* ".g<ZWNJ>it" and ".git::$DATA" fail on their characters. */
	if (pm_slice_is_nocase(part, ".git") ||
		pm_slice_is_nocase(part, "git~1"))
		return "git takes a component for its own directory";
	if (is_device(part))
		return "a component is a device name on Windows";
	return NULL;
}

const char *pm_path_refuse(struct pm_slice path)
{
	const char *why = NULL;
	size_t start = 0;
	size_t off;
	uint32_t cp;

	if (!path.len)
		return "it is empty";
	if (path.len > PATH_LEN_MAX)
		return "it is longer than 4096 bytes";
	if (path.ptr[0] == '/')
		return "it begins with '/'";
	if (!pm_utf8_valid(path, NULL))
		return "it is not valid UTF-8";
	if (pm_utf8_find_invisible(path, 0, &cp) >= 0 ||
		pm_slice_find(path, 0, '\t') >= 0 ||
		pm_slice_find(path, 0, '\n') >= 0 ||
		pm_slice_find(path, 0, '\r') >= 0)
		return "it has a control or invisible character";
	if (pm_slice_find(path, 0, '\\') >= 0)
		return "it has a '\\'";
	if (pm_slice_find(path, 0, ':') >= 0)
		return "it has a ':'";
	for (off = 0; off <= path.len && !why; off++) {
		if (off < path.len && path.ptr[off] != '/')
			continue;
		why = refuse_component(pm_slice_sub(path, start, off - start));
		start = off + 1;
	}
	return why;
}
