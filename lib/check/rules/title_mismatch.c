/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The title of the front matter against the heading that readers see. The
 * title decides: lists, search and commit messages have it already.
 */
#include "check/check.h"

/* The next byte that counts: markup is skipped, white space made single. */
static int next(struct pm_slice text, size_t *off)
{
	bool space = false;

	for (; *off < text.len; ++*off) {
		char c = text.ptr[*off];

		if (c == '*' || c == '_' || c == '`' || c == '\\')
			continue;
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
			space = true;
			continue;
		}
		if (space)
			return ' ';
		++*off;
		return (unsigned char)c;
	}
	return -1;
}

static bool same_text(struct pm_slice a, struct pm_slice b)
{
	size_t in_a = 0, in_b = 0;
	int c;

	if (pm_slice_eq(a, b))
		return true;
	a = pm_slice_trim(a);
	b = pm_slice_trim(b);
	do {
		c = next(a, &in_a);
		if (c != next(b, &in_b))
			return false;
	} while (c >= 0);
	return true;
}

static void run(struct pm_check *check)
{
	const struct pm_doc *doc = check->doc;
	const char *hint;

	if (!doc->title.text.len ||
		(doc->heading_line && same_text(doc->title.text, doc->heading)))
		return;
	hint = pm_arena_printf(check->arena, "write: # %s",
		pm_check_word(check, doc->title.text));
	if (doc->heading_line)
		pm_finding_add_line(check, doc->heading_line, hint,
			"the heading is not the title '%s'",
			pm_check_word(check, doc->title.text));
	else
		pm_finding_add(check, pm_check_place(check, &doc->title), hint,
			"the body does not begin with the title as its "
			"heading");
}

/* True when the title means the same as Markdown, on one line. */
static bool is_plain(struct pm_slice title)
{
	for (size_t i = 0; i < title.len; i++)
		if ((unsigned char)title.ptr[i] < ' ' ||
			strchr("\\`*_[]<>&#|~", title.ptr[i]))
			return false;
	return true;
}

/* Behind "#" and its blank in the heading's line; 0: another kind. */
static size_t find_text(struct pm_slice line)
{
	size_t off = 0;

	while (off < line.len && off < 3 && line.ptr[off] == ' ')
		off++;
	if (off >= line.len || line.ptr[off++] != '#')
		return 0;
	if (off < line.len && line.ptr[off] != ' ' && line.ptr[off] != '\t')
		return 0;
	while (off < line.len &&
		(line.ptr[off] == ' ' || line.ptr[off] == '\t'))
		off++;
	return off;
}

static void put_heading(
	struct pm_check *check, struct pm_fixes *fixes, struct pm_slice title)
{
	const struct pm_doc *doc = check->doc;
	struct pm_slice line = pm_doc_line(doc, doc->heading_line);
	size_t start = (size_t)(line.ptr - doc->src.ptr);
	size_t off = find_text(line);
	struct pm_span span = {start + off, line.len - off};
	struct pm_edits *edits;

	if (!off || line.ptr[off - 1] == '#')
		return;
	edits = pm_fix_add(check, fixes, (struct pm_span){start, line.len},
		"the heading is the title, '%s'", pm_check_word(check, title));
	pm_edits_replace(edits, span, title);
}

static void add_heading(
	struct pm_check *check, struct pm_fixes *fixes, struct pm_slice title)
{
	const struct pm_doc *doc = check->doc;
	const char *eol = pm_slice_find(doc->src, 0, '\n') < 0   ? "\r"
			  : pm_slice_find(doc->src, 0, '\r') < 0 ? "\n"
								 : "\r\n";
	struct pm_edits *edits = pm_fix_add(check, fixes, doc->title.span,
		"the body begins with the title as its heading");

	pm_edits_replace(edits, (struct pm_span){doc->body_off, 0},
		pm_slice_str(pm_arena_printf(check->arena, "%s# %.*s%s", eol,
			PM_SLICE_ARG(title), eol)));
}

static void fix(struct pm_check *check, struct pm_fixes *fixes)
{
	const struct pm_doc *doc = check->doc;
	struct pm_slice title = pm_slice_trim(doc->title.text);

	/* What stands without a line end behind the fence is no body. */
	if (!is_plain(title) || !doc->body_off ||
		(doc->src.ptr[doc->body_off - 1] != '\n' &&
			doc->src.ptr[doc->body_off - 1] != '\r'))
		return;
	if (doc->heading_line)
		put_heading(check, fixes, title);
	else
		add_heading(check, fixes, title);
}

PM_RULE_DEFINE(title_mismatch) = {
	.info =
		{
			.id = "title-mismatch",
			.step = PM_STEP_SHARE,
			.level = PM_LEVELS(WARNING, ERROR, ERROR),
			.summary = "the heading is not the title",
			.why = "Lists and search show the title of the front "
			       "matter, readers see the heading. When they "
			       "differ, one of them is left over from the "
			       "document that this one was copied from, or "
			       "from the first guess at what had happened.",
			.bad = "title: Payments were slow for everybody\n",
			.good = "title: Checkout answered 500 to EU "
				"customers\n",
		},
	.run = run,
	.fix = fix,
};
