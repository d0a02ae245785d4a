/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one mark of an action says: "@ana", "due 5 May", "done", "P1", "#12".
 */
#include "doc/action_words.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/stamp.h"

enum {
	DAY_MAX = 30, /* behind "by", "due" in brackets */
};

/* "8/1まで", "8月25日前", "3월 20일까지": until that day, with the word behind.
 */
static bool until_behind(struct pm_slice text, struct pm_slice *value)
{
	static const char *const words[] = {"までに", "まで", "迄", "之前",
		"前", "까지", "〆切", "〆", "締切", "締め切り", "期限",
		"完了予定", "対応予定", "実施予定", "予定", "目標", "目途",
		"目処", "めど", NULL};
	/* "〜3/31", "期日 3月31日": the same before it. */
	static const char *const before[] = {"〜", "～", "~", "期限", "期日",
		"締切", "〆切", "納期", "目標", NULL};
	size_t len = 0;

	/* All of them end in a letter that is none of ASCII. */
	if (text.len && text.ptr[text.len - 1] & 0x80)
		len = pm_ends_in_one(text, words);
	*value = pm_slice_trim(pm_slice_sub(text, 0, text.len - len));
	if (!len) {
		len = pm_begins_with_one(text, before);
		*value = pm_slice_trim(pm_slice_from(text, len));
		if (pm_slice_starts(*value, "　"))
			*value = pm_slice_from(*value, strlen("　"));
	}
	if (!len)
		return false;
	return pm_action_is_day(*value) || pm_action_is_period(*value);
}

/* "13.03.", without its last point: 1.10 is a version as well. */
static bool is_dotted_day(struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false};
	unsigned day, month;

	return text.len == 5 && text.ptr[2] == '.' &&
	       pm_scan_number(&scan, 2, 2, &day) && day >= 1 && day <= 31 &&
	       pm_scan_any(&scan, ".") && pm_scan_number(&scan, 2, 2, &month) &&
	       month >= 1 && month <= 12;
}

/*
 * "klart v. 22", "ferdig Q3": ready by then. With a day it has been as often,
 * "ferdig 12.03.", unless the box is empty or somebody stands beside it:
 * "(Kari, ferdig 12.03.)".
 */
static bool ready_by(struct pm_slice text, bool open)
{
	return pm_action_is_period(text) || (open && pm_action_is_day(text));
}

/* "by 1 May", "due 2026-12-01", or a date alone; open: what is ready on a day
   is not so yet. */
static bool is_due(struct pm_slice text, bool open, struct pm_slice *value)
{
	static const char *const words[] = {"by", "due", "before", "until",
		"deadline", "innen", "frist", "bis", "avant", "antes", "eta",
		"target", "hasta", "ate", "senast", "senest", "ziel",
		"zieltermin", "mal", "objectif", "objetivo", "echeance",
		"scadenza", NULL};
	/* Words of other things too: a day has to follow. */
	static const char *const before[] = {
		"entro", "voor", "do", "inden", "innan", "до", NULL};
	static const char *const ready[] = {
		"klart", "klar", "ferdig", "færdig", "fardig", NULL};
	struct pm_scan scan = {pm_slice_trim(text), 0, false};
	struct pm_stamp_date date;
	char word[PM_SCAN_WORD] = "";
	size_t at = 0;
	bool said = false;

	if (until_behind(scan.text, value))
		return true;
	if (is_dotted_day(scan.text)) {
		*value = scan.text;
		return true;
	}
	if (pm_scan_word(&scan, word) && pm_word_in(word, before)) {
		*value = pm_slice_trim(pm_slice_from(scan.text, scan.off));
		return pm_action_is_day(*value) || pm_action_is_period(*value);
	}
	/* "klart senast 1 april" */
	if (!pm_word_in(word, ready) || !pm_scan_any(&scan, " "))
		scan.off = 0;
	*value = pm_slice_from(scan.text, scan.off);
	if (scan.off && ready_by(*value, open))
		return true;
	while (pm_scan_word(&scan, word) && pm_word_in(word, words)) {
		said = true;
		pm_scan_any(&scan, ":");
		pm_scan_blanks(&scan);
		at = scan.off;
	}
	scan.off = at;
	*value = pm_slice_from(scan.text, scan.off);
	/* "Fri, Mar 22" */
	if (!said && pm_scan_weekday(&scan)) {
		pm_scan_any(&scan, ",");
		pm_scan_blanks(&scan);
	}
	if (!said)
		return (pm_scan_date(&scan, &date) && pm_scan_end(&scan)) ||
		       pm_action_is_period(*value);
	return value->len > 0 && value->len <= DAY_MAX;
}

