/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One fact a line, in whatever markup: "**Key:** value", "| Key | value |",
 * "> **Key**: value", "## Key: value", "- Key: value". The key must be known
 * word for word; its zone may stand behind it in brackets. A line is a fact by
 * its words alone, so what it stands in is looked at as well: code, tasks and
 * some sections speak of something else than the whole incident.
 */
#include "doc/doc.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/inline_text.h"
#include "base/utf8.h"
#include "doc/private.h"
#include "doc/roles.h"
#include "doc/scan.h"

/* Facts about the whole incident stand in the first lines of a body. */
enum { HEAD_LINES = 40, KEY_MAX = 60, WORD_MAX = 24 };

#define NAME_MOST 60

struct name {
	char text[NAME_MOST];
	enum pm_fact fact;
};

static const struct name names[] = {
#define PM_FACT(text, fact) {text, PM_FITS(text, NAME_MOST, PM_FACT_##fact)},
#include "doc/facts.def"
#undef PM_FACT
};

static const bool markup[256] = {
	['\t'] = true,
	[' '] = true,
	['#'] = true,
	['*'] = true,
	['+'] = true,
	['-'] = true,
	[':'] = true,
	['>'] = true,
	['_'] = true,
	['`'] = true,
	['|'] = true,
};

static struct pm_slice strip_head(struct pm_slice text)
{
	while (text.len && markup[(unsigned char)text.ptr[0]])
		text = pm_slice_from(text, 1);
	return text;
}

static struct pm_slice strip(struct pm_slice text)
{
	text = strip_head(text);
	while (text.len && markup[(unsigned char)text.ptr[text.len - 1]])
		text.len--;
	return pm_slice_trim(text);
}

static bool look_up(struct pm_slice key, enum pm_fact *fact)
{
	const struct name *found =
		bsearch(&key, names, sizeof names / sizeof names[0],
			sizeof names[0], pm_inline_order);

	if (found)
		*fact = found->fact;
	return found != NULL;
}

/* The words of a key as the table has them, and as pm_heading_split would fold
   them, but for what it folds in other ways: letters that are not ASCII and,
   behind such a sign, a number. */
static bool fold_plain(struct pm_slice key, char text[KEY_MAX], size_t *len)
{
	*len = 0;
	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];

		if (c & 0x80 || c == '.' || c == ')')
			return false;
		if (pm_is_letter(c) || pm_is_digit(c))
			text[(*len)++] = pm_lower(c);
		else if (c != '\'' && *len && text[*len - 1] != ' ')
			text[(*len)++] = ' ';
	}
	*len -= *len && text[*len - 1] == ' ';
	return true;
}

static bool is_known(struct pm_slice key, enum pm_fact *fact)
{
	struct pm_heading_words words;
	char plain[KEY_MAX];
	size_t len;
	bool known;

	if (fold_plain(key, plain, &len))
		return look_up(pm_slice_make(plain, len), fact);
	pm_heading_split(&words, key);
	known = words.count && !words.cut &&
		look_up(pm_slice_sub(pm_buf_slice(&words.text),
				words.words[0].off,
				words.words[words.count - 1].end -
					words.words[0].off),
			fact);
	pm_buf_release(&words.text);
	return known;
}

/* Takes "(UTC)" off the end of a key. */
static struct pm_slice cut_zone(struct pm_slice *key)
{
	struct pm_slice zone = {key->ptr, 0};
	size_t open;

	if (pm_bracket_behind(*key, &zone, &open))
		*key = strip(pm_slice_sub(*key, 0, open));
	return zone;
}

/* Where the key of a line ends and its value begins; false: it has none. */
static bool find_sign(struct pm_slice line, size_t *key, size_t *value)
{
	static const char wide[] = "：";
	struct pm_slice head = pm_slice_sub(line, 0, KEY_MAX);
	size_t most = head.len, sign = 1;
	ptrdiff_t at;

	/* The first of the three: each is looked for before the last found. */
	if ((at = pm_slice_find(head, 0, ':')) >= 0)
		head.len = (size_t)at;
	if ((at = pm_slice_find(head, 0, '|')) >= 0)
		head.len = (size_t)at;
	for (at = 0; (at = pm_slice_find(head, (size_t)at, wide[0])) >= 0;
		at++) {
		if (!pm_slice_starts(pm_slice_from(line, (size_t)at), wide))
			continue;
		head.len = (size_t)at;
		sign = sizeof wide - 1;
	}
	*key = head.len;
	*value = head.len + sign;
	return head.len < most;
}

static bool read_fact(struct pm_slice line, struct pm_fact_line *out)
{
	struct pm_slice key;
	size_t end, value;

	/* Nearly all lines have no sign. */
	if (!find_sign(pm_slice_trim(strip_head(line)), &end, &value))
		return false;
	line = strip(line);
	if (end >= line.len)
		return false;
	key = strip(pm_slice_sub(line, 0, end));
	out->zone = cut_zone(&key);
	/* "- [ ] Owner: ana" is about a task. */
	if (memchr(key.ptr, '[', key.len) || !is_known(key, &out->fact))
		return false;
	out->value = strip(pm_slice_from(line, value));
	return out->value.len > 0;
}

/* "P1" of "P1 (critical)", empty for a choice of several. */
static struct pm_slice first_word(struct pm_slice value)
{
	size_t end = 0;

	while (end < value.len && !memchr("(/|[{<,", value.ptr[end], 7))
		end++;
	if (end > WORD_MAX || (end < value.len && value.ptr[end] != '('))
		end = 0;
	return pm_slice_trim(pm_slice_sub(value, 0, end));
}

