/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What commands share: messages, exit statuses, snapshots and documents named
 * on the command line.
 */
#ifndef PM_CMD_CLI_H
#define PM_CMD_CLI_H

#include "cmd.h"
#include "pm/check.h"
#include "pm/snapshot.h"
#include "pm/term.h"

/* The options that every command takes (see main.c). */
const struct pm_opt *pm_global_opts(void);

/*
 * Turns what a command returned into an exit status, printing the context's
 * error for a PM_E code.
 */
int pm_cli_status(struct pm_cli *cli, int ret);

/* Says that no command has this name, and which is near. PM_EXIT_USAGE. */
int pm_cli_unknown(struct pm_cli *cli, const char *name);

/* Prints "pm VERSION". PM_EXIT_OK. */
int pm_cli_version(void);

/* Which state a command reads, by its options; zeroed: the work tree. */
struct pm_cli_state {
	bool staged;    /* --staged */
	const char *at; /* --at: a revision; NULL: not given */
};

/*
 * Opens the state that a reading command asked for, to be freed by the caller;
 * state NULL is the work tree. PM_EUSAGE when both options are given.
 */
int pm_cli_snapshot(struct pm_cli *cli, const struct pm_cli_state *state,
	struct pm_snapshot **out);

/* The same without opening it: fills in what opens it. */
int pm_cli_snapshot_opts(struct pm_cli *cli, const struct pm_cli_state *state,
	struct pm_snapshot_opts *out);

/* A state, and the documents named on the command line. */
struct pm_cli_docs {
	bool several; /* set before: a directory names what is beneath it */
	struct pm_snapshot *snap;
	size_t *items; /* NULL: none was named */
	size_t len;
};

/*
 * Opens a state as pm_cli_snapshot and finds the documents named by argc words
 * in it. A name that matches nothing or too much is wrong usage. Returns 0, an
 * exit status, or a PM_E code; docs is to be closed in any case.
 */
int pm_cli_docs_open(struct pm_cli *cli, const struct pm_cli_state *state,
	int argc, char **argv, struct pm_cli_docs *docs);
void pm_cli_docs_close(struct pm_cli_docs *docs);

/* Says how many documents the work tree does not have, where a sparse checkout
   leaves them out, and of how many a merge left two sides in the index: what
   nobody looks at is not the same as fine. */
void pm_cli_tell_gaps(struct pm_cli *cli, const struct pm_cli_docs *docs);

/* A pm_finding_fn; data is the struct pm_report that prints them. */
int pm_cli_finding(void *data, const struct pm_finding *finding);

/* "2 documents: 3 errors, 1 warning" on stderr, with what to do next. */
void pm_cli_totals(struct pm_cli *cli, const struct pm_check_totals *totals);

/* Says that there is no document yet, and how to begin. */
void pm_cli_say_none(struct pm_cli *cli);

/* "1 error", "2 errors". The text is appended to buf. */
void pm_cli_count(struct pm_buf *buf, size_t n, const char *noun);

/* Prints one line of results on stdout, made safe. */
void pm_cli_print(struct pm_cli *cli, const char *fmt, ...) PM_PRINTF(2, 3);

/* The operands as one text, a space between two. */
void pm_cli_join(struct pm_buf *buf, int argc, char **argv);

/*
 * Ends the report of a query; found is how many documents matched, or a PM_E
 * code. Of a wrong query the place that is wrong is shown. Returns an exit
 * status (PM_EXIT_FINDINGS: nothing matched) or a PM_E code.
 */
int pm_cli_query_end(struct pm_cli *cli, struct pm_report *report,
	const char *query, int found);

/*
 * What --fail-level says: PM_LEVEL_ERROR or PM_LEVEL_WARNING, fallback when it
 * was not given (name is NULL), or PM_EUSAGE.
 */
int pm_cli_fail_level(
	struct pm_cli *cli, const char *name, enum pm_level fallback);

/* Prints the context's error; nothing matched. PM_EXIT_FINDINGS. */
int pm_cli_nothing(struct pm_cli *cli);

enum pm_cli_commit_flags {
	PM_CLI_NO_VERIFY = 1, /* skip the check, pre-commit and commit-msg */
	PM_CLI_IF_ANY = 2,    /* nothing to commit is no finding */
};

/*
 * Checks and commits documents (none named: all new or changed), prints what
 * happened and refreshes the index. Returns an exit status or a PM_E code.
 */
int pm_cli_commit(struct pm_cli *cli, const struct pm_cli_docs *docs,
	const char *message, unsigned flags);

#endif
