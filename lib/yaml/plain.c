/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Front matter as most of it is written, read without libyaml, the costliest
 * part of reading a document: a line for each key, values of one line that are
 * plain, in quotes without escapes or in brackets that hold no others, lists
 * and maps by indentation, comments. Whatever else stands anywhere in a text
 * (a second line of a value, "|", a tab, a key in quotes, a slip) leaves all of
 * it to libyaml, so nothing is judged here and no error is told: the tree is
 * the one that libyaml would have led to, or there is none. test_yaml and
 * fuzz_frontmatter compare the two.
 *
 * Slips that libyaml reads as something else (suspect.c) do not fit either.
 */
#include "yaml/private.h"

#include "base/ascii.h"

/* libyaml takes longer keys; nobody writes them. */
#define KEY_MOST 100

/* A line, and how far it is read. */
struct cursor {
	struct pm_yaml_reader *rd;
	struct pm_slice text;
	size_t off;
	ptrdiff_t column; /* of the line's first byte; -1: there is no line */
};

/* The children of a node as they come. */
struct family {
	struct pm_yaml_node *parent, *last;
};

static char byte_at(const struct cursor *at, size_t off)
{
	return off < at->text.len ? at->text.ptr[off] : '\n';
}

static size_t skip_spaces(const struct cursor *at, size_t off)
{
	while (byte_at(at, off) == ' ')
		off++;
	return off;
}

static size_t line_end(const struct cursor *at, size_t off)
{
	ptrdiff_t end = pm_slice_find(at->text, off, '\n');

	return end < 0 ? at->text.len : (size_t)end;
}

/* Goes from the end of a line to the next one that holds something. */
static void next_line(struct cursor *at)
{
	size_t line = at->off + 1;

	while (line < at->text.len) {
		size_t off = skip_spaces(at, line);
		char c = byte_at(at, off);

		if (c != '\n' && c != '#') {
			at->column = (ptrdiff_t)(off - line);
			at->off = off;
			return;
		}
		line = line_end(at, off) + 1;
	}
	at->column = -1;
}

/* Leaves a line on which only a comment may be left. */
static bool end_line(struct cursor *at)
{
	size_t off = skip_spaces(at, at->off);

	if (byte_at(at, off) == '#' && off > at->off)
		off = line_end(at, off);
	if (byte_at(at, off) != '\n')
		return false;
	at->off = off;
	next_line(at);
	return true;
}

static struct pm_yaml_node *add_child(struct cursor *at, struct family *family)
{
	struct pm_yaml_node *node =
		pm_arena_alloc(at->rd->arena, 1, sizeof *node);

	node->parent = family->parent;
	if (family->last)
		family->last->next = node;
	else
		family->parent->child = node;
	family->last = node;
	return node;
}

static struct family begin(
	struct pm_yaml_node *node, enum pm_yaml_kind kind, size_t off)
{
	node->kind = kind;
	node->span.off = off;
	return (struct family){node, NULL};
}

/* A list or map ends where the last in it does. */
static void end_block(struct family *family)
{
	struct pm_span last = family->last->span;

	family->parent->span.len =
		last.off + last.len - family->parent->span.off;
}

/* --- values of one line -------------------------------------------------- */

static bool begins_key(char c)
{
	return pm_is_letter(c) || c == '_';
}

/* True for what begins a plain value wherever it stands. */
static bool begins_plain(char c)
{
	return begins_key(c) || pm_is_digit(c) || (unsigned char)c >= 0x80 ||
	       pm_yaml_among(c, "/.~($+");
}

/* Bytes at which a plain value may end, or not be one: anywhere or only within
   brackets. */
enum { STOPS = 1, STOPS_INSIDE = 2 };
static const unsigned char stops[256] = {
	['\t'] = STOPS | STOPS_INSIDE,
	['\n'] = STOPS | STOPS_INSIDE,
	['#'] = STOPS | STOPS_INSIDE,
	[','] = STOPS_INSIDE,
	[':'] = STOPS | STOPS_INSIDE,
	['?'] = STOPS_INSIDE,
	['['] = STOPS_INSIDE,
	[']'] = STOPS_INSIDE,
	['{'] = STOPS_INSIDE,
	['}'] = STOPS_INSIDE,
};

