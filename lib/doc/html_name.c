/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headings in HTML: "<h2>Impact</h2>", and the line that a fold shows,
 * "<details><summary>Timeline</summary>", below which Markdown goes on.
 */
#include "doc/body.h"

#include <string.h>

#include "base/ascii.h"

/* True for the tag of a heading or of what a fold shows. */
static bool is_naming(struct pm_slice text)
{
	static const char fold[] = "<summary";
	size_t len = 0;

	if (pm_slice_starts(text, fold))
		len = strlen(fold);
	else if (text.len > 3 && (text.ptr[1] | 32) == 'h' &&
		 text.ptr[2] >= '1' && text.ptr[2] <= '6')
		len = 3;
	return len && len < text.len && memchr(" >", text.ptr[len], 2);
}

/* The words behind a tag, and behind others right behind it: "<b>Impact". */
static struct pm_slice words_behind(struct pm_slice text)
{
	ptrdiff_t end;

	text = pm_slice_trim(text);
	while (text.len && text.ptr[0] == '<' &&
		(end = pm_slice_find(text, 0, '>')) > 0)
		text = pm_slice_trim(pm_slice_from(text, (size_t)end + 1));
	end = pm_slice_find(text, 0, '<');
	return pm_slice_trim(pm_slice_sub(text, 0, end > 0 ? (size_t)end : 0));
}

struct pm_slice pm_body_html_name(struct pm_slice html, unsigned *level)
{
	struct pm_slice none = {NULL, 0};

	*level = 0;
	if (pm_slice_find_text(html, 0, pm_slice_str("<!--")) >= 0)
		return none;
	for (size_t off = 0; off < html.len; off++) {
		struct pm_slice rest = pm_slice_from(html, off);
		ptrdiff_t end;

		if (rest.ptr[0] != '<' || !is_naming(rest))
			continue;
		if (pm_is_digit(rest.ptr[2]))
			*level = (unsigned)(rest.ptr[2] - '0');
		end = pm_slice_find(rest, 0, '>');
		return end < 0 ? none
			       : words_behind(
					 pm_slice_from(rest, (size_t)end + 1));
	}
	return none;
}

unsigned pm_body_html_line(
	const struct pm_body *body, size_t block, struct pm_slice name)
{
	struct pm_slice html = pm_md_read(body->md, block)->literal;
	unsigned line = body->md->blocks[block].line;

	for (const char *c = html.ptr; c < name.ptr; c++)
		line += *c == '\n';
	return line;
}
