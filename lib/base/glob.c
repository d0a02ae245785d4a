/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Globs as gitignore has them. Matching never recurses: a star that took too
 * little takes one character more and the rest is tried again, and only the
 * last star of a component and the last "**" can need that, so the time is
 * bounded by a product of the lengths and not by a power.
 */
#include "base/path.h"

#include "base/utf8.h"

/* Where to resume when what follows a star does not match. */
struct retry {
	size_t glob;
	size_t path;
	bool set;
};

struct matcher {
	struct pm_slice glob;
	struct pm_slice path;
	size_t g;
	size_t p;
	struct retry star;   /* within a component */
	struct retry dstars; /* across components */
};

static char at(struct pm_slice s, size_t off)
{
	return off < s.len ? s.ptr[off] : '\0';
}

/* One character of a class, after a backslash if there is one. */
static size_t class_char(struct pm_slice glob, size_t off, uint32_t *cp)
{
	size_t skip = at(glob, off) == '\\' && off + 1 < glob.len ? 1 : 0;

	return skip + pm_utf8_next(glob, off + skip, cp);
}

/*
 * Looks cp up in the class whose "[" is at off. Returns the length of the
 * class, or 0 when it is not closed and "[" stands for itself.
 */
static size_t match_class(
	struct pm_slice glob, size_t off, uint32_t cp, bool *matched)
{
	size_t i = off + 1;
	bool negate = at(glob, i) == '!' || at(glob, i) == '^';
	size_t first = i += negate;
	bool found = false;

	while (i < glob.len && (glob.ptr[i] != ']' || i == first)) {
		uint32_t low;
		uint32_t high;

		i += class_char(glob, i, &low);
		high = low;
		if (at(glob, i) == '-' && i + 1 < glob.len &&
			glob.ptr[i + 1] != ']')
			i += 1 + class_char(glob, i + 1, &high);
		found = found || (cp >= low && cp <= high);
	}
	if (i >= glob.len)
		return 0;
	*matched = found != negate;
	return i + 1 - off;
}

/* Matches one character against what is no star; moves on when it does. */
static bool match_one(struct matcher *m)
{
	char c = at(m->glob, m->g);
	size_t taken = 1;
	uint32_t cp;
	size_t len;
	bool matched = true;

	if (m->g >= m->glob.len || m->p >= m->path.len)
		return false;
	len = pm_utf8_next(m->path, m->p, &cp);
	if (c == '[')
		taken = match_class(m->glob, m->g, cp, &matched);
	if (taken && (c == '?' || c == '[')) {
		/* Neither may cross into the next component. */
		matched = matched && cp != '/';
	} else {
		taken = 1;
		len = 1;
		if (c == '\\' && m->g + 1 < m->glob.len)
			c = at(m->glob, m->g + taken++);
		matched = c == m->path.ptr[m->p];
	}
	if (matched) {
		m->g += taken;
		m->p += len;
	}
	return matched;
}

/* True for "**" that is a whole component at g. */
static bool at_double_star(const struct matcher *m)
{
	return at(m->glob, m->g) == '*' && at(m->glob, m->g + 1) == '*' &&
	       (!m->g || m->glob.ptr[m->g - 1] == '/') &&
	       (m->g + 2 == m->glob.len || m->glob.ptr[m->g + 2] == '/');
}

/* Passes the stars at g and notes where to resume. */
static void take_stars(struct matcher *m)
{
	m->star.set = false;
	if (at_double_star(m)) {
		/* A "**" at the end is a directory's whole contents, which
		 * a glob ending in "/" means as well. */
		m->g += m->g + 2 < m->glob.len ? 3 : 2;
		m->dstars = (struct retry){m->g, m->p, true};
		return;
	}
	while (at(m->glob, m->g) == '*')
		m->g++;
	m->star = (struct retry){m->g, m->p, true};
}

/* Resumes at the innermost star that can take more; false when none can. */
static bool extend(struct matcher *m)
{
	uint32_t cp;

	if (m->star.set && m->star.path < m->path.len &&
		m->path.ptr[m->star.path] != '/') {
		m->star.path += pm_utf8_next(m->path, m->star.path, &cp);
		m->p = m->star.path;
		m->g = m->star.glob;
		return true;
	}
	m->star.set = false;
	if (!m->dstars.set)
		return false;
	while (m->dstars.path < m->path.len &&
		m->path.ptr[m->dstars.path] != '/')
		m->dstars.path++;
	if (m->dstars.path >= m->path.len)
		return false;
	m->p = ++m->dstars.path;
	m->g = m->dstars.glob;
	return true;
}

/* True when the glob is used up in a way that admits the rest of the path. */
static bool at_contents(const struct matcher *m)
{
	bool dir = m->g && m->g == m->glob.len && m->glob.ptr[m->g - 1] == '/';
	bool all = m->g + 2 == m->glob.len && at_double_star(m);

	return (dir || all) && m->p < m->path.len;
}

/* Without a "/" before its end a glob matches in every directory. */
static bool is_anchored(struct pm_slice glob)
{
	ptrdiff_t slash = pm_slice_find(glob, 0, '/');

	return slash >= 0 && (size_t)slash + 1 < glob.len;
}

bool pm_glob_match(struct pm_slice glob, struct pm_slice path)
{
	struct matcher m = {.glob = glob, .path = path};

	if (!is_anchored(glob))
		m.dstars = (struct retry){0, 0, true};
	else if (glob.ptr[0] == '/')
		m.glob = pm_slice_from(glob, 1);
	if (!m.glob.len)
		return false;
	for (;;) {
		if (at_contents(&m))
			return true;
		if (m.g == m.glob.len && m.p == path.len)
			return true;
		if (at(m.glob, m.g) == '*')
			take_stars(&m);
		else if (!match_one(&m) && !extend(&m))
			return false;
	}
}

static bool is_special(char c)
{
	return c == '*' || c == '?' || c == '[' || c == '\\' || !c;
}

struct pm_slice pm_glob_root(struct pm_slice glob)
{
	size_t end = 0;

	if (!is_anchored(glob))
		return pm_slice_sub(glob, 0, 0);
	if (glob.ptr[0] == '/')
		glob = pm_slice_from(glob, 1);
	while (end < glob.len && !is_special(glob.ptr[end]))
		end++;
	return pm_path_dir(pm_slice_sub(glob, 0, end));
}
