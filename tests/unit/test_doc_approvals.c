/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What approvals are worth: whose count, of which text, and how often.
 */
#include "doc/doc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define PATH "postmortems/2026/2026-11-22-checkout-500s.md"
#define NOW  1795348800 /* 2026-11-22T12:00:00Z */
#define OTHER                                                                  \
	"sha256:0123456789abcdef0123456789abcdef"                              \
	"0123456789abcdef0123456789abcdef"

static const char policy_anybody[] = "";
static const char policy_people[] = "people: [\"@ana\", \"@bo\"]\n";
static const char policy_named[] =
	"approvers: [\"@ana\", \"@bo\", \"@acme/sre\"]\n";

static const char *const names[] = {"valid", "stale", "again", "owner",
	"foreign", "nobody", "future", "broken"};

/* The approvals in braces, "THIS" being the digest of the text itself. */
static void fill(const char *approvals, const char *digest, struct pm_buf *out)
{
	struct pm_slice text = pm_slice_str(approvals);
	size_t off = 0;

	pm_buf_reset(out);
	pm_buf_adds(out, "---\ntitle: It broke\nowner: \"@ana\"\napprovals:\n");
	while (off < text.len) {
		struct pm_slice rest = pm_slice_from(text, off);

		if (pm_slice_starts(rest, "THIS")) {
			pm_buf_addf(out, "\"sha256:%s\"", digest);
			off += 4;
		} else if (pm_slice_starts(rest, "OTHER")) {
			pm_buf_adds(out, "\"" OTHER "\"");
			off += 5;
		} else {
			pm_buf_addc(out, text.ptr[off++]);
		}
	}
	pm_buf_adds(out, "---\n\n# It broke\n\nAll of it.\n");
}

/* "2: valid again stale": how many people, and how each approval stands. */
static void judge(
	const char *settings, const char *approvals, struct pm_buf *out)
{
	struct pm_ctx *ctx = pm_ctx_new();
	enum pm_approval_standing standing[16];
	struct pm_buf text = PM_BUF_INIT;
	struct pm_policy *policy = NULL;
	struct pm_doc *doc;
	char digest[65];
	size_t n;

	assert_int_equal(
		pm_policy_parse(ctx, pm_slice_str(settings), &policy), 0);
	fill("", "", &text);
	doc = pm_doc_parse(PATH, pm_buf_slice(&text), policy);
	pm_doc_digest(doc, digest);
	pm_doc_free(doc);
	fill(approvals, digest, &text);
	doc = pm_doc_parse(PATH, pm_buf_slice(&text), policy);
	assert_true(doc->napprovals <= 16);
	n = pm_doc_approvals(doc, policy, NOW, standing);
	pm_buf_reset(out);
	pm_buf_addf(out, "%zu:", n);
	for (size_t i = 0; i < doc->napprovals; i++)
		pm_buf_addf(out, " %s", names[standing[i]]);
	pm_doc_free(doc);
	pm_policy_free(policy);
	pm_buf_release(&text);
	pm_ctx_free(ctx);
}

#define AT "at: 2026-11-22T10:00Z"

