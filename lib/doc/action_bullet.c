/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sign that a line begins with where text that was pasted has its lists,
 * and Markdown sees none: "•", "・", "□", "（１）", "a)".
 */
#include "doc/action_reader.h"

#include <string.h>

#include "base/ascii.h"

/* "１", "12", "一", "ア", "a" in the brackets of a number. */
static size_t figure_len(struct pm_slice text)
{
	static const char *const signs[] = {"０", "１", "２", "３", "４", "５",
		"６", "７", "８", "９", "一", "二", "三", "四", "五", "六",
		"七", "八", "九", "十", "ア", "イ", "ウ", "エ", "オ", "カ",
		NULL};
	enum { FIGURES = 2 };
	size_t off = 0, len;

	if (text.len && pm_is_small(text.ptr[0]))
		return 1;
	for (int i = 0; i < FIGURES; i++) {
		len = pm_begins_with_one(pm_slice_from(text, off), signs);
		if (!len && off < text.len)
			len = pm_is_digit(text.ptr[off]);
		off += len;
	}
	return off;
}

/* "（１）", "(2)", "（一）": the length of a number in brackets, or 0. */
static size_t bracketed_len(struct pm_slice text)
{
	static const char *const opens[] = {"（", "(", NULL};
	static const char *const closes[] = {"）", ")", NULL};
	size_t off = pm_begins_with_one(text, opens), len;

	if (!off)
		return 0;
	len = figure_len(pm_slice_from(text, off));
	off += len;
	len = len ? pm_begins_with_one(pm_slice_from(text, off), closes) : 0;
	return len ? off + len : 0;
}

/* What sentences may begin with as well: a number, "a)", which Markdown takes
   for no list, or a box, which stays for what it says. */
static bool take_number(struct pm_scan *scan)
{
	static const char *const boxes[] = {"☐", "☑", "🔲", "⬜", NULL};
	static const char *const signs[] = {"・", "□", "○", NULL};
	struct pm_slice rest = pm_slice_from(scan->text, scan->off);
	size_t len = pm_begins_with_one(rest, signs);

	if (pm_begins_with_one(rest, boxes))
		return true;
	if (!len)
		len = bracketed_len(rest);
	if (!len)
		len = pm_wide_number_len(rest);
	if (!len && rest.len > 2 && pm_is_small(rest.ptr[0]) &&
		rest.ptr[1] == ')' && rest.ptr[2] == ' ')
		len = strlen("a)");
	scan->off += len;
	return len > 0;
}

bool pm_action_take_bullet(struct pm_slice *text, bool wide)
{
	static const char *const signs[] = {
		"•", "◦", "‣", "▪", "●", "→", "►", "▸", "➢", "➤", NULL};
	struct pm_scan scan = {*text, 0, false};
	bool taken;

	pm_scan_blanks(&scan);
	taken = pm_scan_take_one(&scan, signs) ||
		(wide && !pm_scan_end(&scan) && take_number(&scan));
	pm_scan_blanks(&scan);
	*text = pm_slice_from(*text, scan.off);
	return taken && text->len;
}
