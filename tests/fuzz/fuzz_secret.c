/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Secrets in any bytes: they lie in order within the text, none within
 * another, and hiding changes neither a line end nor what is not theirs.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_secrets found = {NULL, 0, 0};
	struct pm_buf copy = PM_BUF_INIT;
	size_t end = 0;

	pm_secrets_find(text, &found);
	for (size_t i = 0; i < found.len; i++) {
		const struct pm_secret *one = &found.items[i];

		FUZZ_CHECK(one->name && one->span.len > 0);
		FUZZ_CHECK(one->span.off >= end);
		end = one->span.off + one->span.len;
		FUZZ_CHECK(end <= size && one->hide.off >= one->span.off);
		FUZZ_CHECK(one->hide.off + one->hide.len <= end);
	}
	pm_buf_add_slice(&copy, text);
	pm_secrets_hide(copy.ptr, copy.len);
	for (size_t i = 0; i < size; i++)
		FUZZ_CHECK(copy.ptr[i] == text.ptr[i] || copy.ptr[i] == 'x');
	pm_secrets_hide_copies(&found, text, copy.ptr, copy.len);
	FUZZ_CHECK(!memchr(copy.ptr, '\n', copy.len) ==
		   !memchr(text.ptr ? text.ptr : "", '\n', size));
	pm_buf_release(&copy);
	pm_secrets_release(&found);
	return 0;
}
