/* SPDX-License-Identifier: Apache-2.0 */
/* What the process knows of its terminal, its pager and its editor. */
#ifndef PM_CMD_TERMINAL_H
#define PM_CMD_TERMINAL_H

#include "cmd.h"

/*
 * Fills tty, colour and width of cli. when is "auto", "always", "never" or
 * NULL. Returns -1 when it is another word.
 */
int pm_terminal_init(struct pm_cli *cli, const char *when);

/*
 * Sends stdout through the user's pager, chosen as git does. What pm says on a
 * terminal waits for its end. Returns its process id, or 0 when there is none
 * to start.
 */
long pm_pager_start(struct pm_cli *cli);

/* Ends the output, waits until the reader has left the pager, and shows what
   waited for that. */
void pm_pager_wait(struct pm_cli *cli, long pid);

/*
 * Lets the user edit an absolute path in the editor git would use. Returns
 * 0, or a PM_E code when the editor could not be started or ended badly.
 */
int pm_editor_run(struct pm_cli *cli, const char *path);

/*
 * Asks on the terminal; the answer without its line end is appended to out.
 * Returns false at end of input. Only to be called when stdin and stdout are
 * terminals.
 */
bool pm_prompt(const char *question, struct pm_buf *out);

#endif
