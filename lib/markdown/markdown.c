/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From cmark's tree to the flat arrays of markdown.h, in one pass along its
 * links, since recursion dies on deep nesting: a block is appended when it is
 * entered and told its end when it is left, so that parents come before their
 * children and no stack is needed beyond the parent's index.
 */
#include "markdown/private.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm/node.h>
#include <stdint.h>
#include <string.h>

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
}

/* True for what holds other inlines and is told when it ends. */
static bool is_span(cmark_node *node)
{
	return node->type != CMARK_NODE_TEXT &&
	       node->type != CMARK_NODE_SOFTBREAK &&
	       node->type != CMARK_NODE_LINEBREAK &&
	       node->type != CMARK_NODE_CODE &&
	       node->type != CMARK_NODE_HTML_INLINE;
}

/* The inlines below top as runs of walk->block. */
static void read_inlines(struct pm_md_walk *walk, cmark_node *top)
{
	cmark_node *node = top->first_child;

	while (node) {
		pm_md_inline(walk, node, true);
		if (node->first_child) {
			node = node->first_child;
			continue;
		}
		while (node != top) {
			if (is_span(node))
				pm_md_inline(walk, node, false);
			if (node->next)
				break;
			node = node->parent;
		}
		node = node != top ? node->next : NULL;
	}
}

/* All the inlines of walk->block, which stands at node. */
static void fill_inlines(struct pm_md_walk *walk, cmark_node *node)
{
	pm_md_inline_begin(walk);
	if (pm_md_is_spared(node)) {
		pm_md_plain(walk, node);
	} else {
		pm_md_late(walk, node);
		read_inlines(walk, node);
	}
	pm_md_inline_end(walk);
}

/* Enters a block; its first child, if it has blocks in it, else NULL and the
   block is left again. */
static cmark_node *visit(
	struct pm_md_walk *walk, cmark_node *node, enum pm_md_kind kind)
{
	enter_block(walk, node, kind);
	if (has_inlines(kind)) {
		if (pm_md_can_wait(walk, node))
			walk->out->blocks[walk->block].unread = node;
		else
			fill_inlines(walk, node);
	} else if (kind == PM_MD_HTML) {
		walk->out->blocks[walk->block].read =
			pm_md_read_html(walk, node);
	} else if (node->first_child) {
		return node->first_child;
	}
	close_block(walk);
	return NULL;
}

/* Flattens a tree; false when an address stands in a run of text and the tree
   was made as if none did. */
static bool flatten(struct pm_md_walk *walk, cmark_node *root)
{
	cmark_node *node = root->first_child;
	enum pm_md_kind kind;

	while (node && !walk->void_tree) {
		cmark_node *child = block_kind(node, &kind)
					    ? visit(walk, node, kind)
					    : NULL;

		while (!child && node != root) {
			child = node->next;
			if (!child) {
				node = node->parent;
				if (node != root)
					close_block(walk);
			}
		}
		node = child;
	}
	return !walk->void_tree;
}

const struct pm_md_block *pm_md_read_late(const struct pm_md *md, size_t i)
{
	struct pm_md_block *block = &md->blocks[i];
	cmark_node *node = block->unread;
	struct pm_md_walk *walk = md->walk;

	block->unread = NULL;
	pm_md_use(walk->arena);
	walk->block = i;
	walk->cursor = 0;
	fill_inlines(walk, node);
	return block;
}

void pm_md_parse(struct pm_arena *arena, const struct pm_lines *lines,
	size_t off, struct pm_md *out)
{
	struct pm_slice all = pm_md_mend(arena, lines, off);
	struct pm_slice text = pm_slice_from(all, off);
	struct pm_md_walk first = {
		.arena = arena,
		.lines = lines,
		.text = all,
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
