/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists and maps in brackets: one that is not closed, that a comment cuts
 * off, that holds an entry of several words or none.
 */
#include "yaml/private.h"

/* The last line of a bracketed value that begins on a line. */
static struct pm_yaml_shape bracket_end(
	struct pm_yaml_slip *s, const struct pm_yaml_shape *start)
{
	struct pm_yaml_shape end = *start;
	size_t column = start->first - start->start;

	for (unsigned line = start->line + 1;
		line <= pm_yaml_lines(s->rd)->count; line++) {
		struct pm_yaml_shape next = pm_yaml_shape(s->rd, line);

		if (next.blank)
			continue;
		if (next.first - next.start <= column)
			break;
		end = next;
	}
	return end;
}

/* A '#' that cuts off the end of a bracketed value. */
static bool comment_in_brackets(struct pm_yaml_slip *s)
{
	size_t hash = s->there.value_end;

	while (hash < s->there.end && pm_yaml_byte(s->rd, hash) == ' ')
		hash++;
	/* An entry may begin with it, too: "[#a]". */
	for (size_t off = s->context + 1; off < hash; off++)
		if (pm_yaml_byte(s->rd, off) == '#' &&
			pm_yaml_among(pm_yaml_byte(s->rd, off - 1), "[{,"))
			hash = off;
	if (pm_yaml_byte(s->rd, hash) != '#' ||
		(pm_yaml_byte(s->rd, s->there.end - 1) != ']' &&
			pm_yaml_byte(s->rd, s->there.end - 1) != '}') ||
		!pm_yaml_text_fill(s->rd, hash, 1))
		return false;
	pm_yaml_problem(s->rd, PM_YAML_SYNTAX, (struct pm_span){hash, 1},
		"put the entry in quotes",
		"'#' begins a comment, which takes the rest of this line in");
	return true;
}

/*
 * An entry within brackets that goes on where it should end: its value is
 * what stands after the entry's own ": ".
 */
static bool long_entry(struct pm_yaml_slip *s)
{
	size_t start = s->off, colon;

	while (start > s->context + 1 &&
		!pm_yaml_among(pm_yaml_byte(s->rd, start - 1), ",[{"))
		start--;
	for (colon = start; colon < s->off; colon++) {
		if (pm_yaml_byte(s->rd, colon) == ':' &&
			pm_yaml_byte(s->rd, colon + 1) == ' ')
			break;
	}
	if (colon < s->off)
		start = colon + 1;
	while (start < s->off && pm_yaml_byte(s->rd, start) == ' ')
		start++;
	return pm_yaml_mend_entry(s->rd, start);
}

/* Closes the bracket at off in the copy, after what belongs to it. */
static bool close_bracket(
	struct pm_yaml_slip *s, size_t off, const struct pm_yaml_shape *start)
{
	bool list = pm_yaml_byte(s->rd, off) == '[';
	struct pm_yaml_shape end = bracket_end(s, start);
	size_t at = end.value_end > off ? end.value_end : end.end;

	if (!pm_yaml_text_edit(s->rd, at, 0, pm_slice_str(list ? "]" : "}")))
		return false;
	pm_yaml_problem(s->rd, PM_YAML_SYNTAX, (struct pm_span){off, 1},
		list ? "write ']' after the last entry"
		     : "write '}' after the last entry",
		"the '%c' that begins here is not closed",
		pm_yaml_byte(s->rd, off));
	return true;
}

/* A '[' or '{' that is not closed, or text that only begins like one. */
bool pm_yaml_slip_open_bracket(struct pm_yaml_slip *s)
{
	char open = pm_yaml_byte(s->rd, s->context);
	char last = pm_yaml_byte(s->rd, s->there.value_end - 1);

	if ((open != '[' && open != '{') || s->there.value_end == 0)
		return false;
	if (comment_in_brackets(s))
		return true;
	if (s->off >= s->there.end)
		return close_bracket(s, s->context, &s->there);
	if (s->context == s->there.value && last != (open == '[' ? ']' : '}'))
		return pm_yaml_mend_value(s->rd, &s->there);
	return long_entry(s);
}

/* "a,, b" or "[, a]": nothing stands before a comma; or before the end. */
bool pm_yaml_slip_empty_entry(struct pm_yaml_slip *s)
{
	struct pm_yaml_shape last = s->here;

	if (pm_yaml_byte(s->rd, s->off) == ',' &&
		pm_yaml_text_edit(
			s->rd, s->off, 1, (struct pm_slice)PM_SLICE_LIT(" "))) {
		pm_yaml_problem(s->rd, PM_YAML_SYNTAX,
			(struct pm_span){s->off, 1}, "delete it",
			"no entry stands before this ','");
		return true;
	}
	if (s->off + 1 < s->rd->text.len ||
		(last.blank && !pm_yaml_shape_before(s->rd, last.line, &last)))
		return false;
	for (size_t off = last.value_end; off > last.start; off--) {
		if (pm_yaml_among(pm_yaml_byte(s->rd, off - 1), "[{"))
			return close_bracket(s, off - 1, &last);
	}
	return false;
}
