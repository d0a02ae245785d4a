/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files: bounded reading, links refused, writing whole or not at all. All of
 * it runs a second time under a filter that takes away openat2, O_TMPFILE and
 * renameat2's flag, as on an old kernel or a poor file system.
 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kernel.h"
#include "valgrind.h"

struct place {
	struct pm_ctx *ctx;
	char dir[32];
	int fd;
};

static int setup(void **state)
{
	struct place *place = calloc(1, sizeof(*place));

	place->ctx = pm_ctx_new();
	snprintf(place->dir, sizeof(place->dir), "/tmp/pm-file-XXXXXX");
	if (!mkdtemp(place->dir))
		return -1;
	place->fd = pm_dir_open(place->ctx, place->dir);
	*state = place;
	return place->fd < 0;
}

/* Removes what is in the directory fd, which it closes. */
static void empty(int fd)
{
	DIR *dir = fdopendir(fd);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		const char *name = entry->d_name;

		if (!strcmp(name, ".") || !strcmp(name, ".."))
			continue;
		if (unlinkat(fd, name, 0) < 0) {
			empty(openat(fd, name, O_RDONLY | O_DIRECTORY));
			unlinkat(fd, name, AT_REMOVEDIR);
		}
	}
	closedir(dir);
}

static int teardown(void **state)
{
	struct place *place = *state;

	empty(place->fd);
	rmdir(place->dir);
	pm_ctx_free(place->ctx);
	free(place);
	return 0;
}

static unsigned count_entries(struct place *place)
{
	DIR *dir = opendir(place->dir);
	unsigned count = 0;

	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static int put(
	struct place *place, const char *path, const char *text, unsigned flags)
{
	return pm_file_write_at(
		place->ctx, place->fd, path, pm_slice_str(text), flags);
}

static void assert_holds(
	struct place *place, const char *path, const char *text)
{
	struct pm_buf buf = PM_BUF_INIT;

	assert_int_equal(
		pm_file_read_at(place->ctx, place->fd, path, 0, &buf, NULL), 0);
	assert_string_equal(buf.ptr, text);
	pm_buf_release(&buf);
}

static void test_write(void **state)
{
	struct place *place = *state;

	assert_int_equal(put(place, "a.md", "one", PM_WRITE_NEW), 0);
	assert_holds(place, "a.md", "one");
	assert_int_equal(put(place, "a.md", "two", PM_WRITE_NEW), PM_EEXISTS);
	assert_holds(place, "a.md", "one");
	assert_int_equal(put(place, "a.md", "three", 0), 0);
	assert_holds(place, "a.md", "three");
	assert_int_equal(put(place, "b.md", "", 0), 0);
	assert_holds(place, "b.md", "");
	assert_int_equal(count_entries(place), 2);
	assert_int_equal(put(place, "x/y.md", "", 0), PM_ENOTFOUND);
	assert_int_equal(put(place, "x/y/z.md", "deep", PM_WRITE_PARENTS), 0);
	assert_holds(place, "x/y/z.md", "deep");
	assert_int_equal(put(place, "x/y/z.md", "deeper", PM_WRITE_PARENTS), 0);
	assert_int_equal(
		put(place, "a.md/b", "", PM_WRITE_PARENTS), PM_ENOTFOUND);
	assert_int_equal(put(place, "", "", 0), PM_EUSAGE);
	assert_int_equal(put(place, "x/", "", 0), PM_EUSAGE);
	assert_int_equal(put(place, "/tmp/x", "", 0), PM_EUSAGE);
	assert_int_equal(put(place, "../x", "", 0), PM_EINVALID);
	assert_int_equal(
		put(place, "../x/y", "", PM_WRITE_PARENTS), PM_EINVALID);
	assert_int_equal(put(place, "x", "", 0), PM_EINVALID);
	assert_int_equal(put(place, "x", "", PM_WRITE_NEW), PM_EEXISTS);
	assert_int_equal(count_entries(place), 3);
}

/* The one entry that begins like a temporary name; its number is returned. */
static int find_temp(struct place *place, char out[NAME_MAX + 1])
{
	DIR *dir = fdopendir(openat(place->fd, ".", O_RDONLY | O_DIRECTORY));
	struct dirent *entry;
	int count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		if (strncmp(entry->d_name, ".pm-tmp-", 8) != 0)
			continue;
		count++;
		snprintf(out, NAME_MAX + 1, "%s", entry->d_name);
	}
	closedir(dir);
	return count;
}

