/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Templates: what they require, every way in which one can be wrong with the
 * place of it, filling in every kind of place, lines that say nothing, and
 * the shipped ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "policy/scan.h"
#include "policy/template.h"
#include "yaml/yaml.h"

static struct pm_slice str(const char *text)
{
	return pm_slice_str(text);
}

static struct pm_template *parse(struct pm_ctx *ctx, const char *text)
{
	struct pm_template *tmpl = NULL;
	int error = pm_template_parse(ctx, "x", NULL, str(text), &tmpl);

	if (error < 0)
		print_message("%u:%u: %s\n", pm_ctx_error(ctx)->pos.line,
			pm_ctx_error(ctx)->pos.col,
			pm_ctx_error(ctx)->message.ptr);
	assert_int_equal(error, 0);
	return tmpl;
}

static void test_sections(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_template *tmpl = parse(ctx,
		"---\n"
		"title: {{title}}\n"
		"---\n"
		"# {{title}}\n"
		"## Impact ##\n"
		"<!-- pm: role=impact from=final min-words=5 optional -->\n"
		"text\n"
		"### Deeper\n"
		"```\n"
		"## no heading\n"
		"```\n"
		"<!--\n"
		"## nor this -->\n"
		"What happened\n"
		"-------------\n"
		"<!-- pm: role=timeline\n"
		"     tell the story -->\n"
		"| a | b |\n"
		"|---|---|\n"
		"\n"
		"---\n"
		"## Lessons <!-- pm: role=lessons from=draft -->\n");
	const struct pm_template_section *s = tmpl->sections;

	(void)state;
	assert_int_equal(tmpl->nsections, 3);
	assert_string_equal(s[0].heading, "Impact");
	assert_int_equal(s[0].role, PM_SECTION_IMPACT);
	assert_int_equal(s[0].from, PM_STATUS_FINAL);
	assert_int_equal(s[0].min_words, 5);
	assert_true(s[0].optional);
	assert_int_equal(s[0].line, 5);
	assert_true(pm_slice_starts(s[0].text, "<!-- pm: role=impact"));
	assert_true(pm_slice_ends(s[0].text, "nor this -->\n"));
	assert_string_equal(s[1].heading, "What happened");
	assert_int_equal(s[1].role, PM_SECTION_TIMELINE);
	assert_int_equal(s[1].from, PM_STATUS_REVIEW);
	assert_false(s[1].optional);
	assert_int_equal(s[1].line, 14);
	assert_string_equal(s[2].heading, "Lessons");
	assert_int_equal(s[2].from, PM_STATUS_DRAFT);
	assert_int_equal(s[2].text.len, 0);
	assert_ptr_equal(pm_template_section_named(tmpl, str(" IMPACT")), s);
	assert_null(pm_template_section_named(tmpl, str("Deeper")));
	assert_null(pm_template_section_named(NULL, str("Impact")));
	pm_template_free(tmpl);
	pm_template_free(NULL);
	pm_ctx_free(ctx);
}

