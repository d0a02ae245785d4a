/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading the command line into args structs. Options and operands may be
 * mixed; "--" ends options; every switch has its --no- form; nothing is
 * abbreviated, so that a new option never changes the meaning of an old
 * script.
 */
#ifndef PM_CMD_OPTIONS_H
#define PM_CMD_OPTIONS_H

#include "cmd.h"

/* A table of options and the struct its values go to. */
struct pm_optset {
	const struct pm_opt *opts; /* NULL: none */
	void *args;
};

enum pm_parse_flags {
	PM_PARSE_STOP = 1, /* the first operand ends the options */
};

/*
 * Reads argv[0 .. *argc) and leaves the operands in argv[0 .. *argc), in
 * order. Sets are looked through in turn. Returns 0, or -1 with a message in
 * err that says what is wrong and names the nearest option.
 */
int pm_options_parse(const struct pm_optset *sets, size_t nsets, unsigned flags,
	int *argc, char **argv, struct pm_buf *err);

/* Frees the list values that parsing made. */
void pm_options_release(const struct pm_optset *set);

#endif
