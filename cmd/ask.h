/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The questions of pm new on a terminal. A wrong answer is refused at once and
 * asked again, so that nothing typed before it is lost.
 */
#ifndef PM_CMD_ASK_H
#define PM_CMD_ASK_H

#include "cmd.h"
#include "pm/policy.h"

/* What may be asked for; NULL: not known yet. Strings point into argv or into
   the answers. */
struct pm_wanted {
	const char *title, *slug, *severity, *started, *owner;
	struct pm_opt_list services;
};

/* What was typed; lives as long as the strings that point into it. */
struct pm_answers {
	struct pm_buf title, slug, severity, started, owner, services;
};

#define PM_ANSWERS_INIT                                                        \
	{                                                                      \
		PM_BUF_INIT, PM_BUF_INIT, PM_BUF_INIT, PM_BUF_INIT,            \
			PM_BUF_INIT, PM_BUF_INIT                               \
	}

/*
 * Asks for what wanted lacks, on the terminal; user is who the owner is when
 * Enter is pressed (may be empty). An empty answer leaves a value out. Services
 * that were typed are a list of its own: free services.items if it was NULL.
 */
void pm_ask(struct pm_cli *cli, const struct pm_policy *policy,
	const char *user, struct pm_answers *answers, struct pm_wanted *wanted);

void pm_answers_release(struct pm_answers *answers);

#endif
