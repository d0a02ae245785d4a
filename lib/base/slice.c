/* SPDX-License-Identifier: Apache-2.0 */
/* The longer functions of slices; the short ones are inline in the header. */
#include "pm/slice.h"

#include <stdint.h>
#include <string.h>

#include "base/ascii.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct pm_slice pm_slice_trim_blanks(struct pm_slice s)
{
	while (s.len && is_space(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len && is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool pm_slice_rest_is_nocase(struct pm_slice s, const char *str)
{
	size_t i;

	for (i = 0; i < s.len; i++) {
		if (!str[i] || pm_lower(s.ptr[i]) != pm_lower(str[i]))
			return false;
	}
	return str[i] == '\0';
}

int pm_slice_cmp(struct pm_slice a, struct pm_slice b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.ptr, b.ptr, common) : 0;

	if (order)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

/* True when one of eight bytes is zero. */
static bool has_zero(uint64_t word)
{
	return (word - UINT64_C(0x0101010101010101)) & ~word &
	       UINT64_C(0x8080808080808080);
}

/* Offset of the first LF or CR, or s.len. */
static size_t find_line_end(struct pm_slice s)
{
	const uint64_t lf = UINT64_C(0x0a0a0a0a0a0a0a0a);
	const uint64_t cr = UINT64_C(0x0d0d0d0d0d0d0d0d);
	size_t end = 0;
	uint64_t word;

	for (; s.len - end >= sizeof(word); end += sizeof(word)) {
		memcpy(&word, s.ptr + end, sizeof(word));
		if (has_zero(word ^ lf) || has_zero(word ^ cr))
			break;
	}
	while (end < s.len && s.ptr[end] != '\n' && s.ptr[end] != '\r')
		end++;
	return end;
}

bool pm_slice_line(struct pm_slice *rest, struct pm_slice *line)
{
	size_t end, next;

	if (!rest->len)
		return false;
	end = find_line_end(*rest);
	next = end + 1;
	if (next < rest->len && rest->ptr[end] == '\r' &&
		rest->ptr[next] == '\n')
		next++;
	*line = pm_slice_make(rest->ptr, end);
	*rest = pm_slice_from(*rest, next);
	return true;
}

ptrdiff_t pm_slice_find_text(
	struct pm_slice s, size_t from, struct pm_slice part)
{
	/* The C library prepares a table for each search, which most are over
	   before: what is looked for is mostly near. */
	enum { TRIES = 8 };
	const char *hit;

	if (!part.len)
		return from <= s.len ? (ptrdiff_t)from : -1;
	for (int i = 0; i < TRIES; i++, from++) {
		ptrdiff_t at = pm_slice_find(s, from, part.ptr[0]);

		if (at < 0 || s.len - (size_t)at < part.len)
			return -1;
		from = (size_t)at;
		if (memcmp(s.ptr + from, part.ptr, part.len) == 0)
			return at;
	}
	hit = memmem(s.ptr + from, s.len - from, part.ptr, part.len);
	return hit ? hit - s.ptr : -1;
}
