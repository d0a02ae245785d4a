/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The day a document is about, which completes clocks without a date and
 * dates without a year: from the front matter, the title, the file name, or
 * the first date that the text gives in full. What tells when it was counts
 * more than what may tell when somebody wrote about it.
 */
#include "doc/body.h"
#include "doc/doc.h"
#include "doc/stamp.h"

#include "base/ascii.h"

/* How many blocks of text are looked at; how long before the day of a document
   the incident was at most, where two days are told. */
enum { BLOCKS = 60, MONTH = 31, YEAR = 366, LONG_AGO = 3660 };

/* "detected_at: 2026-...", "incident_date: ...": a key for when it was, and not
   for when it was written down. */
static const char *const when_keys[] = {"incident_date", "incident-date",
	"start", "detected", "occurred", "happened", "began", "发生", "発生",
	NULL};

/* The same for either. */
static const char *const date_keys[] = {"date", "Date", "dato", "datum",
	"fecha", "data:", "data_", "日付", NULL};

/* For when it was told. */
static const char *const published_keys[] = {
	"publishDate", "published", "pubDate", "pubdate", NULL};

/* The day of times.started. */
static bool started_day(const struct pm_doc *doc, struct pm_stamp_date *out)
{
	const struct pm_moment_value *started = &doc->times[PM_MOMENT_STARTED];
	struct pm_date day;

	if (!started->valid || started->time.precision == PM_PRECISION_NONE)
		return false;
	day = pm_time_date(started->time.sec, started->time.offset_min);
	*out = (struct pm_stamp_date){.given = true,
		.year = day.year,
		.month = day.month,
		.day = day.day};
	return true;
}

/* The day of the first line of the front matter with one of some keys; nested:
   of those below others as well. */
static bool front_day(const struct pm_doc *doc, const char *const *keys,
	bool nested, struct pm_stamp_date *out)
{
	struct pm_slice rest = pm_slice_sub(
		doc->src, doc->own->front.off, doc->own->front.len);
	struct pm_slice line;

	if (doc->own->toml.len)
		rest = doc->own->toml;
	while (pm_slice_line(&rest, &line))
		if (pm_begins_with_one(
			    nested ? pm_slice_trim(line) : line, keys) &&
			pm_stamp_find(line, out))
			return true;
	return false;
}

/* "Date: 2023-11-22 is when the disk was bought" states nothing of the
   document, which a day with a clock, an end or a remark does. */
static bool is_stated(enum pm_fact fact, struct pm_slice value)
{
	struct pm_stamp stamp;

	return fact != PM_FACT_DATE ||
	       (pm_stamp_read(value, PM_STAMP_LOOSE, &stamp) &&
		       (stamp.marked || (stamp.len < value.len &&
						value.ptr[stamp.len] == '(')));
}

/* The day of the first line above the text that states a fact; named: "May 3"
   will do. */
static bool fact_day(const struct pm_doc *doc, enum pm_fact fact, bool named,
	struct pm_stamp_date *out)
{
	struct pm_fact_line line;
	unsigned at = 0;

	while (pm_doc_next_fact(doc, &at, &line))
		if (line.fact == fact && is_stated(fact, line.value) &&
			(pm_stamp_find(line.value, out) ||
				(named &&
					pm_stamp_find_named(line.value, out))))
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

/* "Last updated: 2026-05-04" of "Author: Ana | Last updated: 2026-05-04": the
   part of a line that holds its first date. */
static struct pm_slice dated_part(struct pm_slice line)
{
	struct pm_stamp_date day;
	ptrdiff_t bar;

	while ((bar = pm_slice_find(line, 0, '|')) >= 0) {
		struct pm_slice part = pm_slice_sub(line, 0, (size_t)bar);

		if (pm_stamp_find(part, &day))
			return part;
		line = pm_slice_trim(pm_slice_from(line, (size_t)bar + 1));
	}
	return line;
}

/* True for the table of a document's own versions: each has the day when it
   was written. */
static bool tells_versions(const struct pm_body *body, size_t table)
{
	static const char *const words[] = {"version", "revision", "rev",
		"versjon", "revisjon", "versie", "versao", "版", "版数", NULL};
	const struct pm_md_block *blocks = body->md->blocks;

	if (table + 1 >= blocks[table].end || !blocks[table + 1].header)
		return false;
	for (size_t i = table + 2; i < blocks[table + 1].end; i++) {
		struct pm_scan scan = {pm_md_read(body->md, i)->text, 0, false};
		char word[PM_SCAN_WORD];

		if (pm_scan_word(&scan, word) && pm_word_in(word, words) &&
			pm_scan_end(&scan))
			return true;
	}
	return false;
}

/* The first date with a year in a block of text; of what was written when only
   where that is asked for. */
static bool block_day(const struct pm_body *body, size_t at, bool any,
	struct pm_stamp_date *out)
{
	const struct pm_md_block *block = pm_md_read(body->md, at);

