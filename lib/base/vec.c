/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Growth of typed arrays; the types stay in the macros of the header, this is
 * the part that does not depend on them.
 */
#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void *pm_vec_grow(void *items, size_t *cap, size_t len, size_t size)
{
	if (len >= *cap) {
		/* On overflow pm_realloc sees a product it refuses. */
		size_t next = len < 8 ? 8 : len + len / 2;

		if (next < len)
			next = SIZE_MAX;
		items = pm_realloc(items, next, size);
		*cap = next;
	}
	memset((char *)items + len * size, 0, size);
	return items;
}

void pm_vec_drop(void *items)
{
	free(items);
}
