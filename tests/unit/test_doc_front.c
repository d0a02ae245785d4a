/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Front matter: every field with its place, wrong shapes, unknown fields,
 * fences; and what is asked of a document: places, durations, people.
 */
#include "doc_parsing.h"

#include <stdio.h>

static void assert_slice(struct pm_slice s, const char *text)
{
	if (!pm_slice_is(s, text))
		fail_msg("'%.*s' is not '%s'", PM_SLICE_ARG(s), text);
}

/* The field has this value; it is written so, there; its key stands before. */
static void assert_field(const struct pm_doc *doc, const struct pm_field *field,
	const char *value, unsigned line, unsigned col, const char *written)
{
	struct pm_pos pos = pm_doc_pos(doc, field->span.off);

	assert_slice(field->text, value);
	assert_slice(pm_slice_sub(doc->src, field->span.off, field->span.len),
		written);
	if (pos.line != line || pos.col != col)
		fail_msg("'%s' stands at %u:%u, not %u:%u", value, pos.line,
			pos.col, line, col);
}

/* What a problem looks like to a test: "12:3 message -> hint". */
static char *print(const struct pm_doc *doc, const struct pm_problem *p)
{
	struct pm_pos pos = pm_doc_pos(doc, p->span.off);
	struct pm_buf buf = PM_BUF_INIT;

	pm_buf_addf(&buf, "%u:%u %s", pos.line, pos.col, p->message);
	if (p->hint)
		pm_buf_addf(&buf, " -> %s", p->hint);
	return pm_buf_take(&buf);
}

/* Exactly these problems, in this order; NULL ends the list. */
static void assert_problems(
	const struct pm_doc *doc, const char *const *expected)
{
	size_t i = 0;

	for (; expected[i]; i++) {
		char *text;

		if (i >= doc->nproblems)
			fail_msg("missing: %s", expected[i]);
		text = print(doc, &doc->problems[i]);
		if (strcmp(text, expected[i]) != 0)
			fail_msg("got      %s\nexpected %s", text, expected[i]);
		free(text);
	}
	if (i < doc->nproblems)
		fail_msg("besides: %s", print(doc, &doc->problems[i]));
}

#define PROBLEMS(doc, ...)                                                     \
	assert_problems(doc, (const char *const[]){__VA_ARGS__, NULL})

static void assert_clean(const struct pm_doc *doc)
{
	assert_problems(doc, (const char *const[]){NULL});
}

static const char example[] =
	"---\n"
	"schema: 1\n"
	"id: 2026-11-22-checkout-500s\n"
	"title: Checkout answered 500 to EU customers\n"
	"kind: incident    # what it was\n"
	"status: review\n"
	"severity: 'SEV2'\n"
	"owner: \"@ana\"\n"
	"incident: https://example.org/INC-1234\n"
	"services: [checkout, \"payments\"]\n"
	"departments:\n"
	"  - web-development\n"
	"  - customer-support\n"
	"participants:\n"
	"  - {person: \"@ana\", department: web-development, role: lead}\n"
	"  - \"@bo\"\n"
	"times:\n"
	"  started:  2026-11-22T10:02Z\n"
	"  detected: \"~2026-11-22T10:09Z\"\n"
	"  identified: ~\n"
	"  mitigated: unknown\n"
	"  resolved: 2026-11-22T12:04+01:00\n"
	"detected_by: alert\n"
	"trigger: config-push\n"
	"causes:\n"
	"  - {id: C1, kind: config-change, text: No EU shard}\n"
	"  - id: C2\n"
	"    text: >\n"
	"      folded\n"
	"      text\n"
	"impact: {users: 12000, note: EU only}\n"
	"tags: cdn, edge ,\n"
	"related: 2025-03-02-checkout-timeouts\n"
	"evidence:\n"
	"  - {file: a/errors.svg, sha256: 00ff, source: nginx log,\n"
	"     from: 2026-11-22T10:02Z, to: 2026-11-22T11:04Z}\n"
	"action_items:\n"
	"  - id: A1\n"
	"    title: Reject it\n"
	"    type: prevent\n"
	"    owner: \"@bo\"\n"
	"    due: 2026-12-05\n"
	"    priority: P1\n"
	"    status: In Progress\n"
	"    addresses: [C1, C2]\n"
	"    tracker: https://example.org/7\n"
	"    proof: https://example.org/8\n"
	"    reason: none\n"
	"  - {title: Second, due: 2026-02-31, status: parked, addresses: C1}\n"
	"---\n"
	"\n"
	"# Checkout answered 500 to EU customers\n";

