/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hash map from bytes to a pointer-sized value, in insertion order. Keys are
 * copied. The hash is keyed with the process's own random bytes, so that nobody
 * can choose keys that collide; the order never depends on it.
 */
#ifndef PM_BASE_MAP_H
#define PM_BASE_MAP_H

#include <stdint.h>

#include "base/arena.h"

struct pm_map_entry {
	struct pm_slice key; /* owned by the map, terminated */
	uintptr_t value;
	uint64_t hash;
};

struct pm_map {
	struct pm_map_entry *entries; /* insertion order, len of them */
	size_t len;
	size_t cap;
	uint32_t *slots; /* index + 1 into entries, 0 is free */
	size_t nslots;
	struct pm_arena keys; /* their bytes */
	uint64_t seed[2];     /* of the hash */
};

#define PM_MAP_INIT                                                            \
	{                                                                      \
		NULL, 0, 0, NULL, 0, PM_ARENA_INIT,                            \
		{                                                              \
			0, 0                                                   \
		}                                                              \
	}

void pm_map_release(struct pm_map *map);

/*
 * Finds key or adds it with value 0; *added (may be NULL) tells which. Returns
 * the value's address, valid until the next addition.
 */
uintptr_t *pm_map_put(struct pm_map *map, struct pm_slice key, bool *added);

/* The value's address, or NULL when the key is absent. */
uintptr_t *pm_map_get(const struct pm_map *map, struct pm_slice key);

#endif
