/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of a timeline that nothing but their look sets off from a sentence: the
 * day is bold, "**Fri 24.11., about 13** copied", or has its weekday in
 * brackets, "11/24 (Fri) copied", or is no day but a part of one, "Afternoon:
 * copied". Only a section that is called a timeline has them.
 */
#include "doc/collector.h"

#include "base/ascii.h"

/* A day or part of one, and no more, in bold: what follows is what happened. */
static bool bold_stamp(const struct pm_collector *c,
	const struct pm_text_line *line, struct pm_stamp *stamp)
{
	struct pm_scan behind = {.off = 0};
	struct pm_slice key;

	if (!pm_key_bold_start(c->body, line, &key, &behind.text))
		return false;
	/* "**Friday** (all times in UTC)" heads what is below. */
	behind.text = pm_slice_trim(behind.text);
	if (!pm_scan_at_word(&behind) && !pm_slice_starts(behind.text, "`"))
		return false;
	if (pm_stamp_read(key, c->mode | PM_STAMP_LOOSE, stamp) &&
		stamp->len >= key.len && stamp->date.given) {
		const struct pm_stamp_date *date = &stamp->date;

		stamp->date.weak = !date->year && !date->named &&
				   !stamp->weekday && !date->nth &&
				   !date->step && !pm_stamp_has_clock(stamp);
		/* "**2/3** of the files" */
		if (date->weak && date->ambiguous && date->month < date->day)
			return false;
	} else if (!c->out->count ||
		   (!pm_stamp_bare_day(key, false, stamp) &&
			   !pm_stamp_part_of_day(key, stamp))) {
		return false;
	}
	stamp->len = (size_t)(behind.text.ptr - line->text.ptr);
	stamp->marked = true;
	return true;
}

/* "11/24(金) 復旧", "11月24日 復旧": behind a bracket or a sign a blank parts
   what follows, as it would not in a sentence. */
static bool parted_day(struct pm_slice line, struct pm_stamp *stamp)
{
	static const char *const ends[] = {")", "）", "日", "일", NULL};
	struct pm_slice day;

	if (!pm_stamp_read(line, PM_STAMP_STRICT, stamp) ||
		!stamp->date.month || stamp->len >= line.len || !stamp->len ||
		line.ptr[stamp->len - 1] != ' ')
		return false;
	day = pm_slice_trim(pm_slice_sub(line, 0, stamp->len));
	return pm_ends_in_one(day, ends) > 0 &&
	       (stamp->weekday || line.ptr[stamp->len] & 0x80);
}

bool pm_collect_led(const struct pm_collector *c,
	const struct pm_text_line *line, struct pm_stamp *stamp)
{
	const struct pm_raw_timeline *out = c->out;

	if (!c->named)
		return false;
	if (bold_stamp(c, line, stamp))
		return true;
	/* Not the first: "11/24(金) の朝に始まった" introduces them. */
	if (!out->count ||
		out->entries[out->count - 1].form != PM_RAW_PARAGRAPH)
		return false;
	if (!parted_day(line->text, stamp) &&
		!pm_stamp_told_day(line->text, stamp))
		return false;
	stamp->marked = true;
	return true;
}

bool pm_collect_led_item(
	struct pm_collector *c, size_t text, struct pm_stamp *stamp)
{
	struct pm_text_line line = pm_body_text(pm_md_read(c->md, text));

	if (!pm_collect_led(c, &line, stamp))
		return false;
	pm_collect_add(c, PM_RAW_ITEM, line.text, stamp);
	return true;
}
