/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which lines say nothing. This is asked for every line of every document, so
 * nothing is allocated: a line is reduced on the fly, a filter of how the
 * template's lines begin turns nearly all others away after a few bytes, and
 * what passes is compared by digest. Case is folded in ASCII only, because a
 * line of the template gets into a document by copying, not by typing.
 *
 * "N/A" and "none" are answers and not empty: somebody looked and says so,
 * and a reviewer can disagree with it. "TBD" says that nobody looked yet.
 */
#include "policy/template.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "policy/scan.h"
#include "policy/template_private.h"

/* Bytes of a reduced line that the filter looks at. */
#define BEGIN_BYTES 8

/* Words that stand where text is still to come. */
static const char *const fillers[] = {
	"...", "a completer", "a faire", "coming soon", "fill in", "fill me in",
	"fill this in", "fixme", "lorem ipsum", "noch offen", "placeholder",
	"por completar", "por hacer", "tba", "tbc", "tbd", "to be added",
	"to be announced", "to be confirmed", "to be determined", "to be done",
	"to be filled", "to be filled in", "to be written", "to do", "todo",
	"wip", "work in progress", "xxx",
	"\xc3\xa0 compl\xc3\xa9ter", /* a` comple'ter */
	"\xc3\xa0 faire",
	"\xe6\x9c\xaa\xe5\xae\x9a",             /* not decided, Japanese */
	"\xe6\x9c\xaa\xe8\xa8\x98\xe5\x85\xa5", /* not filled in */
	"\xe8\xa6\x81\xe8\xa8\x98\xe5\x85\xa5", /* to be filled in */
};

#define NFILLERS    (sizeof fillers / sizeof *fillers)
#define FILLER_MAX  24 /* no filler is longer */
#define EDGES_MAX   16 /* marks around one that are looked through */
#define LABEL_WORDS 5  /* a label has no more */

/* Those which open a line of things still to do. */
static const char *const openers[] = {
	"FIXME", "TBA", "TBC", "TBD", "TODO", "WIP", "XXX"};

#define NOPENERS (sizeof openers / sizeof *openers)

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/* True when nothing or a blank follows the first n bytes. */
static bool ends_mark(struct pm_slice s, size_t n)
{
	return s.len == n || blank(s.ptr[n]);
}

/* Length of "1." or "2)" with what must follow it, or 0. */
static size_t number_mark(struct pm_slice s)
{
	size_t n = 0;

	while (n < s.len && n < 9 && pm_is_digit(s.ptr[n]))
		n++;
	if (n == 0 || n == s.len || (s.ptr[n] != '.' && s.ptr[n] != ')'))
		return 0;
	return ends_mark(s, n + 1) ? n + 1 : 0;
}

/* True for a check box, ticked or not. */
static bool is_box(struct pm_slice s)
{
	return s.len >= 3 && s.ptr[0] == '[' && s.ptr[2] == ']' &&
	       (s.ptr[1] == ' ' || (s.ptr[1] | 0x20) == 'x');
}

/* Length of a mark at the line's start that is layout, or 0. */
static size_t leading_mark(struct pm_slice s)
{
	size_t n = 0;

	if (blank(s.ptr[0]) || s.ptr[0] == '>' || s.ptr[0] == '|')
		return 1;
	if (s.ptr[0] == '[')
		return is_box(s) && ends_mark(s, 3) ? 3 : 0;
	if (s.ptr[0] == '-' || s.ptr[0] == '*' || s.ptr[0] == '+')
		return ends_mark(s, 1) ? 1 : 0;
	while (n < s.len && s.ptr[n] == '#')
		n++;
	if (n > 0)
		return ends_mark(s, n) ? n : 0;
	return number_mark(s);
}

/* Without list marks, numbers, check boxes, quotes and heading marks. */
static struct pm_slice strip_marks(struct pm_slice line)
{
	size_t n;

	while (line.len > 0 && (n = leading_mark(line)) > 0)
		line = pm_slice_from(line, n);
	return line;
}

/* A line reduced byte by byte: no emphasis, single spaces, lower case. */
struct reduced {
	struct pm_slice rest;
	bool space;   /* one is due before the next byte */
	bool started; /* a byte was given */
};

/* Marks of emphasis, code and escaping: left out. */
static bool is_markup(char c)
{
	return c == '*' || c == '_' || c == '`' || c == '~' || c == '\\';
}

/* The next bytes, most of them at most; fewer at the line's end. */
static size_t reduce(struct reduced *r, char *out, size_t most)
{
	const char *at = r->rest.ptr;
	const char *end = at + r->rest.len;
	size_t n = 0;

	for (; at < end && n < most; at++) {
		bool letter = pm_is_letter(*at);

		if (!letter && (blank(*at) || *at == '|')) {
			r->space = r->started;
		} else if (letter || !is_markup(*at)) {
			if (r->space)
				out[n++] = ' ';
			r->space = false;
			if (n == most)
				break;
			r->started = true;
			out[n++] = pm_lower(*at);
		}
	}
	r->rest = pm_slice_make(at, (size_t)(end - at));
	return n;
}

