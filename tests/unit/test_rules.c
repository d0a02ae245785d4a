/* SPDX-License-Identifier: Apache-2.0 */
/* slow: each rule with each of its examples */
/*
 * The rules. Every entry's bad example must yield its own rule and no other,
 * its good example nothing at all; the cases in tests/cases/check/ hold what
 * is richer than an example.
 *
 * A case is a directory with doc.md and expect.txt (one finding a line, its
 * hint below), and policy.yaml, template.md and before.md (the version before
 * the change) where it needs them; approvals of the text itself are written as
 * in the examples of an entry. PM_UPDATE=1 rewrites what is expected.
 */
#include "checking.h"

#include <glob.h>

#include "pm/term.h"

/* --- the entries --------------------------------------------------------- */

static void the_complete_document_is_clean(void **state)
{
	struct fixture *f = *state;

	check_example(f, "");
	print_found(f);
	assert_int_equal(f->found.len, 0);
	assert_int_equal(f->totals.documents, 1);
}

static void every_bad_example_breaks_its_rule_alone(void **state)
{
	struct fixture *f = *state;
	size_t n, failed = 0;
	const struct pm_rule_info *const *rules = pm_rules(&n);

	for (size_t i = 0; i < n; i++) {
		check_example(f, rules[i]->bad);
		if (f->found.len && count(f, rules[i]->id) == f->found.len)
			continue;
		fprintf(stderr, "%s: bad example, %zu findings\n", rules[i]->id,
			f->found.len);
		print_found(f);
		failed++;
	}
	assert_int_equal(failed, 0);
}

static void every_good_example_is_clean(void **state)
{
	struct fixture *f = *state;
	size_t n, failed = 0;
	const struct pm_rule_info *const *rules = pm_rules(&n);

	for (size_t i = 0; i < n; i++) {
		check_example(f, rules[i]->good);
		if (f->found.len == 0)
			continue;
		fprintf(stderr, "%s: good example\n", rules[i]->id);
		print_found(f);
		failed++;
	}
	assert_int_equal(failed, 0);
}

/* Checks the bad example of a rule with a level from the policy. */
static void check_with_level(
	struct fixture *f, const struct pm_rule_info *rule, const char *level)
{
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_addf(&text, "%srules: {%s: %s}\n", policy, rule->id, level);
	put(f, ".pm/policy.yaml", pm_buf_slice(&text));
	check_example(f, rule->bad);
	pm_buf_release(&text);
}

static void every_rule_obeys_the_policy(void **state)
{
	struct fixture *f = *state;
	size_t n, failed = 0;
	const struct pm_rule_info *const *rules = pm_rules(&n);

	for (size_t i = 0; i < n; i++) {
		size_t notes = 0;

		check_with_level(f, rules[i], "off");
		if (count(f, rules[i]->id)) {
			fprintf(stderr, "%s: not off\n", rules[i]->id);
			failed++;
		}
		check_with_level(f, rules[i], "note");
		for (size_t j = 0; j < f->found.len; j++)
			notes += f->found.items[j].level == PM_LEVEL_NOTE;
		if (!notes || notes != count(f, rules[i]->id)) {
			fprintf(stderr, "%s: no note\n", rules[i]->id);
			print_found(f);
			failed++;
		}
	}
	put_str(f, ".pm/policy.yaml", policy);
	assert_int_equal(failed, 0);
}

/* The bad example of a rule with a waiver for it in the front matter; false:
   it has none to hold one. */
static bool with_waiver(const struct pm_rule_info *rule, struct pm_buf *out)
{
	const char *text = rule->bad, *now = strstr(text, "# now\n"),
		   *at = text;

	if (now)
		at = now + strlen("# now\n");
	while (strncmp(at, "# file: ", 8) == 0)
		at = strchr(at, '\n') + 1;
	if (strncmp(at, "---\n", 4) == 0)
		at += 4;
	else if (strncmp(at, "<!--", 4) == 0)
		return false;
	pm_buf_add(out, text, (size_t)(at - text));
	pm_buf_addf(out, "allow: [{rule: %s, reason: a test%s}]\n%s", rule->id,
		strcmp(rule->id, "secret") == 0 ? ", where: queue.internal"
						: "",
		at);
	return true;
}

static void every_rule_can_be_waived(void **state)
{
	struct fixture *f = *state;
	size_t n, failed = 0, waived = 0;
	const struct pm_rule_info *const *rules = pm_rules(&n);

	for (size_t i = 0; i < n; i++) {
		const struct pm_rule *entry = pm_rule_entry(i);
		struct pm_buf text = PM_BUF_INIT;

		if (entry->after || !with_waiver(rules[i], &text)) {
			pm_buf_release(&text);
			continue;
		}
		check_example(f, text.ptr);
		waived += f->totals.waived;
		if (entry->strict ? !count(f, rules[i]->id) : f->found.len) {
			fprintf(stderr, "%s: with a waiver\n", rules[i]->id);
			print_found(f);
			failed++;
		}
		pm_buf_release(&text);
	}
	assert_int_equal(failed, 0);
	assert_true(waived >= 30);
}

