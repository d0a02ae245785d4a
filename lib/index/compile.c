/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A query becomes SQL: one full-text expression for its words, and conditions
 * over d (a row of doc or temp.current) and b (a row of blob) for its
 * filters. Only constants are written into the text; every value is bound.
 * Words reach the full-text table in quotes, so that nothing a person types
 * is read as its own syntax.
 */
#include "index/private.h"

/* Statuses of actions that somebody still has to work on. */
#define OVERDUE "coalesce(b.due, 9223372036854775807) < ?"

static void bind_text(struct pm_compiled *c, struct pm_slice text)
{
	struct pm_bind *bind = pm_vec_push(&c->binds);

	bind->text = text;
}

static void bind_int(struct pm_compiled *c, int64_t value)
{
	struct pm_bind *bind = pm_vec_push(&c->binds);

	bind->is_int = true;
	bind->i = value;
}

/* Appends one phrase in the full-text table's quotes. */
static void add_phrase(struct pm_buf *out, const struct pm_query_term *term)
{
	struct pm_buf spaced = PM_BUF_INIT;
	struct pm_slice phrase = pm_token_spaced(term->phrase, &spaced);

	if (term->field)
		pm_buf_addf(out,
			"%s : ", pm_text_column_names[term->field->column]);
	pm_buf_addc(out, '"');
	for (size_t i = 0; i < phrase.len; i++) {
		if (phrase.ptr[i] == '"')
			pm_buf_addc(out, '"');
		pm_buf_addc(out, phrase.ptr[i]);
	}
	pm_buf_adds(out, term->prefix ? "\" *" : "\"");
	pm_buf_release(&spaced);
}

/* Appends all text terms of one sign, joined by op. */
static void add_phrases(struct pm_buf *out, const struct pm_query *query,
	bool negative, const char *op)
{
	bool first = true;

	pm_buf_addc(out, '(');
	for (size_t i = 0; i < query->nterms; i++) {
		const struct pm_query_term *term = &query->terms[i];

		if (!term->nwords || term->negative != negative)
			continue;
		if (!first)
			pm_buf_adds(out, op);
		add_phrase(out, term);
		first = false;
	}
	pm_buf_addc(out, ')');
}

/*
 * The full-text part. The table's NOT needs something to take away from; a
 * query with nothing but exclusions excludes through a condition instead.
 */
static void compile_texts(struct pm_query *query, struct pm_compiled *out)
{
	struct pm_buf none = PM_BUF_INIT;

	if (query->ntexts) {
		add_phrases(&out->match, query, false, " AND ");
		if (query->nnots) {
			pm_buf_adds(&out->match, " NOT ");
			add_phrases(&out->match, query, true, " OR ");
		}
	} else if (query->nnots) {
		add_phrases(&none, query, true, " OR ");
		pm_buf_adds(&out->where,
			" AND d.blob NOT IN (SELECT rowid FROM words WHERE "
			"words MATCH ?)");
		bind_text(out,
			pm_arena_slice(&query->arena, pm_buf_slice(&none)));
		pm_buf_release(&none);
	}
}

static void compile_started(struct pm_compiled *out, enum pm_query_op op,
	const struct pm_query_value *value)
{
	switch (op) {
	case PM_QUERY_IS:
		pm_buf_adds(&out->where, "(d.date >= ? AND d.date < ?)");
		bind_int(out, value->from);
		bind_int(out, value->until);
		break;
	case PM_QUERY_LT:
		pm_buf_adds(&out->where, "d.date < ?");
		bind_int(out, value->from);
		break;
	case PM_QUERY_LE:
		pm_buf_adds(&out->where, "d.date < ?");
		bind_int(out, value->until);
		break;
	case PM_QUERY_GT:
		pm_buf_adds(&out->where, "d.date >= ?");
		bind_int(out, value->until);
		break;
	case PM_QUERY_GE:
		pm_buf_adds(&out->where, "d.date >= ?");
		bind_int(out, value->from);
		break;
	}
}

static void compile_has(struct pm_compiled *out,
	const struct pm_query_value *value, int64_t now)
{
	if (pm_slice_is_nocase(value->text, "overdue")) {
		pm_buf_adds(&out->where, OVERDUE);
		bind_int(out, pm_index_day(now));
	} else {
		pm_buf_adds(&out->where, "b.actions > 0");
	}
}