struct pm_slice pm_doc_severity_word(struct pm_slice value)
{
	/* Arrows, and what is struck. */
	static const char *const changes[] = {
		"->", "=>", "\xe2\x86\x92", "\xe2\x87\x92", "~~", NULL};
	ptrdiff_t mark = pm_slice_find(value, 0, '#');
	struct pm_slice word;
	uint32_t cp;

	if (!value.len)
		return value;
	/* A comment of YAML that was never YAML. */
	if (mark > 0 && value.ptr[mark - 1] == ' ')
		value.len = (size_t)mark;
	for (size_t i = 0; changes[i]; i++)
		if (memmem(value.ptr, value.len, changes[i],
			    strlen(changes[i])))
			return pm_slice_make("", 0);
	word = first_word(value);
	if (!pm_doc_names_person(word) || !pm_utf8_has_word(word) ||
		pm_utf8_find_invisible(word, 0, &cp) >= 0 ||
		memchr(word.ptr, '\t', word.len))
		return pm_slice_make("", 0);
	return word;
}

/* True for a quote that holds more than keys with their values: what somebody
   else wrote about something else. */
static bool is_citation(
	const struct pm_doc *doc, const struct pm_md_block *quote)
{
	for (unsigned i = quote->line; i <= quote->end_line; i++) {
		struct pm_slice line = strip(pm_doc_line(doc, i));
		size_t key, value;

		if (line.len && (!find_sign(line, &key, &value) ||
					!strip(pm_slice_from(line, value)).len))
			return true;
	}
	return false;
}

/* True below a heading other than "Incident details". */
static bool in_section(const struct pm_doc *doc, unsigned line)
{
	const struct pm_section *section = pm_doc_section_at(doc, line);

	return section && section->line != line &&
	       !(section->roles & 1u << PM_SECTION_METADATA);
}

/* Code, a comment, a task with what is under it, somebody else's words. A quote
   of keys is the box that a document begins with, above all sections. */
static bool is_foreign(
	const struct pm_doc *doc, const struct pm_md_block *block)
{
	return block->kind == PM_MD_CODE || block->kind == PM_MD_HTML ||
	       (block->kind == PM_MD_ITEM && block->task) ||
	       (block->kind == PM_MD_QUOTE && (in_section(doc, block->line) ||
						      is_citation(doc, block)));
}

static bool is_in_foreign(const struct pm_doc *doc, unsigned line)
{
	const struct pm_md *md = &doc->own->md;

	for (size_t i = 0; i < md->nblocks && md->blocks[i].line <= line; i++)
		if (md->blocks[i].end_line >= line &&
			is_foreign(doc, &md->blocks[i]))
			return true;
	return false;
}

/* Sections that speak of actions and of other incidents. */
#define ELSEWHERE                                                              \
	(1u << PM_SECTION_ACTIONS | 1u << PM_SECTION_REFERENCES |              \
		1u << PM_SECTION_BACKGROUND | 1u << PM_SECTION_LESSONS |       \
		1u << PM_SECTION_WENT_WELL | 1u << PM_SECTION_WENT_WRONG |     \
		1u << PM_SECTION_LUCKY)

/* Days and moments stand among events, too, but not who and how bad. */
static bool is_elsewhere(
	const struct pm_doc *doc, unsigned line, enum pm_fact fact)
{
	const struct pm_section *section = pm_doc_section_at(doc, line);
	unsigned roles = 0;

	while (section) {
		roles |= section->roles | 1u << section->role;
		section = section->parent == SIZE_MAX
				  ? NULL
				  : &doc->sections[section->parent];
	}
	return (roles & ELSEWHERE) || ((roles & 1u << PM_SECTION_TIMELINE) &&
					      fact >= PM_FACT_SEVERITY);
}

/* "| Date | Time | Event |" above the line below a header: what columns are
   called. With two cells it may be the first of the facts. */
static bool names_columns(const struct pm_doc *doc, unsigned line,
	const struct pm_fact_line *fact)
{
	struct pm_slice below = pm_doc_line(doc, line + 1);

	return memchr(fact->value.ptr, '|', fact->value.len) &&
	       memchr(below.ptr, '-', below.len) && !strip(below).len;
}

/* Several readers ask for the facts, and the lines stay the same. */
static void look_for_facts(const struct pm_doc *doc)
{
	struct pm_doc_private *own = doc->own;
	unsigned first = pm_doc_pos(doc, doc->body_off).line;
	struct pm_fact_line fact;

	own->looked_for_facts = true;
	for (unsigned line = first; line < first + HEAD_LINES; line++) {
		if (!read_fact(pm_doc_line(doc, line), &fact) ||
			names_columns(doc, line, &fact))
			continue;
		own->facts = pm_arena_grow(own->arena, own->facts, own->nfacts,
			sizeof *own->facts);
		own->facts[own->nfacts++] =
			(struct pm_fact_seen){.line = line, .fact = fact};
	}
}

bool pm_doc_next_fact(
	const struct pm_doc *doc, unsigned *line, struct pm_fact_line *out)
{
	const struct pm_doc_private *own = doc->own;

	if (!own->looked_for_facts)
		look_for_facts(doc);
	for (size_t i = 0; i < own->nfacts; i++) {
		const struct pm_fact_seen *seen = &own->facts[i];

		if (seen->line < *line || is_in_foreign(doc, seen->line) ||
			is_elsewhere(doc, seen->line, seen->fact.fact))
			continue;
		*line = seen->line + 1;
		*out = seen->fact;
		return true;
	}
	return false;
}
