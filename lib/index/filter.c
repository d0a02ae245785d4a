/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The values of field:value. A value must be a word of the policy, or one
 * that some document uses: teams rename things, and what an old document says
 * must be found. Anything else is a mistake, answered with the nearest word.
 * Fields whose words no policy lists (tag, or service in a repository without
 * a list of them) take anything.
 */
#include "index/private.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "pm/nearest.h"

int64_t pm_index_day(int64_t sec)
{
	return pm_date_to_days(pm_time_date(sec, 0));
}

int pm_query_has(struct pm_ctx *ctx, const struct pm_query_value *value)
{
	static const char *const words[] = {"actions", "overdue", NULL};
	const char *near;

	if (pm_slice_is_nocase(value->text, "actions") ||
		pm_slice_is_nocase(value->text, "overdue"))
		return 0;
	near = pm_nearest(value->text, words);
	if (near)
		return pm_query_fail(ctx, value->col,
			"'has:' does not know '%.*s' (did you mean '%s'?)",
			PM_SLICE_ARG(value->text), near);
	return pm_query_fail(ctx, value->col,
		"'has:' does not know '%.*s' (write has:actions or "
		"has:overdue)",
		PM_SLICE_ARG(value->text));
}

/* The number of n digits at off, or 0 when they are not all digits. */
static unsigned digits(struct pm_slice text, size_t off, size_t n)
{
	unsigned value = 0;

	for (size_t i = 0; i < n; i++) {
		char c = off + i < text.len ? text.ptr[off + i] : 'x';

		if (!pm_is_digit(c))
			return 0;
		value = value * 10 + (unsigned)(c - '0');
	}
	return value;
}

/* True for YYYY and YYYY-MM, completed to the first day. */
static bool short_date(struct pm_slice text, struct pm_date *from)
{
	*from = (struct pm_date){
		.year = (int)digits(text, 0, 4), .month = 1, .day = 1};
	if (text.len == 4)
		return from->year > 0;
	if (text.len != 7 || text.ptr[4] != '-')
		return false;
	from->month = digits(text, 5, 2);
	return from->year > 0 && from->month >= 1 && from->month <= 12;
}

int pm_query_date(struct pm_ctx *ctx, struct pm_query_value *value)
{
	const char *why = NULL;
	struct pm_date from, until;

	if (short_date(value->text, &from)) {
		until = from;
		if (value->text.len == 4 || from.month == 12) {
			until.year++;
			until.month = 1;
		} else {
			until.month++;
		}
		value->from = pm_date_to_days(from) * 86400;
		value->until = pm_date_to_days(until) * 86400;
		return 0;
	}
	if (pm_date_parse(value->text, &from, &why) < 0)
		return pm_query_fail(ctx, value->col,
			"'%.*s' is not a date: %s (write YYYY-MM-DD, YYYY-MM "
			"or YYYY)",
			PM_SLICE_ARG(value->text), why ? why : "malformed");
	value->from = pm_date_to_days(from) * 86400;
	value->until = value->from + 86400;
	return 0;
}

void pm_row_key(struct pm_buf *out, char letter, struct pm_slice value)
{
	size_t from;

	value = pm_slice_trim(value);
	if (value.len == 0)
		return;
	pm_buf_addc(out, PM_INDEX_SEP);
	pm_buf_addc(out, letter);
	from = out->len;
	pm_utf8_fold(out, value);
	for (size_t i = from; i < out->len; i++)
		if (out->ptr[i] == PM_INDEX_SEP)
			out->ptr[i] = ' ';
}

/* Adds the key of one spelling to a value. */
static void add_key(struct pm_query *query, struct pm_query_value *value,
	char letter, struct pm_slice text)
{
	struct pm_buf key = PM_BUF_INIT;

	pm_row_key(&key, letter, text);
	pm_buf_addc(&key, PM_INDEX_SEP);
	value->keys[value->nkeys++] =
		pm_arena_slice(&query->arena, pm_buf_slice(&key));
	pm_buf_release(&key);
}

static void one_key(struct pm_query *query, struct pm_query_value *value,
	char letter, struct pm_slice text)
{
	value->keys = pm_arena_alloc(&query->arena, 1, sizeof *value->keys);
	add_key(query, value, letter, text);
}

/* True when some document uses the key. Only asked about words that the
   policy does not know, so it may read the whole table. */
