/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables of the index. Rows of blob, action and words belong to a blob
 * and a reading (the way a policy has its documents read) and are written
 * once; doc says which of them a work tree's HEAD shows. Rows that nothing
 * shows any more stay: they are the documents' past, and another branch may
 * want them tomorrow.
 */
#include "index/private.h"

const char *const pm_text_column_names[PM_TEXT_COLUMNS + 1] = {
	"rest",
	"title",
	"summary",
	"impact",
	"timeline",
	"causes",
	"lessons",
	"actions",
	NULL,
};

/*
 * blob.keys holds what field:value asks for, "\x1fkincident\x1f...": a letter
 * for the field, then the value, folded. blob.times is a record of the
 * moments. blob.set_off is the trigger (a word of SQL's own). blob.due is the
 * first day at whose end an open action is late. doc.date is the start in UTC
 * seconds, or the date in the file's name. words keeps no text (content='');
 * bm25's weights follow the columns.
 */
const char pm_index_schema[] =
	"CREATE TABLE reading("
	" id INTEGER PRIMARY KEY,"
	" digest INTEGER NOT NULL UNIQUE);"
	"CREATE TABLE view("
	" id INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL UNIQUE,"
	" head BLOB NOT NULL,"
	" tree BLOB NOT NULL,"
	" policy BLOB NOT NULL,"
	" reading INTEGER NOT NULL);"
	"CREATE TABLE blob("
	" id INTEGER PRIMARY KEY,"
	" oid BLOB NOT NULL,"
	" reading INTEGER NOT NULL,"
	" state INTEGER NOT NULL,"
	" digest INTEGER NOT NULL,"
	" title TEXT, kind TEXT, status TEXT, severity TEXT, owner TEXT,"
	" incident TEXT, detected_by TEXT, set_off TEXT,"
	" services TEXT, departments TEXT, tags TEXT, times BLOB, keys TEXT,"
	" started INTEGER,"
	" ttd INTEGER, tta INTEGER, tti INTEGER, ttm INTEGER, ttr INTEGER,"
	" actions INTEGER, open INTEGER, done INTEGER, unowned INTEGER,"
	" due INTEGER,"
	" UNIQUE(oid, reading));"
	"CREATE TABLE action("
	" blob INTEGER NOT NULL,"
	" n INTEGER NOT NULL,"
	" state INTEGER NOT NULL,"
	" due INTEGER,"
	" line INTEGER NOT NULL,"
	" id TEXT, type TEXT, owner TEXT, priority TEXT,"
	" PRIMARY KEY(blob, n)) WITHOUT ROWID;"
	"CREATE TABLE doc("
	" id INTEGER PRIMARY KEY,"
	" view INTEGER NOT NULL,"
	" path TEXT NOT NULL,"
	" name TEXT NOT NULL,"
	" blob INTEGER NOT NULL,"
	" date INTEGER,"
	" UNIQUE(view, path));"
	/* With the path, by which searches order equals, so that they need not
	   look at the rows themselves. */
	"CREATE INDEX doc_blob ON doc(view, blob, path);"
	"CREATE INDEX doc_date ON doc(view, date DESC);"
	"CREATE VIRTUAL TABLE words USING fts5("
	" rest, title, summary, impact, timeline, causes, lessons, actions,"
	" content='', tokenize='unicode61 remove_diacritics 2');"
	"INSERT INTO words(words, rank) VALUES('rank',"
	" 'bm25(1.0, 12.0, 6.0, 2.0, 1.5, 4.0, 2.0, 2.0)');"
	/* So that a leaf fits into a page beside its checksum. */
	"INSERT INTO words(words, rank) VALUES('pgsz', 4038);";

#define STR(x)   #x
#define VALUE(x) STR(x)

const char pm_index_stamp[] = "PRAGMA application_id=" VALUE(
	PM_INDEX_APP) ";"
		      "PRAGMA user_version=" VALUE(PM_INDEX_SCHEMA) ";";
