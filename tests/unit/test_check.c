/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The engine of the check: levels by status and policy, order, hostile
 * documents, errors that are not findings, and how times compare.
 */
#include "checking.h"

/* --- levels -------------------------------------------------------------- */

static void levels_follow_the_status(void **state)
{
	struct fixture *f = *state;
	static const enum pm_level want[] = {
		PM_LEVEL_WARNING, PM_LEVEL_ERROR, PM_LEVEL_ERROR};
	static const char *const examples[] = {
		"status: draft\nseverity:\n",
		"status: review\nseverity:\n",
		"status: final\nseverity:\n",
	};

	for (size_t i = 0; i < PM_STATUS_COUNT; i++) {
		check_example(f, examples[i]);
		assert_int_equal(f->found.len, 1);
		assert_int_equal(f->found.items[0].level, want[i]);
	}
}

static void an_action_without_owner_is_an_error_in_a_draft(void **state)
{
	struct fixture *f = *state;
	const struct found *found;

	check_example(f, "status: draft\n"
			 "action_items:\n"
			 "  - id: A1\n"
			 "    title: Add the EU shard\n"
			 "    type: prevent\n"
			 "    due: 2026-12-05\n"
			 "    addresses: [C1]\n");
	assert_int_equal(f->found.len, 1);
	found = find(f, "action-owner");
	assert_int_equal(found->level, PM_LEVEL_ERROR);
	assert_string_equal(found->message, "action A1 has no owner");
	assert_string_equal(found->hint, "write: owner: \"@name\"");
	assert_int_equal(found->col, 5);
	assert_int_equal(f->totals.errors, 1);
}

static void a_proposed_action_may_wait_but_not_for_ever(void **state)
{
	struct fixture *f = *state;

#define PROPOSED                                                               \
	"action_items:\n"                                                      \
	"  - id: A1\n"                                                         \
	"    title: Add the EU shard\n"                                        \
	"    type: prevent\n"                                                  \
	"    status: proposed\n"                                               \
	"    addresses: [C1]\n"
	check_example(f, PROPOSED);
	assert_int_equal(f->found.len, 0);
	check_example(f, "status: final\n" PROPOSED);
	assert_int_equal(f->found.len, 1);
	assert_int_equal(find(f, "action-status")->level, PM_LEVEL_WARNING);
}

static void the_policy_sets_levels(void **state)
{
	struct fixture *f = *state;
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_adds(&text, policy);
	pm_buf_adds(&text, "rules:\n"
			   "  field-missing: off\n"
			   "  trigger-missing: {review: note}\n"
			   "  action-status: {final: error}\n");
	put(f, ".pm/policy.yaml", pm_buf_slice(&text));
	check_example(f, "severity:\ntrigger:\n");
	assert_int_equal(f->found.len, 1);
	assert_int_equal(find(f, "trigger-missing")->level, PM_LEVEL_NOTE);
	assert_int_equal(f->totals.notes, 1);
	assert_int_equal(f->totals.errors, 0);
	/* What the policy does not say keeps the rule's own level, and what
	   it says wins over a finding's own. */
	check_example(f, "status: final\ntrigger:\n" PROPOSED);
	assert_int_equal(find(f, "trigger-missing")->level, PM_LEVEL_ERROR);
	assert_int_equal(find(f, "action-status")->level, PM_LEVEL_ERROR);
	put_str(f, ".pm/policy.yaml", policy);
	pm_buf_release(&text);
}

static void the_unknown_rule_is_named_with_its_place(void **state)
{
	struct fixture *f = *state;
	const struct pm_error *error;

	remove_tree(f, "postmortems");
	put_example(f, "");
	put_str(f, ".pm/policy.yaml", "rules:\n  action-ovner: off\n");
	assert_int_equal(check(f, NULL, 0), PM_EINVALID);
	error = pm_ctx_error(f->ctx);
	assert_string_equal(error->path.ptr, ".pm/policy.yaml");
	assert_int_equal(error->pos.line, 2);
	assert_non_null(strstr(error->message.ptr, "'action-owner'"));
	put_str(f, ".pm/policy.yaml", policy);
}

/* --- the engine ---------------------------------------------------------- */

