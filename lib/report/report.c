/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The report: values, the table of formats, and the way from a format's
 * buffer to the caller's sink. A format only ever writes into report->out;
 * the first failure of the sink is kept and silences everything after it.
 */
#include "report/report.h"

#include "base/alloc.h"
#include "base/nearest.h"

#define PM_FORMAT(name) extern const struct pm_format pm_format_##name;
#include "report/formats.def"
#undef PM_FORMAT

static const struct pm_format *const formats[] = {
#define PM_FORMAT(name) &pm_format_##name,
#include "report/formats.def"
#undef PM_FORMAT
};

/* PM_FORMAT's argument is the format's name: no second list to keep. */
static const char *const names[] = {
#define PM_FORMAT(name) #name,
#include "report/formats.def"
#undef PM_FORMAT
	NULL,
};

#define NFORMATS (sizeof formats / sizeof *formats)

/* What a pipe takes in one go; more would only cost memory. */
#define CHUNK ((size_t)64 * 1024)

struct pm_value pm_value_null(void)
{
	return (struct pm_value){.kind = PM_VALUE_NULL};
}

struct pm_value pm_value_bool(bool b)
{
	return (struct pm_value){.kind = PM_VALUE_BOOL, .u.b = b};
}

struct pm_value pm_value_int(int64_t i)
{
	return (struct pm_value){.kind = PM_VALUE_INT, .u.i = i};
}

struct pm_value pm_value_real(double r)
{
	return (struct pm_value){.kind = PM_VALUE_REAL, .u.r = r};
}

struct pm_value pm_value_str(struct pm_slice s)
{
	if (!s.ptr)
		return pm_value_null();
	return (struct pm_value){.kind = PM_VALUE_STR, .u.s = s};
}

struct pm_value pm_value_some(struct pm_slice s)
{
	return s.len ? pm_value_str(s) : pm_value_null();
}

struct pm_value pm_value_text(const char *str)
{
	return str ? pm_value_str(pm_slice_str(str)) : pm_value_null();
}

struct pm_value pm_value_strs(const struct pm_slice *strs, size_t n)
{
	return (struct pm_value){.kind = PM_VALUE_STRS, .u.strs = strs, .n = n};
}

struct pm_value pm_value_row(const struct pm_value *values)
{
	return (struct pm_value){
		.kind = PM_VALUE_ROW, .u.rows = values, .n = 1};
}

struct pm_value pm_value_rows(const struct pm_value *values, size_t n)
{
	return (struct pm_value){
		.kind = PM_VALUE_ROWS, .u.rows = values, .n = n};
}

const char *const *pm_report_formats(void)
{
	return names;
}

static const struct pm_format *find_format(const char *name)
{
	for (size_t i = 0; i < NFORMATS; i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

static int no_such_format(struct pm_ctx *ctx, const char *name)
{
	const char *near = pm_nearest(pm_slice_str(name), names);
	struct pm_buf all = PM_BUF_INIT;
	int ret;

	if (near)
		return pm_fail(ctx, PM_EUSAGE,
			"no format is called '%s' (did you mean '%s'?)", name,
			near);
	for (size_t i = 0; i < NFORMATS; i++)
		pm_buf_addf(&all, "%s%s", i ? ", " : "", names[i]);
	ret = pm_fail(ctx, PM_EUSAGE, "no format is called '%s' (one of: %s)",
		name, all.ptr);
	pm_buf_release(&all);
	return ret;
}

/* What a shape's records have. */
static unsigned roles_of(const struct pm_shape *shape)
{
	unsigned roles = 0;

	for (size_t i = 0; i < shape->ncolumns; i++)
		roles |= PM_NEEDS(shape->columns[i].role);
	return roles;
}

/* Says that the records are no findings, and what can print them. */
static int not_for_shape(struct pm_ctx *ctx, const struct pm_format *format,
	const struct pm_shape *shape)
{
	unsigned roles = roles_of(shape);
	struct pm_buf fit = PM_BUF_INIT;
	int ret;

	for (size_t i = 0; i < NFORMATS; i++)
		if (!(formats[i]->needs & ~roles))
			pm_buf_addf(
				&fit, "%s%s", fit.len ? ", " : "", names[i]);
	ret = pm_fail(ctx, PM_EUSAGE,
		"format '%s' is for findings: %s have no rule, level or "
		"message (use one of: %s)",
		format->name, shape->name, fit.ptr);
	pm_buf_release(&fit);
	return ret;
}

int pm_report_new(struct pm_ctx *ctx, const struct pm_report_opts *opts,
	const struct pm_shape *shape, struct pm_report **out)
{
	const char *name = opts->format ? opts->format : "text";
	const struct pm_format *format = find_format(name);
	struct pm_report *report;

	*out = NULL;
	if (!format)
		return no_such_format(ctx, name);
	if (format->needs & ~roles_of(shape))
		return not_for_shape(ctx, format, shape);
	report = pm_alloc(1, sizeof *report);
	report->ctx = ctx;
	report->opts = *opts;
	report->shape = shape;
	report->format = format;
	report->out = (struct pm_buf)PM_BUF_INIT;
	format->begin(report);
	*out = report;
	return 0;
}

/* Hands what is written so far to the sink; keeps the first failure. */
static void flush(struct pm_report *report)
{
	if (report->opts.file)
		return;
	if (report->failed == 0 && report->out.len &&
		report->opts.sink(
			report->opts.sink_data, pm_buf_slice(&report->out)) < 0)
		report->failed =
			pm_fail_errno(report->ctx, "cannot write the report");
	pm_buf_reset(&report->out);
}

int pm_report_record(struct pm_report *report, const struct pm_value *values)
{
	if (report->failed)
		return report->failed;
	report->format->record(report, values);
	report->nrecords++;
	/* A person wants to see what there is while the rest is made. */
	if (report->out.len >= CHUNK || report->opts.terminal)
		flush(report);
	return report->failed;
}

void pm_report_total(struct pm_report *report, const char *name, int64_t value)
{
	const size_t max = sizeof report->totals / sizeof *report->totals;

	if (report->ntotals < max)
		report->totals[report->ntotals++] =
			(struct pm_total){name, value};
}

void pm_report_spoil(struct pm_report *report, int code)
{
	if (report->failed == 0 && (report->opts.file || report->nrecords == 0))
		report->failed = code;
}

int pm_report_end(struct pm_report *report)
{
	int ret;

	if (!report)
		return 0;
	report->format->end(report);
	flush(report);
	if (report->opts.file && report->failed == 0)
		report->failed = pm_report_write_file(report->ctx,
			report->opts.file, pm_buf_slice(&report->out));
	ret = report->failed;
	pm_buf_release(&report->out);
	free(report);
	return ret;
}

const struct pm_value *pm_report_value(const struct pm_report *report,
	const struct pm_value *values, enum pm_role role)
{
	for (size_t i = 0; i < report->shape->ncolumns; i++)
		if (report->shape->columns[i].role == role)
			return &values[i];
	return NULL;
}

struct pm_slice pm_report_text(const struct pm_report *report,
	const struct pm_value *values, enum pm_role role)
{
	const struct pm_value *value = pm_report_value(report, values, role);

	if (!value || value->kind != PM_VALUE_STR)
		return pm_slice_make("", 0);
	return value->u.s;
}
