/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Marks at the tail of an action: "(@ana, due 2026-12-01)", "- @bo", ", Ana,
 * 1 May", "by Q3", "✅". A handle in the middle of a sentence owns nothing.
 */
#include "doc/action_words.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "doc/stamp.h"

enum {
	LABEL_MAX = 60,
	BRACKET_MAX = 200,
	SENTENCE_DAY = 40, /* a day with its word, at the end of a text */
};

static const struct {
	const char *open, *close;
} brackets[] = {
	{"(", ")"},
	{"[", "]"},
	{"（", "）"},
	{"【", "】"},
	{"［", "］"},
	{"〔", "〕"},
	{"〈", "〉"},
	{"＜", "＞"},
	{"{", "}"},
};

enum { BRACKETS = sizeof brackets / sizeof brackets[0] };

/* The last word of a text; *rest is what stands before it. */
static struct pm_slice word_before(struct pm_slice text, struct pm_slice *rest)
{
	size_t i;

	text = pm_slice_trim(text);
	for (i = text.len; i > 0 && !memchr(" -/", text.ptr[i - 1], 3); i--)
		;
	*rest = pm_slice_sub(text, 0, i ? i - 1 : 0);
	return pm_slice_from(text, i);
}

/* True when letters are those that the last words of a text begin with; small
   words ("of", "to") may be left out of them. */
static bool begin_words(
	struct pm_slice text, struct pm_slice letters, bool small)
{
	enum { SMALL = 3 };
	size_t left = letters.len;

	while (left) {
		struct pm_slice word = word_before(text, &text);

		if (!word.len)
			return false;
		if (small || word.len > SMALL) {
			if (pm_lower(word.ptr[0]) !=
				pm_lower(letters.ptr[left - 1]))
				return false;
			left--;
		}
	}
	return true;
}

/* "... the mean time to resolution (MTR)": what is short for the words before
   it is nobody's name. */
static bool abbreviates(struct pm_slice text, struct pm_slice inner)
{
	enum { SHORT = 2, LONG = 6 };

	if (inner.len < SHORT || inner.len > LONG)
		return false;
	for (size_t i = 0; i < inner.len; i++)
		if (!pm_is_capital(inner.ptr[i]))
			return false;
	return begin_words(text, inner, true) ||
	       begin_words(text, inner, false);
}

/* "[~ana]", as issues mention people. */
static bool read_issue_mention(struct pm_action_words *t, struct pm_slice all)
{
	struct pm_slice name = pm_slice_sub(all, 2, all.len - 3);

	if (!pm_slice_starts(all, "[~") || !pm_person_valid(name))
		return false;
	pm_action_set_owner(t->body, t->action, name);
	return true;
}

/* Takes one pair of brackets off the tail. */
static bool tail_bracket(struct pm_action_words *t)
{
	struct pm_slice s = t->rest;
	size_t kind = 0, open, close, i;

	if (!s.len || !(memchr(")]}", s.ptr[s.len - 1], 3) ||
			      s.ptr[s.len - 1] & 0x80))
		return false;
	while (kind < BRACKETS && !pm_slice_ends(s, brackets[kind].close))
		kind++;
	if (kind == BRACKETS)
		return false;
	open = strlen(brackets[kind].open);
	close = strlen(brackets[kind].close);
	for (i = s.len - close; i >= open; i--) {
		struct pm_slice here = pm_slice_from(s, i - open);

		if (s.len - i > BRACKET_MAX ||
			(i < s.len - close &&
				pm_slice_starts(pm_slice_from(s, i),
					brackets[kind].close)))
			return false;
		if (pm_slice_starts(here, brackets[kind].open))
			break;
	}
	if (i <= open ||
		abbreviates(pm_slice_sub(s, 0, i - open),
			pm_slice_sub(s, i, s.len - close - i)) ||
		(!read_issue_mention(t, pm_slice_from(s, i - open)) &&
			!pm_action_read_bracket(
				t, pm_slice_sub(s, i, s.len - close - i))))
		return false;
	t->rest.len = i - open;
	return true;
}

/* "(carol, due: 1 May)" without its day. */
static bool read_opened_nick(struct pm_action_words *t, struct pm_slice name)
{
	if (t->action->owner.text.len ||
		!pm_action_is_day(t->action->due.text) ||
		!pm_mark_is_nick(name))
		return false;
	pm_action_set_owner(t->body, t->action, name);
	return true;
}

