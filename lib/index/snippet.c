/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where and how a document matches a query: the same pieces that were
 * indexed, cut into the same tokens. The index itself keeps no text. A phrase
 * may run over the end of a piece, as it may in the full-text table.
 */
#include "private.h"

#include "base/utf8.h"

/* A snippet is about so long, and begins so far before its first match. */
#define SNIPPET_BYTES 160
#define SNIPPET_LEAD  48

#define MARK_ON  '\x01'
#define MARK_OFF '\x02'

struct word {
	struct pm_slice folded;
	size_t piece;
	struct pm_token token;
};

struct hit {
	size_t piece;
	struct pm_token token; /* within the piece */
};

struct finder {
	const struct pm_query *query;
	struct pm_arena arena;
	PM_VEC(struct pm_piece) pieces;
	PM_VEC(struct word) words[PM_TEXT_COLUMNS];
	PM_VEC(struct hit) hits;
	uint64_t *found; /* by piece: bit set of the terms found in it */
	struct pm_buf folded;
};

/* Keeps a piece and its tokens. */
static void on_piece(void *data, const struct pm_piece *piece)
{
	struct finder *f = data;
	size_t number = f->pieces.len, off = 0;
	struct pm_token token;

	*pm_vec_push(&f->pieces) = *piece;
	while (pm_token_next(piece->text, &off, &token)) {
		struct word *word = pm_vec_push(&f->words[piece->column]);

		pm_buf_reset(&f->folded);
		pm_utf8_fold(&f->folded,
			pm_slice_sub(piece->text, token.off, token.len));
		word->folded =
			pm_arena_slice(&f->arena, pm_buf_slice(&f->folded));
		word->piece = number;
		word->token = token;
	}
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

/* Notes every place of one term in one column. */
static void match_column(struct finder *f, size_t number, int column)
{
	const struct pm_query_term *term = &f->query->terms[number];
	const struct word *words = f->words[column].items;
	size_t count = f->words[column].len, n = term->nwords;

	for (size_t i = 0; i + n <= count; i++) {
		size_t j = 0;

		while (j < n && word_matches(term, j, words[i + j].folded))
			j++;
		if (j < n)
			continue;
		f->found[words[i].piece] |= (uint64_t)1 << number;
		for (j = 0; j < n; j++) {
			struct hit *hit = pm_vec_push(&f->hits);

			hit->piece = words[i + j].piece;
			hit->token = words[i + j].token;
		}
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
 * The piece to show: most of the words, not the title if another has as many
 * (the title is shown anyway), text rather than a bare value, then the first.
 */
static size_t best_piece(const struct finder *f)
{
	size_t best = SIZE_MAX;
	unsigned best_rank = 0;

	for (size_t i = 0; i < f->pieces.len; i++) {
		const struct pm_piece *piece = &f->pieces.items[i];
		unsigned rank = bits(f->found[i]) * 4;

		if (!rank)
			continue;
		rank += piece->column != PM_TEXT_TITLE ? 2 : 0;
		rank += piece->section != SIZE_MAX ? 1 : 0;
		if (rank > best_rank) {
			best_rank = rank;
			best = i;
		}
	}
	return best;
}

/* Without words to show: the beginning of the summary, or of the text. */
static size_t first_piece(const struct finder *f)
{
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < f->pieces.len; i++) {
		const struct pm_piece *piece = &f->pieces.items[i];
		bool heading = piece->span.len == 0;

		if (heading || piece->section == SIZE_MAX)
			continue;
		if (piece->column == PM_TEXT_SUMMARY)
			return i;
		if (first == SIZE_MAX)
			first = i;
	}
	return first;
}

/* The first hit in a piece; hits of one term are in order, terms are not. */
static struct pm_token first_hit(const struct finder *f, size_t piece)
{
	struct pm_token first = {SIZE_MAX, 0};

	for (size_t i = 0; i < f->hits.len; i++)
		if (f->hits.items[i].piece == piece &&
			f->hits.items[i].token.off < first.off)
			first = f->hits.items[i].token;
	if (first.off == SIZE_MAX)
		first.off = 0;
	return first;
}

/* True when the byte at off lies in a hit of the piece. */
static bool in_hit(const struct finder *f, size_t piece, size_t off)
{
	for (size_t i = 0; i < f->hits.len; i++) {
		const struct hit *hit = &f->hits.items[i];

		if (hit->piece == piece && off >= hit->token.off &&
			off < hit->token.off + hit->token.len)
			return true;
	}
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Moves a cut back or forth to where a word begins, if one is near. */
static size_t cut_at_blank(struct pm_slice text, size_t off)
{
	for (size_t i = off; i < text.len && i < off + SNIPPET_LEAD; i++)
		if (is_blank(text.ptr[i]))
			return i;
	while (off < text.len && ((unsigned char)text.ptr[off] & 0xc0) == 0x80)
		off++;
	return off;
}

/* What a snippet shows as a blank: white space, and bytes that would pass for
   marks. */
static bool shows_blank(char c)
{
	return is_blank(c) || c == MARK_ON || c == MARK_OFF;
}

static void add_marked(struct pm_buf *out, const struct finder *f, size_t piece,
	size_t from, size_t until)
{
	struct pm_slice text = f->pieces.items[piece].text;
	bool on = false, blank = false;

	for (size_t i = from; i < until; i++) {
		bool hit = in_hit(f, piece, i);

		if (hit != on)
			pm_buf_addc(out, hit ? MARK_ON : MARK_OFF);
		on = hit;
		if (!shows_blank(text.ptr[i]))
			pm_buf_addc(out, text.ptr[i]);
		else if (!blank)
			pm_buf_addc(out, ' ');
		blank = shows_blank(text.ptr[i]);
	}
	if (on)
		pm_buf_addc(out, MARK_OFF);
}

static void cut_snippet(const struct finder *f, size_t piece,
	struct pm_token hit, struct pm_buf *out)
{
	struct pm_slice text = f->pieces.items[piece].text;
	size_t from = 0, until = text.len;

	if (hit.off > SNIPPET_LEAD && text.len > SNIPPET_BYTES) {
		from = cut_at_blank(text, hit.off - SNIPPET_LEAD);
		from = from > hit.off ? hit.off : from;
	}
	if (until - from > SNIPPET_BYTES)
		until = cut_at_blank(text, from + SNIPPET_BYTES);
	while (from < until && is_blank(text.ptr[from]))
		from++;
	while (until > from && is_blank(text.ptr[until - 1]))
		until--;
	if (from)
		pm_buf_adds(out, "… ");
	add_marked(out, f, piece, from, until);
	if (until < text.len)
		pm_buf_adds(out, " …");
}

/*
 * The line of a hit in a piece that spans several: the same token, counted
 * from the start, is looked for in the source, where markup adds none that
 * equal it before it in any ordinary text.
 */
static unsigned hit_line(const struct pm_doc *doc, const struct pm_piece *piece,
	struct pm_token hit)
{
	struct pm_slice word = pm_slice_sub(piece->text, hit.off, hit.len);
	struct pm_slice source =
		pm_slice_sub(doc->src, piece->span.off, piece->span.len);
	size_t off = 0, nth = 0;
	struct pm_token token;

	if (!piece->span.len || !word.len)
		return piece->line ? piece->line : 1;
	while (pm_token_next(piece->text, &off, &token) && token.off < hit.off)
		nth += pm_slice_eq(
			pm_slice_sub(piece->text, token.off, token.len), word);
	for (off = 0; pm_token_next(source, &off, &token);)
		if (pm_slice_eq(
			    pm_slice_sub(source, token.off, token.len), word) &&
			nth-- == 0)
			return pm_doc_pos(doc, piece->span.off + token.off)
				.line;
	return piece->line ? piece->line : 1;
}

static void release(struct finder *f)
{
	pm_vec_release(&f->pieces);
	for (int i = 0; i < PM_TEXT_COLUMNS; i++)
		pm_vec_release(&f->words[i]);
	pm_vec_release(&f->hits);
	pm_buf_release(&f->folded);
	pm_arena_release(&f->arena);
}

void pm_snippet_find(const struct pm_doc *doc, const struct pm_query *query,
	struct pm_snippet *out)
{
	struct finder f = {
		.query = query,
		.arena = PM_ARENA_INIT,
		.folded = PM_BUF_INIT,
	};
	const struct pm_piece *piece;
	struct pm_token hit;
	size_t best;

	pm_buf_reset(&out->text);
	pm_buf_reset(&out->section);
	out->line = 1;
	pm_pieces(doc, on_piece, &f);
	f.found = pm_arena_alloc(&f.arena, f.pieces.len + 1, sizeof *f.found);
	match_terms(&f);
	best = best_piece(&f);
	if (best == SIZE_MAX && query->ntexts == 0)
		best = first_piece(&f);
	if (best != SIZE_MAX) {
		piece = &f.pieces.items[best];
		hit = first_hit(&f, best);
		cut_snippet(&f, best, hit, &out->text);
		out->line = hit_line(doc, piece, hit);
		if (piece->section < doc->nsections)
			pm_buf_add_slice(&out->section,
				doc->sections[piece->section].heading);
	}
	release(&f);
}
