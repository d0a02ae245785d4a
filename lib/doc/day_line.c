/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A day and what is said about it on the same line: a label before it, a remark
 * behind it. Without either it is the same day. And days that are so short that
 * only their place tells what they are. What chains of blocks count in stands
 * before times in the same way. And what looks like a day and is none.
 */
#include "base/ascii.h"
#include "doc/stamp.h"

#include <string.h>

static bool is_day_word(struct pm_scan *scan)
{
	static const char *const words[] = {"date", "day", "datum", "tag",
		"dato", "dag", "fecha", "dia", "jour", "data", "дата", NULL};
	char word[PM_SCAN_WORD];

	return pm_scan_word(scan, word) && pm_word_in(word, words);
}

/* True for a byte that such a word, or a picture before it, may begin with: few
   texts do. */
static bool may_begin_label(char first)
{
	return (!pm_is_letter(first) && !pm_is_digit(first)) ||
	       memchr("dtfjDTFJ", first, 8);
}

/* True for "all times CET", "times are UTC", "alle Zeiten in MEZ": the zone and
   nothing that happened. */
static bool states_zone(struct pm_slice text)
{
	static const char *const heads[] = {"times ", "all times ", "all time ",
		"alle Zeiten ", "Zeiten ", "Alle Zeiten ", "alle tider ",
		"alle tidspunkt ", "tider ", "heures ", "toutes les heures ",
		"horas ", "All times ", "Times ", NULL};
	enum { MOST = 40 };
	struct pm_stamp_zone zone;

	return text.len <= MOST && pm_begins_with_one(text, heads) &&
	       pm_zone_find(text, &zone);
}

/* The comma or dash behind which a day's zone is told; 0: none. */
static size_t before_zone(struct pm_slice text)
{
	static const char *const signs[] = {", ", " - ", " – ", " — ", NULL};

	for (size_t i = 6; i + 2 < text.len; i++) {
		char next = text.ptr[i + 1];
		size_t len;

		if (text.ptr[i] != ',' &&
			(text.ptr[i] != ' ' || (next != '-' && next != '\xE2')))
			continue;
		len = pm_begins_with_one(pm_slice_from(text, i), signs);
		if (len && states_zone(pm_slice_from(text, i + len)))
			return i;
	}
	return 0;
}

/* What a text has before an offset when that is a day, else all of it. */
static struct pm_slice day_before(struct pm_slice text, size_t end)
{
	struct pm_slice day = pm_slice_trim(pm_slice_sub(text, 0, end));
	struct pm_stamp stamp;

	return pm_stamp_read(day, PM_STAMP_STRICT, &stamp) &&
			       stamp.date.given && stamp.date.month &&
			       !pm_stamp_has_clock(&stamp) &&
			       stamp.len >= day.len
		       ? day
		       : text;
}

/* "2026-11-22" of "2026-11-22 (all times UTC)" and of "Sunday 22 November 2026,
   times are CET."; any other text as it is. */
struct pm_slice pm_day_before_remark(struct pm_slice text)
{
	enum { LINE_MOST = 90 };
	size_t told = text.len <= LINE_MOST ? before_zone(text) : 0;
	ptrdiff_t open;

	if (told)
		return day_before(text, told);
	if (!text.len || text.ptr[text.len - 1] != ')')
		return text;
	open = pm_slice_find(text, 0, '(');
	if (open < 6 || pm_slice_find(text, (size_t)open, ')') + 1 !=
				(ptrdiff_t)text.len)
		return text;
	return day_before(text, (size_t)open);
}

/*
 * "2026-11-22" of "Date: 2026-11-22" and "Day 2 - 2026-11-22": a day is the
 * same with its label. Any other text as it is.
 */
struct pm_slice pm_day_behind_label(struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false};
	struct pm_slice day;
	struct pm_stamp stamp;
	unsigned number;

	if (!may_begin_label(pm_scan_peek(&scan, 0)))
		return text;
	scan.text = pm_behind_signs(text);
	if (!is_day_word(&scan))
		return text;
	pm_scan_blanks(&scan);
	pm_scan_number(&scan, 1, 2, &number);
	pm_scan_blanks(&scan);
	if (!pm_scan_any(&scan, ":") && !pm_scan_dash(&scan))
		return text;
	pm_scan_blanks(&scan);
	day = pm_slice_from(scan.text, scan.off);
	if (!pm_stamp_read(day, PM_STAMP_LOOSE, &stamp) || !stamp.date.given ||
		!stamp.date.month || pm_stamp_has_clock(&stamp) ||
		stamp.len < day.len)
		return text;
	return day;
}

/* "13.3", "13.3:" and "Fri 13.3", as the north and Germany head what is below.
   Figures of a section or version look the same, but are not near the day of
   the document. */
