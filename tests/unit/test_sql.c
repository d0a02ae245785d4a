/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The SQLite wrapper: chained binds, the statement cache, and what it calls a
 * damaged, locked, absent or read-only database.
 */
#include "sql/sql.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
	struct pm_ctx *ctx;
	char dir[32];
	char path[64];
};

static int setup(void **state)
{
	struct place *place = calloc(1, sizeof(*place));

	place->ctx = pm_ctx_new();
	memcpy(place->dir, "/tmp/pm-sql-XXXXXX", sizeof("/tmp/pm-sql-XXXXXX"));
	if (!mkdtemp(place->dir))
		return -1;
	snprintf(place->path, sizeof(place->path), "%s/a ?#%%.db", place->dir);
	*state = place;
	return 0;
}

static int teardown(void **state)
{
	struct place *place = *state;
	static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
	char path[96];
	size_t i;

	chmod(place->dir, 0700);
	for (i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s%s", place->path, ends[i]);
		unlink(path);
	}
	rmdir(place->dir);
	pm_ctx_free(place->ctx);
	free(place);
	return 0;
}

static struct pm_sql *open_new(struct place *place)
{
	struct pm_sql *sql = NULL;

	assert_int_equal(
		pm_sql_open(place->ctx, place->path, PM_SQL_CREATE, 0, &sql),
		0);
	return sql;
}

static void put_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void test_round_trip(void **state)
{
	struct place *place = *state;
	struct pm_sql *sql = open_new(place);
	struct pm_stmt *stmt;

	assert_int_equal(
		pm_sql_exec(sql, "CREATE TABLE t(a, b DEFAULT 0.5, c, d, e); "
				 "SELECT 1"),
		0);
	stmt = pm_sql_stmt(sql, "INSERT INTO t(a, c, d, e) VALUES(?, ?, ?, ?)");
	pm_stmt_int(stmt, 1, INT64_MIN);
	pm_stmt_text(stmt, 2, pm_slice_make("x\0y", 3));
	pm_stmt_blob(stmt, 3, pm_slice_make("\xff\0", 2));
	pm_stmt_null(stmt, 4);
	assert_int_equal(pm_stmt_run(stmt), 0);
	assert_int_equal(pm_sql_last_id(sql), 1);
	stmt = pm_sql_stmt(sql, "SELECT a, b, c, d, e FROM t");
	assert_int_equal(pm_stmt_step(stmt), 1);
	assert_true(pm_stmt_col_int(stmt, 0) == INT64_MIN);
	assert_true(pm_stmt_col_real(stmt, 1) == 0.5);
	assert_true(pm_slice_eq(
		pm_stmt_col_text(stmt, 2), pm_slice_make("x\0y", 3)));
	assert_true(pm_slice_eq(
		pm_stmt_col_text(stmt, 3), pm_slice_make("\xff\0", 2)));
	assert_true(pm_stmt_col_null(stmt, 4));
	assert_int_equal(pm_stmt_col_text(stmt, 4).len, 0);
	assert_int_equal(pm_stmt_step(stmt), 0);
	pm_sql_free(sql);
}

/* An empty text is not NULL, and an unbound place of a reused one is. */
static void test_empty_and_unbound(void **state)
{
	struct place *place = *state;
	struct pm_sql *sql = NULL;
	struct pm_stmt *stmt;
	static const char text[] = "SELECT ?1 IS NULL, typeof(?1)";

	assert_int_equal(
		pm_sql_open(place->ctx, NULL, PM_SQL_MEMORY, 0, &sql), 0);
	stmt = pm_sql_stmt(sql, text);
	pm_stmt_text(stmt, 1, (struct pm_slice){NULL, 0});
	assert_int_equal(pm_stmt_step(stmt), 1);
	assert_int_equal(pm_stmt_col_int(stmt, 0), 0);
	assert_true(pm_slice_is(pm_stmt_col_text(stmt, 1), "text"));
	assert_ptr_equal(pm_sql_stmt(sql, text), stmt);
	assert_int_equal(pm_stmt_step(stmt), 1);
	assert_int_equal(pm_stmt_col_int(stmt, 0), 1);
	pm_sql_free(sql);
}

