/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of actions. An item that holds a list is a label if it ends in a colon;
 * its own items are then the actions. Otherwise they elaborate it, unless each
 * is an order by itself. Lists that explain types or priorities, tables of
 * contents and "None" are no actions.
 */
#include "doc/action_reader.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/scan.h"

/* Bytes of a label in bold. */
enum { LABEL_MAX = 80 };

/* The first list inside an item, SIZE_MAX when it has none. */
static size_t inner_list(const struct pm_action_reader *r, size_t item)
{
	size_t end = pm_action_block(r, item)->end;

	for (size_t i = item + 1; i < end; i = pm_action_block(r, i)->end)
		if (pm_action_block(r, i)->kind == PM_MD_LIST)
			return i;
	return SIZE_MAX;
}

/* True when every item of a list is an order of its own: a box, or several
   that begin with a verb. */
static bool all_orders(const struct pm_action_reader *r, size_t list)
{
	size_t count = 0;
	bool boxes = true;

	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end) {
		boxes = boxes && pm_action_block(r, i)->task;
		if (!pm_action_block(r, i)->task &&
			!pm_action_is_order(pm_action_item_text(r, i)))
			return false;
		count++;
	}
	return count >= 2 || (count && boxes);
}

/* What an item with a list inside it is. */
enum item_kind {
	ITEM_ACTION,  /* its list elaborates it */
	ITEM_PARENT,  /* its list holds actions as well */
	ITEM_LABEL,   /* its list holds the actions */
	ITEM_NOTHING, /* "None", words of a template */
};

/* "@ana", "Owner: Ana" above a list: whose the items are. */
static bool names_group(const struct pm_action_reader *r, struct pm_slice text)
{
	struct pm_action_group group;

	if (text.ptr[0] != '@' && !pm_action_is_key(text) &&
		!pm_person_known(r->body, text))
		return false;
	pm_action_read_group(r->body, text, false, &group);
	return group.owner.len > 0;
}

/*
 * True for a list that says of what stands above it who does it or when:
 * "- Owner: Ana", "- Due: TBD". Whoever owns several tasks stands above them
 * as well, so others of its items must not be orders, nor must there be any
 * where the words above end in a colon.
 */
static bool holds_details(
	const struct pm_action_reader *r, size_t list, bool colon)
{
	size_t details = 0, others = 0, orders = 0;

	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end) {
		struct pm_slice text = pm_action_item_text(r, i);

		if (pm_action_is_detail(r->body, text)) {
			details++;
			continue;
		}
		others++;
		orders +=
			pm_action_block(r, i)->task || pm_action_is_order(text);
	}
	return details && (colon ? !others : orders < 2);
}

bool pm_action_names_term(struct pm_slice text)
{
	static const char *const words[] = {"short term", "short-term",
		"near term", "near-term", "medium term", "medium-term",
		"mid term", "mid-term", "long term", "long-term", "immediate",
		"immediately", "later", "soon", "now", "kort sikt",
		"på kort sikt", "lang sikt", "på lang sikt", "kurzfristig",
		"mittelfristig", "langfristig", "à court terme", "court terme",
		"à long terme", "long terme", "corto plazo", "a corto plazo",
		"largo plazo", "a largo plazo", "短期", "中期", "長期", "长期",
		"短期対応", "中期対応", "長期対応", "恒久対応"};
	struct pm_slice inner;
	size_t open;

	text = pm_trim_marks(text);
	/* "Short term (@ana)" */
	if (pm_bracket_behind(text, &inner, &open))
		text = pm_trim_marks(pm_slice_sub(text, 0, open));
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (pm_slice_is_nocase(text, words[i]))
			return true;
	return pm_action_is_period(text);
}

/* True when check boxes, and only they, stand at the bottom of the lists in an
   item, deeper than its own: "Relay", "Disk", "[ ] Add a spare". */
static bool parts_boxes(const struct pm_action_reader *r, size_t item)
{
	/* Lists in lists are looked at again and again: not in deep ones. */
	enum { MOST = 200 };
	size_t end = pm_action_block(r, item)->end, list = inner_list(r, item);
	bool deep = false;

	if (end - item > MOST)
		return false;
	for (size_t i = list; i < end; i++) {
		const struct pm_md_block *block = pm_action_block(r, i);

		if (block->kind != PM_MD_ITEM || inner_list(r, i) != SIZE_MAX)
			continue;
		if (!block->task)
			return false;
		deep = deep || block->parent != list;
	}
	return deep;
}

