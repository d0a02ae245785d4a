/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The copy that libyaml reads. Its reader refuses bad UTF-8 and control
 * characters without saying where, so those are found here and replaced by
 * as many harmless bytes. It also ends lines at U+0085, U+2028 and U+2029,
 * which no editor shows as line ends: a key could hide behind one. They are
 * replaced by stand-ins of the same length and put back in decoded values.
 */
#include "yaml/private.h"

#include <string.h>

#include "base/utf8.h"

/* More places than this are not mended: the text is hopeless. */
#define MAX_EDITS 512

/*
 * U+2028 and U+2029 become U+E028 and U+E029 (private use), U+0085 becomes
 * U+0590 (unassigned): the same number of bytes. A text that holds those
 * characters beside a line separator gets separators for them, too, in
 * decoded values; it is reported for the one it has.
 */
static bool hide_line_break(char *ptr, size_t len, uint32_t cp)
{
	if (cp == 0x2028 || cp == 0x2029) {
		ptr[0] = '\xee';
		return true;
	}
	if (cp == 0x85 && len == 2) {
		ptr[0] = '\xd6';
		ptr[1] = '\x90';
		return true;
	}
	return false;
}

struct pm_slice pm_yaml_text_restore(
	struct pm_arena *arena, struct pm_slice value)
{
	char *ptr = pm_arena_alloc(arena, value.len + 1, 1);

	if (value.len)
		memcpy(ptr, value.ptr, value.len);
	for (size_t i = 0; i + 1 < value.len; i++) {
		if (ptr[i] == '\xd6' && ptr[i + 1] == '\x90') {
			ptr[i] = '\xc2';
			ptr[i + 1] = '\x85';
		} else if (ptr[i] == '\xee' && ptr[i + 1] == '\x80' &&
			   (ptr[i + 2] == '\xa8' || ptr[i + 2] == '\xa9')) {
			ptr[i] = '\xe2';
		}
	}
	return pm_slice_make(ptr, value.len);
}

/* True for what libyaml's reader takes, line separators apart. */
static bool readable(uint32_t cp)
{
	if (cp == PM_UTF8_BAD || cp == 0xfffe || cp == 0xffff)
		return false;
	if (cp < 0x20)
		return cp == '\t' || cp == '\n' || cp == '\r';
	return cp < 0x7f || cp >= 0xa0;
}

/* Reports one character; one a line, for a wrong encoding breaks them all. */
static void refuse(
	struct pm_yaml_reader *rd, size_t off, size_t len, uint32_t cp)
{
	struct pm_span span = {off, len};
	const char *hint;

	if (cp == PM_UTF8_BAD) {
		pm_yaml_problem(rd, PM_YAML_CHARACTER, span,
			"save the file as UTF-8", "byte 0x%02x is not UTF-8",
			(unsigned)(unsigned char)rd->text.ptr[off]);
		return;
	}
	hint = cp < 0xa0 ? "delete the control character"
			 : "delete the character";
	pm_yaml_problem(rd, PM_YAML_CHARACTER, span, hint,
		"the invisible character U+%04X", (unsigned)cp);
}

bool pm_yaml_text_odd_space(uint32_t cp)
{
	return cp == 0xa0 || cp == 0x2007 || cp == 0x202f || cp == 0x3000;
}

/* Handles the character at off, which is not plain ASCII. Returns its length.
 */
static size_t prepare_char(
	struct pm_yaml_reader *rd, char *base, size_t off, unsigned *told)
{
	uint32_t cp;
	size_t len = pm_utf8_next(rd->text, off, &cp);

	if (hide_line_break(base + off, len, cp)) {
		rd->standins = true;
	} else if (!readable(cp)) {
		unsigned line = pm_lines_pos(pm_yaml_lines(rd), off).line;

		if (line != *told)
			refuse(rd, off, len, cp);
		*told = line;
		memset(base + off, '?', len);
	}
	rd->odd_spaces = rd->odd_spaces || pm_yaml_text_odd_space(cp);
	return len;
}

/*
 * Directives are refused before parsing because many of them take libyaml
 * quadratic time; the line becomes a comment.
 */
static void prepare_line(struct pm_yaml_reader *rd, char *base, size_t off)
{
	struct pm_slice rest = pm_slice_from(rd->text, off);
	struct pm_span span = {off, 1};

	if (pm_slice_starts(rest, "%YAML") || pm_slice_starts(rest, "%TAG"))
		pm_yaml_problem(rd, PM_YAML_SYNTAX, span, "delete this line",
			"directives are not part of pm's YAML");
	else
		pm_yaml_problem(rd, PM_YAML_SYNTAX, span, NULL,
			"a line cannot begin with '%%'");
	base[off] = '#';
}

/* True at the beginning of a line. */
static bool starts_line(struct pm_slice text, size_t off)
{
	return off == 0 || text.ptr[off - 1] == '\n' ||
	       text.ptr[off - 1] == '\r';
}

const struct pm_lines *pm_yaml_lines(const struct pm_yaml_reader *rd)
{
	if (!rd->lines->count)
		pm_lines_init(rd->lines, rd->text);
	return rd->lines;
}

void pm_yaml_text_prepare(struct pm_yaml_reader *rd)
{
	struct pm_slice text = rd->text;
	char *base = pm_arena_raw(rd->arena, text.len + 1, 1);
	ptrdiff_t sign = pm_slice_find(text, 0, '%');
	size_t off = pm_utf8_skip_plain(text, 0);
	unsigned told = 0;

	if (text.len)
		memcpy(base, text.ptr, text.len);
	base[text.len] = '\0';
	rd->returns = pm_slice_find(text, 0, '\r') >= 0;
	for (; sign >= 0; sign = pm_slice_find(text, (size_t)sign + 1, '%'))
		if (starts_line(text, (size_t)sign))
			prepare_line(rd, base, (size_t)sign);
	while (off < text.len) {
		off += prepare_char(rd, base, off, &told);
		off = pm_utf8_skip_plain(text, off);
	}
	rd->base = pm_slice_make(base, text.len);
}

