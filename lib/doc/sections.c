/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sections: headings of any level, and what stands in for them in documents
 * without: a bold line, a bold key of a list item ("- **Impact**: ..."), a
 * plain line above a list. Those count only with a role, or every bold word
 * would be a section. Headings that begin with a time are entries of the
 * timeline they stand in, and no sections. Headings in quotes and lists are
 * none either.
 */
#include "doc/actions.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "doc/roles.h"
#include "doc/stamp.h"

#include <string.h>

enum { STAND_IN = PM_LEVEL_STAND_IN, QUESTION_MAX = 45 };

#define BIT(role) (1u << PM_SECTION_##role)

/* Roles whose names divide actions as well. */
#define KINDS                                                                  \
	(BIT(DETECTION) | BIT(RESOLUTION) | BIT(IMPACT) | BIT(TRIGGER) |       \
		BIT(BACKGROUND))

/* The parts of the lessons. */
#define PARTS (BIT(WENT_WELL) | BIT(WENT_WRONG) | BIT(LUCKY))

struct builder {
	struct pm_body *body;
	const struct pm_md *md;
	size_t open[STAND_IN + 1]; /* sections not ended, outermost first */
	size_t nopen;
	bool colon_keys; /* see has_colon_keys */
	size_t list;     /* looked at last by is_key_list */
	bool key_list;
};

static const struct pm_section *section(const struct builder *b, size_t i)
{
	return &b->body->doc->sections[i];
}

static struct pm_roles recall(const struct builder *b, struct pm_slice heading)
{
	const struct pm_doc_private *own = b->body->doc->own;

	return pm_roles_recall(own->memo, own->policy, heading);
}

/* Ends the open sections of this level and deeper before a block. */
static void close_level(struct builder *b, unsigned level, size_t block)
{
	while (b->nopen && section(b, b->open[b->nopen - 1])->level >= level) {
		struct pm_body_section *extra =
			&b->body->sections[b->open[--b->nopen]];
		/* A key further up in the same paragraph. */
		size_t end = extra->heading == block ? block + 1 : block;

		if (extra->end > end)
			extra->end = end;
	}
}

/* Ends the bold keys whose list items are over. */
static void close_items(struct builder *b, size_t block)
{
	while (b->nopen && b->body->sections[b->open[b->nopen - 1]].in_list &&
		b->body->sections[b->open[b->nopen - 1]].end <= block)
		b->nopen--;
}

static struct pm_body_section *open_section(struct builder *b, size_t block,
	struct pm_slice heading, unsigned level, const struct pm_roles *roles)
{
	struct pm_doc *doc = b->body->doc;
	size_t at = doc->nsections;
	struct pm_section *sec;

	close_level(b, level, block);
	doc->sections = pm_doc_grow(doc, doc->sections, at, sizeof *sec);
	b->body->sections = pm_doc_grow(
		doc, b->body->sections, at, sizeof *b->body->sections);
	sec = &doc->sections[doc->nsections++];
	sec->heading = pm_slice_trim(heading);
	sec->role = roles->role;
	sec->roles = roles->set;
	sec->level = level;
	sec->line = b->md->blocks[block].line;
	sec->parent = b->nopen ? b->open[b->nopen - 1] : SIZE_MAX;
	b->open[b->nopen++] = at;
	b->body->foreign += roles->foreign;
	b->body->wide += roles->wide;
	b->body->english += roles->set && !roles->foreign && !roles->wide;
	b->body->sections[at] = (struct pm_body_section){
		.heading = block,
		.first = block + 1,
		.end = b->body->footnotes,
		.maybe_timeline = roles->maybe_timeline,
		.maybe_resolution = roles->maybe_resolution,
	};
	return &b->body->sections[at];
}

/* The open section of a timeline, SIZE_MAX when there is none. */
static size_t open_timeline(const struct builder *b)
{
	for (size_t i = b->nopen; i-- > 0;)
		if (section(b, b->open[i])->roles & BIT(TIMELINE) ||
			b->body->sections[b->open[i]].maybe_timeline)
			return b->open[i];
	return SIZE_MAX;
}

