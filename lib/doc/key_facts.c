/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What has the words of a key and heads no section: a question of a form, a
 * fact of the document, a step of what was done, one action.
 */
#include "doc/builder.h"

#include "doc/actions.h"

enum { QUESTION_MAX = 45 };

#define BIT(role) (1u << PM_SECTION_##role)

/* The parts of the lessons. */
#define PARTS (BIT(WENT_WELL) | BIT(WENT_WRONG) | BIT(LUCKY))

/* "Conclusions:" above a list below a heading, in a document that has its
   summary: of what was tried there, and not of the incident. */
static bool sums_part(
	const struct pm_builder *b, const struct pm_key *key, unsigned roles)
{
	if (key->form != PM_KEY_LINE || roles != BIT(SUMMARY) || !b->nopen ||
		pm_builder_section(b, b->open[0])->level >= PM_LEVEL_STAND_IN)
		return false;
	for (size_t i = 0; i < b->body->doc->nsections; i++)
		if (pm_builder_section(b, i)->roles & BIT(SUMMARY))
			return true;
	return false;
}

/* True for what a form has where others have the story. */
static bool is_of_form(const struct pm_builder *b, const struct pm_key *key,
	unsigned roles, bool in_list)
{
	/* A long question asks for more than its words name: "What is the
	   impact if the change is not made?" Those for what comes next are
	   long of themselves: "What are we doing to keep it from ...?" */
	if (!in_list && key->name.len > QUESTION_MAX &&
		pm_slice_ends(key->name, "?") &&
		(key->form != PM_KEY_BOLD || key->rest.len ||
			!(roles & (BIT(ACTIONS) | BIT(LESSONS) | PARTS))))
		return true;
	/* "**Evidence:** one request per call" is told, not linked; and above a
	   list among the causes it is theirs. */
	if (pm_slice_is_nocase(key->name, "evidence") &&
		(key->rest.len || pm_builder_told_roles(b)) &&
		!pm_body_has_link(b->body, &key->line))
		return true;
	/* "**Incident:** INC4711", "**Issue:** #12" is where it is kept. */
	return roles == BIT(SUMMARY) &&
	       (pm_tracker_leads(key->rest) || pm_slice_starts(key->rest, "#"));
}

/* "Action item: do this", "Action: do this" is one action or what was done, and
   no section of them. */
static bool is_one_action(
	const struct pm_builder *b, size_t at, struct pm_slice text)
{
	struct pm_slice label = text;

	/* The label of one order in capitals or small letters, as editors mark
	   it; "Todos los servicios" are Spanish. */
	if (pm_slice_is_nocase(pm_slice_sub(text, 0, 4), "todo") &&
		(text.len == 4 || !pm_is_letter(text.ptr[4])))
		return !pm_body_heads_list(b->body, at);
	return pm_take_action_label(&label, true) ||
	       (!pm_body_heads_list(b->body, at) && pm_is_lesson_action(text));
}

/* True for an item behind two of its list that are sections: "5. **How did we
   fix it in the end:** ..." is another, whatever else it says. */
static bool follows_keys(const struct pm_builder *b, size_t item)
{
	size_t list = b->md->blocks[item].parent;
	size_t known = b->body->doc->nsections;
	const struct pm_body_section *last = &b->body->sections[known];

	return known > 1 && last[-1].in_list && last[-1].heading > list &&
	       last[-2].in_list && last[-2].heading > list;
}

/* "**Actions (10:20 - 10:30):** ..." in a timeline, "1. **First detection**: an
   alert" among the steps of something. */
static bool is_step(
	const struct pm_builder *b, size_t at, const struct pm_key *key)
{
	const struct pm_md_block *blocks = b->md->blocks;
	size_t item = blocks[at].parent;

	if (key->form == PM_KEY_OUTLINE)
		return false;
	if (item != SIZE_MAX && blocks[item].kind == PM_MD_ITEM &&
		blocks[blocks[item].parent].ordered)
		return (key->rest.len && pm_slice_ends(key->name, "?")) ||
		       (key->in_list && !follows_keys(b, item) &&
			       !pm_builder_recall(b, key->name).exact);
	return pm_builder_timeline(b) != SIZE_MAX &&
	       pm_body_is_step(b->body, at, key->name);
}

