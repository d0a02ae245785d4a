/* SPDX-License-Identifier: Apache-2.0 */
/* slow: what is written is synced */
/*
 * The index follows the repository: what git alone does is found by the next
 * search, nothing known is parsed again, other states can be shown; and it is
 * a cache: whatever is wrong with its file or place, the search still works.
 */
#include <fcntl.h>

#include "indexing.h"

#include <sys/wait.h>

#define CHECKOUT "postmortems/2026/2026-11-01-checkout.md"

static struct pm_index_stats stats_of(struct pm_index *index)
{
	struct pm_index_stats stats;

	assert_int_equal(pm_index_stats(index, &stats), 0);
	return stats;
}

/* Opens, and says how many documents there are and were parsed. */
static void opens_with(
	struct fixture *f, size_t documents, size_t added, size_t removed)
{
	struct pm_index *index = open_index(f);
	struct pm_index_stats stats = stats_of(index);

	assert_int_equal(stats.documents, documents);
	assert_int_equal(stats.added, added);
	assert_int_equal(stats.removed, removed);
	pm_index_free(index);
}

static void test_follows(void **state)
{
	struct fixture *f = *state;

	opens_with(f, 3, 3, 0);
	opens_with(f, 3, 0, 0);
	put(f, "postmortems/2026/new.md", "# Quicksand\n\nZebra.\n");
	lists(f, "zebra", "");
	commit_all(f);
	opens_with(f, 4, 1, 0);
	lists(f, "zebra", "new\n");
	put(f, "postmortems/2026/new.md", "# Quicksand\n\nGiraffe.\n");
	commit_all(f);
	lists(f, "zebra", "");
	lists(f, "giraffe", "new\n");
	git(f, "mv", "postmortems/2026/new.md", "postmortems/moved.md");
	git(f, "commit", "-q", "-m", "x");
	opens_with(f, 4, 0, 1);
	lists(f, "giraffe", "moved\n");
	git(f, "rm", "-q", "postmortems/moved.md");
	git(f, "commit", "-q", "-m", "x");
	opens_with(f, 3, 0, 1);
	lists(f, "giraffe", "");
	assert_string_equal(f->notices.ptr, "");
}

/* Rows stay when nothing shows them: going back parses nothing. */
static void test_branches(void **state)
{
	struct fixture *f = *state;

	opens_with(f, 3, 3, 0);
	git(f, "checkout", "-q", "-b", "other");
	put(f, CHECKOUT, "# Changed\n\nHippo.\n");
	commit_all(f);
	opens_with(f, 3, 1, 0);
	lists(f, "hippo", "2026-11-01-checkout\n");
	git(f, "checkout", "-q", "-");
	opens_with(f, 3, 0, 0);
	lists(f, "hippo", "");
	git(f, "checkout", "-q", "other");
	opens_with(f, 3, 0, 0);
	lists(f, "hippo", "2026-11-01-checkout\n");
}

static void test_rewritten_history(void **state)
{
	struct fixture *f = *state;

	put(f, "postmortems/a.md", "# Zebra\n");
	commit_all(f);
	opens_with(f, 4, 4, 0);
	git(f, "reset", "-q", "--hard", "HEAD~1");
	git(f, "reflog", "expire", "--expire=all", "--all");
	git(f, "gc", "-q", "--prune=now");
	opens_with(f, 3, 0, 1);
	lists(f, "zebra", "");
}

static void test_policy_chooses(void **state)
{
	struct fixture *f = *state;

	opens_with(f, 3, 3, 0);
	put(f, ".pm/policy.yaml",
		"documents: [\"postmortems/2026/*.md\", \"/*.md\"]\n");
	commit_all(f);
	opens_with(f, 2, 1, 2);
	lists(f, "", "2026-11-01-checkout\nNOTES\n");
	git(f, "rm", "-q", ".pm/policy.yaml");
	git(f, "commit", "-q", "-m", "x");
	opens_with(f, 3, 0, 1);
}

/* Other headings for a role: the same bytes are read in another way. */
static void test_policy_reads(void **state)
{
	struct fixture *f = *state;

	put(f, "postmortems/a.md", "# A\n\n## Klabautermann\n\nZebra.\n");
	commit_all(f);
	lists(f, "causes:zebra", "");
	put(f, ".pm/policy.yaml", "sections:\n  cause: [Klabautermann]\n");
	commit_all(f);
	opens_with(f, 4, 4, 0);
	lists(f, "causes:zebra", "a\n");
	git(f, "rm", "-q", ".pm/policy.yaml");
	git(f, "commit", "-q", "-m", "x");
	opens_with(f, 4, 0, 0);
	lists(f, "causes:zebra", "");
}

