/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A snippet from a part of its document. Where words are searched in any
 * column, the front matter cannot change which passage of the body is the best
 * one, once that has all the words; and of equals the first is taken, so that
 * for one word or phrase nothing behind the section matters in which it comes
 * first. What is found otherwise is not relied on: the next larger part is read
 * then, the whole document in the end.
 */
#include "index/private.h"

#include "base/ascii.h"

/* True when columns say nothing about where the query matches. */
static bool is_simple(const struct pm_query *query)
{
	for (size_t i = 0; i < query->nterms; i++) {
		const struct pm_query_term *term = &query->terms[i];

		if (term->nwords && !term->negative && term->field)
			return false;
	}
	return query->ntexts > 0;
}

/* The only words that are searched for, or NULL. */
static const struct pm_query_term *only_term(const struct pm_query *query)
{
	if (query->ntexts != 1)
		return NULL;
	for (size_t i = 0; i < query->nterms; i++)
		if (query->terms[i].nwords && !query->terms[i].negative)
			return &query->terms[i];
	return NULL;
}

/* True for what words are made of: any byte of UTF-8 may be a letter's. */
static bool in_word(char c)
{
	return pm_is_letter(c) || pm_is_digit(c) || (unsigned char)c >= 0x80;
}

/* Where a folded word that stands at off ends; 0 when it does not. */
static size_t word_end(struct pm_slice text, size_t off, struct pm_slice word)
{
	if (off + word.len > text.len || (off && in_word(text.ptr[off - 1])))
		return 0;
	for (size_t i = 0; i < word.len; i++)
		if (pm_lower(text.ptr[off + i]) != word.ptr[i])
			return 0;
	off += word.len;
	return off == text.len || !in_word(text.ptr[off]) ? off : 0;
}

/* True when the words stand at off, one after the other. */
static bool has_words(
	struct pm_slice text, size_t off, const struct pm_query_term *term)
{
	for (size_t i = 0; i < term->nwords; i++) {
		while (i && off < text.len && !in_word(text.ptr[off]))
			off++;
		off = word_end(text, off, term->words[i]);
		if (!off)
			return false;
	}
	return true;
}

/* Where the words first stand, in ASCII; -1: nowhere. */
static ptrdiff_t first_place(
	struct pm_slice text, const struct pm_query_term *term)
{
	struct pm_slice word = term->words[0];

	for (size_t off = 0; off < text.len; off++) {
		const char *lower =
			memchr(text.ptr + off, word.ptr[0], text.len - off);
		size_t end = lower ? (size_t)(lower - text.ptr) : text.len;
		const char *upper = memchr(
			text.ptr + off, pm_upper(word.ptr[0]), end - off);

		off = upper ? (size_t)(upper - text.ptr) : end;
		if (off < text.len && has_words(text, off, term))
			return (ptrdiff_t)off;
	}
	return -1;
}

/* The level of a heading "## ..." that begins at off, else 0. */
static unsigned level_at(struct pm_slice text, size_t off)
{
	size_t at = off;

	while (at < text.len && text.ptr[at] == '#')
		at++;
	if (at - off > 6 || at == text.len || text.ptr[at] != ' ')
		return 0;
	return (unsigned)(at - off);
}

/* True when text may change how lines far before it are read: by another H1,
   or by "[name]: address". */
static bool reaches_back(struct pm_slice text)
{
	ptrdiff_t at = -1;

	while ((at = pm_slice_find(text, (size_t)at + 1, ']')) >= 0)
		if (pm_slice_starts(pm_slice_from(text, (size_t)at), "]:"))
			return true;
	while ((at = pm_slice_find(text, (size_t)at + 1, '#')) >= 0)
		if (at > 0 && text.ptr[at - 1] == '\n' &&
			level_at(text, (size_t)at) == 1)
			return true;
	return false;
}

/* The line of the H1 that the body begins with; 0: with anything else. */
static unsigned title_line(struct pm_slice body)
{
	size_t off = 0;

	while (off < body.len && body.ptr[off] == '\n')
		off++;
	return level_at(body, off) == 1 ? (unsigned)off + 1 : 0;
}

/*
 * How much of the body is enough to show the term: up to a heading behind the
 * first place, of a level that there was before. 0: all of it is needed. In a
 * block of code lines that look like headings are none.
 */
static size_t enough_of(struct pm_slice body, const struct pm_query_term *term)
{
	ptrdiff_t at = first_place(body, term);
	unsigned levels = 0, level;
	size_t off = 0;
	bool code = false;

	while (at >= 0 && off < body.len) {
		struct pm_slice line = pm_slice_from(body, off);
		ptrdiff_t end = pm_slice_find(body, off, '\n');

		level = level_at(body, off);
		if (off > (size_t)at && code)
			return 0;
		if (off > (size_t)at && level > 1 && levels & 1u << level)
			return reaches_back(line) ? 0 : off;
		levels |= 1u << level;
		if (pm_slice_starts(line, "```") ||
			pm_slice_starts(line, "~~~"))
			code = !code;
		if (end < 0)
			break;
		off = (size_t)end + 1;
	}
	return 0;
}

/* Where the body begins, or -1 when that takes more than a look. */
static ptrdiff_t body_of(struct pm_slice bytes)
{
	size_t at = 4;

	if (!pm_slice_starts(bytes, "---\n"))
		return -1;
	for (;;) {
		struct pm_slice rest = pm_slice_from(bytes, at);
		ptrdiff_t end = pm_slice_find(bytes, at, '\n');

		if (end < 0)
			return -1;
		at = (size_t)end + 1;
		if (pm_slice_starts(rest, "---\n"))
			return (ptrdiff_t)at;
		if (pm_slice_starts(rest, "---") ||
			pm_slice_starts(rest, "..."))
			return -1;
	}
}

static unsigned count_lines(struct pm_slice text)
{
	unsigned n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == '\n';
	return n;
}

static bool find_in(const char *path, struct pm_slice part,
	const struct pm_doc_opts *opts, const struct pm_query *query,
	struct pm_snippet *out)
{
	struct pm_doc *doc = pm_doc_parse_opts(path, part, opts);

	pm_snippet_find(doc, query, out);
	pm_doc_free(doc);
	return out->best;
}

/* The same in the beginning of the body, as far as that is enough. */
static bool find_early(const char *path, struct pm_slice body,
	const struct pm_doc_opts *opts, const struct pm_query *query,
	struct pm_snippet *out)
{
	const struct pm_query_term *term = only_term(query);
	unsigned line = title_line(body);
	struct pm_doc *doc;
	bool same;

	body.len = term && line ? enough_of(body, term) : 0;
	if (!body.len)
		return false;
	doc = pm_doc_parse_opts(path, body, opts);
	/* Without the H1 for its title, each heading counts for another. */
	same = doc->heading_line == line;
	if (same)
		pm_snippet_find(doc, query, out);
	pm_doc_free(doc);
	return same && out->best;
}

bool pm_snippet_from_body(const char *path, struct pm_slice bytes,
	const struct pm_doc_opts *opts, const struct pm_query *query,
	struct pm_snippet *out)
{
	ptrdiff_t off = is_simple(query) ? body_of(bytes) : -1;
	struct pm_doc_opts own = *opts;
	struct pm_slice body;
	bool found;

	if (off < 0)
		return false;
	body = pm_slice_from(bytes, (size_t)off);
	if (pm_slice_starts(body, "---"))
		return false;
	own.prose_only = true;
	found = find_early(path, body, &own, query, out) ||
		find_in(path, body, &own, query, out);
	out->line += count_lines(pm_slice_sub(bytes, 0, (size_t)off));
	return found;
}
