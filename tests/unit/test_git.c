/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The repository: opening, paths, configuration, objects, trees, the index.
 * Committing is in test_git_commit.c.
 */
#include "repository.h"

#include <sys/wait.h>

static struct pm_slice str(const char *text)
{
	return pm_slice_str(text);
}

/* --- names of objects ---------------------------------------------------- */

static void object_names_print_and_parse(void **state)
{
	static const char hex[] = "00112233445566778899aabbccddeeff01234567";
	struct pm_oid oid, other = {{0}};
	char out[PM_OID_HEX];

	(void)state;
	assert_int_equal(pm_oid_parse(str(hex), &oid), 0);
	pm_oid_hex(&oid, out);
	assert_string_equal(out, hex);
	assert_int_equal(pm_oid_parse(str("00112233"), &oid), PM_EINVALID);
	assert_int_equal(
		pm_oid_parse(
			str("g0112233445566778899aabbccddeeff01234567"), &oid),
		PM_EINVALID);
	assert_true(pm_oid_zero(&other));
	assert_false(pm_oid_zero(&oid));
	assert_false(pm_oid_eq(&oid, &other));
	other = oid;
	assert_true(pm_oid_eq(&oid, &other));
}

static void bytes_have_the_name_git_gives_them(void **state)
{
	struct pm_oid oid;
	char hex[PM_OID_HEX];

	(void)state;
	pm_git_hash(str("hello\n"), &oid);
	pm_oid_hex(&oid, hex);
	assert_string_equal(hex, "ce013625030ba8dba906f756967f9e9ca394464a");
	pm_git_hash(pm_slice_make(NULL, 0), &oid);
	pm_oid_hex(&oid, hex);
	assert_string_equal(hex, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
}

static void bytes_are_a_blob_by_either_sum(void **state)
{
	char bytes[400];
	struct pm_oid oid;

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 167 + i / 7);
	for (size_t len = 0; len < sizeof(bytes); len++) {
		struct pm_slice text = pm_slice_make(bytes, len);

		pm_git_hash(text, &oid);
		assert_true(pm_git_is_blob(text, &oid));
		oid.bytes[19] ^= 1;
		assert_false(pm_git_is_blob(text, &oid));
	}
}

/* --- opening ------------------------------------------------------------- */

static void a_repository_is_found_from_inside(void **state)
{
	struct fixture *f = *state;

	sh(f, "mkdir -p a/b");
	assert_int_equal(open_at(f, "a/b"), 0);
	assert_string_equal(pm_repo_worktree(f->repo), f->dir);
	assert_false(pm_git_in_gitdir(f->repo));
	assert_int_equal(open_at(f, ".git/refs"), 0);
	assert_null(pm_repo_worktree(f->repo));
	assert_true(pm_git_in_gitdir(f->repo));
}

static void where_there_is_none_it_says_so(void **state)
{
	struct fixture *f = *state;

	sh(f, "mkdir none");
	set_var(f, "GIT_CEILING_DIRECTORIES", f->dir);
	assert_int_equal(open_at(f, "none"), PM_ENOTFOUND);
	assert_error(f, "no Git repository in '");
	assert_error(f, "git init");
	assert_int_equal(open_at(f, "absent"), PM_ENOTFOUND);
	assert_error(f, "cannot enter");
}

/* git itself would not write these any more once they are there. */
static void set_format(struct fixture *f, const char *lines)
{
	char script[512];

	snprintf(script, sizeof(script), "printf '%s' >.git/config", lines);
	sh(f, script);
}

static void unreadable_formats_are_named(void **state)
{
	struct fixture *f = *state;

	set_format(f, "[extensions]\\nobjectFormat=sha256\\n");
	assert_true(open_at(f, "") < 0);
	assert_error(f, "SHA-256");
	set_format(f, "[core]\\nrepositoryFormatVersion=1\\n"
		      "[extensions]\\nrefStorage=reftable\\n");
	assert_true(open_at(f, "") < 0);
	assert_error(f, "reftable");
	set_format(f, "[core]\\nrepositoryFormatVersion=1\\n"
		      "[extensions]\\nworktreeConfig\\npreciousObjects\\n");
	open_repo(f);
	set_format(f, "[core]\\nrepositoryFormatVersion=1\\n"
		      "[extensions]\\nmoonPhase=full\\n");
	assert_true(open_at(f, "") < 0);
	assert_error(f, "extensions.moonphase");
}

