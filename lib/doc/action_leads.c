/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Actions that are told in paragraphs of prose, each led by its name in bold:
 * "**1. Alert on lag**", "**Alerts on lag.** We now page at 85 %.",
 * "**Alerts**: we will page at 85 %." One such is emphasis, so several have to
 * stand under one heading.
 */
#include "doc/action_reader.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/roles.h"
#include "doc/scan.h"

enum { ENOUGH = 2 };

/* The bold text that a paragraph begins with; *alone: on a line of its own. */
static struct pm_slice bold_lead(
	const struct pm_action_reader *r, size_t at, bool *alone)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	const struct pm_md_run *run = &r->md->runs[block->run];
	struct pm_slice lead = {NULL, 0};
	size_t i = 0;

	for (; i < block->nruns && run[i].style & PM_MD_STRONG; i++)
		lead = i ? pm_slice_sub(block->text, 0,
				   (size_t)(run[i].text.ptr + run[i].text.len -
					    block->text.ptr))
			 : run[i].text;
	/* Blanks that a line ends in are seen by nobody. */
	while (i < block->nruns && !(run[i].style & PM_MD_BREAK) &&
		!pm_slice_trim(run[i].text).len)
		i++;
	*alone = i == block->nruns || run[i].style & PM_MD_BREAK;
	return pm_slice_trim(lead);
}

/* "1. Alert on lag", and no name of several such as "1. Short term". */
static bool is_numbered(const struct pm_action_reader *r, struct pm_slice lead)
{
	size_t i = 0;

	while (i < lead.len && pm_is_digit(lead.ptr[i]))
		i++;
	return i > 0 && i < lead.len && memchr(".)", lead.ptr[i], 2) &&
	       !pm_action_names_group(r, lead) &&
	       !pm_action_names_term(pm_slice_from(lead, i + 1));
}

/* "Alerts on lag.": several words and a stop. Who is spoken of, "We are
   sorry.", is told something, and a question is answered. */
static bool is_told(struct pm_slice lead)
{
	static const char *const words[] = {"i", "it", "that", "thank",
		"thanks", "there", "they", "this", "we", "why", "you", NULL};
	struct pm_scan scan = {lead, 0, false};
	char word[PM_SCAN_WORD];

	return pm_slice_ends(lead, ".") && memchr(lead.ptr, ' ', lead.len) &&
	       !pm_take_action_label(&lead, false) &&
	       pm_scan_word(&scan, word) && !pm_word_in(word, words) &&
	       !pm_action_names_term(lead);
}

/* Whether that many words stand in text. */
static bool has_words(struct pm_slice text, size_t wanted)
{
	bool within = false;

	for (size_t i = 0; i < text.len && wanted; i++) {
		bool blank = (unsigned char)text.ptr[i] <= ' ';

		wanted -= !blank && !within;
		within = !blank;
	}
	return !wanted;
}

/*
 * "**Alerts**: we will page at 85 %.", a sentence behind a label. "Status:",
 * "Next review:" say something of the plan as a whole, and a word or two behind
 * a label are a value.
 */
static bool labels(struct pm_slice lead, struct pm_slice rest)
{
	enum { SENTENCE = 4 };
	static const char *const words[] = {"edit", "goal", "note", "notes",
		"priority", "result", "review", "status", "success", "update",
		NULL};
	struct pm_scan scan = {lead, 0, false};
	char word[PM_SCAN_WORD];

	return has_words(rest, SENTENCE) &&
	       !pm_take_action_label(&lead, false) &&
	       pm_scan_word(&scan, word) && !pm_word_in(word, words);
}

/* "Done:", "Offen:": how the action stands that is told behind it. */
static bool names_state(struct pm_slice lead)
{
	enum pm_action_status state;
	bool whole;

	if (pm_slice_ends(lead, ":"))
		lead.len--;
	state = pm_status_of(lead, &whole);
	return whole && state != PM_ACTION_UNKNOWN;
}

