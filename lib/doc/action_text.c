/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the words of one action say: "[x] Alert on backlog (@ana, due
 * 2026-12-01)", "**Ana**: write the runbook", "@bo will ask the vendor". Marks
 * are taken off the head and the tail while they can be read; what is left is
 * the title. A handle in the middle of a sentence owns nothing.
 */
#include "doc/actions.h"

#include <string.h>

#include "base/utf8.h"
#include "doc/stamp.h"
#include "doc/table.h"

/* Most marks taken off one end, so that no text is read many times; and how
   long, in bytes, what is taken for one may be. */
enum {
	MARKS = 6,
	VALUE_MAX = 80,
	LABEL_MAX = 60,
	BRACKET_MAX = 200,
	DAY_MAX = 30,      /* behind "by", "due" in brackets */
	SENTENCE_DAY = 40, /* the same with its word, at the end of a text */
};

struct text {
	struct pm_body *body;
	struct pm_action *action;
	const struct pm_md_run *runs;
	size_t nruns;
	struct pm_slice rest; /* not read yet */
};

/* "by 1 May", "due 2026-12-01", or a date alone. */
static bool is_due(struct pm_slice text, struct pm_slice *value)
{
	static const char *const words[] = {"by", "due", "before", "until",
		"deadline", "innen", "frist", "bis", "avant", "antes", "eta",
		"target", "hasta", "ate", "senast", NULL};
	/* Words of other things too: a day has to follow. */
	static const char *const before[] = {"entro", "voor", "do", "до", NULL};
	struct pm_scan scan = {pm_slice_trim(text), 0, false};
	struct pm_stamp_date date;
	char word[PM_SCAN_WORD];
	size_t at = 0;
	bool said = false;

	if (pm_scan_word(&scan, word) && pm_word_in(word, before)) {
		*value = pm_slice_trim(pm_slice_from(scan.text, scan.off));
		return pm_action_is_day(*value) || pm_action_is_period(*value);
	}
	scan.off = 0;
	while (pm_scan_word(&scan, word) && pm_word_in(word, words)) {
		said = true;
		pm_scan_any(&scan, ":");
		pm_scan_blanks(&scan);
		at = scan.off;
	}
	scan.off = at;
	*value = pm_slice_from(scan.text, scan.off);
	if (!said)
		return (pm_scan_date(&scan, &date) && pm_scan_end(&scan)) ||
		       pm_action_is_period(*value);
	return value->len > 0 && value->len <= DAY_MAX;
}

/* True when the text of a bracket is a link's, as "(issue)" mostly is. */
static bool is_link(const struct text *t, struct pm_slice inner)
{
	for (size_t i = 0; i < t->nruns; i++) {
		const struct pm_md_run *run = &t->runs[i];

		if (run->url.len && run->text.ptr >= inner.ptr &&
			run->text.ptr < inner.ptr + inner.len)
			return true;
	}
	return false;
}

/* What one text in brackets is. */
enum mark {
	MARK_NONE, /* words of the title */
	MARK_EMPTY,
	MARK_KEY,
	MARK_DUE,
	MARK_STATUS,
	MARK_OWNER,
	MARK_PRIORITY,
	MARK_TRACKER,
};

/* P0 to P4. */
static bool is_priority(struct pm_slice text)
{
	return text.len == 2 && (text.ptr[0] | 32) == 'p' &&
	       text.ptr[1] >= '0' && text.ptr[1] <= '4';
}

/* "owner @ana", "assigned to Bo": what stands behind the word; else all. */
static struct pm_slice owner_value(struct pm_slice text)
{
	for (size_t i = 1; i + 1 < text.len && i < VALUE_MAX; i++)
		if (text.ptr[i] == ' ' &&
			(text.ptr[i + 1] == '@' ||
				(text.ptr[i + 1] >= 'A' &&
					text.ptr[i + 1] <= 'Z')) &&
			pm_column_named(pm_slice_sub(text, 0, i)) ==
				PM_COLUMN_OWNER)
			return pm_slice_trim(pm_slice_from(text, i));
	return text;
}

static enum mark classify(const struct text *t, struct pm_slice inner)
{
	const struct pm_policy *policy = t->body->doc->private->policy;
	enum pm_action_status status;
	struct pm_slice value;
	bool whole;

