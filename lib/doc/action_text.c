/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the words of one action say: "[x] Alert on backlog (@ana, due
 * 2026-12-01)", "**Ana**: write the runbook", "@bo will ask the vendor". Marks
 * are taken off the head and the tail while they can be read; what is left is
 * the title.
 */
#include "doc/action_words.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/scan.h"
#include "doc/stamp.h"

/* "due 2026-05-21", "by Friday", "due: 1 May". A day alone does not say that
   something has to be done by then: "2026-05-21: alarm added" is a log. */
static bool says_due(const struct pm_action_words *t, struct pm_slice part)
{
	struct pm_scan scan = {part, 0, false};
	char word[PM_SCAN_WORD];

	if (!pm_scan_word(&scan, word) || !part.len || pm_is_digit(part.ptr[0]))
		return false;
	pm_scan_any(&scan, ":");
	pm_scan_blanks(&scan);
	part = pm_slice_from(part, scan.off);
	return (pm_action_is_day(part) || pm_action_is_period(part)) &&
	       pm_mark_of(t, scan.text) == PM_MARK_DUE;
}

/* "[Ana] ...", "(P1) ...", "【完了】...": one pair of brackets at the head. */
static bool head_bracket(struct pm_action_words *t)
{
	static const struct {
		const char *open, *close;
	} pairs[] = {{"[", "]"}, {"(", ")"}, {"【", "】"}, {"（", "）"}};
	struct pm_slice inner;
	enum pm_mark mark;
	size_t kind = 0, open;
	ptrdiff_t end;

	while (kind < sizeof pairs / sizeof pairs[0] &&
		!pm_slice_starts(t->rest, pairs[kind].open))
		kind++;
	if (kind == sizeof pairs / sizeof pairs[0])
		return false;
	open = strlen(pairs[kind].open);
	end = pm_slice_find_text(
		t->rest, open, pm_slice_str(pairs[kind].close));
	if (end <= (ptrdiff_t)open || end > PM_MARK_MOST / 2)
		return false;
	inner = pm_trim_marks(pm_slice_sub(t->rest, open, (size_t)end - open));
	mark = pm_mark_of(t, inner);
	if (mark != PM_MARK_OWNER && mark != PM_MARK_STATUS &&
		mark != PM_MARK_PRIORITY && mark != PM_MARK_KEY &&
		!says_due(t, inner))
		return false;
	pm_mark_apply(t, mark, inner);
	t->rest = pm_slice_trim(pm_slice_from(
		t->rest, (size_t)end + strlen(pairs[kind].close)));
	return true;
}

/* The day on which something was done: "DONE 2026-05-14 — ...", "Done (14
   May): ...". Returns how long it is with its sign, 0 when there is none. */
static size_t day_done(struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false};
	struct pm_stamp_date date;
	bool open;

	pm_scan_blanks(&scan);
	open = pm_scan_any(&scan, "(");
	if (!pm_scan_date(&scan, &date) || (open && !pm_scan_any(&scan, ")")))
		return 0;
	pm_scan_blanks(&scan);
	return pm_scan_any(&scan, ":") || pm_scan_dash(&scan) ? scan.off : 0;
}

/* True for a word in capitals before a blank or a sign, or, where small letters
   say as much, before a sign that sets it off. */
static bool heads(struct pm_slice text, const char *word, bool small)
{
	size_t len;
	struct pm_slice rest;

	/* Nearly always it is the first letter that differs. */
	if (!text.len || (text.ptr[0] ^ word[0]) & ~0x20)
		return false;
	len = strlen(word);
	if (text.len <= len ||
		!pm_slice_is_nocase(pm_slice_sub(text, 0, len), word))
		return false;
	rest = pm_slice_from(text, len);
	if (pm_slice_starts(text, word))
		return memchr(" :-.)", rest.ptr[0], 5) != NULL;
	return small && (rest.ptr[0] == ':' || pm_slice_starts(rest, " - ") ||
				day_done(rest));
}

/* "Ferdig: larm ved etterslep", in words that state nothing else before a
   colon; "Løst: ..." and "Fixed: ..." could be anything. */
