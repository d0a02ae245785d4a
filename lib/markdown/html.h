/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of raw HTML as Markdown while they are put down. Private to the
 * files that do.
 */
#ifndef PM_MARKDOWN_HTML_H
#define PM_MARKDOWN_HTML_H

#include "markdown/private.h"
#include "pm/buf.h"

/* Lists in lists, and cells of a row, that are told apart. */
enum { PM_HTML_DEPTH = 6, PM_HTML_COLUMNS = 32 };

/* Markdown of which each line knows the one of the document that it is from. */
struct pm_md_html {
	struct pm_arena *arena;
	struct pm_buf out;
	unsigned *lines; /* one for each line of out */
	size_t nlines;
	struct pm_buf row; /* the line that is being put down ... */
	unsigned line;     /* and where it began; 0: it has nothing yet */
	bool words;        /* something was put down that is no blank line */
	bool blank;        /* the last line was one */
	bool listed;       /* a line began with the marker of an item */
	unsigned depth;    /* of lists */
	bool ordered[PM_HTML_DEPTH];
	bool item;        /* the line is one's */
	bool table, cell; /* in a table, in a cell of it */
	bool head;        /* the row holds a header cell */
	size_t rows, cells;
	size_t cell_at; /* where the words of the cell begin in row */
	/* What spans rows: the words of its cell, and rows that are left. */
	struct pm_slice spans[PM_HTML_COLUMNS];
	unsigned left[PM_HTML_COLUMNS];
	unsigned rowspan, colspan; /* of the cell */
	bool bold, bold_due; /* open; its stars are put before the next word */
	struct pm_slice url; /* of the link that is open; empty: none */
	size_t link_at;      /* where its words begin in row */
};

/* One character of text, which stands on a line of the document. */
void pm_md_html_put(struct pm_md_html *h, char c, unsigned line);

/* A tag without its angle brackets, "/td" or "td rowspan=2". */
void pm_md_html_tag(struct pm_md_html *h, struct pm_slice tag, unsigned line);

/* Ends what is open. */
void pm_md_html_end(struct pm_md_html *h);

#endif
