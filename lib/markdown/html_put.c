/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of raw HTML put down as Markdown, tag by tag: a table as a table, a
 * list as a list, everything else as paragraphs with their bold words and
 * links. It need not be valid: what is not closed ends where the next of its
 * kind begins.
 */
#include "markdown/html.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"

/* Bytes of a link's address, and of a cell that is told again below. */
enum { URL_MAX = 500, SPAN_MAX = 200 };

static void end_line(struct pm_md_html *h, struct pm_slice text, unsigned line)
{
	h->lines =
		pm_arena_grow(h->arena, h->lines, h->nlines, sizeof *h->lines);
	h->lines[h->nlines++] = line;
	pm_buf_add_slice(&h->out, text);
	pm_buf_addc(&h->out, '\n');
	h->blank = !pm_slice_trim(text).len;
	h->words = h->words || !h->blank;
}

static char last(const struct pm_md_html *h)
{
	return h->row.len ? h->row.ptr[h->row.len - 1] : ' ';
}

static bool is_word(char c)
{
	return c & 0x80 || pm_is_letter(c) || pm_is_digit(c);
}

static void cut_blanks(struct pm_md_html *h)
{
	while (h->row.len > h->cell_at && last(h) == ' ')
		pm_buf_truncate(&h->row, h->row.len - 1);
}

static void end_bold(struct pm_md_html *h)
{
	if (h->bold && !h->bold_due) {
		cut_blanks(h);
		pm_buf_adds(&h->row, "**");
	}
	h->bold = h->bold_due = false;
}

static void end_link(struct pm_md_html *h)
{
	if (!h->url.len)
		return;
	cut_blanks(h);
	if (h->row.len > h->link_at) {
		pm_buf_adds(&h->row, "](<");
		pm_buf_add_slice(&h->row, h->url);
		pm_buf_adds(&h->row, ">)");
	} else if (h->row.len) {
		pm_buf_truncate(&h->row, h->row.len - 1);
	}
	h->url.len = 0;
}

/* True for "-----", which would make a heading of the line above. */
static bool is_rule(struct pm_slice row)
{
	for (size_t i = 0; i < row.len; i++)
		if (row.ptr[i] != row.ptr[0] || !memchr("-=", row.ptr[i], 2))
			return false;
	return row.len > 0;
}

/* Ends the line. */
static void flush(struct pm_md_html *h)
{
	end_bold(h);
	end_link(h);
	if (is_rule(pm_slice_trim(pm_buf_slice(&h->row))))
		pm_buf_reset(&h->row);
	if (h->line)
		end_line(h, pm_buf_slice(&h->row), h->line);
	pm_buf_reset(&h->row);
	h->cell_at = 0;
	h->line = 0;
	h->item = false;
}

/* And the paragraph with it. */
static void part(struct pm_md_html *h)
{
	flush(h);
	h->listed = false;
	if (!h->blank)
		end_line(h, (struct pm_slice){NULL, 0}, 0);
}

static bool in_row(const struct pm_md_html *h)
{
	return h->table && h->cell;
}

static void add(struct pm_md_html *h, char c, unsigned line)
{
	if (!h->line)
		h->line = line;
	if (h->bold_due) {
		/* Before a sign, stars behind a word would not open. */
		if (is_word(last(h)) && !is_word(c))
			pm_buf_addc(&h->row, ' ');
		pm_buf_adds(&h->row, "**");
		h->bold_due = false;
	} else if (!h->bold && last(h) == '*' && is_word(c) && h->row.len > 2 &&
		   !is_word(h->row.ptr[h->row.len - 3])) {
		pm_buf_addc(&h->row, ' ');
	}
	/* "## Impact" in HTML is no heading. */
	if (c == '<' || (c == '|' && in_row(h)) || (c == '#' && !h->row.len))
		pm_buf_addc(&h->row, '\\');
	pm_buf_addc(&h->row, c);
}

