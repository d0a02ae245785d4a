/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Snapshots: which documents a state has, whose policy counts, finding by
 * path and name, and what a reader gives.
 */
#include "repository.h"

#include "snapshot/snapshot.h"

static struct pm_slice str(const char *text)
{
	return pm_slice_str(text);
}

static struct pm_snapshot *open_kind(
	struct fixture *f, enum pm_snapshot_kind kind, const char *rev)
{
	struct pm_snapshot_opts opts = {.kind = kind, .rev = rev};
	struct pm_snapshot *snap = NULL;

	if (pm_snapshot_open(f->ctx, f->repo, &opts, &snap) < 0)
		fail_msg("%s", pm_ctx_error(f->ctx)->message.ptr);
	return snap;
}

/* The documents are these, one a line; an untracked one has a "?" before. */
static void assert_docs(struct fixture *f, enum pm_snapshot_kind kind,
	const char *rev, const char *want)
{
	struct pm_snapshot *snap = open_kind(f, kind, rev);
	struct pm_buf out = PM_BUF_INIT;

	for (size_t i = 0; i < pm_snapshot_count(snap); i++) {
		const struct pm_snapshot_doc *doc = pm_snapshot_doc(snap, i);

		pm_buf_addf(&out, "%s%s\n", doc->tracked ? "" : "?", doc->path);
		assert_true(pm_slice_ends(str(doc->path), ".md"));
	}
	assert_string_equal(out.ptr, want);
	pm_buf_release(&out);
	pm_snapshot_free(snap);
}

/* A document in each state: committed, staged, changed, new, ignored. */
static void make_documents(struct fixture *f)
{
	sh(f, "mkdir -p postmortems/2026 postmortems/2025 other &&"
	      "cd postmortems && echo one >2025/2025-01-01-old.md &&"
	      "echo two >2026/2026-01-01-mail-late.md && echo r >README.md &&"
	      "echo x >../other/x.md && git add .. && git commit -qm 1 &&"
	      "echo three >2026/2026-02-02-disk-full.md && git add . &&"
	      "git rm -q --cached 2025/2025-01-01-old.md &&"
	      "echo four >2026/2026-03-03-new-one.md &&"
	      "echo '*-secret.md' >.gitignore && echo s "
	      ">2026/2026-04-04-a-secret.md &&"
	      "echo t >2026/2026-05-05-t-secret.md && git add -f "
	      "2026/*t-secret.md");
}

/* --- which documents ----------------------------------------------------- */

static void each_state_has_its_documents(void **state)
{
	struct fixture *f = *state;

	make_documents(f);
	open_repo(f);
	assert_docs(f, PM_SNAPSHOT_WORKTREE, NULL,
		"?postmortems/2025/2025-01-01-old.md\n"
		"postmortems/2026/2026-01-01-mail-late.md\n"
		"postmortems/2026/2026-02-02-disk-full.md\n"
		"?postmortems/2026/2026-03-03-new-one.md\n"
		"postmortems/2026/2026-05-05-t-secret.md\n");
	assert_docs(f, PM_SNAPSHOT_STAGED, NULL,
		"postmortems/2026/2026-01-01-mail-late.md\n"
		"postmortems/2026/2026-02-02-disk-full.md\n"
		"postmortems/2026/2026-05-05-t-secret.md\n");
	assert_docs(f, PM_SNAPSHOT_REVISION, "HEAD",
		"postmortems/2025/2025-01-01-old.md\n"
		"postmortems/2026/2026-01-01-mail-late.md\n");
}

static void an_empty_repository_has_none(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot_opts opts = {
		.kind = PM_SNAPSHOT_REVISION, .rev = "HEAD"};
	struct pm_snapshot *snap = NULL;

	open_repo(f);
	assert_docs(f, PM_SNAPSHOT_WORKTREE, NULL, "");
	assert_docs(f, PM_SNAPSHOT_STAGED, NULL, "");
	assert_docs(f, PM_SNAPSHOT_REVISION, NULL, "");
	assert_int_equal(
		pm_snapshot_open(f->ctx, f->repo, &opts, &snap), PM_ENOTFOUND);
}

