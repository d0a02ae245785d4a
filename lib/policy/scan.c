/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walking over a template by lines, see scan.h. Only as much Markdown is
 * known as decides what is a heading, code or a comment.
 */
#include "policy/scan.h"

#include "base/ascii.h"
#include "base/nearest.h"

static const struct pm_variable variables[] = {
	{"action_priority_values", PM_VARIABLE_LIST, "P1"},
	{"action_type_values", PM_VARIABLE_LIST, "prevent"},
	{"cause_kind_values", PM_VARIABLE_LIST, "design"},
	{"date", PM_VARIABLE_TEXT, "2026-11-22"},
	{"departments", PM_VARIABLE_LIST, "web\nsupport"},
	{"detected_by", PM_VARIABLE_TEXT, "alert"},
	{"detected_by_values", PM_VARIABLE_LIST, "alert"},
	{"id", PM_VARIABLE_TEXT, "2026-11-22-x"},
	{"incident", PM_VARIABLE_TEXT, "INC-1"},
	{"kind", PM_VARIABLE_TEXT, "incident"},
	{"kind_values", PM_VARIABLE_LIST, "incident"},
	{"owner", PM_VARIABLE_TEXT, "@ana"},
	{"participants", PM_VARIABLE_ROWS, "@org/team\tweb"},
	{"role_values", PM_VARIABLE_LIST, "scribe"},
	{"services", PM_VARIABLE_LIST, "checkout\npayments"},
	{"severity", PM_VARIABLE_TEXT, "SEV1"},
	{"severity_values", PM_VARIABLE_LIST, "SEV1"},
	{"started", PM_VARIABLE_TEXT, "2026-11-22T10:02Z"},
	{"status", PM_VARIABLE_TEXT, "draft"},
	{"status_values", PM_VARIABLE_LIST, "draft"},
	{"template", PM_VARIABLE_TEXT, "default"},
	{"title", PM_VARIABLE_TEXT, "x: \"y\" # z"},
	{"today", PM_VARIABLE_TEXT, "2026-11-22"},
	{"trigger", PM_VARIABLE_TEXT, "unknown"},
	{"trigger_values", PM_VARIABLE_LIST, "unknown"},
	{"year", PM_VARIABLE_TEXT, "2026"},
};

#define NVARIABLES (sizeof variables / sizeof *variables)

const struct pm_variable *pm_variables(size_t *n)
{
	*n = NVARIABLES;
	return variables;
}

const struct pm_variable *pm_variable_find(struct pm_slice name)
{
	for (size_t i = 0; i < NVARIABLES; i++)
		if (pm_slice_is(name, variables[i].name))
			return &variables[i];
	return NULL;
}

const char *pm_variable_nearest(struct pm_slice name)
{
	const char *words[NVARIABLES + 1];

	for (size_t i = 0; i < NVARIABLES; i++)
		words[i] = variables[i].name;
	words[NVARIABLES] = NULL;
	return pm_nearest(name, words);
}

void pm_scan_init(struct pm_scan *scan, struct pm_slice text)
{
	*scan = (struct pm_scan){.rest = text};
}

/* The length of the run of c at off. */
static size_t run_length(struct pm_slice line, size_t off, char c)
{
	size_t n = 0;

	while (off + n < line.len && line.ptr[off + n] == c)
		n++;
	return n;
}

/* Opens or closes a fenced block; true when the line belongs to one. */
static bool scan_code(struct pm_scan *scan)
{
	struct pm_slice line = scan->line;
	size_t indent = run_length(line, 0, ' ');
	char c = indent < line.len ? line.ptr[indent] : 0;
	size_t n = run_length(line, indent, c);

	if (scan->fence) {
		bool closes =
			indent < 4 && c == scan->fence &&
			n >= scan->fence_len &&
			pm_slice_trim(pm_slice_from(line, indent + n)).len == 0;

		if (closes)
			scan->fence = 0;
		return true;
	}
	if (indent > 3 || n < 3 || (c != '`' && c != '~'))
		return false;
	/* "```x```" on one line is a code span. */
	if (c == '`' && pm_slice_find(line, indent + n, '`') >= 0)
		return false;
	scan->fence = c;
	scan->fence_len = n;
	return true;
}

