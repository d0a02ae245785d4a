/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The search index: a cache in <common git dir>/pm/index.db. Git objects are
 * the truth; deleting it loses nothing. Opening brings it up to date with
 * HEAD at a cost that follows what changed since. Where the repository cannot
 * be written it is kept in the user's cache, or in memory.
 *
 *	struct pm_index *index;
 *	if (pm_index_open(ctx, repo, PM_INDEX_DEFAULT, &index) == 0)
 *		pm_index_search(ctx, index, "timeout", &opts, emit, data);
 */
#ifndef PM_INDEX_H
#define PM_INDEX_H

#include "pm/doc.h"
#include "pm/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pm_index;

enum pm_index_flags {
	PM_INDEX_DEFAULT = 0,
	PM_INDEX_REBUILD = 1, /* throw away and build anew */
	/* For one search of HEAD: an index that is current and that nobody
	   writes is only looked at, which takes less time. */
	PM_INDEX_GLANCE = 2,
};

/* What an open or refresh did. */
struct pm_index_stats {
	size_t documents; /* in the present revision */
	size_t added;     /* documents parsed and inserted by this call */
	size_t removed;   /* paths that went away */
	bool rebuilt;
	bool in_memory;
};

/*
 * Opens and refreshes. A damaged, foreign or older index is rebuilt with a
 * notice; a directory that cannot be written gives an index in the user's
 * cache or in memory. Two processes may do so at once.
 */
int pm_index_open(struct pm_ctx *ctx, struct pm_repo *repo, unsigned flags,
	struct pm_index **out);

/* Frees it; NULL is fine. */
void pm_index_free(struct pm_index *index);

/* What the last open did. Fails where the documents cannot be counted. */
int pm_index_stats(struct pm_index *index, struct pm_index_stats *out);

/*
 * 1 where the queries see a document at all, 0 where there is none, or a PM_E
 * code. It asks the index as it is: one that is only looked at stays so.
 */
int pm_index_any(struct pm_index *index);

/*
 * Makes the queries that follow see the documents of snap (a revision, the
 * staged index, or the work tree with its uncommitted documents) instead of
 * HEAD.
 */
int pm_index_use(
	struct pm_ctx *ctx, struct pm_index *index, struct pm_snapshot *snap);

/*
 * Appends the path of the database file that an open would use, whether or not
 * it exists: in the repository, or in the user's cache. PM_ENOTFOUND: it would
 * be kept in memory.
 */
int pm_index_path(struct pm_ctx *ctx, struct pm_repo *repo, struct pm_buf *out);

/*
 * Compares the index with the Git objects: every document of HEAD parsed
 * again and its row compared. Returns the number of rows that differ (each
 * told by a notice), or a PM_E code.
 */
int pm_index_verify(struct pm_ctx *ctx, struct pm_index *index);

struct pm_search_result {
	struct pm_slice id, path, title;
	double score;            /* larger is better */
	struct pm_slice section; /* heading of the section of the first match */
	unsigned line; /* of the first match; 1 when only fields match */
	struct pm_slice snippet; /* matches between \x01 and \x02 */
};

/* Called best first; the result is borrowed for the call. Any return other than
   0 stops the search and is what it returns. */
typedef int (*pm_search_fn)(void *data, const struct pm_search_result *result);

struct pm_search_opts {
	size_t limit; /* most results; 0: 10 */
};

/*
 * Searches with the query language (pm-query(7)); best first. Returns the
 * number of results given, or PM_EUSAGE for a wrong query with a message that
 * shows where (error.pos.col is the 1-based byte in the query).
 */
int pm_index_search(struct pm_ctx *ctx, struct pm_index *index,
	const char *query, const struct pm_search_opts *opts, pm_search_fn fn,
	void *data);

/* One document of a list: typed fields, moments, durations, counts. */
struct pm_list_item {
	struct pm_slice id, path, title, kind, status, severity, owner,
		incident, detected_by, trigger;
	struct pm_slice *services, *departments, *tags; /* counts below */
	size_t nservices, ndepartments, ntags;
	/* By enum pm_moment, as RFC 3339; empty: none. */
	struct pm_slice times[PM_MOMENT_COUNT];
	/* By enum pm_duration, minutes; -1: unknown. */
	int64_t durations[PM_DURATION_COUNT];
	int64_t actions, actions_open, actions_done, actions_overdue,
		actions_unowned;
};

/* As pm_search_fn, for a list. */
typedef int (*pm_list_fn)(void *data, const struct pm_list_item *item);

/*
 * Lists documents that match query ("" or NULL: all), newest first (by
 * started, then id). Returns the number of them, or PM_EUSAGE as above.
 */
int pm_index_list(struct pm_ctx *ctx, struct pm_index *index, const char *query,
	pm_list_fn fn, void *data);

#ifdef __cplusplus
}
#endif

#endif
