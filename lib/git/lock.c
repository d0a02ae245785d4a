/* SPDX-License-Identifier: Apache-2.0 */
/*
 * git's lock on the index: the file index.lock, made so that only one can.
 * Ours says that it is pm's and is held with flock besides, which ends with
 * the process: a lock left by a pm that was killed can be told from one in
 * use. Before the branch moves, what is about to happen is noted in it, so
 * that the next pm can finish it. A lock of anybody else is never touched
 * (hazards.txt 57-59).
 */
#include "git/private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/path.h"

#define MARK "pm holds this lock\n"

/* How long to wait for one who holds the lock, and for all of them: many
   that take turns are no reason to give up as long as they do. */
#define WAIT_MS     1000
#define WAIT_ALL_MS 10000

static int64_t monotonic_ms(void)
{
	struct timespec now = {0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void pm_git_lock_age(struct pm_ctx *ctx, const char *path, struct pm_buf *out)
{
	struct stat st;
	struct timespec now = {0};
	long long age;

	(void)ctx;
	/* Of the file system's clock, not of the context's pinned one. */
	if (lstat(path, &st) < 0 || clock_gettime(CLOCK_REALTIME, &now) < 0)
		return;
	age = (long long)now.tv_sec - st.st_mtim.tv_sec;
	if (age < 0)
		age = 0;
	if (age < 120)
		pm_buf_addf(out, ", %lld s old", age);
	else if (age < 7200)
		pm_buf_addf(out, ", %lld min old", age / 60);
	else
		pm_buf_addf(out, ", %lld h old", age / 3600);
}

/* --- what a dead one left ------------------------------------------------ */

/* What a dead lock says: "REF OID<lf>path<nul>...". */
struct note {
	struct pm_buf ref;
	struct pm_oid commit;
	struct pm_slice paths;
	struct timespec written;
};

static bool read_note(struct pm_slice text, struct note *note)
{
	ptrdiff_t end = pm_slice_find(text, 0, '\n');
	struct pm_slice line = pm_slice_sub(text, 0, end < 0 ? 0 : (size_t)end);
	ptrdiff_t blank = pm_slice_find(line, 0, ' ');

	if (blank <= 0 || pm_oid_parse(pm_slice_from(line, (size_t)blank + 1),
				  &note->commit) < 0)
		return false;
	pm_buf_add_slice(&note->ref, pm_slice_sub(line, 0, (size_t)blank));
	note->paths = pm_slice_from(text, (size_t)end + 1);
	return true;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_dev == b->st_dev;
}

/*
 * True when the file stays empty, and the same, for a second, and was made
 * after the note. Whoever lives fills a reference's lock at once.
 */
static bool abandoned(int dir, const char *name, const struct note *note)
{
	const struct timespec nap = {0, 50 * 1000000L};
	struct stat first, now;

	if (fstatat(dir, name, &first, AT_SYMLINK_NOFOLLOW) < 0 ||
		first.st_size != 0 ||
		first.st_mtim.tv_sec < note->written.tv_sec)
		return false;
	for (int i = 0; i < 20; i++) {
		nanosleep(&nap, NULL);
		if (fstatat(dir, name, &now, AT_SYMLINK_NOFOLLOW) < 0 ||
			now.st_size != 0 || !same_file(&first, &now))
			return false;
	}
	return true;
}

/*
 * Opens the directory that holds the file of a reference, and says how it is
 * called there; below refs/ no link is followed. The name was read from a file,
 * so it leads nowhere else: -1 when it would.
 */
static int open_ref_dir(struct pm_ctx *ctx, const struct pm_repo *repo,
	const struct pm_buf *ref, struct pm_slice *name)
{
	static const char refs[] = "refs/";
	struct pm_slice below = pm_slice_from(pm_buf_slice(ref), strlen(refs));
	struct pm_buf path = PM_BUF_INIT;
	int valid = 0, root, dir = -1;

	*name = pm_path_base(pm_buf_slice(ref));
	if (strcmp(ref->ptr, "HEAD") == 0)
		return pm_dir_open(ctx, repo->gitdir);
	if (strncmp(ref->ptr, refs, strlen(refs)) != 0 ||
		strlen(ref->ptr) != ref->len ||
		git_reference_name_is_valid(&valid, ref->ptr) < 0 || !valid)
		return -1;
	pm_buf_addf(&path, "%s/refs", repo->commondir);
	root = pm_dir_open(ctx, path.ptr);
	pm_buf_reset(&path);
	pm_buf_add_slice(&path, pm_path_dir(below));
	if (root >= 0) {
		dir = pm_dir_open_at(ctx, root, path.ptr);
		close(root);
	}
	pm_buf_release(&path);
	return dir;
}

/* Removes the branch's lock if it is the one the dead pm took: it holds the
   commit of the note, or nothing yet. */
static void unlock_ref(
	struct pm_ctx *ctx, const struct pm_repo *repo, const struct note *note)
{
	char hex[PM_OID_HEX];
	struct pm_buf file = PM_BUF_INIT;
	struct pm_buf text = PM_BUF_INIT;
	struct pm_slice name;
	int dir = open_ref_dir(ctx, repo, &note->ref, &name);

	pm_oid_hex(&note->commit, hex);
	pm_buf_addf(&file, "%.*s.lock", PM_SLICE_ARG(name));
	if (dir >= 0 &&
		pm_file_read_at(ctx, dir, file.ptr, 4096, &text, NULL) == 0 &&
		(pm_slice_is(pm_slice_trim(pm_buf_slice(&text)), hex) ||
			abandoned(dir, file.ptr, note)))
		unlinkat(dir, file.ptr, 0);
	if (dir >= 0)
		close(dir);
	pm_ctx_clear(ctx);
	pm_buf_release(&file);
	pm_buf_release(&text);
}

/* One path of the note, as HEAD has it now. */
static int recover_item(struct pm_ctx *ctx, struct pm_git_job *job,
	const struct pm_oid *tree, const char *path)
{
	struct pm_git_item *item = &job->items[job->nitems];
	struct pm_git_entry entry = {0};
	int rc =
		pm_git_lookup(ctx, job->repo, tree, pm_slice_str(path), &entry);

	if (rc < 0 && rc != PM_ENOTFOUND)
		return rc;
	*item = (struct pm_git_item){
		.path = path,
		.removed = rc < 0,
		.oid = entry.oid,
		.mode = entry.mode,
	};
	job->nitems++;
	return 0;
}

/* The branch moved, the index did not follow: it does now. */
static int finish(struct pm_ctx *ctx, struct pm_repo *repo,
	const struct pm_oid *tree, struct pm_slice paths)
{
	struct pm_git_job job = {.repo = repo};
	char *index = NULL;
	size_t n = 0;
	int rc = pm_git_index_facts(ctx, repo, &job.index);

	for (size_t i = 0; i < paths.len; i++)
		n += paths.ptr[i] == '\0';
	job.items = pm_alloc(n + 1, sizeof(*job.items));
	/* Each path of the note is terminated; a torn last one is left out. */
	for (size_t i = 0; i < n && rc == 0; i++) {
		rc = recover_item(ctx, &job, tree, paths.ptr);
		paths = pm_slice_from(paths, strlen(paths.ptr) + 1);
	}
	if (rc == 0 && n > 0)
		rc = pm_git_stage(ctx, &job, &index);
	if (index && rename(index, repo->index) < 0)
		unlink(index);
	free(index);
	free(job.items);
	return rc;
}

static void recover(
	struct pm_ctx *ctx, struct pm_repo *repo, const struct note *note)
{
	struct pm_git_tip tip = PM_GIT_TIP_INIT;

	unlock_ref(ctx, repo, note);
	if (pm_git_tip(ctx, repo, &tip) == 0 &&
		pm_oid_eq(&tip.commit, &note->commit))
		finish(ctx, repo, &tip.tree, note->paths);
	pm_ctx_clear(ctx);
	pm_git_tip_release(&tip);
}

/* Clears the lock away when it is one of ours and its owner is gone. */
static void break_dead(
	struct pm_ctx *ctx, struct pm_repo *repo, const char *path)
{
	struct note note = {.ref = PM_BUF_INIT};
	struct pm_buf text = PM_BUF_INIT;
	struct stat there, held;
	/* O_NONBLOCK: a pipe that somebody put there is not waited for. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd < 0)
		return;
	/* Two may come here at once: who gets the flock second finds another
	   file, or none, under the name. */
	if (pm_fd_read(ctx, fd, 1 << 20, &text) == 0 &&
		pm_slice_starts(pm_buf_slice(&text), MARK) &&
		flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &held) == 0 &&
		lstat(path, &there) == 0 && same_file(&held, &there)) {
		note.written = held.st_mtim;
		if (read_note(pm_slice_from(pm_buf_slice(&text), strlen(MARK)),
			    &note))
			recover(ctx, repo, &note);
		if (unlink(path) == 0)
			pm_notice(ctx,
				"removed '%s', left by a pm that was killed",
				path);
	}
	pm_ctx_clear(ctx);
	pm_buf_release(&note.ref);
	pm_buf_release(&text);
	close(fd);
}

void pm_git_recover(struct pm_ctx *ctx, struct pm_repo *repo)
{
	struct pm_buf path = PM_BUF_INIT;

	pm_buf_addf(&path, "%s.lock", repo->index);
	if (repo->worktree)
		break_dead(ctx, repo, path.ptr);
	pm_buf_release(&path);
}

/* --- taking it ----------------------------------------------------------- */

/* Flocks a new lock file, then marks it, synced, so that a power cut leaves
   none unmarked either. Unmarked it is still a lock. */
static void mark_lock(int fd)
{
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 &&
		write(fd, MARK, strlen(MARK)) < 0 && ftruncate(fd, 0) < 0)
		errno = 0;
	pm_fd_sync(fd);
}

