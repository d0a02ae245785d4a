/* SPDX-License-Identifier: Apache-2.0 */
/* Edit distance and the suggestion made of it. */
#include "pm/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static unsigned distance(const char *a, const char *b, unsigned limit)
{
	return pm_edit_distance(pm_slice_str(a), pm_slice_str(b), limit);
}

static void test_distance(void **state)
{
	static const struct {
		const char *a;
		const char *b;
		unsigned distance;
	} rows[] = {
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "abc", 0},
		{"abc", "abd", 1},
		{"abc", "ab", 1},
		{"abc", "acb", 1},
		{"abcd", "badc", 2},
		{"ca", "abc", 3},
		{"kitten", "sitting", 3},
		{"severity", "serverity", 1},
		{"abcdef", "uvwxyz", 6},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsigned limit;

		for (limit = 0; limit < 9; limit++) {
			unsigned expect = rows[i].distance > limit
						  ? limit + 1
						  : rows[i].distance;

			assert_int_equal(
				distance(rows[i].a, rows[i].b, limit), expect);
			assert_int_equal(
				distance(rows[i].b, rows[i].a, limit), expect);
		}
	}
}

static void test_nearest(void **state)
{
	static const char *const words[] = {
		"owner", "status", "severity", "services", "due", "id", NULL};
	static const char *const empty[] = {NULL};
	static const struct {
		const char *word;
		const char *nearest;
	} rows[] = {
		{"owner", "owner"},
		{"onwer", "owner"},
		{"ownr", "owner"},
		{"OWNER", "owner"},
		{"STAUTS", "status"},
		{"stauts", "status"},
		{"serverity", "severity"},
		{"service", "services"},
		{"deu", "due"},
		{"di", "id"},
		{"x", NULL},
		{"", NULL},
		{"participants", NULL},
		{"xyz", NULL},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *found =
			pm_nearest(pm_slice_str(rows[i].word), words);

		if (!rows[i].nearest)
			assert_null(found);
		else
			assert_string_equal(found, rows[i].nearest);
	}
	assert_null(pm_nearest(pm_slice_str("owner"), empty));
}

static void test_sole(void **state)
{
	static const char *const words[] = {
		"SEV1", "SEV2", "critical", "SEV-2", NULL};

	(void)state;
	assert_null(pm_nearest_sole(pm_slice_str("SEV9"), words));
	assert_null(pm_nearest_sole(pm_slice_str("xyz"), words));
	assert_string_equal(
		pm_nearest_sole(pm_slice_str("SEV22"), words), "SEV2");
	assert_string_equal(
		pm_nearest_sole(pm_slice_str("critcal"), words), "critical");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_distance),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_sole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
