/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hook that was there before pm. Scripts for the usual shells are read by
 * the shell under their old name: what husky and others write finds its parts
 * by "$0", both directory and base name.
 */
#include "hook/private.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/process.h"

/* Set for the chained hook: it may end in pm again (pre-commit.com keeps and
   calls what it finds), which then has nothing left to do. */
#define INSIDE "PM_HOOK_CHAIN"

#define FIRST_LINE 256

/* A shell and its flags, cut out of a script's first line. */
struct shell {
	char line[FIRST_LINE];
	const char *path;
	const char *flags; /* NULL: none */
};

static bool is_shell(struct pm_slice name)
{
	static const char *const shells[] = {
		"sh", "bash", "dash", "ash", "ksh"};

	for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++)
		if (pm_slice_is(name, shells[i]))
			return true;
	return false;
}

/* The next word of *rest, terminated in place; NULL at the end. */
static char *next_word(char **rest)
{
	char *word = *rest + strspn(*rest, " \t");
	size_t len = strcspn(word, " \t");

	if (!len)
		return NULL;
	*rest = word + len + (word[len] != '\0');
	word[len] = '\0';
	return word;
}

/* Reads "#!/bin/sh -e" or "#!/usr/bin/env bash". False: some other program. */
static bool read_shell(const char *path, struct shell *shell)
{
	FILE *file = fopen(path, "re");
	bool ok = file && fgets(shell->line, FIRST_LINE, file) &&
		  strncmp(shell->line, "#!", 2) == 0 &&
		  strchr(shell->line, '\n');
	char *rest = shell->line + 2, *word;

	if (file)
		fclose(file);
	if (!ok)
		return false;
	rest[strcspn(rest, "\r\n")] = '\0';
	word = next_word(&rest);
	if (word && pm_slice_is(pm_path_base(pm_slice_str(word)), "env"))
		word = next_word(&rest);
	if (!word || !is_shell(pm_path_base(pm_slice_str(word))))
		return false;
	shell->path = word;
	shell->flags = next_word(&rest);
	return !next_word(&rest);
}

/* Runs the file at path; hook is the name that it used to have. */
static int run_file(struct pm_hook_job *job, const char *path, const char *hook)
{
	const struct pm_hook_run *run = job->run;
	struct pm_buf inside = PM_BUF_INIT;
	const char *env[] = {NULL, NULL};
	PM_VEC(const char *) argv = {0};
	struct pm_process process = {.env = env, .input = run->input};
	struct shell shell = {0};
	int rc;

	pm_buf_addf(&inside, INSIDE "=%s", path);
	env[0] = inside.ptr;
	process.terminal = run->input.len == 0;
	if (read_shell(path, &shell)) {
		*pm_vec_push(&argv) = shell.path;
		if (shell.flags)
			*pm_vec_push(&argv) = shell.flags;
		*pm_vec_push(&argv) = "-c";
		*pm_vec_push(&argv) = ". \"$0" PM_HOOK_CHAINED "\"";
		*pm_vec_push(&argv) = hook;
	} else {
		*pm_vec_push(&argv) = path;
	}
	for (size_t i = 0; i < run->nargs; i++)
		*pm_vec_push(&argv) = run->args[i];
	*pm_vec_push(&argv) = NULL;
	process.argv = argv.items;
	rc = pm_process_run(job->ctx, &process);
	if (rc < 0)
		pm_fail_prefix(job->ctx, "the hook that was here before pm");
	pm_vec_release(&argv);
	pm_buf_release(&inside);
	return rc;
}

int pm_hook_chain(struct pm_hook_job *job)
{
	const char *inside = pm_env(job->ctx, INSIDE);
	struct pm_buf path = PM_BUF_INIT;
	struct pm_buf hook = PM_BUF_INIT;
	struct stat st;
	int rc;

	rc = pm_hook_chained_path(job->ctx, job->repo, job->run->hook, &path);
	if (rc == 0 && inside && strcmp(inside, path.ptr) == 0) {
		rc = 1;
	} else if (rc == 0 && stat(path.ptr, &st) == 0 && S_ISREG(st.st_mode) &&
		   access(path.ptr, X_OK) == 0) {
		pm_buf_add_slice(
			&hook, pm_slice_sub(pm_buf_slice(&path), 0,
				       path.len - strlen(PM_HOOK_CHAINED)));
		rc = run_file(job, path.ptr, hook.ptr);
		job->result->chained = rc > 0 ? rc : 0;
		rc = rc > 0 ? 0 : rc;
	}
	pm_buf_release(&path);
	pm_buf_release(&hook);
	return rc;
}