static void links_and_other_repositories_are_left_out(void **state)
{
	struct fixture *f = *state;

	sh(f, "mkdir -p postmortems/real elsewhere && cd postmortems &&"
	      "echo 1 >real/a.md && echo 1 >../elsewhere/b.md &&"
	      "ln -s ../elsewhere linked && ln -s real/a.md alias.md &&"
	      "git init -q nested && echo 1 >nested/c.md && mkfifo pipe.md");
	open_repo(f);
	assert_docs(f, PM_SNAPSHOT_WORKTREE, NULL, "?postmortems/real/a.md\n");
}

static void in_a_bare_repository_head_stands_for_the_work_tree(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot_opts opts = {.kind = PM_SNAPSHOT_STAGED};
	struct pm_snapshot *snap = NULL;

	make_documents(f);
	sh(f, "git clone -q --bare . bare.git");
	assert_int_equal(open_at(f, "bare.git"), 0);
	assert_docs(f, PM_SNAPSHOT_WORKTREE, NULL,
		"postmortems/2025/2025-01-01-old.md\n"
		"postmortems/2026/2026-01-01-mail-late.md\n");
	assert_int_equal(
		pm_snapshot_open(f->ctx, f->repo, &opts, &snap), PM_EBARE);
	assert_int_equal(open_at(f, ".git"), 0);
	opts.kind = PM_SNAPSHOT_WORKTREE;
	assert_int_equal(
		pm_snapshot_open(f->ctx, f->repo, &opts, &snap), PM_EBARE);
	assert_error(f, "not a work tree");
	assert_docs(f, PM_SNAPSHOT_REVISION, "main",
		"postmortems/2025/2025-01-01-old.md\n"
		"postmortems/2026/2026-01-01-mail-late.md\n");
}

static void what_a_sparse_checkout_leaves_out_is_not_listed(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot *snap;
	struct pm_reader *reader = NULL;
	struct pm_buf out = PM_BUF_INIT;

	sh(f, "mkdir -p postmortems/a postmortems/b .pm && echo 1 >"
	      "postmortems/a/a.md && echo 2 >postmortems/b/b.md &&"
	      "echo 'new_dir: postmortems/a' >.pm/policy.yaml && git add . &&"
	      "git commit -qm 1 && git sparse-checkout set --cone "
	      "postmortems/a");
	open_repo(f);
	assert_docs(f, PM_SNAPSHOT_WORKTREE, NULL, "postmortems/a/a.md\n");
	snap = open_kind(f, PM_SNAPSHOT_WORKTREE, NULL);
	/* The policy counts all the same, and links lead there. */
	assert_string_equal(pm_snapshot_policy(snap)->new_dir, "postmortems/a");
	assert_int_equal(pm_reader_new(f->ctx, snap, &reader), 0);
	assert_int_equal(
		pm_reader_exists(f->ctx, reader, str("postmortems/b/b.md")), 1);
	assert_int_equal(
		pm_reader_exists(f->ctx, reader, str("postmortems/b")), 2);
	assert_int_equal(pm_reader_file(f->ctx, reader,
				 str("postmortems/b/b.md"), 0, &out),
		0);
	assert_string_equal(out.ptr, "2\n");
	pm_buf_release(&out);
	pm_reader_free(reader);
	pm_snapshot_free(snap);
}

/* --- whose policy -------------------------------------------------------- */

