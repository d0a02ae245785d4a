/* SPDX-License-Identifier: Apache-2.0 */
/* slow: what is written is synced */
/*
 * The commit protocol: what goes in, what is left alone, what is refused, and
 * what a pm that was killed leaves behind. Hooks, signing, odd repositories
 * and crowds of writers are in tests/cli/03*.
 */
#include "repository.h"

#include <sys/file.h>

/* Commits the paths, up to a NULL, in a fresh handle; what it returned. */
static int commit_as(
	struct fixture *f, const char *message, const char *const *paths)
{
	struct pm_git_commit_opts opts = {
		.paths = paths, .message = pm_slice_str(message)};
	struct pm_oid commit;
	char hex[PM_OID_HEX];
	char script[128];
	int rc;

	while (paths[opts.npaths])
		opts.npaths++;
	open_repo(f);
	rc = pm_git_commit(f->ctx, f->repo, &opts, &commit);
	if (rc == 1) {
		pm_oid_hex(&commit, hex);
		snprintf(script, sizeof(script),
			"test $(git rev-parse HEAD) = %s", hex);
		sh(f, script);
	}
	return rc;
}

static int commit_one(struct fixture *f, const char *path)
{
	const char *const paths[] = {path, NULL};

	return commit_as(f, "change\n", paths);
}

/* The repository is sound, and its index as git itself would write it. */
static void assert_sound(struct fixture *f)
{
	sh(f, "git fsck --strict 2>&1 | grep -v ^dangling | "
	      "{ ! grep . >&2; } &&"
	      "test -z \"$(ls .git/*.lock .git/*.pm 2>/dev/null)\" &&"
	      "rm -f .git/again && git ls-files --stage | grep -v intent |"
	      "GIT_INDEX_FILE=.git/again git update-index --index-info &&"
	      "test $(git write-tree) = "
	      "$(GIT_INDEX_FILE=.git/again git write-tree)");
}

/* One commit of three files, with something else staged. */
static void make_history(struct fixture *f)
{
	sh(f, "mkdir -p d/e && echo 1 >d/a.md && echo 1 >d/e/b.md &&"
	      "echo 1 >other && git add . && git commit -qm 1 &&"
	      "echo 2 >other && git add other && echo 3 >other &&"
	      "echo 1 >staged && git add staged && git write-tree >/dev/null");
}

/* --- what goes in -------------------------------------------------------- */

static void only_the_named_paths_are_committed(void **state)
{
	struct fixture *f = *state;
	const char *const paths[] = {"d/n.md", "d/a.md", "d/n.md", NULL};

	make_history(f);
	sh(f, "echo 2 >d/a.md && echo 1 >d/n.md && echo 2 >d/e/b.md");
	assert_int_equal(commit_as(f, "two\n\n\n  files \n", paths), 1);
	assert_sh(f, "git log -1 --format=%B --name-status",
		"two\n\n  files\n\n\nM\td/a.md\nA\td/n.md\n");
	assert_sh(f, "git status --porcelain",
		" M d/e/b.md\nMM other\nA  staged\n");
	assert_sound(f);
}

static void objects_are_written_together_or_not_at_all(void **state)
{
	static const char count[] = "find .git/objects -type f | wc -l";
	struct fixture *f = *state;
	const char *const paths[] = {"d/a.md", NULL};
	struct pm_buf before = PM_BUF_INIT, bytes = PM_BUF_INIT;
	struct pm_oid oid;

	make_history(f);
	sh_to(f, count, &before);
	open_repo(f);
	assert_int_equal(pm_git_store(f->ctx, f->repo, "d/a.md",
				 pm_slice_str("two\n"), &oid),
		0);
	assert_int_equal(pm_git_blob(f->ctx, f->repo, &oid, 0, &bytes), 0);
	assert_string_equal(bytes.ptr, "two\n");
	assert_sh(f, count, before.ptr);
	/* git finds the one that was written and not committed. */
	sh(f, "echo two >d/a.md");
	assert_int_equal(commit_as(f, "two\n", paths), 1);
	assert_sh(f, "git cat-file -p HEAD:d/a.md", "two\n");
	assert_sound(f);
	pm_buf_release(&before);
	pm_buf_release(&bytes);
}

