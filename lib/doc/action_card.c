/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of one action: two columns, and each row a key and its value, "Owner |
 * Ana", "Due | 1 May". The action stands in a row of its own, "Action | Alert
 * on lag", or is the heading above. A table of many actions has keys in its
 * header alone.
 */
#include "doc/actions.h"

#include "doc/table.h"

/* What the key in the first cell of a row says. */
static enum pm_column_kind key_of(const struct pm_table *table, size_t row)
{
	struct pm_slice key = pm_trim_marks(pm_table_text(table, row, 0));

	if (pm_slice_ends(key, ":"))
		key.len--;
	return pm_column_named(key);
}

/* The row that says what is to be done, SIZE_MAX for none; false: it is no such
   table. A header that is no key, "Field | Value", is none of the rows. */
static bool read_card(struct pm_table *table, const struct pm_md *md, size_t at,
	size_t *title)
{
	/* A long table is soon seen to be none. */
	enum { ENOUGH = 12 };
	size_t keys = 0, others = 0, told = SIZE_MAX;

	*title = SIZE_MAX;
	pm_table_read(table, md, at);
	if (table->ncolumns != 2)
		return false;
	for (size_t row = table->header;
		row < md->blocks[at].end && others < ENOUGH;
		row = md->blocks[row].end) {
		switch (key_of(table, row)) {
		case PM_COLUMN_OWNER:
		case PM_COLUMN_DUE:
		case PM_COLUMN_READY:
		case PM_COLUMN_STATUS:
		case PM_COLUMN_PRIORITY:
			keys++;
			break;
		case PM_COLUMN_TITLE:
			if (*title == SIZE_MAX)
				*title = row;
			break;
		case PM_COLUMN_EVENT:
			told = row;
			break;
		default:
			others += row != table->header;
		}
	}
	if (*title == SIZE_MAX)
		*title = told;
	return keys > 1 && others <= keys;
}

static void read_values(struct pm_body *body, struct pm_action *action,
	const struct pm_table *table)
{
	const struct pm_md_block *blocks = body->md->blocks;

	for (size_t row = table->header; row < blocks[table->block].end;
		row = blocks[row].end) {
		const struct pm_md_block *cell = pm_table_cell(table, row, 1);
		struct pm_text_line words;

		if (!cell)
			continue;
		pm_action_set_value(body, action, key_of(table, row),
			pm_slice_trim(cell->text));
		words = pm_body_text(cell);
		pm_action_find_tracker(body, action, &words);
	}
}

bool pm_action_is_card(const struct pm_md *md, size_t at, bool *titled)
{
	struct pm_table table;
	size_t title;
	bool card = read_card(&table, md, at, &title);

	*titled = card && title != SIZE_MAX;
	return card;
}

void pm_action_card_details(
	struct pm_body *body, struct pm_action *action, size_t at)
{
	struct pm_table table;

	pm_table_read(&table, body->md, at);
	read_values(body, action, &table);
}

bool pm_action_card(
	struct pm_body *body, size_t at, const struct pm_action_group *group)
{
	struct pm_table table;
	struct pm_action *action;
	struct pm_text_line words;
	size_t title;
	unsigned line;

	if (!read_card(&table, body->md, at, &title) || title == SIZE_MAX)
		return false;
	if (!pm_table_text(&table, title, 1).len ||
		pm_says_nothing(body, pm_table_text(&table, title, 1)))
		return true;
	line = body->md->blocks[title].line;
	action = pm_action_add(body, line, body->md->blocks[at].end_line);
	words = pm_body_text(pm_table_cell(&table, title, 1));
	pm_action_read_text(body, action, &words);
	read_values(body, action, &table);
	pm_action_apply_group(body, action, group);
	return true;
}
