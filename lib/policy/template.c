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
#include "policy/private.h"
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
	size_t mistakes;  /* so far; each is told, and reading goes on */
	bool unknown;     /* one of them is a variable */
	struct pm_scan scan;
	PM_VEC(struct pm_template_section) sections;
	unsigned role_line[PM_SECTION_COUNT]; /* 0: not seen */
	bool required;  /* the present section has its requirement */
	bool paragraph; /* the line before could be a setext heading's text */
	struct pm_slice before; /* that line */
};

/* Tells a mistake at a part of the present line. */
static void tell(struct reader *reader, struct pm_slice at, const char *fmt,
	...) PM_PRINTF(3, 4);

static void tell(
	struct reader *reader, struct pm_slice at, const char *fmt, ...)
{
	struct pm_pos pos = {reader->scan.number,
		(unsigned)(at.ptr - reader->scan.line.ptr) + 1};
	struct pm_buf text = PM_BUF_INIT;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&text, fmt, args);
	va_end(args);
	pm_policy_mistake(
		reader->ctx, &reader->mistakes, reader->path, pos, text.ptr);
	pm_buf_release(&text);
}

/* Tells a mistake at a whole line. */
static void tell_line(struct reader *reader, unsigned line, const char *text)
{
	pm_policy_mistake(reader->ctx, &reader->mistakes, reader->path,
		(struct pm_pos){line, 1}, text);
}

/* The section that is being read, or NULL before the first H2. */
static struct pm_template_section *present(struct reader *reader)
{
	size_t n = reader->sections.len;

	return n ? &reader->sections.items[n - 1] : NULL;
}

/* "role=impact" */
static void read_role(
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
		tell(reader, word,
			near ? "unknown role '%.*s' (did you mean '%s'?)"
			     : "unknown role '%.*s' (%s)",
			PM_SLICE_ARG(value),
			near ? near : "see pm-policy, sections");
	} else if (reader->role_line[role]) {
		tell(reader, word,
			"two sections have the role '%s' (first on line %u)",
			pm_section_role_name(role), reader->role_line[role]);
	} else {
		reader->role_line[role] = section->line;
		section->role = role;
	}
}

/* "from=review" */
static void read_from(
	struct reader *reader, struct pm_slice word, struct pm_slice value)
{
	if (pm_status_parse(value, &present(reader)->from) < 0)
		tell(reader, word,
			"unknown status '%.*s' (one of draft, review, final)",
			PM_SLICE_ARG(value));
}

/* "min-words=5" */
static void read_min_words(
	struct reader *reader, struct pm_slice word, struct pm_slice value)
{
	unsigned n = 0;
	size_t i = 0;

	for (; i < value.len && pm_is_digit(value.ptr[i]) && n <= WORDS_MOST;
		i++)
		n = n * 10 + (unsigned)(value.ptr[i] - '0');
	if (value.len == 0 || i < value.len || n > WORDS_MOST)
		tell(reader, word,
			"'%.*s' is not a number of words from 0 to %u",
			PM_SLICE_ARG(value), WORDS_MOST);
	else
		present(reader)->min_words = n;
}

/* "optional" */
static void read_optional(
	struct reader *reader, struct pm_slice word, struct pm_slice value)
{
	if (value.ptr)
		tell(reader, word, "'optional' takes no value");
	present(reader)->optional = true;
}

/* One word of a requirement, cut at its "=". */
static void read_word(struct reader *reader, struct pm_slice word)
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
	if (pm_slice_is(name, "role")) {
		read_role(reader, word, value);
	} else if (pm_slice_is(name, "from")) {
		read_from(reader, word, value);
	} else if (pm_slice_is(name, "min-words")) {
		read_min_words(reader, word, value);
	} else if (pm_slice_is(name, "optional")) {
		read_optional(reader, word, value);
	} else {
		near = pm_nearest(name, words);
		tell(reader, word,
			near ? "unknown requirement '%.*s' (did you mean '%s'?)"
			     : "unknown requirement '%.*s' (%s)",
			PM_SLICE_ARG(name),
			near ? near
			     : "one of role=, from=, min-words=, optional");
	}
}

/* Reads "pm: role=impact from=review": what a section requires. */
static void read_requirement(struct reader *reader, struct pm_slice text)
{
	struct pm_slice rest = pm_slice_from(text, 3);

	if (!present(reader)) {
		tell(reader, text,
			"a requirement stands under no heading (put it under "
			"the '## ' heading it is about)");
		return;
	}
	if (reader->required) {
		tell(reader, text,
			"a second requirement for '%s' (write both as one)",
			present(reader)->heading);
		return;
	}
	reader->required = true;
	while ((rest = pm_slice_trim(rest)).len > 0) {
		size_t n = 0;

		while (n < rest.len && rest.ptr[n] != ' ' &&
			rest.ptr[n] != '\t')
			n++;
		read_word(reader, pm_slice_sub(rest, 0, n));
		rest = pm_slice_from(rest, n);
	}
}