/* How many items of a list begin with a verb; *count: how many it has. */
static size_t count_orders(
	const struct pm_action_reader *r, size_t list, size_t *count)
{
	size_t orders = 0;

	*count = 0;
	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end) {
		++*count;
		orders += pm_action_is_order(pm_action_item_text(r, i));
	}
	return orders;
}

/* The bold words with a colon that an item begins with. */
static struct pm_slice bold_label(const struct pm_action_reader *r, size_t item)
{
	size_t at = pm_body_item_text(r->body, item);
	const struct pm_md_run *run;
	struct pm_slice label = {NULL, 0}, text;
	bool colon;

	if (at == SIZE_MAX || !pm_action_block(r, at)->nruns)
		return label;
	text = pm_action_block(r, at)->text;
	run = &r->md->runs[pm_action_block(r, at)->run];
	if (!(run->style & PM_MD_STRONG) || run->text.len >= text.len)
		return label;
	label = pm_slice_trim(run->text);
	colon = pm_action_ends_in_colon(label);
	if (colon)
		label.len--;
	return colon || text.ptr[run->text.len] == ':'
		       ? label
		       : (struct pm_slice){NULL, 0};
}

/* True when an item of a list that holds no list begins so. */
static bool has_bold_label(const struct pm_action_reader *r, size_t list)
{
	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end)
		if (inner_list(r, i) == SIZE_MAX && bold_label(r, i).len)
			return true;
	return false;
}

/*
 * "4. Revoke all keys:" with "- the one of the shop" below it, where the other
 * numbers are actions without a list: a label would stand among labels. What
 * is listed below is then no order but a part of it. Elsewhere it has to be a
 * whole order, "Write down for the next shift:", or say who does it, above a
 * list that mostly holds no orders.
 */
static bool is_order_in_parts(const struct pm_action_reader *r, size_t item,
	size_t list, struct pm_slice text)
{
	enum { WORDS = 4 };
	bool verb = pm_begins_with_verb(text);
	size_t blanks = 0, orders, count;

	if (pm_action_block(r, list + 1)->task || all_orders(r, list))
		return false;
	for (size_t i = 0; i < text.len; i++)
		blanks += text.ptr[i] == ' ';
	/* "2. **Second relay**:" as "3. **Copies**: keep them for a week". */
	if (pm_action_block(r, item)->parent == r->orders)
		return blanks >= WORDS || (blanks && verb) ||
		       (r->labelled && bold_label(r, item).len);
	if (blanks < WORDS || (!verb && !pm_acting_name(r->body, text)))
		return false;
	orders = count_orders(r, list, &count);
	return orders * 2 < count;
}

/* "P0", "High", "Ana Lund" above orders and nothing else: how urgent they are,
   or whose; one word more often names a part of the system. */
