/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a sentence or an entry claims about the incident: that a duration is
 * the incident's own or a measure's, that an entry is a moment. Only plain
 * English words are understood, and few of them: a claim that is overlooked
 * costs less than one that was never made.
 */
#ifndef PM_CHECK_CLAIMS_H
#define PM_CHECK_CLAIMS_H

#include "check/check.h"
#include "check/duration.h"

enum pm_claim_kind {
	PM_CLAIM_NONE,
	PM_CLAIM_WHOLE, /* "the incident lasted ...", "Duration: ..." */
	PM_CLAIM_TTD,   /* "time to detect: ..." */
	PM_CLAIM_TTA,
	PM_CLAIM_TTI,
	PM_CLAIM_TTM,
	PM_CLAIM_TTR, /* "resolved within ...", "time to recovery" */
};

struct pm_claim {
	enum pm_claim_kind kind;
	bool part;  /* perhaps only of a part of it: it can be shorter */
	bool most;  /* "within": it can be shorter in any case */
	bool label; /* it is one that stands for itself: "Duration: ..." */
};

/*
 * What a duration in text is said to be. typed is as pm_typed_next found it
 * in text; the sentence around it is looked at, in its own paragraph, list
 * item or table row.
 */
struct pm_claim pm_claim_read(
	struct pm_slice text, const struct pm_typed *typed);

/*
 * As pm_claim_read, but for the many words elsewhere in the sentence that take
 * a claim back or make it one of a part, which take longer to look for.
 */
struct pm_claim pm_claim_guess(
	struct pm_slice text, const struct pm_typed *typed);

/* A moment that an entry of a timeline claims to be. */
struct pm_moment_claim {
	enum pm_moment moment;
	bool weak; /* others could be meant: "alert fires" */
};

/* False when the entry's text claims none. Weak claims are looked for where
   they are wanted, which takes longer. */
bool pm_moment_claim_read(
	struct pm_slice text, bool weak, struct pm_moment_claim *out);

#endif
