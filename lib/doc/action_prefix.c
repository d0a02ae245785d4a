/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands before the order of an action, "DONE: ", "[P1] ", "@bo: ",
 * "✅ ": whether an item is an order does not hang on whether its team writes
 * such marks before it. They are stepped over here, and read by action_text.c.
 */
#include "doc/actions.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "doc/scan.h"

/* Most marks before one order, and the bytes of a label. */
enum { MARKS = 4, LABEL_MOST = 24 };

/* "P1", "DONE", "Suggested", "High": says how urgent it is, or how it stands.
 */
static bool is_mark(struct pm_slice text)
{
	static const char *const words[] = {
		"critical", "high", "low", "medium", NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	bool whole;

	if (text.len == 2 && (text.ptr[0] | 32) == 'p' &&
		pm_is_digit(text.ptr[1]))
		return true;
	if (pm_scan_word(&scan, word) && pm_scan_end(&scan) &&
		pm_word_in(word, words))
		return true;
	return pm_status_of(text, &whole) != PM_ACTION_UNKNOWN && whole;
}

/* "[P1] ", "(Infra) ": how long a short bracket at the head is. */
static size_t bracket_len(struct pm_slice text)
{
	char close = text.ptr[0] == '[' ? ']' : text.ptr[0] == '(' ? ')' : '\0';
	ptrdiff_t end = close ? pm_slice_find(pm_slice_sub(text, 0, LABEL_MOST),
					0, close)
			      : -1;

	return end > 1 ? (size_t)end + 1 : 0;
}

/* "@bo: ", "@bo will ": how long the handle is, with what lets it act. */
static size_t handle_len(struct pm_slice text)
{
	static const char *const acts[] = {
		" to ", " will ", " skal ", " ska ", ": ", " - ", NULL};
	size_t len = 0;

	if (text.ptr[0] != '@')
		return 0;
	while (len < text.len && !memchr(" :,", text.ptr[len], 3))
		len++;
	if (len < 2)
		return 0;
	return len + pm_begins_with_one(pm_slice_from(text, len), acts);
}

/* "DONE: ", "P1: ": how long a mark before a colon is. */
static size_t label_len(struct pm_slice text)
{
	ptrdiff_t colon =
		pm_slice_find(pm_slice_sub(text, 0, LABEL_MOST), 0, ':');

	return colon > 1 && is_mark(pm_slice_trim(
				    pm_slice_sub(text, 0, (size_t)colon)))
		       ? (size_t)colon + 1
		       : 0;
}

/* "✅ ", "🔴 ": how long a picture is, which is no letter of any script. */
static size_t picture_len(struct pm_slice text)
{
	size_t len = 0;
	uint32_t cp;

	while (len < text.len && text.ptr[len] & 0x80) {
		size_t step = pm_utf8_next(text, len, &cp);

		if (pm_utf8_word(cp))
			return 0;
		len += step;
	}
	return len < text.len && text.ptr[len] == ' ' ? len : 0;
}

/* The order without what marks it before. */
static struct pm_slice unmarked(struct pm_slice text)
{
	text = pm_slice_trim(text);
	for (int i = 0; i < MARKS && text.len; i++) {
		size_t len = bracket_len(text);

		if (!len)
			len = handle_len(text);
		if (!len)
			len = label_len(text);
		if (!len)
			len = picture_len(text);
		if (!len)
			break;
		text = pm_slice_trim(pm_slice_from(text, len));
	}
	return text;
}

bool pm_action_is_order(struct pm_slice text)
{
	return pm_begins_with_verb(text) || pm_begins_with_verb(unmarked(text));
}

bool pm_action_states_order(struct pm_slice text)
{
	size_t len = label_len(text);
	struct pm_slice rest = pm_slice_trim(pm_slice_from(text, len));
	bool whole;

	return len && memchr(rest.ptr, ' ', rest.len) &&
	       (pm_is_capital(rest.ptr[0]) || pm_begins_with_verb(rest)) &&
	       !pm_action_is_day(rest) && !pm_action_is_period(rest) &&
	       (pm_status_of(rest, &whole) == PM_ACTION_UNKNOWN || !whole);
}
