/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between the files of this directory: SQLite's connections and the layer
 * below them that keeps a checksum in every page.
 */
#ifndef PM_SQL_PRIVATE_H
#define PM_SQL_PRIVATE_H

#include <stdbool.h>

#include <sqlite3.h>

/* Bytes at the end of each page. Another way to make the sum has another
   number of them: it is how a file says which one it has. */
#define PM_SEAL_SIZE 12

/* The name under which SQLite knows the layer; registers it at first. */
const char *pm_seal_vfs(void);

/* True when every page of the connection's file is sealed. */
bool pm_seal_has(sqlite3 *db);

#endif