static void each_state_has_its_own_policy(void **state)
{
	struct fixture *f = *state;

	sh(f, "mkdir .pm a b && touch a/1.md a/README.md b/2.txt b/3.md &&"
	      "printf 'documents: [\"a/**/*.md\"]\\n' >.pm/policy.yaml &&"
	      "git add . && git commit -qm 1 &&"
	      "printf 'documents: [\"b/**/*.md\", \"a/*.md\", \"b/*\"]\\n"
	      "exclude: [\"**/3.md\", \"a/R*\"]\\n' >.pm/policy.yaml");
	open_repo(f);
	assert_docs(f, PM_SNAPSHOT_REVISION, "HEAD", "a/1.md\n");
	sh(f, "rm b/2.txt && touch b/4.md");
	assert_docs(f, PM_SNAPSHOT_WORKTREE, NULL, "a/1.md\n?b/4.md\n");
	assert_docs(f, PM_SNAPSHOT_STAGED, NULL, "a/1.md\n");
}

static void a_wrong_policy_is_told_at_its_place(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot_opts opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_snapshot *snap = NULL;

	sh(f, "mkdir .pm && printf 'kinds: [a]\\ndocments: []\\n'"
	      " >.pm/policy.yaml");
	open_repo(f);
	assert_int_equal(
		pm_snapshot_open(f->ctx, f->repo, &opts, &snap), PM_EINVALID);
	assert_string_equal(pm_ctx_error(f->ctx)->path.ptr, ".pm/policy.yaml");
	assert_int_equal(pm_ctx_error(f->ctx)->pos.line, 2);
	sh(f, "echo 'people_file: CODEOWNERS' >.pm/policy.yaml");
	assert_int_equal(
		pm_snapshot_open(f->ctx, f->repo, &opts, &snap), PM_ENOTFOUND);
	assert_error(f, "people_file");
	sh(f, "echo '* @ana @org/team' >CODEOWNERS");
	snap = open_kind(f, PM_SNAPSHOT_WORKTREE, NULL);
	assert_true(pm_policy_knows_person(
		pm_snapshot_policy(snap), str("@org/team")));
	pm_snapshot_free(snap);
}

/* --- finding ------------------------------------------------------------- */

static void assert_found(struct fixture *f, struct pm_snapshot *snap,
	const char *arg, const char *path)
{
	size_t i;
	int rc = pm_snapshot_find(f->ctx, snap, arg, &i);

	if (rc < 0)
		fail_msg("%s: %s", arg, pm_ctx_error(f->ctx)->message.ptr);
	assert_string_equal(pm_snapshot_doc(snap, i)->path, path);
}

static void assert_not_found(struct fixture *f, struct pm_snapshot *snap,
	const char *arg, int code, const char *why)
{
	size_t i;

	assert_int_equal(pm_snapshot_find(f->ctx, snap, arg, &i), code);
	assert_error(f, why);
}

static void documents_are_found_as_people_name_them(void **state)
{
	static const char mail[] = "postmortems/2026/2026-01-01-mail-late.md";
	struct fixture *f = *state;
	struct pm_snapshot *snap;

	make_documents(f);
	assert_int_equal(open_at(f, "postmortems/2025"), 0);
	snap = open_kind(f, PM_SNAPSHOT_WORKTREE, NULL);
	assert_found(f, snap, mail, mail);
	assert_found(f, snap, "../2026/2026-01-01-mail-late.md", mail);
	assert_found(f, snap, "2026-01-01-mail-late", mail);
	assert_found(f, snap, "2026-01-01-mail-late.md", mail);
	assert_found(f, snap, "2026-01", mail);
	assert_found(f, snap, "mail", mail);
	assert_found(f, snap, "IL-LA", mail);
	assert_found(f, snap, "01-mail", mail);
	assert_not_found(
		f, snap, "2026-0", PM_EAMBIGUOUS, "matches 4 post-mortems: ");
	assert_found(
		f, snap, "secret", "postmortems/2026/2026-05-05-t-secret.md");
	assert_not_found(f, snap, "disk-ful1", PM_ENOTFOUND,
		"did you mean '2026-02-02-disk-full'?");
	assert_not_found(f, snap, "zebra", PM_ENOTFOUND, "pm list");
	assert_not_found(f, snap, "", PM_ENOTFOUND, "no post-mortem ''");
	pm_snapshot_free(snap);
}

