/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Marks that say nothing alone and something beside each other: "(éditeur, fait
 * le 13 juin)", "(Marta, febrero)", "（情報政策課、完了）". An office in small
 * letters is somebody beside a state or a day; "innan jul" is a day beside
 * somebody. "(the runbook, done)" has none of the two.
 */
#include "doc/action_words.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/stamp.h"

enum { OWNER_MOST = 60, OWNER_WORDS = 6, TIME_MOST = 40 };

/* True when the last signs of a name are those of an office or a company. */
static bool is_wide_office(struct pm_slice text)
{
	static const char *const ends[] = {"課", "部", "室", "係", "局", "社",
		"チーム", "グループ", "センター", "部門", "本部", "ベンダー",
		"メーカー", "業者", "担当者", "委員会", "运维", "部门", "公司",
		NULL};
	enum { MOST = 36 };
	/* "全部", "一部", "内部" are how much and where. */
	static const char *const others[] = {
		"全部", "一部", "内部", "外部", "上部", "下部", NULL};

	if (text.len > MOST || text.len < 2 * strlen("課") ||
		pm_begins_with_one(text, others))
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!(text.ptr[i] & 0x80) && !pm_is_letter(text.ptr[i]))
			return false;
	return pm_ends_in_one(text, ends) > 0;
}

/* "みやけ", "みやけ・田所": as long as names are, each of them. */
static bool is_wide_names(struct pm_slice text)
{
	static const char joint[] = "・";
	ptrdiff_t at;

	while ((at = pm_slice_find_text(text, 0, pm_slice_str(joint))) > 0) {
		if (!pm_mark_is_wide_name(pm_slice_sub(text, 0, (size_t)at)))
			return false;
		text = pm_slice_from(text, (size_t)at + sizeof joint - 1);
	}
	return pm_mark_is_wide_name(text);
}

bool pm_mark_is_crew(struct pm_slice text)
{
	static const char *const crews[] = {"care", "crew", "desk",
		"engineering", "group", "leads", "office", "ops", "squad",
		"support", "team", "teams", "technologies", "tools", NULL};
	enum { WORDS = 3 };
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	size_t words = 0;
	bool crew = false;

	if (!text.len || !pm_is_capital(text.ptr[0]))
		return false;
	while (words <= WORDS && pm_scan_word(&scan, word)) {
		crew = pm_word_in(word, crews);
		words++;
		pm_scan_any(&scan, " ");
	}
	return pm_scan_end(&scan) && crew && words > 1 && words <= WORDS;
}

/* A word that begins what an office or a partner is called. */
static bool begins_office(const char *word)
{
	static const char *const offices[] = {"abteilung", "achats",
		"adjudicatario", "afdelingen", "avdelingen", "avdeling",
		"avdelningen", "compras", "contratista", "departamento",
		"dienstleister", "direccion", "direction", "direktion",
		"driften", "driftsleverandor", "driftsleverandoren", "editeur",
		"einkauf", "enheten", "equipe", "equipo", "exploitation",
		"fabricante", "fagavdelingen", "fornecedor", "fornitore",
		"fournisseur", "hebergeur", "hersteller", "innkjop", "inkop",
		"indkob", "juridique", "kundesenteret", "kundcentret",
		"kundeteamet", "ledelsen", "ledningen", "leverancier",
		"leverandor", "leverandoren", "leverantor", "leverantoren",
		"lieferant", "prestataire", "proveedor", "rechenzentrum",
		"referat", "seccion", "seksjon", "sektion", "seksjonen",
		"service", "servicio", "sistemas", "soporte", "subdireccion",
		"systemeier", "unidad", "vendor", "supplier", NULL};

	return pm_word_in(word, offices);
}

/* True for a word that may stand within a name in small letters. */
static bool joins_name(const char *word)
{
	static const char *const joints[] = {"and", "av", "da", "de", "del",
		"den", "der", "des", "do", "du", "et", "for", "fur", "la", "le",
		"les", "los", "och", "of", "og", "por", "til", "und", "van",
		"von", "y", NULL};

	return pm_word_in(word, joints);
}

/* The words of what may be an office, as they are read. */
struct office {
	struct pm_scan scan;
	size_t words;
	bool known; /* it begins with a word for one */
	bool capitals, joined;
};

