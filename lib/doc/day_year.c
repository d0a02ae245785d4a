/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The year of a document that gives no day: "PM2022-009 - Mail lost", the file
 * "INC-2022-17.md", or the folder "2022/" that it lies in. It completes "Oct 31
 * 13:45", and says nothing of clocks alone.
 */
#include "doc/body.h"
#include "doc/doc.h"
#include "doc/stamp.h"

#include "base/ascii.h"

/*
 * "2022" of "PM2022-009" and "INC-2022-17": a year behind what numbers
 * incidents, and a number behind it. "CVE-2021-44228" numbers something else.
 */
static bool year_of_number(struct pm_slice text, unsigned *year)
{
	static const char *const ids[] = {"pm", "inc", "incident", "ir", "pir",
		"postmortem", "rca", "cir", "im", "om", "sev", "outage",
		"hendelse", "avvik", "vorfall", NULL};
	struct pm_scan scan = {text, 0, false};
	char word[PM_SCAN_WORD];
	unsigned number;

	if (!pm_scan_word(&scan, word) || !pm_word_in(word, ids))
		return false;
	pm_scan_any(&scan, "-_ ");
	return pm_scan_year(&scan, year) && pm_scan_any(&scan, "-_/") &&
	       pm_scan_number(&scan, 1, 4, &number) &&
	       !pm_scan_any(&scan, "-_/");
}

/* The last folder of a path that is called as a year is. */
static bool year_of_folder(struct pm_slice path, unsigned *year)
{
	bool found = false;
	ptrdiff_t slash;

	while ((slash = pm_slice_find(path, 0, '/')) >= 0) {
		struct pm_scan scan = {
			pm_slice_sub(path, 0, (size_t)slash), 0, false};
		unsigned folder;

		if (pm_scan_year(&scan, &folder) && pm_scan_end(&scan)) {
			*year = folder;
			found = true;
		}
		path = pm_slice_from(path, (size_t)slash + 1);
	}
	return found;
}

bool pm_body_year(const struct pm_body *body, struct pm_date *out)
{
	const struct pm_doc *doc = body->doc;
	unsigned year;

	if (!year_of_number(doc->id, &year) &&
		!year_of_number(doc->heading, &year) &&
		!year_of_number(doc->title.text, &year) &&
		!year_of_folder(pm_slice_str(doc->path), &year))
		return false;
	/* Its middle: every day of the year is nearest to that one. */
	*out = (struct pm_date){(int)year, 7, 1};
	return true;
}