	for (size_t run = 0; run < block->nruns;) {
		struct pm_text_line line = pm_body_text_line(body, block, &run);

		if (pm_body_find_date(body, at, line.text, out) &&
			(any || !pm_stamp_of_writing(dated_part(line.text))))
			return true;
	}
	return false;
}

/* The first date with a year that the document's text gives, and in which
   block. */
static bool text_day(const struct pm_body *body, size_t blocks, bool any,
	size_t *at, struct pm_stamp_date *out)
{
	size_t seen = 0;
	bool of_writing = false;

	for (size_t i = 0; i < body->footnotes && seen < blocks; i++) {
		const struct pm_md_block *block = pm_md_read(body->md, i);

		*at = i;
		if (block->kind == PM_MD_CODE &&
			fenced_day(block->literal, out))
			return true;
		if (!any && block->kind == PM_MD_TABLE &&
			tells_versions(body, i))
			i = block->end - 1;
		if (!block->text.len)
			continue;
		seen++;
		/* "## Date of post-mortem" says it of the line below. */
		if (!of_writing && block_day(body, i, any, out))
			return true;
		of_writing = !any && block->kind == PM_MD_HEADING &&
			     pm_stamp_of_writing(block->text);
	}
	return false;
}

/* The same of sections that say what was before or why: a summary that tells a
   day, too, tells that of the incident. */
static bool body_day(const struct pm_body *body, struct pm_stamp_date *out)
{
	enum {
		BEFORE = 1 << PM_SECTION_BACKGROUND | 1 << PM_SECTION_CAUSE,
	};
	const struct pm_section *sections = body->doc->sections;
	struct pm_stamp_date told;
	size_t at;

	if (!text_day(body, BLOCKS, false, &at, out))
		return false;
	at = pm_body_section_of(body, at);
	if (at == SIZE_MAX || !(sections[at].roles & BEFORE))
		return true;
	for (size_t i = 0; i < body->doc->nsections; i++) {
		size_t end = body->sections[i].end;

		if (!(sections[i].roles & 1u << PM_SECTION_SUMMARY))
			continue;
		for (size_t k = body->sections[i].first; k < end; k++)
			if (block_day(body, k, false, &told)) {
				*out = told;
				return true;
			}
	}
	return true;
}

/*
 * Tells whether a day can be the one that a document of another day is about:
 * nobody writes before it happens, and few write long after. Of 3/4 the reading
 * is taken that can; "May 3" is the last one before.
 */
static bool comes_before(struct pm_body *body, const struct pm_stamp_date *base,
	int64_t most, struct pm_stamp_date *told)
{
	int64_t written = pm_date_to_days(pm_stamp_day(base)), between;
	struct pm_stamp_date other;

	if (base->ambiguous)
		return false;
	if (told->ambiguous)
		pm_stamp_settle(told, pm_body_order(body));
	if (!told->year) {
		told->year = base->year;
		told->year -= pm_date_to_days(pm_stamp_day(told)) > written;
	}
	if (!pm_date_valid(pm_stamp_day(told)))
		return false;
	between = written - pm_date_to_days(pm_stamp_day(told));
	if (between >= 0 && between <= most) {
		told->ambiguous = false;
		return true;
	}
	other = *told;
	if (!told->ambiguous || !pm_stamp_settle(&other, PM_ORDER_DAY) ||
		!comes_before(body, base, most, &other))
		return false;
	*told = other;
	return true;
}

/* The day in a title, or the one that it names without a year. */
static bool title_day(
	const struct pm_doc *doc, bool yearless, struct pm_stamp_date *out)
{
	const struct pm_slice titles[] = {
		doc->heading, doc->title.text, doc->own->page};

	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (yearless ? pm_stamp_find_named(titles[i], out)
			     : pm_stamp_find(titles[i], out))
			return true;
	return false;
}

/* True when a line of the front matter begins with one of some keys. */
static bool front_has(const struct pm_doc *doc, const char *const *keys)
{
	struct pm_slice rest = pm_slice_sub(
		doc->src, doc->own->front.off, doc->own->front.len);
	struct pm_slice line;

	while (pm_slice_line(&rest, &line))
		if (pm_begins_with_one(line, keys))
			return true;
	return false;
}

/* How much the front matter makes a document a page of a blog, whose date is
   when somebody told about it. The keys of pm, which --convert adds, say
   nothing of it: the text tells the same before and after. */
enum post { POST_NOT, POST_LIKE, POST_TAGGED, POST_SURE };

static enum post kind_of_post(const struct pm_doc *doc)
{
	static const char *const sure[] = {"layout:", "categories:",
		"category:", "excerpt:", "publishDate:", "permalink:", NULL};
	static const char *const tags[] = {"tags:", NULL};
	static const char *const like[] = {"author:", "authors:", "slug:",
		"draft:", "description:", "topics:", "cover_image:",
		"readTime:", "read_time:", "toc:", NULL};

