/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Days that are counted from another: "Day 2" from the day of the document,
 * "next day" from the one that was told before.
 */
#include "doc/stamp.h"

#include <string.h>

#include "base/ascii.h"

/* "Day 2", and nothing but a sign or a clock behind it; scan is behind its
   word. */
static bool nth_day(
	struct pm_scan *scan, const char *word, struct pm_stamp_date *out)
{
	static const char *const words[] = {
		"day", "tag", "jour", "dia", "dag", NULL};
	struct pm_scan at = *scan, behind;
	unsigned nth;

	if (!pm_word_in(word, words))
		return false;
	pm_scan_blanks(&at);
	if (!pm_scan_number(&at, 1, 2, &nth) || nth < 1 ||
		memchr("/.%", pm_scan_peek(&at, 0), 3) ||
		(pm_scan_peek(&at, 0) == ':' &&
			pm_is_digit(pm_scan_peek(&at, 1))))
		return false;
	behind = at;
	pm_scan_blanks(&behind);
	/* "Day 2 of the move" is about something else. */
	if (pm_scan_at_word(&behind) && !pm_is_digit(pm_scan_peek(&behind, 0)))
		return false;
	*scan = at;
	*out = (struct pm_stamp_date){.given = true,
		.nth = nth,
		.of_month = strcmp(word, "dia") == 0};
	return true;
}

/* Folded; sorted by the first letter. */
static const struct {
	const char *first, *second;
	int step;
} days[] = {
	{"aftenen", "for", -1},
	{"dagen", "darpa", 1},
	{"dagen", "derpa", 1},
	{"dagen", "efter", 1},
	{"dagen", "etter", 1},
	{"dagen", "for", -1}, /* før */
	{"dagen", "fore", -1},
	{"dagen", "innan", -1},
	{"day", "after", 1},
	{"day", "before", -1},
	{"dia", "anterior", -1},
	{"dia", "seguinte", 1},
	{"dia", "siguiente", 1},
	{"evening", "before", -1},
	{"etterfolgende", "dag", 1},
	{"folgende", "dag", 1},
	{"folgetag", NULL, 1},
	{"foljande", "dag", 1},
	{"following", "day", 1},
	{"following", "morning", 1},
	{"giorno", "dopo", 1},
	{"giorno", "seguente", 1},
	{"kvallen", "innan", -1},
	{"kvelden", "for", -1},
	{"lendemain", NULL, 1},
	{"manana", "siguiente", 1},
	{"morgenen", "efter", 1},
	{"morgenen", "etter", 1},
	{"morgonen", "efter", 1},
	{"nachsten", "morgen", 1},
	{"nachsten", "tag", 1},
	{"nachster", "tag", 1},
	{"nasta", "dag", 1},
	{"nasta", "morgon", 1},
	{"næste", "dag", 1},
	{"næste", "morgen", 1},
	{"neste", "dag", 1},
	{"neste", "morgen", 1},
	{"next", "day", 1},
	{"next", "morning", 1},
	{"night", "before", -1},
	{"pafolgende", "dag", 1},
	{"previous", "day", -1},
	{"previous", "evening", -1},
	{"previous", "night", -1},
	{"tag", "danach", 1},
	{"tag", "darauf", 1},
	{"tags", "darauf", 1},
	{"veille", NULL, -1},
	{"vorabend", NULL, -1},
	{"vortag", NULL, -1},
};

/* 前日, 翌日 */
static bool sign_beside(struct pm_scan *scan, struct pm_stamp_date *out)
{
	static const char *const before[] = {"前日", "前夜", "昨日", "昨夜",
		"昨晩", "前一天", "전날", "전일", NULL};
	static const char *const behind[] = {"翌日", "次の日", "次日", "第二天",
		"다음날", "다음 날", "익일", NULL};
	bool past;

	if (!(pm_scan_peek(scan, 0) & 0x80))
		return false;
	past = pm_scan_take_one(scan, before);
	if (!past && !pm_scan_take_one(scan, behind))
		return false;
	*out = (struct pm_stamp_date){.given = true, .step = past ? -1 : 1};
	return true;
}

/* "next day", "the night before"; scan is behind the first word. */
static bool day_beside(struct pm_scan *scan, char word[PM_SCAN_WORD],
	struct pm_stamp_date *out)
{
	static const char *const articles[] = {"the", "am", "la", "le", "el",
		"al", "il", "der", "o", "no", NULL};
	struct pm_scan at = *scan, after;
	char second[PM_SCAN_WORD];

	pm_scan_blanks(&at);
	if (pm_word_in(word, articles) && !pm_scan_word(&at, word))
		return false;
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
		/* Nearly always it is the first letter that differs. */
		if (word[0] < days[i].first[0])
			break;
		if (word[0] != days[i].first[0] ||
			strcmp(word, days[i].first) != 0)
			continue;
		after = at;
		if (days[i].second) {
			pm_scan_blanks(&after);
			if (!pm_scan_word(&after, second) ||
				strcmp(second, days[i].second) != 0)
				continue;
		}
		*scan = after;
		*out = (struct pm_stamp_date){
			.given = true, .step = days[i].step};
		return true;
	}
	return false;
}

bool pm_scan_counted_day(struct pm_scan *scan, struct pm_stamp_date *out)
{
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];

	if (!sign_beside(&at, out) &&
		(!pm_scan_word(&at, word) ||
			(!nth_day(&at, word, out) &&
				!day_beside(&at, word, out))))
		return false;
	*scan = at;
	return true;
}
