/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists that are indented by four blanks or a tab though nothing stands above
 * them that they could belong to. To Markdown they are code; whoever wrote them
 * saw a list. What looks like settings, changes or commands is code all the
 * same.
 */
#include "markdown/mend.h"

#include <string.h>

#include "base/ascii.h"

/* What is known of an indented block. */
struct block {
	struct pm_slice prefix; /* what its first line is indented by */
	unsigned last;          /* line */
	size_t items, words, boxes;
	bool other; /* something in it is no list */
	char bullet;
};

static size_t indent_of(struct pm_slice line)
{
	size_t at = 0;

	while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
		at++;
	return at;
}

/* "name: x" of YAML, "$ ls", "--flag" and what else begins code. */
static bool is_code(struct pm_slice text)
{
	size_t at = 0;

	if (!text.len || memchr("$%&/<>{|\"'=;#-+.", text.ptr[0], 16))
		return true;
	while (at < text.len &&
		(pm_is_small(text.ptr[at]) || memchr("_-.", text.ptr[at], 3)))
		at++;
	return at && at < text.len && text.ptr[at] == ':' &&
	       (at + 1 == text.len || text.ptr[at + 1] == ' ');
}

/* Counts a line that is indented as the first one is. */
static void count(struct block *b, struct pm_slice text)
{
	static const char *const boxes[] = {"[ ] ", "[x] ", "[X] "};
	size_t len = pm_md_marker(text, 0);

	if (!len || (len == 1 && b->bullet && text.ptr[0] != b->bullet)) {
		b->other = true;
		return;
	}
	if (len == 1)
		b->bullet = text.ptr[0];
	text = pm_slice_trim(pm_slice_from(text, len));
	b->items++;
	b->words += pm_slice_find(text, 0, ' ') > 0;
	for (size_t i = 0; i < sizeof boxes / sizeof boxes[0]; i++)
		if (pm_slice_starts(text, boxes[i])) {
			b->boxes++;
			return;
		}
	b->other = b->other || is_code(text);
}

/* Goes over a block up to the next line that is not indented so. */
static void look_over(
	const struct pm_md_mender *m, unsigned number, struct block *b)
{
	struct pm_slice line = pm_lines_text(m->lines, number);

	b->prefix = pm_slice_sub(line, 0, indent_of(line));
	for (; number <= m->lines->count; number++) {
		size_t indent;

		line = pm_lines_text(m->lines, number);
		indent = indent_of(line);
		if (indent == line.len)
			continue;
		if (indent < b->prefix.len ||
			memcmp(line.ptr, b->prefix.ptr, b->prefix.len) != 0) {
			b->other = b->other || indent >= 4 ||
				   (indent && line.ptr[0] == '\t');
			break;
		}
		b->last = number;
		if (indent == b->prefix.len)
			count(b, pm_slice_from(line, indent));
	}
}

unsigned pm_md_mend_indented(struct pm_md_mender *m, unsigned number)
{
	struct block b = {.last = number};

	look_over(m, number, &b);
	if (!m->framed &&
		(b.other || b.words * 2 < b.items || (b.items < 2 && !b.boxes)))
		return b.last;
	m->framed = false;
	for (; number <= b.last; number++) {
		struct pm_slice line = pm_lines_text(m->lines, number);
		char *to;

		if (indent_of(line) == line.len)
			continue;
		to = pm_md_mend_line(m, number);
		line = pm_slice_from(line, b.prefix.len);
		memcpy(to, line.ptr, line.len);
		memset(to + line.len, ' ', b.prefix.len);
	}
	return b.last;
}