static void test_example_head(void **state)
{
	struct pm_doc *doc = parse(example);

	(void)state;
	assert_clean(doc);
	assert_true(doc->has_front);
	assert_slice(pm_slice_sub(doc->src, doc->body_off, 3), "\n# ");
	assert_slice(doc->id, "2026-11-22-checkout-500s");
	assert_field(doc, &doc->schema, "1", 2, 9, "1");
	assert_field(doc, &doc->front_id, "2026-11-22-checkout-500s", 3, 5,
		"2026-11-22-checkout-500s");
	assert_field(doc, &doc->kind, "incident", 5, 7, "incident");
	assert_field(doc, &doc->status, "review", 6, 9, "review");
	assert_int_equal(doc->state, PM_STATUS_REVIEW);
	assert_field(doc, &doc->severity, "SEV2", 7, 11, "'SEV2'");
	assert_field(doc, &doc->owner, "@ana", 8, 8, "\"@ana\"");
	assert_slice(
		pm_slice_sub(doc->src, doc->owner.key.off, doc->owner.key.len),
		"owner");
	assert_field(doc, &doc->incident, "https://example.org/INC-1234", 9, 11,
		"https://example.org/INC-1234");
	assert_int_equal(doc->services.len, 2);
	assert_field(doc, &doc->services.items[1], "payments", 10, 22,
		"\"payments\"");
	assert_int_equal(doc->departments.len, 2);
	assert_field(doc, &doc->departments.items[1], "customer-support", 13, 5,
		"customer-support");
	assert_int_equal(doc->tags.len, 2);
	assert_field(doc, &doc->tags.items[1], "edge", 32, 12, "edge");
	assert_int_equal(doc->related.len, 1);
	assert_slice(
		doc->related.items[0].text, "2025-03-02-checkout-timeouts");
	assert_field(doc, &doc->detected_by, "alert", 23, 14, "alert");
	assert_field(doc, &doc->trigger, "config-push", 24, 10, "config-push");
	assert_slice(doc->name, "Checkout answered 500 to EU customers");
	pm_doc_free(doc);
}

