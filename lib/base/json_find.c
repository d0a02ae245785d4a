/* SPDX-License-Identifier: Apache-2.0 */
/* Finding one string in JSON: values on the way are passed over as bytes. */
#include "base/json_find.h"

static void skip_blank(struct pm_slice *rest)
{
	while (rest->len && strchr(" \t\r\n", rest->ptr[0]) && rest->ptr[0])
		*rest = pm_slice_from(*rest, 1);
}

/* Takes a byte that has to be there, after blanks. */
static bool take(struct pm_slice *rest, char c)
{
	skip_blank(rest);
	if (!rest->len || rest->ptr[0] != c)
		return false;
	*rest = pm_slice_from(*rest, 1);
	return true;
}

/* Takes a string without its quotes, escapes as they are written. */
static bool take_string(struct pm_slice *rest, struct pm_slice *text)
{
	size_t i = 0;

	if (!take(rest, '"'))
		return false;
	while (i < rest->len && rest->ptr[i] != '"')
		i += rest->ptr[i] == '\\' ? 2 : 1;
	if (i >= rest->len)
		return false;
	*text = pm_slice_sub(*rest, 0, i);
	*rest = pm_slice_from(*rest, i + 1);
	return true;
}

/* Passes over a value of any kind. */
static bool skip_value(struct pm_slice *rest)
{
	struct pm_slice text;
	size_t depth = 0;

	do {
		skip_blank(rest);
		if (!rest->len)
			return false;
		if (rest->ptr[0] == '"') {
			if (!take_string(rest, &text))
				return false;
			continue;
		}
		if (!depth && strchr(",:]}", rest->ptr[0]))
			return false;
		depth += rest->ptr[0] == '{' || rest->ptr[0] == '[';
		depth -= rest->ptr[0] == '}' || rest->ptr[0] == ']';
		*rest = pm_slice_from(*rest, 1);
		/* A bare word or a number ends where it cannot go on. */
		while (!depth && rest->len && rest->ptr[0] &&
			!strchr(" \t\r\n,:]}[{\"", rest->ptr[0]))
			*rest = pm_slice_from(*rest, 1);
	} while (depth);
	return true;
}

/* Goes into the object at rest up to the value of key. */
static bool enter(struct pm_slice *rest, const char *key)
{
	struct pm_slice name;

	if (!take(rest, '{'))
		return false;
	do {
		if (!take_string(rest, &name) || !take(rest, ':'))
			return false;
		skip_blank(rest);
		if (pm_slice_is(name, key))
			return true;
		if (!skip_value(rest))
			return false;
	} while (take(rest, ','));
	return false;
}

/* The character that a one-letter escape stands for; 0: no such escape. */
static char escaped(char c)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *at = c ? strchr(from, c) : NULL;

	return at ? to[at - from] : '\0';
}

bool pm_json_find(
	struct pm_slice json, const char *const *keys, struct pm_buf *out)
{
	size_t before = out->len;
	struct pm_slice text;

	for (; *keys; keys++)
		if (!enter(&json, *keys))
			return false;
	if (!take_string(&json, &text))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\\')
			c = escaped(text.ptr[++i]);
		if (!c) {
			pm_buf_truncate(out, before);
			return false;
		}
		pm_buf_addc(out, c);
	}
	return true;
}