/* A file is in the way of each directory that there is not yet. */
static void objects_that_find_no_place_stop_the_commit(void **state)
{
	struct fixture *f = *state;
	const char *const paths[] = {"d/a.md", NULL};

	make_history(f);
	sh(f, "git repack -qad && git prune-packed && git rev-parse HEAD >was"
	      " && for a in 0 1 2 3 4 5 6 7 8 9 a b c d e f; do"
	      " for b in 0 1 2 3 4 5 6 7 8 9 a b c d e f; do"
	      " test -e .git/objects/$a$b || : >.git/objects/$a$b;"
	      " done; done; echo two >d/a.md");
	assert_int_equal(commit_as(f, "two\n", paths), PM_ERROR);
	assert_non_null(
		strstr(pm_ctx_error(f->ctx)->message.ptr, "cannot write to '"));
	sh(f, "find .git/objects -size 0 -delete &&"
	      "test $(git rev-parse HEAD) = $(cat was) && rm was &&"
	      "git fsck --strict");
	assert_int_equal(commit_as(f, "two\n", paths), 1);
	assert_sound(f);
}

static void the_staged_version_of_a_path_gives_way(void **state)
{
	struct fixture *f = *state;

	make_history(f);
	assert_int_equal(commit_one(f, "other"), 1);
	assert_sh(f, "git show HEAD:other", "3\n");
	assert_sh(f, "git status --porcelain", "A  staged\n");
	assert_sound(f);
}

static void an_absent_path_is_removed(void **state)
{
	struct fixture *f = *state;
	const char *const paths[] = {"d/e/b.md", "d/a.md", NULL};

	make_history(f);
	sh(f, "rm -r d");
	assert_int_equal(commit_as(f, "gone", paths), 1);
	assert_sh(f, "git ls-tree -r --name-only HEAD", "other\n");
	assert_sh(f, "git status --porcelain", "MM other\nA  staged\n");
	assert_sound(f);
	assert_int_equal(commit_one(f, "d/a.md"), PM_ENOTFOUND);
}

static void nothing_changed_is_no_commit(void **state)
{
	struct fixture *f = *state;

	make_history(f);
	assert_int_equal(commit_one(f, "d/a.md"), 0);
	assert_sh(f, "git rev-list --count HEAD", "1\n");
}

static void the_first_commit_makes_the_branch(void **state)
{
	struct fixture *f = *state;

	sh(f, "echo 1 >a && echo 2 >b && git add b");
	assert_int_equal(commit_one(f, "a"), 1);
	assert_sh(f, "git log --format='%s %P' --name-only", "change \n\na\n");
	assert_sh(f, "git status --porcelain", "A  b\n");
	assert_sh(f, "git reflog --format=%gs", "commit (initial): change\n");
	assert_sound(f);
	sh(f, "echo 2 >>a");
	assert_int_equal(commit_one(f, "a"), 1);
	assert_sh(f, "git reflog main --format=%gs",
		"commit: change\ncommit (initial): change\n");
}

static void mode_and_line_ends_are_gits(void **state)
{
	struct fixture *f = *state;
	const char *const paths[] = {"x", "crlf.md", NULL};

	sh(f, "echo '*.md text' >.gitattributes && echo 1 >x && chmod +x x &&"
	      "printf 'a\\r\\nb\\r\\n' >crlf.md");
	assert_int_equal(commit_as(f, "m", paths), 1);
	assert_sh(f, "git ls-tree HEAD x | cut -c1-6", "100755\n");
	assert_sh(f, "git cat-file blob HEAD:crlf.md", "a\nb\n");
	assert_sh(f, "git status --porcelain", "?? .gitattributes\n");
	assert_sound(f);
	sh(f, "git config core.fileMode false && chmod -x x && echo 2 >x");
	assert_int_equal(commit_one(f, "x"), 1);
	assert_sh(f, "git ls-tree HEAD x | cut -c1-6", "100755\n");
}

/* --- the index ----------------------------------------------------------- */

