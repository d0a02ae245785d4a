/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finding the entries of a timeline: list items, table rows, paragraphs and
 * sub-headings that begin with a stamp, and lines of a code block where
 * nothing else was found. Days without anything else are kept here too; what
 * they are is decided when the entries are dated.
 */
#include "doc/collector.h"

#include <limits.h>
#include <string.h>

/* One clock without a colon is an amount. */
enum { BARE_LEAST = 2 };

struct pm_raw_entry *pm_collect_add(struct pm_collector *c,
	enum pm_raw_form form, struct pm_slice text,
	const struct pm_stamp *stamp)
{
	struct pm_raw_timeline *out = c->out;
	struct pm_raw_entry *raw;

	out->entries = pm_doc_grow(
		c->body->doc, out->entries, out->count, sizeof *raw);
	raw = &out->entries[out->count++];
	raw->form = form;
	raw->stamp = *stamp;
	raw->text = pm_slice_trim(pm_slice_from(text, stamp->len));
	raw->wrong = pm_slice_trim(pm_slice_sub(text, 0, stamp->len));
	while (raw->wrong.len &&
		memchr(": ,-|", raw->wrong.ptr[raw->wrong.len - 1], 5))
		raw->wrong.len--;
	c->dotted = c->dotted || stamp->clock.dotted;
	return raw;
}

void pm_timeline_add_day(struct pm_body *body, struct pm_raw_timeline *out,
	const struct pm_stamp_date *day)
{
	struct pm_collector c = {.body = body, .md = body->md, .out = out};
	struct pm_stamp stamp = {.date = *day};

	pm_collect_add(&c, PM_RAW_DAY, (struct pm_slice){NULL, 0}, &stamp);
}

bool pm_collect_odd(
	struct pm_collector *c, enum pm_raw_form form, struct pm_slice text)
{
	struct pm_stamp stamp = {.len = pm_stamp_odd(text)};

	/* Elsewhere a story goes by months; alone one heads the days below. */
	if (!stamp.len && c->named) {
		stamp.len = pm_stamp_month(text);
		if (stamp.len == text.len && form != PM_RAW_ROW)
			return false;
	}
	if (!stamp.len)
		return false;
	pm_collect_add(c, form, text, &stamp)->unreadable = true;
	return true;
}

/* The line of an item as written, without the signs of its list. */
static struct pm_slice item_line(
	const struct pm_collector *c, const struct pm_md_block *item)
{
	struct pm_slice line =
		pm_lines_text(&c->body->doc->own->lines, item->line);
	size_t off = 0;

	while (off < line.len && memchr(" \t-*+>", line.ptr[off], 6))
		off++;
	return pm_slice_from(line, off);
}

/* True for the inner item of "2. 16. mars", which is a list in an item. */
static bool in_numbered(
	const struct pm_collector *c, const struct pm_md_block *item)
{
	size_t outer = c->md->blocks[item->parent].parent;

	return outer != SIZE_MAX && c->md->blocks[outer].kind == PM_MD_ITEM &&
	       c->md->blocks[outer].line == item->line;
}

/* The dates that Markdown takes apart: "16. mars" is the sixteenth item of a
   list to it. */
static bool numbered_date(struct pm_collector *c,
	const struct pm_md_block *item, struct pm_stamp *stamp)
{
	struct pm_slice line = item_line(c, item);

	if (in_numbered(c, item))
		line = pm_stamp_behind_number(line, c->mode);
	if (pm_stamp_behind_number(line, c->mode).len < line.len ||
		!pm_stamp_read(line, c->mode, stamp) || !stamp->date.given)
		return false;
	pm_collect_add(c, PM_RAW_ITEM, line, stamp);
	return true;
}

/* "- [10:05]: Deployed", with one word or an address behind it, is where a link
   leads to Markdown, and the item is empty. */
