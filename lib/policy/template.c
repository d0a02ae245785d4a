/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a template: its sections and what each requires, and everything by
 * which pm could later fail on it. A template that pm cannot check is an
 * error here, at its line, not in the documents made from it.
 */
#include "policy/template.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "base/lines.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "policy/scan.h"
#include "policy/template_private.h"
#include "yaml/yaml.h"

/* What min-words may ask for. */
#define WORDS_MOST 9999u

/* What a template is inside: the public part comes first. */
struct template_own {
	struct pm_template tmpl;
	struct pm_arena arena;
};

/* Reading one template. */
struct reader {
	struct pm_ctx *ctx;
	struct template_own *own;
	const char *path; /* for messages */
	struct pm_scan scan;
	PM_VEC(struct pm_template_section) sections;
	unsigned role_line[PM_SECTION_COUNT]; /* 0: not seen */
	bool required;  /* the present section has its requirement */
	bool paragraph; /* the line before could be a setext heading's text */
	struct pm_slice before; /* that line */
};

/* Fails at a part of the present line. */
static int fail(struct reader *reader, struct pm_slice at, const char *fmt, ...)
	PM_PRINTF(3, 4);

static int fail(struct reader *reader, struct pm_slice at, const char *fmt, ...)
{
	struct pm_pos pos = {reader->scan.number,
		(unsigned)(at.ptr - reader->scan.line.ptr) + 1};
	struct pm_buf text = PM_BUF_INIT;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&text, fmt, args);
	va_end(args);
	pm_fail_at(reader->ctx, PM_EINVALID, reader->path, pos, "%s", text.ptr);
	pm_buf_release(&text);
	return PM_EINVALID;
}

/* Fails at a whole line. */
static int fail_line(struct reader *reader, unsigned line, const char *text)
{
	return pm_fail_at(reader->ctx, PM_EINVALID, reader->path,
		(struct pm_pos){line, 1}, "%s", text);
}

/* The section that is being read, or NULL before the first H2. */
static struct pm_template_section *present(struct reader *reader)
{
	size_t n = reader->sections.len;

	return n ? &reader->sections.items[n - 1] : NULL;
}

/* "role=impact" */
static int read_role(
	struct reader *reader, struct pm_slice word, struct pm_slice value)
{
	struct pm_template_section *section = present(reader);
	const char *words[PM_SECTION_COUNT], *near;
	enum pm_section_role role;

	if (pm_section_role_parse(value, &role) < 0 ||
		role == PM_SECTION_OTHER) {
		for (int i = 1; i < PM_SECTION_COUNT; i++)
			words[i - 1] =
				pm_section_role_name((enum pm_section_role)i);
		words[PM_SECTION_COUNT - 1] = NULL;
		near = pm_nearest(value, words);
		return fail(reader, word, "unknown role '%.*s' (%s%s%s)",
			PM_SLICE_ARG(value),
			near ? "did you mean '" : "see pm-policy, sections",
			near ? near : "", near ? "'?" : "");
	}
	if (reader->role_line[role])
		return fail(reader, word,
			"two sections have the role '%s' (first on line %u)",
			pm_section_role_name(role), reader->role_line[role]);
	reader->role_line[role] = section->line;
	section->role = role;
	return 0;
}

/* "from=review" */
static int read_from(
	struct reader *reader, struct pm_slice word, struct pm_slice value)
{
	if (pm_status_parse(value, &present(reader)->from) == 0)
		return 0;
	return fail(reader, word,
		"unknown status '%.*s' (one of draft, review, final)",
		PM_SLICE_ARG(value));
}

/* "min-words=5" */
static int read_min_words(
	struct reader *reader, struct pm_slice word, struct pm_slice value)
{
	unsigned n = 0;
	size_t i = 0;

	for (; i < value.len && pm_is_digit(value.ptr[i]) && n <= WORDS_MOST;
		i++)
		n = n * 10 + (unsigned)(value.ptr[i] - '0');
	if (value.len == 0 || i < value.len || n > WORDS_MOST)
		return fail(reader, word,
			"'%.*s' is not a number of words from 0 to %u",
			PM_SLICE_ARG(value), WORDS_MOST);
	present(reader)->min_words = n;
	return 0;
}

/* "optional" */
static int read_optional(
	struct reader *reader, struct pm_slice word, struct pm_slice value)
{
	if (value.ptr)
		return fail(reader, word, "'optional' takes no value");
	present(reader)->optional = true;
	return 0;
}

