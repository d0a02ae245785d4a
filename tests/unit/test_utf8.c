/* SPDX-License-Identifier: Apache-2.0 */
/*
 * UTF-8: every code point there and back, every short malformed sequence, and
 * samples of the tables.
 */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_round_trip(void **state)
{
	struct pm_buf buf = PM_BUF_INIT;
	uint32_t cp;

	(void)state;
	for (cp = 0; cp <= 0x110000; cp++) {
		bool scalar = cp <= 0x10FFFF && (cp < 0xD800 || cp > 0xDFFF);
		uint32_t back;
		size_t len;

		pm_buf_reset(&buf);
		pm_utf8_add(&buf, cp);
		len = pm_utf8_next(pm_buf_slice(&buf), 0, &back);
		if (len != buf.len || back != (scalar ? cp : 0xFFFD))
			fail_msg("U+%04X", cp);
		if (!pm_utf8_valid(pm_buf_slice(&buf), NULL))
			fail_msg("U+%04X", cp);
	}
	pm_buf_release(&buf);
}

static void test_malformed(void **state)
{
	static const struct pm_slice rows[] = {
		PM_SLICE_LIT("\x80"),
		PM_SLICE_LIT("\xbf"),
		PM_SLICE_LIT("\xc0\x80"),
		PM_SLICE_LIT("\xc1\xbf"),
		PM_SLICE_LIT("\xc2"),
		PM_SLICE_LIT("\xc2\x41"),
		PM_SLICE_LIT("\xe0\x80\x80"),
		PM_SLICE_LIT("\xe0\x9f\xbf"),
		PM_SLICE_LIT("\xe2\x82"),
		PM_SLICE_LIT("\xed\xa0\x80"),
		PM_SLICE_LIT("\xed\xbf\xbf"),
		PM_SLICE_LIT("\xf0\x80\x80\x80"),
		PM_SLICE_LIT("\xf0\x8f\xbf\xbf"),
		PM_SLICE_LIT("\xf0\x9f\x98"),
		PM_SLICE_LIT("\xf4\x90\x80\x80"),
		PM_SLICE_LIT("\xf5\x80\x80\x80"),
		PM_SLICE_LIT("\xff"),
	};
	struct pm_buf buf = PM_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint32_t cp;
		size_t bad = 99;

		assert_int_equal(pm_utf8_next(rows[i], 0, &cp), 1);
		assert_true(cp == PM_UTF8_BAD);
		assert_false(pm_utf8_valid(rows[i], NULL));
		pm_buf_reset(&buf);
		pm_buf_adds(&buf, "sound text \xc3\xa9 ");
		pm_buf_add_slice(&buf, rows[i]);
		assert_false(pm_utf8_valid(pm_buf_slice(&buf), &bad));
		assert_int_equal(bad, 14);
	}
	assert_true(pm_utf8_valid((struct pm_slice){NULL, 0}, NULL));
	pm_buf_release(&buf);
}

static void test_cut(void **state)
{
	struct pm_slice text = pm_slice_str("a\xc3\xa9\xe2\x82\xac");
	static const size_t want[] = {0, 1, 1, 3, 3, 3, 6, 6};

	(void)state;
	for (size_t most = 0; most < sizeof want / sizeof *want; most++)
		assert_int_equal(pm_utf8_cut(text, most).len, want[most]);
	/* What is no text ends somewhere, too. */
	assert_int_equal(pm_utf8_cut(pm_slice_str("\x80\x80\x80"), 2).len, 0);
}

