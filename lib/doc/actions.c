/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which blocks of the body are actions: items, rows, and in some documents
 * paragraphs and headings of the sections for actions. An item that holds a
 * list is a label if it ends in a colon; its own items are then the actions.
 * Otherwise they elaborate it, unless each is an order by itself. Lists that
 * explain types or priorities, intros and "None" are no actions.
 */
#include "doc/actions.h"

#include <string.h>

#include "doc/scan.h"

#define BIT(role) (1u << PM_SECTION_##role)

/* Sub-sections of actions that hold something else. */
#define ELSEWHERE                                                              \
	(BIT(TIMELINE) | BIT(LESSONS) | BIT(WENT_WELL) | BIT(WENT_WRONG) |     \
		BIT(LUCKY) | BIT(REFERENCES) | BIT(METADATA) | BIT(SUMMARY))

enum { PARAGRAPH_MAX = 600, LABEL_MAX = 80 };

struct reader {
	struct pm_body *body;
	const struct pm_md *md;
	size_t end;  /* of the blocks of this section */
	size_t stop; /* see under_table */
	bool stops_at_table;
	struct pm_action_group group;
	bool done; /* what the heading above says of all below it */
};

static const struct pm_md_block *block_at(const struct reader *r, size_t i)
{
	return pm_md_read(r->md, i);
}

struct pm_action *pm_action_add(
	struct pm_body *body, unsigned line, unsigned end_line)
{
	struct pm_doc *doc = body->doc;
	struct pm_action *action;

	doc->actions =
		pm_doc_grow(doc, doc->actions, doc->nactions, sizeof *action);
	action = &doc->actions[doc->nactions++];
	action->line = line;
	action->span = pm_body_lines(body, line, end_line);
	action->state = PM_ACTION_OPEN;
	action->in_body = true;
	return action;
}

/* The text of an item: its first paragraph, or nothing. */
static struct pm_slice item_text(const struct reader *r, size_t item)
{
	size_t text = pm_body_item_text(r->body, item);

	return text == SIZE_MAX ? (struct pm_slice){NULL, 0}
				: pm_slice_trim(block_at(r, text)->text);
}

/* The first list inside an item, SIZE_MAX when it has none. */
static size_t inner_list(const struct reader *r, size_t item)
{
	size_t end = block_at(r, item)->end;

	for (size_t i = item + 1; i < end; i = block_at(r, i)->end)
		if (block_at(r, i)->kind == PM_MD_LIST)
			return i;
	return SIZE_MAX;
}

static bool ends_in_colon(struct pm_slice text)
{
	return text.len &&
	       (text.ptr[text.len - 1] == ':' || pm_slice_ends(text, "："));
}

/* True when a block's whole text is bold. */
static bool all_bold(const struct reader *r, size_t at)
{
	const struct pm_md_block *block = block_at(r, at);

	for (size_t i = 0; i < block->nruns; i++) {
		const struct pm_md_run *run = &r->md->runs[block->run + i];

		if (!(run->style & PM_MD_STRONG) &&
			!pm_slice_is(pm_slice_trim(run->text), ":") &&
			pm_slice_trim(run->text).len)
			return false;
	}
	return block->nruns > 0;
}

/* True when every item of a list is an order of its own: a box, or several
   that begin with a verb. */