static bool foreign_state(struct pm_action_words *t)
{
	static const char *const words[] = {"ferdig", "utført", "fullført",
		"gjennomført", "gjort", "færdig", "udført", "gennemført",
		"klart", "färdig", "färdigt", "utfört", "genomfört", "erledigt",
		"umgesetzt", "abgeschlossen", "fait", "faite", "terminé",
		"terminée", "réalisé", "réalisée", "hecho", "hecha",
		"completado", "completada", "realizado", "realizada", "feito",
		"feita", "concluído", "concluída", "fatto", "fatta",
		"completato", "completata", "gedaan", "afgerond", "voltooid"};
	enum { LONGEST = 16 };
	ptrdiff_t colon =
		pm_slice_find(pm_slice_sub(t->rest, 0, LONGEST), 0, ':');
	struct pm_slice state = {NULL, 0};

	/* French has a blank before the colon. */
	if (colon > 0)
		state = pm_slice_trim(pm_slice_sub(t->rest, 0, (size_t)colon));
	for (size_t i = 0; state.len && i < sizeof words / sizeof words[0];
		i++) {
		if (!pm_slice_is_nocase(state, words[i]))
			continue;
		t->rest = pm_slice_trim(
			pm_slice_from(t->rest, (size_t)colon + 1));
		t->action->state = PM_ACTION_DONE;
		return true;
	}
	return false;
}

/* A state before the words: "DONE alert on lag", "Done: alert on lag". */
static bool head_word(struct pm_action_words *t)
{
	static const struct {
		const char *word;
		bool small;
	} words[] = {
		{"DONE", true},
		{"COMPLETED", true},
		{"FIXED", false}, /* "Fixed: " could be anything. */
		{"UTFØRT", false},
		{"FERDIG", false},
		{"FULLFØRT", false},
		{"GJENNOMFØRT", false},
		{"UDFØRT", false},
		{"FÆRDIG", false},
		{"GENNEMFØRT", false},
		{"UTFÖRT", false},
		{"KLART", false},
		{"GENOMFÖRT", false},
	};

	static const char *const dashes[] = {"– ", "— ", NULL};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (!heads(t->rest, words[i].word, words[i].small))
			continue;
		t->rest = pm_slice_from(t->rest, strlen(words[i].word));
		t->rest = pm_slice_from(t->rest, day_done(t->rest));
		while (t->rest.len && memchr(" :-.)", t->rest.ptr[0], 5))
			t->rest = pm_slice_from(t->rest, 1);
		t->rest = pm_slice_from(
			t->rest, pm_begins_with_one(t->rest, dashes));
		t->action->state = PM_ACTION_DONE;
		return true;
	}
	return false;
}

/* "Implemented: ...", "Suggested: ...": a word that tells how an action stands
   and hardly labels anything else. */
static bool states_only(struct pm_slice text)
{
	static const char *const words[] = {"implemented", "ongoing", "planned",
		"proposed", "suggested", "rejected", "finished", "geplant",
		"laufend", "vorgeschlagen", "planifie", "prevu", "propose",
		"pendiente", "planificado", "propuesto", "pendente",
		"planejado", "proposto", "pianificato", "gepland", "lopend",
		NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];

	return pm_scan_word(&scan, word) && pm_scan_end(&scan) &&
	       pm_word_in(word, words);
}

/* "IN PROGRESS: ...", "Not started: ...", "WIP: ...": any state before a colon
   in several words or in capitals. "Fixed: ..." and "Open: ..." label more than
   states. */
static bool head_state(struct pm_action_words *t)
{
	enum { LEAST = 3, LONGEST = 24 };
	ptrdiff_t colon =
		pm_slice_find(pm_slice_sub(t->rest, 0, LONGEST), 0, ':');
	struct pm_slice text;
	enum pm_action_status status;
	bool whole, small = false;

	if (colon < LEAST)
		return false;
	text = pm_slice_trim(pm_slice_sub(t->rest, 0, (size_t)colon));
	for (size_t i = 0; i < text.len; i++)
		small = small || pm_is_small(text.ptr[i]);
	if (small && !memchr(text.ptr, ' ', text.len) && !states_only(text))
		return false;
	status = pm_status_of(text, &whole);
	if (status == PM_ACTION_UNKNOWN || !whole)
		return false;
	t->rest = pm_slice_trim(pm_slice_from(t->rest, (size_t)colon + 1));
	t->action->state = status;
	return true;
}

/* How long the priority is that a text begins with: "P1", or "High" where a
   colon or, behind bold words, a dash or a capital letter says that it is a
   label; 0: none. */