static bool open_box(const struct pm_action *action)
{
	return action->box && action->state == PM_ACTION_OPEN;
}

static bool may_be_open(const struct pm_action_words *t)
{
	return t->named || open_box(t->action);
}

/* "[@ana](https://github.com/ana)": a link to somebody; "[@types/node](...)" is
   a package, "[Grafana](...)" a thing. */
static bool links_person(
	const struct pm_action_words *t, const struct pm_md_run *run)
{
	static const char *const teams[] = {"/teams/", "/groups/"};
	static const char *const profiles[] = {"/display/~", "/people/",
		"/team/U", "/users/", "ViewProfile", "linkedin.com/in/"};
	struct pm_slice text = pm_trim_marks(run->text), url = run->url;
	const char *const *parts = profiles;
	size_t nparts = sizeof profiles / sizeof profiles[0];

	if (!pm_looks_like_name(t->body->doc->own->policy, text))
		return false;
	if (text.ptr[0] == '@' && !memchr(text.ptr, '/', text.len))
		return pm_slice_find_text(url, 0, pm_slice_str("/package")) < 0;
	if (text.ptr[0] == '@') {
		parts = teams;
		nparts = sizeof teams / sizeof teams[0];
	}
	for (size_t i = 0; i < nparts; i++)
		if (pm_slice_find_text(url, 0, pm_slice_str(parts[i])) >= 0)
			return true;
	return false;
}

/* True when the text of a bracket is a link's, as "(issue)" mostly is, unless
   that leads to whoever it names. */
bool pm_is_link(const struct pm_action_words *t, struct pm_slice inner)
{
	for (size_t i = 0; i < t->nruns; i++) {
		const struct pm_md_run *run = &t->runs[i];

		/* An address of mail is somebody, as word processors write
		   names when they export a page. */
		if (run->url.len && run->text.ptr >= inner.ptr &&
			run->text.ptr < inner.ptr + inner.len &&
			!pm_slice_starts(run->url, "mailto:"))
			return !links_person(t, run);
	}
	return false;
}

/* P0 to P4. */
bool pm_is_priority(struct pm_slice text)
{
	return text.len == 2 && (text.ptr[0] | 32) == 'p' &&
	       text.ptr[1] >= '0' && text.ptr[1] <= '4';
}

/* "priority high", "low priority". */
static bool tells_priority(struct pm_slice text)
{
	ptrdiff_t blank = pm_slice_find(text, 0, ' ');
	struct pm_slice first, second;

	if (blank < 1)
		return false;
	first = pm_slice_sub(text, 0, (size_t)blank);
	second = pm_slice_from(text, (size_t)blank + 1);
	return ((pm_slice_is_nocase(first, "priority") ||
			pm_slice_is_nocase(first, "prio") ||
			pm_slice_is_nocase(first, "prioritet")) &&
		       !memchr(second.ptr, ' ', second.len)) ||
	       (pm_slice_is_nocase(second, "priority") &&
		       first.ptr[first.len - 1] != ',');
}

