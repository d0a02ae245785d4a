/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What single words and short phrases of actions mean: states, orders, names,
 * and words that say that there is nothing to do.
 */
#include "doc/actions.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/inline_text.h"
#include "base/utf8.h"
#include "doc/roles.h"
#include "doc/scan.h"

#define STATUS_MOST 44
#define VERB_MOST   20
#define LABEL_MOST  28
#define THING_MOST  20

struct status_word {
	char text[STATUS_MOST];
	enum pm_action_status status;
};

static const struct status_word statuses[] = {
#define PM_STATUS_WORD(text, status)                                           \
	{text, PM_FITS(text, STATUS_MOST, PM_ACTION_##status)},
#include "doc/statuses.def"
#include "doc/statuses_n.def"
#include "doc/statuses_wide.def"
#undef PM_STATUS_WORD
};

#define PM_VERB(text)                                                          \
	_Static_assert(sizeof(text) <= VERB_MOST, "longer than VERB_MOST");
#include "doc/verbs.def"
#include "doc/verbs_n.def"
#undef PM_VERB

static const char verbs[][VERB_MOST] = {
#define PM_VERB(text) text,
#include "doc/verbs.def"
#include "doc/verbs_n.def"
#undef PM_VERB
};

#define PM_THING(text)                                                         \
	_Static_assert(sizeof(text) <= THING_MOST, "longer than THING_MOST");
#include "doc/things.def"
#include "doc/things_n.def"
#undef PM_THING

static const char things[][THING_MOST] = {
#define PM_THING(text) text,
#include "doc/things.def"
#include "doc/things_n.def"
#undef PM_THING
};

static const struct label {
	char text[LABEL_MOST];
	enum pm_action_status state;
} group_labels[] = {
#define PM_GROUP_LABEL(text, state)                                            \
	{text, PM_FITS(text, LABEL_MOST, PM_ACTION_##state)},
#include "doc/labels.def"
#undef PM_GROUP_LABEL
};

static enum pm_action_status look_up(struct pm_slice text)
{
	const struct status_word *found =
		bsearch(&text, statuses, sizeof statuses / sizeof statuses[0],
			sizeof statuses[0], pm_inline_order);

	return found ? found->status : PM_ACTION_UNKNOWN;
}

/* A sorted table whose rows of some size begin with their text. */
struct rows {
	const void *first;
	size_t size, count;
};

/* True when no row begins with a text's first word, as most texts tell without
   being folded. */
static bool begins_none(const struct rows *rows, struct pm_slice text)
{
	/* What is shorter may number a heading: "VII. Done". */
	enum { LEAST = 5 };
	size_t low = 0, high = rows->count;
	char word[PM_SCAN_WORD];
	size_t len = 0;

	for (; len < text.len && len < sizeof word; len++) {
		word[len] = text.ptr[len] | 32;
		if (!pm_is_small(word[len]))
			break;
	}
	if (len < LEAST || len == sizeof word ||
		(len < text.len && text.ptr[len] != ' '))
		return false;
	while (low < high) {
		size_t mid = (low + high) / 2;
		const char *row = (const char *)rows->first + mid * rows->size;
		int order = strncmp(row, word, len);

		/* "actioned" comes behind all that begins with "action". */
		if (order == 0 && (row[len] == '\0' || row[len] == ' '))
			return false;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return true;
}

enum pm_action_status pm_status_of(struct pm_slice text, bool *whole)
{
	static const struct rows rows = {statuses, sizeof statuses[0],
		sizeof statuses / sizeof statuses[0]};
	struct pm_heading_words words;
	enum pm_action_status status;

	text = pm_slice_trim(text);
	*whole = true;
	/* "Done?" asks. */
	if (pm_slice_ends(text, "?") || pm_slice_ends(text, "？")) {
		*whole = false;
		return PM_ACTION_UNKNOWN;
	}
	if (text.len <= 200 && begins_none(&rows, text)) {
		*whole = false;
		return PM_ACTION_UNKNOWN;
	}
	/* Signs such as a tick are no words; as a picture or not is one. */
	status = look_up(text);
	if (status == PM_ACTION_UNKNOWN && pm_slice_ends(text, "\xEF\xB8\x8F"))
		status = look_up(pm_slice_sub(text, 0, text.len - 3));
	if (status != PM_ACTION_UNKNOWN || text.len > 200)
		return status;
	pm_heading_split(&words, text);
	for (size_t to = words.count < 4 ? words.count : 4;
		to > 0 && status == PM_ACTION_UNKNOWN; to--) {
		*whole = to == words.count;
		/* "x/tools" begins with no tick, and "Y-axis" says no yes. */
		if (words.words[to - 1].end == 1 && !*whole)
			continue;
		status = look_up(
			pm_slice_make(words.text.ptr, words.words[to - 1].end));
	}
	pm_buf_release(&words.text);
	if (status != PM_ACTION_UNKNOWN || text.len < 3)
		return status;
	*whole = false;
	/* A tick before other words: "✅ 2026-11-22". */
	for (size_t len = 3; (unsigned char)text.ptr[0] >= 0xE2 && len <= 6 &&
			     len < text.len && status == PM_ACTION_UNKNOWN;
		len++)
		status = look_up(pm_slice_sub(text, 0, len));
	return status;
}

bool pm_group_label(struct pm_slice text, enum pm_action_status *state)
{
	static const struct rows rows = {group_labels, sizeof group_labels[0],
		sizeof group_labels / sizeof group_labels[0]};
	struct pm_heading_words words;
	const struct label *found = NULL;
	struct pm_slice folded;

	if (text.len > LABEL_MOST + LABEL_MOST / 2 || begins_none(&rows, text))
		return false;
	pm_heading_split(&words, text);
	if (words.count) {
		folded = pm_slice_make(
			words.text.ptr, words.words[words.count - 1].end);
		found = bsearch(&folded, group_labels,
			sizeof group_labels / sizeof group_labels[0],
			sizeof group_labels[0], pm_inline_order);
	}
	if (found)
		*state = found->state;
	pm_buf_release(&words.text);
	return found != NULL;
}

bool pm_begins_with_verb(struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	struct pm_slice key;

	while (!pm_scan_end(&scan) && !pm_scan_at_word(&scan))
		scan.off++;
	if (!pm_scan_word(&scan, word))
		return false;
	key = pm_slice_str(word);
	return bsearch(&key, verbs, sizeof verbs / sizeof verbs[0],
		       sizeof verbs[0], pm_inline_order) != NULL;
}

/* Words that stand in labels and tags where a name could stand as well. */
static bool is_label_word(const char *word)
{
	static const char *const words[] = {"action", "actions", "all",
		"appendix", "bottleneck", "bug", "bugs", "business", "code",
		"communications", "config", "critical", "defect", "culture",
		"customer", "deploy", "detect", "detection", "docs", "done",
		"external", "feature", "future", "general", "hardware", "high",
		"immediate", "infra", "infrastructure", "internal", "issue",
		"issues", "item", "items", "later", "legal", "link", "long",
		"low", "medium", "metrics", "misc", "mitigate", "monitor",
		"network", "next", "none", "note", "notes", "observability",
		"open", "option", "optional", "other", "partial", "phase",
		"people", "policy", "pr", "prevent", "priority", "proactive",
		"process", "processes", "product", "quick", "reactive",
		"repair", "resilience", "resolved", "review", "reviews",
		"runbook", "runbooks", "security", "short", "slo", "software",
		"staging", "step", "steps", "support", "system", "systems",
		"task", "tasks", "tech", "technical", "term", "tests", "todo",
		"tools", "upstream", "urgent", "win", "wins", "work", "see",
		"new", "now", "yes", "no", "we", "it", "the", "this", "that",
		"why", "what", "how", "when", "where", "who", "web", "mail",
		"frontend", "backend", "api", "database", "db", "app", "apps",
		"mobile", "cloud", "client", "server", "servers", "storage",
		"queue", "queues", "cache", "auth", "login", "search",
		"billing", "payments", "checkout", "data", "cluster",
		"kubernetes", "deploys", "alerts", "types", "important",
		"viktig", "haster", "nu", "na", "forst", "idag", "straks",
		"strax", "omgaende", "kritisk", "ytelse", "testing", "hoy",
		"lav", "middels", "senere", "senare", "valgfritt",
		"umiddelbart", "omedelbart", "korrigerende", "teknisk",
		"tekniske", "tekniska", "prosess", "rutine", "rutiner",
		"organisatoriske", "organisatoriska", "kommunikasjon",
		"kommunikation", "annet", "andet", "ovrigt", "planlagte",
		"planerade", "gjenstaende", "utforte", "gjennomforte",
		"genomforda", "utforda", "gennemforte", "udforte", "wichtig",
		"dringend", "kritisch", "hoch", "niedrig", "mittel",
		"importante", "alta", "baja", "baixa", "urgente", "haute",
		"basse", "moyenne", NULL};

	return pm_word_in(word, words);
}

/* "Grafana", "Backups": what is to be worked on, and nobody. */
static bool is_thing(const char *word)
{
	struct pm_slice key = pm_slice_str(word);

	return bsearch(&key, things, sizeof things / sizeof things[0],
		       sizeof things[0], pm_inline_order) != NULL;
}

/* Endings that name a matter, not a person. */
static bool has_label_ending(const char *word)
{
	static const struct pm_slice endings[] = {
		PM_SLICE_LIT("ing"),
		PM_SLICE_LIT("ion"),
		PM_SLICE_LIT("ions"),
		PM_SLICE_LIT("ment"),
		PM_SLICE_LIT("ments"),
		PM_SLICE_LIT("ance"),
		PM_SLICE_LIT("ence"),
		PM_SLICE_LIT("ity"),
		PM_SLICE_LIT("ives"),
		PM_SLICE_LIT("ive"),
		PM_SLICE_LIT("ware"),
		PM_SLICE_LIT("ures"),
		PM_SLICE_LIT("ation"),
		PM_SLICE_LIT("ness"),
		PM_SLICE_LIT("ional"),
		PM_SLICE_LIT("ical"),
		PM_SLICE_LIT("able"),
		PM_SLICE_LIT("tiltak"),
		PM_SLICE_LIT("ung"),
		PM_SLICE_LIT("ungen"),
		PM_SLICE_LIT("heit"),
		PM_SLICE_LIT("keit"),
		PM_SLICE_LIT("heid"),
		PM_SLICE_LIT("tenz"),
		PM_SLICE_LIT("bilite"),
		PM_SLICE_LIT("lidad"),
		PM_SLICE_LIT("lidade"),
		PM_SLICE_LIT("bilita"),
		PM_SLICE_LIT("miento"),
		PM_SLICE_LIT("acao"),
		PM_SLICE_LIT("zione"),
	};
	/* Somebody's all the same. */
	static const char *const names[] = {"albion", "banning", "behring",
		"browning", "bruning", "champion", "channing", "clemence",
		"clement", "constance", "cushing", "dion", "dowling",
		"fielding", "fleming", "flemming", "florence", "golding",
		"harding", "hartung", "hemming", "henning", "hornung",
		"keating", "king", "lance", "lawrence", "lessing", "manning",
		"marion", "pershing", "ronning", "schelling", "schilling",
		"spalding", "spence", "sterling", "terence", "trinity",
		"verity", "yeung", "zion", NULL};
	struct pm_slice text = pm_slice_str(word);

	if (pm_word_in(word, names))
		return false;
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		size_t len = endings[i].len;

		if (text.len > len + 2 &&
			pm_slice_eq(pm_slice_from(text, text.len - len),
				endings[i]))
			return true;
	}
	return false;
}

/* True for a capital letter of Latin or Cyrillic script. */
static bool at_capital(const struct pm_scan *scan)
{
	unsigned char first = (unsigned char)pm_scan_peek(scan, 0);
	uint32_t cp;

	if (first < 0x80)
		return pm_is_capital(first);
	pm_utf8_next(scan->text, scan->off, &cp);
	/* In pairs the capital comes first, of an odd number in two rows. */
	if (cp >= 0x100 && cp < 0x180)
		return (cp & 1) == ((cp >= 0x139 && cp <= 0x148) ||
					   (cp >= 0x179 && cp <= 0x17E));
	return (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) ||
	       (cp >= 0x400 && cp <= 0x42F);
}

/* "IT", "IT-drift": a department, but for its letters the English word. */
static bool it_department(struct pm_scan *scan)
{
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];

	if (!pm_scan_take(&at, "IT") ||
		(pm_scan_any(&at, "-") ? !pm_scan_word(&at, word)
				       : pm_scan_at_word(&at)))
		return false;
	*scan = at;
	return true;
}

/* One word of a name: a capital letter, then small ones. "Kafka" is none as its
   first, where "Ana Page" is somebody. */
static bool name_word(struct pm_scan *scan, bool first)
{
	struct pm_scan at = *scan;
	char word[PM_SCAN_WORD];

	if (it_department(scan))
		return true;

	if (!at_capital(scan) || !pm_scan_word(&at, word) ||
		is_label_word(word) || has_label_ending(word) ||
		(first && is_thing(word)))
		return false;
	*scan = at;
	return true;
}

/* Handles and addresses, one or more: "@ana", "@ana and @bo". */
static bool all_handles(struct pm_slice text)
{
	size_t handles = 0;

	if (pm_slice_find(text, 0, '@') < 0)
		return false;
	for (size_t i = 0; i < text.len;) {
		size_t end = i;
		struct pm_slice word;

		while (end < text.len && !memchr(" ,;/&+", text.ptr[end], 6))
			end++;
		/* The slash of a team is no separator. */
		if (end < text.len && text.ptr[end] == '/' &&
			text.ptr[i] == '@')
			while (end < text.len &&
				!memchr(" ,;&+", text.ptr[end], 5))
				end++;
		word = pm_slice_sub(text, i, end - i);
		i = end + 1;
		if (!word.len || pm_slice_is_nocase(word, "and") ||
			pm_slice_is_nocase(word, "og"))
			continue;
		if (word.ptr[0] != '@' || word.len < 2 ||
			!pm_person_valid(word))
			return false;
		handles++;
	}
	return handles > 0;
}

/* One to three words that look like a name; takes them. */
static bool one_name(struct pm_scan *scan)
{
	int words = 0;

	while (words < 3 && name_word(scan, words == 0)) {
		words++;
		pm_scan_any(scan, ".");
		if (pm_scan_peek(scan, 0) == '-' ||
			(pm_scan_peek(scan, 0) == ' ' &&
				!memchr("&/+a", pm_scan_peek(scan, 1), 4)))
			scan->off++;
		else
			break;
	}
	return words > 0;
}

/* What joins names: ", ", " and ", " & ", "/". */
static bool name_joint(struct pm_scan *scan)
{
	pm_scan_any(scan, " ");
	if (!pm_scan_any(scan, ",/&+") && !pm_scan_take(scan, "and ") &&
		!pm_scan_take(scan, "og "))
		return false;
	pm_scan_any(scan, " ");
	return true;
}

/* Names and nothing else; one letter is a size, "(M)". */
static bool all_names(struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false};

	if (text.len < 2)
		return false;

	do {
		if (!one_name(&scan))
			return false;
		if (pm_scan_end(&scan))
			return true;
	} while (name_joint(&scan));
	return false;
}

/* 佐藤さん, 認証チーム: what ends in a title or in a word for teams is one. */
static bool has_title(struct pm_slice text)
{
	static const char *const titles[] = {"さん", "氏", "様", "チーム",
		"グループ", "班", "部門", "팀", "님", "团队", "團隊", "小组",
		"小組", "同学"};
	enum { LONGEST = 30 };

	if (text.len > LONGEST || !(text.ptr[text.len - 1] & 0x80))
		return false;
	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (text.len > strlen(titles[i]) &&
			pm_slice_ends(text, titles[i]) &&
			!memchr(text.ptr, ' ', text.len))
			return true;
	return false;
}

/* "Platform team", "Infra & Ops Squad": words with capitals, which elsewhere
   may be labels, and what they are; not "Ask the team". */
static bool is_team(struct pm_slice text)
{
	static const char *const ends[] = {
		" team", " Team", " squad", " Squad", " guild", " Guild"};
	static const char *const whose[] = {"our", "the", "your", NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	size_t len = 0;

	/* "Team Search" */
	if (pm_slice_starts(text, "Team ") || pm_slice_starts(text, "Squad ")) {
		scan.off = strlen(text.ptr[0] == 'T' ? "Team " : "Squad ");
		return at_capital(&scan) && pm_scan_word(&scan, word) &&
		       !pm_slice_ends(pm_slice_str(word), "ing") &&
		       pm_scan_end(&scan);
	}
	if (!strchr("dm", text.ptr[text.len - 1]))
		return false;
	for (size_t i = 0; i < sizeof ends / sizeof ends[0] && !len; i++)
		if (pm_slice_ends(text, ends[i]))
			len = text.len - strlen(ends[i]);
	for (scan.text.len = len; !pm_scan_end(&scan);) {
		if (!at_capital(&scan) || !pm_scan_word(&scan, word) ||
			pm_word_in(word, whose))
			return false;
		while (pm_scan_any(&scan, " &/-"))
			;
	}
	return len > 0;
}

bool pm_looks_like_name(const struct pm_policy *policy, struct pm_slice text)
{
	bool whole;

	text = pm_slice_trim(text);
	if (!text.len || text.len > 60)
		return false;
	if (all_handles(text) || has_title(text) || is_team(text) ||
		(policy && policy->people.len &&
			pm_names_has(&policy->people, text)))
		return true;
	return all_names(text) &&
	       pm_status_of(text, &whole) == PM_ACTION_UNKNOWN &&
	       !pm_roles_find(policy, text).set;
}

/* The inside of a text that is one pair of brackets, else the text. */
static struct pm_slice unwrap(struct pm_slice text)
{
	for (;;) {
		text = pm_slice_trim(text);
		if (text.len < 2 || !memchr("{[<(_*\"", text.ptr[0], 7) ||
			!memchr("}]>)_*\"", text.ptr[text.len - 1], 7))
			return text;
		text = pm_slice_sub(text, 1, text.len - 2);
	}
}

/* "{{ summary }} [link]": nothing but short words in brackets. */
static bool only_brackets(struct pm_slice text)
{
	size_t off = 0;

	if (!text.len || !memchr("{[<", text.ptr[0], 3))
		return false;
	while (off < text.len) {
		char close = text.ptr[off] == '{'   ? '}'
			     : text.ptr[off] == '[' ? ']'
						    : '>';
		ptrdiff_t end;
		size_t blanks = 0;

		if (!memchr("{[<", text.ptr[off], 3))
			return false;
		end = pm_slice_find(text, off, close);
		if (end < 0)
			return false;
		for (ptrdiff_t i = (ptrdiff_t)off; i < end; i++)
			blanks += text.ptr[i] == ' ';
		if (blanks > 4)
			return false;
		off = (size_t)end + 1;
		while (off < text.len && memchr("}]> ", text.ptr[off], 4))
			off++;
	}
	return true;
}

/* "Action item 1", "Task #2": the place where an action is to stand. */
static bool is_numbered_word(struct pm_slice text)
{
	static const char *const words[] = {
		"action", "action item", "item", "task", "todo", "tiltak"};
	size_t len = text.len;

	while (len && pm_is_digit(text.ptr[len - 1]))
		len--;
	if (len == text.len)
		return false;
	while (len && memchr(" #", text.ptr[len - 1], 2))
		len--;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (pm_slice_is_nocase(pm_slice_sub(text, 0, len), words[i]))
			return true;
	return false;
}

bool pm_action_is_example(struct pm_slice text)
{
	static const char *const words[] = {"Example:", "EXAMPLE:", "Eksempel:",
		"Exempel:", "Beispiel:", "Exemple:", "Exemple :", "Ejemplo:",
		"Exemplo:", "Esempio:", "例：", "例:", "（例）", "예:", NULL};

	text = pm_slice_trim(text);
	/* What none of the words begins with is not looked for. */
	return text.len && strchr("EB\xE4\xEF\xEC", text.ptr[0]) &&
	       pm_begins_with_one(text, words);
}

bool pm_says_nothing(const struct pm_body *body, struct pm_slice text)
{
	static const char *const words[] = {"none", "n/a", "na", "nothing",
		"no action items", "no actions", "no action",
		"no action needed", "no action required", "no actions required",
		"tbd", "tbc", "todo", "ingen", "ingen tiltak", "intet", "inga",
		"keine", "keiner", "nichts", "aucun", "aucune", "rien",
		"ninguno", "ninguna", "nada", "なし", "無し", "特になし",
		"該当なし", "未定", "unknown", "pending", "not applicable",
		"none so far", "none yet", "none at this time", "none needed",
		"no further action", "no further actions",
		"no further action needed", "no further actions needed",
		"no further action required", "ingen flere tiltak",
		"ingen videre tiltak", "ikke relevant", "nessuna", "nessuno",
		"geen", "brak", "нет", "Нет", "无", "暂无", "没有", "없음",
		"해당 없음", "해당없음", "미정"};
	enum { LONGEST = 28 };
	struct pm_slice bare = unwrap(text);

	while (bare.len && memchr(".!-?*~", bare.ptr[bare.len - 1], 6))
		bare.len--;
	if (is_numbered_word(bare))
		return true;
	if (!bare.len || only_brackets(pm_slice_trim(text)))
		return true;
	for (size_t i = 0;
		bare.len <= LONGEST && i < sizeof words / sizeof words[0]; i++)
		if (pm_slice_is_nocase(bare, words[i]))
			return true;
	return pm_template_text_empty(body->doc->own->tmpl, bare);
}

/* Behind " #2" of "Action #2: ..."; else text. */
static struct pm_slice behind_number(struct pm_slice text)
{
	size_t i = 0, digits;

	while (i < text.len && memchr(" #", text.ptr[i], 2))
		i++;
	for (digits = i; i < text.len && pm_is_digit(text.ptr[i]);)
		i++;
	return i > digits ? pm_slice_from(text, i) : text;
}

static bool only_digits(struct pm_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!pm_is_digit(text.ptr[i]))
			return false;
	return true;
}

bool pm_take_action_label(struct pm_slice *text, bool anywhere)
{
	/* The first few are said of nothing else; may_be_marked in actions.c
	   knows what they begin with. */
	static const char *const labels[] = {"action item", "action items",
		"action point", "action points", "aksjonspunkt",
		"アクションアイテム", "action", "follow-up", "follow up",
		"tiltak", "アクション", "task", "aktion", "maßnahme", "åtgärd",
		"opgave", "actie", "azione", "acción", "ação", "tarea",
		"tarefa", "tâche", "zadanie", "действие", "задача", "Åtgärd",
		"Действие", "Задача", "recommendation", "empfehlung",
		"recommandation", "recomendación", "recomendação",
		"raccomandazione", "aanbeveling", "rekomendacja"};
	size_t count = anywhere ? 6 : sizeof labels / sizeof labels[0];
	struct pm_slice s = pm_slice_trim(*text);
	bool bracket = s.len && s.ptr[0] == '[';

	s = pm_slice_from(s, bracket);
	if (pm_slice_find(s, 0, bracket ? ']' : ':') < 0)
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t len;
		struct pm_slice rest;

		/* Asked of nearly every block: few begin like one. */
		if (!s.len || (s.ptr[0] ^ labels[i][0]) & ~0x20)
			continue;
		len = strlen(labels[i]);
		if (!pm_slice_is_nocase(pm_slice_sub(s, 0, len), labels[i]))
			continue;
		rest = behind_number(pm_slice_from(s, len));
		if (!rest.len || rest.ptr[0] != (bracket ? ']' : ':'))
			continue;
		rest = pm_slice_from(rest, 1);
		if (rest.len && rest.ptr[0] == ':')
			rest = pm_slice_from(rest, 1);
		rest = pm_slice_trim(rest);
		/* A list or the number of a note may stand there. */
		if (only_digits(rest))
			return false;
		*text = rest;
		return text->len > 0;
	}
	return false;
}

bool pm_is_lesson_action(struct pm_slice text)
{
	ptrdiff_t blank;

	if (!text.len || (text.ptr[0] | 32) != 'a' ||
		!pm_take_action_label(&text, false))
		return false;
	/* "Regularly test the copies" */
	blank = pm_slice_find(text, 0, ' ');
	if (blank > 0 &&
		pm_slice_ends(pm_slice_sub(text, 0, (size_t)blank), "ly"))
		text = pm_slice_from(text, (size_t)blank + 1);
	return pm_begins_with_verb(text);
}
