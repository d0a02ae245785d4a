/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slips that are YAML all the same, only not what was meant: a quote that is
 * not closed swallows the next keys, a no-break space or a missing one turns
 * "key: value" into text, a list item below a value becomes part of it. The
 * tree shows them; they are told and mended, and the text is read again.
 */
#include "yaml/private.h"

#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* The length of an odd space at off, or 0. */
static size_t odd_space_at(struct pm_slice text, size_t off)
{
	uint32_t cp;
	size_t len;

	if (off >= text.len || (unsigned char)text.ptr[off] < 0x80)
		return 0;
	len = pm_utf8_next(text, off, &cp);
	return pm_yaml_text_odd_space(cp) ? len : 0;
}

/* The length of an odd space that ends at end, or 0. */
static size_t odd_space_before(struct pm_slice text, size_t off, size_t end)
{
	for (size_t len = 2; len <= 3 && off + len <= end; len++) {
		if (odd_space_at(text, end - len) == len)
			return len;
	}
	return 0;
}

/* Reads an odd space as ordinary ones. */
static bool mend_odd_space(struct pm_yaml_reader *rd, size_t off, size_t len,
	struct pm_yaml_shape shape)
{
	struct pm_slice key =
		pm_slice_sub(rd->text, shape.content, off - shape.content);
	struct pm_span span = {off, len};

	if (!pm_yaml_text_edit(rd, off, len,
		    pm_slice_sub((struct pm_slice)PM_SLICE_LIT("   "), 0, len)))
		return false;
	if (key.len && key.ptr[key.len - 1] == ':' && !shape.keyed)
		pm_yaml_problem(rd, PM_YAML_SYNTAX, span,
			"write an ordinary space after the ':'",
			"a no-break space follows '%.*s'", PM_SLICE_ARG(key));
	else
		pm_yaml_problem(rd, PM_YAML_SYNTAX, span,
			"write an ordinary space instead, or delete it",
			"a no-break space at the edge of a word");
	return true;
}

/* Odd spaces in the indentation; false when there are none. */
static bool mend_indentation(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	size_t off = shape->first, len;

	while ((len = odd_space_at(rd->text, off)) != 0)
		off += len;
	if (off == shape->first || !pm_yaml_mend_white(rd, shape))
		return false;
	pm_yaml_problem(rd, PM_YAML_SYNTAX,
		(struct pm_span){shape->first, off - shape->first},
		"indent with ordinary spaces, or not at all",
		"a no-break space indents this line");
	return true;
}

bool pm_yaml_mend_spaces(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	bool found = false;
	ptrdiff_t colon;
	size_t len;

	if (!rd->odd_spaces || shape->blank)
		return false;
	if (odd_space_at(rd->text, shape->first))
		found = mend_indentation(rd, shape);
	colon = pm_slice_find(
		pm_slice_sub(rd->text, 0, shape->end), shape->content, ':');
	len = colon < 0 || shape->keyed
		      ? 0
		      : odd_space_at(rd->text, (size_t)colon + 1);
	if (len)
		found = mend_odd_space(rd, (size_t)colon + 1, len, *shape) ||
			found;
	return found;
}

/* Odd spaces at either edge of a plain scalar, or after its first colon. */
static bool suspect_spaces(struct pm_yaml_reader *rd, struct pm_span span)
{
	size_t end = span.off + span.len;
	struct pm_slice text = pm_slice_sub(rd->text, 0, end);
	struct pm_yaml_shape shape;
	bool found = false;
	size_t len;

	if (!span.len || !rd->odd_spaces)
		return false;
	shape = pm_yaml_shape_at(rd, span.off);
	if (span.off == shape.content)
		found = pm_yaml_mend_spaces(rd, &shape);
	len = odd_space_at(text, span.off);
	if (len && span.off > shape.first)
		found = mend_odd_space(rd, span.off, len, shape) || found;
	len = odd_space_before(text, span.off, end);
	if (len)
		found = mend_odd_space(rd, end - len, len, shape) || found;
	return found;
}

/* True when the line begins "word:text", as a key without its space does. */
static bool glued_colon(const struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, size_t *colon)
{
	size_t off = shape->content;

	while (off < shape->end) {
		char c = rd->text.ptr[off];

		if (pm_is_letter(c))
			off++;
		else if (off > shape->content &&
			 (c == '_' || c == '-' || pm_is_digit(c)))
			off++;
		else
			break;
	}
	*colon = off;
	return !shape->keyed && off > shape->content && off + 1 < shape->end &&
	       !odd_space_at(rd->text, off + 1) && rd->text.ptr[off] == ':' &&
	       rd->text.ptr[off + 1] != '/' && rd->text.ptr[off + 1] != ':';
}

