/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bare limit of an index: reads the files named on stdin and inserts their
 * text, sections and the values of the front matter as pm does, into a
 * full-text table, as "limit_index bare DB" with the settings of a bulk load
 * and no stored text, as "limit_index plain DB" with SQLite's defaults in one
 * transaction and the text stored: what one would write first.
 */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 1 << 20, COLUMNS = 8 };

static sqlite3 *open_db(const char *path)
{
	sqlite3 *db;

	unlink(path);
	if (sqlite3_open(path, &db) != SQLITE_OK)
		exit(3);
	return db;
}

static void run(sqlite3 *db, const char *text)
{
	if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK) {
		fprintf(stderr, "%s: %s\n", text, sqlite3_errmsg(db));
		exit(3);
	}
}

/* True for a line whose value pm keeps in its tables only. */
static int is_typed(const char *line)
{
	static const char *const keys[] = {
		"schema:", "due:", "priority:", "addresses:", "proof:"};

	line += strspn(line, " -");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (strncmp(line, keys[i], strlen(keys[i])) == 0)
			return 1;
	return 0;
}

/* Copies the values of the front matter, without their keys; returns the end
   of the copy. */
static char *add_values(char *out, const char *front, const char *end)
{
	while (front < end) {
		size_t len = strcspn(front, "\n");
		const char *colon = memchr(front, ':', len);
		const char *from = colon ? colon + 1 : front;
		size_t keep = (size_t)(front + len - from);

		if (!is_typed(front)) {
			memcpy(out, from, keep);
			out += keep;
			*out++ = '\n';
		}
		front += len + 1;
	}
	return out;
}

/* One row: values and title, then the sections of the body, in turn. */
static void insert(sqlite3_stmt *stmt, const char *text, char *first)
{
	const char *body = strstr(text, "\n---\n");
	const char *at = body ? body + 5 : text;

	for (int column = 1; column <= COLUMNS; column++) {
		const char *end = strstr(at + 1, "\n## ");

		if (!end || column == COLUMNS)
			end = at + strlen(at);
		if (column == 1) {
			char *out = add_values(first, text + 4, at - 4);

			memcpy(out, at, (size_t)(end - at));
			out += end - at;
			sqlite3_bind_text(stmt, column, first,
				(int)(out - first), SQLITE_STATIC);
		} else {
			sqlite3_bind_text(stmt, column, at, (int)(end - at),
				SQLITE_STATIC);
		}
		at = *end ? end : end - 1;
	}
	if (sqlite3_step(stmt) != SQLITE_DONE)
		exit(3);
	sqlite3_reset(stmt);
}

static void read_all(sqlite3_stmt *stmt)
{
	char *buf = malloc(FILE_MAX + 1);
	char *first = malloc(FILE_MAX + 1);
	char path[4096];

	while (buf && first && fgets(path, sizeof path, stdin)) {
		ssize_t len;
		int fd;

		path[strcspn(path, "\n")] = '\0';
		fd = open(path, O_RDONLY);
		len = read(fd, buf, FILE_MAX);
		close(fd);
		if (len < 2)
			exit(3);
		buf[len] = '\0';
		insert(stmt, buf, first);
	}
	free(buf);
	free(first);
}

int main(int argc, char **argv)
{
	int bare = argc == 3 && strcmp(argv[1], "bare") == 0;
	sqlite3_stmt *stmt;
	sqlite3 *db;

	if (argc != 3)
		return 2;
	db = open_db(argv[2]);
	if (bare)
		run(db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
	run(db, bare ? "CREATE VIRTUAL TABLE w USING fts5(a,b,c,d,e,f,g,h,"
		       "content='',tokenize='unicode61 remove_diacritics 2')"
		     : "CREATE VIRTUAL TABLE w USING fts5(a,b,c,d,e,f,g,h)");
	if (bare)
		run(db, "INSERT INTO w(w,rank) VALUES('hashsize',33554432);"
			"INSERT INTO w(w,rank) VALUES('automerge',0)");
	run(db, "BEGIN");
	if (sqlite3_prepare_v2(db, "INSERT INTO w VALUES(?,?,?,?,?,?,?,?)", -1,
		    &stmt, NULL) != SQLITE_OK)
		return 3;
	read_all(stmt);
	sqlite3_finalize(stmt);
	if (bare)
		run(db, "INSERT INTO w(w) VALUES('optimize')");
	run(db, "COMMIT");
	sqlite3_close(db);
	return 0;
}