/* What is wrong, where, and a part of the message that says so. */
static const struct {
	const char *text;
	unsigned line, col;
	const char *message;
} wrong[] = {
	{"", 1, 1, "without sections"},
	{"# T\ntext\n", 2, 1, "without sections"},
	{"---\ntitle: x\n", 1, 1, "the front matter has no end"},
	{"## A\n<!-- pm: rloe=impact -->\n", 2, 10, "did you mean 'role'?"},
	{"## A\n<!-- pm: zzz -->\n", 2, 10, "one of role=, from="},
	{"## A\n<!-- pm: role=impcat -->\n", 2, 10, "did you mean 'impact'?"},
	{"## A\n<!-- pm: role=other -->\n", 2, 10, "unknown role"},
	{"## A\n<!-- pm: role= -->\n", 2, 10, "unknown role"},
	{"## A\n<!-- pm: role=impact from=now -->\n", 2, 22,
		"draft, review, final"},
	{"## A\n<!-- pm: min-words=x -->\n", 2, 10, "number of words"},
	{"## A\n<!-- pm: min-words=99999 -->\n", 2, 10, "number of words"},
	{"## A\n<!-- pm: min-words=00012x -->\n", 2, 10, "number of words"},
	{"## A\n<!-- pm: min-words=0000099999 -->\n", 2, 10, "number of words"},
	{"## A\n<!-- pm: min-words -->\n", 2, 10, "number of words"},
	{"## A\n<!-- pm: optional=yes -->\n", 2, 10, "takes no value"},
	{"<!-- pm: optional -->\n## A\n", 1, 6, "under no heading"},
	{"## A\n<!-- pm: optional -->\n<!-- pm: role=impact -->\n", 3, 6,
		"a second requirement for 'A'"},
	{"## A\n<!-- pm: role=impact -->\n## B\n<!-- pm: role=impact -->\n", 4,
		10, "first on line 1"},
	{"## A\n\n## a\n", 3, 4, "first on line 1"},
	{"## \n", 1, 1, "a heading is empty"},
	{"## A\nx {{titel}}\n", 2, 5, "did you mean 'title'?"},
	{"## A\n<!-- {{ qqqqqq }} -->\n", 2, 9, "unknown variable"},
	{"## A\n<!-- never\nends\n", 2, 1, "a comment has no end"},
	{"---\na: b: c\n---\n## A\n", 2, 4, ""},
	{"---\nowner: @{{owner}}\n---\n## A\n", 2, 9, "quote the whole value"},
	{"---\nurl: https://t/{{id}}\n---\n## A\n", 2, 16,
		"quote the whole value"},
	{"---\ntitle: x\ntitle: {{title}}\n---\n## A\n", 3, 1, ""},
	{"## A\ntext \xff\n", 2, 6, "not UTF-8"},
};

static void test_wrong(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct pm_template *tmpl = NULL;
		const struct pm_error *error = pm_ctx_error(ctx);
		int code = pm_template_parse(ctx, "x", ".pm/templates/x.md",
			str(wrong[i].text), &tmpl);

		if (code != PM_EINVALID || error->pos.line != wrong[i].line ||
			(*wrong[i].message &&
				(error->pos.col != wrong[i].col ||
					!strstr(error->message.ptr,
						wrong[i].message))))
			fail_msg("%s-> %d %u:%u: %s", wrong[i].text, code,
				error->pos.line, error->pos.col,
				error->message.ptr);
		assert_null(tmpl);
		assert_string_equal(error->path.ptr, ".pm/templates/x.md");
	}
	pm_ctx_free(ctx);
}

static const struct pm_template_vars vars[] = {
	{PM_SLICE_LIT("title"), PM_SLICE_LIT("a: *b* \"c\" # d_e_ <x> f_g")},
	{PM_SLICE_LIT("owner"), PM_SLICE_LIT("@ana")},
	{PM_SLICE_LIT("severity"), PM_SLICE_LIT("")},
	{PM_SLICE_LIT("services"), PM_SLICE_LIT("check: out\npay")},
	{PM_SLICE_LIT("departments"), PM_SLICE_LIT("")},
	{PM_SLICE_LIT("participants"),
		PM_SLICE_LIT("@org/web\tweb dev\n@bo\t")},
	{PM_SLICE_LIT("incident"), PM_SLICE_LIT("it's --> {{title}}")},
};

static void fill(struct pm_ctx *ctx, const char *text, const char *want)
{
	struct pm_template *tmpl = parse(ctx, text);
	struct pm_buf out = PM_BUF_INIT;

	assert_int_equal(pm_template_fill(ctx, tmpl, vars,
				 sizeof vars / sizeof *vars, &out),
		0);
	assert_string_equal(out.ptr, want);
	pm_buf_release(&out);
	pm_template_free(tmpl);
}

