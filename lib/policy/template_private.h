/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the three files about templates share: template.c reads, fill.c
 * fills, words.c knows which lines say nothing.
 */
#ifndef PM_POLICY_TEMPLATE_PRIVATE_H
#define PM_POLICY_TEMPLATE_PRIVATE_H

#include "policy/template.h"

/* Remembers a line, so that the same line in a document counts as empty. */
void pm_template_add_line(struct pm_template *tmpl, struct pm_slice line);

/*
 * Appends the front matter, without its "---" lines, filled with samples that
 * keep every value on its line. Fails as pm_template_fill does, with a mistake
 * for each line that cannot be filled; path is for messages.
 */
int pm_template_fill_front(struct pm_ctx *ctx, const struct pm_template *tmpl,
	const char *path, size_t *mistakes, struct pm_buf *out);

#endif
