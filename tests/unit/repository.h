/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A repository of a test's own, made by a shell script, and a context that
 * sees an environment of the test's own making. Identity, dates and places
 * are pinned for git itself as well.
 */
#ifndef REPOSITORY_H
#define REPOSITORY_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/process.h"
#include "git/git.h"

/*
 * Read by the leak sanitizer: libgit2 1.5 leaks what it matched with a regular
 * expression, in repositories of format 1.
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:pcre2\nleak:git_config_foreach_match\n"
	       "leak:git_repository_set_workdir\n";
}

struct fixture {
	char dir[64];
	struct pm_ctx *ctx;
	struct pm_repo *repo;   /* opened by open_repo */
	const char *vars[8][2]; /* what pm_env finds; name and value */
	struct pm_buf notices;  /* one a line */
};

static inline const char *look_up(void *data, const char *name)
{
	const struct fixture *f = data;

	for (size_t i = 0; i < 8 && f->vars[i][0]; i++)
		if (strcmp(f->vars[i][0], name) == 0)
			return f->vars[i][1];
	return NULL;
}

static inline void set_var(
	struct fixture *f, const char *name, const char *value)
{
	for (size_t i = 0; i < 8; i++) {
		if (f->vars[i][0] && strcmp(f->vars[i][0], name) != 0)
			continue;
		f->vars[i][0] = name;
		f->vars[i][1] = value;
		return;
	}
	fail_msg("too many variables");
}

static inline void take_notice(void *data, const char *line)
{
	struct fixture *f = data;

	pm_buf_adds(&f->notices, line);
	pm_buf_addc(&f->notices, '\n');
}

/* Runs a script in the repository; its output goes to out, if not NULL. */
static inline void sh_to(
	struct fixture *f, const char *script, struct pm_buf *out)
{
	static const char *const env[] = {"GIT_DIR", "GIT_INDEX_FILE",
		"GIT_WORK_TREE", "GIT_CONFIG_NOSYSTEM=1",
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=Ana",
		"GIT_AUTHOR_EMAIL=ana@example.org",
		"GIT_AUTHOR_DATE=1795348800 +0000", "GIT_COMMITTER_NAME=Cem",
		"GIT_COMMITTER_EMAIL=cem@example.org",
		"GIT_COMMITTER_DATE=1795348800 +0000", NULL};
	const char *argv[] = {"sh", "-ec", script, NULL};
	struct pm_buf drop = PM_BUF_INIT;
	const struct pm_process process = {
		.argv = argv,
		.env = env,
		.dir = f->dir,
		.output = out ? out : &drop,
	};

	if (pm_process_run(f->ctx, &process) != 0)
		fail_msg("failed: %s", script);
	pm_buf_release(&drop);
}

static inline void sh(struct fixture *f, const char *script)
{
	sh_to(f, script, NULL);
}

/* What a script prints is exactly this. */
static inline void assert_sh(
	struct fixture *f, const char *script, const char *want)
{
	struct pm_buf out = PM_BUF_INIT;

	sh_to(f, script, &out);
	assert_string_equal(out.ptr, want);
	pm_buf_release(&out);
}

static inline void assert_error(const struct fixture *f, const char *part)
{
	const char *message = pm_ctx_error(f->ctx)->message.ptr;

	if (!strstr(message, part))
		fail_msg("no '%s' in '%s'", part, message);
}

/* Opens the repository from a directory in it ("" is the top). */
static inline int open_at(struct fixture *f, const char *dir)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", f->dir, dir);
	pm_repo_free(f->repo);
	f->repo = NULL;
	return pm_repo_open(f->ctx, path, &f->repo);
}

static inline void open_repo(struct fixture *f)
{
	if (open_at(f, "") < 0)
		fail_msg("%s", pm_ctx_error(f->ctx)->message.ptr);
}

static inline int remove_one(
	const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->ctx = pm_ctx_new();
	f->ctx->now = 1795348800; /* 2026-11-22T12:00:00Z */
	f->ctx->env = look_up;
	f->ctx->env_data = f;
	f->ctx->notice = take_notice;
	f->ctx->notice_data = f;
	f->notices = (struct pm_buf)PM_BUF_INIT;
	set_var(f, "GIT_CONFIG_NOSYSTEM", "1");
	set_var(f, "GIT_CONFIG_GLOBAL", "/dev/null");
	snprintf(f->dir, sizeof(f->dir), "/tmp/pm-repo-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	sh(f, "git init -q -b main . && git config user.name Dora && "
	      "git config user.email dora@example.org");
	*state = f;
	return 0;
}

static inline int teardown(void **state)
{
	struct fixture *f = *state;

	pm_repo_free(f->repo);
	nftw(f->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	pm_buf_release(&f->notices);
	pm_ctx_free(f->ctx);
	free(f);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