void pm_md_html_put(struct pm_md_html *h, char c, unsigned line)
{
	bool flows = in_row(h) || h->item;

	/* Between the cells of a table nothing is said. */
	if (h->table && !h->cell)
		return;
	if (c == '\n' && !flows) {
		if (h->line)
			flush(h);
		else
			part(h);
		return;
	}
	if (c == '\n' || c == '\t' || c == '\r')
		c = ' ';
	if (c != ' ') {
		add(h, c, line);
		h->listed = h->listed ||
			    (!flows && h->row.len == 1 && memchr("-*+", c, 3));
	} else if (h->line ? h->row.len > h->cell_at && last(h) != ' '
			   : h->listed) {
		/* What is indented below an item may be of it. */
		pm_buf_addc(&h->row, ' ');
	}
}

static void add_span(struct pm_md_html *h, struct pm_slice words)
{
	pm_buf_add_slice(&h->row, words);
	pm_buf_adds(&h->row, " |");
	h->cells++;
}

/* The cells of this row that began in a row above. */
static void add_spans(struct pm_md_html *h)
{
	while (h->cells < PM_HTML_COLUMNS && h->left[h->cells]) {
		h->left[h->cells]--;
		pm_buf_addc(&h->row, ' ');
		add_span(h, h->spans[h->cells]);
	}
}

static void end_cell(struct pm_md_html *h)
{
	struct pm_slice words;

	if (!h->cell)
		return;
	end_bold(h);
	end_link(h);
	words = pm_slice_from(pm_buf_slice(&h->row), h->cell_at);
	if (words.len > SPAN_MAX)
		words.len = 0;
	if (h->rowspan > 1 && h->cells < PM_HTML_COLUMNS) {
		h->spans[h->cells] = pm_arena_slice(h->arena, words);
		h->left[h->cells] = h->rowspan - 1;
	}
	pm_buf_adds(&h->row, " |");
	h->cells++;
	for (; h->colspan > 1 && h->cells < PM_HTML_COLUMNS; h->colspan--)
		add_span(h, (struct pm_slice){NULL, 0});
	h->cell = false;
}

/* The line below the header, of as many cells as the row has. */
static void end_header(struct pm_md_html *h, const char *cell, unsigned line)
{
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_addc(&text, '|');
	for (size_t i = 0; i < h->cells; i++)
		pm_buf_adds(&text, cell);
	end_line(h, pm_buf_slice(&text), line);
	pm_buf_release(&text);
}

static void end_row(struct pm_md_html *h)
{
	unsigned line = h->line;

	if (!line)
		return;
	end_cell(h);
	add_spans(h);
	if (!h->cells) {
		pm_buf_reset(&h->row);
		h->line = 0;
		return;
	}
	if (!h->rows && !h->head) {
		end_header(h, "   |", line);
		end_header(h, "---|", line);
	}
	flush(h);
	if (!h->rows && h->head)
		end_header(h, "---|", line);
	h->rows++;
	h->cells = 0;
}

static void begin_row(struct pm_md_html *h, unsigned line)
{
	if (!h->table) {
		part(h);
		h->table = true;
		h->rows = 0;
		memset(h->left, 0, sizeof h->left);
	}
	end_row(h);
	h->line = line;
	h->head = false;
	h->cells = 0;
	pm_buf_addc(&h->row, '|');
	h->cell_at = h->row.len;
}

static void end_table(struct pm_md_html *h)
{
	if (!h->table)
		return;
	end_row(h);
	h->table = false;
	part(h);
}

/* The value of an attribute, "2" of "td rowspan="2""; empty: it has none. */
static struct pm_slice attribute(struct pm_slice tag, const char *name)
{
	struct pm_slice none = {NULL, 0};
	size_t len = strlen(name), end;

	for (size_t i = 1; i + len + 1 < tag.len; i++) {
		char quote;

		if (tag.ptr[i - 1] != ' ' || tag.ptr[i + len] != '=' ||
			strncasecmp(tag.ptr + i, name, len) != 0)
			continue;
		i += len + 1;
		quote = tag.ptr[i];
		if (quote != '"' && quote != '\'')
			quote = ' ';
		else
			i++;
		for (end = i; end < tag.len && tag.ptr[end] != quote; end++)
			;
		return pm_slice_sub(tag, i, end - i);
	}
	return none;
}

