/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sections: headings of any level. What stands in for them in documents
 * without, key_sections.c knows. Headings that begin with a time are entries
 * of the timeline they stand in, and no sections. Headings in quotes and lists
 * are none either.
 */
#include "doc/builder.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/actions.h"
#include "doc/scan.h"

#define BIT(role) (1u << PM_SECTION_##role)

/* Roles whose names divide actions as well. */
#define KINDS                                                                  \
	(BIT(DETECTION) | BIT(RESOLUTION) | BIT(IMPACT) | BIT(TRIGGER) |       \
		BIT(BACKGROUND))

const struct pm_section *pm_builder_section(
	const struct pm_builder *b, size_t i)
{
	return &b->body->doc->sections[i];
}

struct pm_roles pm_builder_recall(
	const struct pm_builder *b, struct pm_slice heading)
{
	const struct pm_doc_private *own = b->body->doc->own;

	return pm_roles_recall(own->memo, own->policy, heading);
}

/* Ends the open sections of this level and deeper before a block. */
static void close_level(struct pm_builder *b, unsigned level, size_t block)
{
	while (b->nopen &&
		pm_builder_section(b, b->open[b->nopen - 1])->level >= level) {
		struct pm_body_section *extra =
			&b->body->sections[b->open[--b->nopen]];
		/* A key further up in the same paragraph. */
		size_t end = extra->heading == block ? block + 1 : block;

		if (extra->end > end)
			extra->end = end;
	}
}

/* Ends the bold keys whose list items are over. */
static void close_items(struct pm_builder *b, size_t block)
{
	while (b->nopen && b->body->sections[b->open[b->nopen - 1]].in_list &&
		b->body->sections[b->open[b->nopen - 1]].end <= block)
		b->nopen--;
}

struct pm_body_section *pm_builder_open(struct pm_builder *b, size_t block,
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
		.maybe_lessons = roles->maybe_lessons,
	};
	return &b->body->sections[at];
}

size_t pm_builder_timeline(const struct pm_builder *b)
{
	for (size_t i = b->nopen; i-- > 0;)
		if (pm_builder_section(b, b->open[i])->roles & BIT(TIMELINE) ||
			b->body->sections[b->open[i]].maybe_timeline)
			return b->open[i];
	return SIZE_MAX;
}

/* "2.4. Timeline": numbered as parts of a part, and no day. */
static bool has_part_number(struct pm_slice heading)
{
	struct pm_scan scan = {pm_behind_signs(heading), 0, false};
	unsigned number;

	return pm_scan_number(&scan, 1, 2, &number) &&
	       pm_scan_any(&scan, ".") && pm_scan_number(&scan, 1, 2, &number);
}

/* "#### Afternoon: the mail is back" below "#### 11:32 ..." of the same
   timeline. */
static bool is_part_heading(const struct pm_builder *b,
	const struct pm_md_block *block, struct pm_slice text, unsigned level)
{
	enum { BACK = 60 };
	const struct pm_md_block *above = block;
	struct pm_stamp stamp;

	if (block->level <= level || !pm_stamp_told_day(text, &stamp))
		return false;
	for (int n = 0; n < BACK && above > b->body->md->blocks; n++) {
		above--;
		if (above->kind != PM_MD_HEADING)
			continue;
		if (above->level <= level)
			return false;
		if (above->level == block->level &&
			pm_stamp_read(above->text, PM_STAMP_LOOSE, &stamp) &&
			pm_stamp_has_clock(&stamp))
			return true;
	}
	return false;
}

/*
 * True for a heading that is an entry or a day of the open timeline. Days
 * and clocks at the timeline's own level or above it belong to it as well,
 * but a dated title there begins something new.
 */
static bool is_time_heading(
	const struct pm_builder *b, const struct pm_md_block *block)
{
	size_t timeline = pm_builder_timeline(b);
	struct pm_slice text;
	struct pm_stamp stamp;

	if (timeline == SIZE_MAX)
		return false;
	text = pm_stamp_behind_number(block->text, PM_STAMP_LOOSE);
	if (!pm_stamp_read(text, PM_STAMP_LOOSE, &stamp))
		return is_part_heading(
			b, block, text, pm_builder_section(b, timeline)->level);
	/* "2.5. Lessons learned" behind "2.4. Timeline" is no 2 May. */
	if (!pm_stamp_has_clock(&stamp) && has_part_number(block->text) &&
		has_part_number(pm_builder_section(b, timeline)->heading))
		return false;
	return block->level >= pm_builder_section(b, timeline)->level ||
	       stamp.len >= text.len ||
	       stamp.clock.precision != PM_PRECISION_NONE;
}

/* What stands behind "Incident 7: ", "Example - ": a name of its own. Empty:
   the heading begins with no such word. */
