/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plain name that acts at the head of an action, "Ana will ...". Nothing
 * marks it as a name, and things stand there as well ("Script to clean up"),
 * so everything that speaks against a name is asked.
 */
#include "doc/actions.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "doc/roles.h"
#include "doc/scan.h"

/* Words that begin a sentence where a name could stand: what they name acts
   in no action. */
static bool is_thing(const char *word)
{
	static const char *const words[] = {"ability", "access", "agent",
		"alarm", "alert", "an", "approach", "attempt", "automation",
		"better", "change", "check", "command", "continue", "dashboard",
		"decision", "decide", "documentation", "everyone", "failure",
		"feature", "function", "guide", "he", "i", "idea", "job", "law",
		"lint", "logic", "mechanism", "metric", "need", "option", "our",
		"plan", "playbook", "proposal", "rule", "script", "service",
		"she", "somebody", "someone", "story", "test", "ticket", "time",
		"tool", "tooling", "train", "way", "they", "users", "customers",
		"these", "those", "there", "that", "what", "which", "you", "vi",
		"dette", "det", "wir", "nous", "nosotros", NULL};

	return pm_word_in(word, words);
}

/* How far into a document is looked, because each action may ask. */
enum { REACH = 32768 };

/* Who is named for what they do is named so early; a word that stands in every
   line is nobody, and would be looked for as often as there are lines. */
enum { TRIES = 100 };

/* True when a word of the document is written with a small letter elsewhere,
   as nouns are and names are not. */
static bool is_small_elsewhere(const struct pm_body *body, struct pm_slice name)
{
	struct pm_slice src = pm_slice_sub(body->doc->src, 0, REACH);
	char small[PM_SCAN_WORD + 1] = " ";

	if (name.len >= sizeof small - 1)
		return true;
	memcpy(small + 1, name.ptr, name.len);
	small[1] |= 32;
	return memmem(src.ptr, src.len, small, name.len + 1) != NULL;
}

/* True for a line with such a word of a script without blanks, "担当者：佐藤",
   "担当者は佐藤", and not as the beginning of another: "参加者向けの説明". */
static bool has_sign(struct pm_slice line, const char *sign)
{
	static const char *const is[] = {
		"は", "는", "은", "是", "为", "為", NULL};
	ptrdiff_t at = pm_slice_find_text(line, 0, pm_slice_str(sign));
	struct pm_slice rest;
	uint32_t cp;

	if (at < 0)
		return false;
	rest = pm_slice_from(line, (size_t)at + strlen(sign));
	if (!rest.len || pm_begins_with_one(rest, is))
		return true;
	pm_utf8_next(rest, 0, &cp);
	return !pm_utf8_word(cp);
}

/* True for a line "Authors: ...", "| Commander | ... |", "owner: ..." that
   says so before the offset of a name. */
static bool names_people(struct pm_slice line, size_t name)
{
	static const char *const words[] = {"animateur", "ansvarleg",
		"ansvarlig", "anwesend", "anwesende", "approver", "approvers",
		"asistentes", "asistieron", "assignee", "attendees", "auteur",
		"auteure", "auteurs", "author", "authors", "autor", "autora",
		"autoren", "autores", "autorzy", "av", "beteiligte",
		"commander", "contributors", "dabei", "deltagare", "deltagere",
		"deltakarar", "deltakere", "driver", "eier", "elaborado",
		"ersteller", "erstellt", "facilitator", "forfattar",
		"forfattare", "forfatter", "forfattere", "lead", "moderation",
		"moteleder", "name", "narvarande", "owner", "participant",
		"participantes", "participants", "person", "present",
		"presentes", "presents", "protokoll", "redactado", "redacteur",
		"redaction", "redige", "referent", "relecteur", "relecture",
		"reporter", "responder", "responders", "responsable",
		"responsavel", "reviewer", "reviewers", "scribe", "skrevet",
		"skribent", "skriven", "stede", "teilnehmende", "teilnehmer",
		"tilstede", "uczestnicy", "udarbejdet", "utarbeidet",
		"verantwortlich", "verfasser", "verfasserin", "verfasst",
		"written", "автор", "авторы", "ответственныи", "участники",
		NULL};
	struct pm_scan scan = {line, 0, false};
	char word[PM_SCAN_WORD], next;
	bool found = false, cell = false;
	bool foreign = pm_utf8_skip_ascii(line, 0) < line.len;
	static const char *const signs[] = {"作成者", "担当者", "参加者",
		"対応者", "記入者", "関係者", "対応メンバー", "レビュアー",
		"レビューア", "報告者", "記録者", "承認者", "確認者", "執筆者",
		"起票者", "出席者", "文責", "作者", "负责人", "負責人",
		"参与人", "參與人", "撰写人", "撰寫人", "작성자", "참여자",
		"담당자"};

	for (size_t i = 0; foreign && i < sizeof signs / sizeof signs[0]; i++)
		if (has_sign(line, signs[i]))
			return true;
	if (pm_slice_find(line, 0, ':') < 0 && pm_slice_find(line, 0, '|') < 0)
		return false;
	while (!pm_scan_end(&scan) && scan.off < 48) {
		if (pm_scan_word(&scan, word)) {
			next = pm_scan_peek(&scan, 0);
			/* '<a name="x">' names a place, "Kontroll av moms:"
			   what is controlled; "Av: Ana", "Laget av: Ana". */
			found = found ||
				(pm_word_in(word, words) && next != '=' &&
					(!cell || next == ':' ||
						strcmp(word, "av") != 0));
			cell = true;
		} else if ((pm_scan_any(&scan, ":") ||
				   (cell && pm_scan_any(&scan, "|")))) {
			return found && scan.off <= name;
		} else {
			scan.off++;
		}
	}
	return false;
}

