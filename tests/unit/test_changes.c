/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes: which documents differ between two states, for every kind of later
 * state, and which of them only moved.
 */
#include "repository.h"

#include "pm/changes.h"

/* A revision, a later state, and what differs between them. */
struct sides {
	struct pm_snapshot *old, *new;
	struct pm_changes *changes;
};

static void open_sides(struct fixture *f, const char *from,
	enum pm_snapshot_kind kind, const char *rev, struct sides *sides)
{
	struct pm_snapshot_opts opts = {
		.kind = PM_SNAPSHOT_REVISION, .rev = from, .unlisted = true};

	open_repo(f);
	assert_int_equal(
		pm_snapshot_open(f->ctx, f->repo, &opts, &sides->old), 0);
	opts.kind = kind;
	opts.rev = rev;
	assert_int_equal(
		pm_snapshot_open(f->ctx, f->repo, &opts, &sides->new), 0);
	if (pm_changes_open(f->ctx, sides->old, sides->new, &sides->changes) <
		0)
		fail_msg("%s", pm_ctx_error(f->ctx)->message.ptr);
}

static void close_sides(struct sides *sides)
{
	pm_changes_free(sides->changes);
	pm_snapshot_free(sides->new);
	pm_snapshot_free(sides->old);
}

/* What differs from a revision is this, one a line. */
static void assert_changes(struct fixture *f, const char *from,
	enum pm_snapshot_kind kind, const char *rev, const char *want)
{
	struct pm_buf out = PM_BUF_INIT;
	struct sides sides;

	open_sides(f, from, kind, rev, &sides);
	for (size_t i = 0; i < pm_changes_count(sides.changes); i++) {
		const struct pm_change *change =
			pm_changes_item(sides.changes, i);

		assert_int_equal(
			!change->old_path, pm_oid_zero(&change->old_oid));
		assert_int_equal(
			!change->new_path, pm_oid_zero(&change->new_oid));
		pm_buf_addf(&out, "%s%s%s%s%s\n", pm_change_name(change->kind),
			change->old_path ? " " : "",
			change->old_path ? change->old_path : "",
			change->new_path ? " -> " : "",
			change->new_path ? change->new_path : "");
	}
	assert_string_equal(out.ptr, want);
	pm_buf_release(&out);
	close_sides(&sides);
}

/* A script writes a document of several lines: doc PATH WORD [ID]. */
#define DOC                                                                    \
	"doc() { mkdir -p \"$(dirname \"$1\")\"; { test -z \"$3\" || "         \
	"printf -- '---\\nid: %s\\n---\\n' \"$3\"; for i in 1 2 3 4 5 6 7 8; " \
	"do echo \"line $i of $2\"; done; } >\"$1\"; }; cd postmortems;"

static void make_base(struct fixture *f)
{
	sh(f, "mkdir -p postmortems && " DOC
	      "doc 2026/a.md alpha; doc 2026/b.md beta; doc 2025/c.md gamma;"
	      "echo r >README.md; echo x >../other.md;"
	      "git add .. && git commit -qm 1");
}

static void nothing_differs(void **state)
{
	struct fixture *f = *state;

	make_base(f);
	assert_changes(f, "HEAD", PM_SNAPSHOT_REVISION, "HEAD", "");
	assert_changes(f, "HEAD", PM_SNAPSHOT_STAGED, NULL, "");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL, "");
	sh(f, "touch -d @1 postmortems/2026/a.md && echo y >other.md &&"
	      "echo r2 >postmortems/README.md && git add .");
	assert_changes(f, "HEAD", PM_SNAPSHOT_STAGED, NULL, "");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL, "");
}