static struct pm_slice behind_label(struct pm_slice heading)
{
	static const char *const labels[] = {"incident", "incidente",
		"hendelse", "haendelse", "handelse", "vorfall", "example",
		"eksempel", "exempel", "beispiel", "ejemplo", "exemple", NULL};
	struct pm_scan scan = {pm_behind_signs(heading), 0, false};
	char word[PM_SCAN_WORD];
	unsigned number;

	if (!pm_scan_word(&scan, word) || !pm_word_in(word, labels))
		return (struct pm_slice){NULL, 0};
	pm_scan_blanks(&scan);
	pm_scan_take(&scan, "#");
	if (pm_scan_number(&scan, 1, 6, &number))
		pm_scan_blanks(&scan);
	if (!pm_scan_any(&scan, ":") && !pm_scan_dash(&scan))
		return (struct pm_slice){NULL, 0};
	return pm_slice_trim(pm_slice_from(scan.text, scan.off));
}

struct pm_roles pm_builder_named(
	const struct pm_builder *b, struct pm_slice heading)
{
	struct pm_roles roles = pm_builder_recall(b, heading);
	struct pm_slice behind;

	if (!roles.set)
		return roles;
	/* "Incident: Search was down" names an incident and sums none up,
	   and "Example: the impact of a lost disk" tells of no impact. */
	behind = behind_label(heading);
	if (behind.len) {
		roles = pm_builder_recall(b, behind);
		if (!roles.exact)
			roles = (struct pm_roles){.role = PM_SECTION_OTHER};
	}
	return roles;
}

/*
 * The roles of a heading. One of the template's own has the role that the
 * template gives it, whatever the language.
 */
static struct pm_roles roles_of(
	const struct pm_builder *b, struct pm_slice heading)
{
	const struct pm_template_section *want =
		pm_template_section_named(b->body->doc->own->tmpl, heading);
	struct pm_roles roles = pm_builder_named(b, heading);

	if (!want || want->role == PM_SECTION_OTHER)
		return roles;
	if (!(roles.set & 1u << want->role))
		roles.set = 1u << want->role;
	roles.role = want->role;
	roles.maybe_timeline = false;
	return roles;
}

unsigned pm_builder_heading_roles(const struct pm_builder *b)
{
	for (size_t i = b->nopen; i-- > 0;)
		if (pm_builder_section(b, b->open[i])->level <
			PM_LEVEL_STAND_IN)
			return pm_builder_section(b, b->open[i])->roles;
	return 0;
}

unsigned pm_builder_told_roles(const struct pm_builder *b)
{
	for (size_t i = b->nopen; i-- > 0;)
		if (pm_builder_section(b, b->open[i])->level <
				PM_LEVEL_STAND_IN &&
			pm_builder_section(b, b->open[i])->roles &
				PM_ROLES_TELLING)
			return pm_builder_section(b, b->open[i])->roles;
	return 0;
}

/* "2) Write the summary", "Action 3: alert on lag" under the actions: an
   action, whatever sections its words name. */
static bool is_order(struct pm_slice heading)
{
	size_t i = 0;

	heading = pm_behind_signs(heading);
	if (pm_take_action_label(&heading, false))
		return true;
	while (i < heading.len && pm_is_digit(heading.ptr[i]))
		i++;
	return i > 0 && i + 1 < heading.len &&
	       memchr(").", heading.ptr[i], 2) &&
	       pm_begins_with_verb(pm_slice_from(heading, i + 1));
}

/* "Hechos", "Faits" under the actions are those done, elsewhere the facts; and
   "Documentación" is of what kind they are. */
static bool says_how_they_stand(struct pm_slice heading)
{
	enum pm_action_status state;
	bool whole;

	return pm_group_label(heading, &state) ||
	       (pm_status_of(heading, &whole) == PM_ACTION_DONE && whole);
}

/* "Recovery (16:40-17:00)" below "Timeline": a phase of the story, whatever
   section its words name. */
static bool is_phase(
	const struct pm_builder *b, const struct pm_md_block *block)
{
	size_t timeline = pm_builder_timeline(b);
	struct pm_slice label, when;

	return timeline != SIZE_MAX &&
	       block->level > pm_builder_section(b, timeline)->level &&
	       pm_body_is_phase(block->text, &label, &when);
}

/* "Time | What" above a row of dashes without bars: the head of a broken
   table, that Markdown takes for an underlined heading. */
static bool is_table_head(
	const struct pm_builder *b, const struct pm_md_block *block)
{
	struct pm_slice line = pm_slice_trim(
		pm_lines_text(&b->body->doc->own->lines, block->line));

	return line.len && line.ptr[0] != '#' &&
	       pm_slice_find(block->text, 0, '|') > 0;
}

/* "Medvirkende", "Contributing" below the cause: what sort of causes it tells;
   elsewhere such a word may be of those who took part. */
