/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands in for headings in documents without: a bold line, a bold key of
 * a list item ("- **Impact**: ..."), a plain line above a list. Those count
 * only with a role, or every bold word would be a section.
 */
#include "doc/builder.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "doc/actions.h"
#include "doc/stamp.h"

#define BIT(role) (1u << PM_SECTION_##role)

/* The parts of the lessons. */
#define PARTS (BIT(WENT_WELL) | BIT(WENT_WRONG) | BIT(LUCKY))

/*
 * The roles that speak for or against a label. Under "Impact", and there under
 * "Data", "- **Discovery:** ..." is one of the things that were hit; under
 * "Triage" in a timeline, "**Root cause search:** ..." is what was done then.
 */
static unsigned roles_around(
	const struct pm_builder *b, unsigned told, bool in_list)
{
	unsigned around = pm_builder_heading_roles(b);

	return !(around & PM_ROLES_TELLING) && told &&
			       (in_list || told & BIT(TIMELINE))
		       ? told
		       : around;
}

/* "Resolution: ..." below "Root cause and resolution" is one of the sections
   that such a heading names together. */
static bool parts_heading(unsigned around, const struct pm_roles *roles)
{
	return roles->exact && (around & (around - 1)) &&
	       !(around & (BIT(ACTIONS) | BIT(TIMELINE) | BIT(LESSONS))) &&
	       (roles->set & around) == roles->set;
}

/* "- **Trigger:** ..." and "- **Contributing factors:**" above their list, in
   the list below "Root cause": the trigger and the factors, while other names
   there are of causes: "- **Detection:** no alert". */
static bool tells_of_cause(
	unsigned around, const struct pm_roles *roles, bool again)
{
	return around == BIT(CAUSE) && roles->exact &&
	       (roles->set == BIT(TRIGGER) ||
		       (again && roles->set == BIT(CAUSE)));
}

/* Whether a stand-in of these roles may begin inside what is open; again lets
   it have the role of the heading around. */
static bool may_stand_in(const struct pm_builder *b,
	const struct pm_roles *named, bool in_list, bool again)
{
	unsigned roles = named->set;
	unsigned told = pm_builder_told_roles(b),
		 around = roles_around(b, told, in_list);

	if (!(roles & PM_ROLES_TELLING))
		return false;
	/* "**Issue:** ..." under a cause is what it was. */
	if (roles == BIT(SUMMARY) && told && !(told & BIT(SUMMARY)))
		return false;
	if (!(around & PM_ROLES_TELLING) || around & BIT(SUMMARY))
		return true;
	/* "What went well, and what did not?" is parted by labels below. */
	if ((around & BIT(WENT_WELL)) && (around & BIT(WENT_WRONG)))
		return roles & PARTS;
	/* No lesson is called so: the actions come behind the lessons. */
	if (!in_list && again && roles == BIT(ACTIONS) &&
		!(pm_builder_heading_roles(b) & (BIT(ACTIONS) | BIT(TIMELINE))))
		return true;
	if (around & BIT(LESSONS))
		return roles & PARTS;
	if (parts_heading(around, named) ||
		(in_list && tells_of_cause(around, named, again)))
		return true;
	/* Labels in lists of actions, times or causes are not sections. */
	return !in_list && (again || !(roles & around)) &&
	       !(around & (BIT(ACTIONS) | BIT(TIMELINE) | PARTS |
				  BIT(REFERENCES)));
}

/* False in a list where the above lets nothing stand in, whatever its name: the
   many bold words there are not looked up. */
static bool may_name_sections(const struct pm_builder *b)
{
	unsigned around = roles_around(b, pm_builder_told_roles(b), true);

	return !(around & PM_ROLES_TELLING) || (around & (around - 1)) ||
	       around & (BIT(SUMMARY) | BIT(LESSONS) | BIT(CAUSE));
}

/* True for a paragraph behind which a heading stands, or nothing: "*What went
   well?*" in a form asks whoever fills it in. */