/* "2" of "colspan=2", no more than there may be of them. */
static unsigned number(struct pm_slice tag, const char *name)
{
	struct pm_slice text = attribute(tag, name);
	unsigned value = 0;

	for (size_t i = 0; i < text.len && pm_is_digit(text.ptr[i]); i++)
		if (value < PM_HTML_COLUMNS)
			value = value * 10 + (unsigned)(text.ptr[i] - '0');
	return value < PM_HTML_COLUMNS ? value : PM_HTML_COLUMNS;
}

static void begin_cell(
	struct pm_md_html *h, struct pm_slice tag, unsigned line, bool head)
{
	if (!h->table || !h->line)
		begin_row(h, line);
	end_cell(h);
	add_spans(h);
	/* More of them are words of the last one. */
	if (h->cells >= PM_HTML_COLUMNS)
		return;
	h->head = h->head || head;
	h->rowspan = number(tag, "rowspan");
	h->colspan = number(tag, "colspan");
	pm_buf_addc(&h->row, ' ');
	h->cell_at = h->row.len;
	h->cell = true;
}

/* A new line within a row or an item. */
static void add_break(struct pm_md_html *h)
{
	if (h->row.len > h->cell_at && !h->bold_due)
		pm_buf_adds(&h->row, "<br>");
}

static void begin_item(struct pm_md_html *h, unsigned line)
{
	unsigned depth = h->depth ? h->depth - 1 : 0;

	if (in_row(h)) {
		add_break(h);
		return;
	}
	flush(h);
	if (depth >= PM_HTML_DEPTH)
		depth = PM_HTML_DEPTH - 1;
	for (unsigned i = 0; i < depth; i++)
		pm_buf_adds(&h->row, "    ");
	pm_buf_adds(&h->row, h->ordered[depth] ? "1. " : "- ");
	h->cell_at = h->row.len;
	h->line = line;
	h->item = true;
}

static void begin_list(struct pm_md_html *h, bool ordered)
{
	if (in_row(h))
		return;
	if (h->depth)
		flush(h);
	else
		part(h);
	if (h->depth < PM_HTML_DEPTH)
		h->ordered[h->depth] = ordered;
	h->depth++;
}

static void end_list(struct pm_md_html *h)
{
	if (in_row(h))
		return;
	flush(h);
	if (h->depth && --h->depth == 0)
		part(h);
}

static void begin_link(struct pm_md_html *h, struct pm_slice tag, unsigned line)
{
	struct pm_slice url = attribute(tag, "href");

	end_link(h);
	if (!url.len || url.len > URL_MAX || (h->table && !h->cell))
		return;
	for (size_t i = 0; i < url.len; i++)
		if (memchr("<>\\\n\r", url.ptr[i], 5))
			return;
	add(h, '[', line);
	h->link_at = h->row.len;
	h->url = url;
}

/* A box, ticked or not, where an item or a cell begins. */
static void add_box(struct pm_md_html *h, struct pm_slice tag, unsigned line)
{
	bool ticked = pm_slice_find_text(tag, 0, pm_slice_str("checked")) >= 0;

	if (pm_slice_find_text(tag, 0, pm_slice_str("checkbox")) < 0 ||
		(h->table && !h->cell))
		return;
	if (!h->line && !h->table)
		begin_item(h, line);
	if (h->row.len > h->cell_at)
		return;
	pm_buf_adds(&h->row, ticked ? "[x] " : "[ ] ");
	h->cell_at = h->row.len;
}

enum tag {
	TAG_BLOCK,
	TAG_BOLD,
	TAG_BREAK,
	TAG_CELL,
	TAG_CODE,
	TAG_HEAD,
	TAG_INPUT,
	TAG_ITEM,
	TAG_LINK,
	TAG_ORDERED,
	TAG_ROW,
	TAG_STRUCK,
	TAG_TABLE,
	TAG_LIST,
	TAG_OTHER,
};

