/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Markdown as a flat tree: blocks in document order, each with its lines, and
 * the runs of inline text under the blocks that hold some. The only user of
 * cmark-gfm (table, strikethrough, autolink, tasklist, footnotes). Trees are
 * walked without recursion, which dies on deep nesting (hazards.txt 88).
 *
 * Positions: cmark-gfm's lines are right, its columns are not (hazards.txt 98),
 * so a block carries lines and byte spans of whole lines; runs find their own
 * place in the source by search and carry a span only if it was found.
 */
#ifndef PM_MARKDOWN_MARKDOWN_H
#define PM_MARKDOWN_MARKDOWN_H

#include "base/arena.h"
#include "base/lines.h"
#include "pm/slice.h"

enum pm_md_kind {
	PM_MD_HEADING,
	PM_MD_PARAGRAPH,
	PM_MD_LIST,
	PM_MD_ITEM,
	PM_MD_CODE,
	PM_MD_HTML, /* HTML block, comments among them */
	PM_MD_TABLE,
	PM_MD_ROW,
	PM_MD_CELL,
	PM_MD_QUOTE,
	PM_MD_RULE,
	PM_MD_FOOTNOTE,
};

enum pm_md_style {
	PM_MD_STRONG = 1,
	PM_MD_EMPHASIS = 2,
	PM_MD_INLINE_CODE = 4,
	PM_MD_STRIKE = 8,
	PM_MD_LINK = 16,
	PM_MD_IMAGE = 32,
	PM_MD_INLINE_HTML = 64, /* text is the raw tag or comment */
	PM_MD_BREAK = 128,      /* text is one space (soft, <br>) or "\n" */
};

struct pm_md_run {
	unsigned style;       /* enum pm_md_style, or-ed */
	struct pm_slice text; /* decoded, in the arena */
	struct pm_slice url;  /* of the enclosing link or image */
	struct pm_span span; /* where text (or a link) stands; len 0: unknown */
	unsigned line;       /* best known, 1-based in the whole document */
};

struct pm_md_block {
	enum pm_md_kind kind;
	size_t parent; /* index of the enclosing block, SIZE_MAX at the top */
	size_t end;    /* index after its last descendant */
	unsigned line; /* 1-based in the whole document, front matter counted */
	unsigned end_line;    /* last line, inclusive */
	unsigned level;       /* heading 1..6; list item: number it was given;
				 list: that of the next one; row: its cells */
	bool ordered;         /* list */
	bool task, ticked;    /* item with a check box; its state */
	bool header;          /* row */
	bool setext;          /* heading */
	unsigned column;      /* cell: 0-based */
	struct pm_slice info; /* code: info string */
	struct pm_slice literal; /* code, HTML: text as written */
	struct pm_slice text;    /* inline text without markup, in the arena */
	size_t run, nruns;       /* its runs: runs[run .. run + nruns) */
	void *unread; /* not NULL: text and runs are not there yet; it is a
			 paragraph without links, images and raw HTML */
	bool bold;    /* unread: something in it may be bold */
	bool read;    /* HTML: its words are in the blocks behind it */
};

struct pm_md {
	struct pm_md_block *blocks;
	size_t nblocks;
	struct pm_md_run *runs;
	size_t nruns;
	struct pm_md_walk *walk; /* for pm_md_read */
};

/*
 * Parses the bytes of lines->text from offset off on (the body after front
 * matter); lines and spans count in the whole text. All memory, cmark's own
 * included, comes from arena, so the arena's ceiling bounds it. out stays
 * where it is; lines and arena must live as long.
 */
void pm_md_parse(struct pm_arena *arena, const struct pm_lines *lines,
	size_t off, struct pm_md *out);

/*
 * Block i with its text and runs. Most paragraphs are never asked for theirs,
 * so those of unread blocks are read here. Runs are read in the order of being
 * asked for: pointers into md->runs hold until the next call.
 */
const struct pm_md_block *pm_md_read_late(const struct pm_md *md, size_t i);
static inline const struct pm_md_block *pm_md_read(
	const struct pm_md *md, size_t i)
{
	return md->blocks[i].unread ? pm_md_read_late(md, i) : &md->blocks[i];
}

/*
 * Appends the anchor GitHub gives a heading's text: lower case, punctuation
 * dropped, spaces as "-" (without the -1, -2 of repeated headings).
 */
void pm_md_anchor(struct pm_buf *buf, struct pm_slice heading);

#endif
