/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libgit2 calls in place of the C library's open.
 */
#ifndef PM_GIT_PIPE_H
#define PM_GIT_PIPE_H

/*
 * As open, but for a named pipe, which is not waited for: reading one fails
 * with PM_EPIPE_NAMED. What else is opened for reading is open as by open.
 */
int pm_git_open(const char *path, int flags, ...);

/* The error of no other call: "Is a named type file". */
#define PM_EPIPE_NAMED EISNAM

#endif