static bool bracketed_as_link(struct pm_collector *c,
	const struct pm_md_block *item, struct pm_stamp *stamp)
{
	struct pm_slice line =
		pm_stamp_behind_number(item_line(c, item), c->mode);

	if (!pm_slice_starts(line, "[") ||
		!pm_stamp_read(line, c->mode, stamp) ||
		!pm_stamp_has_clock(stamp))
		return false;
	pm_collect_add(c, PM_RAW_ITEM, line, stamp);
	return true;
}

/* "- Late evening: the queue is empty", once a time has been told. */
static bool told_of_day(struct pm_collector *c, struct pm_slice words,
	size_t text, struct pm_stamp *stamp)
{
	if (!c->named || !c->out->count)
		return false;
	if (!pm_stamp_told_day(words, stamp))
		return pm_collect_led_item(c, text, stamp);
	pm_collect_add(c, PM_RAW_ITEM, words, stamp);
	return true;
}

/* A line of a paragraph without what may stand before its time. */
static struct pm_slice from_time(
	const struct pm_collector *c, struct pm_slice text)
{
	/* "| 10:02 | paused |" of a table that Markdown sees none in. */
	if (text.len > 1 && text.ptr[0] == '|' && pm_slice_ends(text, "|"))
		text = pm_slice_trim(pm_slice_sub(text, 0, text.len - 1));
	return pm_time_behind_block(pm_day_behind_label(pm_stamp_behind_number(
		text, c->mode & ~(unsigned)PM_STAMP_LOOSE)));
}

/* An item without a stamp, in a list below a day. */
static bool undated_item(struct pm_collector *c, size_t at)
{
	size_t text = pm_body_item_text(c->body, at);

	return c->md->blocks[at].parent == c->day_list && text != SIZE_MAX &&
	       pm_collect_of_day(
		       c, pm_slice_trim(pm_md_read(c->md, text)->text));
}

/* "**Tuesday**", "Next day": the day of what stands below. */
static bool bare_day(struct pm_collector *c, struct pm_slice text, bool heading)
{
	struct pm_stamp stamp;

	if ((!c->named && !c->out->count) ||
		!pm_stamp_bare_day(text, heading, &stamp))
		return false;
	pm_collect_add(c, PM_RAW_DAY, (struct pm_slice){NULL, 0}, &stamp);
	return true;
}

/* The bytes at the head of a text that are bold, as a label is. */
static size_t bold_head(
	const struct pm_collector *c, const struct pm_md_block *block)
{
	const struct pm_md_run *run = &c->md->runs[block->run];

	return block->nruns && run->style & PM_MD_STRONG &&
			       run->text.ptr == block->text.ptr
		       ? run->text.len
		       : 0;
}

static void item_entry(struct pm_collector *c, size_t at)
{
	const struct pm_md_block *item = &c->md->blocks[at];
	size_t text = pm_body_item_text(c->body, at);
	bool ordered = c->md->blocks[item->parent].ordered;
	struct pm_raw_entry *raw;
	struct pm_stamp stamp;
	bool found;

	found = (ordered && numbered_date(c, item, &stamp)) ||
		(item->end == at + 1 && bracketed_as_link(c, item, &stamp));
	if (!found && text != SIZE_MAX) {
		struct pm_slice words = pm_time_behind_block(
			pm_day_behind_label(pm_md_read(c->md, text)->text));

		found = pm_stamp_read(words, c->mode, &stamp);
		c->bold = bold_head(c, &c->md->blocks[text]);
		if (!found && item->end > c->md->blocks[text].end &&
			bare_day(c, words, false))
			return;
		if (found)
			pm_collect_add(c, PM_RAW_ITEM, words, &stamp);
		else
			/* Times in what elaborates an entry are its own. */
			found = (at >= c->told &&
					(pm_collect_labelled(c, words,
						 PM_RAW_ITEM, &stamp) ||
						pm_collect_ended(
							c, words, &stamp) ||
						told_of_day(c, words, text,
							&stamp))) ||
				pm_collect_odd(c, PM_RAW_ITEM, words);
	}
	c->bold = 0;
	if (!found && !undated_item(c, at))
		return;
	if (found && at >= c->told && pm_stamp_has_clock(&stamp))
		c->told = item->end;
	raw = &c->out->entries[c->out->count - 1];
	raw->line = item->line;
	raw->end_line =
		text != SIZE_MAX ? c->md->blocks[text].end_line : item->line;
}

