/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What people write as lists and other tools show as such, in the signs that
 * Markdown knows: a dash or dot that was pasted from a word processor, the
 * hyphen that an export escaped, the list that was indented too far and so is
 * code, the lines around an admonition of other dialects (mend_frames.c). They
 * are mended in a copy of the text for cmark, byte for byte and line by line,
 * so that offsets and lines stay those of the document.
 */
#include "markdown/mend.h"

#include <string.h>

#include "base/ascii.h"

/* A sign stands for a bullet where another line not far begins with it too:
   alone, a dash goes before a name or a remark. */
enum { NEAR = 6, AFTER_MAX = 4, CODE_INDENT = 4 };

/* Few write it, so that the list goes on with no other. */
#define BULLET '+'

char *pm_md_mend_line(struct pm_md_mender *m, unsigned line)
{
	struct pm_slice text = m->lines->text;

	if (!m->copy) {
		m->copy = pm_arena_raw(m->arena, text.len + 1, 1);
		memcpy(m->copy, text.ptr, text.len);
		m->copy[text.len] = '\0';
	}
	return m->copy + pm_lines_off(m->lines, line);
}

/* The length of a blank at an offset that Markdown knows for none. */
static size_t odd_blank(struct pm_slice line, size_t at)
{
	static const char *const blanks[] = {
		"\xC2\xA0", "\xE2\x80\x8B", "\xE3\x80\x80", "\xEF\xBB\xBF"};
	struct pm_slice rest = pm_slice_from(line, at);

	if (!rest.len || !(rest.ptr[0] & 0x80))
		return 0;
	for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
		if (pm_slice_starts(rest, blanks[i]))
			return strlen(blanks[i]);
	return 0;
}

/* How many blanks of any kind stand at an offset, in bytes. */
static size_t blanks_at(struct pm_slice line, size_t at)
{
	size_t from = at, odd;

	while (at < line.len) {
		odd = odd_blank(line, at);
		if (!odd && line.ptr[at] != ' ' && line.ptr[at] != '\t')
			break;
		at += odd ? odd : 1;
	}
	return at - from;
}

/* The length of the sign that a line has at an offset, and which it is. */
static size_t sign_at(struct pm_slice line, size_t at, int *which)
{
	static const char *const signs[] = {"–", "—", "·", "∙", "⁃", "‣", "○",
		"−", "‐", "‑", "\\-", "\\*", "\\+"};
	struct pm_slice rest = pm_slice_from(line, at);

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (pm_slice_starts(rest, signs[i])) {
			*which = (int)i + 1;
			return strlen(signs[i]);
		}
	return 0;
}

static bool is_bullet(char c)
{
	return c == '-' || c == '*' || c == '+';
}

size_t pm_md_marker(struct pm_slice line, size_t at)
{
	size_t figure = at;

	if (at + 1 < line.len && is_bullet(line.ptr[at]))
		return line.ptr[at + 1] == ' ' || line.ptr[at + 1] == '\t';
	while (figure < line.len && figure < at + 3 &&
		pm_is_digit(line.ptr[figure]))
		figure++;
	if (figure == at || figure + 1 >= line.len ||
		!memchr(".)", line.ptr[figure], 2) ||
		line.ptr[figure + 1] != ' ')
		return 0;
	return figure + 1 - at;
}

/* Makes a bullet of the sign of a line and the blanks behind it. */
static void put_bullet(struct pm_md_mender *m, unsigned number)
{
	struct pm_slice line = pm_lines_text(m->lines, number);
	char *to = pm_md_mend_line(m, number);
	size_t at = 0, len, all;
	char bullet = BULLET;
	int which;

	while (line.ptr[at] == ' ')
		at++;
	len = sign_at(line, at, &which);
	if (line.ptr[at] == '\\')
		bullet = line.ptr[at + 1];
	all = len + blanks_at(line, at + len);
	memset(to + at, ' ', all);
	/* More blanks behind it would make code of what follows. */
	to[at + (all - 1 > AFTER_MAX ? all - 1 - AFTER_MAX : 0)] = bullet;
}

