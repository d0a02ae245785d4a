/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Typed durations and what is said of them, in any bytes: what is found lies
 * within the text, in order, and its bounds are those of a span of time.
 */
#include "fuzz.h"

#include "check/claims.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_slice text = pm_slice_make((const char *)data, size);
	struct pm_moment_claim moment;
	struct pm_typed typed, minutes;
	size_t off = 0, last = 0;

	while (pm_typed_next(text, &off, &typed)) {
		struct pm_claim claim = pm_claim_read(text, &typed);

		FUZZ_CHECK(claim.kind <= PM_CLAIM_TTR);
		FUZZ_CHECK(typed.off >= last && typed.len > 0);
		FUZZ_CHECK(typed.off + typed.len <= typed.end);
		FUZZ_CHECK(typed.end <= off && off <= size);
		FUZZ_CHECK(typed.high_s >= typed.low_s);
		last = off;
	}
	off = last = 0;
	while (pm_typed_clock(text, &off, &typed, &minutes)) {
		struct pm_claim claim = pm_claim_read(text, &typed);

		FUZZ_CHECK(claim.kind <= PM_CLAIM_TTR);
		FUZZ_CHECK(typed.off >= last && typed.len > 0);
		FUZZ_CHECK(typed.end <= off && off <= size);
		FUZZ_CHECK(typed.high_s >= minutes.high_s);
		last = off;
	}
	if (pm_moment_claim_read(text, true, &moment))
		FUZZ_CHECK(moment.moment < PM_MOMENT_COUNT);
	return 0;
}
