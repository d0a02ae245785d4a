/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Templates are the schema: each H2 of a template is a required section; an
 * HTML comment under it guides the writer and carries the requirement
 * (<!-- pm: role=impact from=review min-words=5 optional -->). Read by lines,
 * not by a Markdown parser: linear, safe on hostile templates.
 */
#ifndef PM_POLICY_TEMPLATE_H
#define PM_POLICY_TEMPLATE_H

#include "base/map.h"
#include "pm/policy.h"

struct pm_template_section {
	const char *heading;
	enum pm_section_role role; /* OTHER: found by its heading alone */
	enum pm_status from;       /* required from this status on */
	bool optional;
	unsigned min_words;   /* 0: any */
	unsigned line;        /* in the template, 1-based */
	struct pm_slice text; /* what stands under the heading */
};

struct pm_template {
	const char *name; /* "default" */
	const char *path; /* in the repository; NULL: built in */
	struct pm_slice text;
	struct pm_template_section *sections;
	size_t nsections;
	/* Digests of its lines, for pm_template_line_empty, and a filter by
	   how a line begins, so that most lines of a document cost nothing. */
	struct pm_map words;
	struct pm_map headings; /* folded -> number of the section */
	unsigned char begins[512];
};

/*
 * Reads a template (text is copied). PM_EINVALID at path and line: a
 * requirement pm does not know, a role or heading twice, an unknown variable,
 * a comment without end, front matter that is not YAML once filled, no H2.
 */
int pm_template_parse(struct pm_ctx *ctx, const char *name, const char *path,
	struct pm_slice text, struct pm_template **out);
void pm_template_free(struct pm_template *tmpl);

/*
 * The section with this heading (folded), or NULL: a document's section under
 * a heading of its template has the template's role, whatever the language.
 * tmpl may be NULL. Borrowed.
 */
const struct pm_template_section *pm_template_section_named(
	const struct pm_template *tmpl, struct pm_slice heading);

/*
 * True when a line of a section says nothing of its own: no word at all, a
 * comment, TODO/TBD and the like, a placeholder, "label: TBD", or a line of
 * the template. "N/A" and "none" are answers. tmpl may be NULL. A comment
 * over several lines is the caller's to remove (pm_template_uncomment).
 */
bool pm_template_line_empty(
	const struct pm_template *tmpl, struct pm_slice line);

/*
 * As pm_template_line_empty for text that may be an action and holds no
 * comment: "TODO: add an alert" says what is to be done.
 */
bool pm_template_text_empty(
	const struct pm_template *tmpl, struct pm_slice line);

/* Appends text without its HTML comments; every line end stays. */
void pm_template_uncomment(struct pm_slice text, struct pm_buf *out);

/*
 * The value of a variable. Of a list (services, departments, *_values) the
 * items stand one a line, of participants "person<TAB>department".
 */
struct pm_template_vars {
	struct pm_slice name; /* "title" */
	struct pm_slice value;
};

/*
 * Appends the template's text with {{name}} filled and the requirements left
 * out; a value is escaped for the place where it stands. PM_EINVALID: the
 * template names a variable that vars has not.
 */
int pm_template_fill(struct pm_ctx *ctx, const struct pm_template *tmpl,
	const struct pm_template_vars *vars, size_t nvars, struct pm_buf *out);

/* The built-in template of this name; NULL if there is none. Static. */
const struct pm_slice *pm_template_builtin(struct pm_slice name);

/* Names of the built-in templates, sorted, NULL after the last. Static. */
const char *const *pm_template_builtin_names(void);

#endif
