/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What may stand before a stamp: signs of lists, drawn or of another script,
 * and words behind which only a clock comes, or the end of a range; also what
 * the updates of a status page begin with, which end in theirs.
 */
#include "doc/stamp.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

bool pm_is_clock_word(const char *word)
{
	static const char *const words[] = {"kl", "klokka", "klokken",
		"klockan", "klo", "godz", "pukul", NULL};

	return pm_word_in(word, words);
}

bool pm_scan_clock_word(struct pm_scan *scan)
{
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];

	if (!pm_scan_word(&at, word) || !pm_is_clock_word(word))
		return false;
	pm_scan_any(&at, ".:");
	*scan = at;
	return true;
}

/* "mellem 13. og ", "til ", "den ": what may stand between a part of the day
   and its date. */
static void skip_links(struct pm_scan *scan)
{
	static const char *const between[] = {
		"mellem", "mellom", "mellan", NULL};
	static const char *const links[] = {
		"til", "till", "mot", "den", "d", "og", "och", NULL};
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];
	unsigned day;

	if (pm_scan_word(&at, word) && pm_word_in(word, between)) {
		pm_scan_blanks(&at);
		pm_scan_take(&at, "den ");
		if (!pm_scan_number(&at, 1, 2, &day))
			return;
		pm_scan_any(&at, ".");
		pm_scan_blanks(&at);
		*scan = at;
	}
	for (at = *scan; pm_scan_word(&at, word) && pm_word_in(word, links);
		*scan = at) {
		pm_scan_any(&at, ".");
		pm_scan_blanks(&at);
	}
}

/* True where a clock comes, with or without its word. */
static bool before_clock(struct pm_scan at)
{
	struct pm_stamp_clock clock;

	pm_scan_any(&at, ",");
	pm_scan_blanks(&at);
	return pm_scan_clock_word(&at) || pm_scan_clock(&at, &clock);
}

bool pm_scan_before_day(struct pm_scan *scan, struct pm_stamp *out)
{
	static const char *const parts[] = {"natt", "natta", "natten", "nat",
		"kveld", "kvelden", "morgen", "morgenen", "morgon", "morgonen",
		"kvall", "kvallen", "aften", "aftenen", "formiddagen",
		"ettermiddagen", "eftermiddagen", NULL};
	static const char *const same[] = {"samme", "samma", "same", NULL};
	static const char *const days[] = {"dag", "dagen", "day", NULL};
	struct pm_scan at = *scan, behind;
	struct pm_stamp_date date;
	char word[PM_SCAN_WORD];
	bool before = pm_slice_starts(pm_slice_from(at.text, at.off + 1), "ør");

	/* What the words begin with: few others do. */
	if (!memchr("nkmaefs", pm_scan_peek(&at, 0) | 32, 7) ||
		!pm_scan_word(&at, word))
		return false;
	pm_scan_blanks(&at);
	if (pm_word_in(word, same)) {
		if (!pm_scan_word(&at, word) || !pm_word_in(word, days) ||
			!before_clock(at))
			return false;
		pm_scan_any(&at, ",");
	} else if (before && strcmp(word, "for") == 0) {
		/* Folded, "før" is the English "for". */
		if (!before_clock(at))
			return false;
		out->approximate = true;
	} else {
		if (!pm_word_in(word, parts))
			return false;
		skip_links(&at);
		behind = at;
		if (!pm_scan_date(&behind, &date))
			return false;
		/* With a clock it is as exact as that. */
		if (!before_clock(behind))
			out->approximate = true;
	}
	*scan = at;
	return true;
}

bool pm_scan_until(struct pm_scan *scan)
{
	static const char *const words[] = {"to", "til", "till", "until", "bis",
		"and", "og", "och", "a", "as", "hasta", "through", "alle",
		"tot", "do", "до", "y", "und", "et", "e", "az", "sampai", "den",
		"и", "та", "й", NULL};
	/* What those of ASCII begin with: few words of a text do. */
	static const char heads[] = "tubaohdyes";
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD], first = pm_scan_peek(scan, 0);

	if (!(first & 0x80) && !memchr(heads, first | 32, sizeof heads - 1))
		return false;
	/* "10:02:05 a10 is down" names a machine. */
	if (!pm_scan_word(&at, word) || !pm_word_in(word, words) ||
		pm_is_digit(pm_scan_peek(&at, 0)))
		return false;
	*scan = at;
	return true;
}

/* ":fire:", as chats write what they draw. */
static bool drawn_name(struct pm_scan *scan)
{
	struct pm_scan at = *scan;
	size_t start;

	pm_scan_any(&at, ":");
	start = at.off;
	/* ":clock10:" */
	while (pm_is_small(pm_scan_peek(&at, 0)) ||
		pm_scan_peek(&at, 0) == '_' ||
		(at.off > start && pm_is_digit(pm_scan_peek(&at, 0))))
		at.off++;
	if (at.off == start || !pm_scan_any(&at, ":"))
		return false;
	*scan = at;
	return true;
}

bool pm_scan_bullet(struct pm_scan *scan)
{
	static const char *const signs[] = {"同日", "同", "当日", "當日",
		"같은 날", "〃", "【", "“", "・", "•", NULL};
	uint32_t cp;
	size_t len;

	if (pm_scan_peek(scan, 0) == ':')
		return drawn_name(scan);
	if (!(pm_scan_peek(scan, 0) & 0x80))
		return false;
	if (pm_scan_take_one(scan, signs))
		return true;
	len = pm_utf8_next(scan->text, scan->off, &cp);
	if (!(cp == 0x2192 || (cp >= 0x23E9 && cp <= 0x23FA) ||
		    (cp >= 0x25A0 && cp <= 0x27BF) ||
		    (cp >= 0x2B05 && cp <= 0x2B55) || cp == 0xFE0F ||
		    (cp >= 0x1F300 && cp <= 0x1FAFF)))
		return false;
	scan->off += len;
	return true;
}

bool pm_begins_update(struct pm_slice text)
{
	static const char *const words[] = {"completed", "identified",
		"investigating", "monitoring", "notice", "notification",
		"postmortem", "resolved", "scheduled", "update", "verifying",
		NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];

	/* What they begin with, if no letter of others folds to it. */
	if ((text.len && pm_is_letter(text.ptr[0]) &&
		    !memchr("cimnprsuv", text.ptr[0] | 32, 9)) ||
		!pm_scan_word(&scan, word) || !pm_word_in(word, words))
		return false;
	pm_scan_blanks(&scan);
	return pm_scan_any(&scan, ":") || pm_scan_dash(&scan);
}
