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

#include <string.h>

static struct pm_arena *arena_in_use;
static bool arena_was_asked; /* since it is in use */

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
	arena_was_asked = true;
	return pm_arena_malloc(arena_in_use, size);
}

void *pm_yaml_realloc(void *old, size_t size)
{
	return pm_arena_realloc(arena_in_use, old, size);
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
