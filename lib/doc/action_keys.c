/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values with a key, "Owner: ana, due: 5 May", in the words of an action or on
 * a line of their own, and what the label above a list says of its items. A
 * key is looked for at its colon: most texts have none.
 */
#include "doc/actions.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "doc/scan.h"
#include "doc/stamp.h"

#include <string.h>

enum { KEYS = 24, VALUE_MAX = 80, KEY_MAX = 40, LABEL_MAX = 60 };

/* The key a text begins with, "Owner:", and where its value starts. */
static enum pm_column_kind key_at(struct pm_slice text, size_t *value)
{
	size_t end = 0;

	if (!pm_holds_one(pm_slice_sub(text, 0, KEY_MAX + 1), ":=\xEF"))
		return PM_COLUMN_OTHER;
	while (end < text.len && end < KEY_MAX &&
		(pm_is_letter(text.ptr[end]) ||
			(!memchr("\n().,;[]:=", text.ptr[end], 10) &&
				!pm_slice_starts(
					pm_slice_from(text, end), "："))))
		end++;
	/* "Done :tada:" is no key. */
	if (end == 0 || end >= text.len ||
		(text.ptr[end - 1] == ' ' &&
			pm_emoji_name_len(pm_slice_from(text, end))))
		return PM_COLUMN_OTHER;
	/* "due:: 2026-12-01", as notes that are searched have it. */
	if (memchr(":=", text.ptr[end], 2))
		*value = end + 1 +
			 pm_slice_starts(pm_slice_from(text, end), ":: ");
	else if (pm_slice_starts(pm_slice_from(text, end), "："))
		*value = end + strlen("：");
	else
		return PM_COLUMN_OTHER;
	return pm_column_named(pm_trim_marks(pm_slice_sub(text, 0, end)));
}

/* True where a value ends within a text: at a separator or a bracket. */
static bool value_ends(struct pm_slice rest)
{
	static const char *const signs[] = {" - ", " – ", " — ", " (", ". ",
		"、", "，", "）", "】", "］", "〕", "〉", "＞", "　", NULL};

	if (memchr(";|\n)]", rest.ptr[0], 5))
		return true;
	/* "@ana, @bo" is one value. */
	if (rest.ptr[0] == ',')
		return rest.len < 3 || rest.ptr[2] != '@';
	if (rest.ptr[0] != ' ' && rest.ptr[0] != '.' && !(rest.ptr[0] & 0x80))
		return false;
	/* "担当：佐藤／期限：3月末", but "佐藤／鈴木" are two. */
	if (pm_slice_starts(rest, "／"))
		return pm_action_is_key(pm_slice_from(rest, strlen("／")));
	/* "@ana / @bo" is one as well. */
	if (pm_slice_starts(rest, " / "))
		return rest.len < 4 || rest.ptr[3] != '@';
	/* "Ana : Due: 1 May", of lists of definitions. */
	if (pm_slice_starts(rest, " : "))
		return pm_action_is_key(pm_slice_from(rest, 3));
	/* "Owner: Ana Due: 1 May", with nothing but a blank between. */
	if (rest.ptr[0] == ' ' && pm_action_is_key(pm_slice_from(rest, 1)))
		return true;
	return pm_begins_with_one(rest, signs) > 0;
}

/* True at the point of "15. mars", which ends no value. */
static bool day_point(struct pm_slice text, size_t at)
{
	size_t start = at;
	struct pm_stamp stamp;

	if (text.ptr[at] != '.')
		return false;
	while (start > 0 && pm_is_digit(text.ptr[start - 1]))
		start--;
	return start < at && at - start <= 2 &&
	       pm_stamp_read(
		       pm_slice_from(text, start), PM_STAMP_LOOSE, &stamp) &&
	       stamp.date.month && stamp.len > at + 1 - start;
}

/* True for "Dr", the last word of a text. */
static bool ends_in_title(struct pm_slice text)
{
	static const char *const titles[] = {"Dr", "Dra", "Fr", "Hr", "Ing",
		"Mr", "Mrs", "Ms", "Prof", "Sr", "Sra", "St", NULL};
	size_t len = pm_ends_in_one(text, titles);

	return len && (len == text.len || text.ptr[text.len - len - 1] == ' ');
}

/* True at the point of "J. Smith" and "Dr. Smith", unless the next key stands
   behind it. */