/* The same of a paragraph. */
static bool is_labelled(
	const struct pm_action_reader *r, size_t at, struct pm_slice lead)
{
	struct pm_slice text = pm_slice_trim(pm_action_block(r, at)->text);
	struct pm_slice rest;

	if (!lead.len)
		return false;
	rest = pm_slice_trim(
		pm_slice_from(text, (size_t)(lead.ptr + lead.len - text.ptr)));
	return (pm_slice_ends(lead, ":") || pm_slice_starts(rest, ":")) &&
	       (names_state(lead) || !pm_action_is_key(text)) &&
	       labels(lead, rest);
}

bool pm_action_label_lines(struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	struct pm_text_line line;
	struct pm_slice key, rest;
	size_t lines = 0;

	if (block->line == block->end_line)
		return false;
	for (size_t run = 0; run < block->nruns; lines++) {
		line = pm_body_text_line(r->body, block, &run);
		if (!line.line || pm_action_is_key(line.text) ||
			!pm_key_bold(r->body, &line, &key, &rest) ||
			!labels(key, rest))
			return false;
	}
	for (size_t run = 0; lines >= ENOUGH && run < block->nruns;) {
		line = pm_body_text_line(r->body, block, &run);
		pm_action_line(r, &line);
	}
	return lines >= ENOUGH;
}

/* What leads the paragraphs below a heading where nothing in bold does. */
static enum pm_action_leads names_or_none(
	const struct pm_action_reader *r, size_t heading)
{
	return pm_action_named_below(r, heading) ? PM_LEADS_NAMES
						 : PM_LEADS_NONE;
}

enum pm_action_leads pm_action_leads_below(
	const struct pm_action_reader *r, size_t heading)
{
	size_t numbered = 0, told = 0, labelled = 0;
	bool list = false, plain = false;

	for (size_t i = heading + 1; i < r->end;
		i = pm_action_block(r, i)->end) {
		const struct pm_md_block *block = pm_action_block(r, i);
		struct pm_slice lead;
		bool alone;

		if (block->kind == PM_MD_HEADING)
			break;
		list = list || block->kind == PM_MD_LIST ||
		       block->kind == PM_MD_TABLE;
		if (block->kind != PM_MD_PARAGRAPH)
			continue;
		lead = bold_lead(r, i, &alone);
		if (alone && is_numbered(r, lead))
			numbered++;
		else if (!alone && is_told(lead))
			told++;
		else if (!alone && is_labelled(r, i, lead))
			labelled++;
		else
			plain = plain || told || labelled;
	}
	/* A list below a number holds what is to be done. */
	if (list)
		return PM_LEADS_NONE;
	return numbered >= ENOUGH            ? PM_LEADS_NUMBERED
	       : plain                       ? PM_LEADS_NONE
	       : told >= ENOUGH              ? PM_LEADS_BOLD
	       : labelled >= ENOUGH && !told ? PM_LEADS_LABELS
					     : names_or_none(r, heading);
}

/* "Removal of the flag": several words that name neither a part of the plan,
   "Short-term work", nor what is told next, "What we will do". */
static bool names_action(const struct pm_action_reader *r, size_t at)
{
	static const char *const words[] = {"about", "and", "how", "i", "is",
		"it", "our", "that", "the", "this", "we", "what", "when",
		"where", "who", "why", NULL};
	size_t sec = pm_body_section_of(r->body, at + 1);
	struct pm_slice text = pm_behind_signs(pm_action_block(r, at)->text);
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	ptrdiff_t blank = pm_slice_find(text, 0, ' '), second;

	if (blank < 0 || sec == SIZE_MAX ||
		r->body->sections[sec].heading != at ||
		r->body->doc->sections[sec].roles & PM_ROLES_TELLING ||
		r->body->doc->sections[sec].roles & 1u << PM_SECTION_METADATA ||
		pm_slice_ends(text, "?") || pm_action_ends_in_colon(text) ||
		pm_slice_ends(text, " team") || pm_slice_ends(text, " Team") ||
		!pm_scan_word(&scan, word) || pm_word_in(word, words))
		return false;
	second = pm_slice_find(text, (size_t)blank + 1, ' ');
	return !pm_action_names_term(pm_slice_sub(text, 0, (size_t)blank)) &&
	       (second < 0 || !pm_action_names_term(
				      pm_slice_sub(text, 0, (size_t)second)));
}

