/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The policy: defaults, what a team's file replaces and keeps, every way in
 * which it can be wrong with the place of it, people and globs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pm/policy.h"

static struct pm_policy *parse(struct pm_ctx *ctx, const char *text)
{
	struct pm_policy *policy = NULL;
	int error = pm_policy_parse(ctx, pm_slice_str(text), &policy);

	if (error < 0)
		print_message("%u:%u: %s\n", pm_ctx_error(ctx)->pos.line,
			pm_ctx_error(ctx)->pos.col,
			pm_ctx_error(ctx)->message.ptr);
	assert_int_equal(error, 0);
	return policy;
}

static struct pm_slice str(const char *text)
{
	return pm_slice_str(text);
}

static void test_defaults(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *policy = parse(ctx, "");

	(void)state;
	assert_false(policy->from_file);
	assert_int_equal(policy->documents.len, 1);
	assert_string_equal(policy->documents.items[0], "postmortems/**/*.md");
	assert_null(policy->documents.items[1]);
	assert_string_equal(policy->new_dir, "postmortems");
	assert_string_equal(policy->default_template, "default");
	assert_int_equal(policy->max_document, 256 * 1024);
	assert_int_equal(policy->nseverities, 4);
	assert_string_equal(policy->severities[0].name, "SEV1");
	assert_int_equal(policy->severities[3].rank, 3);
	assert_int_equal(policy->severities[0].action_days, 30);
	assert_true(pm_names_has(&policy->kinds, str("near-miss")));
	assert_true(pm_names_has(&policy->action_types, str("investigate")));
	assert_true(pm_names_has(&policy->detected_by, str("customer")));
	assert_int_equal(policy->ndepartments, 0);
	assert_int_equal(policy->nservices, 0);
	assert_int_equal(policy->people.len, 0);
	assert_non_null(policy->people.items);
	assert_null(policy->people.items[0]);
	assert_null(policy->people_file);
	assert_int_equal(policy->nsynonyms, 0);
	assert_int_equal(policy->nrules, 0);
	for (size_t i = 0; i < policy->nseverities; i++)
		assert_int_equal(policy->severities[i].approvals, 0);
	assert_int_equal(policy->approvers.len, 0);
	assert_non_null(policy->approvers.items);
	assert_false(policy->action_owner_person);
	assert_int_equal(policy->date_order, PM_ORDER_UNKNOWN);
	for (int i = 0; i < 7; i++)
		assert_int_equal(policy->working_days[i], i < 5);
	assert_int_equal(policy->nholidays, 0);
	assert_int_equal(policy->nwording, 0);
	assert_int_equal(policy->personal_data.len, 0);
	pm_policy_free(policy);
	pm_ctx_free(ctx);
}

/* What pm init writes gives what holds without a file, with a word more and
   without one. */
static void test_written_defaults(void **state)
{
	static const char *const ends[] = {"", "# ours\n"};
	struct pm_ctx *ctx = pm_ctx_new();

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct pm_policy *policy;
		struct pm_buf text = PM_BUF_INIT;

		pm_buf_add_slice(&text, pm_policy_default_text());
		pm_buf_adds(&text, ends[i]);
		policy = parse(ctx, text.ptr);
		assert_true(policy->from_file);
		assert_int_equal(policy->documents.len, 1);
		assert_int_equal(policy->nseverities, 4);
		assert_int_equal(policy->severities[0].action_days, 30);
		assert_int_equal(policy->kinds.len, 3);
		assert_string_equal(policy->new_dir, "postmortems");
		assert_int_equal(policy->nrules, 0);
		pm_policy_free(policy);
		pm_buf_release(&text);
	}
	pm_ctx_free(ctx);
}

static void test_comment_only(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *policy = parse(ctx, "# nothing yet\n");

	(void)state;
	assert_true(policy->from_file);
	assert_int_equal(policy->nseverities, 4);
	pm_policy_free(policy);
	pm_ctx_free(ctx);
}

