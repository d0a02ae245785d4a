/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Telling a post-mortem from other Markdown. A wrong yes puts a page of the
 * manual under a check it never asked for; a wrong no is seen in the account
 * and mended with a DIR. So names alone do not do, unless the directory says
 * it: there, whoever put the file there said what it is.
 */
#include "adopt/private.h"
#include "base/ascii.h"
#include "base/path.h"

#define HAS(roles, role) (((roles) >> PM_SECTION_##role & 1u) != 0)

/* Copies a name, ASCII in lower case, runs of "-_. " as one "-". */
static size_t simplify(struct pm_slice name, char *out, size_t room)
{
	size_t n = 0;

	for (size_t i = 0; i < name.len && n + 1 < room; i++) {
		char c = pm_lower(name.ptr[i]);

		if (memchr("-_. ", c, 4))
			c = '-';
		if (c != '-' || (n && out[n - 1] != '-'))
			out[n++] = c;
	}
	while (n && out[n - 1] == '-')
		n--;
	out[n] = '\0';
	return n;
}

static bool is_one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

bool pm_adopt_names_documents(struct pm_slice dir)
{
	static const char *const names[] = {"postmortem", "postmortems",
		"post-mortem", "post-mortems", "incident", "incidents",
		"incident-report", "incident-reports", "incident-review",
		"incident-reviews", "incident-postmortems",
		"incident-post-mortems", "outage", "outages", "rca", "rcas",
		"hendelser", NULL};
	char name[64];

	simplify(pm_path_base(dir), name, sizeof name);
	return is_one_of(name, names);
}

/* "template.md", "incident-template", "postmortem-template-en": one to be
   filled in; "email-template-outage" is about another one. */
static bool names_template(const char *name)
{
	static const char word[] = "template";
	static const char *const of[] = {"document-", "incident-", "issue-",
		"mortem-", "outage-", "postmortem-", "rca-", "report-",
		"retrospective-", "review-", NULL};
	const char *at = strstr(name, word);

	if (!at || at == name || pm_slice_ends(pm_slice_str(name), word) ||
		pm_slice_ends(pm_slice_str(name), "templates"))
		return at != NULL;
	for (size_t i = 0; of[i]; i++)
		if (pm_slice_ends(
			    pm_slice_make(name, (size_t)(at - name)), of[i]))
			return true;
	return false;
}

bool pm_adopt_accompanies(struct pm_slice path)
{
	static const char *const names[] = {"readme", "contributing",
		"changelog", "license", "licence", "code-of-conduct",
		"security", "support", "summary", "toc", "authors", NULL};
	char name[256];

	simplify(pm_path_stem(path), name, sizeof name);
	return is_one_of(name, names) || names_template(name) ||
	       strncmp(path.ptr, ".github/", 8) == 0;
}

/* Directories of other people's text. */
static bool is_foreign(struct pm_slice path)
{
	static const char *const names[] = {"node-modules", "vendor",
		"third-party", "thirdparty", "site-packages", NULL};
	struct pm_slice dir = pm_path_dir(path);
	char name[64];

	for (; dir.len; dir = pm_path_dir(dir)) {
		simplify(pm_path_base(dir), name, sizeof name);
		if (is_one_of(name, names))
			return true;
	}
	return false;
}

static bool in_named_dir(struct pm_slice path)
{
	struct pm_slice dir = pm_path_dir(path);

	for (; dir.len; dir = pm_path_dir(dir))
		if (pm_adopt_names_documents(dir))
			return true;
	return false;
}

/* A number of so many digits: four are a year, or a running number. */
static bool has_number(const char *name, size_t digits)
{
	size_t n = 0;

	for (; *name; name++) {
		n = pm_is_digit(*name) ? n + 1 : 0;
		if (n == digits)
			return true;
	}
	return false;
}

bool pm_adopt_is_numbered(struct pm_slice path)
{
	char name[256];

	simplify(pm_path_stem(path), name, sizeof name);
	return has_number(name, 3);
}

bool pm_adopt_says_it(struct pm_slice text)
{
	char name[256];

	simplify(text, name, sizeof name);
	return strstr(name, "postmortem") || strstr(name, "post-mortem") ||
	       strstr(name, "incident") || strstr(name, "outage");
}

bool pm_seen_is_own_readme(const struct pm_seen *seen)
{
	struct pm_slice dir = pm_path_dir(seen->path);
	char name[256];

	if (!pm_slice_is_nocase(pm_path_stem(seen->path), "readme") ||
		!seen->entries)
		return false;
	simplify(pm_path_base(dir), name, sizeof name);
	return has_number(name, 4) || in_named_dir(dir);
}

static unsigned count_roles(unsigned roles)
{
	static const enum pm_section_role all[] = {PM_SECTION_IMPACT,
		PM_SECTION_TIMELINE, PM_SECTION_CAUSE, PM_SECTION_TRIGGER,
		PM_SECTION_DETECTION, PM_SECTION_RESOLUTION, PM_SECTION_LESSONS,
		PM_SECTION_WENT_WELL, PM_SECTION_WENT_WRONG, PM_SECTION_LUCKY,
		PM_SECTION_ACTIONS};
	unsigned n = 0;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		n += roles >> all[i] & 1u;
	return n;
}

/* Sections that nothing but a post-mortem has together. */
static bool has_the_sections(const struct pm_seen *seen)
{
	unsigned r = seen->roles, n = count_roles(r);
	bool past = HAS(r, CAUSE) || HAS(r, IMPACT) || HAS(r, ACTIONS) ||
		    HAS(r, RESOLUTION) || HAS(r, WENT_WRONG);

	if (HAS(r, TIMELINE) && seen->entries >= 2 && past)
		return true;
	return n >= 4 && (HAS(r, CAUSE) || HAS(r, WENT_WRONG)) &&
	       (HAS(r, IMPACT) || HAS(r, TIMELINE) || HAS(r, DETECTION));
}

bool pm_seen_is_document(const struct pm_seen *seen)
{
	unsigned n = count_roles(seen->roles);
	char name[256];

	if (is_foreign(seen->path))
		return false;
	if (seen->styles >> PM_ADOPT_FRONT_PM & 1u)
		return true;
	if (pm_seen_is_own_readme(seen))
		return true;
	if (pm_adopt_accompanies(seen->path))
		return false;
	if (has_the_sections(seen))
		return true;
	simplify(pm_path_stem(seen->path), name, sizeof name);
	if (strcmp(name, "index") == 0)
		return false;
	if (in_named_dir(seen->path))
		return n >= 1 || seen->entries || has_number(name, 4);
	if ((seen->titled || pm_adopt_says_it(pm_slice_str(name))) &&
		has_number(name, 4))
		return true;
	/* "PM2021-011 - x" at the top of a repository of post-mortems. */
	return has_number(name, 4) &&
	       ((n >= 2 && HAS(seen->roles, CAUSE)) ||
		       (HAS(seen->roles, TIMELINE) &&
			       (n >= 2 || seen->entries >= 3)));
}