static bool heads_orders(
	const struct pm_action_reader *r, size_t list, struct pm_slice text)
{
	static const char *const words[] = {
		"critical", "high", "low", "medium", NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	size_t orders, count;

	if (!pm_is_priority(text) &&
		!(pm_scan_word(&scan, word) && pm_scan_end(&scan) &&
			pm_word_in(word, words)) &&
		!(memchr(text.ptr, ' ', text.len) &&
			pm_looks_like_name(r->body->doc->own->policy, text)))
		return false;
	orders = count_orders(r, list, &count);
	return orders == count;
}

/* True for words above a list that say nothing but what its items are. */
static bool is_label(const struct pm_action_reader *r, size_t item, size_t list,
	struct pm_slice text)
{
	if (pm_action_ends_in_colon(text) || names_group(r, text) ||
		pm_action_names_term(text) || heads_orders(r, list, text))
		return true;
	if (pm_action_is_order(text))
		return false;
	return (!memchr(text.ptr, ' ', text.len) &&
		       !pm_tracker_number(text).len && all_orders(r, list)) ||
	       (text.len <= LABEL_MAX && pm_action_all_bold(r, item + 1) &&
		       !pm_action_told_below(r, item, list, text)) ||
	       pm_action_names_topic(r, list, text) || parts_boxes(r, item);
}

/* "What can be automated safely?" asks, and orders nothing; "Describe how it
   is deployed?" and "Should we alert on it?" may. */
static bool is_question(struct pm_slice text)
{
	static const char *const words[] = {"are", "could", "did", "do", "does",
		"har", "has", "have", "how", "hur", "hva", "hvad", "hvem",
		"hvordan", "hvorfor", "is", "vad", "varfor", "vem", "was",
		"were", "what", "when", "where", "which", "who", "why", NULL};
	static const char *const orders[] = {
		"bor", "burde", "ska", "skal", "skulle", NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	struct pm_slice inner;
	size_t open;

	/* "…しているか？" */
	if (pm_slice_ends(pm_trim_marks(text), "か？"))
		return true;
	/* "Does it start? (logs)" */
	if (pm_bracket_behind(text, &inner, &open))
		text = pm_slice_sub(text, 0, open);
	if (!pm_slice_ends(pm_trim_marks(text), "?") ||
		!pm_scan_word(&scan, word))
		return false;
	/* "Startar den utan fel?": verbs of the north that tell end in an r,
	   and so do few that order: "Vurder om vi kan?" */
	return pm_word_in(word, words) ||
	       (pm_slice_ends(pm_slice_str(word), "r") &&
		       !pm_word_in(word, orders) && !pm_begins_with_verb(text));
}

/* "Lesson: ...", "Note: ..." among the actions: what was learned with them. */
static bool is_remark(struct pm_slice text)
{
	static const char *const words[] = {
		"lesson", "lesson learned", "note", "takeaway"};
	enum { LONGEST = 16 };
	ptrdiff_t colon = pm_slice_find(pm_slice_sub(text, 0, LONGEST), 0, ':');

	for (size_t i = 0; colon > 0 && i < sizeof words / sizeof words[0]; i++)
		if (pm_slice_is_nocase(
			    pm_slice_sub(text, 0, (size_t)colon), words[i]))
			return true;
	return false;
}

/* "As above": it is told elsewhere, and read there. */
static bool is_told_elsewhere(struct pm_slice text)
{
	static const char *const words[] = {"as above", "see above",
		"same as above", "see below", "ditto", "se over", "se ovenfor",
		"siehe oben", "voir ci-dessus", "ver arriba", "同上",
		"上記参照", "上記の通り"};

	text = pm_trim_marks(text);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (pm_slice_is_nocase(text, words[i]))
			return true;
	return false;
}

/* True for an item that is a link within the document and nothing else. */
static bool is_anchor(const struct pm_action_reader *r, size_t item)
{
	size_t at = pm_body_item_text(r->body, item);
	const struct pm_md_block *text;

	if (at == SIZE_MAX || pm_action_block(r, item)->task)
		return false;
	text = pm_action_block(r, at);
	for (size_t i = 0; i < text->nruns; i++)
		if (!pm_slice_starts(r->md->runs[text->run + i].url, "#"))
			return false;
	return text->nruns > 0;
}

/* "[Back to top](#incident)" behind the last action. Where others are links as
   well they lead to what is told of each. */
static bool leads_back(const struct pm_action_reader *r, size_t item)
{
	size_t list = pm_action_block(r, item)->parent;

	if (pm_action_block(r, item)->end != pm_action_block(r, list)->end ||
		!is_anchor(r, item))
		return false;
	for (size_t i = list + 1; i < item; i = pm_action_block(r, i)->end)
		if (is_anchor(r, i))
			return false;
	return true;
}

static enum item_kind classify(const struct pm_action_reader *r, size_t item)
{
	size_t list = inner_list(r, item);
	struct pm_slice text = pm_action_item_text(r, item);

	if (list == SIZE_MAX)
		return pm_says_nothing(r->body, text) ||
				       pm_action_is_example(text) ||
				       is_told_elsewhere(text) ||
				       leads_back(r, item) ||
				       (!pm_action_block(r, item)->task &&
					       (is_question(text) ||
						       is_remark(text)))
			       ? ITEM_NOTHING
			       : ITEM_ACTION;
	if (!text.len)
		return ITEM_LABEL;
	if (!names_group(r, text) &&
		holds_details(r, list, pm_action_ends_in_colon(text)))
		return ITEM_ACTION;
	if (pm_action_ends_in_colon(text) &&
		is_order_in_parts(r, item, list, text))
		return ITEM_ACTION;
	if (!pm_action_block(r, item)->task && is_label(r, item, list, text))
		return ITEM_LABEL;
	return all_orders(r, list) ? ITEM_PARENT : ITEM_ACTION;
}

/* "Owner: ana" in a paragraph that is said of an action. */
static void read_detail(
	struct pm_action_reader *r, struct pm_action *action, size_t paragraph)
{
	struct pm_text_line line = pm_body_text(pm_action_block(r, paragraph));
	const struct pm_md_run *runs = &r->md->runs[line.run];
	struct pm_slice text = line.text;

	if (pm_action_states_order(text))
		return;
	pm_action_unstruck(r->body, &text, &runs, line.nruns, false);
	/* "Owner: Ana", and "Due: 1 May" on the next line. */
	if (pm_action_read_key(r->body, action, text))
		pm_action_read_keys(r->body, action, &text);
	pm_action_find_tracker(r->body, action, &line);
}

/* "Owner: ana" in the list of an item says something of the item. */
static void read_details(
	struct pm_action_reader *r, struct pm_action *action, size_t item)
{
	for (size_t i = item + 1; i < pm_action_block(r, item)->end; i++) {
		if (pm_action_block(r, i)->kind != PM_MD_PARAGRAPH ||
			i == item + 1)
			continue;
		read_detail(r, action, i);
	}
}

/* True for a box that is not ticked, or a sign that warns. */
static bool open_box(const struct pm_md_block *item, struct pm_slice text)
{
	static const char *const boxes[] = {
		"[ ]", "[]", "[\xC2\xA0]", "☐", "🔲", "⬜", "⚠", "❌", "🔴", NULL};

	return (item->task && !item->ticked) ||
	       pm_begins_with_one(pm_slice_trim(text), boxes);
}

void pm_action_item(struct pm_action_reader *r, size_t item, bool details)
{
	const struct pm_md_block *block = pm_action_block(r, item);
	size_t text = pm_body_item_text(r->body, item);
	struct pm_action_group group = r->group;
	struct pm_action *action;
	struct pm_text_line line;
	size_t run = 0;

	if (text == SIZE_MAX)
		return;
	action = pm_action_add(r->body, block->line, block->end_line);
	action->box = block->task;
	if (block->ticked)
		action->state = PM_ACTION_DONE;
	line = pm_body_text(pm_action_block(r, text));
	if (pm_action_holds_lost(r, text))
		pm_action_lost_entry(r, text, &run, &line);
	pm_action_read_text(r->body, action, &line);
	pm_action_find_tracker(r->body, action, &line);
	if (details)
		read_details(r, action, item);
	/* Whoever left a box open means it, whatever stands above the list. */
	if (open_box(block, line.text))
		group.done = group.dropped = false;
	pm_action_apply_group(r->body, action, &group);
	while (run && run < pm_action_block(r, text)->nruns) {
		pm_action_lost_entry(r, text, &run, &line);
		pm_action_line(r, &line);
	}
}

/* A list that only links within the document: a table of contents. */
static bool is_contents(const struct pm_action_reader *r, size_t list)
{
	for (size_t i = list + 1; i < pm_action_block(r, list)->end; i++) {
		const struct pm_md_block *block = pm_action_block(r, i);

		for (size_t k = 0; k < block->nruns; k++) {
			const struct pm_md_run *run =
				&r->md->runs[block->run + k];

			if (!pm_slice_starts(run->url, "#"))
				return false;
		}
	}
	return true;
}

static bool list_has_boxes(const struct pm_action_reader *r, size_t list)
{
	for (size_t i = list + 1; i < pm_action_block(r, list)->end; i++)
		if (pm_action_block(r, i)->task)
			return true;
	return false;
}

/* True for a list with a table of actions below it under one heading. What
   was found holds for all lists above it, so blocks are looked at once. */
static bool under_table(struct pm_action_reader *r, size_t list)
{
	size_t i = pm_action_block(r, list)->end;

	if (i <= r->stop)
		return r->stops_at_table;
	r->stops_at_table = false;
	for (; i < r->end && pm_action_block(r, i)->kind != PM_MD_HEADING;
		i = pm_action_block(r, i)->end)
		if (pm_action_block(r, i)->kind == PM_MD_TABLE &&
			pm_action_is_table(r->md, i)) {
			r->stops_at_table = true;
			break;
		}
	r->stop = i;
	return r->stops_at_table;
}

/* "Owner: Ana" in an item of its own, below the one that it is said of. */
static bool read_flat_key(
	struct pm_action_reader *r, size_t item, size_t before)
{
	struct pm_doc *doc = r->body->doc;
	size_t at = pm_body_item_text(r->body, item);
	struct pm_action *action;
	struct pm_text_line line;

	if (doc->nactions <= before || at == SIZE_MAX ||
		pm_action_block(r, item)->task)
		return false;
	line = pm_body_text(pm_action_block(r, at));
	if (!pm_action_is_detail(r->body, line.text))
		return false;
	action = &doc->actions[doc->nactions - 1];
	read_detail(r, action, at);
	return true;
}

/* "Owner: Ana" first in the list of a label: said of all that stand in it. */
static bool read_group_key(struct pm_action_reader *r, size_t item)
{
	struct pm_slice text = pm_action_item_text(r, item);
	struct pm_action_group told;

	if (pm_action_block(r, item)->task ||
		!pm_action_is_detail(r->body, text))
		return false;
	pm_action_read_group(r->body, text, false, &told);
	if (told.owner.len)
		r->group.owner = told.owner;
	return true;
}

/*
 * "**Atomic Writes:** ..." could be somebody's name, but not where as many of
 * its neighbours begin with what can be none: "**Schema deprecation:** ...".
 * A team is no person and an owner all the same.
 */
static bool has_bold_labels(const struct pm_action_reader *r, size_t list)
{
	const struct pm_policy *policy = r->body->doc->own->policy;
	size_t names = 0, labels = 0;

	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end) {
		struct pm_slice label = bold_label(r, i);

		if (!label.len || pm_slice_ends(label, "team") ||
			pm_slice_ends(label, "Team"))
			continue;
		if (pm_looks_like_name(policy, label) ||
			pm_person_known(r->body, label))
			names++;
		else if (memchr(label.ptr, ' ', label.len))
			labels++;
	}
	return labels && labels >= names;
}

/* "Ana" of "Watch the locks -> Ana (1 May)"; empty: there is none. */
static struct pm_slice behind_arrow(struct pm_slice text)
{
	static const char *const arrows[] = {" -> ", " → ", NULL};
	enum { NAME_MOST = 60 };
	struct pm_slice inner;
	size_t open, from, sign;

	if (pm_bracket_behind(text, &inner, &open))
		text = pm_slice_trim(pm_slice_sub(text, 0, open));
	from = text.len > NAME_MOST ? text.len - NAME_MOST : 0;
	for (size_t i = text.len; i > from; i--) {
		if (text.ptr[i - 1] != ' ' || i == text.len ||
			!memchr("-\xE2", text.ptr[i], 2))
			continue;
		sign = pm_begins_with_one(pm_slice_from(text, i - 1), arrows);
		if (sign)
			return pm_slice_from(text, i - 1 + sign);
	}
	return (struct pm_slice){NULL, 0};
}

/* "Move the shop from Ora -> Pos" is no one's, but where two in three items of
   a list end in an arrow and a name, it says whose each is. */
static bool has_arrow_owners(const struct pm_action_reader *r, size_t list)
{
	size_t count = 0, items = 0;

	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end) {
		struct pm_slice name = behind_arrow(pm_action_item_text(r, i));

		items++;
		count += name.len &&
			 pm_looks_like_name(r->body->doc->own->policy, name);
	}
	return count > 1 && count * 3 >= items * 2;
}

