/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Git's hooks: putting pm into them without losing who is there already, and
 * what each of them asks. The installed file is a few lines of shell that call
 * "pm hook run NAME"; the hook that stood there before is kept beside it as
 * NAME.pm-chained and runs first.
 *
 *	pre-commit	the staged documents that this commit changes
 *	commit-msg	the documents that Post-Mortem trailers name
 *	pre-push	the documents that the pushed commits change
 *	pre-receive	on the server: the same, by the policy of the branch as
 *			it stands, so that a push cannot switch its judge off
 *
 *	if (pm_hook_install(ctx, repo, PM_HOOK_PRE_COMMIT, false, &place) > 0)
 *		printf("installed %s\n", place.file.ptr);
 */
#ifndef PM_HOOK_H
#define PM_HOOK_H

#include "pm/check.h"

#ifdef __cplusplus
extern "C" {
#endif

enum pm_hook {
	PM_HOOK_PRE_COMMIT,
	PM_HOOK_COMMIT_MSG,
	PM_HOOK_PRE_PUSH,
	PM_HOOK_PRE_RECEIVE,
	PM_HOOK_COUNT,
};

/* Their names by enum pm_hook, NULL after the last. Static. */
const char *const *pm_hook_names(void);

enum pm_hook_state {
	PM_HOOK_ABSENT,
	PM_HOOK_OTHER,     /* a hook that is not pm's */
	PM_HOOK_INSTALLED, /* pm's */
	PM_HOOK_DISABLED,  /* pm's, not executable: git passes it by */
	PM_HOOK_EDITED,    /* pm's, changed by somebody since */
};

/* What the name of a hook that is kept beside pm's ends in. */
#define PM_HOOK_CHAINED ".pm-chained"

/* Where a hook is and what stands there. Begin with PM_HOOK_PLACE_INIT. */
struct pm_hook_place {
	enum pm_hook_state state;
	bool chained;       /* another hook is kept beside it */
	struct pm_buf file; /* absolute path of the hook */
};

#define PM_HOOK_PLACE_INIT                                                     \
	{                                                                      \
		PM_HOOK_ABSENT, false, PM_BUF_INIT                             \
	}

/* Empties it. */
void pm_hook_place_release(struct pm_hook_place *place);

/* Looks at one hook of the repository; place is filled anew. Where there is no
   directory of hooks, or none that may be read, there is no hook. */
void pm_hook_look(struct pm_ctx *ctx, struct pm_repo *repo, enum pm_hook hook,
	struct pm_hook_place *place);

/*
 * Installs pm into the hook. Returns 1, or 0 when it is there already. A hooks
 * directory that other repositories share (core.hooksPath outside of this one,
 * or set for all of them) is refused unless force; so is a hook of pm's that
 * somebody edited. place tells how it stands afterwards.
 */
int pm_hook_install(struct pm_ctx *ctx, struct pm_repo *repo, enum pm_hook hook,
	bool force, struct pm_hook_place *place);

/*
 * Takes pm out and gives back the hook that was there, byte for byte. Returns
 * 1, or 0 when pm was not there. An edited hook is refused unless force.
 */
int pm_hook_uninstall(struct pm_ctx *ctx, struct pm_repo *repo,
	enum pm_hook hook, bool force, struct pm_hook_place *place);

/* Receives one line about the whole, no line end. */
typedef void (*pm_hook_say_fn)(void *data, const char *line);

struct pm_hook_run {
	enum pm_hook hook;
	const char *const *args; /* as git gave them, nargs of them */
	size_t nargs;
	struct pm_slice input; /* all of stdin; for pre-push, pre-receive */
	pm_finding_fn finding;
	pm_hook_say_fn say;
	void *data; /* for both */
};

struct pm_hook_result {
	struct pm_check_totals totals; /* over all refs */
	bool refused; /* for another reason than a finding; it was said */
	int chained;  /* exit status of the hook that ran first; when it is
			 not 0 nothing else was done */
};

/*
 * Does what the hook does: the chained one first, then pm's own part. Returns
 * 0 with the result, or a PM_E code when it could not be judged, which must
 * stop Git as well.
 */
int pm_hook_run(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_hook_run *run, struct pm_hook_result *result);

#ifdef __cplusplus
}
#endif

#endif
