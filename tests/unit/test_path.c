/* SPDX-License-Identifier: Apache-2.0 */
/* Paths: their parts, joining, what is refused, and globs. */
#include "base/path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pm/context.h"

static void test_parts(void **state)
{
	static const struct {
		const char *path;
		const char *dir;
		const char *base;
		const char *stem;
	} rows[] = {
		{"", "", "", ""},
		{"a", "", "a", "a"},
		{"a.md", "", "a.md", "a"},
		{"a/b/2026-01-02-x.md", "a/b", "2026-01-02-x.md",
			"2026-01-02-x"},
		{"a/b.tar.gz", "a", "b.tar.gz", "b.tar"},
		{"a.b/c", "a.b", "c", "c"},
		{"a/.hidden", "a", ".hidden", ".hidden"},
		{"a/.hidden.md", "a", ".hidden.md", ".hidden"},
		{"/a", "", "a", "a"},
		{"a/", "a", "", ""},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pm_slice path = pm_slice_str(rows[i].path);

		assert_true(pm_slice_is(pm_path_dir(path), rows[i].dir));
		assert_true(pm_slice_is(pm_path_base(path), rows[i].base));
		assert_true(pm_slice_is(pm_path_stem(path), rows[i].stem));
	}
}

/* What stands for its directory is called after it, where it has one. */
static void test_id(void **state)
{
	static const struct {
		const char *path;
		const char *id;
	} rows[] = {
		{"", ""},
		{"a/2026-01-02-x.md", "2026-01-02-x"},
		{"a/2026-01-02-x/index.md", "2026-01-02-x"},
		{"2026-01-02-x/README.md", "2026-01-02-x"},
		{"a/x/_index.en.md", "_index.en"},
		{"a/x/_Index.md", "x"},
		{"a/x/indexes.md", "indexes"},
		{"index.md", "index"},
		{"/readme.md", "readme"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_true(pm_slice_is(
			pm_path_id(pm_slice_str(rows[i].path)), rows[i].id));
}

static void test_join(void **state)
{
	static const struct {
		const char *base;
		const char *path;
		const char *joined; /* NULL: climbs out */
	} rows[] = {
		{"", "", ""},
		{"", "a.md", "a.md"},
		{"docs", "a.md", "docs/a.md"},
		{"docs/2026", "../a.md", "docs/a.md"},
		{"docs", "./x//y/./z/", "docs/x/y/z"},
		{"docs", "../../a", NULL},
		{"docs", "..", ""},
		{"docs", "../..", NULL},
		{"docs", "x/../../..", NULL},
		{"", "..", NULL},
		{"docs", "/x/y", "x/y"},
		{"docs", "/../x", NULL},
		{"../docs", "x", NULL},
		{"docs/../..", "docs", NULL},
		{"a", "...", "a/..."},
		{"a", "..b", "a/..b"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pm_buf buf = PM_BUF_INIT;
		int code;

		pm_buf_adds(&buf, "kept/");
		code = pm_path_join(&buf, pm_slice_str(rows[i].base),
			pm_slice_str(rows[i].path));
		assert_int_equal(code, rows[i].joined ? 0 : PM_EINVALID);
		assert_string_equal(
			buf.ptr + 5, rows[i].joined ? rows[i].joined : "");
		assert_memory_equal(buf.ptr, "kept/", 5);
		pm_buf_release(&buf);
	}
}

/* hazard: 52 */
static void test_refused(void **state)
{
	static const char *const refused[] = {"", "/a", "a/", "a//b", ".", "..",
		"a/../b", "a/./b", "-rf", "a/-b.md", "post.", "post ", "a./b",
		"a\\b", "x:y", "a\nb", "a\tb", "a\x1b[31m", "a\x7f", "\xff",
		"a\xe2\x80\xae", "\xe2\x80\x8b", ".git", ".GIT/x", "git~1",
		".g\xe2\x80\x8cit", "CON", "con.md", "a/aux.md", "nul", "Com1",
		"lpt9.x", "com\xc2\xb9.md", "PRN .txt", "CONIN$"};
	static const char *const accepted[] = {"a", "a/b.md",
		"postmortems/2026/2026-11-22-x.md", ".github/x", ".gitignore",
		"a-b", "a/b-", "console.md", "com.md", "com10", "comx",
		"Störung.md", "日本.md", "a b.md", "...a", "git~2", "a'b\"c"};
	char text[5000];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		if (!pm_path_refuse(pm_slice_str(refused[i])))
			fail_msg("accepted '%s'", refused[i]);
	}
	for (i = 0; i < sizeof(accepted) / sizeof(accepted[0]); i++) {
		const char *why = pm_path_refuse(pm_slice_str(accepted[i]));

		if (why)
			fail_msg("refused '%s': %s", accepted[i], why);
	}
	assert_non_null(pm_path_refuse(pm_slice_make("a\0b", 3)));
	memset(text, 'x', sizeof(text));
	assert_null(pm_path_refuse(pm_slice_make(text, 255)));
	assert_non_null(pm_path_refuse(pm_slice_make(text, 256)));
	for (i = 200; i < sizeof(text); i += 200)
		text[i] = '/';
	assert_null(pm_path_refuse(pm_slice_make(text, 4096)));
	assert_string_equal(pm_path_refuse(pm_slice_make(text, 4097)),
		"it is longer than 4096 bytes");
}

static const struct {
	const char *glob;
	const char *path;
	bool matches;
} globs[] = {
	{"postmortems/**/*.md", "postmortems/a.md", true},
	{"postmortems/**/*.md", "postmortems/2026/a.md", true},
	{"postmortems/**/*.md", "postmortems/2026/11/a.md", true},
	{"postmortems/**/*.md", "postmortems/a.txt", false},
	{"postmortems/**/*.md", "x/postmortems/a.md", false},
	{"postmortems/**/*.md", "postmortems.md", false},
	{"postmortems/*.md", "postmortems/2026/a.md", false},
	{"postmortems/*/*.md", "postmortems/2026/a.md", true},
	{"*.md", "a.md", true},
	{"*.md", "x/y/a.md", true},
	{"/*.md", "a.md", true},
	{"/*.md", "x/a.md", false},
	{"**/a.md", "a.md", true},
	{"**/a.md", "x/y/a.md", true},
	{"**/a.md", "x/ya.md", false},
	{"a/**", "a/b/c", true},
	{"a/**", "a", false},
	{"a/**", "ab/c", false},
	{"**", "a", true},
	{"**", "a/b", true},
	{"a/**/b", "a/b", true},
	{"a/**/b", "a/x/y/b", true},
	{"a/**/b", "a/xb", false},
	{"a/**/b/**/c", "a/b/b/x/c", true},
	{"**/b/*c*d", "x/b/y/b/zczd", true},
	{"**/**/x", "x", true},
	{"a**b", "axxb", true},
	{"a**b", "a/b", false},
	{"a/**b", "a/xb", true},
	{"a/**b", "a/x/b", false},
	{"docs/", "docs/a", true},
	{"docs/", "x/docs/a/b", true},
	{"docs/", "docs", false},
	{"docs/", "docsx/a", false},
	{"a/docs/", "a/docs/b", true},
	{"a/docs/", "x/a/docs/b", false},
	{"a?c", "abc", true},
	{"a?c",
		"a\xc3\xa9"
		"c",
		true},
	{"x/a?c", "x/a/c", false},
	{"?", "", false},
	{"[a-c]x", "bx", true},
	{"[a-c]x", "dx", false},
	{"[!a-c]x", "dx", true},
	{"[^a]x", "ax", false},
	{"[]]x", "]x", true},
	{"[!]]x", "]x", false},
	{"[a-]x", "-x", true},
	{"[\\]]x", "]x", true},
	{"x/[!a]y", "x//y", false},
	{"[é-ü]x", "öx", true},
	{"[ab", "[ab", true},
	{"a[", "a[", true},
	{"\\*.md", "*.md", true},
	{"\\*.md", "a.md", false},
	{"a\\", "a\\", true},
	{"", "a", false},
	{"/", "a", false},
	{"a", "a", true},
	{"a", "x/a", true},
	{"a", "a/x", false},
	{"A", "a", false},
	{"*", ".hidden", true},
	{"**/*.md", ".md", true},
};

static void test_glob(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(globs) / sizeof(globs[0]); i++) {
		if (pm_glob_match(pm_slice_str(globs[i].glob),
			    pm_slice_str(globs[i].path)) != globs[i].matches)
			fail_msg("'%s' and '%s'", globs[i].glob, globs[i].path);
	}
}

/* Many stars and a path that nearly matches: a product, not a power. */
/* hazard: 135 */
static void test_glob_bounded(void **state)
{
	struct pm_buf glob = PM_BUF_INIT;
	struct pm_buf path = PM_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < 300; i++) {
		pm_buf_adds(&glob, "**/*a*a*a*/");
		pm_buf_adds(&path, "aaaaaaaaaaaa/");
	}
	pm_buf_adds(&glob, "x");
	pm_buf_adds(&path, "y");
	assert_false(pm_glob_match(pm_buf_slice(&glob), pm_buf_slice(&path)));
	pm_buf_reset(&glob);
	pm_buf_reset(&path);
	for (i = 0; i < 2000; i++) {
		pm_buf_adds(&glob, "*a");
		pm_buf_adds(&path, "aa");
	}
	pm_buf_adds(&glob, "x");
	assert_false(pm_glob_match(pm_buf_slice(&glob), pm_buf_slice(&path)));
	pm_buf_release(&glob);
	pm_buf_release(&path);
}