static void skip_joints(struct pm_scan *scan)
{
	while (pm_scan_any(scan, " '/&-") || pm_scan_take(scan, "\xE2\x80\x99"))
		;
}

/* Reads the next word; false for one that no office has. */
static bool see_word(const struct pm_action_words *t, struct office *o)
{
	char first = pm_scan_peek(&o->scan, 0), word[PM_SCAN_WORD];
	size_t from = o->scan.off;

	if (pm_is_digit(first) || !pm_scan_word(&o->scan, word))
		return false;
	if (!o->words) {
		o->known = begins_office(word);
		if (!o->known && !pm_looks_like_name(t->body->doc->own->policy,
					 pm_slice_sub(o->scan.text, from,
						 o->scan.off - from)))
			return false;
	} else if (joins_name(word)) {
		o->joined = true;
	} else if (!pm_is_capital(first) && !(first & 0x80)) {
		o->capitals = false;
	}
	o->words++;
	skip_joints(&o->scan);
	return true;
}

/*
 * "Seksjon for drift", "direction de l'éducation": an office and its words, or
 * a name whose later words are joined: "Ingeniería de Red". "Vendor fix" is a
 * fix.
 */
static bool is_office(const struct pm_action_words *t, struct pm_slice text)
{
	struct office o = {.scan = {text, 0, false}, .capitals = true};

	if (!text.len || text.len > OWNER_MOST)
		return false;
	while (!pm_scan_end(&o.scan))
		if (o.words == OWNER_WORDS || !see_word(t, &o))
			return false;
	return o.known ? o.words == 1 || o.joined || o.capitals
		       : o.capitals && o.joined;
}

/* "juin", "Ostern", "jul": what is no time among other words. */
static bool is_told_time(const char *word)
{
	static const char *const times[] = {"arsskiftet", "arsskifte",
		"christmas", "easter", "ferien", "ferierne", "fellesferien",
		"herbst", "host", "hosten", "efterar", "efteraret", "forar",
		"foraret", "invierno", "jahresende", "jul", "julen",
		"julferien", "natale", "navidad", "noel", "nyar", "nyttar",
		"ostern", "otono", "paques", "pask", "paske", "pasen",
		"primavera", "rentree", "semana", "semester", "semestern",
		"sommar", "sommaren", "sommer", "sommeren", "sommerferien",
		"summer", "tertial", "varen", "verano", "vinter", "vinteren",
		"vintern", "weihnachten", "winter", "zomer", NULL};

	return pm_month_named(word) || pm_word_in(word, times);
}

/* "v5.5", "5.5.1"; "1.10" is a day as well. */
static bool is_version(struct pm_slice text)
{
	size_t points = 0, marked = text.len && (text.ptr[0] | 32) == 'v';

	for (size_t i = marked; i < text.len; i++)
		if (text.ptr[i] == '.' && pm_is_digit(text.ptr[i - !!i]))
			points++;
		else if (!pm_is_digit(text.ptr[i]))
			return false;
	return points + marked >= 2 && pm_is_digit(text.ptr[text.len - 1]);
}

