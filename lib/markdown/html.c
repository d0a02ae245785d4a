/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headings and tables written in HTML, which some prefer for the sake of an
 * alignment or because an editor made them: the block becomes the heading or
 * the table that it shows, with runs of text as Markdown would have given it.
 * Everything else in HTML stays a block of HTML. Tags are told by their names
 * only; what a browser would mend is not mended here.
 */
#include "markdown/private.h"

#include <string.h>

#include "base/ascii.h"

enum { NAME_MOST = 8 };

enum token_kind { TOKEN_END, TOKEN_TEXT, TOKEN_LINE, TOKEN_TAG, TOKEN_COMMENT };

struct token {
	enum token_kind kind;
	struct pm_slice text;     /* as written, brackets included */
	char name[NAME_MOST + 1]; /* of a tag, lower case; cut when longer */
	bool closing;
};

struct html {
	struct pm_md_walk *walk;
	struct pm_slice text;
	size_t off;
	unsigned line; /* of what comes next */
	bool no_tags;  /* nothing ends a tag from here on */
};

/* Reads the name of a tag; false when it is no tag. */
static bool read_name(struct token *token)
{
	struct pm_slice s = pm_slice_from(token->text, 1);
	size_t len = 0;

	token->closing = s.len && s.ptr[0] == '/';
	s = pm_slice_from(s, token->closing);
	while (len < s.len && len < NAME_MOST &&
		(pm_is_letter(s.ptr[len]) ||
			(len && pm_is_digit(s.ptr[len])))) {
		token->name[len] = pm_lower(s.ptr[len]);
		len++;
	}
	token->name[len] = '\0';
	return len > 0;
}

/* The next token of the block, and *html behind it. */
static struct token next_token(struct html *html)
{
	struct pm_slice rest = pm_slice_from(html->text, html->off);
	struct token token = {.kind = TOKEN_TEXT};
	size_t len = 0;
	ptrdiff_t end;

	if (!rest.len)
		return (struct token){.kind = TOKEN_END};
	if (rest.ptr[0] == '\n') {
		/* The indentation of the next line is no text. */
		token.kind = TOKEN_LINE;
		for (len = 1;
			len < rest.len && memchr(" \t", rest.ptr[len], 2);)
			len++;
	} else if (pm_slice_starts(rest, "<!--")) {
		end = pm_slice_find_text(rest, 4, pm_slice_str("-->"));
		token.kind = TOKEN_COMMENT;
		len = end < 0 ? rest.len : (size_t)end + 3;
	} else if (rest.ptr[0] == '<' && !html->no_tags) {
		end = pm_slice_find(rest, 0, '>');
		html->no_tags = end < 0;
		token.text = pm_slice_sub(rest, 0, (size_t)end + 1);
		if (end > 0 && read_name(&token)) {
			token.kind = TOKEN_TAG;
			len = (size_t)end + 1;
		}
	}
	if (token.kind == TOKEN_TEXT)
		for (len = 1; len < rest.len && rest.ptr[len] != '<' &&
			      rest.ptr[len] != '\n';)
			len++;
	token.text = pm_slice_sub(rest, 0, len);
	html->off += len;
	for (size_t i = 0; i < len; i++)
		html->line += rest.ptr[i] == '\n';
	return token;
}

static bool is_blank(struct pm_slice text)
{
	return pm_slice_trim(text).len == 0;
}

static bool is_tag(const struct token *token, const char *name, bool closing)
{
	return token->kind == TOKEN_TAG && token->closing == closing &&
	       strcmp(token->name, name) == 0;
}

/* 1 to 6 for a heading's tag, else 0. */
static unsigned heading_level(const struct token *token)
{
	bool is = token->kind == TOKEN_TAG && token->name[0] == 'h' &&
		  token->name[1] >= '1' && token->name[1] <= '6' &&
		  !token->name[2];

	return is ? (unsigned)(token->name[1] - '0') : 0;
}

/* Characters that documents write by name, for the most part. */
static const struct {
	const char *name, *text;
} entities[] = {
	{"&amp;", "&"},
	{"&gt;", ">"},
	{"&lt;", "<"},
	{"&nbsp;", " "},
	{"&quot;", "\""},
	{"&#39;", "'"},
};

/* Text with those characters put in; a copy only where there is one. */
static struct pm_slice decode(struct pm_md_walk *walk, struct pm_slice text)
{
	struct pm_buf buf = PM_BUF_INIT;
	size_t i = 0;

	if (pm_slice_find(text, 0, '&') < 0)
		return text;
	while (i < text.len) {
		struct pm_slice rest = pm_slice_from(text, i);
		size_t k = 0;

		while (k < sizeof entities / sizeof entities[0] &&
			!pm_slice_starts(rest, entities[k].name))
			k++;
		if (k < sizeof entities / sizeof entities[0]) {
			pm_buf_adds(&buf, entities[k].text);
			i += strlen(entities[k].name);
		} else {
			pm_buf_addc(&buf, text.ptr[i++]);
		}
	}
	text = pm_arena_slice(walk->arena, pm_buf_slice(&buf));
	pm_buf_release(&buf);
	return text;
}

/* One token inside a heading or cell, as runs of walk->block. */
static void add_token(struct html *html, const struct token *token)
{
	switch (token->kind) {
	case TOKEN_TEXT:
		pm_md_inline_text(html->walk, decode(html->walk, token->text));
		break;
	case TOKEN_LINE:
		pm_md_inline_break(html->walk);
		break;
	case TOKEN_TAG:
		pm_md_inline_tag(
			html->walk, token->text, token->name, token->closing);
		break;
	default:
		break;
	}
}