/* One word of a requirement, cut at its "=". */
static int read_word(struct reader *reader, struct pm_slice word)
{
	static const char *const words[] = {
		"from", "min-words", "optional", "role", NULL};
	ptrdiff_t at = pm_slice_find(word, 0, '=');
	struct pm_slice name = word, value = {NULL, 0};
	const char *near;

	if (at >= 0) {
		name = pm_slice_sub(word, 0, (size_t)at);
		value = pm_slice_make(
			word.ptr + at + 1, word.len - (size_t)at - 1);
	}
	if (pm_slice_is(name, "role"))
		return read_role(reader, word, value);
	if (pm_slice_is(name, "from"))
		return read_from(reader, word, value);
	if (pm_slice_is(name, "min-words"))
		return read_min_words(reader, word, value);
	if (pm_slice_is(name, "optional"))
		return read_optional(reader, word, value);
	near = pm_nearest(name, words);
	return fail(reader, word, "unknown requirement '%.*s' (%s%s%s)",
		PM_SLICE_ARG(name),
		near ? "did you mean '"
		     : "one of role=, from=, min-words=, "
		       "optional",
		near ? near : "", near ? "'?" : "");
}

/* Reads "pm: role=impact from=review": what a section requires. */
static int read_requirement(struct reader *reader, struct pm_slice text)
{
	struct pm_slice rest = pm_slice_from(text, 3);
	int error = 0;

	if (!present(reader))
		return fail(reader, text,
			"a requirement stands under no heading (put it under "
			"the '## ' heading it is about)");
	if (reader->required)
		return fail(reader, text,
			"a second requirement for '%s' (write both as one)",
			present(reader)->heading);
	reader->required = true;
	while (error == 0 && (rest = pm_slice_trim(rest)).len > 0) {
		size_t n = 0;

		while (n < rest.len && rest.ptr[n] != ' ' &&
			rest.ptr[n] != '\t')
			n++;
		error = read_word(reader, pm_slice_sub(rest, 0, n));
		rest = pm_slice_from(rest, n);
	}
	return error;
}

/* Closes the section before, if there is one, at the present line. */
static void end_section(struct reader *reader, const char *end)
{
	struct pm_template_section *section = present(reader);

	if (section)
		section->text.len = (size_t)(end - section->text.ptr);
}

/* Begins a section; start is the first byte of its heading. */
static int begin_section(struct reader *reader, struct pm_slice heading,
	const char *start, unsigned line)
{
	struct pm_template_section section = {
		.from = PM_STATUS_REVIEW,
		.line = line,
		.text = reader->scan.rest,
	};
	struct pm_buf folded = PM_BUF_INIT;
	uintptr_t *number;
	bool added;

	heading = pm_slice_trim(heading);
	if (heading.len == 0)
		return fail(reader, reader->scan.line, "a heading is empty");
	pm_utf8_fold(&folded, heading);
	number = pm_map_put(
		&reader->own->tmpl.headings, pm_buf_slice(&folded), &added);
	pm_buf_release(&folded);
	if (!added)
		return fail(reader, heading,
			"two sections are called '%.*s' (first on line %u)",
			PM_SLICE_ARG(heading),
			reader->sections.items[*number].line);
	*number = reader->sections.len;
	end_section(reader, start);
	section.heading = pm_arena_slice(&reader->own->arena, heading).ptr;
	*pm_vec_push(&reader->sections) = section;
	reader->required = false;
	return 0;
}

/*
 * The heading text of an ATX line of this level, without closing marks; false
 * when it is none.
 */
static bool atx_heading(
	struct pm_slice line, size_t level, struct pm_slice *heading)
{
	size_t indent = 0, n = 0;

	while (indent < line.len && line.ptr[indent] == ' ')
		indent++;
	line = pm_slice_from(line, indent);
	while (n < line.len && line.ptr[n] == '#')
		n++;
	if (indent > 3 || n != level ||
		(n < line.len && line.ptr[n] != ' ' && line.ptr[n] != '\t'))
		return false;
	line = pm_slice_trim(pm_slice_from(line, n));
	n = line.len;
	while (n > 0 && line.ptr[n - 1] == '#')
		n--;
	if (n == 0 || line.ptr[n - 1] == ' ' || line.ptr[n - 1] == '\t')
		line.len = n;
	*heading = pm_slice_trim(line);
	return true;
}

/* True for the line under a setext heading of level 2. */
static bool setext_line(struct pm_slice line)
{
	struct pm_slice text = pm_slice_trim(line);
	size_t n = 0;

	while (n < text.len && text.ptr[n] == '-')
		n++;
	return n > 0 && n == text.len && line.len - text.len < 4;
}

