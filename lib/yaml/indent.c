/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines that are indented with tabs, or like none of the lines they could
 * belong to. They are moved to where the lines around them let them stand.
 */
#include "yaml/private.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/*
 * The white space at the start of a line, whatever it is made of: where it
 * ends, and how wide it looks, a tab being two wide.
 */
static size_t white_end(const struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, size_t *width)
{
	size_t off = shape->start;

	*width = 0;
	while (off < shape->end) {
		uint32_t cp;
		size_t len = pm_utf8_next(rd->text, off, &cp);

		if (cp != ' ' && cp != '\t' && !pm_yaml_text_odd_space(cp))
			break;
		*width += cp == '\t' ? 2 : 1;
		off += len;
	}
	return off;
}

/* True when the line after this one is indented by so many true spaces. */
static bool plain_at(
	const struct pm_yaml_reader *rd, unsigned line, size_t column)
{
	struct pm_yaml_shape after;
	size_t width;

	return pm_yaml_shape_after(rd, line, &after) && !after.tab &&
	       white_end(rd, &after, &width) == after.first &&
	       after.first - after.start == column;
}

/*
 * How many spaces a line needs whose white space is none to YAML. Among lines
 * of the same make its width counts; alone among others it goes beside the
 * line before it, or below it if that is a key without a value.
 */
static size_t column_for(const struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, size_t width)
{
	struct pm_yaml_shape before;
	size_t column, key, column_before, width_before;
	bool opens, alike;

	if (!pm_yaml_shape_before(rd, shape->line, &before))
		return 0;
	column_before = pm_yaml_shape_mended(rd, &before);
	key = column_before + (before.content - before.first);
	opens = before.keyed && before.value == before.value_end;
	white_end(rd, &before, &width_before);
	alike = pm_yaml_text_edited(rd, before.start, before.start);
	if (opens && alike && width > width_before)
		return key + 2;
	if (opens && !alike && !plain_at(rd, shape->line, key))
		return key + 2;
	if (!alike)
		width = shape->item ? column_before : key;
	column = pm_yaml_shape_column(rd, shape, width);
	return column == SIZE_MAX ? width : column;
}

/* Replaces bytes by so many spaces. */
static bool put_spaces(
	struct pm_yaml_reader *rd, size_t off, size_t len, size_t count)
{
	char *spaces = pm_arena_alloc(rd->arena, count + 1, 1);

	memset(spaces, ' ', count);
	return pm_yaml_text_edit(rd, off, len, pm_slice_make(spaces, count));
}

bool pm_yaml_mend_white(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	size_t width;
	size_t end = white_end(rd, shape, &width);

	return put_spaces(rd, shape->start, end - shape->start,
		column_for(rd, shape, width));
}

/* Mends the tabs of one line before its content; false: there are none. */
static bool mend_tabs(struct pm_yaml_slip *s, unsigned line)
{
	struct pm_yaml_reader *rd = s->rd;
	struct pm_yaml_shape shape = pm_yaml_shape(rd, line);
	bool mended = shape.tab && pm_yaml_mend_white(rd, &shape);

	for (size_t off = shape.first; off < shape.content; off++) {
		if (pm_yaml_byte(s->rd, off) == '\t' &&
			pm_yaml_text_edit(
				rd, off, 1, (struct pm_slice)PM_SLICE_LIT(" ")))
			mended = true;
	}
	return mended;
}

/* Tabs in the indentation, told once for all lines that follow with one. */
bool pm_yaml_slip_tabs(struct pm_yaml_slip *s)
{
	struct pm_span span = {s->off, 1};
	unsigned line = s->here.line, more = 0;

	if (pm_yaml_byte(s->rd, s->off) != '\t' || !mend_tabs(s, line))
		return false;
	while (++line <= pm_yaml_lines(s->rd)->count && mend_tabs(s, line))
		more++;
	if (more)
		pm_yaml_problem(s->rd, PM_YAML_SYNTAX, span,
			"indent with spaces",
			"a tab indents this line, and %u after it", more);
	else
		pm_yaml_problem(s->rd, PM_YAML_SYNTAX, span,
			"indent with spaces", "a tab indents this line");
	return true;
}

/* Moves a line to a column, and says beside what it stands. */
static bool move(struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape,
	size_t column, size_t shown, size_t beside)
{
	size_t have = shape->first - shape->start;
	struct pm_slice key = pm_yaml_name(rd, shape);
	const char *hint = "do not indent it";

	if (!put_spaces(rd, shape->start, have, column))
		return false;
	if (column)
		hint = pm_arena_printf(rd->arena, "indent it by %zu space%s",
			column, pm_plural(column));
	pm_yaml_problem(rd, PM_YAML_SYNTAX,
		(struct pm_span){shape->content, key.len}, hint,
		"'%.*s' is indented by %zu, what stands beside it by %zu",
		PM_SLICE_ARG(key), shown, beside);
	return true;
}

/*
 * The first line of a block decides where the others stand, and may itself be
 * the one that is wrong: it is, if the two lines after it agree.
 */
static bool move_first(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	size_t have = shape->first - shape->start, column, key;
	struct pm_yaml_shape first, above, after;

	if (!pm_yaml_shape_before(rd, shape->line, &first) ||
		!pm_yaml_shape_before(rd, first.line, &above) ||
		!pm_yaml_shape_after(rd, shape->line, &after) || !above.keyed ||
		above.value < above.value_end ||
		after.first - after.start != have ||
		after.item != shape->item ||
		pm_yaml_text_edited(rd, first.start, first.start))
		return false;
	column = first.first - first.start;
	key = shape->item ? column : first.content - first.start;
	if (key == have || have + column < key ||
		have <= above.content - above.start)
		return false;
	return move(rd, &first, have + column - key, key, have);
}

bool pm_yaml_mend_indent(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	size_t have = shape->first - shape->start;
	size_t column = pm_yaml_shape_column(rd, shape, have);

	if (column == SIZE_MAX || column == have ||
		(!shape->keyed && !shape->item))
		return false;
	return move_first(rd, shape) || move(rd, shape, column, have, column);
}

/* The first lines are indented and a later one is not: all belong to it. */
bool pm_yaml_slip_first_lines(struct pm_yaml_slip *s)
{
	struct pm_yaml_reader *rd = s->rd;
	size_t want = s->here.first - s->here.start;
	struct pm_yaml_shape first = {0};
	size_t have = 0;
	bool mended = false;

	for (unsigned line = 1; line < s->here.line; line++) {
		struct pm_yaml_shape shape = pm_yaml_shape(rd, line);
		size_t column = shape.first - shape.start;

		if (shape.blank)
			continue;
		if (!have) {
			if (column <= want)
				break;
			first = shape;
			have = column;
		}
		if (column >= have &&
			pm_yaml_text_edit(rd, shape.start, have - want,
				(struct pm_slice){0}))
			mended = true;
	}
	if (!mended)
		return pm_yaml_stray_line(s, s->here.end - s->off, "delete it",
			"a line after the end of the YAML");
	pm_yaml_problem(rd, PM_YAML_SYNTAX,
		(struct pm_span){first.first, first.end - first.first},
		want ? pm_arena_printf(rd->arena, "indent it by %zu", want)
		     : "do not indent it",
		"the first key is indented by %zu, a later one by %zu", have,
		want);
	return true;
}