static void a_person_is_one_of_the_policy(void **state)
{
	struct fixture *f = *state;

	check_example(f, "owner: \"@anna\"\n");
	assert_string_equal(find(f, "person-unknown")->hint, "write: \"@ana\"");
	put_str(f, ".pm/policy.yaml", "people: []\n");
	check_example(f, "owner: \"@anna\"\n");
	assert_int_equal(f->found.len, 0);
	put_str(f, ".pm/policy.yaml", policy);
}

static void findings_come_by_path_and_place(void **state)
{
	struct fixture *f = *state;

	remove_tree(f, "postmortems");
	put_str(f, "postmortems/b.md", "---\nid: b\n---\n# B\n\n[x](no.md)\n");
	put_str(f, "postmortems/a.md", "---\nid: z\n---\n# A\n\n[x](no.md)\n");
	check_all(f);
	assert_int_equal(f->totals.documents, 2);
	assert_true(f->found.len > 4);
	for (size_t i = 1; i < f->found.len; i++) {
		const struct found *a = &f->found.items[i - 1];
		const struct found *b = &f->found.items[i];
		int order = strcmp(a->path, b->path);

		assert_true(order <= 0);
		if (order)
			continue;
		assert_true(a->line < b->line ||
			    (a->line == b->line &&
				    (a->col < b->col ||
					    (a->col == b->col &&
						    strcmp(a->rule, b->rule) <=
							    0))));
	}
}

static void named_documents_are_checked_once_each(void **state)
{
	struct fixture *f = *state;
	const size_t docs[] = {1, 0, 1};

	remove_tree(f, "postmortems");
	put_str(f, "postmortems/a.md", "# A\n");
	put_str(f, "postmortems/b.md", "# B\n");
	put_str(f, "postmortems/c.md", "# C\n");
	assert_int_equal(check(f, docs, 3), 0);
	assert_int_equal(f->totals.documents, 2);
	assert_int_equal(count(f, "front-matter-missing"), 2);
	assert_string_equal(f->found.items[0].path, "postmortems/a.md");
}

static void links_into_other_documents_are_followed(void **state)
{
	struct fixture *f = *state;
	char path[64];

	remove_tree(f, "postmortems");
	put_str(f, "postmortems/a.md",
		"# A\n\n[1](b.md#what-we-did) [2](b.md#what-we-did-1) "
		"[3](b.md#graph) [4](b.md) [5](./sub/../b.md#a-b)\n\n"
		"[6](b.md#what-we-did-2) [7](c.md#x) [8](b.txt#x)\n");
	put_str(f, "postmortems/b.md",
		"# B\n\n## What we did\n\n## What we did\n\n## A & B\n\n"
		"## A b\n\n<a name='graph'></a>\n");
	put_str(f, "postmortems/b.txt", "no anchors here\n");
	check_all(f);
	assert_int_equal(count(f, "link-broken"), 2);
	assert_non_null(strstr(find(f, "link-broken")->message,
		"'b.md#what-we-did-2' leads nowhere: that document"));
	/* More documents than a worker keeps the anchors of. */
	remove_tree(f, "postmortems");
	for (int i = 0; i < 150; i++) {
		struct pm_buf text = PM_BUF_INIT;

		pm_buf_addf(&text, "# D%d\n\n", i);
		for (int j = 0; j < 150; j += 7)
			pm_buf_addf(&text, "[x](d%03d.md#d%d)\n", j, j);
		pm_buf_addf(&text, "[y](d000.md#nothing-%d)\n", i);
		snprintf(path, sizeof path, "postmortems/d%03d.md", i);
		put(f, path, pm_buf_slice(&text));
		pm_buf_release(&text);
	}
	check_all(f);
	assert_int_equal(count(f, "link-broken"), 150);
}