/*
 * "1. Watch the locks" with "- Owner: Ana" below it, where nothing was
 * indented: the bullets are said of the action above, which one of them shows
 * by its key. Below several numbers they have to stand on the next line.
 */
static bool read_flat_list(struct pm_action_reader *r, size_t list)
{
	struct pm_doc *doc = r->body->doc;
	size_t end = pm_action_block(r, list)->end;
	bool details = false;

	if (r->numbered != list || !doc->nactions ||
		pm_action_block(r, list)->ordered ||
		(!r->one_number && doc->actions[doc->nactions - 1].line + 1 !=
					   pm_action_block(r, list)->line))
		return false;
	for (size_t i = list + 1; i < end && !details;
		i = pm_action_block(r, i)->end)
		details =
			!pm_action_block(r, i)->task &&
			pm_action_is_detail(r->body, pm_action_item_text(r, i));
	for (size_t i = list + 1; i < end && details;
		i = pm_action_block(r, i)->end) {
		size_t at = pm_body_item_text(r->body, i);

		if (at != SIZE_MAX)
			read_detail(r, &doc->actions[doc->nactions - 1], at);
	}
	return details;
}

/* "Owner: Ana", "Due: 1 May" and nothing else: said of the section. A ticket
   may stand for the action that it tracks. */
