/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What makes a time of a stamp one that is about right: words, signs and
 * brackets behind it, and parts of the day in its place.
 */
#include "doc/stamp.h"

#include <stdlib.h>
#include <string.h>

#include "base/inline_text.h"

bool pm_scan_doubt_bracket(struct pm_scan *scan)
{
	static const char *const words[] = {"approx", "approximately", "maybe",
		"sure", "unsure", "estimated", "estimate", "ca", "circa",
		"exact", "roughly", "around", "about", NULL};
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];
	bool found = false;

	pm_scan_blanks(&at);
	if (!pm_scan_any(&at, "("))
		return false;
	for (int n = 0; n < 8 && !pm_scan_end(&at); n++) {
		pm_scan_blanks(&at);
		if (pm_scan_word(&at, word))
			found = found || pm_word_in(word, words);
		else if (pm_scan_any(&at, ")"))
			break;
		else
			at.off++;
	}
	if (!found || at.text.ptr[at.off - 1] != ')')
		return false;
	*scan = at;
	return true;
}

bool pm_scan_doubt(struct pm_scan *scan)
{
	static const char *const signs[] = {"頃", "ごろ", "前後", "くらい",
		"ぐらい", "過ぎ", "すぎ", "左右", "경", "쯤", "무렵", "즈음",
		NULL};
	static const char *const words[] = {"ish", "approx", "environ", "aprox",
		"omtrent", "ungefahr", NULL};
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];
	bool found = pm_scan_any(&at, "?");

	if (!found)
		pm_scan_blanks(&at);
	/* Nearly all words behind a stamp begin with another letter. */
	if (!found && pm_is_letter(pm_scan_peek(&at, 0)) &&
		!memchr("iaeuoIAEUO", pm_scan_peek(&at, 0), 10))
		return false;
	if (!found && pm_scan_peek(&at, 0) & 0x80)
		found = pm_scan_take_one(&at, signs);
	if (!found && pm_scan_take(&at, "or so")) {
		if (pm_scan_at_word(&at))
			return false;
		found = true;
	}
	if (!found) {
		pm_scan_any(&at, "-");
		found = pm_is_letter(pm_scan_peek(&at, 0)) &&
			pm_scan_word(&at, word) && pm_word_in(word, words);
		/* "10h05 environ 40 users" has that many. */
		if (found && pm_scan_peek(&at, 0) == ' ' &&
			pm_is_digit(pm_scan_peek(&at, 1)))
			return false;
	}
	if (found)
		*scan = at;
	return found;
}

/* "14/3 fm – ...", as Swedish cuts the halves of a day: set off from what
   follows, because "em" is a word of Portuguese as well. */
static bool is_short_part(struct pm_scan behind, const char *word)
{
	static const char *const words[] = {"fm", "em", NULL};

	if (!pm_word_in(word, words))
		return false;
	pm_scan_blanks(&behind);
	return pm_scan_end(&behind) || pm_scan_any(&behind, ":;,)|") ||
	       pm_scan_dash(&behind);
}

/* "après-midi" */
static bool apres_midi(struct pm_scan *scan)
{
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];

	if (!memchr("aA", pm_scan_peek(&at, 0), 2) ||
		!pm_scan_word(&at, word) || strcmp(word, "apres") != 0 ||
		!pm_scan_any(&at, "- ") || !pm_scan_take(&at, "midi"))
		return false;
	*scan = at;
	return true;
}

/* "om morgenen", "på kvällen" */
static void skip_preposition(struct pm_scan *scan)
{
	static const char *const words[] = {"om", "pa", "utpa", NULL};
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];

	if (!memchr("opuOPU", pm_scan_peek(&at, 0), 6) ||
		!pm_scan_word(&at, word) || !pm_word_in(word, words))
		return;
	pm_scan_blanks(&at);
	*scan = at;
}

/* "morning", "kvelden": the words for one in .def are folded. */
static bool is_named(const char *word)
{
	enum { NAME_MOST = 16 };
	static const char parts[][NAME_MOST] = {
#define PM_DAY_PART(name) name,
#include "doc/dayparts.def"
#undef PM_DAY_PART
	};
	struct pm_slice key = pm_slice_str(word);

	return bsearch(&key, parts, sizeof parts / sizeof parts[0],
		sizeof parts[0], pm_inline_order);
}

bool pm_scan_part_of_day(struct pm_scan *scan)
{
	static const char *const about[] = {"頃", "ごろ", "過ぎ", "すぎ", NULL};
	/* 朝食 is something else: nothing but a sign may follow. */
	static const char *const signs[] = {"朝方", "朝", "昼前", "昼過ぎ",
		"昼", "正午", "日中", "夕方", "夕", "夜間", "夜", "深夜",
		"未明", "早朝", "午前中", "午前", "午後", "上午", "中午",
		"下午", "傍晚", "晚上", "早上", "凌晨", "오전", "오후", "아침",
		"저녁", "새벽", "밤"};
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];

	pm_scan_blanks(&at);
	for (size_t i = 0; pm_scan_peek(&at, 0) & 0x80 &&
			   i < sizeof signs / sizeof signs[0];
		i++) {
		struct pm_scan after = at;

		if (!pm_scan_take(&after, signs[i]))
			continue;
		pm_scan_take_one(&after, about);
		if (pm_scan_at_word(&after))
			continue;
		*scan = after;
		return true;
	}
	pm_scan_any(&at, ",(");
	pm_scan_blanks(&at);
	skip_preposition(&at);
	if (!apres_midi(&at) &&
		(!pm_scan_word(&at, word) ||
			(!is_named(word) && !is_short_part(at, word))))
		return false;
	*scan = at;
	return true;
}
