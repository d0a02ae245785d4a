/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The check: every rule over every named document, all findings of one run in
 * path order and position. Documents are parsed in worker processes.
 *
 *	struct pm_check_opts opts = PM_CHECK_OPTS_INIT;
 *	opts.finding = print_it;
 *	if (pm_check_run(ctx, snap, &opts, &totals) == 0)
 *		return totals.errors ? 1 : 0;
 */
#ifndef PM_CHECK_H
#define PM_CHECK_H

#include "pm/changes.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The step of the process a rule belongs to. */
enum pm_step {
	PM_STEP_GATHER,
	PM_STEP_COLLECT,
	PM_STEP_ANALYSE,
	PM_STEP_LEARN,
	PM_STEP_PLAN,
	PM_STEP_SHARE,
};

/* "gather", "collect", ...: its name. Static. */
const char *pm_step_name(enum pm_step step);

struct pm_finding {
	const char *rule;    /* "action-owner" */
	enum pm_level level; /* never OFF */
	enum pm_step step;
	struct pm_slice path;     /* from the repository's top */
	struct pm_slice document; /* id */
	struct pm_pos start;      /* columns in bytes */
	struct pm_pos end;        /* exclusive */
	struct pm_slice message;  /* one line, names and values unescaped */
	struct pm_slice
		hint; /* what to do: 'write: owner: "@name"'; or empty */
	struct pm_slice source; /* the line at start; for people */
	/* What it is known by again, if not by its message and line: of an
	   action, in the body as in front matter, the message without its name,
	   and its title. Else empty. */
	struct pm_slice about;
	bool in_front; /* start is in the front matter */
	bool old;      /* it was there before the changes that are judged */
	bool mended;   /* only the earlier version has it: start and end are
			  places there, source is empty */
};

/* Called in the parent, in order; the finding is borrowed for the call. Any
   result other than 0 stops the run and is what it returns. */
typedef int (*pm_finding_fn)(void *data, const struct pm_finding *finding);

struct pm_baseline;

struct pm_check_opts {
	const size_t *docs; /* numbers of documents; NULL: all */
	size_t ndocs;
	pm_finding_fn finding; /* NULL: findings are only counted */
	void *data;
	/*
	 * Judge only the documents that these add, modify or move (of those in
	 * docs, if given), and of their findings those that are new; and the
	 * documents that speak of one that was removed or moved. The later
	 * state is the snapshot that is checked. NULL: judge all.
	 */
	struct pm_changes *changes;
	bool old;    /* with changes: hand on old findings as well, as notes */
	bool mended; /* with changes: hand on, behind a document's findings,
			those that only its earlier version has; no total
			counts them */
	bool ahead;  /* judge each document as if it had its next status, and
			without a look at the state before */
	bool commit; /* this goes into a commit, not into the main branch: where
			it brings an approval of the text as it is, what more
			approvals would mend is a warning. So several people
			can approve one after the other. */
	/* For pm_fix: told of what can be mended in document number doc. */
	int (*fixes)(void *data, size_t doc, struct pm_slice record);
	/* Whose lines are used up in place of those of the state's own file;
	   see pm/baseline.h. NULL: the state's own. */
	struct pm_baseline *baseline;
	bool no_baseline; /* it holds nothing back */
	/* Hand on so many findings, all at the end: errors before warnings
	   before notes, of one level the first; the order stays. Totals count
	   all. 0: every one, at once. Not with mended. */
	size_t most;
};

#define PM_CHECK_OPTS_INIT                                                     \
	{                                                                      \
		NULL, 0, NULL, NULL, NULL, false, false, false, false, NULL,   \
			NULL, false, 0                                         \
	}

struct pm_check_totals {
	size_t documents; /* judged */
	size_t errors, warnings, notes;
	size_t old;    /* findings that were there before, not handed out */
	size_t waived; /* findings that documents allow, not handed out */
	size_t held;   /* findings that the baseline holds, not handed out */
	size_t cut;    /* findings beyond the most, not handed out */
	size_t gone;   /* lines of the baseline whose findings are mended;
			  known where all documents are judged */
	size_t lost;   /* of them, of documents that are not there any more */
};

/*
 * Runs the check. Findings are results, not failures: 0 even when there are
 * some; a PM_E code when the check could not be made.
 *
 * A finding is old when the document had one of the same rule before, with the
 * same words, about the same action or else a line of the same text, and of no
 * lesser level. The earlier version is judged by the present policy. Line
 * numbers do not count.
 */
int pm_check_run(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_check_opts *opts, struct pm_check_totals *totals);

/* What pm explain shows of a rule. All static. */
struct pm_rule_info {
	const char *id;
	enum pm_step step;
	enum pm_level level[PM_STATUS_COUNT]; /* default, per status */
	const char *summary;
	const char *why;
	const char *bad;  /* a whole document or a fragment that breaks it */
	const char *good; /* the same, mended */
};

/* All rules, in the order of their names; count of them in *n. Static. */
const struct pm_rule_info *const *pm_rules(size_t *n);

/* The rule of this name, or NULL (see pm_rule_nearest). Static. */
const struct pm_rule_info *pm_rule_find(struct pm_slice id);

/* True when a document may waive findings of this rule, with a reason. */
bool pm_rule_waivable(struct pm_slice id);

/* True when a waiver of it in front matter must say for which lines it is. */
bool pm_rule_placed(struct pm_slice id);

/* The nearest rule name to a mistyped one, or NULL. Static. */
const char *pm_rule_nearest(struct pm_slice id);

#ifdef __cplusplus
}
#endif

#endif
