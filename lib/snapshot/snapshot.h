/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libpm's own rooms need of a snapshot beyond pm/snapshot.h: bytes, other
 * files, templates, and a handle for worker processes.
 */
#ifndef PM_SNAPSHOT_SNAPSHOT_H
#define PM_SNAPSHOT_SNAPSHOT_H

#include <sys/stat.h>

#include "base/map.h"
#include "pm/snapshot.h"
#include "policy/template.h"

/*
 * Reads objects and files for one process; a worker makes its own, for what is
 * kept between documents. snap must outlive it.
 */
struct pm_reader;
int pm_reader_new(struct pm_ctx *ctx, const struct pm_snapshot *snap,
	struct pm_reader **out);
void pm_reader_free(struct pm_reader *reader);

/* For pm_pool's help, with the snapshot as its data: see pm_git_help. */
int pm_snapshot_help(struct pm_ctx *ctx, void *snap, const char *request);

/*
 * Appends the bytes of document i. PM_ELIMIT beyond the policy's
 * max_document, with a message that gives both sizes. PM_ENOTFOUND: it went
 * away since the listing. oid, if not NULL, receives the blob's name.
 */
int pm_reader_doc(struct pm_ctx *ctx, struct pm_reader *reader, size_t i,
	struct pm_buf *out, struct pm_oid *oid);

/*
 * The blob's name without reading the document: 1 with *oid where git's own
 * notes tell it (always but in the work tree), 0 where the bytes must be
 * read, because the file changed since git saw it, or a PM_E code.
 */
int pm_reader_known(struct pm_ctx *ctx, struct pm_reader *reader, size_t i,
	struct pm_oid *oid);

/* A name for a file too large to be read, made of what it looks like: the same
   until the file is written. */
void pm_snapshot_look(const struct stat *st, struct pm_oid *out);

/* Appends a blob, a document of another state; as pm_reader_doc. */
int pm_reader_blob(struct pm_ctx *ctx, struct pm_reader *reader,
	const struct pm_oid *oid, struct pm_buf *out);

/* Appends the bytes of any file of the state, up to limit (0: none). */
int pm_reader_file(struct pm_ctx *ctx, struct pm_reader *reader,
	struct pm_slice path, size_t limit, struct pm_buf *out);

/* 1 when path is a file, 2 when a directory of the state, 0 when neither. */
int pm_reader_exists(
	struct pm_ctx *ctx, struct pm_reader *reader, struct pm_slice path);

/*
 * Visits the regular files of the state under a directory, links and other
 * repositories left out; the path is borrowed. In the work tree the order is
 * the directory's and files that git ignores are among them. A non-zero
 * return of fn stops and is returned.
 */
typedef int (*pm_reader_file_fn)(void *data, struct pm_slice path);
int pm_reader_files(struct pm_ctx *ctx, struct pm_reader *reader,
	struct pm_slice dir, pm_reader_file_fn fn, void *data);

/*
 * Tells of each document whose id is this but for case and accents (empty: of
 * each), as pm_reader_files does. The paths are listed at the first question;
 * for a snapshot that is not listed.
 */
int pm_reader_with_id(struct pm_ctx *ctx, struct pm_reader *reader,
	struct pm_slice id, pm_reader_file_fn fn, void *data);

/*
 * The template of a document: by its kind where a template of that name
 * exists, else the policy's default; the repository's own wins over the
 * built-in. Parsed once per reader. Borrowed. NULL with an error in ctx when
 * the repository's template is wrong.
 */
const struct pm_template *pm_reader_template(
	struct pm_ctx *ctx, struct pm_reader *reader, struct pm_slice kind);

/* The same for whoever takes a function of one pointer: where it looks. */
struct pm_reader_place {
	struct pm_ctx *ctx;
	struct pm_reader *reader;
};
const struct pm_template *pm_reader_find_template(
	void *place, struct pm_slice name);

/* The template of this name; PM_ENOTFOUND with the nearest. Borrowed. */
int pm_reader_template_named(struct pm_ctx *ctx, struct pm_reader *reader,
	struct pm_slice name, const struct pm_template **out);

/*
 * The number of the document at a path from the top; a file that is not
 * listed, be it outside the globs, is appended. oid is its blob, for whoever
 * knows it: the file is then not looked up again; NULL: unknown. PM_ENOTFOUND.
 */
int pm_snapshot_number(struct pm_ctx *ctx, struct pm_snapshot *snap,
	struct pm_slice path, const struct pm_oid *oid, size_t *out);

/* The same without a look at the files: SIZE_MAX when it is not there yet. */
size_t pm_snapshot_known(const struct pm_snapshot *snap, struct pm_slice path);

/* What the index holds of the i-th document; zero: nothing. Borrowed. */
const struct pm_oid *pm_snapshot_staged(
	const struct pm_snapshot *snap, size_t i);

/* False while the documents of an unlisted snapshot are not listed. */
bool pm_snapshot_listed(const struct pm_snapshot *snap);

/* Puts the ids of the documents that a sparse checkout leaves out. */
void pm_snapshot_left_out_ids(
	const struct pm_snapshot *snap, struct pm_map *out);

/* The repository and the kind of a snapshot. Borrowed. */
struct pm_repo *pm_snapshot_repo(const struct pm_snapshot *snap);
enum pm_snapshot_kind pm_snapshot_kind(const struct pm_snapshot *snap);

#endif
