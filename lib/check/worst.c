/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One list for each level. The lists together never hold more than is wanted,
 * so that what a run keeps does not follow what it finds.
 */
#include "check/worst.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "check/check.h"

/* All texts in one allocation, each with an end: the path is read as a string,
   too. */
static void copy(const struct pm_finding *finding, struct pm_worst_item *out)
{
	struct pm_slice *texts[PM_FINDING_TEXTS];
	size_t size = 0;
	char *to;

	out->finding = *finding;
	pm_finding_texts(&out->finding, texts);
	for (size_t i = 0; i < PM_FINDING_TEXTS; i++)
		size += texts[i]->len + 1;
	to = out->text = pm_alloc(size, 1);
	for (size_t i = 0; i < PM_FINDING_TEXTS; i++) {
		if (texts[i]->len)
			memcpy(to, texts[i]->ptr, texts[i]->len);
		texts[i]->ptr = to;
		to += texts[i]->len + 1;
	}
}

/* Drops the last of the least level below this one; false: there is none. */
static bool make_room(struct pm_worst *worst, enum pm_level level)
{
	for (int i = PM_LEVEL_OFF; i < (int)level; i++) {
		if (!worst->levels[i].len)
			continue;
		free(worst->levels[i].items[--worst->levels[i].len].text);
		worst->kept--;
		return true;
	}
	return false;
}

void pm_worst_add(struct pm_worst *worst, const struct pm_finding *finding)
{
	struct pm_worst_item *item;

	worst->seen++;
	if (worst->kept >= worst->most && !make_room(worst, finding->level))
		return;
	item = pm_vec_push(&worst->levels[finding->level]);
	item->turn = worst->seen;
	copy(finding, item);
	worst->kept++;
}

int pm_worst_hand_on(const struct pm_worst *worst, pm_finding_fn fn, void *data)
{
	size_t at[PM_LEVEL_COUNT] = {0};
	int ret = 0;

	for (size_t n = 0; n < worst->kept && ret == 0; n++) {
		const struct pm_worst_item *next = NULL;
		int from = 0;

		for (int i = 0; i < PM_LEVEL_COUNT; i++) {
			const struct pm_worst_item *item =
				worst->levels[i].items + at[i];

			if (at[i] == worst->levels[i].len ||
				(next && next->turn < item->turn))
				continue;
			next = item;
			from = i;
		}
		at[from]++;
		ret = fn(data, &next->finding);
	}
	return ret;
}

void pm_worst_release(struct pm_worst *worst)
{
	for (int i = 0; i < PM_LEVEL_COUNT; i++) {
		for (size_t n = 0; n < worst->levels[i].len; n++)
			free(worst->levels[i].items[n].text);
		pm_vec_release(&worst->levels[i]);
	}
	worst->kept = worst->seen = 0;
}