static void test_example_records(void **state)
{
	struct pm_doc *doc = parse(example);
	const struct pm_action *a;

	(void)state;
	assert_int_equal(doc->nparticipants, 2);
	assert_field(doc, &doc->participants[0].role, "lead", 15, 57, "lead");
	assert_field(
		doc, &doc->participants[1].person, "@bo", 16, 5, "\"@bo\"");
	assert_int_equal(doc->participants[1].department.span.len, 0);
	assert_int_equal(doc->ncauses, 2);
	assert_field(doc, &doc->causes[0].text, "No EU shard", 26, 41,
		"No EU shard");
	assert_slice(doc->causes[1].text.text, "folded text\n");
	assert_int_equal(pm_doc_pos(doc, doc->causes[1].span.off).line, 27);
	assert_slice(pm_slice_sub(doc->src, doc->causes_key.off,
			     doc->causes_key.len),
		"causes");
	assert_int_equal(doc->nimpact, 2);
	assert_slice(pm_slice_sub(doc->src, doc->impact[0].key.off,
			     doc->impact[0].key.len),
		"users");
	assert_field(doc, &doc->impact[1], "EU only", 31, 30, "EU only");
	assert_int_equal(doc->nevidence, 1);
	assert_field(doc, &doc->evidence[0].to, "2026-11-22T11:04Z", 36, 35,
		"2026-11-22T11:04Z");
	assert_int_equal(doc->nactions, 2);
	a = &doc->actions[0];
	assert_int_equal(a->line, 38);
	assert_false(a->in_body);
	assert_int_equal(a->state, PM_ACTION_IN_PROGRESS);
	assert_int_equal(a->due_date.year, 2026);
	assert_int_equal(a->due_date.month, 12);
	assert_int_equal(a->due_date.day, 5);
	assert_field(doc, &a->owner, "@bo", 41, 12, "\"@bo\"");
	assert_int_equal(a->addresses.len, 2);
	assert_field(doc, &a->addresses.items[1], "C2", 45, 21, "C2");
	assert_field(doc, &a->reason, "none", 48, 13, "none");
	assert_slice(pm_slice_sub(doc->src, a->span.off, 6), "id: A1");
	assert_slice(pm_slice_sub(doc->src, a->span.off + a->span.len - 4, 5),
		"none\n");
	a = &doc->actions[1];
	assert_int_equal(a->line, 49);
	assert_int_equal(a->state, PM_ACTION_UNKNOWN);
	assert_int_equal(a->due_date.year, 0);
	assert_slice(a->due.text, "2026-02-31");
	assert_int_equal(a->addresses.len, 1);
	assert_slice(pm_slice_sub(doc->src, doc->actions_key.off,
			     doc->actions_key.len),
		"action_items");
	pm_doc_free(doc);
}

static void test_times(void **state)
{
	struct pm_doc *doc = parse(example);
	int64_t seconds;

	(void)state;
	assert_true(doc->times[PM_MOMENT_STARTED].valid);
	assert_field(doc, &doc->times[PM_MOMENT_STARTED].field,
		"2026-11-22T10:02Z", 18, 13, "2026-11-22T10:02Z");
	assert_true(doc->times[PM_MOMENT_DETECTED].time.approximate);
	assert_true(doc->times[PM_MOMENT_IDENTIFIED].valid);
	assert_int_equal(doc->times[PM_MOMENT_IDENTIFIED].time.precision,
		PM_PRECISION_NONE);
	assert_true(doc->times[PM_MOMENT_MITIGATED].valid);
	assert_false(doc->times[PM_MOMENT_ACKNOWLEDGED].valid);
	assert_null(doc->times[PM_MOMENT_ACKNOWLEDGED].why);
	assert_true(pm_doc_duration(doc, PM_DURATION_TTD, &seconds));
	assert_int_equal(seconds, 7 * 60);
	assert_true(pm_doc_duration(doc, PM_DURATION_TTR, &seconds));
	assert_int_equal(seconds, 62 * 60);
	assert_false(pm_doc_duration(doc, PM_DURATION_TTA, &seconds));
	assert_false(pm_doc_duration(doc, PM_DURATION_TTI, &seconds));
	assert_false(pm_doc_duration(doc, PM_DURATION_TTM, &seconds));
	pm_doc_free(doc);
	doc = parse("---\ntimes:\n  started: 2026-02-31T10:00Z\n"
		    "  detected: 2026-11-22 10:00\n  mitigated: 2026-11-22\n"
		    "  resolved: null\n  acknowledged:\n  found: 1\n---\n");
	PROBLEMS(doc, "8:3 unknown field 'found' in times");
	assert_false(doc->times[PM_MOMENT_STARTED].valid);
	assert_string_equal(
		doc->times[PM_MOMENT_STARTED].why, "February 2026 has 28 days");
	assert_non_null(doc->times[PM_MOMENT_DETECTED].why);
	assert_true(doc->times[PM_MOMENT_MITIGATED].valid);
	assert_false(doc->times[PM_MOMENT_RESOLVED].valid);
	assert_null(doc->times[PM_MOMENT_RESOLVED].why);
	assert_int_equal(doc->times[PM_MOMENT_RESOLVED].field.text.len, 0);
	assert_int_not_equal(doc->times_key.len, 0);
	assert_false(pm_doc_duration(doc, PM_DURATION_TTM, &seconds));
	pm_doc_free(doc);
}

