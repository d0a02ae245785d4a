/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Setting the values of an action. What names nobody, no day and no state is
 * dropped, so that "TBD" in a column of owners is the same as an empty cell.
 */
#include "doc/action_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/inline_text.h"
#include "base/utf8.h"
#include "doc/stamp.h"

/* How far into an action its values are looked for. */
enum { REACH = 4096 };

static bool blank_or_mark(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '.' || c == ',' ||
	       c == ';';
}

struct pm_slice pm_trim_marks(struct pm_slice s)
{
	s = pm_slice_trim(s);
	/* Blanks that nobody sees come with text from web pages. */
	while (pm_slice_starts(s, "\xE2\x80\x8B") ||
		pm_slice_starts(s, "\xC2\xA0") ||
		pm_slice_starts(s, "\xEF\xBB\xBF"))
		s = pm_slice_trim(pm_slice_from(s, s.ptr[0] == '\xC2' ? 2 : 3));
	while (s.len && memchr("_*`\"", s.ptr[0], 4))
		s = pm_slice_from(s, 1);
	while (s.len && (blank_or_mark(s.ptr[s.len - 1]) ||
				memchr("_*`\"", s.ptr[s.len - 1], 4)))
		s.len--;
	return s;
}

struct pm_field pm_action_field(const struct pm_body *body,
	const struct pm_action *action, struct pm_slice value)
{
	struct pm_slice src = body->doc->src;
	struct pm_field field = {.text = value};
	size_t room = action->span.len;
	ptrdiff_t at;

	/* Items hold items: looking through all of each would be quadratic. */
	if (room > REACH)
		room = REACH;
	if (!value.len)
		return field;
	at = pm_slice_find_text(pm_slice_sub(src, 0, action->span.off + room),
		action->span.off, value);
	if (at >= 0)
		field.span = (struct pm_span){(size_t)at, value.len};
	return field;
}

/* Bytes of the longest word for nobody, and its NUL. */
#define NOBODY_MOST 28

#define PM_NOBODY(text)                                                        \
	_Static_assert(sizeof(text) <= NOBODY_MOST, "longer than "             \
						    "NOBODY_MOST");
#include "doc/nobody.def"
#undef PM_NOBODY

static const char nobody[][NOBODY_MOST] = {
#define PM_NOBODY(text) text,
#include "doc/nobody.def"
#undef PM_NOBODY
};

static bool names_nobody(struct pm_slice owner)
{
	struct pm_buf folded = PM_BUF_INIT;
	struct pm_slice word;
	bool found;

	while (owner.len > 2 && memchr("[(<", owner.ptr[0], 3) &&
		memchr("])>", owner.ptr[owner.len - 1], 3))
		owner = pm_slice_sub(owner, 1, owner.len - 2);
	if (!pm_doc_names_person(owner))
		return true;
	/* Folding may make a text shorter, but not by half. */
	if (owner.len >= 2 * NOBODY_MOST)
		return false;
	pm_utf8_fold(&folded, owner);
	word = pm_buf_slice(&folded);
	found = bsearch(&word, nobody, sizeof nobody / sizeof nobody[0],
		sizeof nobody[0], pm_inline_order);
	pm_buf_release(&folded);
	return found;
}

