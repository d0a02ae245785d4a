/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of plain text, as converters write those of word processors: columns
 * under a line of hyphens that has a gap between each two of them, or a grid of
 * "+---+" and "|". Markdown takes them for paragraphs and rules; a cell is what
 * stands between two columns of a terminal.
 */
#include "doc/ruled.h"

#include <string.h>

#include "base/utf8.h"

/* What a rule is drawn with; colons align, and "=" stands below a header. */
static bool is_drawn(char c)
{
	return c == '-' || c == '=' || c == ':';
}

/* Reads the columns of a rule from an offset on; sign: what stands between two
   of them. False: something else does. */
static bool read_columns(
	struct pm_ruled *out, struct pm_slice rule, size_t i, char sign)
{
	while (i < rule.len) {
		size_t from;

		while (i < rule.len && rule.ptr[i] == sign)
			i++;
		from = i;
		while (i < rule.len && is_drawn(rule.ptr[i]))
			i++;
		if (i == from)
			return i == rule.len;
		if (out->ncolumns == PM_TABLE_COLUMNS)
			return false;
		out->from[out->ncolumns] = from;
		out->to[out->ncolumns++] = i;
	}
	/* The last edge of a grid has to be there. */
	return sign == ' ';
}

bool pm_ruled_read(struct pm_ruled *out, struct pm_slice rule)
{
	size_t indent = 0;

	while (rule.len && memchr(" \r\t", rule.ptr[rule.len - 1], 3))
		rule.len--;
	while (indent < rule.len && rule.ptr[indent] == ' ')
		indent++;
	out->ncolumns = 0;
	out->joint = indent < rule.len && rule.ptr[indent] == '+' ? '|' : ' ';
	if (!read_columns(out, rule, indent, out->joint == '|' ? '+' : ' ') ||
		out->ncolumns < 2)
		return false;
	/* Without an edge a cell reaches up to the next one, the last to the
	   end of the line. */
	for (size_t i = 0; i < out->ncolumns && out->joint == ' '; i++)
		out->to[i] =
			i + 1 < out->ncolumns ? out->from[i + 1] - 1 : SIZE_MAX;
	return true;
}

bool pm_ruled_cut(const struct pm_ruled *ruled, struct pm_slice line,
	struct pm_slice *cells)
{
	size_t off = 0, at = 0, begin = 0, column = 0;

	for (size_t i = 0; i < ruled->ncolumns; i++)
		cells[i] = (struct pm_slice){NULL, 0};
	while (off < line.len && column < ruled->ncolumns) {
		size_t start = off;
		uint32_t cp;

		if (at == ruled->from[column])
			begin = off;
		if (at >= ruled->to[column]) {
			if (line.ptr[off] != ruled->joint)
				return false;
			cells[column] = pm_slice_trim(
				pm_slice_sub(line, begin, off - begin));
			column++;
		}
		off += pm_utf8_next(line, off, &cp);
		at += pm_utf8_width(pm_slice_sub(line, start, off - start));
	}
	if (column < ruled->ncolumns && at > ruled->from[column])
		cells[column] = pm_slice_trim(pm_slice_from(line, begin));
	return true;
}

/* How many parts a line of hyphens has; 0: it holds something else. */
static size_t hyphen_parts(struct pm_slice line)
{
	size_t parts = 0;

	line = pm_slice_trim(line);
	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] != '-' && line.ptr[i] != ' ')
			return 0;
		parts += line.ptr[i] == '-' &&
			 (i == 0 || line.ptr[i - 1] == ' ');
	}
	return parts;
}

/* True for a rule at the top level right below a block of a kind. */
static bool rule_below(const struct pm_md *md, size_t at, enum pm_md_kind kind)
{
	return at > 0 && md->blocks[at].kind == PM_MD_RULE &&
	       md->blocks[at - 1].kind == kind &&
	       md->blocks[at - 1].parent == SIZE_MAX &&
	       md->blocks[at - 1].end_line + 1 == md->blocks[at].line;
}

/* The line above the header of a table whose rule is a block, which is as long
   as that; else empty. */
static struct pm_slice top_line(
	const struct pm_md *md, const struct pm_lines *lines, size_t at)
{
	struct pm_slice none = {NULL, 0}, top, rule;

	if (at < 2 || !rule_below(md, at, PM_MD_PARAGRAPH) ||
		md->blocks[at - 2].kind != PM_MD_RULE ||
		md->blocks[at - 2].line + 1 != md->blocks[at - 1].line)
		return none;
	top = pm_slice_trim(pm_lines_text(lines, md->blocks[at - 2].line));
	rule = pm_slice_trim(pm_lines_text(lines, md->blocks[at].line));
	return top.len == rule.len && hyphen_parts(top) == 1 &&
			       hyphen_parts(rule) > 1
		       ? top
		       : none;
}

void pm_body_mend_ruled(struct pm_md *md, const struct pm_lines *lines)
{
	struct pm_slice top = {NULL, 0};

	for (size_t i = 0; i < md->nblocks; i = md->blocks[i].end) {
		struct pm_md_block *block = &md->blocks[i];

		if (block->kind == PM_MD_PARAGRAPH)
			continue;
		if (top.len && block->kind == PM_MD_HEADING && block->setext &&
			pm_slice_eq(pm_slice_trim(pm_lines_text(
					    lines, block->end_line)),
				top))
			block->kind = PM_MD_PARAGRAPH;
		top = top_line(md, lines, i);
	}
}
