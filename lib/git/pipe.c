/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libgit2 opens what a repository names: settings, references, objects, lists
 * of what is ignored. Where somebody put a named pipe, open waits until another
 * process writes to it, which may be never. Where libgit2 is linked as an
 * archive, tests/link.sh has a copy of the archive call this function in place
 * of open, so that all its files are looked at. Elsewhere nobody calls it, and
 * only what open.c looks at itself is safe.
 */
#include "git/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

int pm_git_open(const char *path, int flags, ...)
{
	bool reads = (flags & O_ACCMODE) == O_RDONLY;
	struct stat st;
	mode_t mode = 0;
	va_list args;
	int fd;

	if (flags & O_CREAT) {
		va_start(args, flags);
		mode = (mode_t)va_arg(args, int);
		va_end(args);
	}
	/* Files and directories are the same with and without O_NONBLOCK. */
	fd = open(path, reads ? flags | O_NONBLOCK : flags, mode);
	if (fd < 0 || !reads || fstat(fd, &st) < 0 || !S_ISFIFO(st.st_mode))
		return fd;
	close(fd);
	errno = PM_EPIPE_NAMED;
	return -1;
}