static bool sorts_causes(
	const struct pm_builder *b, const struct pm_md_block *block)
{
	static const char *const sorts[] = {"bagvedliggende",
		"bakenforliggende", "bakomliggande", "beitragend",
		"beitragende", "bidragande", "bidragende", "contributing",
		"contributives", "contribuyentes", "direct", "directa",
		"directas", "directe", "directes", "direkta", "direkte",
		"immediate", "indirect", "indirecta", "indirectas", "indirecte",
		"indirectes", "indirekta", "indirekte", "inmediata",
		"inmediatas", "medverkande", "medvirkande", "medvirkende",
		"mitwirkende", "mittelbare", "profonde", "profondes",
		"proximate", "subyacente", "subyacentes", "systemic",
		"underliggande", "underliggende", "underlying", "unmittelbare",
		"直接", "間接", "根本", NULL};
	struct pm_heading_words words;
	bool found = false;

	if (pm_builder_told_roles(b) != BIT(CAUSE))
		return false;
	pm_heading_split(&words, block->text);
	for (size_t i = 0; words.count == 1 && !found && sorts[i]; i++)
		found = pm_slice_is(
			pm_slice_trim(pm_buf_slice(&words.text)), sorts[i]);
	pm_buf_release(&words.text);
	return found;
}

static void read_heading(
	struct pm_builder *b, size_t at, const struct pm_md_block *block)
{
	struct pm_roles roles;

	/* Some leave marks without words where they want room. */
	if (at == b->body->title || !block->text.len ||
		(at < b->body->title && b->body->title != SIZE_MAX &&
			pm_body_is_title_label(block->text)) ||
		is_time_heading(b, block) || is_table_head(b, block))
		return;
	roles = roles_of(b, block->text);
	if (roles.set && is_phase(b, block))
		roles = (struct pm_roles){.role = PM_SECTION_OTHER};
	close_level(b, block->level, at);
	if (!roles.set && sorts_causes(b, block))
		roles = (struct pm_roles){
			.role = PM_SECTION_CAUSE, .set = BIT(CAUSE)};
	/* "Follow-up (3 May): Why new keys were not seen" tells causes. */
	if (roles.set == BIT(ACTIONS) &&
		pm_slice_find_text(block->text, 0, pm_slice_str(": Why ")) >= 0)
		roles = (struct pm_roles){.role = PM_SECTION_OTHER};
	/* "Detection" under the actions is a kind of action. */
	if (pm_builder_heading_roles(b) & BIT(ACTIONS) && roles.set &&
		(roles.set & (KINDS | BIT(METADATA)) || is_order(block->text) ||
			says_how_they_stand(block->text)))
		roles = (struct pm_roles){.role = PM_SECTION_OTHER};
	pm_builder_open(b, at, block->text, block->level, &roles);
}

/*
 * What a fold shows in a document that has its sections in folds, and
 * "<h2>Impact</h2>" in one whose headings are all such: among headings of
 * Markdown it is for looks, and no section that a document must have.
 */
static void read_html(struct pm_builder *b, size_t at)
{
	struct pm_md_block heading = *pm_md_read(b->md, at);
	size_t known = b->body->doc->nsections;

	if (heading.parent != SIZE_MAX)
		return;
	heading.text = pm_body_html_name(heading.literal, &heading.level);
	if (!heading.level) {
		if (b->colon_keys)
			pm_builder_name(b, at, heading.text);
		return;
	}
	if (b->heads_in_markdown)
		return;
	heading.line = pm_body_html_line(b->body, at, heading.text);
	read_heading(b, at, &heading);
	if (b->body->doc->nsections > known)
		b->body->doc->sections[known].line = heading.line;
}

void pm_body_sections(struct pm_body *body)
{
	struct pm_builder b = {.body = body, .md = body->md, .list = SIZE_MAX};

	pm_body_title(body);
	b.colon_keys = pm_builder_has_colon_keys(&b);
	for (size_t i = 0; i < body->footnotes && !b.heads_in_markdown; i++)
		b.heads_in_markdown = b.md->blocks[i].kind == PM_MD_HEADING;
	for (size_t i = 0; i < body->footnotes; i++) {
		const struct pm_md_block *block = &b.md->blocks[i];

		close_items(&b, i);
		if (block->kind == PM_MD_QUOTE) {
			i = block->end - 1;
		} else if (block->kind == PM_MD_HEADING) {
			if (block->parent == SIZE_MAX)
				read_heading(&b, i, block);
		} else if (block->kind == PM_MD_HTML) {
			read_html(&b, i);
		} else if (block->kind == PM_MD_PARAGRAPH) {
			if (block->parent == SIZE_MAX ||
				(block->parent == i - 1 &&
					b.md->blocks[i - 1].kind == PM_MD_ITEM))
				pm_builder_paragraph(&b, i);
		}
	}
	close_level(&b, 1, body->footnotes);
	pm_body_settle_remediation(body);
	pm_body_settle_conclusion(body);
	pm_body_settle_facts(body);
	pm_body_spans(body);
	pm_body_words(body);
}
