/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The timeline of a document: the entries of all its timeline sections, in
 * order. A section that may or may not be a timeline ("Lead-up", "Context")
 * is one when it holds entries. Where no section is called a timeline, a list
 * or table of times elsewhere is taken for it.
 */
#include "doc/timeline.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* Entries that make a timeline of a section that is not called so. */
enum {
	CONVINCING = 3,
	CONVINCING_EACH = 2, /* in each of several incidents */
	HEADINGS = 2,
	INTRO_MAX = 250,
	TOLD_MAX = 120,
	OUTRO_MAX = 60,
};

#define BIT(role) (1u << PM_SECTION_##role)

/* Roles that hold no timeline whatever they look like. */
#define NEVER                                                                  \
	(BIT(TIMELINE) | BIT(ACTIONS) | BIT(LESSONS) | BIT(WENT_WELL) |        \
		BIT(WENT_WRONG) | BIT(LUCKY) | BIT(REFERENCES) |               \
		BIT(METADATA) | BIT(CAUSE))

/* True for a paragraph that speaks of times at all. */
static bool speaks_of_time(struct pm_slice text)
{
	static const char *const words[] = {
		"time", "tid", "klokke", "zeit", "heure", "hora", "時"};
	struct pm_buf folded = PM_BUF_INIT;
	bool found = false;

	pm_utf8_fold(&folded, text);
	for (size_t i = 0; i < sizeof words / sizeof words[0] && !found; i++)
		found = memmem(folded.ptr, folded.len, words[i],
				strlen(words[i])) != NULL;
	pm_buf_release(&folded);
	return found;
}

/* "### 3 May 2026 (all times CEST)": a day's heading that states the zone. */
static bool day_zone(const struct pm_md_block *block, struct pm_stamp_zone *out)
{
	struct pm_stamp stamp;

	return pm_stamp_read(block->text, PM_STAMP_LOOSE, &stamp) &&
	       stamp.date.given && stamp.clock.precision == PM_PRECISION_NONE &&
	       speaks_of_time(block->text) && pm_zone_find(block->text, out);
}

bool pm_timeline_told_zone(struct pm_slice text, struct pm_stamp_zone *out)
{
	/* Few texts name a zone, which is seen sooner than of what they
	   speak. */
	return text.len <= TOLD_MAX && pm_zone_find(text, out) &&
	       speaks_of_time(text);
}

/* The same in a quote that holds nothing else. */
static bool quoted_zone(
	const struct pm_body *body, size_t quote, struct pm_stamp_zone *out)
{
	const struct pm_md_block *blocks = body->md->blocks;

	return blocks[quote].end == quote + 2 &&
	       blocks[quote + 1].kind == PM_MD_PARAGRAPH &&
	       pm_timeline_told_zone(
		       pm_md_read(body->md, quote + 1)->text, out);
}

/* The same in the first line of a paragraph that goes on with entries, or in
   the line below a key. */
static bool line_zone(const struct pm_body *body, size_t at, unsigned behind,
	struct pm_stamp_zone *out)
{
	const struct pm_md_block *block = pm_md_read(body->md, at);
	struct pm_stamp stamp;

	for (size_t run = 0; run < block->nruns;) {
		struct pm_text_line line = pm_body_text_line(body, block, &run);

		if (line.line > behind)
			return line.text.len <= TOLD_MAX &&
			       !pm_stamp_read(
				       line.text, PM_STAMP_LOOSE, &stamp) &&
			       pm_timeline_told_zone(line.text, out);
	}
	return false;
}

/*
 * "All times in UTC", "Timezone: UTC" as an item of a list, behind which
 * nothing more is said. "Start time: 10:02 UTC" has figures before its zone and
 * says it of one clock.
 */
static bool listed_zone(
	const struct pm_body *body, size_t list, struct pm_stamp_zone *out)
{
	enum { ITEMS = 20, REST_MAX = 12 };
	const struct pm_md_block *blocks = body->md->blocks;
	size_t seen = 0;

	for (size_t i = list + 1; i < blocks[list].end && seen < ITEMS;
		i = blocks[i].end, seen++) {
		size_t at = pm_body_item_text(body, i), head = 0;
		struct pm_slice text;

		if (at == SIZE_MAX)
			continue;
		text = pm_md_read(body->md, at)->text;
		if (!pm_timeline_told_zone(text, out))
			continue;
		while (text.ptr + head < out->text.ptr &&
			!pm_is_digit(text.ptr[head]))
			head++;
		if (text.ptr + head == out->text.ptr &&
			text.len - head - out->text.len <= REST_MAX)
			return true;
	}
	return false;
}

