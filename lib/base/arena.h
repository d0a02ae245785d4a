/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An arena: many small allocations with one lifetime, freed in one go. A
 * document's model lives in one. Memory comes zeroed and aligned for any
 * type. With a ceiling, reaching it calls the "full" callback, which must not
 * return (a worker leaves with the status that means "too much memory").
 */
#ifndef PM_BASE_ARENA_H
#define PM_BASE_ARENA_H

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

/* The same, not zeroed: for what is filled at once. */
void *pm_arena_raw(struct pm_arena *arena, size_t count, size_t size);

/* Twice the room for an array that is full; for pm_arena_grow. */
void *pm_arena_more(
	struct pm_arena *arena, void *items, size_t len, size_t size);

/* Elements that a growing array has room for at first: a power of two. */
#define PM_ARENA_FIRST 8

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
	if (len == 0 || (len >= PM_ARENA_FIRST && !(len & (len - 1))))
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
