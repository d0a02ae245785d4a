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
 * What a text may need of cmark beyond plain Markdown. Each costs time for
 * every line or letter, so only what a text can hold is asked for: the tree is
 * the same without the rest.
 */
enum pm_md_needs {
	PM_MD_NEEDS_STRIKE = 1,
	PM_MD_NEEDS_AUTOLINK = 2,
	PM_MD_NEEDS_TASKS = 4,
	PM_MD_NEEDS_FOOTNOTES = 8,
	PM_MD_NEEDS_REPAIR = 16, /* of bytes that are not UTF-8 */
	PM_MD_NEEDS_TABLES = 32,
};

/*
 * What a text needs (needs.c). Addresses that seem to stand in links and not
 * in running text do not ask for AUTOLINK; *doubtful is set when there are
 * some, and whoever meets one in a run of text after all must parse again.
 */
unsigned pm_md_needs(struct pm_slice text, bool *doubtful);

/*
 * The text of lines, or a copy of the same length in which what people write as
 * lists from off on is written as Markdown has them (mend.c).
 */
struct pm_slice pm_md_mend(
	struct pm_arena *arena, const struct pm_lines *lines, size_t off);

/* The next "://" at or behind off, or -1. */
ptrdiff_t pm_md_find_address(struct pm_slice text, size_t off);

/* True when the address of something stands in a run of text: "x://". */
bool pm_md_holds_address(struct pm_slice text);

/* Makes arena cmark's memory again, for reading a tree made earlier. */
void pm_md_use(struct pm_arena *arena);

/* True when AUTOLINK may find something in text. */
bool pm_md_may_link(struct pm_slice text);

/* True for bytes that cmark or line ends make something else of. */
bool pm_md_is_intricate(struct pm_slice text);

/* How many characters pm_md_plain watches for. */
#define PM_MD_MARKS 9

/* What flattening needs to hand around; one per document. */
struct pm_md_walk {
	struct pm_arena *arena;
	const struct pm_lines *lines; /* of the document */
	struct pm_slice text; /* all of it, or the copy that was mended */
	unsigned first_line;  /* line of the text that cmark counts as 1, - 1 */
	struct pm_md *out;
	size_t block;      /* the block being filled, SIZE_MAX at the top */
	size_t text_len;   /* of that block's text so far */
	unsigned line;     /* where its runs have got to */
	bool many_lines;   /* a run was seen that may span lines */
	size_t cursor;     /* source offset behind the last run found */
	size_t limit;      /* end of the block in the source */
	unsigned styles;   /* open ones */
	unsigned depth[8]; /* how often each is open, by bit number */
	const char *url;   /* of the open link, or NULL */
	const char *image; /* of the open image, or NULL */
	size_t link_runs;  /* number of runs when the link was opened */
	bool doubtful;     /* no run of text may hold an address ... */
	bool void_tree;    /* ... but one does */
	size_t marks[PM_MD_MARKS];  /* where the next of each stands ... */
	size_t looked[PM_MD_MARKS]; /* ... from where on it was looked for */
	size_t address, address_looked; /* the same for "://" */
	bool intricate;       /* its lines may not be text as they stand */
	bool addresses;       /* cmark looks for addresses in text */
	cmark_parser *parser; /* what made the tree; for pm_md_late */
	size_t html_blocks;   /* how many of HTML were read */
	size_t html_read;     /* how many of the next HTML blocks are read */
};

/*
 * Parses text into cmark's tree, all of whose memory lies in walk->arena:
 * nothing of it is freed, and it may be read until the next call. needs is a
 * bit set of enum pm_md_needs. Blocks of plain text are spared (plain.c).
 */
cmark_node *pm_md_tree(
	struct pm_md_walk *walk, struct pm_slice text, unsigned needs);

/*
 * Sets what a block of raw HTML says behind it, as blocks of Markdown; false:
 * it has no words, or those were read with a block before it.
 */
bool pm_md_read_html(struct pm_md_walk *walk, cmark_node *node);

/* One event of cmark's iterator within the inlines of walk->block. */
void pm_md_inline(struct pm_md_walk *walk, cmark_node *node, bool enter);

/*
 * True when walk->block, which is node, is a paragraph that can wait until
 * somebody asks for its text: no link, image, raw HTML or definition is in it.
 * Says whether it may hold bold text.
 */
bool pm_md_can_wait(struct pm_md_walk *walk, cmark_node *node);

/*
 * Keeps cmark from the inlines of the blocks below root, a tree whose blocks
 * are read and whose inlines are not, that hold nothing but text; and from
 * those of the paragraphs that can wait.
 */
void pm_md_spare(struct pm_md_walk *walk, cmark_node *root);
bool pm_md_is_spared(cmark_node *node);

/* Has cmark read the inlines of a node that pm_md_spare put off; does nothing
   for any other. */
void pm_md_late(struct pm_md_walk *walk, cmark_node *node);

/* Fills the runs of walk->block, just begun, from a node that was spared. */
void pm_md_plain(struct pm_md_walk *walk, cmark_node *node);

/* One run of text, or a soft line break, for walk->block. */
void pm_md_inline_text(struct pm_md_walk *walk, struct pm_slice text);
void pm_md_inline_break(struct pm_md_walk *walk);

/* Begins and ends the inlines of walk->block. */
void pm_md_inline_begin(struct pm_md_walk *walk);
void pm_md_inline_end(struct pm_md_walk *walk);

/* Sets the lines of a block as it is entered, mending what cmark says. */
void pm_md_place(
	struct pm_md_walk *walk, cmark_node *node, struct pm_md_block *block);

/* Mends the rest once the inside of walk->block is known. */
void pm_md_place_end(struct pm_md_walk *walk);

#endif