static int in_use(struct pm_index *index, struct pm_slice key)
{
	struct pm_stmt *stmt;

	if (!index)
		return 0;
	stmt = pm_sql_stmt(index->sql,
		"SELECT 1 FROM blob WHERE instr(keys, ?) > 0 LIMIT 1");
	pm_stmt_text(stmt, 1, key);
	return pm_stmt_step(stmt);
}

/* What is being resolved. */
struct resolver {
	struct pm_ctx *ctx;
	struct pm_index *index;
	const struct pm_policy *policy;
	struct pm_query *query;
};

static const char **names_of(
	struct pm_query *query, const struct pm_names *names)
{
	const char **out =
		pm_arena_alloc(&query->arena, names->len + 1, sizeof *out);

	for (size_t i = 0; i < names->len; i++)
		out[i] = names->items[i];
	return out;
}

static const char **service_names(const struct resolver *r)
{
	const char **out = pm_arena_alloc(
		&r->query->arena, r->policy->nservices + 1, sizeof *out);

	for (size_t i = 0; i < r->policy->nservices; i++)
		out[i] = r->policy->services[i].name;
	return out;
}

static const char **department_names(const struct resolver *r)
{
	const char **out = pm_arena_alloc(
		&r->query->arena, r->policy->ndepartments + 1, sizeof *out);

	for (size_t i = 0; i < r->policy->ndepartments; i++)
		out[i] = r->policy->departments[i].name;
	return out;
}

static const char **status_names(const struct resolver *r)
{
	const struct pm_names *more = r->policy->status_names;
	size_t n = 0, count = PM_STATUS_COUNT + 1;
	const char **out;

	for (int i = 0; i < PM_STATUS_COUNT; i++)
		count += more[i].len;
	out = pm_arena_alloc(&r->query->arena, count, sizeof *out);
	for (int i = 0; i < PM_STATUS_COUNT; i++)
		out[n++] = pm_status_name((enum pm_status)i);
	for (int i = 0; i < PM_STATUS_COUNT; i++)
		for (size_t j = 0; j < more[i].len; j++)
			out[n++] = more[i].items[j];
	return out;
}

/* The words a policy has for a field, NULL after the last; none: free. */
static const char *const *words_of(const struct resolver *r, char key)
{
	static const char *const none[] = {NULL};
	const struct pm_policy *policy = r->policy;

	if (key == PM_KEY_SERVICE)
		return service_names(r);
	if (key == PM_KEY_DEPARTMENT)
		return department_names(r);
	if (key == PM_KEY_KIND)
		return names_of(r->query, &policy->kinds);
	if (key == PM_KEY_TRIGGER)
		return names_of(r->query, &policy->triggers);
	if (key == PM_KEY_CAUSE)
		return names_of(r->query, &policy->cause_kinds);
	return none;
}

/* Of words that are all as near as each other. */
#define WORDS_SHOWN 8

/* Fails about a value that nothing knows. */
static int no_such(const struct resolver *r, const char *field,
	const struct pm_query_value *value, const char *const *words)
{
	const char *near = pm_nearest_sole(value->text, words);
	struct pm_buf list = PM_BUF_INIT;
	int ret;

	if (near)
		return pm_query_fail(r->ctx, value->col,
			"there is no %s '%.*s' (did you mean '%s'?)", field,
			PM_SLICE_ARG(value->text), near);
	if (pm_nearest(value->text, words)) {
		for (size_t i = 0; words[i] && i < WORDS_SHOWN; i++)
			pm_buf_addf(&list, "%s%s",
				i ? ", " : " (one of: ", words[i]);
		pm_buf_adds(&list, ")");
	}
	ret = pm_query_fail(r->ctx, value->col,
		"there is no %s '%.*s' in the policy or in any document%s",
		field, PM_SLICE_ARG(value->text), list.len ? list.ptr : "");
	pm_buf_release(&list);
	return ret;
}

/* Fails unless the value is one of words or a document has its key. */
static int check_word(const struct resolver *r, const char *field,
	const struct pm_query_value *value, const char *const *words)
{
	int ret;

	for (size_t i = 0; words[i]; i++)
		if (pm_slice_is_nocase(value->text, words[i]))
			return 0;
	/* A trigger may be unknown, whatever the policy lists. */
	if (!words[0] || (!strcmp(field, "trigger") &&
				 pm_slice_is_nocase(value->text, "unknown")))
		return 0;
	ret = in_use(r->index, value->keys[0]);
	if (ret)
		return ret < 0 ? ret : 0;
	return no_such(r, field, value, words);
}

