/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From cmark's tree to the flat arrays of markdown.h, in one pass of cmark's
 * iterator: a block is appended when it is entered and told its end when it
 * is left, so that parents come before their children and no stack is needed
 * beyond the parent's index.
 */
#include "markdown/private.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm/node.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* The kind of an extension's block; false when it is none of ours. */
static bool extension_kind(cmark_node *node, enum pm_md_kind *kind)
{
	static const struct {
		const char *name;
		enum pm_md_kind kind;
	} names[] = {
		{"table", PM_MD_TABLE},
		{"table_header", PM_MD_ROW},
		{"table_row", PM_MD_ROW},
		{"table_cell", PM_MD_CELL},
	};
	const char *name = cmark_node_get_type_string(node);

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(name, names[i].name) == 0) {
			*kind = names[i].kind;
			return true;
		}
	return false;
}

/* The kind of a block; false for inlines and for the document itself. */
static bool block_kind(cmark_node *node, enum pm_md_kind *kind)
{
	/* cmark's types are no constants of one range: extensions add theirs.
	 */
	switch ((int)cmark_node_get_type(node)) {
	case CMARK_NODE_BLOCK_QUOTE:
		*kind = PM_MD_QUOTE;
		return true;
	case CMARK_NODE_LIST:
		*kind = PM_MD_LIST;
		return true;
	case CMARK_NODE_ITEM:
		*kind = PM_MD_ITEM;
		return true;
	case CMARK_NODE_CODE_BLOCK:
		*kind = PM_MD_CODE;
		return true;
	case CMARK_NODE_HTML_BLOCK:
		*kind = PM_MD_HTML;
		return true;
	case CMARK_NODE_PARAGRAPH:
		*kind = PM_MD_PARAGRAPH;
		return true;
	case CMARK_NODE_HEADING:
		*kind = PM_MD_HEADING;
		return true;
	case CMARK_NODE_THEMATIC_BREAK:
		*kind = PM_MD_RULE;
		return true;
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		*kind = PM_MD_FOOTNOTE;
		return true;
	case CMARK_NODE_DOCUMENT:
		return false;
	default:
		return CMARK_NODE_BLOCK_P(node) && extension_kind(node, kind);
	}
}

static bool has_inlines(enum pm_md_kind kind)
{
	return kind == PM_MD_PARAGRAPH || kind == PM_MD_HEADING ||
	       kind == PM_MD_CELL;
}

/* Blocks for which the iterator sends no exit. */
static bool is_leaf(enum pm_md_kind kind)
{
	return kind == PM_MD_CODE || kind == PM_MD_HTML || kind == PM_MD_RULE;
}

/* Number of an item in its list: its place for bullets, its figure for
   ordered lists. The list itself counts, in its level. */
static unsigned item_number(const struct pm_md *md, size_t block)
{
	size_t list = md->blocks[block].parent;
	unsigned number = md->blocks[list].level;

	md->blocks[list].level++;
	return number;
}

static void fill_block(
	struct pm_md_walk *walk, cmark_node *node, struct pm_md_block *block)
{
	switch (block->kind) {
	case PM_MD_HEADING:
		block->level = (unsigned)cmark_node_get_heading_level(node);
		break;
	case PM_MD_LIST:
		block->ordered =
			cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
		block->level =
			block->ordered
				? (unsigned)cmark_node_get_list_start(node)
				: 1;
		break;
	case PM_MD_ITEM:
		block->level = item_number(walk->out, walk->block);
		block->task = node->extension &&
			      strcmp(cmark_node_get_type_string(node),
				      "tasklist") == 0;
		block->ticked =
			block->task &&
			cmark_gfm_extensions_get_tasklist_item_checked(node);
		break;
	case PM_MD_CODE:
		block->info = pm_slice_str(cmark_node_get_fence_info(node));
		block->literal = pm_slice_str(cmark_node_get_literal(node));
		break;
	case PM_MD_HTML:
		block->literal = pm_slice_str(cmark_node_get_literal(node));
		break;
	case PM_MD_ROW:
		block->header =
			cmark_gfm_extensions_get_table_row_is_header(node);
		break;
	case PM_MD_CELL:
		/* The row counts them, in its level. */
		block->column = walk->out->blocks[block->parent].level++;
		break;
	default:
		break;
	}
}

static void close_block(struct pm_md_walk *walk)
{
	struct pm_md_block *block = &walk->out->blocks[walk->block];

	block->end = walk->out->nblocks;
	pm_md_place_end(walk);
	walk->block = block->parent;
}