/* "3 days", "2 weeks" in a column like "Lead time". */
static bool is_length_of_time(struct pm_slice text)
{
	static const char *const units[] = {"day", "days", "hour", "hours",
		"month", "months", "week", "weeks", NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	unsigned number;

	if (!pm_scan_number(&scan, 1, 3, &number))
		return false;
	pm_scan_blanks(&scan);
	return pm_scan_word(&scan, word) && pm_word_in(word, units);
}

/* True for figures and signs alone, "2027-01-02". */
static bool has_no_letter(struct pm_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (pm_is_letter(text.ptr[i]) || text.ptr[i] & 0x80)
			return false;
	return true;
}

/* What stands in a cell for owners and can be nobody: signs and days, "P1", a
   ticket, a length of time, the next key, "TBD (ask Bo)". */
static bool owns_nothing(struct pm_slice owner)
{
	struct pm_slice inner;
	size_t open;

	return has_no_letter(owner) || !pm_utf8_has_word(owner) ||
	       pm_is_priority(owner) ||
	       pm_tracker_number(owner).len == owner.len ||
	       is_length_of_time(owner) || pm_action_is_key(owner) ||
	       (pm_bracket_behind(owner, &inner, &open) && open &&
		       names_nobody(
			       pm_slice_trim(pm_slice_sub(owner, 0, open))));
}

void pm_action_set_owner(
	struct pm_body *body, struct pm_action *action, struct pm_slice owner)
{
	owner = pm_trim_marks(owner);
	/* "[~ana]", as issues mention people. */
	if (pm_slice_starts(owner, "[~") && pm_slice_ends(owner, "]"))
		owner = pm_slice_sub(owner, 2, owner.len - 3);
	if (action->owner.text.len || !owner.len || names_nobody(owner) ||
		owns_nothing(owner))
		return;
	action->owner = pm_action_field(body, action, owner);
}

/* A day without a year: the first one that is not before the incident; where
   only the month of that is known, its middle may be behind the due. */
static int due_year(struct pm_body *body, const struct pm_stamp_date *date)
{
	enum { MONTH = 30 };
	struct pm_date day = {0}, due;
	int64_t grace = 0;

	if (!pm_body_day(body, &day)) {
		if (!pm_body_month(body, &day))
			return 0;
		grace = MONTH;
	}
	due = (struct pm_date){day.year, date->month, date->day};
	if (pm_date_to_days(due) + grace < pm_date_to_days(day))
		due.year++;
	return due.year;
}

/* The day of a date; its year is 0 where nothing tells it. */
static struct pm_date due_day(
	struct pm_body *body, const struct pm_stamp_date *date)
{
	struct pm_date day = pm_stamp_day(date);

	if (!day.year)
		day.year = due_year(body, date);
	return day;
}

/* True when b comes sooner after the incident: actions are due in weeks, not
   in years. */
static bool comes_sooner(
	struct pm_body *body, struct pm_date a, struct pm_date b)
{
	struct pm_date day;
	int64_t start, first, second;

	if (!pm_body_day(body, &day))
		return false;
	start = pm_date_to_days(day);
	first = pm_date_to_days(a) - start;
	second = pm_date_to_days(b) - start;
	return second >= 0 && (first < 0 || second < first);
}

/* 10/05/2023 is two days where nothing says how the document writes them: the
   one that comes sooner is told first. */
static void set_two_days(struct pm_body *body, struct pm_action *action,
	struct pm_stamp_date date)
{
	struct pm_date first = due_day(body, &date), second;

	pm_stamp_settle(&date, PM_ORDER_DAY);
	second = due_day(body, &date);
	if (!first.year || !pm_date_valid(first))
		return;
	if (comes_sooner(body, first, second)) {
		struct pm_date later = first;

		first = second;
		second = later;
	}
	action->due_first = first;
	action->due_doubt = pm_stamp_doubt(body->arena, first, second);
}

/* Nothing is due before it happened: of two days that is the other one. */
static bool settle_by_incident(struct pm_body *body, struct pm_stamp_date *date)
{
	struct pm_stamp_date other = *date;
	struct pm_date day;
	int64_t start;
	bool before, other_before;

	if (!date->year || !pm_body_day(body, &day) || body->day.ambiguous)
		return false;
	pm_stamp_settle(&other, PM_ORDER_DAY);
	start = pm_date_to_days(day);
	before = pm_date_to_days(pm_stamp_day(date)) < start;
	other_before = pm_date_to_days(pm_stamp_day(&other)) < start;
	if (before && !other_before)
		*date = other;
	return before != other_before;
}

/* Articles before a day, and words that say until: "le 5 avril", "bis zum 5.
   Mai", "до 5 мая". */
static void skip_article(struct pm_scan *scan)
{
	static const char *const words[] = {"the", "le", "el", "del", "den",
		"dem", "zum", "o", "dia", "il", "l", "by", "before", "until",
		"bis", "innen", "inden", "innan", "frist", "senest", "senast",
		"avant", "antes", "hasta", "ate", "entro", "tot", "voor", "do",
		"до", NULL};
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];

	while (pm_scan_word(&at, word) && pm_word_in(word, words)) {
		pm_scan_blanks(&at);
		*scan = at;
	}
}

