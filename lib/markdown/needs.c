/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which extensions a text can make use of, by the characters they begin with.
 * The costly one is autolink: it cuts the text at every "w" and ":" and walks
 * the tree twice more. Nearly all addresses stand in links, where it has
 * nothing to do; that they do is guessed here from what stands before them,
 * and verified when the runs of text are read.
 */
#include "markdown/private.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

static bool holds(struct pm_slice text, char c)
{
	return pm_slice_find(text, 0, c) >= 0;
}

/* True when word stands somewhere; searched for by its first character, which
   should be a rare one, and told apart by the second. */
static bool holds_word(struct pm_slice text, const char *word)
{
	ptrdiff_t at = pm_slice_find(text, 0, word[0]);

	for (; at >= 0; at = pm_slice_find(text, (size_t)at + 1, word[0]))
		if ((size_t)at + 1 < text.len && text.ptr[at + 1] == word[1] &&
			pm_slice_starts(pm_slice_from(text, (size_t)at), word))
			return true;
	return false;
}

/* True for the address of a link by what stands before it: "](", "<" or
   "]: "; its "://" stands at off. */
static bool is_enclosed(struct pm_slice text, size_t off)
{
	while (off && pm_is_letter(text.ptr[off - 1]))
		off--;
	text.len = off;
	return pm_slice_ends(text, "](") || pm_slice_ends(text, "<") ||
	       pm_slice_ends(text, "]: ");
}

/* Slashes are rarer than colons. */
ptrdiff_t pm_md_find_address(struct pm_slice text, size_t off)
{
	ptrdiff_t at = pm_slice_find(text, off + 1, '/');

	while (at >= 0 &&
		(text.ptr[at - 1] != ':' || (size_t)at + 1 == text.len ||
			text.ptr[at + 1] != '/'))
		at = pm_slice_find(text, (size_t)at + 1, '/');
	return at < 0 ? at : at - 1;
}

bool pm_md_holds_address(struct pm_slice text)
{
	return pm_md_find_address(text, 0) >= 0;
}

/* What the name before an "@" may end in: "@name" is no mail. The last two hide
   a character, behind a backslash or in an entity. */
static bool ends_name(char c)
{
	return pm_is_letter(c) || pm_is_digit(c) || memchr(".+-_:\\;", c, 7);
}

/* An entity may stand for an "@". */
static bool holds_mail(struct pm_slice text)
{
	ptrdiff_t at = pm_slice_find(text, 0, '@');

	for (; at >= 0; at = pm_slice_find(text, (size_t)at + 1, '@'))
		if (at && ends_name(text.ptr[at - 1]))
			return true;
	return holds(text, '&') &&
	       (holds_word(text, "&#") || holds_word(text, "&commat;"));
}

/* True when a check box stands somewhere. */
static bool holds_box(struct pm_slice text)
{
	ptrdiff_t at = pm_slice_find(text, 0, '[');

	for (; at >= 0; at = pm_slice_find(text, (size_t)at + 1, '['))
		if ((size_t)at + 2 < text.len && text.ptr[at + 2] == ']' &&
			memchr(" xX", text.ptr[at + 1], 3))
			return true;
	return false;
}

/* True when the line under a table's header may stand somewhere: with a bar,
   or with the colon of a column that is aligned. */
static bool holds_table(struct pm_slice text)
{
	ptrdiff_t at;

	if (holds(text, '|'))
		return true;
	at = pm_slice_find(text, 0, ':');
	for (; at >= 0; at = pm_slice_find(text, (size_t)at + 1, ':'))
		if ((at && text.ptr[at - 1] == '-') ||
			((size_t)at + 1 < text.len && text.ptr[at + 1] == '-'))
			return true;
	return false;
}

bool pm_md_may_link(struct pm_slice text)
{
	return holds_mail(text) || holds_word(text, "www.") ||
	       pm_md_holds_address(text);
}

static bool needs_autolink(struct pm_slice text, bool *doubtful)
{
	ptrdiff_t first = pm_md_find_address(text, 0);

	if (holds_mail(text) || holds_word(text, "www."))
		return true;
	for (ptrdiff_t at = first; at >= 0;
		at = pm_md_find_address(text, (size_t)at + 1))
		if (!is_enclosed(text, (size_t)at))
			return true;
	*doubtful = first >= 0;
	return false;
}

unsigned pm_md_needs(struct pm_slice text, bool *doubtful)
{
	unsigned needs = 0;

	*doubtful = false;
	if (holds(text, '~'))
		needs |= PM_MD_NEEDS_STRIKE;
	if (holds_table(text))
		needs |= PM_MD_NEEDS_TABLES;
	if (holds_box(text))
		needs |= PM_MD_NEEDS_TASKS;
	/* What a reference without its note means is not changed by them. */
	if (holds_word(text, "[^"))
		needs |= PM_MD_NEEDS_FOOTNOTES;
	if (needs_autolink(text, doubtful))
		needs |= PM_MD_NEEDS_AUTOLINK;
	if (!pm_utf8_valid(text, NULL))
		needs |= PM_MD_NEEDS_REPAIR;
	return needs;
}
