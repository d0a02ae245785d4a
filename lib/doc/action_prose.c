/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Actions that are paragraphs or headings. Most of either only say whose the
 * lists below them are, so one is an action only when it is an order and
 * something else speaks for it: a name that acts, a number, a link to a
 * tracker, "Owner: ana" under it, or nothing but prose around.
 */
#include "doc/action_reader.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/roles.h"
#include "doc/scan.h"

enum { PARAGRAPH_MAX = 600 }; /* bytes; longer ones tell a story */

/* One paragraph or line of it as an action. */
void pm_action_line(struct pm_action_reader *r, const struct pm_text_line *line)
{
	struct pm_action *action =
		pm_action_add(r->body, line->line, line->line);

	pm_action_read_text(r->body, action, line);
	pm_action_find_tracker(r->body, action, line);
	pm_action_apply_group(r->body, action, &r->group);
}

static bool heads_list(const struct pm_action_reader *r, size_t at)
{
	size_t next = pm_action_block(r, at)->end;

	return next < r->end &&
	       (pm_action_block(r, next)->kind == PM_MD_LIST ||
		       pm_action_block(r, next)->kind == PM_MD_TABLE);
}

static bool has_tracker(const struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);

	for (size_t i = 0; i < block->nruns; i++)
		if (pm_tracker_url(r->md->runs[block->run + i].url))
			return true;
	return false;
}

/* The name before the colon of "Ana: alert on lag"; *order is what follows, or
   all of the text. */
static struct pm_slice named_order(const struct pm_action_reader *r,
	struct pm_slice text, struct pm_slice *order)
{
	enum { NAME_MAX_LEN = 30 };
	ptrdiff_t colon = pm_slice_find(text, 0, ':');
	struct pm_slice name = pm_slice_sub(text, 0, 0);

	*order = text;
	if (colon > 0 && colon < NAME_MAX_LEN &&
		pm_looks_like_name(r->body->doc->own->policy,
			pm_slice_sub(text, 0, (size_t)colon))) {
		name = pm_slice_sub(text, 0, (size_t)colon);
		*order = pm_slice_trim(pm_slice_from(text, (size_t)colon + 1));
	}
	return name;
}

/* "Infra will rotate the keys.": one sentence, and who does it. A promise of
   several sentences is told to a reader. */
static bool is_promise(const struct pm_action_reader *r, struct pm_slice text)
{
	ptrdiff_t stop = pm_slice_find_text(text, 0, pm_slice_str(". "));

	return stop < 0 && pm_acting_name(r->body, text) > 0;
}

/* True for the end of a line that a sentence ends with. */
static bool ends_sentence(struct pm_slice text)
{
	text = pm_slice_trim(text);
	return text.len && memchr(".:)!", text.ptr[text.len - 1], 4);
}

/*
 * True when the lines of a paragraph are orders one by one; promises: or say
 * who will do what. Where each line is a sentence, one in three may begin with
 * a word that is not known for a verb: "Onshore the backups."
 */
static bool lines_are_orders(
	const struct pm_action_reader *r, size_t at, bool promises)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	struct pm_slice order;
	size_t lines = 0, others = 0;
	bool sentences = true;

	for (size_t run = 0; run < block->nruns; lines++) {
		struct pm_text_line line =
			pm_body_text_line(r->body, block, &run);

		if (!line.line)
			return false;
		sentences = sentences && pm_is_capital(line.text.ptr[0]) &&
			    ends_sentence(line.text);
		if (promises && is_promise(r, line.text))
			continue;
		named_order(r, line.text, &order);
		if (pm_is_small(line.text.ptr[0]))
			return false;
		others += !pm_begins_with_verb(order);
	}
	return lines > 1 && (!others || (sentences && others * 3 <= lines));
}

/* "Process: we had none": a word and a colon label what follows, although
   the word could be an order. */
static bool is_labelled(struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];

	return pm_scan_word(&scan, word) && pm_scan_peek(&scan, 0) == ':';
}

/* How many lines a paragraph has, if all of them begin so; else 0. */
static size_t count_bullets(const struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	size_t lines = 0;

	for (size_t run = 0; run < block->nruns;) {
		struct pm_text_line line =
			pm_body_text_line(r->body, block, &run);

		if (!line.line)
			continue;
		if (!pm_action_take_bullet(&line.text, true))
			return 0;
		lines++;
	}
	return lines;
}

