/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Actions of the body: the forms they take, what they say of owner, date,
 * state and tracker, and what is no action.
 */
#include "doc_reading.h"

#include "doc/actions.h"

#define A "# 2026-11-22 Mail was late\n\n## Action items\n\n"

static void test_forms(void **state)
{
	static const struct reading cases[] = {
		{"bullets, boxes and numbers",
			A "- alert on lag\n- [ ] renew it\n- [x] restart it\n\n"
			  "1. write it down\n",
			"5 open | alert on lag |  |  | \n"
			"6 open | renew it |  |  | \n"
			"7 done | restart it |  |  | \n"
			"9 open | write it down |  |  | \n"},
		{"a table",
			A
			"| Action | Owner | Due | Status | Ticket |\n"
			"|---|---|---|---|---|\n"
			"| Alert on lag | ana | 2026-12-01 | Done | OPS-12 |\n"
			"| Renew it | | | | |\n",
			"7 done | Alert on lag | ana | 2026-12-01 | OPS-12\n"
			"8 open | Renew it |  |  | \n"},
		{"a table in another order and language",
			A "| Frist | Ansvarlig | Tiltak | Utf\xc3\xb8rt |\n"
			  "|---|---|---|---|\n"
			  "| 1.12.2026 | Kari | Varsle | ja |\n",
			"7 done | Varsle | Kari | 2026-12-01 | \n"},
		{"cells that are no table",
			A "| Action | Owner |\n| Alert on lag | ana |\n"
			  "| Renew it | bo |\n",
			"6 open | Alert on lag | ana |  | \n"
			"7 open | Renew it | bo |  | \n"},
		{"cells with the line under the header out of place",
			A "| Action | Owner |\n| Alert on lag | ana |\n"
			  "|---|---|\n| Renew it | bo |\n",
			"6 open | Alert on lag | ana |  | \n"
			"8 open | Renew it | bo |  | \n"},
		{"paragraphs under headings of their own",
			A "### Mail\n\nAlert on lag.\n\n### Web\n\nRenew it.\n",
			"7 open | Alert on lag |  |  | \n"
			"11 open | Renew it |  |  | \n"},
		{"lines of a paragraph", A "Alert on lag\nRenew the domain\n",
			"5 open | Alert on lag |  |  | \n"
			"6 open | Renew the domain |  |  | \n"},
		{"numbered headings",
			A "### 1) Alert on lag @ana\n\nBecause.\n\n"
			  "### 2) Renew it\n\nSoon.\n",
			"5 open | Alert on lag | @ana |  | \n"
			"9 open | Renew it |  |  | \n"},
		{"lines behind signs of lists, among others",
			A "What we will do:\n• alert on lag\n● renew it\n"
			  "• None\n",
			"6 open | alert on lag |  |  | \n"
			"7 open | renew it |  |  | \n"},
		{"a line behind such a sign above a list",
			A "① 対応済み\n\n- alert on lag\n",
			"7 done | alert on lag |  |  | \n"},
		{"under a bold name",
			A "**Ana Lund**\n\n- alert on lag\n\n**@bo**\n- renew "
			  "it\n",
			"7 open | alert on lag | Ana Lund |  | \n"
			"10 open | renew it | @bo |  | \n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_actions);
}

static void test_elsewhere(void **state)
{
	static const struct reading cases[] = {
		{"marked ones anywhere",
			"# T\n\n## Timeline\n\nAction item: alert on lag\n\n"
			"[Action item] renew it\n",
			"5 open | alert on lag |  |  | \n"
			"7 open | renew it |  |  | \n"},
		{"marked ones behind other marks",
			"# T\n\n## Lessons\n\n**Action item:** alert on lag\n\n"
			"- text\n\n  *aksjonspunkt*: renew it\n\n"
			"&#65;ction item: restart it\n\n"
			"No action item: nothing.\n",
			"5 open | alert on lag |  |  | \n"
			"9 open | renew it |  |  | \n"
			"11 open | restart it |  |  | \n"},
		{"check boxes of a document without a section for them",
			"# T\n\n## To think of\n\n- [ ] alert on lag\n- x\n",
			"5 open | alert on lag |  |  | \n"},
		{"a bold key of a list that is the document",
			"# T\n\n- **Impact**: small\n- **Follow-up**:\n"
			"  - alert on lag\n  - renew it\n",
			"5 open | alert on lag |  |  | \n"
			"6 open | renew it |  |  | \n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_actions);
}

static void test_nested(void **state)
{
	static const struct reading cases[] = {
		{"items that elaborate",
			A "- Alert on lag\n  - because nobody saw it\n"
			  "  - https://example.org/OPS/issues/7\n",
			"5 open | Alert on lag |  |  | "
			"https://example.org/OPS/issues/7\n"},
		{"items under a label",
			A "- Mail:\n  - alert on lag\n  - renew it\n"
			  "- **Web**\n  - cache it\n- Else\n",
			"6 open | alert on lag |  |  | \n"
			"7 open | renew it |  |  | \n"
			"9 open | cache it |  |  | \n"
			"10 open | Else |  |  | \n"},
		{"items that are orders of their own",
			A "- Better alerts\n  - Add one for lag\n"
			  "  - Remove the old ones\n",
			"5 open | Better alerts |  |  | \n"
			"6 open | Add one for lag |  |  | \n"
			"7 open | Remove the old ones |  |  | \n"},
		{"boxes within",
			A "- [ ] alerts\n  - [x] for lag\n  - [ ] for disks\n",
			"5 open | alerts |  |  | \n"
			"6 done | for lag |  |  | \n"
			"7 open | for disks |  |  | \n"},
		{"what belongs to an item",
			A
			"- Alert on lag\n  - Owner: ana\n  - Due: 2026-12-01\n",
			"5 open | Alert on lag | ana | 2026-12-01 | \n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_actions);
}

static void test_what_is_no_action(void **state)
{
	static const struct reading cases[] = {
		{"nothing to do behind a sign of lists", A "• None\n", ""},
		{"nothing to do",
			A
			"- None\n- N/A\n- -\n- {{ summary }}\n- TBD\n\nNone.\n",
			""},
		{"an intro and a promise",
			A "These are the things we talked about. Each of them "
			  "has a ticket.\n\nWe should test more.\n",
			""},
		{"what explains the table below it",
			A "Types:\n* Prevent - so that it does not come back\n"
			  "* Detect - so that we see it\n\n"
			  "| Action | Type |\n|---|---|\n| Alert | Detect |\n",
			"11 open | Alert |  |  | \n"},
		{"a legend",
			A "### Legend\n\n- red: late\n- green: on time\n\n"
			  "### Now\n\n- alert on lag\n",
			"12 open | alert on lag |  |  | \n"},
		{"rows of dashes and of the template",
			A "| Action | Owner |\n|---|---|\n| --- | --- |\n"
			  "| <action> | <owner> |\n| | |\n",
			""},
		{"tables of something else",
			A "| Metric | Value |\n|---|---|\n| lag | 3 min |\n",
			""},
		{"a list of what is in the document",
			A "- [One](#one)\n- [Two](#two)\n", ""},
		{"quotes", A "> - alert on lag\n", ""},
		{"references below the actions",
			A "- alert on lag\n\n### References\n\n- the manual\n",
			"5 open | alert on lag |  |  | \n"},
		{"lists of other sections",
			"# T\n\n## Lessons learned\n\n- alert on lag\n", ""},
		{"those of the front matter are enough",
			"---\naction_items:\n  - {id: A1, title: renew "
			"it}\n---\n" A "- alert on lag\n",
			"3 open | renew it |  |  | \n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_actions);
}

static void test_owners(void **state)
{
	static const struct reading cases[] = {
		{"in brackets at the end",
			A "- a (@ana)\n- b [Bo]\n- c (@ana, @bo)\n- d "
			  "[@org/team]\n",
			"5 open | a | @ana |  | \n6 open | b | Bo |  | \n"
			"7 open | c | @ana, @bo |  | \n"
			"8 open | d | @org/team |  | \n"},
		{"as keys",
			A "- a (Owner: ana)\n- b. Owner: Bo Berg\n"
			  "- c \xe2\x80\x94 Assignee: @cy\n- d (eier: Dina)\n",
			"5 open | a | ana |  | \n6 open | b | Bo Berg |  | \n"
			"7 open | c | @cy |  | \n8 open | d | Dina |  | \n"},
		{"wide brackets and colons",
			A "- a\xef\xbc\x88\xe6\x8b\x85\xe5\xbd\x93\xef\xbc\x9a"
			  "\xe7\x94\xb0\xe4\xb8\xad\xe3\x80\x81\xe6\x9c\x9f"
			  "\xe9\x99\x90: 2026/12/01\xef\xbc\x89\n",
			"5 open | a | \xe7\x94\xb0\xe4\xb8\xad | 2026-12-01 | "
			"\n"},
		{"in brackets before the words, or with a word",
			A "- [Ana] a\n- (@bo) b\n- c (owner @cy)\n"
			  "- d (assigned to Dan Dal)\n- [Docs] e\n"
			  "- (P1) f\n",
			"5 open | a | Ana |  | \n6 open | b | @bo |  | \n"
			"7 open | c | @cy |  | \n8 open | d | Dan Dal |  | \n"
			"9 open | [Docs] e |  |  | \n10 open | f |  |  | \n"},
		{"who acts in the sentence",
			A "- @ana will alert on lag\n- @bo: renew it\n"
			  "- **Cy**: cache it\n- **Dan Dal** to test it\n",
			"5 open | @ana will alert on lag | @ana |  | \n"
			"6 open | renew it | @bo |  | \n"
			"7 open | cache it | Cy |  | \n"
			"8 open | Dan Dal to test it | Dan Dal |  | \n"},
		{"after a dash", A "- alert on lag - @ana\n",
			"5 open | alert on lag | "
			"@ana |  | \n"},
		{"people who only occur",
			A "- ask @ana about the lag\n- thank @bo\n"
			  "- @cy's script must go\n- tell everyone (soon)\n",
			"5 open | ask @ana about the lag |  |  | \n"
			"6 open | thank @bo |  |  | \n"
			"7 open | @cy's script must go |  |  | \n"
			"8 open | tell everyone (soon) |  |  | \n"},
		{"tags and labels are nobody",
			A "- a [Monitoring]\n- b (Process)\n"
			  "- **Documentation**: c\n- d [P1]\n",
			"5 open | a [Monitoring] |  |  | \n"
			"6 open | b (Process) |  |  | \n"
			"7 open | Documentation: c |  |  | \n"
			"8 open | d |  |  | \n"},
		{"words for nobody",
			A "- a (owner: TBD)\n- b (@TBD)\n\n### Table\n\n"
			  "| Action | Owner |\n|---|---|\n| c | ?\\? |\n| d | "
			  "- |\n"
			  "| e | \xe6\x9c\xaa\xe5\xae\x9a |\n",
			"5 open | a |  |  | \n6 open | b |  |  | \n"
			"12 open | c |  |  | \n13 open | d |  |  | \n"
			"14 open | e |  |  | \n"},
		{"headings are products more often than people",
			A "### Mailman\n\n- a\n\n### @ana\n\n- b\n",
			"7 open | a |  |  | \n11 open | b | @ana |  | \n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_actions);
}

static void test_dates(void **state)
{
	static const struct reading cases[] = {
		{"as suffixes",
			A "- a (due 2026-12-01)\n- b (by 5 Dec 2026)\n"
			  "- c. Due: 12/24/2026\n- d (2026-12-31)\n",
			"5 open | a |  | 2026-12-01 | \n"
			"6 open | b |  | 2026-12-05 | \n"
			"7 open | c |  | 2026-12-24 | \n"
			"8 open | d |  | 2026-12-31 | \n"},
		{"a year that is not written is the next one",
			A "- a (due 1 December)\n- b (due Feb 20)\n",
			"5 open | a |  | 2026-12-01 | \n"
			"6 open | b |  | 2027-02-20 | \n"},
		{"what is no date is kept as written",
			A "| Action | Due |\n|---|---|\n| a | Q4 2026 |\n"
			  "| b | H1 |\n| c | next sprint |\n| d | TBD |\n"
			  "| e | \xe2\x80\x94 |\n",
			"7 open | a |  | Q4 2026 | \n8 open | b |  | H1 | \n"
			"9 open | c |  | next sprint | \n10 open | d |  |  | \n"
			"11 open | e |  |  | \n"},
		{"a day on which it was done is not due",
			A "- a (done 2026-12-01)\n", "5 done | a |  |  | \n"},
	};
	struct pm_doc *doc;

	(void)state;
	CHECK_READINGS(cases, print_actions);
	doc = pm_doc_parse(
		reading_path, pm_slice_str(cases[0].text), reading_policy);
	assert_int_equal(doc->actions[1].due_date.year, 2026);
	assert_int_equal(doc->actions[1].due_date.month, 12);
	assert_int_equal(doc->actions[1].due_date.day, 5);
	pm_doc_free(doc);
	doc = pm_doc_parse(
		reading_path, pm_slice_str(cases[2].text), reading_policy);
	assert_int_equal(doc->actions[0].due_date.year, 0);
	pm_doc_free(doc);
}

static void test_states(void **state)
{
	static const struct reading cases[] = {
		{"words before the action",
			A "- DONE a\n- (done) b\n- **DONE:** c\n- DONENESS d\n",
			"5 done | a |  |  | \n6 done | b |  |  | \n"
			"7 done | c |  |  | \n8 open | DONENESS d |  |  | \n"},
		{"words and signs at either end",
			A
			"- a (done)\n- b \xe2\x80\x94 DONE\n"
			"- \xe2\x9c\x85 c\n- [DONE] d\n- e \xe5\xae\x8c\xe4\xba"
			"\x86\n- f (in progress)\n- g (won't do)\n",
			"5 done | a |  |  | \n6 done | b |  |  | \n"
			"7 done | c |  |  | \n8 done | d |  |  | \n"
			"9 done | e |  |  | \n10 in-progress | f |  |  | \n"
			"11 rejected | g |  |  | \n"},
		{"struck, and a note in italics",
			A "- ~~alert on lag~~\n- renew it. _done last week_\n",
			"5 done | alert on lag |  |  | \n"
			"6 done | renew it |  |  | \n"},
		{"of the heading or label above",
			A "### Completed\n\n- a\n\n### Open\n\n- "
			  "b\n\n**Done:**\n\n"
			  "- c\n",
			"7 done | a |  |  | \n11 open | b |  |  | \n"
			"15 done | c |  |  | \n"},
		{"words that are part of the sentence",
			A "- get the migration done\n- close what is open\n"
			  "- ~~old~~ renew it\n",
			"5 open | get the migration done |  |  | \n"
			"6 open | close what is open |  |  | \n"
			"7 open | renew it |  |  | \n"},
		{"in a column, in several languages",
			A
			"| Action | Status |\n|---|---|\n| a | Fullf\xc3\xb8rt "
			"|\n"
			"| b | in Arbeit |\n| c | fait |\n| d | pendiente |\n"
			"| e | \xe5\xae\x8c\xe4\xba\x86 |\n| f | see below |\n",
			"7 done | a |  |  | \n8 in-progress | b |  |  | \n"
			"9 done | c |  |  | \n10 open | d |  |  | \n"
			"11 done | e |  |  | \n12 unknown | f |  |  | \n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_actions);
}

static void test_trackers(void **state)
{
	static const struct {
		const char *url;
		bool tracker;
	} urls[] = {
		{"https://git.example/o/r/issues/12", true},
		{"https://git.example/o/r/-/merge_requests/3", true},
		{"https://git.example/o/r/pull/12#note", true},
		{"https://jira.example/browse/OPS-1", true},
		{"https://bugs.example/show_bug.cgi?id=5", true},
		{"https://git.example/o/r/issues/new", false},
		{"https://git.example/o/r/commit/12ab", false},
		{"https://charts.example/d/12", false},
		{"docs/runbook.md", false},
		{"", false},
	};
	static const char *const numbers[][2] = {
		{"fix it (OPS-12)", "OPS-12"},
		{"see #45", "#45"},
		{"bug 1604925", "bug 1604925"},
		{"move to UTF-8 and TLS-1", ""},
		{"CVE-2026-1", ""},
		{"a/b#3 of another repository", "a/b#3"},
		{"a/b/c#3 and b#3 are text", ""},
		{"issue 2 new keys", ""},
		{"the SEV-2 of May", ""},
	};
	static const struct reading cases[] = {
		{"links, bare addresses and reference links",
			A "- a ([issue](https://git.example/o/r/issues/1))\n"
			  "- b https://git.example/o/r/pull/2\n- c [x]\n\n"
			  "[x]: https://git.example/o/r/issues/3\n",
			"5 open | a |  |  | https://git.example/o/r/issues/1\n"
			"6 open | b https://git.example/o/r/pull/2 |  |  | "
			"https://git.example/o/r/pull/2\n"
			"7 open | c x |  |  | "
			"https://git.example/o/r/issues/3\n"},
		{"an owner before the link",
			A "- a (@ana) ([PR](https://git.example/o/r/pull/2))\n",
			"5 open | a | @ana |  | "
			"https://git.example/o/r/pull/2\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++)
		if (pm_tracker_url(pm_slice_str(urls[i].url)) !=
			urls[i].tracker)
			fail_msg("%s", urls[i].url);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (!pm_slice_is(pm_tracker_number(pm_slice_str(numbers[i][0])),
			    numbers[i][1]))
			fail_msg("%s", numbers[i][0]);
	CHECK_READINGS(cases, print_actions);
}

/* Values say where they stand. */
static void test_places(void **state)
{
	static const char text[] = A "- alert on lag (@ana, due 2026-12-01)\n";
	struct pm_doc *doc;
	const struct pm_action *action;

	(void)state;
	doc = pm_doc_parse(reading_path, pm_slice_str(text), reading_policy);
	assert_int_equal(doc->nactions, 1);
	action = &doc->actions[0];
	assert_true(action->in_body);
	assert_true(pm_slice_is(
		pm_slice_sub(doc->src, action->span.off, action->span.len),
		"- alert on lag (@ana, due 2026-12-01)"));
	assert_true(pm_slice_is(pm_slice_sub(doc->src, action->title.span.off,
					action->title.span.len),
		"alert on lag"));
	pm_doc_free(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_elsewhere),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_what_is_no_action),
		cmocka_unit_test(test_owners),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_trackers),
		cmocka_unit_test(test_places),
	};

	return cmocka_run_group_tests(tests, reading_prepare, reading_finish);
}