/* "#### Afternoon: the mail is back" among "#### 11:32 ...". */
static bool told_among_headings(const struct pm_collector *c,
	struct pm_slice text, struct pm_stamp *stamp)
{
	const struct pm_raw_timeline *out = c->out;

	return c->named && out->count &&
	       out->entries[out->count - 1].form == PM_RAW_HEADING &&
	       pm_stamp_told_day(text, stamp);
}

static void heading_entry(struct pm_collector *c, size_t at)
{
	const struct pm_md_block *block = &c->md->blocks[at];
	struct pm_slice text = pm_day_behind_label(
		pm_stamp_behind_number(block->text, c->mode));
	struct pm_raw_entry *raw;
	struct pm_stamp stamp;

	if (!pm_stamp_read(text, c->mode, &stamp) &&
		(bare_day(c, text, true) ||
			!told_among_headings(c, text, &stamp)))
		return;
	raw = pm_collect_add(c, PM_RAW_HEADING, text, &stamp);
	raw->line = block->line;
	raw->end_line = block->end_line;
}

void pm_timeline_add_heading(
	struct pm_body *body, struct pm_raw_timeline *out, size_t heading)
{
	struct pm_collector c = {.body = body,
		.md = body->md,
		.out = out,
		.mode = PM_STAMP_LOOSE};
	size_t before = out->count;

	heading_entry(&c, heading);
	if (out->count > before)
		pm_collect_below(&c, heading, body->md->nblocks);
}

/* "May 3, 2026 The alert was changed": a whole date that nothing stands
   before, as a sentence does not begin. */
static bool begins_with_day(struct pm_slice line, const struct pm_stamp *stamp)
{
	struct pm_scan scan = {line, 0, false};
	struct pm_stamp_date date;

	return stamp->date.year && stamp->date.day &&
	       pm_scan_date(&scan, &date);
}

/* "Day 2:" and nothing else, which no sentence is. */
static bool counted_day(const struct pm_collector *c, struct pm_slice line,
	struct pm_stamp *stamp)
{
	enum { DAY_MAX = 24 };

	return line.len <= DAY_MAX &&
	       pm_stamp_read(line, c->mode | PM_STAMP_LOOSE, stamp) &&
	       stamp->date.nth && stamp->len >= line.len;
}

bool pm_collect_stamp(const struct pm_collector *c, struct pm_slice line,
	struct pm_stamp *stamp)
{
	if (counted_day(c, line, stamp))
		return true;
	/* "[The morning] ..." among "[18:27] ..." */
	if (c->out->count && pm_stamp_bracketed_day(line, stamp))
		return true;
	if (c->prose)
		return pm_stamp_read(line, c->mode, stamp) &&
		       (pm_stamp_has_clock(stamp) ||
			       begins_with_day(line, stamp));
	return pm_stamp_read(
		       line, c->mode & ~(unsigned)PM_STAMP_LOOSE, stamp) &&
	       (pm_stamp_has_clock(stamp) || stamp->marked);
}

/* The next line with text of what is read of a paragraph. */
static bool next_line(const struct pm_collector *c,
	const struct pm_md_block *block, size_t *run, struct pm_text_line *line)
{
	while (*run < block->nruns) {
		*line = pm_body_text_line(c->body, block, run);
		if (line->line > c->behind && line->line < c->before)
			return true;
	}
	return false;
}

/* True for a line of a paragraph that is an entry; what stands before its stamp
   is cut off the line. */
static bool stamped_line(const struct pm_collector *c,
	struct pm_text_line *line, struct pm_stamp *stamp)
{
	struct pm_text_line whole = *line;
	bool may_be;

	line->text = from_time(c, line->text);
	may_be = pm_stamp_may_be(line->text, c->mode);
	if (may_be)
		line->text = pm_day_before_remark(line->text);
	if (may_be ? pm_collect_stamp(c, line->text, stamp)
		   : c->out->count && pm_stamp_bracketed_day(line->text, stamp))
		return true;
	if (!pm_collect_led(c, &whole, stamp))
		return false;
	*line = whole;
	return true;
}