/* Closes the section before, if there is one, at the present line. */
static void end_section(struct reader *reader, const char *end)
{
	struct pm_template_section *section = present(reader);

	if (section)
		section->text.len = (size_t)(end - section->text.ptr);
}

/* Notes the name of the section that begins, or tells why it cannot be one. */
static void name_section(struct reader *reader, struct pm_slice heading)
{
	struct pm_buf folded = PM_BUF_INIT;
	uintptr_t *number;
	bool added;

	if (heading.len == 0) {
		tell(reader, reader->scan.line, "a heading is empty");
		return;
	}
	pm_utf8_fold(&folded, heading);
	number = pm_map_put(
		&reader->own->tmpl.headings, pm_buf_slice(&folded), &added);
	pm_buf_release(&folded);
	if (added)
		*number = reader->sections.len;
	else
		tell(reader, heading,
			"two sections are called '%.*s' (first on line %u)",
			PM_SLICE_ARG(heading),
			reader->sections.items[*number].line);
}

/* Begins a section; start is the first byte of its heading. */
static void begin_section(struct reader *reader, struct pm_slice heading,
	const char *start, unsigned line)
{
	struct pm_template_section section = {
		.from = PM_STATUS_REVIEW,
		.line = line,
		.text = reader->scan.rest,
	};

	heading = pm_slice_trim(heading);
	name_section(reader, heading);
	end_section(reader, start);
	section.heading = pm_arena_slice(&reader->own->arena, heading).ptr;
	*pm_vec_push(&reader->sections) = section;
	reader->required = false;
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
static void read_parts(struct reader *reader)
{
	struct pm_buf bare = PM_BUF_INIT;
	struct pm_slice part;
	bool comment;
	size_t off = 0;

	/* Most lines neither open nor close a comment: they are one part. */
	if (pm_slice_find(reader->scan.line, 0, '<') < 0 &&
		pm_slice_find(reader->scan.line, 0, '>') < 0) {
		pm_template_add_line(&reader->own->tmpl, reader->scan.line);
		return;
	}
	remember(reader, reader->scan.line);
	while (pm_scan_segment(&reader->scan, &off, &part, &comment)) {
		struct pm_slice text = pm_comment_text(part);

		if (!comment)
			pm_buf_add_slice(&bare, part);
		else if (pm_slice_starts(part, "<!--") &&
			 pm_slice_starts(text, "pm:"))
			read_requirement(reader, text);
		else
			pm_template_add_line(&reader->own->tmpl, text);
	}
	pm_template_add_line(&reader->own->tmpl, pm_buf_slice(&bare));
	pm_buf_release(&bare);
}

/* A line of the body outside code. */
static void read_text(struct reader *reader)
{
	struct pm_slice line = reader->scan.line, heading;
	bool inside = reader->scan.comment;
	ptrdiff_t mark = pm_slice_find(line, 0, '<');

	if (!inside && mark >= 0 &&
		pm_slice_starts(pm_slice_from(line, (size_t)mark), "<!--"))
		line.len = (size_t)mark;
	if (inside) {
		reader->paragraph = false;
	} else if (atx_heading(line, 2, &heading)) {
		begin_section(reader, heading, reader->scan.line.ptr,
			reader->scan.number);
		reader->paragraph = false;
	} else if (reader->paragraph && setext_line(line)) {
		begin_section(reader, reader->before, reader->before.ptr,
			reader->scan.number - 1);
		reader->paragraph = false;
	} else {
		reader->paragraph = is_paragraph(line);
		reader->before = line;
	}
	read_parts(reader);
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
static void check_front(struct reader *reader)
{
	struct pm_arena scratch = PM_ARENA_INIT;
	struct pm_buf front = PM_BUF_INIT, text = PM_BUF_INIT;
	struct pm_lines lines;
	struct pm_yaml yaml;
	int error;

	/* Told, and not to be filled. */
	if (reader->unknown)
		return;
	error = pm_template_fill_front(reader->ctx, &reader->own->tmpl,
		reader->path, &reader->mistakes, &front);
	pm_yaml_parse(&scratch, pm_buf_slice(&front), NULL, &yaml);
	pm_lines_init(&lines, pm_buf_slice(&front));
	for (const struct pm_yaml_problem *p = yaml.problems; p && error == 0;
		p = p->next) {
		struct pm_pos pos = pm_lines_pos(&lines, p->span.off);

		pos.line++; /* the line "---" before it */
		pm_buf_reset(&text);
		pm_buf_adds(&text, p->message);
		if (p->hint)
			pm_buf_addf(&text, " (%s)", p->hint);
		pm_policy_mistake(reader->ctx, &reader->mistakes, reader->path,
			pos, text.ptr);
	}
	pm_lines_release(&lines);
	pm_buf_release(&text);
	pm_buf_release(&front);
	pm_arena_release(&scratch);
}

/* Every {{name}} of the present line must be one that pm fills. */
static void check_variables(struct reader *reader)
{
	struct pm_slice name;
	size_t off = 0, len;

	for (; pm_scan_variable(reader->scan.line, &off, &len, &name);
		off += len) {
		const char *near;

		if (pm_variable_find(name))
			continue;
		near = pm_variable_nearest(name);
		reader->unknown = true;
		tell(reader, name,
			near ? "unknown variable '%.*s' (did you mean '%s'?)"
			     : "unknown variable '%.*s' (%s)",
			PM_SLICE_ARG(name),
			near ? near : "see pm-policy, variables");
	}
}

/* What is seen when all lines are read. */
static void check_end(struct reader *reader)
{
	unsigned number = reader->scan.number ? reader->scan.number : 1;

	if (number > 1 && reader->scan.where == PM_SCAN_FRONT)
		tell_line(reader, 1,
			"the front matter has no end (write a line '---' "
			"after it)");
	else if (reader->scan.comment)
		tell_line(reader, reader->scan.comment_line,
			"a comment has no end (write '-->' after it)");
	else if (reader->sections.len == 0)
		tell_line(reader, number,
			"a template without sections checks nothing (write "
			"at least one '## Heading')");
}

/* Reads line by line; shipped: of its front matter nothing is asked. */
static void read_lines(struct reader *reader, bool shipped)
{
	struct pm_template *tmpl = &reader->own->tmpl;

	while (pm_scan_next(&reader->scan)) {
		check_variables(reader);
		if (reader->scan.where == PM_SCAN_TEXT)
			read_text(reader);
		else if (reader->scan.where == PM_SCAN_CODE)
			remember(reader, reader->scan.line);
		if (reader->scan.where != PM_SCAN_TEXT)
			reader->paragraph = false;
		/* The end of the front matter: what is wrong in it comes
		   before what is wrong behind it. */
		if (reader->scan.where == PM_SCAN_FENCE &&
			reader->scan.number > 1 && !shipped)
			check_front(reader);
	}
	check_end(reader);
	end_section(reader, tmpl->text.ptr + tmpl->text.len);
}

/* Documents are UTF-8, and so is what they are made from. */
static void check_encoding(struct reader *reader)
{
	struct pm_slice text = reader->own->tmpl.text;
	struct pm_lines lines;
	size_t bad;

	if (pm_utf8_valid(text, &bad))
		return;
	pm_lines_init(&lines, text);
	pm_policy_mistake(reader->ctx, &reader->mistakes, reader->path,
		pm_lines_pos(&lines, bad),
		"the template is not UTF-8 here (save it as UTF-8)");
	pm_lines_release(&lines);
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
	check_encoding(&reader);
	/* Of other bytes, what they say is anybody's guess. */
	if (!reader.mistakes)
		read_lines(&reader, shipped);
	error = pm_policy_mistakes_end(ctx, reader.mistakes, reader.path);
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

/* False when two headings differ in more than how they are written, which the
   first two letters mostly tell. */
static bool may_be_same(struct pm_slice heading, const char *name)
{
	for (size_t i = 0; i < 2 && i < heading.len && name[i]; i++) {
		if ((heading.ptr[i] | name[i]) & 0x80)
			return true;
		if (pm_lower(heading.ptr[i]) != pm_lower(name[i]))
			return false;
	}
	return true;
}

const struct pm_template_section *pm_template_section_named(
	const struct pm_template *tmpl, struct pm_slice heading)
{
	struct pm_buf folded = PM_BUF_INIT;
	const uintptr_t *number;
	bool may = false;

	if (!tmpl)
		return NULL;
	heading = pm_slice_trim(heading);
	/* Mostly it is written just so, or begins with other letters. */
	for (size_t i = 0; heading.len && i < tmpl->nsections; i++) {
		const char *name = tmpl->sections[i].heading;

		if (pm_slice_is(heading, name))
			return &tmpl->sections[i];
		may = may || may_be_same(heading, name);
	}
	if (!may)
		return NULL;
	pm_utf8_fold(&folded, heading);
	number = pm_map_get(&tmpl->headings, pm_buf_slice(&folded));
	pm_buf_release(&folded);
	return number ? &tmpl->sections[*number] : NULL;
}
