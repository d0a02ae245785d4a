/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The growing string. An unallocated buffer points at pm_buf_empty, one shared
 * NUL byte that nothing may write to: every write goes through room(), which
 * allocates first.
 */
#include "pm/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

char pm_buf_empty[1];

void pm_buf_release(struct pm_buf *buf)
{
	size_t limit = buf->limit;

	if (buf->cap)
		free(buf->ptr);
	*buf = (struct pm_buf)PM_BUF_INIT_LIMIT(limit);
}

void pm_buf_reset(struct pm_buf *buf)
{
	pm_buf_truncate(buf, 0);
	buf->full = false;
}

void pm_buf_reserve(struct pm_buf *buf, size_t extra)
{
	size_t need = buf->len + extra + 1;
	size_t cap = buf->cap;

	if (need <= extra) /* wrapped: pm_realloc reports it */
		need = SIZE_MAX;
	if (need <= cap)
		return;
	cap = cap < 64 ? 64 : cap + cap / 2;
	if (cap < need)
		cap = need;
	buf->ptr = pm_realloc(buf->cap ? buf->ptr : NULL, cap, 1);
	buf->cap = cap;
	buf->ptr[buf->len] = '\0';
}

void pm_buf_truncate(struct pm_buf *buf, size_t len)
{
	if (len < buf->len) {
		buf->len = len;
		buf->ptr[len] = '\0';
	}
}

/* How many of len further bytes the ceiling admits; notes what it does not. */
static size_t admitted(struct pm_buf *buf, size_t len)
{
	size_t left;

	if (!buf->limit)
		return len;
	left = buf->limit > buf->len ? buf->limit - buf->len : 0;
	if (len <= left)
		return len;
	buf->full = true;
	return left;
}

void pm_buf_add(struct pm_buf *buf, const void *bytes, size_t len)
{
	len = admitted(buf, len);
	if (!len)
		return;
	pm_buf_reserve(buf, len);
	memcpy(buf->ptr + buf->len, bytes, len);
	buf->len += len;
	buf->ptr[buf->len] = '\0';
}

void pm_buf_addc(struct pm_buf *buf, char c)
{
	if (buf->len + 2 > buf->cap || (buf->limit && buf->len >= buf->limit)) {
		pm_buf_add(buf, &c, 1);
		return;
	}
	buf->ptr[buf->len++] = c;
	buf->ptr[buf->len] = '\0';
}

void pm_buf_adds(struct pm_buf *buf, const char *str)
{
	pm_buf_add(buf, str, strlen(str));
}

void pm_buf_add_slice(struct pm_buf *buf, struct pm_slice s)
{
	pm_buf_add(buf, s.ptr, s.len);
}

const char *pm_plural(unsigned long long n)
{
	return n == 1 ? "" : "s";
}

void pm_buf_addf(struct pm_buf *buf, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(buf, fmt, args);
	va_end(args);
}

/* What is left of a format, as the C library has it. */
static void add_rest(struct pm_buf *buf, const char *fmt, va_list args)
{
	va_list again;
	size_t spare;
	int len;

	/* Most texts fit at the first try, which saves formatting twice. */
	pm_buf_reserve(buf, 64);
	spare = buf->cap - buf->len;
	va_copy(again, args);
	len = vsnprintf(buf->ptr + buf->len, spare, fmt, args);
	if (len > 0 && (size_t)len >= spare) {
		pm_buf_reserve(buf, (size_t)len);
		vsnprintf(buf->ptr + buf->len, (size_t)len + 1, fmt, again);
	}
	va_end(again);
	if (len > 0)
		buf->len += admitted(buf, (size_t)len);
	buf->ptr[buf->len] = '\0';
}

static void add_number(struct pm_buf *buf, size_t number)
{
	char digits[3 * sizeof number];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	pm_buf_add(buf, digits + at, sizeof digits - at);
}

/*
 * Messages are made of words: what comes before the first conversion that is
 * none of these four is copied, at a fifth of what the C library takes for it.
 */
void pm_buf_vaddf(struct pm_buf *buf, const char *fmt, va_list args)
{
	const char *mark, *text;
	int most;

	/* Before the first piece, which may be empty. */
	pm_buf_reserve(buf, 64);
	buf->ptr[buf->len] = '\0';
	for (; mark = strchrnul(fmt, '%'), *mark; fmt = mark + 2) {
		pm_buf_add(buf, fmt, (size_t)(mark - fmt));
		if (mark[1] == 's') {
			text = va_arg(args, const char *);
			pm_buf_adds(buf, text ? text : "(null)");
		} else if (!strncmp(mark, "%.*s", 4)) {
			most = va_arg(args, int);
			text = va_arg(args, const char *);
			if (most)
				pm_buf_add(
					buf, text, strnlen(text, (size_t)most));
			mark += 2;
		} else if (mark[1] == 'u') {
			add_number(buf, va_arg(args, unsigned));
		} else if (!strncmp(mark, "%zu", 3)) {
			add_number(buf, va_arg(args, size_t));
			mark++;
		} else {
			add_rest(buf, mark, args);
			return;
		}
	}
	pm_buf_adds(buf, fmt);
}

void pm_buf_splice(
	struct pm_buf *buf, size_t off, size_t len, struct pm_slice text)
{
	size_t tail;

	if (off > buf->len)
		off = buf->len;
	if (len > buf->len - off)
		len = buf->len - off;
	if (!len && !text.len)
		return;
	tail = buf->len - off - len;
	/* Half a replacement would be worse than none. */
	if (text.len > len && admitted(buf, text.len - len) < text.len - len)
		return;
	pm_buf_reserve(buf, text.len);
	memmove(buf->ptr + off + text.len, buf->ptr + off + len, tail);
	if (text.len)
		memcpy(buf->ptr + off, text.ptr, text.len);
	buf->len = off + text.len + tail;
	buf->ptr[buf->len] = '\0';
}

struct pm_slice pm_buf_slice(const struct pm_buf *buf)
{
	return pm_slice_make(buf->ptr, buf->len);
}

char *pm_buf_take(struct pm_buf *buf)
{
	char *text;

	pm_buf_reserve(buf, 0);
	text = buf->ptr;
	*buf = (struct pm_buf)PM_BUF_INIT_LIMIT(buf->limit);
	return text;
}