/* What a paragraph among the blocks of a timeline says of the zone. */
enum told { TOLD_NOTHING, TOLD_ZONE, TOLD_TIMES };

static enum told told_by(const struct pm_body *body, size_t at, bool behind,
	struct pm_stamp_zone *out)
{
	const struct pm_md_block *block = pm_md_read(body->md, at);
	struct pm_stamp stamp;

	if (!behind && block->end_line > block->line &&
		line_zone(body, at, 0, out))
		return TOLD_ZONE;
	if (block->text.len > (behind ? OUTRO_MAX : INTRO_MAX))
		return TOLD_NOTHING;
	/* A day may say in which zone its clocks are. */
	if (pm_stamp_read(block->text, PM_STAMP_STRICT, &stamp) &&
		stamp.clock.precision != PM_PRECISION_NONE)
		return TOLD_TIMES;
	return pm_zone_find(block->text, out) &&
			       ((block->text.len <= 30 && !behind) ||
				       speaks_of_time(block->text))
		       ? TOLD_ZONE
		       : TOLD_NOTHING;
}

/* "All times in CET": a zone in a short paragraph before the entries, or in a
   very short one behind them. */
static bool intro_zone(const struct pm_body *body, size_t first, size_t end,
	struct pm_stamp_zone *out)
{
	bool behind = false;

	for (size_t i = first; i < end; i++) {
		const struct pm_md_block *block = &body->md->blocks[i];
		enum told told = TOLD_NOTHING;

		if (block->kind == PM_MD_HEADING && i != body->title) {
			if (day_zone(block, out))
				return true;
			break;
		}
		if (block->kind == PM_MD_QUOTE && !behind &&
			quoted_zone(body, i, out))
			return true;
		if (block->kind == PM_MD_LIST && !behind &&
			listed_zone(body, i, out))
			return true;
		/* The entries themselves talk of other zones as well. */
		behind = behind || block->kind == PM_MD_LIST ||
			 block->kind == PM_MD_TABLE;
		if (block->kind == PM_MD_QUOTE || block->kind == PM_MD_LIST ||
			block->kind == PM_MD_TABLE)
			i = block->end - 1;
		else if (block->kind == PM_MD_PARAGRAPH)
			told = told_by(body, i, behind, out);
		if (told)
			return told == TOLD_ZONE;
	}
	memset(out, 0, sizeof *out);
	return false;
}

/* True when timelines stand in several sections, as in a log of incidents. */
static bool one_of_several(const struct pm_body *body, size_t at)
{
	const struct pm_section *sections = body->doc->sections;

	for (size_t i = 0; i < body->doc->nsections; i++)
		if (i != at && sections[i].roles & BIT(TIMELINE) &&
			sections[i].parent != sections[at].parent)
			return true;
	return false;
}

/* "**Date:** 2024-03-02" below the heading of one incident of a log, above all
   that stands in it. */
static bool day_of_incident(
	const struct pm_body *body, size_t at, struct pm_stamp_date *day)
{
	size_t parent = body->doc->sections[at].parent;
	size_t end = body->sections[at].heading;

	if (parent == SIZE_MAX || !one_of_several(body, at))
		return false;
	for (size_t i = body->sections[parent].first; i < end; i++) {
		if (body->md->blocks[i].kind == PM_MD_HEADING)
			break;
		if (body->md->blocks[i].kind == PM_MD_PARAGRAPH &&
			pm_stamp_find(pm_md_read(body->md, i)->text, day))
			return true;
	}
	return false;
}

/*
 * "All times are UTC on March 5th, 2024" above the entries: a day of the month
 * before that of the document, not when somebody read off the times.
 */
static bool day_of_intro(
	struct pm_body *body, size_t at, struct pm_stamp_date *day)
{
	enum { MONTH = 31 };
	const struct pm_md_block *block;
	struct pm_stamp_zone zone;
	struct pm_date about;
	int64_t between;

	if (body->sections[at].first >= body->sections[at].end)
		return false;
	block = pm_md_read(body->md, body->sections[at].first);
	if (block->kind != PM_MD_PARAGRAPH ||
		!pm_timeline_told_zone(block->text, &zone) ||
		pm_stamp_holds_days(block->text) ||
		!pm_stamp_find(block->text, day) || day->ambiguous)
		return false;
	if (!pm_body_day(body, &about))
		return true;
	between = pm_date_to_days(about) - pm_date_to_days(pm_stamp_day(day));
	return between >= 0 && between <= MONTH;
}