static int resolve_key(const struct resolver *r,
	const struct pm_query_term *term, struct pm_query_value *value)
{
	one_key(r->query, value, term->field->key, value->text);
	return check_word(
		r, term->field->name, value, words_of(r, term->field->key));
}

/* Every way of writing the person; pm_person_key makes them one. */
static int resolve_person(const struct resolver *r,
	const struct pm_query_term *term, struct pm_query_value *value)
{
	struct pm_buf key = PM_BUF_INIT;

	pm_person_key(&key, value->text);
	one_key(r->query, value, term->field->key, pm_buf_slice(&key));
	pm_buf_release(&key);
	return 0;
}

static bool rank_matches(enum pm_query_op op, unsigned rank, unsigned than)
{
	switch (op) {
	case PM_QUERY_LT:
		return rank < than;
	case PM_QUERY_LE:
		return rank <= than;
	case PM_QUERY_GT:
		return rank > than;
	case PM_QUERY_GE:
		return rank >= than;
	default:
		return rank == than;
	}
}

static const char **severity_names(const struct resolver *r)
{
	const struct pm_policy *policy = r->policy;
	size_t n = 0, count = policy->nseverities;
	const char **out;

	for (size_t i = 0; i < policy->nseverities; i++)
		count += policy->severities[i].aliases.len;
	out = pm_arena_alloc(&r->query->arena, count + 1, sizeof *out);
	for (size_t i = 0; i < policy->nseverities; i++)
		out[n++] = policy->severities[i].name;
	for (size_t i = 0; i < policy->nseverities; i++)
		for (size_t j = 0; j < policy->severities[i].aliases.len; j++)
			out[n++] = policy->severities[i].aliases.items[j];
	return out;
}

/* All spellings of all severities that compare as asked. Documents keep what
   was written, so a change of the policy's order needs no new index. */
static int resolve_severity(const struct resolver *r,
	const struct pm_query_term *term, struct pm_query_value *value)
{
	const struct pm_policy *policy = r->policy;
	const struct pm_severity *than =
		pm_policy_severity(policy, value->text);
	const char **names = severity_names(r);
	size_t count = 1;

	if (!than && term->op != PM_QUERY_IS)
		return no_such(r, "severity", value, names);
	if (!than) {
		one_key(r->query, value, term->field->key, value->text);
		return check_word(r, "severity", value, names);
	}
	while (names[count - 1])
		count++;
	value->keys =
		pm_arena_alloc(&r->query->arena, count, sizeof *value->keys);
	for (size_t i = 0; names[i]; i++) {
		struct pm_slice name = pm_slice_str(names[i]);
		const struct pm_severity *is = pm_policy_severity(policy, name);

		if (is && rank_matches(term->op, is->rank, than->rank))
			add_key(r->query, value, term->field->key, name);
	}
	return 0;
}

/* A status under all the names that the policy gives it. */
static int resolve_status(const struct resolver *r,
	const struct pm_query_term *term, struct pm_query_value *value)
{
	char key = term->field->key;
	const struct pm_names *more;
	enum pm_status status;

	if (pm_policy_status(r->policy, value->text, &status) < 0) {
		one_key(r->query, value, key, value->text);
		return check_word(r, "status", value, status_names(r));
	}
	more = &r->policy->status_names[status];
	value->keys = pm_arena_alloc(
		&r->query->arena, more->len + 1, sizeof *value->keys);
	add_key(r->query, value, key, pm_slice_str(pm_status_name(status)));
	for (size_t i = 0; i < more->len; i++)
		add_key(r->query, value, key, pm_slice_str(more->items[i]));
	return 0;
}

static int resolve_value(const struct resolver *r,
	const struct pm_query_term *term, struct pm_query_value *value)
{
	switch (term->field->type) {
	case PM_QUERY_KEY:
		return resolve_key(r, term, value);
	case PM_QUERY_PERSON:
		return resolve_person(r, term, value);
	case PM_QUERY_SEVERITY:
		return resolve_severity(r, term, value);
	case PM_QUERY_STATUS:
		return resolve_status(r, term, value);
	default:
		return 0;
	}
}

int pm_query_resolve(struct pm_index *index, struct pm_ctx *ctx,
	const struct pm_policy *policy, struct pm_query *query)
{
	const struct resolver r = {ctx, index, policy, query};
	int ret = 0;

	for (size_t i = 0; i < query->nterms && ret == 0; i++) {
		struct pm_query_term *term = &query->terms[i];

		for (size_t j = 0; j < term->nvalues && ret == 0; j++)
			ret = resolve_value(&r, term, &term->values[j]);
	}
	return ret;
}