	if (!inner.len)
		return MARK_EMPTY;
	if (pm_action_is_key(inner))
		return MARK_KEY;
	if (is_due(inner, &value))
		return MARK_DUE;
	if (is_link(t, inner) || pm_tracker_url(inner))
		return MARK_TRACKER;
	status = pm_status_of(inner, &whole);
	if (status != PM_ACTION_UNKNOWN && (whole || status == PM_ACTION_DONE))
		return MARK_STATUS;
	if (is_priority(inner))
		return MARK_PRIORITY;
	if (pm_looks_like_name(policy, owner_value(inner)) ||
		(inner.ptr[0] & 0x80 && pm_person_known(t->body, inner)))
		return MARK_OWNER;
	return pm_tracker_number(inner).len == inner.len ? MARK_TRACKER
							 : MARK_NONE;
}

static void apply(struct text *t, enum mark mark, struct pm_slice inner)
{
	struct pm_slice value;
	bool whole;

	if (mark == MARK_KEY) {
		pm_action_read_key(t->body, t->action, inner);
	} else if (mark == MARK_DUE && is_due(inner, &value)) {
		pm_action_set_due(t->body, t->action, value);
	} else if (mark == MARK_OWNER) {
		pm_action_set_owner(t->body, t->action, owner_value(inner));
	} else if (mark == MARK_PRIORITY) {
		if (!t->action->priority.text.len)
			t->action->priority =
				pm_action_field(t->body, t->action, inner);
	} else if (mark == MARK_STATUS) {
		pm_action_set_status(t->body, t->action, inner);
		t->action->state = pm_status_of(inner, &whole);
	}
}

/* The next of the parts that commas make of a bracket. */
static bool next_part(struct pm_slice *rest, struct pm_slice *part)
{
	static const char wide[] = "、";
	size_t end = 0;
	bool is_wide = false;

	if (!rest->len)
		return false;
	while (end < rest->len && rest->ptr[end] != ',' &&
		rest->ptr[end] != ';' &&
		!(is_wide = pm_slice_starts(pm_slice_from(*rest, end), wide)))
		end++;
	*part = pm_trim_marks(pm_slice_sub(*rest, 0, end));
	*rest = pm_slice_from(*rest, end + (is_wide ? sizeof wide - 1 : 1));
	return true;
}

/* Reads what stands in brackets, "(@ana, due 5 May)"; false leaves it in the
   title, as all of it is when one part of it says nothing. */
static bool read_bracket(struct text *t, struct pm_slice inner)
{
	struct pm_slice rest, part;
	enum mark mark;

	inner = pm_trim_marks(inner);
	mark = classify(t, inner);
	if (mark != MARK_NONE) {
		apply(t, mark, inner);
		return true;
	}
	for (rest = inner; next_part(&rest, &part);)
		if (part.len == inner.len || classify(t, part) == MARK_NONE)
			return false;
	for (rest = inner; next_part(&rest, &part);)
		apply(t, classify(t, part), part);
	return true;
}

static const struct {
	const char *open, *close;
} brackets[] = {
	{"(", ")"},
	{"[", "]"},
	{"（", "）"},
	{"【", "】"},
};

enum { BRACKETS = sizeof brackets / sizeof brackets[0] };

/* Takes one pair of brackets off the tail. */
static bool tail_bracket(struct text *t)
{
	struct pm_slice s = t->rest;
	size_t kind = 0, open, close, i;

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
		!read_bracket(t, pm_slice_sub(s, i, s.len - close - i)))
		return false;
	t->rest.len = i - open;
	return true;
}

/* "(assigned to @ana" is left of a bracket when a key in it was read: the rest
   of it is read as a bracket is. */
static void tail_opened(struct text *t)
{
	size_t open = t->rest.len;
	char c = '\0';

	while (open > 0 && (c = t->rest.ptr[open - 1]) != '(' && c != ')' &&
		c != '[' && c != ']')
		open--;
	if (open > 1 && (c == '(' || c == '[') &&
		read_bracket(t, pm_slice_from(t->rest, open)))
		t->rest.len = open - 1;
}

/* Two to four signs of a script without capitals: the length of names there. */
static bool is_wide_name(struct pm_slice text)
{
	size_t signs = 0;
	uint32_t cp;

	for (size_t off = 0; off < text.len && signs <= 4; signs++) {
		off += pm_utf8_next(text, off, &cp);
		if (cp < 0x3000 || !pm_utf8_word(cp))
			return false;
	}
	return signs >= 2 && signs <= 4;
}

