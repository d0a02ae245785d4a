/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Escapers. What leaves them must be inert for a terminal, for the two command
 * syntaxes of CI runners, and for JSON and YAML readers.
 */
#include "base/escape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

typedef void (*escaper)(struct pm_buf *buf, struct pm_slice text);

static void at_start(struct pm_buf *buf, struct pm_slice text)
{
	pm_term_text(buf, text, true);
}

static void in_line(struct pm_buf *buf, struct pm_slice text)
{
	pm_term_text(buf, text, false);
}

struct row {
	const char *text;
	const char *escaped;
};

static void check(escaper fn, const struct row *rows, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		struct pm_buf buf = PM_BUF_INIT;

		fn(&buf, pm_slice_str(rows[i].text));
		assert_string_equal(buf.ptr, rows[i].escaped);
		pm_buf_release(&buf);
	}
}

/* hazard: 113 114 */
static void test_term_text(void **state)
{
	static const struct row rows[] = {
		{"", ""},
		{"plain é 日本 \\ text", "plain é 日本 \\ text"},
		{"\x1b]0;pwn\x07", "\\x1b]0;pwn\\x07"},
		{"a\rb\nc\td", "a\\rb\\nc\\td"},
		{"\x7f", "\\x7f"},
		{"\xc2\x9b"
		 "31m",
			"\\u009b31m"},
		{"\x9b\xff", "\\x9b\\xff"},
		{"\xe2\x80\xae", "\\u202e"},
		{"\xef\xbb\xbf", "\\ufeff"},
		{"\xf3\xa0\x81\x81", "\\U000e0041"},
		{"##[error]", "##\\x5berror]"},
		{"###[x] #[x] ##1[", "###\\x5bx] #[x] ##1["},
		{"a ##vso[b] ##TeamCity[c", "a ##vso\\x5bb] ##TeamCity\\x5bc"},
		{"##abcdefghijklmnopq[", "##abcdefghijklmnopq["},
		{"::error::x", "::error::x"},
	};
	struct pm_buf buf = PM_BUF_INIT;

	(void)state;
	check(in_line, rows, sizeof(rows) / sizeof(rows[0]));
	pm_term_text(&buf, pm_slice_make("a\0b", 3), true);
	assert_string_equal(buf.ptr, "a\\x00b");
	/* A command put together from two calls. */
	pm_buf_reset(&buf);
	pm_term_text(&buf, pm_slice_str("##"), true);
	pm_term_text(&buf, pm_slice_str("[error]"), false);
	assert_string_equal(buf.ptr, "##\\x5berror]");
	pm_buf_release(&buf);
}

/* hazard: 115 */
static void test_line_start(void **state)
{
	static const struct row rows[] = {
		{"::error::x", "\\x3a:error::x"},
		{"  ::error::x", "  \\x3a:error::x"},
		{"\xc2\xa0\xe3\x80\x80::x", "\xc2\xa0\xe3\x80\x80\\x3a:x"},
		{":x::y", ":x::y"},
		{"a ::error::", "a ::error::"},
		{"::", "\\x3a:"},
		/* ":3:15: warning" may follow. */
		{":", "\\x3a"},
		{" :", " \\x3a"},
		{"a:", "a:"},
		{"\x1b::x", "\\x1b::x"},
		{":::", "\\x3a::"},
		{"  ", "  "},
	};

	(void)state;
	check(at_start, rows, sizeof(rows) / sizeof(rows[0]));
}

static void test_term_lines(void **state)
{
	static const struct row rows[] = {
		{"", ""},
		{"a\nb", "a\nb"},
		{"a\tb\n\n", "a\tb\n\n"},
		{"a\r\nb\r\n", "a\nb\n"},
		{"a\rb\r", "a\\rb\\r"},
		{"\r\n", "\n"},
		{"x\n::error::y\n", "x\n\\x3a:error::y\n"},
		{" \t ::x", " \t \\x3a:x"},
		{"\xc2\xa0\t::x", "\xc2\xa0\t\\x3a:x"},
		{"a\t::x", "a\t::x"},
		{"#\n#[x]", "#\n#[x]"},
		{"##\t[x]", "##\t[x]"},
	};

	(void)state;
	check(pm_term_lines, rows, sizeof(rows) / sizeof(rows[0]));
}