static void test_replaces_and_keeps(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *policy =
		parse(ctx, "severities:\n"
			   "  - name: major\n"
			   "    aliases: [P1, hoch]\n"
			   "    review_days: 2\n"
			   "  - minor\n"
			   "kinds: []\n"
			   "triggers:\n"
			   "max_document: 1 MiB\n"
			   "statuses: {draft: [Entwurf], final: [ver\xc3\xb6"
			   "ffentlicht]}\n");
	enum pm_status status;

	(void)state;
	assert_int_equal(policy->nseverities, 2);
	assert_int_equal(policy->severities[0].review_days, 2);
	assert_int_equal(policy->severities[0].final_days, 0);
	assert_string_equal(
		pm_policy_severity(policy, str("HOCH"))->name, "major");
	assert_string_equal(
		pm_policy_severity(policy, str("Minor"))->name, "minor");
	assert_null(pm_policy_severity(policy, str("SEV1")));
	assert_int_equal(policy->kinds.len, 0);
	assert_int_equal(policy->triggers.len, 0);
	assert_true(pm_names_has(&policy->action_types, str("prevent")));
	assert_int_equal(policy->max_document, 1 << 20);
	assert_int_equal(pm_policy_status(policy, str("entwurf"), &status), 0);
	assert_int_equal(status, PM_STATUS_DRAFT);
	assert_int_equal(pm_policy_status(policy, str("Final"), &status), 0);
	assert_int_equal(status, PM_STATUS_FINAL);
	assert_int_equal(
		pm_policy_status(policy, str("done"), &status), PM_ENOTFOUND);
	pm_policy_free(policy);
	pm_ctx_free(ctx);
}

/* "draft>review" for every move that is allowed, in order. */
static void print_moves(const struct pm_policy *policy, struct pm_buf *out)
{
	pm_buf_reset(out);
	for (int i = 0; i < PM_STATUS_COUNT; i++)
		for (int j = 0; j < PM_STATUS_COUNT; j++)
			if (i != j && policy->transitions[i][j])
				pm_buf_addf(out, "%s>%s ",
					pm_status_name((enum pm_status)i),
					pm_status_name((enum pm_status)j));
}

static void test_transitions(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *policy = parse(ctx, "");
	struct pm_buf moves = PM_BUF_INIT;

	(void)state;
	print_moves(policy, &moves);
	assert_string_equal(moves.ptr,
		"draft>review review>draft review>final final>review ");
	pm_policy_free(policy);
	policy = parse(ctx,
		"status_transitions: {draft: [review, FINAL], final: []}\n");
	print_moves(policy, &moves);
	assert_string_equal(moves.ptr, "draft>review draft>final ");
	for (int i = 0; i < PM_STATUS_COUNT; i++)
		assert_true(policy->transitions[i][i]);
	pm_policy_free(policy);
	pm_buf_release(&moves);
	pm_ctx_free(ctx);
}