static void a_broken_configuration_is_told_with_its_place(void **state)
{
	struct fixture *f = *state;

	sh(f, "printf '[user\\n' >broken");
	sh(f, "mv broken .git/broken && cat .git/broken >>.git/config");
	assert_true(open_at(f, "") < 0);
	assert_error(f, ".git/config:");
}

static void the_environment_names_repository_and_work_tree(void **state)
{
	struct fixture *f = *state;
	char gitdir[128], other[128];

	sh(f, "mkdir elsewhere sub && git init -q sub");
	snprintf(gitdir, sizeof(gitdir), "%s/.git", f->dir);
	snprintf(other, sizeof(other), "%s/elsewhere", f->dir);
	set_var(f, "GIT_DIR", gitdir);
	set_var(f, "GIT_WORK_TREE", other);
	assert_int_equal(open_at(f, "sub"), 0);
	assert_string_equal(pm_repo_worktree(f->repo), other);
	assert_string_equal(pm_repo_common_dir(f->repo), gitdir);
	set_var(f, "GIT_WORK_TREE", NULL);
	assert_int_equal(open_at(f, "elsewhere"), 0);
	assert_string_equal(pm_repo_worktree(f->repo), other);
	set_var(f, "GIT_DIR", "nowhere");
	assert_int_equal(open_at(f, ""), PM_ENOTFOUND);
	assert_error(f, "GIT_DIR names 'nowhere'");
}

/* --- paths --------------------------------------------------------------- */

static void assert_path(struct fixture *f, const char *typed, const char *want)
{
	struct pm_buf path = PM_BUF_INIT;
	int rc = pm_repo_path(f->ctx, f->repo, typed, &path);

	if (want)
		assert_int_equal(rc, 0);
	else
		assert_int_equal(rc, PM_EINVALID);
	assert_string_equal(path.ptr, want ? want : "");
	pm_buf_release(&path);
}

static void typed_paths_are_taken_from_where_one_stands(void **state)
{
	struct fixture *f = *state;
	char whole[128];

	sh(f, "mkdir -p a/b real && ln -s real link && touch a/b/x.md");
	snprintf(whole, sizeof(whole), "%s/a/b/x.md", f->dir);
	assert_int_equal(open_at(f, "a"), 0);
	assert_path(f, "b/x.md", "a/b/x.md");
	assert_path(f, "../a/./b//x.md", "a/b/x.md");
	assert_path(f, whole, "a/b/x.md");
	assert_path(f, "../link/y.md", "real/y.md");
	assert_path(f, "not/there.md", "a/not/there.md");
	assert_path(f, "..", "");
	assert_path(f, "../..", NULL);
	assert_path(f, "/etc/passwd", NULL);
}

static void assert_relative(
	struct fixture *f, const char *path, const char *want)
{
	struct pm_buf out = PM_BUF_INIT;

	pm_repo_relative(f->repo, str(path), &out);
	assert_string_equal(out.ptr, want);
	pm_buf_release(&out);
}

static void paths_are_shown_from_where_one_stands(void **state)
{
	struct fixture *f = *state;

	sh(f, "mkdir -p a/b");
	assert_int_equal(open_at(f, "a/b"), 0);
	assert_relative(f, "a/b/x.md", "x.md");
	assert_relative(f, "a/bc/x.md", "../bc/x.md");
	assert_relative(f, "a/x.md", "../x.md");
	assert_relative(f, "b/x.md", "../../b/x.md");
	open_repo(f);
	assert_relative(f, "a/x.md", "a/x.md");
}

/* --- configuration ------------------------------------------------------- */

static void assert_config(struct fixture *f, const char *key, const char *want)
{
	struct pm_buf value = PM_BUF_INIT;
	int rc = pm_repo_config(f->ctx, f->repo, key, &value);

	assert_int_equal(rc, want ? 0 : PM_ENOTFOUND);
	assert_string_equal(value.ptr, want ? want : "");
	pm_buf_release(&value);
}