/*
 * True for a heading that is an entry or a day of the open timeline. Days
 * and clocks at the timeline's own level or above it belong to it as well,
 * but a dated title there begins something new.
 */
static bool is_time_heading(
	const struct builder *b, const struct pm_md_block *block)
{
	size_t timeline = open_timeline(b);
	struct pm_stamp stamp;

	if (timeline == SIZE_MAX ||
		!pm_stamp_read(block->text, PM_STAMP_LOOSE, &stamp))
		return false;
	return block->level >= section(b, timeline)->level ||
	       stamp.len >= block->text.len ||
	       stamp.clock.precision != PM_PRECISION_NONE;
}

/*
 * The roles of a heading. One of the template's own has the role that the
 * template gives it, whatever the language.
 */
static struct pm_roles roles_of(
	const struct builder *b, struct pm_slice heading)
{
	const struct pm_template_section *want =
		pm_template_section_named(b->body->doc->own->tmpl, heading);
	struct pm_roles roles = recall(b, heading);

	if (!want || want->role == PM_SECTION_OTHER)
		return roles;
	if (!(roles.set & 1u << want->role))
		roles.set = 1u << want->role;
	roles.role = want->role;
	roles.maybe_timeline = false;
	return roles;
}

/* The role of the innermost real heading that is open. */
static unsigned heading_roles(const struct builder *b)
{
	for (size_t i = b->nopen; i-- > 0;)
		if (section(b, b->open[i])->level < STAND_IN)
			return section(b, b->open[i])->roles;
	return 0;
}

/* The roles of the innermost real heading that says any. */
static unsigned told_roles(const struct builder *b)
{
	for (size_t i = b->nopen; i-- > 0;)
		if (section(b, b->open[i])->level < STAND_IN &&
			section(b, b->open[i])->roles & PM_ROLES_TELLING)
			return section(b, b->open[i])->roles;
	return 0;
}

/* "2) Write the summary", "Action 3: alert on lag" under the actions: an
   action, whatever sections its words name. */
static bool is_order(struct pm_slice heading)
{
	size_t i = 0;

	if (pm_take_action_label(&heading, false))
		return true;
	while (i < heading.len && pm_is_digit(heading.ptr[i]))
		i++;
	return i > 0 && i + 1 < heading.len &&
	       memchr(").", heading.ptr[i], 2) &&
	       pm_begins_with_verb(pm_slice_from(heading, i + 1));
}

/* "Recovery (16:40-17:00)" below "Timeline": a phase of the story, whatever
   section its words name. */
static bool is_phase(const struct builder *b, const struct pm_md_block *block)
{
	size_t timeline = open_timeline(b);
	struct pm_slice when;

	return timeline != SIZE_MAX &&
	       block->level > section(b, timeline)->level &&
	       pm_body_ends_in_clock(block->text, &when);
}

static void read_heading(struct builder *b, size_t at)
{
	const struct pm_md_block *block = &b->md->blocks[at];
	struct pm_roles roles;

	/* Some leave marks without words where they want room. */
	if (at == b->body->title || !block->text.len ||
		(at < b->body->title && b->body->title != SIZE_MAX &&
			pm_body_is_title_label(block->text)) ||
		is_time_heading(b, block))
		return;
	roles = roles_of(b, block->text);
	if (roles.set && is_phase(b, block))
		roles = (struct pm_roles){.role = PM_SECTION_OTHER};
	close_level(b, block->level, at);
	/* "Follow-up (3 May): Why new keys were not seen" tells causes. */
	if (roles.set == BIT(ACTIONS) &&
		pm_slice_find_text(block->text, 0, pm_slice_str(": Why ")) >= 0)
		roles = (struct pm_roles){.role = PM_SECTION_OTHER};
	/* "Detection" under the actions is a kind of action. */
	if (heading_roles(b) & BIT(ACTIONS) && roles.set &&
		(roles.set & (KINDS | BIT(METADATA)) || is_order(block->text)))
		roles = (struct pm_roles){.role = PM_SECTION_OTHER};
	open_section(b, at, block->text, block->level, &roles);
}

/*
 * The roles that speak for or against a label. Under "Impact", and there under
 * "Data", "- **Discovery:** ..." is one of the things that were hit; under
 * "Triage" in a timeline, "**Root cause search:** ..." is what was done then.
 */