/* True for an item that begins with a bold key. */
static bool has_bold_key(const struct pm_builder *b, size_t item)
{
	size_t at = pm_body_item_text(b->body, item), run = 0;
	struct pm_text_line line;
	struct pm_slice name, rest;

	if (at == SIZE_MAX)
		return true;
	line = pm_body_text_line(b->body, pm_md_read(b->md, at), &run);
	return !line.line || pm_key_bold(b->body, &line, &name, &rest);
}

size_t pm_key_items_behind(const struct pm_builder *b, size_t item, size_t at)
{
	const struct pm_md_block *blocks = b->md->blocks;
	size_t end = blocks[item].end;
	bool bare = blocks[at].end == end;

	while (end < blocks[blocks[item].parent].end &&
		(blocks[end].task || (bare && !has_bold_key(b, end))))
		end = blocks[end].end;
	return end;
}

/* True for a key among the first items of a list that has headed no section so
   far: "- **Related issues:** #95" below "- **Date:** ..." is one more fact. */
static bool among_facts(const struct pm_builder *b, size_t item)
{
	size_t list = b->md->blocks[item].parent;
	size_t known = b->body->doc->nsections;

	return item > list + 1 &&
	       (!known || b->body->sections[known - 1].heading < list);
}

/* True for an item that has the words of a key and only names something. */
static bool is_list_fact(const struct pm_builder *b, size_t at,
	const struct pm_key *key, unsigned roles)
{
	size_t end = b->md->blocks[at].end, item = b->md->blocks[at].parent;

	/* "- **Incident:** Search down" among the facts is its name. */
	if (pm_builder_heading_roles(b) == BIT(METADATA) &&
		roles == BIT(SUMMARY) && key->rest.len <= PM_KEY_MAX)
		return true;
	if (key->rest.len)
		return roles == BIT(REFERENCES) && among_facts(b, item);
	/* Nothing stands behind it. */
	return key->alone && b->md->blocks[item].end == end &&
	       (roles != BIT(ACTIONS) ||
		       pm_key_items_behind(b, item, at) == end);
}

/* "**15:00: Detection**" is an entry of a timeline. */
static bool begins_with_clock(struct pm_slice name)
{
	struct pm_stamp stamp;

	return pm_stamp_read(name, PM_STAMP_STRICT, &stamp) &&
	       pm_stamp_has_clock(&stamp);
}

/* True for a key with a value that is no story. */
static bool is_fact(
	const struct pm_builder *b, const struct pm_key *key, unsigned roles)
{
	if (!key->rest.len)
		return false;
	/* "**Production impact:** none" below "Sign-off" is ticked off. */
	if (!key->in_list && pm_builder_heading_roles(b) == BIT(METADATA) &&
		key->rest.len <= PM_KEY_MAX)
		return true;
	/* "**Incident ID / link:** ..." is where it is kept. */
	if (roles == (BIT(METADATA) | BIT(REFERENCES)))
		return true;
	/* "**Environment:** Production" */
	return roles == BIT(BACKGROUND) && key->rest.len <= PM_KEY_MAX;
}

bool pm_key_heads_nothing(const struct pm_builder *b, size_t at,
	const struct pm_key *key, unsigned roles)
{
	const struct pm_md_block *block = pm_md_read(b->md, at);
	bool in_list = key->in_list;

	if (key->rest.len && roles == BIT(ACTIONS) &&
		is_one_action(b, at, block->text))
		return true;
	/* "**What happened?**" among the causes is one of five whys. */
	if (pm_body_is_question(key->name,
		    !in_list && pm_builder_heading_roles(b) & ~BIT(SUMMARY)) &&
		!(roles & PARTS))
		return true;
	if (begins_with_clock(key->name) ||
		is_of_form(b, key, roles, in_list) ||
		(roles != BIT(TIMELINE) && is_step(b, at, key)) ||
		sums_part(b, key, roles))
		return true;
	return is_fact(b, key, roles) ||
	       (in_list && is_list_fact(b, at, key, roles));
}