	if (front_has(doc, sure))
		return POST_SURE;
	if (front_has(doc, tags))
		return POST_TAGGED;
	return front_has(doc, like) ? POST_LIKE : POST_NOT;
}

/* "Last Thursday mail was lost", "On Friday, we were down", "Am Freitag": the
   last such day before the base, which may be that one itself. A date behind it
   says more. */
static bool last_weekday(struct pm_slice text, const struct pm_stamp_date *base,
	struct pm_stamp_date *out)
{
	enum { WEEK = 7, THURSDAY = 3 }; /* on which days are counted from */
	static const char *const on[] = {"On ", "Am ", "El ", "På ", NULL};
	struct pm_scan scan = {text, 0, false};
	struct pm_stamp_date date;
	struct pm_date day;
	int64_t days;
	unsigned weekday;

	pm_scan_take_one(&scan, on);
	pm_scan_blanks(&scan);
	weekday = pm_scan_weekday(&scan);
	if (!weekday)
		return false;
	pm_scan_any(&scan, ",");
	pm_scan_blanks(&scan);
	pm_scan_take(&scan, "the ");
	if (pm_is_digit(pm_scan_peek(&scan, 0)) || pm_scan_date(&scan, &date))
		return false;
	days = pm_date_to_days(pm_stamp_day(base));
	days -= (days + THURSDAY - ((int)weekday - 1)) % WEEK;
	day = pm_date_from_days(days);
	*out = (struct pm_stamp_date){.given = true,
		.year = day.year,
		.month = day.month,
		.day = day.day};
	return true;
}

/* "On Friday, May 3rd, we were down", "Am Freitag, 3.5., ...", "Yesterday, mail
   was lost". */
static bool opens_with_day(struct pm_slice text,
	const struct pm_stamp_date *base, struct pm_stamp_date *out)
{
	static const char *const last[] = {"last", "this", NULL};
	static const char *const yesterday[] = {
		"yesterday", "gestern", "ayer", "ontem", NULL};
	struct pm_scan scan = {text, 0, false};
	struct pm_stamp stamp;
	char word[PM_SCAN_WORD];
	struct pm_date day;

	if (pm_scan_word(&scan, word) && pm_word_in(word, yesterday)) {
		day = pm_date_from_days(
			pm_date_to_days(pm_stamp_day(base)) - 1);
		*out = (struct pm_stamp_date){.given = true,
			.year = day.year,
			.month = day.month,
			.day = day.day};
		return true;
	}
	if (scan.off && pm_word_in(word, last))
		text = pm_slice_from(text, scan.off);
	if (last_weekday(text, base, out))
		return true;
	if (!pm_stamp_read(text, PM_STAMP_LOOSE, &stamp) || !stamp.date.month ||
		!(stamp.date.year || stamp.date.named || stamp.weekday))
		return false;
	*out = stamp.date;
	return true;
}

/* "Our mail was down on May 3 for an hour" in the first paragraph. */
static bool first_names_day(
	const struct pm_body *body, struct pm_stamp_date *out)
{
	for (size_t i = 0; i < body->footnotes; i++)
		if (body->md->blocks[i].kind == PM_MD_PARAGRAPH)
			return pm_stamp_find_named(
				pm_md_read(body->md, i)->text, out);
	return false;
}

/* The first paragraph below a heading of the text, as that of the title has
   what is known of the document. */
static struct pm_slice first_below_heading(const struct pm_body *body)
{
	bool below = false;