/* Adds the lines behind a line of the file that begin so, from 1 on up to one
   that does not: there the next heading stands. True: there was one. */
static bool add_bullets(
	struct pm_action_reader *r, size_t at, unsigned behind, bool wide)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	bool found = false;

	for (size_t run = 0; run < block->nruns;) {
		struct pm_text_line line =
			pm_body_text_line(r->body, block, &run);

		if (!line.line || line.line <= behind)
			continue;
		if (!pm_action_take_bullet(&line.text, wide)) {
			if (behind)
				break;
			continue;
		}
		found = true;
		/* "・短期：" parts them, and is none. */
		if (!pm_action_ends_in_colon(line.text) &&
			!pm_says_nothing(r->body, line.text))
			pm_action_line(r, &line);
	}
	return found;
}

bool pm_action_bulleted(struct pm_action_reader *r, size_t at, unsigned behind)
{
	return add_bullets(r, at, behind, true);
}

/*
 * "The following was decided: ..." and orders on the lines below it, each a
 * sentence: the list has lost its marks. Three of them, as lines that were
 * only broken begin with a verb once in a while. Sets the lines from the first
 * to the last of them.
 */
static bool told_lines(const struct pm_action_reader *r, size_t at,
	unsigned *first, unsigned *last)
{
	enum { ENOUGH = 3 };
	const struct pm_md_block *block = pm_action_block(r, at);
	size_t found = 0, run = 0;
	bool after = false;

	while (run < block->nruns) {
		struct pm_text_line line =
			pm_body_text_line(r->body, block, &run);
		bool ends = line.line && ends_sentence(line.text);

		if (after && ends && pm_is_capital(line.text.ptr[0]) &&
			pm_begins_with_verb(line.text) &&
			!is_labelled(line.text)) {
			if (!found++)
				*first = line.line;
			*last = line.line;
		}
		after = ends;
	}
	return found >= ENOUGH;
}

/* The actions of told_lines; "Slowly raise the limit." among orders is one. */
static bool add_told_lines(struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	unsigned first = 0, last = 0;
	size_t run = 0;

	if (!told_lines(r, at, &first, &last))
		return false;
	while (run < block->nruns) {
		struct pm_text_line line =
			pm_body_text_line(r->body, block, &run);

		if (line.line >= first && line.line <= last)
			pm_action_line(r, &line);
	}
	return true;
}

/* How long the code is that a line begins with, "R1.", "AI-2:": its letters,
   figures and sign; 0 when there is none. Quarters and halves of a year, and
   times from a start (T0), are no codes. */
static size_t code_len(struct pm_slice text)
{
	enum { LETTERS = 3, FIGURES = 2 };
	size_t i = 0, letters;

	while (i < text.len && i < LETTERS && pm_is_capital(text.ptr[i]))
		i++;
	letters = i;
	if (!letters || (letters == 1 && memchr("QHT", text.ptr[0], 3)))
		return 0;
	i += i < text.len && text.ptr[i] == '-';
	for (size_t n = 0; n < FIGURES && i < text.len; n++)
		i += pm_is_digit(text.ptr[i]);
	if (!pm_is_digit(text.ptr[i - 1]) || i + 1 >= text.len ||
		!memchr(".:)", text.ptr[i], 3) || text.ptr[i + 1] != ' ')
		return 0;
	return i + 1;
}

/* "R1. Raise the quota", "R2. Alert at 90 %": the lines of a paragraph have
   the same letters and each its figures. */
static bool lines_have_codes(const struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	char letter = '\0';

	for (size_t run = 0; run < block->nruns;) {
		struct pm_text_line line =
			pm_body_text_line(r->body, block, &run);

		if (!line.line || !code_len(line.text) ||
			(letter && letter != line.text.ptr[0]))
			return false;
		letter = line.text.ptr[0];
	}
	return letter != '\0';
}

/* True when each line of a paragraph is an action. */
static bool lines_are_actions(
	const struct pm_action_reader *r, size_t at, bool alone)
{
	struct pm_slice text = pm_slice_trim(pm_action_block(r, at)->text);

	return (alone && lines_have_codes(r, at)) ||
	       lines_are_orders(r, at, alone && !is_labelled(text));
}