/* "OPS-12", "ticket OPS-12", "tracked in #12". */
static bool is_tracker(struct pm_slice text)
{
	static const char *const words[] = {"epic", "issue", "jira", "see",
		"story", "task", "ticket", "tracked as", "tracked by",
		"tracked in", "tracker", "tracking"};
	struct pm_slice number = pm_tracker_number(text);
	struct pm_slice before =
		pm_slice_trim(pm_slice_sub(text, 0, text.len - number.len));

	if (!number.len || number.ptr + number.len != text.ptr + text.len)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (pm_slice_is_nocase(before, words[i]))
			return true;
	return !before.len;
}

/* Words for owners that are part of a name: "Team Search", and "Kim Lee", whose
   first name heads columns in Turkish. */
static bool part_of_name(struct pm_slice word)
{
	static const char *const words[] = {"team", "equipo", "equipa",
		"equipe", "équipe", "Équipe", "squad", "kim"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (pm_slice_is_nocase(word, words[i]))
			return true;
	return false;
}

/* "owner @ana", "assigned to Bo": what stands behind the word; else all. */
struct pm_slice pm_mark_owner(struct pm_slice text)
{
	struct pm_slice name = pm_mark_in_charge(text);

	if (name.len)
		return name;
	for (size_t i = 1; i + 1 < text.len && i < PM_MARK_MOST; i++)
		if (text.ptr[i] == ' ' &&
			(text.ptr[i + 1] == '@' ||
				pm_is_capital(text.ptr[i + 1])) &&
			pm_column_named(pm_slice_sub(text, 0, i)) ==
				PM_COLUMN_OWNER)
			return part_of_name(pm_slice_sub(text, 0, i))
				       ? text
				       : pm_slice_trim(pm_slice_from(text, i));
	return text;
}

/* "(June)": a month alone, as a whole word, is when, unless somebody of that
   name is known. Short forms are names more often: "Jan". */
static bool is_month(const struct pm_action_words *t, struct pm_slice text)
{
	enum { LEAST = 4 };
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];

	return text.len >= LEAST && pm_is_capital(text.ptr[0]) &&
	       pm_scan_word(&scan, word) && pm_scan_end(&scan) &&
	       pm_month_named(word) && !pm_person_known(t->body, text);
}

enum pm_mark pm_mark_of(const struct pm_action_words *t, struct pm_slice inner)
{
	const struct pm_policy *policy = t->body->doc->own->policy;
	enum pm_action_status status;
	struct pm_slice value;
	bool whole;

	if (!inner.len)
		return PM_MARK_EMPTY;
	if (pm_action_is_key(inner))
		return PM_MARK_KEY;
	if (is_due(inner, may_be_open(t), &value) || is_month(t, inner))
		return PM_MARK_DUE;
	if (pm_is_link(t, inner) || pm_tracker_url(inner))
		return PM_MARK_TRACKER;
	status = pm_status_of(inner, &whole);
	if (status != PM_ACTION_UNKNOWN && (whole || status == PM_ACTION_DONE))
		return PM_MARK_STATUS;
	if (pm_is_priority(inner) || tells_priority(inner))
		return PM_MARK_PRIORITY;
	if (pm_looks_like_name(policy, pm_mark_owner(inner)) ||
		pm_mark_in_charge(inner).len ||
		(inner.ptr[0] & 0x80 && pm_person_known(t->body, inner)))
		return PM_MARK_OWNER;
	return is_tracker(inner) ? PM_MARK_TRACKER : PM_MARK_NONE;
}

void pm_mark_apply(
	struct pm_action_words *t, enum pm_mark mark, struct pm_slice inner)
{
	struct pm_slice value;
	bool whole;

	if (mark == PM_MARK_KEY) {
		pm_action_read_key(t->body, t->action, inner);
	} else if (mark == PM_MARK_DUE) {
		if (!is_due(inner, may_be_open(t), &value))
			value = inner;
		pm_action_set_due(t->body, t->action, value);
	} else if (mark == PM_MARK_OWNER) {
		pm_action_set_owner(t->body, t->action, pm_mark_owner(inner));
	} else if (mark == PM_MARK_PRIORITY) {
		if (!t->action->priority.text.len)
			t->action->priority =
				pm_action_field(t->body, t->action, inner);
	} else if (mark == PM_MARK_STATUS) {
		pm_action_set_status(t->body, t->action, inner);
		t->action->state = pm_status_of(inner, &whole);
	}
}

