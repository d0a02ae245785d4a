/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headings that are actions because "Owner: ana" stands below them. It stands
 * as well below those that part lists by whose they are, so that a list under
 * one holds its actions, unless the headings beside it tell better.
 */
#include "doc/action_reader.h"

#include "base/ascii.h"
#include "doc/action_words.h"
#include "doc/scan.h"
#include "doc/stamp.h"

/* "Owner: ana" and the like: a paragraph or list item that says something of
   what stands above it. */
static bool is_detail(const struct pm_action_reader *r, size_t at)
{
	const struct pm_md_block *block = pm_action_block(r, at);
	struct pm_slice text = block->text;

	if (block->kind == PM_MD_ITEM)
		text = pm_action_item_text(r, at);
	else if (block->kind != PM_MD_PARAGRAPH)
		return false;
	return !block->task && pm_action_is_key(text) &&
	       !pm_action_states_order(text);
}

bool pm_action_has_details(const struct pm_action_reader *r, size_t heading)
{
	bool found = false, titled;

	for (size_t i = heading + 1; i < r->end;
		i = pm_action_block(r, i)->end) {
		const struct pm_md_block *block = pm_action_block(r, i);

		if (block->kind == PM_MD_HEADING)
			break;
		if (block->kind == PM_MD_TABLE) {
			if (!pm_action_is_card(r->md, i, &titled) || titled)
				return false;
			found = true;
		}
		if (block->kind == PM_MD_PARAGRAPH)
			found = found || is_detail(r, i);
		if (block->kind != PM_MD_LIST)
			continue;
		for (size_t item = i + 1; item < block->end;
			item = pm_action_block(r, item)->end)
			if (!is_detail(r, item))
				return false;
		found = true;
	}
	return found;
}

unsigned pm_action_detailed_level(
	const struct pm_action_reader *r, size_t first)
{
	for (size_t i = first; i < r->end; i = pm_action_block(r, i)->end)
		if (pm_action_block(r, i)->kind == PM_MD_HEADING &&
			pm_action_has_details(r, i))
			return pm_action_block(r, i)->level;
	return 0;
}

/* True for a list without boxes fewer than half of whose items are orders. */
static bool elaborates(const struct pm_action_reader *r, size_t list)
{
	size_t orders = 0, count = 0;

	for (size_t i = list + 1; i < pm_action_block(r, list)->end;
		i = pm_action_block(r, i)->end) {
		if (pm_action_block(r, i)->task)
			return false;
		orders += pm_action_is_order(pm_action_item_text(r, i));
		count++;
	}
	return orders * 2 < count;
}

bool pm_action_owned(const struct pm_action_reader *r, size_t heading)
{
	size_t i = heading + 1;

	if (pm_action_block(r, heading)->level != r->detailed || i >= r->end ||
		!is_detail(r, i) ||
		!pm_begins_with_verb(
			pm_behind_signs(pm_action_block(r, heading)->text)))
		return false;
	for (; i < r->end; i = pm_action_block(r, i)->end) {
		const struct pm_md_block *block = pm_action_block(r, i);

		if (block->kind == PM_MD_HEADING)
			break;
		if (block->kind == PM_MD_TABLE ||
			(block->kind == PM_MD_LIST && !elaborates(r, i)))
			return false;
	}
	return true;
}

/* True for the point of a sentence; that of "30. August" ends none. */
static bool ends_sentence(struct pm_slice text, size_t at)
{
	struct pm_scan scan = {text, at + 1, false};
	char word[PM_SCAN_WORD];

	if (text.ptr[at] != '.' || !at)
		return false;
	if (at + 1 == text.len)
		return true;
	return pm_scan_any(&scan, " \n") &&
	       !(pm_is_digit(text.ptr[at - 1]) && pm_scan_word(&scan, word) &&
		       pm_month_named(word));
}

/* Reads the first sentence of a paragraph where it is marks and nothing else:
   "Ana, due 1 May. The rest waits." */
static void read_first(struct pm_action_words *t, struct pm_slice text)
{
	for (size_t end = 0; end < text.len && end <= PM_MARK_MOST; end++)
		if (ends_sentence(text, end)) {
			pm_action_read_beside(t, pm_slice_sub(text, 0, end));
			return;
		}
}

void pm_action_told_beside(const struct pm_action_reader *r,
	struct pm_action *action, size_t heading)
{
	struct pm_text_line line;
	struct pm_action_words t;
	struct pm_slice text;
	size_t last;

	if (heading + 1 >= r->end ||
		pm_action_block(r, heading + 1)->kind != PM_MD_PARAGRAPH)
		return;
	line = pm_body_text(pm_action_block(r, heading + 1));
	text = pm_slice_trim(line.text);
	if (!pm_slice_ends(text, "."))
		return;
	t = (struct pm_action_words){.body = r->body,
		.action = action,
		.runs = &r->md->runs[line.run],
		.nruns = line.nruns};
	if (!action->owner.text.len)
		read_first(&t, text);
	if (action->state != PM_ACTION_OPEN)
		return;
	/* "It was ordered anyway. Done 2026-06-27." */
	text.len--;
	last = text.len;
	while (last > 1 && !ends_sentence(text, last - 1))
		last--;
	if (pm_mark_done_on_day(
		    pm_slice_trim(pm_slice_from(text, last > 1 ? last : 0))))
		action->state = PM_ACTION_DONE;
}
