/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Timelines told in phases: "### Recovery (16:40-17:00)" or
 * "### Recovery - 16:40". Where anything else
 * has a time, that is the timeline, and such headings only divide it.
 */
#include "doc/timeline.h"

/* One of them alone is the name of something. */
enum { PHASES_LEAST = 2 };

void pm_timeline_add_phases(struct pm_body *body, size_t first, size_t end,
	struct pm_raw_timeline *out)
{
	size_t before = out->count;

	for (size_t i = first; i < end; i++) {
		const struct pm_md_block *block = &body->md->blocks[i];
		struct pm_raw_entry *raw;
		struct pm_stamp stamp;
		struct pm_slice label, when;

		if (block->kind != PM_MD_HEADING || i == body->title ||
			!pm_body_is_phase(block->text, &label, &when) ||
			!pm_stamp_read(when, PM_STAMP_STRICT, &stamp))
			continue;
		out->entries = pm_doc_grow(
			body->doc, out->entries, out->count, sizeof *raw);
		raw = &out->entries[out->count++];
		*raw = (struct pm_raw_entry){
			.form = PM_RAW_HEADING,
			.stamp = stamp,
			.line = block->line,
			.end_line = block->end_line,
			.text = label,
			.wrong = pm_slice_trim(when),
			.label = true,
		};
	}
	if (out->count - before < PHASES_LEAST)
		out->count = before;
}
