/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The title in the body. Front matter says it better, but the documents of a
 * team that never heard of pm have a heading only, and often one that is a
 * section like the others.
 */
#include "doc/body.h"

#include <limits.h>
#include <string.h>

#include "base/ascii.h"
#include "doc/roles.h"
#include "doc/scan.h"
#include "doc/stamp.h"

enum {
	HEADING_WORDS = 4, /* fewest of one among others that is the title */
	LINE_WORDS = 2,    /* the same of a line that stands first */
	TITLE_MAX = 120,
	FACT_KEY_MAX = 24,
};

/* True for a heading of so many words with one of a list among them; NULL: any
   will do. */
static bool has_word(
	struct pm_slice heading, unsigned fewest, const char *const *words)
{
	struct pm_scan scan = {heading, 0, false};
	char word[PM_SCAN_WORD];
	unsigned count = 0;
	bool found = false;

	while (!pm_scan_end(&scan)) {
		if (!pm_scan_word(&scan, word)) {
			scan.off++;
			continue;
		}
		count++;
		found = found || !words || pm_word_in(word, words);
	}
	return found && count >= fewest;
}

/* True for a heading that says what document this is: "Outage of the shop on 3
   May". */
static bool names_document(struct pm_slice heading, unsigned fewest)
{
	static const char *const words[] = {"incident", "outage", "postmortem",
		"mortem", "incidente", "vorfall", "ausfall", "panne",
		"hendelse", "rca", NULL};

	return has_word(heading, fewest, words);
}

/* "Root cause: ...", "Fix: ..." of one incident: no entry of a timeline is
   told with such labels. */
static bool tells_incident(const struct pm_body *body, size_t at)
{
	enum { PLAIN_KEY_MAX = 24 };
	const struct pm_doc_private *own = body->doc->own;
	struct pm_slice text = pm_md_read(body->md, at)->text;
	ptrdiff_t colon =
		pm_slice_find(pm_slice_sub(text, 0, PLAIN_KEY_MAX), 0, ':');
	struct pm_roles roles;

	if (colon < 1)
		return false;
	roles = pm_roles_recall(
		own->memo, own->policy, pm_slice_sub(text, 0, (size_t)colon));
	return roles.exact && roles.set & (1u << PM_SECTION_CAUSE |
						  1u << PM_SECTION_RESOLUTION);
}

/* "# Incident log", "# Störungs-Log": below it dated headings with words are
   incidents, not the days of one. */
static bool is_log(struct pm_slice text)
{
	static const char *const words[] = {
		"log", "logs", "logbook", "history", "register"};

	text = pm_slice_trim(text);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t len = strlen(words[i]);

		if (text.len > len &&
			memchr(" -", text.ptr[text.len - len - 1], 2) &&
			pm_slice_is_nocase(
				pm_slice_from(text, text.len - len), words[i]))
			return true;
	}
	return false;
}

/* True when a list of clocks stands below a heading. */
static bool has_clocks(const struct pm_body *body, size_t heading)
{
	const struct pm_md_block *blocks = body->md->blocks;

	for (size_t i = heading + 1; i < body->footnotes; i++) {
		struct pm_slice text;
		size_t at;

		if (blocks[i].kind == PM_MD_HEADING)
			return false;
		if (blocks[i].kind != PM_MD_ITEM)
			continue;
		at = pm_body_item_text(body, i);
		if (at == SIZE_MAX)
			return false;
		text = pm_slice_trim(pm_md_read(body->md, at)->text);
		return text.len && pm_is_digit(text.ptr[0]);
	}
	return false;
}

/* True for a heading with a day that is no entry of a timeline. */
static bool has_own_day(const struct pm_body *body, size_t at, bool log)
{
	struct pm_slice text = body->md->blocks[at].text;
	struct pm_stamp stamp;
	struct pm_stamp_date day;

	if (!pm_stamp_find(text, &day))
		return false;
	return !pm_stamp_read(text, PM_STAMP_LOOSE, &stamp) ||
	       (log && stamp.clock.precision == PM_PRECISION_NONE &&
		       stamp.len < text.len && has_clocks(body, at));
}

/*
 * "# Incident log" above "## INC-7: Search down (2026-03-02)": a title, as the
 * headings below have their own days. A timeline's begin with them. And above
 * "### Timeline" or "Root cause: ...", once for each of the incidents.
 */
