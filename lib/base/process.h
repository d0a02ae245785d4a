/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running another program: argv array, never a shell; input given, output
 * collected, environment as the parent's with named changes.
 */
#ifndef PM_BASE_PROCESS_H
#define PM_BASE_PROCESS_H

#include "pm/context.h"

struct pm_process {
	const char *const *argv; /* NULL-terminated; argv[0] found on PATH */
	const char *const *env;  /* "NAME=value" set, "NAME" unset;
				    NULL-terminated or NULL */
	const char *dir;         /* working directory; NULL: the present one */
	struct pm_slice input;   /* fed to stdin; empty: /dev/null */
	struct pm_buf *output;   /* stdout appended; NULL: shares ours */
	struct pm_buf *errors;   /* stderr appended; NULL: shares ours */
	bool terminal; /* stdin too is ours; INT and QUIT ignored meanwhile */
};

/*
 * Runs and waits. Returns the exit status 0..255, 128 + n after signal n, or
 * a PM_E code when it could not be started (PM_ENOTFOUND: no such program).
 */
int pm_process_run(struct pm_ctx *ctx, const struct pm_process *process);

#endif