	for (size_t i = 0; i < body->footnotes; i++) {
		const struct pm_md_block *block = &body->md->blocks[i];

		if (below && block->kind == PM_MD_PARAGRAPH)
			return pm_md_read(body->md, i)->text;
		below = block->kind == PM_MD_HEADING && block->level > 1;
	}
	return (struct pm_slice){NULL, 0};
}

/*
 * What a line calls "Date" and no more may be when the text was written: the
 * first sentence below a heading tells when it was, some days before. It has to
 * begin with the day, unless nothing but such a line gives one.
 */
static bool told_day(struct pm_body *body, const struct pm_stamp_date *base,
	bool anywhere, struct pm_stamp_date *out)
{
	struct pm_slice text = first_below_heading(body);

	return !base->ambiguous && text.len &&
	       (opens_with_day(text, base, out) ||
		       (anywhere && pm_stamp_find_named(text, out))) &&
	       comes_before(body, base, MONTH, out);
}

/* True for the day of a line above the text that is called "Date" alone. */
static bool is_bare_date(
	const struct pm_doc *doc, const struct pm_stamp_date *date)
{
	struct pm_fact_line line;
	struct pm_stamp_date day;
	unsigned at = 0;

	while (pm_doc_next_fact(doc, &at, &line))
		if (line.fact == PM_FACT_DATE)
			return pm_stamp_find(line.value, &day) &&
			       pm_date_to_days(pm_stamp_day(&day)) ==
				       pm_date_to_days(pm_stamp_day(date));
	return false;
}

/* The day that the text gives where neither its title nor any key does. */
static bool day_of_text(struct pm_body *body, struct pm_stamp_date *out)
{
	struct pm_stamp_date told;
	bool dated = body_day(body, out);
	size_t at;

	/* "Written: 2026-06-21", and of years ago the firmware of a disk. */
	if (dated && text_day(body, BLOCKS, true, &at, &told) &&
		pm_date_to_days(pm_stamp_day(&told)) -
				pm_date_to_days(pm_stamp_day(out)) >
			YEAR)
		dated = false;
	if (dated && !is_bare_date(body->doc, out))
		return true;
	if (!dated && !front_day(body->doc, published_keys, false, out) &&
		!text_day(body, BLOCKS, true, &at, out))
		return false;
	if (told_day(body, out, !dated, &told))
		*out = told;
	return true;
}

/*
 * What a blog calls its date is when it told about it. Who tells of an outage
 * says first when it was, some days before. Keys that other documents have as
 * well need a sentence that begins with the day, and where nothing is like a
 * blog, that is the first: "The relay was set up on 2026-05-04" is none.
 */
static bool post_day(struct pm_body *body, const struct pm_stamp_date *base,
	struct pm_stamp_date *out)
{
	enum { FIRST = 6, OPENING = 3, TAGGED = 3 };
	enum post kind = kind_of_post(body->doc);
	int64_t most = kind == POST_SURE ? MONTH : TAGGED;
	size_t seen = 0, opening = kind == POST_NOT ? 1 : OPENING, at;

	if (base->ambiguous)
		return false;
	for (size_t i = 0; i < body->footnotes && seen < opening; i++) {
		const struct pm_md_block *block = pm_md_read(body->md, i);

		if (block->kind != PM_MD_PARAGRAPH || !block->text.len)
			continue;
		seen++;
		if (opens_with_day(block->text, base, out) &&
			comes_before(body, base, MONTH, out))
			return true;
	}
	if (kind < POST_TAGGED)
		return false;
	return (text_day(body, FIRST, true, &at, out) &&
		       comes_before(body, base, most, out)) ||
	       (first_names_day(body, out) &&
		       comes_before(body, base, most, out));
}

/*
 * A day that the document tells more closely than its own date, of its front
 * matter or its file name, does: that may be when it was written.
 */
static bool closer_day(struct pm_body *body, const struct pm_stamp_date *base,
	struct pm_stamp_date *out)
{
	const struct pm_doc *doc = body->doc;

	/* Only a title looks back on what was years ago. */
	return (title_day(doc, false, out) &&
		       comes_before(body, base, LONG_AGO, out)) ||
	       (title_day(doc, true, out) &&
		       comes_before(body, base, MONTH, out)) ||
	       (fact_day(doc, PM_FACT_STARTED, false, out) &&
		       comes_before(body, base, MONTH, out)) ||
	       (fact_day(doc, PM_FACT_DAY, true, out) &&
		       comes_before(body, base, MONTH, out)) ||
	       (fact_day(doc, PM_FACT_DATE, false, out) &&
		       comes_before(body, base, MONTH, out)) ||
	       post_day(body, base, out);
}

static bool find_day(struct pm_body *body, struct pm_stamp_date *out)
{
	const struct pm_doc *doc = body->doc;
	struct pm_stamp_date told;
	bool front;

	if (started_day(doc, out) || front_day(doc, when_keys, true, out) ||
		fact_day(doc, PM_FACT_DAY, false, out))
		return true;
	front = front_day(doc, date_keys, false, out);
	if (!front && title_day(doc, false, out))
		return true;
	if (!front && !pm_stamp_find(doc->id, out)) {
		if (front_day(doc, published_keys, false, &told) &&
			closer_day(body, &told, out))
			return true;
		return fact_day(doc, PM_FACT_STARTED, false, out) ||
		       pm_body_day_of_parts(body, out) ||
		       day_of_text(body, out);
	}
	if (out->ambiguous)
		pm_stamp_settle(out, pm_body_order(body));
	if (closer_day(body, out, &told))
		*out = told;
	return true;
}

bool pm_body_day(struct pm_body *body, struct pm_date *out)
{
	struct pm_stamp_date day;

	if (!body->looked_for_day && find_day(body, &day)) {
		if (day.ambiguous)
			pm_stamp_settle(&day, pm_body_order(body));
		body->day = day;
	}
	body->looked_for_day = true;
	*out = pm_stamp_day(&body->day);
	return body->day.year != 0;
}
