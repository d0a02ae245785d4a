/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libpm's own rooms need of a snapshot beyond pm/snapshot.h: bytes, other
 * files, templates, and a handle for worker processes.
 */
#ifndef PM_SNAPSHOT_SNAPSHOT_H
#define PM_SNAPSHOT_SNAPSHOT_H

#include "pm/snapshot.h"
#include "policy/template.h"

/*
 * Reads objects and files for one process; a worker makes its own, because a
 * Git handle is not shared over fork. snap must outlive it.
 */
struct pm_reader;
int pm_reader_new(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_reader **out);
void pm_reader_free(struct pm_reader *reader);

/*
 * Appends the bytes of document i. PM_ELIMIT beyond the policy's
 * max_document, with a message that gives both sizes. PM_ENOTFOUND: it went
 * away since the listing. oid, if not NULL, receives the blob's name.
 */
int pm_reader_doc(struct pm_ctx *ctx, struct pm_reader *reader, size_t i,
	struct pm_buf *out, struct pm_oid *oid);

/* Appends the bytes of any file of the state, up to limit (0: none). */
int pm_reader_file(struct pm_ctx *ctx, struct pm_reader *reader,
	struct pm_slice path, size_t limit, struct pm_buf *out);

/* 1 when path is a file, 2 when a directory of the state, 0 when neither. */
int pm_reader_exists(
	struct pm_ctx *ctx, struct pm_reader *reader, struct pm_slice path);

/*
 * The template of a document: by its kind where a template of that name
 * exists, else the policy's default; the repository's own wins over the
 * built-in. Parsed once per reader. Borrowed. NULL with an error in ctx when
 * the repository's template is wrong.
 */
const struct pm_template *pm_reader_template(
	struct pm_ctx *ctx, struct pm_reader *reader, struct pm_slice kind);

/* The template of this name; PM_ENOTFOUND with the nearest. Borrowed. */
int pm_reader_template_named(struct pm_ctx *ctx, struct pm_reader *reader,
	struct pm_slice name, const struct pm_template **out);

/* The repository, kind and tree (zero in the work tree) of a snapshot. */
struct pm_repo *pm_snapshot_repo(const struct pm_snapshot *snap);
enum pm_snapshot_kind pm_snapshot_kind(const struct pm_snapshot *snap);
const struct pm_oid *pm_snapshot_tree(const struct pm_snapshot *snap);

#endif
