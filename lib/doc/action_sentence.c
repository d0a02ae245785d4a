/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands behind the last full stop of an action: "... by prefix. *Nat, by
 * Nov 20*", "... falla. Flor, esta semana", "... for all. Closed 2 June". A
 * last sentence says whose the action is where a day or a state stands beside
 * the name, or where it is set in italics or bold as a whole; any other is of
 * the title: "... by prefix. Grafana first".
 */
#include "doc/action_words.h"

#include <string.h>

enum { SENTENCE_MOST = 60 };

/* Where the last sentence begins; 0: there is one only. */
static size_t last_sentence(struct pm_slice s)
{
	static const char *const stops[] = {
		". ", "! ", "? ", "。", "！", "？", ".\n", NULL};
	size_t from = s.len > SENTENCE_MOST + 4 ? s.len - SENTENCE_MOST - 4 : 1;
	/* The bytes that one of them begins with. */
	static const char firsts[] = ".!?\xE3\xEF";
	size_t at = 0;

	if (!pm_holds_one(pm_slice_from(s, from), firsts))
		return 0;
	for (size_t i = from; i + 1 < s.len; i++) {
		size_t len;

		if (!memchr(firsts, s.ptr[i], sizeof firsts - 1))
			continue;
		len = pm_begins_with_one(pm_slice_from(s, i), stops);
		if (len && i + len < s.len)
			at = i + len;
	}
	return at;
}

/* True when all of a text is set in italics or bold. */
static bool is_set(const struct pm_action_words *t, struct pm_slice text)
{
	const char *end = text.ptr + text.len;

	for (size_t i = 0; i < t->nruns; i++) {
		const struct pm_md_run *run = &t->runs[i];
		const char *behind = run->text.ptr + run->text.len;

		if (run->style & (PM_MD_STRONG | PM_MD_EMPHASIS) &&
			run->text.ptr <= text.ptr && text.ptr < behind)
			return end <= behind;
	}
	return false;
}

bool pm_mark_done_told(struct pm_slice text)
{
	static const char *const ins[] = {
		"in ", "with ", "by ", "i ", "in der ", "mit ", "en ", NULL};
	ptrdiff_t blank = pm_slice_find(text, 0, ' ');
	struct pm_slice word =
		pm_slice_sub(text, 0, blank < 0 ? text.len : (size_t)blank);
	struct pm_slice rest;
	bool whole;

	if (pm_status_of(word, &whole) != PM_ACTION_DONE || !whole)
		return false;
	if (blank < 0 || pm_mark_done_on_day(text))
		return true;
	rest = pm_slice_from(text, (size_t)blank + 1);
	rest = pm_slice_from(rest, pm_begins_with_one(rest, ins));
	/* A number, of a version or a ticket, and nothing behind it. */
	return rest.len && !memchr(rest.ptr, ' ', rest.len) &&
	       pm_holds_one(rest, "0123456789");
}

/* Reads what is set in italics or bold as a whole: "*Newsroom tools*" too. */
static bool read_set(struct pm_action_words *t, struct pm_slice last)
{
	if (!pm_mark_is_crew(last))
		return pm_action_read_bracket(t, last);
	pm_action_set_owner(t->body, t->action, last);
	return true;
}

/* Takes "DONE 2026-10-30" off the tail: in capitals it is a mark wherever a
   sentence ends, "done by Friday" may be words. */
static bool tail_done_day(struct pm_action_words *t)
{
	enum { DONE_MOST = 24 };
	struct pm_slice s = t->rest;
	size_t from = s.len > DONE_MOST ? s.len - DONE_MOST : 0;
	ptrdiff_t at = pm_slice_find_text(s, from, pm_slice_str(" DONE "));

	/* "-- Ana, DONE 9 April" are parts. */
	if (at < 1 || s.ptr[at - 1] == ',' ||
		!pm_mark_done_on_day(pm_slice_from(s, (size_t)at + 1)))
		return false;
	t->action->state = PM_ACTION_DONE;
	t->rest.len = (size_t)at;
	return true;
}

/* Takes "✅ merged in #12" off the tail: a tick and words that tell the same. */
static bool tail_ticked(struct pm_action_words *t)
{
	enum { TICKED_MOST = 40 };
	static const char *const ticks[] = {
		"✅", "✔️", "✔", "☑️", "☑", NULL};
	struct pm_slice s = t->rest;
	size_t at = s.len;

	while (at > 1 && s.len - at < TICKED_MOST) {
		size_t len;

		at--;
		if (!(s.ptr[at] & 0x80))
			continue;
		len = pm_begins_with_one(pm_slice_from(s, at), ticks);
		if (!len)
			continue;
		if (t->action->box || !pm_mark_done_told(pm_slice_trim(
					      pm_slice_from(s, at + len))))
			return false;
		t->action->state = PM_ACTION_DONE;
		t->rest.len = at;
		return true;
	}
	return false;
}

bool pm_action_tail_sentence(struct pm_action_words *t)
{
	static const char *const opened[] = {
		"(", "[", "（", "【", "［", "〔", "〈", "＜", NULL};
	static const char *const closed[] = {
		")", "]", "）", "】", "］", "〕", "〉", "＞", NULL};
	size_t at = last_sentence(t->rest);
	struct pm_slice last = pm_trim_marks(pm_slice_from(t->rest, at));

	if (tail_done_day(t) || tail_ticked(t))
		return true;
	/* What is in brackets is read first, as that is. */
	if (!at || !last.len || last.len > SENTENCE_MOST ||
		pm_begins_with_one(last, opened) ||
		pm_ends_in_one(t->rest, closed))
		return false;
	if (pm_mark_done_told(last)) {
		/* An empty box says that it is not: "[ ] Alert. Done". */
		if (!t->action->box)
			t->action->state = PM_ACTION_DONE;
	} else if (!pm_action_read_beside(t, last) &&
		   !(is_set(t, last) && read_set(t, last))) {
		return false;
	}
	t->rest.len = at;
	return true;
}
