/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The query language: what each construct is read as, and for each mistake
 * the message and the column it points at. Queries are shown as one line a
 * term, so that a table of them reads like the manual.
 */
#include "index/private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char policy_text[] = "kinds: [incident, near-miss]\n"
				  "severities:\n"
				  "  - {name: SEV1, aliases: [S1]}\n"
				  "  - {name: SEV2, aliases: [S2, P2]}\n"
				  "  - {name: SEV3}\n"
				  "services:\n"
				  "  - {name: checkout}\n"
				  "  - {name: payments}\n";

struct fixture {
	struct pm_ctx *ctx;
	struct pm_policy *policy;
	struct pm_query query;
	struct pm_buf text;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	int ret;

	f->ctx = pm_ctx_new();
	f->ctx->now = 1795348800; /* 2026-11-22T12:00Z */
	f->text = (struct pm_buf)PM_BUF_INIT;
	ret = pm_policy_parse(f->ctx, pm_slice_str(policy_text), &f->policy);
	if (ret < 0)
		fprintf(stderr, "# %s\n", pm_ctx_error(f->ctx)->message.ptr);
	*state = f;
	return ret;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	pm_policy_free(f->policy);
	pm_buf_release(&f->text);
	pm_ctx_free(f->ctx);
	free(f);
	return 0;
}

static void show_values(struct pm_buf *out, const struct pm_query_term *term)
{
	static const char *const ops[] = {":", "<", "<=", ">", ">="};

	pm_buf_adds(out, ops[term->op]);
	for (size_t i = 0; i < term->nvalues; i++) {
		if (i)
			pm_buf_addc(out, '|');
		pm_buf_add_slice(out, term->values[i].text);
	}
}

static void show_words(struct pm_buf *out, const struct pm_query_term *term)
{
	pm_buf_addc(out, '[');
	for (size_t i = 0; i < term->nwords; i++) {
		if (i)
			pm_buf_addc(out, ' ');
		pm_buf_add_slice(out, term->words[i]);
	}
	pm_buf_adds(out, term->prefix ? "*]" : "]");
}

/* "-title[a b*]" and "severity<=SEV2", one space between terms. */
static const char *show(struct fixture *f)
{
	pm_buf_reset(&f->text);
	for (size_t i = 0; i < f->query.nterms; i++) {
		const struct pm_query_term *term = &f->query.terms[i];

		if (i)
			pm_buf_addc(&f->text, ' ');
		if (term->negative)
			pm_buf_addc(&f->text, '-');
		if (term->field)
			pm_buf_adds(&f->text, term->field->name);
		if (term->nwords)
			show_words(&f->text, term);
		else
			show_values(&f->text, term);
	}
	return f->text.ptr;
}

static void reads(struct fixture *f, const char *query, const char *expect)
{
	int ret = pm_query_parse(f->ctx, pm_slice_str(query), &f->query);

	if (ret < 0)
		fprintf(stderr, "# %s: %s\n", query,
			pm_ctx_error(f->ctx)->message.ptr);
	assert_int_equal(ret, 0);
	assert_string_equal(show(f), expect);
	pm_query_release(&f->query);
}

/* Parsing or resolving fails at col with a message that has part in it. */
static void fails(
	struct fixture *f, const char *query, unsigned col, const char *part)
{
	int ret = pm_query_parse(f->ctx, pm_slice_str(query), &f->query);
	const struct pm_error *error = pm_ctx_error(f->ctx);

	if (ret == 0)
		ret = pm_query_resolve(NULL, f->ctx, f->policy, &f->query);
	if (ret != PM_EUSAGE || error->pos.col != col ||
		!strstr(error->message.ptr, part))
		fprintf(stderr, "# %s: %d, col %u: %s\n", query, ret,
			error->pos.col, error->message.ptr);
	assert_int_equal(ret, PM_EUSAGE);
	assert_int_equal(error->pos.line, 1);
	assert_int_equal(error->pos.col, col);
	assert_non_null(strstr(error->message.ptr, part));
	pm_query_release(&f->query);
}