static size_t priority_len(struct pm_slice text, bool bold)
{
	static const char *const words[] = {
		"Critical", "High", "Medium", "Low", NULL};
	size_t len = pm_begins_with_one(text, words);
	struct pm_slice rest = pm_slice_from(text, len);

	if (pm_is_priority(pm_slice_sub(text, 0, 2)))
		return 2;
	return pm_slice_starts(rest, ":") ||
			       (bold && rest.len > 1 &&
				       pm_is_capital(rest.ptr[1])) ||
			       (bold && (pm_slice_starts(rest, " - ") ||
						pm_slice_starts(rest, " – ") ||
						pm_slice_starts(rest, " — ")))
		       ? len
		       : 0;
}

/* "P1: ...", "**P0** - ...", "High: ...": a priority that a sign sets off. */
static bool head_priority(struct pm_action_words *t)
{
	static const char *const signs[] = {":", " - ", " – ", " — ", " "};
	const struct pm_md_run *run = pm_mark_run(t);
	bool strong = run && run->style & PM_MD_STRONG;
	size_t len = priority_len(t->rest, strong);
	struct pm_slice rest = pm_slice_from(t->rest, len);
	/* "**P1** add it", but "P1 incidents get a review". */
	bool bold = strong && run->text.len == len;
	size_t nsigns = sizeof signs / sizeof signs[0] - (bold ? 0 : 1);

	for (size_t i = 0; len && i < nsigns; i++) {
		if (!pm_slice_starts(rest, signs[i]))
			continue;
		pm_mark_apply(
			t, PM_MARK_PRIORITY, pm_slice_sub(t->rest, 0, len));
		t->rest = pm_slice_trim(pm_slice_from(rest, strlen(signs[i])));
		return true;
	}
	return false;
}

/* "🟢 **Low** - ...": beside a priority a colour is its, and no state. */
static bool head_colour(struct pm_action_words *t)
{
	static const char *const colours[] = {
		"🔴", "🟠", "🟡", "🟢", "🔵", "⚪", NULL};
	static const char *const words[] = {"Critical", "High", "Medium", "Low",
		"P0", "P1", "P2", "P3", "P4", NULL};
	size_t len = pm_begins_with_one(t->rest, colours);
	struct pm_slice rest = pm_slice_trim(pm_slice_from(t->rest, len));
	size_t word = pm_begins_with_one(rest, words);

	if (!len || !word || (word < rest.len && pm_is_letter(rest.ptr[word])))
		return false;
	t->rest = rest;
	return true;
}

/* "GH-12 (done): ...": a state behind the ticket that stands before all. */
static void ticket_state(struct pm_action_words *t)
{
	enum { TICKET_MOST = 30 };
	ptrdiff_t open =
		pm_slice_find(pm_slice_sub(t->rest, 0, TICKET_MOST), 0, '(');
	ptrdiff_t close;
	struct pm_slice ticket, state;
	enum pm_action_status status;
	bool whole;

	if (open < 2)
		return;
	close = pm_slice_find(t->rest, (size_t)open, ')');
	ticket = pm_slice_trim(pm_slice_sub(t->rest, 0, (size_t)open));
	if (close < 0 || memchr(ticket.ptr, ' ', ticket.len) ||
		!pm_slice_starts(pm_slice_from(t->rest, (size_t)close), "):"))
		return;
	state = pm_slice_sub(
		t->rest, (size_t)open + 1, (size_t)(close - open - 1));
	status = pm_status_of(state, &whole);
	if (status != PM_ACTION_UNKNOWN && whole &&
		t->action->state == PM_ACTION_OPEN)
		t->action->state = status;
}

