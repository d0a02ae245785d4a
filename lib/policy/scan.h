/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A template line by line: where a line stands (front matter, text, code) and
 * which parts of it are comment. Shared by reading and filling, so that both
 * see the same template.
 */
#ifndef PM_POLICY_SCAN_H
#define PM_POLICY_SCAN_H

#include "pm/slice.h"

enum pm_scan_where {
	PM_SCAN_FENCE, /* the "---" lines around the front matter */
	PM_SCAN_FRONT,
	PM_SCAN_TEXT, /* comments too, see pm_scan_segment */
	PM_SCAN_CODE, /* in a fenced block, its fences included */
};

struct pm_scan {
	struct pm_slice rest;
	struct pm_slice line;     /* the present one, without its end */
	struct pm_slice end;      /* its line end as written */
	unsigned number;          /* 1-based */
	enum pm_scan_where where; /* of the present line */
	bool comment;             /* a comment is open */
	unsigned comment_line;    /* where it was opened */
	char fence;               /* '`' or '~' while code is open, else 0 */
	size_t fence_len;
};

void pm_scan_init(struct pm_scan *scan, struct pm_slice text);

/* Goes to the next line; false after the last. All segments of a line must
   be taken before. */
bool pm_scan_next(struct pm_scan *scan);

/*
 * Cuts the next part off a text line: comment markers belong to the comment.
 * off starts at 0. Returns false at the line's end.
 */
bool pm_scan_segment(struct pm_scan *scan, size_t *off, struct pm_slice *part,
	bool *comment);

/* The same for a line of any text; *open says that a comment goes on. */
bool pm_comment_segment(struct pm_slice line, bool *open, size_t *off,
	struct pm_slice *part, bool *comment);

/* A comment's text without its markers, trimmed. */
struct pm_slice pm_comment_text(struct pm_slice part);

/*
 * Finds the next {{name}} at or after *off: sets name, and *off and *len to
 * where it stands. Other braces are text.
 */
bool pm_scan_variable(
	struct pm_slice line, size_t *off, size_t *len, struct pm_slice *name);

/* What kind of value a variable has. */
enum pm_variable_kind {
	PM_VARIABLE_TEXT,
	PM_VARIABLE_LIST,
	PM_VARIABLE_ROWS,
};

struct pm_variable {
	const char *name;
	enum pm_variable_kind kind;
	const char *sample; /* a value of the kind the variable will have */
};

/* The variable of this name, or NULL. Static. */
const struct pm_variable *pm_variable_find(struct pm_slice name);

/* The nearest variable to a mistyped one, or NULL. Static. */
const char *pm_variable_nearest(struct pm_slice name);

/* All variables in the order of their names; count of them in *n. Static. */
const struct pm_variable *pm_variables(size_t *n);

#endif