static bool heads_off(const struct pm_builder *b, size_t at)
{
	size_t next = b->md->blocks[at].end;

	return next >= b->md->nblocks ||
	       b->md->blocks[next].kind == PM_MD_HEADING;
}

/* True for a line of its own above a list or a time, or wholly in italics. */
static bool heads_block(const struct pm_builder *b, size_t at)
{
	const struct pm_md_block *block = &b->md->blocks[at];

	return block->end_line == block->line &&
	       (pm_body_heads_list(b->body, at) ||
		       pm_body_heads_times(b->body, at) ||
		       (pm_is_slanted(&b->body->doc->own->lines, block->line) &&
			       !heads_off(b, at)));
}

/* "Action items" on a line of its own above a list, "Timeline" above times:
   a heading that has lost its mark. */
static bool plain_key(
	const struct pm_builder *b, size_t at, struct pm_slice *key)
{
	const struct pm_md_block *block;

	if (!heads_block(b, at))
		return false;
	block = pm_md_read(b->md, at);
	*key = block->text;
	return pm_body_cut_bracket(*key).len <= PM_KEY_MAX && block->nruns == 1;
}

/* "Timeline (all times in UTC):" right above a list, as the last line of a
   paragraph that tells something else. */
static bool last_line_key(
	const struct pm_builder *b, size_t at, struct pm_key *key)
{
	struct pm_slice name = pm_slice_trim(key->line.text);
	struct pm_roles roles;

	if (!key->alone || !pm_slice_ends(name, ":") ||
		key->line.line == b->md->blocks[at].line ||
		!pm_body_heads_list(b->body, at))
		return false;
	name.len--;
	roles = pm_builder_recall(b, pm_body_cut_bracket(name));
	key->name = name;
	return roles.exact &&
	       (roles.set == BIT(TIMELINE) || roles.set == BIT(ACTIONS));
}

/* "**Root causes:**", "**Contributing factors**" above a list: an analysis
   has several of them, while "**Impact:**" below "Impact" only repeats it. */
static bool tells_causes(
	const struct pm_builder *b, size_t at, const struct pm_roles *roles)
{
	return roles->exact && roles->set == BIT(CAUSE) &&
	       pm_body_heads_list(b->body, at);
}

/* "Action items" above a list or table, which nothing else is called. */
static bool names_actions(
	const struct pm_builder *b, size_t at, const struct pm_roles *roles)
{
	return roles->exact && roles->set == BIT(ACTIONS) &&
	       pm_body_heads_list(b->body, at);
}

/* Whether a label may stand where the sections around speak against it. */
static bool repeats(const struct pm_builder *b, size_t at, bool bold,
	const struct pm_roles *roles)
{
	return (bold && tells_causes(b, at, roles)) ||
	       names_actions(b, at, roles);
}

/* Different sections that keys without marks have to name. */
enum { KEYS_ENOUGH = 3 };

/* "**Impact.** Nobody could pay": as printers set the name of a paragraph, in
   bold and with a point, before its first sentence. */
static bool run_in_key(const struct pm_builder *b, const struct pm_key *key,
	struct pm_slice *name, struct pm_slice *rest)
{
	if (!pm_key_bold_start(b->body, &key->line, name, rest) || !rest->len ||
		!pm_slice_ends(*name, "."))
		return false;
	name->len--;
	return true;
}

/* "■ 障害の概要": a heading of a script without blanks, whose words are not
   told apart; not a sentence behind a bullet. */
static bool short_drawn(const struct pm_key *key)
{
	enum { SIGNS = 12 };

	return key->form == PM_KEY_DRAWN && key->name.ptr[0] & 0x80 &&
	       pm_utf8_count(key->name) <= SIGNS;
}

