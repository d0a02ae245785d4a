/* SPDX-License-Identifier: Apache-2.0 */
/* Memory of the commands, with the library's promise: it never fails. */
#ifndef PM_CMD_ALLOC_H
#define PM_CMD_ALLOC_H

#include <stddef.h>

/*
 * Zeroed memory for count elements of size bytes; free with free(). Without
 * memory the process ends, and main says so.
 */
void *pm_cli_alloc(size_t count, size_t size);

#endif