static bool heads_incidents(const struct pm_body *body, size_t at)
{
	const struct pm_doc_private *own = body->doc->own;
	const struct pm_md_block *blocks = body->md->blocks;
	unsigned count = 0, told = 0;
	bool log = is_log(blocks[at].text);
	bool named = false;

	if (blocks[at].level > 1)
		return false;
	for (size_t i = blocks[at].end; i < body->footnotes;
		i = blocks[i].end) {
		if (blocks[i].kind == PM_MD_PARAGRAPH)
			told += tells_incident(body, i);
		if (blocks[i].kind != PM_MD_HEADING)
			continue;
		if (blocks[i].level == 1)
			return false;
		/* No timeline has another one in it. */
		if (pm_roles_recall(own->memo, own->policy, blocks[i].text)
				.set == 1u << PM_SECTION_TIMELINE)
			named = true;
		count += has_own_day(body, i, log);
	}
	return count > 1 || named || told > 1;
}

/* True for a heading that says which part of the story stands below. */
static bool names_section(const struct pm_body *body, size_t heading)
{
	const struct pm_doc_private *own = body->doc->own;

	return pm_roles_recall(
		       own->memo, own->policy, body->md->blocks[heading].text)
		       .set &
	       PM_ROLES_TELLING;
}

/* "# Nedetid", "# Incident" above "## Summary" and "## Timeline": one word for
   what happened, where others have more. Below it stand the sections, and none
   beside it; a section that is called so has its own words, not theirs. */
static bool heads_all(const struct pm_body *body, size_t at)
{
	static const char *const words[] = {"incident", "outage", "downtime",
		"hendelse", "hendelsen", "hending", "haendelse", "hændelse",
		"hændelsen", "handelse", "handelsen", "incidenten", "nedetid",
		"nedtid", "driftsavbrudd", "driftsavbrott", "driftsstans",
		"driftstans", "driftstopp", "driftsstopp", NULL};
	const struct pm_md_block *blocks = body->md->blocks;
	struct pm_slice text = blocks[at].text;
	struct pm_scan scan = {pm_slice_trim(text), 0, false};
	char word[PM_SCAN_WORD];
	unsigned known = 0;

	if (blocks[at].level > 1 || !pm_scan_word(&scan, word) ||
		!pm_scan_end(&scan) || !pm_word_in(word, words))
		return false;
	for (size_t i = blocks[at].end; i < body->footnotes;
		i = blocks[i].end) {
		if (blocks[i].kind != PM_MD_HEADING)
			continue;
		if (blocks[i].level == 1)
			return false;
		known += names_section(body, i);
	}
	return known > 1;
}

/* True for a lesser heading that tells no part of the story, or is the first
   line and has more words: "## Analysis of the outage of the shop". */
static bool may_begin(
	const struct pm_body *body, size_t at, const struct pm_roles *roles)
{
	return !roles->set || (at == 0 && has_word(body->md->blocks[at].text,
						  HEADING_WORDS, NULL));
}

/*
 * The block that could be the title: an H1 before any section, or the first
 * heading, which may be one of several on its level (*alone is false then).
 * SIZE_MAX: there is none. One that is nothing but a section's name is none.
 */
static size_t first_heading(const struct pm_body *body, bool *alone)
{
	const struct pm_doc *doc = body->doc;
	size_t first = SIZE_MAX;

	*alone = true;
	for (size_t i = 0; i < body->footnotes; i = body->md->blocks[i].end) {
		const struct pm_md_block *block = &body->md->blocks[i];
		struct pm_roles roles;

		/* A picture above a line reads as a heading without words. */
		if (block->kind != PM_MD_HEADING || !block->text.len)
			continue;
		if (first != SIZE_MAX) {
			*alone = *alone &&
				 block->level > body->md->blocks[first].level;
			continue;
		}
		/* What the front matter calls the title needs no second look:
		   titles are the headings that no memo knows. */
		if (block->level == 1 &&
			pm_slice_eq(block->text, doc->title.text))
			return i;
		if (block->level == 1 &&
			!pm_roles_may_be_exact(doc->own->policy, block->text))
			return i;
		roles = pm_roles_recall(
			doc->own->memo, doc->own->policy, block->text);
		if (roles.exact && heads_all(body, i))
			return i;
		if (roles.exact && roles.set & PM_ROLES_TELLING)
			return roles.set == 1u << PM_SECTION_TIMELINE &&
					       heads_incidents(body, i)
				       ? i
				       : SIZE_MAX;
		if (roles.exact && roles.set)
			continue;
		if (block->level == 1)
			return i;
		if (may_begin(body, i, &roles))
			first = i;
	}
	return first;
}

bool pm_body_is_title_label(struct pm_slice heading)
{
	heading = pm_slice_trim(heading);
	if (heading.len && heading.ptr[heading.len - 1] == ':')
		heading.len--;
	return pm_slice_is_nocase(pm_slice_trim(heading), "title");
}