static bool is_details(const struct pm_action_reader *r, size_t list)
{
	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end) {
		struct pm_slice text = pm_action_item_text(r, i);

		if (pm_action_block(r, i)->task ||
			!pm_action_is_detail(r->body, text) ||
			pm_tracker_number(text).len)
			return false;
	}
	return true;
}

/* True for numbered steps of which one is a command and nothing else: what a
   reader is to type, "1. Stop the client", "2. `rm -r data`". Bullets may name
   branches or files that are to be changed. */
static bool holds_commands(const struct pm_action_reader *r, size_t list)
{
	if (!pm_action_block(r, list)->ordered)
		return false;
	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end) {
		size_t at = pm_body_item_text(r->body, i);
		const struct pm_md_block *text;

		if (at == SIZE_MAX || pm_action_block(r, i)->task)
			continue;
		text = pm_action_block(r, at);
		if (text->nruns == 1 &&
			r->md->runs[text->run].style & PM_MD_INLINE_CODE &&
			pm_slice_find(text->text, 0, ' ') > 0)
			return true;
	}
	return false;
}

/* True for a list without actions. What stands above the table of actions
   explains it, unless it is somebody's, or each of its items an order. */
static bool explains(struct pm_action_reader *r, size_t list)
{
	return r->group.legend ||
	       (!r->group.owner.len && under_table(r, list) &&
		       !list_has_boxes(r, list) && !all_orders(r, list)) ||
	       pm_action_is_legend(r, list) || is_contents(r, list) ||
	       is_details(r, list) || holds_commands(r, list);
}

