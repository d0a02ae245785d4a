/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JUnit's XML: a suite for each document with findings, a case for each of
 * its rules. Errors fail a case; warnings and notes are its output, unless the
 * caller counts warnings as failures. A run without findings has one case that
 * passes, since build servers take an empty report for a broken one.
 */
#include "base/alloc.h"
#include "base/escape.h"
#include "report/finding.h"

/* The findings of one rule in the present document. */
struct rule_case {
	struct pm_buf rule;
	struct pm_buf first; /* message of the first that fails */
	struct pm_buf lines; /* all, as in text output, escaped */
	size_t failures;
	bool has_error;
};

struct suite {
	struct pm_buf path;
	PM_VEC(struct rule_case) cases;
};

static void begin(struct pm_report *report)
{
	struct suite *suite = pm_alloc(1, sizeof *suite);

	suite->path = (struct pm_buf)PM_BUF_INIT;
	report->state = suite;
	pm_buf_adds(&report->out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
}

static void put_case(struct pm_report *report, const struct rule_case *one)
{
	const struct suite *suite = report->state;
	struct pm_buf *out = &report->out;

	pm_buf_adds(out, "<testcase name=\"");
	pm_xml_text(out, pm_buf_slice(&one->rule));
	pm_buf_adds(out, "\" classname=\"");
	pm_xml_text(out, pm_buf_slice(&suite->path));
	pm_buf_adds(out, "\">");
	if (one->failures) {
		pm_buf_addf(out, "<failure type=\"%s\" message=\"",
			one->has_error ? "error" : "warning");
		pm_xml_text(out, pm_buf_slice(&one->first));
		if (one->failures > 1)
			pm_buf_addf(out, " (and %zu more)", one->failures - 1);
		pm_buf_addf(out, "\">%s</failure>", one->lines.ptr);
	} else {
		pm_buf_addf(out, "<system-out>%s</system-out>", one->lines.ptr);
	}
	pm_buf_adds(out, "</testcase>\n");
}

/* Writes the present document's suite, if there is one, and forgets it. */
static void put_suite(struct pm_report *report)
{
	struct suite *suite = report->state;
	size_t failed = 0;

	if (suite->cases.len == 0)
		return;
	for (size_t i = 0; i < suite->cases.len; i++)
		failed += suite->cases.items[i].failures > 0;
	pm_buf_adds(&report->out, "<testsuite name=\"");
	pm_xml_text(&report->out, pm_buf_slice(&suite->path));
	pm_buf_addf(&report->out,
		"\" tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n",
		suite->cases.len, failed);
	for (size_t i = 0; i < suite->cases.len; i++) {
		struct rule_case *one = &suite->cases.items[i];

		put_case(report, one);
		pm_buf_release(&one->rule);
		pm_buf_release(&one->first);
		pm_buf_release(&one->lines);
	}
	pm_buf_adds(&report->out, "</testsuite>\n");
	suite->cases.len = 0;
}

/* The case of the rule; there are as few as there are rules. */
static struct rule_case *find_case(struct suite *suite, struct pm_slice rule)
{
	struct rule_case *one;

	for (size_t i = 0; i < suite->cases.len; i++) {
		one = &suite->cases.items[i];
		if (pm_slice_eq(pm_buf_slice(&one->rule), rule))
			return one;
	}
	one = pm_vec_push(&suite->cases);
	one->rule = one->first = one->lines = (struct pm_buf)PM_BUF_INIT;
	one->failures = 0;
	one->has_error = false;
	pm_buf_add_slice(&one->rule, rule);
	return one;
}

static bool fails(const struct pm_report *report, enum pm_rank rank)
{
	return rank == PM_RANK_ERROR ||
	       (rank == PM_RANK_WARNING && report->opts.warnings_fail);
}

/* A path at the beginning of a line, which may reach a CI runner's log. */
static void put_path(struct pm_buf *out, struct pm_slice path)
{
	struct pm_buf inert = PM_BUF_INIT;

	pm_term_text(&inert, path, true);
	pm_xml_text(out, pm_buf_slice(&inert));
	pm_buf_release(&inert);
}

static void record(struct pm_report *report, const struct pm_value *values)
{
	struct pm_seen seen = pm_seen_read(report, values);
	struct suite *suite = report->state;
	struct rule_case *one;

	if (!pm_slice_eq(pm_buf_slice(&suite->path), seen.path)) {
		put_suite(report);
		pm_buf_reset(&suite->path);
		pm_buf_add_slice(&suite->path, seen.path);
	}
	one = find_case(suite, seen.rule);
	if (fails(report, seen.rank) && one->failures++ == 0)
		pm_buf_add_slice(&one->first, seen.message);
	one->has_error |= seen.rank == PM_RANK_ERROR;
	put_path(&one->lines, seen.path);
	pm_buf_addf(&one->lines, ":%u:%u: %s: ", seen.line, seen.col,
		pm_rank_name(seen.rank));
	pm_xml_text(&one->lines, seen.message);
	pm_buf_addc(&one->lines, '\n');
}

static void end(struct pm_report *report)
{
	struct suite *suite = report->state;

	put_suite(report);
	if (report->nrecords == 0)
		pm_buf_adds(&report->out,
			"<testsuite name=\"pm check\" tests=\"1\" "
			"failures=\"0\" errors=\"0\">\n"
			"<testcase name=\"no findings\" classname=\"pm\"/>\n"
			"</testsuite>\n");
	pm_buf_adds(&report->out, "</testsuites>\n");
	pm_vec_release(&suite->cases);
	pm_buf_release(&suite->path);
	free(suite);
	report->state = NULL;
}

PM_FORMAT_DEFINE(junit) = {
	.name = "junit",
	.summary = "JUnit's XML, for build servers",
	.needs = PM_NEEDS_FINDING,
	.begin = begin,
	.record = record,
	.end = end,
};
