/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys that head no section, and what stands behind them on their line.
 * "Impact: nobody could log in" begins a section, while "Impact time: 09:10 -
 * 09:40 (JST)" and "Resolution: about 40 minutes" are figures of the incident:
 * they tell nothing of a kind.
 */
#include "doc/body.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/stamp.h"

/* Bytes of the longest form of a day with its clock, range and zone. */
enum { FORM_MAX = 45 };

/* True for the rest of a figure: nothing, a remark in brackets, or from a dash
   on to a remark. */
static bool is_remark(struct pm_slice text)
{
	static const char *const begin[] = {"(", "（", NULL};
	static const char *const end[] = {")", "）", NULL};

	text = pm_slice_trim(text);
	return !text.len ||
	       (pm_begins_with_one(text, begin) && pm_ends_in_one(text, end));
}

static bool is_stamp(struct pm_slice text)
{
	struct pm_stamp stamp;

	return pm_stamp_read(text, PM_STAMP_LOOSE, &stamp) &&
	       is_remark(pm_slice_from(text, stamp.len));
}

/* "YYYY-MM-DD HH:MM UTC", where a form wants a day. */
static bool is_form_of_stamp(struct pm_slice text)
{
	static const char *const days[] = {
		"YYYY-MM", "YYYY/MM", "DD/MM", "MM/DD", "DD.MM", "HH:MM", NULL};

	return pm_begins_with_one(text, days) && text.len <= FORM_MAX;
}

/* The length of a word of ASCII letters; *unit is set when it is one of time.
   0 for any word that does not belong to a length of time. */
static size_t word_len(struct pm_slice text, bool *unit)
{
	static const char *const around[] = {"about", "approx", "approximately",
		"around", "ca", "circa", "cirka", "omtrent", "og", "och", "and",
		NULL};
	static const char *const units[] = {"s", "sec", "secs", "second",
		"seconds", "m", "min", "mins", "minute", "minutes", "h", "hr",
		"hrs", "hour", "hours", "d", "day", "days", "sek", "sekunder",
		"minutt", "minutter", "minut", "minuter", "time", "timer",
		"timme", "timmar", "tim", "t", "dag", "dager", "dage", "dagar",
		NULL};
	char word[PM_SCAN_WORD] = "";
	size_t len = 0;

	while (len < text.len && pm_is_letter(text.ptr[len]))
		len++;
	if (len >= sizeof word)
		return 0;
	for (size_t i = 0; i < len; i++)
		word[i] = pm_lower(text.ptr[i]);
	if (pm_word_in(word, units))
		*unit = true;
	else if (!pm_word_in(word, around))
		return 0;
	return len;
}

/* "~1 time 45 minutter", "約2時間（推定）". */
static bool is_duration(struct pm_slice text)
{
	static const char *const around[] = {"約", "约", "약", "~", "≈", "～",
		"〜", "–", "程度", "間", NULL};
	static const char *const units[] = {"時間", "分", "秒", "日", "小时",
		"小時", "秒钟", "分钟", "分鐘", "天", "시간", "분", "초", "일",
		"døgn", NULL};
	bool figure = false, unit = false;

	while (text.len && !is_remark(text)) {
		size_t len = 1;

		if (pm_is_digit(text.ptr[0]))
			figure = true;
		else if (pm_is_letter(text.ptr[0]))
			len = word_len(text, &unit);
		else if (!memchr(" .,-+:", text.ptr[0], 6)) {
			len = pm_begins_with_one(text, units);
			unit = unit || len;
			if (!len)
				len = pm_begins_with_one(text, around);
		}
		if (!len)
			return false;
		text = pm_slice_from(text, len);
	}
	return figure && unit;
}

/* "Resolved: yes": an answer tells nothing of how. */
static bool is_answer(struct pm_slice text)
{
	static const char *const words[] = {
		"yes", "no", "yes/no", "ja", "nei", "nej", "ja/nei", "ja/nej"};

	if (pm_slice_starts(text, "[") && pm_slice_ends(text, "]"))
		text = pm_slice_sub(text, 1, text.len - 2);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (pm_slice_is_nocase(text, words[i]))
			return true;
	return false;
}

bool pm_body_is_figure(struct pm_slice rest, bool length)
{
	rest = pm_slice_trim(rest);
	return rest.len &&
	       (is_stamp(rest) || is_form_of_stamp(rest) ||
		       (length && (is_duration(rest) || is_answer(rest))));
}

bool pm_body_is_question(struct pm_slice key, bool any)
{
	static const char *const signs[] = {"?", "？", NULL};
	size_t i = 1;

	if (!pm_ends_in_one(key, signs))
		return false;
	if (any)
		return true;
	while (i < key.len && pm_is_digit(key.ptr[i]))
		i++;
	return key.ptr[0] == 'Q' && i < key.len && !pm_is_letter(key.ptr[i]) &&
	       key.ptr[i] != ' ';
}
