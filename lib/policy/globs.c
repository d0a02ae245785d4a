/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a glob in a policy may be. A glob that can never match is a
 * slip, and a silent one: the documents would just not be there.
 */
#include "policy/private.h"

/* True when there is a component "." or "..", or an empty one. */
static bool has_dots(struct pm_slice path)
{
	size_t from = 0;

	for (;;) {
		ptrdiff_t at = pm_slice_find(path, from, '/');
		size_t end = at < 0 ? path.len : (size_t)at;
		struct pm_slice part = pm_slice_sub(path, from, end - from);

		if (part.len == 0 || pm_slice_is(part, ".") ||
			pm_slice_is(part, ".."))
			return true;
		if (at < 0)
			return false;
		from = end + 1;
	}
}

/* Offset of the "]" that ends the set opened at off, or -1. */
static ptrdiff_t set_end(struct pm_slice glob, size_t off)
{
	size_t i = off + 1;

	if (i < glob.len && (glob.ptr[i] == '!' || glob.ptr[i] == '^'))
		i++;
	/* A "]" that comes first is one of the set. */
	if (i < glob.len && glob.ptr[i] == ']')
		i++;
	return pm_slice_find(glob, i, ']');
}

/* Why the wildcards cannot be read, or NULL. */
static const char *refuse_wildcards(struct pm_slice glob)
{
	for (size_t i = 0; i < glob.len; i++) {
		char c = glob.ptr[i];

		if (c == '\\') {
			if (++i == glob.len)
				return "it ends in a backslash";
		} else if (c == '[') {
			ptrdiff_t end = set_end(glob, i);

			if (end < 0)
				return "'[' has no ']'";
			i = (size_t)end;
		} else if (c == '*' && i + 1 < glob.len &&
			   glob.ptr[i + 1] == '*') {
			bool before = i == 0 || glob.ptr[i - 1] == '/';

			i++;
			if (!before ||
				(i + 1 < glob.len && glob.ptr[i + 1] != '/'))
				return "'**' must stand alone between '/'";
		}
	}
	return NULL;
}

const char *pm_policy_glob_refuse(struct pm_slice glob)
{
	if (glob.len == 0)
		return "it is empty";
	if (glob.len > 1024)
		return "it is longer than 1024 bytes";
	for (size_t i = 0; i < glob.len; i++)
		if ((unsigned char)glob.ptr[i] < 0x20 || glob.ptr[i] == 0x7f)
			return "it holds a control character";
	if (glob.ptr[0] == '!')
		return "'!' is not understood (write it under exclude, "
		       "without the '!')";
	if (glob.ptr[0] == '/')
		glob = pm_slice_from(glob, 1);
	if (pm_slice_ends(glob, "/"))
		glob.len--;
	if (has_dots(glob))
		return "it has an empty part, '.' or '..'";
	return refuse_wildcards(glob);
}
