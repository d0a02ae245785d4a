/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the front matter is: between a line "---" at the very beginning (a
 * byte order mark may stand before it) and the next line "---" or "...".
 * Markdown would read those lines as a rule and a heading, so they are cut
 * off before it sees the text.
 */
#include "doc/front.h"

#include <string.h>

#include "base/ascii.h"

#define BOM "\xef\xbb\xbf"

/* Lines walk: line is cut at off, *next is where the following one begins. */
static struct pm_slice line_at(struct pm_slice text, size_t off, size_t *next)
{
	struct pm_slice rest = pm_slice_from(text, off), line = {0};

	if (!pm_slice_line(&rest, &line))
		line = pm_slice_make(text.ptr + text.len, 0);
	*next = text.len - rest.len;
	return line;
}

static struct pm_slice trim_end(struct pm_slice line)
{
	while (line.len && (line.ptr[line.len - 1] == ' ' ||
				   line.ptr[line.len - 1] == '\t'))
		line.len--;
	return line;
}

static bool is_fence(struct pm_slice line, const char *fence)
{
	return line.len && line.ptr[0] == fence[0] &&
	       pm_slice_is(trim_end(line), fence);
}

/* True for what stands at off in a key: a letter first, then digits as well. */
static bool in_key(char c, size_t off)
{
	return pm_is_letter(c) ||
	       (off && (c == '_' || c == '-' || pm_is_digit(c)));
}

/* "word:", the way a line of front matter begins. */
static bool is_key_line(struct pm_slice line)
{
	size_t len = 0;

	while (len < line.len && in_key(line.ptr[len], len))
		len++;
	return len > 0 && len < line.len && line.ptr[len] == ':' &&
	       (len + 1 == line.len || line.ptr[len + 1] != '/');
}

static bool is_blank(struct pm_slice line)
{
	return trim_end(line).len == 0;
}

/* The first line at or after off that is not blank; *at is its offset. */
static struct pm_slice next_text(struct pm_slice text, size_t off, size_t *at)
{
	struct pm_slice line = {0};

	while (off < text.len) {
		size_t next;

		line = line_at(text, off, &next);
		if (!is_blank(line))
			break;
		off = next;
	}
	*at = off;
	return off < text.len ? line : pm_slice_make(text.ptr + text.len, 0);
}

/*
 * The closing line at or after off: *end is where the front matter ends,
 * *body where the body begins.
 */
static bool find_close(const struct pm_doc *doc, size_t off, const char *fence,
	size_t *end, size_t *body)
{
	const struct pm_lines *lines = &doc->own->lines;
	unsigned line = pm_lines_pos(lines, off).line;

	for (; off < doc->src.len; off = *body) {
		char first = doc->src.ptr[off];
		struct pm_slice text;

		*end = off;
		*body = pm_lines_off(lines, ++line);
		if (first != *fence && first != '.')
			continue;
		text = pm_lines_text(lines, line - 1);
		if (is_fence(text, fence) ||
			(*fence == '-' && is_fence(text, "...")))
			return true;
	}
	return false;
}

/*
 * Where front matter that is not closed probably ends: before the first line
 * after a blank one that does not look like a part of it. A "#" there is a
 * heading, not a comment.
 */
static size_t guess_end(struct pm_slice text, size_t off)
{
	bool after_blank = false;
	size_t after;

	while (off < text.len) {
		size_t next;
		struct pm_slice line = line_at(text, off, &next);
		char first = line.len ? line.ptr[0] : '\0';

		if (!is_blank(line) && after_blank && !is_key_line(line) &&
			first != ' ' && first != '\t' && first != '-')
			return off;
		/* A comment stands above a field, a heading above nothing. */
		if (first == '#' && is_blank(line_at(text, next, &after)))
			return off;
		after_blank = is_blank(line);
		off = next;
	}
	return text.len;
}

static void set_front(struct pm_doc *doc, struct pm_span fence, size_t start,
	size_t end, size_t body)
{
	doc->has_front = true;
	doc->body_off = body;
	doc->own->fence = fence;
	doc->own->front = (struct pm_span){start, end - start};
}

/*
 * True when the text between two fences could be fields. A Markdown text may
 * begin with a rule and hold another one further down; what stands alone behind
 * a "#" between blank lines is a heading then, and no comment on a field.
 */
static bool is_fields(struct pm_slice text)
{
	size_t at, next, after;
	struct pm_slice first = next_text(text, 0, &at);

	if (at > 0 && first.len && first.ptr[0] == '#') {
		line_at(text, at, &next);
		if (is_blank(line_at(text, next, &after)))
			return false;
	}
	return !first.len || memchr(text.ptr, ':', text.len) ||
	       memchr("-{#", first.ptr[0], 3);
}

/* True when a line of the text begins a field. */
static bool has_key_line(struct pm_slice text)
{
	struct pm_slice line;

	while (pm_slice_line(&text, &line))
		if (is_key_line(line))
			return true;
	return false;
}

