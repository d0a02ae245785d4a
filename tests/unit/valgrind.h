/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether valgrind runs the test. It keeps descriptors for itself, makes a fork
 * of each vfork and calls of its own in the same process, takes the signals of
 * limits itself, and does not know pidfd_open: what depends on these cannot be
 * seen under it.
 */
#ifndef VALGRIND_H
#define VALGRIND_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static inline bool under_valgrind(void)
{
	const char *preload = getenv("LD_PRELOAD");

	return preload && strstr(preload, "vgpreload");
}

#endif