static void test_review_settings(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *policy = parse(ctx,
		"severities: [{name: major, approvals: 2}, minor]\n"
		"approvers: [\"@Ana\", bo@Example.org, \"@acme/sre\"]\n"
		"action_owner_person: True\n"
		"date_order: Day-First\n"
		"working_days: [Sunday, mon]\n"
		"holidays:\n"
		"  - 2027-01-01\n"
		"  - 2026-12-25\n"
		"wording:\n"
		"  - {language: de, blame: [Schuld], replace: true}\n"
		"  - language: en\n"
		"    vague: [look at]\n"
		"    verbs: [wire]\n"
		"personal_data: [example.org, 192.0.2.7]\n");

	(void)state;
	assert_int_equal(policy->severities[0].approvals, 2);
	assert_int_equal(policy->severities[1].approvals, 0);
	assert_int_equal(policy->approvers.len, 3);
	assert_string_equal(policy->approvers.items[0], "ana");
	assert_true(pm_names_has(&policy->approvers, str("bo@example.org")));
	assert_true(pm_names_has(&policy->approvers, str("acme/sre")));
	assert_false(pm_names_has(&policy->approvers, str("bo")));
	assert_true(policy->action_owner_person);
	assert_int_equal(policy->date_order, PM_ORDER_DAY);
	for (int i = 0; i < 7; i++)
		assert_int_equal(policy->working_days[i], i == 0 || i == 6);
	assert_int_equal(policy->nholidays, 2);
	assert_int_equal(policy->holidays[0].year, 2026);
	assert_int_equal(policy->holidays[1].year, 2027);
	assert_int_equal(policy->nwording, 2);
	assert_string_equal(policy->wording[0].language, "de");
	assert_true(policy->wording[0].replace);
	assert_true(pm_names_has(&policy->wording[0].blame, str("schuld")));
	assert_int_equal(policy->wording[0].verbs.len, 0);
	assert_non_null(policy->wording[0].verbs.items);
	assert_false(policy->wording[1].replace);
	assert_string_equal(policy->wording[1].vague.items[0], "look at");
	assert_string_equal(policy->wording[1].verbs.items[0], "wire");
	assert_true(pm_names_has(&policy->personal_data, str("EXAMPLE.org")));
	pm_policy_free(policy);
	pm_ctx_free(ctx);
}

/* A day, the days after it, and where that falls; the first policy is the
   default one, the second works Sunday to Thursday and has holidays. */
static const struct {
	int policy;
	const char *from;
	unsigned days;
	const char *want; /* NULL: no deadline */
} deadlines[] = {
	{0, "2026-11-16", 0, NULL},
	{0, "2026-11-16", 1, "2026-11-17"}, /* Monday */
	{0, "2026-11-20", 1, "2026-11-23"}, /* Friday */
	{0, "2026-11-21", 1, "2026-11-23"}, /* Saturday */
	{0, "2026-11-22", 5, "2026-11-27"}, /* Sunday */
	{0, "2026-11-18", 5, "2026-11-25"},
	{0, "2026-12-30", 3, "2027-01-04"}, /* the year ends in between */
	{0, "2028-02-28", 2, "2028-03-01"}, /* a leap day */
	{0, "1969-12-31", 2,
		"1970-01-02"}, /* days before 1970 have names too */
	{0, "1969-12-26", 1, "1969-12-29"},
	{0, "2026-01-01", 3650, "2039-12-29"},
	{0, "9999-12-30", 1, "9999-12-31"}, {0, "9999-12-30", 2, NULL},
	{1, "2026-12-23", 1, "2026-12-28"}, /* two holidays, no Friday */
	{1, "2026-12-24", 1, "2026-12-28"}, /* begins on one */
	{1, "2026-12-27", 1, "2026-12-28"},
	{1, "2026-12-30", 2, "2027-01-03"}, /* one falls on a free day */
};

static void test_deadline(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *policies[] = {parse(ctx, ""),
		parse(ctx, "working_days: [sun, mon, tue, wed, thu]\n"
			   "holidays: [2027-01-01, 2026-12-27, 2026-12-24]\n")};

	(void)state;
	for (size_t i = 0; i < sizeof deadlines / sizeof *deadlines; i++) {
		const struct pm_policy *policy = policies[deadlines[i].policy];
		struct pm_date from, want, got = {0, 0, 0};
		bool found;

		assert_int_equal(
			pm_date_parse(str(deadlines[i].from), &from, NULL), 0);
		found = pm_policy_deadline(
			policy, from, deadlines[i].days, &got);
		if (found != (deadlines[i].want != NULL))
			fail_msg("%s + %u: %d", deadlines[i].from,
				deadlines[i].days, found);
		if (!found)
			continue;
		assert_int_equal(
			pm_date_parse(str(deadlines[i].want), &want, NULL), 0);
		if (pm_date_to_days(want) != pm_date_to_days(got))
			fail_msg("%s + %u: %d-%u-%u", deadlines[i].from,
				deadlines[i].days, got.year, got.month,
				got.day);
	}
	pm_policy_free(policies[0]);
	pm_policy_free(policies[1]);
	pm_ctx_free(ctx);
}