/* Nothing was written: no span, no key. Written and empty: a key. */
static void test_absent(void **state)
{
	struct pm_doc *doc = parse("---\nowner:\nincident: null\n"
				   "services: ~\ntags: []\ncauses:\n"
				   "action_items: []\n---\n");

	(void)state;
	assert_clean(doc);
	assert_int_equal(doc->title.key.len, 0);
	assert_int_equal(doc->title.span.len, 0);
	assert_int_equal(doc->owner.key.len, 5);
	assert_int_equal(doc->owner.span.len, 0);
	assert_int_equal(doc->incident.text.len, 0);
	assert_int_equal(doc->services.len, 0);
	assert_int_equal(doc->tags.len, 0);
	assert_int_equal(doc->tags.span.len, 2);
	assert_int_equal(doc->ncauses, 0);
	assert_int_equal(doc->causes_key.len, 6);
	assert_int_equal(doc->nactions, 0);
	assert_int_equal(doc->actions_key.len, 12);
	assert_int_equal(doc->times_key.len, 0);
	assert_int_equal(doc->state, PM_STATUS_DRAFT);
	assert_slice(doc->name, "2026-11-22-checkout-500s");
	pm_doc_free(doc);
}

static void test_shapes(void **state)
{
	struct pm_doc *doc = parse("---\n"
				   "title: [DRAFT]\n"
				   "owner: [ana, bo]\n"
				   "severity:\n"
				   "  - SEV1\n"
				   "kind: {a: b}\n"
				   "services: {a: b}\n"
				   "departments: [[a], b]\n"
				   "times: now\n"
				   "impact: lots\n"
				   "causes: {id: C1}\n"
				   "evidence: [a.svg]\n"
				   "participants: [[x]]\n"
				   "action_items:\n"
				   "  - just text\n"
				   "  - title: [x]\n"
				   "---\n");

	(void)state;
	PROBLEMS(doc,
		"2:8 'title' wants one value, not a list -> write: title: "
		"\"[DRAFT]\"",
		"3:8 'owner' wants one value, not a list -> write: owner: "
		"\"@ana\"",
		"5:3 'severity' wants one value, not a list -> write: "
		"severity: SEV1",
		"6:7 'kind' wants one value, not a map",
		"7:11 'services' wants a list, not a map -> write: [one, two]",
		"8:15 an item of 'departments' wants text, not a list",
		"9:8 'times' wants a map of moments, not text -> write: times: "
		"{started: 2026-11-22T10:02Z}",
		"10:9 'impact' wants a map, not text -> write: impact: {note: "
		"what it was}",
		"11:9 'causes' wants a list, not a map -> write: - {id: C1, "
		"kind: its-kind, text: what it was}",
		"12:12 an item of 'evidence' wants fields, not text -> write: "
		"- {file: its-path, source: where it came from}",
		"13:16 an item of 'participants' wants fields, not a list",
		"15:5 an item of 'action_items' wants fields, not text -> "
		"write: - title: what to do, and below it its owner and due",
		"16:12 'title' wants one value, not a list -> write: title: "
		"\"[x]\"");
	/* What can be read is. */
	assert_slice(doc->owner.text, "ana");
	assert_slice(doc->severity.text, "SEV1");
	assert_int_equal(doc->departments.len, 1);
	assert_int_equal(doc->ncauses, 1);
	assert_slice(doc->causes[0].id.text, "C1");
	assert_slice(doc->evidence[0].file.text, "a.svg");
	assert_int_equal(doc->nactions, 2);
	assert_slice(doc->actions[0].title.text, "just text");
	assert_int_equal(doc->actions[0].line, 15);
	pm_doc_free(doc);
}

