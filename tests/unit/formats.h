/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings for the tests of formats: three that differ in every way, a hostile
 * one, ten thousand at once; and a report of them that goes to a buffer.
 */
#ifndef FORMATS_H
#define FORMATS_H

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
#include "findings.h"
#include "pm/index.h"
#include "report/finding.h"

#define MANY 10000

struct fixture {
	struct pm_ctx *ctx;
	struct pm_buf out, notices;
	struct pm_report_opts opts;
	char file[32];
};

static inline int to_buffer(void *data, struct pm_slice bytes)
{
	pm_buf_add_slice(data, bytes);
	return 0;
}

static inline void keep_notice(void *data, const char *line)
{
	pm_buf_adds(data, line);
	pm_buf_addc(data, '\n');
}

static inline int setup(void **state)
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

static inline int teardown(void **state)
{
	struct fixture *f = *state;

	unlink(f->file);
	pm_buf_release(&f->out);
	pm_buf_release(&f->notices);
	pm_ctx_free(f->ctx);
	free(f);
	return 0;
}

static inline struct pm_report *begin(struct fixture *f, const char *format)
{
	struct pm_report *report = NULL;

	f->opts.format = format;
	assert_int_equal(
		pm_report_new(f->ctx, &f->opts, &pm_shape_finding, &report), 0);
	return report;
}

static inline void add(struct pm_report *report, struct pm_finding finding)
{
	struct pm_value values[PM_FINDING_COLUMNS];

	pm_finding_values(&finding, values);
	assert_int_equal(pm_report_record(report, values), 0);
}

static inline struct pm_finding late(void)
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

/* On two lines, without a source, in another document. */
static inline struct pm_finding thin(void)
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

static inline struct pm_finding hostile(void)
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

static inline void three(struct fixture *f, const char *format)
{
	struct pm_report *report = begin(f, format);

	add(report, late());
	add(report, no_owner());
	add(report, thin());
	pm_report_total(report, "documents", 2);
	assert_int_equal(pm_report_end(report), 0);
}

static inline void one_hostile(struct fixture *f, const char *format)
{
	struct pm_report *report = begin(f, format);

	add(report, hostile());
	assert_int_equal(pm_report_end(report), 0);
}

static inline void none(struct fixture *f, const char *format)
{
	struct pm_report *report = begin(f, format);

	assert_int_equal(pm_report_end(report), 0);
}

/* Half errors, half warnings, all with the same message. */
static inline void many(struct fixture *f, const char *format)
{
	struct pm_report *report = begin(f, format);

	for (unsigned i = 0; i < MANY; i++) {
		struct pm_finding finding = i % 2 ? no_owner() : late();

		finding.start.line = finding.end.line = i + 1;
		add(report, finding);
	}
	assert_int_equal(pm_report_end(report), 0);
}

/* Not with strstr, of which the sanitizers measure the rest each time. */
static inline size_t count(const char *text, const char *what)
{
	const char *end = text + strlen(text);
	size_t n = 0, len = strlen(what);

	for (; (text = memmem(text, (size_t)(end - text), what, len));
		text += len)
		n++;
	return n;
}

static inline bool is_line_start(const char *text, const char *at)
{
	while (at > text && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return at == text || at[-1] == '\n';
}

/* Nothing that moves a cursor, reorders text or commands a runner. */
static inline void assert_inert(const struct pm_buf *out)
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

static inline void assert_starts(const struct fixture *f, const char *with)
{
	if (strncmp(f->out.ptr, with, strlen(with)) != 0)
		assert_string_equal(f->out.ptr, with);
}

static inline void read_file(struct fixture *f, struct pm_buf *out)
{
	FILE *in = fopen(f->file, "r");
	int c;

	assert_non_null(in);
	while ((c = getc(in)) != EOF)
		pm_buf_addc(out, (char)c);
	fclose(in);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
