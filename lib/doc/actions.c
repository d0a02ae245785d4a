/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which blocks of the body are actions: the sections for actions are read from
 * their first block to their last, whatever is marked as an action elsewhere
 * after them. What a list is, action_list.c knows; paragraphs and headings,
 * action_prose.c; tables, action_table.c.
 */
#include "doc/action_reader.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "doc/roles.h"

#define BIT(role) (1u << PM_SECTION_##role)

/* Sub-sections of actions that hold something else. */
#define ELSEWHERE                                                              \
	(BIT(TIMELINE) | BIT(LESSONS) | BIT(WENT_WELL) | BIT(WENT_WRONG) |     \
		BIT(LUCKY) | BIT(REFERENCES) | BIT(METADATA) | BIT(SUMMARY))

/* Sections that tell what happened, and none of them what is to be done. */
#define TOLD                                                                   \
	(BIT(SUMMARY) | BIT(IMPACT) | BIT(TIMELINE) | BIT(CAUSE) |             \
		BIT(TRIGGER) | BIT(DETECTION) | BIT(BACKGROUND) |              \
		BIT(REFERENCES) | BIT(METADATA))

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
struct pm_slice pm_action_item_text(
	const struct pm_action_reader *r, size_t item)
{
	size_t text = pm_body_item_text(r->body, item);

	return text == SIZE_MAX ? (struct pm_slice){NULL, 0}
				: pm_slice_trim(pm_action_block(r, text)->text);
}

bool pm_action_ends_in_colon(struct pm_slice text)
{
	size_t word = text.len;

	while (word > 0 && text.ptr[word - 1] != ' ')
		word--;
	/* "done :tada:" ends in a picture. */
	return text.len &&
	       (text.ptr[text.len - 1] == ':' || pm_slice_ends(text, "：")) &&
	       !pm_emoji_name_len(pm_slice_from(text, word));
}

/* True when a block's whole text is bold. */
bool pm_action_all_bold(const struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);

	for (size_t i = 0; i < block->nruns; i++) {
		const struct pm_md_run *run = &r->md->runs[block->run + i];

		if (!(run->style & PM_MD_STRONG) &&
			!pm_slice_is(pm_slice_trim(run->text), ":") &&
			pm_slice_trim(run->text).len)
			return false;
	}
	return block->nruns > 0;
}

size_t pm_action_skip(const struct pm_action_reader *r, size_t at)
{
	const struct pm_doc *doc = r->body->doc;
	size_t sec = pm_body_section_of(r->body, at + 1);

	if (sec == SIZE_MAX || r->body->sections[sec].heading != at ||
		!(doc->sections[sec].roles & ELSEWHERE) ||
		doc->sections[sec].roles & BIT(ACTIONS))
		return at;
	return r->body->sections[sec].end - 1;
}

/* Reads the actions among blocks [first, end). */
static void read_blocks(struct pm_action_reader *r, size_t first)
{
	bool prose = pm_action_only_prose(r, first - 1);

	r->leads = pm_action_leads_below(r, first - 1);
	r->detailed = pm_action_detailed_level(r, first);
	r->told = pm_action_told_headings(r, first);
	if (!r->told)
		r->told = pm_action_counted_headings(r, first - 1);
	for (size_t i = first; i < r->end; i = pm_action_block(r, i)->end) {
		size_t skip = pm_action_skip(r, i);

		if (skip != i) {
			i = skip;
			continue;
		}
		switch (pm_action_block(r, i)->kind) {
		case PM_MD_HEADING:
			if (pm_action_block(r, i)->level != r->told)
				r->told = pm_action_counted_headings(r, i);
			i = pm_action_heading(r, i);
			prose = pm_action_only_prose(r, i);
			r->leads = pm_action_leads_below(r, i);
			break;
		case PM_MD_PARAGRAPH:
			if (!pm_action_ruled(r, &i))
				pm_action_paragraph(r, i, prose);
			break;
		case PM_MD_LIST:
			pm_action_list(r, i);
			break;
		case PM_MD_TABLE:
			pm_action_table(r->body, i, &r->group);
			break;
		/* Behind a name that stands among the items. */
		case PM_MD_ITEM:
			pm_action_item(r, i, true);
			break;
		default:
			break;
		}
	}
}

/* The lists and tables of an item whose bold key stands in for a heading, and
   the boxes that follow it in its own list. */
