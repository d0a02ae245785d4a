/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Globs and paths, a line end between the two. Matching agrees with the same
 * rules written down without any cleverness; a path that was joined stays
 * below its root, and one that is written as seen from elsewhere leads back.
 */
#include "fuzz.h"

#include "base/path.h"
#include "base/utf8.h"

/* The plain matcher takes time like a power of the stars. */
enum { GLOB_MOST = 24, PATH_MOST = 24 };

static char at(struct pm_slice s, size_t off)
{
	return off < s.len ? s.ptr[off] : '\0';
}

/* One character of a class; a backslash makes the next one itself. */
static size_t class_char(struct pm_slice g, size_t off, uint32_t *cp)
{
	size_t skip = at(g, off) == '\\' && off + 1 < g.len;

	return skip + pm_utf8_next(g, off + skip, cp);
}

/* Length of the class that begins g, 0: none; *in: cp is one of it. */
static size_t read_class(struct pm_slice g, uint32_t cp, bool *in)
{
	bool not = at(g, 1) == '!' || at(g, 1) == '^', hit = false;
	size_t first = 1 + not, i = first;

	for (; i < g.len && (g.ptr[i] != ']' || i == first);) {
		uint32_t low, high;

		i += class_char(g, i, &low);
		high = low;
		if (at(g, i) == '-' && i + 1 < g.len && g.ptr[i + 1] != ']')
			i += 1 + class_char(g, i + 1, &high);
		hit |= cp >= low && cp <= high;
	}
	*in = hit != not ;
	return i < g.len ? i + 1 : 0;
}

static bool match(struct pm_slice g, struct pm_slice p, bool start);

/* "**" and what follows it: any number of components, or all that is left. */
static bool match_dirs(struct pm_slice g, struct pm_slice p)
{
	if (g.len == 2)
		return p.len > 0;
	for (size_t i = 0; i <= p.len; i++)
		if ((i == 0 || p.ptr[i - 1] == '/') &&
			match(pm_slice_from(g, 3), pm_slice_from(p, i), true))
			return true;
	return false;
}

/* Stars within a component. */
static bool match_star(struct pm_slice g, struct pm_slice p)
{
	uint32_t cp;
	size_t n = 1, i = 0;

	while (n < g.len && g.ptr[n] == '*')
		n++;
	while (!match(pm_slice_from(g, n), pm_slice_from(p, i), false)) {
		if (i >= p.len || p.ptr[i] == '/')
			return false;
		i += pm_utf8_next(p, i, &cp);
	}
	return true;
}

/* Does all of g match all of p? start: g begins a component. */
static bool match(struct pm_slice g, struct pm_slice p, bool start)
{
	uint32_t cp = 0;
	size_t len, n;
	bool in = true;

	if (!g.len)
		return !p.len;
	if (start && g.ptr[0] == '*' && at(g, 1) == '*' &&
		(g.len == 2 || g.ptr[2] == '/'))
		return match_dirs(g, p);
	if (g.ptr[0] == '*')
		return match_star(g, p);
	if (!p.len)
		return false;
	len = pm_utf8_next(p, 0, &cp);
	n = g.ptr[0] == '?' ? 1 : g.ptr[0] == '[' ? read_class(g, cp, &in) : 0;
	if (n)
		return in && cp != '/' &&
		       match(pm_slice_from(g, n), pm_slice_from(p, len), false);
	n = g.ptr[0] == '\\' && g.len > 1;
	return g.ptr[n] == p.ptr[0] &&
	       match(pm_slice_from(g, n + 1), pm_slice_from(p, 1),
		       g.ptr[n] == '/');
}

static void check_glob(struct pm_slice glob, struct pm_slice path)
{
	struct pm_slice root = pm_glob_root(glob);
	bool found = pm_glob_match(glob, path);
	bool clean = path.len && !pm_slice_starts(path, "/") &&
		     !pm_slice_ends(path, "/") &&
		     !memmem(path.ptr, path.len, "//", 2);

	if (found && root.len) {
		FUZZ_CHECK(pm_slice_eq(pm_slice_sub(path, 0, root.len), root));
		FUZZ_CHECK(at(path, root.len) == '/');
	}
	/* Whole directories and unanchored globs are left to the tests. */
	if (glob.len > GLOB_MOST || path.len > PATH_MOST || !clean ||
		pm_slice_find(glob, 1, '/') < 0 || pm_slice_ends(glob, "/"))
		return;
	if (glob.ptr[0] == '/')
		glob = pm_slice_from(glob, 1);
	FUZZ_CHECK(match(glob, path, true) == found);
}

/* No component is empty, "." or "..". */
static void check_clean(struct pm_slice path)
{
	struct pm_slice rest = path;

	while (rest.len) {
		struct pm_slice base = pm_path_base(rest);

		FUZZ_CHECK(base.len > 0);
		FUZZ_CHECK(!pm_slice_is(base, "."));
		FUZZ_CHECK(!pm_slice_is(base, ".."));
		rest = pm_path_dir(rest);
	}
}

static void check_path(struct pm_slice base, struct pm_slice path)
{
	struct pm_buf joined = PM_BUF_INIT, away = PM_BUF_INIT;
	struct pm_buf here = PM_BUF_INIT, back = PM_BUF_INIT;

	if (pm_path_join(&here, pm_slice_make("", 0), base) == 0 &&
		pm_path_join(&joined, pm_buf_slice(&here), path) == 0) {
		check_clean(pm_buf_slice(&here));
		check_clean(pm_buf_slice(&joined));
		pm_path_relative(
			&away, pm_buf_slice(&here), pm_buf_slice(&joined));
		if (joined.len) {
			FUZZ_CHECK(pm_path_join(&back, pm_buf_slice(&here),
					   pm_buf_slice(&away)) == 0);
			FUZZ_CHECK(pm_slice_eq(
				pm_buf_slice(&back), pm_buf_slice(&joined)));
		}
		if (joined.len && !pm_path_refuse(pm_buf_slice(&joined)))
			for (size_t i = 0; i < joined.len; i++)
				FUZZ_CHECK(
					(unsigned char)joined.ptr[i] >= ' ' &&
					joined.ptr[i] != '\\');
	}
	pm_buf_release(&joined);
	pm_buf_release(&away);
	pm_buf_release(&here);
	pm_buf_release(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_slice glob, path;

	fuzz_cut(text, '\n', &glob, &path);
	check_glob(glob, path);
	check_path(glob, path);
	return 0;
}
