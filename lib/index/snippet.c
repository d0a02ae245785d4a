/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where and how a document matches a query: the same pieces that were
 * indexed, cut into the same tokens. The index itself keeps no text. Pieces
 * are short (a line of a paragraph, a code span); those that a reader sees as
 * one are joined to a passage, and a passage is what a snippet is cut from.
 */
#include "index/private.h"

#include "base/ascii.h"
#include "base/utf8.h"

/* A snippet is about so long, and begins so far before its first match. */
#define SNIPPET_BYTES 160
#define SNIPPET_LEAD  48

#define MARK_ON  '\x01'
#define MARK_OFF '\x02'

/* A token of the document that may be one of the query's. Offsets count in
   finder.text. */
struct word {
	size_t off, len;
	size_t number; /* among the tokens of its column, where that counts */
	struct pm_slice folded;
	size_t passage;
};

/* Where a piece's text stands, in finder.text and in the document. */
struct segment {
	size_t off, len;
	struct pm_span span;
	unsigned line;
};

struct passage {
	enum pm_text_column column;
	size_t section;
	bool body;
	size_t off, len;
	unsigned line;  /* of its last piece */
	uint64_t found; /* bit set of the terms found in it */
};

struct finder {
	const struct pm_doc *doc;
	const struct pm_query *query;
	struct pm_arena arena;
	struct pm_buf text; /* all pieces */
	struct pm_buf folded;
	PM_VEC(struct segment) segments;
	PM_VEC(struct passage) passages;
	PM_VEC(struct word) words[PM_TEXT_COLUMNS];
	size_t tokens[PM_TEXT_COLUMNS]; /* met so far */
	bool first[256]; /* bytes that a word of the query may begin with */
	bool phrases; /* words that have to follow each other are asked for */
	PM_VEC(struct pm_token) hits; /* in finder.text */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* True when a line begins an item, a row, a heading or a quotation. */
static bool begins_block(struct pm_slice line)
{
	struct pm_slice text = pm_slice_trim(line);
	size_t digits = 0;

	if (text.len == 0)
		return true;
	while (digits < text.len && pm_is_digit(text.ptr[digits]))
		digits++;
	if (digits && digits < text.len)
		return text.ptr[digits] == '.' || text.ptr[digits] == ')';
	return strchr("-*+|#>", text.ptr[0]) != NULL;
}

/* The line of a section's heading; that of the title before the first. */
static unsigned heading_line(const struct finder *f, size_t section)
{
	return section < f->doc->nsections ? f->doc->sections[section].line
					   : f->doc->heading_line;
}

/* True when a piece goes on where the last passage ends. */
static bool continues(const struct finder *f, const struct pm_piece *piece)
{
	const struct passage *last;

	if (f->passages.len == 0 || !piece->body)
		return false;
	last = &f->passages.items[f->passages.len - 1];
	if (!last->body || last->section != piece->section ||
		last->column != piece->column)
		return false;
	if (piece->line == last->line)
		return true;
	return piece->line == last->line + 1 &&
	       piece->line > heading_line(f, piece->section) + 1 &&
	       !begins_block(pm_doc_line(f->doc, piece->line));
}

/* True when a reader sees a gap between the last piece and this one on the
   same line: the next cell of a table, a <br>. A code span has none. */
static bool stands_apart(const struct finder *f, const struct pm_piece *piece)
{
	const struct segment *last = &f->segments.items[f->segments.len - 1];
	size_t end = last->span.off + last->span.len;
	struct pm_slice gap;

	if (!last->span.len || !piece->span.len || piece->span.off < end)
		return true;
	gap = pm_slice_sub(f->doc->src, end, piece->span.off - end);
	return pm_slice_find(gap, 0, '|') >= 0 ||
	       pm_slice_find(gap, 0, '<') >= 0;
}

/* Only what begins like a word of the query is folded and kept. Folding keeps
   an ASCII letter what it is; what others become is not foreseen. */
static void find_first(struct finder *f)
{
	for (size_t i = 0; i < f->query->nterms; i++) {
		const struct pm_query_term *term = &f->query->terms[i];

		f->phrases = f->phrases || term->nwords > 1;
		for (size_t j = 0; j < term->nwords && !term->negative; j++) {
			unsigned char c = (unsigned char)term->words[j].ptr[0];

			f->first[c] = true;
			if (pm_is_small(c))
				f->first[c - 'a' + 'A'] = true;
		}
	}
	for (int c = 0x80; c < 256; c++)
		f->first[c] = true;
}

static void add_word(struct finder *f, const struct pm_piece *piece,
	struct pm_token token, size_t number)
{
	struct word *word = pm_vec_push(&f->words[piece->column]);

