/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The digest of what people approve: what makes another text of it and what
 * does not. Also how approvals and waivers are read.
 */
#include "doc_parsing.h"

static void digest(const char *text, char out[PM_DIGEST_SIZE])
{
	struct pm_doc *doc = parse(text);

	pm_doc_digest(doc, out);
	pm_doc_free(doc);
}

static const char before[] = "---\n"
			     "title: It broke\n"
			     "status: review\n"
			     "owner: \"@ana\"\n"
			     "tags: [a, b]\n"
			     "action_items:\n"
			     "  - {id: A1, title: Mend it, status: open}\n"
			     "  - id: A2\n"
			     "    title: Test it\n"
			     "---\n"
			     "\n"
			     "# It broke\n"
			     "\n"
			     "Two words.\n";

struct change {
	const char *what, *old, *new;
};

/* before with old replaced by new, wherever it stands. */
static char *changed(const struct change *change)
{
	struct pm_buf buf = PM_BUF_INIT;
	const char *at = before, *hit = strstr(before, change->old);

	assert_non_null(hit);
	for (; hit; hit = strstr(at, change->old)) {
		pm_buf_add(&buf, at, (size_t)(hit - at));
		pm_buf_adds(&buf, change->new);
		at = hit + strlen(change->old);
	}
	pm_buf_adds(&buf, at);
	return pm_buf_take(&buf);
}

static void test_same(void **state)
{
	static const struct change rows[] = {
		{"CRLF", "\n", "\r\n"},
		{"CR", "\n", "\r"},
		{"blank lines at the end", "words.\n", "words.\n\n \n"},
		{"no last line end", "words.\n", "words."},
		{"blank lines at the start", "---\n\n# ", "---\n\n\n\n# "},
		{"a byte order mark", "---\ntitle", "\xef\xbb\xbf---\ntitle"},
		{"status", "status: review", "status: final"},
		{"no status", "status: review\n", ""},
		{"quotes", "title: It broke", "title: 'It broke'"},
		{"a comment", "status: review", "status: review  # soon"},
		{"block for flow", "tags: [a, b]", "tags:\n  - a\n  - b"},
		{"an approval", "owner:",
			"approvals:\n  - {by: \"@bo\", at: "
			"2026-11-22T10:02Z, digest: x}\nowner:"},
		{"no approvals", "owner:", "approvals: []\nowner:"},
		{"an action's status", "status: open}", "status: done}"},
		{"an action's progress", "status: open}",
			"status: done, proof: https://example.org/1, "
			"tracker: X-1, reason: because}"},
		{"progress in block style", "    title: Test it\n",
			"    status: rejected\n    title: Test it\n"
			"    reason: |\n      too dear\n"},
	};
	char first[PM_DIGEST_SIZE], second[PM_DIGEST_SIZE];

	(void)state;
	digest(before, first);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *text = changed(&rows[i]);

		digest(text, second);
		if (strcmp(first, second) != 0)
			fail_msg("%s makes another text", rows[i].what);
		free(text);
	}
}

static void test_other(void **state)
{
	static const struct change rows[] = {
		{"a word", "Two words", "Two other words"},
		{"a letter", "Two words", "Two Words"},
		{"a blank line inside", "# It broke\n", "# It broke\n\n"},
		{"a hard break", "# It broke", "# It broke  "},
		{"the title", "title: It broke", "title: It broke down"},
		{"the owner", "@ana", "@bo"},
		{"order of fields", "owner: \"@ana\"\ntags: [a, b]\n",
			"tags: [a, b]\nowner: \"@ana\"\n"},
		{"order of a list", "[a, b]", "[b, a]"},
		{"a list for a text", "[a, b]", "a, b"},
		{"the border of two items", "[a, b]", "[\"a, b\"]"},
		{"nesting", "[a, b]", "[a, [b]]"},
		{"an action's title", "Mend it", "Mend them"},
		{"an action's due date", "status: open",
			"due: 2026-12-01, status: open"},
		{"an action less", "  - id: A2\n    title: Test it\n", ""},
		{"status elsewhere", "tags: [a, b]", "impact: {status: x}"},
		{"reason at the top", "tags:", "reason: x\ntags:"},
		{"a waiver",
			"tags:", "allow: [{rule: secret, reason: x}]\ntags:"},
		{"a tick in front of no action", "Two", "- [ ] Two"},
	};
	char first[PM_DIGEST_SIZE], second[PM_DIGEST_SIZE];

	(void)state;
	digest(before, first);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *text = changed(&rows[i]);

		digest(text, second);
		if (strcmp(first, second) == 0)
			fail_msg("%s makes no difference", rows[i].what);
		free(text);
	}
}

