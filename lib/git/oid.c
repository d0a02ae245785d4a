/* SPDX-License-Identifier: Apache-2.0 */
/* Names of Git objects: hexadecimal, comparison, and what bytes are called. */
#include "git/private.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/digest.h"

void pm_oid_hex(const struct pm_oid *oid, char out[PM_OID_HEX])
{
	pm_hex_write(oid->bytes, sizeof(oid->bytes), out);
	out[PM_OID_HEX - 1] = '\0';
}

int pm_oid_parse(struct pm_slice hex, struct pm_oid *out)
{
	struct pm_oid oid;

	if (hex.len != 2 * sizeof(oid.bytes))
		return PM_EINVALID;
	for (size_t i = 0; i < sizeof(oid.bytes); i++) {
		int high = pm_hex_value(hex.ptr[2 * i]);
		int low = pm_hex_value(hex.ptr[2 * i + 1]);

		if (high < 0 || low < 0)
			return PM_EINVALID;
		oid.bytes[i] = (unsigned char)(high << 4 | low);
	}
	*out = oid;
	return 0;
}

bool pm_oid_eq(const struct pm_oid *a, const struct pm_oid *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

bool pm_oid_zero(const struct pm_oid *oid)
{
	static const struct pm_oid zero;

	return pm_oid_eq(oid, &zero);
}

bool pm_git_is_blob(struct pm_slice bytes, const struct pm_oid *oid)
{
	struct pm_sha1 sha;
	struct pm_oid own;
	char head[32];
	int len = snprintf(head, sizeof(head), "blob %zu", bytes.len);

	pm_sha1_init(&sha);
	pm_sha1_add(&sha, pm_slice_make(head, (size_t)len + 1));
	pm_sha1_add(&sha, bytes);
	pm_sha1_end(&sha, own.bytes);
	return pm_oid_eq(&own, oid);
}

void pm_git_hash(struct pm_slice bytes, struct pm_oid *out)
{
	git_oid oid;

	memset(out, 0, sizeof(*out));
	/* Counted by the library: no work while a repository is open. */
	if (pm_git_start() < 0)
		return;
	if (git_odb_hash(&oid, bytes.ptr ? bytes.ptr : "", bytes.len,
		    GIT_OBJECT_BLOB) == 0)
		memcpy(out->bytes, oid.id, sizeof(out->bytes));
	git_libgit2_shutdown();
}