static void test_unknown(void **state)
{
	struct pm_doc *doc = parse("---\nlayout: post\nTitel: x\nseverty: 1\n"
				   "date: 2026-01-01\nactions: []\nttr: 5\n"
				   "action_items:\n"
				   "  - {title: a, ownr: b, layout: c}\n"
				   "  - {title: d, ownr: e}\n"
				   "---\n");

	(void)state;
	PROBLEMS(doc, "2:1 unknown field 'layout'",
		"3:1 unknown field 'Titel' -> did you mean 'title'?",
		"4:1 unknown field 'severty' -> did you mean 'severity'?",
		"5:1 unknown field 'date' -> the date is that of times: "
		"started",
		"6:1 unknown field 'actions' -> write: action_items",
		"7:1 unknown field 'ttr' -> durations are computed from times",
		"9:16 unknown field 'ownr' in an action -> did you mean "
		"'owner'?",
		"9:25 unknown field 'layout' in an action");
	assert_int_equal(doc->problems[0].kind, PM_PROBLEM_FIELD_UNKNOWN);
	assert_int_equal(doc->nactions, 2);
	pm_doc_free(doc);
}

/* Slips of YAML at their place in the whole file. */
static void test_syntax(void **state)
{
	struct pm_doc *doc = parse("---\r\n"
				   "title: caf\xc3\xa9: open\r\n"
				   "owner: @ana\r\n"
				   "severity: SEV1\r\n"
				   "severity: SEV2\r\n"
				   "times:\r\n"
				   "\tstarted: 2026-11-22T10:02Z\r\n"
				   "---\r\n"
				   "# Title\r\n");

	(void)state;
	PROBLEMS(doc,
		"2:8 the value of 'title' holds a ':' and needs quotes -> "
		"write: title: \"caf\xc3\xa9: open\"",
		"3:8 a value that begins with '@' needs quotes -> write: "
		"owner: \"@ana\"",
		"5:1 'severity' stands twice (first in line 4) -> delete one "
		"of them",
		"7:1 a tab indents this line -> indent with spaces");
	assert_int_equal(doc->problems[0].kind, PM_PROBLEM_FRONT_SYNTAX);
	assert_field(doc, &doc->title, "caf\xc3\xa9: open", 2, 8,
		"caf\xc3\xa9: open");
	assert_field(doc, &doc->owner, "@ana", 3, 8, "@ana");
	assert_slice(doc->severity.text, "SEV1");
	assert_true(doc->times[PM_MOMENT_STARTED].valid);
	assert_int_equal(pm_doc_pos(doc, doc->body_off).line, 9);
	pm_doc_free(doc);
	doc = parse("---\n- a\n---\n");
	PROBLEMS(doc,
		"2:1 front matter is a map of fields, one 'key: value' a line "
		"-> write: key: value");
	pm_doc_free(doc);
}

