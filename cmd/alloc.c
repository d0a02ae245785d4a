/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory or the end. calloc leaves errno at ENOMEM, by which main's handler of
 * SIGABRT tells refused memory from a fault in the code.
 */
#include "alloc.h"

#include <stdlib.h>

void *pm_cli_alloc(size_t count, size_t size)
{
	/* calloc(0) may give NULL, which must not look like a failure. */
	void *ptr = calloc(count ? count : 1, size ? size : 1);

	if (!ptr)
		abort();
	return ptr;
}