/* "# Title:" above the title, as a form that was filled in has it: the heading
   below it. */
static size_t below_label(const struct pm_body *body, size_t first)
{
	const struct pm_md_block *blocks = body->md->blocks;
	size_t next;

	if (first == SIZE_MAX || !pm_body_is_title_label(blocks[first].text))
		return SIZE_MAX;
	next = blocks[first].end;
	if (next >= body->footnotes || blocks[next].kind != PM_MD_HEADING ||
		blocks[next].level <= blocks[first].level)
		return SIZE_MAX;
	/* A document that is called so has sections below it. */
	return pm_roles_recall(body->doc->own->memo, body->doc->own->policy,
		       blocks[next].text)
			       .exact
		       ? SIZE_MAX
		       : next;
}

bool pm_body_names_kind(struct pm_slice heading)
{
	static const char *const words[] = {"a", "action", "after", "analysis",
		"blameless", "incident", "mortem", "of", "outage", "post",
		"postmortem", "rca", "report", "retro", "retrospective",
		"review", "summary", "the", NULL};
	struct pm_scan scan = {heading, 0, false};
	char word[PM_SCAN_WORD];

	while (!pm_scan_end(&scan)) {
		if (!pm_scan_at_word(&scan))
			scan.off++;
		else if (!pm_scan_word(&scan, word) || !pm_word_in(word, words))
			return false;
	}
	return true;
}

/* "<h1>Search was down</h1>" above all headings of Markdown; SIZE_MAX: there is
   none. */
static size_t html_heading(const struct pm_body *body, struct pm_slice *name)
{
	enum { BLOCKS = 6 };
	const struct pm_md_block *blocks = body->md->blocks;

	for (size_t i = 0, seen = 0; i < body->footnotes && seen < BLOCKS;
		i = blocks[i].end, seen++) {
		unsigned level;

		if (blocks[i].kind == PM_MD_HEADING)
			break;
		if (blocks[i].kind != PM_MD_HTML)
			continue;
		*name = pm_body_html_name(
			pm_md_read(body->md, i)->literal, &level);
		if (name->len && level == 1)
			return i;
	}
	return SIZE_MAX;
}

/* True for a lesser heading where front matter has a title of other words: what
   it took from that heading is still the title. */
static bool is_below_title(
	const struct pm_doc *doc, const struct pm_md_block *heading)
{
	return heading->level > 1 && doc->title.span.len &&
	       !pm_slice_eq(pm_slice_trim(heading->text), doc->title.text);
}

/* True for a heading with a line below its words. */
static bool is_underlined(const struct pm_body *body, size_t at)
{
	struct pm_slice line = pm_slice_trim(pm_lines_text(
		&body->doc->own->lines, body->md->blocks[at].line));

	return line.len && line.ptr[0] != '#';
}

/* True for the only heading that is written so, as text files have their
   title. */
static bool alone_underlined(const struct pm_body *body, size_t first)
{
	const struct pm_md_block *blocks = body->md->blocks;

	if (!is_underlined(body, first))
		return false;
	for (size_t i = blocks[first].end; i < body->footnotes;
		i = blocks[i].end)
		if (blocks[i].kind == PM_MD_HEADING && is_underlined(body, i))
			return false;
	return true;
}

/* "## Downtime on the afternoon of 3 May" before "## Impact" and "## Timeline":
   what happened, or on which day, above the sections that tell of it. In a log
   the others have their own days. Other words have to begin the document, and
   most of the headings behind them to be sections. */
static bool heads_sections(const struct pm_body *body, size_t first)
{
	static const char *const words[] = {"downtime", "disruption",
		"degradation", "breach", "nedetid", "driftstans", "driftstopp",
		NULL};
	const struct pm_md_block *blocks = body->md->blocks;
	unsigned level = blocks[first].level, known = 0, all = 0;
	struct pm_stamp_date day;
	bool says = has_word(blocks[first].text, HEADING_WORDS,
		pm_stamp_find(blocks[first].text, &day) ? NULL : words);

	if (!says &&
		(first > 0 || !has_word(blocks[first].text, LINE_WORDS, NULL)))
		return false;
	for (size_t i = blocks[first].end; i < body->footnotes;
		i = blocks[i].end) {
		if (blocks[i].kind != PM_MD_HEADING || blocks[i].level > level)
			continue;
		if (blocks[i].level < level ||
			pm_stamp_find(blocks[i].text, &day))
			return false;
		known += names_section(body, i);
		all++;
	}
	return says ? known > 1 : known > 2 && known * 3 >= all * 2;
}

