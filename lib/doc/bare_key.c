/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A line that could stand in for a heading although no mark says so, because
 * the line below it begins with a figure. Only how both are written is asked
 * here, of the bytes of the document: most paragraphs need not be read then.
 */
#include "doc/body.h"

#include <string.h>

#include "base/ascii.h"

enum { NAME_MAX = 60 };

/* True for a line that could be an entry: it begins with a figure, perhaps
   behind a bullet. */
static bool begins_with_figure(struct pm_slice line)
{
	static const char *const bullets[] = {"•", "-", "*", NULL};
	size_t bullet;

	line = pm_slice_trim(line);
	bullet = pm_begins_with_one(line, bullets);
	if (bullet)
		line = pm_slice_trim(pm_slice_from(line, bullet));
	return line.len && pm_is_digit(line.ptr[0]);
}

bool pm_heads_figures(const struct pm_lines *lines, unsigned line)
{
	struct pm_slice text = pm_lines_text(lines, line);

	return text.len <= NAME_MAX &&
	       begins_with_figure(pm_lines_text(lines, line + 1)) &&
	       !begins_with_figure(text);
}

bool pm_begins_slanted(const struct pm_lines *lines, unsigned line)
{
	struct pm_slice text = pm_slice_trim(pm_lines_text(lines, line));

	if (text.len > 2 && text.ptr[1] == ' ' && memchr("-*+", text.ptr[0], 3))
		text = pm_slice_trim(pm_slice_from(text, 1));
	return text.len > 2 && memchr("*_", text.ptr[0], 2) &&
	       text.ptr[1] != ' ' && text.ptr[1] != text.ptr[0];
}

bool pm_is_slanted(const struct pm_lines *lines, unsigned line)
{
	struct pm_slice text = pm_slice_trim(pm_lines_text(lines, line));
	char sign = text.len > 2 ? text.ptr[0] : '\0';

	return (sign == '*' || sign == '_') && text.len <= NAME_MAX &&
	       pm_slice_find(text, 1, sign) == (ptrdiff_t)text.len - 1;
}
