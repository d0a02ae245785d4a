/* SPDX-License-Identifier: Apache-2.0 */
/* A parsed document as one record. */
#ifndef PM_REPORT_DOCUMENT_H
#define PM_REPORT_DOCUMENT_H

#include "base/arena.h"
#include "pm/doc.h"
#include "report/report.h"

/*
 * Writes the document as the single record of a report. Values are made in
 * arena. With a role other than PM_SECTION_OTHER only the sections that have
 * it are listed, each with its text.
 */
int pm_document_report(struct pm_ctx *ctx, const struct pm_report_opts *opts,
	struct pm_arena *arena, const struct pm_doc *doc,
	enum pm_section_role role);

/* Appends what was read, a line each with its place, safe for a terminal. */
void pm_document_read(const struct pm_doc *doc, struct pm_buf *out);

/* True when the section has the role, be it one of several. */
bool pm_document_has_role(
	const struct pm_section *section, enum pm_section_role role);

#endif