/* "Rotate the signing keys": an order that needs no words below it, where
   "Improve detection" still waits for them in a template. */
static bool is_whole_order(struct pm_slice heading)
{
	enum { BLANKS = 2 };
	struct pm_slice text = pm_behind_signs(heading);
	size_t blanks = 0;

	for (size_t i = 0; i < text.len; i++)
		blanks += text.ptr[i] == ' ';
	return blanks >= BLANKS && pm_begins_with_verb(text);
}

/*
 * Below "Future work" nothing but "Removal of the flag" and "A second mirror",
 * each told in prose: blogs have no lists; or nothing but orders. Where a list,
 * a table or a heading below a heading stands, or a single heading tells of
 * all, that is the story around the actions.
 */
unsigned pm_action_told_headings(const struct pm_action_reader *r, size_t first)
{
	unsigned level = 0;
	size_t found = 0, told = 0, orders = 0, names = 0, untold = 0;

	for (size_t i = first; i < r->end; i = pm_action_block(r, i)->end) {
		const struct pm_md_block *block = pm_action_block(r, i);

		if (block->kind == PM_MD_LIST || block->kind == PM_MD_TABLE)
			return 0;
		if (block->kind == PM_MD_PARAGRAPH)
			told = found;
		if (block->kind != PM_MD_HEADING)
			continue;
		if (level && block->level != level)
			return 0;
		untold += told != found;
		level = block->level;
		found++;
		orders += is_whole_order(block->text);
		names += names_action(r, i);
	}
	if (told == found && !untold ? names != found : told || orders != found)
		return 0;
	return found >= ENOUGH ? level : 0;
}

size_t pm_action_counted(struct pm_slice text)
{
	static const char *const words[] = {"step", "steg", "trinn", "trin",
		"schritt", "étape", "paso", "passo", "stap", "krok", "tiltak",
		"tiltag", "åtgärd", "maßnahme", "再発防止策", "恒久対策",
		"暫定対策", "改善策", "対策", "施策", "ステップ"};
	static const char *const signs[] = {": ", ":", "：", ". ", "．", " - ",
		" – ", " — ", " ", "　", NULL};
	size_t len = pm_circled_len(text), word = 0;
	bool wide = text.len && text.ptr[0] & 0x80;

	if (len)
		return len;
	for (size_t i = 0; !word && i < sizeof words / sizeof words[0]; i++)
		if (pm_slice_is_nocase(
			    pm_slice_sub(text, 0, strlen(words[i])), words[i]))
			word = strlen(words[i]);
	if (!word)
		return 0;
	word += pm_slice_starts(pm_slice_from(text, word), " ");
	len = pm_circled_len(pm_slice_from(text, word));
	if (!len)
		while (word + len < text.len &&
			pm_is_digit(text.ptr[word + len]))
			len++;
	if (!len)
		return 0;
	len += word;
	word = pm_begins_with_one(pm_slice_from(text, len), signs);
	/* "Step 2 of the plan" names it. */
	if (!word || (!wide && text.ptr[len] == ' ' && word == 1))
		return 0;
	return len + word < text.len ? len + word : 0;
}

/* "(2) ", "2. ", "2) " before the words of a heading. */
static bool begins_with_number(struct pm_slice text)
{
	size_t start, i;

	if (pm_wide_number_len(text))
		return true;
	start = i = text.len && text.ptr[0] == '(';
	while (i < text.len && pm_is_digit(text.ptr[i]))
		i++;
	return i > start && i + 1 < text.len && memchr(".)", text.ptr[i], 2) &&
	       text.ptr[i + 1] == ' ';
}

/* True when what stands under a heading is a list, told by its first bullet;
 *boxes is set by a box or a table, which hold the tasks themselves. */
static bool holds_list(
	const struct pm_action_reader *r, size_t heading, bool *boxes)
{
	bool list = false;

	for (size_t i = heading + 1; i < r->end; i++) {
		const struct pm_md_block *block = &r->md->blocks[i];

		if (block->kind == PM_MD_HEADING)
			break;
		list = list || block->kind == PM_MD_LIST;
		*boxes = *boxes || block->kind == PM_MD_TABLE || block->task;
	}
	return list;
}

