/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shape of a command: one file, one row in commands.def. Help, manual,
 * completion and the README's table are printed from the one struct. A run
 * reads top to bottom: parse, call the library, emit, return a status.
 */
#ifndef PM_CMD_H
#define PM_CMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "pm/context.h"
#include "pm/repo.h"
#include "pm/report.h"

/* Exit statuses, the same for every command. */
enum pm_exit {
	PM_EXIT_OK = 0,
	PM_EXIT_FINDINGS = 1, /* findings at error level, or nothing matched */
	PM_EXIT_USAGE = 2,
	PM_EXIT_FAILURE = 3,
};

enum pm_group {
	PM_GROUP_START, /* start a repository or a document */
	PM_GROUP_WRITE, /* check and commit */
	PM_GROUP_FIND,  /* list, show, search */
	PM_GROUP_HELP,
};

enum pm_need {
	PM_NEED_REPO = 1,     /* cli->repo is open */
	PM_NEED_WORKTREE = 2, /* and has a work tree */
};

struct pm_cmd;

/* What a command sees of the process. */
struct pm_cli {
	struct pm_ctx *ctx;
	const struct pm_cmd *cmd; /* the one that runs */
	struct pm_repo *repo;     /* with PM_NEED_REPO */
	const char *dir;          /* -C, "." otherwise */
	FILE *err; /* where pm speaks: stderr, or what waits for the pager */
	bool in_tty, out_tty, err_tty;
	bool color_out, color_err;
	unsigned width; /* of the terminal, 0 when stdout is none */
};

enum pm_opt_kind { PM_OPT_BOOL, PM_OPT_STR, PM_OPT_LIST, PM_OPT_INT };

/* A list option's values: pointers into argv. */
struct pm_opt_list {
	const char **items;
	size_t len;
};

struct pm_opt {
	enum pm_opt_kind kind;
	char letter;       /* 0: none */
	const char *name;  /* "format"; NULL ends the table */
	const char *value; /* what the value is called: "name" */
	const char *help;
	/* What completes the value: words with spaces between; "@dirs"; or "@"
	   and a kind that pm completion --words takes. NULL: nothing does. */
	const char *complete;
	size_t off; /* of the field in the args struct */
};

/* The field must have the option's type, or this does not compile. */
#define PM_OPT_FIELD(type, field, want)                                        \
	(offsetof(type, field) +                                               \
		0 * sizeof(_Generic(&((type *)0)->field, want *                \
				    : (char)0)))
#define OPT_BOOL(type, field, letter, name, help)                              \
	{                                                                      \
		PM_OPT_BOOL, letter, name, NULL, help, NULL,                   \
			PM_OPT_FIELD(type, field, bool)                        \
	}
#define OPT_STR(type, field, letter, name, value, complete, help)              \
	{                                                                      \
		PM_OPT_STR, letter, name, value, help, complete,               \
			PM_OPT_FIELD(type, field, const char *)                \
	}
#define OPT_LIST(type, field, letter, name, value, complete, help)             \
	{                                                                      \
		PM_OPT_LIST, letter, name, value, help, complete,              \
			PM_OPT_FIELD(type, field, struct pm_opt_list)          \
	}
#define OPT_INT(type, field, letter, name, value, help)                        \
	{                                                                      \
		PM_OPT_INT, letter, name, value, help, NULL,                   \
			PM_OPT_FIELD(type, field, long)                        \
	}
#define OPT_END()                                                              \
	{                                                                      \
		PM_OPT_BOOL, 0, NULL, NULL, NULL, NULL, 0                      \
	}

struct pm_cmd {
	const char *name;
	enum pm_group group;
	const char *summary;     /* one line, lower case */
	const char *synopsis;    /* after the name */
	const char *description; /* paragraphs, blank line between */
	const char *exits;       /* what 1 means here; NULL: the usual */
	const char *examples;    /* "pm check\nexplanation\n\n..." */
	const char *operands; /* completion of operands, as pm_opt.complete */
	const struct pm_opt *opts;
	size_t args_size;
	unsigned needs; /* enum pm_need */
	bool pager;     /* long output: through the pager on a terminal */
	/* The same with some options; NULL: with none. Not where files are
	   written: who leaves the pager would stop that, too. */
	bool (*pager_for)(const void *args);
	/* Returns an exit status, or a PM_E code with the error in ctx. */
	int (*run)(struct pm_cli *cli, void *args, int argc, char **argv);
};

#define PM_COMMAND_DEFINE(name) const struct pm_cmd pm_cmd_##name

/* All commands in the order of commands.def, NULL after the last. */
extern const struct pm_cmd *const pm_commands[];

/* The command of this name, or NULL. */
const struct pm_cmd *pm_command_find(const char *name);

/* A report on stdout for this command line; format may be NULL. */
struct pm_report_opts pm_cli_report(struct pm_cli *cli, const char *format);

/* Reports wrong usage: message, then how to get help. PM_EXIT_USAGE. */
int pm_cli_usage(struct pm_cli *cli, const char *fmt, ...) PM_PRINTF(2, 3);

/* Prints one line "pm: text" on stderr, made safe. */
void pm_cli_say(struct pm_cli *cli, const char *fmt, ...) PM_PRINTF(2, 3);

#endif