static const struct {
	const char *policy, *approvals, *want;
} standings[] = {
	{policy_anybody, "", "0:"},
	{policy_anybody, "  - {by: \"@bo\", " AT ", digest: THIS}\n",
		"1: valid"},
	{policy_anybody,
		"  - {by: \"@bo\", " AT ", digest: THIS}\n"
		"  - {by: \"@cy\", " AT ", digest: THIS}\n",
		"2: valid valid"},
	/* One person in two forms. */
	{policy_anybody,
		"  - {by: \"@bo\", " AT ", digest: THIS}\n"
		"  - {by: Bo, " AT ", digest: THIS}\n",
		"1: valid again"},
	/* The older approval of who approved this text too says nothing. */
	{policy_anybody,
		"  - {by: \"@bo\", " AT ", digest: OTHER}\n"
		"  - {by: \"@cy\", " AT ", digest: OTHER}\n"
		"  - {by: \"@bo\", " AT ", digest: THIS}\n",
		"1: again stale valid"},
	/* Who owns the document, unless the policy names him. */
	{policy_anybody, "  - {by: Ana, " AT ", digest: THIS}\n", "0: owner"},
	{policy_named, "  - {by: Ana, " AT ", digest: THIS}\n", "1: valid"},
	{policy_named,
		"  - {by: \"@dee\", " AT ", digest: THIS}\n"
		"  - {by: \"@Acme/SRE\", " AT ", digest: THIS}\n"
		"  - {by: \"@acme/web\", " AT ", digest: OTHER}\n",
		"1: foreign valid foreign"},
	/* A placeholder is nobody, and so is who is on no list of people. */
	{policy_anybody,
		"  - {by: \"@TBD\", " AT ", digest: THIS}\n"
		"  - {by: \"@nobody\", " AT ", digest: THIS}\n"
		"  - {by: \"@dee\", " AT ", digest: THIS}\n",
		"1: nobody nobody valid"},
	{policy_people,
		"  - {by: \"@bo\", " AT ", digest: THIS}\n"
		"  - {by: \"@dee\", " AT ", digest: THIS}\n",
		"1: valid nobody"},
	/* An hour for clocks that differ, a day for a date alone. */
	{policy_anybody,
		"  - {by: \"@bo\", at: 2026-11-22T13:00Z, digest: THIS}\n"
		"  - {by: \"@cy\", at: 2026-11-22T13:01Z, digest: THIS}\n"
		"  - {by: \"@dee\", at: 2026-11-22T13:30+01:00, digest: THIS}\n"
		"  - {by: \"@eve\", at: 2026-11-23, digest: THIS}\n"
		"  - {by: \"@flo\", at: 2026-11-24, digest: THIS}\n",
		"3: valid future valid valid future"},
	{policy_anybody,
		"  - {by: \"@bo\", at: soon, digest: THIS}\n"
		"  - {by: \"@cy\", at: unknown, digest: THIS}\n"
		"  - {by: \"@dee\", digest: THIS}\n"
		"  - {by: \"@eve\", " AT ", digest: \"sha256:12\"}\n"
		"  - {by: \"@flo\", " AT "}\n"
		"  - {by: a b, " AT ", digest: THIS}\n"
		"  - {" AT ", digest: THIS}\n",
		"0: broken broken broken broken broken broken broken"},
};

static void test_standings(void **state)
{
	struct pm_buf got = PM_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof standings / sizeof *standings; i++) {
		judge(standings[i].policy, standings[i].approvals, &got);
		if (strcmp(got.ptr, standings[i].want) != 0)
			fail_msg("%s-> %s, not %s", standings[i].approvals,
				got.ptr, standings[i].want);
	}
	pm_buf_release(&got);
}

static bool may(
	const struct pm_policy *policy, const char *person, const char *owner)
{
	return pm_policy_may_approve(
		policy, pm_slice_str(person), pm_slice_str(owner));
}

static void test_who_may(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *anybody = NULL, *named = NULL;

	(void)state;
	assert_int_equal(
		pm_policy_parse(ctx, pm_slice_str(policy_anybody), &anybody),
		0);
	assert_int_equal(
		pm_policy_parse(ctx, pm_slice_str(policy_named), &named), 0);
	assert_true(may(anybody, "@bo", "@ana"));
	assert_true(may(anybody, "@bo", ""));
	assert_false(may(anybody, "ana", "@Ana"));
	assert_false(may(anybody, "Ana@Example.org", "ana@example.org"));
	assert_true(may(named, "ana", "@ana"));
	assert_true(may(named, "@acme/sre", "@ana"));
	assert_false(may(named, "@acme", "@ana"));
	assert_false(may(named, "", "@ana"));
	pm_policy_free(anybody);
	pm_policy_free(named);
	pm_ctx_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_standings),
		cmocka_unit_test(test_who_may),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