static void test_departments_and_services(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *policy = parse(ctx,
		"services:\n"
		"  - {name: checkout, department: web, team: \"@acme/Pay\"}\n"
		"  - search\n"
		"departments:\n"
		"  web:\n"
		"    people: [\"@Ana\", bo]\n"
		"  support:\n"
		"people: [cy, \"@CY\", dee@example.org]\n");
	const struct pm_service *service =
		pm_policy_service(policy, str("Checkout"));

	(void)state;
	assert_string_equal(service->department, "web");
	assert_string_equal(service->team, "@acme/Pay");
	assert_null(pm_policy_service(policy, str("search"))->team);
	assert_null(pm_policy_service(policy, str("searc")));
	assert_int_equal(policy->ndepartments, 2);
	assert_int_equal(
		pm_policy_department(policy, str("WEB"))->people.len, 2);
	assert_string_equal(policy->departments[0].people.items[0], "ana");
	assert_non_null(policy->departments[1].people.items);
	assert_int_equal(policy->people.len, 2);
	assert_string_equal(policy->people.items[1], "dee@example.org");
	assert_true(pm_policy_knows_person(policy, str("@cy")));
	assert_true(pm_policy_knows_person(policy, str("Bo")));
	assert_true(pm_policy_knows_person(policy, str("@acme/pay")));
	assert_true(pm_policy_knows_person(policy, str("Dee@Example.org")));
	assert_false(pm_policy_knows_person(policy, str("eve")));
	assert_true(pm_names_has(&policy->people, str("cy")));
	pm_policy_free(policy);
	pm_ctx_free(ctx);
}

static void test_sections_and_rules(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *policy =
		parse(ctx, "sections:\n"
			   "  impact: [Auswirkung, \"Wer war   BETROFFEN?\"]\n"
			   "  lucky: Gl\xc3\xbc"
			   "ck gehabt\n"
			   "rules:\n"
			   "  link-broken: off\n"
			   "  section-empty: {draft: off, final: error}\n");

	(void)state;
	assert_int_equal(policy->nsynonyms, 3);
	assert_string_equal(policy->synonyms[0].heading, "auswirkung");
	assert_string_equal(policy->synonyms[1].heading, "gluck gehabt");
	assert_int_equal(policy->synonyms[1].role, PM_SECTION_LUCKY);
	assert_string_equal(policy->synonyms[2].heading, "wer war betroffen?");
	assert_int_equal(policy->nrules, 2);
	assert_string_equal(policy->rules[0].rule, "link-broken");
	assert_int_equal(policy->rules[0].level[PM_STATUS_FINAL], PM_LEVEL_OFF);
	assert_int_equal(policy->rules[1].pos.line, 6);
	assert_int_equal(policy->rules[1].pos.col, 3);
	assert_int_equal(policy->rules[1].level[PM_STATUS_DRAFT], PM_LEVEL_OFF);
	assert_int_equal(
		policy->rules[1].level[PM_STATUS_REVIEW], PM_LEVEL_DEFAULT);
	assert_int_equal(
		policy->rules[1].level[PM_STATUS_FINAL], PM_LEVEL_ERROR);
	pm_policy_free(policy);
	pm_ctx_free(ctx);
}

static void test_new_dir_follows_documents(void **state)
{
	static const struct {
		const char *text, *dir;
	} rows[] = {
		{"documents: [\"docs/incidents/**/*.md\"]\n", "docs/incidents"},
		{"documents: [\"**/*.md\"]\n", "postmortems"},
		{"documents: [\"*.md\"]\n", "postmortems"},
		{"documents: [\"/PM*.md\"]\n", ""},
		{"documents: [\"docs/**/*.md\"]\nnew_dir: x/y/\n", "x/y"},
		{"new_dir: .\n", ""},
	};
	struct pm_ctx *ctx = pm_ctx_new();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pm_policy *policy = parse(ctx, rows[i].text);

		assert_string_equal(policy->new_dir, rows[i].dir);
		pm_policy_free(policy);
	}
	pm_ctx_free(ctx);
}

