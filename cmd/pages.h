/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Everything that is printed from the struct of a command: help, manual page,
 * completion, the README's table, the examples that a test replays.
 */
#ifndef PM_CMD_PAGES_H
#define PM_CMD_PAGES_H

#include "cmd.h"

/* "pm" alone: the commands by group. */
void pm_help_overview(struct pm_cli *cli);

/* "pm CMD --help" and "pm help CMD". */
void pm_help_command(struct pm_cli *cli, const struct pm_cmd *cmd);

/* The manual page in mdoc; cmd NULL: pm(1). */
void pm_help_man(const struct pm_cmd *cmd);

/* The rows of the README's command table. */
void pm_help_table(void);

/* Every example command, one a line. */
void pm_help_examples(void);

/*
 * Cuts the next block of *text (paragraphs or examples, separated by a blank
 * line) into *block. Returns false when there is none left.
 */
bool pm_help_block(const char **text, struct pm_slice *block);

/*
 * Prints text wrapped at the columns of all help, each line indented by indent
 * columns; column is where the cursor stands already.
 */
void pm_help_wrap(struct pm_slice text, unsigned indent, unsigned column);

/* Completion scripts; false when there is none for this shell. */
bool pm_completion_print(const char *shell);

#endif
