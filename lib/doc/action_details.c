/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headings that are actions because "Owner: ana" stands below them. It stands
 * as well below those that part lists by whose they are, so that a list under
 * one holds its actions, unless the headings beside it tell better.
 */
#include "doc/action_reader.h"

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