static void settings_come_from_files_and_environment(void **state)
{
	struct fixture *f = *state;
	char global[128];

	sh(f, "git config core.editor vi; git config a.Sub.key v;"
	      "printf '[user]\\n\\tname = Global\\n[only]\\n\\tglobal\\n'"
	      " >.git/global");
	snprintf(global, sizeof(global), "%s/.git/global", f->dir);
	set_var(f, "GIT_CONFIG_GLOBAL", global);
	set_var(f, "GIT_CONFIG_PARAMETERS",
		"'core.pager=it'\\''s' 'b.c'='d=e' 'f.g'");
	set_var(f, "GIT_CONFIG_COUNT", "1");
	set_var(f, "GIT_CONFIG_KEY_0", "Core.Editor");
	set_var(f, "GIT_CONFIG_VALUE_0", "ed");
	open_repo(f);
	assert_config(f, "core.editor", "ed");
	assert_config(f, "a.Sub.KEY", "v");
	assert_config(f, "a.sub.key", NULL);
	assert_config(f, "user.name", "Dora");
	assert_config(f, "only.global", "true");
	assert_config(f, "core.pager", "it's");
	assert_config(f, "b.c", "d=e");
	assert_config(f, "f.g", "true");
	set_var(f, "GIT_CONFIG_PARAMETERS", "'unfinished");
	assert_int_equal(open_at(f, ""), PM_EINVALID);
	assert_error(f, "GIT_CONFIG_PARAMETERS");
}

/* hazard: 5 */
static void config_worktree_is_read(void **state)
{
	struct fixture *f = *state;

	sh(f, "git config extensions.worktreeConfig true;"
	      "git config --worktree user.name Wanda");
	open_repo(f);
	assert_config(f, "user.name", "Wanda");
}

/* --- revisions and blobs ------------------------------------------------- */

static void an_unborn_branch_has_no_head(void **state)
{
	struct fixture *f = *state;
	struct pm_oid commit, tree;

	open_repo(f);
	assert_int_equal(pm_git_head(f->ctx, f->repo, &commit, &tree), 0);
	assert_true(pm_oid_zero(&commit));
	assert_int_equal(
		pm_git_resolve(f->ctx, f->repo, "HEAD", &commit, &tree),
		PM_ENOTFOUND);
}

static void revisions_resolve_to_commit_and_tree(void **state)
{
	struct fixture *f = *state;
	struct pm_oid commit, tree, head, head_tree;

	sh(f, "echo 1 >a && git add a && git commit -qm 1 && git tag -am t t &&"
	      " echo 2 >a && git commit -qam 2");
	open_repo(f);
	assert_int_equal(pm_git_head(f->ctx, f->repo, &head, &head_tree), 1);
	assert_int_equal(
		pm_git_resolve(f->ctx, f->repo, "main", &commit, &tree), 0);
	assert_true(pm_oid_eq(&commit, &head));
	assert_int_equal(
		pm_git_resolve(f->ctx, f->repo, "t", &commit, &tree), 0);
	assert_false(pm_oid_eq(&tree, &head_tree));
	assert_int_equal(
		pm_git_resolve(f->ctx, f->repo, "HEAD:a", &commit, &tree),
		PM_ENOTFOUND);
	assert_error(f, "not a commit");
	assert_int_equal(
		pm_git_resolve(f->ctx, f->repo, "nope", &commit, &tree),
		PM_ENOTFOUND);
	assert_int_equal(
		pm_git_resolve(f->ctx, f->repo, "--all", &commit, &tree),
		PM_ENOTFOUND);
}

static void blobs_are_read_up_to_a_limit(void **state)
{
	struct fixture *f = *state;
	struct pm_oid oid, absent = {{7}};
	struct pm_buf out = PM_BUF_INIT;

	sh(f, "printf 12345 >a && git add a");
	open_repo(f);
	pm_git_hash(str("12345"), &oid);
	pm_buf_adds(&out, "x");
	assert_int_equal(pm_git_blob(f->ctx, f->repo, &oid, 5, &out), 0);
	assert_string_equal(out.ptr, "x12345");
	assert_int_equal(
		pm_git_blob(f->ctx, f->repo, &oid, 4, &out), PM_ELIMIT);
	assert_error(f, "5 bytes");
	assert_int_equal(
		pm_git_blob(f->ctx, f->repo, &absent, 0, &out), PM_ENOTFOUND);
	pm_buf_release(&out);
}