static bool all_orders(const struct reader *r, size_t list)
{
	size_t count = 0;
	bool boxes = true;

	for (size_t i = list + 1; i < block_at(r, list)->end;
		i = block_at(r, i)->end) {
		boxes = boxes && block_at(r, i)->task;
		if (!block_at(r, i)->task &&
			!pm_begins_with_verb(item_text(r, i)))
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
static bool names_group(const struct reader *r, struct pm_slice text)
{
	struct pm_action_group group;

	if (text.ptr[0] != '@' && !pm_action_is_key(text) &&
		!pm_person_known(r->body, text))
		return false;
	pm_action_read_group(r->body, text, false, &group);
	return group.owner.len > 0;
}

static enum item_kind classify(const struct reader *r, size_t item)
{
	size_t list = inner_list(r, item);
	struct pm_slice text = item_text(r, item);

	if (list == SIZE_MAX)
		return pm_says_nothing(r->body, text) ? ITEM_NOTHING
						      : ITEM_ACTION;
	if (!text.len)
		return ITEM_LABEL;
	if (!block_at(r, item)->task &&
		(ends_in_colon(text) || names_group(r, text) ||
			(!memchr(text.ptr, ' ', text.len) &&
				!pm_begins_with_verb(text) &&
				!pm_tracker_number(text).len &&
				all_orders(r, list)) ||
			(text.len <= LABEL_MAX && all_bold(r, item + 1) &&
				!pm_begins_with_verb(text))))
		return ITEM_LABEL;
	return all_orders(r, list) ? ITEM_PARENT : ITEM_ACTION;
}

/* "Owner: ana" in the list of an item says something of the item. */
static void read_details(
	struct reader *r, struct pm_action *action, size_t item)
{
	for (size_t i = item + 1; i < block_at(r, item)->end; i++) {
		struct pm_text_line line;

		if (block_at(r, i)->kind != PM_MD_PARAGRAPH || i == item + 1)
			continue;
		line = pm_body_text(block_at(r, i));
		pm_action_read_key(r->body, action, line.text);
		pm_action_find_tracker(r->body, action, &line);
	}
}

static void read_item(struct reader *r, size_t item, bool details)
{
	const struct pm_md_block *block = block_at(r, item);
	size_t text = pm_body_item_text(r->body, item);
	struct pm_action *action;
	struct pm_text_line line;

	if (text == SIZE_MAX)
		return;
	action = pm_action_add(r->body, block->line, block->end_line);
	if (block->ticked)
		action->state = PM_ACTION_DONE;
	line = pm_body_text(block_at(r, text));
	pm_action_read_text(r->body, action, &line);
	pm_action_find_tracker(r->body, action, &line);
	if (details)
		read_details(r, action, item);
	pm_action_apply_group(r->body, action, &r->group);
}

/* Words that types and priorities are explained with. */
static bool is_legend_key(struct pm_slice text)
{
	static const char *const keys[] = {"prevent", "detect", "mitigate",
		"process", "repair", "investigate", "p0", "p1", "p2", "p3",
		"p4", "high", "medium", "low", "critical", "short", "long",
		"prevention", "detection", "mitigation", "予防", "検知", "緩和",
		"対応", "調査", "プロセス", "forebygge", "oppdage", "begrense"};
	static const char *const signs[] = {
		":", "：", " -", " –", " —", " =", "…", " ("};
	size_t end = 0;
	bool set_off = false;

	for (; end < text.len && end < 24 && !set_off; end++)
		for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
			set_off = set_off ||
				  pm_slice_starts(
					  pm_slice_from(text, end), signs[i]);
	end -= set_off;
	for (size_t i = 0; set_off && i < sizeof keys / sizeof keys[0]; i++)
		if (pm_slice_is_nocase(pm_slice_sub(text, 0, end), keys[i]))
			return true;
	return false;
}

/* A list that explains words: every item is one of them and its meaning. */
static bool is_legend(const struct reader *r, size_t list)
{
	for (size_t i = list + 1; i < block_at(r, list)->end;
		i = block_at(r, i)->end)
		if (block_at(r, i)->task || !is_legend_key(item_text(r, i)))
			return false;
	return true;
}

/* A list that only links within the document: a table of contents. */
static bool is_contents(const struct reader *r, size_t list)
{
	for (size_t i = list + 1; i < block_at(r, list)->end; i++) {
		const struct pm_md_block *block = block_at(r, i);

		for (size_t k = 0; k < block->nruns; k++) {
			const struct pm_md_run *run =
				&r->md->runs[block->run + k];

			if (!pm_slice_starts(run->url, "#"))
				return false;
		}
	}
	return true;
}

static bool list_has_boxes(const struct reader *r, size_t list)
{
	for (size_t i = list + 1; i < block_at(r, list)->end; i++)
		if (block_at(r, i)->task)
			return true;
	return false;
}

/* True for a list with a table of actions below it under one heading. What
   was found holds for all lists above it, so blocks are looked at once. */
static bool under_table(struct reader *r, size_t list)
{
	size_t i = block_at(r, list)->end;

	if (i <= r->stop)
		return r->stops_at_table;
	r->stops_at_table = false;
	for (; i < r->end && block_at(r, i)->kind != PM_MD_HEADING;
		i = block_at(r, i)->end)
		if (block_at(r, i)->kind == PM_MD_TABLE &&
			pm_action_is_table(r->md, i)) {
			r->stops_at_table = true;
			break;
		}
	r->stop = i;
	return r->stops_at_table;
}

/* "Owner: Ana" in an item of its own, below the one that it is said of. */
static bool read_flat_key(struct reader *r, size_t item, size_t before)
{
	struct pm_doc *doc = r->body->doc;
	size_t at = pm_body_item_text(r->body, item);
	struct pm_action *action;
	struct pm_text_line line;

	if (doc->nactions <= before || at == SIZE_MAX ||
		block_at(r, item)->task)
		return false;
	line = pm_body_text(block_at(r, at));
	if (!pm_action_is_detail(r->body, line.text))
		return false;
	action = &doc->actions[doc->nactions - 1];
	pm_action_read_key(r->body, action, line.text);
	pm_action_find_tracker(r->body, action, &line);
	return true;
}

/*
 * The items of a list, nested ones as their parents allow. One pass over its
 * blocks: where an inner list is skipped, its end is known.
 */
static void read_list(struct reader *r, size_t list)
{
	size_t end = block_at(r, list)->end;
	struct pm_action_group outer = r->group;
	size_t group_end = 0, before = r->body->doc->nactions;

	/* What stands above the table of actions explains it, unless it is
	   somebody's. */
	if (r->group.legend ||
		(!r->group.owner.len && under_table(r, list) &&
			!list_has_boxes(r, list)) ||
		is_legend(r, list) || is_contents(r, list))
		return;
	for (size_t i = list + 1; i < end; i++) {
		enum item_kind kind;

		if (i >= group_end)
			r->group = outer;
		if (block_at(r, i)->kind == PM_MD_QUOTE)
			i = block_at(r, i)->end - 1;
		if (block_at(r, i)->kind != PM_MD_ITEM)
			continue;
		kind = classify(r, i);
		if (kind == ITEM_ACTION && read_flat_key(r, i, before))
			continue;
		if (kind == ITEM_LABEL) {
			pm_action_read_group(r->body, item_text(r, i),
				all_bold(r, i + 1), &r->group);
			group_end = block_at(r, i)->end;
			continue;
		}
		if (kind != ITEM_NOTHING)
			read_item(r, i, kind == ITEM_ACTION);
		/* The rest of an elaborated item has been read with it. */
		if (kind != ITEM_PARENT)
			i = block_at(r, i)->end - 1;
	}
	r->group = outer;
}

/* One paragraph or line of it as an action. */
static void add_paragraph(struct reader *r, const struct pm_text_line *line)
{
	struct pm_action *action =
		pm_action_add(r->body, line->line, line->line);

	pm_action_read_text(r->body, action, line);
	pm_action_find_tracker(r->body, action, line);
	pm_action_apply_group(r->body, action, &r->group);
}

static bool heads_list(const struct reader *r, size_t at)
{
	size_t next = block_at(r, at)->end;

	return next < r->end && (block_at(r, next)->kind == PM_MD_LIST ||
					block_at(r, next)->kind == PM_MD_TABLE);
}

static bool has_tracker(const struct reader *r, size_t at)
{
	const struct pm_md_block *block = block_at(r, at);

	for (size_t i = 0; i < block->nruns; i++)
		if (pm_tracker_url(r->md->runs[block->run + i].url))
			return true;
	return false;
}

/* True when the lines of a paragraph are orders one by one. */
static bool lines_are_orders(const struct reader *r, size_t at)
{
	const struct pm_md_block *block = block_at(r, at);
	size_t lines = 0;

	for (size_t run = 0; run < block->nruns; lines++) {
		struct pm_text_line line =
			pm_body_text_line(r->body, block, &run);

		if (!line.line || !pm_begins_with_verb(line.text) ||
			(line.text.ptr[0] >= 'a' && line.text.ptr[0] <= 'z'))
			return false;
	}
	return lines > 1;
}

static void add_lines(struct reader *r, size_t at)
{
	const struct pm_md_block *block = block_at(r, at);

	for (size_t run = 0; run < block->nruns;) {
		struct pm_text_line line =
			pm_body_text_line(r->body, block, &run);

		add_paragraph(r, &line);
	}
}

/* "**Robert** to ask the vendor", "@ana will ...": a name in bold or a handle
   that acts makes an action of a paragraph. */
static bool alone_acts(const struct reader *r, size_t at)
{
	static const char *const acts[] = {"to", "will", "skal", NULL};
	const struct pm_md_block *block = block_at(r, at);
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
	if (!pm_looks_like_name(r->body->doc->private->policy,
		    pm_slice_sub(block->text, 0, scan.off)))
		return false;
	pm_scan_blanks(&scan);
	return pm_scan_word(&scan, word) && pm_word_in(word, acts) &&
	       pm_begins_with_verb(pm_slice_from(block->text, scan.off));
}

/* "Process: we had none": a word and a colon label what follows, although
   the word could be an order. */
static bool is_labelled(struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];

	return pm_scan_word(&scan, word) && pm_scan_peek(&scan, 0) == ':';
}

/* "✅ Rolled back" above a list: a tick before the words of a label. */
static bool has_tick(struct pm_slice text)
{
	bool whole;

	return text.len && text.ptr[0] & 0x80 &&
	       pm_status_of(text, &whole) == PM_ACTION_DONE;
}

/*
 * A paragraph is a label above a list, an action when it is an order that is
 * tracked or stands where a list could, or prose.
 */
static void read_paragraph(struct reader *r, size_t at, bool alone)
{
	struct pm_text_line line = pm_body_text(block_at(r, at));
	struct pm_slice text = pm_slice_trim(line.text);

	if (pm_action_pipes(r->body, at, &r->group))
		return;
	if (heads_list(r, at)) {
		pm_action_read_group(r->body, text, all_bold(r, at), &r->group);
		r->group.done = r->group.done || r->done || has_tick(text);
		return;
	}
	if (text.len > PARAGRAPH_MAX || ends_in_colon(text))
		return;
	if (alone_acts(r, at) || pm_take_action_label(&text, false)) {
		add_paragraph(r, &line);
		return;
	}
	if (!pm_begins_with_verb(text) || is_labelled(text))
		return;
	if (lines_are_orders(r, at))
		add_lines(r, at);
	else if (alone || has_tracker(r, at))
		add_paragraph(r, &line);
}

/* True when nothing but paragraphs stands under a heading. */
static bool only_prose(const struct reader *r, size_t heading)
{
	for (size_t i = heading + 1; i < r->end; i = block_at(r, i)->end) {
		if (block_at(r, i)->kind == PM_MD_HEADING)
			return true;
		if (block_at(r, i)->kind != PM_MD_PARAGRAPH &&
			block_at(r, i)->kind != PM_MD_CODE)
			return false;
	}
	return true;
}

/* "Owner: ana" and the like: a paragraph or list item that says something of
   what stands above it. */
static bool is_detail(const struct reader *r, size_t at)
{
	const struct pm_md_block *block = block_at(r, at);

	if (block->kind == PM_MD_ITEM)
		return pm_action_is_key(item_text(r, at));
	return block->kind == PM_MD_PARAGRAPH && pm_action_is_key(block->text);
}

/* True when what stands under a heading begins with details of an action;
   lists there hold nothing else. */
static bool has_details(const struct reader *r, size_t heading)
{
	bool found = false;

	for (size_t i = heading + 1; i < r->end; i = block_at(r, i)->end) {
		const struct pm_md_block *block = block_at(r, i);

		if (block->kind == PM_MD_HEADING)
			break;
		if (block->kind == PM_MD_TABLE)
			return false;
		if (block->kind == PM_MD_PARAGRAPH)
			found = found || is_detail(r, i);
		if (block->kind != PM_MD_LIST)
			continue;
		for (size_t item = i + 1; item < block->end;
			item = block_at(r, item)->end)
			if (!is_detail(r, item))
				return false;
		found = true;
	}
	return found;
}

/* The order in a heading: without its number and "Action item 2:". */
static struct pm_slice heading_order(struct pm_slice text)
{
	size_t i = 0;

	text = pm_slice_trim(text);
	while (i < text.len && memchr("0123456789.) ", text.ptr[i], 13))
		i++;
	return pm_slice_from(text, i);
}

/*
 * "2) Alert on backlog @ana": a numbered heading that is an action, or one
 * with "Owner: ana" below it. Headings that divide lists have neither.
 */
static bool is_action_heading(const struct reader *r, size_t at)
{
	struct pm_slice text = pm_slice_trim(block_at(r, at)->text);
	size_t i = 0;

	if (has_details(r, at))
		return true;
	if (!only_prose(r, at))
		return false;
	/* "Action 2: alert on lag" */
	if (pm_take_action_label(&text, false))
		return true;
	while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
		i++;
	return (i > 0 && i < text.len && memchr(").", text.ptr[i], 2)) ||
	       pm_slice_starts(text, "[ ]") || pm_slice_starts(text, "[x]");
}

/* "Owner: ana" on lines and in items under a heading. */
static void read_heading_details(
	struct reader *r, struct pm_action *action, size_t heading)
{
	for (size_t i = heading + 1; i < r->end; i++) {
		const struct pm_md_block *block = block_at(r, i);

		if (block->kind == PM_MD_HEADING)
			break;
		if (block->kind != PM_MD_PARAGRAPH)
			continue;
		for (size_t run = 0; run < block->nruns;) {
			struct pm_text_line line =
				pm_body_text_line(r->body, block, &run);

			if (line.line &&
				pm_action_read_key(r->body, action, line.text))
				pm_action_find_tracker(r->body, action, &line);
		}
	}
}

static void add_heading(struct reader *r, size_t at)
{
	const struct pm_md_block *block = block_at(r, at);
	struct pm_action *action =
		pm_action_add(r->body, block->line, block->end_line);
	struct pm_text_line line = pm_body_text(block);
	struct pm_slice text = heading_order(block->text);
	size_t end;

	/* A handle at the very end owns a heading, brackets or not. */
	for (end = text.len; end > 0 && text.ptr[end - 1] != ' '; end--)
		;
	if (end < text.len && text.ptr[end] == '@') {
		pm_action_set_owner(r->body, action, pm_slice_from(text, end));
		text.len = end;
	}
	line.text = text;
	pm_action_read_text(r->body, action, &line);
	pm_action_find_tracker(r->body, action, &line);
	read_heading_details(r, action, at);
}

/* Skips the inside of a sub-section that is for something else. */
static size_t skip_elsewhere(const struct reader *r, size_t at)
{
	const struct pm_doc *doc = r->body->doc;
	size_t sec = pm_body_section_of(r->body, at + 1);

	if (sec == SIZE_MAX || r->body->sections[sec].heading != at ||
		!(doc->sections[sec].roles & ELSEWHERE) ||
		doc->sections[sec].roles & BIT(ACTIONS))
		return at;
	return r->body->sections[sec].end - 1;
}

/* A heading names an owner only as a handle: "Jupyter" may be a product. */
static void read_heading_group(struct pm_body *body, struct pm_slice heading,
	struct pm_action_group *out)
{
	pm_action_read_group(body, heading, false, out);
	if (out->owner.len && out->owner.ptr[0] != '@')
		out->owner = (struct pm_slice){NULL, 0};
}

/* Returns the last block read: what elaborates an action that is a heading
   is read with it. */
static size_t read_heading(struct reader *r, size_t at)
{
	bool details = has_details(r, at);

	if (!is_action_heading(r, at)) {
		read_heading_group(r->body, block_at(r, at)->text, &r->group);
		r->done = r->group.done;
		return at;
	}
	r->done = false;
	/* What a heading before it says is not said of this one. */
	r->group = (struct pm_action_group){.done = false};
	add_heading(r, at);
	while (details && at + 1 < r->end &&
		block_at(r, at + 1)->kind != PM_MD_HEADING)
		at = block_at(r, at + 1)->end - 1;
	return at;
}

/* Reads the actions among blocks [first, end). */
static void read_blocks(struct reader *r, size_t first)
{
	bool prose = only_prose(r, first - 1);

	for (size_t i = first; i < r->end; i = block_at(r, i)->end) {
		size_t skip = skip_elsewhere(r, i);

		if (skip != i) {
			i = skip;
			continue;
		}
		switch (block_at(r, i)->kind) {
		case PM_MD_HEADING:
			i = read_heading(r, i);
			prose = only_prose(r, i);
			break;
		case PM_MD_PARAGRAPH:
			read_paragraph(r, i, prose);
			break;
		case PM_MD_LIST:
			read_list(r, i);
			break;
		case PM_MD_TABLE:
			pm_action_table(r->body, i, &r->group);
			break;
		default:
			break;
		}
	}
}

static void read_section(struct pm_body *body, size_t at)
{
	struct reader r = {.body = body, .md = body->md};
	const struct pm_body_section *sec = &body->sections[at];

	r.end = sec->end;
	read_heading_group(body, body->doc->sections[at].heading, &r.group);
	r.done = r.group.done;
	if (sec->in_list) {
		/* A bold key of an item: its lists are the item's. */
		pm_action_pipes(body, sec->heading, &r.group);
		for (size_t i = sec->first; i < sec->end;
			i = block_at(&r, i)->end)
			if (block_at(&r, i)->kind == PM_MD_LIST)
				read_list(&r, i);
			else if (block_at(&r, i)->kind == PM_MD_TABLE)
				pm_action_table(body, i, &r.group);
		return;
	}
	read_blocks(&r, sec->first);
}

/* Reads what is marked as an action wherever it stands: "Action item: ...",
   and check boxes and tables with a column called so of documents without a
   section for them. */
static void read_marked(struct pm_body *body, bool boxes)
{
	struct reader r = {
		.body = body, .md = body->md, .end = body->footnotes};

	for (size_t i = 0; i < body->footnotes; i++) {
		const struct pm_md_block *block = block_at(&r, i);
		struct pm_slice text = block->text;
		struct pm_text_line line;
		size_t sec;

		if (block->kind == PM_MD_QUOTE) {
			i = block->end - 1;
			continue;
		}
		if (boxes && block->kind == PM_MD_ITEM && block->task) {
			read_item(&r, i, false);
			continue;
		}
		if (boxes && block->kind == PM_MD_TABLE &&
			pm_action_is_named_table(r.md, i)) {
			pm_action_table(body, i, &r.group);
			continue;
		}
		if (block->kind != PM_MD_PARAGRAPH ||
			!pm_take_action_label(&text, true) ||
			text.ptr[0] == '|')
			continue;
		sec = pm_body_section_of(body, i);
		if (sec != SIZE_MAX &&
			body->doc->sections[sec].roles & BIT(ACTIONS))
			continue;
		if (block->parent != SIZE_MAX &&
			block_at(&r, block->parent)->kind == PM_MD_ITEM &&
			block_at(&r, block->parent)->task && boxes)
			continue;
		line = pm_body_text(block);
		add_paragraph(&r, &line);
	}
}

static int by_line(const void *a, const void *b)
{
	const struct pm_action *left = a, *right = b;

	return (left->line > right->line) - (left->line < right->line);
}

void pm_body_actions(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;
	size_t done = 0;

	for (size_t i = 0; i < doc->nsections; i++) {
		if (!(doc->sections[i].roles & BIT(ACTIONS)) ||
			body->sections[i].first < done)
			continue;
		read_section(body, i);
		done = body->sections[i].end;
	}
	read_marked(body, doc->nactions == 0);
	if (doc->nactions > 1)
		qsort(doc->actions, doc->nactions, sizeof *doc->actions,
			by_line);
}