static void the_number_of_workers_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct pm_buf one = PM_BUF_INIT, two = PM_BUF_INIT;
	char path[64];

	remove_tree(f, "postmortems");
	for (int i = 0; i < 300; i++) {
		snprintf(path, sizeof path, "postmortems/d%03d.md", i);
		put_str(f, path, "---\nid: x\nowner: @y\n---\n\n- [ ] do it\n");
	}
	for (unsigned jobs = 1; jobs <= 2; jobs++) {
		struct pm_buf *out = jobs == 1 ? &one : &two;

		f->ctx->jobs = jobs;
		check_all(f);
		for (size_t i = 0; i < f->found.len; i++)
			pm_buf_addf(out, "%s:%u:%u %s %s\n",
				f->found.items[i].path, f->found.items[i].line,
				f->found.items[i].col, f->found.items[i].rule,
				f->found.items[i].message);
	}
	f->ctx->jobs = 0;
	assert_true(one.len > 10000);
	assert_true(pm_slice_eq(pm_buf_slice(&one), pm_buf_slice(&two)));
	pm_buf_release(&one);
	pm_buf_release(&two);
}

/* A table whose missing cells the parser would fill in: hazards.txt 78. */
static void put_stalling(struct fixture *f, const char *path)
{
	struct pm_buf text = PM_BUF_INIT;

	for (int i = 0; i < 2000; i++)
		pm_buf_adds(&text, "|x");
	pm_buf_adds(&text, "\n");
	for (int i = 0; i < 2000; i++)
		pm_buf_adds(&text, "|-");
	pm_buf_adds(&text, "\n");
	for (int i = 0; i < 2000; i++)
		pm_buf_adds(&text, "|x|\n");
	put(f, path, pm_buf_slice(&text));
	pm_buf_release(&text);
}

static void a_stalling_document_stops_nobody(void **state)
{
	struct fixture *f = *state;
	const struct found *found;

	remove_tree(f, "postmortems");
	put_str(f, "postmortems/a.md", "# A\n");
	put_stalling(f, "postmortems/b.md");
	put_str(f, "postmortems/c.md", "# C\n");
	check_all(f);
	found = find(f, "document-too-complex");
	assert_string_equal(found->path, "postmortems/b.md");
	assert_int_equal(found->line, 1);
	assert_int_equal(found->level, PM_LEVEL_ERROR);
	assert_int_equal(count(f, "document-too-complex"), 1);
	assert_string_equal(
		f->found.items[f->found.len - 1].path, "postmortems/c.md");
}

static void a_document_is_not_blamed_for_what_it_was(void **state)
{
	struct fixture *f = *state;

	remove_tree(f, "postmortems");
	put_stalling(f, "postmortems/b.md");
	commit_all(f);
	put_str(f, "postmortems/a.md", "# A\n");
	put_str(f, "postmortems/b.md", "# B\n");
	check_all(f);
	assert_int_equal(count(f, "document-too-complex"), 0);
	assert_string_equal(
		f->found.items[f->found.len - 1].path, "postmortems/b.md");
	assert_int_equal(f->totals.documents, 2);
	forget_commits(f);
}

static void a_document_that_is_too_large_is_a_finding(void **state)
{
	struct fixture *f = *state;
	struct pm_buf text = PM_BUF_INIT;

	remove_tree(f, "postmortems");
	while (text.len < 300000)
		pm_buf_adds(&text, "some words\n");
	put(f, "postmortems/a.md", pm_buf_slice(&text));
	check_all(f);
	assert_int_equal(f->found.len, 1);
	assert_string_equal(f->found.items[0].rule, "document-too-complex");
	assert_non_null(strstr(f->found.items[0].message, "256 KiB"));
	pm_buf_release(&text);
}

static void a_flood_of_findings_is_cut_and_counted(void **state)
{
	struct fixture *f = *state;
	struct pm_buf text = PM_BUF_INIT;

	remove_tree(f, "postmortems");
	pm_buf_adds(&text, "# A\n\n");
	for (int i = 0; i < 5000; i++)
		pm_buf_adds(&text, "x\xe2\x80\x8b y ");
	put(f, "postmortems/a.md", pm_buf_slice(&text));
	check_all(f);
	assert_int_equal(count(f, "invisible-character"), 101);
	assert_string_equal(f->found.items[f->found.len - 1].message,
		"4900 more findings of this rule are not listed");
	pm_buf_release(&text);
}

static void values_in_messages_are_cut(void **state)
{
	struct fixture *f = *state;
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_adds(&text, "kind: ");
	for (int i = 0; i < 5000; i++)
		pm_buf_adds(&text, "x");
	pm_buf_adds(&text, "\n");
	check_example(f, text.ptr);
	assert_true(strlen(find(f, "field-value")->message) < 120);
	pm_buf_release(&text);
}

