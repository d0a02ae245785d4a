/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared by the files of this room and by nobody else. In order of use:
 * store.c opens the database and finds another place when it must, glance.c
 * only looks at it, build.c makes a whole one, refresh.c follows HEAD, gather.c
 * has unknown documents parsed, row.c turns a document into a flat record (in a
 * worker), insert.c turns that into rows, index.c shows another state. query.c
 * reads the query language, filter.c checks its values, compile.c makes SQL of
 * it, search.c and list.c run it, snippet.c finds where a document matches,
 * snippet_body.c in a part of it.
 */
#ifndef PM_INDEX_PRIVATE_H
#define PM_INDEX_PRIVATE_H

#include <sys/stat.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/record.h"
#include "base/vec.h"
#include "doc/doc.h"
#include "git/git.h"
#include "pm/index.h"
#include "snapshot/snapshot.h"
#include "sql/sql.h"

/* What stands between the values of a list in one column, and around keys. */
#define PM_INDEX_SEP '\x1f'

/*
 * Text columns of the full-text table, in the order of its declaration. The
 * first costs the table two bytes less for each word of each document, so the
 * one with most text is first.
 */
enum pm_text_column {
	PM_TEXT_REST,
	PM_TEXT_TITLE,
	PM_TEXT_SUMMARY,
	PM_TEXT_IMPACT,
	PM_TEXT_TIMELINE,
	PM_TEXT_CAUSES,
	PM_TEXT_LESSONS,
	PM_TEXT_ACTIONS,
};
#define PM_TEXT_COLUMNS 8

/* "rest" ...; NULL after the last. */
extern const char *const pm_text_column_names[PM_TEXT_COLUMNS + 1];

/* Schema: see schema.c. A change of it, or of what row.c writes, is a new
   number, and every index with another number is built anew. */
#define PM_INDEX_SCHEMA 11
#define PM_INDEX_APP    0x706d6978 /* "pmix" */
extern const char pm_index_schema[];
extern const char pm_index_stamp[];

/* ---- words: tokens as the full-text table sees them (token.c) ---- */

struct pm_token {
	size_t off; /* bytes in the text */
	size_t len;
};

/* The next token at or after *off; moves *off behind it. False at the end. */
bool pm_token_next(struct pm_slice text, size_t *off, struct pm_token *out);

/* True when text begins with a character of a script that puts no blanks
   between words (Chinese, Japanese): each such character is a token. */
bool pm_token_unspaced(struct pm_slice text);

/* The text as the full-text table has to be given it to cut the same tokens:
   blanks around such characters. out is used only when there are some. */
struct pm_slice pm_token_spaced(struct pm_slice text, struct pm_buf *out);

/* ---- pieces: the searchable text of a document (piece.c) ---- */

struct pm_piece {
	enum pm_text_column column;
	struct pm_slice text;
	struct pm_span span; /* where it stands; len 0: only line is known */
	unsigned line;
	size_t section; /* index, SIZE_MAX: front matter or before the first */
	bool body;      /* not from the front matter */
};

typedef void (*pm_piece_fn)(void *data, const struct pm_piece *piece);

/* Visits all pieces; within a column they come in one fixed order. */
void pm_pieces(const struct pm_doc *doc, pm_piece_fn fn, void *data);

/* ---- rows ---- */

enum pm_row_state {
	PM_ROW_READ,
	PM_ROW_UNREADABLE, /* too large or too complex; kept so that it is not
			      tried again */
};

/* Appends the flat record of a document (worker side). */
void pm_row_write(const struct pm_doc *doc, struct pm_buf *out);

/* A digest of a record, to see that two are the same. */
int64_t pm_row_digest(struct pm_slice record);

/* What a key begins with, by field. */
#define PM_KEY_CAUSE      'c'
#define PM_KEY_DEPARTMENT 'd'
#define PM_KEY_KIND       'k'
#define PM_KEY_OWNER      'o'
#define PM_KEY_SERVICE    's'
#define PM_KEY_SEVERITY   'v'
#define PM_KEY_STATUS     'a'
#define PM_KEY_TAG        'g'
#define PM_KEY_TRIGGER    't'

/* Appends "\x1f", the letter and the value, folded; the caller closes the list
   with one more "\x1f". A value without a visible byte adds nothing. */
void pm_row_key(struct pm_buf *out, char letter, struct pm_slice value);