static void test_fences(void **state)
{
	static const struct {
		const char *text, *problem;
		bool front;
		unsigned body; /* line at which the body begins */
		const char *title;
	} cases[] = {
		{"---\ntitle: x\n---\nbody", NULL, true, 4, "x"},
		{"\xef\xbb\xbf---\ntitle: x\n---\nbody", NULL, true, 4, "x"},
		{"---  \ntitle: x\n...\t\nbody", NULL, true, 4, "x"},
		{"---\rtitle: x\r---\rbody", NULL, true, 4, "x"},
		{"---\n---\nbody", NULL, true, 3, ""},
		{"---\ntitle: x\n---", NULL, true, 3, "x"},
		{"# Title\n", "1:1 no front matter", false, 1, ""},
		{"", "1:1 no front matter", false, 1, ""},
		{"----\ntitle: x\n----\n", "1:1 no front matter", false, 1, ""},
		{"---\n\nSome text\n\n---\nmore\n", "1:1 no front matter",
			false, 1, ""},
		{"---\nSome text\n", "1:1 no front matter", false, 1, ""},
		{"+++\ntitle = \"x\"\n+++\n# T\n",
			"1:1 the front matter is TOML, which pm does not read",
			false, 4, ""},
		{"+++\nno end\n",
			"1:1 the front matter is TOML, which pm does not read",
			false, 1, ""},
		{"\n\n---\ntitle: x\n---\nbody\n",
			"3:1 front matter must begin in the first line", true,
			6, "x"},
		{"---\ntitle: x\nservices:\n  - a\n\nowner: y\n\n# T\n\nt\n",
			"1:1 the front matter that begins here is not closed",
			true, 8, "x"},
		{"---\ntitle: x\nowner: y\n",
			"1:1 the front matter that begins here is not closed",
			true, 3, "x"},
		{"---\ntitle: x\n# T\n\n## A\n\nt: u\n",
			"1:1 the front matter that begins here is not closed",
			true, 3, "x"},
		{"---\ntitle: x\n# about y\nowner: y\n\n# T\n",
			"1:1 the front matter that begins here is not closed",
			true, 6, "x"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct pm_doc *doc = parse(cases[i].text);
		unsigned body = pm_doc_pos(doc, doc->body_off).line;
		char *text;

		if (doc->has_front != cases[i].front || body != cases[i].body)
			fail_msg("'%s': front %d, body in line %u",
				cases[i].text, doc->has_front, body);
		assert_slice(doc->title.text, cases[i].title);
		assert_int_equal(doc->nproblems, cases[i].problem ? 1 : 0);
		if (cases[i].problem) {
			text = print(doc, &doc->problems[0]);
			if (strncmp(text, cases[i].problem,
				    strlen(cases[i].problem)) != 0)
				fail_msg("%s: %s", cases[i].text, text);
			free(text);
		}
		pm_doc_free(doc);
	}
}

static void test_encoding(void **state)
{
	static const char utf16[] = "\xff\xfe"
				    "a\0b\0";
	struct pm_buf many = PM_BUF_INIT;
	struct pm_doc *doc;

	(void)state;
	doc = parse("---\ntitle: caf\xe9 \xff\nowner: \xc3\xa9\n---\nb\xffx\n");
	PROBLEMS(doc,
		"2:11 byte 0xe9 is not UTF-8 -> save the file as UTF-8; it may "
		"be Latin-1 or Windows-1252 now",
		"5:2 byte 0xff is not UTF-8 -> save the file as UTF-8; it may "
		"be Latin-1 or Windows-1252 now");
	assert_int_equal(doc->problems[0].kind, PM_PROBLEM_ENCODING);
	pm_doc_free(doc);
	doc = pm_doc_parse(PATH, pm_slice_make(utf16, 6), policy);
	PROBLEMS(doc, "1:1 the file is UTF-16 -> save the file as UTF-8");
	pm_doc_free(doc);
	pm_buf_adds(&many, "---\n---\n");
	for (unsigned i = 0; i < 100; i++)
		pm_buf_adds(&many, "x\x80\x80\n");
	doc = pm_doc_parse(PATH, pm_buf_slice(&many), policy);
	assert_int_equal(doc->nproblems, 21);
	assert_string_equal(doc->problems[20].message,
		"80 more lines from here on hold bytes that are not UTF-8");
	pm_doc_free(doc);
	pm_buf_release(&many);
}

static void test_limits(void **state)
{
	struct pm_buf buf = PM_BUF_INIT;
	struct pm_doc *doc;

	(void)state;
	pm_buf_adds(&buf, "---\ntitle: x\nowner: ");
	for (unsigned i = 0; i < 20000; i++)
		pm_buf_addc(&buf, '[');
	pm_buf_adds(&buf, "\n---\n# T\n");
	doc = pm_doc_parse(PATH, pm_buf_slice(&buf), policy);
	assert_int_equal(doc->nproblems, 2);
	assert_int_equal(doc->problems[0].kind, PM_PROBLEM_FIELD_TYPE);
	assert_int_equal(doc->problems[1].kind, PM_PROBLEM_TOO_COMPLEX);
	assert_int_equal(pm_doc_pos(doc, doc->problems[1].span.off).line, 3);
	assert_slice(doc->title.text, "x");
	assert_slice(doc->heading, "T");
	pm_doc_free(doc);
	pm_buf_reset(&buf);
	pm_buf_adds(&buf, "---\ntitle: x\n---\n# T\n");
	while (buf.len <= policy->max_document)
		pm_buf_adds(&buf, "0123456789\n");
	doc = pm_doc_parse(PATH, pm_buf_slice(&buf), policy);
	assert_int_equal(doc->nproblems, 1);
	assert_int_equal(doc->problems[0].kind, PM_PROBLEM_TOO_COMPLEX);
	assert_slice(doc->title.text, "x");
	assert_int_equal(doc->nsections, 0);
	pm_doc_free(doc);
	pm_buf_release(&buf);
}

/* With a given arena, the document's memory is the arena's. */
static void test_arena(void **state)
{
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_doc_opts opts = {.policy = policy, .arena = &arena};

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		struct pm_doc *doc =
			pm_doc_parse_opts(PATH, pm_slice_str(example), &opts);

		assert_clean(doc);
		assert_int_equal(doc->nactions, 2);
		pm_doc_free(doc);
		pm_arena_reset(&arena);
	}
	pm_arena_release(&arena);
	pm_doc_free(NULL);
}

