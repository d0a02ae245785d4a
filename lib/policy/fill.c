/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Filling a template's variables, once, when a document begins. A value comes
 * from a person and may hold anything, so it is escaped for the very place
 * where its variable stands: a YAML value, a quoted string, a comment, or
 * Markdown text. What has no safe form there is refused at the template.
 */
#include "policy/template.h"

#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"
#include "policy/private.h"
#include "policy/scan.h"
#include "policy/template_private.h"

/* Comments of the front matter are kept to this width. */
#define COLUMNS 80

/* Where in the front matter a variable stands. */
enum front_place {
	FRONT_PLAIN,
	FRONT_SINGLE,
	FRONT_DOUBLE,
	FRONT_COMMENT,
};

struct filler {
	struct pm_ctx *ctx;
	const char *path; /* of the template, for messages */
	const struct pm_template_vars *vars;
	size_t nvars;
	bool sample;     /* use samples, and keep every value on its line */
	size_t mistakes; /* of the template, told so far */
	struct pm_scan scan;
	struct pm_buf *out;
};

/* One variable of the present line and its value. */
struct hit {
	const struct pm_variable *variable;
	struct pm_slice value;
	size_t off, end; /* in the line */
};

static int fail(struct filler *filler, size_t off, const char *fmt,
	struct pm_slice name)
{
	struct pm_pos pos = {filler->scan.number, (unsigned)off + 1};
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_addf(&text, "%s '{{%.*s}}'", fmt, PM_SLICE_ARG(name));
	pm_policy_mistake(
		filler->ctx, &filler->mistakes, filler->path, pos, text.ptr);
	pm_buf_release(&text);
	return PM_EINVALID;
}

/*
 * The next variable at or after off. Returns 1, 0 when there is none, or
 * PM_EINVALID when it has no value.
 */
static int next_hit(struct filler *filler, size_t off, struct hit *hit)
{
	struct pm_slice name;
	size_t len;

	if (!pm_scan_variable(filler->scan.line, &off, &len, &name))
		return 0;
	hit->off = off;
	hit->end = off + len;
	hit->variable = pm_variable_find(name);
	if (!hit->variable)
		return fail(filler, off, "unknown variable", name);
	if (filler->sample) {
		hit->value = pm_slice_str(hit->variable->sample);
		return 1;
	}
	for (size_t i = 0; i < filler->nvars; i++) {
		if (pm_slice_eq(filler->vars[i].name, name)) {
			hit->value = filler->vars[i].value;
			return 1;
		}
	}
	return fail(filler, off, "no value for the variable", name);
}

/* Cuts the next item off a list value. */
static bool next_item(struct pm_slice *rest, struct pm_slice *item)
{
	while (pm_slice_line(rest, item))
		if (item->len > 0)
			return true;
	return false;
}

/* Cuts a row at its tab. */
static struct pm_slice cut_row(struct pm_slice *row)
{
	ptrdiff_t tab = pm_slice_find(*row, 0, '\t');
	struct pm_slice second = {NULL, 0};

	if (tab >= 0) {
		second = pm_slice_from(*row, (size_t)tab + 1);
		row->len = (size_t)tab;
	}
	return second;
}

/* A value in words: "checkout, payments", "@org/web (web), @bo". */
static void add_words(struct pm_buf *out, const struct hit *hit)
{
	struct pm_slice rest = hit->value, item;
	const char *between = "";

	if (hit->variable->kind == PM_VARIABLE_TEXT) {
		pm_buf_add_slice(out, hit->value);
		return;
	}
	while (next_item(&rest, &item)) {
		struct pm_slice second = cut_row(&item);

		pm_buf_adds(out, between);
		pm_buf_add_slice(out, item);
		if (second.len > 0)
			pm_buf_addf(out, " (%.*s)", PM_SLICE_ARG(second));
		between = ", ";
	}
}

/* --- the front matter ------------------------------------------------- */

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

/* True when a YAML token may begin at off: nothing but a mark before it. */
static bool token_start(struct pm_slice line, size_t off)
{
	size_t i = off;

	while (i > 0 && blank(line.ptr[i - 1]))
		i--;
	if (i == 0)
		return true;
	if (strchr("[{", line.ptr[i - 1]))
		return true;
	return i < off && strchr(":,-", line.ptr[i - 1]);
}