static enum tag kind_of(struct pm_slice name)
{
	static const struct {
		const char *name;
		enum tag tag;
	} tags[] = {
		{"a", TAG_LINK},
		{"article", TAG_BLOCK},
		{"aside", TAG_BLOCK},
		{"b", TAG_BOLD},
		{"blockquote", TAG_BLOCK},
		{"br", TAG_BREAK},
		{"center", TAG_BLOCK},
		{"code", TAG_CODE},
		{"dd", TAG_BLOCK},
		{"del", TAG_STRUCK},
		{"details", TAG_BLOCK},
		{"div", TAG_BLOCK},
		{"dl", TAG_BLOCK},
		{"dt", TAG_BLOCK},
		{"hr", TAG_BLOCK},
		{"input", TAG_INPUT},
		{"li", TAG_ITEM},
		{"ol", TAG_ORDERED},
		{"p", TAG_BLOCK},
		{"s", TAG_STRUCK},
		{"section", TAG_BLOCK},
		{"strong", TAG_BOLD},
		{"table", TAG_TABLE},
		{"td", TAG_CELL},
		{"th", TAG_HEAD},
		{"tr", TAG_ROW},
		{"ul", TAG_LIST},
	};

	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		if (pm_slice_is_nocase(name, tags[i].name))
			return tags[i].tag;
	return TAG_OTHER;
}

static void begin_tag(
	struct pm_md_html *h, enum tag tag, struct pm_slice text, unsigned line)
{
	switch (tag) {
	case TAG_BOLD:
		h->bold = h->bold_due = !h->bold;
		break;
	case TAG_CELL:
	case TAG_HEAD:
		begin_cell(h, text, line, tag == TAG_HEAD);
		break;
	case TAG_INPUT:
		add_box(h, text, line);
		break;
	case TAG_ITEM:
		begin_item(h, line);
		break;
	case TAG_LINK:
		begin_link(h, text, line);
		break;
	case TAG_LIST:
	case TAG_ORDERED:
		begin_list(h, tag == TAG_ORDERED);
		break;
	case TAG_ROW:
		if (!in_row(h) || h->rows || h->cells)
			begin_row(h, line);
		break;
	case TAG_TABLE:
		if (!in_row(h))
			end_table(h);
		break;
	default:
		break;
	}
}

static void end_tag(struct pm_md_html *h, enum tag tag)
{
	switch (tag) {
	case TAG_BOLD:
		end_bold(h);
		break;
	case TAG_CELL:
	case TAG_HEAD:
		end_cell(h);
		break;
	case TAG_ITEM:
		if (!in_row(h))
			flush(h);
		break;
	case TAG_LINK:
		end_link(h);
		break;
	case TAG_LIST:
	case TAG_ORDERED:
		end_list(h);
		break;
	case TAG_ROW:
		end_row(h);
		break;
	case TAG_TABLE:
		end_table(h);
		break;
	default:
		break;
	}
}

void pm_md_html_tag(struct pm_md_html *h, struct pm_slice tag, unsigned line)
{
	bool end = pm_slice_starts(tag, "/");
	size_t len = end;
	enum tag kind;

	while (len < tag.len && !memchr(" \t\r\n/>", tag.ptr[len], 6))
		len++;
	kind = kind_of(pm_slice_sub(tag, end, len - end));
	if (kind == TAG_BLOCK || kind == TAG_BREAK) {
		if (in_row(h) || h->item)
			add_break(h);
		else if (kind == TAG_BREAK)
			flush(h);
		else if (!h->table)
			part(h);
	} else if (kind == TAG_CODE || kind == TAG_STRUCK) {
		if (h->line && (!h->table || h->cell))
			pm_buf_adds(&h->row, kind == TAG_CODE ? "`" : "~~");
	} else if (end) {
		end_tag(h, kind);
	} else {
		begin_tag(h, kind, tag, line);
	}
}

void pm_md_html_end(struct pm_md_html *h)
{
	end_table(h);
	flush(h);
}