static void entries_are_whole_and_sorted(void **state)
{
	size_t n;
	const struct pm_rule_info *const *rules = pm_rules(&n);

	(void)state;
	assert_true(n > 30);
	for (size_t i = 0; i < n; i++) {
		assert_true(
			i == 0 || strcmp(rules[i - 1]->id, rules[i]->id) < 0);
		assert_null(strchr(rules[i]->id, '_'));
		assert_true(strlen(rules[i]->summary) > 10);
		assert_true(strlen(rules[i]->why) > 100);
		assert_non_null(pm_step_name(rules[i]->step));
		assert_ptr_equal(
			pm_rule_find(pm_slice_str(rules[i]->id)), rules[i]);
	}
	assert_null(pm_rule_find(pm_slice_str("action-ovner")));
	assert_string_equal(
		pm_rule_nearest(pm_slice_str("action-ovner")), "action-owner");
	assert_null(pm_rule_nearest(pm_slice_str("something else")));
}

/* They are searched by halves. */
static void verbs_are_sorted(void **state)
{
	static const char *const verbs[] = {
#define PM_VERB(text) text,
#include "check/verbs.def"
#undef PM_VERB
	};

	(void)state;
	for (size_t i = 1; i < sizeof verbs / sizeof *verbs; i++)
		assert_true(strcmp(verbs[i - 1], verbs[i]) < 0);
}

/* --- cases --------------------------------------------------------------- */

/* One finding a line, its hint below, nothing in it that is not seen. */
static void write_case(const struct fixture *f, struct pm_buf *out)
{
	for (size_t i = 0; i < f->found.len; i++) {
		const struct found *one = &f->found.items[i];

		pm_buf_addf(out, "%u:%u: %s: ", one->line, one->col,
			pm_level_name(one->level));
		pm_term_text(out, pm_slice_str(one->message), false);
		pm_buf_addf(out, " [%s]\n", one->rule);
		if (!*one->hint)
			continue;
		pm_buf_addc(out, '\t');
		pm_term_text(out, pm_slice_str(one->hint), true);
		pm_buf_addc(out, '\n');
	}
}

/* Writes the case's file to where it belongs; false when it has none. */
static bool put_case_file(
	struct fixture *f, const char *dir, const char *name, const char *path)
{
	struct pm_buf text = PM_BUF_INIT;
	char from[256];

	snprintf(from, sizeof from, "%s/%s", dir, name);
	if (access(from, R_OK) < 0)
		return false;
	read_whole(from, &text);
	fill_digest(f, &text);
	put(f, path, pm_buf_slice(&text));
	pm_buf_release(&text);
	return true;
}

/* Runs one case; true when the findings are those expected. */
static bool run_case(struct fixture *f, const char *dir)
{
	struct pm_buf want = PM_BUF_INIT, got = PM_BUF_INIT;
	char path[256];
	bool same, changes;

	remove_tree(f, "postmortems");
	remove_tree(f, ".pm/templates");
	changes = put_case_file(f, dir, "before.md", PATH);
	if (changes)
		commit_all(f);
	assert_true(put_case_file(f, dir, "doc.md", PATH));
	if (!put_case_file(f, dir, "policy.yaml", ".pm/policy.yaml"))
		put_str(f, ".pm/policy.yaml", policy);
	put_case_file(f, dir, "template.md", ".pm/templates/default.md");
	check_all(f);
	if (changes)
		forget_commits(f);
	write_case(f, &got);
	snprintf(path, sizeof path, "%s/expect.txt", dir);
	if (getenv("PM_UPDATE"))
		write_whole(path, pm_buf_slice(&got));
	read_whole(path, &want);
	same = pm_slice_eq(pm_buf_slice(&want), pm_buf_slice(&got));
	if (!same)
		fprintf(stderr, "%s: expected\n%s%s: got\n%s", dir, want.ptr,
			dir, got.ptr);
	pm_buf_release(&want);
	pm_buf_release(&got);
	return same;
}

static void cases(void **state)
{
	struct fixture *f = *state;
	glob_t found;
	size_t failed = 0;

	assert_int_equal(glob("tests/cases/check/*/", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		size_t len = strlen(found.gl_pathv[i]);

		found.gl_pathv[i][len - 1] = '\0';
		failed += !run_case(f, found.gl_pathv[i]);
	}
	globfree(&found);
	put_str(f, ".pm/policy.yaml", policy);
	assert_int_equal(failed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_complete_document_is_clean),
		TEST(every_bad_example_breaks_its_rule_alone),
		TEST(every_good_example_is_clean),
		TEST(every_rule_obeys_the_policy),
		TEST(every_rule_can_be_waived),
		TEST(entries_are_whole_and_sorted),
		TEST(verbs_are_sorted),
		TEST(cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