/* "Timeline 01/31/2023", "Timeline (March 5)", or a dated heading around it: a
   day for the clocks below. */
static bool day_around(
	struct pm_body *body, size_t at, struct pm_stamp_date *day)
{
	if (pm_stamp_find_named(body->doc->sections[at].heading, day) ||
		day_of_intro(body, at, day))
		return true;
	for (size_t up = at; up != SIZE_MAX;
		up = body->doc->sections[up].parent)
		if (pm_stamp_find(body->doc->sections[up].heading, day))
			return true;
	return day_of_incident(body, at, day);
}

/* Reads one section and tells whether it has entries; the zone is that of its
   heading, its intro, a column header, or a line before all sections. */
static bool read_section(
	struct pm_body *body, size_t at, struct pm_raw_timeline *raw)
{
	const struct pm_body_section *extra = &body->sections[at];
	struct pm_stamp_zone zone;
	size_t first = extra->first, before;
	struct pm_stamp_date day;

	/* A bold key's own paragraph is not one of the entries. */
	if (!raw->zone.text.len &&
		(pm_zone_find(body->doc->sections[at].heading, &zone) ||
			(body->md->blocks[extra->heading].kind ==
					PM_MD_PARAGRAPH &&
				line_zone(body, extra->heading,
					body->doc->sections[at].line, &zone)) ||
			intro_zone(body, first, extra->end, &zone)))
		raw->zone = zone;
	if (day_around(body, at, &day))
		pm_timeline_add_day(body, raw, &day);
	before = raw->count;
	pm_timeline_collect(body, at, extra->end, raw);
	return raw->count > before;
}

static void make_timeline(struct pm_body *body, size_t at)
{
	struct pm_section *sec = &body->doc->sections[at];

	sec->roles &= ~(1u << sec->role);
	sec->roles |= BIT(TIMELINE);
	sec->role = PM_SECTION_TIMELINE;
	if (!body->doc->timeline.line)
		body->doc->timeline.line = sec->line;
}

static bool has_named(const struct pm_doc *doc)
{
	for (size_t i = 0; i < doc->nsections; i++)
		if (doc->sections[i].roles & BIT(TIMELINE))
			return true;
	return false;
}

/* Leaves out "Started at: 11:15" and nothing else under "Incident details",
   which a timeline elsewhere tells as well. */
static bool drop_labels(struct pm_raw_timeline *raw, size_t before)
{
	for (size_t i = before; i < raw->count; i++)
		if (raw->entries[i].form != PM_RAW_DAY &&
			!raw->entries[i].label)
			return false;
	raw->count = before;
	return true;
}

/* True for a section with one inside that is called a timeline: that one holds
   the entries. */
static bool holds_named(const struct pm_body *body, size_t at)
{
	const struct pm_section *sections = body->doc->sections;

	for (size_t i = at + 1;
		i < body->doc->nsections &&
		body->sections[i].heading < body->sections[at].end;
		i++)
		if (sections[i].roles & BIT(TIMELINE))
			return true;
	return false;
}

/* All sections with the role, or those that turn out to have it. */
static void read_sections(struct pm_body *body, struct pm_raw_timeline *raw)
{
	bool has = has_named(body->doc);
	size_t done = 0;

	for (size_t i = 0; i < body->doc->nsections; i++) {
		const struct pm_section *sec = &body->doc->sections[i];
		bool named = sec->roles & BIT(TIMELINE);
		size_t before = raw->count;
		bool found;

		if (body->sections[i].first < done ||
			(!named && (!body->sections[i].maybe_timeline ||
					   holds_named(body, i))))
			continue;
		found = read_section(body, i, raw);
		if (!named && has && found)
			found = !drop_labels(raw, before);
		if (named && !body->doc->timeline.line)
			body->doc->timeline.line = sec->line;
		if (!named && found)
			make_timeline(body, i);
		if (named || found)
			done = body->sections[i].end;
	}
}

/* True for an entry on a line of a paragraph that another one begins next to,
   or with a full date: sentences have times, but not one after the other. */
