/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lines of a text while lists of other signs are mended for cmark. Private
 * to the files that do.
 */
#ifndef PM_MARKDOWN_MEND_H
#define PM_MARKDOWN_MEND_H

#include "markdown/private.h"

struct pm_md_mender {
	struct pm_arena *arena;
	const struct pm_lines *lines;
	char *copy; /* of all the text; NULL: nothing is mended yet */
	char fence; /* the sign of the fence that is open, or '\0' */
	size_t fence_len;
	int sign;           /* the one that was met last; 0: none */
	unsigned sign_line; /* where */
	bool sign_put;      /* and a bullet was made of it */
	int count;          /* how the last line was counted: "(2)", "b." */
	unsigned counted, count_line; /* as what, and where */
	bool blank;       /* the line before holds nothing, or a heading */
	bool in_list;     /* what is indented goes on with an item */
	bool framed;      /* it is inside an admonition that began above */
	size_t frame_len; /* of the fence that is one; 0: none is open */
	char frame;       /* its sign */
};

/* A line of the copy, which is made when one is first asked for. */
char *pm_md_mend_line(struct pm_md_mender *m, unsigned line);

/* The length of the marker of a list item at an offset, 0: there is none. */
size_t pm_md_marker(struct pm_slice line, size_t at);

/* Blanks a line that other dialects put around Markdown; false: it is none. */
bool pm_md_mend_frame(struct pm_md_mender *m, size_t at, unsigned number);

/* The same for the beginning of a fence at an offset of its line. */
bool pm_md_mend_fence(struct pm_md_mender *m, size_t at, unsigned number);

/* Leaves nothing of a line. */
void pm_md_mend_blank(struct pm_md_mender *m, unsigned number);

/* Moves the lines of an indented block that begins at one to the margin, if it
   is a list or inside an admonition. Returns its last line. */
unsigned pm_md_mend_indented(struct pm_md_mender *m, unsigned number);

#endif