static void read_keyed(
	struct pm_action_reader *r, const struct pm_body_section *sec)
{
	pm_action_pipes(r->body, sec->heading, &r->group);
	for (size_t i = sec->first; i < sec->end;
		i = pm_action_block(r, i)->end)
		if (pm_action_block(r, i)->kind == PM_MD_LIST)
			pm_action_list(r, i);
		else if (pm_action_block(r, i)->kind == PM_MD_TABLE)
			pm_action_table(r->body, i, &r->group);
		else if (pm_action_block(r, i)->kind == PM_MD_ITEM)
			pm_action_item(r, i, true);
}

/* "実施した是正対応" above "再発防止策": whether a heading above a section
   that names measures says that all of them are done. */
static bool done_above(struct pm_body *body, size_t at)
{
	const struct pm_doc *doc = body->doc;
	struct pm_action_group group = {.done = false};

	for (size_t up = doc->sections[at].parent;
		up != SIZE_MAX && !group.done; up = doc->sections[up].parent)
		if (body->sections[up].maybe_resolution ||
			doc->sections[up].roles & BIT(ACTIONS))
			pm_action_heading_group(
				body, doc->sections[up].heading, &group);
	return group.done;
}

static void read_section(struct pm_body *body, size_t at)
{
	const struct pm_body_section *sec = &body->sections[at];
	struct pm_action_reader r = {.body = body,
		.md = body->md,
		.end = sec->end,
		.before = body->doc->nactions};
	unsigned line = body->doc->sections[at].line;

	pm_action_heading_group(
		body, body->doc->sections[at].heading, &r.group);
	if (done_above(body, at) &&
		!pm_action_tells_of_later(body->doc->sections[at].heading))
		r.group.done = true;
	r.done = r.all_done = r.told_done = r.group.done;
	/* "■ 対策", and its items below it in the same paragraph. */
	if (pm_action_block(&r, sec->heading)->kind == PM_MD_PARAGRAPH &&
		pm_body_heading_sign(pm_slice_trim(
			pm_lines_text(&body->doc->own->lines, line))))
		pm_action_bulleted(&r, sec->heading, line);
	if (sec->in_list)
		read_keyed(&r, sec);
	else
		read_blocks(&r, sec->first);
	if (body->doc->nactions == r.before)
		pm_action_quotes(&r, sec->first);
}

static bool in_actions(const struct pm_body *body, size_t at)
{
	size_t sec = pm_body_section_of(body, at);

	return sec != SIZE_MAX && body->doc->sections[sec].roles & BIT(ACTIONS);
}

/* True for a document with a section for actions, whatever it holds. */
static bool has_section(const struct pm_body *body)
{
	for (size_t i = 0; i < body->doc->nsections; i++)
		if (body->doc->sections[i].roles & BIT(ACTIONS))
			return true;
	return false;
}

static bool in_box(const struct pm_action_reader *r, size_t at)
{
	size_t parent = pm_action_block(r, at)->parent;

	return parent != SIZE_MAX &&
	       pm_action_block(r, parent)->kind == PM_MD_ITEM &&
	       pm_action_block(r, parent)->task;
}

static bool begins_todo(struct pm_slice text)
{
	return pm_slice_starts(text, "TODO") || pm_slice_starts(text, "DONE");
}

/*
 * False for a paragraph that begins with another letter than the labels that
 * count anywhere. What waits to be read is not read for that: its line holds no
 * tag and no box, but it may hold an entity.
 */
static bool may_be_marked(const struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = &r->md->blocks[at];
	struct pm_slice line = block->text;

	if (block->kind != PM_MD_PARAGRAPH)
		return false;
	if (block->unread)
		line = pm_lines_text(&r->body->doc->own->lines, block->line);
	for (size_t i = 0; i < line.len; i++)
		if (pm_is_letter(line.ptr[i]) || line.ptr[i] == '&' ||
			line.ptr[i] & 0x80)
			return !pm_is_letter(line.ptr[i]) ||
			       (line.ptr[i] | 32) == 'a' ||
			       begins_todo(pm_slice_from(line, i));
	return true;
}

/* True for what stands among the lessons, under whatever heading there. */
static bool in_lessons(const struct pm_body *body, size_t at)
{
	size_t sec = pm_body_section_of(body, at);

	while (sec != SIZE_MAX &&
		!(body->doc->sections[sec].roles & PM_ROLES_TELLING))
		sec = body->doc->sections[sec].parent;
	return sec != SIZE_MAX && body->doc->sections[sec].roles & BIT(LESSONS);
}

