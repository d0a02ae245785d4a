/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hook files. The hook that was there before pm is renamed, never copied
 * or edited, so that giving it back gives back its bytes, its mode or the link
 * that it was. A pm that is killed between the two steps leaves the old hook
 * under its other name, where the next install or uninstall finds it.
 */
#include "hook/private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"

/* Longer files are not ours. */
#define SCRIPT_MOST 4096

static const char *const names[] = {
	[PM_HOOK_PRE_COMMIT] = "pre-commit",
	[PM_HOOK_COMMIT_MSG] = "commit-msg",
	[PM_HOOK_PRE_PUSH] = "pre-push",
	[PM_HOOK_PRE_RECEIVE] = "pre-receive",
	[PM_HOOK_COUNT] = NULL,
};

const char *const *pm_hook_names(void)
{
	return names;
}

void pm_hook_place_release(struct pm_hook_place *place)
{
	pm_buf_release(&place->file);
}

void pm_hook_say(struct pm_hook_job *job, const char *fmt, ...)
{
	struct pm_buf line = PM_BUF_INIT;
	va_list args;

	va_start(args, fmt);
	pm_buf_vaddf(&line, fmt, args);
	va_end(args);
	if (job->run->say)
		job->run->say(job->run->data, line.ptr);
	pm_buf_release(&line);
}

/* The first lines tell whose it is, whatever follows. */
static void add_mark(struct pm_buf *out, const char *name)
{
	pm_buf_addf(out,
		"#!/bin/sh\n"
		"# Written by 'pm hook install %s'; 'pm hook uninstall %s'\n"
		"# gives back what was here before.\n",
		name, name);
}

static void add_script(struct pm_buf *out, enum pm_hook hook)
{
	const char *name = names[hook];
	bool local = hook != PM_HOOK_PRE_RECEIVE;

	add_mark(out, name);
	pm_buf_addf(out,
		"command -v pm >/dev/null || {\n"
		"\techo \"pm: the %s hook needs 'pm' on PATH (install it%s, "
		"or delete $0)\" >&2\n"
		"\texit 3\n"
		"}\n"
		"exec pm hook run %s -- \"$@\"\n",
		name, local ? ", go round it once with --no-verify" : "", name);
}

/* --- the directory ------------------------------------------------------- */

static bool inside(const char *path, const char *dir)
{
	size_t len = dir ? strlen(dir) : 0;

	return len && strncmp(path, dir, len) == 0 &&
	       (path[len] == '/' || path[len] == '\0');
}

/* The nearest directory above path that exists, links resolved, -> real; what
   is missing below it is returned. */
static const char *existing(const char *path, char real[PATH_MAX])
{
	struct pm_buf part = PM_BUF_INIT;
	size_t len = strlen(path);
	const char *rest = path + len;

	while (len > 1) {
		pm_buf_reset(&part);
		pm_buf_add(&part, path, len);
		if (realpath(part.ptr, real))
			break;
		while (len > 1 && path[len - 1] != '/')
			len--;
		rest = path + len;
		while (len > 1 && path[len - 1] == '/')
			len--;
	}
	if (len <= 1)
		memcpy(real, "/", 2);
	pm_buf_release(&part);
	return rest;
}

/* Fails when a hook in real would also run for other repositories. */
static int check_shared(struct pm_ctx *ctx, struct pm_repo *repo, bool own,
	const char *dir, const char *real)
{
	if (own && (inside(real, pm_repo_worktree(repo)) ||
			   inside(real, pm_repo_common_dir(repo))))
		return 0;
	return pm_fail(ctx, PM_ERROR,
		"core.hooksPath %s '%s', which other repositories may share "
		"(--force installs it there; git config core.hooksPath "
		"'%s/hooks' gives this repository its own)",
		own ? "leads out of this repository, to"
		    : "is set for more than this repository, to",
		dir, pm_repo_common_dir(repo));
}

/* Opens the directory of hooks; make it when make says so. Returns its
   descriptor, or PM_ENOTFOUND. */
static int open_dir(struct pm_ctx *ctx, struct pm_repo *repo, bool make,
	bool force, struct pm_buf *dir)
{
	char real[PATH_MAX];
	const char *rest;
	int own = pm_git_hooks_dir(ctx, repo, dir);
	int above = -1, fd = -1, rc = 0;

	if (own < 0)
		return own;
	if (!make)
		return pm_dir_open(ctx, dir->ptr);
	rest = existing(dir->ptr, real);
	if (!force)
		rc = check_shared(ctx, repo, own > 0, dir->ptr, real);
	if (rc == 0)
		rc = above = pm_dir_open(ctx, real);
	if (rc >= 0)
		rc = *rest ? pm_dir_make_at(ctx, above, rest) : 0;
	if (rc == 0)
		rc = fd = pm_dir_open(ctx, dir->ptr);
	if (above >= 0)
		close(above);
	if (rc < 0)
		pm_fail_prefix(ctx, "cannot use the directory of hooks");
	return rc < 0 ? rc : fd;
}