/* True when a line could be the text of a setext heading. */
static bool is_paragraph(struct pm_slice line)
{
	struct pm_slice text = pm_slice_trim(line);

	return text.len > 0 && line.ptr[0] != '\t' &&
	       !strchr("#>|-*+<`~=", text.ptr[0]);
}

/*
 * Remembers a line as it stands, as a reader of that line alone sees it: a
 * comment that goes on from the line before is not known there.
 */
static void remember(struct reader *reader, struct pm_slice line)
{
	struct pm_buf bare = PM_BUF_INIT;

	pm_template_uncomment(line, &bare);
	pm_template_add_line(&reader->own->tmpl, pm_buf_slice(&bare));
	pm_buf_release(&bare);
}

/*
 * The parts of a text line: requirements, what guides the writer, and what is
 * left without comments.
 */
static int read_parts(struct reader *reader)
{
	struct pm_buf bare = PM_BUF_INIT;
	struct pm_slice part;
	bool comment;
	size_t off = 0;
	int error = 0;

	while (pm_scan_segment(&reader->scan, &off, &part, &comment)) {
		struct pm_slice text = pm_comment_text(part);

		if (!comment)
			pm_buf_add_slice(&bare, part);
		else if (error < 0)
			continue;
		else if (pm_slice_starts(part, "<!--") &&
			 pm_slice_starts(text, "pm:"))
			error = read_requirement(reader, text);
		else
			pm_template_add_line(&reader->own->tmpl, text);
	}
	pm_template_add_line(&reader->own->tmpl, pm_buf_slice(&bare));
	pm_buf_release(&bare);
	return error;
}

/* A line of the body outside code. */
static int read_text(struct reader *reader)
{
	struct pm_slice line = reader->scan.line, heading;
	bool inside = reader->scan.comment;
	ptrdiff_t mark = pm_slice_find(line, 0, '<');
	int error = 0;

	if (!inside && mark >= 0 &&
		pm_slice_starts(pm_slice_from(line, (size_t)mark), "<!--"))
		line.len = (size_t)mark;
	if (inside) {
		remember(reader, reader->scan.line);
		reader->paragraph = false;
	} else if (atx_heading(line, 2, &heading)) {
		error = begin_section(reader, heading, reader->scan.line.ptr,
			reader->scan.number);
		reader->paragraph = false;
	} else if (reader->paragraph && setext_line(line)) {
		error = begin_section(reader, reader->before,
			reader->before.ptr, reader->scan.number - 1);
		reader->paragraph = false;
	} else {
		remember(reader, reader->scan.line);
		reader->paragraph = is_paragraph(line);
		reader->before = line;
	}
	return error < 0 ? error : read_parts(reader);
}

/* Every {{name}} of the present line must be one that pm fills. */
static int check_variables(struct reader *reader)
{
	struct pm_slice name;
	size_t off = 0, len;

	for (; pm_scan_variable(reader->scan.line, &off, &len, &name);
		off += len) {
		const char *near;

		if (pm_variable_find(name))
			continue;
		near = pm_variable_nearest(name);
		return fail(reader, name, "unknown variable '%.*s' (%s%s%s)",
			PM_SLICE_ARG(name),
			near ? "did you mean '" : "see pm-policy, variables",
			near ? near : "", near ? "'?" : "");
	}
	return 0;
}

/* Everything that can be seen line by line. */
static int read_lines(struct reader *reader)
{
	struct pm_template *tmpl = &reader->own->tmpl;
	unsigned number;
	int error = 0;

	while (error == 0 && pm_scan_next(&reader->scan)) {
		error = check_variables(reader);
		if (error < 0)
			break;
		if (reader->scan.where == PM_SCAN_TEXT)
			error = read_text(reader);
		else if (reader->scan.where == PM_SCAN_CODE)
			remember(reader, reader->scan.line);
		if (reader->scan.where != PM_SCAN_TEXT)
			reader->paragraph = false;
	}
	if (error < 0)
		return error;
	number = reader->scan.number ? reader->scan.number : 1;
	if (number > 1 && reader->scan.where == PM_SCAN_FRONT)
		return fail_line(reader, 1,
			"the front matter has no end (write a line '---' "
			"after it)");
	if (reader->scan.comment)
		return fail_line(reader, reader->scan.comment_line,
			"a comment has no end (write '-->' after it)");
	if (reader->sections.len == 0)
		return fail_line(reader, number,
			"a template without sections checks nothing (write "
			"at least one '## Heading')");
	end_section(reader, tmpl->text.ptr + tmpl->text.len);
	return 0;
}

/* True for the very bytes of a shipped template: a test has looked at those,
   and every check of a document would look once more. */
