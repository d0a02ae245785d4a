/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads the query language of pm-query(7) in one pass: words, "phrases",
 * pre*, field:value, each with "-" before it. There is no nesting and no
 * operator between terms; all of them must hold. Words are kept as they were
 * typed, because the full-text table's tokenizer takes them apart in the same
 * way as the documents: C++ and node.js need no quoting.
 */
#include "index/private.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "pm/nearest.h"

const struct pm_query_field pm_query_fields[] = {
	{"actions", PM_QUERY_TEXT, PM_TEXT_ACTIONS, 0},
	{"after", PM_QUERY_AFTER, 0, 0},
	{"before", PM_QUERY_BEFORE, 0, 0},
	{"cause", PM_QUERY_KEY, 0, PM_KEY_CAUSE},
	{"causes", PM_QUERY_TEXT, PM_TEXT_CAUSES, 0},
	{"department", PM_QUERY_KEY, 0, PM_KEY_DEPARTMENT},
	{"has", PM_QUERY_HAS, 0, 0},
	{"id", PM_QUERY_ID, 0, 0},
	{"impact", PM_QUERY_TEXT, PM_TEXT_IMPACT, 0},
	{"kind", PM_QUERY_KEY, 0, PM_KEY_KIND},
	{"lessons", PM_QUERY_TEXT, PM_TEXT_LESSONS, 0},
	{"owner", PM_QUERY_PERSON, 0, PM_KEY_OWNER},
	{"path", PM_QUERY_PATH, 0, 0},
	{"service", PM_QUERY_KEY, 0, PM_KEY_SERVICE},
	{"severity", PM_QUERY_SEVERITY, 0, PM_KEY_SEVERITY},
	{"started", PM_QUERY_STARTED, 0, 0},
	{"status", PM_QUERY_STATUS, 0, PM_KEY_STATUS},
	{"summary", PM_QUERY_TEXT, PM_TEXT_SUMMARY, 0},
	{"tag", PM_QUERY_KEY, 0, PM_KEY_TAG},
	{"timeline", PM_QUERY_TEXT, PM_TEXT_TIMELINE, 0},
	{"title", PM_QUERY_TEXT, PM_TEXT_TITLE, 0},
	{"trigger", PM_QUERY_KEY, 0, PM_KEY_TRIGGER},
	{NULL, PM_QUERY_TEXT, 0, 0},
};

#define NFIELDS (sizeof pm_query_fields / sizeof *pm_query_fields)

/* The reader's place in the text. */
struct lexer {
	struct pm_ctx *ctx;
	struct pm_query *query;
	struct pm_slice text;
	size_t off;
	unsigned ignored; /* column of a term without a word, 0: none */
};

/* An operator as written, longest first. */
static const struct {
	const char *text;
	enum pm_query_op op;
} operators[] = {
	{"<=", PM_QUERY_LE},
	{">=", PM_QUERY_GE},
	{"<", PM_QUERY_LT},
	{">", PM_QUERY_GT},
	{":", PM_QUERY_IS},
	{"=", PM_QUERY_IS},
};

int pm_query_fail(struct pm_ctx *ctx, unsigned col, const char *fmt, ...)
{
	struct pm_buf text = PM_BUF_INIT;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&text, fmt, args);
	va_end(args);
	pm_fail(ctx, PM_EUSAGE, "%s", text.ptr);
	ctx->error.pos.line = 1;
	ctx->error.pos.col = col;
	pm_buf_release(&text);
	return PM_EUSAGE;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name(char c)
{
	return pm_is_letter(c) || c == '_';
}

static unsigned col_of(size_t off)
{
	return (unsigned)off + 1;
}

/* Cuts a run up to a blank or a quote. */
static struct pm_slice take_word(struct lexer *lex)
{
	size_t from = lex->off;

	while (lex->off < lex->text.len && !is_blank(lex->text.ptr[lex->off]) &&
		lex->text.ptr[lex->off] != '"')
		lex->off++;
	return pm_slice_sub(lex->text, from, lex->off - from);
}

