/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a document says of its day in more than one place: the title "Mail lost
 * (5/9)" of the file "2023_05_mail.md", days without a year below "By Ana,
 * August 2025". Each part alone would be a guess.
 */
#include "doc/body.h"
#include "doc/doc.h"
#include "doc/stamp.h"

#include "base/ascii.h"

/* Takes "2023-05", "2023_05", "202305" and "2023年5月": month 0 where that is
   not told. */
static bool year_and_figures(struct pm_scan *scan, struct pm_date *out)
{
	struct pm_scan at = *scan;
	unsigned year, month, both;

	if (pm_scan_number(&at, 6, 6, &both)) {
		year = both / 100;
		month = both % 100;
	} else if (!pm_scan_number(&at, 4, 4, &year)) {
		return false;
	} else if (pm_scan_take(&at, "年")) {
		if (!pm_scan_number(&at, 1, 2, &month) ||
			!pm_scan_take(&at, "月"))
			return false;
	} else if (!pm_scan_any(&at, "-_.") ||
		   !pm_scan_number(&at, 2, 2, &month)) {
		return false;
	}
	if (year < 2000 || year > 2100 || month < 1 || month > 12)
		return false;
	*out = (struct pm_date){(int)year, month, 15};
	*scan = at;
	return true;
}

/* The month that a file name begins with. "INC-2023-05" is the fifth of its
   year. */
static bool month_of_file(const struct pm_doc *doc, struct pm_date *out)
{
	struct pm_scan scan = {pm_slice_str(doc->path), 0, false};
	ptrdiff_t slash;

	while ((slash = pm_slice_find(scan.text, 0, '/')) >= 0)
		scan.text = pm_slice_from(scan.text, (size_t)slash + 1);
	return year_and_figures(&scan, out);
}

/* "August 2026", "agosto de 2026" and "2026年8月" in a text. */
static bool find_month(struct pm_slice text, struct pm_date *out)
{
	static const char *const links[] = {"de", "del", NULL};
	struct pm_scan scan = {text, 0, false}, at;
	char word[PM_SCAN_WORD];
	unsigned month, year;

	while (!pm_scan_end(&scan)) {
		if (pm_is_digit(pm_scan_peek(&scan, 0))) {
			if (pm_scan_peek(&scan, 4) & 0x80 &&
				year_and_figures(&scan, out))
				return true;
			while (pm_is_digit(pm_scan_peek(&scan, 0)))
				scan.off++;
			continue;
		}
		if (!pm_scan_word(&scan, word)) {
			scan.off++;
			continue;
		}
		month = pm_month_named(word);
		if (!month)
			continue;
		at = scan;
		pm_scan_any(&at, ".,");
		pm_scan_blanks(&at);
		scan = at;
		if (pm_scan_word(&at, word) && pm_word_in(word, links)) {
			pm_scan_blanks(&at);
			scan = at;
		}
		if (!pm_scan_year(&scan, &year))
			continue;
		*out = (struct pm_date){(int)year, month, 15};
		return true;
	}
	return false;
}

/* The same in what stands above the first section. */
static bool month_above(const struct pm_body *body, struct pm_date *out)
{
	enum { BLOCKS = 12 };
	const struct pm_doc *doc = body->doc;
	size_t end =
		doc->nsections ? body->sections[0].heading : body->footnotes;

	for (size_t i = 0; i < end && i < BLOCKS; i++)
		if (find_month(
			    pm_slice_sub(pm_md_read(body->md, i)->text, 0, 200),
			    out))
			return true;
	return false;
}

bool pm_body_month(const struct pm_body *body, struct pm_date *out)
{
	return find_month(body->doc->heading, out) ||
	       find_month(body->doc->title.text, out) ||
	       find_month(body->doc->own->page, out) ||
	       month_of_file(body->doc, out) || month_above(body, out);
}

/* Takes "5/9" and "9.5.", of which one is the month. */
static bool figures_of_month(
	struct pm_scan *scan, unsigned month, unsigned *day)
{
	struct pm_scan at = *scan;
	unsigned first, second;
	bool dot;

	if (!pm_scan_number(&at, 1, 2, &first))
		return false;
	dot = pm_scan_peek(&at, 0) == '.';
	if (!pm_scan_any(&at, "/.") || !pm_scan_number(&at, 1, 2, &second) ||
		(first != month && second != month) || (dot && second != month))
		return false;
	if (dot)
		pm_scan_any(&at, ".");
	*day = second == month && (dot || first != month) ? first : second;
	*scan = at;
	return true;
}

/* "(5/9)" and "am 9.5." in a title, where the month is told elsewhere: without
   that, the fifth of nine parts. */
static bool figures_in_title(
	struct pm_slice title, unsigned month, unsigned *day)
{
	static const char *const links[] = {"am", "vom", "du", "le", "del",
		"el", "on", "of", "den", "dem", NULL};
	struct pm_scan scan = {title, 0, false};
	char word[PM_SCAN_WORD];

	while (!pm_scan_end(&scan)) {
		bool bracket =
			pm_scan_any(&scan, "(") || pm_scan_take(&scan, "（");
		struct pm_scan at;

		if (!bracket) {
			if (!pm_scan_word(&scan, word)) {
				scan.off++;
				continue;
			}
			if (!pm_word_in(word, links))
				continue;
			pm_scan_blanks(&scan);
		}
		at = scan;
		if (!figures_of_month(&at, month, day))
			continue;
		pm_scan_blanks(&at);
		if (bracket ? pm_scan_any(&at, ")") || pm_scan_take(&at, "）")
			    : pm_scan_end(&at))
			return true;
	}
	return false;
}

bool pm_body_day_of_parts(const struct pm_body *body, struct pm_stamp_date *out)
{
	const struct pm_doc *doc = body->doc;
	const struct pm_slice titles[] = {
		doc->heading, doc->title.text, doc->own->page};
	bool month;
	struct pm_date about;
	unsigned day;

	month = pm_body_month(body, &about);
	if (!month && !pm_body_year(body, &about))
		return false;
	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
		if (pm_stamp_find_named(titles[i], out) && !out->year &&
			(!month || out->month == about.month)) {
			out->year = about.year;
		} else if (month &&
			   figures_in_title(titles[i], about.month, &day)) {
			*out = (struct pm_stamp_date){.given = true,
				.year = about.year,
				.month = about.month,
				.day = day};
		} else {
			continue;
		}
		if (pm_date_valid(pm_stamp_day(out)))
			return true;
	}
	return false;
}