static void test_is_document(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *policy =
		parse(ctx, "documents: [\"docs/*.md\", \"**/PM*.md\"]\n"
			   "exclude: [\"docs/index.md\"]\n");

	(void)state;
	assert_true(pm_policy_is_document(policy, str("docs/a.md")));
	assert_false(pm_policy_is_document(policy, str("docs/a/b.md")));
	assert_true(pm_policy_is_document(policy, str("x/y/PM1.md")));
	assert_false(pm_policy_is_document(policy, str("docs/index.md")));
	pm_policy_free(policy);
	pm_ctx_free(ctx);
}

/* What is wrong, where, and a part of the message that says so. */
static const struct {
	const char *text;
	unsigned line, col;
	const char *message;
} wrong[] = {
	{"- a\n", 1, 1, "name: value"},
	{"severites: []\n", 1, 1, "did you mean 'severities'?"},
	{"xyzzy: 1\n", 1, 1, "one of: action_owner_person, "},
	{"schema: 2\n", 1, 9, "schema: 1"},
	{"kinds: incident\n", 1, 8, "write: kinds: [incident]"},
	{"kinds:\n  a: b\n", 2, 3, "'kinds' is a list"},
	{"kinds: [a, [b]]\n", 1, 12, "'kinds' takes one value, not a list"},
	{"kinds: [a, b, A]\n", 1, 15, "named twice (first on line 1)"},
	{"kinds: [a, \"\"]\n", 1, 12, "empty"},
	{"kinds: [\"a\\tb\"]\n", 1, 9, "cannot be seen"},
	{"documents: []\n", 1, 12, "names no file"},
	{"documents: [docs/]\n", 1, 13, "names a directory"},
	{"documents:\n  - \"/docs//*.md\"\n", 2, 5, "an empty part"},
	{"documents: [\"docs/../*.md\"]\n", 1, 13, "'..'"},
	{"documents: [\"docs/[ab.md\"]\n", 1, 13, "no ']'"},
	{"documents: [\"docs/**.md\"]\n", 1, 13, "'**' must stand alone"},
	{"exclude: [\"drafts/\", \"!x\"]\n", 1, 22, "exclude"},
	{"new_dir: ../x\n", 1, 10, "bad path '../x'"},
	{"new_dir: /etc\n", 1, 10, "bad path"},
	{"new_dir: .git/x\n", 1, 10, "bad path"},
	{"people_file: a/../../b\n", 1, 14, "bad path"},
	{"default_template: ../x\n", 1, 19, "cannot name a template"},
	{"max_document: many\n", 1, 15, "256 KiB"},
	{"max_document: 10\n", 1, 15, "from 1 KiB"},
	{"max_document: 99999999999999999999\n", 1, 15, "not a size"},
	{"severities:\n  - {aliases: [x]}\n", 2, 5, "has no name"},
	{"severities: [a, {name: b, alias: [c]}]\n", 1, 27,
		"did you mean 'aliases'?"},
	{"severities:\n  - {name: a, aliases: [x]}\n  - {name: X}\n", 3, 12,
		"named twice (first on line 2)"},
	{"severities: [{name: a, review_days: soon}]\n", 1, 37,
		"number of days"},
	{"severities: [{name: a, final_days: 9999}]\n", 1, 36, "0 to 3650"},
	{"people: [\"@ana\", \"a b\"]\n", 1, 18, "'a b' is not a person"},
	{"services:\n  - {name: s, department: wab}\ndepartments: [web]\n", 2,
		27, "did you mean 'web'?"},
	{"services: [{name: s, team: \"a b\"}]\n", 1, 28, "not a team"},
	{"sections: {impcat: [x]}\n", 1, 12, "did you mean 'impact'?"},
	{"sections: {other: [x]}\n", 1, 12, "unknown section"},
	{"sections: {impact: {a: b}}\n", 1, 20, "list"},
	{"rules: {section-empty: eror}\n", 1, 24, "did you mean 'error'?"},
	{"rules: {section-empty: {darft: off}}\n", 1, 25,
		"did you mean 'draft'?"},
	{"rules: {section-empty: {draft: [off]}}\n", 1, 32, "one value"},
	{"rules: [section-empty]\n", 1, 8, "'rules' holds settings"},
	{"statuses: [draft]\n", 1, 11, "'statuses' holds settings"},
	{"statuses: {open: [x]}\n", 1, 12, "unknown setting 'open'"},
	{"statuses: {draft: [review]}\n", 1, 20, "is a status itself"},
	{"statuses: {draft: [wip],\n  final: [WIP]}\n", 2, 11,
		"named twice (first on line 1)"},
	{"severities: [{name: a, approvals: two}]\n", 1, 35,
		"number of people from 0 to 100"},
	{"severities: [{name: a, approvals: 2}]\napprovers: [\"@ana\"]\n", 1,
		35, "'approvers' names 1"},
	{"approvers: \"@ana\"\n", 1, 12, "write: approvers: [\"@ana\"]"},
	{"approvers: [\"a b\"]\n", 1, 13, "'a b' is not a person"},
	{"status_transitions: [draft]\n", 1, 21, "holds settings"},
	{"status_transitions: {darft: [review]}\n", 1, 22,
		"unknown status 'darft' (did you mean 'draft'?)"},
	{"status_transitions: {draft: [reveiw]}\n", 1, 30,
		"did you mean 'review'?"},
	{"status_transitions: {draft: review}\n", 1, 29,
		"write: draft: [review]"},
	{"action_owner_person: yes\n", 1, 22, "one of: true, false"},
	{"date_order: dmy\n", 1, 13, "one of: day-first, month-first"},
	{"date_order: month-fist\n", 1, 13, "did you mean 'month-first'?"},
	{"date_order: [day-first]\n", 1, 13, "one value"},
	{"action_owner_person: ture\n", 1, 22, "did you mean 'true'?"},
	{"action_owner_person: [true]\n", 1, 22, "one value"},
	{"working_days: []\n", 1, 15, "names no day"},
	{"working_days: mon\n", 1, 15, "write: working_days: [mon]"},
	{"working_days: [mon, tu]\n", 1, 21, "one of: mon, tue, wed, thu"},
	{"working_days: [mon, holiday]\n", 1, 21, "one of: mon, tue"},
	{"working_days: [mon, Monday]\n", 1, 21, "named twice"},
	{"holidays: 2026-12-25\n", 1, 11, "write: holidays: [2026-12-25]"},
	{"holidays: [2026-02-29]\n", 1, 12, "has 28 days"},
	{"holidays: [25.12.2026]\n", 1, 12, "like 2026-12-25"},
	{"holidays: [2026-12-25,\n  2026-12-25]\n", 2, 3,
		"named twice (first on line 1)"},
	{"wording: [{blame: [fool]}]\n", 1, 11, "has no language"},
	{"wording: [{language: de, blam: [x]}]\n", 1, 26,
		"did you mean 'blame'?"},
	{"wording: [{language: de, blame: [Schuld, ass]}]\n", 1, 42,
		"'ass' is too short"},
	{"wording: [{language: de, blame: [\"no*\"]}]\n", 1, 34, "at least 4"},
	{"wording: [{language: de, verbs: x}]\n", 1, 33, "write: verbs: [x]"},
	{"wording: [{language: de, replace: 1}]\n", 1, 35, "true, false"},
	{"wording: [{language: de}, {language: DE}]\n", 1, 38, "named twice"},
	{"personal_data: example.org\n", 1, 16,
		"write: personal_data: [example.org]"},
	{"\xEF\xBB\xBFschema: 1\r\nfoo: 1\r\n", 2, 1, "unknown setting"},
	{"kinds: [a]\nkinds: [b]\n", 2, 1, ""},
	{"people: [@ana]\n", 1, 10, ""},
	{"kinds: [a\n", 1, 1, ""},
};

