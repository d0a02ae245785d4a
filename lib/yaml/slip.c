/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slips at which libyaml stops. Its message says what its grammar missed, a
 * page further down perhaps; here the line that is to blame is found and the
 * problem says what to type. Each slip is mended in the copy as its hint
 * says, so that the next round gets beyond it.
 */
#include "yaml/private.h"

#include <string.h>

#include "base/ascii.h"

/* Reads the line and the deeper ones after it as blank. */
static bool leave_out(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	return pm_yaml_text_blank(
		rd, shape->line, pm_yaml_shape_last(rd, shape));
}

bool pm_yaml_stray_line(struct pm_yaml_slip *s, size_t len, const char *hint,
	const char *message)
{
	if (!leave_out(s->rd, &s->here))
		return false;
	pm_yaml_problem(s->rd, PM_YAML_SYNTAX, (struct pm_span){s->off, len},
		hint, "%s", message);
	return true;
}

/* '@', '`', '%' or a tab where a value should begin. */
static bool bad_token(struct pm_yaml_slip *s)
{
	if (pm_yaml_byte(s->rd, s->off) == '\t')
		return pm_yaml_slip_tabs(s);
	return pm_yaml_mend_at(s->rd, &s->here, s->off) ||
	       pm_yaml_mend_entry(s->rd, s->off);
}

/* "key = value", as other formats have it. */
static bool equals_sign(
	struct pm_yaml_slip *s, const struct pm_yaml_shape *shape)
{
	ptrdiff_t found = pm_slice_find(s->rd->text, shape->content, '=');
	size_t off = (size_t)found, end, key_end;
	struct pm_slice key, value;

	if (found < 0 || off >= shape->value_end || shape->keyed)
		return false;
	key_end = off;
	while (key_end > shape->content &&
		pm_yaml_byte(s->rd, key_end - 1) == ' ')
		key_end--;
	end = off + 1;
	while (end < shape->end && pm_yaml_byte(s->rd, end) == ' ')
		end++;
	key = pm_yaml_bytes(s->rd, shape->content, key_end);
	value = pm_yaml_bytes(s->rd, end, shape->value_end);
	if (!key.len || memchr(key.ptr, ' ', key.len) ||
		!pm_yaml_text_edit(s->rd, key_end, end - key_end,
			(struct pm_slice)PM_SLICE_LIT(": ")))
		return false;
	pm_yaml_problem(s->rd, PM_YAML_SYNTAX, (struct pm_span){off, 1},
		pm_arena_printf(s->rd->arena, "write: %.*s: %.*s",
			PM_SLICE_ARG(key), PM_SLICE_ARG(value)),
		"'=' where ':' is wanted");
	return true;
}

/* U+FF1A, the colon of a Chinese or Japanese keyboard. */
static bool wide_colon(
	struct pm_yaml_slip *s, const struct pm_yaml_shape *shape)
{
	struct pm_slice line =
		pm_yaml_bytes(s->rd, shape->content, shape->value_end);
	const char *at = memmem(line.ptr, line.len, "\xef\xbc\x9a", 3);
	size_t off;

	if (!at || shape->keyed)
		return false;
	off = (size_t)(at - s->rd->text.ptr);
	if (!pm_yaml_text_edit(
		    s->rd, off, 3, (struct pm_slice)PM_SLICE_LIT(":  ")))
		return false;
	pm_yaml_problem(s->rd, PM_YAML_SYNTAX, (struct pm_span){off, 3},
		"write ':' and a space", "a wide colon (U+FF1A)");
	return true;
}

/*
 * "title Checkout is down". Only a word in small letters is taken for a key:
 * a sentence that ran away from its own line begins with a capital.
 */
static bool lost_colon(
	struct pm_yaml_slip *s, const struct pm_yaml_shape *shape)
{
	struct pm_slice key, value;
	size_t off = shape->content, end;
	char c;

	while ((c = pm_yaml_byte(s->rd, off)) == '_' || pm_is_small(c))
		off++;
	end = off;
	while (pm_yaml_byte(s->rd, end) == ' ')
		end++;
	key = pm_yaml_bytes(s->rd, shape->content, off);
	value = pm_yaml_bytes(s->rd, end, shape->value_end);
	if (key.len < 2 || end == off || !value.len ||
		!pm_yaml_text_edit(
			s->rd, off, 0, (struct pm_slice)PM_SLICE_LIT(":")))
		return false;
	pm_yaml_problem(s->rd, PM_YAML_SYNTAX,
		(struct pm_span){shape->content, key.len},
		pm_arena_printf(s->rd->arena, "write: %.*s: %.*s",
			PM_SLICE_ARG(key), PM_SLICE_ARG(value)),
		"no ':' after '%.*s'", PM_SLICE_ARG(key));
	return true;
}

