/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a line of YAML looks like to the person who wrote it: indentation,
 * dashes, key, value, comment. Only used where libyaml has given up, to find
 * the slip; so it may guess, and it reads one line at a time.
 */
#include "yaml/private.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* A key is named in a message by at most so many bytes. */
#define MAX_NAME 40

char pm_yaml_byte(const struct pm_yaml_reader *rd, size_t off)
{
	return off < rd->text.len ? rd->text.ptr[off] : '\n';
}

struct pm_slice pm_yaml_bytes(
	const struct pm_yaml_reader *rd, size_t off, size_t end)
{
	return pm_slice_sub(rd->text, off, end > off ? end - off : 0);
}

bool pm_yaml_among(char c, const char *set)
{
	return c && strchr(set, c) != NULL;
}

struct pm_slice pm_yaml_name(
	const struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	return pm_utf8_cut(
		pm_yaml_bytes(rd, shape->content,
			shape->keyed ? shape->key_end : shape->value_end),
		MAX_NAME);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The byte at off, or a blank beyond the end of the line. */
static char at(const struct pm_yaml_reader *rd, size_t off, size_t end)
{
	return off < end ? rd->text.ptr[off] : ' ';
}

static size_t skip_blanks(
	const struct pm_yaml_reader *rd, size_t off, size_t end)
{
	while (off < end && is_blank(rd->text.ptr[off]))
		off++;
	return off;
}

/* The offset after the closing quote of the scalar at off, or SIZE_MAX. */
static size_t quoted_end(
	const struct pm_yaml_reader *rd, size_t off, size_t end)
{
	char quote = rd->text.ptr[off++];

	for (; off < end; off++) {
		char c = rd->text.ptr[off];

		if (c == '\\' && quote == '"')
			off++;
		else if (c == quote && quote == '\'' &&
			 at(rd, off + 1, end) == '\'')
			off++;
		else if (c == quote)
			return off + 1;
	}
	return SIZE_MAX;
}

/*
 * True for a colon behind which a value begins at once, as no key ends and no
 * word goes on: "tags:[a: b]". The colons further on are the value's.
 */
static bool glued_key(const struct pm_yaml_reader *rd, size_t off, size_t end)
{
	uint32_t cp;

	if (rd->text.ptr[off] != ':' || off + 1 >= end)
		return false;
	pm_utf8_next(rd->text, off + 1, &cp);
	return cp == '[' || cp == '{' || cp == '"' || cp == '\'' ||
	       pm_yaml_text_odd_space(cp);
}

/* Finds "key:" at content. */
static void find_key(
	const struct pm_yaml_reader *rd, struct pm_yaml_shape *shape)
{
	char first = at(rd, shape->content, shape->end);
	size_t off = shape->content;

	if (first == '"' || first == '\'') {
		off = quoted_end(rd, off, shape->end);
		if (off == SIZE_MAX)
			return;
	} else if (first == '[' || first == '{') {
		return;
	} else {
		while (off < shape->end &&
			!(rd->text.ptr[off] == ':' &&
				is_blank(at(rd, off + 1, shape->end)))) {
			if (rd->text.ptr[off] == '#' && off > shape->content &&
				is_blank(rd->text.ptr[off - 1]))
				return;
			if (glued_key(rd, off, shape->end))
				return;
			off++;
		}
	}
	shape->colon = skip_blanks(rd, off, shape->end);
	if (at(rd, shape->colon, shape->end) != ':' ||
		!is_blank(at(rd, shape->colon + 1, shape->end)))
		return;
	while (off > shape->content && is_blank(rd->text.ptr[off - 1]))
		off--;
	shape->keyed = true;
	shape->key_end = off;
	shape->value = skip_blanks(rd, shape->colon + 1, shape->end);
}

/* Cuts a comment and trailing white space off the value. */
static void find_value_end(
	const struct pm_yaml_reader *rd, struct pm_yaml_shape *shape)
{
	size_t end = shape->end;
	size_t off = shape->value;
	char first = at(rd, off, end);

	if (first == '"' || first == '\'') {
		size_t closed = quoted_end(rd, off, end);

		off = closed == SIZE_MAX ? end : closed;
	}
	for (; off < end; off++) {
		if (rd->text.ptr[off] == '#' && off > shape->start &&
			is_blank(rd->text.ptr[off - 1])) {
			end = off;
			break;
		}
	}
	while (end > shape->value && is_blank(rd->text.ptr[end - 1]))
		end--;
	shape->value_end = end;
}

/* True for "-item" where a space was put behind the dash. */
static bool glued_item(const struct pm_yaml_reader *rd, size_t first)
{
	return rd->edits.len && pm_yaml_byte(rd, first) == '-' &&
	       pm_yaml_text_inserted(rd, first + 1);
}

struct pm_yaml_shape pm_yaml_shape(
	const struct pm_yaml_reader *rd, unsigned line)
{
	struct pm_slice text = pm_lines_text(pm_yaml_lines(rd), line);
	struct pm_yaml_shape shape = {.line = line};

	shape.start = pm_lines_off(pm_yaml_lines(rd), line);
	shape.end = shape.start + text.len;
	shape.first = skip_blanks(rd, shape.start, shape.end);
	shape.blank =
		shape.first == shape.end || rd->text.ptr[shape.first] == '#';
	for (size_t off = shape.start; off < shape.first; off++)
		shape.tab = shape.tab || rd->text.ptr[off] == '\t';
	shape.content = shape.first;
	while (at(rd, shape.content, shape.end) == '-' &&
		is_blank(at(rd, shape.content + 1, shape.end))) {
		shape.item = true;
		shape.content = skip_blanks(rd, shape.content + 1, shape.end);
	}
	if (!shape.item && glued_item(rd, shape.first)) {
		shape.item = true;
		shape.content = shape.first + 1;
	}
	shape.value = shape.content;
	if (!shape.blank)
		find_key(rd, &shape);
	find_value_end(rd, &shape);
	return shape;
}

struct pm_yaml_shape pm_yaml_shape_at(
	const struct pm_yaml_reader *rd, size_t off)
{
	return pm_yaml_shape(rd, pm_lines_pos(pm_yaml_lines(rd), off).line);
}

bool pm_yaml_shape_before(const struct pm_yaml_reader *rd, unsigned line,
	struct pm_yaml_shape *out)
{
	while (--line > 0) {
		*out = pm_yaml_shape(rd, line);
		if (!out->blank)
			return true;
	}
	return false;
}

bool pm_yaml_shape_after(const struct pm_yaml_reader *rd, unsigned line,
	struct pm_yaml_shape *out)
{
	while (++line <= pm_yaml_lines(rd)->count) {
		*out = pm_yaml_shape(rd, line);
		if (!out->blank)
			return true;
	}
	return false;
}

/* The open lists and maps, by the column at which their entries stand. */
struct columns {
	struct {
		size_t column;
		bool item;
	} open[64];
	size_t len;
};

static void push(struct columns *columns, size_t column, bool item)
{
	size_t limit = sizeof columns->open / sizeof columns->open[0];

	if (columns->len > 0 &&
		columns->open[columns->len - 1].column == column &&
		columns->open[columns->len - 1].item == item)
		return;
	if (columns->len < limit) {
		columns->open[columns->len].column = column;
		columns->open[columns->len++].item = item;
	}
}

/* Enters a line whose first byte stands at column. */
static void enter(struct columns *columns, const struct pm_yaml_shape *shape,
	size_t column)
{
	while (columns->len > 0 &&
		columns->open[columns->len - 1].column > column)
		columns->len--;
	/* "- x" may stand at the column of the key that holds the list; a key
	   at the column of the dashes ends the list. */
	if (columns->len > 0 && !shape->item &&
		columns->open[columns->len - 1].column == column &&
		columns->open[columns->len - 1].item)
		columns->len--;
	if (shape->item)
		push(columns, column, true);
	if (shape->keyed) {
		size_t dashes = shape->content - shape->first;

		/* Behind a lone dash stands a space that was put there. */
		push(columns, column + dashes + (dashes == 1), false);
	}
}

/*
 * The column of a line as mended so far; SIZE_MAX for one that was blanked.
 * *edit walks along, for lines are asked for in order.
 */
static size_t mended_column(const struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, size_t *edit)
{
	size_t have = shape->first - shape->start;
	const struct pm_yaml_edit *e;
	bool white;

	while (*edit < rd->edits.len &&
		rd->edits.items[*edit].off < shape->start)
		++*edit;
	if (*edit == rd->edits.len)
		return have;
	e = &rd->edits.items[*edit];
	white = !e->with.len || e->with.ptr[0] == ' ';
	if (e->off != shape->start || !white)
		return have;
	if (e->len == shape->end - shape->start)
		return SIZE_MAX;
	/* What was replaced may have been no white space to YAML. */
	return e->with.len + (e->len < have ? have - e->len : 0);
}

size_t pm_yaml_shape_mended(
	const struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	size_t edit = 0, column = mended_column(rd, shape, &edit);

	return column == SIZE_MAX ? 0 : column;
}

size_t pm_yaml_shape_column(const struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, size_t here)
{
	struct columns columns = {.len = 0};
	size_t best = SIZE_MAX, edit = 0, text_below = SIZE_MAX;

	for (unsigned line = 1; line < shape->line; line++) {
		struct pm_yaml_shape other = pm_yaml_shape(rd, line);
		size_t column = mended_column(rd, &other, &edit);
		char first = at(rd, other.value, other.end);

		if (other.blank || column == SIZE_MAX || column > text_below)
			continue;
		text_below = SIZE_MAX;
		enter(&columns, &other, column);
		if (other.keyed && (first == '|' || first == '>'))
			text_below = column + (other.content - other.first);
	}
	for (size_t i = 0; i < columns.len; i++) {
		size_t column = columns.open[i].column;
		size_t far = column > here ? column - here : here - column;
		size_t best_far = best > here ? best - here : here - best;

		if (columns.open[i].item == shape->item &&
			(best == SIZE_MAX || far <= best_far))
			best = column;
	}
	return best;
}

unsigned pm_yaml_shape_last(
	const struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	size_t column = shape->first - shape->start;
	unsigned last = shape->line;

	for (unsigned line = last + 1; line <= pm_yaml_lines(rd)->count;
		line++) {
		struct pm_yaml_shape next = pm_yaml_shape(rd, line);

		if (next.blank)
			continue;
		if (next.first - next.start <= column)
			break;
		last = line;
	}
	return last;
}