/* The bit of the filter for how a stripped line begins. */
static unsigned begin_bit(const struct pm_template *tmpl, struct pm_slice line)
{
	struct reduced r = {.rest = line};
	uint32_t hash = 2166136261u;
	char begin[BEGIN_BYTES];
	size_t n = reduce(&r, begin, sizeof begin);

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)begin[i]) * 16777619u;
	return (hash ^ hash >> 16) % (unsigned)(sizeof tmpl->begins * 8);
}

/* Digest and length of a stripped line, as the key of the map. */
struct digest {
	uint64_t hash;
	uint64_t len;
};

static struct digest digest_line(struct pm_slice line)
{
	struct reduced r = {.rest = line};
	struct digest d = {14695981039346656037u, 0};
	char part[64];
	size_t n;

	while ((n = reduce(&r, part, sizeof part)) > 0) {
		for (size_t i = 0; i < n; i++)
			d.hash = (d.hash ^ (unsigned char)part[i]) *
				 1099511628211u;
		d.len += n;
	}
	return d;
}

static struct pm_slice digest_key(const struct digest *d)
{
	return pm_slice_make((const char *)d, sizeof *d);
}

/* True when a letter or digit of any script is in it. */
static bool has_word(struct pm_slice text)
{
	size_t off = 0;

	while (off < text.len) {
		char c = text.ptr[off];
		uint32_t cp;

		if (pm_is_letter(c))
			return true;
		off += pm_utf8_next(text, off, &cp);
		if (cp != PM_UTF8_BAD && pm_utf8_word(cp))
			return true;
	}
	return false;
}

void pm_template_add_line(struct pm_template *tmpl, struct pm_slice line)
{
	struct digest d;
	unsigned bit;

	line = strip_marks(line);
	if (!has_word(line))
		return;
	d = digest_line(line);
	pm_map_put(&tmpl->words, digest_key(&d), NULL);
	bit = begin_bit(tmpl, line);
	tmpl->begins[bit / 8] |= (unsigned char)(1u << bit % 8);
}

/* True for a line of the template; line is stripped. */
static bool is_template_line(
	const struct pm_template *tmpl, struct pm_slice line)
{
	unsigned bit = begin_bit(tmpl, line);
	struct digest d;

	if (!(tmpl->begins[bit / 8] & 1u << bit % 8))
		return false;
	d = digest_line(line);
	return pm_map_get(&tmpl->words, digest_key(&d));
}

/* Marks around a word that change nothing about it. */
static bool is_edge(char c)
{
	return !pm_is_letter(c) &&
	       (blank(c) || is_markup(c) || (c && strchr(".!?:;,()|-", c)));
}

static struct pm_slice strip_begin(struct pm_slice text)
{
	while (text.len > 0 && is_edge(text.ptr[0]))
		text = pm_slice_from(text, 1);
	return text;
}

static struct pm_slice strip_ends(struct pm_slice text)
{
	text = strip_begin(text);
	while (text.len > 0 && is_edge(text.ptr[text.len - 1]))
		text.len--;
	return text;
}

/* True for "TBD", "(to be written)" and the like, and nothing else. */
static bool is_filler(struct pm_slice text)
{
	if (text.len > FILLER_MAX + EDGES_MAX)
		return false;
	text = strip_ends(text);
	if (text.len == 0 || text.len > FILLER_MAX)
		return false;
	for (size_t i = 0; i < NFILLERS; i++)
		if ((text.ptr[0] | 0x20) == (fillers[i][0] | 0x20) &&
			pm_slice_is_nocase(text, fillers[i]))
			return true;
	return false;
}

/*
 * True for "<what happened>", "{{summary}}", "[describe it]": one pair of
 * brackets around everything. Links, wiki links and notes are text.
 */
static bool is_placeholder(struct pm_slice text)
{
	char open, close;

	text = pm_slice_trim(text);
	if (text.len && pm_is_letter(text.ptr[0]))
		return false;
	while (text.len > 1 && strchr("*_`", text.ptr[0])) {
		text = pm_slice_from(text, 1);
		text.len -= text.len && strchr("*_`", text.ptr[text.len - 1]);
	}
	if (text.len < 2)
		return false;
	open = text.ptr[0];
	close = open == '<' ? '>' : open == '{' ? '}' : open == '[' ? ']' : 0;
	if (!close || text.ptr[text.len - 1] != close)
		return false;
	if (open == '{')
		return pm_slice_find(text, 0, '}') + 2 >= (ptrdiff_t)text.len;
	if (pm_slice_find(text, 0, close) != (ptrdiff_t)text.len - 1)
		return false;
	if (open == '[')
		return text.ptr[1] != '[' && text.ptr[1] != '^';
	/* "<https://...>" and "<ana@example.org>" are links, `<html lang="ja">`
	   is what a page is to have. */
	return pm_slice_find(text, 1, '<') < 0 &&
	       pm_slice_find(text, 0, ':') < 0 &&
	       pm_slice_find(text, 0, '@') < 0 &&
	       !memmem(text.ptr, text.len, "=\"", 2);
}