/* --- what stands there --------------------------------------------------- */

static bool is_there(int dir, const char *name, struct stat *st)
{
	return fstatat(dir, name, st, AT_SYMLINK_NOFOLLOW) == 0;
}

static void add_chained(struct pm_buf *out, enum pm_hook hook)
{
	pm_buf_addf(out, "%s" PM_HOOK_CHAINED, names[hook]);
}

/* Whose the regular file is. */
static enum pm_hook_state whose(struct pm_ctx *ctx, int dir, enum pm_hook hook)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_buf want = PM_BUF_INIT;
	enum pm_hook_state state = PM_HOOK_OTHER;

	if (pm_file_read_at(ctx, dir, names[hook], SCRIPT_MOST, &text, NULL) <
		0)
		pm_ctx_clear(ctx);
	add_mark(&want, names[hook]);
	if (pm_slice_starts(pm_buf_slice(&text), want.ptr))
		state = PM_HOOK_EDITED;
	pm_buf_reset(&want);
	add_script(&want, hook);
	if (pm_slice_eq(pm_buf_slice(&text), pm_buf_slice(&want)))
		state = faccessat(dir, names[hook], X_OK, 0) == 0
				? PM_HOOK_INSTALLED
				: PM_HOOK_DISABLED;
	pm_buf_release(&text);
	pm_buf_release(&want);
	return state;
}

static void look(struct pm_ctx *ctx, int dir, enum pm_hook hook,
	struct pm_hook_place *place)
{
	struct pm_buf other = PM_BUF_INIT;
	struct stat st;

	add_chained(&other, hook);
	place->chained = is_there(dir, other.ptr, &st);
	if (!is_there(dir, names[hook], &st))
		place->state = PM_HOOK_ABSENT;
	else if (!S_ISREG(st.st_mode))
		place->state = PM_HOOK_OTHER;
	else
		place->state = whose(ctx, dir, hook);
	pm_buf_release(&other);
}

/* How a directory of hooks is opened. */
struct opening {
	bool make, force, alone;
};

/*
 * Opens the directory and looks; place is filled anew. Who changes hooks waits
 * until it is alone here: of two that put a hook aside at once, the second
 * would put pm's own over it. A descriptor, or a PM_E code.
 */
static int open_place(struct pm_ctx *ctx, struct pm_repo *repo,
	enum pm_hook hook, struct opening how, struct pm_hook_place *place)
{
	struct pm_buf dir = PM_BUF_INIT;
	int fd = open_dir(ctx, repo, how.make, how.force, &dir);

	/* A file system without locks has to do without. */
	while (fd >= 0 && how.alone && flock(fd, LOCK_EX) < 0 && errno == EINTR)
		;

	pm_buf_reset(&place->file);
	pm_buf_addf(&place->file, "%s/%s", dir.ptr, names[hook]);
	place->state = PM_HOOK_ABSENT;
	place->chained = false;
	if (fd >= 0)
		look(ctx, fd, hook, place);
	pm_buf_release(&dir);
	return fd;
}

void pm_hook_look(struct pm_ctx *ctx, struct pm_repo *repo, enum pm_hook hook,
	struct pm_hook_place *place)
{
	int fd = open_place(
		ctx, repo, hook, (struct opening){.alone = false}, place);

	if (fd >= 0)
		close(fd);
	else
		pm_ctx_clear(ctx);
}

int pm_hook_chained_path(struct pm_ctx *ctx, struct pm_repo *repo,
	enum pm_hook hook, struct pm_buf *out)
{
	int rc = pm_git_hooks_dir(ctx, repo, out);

	pm_buf_addc(out, '/');
	add_chained(out, hook);
	return rc < 0 ? rc : 0;
}

/* --- changing ------------------------------------------------------------ */

static int fail_edited(struct pm_ctx *ctx, const struct pm_hook_place *place)
{
	return pm_fail(ctx, PM_ERROR,
		"'%s' was edited since pm wrote it (--force gives your change "
		"up)",
		place->file.ptr);
}

/* Two hooks that are not pm's: which one counts is not pm's to say. */
static int fail_replaced(struct pm_ctx *ctx, const struct pm_hook_place *place)
{
	return pm_fail(ctx, PM_ERROR,
		"'%s' is not pm's, and '%s" PM_HOOK_CHAINED
		"' is kept from an earlier installation (remove the one that "
		"is out of date)",
		place->file.ptr, place->file.ptr);
}

/* Renames one hook file to the other's place. */
static int move(struct pm_ctx *ctx, int dir, const char *from, const char *to)
{
	if (renameat(dir, from, dir, to) < 0)
		return pm_fail_errno(
			ctx, "cannot rename '%s' to '%s'", from, to);
	return 0;
}