/* True for a paragraph "Action item: ...", and where each lesson has its own
   one for "Action: ..." and "**TODO** ..." as well: elsewhere that is what the
   document still lacks. */
static bool is_marked(const struct pm_action_reader *r, size_t at)
{
	struct pm_slice text;

	if (!may_be_marked(r, at))
		return false;
	text = pm_action_block(r, at)->text;
	return (pm_take_action_label(&text, true) ||
		       ((pm_is_lesson_action(text) ||
				pm_action_is_todo(r, at)) &&
			       in_lessons(r->body, at))) &&
	       text.ptr[0] != '|';
}

/* A box of a form is short, and no order of several words. */
static bool is_task(const struct pm_action_reader *r, size_t item)
{
	enum { SHORT = 4 };
	size_t at = pm_body_item_text(r->body, item), blanks = 0;
	struct pm_slice text = pm_action_item_text(r, item);

	if (at == SIZE_MAX)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		/* Scripts without blanks, handles. */
		if (text.ptr[i] & 0x80 || text.ptr[i] == '@')
			return true;
		blanks += text.ptr[i] == ' ';
	}
	for (size_t i = 0; i < pm_action_block(r, at)->nruns; i++)
		if (r->md->runs[pm_action_block(r, at)->run + i].url.len)
			return true;
	return blanks >= SHORT || (blanks > 1 && pm_begins_with_verb(text)) ||
	       pm_tracker_number(text).len;
}

/* A heading without the colon that it may end in. */
static struct pm_slice uncolon(struct pm_slice heading)
{
	static const char *const colons[] = {":", "：", NULL};

	heading.len -= pm_ends_in_one(heading, colons);
	return pm_slice_trim(heading);
}

/* True below "Checklist", "Steps to close" or "How to fill this in": what is to
   be done with the document, not after the outage. */
static bool is_of_document(const struct pm_action_reader *r, size_t at)
{
	static const char *const whole[] = {"checklist", "closing checklist",
		"completion checklist", "document checklist",
		"incident checklist", "pir checklist", "post mortem checklist",
		"post-mortem checklist", "postmortem checklist",
		"publication checklist", "rca checklist", "report checklist",
		"review checklist", "steps to close", "template checklist"};
	size_t sec = pm_body_section_of(r->body, at), up = sec;
	struct pm_slice text;

	/* "再構築時のチェックリスト", and parts of it. */
	for (; up != SIZE_MAX; up = r->body->doc->sections[up].parent)
		if (pm_slice_ends(uncolon(r->body->doc->sections[up].heading),
			    "チェックリスト"))
			return true;
	if (sec == SIZE_MAX)
		return false;
	text = uncolon(pm_behind_signs(
		pm_trim_marks(r->body->doc->sections[sec].heading)));
	for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
		if (pm_slice_is_nocase(text, whole[i]))
			return true;
	return pm_slice_starts(text, "How to ");
}

/* True where a heading or paragraph right above a block asks something. */
static bool is_asked(const struct pm_action_reader *r, size_t at)
{
	size_t sec = pm_body_section_of(r->body, at);
	struct pm_slice text = {NULL, 0};

	if (at > 0 &&
		(pm_action_block(r, at - 1)->kind == PM_MD_PARAGRAPH ||
			pm_action_block(r, at - 1)->kind == PM_MD_HEADING))
		text = pm_trim_marks(pm_action_block(r, at - 1)->text);
	else if (sec != SIZE_MAX)
		text = pm_trim_marks(r->body->doc->sections[sec].heading);
	return pm_slice_ends(text, "?") || pm_slice_ends(text, "?:");
}

/*
 * "How was it detected?" with "[ ] Alert" and "[ ] Call from a customer": boxes
 * of a form, of which some are ticked. They stand below a question, in a part
 * that tells what happened, or in a document that has its actions elsewhere,
 * and most of them are no orders. Tasks without a verb have no such place.
 */
