/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared by the files of this room only: parsing with an arena as cmark's
 * memory, and the walk that flattens cmark's tree.
 */
#ifndef PM_MARKDOWN_PRIVATE_H
#define PM_MARKDOWN_PRIVATE_H

#include <cmark-gfm.h>

#include "markdown/markdown.h"

/*
 * Parses text into cmark's tree, all of whose memory lies in arena: nothing
 * of it is freed, and it may be read until the next call.
 */
cmark_node *pm_md_tree(struct pm_arena *arena, struct pm_slice text);

/* What flattening needs to hand around; one per document. */
struct pm_md_walk {
	struct pm_arena *arena;
	const struct pm_lines *lines;
	unsigned first_line; /* line of the text that cmark counts as 1, - 1 */
	struct pm_md *out;
	size_t block;       /* the block being filled, SIZE_MAX at the top */
	struct pm_buf text; /* of that block so far */
	unsigned line;      /* where its runs have got to */
	size_t cursor;      /* source offset behind the last run found */
	size_t limit;       /* end of the block in the source */
	unsigned styles[8]; /* how often each style is open, by bit number */
	const char *url;    /* of the open link, or NULL */
	const char *image;  /* of the open image, or NULL */
	size_t link_runs;   /* number of runs when the link was opened */
};

/* One event of cmark's iterator within the inlines of walk->block. */
void pm_md_inline(struct pm_md_walk *walk, cmark_node *node, bool enter);

/* Begins and ends the inlines of walk->block. */
void pm_md_inline_begin(struct pm_md_walk *walk);
void pm_md_inline_end(struct pm_md_walk *walk);

/* Sets the lines of a block as it is entered, mending what cmark says. */
void pm_md_place(
	struct pm_md_walk *walk, cmark_node *node, struct pm_md_block *block);

/* Mends the rest once the inside of walk->block is known. */
void pm_md_place_end(struct pm_md_walk *walk);

/* Room for element len of an array in the arena that grows by ones. */
void *pm_md_grow(struct pm_arena *arena, void *items, size_t len, size_t size);

#endif
