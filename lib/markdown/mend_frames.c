/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lines that other dialects put around Markdown: "!!! note", ":::tip",
 * "```{warning}", "{% hint %}", "{{< notice >}}", "{: .table }". To cmark they
 * are text, glued to the last item of the list within, or they make code of
 * it. They are blanked; a title that one has stays, as a key in bold.
 */
#include "markdown/mend.h"

#include <string.h>

#include "base/ascii.h"

/* Blanks a line; title: which is part of it, stays. */
static void blank_line(
	struct pm_md_mender *m, unsigned number, struct pm_slice title)
{
	struct pm_slice line = pm_lines_text(m->lines, number);
	char *to = pm_md_mend_line(m, number);

	memset(to, ' ', line.len);
	title = pm_slice_trim(title);
	/* The sign before it left room for the stars and the colon. */
	if (!title.len || title.len + 5 > line.len)
		return;
	memcpy(to, "**", 2);
	memcpy(to + 2, title.ptr, title.len);
	memcpy(to + 2 + title.len, ":**", 3);
}

/* Behind the letters, and what stands among them in names, from an offset. */
static size_t skip_name(struct pm_slice text, size_t at)
{
	while (at < text.len &&
		(pm_is_letter(text.ptr[at]) || text.ptr[at] == '-'))
		at++;
	return at;
}

/* "{note}", "{admonition} Disk full", "note", "tip[Disk full]": the title of a
   frame that begins so; false: none does. */
static bool frame_title(struct pm_slice text, struct pm_slice *title)
{
	bool brace = text.len && text.ptr[0] == '{';
	size_t at = skip_name(text, brace);

	*title = (struct pm_slice){NULL, 0};
	if (brace) {
		ptrdiff_t end = pm_slice_find(text, at, '}');

		if (end < 0)
			return false;
		at = (size_t)end + 1;
	} else if (at == 0) {
		return false;
	}
	if (at < text.len && text.ptr[at] == '[' &&
		text.ptr[text.len - 1] == ']')
		*title = pm_slice_sub(text, at + 1, text.len - at - 2);
	else if (at < text.len && text.ptr[at] == ' ')
		*title = pm_slice_from(text, at + 1);
	else
		return at == text.len;
	/* "title="x"", "{.class}" set something. */
	if (pm_slice_find(*title, 0, '=') >= 0 ||
		pm_slice_starts(pm_slice_trim(*title), "{"))
		title->len = 0;
	return true;
}

/* ":::note Title" and the ":::" at its end. */
static bool read_colons(
	struct pm_md_mender *m, struct pm_slice text, unsigned number)
{
	struct pm_slice title = {NULL, 0};
	size_t at = 0;

	while (at < text.len && text.ptr[at] == ':')
		at++;
	if (at < 3)
		return false;
	text = pm_slice_trim(pm_slice_from(text, at));
	if (text.len && !frame_title(text, &title))
		return false;
	blank_line(m, number, title);
	return true;
}

/* "!!! note "Title"", "??? info", "=== "Linux"": what is indented below it is
   its inside. */
static bool read_marks(
	struct pm_md_mender *m, struct pm_slice text, unsigned number)
{
	struct pm_slice title = {NULL, 0};
	ptrdiff_t quote = pm_slice_find(text, 0, '"'), end = -1;
	size_t at = 3;

	if (!pm_slice_starts(text, "!!!") && !pm_slice_starts(text, "???") &&
		!(pm_slice_starts(text, "===") && quote > 0))
		return false;
	at += at < text.len && text.ptr[at] == '+';
	if (at >= text.len || text.ptr[at] != ' ')
		return false;
	if (quote > 0)
		end = pm_slice_find(text, (size_t)quote + 1, '"');
	if (quote > 0 ? end < 0 : skip_name(text, at + 1) < text.len)
		return false;
	if (end > 0)
		title = pm_slice_sub(
			text, (size_t)quote + 1, (size_t)(end - quote) - 1);
	blank_line(m, number, title);
	m->framed = true;
	return true;
}

/* "{% hint %}", "{{< notice >}}", "{: .table}" and nothing else. */
static bool read_braces(
	struct pm_md_mender *m, struct pm_slice text, unsigned number)
{
	static const char *const pairs[][2] = {
		{"{%", "%}"}, {"{{<", ">}}"}, {"{{%", "%}}"}, {"{:", "}"}};

	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		ptrdiff_t end;

		if (!pm_slice_starts(text, pairs[i][0]))
			continue;
		end = pm_slice_find_text(text, 0, pm_slice_str(pairs[i][1]));
		if (end < 0 || (size_t)end + strlen(pairs[i][1]) != text.len)
			continue;
		blank_line(m, number, (struct pm_slice){NULL, 0});
		return true;
	}
	return false;
}

bool pm_md_mend_frame(struct pm_md_mender *m, size_t at, unsigned number)
{
	struct pm_slice text = pm_lines_text(m->lines, number);

	text = pm_slice_trim(pm_slice_from(text, at));
	switch (text.len ? text.ptr[0] : ' ') {
	case ':':
		return read_colons(m, text, number);
	case '!':
	case '?':
	case '=':
		return read_marks(m, text, number);
	case '{':
		return read_braces(m, text, number);
	default:
		return false;
	}
}

bool pm_md_mend_fence(struct pm_md_mender *m, size_t at, unsigned number)
{
	static const char *const names[] = {"admonition", "attention",
		"caution", "danger", "dropdown", "error", "hint", "important",
		"note", "seealso", "tip", "warning"};
	struct pm_slice text = pm_lines_text(m->lines, number), name, title;
	char c = text.ptr[at];

	while (at < text.len && text.ptr[at] == c)
		at++;
	text = pm_slice_trim(pm_slice_from(text, at));
	/* "```{r}", "```{code-block} c" hold code. */
	if (!pm_slice_starts(text, "{") || !frame_title(text, &title))
		return false;
	name = pm_slice_sub(text, 1, skip_name(text, 1) - 1);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (pm_slice_is(name, names[i])) {
			blank_line(m, number, title);
			return true;
		}
	return false;
}

void pm_md_mend_blank(struct pm_md_mender *m, unsigned number)
{
	blank_line(m, number, (struct pm_slice){NULL, 0});
}