static void test_wrong_policy(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index;
	int ret;

	opens_with(f, 3, 3, 0);
	put(f, ".pm/policy.yaml", "documents: {}\n");
	commit_all(f);
	pm_buf_reset(&f->notices);
	ret = pm_index_open(f->ctx, f->repo, PM_INDEX_DEFAULT, &index);
	assert_int_equal(ret, PM_EINVALID);
	assert_null(index);
	assert_string_equal(pm_ctx_error(f->ctx)->path.ptr, ".pm/policy.yaml");
	assert_string_equal(f->notices.ptr, "");
}

static void test_unborn(void **state)
{
	struct fixture *f = *state;

	lists(f, "", "");
	lists(f, "x", "");
	put(f, "postmortems/a.md", "# Zebra\n");
	commit_all(f);
	opens_with(f, 1, 1, 0);
	assert_string_equal(f->notices.ptr, "");
}

static void test_linked_worktree(void **state)
{
	struct fixture *f = *state;
	struct pm_repo *linked, *main_repo = f->repo;
	struct pm_buf dir = PM_BUF_INIT;

	pm_buf_addf(&dir, "%s/../linked", f->dir.ptr);
	git(f, "worktree", "add", "-q", "-b", "other", "../linked");
	must(f, pm_repo_open(f->ctx, dir.ptr, &linked));
	opens_with(f, 3, 3, 0);
	git(f, "rm", "-q", CHECKOUT);
	git(f, "commit", "-q", "-m", "x");
	opens_with(f, 2, 0, 1);
	f->repo = linked;
	opens_with(f, 3, 0, 0);
	lists(f, "kubectl", "2026-11-01-checkout\n");
	f->repo = main_repo;
	opens_with(f, 2, 0, 0);
	lists(f, "kubectl", "");
	pm_repo_free(linked);
	pm_buf_release(&dir);
}

/* A document over the limit has a row, and is not tried each time. */
static void test_unreadable(void **state)
{
	struct fixture *f = *state;
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_adds(&text, "# Zebra\n\n");
	while (text.len < 300000)
		pm_buf_adds(&text, "More and more of the same.\n");
	put(f, "postmortems/2023-01-01-big.md", text.ptr);
	commit_all(f);
	opens_with(f, 4, 4, 0);
	opens_with(f, 4, 0, 0);
	lists(f, "zebra", "");
	lists(f, "before:2024", "2023-01-01-big\n");
	finds(f, "before:2024", "2023-01-01-big:1 [] \n");
	pm_buf_release(&text);
}

/* --- other states ------------------------------------------------------- */

static struct pm_snapshot *snapshot(
	struct fixture *f, enum pm_snapshot_kind kind, const char *rev)
{
	struct pm_snapshot_opts opts = {.kind = kind, .rev = rev};
	struct pm_snapshot *snap;

	must(f, pm_snapshot_open(f->ctx, f->repo, &opts, &snap));
	return snap;
}

/* Lists a query in another state. */
static void lists_at(struct fixture *f, enum pm_snapshot_kind kind,
	const char *rev, const char *query, const char *expect)
{
	struct pm_snapshot *snap = snapshot(f, kind, rev);
	struct pm_index *index = open_index(f);

	must(f, pm_index_use(f->ctx, index, snap));
	lists_in(f, index, query, expect);
	pm_index_free(index);
	pm_snapshot_free(snap);
}

static void test_revision(void **state)
{
	struct fixture *f = *state;

	put(f, CHECKOUT, "# Changed\n\nHippo.\n");
	put(f, "postmortems/a.md", "# Zebra\n");
	commit_all(f);
	lists_at(f, PM_SNAPSHOT_REVISION, "HEAD", "zebra", "a\n");
	lists_at(f, PM_SNAPSHOT_REVISION, "HEAD~1", "zebra", "");
	lists_at(f, PM_SNAPSHOT_REVISION, "HEAD~1", "kubectl",
		"2026-11-01-checkout\n");
	lists_at(f, PM_SNAPSHOT_REVISION, "HEAD~1", "severity:SEV1",
		"2026-11-01-checkout\n");
	lists(f, "kubectl", "");
}

