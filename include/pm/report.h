/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records to bytes. Whoever produces records declares their shape once: the
 * columns, with name, kind and role. A format turns records into bytes and
 * hands them to the caller's sink: text and json those of any shape, the
 * others (sarif, github ...) those that have the roles of a finding. Producers
 * never know formats; formats never know producers.
 *
 *	struct pm_report_opts opts = {.format = "json", .sink = to_stdout};
 *	if (pm_report_new(ctx, &opts, &shape, &report) == 0) {
 *		pm_report_record(report, values);
 *		ret = pm_report_end(report);
 *	}
 */
#ifndef PM_REPORT_H
#define PM_REPORT_H

#include <stdint.h>

#include "pm/context.h"

#ifdef __cplusplus
extern "C" {
#endif

enum pm_value_kind {
	PM_VALUE_NULL,
	PM_VALUE_BOOL,
	PM_VALUE_INT,
	PM_VALUE_REAL,
	PM_VALUE_STR,
	PM_VALUE_STRS, /* list of strings */
	PM_VALUE_ROW,  /* one nested record */
	PM_VALUE_ROWS, /* list of nested records */
};

/* What a column means to a format. */
enum pm_role {
	PM_ROLE_NONE,
	PM_ROLE_PATH,
	PM_ROLE_LINE,
	PM_ROLE_COL,
	PM_ROLE_END_LINE,
	PM_ROLE_END_COL,
	PM_ROLE_LEVEL,
	PM_ROLE_RULE,
	PM_ROLE_MESSAGE,
	PM_ROLE_HINT,
	PM_ROLE_SOURCE, /* the line of a finding; text only, never in JSON */
	PM_ROLE_ID,
	PM_ROLE_TITLE,
	PM_ROLE_SNIPPET, /* matches stand between \x01 and \x02 */
	PM_ROLE_SECTION,
	PM_ROLE_HIDDEN, /* data for machines; the text format leaves it out */
};

struct pm_shape;

struct pm_column {
	const char *name;
	const char *help;        /* one line, for the manual */
	enum pm_value_kind kind; /* NULL is always allowed as a value */
	enum pm_role role;
	const struct pm_shape *rows; /* of ROW and ROWS */
};

enum pm_text_style {
	PM_TEXT_TABLE,       /* aligned columns */
	PM_TEXT_DIAGNOSTICS, /* path:line:col: error: message [rule] */
	PM_TEXT_RESULTS,     /* path:line: title, then indented lines */
	PM_TEXT_FIELDS,      /* one record as "name: value" lines */
};

struct pm_shape {
	const char *name; /* key of the list in JSON: "findings" */
	const struct pm_column *columns;
	size_t ncolumns;
	enum pm_text_style style;
	bool single; /* one record only; its columns are the top level */
};

struct pm_value {
	enum pm_value_kind kind;
	union {
		bool b;
		int64_t i;
		double r;
		struct pm_slice s;
		const struct pm_slice *strs; /* n of them */
		const struct pm_value *rows; /* n * rows->ncolumns of them */
	} u;
	size_t n;
};

/* Values of each kind; texts, lists and rows are borrowed, and must live until
   the record is written. A list of rows has n times the columns of its shape.
 */
struct pm_value pm_value_null(void);
struct pm_value pm_value_bool(bool b);
struct pm_value pm_value_int(int64_t i);
struct pm_value pm_value_real(double r);
struct pm_value pm_value_str(struct pm_slice s);  /* ptr NULL: null */
struct pm_value pm_value_some(struct pm_slice s); /* empty: null */
struct pm_value pm_value_text(const char *str);   /* NULL: null */
struct pm_value pm_value_strs(const struct pm_slice *strs, size_t n);
struct pm_value pm_value_row(const struct pm_value *values);
struct pm_value pm_value_rows(const struct pm_value *values, size_t n);

/* Takes bytes; a negative return, with errno, stops the report. */
typedef int (*pm_sink_fn)(void *data, struct pm_slice bytes);

struct pm_report_opts {
	const char *format; /* "text"; NULL means text */
	bool color;         /* text: escape sequences allowed */
	bool terminal;  /* text: a person reads it (source line and caret) */
	unsigned width; /* columns of the terminal; 0: no limit */
	struct pm_slice here; /* text: paths are written as seen from this
				 directory, relative to the top; empty: the
				 top itself */
	pm_sink_fn sink;
	void *sink_data;
	const char *file;    /* written there at the end, at once, instead of to
				the sink; NULL: none */
	const char *summary; /* github: file that the whole list is appended
				to; NULL: none */
	bool warnings_fail;  /* junit: warnings are failures too */
	const char *version; /* of the program, for formats that name it */
};

struct pm_report;

/*
 * Begins a report, which pm_report_end frees; opts is copied, what it and shape
 * point at must live until then. PM_EUSAGE: no such format (with the nearest),
 * or not for this shape.
 */
int pm_report_new(struct pm_ctx *ctx, const struct pm_report_opts *opts,
	const struct pm_shape *shape, struct pm_report **out);

/* Writes one record: shape->ncolumns values. Returns 0, or what stopped the
   report, now or before. */
int pm_report_record(struct pm_report *report, const struct pm_value *values);

/* A number about the whole: {"errors": 3}. Any time before the end; name is
   kept by pointer. */
void pm_report_total(struct pm_report *report, const char *name, int64_t value);

/* Writes what is left and frees the report (also after a failure); NULL is
   fine. Returns as pm_report_record does, or why the file cannot be written. */
int pm_report_end(struct pm_report *report);

/* Says that the records are not complete, for the reason of code: the report's
   end writes no file, and nothing to the sink when there was no record. */
void pm_report_spoil(struct pm_report *report, int code);

/* Names of the formats, NULL after the last. Static. */
const char *const *pm_report_formats(void);

/*
 * The records that several commands print, and how each becomes values. The
 * values point into the record (and the scratch), which must outlive them.
 */
struct pm_finding;
struct pm_list_item;
struct pm_search_result;

#define PM_FINDING_COLUMNS 12
#define PM_LIST_COLUMNS    24
#define PM_SEARCH_COLUMNS  7

extern const struct pm_shape pm_shape_finding; /* "findings" */
extern const struct pm_shape pm_shape_list;    /* "documents" */
extern const struct pm_shape pm_shape_search;  /* "results" */

/* Room for the nested record of a list item. */
struct pm_list_scratch {
	struct pm_value times[6]; /* by enum pm_moment */
};

/* Fill as many values as the shape has columns. */
void pm_finding_values(const struct pm_finding *finding, struct pm_value *out);
void pm_list_values(const struct pm_list_item *item,
	struct pm_list_scratch *scratch, struct pm_value *out);
void pm_search_values(
	const struct pm_search_result *result, struct pm_value *out);

#ifdef __cplusplus
}
#endif

#endif