/* --- trees --------------------------------------------------------------- */

static int list_entry(void *data, const struct pm_git_entry *entry)
{
	pm_buf_addf(data, "%06o %.*s%s%s\n", entry->mode,
		PM_SLICE_ARG(entry->path), entry->skip_worktree ? " skip" : "",
		entry->intent_to_add ? " intent" : "");
	return 0;
}

static int stop_at_once(void *data, const struct pm_git_entry *entry)
{
	(void)entry;
	++*(int *)data;
	return 42;
}

static void assert_walk(struct fixture *f, const char *root, const char *want)
{
	struct pm_buf out = PM_BUF_INIT;
	struct pm_oid commit, tree;

	assert_int_equal(pm_git_head(f->ctx, f->repo, &commit, &tree), 1);
	assert_int_equal(pm_git_walk(f->ctx, f->repo, &tree, str(root),
				 list_entry, &out),
		0);
	assert_string_equal(out.ptr, want);
	pm_buf_release(&out);
}

static void trees_are_walked_in_the_order_of_paths(void **state)
{
	struct fixture *f = *state;
	struct pm_oid commit, tree;
	struct pm_git_entry entry;
	int calls = 0;

	sh(f, "mkdir -p a/b && echo 1 >a/b/c && echo 2 >a.md && echo 3 >a-x &&"
	      "chmod +x a-x && ln -s a.md link && git add . && git commit -qm "
	      "1");
	open_repo(f);
	assert_walk(
		f, "", "100755 a-x\n100644 a.md\n100644 a/b/c\n120000 link\n");
	assert_walk(f, "a", "100644 a/b/c\n");
	assert_walk(f, "a/b", "100644 a/b/c\n");
	assert_walk(f, "a.md", "");
	assert_walk(f, "none/at/all", "");
	pm_git_head(f->ctx, f->repo, &commit, &tree);
	assert_int_equal(pm_git_walk(f->ctx, f->repo, &tree, str(""),
				 stop_at_once, &calls),
		42);
	assert_int_equal(calls, 1);
	assert_int_equal(
		pm_git_lookup(f->ctx, f->repo, &tree, str("a/b"), &entry), 0);
	assert_int_equal(entry.mode, PM_GIT_TREE);
	assert_int_equal(
		pm_git_lookup(f->ctx, f->repo, &tree, str("a/b/c"), &entry), 0);
	assert_int_equal(entry.mode, PM_GIT_FILE);
	assert_int_equal(
		pm_git_lookup(f->ctx, f->repo, &tree, str("a.md/c"), &entry),
		PM_ENOTFOUND);
}

static int list_change(void *data, const struct pm_git_change *change)
{
	pm_buf_addf(data, "%o %o %.*s\n", change->old_mode, change->new_mode,
		PM_SLICE_ARG(change->path));
	return 0;
}

static void assert_diff(
	struct fixture *f, const char *old, const char *new, const char *want)
{
	struct pm_oid commit, trees[2] = {{{0}}, {{0}}};
	struct pm_buf out = PM_BUF_INIT;

	if (old)
		pm_git_resolve(f->ctx, f->repo, old, &commit, &trees[0]);
	if (new)
		pm_git_resolve(f->ctx, f->repo, new, &commit, &trees[1]);
	assert_int_equal(pm_git_diff(f->ctx, f->repo, &trees[0], &trees[1],
				 list_change, &out),
		0);
	assert_string_equal(out.ptr, want);
	pm_buf_release(&out);
}

static void differences_of_trees_follow_what_changed(void **state)
{
	struct fixture *f = *state;

	sh(f, "mkdir -p same d x && echo 1 >same/f && echo 1 >d/gone &&"
	      "echo 1 >d/kept && echo 1 >x/y && git add . && git commit -qm 1 "
	      "&&"
	      "git tag one && git rm -q d/gone && echo 2 >d/kept &&"
	      "rm -r x && echo now a file >x && echo 1 >d/new && git add -A &&"
	      "chmod +x same/f && git add . && git commit -qm 2");
	open_repo(f);
	assert_diff(f, "one", "HEAD",
		"100644 0 d/gone\n100644 100644 d/kept\n0 100644 d/new\n"
		"100644 100755 same/f\n0 100644 x\n100644 0 x/y\n");
	assert_diff(f, "HEAD", "HEAD", "");
	assert_diff(f, NULL, "one",
		"0 100644 d/gone\n0 100644 d/kept\n0 100644 same/f\n"
		"0 100644 x/y\n");
	assert_diff(f, "one", NULL,
		"100644 0 d/gone\n100644 0 d/kept\n100644 0 same/f\n"
		"100644 0 x/y\n");
}

