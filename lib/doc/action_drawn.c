/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pictures at the tail of an action that say what stands behind them, as
 * editors of tasks write owners and days: "👤 Ana Lund 📅 2026-08-15".
 */
#include "doc/action_words.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/scan.h"
#include "doc/stamp.h"

/* Where the last word of a text begins. */
static size_t last_word(struct pm_slice s)
{
	size_t at = s.len;

	while (at > 0 && s.ptr[at - 1] != ' ' && s.ptr[at - 1] != '\n')
		at--;
	return at;
}

/* Takes "📅 2026-08-15" off the tail, as editors of tasks write days: due, or
   when it was done, begun or made. */
bool pm_action_drawn_day(struct pm_action_words *t)
{
	static const struct {
		const char *sign;
		bool due, done;
	} signs[] = {
		{"📅", true, false},
		{"📆", true, false},
		{"🗓️", true, false},
		{"🗓", true, false},
		{"✅", false, true},
		{"⏳", false, false},
		{"🛫", false, false},
		{"➕", false, false},
	};
	struct pm_slice s = t->rest, value, before;
	struct pm_stamp_date date;
	struct pm_scan scan;
	size_t at = last_word(s);

	value = pm_slice_from(s, at);
	if (at < 4 || !value.len || !pm_is_digit(value.ptr[0]))
		return false;
	before = pm_slice_trim(pm_slice_sub(s, 0, at));
	if (!(before.ptr[before.len - 1] & 0x80))
		return false;
	scan = (struct pm_scan){value, 0, false};
	if (!pm_scan_date(&scan, &date) || !pm_scan_end(&scan))
		return false;
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		if (!pm_slice_ends(before, signs[i].sign))
			continue;
		if (signs[i].due)
			pm_action_set_due(t->body, t->action, value);
		if (signs[i].done)
			t->action->state = PM_ACTION_DONE;
		t->rest.len = before.len - strlen(signs[i].sign);
		return true;
	}
	return false;
}

bool pm_action_tail_name(
	struct pm_action_words *t, const char *const *leads, size_t most)
{
	struct pm_slice s = t->rest, name;
	size_t from = s.len > most ? s.len - most : 0;

	for (size_t i = 0; leads[i]; i++) {
		ptrdiff_t at =
			pm_slice_find_text(s, from, pm_slice_str(leads[i]));

		if (at < 1)
			continue;
		name = pm_slice_trim(
			pm_slice_from(s, (size_t)at + strlen(leads[i])));
		if (pm_slice_starts(name, ":"))
			name = pm_slice_trim(pm_slice_from(name, 1));
		if (!pm_looks_like_name(NULL, name))
			continue;
		pm_action_set_owner(t->body, t->action, name);
		t->rest.len = (size_t)at;
		return true;
	}
	return false;
}

/* Takes "👤 Ana Lund" off the tail, as the same editors write owners. */
bool pm_action_drawn_owner(struct pm_action_words *t)
{
	static const char *const signs[] = {"👤", "👥", "🙋", "🧑‍💻", NULL};

	/* All of them begin with this byte, and hardly any text has it. */
	return pm_slice_find(t->rest, 0, signs[0][0]) >= 0 &&
	       pm_action_tail_name(t, signs, PM_MARK_MOST);
}