/* "Mon, Mar 18": the word before a comma is a day of the week, and a day of the
   month stands behind. */
static bool behind_weekday(struct pm_slice text, size_t comma)
{
	size_t at = comma;
	struct pm_scan scan = {text, 0, false};
	struct pm_stamp_date date;

	while (at > 0 && pm_is_letter(text.ptr[at - 1]))
		at--;
	scan.off = at;
	if (!pm_scan_weekday(&scan) || scan.off != comma)
		return false;
	scan.off++;
	pm_scan_blanks(&scan);
	return pm_scan_date(&scan, &date);
}

bool pm_comma_in_day(struct pm_slice text, size_t comma)
{
	enum { WORDS = 2 }; /* of a month and a day, in either order */
	struct pm_slice year = pm_slice_trim(pm_slice_from(text, comma + 1));
	struct pm_stamp_date date;
	struct pm_scan scan;
	size_t at = comma;

	if (behind_weekday(text, comma))
		return true;
	if (year.len < 4 || !pm_is_digit(year.ptr[0]) ||
		!pm_is_digit(year.ptr[3]))
		return false;
	for (int i = 0; i < WORDS; i++) {
		while (at > 0 && text.ptr[at - 1] == ' ')
			at--;
		while (at > 0 && text.ptr[at - 1] != ' ' &&
			text.ptr[at - 1] != '@')
			at--;
	}
	scan = (struct pm_scan){pm_slice_from(text, at), 0, false};
	return pm_scan_date(&scan, &date) && date.year && scan.off > comma - at;
}

/* True for the slash of "基盤課/9月15日まで/済": behind a sign of a script that
   is written without blanks it parts as a comma does, and 9/15 has figures. */
static bool parts_wide(struct pm_slice text, size_t at)
{
	enum { WIDE = 0xE3 };
	size_t first = at;

	if (text.ptr[at] != '/' || !at)
		return false;
	do
		first--;
	while (first > 0 && ((unsigned char)text.ptr[first] & 0xC0) == 0x80);
	return (unsigned char)text.ptr[first] >= WIDE;
}

bool pm_mark_part(struct pm_slice *rest, struct pm_slice *part)
{
	static const char *const commas[] = {"、", "，", "；", "／", NULL};
	size_t end = 0, wide = 0;

	if (!rest->len)
		return false;
	while (end < rest->len &&
		(rest->ptr[end] != ',' || pm_comma_in_day(*rest, end)) &&
		rest->ptr[end] != ';' && !parts_wide(*rest, end) &&
		!(rest->ptr[end] & 0x80 &&
			(wide = pm_begins_with_one(
				 pm_slice_from(*rest, end), commas)) > 0))
		end++;
	*part = pm_trim_marks(pm_slice_sub(*rest, 0, end));
	*rest = pm_slice_from(*rest, end + (wide ? wide : 1));
	return true;
}

void pm_action_read_loose(
	struct pm_body *body, struct pm_action *action, struct pm_slice text)
{
	struct pm_slice rest, part, value;
	bool whole;

	for (rest = text; pm_mark_part(&rest, &part);)
		if (is_due(part, open_box(action), &value) &&
			(pm_action_is_day(value) || is_dotted_day(value) ||
				pm_action_is_period(value)))
			pm_action_set_due(body, action, value);
		else if (pm_mark_done_on_day(part))
			action->state = PM_ACTION_DONE;
		else if (pm_status_of(part, &whole) != PM_ACTION_UNKNOWN &&
			 whole)
			pm_action_set_status(body, action, part);
}
