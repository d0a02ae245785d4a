/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory that never fails to arrive: out of memory reports and aborts, so no
 * caller branches on it. Sizes are bytes; products are checked for overflow.
 */
#ifndef PM_BASE_ALLOC_H
#define PM_BASE_ALLOC_H

#include <stddef.h>

/* Zeroed heap memory for count elements of size bytes; free with free(). */
void *pm_alloc(size_t count, size_t size);

/* Resizes to count elements of size bytes; ptr may be NULL. */
void *pm_realloc(void *ptr, size_t count, size_t size);

/* A heap copy of a terminated string, or of len bytes plus a terminator. */
char *pm_strdup(const char *str);
char *pm_strndup(const char *ptr, size_t len);

/*
 * Has the next so many bytes of memory come in large pages, where the system
 * has them for whoever asks: for work that jumps about in much memory and would
 * wait at each step for the place of a small one. Nothing is taken by it.
 */
void pm_alloc_large_pages(size_t size);

/* Ends that, and gives back what is free. */
void pm_alloc_small_pages(void);

#endif