static void test_fill_front(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();

	(void)state;
	fill(ctx,
		"---\n"
		"title: {{title}}\n"
		"two: \"<{{ title }}>\"\n"
		"one: '{{incident}}!'\n"
		"owner: {{owner}}\n"
		"severity: {{severity}}\n"
		"sev: {{severity}} # {{services}}, it's {{title}}\n"
		"services: [{{services}}]\n"
		"more: [x, {{services}}]\n"
		"again: {{services}}\n"
		"departments: [{{departments}}]\n"
		"participants: {{participants}}\n"
		"last: {{departments}}\n"
		"---\n"
		"## A\n",
		"---\n"
		"title: \"a: *b* \\\"c\\\" # d_e_ <x> f_g\"\n"
		"two: \"<a: *b* \\\"c\\\" # d_e_ <x> f_g>\"\n"
		"one: 'it''s --> {{title}}!'\n"
		"owner: \"@ana\"\n"
		"severity:\n"
		"sev:  # check: out, pay, it's a: *b* \"c\" # d_e_ <x> f_g\n"
		"services: [\"check: out\", pay]\n"
		"more: [x, \"check: out\", pay]\n"
		"again: [\"check: out\", pay]\n"
		"departments: []\n"
		"participants:\n"
		"  - {person: \"@org/web\", department: web dev}\n"
		"  - {person: \"@bo\"}\n"
		"last: []\n"
		"---\n"
		"## A\n");
	pm_ctx_free(ctx);
}

/* A comment that a value made too long is wrapped, nothing else is. */
static void test_fill_long(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();

	(void)state;
	fill(ctx,
		"---\n"
		"a:\n"
		"  # One of {{services}}, 0123456789 0123456789 0123456789 "
		"0123456789 0123456789 and more.\n"
		"b: \"0123456789 0123456789 0123456789 0123456789 0123456789 "
		"0123456789 {{owner}}\"\n"
		"# {{owner}}"
		"x0123456789012345678901234567890123456789012345678901234567890"
		"123456789012345678901234567890\n"
		"---\n"
		"## A\n",
		"---\n"
		"a:\n"
		"  # One of check: out, pay, 0123456789 0123456789 0123456789 "
		"0123456789\n"
		"  # 0123456789 and more.\n"
		"b: \"0123456789 0123456789 0123456789 0123456789 0123456789 "
		"0123456789 @ana\"\n"
		"# @ana"
		"x0123456789012345678901234567890123456789012345678901234567890"
		"123456789012345678901234567890\n"
		"---\n"
		"## A\n");
	pm_ctx_free(ctx);
}

static void test_fill_body(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();

	(void)state;
	fill(ctx,
		"# {{title}}\r\n"
		"\r\n"
		"## A\r\n"
		"<!-- pm: role=impact -->\r\n"
		"<!-- ask {{incident}} -->\r\n"
		"By {{participants}}; {{services}}. {{ .Values }} {{}}\r\n"
		"```\r\n"
		"{{title}}\r\n"
		"```\r\n"
		"## B <!-- pm: from=final -->\r\n"
		"## C\r\n"
		"<!-- pm: optional\r\n"
		"     write {{owner}} -->\r\n"
		"x <!-- pm -->",
		"# a: \\*b\\* \"c\" # d_e\\_ \\<x> f_g\r\n"
		"\r\n"
		"## A\r\n"
		"<!-- ask it's - -> {{title}} -->\r\n"
		"By @org/web (web dev), @bo; check: out, pay. {{ .Values }} "
		"{{}}\r\n"
		"```\r\n"
		"a: *b* \"c\" # d_e_ <x> f_g\r\n"
		"```\r\n"
		"## B\r\n"
		"## C\r\n"
		"<!--\r\n"
		"     write @ana -->\r\n"
		"x <!-- pm -->");
	pm_ctx_free(ctx);
}

static void test_fill_without_value(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_template *tmpl = parse(ctx, "## A\n\n  {{year}}\n");
	struct pm_buf out = PM_BUF_INIT;

	(void)state;
	assert_int_equal(pm_template_fill(ctx, tmpl, vars,
				 sizeof vars / sizeof *vars, &out),
		PM_EINVALID);
	assert_int_equal(pm_ctx_error(ctx)->pos.line, 3);
	assert_int_equal(pm_ctx_error(ctx)->pos.col, 3);
	pm_buf_release(&out);
	pm_template_free(tmpl);
	pm_ctx_free(ctx);
}

