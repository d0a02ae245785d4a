/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The formats that build servers and forges read by program, byte for byte:
 * sarif, gitlab, rdjson, checkstyle, junit.
 */
#include "formats.h"

/* hazard: 124 */
static void sarif_has_what_code_scanning_wants(void **state)
{
	struct fixture *f = *state;

	f->opts.version = "1.2.3";
	three(f, "sarif");
	assert_starts(f, "{\"$schema\": "
			 "\"https://json.schemastore.org/sarif-2.1.0.json\", "
			 "\"version\": \"2.1.0\", \"runs\": [{\"tool\": "
			 "{\"driver\": {\"name\": \"pm\", \"semanticVersion\": "
			 "\"1.2.3\", \"rules\": [\n{\"id\": ");
	assert_non_null(strstr(f->out.ptr,
		"}]}}, \"columnKind\": \"unicodeCodePoints\", \"results\": "
		"[\n{\"ruleId\": \"action-owner\", \"ruleIndex\": "));
	assert_non_null(strstr(f->out.ptr,
		", \"level\": \"error\", \"message\": {\"text\": "
		"\"action A2 has no owner\\nwrite: owner: \\\"@name\\\"\"}, "
		"\"locations\": [{\"physicalLocation\": "
		"{\"artifactLocation\": {\"uri\": \"" PATH "\"}, "
		"\"region\": {\"startLine\": 31, \"startColumn\": 6, "
		"\"endLine\": 31, \"endColumn\": 7}}}], "
		"\"partialFingerprints\": {\"primaryLocationLineHash\": "
		"\"dc3dac8f471dd969:1\"}},\n{\"ruleId\": "
		"\"action-overdue\", "));
	assert_non_null(strstr(f->out.ptr,
		"{\"uri\": \"postmortems/caf%C3%A9%20x.md\"}, \"region\": "
		"{\"startLine\": 3, \"startColumn\": 1, \"endLine\": 3, "
		"\"endColumn\": 1}"));
}

static void sarif_is_inert(void **state)
{
	struct fixture *f = *state;

	one_hostile(f, "sarif");
	assert_inert(&f->out);
	assert_non_null(strstr(f->out.ptr,
		"\"uri\": \"p/a%2Cb%3Ac%1B%25%0A%3A%3Aerror%3A%3A%22%3C%26%27"
		"%7C.md\""));
	assert_non_null(strstr(f->out.ptr, "]\\\\](u)"));
	assert_non_null(strstr(f->out.ptr, "]]> \xef\xbf\xbd"));
}

static void sarif_keeps_the_worst_and_says_so(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report = begin(f, "sarif");
	struct pm_finding finding = late();

	for (unsigned i = 0; i < MANY; i++)
		add(report, i < MANY - 3 ? late() : no_owner());
	finding.message = pm_slice_str("another");
	add(report, finding);
	pm_report_end(report);
	assert_int_equal(count(f->out.ptr, "\"ruleId\": "), 5000);
	assert_int_equal(count(f->out.ptr, "\"ruleId\": \"action-owner\""), 3);
	assert_non_null(strstr(f->out.ptr,
		"\"invocations\": [{\"executionSuccessful\": true, "
		"\"toolExecutionNotifications\": [{\"level\": \"warning\", "
		"\"message\": {\"text\": \"sarif: the worst 5000 of 10001 "
		"findings"));
	assert_non_null(strstr(f->notices.ptr, "5000 of 10001"));
}

static void sarif_without_findings(void **state)
{
	struct fixture *f = *state;

	none(f, "sarif");
	assert_non_null(
		strstr(f->out.ptr, "\"columnKind\": \"unicodeCodePoints\", "
				   "\"results\": []}]}\n"));
}

static void gitlab_is_one_array(void **state)
{
	struct fixture *f = *state;

	three(f, "gitlab");
	assert_string_equal(f->out.ptr,
		"[\n"
		"{\"description\": \"action A1 is 3 days overdue\", "
		"\"check_name\": \"action-overdue\", "
		"\"fingerprint\": \"c576b47e6fd11775:1\", "
		"\"severity\": \"minor\", \"location\": {\"path\": \"" PATH
		"\", \"lines\": {\"begin\": 7}}},\n"
		"{\"description\": \"action A2 has no owner\", "
		"\"check_name\": \"action-owner\", "
		"\"fingerprint\": \"dc3dac8f471dd969:1\", "
		"\"severity\": \"major\", \"location\": {\"path\": \"" PATH
		"\", \"lines\": {\"begin\": 31}}},\n"
		"{\"description\": \"section 'Impact' is thin\", "
		"\"check_name\": \"section-empty\", "
		"\"fingerprint\": \"a39cb7f7cd4a50b5:1\", "
		"\"severity\": \"info\", \"location\": {\"path\": "
		"\"postmortems/caf\xc3\xa9 x.md\", "
		"\"lines\": {\"begin\": 3}}}\n"
		"]\n");
	pm_buf_reset(&f->out);
	none(f, "gitlab");
	assert_string_equal(f->out.ptr, "[]\n");
}