/* The lock file has its name first and is marked a little later. */
static int make_named(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

	if (fd >= 0)
		mark_lock(fd);
	return fd;
}

/*
 * Makes the lock file, marked and flocked before it has a name, so that there
 * is no moment in which a killed pm would leave one that nobody knows; as
 * make_named where files without a name are not to be had, or get none.
 */
static int make_lock(const char *path, const char *dir)
{
	char self[64];
	int fd = open(dir, O_RDWR | O_TMPFILE | O_CLOEXEC, 0666);
	int err;

	if (fd < 0)
		return make_named(path);
	mark_lock(fd);
	snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	if (linkat(AT_FDCWD, self, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0)
		return fd;
	err = errno;
	close(fd);
	errno = err;
	/* No /proc, or no links here. */
	return err == EEXIST ? -1 : make_named(path);
}

static int fail_held(struct pm_ctx *ctx, const char *path)
{
	struct pm_buf age = PM_BUF_INIT;
	int rc;

	pm_git_lock_age(ctx, path, &age);
	rc = pm_fail(ctx, PM_ELOCKED,
		"the index is locked: '%s'%s (try again; when no git or pm is "
		"running, remove that file)",
		path, age.ptr);
	pm_buf_release(&age);
	return rc;
}

/* True when the lock is not the one that was seen last. */
static bool changed_hands(const char *path, struct stat *seen)
{
	struct stat now;

	if (lstat(path, &now) < 0 ||
		(same_file(&now, seen) &&
			now.st_mtim.tv_sec == seen->st_mtim.tv_sec &&
			now.st_mtim.tv_nsec == seen->st_mtim.tv_nsec))
		return false;
	*seen = now;
	return true;
}

/* Tries until the lock is there or the time is over. */
static int wait_for_lock(struct pm_ctx *ctx, struct pm_repo *repo,
	const char *path, const char *dir)
{
	int64_t now = monotonic_ms();
	int64_t deadline = now + WAIT_MS, end = now + WAIT_ALL_MS;
	struct stat seen = {0};
	long wait_ms = 1;

	for (;;) {
		struct timespec nap = {0, wait_ms * 1000000L};
		int fd = make_lock(path, dir);

		if (fd >= 0)
			return fd;
		if (errno != EEXIST && errno != EINTR)
			return pm_fail_errno(ctx, "cannot make '%s'", path);
		break_dead(ctx, repo, path);
		now = monotonic_ms();
		if (changed_hands(path, &seen))
			deadline = now + WAIT_MS;
		if (now >= deadline || now >= end)
			return fail_held(ctx, path);
		nanosleep(&nap, NULL);
		wait_ms = wait_ms < 50 ? wait_ms * 2 : 50;
	}
}

int pm_git_lock(
	struct pm_ctx *ctx, struct pm_repo *repo, struct pm_git_lock *lock)
{
	struct pm_buf path = PM_BUF_INIT;
	struct pm_buf dir = PM_BUF_INIT;
	int fd;

	pm_buf_addf(&path, "%s.lock", repo->index);
	pm_buf_add_slice(&dir, pm_path_dir(pm_buf_slice(&path)));
	fd = wait_for_lock(ctx, repo, path.ptr, dir.ptr);
	pm_buf_release(&dir);
	if (fd < 0) {
		pm_buf_release(&path);
		return fd;
	}
	lock->fd = fd;
	lock->path = pm_buf_take(&path);
	return 0;
}

/* Names that came and went beside the file stay so after a power cut. Best
   effort: some file systems sync no directory. */
static void sync_around(const char *path)
{
	struct pm_buf dir = PM_BUF_INIT;
	int fd;

	pm_buf_add_slice(&dir, pm_path_dir(pm_slice_str(path)));
	fd = open(dir.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		pm_fd_sync(fd);
		close(fd);
	}
	pm_buf_release(&dir);
}

int pm_git_lock_note(struct pm_ctx *ctx, struct pm_git_lock *lock,
	const struct pm_git_job *job, const struct pm_git_tip *tip,
	const struct pm_oid *commit)
{
	struct pm_buf text = PM_BUF_INIT;
	char hex[PM_OID_HEX];
	int rc;

	pm_oid_hex(commit, hex);
	pm_buf_addf(&text, MARK "%s %s\n", tip->ref.ptr, hex);
	for (size_t i = 0; i < job->nitems; i++) {
		pm_buf_adds(&text, job->items[i].path);
		pm_buf_addc(&text, '\0');
	}
	rc = lseek(lock->fd, 0, SEEK_SET) < 0
		     ? pm_fail_errno(ctx, "cannot write")
		     : pm_fd_write(ctx, lock->fd, pm_buf_slice(&text));
	if (rc == 0 && pm_fd_sync(lock->fd) < 0)
		rc = pm_fail_errno(ctx, "cannot write");
	if (rc < 0)
		rc = pm_fail_prefix(ctx, "the lock '%s'", lock->path);
	else
		sync_around(lock->path);
	pm_buf_release(&text);
	return rc;
}

void pm_git_unlock(struct pm_ctx *ctx, struct pm_git_lock *lock)
{
	if (!lock->path)
		return;
	if (unlink(lock->path) < 0 && errno != ENOENT)
		pm_notice(ctx, "cannot remove the lock '%s': %s (remove it)",
			lock->path, strerror(errno));
	sync_around(lock->path);
	close(lock->fd);
	free(lock->path);
	*lock = (struct pm_git_lock)PM_GIT_LOCK_INIT;
}
