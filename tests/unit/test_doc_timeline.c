/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Timelines: the forms entries take, how their days and zones are found, and
 * what is no entry.
 */
#include "doc_reading.h"

#define DOUBT                                                                  \
	"neither it nor the document says whether 2021-03-04 or 2021-04-03 "   \
	"is meant (taken for the first)"
#define DAY "# 2026-11-22 Mail was late\n\n## Timeline\n\n"

static void test_forms(void **state)
{
	static const struct reading cases[] = {
		{"pm's own form",
			"# T\n\n## Timeline\n\n"
			"- 2026-11-22 10:09Z alert fires (grafana)\n"
			"- ~2026-11-22 10:20Z it was the queue\n",
			"5 2026-11-22T10:09 +0 | alert fires (grafana)\n"
			"6 2026-11-22T10:20~ +0 | it was the queue\n"},
		{"the same with more said of the time",
			"# T\n\n## Timeline\n\n"
			"- 2026-11-22 10:09:30Z alert fires\n"
			"- 2026-11-22 10:10Z to 10:20Z nobody answers\n"
			"- 2026-11-22 10:20Z und 10:21Z stille\n"
			"- 2026-11-22 10:21Z Onwards it was Bo\n"
			"- 2026-11-22 10:30Z approx a push\n"
			"- 2026-11-22 10:40Z (11:40 CET) fixed\n",
			"5 2026-11-22T10:09:30 +0 | alert fires\n"
			"6 2026-11-22T10:10..2026-11-22T10:20 +0 | nobody "
			"answers\n"
			"7 2026-11-22T10:20..2026-11-22T10:21 +0 | stille\n"
			"8 2026-11-22T10:21 +0 | Onwards it was Bo\n"
			"9 2026-11-22T10:30~ +0 | a push\n"
			"10 2026-11-22T10:40 +0 | fixed\n"},
		{"bullets, bold times and separators",
			DAY "* **10:02** - push\n* **10:03:** alert\n"
			    "* `10:04` \xe2\x80\x93 page\n* [10:05] call\n"
			    "* 10:06 ::::: found\n",
			"5 2026-11-22T10:02 | push\n"
			"6 2026-11-22T10:03 | alert\n"
			"7 2026-11-22T10:04 | page\n"
			"8 2026-11-22T10:05 | call\n"
			"9 2026-11-22T10:06 | found\n"},
		{"a table",
			DAY "| Time (CET) | Event | Source |\n|---|---|---|\n"
			    "| 10:02 | push | git |\n| 10:05 | alert | |\n",
			"7 2026-11-22T10:02 +60 | push (git)\n"
			"8 2026-11-22T10:05 +60 | alert\n"},
		{"a table with a column for the day",
			"# T\n\n## Timeline\n\n| Date | Time | What |\n"
			"|---|---|---|\n| 2026-11-22 | 23:50 | push |\n"
			"| | 23:55 | alert |\n| 2026-11-23 | 0:10 | fixed |\n",
			"7 2026-11-22T23:50 | push\n"
			"8 2026-11-22T23:55 | alert\n"
			"9 2026-11-23T00:10 | fixed\n"},
		{"a table without a header for the times",
			DAY "| | |\n|---|---|\n| 10:02 | push |\n",
			"7 2026-11-22T10:02 | push\n"},
		{"text glued to a table",
			DAY "| Time | Event |\n|---|---|\n| 10:02 | push |\n"
			    "10:03 it was not the push\n",
			"7 2026-11-22T10:02 | push\n"},
		{"a table whose first entry is its header",
			DAY "| 10:02 | push |\n|---|---|\n| 10:05 | alert |\n",
			"5 2026-11-22T10:02 | push\n"
			"7 2026-11-22T10:05 | alert\n"},
		{"start and end in columns",
			DAY "| Start | End | Event |\n|---|---|---|\n"
			    "| 10:02 | 10:30 | outage |\n",
			"7 2026-11-22T10:02..2026-11-22T10:30 | outage\n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_timeline);
}

static void test_forms_without_lists(void **state)
{
	static const struct reading cases[] = {
		{"sub-headings, told about below",
			DAY "### 10:02\n\nA push.\n\n### 10:05 - Alert\n\nx\n",
			"5 2026-11-22T10:02 | A push.\n"
			"9 2026-11-22T10:05 | Alert\n"},
		{"paragraphs",
			DAY "10:02\nA push.\n\n10:05 An alert,\nand a page.\n",
			"5 2026-11-22T10:02 | A push.\n"
			"8 2026-11-22T10:05 | An alert, and a page.\n"},
		{"lines of one paragraph",
			DAY "10:02 push\n10:05 alert\n10:07 page\n",
			"5 2026-11-22T10:02 | push\n"
			"6 2026-11-22T10:05 | alert\n"
			"7 2026-11-22T10:07 | page\n"},
		{"bars that are no table",
			DAY "| 10:02 | push |\n| 10:05 | alert |\n",
			"5 2026-11-22T10:02 | push\n"
			"6 2026-11-22T10:05 | alert\n"},
		{"a list indented into code",
			DAY "    - 10:02 push\n    - 10:05 alert\n",
			"5 2026-11-22T10:02 | push\n"
			"6 2026-11-22T10:05 | alert\n"},
		{"a time after a label",
			DAY "- First detected: 10:02\n- Resolved 10:45\n",
			"5 2026-11-22T10:02 | First detected\n"
			"6 2026-11-22T10:45 | Resolved\n"},
		{"items within items",
			DAY
			"- 10:02 push\n  - 10:03 pipeline\n  - it was red\n",
			"5 2026-11-22T10:02 | push\n"
			"6 2026-11-22T10:03 | pipeline\n"},
		{"numbered items", DAY "1. 10:02 push\n2. 10:05 alert\n",
			"5 2026-11-22T10:02 | push\n"
			"6 2026-11-22T10:05 | alert\n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_timeline);
}

static void test_what_is_no_entry(void **state)
{
	static const struct reading cases[] = {
		{"prose with times in it",
			DAY
			"At 10:02 we pushed, and by 10:05 it was broken.\n\n"
			"Then at\n10:30 it was mended.\n",
			""},
		{"items without a time",
			DAY "- the push\n- 4 users wrote\n- 2.17 was released\n"
			    "- 10-12 pods\n- 24/7 support\n- 1.5 s later\n",
			""},
		{"quotes and quoted logs",
			DAY "- 10:02 push\n\n> 10:03 ana: oh no\n\n"
			    "```\n10:04 error\n10:05 error\n```\n",
			"5 2026-11-22T10:02 | push\n"},
		{"rows of a template",
			DAY "| Time | Event |\n|---|---|\n"
			    "| 2026-11-22 HH:mm | What happened |\n"
			    "| 10:02 | push |\n",
			"8 2026-11-22T10:02 | push\n"},
		{"rows without a time",
			DAY "| Time | Event |\n|---|---|\n| later | x |\n"
			    "| | y |\n| - | z |\n",
			""},
		{"times outside the timeline",
			"# T\n\n## Timeline\n\n## Appendix\n\n- 10:02 x\n"
			"- 10:03 y\n- 10:04 z\n",
			""},
	};

	(void)state;
	CHECK_READINGS(cases, print_timeline);
}

static void test_clocks(void **state)
{
	static const struct reading cases[] = {
		{"halves of the day",
			DAY "- 12:05 AM a\n- 2:13 pm b\n- 3:10p c\n- 4 PM d\n"
			    "- 12:29p e\n",
			"5 2026-11-22T00:05 | a\n6 2026-11-22T14:13 | b\n"
			"7 2026-11-22T15:10 | c\n8 2026-11-22T16 | d\n"
			"9 2026-11-22T12:29 | e\n"},
		{"an hour without its half follows the one before",
			DAY "- 11:50 AM a\n- 12:40 b\n- 1:15 c\n",
			"5 2026-11-22T11:50 | a\n6 2026-11-22T12:40 | b\n"
			"7 2026-11-22T13:15 | c\n"},
		{"dots, and then also behind one figure",
			DAY "- 10.45 a\n- 9.15 b\n",
			"5 2026-11-22T10:45 | a\n6 2026-11-22T09:15 | b\n"},
		{"but one figure alone is a number",
			DAY "- 10:45 a\n- 9.15 b\n",
			"5 2026-11-22T10:45 | a\n"},
		{"seconds and fractions",
			DAY "- 10:02:33 a\n- 10:02:34.125 b\n",
			"5 2026-11-22T10:02:33 | a\n6 2026-11-22T10:02:34 | "
			"b\n"},
		{"ranges",
			DAY "- 10:02-10:05 a\n- 10:10 \xe2\x80\x93 10:20: b\n"
			    "- 10:30 to 10:40 c\n- 10:50:57-58 d\n"
			    "- 1:30 - 2:15 PM e\n- 23:50-00:10 f\n",
			"5 2026-11-22T10:02..2026-11-22T10:05 | a\n"
			"6 2026-11-22T10:10..2026-11-22T10:20 | b\n"
			"7 2026-11-22T10:30..2026-11-22T10:40 | c\n"
			"8 2026-11-22T10:50:57..2026-11-22T10:50:58 | d\n"
			"9 2026-11-22T13:30..2026-11-22T14:15 | e\n"
			"10 2026-11-22T23:50..2026-11-23T00:10 | f\n"},
		{"about",
			DAY "- ~10:02 a\n- ca. 10:03 b\n- around 10:04 c\n"
			    "- 10:05? d\n- 10:06 (maybe earlier) e\n"
			    "- 10:07\xe9\xa0\x83 f\n",
			"5 2026-11-22T10:02~ | a\n6 2026-11-22T10:03~ | b\n"
			"7 2026-11-22T10:04~ | c\n8 2026-11-22T10:05~ | d\n"
			"9 2026-11-22T10:06~ | e\n10 2026-11-22T10:07~ | f\n"},
		{"what is not known",
			DAY "- 2026-11-22 --:-- a\n- 14:?? b\n"
			    "- 2026-11-23 morning: c\n- 2026-11-24 HH:mm d\n",
			"5 2026-11-22 | a\n6 2026-11-22T14~ | b\n"
			"7 2026-11-23~ | c\n8 2026-11-24 | d\n"},
		{"not even the hour", DAY "- 10:02 a\n- ?\?:?? b\n- --:-- c\n",
			"5 2026-11-22T10:02 | a\n6 2026-11-22 | b\n"
			"7 2026-11-22 | c\n"},
		{"two clocks: the first one counts",
			DAY "- 13:14 EDT (17:14 UTC): a\n",
			"5 2026-11-22T13:14 -240 | a\n"},
		{"other letters and signs",
			DAY "- 14h30 a\n- kl. 15:00 Uhr b\n- 1502 UTC c\n"
			    "- 15\xe6\x99\x82"
			    "4\xe5\x88\x86 d\n- \xe5\x8d\x88\xe5\xbe\x8c"
			    "4\xe6\x99\x82 e\n",
			"5 2026-11-22T14:30 | a\n6 2026-11-22T15:00 | b\n"
			"7 2026-11-22T15:02 +0 | c\n8 2026-11-22T15:04 | d\n"
			"9 2026-11-22T16 | e\n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_timeline);
}

static void test_dates(void **state)
{
	static const struct reading cases[] = {
		{"in many forms",
			"# T\n\n## Timeline\n\n- 2026-11-22 10:02 a\n"
			"- 2026/11/22, 10:03 b\n- 22.11.2026 10:04 c\n"
			"- 22 Nov 2026 10:05 d\n- November 22nd, 2026 at 10:06 "
			"e\n"
			"- Sunday, 22 November 2026 10:07: f\n"
			"- 22. november 2026 kl. 10.08 g\n"
			"- 10:09 UTC on 22 Nov 2026: h\n"
			"- 2026-11-22T10:10:00+01:00 i\n"
			"- 2026\xe5\xb9\xb4"
			"11\xe6\x9c\x88"
			"22\xe6\x97\xa5 10:11 j\n",
			"5 2026-11-22T10:02 | a\n6 2026-11-22T10:03 | b\n"
			"7 2026-11-22T10:04 | c\n8 2026-11-22T10:05 | d\n"
			"9 2026-11-22T10:06 | e\n10 2026-11-22T10:07 | f\n"
			"11 2026-11-22T10:08 | g\n12 2026-11-22T10:09 +0 | h\n"
			"13 2026-11-22T10:10:00 +60 | i\n"
			"14 2026-11-22T10:11 | j\n"},
		{"a day without a clock",
			"# T\n\n## Timeline\n\n- 2026-11-22: merged\n"
			"- 2026-12-01 released\n",
			"5 2026-11-22 | merged\n6 2026-12-01 | released\n"},
		{"a year that is not written is the nearest",
			"# 2027-01-05 T\n\n## Timeline\n\n"
			"- [12-30 16:21] merged\n- [01-05 10:02] deployed\n"
			"- Dec 31, 9:00 warned\n",
			"5 2026-12-30T16:21 | merged\n"
			"6 2027-01-05T10:02 | deployed\n"
			"7 2026-12-31T09:00 | warned\n"},
		{"days as headers: headings, lines, items",
			"# T, 2026\n\nOn 2026-11-01 it began.\n\n## "
			"Timeline\n\n"
			"## 22 November\n\n- 10:02 a\n\n**23 November**\n\n"
			"- 10:03 b\n\n2026-11-24\n- 10:04 c\n\n- 2026-11-25\n"
			"  - 10:05 d\n",
			"9 2026-11-22T10:02 | a\n13 2026-11-23T10:03 | b\n"
			"16 2026-11-24T10:04 | c\n19 2026-11-25T10:05 | d\n"},
		{"a heading that says more than a day, with clocks below",
			"# T\n\n## Timeline\n\n### 2026-11-22 mail\n\n- 10:02 "
			"a\n",
			"7 2026-11-22T10:02 | a\n"},
		{"days alone are entries",
			"# T\n\n## Timeline\n\n### 2026-11-22\n\na\n\n"
			"### 2026-11-23\n\nb\n",
			"5 2026-11-22 | a\n9 2026-11-23 | b\n"},
		{"in the heading of the timeline",
			"# T\n\n## Timeline 11/22/2026\n\n- 10:02 a\n",
			"5 2026-11-22T10:02 | a\n"},
		{"day and month: as the other dates have it",
			"# T\n\n## Timeline\n\n- 25/03/2026 10:00 a\n"
			"- 05/04/2026 10:00 b\n",
			"5 2026-03-25T10:00 | a\n6 2026-04-05T10:00 | b\n"},
		{"day and month: what is nearer to the incident",
			"# 2026-05-07 T\n\n## Timeline\n\n- 05/08/2026 10:00 "
			"a\n"
			"- 06/05/2026 10:00 b\n",
			"5 2026-05-08T10:00 | a\n6 2026-05-06T10:00 | b\n"},
		{"day and month: a guess is told, once",
			"# T\n\n## Timeline\n\n- 03/04/2021 10:00 a\n"
			"- 03/04/2021 11:00 b\n",
			"5 2021-03-04T10:00 | a !" DOUBT "\n"
			"6 2021-03-04T11:00 | b\n"},
		{"day and month: a guess for all below a header",
			"# 2021-11-22 T\n\n## Timeline\n\n### 03/04/2021\n\n"
			"- 10:00 a\n- 11:00 b\n",
			"7 2021-04-03T10:00 | a !neither it nor the document "
			"says whether 2021-04-03 or 2021-03-04 is meant (taken "
			"for the first)\n"
			"8 2021-04-03T11:00 | b\n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_timeline);
}

static void test_days_that_pass(void **state)
{
	static const struct reading cases[] = {
		{"midnight", DAY "- 22:10 a\n- 23:55 b\n- 00:20 c\n- 09:00 d\n",
			"5 2026-11-22T22:10 | a\n6 2026-11-22T23:55 | b\n"
			"7 2026-11-23T00:20 | c\n8 2026-11-23T09:00 | d\n"},
		{"a small step back is out of order, not a day",
			DAY "- 14:49 a\n- 14:43 b\n- 15:00 c\n",
			"5 2026-11-22T14:49 | a\n6 2026-11-22T14:43 | b\n"
			"7 2026-11-22T15:00 | c\n"},
		{"a written day is believed",
			DAY "- 2026-11-24 10:00 a\n- 2026-11-23 09:00 b\n- "
			    "10:00 c\n",
			"5 2026-11-24T10:00 | a\n6 2026-11-23T09:00 | b\n"
			"7 2026-11-23T10:00 | c\n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_timeline);
}

/* hazard: 137 */
static void test_where_the_day_is_found(void **state)
{
	static const struct reading cases[] = {
		{"the front matter",
			"---\ntimes:\n  started: 2026-11-22T10:00Z\n---\n"
			"# T of 2020-01-01\n\n## Timeline\n\n- 10:02 a\n",
			"9 2026-11-22T10:02 | a\n"},
		{"another tool's front matter",
			"---\ntitle: x\ndate: 2026-11-22\n---\n## Timeline\n\n"
			"- 10:02 a\n",
			"7 2026-11-22T10:02 | a\n"},
		{"the title",
			"# Outage of November 22nd, 2026\n\n## Timeline\n\n"
			"- 10:02 a\n",
			"5 2026-11-22T10:02 | a\n"},
		{"a line of metadata",
			"# T\n\n**Dato:** 22.11.2026\n\n## Timeline\n\n- 10:02 "
			"a\n",
			"7 2026-11-22T10:02 | a\n"},
		{"nowhere", "# T\n\n## Timeline\n\n- 10:02 a\n",
			"5 ? | a !neither it nor the document says which "
			"day\n"},
	};
	static const struct reading named[] = {
		{"the file's name", "# T\n\n## Timeline\n\n- 10:02 a\n",
			"5 2026-11-22T10:02 | a\n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_timeline);
	reading_path = "postmortems/20261122_mail.md";
	CHECK_READINGS(named, print_timeline);
	reading_path = "postmortems/11222026-mail.md";
	CHECK_READINGS(named, print_timeline);
	reading_path = "postmortems/2026/notes.md";
}

/* hazard: 137 */
static void test_zones(void **state)
{
	static const struct reading cases[] = {
		{"in the heading",
			"# 2026-11-22 T\n\n## Timeline (all times PST)\n\n"
			"- 10:02 a\n- 10:03 UTC b\n",
			"5 2026-11-22T10:02 -480 | a\n"
			"6 2026-11-22T10:03 +0 | b\n"},
		{"in an intro line",
			DAY "All times in CEST (UTC+2).\n\n- 10:02 a\n",
			"7 2026-11-22T10:02 +120 | a\n"},
		{"in a line before all sections",
			"# 2026-11-22 T\n\nTimes are in JST.\n\n## "
			"Summary\n\nx\n\n"
			"## Timeline\n\n- 10:02 a\n",
			"11 2026-11-22T10:02 +540 | a\n"},
		{"in words, with the summer of the United States",
			"# T\n\n## Timeline (Pacific time)\n\n"
			"- 2026-07-01 10:00 a\n- 2026-12-01 10:00 b\n",
			"5 2026-07-01T10:00 -420 | a\n"
			"6 2026-12-01T10:00 -480 | b\n"},
		{"not from what an entry tells",
			DAY
			"- 10:02 a\n\n18:00 UTC was the time of the peak.\n",
			"5 2026-11-22T10:02 | a\n"
			"7 2026-11-22T18:00 +0 | was the time of the peak.\n"},
		{"one that several countries use is not counted with",
			DAY "- 10:02 IST a\n", "5 2026-11-22T10:02 | a\n"},
		{"small letters are words",
			DAY "The est. time is in minutes.\n\n- 10:02 a\n",
			"7 2026-11-22T10:02 | a\n"},
	};
	struct pm_doc *doc;

	(void)state;
	CHECK_READINGS(cases, print_timeline);
	doc = pm_doc_parse(
		reading_path, pm_slice_str(cases[1].text), reading_policy);
	assert_true(pm_slice_is(doc->timeline.zone, "CEST (UTC+2)"));
	assert_int_equal(doc->timeline.line, 3);
	assert_int_equal(doc->timeline.entries[0].time.sec,
		INT64_C(1795334520)); /* 08:02 in UTC */
	pm_doc_free(doc);
}

static void test_year_of_folder(void **state)
{
	struct pm_slice text =
		pm_slice_str("# Mail\n\n## Timeline\n\n- Nov 22 10:02 a\n");
	struct pm_doc *doc =
		pm_doc_parse("pm/2026/mail.md", text, reading_policy);

	(void)state;
	assert_int_equal(doc->timeline.entries[0].time.sec,
		INT64_C(1795341720)); /* 2026-11-22T10:02 */
	pm_doc_free(doc);
	doc = pm_doc_parse("pm/2026-2/mail.md", text, reading_policy);
	assert_true(doc->timeline.entries[0].problem != NULL);
	pm_doc_free(doc);
}

static void test_stamps_that_cannot_be(void **state)
{
	static const struct reading cases[] = {
		{"a year of five figures", DAY "- 20226-11-22 10:02 a\n",
			"5 2026-11-22T10:02 | a !20226 is no year (2026-11-22 "
			"is the nearest reading)\n"},
		{"a day the calendar does not have",
			DAY "- 2026-02-31 10:02 a\n- 10:03 b\n",
			"5 ? | a !the calendar has no such day as "
			"'2026-02-31 10:02'\n6 2026-11-22T10:03 | b\n"},
		{"an hour the day does not have",
			DAY "- 25:10 a\n- 2X:XX b\n- 009:38 c\n",
			"5 2026-11-22 | a !'25:10' is no time of the day\n"
			"6 2026-11-22 | b !'2X:XX' is no time of the day\n"
			"7 2026-11-22T09:38 | c !'009:38' is no time of the "
			"day\n"},
		{"what looks like a date", DAY "- 2026-MM-DD: a\n",
			"5 ? | a !'2026-MM-DD' cannot be read as a time\n"},
		{"in a table too",
			DAY
			"| Time | Event |\n|---|---|\n| 2026-05-?\? | a |\n",
			"7 ? | a !'2026-05-?\?' cannot be read as a time\n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_timeline);
}

static void test_several_and_unnamed(void **state)
{
	static const struct reading cases[] = {
		{"two timelines are one",
			"# 2026-11-22 T\n\n## Timeline\n\n- 10:02 a\n\n"
			"## Follow-up timeline\n\n- 16:00 b\n",
			"5 2026-11-22T10:02 | a\n9 2026-11-22T16:00 | b\n"},
		{"each incident of a document has its own day",
			"# Incidents\n\n## 2026-11-22 mail\n\n### Timeline\n\n"
			"- 10:02 a\n\n## 2026-12-03 web\n\n### Timeline\n\n"
			"- 9:02 b\n",
			"7 2026-11-22T10:02 | a\n13 2026-12-03T09:02 | b\n"},
		{"a list and a table",
			DAY "- 10:02 a\n\n| Time | Event |\n|---|---|\n"
			    "| 10:05 | b |\n",
			"5 2026-11-22T10:02 | a\n9 2026-11-22T10:05 | b\n"},
		{"lists and paragraphs under a bold key of a list",
			"# 2026-11-22 T\n\n- **Context**:\n\n  10:02 a\n\n"
			"  - 10:05 b\n\n- **Fix**: 11:00 c\n",
			"5 2026-11-22T10:02 | a\n7 2026-11-22T10:05 | b\n"},
		{"a list of times that is not called a timeline",
			"# 2026-11-22 T\n\n## What happened\n\n- 10:02 a\n"
			"- 10:03 b\n- 10:04 c\n",
			"5 2026-11-22T10:02 | a\n6 2026-11-22T10:03 | b\n"
			"7 2026-11-22T10:04 | c\n"},
		{"two times are not enough for that",
			"# 2026-11-22 T\n\n## What happened\n\n- 10:02 a\n"
			"- 10:03 b\n",
			""},
		{"and never among the lessons",
			"# 2026-11-22 T\n\n## Lessons learned\n\n- 10:02 a\n"
			"- 10:03 b\n- 10:04 c\n",
			""},
	};

	(void)state;
	CHECK_READINGS(cases, print_timeline);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_forms_without_lists),
		cmocka_unit_test(test_what_is_no_entry),
		cmocka_unit_test(test_clocks),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_days_that_pass),
		cmocka_unit_test(test_where_the_day_is_found),
		cmocka_unit_test(test_zones),
		cmocka_unit_test(test_year_of_folder),
		cmocka_unit_test(test_stamps_that_cannot_be),
		cmocka_unit_test(test_several_and_unnamed),
	};

	return cmocka_run_group_tests(tests, reading_prepare, reading_finish);
}
