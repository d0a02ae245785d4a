/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reports: records of each style to bytes, in text and in JSON. Hostile text
 * must come out inert, and what a person sees must line up.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "findings.h"
#include "pm/index.h"
#include "report/report.h"

struct fixture {
	struct pm_ctx *ctx;
	struct pm_buf out;
	struct pm_report_opts opts;
};

static int to_buffer(void *data, struct pm_slice bytes)
{
	pm_buf_add_slice(data, bytes);
	return 0;
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	f->ctx = pm_ctx_new();
	f->out = (struct pm_buf)PM_BUF_INIT;
	f->opts.sink = to_buffer;
	f->opts.sink_data = &f->out;
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	pm_buf_release(&f->out);
	pm_ctx_free(f->ctx);
	free(f);
	return 0;
}

static struct pm_report *begin(struct fixture *f, const struct pm_shape *shape)
{
	struct pm_report *report = NULL;

	assert_int_equal(pm_report_new(f->ctx, &f->opts, shape, &report), 0);
	return report;
}

/* A list as a person sees it, so many columns wide. */
static struct pm_report *begin_on_terminal(struct fixture *f, size_t width)
{
	f->opts.terminal = true;
	f->opts.width = width;
	return begin(f, &pm_shape_list);
}

static void add_finding(struct pm_report *report, struct pm_finding finding)
{
	struct pm_value values[PM_FINDING_COLUMNS];

	pm_finding_values(&finding, values);
	assert_int_equal(pm_report_record(report, values), 0);
}

/* The finding of the showcase: at the key of the action. */
static struct pm_finding at_key(void)
{
	struct pm_finding finding = no_owner();

	finding.start.col = 5;
	finding.end.col = 11;
	finding.source = pm_slice_str("  - id: A2");
	return finding;
}

static void a_pipe_gets_one_line_for_each_finding(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report = begin(f, &pm_shape_finding);

	add_finding(report, at_key());
	assert_int_equal(pm_report_end(report), 0);
	assert_string_equal(f->out.ptr,
		PATH ":31:5: error: action A2 has no owner [action-owner]\n");
}

static void a_person_gets_line_caret_and_hint(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report;

	f->opts.terminal = true;
	f->opts.width = 80;
	report = begin(f, &pm_shape_finding);
	add_finding(report, at_key());
	pm_report_end(report);
	assert_string_equal(f->out.ptr,
		PATH ":31:5: error: action A2 has no owner [action-owner]\n"
		     "      - id: A2\n"
		     "        ^~~~~~\n"
		     "    write: owner: \"@name\"\n");
}

static void paths_are_seen_from_where_the_user_stands(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report;

	f->opts.here = pm_slice_str("docs");
	report = begin(f, &pm_shape_finding);
	add_finding(report, at_key());
	pm_report_end(report);
	assert_int_equal(strncmp(f->out.ptr, "../postmortems/", 15), 0);
}

static void the_caret_counts_columns_not_bytes(void **state)
{
	struct fixture *f = *state;
	struct pm_finding finding = at_key();
	struct pm_report *report;

	f->opts.terminal = true;
	/* A tab, a wide character, an escape that is printed. */
	finding.source = pm_slice_str("\t\xe9\x9a\x9c\x1b: x");
	finding.start = (struct pm_pos){1, 8};
	finding.end = (struct pm_pos){1, 9};
	finding.hint = pm_slice_str(NULL);
	report = begin(f, &pm_shape_finding);
	add_finding(report, finding);
	pm_report_end(report);
	assert_non_null(strstr(
		f->out.ptr, "\n     \xe9\x9a\x9c\\x1b: x\n             ^\n"));
}

static void a_long_line_is_cut_around_its_place(void **state)
{
	struct fixture *f = *state;
	struct pm_finding finding = at_key();
	struct pm_report *report;
	char line[1001];
	char *shown;

	memset(line, '.', 1000);
	line[1000] = '\0';
	memcpy(line + 700, "HERE", 4);
	f->opts.terminal = true;
	f->opts.width = 60;
	finding.source = pm_slice_str(line);
	finding.start = (struct pm_pos){31, 701};
	finding.end = (struct pm_pos){31, 705};
	report = begin(f, &pm_shape_finding);
	add_finding(report, finding);
	pm_report_end(report);
	shown = strchr(f->out.ptr, '\n') + 1;
	assert_true(strcspn(shown, "\n") <= 60);
	assert_int_equal(strstr(shown, "HERE") - shown,
		strstr(shown, "^~~~") - strchr(shown, '\n') - 1);
}