static void test_wrong(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct pm_policy *policy = NULL;
		const struct pm_error *error = pm_ctx_error(ctx);
		int code = pm_policy_parse(
			ctx, pm_slice_str(wrong[i].text), &policy);

		if (code != PM_EINVALID || error->pos.line != wrong[i].line ||
			(*wrong[i].message &&
				(error->pos.col != wrong[i].col ||
					!strstr(error->message.ptr,
						wrong[i].message))))
			fail_msg("%s-> %d %u:%u: %s", wrong[i].text, code,
				error->pos.line, error->pos.col,
				error->message.ptr);
		assert_null(policy);
		assert_string_equal(error->path.ptr, PM_POLICY_PATH);
	}
	pm_ctx_free(ctx);
}

static void test_person(void **state)
{
	static const struct {
		const char *person, *key, *print;
	} rows[] = {
		{"ana", "ana", "@ana"},
		{" @Ana ", "ana", "@Ana"},
		{"@org/Team", "org/team", "@org/Team"},
		{"a.b-c_d", "a.b-c_d", "@a.b-c_d"},
		{"Ana@Example.ORG", "ana@example.org", "Ana@Example.ORG"},
		{"group/sub/deep", "group/sub/deep", "@group/sub/deep"},
		{"Zo\xc3\xab", "zo\xc3\xab", "@Zo\xc3\xab"},
		{"first.last+x@mail.example.org",
			"first.last+x@mail.example.org",
			"first.last+x@mail.example.org"},
	};
	static const char *const bad[] = {"", "@", "a b", "@@ana", "a@", "@a@b",
		"a@b@c", "a//b", "/a", "a/", "-a", ".a", "a@b..c", "a<b>",
		"a\x01", "a\xff", "a:b", "a,b"};
	struct pm_buf buf = PM_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_true(pm_person_valid(str(rows[i].person)));
		pm_buf_reset(&buf);
		pm_person_key(&buf, str(rows[i].person));
		assert_string_equal(buf.ptr, rows[i].key);
		pm_buf_reset(&buf);
		pm_person_print(&buf, str(rows[i].person));
		assert_string_equal(buf.ptr, rows[i].print);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (pm_person_valid(str(bad[i])))
			fail_msg("'%s' is taken for a person", bad[i]);
	pm_buf_release(&buf);
}