/* "(assigned to @ana" is left of a bracket when a key in it was read: the rest
   of it is read as a bracket is. */
void pm_action_tail_opened(struct pm_action_words *t)
{
	size_t open = t->rest.len;
	char c = '\0';

	if (pm_slice_find(t->rest, 0, '(') < 0 &&
		pm_slice_find(t->rest, 0, '[') < 0)
		return;
	while (open > 0 && (c = t->rest.ptr[open - 1]) != '(' && c != ')' &&
		c != '[' && c != ']')
		open--;
	if (open > 1 && (c == '(' || c == '[') &&
		(pm_action_read_bracket(t, pm_slice_from(t->rest, open)) ||
			read_opened_nick(t, pm_slice_from(t->rest, open))))
		t->rest.len = open - 1;
}

/* True for words in bold, or behind which mail goes to somebody: "Add a cache –
 **Ana**", "– [Ana](mailto:ana@example.com)". */
static bool is_set_off(const struct pm_action_words *t, struct pm_slice part)
{
	for (size_t i = 0; i < t->nruns; i++)
		if ((t->runs[i].style & PM_MD_STRONG ||
			    pm_slice_starts(t->runs[i].url, "mailto:")) &&
			part.ptr >= t->runs[i].text.ptr &&
			part.ptr + part.len <=
				t->runs[i].text.ptr + t->runs[i].text.len)
			return true;
	return false;
}

/*
 * What one part behind a dash is. Words follow dashes as well ("- Phase Two"),
 * so a name counts only as a handle, after a word for owners, beside a date
 * or a state, or in a script without capitals, whose names have titles.
 */
static enum pm_mark tail_part(
	const struct pm_action_words *t, struct pm_slice part, bool dated)
{
	enum pm_mark mark = pm_mark_of(t, part);
	struct pm_slice owner;
	bool whole;

	if (mark == PM_MARK_OWNER) {
		owner = pm_mark_owner(part);
		return dated || owner.ptr[0] == '@' || owner.len < part.len ||
				       owner.ptr[0] & 0x80 ||
				       is_set_off(t, part) ||
				       pm_person_known(t->body, owner)
			       ? mark
			       : PM_MARK_NONE;
	}
	if (mark == PM_MARK_STATUS) {
		pm_status_of(part, &whole);
		return whole || pm_mark_done_told(part) ? mark : PM_MARK_NONE;
	}
	if (mark == PM_MARK_NONE && dated && pm_mark_is_wide_name(part))
		return PM_MARK_OWNER;
	/* A ticket alone is words of the title. */
	return mark == PM_MARK_TRACKER && !dated ? PM_MARK_NONE : mark;
}

/* "@ana", "DONE", "assigned to Ana, due 1 May" behind a dash. */
static bool read_tail_parts(struct pm_action_words *t, struct pm_slice last)
{
	struct pm_slice rest, part;
	bool dated = t->action->due.text.len || t->action->status.text.len ||
		     t->action->priority.text.len;
	bool named = false;

	dated = dated || pm_mark_behind_arrow(t, last);
	for (rest = last; pm_mark_part(&rest, &part);) {
		enum pm_mark mark = pm_mark_of(t, part);

		/* "– Ana, OPS-12": who and where, as a pair. */
		dated = dated || mark == PM_MARK_DUE ||
			(named && (mark == PM_MARK_TRACKER ||
					  pm_mark_done_on_day(part)));
		named = mark == PM_MARK_OWNER;
	}
	for (rest = last; pm_mark_part(&rest, &part);)
		if (tail_part(t, part, dated) <= PM_MARK_EMPTY)
			return pm_action_read_beside(t, last);
	for (rest = last; pm_mark_part(&rest, &part);)
		pm_mark_apply(t, tail_part(t, part, dated), part);
	return true;
}

/* ":ana", as people are called in Bugzilla; ":tada:" is an emoji. */
static bool is_nick(struct pm_slice text)
{
	return text.len > 2 && text.ptr[0] == ':' &&
	       text.ptr[text.len - 1] != ':' &&
	       pm_person_valid(pm_slice_from(text, 1));
}

/* Finds the last dash or colon of a text: what stands behind it, and whether it
   is a colon. Returns where it stands, 0 when there is none. */
