/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Escapers. A CI runner reads two things as commands: a line that begins with
 * "::" after any Unicode blanks, and, anywhere in a line, "##[" (GitHub),
 * "##vso[" (Azure) or "##teamcity[". The second is broken by looking at what
 * the buffer already ends with, so that it cannot be put together from two
 * calls.
 */
#include "base/escape.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* The longest name of a runner is shorter. */
#define RUNNER_MOST 16

/* True after "##" and perhaps a runner's name. */
static bool ends_with_hashes(const struct pm_buf *buf)
{
	size_t at = buf->len, least;

	least = at > RUNNER_MOST ? at - RUNNER_MOST : 0;
	while (at > least && pm_is_letter(buf->ptr[at - 1]))
		at--;
	return at >= 2 && buf->ptr[at - 1] == '#' && buf->ptr[at - 2] == '#';
}

/* What the runner trims at the start of a line, as far as it is visible. */
static bool is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == 0xA0 || cp == 0x1680 ||
	       (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x205F ||
	       cp == 0x3000;
}

/* Offset of a "::" that a runner would obey, or text.len. */
static size_t find_command(struct pm_slice text)
{
	size_t off = 0;

	while (off < text.len) {
		uint32_t cp;
		size_t len = pm_utf8_next(text, off, &cp);

		/* Another colon may be put behind a last one. */
		if (cp == ':' &&
			(off + 1 == text.len || text.ptr[off + 1] == ':'))
			return off;
		/* What gets escaped stands visibly before the colons. */
		if (!is_blank(cp))
			break;
		off += len;
	}
	return text.len;
}

static void add_escape(struct pm_buf *buf, uint32_t cp)
{
	if (cp == '\n')
		pm_buf_adds(buf, "\\n");
	else if (cp == '\r')
		pm_buf_adds(buf, "\\r");
	else if (cp == '\t')
		pm_buf_adds(buf, "\\t");
	else if (cp < 0x80)
		pm_buf_addf(buf, "\\x%02x", (unsigned)cp);
	else if (cp < 0x10000)
		pm_buf_addf(buf, "\\u%04x", (unsigned)cp);
	else
		pm_buf_addf(buf, "\\U%08x", (unsigned)cp);
}

/* True for a byte that passes as it is, whatever stands before it. */
static bool is_plain(unsigned char byte)
{
	return byte >= ' ' && byte < 0x7F && byte != '[';
}

/* Appends the character at off and returns its length. */
static size_t add_char(struct pm_buf *buf, struct pm_slice text, size_t off)
{
	uint32_t cp;
	size_t len = pm_utf8_next(text, off, &cp);

	if (cp == PM_UTF8_BAD)
		pm_buf_addf(buf, "\\x%02x", (unsigned char)text.ptr[off]);
	else if (cp == '[' && ends_with_hashes(buf))
		pm_buf_adds(buf, "\\x5b");
	else if (cp < ' ' || pm_utf8_invisible(cp))
		add_escape(buf, cp);
	else
		pm_buf_add(buf, text.ptr + off, len);
	return len;
}

/* Length of the plain bytes from off up to end. */
static size_t plain_run(struct pm_slice text, size_t off, size_t end)
{
	size_t at = off;

	while (at < end && is_plain((unsigned char)text.ptr[at]))
		at++;
	return at - off;
}

void pm_term_text(struct pm_buf *buf, struct pm_slice text, bool at_line_start)
{
	size_t command = at_line_start ? find_command(text) : text.len;
	size_t off = 0;

	while (off < text.len) {
		size_t end = off < command ? command : text.len, run;

		if (off == command) {
			pm_buf_adds(buf, "\\x3a");
			off++;
			continue;
		}
		run = plain_run(text, off, end);
		pm_buf_add(buf, text.ptr + off, run);
		off += run;
		if (off < end)
			off += add_char(buf, text, off);
	}
}

static bool all_blank(struct pm_slice text)
{
	size_t off = 0;

	while (off < text.len) {
		uint32_t cp;

		off += pm_utf8_next(text, off, &cp);
		if (!is_blank(cp))
			return false;
	}
	return true;
}

/* One line without its end: tabs stay, all else as in pm_term_text. */
static void term_line(struct pm_buf *buf, struct pm_slice line)
{
	bool start = true;

	while (line.len) {
		ptrdiff_t tab = pm_slice_find(line, 0, '\t');
		size_t len = tab < 0 ? line.len : (size_t)tab;
		struct pm_slice part = pm_slice_sub(line, 0, len);

		pm_term_text(buf, part, start);
		/* A line start lasts over blanks that the runner trims. */
		start = start && all_blank(part);
		if (tab >= 0)
			pm_buf_addc(buf, '\t');
		line = pm_slice_from(line, len + 1);
	}
}

void pm_term_lines(struct pm_buf *buf, struct pm_slice text)
{
	/* A lone CR would let the next words overwrite the line: it becomes
	 * \r. The one of a CRLF is dropped, since it says nothing. */
	while (text.len) {
		ptrdiff_t lf = pm_slice_find(text, 0, '\n');
		size_t end = lf < 0 ? text.len : (size_t)lf;
		struct pm_slice line = pm_slice_sub(text, 0, end);

		if (lf >= 0 && pm_slice_ends(line, "\r"))
			line.len--;
		term_line(buf, line);
		if (lf >= 0)
			pm_buf_addc(buf, '\n');
		text = pm_slice_from(text, end + 1);
	}
}

