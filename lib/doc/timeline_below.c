/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a stamp that is alone on its line heads: "**10:02**" is the time of what
 * the paragraph below says, a day above bullets that have no times is the day
 * of each of them. An entry without a text tells nobody what happened.
 */
#include "doc/collector.h"
#include "doc/roles.h"

/* The block below a heading or paragraph, or inside an item behind its text;
   SIZE_MAX: none. */
static size_t block_below(const struct pm_collector *c, size_t at, size_t end)
{
	const struct pm_md_block *blocks = c->md->blocks;
	size_t next = blocks[at].end;

	if (blocks[at].kind == PM_MD_ITEM) {
		end = blocks[at].end;
		next = pm_body_item_text(c->body, at);
		if (next != SIZE_MAX)
			next = blocks[next].end;
		return next < end ? next : SIZE_MAX;
	}
	while (next < end && blocks[next].kind == PM_MD_HTML &&
		blocks[next].read)
		next++;
	return next < end && blocks[next].parent == blocks[at].parent
		       ? next
		       : SIZE_MAX;
}

/* The text of a paragraph, or of the first item of a list, that has no stamp of
   its own. */
static struct pm_slice text_below(const struct pm_collector *c, size_t at)
{
	struct pm_slice text = {NULL, 0};
	struct pm_stamp stamp;

	if (c->md->blocks[at].kind == PM_MD_LIST)
		at = pm_body_item_text(c->body, at + 1);
	if (at == SIZE_MAX || c->md->blocks[at].kind != PM_MD_PARAGRAPH)
		return text;
	text = pm_md_read(c->md, at)->text;
	if (pm_stamp_read(text, c->mode, &stamp) ||
		pm_stamp_bracketed_day(text, &stamp))
		text.len = 0;
	return text;
}

void pm_collect_below(struct pm_collector *c, size_t at, size_t end)
{
	struct pm_raw_entry *raw = &c->out->entries[c->out->count - 1];
	size_t below = block_below(c, at, end);

	if (raw->text.len || raw->unreadable || below == SIZE_MAX)
		return;
	if (c->md->blocks[below].kind == PM_MD_LIST &&
		!pm_stamp_has_clock(&raw->stamp)) {
		c->day_list = below;
	} else if (raw->form != PM_RAW_DAY) {
		raw->text = text_below(c, below);
		raw->below = raw->text.len > 0;
	}
}

/* "Severity: SEV2" below "Date: 2026-11-22": a fact, and no event. */
static bool is_fact(const struct pm_collector *c, struct pm_slice text)
{
	const struct pm_doc_private *own = c->body->doc->own;
	ptrdiff_t colon = pm_slice_find(text, 0, ':');
	struct pm_roles roles;

	if (colon < 1 || colon > PM_KEY_MAX)
		return false;
	roles = pm_roles_recall(
		own->memo, own->policy, pm_slice_sub(text, 0, (size_t)colon));
	return roles.set & 1u << PM_SECTION_METADATA;
}

/*
 * Bullets below a day are of that day, also those beside others with a clock:
 * what elaborates on one of these stands deeper.
 */
struct pm_raw_entry *pm_collect_of_day(
	struct pm_collector *c, struct pm_slice words)
{
	struct pm_stamp none = {.len = 0};
	struct pm_stamp_zone zone;
	struct pm_raw_entry *raw;

	if (!words.len || is_fact(c, words) ||
		pm_timeline_told_zone(words, &zone))
		return NULL;
	raw = pm_collect_add(c, PM_RAW_ITEM, words, &none);
	raw->of_day = true;
	return raw;
}