/*
 * What one part behind a dash is. Words follow dashes as well ("- Phase Two"),
 * so a name counts only as a handle, after a word for owners, beside a date
 * or a state, or in a script without capitals, whose names have titles.
 */
static enum mark tail_part(
	const struct text *t, struct pm_slice part, bool dated)
{
	const struct pm_policy *policy = t->body->doc->private->policy;
	enum mark mark = classify(t, part);
	struct pm_slice owner;
	bool whole;

	if (mark == MARK_OWNER) {
		owner = owner_value(part);
		return dated || owner.ptr[0] == '@' || owner.len < part.len ||
				       owner.ptr[0] & 0x80 ||
				       (policy->people.len &&
					       pm_names_has(
						       &policy->people, owner))
			       ? mark
			       : MARK_NONE;
	}
	if (mark == MARK_STATUS) {
		pm_status_of(part, &whole);
		return whole ? mark : MARK_NONE;
	}
	if (mark == MARK_NONE && dated && is_wide_name(part))
		return MARK_OWNER;
	return mark == MARK_TRACKER ? MARK_NONE : mark;
}

/* "@ana", "DONE", "assigned to Ana, due 1 May" behind a dash. */
static bool read_tail_parts(struct text *t, struct pm_slice last)
{
	struct pm_slice rest, part;
	bool dated = t->action->due.text.len || t->action->status.text.len ||
		     t->action->priority.text.len;

	for (rest = last; next_part(&rest, &part);)
		dated = dated || classify(t, part) == MARK_DUE;
	for (rest = last; next_part(&rest, &part);)
		if (tail_part(t, part, dated) <= MARK_EMPTY)
			return false;
	for (rest = last; next_part(&rest, &part);)
		apply(t, tail_part(t, part, dated), part);
	return true;
}

/* ":ana", as people are called in Bugzilla; ":tada:" is an emoji. */
static bool is_nick(struct pm_slice text)
{
	return text.len > 2 && text.ptr[0] == ':' &&
	       text.ptr[text.len - 1] != ':' &&
	       pm_person_valid(pm_slice_from(text, 1));
}

/* True for a blank before one of some bytes: what can begin one of many signs
   is looked at before them all. */
static bool begins_with(struct pm_slice s, size_t i, const char *bytes)
{
	return s.ptr[i] == ' ' && i + 1 < s.len && strchr(bytes, s.ptr[i + 1]);
}

/* Finds the last dash or colon of a text: what stands behind it, and whether it
   is a colon. Returns where it stands, 0 when there is none. */
static size_t find_dash(struct pm_slice s, struct pm_slice *last, bool *colon)
{
	static const char *const signs[] = {" - ", " – ", " — ", " -- ", " -> ",
		" → ", " => ", " | ", ": "};
	enum { SIGNS = sizeof signs / sizeof signs[0] };
	size_t at = 0;

	for (size_t i = s.len > VALUE_MAX ? s.len - VALUE_MAX : 1; i < s.len;
		i++) {
		if (s.ptr[i] != ':' && !begins_with(s, i, "-=|\xE2"))
			continue;
		for (size_t k = 0; k < SIGNS; k++)
			if (pm_slice_starts(pm_slice_from(s, i), signs[k])) {
				at = i;
				*colon = k == SIGNS - 1;
				*last = pm_slice_trim(
					pm_slice_from(s, i + strlen(signs[k])));
			}
	}
	return at;
}

/* "@ana", "done in #77": what follows a colon is mostly the order itself. */
static bool read_behind_colon(struct text *t, struct pm_slice last)
{
	bool whole;
	enum pm_action_status status = pm_status_of(last, &whole);

	if (last.ptr[0] == '@' && pm_looks_like_name(NULL, last))
		pm_action_set_owner(t->body, t->action, last);
	else if (status != PM_ACTION_UNKNOWN && whole)
		pm_action_set_status(t->body, t->action, last);
	else if (status == PM_ACTION_DONE && pm_tracker_number(last).len)
		/* The cut title keeps no ticket. */
		t->action->state = PM_ACTION_DONE;
	else
		return false;
	return true;
}

/* ":ana", "@ana", "DONE" behind a dash. */
static bool read_behind_dash(struct text *t, struct pm_slice last)
{
	if (!is_nick(last))
		return read_tail_parts(t, last);
	pm_action_set_owner(t->body, t->action, last);
	return true;
}

