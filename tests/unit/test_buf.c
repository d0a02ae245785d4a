/* SPDX-License-Identifier: Apache-2.0 */
/* The growing string: always terminated, and its ceiling. */
#include "pm/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_grow(void **state)
{
	struct pm_buf buf = PM_BUF_INIT;
	char *text;
	size_t i;

	(void)state;
	assert_string_equal(buf.ptr, "");
	pm_buf_release(&buf);
	pm_buf_truncate(&buf, 0);
	pm_buf_reset(&buf);
	pm_buf_add(&buf, NULL, 0);
	assert_int_equal(buf.cap, 0);
	for (i = 0; i < 1000; i++)
		pm_buf_addf(&buf, "%zu,", i);
	assert_int_equal(buf.len, strlen(buf.ptr));
	assert_memory_equal(buf.ptr + buf.len - 4, "999,", 5);
	pm_buf_truncate(&buf, 4);
	assert_string_equal(buf.ptr, "0,1,");
	pm_buf_truncate(&buf, 9);
	assert_string_equal(buf.ptr, "0,1,");
	text = pm_buf_take(&buf);
	assert_string_equal(text, "0,1,");
	free(text);
	assert_string_equal(buf.ptr, "");
	text = pm_buf_take(&buf);
	assert_string_equal(text, "");
	free(text);
	pm_buf_add_slice(&buf, pm_slice_make("a\0b", 3));
	assert_int_equal(buf.len, 3);
	assert_true(pm_slice_eq(pm_buf_slice(&buf), pm_slice_make("a\0b", 3)));
	pm_buf_release(&buf);
	pm_buf_release(&buf);
}

/* Formatting must be right whatever room is left before it. */
static void test_format(void **state)
{
	size_t len;

	(void)state;
	for (len = 0; len < 200; len++) {
		struct pm_buf buf = PM_BUF_INIT;
		struct pm_buf pad = PM_BUF_INIT;

		while (pad.len < len)
			pm_buf_addc(&pad, 'x');
		pm_buf_addf(&buf, "%s|", pad.ptr);
		pm_buf_addf(&buf, "%s|", pad.ptr);
		assert_int_equal(buf.len, 2 * len + 2);
		assert_int_equal(strlen(buf.ptr), buf.len);
		pm_buf_release(&buf);
		pm_buf_release(&pad);
	}
}

static void test_limit(void **state)
{
	struct pm_buf buf = PM_BUF_INIT_LIMIT(5);

	(void)state;
	pm_buf_adds(&buf, "12345");
	assert_false(buf.full);
	pm_buf_addc(&buf, '6');
	assert_true(buf.full);
	assert_string_equal(buf.ptr, "12345");
	pm_buf_reset(&buf);
	assert_false(buf.full);
	pm_buf_addf(&buf, "%d", 1234567);
	assert_true(buf.full);
	assert_string_equal(buf.ptr, "12345");
	pm_buf_addf(&buf, "%s", "more");
	assert_string_equal(buf.ptr, "12345");
	pm_buf_release(&buf);
	assert_int_equal(buf.limit, 5);
	pm_buf_adds(&buf, "abc");
	/* Half a replacement would be worse than none. */
	pm_buf_splice(&buf, 1, 1, pm_slice_str("xxxx"));
	assert_true(buf.full);
	assert_string_equal(buf.ptr, "abc");
	pm_buf_splice(&buf, 1, 1, pm_slice_str("xxx"));
	assert_string_equal(buf.ptr, "axxxc");
	pm_buf_release(&buf);
}

static void test_splice(void **state)
{
	struct pm_buf buf = PM_BUF_INIT;

	(void)state;
	pm_buf_splice(&buf, 0, 0, pm_slice_str(""));
	pm_buf_splice(&buf, 0, 0, pm_slice_str("world"));
	pm_buf_splice(&buf, 0, 0, pm_slice_str("hello "));
	assert_string_equal(buf.ptr, "hello world");
	pm_buf_splice(&buf, 5, 1, pm_slice_str(", "));
	assert_string_equal(buf.ptr, "hello, world");
	pm_buf_splice(&buf, 5, 7, (struct pm_slice){NULL, 0});
	assert_string_equal(buf.ptr, "hello");
	pm_buf_splice(&buf, 5, 0, pm_slice_str("!"));
	assert_string_equal(buf.ptr, "hello!");
	pm_buf_splice(&buf, 0, 6, pm_slice_str(""));
	assert_string_equal(buf.ptr, "");
	pm_buf_release(&buf);
}

static void test_reserve(void **state)
{
	struct pm_buf buf = PM_BUF_INIT;

	(void)state;
	pm_buf_reserve(&buf, 1000);
	assert_string_equal(buf.ptr, "");
	assert_true(buf.cap > 1000);
	memset(buf.ptr, 'x', 1000);
	buf.len = 1000;
	pm_buf_addc(&buf, 'y');
	assert_string_equal(buf.ptr + 1000, "y");
	pm_buf_release(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_format),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_splice),
		cmocka_unit_test(test_reserve),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
