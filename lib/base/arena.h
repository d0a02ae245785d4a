/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An arena: many small allocations with one lifetime, freed in one go. A
 * document's model lives in one. Memory comes zeroed and aligned for any
 * type. With a ceiling, reaching it calls the "full" callback, which must not
 * return (a worker leaves with the status that means "too much memory").
 */
#ifndef PM_BASE_ARENA_H
#define PM_BASE_ARENA_H

#include <stdint.h>
#include <string.h>

#include "pm/buf.h"

struct pm_arena_block;

struct pm_arena {
	struct pm_arena_block *blocks; /* newest first */
	size_t used;                   /* bytes handed out since the reset */
	size_t limit;                  /* most bytes; 0 means no ceiling */
	void (*full)(void);            /* called at the ceiling; NULL aborts */
	char *next;                    /* free bytes of the newest block ... */
	size_t left;                   /* ... so many, the ceiling counted */
};

#define PM_ARENA_INIT                                                          \
	{                                                                      \
		NULL, 0, 0, NULL, NULL, 0                                      \
	}

/* Zeroed memory for count elements of size bytes; lives until the reset. */
void *pm_arena_alloc(struct pm_arena *arena, size_t count, size_t size);

/*
 * For libraries that bring a malloc and realloc of their own: memory that
 * knows its size, not zeroed, and more of it, which is a copy, since the arena
 * cannot move what it gave; old may be NULL. Nothing is given back.
 */
void *pm_arena_malloc(struct pm_arena *arena, size_t size);
void *pm_arena_realloc(struct pm_arena *arena, void *old, size_t size);

/* For pm_arena_raw: memory that the newest block has no room for. */
void *pm_arena_take(struct pm_arena *arena, size_t count, size_t size);

/* Every allocation is so aligned. */
#define PM_ARENA_ALIGN ((size_t)16)

/* As pm_arena_alloc, not zeroed: for what is filled at once. */
static inline void *pm_arena_raw(
	struct pm_arena *arena, size_t count, size_t size)
{
	size_t bytes;
	char *ptr = arena->next;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > arena->left)
		return pm_arena_take(arena, count, size);
	bytes = (bytes + PM_ARENA_ALIGN - 1) & ~(PM_ARENA_ALIGN - 1);
	if (bytes > arena->left)
		return pm_arena_take(arena, count, size);
	arena->next += bytes;
	arena->left -= bytes;
	arena->used += bytes;
	return ptr;
}

/* More room for an array that is full; for pm_arena_grow. */
void *pm_arena_more(
	struct pm_arena *arena, void *items, size_t len, size_t size);

/* Lengths at which a growing array is full, as bits: 8, 32, 128 ... */
#define PM_ARENA_FULL (SIZE_MAX / 3 * 2 & ~(size_t)7)

/*
 * Room for one more element in an array of the arena: returns the array, moved
 * when its len elements fill it; element len is zeroed, those behind it are
 * not. For an array that grows by ones from NULL and len 0:
 *
 *	set->items = pm_arena_grow(arena, set->items, set->len, sizeof *item);
 *	item = &set->items[set->len++];
 */
static inline void *pm_arena_grow(
	struct pm_arena *arena, void *items, size_t len, size_t size)
{
	if (len == 0 || (!(len & (len - 1)) && len & PM_ARENA_FULL))
		items = pm_arena_more(arena, items, len, size);
	memset((char *)items + len * size, 0, size);
	return items;
}

/* Copies into the arena; both copies are terminated. */
char *pm_arena_strdup(struct pm_arena *arena, const char *str);
struct pm_slice pm_arena_slice(struct pm_arena *arena, struct pm_slice text);

/* A formatted, terminated string in the arena. */
char *pm_arena_printf(struct pm_arena *arena, const char *fmt, ...)
	PM_PRINTF(2, 3);

/* Forgets everything, keeps one block for reuse. */
void pm_arena_reset(struct pm_arena *arena);

/* Frees everything. */
void pm_arena_release(struct pm_arena *arena);

#endif