static void gitlab_is_inert_and_cuts_nothing(void **state)
{
	struct fixture *f = *state;

	one_hostile(f, "gitlab");
	assert_inert(&f->out);
	pm_buf_reset(&f->out);
	many(f, "gitlab");
	assert_int_equal(count(f->out.ptr, "\"fingerprint\": "), MANY);
	assert_int_equal(count(f->out.ptr, "dc3dac8f471dd969:5000\""), 1);
	assert_int_equal(count(f->out.ptr, "dc3dac8f471dd969:1\""), 1);
}

/* hazard: 124 */
static void rdjson_counts_bytes(void **state)
{
	struct fixture *f = *state;

	three(f, "rdjson");
	assert_string_equal(f->out.ptr,
		"{\"source\": {\"name\": \"pm\"}, \"diagnostics\": [\n"
		"{\"message\": \"action A1 is 3 days overdue\", "
		"\"location\": {\"path\": \"" PATH
		"\", \"range\": {\"start\": {\"line\": 7, \"column\": 5}, "
		"\"end\": {\"line\": 7, \"column\": 9}}}, "
		"\"severity\": \"WARNING\", "
		"\"code\": {\"value\": \"action-overdue\"}},\n"
		"{\"message\": \"action A2 has no owner\\n"
		"write: owner: \\\"@name\\\"\", "
		"\"location\": {\"path\": \"" PATH
		"\", \"range\": {\"start\": {\"line\": 31, \"column\": 9}, "
		"\"end\": {\"line\": 31, \"column\": 12}}}, "
		"\"severity\": \"ERROR\", "
		"\"code\": {\"value\": \"action-owner\"}},\n"
		"{\"message\": \"section 'Impact' is thin\", "
		"\"location\": {\"path\": \"postmortems/caf\xc3\xa9 x.md\", "
		"\"range\": {\"start\": {\"line\": 3, \"column\": 1}, "
		"\"end\": {\"line\": 5, \"column\": 2}}}, "
		"\"severity\": \"INFO\", "
		"\"code\": {\"value\": \"section-empty\"}}\n"
		"]}\n");
	pm_buf_reset(&f->out);
	none(f, "rdjson");
	assert_string_equal(f->out.ptr,
		"{\"source\": {\"name\": \"pm\"}, \"diagnostics\": []}\n");
}

static void rdjson_is_inert_and_cuts_nothing(void **state)
{
	struct fixture *f = *state;

	one_hostile(f, "rdjson");
	assert_inert(&f->out);
	pm_buf_reset(&f->out);
	many(f, "rdjson");
	assert_int_equal(count(f->out.ptr, "\"severity\": "), MANY);
}

static void checkstyle_groups_by_file(void **state)
{
	struct fixture *f = *state;

	three(f, "checkstyle");
	assert_string_equal(f->out.ptr,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<checkstyle version=\"4.3\">\n"
		"<file name=\"" PATH "\">\n"
		"<error line=\"7\" column=\"5\" severity=\"warning\" "
		"message=\"action A1 is 3 days overdue\" "
		"source=\"pm.action-overdue\"/>\n"
		"<error line=\"31\" column=\"6\" severity=\"error\" "
		"message=\"action A2 has no owner\" "
		"source=\"pm.action-owner\"/>\n"
		"</file>\n"
		"<file name=\"postmortems/caf\xc3\xa9 x.md\">\n"
		"<error line=\"3\" column=\"1\" severity=\"info\" "
		"message=\"section &apos;Impact&apos; is thin\" "
		"source=\"pm.section-empty\"/>\n"
		"</file>\n"
		"</checkstyle>\n");
	pm_buf_reset(&f->out);
	none(f, "checkstyle");
	assert_string_equal(f->out.ptr,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<checkstyle version=\"4.3\">\n</checkstyle>\n");
}

