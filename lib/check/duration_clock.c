/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Durations as a stop watch shows them. The same figures are a time of day
 * wherever no label says otherwise, and hours or minutes come first: what is
 * found here is only what could be meant.
 */
#include "check/duration.h"

#include <string.h>

#include "base/ascii.h"

#define MINUTE 60

/* Digits of the first number: no incident lasts a thousand hours. */
#define DIGITS 3

static char at(struct pm_slice text, size_t off)
{
	return off < text.len ? text.ptr[off] : '\0';
}

/* ":45" at off, below 60; -1: it is not there. */
static int two_digits(struct pm_slice text, size_t off)
{
	if (at(text, off) != ':' || at(text, off + 1) < '0' ||
		at(text, off + 1) > '5' || !pm_is_digit(at(text, off + 2)) ||
		pm_is_digit(at(text, off + 3)))
		return -1;
	return (text.ptr[off + 1] - '0') * 10 + text.ptr[off + 2] - '0';
}

/* True when nothing behind makes a time of day of it: "UTC", "pm", "- 11:04".
 */
static bool is_alone(struct pm_slice text, size_t end)
{
	if (at(text, end) == '.' || at(text, end) == ',')
		end++;
	while (at(text, end) == ' ' || at(text, end) == '\t' ||
		at(text, end) == '*' || at(text, end) == '\r')
		end++;
	return end >= text.len || memchr("\n|()", text.ptr[end], 4);
}

/* True when what stands before the number is no part of it. */
static bool begins(struct pm_slice text, size_t off)
{
	return off == 0 || memchr(" \t|(*~", text.ptr[off - 1], 6);
}

/* Reads what has its first colon at colon. */
static bool read_at(struct pm_slice text, size_t colon, size_t first,
	struct pm_typed *hours, struct pm_typed *minutes)
{
	size_t off = colon;
	int64_t number = 0, total;
	int middle = two_digits(text, colon), last;

	while (off > first && colon - off < DIGITS &&
		pm_is_digit(text.ptr[off - 1]))
		off--;
	if (middle < 0 || off == colon || !begins(text, off))
		return false;
	for (size_t i = off; i < colon; i++)
		number = number * 10 + (text.ptr[i] - '0');
	last = two_digits(text, colon + 3);
	*hours = (struct pm_typed){
		.off = off, .end = colon + (last < 0 ? 3 : 6), .clock = true};
	hours->len = hours->end - off;
	if (!is_alone(text, hours->end))
		return false;
	total = number * MINUTE + middle;
	*minutes = *hours;
	minutes->low_s = total - 1;
	minutes->high_s = total + 1;
	hours->low_s = total * MINUTE - MINUTE;
	hours->high_s = total * MINUTE + MINUTE;
	if (last >= 0)
		*minutes = *hours;
	return true;
}

bool pm_typed_clock(struct pm_slice text, size_t *off, struct pm_typed *hours,
	struct pm_typed *minutes)
{
	size_t first = *off;
	ptrdiff_t colon = pm_slice_find(text, first, ':');

	for (; colon >= 0;
		colon = pm_slice_find(text, (size_t)colon + 1, ':')) {
		if (!read_at(text, (size_t)colon, first, hours, minutes))
			continue;
		*off = hours->end;
		return true;
	}
	*off = text.len;
	return false;
}