static void a_file_outside_the_globs_is_taken_when_named(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot *snap;
	size_t count;

	make_documents(f);
	open_repo(f);
	snap = open_kind(f, PM_SNAPSHOT_WORKTREE, NULL);
	count = pm_snapshot_count(snap);
	assert_found(f, snap, "other/x.md", "other/x.md");
	assert_found(f, snap, "other/x.md", "other/x.md");
	assert_int_equal(pm_snapshot_count(snap), count + 1);
	assert_true(pm_snapshot_doc(snap, count)->tracked);
	assert_not_found(f, snap, "other", PM_ENOTFOUND, "is a directory");
	pm_snapshot_free(snap);
	snap = open_kind(f, PM_SNAPSHOT_REVISION, "HEAD");
	assert_found(f, snap, "other/x.md", "other/x.md");
	assert_not_found(f, snap, "postmortems/2026/2026-03-03-new-one.md",
		PM_ENOTFOUND, "no post-mortem");
	pm_snapshot_free(snap);
}

static void two_of_the_same_id_are_told_apart_by_path(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot *snap;

	sh(f, "mkdir -p postmortems/a postmortems/b &&"
	      "touch postmortems/a/x.md postmortems/b/x.md");
	open_repo(f);
	snap = open_kind(f, PM_SNAPSHOT_WORKTREE, NULL);
	assert_not_found(f, snap, "x", PM_EAMBIGUOUS,
		"postmortems/a/x.md, postmortems/b/x.md (give the path)");
	pm_snapshot_free(snap);
}

/* --- reading ------------------------------------------------------------- */

/* Document i reads as text, whose name as a blob is given. */
static void assert_reads(
	struct fixture *f, struct pm_snapshot *snap, size_t i, const char *text)
{
	struct pm_reader *reader = NULL;
	struct pm_buf out = PM_BUF_INIT;
	struct pm_oid oid, want;

	assert_int_equal(pm_reader_new(f->ctx, snap, &reader), 0);
	assert_int_equal(pm_reader_doc(f->ctx, reader, i, &out, &oid), 0);
	assert_string_equal(out.ptr, text);
	pm_git_hash(str(text), &want);
	assert_true(pm_oid_eq(&oid, &want));
	pm_buf_release(&out);
	pm_reader_free(reader);
}

static void documents_are_read_from_their_state(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot *snap;

	sh(f, "mkdir postmortems && echo 1 >postmortems/a.md && git add . &&"
	      "git commit -qm 1 && echo 2 >postmortems/a.md && git add . &&"
	      "echo 3 >postmortems/a.md");
	open_repo(f);
	snap = open_kind(f, PM_SNAPSHOT_REVISION, NULL);
	assert_reads(f, snap, 0, "1\n");
	pm_snapshot_free(snap);
	snap = open_kind(f, PM_SNAPSHOT_STAGED, NULL);
	assert_reads(f, snap, 0, "2\n");
	pm_snapshot_free(snap);
	snap = open_kind(f, PM_SNAPSHOT_WORKTREE, NULL);
	assert_reads(f, snap, 0, "3\n");
	pm_snapshot_free(snap);
}

static void a_clean_file_is_known_without_reading_it(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot *snap;
	struct pm_reader *reader = NULL;
	struct pm_oid oid;

	/* The index is newer than the file: nothing happened in between. */
	sh(f, "mkdir postmortems && echo 1 >postmortems/a.md &&"
	      "touch -d '1 hour ago' postmortems/a.md && git add . &&"
	      "echo 1 >postmortems/b.md");
	open_repo(f);
	snap = open_kind(f, PM_SNAPSHOT_WORKTREE, NULL);
	assert_int_equal(pm_reader_new(f->ctx, snap, &reader), 0);
	assert_int_equal(pm_reader_known(f->ctx, reader, 0, &oid), 1);
	assert_int_equal(pm_reader_known(f->ctx, reader, 1, &oid), 0);
	sh(f, "echo 22 >postmortems/a.md");
	assert_int_equal(pm_reader_known(f->ctx, reader, 0, &oid), 0);
	pm_reader_free(reader);
	pm_snapshot_free(snap);
}

