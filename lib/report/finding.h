/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared by the formats that build servers and forges read: a record seen as a
 * finding, findings held back worst first, and fingerprints that survive edits
 * elsewhere in the document.
 */
#ifndef PM_REPORT_FINDING_H
#define PM_REPORT_FINDING_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "report/report.h"

/* Worst first. */
enum pm_rank { PM_RANK_ERROR, PM_RANK_WARNING, PM_RANK_NOTE, PM_RANKS };

/* "error", "warning", "note". Static. */
const char *pm_rank_name(enum pm_rank rank);

/* A record as a finding; texts point into its values. */
struct pm_seen {
	struct pm_slice path, rule, message, hint, document;
	enum pm_rank rank;
	unsigned line, col, end_line, end_col; /* bytes, end exclusive */
	/* Columns in code points on line; a finding that goes on below it ends
	   with it, since the text of other lines is not at hand. */
	unsigned char_col, char_end_col;
	struct pm_slice fingerprint; /* only where the format made one */
};

struct pm_seen pm_seen_read(
	const struct pm_report *report, const struct pm_value *values);

/* Findings held back until the end, in order within each rank. */
struct pm_held {
	struct pm_arena arena;
	PM_VEC(struct pm_seen) ranks[PM_RANKS];
	size_t seen[PM_RANKS]; /* also those that were not kept */
};

/* Copies the finding, unless its rank has most of them already. */
void pm_held_add(struct pm_held *held, const struct pm_seen *seen, size_t most);
size_t pm_held_total(const struct pm_held *held);
void pm_held_release(struct pm_held *held);

/* Appends "3 errors, 1 warning"; "no findings" when there are none. */
void pm_add_counts(struct pm_buf *buf, const size_t counts[PM_RANKS]);

/*
 * Where the producer held findings back (its total "not_shown"), sets counts
 * to its totals, which count them too; returns how many they are.
 */
size_t pm_held_back(const struct pm_report *report, size_t counts[PM_RANKS]);

/*
 * Appends the finding's fingerprint: made from rule, document and message, not
 * from its line, and unique among all for which seen was used.
 */
void pm_add_fingerprint(
	struct pm_buf *buf, struct pm_map *seen, const struct pm_seen *finding);

#endif
