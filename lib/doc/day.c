/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The day a document is about, which completes clocks without a date and
 * dates without a year: from the front matter, the title, the file name, or
 * the first date that the text gives in full.
 */
#include "doc/body.h"
#include "doc/stamp.h"

#include "base/ascii.h"

/* How many blocks of text are looked at. */
enum { BLOCKS = 60 };

/* "detected_at: 2026-...", "incident_date: ...", "dato: ...": a key for when it
   was, and not for when it was written down. */
static bool says_when(struct pm_slice line)
{
	static const char *const keys[] = {"incident_date", "incident-date",
		"start", "detected", "occurred", "happened", "began", "dato",
		"datum", "fecha", "data:", "data_", "发生", "発生", "日付",
		NULL};

	return pm_begins_with_one(line, keys) > 0;
}

/* The day of times.started, or of another tool's key. */
static bool front_day(const struct pm_body *body, struct pm_stamp_date *out)
{
	const struct pm_doc *doc = body->doc;
	const struct pm_moment_value *started = &doc->times[PM_MOMENT_STARTED];
	struct pm_slice rest = pm_slice_sub(
		doc->src, doc->own->front.off, doc->own->front.len);
	struct pm_slice line, head;
	struct pm_date day;

	if (doc->own->toml.len)
		rest = doc->own->toml;
	head = rest;
	if (started->valid && started->time.precision != PM_PRECISION_NONE) {
		day = pm_time_date(started->time.sec, started->time.offset_min);
		*out = (struct pm_stamp_date){.given = true,
			.year = day.year,
			.month = day.month,
			.day = day.day};
		return true;
	}
	while (pm_slice_line(&rest, &line))
		if (pm_slice_starts(line, "date") && pm_stamp_find(line, out))
			return true;
	rest = head;
	while (pm_slice_line(&rest, &line))
		if (says_when(line) && pm_stamp_find(line, out))
			return true;
	return false;
}

/*
 * The first day in a block of code that holds nothing but keys and values,
 * "Detected: 2026-05-03 10:02", as some fence what others have in a table.
 */
static bool fenced_day(struct pm_slice code, struct pm_stamp_date *out)
{
	enum { FACT_KEY_MAX = 40 };
	struct pm_slice rest = code, line;

	while (pm_slice_line(&rest, &line)) {
		ptrdiff_t colon = pm_slice_find(
			pm_slice_sub(line, 0, FACT_KEY_MAX), 0, ':');

		if (!pm_slice_trim(line).len)
			continue;
		if (colon < 1 || !pm_is_letter(line.ptr[0]) ||
			((size_t)colon + 1 < line.len &&
				line.ptr[colon + 1] != ' '))
			return false;
	}
	while (pm_slice_line(&code, &line))
		if (pm_stamp_find(line, out))
			return true;
	return false;
}

/* The first date with a year that the document's text gives. */
static bool text_day(
	const struct pm_body *body, size_t blocks, struct pm_stamp_date *out)
{
	size_t seen = 0;

	for (size_t i = 0; i < body->footnotes && seen < blocks; i++) {
		const struct pm_md_block *block = pm_md_read(body->md, i);

		if (block->kind == PM_MD_CODE &&
			fenced_day(block->literal, out))
			return true;
		if (!block->text.len)
			continue;
		seen++;
		if (pm_stamp_find(block->text, out))
			return true;
	}
	return false;
}

/* Which orders the dates of the front matter and of the text show. */
static unsigned find_orders(const struct pm_body *body)
{
	const struct pm_doc_private *own = body->doc->own;
	unsigned orders = pm_stamp_orders(pm_slice_sub(body->doc->src,
				  own->front.off, own->front.len)) |
			  pm_stamp_orders(own->toml);

	for (size_t i = 0; i < body->md->nblocks; i++)
		orders |= pm_stamp_orders(pm_md_read(body->md, i)->text);
	return orders;
}

/* East Asia has the month first, whoever else is not English the day. Words of
   English and its neighbours look alike, signs do not. */
static enum pm_date_order order_of_language(const struct pm_body *body)
{
	if (body->wide && body->wide >= body->english)
		return PM_ORDER_MONTH;
	return body->foreign > 1 && body->foreign > body->english
		       ? PM_ORDER_DAY
		       : PM_ORDER_UNKNOWN;
}

enum pm_date_order pm_body_order(struct pm_body *body)
{
	const struct pm_policy *policy = body->doc->own->policy;
	enum pm_date_order order = body->timeline_order;

