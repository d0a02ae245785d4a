/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values and keys that YAML takes for something else because of a mark in
 * them. They are read as so many letters, which makes them plain words to
 * libyaml; their bytes as written become the value.
 */
#include "yaml/private.h"

/* What is wrong with a value that has to be put in quotes. */
static void say_quote(struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, struct pm_span span,
	struct pm_slice value)
{
	const char *hint = pm_yaml_hint_quote(rd, shape, value);
	char first = pm_yaml_byte(rd, span.off);
	bool mark = pm_yaml_among(first, "@`%*&!|>[]{},#?-:");
	struct pm_slice key = pm_yaml_name(rd, shape);

	if (first == '"' || first == '\'')
		pm_yaml_problem(rd, PM_YAML_SYNTAX, span, hint,
			"text after the closing quote");
	else if ((first == '[' || first == '{') && span.len > 1)
		pm_yaml_problem(rd, PM_YAML_SYNTAX, span, hint,
			"a value that begins with '%c' and goes on as text "
			"needs quotes",
			first);
	else if (mark)
		pm_yaml_problem(rd, PM_YAML_SYNTAX, span, hint,
			"a value that begins with '%c' needs quotes", first);
	else if (shape->keyed)
		pm_yaml_problem(rd, PM_YAML_SYNTAX, span, hint,
			"the value of '%.*s' holds a ':' and needs quotes",
			PM_SLICE_ARG(key));
	else
		pm_yaml_problem(rd, PM_YAML_SYNTAX, span, hint,
			"a value that holds a ':' needs quotes, unless a ',' "
			"is missing");
}

/*
 * True for 'it's': a value in quotes that holds one of them as a letter would
 * stand. "a" "b" is not that.
 */
static bool quoted_inside(
	const struct pm_yaml_reader *rd, size_t off, size_t end)
{
	char quote = pm_yaml_byte(rd, off);

	if ((quote != '"' && quote != '\'') || end < off + 3 ||
		pm_yaml_byte(rd, end - 1) != quote)
		return false;
	for (size_t i = off + 1; i < end - 1; i++) {
		if (pm_yaml_byte(rd, i) == quote &&
			(pm_yaml_byte(rd, i - 1) == ' ' ||
				pm_yaml_byte(rd, i + 1) == ' '))
			return false;
	}
	return true;
}

/*
 * Mends a line whose whole value has to be put in quotes: it is read as so
 * many letters, and the bytes as written become the value. 'it's' is read as
 * what stands between its outer quotes.
 */
bool pm_yaml_mend_value(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	size_t off = shape->value, end = shape->value_end;

	if (end <= off)
		return false;
	if (quoted_inside(rd, off, end)) {
		if (!pm_yaml_text_edit(
			    rd, off, 1, (struct pm_slice)PM_SLICE_LIT(" ")) ||
			!pm_yaml_text_fill(rd, off + 1, end - off - 2) ||
			!pm_yaml_text_edit(rd, end - 1, 1,
				(struct pm_slice)PM_SLICE_LIT(" ")))
			return false;
		say_quote(rd, shape, (struct pm_span){off, end - off},
			pm_yaml_bytes(rd, off + 1, end - 1));
		return true;
	}
	if (!pm_yaml_text_fill(rd, off, end - off))
		return false;
	say_quote(rd, shape, (struct pm_span){off, end - off},
		pm_yaml_bytes(rd, off, end));
	return true;
}

/* Mends one entry within brackets, which ends before their next mark. */
bool pm_yaml_mend_entry(struct pm_yaml_reader *rd, size_t off)
{
	struct pm_yaml_shape none = {0};
	size_t end = off;

	while (end < rd->text.len &&
		!pm_yaml_among(rd->text.ptr[end], ",]}\r\n"))
		end++;
	while (end > off && pm_yaml_byte(rd, end - 1) == ' ')
		end--;
	if (!pm_yaml_text_fill(rd, off, end - off))
		return false;
	say_quote(rd, &none, (struct pm_span){off, end - off},
		pm_yaml_bytes(rd, off, end));
	return true;
}

/* A key that begins with one of YAML's marks. */
static bool mend_key(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape)
{
	struct pm_slice key = pm_yaml_bytes(rd, shape->content, shape->key_end);
	struct pm_span span = {shape->content, key.len};

	if (!pm_yaml_text_fill(rd, span.off, span.len))
		return false;
	pm_yaml_problem(rd, PM_YAML_SYNTAX, span, "put the key in quotes",
		"a key that begins with '%c' needs quotes", key.ptr[0]);
	return true;
}

/* What begins at off with a mark of YAML's: a key, a value or an entry. */
bool pm_yaml_mend_at(struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, size_t off)
{
	if (off == shape->value)
		return pm_yaml_mend_value(rd, shape);
	if (off == shape->content)
		return mend_key(rd, shape);
	return off > shape->value && off < shape->end &&
	       pm_yaml_mend_entry(rd, off);
}
