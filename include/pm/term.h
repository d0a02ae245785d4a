/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text from documents on its way to a terminal or a CI log. It is data: what
 * is invisible, moves the cursor, reorders text or would be read as a command
 * by a CI runner is shown as an escape instead.
 *
 *	struct pm_buf safe = PM_BUF_INIT;
 *	pm_term_text(&safe, doc->title.text, true);
 *	puts(safe.ptr);
 *	pm_buf_release(&safe);
 */
#ifndef PM_TERM_H
#define PM_TERM_H

#include "pm/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * For a line of text output: invisible, control, bidi characters and invalid
 * bytes become \x1b or \u202e forms; a backslash stays. "##[" is broken as
 * "##\x5b" and, when at_line_start, a first non-blank "::" as "\x3a:", so
 * that no CI runner reads it as a command (rows 113 to 116 of
 * tests/hazards.txt). Line ends and tabs become \n, \t.
 */
void pm_term_text(struct pm_buf *buf, struct pm_slice text, bool at_line_start);

/*
 * As pm_term_text for whole documents: keeps line ends and tabs, applies the
 * line start rule to every line.
 */
void pm_term_lines(struct pm_buf *buf, struct pm_slice text);

/* Columns a terminal needs for text: wide and combining characters counted. */
size_t pm_term_width(struct pm_slice text);

#ifdef __cplusplus
}
#endif

#endif
