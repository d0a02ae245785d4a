/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines that are indented with tabs, or like none of the lines they could
 * belong to. They are moved to where the lines around them let them stand.
 */
#include "yaml/private.h"

#include <stdint.h>
#include <string.h>

bool pm_yaml_mend_white(struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, size_t end, size_t width)
{
	struct pm_yaml_shape before;
	size_t column = 0;
	char *spaces;

	if (pm_yaml_shape_before(rd, shape->line, &before)) {
		column = pm_yaml_shape_column(rd, shape, width);
		if (before.keyed && before.value == before.value_end)
			column = pm_yaml_shape_mended(rd, &before) +
				 (before.content - before.first) + 2;
		else if (column == SIZE_MAX)
			column = width;
	}
	spaces = pm_arena_alloc(rd->arena, column + 1, 1);
	memset(spaces, ' ', column);
	return pm_yaml_text_edit(rd, shape->start, end - shape->start,
		pm_slice_make(spaces, column));
}

/* Mends the tabs of one line before its content; false: there are none. */
static bool mend_tabs(struct pm_yaml_slip *s, unsigned line)
{
	struct pm_yaml_reader *rd = s->rd;
	struct pm_yaml_shape shape = pm_yaml_shape(rd, line);
	bool mended = false;
	size_t width = 0;

	for (size_t off = shape.start; off < shape.first; off++)
		width += pm_yaml_byte(rd, off) == '\t' ? 2 : 1;
	if (shape.tab)
		mended = pm_yaml_mend_white(rd, &shape, shape.first, width);
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
	while (++line <= s->rd->lines.count && mend_tabs(s, line))
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

bool pm_yaml_mend_indent(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	size_t have = shape->first - shape->start;
	size_t column = pm_yaml_shape_column(rd, shape, have);
	struct pm_slice key = pm_yaml_name(rd, shape);
	const char *hint = "do not indent it";
	char *spaces;

	if (column == SIZE_MAX || column == have ||
		(!shape->keyed && !shape->item))
		return false;
	spaces = pm_arena_alloc(rd->arena, column + 1, 1);
	memset(spaces, ' ', column);
	if (!pm_yaml_text_edit(
		    rd, shape->start, have, pm_slice_make(spaces, column)))
		return false;
	if (column)
		hint = pm_arena_printf(rd->arena, "indent it by %zu space%s",
			column, column == 1 ? "" : "s");
	pm_yaml_problem(rd, PM_YAML_SYNTAX,
		(struct pm_span){shape->content, key.len}, hint,
		"'%.*s' is indented by %zu, what stands beside it by %zu",
		PM_SLICE_ARG(key), have, column);
	return true;
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
