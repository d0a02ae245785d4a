/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory or the end: the one place in the library that may stop the process.
 * It leaves errno at ENOMEM, by which a worker's parent tells a document that
 * was too large from a fault in the code.
 */
#include "base/alloc.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