static void colour_stands_around_text_never_in_it(void **state)
{
	struct fixture *f = *state;
	struct pm_finding finding = at_key();
	struct pm_report *report;

	f->opts.color = true;
	finding.message = pm_slice_str("kind '\x1b[31m\xe2\x80\xae' ##[error]");
	finding.path = pm_slice_str("::error::.md");
	report = begin(f, &pm_shape_finding);
	add_finding(report, finding);
	pm_report_end(report);
	assert_non_null(strstr(f->out.ptr, "\033[1;31merror:\033[0m"));
	assert_non_null(strstr(f->out.ptr, "\\x1b[31m\\u202e"));
	assert_non_null(strstr(f->out.ptr, "\\x3a:error::.md"));
	assert_null(strstr(f->out.ptr, "##["));
}

static void findings_in_json(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report;

	f->opts.format = "json";
	report = begin(f, &pm_shape_finding);
	add_finding(report, at_key());
	pm_report_total(report, "documents", 2);
	pm_report_total(report, "errors", 1);
	pm_report_end(report);
	assert_string_equal(f->out.ptr,
		"{\"schema\": 1, \"findings\": [\n"
		"{\"rule\": \"action-owner\", \"level\": \"error\", "
		"\"step\": \"plan\", \"path\": \"" PATH "\", "
		"\"line\": 31, \"col\": 5, \"end_line\": 31, \"end_col\": 11, "
		"\"message\": \"action A2 has no owner\", "
		"\"hint\": \"write: owner: \\\"@name\\\"\", "
		"\"document\": \"2026-11-22-checkout-500s\"}\n"
		"], \"documents\": 2, \"errors\": 1}\n");
}

static void an_empty_list_in_json(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report;

	f->opts.format = "json";
	report = begin(f, &pm_shape_finding);
	pm_report_total(report, "documents", 0);
	pm_report_end(report);
	assert_string_equal(f->out.ptr,
		"{\"schema\": 1, \"findings\": [], \"documents\": 0}\n");
}

static void add_item(struct pm_report *report, const char *id,
	const char *severity, const char *title)
{
	struct pm_slice services[] = {
		pm_slice_str("checkout"), pm_slice_str("payments")};
	struct pm_list_item item = {
		.id = pm_slice_str(id),
		.path = pm_slice_str("a.md"),
		.title = pm_slice_str(title),
		.severity = pm_slice_str(severity),
		.status = pm_slice_str("draft"),
		.services = services,
		.nservices = 2,
		.times = {pm_slice_str("2026-11-22T10:02Z")},
		.durations = {7, -1, -1, 29, 62},
		.actions = 3,
	};
	struct pm_value values[PM_LIST_COLUMNS];
	struct pm_list_scratch scratch;

	pm_list_values(&item, &scratch, values);
	assert_int_equal(pm_report_record(report, values), 0);
}

static void a_table_lines_up(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report = begin(f, &pm_shape_list);

	add_item(report, "2026-11-22-a", "SEV2", "First");
	add_item(report, "2026-11-23-longer", NULL, "\xe9\x9a\x9c second");
	pm_report_end(report);
	assert_string_equal(f->out.ptr,
		"2026-11-22-a       SEV2  draft  -  First\n"
		"2026-11-23-longer  -     draft  -  \xe9\x9a\x9c second\n");
}

static void a_table_for_a_person_has_a_header_and_fits(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report;

	report = begin_on_terminal(f, 51);
	add_item(report, "2026-11-22-a", "SEV2",
		"A title that is much too long for fifty columns");
	pm_report_end(report);
	assert_string_equal(f->out.ptr,
		"ID            SEVERITY  STATUS  OWNER  TITLE\n"
		"2026-11-22-a  SEV2      draft   -      A title tha\xe2\x80\xa6"
		"\n");
}

static void a_long_id_gives_way_after_the_title(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report;

	report = begin_on_terminal(f, 63);
	add_item(report, "2026-11-22-a-slug-that-goes-on-and-on-and-on", "SEV2",
		"A title that is much too long");
	add_item(report, "2026-11-22-\xe9\x9a\x9c\xe9\x9a\x9c-short", "SEV2",
		"\xe9\x9a\x9c\xe9\x9a\x9c\xe9\x9a\x9c\xe9\x9a\x9c"
		"\xe9\x9a\x9c\xe9\x9a\x9c\xe9\x9a\x9c");
	pm_report_end(report);
	assert_string_equal(f->out.ptr,
		"ID                        SEVERITY  STATUS  OWNER  TITLE\n"
		"2026-11-22-a-slug-that-\xe2\x80\xa6  SEV2      draft   -      "
		"A title tha\xe2\x80\xa6\n"
		"2026-11-22-\xe9\x9a\x9c\xe9\x9a\x9c-short     SEV2      draft "
		"  "
		"-      \xe9\x9a\x9c\xe9\x9a\x9c\xe9\x9a\x9c\xe9\x9a\x9c"
		"\xe9\x9a\x9c\xe2\x80\xa6\n");
}