/* "Final resolution:" and nothing else. */
static bool is_short_line(
	const struct pm_builder *b, size_t at, const struct pm_key *key)
{
	enum { BLANKS = 3 };
	size_t blanks = 0;

	for (size_t i = 0; i < key->name.len; i++)
		blanks += key->name.ptr[i] == ' ';
	return key->alone && blanks <= BLANKS &&
	       b->md->blocks[at].parent == SIZE_MAX &&
	       key->line.line == b->md->blocks[at].line;
}

/* "What can be done to prevent it:" above a list, or a few words on a line of
   their own, in a document whose headings are all written so. */
static bool is_colon_heading(
	const struct pm_builder *b, size_t at, const struct pm_key *key)
{
	return b->colon_keys && !key->in_list && !key->rest.len &&
	       (pm_body_heads_list(b->body, at) || is_short_line(b, at, key)) &&
	       pm_slice_ends(pm_slice_trim(key->line.text), ":");
}

/* True for a key that has to be a name and nothing else. */
static bool is_doubtful(
	const struct pm_builder *b, size_t at, const struct pm_key *key)
{
	bool bullet = b->md->blocks[at].parent != SIZE_MAX && !key->in_list &&
		      key->line.line == b->md->blocks[at].line;

	/* "**The fix worked, but it is an old one.**" is a sentence; and "1.
	   **Deployment rollback**" before what is told of it is a step, if it
	   does not ask or end as keys do. */
	if (key->form == PM_KEY_BOLD)
		return !key->rest.len &&
		       (pm_slice_ends(key->name, ".") ||
			       (bullet && !pm_slice_ends(key->name, ":") &&
				       !pm_body_is_question(key->name, true)));
	return key->form != PM_KEY_LABEL && key->form != PM_KEY_OUTLINE &&
	       !short_drawn(key) && !is_colon_heading(b, at, key);
}

/* Opens the section that a key of the paragraph at a block heads, if any. */
static void read_key(struct pm_builder *b, size_t at, const struct pm_key *key)
{
	const struct pm_md_block *block = &b->md->blocks[at];
	bool in_list = key->in_list;
	bool bold = key->form == PM_KEY_BOLD;
	struct pm_roles roles;
	struct pm_body_section *extra;

	if (in_list && !may_name_sections(b))
		return;
	roles = pm_builder_named(
		b, bold ? key->name : pm_body_cut_bracket(key->name));
	if (pm_key_opens(b, at, key, &roles)) {
		pm_builder_open(b, at, key->name, PM_LEVEL_STAND_IN, &roles);
		return;
	}
	if (!may_stand_in(b, &roles, in_list,
		    key->last && !key->rest.len &&
			    (repeats(b, at, bold, &roles) ||
				    is_colon_heading(b, at, key))) ||
		(!roles.exact && is_doubtful(b, at, key)) ||
		pm_key_is_title(b, at, key, &roles) ||
		(roles.alone && key->rest.len) ||
		pm_key_below_label(b, at, key, &roles) ||
		pm_body_is_figure(key->rest, !(roles.set & BIT(IMPACT))) ||
		pm_key_heads_nothing(b, at, key, roles.set))
		return;
	extra = pm_builder_open(b, at, key->name, PM_LEVEL_STAND_IN, &roles);
	b->body->doc->sections[b->body->doc->nsections - 1].line =
		key->line.line;
	extra->in_list = in_list;
	extra->rest = key->rest;
	if (in_list)
		extra->end = roles.set == BIT(ACTIONS) && !key->rest.len
				     ? pm_key_items_behind(b, block->parent, at)
				     : b->md->blocks[block->parent].end;
}

/* Counts a key that is the name of a section, and which it names. One with
   nothing behind it may name two: "Root cause and resolution". */
static void count_key(struct pm_builder *b, const struct pm_key *key,
	unsigned *found, unsigned *count)
{
	struct pm_roles roles =
		pm_builder_recall(b, pm_body_cut_bracket(key->name));
	unsigned fresh = roles.set & PM_ROLES_TELLING & ~*found;

	if (!roles.exact || !fresh || (roles.alone && key->rest.len))
		return;
	*found |= roles.set;
	*count += !key->rest.len && (fresh & (fresh - 1)) ? 2 : 1;
}

