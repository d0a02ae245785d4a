/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slices: a pointer and a length into bytes that somebody else owns.
 *
 * Text taken from a document is a slice of the document's one buffer; it lives
 * exactly as long as that buffer and is not terminated. A slice may hold any
 * bytes, NUL included. The empty slice has length 0 and may have a NULL
 * pointer.
 *
 *	struct pm_slice word = pm_slice_str("owner");
 *	if (pm_slice_eq(key, word))
 *		printf("%.*s\n", PM_SLICE_ARG(key));
 *
 * The small functions are inline: they are called for every word of every
 * document, and with a literal the compiler knows its length. memcmp and memchr
 * do not take NULL even with length 0, so the length is always looked at first.
 */
#ifndef PM_SLICE_H
#define PM_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

struct pm_slice {
	const char *ptr;
	size_t len; /* bytes */
};

/* A range of bytes in a document: 0-based offset and length. */
struct pm_span {
	size_t off;
	size_t len;
};

/* A place for people: 1-based line, 1-based column in bytes. */
struct pm_pos {
	unsigned line;
	unsigned col;
};

/* The two arguments of a "%.*s" conversion. */
#define PM_SLICE_ARG(s) (int)(s).len, (s).ptr

/* Initialiser of a static slice from a string literal. */
#define PM_SLICE_LIT(text)                                                     \
	{                                                                      \
		(text), sizeof(text) - 1                                       \
	}

/* The bytes [ptr, ptr + len). */
static inline struct pm_slice pm_slice_make(const char *ptr, size_t len)
{
	struct pm_slice slice = {ptr, len};

	return slice;
}

/* All of a terminated string; NULL gives the empty slice. */
static inline struct pm_slice pm_slice_str(const char *str)
{
	return pm_slice_make(str, str ? strlen(str) : 0);
}

/* From byte off to the end; off beyond the end gives the empty slice. */
static inline struct pm_slice pm_slice_from(struct pm_slice s, size_t off)
{
	if (off >= s.len)
		return pm_slice_make(s.ptr ? s.ptr + s.len : NULL, 0);
	return pm_slice_make(s.ptr + off, s.len - off);
}

/* At most len bytes from byte off, cut to what is there. */
static inline struct pm_slice pm_slice_sub(
	struct pm_slice s, size_t off, size_t len)
{
	struct pm_slice part = pm_slice_from(s, off);

	if (part.len > len)
		part.len = len;
	return part;
}

/* Without leading and trailing ASCII white space, which most text has none of;
   the longer part of it is not inline. */
struct pm_slice pm_slice_trim_blanks(struct pm_slice s);
static inline struct pm_slice pm_slice_trim(struct pm_slice s)
{
	if (s.len && (unsigned char)s.ptr[0] > ' ' &&
		(unsigned char)s.ptr[s.len - 1] > ' ')
		return s;
	return pm_slice_trim_blanks(s);
}

/* True when both hold the same bytes. */
static inline bool pm_slice_eq(struct pm_slice a, struct pm_slice b)
{
	return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

/*
 * True when s holds exactly the terminated string str. Here and below: words
 * are held against long lists, and nearly always the first byte differs.
 */
static inline bool pm_slice_is(struct pm_slice s, const char *str)
{
	if (s.len && str && s.ptr[0] != str[0])
		return false;
	return pm_slice_eq(s, pm_slice_str(str));
}

/* As pm_slice_is, with ASCII letters of either case equal; the longer part of
   it is not inline. */
bool pm_slice_rest_is_nocase(struct pm_slice s, const char *str);
static inline bool pm_slice_is_nocase(struct pm_slice s, const char *str)
{
	/* Either case of a letter differs in this bit alone. */
	if (s.len && (s.ptr[0] ^ str[0]) & ~0x20)
		return false;
	return pm_slice_rest_is_nocase(s, str);
}

/* True when s begins with the terminated string prefix. */
static inline bool pm_slice_starts(struct pm_slice s, const char *prefix)
{
	if (s.len && prefix[0] && s.ptr[0] != prefix[0])
		return false;
	return pm_slice_is(pm_slice_sub(s, 0, strlen(prefix)), prefix);
}

/* True when s ends with the terminated string suffix. */
static inline bool pm_slice_ends(struct pm_slice s, const char *suffix)
{
	size_t len = strlen(suffix);

	return s.len >= len &&
	       (!len || !memcmp(s.ptr + s.len - len, suffix, len));
}

/* Byte order; negative, zero or positive as memcmp, shorter first. */
int pm_slice_cmp(struct pm_slice a, struct pm_slice b);

/* Offset of the first byte c at or after from, or -1. */
static inline ptrdiff_t pm_slice_find(struct pm_slice s, size_t from, char c)
{
	const char *hit;

	if (from >= s.len)
		return -1;
	hit = (const char *)memchr(s.ptr + from, c, s.len - from);
	return hit ? hit - s.ptr : -1;
}

/* Offset of the first occurrence of part at or after from, or -1. */
ptrdiff_t pm_slice_find_text(
	struct pm_slice s, size_t from, struct pm_slice part);

/*
 * Cuts the next line off *rest into *line, without its line end (LF, CR or
 * CRLF). Returns false when nothing is left; an empty last line after a line
 * end does not count.
 */
bool pm_slice_line(struct pm_slice *rest, struct pm_slice *line);

#ifdef __cplusplus
}
#endif

#endif
