/* SPDX-License-Identifier: Apache-2.0 */
/* Flat records: there and back, cut short, and made up. */
#include "base/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const int64_t numbers[] = {0, 1, -1, 63, 64, -64, -65, 8191, 8192,
	1795338120, INT32_MIN, INT64_MAX, INT64_MIN};

#define COUNT (sizeof(numbers) / sizeof(numbers[0]))

static void write_all(struct pm_buf *buf)
{
	size_t i;

	for (i = 0; i < COUNT; i++)
		pm_record_put_int(buf, numbers[i]);
	pm_record_put_str(buf, pm_slice_make("a\0b", 3));
	pm_record_put_str(buf, (struct pm_slice){NULL, 0});
}

static void test_round_trip(void **state)
{
	struct pm_buf buf = PM_BUF_INIT;
	struct pm_record record;
	size_t i;

	(void)state;
	write_all(&buf);
	pm_record_init(&record, pm_buf_slice(&buf));
	for (i = 0; i < COUNT; i++)
		assert_true(pm_record_int(&record) == numbers[i]);
	assert_true(
		pm_slice_eq(pm_record_str(&record), pm_slice_make("a\0b", 3)));
	assert_false(pm_record_done(&record));
	assert_int_equal(pm_record_str(&record).len, 0);
	assert_true(pm_record_done(&record));
	/* Beyond the end. */
	assert_int_equal(pm_record_int(&record), 0);
	assert_false(pm_record_done(&record));
	pm_buf_release(&buf);
}

/* Cut off anywhere, a record is not done, and nothing is read beyond it. */
static void test_cut(void **state)
{
	struct pm_buf buf = PM_BUF_INIT;
	size_t len;

	(void)state;
	write_all(&buf);
	for (len = 0; len < buf.len; len++) {
		char *copy = malloc(len + 1);
		struct pm_record record;
		size_t i;

		memcpy(copy, buf.ptr, len);
		pm_record_init(&record, pm_slice_make(copy, len));
		for (i = 0; i < COUNT; i++)
			pm_record_int(&record);
		pm_record_str(&record);
		pm_record_str(&record);
		assert_false(pm_record_done(&record));
		assert_true(record.bad);
		free(copy);
	}
	pm_buf_release(&buf);
}

static void test_malformed(void **state)
{
	static const struct pm_slice rows[] = {
		PM_SLICE_LIT("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
		PM_SLICE_LIT("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"),
		PM_SLICE_LIT("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
		PM_SLICE_LIT("\x05"
			     "abc"),
		PM_SLICE_LIT("\x80"),
	};
	struct pm_record record;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		pm_record_init(&record, rows[i]);
		assert_int_equal(pm_record_str(&record).len, 0);
		assert_true(record.bad);
		assert_false(pm_record_done(&record));
	}
}

/* What a worker met is raised in the parent with its code and place. */
static void test_error(void **state)
{
	struct pm_ctx *child = pm_ctx_new(), *parent = pm_ctx_new();
	const struct pm_error *error = pm_ctx_error(parent);
	struct pm_buf buf = PM_BUF_INIT;
	struct pm_record record;

	(void)state;
	pm_fail_at(child, PM_EINVALID, "a.yaml", (struct pm_pos){3, 5},
		"no rule is called '%s'", "x");
	pm_record_put_error(&buf, child);
	pm_record_init(&record, pm_buf_slice(&buf));
	assert_int_equal(pm_record_raise(parent, &record), PM_EINVALID);
	assert_true(pm_record_done(&record));
	assert_string_equal(error->message.ptr, "no rule is called 'x'");
	assert_string_equal(error->path.ptr, "a.yaml");
	assert_int_equal(error->pos.line, 3);
	assert_int_equal(error->pos.col, 5);
	assert_int_equal(error->earlier.len, 0);
	/* With the lines that are to be told before it. */
	pm_fail_also(child, PM_EINVALID, "a.yaml", (struct pm_pos){4, 0}, "y");
	pm_fail_also(child, PM_EINVALID, NULL, (struct pm_pos){0, 0}, "z");
	pm_buf_reset(&buf);
	pm_record_put_error(&buf, child);
	pm_record_init(&record, pm_buf_slice(&buf));
	assert_int_equal(pm_record_raise(parent, &record), PM_EINVALID);
	assert_string_equal(error->message.ptr, "z");
	assert_string_equal(error->earlier.ptr,
		"a.yaml:3:5: no rule is called 'x'\na.yaml:4: y\n");
	pm_fail(parent, PM_ERROR, "another");
	assert_int_equal(error->earlier.len, 0);
	/* Nonsense is an error too, whatever it says. */
	pm_buf_reset(&buf);
	pm_record_put_int(&buf, 1);
	pm_record_init(&record, pm_buf_slice(&buf));
	assert_int_equal(pm_record_raise(parent, &record), PM_ERROR);
	pm_buf_release(&buf);
	pm_ctx_free(child);
	pm_ctx_free(parent);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