static void read_sign(struct pm_md_mender *m, size_t at, unsigned number)
{
	struct pm_slice line = pm_lines_text(m->lines, number);
	size_t len, blanks;
	int which = 0;

	len = sign_at(line, at, &which);
	blanks = len ? blanks_at(line, at + len) : 0;
	if (!blanks || blanks > 2 || at + len + blanks >= line.len)
		return;
	if (m->sign == which && number - m->sign_line <= NEAR) {
		if (!m->sign_put)
			put_bullet(m, m->sign_line);
		put_bullet(m, number);
		m->sign_put = true;
	} else {
		m->sign_put = false;
	}
	m->sign = which;
	m->sign_line = number;
}

/* How a line is counted at an offset, "(1)", "1\.", "a.", "(b)", as what, and
   the bytes of that; 0: it is not. */
static int count_at(
	struct pm_slice line, size_t at, unsigned *counted, size_t *len)
{
	size_t from = at;
	bool bracket = line.ptr[at] == '(', letter;
	char sign;

	at += bracket;
	letter = at < line.len && pm_is_letter(line.ptr[at]);
	*counted = letter ? (line.ptr[at] | 32) - 'a' + 1 : 0;
	for (size_t i = 0;
		!letter && i < 2 && at < line.len && pm_is_digit(line.ptr[at]);
		i++)
		*counted = *counted * 10 + (unsigned)(line.ptr[at++] - '0');
	at += letter;
	/* "1." is a marker as it stands. */
	if (!letter && !bracket && (at >= line.len || line.ptr[at++] != '\\'))
		return 0;
	if (!*counted || at + 2 >= line.len || line.ptr[at + 1] != ' ')
		return 0;
	sign = line.ptr[at];
	if (sign != ')' && (bracket || sign != '.'))
		return 0;
	*len = at + 1 - from;
	return 1 + bracket + 2 * letter + 4 * (sign == ')') +
	       8 * (letter && pm_is_capital(line.ptr[at - 1]));
}

/* Makes a marker of how a line is counted. */
static void put_count(struct pm_md_mender *m, unsigned number)
{
	struct pm_slice line = pm_lines_text(m->lines, number);
	char *to = pm_md_mend_line(m, number);
	size_t at = 0, len = 0;
	unsigned counted;

	while (line.ptr[at] == ' ')
		at++;
	count_at(line, at, &counted, &len);
	if (pm_is_letter(line.ptr[at + (line.ptr[at] == '(')])) {
		memset(to + at, ' ', len);
		to[at] = BULLET;
	} else if (line.ptr[at] == '(') {
		to[at] = ' ';
	} else {
		to[at + len - 2] = line.ptr[at + len - 1];
		to[at + len - 1] = ' ';
	}
}

/* Lines that are counted from one on, each not far from the one before. */
static void read_count(struct pm_md_mender *m, size_t at, unsigned number)
{
	struct pm_slice line = pm_lines_text(m->lines, number);
	unsigned counted;
	size_t len;
	int count = count_at(line, at, &counted, &len);

	if (!count)
		return;
	if (counted > 1 && m->count == count && counted == m->counted + 1 &&
		number - m->count_line <= NEAR) {
		if (counted == 2)
			put_count(m, m->count_line);
		put_count(m, number);
	} else if (counted > 1) {
		return;
	}
	m->count = count;
	m->counted = counted;
	m->count_line = number;
}

/* True for a line that may be counted, told by its first letters. */
static bool may_count(struct pm_slice line, size_t at)
{
	char c = line.ptr[at],
	     next = at + 1 < line.len ? line.ptr[at + 1] : ' ';

	if (pm_is_letter(c))
		return next == '.' || next == ')';
	return c == '(' || pm_is_digit(c);
}

/* "<nbsp>- text", "-<nbsp>text": a list by other blanks. */
static void read_blanks(struct pm_md_mender *m, size_t at, unsigned number)
{
	enum { INDENT = 3 };
	struct pm_slice line = pm_lines_text(m->lines, number);
	size_t odd = blanks_at(line, at), from = at + odd;
	size_t len = pm_md_marker(line, from), to;
	char *copy;

	if (!len || from > INDENT + AFTER_MAX - 1)
		return;
	copy = pm_md_mend_line(m, number);
	to = from < INDENT ? from : INDENT;
	memset(copy, ' ', from + len);
	memcpy(copy + to, line.ptr + from, len);
}

