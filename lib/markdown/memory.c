/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmark's memory out of our arena. cmark's allocator interface has no room
 * for a pointer of ours, so the arena in use stands in one static variable
 * while a tree is built and read: with yaml/memory.c the exception in libpm to
 * the rule against mutable state at file scope. It is safe because documents
 * are parsed in worker processes of one thread each (cmark's inline extensions
 * could not be used by two threads anyway), and a parse never nests.
 *
 * The extensions themselves live as long as the process and must not end up
 * in a document's arena; they are registered with cmark's own allocator.
 */
#include "markdown/private.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm/parser.h>
#include <string.h>

static struct pm_arena *arena_in_use;

static void *take(size_t count, size_t size)
{
	size_t bytes = count * size;

	return memset(pm_arena_malloc(arena_in_use, bytes), 0, bytes);
}

static void *retake(void *old, size_t size)
{
	return pm_arena_realloc(arena_in_use, old, size);
}

static void keep(void *ptr)
{
	(void)ptr;
}

void pm_md_use(struct pm_arena *arena)
{
	arena_in_use = arena;
}

/* Hands a text over line by line: cmark looks at each byte for a line's end and
   for the signs that only intricate texts hold. */
static void feed(cmark_parser *parser, struct pm_slice text)
{
	ptrdiff_t len = pm_slice_find(text, 0, '\n');

	for (; len >= 0; len = pm_slice_find(text, 0, '\n')) {
		cmark_strbuf_put(&parser->linebuf,
			(const unsigned char *)text.ptr, (bufsize_t)len);
		cmark_parser_feed(parser, "\n", 1);
		text = pm_slice_from(text, (size_t)len + 1);
	}
	cmark_parser_feed(parser, text.ptr, text.len);
}

cmark_node *pm_md_tree(
	struct pm_md_walk *walk, struct pm_slice text, unsigned needs)
{
	static const struct {
		const char *name;
		unsigned need;
	} extensions[] = {
		{"table", PM_MD_NEEDS_TABLES},
		{"strikethrough", PM_MD_NEEDS_STRIKE},
		{"autolink", PM_MD_NEEDS_AUTOLINK},
		{"tasklist", PM_MD_NEEDS_TASKS},
	};
	static const cmark_mem from_arena = {take, retake, keep};
	int options = CMARK_OPT_DEFAULT;
	cmark_parser *parser;

	if (needs & PM_MD_NEEDS_FOOTNOTES)
		options |= CMARK_OPT_FOOTNOTES;
	if (needs & PM_MD_NEEDS_REPAIR)
		options |= CMARK_OPT_VALIDATE_UTF8;
	cmark_gfm_core_extensions_ensure_registered();
	pm_md_use(walk->arena);
	parser = cmark_parser_new_with_mem(options, (cmark_mem *)&from_arena);
	for (size_t i = 0; i < sizeof extensions / sizeof extensions[0]; i++)
		if (needs & extensions[i].need)
			cmark_parser_attach_syntax_extension(
				parser, cmark_find_syntax_extension(
						extensions[i].name));
	if (walk->intricate)
		cmark_parser_feed(parser, text.ptr, text.len);
	else
		feed(parser, text);
	pm_md_spare(walk, parser->root);
	/* Not freed: it lies in the arena. */
	walk->parser = parser;
	return cmark_parser_finish(parser);
}
