/* SPDX-License-Identifier: Apache-2.0 */
/* Reading an index file entry by entry. Private to this directory. */
#ifndef PM_GIT_CURSOR_H
#define PM_GIT_CURSOR_H

#include "git/git.h"

#define PM_GIT_INDEX_HEADER  12
#define PM_GIT_INDEX_FIXED   62 /* bytes of an entry before its path */
#define PM_GIT_INDEX_TRAILER 20

struct pm_git_cursor {
	struct pm_slice bytes; /* without the checksum */
	size_t off;            /* of the next entry; at last of extensions */
	uint32_t version;
	uint32_t left;      /* entries not read yet */
	struct pm_buf path; /* version 4 shares prefixes with it; release it */
	bool bad;
	bool nameless; /* set by the caller: there may be entries without a path
			*/
};

/* True when the bytes are an index of a version that is read here. */
bool pm_git_cursor_open(struct pm_git_cursor *cursor, struct pm_slice bytes);

/* The next entry and its stage. False at the end, or when bad is set. */
bool pm_git_cursor_next(struct pm_git_cursor *cursor,
	struct pm_git_entry *entry, unsigned *stage);

/* At the end of the entries: true when an extension changes their meaning. */
bool pm_git_cursor_strange(const struct pm_git_cursor *cursor);

/* At the end of the entries: what an extension holds, empty when absent. */
struct pm_slice pm_git_cursor_extension(
	const struct pm_git_cursor *cursor, const char *name);

#endif