bool pm_yaml_mend_colon(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	struct pm_slice key, value;
	size_t colon;

	if (!glued_colon(rd, shape, &colon) ||
		!pm_yaml_text_edit(
			rd, colon + 1, 0, (struct pm_slice)PM_SLICE_LIT(" ")))
		return false;
	key = pm_slice_sub(rd->text, shape->content, colon - shape->content);
	value = pm_slice_sub(rd->text, colon + 1, shape->value_end - colon - 1);
	pm_yaml_problem(rd, PM_YAML_SYNTAX,
		(struct pm_span){shape->content, key.len + 1},
		pm_arena_printf(rd->arena, "write: %.*s: %.*s",
			PM_SLICE_ARG(key), PM_SLICE_ARG(value)),
		"no space after '%.*s:'", PM_SLICE_ARG(key));
	return true;
}

/* True when the line begins "-word", as an item without its space does. */
static bool glued_dash(
	const struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	char c;

	if (shape->blank || shape->item || shape->first + 1 >= shape->end ||
		rd->text.ptr[shape->first] != '-')
		return false;
	c = rd->text.ptr[shape->first + 1];
	return c != '-' && !pm_is_digit(c);
}

bool pm_yaml_mend_dash(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	struct pm_slice value;

	if (!glued_dash(rd, shape) ||
		!pm_yaml_text_edit(rd, shape->first + 1, 0,
			(struct pm_slice)PM_SLICE_LIT(" ")))
		return false;
	value = pm_slice_sub(rd->text, shape->first + 1,
		shape->value_end - shape->first - 1);
	pm_yaml_problem(rd, PM_YAML_SYNTAX, (struct pm_span){shape->first, 1},
		pm_arena_printf(
			rd->arena, "write: - %.*s", PM_SLICE_ARG(value)),
		"no space after '-'");
	return true;
}

/*
 * A plain scalar of several lines, one of which begins like a list item: as
 * an item without its space when the first one does, too, else an item that
 * cannot stand below a value.
 */
static bool suspect_items(
	struct pm_yaml_reader *rd, unsigned first, unsigned last, bool own_line)
{
	struct pm_yaml_shape shape = pm_yaml_shape(rd, first);
	bool list = own_line && glued_dash(rd, &shape);
	bool found = false;

	if (list)
		found = pm_yaml_mend_dash(rd, &shape);
	for (unsigned line = first + 1; line <= last; line++) {
		shape = pm_yaml_shape(rd, line);
		if (list) {
			found = pm_yaml_mend_dash(rd, &shape) || found;
		} else if (shape.item && pm_yaml_mend_indent(rd, &shape)) {
			found = true;
		} else if (shape.item && pm_yaml_text_blank(rd, line, line)) {
			pm_yaml_problem(rd, PM_YAML_SYNTAX,
				(struct pm_span){shape.first, 1},
				"put the value on a line of its own, as an "
				"item, or indent the item as a key is",
				"a list item below a value is read as part of "
				"it");
			found = true;
		}
	}
	return found;
}

/* True when only white space stands before off on its line. */
static bool begins_line(const struct pm_yaml_reader *rd, size_t off)
{
	while (off > 0 &&
		(rd->text.ptr[off - 1] == ' ' || rd->text.ptr[off - 1] == '\t'))
		off--;
	return off == 0 || rd->text.ptr[off - 1] == '\n' ||
	       rd->text.ptr[off - 1] == '\r';
}

static bool several_lines(const struct pm_yaml_reader *rd, struct pm_span span)
{
	const char *ptr = rd->text.ptr + span.off;

	return span.len &&
	       (memchr(ptr, '\n', span.len) ||
		       (rd->returns && memchr(ptr, '\r', span.len)));
}

static bool suspect_plain(
	struct pm_yaml_reader *rd, const struct pm_yaml_node *node)
{
	bool own_line = node->span.len && begins_line(rd, node->span.off);
	bool found = suspect_spaces(rd, node->span);
	struct pm_yaml_shape shape;
	unsigned last;

	if (!own_line && !several_lines(rd, node->span))
		return found;
	shape = pm_yaml_shape_at(rd, node->span.off);
	last = pm_lines_pos(pm_yaml_lines(rd), node->span.off + node->span.len)
		       .line;
	if (own_line)
		found = pm_yaml_mend_colon(rd, &shape) || found;
	return suspect_items(rd, shape.line, last, own_line) || found;
}