/* git's own word for the same, one line a file. */
static const char git_diff[] =
	"git diff-tree -r --no-renames %s %s |"
	"sed 's/^:0*//; s/ 0*/ /; s/ [0-9a-f]* [0-9a-f]* [A-Z]\t/ /;"
	"s/^ /0 /; s/  / 0 /'";

static void differences_of_large_trees_are_git_s(void **state)
{
	enum { STATES = 5 };
	struct fixture *f = *state;
	struct pm_buf want = PM_BUF_INIT;
	char script[512], names[2][16];

	/* Each state leaves out, adds and changes files of the first. */
	sh(f, "awk 'BEGIN { srand(7); for (s = 0; s < 5; s++) {"
	      "print \"commit refs/heads/s\" s;"
	      "print \"committer C <c@example.org> 1795348800 +0000\";"
	      "print \"data 0\"; print \"deleteall\";"
	      "for (i = 0; i < 300; i++) { r = s ? int(rand() * 40) : 9;"
	      "if (r == 0) continue;"
	      "n = sprintf(\"%s/2026-%03d%s.md\", i % 3 ? \"d\" : \"d-e\","
	      "i, r == 1 ? \"x\" : \"\");"
	      "print \"M \" (r == 2 ? 100755 : 100644) \" inline \" n;"
	      "print \"data 1\"; print r == 3 ? s : \"-\" } } }' |"
	      "git fast-import --quiet");
	open_repo(f);
	for (int i = 0; i < STATES; i++) {
		for (int j = 0; j < STATES; j++) {
			snprintf(names[0], sizeof(names[0]), "s%d", i);
			snprintf(names[1], sizeof(names[1]), "s%d", j);
			snprintf(script, sizeof(script), git_diff, names[0],
				names[1]);
			pm_buf_reset(&want);
			sh_to(f, script, &want);
			assert_true(i == j || want.len > 100);
			assert_diff(f, names[0], names[1], want.ptr);
		}
	}
	pm_buf_release(&want);
}

/* Two trees that begin with the same two names, and differ in the third. */
static int diff_after(struct fixture *f, const char *first, const char *second)
{
	char script[512];
	struct pm_oid trees[2];
	struct pm_buf out = PM_BUF_INIT;
	int ret;

	snprintf(script, sizeof script,
		"x=$(echo 1 | git hash-object -w --stdin | sed 's/../\\\\x&/g')"
		"; for last in x y; do bash -c \"printf '100644 "
		"%s\\0${x}100644 "
		"%s\\0${x}100644 zz$last\\0$x'\" |"
		"git hash-object --literally -t tree -w --stdin; done",
		first, second);
	sh_to(f, script, &out);
	if (!f->repo)
		open_repo(f);
	assert_int_equal(
		pm_oid_parse(pm_slice_make(out.ptr, 40), &trees[0]), 0);
	assert_int_equal(
		pm_oid_parse(pm_slice_make(out.ptr + 41, 40), &trees[1]), 0);
	pm_buf_reset(&out);
	ret = pm_git_diff(
		f->ctx, f->repo, &trees[0], &trees[1], list_change, &out);
	pm_buf_release(&out);
	return ret;
}

