/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A Git repository: where pm keeps nothing but what git would. Opened once
 * per process (workers open their own), from a directory inside it, honouring
 * GIT_DIR and its relatives through the context's environment.
 *
 *	struct pm_repo *repo;
 *	if (pm_repo_open(ctx, ".", &repo) == 0)
 *		puts(pm_repo_common_dir(repo));
 *	pm_repo_free(repo);
 */
#ifndef PM_REPO_H
#define PM_REPO_H

#include "pm/context.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pm_repo;

/* The name of a Git object (SHA-1). */
struct pm_oid {
	unsigned char bytes[20];
};

/*
 * Opens the repository around dir. PM_ENOTFOUND: none there; every other
 * shape that cannot be used (other owner, SHA-256, unknown extension, broken
 * configuration) fails with a message that names the cause and the way out.
 */
int pm_repo_open(struct pm_ctx *ctx, const char *dir, struct pm_repo **out);

/* Frees it with all that was borrowed from it; NULL is fine. */
void pm_repo_free(struct pm_repo *repo);

/* Absolute, without a trailing "/"; NULL in a bare repository. Borrowed. */
const char *pm_repo_worktree(const struct pm_repo *repo);

/* The directory shared by all linked work trees (.git). Borrowed. */
const char *pm_repo_common_dir(const struct pm_repo *repo);

/*
 * Turns a path as typed in directory dir (relative or absolute) into one
 * relative to the work tree's top (appended to out). PM_EINVALID: outside.
 */
int pm_repo_path(struct pm_ctx *ctx, struct pm_repo *repo, const char *typed,
	struct pm_buf *out);

/*
 * The directory the repository was opened from, relative to the work tree's
 * top; empty at the top and outside of it. Borrowed.
 */
struct pm_slice pm_repo_here(const struct pm_repo *repo);

/*
 * The inverse of pm_repo_path, for messages: appends path as seen from the
 * directory the repository was opened from ("../a.md").
 */
void pm_repo_relative(
	struct pm_repo *repo, struct pm_slice path, struct pm_buf *out);

/* Appends a configuration value ("core.editor") as git would see it.
   PM_ENOTFOUND: it is not set. */
int pm_repo_config(struct pm_ctx *ctx, struct pm_repo *repo, const char *key,
	struct pm_buf *out);

/* Lower-case hexadecimal, 40 characters and a terminator. */
#define PM_OID_HEX 41
void pm_oid_hex(const struct pm_oid *oid, char out[PM_OID_HEX]);

/* Reads 40 hexadecimal characters. PM_EINVALID when they are not. */
int pm_oid_parse(struct pm_slice hex, struct pm_oid *out);

#ifdef __cplusplus
}
#endif

#endif