/* A quoted scalar that holds lines with keys of its own map or one above. */
static bool suspect_quoted(
	struct pm_yaml_reader *rd, const struct pm_yaml_node *node)
{
	struct pm_yaml_shape start;
	unsigned last;
	size_t column;

	if (!several_lines(rd, node->span))
		return false;
	start = pm_yaml_shape_at(rd, node->span.off);
	last = pm_lines_pos(pm_yaml_lines(rd), node->span.off + node->span.len)
		       .line;
	column = (start.keyed ? start.content : start.first) - start.start;
	for (unsigned line = start.line + 1; line <= last; line++) {
		struct pm_yaml_shape shape = pm_yaml_shape(rd, line);

		if (shape.blank || shape.first - shape.start > column)
			continue;
		if (shape.keyed || shape.item)
			return pm_yaml_mend_quote(rd, &start, node->span.off);
	}
	return false;
}

/* What to type for a value whose opening quote stands at off. */
static const char *hint_close(struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, size_t off, size_t end)
{
	struct pm_slice line =
		pm_slice_sub(rd->text, shape->first, end - shape->first);

	if (line.len > 100)
		return "close it at the end of the value";
	return pm_arena_printf(rd->arena, "write: %.*s%c", PM_SLICE_ARG(line),
		rd->text.ptr[off]);
}

bool pm_yaml_mend_quote(struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, size_t off)
{
	bool whole = off == shape->value || off == shape->content;
	size_t end = shape->end;

	while (end > off + 1 &&
		(rd->text.ptr[end - 1] == ' ' || rd->text.ptr[end - 1] == '\t'))
		end--;
	/* Within brackets the value ends before the next of their marks. */
	for (size_t i = off + 1; !whole && i < end; i++) {
		if (pm_yaml_among(rd->text.ptr[i], ",]}"))
			end = i;
	}
	if (!pm_yaml_text_edit(rd, end, 0, pm_slice_sub(rd->text, off, 1)))
		return false;
	pm_yaml_problem(rd, PM_YAML_SYNTAX, (struct pm_span){off, 1},
		whole ? hint_close(rd, shape, off, end)
		      : "close it before the next ',' or bracket",
		"the quote that begins here is not closed");
	return true;
}

/* "{{title}}", a variable of a template, is a map within a map to YAML. */
static bool suspect_variable(
	struct pm_yaml_reader *rd, const struct pm_yaml_node *node)
{
	struct pm_yaml_shape shape;

	if (!node->flow ||
		!pm_slice_starts(pm_slice_from(rd->text, node->span.off), "{{"))
		return false;
	shape = pm_yaml_shape_at(rd, node->span.off);
	return shape.value == node->span.off && pm_yaml_mend_value(rd, &shape);
}

/* A key that holds odd spaces, or the dash of a list item: "-id: A1". */
static bool suspect_key(
	struct pm_yaml_reader *rd, const struct pm_yaml_node *node)
{
	struct pm_span span = node->key_span;
	struct pm_yaml_shape shape;

	if (rd->text.ptr[span.off] == '-' && begins_line(rd, span.off)) {
		shape = pm_yaml_shape_at(rd, span.off);
		if (pm_yaml_mend_dash(rd, &shape))
			return true;
	}
	/* "tags:[a: b]" is the key "tags:[a". */
	if (memchr(rd->text.ptr + span.off, ':', span.len)) {
		shape = pm_yaml_shape_at(rd, span.off);
		if (span.off == shape.content && pm_yaml_mend_colon(rd, &shape))
			return true;
	}
	return suspect_spaces(rd, span);
}

bool pm_yaml_suspect(struct pm_yaml_reader *rd)
{
	const struct pm_yaml_node *node = rd->root;
	bool found = false;

	for (; node && !rd->overflow; node = pm_yaml_tree_next(node)) {
		struct pm_span span = node->span;
		char first = span.len ? rd->text.ptr[span.off] : ' ';

		if (node->key_span.len)
			found = suspect_key(rd, node) || found;
		if (node->kind == PM_YAML_MAP)
			found = suspect_variable(rd, node) || found;
		if (node->kind != PM_YAML_SCALAR)
			continue;
		if (!node->quoted)
			found = suspect_plain(rd, node) || found;
		else if (first == '"' || first == '\'')
			found = suspect_quoted(rd, node) || found;
	}
	return found;
}
