/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one file that sees nettle, which takes the processor's own instructions
 * for digests where it has them: five times as fast as without. Its contexts
 * are copied in and out of ours, so that neither its headers nor its alignment
 * reach a caller; a hundred bytes are nothing beside a block of hashing.
 */
#include "base/digest.h"

#include <assert.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <string.h>

#include "base/ascii.h"

void pm_sha256_init(struct pm_sha256 *sha)
{
	static_assert(sizeof(struct sha256_ctx) <= sizeof(struct pm_sha256),
		"nettle's context fits into ours");
	struct sha256_ctx ctx;

	sha256_init(&ctx);
	memcpy(sha->state, &ctx, sizeof ctx);
}

void pm_sha256_add(struct pm_sha256 *sha, struct pm_slice bytes)
{
	struct sha256_ctx ctx;

	if (!bytes.len)
		return;
	memcpy(&ctx, sha->state, sizeof ctx);
	sha256_update(&ctx, bytes.len, (const uint8_t *)bytes.ptr);
	memcpy(sha->state, &ctx, sizeof ctx);
}

void pm_sha256_end(struct pm_sha256 *sha, char out[PM_SHA256_HEX])
{
	static_assert(PM_SHA256_HEX == 2 * SHA256_DIGEST_SIZE + 1,
		"two digits a byte");
	uint8_t sum[SHA256_DIGEST_SIZE];
	struct sha256_ctx ctx;

	memcpy(&ctx, sha->state, sizeof ctx);
	sha256_digest(&ctx, sizeof sum, sum);
	pm_hex_write(sum, sizeof sum, out);
	out[PM_SHA256_HEX - 1] = '\0';
}

void pm_sha256_hex(struct pm_slice bytes, char out[PM_SHA256_HEX])
{
	struct pm_sha256 sha;

	pm_sha256_init(&sha);
	pm_sha256_add(&sha, bytes);
	pm_sha256_end(&sha, out);
}

void pm_sha1_init(struct pm_sha1 *sha)
{
	static_assert(sizeof(struct sha1_ctx) <= sizeof(struct pm_sha1),
		"nettle's context fits into ours");
	struct sha1_ctx ctx;

	sha1_init(&ctx);
	memcpy(sha->state, &ctx, sizeof ctx);
}

void pm_sha1_add(struct pm_sha1 *sha, struct pm_slice bytes)
{
	struct sha1_ctx ctx;

	if (!bytes.len)
		return;
	memcpy(&ctx, sha->state, sizeof ctx);
	sha1_update(&ctx, bytes.len, (const uint8_t *)bytes.ptr);
	memcpy(sha->state, &ctx, sizeof ctx);
}

void pm_sha1_end(struct pm_sha1 *sha, unsigned char out[PM_SHA1_LEN])
{
	static_assert(PM_SHA1_LEN == SHA1_DIGEST_SIZE, "as long as nettle's");
	struct sha1_ctx ctx;

	memcpy(&ctx, sha->state, sizeof ctx);
	sha1_digest(&ctx, PM_SHA1_LEN, out);
}
