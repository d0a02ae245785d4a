/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Globs that cover the documents found: a directory as a whole where at least
 * half of it are documents, or where it is called after them, so that the next
 * one is covered too; single files elsewhere. What else lies in such a
 * directory is excluded by name.
 */
#include "adopt/private.h"
#include "base/path.h"
#include "base/utf8.h"

/* Pages beside the first documents of a directory that is called after them. */
#define PAGES_MOST 4

/* The files of one directory, a range of all of them in path order. */
struct range {
	size_t from, to;
	struct pm_slice dir; /* "" is the top */
	size_t found, total; /* with what lies deeper */
	size_t direct_found, direct_total;
};

static bool counts(const struct pm_seen *seen)
{
	return seen->chosen || !pm_adopt_accompanies(seen->path);
}

static bool is_direct(const struct range *range, const struct pm_seen *seen)
{
	return pm_path_dir(seen->path).len == range->dir.len;
}

static void measure(const struct pm_survey *survey, struct range *range)
{
	for (size_t i = range->from; i < range->to; i++) {
		const struct pm_seen *seen = &survey->files.items[i];
		bool direct = is_direct(range, seen);

		range->found += seen->chosen;
		range->total += counts(seen);
		range->direct_found += direct && seen->chosen;
		range->direct_total += direct && counts(seen);
	}
}

/*
 * A path as a glob that matches it alone, or as good as: what a policy may not
 * hold, be it a line end in a name or bytes that are not UTF-8, is any
 * character there.
 */
static void add_literal(struct pm_buf *out, struct pm_slice path)
{
	size_t len;

	for (size_t i = 0; i < path.len; i += len) {
		uint32_t cp;

		len = pm_utf8_next(path, i, &cp);
		if (cp == PM_UTF8_BAD || cp < ' ' || pm_utf8_invisible(cp)) {
			pm_buf_addc(out, '?');
			continue;
		}
		if (memchr("*?[\\", path.ptr[i], 4) ||
			(path.ptr[i] == '!' && !out->len))
			pm_buf_addc(out, '\\');
		pm_buf_add_slice(out, pm_slice_sub(path, i, len));
	}
}

static struct pm_slice suffix_of(struct pm_slice path)
{
	struct pm_slice base = pm_path_base(path);

	return pm_slice_from(base, pm_path_stem(path).len);
}

/* Notes a glob once. */
static void note_glob(struct pm_survey *survey, const char *glob)
{
	for (size_t i = 0; i < survey->globs.len; i++)
		if (strcmp(survey->globs.items[i], glob) == 0)
			return;
	*pm_vec_push(&survey->globs) = glob;
}

/* Among documents a file with a number or date in its name is one, whatever
   its sections are called. */
static void take_by_company(struct pm_survey *survey, struct pm_seen *seen)
{
	if (seen->chosen || seen->broken || pm_adopt_accompanies(seen->path) ||
		!pm_adopt_is_numbered(seen->path))
		return;
	seen->chosen = true;
	survey->chosen++;
}

/* As the glob of pm init's policy has it. */
static bool is_readme(const struct pm_seen *seen)
{
	return pm_slice_is(pm_path_base(seen->path), "README.md");
}

/* Covers the directory, with what lies deeper or without. */
static void cover_all(
	struct pm_survey *survey, const struct range *range, bool deep)
{
	const char *middle = deep ? "**/*" : "*";
	struct pm_buf glob = PM_BUF_INIT;

	for (size_t i = range->from; i < range->to; i++) {
		const struct pm_seen *seen = &survey->files.items[i];
		struct pm_slice suffix = suffix_of(seen->path);

		if (!deep && !is_direct(range, seen))
			continue;
		take_by_company(survey, &survey->files.items[i]);
		pm_buf_reset(&glob);
		if (!seen->chosen) {
			/* Most policies have these as a whole; and what could
			   not be opened today may be a document tomorrow. */
			if (seen->passing ||
				(!survey->readmes && is_readme(seen)))
				continue;
			add_literal(&glob, seen->path);
			*pm_vec_push(&survey->exclude) = pm_arena_slice(
				&survey->arena, pm_buf_slice(&glob))
								 .ptr;
			continue;
		}
		add_literal(&glob, range->dir);
		pm_buf_addf(&glob, "%s%s", range->dir.len ? "/" : "", middle);
		add_literal(&glob, suffix);
		note_glob(survey,
			pm_arena_slice(&survey->arena, pm_buf_slice(&glob))
				.ptr);
	}
	pm_buf_release(&glob);
}