/* The full-text expression and the conditions of a query. */
static void compiles(struct fixture *f, const char *query, const char *match,
	const char *where)
{
	struct pm_compiled compiled = PM_COMPILED_INIT;
	int ret = pm_query_parse(f->ctx, pm_slice_str(query), &f->query);

	if (ret == 0)
		ret = pm_query_resolve(NULL, f->ctx, f->policy, &f->query);
	if (ret < 0)
		fprintf(stderr, "# %s: %s\n", query,
			pm_ctx_error(f->ctx)->message.ptr);
	assert_int_equal(ret, 0);
	pm_query_compile(&f->query, f->ctx->now, &compiled);
	assert_string_equal(compiled.match.ptr, match);
	assert_string_equal(compiled.where.ptr, where);
	pm_compiled_release(&compiled);
	pm_query_release(&f->query);
}

static void test_words(void **state)
{
	struct fixture *f = *state;

	reads(f, "", "");
	reads(f, " \t\n ", "");
	reads(f, "timeout", "[timeout]");
	reads(f, "  DNS   Timeout ", "[dns] [timeout]");
	reads(f, "caf\xc3\xa9", "[cafe]");
	reads(f, "\"connection pool\"", "[connection pool]");
	reads(f, "a\"b c\"d", "[a] [b c] [d]");
	reads(f, "time*", "[time*]");
	reads(f, "\"connection poo\"*", "[connection poo*]");
	reads(f, "-test", "-[test]");
	reads(f, "-\"a test\" pool", "-[a test] [pool]");
	reads(f, "-dev*", "-[dev*]");
}

static void test_as_written(void **state)
{
	struct fixture *f = *state;

	reads(f, "db-outage", "[db outage]");
	reads(f, "C++", "[c]");
	reads(f, "node.js", "[node js]");
	reads(f, "don't", "[don t]");
	reads(f, "2026-11-22", "[2026 11 22]");
	reads(f, "10:02", "[10 02]");
	reads(f, "db-out*", "[db out*]");
	reads(f, "--verbose", "[verbose]");
	reads(f, "https://example.org/x", "[https example org x]");
	reads(f, "std::string", "[std string]");
	reads(f, "error: refused", "[error] [refused]");
	reads(f, "retries=3", "[retries 3]");
	reads(f, "a<b", "[a b]");
	reads(f, "(x OR y) AND NOT z", "[x] [or] [y] [and] [not] [z]");
}

static void test_no_words(void **state)
{
	struct fixture *f = *state;

	reads(f, "refused -- giving => up", "[refused] [giving] [up]");
	reads(f, "- x", "[x]");
	fails(f, "++", 1, "no letter or digit");
	fails(f, "  => *", 3, "no letter or digit");
	fails(f, "x -++", 3, "no letter or digit to search for in '-++'");
	fails(f, "title:++", 1, "in 'title:++'");
	fails(f, "\"\"", 1, "no letter or digit");
}

static void test_fields(void **state)
{
	struct fixture *f = *state;

	reads(f, "title:word", "title[word]");
	reads(f, "TITLE:word", "title[word]");
	reads(f, "-causes:\"no canary\"", "-causes[no canary]");
	reads(f, "lessons:cana*", "lessons[cana*]");
	reads(f, "severity<=SEV2", "severity<=SEV2");
	reads(f, "severity=SEV2", "severity:SEV2");
	reads(f, "severity>SEV2", "severity>SEV2");
	reads(f, "status:draft,review", "status:draft|review");
	reads(f, "tag:\"a, b\"", "tag:a, b");
	reads(f, "owner:@ana", "owner:@ana");
	reads(f, "-owner:ana pool", "-owner:ana [pool]");
	reads(f, "after:2026-01-01 before:2027",
		"after:2026-01-01 before:2027");
	reads(f, "started>=2026-02", "started>=2026-02");
	reads(f, "has:overdue has:actions", "has:overdue has:actions");
	reads(f, "id:2026-11 path:docs/*/x.md", "id:2026-11 path:docs/*/x.md");
	reads(f, "path:a:b", "path:a:b");
}

