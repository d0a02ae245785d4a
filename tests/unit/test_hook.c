/* SPDX-License-Identifier: Apache-2.0 */
/* Hook files, what a commit or a push changes, whose settings judge it. */
#include "repository.h"

#include "pm/hook.h"
#include "pm/snapshot.h"

#define BAD                                                                    \
	"mkdir -p postmortems && printf '%s\\n' --- 'schema: 1' "              \
	"'id: 2026-11-22-x' 'title: X' 'kind: incident' 'status: draft' "      \
	"'severity: SEV3' 'owner: \"@ana\"' 'action_items:' "                  \
	"'  - {id: A1, title: Do it, type: prevent, due: 2026-12-05}' --- "    \
	"'# X' >postmortems/2026-11-22-x.md && git add . && "

/* What a run said and found. */
struct heard {
	size_t findings;
	unsigned line; /* of the last one */
	struct pm_buf said;
};

static int hear_finding(void *data, const struct pm_finding *finding)
{
	struct heard *heard = data;

	if (finding->level == PM_LEVEL_ERROR) {
		heard->findings++;
		heard->line = finding->start.line;
	}
	return 0;
}

static void hear_line(void *data, const char *line)
{
	struct heard *heard = data;

	pm_buf_addf(&heard->said, "%s\n", line);
}

/* Runs a hook with these lines on stdin. */
static int run_hook(struct fixture *f, enum pm_hook hook, const char *input,
	struct heard *heard, struct pm_hook_result *result)
{
	static const char *const args[] = {"origin", "../there"};
	const struct pm_hook_run run = {
		.hook = hook,
		.args = args,
		.nargs = hook == PM_HOOK_PRE_PUSH ? 2 : 0,
		.input = pm_slice_str(input),
		.finding = hear_finding,
		.say = hear_line,
		.data = heard,
	};

	*heard = (struct heard){.said = PM_BUF_INIT};
	return pm_hook_run(f->ctx, f->repo, &run, result);
}

static void look(struct fixture *f, enum pm_hook_state state, bool chained)
{
	struct pm_hook_place place = PM_HOOK_PLACE_INIT;

	pm_hook_look(f->ctx, f->repo, PM_HOOK_PRE_COMMIT, &place);
	assert_int_equal(place.state, state);
	assert_int_equal(place.chained, chained);
	pm_hook_place_release(&place);
}

static void test_states(void **state)
{
	struct fixture *f = *state;
	struct pm_hook_place place = PM_HOOK_PLACE_INIT;
	const enum pm_hook hook = PM_HOOK_PRE_COMMIT;

	open_repo(f);
	sh(f, "rm -rf .git/hooks && mkdir .git/hooks");
	look(f, PM_HOOK_ABSENT, false);
	sh(f, "echo other >.git/hooks/pre-commit");
	look(f, PM_HOOK_OTHER, false);
	assert_int_equal(
		pm_hook_install(f->ctx, f->repo, hook, false, &place), 1);
	look(f, PM_HOOK_INSTALLED, true);
	assert_int_equal(
		pm_hook_install(f->ctx, f->repo, hook, false, &place), 0);
	sh(f, "echo >>.git/hooks/pre-commit");
	look(f, PM_HOOK_EDITED, true);
	assert_int_equal(
		pm_hook_uninstall(f->ctx, f->repo, hook, false, &place),
		PM_ERROR);
	assert_error(f, "was edited");
	assert_int_equal(
		pm_hook_uninstall(f->ctx, f->repo, hook, true, &place), 1);
	assert_sh(f, "cat .git/hooks/*", "other\n");
	assert_int_equal(
		pm_hook_uninstall(f->ctx, f->repo, hook, false, &place), 0);
	pm_hook_place_release(&place);
}

/* A pm that was killed between its two steps. */
static void test_half_installed(void **state)
{
	struct fixture *f = *state;
	struct pm_hook_place place = PM_HOOK_PLACE_INIT;

	open_repo(f);
	sh(f, "rm -rf .git/hooks && mkdir .git/hooks && "
	      "echo other >.git/hooks/pre-commit.pm-chained");
	look(f, PM_HOOK_ABSENT, true);
	assert_int_equal(pm_hook_install(f->ctx, f->repo, PM_HOOK_PRE_COMMIT,
				 false, &place),
		1);
	look(f, PM_HOOK_INSTALLED, true);
	sh(f, "rm .git/hooks/pre-commit");
	assert_int_equal(pm_hook_uninstall(f->ctx, f->repo, PM_HOOK_PRE_COMMIT,
				 false, &place),
		1);
	assert_int_equal(place.state, PM_HOOK_OTHER);
	assert_sh(f, "cat .git/hooks/*", "other\n");
	pm_hook_place_release(&place);
}

static void test_pre_commit(void **state)
{
	struct fixture *f = *state;
	struct pm_hook_result result;
	struct heard heard;

	sh(f, BAD "rm -rf .git/hooks");
	open_repo(f);
	assert_int_equal(
		run_hook(f, PM_HOOK_PRE_COMMIT, "", &heard, &result), 0);
	assert_int_equal(result.totals.documents, 1);
	assert_int_equal(heard.findings, 1);
	assert_int_equal(heard.line, 10);
	sh(f, "git commit -q -m x");
	assert_int_equal(
		run_hook(f, PM_HOOK_PRE_COMMIT, "", &heard, &result), 0);
	assert_int_equal(result.totals.documents, 0);
	pm_buf_release(&heard.said);
}