/* The line that ends before an offset, which becomes that of its start. */
static struct pm_slice line_before(struct pm_slice text, size_t *off)
{
	size_t end = --*off;

	while (*off > 0 && text.ptr[*off - 1] != '\n')
		--*off;
	return pm_slice_trim(pm_slice_sub(text, *off, end - *off));
}

/* "## Attendees" above the list that a line at an offset is an item of. */
static bool is_attendee(struct pm_slice text, size_t off)
{
	static const char *const words[] = {"anwesende", "asistentes",
		"attendees", "authors", "beteiligte", "deltagare", "deltagere",
		"deltakere", "participantes", "participants", "people",
		"presents", "responders", "teilnehmende", "teilnehmer", NULL};
	enum { LIST_MOST = 40 };
	char word[PM_SCAN_WORD];

	if (off >= text.len || !memchr("-*+", text.ptr[off], 3))
		return false;
	for (int i = 0; i < LIST_MOST && off > 0; i++) {
		struct pm_scan scan = {line_before(text, &off), 0, false};

		if (!scan.text.len || memchr("-*+", scan.text.ptr[0], 3))
			continue;
		while (pm_scan_any(&scan, "# "))
			;
		return scan.off > 0 && pm_scan_word(&scan, word) &&
		       pm_word_in(word, words);
	}
	return false;
}

/* True when the line around a place says that people are named there. */
static bool stands_for_person(struct pm_slice text, const char *at)
{
	size_t off = (size_t)(at - text.ptr), start = off, end = off;

	while (start > 0 && text.ptr[start - 1] != '\n')
		start--;
	while (end < text.len && text.ptr[end] != '\n')
		end++;
	return names_people(
		       pm_slice_sub(text, start, end - start), off - start) ||
	       is_attendee(text, start);
}

/* True for whoever owns one of the first actions read. */
static bool owns_another(const struct pm_body *body, struct pm_slice name)
{
	enum { ASKED = 40 };
	const struct pm_doc *doc = body->doc;

	for (size_t i = 0; i < doc->nactions && i < ASKED; i++)
		if (doc->actions[i].owner.text.len &&
			pm_slice_eq(doc->actions[i].owner.text, name))
			return true;
	return false;
}

/* True when a line near the head names people, and among them this one. */
static bool stands_among_people(
	const struct pm_body *body, struct pm_slice name)
{
	struct pm_slice src = pm_slice_sub(body->doc->src, 0, REACH);
	struct pm_slice rest = src;
	unsigned tries = TRIES;
	const char *at;

	while (name.len > 1 && tries-- &&
		(at = memmem(rest.ptr, rest.len, name.ptr, name.len)) != NULL) {
		struct pm_scan after = {src, 0, false};
		after.off = (size_t)(at - src.ptr) + name.len;
		/* Scripts without blanks do not part a name from its key. */
		if (at > src.ptr &&
			(name.ptr[0] & 0x80 ||
				(memchr(" @*|[,/(\"", at[-1], 9) &&
					!pm_scan_at_word(&after))) &&
			stands_for_person(src, at))
			return true;
		rest = pm_slice_from(src, after.off);
	}
	return false;
}