static void add_lines(struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);

	for (size_t run = 0; run < block->nruns;) {
		struct pm_text_line line =
			pm_body_text_line(r->body, block, &run);
		struct pm_slice name = named_order(r, line.text, &line.text);
		size_t added = r->body->doc->nactions;

		pm_action_line(r, &line);
		if (name.len && r->body->doc->nactions > added)
			pm_action_set_owner(
				r->body, &r->body->doc->actions[added], name);
	}
}

/* "**Robert** to ask the vendor", "@ana will ...": a name in bold or a handle
   that acts makes an action of a paragraph. */
static bool alone_acts(const struct pm_action_reader *r, size_t at)
{
	static const char *const acts[] = {"to", "will", "skal", NULL};
	const struct pm_md_block *block = pm_action_block(r, at);
	struct pm_scan scan = {block->text, 0, false};
	char word[PM_SCAN_WORD];

	if (block->nruns > 1 && r->md->runs[block->run].style & PM_MD_STRONG) {
		scan.off = r->md->runs[block->run].text.len;
	} else if (pm_scan_any(&scan, "@")) {
		while (!pm_scan_end(&scan) && pm_scan_peek(&scan, 0) != ' ')
			scan.off++;
	} else {
		return false;
	}
	if (!pm_looks_like_name(r->body->doc->own->policy,
		    pm_slice_sub(block->text, 0, scan.off)))
		return false;
	pm_scan_blanks(&scan);
	return pm_scan_word(&scan, word) && pm_word_in(word, acts) &&
	       pm_begins_with_verb(pm_slice_from(block->text, scan.off));
}

/* "TODO: describe the impact" asks whoever writes the document. */
static bool asks_writer(struct pm_slice text)
{
	static const char *const verbs[] = {"attach", "describe", "elaborate",
		"expand", "explain", "fill", "flesh", "insert", "list",
		"summarise", "summarize", NULL};
	struct pm_scan scan = {pm_slice_trim(text), 0, false};
	char word[PM_SCAN_WORD];

	return !pm_scan_word(&scan, word) || pm_word_in(word, verbs) ||
	       pm_slice_find_text(text, 0, pm_slice_str("this section")) >= 0;
}

bool pm_action_is_todo(const struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	struct pm_slice text = pm_slice_trim(block->text);
	bool todo = pm_slice_starts(text, "TODO"), bold;
	struct pm_slice rest = pm_slice_from(text, strlen("TODO"));

	if (!todo && !pm_slice_starts(text, "DONE"))
		return false;
	bold = block->nruns > 1 &&
	       r->md->runs[block->run].style & PM_MD_STRONG &&
	       pm_trim_marks(r->md->runs[block->run].text).len <=
		       strlen("TODO:");
	if (!bold && !(todo && pm_slice_starts(rest, ":")))
		return false;
	while (rest.len && memchr(" :-", rest.ptr[0], 3))
		rest = pm_slice_from(rest, 1);
	return memchr(rest.ptr, ' ', rest.len) && !asks_writer(rest);
}

/* "It should tell more people. (filed as #12)", "... (fixed by a check)": what
   was noted, and behind it how it is followed, by a ticket or as done. */
static bool is_followed(const struct pm_action_reader *r, size_t at)
{
	struct pm_slice inner;
	size_t open;
	bool whole;

	return pm_bracket_behind(pm_slice_trim(pm_action_block(r, at)->text),
		       &inner, &open) &&
	       open &&
	       (has_tracker(r, at) ||
		       pm_status_of(inner, &whole) == PM_ACTION_DONE);
}

/* "✅ Rolled back" above a list: a tick before the words of a label. */
static bool has_tick(struct pm_slice text)
{
	bool whole;

	return text.len && text.ptr[0] & 0x80 &&
	       pm_status_of(text, &whole) == PM_ACTION_DONE;
}

/* True for a paragraph that something at its head or tail makes an action. */
static bool is_marked(const struct pm_action_reader *r, size_t at, bool alone)
{
	struct pm_slice text = pm_slice_trim(pm_action_block(r, at)->text);

	return alone_acts(r, at) || pm_take_action_label(&text, false) ||
	       pm_action_is_todo(r, at) || (alone && is_followed(r, at));
}

/* "→ 設計書: `docs/lock.md`", "→ Details: [the design](lock.md)": where to read
   on, and no task behind an arrow. */