/* Lines of a paragraph that are entries, whether the first is one, and whether
   the stamp of one is set off from what follows. */
static size_t count_stamped(const struct pm_collector *c,
	const struct pm_md_block *block, bool *first, bool *set_off)
{
	size_t count = 0, lines = 0, run = 0;
	struct pm_text_line line;
	struct pm_stamp stamp;

	for (; next_line(c, block, &run, &line); lines++) {
		size_t len = line.text.len;
		bool stamped = stamped_line(c, &line, &stamp);

		if (lines == 0)
			*first = stamped;
		count += stamped;
		*set_off |= stamped && stamp.marked && stamp.len < len;
	}
	return count;
}

/* "First alert: 10:02" on every line of a paragraph. One line that does not
   end in a time makes them prose. */
static void labelled_lines(struct pm_collector *c, size_t at)
{
	const struct pm_md_block *block = pm_md_read(c->md, at);
	size_t before = c->out->count;

	for (size_t run = 0; run < block->nruns;) {
		struct pm_text_line line =
			pm_body_text_line(c->body, block, &run);
		struct pm_stamp stamp;
		struct pm_raw_entry *raw;

		if (!line.line || !memchr(line.text.ptr, ':', line.text.len) ||
			!pm_collect_labelled(
				c, line.text, PM_RAW_PARAGRAPH, &stamp)) {
			c->out->count = before;
			return;
		}
		raw = &c->out->entries[c->out->count - 1];
		raw->line = raw->end_line = line.line;
	}
	if (c->out->count - before < (c->prose && c->named ? 1 : 2))
		c->out->count = before;
}

/* The paragraph above that begins the update whose end a paragraph is; the same
   paragraph when none does. */
static size_t begin_of_update(const struct pm_collector *c, size_t at)
{
	enum { PARAGRAPHS = 4 };
	const struct pm_md_block *blocks = c->md->blocks;
	size_t first = at;

	for (int i = 0; i < PARAGRAPHS; i++) {
		struct pm_stamp stamp;
		size_t off;

		if (pm_begins_update(pm_md_read(c->md, first)->text))
			return first;
		if (first == 0 || blocks[first - 1].kind != PM_MD_PARAGRAPH ||
			blocks[first - 1].parent != blocks[at].parent ||
			pm_stamp_at_end(pm_md_read(c->md, first - 1)->text,
				&off, &stamp))
			break;
		first--;
	}
	return at;
}

/* A paragraph that says last when it was, on a line of its own or behind what
   a status page says. */
static void dated_last(struct pm_collector *c, size_t at)
{
	const struct pm_md_block *block = pm_md_read(c->md, at);
	struct pm_text_line line, last = {.line = 0};
	struct pm_slice text = {NULL, 0};
	struct pm_raw_entry *raw;
	struct pm_stamp stamp;
	size_t off, run = 0, first;
	bool update;

	while (next_line(c, block, &run, &line)) {
		if (!last.line)
			text = line.text;
		last = line;
	}
	if (!last.line)
		return;
	/* Only what a status page says has it behind, on the same line. */
	update = pm_begins_update(text);
	if ((!update && last.text.ptr == text.ptr) ||
		!pm_stamp_at_end(last.text, &off, &stamp) || (off && !update) ||
		last.text.ptr + off == text.ptr)
		return;
	text.len = (size_t)(last.text.ptr + off - text.ptr);
	first = begin_of_update(c, at);
	if (first != at)
		text = pm_md_read(c->md, first)->text;
	raw = pm_collect_add(
		c, PM_RAW_PARAGRAPH, pm_slice_from(last.text, off), &stamp);
	raw->text = pm_slice_trim(text);
	raw->line = c->md->blocks[first].line;
	raw->end_line = last.line;
}

/* True where the entries before were lines of paragraphs as well: there one
   line with a stamp that is set off may stand below what was quoted last. */