bool pm_person_known(const struct pm_body *body, struct pm_slice name)
{
	const struct pm_policy *policy = body->doc->own->policy;
	struct pm_asked *asked;
	size_t slot = 0;

	if ((policy->people.len && pm_names_has(&policy->people, name)) ||
		owns_another(body, name))
		return true;
	if (name.len < 2 || name.len >= sizeof asked->name ||
		memchr(name.ptr, 0, name.len))
		return stands_among_people(body, name);
	for (size_t i = 0; i < name.len; i++)
		slot += (unsigned char)name.ptr[i];
	asked = &body->asked[slot % PM_ASKED];
	if (!pm_slice_is(name, asked->name)) {
		memcpy(asked->name, name.ptr, name.len);
		asked->name[name.len] = 0;
		asked->known = stands_among_people(body, name);
	}
	return asked->known;
}

/* True where a word such as "will" or a sign lets a name act. */
static bool lets_act(struct pm_scan at)
{
	static const char *const acts[] = {"to", "will", "skal", "ska", NULL};
	char word[PM_SCAN_WORD];

	/* "https:" acts nowhere. */
	if (pm_scan_take(&at, "://"))
		return false;
	/* "Load-test the site": a hyphen within a word. */
	if (pm_scan_peek(&at, 0) == '-' && pm_scan_peek(&at, 1) != ' ')
		return false;
	pm_scan_blanks(&at);
	/* Most words are none of these, as their first letter says. */
	if (pm_is_letter(pm_scan_peek(&at, 0)) &&
		!strchr("stw", pm_lower(pm_scan_peek(&at, 0))))
		return false;
	return pm_scan_any(&at, ":") || pm_scan_dash(&at) ||
	       pm_scan_take(&at, "→") ||
	       (pm_scan_word(&at, word) && pm_word_in(word, acts));
}

size_t pm_known_name(const struct pm_body *body, struct pm_slice text)
{
	enum { NAME_WORDS = 3 };
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];

	for (int i = 0; i < NAME_WORDS && pm_scan_word(&scan, word); i++) {
		if (lets_act(scan))
			return pm_person_known(
				       body, pm_slice_sub(text, 0, scan.off))
				       ? scan.off
				       : 0;
		if (!pm_scan_any(&scan, " "))
			break;
	}
	return 0;
}

/* Steps over the words before "will" or "to", at most four; returns where
   the last of them ends, 0 when there is no such word. */
static size_t before_acting(struct pm_scan *scan, size_t *words)
{
	static const char *const acts[] = {"will", "to", "skal", "ska", NULL};
	enum { NAME_WORDS = 4 };
	char word[PM_SCAN_WORD];
	size_t end = 0;

	for (*words = 0; pm_scan_word(scan, word); ++*words) {
		if (pm_word_in(word, acts))
			return end;
		if (*words == NAME_WORDS)
			break;
		end = scan->off;
		pm_scan_any(scan, ",");
		pm_scan_blanks(scan);
		pm_scan_any(scan, "&/");
		pm_scan_blanks(scan);
	}
	return 0;
}

/* What a company's own people are called by: labels elsewhere, but here they
   act. "Support to export" is not theirs, and so not among them. */
static bool is_group(const char *word)
{
	static const char *const words[] = {"comms", "communications",
		"developers", "devs", "engineering", "engineers", "finance",
		"infra", "infrastructure", "legal", "marketing", "operations",
		"ops", "qa", "security", "sre", "sres", NULL};

	return pm_word_in(word, words);
}

/* "Load Balancer to drain the nodes": the last word is what it is. */
static bool ends_in_part(struct pm_slice name)
{
	static const char *const words[] = {"balancer", "cluster", "controller",
		"dashboard", "database", "gateway", "node", "pipeline", "proxy",
		"queue", "scheduler", "server", "service", "worker", NULL};
	struct pm_scan scan = {name, name.len, false};
	char word[PM_SCAN_WORD];

	while (scan.off > 0 && name.ptr[scan.off - 1] != ' ')
		scan.off--;
	return pm_scan_word(&scan, word) && pm_word_in(word, words);
}

size_t pm_acting_name(const struct pm_body *body, struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false}, head = scan;
	char first[PM_SCAN_WORD];
	struct pm_slice name;
	size_t words;

	/* Nearly all orders begin with their verb. */
	if (!text.len || !pm_is_capital(text.ptr[0]))
		return 0;
	name = pm_slice_sub(text, 0, before_acting(&scan, &words));
	if (!name.len || !pm_scan_word(&head, first) || is_thing(first) ||
		ends_in_part(name) || pm_begins_with_verb(name) ||
		!pm_begins_with_verb(pm_slice_from(text, scan.off)))
		return 0;
	if (pm_slice_ends(name, " team") || pm_slice_ends(name, " Team") ||
		(words == 1 && is_group(first)))
		return name.len;
	if (!pm_looks_like_name(body->doc->own->policy, name) ||
		(words == 1 && is_small_elsewhere(body, name) &&
			!pm_person_known(body, name)))
		return 0;
	return name.len;
}
