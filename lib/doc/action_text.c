/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the words of one action say: "[x] Alert on backlog (@ana, due
 * 2026-12-01)", "**Ana**: write the runbook", "@bo will ask the vendor". Marks
 * are taken off the head and the tail while they can be read; what is left is
 * the title. A handle in the middle of a sentence owns nothing.
 */
#include "doc/actions.h"

#include <string.h>

#include "doc/stamp.h"
#include "doc/table.h"

/* Most marks taken off one end, so that no text is read many times. */
enum { MARKS = 6, VALUE_MAX = 80, KEY_MAX = 40, LABEL_MAX = 60, REACH = 4096 };

struct text {
	struct pm_body *body;
	struct pm_action *action;
	const struct pm_md_run *runs;
	size_t nruns;
	struct pm_slice rest; /* not read yet */
};

static bool blank_or_mark(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '.' || c == ',' ||
	       c == ';';
}

static struct pm_slice trim_marks(struct pm_slice s)
{
	s = pm_slice_trim(s);
	while (s.len && memchr("_*`\"", s.ptr[0], 4))
		s = pm_slice_from(s, 1);
	while (s.len && (blank_or_mark(s.ptr[s.len - 1]) ||
				memchr("_*`\"", s.ptr[s.len - 1], 4)))
		s.len--;
	return s;
}

/* A value with its place in the line of the action, if it stands there. */
static struct pm_field field_of(const struct pm_body *body,
	const struct pm_action *action, struct pm_slice value)
{
	struct pm_slice src = body->doc->src;
	struct pm_field field = {.text = value};
	size_t room = action->span.len;
	const char *at;

	/* Items hold items: looking through all of each would be quadratic. */
	if (room > REACH)
		room = REACH;
	if (!value.len)
		return field;
	at = memmem(src.ptr + action->span.off, room, value.ptr, value.len);
	if (at)
		field.span =
			(struct pm_span){(size_t)(at - src.ptr), value.len};
	return field;
}