static bool is_fence(struct pm_slice line, size_t at, char c)
{
	return at + 2 < line.len && line.ptr[at] == c &&
	       line.ptr[at + 1] == c && line.ptr[at + 2] == c;
}

/* The fence of an admonition opens or closes on a line; false: neither. */
static bool read_frame_fence(
	struct pm_md_mender *m, size_t at, size_t end, unsigned number)
{
	struct pm_slice line = pm_lines_text(m->lines, number);
	bool alone = !pm_slice_trim(pm_slice_from(line, end)).len;

	if (m->frame_len && alone && line.ptr[at] == m->frame &&
		end - at >= m->frame_len) {
		m->frame_len = 0;
		pm_md_mend_blank(m, number);
		return true;
	}
	if (alone || m->frame_len || !pm_md_mend_fence(m, at, number))
		return false;
	m->frame = line.ptr[at];
	m->frame_len = end - at;
	return true;
}

/* Goes over a line within a fence, or one that begins it. */
static bool read_fence(struct pm_md_mender *m, struct pm_slice line, size_t at,
	unsigned number)
{
	size_t end = at;
	char c = at < line.len ? line.ptr[at] : ' ';

	if (m->fence && (c != m->fence || !is_fence(line, at, c)))
		return true;
	if ((c != '`' && c != '~') || !is_fence(line, at, c))
		return false;
	while (end < line.len && line.ptr[end] == c)
		end++;
	if (m->fence) {
		if (end - at >= m->fence_len &&
			!pm_slice_trim(pm_slice_from(line, end)).len)
			m->fence = '\0';
		return true;
	}
	/* "```text```" is code within a line. */
	if (c == '`' && pm_slice_find(line, end, '`') >= 0)
		return false;
	if (!read_frame_fence(m, at, end, number)) {
		m->fence = c;
		m->fence_len = end - at;
	}
	return true;
}

/* One line that is neither indented nor code. */
static void read_line(struct pm_md_mender *m, struct pm_slice line, size_t at,
	unsigned number)
{
	char c = line.ptr[at];
	bool marked =
		(is_bullet(c) || pm_is_digit(c)) && pm_md_marker(line, at) > 0;

	/* What stands below an item, a footnote or a term is indented. */
	if (marked || c == ':' || pm_slice_starts(line, "[^"))
		m->in_list = true;
	else if (m->blank || c == '#')
		m->in_list = false;
	m->framed = false;
	m->blank = c == '#';
	if (marked)
		return;
	if (may_count(line, at))
		read_count(m, at, number);
	if (pm_is_letter(c))
		return;
	if (c == '#')
		m->sign = m->count = 0;
	else if (c == '\\' || (c & 0x80 && !odd_blank(line, at)))
		read_sign(m, at, number);
	else if (c & 0x80)
		read_blanks(m, at, number);
	else if (pm_md_mend_frame(m, at, number))
		m->blank = true;
}

struct pm_slice pm_md_mend(
	struct pm_arena *arena, const struct pm_lines *lines, size_t off)
{
	struct pm_md_mender m = {.arena = arena, .lines = lines, .blank = true};
	unsigned number = pm_lines_pos(lines, off).line;

	for (; number <= lines->count; number++) {
		struct pm_slice line = pm_lines_text(lines, number);
		size_t at = 0;

		while (at < line.len && line.ptr[at] == ' ')
			at++;
		if (read_fence(&m, line, at, number))
			m.blank = false;
		else if (at == line.len)
			m.blank = true;
		else if (at < CODE_INDENT && line.ptr[at] != '\t')
			read_line(&m, line, at, number);
		else if (m.framed || (m.blank && !m.in_list))
			number = pm_md_mend_indented(&m, number);
		else
			m.blank = false;
	}
	return m.copy ? pm_slice_make(m.copy, lines->text.len) : lines->text;
}
