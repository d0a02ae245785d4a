/* SPDX-License-Identifier: Apache-2.0 */
/* Slices: empty ones with and without a pointer, bounds, and line ends. */
#include "pm/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct pm_slice none = {NULL, 0};

static void test_compare(void **state)
{
	struct pm_slice abc = pm_slice_str("abc");

	(void)state;
	assert_int_equal(pm_slice_str(NULL).len, 0);
	assert_true(pm_slice_eq(none, pm_slice_str("")));
	assert_true(pm_slice_eq(abc, pm_slice_make("abcd", 3)));
	assert_false(pm_slice_eq(abc, pm_slice_str("abd")));
	assert_true(pm_slice_is(none, ""));
	assert_false(pm_slice_is(abc, "ab"));
	assert_true(pm_slice_is_nocase(pm_slice_str("AbC"), "aBc"));
	assert_false(pm_slice_is_nocase(pm_slice_str("AbC"), "aBcd"));
	assert_false(pm_slice_is_nocase(pm_slice_str("AbCd"), "aBc"));
	/* '[' and '{' differ by the bit that makes case. */
	assert_false(pm_slice_is_nocase(pm_slice_str("["), "{"));
	assert_false(pm_slice_is_nocase(pm_slice_make("a\0b", 3), "a"));
	assert_true(pm_slice_starts(abc, "ab"));
	assert_true(pm_slice_starts(none, ""));
	assert_false(pm_slice_starts(abc, "abcd"));
	assert_true(pm_slice_ends(abc, "bc"));
	assert_false(pm_slice_ends(abc, "xabc"));
	assert_true(pm_slice_cmp(abc, pm_slice_str("abd")) < 0);
	assert_true(pm_slice_cmp(abc, pm_slice_str("ab")) > 0);
	assert_true(pm_slice_cmp(pm_slice_str("\x80"), abc) > 0);
	assert_int_equal(pm_slice_cmp(none, none), 0);
	assert_true(pm_slice_cmp(none, abc) < 0);
}

static void test_parts(void **state)
{
	struct pm_slice abc = pm_slice_str("abc");

	(void)state;
	assert_true(pm_slice_is(pm_slice_from(abc, 1), "bc"));
	assert_int_equal(pm_slice_from(abc, 9).len, 0);
	assert_int_equal(pm_slice_from(none, 1).len, 0);
	assert_true(pm_slice_is(pm_slice_sub(abc, 1, 1), "b"));
	assert_true(pm_slice_is(pm_slice_sub(abc, 2, SIZE_MAX), "c"));
	assert_true(pm_slice_is(pm_slice_trim(pm_slice_str(" \t\r\n")), ""));
	assert_true(
		pm_slice_is(pm_slice_trim(pm_slice_str("\v a b\f")), "a b"));
	assert_int_equal(pm_slice_trim(none).len, 0);
	assert_int_equal(pm_slice_find(abc, 0, 'c'), 2);
	assert_int_equal(pm_slice_find(abc, 3, 'c'), -1);
	assert_int_equal(pm_slice_find(abc, 1, 'a'), -1);
	assert_int_equal(pm_slice_find(none, 0, 'a'), -1);
}

static void test_lines(void **state)
{
	static const char *const expect[] = {"a", "", "b", "c", "", "d"};
	struct pm_slice rest = pm_slice_str("a\n\nb\r\nc\r\rd\n");
	struct pm_slice line;
	size_t i;

	(void)state;
	for (i = 0; i < 6; i++) {
		assert_true(pm_slice_line(&rest, &line));
		assert_true(pm_slice_is(line, expect[i]));
	}
	assert_false(pm_slice_line(&rest, &line));
	rest = pm_slice_str("no end");
	assert_true(pm_slice_line(&rest, &line));
	assert_true(pm_slice_is(line, "no end"));
	assert_false(pm_slice_line(&rest, &line));
	rest = none;
	assert_false(pm_slice_line(&rest, &line));
}

static void test_find_text(void **state)
{
	/* More beginnings than are tried one by one. */
	struct pm_slice s = pm_slice_str("a aa aa aa aa aa aa aa abc aab"),
			all = pm_slice_str("abc");

	(void)state;
	assert_int_equal(pm_slice_find_text(s, 0, all), 23);
	assert_int_equal(pm_slice_find_text(s, 23, all), 23);
	assert_int_equal(pm_slice_find_text(s, 24, all), -1);
	assert_int_equal(pm_slice_find_text(s, 0, pm_slice_str("abcd")), -1);
	assert_int_equal(pm_slice_find_text(s, 27, pm_slice_str("aab")), 27);
	assert_int_equal(pm_slice_find_text(all, 0, s), -1);
	assert_int_equal(pm_slice_find_text(all, 3, none), 3);
	assert_int_equal(pm_slice_find_text(all, 4, none), -1);
	assert_int_equal(pm_slice_find_text(none, 0, all), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_find_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