static void test_line_empty(void **state)
{
	static const char *const empty[] = {"", "   ", "-", "- ", "* [ ]",
		"- [x] ", "1.", "2) ", "> ", "> - ", "###", "---", "***", "...",
		"_", "|---|:-:|", "| | |", "TODO", "- TODO", "todo",
		"Todo: times", "**TBD**", "_tbd_", "TODO ask Bo for the graph",
		"FIXME(bo): x", "TBD by finance", "(to be written)",
		"To be done.", "| TBD |", "<what happened>",
		"*<what happened>*", "{{summary}}", "[describe the impact]",
		"- <br>", "</details>", "Owner: TBD", "**Root cause:** TBD",
		"| Users | TBD | ", "Users affected: <number>", "<!-- note -->",
		"<!-- a --> - ", "<!-- opens", "xxx", "?", "\xe2\x80\xa6",
		"\xe6\x9c\xaa\xe5\xae\x9a", "\xc3\xa0 compl\xc3\xa9ter"};
	static const char *const full[] = {"N/A", "None.", "- none", "x", "42",
		"Todo el trafico fallo", "todo list was long", "10:02 it broke",
		"<https://example.org/a>", "<ana@example.org>",
		"[graph](https://example.org)", "[[Runbook]]", "[^1]", "[a][b]",
		"Owner:", "It recovered by itself :-)", "Data lost: none",
		"<!-- a --> b", "a <!-- b -->", "\xe5\x8e\x9f\xe5\x9b\xa0",
		"1.5 million requests", "-x", "[x](y)", "#1 was lost",
		"The TODO list was long", "Toda la UE",
		"Fix the pager. Owner: TBD", "Fix the pager (owner: TBD)",
		"Nobody knew which of the three pagers rang: TBD",
		"<details><summary>Logs</summary>", "{a} and {b}"};

	(void)state;
	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
		if (!pm_template_line_empty(NULL, str(empty[i])))
			fail_msg("says something: '%s'", empty[i]);
	for (size_t i = 0; i < sizeof full / sizeof *full; i++)
		if (pm_template_line_empty(NULL, str(full[i])))
			fail_msg("says nothing: '%s'", full[i]);
}

static void test_line_of_template(void **state)
{
	struct pm_ctx *ctx = pm_ctx_new();
	struct pm_template *tmpl =
		parse(ctx, "## Impact\n"
			   "<!-- pm: role=impact -->\n"
			   "<!-- How many users?\n"
			   "     Which _services_? -->\n"
			   "- **Users affected**: a number\n"
			   "| Time | What |\n"
			   "```\n"
			   "paste here\n"
			   "```\n"
			   "Beschreibe die St\xc3\xb6rung\n");
	static const char *const empty[] = {"How many users?",
		"  Which services?", "1. users affected:  a number",
		"> Users Affected: A Number", "|Time|What|", "paste here",
		"Beschreibe die St\xc3\xb6rung", "- [ ] how many users?"};
	static const char *const full[] = {"How many users? 12,000",
		"Users affected: 12", "Time", "How many",
		"Beschreibe die St\xc3\xb6rungen", "Impact of it"};

	(void)state;
	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
		if (!pm_template_line_empty(tmpl, str(empty[i])))
			fail_msg("not of the template: '%s'", empty[i]);
	for (size_t i = 0; i < sizeof full / sizeof *full; i++)
		if (pm_template_line_empty(tmpl, str(full[i])))
			fail_msg("taken for the template's: '%s'", full[i]);
	pm_template_free(tmpl);
	pm_ctx_free(ctx);
}

static void test_uncomment(void **state)
{
	struct pm_buf out = PM_BUF_INIT;

	(void)state;
	pm_template_uncomment(str("a <!-- b --> c\r\n<!-- d\ne\n--> f\n<!-- g "
				  "-->\n\nh<!--> i"),
		&out);
	assert_string_equal(out.ptr, "a  c\r\n\n\n f\n\n\nh");
	pm_buf_release(&out);
}

