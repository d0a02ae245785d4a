/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the lines of a text start, so that an offset becomes line and column
 * by binary search. Line ends are LF, CR and CRLF, nothing else (hazards.txt
 * 99). What asks for a line is inline: each is asked for many times.
 */
#ifndef PM_BASE_LINES_H
#define PM_BASE_LINES_H

#include "pm/slice.h"

struct pm_lines {
	struct pm_slice text;
	size_t *starts; /* offset of each line, count of them */
	size_t count;   /* at least 1 */
};

/* Prepares the table for text, which must outlive it. */
void pm_lines_init(struct pm_lines *lines, struct pm_slice text);
void pm_lines_release(struct pm_lines *lines);

/* Line and column of a byte offset (an offset beyond the end: the end). */
struct pm_pos pm_lines_pos(const struct pm_lines *lines, size_t off);

/* Offset at which a 1-based line starts; beyond the last: text.len. */
static inline size_t pm_lines_off(const struct pm_lines *lines, unsigned line)
{
	if (!line)
		return 0;
	if (line > lines->count)
		return lines->text.len;
	return lines->starts[line - 1];
}

/* The bytes of a 1-based line without its line end; empty beyond the last. */
static inline struct pm_slice pm_lines_text(
	const struct pm_lines *lines, unsigned line)
{
	const char *text = lines->text.ptr;
	size_t start, end;

	if (!line || line > lines->count)
		return pm_slice_from(lines->text, lines->text.len);
	start = lines->starts[line - 1];
	end = line < lines->count ? lines->starts[line] : lines->text.len;
	/* Line ends stand nowhere but at the end of a line. */
	if (end > start && text[end - 1] == '\n')
		end--;
	if (end > start && text[end - 1] == '\r')
		end--;
	return pm_slice_sub(lines->text, start, end - start);
}

#endif