static void test_first_failure(void **state)
{
	struct place *place = *state;
	struct pm_sql *sql = open_new(place);
	static const char insert[] = "INSERT INTO later VALUES(?)";
	struct pm_stmt *stmt = pm_sql_stmt(sql, insert);

	assert_non_null(stmt);
	pm_stmt_int(stmt, 1, 1);
	pm_stmt_int(stmt, 9, 1);
	assert_int_equal(pm_stmt_run(stmt), PM_EINVALID);
	assert_non_null(strstr(pm_ctx_error(place->ctx)->message.ptr, "later"));
	/* The same text works once the table is there. */
	assert_int_equal(pm_sql_exec(sql, "CREATE TABLE later(a)"), 0);
	stmt = pm_sql_stmt(sql, insert);
	pm_stmt_int(stmt, 1, 1);
	assert_int_equal(pm_stmt_run(stmt), 0);
	stmt = pm_sql_stmt(sql, insert);
	pm_stmt_int(stmt, 2, 1);
	assert_int_equal(pm_stmt_run(stmt), PM_ERROR);
	stmt = pm_sql_stmt_once(sql, "SELECT count(*) FROM later");
	assert_int_equal(pm_stmt_step(stmt), 1);
	assert_int_equal(pm_stmt_col_int(stmt, 0), 1);
	pm_stmt_free(stmt);
	pm_stmt_free(NULL);
	assert_int_equal(pm_sql_exec(sql, "nonsense"), PM_EINVALID);
	/* "x" in double quotes is a column, not a text by accident. */
	assert_int_equal(pm_sql_exec(sql, "SELECT \"x\""), PM_EINVALID);
	pm_sql_free(sql);
}

static void test_absent(void **state)
{
	struct place *place = *state;
	struct pm_sql *sql = NULL;
	char path[96];

	assert_int_equal(
		pm_sql_open(place->ctx, place->path, 0, 0, &sql), PM_ENOTFOUND);
	assert_int_equal(
		pm_sql_open(place->ctx, place->path, PM_SQL_READONLY, 0, &sql),
		PM_ENOTFOUND);
	assert_null(sql);
	snprintf(path, sizeof(path), "%s/no/x.db", place->dir);
	assert_int_equal(pm_sql_open(place->ctx, path, PM_SQL_CREATE, 0, &sql),
		PM_ENOTFOUND);
	assert_int_equal(
		pm_sql_open(place->ctx, place->dir, PM_SQL_CREATE, 0, &sql),
		PM_ERROR);
}

static void test_damaged(void **state)
{
	struct place *place = *state;
	struct pm_sql *sql;
	char junk[4096];
	int fd;

	put_file(place->path, "x\n");
	assert_int_equal(
		pm_sql_open(place->ctx, place->path, PM_SQL_CREATE, 0, &sql),
		PM_EINVALID);
	unlink(place->path);
	sql = open_new(place);
	assert_int_equal(
		pm_sql_exec(sql, "CREATE TABLE t(a); "
				 "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
				 "SELECT i + 1 FROM n WHERE i < 5000) "
				 "INSERT INTO t SELECT hex(i) FROM n"),
		0);
	pm_sql_free(sql);
	memset(junk, 0xA5, sizeof(junk));
	fd = open(place->path, O_WRONLY);
	assert_int_equal(pwrite(fd, junk, 4096, 4096), 4096);
	close(fd);
	assert_int_equal(pm_sql_open(place->ctx, place->path, 0, 0, &sql), 0);
	assert_int_equal(
		pm_sql_exec(sql, "SELECT sum(length(a)) FROM t"), PM_EINVALID);
	pm_sql_free(sql);
}

/* Reads what the table holds; 0 or the code of the failure. */
static int read_back(struct place *place)
{
	struct pm_sql *sql = NULL;
	struct pm_stmt *stmt;
	int code = pm_sql_open(place->ctx, place->path, 0, 0, &sql);

	if (code == 0 && !pm_sql_sealed(sql))
		code = PM_EINVALID;
	if (code == 0) {
		stmt = pm_sql_stmt(sql, "SELECT group_concat(a, '') FROM t");
		code = pm_stmt_step(stmt);
		/* Whoever gets an answer gets the right one. */
		if (code > 0)
			assert_int_equal(
				pm_stmt_col_text(stmt, 0).len, 40 * 200);
		for (size_t i = 0; code > 0 && i < 40 * 200; i++)
			assert_int_equal(pm_stmt_col_text(stmt, 0).ptr[i], 'x');
	}
	pm_sql_free(sql);
	return code < 0 ? code : 0;
}

/* Changes one bit of the file, or changes it back. */
static void turn_bit(const char *path, off_t place, unsigned bit)
{
	int fd = open(path, O_RDWR);
	unsigned char byte;

	assert_int_equal(pread(fd, &byte, 1, place), 1);
	byte ^= (unsigned char)(1u << bit);
	assert_int_equal(pwrite(fd, &byte, 1, place), 1);
	close(fd);
}

