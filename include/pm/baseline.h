/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The baseline: the findings that a team lives with, in one committed file,
 * .pm/baseline, a line each. pm check leaves them out, so that what it tells
 * is new. A line is
 *
 *	PATH RULE FINGERPRINT # what it says (reason: why it was accepted)
 *
 * with blanks in the path as %20. The fingerprint is made of the rule, its
 * words and what it is about, the title of an action or else the text of the
 * line, never of the line's number; the
 * same finding twice in a document has two lines. A document that moves keeps
 * its lines while its id stays, and one that gets another name where an action,
 * a line of its own or the day in the name tells that it is the same: half of
 * what was accepted has to be found in it. The lines are sorted, so that two
 * branches merge; the words behind "#" are for people.
 *
 *	struct pm_baseline_result result;
 *	if (pm_baseline_shrink(ctx, snap, NULL, 0, &result) == 0)
 *		printf("%zu lines stay\n", result.held);
 */
#ifndef PM_BASELINE_H
#define PM_BASELINE_H

#include "pm/check.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PM_BASELINE_PATH ".pm/baseline"

/* True when the baseline may hold findings of this rule back: not what says
   that a document cannot be read, nor what guards approvals. */
bool pm_rule_baselined(struct pm_slice rule);

struct pm_baseline_result {
	size_t held;  /* lines, after the change */
	size_t added; /* by it */
	size_t gone;  /* by it */
};

/*
 * Takes the lines out whose findings are mended, of ndocs documents, or of all
 * when docs is NULL. Lines of what nobody could look at stay, and so does
 * everything else in the file. PM_EBARE: the snapshot is not of a work tree.
 * PM_ENOTFOUND: there is no baseline.
 */
int pm_baseline_shrink(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const size_t *docs, size_t ndocs, struct pm_baseline_result *result);

struct pm_baseline_accept {
	const char *rule;
	const char *reason;
	const size_t *docs; /* ndocs numbers of documents */
	size_t ndocs;
};

/*
 * Adds the findings of one rule in some documents, with the reason. PM_EUSAGE:
 * no such rule, one that no baseline takes, no reason. Nothing to add is 0
 * with result->added 0.
 */
int pm_baseline_accept(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_baseline_accept *accept,
	struct pm_baseline_result *result);

/*
 * Appends the text of a new baseline that holds all of a snapshot's findings.
 * tell (may be NULL) is called with each finding, also with those that it
 * cannot hold.
 */
int pm_baseline_write(struct pm_ctx *ctx, struct pm_snapshot *snap,
	pm_finding_fn tell, void *data, struct pm_buf *out);

#ifdef __cplusplus
}
#endif

#endif