/* Words of other languages for nobody; doc.c knows the English ones. */
static bool names_nobody(struct pm_slice owner)
{
	static const char *const words[] = {"要アサイン", "未定", "未アサイン",
		"なし", "無し", "ingen", "ikke tildelt", "ikke avklart",
		"ikke satt", "uavklart", "offen", "keiner", "niemand",
		"personne", "nadie", "por definir", "sin asignar", "?", "？"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (pm_slice_is_nocase(owner, words[i]))
			return true;
	return !pm_doc_names_person(owner);
}

void pm_action_set_owner(
	struct pm_body *body, struct pm_action *action, struct pm_slice owner)
{
	owner = trim_marks(owner);
	if (action->owner.text.len || !owner.len || names_nobody(owner))
		return;
	action->owner = field_of(body, action, owner);
}

/* A day without a year: the first one that is not long before the incident. */
static int due_year(struct pm_body *body, const struct pm_stamp_date *date)
{
	struct pm_date day = {0}, due;

	if (!pm_body_day(body, &day))
		return 0;
	due = (struct pm_date){day.year, date->month, date->day};
	if (pm_date_to_days(due) + 30 < pm_date_to_days(day))
		due.year++;
	return due.year;
}

/* The day in a value, written as ISO; false when there is none in it. */
static bool due_date(
	struct pm_body *body, struct pm_slice due, struct pm_date *out)
{
	struct pm_scan scan = {due, 0, false};
	struct pm_stamp_date date;

	pm_scan_blanks(&scan);
	if (pm_scan_date(&scan, &date) && date.month && !date.ambiguous) {
		if (!date.year)
			date.year = due_year(body, &date);
		*out = (struct pm_date){date.year, date.month, date.day};
		return date.year && pm_date_valid(*out);
	}
	return pm_stamp_find_date(due, out);
}

void pm_action_set_due(
	struct pm_body *body, struct pm_action *action, struct pm_slice due)
{
	struct pm_date date;

	due = trim_marks(due);
	if (action->due.text.len || !due.len || names_nobody(due) ||
		pm_says_nothing(body, due))
		return;
	action->due = field_of(body, action, due);
	if (!due_date(body, due, &date))
		return;
	action->due_date = date;
	action->due.text = pm_slice_str(pm_arena_printf(body->arena,
		"%04d-%02u-%02u", date.year, date.month, date.day));
}

void pm_action_set_status(
	struct pm_body *body, struct pm_action *action, struct pm_slice status)
{
	bool whole;
	enum pm_action_status state;

	status = trim_marks(status);
	if (!status.len || action->status.text.len)
		return;
	state = pm_status_of(status, &whole);
	if (state == PM_ACTION_UNKNOWN && pm_says_nothing(body, status))
		return;
	action->status = field_of(body, action, status);
	action->state = state;
}

/* The key a text begins with, "Owner:", and where its value starts. */
static enum pm_column_kind key_at(struct pm_slice text, size_t *value)
{
	size_t end = 0;

	while (end < text.len && end < KEY_MAX && text.ptr[end] != ':' &&
		!memchr("\n().,;[]", text.ptr[end], 8) &&
		!(text.ptr[end] & 0x80 &&
			pm_slice_starts(pm_slice_from(text, end), "：")))
		end++;
	if (end == 0 || end >= text.len)
		return PM_COLUMN_OTHER;
	if (text.ptr[end] == ':')
		*value = end + 1;
	else if (pm_slice_starts(pm_slice_from(text, end), "："))
		*value = end + strlen("：");
	else
		return PM_COLUMN_OTHER;
	return pm_column_named(trim_marks(pm_slice_sub(text, 0, end)));
}

/* True where a value ends within a text: at a separator or a bracket. */
static bool value_ends(struct pm_slice rest)
{
	static const char *const signs[] = {
		" - ", " – ", " — ", " (", ". ", "、", "，", "）", "】", "　"};

	if (memchr(";|\n)]", rest.ptr[0], 5))
		return true;
	/* "@ana, @bo" is one value. */
	if (rest.ptr[0] == ',')
		return rest.len < 3 || rest.ptr[2] != '@';
	if (rest.ptr[0] != ' ' && rest.ptr[0] != '.' && !(rest.ptr[0] & 0x80))
		return false;
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (pm_slice_starts(rest, signs[i]))
			return true;
	return false;
}

static struct pm_slice value_text(struct pm_slice text)
{
	size_t end = 0;

	while (end < text.len && end < VALUE_MAX &&
		!(end && value_ends(pm_slice_from(text, end))))
		end++;
	return pm_slice_sub(text, 0, end);
}

static bool set_value(struct pm_body *body, struct pm_action *action,
	enum pm_column_kind kind, struct pm_slice value)
{
	switch (kind) {
	case PM_COLUMN_OWNER:
		pm_action_set_owner(body, action, value);
		return true;
	case PM_COLUMN_DUE:
		pm_action_set_due(body, action, value);
		return true;
	case PM_COLUMN_STATUS:
		pm_action_set_status(body, action, value);
		return true;
	case PM_COLUMN_PRIORITY:
		if (!action->priority.text.len)
			action->priority =
				field_of(body, action, trim_marks(value));
		return true;
	case PM_COLUMN_TYPE:
		if (!action->type.text.len)
			action->type =
				field_of(body, action, trim_marks(value));
		return true;
	case PM_COLUMN_TRACKER:
		return true;
	default:
		return false;
	}
}

bool pm_action_read_key(
	struct pm_body *body, struct pm_action *action, struct pm_slice text)
{
	size_t value = 0;
	enum pm_column_kind kind = key_at(text, &value);

	return kind &&
	       set_value(body, action, kind,
		       value_text(pm_slice_trim(pm_slice_from(text, value))));
}

/* True when a sign of a script without spaces parts clauses before i. */
static bool wide_separator(struct pm_slice text, size_t i)
{
	static const char *const signs[] = {
		"（", "、", "　", "，", "；", "／", "・", "。", "【"};

	if (i < 3 || !(text.ptr[i - 1] & 0x80))
		return false;
	for (size_t k = 0; k < sizeof signs / sizeof signs[0]; k++)
		if (memcmp(text.ptr + i - 3, signs[k], 3) == 0)
			return true;
	return false;
}

/* True where a key may begin: after a separator, or a capital letter. */
static bool clause_start(struct pm_slice text, size_t i)
{
	char before = text.ptr[i - 1];
	unsigned char c = (unsigned char)text.ptr[i];

	if (memchr("([,;|\n", before, 6) || wide_separator(text, i))
		return true;
	if (before != ' ')
		return false;
	return (c >= 'A' && c <= 'Z') || c >= 0xC3 || c == '*' ||
	       (i > 1 && memchr("([,;|-", text.ptr[i - 2], 6));
}

/* Where the key that ends in the colon at an offset begins: the longest of
   up to three words that pm knows; 0 when it is no key. */
static size_t key_start(
	struct pm_slice text, size_t colon, enum pm_column_kind *kind)
{
	size_t from = colon > KEY_MAX ? colon - KEY_MAX : 1;
	size_t value;

	for (size_t i = from; i < colon; i++) {
		if (!clause_start(text, i))
			continue;
		*kind = key_at(pm_slice_from(text, i), &value);
		if (i + value > colon &&
			(*kind == PM_COLUMN_OWNER || *kind == PM_COLUMN_DUE ||
				*kind == PM_COLUMN_STATUS ||
				*kind == PM_COLUMN_PRIORITY))
			return i;
	}
	return 0;
}

/* The next colon that may end a key, or the end of the text. */
static size_t next_colon(struct pm_slice text, size_t from, size_t *len)
{
	static const char wide[] = "：";

	for (size_t i = from; i < text.len; i++) {
		if (text.ptr[i] == ':' &&
			!pm_slice_starts(pm_slice_from(text, i), "://")) {
			*len = 1;
			return i;
		}
		if (text.ptr[i] == wide[0] &&
			pm_slice_starts(pm_slice_from(text, i), wide)) {
			*len = sizeof wide - 1;
			return i;
		}
	}
	return text.len;
}

/* Reads "Owner: ana", "(due: 5 May)" behind the words of the action. */
static void read_keys(struct text *t)
{
	size_t cut = t->rest.len, len = 0;
	size_t colon = next_colon(t->rest, 1, &len);

	for (int keys = 0; colon < t->rest.len && keys < 4 * MARKS; keys++) {
		enum pm_column_kind kind = PM_COLUMN_OTHER;
		size_t start = key_start(t->rest, colon, &kind);

		if (start) {
			set_value(t->body, t->action, kind,
				value_text(pm_slice_trim(
					pm_slice_from(t->rest, colon + len))));
			if (cut > start)
				cut = start;
		}
		colon = next_colon(t->rest, colon + len, &len);
	}
	if (cut == t->rest.len)
		return;
	t->rest.len = cut;
	while (t->rest.len) {
		if (memchr(" ([-,;|.\n", t->rest.ptr[t->rest.len - 1], 9))
			t->rest.len--;
		else if (wide_separator(t->rest, t->rest.len))
			t->rest.len -= 3;
		else
			break;
	}
}

/* "by 1 May", "due 2026-12-01", or a date alone. */
static bool is_due(struct pm_slice text, struct pm_slice *value)
{
	static const char *const words[] = {"by", "due", "before", "until",
		"deadline", "innen", "frist", "bis", "avant", "antes", "eta",
		"target", NULL};
	struct pm_scan scan = {pm_slice_trim(text), 0, false};
	struct pm_stamp_date date;
	char word[PM_SCAN_WORD];
	bool said = false;

	while (pm_scan_word(&scan, word) && pm_word_in(word, words)) {
		said = true;
		pm_scan_any(&scan, ":");
		pm_scan_blanks(&scan);
	}
	if (!said)
		scan.off = 0;
	*value = pm_slice_from(scan.text, scan.off);
	if (!said)
		return pm_scan_date(&scan, &date) && pm_scan_end(&scan);
	return value->len > 0 && value->len <= 30;
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

/* Reads what stands in brackets; false leaves it in the title. */
static bool read_bracket(struct text *t, struct pm_slice inner)
{
	const struct pm_policy *policy = t->body->doc->private->policy;
	enum pm_action_status status;
	struct pm_slice value;
	bool whole;

	inner = trim_marks(inner);
	if (!inner.len)
		return true;
	if (pm_action_read_key(t->body, t->action, inner))
		return true;
	if (is_due(inner, &value)) {
		pm_action_set_due(t->body, t->action, value);
		return true;
	}
	if (is_link(t, inner))
		return true;
	status = pm_status_of(inner, &whole);
	if (status != PM_ACTION_UNKNOWN &&
		(whole || status == PM_ACTION_DONE)) {
		pm_action_set_status(t->body, t->action, inner);
		t->action->state = status;
		return true;
	}
	if (pm_looks_like_name(policy, inner)) {
		pm_action_set_owner(t->body, t->action, inner);
		return true;
	}
	return pm_tracker_url(inner) ||
	       pm_tracker_number(inner).len == inner.len;
}

static const struct {
	const char *open, *close;
} brackets[] = {
	{"(", ")"},
	{"[", "]"},
	{"（", "）"},
	{"【", "】"},
};

/* Takes one pair of brackets off the tail. */
static bool tail_bracket(struct text *t)
{
	struct pm_slice s = t->rest;
	size_t kind = 0, open, close, i;

	while (kind < 4 && !pm_slice_ends(s, brackets[kind].close))
		kind++;
	if (kind == 4)
		return false;
	open = strlen(brackets[kind].open);
	close = strlen(brackets[kind].close);
	for (i = s.len - close; i >= open; i--) {
		struct pm_slice here = pm_slice_from(s, i - open);

		if (s.len - i > 200 ||
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

/* Takes "- @ana", "— DONE" or a tick off the tail. */
static bool tail_dash(struct text *t)
{
	static const char *const signs[] = {" - ", " – ", " — ", " -- ", ": "};
	struct pm_slice s = t->rest, last = {NULL, 0};
	size_t at = 0;
	enum pm_action_status status;
	bool whole;

	for (size_t i = s.len > VALUE_MAX ? s.len - VALUE_MAX : 1; i < s.len;
		i++) {
		if (s.ptr[i] != ' ' && s.ptr[i] != ':')
			continue;
		for (size_t k = 0; k < sizeof signs / sizeof signs[0]; k++)
			if (pm_slice_starts(pm_slice_from(s, i), signs[k])) {
				at = i;
				last = pm_slice_trim(
					pm_slice_from(s, i + strlen(signs[k])));
			}
	}
	if (!at || !last.len || last.len > LABEL_MAX)
		return false;
	status = pm_status_of(last, &whole);
	if (last.ptr[0] == '@' && pm_looks_like_name(NULL, last)) {
		pm_action_set_owner(t->body, t->action, last);
	} else if (status != PM_ACTION_UNKNOWN && whole) {
		pm_action_set_status(t->body, t->action, last);
	} else {
		return false;
	}
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

static void read_tail(struct text *t)
{
	for (int i = 0; i < MARKS; i++) {
		while (t->rest.len &&
			blank_or_mark(t->rest.ptr[t->rest.len - 1]))
			t->rest.len--;
		if (!tail_bracket(t) && !tail_dash(t) && !tail_sign(t))
			return;
	}
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
		{"☑️", PM_ACTION_DONE},
		{"☑", PM_ACTION_DONE},
		{"✅", PM_ACTION_DONE},
		{"✔️", PM_ACTION_DONE},
		{"✔", PM_ACTION_DONE},
		{"✓", PM_ACTION_DONE},
		{"DONE:", PM_ACTION_DONE},
		{"DONE -", PM_ACTION_DONE},
		{"[DONE]", PM_ACTION_DONE},
		{"(DONE)", PM_ACTION_DONE},
		{"(done)", PM_ACTION_DONE},
		{"Done:", PM_ACTION_DONE},
		{"TODO:", PM_ACTION_OPEN},
		{"[TODO]", PM_ACTION_OPEN},
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
	return pm_take_action_label(&t->rest, false);
}

/* The handle or bold name a text begins with, 0 when there is none. */
static size_t leading_name(const struct text *t)
{
	const struct pm_md_run *run = t->runs;
	size_t len = 0;

	if (t->rest.len && t->rest.ptr[0] == '@') {
		while (len < t->rest.len &&
			!memchr(" :,;)", t->rest.ptr[len], 5))
			len++;
		return len;
	}
	for (size_t i = 0; i < t->nruns; i++, run++)
		if (run->style & PM_MD_STRONG && run->text.ptr == t->rest.ptr)
			return run->text.len;
	return 0;
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

	if (!len)
		return;
	name = pm_slice_trim(name);
	colon = name.len && name.ptr[name.len - 1] == ':';
	if (colon)
		name.len--;
	pm_scan_blanks(&scan);
	colon = colon || pm_scan_any(&scan, ":") || pm_scan_any(&scan, "-") ||
		pm_scan_take(&scan, "–") || pm_scan_take(&scan, "—");
	if (!pm_looks_like_name(t->body->doc->private->policy, name))
		return;
	if (colon) {
		pm_scan_blanks(&scan);
		t->rest = pm_slice_from(t->rest, scan.off);
	} else if (!pm_scan_word(&scan, word) || !pm_word_in(word, acts)) {
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
		struct pm_slice text = trim_marks(run->text);

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
	read_keys(&t);
	read_tail(&t);
	read_styles(&t);
	action->title = field_of(body, action, pm_slice_trim(t.rest));
}

void pm_action_apply_group(struct pm_body *body, struct pm_action *action,
	const struct pm_action_group *group)
{
	if (group->done && action->state == PM_ACTION_OPEN)
		action->state = PM_ACTION_DONE;
	if (group->owner.len)
		pm_action_set_owner(body, action, group->owner);
}

/* True for a label above words that are explained. */
static bool explains(struct pm_slice label)
{
	static const char *const words[] = {"legend", "Legend", "explanation",
		"definitions", "Definitions", "forklaring", "Forklaring",
		"Legende", "Légende", "Leyenda", "説明", "凡例"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (label.len < LABEL_MAX &&
			memmem(label.ptr, label.len, words[i],
				strlen(words[i])))
			return true;
	return false;
}

void pm_action_read_group(const struct pm_body *body, struct pm_slice label,
	struct pm_action_group *out)
{
	size_t value = 0;
	struct pm_slice text = trim_marks(label);
	bool whole;

	*out = (struct pm_action_group){.legend = explains(text)};
	if (key_at(text, &value) == PM_COLUMN_OWNER) {
		out->owner = pm_slice_trim(pm_slice_from(text, value));
		return;
	}
	while (text.len && text.ptr[text.len - 1] == ':')
		text.len--;
	if (pm_looks_like_name(body->doc->private->policy, text))
		out->owner = text;
	else
		out->done =
			pm_status_of(text, &whole) == PM_ACTION_DONE && whole;
	/* "Short term (completed)" */
	if (!out->done && text.len && text.ptr[text.len - 1] == ')') {
		size_t open = text.len - 1;

		while (open > 0 && text.ptr[open - 1] != '(')
			open--;
		out->done = open && pm_status_of(pm_slice_sub(text, open,
							 text.len - 1 - open),
					    &whole) == PM_ACTION_DONE;
	}
}