static bool initial_point(struct pm_slice text, size_t at)
{
	return text.ptr[at] == '.' && at > 0 &&
	       (ends_in_title(pm_slice_sub(text, 0, at)) ||
		       (pm_is_capital(text.ptr[at - 1]) &&
			       (at == 1 || text.ptr[at - 2] == ' '))) &&
	       at + 2 < text.len && pm_is_capital(text.ptr[at + 2]) &&
	       !pm_action_is_key(pm_slice_from(text, at + 2));
}

/* True at the dash of "Q4 2025 - Q1 2026", which parts no values. */
static bool period_dash(struct pm_slice text, size_t at)
{
	static const char *const dashes[] = {" - ", " – ", " — ", NULL};
	struct pm_slice rest = pm_slice_from(text, at);
	size_t dash = pm_begins_with_one(rest, dashes), end = 0;

	if (!dash || !pm_action_is_period(pm_slice_sub(text, 0, at)))
		return false;
	rest = pm_slice_from(rest, dash);
	while (end < rest.len && !memchr(",;|)]\n", rest.ptr[end], 6))
		end++;
	return pm_action_is_period(pm_slice_sub(rest, 0, end));
}

static struct pm_slice value_text(struct pm_slice text)
{
	size_t end = 0;

	if (text.len && memchr(",;)|", text.ptr[0], 4))
		return pm_slice_sub(text, 0, 0);
	while (end < text.len && end < VALUE_MAX &&
		!(end && value_ends(pm_slice_from(text, end)) &&
			!day_point(text, end) && !initial_point(text, end) &&
			!period_dash(text, end)))
		end++;
	return pm_slice_sub(text, 0, end);
}

/* "@ana 済", "@ana DONE": a state behind a handle is no part of it. */
static void take_state(struct pm_action *action, struct pm_slice *value)
{
	ptrdiff_t blank = pm_slice_find(*value, 0, ' ');
	enum pm_action_status state;
	bool whole;

	if (blank < 1 || value->ptr[0] != '@')
		return;
	state = pm_status_of(pm_slice_from(*value, (size_t)blank + 1), &whole);
	if (state == PM_ACTION_UNKNOWN || !whole)
		return;
	action->state = state;
	value->len = (size_t)blank;
}

/* "2026-12-01", "v. 22": said of something that is to be ready, and nothing
   else, so that "Klart: larmet är på" keeps its words. */
static bool is_time(struct pm_slice value)
{
	value = pm_trim_marks(value);
	return pm_action_is_day(value) || pm_action_is_period(value);
}

/* True where the value of a key for it says whether something is ready. */
static bool tells_ready(struct pm_slice value)
{
	bool whole;

	return is_time(value) ||
	       (pm_status_of(value, &whole) != PM_ACTION_UNKNOWN && whole);
}

bool pm_action_set_value(struct pm_body *body, struct pm_action *action,
	enum pm_column_kind kind, struct pm_slice value)
{
	switch (kind) {
	case PM_COLUMN_OWNER:
		take_state(action, &value);
		pm_action_set_owner(body, action, value);
		return true;
	case PM_COLUMN_DUE:
		pm_action_set_due(body, action, value);
		return true;
	case PM_COLUMN_READY:
		if (is_time(value)) {
			pm_action_set_due(body, action, value);
			return true;
		}
		/* fall through */
	case PM_COLUMN_STATUS:
		pm_action_set_status(body, action, value);
		return true;
	case PM_COLUMN_PRIORITY:
		if (!action->priority.text.len)
			action->priority = pm_action_field(
				body, action, pm_trim_marks(value));
		return true;
	case PM_COLUMN_TYPE:
		if (!action->type.text.len)
			action->type = pm_action_field(
				body, action, pm_trim_marks(value));
		return true;
	case PM_COLUMN_TRACKER:
		return true;
	default:
		return false;
	}
}

bool pm_action_is_key(struct pm_slice text)
{
	size_t value;

	switch (key_at(text, &value)) {
	case PM_COLUMN_OWNER:
	case PM_COLUMN_DUE:
	case PM_COLUMN_READY:
	case PM_COLUMN_STATUS:
	case PM_COLUMN_PRIORITY:
	case PM_COLUMN_TYPE:
	case PM_COLUMN_TRACKER:
		return true;
	default:
		return false;
	}
}