static void each_state_has_its_changes(void **state)
{
	struct fixture *f = *state;

	make_base(f);
	sh(f, DOC "echo more >>2026/a.md; doc 2026/d.md delta;"
		  "git rm -q 2025/c.md; git add .;"
		  "echo more >>2026/b.md; doc 2026/e.md epsilon;"
		  "rm 2026/d.md; echo again >>2026/a.md");
	assert_changes(f, "HEAD", PM_SNAPSHOT_STAGED, NULL,
		"removed postmortems/2025/c.md\n"
		"modified postmortems/2026/a.md -> postmortems/2026/a.md\n"
		"added -> postmortems/2026/d.md\n");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL,
		"removed postmortems/2025/c.md\n"
		"modified postmortems/2026/a.md -> postmortems/2026/a.md\n"
		"modified postmortems/2026/b.md -> postmortems/2026/b.md\n"
		"added -> postmortems/2026/e.md\n");
	sh(f, "git commit -qm 2");
	assert_changes(f, "HEAD^", PM_SNAPSHOT_REVISION, "HEAD",
		"removed postmortems/2025/c.md\n"
		"modified postmortems/2026/a.md -> postmortems/2026/a.md\n"
		"added -> postmortems/2026/d.md\n");
}

static void what_is_put_back_does_not_differ(void **state)
{
	struct fixture *f = *state;

	make_base(f);
	sh(f, "cd postmortems && cp 2026/a.md keep && echo x >>2026/a.md &&"
	      "git rm -q --cached 2025/c.md && git add 2026 &&"
	      "mv keep 2026/a.md");
	assert_changes(f, "HEAD", PM_SNAPSHOT_STAGED, NULL,
		"removed postmortems/2025/c.md\n"
		"modified postmortems/2026/a.md -> postmortems/2026/a.md\n");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL, "");
}

static void the_index_is_compared_without_notes(void **state)
{
	struct fixture *f = *state;

	make_base(f);
	/* An index made anew has no notes of trees, a split one is git's. */
	sh(f, DOC "rm ../.git/index; git add ..; echo x >>2026/b.md;"
		  "git add .; git rm -rq --cached 2025");
	assert_changes(f, "HEAD", PM_SNAPSHOT_STAGED, NULL,
		"removed postmortems/2025/c.md\n"
		"modified postmortems/2026/b.md -> postmortems/2026/b.md\n");
	sh(f, "git update-index --split-index");
	assert_changes(f, "HEAD", PM_SNAPSHOT_STAGED, NULL,
		"removed postmortems/2025/c.md\n"
		"modified postmortems/2026/b.md -> postmortems/2026/b.md\n");
	sh(f, "git update-index --no-split-index --index-version 4");
	assert_changes(f, "HEAD", PM_SNAPSHOT_STAGED, NULL,
		"removed postmortems/2025/c.md\n"
		"modified postmortems/2026/b.md -> postmortems/2026/b.md\n");
}

static void files_and_directories_change_places(void **state)
{
	struct fixture *f = *state;

	make_base(f);
	sh(f, DOC "git rm -rq 2025; echo new >2025.md; doc 2025-x/q.md eta;"
		  "rm 2026/a.md; doc 2026/a.md/in.md theta; git add .");
	assert_changes(f, "HEAD", PM_SNAPSHOT_STAGED, NULL,
		"added -> postmortems/2025-x/q.md\n"
		"added -> postmortems/2025.md\n"
		"removed postmortems/2025/c.md\n"
		"removed postmortems/2026/a.md\n"
		"added -> postmortems/2026/a.md/in.md\n");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL,
		"added -> postmortems/2025-x/q.md\n"
		"added -> postmortems/2025.md\n"
		"removed postmortems/2025/c.md\n"
		"removed postmortems/2026/a.md\n"
		"added -> postmortems/2026/a.md/in.md\n");
}

static void line_ends_that_git_converts_are_no_change(void **state)
{
	struct fixture *f = *state;

	make_base(f);
	sh(f, "git config core.autocrlf true && sed -i 's/$/\\r/' "
	      "postmortems/2026/a.md");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL, "");
}

