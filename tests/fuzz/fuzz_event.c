/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a CI server says of an event: a string is found in it or not, whatever
 * the bytes are, and never more than they hold.
 */
#include "fuzz.h"

#include "base/json_find.h"

static void find(struct pm_slice json, const char *const *keys)
{
	struct pm_buf out = PM_BUF_INIT;
	bool found = pm_json_find(json, keys, &out);

	FUZZ_CHECK(found || out.len == 0);
	FUZZ_CHECK(out.len <= json.len);
	pm_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const base[] = {"pull_request", "base", "sha", NULL};
	static const char *const before[] = {"before", NULL};
	struct pm_slice json = pm_slice_make((const char *)data, size);

	find(json, base);
	find(json, before);
	return 0;
}