/*
 * Below "再発防止策" nothing but "① 配送の窓口を分ける", "② 鍵の自動更新", or
 * "Steg 1: Nye nøkler": who numbers headings so counts the measures, and tells
 * each below it, at times in a list. Where most of them hold a list, or one a
 * box or a table, the tasks stand there; "① 短期対策" parts them.
 */
unsigned pm_action_counted_headings(
	const struct pm_action_reader *r, size_t heading)
{
	const struct pm_md_block *above = pm_action_block(r, heading);
	unsigned top = above->kind == PM_MD_HEADING ? above->level : 0;
	unsigned level = 0;
	size_t found = 0, lists = 0;
	bool boxes = false;

	for (size_t i = heading + 1; i < r->end && !boxes;
		i = pm_action_block(r, i)->end) {
		const struct pm_md_block *block = pm_action_block(r, i);
		struct pm_slice text;

		if (block->kind != PM_MD_HEADING) {
			if (!level && block->kind != PM_MD_PARAGRAPH)
				return 0;
			continue;
		}
		if (block->level <= top)
			break;
		text = pm_behind_signs(block->text);
		if ((level && block->level != level) ||
			(!pm_action_counted(text) &&
				!begins_with_number(text)) ||
			pm_action_names_group(r, text))
			return 0;
		level = block->level;
		found++;
		lists += holds_list(r, i, &boxes);
	}
	return found >= ENOUGH && !boxes && lists * 2 <= found ? level : 0;
}

/* Adds the words of a lead, and what the lines below it say of it. */
static void add_lead(
	struct pm_action_reader *r, size_t at, struct pm_slice lead)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	struct pm_text_line line = pm_body_text(block);
	struct pm_slice rest;
	struct pm_action *action;

	while (lead.len && memchr("0123456789.) ", lead.ptr[0], 13))
		lead = pm_slice_from(lead, 1);
	while (pm_slice_ends(lead, "."))
		lead.len--;
	line.text = lead;
	pm_action_line(r, &line);
	action = &r->body->doc->actions[r->body->doc->nactions - 1];
	rest = pm_slice_from(
		block->text, (size_t)(lead.ptr + lead.len - block->text.ptr));
	if (r->leads == PM_LEADS_BOLD)
		pm_action_read_keys(r->body, action, &rest);
	for (size_t run = 0; run < block->nruns;) {
		line = pm_body_text_line(r->body, block, &run);
		if (line.line && line.text.ptr >= lead.ptr + lead.len)
			pm_action_detail_line(r, action, &line);
	}
}

/* "Owner: Ana. Due: 1 May." in a paragraph below a number. */
static void read_told(struct pm_action_reader *r, size_t at)
{
	const struct pm_doc *doc = r->body->doc;
	const struct pm_md_block *block = pm_action_block(r, at);

	for (size_t run = 0; doc->nactions > r->before && run < block->nruns;) {
		struct pm_text_line line =
			pm_body_text_line(r->body, block, &run);

		if (line.line && pm_action_is_key(line.text))
			pm_action_detail_line(
				r, &doc->actions[doc->nactions - 1], &line);
	}
}

bool pm_action_lead(struct pm_action_reader *r, size_t at)
{
	struct pm_slice lead;
	bool alone;

	if (r->leads == PM_LEADS_NONE)
		return false;
	if (r->leads == PM_LEADS_NAMES)
		return pm_action_named(r, at);
	lead = bold_lead(r, at, &alone);
	if (r->leads == PM_LEADS_LABELS) {
		struct pm_text_line line = pm_body_text(pm_action_block(r, at));

		if (alone || !is_labelled(r, at, lead))
			return false;
		pm_action_line(r, &line);
		return true;
	}
	if (r->leads == PM_LEADS_NUMBERED ? alone && is_numbered(r, lead)
					  : !alone && is_told(lead)) {
		add_lead(r, at, lead);
		return true;
	}
	if (r->leads != PM_LEADS_NUMBERED)
		return false;
	/* What follows a number tells of it. */
	read_told(r, at);
	return true;
}