/* One mark at the head: a box, a tick, a status or a label. */
static bool head_mark(struct pm_action_words *t)
{
	static const struct {
		const char *sign;
		enum pm_action_status status;
	} signs[] = {
		{"[x]", PM_ACTION_DONE},
		{"[X]", PM_ACTION_DONE},
		{"[ ]", PM_ACTION_OPEN},
		{"[]", PM_ACTION_OPEN},
		{"[\xC2\xA0]", PM_ACTION_OPEN}, /* a blank that nobody sees */
		{"☐", PM_ACTION_OPEN},
		{"□", PM_ACTION_OPEN},
		{"▢", PM_ACTION_OPEN},
		{"☒", PM_ACTION_DONE}, /* as exports have it */
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
		{"❌", PM_ACTION_OPEN},
		{"🚧", PM_ACTION_IN_PROGRESS},
		{"🔄", PM_ACTION_IN_PROGRESS},
		{"⏳", PM_ACTION_IN_PROGRESS},
		{":white_check_mark:", PM_ACTION_DONE},
		{":heavy_check_mark:", PM_ACTION_DONE},
		{":ballot_box_with_check:", PM_ACTION_DONE},
		{":construction:", PM_ACTION_IN_PROGRESS},
		{":x:", PM_ACTION_OPEN},
	};
	bool may = t->rest.len &&
		   (t->rest.ptr[0] & 0x80 || strchr("[:DT", t->rest.ptr[0]));

	for (size_t i = 0; may && i < sizeof signs / sizeof signs[0]; i++) {
		if (!pm_slice_starts(t->rest, signs[i].sign))
			continue;
		t->rest = pm_slice_trim(
			pm_slice_from(t->rest, strlen(signs[i].sign)));
		if (signs[i].status != PM_ACTION_OPEN)
			t->action->state = signs[i].status;
		return true;
	}
	if (t->rest.len && t->rest.ptr[0] & 0x80 &&
		pm_action_counted(t->rest)) {
		t->rest = pm_slice_trim(
			pm_slice_from(t->rest, pm_action_counted(t->rest)));
		return true;
	}
	return head_colour(t) || head_bracket(t) || pm_action_stated(t) ||
	       head_word(t) || foreign_state(t) || head_state(t) ||
	       head_priority(t) || pm_action_wide_state(t) ||
	       pm_take_action_label(&t->rest, false);
}

/* What one part of a clause at the head is: "TODO", "P1", "Bea", "due 1 May".
 */
static enum pm_mark clause_part(
	const struct pm_action_words *t, struct pm_slice part)
{
	enum pm_mark mark = pm_mark_of(t, part);
	bool whole;

	if (mark == PM_MARK_DUE)
		return says_due(t, part) ? mark : PM_MARK_NONE;
	if (mark == PM_MARK_STATUS) {
		pm_status_of(part, &whole);
		return whole ? mark : PM_MARK_NONE;
	}
	return mark == PM_MARK_TRACKER ? PM_MARK_NONE : mark;
}

/* The next part of a clause and what it is: what commas part, or the word
   before a blank or bracket, as in "TODO due 1 May" and "Bea (due 1 May)". */
static bool clause_next(const struct pm_action_words *t, struct pm_slice *rest,
	struct pm_slice *part, enum pm_mark *mark)
{
	struct pm_slice all = *rest;
	ptrdiff_t at;

	if (!pm_mark_part(rest, part))
		return false;
	*mark = clause_part(t, *part);
	at = pm_slice_find(*part, 0, ' ');
	if (at > 0 && *mark == PM_MARK_NONE) {
		*rest = pm_slice_from(
			all, (size_t)(part->ptr - all.ptr) + (size_t)at + 1);
		if (pm_slice_starts(*rest, "(") && pm_slice_ends(*rest, ")"))
			*rest = pm_slice_sub(*rest, 1, rest->len - 2);
		*part = pm_slice_sub(*part, 0, (size_t)at);
		*mark = clause_part(t, *part);
	}
	return true;
}

/* Reads the text before a dash or colon when every part of it is a mark, one of
   them a day that something is due by. */
static bool read_clause(struct pm_action_words *t, struct pm_slice clause)
{
	struct pm_slice rest, part;
	enum pm_mark mark;
	bool due = false;

	for (rest = clause; clause_next(t, &rest, &part, &mark);) {
		if (mark <= PM_MARK_EMPTY)
			return false;
		due = due || says_due(t, part);
	}
	if (!due)
		return false;
	for (rest = clause; clause_next(t, &rest, &part, &mark);)
		pm_mark_apply(t, mark, part);
	return true;
}

