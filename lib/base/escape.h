/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One escaper per output context, named for the context. Text from documents
 * is data: it never reaches a terminal or a CI log unescaped.
 */
#ifndef PM_BASE_ESCAPE_H
#define PM_BASE_ESCAPE_H

#include "pm/term.h"

/* A JSON string with its quotes; invalid bytes become U+FFFD. */
void pm_json_str(struct pm_buf *buf, struct pm_slice text);

/* A YAML scalar: plain where that is safe in flow and block, else "quoted". */
void pm_yaml_scalar(struct pm_buf *buf, struct pm_slice text);

/*
 * Markdown text on one line: nothing in it is markup, a link, a mention or a
 * reference; what is invisible is shown as by pm_term_text.
 */
void pm_md_text(struct pm_buf *buf, struct pm_slice text);

/*
 * XML text or attribute value on one line, without quotes. What is invisible
 * is shown as by pm_term_text, so nothing illegal in XML 1.0 is left.
 */
void pm_xml_text(struct pm_buf *buf, struct pm_slice text);

/* A path in a URL: all but unreserved characters and "/" in percent form. */
void pm_url_path(struct pm_buf *buf, struct pm_slice path);

#endif