/* True for the first line of an item that holds more than that. */
static bool heads_item(const struct pm_builder *b, size_t at)
{
	const struct pm_md_block *blocks = b->md->blocks;

	return blocks[at].end < blocks[blocks[at].parent].end ||
	       blocks[at].end_line > blocks[at].line;
}

/* "4. Timeline" above the list of its own that an outline has there, or above
   other lines of its item. */
static bool outline_key(
	const struct pm_builder *b, size_t at, struct pm_key *key)
{
	if (!heads_item(b, at))
		return false;
	key->name = pm_slice_trim(key->line.text);
	key->rest.len = 0;
	return key->name.len > 0 && key->name.len <= PM_KEY_MAX;
}

/* True for a name in an outline with numbers. Where others of it are known as
   sections, this is one too, whatever else it says: "8. Tracking of the
   actions"; behind bullets it could be one of many things. */
static bool is_outline(
	const struct pm_builder *b, size_t at, const struct pm_key *key)
{
	const struct pm_md_block *blocks = b->md->blocks;

	return !key->rest.len && heads_item(b, at) &&
	       blocks[blocks[blocks[at].parent].parent].ordered;
}

/* What an item of such a list begins with. */
static bool list_key(const struct pm_builder *b, size_t at, struct pm_key *key)
{
	return pm_key_colon(b->body, &key->line, &key->name, &key->rest) ||
	       run_in_key(b, key, &key->name, &key->rest) ||
	       outline_key(b, at, key);
}

/*
 * "- Summary: ...", "- Impact: ...", or an outline of such names: a list that
 * stands in for the headings, where none around it says what it is about.
 */
static bool is_key_list(struct pm_builder *b, size_t list)
{
	const struct pm_md_block *blocks = b->md->blocks;
	unsigned found = 0, count = 0;

	if (b->list == list)
		return b->key_list;
	b->list = list;
	b->key_list = false;
	if (blocks[list].parent != SIZE_MAX ||
		pm_builder_heading_roles(b) & PM_ROLES_TELLING)
		return false;
	for (size_t i = list + 1; i < blocks[list].end && count < KEYS_ENOUGH;
		i = blocks[i].end) {
		size_t text = pm_body_item_text(b->body, i), run = 0;
		struct pm_key key;

		if (text == SIZE_MAX)
			continue;
		key.line = pm_body_text_line(
			b->body, pm_md_read(b->md, text), &run);
		if (key.line.line && list_key(b, text, &key))
			count_key(b, &key, &found, &count);
	}
	b->key_list = count >= KEYS_ENOUGH;
	return b->key_list;
}

/* "- What went well" above a list of its own, within the lessons. */
static bool label_key(
	const struct pm_builder *b, size_t at, struct pm_slice *name)
{
	const struct pm_md_block *blocks = b->md->blocks;
	size_t item = blocks[at].parent, next = blocks[at].end;

	if (!(pm_builder_heading_roles(b) & BIT(LESSONS)) ||
		next >= blocks[item].end || blocks[next].kind != PM_MD_LIST ||
		blocks[at].end_line > blocks[at].line)
		return false;
	*name = pm_slice_trim(pm_md_read(b->md, at)->text);
	return name->len <= PM_KEY_MAX / 2 &&
	       !(pm_builder_recall(b, *name).set & ~PARTS);
}

/* "Timeline" above its times, in the paragraph that these make, or above the
   block of code that they were put into. */
static bool times_key(const struct pm_builder *b, size_t at, struct pm_key *key)
{
	struct pm_slice name = pm_slice_trim(key->line.text);
	struct pm_roles roles;

	if (!pm_heads_figures(&b->body->doc->own->lines, key->line.line) &&
		!(key->alone && pm_body_heads_code(b->body, at)))
		return false;
	while (name.len && name.ptr[name.len - 1] == ':')
		name.len--;
	roles = pm_builder_recall(b, pm_body_cut_bracket(name));
	key->name = name;
	return roles.exact && roles.set == BIT(TIMELINE);
}

