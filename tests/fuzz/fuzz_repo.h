/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small repository for the entries that need one: made by git before the
 * first input, taken away at the end. From then on no program is found any
 * more, so that no input can have one started.
 */
#ifndef PM_TESTS_FUZZ_REPO_H
#define PM_TESTS_FUZZ_REPO_H

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/process.h"
#include "fuzz.h"
#include "pm/repo.h"

#define FUZZ_ID   "2026-11-22-checkout-500s"
#define FUZZ_DOC  "postmortems/2026/" FUZZ_ID ".md"
#define FUZZ_CASE "tests/cases/example/" FUZZ_ID ".md"

/* Its top. */
static inline char *fuzz_dir(void)
{
	static char dir[64];

	return dir;
}

static inline int fuzz_remove_one(
	const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline void fuzz_remove(void)
{
	nftw(fuzz_dir(), fuzz_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Writes a file of the repository, as it is, over the one that is there. */
static inline void fuzz_put(const char *path, struct pm_slice bytes)
{
	char full[256];
	FILE *file;

	snprintf(full, sizeof full, "%s/%s", fuzz_dir(), path);
	unlink(full);
	file = fopen(full, "wb");
	FUZZ_CHECK(file != NULL);
	if (bytes.len)
		FUZZ_CHECK(fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len);
	FUZZ_CHECK(fclose(file) == 0);
}

static inline void fuzz_git(struct pm_ctx *ctx, const char *const *args)
{
	const char *argv[16] = {"git", "-C", fuzz_dir(), "-c", "user.name=A",
		"-c", "user.email=a@example.com"};
	static const char *const env[] = {"GIT_CONFIG_GLOBAL=/dev/null",
		"GIT_CONFIG_SYSTEM=/dev/null", "GIT_DIR", "GIT_WORK_TREE",
		"GIT_INDEX_FILE", "GIT_AUTHOR_DATE=1795348800 +0000",
		"GIT_COMMITTER_DATE=1795348800 +0000", NULL};
	struct pm_process process = {.argv = argv, .env = env};
	size_t n = 7;

	while (*args)
		argv[n++] = *args++;
	FUZZ_CHECK(pm_process_run(ctx, &process) == 0);
}

static inline void fuzz_mkdir(const char *path)
{
	char full[256];

	snprintf(full, sizeof full, "%s/%s", fuzz_dir(), path);
	mkdir(full, 0777);
}

/* Makes the repository, with two documents, once. */
static inline void fuzz_repo(void)
{
	static const char *const init[] = {"init", "-q", "-b", "main", NULL};
	static const char *const add[] = {"add", "-A", NULL};
	static const char *const commit[] = {
		"commit", "-q", "-m", "two documents", NULL};
	struct pm_buf doc = PM_BUF_INIT;
	struct pm_ctx *ctx;

	if (*fuzz_dir())
		return;
	ctx = pm_ctx_new();
	snprintf(fuzz_dir(), 64, "%s/pm-fuzz.XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	FUZZ_CHECK(mkdtemp(fuzz_dir()) != NULL);
	atexit(fuzz_remove);
	fuzz_git(ctx, init);
	fuzz_mkdir("postmortems");
	fuzz_mkdir("postmortems/2026");
	FUZZ_CHECK(pm_file_read(ctx, FUZZ_CASE, 0, &doc) == 0);
	fuzz_put(FUZZ_DOC, pm_buf_slice(&doc));
	fuzz_put("postmortems/2026/2026-10-01-other.md",
		pm_slice_str("# Another one\n\n## Impact\n\nNone.\n\n"
			     "## Action items\n\n- [ ] Write it down\n"));
	fuzz_git(ctx, add);
	fuzz_git(ctx, commit);
	setenv("PATH", "/nonexistent", 1);
	pm_buf_release(&doc);
	pm_ctx_free(ctx);
}

/* Opens it; fails only where an input broke it on purpose. */
static inline struct pm_repo *fuzz_open(struct pm_ctx *ctx)
{
	struct pm_repo *repo = NULL;

	if (pm_repo_open(ctx, fuzz_dir(), &repo) < 0)
		FUZZ_CHECK(pm_ctx_error(ctx)->message.len > 0);
	return repo;
}

#endif