static unsigned roles_around(
	const struct builder *b, unsigned told, bool in_list)
{
	unsigned around = heading_roles(b);

	return !(around & PM_ROLES_TELLING) && told &&
			       (in_list || told & BIT(TIMELINE))
		       ? told
		       : around;
}

/* Whether a stand-in of these roles may begin inside what is open; again lets
   it have the role of the heading around. */
static bool may_stand_in(
	const struct builder *b, unsigned roles, bool in_list, bool again)
{
	unsigned told = told_roles(b), around = roles_around(b, told, in_list);

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
		!(heading_roles(b) & (BIT(ACTIONS) | BIT(TIMELINE))))
		return true;
	if (around & BIT(LESSONS))
		return roles & PARTS;
	/* Labels in lists of actions, times or causes are not sections. */
	return !in_list && (again || !(roles & around)) &&
	       !(around & (BIT(ACTIONS) | BIT(TIMELINE) | PARTS |
				  BIT(REFERENCES)));
}

/* True for a line of its own above a list or a time, or wholly in italics. */
static bool heads_block(const struct builder *b, size_t at)
{
	const struct pm_md_block *block = &b->md->blocks[at];

	return block->end_line == block->line &&
	       (pm_body_heads_list(b->body, at) ||
		       pm_body_heads_times(b->body, at) ||
		       pm_is_slanted(&b->body->doc->own->lines, block->line));
}

/* "Action items" on a line of its own above a list, "Timeline" above times:
   a heading that has lost its mark. */
static bool plain_key(const struct builder *b, size_t at, struct pm_slice *key)
{
	const struct pm_md_block *block;

	if (!heads_block(b, at))
		return false;
	block = pm_md_read(b->md, at);
	*key = block->text;
	return pm_body_cut_bracket(*key).len <= PM_KEY_MAX / 2 &&
	       block->nruns == 1;
}

/* "**Root causes:**", "**Contributing factors**" above a list: an analysis
   has several of them, while "**Impact:**" below "Impact" only repeats it. */
static bool tells_causes(
	const struct builder *b, size_t at, const struct pm_roles *roles)
{
	return roles->exact && roles->set == BIT(CAUSE) &&
	       pm_body_heads_list(b->body, at);
}

/* "Action items" above a list or table, which nothing else is called. */
static bool names_actions(
	const struct builder *b, size_t at, const struct pm_roles *roles)
{
	return roles->exact && roles->set == BIT(ACTIONS) &&
	       pm_body_heads_list(b->body, at);
}

/* Whether a label may stand where the sections around speak against it. */
static bool repeats(const struct builder *b, size_t at, bool bold,
	const struct pm_roles *roles)
{
	return (bold && tells_causes(b, at, roles)) ||
	       names_actions(b, at, roles);
}

/* How a key is written. */
enum key_form {
	KEY_NONE,
	KEY_BOLD,
	KEY_COLON,
	KEY_LINE,
	KEY_LABEL,
	KEY_TIMES,  /* "Timeline" above times in its own paragraph */
	KEY_DRAWN,  /* "■ 影響" */
	KEY_RUN_IN, /* see run_in_key */
};

/* Different sections that keys without marks have to name. */
enum { KEYS_ENOUGH = 3 };

struct key {
	enum key_form form;
	struct pm_slice name, rest;
	struct pm_text_line line;
	bool last;  /* of its paragraph */
	bool alone; /* nothing follows in the paragraph */
};

/* "**Impact.** Nobody could pay": as printers set the name of a paragraph, in
   bold and with a point, before its first sentence. */
static bool run_in_key(const struct builder *b, const struct key *key,
	struct pm_slice *name, struct pm_slice *rest)
{
	if (!pm_key_bold_start(b->body, &key->line, name, rest) || !rest->len ||
		!pm_slice_ends(*name, "."))
		return false;
	name->len--;
	return true;
}

/* "Conclusions:" above a list below a heading, in a document that has its
   summary: of what was tried there, and not of the incident. */