/* Every commit is made beside files that sort around its paths. */
/* hazard: 44 */
static void the_index_is_the_one_git_would_write(void **state)
{
	static const char *const shapes[] = {
		"git update-index --index-version 2",
		"git update-index --index-version 4",
		"git update-index --index-version 2 --untracked-cache",
		"git update-index --split-index",
		"git update-index --no-split-index && git add -N intent",
	};
	struct fixture *f = *state;

	sh(f, "mkdir -p a a-b a/c && for i in a-b/x a.md a/b a/c/d ab z intent;"
	      "do echo 0 >$i; done && git add a-b a a.md ab z &&"
	      "git commit -qm 0 && git status >/dev/null");
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		const char *const paths[] = {"a/c/d", "a/b", "a.md", "a/c/e",
			"a/new", "0", "zz", NULL};
		char script[256];

		sh(f, shapes[i]);
		snprintf(script, sizeof(script),
			"for i in a/c/d a.md a/new 0 zz; do echo %zu >$i; done;"
			"if test -e a/b; then rm a/b; else echo %zu >a/b; fi;"
			"if test -e a/c/e; then rm a/c/e;"
			"else echo %zu >a/c/e; fi",
			i + 1, i + 1, i + 1);
		sh(f, script);
		assert_int_equal(commit_as(f, "step", paths), 1);
		assert_sh(
			f, "git status --porcelain | grep -v intent || :", "");
		assert_sound(f);
	}
	assert_sh(f, "git status --porcelain", " A intent\n");
}

static void a_directory_in_place_of_a_file_and_back(void **state)
{
	struct fixture *f = *state;
	const char *const both[] = {"p", "p/q.md", NULL};

	sh(f, "echo 1 >p && git add p && git commit -qm 1 &&"
	      "git rm -q --cached p && rm p && mkdir p && echo 1 >p/q.md");
	assert_true(commit_as(f, "both", both) < 0);
	sh(f, "git commit -qm 2 && git update-index --add --cacheinfo "
	      "100644,$(git hash-object -w p/q.md),p");
	assert_int_equal(commit_one(f, "p/q.md"), 1);
	assert_sh(f, "git ls-files --stage | cut -f2", "p/q.md\n");
	assert_sound(f);
}

/* --- what is refused ----------------------------------------------------- */

static void assert_refused(
	struct fixture *f, const char *path, int code, const char *why)
{
	assert_int_equal(commit_one(f, path), code);
	assert_error(f, why);
	assert_sh(f, "git rev-list --count HEAD", "1\n");
	assert_sound(f);
}

/* hazard: 25 26 */
static void paths_that_lead_elsewhere_are_refused(void **state)
{
	struct fixture *f = *state;

	make_history(f);
	sh(f, "ln -s /etc d/link && ln -s a.md d/alias && git init -q sub &&"
	      "echo 1 >sub/x.md && mkdir 'd/x:y' && echo 1 >'d/x:y/z.md'");
	assert_refused(
		f, "d/link/hostname", PM_EINVALID, "beyond the symbolic");
	assert_refused(f, "d/alias", PM_EINVALID, "symbolic link");
	assert_refused(f, "sub/x.md", PM_EINVALID, "in the submodule 'sub'");
	assert_refused(f, "d", PM_EINVALID, "directory or a submodule");
	assert_refused(f, "../x.md", PM_EINVALID, "cannot commit '../x.md'");
	assert_refused(f, "d/x:y/z.md", PM_EINVALID, "has a ':'");
	assert_refused(f, "d/none.md", PM_ENOTFOUND, "d/none.md");
}

static void a_state_in_between_is_refused(void **state)
{
	struct fixture *f = *state;

	make_history(f);
	sh(f, "echo 2 >d/a.md && git rev-parse HEAD >.git/MERGE_HEAD");
	assert_refused(f, "d/a.md", PM_ERROR, "a merge is in progress");
	sh(f, "mv .git/MERGE_HEAD .git/CHERRY_PICK_HEAD");
	assert_refused(f, "d/a.md", PM_ERROR, "a cherry-pick is in progress");
	sh(f, "rm .git/CHERRY_PICK_HEAD && echo x >.git/BISECT_LOG");
	assert_refused(f, "d/a.md", PM_ERROR, "a bisection is in progress");
}