/* Takes "- @ana", "— DONE" or a tick off the tail. */
static bool tail_dash(struct text *t)
{
	struct pm_slice last = {NULL, 0};
	bool colon = false;
	size_t at = find_dash(t->rest, &last, &colon);

	if (!at || !last.len || last.len > LABEL_MAX ||
		!(colon ? read_behind_colon(t, last)
			: read_behind_dash(t, last)))
		return false;
	t->rest.len = at;
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

/*
 * Takes a bare handle off the tail: "Alert on backlog @ana". After a word
 * that needs it ("talk to @ana", "cc @bo") it is a part of the sentence.
 */
static bool tail_handle(struct text *t)
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
	for (int i = 0; i < 2 && at > 1 && s.ptr[at] >= 'A' && s.ptr[at] <= 'Z';
		i++)
		at = last_word(pm_slice_sub(s, 0, at - 1));
	name = pm_slice_from(s, at);
	if (at < 2 || name.len < 2 || name.ptr[0] != '@' ||
		!pm_looks_like_name(NULL, memchr(name.ptr, ' ', name.len)
						  ? pm_slice_from(name, 1)
						  : name))
		return false;
	scan.off = last_word(pm_slice_sub(s, 0, at - 1));
	if (memchr(",:&/", s.ptr[at - 2], 4) ||
		(pm_scan_word(&scan, word) && pm_word_in(word, needs)) ||
		is_link(t, name))
		return false;
	pm_action_set_owner(t->body, t->action, name);
	t->rest.len = at - 1;
	return true;
}

/*
 * Takes ", Ana, 2026-08-15" off the tail: a day behind a comma is when it is
 * due, and a name before that whose it is. A name alone may be one of a list.
 */
static bool tail_comma(struct text *t)
{
	struct pm_slice s = t->rest, part;
	struct pm_stamp_date date;
	struct pm_scan scan;
	size_t at = s.len;

	while (at > 0 && s.len - at < LABEL_MAX && s.ptr[at - 1] != ',')
		at--;
	if (at < 2 || s.ptr[at - 1] != ',')
		return false;
	part = pm_slice_trim(pm_slice_from(s, at));
	scan = (struct pm_scan){part, 0, false};
	if (pm_scan_date(&scan, &date) && pm_scan_end(&scan) &&
		!t->action->due.text.len)
		pm_action_set_due(t->body, t->action, part);
	else if (t->action->due.text.len && classify(t, part) == MARK_OWNER)
		pm_action_set_owner(t->body, t->action, owner_value(part));
	else
		return false;
	t->rest.len = at - 1;
	return true;
}

/* Takes "2026/08/15まで", "@ana 2026-08-15" off the tail: a day alone there
   may be when something happened. */