/* What a label says of the items below it. "Short Term" is nobody's name, and
   neither is another without a sign of being one. */
static void read_label(struct pm_action_reader *r, size_t item)
{
	struct pm_slice text = pm_action_item_text(r, item);
	bool bold = pm_action_all_bold(r, item + 1);

	if (!text.len || bold || pm_action_ends_in_colon(text) ||
		names_group(r, text) ||
		heads_orders(r, inner_list(r, item), text))
		pm_action_read_group(r->body, text, bold, &r->group);
	else
		pm_action_heading_group(r->body, text, &r->group);
}

/* True for a numbered list most of whose items hold no list. */
static bool holds_orders(const struct pm_action_reader *r, size_t list)
{
	size_t bare = 0, others = 0;

	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end)
		if (inner_list(r, i) == SIZE_MAX)
			bare++;
		else
			others++;
	return pm_action_block(r, list)->ordered && bare > others;
}

/*
 * The items of a list, nested ones as their parents allow. One pass over its
 * blocks: where an inner list is skipped, its end is known.
 */
/* What all items of a list say of each. */
static void look_over(struct pm_action_reader *r, size_t list)
{
	r->body->bold_labels = has_bold_labels(r, list);
	r->body->arrow_owners = has_arrow_owners(r, list);
	r->orders = holds_orders(r, list) ? list : SIZE_MAX;
	r->labelled = r->orders == list && has_bold_label(r, list);
}

void pm_action_list(struct pm_action_reader *r, size_t list)
{
	size_t end = pm_action_block(r, list)->end;
	struct pm_action_group outer = r->group;
	size_t group_end = 0, before = r->body->doc->nactions, first = before;
	bool labels = r->body->bold_labels, arrows = r->body->arrow_owners;

	/* Another section may begin among the items: see builder.h. */
	if (end > r->end)
		end = r->end;
	if (read_flat_list(r, list) || explains(r, list))
		return;
	look_over(r, list);
	for (size_t i = list + 1; i < end; i++) {
		enum item_kind kind;

		if (i >= group_end) {
			r->group = outer;
			first = before;
		}
		if (pm_action_block(r, i)->kind == PM_MD_QUOTE)
			i = pm_action_block(r, i)->end - 1;
		if (pm_action_block(r, i)->kind != PM_MD_ITEM)
			continue;
		kind = classify(r, i);
		if (kind == ITEM_ACTION && i < group_end &&
			first == r->body->doc->nactions && read_group_key(r, i))
			continue;
		if (kind == ITEM_ACTION && read_flat_key(r, i, first))
			continue;
		if (kind == ITEM_LABEL) {
			read_label(r, i);
			group_end = pm_action_block(r, i)->end;
			first = r->body->doc->nactions;
			/* "Notes:" and what is remarked below it. */
			if (r->group.legend)
				i = group_end - 1;
			continue;
		}
		if (kind != ITEM_NOTHING)
			pm_action_item(r, i, kind == ITEM_ACTION);
		/* The rest of an elaborated item has been read with it. */
		if (kind != ITEM_PARENT)
			i = pm_action_block(r, i)->end - 1;
	}
	r->group = outer;
	r->body->bold_labels = labels;
	r->body->arrow_owners = arrows;
	if (pm_action_block(r, list)->ordered) {
		r->numbered = end;
		r->one_number = pm_action_block(r, list + 1)->end == end;
	}
}