/* True when the first line of a paragraph begins so. */
static bool is_drawn(
	const struct pm_builder *b, const struct pm_md_block *block)
{
	struct pm_slice line = pm_slice_trim(
		pm_lines_text(&b->body->doc->own->lines, block->line));

	return line.len &&
	       (line.ptr[0] & 0x80 || memchr("h=", line.ptr[0], 2)) &&
	       pm_body_heading_sign(line) > 0;
}

/* True for the first thing of the only item of a list, all that it holds. */
static bool is_lone_item(const struct pm_builder *b, size_t at)
{
	const struct pm_md_block *blocks = b->md->blocks;
	size_t item = blocks[at].parent, list = blocks[item].parent;

	return blocks[list].parent == SIZE_MAX && item == list + 1 &&
	       !blocks[item].task && blocks[at].end == blocks[list].end;
}

/* The key without marks that a line of a list item begins with. */
static enum pm_key_form item_key(
	struct pm_builder *b, size_t at, struct pm_key *key)
{
	size_t list = b->md->blocks[b->md->blocks[at].parent].parent;

	if (is_key_list(b, list) && list_key(b, at, key))
		return is_outline(b, at, key) ? PM_KEY_OUTLINE : PM_KEY_COLON;
	/* "- How was it seen? (alert, user):" asks below such a name. */
	if (b->colon_keys && is_lone_item(b, at) &&
		pm_key_line(b->body, &key->line, &key->name, &key->rest) &&
		pm_slice_find(key->name, 0, '?') < 0)
		return PM_KEY_COLON;
	key->rest.len = 0;
	return label_key(b, at, &key->name) ? PM_KEY_LABEL : PM_KEY_NONE;
}

/* The key a line of a paragraph begins with; PM_KEY_NONE: it has none. */
static enum pm_key_form find_key(
	struct pm_builder *b, size_t at, bool bold, struct pm_key *key)
{
	bool in_item = b->md->blocks[at].parent != SIZE_MAX;
	bool styled = pm_key_is_styled(b->body, &key->line);

	/* The place of what follows, and nothing to read. */
	if (pm_slice_starts(key->line.text, "[["))
		return PM_KEY_NONE;
	if (!in_item &&
		pm_body_drawn_key(key->line.text, &key->name, &key->rest))
		return PM_KEY_DRAWN;
	bold = bold && styled;
	if (bold && pm_key_bold(b->body, &key->line, &key->name, &key->rest))
		return PM_KEY_BOLD;
	if (bold && !in_item && key->line.line == b->md->blocks[at].line &&
		run_in_key(b, key, &key->name, &key->rest))
		return PM_KEY_RUN_IN;
	if (styled &&
		pm_key_marked(b->body, &key->line, &key->name, &key->rest) &&
		pm_builder_recall(b, key->name).exact)
		return PM_KEY_MARKED;
	key->rest.len = 0;
	if (in_item)
		return item_key(b, at, key);
	if (times_key(b, at, key))
		return PM_KEY_TIMES;
	if (plain_key(b, at, &key->name) || last_line_key(b, at, key))
		return PM_KEY_LINE;
	return b->colon_keys && pm_key_line(b->body, &key->line, &key->name,
					&key->rest)
		       ? PM_KEY_COLON
		       : PM_KEY_NONE;
}

/*
 * "- **What caused it?**" in a list of its own, and what it tells behind that
 * list: a form was filled in between its bullets. The last of several bare
 * keys may have a list or table behind it: "5. Action items:" above bullets.
 */