/* Boxes of actions are progress, others are text. */
static void test_boxes(void **state)
{
	static const char open[] = "# It broke\n\n## Action items\n\n"
				   "- [ ] Mend it (@ana)\n"
				   "1. [ ] Test it (@bo)\n\n"
				   "## Lessons learned\n\n- [ ] one\n";
	static const char done[] = "# It broke\n\n## Action items\n\n"
				   "- [x] Mend it (@ana)\n"
				   "1. [X] Test it (@bo)\n\n"
				   "## Lessons learned\n\n- [ ] one\n";
	static const char other[] = "# It broke\n\n## Action items\n\n"
				    "- [ ] Mend it (@ana)\n"
				    "1. [ ] Test it (@bo)\n\n"
				    "## Lessons learned\n\n- [x] one\n";
	char first[PM_DIGEST_SIZE], second[PM_DIGEST_SIZE];

	(void)state;
	digest(open, first);
	digest(done, second);
	assert_string_equal(first, second);
	digest(other, second);
	assert_string_not_equal(first, second);
}

/* Front matter that cannot be read whole counts as it is written. */
static void test_unreadable(void **state)
{
	char first[PM_DIGEST_SIZE], second[PM_DIGEST_SIZE];

	(void)state;
	digest("---\nstatus: \"x\nowner: ana\n---\nText\n", first);
	digest("---\nstatus: \"y\nowner: ana\n---\nText\n", second);
	assert_string_not_equal(first, second);
	digest("", first);
	digest("\n\n", second);
	assert_string_equal(first, second);
}

/* What is written into documents must never change. */
static void test_pinned(void **state)
{
	char hex[PM_DIGEST_SIZE];

	(void)state;
	digest(before, hex);
	assert_string_equal(hex, "96ffa833ba9531641a0a1aa3ade4a3832adba66b15e98"
				 "a9b163308292934dc40");
}

static void test_valid(void **state)
{
	char text[sizeof PM_DIGEST_PREFIX + 64] = PM_DIGEST_PREFIX;

	(void)state;
	digest(before, text + strlen(PM_DIGEST_PREFIX));
	assert_true(pm_doc_digest_valid(pm_slice_str(text)));
	assert_false(pm_doc_digest_valid(pm_slice_str(text + 1)));
	assert_false(pm_doc_digest_valid(pm_slice_make(text, sizeof text - 2)));
	text[20] = 'G';
	assert_false(pm_doc_digest_valid(pm_slice_str(text)));
	assert_false(pm_doc_digest_valid(pm_slice_str("")));
}

static void test_records(void **state)
{
	struct pm_doc *doc = parse("---\n"
				   "approvals:\n"
				   "  - {by: \"@bo\", at: 2026-11-22T10:02Z,\n"
				   "     digest: sha256:00}\n"
				   "  - by: cy\n"
				   "    at: soon\n"
				   "allow:\n"
				   "  - {rule: secret, reason: fixture,\n"
				   "     by: ana, until: 2026-12-31,\n"
				   "     where: ghp_}\n"
				   "  - {rule: blame-wording, until: later}\n"
				   "---\n");

	(void)state;
	assert_int_equal(doc->nproblems, 0);
	assert_int_equal(doc->napprovals, 2);
	assert_true(pm_slice_is(doc->approvals[0].by.text, "@bo"));
	assert_true(doc->approvals[0].valid);
	assert_int_equal(doc->approvals[0].time.sec, 1795341720);
	assert_true(pm_slice_is(doc->approvals[0].digest.text, "sha256:00"));
	assert_false(doc->approvals[1].valid);
	assert_int_equal(pm_doc_pos(doc, doc->approvals[1].span.off).line, 5);
	assert_int_equal(doc->approvals_key.len, 9);
	assert_int_equal(doc->nwaivers, 2);
	assert_true(pm_slice_is(doc->waivers[0].rule.text, "secret"));
	assert_true(pm_slice_is(doc->waivers[0].reason.text, "fixture"));
	assert_int_equal(doc->waivers[0].until_date.year, 2026);
	assert_int_equal(doc->waivers[0].until_date.day, 31);
	assert_false(doc->waivers[0].in_body);
	assert_true(pm_slice_is(doc->waivers[0].where.text, "ghp_"));
	assert_int_equal(doc->waivers[1].where.text.len, 0);
	assert_int_equal(doc->waivers[1].until_date.year, 0);
	pm_doc_free(doc);
}

/* One word where a record is wanted. */
static void test_shapes(void **state)
{
	struct pm_doc *doc = parse("---\napprovals: [\"@bo\"]\n"
				   "allow: secret\n---\n");

	(void)state;
	assert_int_equal(doc->nproblems, 2);
	assert_int_equal(doc->problems[0].kind, PM_PROBLEM_FIELD_TYPE);
	assert_non_null(doc->problems[0].hint);
	assert_non_null(doc->problems[1].hint);
	assert_int_equal(doc->napprovals, 1);
	assert_int_equal(doc->nwaivers, 0);
	pm_doc_free(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_other),
		cmocka_unit_test(test_boxes),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_pinned),
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_shapes),
	};

	return cmocka_run_group_tests(tests, prepare, finish);
}
