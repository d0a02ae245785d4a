/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmark's memory out of our arena. cmark's allocator interface has no room
 * for a pointer of ours, so the arena in use stands in one static variable
 * while a tree is built and read: the single exception in libpm to the rule
 * against mutable state at file scope. It is safe because documents are
 * parsed in worker processes of one thread each (cmark's inline extensions
 * could not be used by two threads anyway), and a parse never nests.
 *
 * The extensions themselves live as long as the process and must not end up
 * in a document's arena; they are registered with cmark's own allocator.
 */
#include "markdown/private.h"

#include <cmark-gfm-core-extensions.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static struct pm_arena *arena_in_use;

/* Precedes every allocation: realloc is not told the old size. */
union header {
	size_t size;
	max_align_t align;
};

static void *take(size_t count, size_t size)
{
	size_t bytes = count * size;
	union header *head =
		pm_arena_alloc(arena_in_use, 1, sizeof *head + bytes);

	head->size = bytes;
	return head + 1;
}

/* Copies: the arena cannot move its allocations. */
static void *retake(void *old, size_t size)
{
	union header *head;
	void *fresh;

	if (!old)
		return take(1, size);
	head = (union header *)old - 1;
	if (head->size >= size)
		return old;
	fresh = take(1, size);
	memcpy(fresh, old, head->size);
	return fresh;
}

static void keep(void *ptr)
{
	(void)ptr;
}

/* True for ASCII without NUL, which cmark need not check; eight bytes at a
   time, since every document is looked through. */
static bool is_plain(struct pm_slice text)
{
	const uint64_t high = 0x8080808080808080u, low = 0x0101010101010101u;
	size_t i = 0;

	for (; i + 8 <= text.len; i += 8) {
		uint64_t word;

		memcpy(&word, text.ptr + i, 8);
		if ((word | (word - low)) & high)
			return false;
	}
	for (; i < text.len; i++)
		if (text.ptr[i] & 0x80 || !text.ptr[i])
			return false;
	return true;
}

cmark_node *pm_md_tree(struct pm_arena *arena, struct pm_slice text)
{
	static const char *const names[] = {
		"table", "strikethrough", "autolink", "tasklist"};
	static const cmark_mem from_arena = {take, retake, keep};
	int options = CMARK_OPT_FOOTNOTES;
	cmark_parser *parser;
	cmark_node *root;

	cmark_gfm_core_extensions_ensure_registered();
	arena_in_use = arena;
	if (!is_plain(text))
		options |= CMARK_OPT_VALIDATE_UTF8;
	parser = cmark_parser_new_with_mem(options, (cmark_mem *)&from_arena);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		cmark_parser_attach_syntax_extension(
			parser, cmark_find_syntax_extension(names[i]));
	cmark_parser_feed(parser, text.ptr, text.len);
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}
