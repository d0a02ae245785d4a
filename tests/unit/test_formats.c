/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The formats that people see on a forge, github and markdown, byte for byte;
 * and what holds for every format of findings.
 */
#include "formats.h"

static void github_annotates_worst_first(void **state)
{
	struct fixture *f = *state;

	three(f, "github");
	assert_string_equal(f->out.ptr,
		"::error file=" PATH ",line=31,endLine=31,col=6,endColumn=7,"
		"title=action-owner::action A2 has no owner%0A"
		"write: owner: \"@name\"\n"
		"::warning file=" PATH ",line=7,endLine=7,col=5,endColumn=9,"
		"title=action-overdue::action A1 is 3 days overdue\n"
		"::notice file=postmortems/caf\xc3\xa9 x.md,line=3,endLine=5,"
		"title=section-empty::section 'Impact' is thin\n");
}

/* hazard: 117 */
static void github_is_inert(void **state)
{
	struct fixture *f = *state;

	one_hostile(f, "github");
	assert_inert(&f->out);
	assert_int_equal(count(f->out.ptr, "\n"), 1);
	assert_non_null(strstr(f->out.ptr,
		"file=p/a%2Cb%3Ac\\x1b%25\\n%3A%3Aerror%3A%3A\"<&'|.md,"
		"line=1"));
	assert_non_null(strstr(f->out.ptr, "##\\x5berror]y 50%25,\\r\\n"));
}

static void github_keeps_within_ten_of_each_level(void **state)
{
	struct fixture *f = *state;

	many(f, "github");
	assert_int_equal(count(f->out.ptr, "::error "), 10);
	assert_int_equal(count(f->out.ptr, "::warning "), 10);
	assert_non_null(strstr(f->out.ptr,
		"\npm: 5000 errors, 5000 warnings; 20 of them are annotated "
		"('pm check' lists all)\n"));
}

static void github_cuts_a_message(void **state)
{
	struct fixture *f = *state;
	struct pm_finding finding = late();
	struct pm_report *report = begin(f, "github");
	char text[9000];

	for (size_t i = 0; i + 2 < sizeof text; i += 2)
		memcpy(text + i, "\xc3\xa9", 3);
	finding.message = pm_slice_str(text);
	add(report, finding);
	pm_report_end(report);
	assert_int_equal(count(f->out.ptr, "\xc3\xa9"), 2048);
}

static void github_lists_all_in_the_summary(void **state)
{
	struct fixture *f = *state;
	struct pm_buf summary = PM_BUF_INIT;

	f->opts.summary = f->file;
	three(f, "github");
	read_file(f, &summary);
	assert_string_equal(summary.ptr,
		"### pm check: 1 error, 1 warning, 1 note\n\n"
		"| level | place | finding | rule |\n"
		"|---|---|---|---|\n"
		"| error | postmortems/2026\\-11\\-22\\-checkout\\-500s.md:31 "
		"| action A2 has no owner | action\\-owner |\n"
		"| warning | postmortems/2026\\-11\\-22\\-checkout\\-500s.md:7 "
		"| action A1 is 3 days overdue | action\\-overdue |\n"
		"| note | postmortems/caf\xc3\xa9 x.md:3 "
		"| section 'Impact' is thin | section\\-empty |\n\n");
	pm_buf_reset(&summary);
	one_hostile(f, "github");
	read_file(f, &summary);
	assert_inert(&summary);
	assert_non_null(strstr(summary.ptr, "\\<b\\>\\&"));
	assert_non_null(strstr(summary.ptr, "@<!-- -->ana"));
	assert_null(strstr(summary.ptr, "<b>"));
	pm_buf_release(&summary);
}

static void github_keeps_the_summary_below_its_limit(void **state)
{
	struct fixture *f = *state;
	struct pm_buf summary = PM_BUF_INIT;

	f->opts.summary = f->file;
	many(f, "github");
	read_file(f, &summary);
	assert_true(summary.len <= (size_t)1024 * 1024);
	assert_non_null(strstr(summary.ptr, " more findings are not listed"));
	assert_int_equal(f->notices.len, 0);
	/* There is no room left: that is said, and annotations still come. */
	pm_buf_reset(&f->out);
	many(f, "github");
	assert_non_null(strstr(f->notices.ptr, "it is full"));
	assert_int_equal(count(f->out.ptr, "::error "), 10);
	pm_buf_release(&summary);
}

static void github_is_silent_without_findings(void **state)
{
	struct fixture *f = *state;

	f->opts.summary = f->file;
	none(f, "github");
	assert_string_equal(f->out.ptr, "");
}

