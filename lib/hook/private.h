/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of lib/hook share. Private to this directory: place.c knows
 * the hook files, chain.c runs the hook that was there before, judge.c checks
 * what a commit or a push changes, push.c and message.c read what git hands
 * to the hook.
 */
#ifndef PM_HOOK_PRIVATE_H
#define PM_HOOK_PRIVATE_H

#include "base/vec.h"
#include "git/git.h"
#include "pm/hook.h"
#include "snapshot/snapshot.h"

/* One call of pm_hook_run. */
struct pm_hook_job {
	struct pm_ctx *ctx;
	struct pm_repo *repo;
	const struct pm_hook_run *run;
	struct pm_hook_result *result;
};

/* Sends one line to the caller. */
void pm_hook_say(struct pm_hook_job *job, const char *fmt, ...) PM_PRINTF(2, 3);

/* --- place.c ------------------------------------------------------------- */

/* Appends the path of the hook that was there before pm. */
int pm_hook_chained_path(struct pm_ctx *ctx, struct pm_repo *repo,
	enum pm_hook hook, struct pm_buf *out);

/* --- chain.c ------------------------------------------------------------- */

/*
 * Runs the hook that was there before, if there is one: its exit status goes
 * into the result. Returns 0; 1 when this is a call from inside it, so that
 * nothing is left to do; or a PM_E code.
 */
int pm_hook_chain(struct pm_hook_job *job);

/* --- judge.c ------------------------------------------------------------- */

/* Reads every template of the state; fails at the first wrong one. */
int pm_hook_templates(struct pm_hook_job *job, struct pm_snapshot *snap);

/* What a state is compared with: what any base has as well is old. */
struct pm_hook_bases {
	struct pm_hook_job *job;
	PM_VEC(struct pm_oid) commits;
};

/* Adds a commit that is not among them; one that is not in this repository
   (shallow) is left out. For who tells commits: data are the bases. */
int pm_hook_bases_add(void *data, const struct pm_oid *commit);

/*
 * Checks what a state changes, all of it when there is no base. What is new
 * against every base counts. The totals are added to the result; *errors is
 * their number here.
 */
int pm_hook_judge(struct pm_hook_job *job, const struct pm_snapshot_opts *opts,
	const struct pm_hook_bases *bases, size_t *errors);

/* --- several.c ----------------------------------------------------------- */

/*
 * As pm_check_run, of a state that comes of several: changes are those since
 * each of them, n of them. A finding counts when it is new since each that has
 * the document at all. The state must be listed.
 */
int pm_hook_several(struct pm_ctx *ctx, struct pm_snapshot *snap,
	const struct pm_check_opts *opts, struct pm_changes *const *changes,
	size_t n, struct pm_check_totals *totals);

/* --- push.c -------------------------------------------------------------- */

int pm_hook_pre_push(struct pm_hook_job *job);
int pm_hook_pre_receive(struct pm_hook_job *job);

/* --- message.c ----------------------------------------------------------- */

int pm_hook_commit_msg(struct pm_hook_job *job);

#endif
