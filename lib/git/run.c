/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one place that runs the git command. A process started from a hook or
 * an alias inherits variables that point git somewhere else (GIT_INDEX_FILE,
 * GIT_PREFIX); a call made here sees this repository and this index only
 * (hazards.txt 134). Settings, identity and object directories pass through.
 */
#include "git/private.h"

#include <stdarg.h>
#include <string.h>

#include "base/process.h"
#include "base/vec.h"

/* Unset first: a later "NAME=value" in the list wins. */
static const char *const cleared[] = {
	"GIT_COMMON_DIR",
	"GIT_DIR",
	"GIT_GLOB_PATHSPECS",
	"GIT_GRAFT_FILE",
	"GIT_ICASE_PATHSPECS",
	"GIT_IMPLICIT_WORK_TREE",
	"GIT_INDEX_FILE",
	"GIT_INTERNAL_SUPER_PREFIX",
	"GIT_LITERAL_PATHSPECS",
	"GIT_NAMESPACE",
	"GIT_NOGLOB_PATHSPECS",
	"GIT_PREFIX",
	"GIT_REPLACE_REF_BASE",
	"GIT_SHALLOW_FILE",
	"GIT_WORK_TREE",
};

#define NCLEARED (sizeof(cleared) / sizeof(cleared[0]))

/* The changes to the environment; what they point at stands in dir, tree and
   index. */
struct changes {
	PM_VEC(const char *) env;
	struct pm_buf dir, tree, index;
};

static void add_changes(struct changes *out, const struct pm_repo *repo,
	const struct pm_git_run *run)
{
	for (size_t i = 0; i < NCLEARED; i++)
		*pm_vec_push(&out->env) = cleared[i];
	if (repo->own_place || !repo->worktree) {
		pm_buf_addf(&out->dir, "GIT_DIR=%s", repo->gitdir);
		*pm_vec_push(&out->env) = out->dir.ptr;
	}
	if (repo->own_place && repo->worktree) {
		pm_buf_addf(&out->tree, "GIT_WORK_TREE=%s", repo->worktree);
		*pm_vec_push(&out->env) = out->tree.ptr;
	}
	if (run->index || repo->own_index) {
		pm_buf_addf(&out->index, "GIT_INDEX_FILE=%s",
			run->index ? run->index : repo->index);
		*pm_vec_push(&out->env) = out->index.ptr;
	}
	if (run->errors)
		*pm_vec_push(&out->env) = "LC_ALL=C"; /* it will be read */
	for (const char *const *var = run->env; var && *var; var++)
		*pm_vec_push(&out->env) = *var;
	*pm_vec_push(&out->env) = NULL;
}

static void release_changes(struct changes *changes)
{
	pm_vec_release(&changes->env);
	pm_buf_release(&changes->dir);
	pm_buf_release(&changes->tree);
	pm_buf_release(&changes->index);
}

int pm_git_run(struct pm_ctx *ctx, const struct pm_repo *repo,
	const struct pm_git_run *run)
{
	PM_VEC(const char *) argv = {0};
	struct changes changes = {
		.dir = PM_BUF_INIT, .tree = PM_BUF_INIT, .index = PM_BUF_INIT};
	struct pm_process process = {
		.dir = repo->worktree ? repo->worktree : repo->gitdir,
		.input = run->input,
		.output = run->output,
		.errors = run->errors,
		.terminal = run->terminal,
	};
	int rc = pm_git_loose_sync(ctx, repo);

	/* It may ask for any object. */
	if (rc < 0)
		return rc;
	if (run->dir)
		process.dir = run->dir;
	*pm_vec_push(&argv) = "git";
	for (const char *const *arg = run->args; *arg; arg++)
		*pm_vec_push(&argv) = *arg;
	*pm_vec_push(&argv) = NULL;
	add_changes(&changes, repo, run);
	process.argv = argv.items;
	process.env = changes.env.items;
	rc = pm_process_run(ctx, &process);
	if (rc == PM_ENOTFOUND)
		pm_fail_prefix(ctx, "git itself is needed here");
	pm_vec_release(&argv);
	release_changes(&changes);
	return rc;
}

int pm_git_ask(struct pm_ctx *ctx, const struct pm_repo *repo,
	const struct pm_git_run *run, const char *fmt, ...)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_buf errors = PM_BUF_INIT;
	struct pm_git_run kept = *run;
	va_list args;
	int rc;

	kept.errors = &errors;
	rc = pm_git_run(ctx, repo, &kept);
	if (rc > 0 && rc != run->also) {
		va_start(args, fmt);
		pm_buf_vaddf(&text, fmt, args);
		va_end(args);
		pm_buf_adds(&text, ": ");
		pm_git_complaint(&text, pm_buf_slice(&errors));
		rc = pm_fail(ctx, PM_ERROR, "%s", text.ptr);
	}
	pm_buf_release(&text);
	pm_buf_release(&errors);
	return rc;
}

void pm_git_complaint(struct pm_buf *out, struct pm_slice errors)
{
	static const char *const marks[] = {"fatal: ", "error: "};
	struct pm_slice line = {0};
	struct pm_slice best = {0};

	while (pm_slice_line(&errors, &line)) {
		line = pm_slice_trim(line);
		if (best.len == 0)
			best = line;
		if (pm_slice_starts(line, marks[0])) {
			best = line;
			break;
		}
	}
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (pm_slice_starts(best, marks[i]))
			best = pm_slice_from(best, strlen(marks[i]));
	pm_buf_add_slice(out, best);
	if (best.len == 0)
		pm_buf_adds(out, "git gave no reason");
}
