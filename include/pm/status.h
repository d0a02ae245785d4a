/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where post-mortems stand: the six steps of each, what is missing in them
 * for its next status, whose turn it is and until when. What a rule would say
 * to the next status is missing today; open actions and the move to the next
 * status are owed as well.
 *
 *	ret = pm_status_run(ctx, snap, docs, ndocs, print_it, data);
 */
#ifndef PM_STATUS_H
#define PM_STATUS_H

#include "pm/check.h"
#include "pm/report.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PM_STEP_COUNT 6

/* One thing that somebody owes. Texts are as written, unescaped. */
struct pm_status_item {
	enum pm_step step;
	enum pm_level level;  /* of the finding; NOTE: it is no fault, only to
				 be done */
	const char *rule;     /* NULL: an open action, the next status, or an
				 approval that it waits for */
	struct pm_slice who;  /* "@ana"; empty: nobody is named */
	struct pm_slice what; /* one line */
	struct pm_date due;   /* the last day; year 0: none */
	int64_t late;         /* days past due; negative: days left */
	unsigned line;
};

struct pm_status_doc {
	struct pm_slice path, id, title, severity, owner;
	enum pm_status state;
	const struct pm_status_item *items; /* by step, then by line */
	size_t nitems;
	size_t owed[PM_STEP_COUNT]; /* items by step */
};

/* Called in path order; the document is borrowed for the call. Any result other
   than 0 stops and is what pm_status_run returns. */
typedef int (*pm_status_fn)(void *data, const struct pm_status_doc *doc);

/* Reads the documents by their numbers (NULL: all) and hands each out. */
int pm_status_run(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const size_t *docs, size_t ndocs, pm_status_fn fn, void *data);

/*
 * Appends one document in full, a line for each thing owed, safe for a
 * terminal; with color, what is late stands out.
 */
void pm_status_text(
	struct pm_buf *out, const struct pm_status_doc *doc, bool color);

/* What people owe, over many documents. */
struct pm_reminder;

/* For what is owed by person, however written (NULL: by anybody). Never NULL;
   pm_reminder_free ends it, for which NULL is fine. */
struct pm_reminder *pm_reminder_new(const char *person);

/* Adds, by copying, what the document's items owe. */
void pm_reminder_add(
	struct pm_reminder *reminder, const struct pm_status_doc *doc);

/*
 * Appends one text for each person, who is latest first: "text", "markdown",
 * or "mail" (an mbox). Returns the number of persons. PM_EUSAGE: no such
 * format.
 */
int pm_reminder_print(struct pm_ctx *ctx, struct pm_reminder *reminder,
	const char *format, struct pm_buf *out);
void pm_reminder_free(struct pm_reminder *reminder);

/* A document as a record of pm_report; "documents". */
#define PM_STATUS_COLUMNS 12
extern const struct pm_shape pm_shape_status;

/* Room for the nested records of one document. */
struct pm_status_scratch;
struct pm_status_scratch *pm_status_scratch_new(void);
void pm_status_scratch_free(struct pm_status_scratch *scratch);

/* Fills as many values as the shape has columns; they hold until the next
   call with the same scratch. */
void pm_status_values(const struct pm_status_doc *doc,
	struct pm_status_scratch *scratch, struct pm_value *out);

#ifdef __cplusplus
}
#endif

#endif