static void test_invisible(void **state)
{
	static const uint32_t hidden[] = {0, 7, 0x1B, 0x7F, 0x80, 0x9B, 0xAD,
		0x61C, 0x180E, 0x200B, 0x200D, 0x200E, 0x2028, 0x202E, 0x2060,
		0x2066, 0xFEFF, 0xFFF9, 0xE0001, 0xE0041};
	static const uint32_t shown[] = {'\t', '\n', '\r', ' ', 'a', '~', 0xA0,
		0xE9, 0x301, 0x2010, 0x2027, 0x202F, 0x4E00, 0xFE0F, 0x1F600};
	struct pm_slice text = pm_slice_str("a\t\xff b\xe2\x80\xae\x1b");
	uint32_t cp = 0;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		assert_true(pm_utf8_invisible(hidden[i]));
	for (i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		assert_false(pm_utf8_invisible(shown[i]));
	assert_int_equal(pm_utf8_find_invisible(text, 0, &cp), 5);
	assert_int_equal(cp, 0x202E);
	assert_int_equal(pm_utf8_find_invisible(text, 8, &cp), 8);
	assert_int_equal(cp, 0x1B);
	assert_int_equal(pm_utf8_find_invisible(text, 9, &cp), -1);
}

static void test_counts(void **state)
{
	static const struct {
		const char *text;
		size_t count;
		size_t width;
	} rows[] = {
		{"", 0, 0}, {"plain ascii", 11, 11},
		{"\xc3\xa9", 1, 1},                 /* e acute */
		{"e\xcc\x81", 2, 1},                /* combining acute */
		{"\xe4\xb8\xad\xe6\x96\x87", 2, 4}, /* two ideographs */
		{"\xf0\x9f\x98\x80", 1, 2},         /* emoji */
		{"\xed\x95\x9c", 1, 2},             /* Hangul syllable */
		{"\xef\xbc\xa1", 1, 2},             /* fullwidth A */
		{"\xe2\x80\x8b", 1, 0},             /* zero width space */
		{"\xe0\xa4\x95\xe0\xa5\x8d", 2, 1}, /* ka and virama */
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pm_slice text = pm_slice_str(rows[i].text);

		assert_int_equal(pm_utf8_count(text), rows[i].count);
		assert_int_equal(pm_utf8_width(text), rows[i].width);
	}
}

static void test_fold(void **state)
{
	static const struct {
		const char *text;
		const char *folded;
	} rows[] = {
		{"", ""},
		{"Plain ASCII 0-9 [@]", "plain ascii 0-9 [@]"},
		{"ÀÉÎõÜñç", "aeiounc"},
		{"Łódź Ångström Søren Đorđe", "lodz angstrom soren dorde"},
		{"ŽIŽKOV ščř", "zizkov scr"},
		{"Ấn Độ", "an do"},
		{"E\xcc\x81TE\xcc\x81", "ete"},
		{"İSTANBUL ılık", "istanbul ilik"},
		{"STRAẞE straße Æ Þ", "straße straße æ þ"},
		{"ΆΈΉ ΣΊΣΥΦΟΣ ς", "αεη σισυφοσ σ"},
		{"ᾠδή Ἀθῆναι", "ωδη αθηναι"},
		{"ЁЖИК Йод Ї", "ежик иод і"},
		{"ԱԲ ԳԴ", "աբ գդ"},
		{"日本語 한국어", "日本語 한국어"},
		{"\xff\x80z", "\xff\x80z"},
		{"Ⅷ Ａ", "ⅷ ａ"},
	};
	struct pm_buf once = PM_BUF_INIT;
	struct pm_buf twice = PM_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		pm_buf_reset(&once);
		pm_utf8_fold(&once, pm_slice_str(rows[i].text));
		assert_string_equal(once.ptr, rows[i].folded);
	}
	/* What is folded stays as it is. */
	for (i = 0; i < 0x20000; i++) {
		pm_buf_reset(&twice);
		pm_utf8_add(&twice, (uint32_t)i);
		pm_buf_reset(&once);
		pm_utf8_fold(&once, pm_buf_slice(&twice));
		pm_buf_reset(&twice);
		pm_utf8_fold(&twice, pm_buf_slice(&once));
		if (strcmp(once.ptr, twice.ptr))
			fail_msg("U+%04X", (unsigned)i);
	}
	pm_buf_release(&once);
	pm_buf_release(&twice);
}

static void test_fold_cmp(void **state)
{
	static const char *const texts[] = {"", "a", "A", "\xc3\xa9",
		"e\xcc\x81", "E", "cafe", "CAF\xc3\x89", "cafe\xcc\x81s",
		"\xd0\x96", "\xd0\xb6", "2026-11-22-x", "2026-11-22-X", "\xff",
		"\xe6\x97\xa5"};
	struct pm_buf a = PM_BUF_INIT;
	struct pm_buf b = PM_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		for (size_t j = 0; j < sizeof(texts) / sizeof(texts[0]); j++) {
			int order = pm_utf8_fold_cmp(
				pm_slice_str(texts[i]), pm_slice_str(texts[j]));

			pm_buf_reset(&a);
			pm_buf_reset(&b);
			pm_utf8_fold(&a, pm_slice_str(texts[i]));
			pm_utf8_fold(&b, pm_slice_str(texts[j]));
			assert_int_equal(order == 0, strcmp(a.ptr, b.ptr) == 0);
			assert_int_equal(
				order, -pm_utf8_fold_cmp(pm_slice_str(texts[j]),
					       pm_slice_str(texts[i])));
		}
	}
	pm_buf_release(&a);
	pm_buf_release(&b);
}

static void test_word(void **state)
{
	static const uint32_t word[] = {'a', 'Z', '0', 0xE9, 0x3B1, 0x416,
		0x5D0, 0x627, 0x915, 0x94D, 0x4E2D, 0xAC00, 0x661, 0x20000};
	static const uint32_t cut[] = {0, ' ', '-', '_', '.', '@', '[', 0xA0,
		0xD7, 0x2013, 0x201C, 0x3001, 0x1F600, 0xFFFD};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(word) / sizeof(word[0]); i++)
		assert_true(pm_utf8_word(word[i]));
	for (i = 0; i < sizeof(cut) / sizeof(cut[0]); i++)
		assert_false(pm_utf8_word(cut[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_invisible),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_fold_cmp),
		cmocka_unit_test(test_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
