/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Digests of many pieces: SHA-256 for those that documents and baselines hold,
 * SHA-1 for the checksum of Git's index, which guards against bit rot and not
 * against people, and to see that a file is the blob it was checked out from.
 * Objects are named by libgit2, which looks for collisions. nettle does the
 * work, and digest.c alone sees it.
 *
 *	struct pm_sha256 sha;
 *	pm_sha256_init(&sha);
 *	pm_sha256_add(&sha, piece);
 *	pm_sha256_end(&sha, hex);
 */
#ifndef PM_BASE_DIGEST_H
#define PM_BASE_DIGEST_H

#include <stdint.h>

#include "pm/slice.h"

/* Hexadecimal digits of a digest, and the NUL. */
#define PM_SHA256_HEX 65

#define PM_SHA1_LEN 20

/* What nettle keeps. */
struct pm_sha256 {
	uint64_t state[14];
};

struct pm_sha1 {
	uint64_t state[13];
};

void pm_sha256_init(struct pm_sha256 *sha);
void pm_sha256_add(struct pm_sha256 *sha, struct pm_slice bytes);

/* The digest in lower case, terminated; sha may be used again after init. */
void pm_sha256_end(struct pm_sha256 *sha, char out[PM_SHA256_HEX]);

/* Of bytes that are all there. */
void pm_sha256_hex(struct pm_slice bytes, char out[PM_SHA256_HEX]);

void pm_sha1_init(struct pm_sha1 *sha);
void pm_sha1_add(struct pm_sha1 *sha, struct pm_slice bytes);

/* The digest's bytes. */
void pm_sha1_end(struct pm_sha1 *sha, unsigned char out[PM_SHA1_LEN]);

#endif