static void add_utf16_escape(struct pm_buf *buf, uint32_t cp)
{
	if (cp < 0x10000) {
		pm_buf_addf(buf, "\\u%04x", (unsigned)cp);
		return;
	}
	cp -= 0x10000;
	pm_buf_addf(buf, "\\u%04x\\u%04x", (unsigned)(0xD800 + (cp >> 10)),
		(unsigned)(0xDC00 + (cp & 0x3FF)));
}

/* One JSON character that is not plain ASCII. */
static void json_char(struct pm_buf *buf, uint32_t cp)
{
	static const char named[] = "\b\f\n\r\t\"\\";
	static const char letters[] = "bfnrt\"\\";
	const char *hit = cp && cp < 0x80 ? strchr(named, (int)cp) : NULL;

	if (hit) {
		pm_buf_addc(buf, '\\');
		pm_buf_addc(buf, letters[hit - named]);
	} else if (cp == '[' && ends_with_hashes(buf)) {
		add_utf16_escape(buf, cp);
	} else if (cp != PM_UTF8_BAD && (cp < ' ' || pm_utf8_invisible(cp))) {
		/* JSON goes to terminals and logs as well. */
		add_utf16_escape(buf, cp);
	} else {
		pm_utf8_add(buf, cp); /* a bad byte becomes U+FFFD */
	}
}

void pm_json_str(struct pm_buf *buf, struct pm_slice text)
{
	size_t off = 0;

	pm_buf_addc(buf, '"');
	while (off < text.len) {
		size_t end = off;
		uint32_t cp;

		while (end < text.len &&
			is_plain((unsigned char)text.ptr[end]) &&
			text.ptr[end] != '"' && text.ptr[end] != '\\')
			end++;
		pm_buf_add(buf, text.ptr + off, end - off);
		off = end;
		if (off < text.len) {
			off += pm_utf8_next(text, off, &cp);
			json_char(buf, cp);
		}
	}
	pm_buf_addc(buf, '"');
}

/* Words that some YAML reader takes for a truth value or for nothing. */
static bool yaml_reserved(struct pm_slice text)
{
	static const char *const words[] = {"~", "null", "true", "false", "yes",
		"no", "on", "off", "y", "n", ".nan", ".inf", "=", "<<", "...",
		NULL};
	const char *const *word;

	for (word = words; *word; word++) {
		if (pm_slice_is_nocase(text, *word))
			return true;
	}
	return false;
}

/*
 * True for what some reader takes for a number, sexagesimal and hexadecimal
 * included. Dates are left alone: "due: 2026-12-05" is what people write.
 */
static bool yaml_number(struct pm_slice text)
{
	bool digit = false;
	size_t i;

	if (pm_slice_starts(text, "0x") || pm_slice_starts(text, "0o"))
		return true;
	for (i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (pm_is_digit(c))
			digit = true;
		else if (!strchr("+-._:eE", c) || !c)
			return false;
		else if (c == '-' && i && !strchr("eE", text.ptr[i - 1]))
			return false;
	}
	return digit;
}

/* True for text that means itself without quotes, in flow and in block. */
static bool yaml_plain(struct pm_slice text)
{
	size_t i;

	if (!text.len || strchr(" -?:!&*|>'\"%@`", text.ptr[0]) ||
		text.ptr[text.len - 1] == ' ' ||
		text.ptr[text.len - 1] == ':' || yaml_reserved(text) ||
		yaml_number(text))
		return false;
	for (i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (strchr(",[]{}", c)) /* NUL too */
			return false;
		if (c == ':' && text.ptr[i + 1] == ' ')
			return false;
		if (c == '#' && (!i || text.ptr[i - 1] == ' '))
			return false;
	}
	return true;
}

/* True for what a YAML reader refuses, or a human reader cannot see. */
static bool yaml_escaped(uint32_t cp)
{
	return cp < ' ' || cp == 0xFFFE || cp == 0xFFFF ||
	       pm_utf8_invisible(cp);
}

/* True when all of it prints, so that only the syntax decides. */
static bool prints(struct pm_slice text)
{
	size_t off = 0;

	while (off < text.len) {
		uint32_t cp;

		off += pm_utf8_next(text, off, &cp);
		if (cp == PM_UTF8_BAD || yaml_escaped(cp))
			return false;
	}
	return true;
}

void pm_yaml_scalar(struct pm_buf *buf, struct pm_slice text)
{
	size_t off = 0;

	if (prints(text) && yaml_plain(text)) {
		pm_buf_add_slice(buf, text);
		return;
	}
	pm_buf_addc(buf, '"');
	while (off < text.len) {
		uint32_t cp;

		off += pm_utf8_next(text, off, &cp);
		if (cp == '"' || cp == '\\') {
			pm_buf_addc(buf, '\\');
			pm_buf_addc(buf, (char)cp);
		} else if (cp != PM_UTF8_BAD && yaml_escaped(cp)) {
			add_escape(buf, cp);
		} else {
			pm_utf8_add(buf, cp); /* a bad byte becomes U+FFFD */
		}
	}
	pm_buf_addc(buf, '"');
}

size_t pm_term_width(struct pm_slice text)
{
	return pm_utf8_width(text);
}
