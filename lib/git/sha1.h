/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-1 (FIPS 180-4) of many pieces. For the checksum at the end of the index,
 * which guards against bit rot, not against people, and to see that a file is
 * the blob it was checked out from: objects are named by libgit2, which looks
 * for collisions. Private to this directory.
 */
#ifndef PM_GIT_SHA1_H
#define PM_GIT_SHA1_H

#include <stdint.h>

#include "pm/slice.h"

struct pm_git_sha1 {
	uint32_t state[5];
	uint64_t len;            /* bytes so far */
	unsigned char block[64]; /* what does not fill one yet */
	void (*compress)(
		uint32_t state[5], const unsigned char *blocks, size_t count);
};

void pm_git_sha1_init(struct pm_git_sha1 *sha);
void pm_git_sha1_add(struct pm_git_sha1 *sha, struct pm_slice bytes);
void pm_git_sha1_end(struct pm_git_sha1 *sha, unsigned char out[20]);

#endif