void pm_yaml_text_apply(struct pm_yaml_reader *rd)
{
	struct pm_buf buf = PM_BUF_INIT;
	size_t done = 0;

	rd->copy = rd->base;
	for (size_t i = 0; i < rd->edits.len; i++) {
		const struct pm_yaml_edit *edit = &rd->edits.items[i];

		pm_buf_add(&buf, rd->base.ptr + done, edit->off - done);
		pm_buf_add_slice(&buf, edit->with);
		done = edit->off + edit->len;
	}
	if (rd->edits.len) {
		pm_buf_add_slice(&buf, pm_slice_from(rd->base, done));
		rd->copy = pm_arena_slice(rd->arena, pm_buf_slice(&buf));
	}
	rd->ascii = pm_utf8_skip_plain(rd->copy, 0) == rd->copy.len;
	pm_buf_release(&buf);
}

size_t pm_yaml_text_origin(const struct pm_yaml_reader *rd, size_t off)
{
	size_t shorter = 0, longer = 0; /* what edits took and gave so far */

	for (size_t i = 0; i < rd->edits.len; i++) {
		const struct pm_yaml_edit *edit = &rd->edits.items[i];
		size_t start = edit->off + longer - shorter;
		size_t in;

		if (off < start)
			break;
		in = off - start;
		if (in < edit->with.len)
			return edit->off + (in < edit->len ? in : edit->len);
		longer += edit->with.len;
		shorter += edit->len;
	}
	return off + shorter - longer;
}

/* The index of the first edit that ends after off. */
static size_t edit_index(const struct pm_yaml_reader *rd, size_t off)
{
	size_t i = 0;

	while (i < rd->edits.len &&
		rd->edits.items[i].off + rd->edits.items[i].len <= off)
		i++;
	return i;
}

bool pm_yaml_text_inserted(const struct pm_yaml_reader *rd, size_t off)
{
	size_t i = edit_index(rd, off);

	return i > 0 && rd->edits.items[i - 1].off == off &&
	       rd->edits.items[i - 1].len == 0;
}

bool pm_yaml_text_edit(
	struct pm_yaml_reader *rd, size_t off, size_t len, struct pm_slice with)
{
	size_t i = edit_index(rd, off);

	if (rd->edits.len >= MAX_EDITS || pm_yaml_text_inserted(rd, off))
		return false;
	if (i < rd->edits.len && rd->edits.items[i].off < off + len)
		return false;
	if (i < rd->edits.len && !len && rd->edits.items[i].off < off)
		return false;
	pm_vec_push(&rd->edits);
	memmove(&rd->edits.items[i + 1], &rd->edits.items[i],
		(rd->edits.len - 1 - i) * sizeof *rd->edits.items);
	rd->edits.items[i] = (struct pm_yaml_edit){off, len, with};
	return true;
}

bool pm_yaml_text_fill(struct pm_yaml_reader *rd, size_t off, size_t len)
{
	char *fill = pm_arena_alloc(rd->arena, len + 1, 1);

	memset(fill, 'x', len);
	return len && pm_yaml_text_edit(rd, off, len, pm_slice_make(fill, len));
}

bool pm_yaml_text_edited(
	const struct pm_yaml_reader *rd, size_t off, size_t end)
{
	size_t i = 0;

	while (i < rd->edits.len &&
		rd->edits.items[i].off + rd->edits.items[i].len < off)
		i++;
	return i < rd->edits.len && rd->edits.items[i].off <= end;
}

bool pm_yaml_text_filled(const struct pm_yaml_reader *rd, struct pm_span span)
{
	size_t i = edit_index(rd, span.off);

	for (; i < rd->edits.len; i++) {
		const struct pm_yaml_edit *edit = &rd->edits.items[i];

		if (edit->off >= span.off + span.len)
			break;
		if (edit->with.len && edit->with.ptr[0] == 'x')
			return true;
	}
	return false;
}

/* Forgets the edits that touch [off, end). */
static void forget(struct pm_yaml_reader *rd, size_t off, size_t end)
{
	size_t kept = 0;

	for (size_t i = 0; i < rd->edits.len; i++) {
		struct pm_yaml_edit edit = rd->edits.items[i];

		/* What was inserted at the end of the line goes, too. */
		if (edit.off + edit.len < off || edit.off > end ||
			(edit.off == end && edit.len))
			rd->edits.items[kept++] = edit;
	}
	rd->edits.len = kept;
}

static bool is_blank(const struct pm_yaml_edit *edit, size_t off, size_t len)
{
	return edit->off == off && edit->len == len && edit->with.len == len &&
	       edit->with.ptr[0] == ' ';
}

bool pm_yaml_text_blank(
	struct pm_yaml_reader *rd, unsigned first, unsigned last)
{
	bool changed = false;

	for (unsigned line = first; line <= last; line++) {
		size_t off = pm_lines_off(pm_yaml_lines(rd), line);
		size_t len = pm_lines_text(pm_yaml_lines(rd), line).len;
		size_t i = edit_index(rd, off);
		char *blank;

		if (!len)
			continue;
		if (i < rd->edits.len &&
			is_blank(&rd->edits.items[i], off, len))
			continue;
		forget(rd, off, off + len);
		blank = pm_arena_alloc(rd->arena, len + 1, 1);
		memset(blank, ' ', len);
		if (pm_yaml_text_edit(rd, off, len, pm_slice_make(blank, len)))
			changed = true;
	}
	return changed;
}
