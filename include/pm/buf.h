/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only growing string. Its pointer is never NULL, its text is always
 * terminated (the terminator is not counted), its length is known. A buffer
 * that takes foreign bytes is given a ceiling; reaching it sets "full" and
 * drops the rest, so that the caller checks once at the end.
 *
 *	struct pm_buf b = PM_BUF_INIT;
 *	pm_buf_addf(&b, "%s has %u actions", id, n);
 *	pm_buf_release(&b);
 */
#ifndef PM_BUF_H
#define PM_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "pm/slice.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pm_buf {
	char *ptr;    /* never NULL, terminated */
	size_t len;   /* bytes, without the terminator */
	size_t cap;   /* bytes allocated; 0 while nothing is owned */
	size_t limit; /* most bytes it may hold; 0 means no ceiling */
	bool full;    /* something was dropped because of limit */
};

/* What an unallocated buffer points at; never written. */
extern char pm_buf_empty[1];

#define PM_BUF_INIT                                                            \
	{                                                                      \
		pm_buf_empty, 0, 0, 0, false                                   \
	}
#define PM_BUF_INIT_LIMIT(max)                                                 \
	{                                                                      \
		pm_buf_empty, 0, 0, (max), false                               \
	}

#ifdef __GNUC__
#define PM_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define PM_PRINTF(fmt, args)
#endif

/* Frees what it owns; the buffer is then empty and usable again. */
void pm_buf_release(struct pm_buf *buf);

/* Empties for reuse: keeps memory and ceiling, clears "full". */
void pm_buf_reset(struct pm_buf *buf);

/* Makes room for extra more bytes, so that ptr + len may be written. */
void pm_buf_reserve(struct pm_buf *buf, size_t extra);

/* Cuts to len bytes (at most the present length). */
void pm_buf_truncate(struct pm_buf *buf, size_t len);

/* Appends len bytes; bytes may be NULL when len is 0. */
void pm_buf_add(struct pm_buf *buf, const void *bytes, size_t len);

/* Appends one byte. */
void pm_buf_addc(struct pm_buf *buf, char c);

/* Appends a terminated string, without its terminator. */
void pm_buf_adds(struct pm_buf *buf, const char *str);

/* Appends the bytes of a slice. */
void pm_buf_add_slice(struct pm_buf *buf, struct pm_slice s);

/* Appends what printf would write. */
void pm_buf_addf(struct pm_buf *buf, const char *fmt, ...) PM_PRINTF(2, 3);

/* What makes the noun behind a number a plural: "s", or nothing for one. */
const char *pm_plural(unsigned long long n);

/* As pm_buf_addf; args is used up. */
void pm_buf_vaddf(struct pm_buf *buf, const char *fmt, va_list args)
	PM_PRINTF(2, 0);

/* Replaces len bytes at off by text; off and len lie within the buffer. */
void pm_buf_splice(
	struct pm_buf *buf, size_t off, size_t len, struct pm_slice text);

/* The present text; valid until the buffer changes. */
struct pm_slice pm_buf_slice(const struct pm_buf *buf);

/*
 * Hands the text over as a heap string (free with free()); the buffer is then
 * empty. Never NULL.
 */
char *pm_buf_take(struct pm_buf *buf);

#ifdef __cplusplus
}
#endif

#endif
