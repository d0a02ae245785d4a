/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libyaml's memory out of our arena. It takes and frees four pieces for each
 * value, a twelfth of all the time it needs, and has no place for an allocator;
 * so where it is linked as an archive, tests/link.sh has a copy of the archive
 * call these four functions instead of the C library's. Elsewhere nobody
 * calls them.
 *
 * They are not told for whom: the arena of the text being read stands in one
 * static variable while libyaml reads it. That is safe for the reason given in
 * markdown/memory.c: a process reads one text at a time.
 */
#include "yaml/private.h"

#include <stddef.h>
#include <string.h>

static struct pm_arena *arena_in_use;
static bool arena_was_asked; /* since it is in use */

/* Precedes every allocation: realloc is not told the old size. */
union header {
	size_t size;
	max_align_t align;
};

void pm_yaml_use(struct pm_arena *arena)
{
	arena_in_use = arena;
	arena_was_asked = false;
}

bool pm_yaml_keeps(void)
{
	return arena_was_asked;
}

void *pm_yaml_malloc(size_t size)
{
	union header *head = pm_arena_raw(arena_in_use, 1, sizeof *head + size);

	arena_was_asked = true;
	head->size = size;
	return head + 1;
}

/* Copies: the arena cannot move its allocations. */
void *pm_yaml_realloc(void *old, size_t size)
{
	union header *head = old;
	void *fresh;

	if (old && head[-1].size >= size)
		return old;
	fresh = pm_yaml_malloc(size);
	if (old)
		memcpy(fresh, old, head[-1].size);
	return fresh;
}

char *pm_yaml_strdup(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(pm_yaml_malloc(size), text, size);
}

void pm_yaml_free(void *ptr)
{
	(void)ptr;
}
