/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Items that Markdown does not take for any: a hyphen with a blank behind it
 * that never breaks, as word processors and some keyboards make it, or a box
 * with no blank before it. They go on with the item or paragraph above them,
 * and look like the items around them to whoever wrote them.
 */
#include "doc/action_reader.h"

#include <string.h>

#define NBSP "\xC2\xA0"

/* How long the sign of such an item is: "-<nbsp>", the hyphen of "-[ ]". */
static size_t lost_sign(struct pm_slice line)
{
	static const char *const boxes[] = {
		"[ ]", "[x]", "[X]", "[" NBSP "]", NULL};
	struct pm_slice rest;

	line = pm_slice_trim(line);
	if (line.len < 4 || !memchr("-*+", line.ptr[0], 3))
		return 0;
	rest = pm_slice_from(line, 1);
	if (pm_slice_starts(rest, NBSP))
		return 1 + strlen(NBSP);
	return pm_begins_with_one(rest, boxes) ? 1 : 0;
}

bool pm_action_holds_lost(const struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	size_t run = 0;

	/* They begin lines, and most texts neither have several nor a sign. */
	if (!memchr("-*+", block->text.len ? block->text.ptr[0] : ' ', 3) &&
		block->line == block->end_line)
		return false;
	while (run < block->nruns) {
		struct pm_text_line line =
			pm_body_text_line(r->body, block, &run);

		if (line.line && lost_sign(line.text))
			return true;
	}
	return false;
}

bool pm_action_lost_entry(const struct pm_action_reader *r, size_t at,
	size_t *run, struct pm_text_line *out)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	size_t sign;

	*out = pm_body_text_line(r->body, block, run);
	for (size_t next = *run; next < block->nruns; *run = next) {
		struct pm_text_line line =
			pm_body_text_line(r->body, block, &next);

		if (!line.line)
			continue;
		if (lost_sign(line.text))
			break;
		if (!out->line) {
			*out = line;
			continue;
		}
		out->text.len =
			(size_t)(line.text.ptr + line.text.len - out->text.ptr);
		out->nruns = line.run + line.nruns - out->run;
	}
	out->text = pm_slice_trim(out->text);
	sign = out->line ? lost_sign(out->text) : 0;
	out->text = pm_slice_trim(pm_slice_from(out->text, sign));
	return sign > 0;
}

bool pm_action_lost_lines(struct pm_action_reader *r, size_t at)
{
	struct pm_text_line line;

	if (!pm_action_holds_lost(r, at))
		return false;
	for (size_t run = 0; run < pm_action_block(r, at)->nruns;)
		if (pm_action_lost_entry(r, at, &run, &line) &&
			!pm_says_nothing(r->body, line.text))
			pm_action_line(r, &line);
	return true;
}
