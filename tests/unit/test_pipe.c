/* SPDX-License-Identifier: Apache-2.0 */
/* What libgit2 opens files with does what open does, but for named pipes. */
#include "git/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* In a directory of its own, which the last test leaves empty. */
static int enter(void **state)
{
	static char dir[] = "/tmp/pm-pipe.XXXXXX";

	*state = dir;
	return mkdtemp(dir) && chdir(dir) == 0 ? 0 : -1;
}

static int leave(void **state)
{
	return chdir("/") == 0 && rmdir(*state) == 0 ? 0 : -1;
}

static void as_open(void **state)
{
	char byte = 0;
	struct stat st;
	int fd = pm_git_open("file", O_WRONLY | O_CREAT | O_EXCL, 0640);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "x", 1), 1);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_mode & 0740, 0640);
	close(fd);
	assert_int_equal(
		pm_git_open("file", O_WRONLY | O_CREAT | O_EXCL, 0640), -1);
	assert_int_equal(errno, EEXIST);
	fd = pm_git_open("file", O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	assert_int_equal(read(fd, &byte, 1), 1);
	assert_int_equal(byte, 'x');
	close(fd);
	fd = pm_git_open(".", O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(pm_git_open("none", O_RDONLY), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(unlink("file"), 0);
}

/* With a writer or without one: nothing of it is read. */
static void pipes(void **state)
{
	int fd;

	(void)state;
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_int_equal(pm_git_open("pipe", O_RDONLY), -1);
	assert_int_equal(errno, PM_EPIPE_NAMED);
	fd = open("pipe", O_RDWR | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(pm_git_open("pipe", O_RDONLY), -1);
	assert_int_equal(errno, PM_EPIPE_NAMED);
	close(fd);
	assert_int_equal(unlink("pipe"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_open),
		cmocka_unit_test(pipes),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