/* True when the token ends at off: nothing, a comment or a mark follows. */
static bool token_end(struct pm_slice line, size_t off)
{
	size_t i = off;

	while (i < line.len && blank(line.ptr[i]))
		i++;
	if (i == line.len || strchr(",]}", line.ptr[i]))
		return true;
	return i > off && line.ptr[i] == '#';
}

/* In what a variable at off stands, by the quotes and marks before it. */
static enum front_place find_place(struct pm_slice line, size_t off)
{
	enum front_place place = FRONT_PLAIN;

	for (size_t i = 0; i < off; i++) {
		char c = line.ptr[i];

		if (place == FRONT_DOUBLE) {
			if (c == '\\')
				i++;
			else if (c == '"')
				place = FRONT_PLAIN;
		} else if (place == FRONT_SINGLE) {
			if (c == '\'')
				place = FRONT_PLAIN;
		} else if (c == '#' && (i == 0 || blank(line.ptr[i - 1]))) {
			return FRONT_COMMENT;
		} else if (c == '"' && token_start(line, i)) {
			place = FRONT_DOUBLE;
		} else if (c == '\'' && token_start(line, i)) {
			place = FRONT_SINGLE;
		}
	}
	return place;
}

/* Appends text inside quotes, or in a comment, where it ends nothing. */
static void add_front_text(
	struct pm_buf *out, struct pm_slice text, enum front_place place)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (place == FRONT_DOUBLE && (c < 0x20 || c == 0x7f))
			pm_buf_addf(out, "\\x%02x", c);
		else if (c < 0x20 || c == 0x7f)
			pm_buf_addc(out, ' ');
		else if (place == FRONT_DOUBLE && (c == '"' || c == '\\'))
			pm_buf_addf(out, "\\%c", c);
		else if (place == FRONT_SINGLE && c == '\'')
			pm_buf_adds(out, "''");
		else
			pm_buf_addc(out, (char)c);
	}
}

/* A list where a value is wanted: with brackets, unless they are there. */
static void add_front_list(
	struct pm_buf *out, struct pm_slice line, const struct hit *hit)
{
	struct pm_slice rest = hit->value, item;
	size_t i = hit->off;
	bool inside;
	const char *between = "";

	while (i > 0 && blank(line.ptr[i - 1]))
		i--;
	inside = i > 0 && strchr("[,", line.ptr[i - 1]);
	pm_buf_adds(out, inside ? "" : "[");
	while (next_item(&rest, &item)) {
		pm_buf_adds(out, between);
		pm_yaml_scalar(out, item);
		between = ", ";
	}
	pm_buf_adds(out, inside ? "" : "]");
}

/* Rows, each on its own line under the key. */
static void add_front_rows(struct filler *filler, const struct hit *hit)
{
	struct pm_slice line = filler->scan.line;
	struct pm_slice rest = hit->value, item;
	size_t indent = 0;

	while (indent < line.len && line.ptr[indent] == ' ')
		indent++;
	if (filler->sample || hit->value.len == 0) {
		pm_buf_adds(filler->out, "[]");
		return;
	}
	while (filler->out->len > 0 &&
		blank(filler->out->ptr[filler->out->len - 1]))
		pm_buf_truncate(filler->out, filler->out->len - 1);
	while (next_item(&rest, &item)) {
		struct pm_slice second = cut_row(&item);

		pm_buf_addf(filler->out, "\n%.*s  - {person: ", (int)indent,
			line.ptr);
		pm_yaml_scalar(filler->out, item);
		if (second.len > 0) {
			pm_buf_adds(filler->out, ", department: ");
			pm_yaml_scalar(filler->out, second);
		}
		pm_buf_addc(filler->out, '}');
	}
}