static void a_document_over_the_limit_is_refused(void **state)
{
	static const enum pm_snapshot_kind kinds[] = {
		PM_SNAPSHOT_WORKTREE, PM_SNAPSHOT_STAGED};
	struct fixture *f = *state;
	struct pm_buf out = PM_BUF_INIT;

	sh(f, "mkdir postmortems && head -c 300000 /dev/zero >postmortems/a.md"
	      " && git add .");
	open_repo(f);
	for (size_t i = 0; i < 2; i++) {
		struct pm_snapshot *snap = open_kind(f, kinds[i], NULL);
		struct pm_reader *reader = NULL;

		assert_int_equal(pm_reader_new(f->ctx, snap, &reader), 0);
		assert_int_equal(pm_reader_doc(f->ctx, reader, 0, &out, NULL),
			PM_ELIMIT);
		assert_error(f, "300000 bytes");
		assert_error(f, "262144");
		assert_error(f, "postmortems/a.md");
		pm_reader_free(reader);
		pm_snapshot_free(snap);
	}
	pm_buf_release(&out);
}

static void files_beside_documents_exist_or_not(void **state)
{
	static const enum pm_snapshot_kind kinds[] = {
		PM_SNAPSHOT_WORKTREE, PM_SNAPSHOT_STAGED, PM_SNAPSHOT_REVISION};
	struct fixture *f = *state;

	make_documents(f);
	open_repo(f);
	for (size_t i = 0; i < 3; i++) {
		struct pm_snapshot *snap = open_kind(f, kinds[i], NULL);
		struct pm_reader *reader = NULL;
		struct pm_buf out = PM_BUF_INIT;

		assert_int_equal(pm_reader_new(f->ctx, snap, &reader), 0);
		assert_int_equal(
			pm_reader_exists(f->ctx, reader, str("other/x.md")), 1);
		assert_int_equal(
			pm_reader_exists(f->ctx, reader, str("other")), 2);
		assert_int_equal(
			pm_reader_exists(f->ctx, reader, str("othe")), 0);
		assert_int_equal(pm_reader_file(f->ctx, reader,
					 str("other/x.md"), 10, &out),
			0);
		assert_string_equal(out.ptr, "x\n");
		assert_int_equal(pm_reader_file(f->ctx, reader,
					 str("other/y.md"), 10, &out),
			PM_ENOTFOUND);
		assert_true(pm_reader_file(f->ctx, reader,
				    str("../../etc/passwd"), 0, &out) < 0);
		pm_buf_release(&out);
		pm_reader_free(reader);
		pm_snapshot_free(snap);
	}
}

static int list_file(void *data, struct pm_slice path)
{
	pm_buf_addf(data, "%.*s\n", PM_SLICE_ARG(path));
	return 0;
}

static void files_of_a_directory_are_visited(void **state)
{
	static const enum pm_snapshot_kind kinds[] = {
		PM_SNAPSHOT_WORKTREE, PM_SNAPSHOT_STAGED, PM_SNAPSHOT_REVISION};
	struct fixture *f = *state;

	sh(f, "mkdir -p d/e && echo 1 >d/e/f && ln -s f d/e/link && git add . "
	      "&&"
	      "git commit -qm 1");
	open_repo(f);
	for (size_t i = 0; i < 3; i++) {
		struct pm_snapshot *snap = open_kind(f, kinds[i], NULL);
		struct pm_reader *reader = NULL;
		struct pm_buf out = PM_BUF_INIT;

		assert_int_equal(pm_reader_new(f->ctx, snap, &reader), 0);
		assert_int_equal(pm_reader_files(f->ctx, reader, str("d"),
					 list_file, &out),
			0);
		assert_string_equal(out.ptr, "d/e/f\n");
		pm_buf_release(&out);
		pm_reader_free(reader);
		pm_snapshot_free(snap);
	}
}