/* Reads a heading from behind its tag, if something closes it. */
static void read_heading(struct html *html, const struct token *tag)
{
	struct pm_md_walk *walk = html->walk;
	struct pm_md_block *block = &walk->out->blocks[walk->block];
	struct html ahead = *html;
	struct token token = next_token(&ahead);

	while (token.kind != TOKEN_END && !heading_level(&token))
		token = next_token(&ahead);
	if (!is_tag(&token, tag->name, true))
		return;
	block->kind = PM_MD_HEADING;
	block->html = true;
	block->level = heading_level(tag);
	block->line = html->line;
	block->end_line = ahead.line;
	pm_md_inline_begin(walk);
	add_token(html, tag);
	for (token = next_token(html); !heading_level(&token);
		token = next_token(html))
		add_token(html, &token);
	pm_md_inline_end(walk);
}

/* Begins a row or a cell within the block that is open. */
static struct pm_md_block *open_block(struct html *html, enum pm_md_kind kind)
{
	struct pm_md_walk *walk = html->walk;
	struct pm_md *out = walk->out;
	struct pm_md_block *block;

	out->blocks = pm_arena_grow(
		walk->arena, out->blocks, out->nblocks, sizeof *block);
	block = &out->blocks[out->nblocks];
	block->kind = kind;
	block->parent = walk->block;
	block->html = true;
	block->line = block->end_line = html->line;
	walk->block = out->nblocks++;
	block->end = out->nblocks;
	return block;
}

static void close_block(struct html *html)
{
	struct pm_md_walk *walk = html->walk;
	struct pm_md_block *block = &walk->out->blocks[walk->block];

	block->end = walk->out->nblocks;
	walk->block = block->parent;
}

/* Where the cell that html is in ends: before another, behind its row. A table
   within is text of that cell. */
static struct html cell_end(struct html html)
{
	struct html behind = html;
	struct token token = next_token(&html);
	unsigned depth = 0;

	while (token.kind != TOKEN_END) {
		bool table = strcmp(token.name, "table") == 0;

		if (depth == 0 && ((table && token.closing) ||
					  strcmp(token.name, "td") == 0 ||
					  strcmp(token.name, "th") == 0 ||
					  strcmp(token.name, "tr") == 0))
			break;
		if (table && token.closing)
			depth--;
		else if (table)
			depth++;
		behind = html;
		token = next_token(&html);
	}
	return behind;
}

/* Reads a cell from behind its tag up to what ends it, which is left. */
static void read_cell(struct html *html, const struct token *tag)
{
	struct pm_md_walk *walk = html->walk;
	struct pm_md_block *row = &walk->out->blocks[walk->block];
	unsigned column = row->level++;
	struct html end = cell_end(*html);
	struct pm_md_block *cell;

	/* A row stands where its text does, not where its tag does. */
	if (column == 0) {
		row->header = is_tag(tag, "th", false);
		row->line = html->line;
	}
	cell = open_block(html, PM_MD_CELL);
	cell->column = column;
	cell->end_line = end.line;
	pm_md_inline_begin(walk);
	add_token(html, tag);
	while (html->off < end.off) {
		struct token token = next_token(html);

		add_token(html, &token);
	}
	pm_md_inline_end(walk);
	close_block(html);
}

static void read_row(struct html *html)
{
	struct html behind = *html;
	struct token token = next_token(html);

	open_block(html, PM_MD_ROW);
	for (; token.kind != TOKEN_END && strcmp(token.name, "tr") != 0 &&
		!is_tag(&token, "table", true);
		behind = *html, token = next_token(html))
		if (is_tag(&token, "td", false) || is_tag(&token, "th", false))
			read_cell(html, &token);
	html->walk->out->blocks[html->walk->block].end_line = html->line;
	close_block(html);
	/* What opens the next row is left for it. */
	if (!is_tag(&token, "tr", true))
		*html = behind;
}

/* True when rows with cells follow. */
static bool holds_rows(struct html html)
{
	struct token token = next_token(&html);
	bool row = false;

	while (token.kind != TOKEN_END && !is_tag(&token, "table", true)) {
		if (is_tag(&token, "tr", false))
			row = true;
		else if (row && (is_tag(&token, "td", false) ||
					is_tag(&token, "th", false)))
			return true;
		token = next_token(&html);
	}
	return false;
}

/* Reads a table from behind its tag, if it has rows. */
static void read_table(struct html *html)
{
	struct pm_md_block *block = &html->walk->out->blocks[html->walk->block];
	struct token token;

	if (!holds_rows(*html))
		return;
	block->kind = PM_MD_TABLE;
	block->html = true;
	block->line = html->line;
	do {
		token = next_token(html);
		if (is_tag(&token, "tr", false))
			read_row(html);
	} while (token.kind != TOKEN_END && !is_tag(&token, "table", true));
	html->walk->out->blocks[html->walk->block].end_line = html->line;
}

void pm_md_html(struct pm_md_walk *walk)
{
	struct pm_md_block *block = &walk->out->blocks[walk->block];
	struct html html = {walk, block->literal, 0, block->line, false};

	block->literal_line = block->line;
	/* Whatever encloses it may stand before it, text may not. */
	for (;;) {
		struct token token = next_token(&html);

		if (token.kind == TOKEN_LINE ||
			(token.kind == TOKEN_TEXT && is_blank(token.text)))
			continue;
		if (heading_level(&token) && !token.closing)
			read_heading(&html, &token);
		else if (is_tag(&token, "table", false))
			read_table(&html);
		else if (token.kind == TOKEN_TAG &&
			 strcmp(token.name, "pre") != 0 &&
			 strcmp(token.name, "script") != 0 &&
			 strcmp(token.name, "style") != 0)
			continue;
		break;
	}
}