	pm_buf_reset(&f->folded);
	pm_utf8_fold(
		&f->folded, pm_slice_sub(piece->text, token.off, token.len));
	*word = (struct word){
		.off = f->text.len + token.off,
		.len = token.len,
		.number = number,
		.folded = pm_arena_slice(&f->arena, pm_buf_slice(&f->folded)),
		.passage = f->passages.len - 1,
	};
}

/* The word, or what is between words, in which a byte stands that a word of the
   query may begin with. Only phrases need the words before it counted. */
static size_t skip(const struct finder *f, struct pm_slice text, size_t off)
{
	size_t at = off;

	if (f->phrases)
		return off;
	while (at < text.len && !f->first[(unsigned char)text.ptr[at]])
		at++;
	while (at > off && (pm_is_letter(text.ptr[at - 1]) ||
				   pm_is_digit(text.ptr[at - 1])))
		at--;
	return at;
}

static void add_words(struct finder *f, const struct pm_piece *piece)
{
	size_t *number = &f->tokens[piece->column];
	size_t off = skip(f, piece->text, 0);
	struct pm_token token;

	for (; pm_token_next(piece->text, &off, &token);
		off = skip(f, piece->text, off), (*number)++)
		if (f->first[(unsigned char)piece->text.ptr[token.off]])
			add_word(f, piece, token, *number);
}

static void on_piece(void *data, const struct pm_piece *piece)
{
	struct finder *f = data;
	struct passage *passage;
	struct segment *segment;

	if (continues(f, piece)) {
		passage = &f->passages.items[f->passages.len - 1];
		if (piece->line != passage->line || stands_apart(f, piece))
			pm_buf_addc(&f->text, ' ');
	} else {
		passage = pm_vec_push(&f->passages);
		passage->column = piece->column;
		passage->section = piece->section;
		passage->body = piece->body;
		passage->off = f->text.len;
	}
	passage->line = piece->line;
	add_words(f, piece);
	segment = pm_vec_push(&f->segments);
	*segment = (struct segment){
		.off = f->text.len,
		.len = piece->text.len,
		.span = piece->span,
		.line = piece->line,
	};
	pm_buf_add_slice(&f->text, piece->text);
	passage->len = f->text.len - passage->off;
}

static bool word_matches(
	const struct pm_query_term *term, size_t i, struct pm_slice word)
{
	struct pm_slice want = term->words[i];

	if (term->prefix && i + 1 == term->nwords)
		return word.len >= want.len &&
		       !memcmp(word.ptr, want.ptr, want.len);
	return pm_slice_eq(word, want);
}

/* Notes every place of one term in one column. A phrase may run from one
   piece into the next, as it may in the full-text table. */
static void match_column(struct finder *f, size_t number, int column)
{
	const struct pm_query_term *term = &f->query->terms[number];
	const struct word *words = f->words[column].items;
	size_t count = f->words[column].len, n = term->nwords;
	size_t noted = 0; /* words before it are hits already */

	for (size_t i = 0; i + n <= count; i++) {
		size_t j = 0;

		while (j < n && words[i + j].number == words[i].number + j &&
			word_matches(term, j, words[i + j].folded))
			j++;
		if (j < n)
			continue;
		f->passages.items[words[i].passage].found |= (uint64_t)1
							     << number;
		for (j = i > noted ? i : noted; j < i + n; j++)
			*pm_vec_push(&f->hits) =
				(struct pm_token){words[j].off, words[j].len};
		noted = i + n;
	}
}

static void match_terms(struct finder *f)
{
	for (size_t i = 0; i < f->query->nterms; i++) {
		const struct pm_query_term *term = &f->query->terms[i];

		if (!term->nwords || term->negative)
			continue;
		for (int c = 0; c < PM_TEXT_COLUMNS; c++)
			if (!term->field || (int)term->field->column == c)
				match_column(f, i, c);
	}
}

static unsigned bits(uint64_t set)
{
	unsigned n = 0;

	for (; set; set &= set - 1)
		n++;
	return n;
}

/*
 * The passage to show: most of the words, then text of the body, then of the
 * front matter. What is shown anyway (title and id) or is a bare value comes
 * last; of equals, the first.
 */
static unsigned rank_of(const struct passage *passage)
{
	unsigned rank = bits(passage->found) * 4;

	if (!rank || passage->column == PM_TEXT_TITLE)
		return rank;
	if (passage->body)
		return rank + 2;
	return passage->column == PM_TEXT_REST ? rank : rank + 1;
}

static const struct passage *best_passage(const struct finder *f)
{
	const struct passage *best = NULL;
	unsigned best_rank = 0;

	for (size_t i = 0; i < f->passages.len; i++) {
		unsigned rank = rank_of(&f->passages.items[i]);

		if (rank > best_rank) {
			best_rank = rank;
			best = &f->passages.items[i];
		}
	}
	return best;
}

/* Without words to show: the beginning of the summary, or of the text. */
static const struct passage *first_passage(const struct finder *f)
{
	const struct passage *first = NULL;

	for (size_t i = 0; i < f->passages.len; i++) {
		const struct passage *passage = &f->passages.items[i];

		if (!passage->body ||
			passage->line == heading_line(f, passage->section))
			continue;
		if (passage->column == PM_TEXT_SUMMARY)
			return passage;
		first = first ? first : passage;
	}
	return first;
}

static int by_offset(const void *a, const void *b)
{
	const struct pm_token *x = a, *y = b;

	return x->off < y->off ? -1 : x->off > y->off;
}

/* The first hit at or after off; hits are sorted. */
static const struct pm_token *hit_from(const struct finder *f, size_t off)
{
	for (size_t i = 0; i < f->hits.len; i++)
		if (f->hits.items[i].off >= off)
			return &f->hits.items[i];
	return NULL;
}

/* Moves a cut forward to where a word ends, if one does soon, else to the
   next character. */
static size_t cut_at_blank(struct pm_slice text, size_t off)
{
	for (size_t i = off; i < text.len && i < off + SNIPPET_LEAD; i++)
		if (is_blank(text.ptr[i]))
			return i;
	while (off < text.len && ((unsigned char)text.ptr[off] & 0xc0) == 0x80)
		off++;
	return off;
}

/* Adds text with white space made single, and without bytes that would pass
   for marks. */
static void add_plain(struct pm_buf *out, struct pm_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool blank = is_blank(c) || c == MARK_ON || c == MARK_OFF;

		if (!blank)
			pm_buf_addc(out, c);
		else if (out->len && out->ptr[out->len - 1] != ' ')
			pm_buf_addc(out, ' ');
	}
}