static bool sums_part(
	const struct builder *b, const struct key *key, unsigned roles)
{
	if (key->form != KEY_LINE || roles != BIT(SUMMARY) || !b->nopen ||
		section(b, b->open[0])->level >= STAND_IN)
		return false;
	for (size_t i = 0; i < b->body->doc->nsections; i++)
		if (section(b, i)->roles & BIT(SUMMARY))
			return true;
	return false;
}

/* True for what a form has where others have the story. */
static bool is_of_form(const struct builder *b, const struct key *key,
	unsigned roles, bool in_list)
{
	/* A long question asks for more than its words name: "What is the
	   impact if the change is not made?" */
	if (!in_list && key->name.len > QUESTION_MAX &&
		pm_slice_ends(key->name, "?"))
		return true;
	/* "**Evidence:** one request per call" is told, not linked; and above a
	   list among the causes it is theirs. */
	if (pm_slice_is_nocase(key->name, "evidence") &&
		(key->rest.len || told_roles(b)) &&
		!pm_body_has_link(b->body, &key->line))
		return true;
	/* "**Incident:** INC4711" is where it is kept. */
	return roles == BIT(SUMMARY) && pm_tracker_leads(key->rest);
}

/* "Action item: do this", "Action: do this" is one action or what was done, and
   no section of them. */
static bool is_one_action(
	const struct builder *b, size_t at, struct pm_slice text)
{
	struct pm_slice label = text;

	return pm_take_action_label(&label, true) ||
	       (!pm_body_heads_list(b->body, at) && pm_is_lesson_action(text));
}

/* "**Actions (10:20 - 10:30):** ..." in a timeline, "1. **First detection**: an
   alert" among the steps of something. */
static bool is_step(const struct builder *b, size_t at, const struct key *key)
{
	const struct pm_md_block *blocks = b->md->blocks;
	size_t item = blocks[at].parent;

	if (item != SIZE_MAX && blocks[item].kind == PM_MD_ITEM &&
		blocks[blocks[item].parent].ordered)
		return !recall(b, key->name).exact;
	return open_timeline(b) != SIZE_MAX &&
	       pm_body_is_step(b->body, at, key->name);
}

/* Where the boxes end that follow an item in its list, as in forms whose last
   question is "- **Follow-up actions:**"; the item's own end: none do. */
static size_t boxes_behind(const struct builder *b, size_t item)
{
	const struct pm_md_block *blocks = b->md->blocks;
	size_t end = blocks[item].end;

	while (end < blocks[blocks[item].parent].end && blocks[end].task)
		end = blocks[end].end;
	return end;
}

/* True for a key among the first items of a list that has headed no section so
   far: "- **Related issues:** #95" below "- **Date:** ..." is one more fact. */
static bool among_facts(const struct builder *b, size_t item)
{
	size_t list = b->md->blocks[item].parent;
	size_t known = b->body->doc->nsections;

	return item > list + 1 &&
	       (!known || b->body->sections[known - 1].heading < list);
}

/* True for an item that has the words of a key and only names something. */
static bool is_list_fact(const struct builder *b, size_t at,
	const struct key *key, unsigned roles)
{
	size_t end = b->md->blocks[at].end, item = b->md->blocks[at].parent;

	/* "- **Incident:** Search down" among the facts is its name. */
	if (heading_roles(b) == BIT(METADATA) && roles == BIT(SUMMARY) &&
		key->rest.len <= PM_KEY_MAX)
		return true;
	if (key->rest.len)
		return roles == BIT(REFERENCES) && among_facts(b, item);
	/* Nothing stands behind it. */
	return key->alone && b->md->blocks[item].end == end &&
	       (roles != BIT(ACTIONS) || boxes_behind(b, item) == end);
}