/* Cuts a quoted run, the place standing on its first quote. */
static int take_quoted(struct lexer *lex, struct pm_slice *out)
{
	size_t from = lex->off + 1;
	ptrdiff_t end = pm_slice_find(lex->text, from, '"');

	if (end < 0)
		return pm_query_fail(lex->ctx, col_of(lex->off),
			"the quote is never closed (write \"a phrase\")");
	*out = pm_slice_sub(lex->text, from, (size_t)end - from);
	lex->off = (size_t)end + 1;
	return 0;
}

/* The folded tokens of a term's phrase, in the query's arena. */
static void cut_words(struct pm_query *query, struct pm_query_term *term)
{
	struct pm_buf folded = PM_BUF_INIT;
	struct pm_token token;
	size_t off = 0, n = 0;

	while (pm_token_next(term->phrase, &off, &token))
		n++;
	term->words = pm_arena_alloc(&query->arena, n, sizeof *term->words);
	for (off = 0; pm_token_next(term->phrase, &off, &token);) {
		pm_buf_reset(&folded);
		pm_utf8_fold(&folded,
			pm_slice_sub(term->phrase, token.off, token.len));
		term->words[term->nwords++] =
			pm_arena_slice(&query->arena, pm_buf_slice(&folded));
	}
	pm_buf_release(&folded);
}

static int check_prefix(struct lexer *lex, const struct pm_query_term *term)
{
	struct pm_slice last = term->words[term->nwords - 1];

	if (pm_utf8_count(last) >= 3 || pm_token_unspaced(last))
		return 0;
	return pm_query_fail(lex->ctx, term->col,
		"'%.*s*' is too short (write at least 3 letters or digits "
		"before '*')",
		PM_SLICE_ARG(term->phrase));
}

/* Finishes a text term whose phrase is set: "*", tokens, what it counts as.
   Sets *keep to false for a term that says nothing. */
static int finish_text(
	struct lexer *lex, struct pm_query_term *term, bool quoted, bool *keep)
{
	if (quoted && lex->off < lex->text.len &&
		lex->text.ptr[lex->off] == '*') {
		term->prefix = true;
		lex->off++;
	} else if (!quoted && pm_slice_ends(term->phrase, "*")) {
		term->prefix = true;
		term->phrase.len--;
	}
	cut_words(lex->query, term);
	*keep = term->nwords > 0;
	if (!*keep && (term->field || term->negative))
		return pm_query_fail(lex->ctx, term->col,
			"there is no letter or digit to search for in '%.*s'",
			PM_SLICE_ARG(pm_slice_sub(lex->text, term->col - 1,
				lex->off - term->col + 1)));
	if (!*keep)
		lex->ignored = lex->ignored ? lex->ignored : term->col;
	else if (term->prefix)
		return check_prefix(lex, term);
	return 0;
}

static const struct pm_query_field *find_field(struct pm_slice name)
{
	for (size_t i = 0; pm_query_fields[i].name; i++)
		if (pm_slice_is_nocase(name, pm_query_fields[i].name))
			return &pm_query_fields[i];
	return NULL;
}

static const char *nearest_field(struct pm_slice name)
{
	const char *names[NFIELDS];

	for (size_t i = 0; i < NFIELDS; i++)
		names[i] = pm_query_fields[i].name;
	return pm_nearest(name, names);
}

/*
 * A name and operator that are no field. URLs, C++ names, "error:" and
 * "retries=3" are words as people paste them; anything else that looks like
 * field:value is a mistake worth a message. 0: read it as a word.
 */