/* Where the mark that begins with a hit ends: words that touch, as Chinese
   ones do, share one. */
static size_t mark_end(const struct finder *f, const struct pm_token *hit)
{
	size_t end = hit->off + hit->len;
	const struct pm_token *next;

	while ((next = hit_from(f, end)) && next->off == end && next->len)
		end += next->len;
	return end;
}

static void add_marked(
	struct pm_buf *out, const struct finder *f, size_t from, size_t until)
{
	struct pm_slice text = pm_buf_slice(&f->text);

	while (from < until) {
		const struct pm_token *hit = hit_from(f, from);
		size_t end = hit && hit->off < until ? hit->off : until;

		add_plain(out, pm_slice_sub(text, from, end - from));
		from = end;
		if (from == until)
			break;
		end = mark_end(f, hit);
		end = end < until ? end : until;
		pm_buf_addc(out, MARK_ON);
		add_plain(out, pm_slice_sub(text, from, end - from));
		pm_buf_addc(out, MARK_OFF);
		from = end;
	}
}

/* Cuts the passage around a hit. */
static void cut_snippet(const struct finder *f, const struct passage *passage,
	size_t hit, struct pm_buf *out)
{
	size_t end = passage->off + passage->len;
	struct pm_slice text = {f->text.ptr, end};
	size_t from = passage->off, until = end;

	if (hit - from > SNIPPET_LEAD && passage->len > SNIPPET_BYTES) {
		from = cut_at_blank(text, hit - SNIPPET_LEAD);
		from = from > hit ? hit : from;
	}
	if (until - from > SNIPPET_BYTES)
		until = cut_at_blank(text, from + SNIPPET_BYTES);
	while (from < until && is_blank(text.ptr[from]))
		from++;
	while (until > from && is_blank(text.ptr[until - 1]))
		until--;
	if (from > passage->off)
		pm_buf_adds(out, "… ");
	add_marked(out, f, from, until);
	if (until < end)
		pm_buf_adds(out, " …");
}

