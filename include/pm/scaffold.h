/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Setting up a repository and starting a post-mortem. What is there already is
 * never written over.
 *
 *	struct pm_new_opts opts = {.title = "Checkout 500s"};
 *	struct pm_buf path = PM_BUF_INIT;
 *	if (pm_new(ctx, snap, &opts, &path) == 0)
 *		puts(path.ptr);
 *	pm_buf_release(&path);
 */
#ifndef PM_SCAFFOLD_H
#define PM_SCAFFOLD_H

#include "pm/snapshot.h"
#include "pm/time.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Told of each file, path from the repository's top and borrowed for the call:
   written is false when it was there already. */
typedef void (*pm_wrote_fn)(void *data, const char *path, bool written);

/*
 * Writes .pm/policy.yaml, and with templates also .pm/templates/. Existing
 * files are never changed. Returns the number of files written. PM_EBARE: no
 * work tree.
 */
int pm_init(struct pm_ctx *ctx, struct pm_repo *repo, bool templates,
	pm_wrote_fn wrote, void *data);

struct pm_new_opts {
	const char *title;    /* never NULL, UTF-8, not blank */
	const char *slug;     /* words for the id; NULL: those of the title */
	const char *tmpl;     /* template name; NULL: by kind, else policy */
	const char *severity; /* NULL: not said */
	const char *kind;
	const char *started; /* as typed; NULL: not said */
	const char *owner;
	const char *incident;
	const char *const *services; /* nservices of them */
	size_t nservices;
	const char *const *departments;
	size_t ndepartments;
};

/*
 * Creates POSTMORTEMS/YYYY/YYYY-MM-DD-slug.md in the work tree from the
 * template, durably, never over an existing file (a second one of the same
 * name gets -2, -3 ...). Values are checked against the policy: PM_EUSAGE
 * with the nearest right word; PM_EBARE: no work tree. The path from the top is
 * appended to path. Departments and teams of the services are filled in.
 */
int pm_new(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_new_opts *opts, struct pm_buf *path);

/*
 * Appends the slug of a title: [a-z0-9-], at most 60 bytes, cut at a word;
 * Latin diacritics folded, other scripts transliterated where one letter has
 * one plain reading (Cyrillic, Greek, Korean). Of a title without such words
 * it is "incident-" and 8 hex digits of its digest, and false is returned.
 */
bool pm_slug(struct pm_buf *out, struct pm_slice title);

#ifdef __cplusplus
}
#endif

#endif
