/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents as teams write them, and what a careful reader finds in each: the
 * cases are directories of tests/cases/reading/, one style or one trap each,
 * with doc.md (or another file name, where that is the style) and expect.txt.
 * PM_UPDATE=1 writes what is read into expect.txt, to be looked at as a diff.
 */
#include "doc_reading.h"

#include <glob.h>

static void read_whole(const char *path, struct pm_buf *out)
{
	FILE *file = fopen(path, "rb");
	char chunk[4096];
	size_t len;

	assert_non_null(file);
	while ((len = fread(chunk, 1, sizeof chunk, file)) > 0)
		pm_buf_add(out, chunk, len);
	assert_int_equal(fclose(file), 0);
}

static void write_whole(const char *path, const struct pm_buf *text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text->ptr, 1, text->len, file), text->len);
	assert_int_equal(fclose(file), 0);
}

/* Everything that is read of one document. */
static void read_case(const char *path, struct pm_buf *out)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_doc *doc;

	read_whole(path, &text);
	doc = pm_doc_parse(path, pm_buf_slice(&text), reading_policy);
	pm_buf_addf(out, "title: %.*s\n\nsections\n", PM_SLICE_ARG(doc->name));
	print_sections(out, doc);
	pm_buf_adds(out, "\ntimeline\n");
	print_timeline(out, doc);
	pm_buf_adds(out, "\nactions\n");
	print_actions(out, doc);
	pm_doc_free(doc);
	pm_buf_release(&text);
}

/* True when a case is read as expected. */
static bool run_case(const char *path)
{
	struct pm_buf got = PM_BUF_INIT, want = PM_BUF_INIT;
	char expect[256];
	int dir = (int)(strrchr(path, '/') - path);
	bool same;

	snprintf(expect, sizeof expect, "%.*s/expect.txt", dir, path);
	read_case(path, &got);
	if (getenv("PM_UPDATE"))
		write_whole(expect, &got);
	read_whole(expect, &want);
	same = pm_slice_eq(pm_buf_slice(&want), pm_buf_slice(&got));
	if (!same)
		print_error("%s: expected\n%s--- read\n%s", path, want.ptr,
			got.ptr);
	pm_buf_release(&want);
	pm_buf_release(&got);
	return same;
}

static void test_cases(void **state)
{
	size_t failed = 0;
	glob_t found;

	(void)state;
	assert_int_equal(
		glob("tests/cases/reading/*/*.md", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		failed += !run_case(found.gl_pathv[i]);
	globfree(&found);
	assert_int_equal(failed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};

	return cmocka_run_group_tests(tests, reading_prepare, reading_finish);
}