static void compile_keys(
	struct pm_compiled *out, const struct pm_query_value *value)
{
	pm_buf_adds(&out->where, "(0");
	for (size_t i = 0; i < value->nkeys; i++) {
		pm_buf_adds(&out->where, " OR instr(b.keys, ?) > 0");
		bind_text(out, value->keys[i]);
	}
	pm_buf_addc(&out->where, ')');
}

/* A path or id: "*" and "?" as in a shell, else whatever begins so. */
static void compile_glob(struct pm_query *query, struct pm_compiled *out,
	const char *column, struct pm_slice text)
{
	struct pm_buf glob = PM_BUF_INIT;
	bool wild = false;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		wild = wild || c == '*' || c == '?';
		if (c == '[')
			pm_buf_adds(&glob, "[[]");
		else
			pm_buf_addc(&glob, c);
	}
	if (!wild)
		pm_buf_addc(&glob, '*');
	pm_buf_addf(&out->where, "%s GLOB ?", column);
	bind_text(out, pm_arena_slice(&query->arena, pm_buf_slice(&glob)));
	pm_buf_release(&glob);
}

static void compile_value(struct pm_query *query,
	const struct pm_query_term *term, size_t i, int64_t now,
	struct pm_compiled *out)
{
	const struct pm_query_value *value = &term->values[i];

	switch (term->field->type) {
	case PM_QUERY_AFTER:
		compile_started(out, PM_QUERY_GE, value);
		break;
	case PM_QUERY_BEFORE:
		compile_started(out, PM_QUERY_LT, value);
		break;
	case PM_QUERY_STARTED:
		compile_started(out, term->op, value);
		break;
	case PM_QUERY_HAS:
		compile_has(out, value, now);
		break;
	case PM_QUERY_ID:
		compile_glob(query, out, "d.name", value->text);
		break;
	case PM_QUERY_PATH:
		compile_glob(query, out, "d.path", value->text);
		break;
	default:
		compile_keys(out, value);
		break;
	}
}

/* "IS NOT TRUE" rather than NOT: a document without a date is not before
   2026, and must show when those before 2026 are excluded. */
static void compile_filter(struct pm_query *query,
	const struct pm_query_term *term, int64_t now, struct pm_compiled *out)
{
	pm_buf_adds(&out->where, " AND (");
	for (size_t i = 0; i < term->nvalues; i++) {
		if (i)
			pm_buf_adds(&out->where, " OR ");
		compile_value(query, term, i, now, out);
	}
	pm_buf_adds(
		&out->where, term->negative ? ") IS NOT TRUE" : ") IS TRUE");
}

void pm_query_compile(
	struct pm_query *query, int64_t now, struct pm_compiled *out)
{
	compile_texts(query, out);
	for (size_t i = 0; i < query->nterms; i++)
		if (query->terms[i].nvalues)
			compile_filter(query, &query->terms[i], now, out);
}

void pm_compiled_release(struct pm_compiled *compiled)
{
	pm_buf_release(&compiled->match);
	pm_buf_release(&compiled->where);
	pm_vec_release(&compiled->binds);
}

int pm_compiled_bind(
	const struct pm_compiled *compiled, struct pm_stmt *stmt, int pos)
{
	for (size_t i = 0; i < compiled->binds.len; i++) {
		const struct pm_bind *bind = &compiled->binds.items[i];

		if (bind->is_int)
			pm_stmt_int(stmt, pos++, bind->i);
		else
			pm_stmt_text(stmt, pos++, bind->text);
	}
	return pos;
}

int pm_index_prepare(struct pm_index *index, const char *text,
	struct pm_query *query, struct pm_compiled *compiled)
{
	const struct pm_policy *policy = NULL;
	int ret = pm_query_parse(index->ctx, pm_slice_str(text), query);

	if (ret == 0 && query->nterms > query->ntexts + query->nnots) {
		ret = pm_index_policy(index, &policy);
		if (ret == 0)
			ret = pm_query_resolve(
				index, index->ctx, policy, query);
	}
	if (ret == 0)
		pm_query_compile(query, index->ctx->now, compiled);
	return ret;
}
