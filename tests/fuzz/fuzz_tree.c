/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A raw tree as any server may send it: its entries are read within its bytes,
 * each name once and in git's order, none of which leaves its directory.
 */
#include "fuzz.h"

#include "git/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice bytes = pm_slice_make((const char *)data, size);
	struct pm_git_tree tree = {.rest = bytes};
	struct pm_git_tree_entry entry, last = {0};
	struct pm_ctx *ctx = pm_ctx_new();
	size_t read = 0;

	while (pm_git_tree_next(&tree, &entry)) {
		struct pm_slice name = entry.name;

		FUZZ_CHECK(name.len > 0 && name.ptr >= bytes.ptr);
		FUZZ_CHECK(name.ptr + name.len < bytes.ptr + size);
		FUZZ_CHECK(!memchr(name.ptr, '/', name.len));
		FUZZ_CHECK(!memchr(name.ptr, '\0', name.len));
		FUZZ_CHECK(!pm_slice_is(name, "..") && !pm_slice_is(name, "."));
		if (read++) {
			FUZZ_CHECK(pm_git_tree_order(&last, &entry) < 0);
			FUZZ_CHECK(pm_git_tree_order(&entry, &last) > 0);
		}
		FUZZ_CHECK(pm_git_tree_order(&entry, &entry) == 0);
		last = entry;
	}
	/* The end is the end of the bytes, or an error with words. */
	if (pm_git_tree_end(ctx, &tree) == 0)
		FUZZ_CHECK(tree.rest.len == 0);
	else
		FUZZ_CHECK(pm_ctx_error(ctx)->message.len > 0);
	pm_ctx_free(ctx);
	return 0;
}