/* Fills one variable of a front matter line. */
static int fill_front(struct filler *filler, const struct hit *hit)
{
	struct pm_slice line = filler->scan.line;
	enum front_place place = find_place(line, hit->off);
	struct pm_buf words = PM_BUF_INIT;

	if (place != FRONT_PLAIN) {
		add_words(&words, hit);
		add_front_text(filler->out, pm_buf_slice(&words), place);
		pm_buf_release(&words);
		return 0;
	}
	if (!token_start(line, hit->off) || !token_end(line, hit->end))
		return fail(filler, hit->off,
			"quote the whole value that holds the variable",
			pm_slice_str(hit->variable->name));
	if (hit->variable->kind == PM_VARIABLE_ROWS)
		add_front_rows(filler, hit);
	else if (hit->variable->kind == PM_VARIABLE_LIST)
		add_front_list(filler->out, line, hit);
	else if (hit->value.len > 0)
		pm_yaml_scalar(filler->out, hit->value);
	return 0;
}

/* Takes back the blanks at the end of a line whose value was empty. */
static void trim_end(struct pm_buf *out, size_t from)
{
	while (out->len > from && blank(out->ptr[out->len - 1]))
		pm_buf_truncate(out, out->len - 1);
}

/*
 * Breaks a comment line that begins at from into lines of COLUMNS, at blanks:
 * a policy's list of words may be long.
 */
static void wrap_comment(struct filler *filler, size_t from)
{
	struct pm_buf *out = filler->out, copy = PM_BUF_INIT;
	struct pm_slice rest;
	size_t indent = 0;

	pm_buf_add(&copy, out->ptr + from, out->len - from);
	rest = pm_buf_slice(&copy);
	while (indent < rest.len && blank(rest.ptr[indent]))
		indent++;
	if (rest.len <= COLUMNS || rest.ptr[indent] != '#')
		goto out;
	pm_buf_truncate(out, from);
	while (rest.len > COLUMNS - (out->len > from ? indent + 2 : 0)) {
		size_t room = COLUMNS - (out->len > from ? indent + 2 : 0);
		size_t end = room;

		while (end > room / 2 && rest.ptr[end] != ' ')
			end--;
		if (rest.ptr[end] != ' ')
			break;
		pm_buf_add(out, rest.ptr, end);
		pm_buf_adds(out, filler->scan.end.len == 2 ? "\r\n" : "\n");
		pm_buf_add(out, copy.ptr, indent);
		pm_buf_adds(out, "# ");
		rest = pm_slice_from(rest, end + 1);
	}
	pm_buf_add_slice(out, rest);
out:
	pm_buf_release(&copy);
}

/* A whole line of the front matter. */
static int add_front_line(struct filler *filler)
{
	struct pm_slice line = filler->scan.line;
	size_t off = 0, start = filler->out->len;
	struct hit hit;
	int found;

	while ((found = next_hit(filler, off, &hit)) > 0) {
		pm_buf_add_slice(
			filler->out, pm_slice_sub(line, off, hit.off - off));
		found = fill_front(filler, &hit);
		if (found < 0)
			return found;
		off = hit.end;
	}
	if (found < 0)
		return found;
	pm_buf_add_slice(filler->out, pm_slice_from(line, off));
	if (off == 0)
		return 0;
	trim_end(filler->out, start);
	if (!filler->sample)
		wrap_comment(filler, start);
	return 0;
}

/* --- the body --------------------------------------------------------- */

/* True when the character before or after an underscore is no letter. */
static bool at_word_edge(struct pm_slice text, size_t i)
{
	unsigned char before = i ? (unsigned char)text.ptr[i - 1] : ' ';
	unsigned char after =
		i + 1 < text.len ? (unsigned char)text.ptr[i + 1] : ' ';

	return !(before >= 0x80 || pm_utf8_word(before)) ||
	       !(after >= 0x80 || pm_utf8_word(after));
}

/* Appends text so that Markdown shows it as it is. */
static void add_markdown(struct pm_buf *out, struct pm_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\n' || c == '\r' || c == '\t')
			c = ' ';
		if (strchr("\\`*[]<~&", c) ||
			(c == '_' && at_word_edge(text, i)) ||
			(c == '#' && i + 1 == text.len))
			pm_buf_addc(out, '\\');
		pm_buf_addc(out, c);
	}
}

/* Appends text within an HTML comment, which it must not end. */
static void add_comment(struct pm_buf *out, struct pm_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '-' && i > 0 && text.ptr[i - 1] == '-')
			pm_buf_addc(out, ' ');
		pm_buf_addc(out, c == '\n' || c == '\r' ? ' ' : c);
	}
}

