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

#endif