/* "TODO due 2026-05-21 — ...", "Bea (due 1 May): ...", "By Friday: ..." */
static void head_clause(struct pm_action_words *t)
{
	static const char *const signs[] = {"— ", "– ", "- ", NULL};
	enum { TRIES = 3 };

	if (!pm_holds_one(pm_slice_sub(t->rest, 0, PM_MARK_MOST + 1), ":-\xE2"))
		return;
	for (size_t i = 1, tries = 0;
		i < t->rest.len && i < PM_MARK_MOST && tries < TRIES; i++) {
		struct pm_slice rest;
		size_t sign;

		if (t->rest.ptr[i] != ' ' && t->rest.ptr[i] != ':')
			continue;
		rest = pm_slice_from(t->rest, i + 1);
		sign = t->rest.ptr[i] == ' ' ? pm_begins_with_one(rest, signs)
					     : pm_slice_starts(rest, " ");
		if (!sign)
			continue;
		tries++;
		if (!read_clause(t, pm_slice_sub(t->rest, 0, i)))
			continue;
		t->rest = pm_slice_trim(pm_slice_from(rest, sign));
		return;
	}
}

/* The handles a text begins with: "@ana", "@ana and @bo", "@ana/@bo". */
static size_t leading_handles(struct pm_slice text)
{
	static const char *const joints[] = {
		" and @", " & @", ", @", " / @", "/@", " + @", " og @", NULL};
	size_t len = 0, joint;

	do {
		while (len < text.len && !memchr(" :,;)/", text.ptr[len], 6))
			len++;
		joint = pm_begins_with_one(pm_slice_from(text, len), joints);
		len += joint;
	} while (joint);
	/* The slash of a team is no joint. */
	while (len < text.len && !memchr(" :,;)", text.ptr[len], 5))
		len++;
	return len;
}

/* The handle or bold name a text begins with, 0 when there is none. */
static size_t leading_name(const struct pm_action_words *t)
{
	const struct pm_md_run *run = t->runs;
	size_t mention = pm_leading_mention(t->body, t->rest);

	if (t->rest.len && t->rest.ptr[0] == '@')
		return mention ? mention : leading_handles(t->rest);
	for (size_t i = 0; i < t->nruns && !t->body->bold_labels; i++, run++)
		if (run->style & (PM_MD_STRONG | PM_MD_EMPHASIS) &&
			run->text.ptr == t->rest.ptr)
			return run->text.len;
	return pm_known_name(t->body, t->rest);
}

/* "Product Team: ...", "Search team: ...": words with capitals before a colon,
   the last of which says that they are a team; not "Ask the team: ...". */
static size_t leading_team(struct pm_slice text)
{
	enum { LONGEST = 30 };
	ptrdiff_t colon = pm_slice_find(pm_slice_sub(text, 0, LONGEST), 0, ':');
	size_t len = colon < 0 ? 0 : (size_t)colon;
	struct pm_slice name = pm_slice_sub(text, 0, len);

	if (!pm_slice_ends(name, " team") && !pm_slice_ends(name, " Team"))
		return 0;
	for (size_t i = 0; i + strlen("team") < len; i++)
		if ((i == 0 || name.ptr[i - 1] == ' ') &&
			!pm_is_capital(name.ptr[i]))
			return 0;
	return len;
}

/* "**Technisch:** die Pumpe prüfen", "Erledigte: ...": of what kind it is, or
   how it stands, in a word that could be somebody's name. */
static bool names_kind(struct pm_action_words *t, struct pm_slice name)
{
	enum pm_action_status state;

	if (!pm_group_label(name, &state) || pm_person_known(t->body, name))
		return false;
	if (state != PM_ACTION_OPEN)
		t->action->state = state;
	return true;
}

/* True when the word behind a name lets somebody act; order: what follows the
   name. "@kari legger til alarm": verbs of the north end so. */
static bool name_acts(const struct pm_action_words *t, struct pm_slice name,
	struct pm_scan scan, struct pm_slice order)
{
	static const char *const acts[] = {"will", "to", "should", "must", "is",
		"skal", "ska", "wird", "va", "doit", "debe", "needs", NULL};
	static const char *const others[] = {"ar", "eller", "efter", "er",
		"etter", "for", "har", "over", "per", "under", "var", NULL};
	char word[PM_SCAN_WORD];

	if (!pm_scan_word(&scan, word))
		return false;
	if (pm_word_in(word, acts) || pm_begins_with_verb(order) ||
		pm_leading_mention(t->body, name) == name.len)
		return true;
	return name.ptr[0] == '@' && t->body->foreign > t->body->english &&
	       pm_slice_ends(pm_slice_str(word), "r") && strlen(word) > 2 &&
	       !pm_word_in(word, others);
}