/* What both begin with is looked at as well. */
static void a_tree_out_of_order_is_told_though_both_begin_so(void **state)
{
	static const struct {
		const char *first, *second;
	} odd[] = {
		{"b", "a"},
		{"bbb", "aaa"},
		{"bbb", "bbb"},
		{"bbbb", "bbb"},
		{"bbb", "bb/c"},
		{"bbb", ".."},
		{"..", "bbb"},
		{"aaa", "b/c"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
		assert_int_equal(
			diff_after(f, odd[i].first, odd[i].second), PM_ERROR);
		assert_error(f, "is not as git writes trees");
	}
	assert_int_equal(diff_after(f, "bbb", "bbbb"), 0);
}

/* A worker has its parent's handle, and neither disturbs the other. */
static void children_read_through_the_handle_they_inherit(void **state)
{
	enum { BLOBS = 200, CHILDREN = 3 };
	struct fixture *f = *state;
	struct pm_oid oids[BLOBS];
	struct pm_buf out = PM_BUF_INIT;
	char text[32];
	pid_t pids[CHILDREN];
	int status, wrong = 0;

	sh(f, "for i in $(seq 0 199); do echo blob $i >$i; done && git add . &&"
	      "git commit -qm 1 && git repack -qad && echo x >y && git add y");
	open_repo(f);
	for (int i = 0; i < BLOBS; i++) {
		snprintf(text, sizeof(text), "blob %d\n", i);
		pm_git_hash(str(text), &oids[i]);
	}
	assert_int_equal(pm_git_blob(f->ctx, f->repo, &oids[0], 0, &out), 0);
	for (int c = 0; c <= CHILDREN; c++) {
		pid_t pid = c < CHILDREN ? fork() : 1;

		if (c < CHILDREN)
			pids[c] = pid;
		if (pid > 0 && c < CHILDREN)
			continue;
		for (int i = 0; i < BLOBS; i++) {
			int n = (i * 7 + c * 31) % BLOBS;

			snprintf(text, sizeof(text), "blob %d\n", n);
			pm_buf_reset(&out);
			wrong |= pm_git_blob(f->ctx, f->repo, &oids[n], 0,
					 &out) != 0 ||
				 strcmp(out.ptr, text) != 0;
		}
		if (pid == 0)
			_exit(wrong);
	}
	assert_int_equal(wrong, 0);
	for (int c = 0; c < CHILDREN; c++) {
		assert_int_equal(waitpid(pids[c], &status, 0), pids[c]);
		assert_int_equal(status, 0);
	}
	pm_buf_release(&out);
}

/* --- the index ----------------------------------------------------------- */

static void assert_index(struct fixture *f, const char *root, const char *want)
{
	struct pm_buf out = PM_BUF_INIT;
	int rc = pm_git_index(f->ctx, f->repo, str(root), list_entry, &out);

	if (rc < 0)
		fail_msg("%s", pm_ctx_error(f->ctx)->message.ptr);
	assert_int_equal(rc, 0);
	assert_string_equal(out.ptr, want);
	pm_buf_release(&out);
}

static void the_index_is_read_in_every_shape(void **state)
{
	static const char all[] = "100644 a.md\n100644 a/b/c\n100644 z\n";
	static const char *const shapes[] = {
		"git update-index --index-version 2",
		"git update-index --index-version 4",
		"git update-index --split-index",
		"git update-index --no-split-index --index-version 3",
		/* What index.skipHash leaves: a checksum of zeros. */
		("s=$(wc -c <.git/index); truncate -s $((s - 20)) .git/index;"
		 "head -c 20 /dev/zero >>.git/index"),
	};
	struct fixture *f = *state;

	open_repo(f);
	assert_index(f, "", "");
	sh(f, "mkdir -p a/b && echo 1 >a/b/c && echo 2 >a.md && echo 3 >z &&"
	      "git add .");
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		sh(f, shapes[i]);
		assert_index(f, "", all);
		assert_index(f, "a", "100644 a/b/c\n");
		assert_index(f, "a/b/c", "");
	}
}

static void flags_of_entries_are_read(void **state)
{
	struct fixture *f = *state;

	sh(f, "echo 1 >a && echo 2 >b && git add a && git add -N b &&"
	      "git update-index --skip-worktree a");
	open_repo(f);
	assert_index(f, "", "100644 a skip\n100644 b intent\n");
}

static void sparse_entries_are_expanded(void **state)
{
	struct fixture *f = *state;

	sh(f, "mkdir in out && echo 1 >in/a && echo 2 >out/b && git add . &&"
	      "git commit -qm 1 && git sparse-checkout set --cone "
	      "--sparse-index in");
	open_repo(f);
	assert_index(f, "", "100644 in/a\n100644 out/b skip\n");
}

