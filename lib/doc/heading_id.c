/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "## Timeline (UTC) {#timeline}": the name of the place to go to, which
 * generators of sites and exports of office programs write behind a heading,
 * and no reader sees.
 */
#include "doc/body.h"

/* Where such a name begins, or the end of the text. */
static size_t id_at(struct pm_slice text)
{
	size_t at = text.len;

	if (!pm_slice_ends(text, "}"))
		return text.len;
	while (at > 0 && text.ptr[at - 1] != '{')
		at--;
	if (at < 2)
		return text.len;
	return pm_slice_starts(pm_slice_from(text, at), "#") ||
			       pm_slice_starts(pm_slice_from(text, at), ": #")
		       ? at - 1
		       : text.len;
}

void pm_body_cut_ids(struct pm_md *md)
{
	for (size_t i = 0; i < md->nblocks; i = md->blocks[i].end) {
		struct pm_md_block *block = &md->blocks[i];
		struct pm_slice rest;

		if (block->kind != PM_MD_HEADING)
			continue;
		rest = pm_slice_trim(
			pm_slice_sub(block->text, 0, id_at(block->text)));
		/* A heading that is nothing else keeps its words. */
		if (rest.len)
			block->text = rest;
	}
}