/*
 * True for "TODO ask Bo", "Todo: times". In capitals, or before a colon: "todo"
 * is also the Spanish word for everything.
 */
static bool is_opened(struct pm_slice text)
{
	struct pm_slice word;
	size_t n = 0;

	text = strip_begin(text);
	while (n < text.len && n <= 5 && pm_is_letter(text.ptr[n]))
		n++;
	if (n < 3 || n > 5)
		return false;
	word = pm_slice_sub(text, 0, n);
	for (size_t i = 0; i < NOPENERS; i++) {
		if (!pm_slice_is_nocase(word, openers[i]))
			continue;
		text = strip_ends(text);
		return pm_slice_is(word, openers[i]) ||
		       (n < text.len && text.ptr[n] == ':');
	}
	return false;
}

/*
 * What follows the last ":" or "|" near the end of a line, if anything. A
 * placeholder may be long, a filler is not.
 */
static struct pm_slice tail(struct pm_slice line)
{
	size_t end = line.len, reach = FILLER_MAX + EDGES_MAX;
	struct pm_slice near;
	const char *at, *bar;

	while (end > 0 &&
		(blank(line.ptr[end - 1]) || line.ptr[end - 1] == '|'))
		end--;
	if (end > 0 && strchr(">]}", line.ptr[end - 1]))
		reach = 200;
	near = pm_slice_sub(
		line, end > reach ? end - reach : 0, end > reach ? reach : end);
	if (!near.len)
		return near;
	at = memrchr(near.ptr, ':', near.len);
	bar = memrchr(near.ptr, '|', near.len);
	if (!at || (bar && bar > at))
		at = bar;
	return at ? pm_slice_make(
			    at + 1, (size_t)(near.ptr + near.len - at) - 1)
		  : pm_slice_make(NULL, 0);
}

/*
 * True when what stands before the value is a label, "Root cause:", and not a
 * sentence that says something: "Fix the pager. Owner: TBD" is an action.
 */
static bool is_label(struct pm_slice text)
{
	unsigned words = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool blank_before = i == 0 || blank(text.ptr[i - 1]);

		if (!blank(c) && blank_before && ++words > LABEL_WORDS)
			return false;
		if (c == '(' ||
			((c == '.' || c == '!' || c == '?') &&
				i + 1 < text.len && blank(text.ptr[i + 1])))
			return false;
	}
	return true;
}

/* As pm_template_text_empty for a text without marks before it. */
static bool is_empty(const struct pm_template *tmpl, struct pm_slice text)
{
	struct pm_slice value;

	if (!has_word(text) || is_filler(text) || is_placeholder(text))
		return true;
	value = tail(text);
	if (value.len > 0 && (is_filler(value) || is_placeholder(value)) &&
		is_label(pm_slice_sub(text, 0, (size_t)(value.ptr - text.ptr))))
		return true;
	return tmpl && is_template_line(tmpl, text);
}

bool pm_template_text_empty(
	const struct pm_template *tmpl, struct pm_slice line)
{
	return is_empty(tmpl, strip_marks(line));
}

/* As pm_template_line_empty for a line without comments. */
static bool says_nothing(const struct pm_template *tmpl, struct pm_slice line)
{
	struct pm_slice text = strip_marks(line);

	return is_empty(tmpl, text) || is_opened(text);
}

bool pm_template_line_empty(
	const struct pm_template *tmpl, struct pm_slice line)
{
	struct pm_buf text = PM_BUF_INIT;
	ptrdiff_t at = pm_slice_find(line, 0, '<');
	bool empty;

	while (at >= 0 &&
		!pm_slice_starts(pm_slice_from(line, (size_t)at), "<!--"))
		at = pm_slice_find(line, (size_t)at + 1, '<');
	if (at < 0)
		return says_nothing(tmpl, line);
	pm_template_uncomment(line, &text);
	empty = says_nothing(tmpl, pm_buf_slice(&text));
	pm_buf_release(&text);
	return empty;
}

void pm_template_uncomment(struct pm_slice text, struct pm_buf *out)
{
	struct pm_slice line, part;
	bool open = false, comment;

	while (text.len > 0) {
		size_t before = text.len, off = 0, end;

		pm_slice_line(&text, &line);
		end = before - text.len - line.len;
		while (pm_comment_segment(line, &open, &off, &part, &comment))
			if (!comment)
				pm_buf_add_slice(out, part);
		pm_buf_add(out, line.ptr + line.len, end);
	}
}
