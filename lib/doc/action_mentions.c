/* SPDX-License-Identifier: Apache-2.0 */
/*
 * People and days as the tasks of wikis have them when they are exported:
 * "@Ana Lund renew the contract 30 Nov 2026". A mention there is a full name,
 * and nothing but its capitals says where it ends.
 */
#include "doc/action_words.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/scan.h"
#include "doc/stamp.h"

/* Where the word at an offset ends. */
static size_t word_end(struct pm_slice text, size_t off)
{
	while (off < text.len && text.ptr[off] != ' ' && text.ptr[off] != '\n')
		off++;
	return off;
}

/* True for a word that can be a part of a name: "Lund", "O'Hara", "L", as some
   cut it; not "SRE". */
static bool is_capitalised(struct pm_slice word)
{
	if (word.len == 1)
		return pm_is_capital(word.ptr[0]);
	if (!word.len || word.ptr[0] & 0x80)
		return word.len > 2;
	return pm_is_capital(word.ptr[0]) && !pm_is_capital(word.ptr[1]) &&
	       !memchr(":,;.", word.ptr[word.len - 1], 4);
}

size_t pm_leading_mention(const struct pm_body *body, struct pm_slice text)
{
	enum { WORDS = 4 };
	size_t end = word_end(text, 0), known = 0;

	if (text.len < 2 || text.ptr[0] != '@' ||
		!is_capitalised(pm_slice_sub(text, 1, end - 1)))
		return 0;
	for (int i = 1; i < WORDS && end < text.len; i++) {
		struct pm_slice rest = pm_slice_from(text, end + 1);
		struct pm_slice word = pm_slice_sub(rest, 0, word_end(rest, 0));

		/* "@Ana Lund: write the runbook" */
		if (word.len > 2 && word.ptr[word.len - 1] == ':' &&
			is_capitalised(pm_slice_sub(word, 0, word.len - 1)))
			return end + word.len;
		/* "@Ana Write the runbook": the order begins here. */
		if (!is_capitalised(word) || pm_begins_with_verb(rest))
			break;
		end += 1 + word.len;
		if (pm_begins_with_verb(
			    pm_slice_trim(pm_slice_from(text, end))))
			return end;
		/* "Yann Le" is no end of "Yann Le Goff". */
		if (pm_person_known(body, pm_slice_sub(text, 1, end - 1)))
			known = end;
	}
	return known;
}

/* True when a text ends in a mention, "@ana", "@Ana Lund". */
static bool ends_in_mention(struct pm_slice text)
{
	enum { WORDS = 3 };
	size_t at = text.len;

	for (int i = 0; i < WORDS && at > 0; i++) {
		while (at > 0 && text.ptr[at - 1] != ' ')
			at--;
		if (at < text.len && text.ptr[at] == '@')
			return at > 0;
		if (!is_capitalised(
			    pm_slice_sub(text, at, word_end(text, at) - at)))
			return false;
		at -= at > 0;
	}
	return false;
}

/* True when the last word of a text needs the day behind it: "deployed on". */
static bool needs_day(struct pm_slice text)
{
	static const char *const words[] = {"ab", "after", "am", "and", "at",
		"av", "dal", "de", "del", "den", "der", "des", "dia", "du",
		"el", "en", "for", "fra", "fran", "from", "in", "le", "of",
		"on", "seit", "since", "than", "the", "til", "till", "to",
		"und", "van", "vom", NULL};
	struct pm_scan scan = {text, text.len, false};
	char word[PM_SCAN_WORD];

	while (scan.off > 0 && text.ptr[scan.off - 1] != ' ')
		scan.off--;
	return pm_scan_word(&scan, word) && pm_word_in(word, words);
}

bool pm_action_exported_day(struct pm_action_words *t)
{
	enum { WORDS = 3 };
	struct pm_slice s = t->rest, before, value = {NULL, 0};
	struct pm_stamp_date date;
	size_t at = s.len;

	if (!t->action->box || t->action->due.text.len ||
		!pm_holds_one(s, "0123456789"))
		return false;
	for (int i = 0; i < WORDS && at > 0; i++) {
		struct pm_scan scan;

		at -= s.ptr[at - 1] == ' ';
		while (at > 0 && s.ptr[at - 1] != ' ')
			at--;
		scan = (struct pm_scan){pm_slice_from(s, at), 0, false};
		if (at && pm_scan_date(&scan, &date) && date.year &&
			pm_scan_end(&scan))
			value = scan.text;
	}
	if (!value.len)
		return false;
	before = pm_slice_trim(pm_slice_sub(s, 0, s.len - value.len));
	if (!ends_in_mention(before) &&
		!(pm_slice_starts(t->action->owner.text, "@") &&
			pm_slice_starts(s, "@") && !needs_day(before)))
		return false;
	pm_action_set_due(t->body, t->action, value);
	t->rest = before;
	return true;
}