static void where_nothing_else_helps_titles_are_left_out(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report;

	report = begin_on_terminal(f, 52);
	add_item(report, "2026-11-22-a-slug", "critical-for-everybody",
		"A title that is much too long");
	pm_report_end(report);
	assert_string_equal(f->out.ptr,
		"ID                 SEVERITY            STATUS  OWNER\n"
		"2026-11-22-a-slug  critical-for-ever\xe2\x80\xa6  draft   "
		"-\n");
}

static void a_long_table_is_not_held_back(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report = begin(f, &pm_shape_list);
	char id[32];
	size_t lines = 0;

	for (int i = 0; i < 1200; i++) {
		snprintf(id, sizeof id, "2026-11-22-%04d", i);
		add_item(report, id, "SEV2", "Same");
	}
	pm_report_end(report);
	for (const char *p = f->out.ptr; *p; p++)
		lines += *p == '\n';
	assert_int_equal(lines, 1200);
	assert_non_null(strstr(
		f->out.ptr, "\n2026-11-22-1199  SEV2  draft  -  Same\n"));
}

static void a_list_in_json_is_typed(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report;

	f->opts.format = "json";
	report = begin(f, &pm_shape_list);
	add_item(report, "2026-11-22-a", "SEV2", "First");
	pm_report_end(report);
	assert_non_null(strstr(
		f->out.ptr, "\"services\": [\"checkout\", \"payments\"]"));
	assert_non_null(strstr(f->out.ptr,
		"\"times\": {\"started\": \"2026-11-22T10:02Z\", "
		"\"detected\": null"));
	assert_non_null(strstr(f->out.ptr,
		"\"ttd\": 7, \"tta\": null, \"tti\": null, \"ttm\": 29, "
		"\"ttr\": 62, \"actions\": 3"));
	assert_non_null(strstr(f->out.ptr, "\"owner\": null"));
}

static void add_result(struct pm_report *report, const char *snippet)
{
	struct pm_search_result result = {
		.id = pm_slice_str("a"),
		.path = pm_slice_str("p/a.md"),
		.title = pm_slice_str("Checkout"),
		.score = 1.5,
		.section = pm_slice_str("Causes"),
		.line = 12,
		.snippet = pm_slice_str(snippet),
	};
	struct pm_value values[PM_SEARCH_COLUMNS];

	pm_search_values(&result, values);
	assert_int_equal(pm_report_record(report, values), 0);
}

static void results_mark_what_matches(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report = begin(f, &pm_shape_search);

	add_result(report, "the \x01"
			   "canary\x02 did");
	pm_report_end(report);
	assert_string_equal(f->out.ptr, "p/a.md:12: Checkout\n"
					"    Causes: the **canary** did\n");
	pm_buf_reset(&f->out);
	f->opts.color = true;
	report = begin(f, &pm_shape_search);
	add_result(report, "the \x01"
			   "canary\x02 did");
	pm_report_end(report);
	assert_non_null(strstr(f->out.ptr, "the \033[1;31mcanary\033[0m did"));
}

static void a_mark_hides_no_command(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report;

	f->opts.color = true;
	report = begin(f, &pm_shape_search);
	add_result(report, "x ##\x01[error]\x02 y");
	pm_report_end(report);
	assert_non_null(strstr(f->out.ptr, "x ##\\x5berror] y"));
}

static void results_in_json(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report;

	f->opts.format = "json";
	report = begin(f, &pm_shape_search);
	add_result(report, "the \x01"
			   "canary\x02 did");
	pm_report_end(report);
	assert_string_equal(f->out.ptr,
		"{\"schema\": 1, \"results\": [\n"
		"{\"id\": \"a\", \"path\": \"p/a.md\", \"title\": "
		"\"Checkout\", \"score\": 1.5, \"section\": \"Causes\", "
		"\"line\": 12, \"snippet\": \"the **canary** did\"}\n"
		"]}\n");
}

static const struct pm_column inner_columns[] = {
	{"id", "", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"sure", "", PM_VALUE_BOOL, PM_ROLE_NONE, NULL},
};
static const struct pm_shape inner_shape = {
	"causes", inner_columns, 2, PM_TEXT_FIELDS, false};