/* hazard: 37 */
static void messages_are_checked(void **state)
{
	struct fixture *f = *state;
	const char *const paths[] = {"a", NULL};

	sh(f, "echo 1 >a");
	assert_int_equal(commit_as(f, " \n\n", paths), PM_EINVALID);
	assert_error(f, "message is empty");
	assert_int_equal(commit_as(f, "caf\xe9", paths), PM_EINVALID);
	assert_error(f, "not UTF-8");
	sh(f, "git config commit.cleanup strip");
	assert_int_equal(commit_as(f, "one\n# two\n;three", paths), 1);
	assert_sh(f, "git log -1 --format=%B", "one\n;three\n\n");
	sh(f, "echo 2 >a && git config core.commentChar ';'");
	assert_int_equal(commit_as(f, "one\n# two\n;three", paths), 1);
	assert_sh(f, "git log -1 --format=%B", "one\n# two\n\n");
	sh(f, "echo 3 >a && git config commit.cleanup whatever");
	assert_int_equal(commit_as(f, "x", paths), PM_EINVALID);
	assert_error(f, "commit.cleanup");
}

/* --- people and dates ---------------------------------------------------- */

static int32_t west(void *data, int64_t at)
{
	(void)data;
	(void)at;
	return -90;
}

static void identity_follows_gits_order(void **state)
{
	struct fixture *f = *state;

	sh(f, "echo 1 >a");
	set_var(f, "GIT_AUTHOR_NAME", " ,An<n> ");
	set_var(f, "GIT_AUTHOR_DATE", "@1000 +0130");
	set_var(f, "GIT_COMMITTER_EMAIL", "c@example.org");
	f->ctx->zone = west;
	assert_int_equal(commit_one(f, "a"), 1);
	assert_sh(f, "git cat-file commit HEAD | sed -n 2,3p",
		"author Ann <dora@example.org> 1000 +0130\n"
		"committer Dora <c@example.org> 1795348800 -0130\n");
	sh(f, "echo 2 >a && git config author.name Author");
	set_var(f, "GIT_AUTHOR_NAME", NULL);
	assert_int_equal(commit_one(f, "a"), 1);
	assert_sh(f, "git log -1 --format='%an %cn'", "Author Dora\n");
	sh(f, "echo 3 >a");
	set_var(f, "GIT_AUTHOR_NAME", "Eve\nparent 1");
	assert_int_equal(commit_one(f, "a"), PM_EINVALID);
	assert_error(f, "control character");
}

/* --- locks and the killed ------------------------------------------------ */

static void a_lock_of_somebody_else_is_named_and_kept(void **state)
{
	struct fixture *f = *state;

	make_history(f);
	sh(f, "echo 2 >d/a.md && touch .git/index.lock");
	assert_int_equal(commit_one(f, "d/a.md"), PM_ELOCKED);
	assert_error(f, ".git/index.lock', ");
	assert_error(f, " s old");
	sh(f, "test -e .git/index.lock && rm .git/index.lock &&"
	      "touch .git/refs/heads/main.lock");
	assert_int_equal(commit_one(f, "d/a.md"), PM_ELOCKED);
	assert_error(f, "refs/heads/main.lock', ");
	sh(f, "rm .git/refs/heads/main.lock");
	assert_sound(f);
	assert_int_equal(commit_one(f, "d/a.md"), 1);
}

static void the_lock_of_a_living_pm_is_kept(void **state)
{
	struct fixture *f = *state;
	char path[128];
	FILE *lock;

	make_history(f);
	sh(f, "echo 2 >d/a.md && echo 'pm holds this lock' >.git/index.lock");
	snprintf(path, sizeof(path), "%s/.git/index.lock", f->dir);
	lock = fopen(path, "r");
	assert_non_null(lock);
	assert_int_equal(flock(fileno(lock), LOCK_EX), 0);
	assert_int_equal(commit_one(f, "d/a.md"), PM_ELOCKED);
	fclose(lock);
	assert_int_equal(commit_one(f, "d/a.md"), 1);
	assert_non_null(strstr(f->notices.ptr, "left by a pm that was killed"));
	assert_sound(f);
}

