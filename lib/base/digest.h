/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-256 of many pieces, for digests that documents hold: of evidence, of the
 * text that somebody approved. libmd does the work, and digest.c alone sees
 * it; objects of Git are named by libgit2.
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

struct pm_sha256 {
	uint64_t state[26]; /* libmd's own */
};

void pm_sha256_init(struct pm_sha256 *sha);
void pm_sha256_add(struct pm_sha256 *sha, struct pm_slice bytes);

/* The digest in lower case, terminated; sha may be used again after init. */
void pm_sha256_end(struct pm_sha256 *sha, char out[PM_SHA256_HEX]);

/* Of bytes that are all there. */
void pm_sha256_hex(struct pm_slice bytes, char out[PM_SHA256_HEX]);

#endif