/* "Friday, 13 March" */
static void skip_weekday(struct pm_scan *scan)
{
	if (!pm_scan_weekday(scan))
		return;
	pm_scan_any(scan, ",");
	pm_scan_blanks(scan);
}

bool pm_action_is_day(struct pm_slice text)
{
	struct pm_scan scan = {pm_slice_trim(text), 0, false};
	struct pm_stamp_date date;

	skip_article(&scan);
	skip_weekday(&scan);
	return pm_scan_date(&scan, &date) && pm_scan_end(&scan);
}

/* "31.3.", of which the last point is taken for one of a sentence elsewhere,
   and "31.3": in a place for days it is one. */
static bool dotted_day(struct pm_scan scan, struct pm_stamp_date *out)
{
	struct pm_date date = {.year = 2024};

	if (!pm_scan_number(&scan, 1, 2, &date.day) ||
		!pm_scan_any(&scan, ".") ||
		!pm_scan_number(&scan, 1, 2, &date.month) ||
		!pm_scan_end(&scan) || !pm_date_valid(date))
		return false;
	*out = (struct pm_stamp_date){
		.given = true, .month = date.month, .day = date.day};
	return true;
}

/*
 * The date in a value; false when there is none in it, and when there are two,
 * "2026-04-01 or 2026-05-01", "was 2026-04-01, now 2026-05-01". What a bracket
 * behind the first says is told aside.
 */
static bool due_date(struct pm_slice due, struct pm_stamp_date *out)
{
	static const char *const past[] = {
		"was", "were", "formerly", "originally", "previously", NULL};
	struct pm_scan scan = {due, 0, false}, head;
	char word[PM_SCAN_WORD];
	struct pm_narrow narrow;

	if (pm_scan_narrow(due, &narrow))
		scan.text = narrow.text;
	pm_scan_blanks(&scan);
	head = scan;
	if (pm_scan_word(&head, word) && pm_word_in(word, past))
		return false;
	skip_article(&scan);
	skip_weekday(&scan);
	if ((pm_scan_date(&scan, out) && out->month) || dotted_day(scan, out)) {
		pm_scan_blanks(&scan);
		return pm_scan_end(&scan) || pm_scan_peek(&scan, 0) == '(' ||
		       !pm_stamp_holds_days(due);
	}
	return pm_stamp_find(due, out) && !pm_stamp_holds_days(due);
}

/* 12月中, 3月末, 2026年3月末, 年内; 4월 중. */
static bool is_wide_period(struct pm_slice text)
{
	static const char *const parts[] = {"月", "月中", "月末", "月上旬",
		"月中旬", "月下旬", "月初", "月底", "月份", "월", "월 중",
		"월중", "월 말", "월말", "월 초", "월초"};
	static const char *const words[] = {"年内", "今月中", "来月中",
		"今月末", "来月末", "今週中", "来週中", "今期中", "来期",
		"年度内", "今年度中", "月底", "本周内", "本週內", "下周",
		"年底", "本月内", "이번 주", "다음 주", "연내"};
	struct pm_scan scan = {text, 0, false};
	unsigned month;
	struct pm_narrow narrow;

	/* The last letter of each is none of ASCII. */
	if (!text.len || !(text.ptr[text.len - 1] & 0x80))
		return false;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (pm_slice_is(text, words[i]))
			return true;
	if (pm_scan_narrow(text, &narrow))
		scan.text = narrow.text;
	/* "令和7年3月末" */
	if ((pm_scan_take(&scan, "令和")
			    ? pm_scan_number(&scan, 1, 2, &month)
			    : pm_scan_number(&scan, 4, 4, &month)) &&
		!pm_scan_take(&scan, "年") && !pm_scan_take(&scan, "년"))
		return false;
	pm_scan_blanks(&scan);
	if (!pm_scan_number(&scan, 1, 2, &month) || month < 1 || month > 12)
		return false;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (pm_slice_is(pm_slice_from(scan.text, scan.off), parts[i]))
			return true;
	return false;
}

