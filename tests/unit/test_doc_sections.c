/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sections: which headings are some, what they are for in several languages,
 * where they end, how much they say.
 */
#include "doc_reading.h"

#include "doc/roles.h"

/* hazard: 97 */
static void test_headings(void **state)
{
	static const struct reading cases[] = {
		{"the H1 is the title, the others are sections",
			"# Mail was late\n\n## Summary\n\n### Detail\n",
			"3 summary Summary\n5 - Detail\n"},
		{"an H1 with the name of a section is one",
			"# Summary\n\nx\n\n# Root cause\n",
			"1 summary Summary\n5 cause Root cause\n"},
		{"a title may speak of a section's matter",
			"# Timeline service was down\n\n## Impact\n",
			"3 impact Impact\n"},
		{"metadata before the first section is no title",
			"# Metadata\n\n# Overview\n\n# Resolution\n",
			"1 metadata Metadata\n3 summary Overview\n"
			"5 resolution Resolution\n"},
		{"a lone H2 above H3s is the title",
			"## Queue filled up\n\n### Summary\n\n### Fix\n",
			"3 summary Summary\n5 resolution Fix\n"},
		{"several H2s are sections all of them",
			"## Queue filled up\n\n## Summary\n",
			"1 - Queue filled up\n3 summary Summary\n"},
		{"underlined headings", "Title\n=====\n\nImpact\n------\n\nx\n",
			"4 impact Impact\n"},
		{"not in code, comments, quotes, bare items or without a blank",
			"# T\n\n```\n## Impact\n```\n\n<!--\n## Impact\n-->\n\n"
			"> ## Impact\n\n- ## Impact\n\n##Impact\n\n"
			"    ## Impact\n",
			""},
		{"CRLF, and no line end at the end",
			"# T\r\n\r\n## Impact\r\n\r\nx\r\n## Fix",
			"3 impact Impact\n6 resolution Fix\n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_sections);
}

static void test_headings_that_are_times(void **state)
{
	static const struct reading cases[] = {
		{"times and days in a timeline are no sections",
			"# T\n\n## Timeline\n\n### 2026-11-22\n\n### "
			"10:02\n\nx\n",
			"3 timeline Timeline\n"},
		{"also at the timeline's own level",
			"# T\n\n## Timeline\n\n## 10:02\n\n## 23 November\n\n"
			"## Impact\n",
			"3 timeline Timeline\n9 impact Impact\n"},
		{"a dated title above the timeline begins something new",
			"# T\n\n## One\n\n### Timeline\n\n"
			"## 2026-11-23 the second outage\n",
			"3 - One\n5 timeline Timeline\n"
			"7 - 2026-11-23 the second outage\n"},
		{"outside a timeline a date is a heading like others",
			"# T\n\n## Summary\n\n### 2026-11-22 first\n",
			"3 summary Summary\n5 - 2026-11-22 first\n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_sections);
}

static void test_stand_ins(void **state)
{
	static const struct reading cases[] = {
		{"bold lines",
			"# T\n\n**Impact**\n\nx\n\n**Root cause:**\n\ny\n",
			"3 impact Impact\n7 cause Root cause:\n"},
		{"a bold key before prose",
			"# T\n\n**Impact:** all of Europe\n\n**Note:** none\n",
			"3 impact Impact:\n"},
		{"bold words in a sentence are none",
			"# T\n\n**Impact** was small.\n\n**Root cause** "
			"unknown\n",
			""},
		{"a whole document as one list of bold keys",
			"# T\n\n- **Impact**: mail was late\n- **Fix**:\n"
			"  - restarted it\n- **Duration**: 2 h\n",
			"3 impact Impact\n4 resolution Fix\n"},
		{"a bold key that heads nothing",
			"# T\n\n- **Impact**\n- **Fix**\n", ""},
		{"labels in the lists of a section are none",
			"# T\n\n## Actions\n\n- **Detection**: alert on lag\n\n"
			"## Timeline\n\n- **Detection**: 10:02\n",
			"3 actions Actions\n7 timeline Timeline\n"},
		{"five whys are none",
			"# T\n\n## Causes\n\n**What happened?**\n\nIt broke.\n",
			"3 cause Causes\n"},
		{"what went well within the lessons is one",
			"# T\n\n## Lessons learned\n\n**What went well:**\n\n- "
			"x\n",
			"3 lessons Lessons learned\n5 went_well What went "
			"well:\n"},
		{"a plain line above a list",
			"# T\n\nAction items\n- do it\n\nOther things\n- x\n",
			"3 actions Action items\n"},
		{"one marked action is no section",
			"# T\n\n**Action item:** renew the domain\n", ""},
	};

	(void)state;
	CHECK_READINGS(cases, print_sections);
}

static void test_roles_in_context(void **state)
{
	static const struct reading cases[] = {
		{"kinds of actions are not what they are called after",
			"# T\n\n## Actions\n\n### Detection\n\n### "
			"Mitigation\n\n"
			"## Detection\n",
			"3 actions Actions\n5 - Detection\n7 - Mitigation\n"
			"9 detection Detection\n"},
		{"a lead-up is a timeline when it has entries",
			"# T\n\n## Lead-up\n\n- 10:02 a push\n- 10:05 alerts\n",
			"3 timeline Lead-up\n"},
		{"and background when it has none",
			"# T\n\n## Lead-up\n\nSomebody pushed at 10:02.\n",
			"3 background Lead-up\n"},
		{"remediation is the actions where nothing else is",
			"# T\n\n## Remediation\n\n- add a test\n",
			"3 actions Remediation\n"},
		{"and what was done where something is",
			"# T\n\n## Remediation\n\nRolled back.\n\n## Action "
			"items\n",
			"3 resolution Remediation\n7 actions Action items\n"},
	};

	(void)state;
	CHECK_READINGS(cases, print_sections);
}

struct heading_role {
	const char *heading;
	const char *roles; /* names, joined by a plus sign; "-": none */
};

static void check_roles(const struct pm_policy *policy,
	const struct heading_role *cases, size_t count)
{
	size_t wrong = 0;

	for (size_t i = 0; i < count; i++) {
		struct pm_roles roles =
			pm_roles_find(policy, pm_slice_str(cases[i].heading));
		struct pm_buf buf = PM_BUF_INIT;

		for (int role = 1; role < PM_SECTION_COUNT; role++)
			if (roles.set & 1u << role)
				pm_buf_addf(&buf, "%s%s", buf.len ? "+" : "",
					pm_section_role_name(role));
		if (!buf.len)
			pm_buf_adds(&buf, "-");
		if (strcmp(buf.ptr, cases[i].roles) != 0) {
			print_error("'%s' is %s, not %s\n", cases[i].heading,
				buf.ptr, cases[i].roles);
			wrong++;
		}
		pm_buf_release(&buf);
	}
	assert_int_equal(wrong, 0);
}

#define CHECK_ROLES(policy, cases)                                             \
	check_roles(policy, cases, sizeof(cases) / sizeof(cases)[0])

static void test_roles_english(void **state)
{
	static const struct heading_role cases[] = {
		{"Summary", "summary"},
		{"EXECUTIVE SUMMARY", "summary"},
		{"TL;DR", "summary"},
		{"Customer impact", "impact"},
		{"Timeline (all times PST) 01/31/2023", "timeline"},
		{"Incident timeline - UTC", "timeline"},
		{"Follow-up timeline", "timeline"},
		{"Resolution timeline", "timeline"},
		{"Chain of events", "timeline"},
		{"Summary of impact", "summary"},
		{"Root cause(s)", "cause"},
		{"Five Why's", "cause"},
		{"5 whys", "cause"},
		{"Why did it happen?", "cause"},
		{"Analysis", "cause"},
		{"Trigger", "trigger"},
		{"How was it detected?", "detection"},
		{"Response", "resolution"},
		{"What we've learned", "lessons"},
		{"What didn't go so well?", "went_wrong"},
		{"What could have gone better", "went_wrong"},
		{"Where we got lucky", "lucky"},
		{"What are we doing about it?", "actions"},
		{"Next steps", "actions"},
		{"Action items (from the meeting)", "actions"},
		{"Corrective and preventative measures", "actions"},
		{"Background", "background"},
		{"Appendix A", "references"},
		{"Owner: Morty", "metadata"},
		/* What only sounds like one. */
		{"Community response times", "-"},
		{"Call to action", "-"},
		{"Analysis of the traffic we saw", "-"},
		{"Beyond fixes", "-"},
		{"Monitoring", "-"},
		{"", "-"},
		{"???", "-"},
	};

	(void)state;
	CHECK_ROLES(NULL, cases);
}

static void test_roles_decorated(void **state)
{
	static const struct heading_role cases[] = {
		{"1. Summary", "summary"},
		{"2.3) Impact", "impact"},
		{"IV. Timeline", "timeline"},
		{"\xf0\x9f\x94\xa5 Impact", "impact"},
		{":warning: Impact", "impact"},
		{"Impact:", "impact"},
		{"Impact\xc2\xa0", "impact"},
		{"\xe2\x80\x8bImpact", "impact"},
		{"Trigger & causes", "cause+trigger"},
		{"What went well & where we got lucky", "went_well+lucky"},
		{"Lessons learned / Action items", "lessons+actions"},
		{"Detection, response and recovery", "detection+resolution"},
	};

	(void)state;
	CHECK_ROLES(NULL, cases);
}

static void test_roles_other_languages(void **state)
{
	static const struct heading_role cases[] = {
		{"Sammendrag", "summary"},
		{"Rot\xc3\xa5rsaker", "cause"},
		{"Medvirkende \xc3\xa5rsaker", "cause"},
		{"Utl\xc3\xb8sende faktor", "trigger"},
		{"Tidslinje for hendelsen", "timeline"},
		{"Aksjonspunkter", "actions"},
		{"Hva gikk bra?", "went_well"},
		{"Hva kunne g\xc3\xa5tt bedre?", "went_wrong"},
		{"\xc3\x85tg\xc3\xa4rder", "actions"},
		{"H\xc3\xa4ndelsef\xc3\xb6rlopp", "timeline"},
		{"Ursachen und Ausl\xc3\xb6ser", "cause+trigger"},
		{"Ma\xc3\x9fnahmen", "actions"},
		{"Was lief gut?", "went_well"},
		{"Zeitlicher Ablauf", "timeline"},
		{"Chronologie", "timeline"},
		{"Causes profondes", "cause"},
		{"Plan d'action", "actions"},
		{"Ce qui s'est bien pass\xc3\xa9", "went_well"},
		{"L\xc3\xadnea de tiempo", "timeline"},
		{"Causa ra\xc3\xadz", "cause"},
		{"Pr\xc3\xb3ximos pasos", "actions"},
		{"\xe3\x82\xbf\xe3\x82\xa4\xe3\x83\xa0\xe3\x83\xa9\xe3\x82\xa4"
		 "\xe3\x83\xb3\xef\xbc\x88JST\xef\xbc\x89",
			"timeline"},
		{"\xe6\xa0\xb9\xe6\x9c\xac\xe5\x8e\x9f\xe5\x9b\xa0", "cause"},
		{"\xe3\x82\xa2\xe3\x82\xaf\xe3\x82\xb7\xe3\x83\xa7\xe3\x83\xb3"
		 "\xe3\x82\xa2\xe3\x82\xa4\xe3\x83\x86\xe3\x83\xa0",
			"actions"},
		{"\xe5\x8e\x9f\xe5\x9b\xa0\xe3\x81\xa8\xe5\xaf\xbe\xe7\xad\x96",
			"cause+actions"},
	};

	(void)state;
	CHECK_ROLES(NULL, cases);
}

static void test_roles_of_the_policy(void **state)
{
	static const char text[] =
		"sections:\n  impact: [Who noticed, Skadeomfang]\n"
		"  timeline: Play by play\n  lucky: Impact\n";
	static const struct heading_role cases[] = {
		{"Who noticed", "impact"},
		{"who  NOTICED?", "impact"},
		{"Play by play (UTC)", "timeline"},
		/* The policy comes before what is built in. */
		{"Impact", "lucky"},
		{"Summary", "summary"},
		{"Who waters the plants", "-"},
	};
	struct pm_policy *policy;

	(void)state;
	assert_int_equal(
		pm_policy_parse(reading_ctx, pm_slice_str(text), &policy), 0);
	CHECK_ROLES(policy, cases);
	pm_policy_free(policy);
}

/* The text of a section's span and of its body. */
static void assert_text(
	const struct pm_doc *doc, struct pm_span span, const char *text)
{
	struct pm_slice there = pm_slice_sub(doc->src, span.off, span.len);

	if (!pm_slice_is(there, text))
		fail_msg("'%.*s' is not '%s'", PM_SLICE_ARG(there), text);
}

static void test_spans(void **state)
{
	static const char text[] = "# T\n\nintro\n\n## A\n\na\n\n### B\n\nb\n\n"
				   "## C\nc\n";
	struct pm_doc *doc =
		pm_doc_parse(reading_path, pm_slice_str(text), reading_policy);
	const struct pm_section *sec = doc->sections;

	(void)state;
	assert_int_equal(doc->nsections, 3);
	assert_text(doc, sec[0].span, "## A\n\na\n\n### B\n\nb\n\n");
	assert_text(doc, sec[0].body, "\na\n\n");
	assert_text(doc, sec[1].span, "### B\n\nb\n\n");
	assert_text(doc, sec[1].body, "\nb\n\n");
	assert_text(doc, sec[2].span, "## C\nc\n");
	assert_int_equal(sec[0].parent, SIZE_MAX);
	assert_int_equal(sec[1].parent, 0);
	assert_int_equal(sec[2].parent, SIZE_MAX);
	assert_ptr_equal(pm_doc_section_at(doc, 11), &sec[1]);
	assert_null(pm_doc_section_at(doc, 3));
	assert_true(pm_slice_is(doc->heading, "T"));
	assert_int_equal(doc->heading_line, 1);
	pm_doc_free(doc);
}

static void test_spans_of_stand_ins(void **state)
{
	static const char text[] = "# T\n\n- **Impact**: some\n  - more\n"
				   "- other\n\n## Fix\n";
	struct pm_doc *doc =
		pm_doc_parse(reading_path, pm_slice_str(text), reading_policy);

	(void)state;
	assert_int_equal(doc->nsections, 2);
	assert_text(
		doc, doc->sections[0].span, "- **Impact**: some\n  - more\n");
	assert_int_equal(pm_doc_words(doc, &doc->sections[0]), 2);
	assert_int_equal(doc->sections[0].level, 7);
	pm_doc_free(doc);
}

static void test_words(void **state)
{
	static const struct {
		const char *text;
		unsigned words;
	} cases[] = {
		{"## S\n", 0},
		{"## S\n\n\n", 0},
		{"## S\n\n<!-- what to write\nhere -->\n", 0},
		{"## S\n\nTBD\n", 0},
		{"## S\n\n-\n- \n* \n", 0},
		{"## S\n\n### Deeper\n", 0},
		{"## S\n\none two, three\n", 3},
		{"## S\n\n- one\n- two\n", 2},
		{"## S\n\n### Deeper\n\none\n", 1},
		{"## S\n\n---\n\n...\n", 0},
		{"## S\n\nhttps://example.org/a/b\n", 1},
		{"## S\n\n\xe6\xa6\x82\xe8\xa6\x81\n", 2},
		{"## S\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", 4},
		{"## S\n\nN/A\n", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct pm_buf buf = PM_BUF_INIT;
		struct pm_doc *doc;

		pm_buf_addf(&buf, "# T\n\n%s", cases[i].text);
		doc = pm_doc_parse(
			reading_path, pm_buf_slice(&buf), reading_policy);
		if (pm_doc_words(doc, &doc->sections[0]) != cases[i].words)
			fail_msg("%u words in '%s', not %u",
				pm_doc_words(doc, &doc->sections[0]),
				cases[i].text, cases[i].words);
		assert_int_equal(doc->sections[0].empty, cases[i].words == 0);
		pm_doc_free(doc);
		pm_buf_release(&buf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headings),
		cmocka_unit_test(test_headings_that_are_times),
		cmocka_unit_test(test_stand_ins),
		cmocka_unit_test(test_roles_in_context),
		cmocka_unit_test(test_roles_english),
		cmocka_unit_test(test_roles_decorated),
		cmocka_unit_test(test_roles_other_languages),
		cmocka_unit_test(test_roles_of_the_policy),
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_spans_of_stand_ins),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, reading_prepare, reading_finish);
}