static bool heads_behind(
	const struct pm_builder *b, size_t at, const struct pm_key *key)
{
	const struct pm_md_block *blocks = b->md->blocks;
	size_t list = blocks[blocks[at].parent].parent;

	if (key->rest.len || !key->alone ||
		(key->form != PM_KEY_BOLD && key->form != PM_KEY_COLON))
		return false;
	return is_lone_item(b, at) ||
	       (blocks[list].parent == SIZE_MAX &&
		       blocks[at].end == blocks[list].end &&
		       pm_body_heads_list(b->body, list));
}

/* True when a short line of a paragraph stands above one with a figure. */
static bool holds_times(
	const struct pm_builder *b, const struct pm_md_block *block)
{
	for (unsigned line = block->line; line < block->end_line; line++)
		if (pm_heads_figures(&b->body->doc->own->lines, line))
			return true;
	return false;
}

/* True for a line at the margin that could be a key: in bold, or with a colon
   at its end. */
static bool is_margin_key(struct pm_slice line)
{
	if (!line.len || memchr(" \t", line.ptr[0], 2))
		return false;
	line = pm_slice_trim(line);
	return pm_slice_starts(line, "**") || pm_slice_starts(line, "__") ||
	       (line.len <= PM_KEY_MAX && pm_slice_ends(line, ":") &&
		       pm_is_capital(line.ptr[0]));
}

/*
 * "**Root cause**" below a list without a blank line between: to Markdown it is
 * one more line of the last item, and the bullets below it are items of the
 * same list. Who wrote it meant a heading.
 */
static bool has_margin_keys(const struct pm_builder *b, size_t at)
{
	const struct pm_md_block *block = &b->md->blocks[at];

	for (unsigned line = block->line; line < block->end_line; line++)
		if (is_margin_key(
			    pm_lines_text(&b->body->doc->own->lines, line + 1)))
			return true;
	return false;
}

/* Ends a paragraph before its last line, which heads what follows. */
static void cut_line(
	struct pm_builder *b, size_t at, const struct pm_text_line *line)
{
	struct pm_md_block *block = &b->body->doc->own->md.blocks[at];

	block->nruns = line->run - block->run;
	block->text = pm_slice_trim(pm_slice_sub(
		block->text, 0, (size_t)(line->text.ptr - block->text.ptr)));
}

/* Opens the section that such a line heads. It has to be a name and nothing
   else, or all of the last line, as any item may go on at the margin. */
static void read_margin_key(struct pm_builder *b, size_t at, struct pm_key *key)
{
	size_t known = b->body->doc->nsections;

	key->form = PM_KEY_BOLD;
	key->in_list = false;
	if (!is_margin_key(
		    pm_lines_text(&b->body->doc->own->lines, key->line.line)))
		return;
	if (!pm_key_bold(b->body, &key->line, &key->name, &key->rest)) {
		key->form = PM_KEY_COLON;
		if (!pm_key_colon(
			    b->body, &key->line, &key->name, &key->rest) ||
			key->rest.len)
			return;
	}
	if (pm_builder_recall(b, key->name).exact ||
		(key->alone && !key->rest.len &&
			pm_is_capital(key->name.ptr[0])))
		read_key(b, at, key);
	if (b->body->doc->nsections > known && key->alone && !key->rest.len)
		cut_line(b, at, &key->line);
}

/* True for a paragraph of several lines above a list, the last of which ends in
   a colon. */
static bool ends_in_key(const struct pm_builder *b, size_t at)
{
	const struct pm_md_block *block = &b->md->blocks[at];

	return block->end_line > block->line &&
	       pm_body_heads_list(b->body, at) &&
	       pm_slice_ends(
		       pm_slice_trim(pm_lines_text(
			       &b->body->doc->own->lines, block->end_line)),
		       ":");
}

/* False for a paragraph without bold text that need not be read: most hold no
   key, which how it is written tells. */