/* True for what can say when: a day, a period, anything with a figure. */
static bool is_when(struct pm_slice value)
{
	for (size_t i = 0; i < value.len; i++)
		if (pm_is_digit(value.ptr[i]))
			return true;
	return pm_action_is_period(value) || pm_action_is_day(value) ||
	       !pm_doc_names_person(value);
}

/* "Platform Engineering.", "Service Desk Lead", "SOC/Monitoring": a few words
   with capital letters behind "Owner:" are a team, whatever they end in. */
static bool is_team(struct pm_slice value)
{
	enum { WORDS = 4 };
	size_t words = 0;

	if (pm_slice_ends(value, "."))
		value.len--;
	for (size_t i = 0; i < value.len; i++) {
		bool first = i == 0 || memchr(" /&", value.ptr[i - 1], 3);

		if (!pm_is_letter(value.ptr[i]) &&
			!memchr(" /&-", value.ptr[i], 4))
			return false;
		if (first && pm_is_letter(value.ptr[i])) {
			if (!pm_is_capital(value.ptr[i]))
				return false;
			words++;
		}
	}
	return words && words <= WORDS;
}

bool pm_action_is_detail(const struct pm_body *body, struct pm_slice text)
{
	size_t at = 0;
	enum pm_column_kind kind = key_at(text, &at);
	struct pm_slice value;
	bool whole;

	if (!kind)
		return false;
	value = pm_slice_trim(pm_slice_from(text, at));
	switch (kind) {
	case PM_COLUMN_OWNER:
		return pm_looks_like_name(body->doc->own->policy, value) ||
		       is_team(value);
	case PM_COLUMN_DUE:
		return value.len <= LABEL_MAX && is_when(value);
	case PM_COLUMN_READY:
		return tells_ready(value);
	case PM_COLUMN_STATUS:
		return pm_status_of(value, &whole) != PM_ACTION_UNKNOWN &&
		       whole;
	case PM_COLUMN_PRIORITY:
	case PM_COLUMN_TYPE:
	case PM_COLUMN_TRACKER:
		return value.len && !memchr(value.ptr, ' ', value.len);
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
	       pm_action_set_value(body, action, kind,
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
	if (i > 3 && (pm_slice_starts(pm_slice_from(text, i - 4), "—") ||
			     pm_slice_starts(pm_slice_from(text, i - 4), "–")))
		return true;
	return pm_is_capital(c) || c >= 0xC3 || c == '*' ||
	       (i > 1 && memchr("([,;|-/", text.ptr[i - 2], 7));
}

/* Where the key that ends in the colon at an offset begins: the longest of
   up to three words that pm knows; 0 when it is no key. */
static size_t key_start(
	struct pm_slice text, size_t colon, enum pm_column_kind *kind)
{
	size_t from = colon > KEY_MAX ? colon - KEY_MAX : 1;
	size_t value = 0; /* not set where there is no key */

	for (size_t i = from; i < colon; i++) {
		if (!clause_start(text, i))
			continue;
		*kind = key_at(pm_slice_from(text, i), &value);
		if (i + value > colon &&
			(*kind == PM_COLUMN_OWNER || *kind == PM_COLUMN_DUE ||
				*kind == PM_COLUMN_READY ||
				*kind == PM_COLUMN_STATUS ||
				*kind == PM_COLUMN_PRIORITY))
			return i;
	}
	return 0;
}

/* True where only a blank parts a key from the word before it, whose last word
   it may be: "Ações de Longo Prazo: ...". */
static bool ends_label(struct pm_slice text, size_t start)
{
	return start > 1 && text.ptr[start - 1] == ' ' &&
	       !memchr("([,;|-.:)]", text.ptr[start - 2], 10) &&
	       !(text.ptr[start - 2] & 0x80);
}

/* Where the bracket at the end of a text opens: "(owner=ana, due=1 May)";
   there is an equals sign as good as a colon. */
static size_t last_bracket(struct pm_slice text)
{
	size_t open = text.len;

	if (!memchr(text.ptr, '=', text.len))
		return text.len;
	while (text.len && memchr(". ", text.ptr[text.len - 1], 2))
		text.len--;
	if (!pm_slice_ends(text, ")"))
		return open;
	open = text.len - 1;
	while (open > 0 && text.ptr[open - 1] != '(')
		open--;
	return open ? open : text.len + 1;
}

/* The next colon that may end a key, or the end of the text. */
static size_t next_colon(
	struct pm_slice text, size_t from, size_t equals, size_t *len)
{
	static const char wide[] = "：";

	if (!pm_holds_one(text, ":=\xEF"))
		return text.len;
	for (size_t i = from; i < text.len; i++) {
		if (text.ptr[i] != ':' && text.ptr[i] != '=' &&
			text.ptr[i] != wide[0])
			continue;
		if ((text.ptr[i] == ':' &&
			    !pm_slice_starts(pm_slice_from(text, i), "://")) ||
			(text.ptr[i] == '=' && i > equals)) {
			*len = 1 +
			       pm_slice_starts(pm_slice_from(text, i), ":: ");
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

/* "By 1 May" of "By 1 May. OPS-12": the ticket is found by itself. */
static struct pm_slice without_ticket(struct pm_slice text)
{
	struct pm_slice number = pm_tracker_number(text);

	if (!number.len || number.ptr + number.len != text.ptr + text.len)
		return text;
	text.len -= number.len;
	while (text.len && memchr(" .,;", text.ptr[text.len - 1], 4))
		text.len--;
	return text;
}

/* What stands behind the value of a key: "Owner: Ana — ETA 1 May". */
static void read_between(struct pm_body *body, struct pm_action *action,
	struct pm_slice text, size_t from, size_t to)
{
	struct pm_slice piece = pm_slice_sub(text, from, to - from);

	while (piece.len &&
		(memchr(" (-,;|.", piece.ptr[0], 7) || piece.ptr[0] & 0x80)) {
		if (piece.ptr[0] & 0x80 && !pm_slice_starts(piece, "—") &&
			!pm_slice_starts(piece, "–") &&
			!pm_slice_starts(piece, "→"))
			break;
		piece = pm_slice_from(piece, piece.ptr[0] & 0x80 ? 3 : 1);
	}
	/* A sentence may end behind the bracket: "(owner: Ana, by 1 May)." */
	while (piece.len) {
		if (memchr(" )-([,;|.", piece.ptr[piece.len - 1], 9))
			piece.len--;
		else if (pm_slice_ends(piece, "）") ||
			 pm_slice_ends(piece, "】") ||
			 pm_slice_ends(piece, "。"))
			piece.len -= 3;
		else
			break;
	}
	piece = without_ticket(piece);
	if (piece.len && piece.len <= LABEL_MAX)
		pm_action_read_loose(body, action, pm_trim_marks(piece));
}

void pm_action_read_keys(
	struct pm_body *body, struct pm_action *action, struct pm_slice *rest)
{
	size_t cut = rest->len, len = 0, behind = 0;
	size_t equals = last_bracket(*rest);
	size_t colon = next_colon(*rest, 1, equals, &len);

	for (int keys = 0; colon < rest->len && keys < KEYS; keys++) {
		enum pm_column_kind kind = PM_COLUMN_OTHER;
		size_t start = key_start(*rest, colon, &kind);

		if (start) {
			struct pm_slice value = value_text(pm_slice_trim(
				pm_slice_from(*rest, colon + len)));

			if ((kind == PM_COLUMN_READY && !tells_ready(value)) ||
				(kind == PM_COLUMN_DUE && !behind &&
					ends_label(*rest, start) &&
					!is_when(value))) {
				colon = next_colon(
					*rest, colon + len, equals, &len);
				continue;
			}
			if (behind && behind < start)
				read_between(
					body, action, *rest, behind, start);
			pm_action_set_value(body, action, kind, value);
			behind = (size_t)(value.ptr - rest->ptr) + value.len;
			if (cut > start)
				cut = start;
		}
		colon = next_colon(*rest, colon + len, equals, &len);
	}
	if (cut == rest->len)
		return;
	read_between(body, action, *rest, behind, rest->len);
	rest->len = cut;
	while (rest->len) {
		if (memchr(" ([-,;|.\n", rest->ptr[rest->len - 1], 9))
			rest->len--;
		else if (wide_separator(*rest, rest->len))
			rest->len -= 3;
		else
			break;
	}
}

void pm_action_apply_group(struct pm_body *body, struct pm_action *action,
	const struct pm_action_group *group)
{
	if (action->state == PM_ACTION_OPEN)
		action->state = group->done      ? PM_ACTION_DONE
				: group->dropped ? PM_ACTION_REJECTED
				: group->begun   ? PM_ACTION_IN_PROGRESS
						 : PM_ACTION_OPEN;
	if (group->owner.len)
		pm_action_set_owner(body, action, group->owner);
}

/* True for a label above words that are explained. */
static bool explains(struct pm_slice label)
{
	static const char *const words[] = {"legend", "Legend", "explanation",
		"definitions", "Definitions", "forklaring", "Forklaring",
		"Legende", "Légende", "Leyenda", "説明", "凡例", NULL};
	/* What could have been decided, advice to whoever fills in the form,
	   what is linked or remarked beside the actions. */
	static const char *const beside[] = {"anm", "anmerkung", "anmerkungen",
		"anmärkning", "anmärkningar", "begrundelse", "begrunnelse",
		"beispiel", "beispiele", "bemærk", "bemærkning", "bemærkninger",
		"døme", "eksempel", "eksempler", "examples", "exempel",
		"for eksempel", "for example", "forudsætninger",
		"forutsetninger", "further reading", "förutsättningar",
		"grunngjeving", "hinweis", "hinweise", "kommentar",
		"kommentarar", "kommentarer", "links", "merk", "merknad",
		"merknadar", "merknader", "motivering", "notat", "note",
		"noter", "notera", "notering", "noteringar", "notes",
		"references", "related links", "remark", "remarks", "resources",
		"se även", "se også", "see also", "sjå også", "till exempel",
		"useful links", "useful resources", "zum beispiel", "メモ",
		"メリット", "デメリット", "例", "備考", "前提", "前提条件",
		"効果", "具体例", "具体的な設定", "具体的設定", "参考",
		"期待効果", "期待される効果", "注", "注意", "注意点", "注記",
		"理由", "背景", "補足", "補足事項", "設定例", "設定値"};
	struct pm_slice rest = label;

	if (label.len >= LABEL_MAX)
		return false;
	if (pm_slice_ends(rest, ":"))
		rest.len--;
	else if (pm_slice_ends(rest, "："))
		rest.len -= strlen("：");
	for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++)
		if (pm_slice_is_nocase(rest, beside[i]))
			return true;
	for (; rest.len; rest = pm_slice_from(rest, 1))
		/* What none of the words begins with is not looked for. */
		if (strchr("lLedDfF\xE8\xE5", rest.ptr[0]) &&
			pm_begins_with_one(rest, words))
			return true;
	return false;
}

/* "Engineering (@ana)", "Short term (Owner: Ana Lund)": whom a bracket behind
   the words names; a plain name in it needs the key. */
static bool owner_behind(const struct pm_body *body, struct pm_slice label,
	struct pm_action_group *out)
{
	struct pm_slice name;
	size_t open, value = 0;

	if (!pm_bracket_behind(label, &name, &open) || !open || !name.len)
		return false;
	out->told = key_at(name, &value) == PM_COLUMN_OWNER;
	if (out->told)
		name = value_text(pm_slice_trim(pm_slice_from(name, value)));
	if (!pm_looks_like_name(body->doc->own->policy, name) ||
		(!out->told && name.ptr[0] != '@'))
		return false;
	out->owner = name;
	return true;
}

/* "Short term (completed)", "即時対応（実施済み）" */
static bool done_behind(struct pm_slice label)
{
	struct pm_slice inner;
	size_t open;
	bool whole;

	return pm_bracket_behind(label, &inner, &open) && open &&
	       pm_status_of(inner, &whole) == PM_ACTION_DONE;
}

/* "実施した対策", "対応済みの施策": what was done. */
static bool names_wide_done(struct pm_slice label)
{
	static const char *const starts[] = {"実施した", "実施済み", "完了した",
		"完了済み", "対応した", "対応済み", "対策済み", "講じた",
		"行った", "取った", "とった", "既に", "すでに", NULL};
	static const char *const nots[] = {"予定", "未", "今後", "残"};

	if (!pm_begins_with_one(label, starts))
		return false;
	for (size_t i = 0; i < sizeof nots / sizeof nots[0]; i++)
		if (pm_slice_find_text(label, 0, pm_slice_str(nots[i])) >= 0)
			return false;
	return true;
}

/* "Corrective measures implemented", "Completed actions", "Gjennomførte
   tiltak": the first or last of few words says that they are done, and none of
   the others that they are to be. */
static bool names_done(struct pm_slice label)
{
	static const char *const ends[] = {"completed", "completadas", "done",
		"effectuees", "erledigt", "implementadas", "implemented",
		"realisees", "realizadas", "taken", "terminees", "umgesetzt",
		NULL};
	static const char *const starts[] = {"abgeschlossene", "completed",
		"erledigte", "fullforte", "gennemforte", "genomforda",
		"gjennomforte", "implemented", "udforte", "umgesetzte",
		"utforda", "utforte", NULL};
	static const char *const nots[] = {"be", "being", "get", "ikke", "must",
		"need", "needs", "nicht", "no", "non", "not", "nothing",
		"should", "to", "will", "yet", NULL};
	enum { WORDS = 5, LONGEST = 60 };
	struct pm_scan scan = {label, 0, false};
	char word[PM_SCAN_WORD] = "";
	bool found = false;
	size_t words = 0;

	while (label.len <= LONGEST && !pm_scan_end(&scan)) {
		if (!pm_scan_word(&scan, word)) {
			/* "Tasks - done", "Done: ..." are told apart before. */
			if (!memchr(" -", pm_scan_peek(&scan, 0), 2))
				return false;
			scan.off++;
			continue;
		}
		if (pm_word_in(word, nots) || ++words > WORDS)
			return false;
		found = found || (words == 1 && pm_word_in(word, starts));
	}
	return words > 1 && (found || pm_word_in(word, ends));
}

/* "What you should do", "To update your client:" above steps that whoever reads
   is to take. What "we" do for "your" sake is ours, as is "Keeping your data
   safe", and thanks are said above anything. */
static bool tells_reader(struct pm_slice label)
{
	static const char *const ours[] = {"i", "our", "thank", "thanks", "us",
		"we", "well", "weve", NULL};
	static const char *const leads[] = {
		"follow", "for", "if", "please", "to", NULL};
	enum { LONGEST = 160 };
	struct pm_scan scan = {label, 0, false};
	char word[PM_SCAN_WORD];
	bool found = false, led = false;

	/* No "you" is in it, nor a letter that may be folded to one of its. */
	if (label.len > LONGEST ||
		(!pm_holds_one(label, "yY") &&
			pm_utf8_skip_ascii(label, 0) == label.len))
		return false;
	for (size_t words = 0; !pm_scan_end(&scan);) {
		if (!pm_scan_word(&scan, word)) {
			scan.off++;
			continue;
		}
		if (pm_word_in(word, ours))
			return false;
		led = led || (words++ == 0 && pm_word_in(word, leads));
		found = found || strcmp(word, "you") == 0 ||
			(led && strcmp(word, "your") == 0);
	}
	return found;
}

static void set_state(struct pm_action_group *out, enum pm_action_status state)
{
	out->done = state == PM_ACTION_DONE;
	out->begun = state == PM_ACTION_IN_PROGRESS;
	out->dropped =
		state == PM_ACTION_REJECTED || state == PM_ACTION_SUPERSEDED;
}

/* "Completed", "In progress", "Won't do": how all below it stand. */
static void read_state(struct pm_slice text, struct pm_action_group *out)
{
	bool whole;
	enum pm_action_status state = pm_status_of(text, &whole);

	/* An "x" is a tick in a cell; above a list it is a slip. */
	if (text.len > 1 && whole)
		set_state(out, state);
}

void pm_action_read_group(const struct pm_body *body, struct pm_slice label,
	bool bold, struct pm_action_group *out)
{
	size_t value = 0;
	struct pm_slice text = pm_trim_marks(label);
	enum pm_action_status state;

	*out = (struct pm_action_group){
		.legend = explains(text) || tells_reader(text)};
	if (key_at(text, &value) == PM_COLUMN_OWNER) {
		out->owner = pm_slice_trim(pm_slice_from(text, value));
		return;
	}
	while (text.len && text.ptr[text.len - 1] == ':')
		text.len--;
	if (owner_behind(body, text, out))
		return;
	if (pm_group_label(text, &state) && !pm_person_known(body, text)) {
		/* "Klara" is a name as well, but what stands above a list in
		   the plural says how it stands, or of what kind it is. */
		set_state(out, state);
		return;
	}
	/* Who is known is looked for in all of the document. */
	if (pm_looks_like_name(body->doc->own->policy, text) &&
		(bold || text.ptr[0] == '@' ||
			memchr(text.ptr, ' ', text.len) ||
			pm_person_known(body, text)))
		out->owner = text;
	else
		read_state(text, out);
	if (!out->done)
		out->done = done_behind(text) || names_done(text) ||
			    names_wide_done(text);
}