static void of_a_conflict_ours_is_given(void **state)
{
	struct fixture *f = *state;
	struct pm_buf out = PM_BUF_INIT;

	sh(f, "echo 0 >a && git add a && git commit -qm 0 && git branch b &&"
	      "echo 1 >a && git commit -qam 1 && git checkout -q b &&"
	      "echo 2 >a && git commit -qam 2 && git merge -q main >&2 || :");
	open_repo(f);
	assert_index(f, "", "100644 a\n");
	pm_buf_release(&out);
}

static void a_damaged_index_is_an_error(void **state)
{
	struct fixture *f = *state;
	struct pm_buf out = PM_BUF_INIT;

	sh(f, "echo 1 >a && git add a && printf 'DIRC\\0\\0\\0\\2\\377\\377' "
	      ">.git/index");
	open_repo(f);
	assert_int_equal(
		pm_git_index(f->ctx, f->repo, str(""), list_entry, &out),
		PM_ERROR);
	assert_error(f, "cannot read the index");
	pm_buf_release(&out);
}

/* What was looked through once is read again, and anew once it changed. */
static void an_index_is_looked_at_each_time(void **state)
{
	struct fixture *f = *state;
	struct pm_buf out = PM_BUF_INIT;

	sh(f, "echo 1 >a && git add a");
	open_repo(f);
	assert_index(f, "", "100644 a\n");
	assert_index(f, "", "100644 a\n");
	sh(f, "echo 2 >b && git add b");
	assert_index(f, "", "100644 a\n100644 b\n");
	/* Of the same size, in the same place. */
	sh(f, "printf '\\377' | dd of=.git/index bs=1 seek=4 conv=notrunc "
	      "2>/dev/null");
	assert_int_equal(
		pm_git_index(f->ctx, f->repo, str(""), list_entry, &out),
		PM_ERROR);
	assert_error(f, "cannot read the index");
	pm_buf_release(&out);
}

static void ignored_files_are_known(void **state)
{
	struct fixture *f = *state;

	sh(f, "printf '*.log\\n!keep.log\\n/top\\n' >.gitignore && mkdir d &&"
	      "echo secret >.git/info/exclude");
	open_repo(f);
	assert_int_equal(pm_git_ignored(f->ctx, f->repo, "d/a.log"), 1);
	assert_int_equal(pm_git_ignored(f->ctx, f->repo, "d/keep.log"), 0);
	assert_int_equal(pm_git_ignored(f->ctx, f->repo, "top"), 1);
	assert_int_equal(pm_git_ignored(f->ctx, f->repo, "d/top"), 0);
	assert_int_equal(pm_git_ignored(f->ctx, f->repo, "secret"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(object_names_print_and_parse),
		cmocka_unit_test(bytes_have_the_name_git_gives_them),
		cmocka_unit_test(bytes_are_a_blob_by_either_sum),
		TEST(a_repository_is_found_from_inside),
		TEST(where_there_is_none_it_says_so),
		TEST(unreadable_formats_are_named),
		TEST(a_broken_configuration_is_told_with_its_place),
		TEST(the_environment_names_repository_and_work_tree),
		TEST(typed_paths_are_taken_from_where_one_stands),
		TEST(paths_are_shown_from_where_one_stands),
		TEST(settings_come_from_files_and_environment),
		TEST(config_worktree_is_read),
		TEST(an_unborn_branch_has_no_head),
		TEST(revisions_resolve_to_commit_and_tree),
		TEST(blobs_are_read_up_to_a_limit),
		TEST(trees_are_walked_in_the_order_of_paths),
		TEST(differences_of_trees_follow_what_changed),
		TEST(differences_of_large_trees_are_git_s),
		TEST(a_tree_out_of_order_is_told_though_both_begin_so),
		TEST(children_read_through_the_handle_they_inherit),
		TEST(the_index_is_read_in_every_shape),
		TEST(flags_of_entries_are_read),
		TEST(sparse_entries_are_expanded),
		TEST(of_a_conflict_ours_is_given),
		TEST(a_damaged_index_is_an_error),
		TEST(an_index_is_looked_at_each_time),
		TEST(ignored_files_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