/*
 * Appends the part [from, to) of the present line, filled. comment and code
 * say what the part is.
 */
static int add_part(struct filler *filler, size_t from, size_t to, bool comment)
{
	struct pm_slice line = filler->scan.line;
	struct pm_buf words = PM_BUF_INIT;
	struct hit hit;
	int found;

	while ((found = next_hit(filler, from, &hit)) > 0 && hit.end <= to) {
		pm_buf_add_slice(
			filler->out, pm_slice_sub(line, from, hit.off - from));
		pm_buf_reset(&words);
		add_words(&words, &hit);
		if (comment)
			add_comment(filler->out, pm_buf_slice(&words));
		else if (filler->scan.where == PM_SCAN_CODE)
			add_front_text(filler->out, pm_buf_slice(&words),
				FRONT_COMMENT);
		else
			add_markdown(filler->out, pm_buf_slice(&words));
		from = hit.end;
	}
	pm_buf_release(&words);
	if (found < 0)
		return found;
	pm_buf_add_slice(filler->out, pm_slice_sub(line, from, to - from));
	return 0;
}

/* True for a comment that carries a requirement. */
static bool is_requirement(struct pm_slice part)
{
	return pm_slice_starts(part, "<!--") &&
	       pm_slice_starts(pm_comment_text(part), "pm:");
}

/*
 * A text line without its requirement, which is the template's business and
 * not the document's. *dropped: nothing else stood on the line.
 */
static int add_text_line(struct filler *filler, bool *dropped)
{
	struct pm_slice line = filler->scan.line, part;
	size_t off = 0, start = filler->out->len;
	bool comment, left_out = false;
	int error = 0;

	while (error == 0 &&
		pm_scan_segment(&filler->scan, &off, &part, &comment)) {
		size_t from = (size_t)(part.ptr - line.ptr);

		if (comment && is_requirement(part)) {
			left_out = true;
			/* What goes on below still needs its beginning. */
			if (filler->scan.comment)
				pm_buf_adds(filler->out, "<!--");
			continue;
		}
		error = add_part(filler, from, from + part.len, comment);
	}
	if (left_out)
		trim_end(filler->out, start);
	*dropped = left_out && filler->out->len == start;
	return error;
}

/* Adds the present line and its end. */
static int add_line(struct filler *filler)
{
	bool dropped = false;
	int error = 0;

	switch (filler->scan.where) {
	case PM_SCAN_FENCE:
		pm_buf_add_slice(filler->out, filler->scan.line);
		break;
	case PM_SCAN_FRONT:
		error = add_front_line(filler);
		break;
	case PM_SCAN_CODE:
		error = add_part(filler, 0, filler->scan.line.len, false);
		break;
	case PM_SCAN_TEXT:
		error = add_text_line(filler, &dropped);
		break;
	}
	if (!dropped)
		pm_buf_add_slice(filler->out, filler->scan.end);
	return error;
}

int pm_template_fill(struct pm_ctx *ctx, const struct pm_template *tmpl,
	const struct pm_template_vars *vars, size_t nvars, struct pm_buf *out)
{
	struct filler filler = {
		.ctx = ctx,
		.path = tmpl->path ? tmpl->path : tmpl->name,
		.vars = vars,
		.nvars = nvars,
		.out = out,
	};
	int error = 0;

	pm_scan_init(&filler.scan, tmpl->text);
	while (error == 0 && pm_scan_next(&filler.scan))
		error = add_line(&filler);
	return error;
}

int pm_template_fill_front(struct pm_ctx *ctx, const struct pm_template *tmpl,
	const char *path, size_t *mistakes, struct pm_buf *out)
{
	struct filler filler = {
		.ctx = ctx,
		.path = path,
		.sample = true,
		.mistakes = *mistakes,
		.out = out,
	};
	int error = 0;

	pm_scan_init(&filler.scan, tmpl->text);
	while (pm_scan_next(&filler.scan)) {
		if (filler.scan.where == PM_SCAN_FRONT) {
			error = pm_policy_worse(error, add_front_line(&filler));
			pm_buf_add_slice(out, filler.scan.end);
		} else if (filler.scan.number > 1) {
			break;
		}
	}
	*mistakes = filler.mistakes;
	return error;
}