static void leave_block(struct pm_md_walk *walk, enum pm_md_kind kind)
{
	if (has_inlines(kind))
		pm_md_inline_end(walk);
	close_block(walk);
}

static void enter_block(
	struct pm_md_walk *walk, cmark_node *node, enum pm_md_kind kind)
{
	struct pm_md *out = walk->out;
	struct pm_md_block *block;

	out->blocks = pm_arena_grow(
		walk->arena, out->blocks, out->nblocks, sizeof *block);
	block = &out->blocks[out->nblocks];
	block->kind = kind;
	block->parent = walk->block;
	walk->block = out->nblocks++;
	block->end = out->nblocks;
	fill_block(walk, node, block);
	pm_md_place(walk, node, block);
	if (is_leaf(kind))
		leave_block(walk, kind);
}

/* Leaves a paragraph for pm_md_read, where that can be done. */
static bool put_off(struct pm_md_walk *walk, cmark_node *node)
{
	size_t block = walk->block;

	if (!pm_md_is_spared(node) && !pm_md_can_wait(walk))
		return false;
	close_block(walk);
	walk->out->blocks[block].unread = node;
	return true;
}

/* Flattens a tree; false when an address stands in a run of text and the tree
   was made as if none did. */
static bool flatten(struct pm_md_walk *walk, cmark_node *root)
{
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;

	while (!walk->void_tree &&
		(event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		bool enter = event == CMARK_EVENT_ENTER;
		enum pm_md_kind kind;

		if (!block_kind(node, &kind)) {
			if (walk->block != SIZE_MAX)
				pm_md_inline(walk, node, enter);
		} else if (enter) {
			enter_block(walk, node, kind);
			if (kind == PM_MD_PARAGRAPH && put_off(walk, node)) {
				cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
			} else if (has_inlines(kind)) {
				pm_md_inline_begin(walk);
				if (pm_md_is_spared(node))
					pm_md_plain(walk, node);
			}
		} else {
			leave_block(walk, kind);
		}
	}
	/* The iterator and the tree lie in the arena. */
	return !walk->void_tree;
}

/* The inlines below node as runs of walk->block. */
static void read_inlines(struct pm_md_walk *walk, cmark_node *node)
{
	cmark_iter *iter = cmark_iter_new(node);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
		if (cmark_iter_get_node(iter) != node)
			pm_md_inline(walk, cmark_iter_get_node(iter),
				event == CMARK_EVENT_ENTER);
}

const struct pm_md_block *pm_md_read(const struct pm_md *md, size_t i)
{
	struct pm_md_block *block = &md->blocks[i];
	cmark_node *node = block->unread;
	struct pm_md_walk *walk = md->walk;

	if (!node)
		return block;
	block->unread = NULL;
	pm_md_use(walk->arena);
	walk->block = i;
	walk->cursor = 0;
	pm_md_inline_begin(walk);
	if (pm_md_is_spared(node))
		pm_md_plain(walk, node);
	else
		read_inlines(walk, node);
	pm_md_inline_end(walk);
	return block;
}

void pm_md_parse(struct pm_arena *arena, const struct pm_lines *lines,
	size_t off, struct pm_md *out)
{
	struct pm_slice text = pm_slice_from(lines->text, off);
	struct pm_md_walk first = {
		.arena = arena,
		.lines = lines,
		.first_line = pm_lines_pos(lines, off).line - 1,
		.out = out,
		.block = SIZE_MAX,
		.cursor = off,
	};
	struct pm_md_walk *walk = pm_arena_alloc(arena, 1, sizeof *walk);
	unsigned needs = pm_md_needs(text, &first.doubtful);

	first.intricate =
		(needs & PM_MD_NEEDS_REPAIR) || pm_md_is_intricate(text);
	first.addresses = needs & PM_MD_NEEDS_AUTOLINK;
	/* Nothing was looked for yet. */
	memset(first.looked, 0xff, sizeof first.looked);
	first.address_looked = SIZE_MAX;
	*walk = first;
	*out = (struct pm_md){.walk = walk};
	if (!flatten(walk, pm_md_tree(walk, text, needs))) {
		*walk = first;
		walk->doubtful = false;
		walk->addresses = true;
		*out = (struct pm_md){.walk = walk};
		flatten(walk,
			pm_md_tree(walk, text, needs | PM_MD_NEEDS_AUTOLINK));
	}
	/* Readers add offsets to the arrays, which null does not bear. */
	if (!out->runs)
		out->runs = pm_arena_alloc(arena, 1, sizeof *out->runs);
	if (!out->blocks)
		out->blocks = pm_arena_alloc(arena, 1, sizeof *out->blocks);
}
