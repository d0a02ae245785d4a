/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the fuzz entries share: an entry checks what a reader promises of any
 * bytes, and a broken promise stops it like a crash.
 */
#ifndef PM_TESTS_FUZZ_H
#define PM_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "pm/policy.h"

/* libFuzzer's entry; returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stops the fuzzer when a promise is broken, and says which. */
#define FUZZ_CHECK(promise) fuzz_check((promise), #promise, __func__)

static inline void fuzz_check(bool kept, const char *promise, const char *where)
{
	if (kept)
		return;
	fprintf(stderr, "broken promise in %s: %s\n", where, promise);
	abort();
}

/* True when a span lies within text. */
static inline bool fuzz_within(struct pm_span span, struct pm_slice text)
{
	return span.off <= text.len && span.len <= text.len - span.off;
}

/* Cuts an input in two at the first sign, or in the middle. */
static inline void fuzz_cut(struct pm_slice all, char sign,
	struct pm_slice *first, struct pm_slice *second)
{
	ptrdiff_t cut = pm_slice_find(all, 0, sign);
	size_t middle = cut < 0 ? all.len / 2 : (size_t)cut;

	*first = pm_slice_sub(all, 0, middle);
	*second = pm_slice_from(all, middle + (cut >= 0));
}

/* The built-in policy, read once for all inputs. */
static inline const struct pm_policy *fuzz_policy(void)
{
	static struct pm_policy *policy;

	if (!policy) {
		struct pm_ctx *ctx = pm_ctx_new();
		struct pm_slice none = {NULL, 0};

		FUZZ_CHECK(pm_policy_parse(ctx, none, &policy) == 0);
		pm_ctx_free(ctx);
	}
	return policy;
}

#endif
