/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What belongs to a heading and is none of its words: its pictures, and the
 * name of the place to go to, "## Timeline (UTC) {#timeline}", which generators
 * of sites and exports of office programs write behind it, and no reader sees.
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

/* "![build](x.svg) Impact", "Impact ![](y.png)": the words of a heading without
   what would be told where its pictures cannot be shown. */
static struct pm_slice cut_pictures(
	const struct pm_md *md, const struct pm_md_block *block)
{
	const struct pm_md_run *runs = md->runs + block->run;
	struct pm_slice text = block->text;
	size_t first = 0, last = block->nruns;

	while (first < last && runs[first].style & PM_MD_IMAGE)
		text = pm_slice_from(text, runs[first++].text.len);
	while (last > first && runs[last - 1].style & PM_MD_IMAGE)
		text.len -= runs[--last].text.len;
	return pm_slice_trim(text);
}

void pm_body_cut_ids(struct pm_md *md)
{
	for (size_t i = 0; i < md->nblocks; i = md->blocks[i].end) {
		struct pm_md_block *block = &md->blocks[i];
		struct pm_slice rest;

		if (block->kind != PM_MD_HEADING)
			continue;
		rest = cut_pictures(md, block);
		if (rest.len)
			block->text = rest;
		rest = pm_slice_trim(
			pm_slice_sub(block->text, 0, id_at(block->text)));
		/* A heading that is nothing else keeps its words. */
		if (rest.len)
			block->text = rest;
	}
}