static int stop(void *data, const struct pm_finding *finding)
{
	(void)finding;
	++*(int *)data;
	return PM_ESTOP;
}

static void a_callback_that_stops_is_obeyed(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot_opts snap_opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_snapshot *snap = NULL;
	struct pm_repo *repo = NULL;
	int calls = 0;
	struct pm_check_opts opts = {.finding = stop, .data = &calls};

	remove_tree(f, "postmortems");
	put_str(f, "postmortems/a.md", "# A\n");
	put_str(f, "postmortems/b.md", "# B\n");
	assert_int_equal(pm_repo_open(f->ctx, f->dir, &repo), 0);
	assert_int_equal(pm_snapshot_open(f->ctx, repo, &snap_opts, &snap), 0);
	assert_int_equal(
		pm_check_run(f->ctx, snap, &opts, &f->totals), PM_ESTOP);
	assert_int_equal(calls, 1);
	pm_snapshot_free(snap);
	pm_repo_free(repo);
}

static void a_broken_template_is_an_error_at_its_line(void **state)
{
	struct fixture *f = *state;
	const struct pm_error *error;

	remove_tree(f, "postmortems");
	put_example(f, "");
	put_str(f, ".pm/templates/default.md",
		"# {{title}}\n\n## Impact\n\n<!-- pm: rule=impact -->\n");
	assert_int_equal(check(f, NULL, 0), PM_EINVALID);
	error = pm_ctx_error(f->ctx);
	assert_string_equal(error->path.ptr, ".pm/templates/default.md");
	assert_int_equal(error->pos.line, 5);
	remove_tree(f, ".pm/templates");
}

/* --- times --------------------------------------------------------------- */

static bool before(const char *a, const char *b)
{
	struct pm_time ta, tb;

	assert_int_equal(pm_time_parse(pm_slice_str(a), &ta, NULL), 0);
	assert_int_equal(pm_time_parse(pm_slice_str(b), &tb, NULL), 0);
	return pm_time_before(&ta, &tb);
}

static void times_compare_as_exactly_as_they_are_known(void **state)
{
	(void)state;
	assert_true(before("2026-11-22T10:02Z", "2026-11-22T10:03Z"));
	assert_false(before("2026-11-22T10:02Z", "2026-11-22T10:02Z"));
	assert_false(before("2026-11-22T10:03Z", "2026-11-22T10:02Z"));
	assert_true(before("2026-11-22T11:02+01:00", "2026-11-22T10:03Z"));
	assert_false(before("2026-11-22T10:02:10Z", "2026-11-22T10:02Z"));
	assert_true(before("2026-11-22T10:02:10Z", "2026-11-22T10:02:11Z"));
	assert_false(before("2026-11-22", "2026-11-22T10:02Z"));
	assert_true(before("2026-11-21", "2026-11-22T10:02Z"));
	assert_false(before("unknown", "2026-11-22T10:02Z"));
	assert_false(before("~2026-11-22T10:02Z", "2026-11-22T10:30Z"));
	assert_true(before("~2026-11-22T10:02Z", "2026-11-22T11:30Z"));
	assert_true(before("1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(levels_follow_the_status),
		TEST(an_action_without_owner_is_an_error_in_a_draft),
		TEST(a_proposed_action_may_wait_but_not_for_ever),
		TEST(the_policy_sets_levels),
		TEST(the_unknown_rule_is_named_with_its_place),
		TEST(a_person_is_one_of_the_policy),
		TEST(findings_come_by_path_and_place),
		TEST(named_documents_are_checked_once_each),
		TEST(links_into_other_documents_are_followed),
		TEST(the_number_of_workers_changes_nothing),
		TEST(a_stalling_document_stops_nobody),
		TEST(a_document_is_not_blamed_for_what_it_was),
		TEST(a_document_that_is_too_large_is_a_finding),
		TEST(a_flood_of_findings_is_cut_and_counted),
		TEST(values_in_messages_are_cut),
		TEST(a_callback_that_stops_is_obeyed),
		TEST(a_broken_template_is_an_error_at_its_line),
		TEST(times_compare_as_exactly_as_they_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
