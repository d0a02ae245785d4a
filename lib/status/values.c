/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A document's status as a record: one line of a table for people, all of it
 * for programs. Names are JSON keys and stay as they are.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "status/private.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct pm_column step_columns[] = {
	{"step", "gather, collect, analyse, learn, plan or share", PM_VALUE_STR,
		PM_ROLE_NONE, NULL},
	{"done", "nothing is owed in it", PM_VALUE_BOOL, PM_ROLE_NONE, NULL},
	{"to_do", "things owed in it", PM_VALUE_INT, PM_ROLE_NONE, NULL},
};

static const struct pm_shape step_shape = {
	.name = "steps",
	.columns = step_columns,
	.ncolumns = COUNT(step_columns),
	.style = PM_TEXT_TABLE,
};

static const struct pm_column item_columns[] = {
	{"step", "of the process", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"what", "is owed", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"who", "owes it; null: nobody is named", PM_VALUE_STR, PM_ROLE_NONE,
		NULL},
	{"due", "the last day; null: none", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"late_days", "past due; negative: left", PM_VALUE_INT, PM_ROLE_NONE,
		NULL},
	{"line", "1-based; null: none", PM_VALUE_INT, PM_ROLE_NONE, NULL},
	{"rule", "that says so; null: none", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"level", "error or warning; null without a rule", PM_VALUE_STR,
		PM_ROLE_NONE, NULL},
};

static const struct pm_shape item_shape = {
	.name = "items",
	.columns = item_columns,
	.ncolumns = COUNT(item_columns),
	.style = PM_TEXT_TABLE,
};

static const struct pm_column columns[PM_STATUS_COLUMNS] = {
	{"id", "the document", PM_VALUE_STR, PM_ROLE_ID, NULL},
	{"status", "draft, review or final", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"to_do", "by step", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"turn", "whose it is", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"due", "the first day", PM_VALUE_STR, PM_ROLE_NONE, NULL},
	{"late_days", "past it; negative: left", PM_VALUE_INT, PM_ROLE_HIDDEN,
		NULL},
	{"title", "of the document", PM_VALUE_STR, PM_ROLE_TITLE, NULL},
	{"path", "from the top", PM_VALUE_STR, PM_ROLE_HIDDEN, NULL},
	{"severity", "as written", PM_VALUE_STR, PM_ROLE_HIDDEN, NULL},
	{"owner", "of the document", PM_VALUE_STR, PM_ROLE_HIDDEN, NULL},
	{"steps", "all six", PM_VALUE_ROWS, PM_ROLE_HIDDEN, &step_shape},
	{"items", "what is owed", PM_VALUE_ROWS, PM_ROLE_HIDDEN, &item_shape},
};

const struct pm_shape pm_shape_status = {
	.name = "documents",
	.columns = columns,
	.ncolumns = PM_STATUS_COLUMNS,
	.style = PM_TEXT_TABLE,
};

struct pm_status_scratch {
	struct pm_value steps[PM_STEP_COUNT * COUNT(step_columns)];
	struct pm_value *items;
	struct pm_arena arena;
};

struct pm_status_scratch *pm_status_scratch_new(void)
{
	struct pm_status_scratch *scratch = pm_alloc(1, sizeof *scratch);

	scratch->arena = (struct pm_arena)PM_ARENA_INIT;
	return scratch;
}

void pm_status_scratch_free(struct pm_status_scratch *scratch)
{
	if (scratch)
		pm_arena_release(&scratch->arena);
	free(scratch);
}

static struct pm_value day_or_null(struct pm_arena *arena, struct pm_date day)
{
	if (!day.year)
		return pm_value_null();
	return pm_value_text(pm_arena_printf(
		arena, "%04d-%02u-%02u", day.year, day.month, day.day));
}

static void fill_item(struct pm_arena *arena, const struct pm_status_item *item,
	struct pm_value *out)
{
	const struct pm_value values[COUNT(item_columns)] = {
		pm_value_text(pm_step_name(item->step)),
		pm_value_str(item->what),
		pm_value_some(item->who),
		day_or_null(arena, item->due),
		item->due.year ? pm_value_int(item->late) : pm_value_null(),
		item->line ? pm_value_int(item->line) : pm_value_null(),
		item->rule ? pm_value_text(item->rule) : pm_value_null(),
		item->rule ? pm_value_text(pm_level_name(item->level))
			   : pm_value_null(),
	};

	memcpy(out, values, sizeof values);
}

/* The one that is due first; of those without a date the first. */
static const struct pm_status_item *next_item(const struct pm_status_doc *doc)
{
	const struct pm_status_item *next = NULL;

	for (size_t i = 0; i < doc->nitems; i++) {
		const struct pm_status_item *item = &doc->items[i];

		if (!next || (item->due.year && !next->due.year) ||
			(item->due.year && item->late > next->late))
			next = item;
	}
	return next;
}

/* "collect 2, plan 1", or "nothing". */
static const char *to_do(
	struct pm_arena *arena, const struct pm_status_doc *doc)
{
	struct pm_buf text = PM_BUF_INIT;
	const char *out = "nothing";

	for (int step = 0; step < PM_STEP_COUNT; step++)
		if (doc->owed[step])
			pm_buf_addf(&text, "%s%s %zu", text.len ? ", " : "",
				pm_step_name((enum pm_step)step),
				doc->owed[step]);
	if (text.len)
		out = pm_arena_slice(arena, pm_buf_slice(&text)).ptr;
	pm_buf_release(&text);
	return out;
}

void pm_status_values(const struct pm_status_doc *doc,
	struct pm_status_scratch *scratch, struct pm_value *out)
{
	const struct pm_status_item *next = next_item(doc);
	struct pm_arena *arena = &scratch->arena;

	pm_arena_reset(arena);
	for (size_t i = 0; i < PM_STEP_COUNT; i++) {
		struct pm_value *step =
			&scratch->steps[i * COUNT(step_columns)];

		step[0] = pm_value_text(pm_step_name((enum pm_step)i));
		step[1] = pm_value_bool(!doc->owed[i]);
		step[2] = pm_value_int((int64_t)doc->owed[i]);
	}
	scratch->items = pm_arena_alloc(arena,
		doc->nitems * COUNT(item_columns), sizeof *scratch->items);
	for (size_t i = 0; i < doc->nitems; i++)
		fill_item(arena, &doc->items[i],
			&scratch->items[i * COUNT(item_columns)]);
	out[0] = pm_value_str(doc->id);
	out[1] = pm_value_text(pm_status_name(doc->state));
	out[2] = pm_value_text(to_do(arena, doc));
	out[3] = next ? pm_value_some(next->who) : pm_value_null();
	out[4] = next ? day_or_null(arena, next->due) : pm_value_null();
	out[5] = next && next->due.year ? pm_value_int(next->late)
					: pm_value_null();
	out[6] = pm_value_str(doc->title);
	out[7] = pm_value_str(doc->path);
	out[8] = pm_value_some(doc->severity);
	out[9] = pm_value_some(doc->owner);
	out[10] = pm_value_rows(scratch->steps, PM_STEP_COUNT);
	out[11] = pm_value_rows(scratch->items, doc->nitems);
}