/* True when the colon or number sign at off is a letter like any other. */
static bool is_literal(const struct cursor *at, size_t off, bool inside)
{
	char next = byte_at(at, off + 1);

	switch (byte_at(at, off)) {
	case '#':
		return at->text.ptr[off - 1] != ' ';
	case ':':
		return next != ' ' && next != '\t' && next != '\n' &&
		       !(inside && pm_yaml_among(next, ",?[]{}"));
	default:
		return false;
	}
}

static bool read_plain(
	struct cursor *at, struct pm_yaml_node *node, bool inside)
{
	unsigned stop = inside ? STOPS_INSIDE : STOPS;
	size_t off = at->off, end;
	char c;

	if (!begins_plain(byte_at(at, off)))
		return false;
	do {
		off++;
		while (off < at->text.len &&
			!(stops[(unsigned char)at->text.ptr[off]] & stop))
			off++;
	} while (is_literal(at, off, inside));
	c = byte_at(at, off);
	if (!pm_yaml_among(c, inside ? ",]}" : "\n#"))
		return false;
	end = off;
	while (at->text.ptr[end - 1] == ' ')
		end--;
	node->kind = PM_YAML_SCALAR;
	node->span = (struct pm_span){at->off, end - at->off};
	node->text = pm_slice_sub(at->text, at->off, end - at->off);
	/* The blanks are not part of it; a comment must find one before it. */
	at->off = end;
	return true;
}

static bool read_quoted(struct cursor *at, struct pm_yaml_node *node)
{
	size_t off = at->off + 1;
	char quote = byte_at(at, at->off);
	ptrdiff_t end = pm_slice_find(at->text, off, quote);
	struct pm_slice inner;

	if (end < 0)
		return false;
	inner = pm_slice_sub(at->text, off, (size_t)end - off);
	if (pm_slice_find(inner, 0, '\n') >= 0 ||
		pm_slice_find(inner, 0, '\\') >= 0 ||
		byte_at(at, (size_t)end + 1) == quote)
		return false;
	node->kind = PM_YAML_SCALAR;
	node->quoted = true;
	node->text = inner;
	node->span = (struct pm_span){at->off, inner.len + 2};
	at->off = (size_t)end + 1;
	return true;
}

static bool read_word(struct cursor *at, struct pm_yaml_node *node, bool inside)
{
	char c = byte_at(at, at->off);

	if (c == '"' || c == '\'')
		return read_quoted(at, node);
	return read_plain(at, node, inside);
}

/* The length of the key at hand, its colon left out; 0: there is none. */
static size_t key_len(const struct cursor *at)
{
	size_t off = at->off;

	while (off - at->off < KEY_MOST &&
		(begins_key(byte_at(at, off)) ||
			pm_is_digit(byte_at(at, off)) ||
			byte_at(at, off) == '-'))
		off++;
	if (!begins_key(byte_at(at, at->off)) || byte_at(at, off) != ':' ||
		(byte_at(at, off + 1) != ' ' && byte_at(at, off + 1) != '\n'))
		return 0;
	return off - at->off;
}

static bool read_key(struct cursor *at, struct pm_yaml_node *node)
{
	size_t len = key_len(at);

	node->key = pm_slice_sub(at->text, at->off, len);
	node->key_span = (struct pm_span){at->off, len};
	at->off += len + 1;
	return len != 0;
}

