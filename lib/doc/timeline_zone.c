/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The zone of a timeline that states none: "we were down from 13:22 PST to
 * 16:17 PST" above it tells, if 13:22 stands in the timeline as well. Without
 * that the text may count by one clock and the timeline by another.
 */
#include "doc/timeline.h"

#include "base/ascii.h"
#include "doc/doc.h"

/* How many blocks of text are looked at, how much of each, and for how many
   entries. */
enum { BLOCKS = 60, TEXT_MAX = 400, ENTRIES = 200 };

/* True for one of the clocks of the entries. */
static bool is_told(
	const struct pm_raw_timeline *raw, const struct pm_stamp_clock *clock)
{
	for (size_t i = 0; i < raw->count && i < ENTRIES; i++) {
		const struct pm_stamp_clock *own = &raw->entries[i].stamp.clock;

		if (own->precision >= PM_PRECISION_MINUTE &&
			own->hour == clock->hour &&
			own->minute == clock->minute)
			return true;
	}
	return false;
}

/* True inside a word or behind a colon. */
static bool goes_on(const struct pm_scan *scan)
{
	char before = scan->text.ptr[scan->off - 1];

	return pm_is_word(before) || before == ':';
}

/* The next clock with a zone in a text; the same zone behind the end of a range
   counts for its start: "13:22 - 16:17 PST". */
static bool next_clock(struct pm_scan *scan, struct pm_stamp_clock *clock,
	struct pm_stamp_clock *end, struct pm_stamp_zone *zone)
{
	size_t start = scan->off;

	for (; !pm_scan_end(scan); scan->off++) {
		if (pm_is_digit(pm_scan_peek(scan, 0)) &&
			(scan->off == start || !goes_on(scan)) &&
			pm_scan_clock(scan, clock)) {
			struct pm_scan at = *scan;

			*end = *clock;
			if (pm_scan_zone(scan, zone))
				return true;
			if (pm_scan_range_sign(&at)) {
				pm_scan_blanks(&at);
				if (pm_scan_clock(&at, end) &&
					pm_scan_zone(&at, zone)) {
					*scan = at;
					return true;
				}
			}
			if (pm_scan_end(scan))
				return false;
		}
	}
	return false;
}

/* Looks for the zone of entries in a text; false where it has another than out
   has already. */
static bool look_in(const struct pm_raw_timeline *raw, struct pm_slice text,
	struct pm_stamp_zone *out)
{
	struct pm_scan scan = {pm_slice_sub(text, 0, TEXT_MAX), 0, false};
	struct pm_stamp_clock clock, end;
	struct pm_stamp_zone zone;

	while (next_clock(&scan, &clock, &end, &zone)) {
		if (!is_told(raw, &clock) && !is_told(raw, &end))
			continue;
		if (out->text.len && !pm_slice_eq(out->text, zone.text))
			return false;
		*out = zone;
	}
	return true;
}

/* "Start (UTC): 2026-11-22 08:00": of a key, which holds for its clock. */
static bool zone_of_fact(const struct pm_body *body,
	const struct pm_raw_timeline *raw, struct pm_stamp_zone *out)
{
	struct pm_fact_line fact;
	struct pm_stamp stamp;
	unsigned line = 0;

	while (pm_doc_next_fact(body->doc, &line, &fact))
		if (fact.fact <= PM_FACT_RESOLVED && fact.zone.len &&
			pm_stamp_read(fact.value, PM_STAMP_LOOSE, &stamp) &&
			stamp.clock.precision >= PM_PRECISION_MINUTE &&
			is_told(raw, &stamp.clock) &&
			pm_zone_find(fact.zone, out))
			return true;
	return false;
}

void pm_timeline_find_zone(
	const struct pm_body *body, struct pm_raw_timeline *raw)
{
	struct pm_stamp_zone zone = {.known = false};
	size_t seen = 0;

	for (size_t i = 0; i < raw->count; i++)
		if (raw->entries[i].stamp.zone.text.len)
			return;
	for (size_t i = 0; i < body->footnotes && seen < BLOCKS; i++) {
		const struct pm_md_block *block = pm_md_read(body->md, i);

		if (body->doc->timeline.line &&
			block->line >= body->doc->timeline.line)
			break;
		seen += block->text.len > 0;
		if (block->text.len && !look_in(raw, block->text, &zone))
			return;
	}
	if (zone.text.len || zone_of_fact(body, raw, &zone))
		raw->zone = zone;
}