static bool is_shipped(const char *name, struct pm_slice text)
{
	const struct pm_slice *shipped =
		pm_template_builtin(pm_slice_str(name));

	return shipped && shipped->ptr == text.ptr;
}

/* The front matter, filled with samples, must be YAML. */
static int check_front(struct reader *reader)
{
	struct pm_arena scratch = PM_ARENA_INIT;
	struct pm_buf front = PM_BUF_INIT;
	struct pm_lines lines;
	struct pm_yaml yaml;
	int error = pm_template_fill_front(
		reader->ctx, &reader->own->tmpl, reader->path, &front);

	pm_yaml_parse(&scratch, pm_buf_slice(&front), NULL, &yaml);
	pm_lines_init(&lines, pm_buf_slice(&front));
	if (error == 0 && yaml.problems) {
		const struct pm_yaml_problem *p = yaml.problems;
		struct pm_pos pos = pm_lines_pos(&lines, p->span.off);

		pos.line++; /* the line "---" before it */
		error = pm_fail_at(reader->ctx, PM_EINVALID, reader->path, pos,
			p->hint ? "%s (%s)" : "%s%s", p->message,
			p->hint ? p->hint : "");
	}
	pm_lines_release(&lines);
	pm_buf_release(&front);
	pm_arena_release(&scratch);
	return error;
}

/* Documents are UTF-8, and so is what they are made from. */
static int check_encoding(struct reader *reader)
{
	struct pm_slice text = reader->own->tmpl.text;
	struct pm_lines lines;
	size_t bad;

	if (pm_utf8_valid(text, &bad))
		return 0;
	pm_lines_init(&lines, text);
	pm_fail_at(reader->ctx, PM_EINVALID, reader->path,
		pm_lines_pos(&lines, bad),
		"the template is not UTF-8 here (save it as UTF-8)");
	pm_lines_release(&lines);
	return PM_EINVALID;
}

/* Moves what was read into the template. */
static void keep(struct reader *reader)
{
	struct pm_template *tmpl = &reader->own->tmpl;

	tmpl->nsections = reader->sections.len;
	tmpl->sections = pm_arena_alloc(&reader->own->arena,
		reader->sections.len, sizeof *tmpl->sections);
	memcpy(tmpl->sections, reader->sections.items,
		reader->sections.len * sizeof *tmpl->sections);
}

int pm_template_parse(struct pm_ctx *ctx, const char *name, const char *path,
	struct pm_slice text, struct pm_template **out)
{
	struct template_own *own = pm_alloc(1, sizeof *own);
	struct reader reader = {.ctx = ctx, .own = own};
	bool shipped = is_shipped(name, text);
	int error;

	/* Some editors begin a file with a byte order mark. */
	if (pm_slice_starts(text, "\xEF\xBB\xBF"))
		text = pm_slice_from(text, 3);
	own->tmpl.name = pm_arena_strdup(&own->arena, name);
	own->tmpl.path = path ? pm_arena_strdup(&own->arena, path) : NULL;
	own->tmpl.text = pm_arena_slice(&own->arena, text);
	reader.path = path ? own->tmpl.path : own->tmpl.name;
	pm_scan_init(&reader.scan, own->tmpl.text);
	error = check_encoding(&reader);
	if (error == 0)
		error = read_lines(&reader);
	if (error == 0)
		error = shipped ? 0 : check_front(&reader);
	if (error == 0)
		keep(&reader);
	pm_vec_release(&reader.sections);
	if (error < 0) {
		pm_template_free(&own->tmpl);
		return error;
	}
	*out = &own->tmpl;
	return 0;
}

void pm_template_free(struct pm_template *tmpl)
{
	struct template_own *own = (struct template_own *)tmpl;

	if (!own)
		return;
	pm_map_release(&tmpl->words);
	pm_map_release(&tmpl->headings);
	pm_arena_release(&own->arena);
	free(own);
}

const struct pm_template_section *pm_template_section_named(
	const struct pm_template *tmpl, struct pm_slice heading)
{
	struct pm_buf folded = PM_BUF_INIT;
	const uintptr_t *number;

	if (!tmpl)
		return NULL;
	heading = pm_slice_trim(heading);
	/* Mostly it is written just so. */
	for (size_t i = 0; i < tmpl->nsections; i++)
		if (heading.len &&
			pm_slice_is(heading, tmpl->sections[i].heading))
			return &tmpl->sections[i];
	pm_utf8_fold(&folded, heading);
	number = pm_map_get(&tmpl->headings, pm_buf_slice(&folded));
	pm_buf_release(&folded);
	return number ? &tmpl->sections[*number] : NULL;
}