static size_t find_dash(struct pm_slice s, struct pm_slice *last, bool *colon)
{
	static const char *const signs[] = {" - ", " – ", " — ", " -- ", " -> ",
		" → ", " => ", " | ", " —— ", ": "};
	enum { SIGNS = sizeof signs / sizeof signs[0] };
	size_t at = 0, from = s.len > PM_MARK_MOST ? s.len - PM_MARK_MOST : 1;

	if (!pm_holds_one(pm_slice_from(s, from), ":-=|\xE2"))
		return 0;
	for (size_t i = from; i + 1 < s.len; i++) {
		if (s.ptr[i] == ' ' ? !memchr("-=|\xE2", s.ptr[i + 1], 4)
				    : s.ptr[i] != ':')
			continue;
		for (size_t k = 0; k < SIGNS; k++)
			if (s.ptr[i + 1] == signs[k][1] &&
				pm_slice_starts(
					pm_slice_from(s, i), signs[k])) {
				at = i;
				*colon = k == SIGNS - 1;
				*last = pm_slice_trim(
					pm_slice_from(s, i + strlen(signs[k])));
			}
	}
	return at;
}

/* "@ana", "done in #77": what follows a colon is mostly the order itself. */
static bool read_behind_colon(struct pm_action_words *t, struct pm_slice last)
{
	static const char *const answers[] = {"x", "yes", "no", "y", "n", NULL};
	struct pm_scan scan = {last, 0, false};
	char word[PM_SCAN_WORD];
	bool whole;
	enum pm_action_status status = pm_status_of(last, &whole);

	/* "Set the flag: yes", and whatever an open box says before it. */
	if ((pm_scan_word(&scan, word) && pm_scan_end(&scan) &&
		    pm_word_in(word, answers)) ||
		(t->action->box && t->action->state == PM_ACTION_OPEN &&
			(status == PM_ACTION_DONE ||
				status == PM_ACTION_REJECTED)))
		return false;

	if (last.ptr[0] == '@' && pm_looks_like_name(NULL, last))
		pm_action_set_owner(t->body, t->action, last);
	else if ((t->action->due.text.len ||
			 (t->action->state == PM_ACTION_DONE &&
				 !t->action->box)) &&
		 !pm_begins_with_verb(last) && pm_looks_like_name(NULL, last))
		/* "Renew the key: Ana, 2026-12-01", "...: Ana (done)" */
		pm_action_set_owner(t->body, t->action, last);
	else if (status != PM_ACTION_UNKNOWN && whole)
		pm_action_set_status(t->body, t->action, last);
	else if (status == PM_ACTION_DONE && pm_tracker_number(last).len)
		/* The cut title keeps no ticket. */
		t->action->state = PM_ACTION_DONE;
	else
		return !pm_begins_with_verb(last) &&
		       pm_action_read_beside(t, last);
	return true;
}

/* ":ana", "@ana", "DONE" behind a dash. */
static bool read_behind_dash(struct pm_action_words *t, struct pm_slice last)
{
	if (!is_nick(last))
		return read_tail_parts(t, last);
	pm_action_set_owner(t->body, t->action, last);
	return true;
}

/* Where the last word of a text begins. */
static size_t last_word(struct pm_slice s)
{
	size_t at = s.len;

	while (at > 0 && s.ptr[at - 1] != ' ' && s.ptr[at - 1] != '\n')
		at--;
	return at;
}

/* True for the dash of "due Q4 2025 - Q1 2026", where it parts nothing. */
static bool joins_periods(struct pm_slice before, struct pm_slice last)
{
	enum { WORDS = 2 };
	size_t at = before.len;

	if (!pm_action_is_period(last))
		return false;
	for (int i = 0; i < WORDS && at > 0; i++) {
		at = last_word(pm_slice_sub(before, 0, at - (i > 0)));
		if (pm_action_is_period(pm_slice_from(before, at)))
			return true;
	}
	return false;
}

/* Takes "- @ana", "— DONE" or a tick off the tail. */
static bool tail_dash(struct pm_action_words *t)
{
	struct pm_slice last = {NULL, 0};
	bool colon = false;
	size_t at = find_dash(t->rest, &last, &colon);

	if (!at || !last.len || last.len > LABEL_MAX ||
		joins_periods(
			pm_slice_trim(pm_slice_sub(t->rest, 0, at)), last) ||
		!(colon ? read_behind_colon(t, last)
			: read_behind_dash(t, last)))
		return false;
	t->rest.len = at;
	return true;
}