static void test_codeowners(void **state)
{
	static const char text[] = "\xef\xbb\xbf# who owns what\n"
				   "*       @Ana   # everything\n"
				   "/docs/  @acme/Docs bo@example.org\r\n"
				   "/free/\n"
				   "/a\\ b/c.txt @cy\n"
				   "\n"
				   "[Back end][2] @dee\n"
				   "^[Optional] @group/sub/eve\n"
				   "[ab]*.c @fay\n"
				   "/x @@maintainer @ana\n";
	static const char *const want[] = {"ana", "acme/docs", "bo@example.org",
		"cy", "dee", "group/sub/eve", "fay"};
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *policy =
		parse(ctx, "people_file: .github/CODEOWNERS\n");

	(void)state;
	assert_int_equal(pm_policy_add_people(
				 ctx, policy, policy->people_file, str(text)),
		0);
	assert_int_equal(policy->people.len, sizeof want / sizeof *want);
	for (size_t i = 0; i < policy->people.len; i++)
		assert_string_equal(policy->people.items[i], want[i]);
	assert_null(policy->people.items[policy->people.len]);
	assert_false(pm_policy_knows_person(policy, str("maintainer")));
	pm_policy_free(policy);
	pm_ctx_free(ctx);
}

static void test_people_list(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *policy =
		parse(ctx, "people: [zoe]\ndepartments: [{name: d, people: "
			   "[ana]}]\n");

	(void)state;
	assert_int_equal(pm_policy_add_people(ctx, policy, "people.txt",
				 str("# all\n@ana\n\n  bo # on leave\nZOE\n")),
		0);
	assert_int_equal(policy->people.len, 3);
	assert_string_equal(policy->people.items[0], "zoe");
	assert_string_equal(policy->people.items[1], "ana");
	assert_int_equal(pm_policy_add_people(ctx, policy, "people.txt",
				 str("cy\nAna Ng\n")),
		PM_EINVALID);
	assert_int_equal(pm_ctx_error(ctx)->pos.line, 2);
	assert_int_equal(pm_ctx_error(ctx)->pos.col, 5);
	assert_string_equal(pm_ctx_error(ctx)->path.ptr, "people.txt");
	pm_policy_free(policy);
	pm_ctx_free(ctx);
}