/* True for what has the words of a key and heads no section. */
static bool heads_nothing(const struct builder *b, size_t at,
	const struct key *key, unsigned roles)
{
	const struct pm_md_block *block = pm_md_read(b->md, at);
	bool in_list = block->parent != SIZE_MAX;

	if (key->rest.len && roles == BIT(ACTIONS) &&
		is_one_action(b, at, block->text))
		return true;
	/* "**What happened?**" among the causes is one of five whys. */
	if (pm_body_is_question(key->name, !in_list && heading_roles(b)) &&
		!(roles & PARTS))
		return true;
	if (is_of_form(b, key, roles, in_list) || is_step(b, at, key) ||
		sums_part(b, key, roles))
		return true;
	/* "**Production impact:** none" below "Sign-off" is ticked off. */
	if (!in_list && heading_roles(b) == BIT(METADATA) && key->rest.len &&
		key->rest.len <= PM_KEY_MAX)
		return true;
	/* "**Environment:** Production" is a fact, not a story. */
	if (roles == BIT(BACKGROUND) && key->rest.len &&
		key->rest.len <= PM_KEY_MAX)
		return true;
	return in_list && is_list_fact(b, at, key, roles);
}

/* True in the list of a label that stands in for a heading: "**Timeline:**"
   above "- **Detection:** ...", which are its entries. */
static bool within_label(
	const struct builder *b, size_t item, const struct key *key)
{
	size_t in = b->nopen ? b->open[b->nopen - 1] : SIZE_MAX;
	size_t label;

	if (in == SIZE_MAX || section(b, in)->level != STAND_IN ||
		!(section(b, in)->roles &
			(BIT(ACTIONS) | BIT(TIMELINE) | BIT(REFERENCES))))
		return false;
	label = b->body->sections[in].heading;
	return !key->rest.len ||
	       b->md->blocks[item].parent == b->md->blocks[label].end;
}

/* "■ 障害の概要": a heading of a script without blanks, whose words are not
   told apart; not a sentence behind a bullet. */
static bool short_drawn(const struct key *key)
{
	enum { SIGNS = 12 };

	return key->form == KEY_DRAWN && key->name.ptr[0] & 0x80 &&
	       pm_utf8_count(key->name) <= SIGNS;
}

/* Opens the section that a key of the paragraph at a block heads, if any. */
static void read_key(struct builder *b, size_t at, const struct key *key)
{
	const struct pm_md_block *block = &b->md->blocks[at];
	bool in_list = block->parent != SIZE_MAX;
	bool bold = key->form == KEY_BOLD;
	struct pm_roles roles =
		recall(b, bold ? key->name : pm_body_cut_bracket(key->name));
	struct pm_body_section *extra;

	if (!may_stand_in(b, roles.set, in_list,
		    key->last && !key->rest.len &&
			    repeats(b, at, bold, &roles)) ||
		(!bold && !roles.exact && key->form != KEY_LABEL &&
			!short_drawn(key)) ||
		(in_list && within_label(b, block->parent, key)) ||
		pm_body_is_figure(key->rest, !(roles.set & BIT(IMPACT))) ||
		heads_nothing(b, at, key, roles.set))
		return;
	extra = open_section(b, at, key->name, STAND_IN, &roles);
	b->body->doc->sections[b->body->doc->nsections - 1].line =
		key->line.line;
	extra->in_list = in_list;
	extra->rest = key->rest;
	if (in_list)
		extra->end = roles.set == BIT(ACTIONS) && !key->rest.len
				     ? boxes_behind(b, block->parent)
				     : b->md->blocks[block->parent].end;
}

/* Counts a key that is the name of a section, and which it names. */
static void count_key(struct builder *b, struct pm_slice key, unsigned *found,
	unsigned *count)
{
	struct pm_roles roles = recall(b, pm_body_cut_bracket(key));

	if (!roles.exact || !(roles.set & PM_ROLES_TELLING & ~*found))
		return;
	*found |= roles.set;
	++*count;
}

/* "4. Timeline" above the list of its own that an outline has there: one line
   of an item, and nothing else before that list. */
static bool outline_key(const struct builder *b, size_t at, struct key *key)
{
	const struct pm_md_block *blocks = b->md->blocks;
	size_t item = blocks[at].parent, next = blocks[at].end;

	if (next >= blocks[item].end || blocks[next].kind != PM_MD_LIST ||
		blocks[at].end_line > blocks[at].line)
		return false;
	key->name = pm_slice_trim(pm_md_read(b->md, at)->text);
	key->rest.len = 0;
	return key->name.len > 0 && key->name.len <= PM_KEY_MAX;
}

