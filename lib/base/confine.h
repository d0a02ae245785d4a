/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A process that parses hostile text gives up what it does not need, so that
 * text which takes it over gains nothing: limits that hold everywhere, and,
 * where the kernel has it (Linux 3.5, x86-64 and arm64), a filter of system
 * calls. What stays allowed is to read files, to have memory within the
 * limits, and to write to one descriptor. Whoever tries to write, make, rename
 * or remove a file, to open a connection, to start a program, to look into
 * another process or to send it a signal is killed with SIGSYS; any other call
 * outside of the list fails with ENOSYS, as on an older kernel.
 *
 * Nothing of it can be undone by the process, nor by what it might start.
 */
#ifndef PM_BASE_CONFINE_H
#define PM_BASE_CONFINE_H

#include <stdbool.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) ||     \
	__has_feature(thread_sanitizer)
#define PM_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PM_SANITIZED 1
#endif
#ifndef PM_SANITIZED
#define PM_SANITIZED 0
#endif

/* Limits on what is opened, written, locked, started and dumped. quiet: stderr
   leads nowhere, so that a file behind it need not grow. */
void pm_confine_limits(bool quiet);

/*
 * Installs the filter; from now on only the descriptor out and stderr may be
 * written to. Returns 0, or -1 where there is no filter: the kernel or the
 * machine has none, or a filter around us forbids it.
 */
int pm_confine_calls(int out);

/* Whether the kernel would take the filter. */
bool pm_confine_available(void);

#endif