/* The title stands above all other headings, or says so itself. */
static void read_title(struct pm_body *body)
{
	struct pm_doc *doc = body->doc;
	bool alone;
	size_t first = first_heading(body, &alone);
	size_t told = below_label(body, first);

	if (told != SIZE_MAX) {
		first = told;
		alone = true;
	}
	if (first == SIZE_MAX || is_below_title(doc, &body->md->blocks[first]))
		return;
	/* On one level with all others it has to say so itself, or to be
	   written in another way. */
	if (!alone &&
		(first > 0 || (!names_document(body->md->blocks[first].text,
				       HEADING_WORDS) &&
				      !heads_sections(body, first) &&
				      !alone_underlined(body, first))))
		return;
	body->title = first;
	doc->heading = pm_slice_trim(body->md->blocks[first].text);
	doc->heading_line = body->md->blocks[first].line;
}

void pm_body_title(struct pm_body *body)
{
	struct pm_slice name = {NULL, 0};
	size_t html = html_heading(body, &name);

	/* "<h1>POSTMORTEM</h1>" says what kind of document this is, and leaves
	   the rest to a heading below it. */
	if (html == SIZE_MAX || pm_body_names_kind(name))
		read_title(body);
	if (html == SIZE_MAX || body->title != SIZE_MAX)
		return;
	body->title = html;
	body->doc->heading = name;
	body->doc->heading_line = pm_body_html_line(body, html, name);
}

struct pm_slice pm_body_behind_title(struct pm_slice text)
{
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];

	if (!pm_scan_word(&scan, word) ||
		!pm_slice_is(pm_slice_str(word), "title"))
		return text;
	pm_scan_blanks(&scan);
	return pm_scan_any(&scan, ":")
		       ? pm_slice_trim(pm_slice_from(text, scan.off))
		       : text;
}

/* True when the lines behind the first are keys with their values: "Date: ...",
   which stand below a title and in no sentence. */
static bool heads_keys(
	const struct pm_body *body, const struct pm_md_block *block, size_t run)
{
	while (run < block->nruns) {
		struct pm_text_line line = pm_body_text_line(body, block, &run);

		if (line.line &&
			pm_slice_find(pm_slice_sub(line.text, 0, FACT_KEY_MAX),
				0, ':') < 1)
			return false;
	}
	return true;
}

/* "Incident ID: INC-4711": a key and one word. */
static bool is_short_fact(struct pm_slice text)
{
	ptrdiff_t colon = pm_slice_find(text, 0, ':');
	struct pm_slice value;

	if (colon < 1 || colon > FACT_KEY_MAX)
		return false;
	value = pm_slice_trim(pm_slice_from(text, (size_t)colon + 1));
	return !memchr(value.ptr, ' ', value.len);
}

/* True for a line without marks that can be nothing but a title. */
static bool is_title_line(const struct pm_body *body,
	const struct pm_md_block *block, const struct pm_text_line *line,
	size_t run)
{
	const struct pm_md_run *first = &body->md->runs[line->run];
	bool bold = first->style & PM_MD_STRONG &&
		    first->text.len >= line->text.len;

	for (size_t i = 0; i < body->doc->nsections; i++)
		if (body->doc->sections[i].line == line->line)
			return false;
	return line->text.len <= TITLE_MAX && !is_short_fact(line->text) &&
	       !memchr(".:!?,;", line->text.ptr[line->text.len - 1], 6) &&
	       (bold || names_document(line->text, LINE_WORDS)) &&
	       heads_keys(body, block, run);
}

/* What a line "Title: ..." says above the first section, among other facts. */
static struct pm_slice titled_line(const struct pm_body *body, size_t at)
{
	enum { PARAGRAPHS = 6 };
	unsigned end =
		body->doc->nsections ? body->doc->sections[0].line : UINT_MAX;
	const struct pm_md_block *blocks = body->md->blocks;

	for (int i = 0; i < PARAGRAPHS && at < body->footnotes &&
			blocks[at].kind == PM_MD_PARAGRAPH;
		i++, at = blocks[at].end) {
		const struct pm_md_block *block = pm_md_read(body->md, at);

		for (size_t run = 0; run < block->nruns;) {
			struct pm_text_line line =
				pm_body_text_line(body, block, &run);
			struct pm_slice words = pm_slice_trim(line.text);
			struct pm_slice text = pm_body_behind_title(words);

			if (line.line && line.line < end && text.len &&
				text.ptr != words.ptr)
				return text;
		}
	}
	return (struct pm_slice){NULL, 0};
}