static bool dotted_day(struct pm_slice text, struct pm_stamp *stamp)
{
	struct pm_scan scan = {text, 0, false};
	struct pm_date day = {.year = 2024};
	unsigned weekday = pm_scan_weekday(&scan);

	if (weekday) {
		pm_scan_any(&scan, ",");
		pm_scan_blanks(&scan);
	}
	if (!pm_scan_number(&scan, 1, 2, &day.day) ||
		!pm_scan_any(&scan, ".") ||
		!pm_scan_number(&scan, 1, 2, &day.month) || !pm_date_valid(day))
		return false;
	pm_scan_any(&scan, ":");
	if (!pm_scan_end(&scan))
		return false;
	stamp->weekday = weekday;
	stamp->date = (struct pm_stamp_date){.given = true,
		.month = day.month,
		.day = day.day,
		.weak = true};
	return true;
}

/* The name of a day that is counted: "Day 2 (Tuesday)", "Day 2 - Tuesday". */
static void weekday_beside(struct pm_scan *scan)
{
	struct pm_scan at = *scan;

	pm_scan_blanks(&at);
	if (!pm_scan_any(&at, "(,:"))
		pm_scan_dash(&at);
	pm_scan_blanks(&at);
	if (pm_scan_weekday(&at))
		*scan = at;
}

bool pm_stamp_bare_day(
	struct pm_slice text, bool heading, struct pm_stamp *stamp)
{
	/* Most lines are longer. */
	enum { LONGEST = 40 };
	struct pm_scan scan = {pm_slice_trim(text), 0, false};
	unsigned weekday;
	bool part;

	if (scan.text.len > LONGEST && !heading)
		return false;
	memset(stamp, 0, sizeof *stamp);
	if (dotted_day(scan.text, stamp))
		return true;
	weekday = pm_scan_weekday(&scan);
	/* One sign of East Asia alone is any word. */
	if (weekday && (!(scan.text.ptr[0] & 0x80) || scan.off > strlen("日")))
		stamp->date = (struct pm_stamp_date){
			.given = true, .weekday = weekday};
	else if (!pm_scan_counted_day(&scan, &stamp->date))
		return false;
	else
		weekday_beside(&scan);
	part = pm_scan_part_of_day(&scan);
	pm_scan_any(&scan, ")");
	part = pm_scan_any(&scan, ":") || part;
	pm_scan_blanks(&scan);
	/* "### Tuesday: again", "### Tuesday evening in the office". */
	return pm_scan_end(&scan) || (heading && (part || pm_scan_dash(&scan)));
}

/* "Late evening", "The morning", "En fin de matinée", "夕方"; *sign: in signs
 * of East Asia. */
static bool told_part(struct pm_scan *scan, bool *sign)
{
	static const char *const nearly[] = {"a", "am", "dans", "de", "debut",
		"early", "en", "fin", "fruhen", "im", "in", "l", "la", "late",
		"mid", "por", "sent", "spaten", "the", "tidlig", NULL};
	enum { WORDS = 3 };
	char word[PM_SCAN_WORD];

	for (int n = 0; n < WORDS; n++) {
		struct pm_scan at = *scan;

		if (!pm_scan_word(&at, word) || !pm_word_in(word, nearly))
			break;
		if (!pm_scan_any(&at, "'"))
			pm_scan_take(&at, "’");
		pm_scan_blanks(&at);
		*scan = at;
	}
	pm_scan_blanks(scan);
	*sign = pm_scan_peek(scan, 0) & 0x80;
	return pm_scan_part_of_day(scan);
}

bool pm_stamp_told_day(struct pm_slice text, struct pm_stamp *stamp)
{
	struct pm_scan scan = {text, 0, false};
	bool part, sign, wide, bracket = pm_scan_any(&scan, "[");

	memset(stamp, 0, sizeof *stamp);
	stamp->date.weekday = pm_scan_weekday(&scan);
	if (stamp->date.weekday)
		stamp->date.given = true;
	else
		pm_scan_counted_day(&scan, &stamp->date);
	/* "夕方 復旧", "翌日 復旧": a blank parts what follows, as words have
	   none there; one sign alone is any word. */
	wide = text.len && text.ptr[0] & 0x80 && scan.off > strlen("日") &&
	       text.ptr[scan.off - 1] & 0x80 && pm_scan_peek(&scan, 0) == ' ';
	pm_scan_blanks(&scan);
	part = told_part(&scan, &sign);
	sign = part ? sign && pm_scan_peek(&scan, 0) == ' ' : wide;
	/* "[The morning] ..." among "[18:27] ..." */
	if (bracket && !pm_scan_any(&scan, "]"))
		return false;
	sign = sign || bracket;
	pm_scan_blanks(&scan);
	if ((!part && !stamp->date.given) ||
		(!sign && !pm_scan_any(&scan, ":") &&
			!pm_scan_take(&scan, "：") && !pm_scan_dash(&scan)))
		return false;
	pm_scan_blanks(&scan);
	stamp->approximate = part;
	stamp->len = scan.off;
	return !pm_scan_end(&scan);
}