/* The next of the parts that " / " makes; names so joined are one part. */
static bool next_slashed(struct pm_slice *rest, struct pm_slice *part)
{
	static const char sign[] = " / ";
	size_t end = 0;

	if (!rest->len)
		return false;
	while (end < rest->len &&
		(!pm_slice_starts(pm_slice_from(*rest, end), sign) ||
			(rest->ptr[0] == '@' && end + 3 < rest->len &&
				rest->ptr[end + 3] == '@')))
		end++;
	*part = pm_trim_marks(pm_slice_sub(*rest, 0, end));
	*rest = pm_slice_from(*rest, end + sizeof sign - 1);
	return part->len > 0;
}

/* The marks that slashes part at the end of a text, "@ana / 2026-12-01": how
   many there are, and whether they say more than words would. */
static bool slashed_marks(const struct pm_action_words *t, struct pm_slice rest)
{
	bool sure = false;
	struct pm_slice part;

	for (int i = 0; i < PM_MARKS && next_slashed(&rest, &part); i++) {
		enum pm_mark mark = pm_mark_of(t, part);

		if (mark != PM_MARK_DUE && mark != PM_MARK_OWNER &&
			mark != PM_MARK_PRIORITY && mark != PM_MARK_STATUS)
			return false;
		sure = sure || mark == PM_MARK_DUE || part.ptr[0] == '@';
	}
	return sure && !rest.len;
}

/*
 * Takes "/ Ana / 2026-12-01" off the tail. Words stand between slashes as well
 * ("client / server"), so a date or a handle must be among the parts.
 */
static bool tail_slash(struct pm_action_words *t)
{
	static const char sign[] = " / ";
	struct pm_slice s = t->rest, rest, part;
	size_t from = s.len > PM_MARK_MOST ? s.len - PM_MARK_MOST : 1;

	for (ptrdiff_t at; (at = pm_slice_find(s, from + 1, '/')) >= 0;) {
		size_t i = (size_t)at - 1;

		from = i + 1;
		if (i + sizeof sign >= s.len ||
			!pm_slice_starts(pm_slice_from(s, i), sign))
			continue;
		rest = pm_slice_from(s, i + sizeof sign - 1);
		if (!slashed_marks(t, rest))
			continue;
		while (next_slashed(&rest, &part))
			pm_mark_apply(t, pm_mark_of(t, part), part);
		t->rest.len = i;
		return true;
	}
	return false;
}

/* The dash that parted an order from a handle behind it. */
static void cut_dash(struct pm_slice *text)
{
	static const char *const signs[] = {" -", " –", " —", " →", NULL};

	text->len -= pm_ends_in_one(*text, signs);
}

/*
 * Takes a bare handle off the tail: "Alert on backlog @ana". After a word
 * that needs it ("talk to @ana", "cc @bo") it is a part of the sentence.
 */
static bool tail_handle(struct pm_action_words *t)
{
	static const char *const needs[] = {"to", "with", "from", "by", "for",
		"of", "and", "or", "via", "cc", "ask", "ping", "contact",
		"thank", "thanks", "tell", "og", "til", "med", "fra", "av",
		"mit", "von", "und", "avec", "de", "et", "con", "y", "see",
		"than", "like", "as", "in", "at", "on", "package", NULL};
	struct pm_slice s = t->rest, name;
	size_t at = last_word(s);
	struct pm_scan scan = {s, 0, false};
	char word[PM_SCAN_WORD];

	/* "@Ana Lund", as pages of wikis have it when they are exported. */
	for (int i = 0; i < 2 && at > 1 && pm_is_capital(s.ptr[at]); i++)
		at = last_word(pm_slice_sub(s, 0, at - 1));
	name = pm_slice_from(s, at);
	if (at < 2 || name.len < 2 || name.ptr[0] != '@' ||
		!pm_looks_like_name(NULL, memchr(name.ptr, ' ', name.len)
						  ? pm_slice_from(name, 1)
						  : name))
		return false;
	scan.off = last_word(pm_slice_sub(s, 0, at - 1));
	/* "Pin @types/node": the name of a package. */
	if (!scan.off && memchr(name.ptr, '/', name.len) &&
		pm_begins_with_verb(s))
		return false;
	if (memchr(",:&/", s.ptr[at - 2], 4) ||
		(pm_scan_word(&scan, word) && pm_word_in(word, needs)) ||
		pm_is_link(t, name))
		return false;
	pm_action_set_owner(t->body, t->action, name);
	t->rest = pm_slice_trim(pm_slice_sub(s, 0, at - 1));
	cut_dash(&t->rest);
	return true;
}

