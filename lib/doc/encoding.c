/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Are the bytes text at all? pm reads UTF-8 and nothing else. One problem a
 * line: a file in another encoding has bad bytes wherever a letter has an
 * accent.
 */
#include "doc/front.h"

#include "base/utf8.h"

/* Lines that are named one by one; the others are counted. */
#define MAX_LINES 20

/* True for UTF-16, with its mark or without: ASCII with a NUL beside each. */
static bool is_utf16(struct pm_slice text)
{
	if (text.len < 2)
		return false;
	if ((text.ptr[0] == '\xff' && text.ptr[1] == '\xfe') ||
		(text.ptr[0] == '\xfe' && text.ptr[1] == '\xff'))
		return true;
	return text.len >= 4 &&
	       ((!text.ptr[0] && text.ptr[1] && !text.ptr[2] && text.ptr[3]) ||
		       (text.ptr[0] && !text.ptr[1] && text.ptr[2] &&
			       !text.ptr[3]));
}

static void tell_byte(struct pm_doc *doc, size_t off)
{
	unsigned byte = (unsigned char)doc->src.ptr[off];
	const char *hint = "save the file as UTF-8";

	/* A lone byte of the upper half is nearly always an old Western
	   encoding: the letter before it is ASCII. */
	if (byte >= 0xc0)
		hint = "save the file as UTF-8; it may be Latin-1 or "
		       "Windows-1252 now";
	pm_doc_problem(doc, PM_PROBLEM_ENCODING, (struct pm_span){off, 1}, hint,
		"byte 0x%02x is not UTF-8", byte);
}

/* The offset of the next bad byte at or after off; false: there is none. */
static bool next_bad(struct pm_slice text, size_t off, size_t *bad)
{
	if (off >= text.len || pm_utf8_valid(pm_slice_from(text, off), bad))
		return false;
	*bad += off;
	return true;
}

bool pm_doc_check_encoding(struct pm_doc *doc)
{
	const struct pm_lines *lines = &doc->own->lines;
	size_t off = 0, bad, first_more = 0;
	unsigned told = 0, more = 0;

	if (is_utf16(doc->src)) {
		pm_doc_problem(doc, PM_PROBLEM_ENCODING, (struct pm_span){0, 0},
			"save the file as UTF-8", "the file is UTF-16");
		return false;
	}
	doc->own->plain = pm_utf8_skip_plain(doc->src, 0) == doc->src.len;
	if (doc->own->plain)
		return true;
	while (next_bad(doc->src, off, &bad)) {
		unsigned line = pm_lines_pos(lines, bad).line;

		if (told < MAX_LINES) {
			tell_byte(doc, bad);
			told++;
		} else if (!more++) {
			first_more = bad;
		}
		off = pm_lines_off(lines, line + 1);
	}
	if (more)
		pm_doc_problem(doc, PM_PROBLEM_ENCODING,
			(struct pm_span){first_more, 1},
			"save the file as UTF-8",
			"%u more line%s from here on hold%s bytes that are not "
			"UTF-8",
			more, pm_plural(more), more == 1 ? "s" : "");
	return true;
}