/* --- templates ----------------------------------------------------------- */

static void the_repositorys_template_wins(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot *snap;
	struct pm_reader *reader = NULL;
	const struct pm_template *tmpl;

	sh(f, "mkdir -p .pm/templates && cd .pm/templates &&"
	      "printf '# {{title}}\\n\\n## Ours\\n' >security.md &&"
	      "printf '# {{title}}\\n\\n## Drill\\n' >drill.md");
	open_repo(f);
	snap = open_kind(f, PM_SNAPSHOT_WORKTREE, NULL);
	assert_int_equal(pm_reader_new(f->ctx, snap, &reader), 0);
	tmpl = pm_reader_template(f->ctx, reader, str("security"));
	assert_non_null(tmpl);
	assert_string_equal(tmpl->path, ".pm/templates/security.md");
	assert_string_equal(tmpl->sections[0].heading, "Ours");
	assert_ptr_equal(
		tmpl, pm_reader_template(f->ctx, reader, str("security")));
	tmpl = pm_reader_template(f->ctx, reader, str("drill"));
	assert_string_equal(tmpl->name, "drill");
	tmpl = pm_reader_template(f->ctx, reader, str("incident"));
	assert_string_equal(tmpl->name, "default");
	assert_null(tmpl->path);
	tmpl = pm_reader_template(f->ctx, reader, str("../policy"));
	assert_string_equal(tmpl->name, "default");
	assert_int_equal(
		pm_reader_template_named(f->ctx, reader, str("dril"), &tmpl),
		PM_ENOTFOUND);
	assert_error(f, "did you mean 'drill'?");
	pm_reader_free(reader);
	pm_snapshot_free(snap);
}

static void a_wrong_template_is_an_error_of_the_template(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot *snap;
	struct pm_reader *reader = NULL;

	sh(f, "mkdir -p .pm/templates && printf '# {{title}}\\n\\n## A\\n"
	      "<!-- pm: role=nonsense -->\\n' >.pm/templates/default.md &&"
	      "git add . && git commit -qm 1");
	open_repo(f);
	snap = open_kind(f, PM_SNAPSHOT_REVISION, "HEAD");
	assert_int_equal(pm_reader_new(f->ctx, snap, &reader), 0);
	assert_null(pm_reader_template(f->ctx, reader, str("")));
	assert_string_equal(
		pm_ctx_error(f->ctx)->path.ptr, ".pm/templates/default.md");
	assert_int_equal(pm_ctx_error(f->ctx)->pos.line, 4);
	pm_reader_free(reader);
	pm_snapshot_free(snap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_state_has_its_documents),
		TEST(an_empty_repository_has_none),
		TEST(links_and_other_repositories_are_left_out),
		TEST(in_a_bare_repository_head_stands_for_the_work_tree),
		TEST(what_a_sparse_checkout_leaves_out_is_not_listed),
		TEST(each_state_has_its_own_policy),
		TEST(a_wrong_policy_is_told_at_its_place),
		TEST(documents_are_found_as_people_name_them),
		TEST(a_file_outside_the_globs_is_taken_when_named),
		TEST(two_of_the_same_id_are_told_apart_by_path),
		TEST(documents_are_read_from_their_state),
		TEST(a_clean_file_is_known_without_reading_it),
		TEST(a_document_over_the_limit_is_refused),
		TEST(files_beside_documents_exist_or_not),
		TEST(files_of_a_directory_are_visited),
		TEST(the_repositorys_template_wins),
		TEST(a_wrong_template_is_an_error_of_the_template),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