/* Holds the write of a.md between the two names, then kills it. */
static void be_killed(struct place *place, char temp[NAME_MAX + 1])
{
	pid_t child;
	int status;

	if (!kernel_filters_calls())
		skip();
	child = fork();
	if (child == 0) {
		struct sock_filter code[] = {
			BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat, 1, 0),
			BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
			BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		};
		struct sock_fprog program = {4, code};

		if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
			prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) <
				0)
			_exit(1);
		put(place, "a.md", "never", 0);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(find_temp(place, temp), 1);
}

/* hazard: 59 */
static void test_killed(void **state)
{
	struct place *place = *state;
	char temp[NAME_MAX + 1], other[NAME_MAX + 1];
	int fd;

	assert_int_equal(put(place, "a.md", "one", 0), 0);
	be_killed(place, temp);
	assert_holds(place, "a.md", "one");
	assert_int_equal(put(place, "a.md", "two", 0), 0);
	assert_holds(place, "a.md", "two");
	assert_int_equal(find_temp(place, other), 0);
	/* The name of somebody who is alive is left to him. */
	be_killed(place, temp);
	fd = openat(place->fd, temp, O_RDONLY);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(put(place, "a.md", "three", 0), 0);
	assert_holds(place, "a.md", "three");
	assert_int_equal(find_temp(place, other), 1);
	assert_string_equal(other, temp);
	close(fd);
	assert_int_equal(put(place, "a.md", "four", 0), 0);
	assert_int_equal(find_temp(place, other), 0);
}

static int replace(struct place *place, const char *old, const char *text)
{
	int ret = pm_file_replace_at(place->ctx, place->fd, "a.md",
		pm_slice_str(old), pm_slice_str(text));

	pm_ctx_clear(place->ctx);
	return ret;
}

/* What somebody saved meanwhile is not lost. */
static void test_replace(void **state)
{
	struct place *place = *state;
	struct pm_buf large = PM_BUF_INIT;

	assert_true(replace(place, "", "new") < 0);
	assert_int_equal(put(place, "a.md", "one", PM_WRITE_NEW), 0);
	assert_int_equal(replace(place, "one", "two"), 0);
	assert_holds(place, "a.md", "two");
	assert_true(replace(place, "one", "three") < 0);
	assert_true(replace(place, "", "three") < 0);
	assert_true(replace(place, "tw", "three") < 0);
	assert_true(replace(place, "two more", "three") < 0);
	assert_holds(place, "a.md", "two");
	while (large.len < 10000)
		pm_buf_adds(&large, "0123456789");
	assert_int_equal(replace(place, "two", large.ptr), 0);
	assert_int_equal(replace(place, large.ptr, "end"), 0);
	assert_int_equal(count_entries(place), 1);
	pm_buf_release(&large);
}