static bool points_on(const struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	const struct pm_md_run *last;

	if (block->nruns < 2 || !pm_slice_starts(block->text, "→"))
		return false;
	last = &r->md->runs[block->run + block->nruns - 1];
	return (last->style & PM_MD_INLINE_CODE || last->url.len) &&
	       pm_action_ends_in_colon(pm_slice_trim(
		       r->md->runs[block->run + block->nruns - 2].text));
}

/* Reads what is told in the lines of a paragraph one by one; false: it is told
   in none of them. */
static bool read_apart(struct pm_action_reader *r, size_t at)
{
	return pm_action_pipes(r->body, at, &r->group) || points_on(r, at) ||
	       pm_action_lost_lines(r, at) || pm_action_lead(r, at) ||
	       pm_action_label_lines(r, at);
}

/* What a paragraph right above a list says of its items. */
static void read_list_head(
	struct pm_action_reader *r, size_t at, struct pm_slice text)
{
	if (pm_action_tells_legend(text)) {
		/* What parted the lists above it says nothing of this one. */
		if (pm_action_block(r, at - 1)->kind != PM_MD_HEADING)
			r->group = (struct pm_action_group){.done = r->done};
		return;
	}
	pm_action_take_bullet(&text, true);
	pm_action_read_group(
		r->body, text, pm_action_all_bold(r, at), &r->group);
	r->group.done = r->group.done || r->done || has_tick(text);
}

/*
 * A paragraph is a label above a list, an action when it is an order that is
 * tracked or stands where a list could, or prose.
 */
void pm_action_paragraph(struct pm_action_reader *r, size_t at, bool alone)
{
	struct pm_text_line line = pm_body_text(pm_action_block(r, at));
	struct pm_slice text = pm_slice_trim(line.text);
	bool heads = heads_list(r, at);

	if (read_apart(r, at))
		return;
	/* "① 短期対応" above a list is its label. */
	if (count_bullets(r, at) > heads) {
		add_bullets(r, at, 0, true);
		return;
	}
	if (heads) {
		read_list_head(r, at, text);
		return;
	}
	if (add_bullets(r, at, 0, false) || add_told_lines(r, at))
		return;
	if (text.len > PARAGRAPH_MAX || pm_action_ends_in_colon(text))
		return;
	if (is_marked(r, at, alone)) {
		pm_action_line(r, &line);
		return;
	}
	if (lines_are_actions(r, at, alone)) {
		add_lines(r, at);
		return;
	}
	/* "Explore potential action items ...": how to fill the section in. */
	if (is_labelled(text) ||
		pm_slice_find_text(text, 0, pm_slice_str("action items")) >= 0)
		return;
	if (pm_begins_with_verb(text) ? alone || has_tracker(r, at)
				      : alone && is_promise(r, text))
		pm_action_line(r, &line);
}

/* True when nothing but paragraphs stands under a heading. */
bool pm_action_only_prose(const struct pm_action_reader *r, size_t heading)
{
	for (size_t i = heading + 1; i < r->end;
		i = pm_action_block(r, i)->end) {
		if (pm_action_block(r, i)->kind == PM_MD_HEADING)
			return true;
		if (pm_action_block(r, i)->kind != PM_MD_PARAGRAPH &&
			pm_action_block(r, i)->kind != PM_MD_CODE)
			return false;
	}
	return true;
}

/* The order in a heading: without its number and "Action item 2:". */
static struct pm_slice heading_order(struct pm_slice text)
{
	size_t i = 0;

	text = pm_behind_signs(text);
	i = pm_wide_number_len(text);
	while (i < text.len && memchr("0123456789.() ", text.ptr[i], 14))
		i++;
	text = pm_slice_from(text, i);
	return pm_slice_trim(pm_slice_from(text, pm_action_counted(text)));
}

bool pm_action_names_group(
	const struct pm_action_reader *r, struct pm_slice text)
{
	static const char *const open[] = {" (", "（", NULL};
	const struct pm_doc_private *own = r->body->doc->own;
	struct pm_roles roles;

	text = heading_order(text);
	for (size_t i = 0; i < text.len; i++)
		if (pm_begins_with_one(pm_slice_from(text, i), open))
			text.len = i;
	roles = pm_roles_recall(own->memo, own->policy, text);
	return roles.exact && roles.set & (1u << PM_SECTION_ACTIONS |
						  1u << PM_SECTION_RESOLUTION);
}