/* hazard: 73 */
static void test_bits(void **state)
{
	struct place *place = *state;
	struct pm_sql *sql = open_new(place);
	struct stat st;
	off_t step = 37;

	assert_true(pm_sql_sealed(sql));
	assert_int_equal(
		pm_sql_exec(sql,
			"CREATE TABLE t(a);"
			"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT "
			"i + 1 FROM n LIMIT 40) INSERT INTO t SELECT "
			"replace(hex(zeroblob(100)), '0', 'x') FROM n"),
		0);
	pm_sql_free(sql);
	assert_int_equal(read_back(place), 0);
	assert_int_equal(stat(place->path, &st), 0);
	for (off_t at = 0; at < st.st_size; at += at < 110 ? 1 : step) {
		turn_bit(place->path, at, (unsigned)at % 8);
		if (read_back(place) != PM_EINVALID)
			fail_msg("byte %ld: read as if whole", (long)at);
		turn_bit(place->path, at, (unsigned)at % 8);
	}
	assert_int_equal(read_back(place), 0);
	assert_int_equal(truncate(place->path, st.st_size - 100), 0);
	assert_int_equal(read_back(place), PM_EINVALID);
}

/* A page that is given up and taken again before it was ever written. */
static void test_blank_pages(void **state)
{
	struct place *place = *state;
	struct pm_sql *sql = open_new(place);

	assert_int_equal(
		pm_sql_exec(sql,
			"PRAGMA cache_size = 10; BEGIN; CREATE TABLE t(a);"
			"CREATE TABLE u(a); WITH RECURSIVE n(i) AS (SELECT 1 "
			"UNION ALL SELECT i + 1 FROM n LIMIT 90) INSERT INTO u "
			"SELECT zeroblob(9000) FROM n; DELETE FROM u;"
			"INSERT INTO t SELECT replace(hex(zeroblob(4000)), "
			"'0', 'x'); DROP TABLE u; COMMIT"),
		0);
	pm_sql_free(sql);
	assert_int_equal(read_back(place), 0);
}

static void test_locked(void **state)
{
	struct place *place = *state;
	struct pm_sql *one = open_new(place);
	struct pm_sql *two = open_new(place);

	assert_int_equal(
		pm_sql_exec(one, "CREATE TABLE t(a); BEGIN IMMEDIATE"), 0);
	assert_int_equal(pm_sql_exec(two, "BEGIN IMMEDIATE"), PM_ELOCKED);
	assert_int_equal(pm_sql_exec(one, "COMMIT"), 0);
	assert_int_equal(pm_sql_exec(two, "BEGIN IMMEDIATE; COMMIT"), 0);
	pm_sql_free(one);
	pm_sql_free(two);
}

static void test_read_only(void **state)
{
	struct place *place = *state;
	struct pm_sql *sql = open_new(place);
	struct pm_stmt *stmt;

	assert_int_equal(
		pm_sql_exec(sql, "PRAGMA journal_mode = WAL; "
				 "CREATE TABLE t(a); INSERT INTO t VALUES(7)"),
		0);
	pm_sql_free(sql);
	assert_int_equal(pm_sql_open(place->ctx, place->path,
				 PM_SQL_READONLY | PM_SQL_IMMUTABLE, 0, &sql),
		0);
	assert_int_equal(
		pm_sql_exec(sql, "INSERT INTO t VALUES(8)"), PM_EREADONLY);
	stmt = pm_sql_stmt(sql, "SELECT a FROM t");
	assert_int_equal(pm_stmt_step(stmt), 1);
	assert_int_equal(pm_stmt_col_int(stmt, 0), 7);
	pm_sql_free(sql);
	/* Root may write everywhere, so the rest says nothing to it. */
	if (!geteuid())
		return;
	chmod(place->dir, 0500);
	assert_int_equal(
		pm_sql_open(place->ctx, place->path, 0, 0, &sql), PM_EREADONLY);
}

/* hazard: 74 */
static void test_defensive(void **state)
{
	struct place *place = *state;
	struct pm_sql *sql = open_new(place);
	struct pm_stmt *stmt;

	pm_sql_exec(sql, "CREATE TABLE t(a); PRAGMA writable_schema = 1");
	assert_int_equal(pm_sql_exec(sql, "UPDATE sqlite_schema SET sql = 'x'"),
		PM_EINVALID);
	stmt = pm_sql_stmt(sql, "PRAGMA trusted_schema");
	assert_int_equal(pm_stmt_step(stmt), 1);
	assert_int_equal(pm_stmt_col_int(stmt, 0), 0);
	assert_int_equal(
		pm_sql_exec(sql, "SELECT load_extension('x')"), PM_EINVALID);
	pm_sql_free(sql);
	pm_sql_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_round_trip, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_empty_and_unbound, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_first_failure, setup, teardown),
		cmocka_unit_test_setup_teardown(test_absent, setup, teardown),
		cmocka_unit_test_setup_teardown(test_damaged, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bits, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_blank_pages, setup, teardown),
		cmocka_unit_test_setup_teardown(test_locked, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_read_only, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_defensive, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