static bool continues(const struct pm_collector *c, bool set_off)
{
	return set_off && c->out->count &&
	       c->out->entries[c->out->count - 1].form == PM_RAW_PARAGRAPH;
}

/* A paragraph whose first line is stamped, or several of whose lines are. */
static void paragraph_entries(struct pm_collector *c, size_t at)
{
	const struct pm_md_block *block = pm_md_read(c->md, at);
	struct pm_raw_entry *raw = NULL;
	bool first = false, set_off = false;
	size_t stamped = count_stamped(c, block, &first, &set_off), run = 0;
	struct pm_text_line line;

	if (!stamped && c->prose)
		labelled_lines(c, at);
	if (!first && stamped < 2 && !c->prose)
		dated_last(c, at);
	if (!stamped || (!first && stamped < 2 && !continues(c, set_off)))
		return;
	while (next_line(c, block, &run, &line)) {
		struct pm_stamp stamp;

		if (stamped_line(c, &line, &stamp)) {
			raw = pm_collect_add(
				c, PM_RAW_PARAGRAPH, line.text, &stamp);
			raw->line = line.line;
		} else if (raw) {
			/* The lines are slices of one text. Below a term of a
			   list of definitions they begin with a colon. */
			if (!raw->text.len)
				raw->text.ptr =
					line.text.ptr +
					2 * pm_slice_starts(line.text, ": ");
			raw->text.len = (size_t)(line.text.ptr + line.text.len -
						 raw->text.ptr);
		}
		if (raw)
			raw->end_line = line.line;
	}
}

/* The line of a code block's first text: a fence comes before it. */
static unsigned code_line(const struct pm_md_block *block)
{
	unsigned lines = 0;

	for (size_t i = 0; i < block->literal.len; i++)
		lines += block->literal.ptr[i] == '\n';
	return block->line + (block->end_line - block->line + 1 > lines);
}

/* Lines of a code block; at least two must be stamped, or it is a log line
   somebody quoted. */
static void code_entries(struct pm_collector *c, size_t at)
{
	const struct pm_md_block *block = &c->md->blocks[at];
	size_t before = c->out->count;
	struct pm_slice rest = block->literal, line;
	unsigned number = code_line(block);

	while (pm_slice_line(&rest, &line)) {
		struct pm_stamp stamp;
		struct pm_raw_entry *raw;

		line = pm_slice_trim(line);
		if (line.len > 2 && memchr("-*+", line.ptr[0], 3) &&
			line.ptr[1] == ' ')
			line = pm_slice_trim(pm_slice_from(line, 2));
		if (pm_collect_stamp(c, line, &stamp)) {
			raw = pm_collect_add(c, PM_RAW_CODE, line, &stamp);
			raw->line = raw->end_line = number;
			/* "2026-11-22 (times in UTC)" heads those below. */
			if (!pm_stamp_has_clock(&stamp) &&
				pm_slice_starts(raw->text, "(") &&
				pm_slice_ends(raw->text, ")"))
				raw->text.len = 0;
		}
		number++;
	}
	if (c->out->count - before < 2)
		c->out->count = before;
}

static void read_block(struct pm_collector *c, size_t at)
{
	const struct pm_md_block *block = &c->md->blocks[at];

	switch (block->kind) {
	case PM_MD_HEADING:
		if (at != c->body->title)
			heading_entry(c, at);
		break;
	case PM_MD_ITEM:
		item_entry(c, at);
		break;
	case PM_MD_PARAGRAPH:
		if (block->parent == c->base &&
			!bare_day(c, pm_md_read(c->md, at)->text, false))
			paragraph_entries(c, at);
		break;
	case PM_MD_TABLE:
		pm_collect_table(c, at);
		break;
	default:
		break;
	}
}

static void read_blocks(struct pm_collector *c, size_t first, size_t end)
{
	c->told = 0;
	c->day_list = SIZE_MAX;
	for (size_t i = first; i < end; i++) {
		size_t before = c->out->count;

		read_block(c, i);
		if (c->out->count > before)
			pm_collect_below(c, i, end);
		if (c->md->blocks[i].kind == PM_MD_QUOTE ||
			c->md->blocks[i].kind == PM_MD_TABLE)
			i = c->md->blocks[i].end - 1;
	}
}

