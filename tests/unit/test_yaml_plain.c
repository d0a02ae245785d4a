/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts that are read without libyaml, and those that are left to it: the
 * first lead to the tree that libyaml would have led to.
 */
#include "yaml_reading.h"
#include "yaml_twice.h"

static void expect(const char *text, int result)
{
	int got = read_twice(pm_slice_str(text));

	if (got != result)
		fail_msg("%d, not %d: %s", got, result, text);
}

static void test_read(void **state)
{
	static const char *const texts[] = {
		"a: b\n",
		"a: b",
		"# c\n\na: b  \n\n  # c\nb: c\n#\n",
		"  a: b\n  b: c\n",
		"title: Checkout (EU) answered 500, [again] & again \n",
		"a: 2026-11-22T10:02Z # about\nb: ~\nc: ~2026-11-22\n",
		"a: x#y\nb: x:y\nc: http://a.example/#b?c=d&e\n",
		"a: caf\xc3\xa9 \xe2\x80\x94 \xe4\xbd\x9c\n",
		"a: \"@ana\"\nb: '# c'\nc: \"\" # d\nd: ''\n",
		"a: \"it's\"\nb: ' x: \"y\" '\n",
		"a: []\nb: {}\nc: [ ]\nd: { } # e\n",
		"a: [b, c d , \"e, f\", 'g]']\n",
		"a: {b: c, d: \"e\", f: 10:02Z, g: h i}\n",
		"a:\nb: # c\nc:   \n",
		"a:\n  b: c\n  d:\n    e: f\ng: h\n",
		"a:\n  # x\n\n  b: c\n# y\nd: e\n",
		"a:\n  - b\n  - \"c\"\n  - [d]\n  - {e: f}\n",
		"a:\n- b\n- c\nd: e\n",
		"- a\n-  b: c\n   d: e\n- f:\n    g: h\n",
		"a:\n- id: A1\n  to: [C1]\n\n- id: A2\n  of:\n  - x\n  by: y\n",
		"a: b\na: c\n",
		"null: true\n_x-1: no\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		expect(texts[i], 1);
}

static void test_left(void **state)
{
	static const char *const texts[] = {"", "\n", "# c\n", "a\n", "a:b\n",
		"a : b\n", "\"a\": b\n", "1: b\n", "a b: c\n", "<<: a\n",
		"? a\n", "---\na: b\n", "a: b\n---\n", "a: b\n...\n",
		"%YAML 1.1\na: b\n",
		"\xef\xbb\xbf"
		"a: b\n",
		"a:\tb\n", "a: b\tc\n", "\ta: b\n", "a: b\r\n",
		"a: \xc2\xa0"
		"b\n",
		"a: b\xe2\x80\xa8\n", "a: \xff\n", "a: \x01\n",
		/* values that go on, or do not stand where values do */
		"a: b\n  c\n", "a: b\n\n  # c\n  d\n", "a:\n  b\n",
		"a:\n  \"b\"\n", "a: \"b\n  c\"\n", "a: [b,\n  c]\n",
		"a: |\n  b\n", "a: >-\n  b\n", "a:\n  - b\n    c\n",
		"a: [b]\n  c: d\n", "a: \"b\" c\n", "a: \"b\"# c\n",
		"a: [b] c\n", "a: \"b\": c\n", "a: [b]: c\n",
		/* what only looks plain */
		"a: b: c\n", "a: b:\n", "a: - b\n", "a: @b\n", "a: `b`\n",
		"a: &b c\n", "a: *b\n", "a: !b c\n", "a: %b\n", "a: ,b\n",
		"a: ]\n", "a: \"b\\n\"\n", "a: 'b''c'\n", "a: \"b\n",
		/* brackets with more than words in them */
		"a: [[b]]\n", "a: [{b: c}]\n", "a: {b: [c]}\n", "a: {{b}}\n",
		"a: [b, ]\n", "a: [, b]\n", "a: [b: c]\n", "a: {b}\n",
		"a: {b: }\n", "a: {b: c, d}\n", "a: {\"b\": c}\n", "a: [b\n",
		"a: [b}\n", "a: [b ?]\n", "a: [b #c]\n", "a: {b: c:]}\n",
		"a: [-]\n", "a: [\"b\" c]\n",
		/* lines that stand nowhere */
		"a: b\n c: d\n", "  a: b\nc: d\n", "a:\n  - b\n  c: d\n",
		"a:\n  - b\n - c\n", "a:\n  b: c\n d: e\n", "- a\nb: c\n",
		"- - a\n", "-\n", "- \n", "-a\n", "a: b\n- c\n",
		"- a: b\n c: d\n", "a:\n    b: c\n  d: e\n"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		expect(texts[i], 0);
}

/* As deep as pm reads is read one way or the other; longer keys are left. */
static void test_bounds(void **state)
{
	struct pm_buf text = PM_BUF_INIT;

	(void)state;
	for (int depth = 0; depth < 16; depth++) {
		pm_buf_reset(&text);
		for (int i = 0; i <= depth; i++)
			pm_buf_addf(&text, "%*sa:%s\n", i, "",
				i == depth ? " [b]" : "");
		/* The last of them would hold a seventeenth. */
		expect(text.ptr, depth < 15);
	}
	pm_buf_reset(&text);
	pm_buf_addf(&text, "%0*d: b\n", 101, 0);
	text.ptr[0] = 'a';
	expect(text.ptr, 0);
	text.ptr[1] = 'a';
	expect(text.ptr + 1, 1);
	pm_buf_release(&text);
}

/* Texts of random pieces, from a fixed seed. */
static void test_random(void **state)
{
	static const char *const pieces[] = {"a: b\n", "b:\n", "  c: d\n",
		"- e\n", "  - f: g\n", "    h: \"i\"\n", "k: [l, m]\n",
		"n: {o: p}\n", "# q\n", "\n", "  ", " ", "- ", ": ", "a", "#",
		"\"", "'", "[", "]", "{", "}", ",", "?", "\n", "\xc3\xa9", "-",
		"x:", "\\", "~"};
	uint32_t seed = 2026;
	unsigned plain = 0;

	(void)state;
	for (int n = 0; n < 100000; n++) {
		struct pm_buf text = PM_BUF_INIT;
		int result;

		for (int i = 0; i <= n % 9; i++) {
			seed = seed * 1664525 + 1013904223;
			pm_buf_adds(&text,
				pieces[(seed >> 8) %
					(sizeof pieces / sizeof pieces[0])]);
		}
		result = read_twice(pm_buf_slice(&text));
		if (result < 0)
			fail_msg("read as something else: %s", text.ptr);
		plain += result > 0;
		pm_buf_release(&text);
	}
	assert_in_range(plain, 5000, 90000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_left),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
