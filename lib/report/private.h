/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared by the files of the text format and by nobody else: formats/text.c
 * chooses the style, text_diagnostic.c and text_table.c hold the two that are
 * more than a few lines.
 */
#ifndef PM_REPORT_PRIVATE_H
#define PM_REPORT_PRIVATE_H

#include "report/report.h"

#define PM_PAINT_OFF   "\033[0m"
#define PM_PAINT_BOLD  "\033[1m"
#define PM_PAINT_DIM   "\033[2m"
#define PM_PAINT_RED   "\033[1;31m"
#define PM_PAINT_GREEN "\033[1;32m"
#define PM_PAINT_AMBER "\033[1;33m"
#define PM_PAINT_BLUE  "\033[1;34m"

/* Writes the escape sequence where colour is allowed. */
void pm_text_paint(struct pm_report *report, const char *paint);

/* The number in a column, 0 when it has none or is no number. */
int64_t pm_text_int(const struct pm_report *report,
	const struct pm_value *values, enum pm_role role);

/* Writes the path of a record, made relative by the prefix, at line start. */
void pm_text_path(struct pm_report *report, const struct pm_value *values);

/* Writes a value on one line, made safe: lists with commas. */
void pm_text_value(
	struct pm_buf *out, const struct pm_value *value, bool at_line_start);

/* True for a column that the text format shows. */
bool pm_text_visible(const struct pm_column *column);

/* One finding: its line and, for a person, source, caret and hint. */
void pm_text_diagnostic(
	struct pm_report *report, const struct pm_value *values);

/* An aligned table. Rows are held until enough are known to size columns. */
void pm_text_table_begin(struct pm_report *report);
void pm_text_table_row(struct pm_report *report, const struct pm_value *values);
void pm_text_table_end(struct pm_report *report);

#endif