/* Takes "— Ana" off the tail, with a ticket behind it: who and where are told
   as a pair. */
static bool tail_named(struct pm_action_words *t)
{
	struct pm_slice last = {NULL, 0};
	bool colon = false;
	size_t at = find_dash(t->rest, &last, &colon);

	if (!at || colon || last.len > LABEL_MAX ||
		pm_mark_of(t, last) != PM_MARK_OWNER ||
		pm_begins_with_verb(last))
		return false;
	pm_action_set_owner(t->body, t->action, pm_mark_owner(last));
	t->rest.len = at;
	return true;
}

/* Takes "(@ana) https://...", "(Ana) #12", "(Ana) – OPS-12", "@ana OPS-12" off
   the tail: the link, or the number of a ticket, is found by itself. */
static bool tail_linked(struct pm_action_words *t)
{
	struct pm_slice whole = t->rest;
	size_t at = last_word(whole);

	if (at < 2 || (!pm_slice_starts(pm_slice_from(whole, at), "http") &&
			      !pm_slice_starts(pm_slice_from(whole, at), "#") &&
			      !pm_tracker_number(pm_slice_from(whole, at)).len))
		return false;
	t->rest = pm_slice_trim(pm_slice_sub(whole, 0, at));
	cut_dash(&t->rest);
	if (tail_bracket(t) || tail_handle(t) || tail_named(t))
		return true;
	t->rest = whole;
	return false;
}

/* Takes "@March 5, 2024" off the tail: pages of wikis have days like people. */
static bool tail_mentioned_day(struct pm_action_words *t)
{
	enum { DAY_MAX = 30 };
	struct pm_slice s = t->rest, value;
	struct pm_stamp_date date;
	struct pm_scan scan;
	size_t from = s.len > DAY_MAX ? s.len - DAY_MAX : 0;
	const char *at =
		s.len ? memrchr(s.ptr + from, '@', s.len - from) : NULL;

	if (!at || at - s.ptr < 2 || at[-1] != ' ' || t->action->due.text.len)
		return false;
	value = pm_slice_from(s, (size_t)(at - s.ptr) + 1);
	scan = (struct pm_scan){value, 0, false};
	if (!pm_scan_date(&scan, &date) || !pm_scan_end(&scan))
		return false;
	pm_action_set_due(t->body, t->action, value);
	t->rest = pm_slice_trim(pm_slice_sub(s, 0, (size_t)(at - s.ptr)));
	return true;
}

/* "15/12" of "klart 15/12": when something will be ready; else empty. */
static struct pm_slice ready_day(struct pm_slice part)
{
	static const char *const words[] = {
		"klart", "klar", "ferdig", "færdig", "färdig"};
	ptrdiff_t blank = pm_slice_find(part, 0, ' ');
	struct pm_slice word, day;

	if (blank < 1)
		return (struct pm_slice){NULL, 0};
	word = pm_slice_sub(part, 0, (size_t)blank);
	day = pm_slice_trim(pm_slice_from(part, (size_t)blank));
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (pm_slice_is_nocase(word, words[i]) &&
			(pm_action_is_day(day) || pm_action_is_period(day)))
			return day;
	return (struct pm_slice){NULL, 0};
}

/*
 * Takes ", Ana, 2026-08-15" off the tail: a day behind a comma is when it is
 * due, and a name before that whose it is. A name alone may be one of a list.
 */