/* What was asked of the finder of templates. */
struct asked {
	const struct pm_template *tmpl; /* what it gives */
	struct pm_buf names;
};

static const struct pm_template *find_template(void *data, struct pm_slice name)
{
	struct asked *asked = data;

	pm_buf_addf(&asked->names, "%.*s;", PM_SLICE_ARG(name));
	return asked->tmpl;
}

/* The template is told before parsing, where the front matter is plain. */
static void test_own_template(void **state)
{
	static const struct {
		const char *text, *asked;
	} rows[] = {
		{"---\nkind: drill\n---\n", "drill;"},
		{"---\nkind: drill\ntemplate: long\n---\n", "long;"},
		{"---\nkind: 'drill'\n---\n", "'drill';drill;"},
		{"---\nkind: drill # x\n---\n", "drill # x;drill;"},
		{"---\nx:\n  kind: drill\n---\nkind: x\n", ";"},
		{"# No front matter\n\nkind: drill\n", ";"},
	};
	struct pm_arena arena = PM_ARENA_INIT;
	struct pm_template *tmpl = NULL;

	(void)state;
	assert_int_equal(
		pm_template_parse(ctx, "short", NULL,
			*pm_template_builtin(pm_slice_str("short")), &tmpl),
		0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct asked asked = {tmpl, PM_BUF_INIT};
		struct pm_doc_opts opts = {.policy = policy, .arena = &arena};
		struct pm_slice text = pm_slice_str(rows[i].text);

		assert_non_null(pm_doc_parse_own(
			PATH, text, &opts, find_template, &asked));
		assert_ptr_equal(opts.tmpl, tmpl);
		assert_string_equal(asked.names.ptr, rows[i].asked);
		asked.tmpl = NULL;
		assert_null(pm_doc_parse_own(
			PATH, text, &opts, find_template, &asked));
		assert_null(opts.tmpl);
		pm_buf_release(&asked.names);
		pm_arena_reset(&arena);
	}
	pm_template_free(tmpl);
	pm_arena_release(&arena);
}

static void test_lines(void **state)
{
	struct pm_doc *doc =
		parse("---\r\ntitle: \xc3\xa9\r---\nx\xe2\x80\xa8y");

	(void)state;
	assert_slice(pm_doc_line(doc, 1), "---");
	assert_slice(pm_doc_line(doc, 2), "title: \xc3\xa9");
	assert_slice(pm_doc_line(doc, 4), "x\xe2\x80\xa8y");
	assert_slice(pm_doc_line(doc, 5), "");
	assert_int_equal(pm_doc_pos(doc, doc->title.span.off).col, 8);
	assert_int_equal(pm_doc_pos(doc, doc->src.len).line, 4);
	pm_doc_free(doc);
}

