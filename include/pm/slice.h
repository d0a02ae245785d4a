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
 */
#ifndef PM_SLICE_H
#define PM_SLICE_H

#include <stdbool.h>
#include <stddef.h>

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
struct pm_slice pm_slice_make(const char *ptr, size_t len);

/* All of a terminated string; NULL gives the empty slice. */
struct pm_slice pm_slice_str(const char *str);

/* From byte off to the end; off beyond the end gives the empty slice. */
struct pm_slice pm_slice_from(struct pm_slice s, size_t off);

/* At most len bytes from byte off, cut to what is there. */
struct pm_slice pm_slice_sub(struct pm_slice s, size_t off, size_t len);

/* Without leading and trailing ASCII white space. */
struct pm_slice pm_slice_trim(struct pm_slice s);

/* True when both hold the same bytes. */
bool pm_slice_eq(struct pm_slice a, struct pm_slice b);

/* True when s holds exactly the terminated string str. */
bool pm_slice_is(struct pm_slice s, const char *str);

/* As pm_slice_is, with ASCII letters of either case equal. */
bool pm_slice_is_nocase(struct pm_slice s, const char *str);

/* True when s begins with the terminated string prefix. */
bool pm_slice_starts(struct pm_slice s, const char *prefix);

/* True when s ends with the terminated string suffix. */
bool pm_slice_ends(struct pm_slice s, const char *suffix);

/* Byte order; negative, zero or positive as memcmp, shorter first. */
int pm_slice_cmp(struct pm_slice a, struct pm_slice b);

/* Offset of the first byte c at or after from, or -1. */
ptrdiff_t pm_slice_find(struct pm_slice s, size_t from, char c);

/*
 * Cuts the next line off *rest into *line, without its line end (LF, CR or
 * CRLF). Returns false when nothing is left; an empty last line after a line
 * end does not count.
 */
bool pm_slice_line(struct pm_slice *rest, struct pm_slice *line);

#endif