static void test_field_mistakes(void **state)
{
	struct fixture *f = *state;

	fails(f, "sevrity:SEV1", 1, "did you mean 'severity:'?");
	fails(f, "x sevrity<=SEV1", 3, "did you mean 'severity<='?");
	fails(f, "x -servce:a", 4, "did you mean 'service:'?");
	fails(f, "colour:red", 1, "there is no field 'colour'");
	fails(f, "title:", 7, "a value is missing after 'title:'");
	fails(f, "pool status: draft", 13, "a value is missing");
	fails(f, "service:\"\"", 9, "a value is missing");
	fails(f, "service:a,,b", 11, "a value is missing");
	fails(f, "service<checkout", 9, "'service' cannot be compared");
	fails(f, "title>x", 7, "'title' cannot be compared");
	fails(f, "severity<=SEV1,SEV2", 11, "only one value");
	fails(f, "has:overdu", 5, "did you mean 'overdue'?");
	fails(f, "has:everything", 5, "write has:actions or has:overdue");
	fails(f, "x \"never closed", 3, "never closed");
	fails(f, "title:\"never closed", 7, "never closed");
}

static void test_prefix_mistakes(void **state)
{
	struct fixture *f = *state;

	fails(f, "ab*", 1, "'ab*' is too short");
	fails(f, "x -a*", 3, "too short");
	fails(f, "title:ab*", 1, "too short");
	fails(f, "abc-d*", 1, "too short");
	fails(f, "\xc3\xa9\xc3\xa8*", 1, "too short");
	reads(f, "\xc3\xa9\xc3\xa8\xc3\xaa*", "[eee*]");
}

static void test_dates(void **state)
{
	struct fixture *f = *state;

	fails(f, "after:2026-02-30", 7, "February 2026 has 28 days");
	fails(f, "before:soon", 8, "is not a date");
	fails(f, "started<=2026-13", 10, "is not a date");
	fails(f, "after:26-01-01", 7, "is not a date");
	fails(f, "after:0000", 7, "is not a date");
	assert_int_equal(pm_query_parse(f->ctx, pm_slice_str("started:2026-12"),
				 &f->query),
		0);
	assert_int_equal(f->query.terms[0].values[0].from, 1796083200);
	assert_int_equal(f->query.terms[0].values[0].until, 1798761600);
	pm_query_release(&f->query);
}

static void test_values(void **state)
{
	struct fixture *f = *state;

	fails(f, "service:chekout", 9, "did you mean 'checkout'?");
	fails(f, "service:checkout,paymnts", 18, "did you mean 'payments'?");
	fails(f, "kind:incidnt", 6, "did you mean 'incident'?");
	fails(f, "severity:SEV9", 10, "one of: SEV1, SEV2, SEV3");
	fails(f, "severity<SEV9", 10, "there is no severity 'SEV9'");
	fails(f, "status:finel", 8, "did you mean 'final'?");
	fails(f, "kind:zzzzzzzzzz", 6, "there is no kind 'zzzzzzzzzz'");
	/* Nothing lists tags. */
	compiles(f, "tag:anything", "",
		" AND ((0 OR instr(b.keys, ?) > 0)) IS TRUE");
}

static void test_limits(void **state)
{
	struct fixture *f = *state;
	struct pm_buf query = PM_BUF_INIT;

	for (int i = 0; i < PM_QUERY_MAX_TERMS; i++)
		pm_buf_adds(&query, "ab ");
	assert_int_equal(
		pm_query_parse(f->ctx, pm_buf_slice(&query), &f->query), 0);
	assert_int_equal(f->query.nterms, PM_QUERY_MAX_TERMS);
	pm_query_release(&f->query);
	pm_buf_adds(&query, "x");
	fails(f, query.ptr, 3 * PM_QUERY_MAX_TERMS + 1, "more than 64 terms");
	while (query.len <= PM_QUERY_MAX_BYTES)
		pm_buf_addc(&query, 'x');
	fails(f, query.ptr, PM_QUERY_MAX_BYTES + 1, "longer than 4096 bytes");
	pm_buf_reset(&query);
	pm_buf_adds(&query, "tag:");
	for (int i = 0; i < PM_QUERY_MAX_TERMS; i++)
		pm_buf_adds(&query, "a,");
	pm_buf_addc(&query, 'a');
	fails(f, query.ptr, 5, "more than 64 values");
	pm_buf_release(&query);
}

static void test_match(void **state)
{
	struct fixture *f = *state;

	compiles(f, "db-outage", "(\"db-outage\")", "");
	compiles(f, "a \"b c\" pre*", "(\"a\" AND \"b c\" AND \"pre\" *)", "");
	compiles(f, "title:a causes:\"b c\"",
		"(title : \"a\" AND causes : \"b c\")", "");
	compiles(
		f, "a -b -title:c", "(\"a\") NOT (\"b\" OR title : \"c\")", "");
	compiles(f, "-b", "",
		" AND d.blob NOT IN (SELECT rowid FROM words WHERE words "
		"MATCH ?)");
}