/* "@ana will ...", "@ana: ...", "**Ana**: ..." */
static void read_head_name(struct pm_action_words *t)
{
	size_t team = leading_team(t->rest);
	size_t len = team ? team : leading_name(t);
	struct pm_slice name = pm_slice_sub(t->rest, 0, len);
	struct pm_scan scan = {t->rest, len, false};
	bool colon;

	if (pm_action_wide_name(t))
		return;
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
		pm_scan_dash(&scan) || pm_scan_take(&scan, "→");
	if (colon && names_kind(t, name))
		return;
	if (!team && !pm_leading_mention(t->body, t->rest) &&
		!pm_looks_like_name(t->body->doc->own->policy, name) &&
		!pm_person_known(t->body, name))
		return;
	if (colon) {
		pm_scan_blanks(&scan);
		t->rest = pm_slice_from(t->rest, scan.off);
	} else if (!name_acts(t, name, scan, pm_slice_from(t->rest, len))) {
		return;
	}
	pm_action_set_owner(t->body, t->action, name);
}

/* "~~Alert on lag~~ — **done** (see above)", "~~Alert on lag~~ won't do": what
   the words say that follow those struck through; UNKNOWN: nothing. */
static enum pm_action_status told_behind(const struct pm_action_words *t)
{
	bool behind = false, whole;

	for (size_t i = 0; i < t->nruns; i++) {
		struct pm_slice text = pm_slice_trim(t->runs[i].text);
		struct pm_scan scan = {text, 0, false};

		if (t->runs[i].style & PM_MD_STRIKE) {
			behind = true;
			continue;
		}
		pm_scan_dash(&scan);
		pm_scan_blanks(&scan);
		if (behind && !pm_scan_end(&scan))
			return pm_status_of(
				pm_slice_from(text, scan.off), &whole);
	}
	return PM_ACTION_UNKNOWN;
}

/* Struck through from end to end, or ending in "_done in ..._". A tag or a
   comment in HTML is nothing that one reads: it is neither struck nor last. */
static void read_styles(struct pm_action_words *t)
{
	size_t struck = 0, all = 0, i;
	enum pm_action_status behind;
	bool whole;

	for (i = 0; i < t->nruns; i++) {
		const struct pm_md_run *run = &t->runs[i];

		if (run->style & PM_MD_INLINE_HTML)
			continue;
		all += pm_slice_trim(run->text).len;
		if (run->style & PM_MD_STRIKE)
			struck += pm_slice_trim(run->text).len;
	}
	behind = struck ? told_behind(t) : PM_ACTION_UNKNOWN;
	/* "~~Buy a disk~~ (dropped)" was struck for another reason. */
	if (behind == PM_ACTION_REJECTED || behind == PM_ACTION_SUPERSEDED)
		t->action->state = behind;
	else if (struck &&
		 (struck * 10 >= all * 8 || behind == PM_ACTION_DONE) &&
		 t->action->state != PM_ACTION_REJECTED &&
		 t->action->state != PM_ACTION_SUPERSEDED)
		t->action->state = PM_ACTION_DONE;
	while (i > 0) {
		const struct pm_md_run *run = &t->runs[--i];
		struct pm_slice text = pm_trim_marks(run->text);

		if (!text.len || run->style & PM_MD_INLINE_HTML)
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
	struct pm_action_words t = {.body = body,
		.action = action,
		.runs = &body->md->runs[line->run],
		.nruns = line->nruns,
		.rest = line->text};
	struct pm_slice all;

	pm_action_unstruck(body, &t.rest, &t.runs, t.nruns, false);
	t.rest = pm_slice_trim(t.rest);
	for (int i = 0; i < PM_MARKS && head_mark(&t); i++)
		;
	ticket_state(&t);
	head_clause(&t);
	read_head_name(&t);
	/* A tick behind "(Owner: ana)" would go with it. */
	if (t.rest.len && t.rest.ptr[t.rest.len - 1] & 0x80 &&
		memchr(t.rest.ptr, ')', t.rest.len))
		pm_action_tail_sign(&t);
	all = t.rest;
	pm_action_read_keys(body, action, &t.rest);
	if (t.rest.len < all.len)
		pm_action_tail_behind(&t, all);
	pm_action_tail_opened(&t);
	pm_action_read_tail(&t);
	read_styles(&t);
	action->title = pm_action_field(body, action, pm_slice_trim(t.rest));
}