/* Of the calendar: "KW 23", "week 23", "CW 5/2026". */
static bool is_week(struct pm_scan scan, const char *word)
{
	static const char *const weeks[] = {"kw", "cw", "week", "uke", "uge",
		"vecka", "viikko", "semaine", "semana", "settimana", NULL};
	enum { LAST = 53 };
	unsigned week, year;

	/* "v. 22": without the point, and the blank, a version is as likely. */
	if (strcmp(word, "v") == 0 ? !pm_scan_take(&scan, ". ")
				   : !pm_word_in(word, weeks))
		return false;
	pm_scan_blanks(&scan);
	if (!pm_scan_number(&scan, 1, 2, &week) || week < 1 || week > LAST)
		return false;
	pm_scan_any(&scan, "/,");
	pm_scan_blanks(&scan);
	return pm_scan_end(&scan) ||
	       (pm_scan_number(&scan, 4, 4, &year) && pm_scan_end(&scan));
}

/* The year of a month: "June 2026", "junio de 2026". */
static bool is_year(struct pm_scan *scan)
{
	unsigned year;

	if (!pm_scan_take(scan, "de "))
		pm_scan_take(scan, "del ");
	return pm_scan_number(scan, 4, 4, &year) && pm_scan_end(scan);
}

/* "2. kvartal 2024", "andet kvartal" is left to words. */
static bool is_quarter(struct pm_scan scan)
{
	unsigned part;

	if (!pm_scan_number(&scan, 1, 1, &part) || part < 1 || part > 4)
		return false;
	pm_scan_any(&scan, ".");
	pm_scan_blanks(&scan);
	if (!pm_scan_take(&scan, "kvartal"))
		return false;
	pm_scan_blanks(&scan);
	return pm_scan_end(&scan) || is_year(&scan);
}

/* "in 2 weeks", "within 30 days", "ASAP" */
static bool is_soon(struct pm_scan scan)
{
	static const char *const words[] = {"in", "innen", "within", NULL};
	static const char *const units[] = {"dager", "day", "days", "month",
		"months", "uker", "week", "weeks", NULL};
	char word[PM_SCAN_WORD];
	unsigned number;

	if (pm_slice_is_nocase(scan.text, "asap"))
		return true;
	if (!pm_scan_word(&scan, word) || !pm_word_in(word, words))
		return false;
	pm_scan_blanks(&scan);
	if (!pm_scan_number(&scan, 1, 2, &number))
		return false;
	pm_scan_blanks(&scan);
	return pm_scan_word(&scan, word) && pm_word_in(word, units) &&
	       pm_scan_end(&scan);
}

/* What is read as a whole, not word by word. */
static bool is_phrase(struct pm_scan scan)
{
	return is_wide_period(scan.text) || is_quarter(scan) || is_soon(scan);
}

