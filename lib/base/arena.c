/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bump arena: a chain of blocks, newest first. The first has room for what
 * most documents need, so that the next one gets the same pages again; blocks
 * double up to a megabyte, and a large request gets a block of its own behind
 * the current one.
 */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define BLOCK_MIN (128 * 1024 - 64)
#define BLOCK_MAX (1024 * 1024 - 64)

struct pm_arena_block {
	struct pm_arena_block *next;
	size_t size; /* bytes of data */
	alignas(PM_ARENA_ALIGN) char data[];
};

static_assert(PM_ARENA_ALIGN % alignof(max_align_t) == 0, "any type fits");

static struct pm_arena_block *new_block(size_t size)
{
	struct pm_arena_block *block;

	if (size > SIZE_MAX - sizeof(*block))
		size = SIZE_MAX - sizeof(*block); /* pm_realloc reports it */
	block = pm_realloc(NULL, sizeof(*block) + size, 1);
	block->next = NULL;
	block->size = size;
	return block;
}

/* Free bytes, no more than the ceiling allows. */
static void set_free(struct pm_arena *arena, char *next, size_t left)
{
	if (arena->limit && left > arena->limit - arena->used)
		left = arena->limit - arena->used;
	arena->next = next;
	arena->left = left;
}

/* Memory for what the newest block has no room for; the ceiling ends it. */
static char *take_more(struct pm_arena *arena, size_t bytes)
{
	struct pm_arena_block *head = arena->blocks;
	size_t size = head ? head->size * 2 : BLOCK_MIN;
	struct pm_arena_block *block;

	if (arena->limit && bytes > arena->limit - arena->used) {
		if (arena->full)
			arena->full();
		abort();
	}
	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	arena->used += bytes;
	if (head && bytes > size / 2) {
		/* The head keeps its free rest for small requests. */
		block = new_block(bytes);
		block->next = head->next;
		head->next = block;
		set_free(arena, arena->next, arena->left);
		return block->data;
	}
	block = new_block(bytes > size ? bytes : size);
	block->next = head;
	arena->blocks = block;
	set_free(arena, block->data + bytes, block->size - bytes);
	return block->data;
}

void *pm_arena_take(struct pm_arena *arena, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2)
		bytes = SIZE_MAX / 2;
	bytes = (bytes + PM_ARENA_ALIGN - 1) & ~(PM_ARENA_ALIGN - 1);
	return take_more(arena, bytes);
}

void *pm_arena_alloc(struct pm_arena *arena, size_t count, size_t size)
{
	/* Nothing, too, has an address of its own. */
	if (!count || !size)
		count = size = 1;
	return memset(pm_arena_raw(arena, count, size), 0, count * size);
}

/* Stands before the memory: who asks for more does not say how much it was. */
union sized {
	size_t size;
	max_align_t align;
};

void *pm_arena_malloc(struct pm_arena *arena, size_t size)
{
	union sized *head;

	/* More than there is, so that the arena says so. */
	if (size > SIZE_MAX - sizeof(*head))
		size = SIZE_MAX - sizeof(*head);
	head = pm_arena_raw(arena, 1, sizeof(*head) + size);
	head->size = size;
	return head + 1;
}

void *pm_arena_realloc(struct pm_arena *arena, void *old, size_t size)
{
	union sized *head = old;
	void *fresh;

	if (old && head[-1].size >= size)
		return old;
	fresh = pm_arena_malloc(arena, size);
	return old ? memcpy(fresh, old, head[-1].size) : fresh;
}

void *pm_arena_more(
	struct pm_arena *arena, void *items, size_t len, size_t size)
{
	char *more = pm_arena_raw(arena, len ? len * 4 : 8, size);

	return len ? memcpy(more, items, len * size) : more;
}

char *pm_arena_strdup(struct pm_arena *arena, const char *str)
{
	size_t size = strlen(str) + 1;

	return memcpy(pm_arena_raw(arena, size, 1), str, size);
}

struct pm_slice pm_arena_slice(struct pm_arena *arena, struct pm_slice text)
{
	char *copy = pm_arena_raw(arena, text.len + 1, 1);

	if (text.len)
		memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	return pm_slice_make(copy, text.len);
}

char *pm_arena_printf(struct pm_arena *arena, const char *fmt, ...)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice copy;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&text, fmt, args);
	va_end(args);
	copy = pm_arena_slice(arena, pm_buf_slice(&text));
	pm_buf_release(&text);
	/* The copy is the arena's own, const only by the slice's type. */
	return (char *)(uintptr_t)copy.ptr;
}

void pm_arena_reset(struct pm_arena *arena)
{
	struct pm_arena_block *keep = arena->blocks;

	/* One huge document must not pin its block for the whole run. */
	if (keep && keep->size <= BLOCK_MAX) {
		arena->blocks = keep->next;
		keep->next = NULL;
	} else {
		keep = NULL;
	}
	pm_arena_release(arena);
	arena->blocks = keep;
	if (keep)
		set_free(arena, keep->data, keep->size);
}

void pm_arena_release(struct pm_arena *arena)
{
	struct pm_arena_block *block = arena->blocks;

	while (block) {
		struct pm_arena_block *next = block->next;

		free(block);
		block = next;
	}
	arena->blocks = NULL;
	arena->next = NULL;
	arena->used = arena->left = 0;
}