static int unknown_field(struct lexer *lex, struct pm_slice name,
	const char *op, struct pm_slice rest)
{
	const char *near = nearest_field(name);
	bool colon = *op == ':';

	if (!near && !colon)
		return 0;
	if (rest.len == 0 || is_blank(*rest.ptr) || *rest.ptr == ':' ||
		pm_slice_starts(rest, "//"))
		return 0;
	if (near)
		return pm_query_fail(lex->ctx, col_of(lex->off),
			"there is no field '%.*s' (did you mean '%s%s'?)",
			PM_SLICE_ARG(name), near, op);
	return pm_query_fail(lex->ctx, col_of(lex->off),
		"there is no field '%.*s' (to search for these words, put "
		"quotes around them)",
		PM_SLICE_ARG(name));
}

/* Reads "name op" at the place. 1: a known field, the place behind it; 0: the
   place is unmoved, a plain word follows. */
static int take_field(struct lexer *lex, struct pm_query_term *term)
{
	size_t end = lex->off;
	struct pm_slice name, rest;

	while (end < lex->text.len && is_name(lex->text.ptr[end]))
		end++;
	name = pm_slice_sub(lex->text, lex->off, end - lex->off);
	rest = pm_slice_from(lex->text, end);
	if (name.len == 0)
		return 0;
	if (pm_slice_starts(rest, "!=") && find_field(name))
		return pm_query_fail(lex->ctx, col_of(end),
			"there is no '!=' (write '-%.*s:value')",
			PM_SLICE_ARG(name));
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		const char *op = operators[i].text;

		if (!pm_slice_starts(rest, op))
			continue;
		rest = pm_slice_from(rest, strlen(op));
		term->field = find_field(name);
		if (!term->field)
			return unknown_field(lex, name, op, rest);
		term->op = operators[i].op;
		lex->off = end + strlen(op);
		return 1;
	}
	return 0;
}

static bool has_order(const struct pm_query_field *field)
{
	return field->type == PM_QUERY_SEVERITY ||
	       field->type == PM_QUERY_STARTED;
}

static bool is_date(const struct pm_query_field *field)
{
	return field->type == PM_QUERY_STARTED ||
	       field->type == PM_QUERY_AFTER || field->type == PM_QUERY_BEFORE;
}

static int check_value(struct lexer *lex, struct pm_query_term *term, size_t i)
{
	struct pm_query_value *value = &term->values[i];

	if (pm_slice_trim(value->text).len == 0)
		return pm_query_fail(lex->ctx, value->col,
			"a value is missing after '%s:'", term->field->name);
	if (term->op != PM_QUERY_IS && term->nvalues > 1)
		return pm_query_fail(lex->ctx, value->col,
			"only one value can be compared with");
	if (is_date(term->field))
		return pm_query_date(lex->ctx, value);
	if (term->field->type == PM_QUERY_HAS)
		return pm_query_has(lex->ctx, value);
	return 0;
}

/* Splits a filter's value at commas; a quoted one is whole. */
static int split_values(struct lexer *lex, struct pm_query_term *term,
	struct pm_slice text, bool quoted)
{
	unsigned col = col_of((size_t)(text.ptr - lex->text.ptr));
	size_t n = 1, from = 0;
	int ret = 0;

	for (size_t i = 0; i < text.len && !quoted; i++)
		n += text.ptr[i] == ',';
	if (n > PM_QUERY_MAX_TERMS)
		return pm_query_fail(lex->ctx, col,
			"'%s:' is given more than %d values", term->field->name,
			PM_QUERY_MAX_TERMS);
	term->values =
		pm_arena_alloc(&lex->query->arena, n, sizeof *term->values);
	term->nvalues = n;
	for (size_t i = 0; i < n && ret == 0; i++) {
		ptrdiff_t comma = quoted ? -1 : pm_slice_find(text, from, ',');
		size_t end = comma < 0 ? text.len : (size_t)comma;

		term->values[i].text = pm_slice_sub(text, from, end - from);
		term->values[i].col = col + (unsigned)from;
		ret = check_value(lex, term, i);
		from = end + 1;
	}
	return ret;
}