/* Entries in quotes, where the section holds nothing else; one alone is
   something that somebody said. */
static void quote_entries(struct pm_collector *c, size_t first, size_t end)
{
	size_t before = c->out->count, base = c->base;

	for (size_t i = first; i < end; i++) {
		if (c->md->blocks[i].kind != PM_MD_QUOTE)
			continue;
		c->base = i;
		read_blocks(c, i + 1, c->md->blocks[i].end);
		i = c->md->blocks[i].end - 1;
	}
	c->base = base;
	if (c->out->count - before < 2)
		c->out->count = before;
}

/* True when no entry from one on is an item, a row or a heading. */
static bool only_paragraphs(const struct pm_raw_timeline *raw, size_t from)
{
	for (size_t i = from; i < raw->count; i++)
		if (raw->entries[i].form != PM_RAW_PARAGRAPH &&
			raw->entries[i].form != PM_RAW_DAY)
			return false;
	return true;
}

/* The lines below a key in its own paragraph, as far as the next key. */
static void read_below_key(struct pm_collector *c, size_t section)
{
	const struct pm_doc *doc = c->body->doc;
	const struct pm_body_section *extra = &c->body->sections[section];
	unsigned before = c->before;

	if (c->md->blocks[extra->heading].kind != PM_MD_PARAGRAPH)
		return;
	c->behind = doc->sections[section].line;
	if (section + 1 < doc->nsections && extra[1].heading == extra->heading)
		c->before = doc->sections[section + 1].line;
	paragraph_entries(c, extra->heading);
	c->behind = 0;
	c->before = before;
}

/* Puts what was read again in the place of what was read first. */
static void keep_second(
	struct pm_raw_timeline *out, size_t first, size_t second)
{
	size_t count = out->count - second;

	memmove(&out->entries[first], &out->entries[second],
		count * sizeof *out->entries);
	out->count = first + count;
}

/*
 * "At 10:02 we saw ..." is a sentence beside a list of times, or in a section
 * that is called something else, but entries where a timeline holds nothing
 * else. One of them alone is still a sentence.
 */
static void read_prose(
	struct pm_collector *c, size_t section, size_t before, size_t end)
{
	const struct pm_section *sec = &c->body->doc->sections[section];
	const struct pm_body_section *extra = &c->body->sections[section];
	size_t strict = c->out->count;

	if (!(sec->roles & 1u << PM_SECTION_TIMELINE) ||
		!only_paragraphs(c->out, before))
		return;
	c->prose = true;
	read_below_key(c, section);
	read_blocks(c, extra->first, end);
	if (c->out->count - strict >= 2 &&
		c->out->count - strict > strict - before)
		keep_second(c->out, before, strict);
	else
		c->out->count = strict;
}

/* True for figures that are no amounts: of a column of times, or with a zero
   before them. */
static bool shows_clocks(const struct pm_collector *c, size_t from)
{
	const struct pm_raw_timeline *out = c->out;
	size_t clocks = 0;
	bool zero = c->time_column;

	for (size_t i = from; i < out->count; i++) {
		const struct pm_raw_entry *raw = &out->entries[i];

		if (raw->stamp.clock.precision == PM_PRECISION_NONE)
			continue;
		clocks++;
		zero = zero || (raw->wrong.len && raw->wrong.ptr[0] == '0');
	}
	return clocks >= BARE_LEAST && zero;
}

/*
 * "0412 the mains fail": four figures are an amount or a year, but clocks where
 * a timeline has no others and the figures show that they are.
 */
static void read_bare(
	struct pm_collector *c, size_t section, size_t before, size_t end)
{
	size_t first = c->out->count;