static void test_staged(void **state)
{
	struct fixture *f = *state;

	put(f, "postmortems/a.md", "# Zebra\n");
	git(f, "add", "-A");
	put(f, "postmortems/a.md", "# Hippo\n");
	lists_at(f, PM_SNAPSHOT_STAGED, NULL, "zebra", "a\n");
	lists_at(f, PM_SNAPSHOT_STAGED, NULL, "hippo", "");
	lists_at(f, PM_SNAPSHOT_WORKTREE, NULL, "zebra", "");
	lists_at(f, PM_SNAPSHOT_WORKTREE, NULL, "hippo", "a\n");
	lists(f, "zebra", "");
}

static void test_worktree(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot *snap;
	struct pm_index *index;

	put(f, "postmortems/new.md", "# Zebra\n\nA gnu stood there.\n");
	git(f, "rm", "-q", "postmortems/2024-07-01-mail.md");
	snap = snapshot(f, PM_SNAPSHOT_WORKTREE, NULL);
	index = open_index(f);
	must(f, pm_index_use(f->ctx, index, snap));
	assert_int_equal(stats_of(index).added, 4);
	lists_in(f, index, "", "2026-11-01-checkout\n2025-03-02-search\nnew\n");
	finds_in(f, index, "gnu", "new:3 [] A <gnu> stood there.\n");
	pm_index_free(index);
	index = open_index(f);
	must(f, pm_index_use(f->ctx, index, snap));
	assert_int_equal(stats_of(index).added, 0);
	lists_in(f, index, "mail", "");
	pm_index_free(index);
	pm_snapshot_free(snap);
	lists(f, "stuck", "2024-07-01-mail\n");
}

/* A clean work tree is HEAD: nothing is hashed, nothing is copied. */
static void test_clean_worktree(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot *snap = snapshot(f, PM_SNAPSHOT_WORKTREE, NULL);
	struct pm_index *index = open_index(f);

	must(f, pm_index_use(f->ctx, index, snap));
	assert_false(index->temp);
	lists_in(f, index, "kubectl", "2026-11-01-checkout\n");
	pm_index_free(index);
	pm_snapshot_free(snap);
}

/* --- a cache ------------------------------------------------------------ */

