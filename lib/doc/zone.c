/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time zones by the names people write. Abbreviations count only in capitals:
 * in lower case "est" and "cet" are words. Those of the United States are
 * meant where several countries use one (CST too, but in documents of East
 * Asia; IST is known as a zone but its offset is not). There is no zone
 * database: a name such as Europe/Oslo is kept as text.
 */
#include "doc/stamp.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/inline_text.h"

struct zone {
	char name[8];
	int offset_min;
	bool us_summer;
	bool undecided;
};

/* Sorted by name. */
static const struct zone zones[] = {
	{"ACDT", 630, false, false},
	{"ACST", 570, false, false},
	{"AEDT", 660, false, false},
	{"AEST", 600, false, false},
	{"AKDT", -480, false, false},
	{"AKST", -540, false, false},
	{"AWST", 480, false, false},
	{"BRT", -180, false, false},
	{"BST", 60, false, false},
	{"CDT", -300, false, false},
	{"CEST", 120, false, false},
	{"CET", 60, false, false},
	{"CST", -360, false, false},
	{"CT", -360, true, false},
	{"EAT", 180, false, false},
	{"EDT", -240, false, false},
	{"EEST", 180, false, false},
	{"EET", 120, false, false},
	{"EST", -300, false, false},
	{"ET", -300, true, false},
	{"GMT", 0, false, false},
	{"GST", 240, false, false},
	{"HKT", 480, false, false},
	{"HST", -600, false, false},
	{"IDT", 180, false, false},
	{"IST", 0, false, true},
	{"JST", 540, false, false},
	{"KST", 540, false, false},
	{"MDT", -360, false, false},
	{"MESZ", 120, false, false},
	{"MEZ", 60, false, false},
	{"MSK", 180, false, false},
	{"MST", -420, false, false},
	{"MT", -420, true, false},
	{"MYT", 480, false, false},
	{"NZDT", 780, false, false},
	{"NZST", 720, false, false},
	{"PDT", -420, false, false},
	{"PHT", 480, false, false},
	{"PKT", 300, false, false},
	{"PST", -480, false, false},
	{"PT", -480, true, false},
	{"SAST", 120, false, false},
	{"SGT", 480, false, false},
	{"TRT", 180, false, false},
	{"UTC", 0, false, false},
	{"WAT", 60, false, false},
	{"WEST", 60, false, false},
	{"WET", 0, false, false},
	{"WIB", 420, false, false},
	{"Z", 0, false, false},
};

/* Zones by words; a summer word before "time" is not told apart. */
static const struct {
	const char *words; /* folded */
	const char *name;
} spoken[] = {
	{"central europe summer time", "CEST"},
	{"central european summer time", "CEST"},
	{"central european standard time", "CET"},
	{"central european time", "CET"},
	{"central daylight time", "CDT"},
	{"central standard time", "CST"},
	{"central time", "CT"},
	{"coordinated universal time", "UTC"},
	{"east africa time", "EAT"},
	{"east african time", "EAT"},
	{"eastern daylight time", "EDT"},
	{"eastern european summer time", "EEST"},
	{"eastern european time", "EET"},
	{"eastern standard time", "EST"},
	{"eastern time", "ET"},
	{"greenwich mean time", "GMT"},
	{"japan standard time", "JST"},
	{"moscow time", "MSK"},
	{"mountain daylight time", "MDT"},
	{"mountain standard time", "MST"},
	{"mountain time", "MT"},
	{"pacific daylight time", "PDT"},
	{"pacific standard time", "PST"},
	{"pacific time", "PT"},
	{"british summer time", "BST"},
	{"singapore time", "SGT"},
	{"south african standard time", "SAST"},
	{"west africa time", "WAT"},
	{"west african time", "WAT"},
	{"eastern", "ET"},
	{"pacific", "PT"},
};

