/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slugs: titles in any script, marks, lengths; and that a title which has no
 * Latin reading at all still gives a name of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pm/scaffold.h"

static const struct {
	const char *title, *slug;
} rows[] = {
	{"Checkout answered 500 to EU customers",
		"checkout-answered-500-to-eu-customers"},
	{"  DB  -- outage!! ", "db-outage"},
	{"Don't panic: it\xe2\x80\x99s the users\xe2\x80\x99 cache",
		"dont-panic-its-the-users-cache"},
	{"A/B: C++ & \"quotes\"", "a-b-c-and-quotes"},
	{"node.js 2026-11-22", "node-js-2026-11-22"},
	{"\xc3\x9c"
	 "berlast bei Stra\xc3\x9f"
	 "e",
		"uberlast-bei-strasse"},
	{"Smo\xcc\x88rg\xc3\xa5s \xc3\x98l \xc5\x81\xc3\xb3"
	 "d\xc5\xba",
		"smorgas-ol-lodz"},
	{"\xce\x94\xce\xb9\xce\xb1\xce\xba\xce\xbf\xcf\x80\xce\xae", "diakopi"},
	{"\xd0\x9e\xd1\x82\xd0\xba\xd0\xb0\xd0\xb7 \xd0\xb1\xd0\xb0\xd0\xb7\xd1"
	 "\x8b",
		"otkaz-bazy"},
	/* Korean: payment outage. */
	{"\xea\xb2\xb0\xec\xa0\x9c \xec\x9e\xa5\xec\x95\xa0", "gyeolje-jangae"},
	/* Wide letters, as Japanese keyboards give them. */
	{"\xef\xbc\xa1\xef\xbd\x90\xef\xbd\x89\xef\xbc\x95", "api5"},
	{"../../etc/passwd", "etc-passwd"},
	{"-rf --help", "rf-help"},
	{"\xf0\x9f\x94\xa5 Fire \xf0\x9f\x94\xa5", "fire"},
	{"CON", "con"},
	{"a\xff"
	 "b",
		"a-b"},
};

static void test_titles(void **state)
{
	struct pm_buf out = PM_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pm_buf_reset(&out);
		assert_true(pm_slug(&out, pm_slice_str(rows[i].title)));
		assert_string_equal(out.ptr, rows[i].slug);
	}
	pm_buf_release(&out);
}

static void test_appends(void **state)
{
	struct pm_buf out = PM_BUF_INIT;

	(void)state;
	pm_buf_adds(&out, "2026-11-22-");
	pm_slug(&out, pm_slice_str("!x"));
	assert_string_equal(out.ptr, "2026-11-22-x");
	pm_buf_release(&out);
}

/* Nothing that can be read: a digest, the same for the same title. */
static void test_digest(void **state)
{
	static const char *const titles[] = {
		"\xe6\xb1\xba\xe6\xb8\x88\xe3\x81\x8c\xe5\x81\x9c\xe6\xad\xa2",
		"\xe6\xa4\x9c\xe7\xb4\xa2\xe3\x81\x8c\xe5\x81\x9c\xe6\xad\xa2",
		"\xd7\xaa\xd7\xa7\xd7\x9c\xd7\x94", "\xf0\x9f\x94\xa5", "...",
		"2026", ""};
	char seen[sizeof titles / sizeof *titles][32];
	struct pm_buf out = PM_BUF_INIT, again = PM_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
		pm_buf_reset(&out);
		pm_buf_reset(&again);
		assert_false(pm_slug(&out, pm_slice_str(titles[i])));
		pm_slug(&again, pm_slice_str(titles[i]));
		assert_string_equal(out.ptr, again.ptr);
		assert_true(pm_slice_starts(pm_buf_slice(&out), "incident-"));
		assert_int_equal(out.len, strlen("incident-") + 8);
		memcpy(seen[i], out.ptr, out.len + 1);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(seen[j], seen[i]);
	}
	pm_buf_release(&out);
	pm_buf_release(&again);
}

static void test_length(void **state)
{
	struct pm_buf title = PM_BUF_INIT, out = PM_BUF_INIT;

	(void)state;
	for (int i = 0; i < 30; i++)
		pm_buf_adds(&title, "seven77 ");
	pm_slug(&out, pm_buf_slice(&title));
	assert_true(out.len <= 60);
	assert_true(pm_slice_ends(pm_buf_slice(&out), "-seven77"));
	pm_buf_reset(&title);
	pm_buf_reset(&out);
	for (int i = 0; i < 200; i++)
		pm_buf_addc(&title, 'x');
	pm_slug(&out, pm_buf_slice(&title));
	assert_int_equal(out.len, 60);
	/* A letter of several Latin ones may not be cut off beyond the end. */
	pm_buf_reset(&title);
	pm_buf_reset(&out);
	for (int i = 0; i < 100; i++)
		pm_buf_adds(&title, "\xd1\x89");
	pm_slug(&out, pm_buf_slice(&title));
	assert_int_equal(out.len, 60);
	pm_buf_release(&title);
	pm_buf_release(&out);
}

/* Whatever comes in, [a-z0-9][a-z0-9-]* of at most 60 bytes comes out. */
/* hazard: 128 */
static void test_alphabet(void **state)
{
	struct pm_buf out = PM_BUF_INIT;
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char title[80];
		size_t len = 0;

		for (; len < sizeof title && seed % 97; len++) {
			seed = seed * 1664525u + 1013904223u;
			title[len] = (char)(seed >> 24);
		}
		seed = seed * 1664525u + 1013904223u;
		pm_buf_reset(&out);
		pm_slug(&out, pm_slice_make(title, len));
		assert_true(out.len > 0 && out.len <= 60);
		assert_true(out.ptr[0] != '-' && out.ptr[out.len - 1] != '-');
		assert_null(strstr(out.ptr, "--"));
		assert_int_equal(
			strspn(out.ptr,
				"abcdefghijklmnopqrstuvwxyz0123456789-"),
			out.len);
	}
	pm_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_titles),
		cmocka_unit_test(test_appends),
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_alphabet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
