/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One escaper per output context, named for the context. Text from documents
 * is data: it never reaches a terminal or a CI log unescaped.
 */
#ifndef PM_BASE_ESCAPE_H
#define PM_BASE_ESCAPE_H

#include "pm/buf.h"

/*
 * For a line of text output: invisible, control, bidi characters and invalid
 * bytes become \x1b or \u202e forms; a backslash stays. "##[" is broken as
 * "##\x5b" and, when at_line_start, a first non-blank "::" as "\x3a:", so
 * that no CI runner reads it as a command (HAZARDS 113-116). Line ends and
 * tabs become \n, \t.
 */
void pm_term_text(struct pm_buf *buf, struct pm_slice text, bool at_line_start);

/*
 * As pm_term_text for whole documents: keeps line ends and tabs, applies the
 * line start rule to every line.
 */
void pm_term_lines(struct pm_buf *buf, struct pm_slice text);

/* A JSON string with its quotes; invalid bytes become U+FFFD. */
void pm_json_str(struct pm_buf *buf, struct pm_slice text);

/* A YAML scalar: plain where that is safe in flow and block, else "quoted". */
void pm_yaml_scalar(struct pm_buf *buf, struct pm_slice text);

#endif