/* What an item of such a list begins with. */
static bool list_key(const struct builder *b, size_t at, struct key *key)
{
	return pm_key_colon(b->body, &key->line, &key->name, &key->rest) ||
	       outline_key(b, at, key);
}

/*
 * "- Summary: ...", "- Impact: ...", or an outline of such names: a list that
 * stands in for the headings, where none around it says what it is about.
 */
static bool is_key_list(struct builder *b, size_t list)
{
	const struct pm_md_block *blocks = b->md->blocks;
	unsigned found = 0, count = 0;

	if (b->list == list)
		return b->key_list;
	b->list = list;
	b->key_list = false;
	if (blocks[list].parent != SIZE_MAX ||
		heading_roles(b) & PM_ROLES_TELLING)
		return false;
	for (size_t i = list + 1; i < blocks[list].end && count < KEYS_ENOUGH;
		i = blocks[i].end) {
		size_t text = pm_body_item_text(b->body, i), run = 0;
		struct key key;

		if (text == SIZE_MAX)
			continue;
		key.line = pm_body_text_line(
			b->body, pm_md_read(b->md, text), &run);
		if (key.line.line && list_key(b, text, &key))
			count_key(b, key.name, &found, &count);
	}
	b->key_list = count >= KEYS_ENOUGH;
	return b->key_list;
}

/* "- What went well" above a list of its own, within the lessons. */
static bool label_key(const struct builder *b, size_t at, struct pm_slice *name)
{
	const struct pm_md_block *blocks = b->md->blocks;
	size_t item = blocks[at].parent, next = blocks[at].end;

	if (!(heading_roles(b) & BIT(LESSONS)) || next >= blocks[item].end ||
		blocks[next].kind != PM_MD_LIST ||
		blocks[at].end_line > blocks[at].line)
		return false;
	*name = pm_slice_trim(pm_md_read(b->md, at)->text);
	return name->len <= PM_KEY_MAX / 2 && !(recall(b, *name).set & ~PARTS);
}

/* "Timeline" above its times, in the paragraph that these make, or above the
   block of code that they were put into. */
static bool times_key(const struct builder *b, size_t at, struct key *key)
{
	struct pm_slice name = pm_slice_trim(key->line.text);
	struct pm_roles roles;

	if (!pm_heads_figures(&b->body->doc->own->lines, key->line.line) &&
		!(key->alone && pm_body_heads_code(b->body, at)))
		return false;
	while (name.len && name.ptr[name.len - 1] == ':')
		name.len--;
	roles = recall(b, pm_body_cut_bracket(name));
	key->name = name;
	return roles.exact && roles.set == BIT(TIMELINE);
}

/* True when the first line of a paragraph begins so. */
static bool is_drawn(const struct builder *b, const struct pm_md_block *block)
{
	struct pm_slice line = pm_slice_trim(
		pm_lines_text(&b->body->doc->own->lines, block->line));

	return line.len && line.ptr[0] & 0x80 && pm_body_heading_sign(line) > 0;
}

/* The key a line of a paragraph begins with; KEY_NONE: it has none. */
static enum key_form find_key(
	struct builder *b, size_t at, bool bold, struct key *key)
{
	size_t item = b->md->blocks[at].parent;

	if (item == SIZE_MAX &&
		pm_body_drawn_key(key->line.text, &key->name, &key->rest))
		return KEY_DRAWN;
	if (bold && pm_key_bold(b->body, &key->line, &key->name, &key->rest))
		return KEY_BOLD;
	if (bold && item == SIZE_MAX &&
		key->line.line == b->md->blocks[at].line &&
		run_in_key(b, key, &key->name, &key->rest))
		return KEY_RUN_IN;
	key->rest.len = 0;
	if (item != SIZE_MAX && is_key_list(b, b->md->blocks[item].parent) &&
		list_key(b, at, key))
		return KEY_COLON;
	if (item != SIZE_MAX)
		return label_key(b, at, &key->name) ? KEY_LABEL : KEY_NONE;
	if (times_key(b, at, key))
		return KEY_TIMES;
	if (plain_key(b, at, &key->name))
		return KEY_LINE;
	return b->colon_keys && pm_key_line(b->body, &key->line, &key->name,
					&key->rest)
		       ? KEY_COLON
		       : KEY_NONE;
}