/* Reads what follows "field:". */
static int take_value(struct lexer *lex, struct pm_query_term *term)
{
	bool quoted =
		lex->off < lex->text.len && lex->text.ptr[lex->off] == '"';
	unsigned col = col_of(lex->off);
	struct pm_slice text;
	bool keep;

	if (term->op != PM_QUERY_IS && !has_order(term->field))
		return pm_query_fail(lex->ctx, col,
			"'%s' cannot be compared (write '%s:value'; severity "
			"and started can)",
			term->field->name, term->field->name);
	if (!quoted) {
		text = take_word(lex);
	} else if (take_quoted(lex, &text) < 0) {
		return PM_EUSAGE;
	}
	if (text.len == 0)
		return pm_query_fail(lex->ctx, col,
			"a value is missing after '%s:'", term->field->name);
	if (term->field->type != PM_QUERY_TEXT)
		return split_values(lex, term, text, quoted);
	term->phrase = text;
	return finish_text(lex, term, quoted, &keep);
}

/* A "-" that excludes: not before a blank, the end, or another "-", which
   options quoted from a command line have. */
static bool take_minus(struct lexer *lex)
{
	const char *p = lex->text.ptr + lex->off;
	size_t left = lex->text.len - lex->off;

	if (*p != '-' || left < 2 || is_blank(p[1]) || p[1] == '-')
		return false;
	lex->off++;
	return true;
}

/* Reads one term; *keep is false when it says nothing. */
static int take_term(struct lexer *lex, struct pm_query_term *term, bool *keep)
{
	bool quoted;
	int ret = 0;

	*keep = true;
	term->col = col_of(lex->off);
	term->negative = take_minus(lex);
	quoted = lex->text.ptr[lex->off] == '"';
	if (!quoted)
		ret = take_field(lex, term);
	if (ret)
		return ret < 0 ? ret : take_value(lex, term);
	if (!quoted) {
		term->phrase = take_word(lex);
	} else if (take_quoted(lex, &term->phrase) < 0) {
		return PM_EUSAGE;
	}
	return finish_text(lex, term, quoted, keep);
}

static int take_terms(struct lexer *lex)
{
	struct pm_query *query = lex->query;
	bool keep;
	int ret;

	query->terms = pm_arena_alloc(
		&query->arena, PM_QUERY_MAX_TERMS, sizeof *query->terms);
	for (;;) {
		struct pm_query_term term = {0};

		while (lex->off < lex->text.len &&
			is_blank(lex->text.ptr[lex->off]))
			lex->off++;
		if (lex->off >= lex->text.len)
			return 0;
		if (query->nterms == PM_QUERY_MAX_TERMS)
			return pm_query_fail(lex->ctx, col_of(lex->off),
				"the query has more than %d terms",
				PM_QUERY_MAX_TERMS);
		ret = take_term(lex, &term, &keep);
		if (ret < 0)
			return ret;
		if (!keep)
			continue;
		query->ntexts += term.nwords && !term.negative;
		query->nnots += term.nwords && term.negative;
		query->terms[query->nterms++] = term;
	}
}

int pm_query_parse(
	struct pm_ctx *ctx, struct pm_slice text, struct pm_query *query)
{
	struct lexer lex = {.ctx = ctx, .query = query, .text = text};
	int ret;

	*query = (struct pm_query){.arena = PM_ARENA_INIT};
	if (text.len > PM_QUERY_MAX_BYTES)
		return pm_query_fail(ctx, PM_QUERY_MAX_BYTES + 1,
			"the query is longer than %d bytes",
			PM_QUERY_MAX_BYTES);
	ret = take_terms(&lex);
	if (ret == 0 && query->nterms == 0 && lex.ignored)
		ret = pm_query_fail(ctx, lex.ignored,
			"the query has no letter or digit to search for");
	return ret;
}

void pm_query_release(struct pm_query *query)
{
	pm_arena_release(&query->arena);
	*query = (struct pm_query){.arena = PM_ARENA_INIT};
}
