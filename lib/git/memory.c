/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libgit2 takes its memory from us: several places in it go on with what an
 * allocation that failed did not give, and die of it. With ours that is the
 * end with a word instead. What a damaged object may ask for, sizes that no
 * machine has, is refused as before, and libgit2 says so.
 *
 * Up to 1.9 libgit2 copies what it unpacked with the head of a loose object, 64
 * bytes at most with the head, to memory of the size that the head gives, which
 * may be less: no block that a size decides is smaller than those.
 */
#include "git/private.h"

#include <git2/sys/alloc.h>
#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR > 7
#include <git2/sys/errors.h>
#endif
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* Above this a refusal is looked at by libgit2. */
#define LARGE ((size_t)256 << 20)
/* What stands after the head of a loose object fits into any block. */
#define LEAST ((size_t)64)

static void *resize(void *old, size_t size, const char *file, int line)
{
	void *fresh;

	(void)file;
	(void)line;
	if (size <= LARGE)
		return pm_realloc(old, size, 1);
	fresh = realloc(old, size);
	if (!fresh)
		git_error_set_oom();
	return fresh;
}

static void *take(size_t size, const char *file, int line)
{
	return resize(NULL, size < LEAST ? LEAST : size, file, line);
}

#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 7
/* The product, or one that nobody has. */
static size_t times(size_t count, size_t size)
{
	return size && count > SIZE_MAX / size ? SIZE_MAX : count * size;
}

static void *resize_array(
	void *old, size_t count, size_t size, const char *file, int line)
{
	return resize(old, times(count, size), file, line);
}

static void *take_array(size_t count, size_t size, const char *file, int line)
{
	return resize(NULL, times(count, size), file, line);
}

static void *take_zeroed(size_t count, size_t size, const char *file, int line)
{
	size_t bytes = times(count, size);
	void *fresh;

	if (bytes < LEAST)
		return pm_alloc(1, LEAST);
	if (bytes <= LARGE)
		return pm_alloc(count, size);
	fresh = take(bytes, file, line);
	if (fresh)
		memset(fresh, 0, bytes);
	return fresh;
}

static char *copy_part(const char *text, size_t len, const char *file, int line)
{
	(void)file;
	(void)line;
	return pm_strndup(text, len);
}

static char *copy_most(const char *text, size_t len, const char *file, int line)
{
	return copy_part(text, strnlen(text, len), file, line);
}

static char *copy(const char *text, const char *file, int line)
{
	return copy_part(text, strlen(text), file, line);
}
#endif

int pm_git_start(void)
{
	git_allocator allocator = {
		.gmalloc = take,
		.grealloc = resize,
		.gfree = free,
#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 7
		.gcalloc = take_zeroed,
		.gstrdup = copy,
		.gstrndup = copy_most,
		.gsubstrdup = copy_part,
		.greallocarray = resize_array,
		.gmallocarray = take_array,
#endif
	};

	/* Before the first start, which allocates already; the same again
	   changes nothing. */
	git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &allocator);
	return git_libgit2_init();
}