static void test_glob_root(void **state)
{
	static const struct {
		const char *glob;
		const char *root;
	} rows[] = {
		{"postmortems/**/*.md", "postmortems"},
		{"a/b/*.md", "a/b"},
		{"a/b[c]/x.md", "a"},
		{"a/b\\*/x.md", "a"},
		{"/a/*.md", "a"},
		{"*.md", ""},
		{"a.md", ""},
		{"docs/", ""},
		{"a/docs/", "a/docs"},
		{"a/b.md", "a"},
		{"**/*.md", ""},
		{"", ""},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_true(
			pm_slice_is(pm_glob_root(pm_slice_str(rows[i].glob)),
				rows[i].root));
}

static void relative(const char *here, const char *path, const char *want)
{
	struct pm_buf buf = PM_BUF_INIT;

	pm_path_relative(&buf, pm_slice_str(here), pm_slice_str(path));
	assert_string_equal(buf.ptr, want);
	pm_buf_release(&buf);
}

static void a_path_is_written_from_a_directory(void **state)
{
	(void)state;
	relative("", "a/b.md", "a/b.md");
	relative("a", "a/b.md", "b.md");
	relative("a/c", "a/b.md", "../b.md");
	relative("a/b", "a/bc/d.md", "../bc/d.md");
	relative("x/y", "a.md", "../../a.md");
	relative("a", "ab", "../ab");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(a_path_is_written_from_a_directory),
		cmocka_unit_test(test_id),
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_glob),
		cmocka_unit_test(test_glob_bounded),
		cmocka_unit_test(test_glob_root),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