static bool no_sentence(
	const struct pm_raw_timeline *raw, size_t from, size_t i)
{
	const struct pm_raw_entry *entry = &raw->entries[i];

	return (entry->stamp.date.given && entry->stamp.date.year) ||
	       (i > from && entry[-1].form == PM_RAW_PARAGRAPH &&
		       entry[-1].end_line + 1 == entry->line) ||
	       (i + 1 < raw->count && entry[1].form == PM_RAW_PARAGRAPH &&
		       entry->line + 1 == entry[1].line);
}

/* Entries with a clock that are no paragraphs, and lines of these that are no
   sentences either. */
static size_t convincing(const struct pm_raw_timeline *raw, size_t from)
{
	size_t count = 0;

	for (size_t i = from; i < raw->count; i++)
		count += raw->entries[i].form != PM_RAW_CODE &&
			 raw->entries[i].stamp.clock.precision !=
				 PM_PRECISION_NONE &&
			 (raw->entries[i].form != PM_RAW_PARAGRAPH ||
				 no_sentence(raw, from, i));
	return count;
}

/* Collects the entries of a section's own inside: deeper sections come
   themselves. Where they do not convince, there are none. */
static bool collect_unnamed(struct pm_body *body, size_t at, size_t enough,
	struct pm_raw_timeline *raw)
{
	size_t end = body->sections[at].end, before = raw->count;

	if (at + 1 < body->doc->nsections &&
		body->sections[at + 1].heading < end)
		end = body->sections[at + 1].heading;
	pm_timeline_collect(body, at, end, raw);
	if (convincing(raw, before) < enough) {
		raw->count = before;
		return false;
	}
	if (!raw->zone.text.len)
		intro_zone(body, body->sections[at].first, end, &raw->zone);
	if (!body->doc->sections[at].roles)
		make_timeline(body, at);
	return true;
}

/* "Thursday, March 14": a day without its year, and nothing else. */
static bool is_day(struct pm_slice heading, struct pm_stamp_date *day)
{
	struct pm_stamp stamp;

	if (!pm_stamp_read(heading, PM_STAMP_STRICT, &stamp) ||
		!stamp.date.named || pm_stamp_has_clock(&stamp) ||
		stamp.len < heading.len)
		return false;
	*day = stamp.date;
	return true;
}

/* "## 2024-03-02 Search down": one incident of a log of them; "## 2 March": one
   day of a long one. */
static bool heads_incident(
	const struct pm_section *sec, struct pm_stamp_date *day)
{
	return !sec->roles && sec->level < PM_LEVEL_STAND_IN &&
	       (pm_stamp_find(sec->heading, day) || is_day(sec->heading, day));
}

/* A log of incidents tells each of them in the same way: the sections behind
   the first that are dated as it was hold timelines as well. */
static void read_alike(struct pm_body *body, size_t first, unsigned level,
	struct pm_raw_timeline *raw)
{
	struct pm_stamp_date day;

	for (size_t i = first + 1; i < body->doc->nsections; i++) {
		size_t before = raw->count;

		if (body->doc->sections[i].level != level ||
			!heads_incident(&body->doc->sections[i], &day))
			continue;
		pm_timeline_add_day(body, raw, &day);
		/* On the last day of a long one little happens. */
		if (!collect_unnamed(body, i,
			    is_day(body->doc->sections[i].heading, &day)
				    ? 1
				    : CONVINCING_EACH,
			    raw))
			raw->count = before;
	}
}

/* Fewer entries convince in each of several incidents. */
static size_t enough_in(const struct pm_body *body, unsigned level)
{
	const struct pm_section *sections = body->doc->sections;
	struct pm_stamp_date day;
	size_t incidents = 0;

	for (size_t i = 0; i < body->doc->nsections; i++)
		incidents += sections[i].level == level &&
			     heads_incident(&sections[i], &day);
	return incidents > 1 ? CONVINCING_EACH : CONVINCING;
}

/* True when all sections right below one are called by their times: "### 10:05
   - the alarm rings"; some of them, "### Shortly after midnight", by no minute
   or by a day. */
static bool holds_times(const struct pm_body *body, size_t at, size_t *count)
{
	const struct pm_doc *doc = body->doc;
	struct pm_stamp stamp;
	size_t minutes = 0;

	*count = 0;
	for (size_t i = at + 1;
		i < doc->nsections &&
		body->sections[i].heading < body->sections[at].end;
		i++) {
		if (doc->sections[i].parent != at)
			continue;
		if (doc->sections[i].level >= PM_LEVEL_STAND_IN ||
			(!pm_stamp_read(doc->sections[i].heading,
				 PM_STAMP_LOOSE, &stamp) &&
				!pm_stamp_told_day(
					doc->sections[i].heading, &stamp)))
			return false;
		minutes += stamp.clock.precision >= PM_PRECISION_MINUTE;
		++*count;
	}
	return minutes >= CONVINCING && minutes * 2 > *count;
}