/* Markup only where the format itself writes it. */
static void assert_xml_inert(const struct pm_buf *out)
{
	assert_inert(out);
	assert_null(strstr(out->ptr, "<b>"));
	assert_null(strstr(out->ptr, "]]>"));
	assert_null(strstr(out->ptr, "\xef\xbf\xbf"));
	assert_non_null(strstr(out->ptr,
		"z &lt;b&gt;&amp;&quot;&apos;|`*_]](u) @ana #1 ]]&gt; \\xff"
		"\xef\xbf\xbd"));
}

static void checkstyle_is_inert_and_cuts_nothing(void **state)
{
	struct fixture *f = *state;

	one_hostile(f, "checkstyle");
	assert_xml_inert(&f->out);
	pm_buf_reset(&f->out);
	many(f, "checkstyle");
	assert_int_equal(count(f->out.ptr, "<error "), MANY);
	assert_int_equal(count(f->out.ptr, "<file "), 1);
}

#define JUNIT_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
#define JUNIT_NOTE                                                             \
	"<testsuite name=\"postmortems/caf\xc3\xa9 x.md\" tests=\"1\" "        \
	"failures=\"0\" errors=\"0\">\n"                                       \
	"<testcase name=\"section-empty\" "                                    \
	"classname=\"postmortems/caf\xc3\xa9 x.md\">"                          \
	"<system-out>postmortems/caf\xc3\xa9 x.md:3:1: note: section "         \
	"&apos;Impact&apos; is thin\n</system-out></testcase>\n"               \
	"</testsuite>\n</testsuites>\n"

static void junit_has_a_case_for_each_rule(void **state)
{
	struct fixture *f = *state;

	three(f, "junit");
	assert_string_equal(f->out.ptr, JUNIT_HEAD
		"<testsuite name=\"" PATH
		"\" tests=\"2\" failures=\"1\" errors=\"0\">\n"
		"<testcase name=\"action-overdue\" classname=\"" PATH "\">"
		"<system-out>" PATH
		":7:5: warning: action A1 is 3 days overdue\n"
		"</system-out></testcase>\n"
		"<testcase name=\"action-owner\" classname=\"" PATH "\">"
		"<failure type=\"error\" message=\"action A2 has no "
		"owner\">" PATH ":31:9: error: action A2 has no owner\n"
		"</failure></testcase>\n"
		"</testsuite>\n" JUNIT_NOTE);
}

static void junit_fails_warnings_where_asked(void **state)
{
	struct fixture *f = *state;

	f->opts.warnings_fail = true;
	three(f, "junit");
	assert_non_null(strstr(f->out.ptr, "tests=\"2\" failures=\"2\""));
	assert_non_null(
		strstr(f->out.ptr, "<failure type=\"warning\" "
				   "message=\"action A1 is 3 days overdue\">"));
	assert_non_null(strstr(f->out.ptr, JUNIT_NOTE));
}

static void junit_is_never_empty(void **state)
{
	struct fixture *f = *state;

	none(f, "junit");
	assert_string_equal(f->out.ptr, JUNIT_HEAD
		"<testsuite name=\"pm check\" tests=\"1\" failures=\"0\" "
		"errors=\"0\">\n"
		"<testcase name=\"no findings\" classname=\"pm\"/>\n"
		"</testsuite>\n</testsuites>\n");
}

static void junit_is_inert_and_cuts_nothing(void **state)
{
	struct fixture *f = *state;

	one_hostile(f, "junit");
	assert_xml_inert(&f->out);
	pm_buf_reset(&f->out);
	many(f, "junit");
	assert_int_equal(count(f->out.ptr, "<testcase "), 2);
	assert_int_equal(count(f->out.ptr, ": error: "), MANY / 2);
	assert_non_null(strstr(f->out.ptr,
		"message=\"action A2 has no owner (and 4999 more)\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(sarif_has_what_code_scanning_wants),
		TEST(sarif_is_inert),
		TEST(sarif_keeps_the_worst_and_says_so),
		TEST(sarif_without_findings),
		TEST(gitlab_is_one_array),
		TEST(gitlab_is_inert_and_cuts_nothing),
		TEST(rdjson_counts_bytes),
		TEST(rdjson_is_inert_and_cuts_nothing),
		TEST(checkstyle_groups_by_file),
		TEST(checkstyle_is_inert_and_cuts_nothing),
		TEST(junit_has_a_case_for_each_rule),
		TEST(junit_fails_warnings_where_asked),
		TEST(junit_is_never_empty),
		TEST(junit_is_inert_and_cuts_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