static bool is_one_period(struct pm_slice text)
{
	static const char *const leads[] = {"end", "of", "next", "this",
		"early", "mid", "late", "the", "start", "beginning", "ende",
		"anfang", "mitte", "fin", "debut", "final", "finales",
		"utgangen", "slutten", "slutet", "av", "de", "du", "fim",
		"meados", "mediados", "inizio", "fine", "eind", "begin",
		"koniec", "конец", "начало", "середина", "des", "van",
		"begynnelsen", "begyndelsen", "borjan", "byrjinga", "denna",
		"denne", "medio", "midten", "mitten", "nasta", "neste", "næste",
		"primo", "slutningen", "starten", "ultimo", "cette", "ce",
		"deze", "diese", "diesem", "diesen", "dieser", "esta", "este",
		"komende", "kommende", "nachste", "nachsten", "nachster",
		"prochain", "prochaine", "proxima", "proximo", "prossima",
		"prossimo", "questa", "questo", "volgende", NULL};
	static const char *const spans[] = {"week", "weekend", "month",
		"quarter", "year", "sprint", "iteration", "cycle", "release",
		"half", "monat", "monats", "woche", "jahr", "mois", "semaine",
		"mes", "semana", "mese", "settimana", "maand", "miesiaca",
		"месяца", "uke", "uka", "uken", "uge", "veke", "veka", "vecka",
		"veckan", "maned", "maneden", "manad", "manaden", "kvartal",
		"kvartalet", "ar", "aret", NULL};
	static const char *const seasons[] = {"efterar", "efteraret", "forar",
		"foraret", "haust", "hausten", "hosten", "sommar", "sommaren",
		"sommer", "sommeren", "varen", "vinter", "vinteren", "vintern",
		NULL};
	struct pm_scan scan = {pm_slice_trim(text), 0, false};
	char word[PM_SCAN_WORD] = "";
	unsigned year, part = 0;
	bool led = false;

	if (is_phrase(scan))
		return true;
	while (pm_scan_word(&scan, word) && pm_word_in(word, leads)) {
		led = true;
		pm_scan_any(&scan, "-");
		pm_scan_blanks(&scan);
	}
	/* Figures, as of most days. */
	if (!word[0])
		return false;
	if (is_week(scan, word))
		return true;
	if (pm_word_in(word, spans))
		/* "release" alone is a word like others. */
		return led && pm_scan_end(&scan);
	/* "våren 2026" */
	if (pm_word_in(word, seasons)) {
		pm_scan_blanks(&scan);
		return is_year(&scan);
	}
	/* "end of June", "June 2026", "junio de 2026": but "May" alone is a
	   word. */
	if (pm_month_named(word)) {
		pm_scan_blanks(&scan);
		return pm_scan_end(&scan) ? led : is_year(&scan);
	}
	if ((strcmp(word, "q") != 0 && strcmp(word, "h") != 0) ||
		!pm_scan_number(&scan, 1, 1, &part) || part < 1 || part > 4 ||
		(word[0] == 'h' && part > 2))
		return false;
	pm_scan_blanks(&scan);
	pm_scan_any(&scan, "/-,'");
	pm_scan_blanks(&scan);
	return pm_scan_end(&scan) ||
	       (pm_scan_number(&scan, 2, 4, &year) && pm_scan_end(&scan));
}

bool pm_action_is_period(struct pm_slice text)
{
	static const char *const joints[] = {" - ", " – ", "–", " to "};

	if (is_one_period(text))
		return true;
	if (!pm_holds_one(text, "-o\xE2"))
		return false;
	/* "Q4 2025 - Q1 2026" */
	for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
		ptrdiff_t at =
			pm_slice_find_text(text, 0, pm_slice_str(joints[i]));

		if (at > 0 &&
			is_one_period(pm_slice_sub(text, 0, (size_t)at)) &&
			is_one_period(pm_slice_from(
				text, (size_t)at + strlen(joints[i]))))
			return true;
	}
	return false;
}

void pm_action_date_due(struct pm_body *body, struct pm_action *action)
{
	struct pm_stamp_date date;
	struct pm_date day;

	action->due_doubt = NULL;
	if (!due_date(action->due.text, &date))
		return;
	/* Below a timeline the dues do not tell how that day is read. */
	if (body->skipped_day && date.order != PM_ORDER_UNKNOWN)
		pm_body_day(body, &day);
	body->orders |= 1u << date.order;
	if (date.ambiguous && !pm_stamp_settle(&date, pm_body_order(body)) &&
		!settle_by_incident(body, &date)) {
		set_two_days(body, action, date);
		return;
	}
	day = due_day(body, &date);
	if (!day.year || !pm_date_valid(day))
		return;
	action->due_date = day;
	action->due.text = pm_slice_str(pm_arena_printf(
		body->arena, "%04d-%02u-%02u", day.year, day.month, day.day));
}

