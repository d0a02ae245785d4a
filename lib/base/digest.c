/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one file that sees libmd. Its context is copied in and out of ours, so
 * that neither its header nor its alignment reaches a caller; two hundred
 * bytes are nothing beside a block of hashing.
 */
#include "base/digest.h"

#include <assert.h>
#include <sha2.h>
#include <string.h>

void pm_sha256_init(struct pm_sha256 *sha)
{
	static_assert(sizeof(SHA2_CTX) <= sizeof(struct pm_sha256),
		"libmd's context fits into ours");
	SHA2_CTX ctx;

	SHA256Init(&ctx);
	memcpy(sha->state, &ctx, sizeof ctx);
}

void pm_sha256_add(struct pm_sha256 *sha, struct pm_slice bytes)
{
	SHA2_CTX ctx;

	if (!bytes.len)
		return;
	memcpy(&ctx, sha->state, sizeof ctx);
	SHA256Update(&ctx, (const uint8_t *)bytes.ptr, bytes.len);
	memcpy(sha->state, &ctx, sizeof ctx);
}

void pm_sha256_end(struct pm_sha256 *sha, char out[PM_SHA256_HEX])
{
	static_assert(PM_SHA256_HEX == SHA256_DIGEST_STRING_LENGTH,
		"libmd writes as many digits");
	SHA2_CTX ctx;

	memcpy(&ctx, sha->state, sizeof ctx);
	SHA256End(&ctx, out);
}

void pm_sha256_hex(struct pm_slice bytes, char out[PM_SHA256_HEX])
{
	struct pm_sha256 sha;

	pm_sha256_init(&sha);
	pm_sha256_add(&sha, bytes);
	pm_sha256_end(&sha, out);
}