/* Reads blob.times; precision NONE: not known. */
void pm_row_times(struct pm_slice bytes, struct pm_time times[PM_MOMENT_COUNT]);

/*
 * Inserts a record as the row of a blob under a reading, unless it is there.
 * An empty record makes a row without text. PM_EINVALID: malformed.
 */
int pm_row_insert(struct pm_ctx *ctx, struct pm_sql *sql,
	const struct pm_oid *oid, int64_t reading, struct pm_slice record);

/* 1: the blob has a row under this reading; 0: it has none. */
int pm_row_known(struct pm_sql *sql, const struct pm_oid *oid, int64_t reading);

/* ---- the index ---- */

enum pm_store_level {
	PM_STORE_REPO,      /* <common dir>/pm/index.db, read and written */
	PM_STORE_IMMUTABLE, /* the same file, where nobody can write it */
	PM_STORE_CACHE,     /* in the user's cache directory */
	PM_STORE_MEMORY,
	PM_STORE_COUNT,
};

/* A state of the documents that the index knows: one a work tree. */
struct pm_view {
	bool known;
	int64_t id;
	int64_t reading;
	struct pm_oid head, tree, policy;
};

struct pm_index {
	struct pm_ctx *ctx;
	struct pm_repo *repo;
	struct pm_sql *sql;
	enum pm_store_level level;
	bool glanced;       /* sql only looks; see glance.c */
	struct stat seen;   /* what the file was like then */
	int lock;           /* directory with a shared lock, or -1 */
	struct pm_buf path; /* of the database */
	struct pm_view view;
	struct pm_policy *policy; /* HEAD's; NULL until it is asked for */
	struct pm_oid policy_oid; /* of that one; zero: the defaults */
	struct pm_snapshot *snap; /* borrowed; NULL: HEAD */
	bool temp;                /* queries read temp.current, not doc */
	struct pm_map told; /* paths and blobs that cannot be read, and were
			       told: HEAD and a state may both have them */
	struct pm_index_stats *stats;
};

/* A document whose row is wanted. */
struct pm_want {
	const char *path; /* borrowed */
	struct pm_oid oid;
	size_t num; /* number in the snapshot, SIZE_MAX: read from Git */
};

struct pm_wants {
	struct pm_want *items;
	size_t len;
	size_t cap;
};

/* Opens at index->level or the next that works; builds and refreshes. */
int pm_store_open(struct pm_index *index, bool rebuild);
void pm_store_close(struct pm_index *index);

/* Sets index->path to the file in the repository. */
void pm_store_path(struct pm_index *index);

/* Opens a connection to index->path: PM_EINVALID and a reason in *why when the
   file is damaged, foreign or of another version. */
int pm_store_connect(struct pm_index *index, unsigned flags, const char **why);

/* Opens the directory of index->path for its lock: a descriptor or PM_E. */
int pm_store_dir(struct pm_index *index, bool make);

/* Looks at the repository's index, if it is current and at rest. False: it has
   to be opened as always. */
bool pm_glance_open(struct pm_index *index);

/* Opens as always an index that was only looked at. */
int pm_glance_end(struct pm_index *index);

/* True when somebody has written to an index while it was looked at: what was
   read may be wrong. */
bool pm_glance_moved(const struct pm_index *index);

/* Goes to the next level that works, after a failure to write at this one. */
int pm_store_retreat(struct pm_index *index);

/* Builds anew after a query has found the database damaged; the second one
   also shows the snapshot in use again. */
int pm_store_mend(struct pm_index *index);
int pm_index_mend(struct pm_index *index);

/* True when this failure means that the database is damaged. */
bool pm_store_damaged(const struct pm_index *index, int code);

/* Takes a shared or exclusive lock on a descriptor, waiting at most wait_ms:
   PM_ELOCKED then. Taking one replaces the other. */
int pm_store_lock(struct pm_ctx *ctx, int fd, bool exclusive, unsigned wait_ms);
void pm_store_unlock(int fd);

/*
 * Builds a whole index in a new file that replaces index->path. The shared
 * lock is given up; the caller takes it again. Without force, nothing is done
 * when another process did it meanwhile.
 */
int pm_index_build(struct pm_index *index, bool force);
int pm_index_build_memory(struct pm_index *index);

/* Keeps what was just built out of the merges that follow updates, for long.
   Afterwards the connection is only good for closing: FTS5 knows of nothing. */
int pm_index_raise_segment(struct pm_index *index);

