/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing changed documents. Private to this directory: edits come from the
 * workers, which parse, and are made here, in the parent, on the bytes that
 * are in the file now.
 */
#ifndef PM_MEND_PRIVATE_H
#define PM_MEND_PRIVATE_H

#include "base/record.h"
#include "doc/edit.h"
#include "snapshot/snapshot.h"

struct pm_mend {
	struct pm_snapshot *snap;
	struct pm_reader *reader;
	int root; /* of the work tree; -1 */
};

/* Fails with PM_EBARE unless the snapshot is of a work tree. Release in any
   case. */
int pm_mend_open(
	struct pm_ctx *ctx, struct pm_snapshot *snap, struct pm_mend *mend);
void pm_mend_release(struct pm_mend *mend);

/*
 * Reads document number doc into old and makes new from the edits of a record.
 * Fails when the file is no longer what the edits were made for.
 */
int pm_mend_make(struct pm_ctx *ctx, struct pm_mend *mend, size_t doc,
	struct pm_record *edits, struct pm_buf *old, struct pm_buf *new);

/* Writes the new bytes of a document, atomically, in place of the old ones;
   fails when somebody wrote others meanwhile, with PM_EREADONLY when nobody may
   write it. */
int pm_mend_write(struct pm_ctx *ctx, struct pm_mend *mend, size_t doc,
	struct pm_slice old, struct pm_slice bytes);

/* True when a document failed because it may not be written, which concerns no
   other: that is told, and the work goes on. */
bool pm_mend_passes(struct pm_ctx *ctx, int code);

/* Writes the person who approves to out, as pm writes people. PM_EUSAGE: it
   cannot be told. by may be NULL. */
int pm_mend_who(struct pm_ctx *ctx, struct pm_snapshot *snap, const char *by,
	struct pm_buf *out);

#endif