/*
 * The line of a word in a segment of several lines (a code block, a folded
 * value): the source is searched for as many of the same word as stand before
 * it in the segment.
 */
static unsigned line_within(const struct finder *f,
	const struct segment *segment, struct pm_token hit)
{
	struct pm_slice text = pm_buf_slice(&f->text), source;
	struct pm_slice word = pm_slice_sub(text, hit.off, hit.len);
	struct pm_slice before =
		pm_slice_sub(text, segment->off, hit.off - segment->off);
	struct pm_token token;
	size_t off = 0, nth = 0;

	source =
		pm_slice_sub(f->doc->src, segment->span.off, segment->span.len);
	while (pm_token_next(before, &off, &token))
		nth += pm_slice_eq(
			pm_slice_sub(before, token.off, token.len), word);
	for (off = 0; pm_token_next(source, &off, &token);)
		if (pm_slice_eq(
			    pm_slice_sub(source, token.off, token.len), word) &&
			nth-- == 0)
			return pm_doc_pos(f->doc, segment->span.off + token.off)
				.line;
	return segment->line;
}

static unsigned line_of(const struct finder *f, struct pm_token hit)
{
	for (size_t i = 0; i < f->segments.len; i++) {
		const struct segment *segment = &f->segments.items[i];
		struct pm_slice source = pm_slice_sub(
			f->doc->src, segment->span.off, segment->span.len);

		if (hit.off < segment->off ||
			hit.off >= segment->off + segment->len)
			continue;
		if (source.len && memchr(source.ptr, '\n', source.len))
			return line_within(f, segment, hit);
		return segment->line ? segment->line : 1;
	}
	return 1;
}

static void show(const struct finder *f, const struct passage *passage,
	struct pm_snippet *out)
{
	const struct pm_token *first = hit_from(f, passage->off);
	struct pm_token hit = {passage->off, 0};

	if (passage->found && first && first->off < passage->off + passage->len)
		hit = *first;
	cut_snippet(f, passage, hit.off, &out->text);
	out->line = line_of(f, hit);
	if (passage->section < f->doc->nsections)
		pm_buf_add_slice(&out->section,
			f->doc->sections[passage->section].heading);
}

static void release(struct finder *f)
{
	pm_vec_release(&f->segments);
	pm_vec_release(&f->passages);
	for (int i = 0; i < PM_TEXT_COLUMNS; i++)
		pm_vec_release(&f->words[i]);
	pm_vec_release(&f->hits);
	pm_buf_release(&f->text);
	pm_buf_release(&f->folded);
	pm_arena_release(&f->arena);
}

void pm_snippet_find(const struct pm_doc *doc, const struct pm_query *query,
	struct pm_snippet *out)
{
	struct finder f = {
		.doc = doc,
		.query = query,
		.arena = PM_ARENA_INIT,
		.text = PM_BUF_INIT,
		.folded = PM_BUF_INIT,
	};
	const struct passage *passage;

	pm_buf_reset(&out->text);
	pm_buf_reset(&out->section);
	out->line = 1;
	find_first(&f);
	pm_pieces(doc, on_piece, &f);
	match_terms(&f);
	if (f.hits.len)
		qsort(f.hits.items, f.hits.len, sizeof *f.hits.items,
			by_offset);
	passage = best_passage(&f);
	out->best = passage && passage->body &&
		    passage->column != PM_TEXT_TITLE &&
		    bits(passage->found) == query->ntexts;
	if (!passage && query->ntexts == 0)
		passage = first_passage(&f);
	if (passage)
		show(&f, passage, out);
	release(&f);
}