static bool tail_comma(struct pm_action_words *t)
{
	struct pm_slice s = t->rest, part;
	struct pm_stamp_date date;
	struct pm_scan scan;
	size_t at = s.len > LABEL_MAX ? s.len - LABEL_MAX - 1 : 0;
	const char *comma, *other;

	if (!s.len)
		return false;
	comma = memrchr(s.ptr + at, ',', s.len - at);
	while (comma && pm_comma_in_day(s, (size_t)(comma - s.ptr)))
		comma = memrchr(s.ptr + at, ',', (size_t)(comma - s.ptr) - at);
	other = memrchr(s.ptr + at, ';', s.len - at);
	if (!comma || (other && other > comma))
		comma = other;
	if (!comma || comma == s.ptr)
		return false;
	at = (size_t)(comma - s.ptr) + 1;
	part = pm_slice_trim(pm_slice_from(s, at));
	scan = (struct pm_scan){part, 0, false};
	if (pm_scan_date(&scan, &date) && pm_scan_end(&scan) &&
		!t->action->due.text.len)
		pm_action_set_due(t->body, t->action, part);
	else if (ready_day(part).len && !t->action->due.text.len)
		pm_action_set_due(t->body, t->action, ready_day(part));
	else if ((t->action->due.text.len ||
			 pm_mark_owner(part).len < part.len) &&
		 pm_mark_of(t, part) == PM_MARK_OWNER)
		pm_action_set_owner(t->body, t->action, pm_mark_owner(part));
	else
		return false;
	t->rest.len = at - 1;
	return true;
}

/* Takes ". Assigned to Ana Lund", ", owned by @bo" off the tail: a sentence, or
   the end of one, that says nothing else. */
static bool tail_assigned(struct pm_action_words *t)
{
	static const char *const leads[] = {". Assigned to ", ". Owned by ",
		", assigned to ", ", owned by ", ". Tildelt ",
		". Zugewiesen an ", NULL};

	return pm_holds_one(t->rest, ".,") &&
	       pm_action_tail_name(t, leads, LABEL_MAX);
}

/* What a sentence ends in, or one of its clauses. */
static bool tail_told(struct pm_action_words *t)
{
	return tail_assigned(t) || tail_comma(t);
}

/* Takes "2026/08/15まで", "@ana 2026-08-15" off the tail: a day alone there
   may be when something happened. */
static bool tail_until(struct pm_action_words *t)
{
	static const char until[] = "まで";
	struct pm_slice s = t->rest, value;
	struct pm_stamp_date date;
	struct pm_scan scan;
	size_t at = last_word(s);
	bool said = pm_slice_ends(s, until);

	value = pm_slice_from(s, at);
	if (said)
		value.len -= strlen(until);
	scan = (struct pm_scan){value, 0, false};
	if (!at || !pm_scan_date(&scan, &date) || !pm_scan_end(&scan))
		return false;
	if (!said && s.ptr[last_word(pm_slice_sub(s, 0, at - 1))] != '@')
		return false;
	pm_action_set_due(t->body, t->action, value);
	t->rest.len = at;
	return true;
}

/* Takes "by 1 May 2026", "before Q3" off the tail of a sentence. */
static bool tail_by(struct pm_action_words *t)
{
	static const char *const words[] = {" by ", " before ", " due ",
		" due: ", " innen ", " bis ", ", ETA ", " avant ", " antes ",
		" até ", " hasta ", " senast ", " entro ", " vóór ", " voor ",
		" do ", " до ", " frist ", " senest ", " inden ", " innan ",
		" tot ", " før "};
	/* What they begin with. */
	static const char letters[] = " abdefhistv\xC3\xD0";
	struct pm_slice s = t->rest, value = {NULL, 0};
	size_t from = s.len > SENTENCE_DAY ? s.len - SENTENCE_DAY : 1, at = 0;

	for (size_t i = from; i + 2 < s.len; i++) {
		if ((s.ptr[i] != ',' && s.ptr[i] != ' ') ||
			!memchr(letters, s.ptr[i + 1], sizeof letters - 1))
			continue;
		for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
			if (s.ptr[i + 1] == words[k][1] &&
				s.ptr[i + 2] == words[k][2] &&
				pm_slice_starts(
					pm_slice_from(s, i), words[k])) {
				at = i;
				value = pm_slice_trim(
					pm_slice_from(s, i + strlen(words[k])));
			}
	}
	if (!at)
		return false;
	if (!pm_action_is_period(value) && !pm_action_is_day(value))
		return false;
	pm_action_set_due(t->body, t->action, value);
	t->rest.len = at;
	return true;
}

/* A sign for what is begun or not yet, at the very end: "... (30.06.2026) ⏳".
 */