static void cover_one(struct pm_survey *survey, const struct pm_seen *seen)
{
	struct pm_buf glob = PM_BUF_INIT;

	add_literal(&glob, seen->path);
	note_glob(survey,
		pm_arena_slice(&survey->arena, pm_buf_slice(&glob)).ptr);
	pm_buf_release(&glob);
}

static bool is_half(size_t found, size_t total)
{
	return found > 0 && found * 2 >= total;
}

/* The next directory below range from file i on; false: file i is its own. */
static bool next_below(const struct pm_survey *survey,
	const struct range *range, size_t i, struct range *below)
{
	size_t skip = range->dir.len ? range->dir.len + 1 : 0;
	struct pm_slice path = survey->files.items[i].path;
	ptrdiff_t slash = pm_slice_find(path, skip, '/');
	size_t end = i + 1;

	if (slash < 0)
		return false;
	*below = (struct range){
		.from = i, .dir = pm_slice_sub(path, 0, (size_t)slash)};
	for (; end < range->to; end++) {
		struct pm_slice other = survey->files.items[end].path;

		if (other.len <= (size_t)slash ||
			memcmp(other.ptr, path.ptr, (size_t)slash + 1) != 0)
			break;
	}
	below->to = end;
	return true;
}

/* A directory that is called after documents begins with one of them and some
   pages that tell how it is done. */
static bool is_begun(const struct range *range)
{
	return pm_adopt_names_documents(range->dir) && range->found &&
	       range->total - range->found <= PAGES_MOST;
}

/*
 * Whether a directory is for documents: by its name, or because two or more
 * lie in it; a directory above several such ones says nothing.
 */
static bool is_whole(const struct range *range)
{
	if (!range->dir.len)
		return false;
	return is_begun(range) ||
	       (is_half(range->found, range->total) &&
		       (pm_adopt_names_documents(range->dir) ||
			       range->direct_found >= 2));
}

/* Directories are few levels deep; the recursion is as deep as the path. */
static void cover(struct pm_survey *survey, struct range *range, size_t *best)
{
	bool some;

	measure(survey, range);
	if (!range->found)
		return;
	if (is_whole(range)) {
		cover_all(survey, range, true);
		if (range->found > *best) {
			*best = range->found;
			survey->new_dir =
				pm_arena_slice(&survey->arena, range->dir).ptr;
		}
		return;
	}
	some = range->direct_found >= 2 &&
	       is_half(range->direct_found, range->direct_total);
	if (some)
		cover_all(survey, range, false);
	for (size_t i = range->from; i < range->to;) {
		struct range below;

		if (next_below(survey, range, i, &below)) {
			cover(survey, &below, best);
			i = below.to;
			continue;
		}
		if (!some && survey->files.items[i].chosen)
			cover_one(survey, &survey->files.items[i]);
		i++;
	}
}

void pm_survey_globs(struct pm_survey *survey)
{
	struct range top = {0, survey->files.len, {"", 0}, 0, 0, 0, 0};
	struct pm_buf glob = PM_BUF_INIT;
	size_t best = 0;

	for (size_t i = 0; i < survey->files.len; i++)
		survey->readmes |= survey->files.items[i].chosen &&
				   is_readme(&survey->files.items[i]);
	cover(survey, &top, &best);
	/* What pm new writes has to be a document. */
	if (!survey->new_dir)
		survey->new_dir = "postmortems";
	add_literal(&glob, pm_slice_str(survey->new_dir));
	pm_buf_adds(&glob, "/**/*.md");
	note_glob(survey,
		pm_arena_slice(&survey->arena, pm_buf_slice(&glob)).ptr);
	pm_buf_release(&glob);
}