/* The handle that a heading ends in, else nothing: "@ana)" is none. */
static struct pm_slice handle_behind(struct pm_slice text)
{
	size_t at = text.len;

	while (at > 0 && text.ptr[at - 1] != ' ')
		at--;
	return at > 0 && at + 1 < text.len && text.ptr[at] == '@' &&
			       !memchr(text.ptr + at, ')', text.len - at)
		       ? pm_slice_from(text, at)
		       : (struct pm_slice){NULL, 0};
}

/* "2) Alert on backlog @ana": a number and somebody to do it, so that what
   stands below elaborates it, lists as well. */
static bool is_owned_order(struct pm_slice text)
{
	size_t i = 0;

	while (i < text.len && pm_is_digit(text.ptr[i]))
		i++;
	return i > 0 && i < text.len && memchr(").", text.ptr[i], 2) &&
	       handle_behind(text).len > 0;
}

/* True when a check box or a table stands below a heading. */
static bool holds_boxes(const struct pm_action_reader *r, size_t heading)
{
	for (size_t i = heading + 1; i < r->end; i++) {
		const struct pm_md_block *block = &r->md->blocks[i];

		if (block->kind == PM_MD_HEADING)
			break;
		if (block->kind == PM_MD_TABLE || block->task)
			return true;
	}
	return false;
}

/* "Fix 1 — close the session", "Fix B: count the copies": each fix has a
   heading of its own and is told below it, without tasks of its own. */
static bool is_fix(const struct pm_action_reader *r, size_t at)
{
	struct pm_scan scan = {
		pm_behind_signs(r->md->blocks[at].text), 0, false};
	unsigned number;

	if (!pm_scan_take(&scan, "Fix ") ||
		(!pm_scan_number(&scan, 1, 2, &number) &&
			!pm_is_capital(pm_scan_peek(&scan, 0))))
		return false;
	if (!pm_is_digit(scan.text.ptr[scan.off - 1]))
		scan.off++;
	pm_scan_blanks(&scan);
	return (pm_scan_any(&scan, ":.") || pm_scan_dash(&scan)) &&
	       !pm_scan_end(&scan) && !holds_boxes(r, at);
}

/* Without "4. ", "3.1) " before it: the words say whose it is and how it
   stands. */
static struct pm_slice unnumbered(struct pm_slice heading)
{
	size_t i = 0;

	heading = pm_slice_trim(heading);
	if (pm_wide_number_len(heading))
		return pm_slice_from(heading, pm_wide_number_len(heading));
	while (i < heading.len && (pm_is_digit(heading.ptr[i]) ||
					  memchr(".)", heading.ptr[i], 2)))
		i++;
	return i < heading.len && heading.ptr[i] == ' ' &&
			       strcspn(heading.ptr, ".)") < i
		       ? pm_slice_from(heading, i + 1)
		       : heading;
}

/* "2. Split the query (PR #39)": a number and the ticket it was done in. What
   is listed below tells how, unless it holds boxes. */
static bool is_tracked_order(const struct pm_action_reader *r, size_t at)
{
	struct pm_slice text = pm_behind_signs(pm_action_block(r, at)->text);
	struct pm_slice order = unnumbered(text), number;

	if (order.len == text.len)
		return false;
	number = pm_tracker_number(order);
	return number.len && number.ptr > order.ptr &&
	       number.ptr + number.len + 1 >= order.ptr + order.len &&
	       !holds_boxes(r, at);
}

/* True for a heading that is an action and has nothing but what is said of it
   below. */
static bool is_told_below(const struct pm_action_reader *r, size_t at)
{
	return pm_action_has_details(r, at) || pm_action_owned(r, at) ||
	       is_fix(r, at) || is_tracked_order(r, at) ||
	       pm_action_block(r, at)->level == r->told ||
	       is_owned_order(pm_behind_signs(pm_action_block(r, at)->text));
}

/*
 * "2) Alert on backlog @ana": a numbered heading that is an action, or one
 * with "Owner: ana" below it. Headings that divide lists have neither.
 */