/* Every shipped template parses, and its variables can be filled. */
static void test_builtin(void **state)
{
	const char *const *names = pm_template_builtin_names();
	struct pm_ctx *ctx = pm_ctx_new();
	size_t nvars, n = 0;
	const struct pm_variable *variables = pm_variables(&nvars);
	struct pm_template_vars values[64];

	(void)state;
	for (size_t i = 0; i < nvars; i++)
		values[i] = (struct pm_template_vars){
			str(variables[i].name), str(variables[i].sample)};
	for (; names[n]; n++) {
		const struct pm_slice *text =
			pm_template_builtin(str(names[n]));
		struct pm_arena arena = PM_ARENA_INIT;
		struct pm_buf out = PM_BUF_INIT, copy = PM_BUF_INIT;
		struct pm_template *tmpl = NULL;
		struct pm_yaml yaml;
		ptrdiff_t end;

		assert_true(n == 0 || strcmp(names[n - 1], names[n]) < 0);
		assert_non_null(text);
		/* A copy: the shipped bytes themselves are trusted. */
		pm_buf_add_slice(&copy, *text);
		if (pm_template_parse(ctx, names[n], NULL, pm_buf_slice(&copy),
			    &tmpl) < 0)
			fail_msg("%s:%u: %s", names[n],
				pm_ctx_error(ctx)->pos.line,
				pm_ctx_error(ctx)->message.ptr);
		assert_true(tmpl->nsections >= 5);
		assert_int_equal(tmpl->sections[0].role, PM_SECTION_SUMMARY);
		assert_int_equal(tmpl->sections[0].from, PM_STATUS_DRAFT);
		assert_int_equal(
			pm_template_fill(ctx, tmpl, values, nvars, &out), 0);
		assert_null(strstr(out.ptr, "pm:"));
		assert_null(strstr(out.ptr, "{{"));
		/* What it says in a section is nothing. */
		for (size_t i = 0; i < tmpl->nsections; i++) {
			struct pm_buf bare = PM_BUF_INIT;
			struct pm_slice rest, line;

			pm_template_uncomment(tmpl->sections[i].text, &bare);
			rest = pm_buf_slice(&bare);
			while (pm_slice_line(&rest, &line))
				assert_true(pm_template_line_empty(NULL, line));
			pm_buf_release(&bare);
			rest = tmpl->sections[i].text;
			while (pm_slice_line(&rest, &line))
				if (!pm_slice_starts(line, "<!-- pm:"))
					assert_true(pm_template_line_empty(
						tmpl, pm_comment_text(line)));
		}
		end = strstr(out.ptr, "\n---\n") - out.ptr;
		pm_yaml_parse(&arena,
			pm_slice_sub(pm_buf_slice(&out), 4, (size_t)end - 3),
			NULL, &yaml);
		assert_null(yaml.problems);
		assert_true(pm_slice_is(
			pm_yaml_get(yaml.root, "title")->text, "x: \"y\" # z"));
		assert_int_equal(
			pm_yaml_get(yaml.root, "services")->kind, PM_YAML_LIST);
		assert_null(pm_yaml_get(yaml.root, "action_items")->child);
		pm_arena_release(&arena);
		pm_buf_release(&out);
		pm_buf_release(&copy);
		pm_template_free(tmpl);
	}
	assert_int_equal(n, 4);
	assert_null(pm_template_builtin(str("policy")));
	assert_null(pm_template_builtin(str("default.md")));
	pm_ctx_free(ctx);
}

/* Long and hostile input stays linear: this takes no noticeable time. */
static void test_hostile(void **state)
{
	static const char *const parts[] = {"<!--", "-->", "{{", "{{x", "- ",
		"> ", "|", "[", "<", "`", "#", "##\n", "---\n", "```\n", "*",
		"<!-- pm: \n", "a:", "\\"};
	struct pm_ctx *ctx = pm_ctx_new();

	(void)state;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct pm_buf text = PM_BUF_INIT;
		struct pm_template *tmpl = NULL;

		pm_buf_adds(&text, "## A\n");
		while (text.len < 1000000)
			pm_buf_adds(&text, parts[i]);
		if (pm_template_parse(
			    ctx, "x", NULL, pm_buf_slice(&text), &tmpl) == 0)
			pm_template_line_empty(tmpl, pm_buf_slice(&text));
		pm_template_free(tmpl);
		pm_buf_release(&text);
	}
	pm_ctx_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_fill_front),
		cmocka_unit_test(test_fill_long),
		cmocka_unit_test(test_fill_body),
		cmocka_unit_test(test_fill_without_value),
		cmocka_unit_test(test_line_empty),
		cmocka_unit_test(test_line_of_template),
		cmocka_unit_test(test_uncomment),
		cmocka_unit_test(test_builtin),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