/* No text of four characters out of these gets a command or control through. */
/* hazard: 115 116 */
static void test_term_all(void **state)
{
	static const char *const letters[] = {
		":", "#", "[", " ", "\t", "\r", "\n", "\x1b", "\xc2\xa0", "x"};
	struct pm_buf text = PM_BUF_INIT;
	struct pm_buf out = PM_BUF_INIT;
	unsigned n;

	(void)state;
	for (n = 0; n < 10000; n++) {
		struct pm_slice rest;
		struct pm_slice line;

		pm_buf_reset(&text);
		pm_buf_reset(&out);
		pm_buf_adds(&text, letters[n % 10]);
		pm_buf_adds(&text, letters[n / 10 % 10]);
		pm_buf_adds(&text, letters[n / 100 % 10]);
		pm_buf_adds(&text, letters[n / 1000]);
		pm_buf_adds(&text, "::##[");
		pm_term_lines(&out, pm_buf_slice(&text));
		assert_null(strstr(out.ptr, "##["));
		assert_null(strpbrk(out.ptr, "\r\x1b"));
		rest = pm_buf_slice(&out);
		while (pm_slice_line(&rest, &line)) {
			while (line.len && strchr(" \t\xc2\xa0", line.ptr[0]))
				line = pm_slice_from(line, 1);
			assert_false(pm_slice_starts(line, "::"));
		}
	}
	pm_buf_release(&text);
	pm_buf_release(&out);
}

/* hazard: 121 */
static void test_json(void **state)
{
	static const struct row rows[] = {
		{"", "\"\""},
		{"plain é", "\"plain é\""},
		{"\"\\\b\f\n\r\t/", "\"\\\"\\\\\\b\\f\\n\\r\\t/\""},
		{"\x1b\x7f", "\"\\u001b\\u007f\""},
		{"\xff", "\"\xef\xbf\xbd\""},
		{"\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
		{"\xe2\x80\xae\xe2\x80\xa8", "\"\\u202e\\u2028\""},
		{"\xf3\xa0\x81\x81", "\"\\udb40\\udc41\""},
		{"\xf0\x9f\x98\x80", "\"\xf0\x9f\x98\x80\""},
		{"##[x]", "\"##\\u005bx]\""},
		{"::x", "\"::x\""},
	};
	struct pm_buf buf = PM_BUF_INIT;

	(void)state;
	check(pm_json_str, rows, sizeof(rows) / sizeof(rows[0]));
	pm_json_str(&buf, pm_slice_make("\0", 1));
	assert_string_equal(buf.ptr, "\"\\u0000\"");
	pm_buf_release(&buf);
}

static void test_yaml(void **state)
{
	static const char *const plain[] = {"a", "two words", "SEV2",
		"config-push", "2026-11-22", "2026-11-22T10:02Z", "~2026-11-22",
		"https://x.y/z#q?a=b", "a:b", "don't", "INC-1234", "a#b",
		"Störung", "x-", "<b>", "C++", "3 people", "node.js", "e",
		"v1.2", "12 h", "a\"b", "nothing", "10:02Z"};
	static const char *const quoted[] = {"", " a", "a ", "@ana", "a: b",
		"a:", "a #b", "#a", "- a", "-", "-a", "? a", "!a", "&a", "*a",
		"|", ">", "'a'", "%a", "`a`", "[a", "a, b", "a]", "{a}", "yes",
		"No", "TRUE", "null", "~", "y", "1", "1.5", "-3", "+1", "0x1F",
		"0o7", "014", "10:02", "10:02:03", "1_000", "1e5", ".5", ".inf",
		"=", "<<", "...", "---"};
	static const struct row rows[] = {
		{"a\nb", "\"a\\nb\""},
		{"a\tb", "\"a\\tb\""},
		{"\x1b", "\"\\x1b\""},
		{"\"\\ x", "\"\\\"\\\\ x\""},
		{"\xe2\x80\xa8", "\"\\u2028\""},
		{"\xef\xbf\xbe", "\"\\ufffe\""},
		{"\xff", "\"\xef\xbf\xbd\""},
		{"\xf3\xa0\x81\x81", "\"\\U000e0041\""},
	};
	size_t i;

	(void)state;
	check(pm_yaml_scalar, rows, sizeof(rows) / sizeof(rows[0]));
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		struct row row = {plain[i], plain[i]};

		check(pm_yaml_scalar, &row, 1);
	}
	for (i = 0; i < sizeof(quoted) / sizeof(quoted[0]); i++) {
		struct pm_buf expect = PM_BUF_INIT;
		struct row row = {quoted[i], NULL};

		pm_buf_addf(&expect, "\"%s\"", quoted[i]);
		row.escaped = expect.ptr;
		check(pm_yaml_scalar, &row, 1);
		pm_buf_release(&expect);
	}
}

static void test_width(void **state)
{
	(void)state;
	assert_int_equal(pm_term_width(pm_slice_str("日本 é")), 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_term_text),
		cmocka_unit_test(test_line_start),
		cmocka_unit_test(test_term_lines),
		cmocka_unit_test(test_term_all),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_yaml),
		cmocka_unit_test(test_width),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