/* A line on which a key was wanted and has no colon. */
static bool no_colon(struct pm_yaml_slip *s, const struct pm_yaml_shape *shape)
{
	struct pm_slice text = pm_yaml_name(s->rd, shape);

	if (shape->blank || shape->keyed ||
		pm_yaml_text_edited(s->rd, shape->start, shape->end))
		return false;
	if (pm_yaml_mend_spaces(s->rd, shape) ||
		pm_yaml_mend_colon(s->rd, shape) ||
		pm_yaml_mend_dash(s->rd, shape) || wide_colon(s, shape) ||
		equals_sign(s, shape) || lost_colon(s, shape))
		return true;
	if (!leave_out(s->rd, shape))
		return false;
	pm_yaml_problem(s->rd, PM_YAML_SYNTAX,
		(struct pm_span){shape->first, shape->value_end - shape->first},
		"write: key: value", "'%.*s' is not 'key: value'",
		PM_SLICE_ARG(text));
	return true;
}

/* ": " inside a plain value that goes on over several lines. */
static bool colon_in_text(
	struct pm_yaml_slip *s, const struct pm_yaml_shape *owner)
{
	struct pm_slice key = pm_yaml_name(s->rd, owner);
	size_t off = s->here.first;

	if (!pm_yaml_text_fill(s->rd, off, s->here.end - off))
		return false;
	pm_yaml_problem(s->rd, PM_YAML_SYNTAX, (struct pm_span){s->off, 1},
		pm_arena_printf(s->rd->arena,
			"write '%.*s: |' and the text on the lines below",
			PM_SLICE_ARG(key)),
		"the text of '%.*s' holds a ':' and needs quotes",
		PM_SLICE_ARG(key));
	return true;
}

/*
 * Goes up from a line without a key to where its text began: true if that is
 * the value of owner, else text is the first line of a text of its own.
 */
static bool text_owner(struct pm_yaml_slip *s, struct pm_yaml_shape *text,
	struct pm_yaml_shape *owner)
{
	while (!text->keyed && !text->item &&
		pm_yaml_shape_before(s->rd, text->line, owner)) {
		if (owner->keyed && owner->value < owner->value_end &&
			text->first - text->start > owner->first - owner->start)
			return true;
		if (owner->keyed || owner->item)
			break;
		*text = *owner;
	}
	return false;
}

/*
 * A colon where no key can stand. Either it is the line's second one, or the
 * line was taken as more text of the value before it.
 */
static bool stray_colon(struct pm_yaml_slip *s)
{
	struct pm_yaml_shape before, owner;
	unsigned line = s->here.line;

	if (s->here.keyed && s->here.colon < s->off)
		return pm_yaml_mend_value(s->rd, &s->here);
	if (!s->here.keyed)
		return no_colon(s, &s->here);
	if (!pm_yaml_shape_before(s->rd, line, &before))
		return false;
	if (before.keyed && before.value < before.value_end)
		return pm_yaml_mend_indent(s->rd, &s->here);
	if (text_owner(s, &before, &owner))
		return colon_in_text(s, &owner);
	return no_colon(s, &before) || pm_yaml_mend_indent(s->rd, &s->here);
}

/* A line without a colon, told by what came after it. */
static bool missing_colon(struct pm_yaml_slip *s)
{
	return no_colon(s, &s->there);
}

/* Text after a value in quotes or brackets, on the value's own line. */
static bool text_after_value(struct pm_yaml_slip *s)
{
	char c = pm_yaml_byte(s->rd, s->off);

	if (s->off < s->here.value)
		return false;
	if ((c != ']' && c != '}') ||
		!pm_yaml_text_edit(
			s->rd, s->off, 1, (struct pm_slice)PM_SLICE_LIT(" ")))
		return pm_yaml_mend_value(s->rd, &s->here);
	pm_yaml_problem(s->rd, PM_YAML_SYNTAX, (struct pm_span){s->off, 1},
		"delete it", "a bracket that closes nothing");
	return true;
}

/* The line before is text that a key was wanted for, and took this one in. */
static bool keyless_before(struct pm_yaml_slip *s)
{
	struct pm_yaml_shape before, owner;

	return s->here.keyed &&
	       pm_yaml_shape_before(s->rd, s->here.line, &before) &&
	       !before.keyed && !before.item &&
	       !text_owner(s, &before, &owner) && no_colon(s, &before);
}

/* Something that is neither a key nor an item where one was wanted. */
static bool missing_key(struct pm_yaml_slip *s)
{
	char c = pm_yaml_byte(s->rd, s->off);

	if (s->off > s->here.content)
		return text_after_value(s);
	if (c == ']' || c == '}')
		return pm_yaml_stray_line(
			s, 1, "delete it", "a bracket that closes nothing");
	if (c == ':')
		return pm_yaml_stray_line(s, 1, "write: key: value",
			"no key stands before this ':'");
	if ((c == '-' && pm_yaml_mend_dash(s->rd, &s->here)) ||
		keyless_before(s) || pm_yaml_mend_indent(s->rd, &s->here))
		return true;
	if (s->here.item)
		return pm_yaml_stray_line(s, 1,
			"a list stands below 'key:' with nothing after it",
			"a list item where a key is wanted");
	if (s->here.keyed)
		return pm_yaml_stray_line(s, s->here.key_end - s->here.content,
			"begin the line with '- ', or the list with 'key:'",
			"a key where a list item is wanted");
	return no_colon(s, &s->here);
}

