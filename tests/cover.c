/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Linked into the coverage flavour only, with --wrap=_exit: a worker process
 * leaves without the handlers of its parent, and with them without writing
 * what it counted, which is most of what there is to count.
 */
#include <unistd.h>

void __gcov_dump(void);
_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);

_Noreturn void __wrap__exit(int status)
{
	__gcov_dump();
	__real__exit(status);
}