static const struct pm_column outer_columns[] = {
	{"title", "", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"causes", "", PM_VALUE_ROWS, PM_ROLE_NONE, &inner_shape},
	{"none", "", PM_VALUE_STR, PM_ROLE_NONE, NULL},
};
static const struct pm_shape outer_shape = {
	"one", outer_columns, 3, PM_TEXT_FIELDS, true};

static void a_single_record_with_nested_ones(void **state)
{
	struct fixture *f = *state;
	const struct pm_value inner[] = {pm_value_text("C1"),
		pm_value_bool(true), pm_value_text("C2"), pm_value_bool(false)};
	const struct pm_value values[] = {pm_value_text("T\nU"),
		pm_value_rows(inner, 2), pm_value_null()};
	struct pm_report *report = begin(f, &outer_shape);

	pm_report_record(report, values);
	pm_report_end(report);
	assert_string_equal(f->out.ptr, "title: T\\nU\n"
					"causes:\n"
					"  id: C1\n"
					"  sure: yes\n"
					"  id: C2\n"
					"  sure: no\n");
	pm_buf_reset(&f->out);
	f->opts.format = "json";
	report = begin(f, &outer_shape);
	pm_report_record(report, values);
	pm_report_total(report, "n", 1);
	pm_report_end(report);
	assert_string_equal(f->out.ptr,
		"{\"schema\": 1, \"title\": \"T\\nU\", \"causes\": "
		"[{\"id\": \"C1\", \"sure\": true}, "
		"{\"id\": \"C2\", \"sure\": false}], \"none\": null, "
		"\"n\": 1}\n");
}

static void a_mistyped_format_gets_the_nearest(void **state)
{
	struct fixture *f = *state;
	struct pm_report *report;

	f->opts.format = "jsn";
	assert_int_equal(
		pm_report_new(f->ctx, &f->opts, &pm_shape_finding, &report),
		PM_EUSAGE);
	assert_null(report);
	assert_non_null(strstr(pm_ctx_error(f->ctx)->message.ptr, "'json'"));
	f->opts.format = "yellow";
	assert_int_equal(
		pm_report_new(f->ctx, &f->opts, &pm_shape_finding, &report),
		PM_EUSAGE);
	assert_non_null(
		strstr(pm_ctx_error(f->ctx)->message.ptr, "text, json"));
}

static void names_of_formats_end_with_null(void **state)
{
	const char *const *names = pm_report_formats();

	(void)state;
	assert_string_equal(names[0], "text");
	assert_string_equal(names[1], "json");
	while (*names)
		names++;
	assert_null(*names);
}

static int refuse(void *data, struct pm_slice bytes)
{
	(void)bytes;
	++*(int *)data;
	return PM_ERROR;
}

static void a_sink_that_fails_is_asked_once(void **state)
{
	struct fixture *f = *state;
	struct pm_finding finding = at_key();
	struct pm_value values[PM_FINDING_COLUMNS];
	struct pm_report *report;
	int calls = 0;

	f->opts.sink = refuse;
	f->opts.sink_data = &calls;
	f->opts.terminal = true; /* flushes after each record */
	report = begin(f, &pm_shape_finding);
	pm_finding_values(&finding, values);
	assert_true(pm_report_record(report, values) < 0);
	assert_true(pm_report_record(report, values) < 0);
	assert_true(pm_report_end(report) < 0);
	assert_int_equal(calls, 1);
	assert_int_equal(pm_report_end(NULL), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_pipe_gets_one_line_for_each_finding),
		TEST(a_person_gets_line_caret_and_hint),
		TEST(paths_are_seen_from_where_the_user_stands),
		TEST(the_caret_counts_columns_not_bytes),
		TEST(a_long_line_is_cut_around_its_place),
		TEST(colour_stands_around_text_never_in_it),
		TEST(findings_in_json),
		TEST(an_empty_list_in_json),
		TEST(a_table_lines_up),
		TEST(a_table_for_a_person_has_a_header_and_fits),
		TEST(a_long_id_gives_way_after_the_title),
		TEST(where_nothing_else_helps_titles_are_left_out),
		TEST(a_long_table_is_not_held_back),
		TEST(a_list_in_json_is_typed),
		TEST(results_mark_what_matches),
		TEST(a_mark_hides_no_command),
		TEST(results_in_json),
		TEST(a_single_record_with_nested_ones),
		TEST(a_mistyped_format_gets_the_nearest),
		TEST(names_of_formats_end_with_null),
		TEST(a_sink_that_fails_is_asked_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