/* "de inmediato", "desde octubre", "avant mai", "innan jul", "v5.5". */
static bool is_loose_time(struct pm_slice text)
{
	static const char *const whole[] = {"ab sofort", "asap", "at once",
		"de inmediato", "de suite", "genast", "immediately",
		"inmediato", "med en gang", "nu", "omgaende", "omgående",
		"på en gang", "right away", "snarest", "snarast", "sofort",
		"straks", "umgehend", "umiddelbart", "dès que possible",
		"immédiatement", "lo antes posible", "cuanto antes",
		"so bald wie möglich", "schnellstmöglich", "随時", "即時",
		"速やかに", "至急"};
	static const char *const leads[] = {"a", "ab", "after", "antes",
		"apres", "avant", "before", "bis", "dal", "de", "depuis", "der",
		"des", "desde", "dopo", "efter", "el", "en", "etter", "for",
		"fra", "fram", "fran", "from", "hasta", "i", "im", "in",
		"inden", "innan", "innen", "la", "le", "mot", "nach", "nor",
		"partir", "por", "prima", "senest", "the", "til", "till",
		"tras", "until", "vor", "voor", NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	unsigned year;

	if (!text.len || text.len > TIME_MOST)
		return false;
	for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
		if (pm_slice_is_nocase(text, whole[i]))
			return true;
	if (is_version(text))
		return true;
	while (pm_scan_word(&scan, word) && pm_word_in(word, leads))
		skip_joints(&scan);
	if (!is_told_time(word))
		return false;
	pm_scan_blanks(&scan);
	pm_scan_take(&scan, "de ");
	return pm_scan_end(&scan) ||
	       (pm_scan_year(&scan, &year) && pm_scan_end(&scan));
}

/* True where one of the parts is a day, or says that it was done on one. */
static bool holds_day(const struct pm_action_words *t, struct pm_slice inner)
{
	struct pm_slice part;

	while (pm_mark_part(&inner, &part))
		if (pm_mark_of(t, part) == PM_MARK_DUE ||
			pm_mark_done_on_day(part))
			return true;
	return false;
}

bool pm_mark_is_nick(struct pm_slice text)
{
	static const char *const things[] = {"about", "alert", "alerts",
		"alpha", "already", "and", "api", "approx", "as", "asap",
		"audit", "automated", "backend", "backlog", "best", "beta",
		"blocked", "blocker", "build", "canary", "change", "cleanup",
		"client", "code", "config", "contract", "critical", "database",
		"date", "deploy", "deployed", "deployment", "design", "dev",
		"docs", "done", "draft", "early", "effort", "end", "epic",
		"estimate", "estimated", "etc", "everything", "everywhere",
		"external", "final", "firmware", "first", "fix", "followup",
		"frontend", "full", "globally", "hard", "hardware", "high",
		"hotfix", "if", "internal", "issue", "large", "late", "later",
		"latest", "likely", "long", "low", "major", "manual",
		"manually", "maybe", "medium", "migration", "minor",
		"monitoring", "name", "names", "new", "next", "nightly",
		"nobody", "none", "not", "offline", "on", "online", "open",
		"optional", "or", "owner", "part", "partial", "patch",
		"pending", "permanent", "person", "phase", "pilot", "plan",
		"planned", "policy", "postponed", "prio", "priority",
		"probably", "process", "prod", "production", "proposal",
		"prototype", "recurring", "release", "replacement", "report",
		"research", "review", "rollout", "runbook", "scheduled",
		"script", "second", "server", "short", "should", "simple",
		"small", "soft", "spike", "stage", "staging", "story",
		"supplier", "tba", "tbc", "tbd", "team", "template",
		"temporary", "tentative", "tentatively", "test", "testing",
		"tests", "then", "ticket", "today", "training", "trial",
		"unassigned", "unclear", "unknown", "update", "upgrade",
		"upstream", "urgent", "vendor", "vendors", "version", "waiting",
		"who", "with", "worldwide", NULL};
	enum { LEAST = 3, MOST = 16 };
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];

	if (text.len < LEAST || text.len > MOST)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!pm_is_small(text.ptr[i]))
			return false;
	return pm_scan_word(&scan, word) && !pm_word_in(word, things) &&
	       !pm_month_named(word) && !pm_begins_with_verb(text);
}

/*
 * "ETA 2024-07-01": a day that a word announces. A bare one is as often that of
 * what stands before it, "(hallway, 2024-07-01)", and "(owner, due date)" waits
 * for both.
 */
