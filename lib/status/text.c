/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One document for a person: a heading, then the six steps, and under each
 * what is owed in it, by whom and until when.
 */

#include "pm/term.h"
#include "status/private.h"

#define PAINT_OFF  "\033[0m"
#define PAINT_BOLD "\033[1m"
#define PAINT_LATE "\033[1;31m"
#define PAINT_DONE "\033[1;32m"

static void paint(struct pm_buf *out, bool color, const char *how)
{
	if (color)
		pm_buf_adds(out, how);
}

static void put_days(struct pm_buf *out, int64_t days)
{
	pm_buf_addf(out, "%lld day%s", (long long)days, pm_plural(days));
}

void pm_status_due(struct pm_buf *out, const struct pm_status_item *item)
{
	struct pm_date due = item->due;

	if (!due.year) {
		pm_buf_adds(out, "no date");
		return;
	}
	pm_buf_addf(out, "due %04d-%02u-%02u", due.year, due.month, due.day);
	if (item->late == 0) {
		pm_buf_adds(out, ", today");
	} else if (item->late > 0) {
		pm_buf_adds(out, ", ");
		put_days(out, item->late);
		pm_buf_adds(out, " late");
	} else {
		pm_buf_adds(out, ", in ");
		put_days(out, -item->late);
	}
}

/* ", @ana, due 2026-12-05, in 13 days" */
static void put_turn(
	struct pm_buf *out, const struct pm_status_item *item, bool color)
{
	bool late = item->due.year && item->late > 0;

	pm_buf_adds(out, ", ");
	if (item->who.len)
		pm_term_text(out, item->who, false);
	else
		pm_buf_adds(out, "nobody");
	pm_buf_adds(out, ", ");
	if (late)
		paint(out, color, PAINT_LATE);
	pm_status_due(out, item);
	if (late)
		paint(out, color, PAINT_OFF);
}

static bool same_turn(
	const struct pm_status_item *a, const struct pm_status_item *b)
{
	return pm_slice_eq(a->who, b->who) &&
	       pm_date_to_days(a->due) == pm_date_to_days(b->due);
}

/* Whose turn it is stands behind the step where it is the same for all. */
static void put_step(struct pm_buf *out, const struct pm_status_item *items,
	size_t n, bool color)
{
	bool same = true;

	for (size_t i = 1; i < n; i++)
		same = same && same_turn(&items[0], &items[i]);
	pm_buf_addf(out, "%zu to do", n);
	if (same)
		put_turn(out, &items[0], color);
	pm_buf_addc(out, '\n');
	for (size_t i = 0; i < n; i++) {
		pm_buf_adds(out, "    ");
		if (items[i].line)
			pm_buf_addf(out, "line %u: ", items[i].line);
		if (items[i].rule && items[i].level == PM_LEVEL_WARNING)
			pm_buf_adds(out, "warning: ");
		pm_term_text(out, items[i].what, false);
		if (items[i].rule)
			pm_buf_addf(out, " [%s]", items[i].rule);
		if (!same)
			put_turn(out, &items[i], color);
		pm_buf_addc(out, '\n');
	}
}

static void put_head(
	struct pm_buf *out, const struct pm_status_doc *doc, bool color)
{
	paint(out, color, PAINT_BOLD);
	pm_term_text(out, doc->id, true);
	paint(out, color, PAINT_OFF);
	pm_buf_adds(out, ": ");
	pm_term_text(out, doc->title, false);
	pm_buf_addf(out, "\n%s", pm_status_name(doc->state));
	if (doc->severity.len) {
		pm_buf_adds(out, ", ");
		pm_term_text(out, doc->severity, false);
	}
	pm_buf_adds(out, ", ");
	if (doc->owner.len)
		pm_term_text(out, doc->owner, false);
	else
		pm_buf_adds(out, "no owner");
	pm_buf_addc(out, '\n');
}

void pm_status_text(
	struct pm_buf *out, const struct pm_status_doc *doc, bool color)
{
	const struct pm_status_item *items = doc->items;

	put_head(out, doc, color);
	for (int step = 0; step < PM_STEP_COUNT; step++) {
		pm_buf_addf(out, "  %-8s ", pm_step_name((enum pm_step)step));
		if (doc->owed[step]) {
			put_step(out, items, doc->owed[step], color);
			items += doc->owed[step];
			continue;
		}
		paint(out, color, PAINT_DONE);
		pm_buf_adds(out, "done");
		paint(out, color, PAINT_OFF);
		pm_buf_addc(out, '\n');
	}
}