/* "YYYY-MM-DD", "TT.MM.JJJJ": a form that a day is to be written in. */
bool pm_action_is_pattern(struct pm_slice due)
{
	enum { LETTERS = 4 };
	size_t parts = 0, i = 0;
	char sign = '\0';

	due = pm_trim_marks(due);
	while (i < due.len) {
		size_t from = i;

		if (!pm_is_letter(due.ptr[i]))
			return false;
		while (i < due.len && due.ptr[i] == due.ptr[from])
			i++;
		if (i - from < 2 || i - from > LETTERS)
			return false;
		parts++;
		if (i == due.len)
			break;
		if (!memchr("-/.", due.ptr[i], 3) ||
			(sign && due.ptr[i] != sign))
			return false;
		sign = due.ptr[i++];
	}
	return parts == 2 || parts == 3;
}

/* "4/12（済）", "2026-05-03 (done)": the day, and that it is done. */
static struct pm_slice cut_done(struct pm_action *action, struct pm_slice due)
{
	struct pm_slice inner, day;
	size_t open;
	bool whole;

	if (!pm_bracket_behind(due, &inner, &open) || !open)
		return due;
	day = pm_slice_trim(pm_slice_sub(due, 0, open));
	if (!pm_action_is_day(day) ||
		pm_status_of(inner, &whole) != PM_ACTION_DONE || !whole)
		return due;
	action->state = PM_ACTION_DONE;
	return day;
}

void pm_action_set_due(
	struct pm_body *body, struct pm_action *action, struct pm_slice due)
{
	due = cut_done(action, pm_trim_marks(due));
	if (action->due.text.len || !due.len || names_nobody(due) ||
		pm_action_is_pattern(due) || pm_says_nothing(body, due))
		return;
	action->due = pm_action_field(body, action, due);
	pm_action_date_due(body, action);
}

/* True for a day and nothing else: "ETA 2026-06-01" is none. */
static bool is_day(struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false};
	struct pm_stamp_date date;

	return pm_scan_date(&scan, &date) && pm_scan_end(&scan);
}

/* The name of a commit, "72f0f55": figures and the first letters, both. */
static bool is_commit(struct pm_slice text)
{
	enum { SHORTEST = 7, LONGEST = 40 };
	size_t digits = 0, letters = 0;

	for (size_t i = 0; i < text.len; i++) {
		digits += pm_is_digit(text.ptr[i]);
		letters += text.ptr[i] >= 'a' && text.ptr[i] <= 'f';
	}
	return text.len >= SHORTEST && text.len <= LONGEST && digits &&
	       letters && digits + letters == text.len;
}

/* What says that it is done where a state is asked for, but among the words of
   an action says how something is: "(enabled by default)". */
static bool is_in_force(struct pm_slice status)
{
	static const char *const words[] = {"applied", "enabled", "i drift",
		"i prod", "in production", "live", "ok", "ok.", "verified"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (pm_slice_is_nocase(status, words[i]))
			return true;
	return false;
}

/* "50%", how far it has come: UNKNOWN for anything else. */
static enum pm_action_status share_done(struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false};
	unsigned share;

	if (!pm_scan_number(&scan, 1, 3, &share))
		return PM_ACTION_UNKNOWN;
	pm_scan_blanks(&scan);
	if (!pm_scan_any(&scan, "%") || !pm_scan_end(&scan))
		return PM_ACTION_UNKNOWN;
	return share >= 100 ? PM_ACTION_DONE
	       : share      ? PM_ACTION_IN_PROGRESS
			    : PM_ACTION_OPEN;
}

void pm_action_set_status(
	struct pm_body *body, struct pm_action *action, struct pm_slice status)
{
	bool whole;
	enum pm_action_status state;

	status = pm_trim_marks(status);
	/* A link there is the ticket, which another reader finds. */
	if (!status.len || action->status.text.len ||
		pm_slice_starts(status, "http"))
		return;
	state = pm_status_of(status, &whole);
	if (state == PM_ACTION_UNKNOWN)
		state = share_done(status);
	/* The day on which it was, or the commit: "Completed" holds such. */
	if (state == PM_ACTION_UNKNOWN &&
		(is_day(status) || is_commit(status) || is_in_force(status)))
		state = PM_ACTION_DONE;
	if (state == PM_ACTION_UNKNOWN && pm_says_nothing(body, status))
		return;
	action->status = pm_action_field(body, action, status);
	action->state = state;
}
