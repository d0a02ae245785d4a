/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The line table. An empty line after the last line end does not count, so
 * that every position names a line that an editor and "wc -l" have: the end
 * of "a\n" is line 1, column 3.
 */
#include "base/lines.h"

#include <stdlib.h>

#include "base/alloc.h"

struct starts {
	size_t *items;
	size_t len;
	size_t cap;
};

static void push(struct starts *starts, size_t off)
{
	if (starts->len == starts->cap) {
		starts->cap += starts->cap / 2 + 64;
		starts->items = pm_realloc(
			starts->items, starts->cap, sizeof(*starts->items));
	}
	starts->items[starts->len++] = off;
}

/* The common case, LF only, goes by memchr. */
static void split_lf(struct starts *starts, struct pm_slice text)
{
	ptrdiff_t lf = pm_slice_find(text, 0, '\n');

	while (lf >= 0 && (size_t)lf + 1 < text.len) {
		push(starts, (size_t)lf + 1);
		lf = pm_slice_find(text, (size_t)lf + 1, '\n');
	}
}

static void split_any(struct starts *starts, struct pm_slice text)
{
	size_t off;

	for (off = 0; off < text.len; off++) {
		if (text.ptr[off] != '\n' && text.ptr[off] != '\r')
			continue;
		if (text.ptr[off] == '\r' && off + 1 < text.len &&
			text.ptr[off + 1] == '\n')
			off++;
		if (off + 1 < text.len)
			push(starts, off + 1);
	}
}

void pm_lines_init(struct pm_lines *lines, struct pm_slice text)
{
	struct starts starts = {0};

	push(&starts, 0);
	if (pm_slice_find(text, 0, '\r') < 0)
		split_lf(&starts, text);
	else
		split_any(&starts, text);
	lines->text = text;
	lines->starts = starts.items;
	lines->count = starts.len;
}

void pm_lines_release(struct pm_lines *lines)
{
	free(lines->starts);
	*lines = (struct pm_lines){0};
}

struct pm_pos pm_lines_pos(const struct pm_lines *lines, size_t off)
{
	size_t low = 0;
	size_t high = lines->count;

	if (off > lines->text.len)
		off = lines->text.len;
	/* The last start at or before off; starts[0] is 0. */
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (lines->starts[mid] <= off)
			low = mid;
		else
			high = mid;
	}
	return (struct pm_pos){
		.line = (unsigned)(low + 1),
		.col = (unsigned)(off - lines->starts[low] + 1),
	};
}
