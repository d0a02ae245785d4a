/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "Watch the locks -> Ana Lund": an arrow before a name at the end of an action
 * says whose it is, and as often where something goes: "Move the shop -> Pos".
 */
#include "doc/action_words.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/scan.h"

/* "Ana Lund": two words of letters, each with one capital before small ones. */
static bool is_full_name(struct pm_slice text)
{
	size_t words = 0;

	for (size_t i = 0; i < text.len; i++) {
		bool first = i == 0 || text.ptr[i - 1] == ' ';

		if (text.ptr[i] == ' ')
			continue;
		if (first ? !pm_is_capital(text.ptr[i])
			  : pm_is_letter(text.ptr[i]) &&
					!pm_is_small(text.ptr[i]))
			return false;
		if (!pm_is_letter(text.ptr[i]) && !(text.ptr[i] & 0x80))
			return false;
		words += first;
	}
	return words == 2;
}

/* True for words that an arrow goes on with: what is moved or changed, and
   where one is to look, "Settings -> Access Control". */
static bool goes_on(struct pm_slice before)
{
	static const char *const moves[] = {"change", "click", "connect",
		"convert", "copy", "export", "forward", "from", "go", "import",
		"link", "map", "menu", "migrate", "move", "open", "path",
		"point", "redirect", "rename", "replace", "route", "send",
		"settings", "split", "swap", "switch", "sync", "transfer",
		"update", "upgrade", NULL};
	size_t at = before.len;

	if (pm_holds_word_in(before, moves))
		return true;
	while (at > 0 && before.ptr[at - 1] != ' ')
		at--;
	return pm_is_capital(before.ptr[at]) ||
	       (!(before.ptr[at] & 0x80) && pm_slice_find(before, 0, ' ') < 0);
}

bool pm_mark_behind_arrow(const struct pm_action_words *t, struct pm_slice last)
{
	static const char *const arrows[] = {"->", "→", "=>", NULL};
	struct pm_slice before = pm_slice_trim(
		pm_slice_sub(t->rest, 0, (size_t)(last.ptr - t->rest.ptr)));

	size_t arrow = pm_ends_in_one(before, arrows);

	if (!arrow || t->body->arrow_owners)
		return arrow > 0;
	before = pm_slice_trim(pm_slice_sub(before, 0, before.len - arrow));
	return before.len && is_full_name(last) && !goes_on(before);
}