/* Where the line that was just cut stands. */
static enum pm_scan_where classify(struct pm_scan *scan)
{
	bool inside =
		scan->number > 1 &&
		(scan->where == PM_SCAN_FRONT ||
			(scan->where == PM_SCAN_FENCE && scan->number == 2));
	struct pm_slice line = pm_slice_trim(scan->line);
	bool mark = line.len == scan->line.len || inside;

	if (scan->number == 1 && mark && pm_slice_is(line, "---"))
		return PM_SCAN_FENCE;
	if (inside)
		return pm_slice_is(line, "---") || pm_slice_is(line, "...")
			       ? PM_SCAN_FENCE
			       : PM_SCAN_FRONT;
	if (!scan->comment && scan_code(scan))
		return PM_SCAN_CODE;
	return PM_SCAN_TEXT;
}

bool pm_scan_next(struct pm_scan *scan)
{
	size_t before = scan->rest.len;

	if (!pm_slice_line(&scan->rest, &scan->line))
		return false;
	scan->end = pm_slice_make(scan->line.ptr + scan->line.len,
		before - scan->rest.len - scan->line.len);
	scan->number++;
	scan->where = classify(scan);
	return true;
}

/* Offset of the three or four bytes of mark at or after off, or -1. */
static ptrdiff_t find_mark(struct pm_slice line, size_t off, const char *mark)
{
	ptrdiff_t at = (ptrdiff_t)off - 1;

	while ((at = pm_slice_find(line, (size_t)(at + 1), mark[0])) >= 0)
		if (pm_slice_starts(pm_slice_from(line, (size_t)at), mark))
			return at;
	return -1;
}

bool pm_comment_segment(struct pm_slice line, bool *open, size_t *off,
	struct pm_slice *part, bool *comment)
{
	size_t from = *off, end = line.len;
	ptrdiff_t at;

	if (from >= line.len)
		return false;
	*comment = *open;
	if (!*open) {
		at = find_mark(line, from, "<!--");
		if (at >= 0)
			end = (size_t)at;
		*comment = end == from;
		*open = *comment;
	}
	if (*comment) {
		/* "<!-->" does not end itself. */
		bool begins =
			pm_slice_starts(pm_slice_from(line, from), "<!--");

		at = find_mark(line, begins ? from + 4 : from, "-->");
		end = at < 0 ? line.len : (size_t)at + 3;
		*open = at < 0;
	}
	*part = pm_slice_sub(line, from, end - from);
	*off = end;
	return true;
}

bool pm_scan_segment(
	struct pm_scan *scan, size_t *off, struct pm_slice *part, bool *comment)
{
	bool before = scan->comment;

	if (!pm_comment_segment(scan->line, &scan->comment, off, part, comment))
		return false;
	if (scan->comment && !before)
		scan->comment_line = scan->number;
	return true;
}

struct pm_slice pm_comment_text(struct pm_slice part)
{
	if (pm_slice_starts(part, "<!--"))
		part = pm_slice_from(part, 4);
	if (pm_slice_ends(part, "-->"))
		part.len -= 3;
	return pm_slice_trim(part);
}

static bool name_char(char c)
{
	return pm_is_letter(c) || pm_is_digit(c) || c == '_' || c == '-';
}

bool pm_scan_variable(
	struct pm_slice line, size_t *off, size_t *len, struct pm_slice *name)
{
	ptrdiff_t at = (ptrdiff_t)*off - 1;

	while ((at = pm_slice_find(line, (size_t)(at + 1), '{')) >= 0) {
		size_t i = (size_t)at + 2, start;

		if (!pm_slice_starts(pm_slice_from(line, (size_t)at), "{{"))
			continue;
		i += run_length(line, i, ' ');
		start = i;
		while (i < line.len && name_char(line.ptr[i]))
			i++;
		*name = pm_slice_sub(line, start, i - start);
		i += run_length(line, i, ' ');
		if (name->len == 0 ||
			!pm_slice_starts(pm_slice_from(line, i), "}}"))
			continue;
		*off = (size_t)at;
		*len = i + 2 - (size_t)at;
		return true;
	}
	return false;
}