static bool is_announced_day(struct pm_slice text)
{
	static const char *const leads[] = {"before", "by", "deadline", "due",
		"eta", "target", "until", NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	struct pm_slice day;

	if (!pm_scan_word(&scan, word) || !pm_word_in(word, leads))
		return false;
	day = pm_slice_trim(pm_slice_from(text, scan.off));
	return pm_action_is_day(day) || pm_action_is_period(day);
}

bool pm_action_read_nick(struct pm_action_words *t, struct pm_slice inner)
{
	struct pm_slice who, when;

	if (!inner.len || !pm_is_small(inner.ptr[0]) ||
		!pm_mark_part(&inner, &who) || !pm_mark_part(&inner, &when) ||
		inner.len || !pm_mark_is_nick(who) || !is_announced_day(when) ||
		pm_mark_of(t, who) != PM_MARK_NONE ||
		pm_mark_of(t, when) != PM_MARK_DUE)
		return false;
	pm_action_set_owner(t->body, t->action, who);
	pm_mark_apply(t, PM_MARK_DUE, when);
	return true;
}

/* What one of several parts is: whatever it would be alone, or what it is
   beside others. "一部、完了" is a part that is done; beside a day as short a
   word is a name. */
static enum pm_mark beside(const struct pm_action_words *t,
	struct pm_slice part, bool dated, bool *loose)
{
	enum pm_mark mark = pm_mark_of(t, part);

	*loose = mark == PM_MARK_NONE;
	if (mark != PM_MARK_NONE)
		return mark;
	if (is_loose_time(part))
		return PM_MARK_DUE;
	return is_wide_office(part) || pm_mark_is_crew(part) ||
			       is_office(t, part) ||
			       (dated && is_wide_names(part))
		       ? PM_MARK_OWNER
		       : PM_MARK_NONE;
}

bool pm_action_read_beside(struct pm_action_words *t, struct pm_slice inner)
{
	enum { LEAST = 2, MOST = 4 };
	struct pm_slice rest, part;
	bool loose, dated, owned = false, timed = false;
	int parts = 0;

	for (rest = inner; parts <= MOST && pm_mark_part(&rest, &part);)
		parts++;
	if (parts < LEAST || parts > MOST)
		return false;
	dated = holds_day(t, inner);
	for (rest = inner; pm_mark_part(&rest, &part);) {
		enum pm_mark mark = beside(t, part, dated, &loose);

		if (mark <= PM_MARK_KEY)
			return false;
		owned = owned || mark == PM_MARK_OWNER;
		timed = timed || mark == PM_MARK_DUE || mark == PM_MARK_STATUS;
	}
	if (!owned || !timed)
		return false;
	t->named = true;
	for (rest = inner; pm_mark_part(&rest, &part);) {
		enum pm_mark mark = beside(t, part, dated, &loose);

		if (loose && mark == PM_MARK_OWNER)
			pm_action_set_owner(t->body, t->action, part);
		else if (loose)
			pm_action_set_due(t->body, t->action, part);
		else
			pm_mark_apply(t, mark, part);
	}
	t->named = false;
	return true;
}

bool pm_mark_done_on_day(struct pm_slice part)
{
	static const char *const articles[] = {
		"le ", "am ", "den ", "el ", "em ", "il ", "on ", "op ", NULL};
	static const char *const behind[] = {"済み", "済", "完了", NULL};
	ptrdiff_t blank = pm_slice_find(part, 0, ' ');
	struct pm_slice day = part;
	bool whole;

	/* "9/3 済", as sentences of such languages have it. */
	day.len -= pm_ends_in_one(part, behind);
	if (day.len < part.len && pm_action_is_day(pm_slice_trim(day)))
		return true;
	if (blank < 1)
		return false;
	day = pm_slice_from(part, (size_t)blank + 1);
	day = pm_slice_from(day, pm_begins_with_one(day, articles));
	return pm_action_is_day(day) &&
	       pm_status_of(pm_slice_sub(part, 0, (size_t)blank), &whole) ==
		       PM_ACTION_DONE &&
	       whole;
}

bool pm_action_tail_set_off(struct pm_action_words *t)
{
	struct pm_slice s = t->rest, inner;
	size_t i = t->nruns;

	if (!s.len)
		return false;
	while (i > 0 && t->runs[i - 1].text.ptr >= s.ptr + s.len)
		i--;
	if (!i || !(t->runs[i - 1].style & (PM_MD_STRONG | PM_MD_EMPHASIS)))
		return false;
	inner = t->runs[i - 1].text;
	if (inner.ptr <= s.ptr || inner.ptr[-1] == '(')
		return false;
	inner.len = (size_t)(s.ptr + s.len - inner.ptr);
	if (!pm_action_read_beside(t, pm_trim_marks(inner)))
		return false;
	t->rest =
		pm_slice_trim(pm_slice_sub(s, 0, (size_t)(inner.ptr - s.ptr)));
	return true;
}