static void links_are_no_documents(void **state)
{
	struct fixture *f = *state;

	make_base(f);
	sh(f, "cd postmortems && rm 2026/a.md && ln -s b.md 2026/a.md &&"
	      "ln -s b.md 2026/z.md && git add .");
	assert_changes(f, "HEAD", PM_SNAPSHOT_STAGED, NULL,
		"removed postmortems/2026/a.md\n");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL,
		"removed postmortems/2026/a.md\n");
}

static void a_first_commit_adds_all(void **state)
{
	struct fixture *f = *state;

	sh(f, "mkdir postmortems && echo 1 >postmortems/a.md && git add .");
	assert_changes(f, NULL, PM_SNAPSHOT_STAGED, NULL,
		"added -> postmortems/a.md\n");
	assert_changes(f, NULL, PM_SNAPSHOT_WORKTREE, NULL,
		"added -> postmortems/a.md\n");
}

static void what_a_sparse_checkout_leaves_out_is_not_gone(void **state)
{
	struct fixture *f = *state;

	make_base(f);
	sh(f, "git sparse-checkout set --cone postmortems/2025");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL, "");
	sh(f, "git sparse-checkout set --cone --sparse-index postmortems/2025 "
	      "&& echo x >>postmortems/2025/c.md");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL,
		"modified postmortems/2025/c.md -> postmortems/2025/c.md\n");
	assert_changes(f, "HEAD", PM_SNAPSHOT_STAGED, NULL, "");
}

/* --- moves --------------------------------------------------------------- */

static void a_move_is_one_change(void **state)
{
	struct fixture *f = *state;
	static const char want[] =
		"renamed postmortems/2025/c.md -> postmortems/2024/z.md\n";

	make_base(f);
	sh(f, "cd postmortems && mkdir 2024 && mv 2025/c.md 2024/z.md");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL, want);
	assert_changes(f, "HEAD", PM_SNAPSHOT_STAGED, NULL, "");
	sh(f, "git add .");
	assert_changes(f, "HEAD", PM_SNAPSHOT_STAGED, NULL, want);
	sh(f, "git commit -qm 2");
	assert_changes(f, "HEAD^", PM_SNAPSHOT_REVISION, "HEAD", want);
}

static void a_move_is_known_by_its_id(void **state)
{
	struct fixture *f = *state;

	make_base(f);
	sh(f, DOC "doc 2024/one.md old x1; doc 2024/two.md old2 x2;"
		  "git add .; git commit -qm 2; rm 2024/*;"
		  "doc 2023/one.md new x2; doc 2023/two.md new2 x1");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL,
		"renamed postmortems/2024/two.md -> postmortems/2023/one.md\n"
		"renamed postmortems/2024/one.md -> "
		"postmortems/2023/two.md\n");
}

static void a_move_is_known_by_its_name(void **state)
{
	struct fixture *f = *state;

	make_base(f);
	sh(f, DOC "rm 2025/c.md; doc 2024/c.md other");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL,
		"renamed postmortems/2025/c.md -> postmortems/2024/c.md\n");
	/* Two of a name say nothing, nor does one with another id. */
	sh(f, DOC "doc 2023/c.md third");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL,
		"added -> postmortems/2023/c.md\n"
		"added -> postmortems/2024/c.md\n"
		"removed postmortems/2025/c.md\n");
	sh(f, DOC "rm -r 2023 2024; doc 2025/c.md old one; git add .;"
		  "git commit -qm 2; rm 2025/c.md; doc 2024/c.md new two");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL,
		"added -> postmortems/2024/c.md\n"
		"removed postmortems/2025/c.md\n");
}

static void a_move_is_known_by_half_of_its_text(void **state)
{
	struct fixture *f = *state;

	make_base(f);
	sh(f, DOC "{ sed 1,3d 2025/c.md; echo 1 more; } >2025/d.md;"
		  "{ sed 1,5d 2026/b.md; seq 1000 1100; } >2026/e.md;"
		  "rm 2025/c.md 2026/b.md");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL,
		"renamed postmortems/2025/c.md -> postmortems/2025/d.md\n"
		"removed postmortems/2026/b.md\n"
		"added -> postmortems/2026/e.md\n");
}