/* Killed after the branch moved: the next one brings the index after it. */
static void a_commit_cut_short_is_finished(void **state)
{
	struct fixture *f = *state;

	make_history(f);
	sh(f, "echo 2 >d/a.md && echo 1 >d/n.md && rm d/e/b.md &&"
	      "git commit -q -m cut d/a.md d/e/b.md && git add d/n.md &&"
	      "git commit -q --amend -m cut -- d/n.md &&"
	      /* The index as it was before. */
	      "git reset -q HEAD~1 -- d &&"
	      "{ echo 'pm holds this lock';"
	      "  echo refs/heads/main $(git rev-parse HEAD);"
	      "  printf 'd/a.md\\0d/e/b.md\\0d/n.md\\0'; } >.git/index.lock &&"
	      "git rev-parse HEAD >.git/refs/heads/main.lock &&"
	      "touch .git/index.pm .git/index.pm.lock");
	open_repo(f);
	pm_git_recover(f->ctx, f->repo);
	assert_sh(f, "ls .git/refs/heads", "main\n");
	assert_sh(f, "git status --porcelain", "MM other\nA  staged\n");
	assert_sound(f);
}

/* Killed before the branch moved: nothing happened. */
static void a_commit_not_made_is_forgotten(void **state)
{
	struct fixture *f = *state;

	make_history(f);
	sh(f, "echo 2 >d/a.md &&"
	      "c=$(git commit-tree -m x HEAD^{tree}) &&"
	      "{ echo 'pm holds this lock'; echo refs/heads/main $c;"
	      "  printf 'd/a.md\\0'; } >.git/index.lock &&"
	      "echo $c >.git/refs/heads/main.lock");
	open_repo(f);
	pm_git_recover(f->ctx, f->repo);
	assert_sh(f, "git status --porcelain",
		" M d/a.md\nMM other\nA  staged\n");
	assert_int_equal(commit_one(f, "d/a.md"), 1);
	assert_sound(f);
}

/* A lock names the reference whose lock goes with it, and no other file. */
static void a_lock_that_names_no_reference_reaches_nothing(void **state)
{
	static const char *const names[] = {"refs/../../away", "../away",
		"refs/heads/../../../away", "away", "config", "FETCH_HEAD",
		"refs/heads/../config", "refs//heads/main", "./HEAD",
		"refs/heads/link/away", "refs/heads/main\\000/../x"};
	struct fixture *f = *state;
	char script[1024];

	make_history(f);
	sh(f, "mkdir .git/elsewhere && ln -s ../../elsewhere "
	      ".git/refs/heads/link");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(script, sizeof(script),
			"c=$(git commit-tree -m x HEAD^{tree}) &&"
			"{ echo 'pm holds this lock';"
			"  printf '%s %%s\\n' $c;"
			"  printf 'd/a.md\\0'; } >.git/index.lock &&"
			"for i in away.lock .git/away.lock .git/config.lock"
			"  .git/FETCH_HEAD.lock .git/refs/heads/main.lock"
			"  .git/HEAD.lock .git/elsewhere/away.lock;"
			"do echo $c >$i; done",
			names[i]);
		sh(f, script);
		open_repo(f);
		pm_git_recover(f->ctx, f->repo);
		assert_sh(f,
			"ls away.lock .git/*.lock .git/refs/heads/*.lock"
			" .git/elsewhere/*.lock",
			".git/FETCH_HEAD.lock\n.git/HEAD.lock\n"
			".git/away.lock\n.git/config.lock\n"
			".git/elsewhere/away.lock\n"
			".git/refs/heads/main.lock\naway.lock\n");
	}
	sh(f, "rm away.lock .git/*.lock .git/refs/heads/*.lock"
	      " .git/elsewhere/*.lock .git/refs/heads/link");
	assert_sound(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(only_the_named_paths_are_committed),
		TEST(objects_are_written_together_or_not_at_all),
		TEST(objects_that_find_no_place_stop_the_commit),
		TEST(the_staged_version_of_a_path_gives_way),
		TEST(an_absent_path_is_removed),
		TEST(nothing_changed_is_no_commit),
		TEST(the_first_commit_makes_the_branch),
		TEST(mode_and_line_ends_are_gits),
		TEST(the_index_is_the_one_git_would_write),
		TEST(a_directory_in_place_of_a_file_and_back),
		TEST(paths_that_lead_elsewhere_are_refused),
		TEST(a_state_in_between_is_refused),
		TEST(messages_are_checked),
		TEST(identity_follows_gits_order),
		TEST(a_lock_of_somebody_else_is_named_and_kept),
		TEST(the_lock_of_a_living_pm_is_kept),
		TEST(a_commit_cut_short_is_finished),
		TEST(a_commit_not_made_is_forgotten),
		TEST(a_lock_that_names_no_reference_reaches_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