static void test_sections(void **state)
{
	struct pm_doc *doc = parse("---\ntitle: x\n---\n# x\n\n## Impact\n\n"
				   "words\n\n### Users\n\nmore\n\n"
				   "## Timeline\n\ntext\n");

	(void)state;
	assert_null(pm_doc_section_at(doc, 2));
	assert_slice(pm_doc_section_at(doc, 6)->heading, "Impact");
	assert_slice(pm_doc_section_at(doc, 8)->heading, "Impact");
	assert_slice(pm_doc_section_at(doc, 12)->heading, "Users");
	assert_slice(pm_doc_section_at(doc, 16)->heading, "Timeline");
	assert_slice(
		pm_doc_section(doc, PM_SECTION_TIMELINE)->heading, "Timeline");
	assert_null(pm_doc_section(doc, PM_SECTION_LUCKY));
	pm_doc_free(doc);
}

/* The example of the manual is a document without a problem. */
static void test_manual(void **state)
{
	FILE *file = fopen("cmd/man/pm-format.5", "r");
	struct pm_buf buf = PM_BUF_INIT;
	struct pm_slice text;
	struct pm_doc *doc;
	const char *start, *end;

	(void)state;
	if (!file)
		fail_msg("no manual (run the tests from the top)");
	pm_buf_reserve(&buf, 65536);
	buf.len = fread(buf.ptr, 1, 65535, file);
	fclose(file);
	buf.ptr[buf.len] = '\0';
	start = strstr(buf.ptr, ".Sh EXAMPLES\n.Bd -literal\n");
	assert_non_null(start);
	start = strstr(start, "---\n");
	end = strstr(start, ".Ed\n");
	assert_non_null(end);
	text = pm_slice_make(start, (size_t)(end - start));
	doc = pm_doc_parse(PATH, text, policy);
	assert_clean(doc);
	assert_true(pm_slice_eq(doc->front_id.text, doc->id));
	assert_true(pm_slice_eq(doc->title.text, doc->heading));
	assert_int_equal(doc->nparticipants, 2);
	assert_int_equal(doc->nactions, 1);
	assert_int_equal(doc->timeline.nentries, 4);
	for (size_t i = 0; i < doc->timeline.nentries; i++)
		assert_null(doc->timeline.entries[i].problem);
	pm_doc_free(doc);
	pm_buf_release(&buf);
}

static void test_names_person(void **state)
{
	static const char *const people[] = {"ana", "@ana", "@org/team",
		"a@example.org", "Ana S\xc3\xad", "\xe5\xb1\xb1\xe7\x94\xb0"};
	static const char *const nobody[] = {"", " ", "TBD", "@tbd", "-", "?",
		"???", "nobody", "N/A", "<owner>", "[name]", "{{owner}}",
		"**TBA**", "\xe2\x80\x93", "\xe2\x80\x94", "...", "todo!",
		"`unassigned`"};

	(void)state;
	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
		assert_true(pm_doc_names_person(pm_slice_str(people[i])));
	for (size_t i = 0; i < sizeof nobody / sizeof nobody[0]; i++) {
		if (pm_doc_names_person(pm_slice_str(nobody[i])))
			fail_msg("'%s' is taken for a person", nobody[i]);
	}
}

static void test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < PM_MOMENT_COUNT; i++)
		assert_non_null(pm_moment_names[i]);
	assert_null(pm_moment_names[PM_MOMENT_COUNT]);
	for (size_t i = 0; i < PM_DURATION_COUNT; i++)
		assert_non_null(pm_duration_names[i]);
	assert_null(pm_duration_names[PM_DURATION_COUNT]);
	for (size_t i = 0; i < PM_ACTION_UNKNOWN; i++)
		assert_non_null(pm_action_status_names[i]);
	assert_null(pm_action_status_names[PM_ACTION_UNKNOWN]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_example_head),
		cmocka_unit_test(test_example_records),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_absent),
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_syntax),
		cmocka_unit_test(test_fences),
		cmocka_unit_test(test_encoding),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_arena),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_own_template),
		cmocka_unit_test(test_manual),
		cmocka_unit_test(test_names_person),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, prepare, finish);
}