static void write_db(struct fixture *f, const char *bytes, size_t len)
{
	FILE *file = fopen(f->db.ptr, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

/* The search works, and one line says what happened. */
static void mended(struct fixture *f, const char *notice)
{
	lists(f, "kubectl", "2026-11-01-checkout\n");
	if (!strstr(f->notices.ptr, notice))
		fail_msg("'%s' is not in '%s'", notice, f->notices.ptr);
	lists(f, "kubectl", "2026-11-01-checkout\n");
	assert_string_equal(f->notices.ptr, "");
}

/* hazard: 73 */
static void test_damaged(void **state)
{
	struct fixture *f = *state;
	struct pm_buf zeros = PM_BUF_INIT;

	opens_with(f, 3, 3, 0);
	write_db(f, "nothing like it\n", 16);
	mended(f, "built anew: it was damaged");
	write_db(f, "", 0);
	mended(f, "built anew: it was not written by pm");
	assert_int_equal(truncate(f->db.ptr, 5000), 0);
	mended(f, "built anew: it was damaged");
	for (int i = 0; i < 5000; i++)
		pm_buf_addc(&zeros, '\0');
	write_db(f, zeros.ptr, zeros.len);
	mended(f, "built anew");
	pm_buf_release(&zeros);
}

/* Runs SQL on the file itself. */
static void tamper(struct fixture *f, const char *text)
{
	struct pm_sql *sql;

	must(f, pm_sql_open(f->ctx, f->db.ptr, PM_SQL_CREATE, 1000, &sql));
	must(f, pm_sql_exec(sql, text));
	pm_sql_free(sql);
}

/* hazard: 73 */
static void test_foreign(void **state)
{
	struct fixture *f = *state;

	opens_with(f, 3, 3, 0);
	tamper(f, "PRAGMA user_version=999");
	mended(f, "built anew: another version of pm wrote it");
	assert_int_equal(unlink(f->db.ptr), 0);
	tamper(f, "CREATE TABLE guests(name)");
	mended(f, "built anew: it was not written by pm");
}

/* Damage that shows only when the rows are read. */
static void test_damaged_inside(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index;
	FILE *file;

	opens_with(f, 3, 3, 0);
	index = open_index(f);
	file = fopen(f->db.ptr, "r+b");
	assert_non_null(file);
	for (long page = 6; page < 40; page++) {
		fseek(file, page * 4096, SEEK_SET);
		for (int i = 0; i < 4096; i++)
			putc(0xa5, file);
	}
	assert_int_equal(fclose(file), 0);
	lists_in(f, index, "kubectl", "2026-11-01-checkout\n");
	assert_non_null(strstr(f->notices.ptr, "built anew: it was damaged"));
	pm_index_free(index);
	lists(f, "kubectl", "2026-11-01-checkout\n");
}

static void test_rebuild(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index;

	opens_with(f, 3, 3, 0);
	must(f, pm_index_open(f->ctx, f->repo, PM_INDEX_REBUILD, &index));
	assert_int_equal(stats_of(index).added, 3);
	assert_true(stats_of(index).rebuilt);
	lists_in(f, index, "kubectl", "2026-11-01-checkout\n");
	pm_index_free(index);
	lists(f, "kubectl", "2026-11-01-checkout\n");
}

/* Puts a file where the index's directory would be. */
static void take_place(struct fixture *f)
{
	struct pm_buf dir = PM_BUF_INIT;
	FILE *file;

	pm_buf_add(&dir, f->db.ptr, f->db.len - strlen("/index.db"));
	file = fopen(dir.ptr, "w");
	assert_non_null(file);
	fclose(file);
	pm_buf_release(&dir);
}

static void test_in_cache(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index;

	take_place(f);
	pm_buf_addf(&f->cache, "%s/../cache", f->dir.ptr);
	index = open_index(f);
	assert_false(stats_of(index).in_memory);
	assert_int_equal(stats_of(index).added, 3);
	assert_non_null(strstr(f->notices.ptr, "the index is kept in"));
	lists_in(f, index, "kubectl", "2026-11-01-checkout\n");
	pm_index_free(index);
	opens_with(f, 3, 0, 0);
}

static void test_in_memory(void **state)
{
	struct fixture *f = *state;
	struct pm_snapshot *snap;
	struct pm_index *index;

	take_place(f);
	put(f, "postmortems/new.md", "# Zebra\n");
	index = open_index(f);
	assert_true(stats_of(index).in_memory);
	assert_non_null(strstr(f->notices.ptr, "kept in memory"));
	lists_in(f, index, "kubectl", "2026-11-01-checkout\n");
	snap = snapshot(f, PM_SNAPSHOT_WORKTREE, NULL);
	must(f, pm_index_use(f->ctx, index, snap));
	lists_in(f, index, "zebra", "new\n");
	pm_index_free(index);
	pm_snapshot_free(snap);
}

/* What a repository that may not be written comes to: the file is used as it
   is while it is current, and another place is found when it is not. */
/* hazard: 72 */
static void test_immutable(void **state)
{
	struct fixture *f = *state;
	struct pm_index index = {.ctx = f->ctx, .repo = f->repo, .lock = -1};
	struct pm_index_stats stats = {0};

	opens_with(f, 3, 3, 0);
	index.path = (struct pm_buf)PM_BUF_INIT;
	index.stats = &stats;
	index.level = PM_STORE_IMMUTABLE;
	must(f, pm_store_open(&index, false));
	assert_int_equal(index.level, PM_STORE_IMMUTABLE);
	lists_in(f, &index, "kubectl", "2026-11-01-checkout\n");
	put(f, "postmortems/new.md", "# Zebra\n");
	pm_store_close(&index);
	commit_all(f);
	index.level = PM_STORE_IMMUTABLE;
	must(f, pm_store_open(&index, false));
	assert_int_equal(index.level, PM_STORE_MEMORY);
	lists_in(f, &index, "zebra", "new\n");
	pm_store_close(&index);
	pm_policy_free(index.policy);
	pm_buf_release(&index.path);
}

/* Uncommitted documents while the file may only be read. */
static void test_retreat(void **state)
{
	struct fixture *f = *state;
	struct pm_index index = {.ctx = f->ctx, .repo = f->repo, .lock = -1};
	struct pm_index_stats stats = {0};
	struct pm_snapshot *snap;

	opens_with(f, 3, 3, 0);
	put(f, "postmortems/new.md", "# Zebra\n");
	index.path = (struct pm_buf)PM_BUF_INIT;
	index.stats = &stats;
	index.level = PM_STORE_IMMUTABLE;
	must(f, pm_store_open(&index, false));
	snap = snapshot(f, PM_SNAPSHOT_WORKTREE, NULL);
	must(f, pm_index_use(f->ctx, &index, snap));
	assert_int_equal(index.level, PM_STORE_MEMORY);
	lists_in(f, &index, "zebra", "new\n");
	pm_store_close(&index);
	pm_policy_free(index.policy);
	pm_buf_release(&index.path);
	pm_snapshot_free(snap);
}

static int verify(struct fixture *f)
{
	struct pm_index *index = open_index(f);
	int wrong = pm_index_verify(f->ctx, index);

	must(f, wrong);
	pm_index_free(index);
	return wrong;
}

static void test_verify(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(verify(f), 0);
	assert_string_equal(f->notices.ptr, "");
	tamper(f, "UPDATE blob SET title = 'x' WHERE title LIKE 'Search%'");
	assert_int_equal(verify(f), 1);
	assert_string_equal(f->notices.ptr,
		"'postmortems/2025/2025-03-02-search.md': its fields "
		"differ\n");
	tamper(f, "DELETE FROM doc WHERE path LIKE '%mail%'");
	assert_int_equal(verify(f), 2);
	tamper(f, "DELETE FROM action WHERE n = 0");
	assert_int_equal(verify(f), 3);
	assert_non_null(strstr(f->notices.ptr, "its actions differ"));
}

static void test_verify_words(void **state)
{
	struct fixture *f = *state;

	opens_with(f, 3, 3, 0);
	tamper(f, "INSERT INTO words(words) VALUES('delete-all')");
	assert_int_equal(verify(f), 3);
	assert_non_null(strstr(f->notices.ptr, "its words differ"));
}

/* --- several at once ---------------------------------------------------- */

/* A process that opens and searches; exits 0 when it finds the document. */
static pid_t searcher(struct fixture *f)
{
	pid_t pid = fork();
	struct pm_repo *repo = NULL;
	struct pm_index *index = NULL;
	bool found;

	if (pid)
		return pid;
	if (pm_repo_open(f->ctx, f->dir.ptr, &repo) < 0 ||
		pm_index_open(f->ctx, repo, 0, &index) < 0) {
		fprintf(stderr, "# %s\n", pm_ctx_error(f->ctx)->message.ptr);
		_exit(2);
	}
	found = pm_index_search(
			f->ctx, index, "kubectl", NULL, show_result, f) == 1;
	if (index->level != PM_STORE_REPO) {
		fprintf(stderr, "# %s\n", f->notices.ptr);
		found = false;
	}
	/* For valgrind, which looks at children as well. */
	pm_index_free(index);
	pm_repo_free(repo);
	_exit(found ? 0 : 1);
}

static void all_find(struct fixture *f, int count)
{
	pid_t pids[16];

	for (int i = 0; i < count; i++)
		pids[i] = searcher(f);
	for (int i = 0; i < count; i++) {
		int status;

		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
}

/* hazard: 71 */
static void test_at_once(void **state)
{
	struct fixture *f = *state;

	all_find(f, 6);
	for (int i = 0; i < 5; i++) {
		struct pm_buf text = PM_BUF_INIT;

		pm_buf_addf(&text, "# Zebra %d\n", i);
		put(f, "postmortems/new.md", text.ptr);
		commit_all(f);
		all_find(f, 6);
		pm_buf_release(&text);
	}
	write_db(f, "nothing like it\n", 16);
	all_find(f, 6);
	assert_int_equal(verify(f), 0);
}

/* Somebody writes between the look at the index and the search. */
static void test_glance(void **state)
{
	struct fixture *f = *state;
	const struct timespec times[2] = {
		{.tv_nsec = UTIME_NOW}, {.tv_sec = 1000000000}};
	struct pm_index *index = open_index(f), *other;

	pm_index_free(index);
	assert_int_equal(utimensat(AT_FDCWD, f->db.ptr, times, 0), 0);
	must(f, pm_index_open(f->ctx, f->repo, PM_INDEX_GLANCE, &index));
	assert_true(index->glanced);
	finds_in(f, index, "zebra", "");
	assert_true(index->glanced);
	put(f, "postmortems/new.md", "# A zebra\n");
	commit_all(f);
	other = open_index(f);
	pm_index_free(other);
	assert_true(pm_glance_moved(index));
	finds_in(f, index, "zebra", "new:1 [] A <zebra>\n");
	assert_false(index->glanced);
	pm_index_free(index);
}

/* Nothing is ever merged but by the steps that follow an update. */
static void test_merging(void **state)
{
	struct fixture *f = *state;
	struct pm_index *index = open_index(f);
	struct pm_stmt *stmt = pm_sql_stmt(index->sql,
		"SELECT group_concat(k || '=' || v, ' ') FROM (SELECT k, v FROM"
		" words_config WHERE k <> 'version' ORDER BY k)");

	assert_int_equal(pm_stmt_step(stmt), 1);
	assert_true(pm_slice_is(pm_stmt_col_text(stmt, 0),
		"automerge=0 crisismerge=1999 hashsize=1048576 pgsz=4038"
		" rank=bm25(1.0, 12.0, 6.0, 2.0, 1.5, 4.0, 2.0, 2.0)"
		" usermerge=16"));
	pm_index_free(index);
}

static int64_t ask_int(struct pm_index *index, const char *text)
{
	struct pm_stmt *stmt = pm_sql_stmt(index->sql, text);
	int64_t value;

	assert_int_equal(pm_stmt_step(stmt), 1);
	value = pm_stmt_col_int(stmt, 0);
	assert_int_equal(pm_stmt_step(stmt), 0);
	return value;
}

/* The segment of the build is left alone while updates are merged. */
static void test_segments(void **state)
{
	/* Four levels; of the last, the first segment is the only one. */
	static const char raised[] =
		"SELECT hex(substr(block, 5, 1)) = '04'"
		" AND hex(substr(block, length(block) - 4, 4)) = '00010101'"
		" FROM words_data WHERE id = 10";
	struct fixture *f = *state;
	struct pm_buf large = PM_BUF_INIT;
	struct pm_index *index;
	char text[64];

	pm_buf_adds(&large, "# Many words\n\n");
	for (int i = 1000; i < 6000; i++)
		pm_buf_addf(&large, "w%d\n", i);
	put(f, "postmortems/large.md", large.ptr);
	pm_buf_release(&large);
	commit_all(f);
	must(f, pm_index_open(f->ctx, f->repo, PM_INDEX_REBUILD, &index));
	pm_index_free(index);
	index = open_index(f);
	assert_int_equal(ask_int(index, raised), 1);
	pm_index_free(index);
	for (int i = 0; i < 40; i++) {
		snprintf(text, sizeof text, "# A zebra\n\nNumber %d.\n", i);
		put(f, "postmortems/new.md", text);
		commit_all(f);
		pm_index_free(open_index(f));
	}
	index = open_index(f);
	assert_int_equal(ask_int(index, raised), 1);
	assert_true(
		ask_int(index, "SELECT count(DISTINCT id >> 37) FROM words_data"
			       " WHERE id > 100") <= 20);
	must(f, pm_sql_exec(index->sql,
			"INSERT INTO words(words) VALUES('integrity-check')"));
	finds_in(f, index, "zebra", "new:1 [] A <zebra>\n");
	finds_in(f, index, "39", "new:3 [] Number <39>.\n");
	finds_in(f, index, "38", "");
	pm_index_free(index);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup_three, teardown)
#define TEST_EMPTY(name)                                                       \
	cmocka_unit_test_setup_teardown(name, setup_empty, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_follows),
		TEST(test_branches),
		TEST(test_rewritten_history),
		TEST(test_policy_chooses),
		TEST(test_policy_reads),
		TEST(test_wrong_policy),
		TEST_EMPTY(test_unborn),
		TEST(test_linked_worktree),
		TEST(test_unreadable),
		TEST(test_revision),
		TEST(test_staged),
		TEST(test_worktree),
		TEST(test_clean_worktree),
		TEST(test_damaged),
		TEST(test_foreign),
		TEST(test_damaged_inside),
		TEST(test_rebuild),
		TEST(test_in_cache),
		TEST(test_in_memory),
		TEST(test_immutable),
		TEST(test_retreat),
		TEST(test_verify),
		TEST(test_verify_words),
		TEST(test_at_once),
		TEST(test_glance),
		TEST(test_merging),
		TEST(test_segments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
