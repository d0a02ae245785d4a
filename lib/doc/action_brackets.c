/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands in brackets behind an action: marks, "(@ana, due 5 May)", or
 * words that say who does it or that it is done. Any others are of its title.
 */
#include "doc/action_words.h"

#include <string.h>

#include "base/utf8.h"

bool pm_mark_is_wide_name(struct pm_slice text)
{
	size_t signs = 0;
	uint32_t cp;

	for (size_t off = 0; off < text.len && signs <= 4; signs++) {
		off += pm_utf8_next(text, off, &cp);
		if (cp < 0x3000 || !pm_utf8_word(cp))
			return false;
	}
	return signs >= 2 && signs <= 4;
}

/* "Ana by 15 March", "Ana - 2026-12-01", "@ana/2026-12-01": somebody and until
   when, with more than a comma between them; that alone is enough where the
   length says that the first could be a name: "田中、4/12まで". */
static bool read_pair(struct pm_action_words *t, struct pm_slice inner)
{
	static const char *const joints[] = {" by ", " until ", " innen ",
		" senest ", " senast ", " inden ", " innan ", " før ",
		" frist ", " - ", " – ", " — ", "/", "／", ": ", "：", "・",
		"　", "、", "，", ", "};

	for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
		ptrdiff_t at =
			pm_slice_find_text(inner, 0, pm_slice_str(joints[i]));
		struct pm_slice who, when;

		if (at < 1)
			continue;
		who = pm_trim_marks(pm_slice_sub(inner, 0, (size_t)at));
		when = pm_trim_marks(
			pm_slice_from(inner, (size_t)at + strlen(joints[i])));
		if ((pm_mark_of(t, who) != PM_MARK_OWNER &&
			    !pm_mark_is_wide_name(who)) ||
			pm_mark_of(t, when) != PM_MARK_DUE)
			continue;
		pm_mark_apply(t, PM_MARK_OWNER, who);
		pm_mark_apply(t, PM_MARK_DUE, when);
		return true;
	}
	return false;
}

/* "（第53週に実施済み）", "（12/2完了）": it ends in the state, as sentences of
   such languages do. */
static bool ends_done(struct pm_slice inner)
{
	static const char *const words[] = {
		"済み", "済", "完了", "完成", "완료", "완료됨", NULL};
	static const char *const nots[] = {"未", "미"};
	size_t len = pm_ends_in_one(inner, words);

	inner.len -= len;
	for (size_t i = 0; len && i < sizeof nots / sizeof nots[0]; i++)
		if (pm_slice_find_text(inner, 0, pm_slice_str(nots[i])) >= 0)
			return false;
	return len > 0;
}

/* "(Ana, [OPS-12](https://...))": who, beside a ticket that is found by itself;
   with the link all of it would pass for the ticket. */
static bool read_ticket_of(struct pm_action_words *t, struct pm_slice inner)
{
	struct pm_slice who = {NULL, 0}, part, rest;
	int tickets = 0;

	for (rest = inner; pm_mark_part(&rest, &part);) {
		enum pm_mark mark = pm_mark_of(t, part);

		if (mark == PM_MARK_TRACKER)
			tickets++;
		else if (mark == PM_MARK_OWNER && !who.len)
			who = part;
		else
			return false;
	}
	if (!tickets || !who.len)
		return false;
	pm_mark_apply(t, PM_MARK_OWNER, who);
	return true;
}

/* Parts that say who and when only beside each other, in any letters. */
static bool read_pair_beside(struct pm_action_words *t, struct pm_slice inner)
{
	return pm_action_read_beside(t, inner) || pm_action_read_nick(t, inner);
}

bool pm_action_read_bracket(struct pm_action_words *t, struct pm_slice inner)
{
	struct pm_slice rest, part;
	enum pm_mark mark;
	bool named = false;
	size_t acting;

	inner = pm_trim_marks(inner);
	/* A team's handle has a slash as well: "@shop/search". */
	if (inner.len && inner.ptr[0] == '@' && read_pair(t, inner))
		return true;
	mark = pm_mark_of(t, inner);
	/* A name of another script may hold signs that no Latin one does. */
	if (mark == PM_MARK_OWNER && inner.ptr[0] & 0x80 && read_pair(t, inner))
		return true;
	/* "(fait le 13 juin, Inès)" begins with a state. */
	if (mark == PM_MARK_STATUS && pm_action_read_beside(t, inner))
		return true;
	if (mark == PM_MARK_TRACKER && read_ticket_of(t, inner))
		return true;
	if (mark != PM_MARK_NONE) {
		pm_mark_apply(t, mark, inner);
		return true;
	}
	/* "（庶務課、完了）" ends in one. */
	if (read_pair_beside(t, inner))
		return true;
	if (ends_done(inner)) {
		t->action->state = PM_ACTION_DONE;
		return true;
	}
	/* "(Ana to write the story)": whoever begins with it. */
	acting = pm_acting_name(t->body, inner);
	if (acting) {
		pm_action_set_owner(
			t->body, t->action, pm_slice_sub(inner, 0, acting));
		return false;
	}
	for (rest = inner; pm_mark_part(&rest, &part);) {
		mark = pm_mark_of(t, part);
		if (part.len == inner.len || mark == PM_MARK_NONE)
			return read_pair(t, inner);
		named = named || mark == PM_MARK_OWNER;
	}
	t->named = named;
	for (rest = inner; pm_mark_part(&rest, &part);)
		pm_mark_apply(t, pm_mark_of(t, part), part);
	t->named = false;
	return true;
}