	if (order == PM_ORDER_UNKNOWN && !body->looked_for_order) {
		body->looked_for_order = true;
		body->orders |= find_orders(body);
	}
	if (order == PM_ORDER_UNKNOWN)
		order = pm_stamp_order(body->orders);
	if (order == PM_ORDER_UNKNOWN)
		order = order_of_language(body);
	return order == PM_ORDER_UNKNOWN && policy ? policy->date_order : order;
}

/* "August 2026" in a title. */
static bool find_month(struct pm_slice text, struct pm_date *out)
{
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	unsigned month, year;

	while (!pm_scan_end(&scan)) {
		if (!pm_scan_word(&scan, word)) {
			scan.off++;
			continue;
		}
		month = pm_month_named(word);
		if (!month)
			continue;
		pm_scan_any(&scan, ",");
		pm_scan_blanks(&scan);
		if (!pm_scan_year(&scan, &year))
			continue;
		*out = (struct pm_date){(int)year, month, 15};
		return true;
	}
	return false;
}

bool pm_body_month(const struct pm_body *body, struct pm_date *out)
{
	return find_month(body->doc->heading, out) ||
	       find_month(body->doc->title.text, out) ||
	       find_month(body->doc->own->page, out);
}

/* True when a line of the front matter begins with one of some keys, which no
   schema or id makes those of a post-mortem. */
static bool front_has(const struct pm_doc *doc, const char *const *keys)
{
	struct pm_slice rest = pm_slice_sub(
		doc->src, doc->own->front.off, doc->own->front.len);
	struct pm_slice line;

	if (doc->schema.text.len || doc->front_id.text.len)
		return false;
	while (pm_slice_line(&rest, &line))
		if (pm_begins_with_one(line, keys))
			return true;
	return false;
}

/* How many days before its date the front matter of a page in a blog lets the
   incident be; 0 where nothing makes it such a page. Others have tags as well,
   but mostly days of their own. */
static int64_t days_before_post(const struct pm_doc *doc)
{
	static const char *const sure[] = {"layout:", "categories:",
		"category:", "excerpt:", "publishDate:", "permalink:", NULL};
	static const char *const maybe[] = {"tags:", NULL};
	enum { SURE = 31, MAYBE = 3 };

	if (front_has(doc, sure))
		return SURE;
	return front_has(doc, maybe) ? MAYBE : 0;
}

/*
 * What a blog calls its date is when it told about it. Who tells of an outage
 * says first when it was, some days before.
 */
static void before_post(const struct pm_body *body, struct pm_stamp_date *day)
{
	enum { FIRST = 6 };
	int64_t most = days_before_post(body->doc), between;
	struct pm_stamp_date told;

	if (!most || pm_stamp_find(body->doc->heading, &told) ||
		pm_stamp_find(body->doc->title.text, &told) ||
		!text_day(body, FIRST, &told) || told.ambiguous)
		return;
	between = pm_date_to_days(pm_stamp_day(day)) -
		  pm_date_to_days(pm_stamp_day(&told));
	if (between > 0 && between <= most)
		*day = told;
}

/* The day of a fact above the text. "Date of incident" names the day, as no
   title does and no file, which may be called after the day it was made;
   "Started" may be of a night that the title is not about. */
static bool told_day(const struct pm_body *body, enum pm_fact which,
	struct pm_stamp_date *out)
{
	struct pm_fact_line fact;
	unsigned line = 0;

	while (pm_doc_next_fact(body->doc, &line, &fact))
		if (fact.fact == which && pm_stamp_find(fact.value, out))
			return true;
	return false;
}

bool pm_body_day(struct pm_body *body, struct pm_date *out)
{
	const struct pm_doc *doc = body->doc;
	struct pm_stamp_date day;

	if (!body->looked_for_day &&
		(front_day(body, &day) || told_day(body, PM_FACT_DAY, &day) ||
			pm_stamp_find(doc->heading, &day) ||
			pm_stamp_find(doc->title.text, &day) ||
			pm_stamp_find(doc->own->page, &day) ||
			told_day(body, PM_FACT_STARTED, &day) ||
			pm_stamp_find(doc->id, &day) ||
			text_day(body, BLOCKS, &day))) {
		if (day.ambiguous)
			pm_stamp_settle(&day, pm_body_order(body));
		before_post(body, &day);
		body->day = day;
	}
	body->looked_for_day = true;
	*out = pm_stamp_day(&body->day);
	return body->day.year != 0;
}
