/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory or the end: the one place in the library that may stop the process.
 * It leaves errno at ENOMEM, by which a worker's parent tells a document that
 * was too large from a fault in the code.
 */
#include "base/alloc.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#endif

/* A process that handles the signal says it in its own way. */
static _Noreturn void out_of_memory(void)
{
	static const char text[] = "pm: out of memory\n";
	struct sigaction action;

	/* Nothing can be done about a failed write either. */
	if ((sigaction(SIGABRT, NULL, &action) < 0 ||
		    action.sa_handler == SIG_DFL) &&
		write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		errno = ENOMEM;
	errno = ENOMEM;
	abort();
}

void *pm_alloc(size_t count, size_t size)
{
	void *ptr;

	/* malloc(0) may give NULL, which must not look like a failure. */
	if (!count || !size)
		count = size = 1;
	ptr = calloc(count, size);
	if (!ptr)
		out_of_memory();
	return ptr;
}

void *pm_realloc(void *ptr, size_t count, size_t size)
{
	if (!count || !size)
		count = size = 1;
	if (count > SIZE_MAX / size)
		out_of_memory();
	ptr = realloc(ptr, count * size);
	if (!ptr)
		out_of_memory();
	return ptr;
}

char *pm_strdup(const char *str)
{
	return pm_strndup(str, strlen(str));
}

char *pm_strndup(const char *ptr, size_t len)
{
	char *copy;

	if (len == SIZE_MAX)
		out_of_memory();
	copy = pm_realloc(NULL, len + 1, 1);
	if (len)
		memcpy(copy, ptr, len);
	copy[len] = '\0';
	return copy;
}

#ifdef __GLIBC__

/* What the C library starts with. */
#define USUAL_THRESHOLD (128 << 10)

/*
 * The library takes memory from the end of its heap and gives the end back
 * once enough of it is free. One piece that is not let go again makes the end
 * so long; what is said of its addresses holds for those who get them next.
 */
void pm_alloc_large_pages(size_t size)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t from;
	char *room;

	if (size > INT_MAX / 2)
		return;
	mallopt(M_MMAP_THRESHOLD, (int)size * 2);
	mallopt(M_TRIM_THRESHOLD, (int)size * 2);
	room = realloc(NULL, size);
	if (!room)
		return;
	from = ((uintptr_t)room + page - 1) / page * page;
	madvise((void *)from, size - page, MADV_HUGEPAGE);
	free(room);
}

void pm_alloc_small_pages(void)
{
	mallopt(M_MMAP_THRESHOLD, USUAL_THRESHOLD);
	mallopt(M_TRIM_THRESHOLD, USUAL_THRESHOLD);
	malloc_trim(0);
}

#else

void pm_alloc_large_pages(size_t size)
{
	(void)size;
}

void pm_alloc_small_pages(void)
{
}

#endif
