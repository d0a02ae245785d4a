/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pm approve: records in a document's front matter that a person approves its
 * text as it is: who, when, and the digest of the text (see pm_doc_digest).
 * Either every named document takes the approval or none is written.
 *
 *	struct pm_approve_opts opts = {.docs = &number, .ndocs = 1};
 *	ret = pm_approve(ctx, snap, &opts);
 */
#ifndef PM_APPROVE_H
#define PM_APPROVE_H

#include "pm/check.h"

#ifdef __cplusplus
extern "C" {
#endif

enum pm_approve_outcome {
	PM_APPROVE_NEW,     /* the person's first approval of this document */
	PM_APPROVE_RENEWED, /* was of another text; its place was taken */
	PM_APPROVE_ALREADY, /* of this very text; nothing is written */
};

struct pm_approve_note {
	const char *path; /* from the repository's top */
	struct pm_slice id;
	const char *by;     /* as it is written */
	const char *digest; /* with its prefix */
	enum pm_approve_outcome outcome;
};

struct pm_approve_opts {
	const size_t *docs; /* numbers of documents */
	size_t ndocs;
	const char *by;        /* NULL: who git says it is */
	bool no_verify;        /* approve what the check finds errors in, too */
	pm_finding_fn finding; /* told of the errors that stand against it */
	void *finding_data;
	/* Told of each document, in path order, once it is written. */
	void (*done)(void *data, const struct pm_approve_note *note);
	void *data;
};

/*
 * Approves. Returns the number of documents that were written, 0 when all were
 * approved already, or a PM_E code with nothing written: PM_EUSAGE when nobody
 * can be told to be the approver, PM_EINVALID when a document may not be
 * approved, as it is or by this person. An error of the check that an approval
 * would mend stands against none.
 */
int pm_approve(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_approve_opts *opts);

#ifdef __cplusplus
}
#endif

#endif