static bool tail_until(struct text *t)
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
static bool tail_by(struct text *t)
{
	static const char *const words[] = {" by ", " before ", " due ",
		" innen ", " bis ", ", ETA ", " avant ", " antes ", " até ",
		" hasta ", " senast ", " entro ", " vóór ", " voor ", " do ",
		" до "};
	struct pm_slice s = t->rest, value = {NULL, 0};
	size_t from = s.len > SENTENCE_DAY ? s.len - SENTENCE_DAY : 1, at = 0;

	for (size_t i = from; i < s.len; i++) {
		if (s.ptr[i] != ',' && !begins_with(s, i, "abdehisv\xD0"))
			continue;
		for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
			if (pm_slice_starts(pm_slice_from(s, i), words[k])) {
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

/* A tick, or DONE in capitals, at the very end. */
static bool tail_sign(struct text *t)
{
	static const char *const signs[] = {"✅", "✔️", "✔", "☑️", "☑",
		"✓", " DONE", " Done", "完了", "対応済み", "対応済"};

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		size_t len = strlen(signs[i]);

		if (t->rest.len <= len ||
			memcmp(t->rest.ptr + t->rest.len - len, signs[i],
				len) != 0)
			continue;
		t->rest.len -= len;
		t->action->state = PM_ACTION_DONE;
		return true;
	}
	return false;
}

void pm_action_read_loose(
	struct pm_body *body, struct pm_action *action, struct pm_slice text)
{
	struct pm_slice rest, part, value;
	bool whole;

	for (rest = text; next_part(&rest, &part);)
		if (is_due(part, &value) &&
			(pm_action_is_day(value) || pm_action_is_period(value)))
			pm_action_set_due(body, action, value);
		else if (pm_status_of(part, &whole) != PM_ACTION_UNKNOWN &&
			 whole)
			pm_action_set_status(body, action, part);
}

static void read_tail(struct text *t)
{
	for (int i = 0; i < MARKS; i++) {
		while (t->rest.len &&
			memchr(" \t\n.,;", t->rest.ptr[t->rest.len - 1], 6))
			t->rest.len--;
		if (!tail_bracket(t) && !tail_dash(t) && !tail_sign(t) &&
			!tail_comma(t) && !tail_until(t) && !tail_by(t) &&
			!tail_handle(t))
			return;
	}
}

/* "[Ana] ...", "(P1) ...": one pair of brackets at the head. */
static bool head_bracket(struct text *t)
{
	char close = t->rest.len && t->rest.ptr[0] == '['   ? ']'
		     : t->rest.len && t->rest.ptr[0] == '(' ? ')'
							    : '\0';
	ptrdiff_t end;
	struct pm_slice inner;
	enum mark mark;

	if (!close || (end = pm_slice_find(t->rest, 0, close)) < 2 ||
		end > VALUE_MAX / 2)
		return false;
	inner = pm_trim_marks(pm_slice_sub(t->rest, 1, (size_t)end - 1));
	mark = classify(t, inner);
	if (mark != MARK_OWNER && mark != MARK_STATUS &&
		mark != MARK_PRIORITY && mark != MARK_KEY)
		return false;
	apply(t, mark, inner);
	t->rest = pm_slice_trim(pm_slice_from(t->rest, (size_t)end + 1));
	return true;
}

/* DONE in capitals before the words. */
static bool head_word(struct text *t)
{
	static const char *const words[] = {"DONE", "COMPLETED", "FIXED"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t len = strlen(words[i]);

		if (!pm_slice_starts(t->rest, words[i]) || t->rest.len <= len ||
			!memchr(" :-.)", t->rest.ptr[len], 5))
			continue;
		t->rest = pm_slice_from(t->rest, len);
		while (t->rest.len && memchr(" :-.)", t->rest.ptr[0], 5))
			t->rest = pm_slice_from(t->rest, 1);
		t->action->state = PM_ACTION_DONE;
		return true;
	}
	return false;
}

/* One mark at the head: a box, a tick, a status or a label. */
static bool head_mark(struct text *t)
{
	static const struct {
		const char *sign;
		enum pm_action_status status;
	} signs[] = {
		{"[x]", PM_ACTION_DONE},
		{"[X]", PM_ACTION_DONE},
		{"[ ]", PM_ACTION_OPEN},
		{"[]", PM_ACTION_OPEN},
		{"☐", PM_ACTION_OPEN},
		{"🔲", PM_ACTION_OPEN},
		{"⬜", PM_ACTION_OPEN},
		{"☑️", PM_ACTION_DONE},
		{"☑", PM_ACTION_DONE},
		{"✅", PM_ACTION_DONE},
		{"✔️", PM_ACTION_DONE},
		{"✔", PM_ACTION_DONE},
		{"✓", PM_ACTION_DONE},
		{"Done:", PM_ACTION_DONE},
		{"TODO:", PM_ACTION_OPEN},
		{"[TODO]", PM_ACTION_OPEN},
		/* Boxes of other editors: given up, begun, moved. */
		{"[-]", PM_ACTION_OPEN},
		{"[~]", PM_ACTION_OPEN},
		{"[/]", PM_ACTION_OPEN},
		{"[>]", PM_ACTION_OPEN},
	};

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		if (!pm_slice_starts(t->rest, signs[i].sign))
			continue;
		t->rest = pm_slice_trim(
			pm_slice_from(t->rest, strlen(signs[i].sign)));
		if (signs[i].status == PM_ACTION_DONE)
			t->action->state = PM_ACTION_DONE;
		return true;
	}
	return head_bracket(t) || head_word(t) ||
	       pm_take_action_label(&t->rest, false);
}

/* The handles a text begins with: "@ana", "@ana and @bo", "@ana/@bo". */
static size_t leading_handles(struct pm_slice text)
{
	static const char *const joints[] = {
		" and @", " & @", ", @", " / @", "/@", " + @", " og @"};
	size_t len = 0, joint;

	do {
		while (len < text.len && !memchr(" :,;)/", text.ptr[len], 6))
			len++;
		for (joint = 0; joint < sizeof joints / sizeof joints[0];
			joint++)
			if (pm_slice_starts(
				    pm_slice_from(text, len), joints[joint]))
				break;
		if (joint < sizeof joints / sizeof joints[0])
			len += strlen(joints[joint]);
	} while (joint < sizeof joints / sizeof joints[0]);
	/* The slash of a team is no joint. */
	while (len < text.len && !memchr(" :,;)", text.ptr[len], 5))
		len++;
	return len;
}

/* The handle or bold name a text begins with, 0 when there is none. */
static size_t leading_name(const struct text *t)
{
	const struct pm_md_run *run = t->runs;

	if (t->rest.len && t->rest.ptr[0] == '@')
		return leading_handles(t->rest);
	for (size_t i = 0; i < t->nruns; i++, run++)
		if (run->style & (PM_MD_STRONG | PM_MD_EMPHASIS) &&
			run->text.ptr == t->rest.ptr)
			return run->text.len;
	return pm_known_name(t->body, t->rest);
}

/* "@ana will ...", "@ana: ...", "**Ana**: ..." */
static void read_head_name(struct text *t)
{
	static const char *const acts[] = {"will", "to", "should", "must", "is",
		"skal", "ska", "wird", "va", "doit", "debe", "needs", NULL};
	size_t len = leading_name(t);
	struct pm_slice name = pm_slice_sub(t->rest, 0, len);
	struct pm_scan scan = {t->rest, len, false};
	char word[PM_SCAN_WORD];
	bool colon;

	if (!len) {
		len = pm_acting_name(t->body, t->rest);
		if (len)
			pm_action_set_owner(t->body, t->action,
				pm_slice_sub(t->rest, 0, len));
		return;
	}
	name = pm_slice_trim(name);
	colon = name.len && name.ptr[name.len - 1] == ':';
	if (colon)
		name.len--;
	pm_scan_blanks(&scan);
	colon = colon || pm_scan_any(&scan, ":") || pm_scan_take(&scan, "->") ||
		pm_scan_any(&scan, "-") || pm_scan_take(&scan, "–") ||
		pm_scan_take(&scan, "—") || pm_scan_take(&scan, "→");
	if (!pm_looks_like_name(t->body->doc->private->policy, name) &&
		!pm_person_known(t->body, name))
		return;
	if (colon) {
		pm_scan_blanks(&scan);
		t->rest = pm_slice_from(t->rest, scan.off);
	} else if (!pm_scan_word(&scan, word) ||
		   (!pm_word_in(word, acts) &&
			   !pm_begins_with_verb(pm_slice_from(t->rest, len)))) {
		return;
	}
	pm_action_set_owner(t->body, t->action, name);
}

/* Struck through from end to end, or ending in "_done in ..._". */
static void read_styles(struct text *t)
{
	size_t struck = 0, all = 0, i;
	bool whole;

	for (i = 0; i < t->nruns; i++) {
		const struct pm_md_run *run = &t->runs[i];

		all += pm_slice_trim(run->text).len;
		if (run->style & PM_MD_STRIKE)
			struck += pm_slice_trim(run->text).len;
	}
	if (struck && struck * 10 >= all * 8)
		t->action->state = PM_ACTION_DONE;
	while (i > 0) {
		const struct pm_md_run *run = &t->runs[--i];
		struct pm_slice text = pm_trim_marks(run->text);

		if (!text.len)
			continue;
		if (run->style & PM_MD_EMPHASIS &&
			pm_status_of(text, &whole) == PM_ACTION_DONE)
			t->action->state = PM_ACTION_DONE;
		return;
	}
}

void pm_action_read_text(struct pm_body *body, struct pm_action *action,
	const struct pm_text_line *line)
{
	struct text t = {.body = body,
		.action = action,
		.runs = &body->md->runs[line->run],
		.nruns = line->nruns,
		.rest = pm_slice_trim(line->text)};

	for (int i = 0; i < MARKS && head_mark(&t); i++)
		;
	read_head_name(&t);
	/* A tick behind "(Owner: ana)" would go with it. */
	if (t.rest.len && t.rest.ptr[t.rest.len - 1] & 0x80 &&
		memchr(t.rest.ptr, ')', t.rest.len))
		tail_sign(&t);
	pm_action_read_keys(body, action, &t.rest);
	tail_opened(&t);
	read_tail(&t);
	read_styles(&t);
	action->title = pm_action_field(body, action, pm_slice_trim(t.rest));
}