static void test_where(void **state)
{
	struct fixture *f = *state;

	compiles(f, "-before:2026", "", " AND (d.date < ?) IS NOT TRUE");
	compiles(f, "started:2026", "",
		" AND ((d.date >= ? AND d.date < ?)) IS TRUE");
	compiles(f, "has:actions", "", " AND (b.actions > 0) IS TRUE");
	compiles(f, "id:x path:y", "",
		" AND (d.name GLOB ?) IS TRUE AND (d.path GLOB ?) IS TRUE");
}

/* How many spellings a severity's comparison stands for. */
static size_t spellings(struct fixture *f, const char *query)
{
	size_t n;

	assert_int_equal(
		pm_query_parse(f->ctx, pm_slice_str(query), &f->query), 0);
	assert_int_equal(
		pm_query_resolve(NULL, f->ctx, f->policy, &f->query), 0);
	n = f->query.terms[0].values[0].nkeys;
	pm_query_release(&f->query);
	return n;
}

/* SEV1 and S1; SEV2, S2 and P2; SEV3. The first is the worst. */
static void test_severity_order(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(spellings(f, "severity:SEV2"), 3);
	assert_int_equal(spellings(f, "severity:s2"), 3);
	assert_int_equal(spellings(f, "severity<=SEV2"), 5);
	assert_int_equal(spellings(f, "severity<SEV2"), 2);
	assert_int_equal(spellings(f, "severity>=P2"), 4);
	assert_int_equal(spellings(f, "severity>SEV3"), 0);
}

static struct pm_slice first_key(struct fixture *f, const char *query)
{
	assert_int_equal(
		pm_query_parse(f->ctx, pm_slice_str(query), &f->query), 0);
	assert_int_equal(
		pm_query_resolve(NULL, f->ctx, f->policy, &f->query), 0);
	return f->query.terms[0].values[0].keys[0];
}

static void test_keys(void **state)
{
	struct fixture *f = *state;
	static const char *const people[] = {
		"owner:ana", "owner:@ana", "owner:@Ana", "owner:\"@ana\""};

	for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
		assert_true(
			pm_slice_is(first_key(f, people[i]), "\x1foana\x1f"));
		pm_query_release(&f->query);
	}
	assert_true(pm_slice_is(
		first_key(f, "service:Checkout"), "\x1fscheckout\x1f"));
	pm_query_release(&f->query);
}

static void test_tokens(void **state)
{
	static const char text[] = "a-b  caf\xc3\xa9 e\xcc\x81t\xff 日本";
	struct pm_slice slice = pm_slice_str(text);
	struct pm_buf out = PM_BUF_INIT;
	struct pm_token token;
	size_t off = 0;

	(void)state;
	while (pm_token_next(slice, &off, &token)) {
		pm_buf_add_slice(
			&out, pm_slice_sub(slice, token.off, token.len));
		pm_buf_addc(&out, '|');
	}
	assert_string_equal(out.ptr, "a|b|caf\xc3\xa9|e\xcc\x81t|日|本|");
	pm_buf_release(&out);
}

/* What the full-text table is given has the blanks that Japanese lacks. */
static void test_unspaced(void **state)
{
	struct pm_buf out = PM_BUF_INIT;
	struct pm_slice plain = pm_slice_str("caf\xc3\xa9 서울");

	(void)state;
	assert_ptr_equal(pm_token_spaced(plain, &out).ptr, plain.ptr);
	assert_true(
		pm_slice_is(pm_token_spaced(pm_slice_str("MySQLの表、a"), &out),
			"MySQL の  表 、a"));
	assert_true(pm_token_unspaced(pm_slice_str("表a")));
	assert_false(pm_token_unspaced(pm_slice_str("a表")));
	assert_false(pm_token_unspaced(pm_slice_str("、")));
	assert_false(pm_token_unspaced(pm_slice_str("")));
	pm_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_as_written),
		cmocka_unit_test(test_no_words),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_field_mistakes),
		cmocka_unit_test(test_prefix_mistakes),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_where),
		cmocka_unit_test(test_severity_order),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_unspaced),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