static bool open_quote(struct pm_yaml_slip *s)
{
	return pm_yaml_mend_quote(s->rd, &s->there, s->context);
}

/* Where the backslash of the escape stands at which libyaml stopped. */
static bool bad_escape(struct pm_yaml_slip *s)
{
	size_t off = s->off;
	struct pm_slice escape;

	while (off > s->context && pm_yaml_byte(s->rd, off) != '\\')
		off--;
	if (pm_yaml_byte(s->rd, off) != '\\' ||
		!pm_yaml_text_edit(
			s->rd, off, 0, (struct pm_slice)PM_SLICE_LIT("\\")))
		return false;
	escape = pm_yaml_bytes(s->rd, off, off + 2);
	pm_yaml_problem(s->rd, PM_YAML_SYNTAX, (struct pm_span){off, 2},
		"write the backslash twice, or use single quotes",
		"'%.*s' is no escape in double quotes", PM_SLICE_ARG(escape));
	return true;
}

/* A value that begins with a mark of YAML's and is none. */
static bool mark_in_value(struct pm_yaml_slip *s)
{
	if (!s->there.blank &&
		pm_yaml_among(
			pm_yaml_byte(s->rd, s->context), "@`%*&!|>[]{},?-:") &&
		pm_yaml_mend_at(s->rd, &s->there, s->context))
		return true;
	return !s->here.blank &&
	       pm_yaml_among(pm_yaml_byte(s->rd, s->off), "@`%*&!|>[]{},?-:") &&
	       pm_yaml_mend_at(s->rd, &s->here, s->off);
}

/*
 * What libyaml says, or what it was doing, and who knows why. In the order in
 * which they are tried: the first that can mend the text ends it.
 */
static const struct {
	const char *context; /* begins so; "" fits all */
	const char *problem;
	bool (*mend)(struct pm_yaml_slip *s);
} slips[] = {
	{"while scanning a quoted scalar", "", open_quote},
	{"while parsing a quoted scalar", "", bad_escape},
	{"while scanning a plain scalar", "found a tab", pm_yaml_slip_tabs},
	{"while scanning for the next token", "", bad_token},
	{"", "mapping values are not allowed", stray_colon},
	{"", "could not find expected ':'", missing_colon},
	{"while parsing a flow", "did not find expected ','",
		pm_yaml_slip_open_bracket},
	{"while parsing a flow", "did not find expected node",
		pm_yaml_slip_empty_entry},
	{"", "did not find expected key", missing_key},
	{"", "did not find expected '-'", missing_key},
	{"", "did not find expected <document start>",
		pm_yaml_slip_first_lines},
	{"", "", mark_in_value},
};

/* What no slip explains: libyaml's own words, and the line left out. */
static bool unknown_slip(struct pm_yaml_slip *s, const char *problem)
{
	struct pm_yaml_shape line = s->here;

	if (line.blank && !pm_yaml_shape_before(s->rd, line.line, &line))
		return false;
	if (!leave_out(s->rd, &line))
		return false;
	pm_yaml_problem(s->rd, PM_YAML_SYNTAX,
		(struct pm_span){line.first, line.end - line.first},
		"put a text that is not plain words in double quotes",
		"this line cannot be read as YAML (%s)", problem);
	return true;
}

/* True when a problem was told at this line already: no second one then. */
static bool told(const struct pm_yaml_slip *s)
{
	for (size_t i = 0; i < s->rd->problems.len; i++) {
		size_t off = s->rd->problems.items[i].span.off;

		if (off >= s->here.start && off <= s->here.end)
			return true;
	}
	return false;
}

bool pm_yaml_slip(struct pm_yaml_reader *rd)
{
	struct pm_yaml_slip s = {
		.rd = rd, .off = rd->stop.off, .context = rd->stop.context_off};

	s.here = pm_yaml_shape_at(rd, s.off);
	s.there = pm_yaml_shape_at(rd, s.context);
	for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
		if (!pm_slice_starts(
			    pm_slice_str(rd->stop.context), slips[i].context) ||
			!pm_slice_starts(pm_slice_str(rd->stop.problem),
				slips[i].problem))
			continue;
		if (slips[i].mend(&s))
			return true;
	}
	if (told(&s) && leave_out(rd, &s.here))
		return true;
	return unknown_slip(&s, rd->stop.problem);
}