/* The lines of a push, from the commits that two revisions name. */
static char *lines(struct fixture *f, const char *script)
{
	struct pm_buf out = PM_BUF_INIT;

	sh_to(f, script, &out);
	return pm_buf_take(&out);
}

#define ZERO "0000000000000000000000000000000000000000"

static void test_pre_push(void **state)
{
	struct fixture *f = *state;
	struct pm_hook_result result;
	struct heard heard;
	char *input;

	sh(f, "rm -rf .git/hooks; git commit -q --allow-empty -m 0; "
	      "git update-ref refs/remotes/origin/main HEAD; " BAD
	      "git commit -q -m 1");
	open_repo(f);
	input = lines(f, "echo refs/heads/t $(git rev-parse HEAD) "
			 "refs/heads/t " ZERO);
	assert_int_equal(
		run_hook(f, PM_HOOK_PRE_PUSH, input, &heard, &result), 0);
	assert_int_equal(heard.findings, 1);
	assert_string_equal(heard.said.ptr, "refs/heads/t: 1 error\n");
	pm_buf_release(&heard.said);
	/* What the remote has of it by another name is not pushed. */
	sh(f, "git update-ref refs/remotes/origin/side HEAD");
	assert_int_equal(
		run_hook(f, PM_HOOK_PRE_PUSH, input, &heard, &result), 0);
	assert_int_equal(result.totals.documents, 0);
	free(input);
	pm_buf_release(&heard.said);
}

static void test_malformed_stdin(void **state)
{
	static const char *const wrong[] = {
		"x\n",
		"\n",
		ZERO "\n",
		ZERO " " ZERO "\n",
		ZERO " " ZERO " \n",
		ZERO " 12 refs/heads/main\n",
		"  refs/heads/main\n",
		ZERO "0 " ZERO " refs/heads/main\n",
	};
	struct fixture *f = *state;
	struct pm_hook_result result;
	struct heard heard;

	open_repo(f);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(run_hook(f, PM_HOOK_PRE_RECEIVE, wrong[i],
					 &heard, &result),
			PM_EINVALID);
		assert_error(f, "not what git gives to the pre-receive hook");
	}
	/* Deleted refs and tags hold nothing to judge. */
	assert_int_equal(
		run_hook(f, PM_HOOK_PRE_RECEIVE,
			ZERO " " ZERO " refs/heads/main\n", &heard, &result),
		0);
}

/* The policy, its templates and its people are those of another revision. */
static void test_settings(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot_opts opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_snapshot *snap = NULL;

	sh(f, "mkdir .pm a b; echo >a/1.md; echo >b/2.md; echo >b/3.md; "
	      "echo 'documents: [a/*.md]' >.pm/policy.yaml; git add .; "
	      "git commit -q -m 0; "
	      "echo 'documents: [b/*.md]' >.pm/policy.yaml; "
	      "git commit -q -a -m 1");
	open_repo(f);
	opts.kind = PM_SNAPSHOT_REVISION;
	opts.rev = "HEAD";
	assert_int_equal(pm_snapshot_open(f->ctx, f->repo, &opts, &snap), 0);
	assert_int_equal(pm_snapshot_count(snap), 2);
	pm_snapshot_free(snap);
	opts.settings = "HEAD^";
	assert_int_equal(pm_snapshot_open(f->ctx, f->repo, &opts, &snap), 0);
	assert_int_equal(pm_snapshot_count(snap), 1);
	assert_string_equal(pm_snapshot_doc(snap, 0)->path, "a/1.md");
	pm_snapshot_free(snap);
	opts.settings = "nowhere";
	assert_int_equal(
		pm_snapshot_open(f->ctx, f->repo, &opts, &snap), PM_ENOTFOUND);
}

static void test_settings_of_git(void **state)
{
	struct fixture *f = *state;
	struct pm_buf out = PM_BUF_INIT;
	struct pm_buf want = PM_BUF_INIT;

	sh(f, "git config --add pm.x a; git config --add pm.x 'b c'");
	open_repo(f);
	assert_int_equal(pm_git_config_all(f->ctx, f->repo, "pm.x", &out), 0);
	assert_string_equal(out.ptr, "a\nb c\n");
	pm_buf_reset(&out);
	assert_int_equal(pm_git_config_all(f->ctx, f->repo, "pm.y", &out), 0);
	assert_int_equal(out.len, 0);
	assert_int_equal(pm_git_hooks_dir(f->ctx, f->repo, &out), 1);
	pm_buf_addf(&want, "%s/.git/hooks", f->dir);
	assert_string_equal(out.ptr, want.ptr);
	pm_buf_reset(&out);
	sh(f, "git config core.hooksPath team");
	open_repo(f);
	assert_int_equal(pm_git_hooks_dir(f->ctx, f->repo, &out), 1);
	pm_buf_reset(&want);
	pm_buf_addf(&want, "%s/team", f->dir);
	assert_string_equal(out.ptr, want.ptr);
	set_var(f, "GIT_CONFIG_COUNT", "1");
	set_var(f, "GIT_CONFIG_KEY_0", "core.hooksPath");
	set_var(f, "GIT_CONFIG_VALUE_0", "/elsewhere");
	open_repo(f);
	pm_buf_reset(&out);
	assert_int_equal(pm_git_hooks_dir(f->ctx, f->repo, &out), 0);
	assert_string_equal(out.ptr, "/elsewhere");
	pm_buf_release(&out);
	pm_buf_release(&want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_states),
		TEST(test_half_installed),
		TEST(test_pre_commit),
		TEST(test_pre_push),
		TEST(test_malformed_stdin),
		TEST(test_settings),
		TEST(test_settings_of_git),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