bool pm_stamp_bracketed_day(struct pm_slice text, struct pm_stamp *stamp)
{
	return pm_slice_starts(text, "[") && pm_stamp_told_day(text, stamp);
}

bool pm_stamp_part_of_day(struct pm_slice cell, struct pm_stamp *stamp)
{
	struct pm_scan scan = {pm_slice_trim(cell), 0, false};
	bool sign;

	memset(stamp, 0, sizeof *stamp);
	pm_scan_any(&scan, "~");
	pm_scan_blanks(&scan);
	if (!told_part(&scan, &sign) || !pm_scan_end(&scan))
		return false;
	stamp->approximate = true;
	stamp->len = cell.len;
	return true;
}

bool pm_stamp_short_day(struct pm_slice cell, struct pm_stamp *stamp)
{
	struct pm_scan scan = {pm_slice_trim(cell), 0, false};
	unsigned month, day, end = 0;

	if (!pm_scan_number(&scan, 2, 2, &month) || !pm_scan_any(&scan, "-") ||
		!pm_scan_number(&scan, 2, 2, &day))
		return false;
	if ((pm_scan_take(&scan, "→") || pm_scan_take(&scan, "–")) &&
		!pm_scan_number(&scan, 2, 2, &end))
		return false;
	if (!pm_scan_end(&scan) ||
		!pm_date_valid((struct pm_date){2024, month, day}))
		return false;
	*stamp = (struct pm_stamp){
		.date = {.given = true, .month = month, .day = day},
		.marked = true,
		.len = cell.len};
	if (end > day && end <= 31)
		stamp->end_date = (struct pm_stamp_date){
			.given = true, .month = month, .day = end};
	return true;
}

/* "18,118,050", "18118050" */
static bool scan_height(struct pm_scan *scan)
{
	size_t start;

	pm_scan_any(scan, "#");
	start = scan->off;
	while (pm_is_digit(pm_scan_peek(scan, 0)) ||
		(scan->off > start && pm_scan_peek(scan, 0) == ',' &&
			pm_is_digit(pm_scan_peek(scan, 1))))
		scan->off++;
	return scan->off > start;
}

struct pm_slice pm_time_behind_block(struct pm_slice text)
{
	static const char *const words[] = {
		"block", "height", "slot", "epoch", "ledger", NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	struct pm_stamp stamp;
	bool bracket = pm_scan_any(&scan, "(");

	if (!memchr("bhsel", pm_scan_peek(&scan, 0) | 32, 5) ||
		!pm_scan_word(&scan, word) || !pm_word_in(word, words))
		return text;
	pm_scan_blanks(&scan);
	if (!scan_height(&scan) || (bracket && !pm_scan_any(&scan, ")")))
		return text;
	pm_scan_blanks(&scan);
	if (!pm_scan_any(&scan, ":,@"))
		pm_scan_dash(&scan);
	pm_scan_blanks(&scan);
	text = pm_slice_from(text, scan.off);
	return pm_stamp_read(text, PM_STAMP_STRICT, &stamp) &&
			       pm_stamp_has_clock(&stamp)
		       ? text
		       : scan.text;
}

size_t pm_stamp_odd(struct pm_slice text)
{
	size_t i = 0, end;

	while (i < text.len && pm_is_digit(text.ptr[i]))
		i++;
	if (i < 4 || i > 5 || i + 1 >= text.len ||
		!memchr("-/.", text.ptr[i], 3) ||
		!memchr("0123456789?XxMmDd-", text.ptr[i + 1], 18))
		return 0;
	for (end = i; end < text.len && text.ptr[end] != ' '; end++)
		;
	/* A clock behind it belongs to it. */
	if (end + 2 < text.len &&
		memchr("0123456789?XH-", text.ptr[end + 1], 14))
		for (end++; end < text.len && text.ptr[end] != ' '; end++)
			;
	return end;
}

/* Takes "Apr 2026". */
static bool scan_month(struct pm_scan *scan)
{
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];
	unsigned year;

	if (!pm_scan_word(&at, word) || !pm_month_named(word))
		return false;
	pm_scan_any(&at, ".,");
	pm_scan_blanks(&at);
	if (!pm_scan_year(&at, &year))
		return false;
	*scan = at;
	return true;
}

size_t pm_stamp_month(struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false}, at;

	if (!scan_month(&scan))
		return 0;
	at = scan;
	if (pm_scan_range_sign(&at)) {
		pm_scan_blanks(&at);
		if (scan_month(&at))
			scan = at;
	}
	at = scan;
	pm_scan_blanks(&at);
	return pm_scan_end(&at) || pm_scan_any(&at, ":") || pm_scan_dash(&at)
		       ? at.off
		       : 0;
}