static int write_script(
	struct pm_ctx *ctx, int dir, enum pm_hook hook, unsigned flags)
{
	struct pm_buf text = PM_BUF_INIT;
	int rc;

	add_script(&text, hook);
	rc = pm_file_write_at(ctx, dir, names[hook], pm_buf_slice(&text),
		PM_WRITE_EXEC | flags);
	if (rc == 0 && faccessat(dir, names[hook], X_OK, 0) < 0 &&
		fchmodat(dir, names[hook], 0755, 0) < 0)
		rc = pm_fail_errno(
			ctx, "cannot make '%s' executable", names[hook]);
	pm_buf_release(&text);
	return rc;
}

/* Puts the hook that is there aside and pm's in its place. */
static int replace(
	struct pm_ctx *ctx, int dir, enum pm_hook hook, bool *chained)
{
	struct pm_buf other = PM_BUF_INIT;
	struct stat st;
	int rc;

	if (is_there(dir, names[hook], &st) && !S_ISREG(st.st_mode) &&
		!S_ISLNK(st.st_mode))
		return pm_fail(ctx, PM_ERROR,
			"'%s' is there and is no file (move it away)",
			names[hook]);
	add_chained(&other, hook);
	rc = move(ctx, dir, names[hook], other.ptr);
	if (rc == 0) {
		rc = write_script(ctx, dir, hook, PM_WRITE_NEW);
		if (rc == 0)
			*chained = true;
		else
			renameat(dir, other.ptr, dir, names[hook]);
	}
	pm_buf_release(&other);
	return rc;
}

static int install(struct pm_ctx *ctx, int dir, enum pm_hook hook, bool force,
	struct pm_hook_place *place)
{
	if (place->state == PM_HOOK_INSTALLED)
		return 0;
	if (place->state == PM_HOOK_EDITED && !force)
		return fail_edited(ctx, place);
	if (place->state == PM_HOOK_OTHER && place->chained)
		return fail_replaced(ctx, place);
	if (place->state == PM_HOOK_OTHER)
		return replace(ctx, dir, hook, &place->chained);
	return write_script(ctx, dir, hook,
		place->state == PM_HOOK_ABSENT ? PM_WRITE_NEW : 0);
}

int pm_hook_install(struct pm_ctx *ctx, struct pm_repo *repo, enum pm_hook hook,
	bool force, struct pm_hook_place *place)
{
	enum pm_hook_state before;
	int fd, rc;

	if (pm_git_in_gitdir(repo))
		return pm_fail(ctx, PM_EBARE,
			"this is Git's own directory (change to the work "
			"tree)");
	fd = open_place(ctx, repo, hook,
		(struct opening){.make = true, .force = force, .alone = true},
		place);
	before = place->state;
	if (fd < 0)
		return fd;
	rc = install(ctx, fd, hook, force, place);
	if (rc < 0)
		pm_fail_prefix(ctx, "cannot install the %s hook", names[hook]);
	else
		place->state = PM_HOOK_INSTALLED;
	close(fd);
	return rc < 0 ? rc : before != PM_HOOK_INSTALLED;
}

/* Takes pm's file away; the one beside it comes back in the same step. */
static int take_out(struct pm_ctx *ctx, int dir, enum pm_hook hook,
	const struct pm_hook_place *place)
{
	struct pm_buf other = PM_BUF_INIT;
	int rc = 0;

	add_chained(&other, hook);
	if (place->chained)
		rc = move(ctx, dir, other.ptr, names[hook]);
	else if (unlinkat(dir, names[hook], 0) < 0)
		rc = pm_fail_errno(ctx, "cannot remove '%s'", names[hook]);
	if (rc == 0)
		fsync(dir);
	pm_buf_release(&other);
	return rc;
}

int pm_hook_uninstall(struct pm_ctx *ctx, struct pm_repo *repo,
	enum pm_hook hook, bool force, struct pm_hook_place *place)
{
	int fd = open_place(
		ctx, repo, hook, (struct opening){.alone = true}, place);
	bool there = place->state == PM_HOOK_INSTALLED ||
		     place->state == PM_HOOK_DISABLED ||
		     place->state == PM_HOOK_EDITED ||
		     (place->state == PM_HOOK_ABSENT && place->chained);
	int rc = 0;

	if (fd < 0) {
		pm_ctx_clear(ctx);
		return 0;
	}
	if (place->state == PM_HOOK_EDITED && !force)
		rc = fail_edited(ctx, place);
	else if (place->state == PM_HOOK_OTHER && place->chained)
		rc = fail_replaced(ctx, place);
	else if (there)
		rc = take_out(ctx, fd, hook, place);
	if (rc == 0)
		look(ctx, fd, hook, place);
	else
		pm_fail_prefix(
			ctx, "cannot uninstall the %s hook", names[hook]);
	close(fd);
	return rc < 0 ? rc : there;
}