static void markdown_counts_then_lists(void **state)
{
	struct fixture *f = *state;

	three(f, "markdown");
	assert_string_equal(f->out.ptr,
		"### pm check: 1 error, 1 warning, 1 note\n"
		"\n#### postmortems/2026\\-11\\-22\\-checkout\\-500s.md\n\n"
		"- **warning** in line 7: action A1 is 3 days overdue "
		"(action\\-overdue)\n"
		"- **error** in line 31: action A2 has no owner "
		"(action\\-owner)\n"
		"  <br>write\\: owner\\: \"@<!-- -->name\"\n"
		"\n#### postmortems/caf\xc3\xa9 x.md\n\n"
		"- **note** in line 3: section 'Impact' is thin "
		"(section\\-empty)\n");
	pm_buf_reset(&f->out);
	none(f, "markdown");
	assert_string_equal(f->out.ptr, "### pm check: no findings\n");
}

static void markdown_is_inert(void **state)
{
	struct fixture *f = *state;

	one_hostile(f, "markdown");
	assert_inert(&f->out);
	assert_null(strstr(f->out.ptr, "<b>"));
	assert_null(strstr(f->out.ptr, "::"));
	assert_null(strstr(f->out.ptr, "@ana"));
	assert_null(strstr(f->out.ptr, "#1"));
	assert_non_null(strstr(f->out.ptr,
		"z \\<b\\>\\&\"'\\|\\`\\*\\_\\]\\]\\(u\\) @<!-- -->ana "
		"\\#<!-- -->1 \\]\\]\\> \\\\xff"));
}

static void markdown_has_no_links_of_its_own(void **state)
{
	struct pm_buf out = PM_BUF_INIT;

	(void)state;
	pm_md_text(&out,
		pm_slice_str("[a](b) http://e.org www.e.org a@e.org 1. x"));
	assert_string_equal(out.ptr,
		"\\[a\\]\\(b\\) http\\://e.org www<!-- -->.e.org "
		"a@<!-- -->e.org 1\\. x");
	pm_buf_release(&out);
}

static void markdown_fits_into_a_comment(void **state)
{
	struct fixture *f = *state;
	size_t listed;
	char text[80];

	many(f, "markdown");
	assert_true(f->out.len <= 65536);
	listed = count(f->out.ptr, "\n- **");
	assert_true(listed > 300);
	snprintf(text, sizeof text, "\n%zu more findings are not listed",
		MANY - listed);
	assert_non_null(strstr(f->out.ptr, text));
	assert_starts(f, "### pm check: 5000 errors, 5000 warnings\n");
}

static void formats_of_findings_refuse_other_records(void **state)
{
	static const char *const formats[] = {"github", "sarif", "gitlab",
		"rdjson", "checkstyle", "junit", "markdown", NULL};
	struct fixture *f = *state;
	struct pm_report *report;

	for (size_t i = 0; formats[i]; i++) {
		f->opts.format = formats[i];
		assert_int_equal(pm_report_new(f->ctx, &f->opts, &pm_shape_list,
					 &report),
			PM_EUSAGE);
		assert_null(report);
		assert_non_null(strstr(pm_ctx_error(f->ctx)->message.ptr,
			"is for findings: documents have no rule"));
		assert_int_equal(pm_report_new(f->ctx, &f->opts,
					 &pm_shape_search, &report),
			PM_EUSAGE);
	}
}

static struct pm_slice fingerprint(struct pm_buf *buf, struct pm_map *map,
	struct pm_slice message, unsigned line)
{
	struct pm_seen seen = {
		.rule = PM_SLICE_LIT("r"),
		.document = PM_SLICE_LIT("d"),
		.message = message,
		.line = line,
	};

	pm_buf_reset(buf);
	pm_add_fingerprint(buf, map, &seen);
	return pm_buf_slice(buf);
}

static void fingerprints_outlive_lines_and_days(void **state)
{
	struct pm_map map = PM_MAP_INIT;
	struct pm_buf a = PM_BUF_INIT, b = PM_BUF_INIT;

	(void)state;
	fingerprint(&a, &map, pm_slice_str("A1 is 3 days overdue"), 7);
	fingerprint(&b, &map, pm_slice_str("A1 is 12 days overdue"), 9);
	assert_int_equal(a.len, 18);
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.ptr, b.ptr, 16);
	assert_string_equal(a.ptr + 16, ":1");
	assert_string_equal(b.ptr + 16, ":2");
	fingerprint(&b, &map, pm_slice_str("A2 is 3 days overdue"), 7);
	assert_memory_not_equal(a.ptr, b.ptr, 16);
	pm_map_release(&map);
	pm_buf_release(&a);
	pm_buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(github_annotates_worst_first),
		TEST(github_is_inert),
		TEST(github_keeps_within_ten_of_each_level),
		TEST(github_cuts_a_message),
		TEST(github_lists_all_in_the_summary),
		TEST(github_keeps_the_summary_below_its_limit),
		TEST(github_is_silent_without_findings),
		TEST(markdown_counts_then_lists),
		TEST(markdown_is_inert),
		TEST(markdown_has_no_links_of_its_own),
		TEST(markdown_fits_into_a_comment),
		TEST(formats_of_findings_refuse_other_records),
		TEST(fingerprints_outlive_lines_and_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
