/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared by the engine's files and by no rule: how findings are collected in
 * a worker, and how they travel to the parent.
 */
#ifndef PM_CHECK_PRIVATE_H
#define PM_CHECK_PRIVATE_H

#include "base/record.h"
#include "base/vec.h"
#include "check/check.h"

/* The level of every rule in every status, policy applied. */
struct pm_levels {
	struct pm_level_row {
		enum pm_level level[PM_STATUS_COUNT];
		bool by_policy[PM_STATUS_COUNT];
	} * rows; /* by number of the rule */
	size_t len;
};

/* A finding before it leaves the worker. */
struct pm_found {
	size_t rule; /* number */
	enum pm_level level;
	enum pm_step step;
	struct pm_pos start, end;
	struct pm_slice message, hint, about;
	size_t order; /* of being found: keeps the sort stable */
	bool rest;    /* stands for more findings than its own place */
	bool old;     /* it was there before */
};

struct pm_findings {
	PM_VEC(struct pm_found) items;
	const struct pm_levels *levels;
	const bool *only; /* by number: run this rule; NULL: all of them */
	enum pm_status state;
	size_t rule; /* number of the one that runs */
	enum pm_step step;
	const struct pm_action *about; /* the next finding is; NULL: none */
	size_t named;                  /* length of its name */
	struct pm_slice known; /* the next finding is known by; or empty */
	size_t listed;         /* findings of that rule so far */
	size_t unlisted;       /* more of it, beyond the ceiling */
	size_t waived; /* findings that the document's waivers took away */
	struct pm_buf text;
};

/* Runs every rule that may have something to say, and sorts. */
void pm_findings_run(struct pm_check *check);

/* Takes the findings away that the document's waivers hold for, counts them,
   and sets check->used. */
void pm_waivers_apply(struct pm_check *check);

/*
 * For a commit: makes warnings of the errors that more approvals would mend,
 * where the document has an approval of its text that check->base has not.
 */
void pm_findings_approving(struct pm_check *check);

/* Asks the rules that found something to mend it, and appends what they do
   to the record. */
void pm_fixes_put(struct pm_check *check, struct pm_buf *out);

/*
 * Appends the findings as a record, after the number of those waived. Each
 * line of the document that holds a finding travels once, its secrets hidden,
 * so the record cannot outgrow the document much. check is NULL for a document
 * that nobody could read.
 */
void pm_findings_put(const struct pm_findings *findings,
	const struct pm_check *check, struct pm_buf *out);

/* Reads the two numbers a record of findings begins with. */
void pm_findings_get_counts(
	struct pm_record *record, size_t *waived, size_t *n);

/* Reads one finding of a record; previous lines are kept in *finding. */
bool pm_findings_get(struct pm_record *record, struct pm_finding *finding);

/*
 * Marks the findings of doc that were there before: those that earlier, the
 * findings of its earlier version, has as well; they are marked there, too.
 */
void pm_findings_mark_old(struct pm_findings *findings,
	const struct pm_doc *doc, struct pm_findings *earlier,
	const struct pm_doc *before);

/* Of the findings of an earlier version, drops those that were marked. */
void pm_findings_keep_mended(struct pm_findings *earlier);

/* Empties for the next document. */
void pm_findings_reset(struct pm_findings *findings);

/*
 * The level of rule number i in a status nobody could read: the worst of the
 * three, so that a document cannot hide by being unreadable.
 */
enum pm_level pm_levels_worst(const struct pm_levels *levels, size_t i);

/* Applies the policy to the rules' own levels. PM_EINVALID: it names a rule
   that is none, at its place. */
int pm_levels_init(struct pm_ctx *ctx, struct pm_levels *levels,
	const struct pm_policy *policy);
void pm_levels_release(struct pm_levels *levels);

#endif