static bool tail_begun(struct pm_action_words *t)
{
	static const char *const begun[] = {
		"⏳", "⌛", "🚧", "🔄", "🏗️", ":construction:", NULL};
	static const char *const open[] = {"🔲", "⬜", "☐", "🔜", NULL};
	char last = t->rest.len ? t->rest.ptr[t->rest.len - 1] : '\0';
	size_t len;

	if (!(last & 0x80) && last != ':')
		return false;
	len = pm_ends_in_one(t->rest, begun);
	if (len && t->action->state == PM_ACTION_OPEN && !t->action->box)
		t->action->state = PM_ACTION_IN_PROGRESS;
	len = len ? len : pm_ends_in_one(t->rest, open);
	t->rest.len -= len < t->rest.len ? len : 0;
	return len > 0;
}

/* A tick, or DONE in capitals, at the very end. */
bool pm_action_tail_sign(struct pm_action_words *t)
{
	static const char *const signs[] = {"✅", "✔️", "✔", "☑️", "☑",
		"✓", " DONE", " Done", " Utført", " Ferdig", " Fullført",
		" Gjennomført", " Udført", " Færdig", " Utfört", " Klart",
		" Genomfört", " UTFØRT", " FERDIG", " FULLFØRT", " UDFØRT",
		" FÆRDIG", " UTFÖRT", " Gennemført", " Afsluttet", " Avsluttet",
		" KLART", " LUKKET", " Erledigt", " Umgesetzt", " ERLEDIGT",
		" Fait", " Terminé", " FAIT", " Hecho", " HECHO", " Fatto",
		" Feito", " Gedaan", "完了", "対応済み", "対応済",
		":white_check_mark:", ":heavy_check_mark:",
		":ballot_box_with_check:"};

	char last = t->rest.len ? t->rest.ptr[t->rest.len - 1] : '\0';
	size_t word = last_word(t->rest);

	/* What is no picture, nor called like one, is a word with a capital. */
	if (!(last & 0x80) && last != ':' &&
		(!word || word == t->rest.len ||
			!pm_is_capital(t->rest.ptr[word])))
		return false;
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		size_t len = strlen(signs[i]);

		if (last != signs[i][len - 1] || t->rest.len <= len ||
			!pm_slice_ends(t->rest, signs[i]))
			continue;
		t->rest.len -= len;
		t->action->state = PM_ACTION_DONE;
		return true;
	}
	return false;
}

/* True when a text ends in a handle, in a bracket of its own or bare, which
   begins behind an offset. */
static bool ends_in_handle(struct pm_slice s, size_t behind)
{
	bool bracket = pm_slice_ends(s, ")");
	size_t at = last_word(s);

	return at > behind && at + 2 < s.len && s.ptr[at - 1] == ' ' &&
	       (bracket ? s.ptr[at] == '(' && s.ptr[at + 1] == '@'
			: s.ptr[at] == '@' && at > 1 && s.ptr[at - 2] == ')');
}

void pm_action_tail_behind(struct pm_action_words *t, struct pm_slice all)
{
	struct pm_slice rest = t->rest;

	while (all.len && memchr(" .,;", all.ptr[all.len - 1], 4))
		all.len--;
	if (t->action->owner.text.len || !ends_in_handle(all, rest.len))
		return;
	t->rest = all;
	if (!tail_bracket(t))
		tail_handle(t);
	t->rest = rest;
}

/* Takes when it is due off the tail, in whatever words. */
static bool tail_day(struct pm_action_words *t)
{
	return tail_told(t) || pm_action_drawn_day(t) || tail_until(t) ||
	       tail_by(t) || tail_mentioned_day(t) || pm_action_exported_day(t);
}

void pm_action_read_tail(struct pm_action_words *t)
{
	for (int i = 0; i < PM_MARKS; i++) {
		while (t->rest.len &&
			memchr(" \t\n.,;", t->rest.ptr[t->rest.len - 1], 6))
			t->rest.len--;
		if (!pm_action_tail_sentence(t) && !pm_action_drawn_owner(t) &&
			!tail_bracket(t) && !pm_action_tail_set_off(t) &&
			!tail_linked(t) && !tail_slash(t) && !tail_dash(t) &&
			!pm_action_tail_sign(t) && !tail_begun(t) &&
			!tail_day(t) && !tail_handle(t) &&
			!pm_action_wide_tail(t))
			return;
	}
}