static bool may_hold_key(struct pm_builder *b, size_t at)
{
	const struct pm_md_block *block = &b->md->blocks[at];
	struct pm_slice name;

	if (b->colon_keys ||
		pm_begins_slanted(&b->body->doc->own->lines, block->line))
		return true;
	if (block->parent != SIZE_MAX)
		return is_key_list(b, b->md->blocks[block->parent].parent) ||
		       has_margin_keys(b, at) || label_key(b, at, &name);
	return holds_times(b, block) || is_drawn(b, block) ||
	       heads_block(b, at) || ends_in_key(b, at) ||
	       pm_body_heads_code(b->body, at);
}

void pm_builder_paragraph(struct pm_builder *b, size_t at)
{
	const struct pm_md_block *block = &b->md->blocks[at];
	bool in_list = block->parent != SIZE_MAX;
	bool bold = !block->unread || block->bold;
	bool margin;
	/* No item goes on for longer, and each section looks at all of it. */
	enum { MARGINS = 200 };
	unsigned margins = 0;
	struct pm_key key = {.form = PM_KEY_NONE};

	if (!bold && !may_hold_key(b, at))
		return;
	margin = in_list && has_margin_keys(b, at);
	block = pm_md_read(b->md, at);
	for (size_t run = 0; run < block->nruns && !key.last;) {
		key.line = pm_body_text_line(b->body, block, &run);
		key.alone = run >= block->nruns;
		key.last = key.alone || (in_list && !margin);
		if (!key.line.line)
			continue;
		if (in_list && key.line.line > block->line) {
			key.last = key.last || ++margins == MARGINS;
			read_margin_key(b, at, &key);
			continue;
		}
		key.form = find_key(b, at, bold, &key);
		key.in_list = in_list && !heads_behind(b, at, &key);
		if (key.form)
			read_key(b, at, &key);
	}
}

void pm_builder_name(struct pm_builder *b, size_t at, struct pm_slice name)
{
	struct pm_key key = {
		.form = PM_KEY_BOLD,
		.name = pm_slice_trim(name),
		.line = {.line = pm_body_html_line(b->body, at, name)},
		.last = true,
		.alone = true,
	};

	if (key.name.len && pm_builder_recall(b, key.name).exact)
		read_key(b, at, &key);
}

/* True when a heading says more than how the document is called. */
static bool has_telling_heading(const struct pm_builder *b)
{
	for (size_t i = 0; i < b->body->footnotes; i = b->md->blocks[i].end)
		if (b->md->blocks[i].kind == PM_MD_HEADING &&
			i != b->body->title &&
			pm_builder_recall(b, b->md->blocks[i].text).set &
				PM_ROLES_TELLING)
			return true;
	return false;
}

bool pm_builder_has_colon_keys(struct pm_builder *b)
{
	enum { LOOKED_AT = 60 };
	unsigned found = 0, count = 0, seen = 0;

	if (has_telling_heading(b))
		return false;
	for (size_t i = 0; i < b->body->footnotes && seen < LOOKED_AT &&
			   count < KEYS_ENOUGH;
		i = b->md->blocks[i].end, seen++) {
		const struct pm_md_block *block = &b->md->blocks[i];
		struct pm_key key = {.form = PM_KEY_NONE};
		unsigned level;
		size_t at = i;

		/* "1. Summary", and what it tells behind that list. */
		if (block->kind == PM_MD_LIST)
			at = pm_body_item_text(b->body, i + 1);
		if (at == SIZE_MAX || (at != i && !is_lone_item(b, at)))
			continue;
		block = pm_md_read(b->md, at);
		key.name = pm_body_html_name(block->literal, &level);
		if (block->kind == PM_MD_HTML && key.name.len)
			count_key(b, &key, &found, &count);
		for (size_t run = 0;
			block->kind == PM_MD_PARAGRAPH && run < block->nruns;) {
			key.line = pm_body_text_line(b->body, block, &run);
			if (key.line.line && pm_key_line(b->body, &key.line,
						     &key.name, &key.rest))
				count_key(b, &key, &found, &count);
		}
	}
	return count >= KEYS_ENOUGH;
}