/* Front matter whose first line is line, at off. */
static void open_front(
	struct pm_doc *doc, size_t off, struct pm_slice line, size_t start)
{
	struct pm_span fence = {off, line.len};
	struct pm_slice first, fields;
	size_t end, body, at;
	bool closed = find_close(doc, start, "---", &end, &body);

	if (closed && is_fields(pm_slice_sub(doc->src, start, end - start))) {
		set_front(doc, fence, start, end, body);
		return;
	}
	first = next_text(doc->src, start, &at);
	end = guess_end(doc->src, start);
	fields = pm_slice_sub(doc->src, start, end - start);
	/* Above fields may stand a comment, and a heading above no fields. */
	if (closed || (first.len && !is_key_line(first) &&
			      !(*first.ptr == '#' && has_key_line(fields)))) {
		/* A rule above a text without front matter. */
		pm_doc_problem(doc, PM_PROBLEM_FRONT_MISSING,
			(struct pm_span){off, 0}, NULL, "no front matter");
		return;
	}
	set_front(doc, fence, start, end, end);
	pm_doc_problem(doc, PM_PROBLEM_FRONT_SYNTAX, fence,
		"write '---' on a line of its own after the last field",
		"the front matter that begins here is not closed");
}

/* The string of a line 'key = "value"' with nothing to unescape; else empty. */
static struct pm_slice toml_string(struct pm_slice line, const char *key)
{
	struct pm_slice value;
	char quote;

	/* Hugo's keys are the same in any case. */
	if (!pm_slice_is_nocase(pm_slice_sub(line, 0, strlen(key)), key))
		return (struct pm_slice){NULL, 0};
	value = pm_slice_trim(pm_slice_from(line, strlen(key)));
	if (!value.len || value.ptr[0] != '=')
		return (struct pm_slice){NULL, 0};
	value = pm_slice_trim(pm_slice_from(value, 1));
	if (value.len < 2 || !memchr("\"'", value.ptr[0], 2))
		return (struct pm_slice){NULL, 0};
	quote = value.ptr[0];
	if (value.ptr[value.len - 1] != quote ||
		memchr(value.ptr, '\\', value.len))
		return (struct pm_slice){NULL, 0};
	return pm_slice_sub(value, 1, value.len - 2);
}

/*
 * What Hugo and Zola call the title is the title of their pages, which need
 * no heading for it. It is no field of pm's: the rules about those do not ask
 * for it. Keys below the first [table] belong to that table.
 */
static void read_toml(struct pm_doc *doc, struct pm_slice text)
{
	struct pm_slice line, title;

	doc->own->toml = text;
	while (pm_slice_line(&text, &line) && !pm_slice_starts(line, "[")) {
		title = toml_string(line, "title");
		if (title.len)
			doc->own->page = title;
	}
}

/* Front matter of other tools: skipped, so that the body is read right. */
static void open_toml(struct pm_doc *doc, size_t off, size_t start)
{
	size_t end, body;

	if (find_close(doc, start, "+++", &end, &body)) {
		doc->body_off = body;
		read_toml(doc, pm_slice_sub(doc->src, start, end - start));
	}
	pm_doc_problem(doc, PM_PROBLEM_FRONT_MISSING, (struct pm_span){off, 3},
		"write the fields as 'key: value' between two lines '---'",
		"the front matter is TOML, which pm does not read");
}

/* True when front matter begins below some blank lines. */
static bool begins_late(const struct pm_doc *doc, size_t off, size_t *at)
{
	size_t start, end, body, first;
	struct pm_slice text = doc->src, line = next_text(text, off, at);

	if (*at == off || !is_fence(line, "---"))
		return false;
	line_at(text, *at, &start);
	return find_close(doc, start, "---", &end, &body) &&
	       is_key_line(next_text(text, start, &first));
}

void pm_doc_find_front(struct pm_doc *doc)
{
	size_t off = pm_slice_starts(doc->src, BOM) ? 3 : 0;
	size_t start, at;
	struct pm_slice line = line_at(doc->src, off, &start);

	if (is_fence(line, "---")) {
		open_front(doc, off, line, start);
	} else if (is_fence(line, "+++")) {
		open_toml(doc, off, start);
	} else if (begins_late(doc, off, &at)) {
		line = line_at(doc->src, at, &start);
		pm_doc_problem(doc, PM_PROBLEM_FRONT_SYNTAX,
			(struct pm_span){at, line.len},
			"delete the blank lines before it",
			"front matter must begin in the first line");
		open_front(doc, at, line, start);
	} else {
		pm_doc_problem(doc, PM_PROBLEM_FRONT_MISSING,
			(struct pm_span){off, 0},
			"begin the file with a line '---', 'key: value' lines "
			"and a line '---' (see pm-format(5))",
			"no front matter");
	}
}