static void a_copy_is_no_move(void **state)
{
	struct fixture *f = *state;

	make_base(f);
	sh(f, "cp postmortems/2026/a.md postmortems/2026/copy.md");
	assert_changes(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL,
		"added -> postmortems/2026/copy.md\n");
}

static void the_earlier_state_is_a_revision(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot_opts opts = PM_SNAPSHOT_OPTS_INIT;
	struct pm_snapshot *snap = NULL;
	struct pm_changes *changes = NULL;

	open_repo(f);
	assert_int_equal(pm_snapshot_open(f->ctx, f->repo, &opts, &snap), 0);
	assert_int_equal(
		pm_changes_open(f->ctx, snap, snap, &changes), PM_EUSAGE);
	assert_null(changes);
	pm_changes_free(changes);
	pm_snapshot_free(snap);
}

/* Whether a document of these lines, edited by a script of sed, lost a heading
   on its way to each later state. */
static void assert_lost(
	struct fixture *f, const char *lines, const char *edit, bool want)
{
	struct pm_buf script = PM_BUF_INIT;
	struct sides sides;

	pm_buf_addf(&script,
		"mkdir -p postmortems && git reset -q --hard; printf -- '%s' "
		">postmortems/a.md && git add . && "
		"git commit -q --allow-empty -m 1 && "
		"sed -i '%s' postmortems/a.md",
		lines, edit);
	sh(f, script.ptr);
	pm_buf_release(&script);
	open_sides(f, "HEAD", PM_SNAPSHOT_WORKTREE, NULL, &sides);
	assert_int_equal(pm_changes_count(sides.changes), 1);
	assert_int_equal(
		pm_changes_lost_heading(f->ctx, sides.changes, 0), want);
	close_sides(&sides);
	sh(f, "git add .");
	open_sides(f, "HEAD", PM_SNAPSHOT_STAGED, NULL, &sides);
	assert_int_equal(
		pm_changes_lost_heading(f->ctx, sides.changes, 0), want);
	close_sides(&sides);
}

#define FRONT "---\\nid: a\\nstatus: draft\\n---\\n"

static void a_heading_is_lost(void **state)
{
	struct fixture *f = *state;

	assert_lost(f, FRONT "# T\\n\\n## One\\n", "s/One/Two/", true);
	assert_lost(f, FRONT "# T\\n\\nOne\\n---\\n", "s/One/Two/", true);
	assert_lost(f, "# T\\n\\n## One\\n", "s/## One/### One ##/", false);
	assert_lost(f, "---\\nOne\\n--\\nWords\\n", "s/One/Two/", true);
}

/* The line that ends front matter underlines nothing: who edits a status must
   not wait for all documents to be read. */
static void a_last_field_is_no_heading(void **state)
{
	struct fixture *f = *state;

	assert_lost(f, FRONT "# T\\n\\n## One\\n", "s/draft/final/", false);
	assert_lost(f, "---\\r\\nid: a\\r\\n---\\r\\n\\n## One\\n",
		"s/^id: a/id: b/", false);
	assert_lost(f, "---\\nid: a\\n...\\n## One\\n", "s/One/Two/", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_differs),
		TEST(each_state_has_its_changes),
		TEST(what_is_put_back_does_not_differ),
		TEST(the_index_is_compared_without_notes),
		TEST(files_and_directories_change_places),
		TEST(line_ends_that_git_converts_are_no_change),
		TEST(links_are_no_documents),
		TEST(a_first_commit_adds_all),
		TEST(what_a_sparse_checkout_leaves_out_is_not_gone),
		TEST(a_move_is_one_change),
		TEST(a_move_is_known_by_its_id),
		TEST(a_move_is_known_by_its_name),
		TEST(a_move_is_known_by_half_of_its_text),
		TEST(a_copy_is_no_move),
		TEST(the_earlier_state_is_a_revision),
		TEST(a_heading_is_lost),
		TEST(a_last_field_is_no_heading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