static bool are_choices(
	const struct pm_action_reader *r, size_t list, bool planned)
{
	const struct pm_body *body = r->body;
	size_t sec = pm_body_section_of(body, list), boxes = 0, tasks = 0;

	if (is_of_document(r, list))
		return true;
	while (sec != SIZE_MAX && !(body->doc->sections[sec].roles & TOLD))
		sec = body->doc->sections[sec].parent;
	if (!planned && sec == SIZE_MAX && !is_asked(r, list))
		return false;
	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end) {
		boxes += pm_action_block(r, i)->task;
		tasks += pm_action_block(r, i)->task && is_task(r, i);
	}
	return boxes && tasks * 2 < boxes;
}

/* "Gjennomførte tiltak" above a table without states: what its rows are. */
static void heading_above(
	struct pm_body *body, size_t at, struct pm_action_group *out)
{
	size_t sec = pm_body_section_of(body, at);

	if (sec != SIZE_MAX)
		pm_action_heading_group(
			body, body->doc->sections[sec].heading, out);
}

/* Reads what is marked as an action wherever it stands: "Action item: ...",
   and check boxes, tables with a column called so and announced lists of
   documents without a section for them. */
static void read_marked(struct pm_body *body, bool boxes)
{
	bool planned = has_section(body);
	struct pm_action_reader r = {
		.body = body, .md = body->md, .end = body->footnotes};

	for (size_t i = 0; i < body->footnotes; i++) {
		const struct pm_md_block *block = &body->md->blocks[i];

		if (block->kind == PM_MD_QUOTE) {
			i = block->end - 1;
		} else if (boxes && block->kind == PM_MD_LIST &&
			   are_choices(&r, i, planned)) {
			i = block->end - 1;
		} else if (boxes && block->kind == PM_MD_ITEM && block->task) {
			pm_action_item(&r, i, false);
		} else if (boxes && block->kind == PM_MD_TABLE &&
			   pm_action_is_named_table(r.md, i)) {
			heading_above(body, i, &r.group);
			pm_action_table(body, i, &r.group);
			r.group = (struct pm_action_group){.done = false};
		} else if (is_marked(&r, i) && !in_actions(body, i) &&
			   !(boxes && in_box(&r, i))) {
			struct pm_text_line line = pm_body_text(block);

			pm_action_line(&r, &line);
		} else if (boxes && !planned && pm_action_announces(&r, i)) {
			pm_action_list(&r, block->end);
		}
	}
}

static int by_line(const void *a, const void *b)
{
	const struct pm_action *left = a, *right = b;

	return (left->line > right->line) - (left->line < right->line);
}

/* A day that front matter has in another form than its own is none: if it is
   two, that is said of it. */
static void doubt_dues(struct pm_body *body)
{
	for (size_t i = 0; i < body->doc->nactions; i++) {
		struct pm_action *action = &body->doc->actions[i];
		struct pm_action read = *action;

		if (action->due_date.year || !action->due.text.len)
			continue;
		pm_action_date_due(body, &read);
		action->due_doubt = read.due_doubt;
		action->due_first = read.due_first;
	}
}

static void read_sections(struct pm_body *body)
{
	const struct pm_doc *doc = body->doc;
	size_t done = 0;

	for (size_t i = 0; i < doc->nsections; i++) {
		if (!(doc->sections[i].roles & BIT(ACTIONS)) ||
			body->sections[i].first < done)
			continue;
		read_section(body, i);
		done = body->sections[i].end;
	}
}

/* The reader adds to the document's actions: those of the front matter are put
   aside for as long. */
static void read_listed(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;
	struct pm_action *actions = doc->actions;
	size_t nactions = doc->nactions;

	doc->actions = NULL;
	doc->nactions = 0;
	read_sections(body);
	/* Boxes of another list, which conversion takes where no section is of
	   actions: no box alone shows here that it is not one to tick off. */
	if (!doc->nactions) {
		read_marked(body, true);
		for (size_t i = 0; i < doc->nactions; i++)
			doc->actions[i].box = false;
	}
	doc->listed = doc->actions;
	doc->nlisted = doc->nactions;
	doc->actions = actions;
	doc->nactions = nactions;
}

void pm_body_actions(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;

	if (doc->nactions) {
		doubt_dues(body);
		read_listed(body);
		return;
	}
	read_sections(body);
	read_marked(body, doc->nactions == 0);
	/* Of two days the dues below may say which was meant. */
	for (size_t i = 0; i < doc->nactions; i++)
		if (doc->actions[i].due_doubt)
			pm_action_date_due(body, &doc->actions[i]);
	if (doc->nactions > 1)
		qsort(doc->actions, doc->nactions, sizeof *doc->actions,
			by_line);
}
