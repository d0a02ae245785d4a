/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether the kernel has filters of system calls. Asked of /proc and not of a
 * call that fails: what the code under test, or the test, does wrong must not
 * look like a kernel that cannot.
 */
#ifndef KERNEL_H
#define KERNEL_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static inline bool kernel_filters_calls(void)
{
	FILE *status = fopen("/proc/self/status", "r");
	char line[256];
	bool found = false;

	while (status && fgets(line, sizeof line, status))
		found = found || strncmp(line, "Seccomp:", 8) == 0;
	if (status)
		fclose(status);
	return found;
}

#endif