static bool read_brackets(struct cursor *at, struct pm_yaml_node *node)
{
	bool map = byte_at(at, at->off) == '{';
	char close = map ? '}' : ']';
	struct family family =
		begin(node, map ? PM_YAML_MAP : PM_YAML_LIST, at->off);

	node->flow = true;
	at->off = skip_spaces(at, at->off + 1);
	while (family.last || byte_at(at, at->off) != close) {
		struct pm_yaml_node *child = add_child(at, &family);

		if (map && !read_key(at, child))
			return false;
		at->off = skip_spaces(at, at->off);
		if (!read_word(at, child, true))
			return false;
		at->off = skip_spaces(at, at->off);
		if (byte_at(at, at->off) == close)
			break;
		if (byte_at(at, at->off) != ',')
			return false;
		at->off = skip_spaces(at, at->off + 1);
	}
	at->off++;
	node->span.len = at->off - node->span.off;
	return true;
}

/* --- blocks -------------------------------------------------------------- */

/* What must hold of every value: the line ends, and the next stands no deeper
   than column, or it would go on there. */
static bool read_value(
	struct cursor *at, struct pm_yaml_node *node, ptrdiff_t column)
{
	char c = byte_at(at, at->off);
	bool good = c == '[' || c == '{' ? read_brackets(at, node)
					 : read_word(at, node, false);

	return good && end_line(at) && at->column <= column;
}

static bool is_item(const struct cursor *at)
{
	return byte_at(at, at->off) == '-' && byte_at(at, at->off + 1) == ' ';
}

static bool read_block(
	struct cursor *at, struct pm_yaml_node *node, unsigned depth);

/* What stands behind a key of a map at column. */
static bool read_entry(struct cursor *at, struct pm_yaml_node *node,
	ptrdiff_t column, unsigned depth)
{
	size_t colon = at->off; /* the byte behind it */

	at->off = skip_spaces(at, colon);
	if (byte_at(at, at->off) != '\n' && byte_at(at, at->off) != '#')
		return read_value(at, node, column);
	at->off = colon;
	if (!end_line(at))
		return false;
	/* A list may stand as far left as the key it belongs to. */
	if (at->column > column || (at->column == column && is_item(at)))
		return read_block(at, node, depth);
	node->kind = PM_YAML_SCALAR;
	node->span.off = colon;
	node->text = pm_slice_sub(at->text, colon, 0);
	return true;
}

static bool read_map(
	struct cursor *at, struct pm_yaml_node *map, unsigned depth)
{
	ptrdiff_t column = at->column;
	struct family family = begin(map, PM_YAML_MAP, at->off);

	while (at->column == column) {
		struct pm_yaml_node *node = add_child(at, &family);

		if (!read_key(at, node) || !read_entry(at, node, column, depth))
			return false;
	}
	end_block(&family);
	return at->column < column;
}

static bool read_list(
	struct cursor *at, struct pm_yaml_node *list, unsigned depth)
{
	ptrdiff_t column = at->column;
	struct family family = begin(list, PM_YAML_LIST, at->off);
	bool good = true;

	while (good && at->column == column && is_item(at)) {
		struct pm_yaml_node *node = add_child(at, &family);
		size_t off = skip_spaces(at, at->off + 1);

		at->column += (ptrdiff_t)(off - at->off);
		at->off = off;
		good = key_len(at) ? read_block(at, node, depth)
				   : read_value(at, node, column);
	}
	end_block(&family);
	return good;
}

/* A list or map of several lines; its first one is at hand. */
static bool read_block(
	struct cursor *at, struct pm_yaml_node *node, unsigned depth)
{
	ptrdiff_t column = at->column;

	/* A value in brackets goes one deeper. */
	if (depth + 1 >= at->rd->max_depth)
		return false;
	return is_item(at)
		       ? read_list(at, node, depth + 1) && at->column <= column
		       : read_map(at, node, depth + 1);
}

void pm_yaml_plain(struct pm_yaml_reader *rd)
{
	struct cursor at = {.rd = rd, .text = rd->text, .off = SIZE_MAX};
	struct pm_yaml_node *root;

	if (rd->problems.len || rd->standins || rd->odd_spaces || rd->returns)
		return;
	/* From before the first line. */
	next_line(&at);
	if (at.column < 0)
		return;
	root = pm_arena_alloc(rd->arena, 1, sizeof *root);
	if (read_block(&at, root, 0) && at.column < 0)
		rd->root = root;
}
