/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A baseline as it is read (see pm/baseline.h). Matching takes lines away: as
 * often as a finding is written it is held back. Private to this directory
 * but for its fuzz entry.
 */
#ifndef PM_CHECK_BASELINE_H
#define PM_CHECK_BASELINE_H

#include "base/digest.h"
#include "base/map.h"
#include "base/record.h"
#include "base/vec.h"
#include "pm/baseline.h"
#include "snapshot/snapshot.h"

/* Bytes of a baseline: half a million findings, those of 50,000 documents as
   teams have them. */
#define PM_BASELINE_MOST ((size_t)64 << 20)

/* Hexadecimal digits of a fingerprint. */
#define PM_FINGERPRINT_LEN 16

struct pm_baseline_line {
	struct pm_slice text; /* the whole line, its end included */
	struct pm_slice path; /* decoded; empty: a comment or a blank line */
	struct pm_slice rule;
	struct pm_slice print;
	bool used;   /* a finding had it */
	bool unread; /* nobody could look whether there is a finding */
	bool met;    /* while two documents are compared: a finding is its */
};

/* Entries of one path. */
struct pm_baseline_range {
	size_t from, to; /* of sorted */
};

/* A document of the file that is not there any more. */
struct pm_baseline_gone {
	struct pm_baseline_range range;
	size_t next; /* number + 1 of another with its id; 0: there is none */
	bool moved;  /* a document that is there has its id */
};

struct pm_baseline {
	struct pm_buf text;
	struct pm_arena arena;
	PM_VEC(struct pm_baseline_line) lines; /* in the file's order */
	size_t *sorted;                        /* entries only, nsorted */
	size_t nsorted;
	const struct pm_snapshot *snap; /* the state; NULL: none */
	struct pm_reader *reader;       /* of it, to see what moved */
	struct pm_map moved; /* by id, whatever the case of its letters: number
				+ 1 of the first in gone */
	struct pm_map signs; /* what tells them from others: number + 1 */
	PM_VEC(struct pm_baseline_gone) gone;
	bool knows_moved;
	/* The document that was last asked for, and the entries of its path. */
	struct pm_buf path;
	struct pm_baseline_range own;
	bool knows_renamed;
	size_t renamed; /* number + 1 in gone of the one that it was; 0: none */
	/* All its findings, to be read once more, set by who reads them. */
	struct pm_record said;
	size_t nsaid;
};

/* Reads the text of a baseline. PM_EINVALID at the place of a wrong line. */
int pm_baseline_parse(
	struct pm_ctx *ctx, struct pm_slice text, struct pm_baseline **out);

/* Reads that of a state; *out is NULL, and 0 returned, where it has none. */
int pm_baseline_load(
	struct pm_ctx *ctx, struct pm_snapshot *snap, struct pm_baseline **out);
void pm_baseline_free(struct pm_baseline *baseline);

/* True when the baseline holds the finding back; the line is used up. */
bool pm_baseline_holds(struct pm_ctx *ctx, struct pm_baseline *baseline,
	const struct pm_finding *finding);

/* True when the document was looked at and the finding is not there. */
bool pm_baseline_line_gone(const struct pm_baseline_line *line);

/* Lines whose findings are gone; *lost (may be NULL) receives how many of
   them are of a document that is not there any more. */
size_t pm_baseline_unused(
	struct pm_ctx *ctx, struct pm_baseline *baseline, size_t *lost);

/* The i-th entry in the order of entries. Borrowed. */
struct pm_baseline_line *pm_baseline_entry(
	const struct pm_baseline *baseline, size_t i);

/* The fingerprint of a finding, the beginning of hex. */
struct pm_slice pm_baseline_print(
	const struct pm_finding *finding, char hex[PM_SHA256_HEX]);

/* The first line of a range that has the finding and is neither used nor met,
   or NULL. Borrowed. */
struct pm_baseline_line *pm_baseline_find(struct pm_baseline *baseline,
	struct pm_baseline_range range, const struct pm_finding *finding);

/* Notes by what the documents that are gone, and moved nowhere, are known. */
void pm_baseline_note_signs(struct pm_baseline *baseline);

/* Number + 1 of the one that the document of a finding was before it got
   another name; 0: none for sure. */
size_t pm_baseline_renamed(
	struct pm_baseline *baseline, const struct pm_finding *of);

/* Appends the line of a finding, its end included; reason may be NULL. */
void pm_baseline_add_line(struct pm_buf *out, const struct pm_finding *finding,
	const char *reason);

/* The order of lines: by path, rule and fingerprint. */
int pm_baseline_order(
	const struct pm_baseline_line *a, const struct pm_baseline_line *b);

/* Reads one line into *out. NULL, or why it is wrong. */
const char *pm_baseline_read_line(struct pm_arena *arena, struct pm_slice text,
	struct pm_baseline_line *out);

#endif