/* A story whose headings are times, in a section that is called something else.
 */
static bool read_timed_headings(
	struct pm_body *body, size_t at, struct pm_raw_timeline *raw)
{
	size_t count;

	if (body->doc->sections[at].roles || !holds_times(body, at, &count))
		return false;
	make_timeline(body, at);
	for (size_t i = at + 1; count; i++)
		if (body->doc->sections[i].parent == at) {
			pm_timeline_add_heading(
				body, raw, body->sections[i].heading);
			count--;
		}
	return true;
}

/* A section that is a timeline without being called one. */
static void read_unnamed(struct pm_body *body, struct pm_raw_timeline *raw)
{
	/* By level: counted once, as each heading may be a day. */
	size_t enough[PM_LEVEL_STAND_IN] = {0};

	for (size_t i = 0; i < body->doc->nsections; i++) {
		const struct pm_section *sec = &body->doc->sections[i];
		struct pm_stamp_date day;
		bool incident = heads_incident(sec, &day);
		unsigned level = sec->level;

		if (sec->roles & NEVER)
			continue;
		if (incident)
			pm_timeline_add_day(body, raw, &day);
		if (read_timed_headings(body, i, raw))
			return;
		if (incident && !enough[level])
			enough[level] = enough_in(body, level);
		if (collect_unnamed(body, i,
			    incident ? enough[level] : CONVINCING, raw)) {
			if (incident)
				read_alike(body, i, level, raw);
			return;
		}
		raw->count = 0;
	}
}

/*
 * Pages of what was known when have no heading but instants: "2026-01-21
 * 18:00 - reachable again", or "18:00 UTC" below a title that says the day.
 * Those are the entries, and head no sections. One heading of another kind
 * makes a document with chapters of them.
 */
static void read_headings(struct pm_body *body, struct pm_raw_timeline *raw)
{
	struct pm_doc *doc = body->doc;
	struct pm_stamp_date day;
	bool dated = pm_stamp_find(doc->heading, &day);

	for (size_t i = 0; i < doc->nsections; i++) {
		const struct pm_md_block *block =
			&body->md->blocks[body->sections[i].heading];
		struct pm_stamp stamp;

		if (block->kind != PM_MD_HEADING ||
			!pm_stamp_read(doc->sections[i].heading, PM_STAMP_LOOSE,
				&stamp) ||
			(stamp.date.given ? !stamp.date.year : !dated) ||
			stamp.clock.precision == PM_PRECISION_NONE)
			return;
	}
	if (doc->nsections < HEADINGS)
		return;
	doc->timeline.line = doc->sections[0].line;
	for (size_t i = 0; i < doc->nsections; i++)
		pm_timeline_add_heading(body, raw, body->sections[i].heading);
	doc->nsections = 0;
}

/* True when none but labels, "Detected: 10:05", stands among them: the facts
   above a document have times, too. */
static bool only_labels(const struct pm_raw_timeline *raw)
{
	for (size_t i = 0; i < raw->count; i++)
		if (raw->entries[i].form != PM_RAW_DAY &&
			!raw->entries[i].label)
			return false;
	return true;
}

/* A list or table of times right below the title, before all sections. */
static void read_above(struct pm_body *body, struct pm_raw_timeline *raw)
{
	size_t end = body->doc->nsections ? body->sections[0].heading
					  : body->footnotes;

	pm_timeline_collect_blocks(body, 0, end, raw);
	if (convincing(raw, 0) < CONVINCING || only_labels(raw))
		raw->count = 0;
}

void pm_body_timeline(struct pm_body *body)
{
	struct pm_raw_timeline raw = {0};

	read_sections(body, &raw);
	if (!raw.count && !body->doc->timeline.line)
		read_unnamed(body, &raw);
	if (!raw.count && !body->doc->timeline.line)
		read_headings(body, &raw);
	if (!raw.count && !body->doc->timeline.line)
		read_above(body, &raw);
	if (!raw.count)
		return;
	if (!raw.zone.text.len && body->doc->nsections)
		intro_zone(body, 0, body->sections[0].heading, &raw.zone);
	if (!raw.zone.text.len)
		pm_timeline_find_zone(body, &raw);
	pm_timeline_date(body, &raw);
}