static bool is_action_heading(const struct pm_action_reader *r, size_t at)
{
	struct pm_slice text = pm_behind_signs(pm_action_block(r, at)->text);
	size_t i = 0;

	if (is_told_below(r, at))
		return true;
	if (!pm_action_only_prose(r, at))
		return false;
	/* "Action 2: alert on lag" */
	if (pm_take_action_label(&text, false))
		return true;
	if (pm_action_names_group(r, text))
		return false;
	/* "(1) alert on lag" as well as "1) alert on lag" */
	i = text.len && text.ptr[0] == '(';
	while (i < text.len && pm_is_digit(text.ptr[i]))
		i++;
	return (pm_wide_number_len(text) && !pm_circled_len(text)) ||
	       (i > 0 && i < text.len && pm_is_digit(text.ptr[i - 1]) &&
		       memchr(").", text.ptr[i], 2)) ||
	       pm_slice_starts(text, "[ ]") || pm_slice_starts(text, "[x]");
}

void pm_action_detail_line(struct pm_action_reader *r, struct pm_action *action,
	struct pm_text_line *line)
{
	if (!pm_action_read_key(r->body, action, line->text))
		return;
	pm_action_find_tracker(r->body, action, line);
	/* "Owner: ana. Due: 1 May." */
	pm_action_read_keys(r->body, action, &line->text);
}

/* "Owner: ana" on lines and in items under a heading. */
static void read_heading_details(
	struct pm_action_reader *r, struct pm_action *action, size_t heading)
{
	bool titled;

	for (size_t i = heading + 1; i < r->end; i++) {
		const struct pm_md_block *block = pm_action_block(r, i);

		if (block->kind == PM_MD_HEADING)
			break;
		if (block->kind == PM_MD_TABLE &&
			pm_action_is_card(r->md, i, &titled) && !titled)
			pm_action_card_details(r->body, action, i);
		if (block->kind != PM_MD_PARAGRAPH)
			continue;
		for (size_t run = 0; run < block->nruns;) {
			struct pm_text_line line =
				pm_body_text_line(r->body, block, &run);

			if (line.line)
				pm_action_detail_line(r, action, &line);
		}
	}
}

static void add_heading(struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	struct pm_action *action =
		pm_action_add(r->body, block->line, block->end_line);
	struct pm_text_line line = pm_body_text(block);
	struct pm_slice text = heading_order(block->text);
	struct pm_slice handle = handle_behind(text);

	/* A handle at the very end owns a heading, brackets or not. */
	if (handle.len) {
		pm_action_set_owner(r->body, action, handle);
		text.len -= handle.len;
	}
	line.text = text;
	pm_action_read_text(r->body, action, &line);
	pm_action_find_tracker(r->body, action, &line);
	read_heading_details(r, action, at);
	pm_action_told_beside(r, action, at);
	pm_action_apply_group(r->body, action, &r->group);
}

/* A heading names an owner only as a handle, a team, or with a key: "Jupyter"
   may be a product. */
void pm_action_heading_group(struct pm_body *body, struct pm_slice heading,
	struct pm_action_group *out)
{
	/* A tick before the words adorns them as other pictures do. */
	pm_action_read_group(
		body, unnumbered(pm_behind_signs(heading)), false, out);
	if (out->owner.len && out->owner.ptr[0] != '@' && !out->told &&
		!pm_slice_ends(out->owner, " team") &&
		!pm_slice_ends(out->owner, " Team"))
		out->owner = (struct pm_slice){NULL, 0};
	if (!out->owner.len)
		out->owner = handle_behind(pm_slice_trim(heading));
}

/* Returns the last block read: what elaborates an action that is a heading
   is read with it. */
size_t pm_action_heading(struct pm_action_reader *r, size_t at)
{
	bool details = is_told_below(r, at);

	if (!is_action_heading(r, at)) {
		struct pm_slice text = pm_action_block(r, at)->text;

		pm_action_heading_group(r->body, text, &r->group);
		if (r->all_done && !r->group.begun && !r->group.dropped &&
			!pm_action_tells_of_later(text))
			r->group.done = true;
		r->done = r->told_done = r->group.done;
		return at;
	}
	r->done = false;
	/* What a heading before it says is not said of this one. */
	r->group = (struct pm_action_group){.done = r->told_done};
	add_heading(r, at);
	r->group.done = false;
	while (details && at + 1 < r->end &&
		pm_action_block(r, at + 1)->kind != PM_MD_HEADING)
		at = pm_action_block(r, at + 1)->end - 1;
	return at;
}