static void test_codeowners_wrong(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_policy *policy = parse(ctx, "");

	(void)state;
	assert_int_equal(pm_policy_add_people(ctx, policy, "CODEOWNERS",
				 str("* @ana\n/a b/ @bo\n")),
		PM_EINVALID);
	assert_int_equal(pm_ctx_error(ctx)->pos.line, 2);
	assert_int_equal(pm_ctx_error(ctx)->pos.col, 4);
	pm_policy_free(policy);
	pm_ctx_free(ctx);
}

/* A policy of thousands of services and people answers without scanning. */
static void test_large(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_buf text = PM_BUF_INIT;
	struct pm_policy *policy;

	(void)state;
	pm_buf_adds(&text, "people:\n");
	for (int i = 0; i < 5000; i++)
		pm_buf_addf(&text, "  - person%d\n", i);
	pm_buf_adds(&text, "services:\n");
	for (int i = 0; i < 5000; i++)
		pm_buf_addf(&text, "  - {name: service%d, team: t%d}\n", i, i);
	policy = parse(ctx, text.ptr);
	for (int round = 0; round < 200000; round++) {
		assert_true(pm_policy_knows_person(policy, str("@Person4999")));
		assert_non_null(pm_policy_service(policy, str("SERVICE4999")));
	}
	pm_buf_release(&text);
	pm_policy_free(policy);
	pm_ctx_free(ctx);
}

static void test_names(void **state)
{
	enum pm_section_role role;
	enum pm_status status;
	enum pm_level level;

	(void)state;
	for (int i = 0; i < PM_SECTION_COUNT; i++) {
		const char *name =
			pm_section_role_name((enum pm_section_role)i);

		assert_int_equal(pm_section_role_parse(str(name), &role), 0);
		assert_int_equal(role, i);
	}
	assert_int_equal(pm_section_role_parse(str("x"), &role), PM_ENOTFOUND);
	assert_int_equal(pm_status_parse(str("Review"), &status), 0);
	assert_int_equal(status, PM_STATUS_REVIEW);
	assert_int_equal(pm_status_parse(str(""), &status), PM_ENOTFOUND);
	assert_int_equal(pm_level_parse(str("note"), &level), 0);
	assert_int_equal(level, PM_LEVEL_NOTE);
	assert_string_equal(pm_level_name(PM_LEVEL_ERROR), "error");
	assert_string_equal(pm_status_name(PM_STATUS_DRAFT), "draft");
	pm_policy_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_written_defaults),
		cmocka_unit_test(test_comment_only),
		cmocka_unit_test(test_replaces_and_keeps),
		cmocka_unit_test(test_transitions),
		cmocka_unit_test(test_review_settings),
		cmocka_unit_test(test_deadline),
		cmocka_unit_test(test_departments_and_services),
		cmocka_unit_test(test_sections_and_rules),
		cmocka_unit_test(test_new_dir_follows_documents),
		cmocka_unit_test(test_is_document),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_person),
		cmocka_unit_test(test_codeowners),
		cmocka_unit_test(test_people_list),
		cmocka_unit_test(test_codeowners_wrong),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