static void test_modes(void **state)
{
	struct place *place = *state;
	struct stat st;
	mode_t old = umask(027);

	put(place, "a", "x", 0);
	put(place, "b", "x", PM_WRITE_PRIVATE | PM_WRITE_NEW);
	umask(077);
	fstatat(place->fd, "a", &st, 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(fchmodat(place->fd, "a", 0755, 0), 0);
	/* A file that is replaced keeps its mode, whatever the umask. */
	put(place, "a", "y", 0);
	fstatat(place->fd, "a", &st, 0);
	assert_int_equal(st.st_mode & 07777, 0755);
	fstatat(place->fd, "b", &st, 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	umask(old);
}

/* hazard: 129 */
static void test_links(void **state)
{
	struct place *place = *state;
	struct pm_buf buf = PM_BUF_INIT;

	put(place, "d/real.md", "real", PM_WRITE_PARENTS);
	assert_int_equal(symlinkat("d", place->fd, "linked"), 0);
	assert_int_equal(symlinkat("real.md", place->fd, "d/link.md"), 0);
	assert_int_equal(
		symlinkat("/tmp/pm-nowhere", place->fd, "dangling"), 0);
	assert_int_equal(pm_file_read_at(place->ctx, place->fd, "d/link.md", 0,
				 &buf, NULL),
		PM_EINVALID);
	assert_non_null(strstr(
		pm_ctx_error(place->ctx)->message.ptr, "a symbolic link"));
	assert_int_equal(pm_file_read_at(place->ctx, place->fd,
				 "linked/real.md", 0, &buf, NULL),
		PM_EINVALID);
	assert_int_equal(put(place, "dangling", "x", 0), PM_EINVALID);
	assert_int_equal(put(place, "dangling", "x", PM_WRITE_NEW), PM_EEXISTS);
	assert_int_equal(put(place, "d/link.md", "x", 0), PM_EINVALID);
	assert_int_equal(put(place, "linked/new.md", "x", 0), PM_EINVALID);
	assert_int_equal(put(place, "linked/x/y.md", "x", PM_WRITE_PARENTS),
		PM_EINVALID);
	assert_int_equal(
		pm_dir_open_at(place->ctx, place->fd, "linked"), PM_EINVALID);
	assert_int_equal(access("/tmp/pm-nowhere", F_OK), -1);
	assert_holds(place, "d/real.md", "real");
	pm_buf_release(&buf);
}

static void test_read(void **state)
{
	struct place *place = *state;
	struct pm_buf buf = PM_BUF_INIT;
	struct stat st;
	char path[64];

	put(place, "a", "12345", 0);
	snprintf(path, sizeof(path), "%s/a", place->dir);
	pm_buf_adds(&buf, "kept ");
	assert_int_equal(pm_file_read(place->ctx, path, 5, &buf), 0);
	assert_string_equal(buf.ptr, "kept 12345");
	assert_int_equal(pm_file_read(place->ctx, path, 4, &buf), PM_ELIMIT);
	assert_string_equal(buf.ptr, "kept 12345");
	assert_int_equal(
		pm_file_read(place->ctx, place->dir, 0, &buf), PM_EINVALID);
	assert_non_null(strstr(
		pm_ctx_error(place->ctx)->message.ptr, "it is a directory"));
	assert_int_equal(
		pm_file_read(place->ctx, "/nowhere", 0, &buf), PM_ENOTFOUND);
	assert_int_equal(
		pm_file_read(place->ctx, "/dev/null", 0, &buf), PM_EINVALID);
	/* A pipe without a writer must not hold us. */
	assert_int_equal(mkfifoat(place->fd, "pipe", 0600), 0);
	assert_int_equal(
		pm_file_read_at(place->ctx, place->fd, "pipe", 0, &buf, NULL),
		PM_EINVALID);
	assert_int_equal(
		pm_file_read_at(place->ctx, place->fd, "a", 0, &buf, &st), 0);
	assert_int_equal(st.st_size, 5);
	assert_string_equal(buf.ptr, "kept 1234512345");
	assert_int_equal(
		pm_file_read_at(place->ctx, place->fd, "../x", 0, &buf, NULL),
		PM_EINVALID);
	assert_int_equal(pm_file_read_at(place->ctx, place->fd, "/etc/passwd",
				 0, &buf, NULL),
		PM_EINVALID);
	assert_int_equal(
		pm_file_read_at(place->ctx, place->fd, "no", 0, &buf, NULL),
		PM_ENOTFOUND);
	/* One that grows under our hands, or says that it is empty. */
	pm_buf_reset(&buf);
	assert_int_equal(
		pm_file_read(place->ctx, "/proc/self/status", 0, &buf), 0);
	assert_true(buf.len > 100);
	assert_int_equal(
		pm_file_read(place->ctx, "/proc/self/status", 10, &buf),
		PM_ELIMIT);
	pm_buf_release(&buf);
}

static void test_large(void **state)
{
	struct place *place = *state;
	struct pm_buf in = PM_BUF_INIT;
	struct pm_buf out = PM_BUF_INIT;
	size_t i;

	for (i = 0; i < 300000; i++)
		pm_buf_addf(&in, "%zu\n", i);
	assert_int_equal(pm_file_write_at(place->ctx, place->fd, "a",
				 pm_buf_slice(&in), 0),
		0);
	assert_int_equal(
		pm_file_read_at(place->ctx, place->fd, "a", in.len, &out, NULL),
		0);
	assert_true(pm_slice_eq(pm_buf_slice(&in), pm_buf_slice(&out)));
	pm_buf_release(&in);
	pm_buf_release(&out);
}

/* A full disk in small: nothing is left behind and nothing lost. */
/* hazard: 63 */
static void test_no_room(void **state)
{
	struct place *place = *state;
	struct rlimit old;
	struct rlimit small;
	char text[9000];

	if (under_valgrind())
		skip();
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	put(place, "a", "old", 0);
	getrlimit(RLIMIT_FSIZE, &old);
	small = old;
	small.rlim_cur = 5000;
	setrlimit(RLIMIT_FSIZE, &small);
	assert_int_equal(put(place, "a", text, 0), PM_ERROR);
	assert_non_null(strstr(pm_ctx_error(place->ctx)->message.ptr, "'a'"));
	assert_int_equal(put(place, "b", text, PM_WRITE_NEW), PM_ERROR);
	setrlimit(RLIMIT_FSIZE, &old);
	assert_holds(place, "a", "old");
	assert_int_equal(count_entries(place), 1);
}

static void test_fd(void **state)
{
	struct place *place = *state;
	struct pm_buf buf = PM_BUF_INIT;
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	assert_int_equal(
		pm_fd_write(place->ctx, fds[1], pm_slice_str("hello")), 0);
	close(fds[1]);
	assert_int_equal(pm_fd_read(place->ctx, fds[0], 4, &buf), PM_ELIMIT);
	assert_string_equal(buf.ptr, "");
	close(fds[0]);
	assert_int_equal(pm_fd_read(place->ctx, fds[0], 0, &buf), PM_ERROR);
	assert_int_equal(
		pm_fd_write(place->ctx, fds[1], pm_slice_str("x")), PM_ERROR);
	fds[0] = open("/dev/full", O_WRONLY);
	assert_int_equal(
		pm_fd_write(place->ctx, fds[0], pm_slice_str("x")), PM_ERROR);
	close(fds[0]);
	pm_buf_release(&buf);
}

static void test_dirs(void **state)
{
	struct place *place = *state;
	char path[400];
	int fd;

	assert_int_equal(pm_dir_make_at(place->ctx, place->fd, "a//b/c/"), 0);
	assert_int_equal(pm_dir_make_at(place->ctx, place->fd, "a/b/c"), 0);
	assert_int_equal(pm_dir_make_at(place->ctx, place->fd, ""), 0);
	fd = pm_dir_open_at(place->ctx, place->fd, "a/b");
	assert_true(fd >= 0);
	close(fd);
	fd = pm_dir_open_at(place->ctx, place->fd, "");
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(
		pm_dir_open_at(place->ctx, place->fd, "a/x"), PM_ENOTFOUND);
	assert_int_equal(pm_dir_make_at(place->ctx, place->fd, "a/../../x"),
		PM_EINVALID);
	assert_int_equal(
		pm_dir_make_at(place->ctx, place->fd, "/x"), PM_EINVALID);
	put(place, "file", "x", 0);
	assert_int_equal(
		pm_dir_make_at(place->ctx, place->fd, "file/x"), PM_ENOTFOUND);
	assert_int_equal(pm_dir_open(place->ctx, "/nowhere"), PM_ENOTFOUND);
	memset(path, 'x', sizeof(path));
	path[sizeof(path) - 1] = '\0';
	assert_int_equal(pm_dir_make_at(place->ctx, place->fd, path), PM_ERROR);
}

/* From here on three system calls are not what they were. */
static int old_kernel(void **state)
{
	static struct sock_filter rules[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat2, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, args[2])),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_TMPFILE & ~O_DIRECTORY,
			0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EOPNOTSUPP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	static struct sock_fprog filter = {
		.len = sizeof(rules) / sizeof(rules[0]),
		.filter = rules,
	};

	(void)state;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) < 0)
		print_message("no filter here: the same kernel once more\n");
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_write),
		TEST(test_replace),
		TEST(test_modes),
		TEST(test_links),
		TEST(test_read),
		TEST(test_large),
		TEST(test_no_room),
		TEST(test_fd),
		TEST(test_dirs),
	};
	const struct CMUnitTest new_only[] = {TEST(test_killed)};
	int failed = cmocka_run_group_tests_name("file", tests, NULL, NULL);

	failed += cmocka_run_group_tests_name(
		"file, killed", new_only, NULL, NULL);
	return failed + cmocka_run_group_tests_name(
				"file, old kernel", tests, old_kernel, NULL);
}
