/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded, it lets one allocation fail: the FAIL_AT-th of the process, and
 * with FAIL_FROM set all that follow. With FAIL_CHILD that is so in processes
 * that were forked off and not in the first; these go on counting where they
 * were forked. FAIL_COUNT names a file for the number of allocations.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What lies behind the C library's malloc and its sisters. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *ptr, size_t size);

static long at;
static bool and_later, in_child;
static long count;
static pid_t first;

__attribute__((constructor)) static void begin(void)
{
	const char *text = getenv("FAIL_AT");

	count = 0;
	at = text ? strtol(text, NULL, 10) : -1;
	and_later = getenv("FAIL_FROM") != NULL;
	in_child = getenv("FAIL_CHILD") != NULL;
	first = getpid();
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("FAIL_COUNT");
	char text[32];
	int fd;

	if (!path || getpid() != first)
		return;
	snprintf(text, sizeof text, "%ld\n", count);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		_exit(99);
	close(fd);
}

static bool fails(void)
{
	if (!first)
		return false; /* the loader's own */
	count++;
	if (at < 0 || count < at || (count > at && !and_later) ||
		(getpid() == first) == in_child)
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *ptr, size_t size)
{
	return fails() ? NULL : __libc_realloc(ptr, size);
}