/* True when a short line of a paragraph stands above one with a figure. */
static bool holds_times(
	const struct builder *b, const struct pm_md_block *block)
{
	for (unsigned line = block->line; line < block->end_line; line++)
		if (pm_heads_figures(&b->body->doc->own->lines, line))
			return true;
	return false;
}

/* A paragraph at the top or as the first thing of a list item. At the top each
   of its lines may begin with a key. */
static void read_paragraph(struct builder *b, size_t at)
{
	const struct pm_md_block *block = &b->md->blocks[at];
	bool in_list = block->parent != SIZE_MAX;
	bool bold = !block->unread || block->bold;
	struct key key = {.form = KEY_NONE};

	/* Most paragraphs hold none, and need not be read for that. */
	if (!bold && !b->colon_keys && !in_list && !holds_times(b, block) &&
		!is_drawn(b, block) && !heads_block(b, at) &&
		!pm_body_heads_code(b->body, at))
		return;
	if (!bold && in_list &&
		!is_key_list(
			b, b->md->blocks[b->md->blocks[at].parent].parent) &&
		!label_key(b, at, &key.name))
		return;
	block = pm_md_read(b->md, at);
	for (size_t run = 0; run < block->nruns && !key.last;) {
		key.line = pm_body_text_line(b->body, block, &run);
		key.alone = run >= block->nruns;
		key.last = key.alone || in_list;
		if (!key.line.line)
			continue;
		key.form = find_key(b, at, bold, &key);
		if (key.form)
			read_key(b, at, &key);
	}
}

/* True when a heading says more than how the document is called. */
static bool has_telling_heading(const struct builder *b)
{
	for (size_t i = 0; i < b->body->footnotes; i = b->md->blocks[i].end)
		if (b->md->blocks[i].kind == PM_MD_HEADING &&
			i != b->body->title &&
			recall(b, b->md->blocks[i].text).set & PM_ROLES_TELLING)
			return true;
	return false;
}

/*
 * Some write no headings at all: "Impact: nobody could pay." One such line is
 * a sentence; three that name different sections are what the document is made
 * of, if nothing else is.
 */
static bool has_colon_keys(struct builder *b)
{
	enum { LOOKED_AT = 60 };
	unsigned found = 0, count = 0, seen = 0;

	if (has_telling_heading(b))
		return false;
	for (size_t i = 0; i < b->body->footnotes && seen < LOOKED_AT &&
			   count < KEYS_ENOUGH;
		i = b->md->blocks[i].end, seen++) {
		const struct pm_md_block *block = &b->md->blocks[i];

		if (block->kind != PM_MD_PARAGRAPH)
			continue;
		block = pm_md_read(b->md, i);
		for (size_t run = 0; run < block->nruns;) {
			struct pm_text_line line =
				pm_body_text_line(b->body, block, &run);
			struct pm_slice key, rest;

			if (line.line &&
				pm_key_line(b->body, &line, &key, &rest))
				count_key(b, key, &found, &count);
		}
	}
	return count >= KEYS_ENOUGH;
}

void pm_body_sections(struct pm_body *body)
{
	struct builder b = {.body = body, .md = body->md, .list = SIZE_MAX};

	pm_body_title(body);
	b.colon_keys = has_colon_keys(&b);
	for (size_t i = 0; i < body->footnotes; i++) {
		const struct pm_md_block *block = &b.md->blocks[i];

		close_items(&b, i);
		if (block->kind == PM_MD_QUOTE) {
			i = block->end - 1;
		} else if (block->kind == PM_MD_HEADING) {
			if (block->parent == SIZE_MAX)
				read_heading(&b, i);
		} else if (block->kind == PM_MD_PARAGRAPH) {
			if (block->parent == SIZE_MAX ||
				(block->parent == i - 1 &&
					b.md->blocks[i - 1].kind == PM_MD_ITEM))
				read_paragraph(&b, i);
		}
	}
	close_level(&b, 1, body->footnotes);
	pm_body_settle_remediation(body);
	pm_body_spans(body);
	pm_body_words(body);
}
