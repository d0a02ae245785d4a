/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A chat that somebody pasted for a timeline: "ana  10:05 AM" on a line of its
 * own, and below it what she said. A name and a clock and no more is no
 * sentence, but one of them alone may be anything, so there must be two, and
 * each must have said something.
 */
#include "doc/collector.h"

#include "base/ascii.h"

enum { NAME_MAX = 40, LEAST = 2 };

/* "ana  10:05 AM", "@bo [10:20]", "APP Alerts 10:21": who said what follows,
   and when. */
static bool head_of_message(struct pm_slice line, struct pm_slice *name,
	struct pm_slice *when, struct pm_stamp *stamp)
{
	size_t off = 0;

	while (off < line.len && off <= NAME_MAX && !pm_is_digit(line.ptr[off]))
		off++;
	if (off < 2 || off > NAME_MAX || off >= line.len)
		return false;
	if (line.ptr[off - 1] == '[' || line.ptr[off - 1] == '(')
		off--;
	if (line.ptr[off - 1] != ' ')
		return false;
	*name = pm_slice_trim(pm_slice_sub(line, 0, off));
	*when = pm_slice_from(line, off);
	return name->len && !pm_holds_one(*name, ":.,;!?") &&
	       pm_stamp_read(*when, PM_STAMP_STRICT, stamp) &&
	       pm_stamp_has_clock(stamp) && stamp->len == when->len;
}

/* A line of a message: its head, or more of what was said. */
static void read_line(struct pm_collector *c, const struct pm_text_line *line,
	struct pm_raw_entry **raw)
{
	struct pm_slice name, when;
	struct pm_stamp stamp;

	if (head_of_message(line->text, &name, &when, &stamp)) {
		*raw = pm_collect_add(c, PM_RAW_PARAGRAPH, when, &stamp);
		(*raw)->source = name;
		(*raw)->line = (*raw)->end_line = line->line;
	} else if (*raw) {
		/* The lines of a paragraph are slices of one text. */
		if (!(*raw)->text.len)
			(*raw)->text = line->text;
		else if ((*raw)->end_line + 1 == line->line)
			(*raw)->text.len =
				(size_t)(line->text.ptr + line->text.len -
					 (*raw)->text.ptr);
		else
			return;
		(*raw)->end_line = line->line;
	}
}

void pm_collect_chat(struct pm_collector *c, size_t first, size_t end)
{
	size_t before = c->out->count;
	struct pm_raw_entry *raw = NULL;

	for (size_t i = first; i < end; i++) {
		const struct pm_md_block *block;

		if (c->md->blocks[i].kind != PM_MD_PARAGRAPH)
			continue;
		block = pm_md_read(c->md, i);
		for (size_t run = 0; run < block->nruns;) {
			struct pm_text_line line =
				pm_body_text_line(c->body, block, &run);

			if (line.line)
				read_line(c, &line, &raw);
		}
	}
	for (size_t i = before; i < c->out->count; i++)
		if (!c->out->entries[i].text.len)
			c->out->count = before;
	if (c->out->count - before < LEAST)
		c->out->count = before;
}