/* What "- **Title**: Redis out of memory" says, the first item of a list whose
   next one is a key as well: "- **Date**: ...". */
static struct pm_slice titled_item(const struct pm_body *body, size_t list)
{
	const struct pm_slice none = {NULL, 0};
	const struct pm_md_block *blocks = body->md->blocks;
	size_t first = list + 1, next, at;
	struct pm_slice words, text, key;

	if (first >= blocks[list].end ||
		(next = blocks[first].end) >= blocks[list].end ||
		(at = pm_body_item_text(body, first)) == SIZE_MAX)
		return none;
	words = pm_slice_trim(pm_md_read(body->md, at)->text);
	text = pm_body_behind_title(words);
	if (text.ptr == words.ptr || !text.len || text.len > TITLE_MAX ||
		memchr(text.ptr, '\n', text.len) ||
		(at = pm_body_item_text(body, next)) == SIZE_MAX)
		return none;
	key = pm_slice_sub(pm_md_read(body->md, at)->text, 0, FACT_KEY_MAX);
	return pm_slice_find(key, 0, ':') > 0 ? text : none;
}

/* True for a line that says of what kind the document is, and no more: "POST
   INCIDENT REPORT". */
static bool names_kind(struct pm_slice text)
{
	static const char *const words[] = {"after", "analisis", "analyse",
		"analysis", "avvik", "avviksrapport", "bericht", "cause", "de",
		"del", "hendelsesrapport", "incident", "incidente", "incidents",
		"informe", "major", "mortem", "of", "post", "postmortem",
		"problem", "problema", "rapport", "rca", "relatorio", "report",
		"review", "root", "rotarsaksanalyse", "the", NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	bool found = false;

	while (!pm_scan_end(&scan)) {
		if (!pm_scan_word(&scan, word)) {
			/* A number tells one from another. */
			if (pm_is_digit(pm_scan_peek(&scan, 0)))
				return false;
			scan.off++;
			continue;
		}
		if (!pm_word_in(word, words))
			return false;
		found = true;
	}
	return found;
}

/* The paragraph below a block that is one line in bold: on the first page of a
   report its name stands under the kind of it. */
static struct pm_slice bold_below(const struct pm_body *body, size_t at)
{
	const struct pm_slice none = {NULL, 0};
	size_t next = body->md->blocks[at].end;
	const struct pm_md_block *block;

	if (next >= body->footnotes ||
		body->md->blocks[next].kind != PM_MD_PARAGRAPH)
		return none;
	block = pm_md_read(body->md, next);
	return block->nruns == 1 &&
			       body->md->runs[block->run].style &
				       PM_MD_STRONG &&
			       block->text.len <= TITLE_MAX &&
			       !memchr(block->text.ptr, ':', block->text.len)
		       ? pm_slice_trim(block->text)
		       : none;
}

/* The first block that tells anything: no HTML, and no heading "Title". */
static size_t first_told(const struct pm_body *body)
{
	const struct pm_md_block *blocks = body->md->blocks;
	size_t at = 0;

	while (at < body->footnotes &&
		(blocks[at].kind == PM_MD_HTML ||
			(blocks[at].kind == PM_MD_HEADING &&
				pm_body_is_title_label(blocks[at].text))))
		at = blocks[at].end;
	return at;
}

struct pm_slice pm_body_told_title(const struct pm_body *body)
{
	const struct pm_slice none = {NULL, 0};
	const struct pm_md_block *block;
	struct pm_text_line line = {.line = 0};
	struct pm_slice text;
	size_t run = 0, at = first_told(body);

	if (at < body->footnotes && body->md->blocks[at].kind == PM_MD_LIST)
		return titled_item(body, at);
	if (at >= body->footnotes ||
		body->md->blocks[at].kind != PM_MD_PARAGRAPH)
		return none;
	text = titled_line(body, at);
	if (text.len)
		return text;
	block = pm_md_read(body->md, at);
	while (run < block->nruns && !line.line)
		line = pm_body_text_line(body, block, &run);
	line.text = pm_slice_trim(line.text);
	/* "= Lost mail", as manuals of text have it. */
	if (pm_slice_starts(line.text, "= ") && line.text.len <= TITLE_MAX)
		return pm_slice_trim(pm_slice_from(line.text, 2));
	if (!line.text.len)
		return none;
	if (names_kind(line.text)) {
		text = bold_below(body, at);
		if (text.len)
			return text;
	}
	/* A heading "Title" says so of the paragraph below it. */
	if (at > 0 && body->title == at - 1 && line.text.len <= TITLE_MAX)
		return line.text;
	return is_title_line(body, block, &line, run) ? line.text : none;
}
