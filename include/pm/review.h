/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The review: what changed between two versions of a document, said in the
 * words of a post-mortem. A moment was moved, an action slipped or was dropped
 * without a word, a section was emptied. A change is one flat record; what a
 * reviewer must not miss weighs most and comes first.
 *
 *	struct pm_review_opts opts = PM_REVIEW_OPTS_INIT;
 *	opts.sink = to_stdout;
 *	ret = pm_review_run(ctx, old_snap, new_snap, &opts, &totals);
 */
#ifndef PM_REVIEW_H
#define PM_REVIEW_H

#include "pm/changes.h"
#include "pm/report.h"

#ifdef __cplusplus
extern "C" {
#endif

enum pm_review_weight {
	PM_REVIEW_QUIET,  /* nobody needs to stop at it */
	PM_REVIEW_CHANGE, /* what the change is about */
	PM_REVIEW_ALERT,  /* look here first: it is easily slipped in */
};
#define PM_REVIEW_WEIGHTS 3

/* "quiet", "change", "alert". Static. */
const char *pm_review_weight_name(enum pm_review_weight weight);

/*
 * What stands before the words of a rewritten section: one byte each, which no
 * document can bring in. Words without a mark are the same in both versions.
 */
enum pm_review_mark {
	PM_REVIEW_SAME = 0,         /* never written */
	PM_REVIEW_REMOVED = '\x01', /* begins what was removed */
	PM_REVIEW_ADDED = '\x02',   /* begins what was added */
	PM_REVIEW_ENDS = '\x03',    /* ends either */
	PM_REVIEW_GAP = '\x04',     /* alone: something was left out here */
};

/* One thing that changed. Texts are as written, unescaped. */
struct pm_review_change {
	const char *kind; /* "moment-moved"; static */
	enum pm_review_weight weight;
	bool old_side; /* line is one of the old version: it is gone */
	unsigned line; /* 1-based */
	struct pm_slice subject;            /* "A2", "detected", "Impact" */
	struct pm_slice old_text, new_text; /* values; empty: none */
	int64_t amount;                     /* by how much, in units */
	const char *unit;        /* "seconds", "days", "words"; NULL: no amount.
				    Static */
	struct pm_slice message; /* all of it in one line, for people */
	struct pm_slice words;   /* of a rewritten section, with their marks;
				    empty: not asked for */
};

/*
 * A document that differs, with its changes, worst first; or one that is the
 * same, and in which something it speaks of brought or mended a finding: a
 * file that is evidence, a heading it links to.
 */
struct pm_review_doc {
	enum pm_change_kind kind; /* NONE: it is the same */
	struct pm_slice path;     /* of the new version, else of the old one */
	struct pm_slice old_path; /* empty: there was none */
	struct pm_slice id, title, status, severity; /* of the same version */
	const struct pm_review_change *changes;
	size_t nchanges;
	size_t weights[PM_REVIEW_WEIGHTS]; /* how many of each */
};

struct pm_review_opts {
	const char *format; /* "text", "markdown", "json", "html"; NULL: text */
	bool color;         /* text: escape sequences allowed */
	unsigned width;     /* text: columns; 0: lines are not folded */
	struct pm_slice here;     /* text: paths are seen from this directory */
	bool words;               /* word-level differences of sections */
	const char *const *paths; /* only the documents that stand, or stood,
				     at one of these; NULL: all */
	size_t npaths;
	size_t max_size; /* bytes of markdown and html; 0: 65,000 and 8 MiB */
	pm_sink_fn sink;
	void *sink_data;
};

#define PM_REVIEW_OPTS_INIT                                                    \
	{                                                                      \
		NULL, false, 0, {"", 0}, false, NULL, 0, 0, NULL, NULL         \
	}

struct pm_review_totals {
	size_t documents; /* that differ */
	size_t unchanged; /* that are the same, and told of */
	size_t weights[PM_REVIEW_WEIGHTS];
	size_t introduced[PM_LEVEL_COUNT]; /* findings, by level */
	size_t mended;
	bool settings; /* the policy or the people changed as well */
};

/*
 * Compares two states and writes what changed. Documents come in path order.
 * PM_EUSAGE: no such format, with the nearest.
 */
int pm_review_run(struct pm_ctx *ctx, struct pm_snapshot *before,
	struct pm_snapshot *after, const struct pm_review_opts *opts,
	struct pm_review_totals *totals);

#ifdef __cplusplus
}
#endif

#endif