/*
 * Brings the view of this work tree to HEAD. Returns 0, or 1 when so much is
 * new that building anew is cheaper (nothing was done then; never with
 * whole set, which also means that a transaction is open).
 */
int pm_index_refresh(struct pm_index *index, bool whole);

/* Reads this work tree's row; view->known is false when there is none. */
int pm_view_read(struct pm_index *index, struct pm_view *view);

/* Writes it; a new one gets its id. */
int pm_view_write(struct pm_index *index, struct pm_view *view);

/*
 * Compares the view's row (-> *present) with HEAD. 1: it is current, and in
 * index->view; 0: it is not, and index->view has HEAD's commit and tree.
 */
int pm_view_current(struct pm_index *index, struct pm_view *present);

/* Appends the documents of a view by path; paths live in arena. */
int pm_view_docs(struct pm_index *index, const struct pm_view *view,
	struct pm_arena *arena, struct pm_wants *out);

/* Appends the documents of a tree (zero: none) by path; paths live in arena. */
int pm_tree_docs(struct pm_index *index, const struct pm_policy *policy,
	const struct pm_oid *tree, struct pm_arena *arena,
	struct pm_wants *out);
/* The policy file of a tree (zero: none), and loading it as the index's. */
int pm_view_policy_oid(
	struct pm_index *index, const struct pm_oid *tree, struct pm_oid *out);
int pm_view_policy(struct pm_index *index, const struct pm_oid *oid);

/* The policy that queries go by: the snapshot's, else HEAD's. Borrowed. */
int pm_index_policy(struct pm_index *index, const struct pm_policy **policy);

/* The number of the way this policy has documents read. */
int pm_index_reading(
	struct pm_index *index, const struct pm_policy *policy, int64_t *out);

/* Appends to unknown those of all whose blob has no row under reading, each
   blob once, in their order. */
int pm_index_unknown(struct pm_index *index, int64_t reading,
	const struct pm_wants *all, struct pm_wants *unknown);

struct pm_gather {
	const struct pm_policy *policy;
	struct pm_snapshot *snap; /* for wants with a number; may be NULL */
	int64_t reading;
	bool whole;    /* a transaction is open already */
	size_t failed; /* out: could not be read at all (told by a notice) */
};

/* Has the wanted documents parsed in worker processes and inserts their rows,
   in transactions of its own unless whole is set. */
int pm_index_gather(struct pm_index *index, struct pm_gather *gather,
	const struct pm_wants *wants);

/* Takes the record of wants->items[item]; an empty one: unreadable. */
typedef int (*pm_parsed_fn)(void *data, size_t item, struct pm_slice record);

/* Only the parsing: hands each record to fn, in order. */
int pm_index_parse(struct pm_index *index, struct pm_gather *gather,
	const struct pm_wants *wants, pm_parsed_fn fn, void *data);

/* Begins a transaction that writes. Waits for another process's to end. */
int pm_index_begin(struct pm_index *index);

/* Ends the open transaction: COMMIT when ret is 0, else ROLLBACK. Returns
   ret, or the failure of COMMIT; an error in the context survives. */
int pm_index_finish(struct pm_index *index, int ret);

/* Inserts a document of a view (0: temp.current). 1: done; 0: its blob has no
   row under reading. */
int pm_doc_insert(struct pm_index *index, int64_t view, int64_t reading,
	const struct pm_want *want);

/* Appends the documents of a snapshot with their blobs; paths are borrowed
   from it. */
int pm_index_state(
	struct pm_ctx *ctx, struct pm_snapshot *snap, struct pm_wants *out);

/* ---- queries ---- */

enum pm_query_op {
	PM_QUERY_IS, /* ":" or "=" */
	PM_QUERY_LT,
	PM_QUERY_LE,
	PM_QUERY_GT,
	PM_QUERY_GE,
};

enum pm_query_type {
	PM_QUERY_TEXT,     /* words in a column */
	PM_QUERY_KEY,      /* a word of the policy or of the documents */
	PM_QUERY_SEVERITY, /* compared by the policy's order */
	PM_QUERY_STATUS,   /* under any of the policy's names */
	PM_QUERY_PERSON,
	PM_QUERY_STARTED, /* a date, with operators */
	PM_QUERY_AFTER,
	PM_QUERY_BEFORE,
	PM_QUERY_HAS,
	PM_QUERY_ID,
	PM_QUERY_PATH,
};