	for (size_t i = before; i < first; i++)
		if (pm_stamp_has_clock(&c->out->entries[i].stamp) &&
			!c->out->entries[i].stamp.clock.bare)
			return;
	c->mode |= PM_STAMP_BARE;
	read_below_key(c, section);
	read_blocks(c, c->body->sections[section].first, end);
	if (shows_clocks(c, first))
		keep_second(c->out, before, first);
	else
		c->out->count = first;
	c->mode &= ~(unsigned)PM_STAMP_BARE;
}

/* True when all entries from one on stand behind a label, or there are none. */
static bool only_labels(const struct pm_raw_timeline *raw, size_t from)
{
	for (size_t i = from; i < raw->count; i++)
		if (!raw->entries[i].label)
			return false;
	return true;
}

/* A chat looks like labels with times to who reads line by line. */
static void read_chat(
	struct pm_collector *c, size_t before, size_t first, size_t end)
{
	size_t labels = c->out->count;

	pm_collect_chat(c, first, end);
	if (c->out->count - labels > labels - before)
		keep_second(c->out, before, labels);
	else
		c->out->count = labels;
}

/*
 * A section may end within a paragraph, above the key of the next one. Returns
 * the block behind it then, and the line that it ends before.
 */
static size_t end_in_paragraph(const struct pm_body *body, size_t section,
	size_t end, unsigned *before)
{
	const struct pm_doc *doc = body->doc;

	for (size_t i = section + 1;
		i < doc->nsections && body->sections[i].heading <= end; i++) {
		if (body->sections[i].heading < end)
			continue;
		if (doc->sections[i].line == body->md->blocks[end].line)
			break;
		*before = doc->sections[i].line;
		return end + 1;
	}
	return end;
}

/* Fewer figures with a point are versions, or amounts of something. */
enum { DOTTED_LEAST = 2 };

void pm_timeline_collect(struct pm_body *body, size_t section, size_t end,
	struct pm_raw_timeline *out)
{
	size_t first = body->sections[section].first;
	struct pm_collector c = {.body = body,
		.md = body->md,
		.out = out,
		.base = body->md->blocks[first - 1].parent,
		.mode = PM_STAMP_LOOSE,
		.named = body->doc->sections[section].roles &
			 1u << PM_SECTION_TIMELINE,
		.before = UINT_MAX};
	size_t before = out->count;

	end = end_in_paragraph(body, section, end, &c.before);
	read_below_key(&c, section);
	read_blocks(&c, first, end);
	if (c.dotted || (out->count == before && c.named)) {
		/* 10.45 was a time, so 9.15 is one as well; and so it is, a
		   second time, where a timeline has no others. */
		size_t least = c.dotted ? 0 : DOTTED_LEAST;

		out->count = before;
		c.mode |= PM_STAMP_DOTS;
		read_below_key(&c, section);
		read_blocks(&c, first, end);
		if (out->count - before < least) {
			out->count = before;
			c.mode &= ~(unsigned)PM_STAMP_DOTS;
		}
	}
	if (c.named)
		read_bare(&c, section, before, end);
	read_prose(&c, section, before, end);
	if (c.named && only_labels(out, before))
		read_chat(&c, before, first, end);
	if (out->count > before)
		return;
	/* "Timeline:" right above a block names that one, and no log below. */
	if (first < end && c.md->blocks[first].kind == PM_MD_CODE &&
		c.md->blocks[first - 1].kind == PM_MD_PARAGRAPH)
		end = first + 1;
	/* "What happened" with a log in it quotes that. */
	for (size_t i = first; i < end && c.named; i++)
		if (c.md->blocks[i].kind == PM_MD_CODE)
			code_entries(&c, i);
	if (out->count == before)
		quote_entries(&c, first, end);
	if (out->count == before && c.named)
		pm_timeline_add_phases(body, first, end, out);
}

void pm_timeline_collect_blocks(struct pm_body *body, size_t first, size_t end,
	struct pm_raw_timeline *out)
{
	struct pm_collector c = {.body = body,
		.md = body->md,
		.out = out,
		.base = SIZE_MAX,
		.mode = PM_STAMP_LOOSE,
		.before = UINT_MAX};

	read_blocks(&c, first, end);
}
