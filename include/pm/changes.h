/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The documents that differ between two snapshots: the earlier one a revision,
 * the later one anything (the work tree with its untracked documents, the
 * staged index, a revision). What a document is, the later one's policy says.
 * A document that moved is one change: it has the same bytes, or the same id,
 * or half of its text, in another place.
 *
 *	struct pm_changes *changes;
 *	if (pm_changes_open(ctx, old, new, &changes) == 0)
 *		for (size_t i = 0; i < pm_changes_count(changes); i++)
 *			look_at(pm_changes_item(changes, i));
 *
 * The cost follows the change, but for the work tree, whose files are each
 * looked at (not read) to know whether they changed. Neither snapshot needs to
 * have its documents listed.
 */
#ifndef PM_CHANGES_H
#define PM_CHANGES_H

#include "pm/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

enum pm_change_kind {
	PM_CHANGE_ADDED,
	PM_CHANGE_REMOVED,
	PM_CHANGE_MODIFIED,
	PM_CHANGE_RENAMED, /* moved, and perhaps changed as well */
	PM_CHANGE_NONE,    /* of no item: for whoever tells of others, too */
};

/* "added", "removed", "modified", "renamed", "unchanged": its name. Static. */
const char *pm_change_name(enum pm_change_kind kind);

struct pm_change {
	enum pm_change_kind kind;
	const char *old_path;  /* NULL when added; else from the top */
	const char *new_path;  /* NULL when removed */
	struct pm_oid old_oid; /* zero when added */
	struct pm_oid new_oid; /* zero when removed */
};

struct pm_changes;

/*
 * Finds what differs. before must be of a revision (PM_EUSAGE); it stands for
 * an empty one when its repository has no commit yet. Both snapshots must
 * outlive what is returned.
 */
int pm_changes_open(struct pm_ctx *ctx, struct pm_snapshot *before,
	struct pm_snapshot *after, struct pm_changes **out);

/* Frees it with all that was borrowed from it; NULL is fine. */
void pm_changes_free(struct pm_changes *changes);

/* Number of documents that differ. */
size_t pm_changes_count(const struct pm_changes *changes);

/* The i-th change, 0-based, in order of the new (or else the old) path.
   Borrowed. */
const struct pm_change *pm_changes_item(
	const struct pm_changes *changes, size_t i);

/* The change whose new path this is, or NULL. Borrowed. */
const struct pm_change *pm_changes_find(
	const struct pm_changes *changes, const char *path);

/* Number of links that came, or changed, where documents are: they are not
   followed, so nobody reads what they lead to. The path of one, borrowed. */
size_t pm_changes_links(const struct pm_changes *changes, const char **first);

/*
 * Files that are no documents, but lie where those do, and that changed or
 * went: evidence, pictures, what links lead to. Their number, and the path of
 * the i-th, borrowed. Where the policy's globs begin with no directory, none.
 */
size_t pm_changes_files(const struct pm_changes *changes);
const char *pm_changes_file(const struct pm_changes *changes, size_t i);

/* True when the i-th document is in its place and lacks a heading that it had,
   to which a link may lead. One that cannot be read lost none. */
bool pm_changes_lost_heading(
	struct pm_ctx *ctx, const struct pm_changes *changes, size_t i);

/* Which settings changed in what Git has of them: ".pm/baseline,
   .pm/policy.yaml", the first few files of .pm and the people file; NULL: none
   did. Borrowed. */
const char *pm_changes_settings(const struct pm_changes *changes);

/* The earlier state. Borrowed. */
struct pm_snapshot *pm_changes_old(const struct pm_changes *changes);

#ifdef __cplusplus
}
#endif

#endif