struct pm_query_field {
	const char *name;
	enum pm_query_type type;
	enum pm_text_column column; /* TEXT */
	char key;                   /* PM_KEY_..., 0: none */
};

/* One value of a filter, and what it became. */
struct pm_query_value {
	struct pm_slice text;
	unsigned col;          /* 1-based byte in the query */
	int64_t from, until;   /* dates: seconds, until exclusive */
	struct pm_slice *keys; /* with separators: any of them */
	size_t nkeys;
};

struct pm_query_term {
	const struct pm_query_field *field; /* NULL: text in any column */
	enum pm_query_op op;
	bool negative;
	bool prefix;
	unsigned col;           /* where the term begins, 1-based byte */
	struct pm_slice phrase; /* text: as written */
	struct pm_slice *words; /* text: its tokens, folded */
	size_t nwords;
	struct pm_query_value *values; /* filter: any of them */
	size_t nvalues;
};

struct pm_query {
	struct pm_arena arena;
	struct pm_query_term *terms;
	size_t nterms;
	size_t ntexts; /* text terms that are not negative */
	size_t nnots;  /* text terms that are */
};

#define PM_QUERY_MAX_BYTES 4096
#define PM_QUERY_MAX_TERMS 64

/* The fields of the language by name, NULL name after the last. */
extern const struct pm_query_field pm_query_fields[];

/*
 * Reads a query; text must outlive it. PM_EUSAGE with the place in the
 * context's error. Release it in any case.
 */
int pm_query_parse(
	struct pm_ctx *ctx, struct pm_slice text, struct pm_query *query);
void pm_query_release(struct pm_query *query);

/* Fails with PM_EUSAGE at a column of the query. */
int pm_query_fail(struct pm_ctx *ctx, unsigned col, const char *fmt, ...)
	PM_PRINTF(3, 4);

/* Reads YYYY, YYYY-MM or YYYY-MM-DD as a range of seconds. */
int pm_query_date(struct pm_ctx *ctx, struct pm_query_value *value);

/* Checks a value of has:. */
int pm_query_has(struct pm_ctx *ctx, const struct pm_query_value *value);

/* Looks values up in the policy; unknown ones fail with the nearest. index
   may be NULL: then a word counts only when the policy has it. */
int pm_query_resolve(struct pm_index *index, struct pm_ctx *ctx,
	const struct pm_policy *policy, struct pm_query *query);

/* A composed statement's text and values. */
struct pm_bind {
	bool is_int;
	int64_t i;
	struct pm_slice text; /* in the query's arena */
};

struct pm_compiled {
	struct pm_buf match; /* full-text expression; empty: none */
	struct pm_buf where; /* " AND (...)" ... over d (doc) and b (blob) */
	PM_VEC(struct pm_bind) binds;
};

#define PM_COMPILED_INIT                                                       \
	{                                                                      \
		PM_BUF_INIT, PM_BUF_INIT,                                      \
		{                                                              \
			NULL, 0, 0                                             \
		}                                                              \
	}

/* Makes SQL of a resolved query; now is for has:overdue. */
void pm_query_compile(
	struct pm_query *query, int64_t now, struct pm_compiled *out);
void pm_compiled_release(struct pm_compiled *compiled);

/* Binds the where part from position pos on; returns the next position. */
int pm_compiled_bind(
	const struct pm_compiled *compiled, struct pm_stmt *stmt, int pos);

/* Parses, resolves and compiles. */
int pm_index_prepare(struct pm_index *index, const char *text,
	struct pm_query *query, struct pm_compiled *compiled);

/* Days of the calendar: the day of an instant in UTC. */
int64_t pm_index_day(int64_t sec);

/* ---- snippets ---- */

struct pm_snippet {
	struct pm_buf text;    /* matches between \x01 and \x02 */
	struct pm_buf section; /* heading; empty: none */
	unsigned line;
	bool best; /* in the body, with all words: none is better */
};

/*
 * Finds where the document matches best: the piece with most of the words,
 * the title last, the first of equals; cuts the text around it.
 */
void pm_snippet_find(const struct pm_doc *doc, const struct pm_query *query,
	struct pm_snippet *out);

/*
 * The same from the bytes of a document, without reading its front matter.
 * False: it has to be read whole.
 */
bool pm_snippet_from_body(const char *path, struct pm_slice bytes,
	const struct pm_doc_opts *opts, const struct pm_query *query,
	struct pm_snippet *out);

#endif
