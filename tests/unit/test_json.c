/* SPDX-License-Identifier: Apache-2.0 */
/* JSON: commas, nesting, numbers as written; one string found in it. */
#include "base/json.h"
#include "base/json_find.h"

#include <math.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_nesting(void **state)
{
	struct pm_buf buf = PM_BUF_INIT;
	struct pm_json json = PM_JSON_INIT(&buf);

	(void)state;
	pm_json_open(&json, NULL, '{');
	pm_json_int(&json, "schema", 1);
	pm_json_open(&json, "empty", '[');
	pm_json_close(&json, ']');
	pm_json_open(&json, "list", '[');
	pm_json_int(&json, NULL, INT64_MIN);
	pm_json_string(&json, NULL, pm_slice_str("a\"b"));
	pm_json_open(&json, NULL, '{');
	pm_json_bool(&json, "yes", true);
	pm_json_bool(&json, "no", false);
	pm_json_close(&json, '}');
	pm_json_null(&json, NULL);
	pm_json_close(&json, ']');
	pm_json_string(&json, "k\"", pm_slice_str(""));
	pm_json_close(&json, '}');
	assert_string_equal(buf.ptr,
		"{\"schema\": 1, \"empty\": [], \"list\": "
		"[-9223372036854775808, \"a\\\"b\", "
		"{\"yes\": true, \"no\": false}, null], \"k\\\"\": \"\"}");
	pm_buf_release(&buf);
}

static void test_real(void **state)
{
	static const struct {
		double value;
		const char *text;
	} rows[] = {
		{0, "0"},
		{-1.5, "-1.5"},
		{0.1, "0.1"},
		{1.0 / 3, "0.3333333333333333"},
		{0.1 + 0.2, "0.30000000000000004"},
		{1e300, "1e+300"},
		{5e-324, "4.94065645841247e-324"},
		{INFINITY, "null"},
		{-INFINITY, "null"},
		{NAN, "null"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pm_buf buf = PM_BUF_INIT;
		struct pm_json json = PM_JSON_INIT(&buf);

		pm_json_real(&json, NULL, rows[i].value);
		assert_string_equal(buf.ptr, rows[i].text);
		pm_buf_release(&buf);
	}
}

/* What is found at a.b in text; NULL: nothing. */
static void assert_found(const char *text, const char *want)
{
	static const char *const keys[] = {"a", "b", NULL};
	struct pm_buf out = PM_BUF_INIT;
	bool found;

	pm_buf_adds(&out, "kept ");
	found = pm_json_find(pm_slice_str(text), keys, &out);
	assert_int_equal(found, want != NULL);
	assert_string_equal(out.ptr + 5, want ? want : "");
	pm_buf_release(&out);
}

static void test_find(void **state)
{
	(void)state;
	assert_found("{\"a\": {\"b\": \"x\"}}", "x");
	assert_found(" { \"c\" : [1, {\"a\": \"]\"}, \"}\"],\n\"d\":null ,"
		     "\"e\":-1.5e3,\"a\":{\"bb\":\"no\",\"b\":\"yes\"}}",
		"yes");
	assert_found("{\"a\":{\"b\":\"\\\"\\\\\\/\\n\"}}", "\"\\/\n");
	assert_found("{\"x\":\"\\\"\",\"a\":{\"b\":\"\"}}", "");
}

/* hazard: 136 */
static void test_find_nothing(void **state)
{
	(void)state;
	assert_found("", NULL);
	assert_found("{}", NULL);
	assert_found("[{\"a\": {\"b\": \"x\"}}]", NULL);
	assert_found("{\"a\": {\"b\": 1}}", NULL);
	assert_found("{\"a\": {\"b\": {\"b\": \"x\"}}}", NULL);
	assert_found("{\"c\": {\"a\": {\"b\": \"x\"}}}", NULL);
	assert_found("{\"a\": {\"b\": \"x", NULL);
	assert_found("{\"a\": {\"b\": \"x\\", NULL);
	assert_found("{\"a\": {\"b\": \"\\u0041\"}}", NULL);
	assert_found("{\"c\": [[[, \"a\": {\"b\": \"x\"}}", NULL);
	assert_found("{\"c\": ], \"a\": {\"b\": \"x\"}}", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nesting),
		cmocka_unit_test(test_real),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_find_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