static const struct zone *zone_named(const char *name)
{
	struct pm_slice key = pm_slice_str(name);

	return bsearch(&key, zones, sizeof zones / sizeof zones[0],
		sizeof zones[0], pm_inline_order);
}

/* +01:00, -7, +0530 */
static bool figures(struct pm_scan *scan, bool colon, int32_t *minutes)
{
	struct pm_scan at = *scan;
	unsigned hour, minute = 0;
	bool west;

	/* The minus sign of typographers is taken as well. */
	west = pm_scan_take(&at, "−") || pm_scan_any(&at, "-");
	if (!west && !pm_scan_any(&at, "+"))
		return false;
	if (pm_scan_number(&at, 4, 4, &hour)) {
		minute = hour % 100;
		hour /= 100;
	} else if (!pm_scan_number(&at, 1, 2, &hour)) {
		return false;
	} else if (pm_scan_peek(&at, 0) == ':' &&
		   pm_is_digit(pm_scan_peek(&at, 1))) {
		at.off++;
		if (!pm_scan_number(&at, 2, 2, &minute))
			return false;
	} else if (colon) {
		/* "UTC+1: restarted": that colon ends the stamp. */
		return false;
	}
	if (hour > 14 || minute > 59)
		return false;
	*minutes = (int32_t)(hour * 60 + minute) * (west ? -1 : 1);
	*scan = at;
	return true;
}

/* True at a sign of a script without spaces: "時刻はJSTで" has four words. */
static bool at_wide(const struct pm_scan *scan)
{
	unsigned char lead = (unsigned char)pm_scan_peek(scan, 0);

	return lead >= 0xE3 && lead <= 0xED;
}

/* "16:00z": directly behind a figure the one letter counts in lower case. */
static bool zulu(const struct pm_scan *scan)
{
	return pm_scan_peek(scan, 0) == 'z' && scan->off > 0 &&
	       pm_is_digit(scan->text.ptr[scan->off - 1]);
}

/* A run of capitals; longer than any abbreviation is none. */
static bool capitals(struct pm_scan *scan, char name[8])
{
	size_t len = 0;
	char c;

	if (zulu(scan)) {
		name[len++] = 'Z';
		scan->off++;
	}
	while ((c = pm_scan_peek(scan, 0)) >= 'A' && c <= 'Z') {
		if (len == 6)
			return false;
		name[len++] = c;
		scan->off++;
	}
	name[len] = '\0';
	return len > 0 && (!pm_scan_at_word(scan) || at_wide(scan));
}

/* "Europe/Berlin": its offset depends on laws, which are not kept here. */
static bool place(struct pm_scan *scan, struct pm_stamp_zone *out)
{
	static const char *const areas[] = {"Africa/", "America/",
		"Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/",
		"Europe/", "Indian/", "Pacific/", "US/"};
	size_t i = 0, len = 0;

	/* What they begin with, and what stands behind the first word. */
	if (!memchr("AEIPU", pm_scan_peek(scan, 0), 5))
		return false;
	while (pm_is_letter(pm_scan_peek(scan, len)))
		len++;
	if (pm_scan_peek(scan, len) != '/')
		return false;
	while (i < sizeof areas / sizeof *areas &&
		!pm_scan_take(scan, areas[i]))
		i++;
	if (i == sizeof areas / sizeof *areas || !pm_scan_at_word(scan))
		return false;
	while (pm_scan_at_word(scan) || strchr("/-_", pm_scan_peek(scan, 0))) {
		if (pm_scan_end(scan))
			break;
		scan->off++;
	}
	out->known = false;
	return true;
}

