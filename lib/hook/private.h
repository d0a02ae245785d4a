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

/* What a state is compared with: documents equal to any base are old. */
struct pm_hook_bases {
	PM_VEC(struct pm_oid) commits;
};

/* Adds a commit that is not among them; one that is not in this repository
   (shallow) is left out. */
int pm_hook_bases_add(struct pm_hook_job *job, struct pm_hook_bases *bases,
	const struct pm_oid *commit);

/*
 * Checks the documents of a state that differ from every base, all when there
 * is none. What is new in them against the first base counts. The totals are
 * added to the result; *errors is their number here.
 */
int pm_hook_judge(struct pm_hook_job *job, const struct pm_snapshot_opts *opts,
	const struct pm_hook_bases *bases, size_t *errors);

/* Reads every template of the state; fails at the first wrong one. */
int pm_hook_templates(struct pm_hook_job *job, struct pm_snapshot *snap);

/* --- push.c -------------------------------------------------------------- */

int pm_hook_pre_push(struct pm_hook_job *job);
int pm_hook_pre_receive(struct pm_hook_job *job);

/* --- message.c ----------------------------------------------------------- */

int pm_hook_commit_msg(struct pm_hook_job *job);

#endif
