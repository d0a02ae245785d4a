/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Actions in quotes, as admonitions have them ("> [!IMPORTANT]") and those who
 * like the bar at the margin. What is quoted beside actions is what somebody
 * said or how a template explains them, so quotes are read only where a section
 * has nothing else; and of them lists and tables only: sentences are remarks.
 */
#include "doc/action_reader.h"

#include <string.h>

/* True for an item with a box, which cmark leaves in its text in quotes. */
static bool has_box(const struct pm_action_reader *r, size_t item)
{
	struct pm_slice text = pm_action_item_text(r, item);

	return pm_action_block(r, item)->task ||
	       (text.len > 3 && text.ptr[0] == '[' &&
		       memchr(" xX", text.ptr[1], 3) && text.ptr[2] == ']');
}

/* "- 10:05 it is down": what was said in a channel and when. */
static bool is_talk(const struct pm_action_reader *r, size_t list)
{
	enum { CLOCKS = 2 };
	size_t clocks = 0;

	for (size_t i = list + 1;
		i < pm_action_block(r, list)->end && clocks < CLOCKS;
		i = pm_action_block(r, i)->end) {
		struct pm_stamp stamp;

		clocks += !has_box(r, i) &&
			  pm_stamp_read(pm_action_item_text(r, i),
				  PM_STAMP_STRICT, &stamp) &&
			  pm_stamp_has_clock(&stamp);
	}
	return clocks == CLOCKS;
}

/* How many items stand in a quote, a box being as good as two. */
static size_t count_items(const struct pm_action_reader *r, size_t quote)
{
	size_t end = pm_action_block(r, quote)->end, items = 0;

	for (size_t i = quote + 1; i < end; i++)
		if (pm_action_block(r, i)->kind == PM_MD_ITEM)
			items += 1 + has_box(r, i);
	return items;
}

static void read_quote(struct pm_action_reader *r, size_t quote, bool lists)
{
	size_t end = pm_action_block(r, quote)->end;

	for (size_t i = quote + 1; i < end; i = pm_action_block(r, i)->end)
		if (pm_action_block(r, i)->kind == PM_MD_TABLE)
			pm_action_table(r->body, i, &r->group);
		else if (pm_action_block(r, i)->kind == PM_MD_LIST && lists &&
			 !is_talk(r, i))
			pm_action_list(r, i);
}

void pm_action_quotes(struct pm_action_reader *r, size_t first)
{
	/* One item alone is something that somebody said. */
	enum { LEAST = 2 };
	size_t items = 0;

	for (size_t i = first; i < r->end; i = pm_action_block(r, i)->end)
		if (pm_action_block(r, i)->kind == PM_MD_QUOTE)
			items += count_items(r, i);
	for (size_t i = first; i < r->end; i = pm_action_block(r, i)->end) {
		size_t skip = pm_action_skip(r, i);

		if (skip != i)
			i = skip;
		else if (pm_action_block(r, i)->kind == PM_MD_QUOTE)
			read_quote(r, i, items >= LEAST);
	}
}