/* 日本時間, 北京时间, МСК: names that are no capitals of ours. */
static const struct zone *in_signs(struct pm_scan *scan)
{
	static const struct {
		const char *sign, *name;
	} names[] = {
		{"МСК", "MSK"},
		{"北京时间", "HKT"},
		{"北京時間", "HKT"},
		{"日本時間", "JST"},
		{"한국 시간", "KST"},
		{"한국시간", "KST"},
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (pm_scan_take(scan, names[i].sign))
			return zone_named(names[i].name);
	return NULL;
}

/* "UTC +1", but not what is counted from there: "UTC +5 min". */
static bool figures_apart(struct pm_scan *scan, int32_t *minutes)
{
	struct pm_scan at = *scan;
	struct pm_stamp_relative span;

	pm_scan_blanks(&at);
	if (pm_scan_peek(&at, 0) != '+' || pm_scan_relative(&at, &span) ||
		!figures(&at, false, minutes) || pm_scan_at_word(&at))
		return false;
	*scan = at;
	return true;
}

/* UTC, CET, UTC+2, GMT+01:00 */
static bool abbreviation(struct pm_scan *scan, struct pm_stamp_zone *out)
{
	struct pm_scan at = *scan;
	char name[8];
	const struct zone *zone;
	int32_t more;

	if (pm_scan_peek(&at, 0) & 0x80)
		zone = in_signs(&at);
	else if (!capitals(&at, name))
		return false;
	else
		zone = zone_named(name);
	if (!zone)
		return false;
	out->offset_min = zone->offset_min;
	out->known = !zone->undecided;
	out->us_summer = zone->us_summer;
	if (zone->offset_min == 0 &&
		(figures(&at, false, &more) || figures_apart(&at, &more)))
		out->offset_min = more;
	*scan = at;
	return true;
}

/* Takes a phrase of words, letter case apart. */
static bool take_phrase(struct pm_scan *scan, const char *phrase)
{
	struct pm_scan at = *scan;

	for (; *phrase; phrase++) {
		char c = pm_scan_peek(&at, 0);

		if (*phrase == ' ' && c == ' ') {
			pm_scan_blanks(&at);
			continue;
		}
		if ((c | 32) != *phrase)
			return false;
		at.off++;
	}
	if (pm_scan_at_word(&at))
		return false;
	*scan = at;
	return true;
}

/* "Eastern", "Pacific Time": begins with a capital, to be no plain word. */
static bool in_words(struct pm_scan *scan, struct pm_stamp_zone *out)
{
	char first = pm_scan_peek(scan, 0) | 32;

	/* What they begin with. */
	if (!memchr("BCEGJMPSW", pm_scan_peek(scan, 0), 9))
		return false;
	for (size_t i = 0; i < sizeof spoken / sizeof spoken[0]; i++)
		if (spoken[i].words[0] == first &&
			take_phrase(scan, spoken[i].words)) {
			const struct zone *zone = zone_named(spoken[i].name);

			out->offset_min = zone->offset_min;
			out->known = true;
			out->us_summer = zone->us_summer;
			return true;
		}
	return false;
}

/* A zone without brackets around it. */
static bool bare_zone(struct pm_scan *scan, struct pm_stamp_zone *out)
{
	struct pm_scan at = *scan;
	char c = pm_scan_peek(scan, 0);

	if (!pm_is_capital(c) && c != '+' && !(c & 0x80) && !zulu(scan))
		return false;
	if (place(&at, out)) {
		*scan = at;
		return true;
	}
	if (abbreviation(scan, out) || in_words(scan, out))
		return true;
	/* With a minus the second half of a range looks the same: 9:00-10:00.
	 */
	if (c != '+')
		return false;
	out->known = figures(scan, true, &out->offset_min);
	return out->known;
}

bool pm_scan_offset(struct pm_scan *scan, struct pm_stamp_zone *out)
{
	size_t start = scan->off;

	memset(out, 0, sizeof *out);
	out->known = figures(scan, true, &out->offset_min);
	out->text = pm_slice_sub(scan->text, start, scan->off - start);
	return out->known;
}

bool pm_scan_west(struct pm_scan *scan, bool machine, struct pm_stamp_zone *out)
{
	struct pm_scan at = *scan;
	size_t start, len;

	memset(out, 0, sizeof *out);
	pm_scan_any(&at, " ");
	start = at.off;
	if (pm_scan_peek(&at, 0) != '-' ||
		!figures(&at, !machine, &out->offset_min))
		return false;
	len = at.off - start;
	/* -0700, and of a machine also -07:00 and -07. */
	if ((len != strlen("-0700") &&
		    (!machine || (len != strlen("-07:00") &&
					 len != strlen("-07")))) ||
		out->offset_min % 15 || pm_scan_at_word(&at) ||
		(pm_scan_peek(&at, 0) == ':' &&
			pm_is_digit(pm_scan_peek(&at, 1))))
		return false;
	out->known = true;
	out->text = pm_slice_sub(at.text, start, len);
	*scan = at;
	return true;
}

bool pm_scan_zone(struct pm_scan *scan, struct pm_stamp_zone *out)
{
	struct pm_scan at = *scan, inner;
	struct pm_stamp_zone more;
	size_t start;
	bool bracket;

	memset(out, 0, sizeof *out);
	pm_scan_blanks(&at);
	bracket = pm_scan_any(&at, "(");
	/* "+UTC", as explorers of chains have it. */
	if (pm_scan_peek(&at, 0) == '+' && pm_scan_peek(&at, 1) == 'U')
		at.off++;
	start = at.off;
	if (!bare_zone(&at, out) || (bracket && pm_scan_peek(&at, 0) != ')'))
		return false;
	out->text = pm_slice_sub(at.text, start, at.off - start);
	if (bracket) {
		at.off++;
		*scan = at;
		return true;
	}
	/* "CET (GMT+1)", "EDT (UTC-4)": the same zone said twice. */
	inner = at;
	pm_scan_blanks(&inner);
	if (pm_scan_any(&inner, "(") && abbreviation(&inner, &more) &&
		pm_scan_any(&inner, ")")) {
		out->text = pm_slice_sub(at.text, start, inner.off - start);
		if (more.known && more.offset_min)
			out->offset_min = more.offset_min;
		at = inner;
	}
	*scan = at;
	return true;
}

bool pm_zone_find(struct pm_slice text, struct pm_stamp_zone *out)
{
	struct pm_scan scan = {text, 0, false};
	bool before = false;

	if (text.len > 400)
		scan.text.len = 400;
	while (!pm_scan_end(&scan)) {
		char c = pm_scan_peek(&scan, 0);
		bool word = pm_scan_at_word(&scan) || (c == '+' && !before);

		/* What they begin with: see bare_zone. A lone Z is a zone only
		   behind figures. */
		if (word && !before && !pm_is_small(c) && !pm_is_digit(c) &&
			pm_scan_zone(&scan, out) &&
			!pm_slice_is(out->text, "Z"))
			return true;
		before = word && !at_wide(&scan);
		scan.off += word && !before ? 3 : 1;
		/* The rest of a word begins no zone. */
		while (before && pm_is_letter(pm_scan_peek(&scan, 0)))
			scan.off++;
	}
	memset(out, 0, sizeof *out);
	return false;
}

/* The n-th Sunday of a month, as days since 1970. */
static int64_t nth_sunday(int year, unsigned month, unsigned n)
{
	int64_t first = pm_date_to_days((struct pm_date){year, month, 1});
	/* Day 0 was a Thursday; a Sunday is 3 days after it. */
	int64_t to_sunday = (3 - first % 7 + 14) % 7;

	return first + to_sunday + 7 * (int64_t)(n - 1);
}

int32_t pm_zone_offset(const struct pm_stamp_zone *zone, struct pm_date day)
{
	int64_t at = pm_date_to_days(day);

	if (!zone->us_summer || day.year < 2007 ||
		at < nth_sunday(day.year, 3, 2) ||
		at >= nth_sunday(day.year, 11, 1))
		return zone->offset_min;
	return zone->offset_min + 60;
}
