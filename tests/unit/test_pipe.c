/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libgit2 calls in place of open: a named pipe is not waited for, and
 * everything else is as with open.
 */
#include "git/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/pm-pipe-XXXXXX";

static int make_dir(void **state)
{
	(void)state;
	return mkdtemp(dir) && chdir(dir) == 0 ? 0 : -1;
}

static int remove_dir(void **state)
{
	(void)state;
	unlink("pipe");
	unlink("file");
	return chdir("/") < 0 ? -1 : rmdir(dir);
}

static void a_pipe_is_refused_at_once(void **state)
{
	(void)state;
	assert_int_equal(mkfifo("pipe", 0600), 0);
	errno = 0;
	assert_int_equal(pm_git_open("pipe", O_RDONLY | O_CLOEXEC), -1);
	assert_int_equal(errno, PM_EPIPE_NAMED);
}

static void a_file_is_made_written_and_read(void **state)
{
	char text[8] = "";
	struct stat st;
	int fd = pm_git_open("file", O_WRONLY | O_CREAT | O_EXCL, 0640);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_mode & 0700, 0600);
	assert_int_equal(write(fd, "words", 5), 5);
	close(fd);
	fd = pm_git_open("file", O_RDONLY);
	assert_true(fd >= 0);
	assert_int_equal(read(fd, text, sizeof text), 5);
	assert_string_equal(text, "words");
	close(fd);
}

static void what_is_not_there_says_so(void **state)
{
	int fd = pm_git_open(".", O_RDONLY | O_DIRECTORY);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	errno = 0;
	assert_int_equal(pm_git_open("none", O_RDONLY), -1);
	assert_int_equal(errno, ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pipe_is_refused_at_once),
		cmocka_unit_test(a_file_is_made_written_and_read),
		cmocka_unit_test(what_is_not_there_says_so),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
