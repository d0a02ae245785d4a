/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The formats that build servers and forges read, byte for byte. Each gets the
 * same three findings, the same hostile one, and ten thousand at once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/escape.h"
#include "pm/check.h"
#include "pm/index.h"
#include "report/finding.h"

#define PATH "postmortems/2026-11-22-checkout-500s.md"
#define MANY 10000

struct fixture {
	struct pm_ctx *ctx;
	struct pm_buf out, notices;
	struct pm_report_opts opts;
	char file[32];
};

static int to_buffer(void *data, struct pm_slice bytes)
{
	pm_buf_add_slice(data, bytes);
	return 0;
}

static void keep_notice(void *data, const char *line)
{
	pm_buf_adds(data, line);
	pm_buf_addc(data, '\n');
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	int fd;

	f->ctx = pm_ctx_new();
	f->out = (struct pm_buf)PM_BUF_INIT;
	f->notices = (struct pm_buf)PM_BUF_INIT;
	f->ctx->notice = keep_notice;
	f->ctx->notice_data = &f->notices;
	f->opts.sink = to_buffer;
	f->opts.sink_data = &f->out;
	memcpy(f->file, "/tmp/pm-formats.XXXXXX", 23);
	fd = mkstemp(f->file);
	assert_true(fd >= 0);
	close(fd);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	unlink(f->file);
	pm_buf_release(&f->out);
	pm_buf_release(&f->notices);
	pm_ctx_free(f->ctx);
	free(f);
	return 0;
}

static struct pm_report *begin(struct fixture *f, const char *format)
{
	struct pm_report *report = NULL;

	f->opts.format = format;
	assert_int_equal(
		pm_report_new(f->ctx, &f->opts, &pm_shape_finding, &report), 0);
	return report;
}

static void add(struct pm_report *report, struct pm_finding finding)
{
	struct pm_value values[PM_FINDING_COLUMNS];

	pm_finding_values(&finding, values);
	assert_int_equal(pm_report_record(report, values), 0);
}

static struct pm_finding late(void)
{
	return (struct pm_finding){
		.rule = "action-overdue",
		.level = PM_LEVEL_WARNING,
		.step = PM_STEP_SHARE,
		.path = PM_SLICE_LIT(PATH),
		.document = PM_SLICE_LIT("2026-11-22-checkout-500s"),
		.start = {7, 5},
		.end = {7, 9},
		.message = PM_SLICE_LIT("action A1 is 3 days overdue"),
		.source = PM_SLICE_LIT("due: 2026-11-19"),
	};
}

/* Bytes 9..12 are two wide characters' worth of code points less. */
static struct pm_finding no_owner(void)
{
	return (struct pm_finding){
		.rule = "action-owner",
		.level = PM_LEVEL_ERROR,
		.step = PM_STEP_PLAN,
		.path = PM_SLICE_LIT(PATH),
		.document = PM_SLICE_LIT("2026-11-22-checkout-500s"),
		.start = {31, 9},
		.end = {31, 12},
		.message = PM_SLICE_LIT("action A2 has no owner"),
		.hint = PM_SLICE_LIT("write: owner: \"@name\""),
		.source = PM_SLICE_LIT("\xe9\x9a\x9c\xc3\xa9 - \xe9\x9a\x9c"),
	};
}

/* On two lines, without a source, in another document. */
static struct pm_finding thin(void)
{
	return (struct pm_finding){
		.rule = "section-empty",
		.level = PM_LEVEL_NOTE,
		.step = PM_STEP_ANALYSE,
		.path = PM_SLICE_LIT("postmortems/caf\xc3\xa9 x.md"),
		.document = PM_SLICE_LIT("caf\xc3\xa9 x"),
		.start = {3, 1},
		.end = {5, 2},
		.message = PM_SLICE_LIT("section 'Impact' is thin"),
	};
}

#define HOSTILE                                                                \
	"a\x1b[31m\xe2\x80\xae::error::x ##[error]y 50%,\r\n"                  \
	"::add-mask::z <b>&\"'|`*_]](u) @ana #1 ]]> \xff\xef\xbf\xbf"

static struct pm_finding hostile(void)
{
	return (struct pm_finding){
		.rule = "link-broken",
		.level = PM_LEVEL_ERROR,
		.step = PM_STEP_SHARE,
		.path = PM_SLICE_LIT("p/a,b:c\x1b%\n::error::\"<&'|.md"),
		.document = PM_SLICE_LIT("a"),
		.start = {1, 2},
		.end = {1, 3},
		.message = PM_SLICE_LIT(HOSTILE),
		.hint = PM_SLICE_LIT(HOSTILE),
		.source = PM_SLICE_LIT(HOSTILE),
	};
}

static void three(struct fixture *f, const char *format)
{
	struct pm_report *report = begin(f, format);

	add(report, late());
	add(report, no_owner());
	add(report, thin());
	pm_report_total(report, "documents", 2);
	assert_int_equal(pm_report_end(report), 0);
}

static void one_hostile(struct fixture *f, const char *format)
{
	struct pm_report *report = begin(f, format);

	add(report, hostile());
	assert_int_equal(pm_report_end(report), 0);
}

static void none(struct fixture *f, const char *format)
{
	struct pm_report *report = begin(f, format);

	assert_int_equal(pm_report_end(report), 0);
}

/* Half errors, half warnings, all with the same message. */
static void many(struct fixture *f, const char *format)
{
	struct pm_report *report = begin(f, format);

	for (unsigned i = 0; i < MANY; i++) {
		struct pm_finding finding = i % 2 ? no_owner() : late();

		finding.start.line = finding.end.line = i + 1;
		add(report, finding);
	}
	assert_int_equal(pm_report_end(report), 0);
}

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)); text += strlen(what))
		n++;
	return n;
}

static bool is_line_start(const char *text, const char *at)
{
	while (at > text && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return at == text || at[-1] == '\n';
}

/* Nothing that moves a cursor, reorders text or commands a runner. */
static void assert_inert(const struct pm_buf *out)
{
	for (size_t i = 0; i < out->len; i++)
		assert_true((unsigned char)out->ptr[i] >= ' ' ||
			    out->ptr[i] == '\n');
	assert_null(strstr(out->ptr, "\xe2\x80\xae"));
	assert_null(strstr(out->ptr, "##["));
	for (const char *p = out->ptr; (p = strstr(p, "::")); p += 2)
		if (is_line_start(out->ptr, p))
			assert_int_equal(strncmp(p, "::error file=", 13), 0);
}

static void assert_starts(const struct fixture *f, const char *with)
{
	if (strncmp(f->out.ptr, with, strlen(with)) != 0)
		assert_string_equal(f->out.ptr, with);
}

static void read_file(struct fixture *f, struct pm_buf *out)
{
	FILE *in = fopen(f->file, "r");
	int c;

	assert_non_null(in);
	while ((c = getc(in)) != EOF)
		pm_buf_addc(out, (char)c);
	fclose(in);
}

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

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

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
		TEST(markdown_counts_then_lists),
		TEST(markdown_is_inert),
		TEST(markdown_has_no_links_of_its_own),
		TEST(markdown_fits_into_a_comment),
		TEST(formats_of_findings_refuse_other_records),
		TEST(fingerprints_outlive_lines_and_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
